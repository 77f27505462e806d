"""De metingen van snelheid: alleen de vorm, op een klein aantal. Een drukke machine laat geen test zakken."""

import asyncio
import json
from datetime import timedelta

import pytest

from beheer.hoofd import hoofd
from beheer.meet import burst, ronde, stappen, stappen_bulk
from beheer.meet.meetplaats import meetplaats
from beheer.meet.vulling import MIDDEN, Vuller, leef
from domein.begrippen import Stapstatus
from domein.handelingen.invarianten import controleer
from domein.handelingen.ronde import ronde as doe_ronde

SLEUTELS = {"onderdeel", "maat", "waarde", "basis", "verhouding", "doel", "richting", "gehaald"}


def test_de_herhaalde_dossiers_zijn_echte_dossiers_en_de_ronde_heeft_er_niets_te_doen() -> None:
    with meetplaats(MIDDEN - timedelta(days=400)) as plaats:
        leef(plaats, 2)
        bord = ronde.Geheugenbord(plaats.klok.nu())
        vuller = Vuller(plaats, bord)
        vuller.vul_tot(12)
        vuller.sluit()
        assert {naam: wat for naam, wat in controleer(plaats.omgeving).items() if wat} == {}
        with plaats.magazijn.ruimte() as ruimte:
            dossiers = ruimte.dossiers()
            assert len({dossier.referentie for dossier in dossiers}) == 12
            assert all(ruimte.controleer_keten(dossier.id) for dossier in dossiers)
            assert all(ruimte.gebeurtenissen(dossier.id) and ruimte.persoon(dossier.id) for dossier in dossiers)
            assert ruimte.stappen_waar(statussen=[Stapstatus.OPEN])
        # Ook wie naar alles kijkt, vindt dat het bord bij de dossiers past.
        verslag = asyncio.run(doe_ronde(plaats.omgeving, bord, volledig=True))
        assert verslag.als_dict() == dict.fromkeys(verslag.als_dict(), 0)


def test_de_ronde_wordt_naast_een_kleinere_gemeten() -> None:
    (meting,) = ronde.meet(6, 12, keren=12)
    assert set(meting) == SLEUTELS
    assert (meting["onderdeel"], meting["doel"], meting["richting"]) == ("ronde", 1.2, "max")
    assert meting["verhouding"] == pytest.approx(meting["waarde"] / meting["basis"], rel=0.05)
    assert "bij 12 dossiers; basis: bij 6" in meting["maat"]


def test_de_instroom_heeft_vier_grenzen() -> None:
    metingen = burst.meet(20, te_openen=8)
    assert all(set(meting) == SLEUTELS for meting in metingen)
    assert [meting["doel"] for meting in metingen] == [60.0, 1.2, 1.0, 0]
    assert "20 dossiers" in metingen[0]["maat"]


def test_zonder_gereedschap_zegt_de_meting_hoe_het_te_krijgen_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stappen_bulk, "find_spec", lambda naam: None)
    assert hoofd(["meet", "stappen-bulk", "--json"]) == 1
    gezegd = capsys.readouterr()
    assert "DBOS" in gezegd.out + gezegd.err
    assert "./regie meet stappen-bulk" in gezegd.out + gezegd.err


def test_een_meting_van_stappen_noemt_de_spreiding_en_de_rekentijd_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    async def meet(aantal: int, ronden: int) -> dict[str, list[stappen.Maat]]:
        return {
            "regie": [stappen.Maat(2.0, 0.5, 0.2), stappen.Maat(3.0, 0.4, 0.2)],
            "process": [stappen.Maat(1.0, 1.5, 0.3), stappen.Maat(0.8, 1.6, 0.3)],
        }

    monkeypatch.setattr(stappen, "_meet", meet)
    monkeypatch.setattr(stappen, "_PAKKETTEN", ())
    (meting,) = stappen.meet(2, 2)
    assert set(meting) == SLEUTELS
    assert (meting["waarde"], meting["basis"], meting["verhouding"], meting["gehaald"]) == (3.0, 1.0, 3.0, True)
    assert "2.00–3.00/s, rekentijd per run 0.40 s en van de server 0.20 s" in meting["maat"]
    json.dumps(meting)


def test_de_rekentijd_telt_een_eigen_sessie() -> None:
    assert stappen._rekentijd(-1) == 0
