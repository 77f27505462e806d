"""Een dossier vóór de kennisgeving: de koppeling door het COA, en wat er daarna binnenkomt (art. 14 Wi)."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import DoorhalingGeweigerd
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.koppelen import koppel
from domein.handelingen.registreren import registreer
from domein.handelingen.registreren_rijen import RegistratieGeweigerd, Rijverslag
from domein.ports import Omgeving, Persoon
from domein.registratie_koppeling import Koppelingsrij
from tests.integratie.regels.leven import COORDINATOR, DUO, MANDAAT, PIP, Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
GEKOPPELD = date(2025, 11, 3)
BASIS: dict[str, Any] = {
    "kenmerk": "COA-2025-0001", "versie": "1", "gemeente": "GM0512", "bsn": "999990639", "naam": "Alam Udaharana",
    "geboortedatum": "1990-11-02", "koppeling_op": "2025-11-03", "azc": "azc-budel", "nareiziger": "nee",
    "ontzorgen": "ja", "taal": "ti", "kanaal": "telefoon", "email": "", "telefoon": "0612345678",
}  # fmt: skip


def coarij(**anders: Any) -> Koppelingsrij:
    return Koppelingsrij.model_validate({**BASIS, **anders})


def koppel_een(omgeving: Omgeving, **anders: Any) -> Rijverslag:
    (verslag,) = koppel(omgeving, [coarij(**anders)], SYSTEEM)
    return verslag


def kennisgeving(omgeving: Omgeving, **anders: Any) -> Rijverslag:
    gewoon = {"kenmerk": "DUO-K-1", "bsn": "999990639", "naam": "Alam Udaharana", "geboortedatum": date(1990, 11, 2)}
    (verslag,) = registreer(omgeving, [rij(**gewoon | anders)], SYSTEEM)
    return verslag


@pytest.fixture
def azc(omgeving: Omgeving) -> Leven:
    """Iemand in het azc, sinds 3 november 2025 gekoppeld aan Gorinchem."""
    leven = Leven(omgeving).op(GEKOPPELD)
    verslag = koppel_een(omgeving)
    with omgeving.magazijn.ruimte() as ruimte:
        leven.dossier_id = ruimte.dossier_bij(verslag.referentie).id
    return leven


@pytest.fixture(autouse=True)
def _invarianten(omgeving: Omgeving) -> Any:
    yield
    assert not {naam: wat for naam, wat in controleer(omgeving).items() if wat}


def persoon(leven: Leven) -> Persoon:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        gevonden = ruimte.persoon(leven.dossier_id)
    assert gevonden is not None
    return gevonden


def test_een_koppeling_geeft_een_dossier_zonder_termijn_voor_het_pip(azc: Leven) -> None:
    assert azc.plan().termijnen == ()
    assert set(azc.staat()) == {"begeleiding/warme-overdracht/1", "intake/oproep/1", "registratie/kennisgeving/1"}
    assert azc.stap("registratie/kennisgeving/1").start == date(2025, 12, 29)
    koppeling = azc.stand().koppeling
    assert koppeling is not None
    assert koppeling.azc == "azc-budel"


def test_dezelfde_koppeling_nog_eens_verandert_niets(azc: Leven) -> None:
    voor = azc.gebeurtenissen()
    assert koppel_een(azc.omgeving).uitkomst == "ongewijzigd"
    assert azc.gebeurtenissen() == voor


@pytest.mark.parametrize("anders", [{"azc": "azc-ede"}, {"naam": "Andere Naam"}, {"koppeling_op": "2025-11-02"}])
def test_dezelfde_versie_met_iets_anders_wordt_geweigerd(azc: Leven, anders: dict[str, str]) -> None:
    with pytest.raises(RegistratieGeweigerd) as fout:
        koppel_een(azc.omgeving, **anders)
    assert "hogere versie" in fout.value.regels[0][1]


@pytest.mark.parametrize("volgorde", list(permutations([2, 3])), ids=str)
def test_de_nieuwste_versie_van_een_koppeling_telt(azc: Leven, volgorde: tuple[int, ...]) -> None:
    for versie in volgorde:
        koppel_een(azc.omgeving, versie=str(versie), azc=f"azc-plek{versie}", telefoon=f"061234567{versie}")
    koppeling = azc.stand().koppeling
    assert koppeling is not None
    assert (koppeling.azc, koppeling.nummer) == ("azc-plek3", 1)
    assert persoon(azc).gegevens["telefoon"] == "0612345673"


def test_een_gewijzigde_koppeling_naar_een_andere_gemeente_begint_daar_opnieuw_met_de_overdracht(azc: Leven) -> None:
    azc.antwoord("begeleiding/warme-overdracht/1", "warme_overdracht", date(2025, 11, 4), voorinburgering="deels")
    azc.op(date(2025, 11, 17))
    gewijzigd = koppel_een(azc.omgeving, versie="2", gemeente="GM1978", koppeling_op="2025-11-17", azc="azc-ede")
    assert gewijzigd.uitkomst == "verbeterd"
    assert azc.dossier().gemeente == "GM1978"
    assert azc.stap("begeleiding/warme-overdracht/1").status is Stapstatus.KLAAR
    assert azc.stap("begeleiding/warme-overdracht/2").start == date(2025, 11, 18)
    assert azc.stap("intake/oproep/1").gemeente == "GM1978"


def test_een_open_taak_gaat_mee_naar_wie_haar_voor_de_nieuwe_gemeente_doet(azc: Leven) -> None:
    azc.open("intake/oproep/1")
    azc.post_is_aanvaard()
    voor = azc.stap("intake/oproep/1")
    azc.op(date(2025, 11, 17))
    koppel_een(azc.omgeving, versie="2", gemeente="GM1961", koppeling_op="2025-11-17")
    na = azc.stap("intake/oproep/1")
    assert na.status is Stapstatus.OPEN
    assert na.gemeente == "GM1961"
    assert azc.dossier().klantmanager == na.medewerker
    # Dezelfde organisatie doet beide gemeenten: dan blijft wie er al mee bezig was.
    assert (na.partner, na.medewerker) == (voor.partner, voor.medewerker)


def test_een_ander_bsn_onder_hetzelfde_kenmerk_wordt_geweigerd(azc: Leven) -> None:
    with pytest.raises(RegistratieGeweigerd) as fout:
        koppel_een(azc.omgeving, versie="2", bsn="999991425")
    assert "ander BSN" in fout.value.regels[0][1]
    assert "999991425" not in fout.value.regels[0][1]


def test_een_tweede_koppeling_van_dezelfde_persoon_onder_een_ander_kenmerk_wordt_geweigerd(azc: Leven) -> None:
    with pytest.raises(RegistratieGeweigerd) as fout:
        koppel_een(azc.omgeving, kenmerk="COA-ANDERS")
    assert azc.dossier().referentie in fout.value.regels[0][1]


def test_alle_rijen_of_geen(azc: Leven) -> None:
    with pytest.raises(RegistratieGeweigerd) as fout:
        koppel(azc.omgeving, [coarij(rij=2, kenmerk="C-2", bsn="999991425"), coarij(rij=3, kenmerk="C-3")], SYSTEEM)
    assert [nummer for nummer, _ in fout.value.regels] == [3]
    with azc.omgeving.magazijn.ruimte() as ruimte:
        assert len(ruimte.dossiers()) == 1


def test_een_proef_van_een_koppeling_bewaart_niets(azc: Leven) -> None:
    (verslag,) = koppel(azc.omgeving, [coarij(kenmerk="C-2", bsn="999991425")], SYSTEEM, proef=True)
    assert verslag.nieuw_dossier
    with azc.omgeving.magazijn.ruimte() as ruimte:
        assert len(ruimte.dossiers()) == 1


# --- dan de kennisgeving


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_de_kennisgeving_komt_in_het_dossier_van_de_koppeling(azc: Leven) -> None:
    azc.antwoord("intake/oproep/1", "oproep_verzonden", date(2025, 11, 5), afspraak_op="2025-11-19")
    azc.op(date(2026, 1, 5))
    verslag = kennisgeving(azc.omgeving)
    assert (verslag.uitkomst, verslag.referentie) == ("aangevuld", azc.dossier().referentie)
    assert azc.plan().termijn("pip") is not None
    assert azc.stap("registratie/kennisgeving/1").status is Stapstatus.VERVALLEN
    assert azc.stap("intake/oproep/1").status is Stapstatus.KLAAR
    gegevens = persoon(azc).gegevens
    assert (gegevens["straat"], gegevens["telefoon"]) == ("Voorbeeldstraat 1", "0612345001")


def test_na_de_kennisgeving_veranderen_beide_bestanden_nog_eens_niets(azc: Leven) -> None:
    azc.op(date(2026, 1, 5))
    zonder = {"email": None, "telefoon": None, "kanaal": "post"}  # DUO kent alleen het adres
    kennisgeving(azc.omgeving, **zonder)
    voor = azc.gebeurtenissen()
    assert persoon(azc).gegevens["telefoon"] == "0612345678"  # van het COA; DUO noemde er geen
    assert kennisgeving(azc.omgeving, **zonder).uitkomst == "ongewijzigd"
    assert koppel_een(azc.omgeving).uitkomst == "ongewijzigd"
    assert azc.gebeurtenissen() == voor


def test_dan_brp_en_pip_zoals_bij_ieder_ander(azc: Leven) -> None:
    azc.antwoord("intake/oproep/1", "oproep_verzonden", date(2025, 11, 5), afspraak_op="2025-11-19")
    azc.antwoord("intake/gesprek/1", "intake_gehouden", date(2025, 11, 19), advies="b1")
    azc.op(date(2026, 1, 5))
    kennisgeving(azc.omgeving, brp_inschrijving=None)
    azc.op(date(2026, 1, 19))
    azc.meld("brp_ingeschreven", date(2026, 1, 19))
    termijn = azc.plan().termijn("pip-na-brp")
    assert termijn is not None
    assert azc.stap("pip/vaststellen/1").uiterst == termijn.einde == date(2026, 3, 30)
    azc.antwoord(
        "pip/vaststellen/1", "pip_vastgesteld", date(2026, 2, 2), door=MANDAAT, **PIP, bekendgemaakt_op="2026-02-02"
    )
    assert azc.stap("begeleiding/start/1").status is not Stapstatus.VERVALLEN


def test_een_kennisgeving_voor_een_andere_gemeente_verplaatst_het_dossier(azc: Leven) -> None:
    azc.open("intake/oproep/1")
    azc.op(date(2026, 1, 5))
    assert kennisgeving(azc.omgeving, gemeente="GM1961").uitkomst == "aangevuld"
    assert azc.dossier().gemeente == "GM1961"
    assert azc.stap("intake/oproep/1").medewerker == azc.dossier().klantmanager


def test_een_tweede_kennisgeving_bij_dezelfde_koppeling_wordt_geweigerd(azc: Leven) -> None:
    azc.op(date(2026, 1, 5))
    kennisgeving(azc.omgeving)
    with pytest.raises(RegistratieGeweigerd) as fout:
        kennisgeving(azc.omgeving, kenmerk="DUO-K-2")
    assert "al dossier" in fout.value.regels[0][1]


def test_een_geeindigd_dossier_neemt_geen_kennisgeving_meer_aan(azc: Leven) -> None:
    azc.op(date(2026, 1, 5))
    azc.meld("plicht_beeindigd", date(2026, 1, 5), actor=DUO, grond="overlijden")
    with pytest.raises(RegistratieGeweigerd) as fout:
        kennisgeving(azc.omgeving)
    assert "eindigde met 'overlijden'" in fout.value.regels[0][1]


def test_de_koppeling_mag_ook_na_de_kennisgeving_komen(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(date(2026, 1, 12), kenmerk="DUO-K-1", bsn="999990639", brp_inschrijving=None)
    voor = persoon(leven)
    assert koppel_een(omgeving).uitkomst == "aangevuld"
    assert koppel_een(omgeving).uitkomst == "ongewijzigd"
    assert persoon(leven) == voor  # DUO weet het beter
    assert leven.stap("begeleiding/warme-overdracht/1").status is Stapstatus.GEPLAND
    assert leven.stap("intake/oproep/1").start == GEKOPPELD
    with pytest.raises(RegistratieGeweigerd):
        koppel_een(omgeving, versie="1", kenmerk="COA-2")


def test_een_late_koppeling_aan_een_andere_gemeente_wordt_geweigerd(omgeving: Omgeving) -> None:
    Leven(omgeving).begin(date(2026, 1, 12), kenmerk="DUO-K-1", bsn="999990639")
    with pytest.raises(RegistratieGeweigerd) as fout:
        koppel_een(omgeving, gemeente="GM1978")
    assert "GM0512" in fout.value.regels[0][1]


def test_huishouden_en_tolk_van_de_koppeling_staan_in_het_dossier(azc: Leven) -> None:
    koppel_een(azc.omgeving, versie="2", tolk="ja", huishouden="HH-1")
    assert (azc.stand().tolk_taal, azc.stand().huishouden) == ("ti", "HH-1")
    koppel_een(azc.omgeving, versie="3", tolk="nee", huishouden="HH-1")
    assert azc.stand().tolk_taal is None


def test_een_intrekking_van_de_kennisgeving_bij_een_koppeling_vraagt_om_wissen(azc: Leven) -> None:
    azc.open("intake/oproep/1")
    azc.post_is_aanvaard()
    azc.op(date(2026, 1, 5))
    kennisgeving(azc.omgeving)
    azc.op(date(2026, 1, 12))
    assert kennisgeving(azc.omgeving, versie=2, status="ingetrokken").uitkomst == "ingetrokken"
    assert set(azc.staat()) == {"einde/wissen/1"}
    soorten = {b.soort for b in azc.post() if b.status is Berichtstatus.WACHTEND}
    assert soorten == {"taak_ingetrokken", "dossier_ingetrokken"}
    azc.antwoord("einde/wissen/1", "persoon_gewist", date(2026, 1, 13))
    assert koppel_een(azc.omgeving).uitkomst == "ongewijzigd"  # ook het COA stuurt zijn bestand nog eens
    assert koppel_een(azc.omgeving, versie="2").nieuw_dossier


def test_wie_in_een_andere_gemeente_werkt_mag_niet_koppelen(azc: Leven) -> None:
    from domein.gebeurtenissen.basis import Actor

    with pytest.raises(RegistratieGeweigerd):
        koppel(azc.omgeving, [coarij(kenmerk="C-9", bsn="999991425", gemeente="GM1961")], Actor("m-gor"))
    assert koppel(azc.omgeving, [coarij(kenmerk="C-9", bsn="999991425", gemeente="GM1961")], COORDINATOR)


def test_de_enige_koppeling_wordt_niet_doorgehaald_want_dan_kijkt_niemand_meer(azc: Leven) -> None:
    """Met een kennisgeving erbij blijft er wel een plan (I1)."""
    with pytest.raises(DoorhalingGeweigerd) as fout:
        azc.haal_door(azc.laatste("koppeling"))
    assert "ingetrokken" in fout.value.uitweg
    azc.op(date(2026, 1, 5))
    kennisgeving(azc.omgeving)
    azc.haal_door(azc.laatste("koppeling"))
    assert "intake/oproep/1" in azc.staat()
