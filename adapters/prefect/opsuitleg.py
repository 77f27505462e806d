"""What a refused ops act says in Prefect: one fixed Dutch sentence per code, with the way out.

The message of the domain stays on our side: it names codes of people, and Prefect keeps everything for everyone who
can open it. Here nothing depends on a dossier or a person.
"""

from typing import Final

UITLEG: Final = {
    "waarheen_onduidelijk": "Waarheen is niet duidelijk: vul naar of werkdagen in, een van beide, geen nul.",
    "dag_voorbij": "De gekozen dag ligt in het verleden: kies vandaag of een latere dag.",
    "niets_gevonden": "Er is niets dat bij deze keuze past: maak de keuze ruimer, of kijk met 'regie stap lijst'.",
    "onbekende_bulk": "Dit bulknummer is er niet: 'regie bulk lijst' en het portaal (Beheer) noemen ze.",
    "onbekende_medewerker": "Een medewerkercode staat vandaag niet in de afspraken, of mist de rol: kijk haar na.",
    "geen_bevoegdheid": "De afspraken, of de wet bij een besluit, laten dit niet toe: vraag wie het wel mag.",
    "termijn_gebroken": "Een uiterste dag zou breken: kies eerder, of kies bij aanvaard_termijn waarom het mag.",
    "overgang_niet_toegestaan": "Bij deze status kan dit niet: kijk met 'regie stap lijst' hoe de stap nu staat.",
    "staat_niet_stil": "De taken van dit dossier staan niet stil: er is niets te hervatten.",
    "doorhaling_geweigerd": "Latere gebeurtenissen rusten hierop, of het geldt al niet meer: haal die eerst door.",
    "onbekende_gebeurtenis": "De gebeurtenis is er niet: kijk met 'regie dossier toon'.",
    "onbekend_dossier": "Een van deze dossiers is er niet: kijk de referenties na.",
    "onbekende_stap": "Een van deze stappen is er niet: kijk het kenmerk na.",
    "persoon_gewist": "Van dit dossier is de persoon gewist: er is niets meer te doen.",
    "geen_uitvoerder": "De samenwerkingsafspraken wijzen niemand aan: vul ze aan.",
    "al_beantwoord": "De stap had al een antwoord: kijk met 'regie stap lijst'.",
    "verouderd": "De stap is intussen vernieuwd: kijk hoe zij er nu voor staat.",
    "intussen_gewijzigd": "Een ander was eerder: kijk opnieuw wat er zou gebeuren.",
    "proef_verouderd": "Sinds het voorbeeld is er iets veranderd: kijk opnieuw wat er zou gebeuren.",
    "te_veel_dossiers": "Dit zijn te veel dossiers in één keer: maak de keuze kleiner.",
    "reden_nodig": "Hier moeten eigen woorden bij: doe het in het portaal of op de opdrachtregel.",
    "ongeldige_gegevens": "Dit past niet bij hoe het dossier nu staat: zie het portaal, of 'regie dossier toon'.",
    "ongeldig_bestand": "De opgeslagen afspraken of regeling kloppen niet: kijk met 'regie dokter'.",
    "opslag_onbeschikbaar": "De database kon niet verder. Wat al gedaan was, blijft: druk later nog eens op Retry.",
    "schijf_vol": "De schijf van de database is vol. Wat al gedaan was, blijft: maak ruimte en druk dan op Retry.",
    "database_bezet": "De database was te lang bezet. Wat al gedaan was, blijft: druk later op Retry.",
    "database_weg": "De database antwoordde niet. Wat al gedaan was, blijft: druk op Retry als zij er weer is.",
}
_ONVERWACHT: Final = "onverwacht"
_ANDERS: Final = "Dit kon niet: dezelfde handeling op de opdrachtregel met --proef zegt in woorden waarom."
_FOUT: Final = "Er ging iets mis dat wij niet voorzagen: het logboek van de worker zegt wat. Wat al gedaan was, blijft."


def uitleg(code: str) -> str:
    """The sentence that belongs to a code."""
    if code.startswith(_ONVERWACHT):
        return _FOUT
    return UITLEG.get(code, _ANDERS)


def onverwacht(soort: str) -> str:
    """The code of an error that nobody foresaw: the name of its type and nothing of its text."""
    return f"{_ONVERWACHT}:{soort}"
