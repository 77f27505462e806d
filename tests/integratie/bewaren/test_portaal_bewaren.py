"""Bewaren en vernietigen in het portaal: twee mensen, een blokkade, een voorbeeld vooraf en een verklaring achteraf."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.links import GetekendeLinks
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.registreren import registreer
from domein.model import Logregel, Logsoort
from domein.ports import Omgeving
from portaal.app import maak_app
from tests.integratie.bewaren.conftest import VOORBIJ, WOORDEN
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.post_hulp import BASIS
from tests.integratie.regels.leven import GEMEENTEN, VOORBEELD, Leven

GEVAARLIJK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
LIJST = "VL-GM0512-2031-1"


@dataclass
class Archief:
    app: FastAPI
    leven: Leven

    @property
    def omgeving(self) -> Omgeving:
        return self.leven.omgeving

    @property
    def ref(self) -> str:
        return self.leven.dossier().referentie

    def als(self, code: str) -> Browser:
        browser = Browser(self.app)
        antwoord = browser.stuur(maak_link(self.omgeving, code, BASIS).removeprefix(BASIS), {})
        assert antwoord.status_code == 303
        return browser

    def staat(self) -> str:
        (rij,) = bewaarlijst(self.omgeving, "GM0512")
        return rij["staat"]

    def logregels(self) -> list[Logregel]:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return [r for r in ruimte.heel_logboek() if r.betrokkene == self.ref]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand, die er alleen op PostgreSQL is."""
    return request.param


@pytest.fixture
def archief(klaar: Leven, tmp_path: Path) -> Archief:
    klaar.op(VOORBIJ)
    links = GetekendeLinks("geheim-van-deze-test-en-lang-genoeg", BASIS, klaar.omgeving.klok)
    return Archief(maak_app(klaar.omgeving, links, wekmap=tmp_path), klaar)


def leesbaar(antwoord: Response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", antwoord.text)))


def opgesteld(archief: Archief, code: str = "m-adm") -> Browser:
    adm = archief.als(code)
    antwoord = adm.stuur("/bewaren/nieuw", {"gemeente": "GM0512"}, van="/bewaren/nieuw?gemeente=GM0512")
    assert antwoord.headers["location"] == f"/bewaren/lijsten/{LIJST}?gedaan=opgesteld"
    return adm


def op_lijst(wie: Browser, wat: str, velden: dict[str, str]) -> Response:
    return wie.stuur(f"/bewaren/lijsten/{LIJST}/{wat}", velden, van=f"/bewaren/lijsten/{LIJST}")


def test_van_lijst_tot_verklaring_met_twee_mensen(archief: Archief) -> None:
    ref = archief.ref
    adm = archief.als("m-adm")
    tekst = leesbaar(adm.get("/bewaren"))
    assert ref in tekst
    assert "Te vernietigen" in tekst
    voorbeeld = adm.get("/bewaren/nieuw?gemeente=GM0512")
    assert ref in voorbeeld.text
    assert archief.staat() == "te_vernietigen"  # het voorbeeld bewaart niets
    adm = opgesteld(archief)
    assert "wacht op een oordeel" in adm.get("/bewaren").text
    fg = archief.als("m-fg")
    pagina = fg.get(f"/bewaren/lijsten/{LIJST}")
    assert "Keur de lijst goed" in pagina.text
    goed = op_lijst(fg, "goedkeuren", {"goedkeuren.reden": "De termijn is voorbij."})
    assert goed.headers["location"].endswith("gedaan=goedgekeurd")
    assert "U kunt deze lijst niet uitvoeren" in fg.get(f"/bewaren/lijsten/{LIJST}").text
    assert op_lijst(fg, "vernietigen", {"zeker": "ja"}).status_code == 403
    vooraf = leesbaar(adm.get(f"/bewaren/lijsten/{LIJST}"))
    assert f"1 te vernietigen : {ref}" in vooraf
    zonder_vinkje = op_lijst(adm, "vernietigen", {})
    assert zonder_vinkje.status_code == 422
    assert archief.staat() == "op_lijst"
    gedaan = op_lijst(adm, "vernietigen", {"zeker": "ja"})
    assert gedaan.status_code == 200
    assert f"Vernietigd: {ref}." in leesbaar(gedaan)
    assert f"{ref}: avres" in leesbaar(gedaan)  # welke partners ook moeten vernietigen, staat alleen nu nog ergens
    with archief.omgeving.magazijn.ruimte() as ruimte, pytest.raises(PersoonGewist):
        ruimte.gebeurtenissen(archief.leven.dossier_id)
    verklaring = leesbaar(fg.get(f"/bewaren/lijsten/{LIJST}/verklaring"))
    for een in (
        "Nagerekend",
        "Opgesteld door Adem Molenaar (m-adm)",
        "Goedgekeurd door Fleur Graafland (m-fg)",
        "Uitgevoerd door Adem Molenaar (m-adm)",
        ref,
        "SHA-256",
    ):
        assert een in verklaring, een
    assert "Vernietigd" in leesbaar(fg.get(f"/bewaren/dossiers/{ref}"))
    for wie in (adm, fg):
        for pad in ("/bewaren", f"/bewaren/lijsten/{LIJST}", f"/bewaren/lijsten/{LIJST}/verklaring"):
            assert not [woord for woord in WOORDEN if woord in wie.get(pad).text]
    laatste = [(r.naam, r.soort, r.actor) for r in archief.logregels() if r.soort is Logsoort.GEWIJZIGD]
    assert ("/bewaren/lijsten/{lijst}/goedkeuren", Logsoort.GEWIJZIGD, "m-fg") in laatste
    assert ("/bewaren/lijsten/{lijst}/vernietigen", Logsoort.GEWIJZIGD, "m-adm") in laatste


def test_wie_de_lijst_opstelde_keurt_haar_niet_goed_en_leest_waarom(archief: Archief) -> None:
    wil = opgesteld(archief, "m-wil")  # teamleider en mandaathouder: mag het een of het ander, nooit beide
    pagina = wil.get(f"/bewaren/lijsten/{LIJST}")
    assert "'m-wil' stelde lijst VL-GM0512-2031-1 zelf op." in leesbaar(pagina)
    assert "Keur de lijst goed" not in pagina.text
    velden = {"bewijs": bewijs_van(pagina), "goedkeuren.reden": "Snel even."}
    geweigerd = wil.post(f"/bewaren/lijsten/{LIJST}/goedkeuren", velden)
    assert geweigerd.status_code == 403
    assert "zelf op" in leesbaar(geweigerd)
    assert wil.post(f"/bewaren/lijsten/{LIJST}/vernietigen", {**velden, "zeker": "ja"}).status_code == 409
    assert archief.staat() == "op_lijst"
    gor = archief.als("m-gor")
    assert op_lijst(gor, "goedkeuren", {}).status_code == 422
    assert op_lijst(gor, "goedkeuren", {"goedkeuren.reden": "Termijn voorbij."}).status_code == 303


def test_een_reden_met_een_naam_wordt_geweigerd_en_alles_eraf_halen_ook(archief: Archief) -> None:
    opgesteld(archief)
    fg = archief.als("m-fg")
    naam = op_lijst(fg, "goedkeuren", {"goedkeuren.reden": "Kanarina Geelveer is overleden"})
    assert naam.status_code == 422
    assert "staat iets van een persoon" in leesbaar(naam)
    niets = op_lijst(fg, "goedkeuren", {"goedkeuren.reden": "Termijn voorbij.", f"zonder.{archief.ref}": "ja"})
    assert niets.status_code == 422
    assert "blijft er niets over" in leesbaar(niets)
    af = op_lijst(fg, "afkeuren", {"afkeuren.reden": GEVAARLIJK})
    assert af.status_code == 303
    assert "<script>alert" not in fg.get(f"/bewaren/lijsten/{LIJST}").text
    assert archief.staat() == "te_vernietigen"


def test_een_blokkade_houdt_vernietigen_tegen_tot_iemand_haar_opheft(archief: Archief) -> None:
    fg = archief.als("m-fg")
    pad = f"/bewaren/dossiers/{archief.ref}"
    velden = {"blokkeren.grond": "rechtszaak", "blokkeren.reden": GEVAARLIJK}
    leeg = fg.stuur(f"{pad}/blokkade", {"blokkeren.grond": "zomaar"}, van=pad)
    assert leeg.status_code == 422
    assert fg.stuur(f"{pad}/blokkade", velden, van=pad).headers["location"] == f"{pad}?gedaan=gezet"
    assert archief.staat() == "geblokkeerd"
    pagina = fg.get(pad)
    assert "blokkade 1 (rechtszaak) geldt tot iemand haar opheft" in leesbaar(pagina)
    assert "<script>alert" not in pagina.text
    adm = archief.als("m-adm")
    assert "hoeft nu niets weg" in leesbaar(adm.get("/bewaren/nieuw?gemeente=GM0512"))
    niets = adm.stuur("/bewaren/nieuw", {"gemeente": "GM0512"})
    assert niets.status_code == 422
    heft = fg.stuur(f"{pad}/blokkade/1/opheffen", {"opheffen-1.reden": "Uitspraak gedaan."}, van=pad)
    assert heft.headers["location"] == f"{pad}?gedaan=opgeheven"
    assert archief.staat() == "te_vernietigen"
    nogmaals = fg.stuur(f"{pad}/blokkade/1/opheffen", {"opheffen-1.reden": "Nog eens."}, van=pad)
    assert nogmaals.status_code == 422


def test_een_andere_gemeente_en_wie_het_recht_niet_heeft_zien_dat_er_niets_is(archief: Archief) -> None:
    opgesteld(archief)
    niets = archief.als("m-mer").get("/bestaat-niet").text
    paden = ("/bewaren", "/bewaren/nieuw", f"/bewaren/lijsten/{LIJST}", f"/bewaren/dossiers/{archief.ref}")
    for code in ("m-jdb", "m-mer", "m-vrw", "m-con", "m-bhr"):
        wie = archief.als(code)
        for pad in paden:
            antwoord = wie.get(pad)
            assert (antwoord.status_code, antwoord.text) == (404, niets), (code, pad)
    mol = archief.als("m-mol")  # mandaathouder van een andere gemeente
    assert archief.ref not in mol.get("/bewaren").text
    assert LIJST not in mol.get("/bewaren").text
    bewijs = bewijs_van(mol.get("/bewaren"))
    for pad in (
        *paden[2:],
        f"/bewaren/lijsten/{LIJST}/verklaring",
        "/bewaren/lijsten/VL-1",
        "/bewaren/dossiers/D-ZZZZZ",
    ):
        assert mol.get(pad).text == niets, pad
    for pad in (f"/bewaren/lijsten/{LIJST}/goedkeuren", f"/bewaren/lijsten/{LIJST}/vernietigen",
                f"/bewaren/dossiers/{archief.ref}/blokkade"):  # fmt: skip
        assert mol.post(pad, {"bewijs": bewijs, "zeker": "ja"}).text == niets, pad
    vreemd = mol.stuur("/bewaren/nieuw", {"gemeente": "GM0512"})
    assert vreemd.status_code == 403
    assert archief.staat() == "op_lijst"


def test_een_lopend_dossier_staat_niet_bij_bewaren(archief: Archief) -> None:
    gelezen = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", VOORBIJ, GEMEENTEN)
    (verslag,) = registreer(archief.omgeving, [gelezen.rijen[1]], SYSTEEM)
    fg = archief.als("m-fg")
    assert verslag.referentie not in fg.get("/bewaren").text
    assert fg.get(f"/bewaren/dossiers/{verslag.referentie}").status_code == 404


def test_zonder_bewijs_of_van_elders_en_door_te_kijken_verandert_er_niets(archief: Archief) -> None:
    opgesteld(archief)
    fg = archief.als("m-fg")
    pad = f"/bewaren/lijsten/{LIJST}"
    bewijs = bewijs_van(fg.get(pad))
    for wat in ("goedkeuren", "afkeuren", "vernietigen"):
        velden = {f"{wat}.reden": "Termijn voorbij.", "zeker": "ja"}
        assert fg.post(f"{pad}/{wat}", {**velden, "bewijs": "x"}).status_code == 403
        elders = fg.post(f"{pad}/{wat}", {**velden, "bewijs": bewijs}, {"sec-fetch-site": "cross-site"})
        assert elders.status_code == 403
        assert fg.get(f"{pad}/{wat}?zeker=ja").status_code in (404, 405)
    assert archief.staat() == "op_lijst"
    assert "wacht op een oordeel" in fg.get("/bewaren").text
