"""Een brief over een kind gaat naar zijn ouder of voogd, en zegt dat; zonder zo iemand gaat hij niet (1:245 BW)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.brieven import Keuzes, briefgegevens
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import Leven

KIND = {"geboortedatum": date(2009, 3, 17)}
OUDER = {
    "vertegenwoordiger_soort": "ouder", "vertegenwoordiger_naam": "Ouder Voorbeeld",
    "vertegenwoordiger_adres": "Ouderlaan 2, 4201 AB Gorinchem",
}  # fmt: skip


@pytest.fixture
def maak(leven: Leven) -> Callable[..., dict[str, Any]]:
    """De gegevens van de oproep van een kind dat nog een dossier krijgt."""

    def _maak(**anders: Any) -> dict[str, Any]:
        kind = Leven(leven.omgeving).begin(kenmerk="DUO-2026-9002", bsn="999996009", **(KIND | anders))
        kind.open("intake/oproep/1")
        stap = kind.stap("intake/oproep/1")
        return briefgegevens(kind.omgeving, stap.id, "brief_oproep", Actor(stap.medewerker or ""), Keuzes())

    return _maak


def test_de_brief_gaat_naar_de_ouder_en_noemt_het_kind(maak: Callable[..., dict[str, Any]], leven: Leven) -> None:
    gegevens = maak(**OUDER)
    assert gegevens["naam"] == "Ouder Voorbeeld"
    assert gegevens["straat"] == "Ouderlaan 2, 4201 AB Gorinchem"
    assert gegevens["rol_lezer"] == "de ouder"
    brief = leven.omgeving.brieven.schrijf("brief_oproep", gegevens)
    kind = gegevens["over_kind"]
    for tekst in (brief.tekst, brief.html):
        assert "Beste Ouder Voorbeeld," in tekst
        assert f"Deze brief gaat over {kind}." in tekst
        assert "U bent de ouder." in tekst


def test_een_ouder_zonder_eigen_adres_woont_bij_zijn_kind(maak: Callable[..., dict[str, Any]]) -> None:
    gegevens = maak(**{**OUDER, "vertegenwoordiger_adres": ""})
    assert gegevens["straat"]
    assert gegevens["postcode_plaats"]


@pytest.mark.parametrize("soort", ["voogd", "nidos"])
def test_een_voogd_en_nidos_krijgen_de_brief_als_voogd(maak: Callable[..., dict[str, Any]], soort: str) -> None:
    assert maak(**{**OUDER, "vertegenwoordiger_soort": soort})["rol_lezer"] == "de voogd"


def test_zonder_ouder_of_voogd_gaat_er_geen_brief(maak: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(OngeldigeGegevens, match="geen ouder of voogd") as fout:
        maak()
    assert "1:245" in fout.value.uitweg


def test_vanaf_achttien_gaat_de_brief_naar_de_inburgeraar_zelf(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    stap = leven.stap("intake/oproep/1")
    gegevens = briefgegevens(leven.omgeving, stap.id, "brief_oproep", Actor(stap.medewerker or ""), Keuzes())
    assert (gegevens["over_kind"], gegevens["rol_lezer"]) == ("", "")
    assert "Deze brief gaat over" not in leven.omgeving.brieven.schrijf("brief_oproep", gegevens).tekst


def test_ook_het_besluit_gaat_naar_de_ouder(besluitleven: Besluitleven) -> None:
    leven = Besluitleven(besluitleven.omgeving)
    leven.begin(kenmerk="DUO-2026-9002", bsn="999996009", **KIND, **OUDER)
    leven.tot_concept()
    with leven.omgeving.magazijn.ruimte() as ruimte:
        tekst = ruimte.besluittekst(leven.dossier_id, 1, 1)
    assert tekst.startswith("Ouder Voorbeeld\n")
    assert "U bent de ouder." in tekst
