"""Voorbeeld 2: de leerroute bepaalt het verband. Schagen, onderwijsroute; de termijn van drie maanden is verzonnen."""

from typing import Any

from domein.begrippen import Leerroute, Rol
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, partner, regio
from tests.unit.regiovragen import dag, gat, redenen, toegewezen

OR = {"leerroute": Leerroute.ONDERWIJS}
TERUGVAL = {"leerroute": "b1", "herbeoordeling_maanden": 3, "signaal": ["contractmanager"]}


def kop_van_noord_holland(**perceel: Any) -> Regio:
    """Het consortium geeft B1 en Z; de onderwijsroute is een bovenregionaal perceel."""
    besluit = {"orgaan": "de colleges", "datum": "2021-12-01"}
    onderwijs = {
        "regel_id": "onderwijsroute",
        "verband": "bovenregionaal",
        "stappen": ["aanmelding"],
        "leerroutes": ["onderwijs"],
        "terugval": TERUGVAL,
    }
    return regio(
        afspraak("kop", "aanmelding", uitvoerder="consortium", rol="aanbieder", leerroutes=["b1", "z"]),
        onderwijs | perceel,
        gemeenten=("GM0441",),
        partners=[partner("consortium"), partner("roc", "roc")],
        verbanden=[
            {"id": "bovenregionaal", "doel": "onderwijsroute", "vorm": "bestuursovereenkomst",
             "gemeenten": ["GM0441"], "besluit": besluit},
        ],
    )  # fmt: skip


def test_voorbeeld_2_is_het_perceel_gegund_dan_gaat_de_onderwijsroute_naar_het_andere_verband() -> None:
    gegund = kop_van_noord_holland(uitvoerder="roc", rol="aanbieder")
    antwoord = toegewezen(gegund, **OR)
    assert (antwoord.uitvoerder, antwoord.afspraak, antwoord.herbeoordeling_op) == ("roc", "onderwijsroute", None)
    assert toegewezen(gegund, leerroute=Leerroute.Z).uitvoerder == "consortium"


def test_voorbeeld_2_nog_niet_gegund_is_een_b1_start_met_herbeoordeling_en_een_signaal() -> None:
    antwoord = toegewezen(kop_van_noord_holland(), **OR)
    assert (antwoord.uitvoerder, antwoord.afspraak) == ("consortium", "kop")
    assert antwoord.herbeoordeling_op == dag("2026-06-02")
    assert antwoord.signaal == (Rol.CONTRACTMANAGER,)
    assert antwoord.waarom.startswith(
        "Voorlopig leerroute b1, want afspraak onderwijsroute is nog niet gegund; opnieuw bekijken uiterlijk "
        "2 juni 2026: Consortium doet stap aanmelding voor"
    )
    assert redenen(antwoord)["onderwijsroute"] == "is nog niet gegund"


def test_voorbeeld_2_kan_ook_de_terugval_niet_dan_hoort_de_contractmanager_het_gat() -> None:
    antwoord = gat(kop_van_noord_holland(), **OR, uitgesloten_partners=["consortium"])
    assert antwoord.escalatie[0] is Rol.CONTRACTMANAGER
    assert antwoord.waarom.startswith("Afspraak onderwijsroute is nog niet gegund.")


def test_voorbeeld_2_ook_een_gegund_perceel_dat_vol_of_gestopt_is_valt_terug() -> None:
    gegund = kop_van_noord_holland(uitvoerder="roc", rol="aanbieder")
    antwoord = toegewezen(gegund, **OR, uitgesloten_partners=["roc"])
    assert (antwoord.uitvoerder, antwoord.signaal) == ("consortium", (Rol.CONTRACTMANAGER,))
    assert redenen(antwoord)["roc"] == "heeft geweigerd of is uitgesloten"
