"""Besluiten in het portaal: van concept tot bezwaar, elk met de handeling die ook de opdrachtregel gebruikt."""

from datetime import date
from pathlib import Path

import pytest
from httpx import Response

from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.invarianten import controleer
from domein.model import Logsoort
from domein.regeling.gronden import gronden_voor
from domein.regels.kalender import datum
from tests.hulp.invullen import ingevuld
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar, tekst_in, versie_in
from tests.integratie.portaal_bezoek import Browser
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar

GEVAARLIJK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
CONCEPT = {
    "stap": "pip/vaststellen/1", "uitkomst": "pip_vastgesteld", "pip_vastgesteld.leerroute": "b1",
    "pip_vastgesteld.aantal_gesprekken": "4", "pip_vastgesteld.interval_maanden": "6",
}  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand, die er alleen op PostgreSQL is."""
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return besluitwereld(magazijn, klok, tmp_path)


def met_concept(wereld: Besluitwereld) -> Browser:
    jdb = wereld.als("m-jdb")
    antwoord = jdb.stuur(f"{wereld.pad}/nieuw", CONCEPT)
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, f"{wereld.pad}/1?gedaan=concept")
    return jdb


def knop(wereld: Besluitwereld, wie: Browser, pad: str, velden: dict[str, str], nummer: int = 1) -> Response:
    een = f"{wereld.pad}/{nummer}"
    return wie.stuur(f"{een}/{pad}", velden, van=een)


def onderzoek(wereld: Besluitwereld, wie: Browser) -> None:
    stand = wereld.leven.stand()
    for grond in gronden_voor(stand.besluiten[1].soort, asiel=stand.is_asiel):
        velden = {"grond": grond.code, f"grond-{grond.code}.oordeel": "onderzocht",
                  f"grond-{grond.code}.toelichting": "Besproken bij de intake."}  # fmt: skip
        assert knop(wereld, wie, "grond", velden).status_code == 303


def schrijf(wereld: Besluitwereld, wie: Browser, waarom: str = "Zij leest al goed.") -> None:
    pagina = wie.get(f"{wereld.pad}/1")
    tekst = ingevuld(tekst_in(pagina), waarom)
    antwoord = knop(wereld, wie, "tekst", {"tekst": tekst.replace("\n", "\r\n"), "versie": versie_in(pagina)})
    assert antwoord.status_code == 303, leesbaar(antwoord)


def teken(wereld: Besluitwereld, wie: Browser, **velden: str) -> Response:
    versie = versie_in(wie.get(f"{wereld.pad}/1"))
    return knop(wereld, wie, "tekenen", {"versie": versie, **velden})


def getekend(wereld: Besluitwereld) -> Browser:
    jdb = met_concept(wereld)
    onderzoek(wereld, jdb)
    schrijf(wereld, jdb)
    antwoord = teken(wereld, wereld.als("m-gor"))
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/besluiten?gedaan=getekend")
    return jdb


def test_van_concept_tot_bekendmaking_met_wie_en_op_welk_mandaat(wereld: Besluitwereld, tmp_path: Path) -> None:
    jdb = met_concept(wereld)
    assert is_gewekt(tmp_path)
    pagina = jdb.get(f"{wereld.pad}/1")
    assert "nog te onderzoeken" in pagina.text
    for woord in ("Maanden tussen twee gesprekken", "B1-route"):  # de woorden van het formulier, geen veldnamen
        assert woord in leesbaar(pagina).split("Wat is onderzocht")[0]
    assert "De stap opent op" not in pagina.text
    assert "[vul hier in waarom]" in tekst_in(pagina)
    gor = wereld.als("m-gor")
    assert "Tekenen kan nog niet" in leesbaar(gor.get(f"{wereld.pad}/1"))
    te_vroeg = teken(wereld, gor)
    assert te_vroeg.status_code == 422
    assert "Nog niet onderzocht: intake" in leesbaar(te_vroeg)
    assert "regie besluit" not in te_vroeg.text  # wie hier werkt, heeft de opdrachtregel niet
    onderzoek(wereld, jdb)
    advies = {"advies.strekking": "positief", "advies.toelichting": "B1 past."}
    assert knop(wereld, jdb, "advies", advies).status_code == 303
    schrijf(wereld, jdb)
    assert "Te tekenen 1" in leesbaar(gor.get("/besluiten"))
    assert teken(wereld, gor).headers["location"] == "/besluiten?gedaan=getekend"
    assert "Het besluit is getekend." in gor.get("/besluiten?gedaan=getekend").text
    bekend = {"besluit_bekendgemaakt.datum": wereld.leven.omgeving.klok.vandaag().isoformat(),
              "besluit_bekendgemaakt.wijze": "aangetekend", "besluit_bekendgemaakt.bewijs": "RR-1"}  # fmt: skip
    assert knop(wereld, jdb, "bekendmaken", bekend).status_code == 303
    tekst = leesbaar(jdb.get(f"{wereld.pad}/1"))
    assert "gor-besluit: Mandaatbesluit Gorinchem VB-2021-201, artikel 3" in tekst
    for een in (
        "Stap Stel het PIP vast",
        "Opgesteld door Jonas de Beer (m-jdb)",
        "Getekend door Goran Aalbers (m-gor)",
        "Bezwaar of beroep kan tot en met",
        "bewijs RR-1",
    ):
        assert een in tekst, een
    verloop = tekst[tekst.index("Verloop") :]
    assert verloop.index("Concept gemaakt Door Jonas de Beer (m-jdb)") < verloop.index(
        "Ondertekend Door Goran Aalbers (m-gor)"
    )
    assert "Zij leest al goed." in tekst
    assert '<textarea id="tekst"' not in jdb.get(f"{wereld.pad}/1").text  # getekend blijft zoals getekend
    assert "In de bezwaartermijn 1" in leesbaar(jdb.get("/besluiten"))
    assert "Naar het begin" in leesbaar(jdb.get("/besluiten?vanaf=25"))  # een blad dat er niet is, is leeg
    for onzin in ("-1", "x", "9" * 5000, "１"):
        assert "In de bezwaartermijn 1" in leesbaar(jdb.get(f"/besluiten?vanaf={onzin}")), onzin[:5]
    wereld.leven.op(date(2026, 5, 4))  # meer dan zes weken na de bekendmaking
    jdb = wereld.als("m-jdb")
    assert "PIP" not in leesbaar(jdb.get("/besluiten"))
    assert "Afgerond 1" in leesbaar(jdb.get("/besluiten?toon=afgerond"))
    assert not {naam: wat for naam, wat in controleer(wereld.omgeving).items() if wat}


def test_een_concept_opent_de_stap_zodat_de_mandaathouder_het_ziet(
    magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path
) -> None:
    wereld = besluitwereld(magazijn, klok, tmp_path, geopend=False, na_intake=False)
    wereld.leven.open("intake/oproep/1")  # zo heeft het dossier een klantmanager
    vroeg = wereld.leven.omgeving.klok.vandaag()
    streef = wereld.leven.stappen()["pip/vaststellen/1"].streef
    assert wereld.leven.stappen()["pip/vaststellen/1"].start > vroeg
    jdb = met_concept(wereld)
    pagina = leesbaar(jdb.get(f"{wereld.pad}/1"))
    assert f"{datum(vroeg)}. Vanaf die dag ziet de mandaathouder dit besluit" in pagina
    stap = wereld.leven.stappen()["pip/vaststellen/1"]
    assert (stap.start, stap.streef) == (vroeg, streef)
    assert f"Het concept van het besluit ligt er sinds {datum(vroeg)}; tekenen kan dus al." in stap.waarom
    assert wereld.als("m-gor").get(f"{wereld.pad}/1").status_code == 404
    wereld.leven.open("pip/vaststellen/1")  # zoals de ronde doet
    onderzoek(wereld, jdb)
    schrijf(wereld, jdb)
    gor = wereld.als("m-gor")
    assert "Nog zonder advies 1" in leesbaar(gor.get("/besluiten"))
    assert gor.get(f"{wereld.pad}/1").status_code == 200


def test_buiten_het_mandaat_staat_er_waarom_en_wordt_er_niet_getekend(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    onderzoek(wereld, jdb)
    schrijf(wereld, jdb)
    tekst = leesbaar(jdb.get(f"{wereld.pad}/1"))
    assert "Goran Aalbers ja gor-besluit: Mandaatbesluit Gorinchem" in tekst
    assert (
        "Jurre Postma nee Mandaat 'gor-bezwaar' (Mandaatbesluit Gorinchem VB-2021-201, artikel 7) omvat geen" in tekst
    )
    assert "U hebt geen mandaat om dit besluit te tekenen." in tekst
    voor = alles(wereld.hier)
    for wie in (jdb, wereld.als("m-jur")):
        geweigerd = teken(wereld, wie)
        assert geweigerd.status_code == 403
        assert "Dit besluit valt buiten het mandaat" in leesbaar(geweigerd)
    assert wereld.als("m-mol").get(f"{wereld.pad}/1").status_code == 404  # een andere gemeente ziet niets
    na = alles(wereld.hier)
    assert na["gebeurtenis"] == voor["gebeurtenis"]
    assert wereld.leven.stand().besluiten[1].ondertekenaar == ""


def test_wie_een_oude_tekst_voor_zich_had_tekent_en_schrijft_niet(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    onderzoek(wereld, jdb)
    oud = versie_in(jdb.get(f"{wereld.pad}/1"))
    schrijf(wereld, jdb)
    gor = wereld.als("m-gor")
    geweigerd = knop(wereld, gor, "tekenen", {"versie": oud})
    assert geweigerd.status_code == 409
    assert "is intussen gewijzigd" in leesbaar(geweigerd)
    botst = knop(wereld, jdb, "tekst", {"tekst": "Mijn eigen woorden.", "versie": oud})
    assert botst.status_code == 409
    assert tekst_in(botst).strip() == "Mijn eigen woorden."  # wat iemand typte blijft staan
    assert knop(wereld, gor, "tekenen", {}).status_code == 409


def test_een_fout_in_een_formulier_laat_staan_wat_er_stond_en_verandert_niets(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    assert "PIP: Het PIP is vastgesteld" in leesbaar(jdb.get(wereld.pad))
    fout = jdb.stuur(f"{wereld.pad}/nieuw", CONCEPT | {"pip_vastgesteld.aantal_gesprekken": "veel"})
    assert fout.status_code == 422
    assert 'value="veel"' in fout.text
    assert "Vul een heel getal in." in fout.text
    assert jdb.stuur(f"{wereld.pad}/nieuw", {**CONCEPT, "stap": "pip/vaststellen/9"}).status_code == 422
    jdb.stuur(f"{wereld.pad}/nieuw", CONCEPT)
    leeg = knop(wereld, jdb, "advies", {})
    assert leeg.status_code == 422
    assert '<a href="#advies-strekking">Strekking: Maak een keuze.</a>' in leeg.text
    onbekend = knop(wereld, jdb, "grond", {"grond": "x", "grond-x.oordeel": "onderzocht", "grond-x.toelichting": "abc"})
    assert onbekend.status_code == 422
    assert "is geen grond van dit besluit" in leesbaar(onbekend)
    assert wereld.leven.telling()["besluit_grond"] == 0
    dubbel = jdb.get(f"{wereld.pad}/nieuw")
    assert "loopt al een concept voor" in dubbel.text


def test_vijandige_tekst_wordt_overal_als_tekst_getoond(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    grond = {"grond": "intake", "grond-intake.oordeel": "onderzocht", "grond-intake.toelichting": GEVAARLIJK}
    assert knop(wereld, jdb, "grond", grond).status_code == 303
    advies = {"advies.strekking": "anders", "advies.toelichting": GEVAARLIJK}
    assert knop(wereld, jdb, "advies", advies).status_code == 303
    schrijf(wereld, jdb, f"</textarea>{GEVAARLIJK}")
    intrek = {"intrekken.redencode": "verkeerd", "intrekken.reden": GEVAARLIJK}
    open_ = jdb.get(f"{wereld.pad}/1")
    assert knop(wereld, jdb, "intrekken", intrek).status_code == 303
    for pagina in (open_, jdb.get(f"{wereld.pad}/1"), jdb.get(f"{wereld.pad}?gedaan={GEVAARLIJK}")):
        assert "<script>alert" not in pagina.text
        assert "<img src=x" not in pagina.text
    assert GEVAARLIJK in leesbaar(jdb.get(f"{wereld.pad}/1")) or "alert(1)" in leesbaar(jdb.get(f"{wereld.pad}/1"))
    assert "49" not in tekst_in(open_)
    assert wereld.leven.stand().besluiten[1].ingetrokken_op is not None


def test_wie_geen_recht_of_geen_inzage_heeft_ziet_dat_er_niets_is(wereld: Besluitwereld) -> None:
    met_concept(wereld)
    niets = wereld.als("m-mer").get("/bestaat-niet").text
    for code in ("m-mer", "m-vrw", "m-fg", "m-con", "m-bhr", "m-mol", "m-vij", "m-kos"):
        wie = wereld.als(code)
        for pad in (wereld.pad, f"{wereld.pad}/1", f"{wereld.pad}/nieuw"):
            antwoord = wie.get(pad)
            assert (antwoord.status_code, antwoord.text) == (404, niets), (code, pad)
    jdb = wereld.als("m-jdb")
    for pad in (f"{wereld.pad}/2", f"{wereld.pad}/x", "/dossiers/D-ZZZZZ/besluiten"):
        assert jdb.get(pad).status_code == 404
    assert knop(wereld, jdb, "advies", {}, nummer=1).status_code == 422
    assert jdb.post(f"{wereld.pad}/2/advies", {"bewijs": _bewijs(jdb)}).status_code == 404


def _bewijs(wie: Browser) -> str:
    from tests.integratie.portaal_bezoek import bewijs_van

    return bewijs_van(wie.get("/aanmelding"))


def test_de_coordinator_ziet_hoe_ver_het_is_en_niet_wat_erin_staat(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    schrijf(wereld, jdb, "Zij woont bij haar zus.")
    grond = {"grond": "intake", "grond-intake.oordeel": "onderzocht", "grond-intake.toelichting": "Kanarie."}
    knop(wereld, jdb, "grond", grond)
    reg = wereld.als("m-reg")
    pagina = reg.get(f"{wereld.pad}/1")
    assert pagina.status_code == 200
    for geheim in ("haar zus", "Kanarie", 'textarea id="tekst"', "onderwijsroute"):
        assert geheim not in pagina.text
    for pad in ("tekst", "grond", "advies", "tekenen", "intrekken"):
        assert knop(wereld, reg, pad, {}).status_code == 404
    assert reg.get(f"{wereld.pad}/nieuw").status_code == 404


def test_kijken_verandert_niets_en_staat_in_het_logboek(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    voor = alles(wereld.hier)
    begin = len(wereld.logregels(wereld.ref))
    paden = ("/besluiten", wereld.pad, f"{wereld.pad}/1", f"{wereld.pad}/nieuw?stap=pip/vaststellen/1")
    for pad in paden:
        assert jdb.get(pad).status_code == 200
        assert jdb.get(f"{wereld.pad}/1/tekenen").status_code in (404, 405)
    na = alles(wereld.hier)
    assert {t: r for t, r in na.items() if t != "sessie"} == {t: r for t, r in voor.items() if t != "sessie"}
    nieuw = wereld.logregels(wereld.ref)[begin:]
    assert [(r.naam, r.soort) for r in nieuw] == [
        ("/besluiten", Logsoort.GEZIEN),  # daar staat de naam
        ("/dossiers/{referentie}/besluiten", Logsoort.GEZIEN),
        ("/dossiers/{referentie}/besluiten/{nummer}", Logsoort.GEZIEN),
        ("/dossiers/{referentie}/besluiten/nieuw", Logsoort.GEZIEN),
    ]
    knop(wereld, jdb, "advies", {"advies.strekking": "anders", "advies.toelichting": "Kijk nog eens."})
    laatste = wereld.logregels(wereld.ref)[-1]
    assert (laatste.naam, laatste.soort, laatste.actor) == (
        "/dossiers/{referentie}/besluiten/{nummer}/advies", Logsoort.GEWIJZIGD, "m-jdb",
    )  # fmt: skip


def test_zonder_bewijs_of_van_elders_gebeurt_er_niets(wereld: Besluitwereld) -> None:
    jdb = met_concept(wereld)
    voor = alles(wereld.hier)
    for pad in ("advies", "tekst", "tekenen", "intrekken", "grond", "bekendmaken", "retour"):
        assert jdb.post(f"{wereld.pad}/1/{pad}", {"bewijs": "x"}).status_code == 403
        elders = jdb.post(f"{wereld.pad}/1/{pad}", {"bewijs": _bewijs(jdb)}, {"sec-fetch-site": "cross-site"})
        assert elders.status_code == 403
    assert alles(wereld.hier)["gebeurtenis"] == voor["gebeurtenis"]


def test_retour_van_een_verkeerd_adres_haalt_de_termijn_weg_en_het_gaat_opnieuw(wereld: Besluitwereld) -> None:
    jdb = getekend(wereld)
    dag = wereld.omgeving.klok.vandaag().isoformat()
    bekend = {"besluit_bekendgemaakt.datum": dag, "besluit_bekendgemaakt.wijze": "post",
              "besluit_bekendgemaakt.bewijs": "L-1"}  # fmt: skip
    assert knop(wereld, jdb, "bekendmaken", bekend).status_code == 303
    retour = {"besluit_retour.datum": dag, "besluit_retour.adres_klopt": "nee",
              "besluit_retour.redencode": "vertrokken"}  # fmt: skip
    assert knop(wereld, jdb, "retour", retour).headers["location"].endswith("gedaan=retour")
    tekst = leesbaar(jdb.get(f"{wereld.pad}/1"))
    assert "teruggekomen met de post" in tekst
    assert "kan tot en met" not in tekst
    assert "Bekend te maken 1" in leesbaar(jdb.get("/besluiten"))
    assert knop(wereld, jdb, "bekendmaken", bekend | {"besluit_bekendgemaakt.bewijs": "L-2"}).status_code == 303


def test_een_bezwaar_van_ontvangst_tot_beslissing_door_een_ander(wereld: Besluitwereld) -> None:
    jdb = getekend(wereld)
    leven = wereld.leven
    dag = wereld.omgeving.klok.vandaag()
    bekend = {"besluit_bekendgemaakt.datum": dag.isoformat(), "besluit_bekendgemaakt.wijze": "post",
              "besluit_bekendgemaakt.bewijs": "L-1"}  # fmt: skip
    knop(wereld, jdb, "bekendmaken", bekend)
    leven.op(date(2026, 3, 23))
    jdb = wereld.als("m-jdb")
    bezwaar = {"bezwaar_ingediend.datum": "2026-03-20", "bezwaar_ingediend.besluit": "pip-1",
               "bezwaar_ingediend.commissie": "nee"}  # fmt: skip
    naar = f"/dossiers/{wereld.ref}/bezwaar"
    keuze = f"PIP 1, B1-route, van {datum(dag)}; bezwaar kan tot en met"
    assert keuze in leesbaar(jdb.get(wereld.pad))
    verkeerd = jdb.stuur(naar, {**bezwaar, "bezwaar_ingediend.besluit": "pip-9"}, van=wereld.pad)
    assert verkeerd.status_code == 422
    assert "Maak een keuze uit de lijst." in leesbaar(verkeerd)
    assert jdb.stuur(naar, bezwaar, van=wereld.pad).status_code == 303
    tekst = leesbaar(jdb.get(wereld.pad))
    assert "Bezwaar 1 tegen PIP 1" in tekst
    assert "Er is nu geen besluit waartegen nog bezwaar kan" in tekst  # er loopt er al een tegen
    assert "Beslissen tot en met" in tekst
    reactie = {"bezwaar_zienswijze-1.datum": "2026-03-23", "bezwaar_zienswijze-1.van": "bezwaarmaker"}
    assert jdb.stuur(f"{naar}/1/reactie", reactie, van=wereld.pad).status_code == 303
    assert jdb.stuur(f"{naar}/1/uitstel", {"bezwaar_verdaagd-1.datum": "2026-03-23"}, van=wereld.pad).status_code == 303
    tweede = jdb.stuur(f"{naar}/1/uitstel", {"bezwaar_verdaagd-1.datum": "2026-03-23"}, van=wereld.pad)
    assert tweede.status_code == 422
    assert "Uitstellen kan één keer" in leesbaar(tweede)
    assert jdb.stuur(f"{naar}/1/anders", {}, van=wereld.pad).status_code == 404
    stil = {"beslistermijn_opgeschort-1.datum": "2026-03-23", "beslistermijn_opgeschort-1.grond": "aanvullen",
            "beslistermijn_opgeschort-1.tot": "2026-04-06",
            "beslistermijn_opgeschort-1.reden": "Met een brief."}  # fmt: skip
    te_kort = {**stil, "beslistermijn_opgeschort-1.tot": "2026-03-20"}
    assert jdb.stuur(f"{naar}/1/stilzetten", te_kort, van=wereld.pad).status_code == 422
    voor = leven.plan().termijn("bezwaar-verdagen")
    gestopt = jdb.stuur(f"{naar}/1/stilzetten", stil, van=wereld.pad)
    assert gestopt.status_code == 303, leesbaar(gestopt)[:900]
    na = leven.plan().termijn("bezwaar-verdagen")
    assert voor is not None
    assert na is not None
    assert (na.einde - voor.einde).days == 14, "veertien dagen stil"
    vroeg = jdb.stuur(f"{naar}/1/ingebreke", {"in_gebreke_gesteld-1.datum": "2026-03-23"}, van=wereld.pad)
    assert vroeg.status_code == 303
    gebreke = leven.plan().termijn("ingebrekestelling")
    assert gebreke is not None
    assert gebreke.vervallen.startswith("de ingebrekestelling kwam te vroeg")  # de beslistermijn loopt nog (Awb 4:17)
    leven.antwoord("bezwaar/horen/1", "bezwaar_gehoord", date(2026, 3, 23), wijze="gehoord", door=Actor("m-reg"))
    leven.open("bezwaar/beslissen/1")
    jdb = wereld.als("m-jdb")
    concept = {"stap": "bezwaar/beslissen/1", "uitkomst": "bezwaar_beslist", "bezwaar_beslist.uitkomst": "gegrond",
               "bezwaar_beslist.herroept": "ja"}  # fmt: skip
    assert jdb.stuur(f"{wereld.pad}/nieuw", concept).headers["location"] == f"{wereld.pad}/2?gedaan=concept"
    leven.onderzoek_alles(2).schrijf(nummer=2)
    # Wie het besluit nam, beslist niet op het bezwaar; de jurist ziet het dossier zolang de beslissing openstaat.
    assert wereld.als("m-gor").get(f"{wereld.pad}/2").status_code == 404
    jur = wereld.als("m-jur")
    pagina = jur.get(f"{wereld.pad}/2")
    assert pagina.status_code == 200
    klaar = knop(wereld, jur, "tekenen", {"versie": versie_in(pagina)}, nummer=2)
    assert klaar.status_code == 303, leesbaar(klaar)
    assert leven.stand().bezwaren[1].uitkomst == "gegrond"
    assert "Beslist" in leesbaar(wereld.als("m-jdb").get(wereld.pad))


def test_de_lijst_toont_de_naam_aan_wie_die_mag_weten_en_anders_alleen_de_code(wereld: Besluitwereld) -> None:
    met_concept(wereld)
    with wereld.hier.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(wereld.leven.dossier_id)
    assert persoon is not None
    assert f'<bdi class="naam">{persoon.naam}</bdi>' in wereld.als("m-gor").get("/besluiten").text
    coordinator = wereld.als("m-reg").get("/besluiten").text
    assert wereld.ref in coordinator
    assert persoon.naam not in coordinator
    regels = [r for r in wereld.logregels(wereld.ref) if r.naam == "/besluiten"]
    assert {r.actor for r in regels if "naam" in r.gegevens} == {"m-gor"}
