"""Een handeling van ops in het portaal: wat iemand bekijkt, is wat er daarna gebeurt, en niets anders."""

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import bulk as bulken
from domein.handelingen import bulkbekeken
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import open_stap
from domein.handelingen.opsvormen import Opdracht
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort, Stap
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles, lees, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

HANDELEN = "/beheer/handelen"
UITVOEREN = f"{HANDELEN}/uitvoeren"
BEHEERDER = "m-bhr"
OPROEP = "intake/oproep/1"
NAAR = date(2026, 1, 15)


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    """De voorbeeldregio met drie dossiers en in elk een open oproep."""
    hier = regio_met_dossiers(magazijn, klok)
    for stap in oproepen(hier):
        open_stap(hier.omgeving, stap.id)
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.fixture
def beheerder(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, BEHEERDER)


def oproepen(hier: Installatie) -> list[Stap]:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.stappen_waar(kenmerk=OPROEP)


def wijzer(hier: Installatie, stap: Stap) -> str:
    with hier.magazijn.ruimte() as ruimte:
        return f"{ruimte.dossier(stap.dossier_id).referentie}:{stap.kenmerk}"


def verzetten(hier: Installatie, *stappen: Stap, **anders: str) -> dict[str, str]:
    waarover = "\n".join(wijzer(hier, stap) for stap in stappen or oproepen(hier))
    return {
        "handeling": "verzetten", "waarover": waarover, "verzetten.dag": NAAR.isoformat(), "reden": "de tolk is ziek",
    } | anders  # fmt: skip


def knop(pagina: Response, actie: str) -> dict[str, str]:
    """Alle verborgen velden van het formulier met deze actie."""
    formulier = re.search(rf'<form[^>]*action="{actie}"[^>]*>(.*?)</form>', pagina.text, re.S)
    assert formulier is not None, tekst_van(pagina)
    paren = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', formulier.group(1))
    return {naam: html.unescape(waarde) for naam, waarde in paren}


def _ander_doet(hier: Installatie, stap: Stap, opdracht: Opdracht) -> None:
    bulken.een(hier.omgeving, bulken.Doel(stap.dossier_id, stap.id), opdracht, Actor("m-reg"), proef=False)


def streefdagen(hier: Installatie) -> set[date]:
    return {stap.streef for stap in oproepen(hier)}


def zonder_sessies(hier: Installatie) -> dict[str, list[Any]]:
    return {naam: rijen for naam, rijen in alles(hier).items() if naam != "sessie"}


def test_wat_de_beheerder_bekijkt_is_wat_er_gebeurt(hier: Installatie, beheerder: Browser) -> None:
    voor = zonder_sessies(hier)
    oude = {wijzer(hier, stap): stap.streef for stap in oproepen(hier)}
    proef = beheerder.stuur(HANDELEN, verzetten(hier))
    assert proef.status_code == 200
    tekst = tekst_van(proef)
    assert "Er is nog niets veranderd" in tekst
    assert "donderdag 15 januari 2026" in tekst
    assert all(ref.partition(":")[0] in tekst for ref in oude)
    assert "Mail die volgt" in tekst
    assert zonder_sessies(hier) == voor  # bekijken bewaart niets

    klaar = beheerder.post(UITVOEREN, knop(proef, UITVOEREN))
    assert klaar.status_code == 303
    assert klaar.headers["location"].startswith("/beheer/bulk/B-")
    assert streefdagen(hier) == {NAAR}
    uitslag = tekst_van(beheerder.get(klaar.headers["location"]))
    assert "3 gedaan" in uitslag
    assert "Draai terug" in uitslag
    with hier.magazijn.ruimte() as ruimte:
        feiten = [g for s in oproepen(hier) for g in ruimte.gebeurtenissen(s.dossier_id) if g.soort == "stap_verzet"]
    assert {(g.actor.code, g.reden) for g in feiten} == {(BEHEERDER, "de tolk is ziek")}
    assert not any(controleer(hier.omgeving).values())


def test_het_portaal_doet_precies_wat_de_opdrachtregel_zou_doen(hier: Installatie, beheerder: Browser) -> None:
    keuze = Bulkkeuze(stappen=tuple(wijzer(hier, stap) for stap in oproepen(hier)))
    opdracht = Opdracht(Handeling.VERZETTEN, "de tolk is ziek", naar=NAAR)
    verwacht = bulken.proef(hier.omgeving, keuze, opdracht, Actor("m-reg"))
    beheerder.post(UITVOEREN, knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN))
    na = {stap.id: stap for stap in oproepen(hier)}
    for regel in verwacht.regels:
        for beweging in regel.bewegingen:
            if beweging.stap_id in na:
                assert na[beweging.stap_id].streef == beweging.streef[1]
    with hier.magazijn.ruimte() as ruimte:
        samen = [b.ontvanger_code for b in ruimte.berichten() if b.soort == "taken_gewijzigd"]
    assert samen == [mail.ontvanger for mail in verwacht.mails if mail.soort == "taken_gewijzigd"]


def test_is_er_intussen_iets_veranderd_dan_gebeurt_er_niets(hier: Installatie, beheerder: Browser) -> None:
    proef = beheerder.stuur(HANDELEN, verzetten(hier))
    _ander_doet(hier, oproepen(hier)[0], Opdracht(Handeling.OVERSLAAN, "niet nodig", aanvaard="mag"))
    voor = zonder_sessies(hier)
    opnieuw = beheerder.post(UITVOEREN, knop(proef, UITVOEREN))
    assert opnieuw.status_code == 409
    tekst = tekst_van(opnieuw)
    assert "Er is intussen iets veranderd" in tekst
    assert "geweigerd" in tekst
    assert zonder_sessies(hier) == voor
    # Het nieuwe voorbeeld is uit te voeren: wat nog kan, gaat door.
    klaar = beheerder.post(UITVOEREN, knop(opnieuw, UITVOEREN))
    assert klaar.status_code == 303
    assert sum(stap.streef == NAAR for stap in oproepen(hier)) == 2


def test_verandert_er_iets_tussen_twee_porties_dan_weigert_alleen_dat_dossier(
    hier: Installatie, beheerder: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulkbekeken, "PORTIE", 1)
    proef = beheerder.stuur(HANDELEN, verzetten(hier))
    bezig = beheerder.post(UITVOEREN, knop(proef, UITVOEREN))
    assert bezig.status_code == 200
    assert "1 van 3 dossiers" in tekst_van(bezig)
    over = next(stap for stap in oproepen(hier) if stap.streef != NAAR)
    _ander_doet(hier, over, Opdracht(Handeling.VERZETTEN, "eerder", naar=date(2026, 1, 14)))
    while bezig.status_code == 200:
        bezig = beheerder.post(UITVOEREN, knop(bezig, UITVOEREN))
    tekst = tekst_van(beheerder.get(bezig.headers["location"]))
    assert "2 gedaan, 1 geweigerd" in tekst
    assert "Sinds de proef is hier iets veranderd" in tekst
    assert lees(hier, over).streef == date(2026, 1, 14)


def test_een_halve_bulk_gaat_later_verder_met_een_nieuwe_reden(
    hier: Installatie, beheerder: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulkbekeken, "PORTIE", 1)
    bezig = beheerder.post(UITVOEREN, knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN))
    nummer = knop(bezig, UITVOEREN)["bulk"]
    pagina = tekst_van(beheerder.get(f"/beheer/bulk/{nummer}"))
    assert "nog 2 te doen" in pagina
    monkeypatch.setattr(bulkbekeken, "PORTIE", 50)
    vervolg = f"{HANDELEN}?bulk={nummer}"
    assert "Verder met bulk" in tekst_van(beheerder.get(vervolg))
    proef = beheerder.stuur(HANDELEN, {"bulk": nummer, "reden": "alsnog"}, van=vervolg)
    assert "2 gaan door" in re.sub(r"<[^>]+>", "", tekst_van(proef))
    assert beheerder.post(UITVOEREN, knop(proef, UITVOEREN)).status_code == 303
    assert streefdagen(hier) == {NAAR}


def test_twee_keer_drukken_doet_niets_dubbel(hier: Installatie, beheerder: Browser) -> None:
    velden = knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN)
    een, ander = (beheerder.post(UITVOEREN, velden) for _ in range(2))
    assert een.headers["location"] == ander.headers["location"]
    with hier.magazijn.ruimte() as ruimte:
        for stap in oproepen(hier):
            soorten = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
            assert soorten.count("stap_verzet") == 1


def test_een_uiterste_dag_breekt_alleen_met_een_reden(hier: Installatie, beheerder: Browser) -> None:
    stap = oproepen(hier)[0]
    assert stap.uiterst is not None
    te_laat = (stap.uiterst + timedelta(days=10)).isoformat()
    proef = beheerder.stuur(HANDELEN, verzetten(hier, stap, **{"verzetten.dag": te_laat}))
    tekst = tekst_van(proef)
    assert "Een uiterste dag wordt dan niet gehaald" in tekst
    assert "Niets gaat door" in tekst
    assert UITVOEREN not in proef.text
    assert "--" not in re.sub(r"<[^>]+>|<!--.*?-->", "", tekst)  # geen raad voor de opdrachtregel
    met_reden = beheerder.post(HANDELEN, knop(proef, HANDELEN) | {"aanvaard": "overmacht"})
    assert "1 gaat door" in re.sub(r"<[^>]+>", "", tekst_van(met_reden))
    assert beheerder.post(UITVOEREN, knop(met_reden, UITVOEREN)).status_code == 303
    with hier.magazijn.ruimte() as ruimte:
        feit = next(g for g in ruimte.gebeurtenissen(stap.dossier_id) if g.soort == "stap_verzet")
    assert "overmacht" in feit.reden


def test_een_bulk_draait_terug_met_eerst_een_voorbeeld(hier: Installatie, beheerder: Browser) -> None:
    voor = streefdagen(hier)
    plek = beheerder.post(UITVOEREN, knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN)).headers["location"]
    nummer = plek.rpartition("/")[2]
    vraag = f"{HANDELEN}?terug={nummer}"
    proef = beheerder.stuur(HANDELEN, {"terug": nummer, "reden": "toch niet"}, van=vraag)
    assert "Terugdraaien: dit zou er gebeuren" in tekst_van(proef)
    assert streefdagen(hier) == {NAAR}
    klaar = beheerder.post(UITVOEREN, knop(proef, UITVOEREN))
    assert klaar.headers["location"] == f"/beheer/bulk/{nummer}-ongedaan"
    assert streefdagen(hier) == voor
    assert not any(controleer(hier.omgeving).values())
    assert "Terugdraaien" in tekst_van(beheerder.get("/beheer/bulk"))


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"handeling": ""}, "Kies wat u wilt doen"),
        ({"handeling": "doorhalen"}, "Kies wat u wilt doen"),
        ({"reden": " "}, "Zeg waarom u dit doet"),
        ({"reden": "x" * 501}, "Maak de reden korter"),
        ({"verzetten.dag": ""}, "een van beide"),
        ({"verzetten.werkdagen": "3"}, "een van beide"),
        ({"verzetten.dag": "", "verzetten.werkdagen": "0"}, "heel getal"),
        ({"verzetten.dag": "", "verzetten.werkdagen": "²"}, "heel getal"),
        ({"verzetten.dag": "", "verzetten.werkdagen": "0000000019999999999"}, "heel getal"),
        ({"verzetten.dag": "morgen"}, "bestaande datum"),
        ({"waarover": ""}, "Noem stappen of dossiers"),
        ({"waarover": "D-ZZZZZ\nD-ZZZZZ:intake/oproep/1"}, "alleen stappen, of alleen dossiers"),
        ({"waarover": "", "van": "2026-02-01", "tot": "2026-01-01"}, "ligt voor de eerste dag"),
        ({"waarover": "", "stap": "weg"}, "Kies een stap"),
        ({"waarover": "D-ZZZZZ:intake/oproep/1"}, "is er niet"),
        ({"waarover": "onzin:x"}, "is er niet"),
        ({"handeling": "overdragen"}, "Kies wie het krijgt"),
        ({"handeling": "toewijzen"}, "Kies wie het krijgt"),
        ({"handeling": "pauzeren"}, "waarom de taken stilstaan"),
        ({"waarover": "", "gemeente": "GM9999"}, "niets dat bij deze keuze past"),
    ],
)
def test_wat_niet_klopt_staat_bij_het_veld_en_wat_er_stond_blijft_staan(
    hier: Installatie, beheerder: Browser, velden: dict[str, str], zin: str
) -> None:
    voor = zonder_sessies(hier)
    antwoord = beheerder.stuur(HANDELEN, verzetten(hier) | velden)
    assert antwoord.status_code == 422
    tekst = tekst_van(antwoord)
    assert zin in tekst
    assert "<title>Fout:" in tekst
    if "reden" not in velden:
        assert "de tolk is ziek" in tekst
    assert zonder_sessies(hier) == voor


def test_te_veel_dossiers_tegelijk_wordt_geweigerd(
    hier: Installatie, beheerder: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portaal.handelen.MEESTE_DOSSIERS", 2)
    antwoord = beheerder.stuur(HANDELEN, verzetten(hier, waarover="", stap="intake"))
    assert (antwoord.status_code, "hier kunnen er 2 tegelijk" in tekst_van(antwoord)) == (422, True)


def test_kwade_tekst_blijft_tekst(hier: Installatie, beheerder: Browser) -> None:
    kwaad = "<script>alert(1)</script>\"'{{7*7}}"
    for velden in (
        verzetten(hier, reden=kwaad), verzetten(hier, waarover=kwaad), verzetten(hier, handeling=kwaad),
        verzetten(hier, bulk=kwaad), verzetten(hier, terug=kwaad), verzetten(hier, waarover="", gemeente=kwaad),
    ):  # fmt: skip
        antwoord = beheerder.stuur(HANDELEN, velden)
        assert antwoord.status_code in (200, 404, 422)
        assert "<script>alert" not in antwoord.text
        assert "alert(1)</script>\"'49" not in tekst_van(antwoord)
    pagina = beheerder.get(f"{HANDELEN}?stap={kwaad}&handeling={kwaad}")
    assert "<script>alert" not in pagina.text


@pytest.mark.parametrize("pad", [HANDELEN, "/beheer/bulk", "/beheer/bulk/B-WEG", f"{HANDELEN}?bulk=B-WEG"])
def test_wie_niet_beheert_ziet_wat_iedereen_ziet_bij_een_pagina_die_er_niet_is(
    hier: Installatie, app: FastAPI, pad: str
) -> None:
    niets = Browser(app).get("/bestaat-niet").text
    for code in ("m-jdb", "m-wil", "m-fg", "m-con", "m-mer", "m-gor"):
        antwoord = meld_aan(hier, app, code).get(pad)
        assert (antwoord.status_code, antwoord.text) == (404, niets), code
    assert Browser(app).get(pad).status_code == 303


def test_een_bulk_toont_geen_dossier_dat_intussen_buiten_de_regio_ligt(hier: Installatie, beheerder: Browser) -> None:
    plek = beheerder.post(UITVOEREN, knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN)).headers["location"]
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(oproepen(hier)[0].dossier_id)
        dossier.gemeente = "GM0014"
        ruimte.bewaar(dossier)
    pagina = beheerder.get(plek)
    assert pagina.status_code == 200
    assert dossier.referentie not in pagina.text
    assert "En nog 1 regel, die hier niet te zien" in tekst_van(pagina)


@pytest.mark.parametrize("pad", ["/beheer/bulk/B-WEG", f"{HANDELEN}?bulk=B-WEG", f"{HANDELEN}?terug=B-WEG"])
def test_een_bulk_die_er_niet_is(beheerder: Browser, pad: str) -> None:
    assert beheerder.get(pad).status_code == 404


def test_een_dossier_buiten_de_regio_ziet_eruit_als_een_dat_er_niet_is(hier: Installatie, beheerder: Browser) -> None:
    stap = oproepen(hier)[0]
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(stap.dossier_id)
        dossier.gemeente = "GM0014"
        ruimte.bewaar(dossier)
    afwezig = beheerder.stuur(HANDELEN, verzetten(hier, waarover="D-ZZZZZ:intake/oproep/1"))
    vreemd = beheerder.stuur(HANDELEN, verzetten(hier, stap))
    assert vreemd.status_code == afwezig.status_code == 422
    assert vreemd.text == afwezig.text.replace("D-ZZZZZ:intake/oproep/1", wijzer(hier, stap))
    assert dossier.referentie not in beheerder.stuur(HANDELEN, verzetten(hier, waarover="", stap="intake")).text
    with hier.magazijn.ruimte() as ruimte:
        geweigerd = ruimte.logregels(Logvraag(actor=BEHEERDER, soort=Logsoort.GEWEIGERD))
    assert {regel.betrokkene for regel in geweigerd} == {dossier.referentie}


def test_bekijken_en_uitvoeren_staan_in_het_logboek(hier: Installatie, beheerder: Browser) -> None:
    proef = beheerder.stuur(HANDELEN, verzetten(hier))
    beheerder.post(UITVOEREN, knop(proef, UITVOEREN))
    with hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(actor=BEHEERDER))
        referenties = {ruimte.dossier(stap.dossier_id).referentie for stap in oproepen(hier)}
    gezien = {r.betrokkene for r in regels if (r.naam, r.soort) == (HANDELEN, Logsoort.GEZIEN)}
    gewijzigd = {r.betrokkene for r in regels if (r.naam, r.soort) == (UITVOEREN, Logsoort.GEWIJZIGD)}
    assert gezien == gewijzigd == referenties
    assert {r.gronden for r in regels if r.naam == UITVOEREN} == {"beheer"}


def test_het_formulier_komt_terug_zoals_het_was(hier: Installatie, beheerder: Browser) -> None:
    proef = beheerder.stuur(HANDELEN, verzetten(hier))
    terug = beheerder.post(HANDELEN, knop(proef, HANDELEN))
    assert 'value="2026-01-15"' in terug.text
    assert "de tolk is ziek" in terug.text


def test_pauzeren_en_hervatten_van_een_dossier(hier: Installatie, beheerder: Browser) -> None:
    stap = oproepen(hier)[0]
    ref = wijzer(hier, stap).partition(":")[0]
    for velden, soort in (
        ({"handeling": "pauzeren", "pauzeren.grond": "overig"}, "gepauzeerd"), ({"handeling": "hervatten"}, "hervat"),
    ):  # fmt: skip
        proef = beheerder.stuur(HANDELEN, {"waarover": ref, "reden": "even stil", **velden})
        assert beheerder.post(UITVOEREN, knop(proef, UITVOEREN)).status_code == 303, tekst_van(proef)
        with hier.magazijn.ruimte() as ruimte:
            assert ruimte.gebeurtenissen(stap.dossier_id)[-1].soort == soort
    assert lees(hier, stap).status in (Stapstatus.OPEN, Stapstatus.GEPLAND)


def test_een_formulier_zonder_bewijs_of_van_elders_doet_niets(hier: Installatie, beheerder: Browser) -> None:
    velden = knop(beheerder.stuur(HANDELEN, verzetten(hier)), UITVOEREN)
    voor = zonder_sessies(hier)
    for pad in (HANDELEN, UITVOEREN):
        assert beheerder.post(pad, velden | {"bewijs": ""}).status_code == 403
        assert beheerder.post(pad, velden, {"sec-fetch-site": "cross-site"}).status_code == 403
    assert zonder_sessies(hier) == voor
    assert bewijs_van(beheerder.get(HANDELEN)) == velden["bewijs"]
