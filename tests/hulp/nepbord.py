"""Een bord dat echt werkt, zonder Prefect: het staat in een eigen bestand en overleeft dus de dood van wie het vraagt.

Het doet wat van Prefect is gemeten: een sleutel geeft dezelfde run terug, een run hoort bij een deployment, een
gepauzeerde pool neemt niets aan, en alleen de worker verandert een run van gepland in lopend.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import BordOnbereikbaar, RunGeweigerd, RunOpdracht, RunStand, Toestand
from domein.handelingen.openen import open_stap
from domein.handelingen.uitkomst import geef_uitkomst
from domein.ports import Omgeving
from domein.regels.ronde import SPELING, STROMEN

BEGIN = datetime(2026, 11, 23, 12, tzinfo=UTC)  # echte tijd; onze klok staat ergens anders
_TABELLEN = """
CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY, stap TEXT, sleutel TEXT, stroom TEXT, deployment TEXT, naam TEXT, tags TEXT,
    toestand TEXT, sinds TEXT, gepland_op TEXT, keer INTEGER DEFAULT 0, antwoorden TEXT DEFAULT '[]',
    UNIQUE (sleutel)
);
CREATE TABLE IF NOT EXISTS deployment (naam TEXT PRIMARY KEY, id TEXT);
CREATE TABLE IF NOT EXISTS stand (naam TEXT PRIMARY KEY, waarde TEXT);
"""


class Nepbord:
    """Voldoet aan de poort `Bord`; de overige methoden zijn wat een mens of een storing in Prefect doet."""

    def __init__(self, bestand: Path) -> None:
        self._db = sqlite3.connect(bestand, isolation_level=None, check_same_thread=False, timeout=30)
        # Een gedood proces verliest niets dat al naar het besturingssysteem ging; alleen stroomuitval zou dat doen.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.executescript(_TABELLEN)
        self.zwijgt = False
        self.weigert: dict[UUID, int] = {}  # stap: de status waarmee het bord alles over haar run weigert
        if not self._db.execute("SELECT 1 FROM stand").fetchone():
            self.zet_tijd(BEGIN)
            self.richt_in()

    def sluit(self) -> None:
        self._db.close()

    # de poort

    def nu(self) -> datetime:
        return datetime.fromisoformat(self._stand("tijd"))

    async def open_runs(self) -> Sequence[RunStand]:
        return self._runs(lambda run: not run.toestand.ten_einde)

    async def kapotte_runs(self) -> Sequence[RunStand]:
        return self._runs(lambda run: run.toestand in (Toestand.MISLUKT, Toestand.GECRASHT))

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        def beweegt(run: RunStand) -> bool:
            if run.toestand is Toestand.GEPLAND:
                return run.gepland_op is None or run.gepland_op <= self.nu() + SPELING
            return run.toestand not in (Toestand.WACHT, Toestand.KLAAR) or run.sinds >= sinds

        return self._runs(beweegt)

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        return {run.run_id: run for run in self._runs(lambda run: run.run_id in run_ids)}

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        self._antwoordt(opdracht.stap_id)
        deployment = self._deployment(opdracht.stroom)
        if deployment is None:
            raise BordOnbereikbaar("deployment is not registered")
        sleutel = f"{opdracht.sleutel}-{deployment[:8]}"
        self._db.execute(
            "INSERT OR IGNORE INTO run (id, stap, sleutel, stroom, deployment, naam, tags, toestand, sinds, gepland_op)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()), str(opdracht.stap_id), sleutel, opdracht.stroom, deployment, opdracht.naam,
                json.dumps(opdracht.tags), (Toestand.WACHT if opdracht.wachtend else Toestand.GEPLAND).value,
                self._stand("tijd"), opdracht.tijdstip.isoformat(),
            ),
        )  # fmt: skip
        return UUID(self._db.execute("SELECT id FROM run WHERE sleutel = ?", (sleutel,)).fetchone()[0])

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        self._antwoordt(self._stap_van(run_id))
        self._zet(run_id, Toestand.GEPLAND, tijdstip)

    async def wek(self, run_id: UUID) -> None:
        self._antwoordt(self._stap_van(run_id))
        self._zet(run_id, Toestand.GEPLAND, self.nu())

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        self._antwoordt(self._stap_van(run_id))
        self._zet(run_id, Toestand.GEANNULEERD)

    # wat een mens of een storing doet

    def zet_tijd(self, moment: datetime) -> None:
        self._db.execute("INSERT OR REPLACE INTO stand VALUES ('tijd', ?)", (moment.isoformat(),))

    def verder(self, **duur: float) -> None:
        self.zet_tijd(self.nu() + timedelta(**duur))

    def pauzeer(self, *, aan: bool = True) -> None:
        self._db.execute("INSERT OR REPLACE INTO stand VALUES ('pauze', ?)", (str(int(aan)),))

    def zet(self, run_id: UUID, toestand: Toestand) -> None:
        self._zet(run_id, toestand, self.nu() if toestand is Toestand.GEPLAND else None)

    def verwijder(self, run_id: UUID) -> None:
        self._db.execute("DELETE FROM run WHERE id = ?", (str(run_id),))

    def wis_alles(self) -> None:
        self._db.execute("DELETE FROM run")
        self._db.execute("DELETE FROM deployment")

    def verwijder_deployment(self, stroom: str) -> None:
        """Zoals Prefect: de runs blijven, maar horen nergens meer bij en zijn niet meer te vinden."""
        self._db.execute("DELETE FROM deployment WHERE naam = ?", (stroom,))
        self._db.execute("UPDATE run SET deployment = NULL WHERE stroom = ?", (stroom,))

    def richt_in(self) -> None:
        """Registreer wat ontbreekt; wat er staat houdt zijn id."""
        for stroom in set(STROMEN.values()):
            self._db.execute("INSERT OR IGNORE INTO deployment VALUES (?, ?)", (stroom, str(uuid4())))

    def dubbele(self, run_id: UUID) -> UUID:
        """Een tweede run van dezelfde stap, met de hand gestart."""
        nieuw = uuid4()
        self._db.execute(
            "INSERT INTO run SELECT ?, stap, NULL, stroom, deployment, naam, tags, toestand, sinds, gepland_op, 0, '[]'"
            " FROM run WHERE id = ?",
            (str(nieuw), str(run_id)),
        )
        return nieuw

    def hervat(self, run_id: UUID, antwoord: Mapping[str, Any] | None = None) -> None:
        """Druk op Resume, met of zonder ingevuld formulier."""
        if antwoord is not None:
            alle = [*self._antwoorden(run_id), dict(antwoord)]
            self._db.execute("UPDATE run SET antwoorden = ? WHERE id = ?", (json.dumps(alle, default=str), str(run_id)))
        self._zet(run_id, Toestand.GEPLAND, self.nu())

    def alle(self, stap_id: UUID | None = None) -> list[RunStand]:
        rijen = self._db.execute("SELECT * FROM run ORDER BY rowid").fetchall()
        return [run for run in map(_stand, rijen) if stap_id in (None, run.stap_id)]

    def keren(self, run_id: UUID) -> int:
        return int(self._db.execute("SELECT keer FROM run WHERE id = ?", (str(run_id),)).fetchone()[0])

    # de worker

    def aan_de_beurt(self) -> list[RunStand]:
        if self._stand("pauze") == "1":
            return []
        gepland = self._runs(lambda run: run.toestand is Toestand.GEPLAND)
        return [run for run in gepland if run.gepland_op is not None and run.gepland_op <= self.nu()]

    def werk(self, omgeving: Omgeving) -> int:
        """Voer uit wat aan de beurt is, zoals de flow dat doet; geef hoeveel runs liepen."""
        gedaan = 0
        for run in self.aan_de_beurt():
            self._loop(omgeving, run)
            gedaan += 1
        return gedaan

    def _loop(self, omgeving: Omgeving, run: RunStand) -> None:
        self._zet(run.run_id, Toestand.IN_WACHTRIJ)
        self._db.execute("UPDATE run SET keer = keer + 1 WHERE id = ?", (str(run.run_id),))
        self._zet(run.run_id, Toestand.LOOPT)
        try:
            status = open_stap(omgeving, run.stap_id).status
            if not _afgerond(status) or self._antwoorden(run.run_id):
                status = self._leg_vast(omgeving, run, status)
        except RegieFout:
            self._zet(run.run_id, Toestand.MISLUKT)
            return
        self._zet(run.run_id, Toestand.KLAAR if _afgerond(status) else Toestand.WACHT)

    def _leg_vast(self, omgeving: Omgeving, run: RunStand, status: Stapstatus) -> Stapstatus:
        for antwoord in self._antwoorden(run.run_id):
            gegevens = dict(antwoord)
            soort, datum, wie = (gegevens.pop(naam) for naam in ("uitkomst", "datum", "medewerkercode"))
            actor = Actor(wie, Verificatie.ZELFVERKLAARD)
            try:
                dag = datetime.fromisoformat(datum).date()
                geef_uitkomst(omgeving, run.stap_id, soort, dag, gegevens, actor, deur="prefect")
            except AlBeantwoord:
                pass  # bewaard als vraag, of het stond er al
            except RegieFout:
                continue  # geweigerd: de stap wacht opnieuw
        with omgeving.magazijn.ruimte() as ruimte:
            return ruimte.stap(run.stap_id).status

    # binnenin

    def _antwoordt(self, stap_id: UUID | None = None) -> None:
        if self.zwijgt:
            raise BordOnbereikbaar("zwijgt")
        if stap_id in self.weigert:
            raise RunGeweigerd(self.weigert[stap_id])

    def _stap_van(self, run_id: UUID) -> UUID | None:
        rij = self._db.execute("SELECT stap FROM run WHERE id = ?", (str(run_id),)).fetchone()
        return UUID(rij[0]) if rij else None

    def _stand(self, naam: str) -> str:
        rij = self._db.execute("SELECT waarde FROM stand WHERE naam = ?", (naam,)).fetchone()
        return str(rij[0]) if rij else ""

    def _deployment(self, stroom: str) -> str | None:
        rij = self._db.execute("SELECT id FROM deployment WHERE naam = ?", (stroom,)).fetchone()
        return str(rij[0]) if rij else None

    def _runs(self, welke: Any) -> list[RunStand]:
        self._antwoordt()
        rijen = self._db.execute(
            "SELECT run.* FROM run JOIN deployment ON deployment.id = run.deployment ORDER BY run.rowid"
        ).fetchall()
        return [run for run in map(_stand, rijen) if welke(run)]

    def _zet(self, run_id: UUID, toestand: Toestand, gepland_op: datetime | None = None) -> None:
        self._db.execute(
            "UPDATE run SET toestand = ?, sinds = ?, gepland_op = ? WHERE id = ?",
            (toestand.value, self._stand("tijd"), gepland_op.isoformat() if gepland_op else None, str(run_id)),
        )

    def _antwoorden(self, run_id: UUID) -> list[dict[str, Any]]:
        rij = self._db.execute("SELECT antwoorden FROM run WHERE id = ?", (str(run_id),)).fetchone()
        return list(json.loads(rij[0])) if rij else []


def _afgerond(status: Stapstatus) -> bool:
    return status not in (Stapstatus.GEPLAND, Stapstatus.OPEN)


def _stand(rij: Sequence[Any]) -> RunStand:
    toestand = Toestand(rij[7])
    gepland = datetime.fromisoformat(rij[9]) if rij[9] and toestand is Toestand.GEPLAND else None
    return RunStand(UUID(rij[0]), UUID(rij[1]), toestand, datetime.fromisoformat(rij[8]), gepland, rij[5])
