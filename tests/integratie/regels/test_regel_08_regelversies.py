"""Regel 8: elke regel heeft een peildatum; een stap draagt de versie van regeling en afspraken waaruit zij kwam."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from domein.handelingen import herplannen, kern
from domein.handelingen.kern import bestaand
from domein.regeling import regeling
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.regels.wijzigingen import bepaal
from tests.integratie.regels.leven import COORDINATOR, Leven


def kader_met(naam: str, waarde: int, vanaf: date) -> Kader:
    """Een regeling waarin dit getal vanaf een dag anders is."""
    nu = regeling()
    oud = nu.regels[naam][-1]
    versies = (
        *nu.regels[naam][:-1],
        replace(oud, geldig_tot=vanaf),
        replace(oud, waarde=waarde, geldig_van=vanaf),
    )
    return Kader(replace(nu, versie="proef-2", regels=MappingProxyType({**nu.regels, naam: versies})))


@pytest.mark.parametrize(
    ("wet_vanaf", "einde"),
    [
        pytest.param(date(2026, 1, 6), date(2026, 3, 16), id="kennisgeving-voor-de-wijziging-houdt-tien-weken"),
        pytest.param(date(2026, 1, 5), date(2026, 3, 30), id="kennisgeving-op-de-dag-zelf-krijgt-twaalf-weken"),
    ],
)
def test_regel_08_de_peildatum_van_de_piptermijn_is_de_kennisgeving(leven: Leven, wet_vanaf: date, einde: date) -> None:
    gepland = plan(leven.stand(), kader_met("pip_weken", 12, wet_vanaf))
    termijn = gepland.termijn("pip")
    assert termijn is not None
    assert termijn.einde == einde
    assert gepland.regeling == "proef-2"


@pytest.mark.parametrize(
    ("wet_vanaf", "einde"), [(date(2026, 2, 26), date(2029, 2, 25)), (date(2026, 2, 25), date(2030, 2, 25))]
)
def test_regel_08_de_peildatum_van_de_inburgeringstermijn_is_het_eerste_pip(
    leven: Leven, wet_vanaf: date, einde: date
) -> None:
    leven.tot_pip()
    termijn = plan(leven.stand(), kader_met("inburgeringstermijn_jaren", 4, wet_vanaf)).termijn("inburgeringstermijn")
    assert termijn is not None
    assert termijn.einde == einde


def test_regel_08_een_stap_draagt_de_versie_van_de_regeling_en_na_openen_van_de_afspraken(
    leven: Leven,
) -> None:
    assert {s.regeling for s in leven.stappen().values()} == {"wi2021-2026-01"}
    assert leven.dossier().regeling == "wi2021-2026-01"
    leven.open("intake/oproep/1")
    assert leven.stap("intake/oproep/1").afsprakenversie == "2022-1"
    assert leven.stap("pip/vaststellen/1").afsprakenversie is None


def test_regel_08_een_nieuwe_regeling_wijzigt_alleen_wat_van_dat_getal_afhangt(leven: Leven) -> None:
    """Het voorbeeld van een nieuwe versie is dezelfde functie met een ander kader; er wordt niets geschreven."""
    voor = leven.staat()
    ander = plan(leven.stand(), kader_met("pip_weken", 12, date(2022, 1, 2)))
    verschil = bepaal(map(bestaand, leven.stappen().values()), leven.stand(), ander)
    assert {(w.soort, w.kenmerk) for w in verschil} == {
        ("verzetten", "intake/oproep/1"),
        ("verzetten", "pip/vaststellen/1"),
    }
    assert leven.staat() == voor


def test_regel_08_een_nieuwe_regeling_herplant_in_porties_en_laat_eerst_een_proef_zien(
    leven: Leven, monkeypatch: pytest.MonkeyPatch
) -> None:
    nieuw = kader_met("pip_weken", 12, date(2026, 1, 5))
    voor = leven.stap("pip/vaststellen/1").uiterst
    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(kern, "kader", lambda: nieuw)
        tijdelijk.setattr(herplannen, "kader", lambda: nieuw)
        proef = herplannen.proef_herplan(leven.omgeving)
        assert (proef.dossiers, proef.nog) == (1, 1)
        assert proef.wijzigingen["verzetten"] > 0
        assert leven.stap("pip/vaststellen/1").uiterst == voor, "een proef schrijft niets"
        assert herplannen.herplan(leven.omgeving, COORDINATOR, portie=0).nog == 1, "een lege portie laat het werk staan"
        gedaan = herplannen.herplan(leven.omgeving, COORDINATOR)
        assert (gedaan.dossiers, gedaan.nog) == (1, 0)
        assert gedaan.wijzigingen == proef.wijzigingen
        assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 3, 30)
        assert leven.dossier().regeling == "proef-2"
        assert herplannen.herplan(leven.omgeving, COORDINATOR).dossiers == 0, "een tweede keer verandert niets"
        assert leven.telling()["dossier_herplant"] == 1
        feit = leven.laatste("dossier_herplant")
        assert (feit.actor, feit.reden) == (COORDINATOR, herplannen.REDEN)
        assert feit.gegevens.model_dump()["regeling"] == "proef-2"
    herplannen.herplan(leven.omgeving, COORDINATOR, "De wijziging is ingetrokken.")
    assert leven.stap("pip/vaststellen/1").uiterst == voor
    assert leven.laatste("dossier_herplant").reden == "De wijziging is ingetrokken."


def test_regel_08_een_dossier_waarvan_het_plan_gelijk_blijft_krijgt_geen_gebeurtenis(
    leven: Leven, monkeypatch: pytest.MonkeyPatch
) -> None:
    zelfde = kader_met("pip_weken", 10, date(2026, 1, 5))
    monkeypatch.setattr(kern, "kader", lambda: zelfde)
    monkeypatch.setattr(herplannen, "kader", lambda: zelfde)
    assert herplannen.herplan(leven.omgeving, COORDINATOR).dossiers == 0
    assert leven.dossier().regeling == "proef-2"
    assert "dossier_herplant" not in leven.telling()
