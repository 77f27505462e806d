"""Terugzetten over een database waarop net nog iets werkte: het weigert, ook tussen twee rondes."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.hartslag import RONDE
from adapters.klok import EchteKlok
from tests.integratie.bedrijf.test_reservekopie import leven, maak, zet_terug
from tests.integratie.beheer_hulp import Regie, vergeet


def hartslag(regie: Regie, geleden: timedelta) -> None:
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "machine-7:42", EchteKlok().nu() - geleden)
    vergeet()


def test_vlak_na_een_ronde_weigert_het_en_staat_alles_er_nog(
    op_database: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(op_database, 1)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    op_database.json("kennisgevingen", "registreer", str(op_database.map / "kennisgevingen.csv"))
    hartslag(op_database, timedelta(seconds=20))
    lijst = op_database.json("dossier", "lijst")
    zet_terug(op_database, kopie, wachtwoord, "--vervang", code=1)
    assert "machine-7:42" in op_database.err
    assert "--ondanks-hartslag" in op_database.err
    assert op_database.json("dossier", "lijst") == lijst
    assert op_database.json("post", "stand")["staat_stil"] is False
    zet_terug(op_database, kopie, wachtwoord, "--vervang", "--ondanks-hartslag")
    assert op_database.json("post", "stand")["staat_stil"] is True


@pytest.mark.parametrize("ondanks", [(), ("--ondanks-hartslag",)], ids=["gewoon", "ondanks"])
def test_tijdens_een_ronde_weigert_het_altijd(
    op_database: Regie, tmp_path: Path, wachtwoord: Path, ondanks: tuple[str, ...]
) -> None:
    leven(op_database, 1)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    nu = op_database.omgeving.klok.nu()
    with op_database.magazijn.ruimte() as ruimte:
        ruimte.neem_lease(RONDE, "een-ander", nu, nu + timedelta(minutes=1))
    zet_terug(op_database, kopie, wachtwoord, "--vervang", *ondanks, code=1)
    assert "loopt nog een ronde" in op_database.err


def test_na_twee_minuten_stilte_gaat_het_door(op_database: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(op_database, 1)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    hartslag(op_database, timedelta(minutes=2, seconds=1))
    assert zet_terug(op_database, kopie, wachtwoord, "--vervang")["tabellen"]["dossier"] == 1
