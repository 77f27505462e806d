"""Voorbeeld 9: van B1 naar Z. Twente; verzonnen persoon.

Het conceptbesluit, het horen en de stopopdracht aan de oude aanbieder zijn eigen stappen en handelingen; hier staat
wat de afspraken daarover beslissen: wie besluit, wie de nieuwe lessen geeft, wie niet, en wie tot en vanaf de
ingangsdatum betaalt. Dat de onderwijsroute is overwogen, hoort in het besluit zelf.
"""

from domein.begrippen import Leerroute, Rol, Stapsoort
from domein.regels.betaling import Betaling, Plaatsing, wie_betaalt
from domein.regels.peildatum import BekendeDagen
from domein.regels.samenwerking import Bestaand, Gat, Losmaker, Situatie, behandelaar
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio
from tests.unit.regiovragen import dag, redenen, toegewezen

HENGELO = "GM0164"
INGANG = dag("2026-05-01")


def twente() -> Regio:
    besluit = {"orgaan": "de colleges", "datum": "2021-12-01"}
    mandaat = {
        "id": "besluit", "gemeente": HENGELO, "stappen": ["pip"], "houders": ["m-hen"], "bron": "Mandaatbesluit",
    }  # fmt: skip
    return regio(
        afspraak("pip", "pip", uitvoerder="gemeente", rol="mandaathouder", voorbereider="uo", mandaten=["besluit"]),
        afspraak(
            "b1", "aanmelding", uitvoerder="school-b1", rol="aanbieder", leerroutes=["b1"],
            tarief={"bedrag": 11600, "eenheid": "traject"},
        ),
        afspraak(
            "z", "aanmelding", verband="z-verband", uitvoerder="school-z", rol="aanbieder", leerroutes=["z"],
            tarief={"bedrag": 10400, "eenheid": "traject"},
        ),
        gemeenten=(HENGELO,),
        partners=[gemeentepartner("hengelo", HENGELO), partner("school-b1"), partner("school-z")],
        medewerkers=[
            medewerker("m-hen", "hengelo", "mandaathouder"),
            medewerker("m-b1", "school-b1", "aanbieder"),
            medewerker("m-z", "school-z", "aanbieder"),
        ],
        verbanden=[{"id": "z-verband", "doel": "Z-route", "vorm": "gezamenlijke_inkoop", "gemeenten": [HENGELO],
                    "besluit": besluit}],
        mandaten=[mandaat],
    )  # fmt: skip


def test_voorbeeld_9_de_mandaathouder_van_het_college_besluit_en_niet_de_aanbieder() -> None:
    antwoord = toegewezen(twente(), stap=Stapsoort.PIP, leerroute=Leerroute.B1)
    assert (antwoord.uitvoerder, antwoord.voorbereider, antwoord.ondertekenaar) == ("hengelo", "uo", "m-hen")
    wie = behandelaar(twente(), antwoord, op=INGANG)
    assert wie is not None
    assert Rol.MANDAATHOUDER in wie.rollen


def test_voorbeeld_9_na_de_wissel_geeft_de_aanbieder_van_het_andere_verband_les() -> None:
    situatie = Situatie(bekend=BekendeDagen(opening=INGANG), bestaand=Bestaand("school-b1", "b1", Losmaker.ROUTEWISSEL))
    antwoord = toegewezen(twente(), leerroute=Leerroute.Z, op=INGANG, situatie=situatie)
    assert (antwoord.uitvoerder, antwoord.afspraak, antwoord.blijft) == ("school-z", "z", False)
    assert "na een wijziging van de leerroute" in antwoord.waarom
    assert "van verband z-verband" in antwoord.waarom
    assert redenen(antwoord)["school-b1"] == "geldt voor leerroute b1"


def test_voorbeeld_9_voor_het_besluit_blijft_de_persoon_waar_hij_is() -> None:
    antwoord = toegewezen(twente(), op=INGANG, situatie=Situatie(bestaand=Bestaand("school-b1", "b1")))
    assert (antwoord.uitvoerder, antwoord.blijft) == ("school-b1", True)


def test_voorbeeld_9_een_andere_leerroute_maakt_los_ook_als_niemand_de_gebeurtenis_noemde() -> None:
    situatie = Situatie(bestaand=Bestaand("school-b1", "b1"))
    assert toegewezen(twente(), leerroute=Leerroute.Z, op=INGANG, situatie=situatie).uitvoerder == "school-z"


def test_voorbeeld_9_de_ingangsdatum_knipt_de_kosten() -> None:
    plaatsingen = (
        Plaatsing("school-b1", "b1", HENGELO, dag("2026-01-12"), dag("2026-04-30")),
        Plaatsing("school-z", "z", HENGELO, INGANG),
    )
    per_dag = {tekst: wie_betaalt(twente(), plaatsingen, dag(tekst)) for tekst in ("2026-04-30", "2026-05-01")}
    voor, na = per_dag.values()
    assert isinstance(voor, Betaling)
    assert isinstance(na, Betaling)
    assert (voor.betaler, voor.aan, voor.tarief and voor.tarief.bedrag) == ("hengelo", "school-b1", 11600)
    assert (na.betaler, na.aan, na.tarief and na.tarief.bedrag) == ("hengelo", "school-z", 10400)
    assert isinstance(wie_betaalt(twente(), plaatsingen, dag("2026-01-11")), Gat)
