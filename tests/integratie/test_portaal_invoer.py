"""Een bestand inlezen in het portaal: eerst zien wat elke rij doet, dan precies dat bestand, één keer en helemaal."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from openpyxl import Workbook

from adapters.opslag import SqlMagazijn
from adapters.wekker import is_gewekt
from domein.handelingen.portaalpoort import Logvraag
from domein.model import Logsoort
from portaal import invoer
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import ZELFDE, Browser, bewijs_van, meld_aan, tekst_van
from tests.integratie.portaal_hulp import VOORBEELD, alles, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

CSV = "text/csv"
VOLGENDE = slice(3, 6)  # de eerste drie zijn al geregistreerd


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    hier = regio_met_dossiers(magazijn, klok)
    hier.klok.moment += timedelta(days=60)  # de volgende rijen van het voorbeeld zijn dan gemeld
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.fixture
def balie(hier: Installatie, app: FastAPI) -> Browser:
    return meld_aan(hier, app, "m-adm")


def rijen(welke: slice = VOLGENDE) -> list[list[str]]:
    with (VOORBEELD / "kennisgevingen.csv").open(encoding="utf-8-sig", newline="") as bron:
        kop, *rest = list(csv.reader(bron))
    return [kop, *rest[welke]]


def als_csv(inhoud: Sequence[Sequence[str]]) -> bytes:
    uit = io.StringIO()
    csv.writer(uit).writerows(inhoud)
    return uit.getvalue().encode()


def als_xlsx(inhoud: Sequence[Sequence[str]]) -> bytes:
    boek = Workbook()
    for rij in inhoud:
        assert boek.active is not None
        boek.active.append(list(rij))
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def kies(
    browser: Browser, inhoud: bytes, naam: str = "bestand.csv", *, soort: str = "kennisgevingen", **anders: Any
) -> Response:
    velden = {"bewijs": bewijs_van(browser.get("/invoer")), "soort": soort, **anders}
    return browser.vraag(
        "POST", "/invoer", data=velden, files={"bestand": (naam, inhoud, "application/octet-stream")}, headers=ZELFDE
    )


def bevestig(browser: Browser, voorbeeld: Response, **anders: str) -> Response:
    gevonden = re.search(r'action="(/invoer/[0-9a-f-]+)"', voorbeeld.text)
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', voorbeeld.text)
    assert gevonden is not None, tekst_van(voorbeeld)
    assert sleutel is not None
    velden = {"bewijs": bewijs_van(voorbeeld), "sleutel": sleutel.group(1), **anders}
    return browser.post(gevonden.group(1), velden)


def stand(hier: Installatie) -> dict[str, list[Any]]:
    """Alles behalve sessies en bestanden die wachten."""
    inhoud = alles(hier)
    return {naam: inhoud[naam] for naam in inhoud if naam not in {"sessie", "importbestand", "aanmeldlink"}}


@pytest.mark.parametrize("maak", [als_csv, als_xlsx])
def test_eerst_zien_dan_inlezen_en_daarna_staat_er_wat_er_gebeurde(
    hier: Installatie, balie: Browser, tmp_path: Path, maak: Any
) -> None:
    voor = stand(hier)
    bestand = rijen()
    voorbeeld = kies(balie, maak(bestand), "bestand.xlsx")
    assert voorbeeld.status_code == 200, tekst_van(voorbeeld)
    assert stand(hier) == voor  # kijken bewaart niets
    assert tekst_van(voorbeeld).count("Nieuw dossier") == 3
    assert all(rij[0] in voorbeeld.text for rij in bestand[1:])
    assert not any(rij[bestand[0].index("bsn")] in voorbeeld.text for rij in bestand[1:])
    gedaan = bevestig(balie, voorbeeld)
    assert gedaan.status_code == 303
    pagina = balie.get(gedaan.headers["location"])
    assert "is ingelezen" in tekst_van(pagina)
    referenties = set(re.findall(r"D-[0-9A-Z]{5}", pagina.text))
    assert len(referenties) == 3
    assert len(stand(hier)["dossier"]) == len(voor["dossier"]) + 3
    assert is_gewekt(tmp_path)
    with hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(soort=Logsoort.GEWIJZIGD))
        eerste = ruimte.gebeurtenissen(ruimte.dossier_bij(min(referenties)).id)[0]
    assert {r.betrokkene for r in regels} == referenties
    assert eerste.actor.code == "m-adm"


def test_wat_er_al_staat_is_te_zien_en_nog_eens_inlezen_verandert_niets(hier: Installatie, balie: Browser) -> None:
    voorbeeld = kies(balie, als_csv(rijen(slice(0, 4))))
    tekst = tekst_van(voorbeeld)
    assert tekst.count("Staat er al") == 3
    assert tekst.count("Nieuw dossier") == 1
    bevestig(balie, voorbeeld)
    voor = stand(hier)
    nog_eens = kies(balie, als_csv(rijen(slice(0, 4))))
    assert "Inlezen verandert niets" in tekst_van(nog_eens)
    assert bevestig(balie, nog_eens).status_code == 303
    assert stand(hier) == voor


def test_wie_twee_keer_drukt_leest_een_keer_in_en_ziet_twee_keer_hetzelfde(hier: Installatie, balie: Browser) -> None:
    voorbeeld = kies(balie, als_csv(rijen()))
    eerste = bevestig(balie, voorbeeld)
    voor = stand(hier)
    tweede = bevestig(balie, voorbeeld)
    assert (eerste.status_code, tweede.status_code) == (303, 303)
    assert eerste.headers["location"] == tweede.headers["location"]
    assert stand(hier) == voor


def test_een_fout_staat_bij_haar_rij_en_kolom_en_noemt_niets_van_de_persoon(hier: Installatie, balie: Browser) -> None:
    bestand = rijen()
    kop = bestand[0]
    bestand[1][kop.index("bsn")] = "123456789"
    bestand[2][kop.index("naam")] = "=HYPERLINK(1)"
    bestand[3][kop.index("geboortedatum")] = "31-02-1990"
    voor = stand(hier)
    antwoord = kies(balie, als_csv(bestand))
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 422
    assert "3 keer klopt er iets niet" in tekst
    assert [tuple(rij) for rij in re.findall(r'<td class="getal">(\d+)</td><td>(\w*)</td>', tekst)] == [
        ("2", "bsn"), ("3", "naam"), ("4", "geboortedatum"),
    ]  # fmt: skip
    assert "123456789" not in tekst
    assert "HYPERLINK" not in tekst
    assert stand(hier) == voor


def test_wat_de_afspraken_niet_toelaten_staat_bij_de_rij(hier: Installatie, balie: Browser) -> None:
    bestand = rijen(slice(0, 1))
    bestand[1][bestand[0].index("kenmerk")] = "DUO-2026-ANDERS"
    antwoord = kies(balie, als_csv(bestand))
    assert antwoord.status_code == 422
    assert "heeft al dossier" in tekst_van(antwoord)


def zipbom() -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return uit.getvalue()


def met_formule() -> bytes:
    bestand = rijen()
    bestand[1][bestand[0].index("plaats")] = '=WEBSERVICE("https://kwaad.example")'
    return als_xlsx(bestand)


def vreemde_bestanden() -> dict[str, bytes]:
    """Een bestand dat niet kan, bij een woord dat in de uitleg staat."""
    return {
        "leeg": b"", "NUL-teken": b"\x00\x01\x02", "UTF-16": "kenmerk,versie".encode("utf-16"),
        "UTF-8": als_csv(rijen()).decode().replace("Gorinchem", "Gor\u00ednchem").encode("cp1252"),
        "oud of beveiligd": b"\xd0\xcf\x11\xe0oud", "beschadigd": b"PK\x03\x04stuk", "onredelijk groot": zipbom(),
        "formule": met_formule(), "Deze kolom ontbreekt": als_csv([rij[:10] for rij in rijen()]),
        "te groot": b"x" * (5 * 1024 * 1024 + 1), "geen kolomnamen": b"<script>alert(1)</script>\n",
    }  # fmt: skip


def test_een_vreemd_bestand_geeft_een_fout_in_gewone_taal_en_bewaart_niets(hier: Installatie, balie: Browser) -> None:
    voor = stand(hier)
    for hoort, inhoud in vreemde_bestanden().items():
        antwoord = kies(balie, inhoud, "kwaad<script>999990342.csv")
        tekst = tekst_van(antwoord)
        assert antwoord.status_code == 422, hoort
        assert hoort in tekst, (hoort, tekst)
        assert "<script>" not in antwoord.text.replace('<script src="/statisch', ""), hoort
        assert "999990342" not in tekst, hoort
    assert stand(hier) == voor
    assert alles(hier)["importbestand"] == []


def test_een_bestand_boven_de_grens_van_het_portaal_komt_niet_binnen(balie: Browser) -> None:
    assert kies(balie, b"x" * (10 * 1024 * 1024)).status_code == 413


def test_te_veel_rijen_wordt_geweigerd_met_een_uitweg(balie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invoer, "MEESTE_RIJEN", 2)
    antwoord = kies(balie, als_csv(rijen()))
    assert antwoord.status_code == 422
    assert "hoogstens 2 rijen" in tekst_van(antwoord)


@pytest.mark.parametrize(("soort_", "naam"), [("", "a.csv"), ("kennisgevingen", ""), ("iets-anders", "a.csv")])
def test_zonder_keuze_of_bestand_vraagt_de_pagina_erom(balie: Browser, soort_: str, naam: str) -> None:
    antwoord = kies(balie, b"x" if naam else b"", naam, soort=soort_)
    assert antwoord.status_code == 422
    assert "Kies " in tekst_van(antwoord)


def test_koppelingen_van_het_coa_gaan_net_zo(hier: Installatie, app: FastAPI) -> None:
    hier.klok.moment += timedelta(days=365)
    balie = meld_aan(hier, app, "m-adm")
    inhoud = (VOORBEELD / "koppelingen.csv").read_bytes()
    voorbeeld = kies(balie, inhoud, "koppelingen.csv", soort="koppelingen")
    assert voorbeeld.status_code == 200, tekst_van(voorbeeld)
    voor = len(alles(hier)["dossier"])
    assert bevestig(balie, voorbeeld).status_code == 303
    assert len(alles(hier)["dossier"]) > voor


def test_het_bestand_wacht_versleuteld_een_half_uur_en_alleen_op_wie_het_koos(
    hier: Installatie, app: FastAPI, balie: Browser
) -> None:
    bestand = rijen()
    voorbeeld = kies(balie, als_csv(bestand))
    wacht = str(alles(hier)["importbestand"])
    assert not any(rij[bestand[0].index("naam")] in wacht for rij in bestand[1:])
    voor = stand(hier)
    ander = meld_aan(hier, app, "m-reg")
    bewijs = bewijs_van(ander.get("/invoer"))
    assert bevestig(ander, voorbeeld, bewijs=bewijs).status_code == 409
    for mis in ("", "x", "A" * 44, "é"):
        assert bevestig(balie, voorbeeld, sleutel=mis).status_code == 409
    hier.verder(minutes=30)
    verlopen = bevestig(balie, voorbeeld)
    assert verlopen.status_code == 409
    assert "Kies het bestand opnieuw" in tekst_van(verlopen)
    assert stand(hier) == voor
    kies(balie, als_csv(bestand))
    assert len(alles(hier)["importbestand"]) == 1  # het verlopen bestand is weg


def test_het_verslag_is_van_wie_inlas_en_voor_een_dag(hier: Installatie, app: FastAPI, balie: Browser) -> None:
    plek = bevestig(balie, kies(balie, als_csv(rijen()))).headers["location"]
    assert meld_aan(hier, app, "m-reg").get(plek).status_code == 404
    assert balie.get("/invoer/geen-nummer").status_code == 404
    with hier.magazijn.ruimte() as ruimte:
        wie_las = ruimte.sessies_van("m-adm")
    assert wie_las
    hier.verder(days=1)
    assert meld_aan(hier, app, "m-adm").get(plek).status_code == 404


@pytest.mark.parametrize(
    ("code", "status"), [("m-adm", 200), ("m-reg", 200), ("m-jdb", 404), ("m-bhr", 404), ("m-mer", 404)]
)
def test_alleen_wie_mag_inlezen_ziet_de_pagina(hier: Installatie, app: FastAPI, code: str, status: int) -> None:
    assert meld_aan(hier, app, code).get("/invoer").status_code == status


def test_zonder_bewijs_of_van_elders_gebeurt_er_niets(hier: Installatie, balie: Browser) -> None:
    voorbeeld = kies(balie, als_csv(rijen()))
    voor = stand(hier)
    wachtend = len(alles(hier)["importbestand"])
    assert kies(balie, als_csv(rijen()), bewijs="x").status_code == 403
    assert bevestig(balie, voorbeeld, bewijs="x").status_code == 403
    elders = balie.vraag(
        "POST", "/invoer", data={"soort": "kennisgevingen"}, files={"bestand": ("a.csv", b"x", CSV)},
        headers={"sec-fetch-site": "cross-site"},
    )  # fmt: skip
    assert elders.status_code == 403
    assert stand(hier) == voor
    assert len(alles(hier)["importbestand"]) == wachtend


def test_weigert_het_inlezen_halverwege_dan_is_er_niets_bewaard(
    hier: Installatie, balie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    voorbeeld = kies(balie, als_csv(rijen()))
    voor = stand(hier)

    def stuk(*_: object, **__: object) -> None:
        raise RuntimeError("de stroom valt uit")

    monkeypatch.setattr("domein.handelingen.inlezen._noteer", stuk)
    assert bevestig(balie, voorbeeld).status_code == 500
    assert stand(hier) == voor
    monkeypatch.undo()
    assert bevestig(balie, voorbeeld).status_code == 303
    assert len(stand(hier)["dossier"]) == len(voor["dossier"]) + 3
