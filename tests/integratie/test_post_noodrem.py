"""De noodrem van de post: stilzetten kan altijd, al het andere vraagt afspraken van vandaag en iemand van ops."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from domein.begrippen import Berichtstatus
from tests.integratie.beheer_hulp import AVRES, Regie, vergeet

OPS, GEEN_OPS = "m-bhr", "m-con"
REDEN = ("--reden", "Er gaat verkeerde mail uit.")


@pytest.fixture
def post(regie: Regie) -> Regie:
    """Twee dossiers op 20 januari 2026, met post die klaarstaat."""
    regie.vul(2)
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    regie.open_stappen()
    return regie


def laad_versie(regie: Regie, map_: Path, versie: str, vanaf: str) -> None:
    """Laad het voorbeeld nog eens, als een latere versie."""
    tekst = (AVRES / "regio.toml").read_text(encoding="utf-8")
    for oud, nieuw in (
        ('versie = "2022-1"', f'versie = "{versie}"'),
        ("geldig_van = 2022-01-01", f"geldig_van = {vanaf}"),
    ):
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw, 1)
    map_.mkdir()
    (map_ / "regio.toml").write_text(tekst, encoding="utf-8")
    regie("regio", "laad", str(map_))


def wijzig(regie: Regie, versie: str, anders: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Wijzig de bewaarde inhoud van een versie langs de opslag heen; dit doet geen handeling."""
    with regie.magazijn.engine.begin() as verbinding:
        (inhoud,) = verbinding.execute(text("SELECT inhoud FROM regioversie WHERE versie = :v"), {"v": versie}).one()
        nieuw = anders(json.loads(inhoud) if isinstance(inhoud, str) else inhoud)
        verbinding.execute(
            text("UPDATE regioversie SET inhoud = :i, sha256 = :s WHERE versie = :v"),
            {"i": json.dumps(nieuw), "s": f"gewijzigd-{versie}-{len(nieuw)}", "v": versie},
        )
    vergeet()


def maak_onleesbaar(regie: Regie, versie: str = "2022-1") -> None:
    wijzig(regie, versie, lambda _inhoud: {"iets": "anders"})


def neem_weg(regie: Regie) -> None:
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("DELETE FROM regioversie"))
    vergeet()


def geen_json(regie: Regie) -> None:
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE regioversie SET inhoud = '{stuk', sha256 = 'geen-json'"))
    vergeet()


def iedereen_uit_dienst(inhoud: dict[str, Any]) -> dict[str, Any]:
    weg = [wie | {"in_dienst_tot": "2025-12-31"} for wie in inhoud["medewerkers"]]
    return inhoud | {"medewerkers": weg}


@pytest.mark.parametrize("kwijt", [maak_onleesbaar, neem_weg, geen_json])
def test_zonder_een_leesbare_versie_staat_de_post_stil_en_blijft_dat_tot_er_weer_een_is(
    post: Regie, kwijt: Callable[[Regie], None]
) -> None:
    kwijt(post)
    proef = post.json("post", "pauzeer", "--door", OPS, *REDEN, "--proef")
    assert (proef["proef"], proef["staat_stil"]) == (True, False)
    uit = post.json("post", "pauzeer", "--door", OPS, *REDEN)
    assert uit["staat_stil"] is True
    assert uit["reden"] == f"{REDEN[1]} (noodrem: er zijn geen leesbare afspraken)"
    post("post", "hervat", "--door", OPS, "--reden", "Opgelost.", code=1)
    assert "regie regio laad" in post.err
    assert post.json("post", "stand")["staat_stil"] is True


def test_de_laatste_leesbare_versie_zegt_dan_wie_mag(post: Regie, tmp_path: Path) -> None:
    laad_versie(post, tmp_path / "nieuw", "2026-1", "2026-01-01")
    maak_onleesbaar(post, "2026-1")
    for wie, zin in ((GEEN_OPS, "niet de goede rol"), ("piet", "staat niet in de samenwerkingsafspraken")):
        post("post", "pauzeer", "--door", wie, *REDEN, code=1)
        assert zin in post.err
    assert post.json("post", "pauzeer", "--door", OPS, *REDEN)["reden"].endswith(
        "(noodrem: volgens afsprakenversie 2022-1)"
    )


def test_zijn_de_afspraken_verlopen_en_is_iedereen_weg_dan_telt_hun_laatste_dag(post: Regie) -> None:
    def verlopen(inhoud: dict[str, Any]) -> dict[str, Any]:
        weg = iedereen_uit_dienst(inhoud)
        return weg | {"regio": weg["regio"] | {"geldig_tot": "2025-12-31"}}

    wijzig(post, "2022-1", verlopen)
    post("post", "pauzeer", "--door", GEEN_OPS, *REDEN, code=1)
    assert "noodrem" in post.json("post", "pauzeer", "--door", OPS, *REDEN)["reden"]
    post("post", "hervat", "--door", OPS, "--reden", "Opgelost.", code=1)


def test_wijst_vandaag_wel_iemand_aan_dan_houdt_een_oude_versie_niemand_bevoegd(post: Regie, tmp_path: Path) -> None:
    laad_versie(post, tmp_path / "nieuw", "2026-1", "2026-01-01")

    def zonder_ops(inhoud: dict[str, Any]) -> dict[str, Any]:
        return inhoud | {"medewerkers": [w for w in inhoud["medewerkers"] if w["code"] != OPS]}

    wijzig(post, "2026-1", zonder_ops)
    post("post", "pauzeer", "--door", OPS, *REDEN, code=1)
    assert "staat niet in de samenwerkingsafspraken" in post.err
    assert post.json("post", "pauzeer", "--door", "m-reg", *REDEN)["reden"] == REDEN[1]


def test_met_onleesbare_afspraken_is_er_een_weg_terug_en_zegt_de_dokter_welke(post: Regie, tmp_path: Path) -> None:
    maak_onleesbaar(post)
    post("post", "pauzeer", "--door", OPS, *REDEN)
    bevinding = next(b for b in post.json("dokter", code=1) if b["soort"] == "regio")
    assert "niet te lezen" in bevinding["melding"]
    assert "--bevestigd-door" in bevinding["uitweg"]

    map_ = tmp_path / "nieuw"
    with pytest.raises(AssertionError, match="niet te zien"):  # zonder naam wordt er niets geladen
        laad_versie(post, map_, "2026-1", "2026-01-01")
    zou = post.json("regio", "laad", str(map_), "--proef", code=1)
    assert "niet te lezen" in zou["onbekend"]
    post("regio", "laad", str(map_), "--bevestigd-door", GEEN_OPS)
    assert post.json("post", "hervat", "--door", OPS, "--reden", "Opgelost.")["staat_stil"] is False


def test_beslissen_en_herstellen_vraagt_iemand_van_ops_uit_die_gemeente(post: Regie) -> None:
    with post.magazijn.ruimte() as ruimte:
        bericht = next(b for b in ruimte.berichten() if b.dossier_id is not None)
        gemeente = ruimte.dossier(bericht.dossier_id).gemeente
        bericht.status, bericht.onzeker_sinds, bericht.pogingen = Berichtstatus.ONZEKER, post.omgeving.klok.nu(), 1
        ruimte.bewaar(bericht)
    assert gemeente == "GM0512"
    for woorden in (
        ("post", "beslis", str(bericht.id), "laat-vallen"), ("post", "herstel", "niemand@avres.example"),
    ):  # fmt: skip
        for meer in ((), ("--proef",)):
            post(*woorden, "--door", "piet", "--reden", "x", *meer, code=1)
            assert "staat niet in de samenwerkingsafspraken" in post.err
            post(*woorden, "--door", GEEN_OPS, "--reden", "x", *meer, code=1)
            assert "niet de goede rol" in post.err
    assert post.json("post", "lijst", "--status", "onzeker") != []
    assert (
        post.json("post", "beslis", str(bericht.id), "laat-vallen", "--door", OPS, "--reden", "x")["status"]
        == "vervallen"
    )
