"""Veel dossiers om aan te meten: echte levens, vaak herhaald.

Eerst lopen personen van het voorbeeld door de echte handelingen tot een dag midden in hun traject. Daarna wordt elk
leven herhaald met een eigen sleutel, eigen versleutelde gebeurtenissen en een eigen keten, tot er genoeg zijn. Alleen
de teksten van de mail zijn leeg: acht kilobyte per stuk zegt niets over de ronde. Werkt op de ingebouwde SQLite.
"""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID, uuid4

from adapters.instellingen import geheim_uit
from adapters.keten import hash_van
from adapters.kluis import Kluis, Plek, Sleutel, nieuwe_sleutelwaarde
from beheer.demo.in_proces import doorloop
from beheer.demo.vullen import lees_voorbeeld
from beheer.meet.geheugenbord import Geheugenbord
from beheer.meet.meetplaats import Meetplaats
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import RunStand, Toestand
from domein.handelingen.openen import open_stap
from domein.handelingen.regiobord_bijwerken import herstel_bord
from domein.handelingen.registreren_rijen import TEKENS
from domein.regels.ronde import HORIZON

MIDDEN: Final = date(2026, 4, 13)  # een maandag: iedereen is begonnen, bijna niemand is klaar
PERSONEN: Final = 24
PORTIE: Final = 500
_TABELLEN: Final = ("dossier", "persoonsgegeven", "gebeurtenis", "stap", "bericht", "dossiermijlpaal", "dossiertermijn")
_BORD: Final = ("dossiermijlpaal", "dossiertermijn")
_MOMENT: Final = "%Y-%m-%d %H:%M:%S.%f"

Rij = dict[str, Any]


class _Genoeg(Exception):
    """De dag is bereikt."""


@dataclass(slots=True)
class _Leven:
    """Eén dossier als rijen van de database; van de gebeurtenissen ook de leesbare inhoud."""

    rijen: dict[str, list[Rij]]
    klaar: dict[str, bytes]
    vast: dict[str, Rij]  # per gebeurtenis haar tijden, met hun type


def leef(plaats: Meetplaats, aantal: int = PERSONEN, tot: date = MIDDEN) -> None:
    """Laat personen van het voorbeeld leven tot en met deze dag; de klok eindigt daar."""

    def zet(dag: date) -> None:
        if dag > tot:
            raise _Genoeg
        plaats.op(dag)

    try:
        doorloop(plaats.omgeving, lees_voorbeeld(plaats.omgeving, aantal), zet)
    except _Genoeg:
        plaats.op(tot)
    with plaats.omgeving.magazijn.ruimte() as ruimte:
        gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=tot)
    for stap in gepland:
        open_stap(plaats.omgeving, stap.id)


class Vuller:
    """Herhaalt de levens die er staan. Elk herhaald dossier is te openen als elk ander."""

    def __init__(self, plaats: Meetplaats, bord: Geheugenbord) -> None:
        self._plaats, self._bord = plaats, bord
        self._kluis = Kluis(geheim_uit(plaats.instellingen.geheimenmap / "bsn-index"))
        bestand = plaats.magazijn.engine.url.database
        assert bestand is not None
        self._db = sqlite3.connect(bestand, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute(
            "PRAGMA synchronous = OFF"
        ).close()  # alleen voor het vullen; de meting heeft haar eigen verbinding
        self._db.execute("PRAGMA cache_size = -400000").close()
        # Wie in zijn traject kwam, kreeg zijn mail; wat nog weg moest, is hier aangekomen.
        self._db.execute(
            "UPDATE bericht SET status = 'aanvaard', pogingen = 1, laatste_poging_op = aangemaakt_op, "
            "aanvaard_op = aangemaakt_op, volgende_poging = NULL WHERE status IN ('wachtend', 'uitgesteld')"
        )
        leesbaar: list[str] = [rij[0] for rij in self._db.execute("SELECT dossier_id FROM persoonsgegeven")]
        self._levens = [self._lees(UUID(dossier_id)) for dossier_id in leesbaar]
        self._nummers = count()
        self._zet_runs_bij_de_voorbeelden()

    def vul_tot(self, aantal: int) -> None:
        """Herhaal de levens om en om tot er zo veel dossiers zijn."""
        staan: int = self._db.execute("SELECT count(*) FROM dossier").fetchone()[0]
        indexen = self._db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
        ).fetchall()
        for index in indexen:  # achteraf in één keer maken gaat veel sneller dan rij voor rij
            self._db.execute(f"DROP INDEX {index['name']}")
        while staan < aantal:
            portie = min(PORTIE, aantal - staan)
            self._voeg_toe([self._herhaal(self._levens[(staan + i) % len(self._levens)]) for i in range(portie)])
            staan += portie
        for index in indexen:
            self._db.execute(index["sql"])
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        herstel_bord(self._plaats.omgeving)

    def sluit(self) -> None:
        self._db.close()

    # lezen

    def _lees(self, dossier_id: UUID) -> _Leven:
        rijen = {
            tabel: [dict(rij) for rij in self._db.execute(_vraag(tabel), (dossier_id.hex,)).fetchall()]
            for tabel in _TABELLEN
        }
        sleutel = self._plaats.magazijn.sleutelbos.zoek(dossier_id)
        assert sleutel is not None
        klaar = {
            rij["id"]: self._kluis.ontsleutel(sleutel, _plek(rij["id"]), rij["cijfertekst"])
            for rij in rijen["gebeurtenis"]
        }
        (persoon,) = rijen["persoonsgegeven"]
        plek = Plek("persoonsgegeven", "cijfertekst", dossier_id)
        klaar["persoon"] = self._kluis.ontsleutel(sleutel, plek, persoon["cijfertekst"])
        for bericht in rijen["bericht"]:
            bericht["tekst"], bericht["html"], bericht["agenda"] = "", None, None
        rijen["gebeurtenis"].sort(key=lambda rij: rij["volgnummer"])
        return _Leven(rijen, klaar, {rij["id"]: _met_typen(rij) for rij in rijen["gebeurtenis"]})

    def _zet_runs_bij_de_voorbeelden(self) -> None:
        for leven in self._levens:
            for stap in leven.rijen["stap"]:
                self._geef_run(stap)
                self._db.execute(
                    "UPDATE stap SET run_id = ?, run_generatie = ?, run_poging = ?, run_gepland_op = ?, bord_bij = ? "
                    "WHERE id = ?",
                    (stap["run_id"], stap["run_generatie"], stap["run_poging"], stap["run_gepland_op"],
                     stap["bord_bij"], stap["id"]),
                )  # fmt: skip

    # herhalen

    def _herhaal(self, leven: _Leven) -> tuple[dict[str, list[Rij]], UUID, Sleutel]:
        sleutel, dossier_id = Sleutel(uuid4(), nieuwe_sleutelwaarde()), uuid4()
        nieuw = {rij["id"]: uuid4().hex for tabel in ("gebeurtenis", "stap", "bericht") for rij in leven.rijen[tabel]}
        (dossier,), (persoon,) = leven.rijen["dossier"], leven.rijen["persoonsgegeven"]
        gebeurtenissen = self._keten(leven, dossier_id, sleutel, nieuw)
        laatste = gebeurtenissen[-1]["hash"]
        cijfer = self._kluis.versleutel(
            sleutel, Plek("persoonsgegeven", "cijfertekst", dossier_id), leven.klaar["persoon"]
        )
        stappen = [{**stap, "id": nieuw[stap["id"]], "dossier_id": dossier_id.hex} for stap in leven.rijen["stap"]]
        for stap in stappen:
            self._geef_run(stap)
        rijen = {
            "dossier": [{**dossier, "id": dossier_id.hex, "referentie": _referentie(next(self._nummers)),
                         "keten_hoofd": laatste}],
            "persoonsgegeven": [{**persoon, "dossier_id": dossier_id.hex, "cijfertekst": cijfer,
                                 "bsn_index": secrets.token_hex(32)}],
            "gebeurtenis": gebeurtenissen,
            "stap": stappen,
            "bericht": [self._bericht(b, dossier_id, nieuw) for b in leven.rijen["bericht"]],
            **{tabel: [{**rij, "dossier_id": dossier_id.hex} for rij in leven.rijen[tabel]] for tabel in _BORD},
        }  # fmt: skip
        return rijen, dossier_id, sleutel

    def _keten(self, leven: _Leven, dossier_id: UUID, sleutel: Sleutel, nieuw: dict[str, str]) -> list[Rij]:
        uit: list[Rij] = []
        vorige = ""
        for oud in leven.rijen["gebeurtenis"]:
            rij_id = UUID(nieuw[oud["id"]])
            cijfer = self._kluis.versleutel(sleutel, _plek(rij_id.hex), leven.klaar[oud["id"]])
            merk = f"{oud['bronkenmerk']}+{dossier_id.hex[:12]}" if oud["bronkenmerk"] else None
            rij = {**oud, "id": rij_id.hex, "dossier_id": dossier_id.hex, "cijfertekst": cijfer, "bronkenmerk": merk}
            rij["vorige_hash"] = vorige
            vast = leven.vast[oud["id"]]
            rij["hash"] = vorige = hash_van(_als_rij({**rij, **vast, "id": rij_id, "dossier_id": dossier_id}))
            uit.append(rij)
        return uit

    def _bericht(self, oud: Rij, dossier_id: UUID, nieuw: dict[str, str]) -> Rij:
        eigen = nieuw[oud["id"]]
        stap = nieuw.get(oud["stap_id"] or "")
        return {
            **oud, "id": eigen, "dossier_id": dossier_id.hex, "stap_id": stap, "sleutel": f"{stap}:{eigen}",
            "message_id": f"<{eigen}@regie.example>", "retour_token": eigen, "in_antwoord_op": None,
        }  # fmt: skip

    def _geef_run(self, stap: Rij) -> None:
        """Zet bij de stap de run die de ronde haar had gegeven, en zet die ook op het bord."""
        toestand = self._toestand(stap)
        if toestand is None:
            stap["bord_bij"] = stap["status"] not in ("gepland", "open")
            return
        run_id, dag = uuid4(), date.fromisoformat(stap["start"])
        op = datetime(dag.year, dag.month, dag.day, 7, tzinfo=UTC)
        stap["run_id"], stap["run_generatie"], stap["run_poging"] = run_id.hex, stap["generatie"], 1
        stap["run_gepland_op"], stap["bord_bij"] = op.strftime(_MOMENT), True
        toen = self._bord.toen - timedelta(days=2)
        run = RunStand(run_id, UUID(stap["id"]), toestand, toen, op if toestand is Toestand.GEPLAND else None, "")
        if not toestand.ten_einde:  # naar wat klaar is vraagt de ronde nooit meer
            self._bord.zet_neer([run])

    def _toestand(self, stap: Rij) -> Toestand | None:
        if stap["status"] == "open":
            return Toestand.WACHT
        if stap["status"] == "gepland":
            dag, vandaag = date.fromisoformat(stap["start"]), self._plaats.klok.vandaag()
            return Toestand.GEPLAND if vandaag < dag <= vandaag + HORIZON else None
        return Toestand.KLAAR if stap["geopend_op"] else None

    # schrijven

    def _voeg_toe(self, dossiers: Iterable[tuple[dict[str, list[Rij]], UUID, Sleutel]]) -> None:
        gemaakt = list(dossiers)
        bos = self._plaats.magazijn.sleutelbos
        bos.bewaar([(dossier_id, sleutel) for _, dossier_id, sleutel in gemaakt], self._plaats.klok.nu())
        self._db.execute("BEGIN IMMEDIATE")
        for tabel in _TABELLEN:
            rijen = [rij for per_tabel, _, _ in gemaakt for rij in per_tabel[tabel]]
            if rijen:
                self._db.executemany(_invoegen(tabel, rijen[0]), (tuple(rij.values()) for rij in rijen))
        self._db.execute("COMMIT")


def _vraag(tabel: str) -> str:
    sleutel = "id" if tabel == "dossier" else "dossier_id"
    return f"SELECT * FROM {tabel} WHERE {sleutel} = ?"  # noqa: S608 - de namen staan hierboven vast


def _invoegen(tabel: str, rij: Rij) -> str:
    kolommen = ", ".join(rij)
    plekken = ", ".join("?" for _ in rij)
    return f"INSERT INTO {tabel} ({kolommen}) VALUES ({plekken})"  # noqa: S608 - namen uit ons eigen schema


def _plek(rij_id: str) -> Plek:
    return Plek("gebeurtenis", "cijfertekst", UUID(rij_id))


def _als_rij(rij: Rij) -> Any:
    """Wat `hash_van` van een rij leest."""
    return SimpleNamespace(**rij)


def _met_typen(rij: Rij) -> Rij:
    """De tijden van een gebeurtenis met het type van de tabel."""
    vast = datetime.strptime(rij["vastgelegd_op"], _MOMENT).replace(tzinfo=UTC)
    return {"vastgelegd_op": vast, "geldig_op": date.fromisoformat(rij["geldig_op"])}


def _referentie(nummer: int) -> str:
    """Een eigen reeks van zes tekens: nooit gelijk aan een echte referentie, die er vijf heeft."""
    tekens: list[str] = []
    for _ in range(6):
        nummer, rest = divmod(nummer, len(TEKENS))
        tekens.append(TEKENS[rest])
    return "D-" + "".join(reversed(tekens))
