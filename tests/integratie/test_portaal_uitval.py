"""Een aanbieder valt weg, in het portaal: wie het mag, wat hij ziet, en dat het voor iedereen één keer gebeurt."""

import re
from datetime import date
from pathlib import Path

import pytest
from httpx import Response

from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from beheer.meet.instroom import proefnummers
from domein.handelingen.invarianten import controleer
from domein.model import Logsoort
from portaal import uitval
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import MANDAAT, PIP

REDEN = {"uitval.redencode": "gestopt", "uitval.reden": "De aanbieder stopt op 1 juli."}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand: daar ziet een contractmanager geen dossier, en deze handeling vindt ze toch."""
    return request.param


def _met_les(leven: Besluitleven) -> None:
    dag = date(2026, 2, 25)
    leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", dag, door=MANDAAT, **PIP, bekendgemaakt_op=dag.isoformat())
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.antwoord("aanbieder/start/1", "les_gestart", date(2026, 4, 1))


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    wereld = besluitwereld(magazijn, klok, tmp_path)
    _met_les(wereld.leven)
    ander = Besluitleven(wereld.omgeving)
    ander.begin(bsn=next(iter(proefnummers())), kenmerk="DUO-9999")
    ander.tot_intake_gereed()
    ander.open("pip/vaststellen/1")
    _met_les(ander)
    wereld.leven.op(date(2026, 6, 1))
    return wereld


def velden(wereld: Besluitwereld, **anders: str) -> dict[str, str]:
    partner = wereld.leven.stap("aanbieder/aanmelding/1").partner or ""
    return {"uitval.partner": partner, **REDEN} | {f"uitval.{naam}": waarde for naam, waarde in anders.items()}


def onder(pagina: Response) -> dict[str, str]:
    formulier = re.search(r'<form method="post" action="/uitval/vastleggen".*?</form>', pagina.text, re.S)
    assert formulier is not None, leesbaar(pagina)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', formulier.group(0)))


def bekijk(wereld: Besluitwereld, wie: Browser, **anders: str) -> Response:
    return wie.stuur("/uitval", velden(wereld, **anders))


def gevallen(wereld: Besluitwereld) -> int:
    with wereld.hier.magazijn.ruimte() as ruimte:
        alle = [g for d in ruimte.dossiers() for g in ruimte.gebeurtenissen(d.id)]
    return sum(g.soort == "aanbieder_uitgevallen" for g in alle)


def test_een_contractmanager_ziet_aantallen_en_geen_dossier_en_legt_het_voor_iedereen_vast(
    wereld: Besluitwereld, tmp_path: Path
) -> None:
    con = wereld.als("m-con")
    assert 'href="/uitval"' in con.get("/afspraken").text
    voorbeeld = bekijk(wereld, con)
    assert voorbeeld.status_code == 200
    tekst = leesbaar(voorbeeld)
    assert "Er is nog niets vastgelegd." in tekst
    assert "Gorinchem minder dan 5" in tekst
    assert "Herplaats de inburgeraar bij een andere aanbieder" in tekst
    assert wereld.ref not in voorbeeld.text
    assert gevallen(wereld) == 0
    klaar = con.post("/uitval/vastleggen", onder(voorbeeld))
    assert "Mensen die een nieuwe plek krijgen: minder dan 5." in leesbaar(klaar)
    assert wereld.ref not in klaar.text
    assert gevallen(wereld) == 2
    assert is_gewekt(tmp_path)
    assert "aanbieder/herplaatsen/1/1" in wereld.leven.stappen()
    regels = [r for r in wereld.logregels(wereld.ref) if r.actor == "m-con"]
    assert [(r.naam, r.soort) for r in regels] == [("/uitval/vastleggen", Logsoort.GEWIJZIGD)]
    con.post("/uitval/vastleggen", onder(voorbeeld))  # een dubbele druk
    assert gevallen(wereld) == 2
    assert "is dit al vastgelegd" in leesbaar(bekijk(wereld, con))
    assert not {naam: wat for naam, wat in controleer(wereld.omgeving).items() if wat}


def test_wie_elk_dossier_mag_zien_krijgt_de_lijst_en_die_staat_in_het_logboek(wereld: Besluitwereld) -> None:
    reg = wereld.als("m-reg")
    voorbeeld = bekijk(wereld, reg)
    assert f'href="/dossiers/{wereld.ref}"' in voorbeeld.text
    assert "Gorinchem 2" in leesbaar(voorbeeld)
    gezien = [r for r in wereld.logregels(wereld.ref) if (r.actor, r.naam) == ("m-reg", "/uitval")]
    assert [r.soort for r in gezien] == [Logsoort.GEZIEN]


def test_in_porties_met_een_bladzijde_die_verder_gaat(wereld: Besluitwereld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitval, "PORTIE", 1)
    reg = wereld.als("m-reg")
    bezig = reg.post("/uitval/vastleggen", onder(bekijk(wereld, reg)))
    assert "1 van 2 dossiers zijn gedaan." in leesbaar(bezig)
    assert gevallen(wereld) == 1
    klaar = reg.post("/uitval/vastleggen", onder(bezig))
    assert "Mensen die een nieuwe plek krijgen: 2." in leesbaar(klaar)
    assert gevallen(wereld) == 2


def test_verandert_er_iets_na_het_voorbeeld_dan_gebeurt_er_niets(wereld: Besluitwereld) -> None:
    con = wereld.als("m-con")
    knop = onder(bekijk(wereld, con))
    wereld.leven.meld("plicht_beeindigd", date(2026, 6, 1), grond="vertrek")
    opnieuw = con.post("/uitval/vastleggen", knop)
    assert opnieuw.status_code == 409
    assert "Er is intussen iets veranderd" in leesbaar(opnieuw)
    assert gevallen(wereld) == 0
    assert con.post("/uitval/vastleggen", knop | {"bekeken": ""}).status_code == 409  # zonder te kijken gaat het niet
    assert gevallen(wereld) == 0


@pytest.mark.parametrize(
    ("veld", "waarde"), [("partner", ""), ("partner", "gorinchem"), ("redencode", "zomaar"), ("reden", " ")]
)
def test_een_fout_staat_bij_het_veld_en_er_gebeurt_niets(wereld: Besluitwereld, veld: str, waarde: str) -> None:
    con = wereld.als("m-con")
    antwoord = bekijk(wereld, con, **{veld: waarde})
    assert antwoord.status_code == 422
    assert f'id="uitval-{veld}-fout"' in antwoord.text
    assert "De aanbieder stopt op 1 juli." in antwoord.text or veld == "reden"
    recht = con.post("/uitval/vastleggen", velden(wereld, **{veld: waarde}) | {"bewijs": bewijs_van(antwoord)})
    assert recht.status_code == 422
    assert gevallen(wereld) == 0


def test_een_ander_vindt_de_pagina_niet(wereld: Besluitwereld) -> None:
    for code in ("m-jdb", "m-wil", "m-adm", "m-gor", "m-bhr", "m-fg", "m-mer"):
        wie = wereld.als(code)
        assert 'href="/uitval"' not in wie.get("/afspraken").text
        bewijs = bewijs_van(wie.get("/aanmelding"))
        assert wie.get("/uitval").status_code == 404
        for deur in ("/uitval", "/uitval/vastleggen"):
            assert wie.post(deur, {"bewijs": bewijs} | velden(wereld)).status_code == 404, code
    assert gevallen(wereld) == 0
