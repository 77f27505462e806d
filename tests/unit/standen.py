"""De stand van elk voorbeeld, veld voor veld: wat de vouw van elke soort feit maakt.

Verandert de vouw met opzet, schrijf het bestand dan opnieuw en lees het verschil na:

    .venv/bin/python -m tests.unit.standen > tests/unit/standen.txt
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from domein.gebeurtenissen.soorten import lees
from domein.stand import Stand, vouw
from tests.unit.kernbouw import Dossier
from tests.unit.plannen import (
    GEWAARSCHUWD,
    VOORBEELDEN,
    WIE,
    aanvraag,
    bekend,
    beslist,
    bezwaar,
    boete_bekend,
    concept,
    getekend,
    leeg,
    maatregel,
    met_les,
    na_pip,
    pauze,
    te_laat_beslist,
    uitspraak,
    verhuisd,
)

GOUD = Path(__file__).with_suffix(".txt")
LEEG = Stand()
_DATUM = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
_KEUZE = re.compile(r"<\w+\.\w+: '(\w+)'>")


def _maatwerk(d: Dossier) -> Dossier:
    waarden = {
        "nummer": 1, "stap": "aanmelding", "partner": "taalhuis-lingestroom", "geldig_tot": "2026-12-31",
        "mandaathouder": "m-wil",
    }  # fmt: skip
    d.feit("tolk_nodig", "2026-05-04", taal="ti")  # een plek voor dit feit: `stap` is hier een veld van het feit zelf
    d.gebeurtenissen[-1] = _met(d.gebeurtenissen[-1], "maatwerk_vastgesteld", waarden)
    return d


def _met(g: Any, soort: str, waarden: dict[str, Any]) -> Any:
    return type(g)(g.id, g.dossier_id, g.volgnummer, soort, g.geldig_op, g.vastgelegd_op, lees(soort, waarden), g.actor)


NAAR = {"nummer": 1, "naar_partner": "avres", "naar_medewerker": "m-kos"}
MEER: dict[str, Dossier] = {
    "een voorstel op papier afgewezen, met bezwaar": aanvraag()
    .feit(
        "voorstel_afgewezen", "2026-06-08", "pip/leerroute/1", nummer=1, redencode="anders", mandaathouder="m-gor",
        bekendgemaakt_op="2026-06-09", mandaat="gor-besluit", grondslag="Mandaatbesluit", onderzocht="De intake.",
    )
    .feit("bezwaar_ingediend", "2026-06-22", nummer=1, tegen="afwijzing", van=1)
    .feit(
        "bezwaar_beslist", "2026-07-20", nummer=1, uitkomst="gegrond", herroept=True, mandaathouder="m-jur", besluit=1
    ),
    "koppeling gewijzigd, ander azc": leeg()
    .feit("koppeling", "2026-01-05", nummer=1, gemeente="GM0512", azc="azc-budel", ontzorgen=True)
    .feit("klantmanager_toegewezen", "2026-01-06", medewerker="m-jdb", partner="avres")
    .feit("koppeling", "2026-02-02", nummer=2, gemeente="GM1978", nareiziger=True)
    .feit("azc_verhuisd", "2026-02-09", azc="azc-gilze")
    .feit("warme_overdracht", "2026-02-10", "begeleiding/warme-overdracht/2", voorinburgering="deels"),
    "dezelfde koppeling verbeterd": leeg()
    .feit("koppeling", "2026-01-05", nummer=1, gemeente="GM0512")
    .feit("klantmanager_toegewezen", "2026-01-06", medewerker="m-jdb", partner="avres")
    .feit("koppeling", "2026-02-02", nummer=1, gemeente="GM0512", azc="azc-gilze"),
    "kennisgeving voor een andere gemeente dan de koppeling": leeg()
    .feit("koppeling", "2026-01-05", gemeente="GM0512")
    .feit("klantmanager_toegewezen", "2026-01-06", medewerker="m-jdb", partner="avres")
    .feit("kennisgeving", "2026-02-02", gemeente="GM1978", doelgroep="asielstatushouder", nareiziger=True),
    "startmeting bij de intake": Dossier().feit(
        "intake_gehouden", "2026-01-21", leerbaarheidstoets_op="2026-01-21", advies="z", opleiding="basis",
        werkervaring_jaren=4, taalniveau="a1",
    ),
    "startmeting later": Dossier().intake().feit(
        "startmeting_vastgelegd", "2026-02-02", "intake/startmeting/1", opleiding="geen", werkervaring_jaren=0,
        taalniveau="nul",
    ),
    "intake ambtshalve": Dossier().feit("intake_ambtshalve_afgerond", "2026-03-02", "intake/ambtshalve/1"),
    "doelgroep gewijzigd, ingeschreven": Dossier()
    .feit("brp_ingeschreven", "2026-01-19")
    .feit("doelgroep_gewijzigd", "2026-02-02", doelgroep="overige_migrant", nareiziger=True, ontzorgen=True),
    "wachtlijst, nog eens, en dan geweigerd": na_pip()
    .feit("aanmelding_op_wachtlijst", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, herzien_op="2026-04-18")
    .feit("aanmelding_op_wachtlijst", "2026-04-20", "aanbieder/wachtlijst/1/1", nummer=1, herzien_op="2026-05-18")
    .feit("aanmelding_op_wachtlijst", "2026-04-20", None, nummer=2, herzien_op="2026-06-01")
    .feit("aanmelding_geweigerd", "2026-05-18", "aanbieder/wachtlijst/2/1", nummer=1, redencode="geen-plaats"),
    "lessen klaar": met_les().feit("les_beeindigd", "2027-05-03", nummer=1, redencode="klaar"),
    "lessen gestopt, nieuwe ronde": met_les().feit(
        "les_beeindigd", "2027-05-03", nummer=1, redencode="keurmerk-kwijt"
    ),
    "andere route, oude lessen gestopt": met_les()
    .pip("2026-10-05", "z", 3, 12)
    .feit("les_beeindigd", "2026-10-12", "aanbieder/stop/1", nummer=1, redencode="leerroute-gewijzigd"),
    "tweede start": met_les()
    .feit("les_beeindigd", "2027-05-03", nummer=1, redencode="verhuisd")
    .feit("aanmelding_geaccepteerd", "2027-06-01", nummer=2, startdatum="2027-07-01")
    .feit("les_gestart", "2027-07-01", nummer=2),
    "aanbieder blijft na de verhuizing": verhuisd(met_les()).feit(
        "aanbieder_blijft", "2026-09-07", "verhuizing/aanbieder/1/1", nummer=1
    ),
    "eigen cursus": na_pip(doelgroep="gezinsmigrant")
    .feit("eigen_cursus_gemeld", "2026-05-04", "cursus/eigen/1", aanbieder="cursus-1", keurmerk=True, bewijs="bow-1"),
    "gesprekken, en een die openstond toen het pip kwam": na_pip()
    .feit("gesprek_gevoerd", "2026-08-25", "voortgang/1", nummer=1)
    .feit("gesprek_niet_verschenen", "2027-02-25", "voortgang/2", nummer=2)
    .feit("stap_geopend", "2027-08-11", "voortgang/3", **WIE)
    .feit("participatie_gemist", "2027-03-01", nummer=1, onderdeel="pvt", wat="bijeenkomst")
    .pip("2027-08-16", "b1", 2, 6),
    "ontzorgen en bijstand, tweemaal": na_pip(ontzorgen=True)
    .feit("bijstand_toegekend", "2026-03-02")
    .feit("ontzorgen_ingericht", "2026-03-09", "ontzorgen/inrichten/1")
    .feit("ontzorgen_geeindigd", "2026-09-01", "ontzorgen/einde/1", voortgezet=True)
    .feit("bijstand_beeindigd", "2026-10-01"),
    "bijstand opnieuw": na_pip(ontzorgen=True)
    .feit("bijstand_toegekend", "2026-03-02")
    .feit("bijstand_beeindigd", "2026-10-01")
    .feit("bijstand_toegekend", "2027-03-01"),
    "certificaat": na_pip(leerroute="z")
    .feit("z_eindgesprek_gevoerd", "2028-05-01", "eindgesprek/1")
    .feit("voldaan", "2028-06-01")
    .feit("certificaat_uitgereikt", "2028-06-12", "einde/certificaat/1"),
    "melding ingevoerd, verbeterd en bevestigd": na_pip()
    .feit("duo_ingevoerd", "2026-02-27", melding="duo/leerroute/1", referentie="PI-1", inhoud="z")
    .feit("duo_ingevoerd", "2026-03-02", melding="duo/leerroute/1", referentie="PI-2", inhoud="b1")
    .feit("duo_bevestigd", "2026-03-09", melding="duo/leerroute/1"),
    "besluit over de oudste aanvraag": na_pip()
    .feit("duo_aanvraag", "2026-06-03", nummer=1, aanvraag="vrijstelling")
    .feit("duo_aanvraag", "2026-06-01", nummer=2, aanvraag="vrijstelling")
    .feit("vrijgesteld", "2026-07-01", onderdelen=["knm"]),
    "besluiten op nummer": na_pip()
    .feit("duo_aanvraag", "2026-06-01", nummer=1, aanvraag="verlenging", grond="ziekte")
    .feit("duo_aanvraag", "2026-06-02", nummer=2, aanvraag="ontheffing", grond="bijzonder")
    .feit("aanvraag_afgewezen", "2026-07-01", "registratie/duo-besluit/1", aanvraag=1)
    .feit("ontheven", "2026-07-06", "registratie/duo-besluit/2", aanvraag=2, grond="bijzonder", onderdelen=["lezen"])
    .feit("ontheven", "2026-07-07", grond="bijzonder", onderdelen=["knm"])
    .feit("vrijgesteld", "2026-07-08", onderdelen=["spreken"]),
    "verlengd na een nieuwe termijn": na_pip()
    .feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot="2030-03-05")
    .feit("duo_aanvraag", "2029-09-05", nummer=1, aanvraag="verlenging")
    .feit("verlengd", "2029-10-01", nieuwe_einddatum="2030-09-05"),
    "verhuisd, alles geregeld": verhuisd(
        na_pip(), "dossier_opgevraagd", "dossier_geleverd", "dossier_overgenomen"
    ),
    "weg uit de regio en terug": verhuisd(
        na_pip().feit("klantmanager_toegewezen", "2026-03-02", medewerker="m-jdb", partner="avres"),
        naar="GM0363", buiten_regio=True,
    )
    .feit("dossier_afgesloten", "2026-09-14", "einde/afsluiten/1")
    .feit("verhuisd", "2027-01-04", nummer=2, naar="GM1961", van="GM0363"),
    "verhuisd nadat het klaar was": verhuisd(
        na_pip().feit("voldaan", "2026-08-03").feit("dossier_afgesloten", "2026-08-10"), naar="GM0363",
        buiten_regio=True,
    ),
    "verhuisd voor het pip": verhuisd(Dossier(brp_inschrijving="2026-01-19")),
    "pauze verlengd en hervat": pauze("overig", "2026-10-05")
    .feit("pauze_verlengd", "2026-10-05", "registratie/pauze/1/1", nummer=1, verwacht_tot="2026-12-07")
    .feit("hervat", "2026-12-07", "registratie/pauze/2/1", nummer=1),
    "huishouden en tolk": na_pip()
    .feit("huishouden_gevormd", "2026-03-02", huishouden="h-1")
    .feit("tolk_nodig", "2026-03-02", taal="ti")
    .feit("tolk_geboekt", "2026-08-10", gesprek="voortgang/1", gesprek_op="2026-08-25")
    .feit("tolk_geboekt", "2026-08-11", gesprek="voortgang/1", gesprek_op="2026-08-26")
    .feit("tolk_afgezegd", "2026-08-12", gesprek="voortgang/1"),
    "stappen: verzet, toegewezen, overgeslagen, heropend": na_pip()
    .feit("stap_geopend", "2026-03-02", "pvt/1", generatie=2, partner="avres", medewerker="m-jdb", afspraak="a-1",
          afsprakenversie="2026.1", waarom="zo afgesproken")
    .feit("stap_verzet", "2026-03-03", "pvt/1", dag="2026-10-05", getoetst_aan="2029-02-25")
    .feit("stap_toegewezen", "2026-03-04", "pvt/1", partner="avres", medewerker="m-kos")
    .feit("stap_overgeslagen", "2026-03-05", "map/1")
    .feit("stap_overgeslagen", "2026-03-05", "voortgang/1")
    .feit("stap_heropend", "2026-03-06", "voortgang/1"),
    "controle": na_pip().feit(
        "controle_gevraagd", "2026-05-04", nummer=1, aanleiding="tweede_antwoord", betreft="pvt/1"
    ),
    "overdracht aanvaard": na_pip()
    .feit("overdracht_aangeboden", "2026-05-04", van_medewerker="m-jdb", **NAAR)
    .feit("overdracht_aanvaard", "2026-05-05", "overdracht/aanvaarden/1", nummer=1),
    "overdracht geweigerd": na_pip()
    .feit("overdracht_aangeboden", "2026-05-04", **NAAR)
    .feit("overdracht_geweigerd", "2026-05-05", "overdracht/aanvaarden/1", nummer=1, redencode="anders"),
    "maatwerk beeindigd": _maatwerk(na_pip()).feit("maatwerk_beeindigd", "2026-06-01", nummer=1),
    "wensen": na_pip()
    .feit("wens_uitgesproken", "2026-05-04", wens="taal", waarde="ti")
    .feit("wens_uitgesproken", "2026-05-04", wens="locatie", waarde="GM0512")
    .feit("wens_uitgesproken", "2026-06-01", wens="taal", waarde="")
    .feit("aanbieder_gekozen", "2026-06-02", partner="roc-rivierenland"),
    "concept ingetrokken": concept(Dossier().intake()).feit(
        "besluit_ingetrokken", "2026-02-23", nummer=1, redencode="vervallen"
    ),
    "besluit opnieuw verzonden": bekend(
        bekend(getekend()).feit("besluit_retour", "2026-03-04", nummer=1, adres_klopt=False, redencode="anders"),
        "2026-03-06",
    ),
    "bezwaar ingetrokken": bezwaar()
    .feit("bezwaar_zienswijze", "2026-03-20", nummer=1, van="bezwaarmaker")
    .feit("bezwaar_verschoonbaar", "2026-03-21", "bezwaar/te-laat/1", nummer=1, verschoonbaar=True, redencode="ziekte")
    .feit("bezwaar_ingetrokken", "2026-03-25", nummer=1),
    "beroep gewonnen": beslist(herroept=False)
    .feit("beroep_ingesteld", "2026-05-04", nummer=1, bezwaar=1)
    .feit("beroep_beslist", "2026-11-02", nummer=1, uitkomst="gegrond", herroept=True),
    "hoger beroep verloren": uitspraak(uitkomst="ongegrond")
    .feit("hoger_beroep_ingesteld", "2026-12-01", nummer=1, beroep=1, door="inburgeraar")
    .feit("hoger_beroep_beslist", "2027-06-01", nummer=1, uitkomst="ongegrond"),
    "hoger beroep van het college gewonnen: het pip geldt weer": uitspraak(herroept=True)
    .feit("hoger_beroep_ingesteld", "2026-12-01", nummer=1, beroep=1, door="college")
    .feit("hoger_beroep_beslist", "2027-06-01", nummer=1, uitkomst="gegrond"),
    "hoger beroep van het college gewonnen: niet opnieuw beslissen": uitspraak(opnieuw=True)
    .feit("hoger_beroep_ingesteld", "2026-12-01", nummer=1, beroep=1, door="college")
    .feit("hoger_beroep_beslist", "2027-06-01", nummer=1, uitkomst="gegrond"),
    "hoger beroep gewonnen": uitspraak(uitkomst="ongegrond")
    .feit("hoger_beroep_ingesteld", "2026-12-01", nummer=1, beroep=1, door="inburgeraar")
    .feit("hoger_beroep_beslist", "2027-06-01", nummer=1, uitkomst="gegrond", herroept=True),
    "dwangsom vastgesteld": te_laat_beslist().feit(
        "dwangsom_vastgesteld", "2026-08-03", "dwangsom/vaststellen/1", nummer=1, bedrag=1442, oordeel="verschuldigd",
        mandaathouder="m-gor",
    ),
    "maatregel gestaakt, keren getoetst": maatregel(
        GEWAARSCHUWD,
        ("keren_getoetst", "2026-09-01", {"hardnekkige_onwil": False, "oordeelcode": "onwil-niet-aangetoond"}),
        ("maatregel_gestaakt", "2026-09-02", {"redencode": "geen-hardnekkige-onwil"}),
        doelgroep="asielstatushouder",
    ),
    "boete herroepen": boete_bekend()
    .feit("bezwaar_ingediend", "2026-10-05", nummer=1, tegen="maatregel", van=1)
    .feit("bezwaar_beslist", "2026-11-02", nummer=1, uitkomst="gegrond", herroept=True, mandaathouder="m-jur",
          besluit=2),
    "boete elders, bijstand verlaagd": na_pip()
    .feit("boete_elders", "2026-06-01", gemeente="GM0363", gedraging="intake", gedraging_op="2026-05-01", bedrag=250,
          bewijs="AMS-1")
    .feit("bijstand_verlaagd", "2026-09-01", gedraging_op="2026-08-25", bewijs="PW-1"),
    "gewist": Dossier()
    .feit("kennisgeving_ingetrokken", "2026-02-02", gemeente="GM0512", doelgroep="asielstatushouder")
    .feit("persoon_gewist", "2026-02-04", "einde/wissen/1"),
    "verzoek afgehandeld": Dossier()
    .feit("verzoek_ontvangen", "2026-02-02", nummer=1, recht="inzage")
    .feit("verzoek_verlengd", "2026-02-16", "registratie/verzoek/1/1", nummer=1)
    .feit("verzoek_afgehandeld", "2026-03-16", "registratie/verzoek/2/1", nummer=1, uitkomst="ingewilligd"),
    "geblokkeerd, opgeheven en vernietigd": Dossier()
    .feit("plicht_beeindigd", "2026-02-02", grond="vertrek")
    .feit("dossier_afgesloten", "2026-02-04", "einde/afsluiten/1")
    .feit("vernietiging_geblokkeerd", "2026-03-02", nummer=1, grond="rechtszaak")
    .feit("vernietiging_geblokkeerd", "2026-03-02", nummer=2, grond="klacht", tot="2027-03-02")
    .feit("blokkade_opgeheven", "2026-06-01", nummer=1)
    .feit("dossier_vernietigd", "2031-02-03", lijst="VL-GM0512-2031-1"),
    "ingetrokken zonder kennisgeving": leeg().feit(
        "kennisgeving_ingetrokken", "2026-02-02", gemeente="GM0512", doelgroep="gezinsmigrant"
    ),
    "vervolg op niets": leeg()
    .feit("hervat", "2026-02-02", nummer=1)
    .feit("pauze_verlengd", "2026-02-02", nummer=1, verwacht_tot="2026-03-02")
    .feit("verblijf_hervat", "2026-02-02", nummer=1)
    .feit("derde_ontvangen", "2026-02-02", nummer=1)
    .feit("dossier_opgevraagd", "2026-02-02", nummer=1)
    .feit("examen_uitslag", "2026-02-02", nummer=1, gehaald=True)
    .feit("overdracht_aanvaard", "2026-02-02", nummer=1)
    .feit("maatwerk_beeindigd", "2026-02-02", nummer=1)
    .feit("azc_verhuisd", "2026-02-02", azc="azc-1")
    .feit("tolk_afgezegd", "2026-02-02", gesprek="voortgang/1")
    .feit("duo_bevestigd", "2026-02-02", melding="duo/pvt/1")
    .feit("les_beeindigd", "2026-02-02", nummer=1, redencode="klaar")
    .feit("verzoek_verlengd", "2026-02-02", nummer=1)
    .feit("blokkade_opgeheven", "2026-02-02", nummer=1)
    .feit("besluit_grond", "2026-02-02", nummer=1, grond="intake", oordeel="onderzocht", toelichting="Gedaan.")
    .feit("besluit_advies", "2026-02-02", nummer=1, strekking="anders", toelichting="Zo maar.")
    .feit("besluit_tekst", "2026-02-02", nummer=1, versie=1, hash="0" * 64)
    .feit("besluit_bekendgemaakt", "2026-02-02", nummer=1, wijze="post", bewijs="POST-1")
    .feit("besluit_retour", "2026-02-02", nummer=1, adres_klopt=True, redencode="anders")
    .feit("besluit_ingetrokken", "2026-02-02", nummer=1, redencode="anders")
    .feit("bezwaar_gehoord", "2026-02-02", nummer=1, wijze="gehoord")
    .feit("bezwaar_beslist", "2026-02-02", nummer=1, uitkomst="gegrond", herroept=True, mandaathouder="m-jur")
    .feit("beroep_beslist", "2026-02-02", nummer=1, uitkomst="ongegrond")
    .feit("hoger_beroep_beslist", "2026-02-02", nummer=1, uitkomst="ongegrond")
    .feit("voorstel_verdaagd", "2026-02-02", nummer=1, tot="2026-03-02")
    .feit("beslistermijn_hervat", "2026-02-02", nummer=1)
    .feit("dwangsom_vastgesteld", "2026-02-02", nummer=1, bedrag=0, oordeel="kennelijk", mandaathouder="m-gor")
    .feit("maatregel_gestaakt", "2026-02-02", nummer=1, redencode="anders"),
}  # fmt: skip


def _waarde(waarde: Any) -> str:
    if isinstance(waarde, Mapping):
        tekst = "{" + ", ".join(f"{k}: {_waarde(w)}" for k, w in waarde.items()) + "}"  # pyright: ignore
    elif isinstance(waarde, frozenset):
        tekst = "{" + ", ".join(sorted(map(str, waarde))) + "}"  # pyright: ignore
    else:
        tekst = repr(waarde)
    tekst = _DATUM.sub(lambda m: date(*map(int, m.groups())).isoformat(), tekst)
    return _KEUZE.sub(r"\1", tekst)


def opgeschreven() -> str:
    """Schrijf per voorbeeld de velden die afwijken van een lege stand; wat er al stond, niet nog eens."""
    gezien: set[str] = set()
    regels: list[str] = []
    for naam, dossier in (VOORBEELDEN | MEER).items():
        stand = vouw(dossier.gebeurtenissen)
        regels.append(f"== {naam}")
        for veld in fields(Stand):
            waarde = getattr(stand, veld.name)
            regel = f"  {veld.name}: {_waarde(waarde)}"
            if waarde != getattr(LEEG, veld.name) and regel not in gezien:
                regels.append(regel)
            gezien.add(regel)
    return "\n".join([*regels, ""])


if __name__ == "__main__":
    print(opgeschreven(), end="")
