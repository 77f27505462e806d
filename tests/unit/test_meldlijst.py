"""Elke soort gebeurtenis is te melden, of er staat waar zij wel thuishoort; en elke melding past op haar feit."""

from domein.gebeurtenissen.soorten import SOORTEN
from domein.handelingen.melden import NIET_TE_MELDEN
from domein.regels.meldlijst import DOOR_HANDELING, MELDINGEN, NIET_HIER
from domein.regels.meldvormen import Groep, nu_te_melden, uit_de_stand, waarden_van
from domein.stand import Stand

TE_MELDEN = {een.feit for een in MELDINGEN if een.feit}
GEDAAN = {feit for feiten in DOOR_HANDELING.values() for feit in feiten}


def test_elke_soort_staat_ergens_en_geen_staat_dubbel() -> None:
    assert TE_MELDEN | set(NIET_HIER) | GEDAAN == set(SOORTEN)
    assert not TE_MELDEN & set(NIET_HIER)
    assert not TE_MELDEN & NIET_TE_MELDEN


def test_elke_melding_heeft_een_eigen_adres_en_wie_zonder_feit_is_heeft_een_handeling() -> None:
    codes = [een.code for een in MELDINGEN]
    assert len(codes) == len(set(codes))
    assert {een.code for een in MELDINGEN if not een.feit} | {"doorhalen"} == set(DOOR_HANDELING)


def test_elk_veld_van_een_melding_bestaat_bij_haar_feit() -> None:
    for een in MELDINGEN:
        if een.feit:
            model = SOORTEN[een.feit].model.model_fields
            velden = {veld.naam for veld in een.vorm.velden} - {"reden"} | set(een.vast)
            assert velden <= set(model), een.code
            ingevuld = velden | {"nummer", "van", "buiten_regio"}
            assert {naam for naam, veld in model.items() if veld.is_required()} <= ingevuld, een.code


def test_waar_niets_te_kiezen_is_valt_de_vraag_weg() -> None:
    nu = nu_te_melden(MELDINGEN, Stand(), {**uit_de_stand(Stand()), "gemeenten": [("GM0512", "Gorinchem")]})
    codes = {een.code for groep in nu.values() for een in groep}
    assert Groep.RECHTER not in nu
    assert "verhuisd" in codes
    assert not codes & {"maatwerk", "beroep_beslist", "tolk_nodig", "bijstand_beeindigd", "hervatten", "verlengd"}


def test_een_gekozen_nummer_wordt_een_nummer_en_de_reden_hoort_niet_bij_het_feit() -> None:
    beroep = next(een for een in MELDINGEN if een.code == "beroep_ingesteld")
    assert waarden_van(beroep, {"bezwaar": "2", "reden": "laat"}) == {"bezwaar": 2}
