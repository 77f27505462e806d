"""`regie bord`: de cijfers tonen, en tellingen die niet kloppen vinden en herstellen."""

from sqlalchemy import text

from tests.integratie.beheer_hulp import Regie

GOED = {"afwijkingen": [], "ontbrekende_dossiers": False}


def test_herstel_vindt_en_herstelt_tellingen_die_niet_kloppen(regie: Regie) -> None:
    regie.vul()
    assert regie.json("bord", "herstel", "--proef") == GOED
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE bordcel SET aantal = aantal + 1 WHERE maat = 'stap'"))
        verbinding.execute(text("DELETE FROM dossiermijlpaal"))
    stuk = regie.json("bord", "herstel", "--proef", code=1)
    assert stuk["afwijkingen"]
    assert stuk["ontbrekende_dossiers"]
    assert "in plaats van" in regie("bord", "herstel", "--proef", code=1)
    assert regie.json("bord", "herstel")["cellen"] > 0
    assert regie.json("bord", "herstel", "--proef") == GOED
    assert "De tellingen kloppen." in regie("bord", "herstel", "--proef")


def test_toon_geeft_elke_figuur_en_versmalt_op_gemeente(regie: Regie) -> None:
    regie.vul()
    figuren = {figuur["figuur"]: figuur for figuur in regie.json("bord", "toon")}
    assert [rij[0] for rij in figuren["termijnen"]["rijen"]] == ["PIP vaststellen"]
    assert len(figuren["stappen-gemeente"]["rijen"]) > 1
    smal = {figuur["figuur"]: figuur for figuur in regie.json("bord", "toon", "--gemeente", "GM0512")}
    assert [rij[0] for rij in smal["stappen-gemeente"]["rijen"]] == ["Gorinchem"]
    assert "Stappen per gemeente" in regie("bord", "toon")
