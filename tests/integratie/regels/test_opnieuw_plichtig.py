"""Wie vertrok of zijn verblijfsrecht verloor en terugkomt, begint opnieuw: een nieuw dossier, het oude blijft staan."""

from datetime import date
from typing import Any

import pytest

from adapters.opslag import SqlMagazijn
from domein.fouten import VolgnummerBezet
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.koppelen import koppel
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.handelingen.registreren_rijen import Rijverslag
from domein.model import Dossier
from domein.ports import Omgeving, Persoon
from domein.registratie_koppeling import Koppelingsrij
from tests.integratie.regels.leven import Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
TERUG = date(2026, 9, 7)
OPNIEUW: dict[str, Any] = {"kenmerk": "DUO-2026-0900", "kennisgeving_op": TERUG}


def stuur(omgeving: Omgeving, **anders: Any) -> Rijverslag:
    (verslag,) = registreer(omgeving, [rij(**anders)], SYSTEEM)
    return verslag


def weg(leven: Leven, grond: str = "vertrek") -> None:
    leven.op(date(2026, 2, 2))
    leven.meld("plicht_beeindigd", date(2026, 2, 2), grond=grond)
    leven.op(TERUG)


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
@pytest.mark.parametrize("grond", ["vertrek", "verblijfsrecht"])
def test_een_nieuwe_kennisgeving_begint_een_nieuw_dossier(leven: Leven, grond: str) -> None:
    leven.tot_intake()
    weg(leven, grond)
    voor = leven.gebeurtenissen()
    verslag = stuur(leven.omgeving, **OPNIEUW)
    assert (verslag.uitkomst, verslag.nieuw_dossier) == ("nieuw", True)
    assert leven.dossier().referentie in verslag.melding
    nieuw = Leven(leven.omgeving)
    with leven.omgeving.magazijn.ruimte() as ruimte:
        gevonden = ruimte.dossier_met_bsn("999993653")
        assert gevonden is not None
        assert gevonden.referentie == verslag.referentie
        nieuw.dossier_id = gevonden.id
    assert nieuw.stand().intake_op is None  # alles opnieuw
    assert nieuw.stap("pip/vaststellen/1").uiterst == date(2026, 11, 16)
    assert leven.gebeurtenissen() == voor
    assert not {naam: wat for naam, wat in controleer(leven.omgeving).items() if wat}


def test_beide_bestanden_nog_eens_veranderen_niets(leven: Leven) -> None:
    weg(leven)
    nieuw = stuur(leven.omgeving, **OPNIEUW)
    assert stuur(leven.omgeving, **OPNIEUW).uitkomst == "ongewijzigd"
    oud = stuur(leven.omgeving)
    assert (oud.uitkomst, oud.referentie) == ("ongewijzigd", leven.dossier().referentie)
    assert nieuw.referentie != oud.referentie


def test_een_verbetering_van_de_oude_kennisgeving_blijft_in_het_oude_dossier(leven: Leven) -> None:
    weg(leven)
    nieuw = stuur(leven.omgeving, **OPNIEUW)
    oud = stuur(leven.omgeving, versie=2, straat="Dorpsstraat 9")
    assert (oud.uitkomst, oud.referentie) == ("verbeterd", leven.dossier().referentie)
    with leven.omgeving.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(leven.dossier_id)
        assert persoon is not None
        assert persoon.gegevens["straat"] == "Dorpsstraat 9"
        gevonden = ruimte.dossier_met_bsn("999993653")
        assert gevonden is not None
        assert gevonden.referentie == nieuw.referentie


def test_ook_een_koppeling_kan_opnieuw_beginnen(leven: Leven) -> None:
    weg(leven)
    invoer = Koppelingsrij.model_validate(
        {
            "kenmerk": "COA-9", "versie": "1", "gemeente": "GM0512", "bsn": "999993653", "naam": "Selam Misale",
            "geboortedatum": "1994-03-17", "koppeling_op": "2026-09-07", "azc": "", "nareiziger": "nee",
            "ontzorgen": "ja", "taal": "ti", "kanaal": "post", "email": "", "telefoon": "",
        }
    )  # fmt: skip
    (verslag,) = koppel(leven.omgeving, [invoer], SYSTEEM)
    assert verslag.nieuw_dossier
    assert stuur(leven.omgeving, **OPNIEUW).referentie == verslag.referentie


@pytest.mark.parametrize(("grond", "woord"), [("overlijden", "overlijden"), ("naturalisatie", "naturalisatie")])
def test_na_een_ander_einde_begint_niemand_opnieuw(leven: Leven, grond: str, woord: str) -> None:
    weg(leven, grond)
    with pytest.raises(RegistratieGeweigerd) as fout:
        stuur(leven.omgeving, **OPNIEUW)
    assert woord in fout.value.regels[0][1]


def test_wie_naar_buiten_de_regio_verhuisde_komt_terug_in_zijn_eigen_dossier(leven: Leven) -> None:
    leven.op(date(2026, 2, 2))
    leven.meld("verhuisd", date(2026, 2, 2), naar="GM0363")
    leven.op(TERUG)
    with pytest.raises(RegistratieGeweigerd) as fout:
        stuur(leven.omgeving, **OPNIEUW)
    assert "meld dan 'verhuisd'" in fout.value.regels[0][1]


def test_de_opslag_geeft_een_bsn_alleen_door_als_dat_gevraagd_is(leven: Leven, magazijn: SqlMagazijn) -> None:
    dossier = Dossier(referentie="D-TWEE", regio="avres", gemeente="GM0512", aangemaakt_op=leven.omgeving.klok.nu())
    persoon = Persoon("999993653", "Selam Misale", date(1994, 3, 17))
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
        ruimte.nieuw_dossier(dossier, persoon)
    with magazijn.ruimte() as ruimte:
        eerder = ruimte.persoon(leven.dossier_id)
        assert eerder is not None
        assert eerder.bsn == persoon.bsn
