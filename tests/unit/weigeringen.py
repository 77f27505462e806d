"""Elke weigering en elke twijfel, voluit zoals iemand haar leest, naast het geval dat er net langs kan.

Verandert een tekst of een grens met opzet, schrijf het bestand dan opnieuw en lees het verschil na:

    .venv/bin/python -m tests.unit.weigeringen > tests/unit/weigeringen.txt
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.soorten import lees
from domein.regels.toets_uitkomst import toets
from tests.unit.kernbouw import KADER, Dossier, dag
from tests.unit.plannen import aanvragen, met_les, na_pip, pauze, uren, z_klaar
from tests.unit.weigeringen_besluit import gevallen as besluit_gevallen

GOUD = Path(__file__).with_suffix(".txt")
VANDAAG = "2030-01-15"
PIP = {"bekendgemaakt_op": "2026-10-05", "aantal_gesprekken": 4, "interval_maanden": 6, "mandaathouder": "m-gor"}
UREN = {"gevolgd": 40, "bewijs": "lijst-1"}
Geval = tuple[str, Dossier, str, str, dict[str, Any]]


def nieuw(**anders: Any) -> Dossier:
    return Dossier("2026-01-05", **anders)


def opgeroepen() -> Dossier:
    return nieuw().feit("oproep_verzonden", "2026-01-07", nummer=1, afspraak_op="2026-01-21")


def gemist(*, verschoonbaar: bool = False) -> Dossier:
    return nieuw().gemist(1, "2026-01-07", "2026-01-21", verschoonbaar=verschoonbaar)


def gat() -> Dossier:
    return na_pip().feit("verblijf_onderbroken", "2026-08-03", nummer=1)


def met_uren(aantal: int) -> Dossier:
    return uren(met_les(), "2026-09-30", aantal)


def _intake_en_pip() -> Iterator[Geval]:
    oproep = {"nummer": 1, "afspraak_op": "2026-01-21"}
    yield "oproep", nieuw(), "oproep_verzonden", "2026-01-22", oproep
    yield "oproep op de dag van de afspraak", nieuw(), "oproep_verzonden", "2026-01-21", oproep
    tweede = {"nummer": 2, "afspraak_op": "2026-02-11"}
    yield "tweede oproep zonder waarschuwing", gemist(), "oproep_verzonden", "2026-01-22", tweede
    yield "tweede oproep met waarschuwing", gemist(), "oproep_verzonden", "2026-01-22", tweede | {"waarschuwing": True}
    yield "na een goede reden", gemist(verschoonbaar=True), "oproep_verzonden", "2026-01-22", tweede
    yield "niet verschenen zonder oproep", nieuw(), "niet_verschenen", "2026-01-21", {"nummer": 1}
    yield "niet verschenen", opgeroepen(), "niet_verschenen", "2026-01-21", {"nummer": 1}
    yield "niet verschenen voor de oproep", opgeroepen(), "niet_verschenen", "2026-01-06", {"nummer": 1}
    yield "intake voor de kennisgeving", nieuw(), "intake_gehouden", "2026-01-04", {}
    yield "intake op die dag", nieuw(), "intake_gehouden", "2026-01-05", {}
    getoetst = nieuw().feit("intake_gehouden", "2026-01-21", leerbaarheidstoets_op="2026-01-21", advies="z")
    toets_op = {"leerbaarheidstoets_op": "2026-03-02"}
    yield "toets nog eens", getoetst, "intake_gehouden", "2026-03-02", toets_op
    yield "dezelfde toets", getoetst, "intake_gehouden", "2026-03-02", {"leerbaarheidstoets_op": "2026-01-21"}
    pip = PIP | {"leerroute": "b1", "bekendgemaakt_op": "2026-02-25"}
    yield "pip voor de kennisgeving", nieuw(), "pip_vastgesteld", "2026-01-04", pip
    yield "pip zonder intake", nieuw(), "pip_vastgesteld", "2026-02-25", pip
    yield "pip voor de intake", nieuw().intake("2026-02-26"), "pip_vastgesteld", "2026-02-25", pip
    yield "pip anders dan het advies", getoetst, "pip_vastgesteld", "2026-02-25", pip
    yield "pip", nieuw().intake(), "pip_vastgesteld", "2026-02-25", pip
    yield "pip bekend voor de dagtekening", nieuw().intake(), "pip_vastgesteld", "2026-02-26", pip
    yield (
        "uren bij gezin",
        nieuw(doelgroep="gezinsmigrant").intake(),
        "pip_vastgesteld",
        "2026-02-25",
        pip | {"uren_per_week": 9},
    )
    yield "uren bij asiel", nieuw().intake(), "pip_vastgesteld", "2026-02-25", pip | {"uren_per_week": 9}
    ander = PIP | {"leerroute": "z"}
    yield "andere route bij verhuizing", na_pip(), "pip_vastgesteld", "2026-10-05", ander | {"grond": "verhuizing"}
    yield "andere route", na_pip(), "pip_vastgesteld", "2026-10-05", ander | {"grond": "leerroute"}
    laat = ander | {"grond": "leerroute", "bekendgemaakt_op": "2027-08-26"}
    yield "andere route na 18 maanden", na_pip(), "pip_vastgesteld", "2027-08-26", laat
    yield "bijzonder geval", na_pip(), "pip_vastgesteld", "2027-08-26", laat | {"bijzonder_geval": True}
    a2 = PIP | {"leerroute": "b1", "a2_onderdelen": ["lezen"], "grond": "afschalen"}
    yield "a2 zonder uren", na_pip(), "pip_vastgesteld", "2026-10-05", a2
    yield "a2 na 599 uur", met_uren(599), "pip_vastgesteld", "2026-10-05", a2
    yield "a2 na 600 uur", met_uren(600), "pip_vastgesteld", "2026-10-05", a2
    yield "derde na het pip", na_pip(), "derde_gevraagd", "2026-03-02", {"nummer": 1, "bij": "ggd"}
    yield "derde", nieuw(), "derde_gevraagd", "2026-02-02", {"nummer": 1, "bij": "ggd"}
    wacht = nieuw().feit("derde_gevraagd", "2026-02-02", nummer=1, bij="ggd")
    yield "antwoord te vroeg", wacht, "derde_ontvangen", "2026-02-01", {"nummer": 1}
    yield "antwoord", wacht, "derde_ontvangen", "2026-02-02", {"nummer": 1}
    yield "antwoord op niets", nieuw(), "derde_ontvangen", "2026-02-02", {"nummer": 1}


def _voorstellen_en_lessen() -> Iterator[Geval]:
    route = {"nummer": 1, "voorstel": "leerroute"}
    yield "voorstel zonder route", na_pip(), "pip_voorstel", "2026-10-05", route
    yield "voorstel voor dezelfde route", na_pip(), "pip_voorstel", "2026-10-05", route | {"naar": "b1"}
    yield "z zonder onderzoek", na_pip(), "pip_voorstel", "2026-10-05", route | {"naar": "z"}
    onderzocht = route | {"naar": "z", "onderwijsroute_onderzocht": True}
    yield "z na onderzoek", na_pip(), "pip_voorstel", "2027-08-25", onderzocht
    yield "z te laat", na_pip(), "pip_voorstel", "2027-08-26", onderzocht
    yield "voorstel zonder pip", nieuw(), "pip_voorstel", "2026-02-02", onderzocht
    yield "onderwijs naar b1", na_pip(leerroute="onderwijs"), "pip_voorstel", "2028-10-05", route | {"naar": "b1"}
    af = {"nummer": 1, "voorstel": "afschalen", "onderdelen": ["lezen"], "inspanning_voldoende": True}
    yield (
        "afschalen zonder inspanning",
        met_uren(600),
        "pip_voorstel",
        "2026-10-05",
        af | {"inspanning_voldoende": False},
    )
    yield "afschalen van knm", met_uren(600), "pip_voorstel", "2026-10-05", af | {"onderdelen": ["knm"]}
    yield "afschalen van niets", met_uren(600), "pip_voorstel", "2026-10-05", af | {"onderdelen": []}
    yield "afschalen in de z-route", na_pip(leerroute="z"), "pip_voorstel", "2026-10-05", af
    yield "afschalen", met_uren(600), "pip_voorstel", "2026-10-05", af
    wachtlijst = {"nummer": 1, "herzien_op": "2026-03-04"}
    yield "wachtlijst tot vandaag", na_pip(), "aanmelding_op_wachtlijst", "2026-03-04", wachtlijst
    yield "wachtlijst", na_pip(), "aanmelding_op_wachtlijst", "2026-03-03", wachtlijst
    start = {"nummer": 1, "startdatum": "2026-03-04"}
    yield "les voor de acceptatie", na_pip(), "aanmelding_geaccepteerd", "2026-03-05", start
    yield "les op die dag", na_pip(), "aanmelding_geaccepteerd", "2026-03-04", start
    yield "acceptatie voor het pip", na_pip(), "aanmelding_geaccepteerd", "2026-02-24", start
    yield "stop zonder les", na_pip(), "les_beeindigd", "2026-10-05", {"nummer": 1, "redencode": "klaar"}
    yield "stop", met_les(), "les_beeindigd", "2026-10-05", {"nummer": 1, "redencode": "klaar"}
    periode = UREN | {"periode_van": "2026-06-01", "periode_tot": "2026-09-01"}
    yield "uren achterstevoren", met_les(), "uren_gemeld", "2026-10-05", periode | {"periode_tot": "2026-05-31"}
    yield "uren te vroeg", met_les(), "uren_gemeld", "2026-08-31", periode
    yield "uren", met_les(), "uren_gemeld", "2026-09-01", periode
    yield "uren van voor het pip", met_les(), "uren_gemeld", "2026-10-05", periode | {"periode_van": "2026-02-24"}
    eerder = periode | {"urensoort": "eerder_onderwijs"}
    yield "eerder onderwijs", met_les(), "uren_gemeld", "2026-10-05", eerder | {"periode_van": "2024-02-25"}
    yield "eerder onderwijs, te lang", met_les(), "uren_gemeld", "2026-10-05", eerder | {"periode_van": "2024-02-24"}
    yield "voortgang bij asiel", na_pip(), "voortgang_opgevraagd", "2026-10-05", {"nummer": 1}
    gezin = na_pip(doelgroep="gezinsmigrant")
    yield "voortgang bij gezin", gezin, "voortgang_opgevraagd", "2026-10-05", {"nummer": 1}
    cursus = {"aanbieder": "cursus-1", "bewijs": "bow-1"}
    yield "cursus zonder keurmerk", gezin, "eigen_cursus_gemeld", "2026-05-04", cursus | {"keurmerk": False}
    yield "cursus met keurmerk", gezin, "eigen_cursus_gemeld", "2026-05-04", cursus | {"keurmerk": True}
    yield "eindgesprek zonder uren", na_pip(leerroute="z"), "z_eindgesprek_gevoerd", "2027-10-05", {}
    yield "eindgesprek", z_klaar(), "z_eindgesprek_gevoerd", "2027-10-05", {}
    yield "map te kort", na_pip(), "map_voltooid", "2027-05-03", {"praktijkuren": 39}
    yield "map", na_pip(), "map_voltooid", "2027-05-03", {"praktijkuren": 40}
    for soort, gegevens in (
        ("pvt_voltooid", {}), ("map_voltooid", {"praktijkuren": 40}), ("gesprek_gevoerd", {"nummer": 1}),
        ("les_gestart", {"nummer": 1}),
    ):  # fmt: skip
        yield f"{soort} voor het pip", na_pip(), soort, "2026-02-24", gegevens
        yield f"{soort} op die dag", na_pip(), soort, "2026-02-25", gegevens
    yield "bijstand zonder ontzorgen", na_pip(), "bijstand_toegekend", "2026-03-02", {}
    yield "bijstand", na_pip(ontzorgen=True), "bijstand_toegekend", "2026-03-02", {}
    tolk = {"gesprek": "voortgang/1", "gesprek_op": "2026-08-25"}
    yield "tolk die niemand vroeg", na_pip(), "tolk_geboekt", "2026-08-10", tolk
    yield "tolk", na_pip().feit("tolk_nodig", "2026-03-02", taal="ti"), "tolk_geboekt", "2026-08-10", tolk


def _duo() -> Iterator[Geval]:
    yield "map ontheven", na_pip(), "ontheven", "2026-10-05", {"grond": "medisch", "onderdelen": ["map"]}
    vier = ["lezen", "luisteren", "schrijven", "spreken"]
    yield "vier medisch", na_pip(), "ontheven", "2026-10-05", {"grond": "medisch", "onderdelen": vier}
    yield "vier bijzonder", na_pip(), "ontheven", "2026-10-05", {"grond": "bijzonder", "onderdelen": vier}
    yield "drie medisch", na_pip(), "ontheven", "2026-10-05", {"grond": "medisch", "onderdelen": vier[:3]}
    yield "verlengd zonder pip", nieuw(), "verlengd", "2026-10-05", {"nieuwe_einddatum": "2030-02-25"}
    yield "verlengd tot de gewone dag", na_pip(), "verlengd", "2028-10-05", {"nieuwe_einddatum": "2029-02-25"}
    yield "een dag verlengd", na_pip(), "verlengd", "2028-10-05", {"nieuwe_einddatum": "2029-02-26"}
    ziek = na_pip().feit("duo_aanvraag", "2028-09-04", nummer=1, aanvraag="verlenging", grond="ziekte")
    yield "te kort wegens ziekte", ziek, "verlengd", "2028-10-05", {"aanvraag": 1, "nieuwe_einddatum": "2029-05-24"}
    yield "wegens ziekte", ziek, "verlengd", "2028-10-05", {"aanvraag": 1, "nieuwe_einddatum": "2029-05-25"}
    inspanning = {"grond": "inspanning", "nieuwe_einddatum": "2029-08-26"}
    yield "te lang na inspanning", na_pip(), "verlengd", "2028-10-05", inspanning
    yield "na inspanning", na_pip(), "verlengd", "2028-10-05", inspanning | {"nieuwe_einddatum": "2029-08-25"}
    vraag = {"nummer": 1, "aanvraag": "verlenging"}
    yield "aanvraag te vroeg", na_pip(), "duo_aanvraag", "2028-08-24", vraag
    yield "aanvraag", na_pip(), "duo_aanvraag", "2028-08-25", vraag
    yield "aanvraag om vrijstelling", na_pip(), "duo_aanvraag", "2026-05-04", vraag | {"aanvraag": "vrijstelling"}
    termijn = {"nieuwe_termijn_tot": "2029-03-05"}
    yield "nieuwe termijn die al om is", na_pip(), "termijn_overschreden", "2029-03-05", termijn
    lang = {"nieuwe_termijn_tot": "2031-03-06"}
    yield "te lange nieuwe termijn", na_pip(), "termijn_overschreden", "2029-03-05", lang
    yield "nieuwe termijn", na_pip(), "termijn_overschreden", "2029-03-05", {"nieuwe_termijn_tot": "2031-03-05"}
    yield "overschreden zonder pip", nieuw(), "termijn_overschreden", "2029-03-05", {}
    yield "voldaan zonder pip", nieuw(), "voldaan", "2028-06-21", {}
    examen = na_pip().feit("examen_gedaan", "2027-03-01", nummer=1, onderdeel="lezen")
    yield "uitslag te vroeg", examen, "examen_uitslag", "2027-02-28", {"nummer": 1, "gehaald": True}
    yield "uitslag", examen, "examen_uitslag", "2027-03-01", {"nummer": 1, "gehaald": True}
    yield "uitslag van niets", na_pip(), "examen_uitslag", "2027-03-01", {"nummer": 1, "gehaald": True}
    yield "bevestiging van niets", na_pip(), "duo_bevestigd", "2026-05-04", {"melding": "duo/leerroute/1"}
    yield "besluit over een aanvraag", aanvragen(na_pip()), "aanvraag_afgewezen", "2026-06-15", {"aanvraag": 2}


def _omstandigheden() -> Iterator[Geval]:
    yield "verhuisd naar waar men woont", na_pip(), "verhuisd", "2026-09-01", {"nummer": 1, "naar": "GM0512"}
    yield "verhuisd", na_pip(), "verhuisd", "2026-09-01", {"nummer": 1, "naar": "GM1978"}
    yield "nog een pauze", pauze("overig"), "gepauzeerd", "2026-09-01", {"nummer": 2, "grond": "overig"}
    kort = {"nummer": 1, "grond": "overig", "verwacht_tot": "2026-09-01"}
    yield "pauze die al om is", na_pip(), "gepauzeerd", "2026-09-01", kort
    yield "pauze", na_pip(), "gepauzeerd", "2026-08-31", kort
    langer = {"nummer": 1, "verwacht_tot": "2026-09-01"}
    yield "verlengen zonder pauze", na_pip(), "pauze_verlengd", "2026-08-31", langer
    yield "verlengen tot vandaag", pauze("overig"), "pauze_verlengd", "2026-09-01", langer
    yield "verlengen", pauze("overig"), "pauze_verlengd", "2026-08-31", langer
    yield "hervat zonder pauze", na_pip(), "hervat", "2026-09-01", {"nummer": 1}
    yield "hervat voor de pauze", pauze("overig"), "hervat", "2026-08-02", {"nummer": 1}
    yield "hervat", pauze("overig"), "hervat", "2026-08-03", {"nummer": 1}
    klaar = pauze("overig").feit("hervat", "2026-09-01", nummer=1)
    yield "nog eens hervat", klaar, "hervat", "2026-09-02", {"nummer": 1}
    yield "verlengen na hervatten", klaar, "pauze_verlengd", "2026-09-02", langer | {"verwacht_tot": "2026-12-01"}
    yield "nog een gat", gat(), "verblijf_onderbroken", "2026-09-01", {"nummer": 2}
    yield "gat dicht voor het begin", gat(), "verblijf_hervat", "2026-08-02", {"nummer": 1}
    yield "gat van niets", na_pip(), "verblijf_hervat", "2026-08-03", {"nummer": 1}
    yield "gat van een jaar", gat(), "verblijf_hervat", "2027-08-03", {"nummer": 1}
    yield "gat van een jaar en een dag", gat(), "verblijf_hervat", "2027-08-04", {"nummer": 1}


def _einde() -> Iterator[Geval]:
    voldaan = na_pip().feit("voldaan", "2028-06-21")
    yield "afsluiten zonder einde", na_pip(), "dossier_afgesloten", "2028-06-28", {}
    yield "afsluiten", voldaan, "dossier_afgesloten", "2028-06-28", {}
    yield "wissen zonder intrekking", voldaan, "persoon_gewist", "2028-06-28", {}
    yield "certificaat zonder z-route", voldaan, "certificaat_uitgereikt", "2028-06-28", {}
    z = z_klaar().feit("voldaan", "2027-10-01")
    yield "certificaat", z, "certificaat_uitgereikt", "2027-10-04", {}
    yield "certificaat voor voldaan", z_klaar(), "certificaat_uitgereikt", "2027-10-04", {}
    yield "gesprek na het einde", voldaan, "gesprek_gevoerd", "2028-06-28", {"nummer": 1}
    for soort in ("duo_vraagt_voortgang", "tolk_nodig"):
        yield f"{soort} na het einde", voldaan, soort, "2028-06-28", {"nummer": 1} if "duo" in soort else {"taal": "ti"}
    yield "in de toekomst", na_pip(), "pvt_voltooid", "2030-01-16", {}
    yield "vandaag", na_pip(), "pvt_voltooid", VANDAAG, {}
    yield "inschrijving in de toekomst", nieuw(), "brp_ingeschreven", "2030-02-01", {}


GEVALLEN = (*_intake_en_pip(), *_voorstellen_en_lessen(), *_duo(), *_omstandigheden(), *_einde(), *besluit_gevallen())


def oordeel(geval: Geval, reden: str = "") -> str:
    _, dossier, soort, op, gegevens = geval
    try:
        toets(dossier.stand, lees(soort, gegevens), dag(op), dag(VANDAAG), reden, KADER)
    except RedenNodig as fout:
        return f"vraagt een reden: {fout.melding} ({fout.uitweg})"
    except OngeldigeGegevens as fout:
        (veld,) = fout.fouten
        return f"geweigerd bij {veld}: {fout.melding} ({fout.uitweg})"
    return "mag"


def opgeschreven() -> str:
    return "".join(f"{geval[0]} [{geval[2]} op {geval[3]}]: {oordeel(geval)}\n" for geval in GEVALLEN)


if __name__ == "__main__":
    print(opgeschreven(), end="")
