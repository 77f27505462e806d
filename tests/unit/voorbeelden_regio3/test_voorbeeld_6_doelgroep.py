"""Voorbeeld 6: de doelgroep. Voorst: een gezinsmigrant en een asielstatushouder in dezelfde straat."""

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import NietVanToepassing
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, medewerker, partner, regio
from tests.unit.regiovragen import redenen, toegewezen, vraag

GEZIN = {"doelgroep": Doelgroep.GEZINSMIGRANT}


def voorst() -> Regio:
    return regio(
        afspraak("les", "aanmelding", uitvoerder="school", rol="aanbieder", doelgroepen=["asielstatushouder"]),
        afspraak(
            "eigen-cursus", "aanmelding", doelgroepen=["gezinsmigrant", "overige_migrant"], betaler="inburgeraar",
            niet_van_toepassing="kiest en betaalt zelf een cursus (Wet inburgering 2021, artikel 19).",
        ),
        afspraak("voortgang", "voortgang"),
        afspraak("map", "map", uitvoerder="werk", rol="begeleider"),
        afspraak(
            "map-onderwijs", "map", leerroutes=["onderwijs"],
            niet_van_toepassing="de onderwijsroute heeft geen MAP (Wet inburgering 2021, artikel 8 lid 3).",
        ),
        gemeenten=("GM0285",),
        partners=[partner("school"), partner("werk", "stichting")],
        medewerkers=[medewerker("m-s", "school", "aanbieder"), medewerker("m-w", "werk", "begeleider")],
    )  # fmt: skip


def test_voorbeeld_6_een_asielstatushouder_krijgt_les_en_map_van_de_regio() -> None:
    assert toegewezen(voorst()).uitvoerder == "school"
    assert toegewezen(voorst(), stap=Stapsoort.MAP).uitvoerder == "werk"


def test_voorbeeld_6_een_gezinsmigrant_krijgt_alleen_map_en_voortgang() -> None:
    """De klantmanager volgt keurmerk en voortgang; de cursus is van de persoon zelf."""
    assert isinstance(vraag(voorst(), **GEZIN), NietVanToepassing)
    assert toegewezen(voorst(), stap=Stapsoort.MAP, **GEZIN).uitvoerder == "werk"
    assert toegewezen(voorst(), stap=Stapsoort.VOORTGANG, **GEZIN).rol == "klantmanager"


def test_niet_van_toepassing_aanmelding_van_een_gezinsmigrant() -> None:
    """Overgeslagen is iets anders dan niet geregeld: het antwoord noemt de afspraak en het artikel."""
    antwoord = vraag(voorst(), **GEZIN)
    assert isinstance(antwoord, NietVanToepassing)
    assert antwoord.afspraak == "eigen-cursus"
    assert "artikel 19" in antwoord.waarom
    assert redenen(antwoord) == {"school": "geldt voor doelgroep asielstatushouder"}


def test_niet_van_toepassing_map_in_de_onderwijsroute() -> None:
    antwoord = vraag(voorst(), stap=Stapsoort.MAP, leerroute=Leerroute.ONDERWIJS)
    assert isinstance(antwoord, NietVanToepassing)
    assert antwoord.afspraak == "map-onderwijs"
    assert "artikel 8 lid 3" in antwoord.waarom
    assert redenen(antwoord) == {"werk": "afspraak map-onderwijs is specifieker"}
    assert toegewezen(voorst(), stap=Stapsoort.MAP, leerroute=Leerroute.Z).uitvoerder == "werk"
