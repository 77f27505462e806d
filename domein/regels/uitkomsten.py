"""Welke uitkomsten een stap kan hebben, en wat er dan gevraagd wordt.

Eén bron voor het formulier in het portaal, het formulier in Prefect en de opdrachtregel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from domein.begrippen import Leerroute
from domein.gebeurtenissen.soorten import SOORTEN
from domein.regels.stappen.duo import melding_van

Veldtype = Literal["datum", "ja_nee", "getal", "keuze", "code", "tekst"]


@dataclass(frozen=True, slots=True)
class Veld:
    """Een vraag op een formulier. `keuzes` zijn paren (waarde, label)."""

    naam: str
    label: str
    type: Veldtype
    verplicht: bool = True
    keuzes: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    hulp: str = ""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """Een mogelijk antwoord op een stap; `datumlabel` zegt welke dag er wordt gevraagd (`geldig_op`)."""

    soort: str
    label: str
    datumlabel: str = "Datum"
    uitleg: str = ""
    velden: tuple[Veld, ...] = ()


_ROUTES: Final = (
    (Leerroute.B1.value, "B1-route"),
    (Leerroute.ONDERWIJS.value, "Onderwijsroute"),
    (Leerroute.Z.value, "Z-route"),
)
_ADVIEZEN: Final = (*_ROUTES, (Leerroute.ONBEKEND.value, "Nog geen advies"))
_WEIGERREDENEN: Final = (
    ("geen-plaats", "Geen plaats"),
    ("niveau-past-niet", "Het niveau past niet"),
    ("reistijd", "De reis is te lang"),
    ("anders", "Anders"),
)
_OORDELEN: Final = (
    ("klopt-zo", "Het klopt zo, niets te doen"),
    ("hersteld", "Ik heb het hersteld"),
    ("overlegd", "Besproken met de betrokkene"),
)

_DUO: Final = Uitkomst(
    "duo_ingevoerd", "Ingevoerd in het portaal van DUO", "Ingevoerd op", "",
    (Veld("referentie", "Referentie van DUO", "code", hulp="Zoals het portaal haar laat zien."),),
)  # fmt: skip

UITKOMSTEN: Final[dict[str, tuple[Uitkomst, ...]]] = {
    "intake/oproep": (
        Uitkomst(
            "oproep_verzonden", "De oproep is verstuurd", "Verzonden op", "",
            (
                Veld("afspraak_op", "Dag van het gesprek", "datum"),
                Veld("waarschuwing", "Met schriftelijke waarschuwing", "ja_nee", hulp="Verplicht na niet verschijnen."),
            ),
        ),
    ),
    "intake/gesprek": (
        Uitkomst(
            "intake_gehouden", "Het gesprek is gevoerd", "Gevoerd op", "",
            (
                Veld("leerbaarheidstoets_op", "Dag van de leerbaarheidstoets", "datum", verplicht=False),
                Veld("advies", "Advies van de toets", "keuze", keuzes=_ADVIEZEN),
            ),
        ),
        Uitkomst(
            "niet_verschenen", "De persoon is niet verschenen", "Dag van de afspraak", "",
            (Veld("verschoonbaar", "Er was een goede reden", "ja_nee"),),
        ),
    ),
    "intake/ambtshalve": (
        Uitkomst("intake_ambtshalve_afgerond", "De intake is zonder de persoon afgerond", "Afgerond op"),
    ),
    "pip/vaststellen": (
        Uitkomst(
            "pip_vastgesteld", "Het PIP is vastgesteld", "Dagtekening",
            "Dit is een besluit. Alleen een mandaathouder van de gemeente kan het vastleggen.",
            (
                Veld("bekendgemaakt_op", "Bekendgemaakt op", "datum"),
                Veld("leerroute", "Leerroute", "keuze", keuzes=_ROUTES),
                Veld("aantal_gesprekken", "Aantal voortgangsgesprekken", "getal", minimum=1, maximum=36),
                Veld("interval_maanden", "Maanden tussen twee gesprekken", "getal", minimum=1, maximum=12),
            ),
        ),
    ),
    "aanbieder/aanmelding": (
        Uitkomst("aanmelding_geaccepteerd", "Ik accepteer de aanmelding", "Geaccepteerd op", "",
                 (Veld("startdatum", "Eerste lesdag", "datum"),)),
        Uitkomst("aanmelding_geweigerd", "Ik weiger de aanmelding", "Geweigerd op", "",
                 (Veld("redencode", "Reden", "keuze", keuzes=_WEIGERREDENEN),
                  Veld("vroegste_datum", "Wel mogelijk vanaf", "datum", verplicht=False))),
    ),
    "aanbieder/start": (Uitkomst("les_gestart", "De lessen zijn begonnen", "Eerste lesdag"),),
    "voortgang": (
        Uitkomst("gesprek_gevoerd", "Het gesprek is gevoerd", "Gevoerd op", "",
                 (Veld("op_koers", "De inburgeraar ligt op koers", "ja_nee"),)),
        Uitkomst("gesprek_niet_verschenen", "De persoon is niet verschenen", "Dag van de afspraak"),
    ),
    "pvt": (Uitkomst("pvt_voltooid", "Het PVT is voltooid", "Ondertekend op"),),
    "map": (
        Uitkomst("map_voltooid", "De MAP is voltooid", "Eindgesprek op", "",
                 (Veld("praktijkuren", "Uren praktijk op de arbeidsmarkt", "getal", minimum=0, maximum=5000),)),
    ),
    "duo/navraag": (Uitkomst("duo_bevestigd", "DUO bevestigt de melding", "Bevestigd op"), _DUO),
    "duo": (_DUO,),
    "einde/termijn": (
        Uitkomst("voldaan", "DUO meldt: voldaan", "Voldaan op"),
        Uitkomst("termijn_overschreden", "DUO meldt: termijn overschreden", "Overschreden op", "",
                 (Veld("nieuwe_termijn_tot", "Nieuwe termijn tot en met", "datum", verplicht=False),)),
        Uitkomst("verlengd", "DUO verlengt de termijn", "Besluit van", "",
                 (Veld("nieuwe_einddatum", "Nieuwe laatste dag", "datum"),)),
    ),
    "einde/afsluiten": (Uitkomst("dossier_afgesloten", "Het dossier is nagekeken en dicht", "Afgesloten op"),),
    "registratie": (
        Uitkomst("controle_afgehandeld", "De bijzonderheid is beoordeeld", "Beoordeeld op", "",
                 (Veld("oordeelcode", "Oordeel", "keuze", keuzes=_OORDELEN),)),
    ),
}  # fmt: skip


def stapvorm(kenmerk: str) -> str:
    """Geef de vorm van een stap: het langste begin van het kenmerk waarvoor uitkomsten bestaan."""
    delen = kenmerk.split("/")
    for lengte in range(len(delen), 0, -1):
        begin = "/".join(delen[:lengte])
        if begin in UITKOMSTEN:
            return begin
    raise KeyError(kenmerk)


def uitkomsten_voor(kenmerk: str) -> tuple[Uitkomst, ...]:
    return UITKOMSTEN[stapvorm(kenmerk)]


def stap_voor_feit(soort: str, kenmerken: list[str], waarden: Mapping[str, Any]) -> str | None:
    """Zoek onder de onafgemaakte stappen de stap waarop dit feit het antwoord is; None als er geen is.

    Noemt het feit een nummer of een melding, dan moet de stap daarover gaan.
    """
    passend = [k for k in kenmerken if any(u.soort == soort for u in uitkomsten_voor(k))]
    if "nummer" in waarden:
        passend = [k for k in passend if k.rsplit("/", 1)[-1] == str(waarden["nummer"])]
    if "melding" in waarden:
        passend = [k for k in passend if melding_van(k) == waarden["melding"]]
    return passend[0] if len(passend) == 1 else None


# De velden die een stap zelf invult; een bron noemt ze meestal niet.
AANGEVULD: Final = frozenset({"nummer", "melding", "inhoud", "mandaathouder"})


def vul_aan(kenmerk: str, soort: str, gegevens: dict[str, Any], *, inhoud: str, door: str) -> dict[str, Any]:
    """Vul de velden aan die uit de stap zelf volgen: het nummer, de melding, wie het besluit nam."""
    velden = SOORTEN[soort].model.model_fields if soort in SOORTEN else {}
    laatste = kenmerk.rsplit("/", 1)[-1]
    vast: dict[str, Any] = {}
    if "nummer" in velden and laatste.isdigit():
        vast["nummer"] = int(laatste)
    if "melding" in velden:
        vast["melding"] = melding_van(kenmerk)
    if "inhoud" in velden:
        vast["inhoud"] = inhoud
    if "mandaathouder" in velden:
        vast["mandaathouder"] = door
    return {**gegevens, **vast}
