"""Een portaal klopt zolang het draait: terugzetten en een nieuwe hoofdsleutel wachten erop, en stilvallen valt op."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.gezondheid_machine import portalen
from adapters.hartslag import PORTAAL, Aanwezig
from adapters.hoofdsleutel import NIEUW
from adapters.instellingen import schrijf_geheim
from adapters.klok import EchteKlok
from adapters.omgeving import instellingen, linkzetter
from domein.model import Hartslag
from portaal.app import maak_app, maak_app_uit_instellingen
from portaal.leven import leven_van
from tests.integratie.bedrijf.hulp import portaal
from tests.integratie.bedrijf.test_reservekopie import leven, maak, zet_terug
from tests.integratie.beheer_hulp import Regie, vergeet
from tests.integratie.test_dokter import prefectserver

ONLINE = [{"status": "ONLINE"}]


@pytest.fixture(autouse=True)
def hetzelfde_logboek() -> Iterator[None]:
    """Een portaal richt zijn logboek in; daarna is het weer dat van de tests."""
    wortel = logging.getLogger()
    stond, niveau = list(wortel.handlers), wortel.level
    yield
    wortel.handlers[:] = stond
    wortel.setLevel(niveau)


def slagen(regie: Regie) -> list[Hartslag]:
    with regie.magazijn.ruimte() as ruimte:
        return ruimte.hartslagen(PORTAAL)


def klopte(regie: Regie, geleden: timedelta, naam: str = "machine-7:42") -> None:
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(f"{PORTAAL}{naam}", naam, EchteKlok().nu() - geleden)
    vergeet()


async def _wacht_op(klaar: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not klaar():
            await asyncio.sleep(0)


async def test_zolang_het_portaal_draait_klopt_het_en_daarna_is_het_afgemeld(op_database: Regie) -> None:
    op_database.vul(1)
    app = maak_app_uit_instellingen()  # zo bouwt uvicorn het
    assert slagen(op_database) == []
    async with app.router.lifespan_context(app):
        await _wacht_op(lambda: bool(slagen(op_database)))
        (slag,) = slagen(op_database)
        assert slag.naam.startswith(PORTAAL)
        assert abs(EchteKlok().nu() - slag.laatst_op) < timedelta(minutes=1)
        assert portalen(op_database.omgeving, instellingen()) == []
    assert slagen(op_database) == []


async def test_is_de_hartslag_niet_te_schrijven_dan_werkt_het_portaal_en_staat_dat_een_keer_in_het_logboek(
    regie: Regie, caplog: pytest.LogCaptureFixture
) -> None:
    regie.vul(1)
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(
            text("CREATE TRIGGER op_slot BEFORE INSERT ON hartslag BEGIN SELECT RAISE(ABORT, 'op slot'); END")
        )
    aanwezig = Aanwezig(regie.magazijn, PORTAAL)
    with caplog.at_level(logging.WARNING, logger="regie.hartslag"):
        assert (aanwezig.klopt(), aanwezig.klopt()) == (False, False)
        aanwezig.gaat()
    assert len([r for r in caplog.records if r.name == "regie.hartslag"]) == 1
    app = maak_app(regie.omgeving, linkzetter(instellingen(), regie.omgeving.klok), leven=leven_van(regie.magazijn))
    async with app.router.lifespan_context(app):
        antwoord = await asyncio.to_thread(lambda: portaal(regie).get("/gezond"))
    assert antwoord.status_code == 200
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("DROP TRIGGER op_slot"))
    assert aanwezig.klopt() is True


def test_terugzetten_weigert_zolang_een_portaal_klopt(op_database: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(op_database, 1)
    klopte(op_database, timedelta(days=3), "van-toen:1")
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    klopte(op_database, timedelta(seconds=20))
    zet_terug(op_database, kopie, wachtwoord, "--vervang", code=1)
    assert "een portaal, op machine-7:42" in op_database.err
    assert "--ondanks-hartslag" in op_database.err
    klopte(op_database, timedelta(minutes=2, seconds=1))
    zet_terug(op_database, kopie, wachtwoord, "--vervang")
    assert slagen(op_database) == []  # wat in de kopie klopte, draait niet


def test_de_hoofdsleutel_vervangen_weigert_zolang_een_portaal_klopt(regie: Regie) -> None:
    regie.vul(1)
    klopte(regie, timedelta(seconds=20))
    for meer in ((), ("--proef",)):
        regie("sleutels", "hoofdsleutel", *meer, code=1)
        assert "een portaal, op machine-7:42" in regie.err
    regie("sleutels", "hoofdsleutel", "--ondanks-hartslag")


def test_wie_de_sleutels_zelf_plaatst_laat_het_portaal_draaien_maar_geen_ronde(regie: Regie) -> None:
    """Zo gaat het in Kubernetes: elk portaal leest de nieuwe sleutel dan al naast de oude."""
    regie.vul(1)
    klopte(regie, timedelta(seconds=20))
    schrijf_geheim(regie.map / "geheimen" / NIEUW, b"ab" * 32)
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag("ronde", "machine-8:1", EchteKlok().nu())
    vergeet()
    regie("sleutels", "hoofdsleutel", "--zelf-plaatsen", code=1)
    assert "machine-8:1" in regie.err
    with regie.magazijn.ruimte() as ruimte:
        ruimte.vergeet_hartslag("ronde")
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel", "--zelf-plaatsen")["verpakt"] == 1


def test_een_worker_die_in_prefect_klopt_houdt_beide_tegen(regie: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(regie, 1)
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    with prefectserver(ONLINE, {}) as adres:
        regie.instelling(prefect_api_url=adres)
        regie("sleutels", "hoofdsleutel", code=1)
        assert "worker actief" in regie.err
        zet_terug(regie, kopie, wachtwoord, "--vervang", code=1)
        assert "worker actief" in regie.err
    with prefectserver([{"status": "OFFLINE"}], {}) as adres:
        regie.instelling(prefect_api_url=adres)
        assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 1


def test_een_portaal_dat_stilvalt_noemt_de_dokter_tot_het_een_dag_weg_is(regie: Regie) -> None:
    regie.vul(1)
    regie.instelling(demo="false", klokbestand="", smtp_tls="geen", smtp_onversleuteld_lokaal="true")
    klopte(regie, timedelta(minutes=3))
    klopte(regie, timedelta(seconds=30), "machine-9:7")
    (gevonden,) = [b for b in regie.json("dokter", code=1) if b["soort"] == "portaal_stil"]
    assert (gevonden["plaats"], gevonden["ernst"]) == ("machine-7:42", "waarschuwing")
    assert "opnieuw" in gevonden["uitweg"]
    klopte(regie, timedelta(days=1, minutes=1))
    assert Aanwezig(regie.magazijn, PORTAAL).klopt()
    assert "machine-7:42" not in {slag.houder for slag in slagen(regie)}
    assert len(slagen(regie)) == 2
