"""De ronde klopt, en wie ernaar kijkt ziet het als zij stilvalt: de bewaker, het portaal en buiten."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from adapters.bewaker import Bewaker
from adapters.hartslag import RONDE, Hartslagmelder
from adapters.omgeving import instellingen
from adapters.postvanger import ontvangen
from domein.regels.hartslag import Oordeel
from tests.integratie.bedrijf.hulp import portaal
from tests.integratie.beheer_hulp import DICHT, Regie, mailserver, vergeet

NU = datetime(2026, 5, 4, 12, tzinfo=UTC)


@contextmanager
def bewaking_buiten(status: int = 200) -> Generator[tuple[str, list[str]]]:
    """Een bewaker buiten: telt wie er belt."""
    gebeld: list[str] = []

    class Antwoord(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gebeld.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/geheim-pad", gebeld
    finally:
        server.shutdown()
        draad.join(10)
        server.server_close()


def slag(regie: Regie, op: datetime) -> None:
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "proef", op)


def test_een_goede_ronde_klopt_in_de_database_op_schijf_en_buiten(op_database: Regie) -> None:
    with bewaking_buiten() as (url, gebeld):
        op_database.instelling(hartslag_url=url)
        melder = Hartslagmelder(op_database.magazijn, instellingen())
        asyncio.run(melder.klopt())
        asyncio.run(melder.klopt())
    assert gebeld == ["/geheim-pad"]  # niet elke ronde
    assert (op_database.map / "hartslag").exists()
    with op_database.magazijn.ruimte() as ruimte:
        een = ruimte.hartslag(RONDE)
    assert een is not None
    assert een.houder


def test_deed_een_ander_de_ronde_dan_klopt_alleen_deze_machine(regie: Regie) -> None:
    with bewaking_buiten() as (url, gebeld):
        regie.instelling(hartslag_url=url)
        asyncio.run(Hartslagmelder(regie.magazijn, instellingen()).klopt(zelf=False))
    assert gebeld == []
    assert (regie.map / "hartslag").exists()
    with regie.magazijn.ruimte() as ruimte:
        assert ruimte.hartslag(RONDE) is None


@pytest.mark.parametrize("status", [500, None], ids=["storing", "weg"])
def test_een_bewaking_die_zwijgt_houdt_de_ronde_niet_tegen(
    regie: Regie, status: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    with bewaking_buiten(status or 200) as (url, _):
        regie.instelling(hartslag_url=url if status else f"http://127.0.0.1:{DICHT}/geheim-pad")
        asyncio.run(Hartslagmelder(regie.magazijn, instellingen()).klopt())
    assert "bewaking buiten" in caplog.text
    assert "geheim-pad" not in caplog.text


def test_de_bewaker_mailt_een_keer_bij_stilstand_en_een_keer_bij_herstel(regie: Regie, tmp_path: Path) -> None:
    """Ook na een herstart van de bewaker komt er geen tweede mail."""
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(smtp_port=poort, beheer_mail="beheer@regio.example")
        begin = NU - timedelta(days=3)
        slag(regie, NU - timedelta(minutes=1))

        def kijk(moment: datetime) -> Oordeel:
            return asyncio.run(Bewaker(instellingen(), begin).kijk(moment)).oordeel

        assert kijk(NU) is Oordeel.GOED
        assert kijk(NU + timedelta(minutes=20)) is Oordeel.ALARM
        assert kijk(NU + timedelta(minutes=21)) is Oordeel.GEMELD
        slag(regie, NU + timedelta(minutes=30))
        assert kijk(NU + timedelta(minutes=31)) is Oordeel.HERSTELD
        assert kijk(NU + timedelta(minutes=32)) is Oordeel.GOED
        brieven = ontvangen(tmp_path / "post")
    assert [brief.onderwerp for brief in brieven] == ["Alarm: regie staat stil", "Regie loopt weer"]
    assert {brief.ontvanger for brief in brieven} == {"beheer@regio.example"}


def test_de_bewaker_mailt_ook_als_de_database_weg_is(regie: Regie, tmp_path: Path) -> None:
    """Het alarm gaat niet door de uitgaande post: die staat in de database die zwijgt."""
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(
            smtp_port=poort, beheer_mail="beheer@regio.example", database_url="postgresql://nee@127.0.0.1:9/x"
        )
        waarneming = asyncio.run(Bewaker(instellingen(), NU - timedelta(hours=1)).kijk(NU))
        assert (waarneming.oordeel, waarneming.database, waarneming.gemaild) == (Oordeel.ALARM, False, True)
        assert "De database antwoordt niet" in ontvangen(tmp_path / "post")[0].tekst


def test_een_database_die_even_zwijgt_is_nog_geen_stilstand(regie: Regie) -> None:
    slag(regie, NU - timedelta(minutes=1))
    keuze = instellingen()
    bewaker = Bewaker(keuze, NU - timedelta(days=3))
    assert asyncio.run(bewaker.kijk(NU)).oordeel is Oordeel.GOED
    vergeet()
    weg = regie.map / "weg.db"
    (regie.map / "regie.db").rename(weg)
    waarneming = asyncio.run(bewaker.kijk(NU + timedelta(minutes=2)))
    assert (waarneming.oordeel, waarneming.database) == (Oordeel.GOED, False)
    assert asyncio.run(bewaker.kijk(NU + timedelta(minutes=20))).oordeel is Oordeel.ALARM


def test_een_alarm_dat_niet_weg_kon_wordt_opnieuw_geprobeerd(regie: Regie) -> None:
    regie.instelling(beheer_mail="beheer@regio.example")  # de mailserver staat uit
    slag(regie, NU - timedelta(hours=1))
    for minuut in (0, 1):
        bewaker = Bewaker(instellingen(), NU - timedelta(days=1))
        assert asyncio.run(bewaker.kijk(NU + timedelta(minutes=minuut))).oordeel is Oordeel.ALARM


def test_de_opdracht_zegt_met_haar_eindcode_of_de_ronde_loopt(regie: Regie) -> None:
    regie.vul(1)
    assert regie.json("bewaak", "--eenmaal", code=1)["oordeel"] == "alarm"
    asyncio.run(Hartslagmelder(regie.magazijn, instellingen()).klopt())
    assert regie.json("bewaak", "--eenmaal")["oordeel"] == "hersteld"
    assert regie.json("bewaak", "--eenmaal")["oordeel"] == "goed"


def test_het_portaal_wordt_rood_als_de_ronde_stilstaat_en_blijft_zelf_gezond(op_database: Regie) -> None:
    op_database.vul(1)
    web = portaal(op_database)
    assert (web.get("/gezond/ronde").status_code, web.get("/gezond").status_code) == (503, 200)
    asyncio.run(Hartslagmelder(op_database.magazijn, instellingen()).klopt())
    antwoord = web.get("/gezond/ronde")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "loopt")
    slag(op_database, datetime(2020, 1, 1, tzinfo=UTC))
    assert web.get("/gezond/ronde").json()["status"] == "stil"
    assert web.get("/gezond").status_code == 200
