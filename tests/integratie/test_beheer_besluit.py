"""`regie besluit`: een besluit op de opdrachtregel, van concept tot bekendmaking en weigering."""

from pathlib import Path

from tests.hulp.invullen import ingevuld
from tests.integratie.beheer_hulp import Regie

PIP = '{"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}'
GRONDEN = ("intake", "leerbaarheid", "onderwijsroute", "b1-route", "omstandigheden", "intensiteit")


def _met_concept(regie: Regie) -> str:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    velden = ("--stap", "pip/vaststellen/1", "--uitkomst", "pip_vastgesteld", "--gegevens", PIP)
    proef = regie.json("besluit", "concept", ref, *velden, "--door", "m-jdb", "--proef")
    assert [g["soort"] for g in proef["gebeurtenissen"]] == ["besluit_concept", "besluit_tekst"]
    assert regie.json("besluit", "lijst", ref) == []
    regie("besluit", "concept", ref, *velden, "--door", "m-jdb")
    return ref


def test_een_besluit_van_concept_tot_bekendmaking(regie: Regie, tmp_path: Path) -> None:
    ref = _met_concept(regie)
    (rij,) = regie.json("besluit", "lijst", ref)
    assert (rij["stand"], rij["opsteller"]) == ("concept", "m-jdb")
    assert rij["nog_te_onderzoeken"] == list(GRONDEN)
    regie("besluit", "onderteken", ref, "1", "--door", "m-gor", code=1)
    assert "Nog niet onderzocht: intake" in regie.err
    for grond in GRONDEN:
        regie("besluit", "grond", ref, "1", grond, "--toelichting", "Onderzocht en besproken.", "--door", "m-jdb")
    regie("besluit", "advies", ref, "1", "--strekking", "positief", "--toelichting", "B1 past.", "--door", "m-mer")
    tekst = regie.json("besluit", "toon", ref, "1", "--tekst-voor", "m-jdb")["tekst"]
    bestand = tmp_path / "besluit.txt"
    bestand.write_text(ingevuld(tekst, "Zij leest al goed."), encoding="utf-8")
    regie("besluit", "tekst", ref, "1", "--bestand", str(bestand), "--door", "m-jdb")
    regie("besluit", "onderteken", ref, "1", "--door", "m-gor", "--reden", "zonder intake")
    regie("besluit", "maak-bekend", ref, "1", "--wijze", "aangetekend", "--bewijs", "RR-1", "--op", "2026-01-12",
          "--door", "m-adm")  # fmt: skip
    toon = regie.json("besluit", "toon", ref, "1", "--tekst-voor", "m-gor")
    assert (toon["stand"], toon["ondertekenaar"], toon["mandaat"]) == ("bekendgemaakt", "m-gor", "gor-besluit")
    assert toon["bezwaar_tot"] == "2026-02-23"
    assert "Zij leest al goed." in toon["tekst"]
    assert "Mandaat gor-besluit" in regie("besluit", "toon", ref, "1")
    regie("besluit", "retour", ref, "1", "--redencode", "onbekend-adres", "--op", "2026-01-12", "--door", "m-adm")
    assert regie.json("besluit", "toon", ref, "1")["bezwaar_tot"] is None


def test_buiten_het_mandaat_is_een_weigering_met_uitleg(regie: Regie) -> None:
    ref = _met_concept(regie)
    regie("besluit", "onderteken", ref, "1", "--door", "m-mol", code=1)
    assert "buiten het mandaat" in regie.err
    assert "Laat een mandaathouder van deze gemeente tekenen" in regie.err
    regie("besluit", "trek-in", ref, "1", "--reden", "verkeerd", "--door", "m-jdb")
    assert regie.json("besluit", "lijst")[0]["stand"] == "ingetrokken"


def test_een_bestand_dat_er_niet_is_en_een_onbekend_besluit(regie: Regie, tmp_path: Path) -> None:
    ref = _met_concept(regie)
    regie("besluit", "tekst", ref, "1", "--bestand", str(tmp_path / "weg.txt"), "--door", "m-jdb", code=2)
    assert "niet te lezen" in regie.err
    regie("besluit", "toon", ref, "7", code=1)
    assert "geen besluit 7" in regie.err


def test_de_maatregelen_van_een_dossier(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    data = regie.json("besluit", "maatregel", ref)
    assert (data["signalen"], data["maatregelen"], data["asiel"]) == ([], [], True)
    assert {rij["bedrag"] for rij in data["duo"]} == {1000, 340}
    assert "Er zijn geen signalen." in regie("besluit", "maatregel", ref)
