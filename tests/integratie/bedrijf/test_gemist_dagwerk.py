"""Het dagwerk dat de opzichter inhaalt: wat mislukt houdt geen ronde, mail of ander dagwerk tegen."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.hartslag import laatste_ronde
from adapters.klok import StilleKlok
from adapters.omgeving import instellingen
from beheer.demo.vullen import VOORBEELD
from beheer.opzichter import Opzichter
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen import dagwerk
from domein.handelingen.dagwerk import doe_het_dagwerk
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from tests.hulp.nepbord import Nepbord
from tests.integratie.beheer_hulp import Regie
from tests.integratie.regels.leven import laad_regio, laad_regiobestand
from tests.valproef.daden import rijen

DAG = date(2026, 12, 7)
ONDERDELEN = [naam for naam, _ in dagwerk.ONDERDELEN]


@pytest.fixture
def hier(tmp_path: Path) -> Iterator[tuple[Opzichter, list[str]]]:
    """Een opzichter zonder diensten, na negen uur: het dagwerk van vandaag is nog niet gedaan."""
    gemeld: list[str] = []
    opzichter = Opzichter(tmp_path / "installatie", demo=True, meld=gemeld.append)
    opzichter.bereid_voor()
    zet(opzichter, 9)
    laad_regio(opzichter.omgeving, laad_regiobestand(VOORBEELD / "regio.toml"), SYSTEEM)
    registreer(opzichter.omgeving, list(rijen().values())[:10], SYSTEEM)
    bord = Nepbord(tmp_path / "bord.db")
    opzichter._bord = bord  # pyright: ignore
    gemeld.clear()
    yield opzichter, gemeld
    bord.sluit()
    asyncio.run(opzichter.stop())


def zet(opzichter: Opzichter, uur: int, minuut: int = 0) -> None:
    StilleKlok(opzichter.map / "klok.json").zet(datetime(2026, 12, 7, uur, minuut, tzinfo=UTC))


def gedaan(omgeving: Omgeving) -> set[str]:
    merken = ["dagwerk_overgangen", "dagwerk_levering", "dagwerk_waarneming", "herinneringen", "overzichten", "anker"]
    with omgeving.magazijn.ruimte() as ruimte:
        return {merk for merk in merken if ruimte.dagwerk_gedaan(merk, DAG)}


def over_dagwerk(omgeving: Omgeving) -> list[str]:
    with omgeving.magazijn.ruimte() as ruimte:
        return [s.soort for s in ruimte.signalen() if s.soort.startswith(dagwerk.MISLUKT)]


async def test_een_ankermap_die_niet_te_schrijven_is_houdt_geen_ronde_tegen(
    hier: tuple[Opzichter, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    opzichter, gemeld = hier
    ankers = opzichter.instellingen.ankermap
    ankers.write_text("geen map", encoding="ascii")
    for _ in range(3):
        await opzichter._een_slag()
    assert await opzichter.bord.open_runs()
    assert laatste_ronde(opzichter.omgeving.magazijn) is not None
    assert gedaan(opzichter.omgeving) == {
        "dagwerk_overgangen", "dagwerk_levering", "dagwerk_waarneming", "herinneringen", "overzichten",
    }  # fmt: skip
    assert [regel for regel in gemeld if "mislukt" in regel] == [
        "Het dagwerk 'ankers' mislukte (FileExistsError); de rest gaat door. Lees het log."
    ]
    assert caplog.text.count("het dagwerk 'ankers' mislukte") == 1
    assert opzichter.fouten == 1  # de tweede en derde keer is er niet geprobeerd
    assert over_dagwerk(opzichter.omgeving) == ["dagwerk_mislukt_ankers"]

    ankers.unlink()
    await opzichter._een_slag()
    assert "anker" not in gedaan(opzichter.omgeving)  # nog geen tien minuten later
    zet(opzichter, 9, 10)
    await opzichter._een_slag()
    assert "anker" in gedaan(opzichter.omgeving)
    assert list(ankers.iterdir())
    assert gemeld[-1] == "Het dagwerk 'ankers' is alsnog gelukt."
    assert over_dagwerk(opzichter.omgeving) == []


async def test_elk_onderdeel_dat_struikelt_laat_de_andere_doorgaan(
    hier: tuple[Opzichter, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    opzichter, gemeld = hier

    def stuk(_omgeving: Omgeving, _dag: date) -> None:
        raise RuntimeError("Jansen, 999990019")

    kapot = tuple((naam, stuk) for naam in ONDERDELEN)
    monkeypatch.setattr("beheer.opzichter.ONDERDELEN", kapot)
    await opzichter._een_slag()
    assert gedaan(opzichter.omgeving) == {"anker"}
    assert await opzichter.bord.open_runs()
    assert len(gemeld) == len(ONDERDELEN)
    assert "Jansen" not in "".join(gemeld)
    with opzichter.omgeving.magazijn.ruimte() as ruimte:
        assert "Jansen" not in "".join(s.melding for s in ruimte.signalen())


async def test_de_opzichter_haalt_ook_een_overgang_naar_nieuwe_afspraken_in(
    hier: tuple[Opzichter, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Het inhalen doet hetzelfde als de flow: er is maar één lijst."""
    opzichter, _ = hier
    gevraagd: list[date] = []
    monkeypatch.setattr(dagwerk, "voer_overgangen_uit", lambda o: len(gevraagd.append(o.klok.vandaag()) or ""))
    for _ in range(3):
        await opzichter._een_slag()
    assert gevraagd == [DAG]


def test_wat_mislukte_komt_dezelfde_dag_terug_en_wat_lukte_niet(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    regie.vul()
    dag = regie.omgeving.klok.vandaag()
    echt = dagwerk.neem_waar
    monkeypatch.setattr(dagwerk, "neem_waar", lambda _: 1 / 0)
    eerst = doe_het_dagwerk(regie.omgeving, dag)
    assert list(eerst.gedaan) == [naam for naam in ONDERDELEN if naam != "waarneming"]
    assert [type(fout) for fout in eerst.mislukt.values()] == [ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        eerst.eis_gelukt()
    monkeypatch.setattr(dagwerk, "neem_waar", echt)
    opnieuw = doe_het_dagwerk(regie.omgeving, dag)
    assert (list(opnieuw.gedaan), opnieuw.mislukt) == (["waarneming"], {})
    opnieuw.eis_gelukt()
    assert over_dagwerk(regie.omgeving) == []
    assert doe_het_dagwerk(regie.omgeving, dag).gedaan == {}


def test_een_dag_die_nog_moet_komen_geldt_straks_niet_als_gedaan(regie: Regie) -> None:
    regie.vul()
    morgen = date(2026, 1, 13)
    with pytest.raises(OngeldigeGegevens):
        doe_het_dagwerk(regie.omgeving, morgen)
    regie.zet_klok("2026-01-13T08:00:00+00:00")
    assert list(doe_het_dagwerk(regie.omgeving, morgen).gedaan) == ONDERDELEN
    assert instellingen().beheer_mail == ""
