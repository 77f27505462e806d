"""Het blad over de rechten in het portaal: welke rol wat mag, zoals `domein.regels.toegang` het zegt."""

from collections.abc import Mapping
from typing import Final

from domein.begrippen import Rol
from domein.regels.toegang import RECHTEN, Grond, Recht

KOP: Final = """# Wie mag wat in het portaal

<!-- Gemaakt door `./regie naslag` uit domein/regels/toegang.py. Verander dat bestand, niet dit blad. -->

Een rol zegt welke pagina's er zijn. Welk dossier iemand ziet, en wat daarvan, volgt bij elk verzoek opnieuw uit de
samenwerkingsafspraken van die dag. Wie iets niet mag, ziet dezelfde pagina als bij iets dat niet bestaat.

## Per rol

Welke rol welke pagina krijgt is beleid, geen wet.

"""
# Waarom iemand een dossier ziet: zolang wat waar is, en wat er dan te zien is.
GRONDEN: Final[Mapping[Grond, tuple[str, str]]] = {
    Grond.EIGEN_TAAK: (
        "de taak open is",
        (
            "wat de afspraak onder de taak noemt; is die afspraak voorbij, alleen referentie en termijnen "
            "(bij `uitdienen` blijft de inzage)"
        ),
    ),
    Grond.KLANTMANAGER: (
        "het dossier loopt en de afspraken de organisatie nog noemen",
        "wat de afspraken noemen waarin de organisatie de regie heeft",
    ),
    Grond.WAARNEMING: ("de afwezigheid van de collega duurt", "wat die collega ziet"),
    Grond.TEAM: ("een taak bij de eigen organisatie open is", "alleen referentie en termijnen"),
    Grond.TEAMLEIDING: ("een taak bij de eigen organisatie open is", "wat de afspraak onder de taak noemt"),
    Grond.MANDAAT: (
        "een besluit open staat waarvoor het mandaat geldt (Awb art. 10:1)",
        "wat de afspraak onder de taak noemt",
    ),
    Grond.COORDINATIE: (
        "de rol duurt, in de eigen regio",
        "referentie, termijnen, doelgroep, leerroute en PIP; nooit wie het is",
    ),
    Grond.BEHEER: ("de rol duurt, in de eigen regio", "alleen referentie en termijnen"),
    Grond.ORGANISATIE: (
        "een taak bij de organisatie open is; alleen voor haar eigen systeem, met een token",
        "wat de afspraak onder de taak noemt",
    ),
    Grond.ARCHIEF: (
        (
            "het geëindigde dossier er nog is, voor de laatste klantmanager en diens teamleider; of, na een besluit, "
            "voor wie er een mandaat voor heeft"
        ),
        "wat de afspraken over de regie of het besluit noemen; alleen om te lezen",
    ),
}
SLOT: Final = """
Het BSN is er alleen als de organisatie er een wettelijke grondslag voor heeft (Wet inburgering 2021 art. 36). Een
vrijwilliger ziet nooit meer dan naam, contact en termijnen van zijn eigen taak. Wie een dossier of taak opent, staat in
het logboek met de reden en de gegevens.

Van een **besluit** ziet iemand de gronden, de adviezen en de tekst als hij van het dossier de naam en het PIP mag zien.
Wie alleen het PIP mag zien of er een eigen taak in heeft, ziet hoe ver het is. Wie op een bezwaar beslist, ziet wat wie
het besluit neemt ziet (Awb art. 7:11). Tekenen kan alleen wie mandaat heeft.

**Vastleggen** zonder feiten te mogen melden is er voor wie alleen mandaat heeft: hij stelt maatwerk vast en beëindigt
het, binnen zijn mandaat (Awb art. 10:1) en in een dossier waarin een besluit op hem wacht. Wat er gebeurde, meldt wie
het dossier bijhoudt. De **uitval van een aanbieder** werkt in alle gemeenten tegelijk; wie geen dossier mag zien, ziet
alleen aantallen, zonder kleine cellen.
"""
ZINNEN: Final[Mapping[Recht, str]] = {
    Recht.EIGEN: "de eigen aanmelding",
    Recht.WERK: "eigen taken",
    Recht.TEAMWERK: "taken van het team",
    Recht.DOSSIER: "dossiers",
    Recht.VASTLEGGEN: "iets vastleggen in een dossier",
    Recht.DOSSIER_WIJZIGEN: "feiten melden en doorhalen, en vooruitkijken",
    Recht.DOSSIER_UITVOEREN: "een inzageverzoek beantwoorden",
    Recht.BORD: "het regiobord met zijn cijfers",
    Recht.AFSPRAKEN: "de afspraken",
    Recht.UITVAL: "de uitval van een aanbieder",
    Recht.BEHEER: "beheer",
    Recht.INVOER: "inlezen",
    Recht.BESLUIT: "besluiten zien en voorbereiden",
    Recht.VERNIETIGING: "bewaren en vernietigen",
    Recht.VERZOEK: "verzoeken om inzage of verbetering",
    Recht.LOGBOEK: "het logboek",
}


def blad() -> str:
    """Geef het hele blad."""
    rollen = (
        f"| `{rol.value}` | {', '.join(ZINNEN[recht] for recht in Recht if recht in RECHTEN[rol])} |" for rol in Rol
    )
    gronden = (f"| {grond.value.replace('_', ' ')} | {zolang} | {ziet} |" for grond, (zolang, ziet) in GRONDEN.items())
    tabellen = [
        KOP + "| Rol | Mag |\n|---|---|", *rollen, "\n## Welk dossier, en wat daarvan\n",
        "| Waarom | Zolang | Wat er te zien is |\n|---|---|---|", *gronden,
    ]  # fmt: skip
    return "\n".join(tabellen) + "\n" + SLOT
