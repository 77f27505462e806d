"""Eén dossier dat niet te lezen is: nakijken, de dokter en nieuwe afspraken noemen het, en doen de rest."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from adapters.opslag import SqlRuimte
from domein.begrippen import Stapstatus
from domein.handelingen.bewaren import voorbijlijst
from domein.handelingen.invarianten import controleer
from domein.handelingen.onderzoek_bedrijf import steekproef
from domein.handelingen.regiobord_bijwerken import herstel_bord, zorg_voor_het_bord
from domein.handelingen.verzoeken import verzoeklijst
from tests.integratie.beheer_hulp import AVRES, Regie, vergeet
from tests.integratie.test_beheer_kapot_dossier import herstel, maak_kapot

CONTROLES = {"I3", "I4", "I7", "I8"}  # die lezen wat er in een dossier staat


@pytest.fixture
def kapot(regie: Regie) -> tuple[Regie, list[str], str]:
    """Zes dossiers, waarvan het derde niet te lezen is."""
    refs = regie.vul(6)
    maak_kapot(regie, refs[2])
    vergeet()
    return regie, refs, refs[2]


def _verschuif_een_stap(ruimte: SqlRuimte, referentie: str) -> None:
    stap = next(s for s in ruimte.stappen(ruimte.dossier_bij(referentie).id) if s.status is Stapstatus.GEPLAND)
    stap.streef = stap.streef.replace(year=2030)
    ruimte.bewaar(stap)


def test_nakijken_noemt_het_dossier_en_vindt_wat_er_in_een_ander_mis_is(kapot: tuple[Regie, list[str], str]) -> None:
    regie, refs, stuk = kapot
    with regie.magazijn.ruimte() as ruimte:
        _verschuif_een_stap(ruimte, refs[5])
    schendingen = controleer(regie.omgeving)
    for naam in CONTROLES:
        assert any(stuk in wat and "CijfertekstGeweigerd" in wat for wat in schendingen[naam]), naam
    assert any(refs[5] in wat for wat in schendingen["I3"])
    genoemd = {ref for lijst in schendingen.values() for wat in lijst for ref in refs if ref in wat}
    assert genoemd == {stuk, refs[5]}
    herstel(regie, stuk)
    vergeet()
    assert {naam for naam, lijst in controleer(regie.omgeving).items() if lijst} == {"I3"}


def test_de_dokter_noemt_het_dossier_met_een_uitweg_en_kijkt_de_rest_na(kapot: tuple[Regie, list[str], str]) -> None:
    regie, refs, stuk = kapot
    with regie.magazijn.ruimte() as ruimte:
        _verschuif_een_stap(ruimte, refs[5])
    bevindingen = regie.json("dokter", code=1)
    gevonden = {b["soort"]: b for b in bevindingen}
    assert "onderzoek" not in gevonden  # geen enkel onderzoek struikelde
    onleesbaar = gevonden["onleesbaar"]
    assert (onleesbaar["ernst"], stuk in onleesbaar["melding"]) == ("fout", True)
    assert "regie reservekopie zet-terug" in onleesbaar["uitweg"]
    assert (refs[5] in gevonden["plan"]["melding"], stuk in gevonden["plan"]["melding"]) == (True, False)
    assert stuk in gevonden["keten"]["melding"]
    herstel(regie, stuk)
    vergeet()
    assert "onleesbaar" not in {b["soort"] for b in regie.json("dokter", code=1)}


def test_de_dagelijkse_steekproef_en_de_lijsten_gaan_door(kapot: tuple[Regie, list[str], str]) -> None:
    """Ook als juist van dit dossier een verzoek loopt of de bewaartermijn voorbij is."""
    regie, refs, stuk = kapot
    assert [(b.soort, stuk in b.melding) for b in steekproef(regie.omgeving)] == [
        ("onleesbaar", True), ("steekproef", True),
    ]  # fmt: skip
    herstel(regie, stuk)
    for ref in (refs[1], stuk):
        regie("verzoek", "ontvang", ref, "--recht", "inzage", "--datum", "2026-01-05", "--door", "m-reg")
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE dossiermijlpaal SET bewaren_tot = '2025-01-01'"))
    maak_kapot(regie, stuk)
    vergeet()
    assert [rij["referentie"] for rij in verzoeklijst(regie.omgeving)] == [refs[1]]
    assert voorbijlijst(regie.omgeving) == []


def test_een_bord_dat_opnieuw_wordt_gevuld_slaat_het_over_en_start_niet_vast(
    kapot: tuple[Regie, list[str], str],
) -> None:
    regie, refs, stuk = kapot
    with regie.magazijn.engine.begin() as verbinding:
        for tabel in ("dossiertermijn", "dossiermijlpaal"):
            verbinding.execute(text(f"DELETE FROM {tabel}"))
    zorg_voor_het_bord(regie.omgeving)
    verslag = herstel_bord(regie.omgeving)
    assert [een.dossier for een in verslag.mislukt] == [stuk]
    with regie.magazijn.ruimte() as ruimte:
        staan = {ref for ref in refs if ruimte.mijlpaal(ruimte.dossier_bij(ref).id) is not None}
    assert staan == set(refs) - {stuk}
    uit = regie.json("bord", "herstel", code=1)
    assert [een["dossier"] for een in uit["mislukt"]] == [stuk]
    assert uit["cellen"] > 0
    regie("bord", "herstel", code=1)
    assert stuk in regie.err


def _nieuwe_versie(map_: Path) -> Path:
    tekst = (AVRES / "regio.toml").read_text(encoding="utf-8")
    for oud, nieuw in (
        ('versie = "2022-1"', 'versie = "2026-1"'),
        ("geldig_van = 2022-01-01", "geldig_van = 2026-01-05"),
    ):
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw, 1)
    bestand = map_ / "regio.toml"
    bestand.write_text(tekst, encoding="utf-8")
    return bestand


def test_nieuwe_afspraken_bekijken_en_laden_noemt_het_dossier_en_vraagt_een_naam(
    kapot: tuple[Regie, list[str], str], tmp_path: Path
) -> None:
    """Wat in dat dossier zou veranderen is niet te zien: wie laadt, weet dat en bevestigt het met zijn naam."""
    regie, _, stuk = kapot
    map_ = tmp_path / "nieuw"
    map_.mkdir()
    laad = ("regio", "laad", str(_nieuwe_versie(map_)))
    proef: dict[str, Any] = regie.json(*laad, "--proef", code=1)
    assert [(een["dossier"], een["code"]) for een in proef["mislukt"]] == [(stuk, "onverwacht:CijfertekstGeweigerd")]
    assert stuk in regie(*laad, "--proef", code=1)

    geweigerd = regie.json(*laad, code=1)
    assert [een["dossier"] for een in geweigerd["mislukt"]] == [stuk]
    assert "1 dossier is niet te bekijken" in regie.err
    assert "--bevestigd-door" in regie.err
    assert [v["versie"] for v in regie.json("regio", "versies")] == ["2022-1"]

    geladen = regie.json(*laad, "--bevestigd-door", "m-reg", code=1)
    assert (geladen["nieuw"], geladen["versie"]) == (True, "2026-1")
    assert [een["dossier"] for een in geladen["mislukt"]] == [stuk]
    assert f"1 van de 6 dossiers ging niet over naar '2026-1': {stuk}" in regie.err
