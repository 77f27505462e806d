"""Wie geplaatst is blijft, tot een gebeurtenis hem losmaakt; het contract zegt wat er aan zijn einde gebeurt."""

from typing import Any

import pytest

from domein.begrippen import Leerroute, Rol
from domein.regels.samenwerking import Bestaand, Losmaker, NietVanToepassing, Optie, Situatie
from domein.regels.verdeling import Verdeelstand
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, partner, regio
from tests.unit.regiovragen import dag, gat, redenen, toegewezen, vraag

NA = dag("2026-02-02")
OUD = Bestaand("oud", "les-oud")


def wissel(regime: str = "uitdienen", **anders: Any) -> Regio:
    return regio(
        afspraak(
            "les-oud", "aanmelding", uitvoerder="oud", rol="aanbieder", geldig_tot="2025-12-31",
            overgangsregime=regime, tarief={"bedrag": 100}, **anders,
        ),
        afspraak(
            "les-nieuw", "aanmelding", uitvoerder="nieuw", rol="aanbieder", geldig_van="2026-01-01",
            tarief={"bedrag": 120},
        ),
        partners=[partner("oud"), partner("nieuw")],
    )  # fmt: skip


def bij(bestaand: Bestaand, **anders: Any) -> dict[str, Any]:
    return {"op": NA, "situatie": Situatie(bestaand=bestaand, **anders)}


@pytest.mark.parametrize(
    ("regime", "partner_", "tarief"),
    [
        pytest.param("uitdienen", "oud", 100, id="uitdienen"),
        pytest.param("overdragen", "nieuw", 120, id="overdragen"),
    ],
)
def test_na_het_einde_van_het_contract_beslist_het_overgangsregime(regime: str, partner_: str, tarief: int) -> None:
    """Met de partner gaat ook het contract mee: wie uitdient, doet dat tegen het oude tarief."""
    antwoord = toegewezen(wissel(regime), **bij(OUD))
    assert (antwoord.uitvoerder, antwoord.tarief and antwoord.tarief.bedrag) == (partner_, tarief)


def test_bij_keuze_klantmanager_noemt_het_antwoord_beide_en_blijft_de_oude_tot_er_gekozen_is() -> None:
    antwoord = toegewezen(wissel("keuze_klantmanager"), **bij(OUD))
    assert antwoord.uitvoerder == "oud"
    assert antwoord.opties == (
        Optie(partner="oud", afspraak="les-oud"),
        Optie(partner="nieuw", afspraak="les-nieuw"),
    )
    assert antwoord.signaal == (Rol.KLANTMANAGER,)
    assert "en de klantmanager nog kiest tussen blijven en overgaan" in antwoord.waarom
    blijft = toegewezen(wissel("keuze_klantmanager"), **bij(OUD, keuze="oud"))
    assert (blijft.uitvoerder, blijft.opties) == ("oud", ())
    gaat_over = toegewezen(wissel("keuze_klantmanager"), **bij(OUD, keuze="nieuw"))
    assert (gaat_over.uitvoerder, gaat_over.opties) == ("nieuw", ())
    assert redenen(gaat_over)["oud"] == "de klantmanager koos anders"


def test_een_verdeling_wisselt_niemand_die_al_geplaatst_is() -> None:
    """Ook als de ander volgens de gewichten aan de beurt is, en ook als de eigen partner vol zit."""
    verdeeld = regio(
        afspraak("les", "aanmelding", rol="aanbieder", verdeling={"partners": {"a": 1, "b": 1}}),
        partners=[partner("a", capaciteit={"aantal": 1}), partner("b")],
    )
    situatie = Situatie(bestaand=Bestaand("a", "les"), stand=Verdeelstand({"a": 1}))
    antwoord = toegewezen(verdeeld, situatie=situatie)
    assert (antwoord.uitvoerder, antwoord.blijft) == ("a", True)
    assert "waar de persoon al is geplaatst" in antwoord.waarom
    assert toegewezen(verdeeld, situatie=Situatie(stand=Verdeelstand({"a": 1}))).uitvoerder == "b"


@pytest.mark.parametrize("los", [Losmaker.WEIGERING, Losmaker.KEURMERK_VERLOREN, Losmaker.UITZONDERING])
def test_na_deze_gebeurtenissen_komt_dezelfde_partner_niet_terug(los: Losmaker) -> None:
    alleen = regio(
        afspraak("les", "aanmelding", uitvoerder="a", rol="aanbieder", fallback=["b"]),
        partners=[partner("a"), partner("b")],
    )
    assert toegewezen(alleen, situatie=Situatie(bestaand=Bestaand("a", "les", los))).uitvoerder == "b"


def test_de_gebeurtenis_contract_einde_past_het_regime_toe_ook_als_de_afspraak_nog_loopt() -> None:
    eerder = {
        "op": dag("2025-11-03"),
        "situatie": Situatie(bestaand=Bestaand("oud", "les-oud", Losmaker.CONTRACT_EINDE)),
    }
    assert toegewezen(wissel("uitdienen"), **eerder).blijft
    # Overdragen zoekt opnieuw; op die dag is er nog alleen de oude afspraak.
    assert not toegewezen(wissel("overdragen"), **eerder).blijft


def test_een_uitgesloten_of_verdwenen_partner_houdt_niemand_vast() -> None:
    uitgesloten = toegewezen(wissel(), op=NA, uitgesloten_partners=["oud"], situatie=Situatie(bestaand=OUD))
    assert uitgesloten.uitvoerder == "nieuw"
    assert "omdat oud niet meer kan (heeft geweigerd of is uitgesloten)" in uitgesloten.waarom
    assert toegewezen(wissel(), **bij(Bestaand("weg", "les-oud"))).uitvoerder == "nieuw"


def test_staat_de_oude_afspraak_niet_meer_in_het_bestand_dan_telt_de_nieuwe_met_zo_mogelijk_dezelfde_partner() -> None:
    ander = toegewezen(wissel(), **bij(Bestaand("oud", "verdwenen")))
    assert (ander.uitvoerder, ander.blijft) == ("nieuw", False)
    assert "omdat afspraak verdwenen niet meer in de afspraken staat" in ander.waarom
    zelfde = toegewezen(wissel(), **bij(Bestaand("nieuw", "verdwenen")))
    assert (zelfde.uitvoerder, zelfde.afspraak, zelfde.blijft) == ("nieuw", "les-nieuw", True)


def test_noemt_een_gewijzigde_afspraak_de_partner_niet_meer_dan_beslist_haar_regime() -> None:
    assert toegewezen(wissel("uitdienen"), **bij(Bestaand("nieuw", "les-oud"))).uitvoerder == "nieuw"
    gewijzigd = regio(
        afspraak("les", "aanmelding", uitvoerder="b", rol="aanbieder", overgangsregime="overdragen"),
        partners=[partner("a"), partner("b")],
    )
    antwoord = toegewezen(gewijzigd, situatie=Situatie(bestaand=Bestaand("a", "les")))
    assert antwoord.uitvoerder == "b"
    assert "omdat de afspraak is gewijzigd en iedereen dan overgaat" in antwoord.waarom


def test_uitdienen_kan_ook_als_er_voor_nieuwe_mensen_niets_is_geregeld() -> None:
    alleen_oud = regio(
        afspraak("les-oud", "aanmelding", uitvoerder="oud", rol="aanbieder", geldig_tot="2025-12-31"),
        partners=[partner("oud")],
    )
    assert toegewezen(alleen_oud, **bij(OUD)).uitvoerder == "oud"
    gat(alleen_oud, op=NA)


def test_wie_een_andere_route_krijgt_waar_de_stap_niet_hoeft_krijgt_dat_te_horen() -> None:
    map_ = regio(
        afspraak("les", "aanmelding", leerroutes=["b1", "z"]),
        afspraak("or", "aanmelding", leerroutes=["onderwijs"], niet_van_toepassing="gaat via de school."),
    )
    situatie = Situatie(bestaand=Bestaand("uo", "les", Losmaker.ROUTEWISSEL))
    assert isinstance(vraag(map_, leerroute=Leerroute.ONDERWIJS, situatie=situatie), NietVanToepassing)
