"""Elke melding die een medewerker uit zichzelf kan doen, met haar vragen; en waarom een soort hier niet staat."""

from collections.abc import Mapping
from typing import Final

from domein.begrippen import Aanvraagsoort, Doelgroep, Eindegrond, Pauzegrond, Rol
from domein.regels.meldvormen import WAAROM, Groep, Melding, melding, van_stap
from domein.regels.uitkomstlijst import UITKOMSTEN
from domein.regels.uitkomstvormen import Uitkomst, Veld
from domein.regio.soorten import Gegevensgroep, Wenssoort
from domein.stand import Stand, staphandelingen

_EINDEGRONDEN: Final = (
    (Eindegrond.OVERLIJDEN.value, "De persoon is overleden"),
    (Eindegrond.VERTREK.value, "Vertrokken uit Nederland"),
    (Eindegrond.NATURALISATIE.value, "Nederlander geworden"),
    (Eindegrond.VERBLIJFSRECHT.value, "Geen verblijfsrecht meer"),
    (Eindegrond.AOW.value, "AOW-leeftijd bereikt"),
    (Eindegrond.INGETROKKEN.value, "DUO of COA trok de melding in"),
)
_PAUZES: Final = (
    (Pauzegrond.DETENTIE.value, "Detentie"), (Pauzegrond.ZIEKTE.value, "Ziekte"),
    (Pauzegrond.BEVALLING.value, "Bevalling"), (Pauzegrond.OVERIG.value, "Iets anders"),
)  # fmt: skip
_WENSEN: Final = (
    (Wenssoort.TAAL.value, "Taal van de behandelaar"),
    (Wenssoort.GESLACHT_BEHANDELAAR.value, "Vrouw of man als behandelaar"),
    (Wenssoort.WERKTIJDEN.value, "Tijden naast werk"),
    (Wenssoort.LOCATIE.value, "Plaats"),
)
_ROUTES: Final = (("b1", "B1-route"), ("onderwijs", "Onderwijsroute"), ("z", "Z-route"))
_TAALONDERDELEN: Final = tuple((o, o.capitalize()) for o in ("lezen", "luisteren", "schrijven", "spreken"))
_UITSPRAKEN: Final = (
    ("gegrond", "Gegrond"), ("ongegrond", "Ongegrond"), ("niet_ontvankelijk", "Niet-ontvankelijk"),
    ("ingetrokken", "Ingetrokken"),
)  # fmt: skip
_KANALEN: Final = (("post", "Post"), ("email", "E-mail"), ("telefoon", "Telefoon"))
_LEEG_TE_MAKEN: Final = (
    ("email", "E-mail"), ("telefoon", "Telefoon"), ("vertegenwoordiger_soort", "Soort vertegenwoordiger"),
    ("vertegenwoordiger_naam", "Naam vertegenwoordiger"), ("vertegenwoordiger_adres", "Adres vertegenwoordiger"),
    ("vertegenwoordiger_email", "E-mail vertegenwoordiger"),
)  # fmt: skip


def _uitkomst(vorm: str, soort: str) -> Uitkomst:
    return next(een for een in UITKOMSTEN[vorm] if een.soort == soort)


def _ja_nee(naam: str, label: str, hulp: str = "") -> Veld:
    return Veld(naam, label, "ja_nee", hulp=hulp)


def _open(naam: str, label: str) -> Veld:
    """Een veld om leeg te laten, voor wat een mens typt."""
    return Veld(naam, label, "tekst", verplicht=False, kort=True)


def _loopt(stand: Stand) -> bool:
    return stand.einde is None


def _met_pip(stand: Stand) -> bool:
    return bool(stand.pips) and stand.einde is None


def _zonder_pip(stand: Stand) -> bool:
    return not stand.pips and stand.einde is None


def _stil(stand: Stand) -> bool:
    return any(pauze.hervat_op is None for pauze in stand.pauzes.values())


def _gat(stand: Stand) -> bool:
    return any(gat.hervat_op is None for gat in stand.gaten.values())


_G: Final = Groep
_AANVRAAG: Final = Veld("aanvraag", "Op welke aanvraag?", "keuze", verplicht=False, hulp="Kies niets als DUO het uit "
                        "zichzelf besloot.")  # fmt: skip
_UITSPRAAK: Final = (
    Veld("uitkomst", "Uitspraak", "keuze", keuzes=_UITSPRAKEN),
    _ja_nee("herroept", "Het besluit zelf geldt niet meer"),
    _ja_nee("opnieuw", "Wij moeten opnieuw op het bezwaar beslissen", "Artikel 8:72 Awb."),
)
_STILZETTEN: Final = (
    Veld("van", "Welke aanvraag?", "keuze"),
    Veld("grond", "Waarom", "keuze", keuzes=(
        ("aanvullen", "De aanvraag is niet compleet"), ("instemming", "Wie het vroeg stemt in"),
        ("vertraging", "De vertraging komt door wie het vroeg"), ("overmacht", "Overmacht"))),
    Veld("tot", "Tot en met", "datum"),
)  # fmt: skip
_VERTEGENWOORDIGER: Final = (
    Veld("vertegenwoordiger_soort", "Vertegenwoordiger is", "keuze", verplicht=False, keuzes=(
        ("ouder", "Ouder"), ("voogd", "Voogd"), ("nidos", "Nidos"))),
    _open("vertegenwoordiger_naam", "Naam van de vertegenwoordiger"),
    _open("vertegenwoordiger_adres", "Adres van de vertegenwoordiger"),
    _open("vertegenwoordiger_email", "E-mail van de vertegenwoordiger"),
)  # fmt: skip
# Wat de afspraken anders zeggen; bij maatwerk zegt de mandaathouder het zelf. Wie het doet, krijgt nooit meer te zien
# dan zijn organisatie mag (`toegestane_inzage`), en het bedrag nooit meer dan het plafond van het mandaat.
_ZELDEN: Final = "Alleen nodig als de afspraken voor deze stap niemand noemen."
# Zonder verwijzing en termijnen kan niemand met een taak werken, en aantallen gaan over meer mensen.
_ALTIJD: Final = frozenset({Gegevensgroep.AANTALLEN, Gegevensgroep.REFERENTIE, Gegevensgroep.TERMIJNEN})
_MAATWERK: Final = (
    Veld("stap", "Welke stap?", "keuze"), Veld("partner", "Wie doet het dan?", "keuze"),
    Veld("geldig_tot", "Tot en met", "datum"),
    Veld("rol", "In welke rol?", "keuze", verplicht=False, hulp=_ZELDEN, keuzes=tuple(
        (rol.value, naam) for rol, naam in (
            (Rol.KLANTMANAGER, "Klantmanager"), (Rol.AANBIEDER, "Aanbieder"), (Rol.BEGELEIDER, "Begeleider"),
            (Rol.TRAJECTBEGELEIDER, "Trajectbegeleider"), (Rol.ADMINISTRATIE, "Administratie"),
            (Rol.REGIOCOORDINATOR, "Regiocoördinator"), (Rol.VRIJWILLIGER, "Vrijwilliger")))),
    Veld("bedrag", "Bedrag in euro’s", "tekst", verplicht=False, kort=True,
         hulp="Zoals 900 of 1250,50. Vult u niets in, dan geldt het tarief van de afspraak."),
    Veld("betaler", "Wie betaalt?", "keuze", verplicht=False,
         hulp="Kiest u niets, dan betaalt wie in de afspraken staat, en anders de gemeente."),
    Veld("inzage", "Wat mag wie het doet zien?", "meerkeuze", verplicht=False, hulp=_ZELDEN, keuzes=tuple(
        (groep.value, "BSN" if groep is Gegevensgroep.BSN else "PIP" if groep is Gegevensgroep.PIP
         else groep.value.capitalize()) for groep in Gegevensgroep if groep not in _ALTIJD)),
)  # fmt: skip
GEGEVENS: Final = "gegevens"
LEEG: Final = "leeg"
# Wie alleen besluit, legt geen feiten vast: hij wijkt af van de afspraken binnen zijn mandaat (Awb 10:1 en verder).
MET_MANDAAT: Final = frozenset({"maatwerk", "maatwerk-beeindigen"})

MELDINGEN: Final[tuple[Melding, ...]] = (
    melding(_G.WONEN, "verhuisd", "Verhuisd naar een andere gemeente", "Ingeschreven op",
            [Veld("naar", "Nieuwe gemeente", "keuze")], kan=_loopt, lijsten={"naar": "gemeenten"},
            uitleg="De dag van inschrijving in de BRP telt (artikel 15 lid 4 Wi)."),
    melding(_G.WONEN, "brp_ingeschreven", "Ingeschreven in de BRP van onze gemeente", "Ingeschreven op",
            kan=lambda stand: stand.brp_op is None),
    melding(_G.WONEN, "azc_verhuisd", "Verhuisd naar een ander azc", "Sinds", [Veld("azc", "Code van het azc", "code")],
            kan=lambda stand: stand.koppeling is not None and stand.brp_op is None),
    melding(_G.WONEN, "doelgroep_gewijzigd", "DUO ziet de persoon als een andere doelgroep", "Sinds",
            [Veld("doelgroep", "Doelgroep", "keuze",
                  keuzes=tuple((d.value, d.value.replace("_", " ").capitalize()) for d in Doelgroep)),
             _ja_nee("nareiziger", "Is nareiziger"), _ja_nee("ontzorgen", "Valt onder het ontzorgen")], kan=_loopt),
    melding(_G.WONEN, "verblijf_onderbroken", "Het verblijfsrecht is onderbroken", "Sinds",
            kan=lambda stand: _loopt(stand) and not _gat(stand),
            uitleg="De plicht eindigt pas als dit te lang duurt (artikel 2.2 Bi)."),
    van_stap(_G.WONEN, _uitkomst("registratie/verblijfsgat", "verblijf_hervat"), _gat),
    melding(_G.EINDE, "plicht_beeindigd", "De plicht is geëindigd", "Geëindigd op",
            [Veld("grond", "Waardoor?", "keuze", keuzes=_EINDEGRONDEN)], kan=_loopt,
            uitleg="Ook bij overlijden of vertrek (artikel 3 Wi, artikelen 2.1 en 2.2 Bi)."),
    van_stap(_G.DUO, _uitkomst("registratie/duo-besluit", "verlengd"), _met_pip, _AANVRAAG, aanvraag="aanvragen"),
    van_stap(_G.DUO, _uitkomst("einde/termijn", "voldaan"), _met_pip),
    van_stap(_G.DUO, _uitkomst("einde/termijn", "termijn_overschreden"), _met_pip),
    van_stap(_G.DUO, _uitkomst("registratie/duo-besluit", "vrijgesteld"), _loopt, _AANVRAAG, aanvraag="aanvragen"),
    van_stap(_G.DUO, _uitkomst("registratie/duo-besluit", "ontheven"), _loopt, _AANVRAAG, aanvraag="aanvragen"),
    melding(_G.DUO, "duo_aanvraag", "De persoon deed een aanvraag bij DUO", "Aangevraagd op",
            [Veld("aanvraag", "Waarom", "keuze", keuzes=tuple((a.value, a.value.capitalize()) for a in Aanvraagsoort)),
             Veld("grond", "Grond die DUO noemt", "code", verplicht=False)], kan=_loopt),
    melding(_G.DUO, "examen_gedaan", "Een onderdeel van het examen is gedaan", "Gedaan op",
            [Veld("onderdeel", "Onderdeel", "keuze", keuzes=(*_TAALONDERDELEN, ("knm", "KNM")))], kan=_loopt),
    melding(_G.DUO, "opleiding_gemeld", "Begonnen aan een opleiding die niet vrijstelt", "Begonnen op",
            [Veld("opleiding", "Opleiding", "keuze", keuzes=(
                ("praktijkonderwijs", "Praktijkonderwijs"), ("vso", "Voortgezet speciaal onderwijs"),
                ("entree", "Entreeopleiding")))], kan=_loopt),
    melding(_G.DUO, "duo_vraagt_voortgang", "DUO vraagt de voortgang op", "Gevraagd op", kan=_loopt),
    melding(_G.INKOMEN, "bijstand_toegekend", "Recht op bijstand", "Ontstaan op",
            kan=lambda stand: _loopt(stand) and stand.bijstand_op is None,
            uitleg="Bij een asielstatushouder begint dan het ontzorgen (artikel 56a Participatiewet)."),
    melding(_G.INKOMEN, "bijstand_beeindigd", "De bijstand is geëindigd", "Geëindigd op",
            kan=lambda stand: stand.bijstand_op is not None and stand.bijstand_einde_op is None),
    melding(_G.TRAJECT, "derde_gevraagd", "Informatie gevraagd aan een derde", "Gevraagd op",
            [Veld("bij", "Code van wie het levert", "code", hulp="Zoals huisarts of coa; geen naam.")], kan=_zonder_pip,
            uitleg="Wachten op een derde verlengt de termijn voor het PIP (artikel 5.3 lid 2 Bi)."),
    melding(_G.TRAJECT, "voorstel-leerroute", "Voorstel: een andere leerroute", "Voorgesteld op",
            [Veld("naar", "Nieuwe leerroute", "keuze", keuzes=_ROUTES),
             _ja_nee("onderwijsroute_onderzocht", "De onderwijsroute is ook onderzocht"),
             _ja_nee("bijzonder_geval", "Het is een bijzonder geval", "Artikel 5.4 Bi."),
             _ja_nee("aanvraag", "De inburgeraar vroeg het zelf", "Dan telt een termijn om te beslissen (4:13 Awb).")],
            kan=_met_pip, feit="pip_voorstel", voorstel="leerroute",
            uitleg="Dit is nog geen besluit: een mandaathouder beslist erover."),
    melding(_G.TRAJECT, "voorstel-afschalen", "Voorstel: onderdelen op niveau A2", "Voorgesteld op",
            [Veld("onderdelen", "Welke onderdelen?", "meerkeuze", keuzes=_TAALONDERDELEN),
             _ja_nee("inspanning_voldoende", "De inspanning is voldoende", "Artikel 5.5 Bi."),
             _ja_nee("aanvraag", "De inburgeraar vroeg het zelf")],
            kan=_met_pip, feit="pip_voorstel", voorstel="afschalen",
            uitleg="Dit is nog geen besluit: een mandaathouder beslist erover."),
    melding(_G.TRAJECT, "uren-buiten-de-les", "Uren participatie of eerder onderwijs", "Geleverd op",
            [Veld("urensoort", "Wat voor uren?", "keuze", keuzes=(
                ("participatie", "Participatie"), ("eerder_onderwijs", "Eerder onderwijs"))),
             *_uitkomst("aanbieder/uren", "uren_gemeld").velden], kan=_met_pip, feit="uren_gemeld",
            uitleg="Uren les geeft de aanbieder op, als antwoord op zijn taak."),
    melding(_G.TRAJECT, "participatie_gemist", "Niet verschenen bij het PVT of de MAP", "Dag van de afspraak",
            [Veld("onderdeel", "Waarvan?", "keuze", keuzes=(("pvt", "PVT"), ("map", "MAP"))),
             Veld("wat", "Wat werd gemist?", "keuze", keuzes=(
                 ("bijeenkomst", "Bijeenkomst"), ("activiteit", "Activiteit of excursie"),
                 ("praktijk", "Uren praktijk"), ("eindgesprek", "Eindgesprek"))),
             _ja_nee("verschoonbaar", "Er was een goede reden")], kan=_met_pip,
            uitleg="Zonder goede reden is dit een signaal bij Maatregelen. Er gebeurt niets vanzelf (artikel 23 Wi)."),
    melding(_G.TRAJECT, "voortgang_opgevraagd", "Voortgang opgevraagd bij de cursusinstelling", "Gevraagd op",
            kan=lambda stand: _met_pip(stand) and not stand.is_asiel),
    melding(_G.TRAJECT, "aanbieder_gekozen", "De persoon koos een aanbieder", "Gekozen op",
            [Veld("partner", "Aanbieder", "keuze")], kan=_loopt, lijsten={"partner": "partners"}),
    melding(_G.PERSOON, GEGEVENS, "Adres, telefoon, taal of vertegenwoordiger wijzigen", "",
            [_open("straat", "Straat en huisnummer"), _open("postcode", "Postcode"), _open("plaats", "Plaats"),
             _open("email", "E-mail"), _open("telefoon", "Telefoon"),
             Veld("taal", "Taal", "keuze", verplicht=False),
             Veld("kanaal", "Hoe wij contact opnemen", "keuze", verplicht=False, keuzes=_KANALEN),
             *_VERTEGENWOORDIGER,
             Veld(LEEG, "Maak leeg", "meerkeuze", verplicht=False, keuzes=_LEEG_TE_MAKEN)],
            feit="", reden=WAAROM, lijsten={"taal": "talen"},
            uitleg="Vul alleen in wat verandert. Verbeteringen (artikel 16 AVG) legt u ook hier vast."),
    melding(_G.PERSOON, "tolk_nodig", "Er is een tolk nodig", "Sinds", [Veld("taal", "Taal", "keuze")], kan=_loopt,
            lijsten={"taal": "talen"}),
    melding(_G.PERSOON, "wens_uitgesproken", "De persoon sprak een wens uit", "Uitgesproken op",
            [Veld("wens", "Waarover?", "keuze", keuzes=_WENSEN),
             Veld("waarde", "Wat?", "code", verplicht=False, hulp="Een woord, zoals vrouw of avond. Leeg is: geen wens "
                  "meer.")], kan=_loopt, uitleg="Zoals de persoon het zelf zegt, nooit afgeleid uit herkomst."),
    melding(_G.PERSOON, "pauzeren", "De taken stilzetten", "",
            [Veld("grond", "Waarom?", "keuze", keuzes=_PAUZES),
             Veld("verwacht_tot", "Verwacht tot", "datum", verplicht=False)],
            feit="", reden=WAAROM, kan=lambda stand: _loopt(stand) and not _stil(stand),
            uitleg="Vanaf vandaag. Een termijn van de wet loopt door."),
    melding(_G.PERSOON, "hervatten", "De taken weer laten doorgaan", "", feit="", reden=WAAROM, kan=_stil),
    melding(_G.AFSPRAKEN, "maatwerk", "Maatwerk: een ander doet een stap voor deze persoon", "", _MAATWERK,
            feit="", reden=WAAROM, kan=_loopt,
            lijsten={"partner": "partners", "stap": "mandaatstappen", "betaler": "partners"},
            uitleg="Vanaf vandaag, binnen uw mandaat."),
    melding(_G.AFSPRAKEN, "maatwerk-beeindigen", "Maatwerk eerder beëindigen", "", [Veld("nummer", "Welk?", "keuze")],
            feit="", reden=WAAROM, lijsten={"nummer": "maatwerk"}),
    melding(_G.AFSPRAKEN, "aanbieden", "Het dossier aan een andere klantmanager aanbieden", "",
            [Veld("medewerker", "Aan wie?", "keuze")], feit="", reden=WAAROM, kan=_loopt,
            lijsten={"medewerker": "klantmanagers"},
            uitleg="Tot de ander aanvaardt, blijft de klantmanager van nu verantwoordelijk."),
    melding(_G.RECHTER, "beroep_ingesteld", "Er is beroep ingesteld bij de rechtbank", "Ingesteld op",
            [Veld("bezwaar", "Tegen de beslissing op", "keuze")], lijsten={"bezwaar": "besliste_bezwaren"}),
    melding(_G.RECHTER, "beroep_beslist", "Uitspraak van de rechtbank", "Verzonden op",
            [Veld("nummer", "In welk beroep?", "keuze"), *_UITSPRAAK], lijsten={"nummer": "open_beroepen"}),
    melding(_G.RECHTER, "hoger_beroep_ingesteld", "Er is hoger beroep ingesteld", "Ingesteld op",
            [Veld("beroep", "Tegen de uitspraak in", "keuze"),
             Veld("door", "Door wie?", "keuze", keuzes=(("inburgeraar", "Inburgeraar"), ("college", "College")))],
            lijsten={"beroep": "besliste_beroepen"}),
    melding(_G.RECHTER, "hoger_beroep_beslist", "Uitspraak in hoger beroep", "Verzonden op",
            [Veld("nummer", "In welk hoger beroep?", "keuze"), *_UITSPRAAK], lijsten={"nummer": "open_hoger_beroepen"}),
    melding(_G.RECHTER, "voorstel_verdaagd", "De beslissing op een aanvraag uitstellen", "Meegedeeld op",
            [Veld("nummer", "Welke aanvraag?", "keuze"), Veld("tot", "Tot en met", "datum")], reden=WAAROM,
            lijsten={"nummer": "gevraagd"}, uitleg="De aanvrager hoort schriftelijk waarom (artikel 4:14 lid 3 Awb)."),
    melding(_G.RECHTER, "aanvraag-stilzetten", "De termijn om op een aanvraag te beslissen staat stil", "Meegedeeld op",
            _STILZETTEN, feit="beslistermijn_opgeschort", over="voorstel", reden=WAAROM, lijsten={"van": "gevraagd"},
            uitleg="De dagen dat zij stilstaat, komen er later bij (artikel 4:15 Awb)."),
    melding(_G.RECHTER, "beslistermijn_hervat", "De termijn om te beslissen loopt weer", "Vanaf",
            [Veld("nummer", "Welke?", "keuze")], lijsten={"nummer": "opschortingen"}),
    melding(_G.RECHTER, "ingebreke-aanvraag", "In gebreke gesteld over een aanvraag", "Ontvangen op",
            [Veld("van", "Welke aanvraag?", "keuze")], feit="in_gebreke_gesteld", over="voorstel",
            lijsten={"van": "gevraagd"}, uitleg="Twee weken later begint de dwangsom (artikel 4:17 Awb)."),
    melding(_G.RECHTER, "ingebreke-verzoek", "In gebreke gesteld over een verzoek om inzage", "Ontvangen op",
            [Veld("van", "Welk verzoek?", "keuze")], feit="in_gebreke_gesteld", over="verzoek",
            lijsten={"van": "verzoeken"}, uitleg="Twee weken later begint de dwangsom (artikel 4:17 Awb)."),
)  # fmt: skip

# Elke andere soort, met waar zij wel thuishoort. Een test houdt deze twee samen volledig.
_STAP, _BESLUIT, _BRON = "het antwoord op een taak", "een besluit, met concept en handtekening", "een bericht van DUO"
_BEZWAAR, _MAATREGEL, _BEHEER = "de pagina Besluiten en bezwaar", "de pagina Maatregelen", "beheer en bulk"
_BEWAREN, _SYSTEEM = "Bewaren en Verzoeken", "het systeem zelf"
NIET_HIER: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("warme_overdracht", "tolk_geboekt", "tolk_afgezegd", "oproep_verzonden", "niet_verschenen", "intake_gehouden",
         "intake_ambtshalve_afgerond", "startmeting_vastgelegd", "derde_ontvangen", "begeleiding_gestart",
         "begeleiding_afgerond", "ontzorgen_ingericht", "ontzorgen_geeindigd", "aanmelding_geweigerd",
         "aanmelding_op_wachtlijst", "aanmelding_geaccepteerd", "les_gestart", "eigen_cursus_gemeld",
         "aanbieder_blijft", "les_beeindigd", "gesprek_gevoerd", "gesprek_niet_verschenen", "pvt_voltooid",
         "map_voltooid", "z_eindgesprek_gevoerd", "certificaat_uitgereikt", "dossier_opgevraagd", "dossier_geleverd",
         "dossier_overgenomen", "examen_uitslag", "duo_ingevoerd", "duo_bevestigd", "advies_gegeven",
         "aanvraag_afgewezen", "pauze_verlengd", "verlengingsgrond_besproken", "verlenging_bekeken",
         "dossier_afgesloten", "persoon_gewist", "overdracht_aanvaard", "overdracht_geweigerd", "controle_afgehandeld",
         "dwangsom_vastgesteld"), _STAP),
    **dict.fromkeys(
        ("pip_vastgesteld", "voorstel_afgewezen", "maatregel_besloten", "bezwaar_beslist", "besluit_concept",
         "besluit_grond", "besluit_advies", "besluit_tekst", "besluit_ondertekend", "besluit_ingetrokken",
         "besluit_bekendgemaakt", "besluit_retour"), _BESLUIT),
    **dict.fromkeys(("koppeling", "kennisgeving", "kennisgeving_ingetrokken"), _BRON),
    **dict.fromkeys(
        ("bezwaar_ingediend", "bezwaar_verschoonbaar", "bezwaar_zienswijze", "bezwaar_gehoord", "bezwaar_verdaagd",
         "bezwaar_ingetrokken"), _BEZWAAR),
    **dict.fromkeys(
        ("maatregel_overwogen", "maatregel_gewaarschuwd", "maatregel_voornemen", "maatregel_zienswijze",
         "keren_getoetst", "maatregel_gestaakt", "boete_elders", "bijstand_verlaagd"), _MAATREGEL),
    **dict.fromkeys(("klantmanager_toegewezen", "partnerbericht_beslist"), _BEHEER),
    "huishouden_gevormd": "de pagina Huishouden van het dossier", "aanbieder_uitgevallen": "de pagina Uitval",
    **dict.fromkeys(
        ("verzoek_ontvangen", "verzoek_verlengd", "verzoek_afgehandeld", "vernietiging_geblokkeerd",
         "blokkade_opgeheven", "dossier_vernietigd"), _BEWAREN),
    **dict.fromkeys(("controle_gevraagd", *sorted(staphandelingen.STAPHANDELINGEN)), _SYSTEEM),
}  # fmt: skip
# Wat een handeling doet, en welke feiten daarbij horen.
DOOR_HANDELING: Final[Mapping[str, tuple[str, ...]]] = {
    GEGEVENS: ("persoon_gewijzigd",), "pauzeren": ("gepauzeerd",), "hervatten": ("hervat",),
    "maatwerk": ("maatwerk_vastgesteld",), "maatwerk-beeindigen": ("maatwerk_beeindigd",),
    "aanbieden": ("overdracht_aangeboden",), "doorhalen": ("doorgehaald",),
}  # fmt: skip
