"""De post in beheer: beslissen over wat onzeker is, en nog eens proberen; altijd met een reden, en nooit dubbel."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Postkeuze
from domein.fouten import OvergangNietToegestaan, RedenNodig
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen import postpauze
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import open_stap
from domein.handelingen.portaalpoort import Logvraag
from domein.handelingen.post_opnieuw import NAAR, stuur_opnieuw
from domein.handelingen.postbeheer import OnbekendBericht
from domein.handelingen.postbeheer_adres import markeer_adres
from domein.handelingen.signalen import meld_signaal
from domein.handelingen.verzenden import verzend_wachtende
from domein.model import Bericht, Logsoort
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import alles, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar
from tests.integratie.regels.test_wissen_en_diensten import Bode

BEHEERDER = "m-bhr"
POST = "/beheer/post"


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    hier = regio_met_dossiers(magazijn, klok)
    oproep(hier)
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.fixture
def beheerder(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, BEHEERDER)


def zet(hier: Installatie, status: Berichtstatus, code: str | None = None, antwoord: str | None = None) -> Bericht:
    """De mail over de oproep, met deze afloop; een mens heeft er een signaal over."""
    with hier.magazijn.ruimte() as ruimte:
        bericht = next(b for b in ruimte.berichten() if b.stap_id is not None)
        bericht.status, bericht.fout_code, bericht.antwoord, bericht.pogingen = status, code, antwoord, 3
        bericht.lease_nummer += 1
        assert bericht.stap_id is not None
        if status in (Berichtstatus.ONZEKER, Berichtstatus.ONBESTELBAAR):
            bericht.onzeker_sinds = hier.klok.nu() if status is Berichtstatus.ONZEKER else None
            meld_signaal(ruimte, hier.omgeving, f"post_{status.value}", "fout", "Kijk.", ruimte.stap(bericht.stap_id))
        ruimte.bewaar(bericht)
        return bericht


def nu(hier: Installatie, bericht: Bericht) -> Bericht:
    with hier.magazijn.ruimte() as ruimte:
        gevonden = ruimte.bericht(bericht.id)
    assert gevonden is not None
    return gevonden


def signalen(hier: Installatie) -> set[str]:
    with hier.magazijn.ruimte() as ruimte:
        return {signaal.soort for signaal in ruimte.signalen()}


def druk(browser: Browser, pad: str, velden: dict[str, str], wat: str = "onzeker") -> tuple[int, str, str]:
    pagina = browser.get(f"{POST}?wat={wat}")
    antwoord = browser.post(pad, {"bewijs": bewijs_van(pagina), "wat": wat, **velden})
    return antwoord.status_code, antwoord.headers.get("location", ""), tekst_van(antwoord)


@pytest.mark.parametrize(
    ("keuze", "wordt"),
    [
        (Postkeuze.AANGEKOMEN, Berichtstatus.AANVAARD),
        (Postkeuze.OPNIEUW, Berichtstatus.UITGESTELD),
        (Postkeuze.LAAT_VALLEN, Berichtstatus.VERVALLEN),
    ],
)
def test_over_een_onzekere_mail_beslist_een_mens_met_een_reden(
    hier: Installatie, beheerder: Browser, keuze: Postkeuze, wordt: Berichtstatus
) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    pagina = tekst_van(beheerder.get(f"{POST}?wat=onzeker"))
    assert bericht.ontvanger_code in pagina
    assert "Hij is aangekomen" in pagina
    status, plek, _ = druk(beheerder, f"{POST}/{bericht.id}/beslis", {"keuze": keuze.value, "reden": "nagevraagd"})
    assert (status, plek) == (303, f"{POST}?wat=onzeker&gedaan=beslist")
    assert "Vastgelegd" in beheerder.get(plek).text
    assert nu(hier, bericht).status is wordt
    assert "post_onzeker" not in signalen(hier)
    with hier.magazijn.ruimte() as ruimte:
        (beslissing,) = ruimte.postbeslissingen(bericht.id)
    assert (beslissing.keuze, beslissing.door, beslissing.reden) == (keuze, BEHEERDER, "nagevraagd")


def test_nog_eens_sturen_geeft_dezelfde_mail_een_keer(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.ONBESTELBAAR, "550", "550 postbus vol")
    pagina = tekst_van(beheerder.get(f"{POST}?wat=mislukt"))
    assert "De mailserver antwoordde met 550" in pagina
    for _ in range(2):  # de tweede druk is van iemand met een oude pagina
        status, _, _ = druk(beheerder, f"{POST}/{bericht.id}/opnieuw", {"reden": "postbus geleegd"}, "mislukt")
        assert status == 303
    assert nu(hier, bericht).status is Berichtstatus.UITGESTELD
    assert "post_onbestelbaar" not in signalen(hier)
    bode = Bode()
    asyncio.run(verzend_wachtende(hier.omgeving, bode))
    asyncio.run(verzend_wachtende(hier.omgeving, bode))
    assert [stuk.message_id for stuk in bode.stukken].count(bericht.message_id) == 1
    assert nu(hier, bericht).status is Berichtstatus.AANVAARD
    assert not any(controleer(hier.omgeving).values())


def test_een_mail_die_vastzit_gaat_meteen_en_niet_pas_over_uren(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.UITGESTELD, "geen_verbinding")
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.bericht(bericht.id)
        assert rij is not None
        rij.volgende_poging = hier.klok.nu() + timedelta(hours=4)
        rij.aangemaakt_op = hier.klok.nu() - timedelta(hours=2)
        rij.lease_nummer += 1
        ruimte.bewaar(rij)
    assert "Onze mailserver was niet te bereiken" in tekst_van(beheerder.get(f"{POST}?wat=vast"))
    assert druk(beheerder, f"{POST}/{bericht.id}/opnieuw", {"reden": "hij doet het weer"}, "vast")[0] == 303
    assert nu(hier, bericht).volgende_poging == hier.klok.nu()


def test_naar_een_adres_dat_is_gemerkt_gaat_niets_tot_iemand_zegt_dat_het_werkt(
    hier: Installatie, beheerder: Browser
) -> None:
    bericht = zet(hier, Berichtstatus.ONBESTELBAAR, "adres_onbestelbaar")
    with hier.magazijn.ruimte() as ruimte:
        markeer_adres(ruimte, bericht, "5.1.1", hier.klok.nu())
    pad = f"{POST}/{bericht.id}/opnieuw"
    status, _, tekst = druk(beheerder, pad, {"reden": "probeer maar"}, "mislukt")
    assert (status, "er gaat geen mail naartoe" in tekst) == (409, True)
    assert 'value="probeer maar"' in tekst
    assert nu(hier, bericht).status is Berichtstatus.ONBESTELBAAR
    assert druk(beheerder, pad, {"reden": "hersteld", "adres": "werkt"}, "mislukt")[0] == 303
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.adresstanden() == []


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"reden": ""}, "Zeg waarom"),
        ({"reden": "x" * 501}, "Maak de reden korter"),
        ({"keuze": "weg", "reden": "zo"}, "Maak eerst een keuze"),
    ],
)
def test_wat_niet_klopt_staat_bij_het_bericht(
    hier: Installatie, beheerder: Browser, velden: dict[str, str], zin: str
) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    status, _, tekst = druk(beheerder, f"{POST}/{bericht.id}/beslis", velden)
    assert (status, zin in tekst, "<title>Fout:" in tekst) == (422, True, True)
    assert f'aria-describedby="reden-{bericht.id}-fout"' in tekst
    assert nu(hier, bericht).status is Berichtstatus.ONZEKER


def test_wie_te_laat_beslist_hoort_dat_er_al_is_beslist(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    velden = {"keuze": "aangekomen", "reden": "nagevraagd"}
    assert druk(beheerder, f"{POST}/{bericht.id}/beslis", velden)[0] == 303
    status, _, tekst = druk(beheerder, f"{POST}/{bericht.id}/beslis", velden | {"keuze": "opnieuw"})
    assert (status, "Dit bericht is aanvaard" in tekst) == (409, True)
    assert nu(hier, bericht).status is Berichtstatus.AANVAARD


def test_de_lijst_toont_geen_tekst_en_geen_adres_uit_het_antwoord(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.ONBESTELBAAR, "550", "550 <iemand@elders.example> <b>weg</b>")
    pagina = beheerder.get(f"{POST}?wat=mislukt")
    assert "iemand@elders.example" not in pagina.text
    assert bericht.adres not in pagina.text
    assert bericht.tekst.strip().splitlines()[0] not in tekst_van(pagina)
    assert "<b>weg" not in pagina.text
    assert "<adres>" in tekst_van(pagina)


def test_een_bericht_dat_er_niet_is_en_een_van_buiten_de_regio_zien_er_gelijk_uit(
    hier: Installatie, app: FastAPI, beheerder: Browser
) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    with hier.magazijn.ruimte() as ruimte:
        assert bericht.dossier_id is not None
        dossier = ruimte.dossier(bericht.dossier_id)
        dossier.gemeente = "GM0014"
        ruimte.bewaar(dossier)
    niets = Browser(app).get("/bestaat-niet").text
    voor = {naam: rijen for naam, rijen in alles(hier).items() if naam != "sessie"}
    bewijs = bewijs_van(beheerder.get("/aanmelding"))
    for wie in (str(bericht.id), str(UUID(int=7)), "onzin"):
        for daad in ("beslis", "opnieuw"):
            velden = {"bewijs": bewijs, "keuze": "aangekomen", "reden": "zo"}
            antwoord = beheerder.post(f"{POST}/{wie}/{daad}", velden)
            assert (antwoord.status_code, antwoord.text) == (404, niets)
    assert dossier.referentie not in beheerder.get(POST).text
    assert {naam: rijen for naam, rijen in alles(hier).items() if naam != "sessie"} == voor


def test_wat_iemand_met_een_mail_deed_staat_in_het_logboek(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    druk(beheerder, f"{POST}/{bericht.id}/beslis", {"keuze": "aangekomen", "reden": "nagevraagd"})
    with hier.magazijn.ruimte() as ruimte:
        assert bericht.dossier_id is not None
        referentie = ruimte.dossier(bericht.dossier_id).referentie
        gewijzigd = ruimte.logregels(Logvraag(actor=BEHEERDER, soort=Logsoort.GEWIJZIGD))
        gezien = ruimte.logregels(Logvraag(actor=BEHEERDER, soort=Logsoort.GEZIEN))
    assert [(r.naam, r.betrokkene) for r in gewijzigd] == [(f"{POST}/{{bericht_id}}/beslis", referentie)]
    assert (POST, referentie) in {(r.naam, r.betrokkene) for r in gezien}


def test_een_stilgezette_post_gaat_weer_met_een_keuze_over_wat_onzeker_is(
    hier: Installatie, beheerder: Browser
) -> None:
    with hier.magazijn.ruimte() as ruimte:
        postpauze.zet_stil_na_terugzetten(ruimte, "Reservekopie teruggezet.", hier.klok.nu(), SYSTEEM)
    assert "De post staat stil" in tekst_van(beheerder.get("/beheer"))
    assert "De post staat stil" in tekst_van(beheerder.get(POST))
    status, _, tekst = druk(beheerder, f"{POST}/hervat", {"reden": "nagekeken"})
    assert (status, "Maak eerst een keuze" in tekst) == (422, True)
    assert postpauze.post_staat_stil(hier.omgeving)
    status, plek, _ = druk(beheerder, f"{POST}/hervat", {"reden": "nagekeken", "keuze": "laat-vallen"})
    assert (status, plek) == (303, f"{POST}?wat=onzeker&gedaan=hervat")
    assert not postpauze.post_staat_stil(hier.omgeving)
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.berichten(statussen=[Berichtstatus.ONZEKER]) == []
    status, _, tekst = druk(beheerder, f"{POST}/hervat", {"reden": "nog eens"})
    assert (status, "De post staat niet stil" in tekst) == (409, True)


def test_kwade_invoer_blijft_tekst_en_een_onbekende_lijst_is_er_niet(hier: Installatie, beheerder: Browser) -> None:
    bericht = zet(hier, Berichtstatus.ONZEKER)
    kwaad = '"><script>alert(1)</script>'
    _, _, tekst = druk(beheerder, f"{POST}/{bericht.id}/beslis", {"keuze": kwaad, "reden": kwaad, "wat": kwaad})
    antwoord = beheerder.post(
        f"{POST}/{bericht.id}/beslis",
        {"bewijs": bewijs_van(beheerder.get(POST)), "keuze": kwaad, "reden": kwaad, "wat": kwaad},
    )
    assert "<script>alert" not in antwoord.text
    assert antwoord.status_code == 422
    assert re.search("Maak eerst een keuze", tekst)
    assert beheerder.get(f"{POST}?wat=alles").status_code == 404
    assert "<script>" not in beheerder.get(f"{POST}?gedaan={kwaad}").text.replace("<script src=", "")


# de handeling zelf


@pytest.mark.parametrize("status", list(Berichtstatus))
def test_alleen_wat_zeker_niet_aankwam_kan_opnieuw(hier: Installatie, status: Berichtstatus) -> None:
    bericht = zet(hier, status)
    if status in NAAR:
        assert stuur_opnieuw(hier.omgeving, bericht.id, Actor(BEHEERDER), "zo") is NAAR[status]
        return
    with pytest.raises(OvergangNietToegestaan):
        stuur_opnieuw(hier.omgeving, bericht.id, Actor(BEHEERDER), "zo")
    assert nu(hier, bericht).status is status


def test_opnieuw_vraagt_een_reden_en_een_bericht(hier: Installatie) -> None:
    with pytest.raises(RedenNodig):
        stuur_opnieuw(hier.omgeving, UUID(int=7), Actor(BEHEERDER), " ")
    with pytest.raises(OnbekendBericht):
        stuur_opnieuw(hier.omgeving, UUID(int=7), Actor(BEHEERDER), "zo")


def test_het_signaal_blijft_zolang_een_andere_mail_over_dezelfde_taak_niet_aankwam(hier: Installatie) -> None:
    bericht = zet(hier, Berichtstatus.ONBESTELBAAR, "550")
    with hier.magazijn.ruimte() as ruimte:
        ander = next(s for s in ruimte.stappen_waar(kenmerk="intake/oproep/1") if s.id != bericht.stap_id)
    open_stap(hier.omgeving, ander.id)
    with hier.magazijn.ruimte() as ruimte:
        tweede = next(b for b in ruimte.berichten() if b.stap_id == ander.id)
        tweede.stap_id, tweede.dossier_id = bericht.stap_id, bericht.dossier_id
        tweede.status, tweede.lease_nummer = Berichtstatus.ONBESTELBAAR, tweede.lease_nummer + 1
        ruimte.bewaar(tweede)
    stuur_opnieuw(hier.omgeving, bericht.id, Actor(BEHEERDER), "zo")
    assert "post_onbestelbaar" in signalen(hier)
    stuur_opnieuw(hier.omgeving, tweede.id, Actor(BEHEERDER), "zo")
    assert "post_onbestelbaar" not in signalen(hier)
