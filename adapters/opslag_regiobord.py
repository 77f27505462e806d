"""The region board: reading counts, a page behind a count, and counting again."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, text
from sqlalchemy import select as kies
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from adapters.opslag_basis import RuimteBasis
from adapters.opslag_telling import GETELD, boek, tel_rijen, vergeet_telling
from domein.begrippen import Dossierstatus, Stapsoort, Stapstatus
from domein.model import Bordcel, Dossier, Dossiermijlpaal, Dossiertermijn, Persoonsgegeven, Stap
from domein.regels.bordtelling import Cel

_TABEL: Final = cast("Any", Bordcel).__table__
_PER_KEER: Final = 5000


class Borddeel(RuimteBasis):
    def bordsom(
        self,
        maat: str,
        per: Sequence[str],
        *,
        gemeenten: Collection[str],
        waar: Mapping[str, str] | None = None,
        vanaf: str = "",
        tot: str = "",
    ) -> list[tuple[tuple[str | int, ...], int]]:
        kolommen = [_TABEL.c[naam] for naam in per]
        eisen = [_TABEL.c.maat == maat, _TABEL.c.gemeente.in_(["", *gemeenten])]
        eisen += [_TABEL.c[naam] == waarde for naam, waarde in (waar or {}).items()]
        eisen += [_TABEL.c.wanneer >= vanaf] if vanaf else []
        eisen += [_TABEL.c.wanneer <= tot] if tot else []
        vraag = kies(*kolommen, func.sum(_TABEL.c.aantal)).where(*eisen).group_by(*kolommen).order_by(*kolommen)
        return [(tuple(rij[:-1]), int(rij[-1])) for rij in self.sessie.connection().execute(vraag) if rij[-1]]

    def stappenblad(
        self,
        gemeente: str,
        status: Stapstatus,
        *,
        stapsoort: Stapsoort | None = None,
        partner: str | None = None,
        na: UUID | None = None,
        grens: int = 50,
    ) -> list[tuple[Stap, str]]:
        # Filter and order follow one index, so a page costs the same wherever it lies.
        vraag = (
            select(Stap, Dossier.referentie)
            .join(Dossier, col(Dossier.id) == col(Stap.dossier_id))
            .where(Stap.gemeente == gemeente, Stap.status == status)
        )
        orde: list[Any] = [col(Stap.streef), col(Stap.id)]
        if partner is None:
            orde = [col(Stap.partner), *orde]
        else:
            vraag = vraag.where(col(Stap.partner) == partner if partner else col(Stap.partner).is_(None))
        if stapsoort is None:
            orde = [col(Stap.stapsoort), *orde]
        else:
            vraag = vraag.where(Stap.stapsoort == stapsoort)
        if na is not None:
            vraag = vraag.where(_na(orde, self.sessie.get(Stap, na)))
        vraag = vraag.order_by(*(kolom.nulls_last() if kolom.key == "partner" else kolom for kolom in orde))
        return [(stap, referentie) for stap, referentie in self.sessie.exec(vraag.limit(grens))]

    def termijnenblad(
        self, gemeenten: Collection[str], soort: str, van: date, tot: date, *, grens: int = 50
    ) -> list[tuple[Dossiertermijn, str]]:
        # First which ones, then their dossiers: joined at once, the database would read every dossier there is.
        eerste = (
            select(Dossiertermijn)
            .where(
                col(Dossiertermijn.gehaald_op).is_(None),
                Dossiertermijn.soort == soort,
                Dossiertermijn.einde >= van,
                Dossiertermijn.einde <= tot,
                col(Dossiertermijn.gemeente).in_(list(gemeenten)),
            )
            .order_by(col(Dossiertermijn.einde), col(Dossiertermijn.dossier_id), col(Dossiertermijn.nummer))
            .limit(grens)
        )
        termijn = aliased(Dossiertermijn, eerste.subquery())
        vraag = (
            select(termijn, Dossier.referentie)
            .join(Dossier, col(Dossier.id) == col(termijn.dossier_id))
            .order_by(col(termijn.einde), col(Dossier.referentie), col(termijn.nummer))
        )
        return [(termijn, referentie) for termijn, referentie in self.sessie.exec(vraag)]

    def dossiers_van(self, medewerker: str, grens: int) -> Sequence[Dossier]:
        vraag = (
            select(Dossier)
            .where(Dossier.klantmanager == medewerker, Dossier.status == Dossierstatus.LOPEND)
            .order_by(col(Dossier.referentie))
            .limit(grens)
        )
        return self.sessie.exec(vraag).all()

    def mijlpaal(self, dossier_id: UUID) -> Dossiermijlpaal | None:
        gelezen = self._bord.get(dossier_id)
        return gelezen[0] if gelezen else self.sessie.get(Dossiermijlpaal, dossier_id)

    def dossiertermijnen(self, dossier_id: UUID) -> list[Dossiertermijn]:
        if (gelezen := self._bord.get(dossier_id)) is not None:
            return list(gelezen[1])
        vraag = select(Dossiertermijn).where(Dossiertermijn.dossier_id == dossier_id)
        return list(self.sessie.exec(vraag))

    def verwijder(self, *rijen: Dossiermijlpaal | Dossiertermijn) -> None:
        for rij in rijen:
            self._bord.pop(rij.dossier_id, None)
            self.sessie.delete(rij)
        self._flush()

    def zonder_mijlpaal(self, grens: int, na: UUID | None = None) -> list[UUID]:
        vraag = (
            select(Dossier.id)
            .join(Persoonsgegeven, col(Persoonsgegeven.dossier_id) == col(Dossier.id))
            .where(~select(Dossiermijlpaal.dossier_id).where(Dossiermijlpaal.dossier_id == Dossier.id).exists())
        )
        if na is not None:  # a next page starts where the last one ended: filling costs the same per dossier
            vraag = vraag.where(col(Dossier.id) > na)
        return list(self.sessie.exec(vraag.order_by(col(Dossier.id)).limit(grens)))

    def telverschil(self) -> Mapping[Cel, tuple[int, int]]:
        self._flush()
        staat: dict[Cel, int] = {}
        for rij in self.sessie.connection().execute(kies(*(_TABEL.c[naam] for naam in (*Cel._fields, "aantal")))):
            staat[Cel(*rij[:-1])] = rij[-1]
        moet = self._opnieuw()
        return {
            cel: (staat.get(cel, 0), moet[cel])
            for cel in sorted(staat.keys() | moet.keys())
            if staat.get(cel, 0) != moet[cel]
        }

    def hertel(self) -> int:
        # Nothing may change in between: SQLite has one writer, on PostgreSQL other changes wait.
        verbinding = self.sessie.connection()
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("LOCK TABLE stap, dossiermijlpaal, dossiertermijn IN SHARE ROW EXCLUSIVE MODE"))
        self._flush()
        vergeet_telling(self.sessie)
        verbinding.execute(delete(_TABEL))
        moet = self._opnieuw()
        boek(verbinding, moet)
        return len(moet)

    def _opnieuw(self) -> Counter[Cel]:
        uit: Counter[Cel] = Counter()
        for soort, (kolommen, _) in GETELD.items():
            uit.update(tel_rijen(soort, self._rijen(soort, kolommen)))
        return uit

    def _rijen(self, soort: type[Any], kolommen: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        tabel = cast("Any", soort).__table__
        vraag = kies(*(tabel.c[kolom] for kolom in kolommen)).execution_options(yield_per=_PER_KEER)
        for rij in self.sessie.connection().execute(vraag):
            yield dict(zip(kolommen, rij, strict=True))


def _na(orde: Sequence[Any], laatste: Stap | None) -> Any:
    """Everything that comes after this row in this order; empty partners come last, as PostgreSQL has them."""
    if laatste is None:
        return text("1 = 1")
    gelijk: list[Any] = []
    of: list[Any] = []
    for kolom in orde:
        waarde = getattr(laatste, kolom.key)
        if waarde is None:
            gelijk.append(kolom.is_(None))
            continue
        meer = kolom > waarde
        of.append(and_(*gelijk, or_(meer, kolom.is_(None)) if kolom.key == "partner" else meer))
        gelijk.append(kolom == waarde)
    return or_(*of)
