"""The daily anchors find what a chain alone cannot: a chain that was rewritten as a whole."""

from datetime import date

from sqlalchemy import text

from adapters.keten import controleer, hash_van, veranker
from domein.model import GebeurtenisRij

DAG, VOLGENDE = date(2026, 1, 5), date(2026, 1, 6)


def test_ankers_kloppen_en_noteren_alleen_wat_bewoog(magazijn, bouwer, klok, tmp_path) -> None:
    een, ander = bouwer.dossier(), bouwer.dossier()
    ankers = tmp_path / "ankers"
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(een.id, bouwer.kennisgeving(), 0)
        ruimte.schrijf(ander.id, bouwer.kennisgeving(), 0)
    assert veranker(magazijn, ankers, DAG, klok.nu()) == 2
    assert veranker(magazijn, ankers, DAG, klok.nu()) == 0
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(een.id, bouwer.kennisgeving(), 1)
        ruimte.wis_persoon(ander.id)
    assert veranker(magazijn, ankers, VOLGENDE, klok.nu()) == 1
    assert controleer(magazijn, ankers) == []


def test_een_herschreven_keten_valt_op(magazijn, bouwer, dossier_id, klok, tmp_path) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
    veranker(magazijn, tmp_path, DAG, klok.nu())
    with magazijn.ruimte() as ruimte:  # someone with access to the database redoes the whole chain
        rij = ruimte.sessie.get_one(GebeurtenisRij, ruimte.gebeurtenissen(dossier_id)[0].id)
        rij.actor = "iemand-anders"
        rij.hash = hash_van(rij)
        ruimte.dossier(dossier_id).keten_hoofd = rij.hash
    with magazijn.ruimte() as ruimte:
        assert ruimte.controleer_keten(dossier_id)
    assert [fout.dossier for fout in controleer(magazijn, tmp_path)] == [dossier_id]


def test_een_gewijzigde_rij_en_een_gewijzigd_anker_vallen_op(magazijn, bouwer, dossier_id, klok, tmp_path) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
    veranker(magazijn, tmp_path, DAG, klok.nu())
    veranker(magazijn, tmp_path, VOLGENDE, klok.nu())
    with magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE gebeurtenis SET actor = 'x'"))
    assert [(f.plaats, f.dossier) for f in controleer(magazijn, tmp_path)] == [("database", dossier_id)]
    bestand = tmp_path / f"{DAG}.jsonl"
    bestand.write_text(bestand.read_text() + '{"nep": 1}\n')
    assert [f.plaats for f in controleer(magazijn, tmp_path)] == [f"{VOLGENDE}.jsonl", "database"]
