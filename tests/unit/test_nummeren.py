"""Het nummer van een feit: nieuw telt door, ook over wat is doorgehaald; een vervolg hoort bij wat openstaat."""

from typing import Any

import pytest

from domein.gebeurtenissen.soorten import GENUMMERD
from domein.regels.nummeren import met_nummer, nummer_voor
from tests.unit.kernbouw import Dossier
from tests.unit.plannen import met_les, na_pip

NAAR: dict[str, Any] = {"naar_partner": "avres", "naar_medewerker": "m-kos"}
GEGEVENS: dict[str, dict[str, Any]] = {
    "koppeling": {"gemeente": "GM0512"}, "derde_gevraagd": {"bij": "ggd"}, "verhuisd": {"naar": "GM1978"},
    "pip_voorstel": {"voorstel": "leerroute", "naar": "z"}, "duo_aanvraag": {"aanvraag": "verlenging"},
    "participatie_gemist": {"onderdeel": "pvt", "wat": "bijeenkomst"},
    "gepauzeerd": {"grond": "overig"}, "examen_gedaan": {"onderdeel": "knm"}, "overdracht_aangeboden": NAAR,
    "verzoek_ontvangen": {"recht": "inzage"}, "vernietiging_geblokkeerd": {"grond": "klacht"},
    "aanbieder_uitgevallen": {"partner": "avres", "redencode": "gestopt"}, "beroep_ingesteld": {"bezwaar": 1},
    "besluit_concept": {"besluitsoort": "pip", "voor": "pip/vaststellen/1", "uitkomst": "pip_vastgesteld"},
    "bezwaar_ingediend": {"tegen": "pip", "van": 1}, "hoger_beroep_ingesteld": {"beroep": 1, "door": "inburgeraar"},
    "in_gebreke_gesteld": {"over": "bezwaar", "van": 1},
    "beslistermijn_opgeschort": {"over": "bezwaar", "van": 1, "grond": "aanvullen", "tot": "2026-06-01"},
    "maatregel_overwogen": {"gedraging": "traject", "gedraging_op": "2026-05-01"},
}  # fmt: skip
# wat openstaat, en het vervolg dat daarop slaat
VERVOLG = [
    ("derde_gevraagd", "derde_ontvangen"), ("gepauzeerd", "hervat"), ("gepauzeerd", "pauze_verlengd"),
    ("verblijf_onderbroken", "verblijf_hervat"), ("examen_gedaan", "examen_uitslag"),
    ("verzoek_ontvangen", "verzoek_afgehandeld"),
    ("bezwaar_ingediend", "bezwaar_verdaagd"), ("bezwaar_ingediend", "bezwaar_gehoord"),
    ("hoger_beroep_ingesteld", "hoger_beroep_beslist"), ("beslistermijn_opgeschort", "beslistermijn_hervat"),
    ("in_gebreke_gesteld", "dwangsom_vastgesteld"),
    ("beroep_ingesteld", "beroep_beslist"), ("maatregel_overwogen", "maatregel_voornemen"),
]  # fmt: skip


@pytest.mark.parametrize("soort", sorted(GENUMMERD - {"maatwerk_vastgesteld"}))
def test_een_nieuw_feit_telt_door_ook_als_het_vorige_is_doorgehaald(soort: str) -> None:
    d = Dossier()
    assert nummer_voor(d.stand, soort) == 1
    d.feit(soort, "2026-05-04", nummer=3, **GEGEVENS.get(soort, {}))
    assert nummer_voor(d.stand, soort) == 4
    d.feit("doorgehaald", "2026-05-04", gebeurtenis=d.gebeurtenissen[-1].id)
    assert nummer_voor(d.stand, soort) == 4


def test_wie_van_buiten_kwam_verhuisde_al_eens() -> None:
    d = Dossier(vorige_gemeente="GM0363", brp_inschrijving="2026-01-05")
    assert nummer_voor(d.stand, "verhuisd") == 2


@pytest.mark.parametrize(("begin", "vervolg"), VERVOLG)
def test_een_vervolg_hoort_bij_het_enige_dat_openstaat(begin: str, vervolg: str) -> None:
    d = Dossier()
    assert nummer_voor(d.stand, vervolg) is None
    d.feit(begin, "2026-05-04", nummer=2, **GEGEVENS.get(begin, {}))
    assert nummer_voor(d.stand, vervolg) == 2
    d.feit(begin, "2026-05-05", nummer=5, **GEGEVENS.get(begin, {}))
    assert nummer_voor(d.stand, vervolg) is None
    klaar = {
        "derde_ontvangen": {}, "hervat": {}, "verblijf_hervat": {}, "examen_uitslag": {"gehaald": True},
        "bezwaar_ingetrokken": {}, "beroep_beslist": {"uitkomst": "ongegrond"},
        "hoger_beroep_beslist": {"uitkomst": "ongegrond"}, "beslistermijn_hervat": {},
        "dwangsom_vastgesteld": {"bedrag": 0, "oordeel": "kennelijk", "mandaathouder": "m"},
        "maatregel_gestaakt": {"redencode": "anders"}, "verzoek_afgehandeld": {"uitkomst": "ingewilligd"},
    }  # fmt: skip
    sluit = {
        "pauze_verlengd": "hervat", "bezwaar_verdaagd": "bezwaar_ingetrokken", "bezwaar_gehoord": "bezwaar_ingetrokken",
        "maatregel_voornemen": "maatregel_gestaakt",
    }.get(vervolg, vervolg)  # fmt: skip
    d.feit(sluit, "2026-05-06", nummer=2, **klaar[sluit])
    assert nummer_voor(d.stand, vervolg) == 5


@pytest.mark.parametrize("soort", ["dossier_opgevraagd", "dossier_geleverd", "dossier_overgenomen"])
def test_het_dossier_hoort_bij_de_laatste_verhuizing(soort: str) -> None:
    d = na_pip()
    assert nummer_voor(d.stand, soort) is None
    d.feit("verhuisd", "2026-09-01", nummer=1, naar="GM1978").feit("verhuisd", "2026-08-03", nummer=2, naar="GM1961")
    assert nummer_voor(d.stand, soort) == 1


def test_stoppen_en_accepteren_gaan_over_wat_loopt_of_wacht() -> None:
    d = na_pip().feit("aanmelding_op_wachtlijst", "2026-03-04", nummer=1, herzien_op="2026-04-01")
    assert nummer_voor(d.stand, "aanmelding_geaccepteerd") == 1
    assert nummer_voor(d.stand, "les_beeindigd") is None
    assert nummer_voor(met_les().stand, "les_beeindigd") == 1
    assert nummer_voor(met_les().pip("2026-10-05", "z").stand, "les_beeindigd") == 1
    assert nummer_voor(d.stand, "pvt_voltooid") is None


def test_wie_een_nummer_noemt_houdt_het() -> None:
    stand = Dossier().feit("gepauzeerd", "2026-05-04", nummer=1, grond="overig").stand
    assert met_nummer(stand, "gepauzeerd", {"grond": "ziekte"}) == {"grond": "ziekte", "nummer": 2}
    assert met_nummer(stand, "gepauzeerd", {"grond": "ziekte", "nummer": 7}) == {"grond": "ziekte", "nummer": 7}
    assert met_nummer(stand, "pvt_voltooid", {}) == {}
