"""De vaste woorden van een regiobestand.

Doelgroep, leerroute, stap en rol staan in `domein.begrippen`; hier staat wat alleen
de samenwerking nodig heeft.
"""

from enum import StrEnum


class Partnersoort(StrEnum):
    """Wat voor organisatie een partner is."""

    GEMEENTE = "gemeente"
    UITVOERINGSORGANISATIE = "uitvoeringsorganisatie"
    GEMEENSCHAPPELIJKE_REGELING = "gemeenschappelijke_regeling"
    STICHTING = "stichting"
    TAALAANBIEDER = "taalaanbieder"
    ROC = "roc"
    HBO_WO = "hbo_wo"
    VLUCHTELINGENWERK = "vluchtelingenwerk"
    VRIJWILLIGERS = "vrijwilligers"
    WERKGEVER = "werkgever"
    COA = "coa"
    OVERIG = "overig"


class Verbandvorm(StrEnum):
    """De vorm van een samenwerkingsverband, van licht naar zwaar."""

    NETWERK = "netwerk"
    CONVENANT = "convenant"
    BESTUURSOVEREENKOMST = "bestuursovereenkomst"
    GEZAMENLIJKE_INKOOP = "gezamenlijke_inkoop"
    CENTRAAL_CONTRACTMANAGEMENT = "centraal_contractmanagement"
    DIENSTVERLENING = "dienstverlening"
    CENTRUMREGELING = "centrumregeling"
    BEDRIJFSVOERINGSORGANISATIE = "bedrijfsvoeringsorganisatie"
    OPENBAAR_LICHAAM = "openbaar_lichaam"
    UITVOERINGSORGANISATIE = "uitvoeringsorganisatie"
    STICHTING = "stichting"
    CONSORTIUM = "consortium"


class Bevoegdheid(StrEnum):
    """Wat de colleges aan het verband hebben gegeven (Awb hoofdstuk 10)."""

    GEEN = "geen"
    MANDAAT = "mandaat"
    DELEGATIE = "delegatie"


class Gegevensgroep(StrEnum):
    """Wat een partner van een inburgeraar mag zien; wat niet genoemd is, ziet hij niet."""

    AANTALLEN = "aantallen"
    REFERENTIE = "referentie"
    NAAM = "naam"
    CONTACT = "contact"
    BSN = "bsn"
    GEBOORTEDATUM = "geboortedatum"
    DOELGROEP = "doelgroep"
    LEERROUTE = "leerroute"
    LEERBAARHEID = "leerbaarheid"
    PIP = "pip"
    TERMIJNEN = "termijnen"
    AANWEZIGHEID = "aanwezigheid"
    VOORTGANG = "voortgang"
    MAATREGELEN = "maatregelen"


class AvgRol(StrEnum):
    """De rol van de uitvoerder volgens de AVG (art. 4, 26 en 28)."""

    VERANTWOORDELIJKE = "verantwoordelijke"
    GEZAMENLIJK_VERANTWOORDELIJK = "gezamenlijk_verantwoordelijk"
    VERWERKER = "verwerker"
    GEEN = "geen"


class Peildatumsoort(StrEnum):
    """Welke dag beslist welke afspraak geldt."""

    OPENING = "opening"
    KENNISGEVING = "kennisgeving"
    KOPPELING = "koppeling"
    START_LES = "start_les"
    LEVERING = "levering"
    ONDERTEKENING = "ondertekening"


class Overgangsregime(StrEnum):
    """Wat er met lopende dossiers gebeurt als een afspraak eindigt."""

    UITDIENEN = "uitdienen"
    OVERDRAGEN = "overdragen"
    KEUZE_KLANTMANAGER = "keuze_klantmanager"


class Verdeelvorm(StrEnum):
    """Hoe personen over meer partners worden verdeeld."""

    GEWICHTEN = "gewichten"
    RANGORDE = "rangorde"
    ROTATIE = "rotatie"
    KEUZE = "keuze"


class Tariefeenheid(StrEnum):
    """Waarvoor het bedrag van een tarief geldt."""

    TRAJECT = "traject"
    DOSSIER = "dossier"
    UUR = "uur"
    MAAND = "maand"
    INWONER = "inwoner"
    VAST = "vast"


class Tijdvak(StrEnum):
    """De periode waarvoor een capaciteit geldt."""

    MAAND = "maand"
    KWARTAAL = "kwartaal"
    JAAR = "jaar"
    TOTAAL = "totaal"


class Alfabetisering(StrEnum):
    """Het alfabetiseringsprofiel van een persoon."""

    ANALFABEET = "analfabeet"
    ANDERSALFABEET = "andersalfabeet"
    GEALFABETISEERD = "gealfabetiseerd"


class Wenssoort(StrEnum):
    """Een wens die de persoon zelf uitspreekt; nooit afgeleid uit herkomst."""

    TAAL = "taal"
    GESLACHT_BEHANDELAAR = "geslacht_behandelaar"
    WERKTIJDEN = "werktijden"
    LOCATIE = "locatie"


class Geslacht(StrEnum):
    """Zoals een medewerker het zelf opgeeft; niemand hoeft dat, en nooit afgeleid."""

    VROUW = "vrouw"
    MAN = "man"
    ANDERS = "anders"


class Dagdeel(StrEnum):
    """Wanneer een partner lessen of gesprekken geeft."""

    OCHTEND = "ochtend"
    MIDDAG = "middag"
    AVOND = "avond"
    WEEKEND = "weekend"


class Postwijze(StrEnum):
    """Hoe een medewerker zijn taken krijgt: een mail per taak, of alles samen in een dagbericht."""

    PER_TAAK = "per-taak"
    DAGBERICHT = "dagbericht"


class Weekdag(StrEnum):
    """De dagen van de week, kort geschreven."""

    MA = "ma"
    DI = "di"
    WO = "wo"
    DO = "do"
    VR = "vr"
    ZA = "za"
    ZO = "zo"

    @property
    def nummer(self) -> int:
        """Maandag is 0, zoals `date.weekday()`."""
        return list(Weekdag).index(self)
