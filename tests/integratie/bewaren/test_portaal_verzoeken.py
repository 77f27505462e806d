"""Verzoeken om inzage of verbetering in het portaal: vastleggen en antwoorden zonder een persoon te zien."""

from datetime import date
from pathlib import Path

import pytest

from adapters.links import GetekendeLinks
from domein.handelingen.aanmelden import maak_link
from domein.model import Logsoort
from portaal.app import maak_app
from tests.integratie.bewaren.conftest import WOORDEN
from tests.integratie.bewaren.test_portaal_bewaren import GEVAARLIJK, Archief, leesbaar
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.post_hulp import BASIS
from tests.integratie.regels.leven import Leven

DAG = date(2026, 9, 1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand, die er alleen op PostgreSQL is."""
    return request.param


@pytest.fixture
def archief(klaar: Leven, tmp_path: Path) -> Archief:
    klaar.op(DAG)
    links = GetekendeLinks("geheim-van-deze-test-en-lang-genoeg", BASIS, klaar.omgeving.klok)
    return Archief(maak_app(klaar.omgeving, links, wekmap=tmp_path), klaar)


def vast(archief: Archief, wie: Browser, **anders: str) -> str:
    velden = {"verzoek_ontvangen.datum": DAG.isoformat(), "verzoek_ontvangen.referentie": archief.ref.lower(),
              "verzoek_ontvangen.recht": "inzage"}  # fmt: skip
    velden |= {f"verzoek_ontvangen.{naam}": waarde for naam, waarde in anders.items()}
    antwoord = wie.stuur("/verzoeken", velden)
    return antwoord.headers.get("location", leesbaar(antwoord))


def test_een_verzoek_van_ontvangst_tot_antwoord(archief: Archief) -> None:
    fg = archief.als("m-fg")
    assert "Er staat geen verzoek open." in fg.get("/verzoeken").text
    assert vast(archief, fg) == "/verzoeken?gedaan=ontvangen"
    pad = f"/verzoeken/{archief.ref}/1"
    tekst = leesbaar(fg.get("/verzoeken"))
    assert "uiterlijk donderdag 1 oktober 2026" in tekst
    assert archief.leven.staat().keys() == {"registratie/verzoek/1/1"}  # de klantmanager heeft een taak
    langer = fg.stuur(f"{pad}/verlengen", {"verzoek_verlengd.datum": DAG.isoformat()}, van=pad)
    assert langer.status_code == 422  # zonder reden niet
    velden = {"verzoek_verlengd.datum": DAG.isoformat(), "verzoek_verlengd.reden": GEVAARLIJK}
    assert fg.stuur(f"{pad}/verlengen", velden, van=pad).headers["location"] == f"{pad}?gedaan=verlengen"
    assert "dinsdag 1 december 2026" in leesbaar(fg.get(pad))
    antwoord = {"verzoek_afgehandeld.datum": DAG.isoformat(), "verzoek_afgehandeld.uitkomst": "afgewezen"}
    zonder = fg.stuur(f"{pad}/afhandelen", antwoord, van=pad)
    assert zonder.status_code == 422
    assert "Een verzoek afwijzen is een besluit met een reden" in leesbaar(zonder)
    antwoord["verzoek_afgehandeld.reden"] = "Het gaat over een ander."
    assert fg.stuur(f"{pad}/afhandelen", antwoord, van=pad).status_code == 303
    verzoek = archief.leven.stand().verzoeken[1]
    assert (verzoek.afgehandeld_op, verzoek.uitkomst) == (DAG, "afgewezen")
    assert archief.ref not in fg.get("/verzoeken").text
    assert "afgewezen" in fg.get("/verzoeken?alle=ja").text
    assert not [woord for woord in WOORDEN for p in ("/verzoeken?alle=ja", pad) if woord in fg.get(p).text]
    assert "<script>alert" not in fg.get(pad).text
    logregels = {(r.naam, r.soort) for r in archief.logregels() if r.actor == "m-fg"}
    assert ("/verzoeken", Logsoort.GEWIJZIGD) in logregels
    assert ("/verzoeken/{referentie}/{nummer}/afhandelen", Logsoort.GEWIJZIGD) in logregels


def test_de_klantmanager_krijgt_de_taak_en_geeft_de_kopie(archief: Archief) -> None:
    vast(archief, archief.als("m-fg"))
    archief.leven.open("registratie/verzoek/1/1")
    stap = archief.leven.stap("registratie/verzoek/1/1")
    voert = archief.leven.dossier().klantmanager
    assert voert is not None
    assert stap.medewerker == voert
    wie = archief.als(voert)
    assert archief.ref in wie.get("/mijn-werk").text
    kopie = wie.get(f"/dossiers/{archief.ref}/inzage.json")
    assert kopie.status_code == 200
    assert all(woord in kopie.text for woord in ("grondslagen", "ontvangers", "bewaren_tot", "besluiten"))
    assert wie.get(f"/dossiers/{archief.ref}/inzage.pdf").content.startswith(b"%PDF-")
    assert archief.als("m-reg").get(f"/dossiers/{archief.ref}/inzage.json").status_code == 404


def test_een_dossier_dat_er_niet_is_en_een_onleesbare_dag(archief: Archief) -> None:
    fg = archief.als("m-fg")
    assert "Dit dossier is er niet, of het is niet van uw gemeente." in vast(archief, fg, referentie="D-ZZZZZ")
    assert "Vul een bestaande datum in" in vast(archief, fg, datum="31-02-2026")
    assert "ligt in de toekomst" in vast(archief, fg, datum="2026-12-01")
    assert archief.leven.stand().verzoeken == {}
    assert fg.get(f"/verzoeken/{archief.ref}/1").status_code == 404
    assert fg.get("/verzoeken/D-ZZZZZ/1").status_code == 404


def test_alleen_de_privacy_officer_en_alleen_met_bewijs(archief: Archief) -> None:
    fg = archief.als("m-fg")
    vast(archief, fg)
    pad = f"/verzoeken/{archief.ref}/1"
    niets = fg.get("/bestaat-niet").text
    for code in ("m-jdb", "m-gor", "m-mol", "m-adm", "m-reg", "m-bhr", "m-mer"):
        wie = archief.als(code)
        bewijs = bewijs_van(wie.get("/aanmelding"))
        for een in ("/verzoeken", pad):
            assert wie.get(een).text == niets, (code, een)
        assert wie.post(f"{pad}/afhandelen", {"bewijs": bewijs}).text == niets
    for wat in ("afhandelen", "verlengen"):
        assert fg.post(f"{pad}/{wat}", {"bewijs": "x"}).status_code == 403
        assert fg.get(f"{pad}/{wat}").status_code in (404, 405)
    assert archief.leven.stand().verzoeken[1].afgehandeld_op is None


def test_een_privacy_officer_van_een_andere_gemeente_ziet_niets_van_dit_dossier(
    archief: Archief, monkeypatch: pytest.MonkeyPatch
) -> None:
    from domein.regio.model import Regio

    vast(archief, archief.als("m-fg"))
    echt = Regio.medewerker

    def van_molenlanden(regio: Regio, code: str) -> object:
        mens = echt(regio, code)
        return mens.model_copy(update={"partner": "molenlanden"}) if mens is not None and code == "m-fg" else mens

    monkeypatch.setattr(Regio, "medewerker", van_molenlanden)
    fg = Browser(archief.app)
    fg.stuur(maak_link(archief.omgeving, "m-fg", BASIS).removeprefix(BASIS), {})
    assert archief.ref not in fg.get("/verzoeken?alle=ja").text
    assert fg.get(f"/verzoeken/{archief.ref}/1").status_code == 404
    assert "Dit dossier is er niet, of het is niet van uw gemeente." in vast(archief, fg)
    assert archief.logregels()[-1].soort is Logsoort.GEWEIGERD
