"""Sign-in links, sessions, drafts and the log of who saw or changed what."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid4

from sqlalchemy import Table, delete, func, insert, or_, update
from sqlmodel import col, select

from adapters.kluis import Plek
from adapters.opslag_beheer import IS_OPEN
from adapters.opslag_bewaking import Bewakingsdeel
from domein.begrippen import Stapsoort, Stapstatus
from domein.handelingen.portaalpoort import Bewaard, Logvraag, NieuweLogregel, Werkvraag
from domein.model import Aanmeldlink, Concept, Dossier, Logboekhoofd, Logregel, Sessie, Stap

HOOFD: Final = "portaal"
_LOGREGEL: Final = cast("Table", Logregel.__table__)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_LOGVELDEN: Final = tuple(kolom.name for kolom in _LOGREGEL.columns)


class Portaaldeel(Bewakingsdeel):
    # sign-in

    def sessie_met(self, token_hash: str) -> Sessie | None:
        return self.sessie.exec(select(Sessie).where(Sessie.token_hash == token_hash)).one_or_none()

    def sessies_van(self, medewerker: str) -> Sequence[Sessie]:
        vraag = select(Sessie).where(Sessie.medewerker == medewerker, col(Sessie.beeindigd_op).is_(None))
        return self.sessie.exec(vraag.order_by(col(Sessie.begonnen_op).desc(), col(Sessie.id))).all()

    def zie_sessie(self, sessie_id: UUID, nu: datetime) -> None:
        self._voer_uit(update(Sessie).where(col(Sessie.id) == sessie_id).values(gezien_op=nu))

    def beeindig_sessies(self, medewerker: str, nu: datetime, *, alleen: UUID | None = None) -> int:
        opdracht = update(Sessie).where(col(Sessie.medewerker) == medewerker, col(Sessie.beeindigd_op).is_(None))
        if alleen is not None:
            opdracht = opdracht.where(col(Sessie.id) == alleen)
        return len(self._voer_uit(opdracht.values(beeindigd_op=nu).returning(col(Sessie.id))).all())

    def aanmeldlinks_sinds(self, medewerker: str, sinds: datetime) -> int:
        vraag = select(func.count()).select_from(Aanmeldlink)
        vraag = vraag.where(col(Aanmeldlink.medewerker) == medewerker, col(Aanmeldlink.gemaakt_op) > sinds)
        return self.sessie.exec(vraag).one()

    def gebruik_aanmeldlink(self, code_hash: str, browser_hash: str, nu: datetime) -> tuple[str, bool] | None:
        """One conditional update: of two presses on the button one gets the session."""
        opdracht = (
            update(Aanmeldlink)
            .where(
                col(Aanmeldlink.code_hash) == code_hash,
                col(Aanmeldlink.gebruikt_op).is_(None),
                col(Aanmeldlink.vervalt_op) > nu,
                or_(col(Aanmeldlink.browser_hash) == browser_hash, col(Aanmeldlink.browser_hash) == ""),
            )
            .values(gebruikt_op=nu)
            .returning(col(Aanmeldlink.medewerker), col(Aanmeldlink.browser_hash))
        )
        rij = self._voer_uit(opdracht).one_or_none()
        return None if rij is None else (str(rij[0]), rij[1] == "")

    def ruim_aanmeldingen_op(self, voor: datetime) -> int:
        links = delete(Aanmeldlink).where(col(Aanmeldlink.vervalt_op) < voor).returning(col(Aanmeldlink.code_hash))
        sessies = delete(Sessie).where(col(Sessie.vervalt_op) < voor).returning(col(Sessie.id))
        return len(self._voer_uit(links).all()) + len(self._voer_uit(sessies).all())

    def _voer_uit(self, opdracht: Any) -> Any:
        return self.sessie.exec(  # pyright: ignore[reportUnknownVariableType]
            opdracht.execution_options(synchronize_session=False)
        )

    # work

    def open_werk(self, vraag: Werkvraag) -> Sequence[tuple[Stap, str]]:
        zoek = select(Stap, Dossier.referentie).join(Dossier, col(Dossier.id) == col(Stap.dossier_id))
        zoek = zoek.where(IS_OPEN)
        gelijk = {Stap.medewerker: vraag.van, Stap.partner: vraag.partner, Stap.gemeente: vraag.gemeente,
                  Stap.stapsoort: vraag.stapsoort}  # fmt: skip
        zoek = zoek.where(*(col(kolom) == waarde for kolom, waarde in gelijk.items() if waarde))
        if vraag.referentie:
            zoek = zoek.where(col(Dossier.referentie).startswith(vraag.referentie.strip().upper(), autoescape=True))
        einde = func.coalesce(Stap.uiterst, Stap.streef)
        zoek = zoek.order_by(einde, col(Stap.streef), col(Dossier.referentie), col(Stap.kenmerk)).limit(vraag.grens)
        return [(stap, referentie) for stap, referentie in self.sessie.exec(zoek)]

    def dossiers_met_vraag(self, dossier_ids: Collection[UUID]) -> frozenset[UUID]:
        # The kind of step first: the wall looks at a row before LIKE does, and that costs more.
        onaf = col(Stap.status).in_([Stapstatus.OPEN, Stapstatus.GEPLAND])
        vraag = select(Stap.dossier_id).where(col(Stap.dossier_id).in_(list(dossier_ids)), onaf)
        vraag = vraag.where(Stap.stapsoort == Stapsoort.REGISTRATIE)
        vraag = vraag.where(col(Stap.kenmerk).startswith("registratie/controle/"))
        return frozenset(self.sessie.exec(vraag))

    def taken_met_concept(self, medewerker: str) -> frozenset[UUID]:
        return frozenset(self.sessie.exec(select(Concept.stap_id).where(Concept.medewerker == medewerker)))

    # drafts: what someone typed may be about the person, so it lives under the key of the dossier

    def concept(self, stap_id: UUID, medewerker: str) -> Bewaard | None:
        rij = self._concept(stap_id, medewerker)
        if rij is None:
            return None
        sleutel = self._sleutel(self._dossier_van(stap_id))
        klaar = self._kluis.ontsleutel(sleutel, _plek(rij.id), rij.cijfertekst)
        return Bewaard(cast("dict[str, str]", json.loads(klaar)), rij.generatie, rij.bewaard_op)

    def bewaar_concept(
        self, stap_id: UUID, medewerker: str, generatie: int, velden: Mapping[str, str], nu: datetime
    ) -> None:
        oud = self._concept(stap_id, medewerker)
        rij_id = oud.id if oud else uuid4()
        sleutel = self._sleutel(self._dossier_van(stap_id))
        klaar = json.dumps(dict(velden), ensure_ascii=False, sort_keys=True).encode()
        cijfertekst = self._kluis.versleutel(sleutel, _plek(rij_id), klaar)
        if oud is None:
            rij = {"id": rij_id, "stap_id": stap_id, "medewerker": medewerker, "generatie": generatie,
                   "cijfertekst": cijfertekst, "bewaard_op": nu}  # fmt: skip
            if not self._voeg_toe_of_laat(Concept, rij):  # a second window of this person was first
                self.bewaar_concept(stap_id, medewerker, generatie, velden, nu)
            return
        oud.cijfertekst, oud.generatie, oud.bewaard_op = cijfertekst, generatie, nu
        self.bewaar(oud)

    def wis_concept(self, stap_id: UUID, medewerker: str) -> None:
        self._voer_uit(delete(Concept).where(col(Concept.stap_id) == stap_id, col(Concept.medewerker) == medewerker))

    def _concept(self, stap_id: UUID, medewerker: str) -> Concept | None:
        vraag = select(Concept).where(Concept.stap_id == stap_id, Concept.medewerker == medewerker)
        return self.sessie.exec(vraag).one_or_none()

    def _dossier_van(self, stap_id: UUID) -> UUID:
        return self.sessie.get_one(Stap, stap_id).dossier_id

    # the log

    def schrijf_in_logboek(self, *regels: NieuweLogregel) -> None:
        """Append. Updating the head first takes the lock, so that two writers never continue from one row."""
        opdracht = (
            update(Logboekhoofd)
            .where(col(Logboekhoofd.naam) == HOOFD)
            .values(volgnummer=Logboekhoofd.volgnummer + len(regels))
            .returning(col(Logboekhoofd.volgnummer), col(Logboekhoofd.hash))
        )
        hoofd = self._voer_uit(opdracht).one_or_none()
        if hoofd is None:  # the very first line ever
            self._voeg_toe_of_laat(Logboekhoofd, {"naam": HOOFD, "volgnummer": 0, "hash": ""})
            hoofd = self._voer_uit(opdracht).one()
        laatste, vorige = cast("tuple[int, str]", hoofd)
        trace, nu = secrets.token_hex(16), self._klok.nu().astimezone(UTC)
        rijen: list[dict[str, Any]] = []
        for nummer, nieuw in enumerate(regels, start=laatste - len(regels) + 1):
            rij = _rij(nummer, nieuw, vorige, nieuw.trace_id or trace, nu)
            rijen.append({naam: vars(rij)[naam] for naam in _LOGVELDEN})
            vorige = rij.hash
        # The whole page at once. A line never changes, so the session need not watch it; and nothing is asked back:
        # behind the wall the portal may add lines and read none.
        self.sessie.connection().execute(insert(_LOGREGEL), rijen)
        self._voer_uit(update(Logboekhoofd).where(col(Logboekhoofd.naam) == HOOFD).values(hash=vorige))

    def logregels(self, vraag: Logvraag) -> Sequence[Logregel]:
        zoek = select(Logregel)
        if vraag.betrokkene:
            zoek = zoek.where(Logregel.betrokkene == vraag.betrokkene)
        if vraag.actor:
            zoek = zoek.where(Logregel.actor == vraag.actor)
        if vraag.soort is not None:
            zoek = zoek.where(Logregel.soort == vraag.soort)
        if vraag.vanaf is not None:
            zoek = zoek.where(col(Logregel.begonnen_op) >= vraag.vanaf)
        if vraag.tot is not None:
            zoek = zoek.where(col(Logregel.begonnen_op) < vraag.tot)
        if vraag.voor_nummer is not None:
            zoek = zoek.where(col(Logregel.volgnummer) < vraag.voor_nummer)
        return self.sessie.exec(zoek.order_by(col(Logregel.volgnummer).desc()).limit(vraag.grens)).all()

    def heel_logboek(self) -> Iterator[Logregel]:
        vraag = select(Logregel).order_by(col(Logregel.volgnummer))
        yield from self.sessie.exec(vraag, execution_options={"yield_per": 500, "populate_existing": True})

    def logboekhoofd(self) -> tuple[int, str]:
        rij = self.sessie.exec(select(Logboekhoofd.volgnummer, Logboekhoofd.hash)).one_or_none()
        return (0, "") if rij is None else (rij[0], rij[1])


def hash_van_regel(rij: Logregel) -> str:
    """sha256 over the previous hash and every other column of a row."""
    velden = {
        "volgnummer": rij.volgnummer,
        "id": rij.id.hex,
        "trace_id": rij.trace_id,
        "operatie_id": rij.operatie_id,
        "status": rij.status,
        "naam": rij.naam,
        "begonnen_op": _moment(rij.begonnen_op),
        "geeindigd_op": _moment(rij.geeindigd_op),
        "verwerking": rij.verwerking,
        "betrokkene": rij.betrokkene,
        "dossier": rij.dossier_id.hex if rij.dossier_id else None,
        "soort": str(rij.soort),
        "actor": rij.actor,
        "partner": rij.partner,
        "verificatie": str(rij.verificatie),
        "gronden": rij.gronden,
        "gegevens": rij.gegevens,
    }
    tekst = json.dumps(velden, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"\0".join((rij.vorige_hash.encode(), tekst.encode()))).hexdigest()


def _rij(nummer: int, nieuw: NieuweLogregel, vorige: str, trace: str, nu: datetime) -> Logregel:
    rij = Logregel(
        volgnummer=nummer,
        trace_id=trace,
        operatie_id=secrets.token_hex(8),
        status="OK" if nieuw.gelukt else "ERROR",
        naam=nieuw.naam[:120],
        begonnen_op=nieuw.begonnen_op.astimezone(UTC),
        geeindigd_op=nu,
        verwerking=nieuw.verwerking,
        betrokkene=nieuw.betrokkene,
        dossier_id=nieuw.dossier_id,
        soort=nieuw.soort,
        actor=nieuw.actor,
        partner=nieuw.partner,
        verificatie=nieuw.verificatie,
        gronden=nieuw.gronden,
        gegevens=nieuw.gegevens,
        vorige_hash=vorige,
        hash="",
    )
    rij.hash = hash_van_regel(rij)
    return rij


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plek(rij_id: UUID) -> Plek:
    return Plek("concept", "cijfertekst", rij_id)
