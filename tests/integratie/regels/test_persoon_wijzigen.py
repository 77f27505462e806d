"""Kanaal, taal en adres van een persoon wijzigen: een gebeurtenis die zegt wat, nooit waarin."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, PersoonGewist, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.persoon import wijzig
from domein.model import metadata
from domein.ports import Omgeving, Persoon
from domein.registratie_wijziging import WIJZIGBAAR
from tests.integratie.regels.leven import COORDINATOR, Leven

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
KIND = {
    "geboortedatum": date(2008, 5, 9), "vertegenwoordiger_soort": "nidos", "vertegenwoordiger_naam": "Nidos Zuid",
    "vertegenwoordiger_email": "zuid@nidos.example",
}  # fmt: skip


def zet(leven: Leven, reden: str = "op verzoek", door: Actor = COORDINATOR, proef: bool = False, **velden: str) -> int:
    """Wijzig en geef het aantal nieuwe gebeurtenissen."""
    return len(wijzig(leven.omgeving, leven.dossier_id, velden, door, reden, proef=proef).gebeurtenissen)


def persoon(leven: Leven) -> Persoon:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        gevonden = ruimte.persoon(leven.dossier_id)
    assert gevonden is not None
    return gevonden


def gegevens(leven: Leven) -> Mapping[str, str]:
    return persoon(leven).gegevens


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_een_wijziging_zegt_wat_er_veranderde_en_nooit_waarin(leven: Leven, magazijn: SqlMagazijn) -> None:
    assert zet(leven, kanaal="telefoon", telefoon="0687654321", straat="Nieuwe Kade 12") == 1
    g = leven.laatste("persoon_gewijzigd")
    assert g.gegevens.model_dump() == {"velden": ("kanaal", "straat", "telefoon")}
    assert (g.actor, g.reden) == (COORDINATOR, "op verzoek")
    assert (gegevens(leven)["telefoon"], gegevens(leven)["straat"]) == ("0687654321", "Nieuwe Kade 12")
    with magazijn.engine.connect() as verbinding:
        for tabel in metadata.tables:
            inhoud = " ".join(map(str, verbinding.execute(text(f"SELECT * FROM {tabel}")).all()))
            assert "0687654321" not in inhoud, tabel
            assert "Nieuwe Kade" not in inhoud, tabel


def test_de_geadresseerde_volgt_het_nieuwe_kanaal_en_de_nieuwe_taal(leven: Leven) -> None:
    zet(leven, kanaal="post", taal="ar")
    toon = toon_dossier(leven.omgeving, leven.dossier().referentie)
    assert toon["geadresseerde"] == {"aan": "zelf", "soort": None, "kanaal": "post", "taal": "ar"}


def test_wat_al_zo_stond_verandert_niets(leven: Leven) -> None:
    assert zet(leven, kanaal="email", straat="Voorbeeldstraat 1") == 0
    assert zet(leven, kanaal="post") == 1
    assert zet(leven, kanaal="post") == 0


def test_een_lege_waarde_maakt_een_veld_leeg(leven: Leven) -> None:
    zet(leven, telefoon="")
    assert "telefoon" not in gegevens(leven)


def test_een_proef_bewaart_niets(leven: Leven) -> None:
    voor, wie = leven.gebeurtenissen(), persoon(leven)
    assert zet(leven, kanaal="post", proef=True) == 1
    assert (leven.gebeurtenissen(), persoon(leven)) == (voor, wie)


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        pytest.param({"kanaal": "duif"}, "kanaal", id="kanaal"),
        pytest.param({"kanaal": ""}, "kanaal", id="kanaal-leeg"),
        pytest.param({"taal": "Tigrinya"}, "taal", id="taal"),
        pytest.param({"email": "geheim@post"}, "email", id="email"),
        pytest.param({"email": ""}, "email", id="email-nodig-voor-het-kanaal"),
        pytest.param({"kanaal": "telefoon", "telefoon": ""}, "telefoon", id="telefoon-nodig-voor-het-kanaal"),
        pytest.param({"postcode": "geheim"}, "postcode", id="postcode"),
        pytest.param({"straat": "=geheim()"}, "straat", id="formule"),
        pytest.param({"vertegenwoordiger_naam": "Geheim"}, "vertegenwoordiger_naam", id="volwassene"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_met_wat_mag_en_zonder_de_waarde(
    leven: Leven, velden: dict[str, str], veld: str
) -> None:
    voor, wie = leven.gebeurtenissen(), persoon(leven)
    with pytest.raises(OngeldigeGegevens) as fout:
        zet(leven, **velden)
    assert set(fout.value.fouten) == {veld}
    assert "Toegestaan" in fout.value.uitweg
    assert "geheim" not in f"{fout.value.melding} {fout.value.uitweg}".lower()
    assert (leven.gebeurtenissen(), persoon(leven)) == (voor, wie)


def test_zonder_velden_reden_of_bevoegdheid_gebeurt_er_niets(leven: Leven) -> None:
    with pytest.raises(OngeldigeGegevens) as fout:
        zet(leven)
    assert all(f"--{veld.replace('_', '-')}" in fout.value.uitweg for veld in WIJZIGBAAR)
    with pytest.raises(RedenNodig):
        zet(leven, reden=" ", kanaal="post")
    with pytest.raises(GeenBevoegdheid):
        zet(leven, door=Actor("m-onbekend"), kanaal="post")
    with pytest.raises(OngeldigeGegevens, match="geen feit"):
        leven.meld("persoon_gewijzigd", date(2026, 1, 5), velden=["kanaal"])


def test_een_andere_taal_geldt_ook_voor_de_tolk_die_nodig_was(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(tolk=True)
    assert zet(leven, taal="ar") == 2
    assert leven.stand().tolk_taal == "ar"
    zonder = Leven(omgeving).begin(kenmerk="DUO-2", bsn="999990639")
    zet(zonder, taal="ar")
    assert zonder.stand().tolk_taal is None


def test_de_vertegenwoordiger_van_een_kind_kan_wisselen_maar_niet_verdwijnen(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(**KIND)
    assert zet(leven, vertegenwoordiger_soort="voogd", vertegenwoordiger_naam="Een Voogd") == 1
    with pytest.raises(OngeldigeGegevens) as fout:
        zet(leven, vertegenwoordiger_naam="")
    assert set(fout.value.fouten) == {"vertegenwoordiger_naam"}
    with pytest.raises(OngeldigeGegevens) as fout:
        zet(leven, vertegenwoordiger_email="")
    assert set(fout.value.fouten) == {"vertegenwoordiger_adres"}
    zet(leven, vertegenwoordiger_email="", vertegenwoordiger_adres="Kade 1, Gorinchem")
    assert toon_dossier(omgeving, leven.dossier().referentie)["geadresseerde"] == {
        "aan": "vertegenwoordiger", "soort": "voogd", "kanaal": "post", "taal": "nl",
    }  # fmt: skip


def test_na_de_achttiende_verjaardag_kan_de_vertegenwoordiger_weg(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(**KIND)
    leven.op(date(2026, 5, 11))
    leeg = {veld: "" for veld in WIJZIGBAAR if veld.startswith("vertegenwoordiger_")}
    assert zet(leven, **leeg) == 1
    assert not [veld for veld in gegevens(leven) if veld.startswith("vertegenwoordiger_")]
    with pytest.raises(OngeldigeGegevens):
        zet(leven, vertegenwoordiger_soort="ouder")


def test_van_wie_is_gewist_is_niets_te_wijzigen(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin()
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(leven.dossier_id)
    with pytest.raises(PersoonGewist):
        zet(leven, kanaal="post")
