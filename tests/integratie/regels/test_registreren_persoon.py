"""Registreren: een verbetering mag de gegevens van de persoon veranderen, maar nooit de persoon."""

import pytest

from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.ports import Persoon
from tests.integratie.regels.leven import Leven, rij


def persoon(leven: Leven) -> Persoon | None:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return ruimte.persoon(leven.dossier_id)


def stuur(leven: Leven, **anders: object) -> str:
    (verslag,) = registreer(leven.omgeving, [rij(**anders)], SYSTEEM)
    return verslag.uitkomst


@pytest.mark.parametrize("versie", [1, 2])
def test_een_ander_bsn_onder_hetzelfde_kenmerk_wordt_geweigerd(leven: Leven, versie: int) -> None:
    voor = persoon(leven)
    with pytest.raises(RegistratieGeweigerd) as fout:
        stuur(leven, versie=versie, bsn="999990639")
    ((_, melding),) = fout.value.regels
    assert "ander BSN" in melding
    assert "nieuwe kennisgeving" in melding
    assert "999990639" not in melding
    assert persoon(leven) == voor


@pytest.mark.parametrize("anders", [{"naam": "Nieuwe Naam"}, {"straat": "Dorpsstraat 9"}, {"postcode": "4202AB"}])
def test_andere_persoonsgegevens_vragen_een_hogere_versie(leven: Leven, anders: dict[str, str]) -> None:
    voor = persoon(leven)
    with pytest.raises(RegistratieGeweigerd) as fout:
        stuur(leven, **anders)
    assert "hogere versie" in fout.value.regels[0][1]
    assert persoon(leven) == voor
    assert stuur(leven) == "ongewijzigd"


def test_een_hogere_versie_verbetert_naam_en_adres(leven: Leven) -> None:
    nieuw = {"naam": "Nieuwe Naam", "straat": "Dorpsstraat 9"}
    assert stuur(leven, versie=2, **nieuw) == "verbeterd"
    er = persoon(leven)
    assert er is not None
    assert (er.naam, er.gegevens["straat"]) == ("Nieuwe Naam", "Dorpsstraat 9")
    assert stuur(leven, versie=2, **nieuw) == "ongewijzigd"
    assert stuur(leven) == "ongewijzigd"  # de oude rij nog eens: zij telt niet meer, en is niet te toetsen
    assert persoon(leven) == er
