"""Een database vullen met heel veel dossiers, snel en eerlijk, om het portaal aan te meten.

De dossiers van de voorbeeldregio lopen eerst door de echte handelingen tot een dag midden in hun leven. Daarna wordt
elk dossier vermenigvuldigd: met een eigen sleutel, opnieuw versleutelde gebeurtenissen en een kloppende keten, de dagen
een paar weken verschoven, en verdeeld over zo veel medewerkers dat ieder evenveel werk houdt. Berichten worden niet
vermenigvuldigd: geen pagina hier leest meer dan die van één dossier.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final, cast
from uuid import UUID, uuid4

from sqlalchemy import select

from adapters.keten import hash_van
from adapters.kluis import Kluis, Plek, Sleutel
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from adapters.sleutelbos import Sleutelbos
from beheer.demo.in_proces import doorloop
from beheer.demo.vullen import VOORBEELD, lees_voorbeeld
from domein.begrippen import Dossierstatus, Stapstatus
from domein.model import (
    Besluittekst,
    Dossier,
    Dossiermijlpaal,
    Dossiertermijn,
    GebeurtenisRij,
    Persoonsgegeven,
    Regioversie,
    Stap,
    metadata,
)
from domein.ports import Omgeving

VANDAAG: Final = date(2026, 6, 8)  # een maandag; in een van de voorbeelden loopt een besluit
VOORBEELDEN: Final = 28
PER_GROEP: Final = 225  # dossiers per groep medewerkers: zo houdt ieder hooguit zo'n 75 dossiers
PER_KEER: Final = 500
NIET_VERMENIGVULDIGD: Final = frozenset({"m-reg", "m-con", "m-adm", "m-wil"})
_DAG: Final = re.compile(rb"\b20\d\d-\d\d-\d\d\b")
_MEDEWERKER: Final = re.compile(rb'"(m-[a-z]+)"')
_KORT, _LANG = 42, 700  # zo veel dagen schuift een lopend of beëindigd dossier hooguit terug
_VOLGORDE: Final = (Dossier, Persoonsgegeven, GebeurtenisRij, Stap, Dossiermijlpaal, Dossiertermijn, Besluittekst)

Rij = dict[str, Any]


class _Genoeg(Exception):
    """De voorbeelden zijn ver genoeg."""


@dataclass(frozen=True, slots=True)
class _Voorbeeld:
    """Een dossier om te vermenigvuldigen, met de gebeurtenissen als klare tekst."""

    dossier: Rij
    persoon: bytes
    gebeurtenissen: tuple[tuple[Rij, bytes], ...]
    stappen: tuple[Rij, ...]
    mijlpaal: tuple[Rij, ...]
    termijnen: tuple[Rij, ...]
    besluiten: tuple[tuple[Rij, bytes], ...]


def bereid_voor(omgeving: Omgeving, zet_klok: Callable[[date], None], groepen: int) -> None:
    """Laad de voorbeeldregio met genoeg medewerkers en breng haar dossiers tot `VANDAAG`."""

    def tot_vandaag(dag: date) -> None:
        if dag > VANDAAG:
            raise _Genoeg
        zet_klok(dag)

    zet_klok(date(2026, 1, 1))
    voorbeeld = lees_voorbeeld(omgeving, VOORBEELDEN)
    try:
        doorloop(omgeving, voorbeeld, tot_vandaag)
    except _Genoeg:
        zet_klok(VANDAAG)
    _breid_regio_uit(omgeving, groepen)


def _breid_regio_uit(omgeving: Omgeving, groepen: int) -> None:
    geladen = laad_regiobestand(VOORBEELD)
    inhoud: dict[str, Any] = deepcopy(dict(geladen.inhoud))
    er_zijn = [m for m in inhoud["medewerkers"] if m["code"] not in NIET_VERMENIGVULDIGD]
    for groep in range(1, groepen + 1):
        inhoud["medewerkers"] += [
            {**m, "code": f"{m['code']}-{groep}", "email": f"{m['code']}-{groep}@{m['email'].split('@')[1]}"}
            for m in er_zijn
        ]
    inhoud["regio"]["versie"] = "meting"
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar(
            Regioversie(
                regio=geladen.code, versie="meting", geldig_van=geladen.geldig_van, inhoud=inhoud,
                sha256="meting".ljust(64, "0"), geladen_op=omgeving.klok.nu(), laadnummer=2, door="meting",
            )
        )  # fmt: skip


class Vuller:
    """Vermenigvuldigt de voorbeelden tot een aantal dossiers. Werkt alleen op PostgreSQL (COPY)."""

    def __init__(self, magazijn: SqlMagazijn, kluis: Kluis, sleutelbos: Sleutelbos) -> None:
        self._magazijn, self._kluis, self._sleutelbos = magazijn, kluis, sleutelbos
        self._voorbeelden = self._lees_voorbeelden()
        self._kans = Random(20261015)  # noqa: S311 - geen geheim: dezelfde vulling bij elke meting
        self.aantal = len(self._voorbeelden)

    def verder_in(self, magazijn: SqlMagazijn) -> None:
        """Ga verder in een kopie van de database."""
        self._magazijn = magazijn

    def vul_tot(self, aantal: int) -> None:
        """Maak er dossiers bij tot er zo veel zijn, en tel het bord opnieuw."""
        verbinding = self._magazijn.engine.raw_connection()
        try:
            while self.aantal < aantal:
                nieuw = min(PER_KEER, aantal - self.aantal)
                self._kopieer(verbinding.driver_connection, [self._maak(self.aantal + n) for n in range(nieuw)])
                verbinding.commit()
                self.aantal += nieuw
        finally:
            verbinding.close()
        with self._magazijn.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as los:
            los.exec_driver_sql("VACUUM ANALYZE")
        with self._magazijn.ruimte() as ruimte:
            ruimte.hertel()

    def _kopieer(self, verbinding: Any, dossiers: Sequence[tuple[Sleutel, Mapping[type[Any], list[Rij]]]]) -> None:
        sleutels = [(rijen[Dossier][0]["id"], sleutel) for sleutel, rijen in dossiers]
        self._sleutelbos.bewaar(sleutels, datetime(2026, 1, 1, tzinfo=UTC))
        for soort in _VOLGORDE:
            tabel = metadata.tables[cast("Any", soort).__tablename__]
            namen = [kolom.name for kolom in tabel.columns]
            with (
                verbinding.cursor() as cursor,
                cursor.copy(f"COPY {tabel.name} ({', '.join(namen)}) FROM STDIN") as kopie,
            ):
                for _, rijen in dossiers:
                    for rij in rijen[soort]:
                        kopie.write_row([rij[naam] for naam in namen])

    # de voorbeelden lezen

    def _lees_voorbeelden(self) -> list[_Voorbeeld]:
        per_tabel: dict[type[Any], dict[UUID, list[Rij]]] = {}
        with self._magazijn.engine.connect() as verbinding:
            for soort in _VOLGORDE:
                tabel = cast("Any", soort).__table__
                sleutel = "id" if soort is Dossier else "dossier_id"
                for rij in verbinding.execute(select(tabel)):
                    een = {naam: _kaal(waarde) for naam, waarde in zip(tabel.columns.keys(), rij, strict=True)}
                    per_tabel.setdefault(soort, {}).setdefault(een[sleutel], []).append(een)
        return [
            self._voorbeeld(dossier_id, per_tabel)
            for dossier_id in sorted(per_tabel[Dossier])
            if dossier_id in per_tabel[Persoonsgegeven]  # van wie is gewist valt niets te vermenigvuldigen
        ]

    def _voorbeeld(self, dossier_id: UUID, per_tabel: Mapping[type[Any], Mapping[UUID, list[Rij]]]) -> _Voorbeeld:
        sleutel = self._sleutelbos.zoek(dossier_id)
        assert sleutel is not None
        persoon = per_tabel[Persoonsgegeven][dossier_id][0]["cijfertekst"]
        gebeurtenissen = sorted(per_tabel[GebeurtenisRij][dossier_id], key=lambda g: g["volgnummer"])
        return _Voorbeeld(
            dossier=per_tabel[Dossier][dossier_id][0],
            persoon=self._kluis.ontsleutel(sleutel, Plek("persoonsgegeven", "cijfertekst", dossier_id), persoon),
            gebeurtenissen=tuple(
                (g, self._kluis.ontsleutel(sleutel, Plek("gebeurtenis", "cijfertekst", g["id"]), g["cijfertekst"]))
                for g in gebeurtenissen
            ),
            stappen=tuple(per_tabel[Stap].get(dossier_id, [])),
            mijlpaal=tuple(per_tabel[Dossiermijlpaal].get(dossier_id, [])),
            termijnen=tuple(per_tabel[Dossiertermijn].get(dossier_id, [])),
            besluiten=tuple(
                (b, self._kluis.ontsleutel(sleutel, Plek("besluittekst", "cijfertekst", b["id"]), b["cijfertekst"]))
                for b in per_tabel.get(Besluittekst, {}).get(dossier_id, [])
            ),
        )

    # een dossier maken

    def _maak(self, nummer: int) -> tuple[Sleutel, Mapping[type[Any], list[Rij]]]:
        een = self._voorbeelden[nummer % len(self._voorbeelden)]
        loopt = een.dossier["status"] == Dossierstatus.LOPEND.value
        kopie = _Kopie(uuid4(), self._kans.randrange(_KORT if loopt else _LANG), 1 + nummer // PER_GROEP)
        sleutel = self._sleutelbos.maak()
        hoofd, gebeurtenissen = self._gebeurtenissen(een, kopie, sleutel, nummer)
        dossier = {
            **kopie.rij(een.dossier), "id": kopie.dossier_id, "referentie": f"D-M{nummer:06}", "keten_hoofd": hoofd,
            "huishouden": None,
        }  # fmt: skip
        persoon = {
            "dossier_id": kopie.dossier_id,
            "cijfertekst": self._kluis.versleutel(
                sleutel, Plek("persoonsgegeven", "cijfertekst", kopie.dossier_id), een.persoon
            ),
            "bsn_index": self._kluis.bsn_index(f"{nummer:09}"),
        }
        return sleutel, {
            Dossier: [dossier],
            Persoonsgegeven: [persoon],
            GebeurtenisRij: gebeurtenissen,
            Stap: [kopie.stap(stap) for stap in een.stappen],
            Dossiermijlpaal: [kopie.rij(rij) for rij in een.mijlpaal],
            Dossiertermijn: [kopie.rij(rij) for rij in een.termijnen],
            Besluittekst: [self._besluit(kopie, sleutel, rij, tekst) for rij, tekst in een.besluiten],
        }

    def _besluit(self, kopie: "_Kopie", sleutel: Sleutel, rij: Rij, tekst: bytes) -> Rij:
        nieuw = {**kopie.rij(rij), "id": uuid4()}
        plek = Plek("besluittekst", "cijfertekst", nieuw["id"])
        return {**nieuw, "cijfertekst": self._kluis.versleutel(sleutel, plek, tekst)}

    def _gebeurtenissen(self, een: _Voorbeeld, kopie: "_Kopie", sleutel: Sleutel, nummer: int) -> tuple[str, list[Rij]]:
        hoofd = ""
        rijen: list[Rij] = []
        ids = {g["id"]: uuid4() for g, _ in een.gebeurtenissen}
        for g, tekst in een.gebeurtenissen:
            klaar = kopie.tekst(tekst)
            if b'"gebeurtenis"' in klaar:  # een doorhaling noemt een andere gebeurtenis
                for oud, nieuw in ids.items():
                    klaar = klaar.replace(str(oud).encode(), str(nieuw).encode())
            rij: Rij = {**kopie.rij(g), "id": ids[g["id"]], "vorige_hash": hoofd}
            rij["bronkenmerk"] = f"{g['bronkenmerk']}-{nummer}" if g["bronkenmerk"] else None
            rij["cijfertekst"] = self._kluis.versleutel(sleutel, Plek("gebeurtenis", "cijfertekst", rij["id"]), klaar)
            rij["hash"] = hoofd = hash_van(GebeurtenisRij.model_construct(**rij))
            rijen.append(rij)
        return hoofd, rijen


@dataclass(frozen=True, slots=True)
class _Kopie:
    """Hoe een kopie verschilt van haar voorbeeld: een eigen dossier, dagen eerder, andere medewerkers."""

    dossier_id: UUID
    terug: int
    groep: int

    def rij(self, rij: Rij) -> Rij:
        uit = {naam: self._waarde(naam, waarde) for naam, waarde in rij.items()}
        if "dossier_id" in uit:
            uit["dossier_id"] = self.dossier_id
        return uit

    def stap(self, rij: Rij) -> Rij:
        """Zoals het bord haar kent: een stap die nog moet komen komt nog, en wat open staat heeft een run."""
        uit = {**self.rij(rij), "id": uuid4(), "run_id": None}
        if rij["status"] == Stapstatus.GEPLAND.value and rij["start"] >= VANDAAG:
            over = min(self.terug, (rij["start"] - VANDAAG).days)
            uit |= {naam: rij[naam] and rij[naam] - timedelta(days=over) for naam in ("start", "streef", "uiterst")}
        if rij["status"] == Stapstatus.OPEN.value:
            uit |= {"run_id": uuid4(), "bord_bij": True}
        return uit

    def _waarde(self, naam: str, waarde: Any) -> Any:
        if isinstance(waarde, date):  # ook een moment
            return waarde - timedelta(days=self.terug)
        if naam in ("medewerker", "klantmanager", "actor") and isinstance(waarde, str):
            return self._code(waarde)
        return waarde

    def _code(self, code: str) -> str:
        return f"{code}-{self.groep}" if code.startswith("m-") and code not in NIET_VERMENIGVULDIGD else code

    def tekst(self, klaar: bytes) -> bytes:
        def dag(gevonden: re.Match[bytes]) -> bytes:
            return (date.fromisoformat(gevonden[0].decode()) - timedelta(days=self.terug)).isoformat().encode()

        uit = _DAG.sub(dag, klaar) if self.terug else klaar
        return _MEDEWERKER.sub(lambda m: f'"{self._code(m[1].decode())}"'.encode(), uit) if b'"m-' in uit else uit


def _kaal(waarde: Any) -> Any:
    """Zoals de kolom het bewaart: een keuze als tekst."""
    return getattr(waarde, "value", waarde)
