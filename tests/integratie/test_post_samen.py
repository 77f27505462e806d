"""Verzenders naast elkaar, in eigen processen: geen enkel bericht dubbel, en na een stroomstoring geen enkel weg."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, insert
from sqlmodel import Session, col, func, select

from adapters.klok import StilleKlok
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus as Status
from domein.handelingen.postbeheer import Onzekerbeleid, beslis_volgens_beleid
from domein.model import Bericht
from domein.model.bericht import nieuw_retour_token
from domein.ports import Omgeving
from tests.hulp.storingsserver import Storingsserver, storingsserver
from tests.hulp.verzender import omgeving_van

WORTEL = Path(__file__).resolve().parents[2]
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
GRENS = 600.0  # seconden voor één test; zo lang duurt hij nooit


@pytest.fixture
def klokbestand(tmp_path: Path) -> Path:
    StilleKlok(tmp_path / "klok.json").zet(BEGIN)
    return tmp_path / "klok.json"


@pytest.fixture
def hier(engine: Engine, klokbestand: Path):
    omgeving = omgeving_van(adres_van(engine), klokbestand)
    yield omgeving
    assert isinstance(omgeving.magazijn, SqlMagazijn)
    omgeving.magazijn.sluit()


def adres_van(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def zet_klaar(engine: Engine, aantal: int) -> None:
    rijen = []
    for nummer in range(aantal):
        merk, domein = uuid4(), f"partner-{nummer % 7}.example"
        rijen.append(
            {
                "id": merk, "sleutel": str(merk), "soort": "dagbericht", "ontvanger_code": f"km-{nummer % 90}",
                "adres": f"km-{nummer % 90}@{domein}", "adresdomein": domein, "message_id": f"<{merk}@regie.example>",
                "onderwerp": f"Bericht {nummer}", "tekst": "Er is een taak.\n", "aangemaakt_op": BEGIN,
                "retour_token": nieuw_retour_token(),
            }
        )  # fmt: skip
    with engine.begin() as verbinding:
        verbinding.execute(insert(Bericht), rijen)


def stand(engine: Engine) -> dict[str, int]:
    with Session(engine) as sessie:
        return dict(sessie.exec(select(Bericht.status, func.count()).group_by(col(Bericht.status))).all())


def ontvangen(server: Storingsserver) -> Counter[bytes]:
    def message_id(ruw: bytes) -> bytes:
        return next(regel for regel in ruw.split(b"\r\n") if regel.startswith(b"Message-ID:"))

    return Counter(message_id(ruw) for ruw in server.bewaard)


async def start_verzender(engine: Engine, klokbestand: Path, poort: int, per_keer: int = 1000) -> Process:
    woorden = ["-m", "tests.hulp.verzender", adres_van(engine), str(klokbestand), str(poort), str(per_keer)]
    return await asyncio.create_subprocess_exec(sys.executable, *woorden, cwd=WORTEL, stdout=PIPE, stderr=PIPE)


async def klaar(proces: Process) -> int:
    uit, fout = await proces.communicate()
    assert proces.returncode == 0, fout.decode()
    return int(uit)


@pytest.mark.parametrize("aantal", [500, pytest.param(20_000, marks=pytest.mark.zwaar)])
async def test_twee_verzenders_tegelijk_sturen_niets_dubbel(engine: Engine, klokbestand: Path, aantal: int) -> None:
    zet_klaar(engine, aantal)
    per_keer = 50 if aantal < 1000 else 1000  # zo krijgen beide werk
    async with asyncio.timeout(GRENS), storingsserver() as server:
        processen = [await start_verzender(engine, klokbestand, server.poort, per_keer) for _ in range(2)]
        aanvaard = await asyncio.gather(*map(klaar, processen))
    per_bericht = ontvangen(server)
    assert sum(aanvaard) == aantal
    assert len(per_bericht) == aantal
    assert set(per_bericht.values()) == {1}
    assert stand(engine) == {Status.AANVAARD: aantal}


async def test_na_een_stroomstoring_is_er_niets_weg_en_alleen_onzeker_komt_dubbel(
    engine: Engine, klokbestand: Path, hier: Omgeving
) -> None:
    aantal = 600
    zet_klaar(engine, aantal)
    async with asyncio.timeout(GRENS), storingsserver() as server:
        verzender = await start_verzender(engine, klokbestand, server.poort)
        einde = asyncio.create_task(verzender.wait())
        while len(server.bewaard) < 100 and not einde.done():
            await asyncio.wait([einde], timeout=0.01)
        verzender.kill()
        await einde
        StilleKlok(klokbestand).zet(BEGIN + timedelta(hours=1))
        await klaar(await start_verzender(engine, klokbestand, server.poort))
        onderweg = stand(engine)
        assert set(onderweg) <= {Status.AANVAARD, Status.ONZEKER}
        assert sum(onderweg.values()) == aantal
        assert set(ontvangen(server).values()) == {1}

        StilleKlok(klokbestand).zet(BEGIN + timedelta(hours=3))
        beslist = beslis_volgens_beleid(hier, Onzekerbeleid("opnieuw", timedelta(hours=1)))
        assert beslist == onderweg.get(Status.ONZEKER, 0)
        await klaar(await start_verzender(engine, klokbestand, server.poort))
    assert stand(engine) == {Status.AANVAARD: aantal}
    per_bericht = ontvangen(server)
    assert len(per_bericht) == aantal
    assert len(set(server.bewaard)) == aantal  # elke kopie is gelijk
    assert len(server.bewaard) <= aantal + beslist
