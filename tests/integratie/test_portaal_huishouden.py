"""Dossiers samenvoegen tot een huishouden in het portaal: noemen, bekijken, bevestigen; en nooit met een vreemde."""

import re
from pathlib import Path

import pytest
from httpx import Response

from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import proefnummers
from domein.handelingen.dossierbeheer import wijs_toe
from domein.handelingen.invarianten import controleer
from domein.model import Logsoort
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import COORDINATOR

WAAROM = "Zij wonen op één adres."


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand."""
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return besluitwereld(magazijn, klok, tmp_path)


@pytest.fixture
def ander(wereld: Besluitwereld) -> Besluitleven:
    """Een tweede persoon in Gorinchem, met een andere klantmanager bij dezelfde organisatie."""
    leven = Besluitleven(wereld.omgeving)
    leven.begin(bsn=next(iter(proefnummers())), kenmerk="DUO-9999", naam="Selam Ghebre")
    leven.tot_intake_gereed()
    leven.open("pip/vaststellen/1")
    wijs_toe(wereld.omgeving, leven.dossier_id, "m-kos", COORDINATOR, "verdeling")
    return leven


def pad(wereld: Besluitwereld) -> str:
    return f"/dossiers/{wereld.ref}/huishouden"


def bekijk(wereld: Besluitwereld, wie: Browser, andere: str, reden: str = WAAROM) -> Response:
    return wie.stuur(pad(wereld), {"huishouden.andere": andere, "huishouden.reden": reden})


def knop(pagina: Response) -> dict[str, str]:
    formulier = re.search(r'<form method="post" action="[^"]+/vast">(.*?)</form>', pagina.text, re.S)
    assert formulier is not None, leesbaar(pagina)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', formulier.group(1)))


def gevormd(*levens: Besluitleven) -> int:
    return sum(leven.telling()["huishouden_gevormd"] for leven in levens)


def test_samenvoegen_toont_eerst_wat_er_verandert_en_een_dubbele_druk_doet_het_een_keer(
    wereld: Besluitwereld, ander: Besluitleven
) -> None:
    reg, ref = wereld.als("m-reg"), ander.dossier().referentie
    assert wereld.leven.dossier().klantmanager == "m-jdb"
    assert f'href="{pad(wereld)}"' in reg.get(f"/dossiers/{wereld.ref}/melden").text
    voorbeeld = bekijk(wereld, reg, f" {ref.lower()}, ")
    assert voorbeeld.status_code == 200
    tekst = leesbaar(voorbeeld)
    assert "Er is nog niets vastgelegd." in tekst
    assert "Klantmanager van allen Jonas de Beer" in tekst
    assert f"Wie horen bij elkaar {wereld.ref} {ref}" in tekst  # wie de naam niet mag weten, ziet de code
    assert gevormd(wereld.leven, ander) == 0
    onder = knop(voorbeeld)
    for _ in range(2):
        assert reg.post(f"{pad(wereld)}/vast", onder).headers["location"] == f"{pad(wereld)}?gedaan=ja"
    assert gevormd(wereld.leven, ander) == 2
    assert ander.dossier().klantmanager == "m-jdb"
    assert ref in reg.get(pad(wereld)).text
    for dossier in (wereld.ref, ref):
        gewijzigd = [r for r in wereld.logregels(dossier) if (r.actor, r.soort) == ("m-reg", Logsoort.GEWIJZIGD)]
        assert len(gewijzigd) == 1, dossier
    assert "Deze dossiers horen al bij elkaar." in leesbaar(bekijk(wereld, reg, ref))
    assert not {naam: wat for naam, wat in controleer(wereld.omgeving).items() if wat}


def test_een_klantmanager_voegt_zijn_eigen_dossiers_samen_en_ziet_de_namen(
    wereld: Besluitwereld, ander: Besluitleven
) -> None:
    wijs_toe(wereld.omgeving, ander.dossier_id, "m-jdb", COORDINATOR, "verdeling")
    jdb, ref = wereld.als("m-jdb"), ander.dossier().referentie
    voorbeeld = bekijk(wereld, jdb, ref)
    assert f"Selam Ghebre ({ref})" in leesbaar(voorbeeld)
    assert jdb.post(f"{pad(wereld)}/vast", knop(voorbeeld)).status_code == 303
    assert gevormd(wereld.leven, ander) == 2
    assert "Selam Ghebre" in leesbaar(jdb.get(pad(wereld)))


def test_een_vreemd_dossier_en_een_dat_er_niet_is_geven_dezelfde_fout(
    wereld: Besluitwereld, ander: Besluitleven
) -> None:
    with wereld.hier.magazijn.ruimte() as ruimte:
        for stap in ruimte.stappen(ander.dossier_id):
            if stap.partner == "avres":
                stap.partner, stap.medewerker = "gorinchem", "m-gor"
                ruimte.bewaar(stap)
    jdb, ref = wereld.als("m-jdb"), ander.dossier().referentie
    assert jdb.get(f"/dossiers/{ref}").status_code == 404
    vreemd, afwezig = bekijk(wereld, jdb, ref), bekijk(wereld, jdb, "D-ZZZZZ")
    assert (vreemd.status_code, afwezig.status_code) == (422, 422)
    assert vreemd.text.replace(ref, "D-ZZZZZ") == afwezig.text
    assert "Een van deze dossiers is er niet" in vreemd.text
    nagemaakt = {
        "bewijs": bewijs_van(vreemd), "huishouden.andere": ref, "huishouden.reden": WAAROM, "sleutel": "zelf-bedacht",
        "bekeken": f"{wereld.ref}:1 {ref}:1",
    }  # fmt: skip
    antwoorden = [
        jdb.post(f"{pad(wereld)}/vast", {naam: w.replace(ref, een) for naam, w in nagemaakt.items()})
        for een in (ref, "D-ZZZZZ")
    ]
    assert [a.status_code for a in antwoorden] == [422, 422]
    assert antwoorden[0].text.replace(ref, "D-ZZZZZ") == antwoorden[1].text
    assert gevormd(wereld.leven, ander) == 0


def test_verandert_er_iets_na_het_voorbeeld_dan_gebeurt_er_niets(wereld: Besluitwereld, ander: Besluitleven) -> None:
    reg, ref = wereld.als("m-reg"), ander.dossier().referentie
    onder = knop(bekijk(wereld, reg, ref))
    wijs_toe(wereld.omgeving, ander.dossier_id, "m-tha", COORDINATOR, "verdeling")
    antwoord = reg.post(f"{pad(wereld)}/vast", onder)
    assert antwoord.status_code == 409
    assert "Er is intussen iets veranderd." in leesbaar(antwoord)
    zonder = {naam: waarde for naam, waarde in onder.items() if naam != "sleutel"}
    assert reg.post(f"{pad(wereld)}/vast", zonder).status_code == 409
    assert gevormd(wereld.leven, ander) == 0


@pytest.mark.parametrize("andere", ["", "Selam", "D-7F3", "{zelf}", " ".join(f"D-AAA{n:02}" for n in range(12))])
def test_wat_niet_kan_staat_bij_het_veld(wereld: Besluitwereld, andere: str) -> None:
    antwoord = bekijk(wereld, wereld.als("m-jdb"), andere.replace("{zelf}", wereld.ref))
    assert antwoord.status_code == 422
    assert 'id="huishouden-andere-fout"' in antwoord.text
    assert WAAROM in antwoord.text


def test_wie_geen_feiten_mag_melden_vindt_de_pagina_niet(wereld: Besluitwereld) -> None:
    for code in ("m-gor", "m-mer", "m-bhr", "m-con", "m-fg"):
        wie = wereld.als(code)
        bewijs = bewijs_van(wie.get("/aanmelding"))
        assert wie.get(pad(wereld)).status_code == 404
        for deur in ("", "/vast"):
            assert wie.post(f"{pad(wereld)}{deur}", {"bewijs": bewijs}).status_code == 404, code
