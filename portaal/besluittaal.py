"""Hoe een besluit in gewone taal heet: de soort, de stapel, wat er gebeurde."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from domein.begrippen import Leerroute
from domein.regels.besluitstapel import Stapel
from domein.regels.kalender import datum
from domein.regels.papierbesluit import Bestrijdbaar
from domein.regels.stappen.pip_wijzigen import ROUTENAMEN
from domein.regels.uitkomsten import Uitkomst, Veld, uitkomsten_voor
from domein.regels.uitkomstlijst_besluit import BESLUITUITKOMSTEN

SOORTEN: Final[Mapping[str, str]] = {
    "pip": "PIP", "pip_wijziging": "Wijziging van het PIP", "weigering": "Weigering", "maatregel": "Maatregel",
    "beslissing_op_bezwaar": "Beslissing op bezwaar",
}  # fmt: skip
STANDEN: Final[Mapping[str, str]] = {
    "concept": "concept", "ondertekend": "ondertekend", "bekendgemaakt": "bekendgemaakt",
    "retour": "teruggekomen met de post", "ingetrokken": "ingetrokken", "op_papier": "op papier genomen",
}  # fmt: skip
STAPELS: Final[Mapping[Stapel, tuple[str, str]]] = {
    Stapel.TE_TEKENEN: ("Te tekenen", "Alles is onderzocht en er is een advies."),
    Stapel.ADVIES: ("Nog zonder advies", "Alles is onderzocht. Een advies is niet verplicht: tekenen kan ook nu."),
    Stapel.CONCEPT: ("Concept", "Er is nog iets te onderzoeken."),
    Stapel.BEKEND_TE_MAKEN: ("Bekend te maken", "Getekend, of teruggekomen met de post."),
    Stapel.BEZWAARTERMIJN: ("In de bezwaartermijn", "Bezwaar of beroep kan nog."),
    Stapel.AFGEROND: ("Afgerond", "De termijn is voorbij, of het concept is ingetrokken."),
}
VERLOOP: Final[Mapping[str, str]] = {
    "besluit_concept": "Concept gemaakt", "besluit_grond": "Grond onderzocht", "besluit_advies": "Advies gegeven",
    "besluit_tekst": "Tekst geschreven", "besluit_ondertekend": "Ondertekend",
    "besluit_bekendgemaakt": "Bekendgemaakt", "besluit_retour": "Teruggekomen met de post",
    "besluit_ingetrokken": "Concept ingetrokken", "pip_vastgesteld": "PIP vastgesteld",
    "voorstel_afgewezen": "Voorstel afgewezen", "maatregel_besloten": "Over de maatregel besloten",
    "bezwaar_beslist": "Op het bezwaar beslist",
}  # fmt: skip
STREKKINGEN: Final = (("positief", "Positief"), ("negatief", "Negatief"), ("anders", "Anders"))

ADVIES: Final = Uitkomst(
    "advies", "Advies geven", "", "Schrijf zonder namen; de tekst is versleuteld en blijft bij het besluit.",
    (Veld("strekking", "Strekking", "keuze", keuzes=STREKKINGEN), Veld("toelichting", "Advies", "tekst")),
)  # fmt: skip
TEKENEN: Final = Uitkomst(
    "tekenen", "Tekenen", "", "",
    (Veld("op", "Eerder op papier getekend op", "datum", verplicht=False,
          hulp="Laat dit leeg als u nu tekent: dan is vandaag de dagtekening."),
     Veld("reden", "Bijzonderheid", "tekst", verplicht=False, hulp="Alleen als de pagina erom vraagt.")),
)  # fmt: skip
INTREKKEN: Final = Uitkomst(
    "intrekken", "Concept intrekken", "", "Een getekend besluit kan niet worden ingetrokken.",
    (Veld("redencode", "Waarom", "keuze", keuzes=(
        ("vervallen", "Het is niet meer nodig"), ("verkeerd", "Het klopt niet"), ("anders", "Anders"))),
     Veld("reden", "Toelichting", "tekst")),
)  # fmt: skip
BEKENDMAKEN: Final = BESLUITUITKOMSTEN["besluit/bekendmaken"][0]
RETOUR: Final = Uitkomst(
    "besluit_retour", "De post kwam terug", "Teruggekomen op",
    "Klopte het adres niet, dan is er niet bekendgemaakt en loopt er geen termijn (artikel 3:41 Awb).",
    (Veld("adres_klopt", "Het adres was goed", "ja_nee"),
     Veld("redencode", "Reden op de envelop", "keuze", keuzes=(
         ("onbekend-adres", "Adres onbekend"), ("vertrokken", "Vertrokken"), ("niet-afgehaald", "Niet afgehaald"),
         ("anders", "Anders")))),
)  # fmt: skip


def inhoud(rij: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Wat er is besloten, met de woorden van het formulier waarmee het is opgeschreven."""
    vorm = next((een for een in uitkomsten_voor(rij["stap"]) if een.soort == rij.get("uitkomst")), None)
    vragen = {veld.naam: veld for veld in vorm.velden} if vorm is not None else {}
    return [
        (
            vragen[naam].label if naam in vragen else naam.replace("_", " ").capitalize(),
            _in_woorden(waarde, vragen.get(naam)),
        )
        for naam, waarde in rij["besluit"].items()
        if waarde is not None
    ]


def _in_woorden(waarde: object, vraag: Veld | None) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return datum(waarde)
    tekst = str(waarde)
    return dict(vraag.keuzes).get(tekst, tekst.replace("_", " ")) if vraag is not None else tekst.replace("_", " ")


def grondvraag(code: str, vraag: str, altijd: bool) -> Uitkomst:
    """Het formulier van één grond; wat altijd speelt, is nooit 'niet van toepassing'."""
    keuzes = (("onderzocht", "Onderzocht"), ("niet_van_toepassing", "Niet van toepassing"))
    return Uitkomst(
        f"grond-{code}", vraag, "", "",
        (Veld("oordeel", "Oordeel", "keuze", keuzes=keuzes[:1] if altijd else keuzes),
         Veld("toelichting", "Wat is onderzocht, en wat bleek?", "tekst")),
    )  # fmt: skip


OP_PAPIER: Final = ("pip", "afwijzing")  # zo begint de sleutel van een besluit dat op papier is genomen


# bezwaar
def bezwaarvorm(mogelijk: Sequence[Bestrijdbaar], vandaag: date) -> Uitkomst | None:
    """Het formulier van een nieuw bezwaar: de besluiten waartegen dat kan; None als er geen is."""
    keuzes = tuple((een.sleutel, _bestrijdbaar(een, vandaag)) for een in mogelijk)
    if not keuzes:
        return None
    return Uitkomst(
        "bezwaar_ingediend", "Een bezwaar vastleggen", "Ontvangen op",
        "Ook een te laat bezwaar: of dat te verontschuldigen is, wordt daarna beoordeeld (artikel 6:11 Awb).",
        (Veld("besluit", "Waartegen is het bezwaar?", "keuze", keuzes=keuzes),
         Veld("commissie", "Er adviseert een commissie", "ja_nee")),
    )  # fmt: skip


def _bestrijdbaar(een: Bestrijdbaar, vandaag: date) -> str:
    if een.tegen == "pip":
        wat = f"PIP {een.van}, {ROUTENAMEN[Leerroute(een.wat)]}"
    elif een.tegen == "maatregel":
        wat = f"Maatregel {een.van}, een boete van € {een.wat}"
    elif een.tegen == "weigering":
        wat = f"Weigering om het PIP te wijzigen (besluit {een.van})"
    else:
        wat = f"Weigering om het PIP te wijzigen (voorstel {een.van}, op papier)"
    if een.laatste_dag is None:
        tot = "de bekendmaking is niet vastgelegd, er loopt geen termijn"
    elif een.laatste_dag < vandaag:
        tot = f"de termijn eindigde op {datum(een.laatste_dag)}"
    else:
        tot = f"bezwaar kan tot en met {datum(een.laatste_dag)}"
    return f"{wat}, van {datum(een.dagtekening)}; {tot}"


ZIENSWIJZE: Final = Uitkomst(
    "bezwaar_zienswijze", "Een nadere reactie vastleggen", "Ontvangen op", "",
    (Veld("van", "Van wie", "keuze", keuzes=(("bezwaarmaker", "Wie bezwaar maakte"), ("gemeente", "De gemeente"))),),
)  # fmt: skip
VERDAGEN: Final = Uitkomst(
    "bezwaar_verdaagd", "De beslissing uitstellen", "Meegedeeld op",
    "Eén keer, met zes weken; wie bezwaar maakte hoort het schriftelijk (artikel 7:10 lid 3 Awb).",
)  # fmt: skip
BEZWAAR_INTREKKEN: Final = Uitkomst(
    "bezwaar_ingetrokken", "Het bezwaar is ingetrokken", "Ingetrokken op",
    "Dat doet wie bezwaar maakte (artikel 6:21 Awb).",
)  # fmt: skip
STILZETTEN: Final = Uitkomst(
    "beslistermijn_opgeschort", "De termijn om te beslissen staat stil", "Meegedeeld op",
    "De dagen dat zij stilstaat, komen er later bij (artikelen 4:15, 6:6 en 7:10 Awb).",
    (Veld("grond", "Waarom", "keuze", keuzes=(
        ("aanvullen", "Het bezwaarschrift is niet compleet"), ("instemming", "Wie bezwaar maakte stemt in"),
        ("vertraging", "De vertraging komt door wie bezwaar maakte"), ("overmacht", "Overmacht"))),
     Veld("tot", "Tot en met", "datum"),
     Veld("reden", "Hoe hoorde wie bezwaar maakte dat?", "tekst",
          hulp="Hij hoort schriftelijk waarom de termijn stilstaat. Schrijf zonder naam of nummer.")),
)  # fmt: skip
INGEBREKE: Final = Uitkomst(
    "in_gebreke_gesteld", "De gemeente is in gebreke gesteld", "Ontvangen op",
    "Schriftelijk, na de termijn om te beslissen. Twee weken later begint de dwangsom (artikel 4:17 Awb).",
)  # fmt: skip
BIJ_BEZWAAR: Final[Mapping[str, Uitkomst]] = {
    "reactie": ZIENSWIJZE, "uitstel": VERDAGEN, "stilzetten": STILZETTEN, "ingebreke": INGEBREKE,
    "intrekken": BEZWAAR_INTREKKEN,
}  # fmt: skip
_OVER_HET_BEZWAAR: Final = frozenset({"stilzetten", "ingebreke"})  # met een eigen nummer; de andere dragen dat van hem


def verwijzing(wat: str, bezwaar: int) -> Mapping[str, str | int]:
    """De velden waarmee een feit naar dit bezwaar wijst."""
    return {"over": "bezwaar", "van": bezwaar} if wat in _OVER_HET_BEZWAAR else {"nummer": bezwaar}


def bij_bezwaar(wat: str, nummer: int) -> Uitkomst:
    """Het formulier bij één bezwaar: met twee bezwaren op een pagina heeft elk veld zijn eigen naam."""
    vorm = BIJ_BEZWAAR[wat]
    return replace(vorm, soort=f"{vorm.soort}-{nummer}")


TEGEN: Final = {
    "pip": "PIP", "maatregel": "maatregel", "weigering": "weigering (besluit)", "afwijzing": "weigering van voorstel",
}  # fmt: skip
