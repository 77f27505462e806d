"""De database vol, vast of herstart: wie antwoordt merkt hoogstens dat het langer duurt, en niets gaat verloren."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from adapters.database import BUSY_MS
from adapters.databasefouten import leg_uit
from adapters.gezondheid_schijf import MB, schijf
from adapters.instellingen import lees_instellingen
from adapters.klok import StilleKlok
from adapters.opslag import SqlMagazijn
from beheer.demo.vullen import VOORBEELD
from beheer.opzichter import Opzichter
from domein.begrippen import Stapstatus
from domein.fouten import AlBeantwoord, DatabaseBezet, DatabaseWeg, OpslagOnbeschikbaar, SchijfVol
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from portaal.app import maak_app
from tests.hulp.nepbord import Nepbord
from tests.integratie.conftest import ZetKlok
from tests.integratie.portaal_hulp import GOED, ZELFDE, Bezoeker, oproep, pad, regio_met_dossiers
from tests.integratie.regels.leven import Leven, laad_regio, laad_regiobestand, rij
from tests.integratie.regels.test_regel_09_gelijktijdig import met_ander
from tests.integratie.ronde.conftest import Wereld, herstart
from tests.valproef.daden import rijen

MINUUT = 60.0


# vol


class Ruimtegebrek:
    """Een schijf die vol is zolang `vol`: SQLite krijgt er dan geen bladzijde meer bij."""

    def __init__(self, engine: Engine) -> None:
        self.vol = False
        event.listen(engine, "checkout", self._bij_gebruik)

    def _bij_gebruik(self, verbinding: Any, _record: Any, _fairy: Any) -> None:
        (nu,) = verbinding.execute("PRAGMA page_count").fetchone()
        verbinding.execute(f"PRAGMA max_page_count={nu if self.vol else 4294967294}").fetchall()


@pytest.fixture
def opzichter(tmp_path: Path) -> Iterator[tuple[Opzichter, list[str]]]:
    """Een opzichter zonder diensten, met een bord dat het doet en iedereen uit het voorbeeld geregistreerd."""
    gemeld: list[str] = []
    opzichter = Opzichter(tmp_path / "installatie", demo=True, meld=gemeld.append)
    opzichter.bereid_voor()
    StilleKlok(opzichter.map / "klok.json").zet(datetime(2026, 12, 7, 7, tzinfo=UTC))  # vóór het dagwerk
    laad_regio(opzichter.omgeving, laad_regiobestand(VOORBEELD / "regio.toml"), SYSTEEM)
    registreer(opzichter.omgeving, list(rijen().values())[:40], SYSTEEM)
    bord = Nepbord(tmp_path / "bord.db")
    opzichter._bord = bord  # pyright: ignore
    yield opzichter, gemeld
    bord.sluit()
    asyncio.run(opzichter.stop())


async def test_een_volle_schijf_stopt_met_een_melding_en_gaat_daarna_vanzelf_verder(
    opzichter: tuple[Opzichter, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    hier, gemeld = opzichter
    magazijn = hier.omgeving.magazijn
    assert isinstance(magazijn, SqlMagazijn)
    gebrek = Ruimtegebrek(magazijn.engine)
    gebrek.vol = True
    gemeld.clear()
    for _ in range(3):
        await hier._een_slag()
    (melding,) = [regel for regel in gemeld if "vol" in regel]  # één keer, niet elke paar seconden
    assert melding.startswith("LET OP: De schijf van de database is vol")
    assert "Maak ruimte vrij" in melding
    assert "De schijf van de database is vol" in caplog.text
    nieuw = rij(kenmerk="DUO-VOL", bsn="999999990")
    with pytest.raises(SchijfVol, match="vol"):
        registreer(hier.omgeving, [nieuw], SYSTEEM)

    gebrek.vol = False
    await hier._een_slag()
    assert gemeld[-1].startswith("De database werkt weer")
    with magazijn.ruimte() as ruimte:
        gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=hier.omgeving.klok.vandaag())
        assert any(stap.run_id for stap in gepland)
        assert len(ruimte.dossiers()) == 40
    assert not [wat for geschonden in controleer(hier.omgeving).values() for wat in geschonden]


@pytest.mark.parametrize(("vrij", "ernst"), [(90 * MB, "fout"), (200 * MB, "waarschuwing"), (900 * MB, None)])
def test_de_dokter_ziet_een_schijf_die_volloopt(tmp_path: Path, vrij: int, ernst: str | None) -> None:
    gevonden = schijf(lees_instellingen(map=tmp_path), lambda _: vrij)
    assert [b.ernst.value for b in gevonden] == ([ernst] if ernst else [])
    assert all(f"{vrij // MB} MB" in b.melding and b.uitweg for b in gevonden)


@pytest.mark.parametrize(
    ("oorzaak", "soort"),
    [
        pytest.param(psycopg.errors.DiskFull(), SchijfVol, id="schijf-vol"),
        pytest.param(psycopg.errors.DeadlockDetected(), DatabaseBezet, id="deadlock"),
        pytest.param(psycopg.errors.AdminShutdown(), DatabaseWeg, id="herstart"),
        pytest.param(psycopg.OperationalError("weg"), DatabaseWeg, id="geen-verbinding"),
        pytest.param(psycopg.errors.UndefinedColumn(), None, id="onze-fout"),
    ],
)
def test_wat_postgresql_zegt_wordt_een_zin(oorzaak: psycopg.Error, soort: type[Exception] | None) -> None:
    uitleg = leg_uit(OperationalError("SELECT bsn", {"bsn": "999990019"}, oorzaak))
    assert (type(uitleg) if uitleg else None) is soort
    assert uitleg is None or "999990019" not in f"{uitleg.melding}{uitleg.uitweg}"


# vast


def _antwoord_terwijl_vast(magazijn: SqlMagazijn, klok: ZetKlok, pad_: Path, seconden: float) -> None:
    hier = regio_met_dossiers(magazijn, klok)
    stap = oproep(hier)
    link = pad(hier, stap)
    bewijs = hier.links.formulierbewijs(hier.links.lees_taaklink(link.rsplit("/", 1)[-1], klok.vandaag()))
    bezoeker = Bezoeker(maak_app(hier.omgeving, hier.links))
    wil_schrijven = Event()

    def let_op(sessie: Session, *_rest: Any) -> None:
        if sessie.new or sessie.dirty:
            wil_schrijven.set()

    event.listen(Session, "before_flush", let_op)
    ander = sqlite3.connect(pad_, isolation_level=None)
    ander.execute("BEGIN EXCLUSIVE")
    koppen = {"content-type": "application/x-www-form-urlencoded", **ZELFDE}
    with ThreadPoolExecutor(2) as werker:
        try:
            klik = werker.submit(bezoeker.post, link, urlencode({**GOED, "bewijs": bewijs}), koppen)
            assert wil_schrijven.wait(30)
            # Ook kijken wacht: eerst staat in het logboek wie keek, dan pas komt de pagina.
            kijk = werker.submit(Bezoeker(maak_app(hier.omgeving, hier.links)).get, link)
            Event().wait(seconden)
            assert not klik.done()
            assert not kijk.done()
        finally:
            event.remove(Session, "before_flush", let_op)
            ander.execute("ROLLBACK")
            ander.close()
        assert klik.result(timeout=60).status_code < 400
        assert kijk.result(timeout=60).status_code == 200
    with magazijn.ruimte() as ruimte:
        assert ruimte.stap(stap.id).status is Stapstatus.KLAAR
        assert Counter(g.soort for g in ruimte.gebeurtenissen(stap.dossier_id))["oproep_verzonden"] == 1


def test_wie_antwoordt_terwijl_sqlite_vast_zit_wacht_en_krijgt_geen_fout(
    magazijn: SqlMagazijn, klok: ZetKlok, tmp_path: Path
) -> None:
    assert BUSY_MS >= 75_000, "een minuut vast is gewoon wachten"
    _antwoord_terwijl_vast(magazijn, klok, tmp_path / "regie.db", 0.2)


@pytest.mark.zwaar
def test_wie_antwoordt_terwijl_sqlite_een_minuut_vast_zit_krijgt_geen_fout(
    magazijn: SqlMagazijn, klok: ZetKlok, tmp_path: Path
) -> None:
    _antwoord_terwijl_vast(magazijn, klok, tmp_path / "regie.db", MINUUT)


def test_wie_langer_dan_dat_wacht_hoort_in_gewone_taal_wat_er_is(omgeving: Omgeving, tmp_path: Path) -> None:
    magazijn = omgeving.magazijn
    assert isinstance(magazijn, SqlMagazijn)
    event.listen(magazijn.engine, "checkout", lambda v, *_: v.execute("PRAGMA busy_timeout=50").fetchall())
    with sqlite3.connect(tmp_path / "regie.db", isolation_level=None) as ander:
        ander.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBezet, match="bezet"):
            registreer(omgeving, [rij()], SYSTEEM)
        ander.execute("ROLLBACK")
    ander.close()
    Leven(omgeving).begin()


# herstart


def _tot_het_lukt(doe: Callable[[], object]) -> int:
    """Doe het zoals een mens of de ronde: bij een weggevallen database nog eens. Geeft hoe vaak het niet ging."""
    for mis in range(40):
        try:
            doe()
        except AlBeantwoord:
            return mis
        except OpslagOnbeschikbaar:
            continue
        return mis
    pytest.fail("de database bleef weg")


@pytest.mark.postgres
@pytest.mark.usefixtures("bewaart_echt")
@pytest.mark.parametrize("soort", ["postgresql"], indirect=True)
@pytest.mark.parametrize("na", ["stap", "gebeurtenissen", "schrijf", "bewaar"])
def test_een_herstart_van_postgresql_midden_in_een_antwoord_verliest_niets(
    wereld: Wereld, postgres: URL, na: str
) -> None:
    wereld.wachtend()
    omgeving = met_ander(wereld.leven, na, lambda: herstart(postgres))
    eigen, wereld.leven.omgeving = wereld.leven.omgeving, omgeving
    assert _tot_het_lukt(wereld.antwoord) == 1
    wereld.leven.omgeving = eigen
    wereld.tot_rust()
    assert wereld.stap().status is Stapstatus.KLAAR
    assert wereld.leven.telling()["oproep_verzonden"] == 1
    wereld.is_goed()
