"""Elke uitkomst van elke stap, met haar vragen. De sleutel is het begin van het kenmerk van de stap."""

from typing import Final

from domein.begrippen import Examenonderdeel, Leerroute
from domein.regels.uitkomstlijst_besluit import BESLUITUITKOMSTEN
from domein.regels.uitkomstvormen import Uitkomst, Veld

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

_OPLEIDINGEN: Final = (
    ("geen", "Geen onderwijs"),
    ("basis", "Basisonderwijs"),
    ("voortgezet", "Voortgezet onderwijs"),
    ("beroeps", "Beroepsonderwijs"),
    ("hoger", "Hoger onderwijs"),
)
_TAALNIVEAUS: Final = (("nul", "Nog geen A1"), ("a1", "A1"), ("a2", "A2"), ("b1", "B1"), ("b2", "B2 of hoger"))
_PROFIELEN: Final = (
    ("analfabeet", "Leest en schrijft niet"),
    ("andersalfabeet", "Leest en schrijft in een ander schrift"),
    ("gealfabetiseerd", "Leest en schrijft in ons schrift"),
)
_ONDERDELEN: Final = tuple(
    (onderdeel.value, onderdeel.value.upper() if len(onderdeel) == 3 else onderdeel.value.title())
    for onderdeel in Examenonderdeel
)
_VOORINBURGERING: Final = (("afgerond", "Afgerond"), ("deels", "Deels"), ("niet", "Niet"), ("onbekend", "Onbekend"))
_ONTHEFFINGSGRONDEN: Final = (("medisch", "Medisch"), ("bijzonder", "Bijzondere omstandigheden"))
_AFWIJSREDENEN: Final = (
    ("niet-onderbouwd", "Het voorstel is niet goed onderbouwd"),
    ("route-past-nog", "De huidige leerroute past nog"),
    ("inspanning", "De inspanning is niet voldoende"),
    ("anders", "Anders"),
)
_OVERDRACHTREDENEN: Final = (
    ("geen-tijd", "Ik heb er geen plaats voor"),
    ("dossier-onvolledig", "Het dossier is niet compleet"),
    ("andere-partner", "Een andere partner hoort dit te doen"),
)
_STOPREDENEN: Final = (
    ("leerroute-gewijzigd", "De leerroute is gewijzigd"),
    ("verhuisd", "De inburgeraar is verhuisd"),
    ("keurmerk-kwijt", "De aanbieder heeft geen keurmerk meer"),
    ("klaar", "Het traject is klaar"),
    ("anders", "Anders"),
)


def _startmeting(*, verplicht: bool) -> tuple[Veld, ...]:
    return (
        Veld("opleiding", "Hoogste opleiding", "keuze", verplicht, _OPLEIDINGEN),
        Veld("werkervaring_jaren", "Jaren werkervaring", "getal", verplicht, minimum=0, maximum=60),
        Veld("taalniveau", "Nederlands bij de start", "keuze", verplicht, _TAALNIVEAUS),
        Veld("alfabetisering", "Lezen en schrijven", "keuze", verplicht=False, keuzes=_PROFIELEN),
    )


_STARTMETING_OPTIONEEL: Final = _startmeting(verplicht=False)
_UREN: Final = (
    Veld("periode_van", "Eerste dag van de periode", "datum"),
    Veld("periode_tot", "Laatste dag van de periode", "datum"),
    Veld("gevolgd", "Gevolgde uren", "getal", minimum=0, maximum=5000),
    Veld("geoorloofd_verzuim", "Uren geoorloofd verzuim", "getal", minimum=0, maximum=5000),
    Veld("ongeoorloofd_verzuim", "Uren ongeoorloofd verzuim", "getal", minimum=0, maximum=5000),
    Veld("bewijs", "Kenmerk van het bewijs", "code", hulp="Het nummer van de presentielijst of rapportage."),
)
_LESTIJDEN: Final = (
    ("overdag", "Overdag"),
    ("avond", "In de avond, naast werk"),
    ("weekend", "In het weekend, naast werk"),
    ("geen_voorkeur", "Geen voorkeur"),
)
_PIP: Final = Uitkomst(
    "pip_vastgesteld", "Het PIP is vastgesteld", "Dagtekening",
    "Dit is een besluit. Alleen een mandaathouder van de gemeente kan het vastleggen.",
    (
        Veld("bekendgemaakt_op", "Bekendgemaakt op", "datum"),
        Veld("leerroute", "Leerroute", "keuze", keuzes=_ROUTES),
        Veld("aantal_gesprekken", "Aantal voortgangsgesprekken", "getal", minimum=1, maximum=36),
        Veld("interval_maanden", "Maanden tussen twee gesprekken", "getal", minimum=1, maximum=12),
        Veld("uren_per_week", "Uren les per week", "getal", verplicht=False, minimum=1, maximum=40,
             hulp="Alleen bij een asielstatushouder."),
        Veld("lestijd", "Lestijd", "keuze", verplicht=False, keuzes=_LESTIJDEN,
             hulp="Wie werkt, kan alleen in de avond of het weekend naar les."),
    ),
)  # fmt: skip
_AFGEWEZEN: Final = Uitkomst(
    "voorstel_afgewezen", "Het PIP verandert niet", "Besloten op",
    "Ook dit is een besluit, met een reden.", (Veld("redencode", "Reden", "keuze", keuzes=_AFWIJSREDENEN),),
)  # fmt: skip
_ACCEPTEERT: Final = (
    Uitkomst("aanmelding_geaccepteerd", "Ik accepteer de aanmelding", "Geaccepteerd op", "",
             (Veld("startdatum", "Eerste lesdag", "datum"),)),
    Uitkomst("aanmelding_geweigerd", "Ik weiger de aanmelding", "Geweigerd op", "",
             (Veld("redencode", "Reden", "keuze", keuzes=_WEIGERREDENEN),
              Veld("vroegste_datum", "Wel mogelijk vanaf", "datum", verplicht=False))),
    Uitkomst("aanmelding_op_wachtlijst", "Op de wachtlijst", "Vanaf", "",
             (Veld("herzien_op", "Dag waarop u opnieuw kijkt", "datum"),)),
)  # fmt: skip
_STOP: Final = Uitkomst(
    "les_beeindigd", "De lessen zijn beëindigd", "Laatste lesdag", "",
    (Veld("redencode", "Reden", "keuze", keuzes=_STOPREDENEN),),
)  # fmt: skip
_VERLENGD: Final = Uitkomst(
    "verlengd", "DUO verlengt de termijn", "Besluit van", "", (Veld("nieuwe_einddatum", "Nieuwe laatste dag", "datum"),)
)
_CONTROLE: Final = Uitkomst(
    "controle_afgehandeld",
    "De bijzonderheid is beoordeeld",
    "Beoordeeld op",
    "",
    (Veld("oordeelcode", "Oordeel", "keuze", keuzes=_OORDELEN),),
)
_ONDERDEELVELD: Final = Veld(
    "onderdelen", "Voor welke onderdelen", "meerkeuze", verplicht=False, keuzes=_ONDERDELEN,
    hulp="Kies niets als het besluit over de hele plicht gaat.",
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
                *_STARTMETING_OPTIONEEL,
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
    "intake/startmeting": (
        Uitkomst(
            "startmeting_vastgelegd", "De startmeting is vastgelegd", "Vastgelegd op", "", _startmeting(verplicht=True)
        ),
    ),
    "pip/informatie": (Uitkomst("derde_ontvangen", "De informatie is binnen", "Ontvangen op"),),
    "pip/vaststellen": (_PIP,),
    "pip/verhuizing": (_PIP,),
    "pip/leerroute": (_PIP, _AFGEWEZEN),
    "pip/afschalen": (_PIP, _AFGEWEZEN),
    "aanbieder/aanmelding": _ACCEPTEERT,
    "aanbieder/wachtlijst": _ACCEPTEERT,
    "aanbieder/start": (Uitkomst("les_gestart", "De lessen zijn begonnen", "Eerste lesdag"),),
    "aanbieder/uren": (Uitkomst("uren_gemeld", "De uren zijn geleverd", "Geleverd op", "", _UREN),),
    "aanbieder/stop": (_STOP,),
    "cursus/eigen": (
        Uitkomst("eigen_cursus_gemeld", "De inburgeraar volgt een cursus", "Nagekeken op", "",
                 (Veld("aanbieder", "Code van de cursusinstelling", "code"),
                  Veld("keurmerk", "De instelling heeft een keurmerk", "ja_nee"),
                  Veld("bewijs", "Kenmerk van het bewijs", "code"))),
    ),
    "cursus/voortgang": (Uitkomst("uren_gemeld", "De voortgang is binnen", "Ontvangen op", "", _UREN),),
    "begeleiding/warme-overdracht": (
        Uitkomst("warme_overdracht", "Het COA heeft overgedragen", "Besproken op", "",
                 (Veld("voorinburgering", "Voorinburgering in het azc", "keuze", keuzes=_VOORINBURGERING),)),
    ),
    "begeleiding/start": (Uitkomst("begeleiding_gestart", "De begeleiding is begonnen", "Begonnen op"),),
    "begeleiding/afronden": (Uitkomst("begeleiding_afgerond", "De begeleiding is afgerond", "Afgerond op"),),
    "ontzorgen/inrichten": (Uitkomst("ontzorgen_ingericht", "De betalingen lopen", "Ingericht op"),),
    "ontzorgen/einde": (
        Uitkomst("ontzorgen_geeindigd", "Het ontzorgen is afgerond", "Afgerond op", "",
                 (Veld("voortgezet", "Gaat vrijwillig door", "ja_nee"),)),
    ),
    "eindgesprek": (Uitkomst("z_eindgesprek_gevoerd", "Het eindgesprek is gevoerd", "Gevoerd op"),),
    "overdracht/aanvaarden": (
        Uitkomst("overdracht_aanvaard", "Ik neem het dossier over", "Aanvaard op"),
        Uitkomst("overdracht_geweigerd", "Ik neem het niet over", "Geweigerd op", "",
                 (Veld("redencode", "Reden", "keuze", keuzes=_OVERDRACHTREDENEN),)),
    ),
    "aanbieder/herplaatsen": (
        _STOP, Uitkomst("aanbieder_blijft", "De aanbieder kan toch doorgaan", "Geregeld op"),
    ),
    "tolk/boeken": (
        Uitkomst("tolk_geboekt", "De tolk is geboekt", "Geboekt op", "",
                 (Veld("gesprek_op", "Dag van het gesprek", "datum"),)),
    ),
    "tolk/afzeggen": (Uitkomst("tolk_afgezegd", "De tolk is afgezegd", "Afgezegd op"),),
    "verhuizing/opvragen": (Uitkomst("dossier_opgevraagd", "Het dossier is opgevraagd", "Opgevraagd op"),),
    "verhuizing/levering": (Uitkomst("dossier_geleverd", "Het dossier is geleverd", "Geleverd op"),),
    "verhuizing/ontvangst": (Uitkomst("dossier_overgenomen", "Het dossier is compleet", "Overgenomen op"),),
    "verhuizing/aanbieder": (
        Uitkomst("aanbieder_blijft", "De lessen gaan door bij dezelfde aanbieder", "Geregeld op"), _STOP,
    ),
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
        _VERLENGD,
    ),
    "einde/verlenging": (
        Uitkomst("verlenging_bekeken", "Bekeken of verlenging nodig is", "Bekeken op", "",
                 (Veld("nodig", "Verlenging is nodig", "ja_nee"),)),
    ),
    "einde/certificaat": (Uitkomst("certificaat_uitgereikt", "Het certificaat is uitgereikt", "Uitgereikt op"),),
    "einde/wissen": (
        Uitkomst("persoon_gewist", "Wis de persoonsgegevens nu", "Gewist op",
                 "Dit kan niet ongedaan worden gemaakt. Alleen het bewijs blijft."),
    ),
    "einde/afsluiten": (Uitkomst("dossier_afgesloten", "Het dossier is nagekeken en dicht", "Afgesloten op"),),
    "registratie/duo-besluit": (
        _VERLENGD,
        Uitkomst("vrijgesteld", "DUO stelt vrij", "Besluit van", "", (_ONDERDEELVELD,)),
        Uitkomst("ontheven", "DUO ontheft", "Besluit van", "",
                 (Veld("grond", "Grond", "keuze", keuzes=_ONTHEFFINGSGRONDEN),
                  _ONDERDEELVELD)),
        Uitkomst("aanvraag_afgewezen", "DUO wijst af", "Besluit van"),
    ),
    "registratie/examenuitslag": (
        Uitkomst("examen_uitslag", "De uitslag is bekend", "Uitslag van", "",
                 (Veld("gehaald", "Het onderdeel is gehaald", "ja_nee"),)),
    ),
    "registratie/duo-advies": (
        Uitkomst("advies_gegeven", "Het advies is gegeven", "Gegeven op", "",
                 (Veld("strekking", "Advies", "keuze",
                       keuzes=(("positief", "Positief"), ("negatief", "Negatief"), ("geen", "Geen advies"))),)),
    ),
    "registratie/pauze": (
        Uitkomst("hervat", "De taken gaan weer door", "Vanaf"),
        Uitkomst("pauze_verlengd", "De pauze duurt langer", "Besloten op", "",
                 (Veld("verwacht_tot", "Verwacht tot", "datum"),)),
    ),
    "registratie/verlengingsgrond": (
        Uitkomst("verlengingsgrond_besproken", "Besproken met de inburgeraar", "Besproken op", "",
                 (Veld("vraagt_aan", "Vraagt verlenging aan", "ja_nee"),)),
    ),
    "registratie/verblijfsgat": (
        Uitkomst("plicht_beeindigd", "De plicht is geëindigd", "Geëindigd op"),
        Uitkomst("verblijf_hervat", "Het verblijfsrecht was er toch eerder weer", "Weer sinds"),
    ),
    "registratie/aow": (Uitkomst("plicht_beeindigd", "De plicht is geëindigd", "Geëindigd op"), _CONTROLE),
    "registratie/verzoek": (
        Uitkomst("verzoek_afgehandeld", "Het verzoek is afgehandeld", "Afgehandeld op",
                 "Geheel of gedeeltelijk afwijzen is een besluit: geef de reden, en wijs in de brief op bezwaar.",
                 (Veld("uitkomst", "Uitkomst", "keuze",
                       keuzes=(("ingewilligd", "Ingewilligd"), ("gedeeltelijk", "Gedeeltelijk ingewilligd"),
                               ("afgewezen", "Afgewezen"), ("ingetrokken", "Ingetrokken door de inburgeraar"))),)),
        Uitkomst("verzoek_verlengd", "Het duurt langer; de inburgeraar weet waarom", "Bericht gegeven op",
                 "Eén keer, met twee maanden, binnen een maand na de ontvangst."),
    ),
    "registratie": (_CONTROLE,),
    "pip/herzien": (_PIP,),
    **BESLUITUITKOMSTEN,
}  # fmt: skip
