"""`regie koppelingen`, `regie dossier persoon` en `regie dossier huishouden`: de opdrachtregel."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integratie.beheer_hulp import AVRES, Regie, kennisgevingen

DOOR = ("--door", "m-reg")
REDEN = ("--reden", "op verzoek")
KOPPELING = {
    "kenmerk": "COA-2025-0001", "versie": "1", "gemeente": "GM0512", "bsn": "999993653", "naam": "Selam Misale",
    "geboortedatum": "1994-03-17", "koppeling_op": "2025-11-03", "azc": "azc-budel", "nareiziger": "nee",
    "ontzorgen": "ja", "taal": "ti", "kanaal": "post", "email": "", "telefoon": "",
}  # fmt: skip


def koppelingen(pad: Path, **anders: str) -> str:
    with pad.open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.DictWriter(uit, fieldnames=list(KOPPELING))
        schrijver.writeheader()
        schrijver.writerow({**KOPPELING, **anders})
    return str(pad)


def soorten(document: dict[str, Any]) -> list[str]:
    return [g["soort"] for g in document["gebeurtenissen"]]


def test_een_koppeling_en_daarna_de_kennisgeving_geven_samen_een_dossier(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    bestand = koppelingen(tmp_path / "coa.csv")
    proef = regie.json("koppelingen", "registreer", bestand, "--proef")
    assert (proef["nieuw"], proef["rijen"][0]["referentie"]) == (1, None)
    assert regie.json("dossier", "lijst") == []
    eerst = regie.json("koppelingen", "registreer", bestand)
    referentie = eerst["rijen"][0]["referentie"]
    assert regie.json("koppelingen", "registreer", bestand)["ongewijzigd"] == 1
    duo = regie.json("kennisgevingen", "registreer", str(kennisgevingen(tmp_path / "duo.csv", 1)))
    assert (duo["aangevuld"], duo["rijen"][0]["referentie"]) == (1, referentie)
    dossier = regie.json("dossier", "toon", referentie)
    assert soorten(dossier) == ["koppeling", "kennisgeving"]
    assert "1 ongewijzigd" in regie("koppelingen", "registreer", bestand)


def test_een_fout_in_een_koppeling_noemt_rij_kolom_en_wat_mag(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    bestand = koppelingen(tmp_path / "coa.csv", azc="Selam Misale", gemeente="GM0363")
    assert regie("koppelingen", "registreer", bestand, code=1) == ""
    assert "coa.csv, rij 2, kolom azc" in regie.err
    assert "Toegestaan: leeg, of kleine letters" in regie.err
    assert "Selam" not in regie.err
    regie("koppelingen", "registreer", bestand, "--json", code=1)
    assert {regel["kolom"] for regel in json.loads(regie.err)["regels"]} == {"azc", "gemeente"}
    assert regie.json("dossier", "lijst") == []


def test_een_botsende_koppeling_wordt_geweigerd_met_de_rij(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    regie("koppelingen", "registreer", koppelingen(tmp_path / "coa.csv"))
    anders = koppelingen(tmp_path / "anders.csv", azc="azc-ede")
    regie("koppelingen", "registreer", anders, "--json", code=1)
    assert [regel["rij"] for regel in json.loads(regie.err)["regels"]] == [2]


def test_een_persoon_wijzigen_toont_het_veld_en_niet_de_waarde(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    velden = ("--kanaal", "telefoon", "--telefoon", "0687654321", "--taal", "ar")
    proef = regie.json("dossier", "persoon", ref, *velden, *DOOR, *REDEN, "--proef")
    assert soorten(proef) == ["persoon_gewijzigd"]
    assert soorten(regie.json("dossier", "toon", ref)) == ["kennisgeving"]
    tekst = regie("dossier", "persoon", ref, *velden, *DOOR, *REDEN)
    assert "Gegevens van de persoon gewijzigd" in tekst
    assert "0687654321" not in tekst
    toon = regie.json("dossier", "toon", ref)
    assert toon["geadresseerde"] == {"aan": "zelf", "soort": None, "kanaal": "telefoon", "taal": "ar"}
    assert "0687654321" not in json.dumps(toon)
    assert "Brieven gaan naar: zelf, per telefoon, in de taal ar." in regie("dossier", "toon", ref)
    assert soorten(regie.json("dossier", "persoon", ref, *velden, *DOOR, *REDEN)) == []


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        pytest.param(("--email", "geheim@post"), "email: Dit is geen e-mailadres", id="email"),
        pytest.param((), "Er is niets om te wijzigen", id="niets"),
        pytest.param(("--kanaal", "duif"), "Toegestaan: post, email, telefoon", id="kanaal"),
    ],
)
def test_een_verkeerde_wijziging_is_1_en_zegt_wat_mag(regie: Regie, velden: tuple[str, ...], melding: str) -> None:
    ref = regie.vul(1)[0]
    regie("dossier", "persoon", ref, *velden, *DOOR, *REDEN, code=1)
    assert melding in regie.err
    assert "geheim" not in regie.err


def test_een_huishouden_vormen_op_de_opdrachtregel(regie: Regie) -> None:
    een, _, _, vier = regie.vul(4)
    opdracht = ("dossier", "huishouden", een, vier, *DOOR, *REDEN)
    proef = regie.json(*opdracht, "--proef")
    assert (proef["huishouden"], proef["leden"]) == (None, [een, vier])
    assert "(nieuw)" in regie(*opdracht, "--proef")
    gedaan = regie.json(*opdracht)
    assert [soorten(dossier) for dossier in gedaan["dossiers"]] == [["huishouden_gevormd"]] * 2
    stand = regie.json("dossier", "toon", vier)["stand"]
    assert stand["huishouden"] == gedaan["huishouden"]
    assert "Er verandert niets." in regie(*opdracht)


def test_een_huishouden_van_een_is_1(regie: Regie) -> None:
    een = regie.vul(1)[0]
    regie("dossier", "huishouden", een, *DOOR, *REDEN, code=1)
    assert "minstens twee" in regie.err


def test_wie_is_gewist_laat_zich_niet_meer_tonen_maar_het_bewijs_wel(regie: Regie, tmp_path: Path) -> None:
    ref = regie.vul(1)[0]
    bestand = kennisgevingen(tmp_path / "terug.csv", 1)
    kop, rij = bestand.read_text(encoding="utf-8").splitlines()[:2]
    bestand.write_text(f"{kop},status\n{rij.replace('DUO-2026-0001,1', 'DUO-2026-0001,2')},ingetrokken\n", "utf-8")
    assert regie.json("kennisgevingen", "registreer", str(bestand))["ingetrokken"] == 1
    regie.zet_klok("2026-01-13T08:00:00+00:00")
    regie.open_stappen()
    stap = f"{ref}:einde/wissen/1"
    wie = regie.stap(ref, "einde/wissen/1")["medewerker"]
    regie("stap", "uitkomst", stap, "--soort", "persoon_gewist", "--datum", "2026-01-13", "--door", wie)
    for opdracht in ("toon", "plan"):
        assert regie("dossier", opdracht, ref, code=1) == ""
        assert f"De persoon in dossier {ref} is gewist" in regie.err
        assert "gebeurtenissen klopt" in regie.err
    assert regie.json("dossier", "lijst")[0]["status"] == "beeindigd"
    assert regie.json("kennisgevingen", "registreer", str(bestand))["ongewijzigd"] == 1
    bevindingen = regie.json("dokter")
    assert not [b for b in bevindingen if b["soort"] in ("plan", "keten", "geen_volgende_stap")]
