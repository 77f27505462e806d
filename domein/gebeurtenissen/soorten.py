"""Elke soort gebeurtenis met haar velden, en het register dat ze bij naam kent.

De rang bepaalt de volgorde van gebeurtenissen die op dezelfde dag gelden: eerst wat DUO en de BRP zeggen, dan
wat er met de persoon gebeurt, dan wat wij over stappen besluiten. Zo maakt de volgorde van binnenkomst niet uit.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.afspraken import (
    AanbiederGekozen,
    AanbiederUitgevallen,
    MaatwerkBeeindigd,
    MaatwerkVastgesteld,
    OverdrachtAangeboden,
    OverdrachtAanvaard,
    OverdrachtGeweigerd,
    WensUitgesproken,
)
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.beslistermijn import (
    BeslistermijnHervat,
    BeslistermijnOpgeschort,
    DwangsomVastgesteld,
    InGebrekeGesteld,
    VoorstelVerdaagd,
)
from domein.gebeurtenissen.besluit import (
    BesluitAdvies,
    BesluitBekendgemaakt,
    BesluitConcept,
    BesluitGrond,
    BesluitIngetrokken,
    BesluitOndertekend,
    BesluitRetour,
    BesluitTekst,
)
from domein.gebeurtenissen.bewaren import (
    BlokkadeOpgeheven,
    DossierVernietigd,
    VernietigingGeblokkeerd,
    VerzoekAfgehandeld,
    VerzoekOntvangen,
    VerzoekVerlengd,
)
from domein.gebeurtenissen.bezwaar import (
    BeroepBeslist,
    BeroepIngesteld,
    BezwaarBeslist,
    BezwaarGehoord,
    BezwaarIngediend,
    BezwaarIngetrokken,
    BezwaarVerdaagd,
    BezwaarVerschoonbaar,
    BezwaarZienswijze,
    HogerBeroepBeslist,
    HogerBeroepIngesteld,
)
from domein.gebeurtenissen.maatregel import (
    BijstandVerlaagd,
    BoeteElders,
    KerenGetoetst,
    MaatregelBesloten,
    MaatregelGestaakt,
    MaatregelGewaarschuwd,
    MaatregelOverwogen,
    MaatregelVoornemen,
    MaatregelZienswijze,
)
from domein.gebeurtenissen.omstandigheden import (
    DossierGeleverd,
    DossierOpgevraagd,
    DossierOvergenomen,
    Gepauzeerd,
    Hervat,
    HuishoudenGevormd,
    PauzeVerlengd,
    PersoonGewijzigd,
    PersoonGewist,
    TolkAfgezegd,
    TolkGeboekt,
    TolkNodig,
    Verhuisd,
    VerlengingBekeken,
    VerlengingsgrondBesproken,
)
from domein.gebeurtenissen.plicht import (
    AanvraagAfgewezen,
    AdviesGegeven,
    AzcVerhuisd,
    BrpIngeschreven,
    DoelgroepGewijzigd,
    DuoAanvraag,
    DuoBevestigd,
    DuoIngevoerd,
    DuoVraagtVoortgang,
    ExamenGedaan,
    ExamenUitslag,
    Kennisgeving,
    KennisgevingIngetrokken,
    Koppeling,
    Ontheven,
    OpleidingGemeld,
    PlichtBeeindigd,
    TermijnOverschreden,
    VerblijfHervat,
    VerblijfOnderbroken,
    Verlengd,
    Voldaan,
    Vrijgesteld,
    WarmeOverdracht,
)
from domein.gebeurtenissen.stapfeiten import (
    ControleAfgehandeld,
    ControleGevraagd,
    Doorgehaald,
    DossierAfgesloten,
    DossierHerplant,
    PartnerberichtBeslist,
    StapGeopend,
    StapHeropend,
    StapOpnieuw,
    StapOvergeslagen,
    StapToegewezen,
    StapVerzet,
)
from domein.gebeurtenissen.traject import (
    AanbiederBlijft,
    AanmeldingGeaccepteerd,
    AanmeldingGeweigerd,
    AanmeldingOpWachtlijst,
    BegeleidingAfgerond,
    BegeleidingGestart,
    BijstandBeeindigd,
    BijstandToegekend,
    CertificaatUitgereikt,
    DerdeGevraagd,
    DerdeOntvangen,
    EigenCursusGemeld,
    GesprekGevoerd,
    GesprekNietVerschenen,
    IntakeAmbtshalveAfgerond,
    IntakeGehouden,
    KlantmanagerToegewezen,
    LesBeeindigd,
    LesGestart,
    MapVoltooid,
    NietVerschenen,
    OntzorgenGeeindigd,
    OntzorgenIngericht,
    OproepVerzonden,
    ParticipatieGemist,
    PipVastgesteld,
    PipVoorstel,
    PvtVoltooid,
    StartmetingVastgelegd,
    UrenGemeld,
    VoorstelAfgewezen,
    VoortgangOpgevraagd,
    ZEindgesprekGevoerd,
)


@dataclass(frozen=True, slots=True)
class Soort:
    naam: str
    model: type[Gegevens]
    rang: int
    label: str


def _soorten(*rijen: tuple[str, type[Gegevens], int, str]) -> dict[str, Soort]:
    return {naam: Soort(naam, model, rang, label) for naam, model, rang, label in rijen}


SOORTEN: Final = _soorten(
    ("koppeling", Koppeling, 0, "Gekoppeld aan de gemeente door het COA"),
    ("azc_verhuisd", AzcVerhuisd, 0, "Verhuisd naar een ander azc"),
    ("kennisgeving", Kennisgeving, 1, "Kennisgeving van DUO"),
    ("kennisgeving_ingetrokken", KennisgevingIngetrokken, 1, "Kennisgeving ingetrokken door DUO"),
    ("brp_ingeschreven", BrpIngeschreven, 2, "Ingeschreven in de BRP"),
    ("verhuisd", Verhuisd, 2, "Verhuisd naar een andere gemeente"),
    ("doelgroep_gewijzigd", DoelgroepGewijzigd, 3, "Doelgroep gewijzigd door DUO"),
    ("verblijf_onderbroken", VerblijfOnderbroken, 3, "Verblijfsrecht onderbroken"),
    ("verblijf_hervat", VerblijfHervat, 4, "Verblijfsrecht weer aanwezig"),
    ("huishouden_gevormd", HuishoudenGevormd, 4, "Bij een huishouden gevoegd"),
    ("persoon_gewijzigd", PersoonGewijzigd, 4, "Gegevens van de persoon gewijzigd"),
    ("klantmanager_toegewezen", KlantmanagerToegewezen, 5, "Klantmanager toegewezen"),
    ("warme_overdracht", WarmeOverdracht, 6, "Warme overdracht van het COA"),
    ("tolk_nodig", TolkNodig, 7, "Tolk nodig"),
    ("tolk_geboekt", TolkGeboekt, 8, "Tolk geboekt"),
    ("tolk_afgezegd", TolkAfgezegd, 9, "Tolk afgezegd"),
    ("oproep_verzonden", OproepVerzonden, 10, "Oproep verzonden"),
    ("niet_verschenen", NietVerschenen, 11, "Niet verschenen op de intake"),
    ("intake_gehouden", IntakeGehouden, 12, "Brede intake gehouden"),
    ("intake_ambtshalve_afgerond", IntakeAmbtshalveAfgerond, 13, "Intake ambtshalve afgerond"),
    ("startmeting_vastgelegd", StartmetingVastgelegd, 14, "Startmeting vastgelegd"),
    ("derde_gevraagd", DerdeGevraagd, 15, "Informatie gevraagd aan een derde"),
    ("derde_ontvangen", DerdeOntvangen, 16, "Informatie van een derde ontvangen"),
    ("pip_voorstel", PipVoorstel, 18, "Voorstel om het PIP te wijzigen"),
    ("voorstel_afgewezen", VoorstelAfgewezen, 19, "Voorstel om het PIP te wijzigen afgewezen"),
    ("pip_vastgesteld", PipVastgesteld, 20, "PIP vastgesteld"),
    ("begeleiding_gestart", BegeleidingGestart, 24, "Maatschappelijke begeleiding gestart"),
    ("begeleiding_afgerond", BegeleidingAfgerond, 25, "Maatschappelijke begeleiding afgerond"),
    ("bijstand_toegekend", BijstandToegekend, 26, "Recht op bijstand ontstaan"),
    ("ontzorgen_ingericht", OntzorgenIngericht, 27, "Ontzorgen ingericht"),
    ("ontzorgen_geeindigd", OntzorgenGeeindigd, 28, "Ontzorgen geëindigd"),
    ("bijstand_beeindigd", BijstandBeeindigd, 29, "Bijstand geëindigd"),
    ("aanmelding_geweigerd", AanmeldingGeweigerd, 30, "Aanmelding geweigerd door de aanbieder"),
    ("aanmelding_op_wachtlijst", AanmeldingOpWachtlijst, 30, "Aanmelding op de wachtlijst"),
    ("aanmelding_geaccepteerd", AanmeldingGeaccepteerd, 31, "Aanmelding geaccepteerd door de aanbieder"),
    ("les_gestart", LesGestart, 32, "Lessen gestart"),
    ("eigen_cursus_gemeld", EigenCursusGemeld, 33, "Eigen cursus gemeld"),
    ("voortgang_opgevraagd", VoortgangOpgevraagd, 34, "Voortgang opgevraagd bij de cursusinstelling"),
    ("uren_gemeld", UrenGemeld, 35, "Uren en verzuim gemeld"),
    ("aanbieder_blijft", AanbiederBlijft, 36, "Aanbieder blijft na verhuizing"),
    ("les_beeindigd", LesBeeindigd, 37, "Lessen beëindigd"),
    ("gesprek_gevoerd", GesprekGevoerd, 40, "Voortgangsgesprek gevoerd"),
    ("gesprek_niet_verschenen", GesprekNietVerschenen, 41, "Niet verschenen op het voortgangsgesprek"),
    ("participatie_gemist", ParticipatieGemist, 41, "Niet verschenen bij het PVT of de MAP"),
    ("pvt_voltooid", PvtVoltooid, 42, "PVT voltooid"),
    ("map_voltooid", MapVoltooid, 43, "MAP voltooid"),
    ("z_eindgesprek_gevoerd", ZEindgesprekGevoerd, 44, "Eindgesprek van de Z-route gevoerd"),
    ("certificaat_uitgereikt", CertificaatUitgereikt, 45, "Certificaat uitgereikt"),
    ("dossier_opgevraagd", DossierOpgevraagd, 46, "Dossier opgevraagd bij de vorige gemeente"),
    ("dossier_geleverd", DossierGeleverd, 47, "Dossier geleverd aan de nieuwe gemeente"),
    ("dossier_overgenomen", DossierOvergenomen, 48, "Dossier overgenomen"),
    ("examen_gedaan", ExamenGedaan, 49, "Onderdeel van het examen gedaan"),
    ("examen_uitslag", ExamenUitslag, 50, "Uitslag van het examen"),
    ("opleiding_gemeld", OpleidingGemeld, 49, "Niet-vrijstellende opleiding begonnen"),
    ("duo_vraagt_voortgang", DuoVraagtVoortgang, 49, "Voortgang opgevraagd door DUO"),
    ("duo_ingevoerd", DuoIngevoerd, 50, "Gemeld in het portaal van DUO"),
    ("duo_bevestigd", DuoBevestigd, 51, "Door DUO bevestigd"),
    ("duo_aanvraag", DuoAanvraag, 55, "Aanvraag bij DUO"),
    ("advies_gegeven", AdviesGegeven, 56, "Advies aan DUO gegeven"),
    ("aanvraag_afgewezen", AanvraagAfgewezen, 57, "Aanvraag afgewezen door DUO"),
    ("verlengd", Verlengd, 60, "Termijn verlengd door DUO"),
    ("vrijgesteld", Vrijgesteld, 61, "Vrijgesteld door DUO"),
    ("ontheven", Ontheven, 61, "Ontheven door DUO"),
    ("voldaan", Voldaan, 61, "Voldaan aan de inburgeringsplicht"),
    ("termijn_overschreden", TermijnOverschreden, 62, "Termijn overschreden"),
    ("plicht_beeindigd", PlichtBeeindigd, 63, "Inburgeringsplicht geëindigd"),
    ("gepauzeerd", Gepauzeerd, 65, "Taken gepauzeerd"),
    ("pauze_verlengd", PauzeVerlengd, 66, "Pauze verlengd"),
    ("hervat", Hervat, 67, "Taken hervat"),
    ("verlengingsgrond_besproken", VerlengingsgrondBesproken, 68, "Verlengingsgrond besproken"),
    ("verlenging_bekeken", VerlengingBekeken, 69, "Bekeken of verlenging nodig is"),
    ("dossier_afgesloten", DossierAfgesloten, 70, "Dossier afgesloten"),
    ("persoon_gewist", PersoonGewist, 71, "Persoonsgegevens gewist"),
    ("wens_uitgesproken", WensUitgesproken, 72, "Wens uitgesproken"),
    ("aanbieder_gekozen", AanbiederGekozen, 73, "Aanbieder gekozen"),
    ("maatwerk_vastgesteld", MaatwerkVastgesteld, 74, "Maatwerk vastgesteld"),
    ("maatwerk_beeindigd", MaatwerkBeeindigd, 75, "Maatwerk beëindigd"),
    ("overdracht_aangeboden", OverdrachtAangeboden, 76, "Overdracht aangeboden"),
    ("overdracht_aanvaard", OverdrachtAanvaard, 77, "Overdracht aanvaard"),
    ("overdracht_geweigerd", OverdrachtGeweigerd, 77, "Overdracht geweigerd"),
    ("aanbieder_uitgevallen", AanbiederUitgevallen, 78, "Aanbieder uitgevallen"),
    ("verzoek_ontvangen", VerzoekOntvangen, 78, "Verzoek over eigen gegevens ontvangen"),
    ("verzoek_verlengd", VerzoekVerlengd, 79, "Termijn van het verzoek verlengd"),
    ("verzoek_afgehandeld", VerzoekAfgehandeld, 79, "Verzoek over eigen gegevens afgehandeld"),
    ("vernietiging_geblokkeerd", VernietigingGeblokkeerd, 78, "Vernietiging geblokkeerd"),
    ("blokkade_opgeheven", BlokkadeOpgeheven, 79, "Blokkade opgeheven"),
    ("dossier_vernietigd", DossierVernietigd, 79, "Dossier vernietigd na de bewaartermijn"),
    ("stap_geopend", StapGeopend, 80, "Stap geopend"),
    ("stap_verzet", StapVerzet, 81, "Stap verzet"),
    ("stap_overgeslagen", StapOvergeslagen, 82, "Stap overgeslagen"),
    # Dezelfde rang als overslaan: op één dag overslaan, heropenen en weer overslaan telt op volgorde.
    ("stap_heropend", StapHeropend, 82, "Stap heropend"),
    ("stap_toegewezen", StapToegewezen, 84, "Stap toegewezen"),
    ("stap_opnieuw", StapOpnieuw, 85, "Run van een stap opnieuw gezet"),
    ("dossier_herplant", DossierHerplant, 86, "Dossier opnieuw gepland"),
    ("controle_gevraagd", ControleGevraagd, 90, "Controle gevraagd"),
    ("controle_afgehandeld", ControleAfgehandeld, 91, "Controle afgehandeld"),
    ("partnerbericht_beslist", PartnerberichtBeslist, 92, "Besloten over een bericht aan een partner"),
    # Bezwaar en maatregel gaan op één dag vóór het concept, het concept vóór de ondertekening, en die vóór haar gevolg.
    ("boete_elders", BoeteElders, 13, "Boete van een vorige gemeente"),
    ("bijstand_verlaagd", BijstandVerlaagd, 13, "Bijstand verlaagd voor dezelfde gedraging"),
    ("bezwaar_ingediend", BezwaarIngediend, 14, "Bezwaar ingediend"),
    ("bezwaar_verschoonbaar", BezwaarVerschoonbaar, 15, "Beoordeeld of het late bezwaar te verontschuldigen is"),
    ("bezwaar_zienswijze", BezwaarZienswijze, 16, "Nadere reactie in bezwaar"),
    ("bezwaar_verdaagd", BezwaarVerdaagd, 16, "Beslissing op bezwaar uitgesteld"),
    ("bezwaar_gehoord", BezwaarGehoord, 16, "Hoorzitting in bezwaar"),
    ("maatregel_overwogen", MaatregelOverwogen, 14, "Maatregel te overwegen"),
    ("maatregel_gewaarschuwd", MaatregelGewaarschuwd, 15, "Waarschuwing gegeven"),
    ("maatregel_voornemen", MaatregelVoornemen, 16, "Voornemen van een maatregel verzonden"),
    ("maatregel_zienswijze", MaatregelZienswijze, 16, "Zienswijze op het voornemen"),
    ("keren_getoetst", KerenGetoetst, 16, "Getoetst aan de uitspraak Keren"),
    ("besluit_concept", BesluitConcept, 17, "Concept van een besluit"),
    ("besluit_grond", BesluitGrond, 18, "Grond van een besluit onderzocht"),
    ("besluit_advies", BesluitAdvies, 18, "Advies bij een besluit"),
    ("besluit_tekst", BesluitTekst, 18, "Tekst van een besluit vastgelegd"),
    ("besluit_ondertekend", BesluitOndertekend, 19, "Besluit ondertekend"),
    ("maatregel_besloten", MaatregelBesloten, 22, "Besloten over een maatregel"),
    ("bezwaar_beslist", BezwaarBeslist, 22, "Beslist op bezwaar"),
    ("besluit_bekendgemaakt", BesluitBekendgemaakt, 23, "Besluit bekendgemaakt"),
    # Dezelfde rang als bekendmaken: op één dag terug en opnieuw verzonden telt op volgorde.
    ("besluit_retour", BesluitRetour, 23, "Besluit kwam terug met de post"),
    ("besluit_ingetrokken", BesluitIngetrokken, 25, "Concept van een besluit ingetrokken"),
    ("maatregel_gestaakt", MaatregelGestaakt, 25, "Maatregel gaat niet door"),
    ("bezwaar_ingetrokken", BezwaarIngetrokken, 25, "Bezwaar ingetrokken"),
    ("beroep_ingesteld", BeroepIngesteld, 26, "Beroep ingesteld"),
    ("beroep_beslist", BeroepBeslist, 27, "Uitspraak in beroep"),
    ("hoger_beroep_ingesteld", HogerBeroepIngesteld, 28, "Hoger beroep ingesteld"),
    ("hoger_beroep_beslist", HogerBeroepBeslist, 29, "Uitspraak in hoger beroep"),
    ("voorstel_verdaagd", VoorstelVerdaagd, 27, "Beslissing op een aanvraag uitgesteld"),
    ("beslistermijn_opgeschort", BeslistermijnOpgeschort, 28, "Beslistermijn opgeschort"),
    ("beslistermijn_hervat", BeslistermijnHervat, 29, "Beslistermijn loopt weer"),
    ("in_gebreke_gesteld", InGebrekeGesteld, 29, "Gemeente in gebreke gesteld"),
    ("dwangsom_vastgesteld", DwangsomVastgesteld, 30, "Dwangsom vastgesteld"),
    ("doorgehaald", Doorgehaald, 99, "Gebeurtenis doorgehaald"),
)

# Wie zo'n feit meldt, hoeft geen nummer te noemen: het telt door over het hele dossier (regel 6).
GENUMMERD: Final = frozenset(
    {
        "maatwerk_vastgesteld",
        "participatie_gemist",
        "overdracht_aangeboden",
        "aanbieder_uitgevallen",
        "koppeling",
        "derde_gevraagd",
        "pip_voorstel",
        "duo_aanvraag",
        "duo_vraagt_voortgang",
        "examen_gedaan",
        "verblijf_onderbroken",
        "verhuisd",
        "gepauzeerd",
        "voortgang_opgevraagd",
        "verzoek_ontvangen",
        "vernietiging_geblokkeerd",
        "besluit_concept",
        "bezwaar_ingediend",
        "beroep_ingesteld",
        "hoger_beroep_ingesteld",
        "beslistermijn_opgeschort",
        "in_gebreke_gesteld",
        "maatregel_overwogen",
    }
)

NAAR_NAAM: Final = {soort.model: soort.naam for soort in SOORTEN.values()}

_NEDERLANDS: Final = {
    "missing": "dit veld is verplicht",
    "extra_forbidden": "dit veld hoort niet bij deze soort",
    "date_from_datetime_parsing": "schrijf een datum als 2026-03-31",
    "date_parsing": "schrijf een datum als 2026-03-31",
    "date_type": "schrijf een datum als 2026-03-31",
    "bool_parsing": "kies ja of nee (true of false)",
    "int_parsing": "schrijf een geheel getal",
    "string_pattern_mismatch": "gebruik alleen letters, cijfers, punt, streepje en schuine streep",
}


def _in_het_nederlands(fout: Any) -> str:
    soort, ruimte = fout["type"], fout.get("ctx", {})
    if soort in ("enum", "literal_error"):
        kaal = re.sub(r"<[^:>]+: ('[^']*')>", r"\1", str(ruimte.get("expected", "")))
        return f"kies een van: {kaal}".replace(" or ", " of ")
    if soort == "greater_than_equal":
        return f"moet {ruimte['ge']} of hoger zijn"
    if soort == "less_than_equal":
        return f"mag hoogstens {ruimte['le']} zijn"
    return _NEDERLANDS.get(soort, "deze waarde past hier niet")


def soort_van(naam: str) -> Soort:
    """Geef de soort bij haar naam; OngeldigeGegevens met de hele lijst als zij niet bestaat."""
    try:
        return SOORTEN[naam]
    except KeyError:
        raise OngeldigeGegevens(
            f"De soort '{naam[:40]}' bestaat niet.", f"Kies een van: {', '.join(SOORTEN)}."
        ) from None


def lees(naam: str, waarden: dict[str, Any]) -> Gegevens:
    """Maak de gegevens van een soort uit losse waarden; OngeldigeGegevens met per veld wat er mis is."""
    soort = soort_van(naam)
    try:
        return soort.model.model_validate(waarden)
    except ValidationError as fout:
        per_veld = {".".join(map(str, f["loc"])) or naam: _in_het_nederlands(f) for f in fout.errors()}
    regels = "; ".join(f"{veld}: {tekst}" for veld, tekst in per_veld.items())
    raise OngeldigeGegevens(f"De gegevens van '{naam}' kloppen niet. {regels}.", "Verbeter de velden.", per_veld)


def schrijf(gegevens: Gegevens) -> dict[str, Any]:
    """Geef de gegevens als waarden die in JSON passen; `lees` maakt er hetzelfde van."""
    return gegevens.model_dump(mode="json")
