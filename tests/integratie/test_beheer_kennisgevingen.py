"""`regie kennisgevingen registreer`: alle rijen of geen, en een fout die zegt waar zij staat."""

import json
from pathlib import Path

from tests.integratie.beheer_hulp import AVRES, Regie, kennisgevingen


def test_een_proef_bewaart_niets_en_noemt_geen_verzonnen_dossier(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    bestand = str(kennisgevingen(tmp_path / "drie.csv"))
    proef = regie.json("kennisgevingen", "registreer", bestand, "--proef")
    assert (proef["gelezen"], proef["nieuw"]) == (3, 3)
    assert [rij["referentie"] for rij in proef["rijen"]] == [None, None, None]
    assert regie.json("dossier", "lijst") == []
    assert not (regie.map / "wek").exists()


def test_hetzelfde_bestand_nog_eens_verandert_niets(regie: Regie, tmp_path: Path) -> None:
    referenties = regie.vul()
    assert (regie.map / "wek").exists()  # de opzichter weet dat er werk is
    opnieuw = regie.json("kennisgevingen", "registreer", str(kennisgevingen(tmp_path / "drie.csv")))
    assert opnieuw["ongewijzigd"] == 3
    assert [rij["referentie"] for rij in opnieuw["rijen"]] == referenties
    assert len(regie.json("dossier", "lijst")) == 3


def test_een_fout_in_een_rij_weigert_alles_en_toont_geen_persoon(regie: Regie, tmp_path: Path) -> None:
    regie("regio", "laad", str(AVRES))
    bestand = kennisgevingen(tmp_path / "kapot.csv")
    tekst = bestand.read_text(encoding="utf-8")
    bestand.write_text(tekst.replace("999993653", "999993654").replace("GM1961", "GM0363"), encoding="utf-8")
    assert regie("kennisgevingen", "registreer", str(bestand), code=1) == ""
    assert "kapot.csv, rij 2, kolom bsn" in regie.err
    assert "rij 3, kolom gemeente" in regie.err
    assert "999993654" not in regie.err
    assert "Selam" not in regie.err
    assert regie("kennisgevingen", "registreer", str(bestand), "--json", code=1) == ""
    fout = json.loads(regie.err)
    assert set(fout) == {"fout", "uitweg", "regels"}
    assert [(r["rij"], r["kolom"]) for r in fout["regels"]] == [(2, "bsn"), (3, "gemeente")]
    assert regie.json("dossier", "lijst") == []


def test_een_rij_die_botst_met_wat_er_al_is_weigert_alles(regie: Regie, tmp_path: Path) -> None:
    regie.vul(2)
    bestand = kennisgevingen(tmp_path / "anders.csv")
    tekst = bestand.read_text(encoding="utf-8").replace("2026-01-05,2025-12-15", "2026-01-06,2025-12-15")
    bestand.write_text(tekst, encoding="utf-8")
    assert regie("kennisgevingen", "registreer", str(bestand), "--json", code=1) == ""
    assert [regel["rij"] for regel in json.loads(regie.err)["regels"]] == [2]
    assert len(regie.json("dossier", "lijst")) == 2


def test_zonder_regio_zegt_de_fout_wat_te_doen(regie: Regie, tmp_path: Path) -> None:
    regie("kennisgevingen", "registreer", str(kennisgevingen(tmp_path / "drie.csv")), code=1)
    assert "regie regio laad" in regie.err
