"""Regel 10: hetzelfde feit uit een bron telt één keer; nieuwer verbetert, ouder wordt bewaard maar telt niet."""

from datetime import date
from itertools import permutations

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.ports import Omgeving
from tests.integratie.regels.leven import Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
pytestmark = pytest.mark.parametrize("soort", BEIDE, indirect=True)
BRON = {"bron": "duo", "bronkenmerk": "DUO-V-77"}


def test_regel_10_hetzelfde_feit_nog_eens_verandert_niets(leven: Leven) -> None:
    leven.tot_pip()
    assert leven.meld("verlengd", date(2026, 2, 25), **BRON, nieuwe_einddatum="2029-08-25") is not None
    voor, stappen = leven.gebeurtenissen(), {k: s.model_dump() for k, s in leven.stappen().items()}
    for _ in range(3):
        assert leven.meld("verlengd", date(2026, 2, 25), **BRON, nieuwe_einddatum="2029-08-25") is None
    assert leven.gebeurtenissen() == voor
    assert {k: s.model_dump() for k, s in leven.stappen().items()} == stappen


def test_regel_10_dezelfde_versie_met_een_andere_inhoud_wordt_geweigerd(leven: Leven) -> None:
    leven.tot_pip()
    leven.meld("verlengd", date(2026, 2, 25), **BRON, nieuwe_einddatum="2029-08-25")
    with pytest.raises(OngeldigeGegevens, match="iets anders") as fout:
        leven.meld("verlengd", date(2026, 2, 25), **BRON, nieuwe_einddatum="2029-09-25")
    assert "hogere bronversie" in fout.value.uitweg
    assert leven.stand().verlengd_tot == date(2029, 8, 25)


@pytest.mark.parametrize("volgorde", list(permutations([1, 2, 3])), ids=str)
def test_regel_10_in_elke_volgorde_van_binnenkomst_telt_de_nieuwste_versie(
    leven: Leven, volgorde: tuple[int, ...]
) -> None:
    leven.tot_pip()
    for versie in volgorde:
        leven.meld("pvt_voltooid", date(2026, 2, 25 - 3 + versie), **BRON, bronversie=versie, reden="DUO")
    assert leven.stand().pvt_op == date(2026, 2, 25)
    assert leven.telling()["pvt_voltooid"] == 3
    assert leven.stap("pvt/1").status is Stapstatus.KLAAR
    assert leven.stap("duo/pvt/1").start == date(2026, 2, 26)


def test_regel_10_een_verbetering_laat_de_beantwoorde_stap_klaar(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("einde/termijn/1")
    leven.meld("verlengd", date(2029, 2, 26), **BRON, nieuwe_einddatum="2029-08-25")
    klaar = leven.stap("einde/termijn/1")
    assert klaar.status is Stapstatus.KLAAR
    leven.meld("verlengd", date(2029, 2, 26), **BRON, bronversie=2, nieuwe_einddatum="2029-10-25")
    assert leven.stap("einde/termijn/1").model_dump() == klaar.model_dump()
    assert leven.stap("einde/termijn/2").start == date(2029, 10, 26)


def test_regel_10_een_feit_dat_de_stap_aanvulde_mag_ook_nog_eens_komen(leven: Leven) -> None:
    """De bron noemt geen inhoud; die vulde de stap aan. Toch is het dezelfde melding."""
    leven.tot_pip()
    feit = {"melding": "duo/leerroute/1", "referentie": "PI-9"}
    leven.meld("duo_ingevoerd", date(2026, 2, 25), bron="pi", bronkenmerk="PI-9", **feit)
    assert leven.stand().duo["duo/leerroute/1"].inhoud == "b1"
    assert leven.meld("duo_ingevoerd", date(2026, 2, 25), bron="pi", bronkenmerk="PI-9", **feit) is None
    assert leven.telling()["duo_ingevoerd"] == 1


def test_regel_10_een_doorgehaalde_verbetering_laat_de_vorige_versie_weer_gelden(leven: Leven) -> None:
    leven.tot_pip()
    leven.meld("verlengd", date(2026, 2, 25), **BRON, nieuwe_einddatum="2029-08-25")
    leven.meld("verlengd", date(2026, 2, 25), **BRON, bronversie=2, nieuwe_einddatum="2029-10-25")
    leven.haal_door(leven.laatste("verlengd"))
    assert leven.stand().verlengd_tot == date(2029, 8, 25)


def test_regel_10_een_kennisgeving_komt_dubbel_verbeterd_en_verouderd_binnen(leven: Leven, omgeving: Omgeving) -> None:
    def stuur(**anders: object) -> str:
        (verslag,) = registreer(omgeving, [rij(**anders)], SYSTEEM)
        return verslag.uitkomst

    leven.op(date(2026, 1, 20))
    assert stuur() == "ongewijzigd"
    assert leven.telling()["kennisgeving"] == 1
    assert stuur(versie=3, kennisgeving_op=date(2026, 1, 12)) == "verbeterd"
    assert stuur(versie=2, kennisgeving_op=date(2026, 1, 9)) == "ouder"
    assert leven.telling()["kennisgeving"] == 3
    assert leven.stand().kennisgeving_op == date(2026, 1, 12)
    assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 3, 23)
    with pytest.raises(RegistratieGeweigerd):
        stuur(versie=3, kennisgeving_op=date(2026, 1, 13))


def test_regel_10_dezelfde_persoon_onder_een_ander_kenmerk_wordt_geweigerd(leven: Leven, omgeving: Omgeving) -> None:
    with pytest.raises(RegistratieGeweigerd) as fout:
        registreer(omgeving, [rij(kenmerk="DUO-ANDERS")], SYSTEEM)
    assert leven.dossier().referentie in fout.value.regels[0][1]


def test_regel_10_alle_rijen_of_geen(leven: Leven, omgeving: Omgeving) -> None:
    goed = rij(kenmerk="DUO-G", bsn="999990639", rij=2)
    fout = rij(kenmerk="DUO-F", rij=3)  # hetzelfde BSN als het dossier dat er al is
    with pytest.raises(RegistratieGeweigerd) as geweigerd:
        registreer(omgeving, [goed, fout], SYSTEEM)
    assert [nummer for nummer, _ in geweigerd.value.regels] == [3]
    with omgeving.magazijn.ruimte() as ruimte:
        assert len(ruimte.dossiers()) == 1
        assert ruimte.dossier_met_bsn("999990639") is None


def test_regel_10_een_andere_gemeente_in_een_verbetering_verhuist_ook_de_stappen(
    leven: Leven, omgeving: Omgeving
) -> None:
    """Wie het dossier mag inzien, volgt uit de gemeente; ook in de lijst van stappen (I6)."""
    leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21")
    registreer(omgeving, [rij(versie=2, gemeente="GM1978")], SYSTEEM)
    assert leven.dossier().gemeente == "GM1978"
    with omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.stappen_waar(gemeente="GM0512") == []
