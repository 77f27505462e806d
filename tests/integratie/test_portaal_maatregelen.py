"""Maatregelen in het portaal: een signaal is geen taak, elke stap is van een mens, en het besluit van twee."""

from datetime import date
from pathlib import Path

import pytest
from httpx import Response

from adapters.opslag import SqlMagazijn
from domein.begrippen import Doelgroep
from domein.handelingen.invarianten import controleer
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar, versie_in
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.leven import MANDAAT, PIP

GEMIST = date(2026, 8, 25)


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def asiel(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return met_verzuim(besluitwereld(magazijn, klok, tmp_path))


@pytest.fixture
def gezin(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    persoon = {"doelgroep": Doelgroep.GEZINSMIGRANT, "ontzorgen": False}
    return met_verzuim(besluitwereld(magazijn, klok, tmp_path, **persoon))


def met_verzuim(wereld: Besluitwereld) -> Besluitwereld:
    dag = date(2026, 2, 25)
    wereld.leven.antwoord(
        "pip/vaststellen/1", "pip_vastgesteld", dag, door=MANDAAT, **PIP, bekendgemaakt_op=dag.isoformat()
    )
    wereld.leven.antwoord("voortgang/1", "gesprek_niet_verschenen", GEMIST)
    wereld.leven.op(date(2026, 8, 26))
    return wereld


def pad(wereld: Besluitwereld) -> str:
    return f"/dossiers/{wereld.ref}/maatregelen"


def doe(wereld: Besluitwereld, wie: Browser, naar: str, velden: dict[str, str]) -> Response:
    return wie.stuur(f"{pad(wereld)}/{naar}", velden, van=pad(wereld))


def overweeg(wereld: Besluitwereld, wie: Browser) -> Response:
    velden = {"maatregel_overwogen.datum": "2026-08-26", "maatregel_overwogen.gedraging": "traject",
              "maatregel_overwogen.gedraging_op": GEMIST.isoformat()}  # fmt: skip
    return doe(wereld, wie, "overwogen", velden)


def stap(wereld: Besluitwereld, wie: Browser, uitkomst: str, **velden: str) -> Response:
    met_naam = {f"{uitkomst}-1.{naam}": waarde for naam, waarde in velden.items()}
    dag = wereld.omgeving.klok.vandaag().isoformat()
    return doe(wereld, wie, "1/stap", {"uitkomst": uitkomst, f"{uitkomst}-1.datum": dag, **met_naam})


def test_een_signaal_toont_zijn_artikel_en_begint_niets(asiel: Besluitwereld) -> None:
    jdb = asiel.als("m-jdb")
    voor = alles(asiel.hier)
    tekst = leesbaar(jdb.get(pad(asiel)))
    assert "Niet verschenen op voortgangsgesprek 1." in tekst
    assert "Artikelen 22 en 23 Wet inburgering 2021" in tekst
    assert "hardnekkige, aantoonbare onwil" in tekst
    assert "Er is geen eerdere boete bekend" in tekst
    na = alles(asiel.hier)
    assert (na["gebeurtenis"], na["stap"]) == (voor["gebeurtenis"], voor["stap"])
    assert not {k for k in asiel.leven.staat() if k.startswith("maatregel/")}


def test_bij_een_asielstatushouder_zonder_onwil_wordt_het_een_gemotiveerd_nee(asiel: Besluitwereld) -> None:
    jdb = asiel.als("m-jdb")
    assert overweeg(asiel, jdb).status_code == 303
    te_vroeg = stap(asiel, jdb, "maatregel_voornemen", zienswijze_tot="2026-09-30")
    assert te_vroeg.status_code == 422
    assert "Deze stap is er niet (meer)." in leesbaar(te_vroeg)
    assert stap(asiel, jdb, "maatregel_gewaarschuwd", wijze="brief").status_code == 303
    assert "Nu aan de beurt: Toets aan de uitspraak Keren" in leesbaar(jdb.get(pad(asiel)))
    nee = {"hardnekkige_onwil": "nee", "oordeelcode": "omstandigheden"}
    assert stap(asiel, jdb, "keren_getoetst", **nee).status_code == 303
    tekst = leesbaar(jdb.get(pad(asiel)))
    assert "geen hardnekkige onwil vastgesteld (m-jdb): een boete kan niet" in tekst
    assert stap(asiel, jdb, "maatregel_gestaakt", redencode="geen-hardnekkige-onwil").status_code == 303
    assert "gestopt op" in leesbaar(jdb.get(pad(asiel)))
    assert asiel.leven.stand().maatregelen[1].opgelegd is False
    assert not {naam: wat for naam, wat in controleer(asiel.omgeving).items() if wat}


def test_van_signaal_tot_besluit_met_tarief_en_twee_mensen(gezin: Besluitwereld) -> None:
    jdb = gezin.als("m-jdb")
    overweeg(gezin, jdb)
    stap(gezin, jdb, "maatregel_gewaarschuwd", wijze="brief")
    assert stap(gezin, jdb, "maatregel_voornemen", zienswijze_tot="2026-09-30").status_code == 303
    geen = stap(gezin, jdb, "maatregel_zienswijze", wijze="geen")
    assert geen.status_code == 422
    assert "kan nog reageren" in leesbaar(geen)
    assert stap(gezin, jdb, "maatregel_zienswijze", wijze="mondeling").status_code == 303
    tekst = leesbaar(jdb.get(pad(gezin)))
    assert "opgelegd van hoogstens € 2400" in tekst
    assert "Bereid het besluit voor: wel of niet" in tekst
    gezin.leven.open("maatregel/besluit/1")
    jdb = gezin.als("m-jdb")
    concept = {"stap": "maatregel/besluit/1", "uitkomst": "maatregel_besloten", "maatregel_besloten.opgelegd": "nee",
               "maatregel_besloten.bedrag": "0", "maatregel_besloten.verwijtbaarheid": "verminderd",
               "maatregel_besloten.redencode": "niet-evenredig"}  # fmt: skip
    assert jdb.stuur(f"{gezin.pad}/nieuw", concept).status_code == 303
    nummer = max(gezin.leven.stand().besluiten)
    gezin.leven.onderzoek_alles(nummer).schrijf(nummer=nummer)
    gor = gezin.als("m-gor")
    pagina = gor.get(f"{gezin.pad}/{nummer}")
    klaar = gor.stuur(f"{gezin.pad}/{nummer}/tekenen", {"versie": versie_in(pagina)}, van=f"{gezin.pad}/{nummer}")
    assert klaar.status_code == 303, leesbaar(klaar)
    assert "besloten: geen maatregel" in leesbaar(jdb.get(pad(gezin)))
    besluit = gezin.leven.stand().besluiten[nummer]
    assert (besluit.opsteller, besluit.ondertekenaar) == ("m-jdb", "m-gor")


def test_de_geschiedenis_van_elders_en_verlaagde_bijstand_tellen_mee(gezin: Besluitwereld) -> None:
    jdb = gezin.als("m-jdb")
    elders = {"boete_elders.datum": "2026-03-02", "boete_elders.gemeente": "GM0363",
              "boete_elders.gedraging": "traject", "boete_elders.gedraging_op": "2026-02-02",
              "boete_elders.bedrag": "2390", "boete_elders.bewijs": "B-1"}  # fmt: skip
    mis = doe(gezin, jdb, "boete-elders", elders | {"boete_elders.bedrag": "veel", "boete_elders.bewijs": "<script>x"})
    assert mis.status_code == 422
    assert "<script>x" not in mis.text
    assert doe(gezin, jdb, "boete-elders", elders).status_code == 303
    overweeg(gezin, jdb)
    tekst = leesbaar(jdb.get(pad(gezin)))
    assert "is € 2390 opgelegd van hoogstens € 2400" in tekst
    assert "GM0363" in tekst
    bijstand = {"bijstand_verlaagd.datum": "2026-08-26", "bijstand_verlaagd.gedraging_op": GEMIST.isoformat(),
                "bijstand_verlaagd.bewijs": "PW-1"}  # fmt: skip
    assert doe(gezin, jdb, "bijstand", bijstand).status_code == 303
    tekst = leesbaar(jdb.get(pad(gezin)))
    assert "De bijstand is al verlaagd voor de gedraging van dinsdag 25 augustus 2026" in tekst
    assert "dan is er geen boete (artikel 27 Wi)" in tekst


def test_wie_het_dossier_niet_ziet_of_niet_weet_wie_het_is_ziet_geen_maatregelen(asiel: Besluitwereld) -> None:
    niets = asiel.als("m-mer").get("/bestaat-niet").text
    voor = alles(asiel.hier)["gebeurtenis"]
    for code in ("m-mer", "m-mol", "m-reg", "m-fg", "m-bhr", "m-vrw", "m-gor"):
        wie = asiel.als(code)
        bewijs = bewijs_van(wie.get("/aanmelding"))
        assert wie.get(pad(asiel)).text == niets, code
        for naar in ("overwogen", "bijstand", "1/stap"):
            assert wie.post(f"{pad(asiel)}/{naar}", {"bewijs": bewijs}).text == niets, (code, naar)
    jdb = asiel.als("m-jdb")
    assert jdb.post(f"{pad(asiel)}/overwogen", {"bewijs": "x"}).status_code == 403
    assert doe(asiel, jdb, "zomaar", {}).status_code == 404
    assert doe(asiel, jdb, "overwogen", {}).status_code == 422
    assert alles(asiel.hier)["gebeurtenis"] == voor
