"""`regie sjabloon`: lijst, toets en toon, en een brief die voor een echte stap is ingevuld."""

import shutil
from pathlib import Path

import pytest

from adapters.sjablonen_soorten import MAP, berichtsoorten
from tests.integratie.beheer_hulp import Regie

NAAM = "Selam Misale"  # het eerste dossier van de voorbeeldregio
BSN = "999993653"


def eigen(map_: Path, tekst: str) -> Path:
    doel = map_ / "taak" / "nl"
    shutil.copytree(MAP / "taak" / "nl", doel)
    (doel / "tekst.txt.j2").write_text(tekst, encoding="utf-8")
    return map_


def beantwoord(regie: Regie, ref: str, kenmerk: str, soort: str, datum: str, gegevens: str) -> None:
    stap = regie.stap(ref, kenmerk)
    wie = ("--door", stap["medewerker"])
    opties = ("--soort", soort, "--datum", datum, "--gegevens", gegevens)
    regie("stap", "uitkomst", stap["id"], *opties, *wie)


# lijst en toets


def test_de_lijst_noemt_elke_soort_met_haar_variabelen(regie: Regie) -> None:
    rijen = {rij["soort"]: rij for rij in regie.json("sjabloon", "lijst")}
    assert set(rijen) == set(berichtsoorten())
    assert rijen["taak"]["variabelen"]["klaar_op"]["type"] == "dag"
    assert rijen["brief_oproep"]["talen"] == ["nl", "en", "ar"]
    assert "brief_oproep" in regie("sjabloon", "lijst")


def test_de_toets_is_groen_en_zegt_welke_zinnen_van_de_regels_het_langst_zijn(regie: Regie) -> None:
    rijen = regie.json("sjabloon", "toets")
    assert [rij for rij in rijen if rij["ernst"] == "fout"] == []
    assert {"soort", "ernst", "plaats", "melding", "uitweg"} == set(rijen[0])
    assert len([rij for rij in rijen if rij["soort"] == "regeltekst"]) == 10
    assert "0 fouten." in regie("sjabloon", "toets")


def test_een_fout_in_een_eigen_sjabloon_geeft_einde_een(regie: Regie, tmp_path: Path) -> None:
    map_ = eigen(tmp_path / "eigen", "{{ naam }}")
    rijen = regie.json("sjabloon", "toets", "--map", str(map_), code=1)
    assert rijen[0]["ernst"] == "fout"
    assert rijen[0]["plaats"] == "eigen:taak/nl"
    assert "FOUT eigen:taak/nl" in regie("sjabloon", "toets", "--map", str(map_), code=1)
    regie("sjabloon", "toets", "--map", str(tmp_path / "nergens"), code=1)
    assert "bestaat niet" in regie.err


def test_de_sjablonen_in_de_map_van_de_installatie_gelden(regie: Regie) -> None:
    eigen(regie.map / "sjablonen", "Van de regio: {{ titel }}\n")
    lijst = {rij["soort"]: rij["eigen"] for rij in regie.json("sjabloon", "lijst")}
    assert lijst["taak"] == ["nl"]
    assert "Van de regio: Voer voortgangsgesprek 1" in regie("sjabloon", "toon", "taak")


def test_de_eigen_sjablonen_van_de_voorbeeldregios_zijn_goed(regie: Regie) -> None:
    mappen = [pad for pad in sorted((Path(__file__).parents[2] / "voorbeelden").glob("*/sjablonen")) if pad.is_dir()]
    assert mappen
    for map_ in mappen:
        assert any(rij["eigen"] for rij in regie.json("sjabloon", "lijst", "--map", str(map_)))
        rijen = regie.json("sjabloon", "toets", "--map", str(map_))
        assert [rij for rij in rijen if rij["plaats"].startswith("eigen:") and rij["ernst"] != "info"] == []


# toon


def test_toon_laat_een_bericht_zien_als_tekst_html_en_json(regie: Regie) -> None:
    assert regie("sjabloon", "toon", "taak").startswith("Onderwerp: Voer voortgangsgesprek 1")
    assert regie("sjabloon", "toon", "taak", "--html").startswith("<!doctype html>")
    assert set(regie.json("sjabloon", "toon", "taak")) == {"onderwerp", "tekst", "html"}
    assert 'dir="rtl"' in regie("sjabloon", "toon", "brief_oproep", "--taal", "ar", "--html")


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        (("verzonnen",), "bestaat niet"),
        (("taak", "--taal", "ti"), "bestaat niet"),
        (("taak", "--stap", "D-22222:intake/oproep/1", "--door", "m-jdb"), "is een mail"),
        (("brief_oproep", "--stap", "D-22222:intake/oproep/1", "--door", "m-jdb"), "bestaat niet"),
    ],
)
def test_wat_niet_kan_zegt_waarom(regie: Regie, woorden: tuple[str, ...], zin: str) -> None:
    regie("sjabloon", "toon", *woorden, code=1)
    assert zin in regie.err


def test_een_brief_met_een_naam_vraagt_wie_haar_maakt_en_of_die_dat_mag(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    stap = ("--stap", f"{ref}:intake/oproep/1")
    regie("sjabloon", "toon", "brief_oproep", *stap, code=2)
    assert "--door" in regie.err
    for vreemd in ("m-lin", "m-mol", "verzonnen"):  # een aanbieder, een andere gemeente, niemand
        uit = regie("sjabloon", "toon", "brief_oproep", *stap, "--door", vreemd, code=1)
        assert NAAM not in uit + regie.err


def test_de_oproep_is_ingevuld_voor_de_echte_stap_en_nergens_bewaard(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    wie = ("--stap", f"{ref}:intake/oproep/1", "--door", regie.stap(ref, "intake/oproep/1")["medewerker"])
    voor = regie.json("post", "lijst")
    tekst = regie("sjabloon", "toon", "brief_oproep", *wie)
    for deel in (f"Beste {NAAM},", "Voorbeeldstraat 1", "4201 AB Gorinchem", ref, "maandag 26 januari 2026", "....."):
        assert deel in tekst
    assert BSN not in tekst
    assert "1994" not in tekst
    keuze = ("--dag", "2026-01-27", "--tijd", "10.00", "--plaats", "Kantoor, kamer 2", "--telefoon", "0123 456 789")
    anders = regie("sjabloon", "toon", "brief_oproep", *wie, *keuze)
    for deel in ("dinsdag 27 januari 2026", "10.00", "Kantoor, kamer 2", "Ons nummer is 0123 456 789."):
        assert deel in anders
    for taal in ("en", "ar"):
        assert NAAM in regie("sjabloon", "toon", "brief_oproep", *wie, "--taal", taal)
    assert regie.json("post", "lijst") == voor
    with regie.magazijn.ruimte() as ruimte:
        assert NAAM not in "".join(b.tekst + (b.html or "") + b.onderwerp for b in ruimte.berichten())


def test_wie_een_gesprek_verzet_maakt_een_nieuwe_brief_met_de_nieuwe_dag(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    beantwoord(regie, ref, "intake/oproep/1", "oproep_verzonden", "2026-01-12", '{"afspraak_op": "2026-01-26"}')
    regie.zet_klok("2026-01-26T09:00:00+00:00")
    regie.open_stappen()
    stap = f"{ref}:intake/gesprek/1"
    wie = ("--stap", stap, "--door", regie.stap(ref, "intake/gesprek/1")["medewerker"])
    assert "maandag 26 januari 2026" in regie("sjabloon", "toon", "brief_oproep", *wie)
    regie("stap", "verzet", stap, "--naar", "2026-02-03", "--door", "m-reg", "--reden", "De tolk is ziek.")
    assert "dinsdag 3 februari 2026" in regie("sjabloon", "toon", "brief_oproep", *wie)


def test_een_brief_die_niet_bij_de_stap_hoort_wordt_geweigerd(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    stap = ("--stap", f"{ref}:intake/oproep/1", "--door", regie.stap(ref, "intake/oproep/1")["medewerker"])
    regie("sjabloon", "toon", "brief_einde", *stap, code=1)
    assert "Kies: brief_oproep, brief_oproep_waarschuwing." in regie.err
    regie("sjabloon", "toon", "brief_oproep_waarschuwing", *stap, code=1)
    assert "Maak de brief brief_oproep." in regie.err


def test_na_niet_verschijnen_is_alleen_de_brief_met_waarschuwing_goed(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    beantwoord(regie, ref, "intake/oproep/1", "oproep_verzonden", "2026-01-12", '{"afspraak_op": "2026-01-26"}')
    regie.zet_klok("2026-01-26T09:00:00+00:00")
    regie.open_stappen()
    beantwoord(regie, ref, "intake/gesprek/1", "niet_verschenen", "2026-01-26", '{"verschoonbaar": false}')
    regie.zet_klok("2026-01-27T09:00:00+00:00")
    regie.open_stappen()
    stap = ("--stap", f"{ref}:intake/oproep/2", "--door", regie.stap(ref, "intake/oproep/2")["medewerker"])
    regie("sjabloon", "toon", "brief_oproep", *stap, code=1)
    assert "moet een waarschuwing bevatten" in regie.err
    tekst = regie("sjabloon", "toon", "brief_oproep_waarschuwing", *stap)
    for deel in ("Op maandag 26 januari 2026 had u een gesprek", "De boete is 250 euro.", "brief 2 van 3"):
        assert deel in tekst


# de voorbeelden


def test_de_voorbeelden_zijn_te_schrijven_en_te_controleren(
    regie: Regie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doel = tmp_path / "berichten"
    monkeypatch.setattr("beheer.sjabloonvoorbeelden.MAP", doel)
    assert regie.json("sjabloon", "voorbeelden", "--controleer", code=1)
    assert not doel.exists()
    assert {rij["wat"] for rij in regie.json("sjabloon", "voorbeelden")} == {"geschreven"}
    assert regie.json("sjabloon", "voorbeelden", "--controleer") == []
    (doel / "taak.txt").write_text("anders", encoding="utf-8")
    (doel / "oud.txt").write_text("oud", encoding="utf-8")
    mis = regie.json("sjabloon", "voorbeelden", "--controleer", code=1)
    assert {(rij["blad"], rij["wat"]) for rij in mis} == {
        ("docs/berichten/taak.txt", "klopt niet meer"), ("docs/berichten/oud.txt", "hoort er niet"),
    }  # fmt: skip
    regie("sjabloon", "voorbeelden")
    assert regie.json("sjabloon", "voorbeelden", "--controleer") == []
