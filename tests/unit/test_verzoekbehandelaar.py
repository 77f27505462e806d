"""Een verzoek over eigen gegevens gaat naar wie het dossier voert, en nooit naar niemand."""

from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.regels.verzoekbehandelaar import behandelaar_van_verzoek, volgt_klantmanager
from domein.regio.model import Regio

DAG = date(2026, 3, 2)  # dan is iedereen er


@pytest.fixture(scope="module")
def regio() -> Regio:
    return laad_regiobestand(Path(__file__).parents[2] / "voorbeelden" / "avres").regio


def test_alleen_een_verzoek_volgt_de_klantmanager() -> None:
    assert volgt_klantmanager("registratie/verzoek/1/1")
    assert not volgt_klantmanager("registratie/controle/1")


def test_de_klantmanager_krijgt_het_en_zijn_vervanger_als_hij_er_niet_is(regio: Regio) -> None:
    voert = behandelaar_van_verzoek(regio, "GM0512", "m-jdb", "avres", DAG)
    assert voert is not None
    assert (voert.medewerker.code, voert.partner) == ("m-jdb", "avres")
    kos = regio.medewerker("m-kos")
    assert kos is not None
    weg = kos.afwezigheid[0]
    ander = behandelaar_van_verzoek(regio, "GM0512", "m-kos", "avres", weg.van)
    assert ander is not None
    assert ander.medewerker.code == weg.vervanger


@pytest.mark.parametrize("klantmanager", [None, "m-weg"])
def test_is_er_geen_klantmanager_dan_de_teamleider(regio: Regio, klantmanager: str | None) -> None:
    voert = behandelaar_van_verzoek(regio, "GM1978", klantmanager, None, DAG)
    assert voert is not None
    assert (voert.medewerker.code, voert.partner) == ("m-wil", "avres")
    assert "teamleider" in voert.waarom


def test_waar_niemand_dossiers_voert_beslissen_de_afspraken_zoals_altijd(regio: Regio) -> None:
    assert behandelaar_van_verzoek(regio, "GM0363", None, None, DAG) is None
