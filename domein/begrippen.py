"""Alle vaste lijsten van het domein, op één plaats.

Bron van de woorden: Wet inburgering 2021 en het Gemeentelijk Gegevensmodel; zie docs/begrippen.md.
"""

from enum import StrEnum
from typing import Final


class Doelgroep(StrEnum):
    """Als wie de inburgeraar wordt behandeld (art. 13 lid 1 en art. 19 Wi)."""

    ASIELSTATUSHOUDER = "asielstatushouder"
    GEZINSMIGRANT = "gezinsmigrant"
    OVERIGE_MIGRANT = "overige_migrant"


class Leerroute(StrEnum):
    """De drie leerroutes (art. 7, 8 en 9 Wi), en `onbekend` zolang er geen PIP is."""

    B1 = "b1"
    ONDERWIJS = "onderwijs"
    Z = "z"
    ONBEKEND = "onbekend"


class Stapsoort(StrEnum):
    """Het thema van een stap: hierop verdelen de samenwerkingsafspraken het werk."""

    REGISTRATIE = "registratie"
    INTAKE = "intake"
    PIP = "pip"
    AANMELDING = "aanmelding"
    VOORTGANG = "voortgang"
    PVT = "pvt"
    MAP = "map"
    DUO = "duo"
    EINDE = "einde"
    BEGELEIDING = "begeleiding"
    ONTZORGEN = "ontzorgen"
    EINDGESPREK = "eindgesprek"
    VERHUIZING = "verhuizing"


class Rol(StrEnum):
    """Wat iemand in de regio doet."""

    KLANTMANAGER = "klantmanager"
    MANDAATHOUDER = "mandaathouder"
    AANBIEDER = "aanbieder"
    ADMINISTRATIE = "administratie"
    REGIOCOORDINATOR = "regiocoordinator"
    CONTRACTMANAGER = "contractmanager"
    TEAMLEIDER = "teamleider"
    BEGELEIDER = "begeleider"
    TRAJECTBEGELEIDER = "trajectbegeleider"
    BEHEERDER = "beheerder"
    PRIVACYOFFICER = "privacyofficer"
    VRIJWILLIGER = "vrijwilliger"


class Stapstatus(StrEnum):
    """De toestand van een stap; de overgangen staan in domein/regels/overgangen.py."""

    GEPLAND = "gepland"
    OPEN = "open"
    KLAAR = "klaar"
    OVERGESLAGEN = "overgeslagen"
    VERVALLEN = "vervallen"


class Dossierstatus(StrEnum):
    LOPEND = "lopend"
    BEEINDIGD = "beeindigd"


class Berichtstatus(StrEnum):
    """De toestand van een bericht in de uitgaande post."""

    WACHTEND = "wachtend"
    BEZIG = "bezig"
    AANVAARD = "aanvaard"
    UITGESTELD = "uitgesteld"
    ONBESTELBAAR = "onbestelbaar"
    ONZEKER = "onzeker"
    VERVALLEN = "vervallen"


class Verificatie(StrEnum):
    """Hoe zeker wij weten wie iets deed (regel 14 van het ontwerp)."""

    AANGEMELD = "aangemeld"
    GETEKENDE_LINK = "getekende_link"
    TOKEN = "token"  # noqa: S105 - de organisatie bewees zich; welke medewerker het was, zegt zij zelf
    ZELFVERKLAARD = "zelfverklaard"
    SYSTEEM = "systeem"


class Tokenrecht(StrEnum):
    """Wat een systeem van een partner met zijn token mag; welk dossier, volgt uit de afspraken."""

    DOSSIERS_LEZEN = "dossiers:lezen"
    BSN_LEZEN = "bsn:lezen"
    GEBEURTENISSEN_LEZEN = "gebeurtenissen:lezen"
    UITKOMSTEN_SCHRIJVEN = "uitkomsten:schrijven"
    KENNISGEVINGEN_SCHRIJVEN = "kennisgevingen:schrijven"


class Eindegrond(StrEnum):
    """Waardoor een traject eindigt."""

    VOLDAAN = "voldaan"
    TERMIJN_OVERSCHREDEN = "termijn_overschreden"
    VRIJGESTELD = "vrijgesteld"
    ONTHEVEN = "ontheven"
    OVERLIJDEN = "overlijden"
    VERTREK = "vertrek"
    VERHUISD = "verhuisd"
    VERBLIJFSRECHT = "verblijfsrecht"
    NATURALISATIE = "naturalisatie"
    AOW = "aow"
    INGETROKKEN = "ingetrokken"


class Aanvraagsoort(StrEnum):
    """Waarom een inburgeraar DUO om een besluit vraagt (art. 4, 5 en 12 Wi)."""

    VRIJSTELLING = "vrijstelling"
    ONTHEFFING = "ontheffing"
    VERLENGING = "verlenging"


class Examenonderdeel(StrEnum):
    """De onderdelen waaruit de plicht bestaat (art. 6 Wi, art. 3.1 tot en met 3.14 Bi)."""

    LEZEN = "lezen"
    LUISTEREN = "luisteren"
    SCHRIJVEN = "schrijven"
    SPREKEN = "spreken"
    KNM = "knm"
    PVT = "pvt"
    MAP = "map"
    PARTICIPATIE = "participatie"


TAALONDERDELEN: Final = frozenset(
    {Examenonderdeel.LEZEN, Examenonderdeel.LUISTEREN, Examenonderdeel.SCHRIJVEN, Examenonderdeel.SPREKEN}
)


class Opleidingsniveau(StrEnum):
    """Het hoogste niveau van onderwijs bij het begin van het traject."""

    GEEN = "geen"
    BASIS = "basis"
    VOORTGEZET = "voortgezet"
    BEROEPS = "beroeps"
    HOGER = "hoger"


class Taalniveau(StrEnum):
    """Het niveau van het Nederlands, volgens het Europees Referentiekader; `nul` is daaronder."""

    NUL = "nul"
    A1 = "a1"
    A2 = "a2"
    B1 = "b1"
    B2 = "b2"


class Pauzegrond(StrEnum):
    """Waarom taken stilstaan. Geen medische bijzonderheden: alleen de soort."""

    DETENTIE = "detentie"
    ZIEKTE = "ziekte"
    BEVALLING = "bevalling"
    OVERIG = "overig"


class DuoStand(StrEnum):
    """Hoe ver een melding aan DUO is: wij weten pas iets zeker als DUO het bevestigt."""

    TE_MELDEN = "te_melden"
    INGEVOERD = "ingevoerd"
    BEVESTIGD = "bevestigd"


class Bouncesoort(StrEnum):
    """Blijvend: het adres werkt niet. Tijdelijk: de andere server probeert het nog."""

    BLIJVEND = "blijvend"
    TIJDELIJK = "tijdelijk"


class Lijststatus(StrEnum):
    """De toestand van een vernietigingslijst."""

    OPGESTELD = "opgesteld"
    GOEDGEKEURD = "goedgekeurd"
    AFGEKEURD = "afgekeurd"
    UITGEVOERD = "uitgevoerd"


class Regelstatus(StrEnum):
    """Wat er met één dossier op een vernietigingslijst gebeurde."""

    VOORGESTELD = "voorgesteld"
    UITGEZONDERD = "uitgezonderd"  # door wie goedkeurde
    OVERGESLAGEN = "overgeslagen"  # intussen was er een beletsel
    VERNIETIGD = "vernietigd"


class Leveringstatus(StrEnum):
    """Hoe ver een kwartaallevering aan het CBS is; aanvaard of afgewezen zegt het CBS."""

    GEMAAKT = "gemaakt"
    GELEVERD = "geleverd"
    AANVAARD = "aanvaard"
    AFGEWEZEN = "afgewezen"


class Postkeuze(StrEnum):
    """Wat er met een bericht gebeurt waarvan niet vaststaat dat het aankwam."""

    OPNIEUW = "opnieuw"
    AANGEKOMEN = "aangekomen"
    LAAT_VALLEN = "laat-vallen"


class Besluitsoort(StrEnum):
    """Waarover het bevoegd orgaan beslist; elke soort heeft haar eigen gronden en haar eigen mandaat."""

    PIP = "pip"
    PIP_WIJZIGING = "pip_wijziging"
    WEIGERING = "weigering"
    MAATREGEL = "maatregel"
    BESLISSING_OP_BEZWAAR = "beslissing_op_bezwaar"


# Wat een mandaat omvat dat zelf geen soorten noemt. Een boete en een beslissing op bezwaar horen daar nooit bij.
GEWONE_BESLUITEN: Final = (Besluitsoort.PIP, Besluitsoort.PIP_WIJZIGING, Besluitsoort.WEIGERING)


class Gedraging(StrEnum):
    """Waarvoor de gemeente een maatregel kan overwegen (art. 22 en 23 Wi)."""

    INTAKE = "intake"
    TRAJECT = "traject"


class Verwijtbaarheid(StrEnum):
    """Hoeveel iemand te verwijten is (art. 7.1 Bi)."""

    OPZET = "opzet"
    GROVE_SCHULD = "grove_schuld"
    NORMAAL = "normaal"
    VERMINDERD = "verminderd"
    GEEN = "geen"
