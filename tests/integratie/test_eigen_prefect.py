"""Een installatie raakt alleen haar eigen Prefect aan, en `regie ronde` zegt wat er echt aan de hand is."""

import asyncio
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from adapters.eigen_prefect import GeenEigenPrefect, adres_of_leeg, adres_van
from adapters.omgeving import instellingen, instellingen_van
from adapters.prefect.inrichting import verwachte_versies
from adapters.prefect.opruimen import verwijder_runs_van
from beheer import ronde as rondes
from beheer.installatie import neem_slot
from beheer.losse_opzichter import LosseOpzichter
from beheer.opzichter import Opzichter
from domein.handelingen.ronde import Rondeverslag
from tests.integratie.beheer_hulp import Regie, vergeet
from tests.integratie.test_dokter import prefectserver

GEVRAAGD: list[str] = []


@pytest.fixture
def vreemd(monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """De server van een ander, die opschrijft of hem iets is gevraagd."""
    GEVRAAGD.clear()
    lees = BaseHTTPRequestHandler.parse_request

    def onthoud(self: BaseHTTPRequestHandler) -> bool:
        goed = lees(self)
        GEVRAAGD.append(self.path)
        return goed

    monkeypatch.setattr(BaseHTTPRequestHandler, "parse_request", onthoud)
    with prefectserver([{"status": "ONLINE"}]) as adres:
        yield adres


def leg_vast(regie: Regie, adres: str) -> None:
    """Zoals een opzichter die deze server hier eerder zelf startte."""
    regie.instelling(poort_prefect=urlsplit(adres).port, prefect_api_url=adres)


def test_een_installatie_die_nooit_is_gestart_raakt_geen_prefect_aan(regie: Regie) -> None:
    regie.vul(1)
    regie.instelling(prefect_api_url="")
    regie("ronde", code=1)
    assert "nog nooit een Prefect gestart" in regie.err
    assert "./regie start" in regie.err
    assert "REGIE_PREFECT_API_URL" in regie.err
    (bevinding,) = [b for b in regie.json("dokter") if b["soort"] == "prefect"]
    assert "nog nooit een Prefect gestart" in bevinding["melding"]
    assert adres_of_leeg(instellingen()) == ""
    assert not verwijder_runs_van(["D-7F3K9"])


def test_een_losse_opzichter_zonder_adres_begint_niet(regie: Regie, tmp_path: Path) -> None:
    los = LosseOpzichter(tmp_path / "elders", demo=False, meld=lambda _: None)
    with pytest.raises(GeenEigenPrefect) as fout:
        los.bereid_voor()
    assert "REGIE_PREFECT_API_URL" in fout.value.uitweg
    assert not (tmp_path / "elders").exists()


def test_wat_op_de_oude_poort_van_een_gestopte_installatie_draait_is_van_een_ander(regie: Regie, vreemd: str) -> None:
    regie.vul(1)
    leg_vast(regie, vreemd)
    regie("ronde", code=1)
    assert "kan van een ander zijn" in regie.err
    assert "prefect" in {b["soort"] for b in regie.json("dokter")}
    assert not verwijder_runs_van(["D-7F3K9"])
    assert not (regie.map / "opzichter.slot").exists()  # kijken laat niets achter
    assert GEVRAAGD == []


def test_zolang_haar_opzichter_draait_is_die_server_van_haar(regie: Regie, vreemd: str) -> None:
    regie.vul(1)
    leg_vast(regie, vreemd)
    slot = neem_slot(regie.map)
    try:
        assert adres_van(instellingen()) == vreemd
        assert "prefect" not in {b["soort"] for b in regie.json("dokter")}
        assert GEVRAAGD
    finally:
        slot.los()
    assert adres_of_leeg(instellingen()) == ""


def test_een_ingesteld_adres_geldt_altijd(regie: Regie, vreemd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    regie.vul(1)
    leg_vast(regie, "http://127.0.0.1:4200/api")
    monkeypatch.setenv("REGIE_PREFECT_API_URL", vreemd)
    vergeet()
    assert adres_van(instellingen()) == vreemd


async def test_wat_een_opzichter_vastlegt_geldt_tot_hij_stopt(tmp_path: Path, regie: Regie) -> None:
    opzichter = Opzichter(tmp_path / "demo", demo=True, meld=lambda _: None)
    opzichter.bereid_voor()
    try:
        assert adres_van(instellingen_van(opzichter.map)) == opzichter.api_url
    finally:
        await opzichter.stop()
    with pytest.raises(GeenEigenPrefect):
        adres_van(instellingen_van(opzichter.map))


# wat `regie ronde` zegt


def test_ontbreekt_er_een_deployment_dan_zegt_de_ronde_welke(regie: Regie) -> None:
    regie.vul(1)
    over = [{"name": n, "version": v, "paused": False} for n, v in verwachte_versies().items() if n != "intake"]
    with prefectserver([], {"/deployments/filter": over}) as adres:
        regie.instelling(prefect_api_url=adres)
        regie("ronde", code=1)
    assert "antwoordt niet" not in regie.err
    assert "ontbreken: intake" in regie.err
    assert "Herstart de opzichter" in regie.err


def test_weigert_prefect_iets_anders_dan_zegt_de_ronde_ook_dat(regie: Regie) -> None:
    regie.vul(1)
    with prefectserver([]) as adres:
        regie.instelling(prefect_api_url=adres)
        regie("ronde", code=1)
    assert "weigert wat de ronde vraagt" in regie.err


def test_zwijgt_prefect_dan_zegt_de_ronde_dat(regie: Regie) -> None:
    regie.vul(1)
    regie("ronde", code=1)
    assert "Prefect antwoordt niet" in regie.err


@pytest.mark.parametrize(("mislukt", "code"), [(0, 0), (2, 1)])
def test_een_ronde_waarin_iets_mislukte_eindigt_met_een(
    regie: Regie, monkeypatch: pytest.MonkeyPatch, mislukt: int, code: int
) -> None:
    async def doe(_: str) -> dict[str, int | bool]:
        await asyncio.sleep(0)
        return Rondeverslag(mislukt=mislukt).als_dict()

    monkeypatch.setattr(rondes, "_doe", doe)
    assert regie.json("ronde", code=code)["mislukt"] == mislukt
    assert ("konden niet op het bord" in regie.err) is bool(mislukt)
