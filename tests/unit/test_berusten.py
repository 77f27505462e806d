"""Wat op een feit berust (regel 11): wat over hetzelfde gaat en later is vastgelegd, en niets anders."""

from typing import Any

import pytest

from domein.regels.berusten import BERUST_OP, berust_op
from tests.unit.kernbouw import Dossier

Feit = tuple[str, str | None, dict[str, Any]]
PIP = {"bekendgemaakt_op": "2026-06-01", "leerroute": "z", "aantal_gesprekken": 4, "interval_maanden": 6,
       "mandaathouder": "m-gor"}  # fmt: skip
BESLUIT = {"redencode": "anders", "mandaathouder": "m-gor"}
UREN = {"periode_van": "2026-04-06", "periode_tot": "2026-05-01", "gevolgd": 40, "bewijs": "lijst-1"}
NAAR = {"naar_partner": "avres", "naar_medewerker": "m-kos"}
LES = {"redencode": "klaar"}


HASH = "0" * 64
CONCEPT = {"nummer": 1, "besluitsoort": "pip", "voor": "pip/vaststellen/1", "uitkomst": "pip_vastgesteld"}
GETEKEND = {"nummer": 1, "mandaathouder": "m", "mandaat": "m-1", "grondslag": "b", "orgaan": "o", "versie": 2,
            "hash": HASH}  # fmt: skip
BOETE = {"nummer": 1, "opgelegd": False, "verwijtbaarheid": "normaal", "redencode": "anders", "mandaathouder": "m"}
BEZWAAR = {"nummer": 1, "tegen": "pip", "van": 1}
DWANGSOM: dict[str, Any] = {"bedrag": 0, "oordeel": "kennelijk", "mandaathouder": "m"}
OVERWOGEN = {"nummer": 1, "gedraging": "traject", "gedraging_op": "2026-05-01"}
GROND = {"grond": "intake", "oordeel": "onderzocht", "toelichting": "Gedaan."}
POST = {"wijze": "post", "bewijs": "P-1"}


def feit(soort: str, stap: str | None = None, **gegevens: Any) -> Feit:
    return soort, stap, gegevens


# het feit; wat erop berust; wat er op lijkt, maar over iets anders gaat
PAREN: list[tuple[Feit, Feit, Feit | None]] = [
    (feit("oproep_verzonden", nummer=1, afspraak_op="2026-03-16"), feit("niet_verschenen", nummer=1),
     feit("niet_verschenen", nummer=2)),
    (feit("niet_verschenen", nummer=1), feit("oproep_verzonden", nummer=2, afspraak_op="2026-06-01"),
     feit("oproep_verzonden", nummer=3, afspraak_op="2026-06-01")),
    (feit("niet_verschenen", nummer=3), feit("intake_ambtshalve_afgerond"), feit("brp_ingeschreven")),
    (feit("intake_gehouden"), feit("pip_vastgesteld", **PIP), feit("pvt_voltooid")),
    (feit("intake_ambtshalve_afgerond"), feit("pip_vastgesteld", **PIP), feit("pvt_voltooid")),
    (feit("aanmelding_geweigerd", nummer=1, redencode="reistijd"),
     feit("aanmelding_geaccepteerd", nummer=2, startdatum="2026-07-01"),
     feit("aanmelding_geaccepteerd", nummer=3, startdatum="2026-07-01")),
    (feit("aanmelding_geweigerd", nummer=1, redencode="reistijd"),
     feit("aanmelding_geweigerd", nummer=2, redencode="reistijd"),
     feit("aanmelding_geweigerd", nummer=3, redencode="reistijd")),
    (feit("aanmelding_geaccepteerd", nummer=1, startdatum="2026-07-01"), feit("les_gestart", nummer=1), None),
    (feit("duo_ingevoerd", melding="duo/pvt/1", referentie="PI-1"), feit("duo_bevestigd", melding="duo/pvt/1"),
     feit("duo_bevestigd", melding="duo/map/1")),
    (feit("controle_gevraagd", nummer=1, aanleiding="tweede_antwoord"),
     feit("controle_afgehandeld", "registratie/controle/1", oordeelcode="hersteld"),
     feit("controle_afgehandeld", "registratie/controle/2", oordeelcode="hersteld")),
    (feit("koppeling", nummer=1, gemeente="GM0512"), feit("azc_verhuisd", azc="azc-9"), feit("brp_ingeschreven")),
    (feit("koppeling", nummer=1, gemeente="GM0512"), feit("warme_overdracht"), None),
    (feit("derde_gevraagd", nummer=1, bij="ggd"), feit("derde_ontvangen", nummer=1), feit("derde_ontvangen", nummer=2)),
    (feit("pip_voorstel", nummer=1, voorstel="leerroute", naar="z"), feit("voorstel_afgewezen", nummer=1, **BESLUIT),
     feit("voorstel_afgewezen", nummer=2, **BESLUIT)),
    (feit("pip_voorstel", nummer=1, voorstel="leerroute", naar="z"),
     feit("pip_vastgesteld", "pip/leerroute/1", **PIP), feit("pip_vastgesteld", "pip/afschalen/1", **PIP)),
    (feit("aanmelding_op_wachtlijst", nummer=1, herzien_op="2026-06-01"),
     feit("aanmelding_geaccepteerd", nummer=1, startdatum="2026-07-01"),
     feit("aanmelding_geweigerd", nummer=2, redencode="reistijd")),
    (feit("les_gestart", nummer=1), feit("uren_gemeld", nummer=1, **UREN), feit("uren_gemeld", nummer=2, **UREN)),
    (feit("les_gestart", nummer=1), feit("les_beeindigd", nummer=1, **LES), feit("les_beeindigd", nummer=2, **LES)),
    (feit("voortgang_opgevraagd", nummer=1), feit("uren_gemeld", "cursus/voortgang/1", **UREN),
     feit("uren_gemeld", "cursus/voortgang/2", **UREN)),
    (feit("uren_gemeld", **UREN), feit("z_eindgesprek_gevoerd"), feit("pvt_voltooid")),
    (feit("begeleiding_gestart"), feit("begeleiding_afgerond"), feit("pvt_voltooid")),
    (feit("bijstand_toegekend"), feit("ontzorgen_ingericht"), feit("pvt_voltooid")),
    (feit("bijstand_toegekend"), feit("ontzorgen_geeindigd"), None),
    (feit("bijstand_toegekend"), feit("bijstand_beeindigd"), None),
    (feit("verhuisd", nummer=1, naar="GM1978"), feit("dossier_opgevraagd", nummer=1),
     feit("dossier_opgevraagd", nummer=2)),
    (feit("verhuisd", nummer=1, naar="GM1978"), feit("dossier_geleverd", nummer=1), feit("dossier_geleverd", nummer=2)),
    (feit("verhuisd", nummer=1, naar="GM1978"), feit("dossier_overgenomen", nummer=1), feit("dossier_afgesloten")),
    (feit("verhuisd", nummer=1, naar="GM1978"), feit("pip_vastgesteld", "pip/verhuizing/1", **PIP),
     feit("pip_vastgesteld", "pip/verhuizing/2", **PIP)),
    (feit("verhuisd", nummer=1, naar="GM0363", buiten_regio=True), feit("dossier_afgesloten"), None),
    *(
        (feit("duo_aanvraag", nummer=1, aanvraag=aanvraag), feit(besluit, aanvraag=1, **extra),
         feit(besluit, aanvraag=2, **extra))
        for aanvraag, besluit, extra in (
            ("verlenging", "verlengd", {"nieuwe_einddatum": "2030-01-01"}), ("vrijstelling", "vrijgesteld", {}),
            ("ontheffing", "ontheven", {"grond": "medisch"}), ("verlenging", "aanvraag_afgewezen", {}),
        )
    ),
    (feit("duo_aanvraag", nummer=1, aanvraag="ontheffing"),
     feit("advies_gegeven", "registratie/duo-advies/1", strekking="geen"),
     feit("advies_gegeven", "registratie/duo-advies/2", strekking="geen")),
    (feit("verblijf_onderbroken", nummer=1), feit("verblijf_hervat", nummer=1), feit("verblijf_hervat", nummer=2)),
    (feit("examen_gedaan", nummer=1, onderdeel="knm"), feit("examen_uitslag", nummer=1, gehaald=True), None),
    (feit("gepauzeerd", nummer=1, grond="overig"), feit("hervat", nummer=1), feit("hervat", nummer=2)),
    (feit("gepauzeerd", nummer=1, grond="overig"), feit("pauze_verlengd", nummer=1, verwacht_tot="2027-01-04"),
     feit("pauze_verlengd", nummer=2, verwacht_tot="2027-01-04")),
    (feit("overdracht_aangeboden", nummer=1, **NAAR), feit("overdracht_aanvaard", nummer=1), None),
    (feit("overdracht_aangeboden", nummer=1, **NAAR), feit("overdracht_geweigerd", nummer=1, redencode="anders"), None),
    (feit("tolk_geboekt", gesprek="voortgang/1", gesprek_op="2026-08-25"), feit("tolk_afgezegd", gesprek="voortgang/1"),
     feit("tolk_afgezegd", gesprek="voortgang/2")),
    *(
        (feit("besluit_concept", **CONCEPT), feit(soort, **extra), feit(soort, **{**extra, "nummer": 2}))
        for soort, extra in (
            ("besluit_grond", {"nummer": 1, **GROND}),
            ("besluit_advies", {"nummer": 1, "strekking": "positief", "toelichting": "Past goed."}),
            ("besluit_tekst", {"nummer": 1, "versie": 2, "hash": HASH}),
            ("besluit_ondertekend", GETEKEND), ("besluit_ingetrokken", {"nummer": 1, "redencode": "anders"}),
        )
    ),
    *(
        (feit(soort, **extra), feit("besluit_ondertekend", **GETEKEND),
         feit("besluit_ondertekend", **{**GETEKEND, "nummer": 2}))
        for soort, extra in (
            ("besluit_grond", {"nummer": 1, **GROND}),
            ("besluit_advies", {"nummer": 1, "strekking": "positief", "toelichting": "Past goed."}),
            ("besluit_tekst", {"nummer": 1, "versie": 2, "hash": HASH}),
        )
    ),
    (feit("besluit_ondertekend", **GETEKEND), feit("pip_vastgesteld", **PIP, besluit=1),
     feit("pip_vastgesteld", **PIP)),
    (feit("besluit_ondertekend", **GETEKEND), feit("voorstel_afgewezen", nummer=3, **BESLUIT, besluit=1),
     feit("voorstel_afgewezen", nummer=1, **BESLUIT)),
    (feit("besluit_ondertekend", **GETEKEND), feit("maatregel_besloten", **BOETE, besluit=1),
     feit("maatregel_besloten", **BOETE, besluit=2)),
    (feit("besluit_ondertekend", **GETEKEND),
     feit("bezwaar_beslist", nummer=3, uitkomst="ongegrond", mandaathouder="m", besluit=1),
     feit("bezwaar_beslist", nummer=1, uitkomst="ongegrond", mandaathouder="m", besluit=2)),
    (feit("besluit_ondertekend", **GETEKEND), feit("besluit_bekendgemaakt", nummer=1, **POST),
     feit("besluit_bekendgemaakt", nummer=2, **POST)),
    (feit("besluit_bekendgemaakt", nummer=1, **POST), feit("besluit_retour", nummer=1, adres_klopt=True, redencode="x"),
     feit("besluit_retour", nummer=2, adres_klopt=True, redencode="x")),
    *(
        (feit("bezwaar_ingediend", **BEZWAAR), feit(soort, nummer=1, **extra), feit(soort, nummer=2, **extra))
        for soort, extra in (
            ("bezwaar_verschoonbaar", {"verschoonbaar": True, "redencode": "ziekte"}),
            ("bezwaar_zienswijze", {"van": "gemeente"}), ("bezwaar_gehoord", {"wijze": "gehoord"}),
            ("bezwaar_verdaagd", {}), ("bezwaar_ingetrokken", {}),
            ("bezwaar_beslist", {"uitkomst": "ongegrond", "mandaathouder": "m"}),
        )
    ),
    (feit("bezwaar_beslist", nummer=1, uitkomst="ongegrond", mandaathouder="m"),
     feit("beroep_ingesteld", nummer=4, bezwaar=1), feit("beroep_ingesteld", nummer=1, bezwaar=2)),
    (feit("beroep_ingesteld", nummer=1, bezwaar=1), feit("beroep_beslist", nummer=1, uitkomst="ongegrond"),
     feit("beroep_beslist", nummer=2, uitkomst="ongegrond")),
    *(
        (feit(begin, **eerst), feit("hoger_beroep_ingesteld", nummer=4, beroep=1, door="college"),
         feit("hoger_beroep_ingesteld", nummer=1, beroep=2, door="college"))
        for begin, eerst in (
            ("beroep_ingesteld", {"nummer": 1, "bezwaar": 1}),
            ("beroep_beslist", {"nummer": 1, "uitkomst": "ongegrond"}),
        )
    ),
    (feit("hoger_beroep_ingesteld", nummer=1, beroep=1, door="college"),
     feit("hoger_beroep_beslist", nummer=1, uitkomst="ongegrond"),
     feit("hoger_beroep_beslist", nummer=2, uitkomst="ongegrond")),
    *(
        (feit(begin, **eerst), feit(soort, nummer=7, over=over, van=1, **extra),
         feit(soort, nummer=1, over=over, van=2, **extra))
        for begin, eerst, over in (
            ("bezwaar_ingediend", BEZWAAR, "bezwaar"),
            ("pip_voorstel", {"nummer": 1, "voorstel": "leerroute", "naar": "z"}, "voorstel"),
            ("verzoek_ontvangen", {"nummer": 1, "recht": "inzage"}, "verzoek"),
        )
        for soort, extra in (
            ("in_gebreke_gesteld", {}), ("beslistermijn_opgeschort", {"grond": "aanvullen", "tot": "2026-06-01"}),
        )
        if (soort, over) != ("beslistermijn_opgeschort", "verzoek")
    ),
    (feit("pip_voorstel", nummer=1, voorstel="leerroute", naar="z"),
     feit("voorstel_verdaagd", nummer=1, tot="2026-06-01"), feit("voorstel_verdaagd", nummer=2, tot="2026-06-01")),
    (feit("beslistermijn_opgeschort", nummer=1, over="bezwaar", van=1, grond="aanvullen", tot="2026-06-01"),
     feit("beslistermijn_hervat", nummer=1), feit("beslistermijn_hervat", nummer=2)),
    (feit("in_gebreke_gesteld", nummer=1, over="bezwaar", van=1), feit("dwangsom_vastgesteld", nummer=1, **DWANGSOM),
     feit("dwangsom_vastgesteld", nummer=2, **DWANGSOM)),
    *(
        (feit(begin, **eerst), feit(soort, nummer=1, **extra), feit(soort, nummer=2, **extra))
        for begin, eerst, vervolgen in (
            ("maatregel_overwogen", OVERWOGEN, (
                ("maatregel_gewaarschuwd", {"wijze": "brief"}),
                ("maatregel_voornemen", {"zienswijze_tot": "2026-06-01"}),
                ("keren_getoetst", {"hardnekkige_onwil": False, "oordeelcode": "x"}),
                ("maatregel_zienswijze", {"wijze": "geen"}), ("maatregel_gestaakt", {"redencode": "anders"}),
                ("maatregel_besloten", {k: w for k, w in BOETE.items() if k != "nummer"}),
            )),
            ("maatregel_voornemen", {"nummer": 1, "zienswijze_tot": "2026-06-01"}, (
                ("maatregel_zienswijze", {"wijze": "geen"}),
                ("maatregel_besloten", {k: w for k, w in BOETE.items() if k != "nummer"}),
            )),
        )
        for soort, extra in vervolgen
    ),
    (feit("kennisgeving_ingetrokken", gemeente="GM0512", doelgroep="asielstatushouder"), feit("persoon_gewist"), None),
    (feit("verzoek_ontvangen", nummer=1, recht="inzage"), feit("verzoek_verlengd", nummer=1),
     feit("verzoek_verlengd", nummer=2)),
    (feit("verzoek_ontvangen", nummer=1, recht="inzage"),
     feit("verzoek_afgehandeld", nummer=1, uitkomst="ingewilligd"),
     feit("verzoek_afgehandeld", nummer=2, uitkomst="ingewilligd")),
    (feit("vernietiging_geblokkeerd", nummer=1, grond="klacht"), feit("blokkade_opgeheven", nummer=1),
     feit("blokkade_opgeheven", nummer=2)),
    *(
        (feit(soort, **extra), feit("dossier_afgesloten"), feit("tolk_nodig", taal="ti"))
        for soort, extra in (
            ("voldaan", {}), ("termijn_overschreden", {}), ("plicht_beeindigd", {"grond": "vertrek"}),
            ("vrijgesteld", {}), ("ontheven", {"grond": "medisch"}),
        )
    ),
]  # fmt: skip


def dossier(*feiten: Feit) -> Dossier:
    d = Dossier()
    for soort, stap, gegevens in feiten:
        d.feit(soort, "2026-05-04", stap, **gegevens)
    return d


@pytest.mark.parametrize(("f", "erop", "ander"), PAREN, ids=[f"{p[0][0]}-{p[1][0]}" for p in PAREN])
def test_een_vervolg_berust_op_zijn_begin_en_iets_anders_niet(f: Feit, erop: Feit, ander: Feit | None) -> None:
    d = dossier(f, erop, *([ander] if ander else []))
    assert berust_op(d.gebeurtenissen[1], d.gebeurtenissen) == [d.gebeurtenissen[2]]


@pytest.mark.parametrize(("f", "erop", "ander"), PAREN, ids=[f"{p[0][0]}-{p[1][0]}" for p in PAREN])
def test_wat_al_was_vastgelegd_of_is_doorgehaald_berust_nergens_op(f: Feit, erop: Feit, ander: Feit | None) -> None:
    eerder = dossier(erop, f)
    assert berust_op(eerder.gebeurtenissen[2], eerder.gebeurtenissen) == []
    d = dossier(f, erop)
    d.feit("doorgehaald", "2026-05-04", gebeurtenis=d.gebeurtenissen[2].id)
    assert berust_op(d.gebeurtenissen[1], d.gebeurtenissen) == []


def test_elk_paar_uit_de_lijst_is_hier_nagerekend() -> None:
    nagerekend = {(f[0], erop[0]) for f, erop, _ in PAREN}
    lijst = {(begin, vervolg) for begin, alle in BERUST_OP.items() for vervolg in alle}
    apart = {(begin, vervolg) for begin, vervolg in lijst if begin in ("kennisgeving", "pip_vastgesteld")}
    apart |= {
        ("oproep_verzonden", "intake_gehouden"), ("aanmelding_op_wachtlijst", "aanmelding_geweigerd"),
        ("maatwerk_vastgesteld", "maatwerk_beeindigd"),
    }  # fmt: skip
    assert lijst - apart - nagerekend == set()


@pytest.mark.parametrize("soort", sorted(BERUST_OP["pip_vastgesteld"]))
def test_op_het_pip_berust_wat_erna_kwam_tenzij_een_eerder_pip_het_al_draagt(soort: str) -> None:
    extra: dict[str, dict[str, Any]] = {
        "aanmelding_geaccepteerd": {"nummer": 1, "startdatum": "2026-07-01"},
        "aanmelding_geweigerd": {"nummer": 1, "redencode": "reistijd"},
        "les_gestart": {"nummer": 1}, "gesprek_gevoerd": {"nummer": 1}, "gesprek_niet_verschenen": {"nummer": 1},
        "participatie_gemist": {"nummer": 1, "onderdeel": "pvt", "wat": "bijeenkomst"},
        "map_voltooid": {"praktijkuren": 48}, "verlengd": {"nieuwe_einddatum": "2030-01-01"},
    }  # fmt: skip
    een = Dossier().pip("2026-02-25").feit(soort, "2026-05-04", **extra.get(soort, {}))
    assert berust_op(een.gebeurtenissen[1], een.gebeurtenissen) == [een.gebeurtenissen[2]]
    twee = Dossier().pip("2026-02-25").pip("2026-04-01").feit(soort, "2026-05-04", **extra.get(soort, {}))
    assert berust_op(twee.gebeurtenissen[2], twee.gebeurtenissen) == []
    assert berust_op(twee.gebeurtenissen[1], twee.gebeurtenissen) == [twee.gebeurtenissen[3]]
    te_vroeg = Dossier().pip("2026-06-01").pip("2026-04-01").feit(soort, "2026-03-02", **extra.get(soort, {}))
    assert berust_op(te_vroeg.gebeurtenissen[1], te_vroeg.gebeurtenissen) == [te_vroeg.gebeurtenissen[3]]


def test_op_de_enige_kennisgeving_rust_het_begin_en_op_een_van_twee_niets() -> None:
    d = Dossier().intake().pip()
    assert berust_op(d.gebeurtenissen[0], d.gebeurtenissen) == d.gebeurtenissen[1:]
    d.feit("kennisgeving", "2026-01-06", gemeente="GM0512", doelgroep="asielstatushouder")
    assert berust_op(d.gebeurtenissen[0], d.gebeurtenissen) == []


def test_de_intake_berust_alleen_op_de_laatste_oproep() -> None:
    d = Dossier().gemist(1, "2026-01-07", "2026-01-21")
    d.feit("oproep_verzonden", "2026-01-22", nummer=2, afspraak_op="2026-02-05").intake("2026-02-05")
    eerste, laatste = d.gebeurtenissen[1], d.gebeurtenissen[3]
    assert [g.soort for g in berust_op(eerste, d.gebeurtenissen)] == ["niet_verschenen"]
    assert [g.soort for g in berust_op(laatste, d.gebeurtenissen)] == ["intake_gehouden"]
