"""Wat een kennisgeving nog meer kan zeggen: verhuisd, een kind, de AOW-leeftijd, een tolk, een huishouden."""

from datetime import date

import pytest

from domein.begrippen import Leerroute, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.persoon import wijzig
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.ports import Omgeving, Persoon
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP, Leven, rij

VERHUISD = {
    "vorige_gemeente": "GM0363", "eerste_pip_op": date(2025, 6, 2), "eerste_pip_leerroute": Leerroute.B1,
    "kennisgeving_op": date(2026, 1, 12), "brp_inschrijving": date(2026, 1, 5),
}  # fmt: skip
KIND = {
    "geboortedatum": date(2008, 5, 9), "vertegenwoordiger_soort": "nidos", "vertegenwoordiger_naam": "Nidos Zuid",
    "vertegenwoordiger_email": "zuid@nidos.example",
}  # fmt: skip


def stuur(leven: Leven, **anders: object) -> str:
    (verslag,) = registreer(leven.omgeving, [rij(**anders)], SYSTEEM)
    return verslag.uitkomst


def persoon(leven: Leven) -> Persoon:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        gevonden = ruimte.persoon(leven.dossier_id)
    assert gevonden is not None
    return gevonden


# --- verhuisd naar de regio (art. 15 lid 4 Wi)


def test_wie_van_buiten_de_regio_komt_krijgt_een_nieuw_pip_met_dezelfde_leerroute(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(**VERHUISD)
    assert leven.plan().termijn("pip") is None
    termijn = leven.plan().termijn("pip-na-brp")
    assert termijn is not None
    assert termijn.einde == date(2026, 3, 16)
    assert leven.stap("pip/verhuizing/1").uiterst == date(2026, 3, 16)
    einde = leven.plan().termijn("inburgeringstermijn")
    assert einde is not None
    assert einde.einde == date(2028, 6, 2)  # de termijn loopt door vanaf het eerste PIP
    assert "verhuizing/opvragen/1" in leven.stappen()
    assert "intake/oproep/1" not in leven.stappen()
    leven.antwoord(
        "pip/verhuizing/1", "pip_vastgesteld", date(2026, 2, 23), door=MANDAAT, **PIP, bekendgemaakt_op="2026-02-23"
    )
    assert leven.plan().termijn("inburgeringstermijn") == einde


def test_wie_verhuisde_voor_het_eerste_pip_krijgt_dat_hier(omgeving: Omgeving) -> None:
    zonder_pip = {**VERHUISD, "eerste_pip_op": None, "eerste_pip_leerroute": None}
    leven = Leven(omgeving).begin(**zonder_pip)
    assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 3, 23)
    assert {"intake/oproep/1", "verhuizing/opvragen/1"} <= set(leven.stappen())


def test_het_verslag_noemt_de_dag_van_het_pip_ook_bij_wie_verhuisde(omgeving: Omgeving) -> None:
    Leven(omgeving).op(date(2026, 1, 12))
    (gewoon,) = registreer(omgeving, [rij()], SYSTEEM)
    assert gewoon.melding == "Dossier aangemaakt. PIP uiterlijk 2026-03-16."
    (verhuisd,) = registreer(omgeving, [rij(kenmerk="DUO-V", bsn="999990639", **VERHUISD)], SYSTEEM)
    assert verhuisd.melding == "Dossier aangemaakt. PIP uiterlijk 2026-03-16."


def test_een_verbetering_kan_alsnog_zeggen_dat_iemand_verhuisde(leven: Leven) -> None:
    leven.op(date(2026, 1, 20))
    assert stuur(leven, versie=2, **VERHUISD) == "verbeterd"
    assert leven.stap("intake/oproep/1").status is Stapstatus.VERVALLEN
    assert leven.stap("pip/verhuizing/1").status is Stapstatus.GEPLAND


# --- kinderen en ouderen


def test_een_kind_heeft_een_stap_in_de_maand_dat_het_achttien_wordt(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(**KIND)
    assert leven.stap("registratie/meerderjarig/1").start == date(2026, 5, 1)
    gegevens = leven.laatste("kennisgeving").gegevens.model_dump(mode="json")
    assert gegevens["maand_achttien"] == "2026-05-01"
    assert "2008" not in str(gegevens)  # de maand zegt niet de dag, en het jaar staat nergens


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        pytest.param(
            date(2026, 5, 8), {"aan": "vertegenwoordiger", "soort": "nidos", "kanaal": "email", "taal": "nl"}, id="17"
        ),
        pytest.param(date(2026, 5, 9), {"aan": "zelf", "soort": None, "kanaal": "email", "taal": "ti"}, id="18"),
    ],
)
def test_het_dossier_toont_naar_wie_een_brief_gaat_zonder_naam(
    omgeving: Omgeving, dag: date, verwacht: dict[str, object]
) -> None:
    leven = Leven(omgeving).begin(**KIND)
    leven.op(dag)
    rij_ = toon_dossier(omgeving, leven.dossier().referentie)
    assert rij_["geadresseerde"] == verwacht
    assert "Nidos Zuid" not in str(rij_)


def test_wie_binnen_acht_jaar_de_aow_leeftijd_bereikt_heeft_daar_een_stap_voor(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(geboortedatum=date(1960, 3, 20))
    assert leven.stap("registratie/aow/1").start == date(2027, 3, 1)
    ander = Leven(omgeving).begin(kenmerk="DUO-JONG", bsn="999990639", geboortedatum=date(1970, 3, 20))
    assert "registratie/aow/1" not in ander.stappen()


def test_een_verbeterde_geboortedatum_verplaatst_de_maand(leven: Leven) -> None:
    leven.op(date(2026, 1, 20))
    stuur(leven, versie=2, **KIND)
    assert leven.stap("registratie/meerderjarig/1").status is Stapstatus.GEPLAND
    stuur(leven, versie=3)
    assert leven.stap("registratie/meerderjarig/1").status is Stapstatus.VERVALLEN


# --- tolk en huishouden


def test_een_tolk_uit_het_bestand_wordt_bij_elk_gesprek_geboekt(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(tolk=True)
    assert leven.stand().tolk_taal == "ti"
    leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21")
    assert "tolk/boeken/1/intake/gesprek/1" in leven.stappen()
    leven.op(date(2026, 1, 8))
    assert stuur(leven, versie=2, tolk=False) == "verbeterd"
    assert leven.stap("tolk/boeken/1/intake/gesprek/1").status is Stapstatus.VERVALLEN


def test_een_tolk_die_een_mens_nodig_vond_blijft_als_duo_er_geen_noemt(leven: Leven) -> None:
    leven.meld("tolk_nodig", date(2026, 1, 5), actor=COORDINATOR, taal="ti")
    leven.op(date(2026, 1, 20))
    stuur(leven, versie=2, tolk=False)
    assert leven.stand().tolk_taal == "ti"


def test_alleen_de_nieuwste_versie_zegt_iets_over_tolk_en_huishouden(leven: Leven) -> None:
    leven.op(date(2026, 1, 20))
    stuur(leven, versie=3, tolk=False, huishouden="HH-3")
    assert stuur(leven, versie=2, tolk=True, huishouden="HH-2") == "ouder"
    assert (leven.stand().tolk_taal, leven.stand().huishouden) == (None, "HH-3")
    assert leven.dossier().huishouden == "HH-3"
    assert stuur(leven, versie=3, tolk=False, huishouden="HH-3") == "ongewijzigd"


@pytest.mark.parametrize("anders", [{"tolk": None}, {"huishouden": "HH-9"}, {"huishouden": None}])
def test_dezelfde_versie_met_een_andere_tolk_of_huishouden_wordt_geweigerd(
    omgeving: Omgeving, anders: dict[str, object]
) -> None:
    leven = Leven(omgeving).begin(tolk=True, huishouden="HH-1")
    with pytest.raises(RegistratieGeweigerd):
        stuur(leven, **{"tolk": True, "huishouden": "HH-1", **anders})
    assert stuur(leven, tolk=True, huishouden="HH-1") == "ongewijzigd"


# --- wat een medewerker wijzigde


def test_wat_een_medewerker_wijzigde_overschrijft_duo_niet(leven: Leven) -> None:
    wijzig(leven.omgeving, leven.dossier_id, {"kanaal": "post", "email": ""}, COORDINATOR, "leest geen mail")
    assert stuur(leven) == "ongewijzigd"  # hetzelfde bestand nog eens is nog steeds hetzelfde
    leven.op(date(2026, 1, 20))
    (verslag,) = registreer(leven.omgeving, [rij(versie=2, straat="Dorpsstraat 9")], SYSTEEM)
    assert "Behouden wat een medewerker wijzigde" in verslag.melding
    gegevens = persoon(leven).gegevens
    assert (gegevens["kanaal"], gegevens["straat"]) == ("post", "Dorpsstraat 9")
    assert "email" not in gegevens
    assert stuur(leven, versie=2, straat="Dorpsstraat 9") == "ongewijzigd"
    with pytest.raises(RegistratieGeweigerd):
        stuur(leven, versie=2, straat="Dorpsstraat 10")


def test_een_doorgehaalde_wijziging_laat_duo_weer_voorgaan(leven: Leven) -> None:
    wijzig(leven.omgeving, leven.dossier_id, {"kanaal": "post"}, COORDINATOR, "vergissing")
    leven.haal_door(leven.laatste("persoon_gewijzigd"))
    leven.op(date(2026, 1, 20))
    stuur(leven, versie=2)
    assert persoon(leven).gegevens["kanaal"] == "email"
