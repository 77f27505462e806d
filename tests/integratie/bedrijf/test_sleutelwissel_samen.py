"""De hoofdsleutel wordt vervangen terwijl een ander proces nog draait: er komt nooit iets bij dat niemand kan lezen."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from tests.hulp.lopend_proces import Lopend, lopend
from tests.integratie.beheer_hulp import Regie, kennisgevingen, vergeet


def leesbaar(regie: Regie) -> int:
    """Lees elk dossier zoals een nieuw proces; geef hoeveel het er zijn."""
    vergeet()
    with regie.magazijn.ruimte() as ruimte:
        ids = [dossier.id for dossier in ruimte.dossiers()]
        assert all(ruimte.persoon(een) is not None for een in ids)
    vergeet()
    return len(ids)


@pytest.fixture
def portaal(regie: Regie) -> Iterator[Lopend]:
    """Een proces op dezelfde map, dat de sleutels van drie dossiers al kent."""
    regie.vul()
    vergeet()
    with lopend({"REGIE_MAP": str(regie.map)}) as een:
        yield een


@pytest.fixture
def ander(regie: Regie, tmp_path: Path) -> Iterator[Lopend]:
    """Een proces op een andere machine: dezelfde databases, en een eigen map met de sleutels van toen."""
    regie.vul()
    vergeet()
    elders = tmp_path / "elders"
    (elders / "geheimen").mkdir(parents=True)
    for naam in ("hoofdsleutel", "bsn-index", "links"):
        copy(regie.map / "geheimen" / naam, elders / "geheimen" / naam)
    copy(regie.map / "instellingen.env", elders / "instellingen.env")
    with lopend(
        {
            "REGIE_MAP": str(elders),
            "REGIE_DATABASE_URL": f"sqlite:///{regie.map / 'regie.db'}",
            "REGIE_SLEUTELS_URL": f"sqlite:///{regie.map / 'geheimen' / 'sleutels.db'}",
        }
    ) as een:
        yield een


def test_een_portaal_dat_doorliep_schrijft_daarna_met_de_nieuwe_hoofdsleutel(
    regie: Regie, portaal: Lopend, tmp_path: Path
) -> None:
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3
    assert portaal("kennisgevingen", "registreer", str(kennisgevingen(tmp_path / "meer.csv", 5))) == 0
    assert leesbaar(regie) == 5
    # Ook een tweede keer: er is nooit een sleutel die nergens bij past.
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 5
    assert leesbaar(regie) == 5
    assert not {b["soort"] for b in regie.json("dokter")} & {"sleutelwissel", "sleutel_oud", "sleutel_onleesbaar"}


def test_een_machine_die_de_nieuwe_hoofdsleutel_niet_heeft_legt_niets_vast_en_zegt_waarom(
    regie: Regie, ander: Lopend, tmp_path: Path
) -> None:
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3
    nieuw = ("kennisgevingen", "registreer", str(kennisgevingen(tmp_path / "meer.csv", 5)))
    assert ander(*nieuw) == 1
    assert "hoofdsleutel die hier niet staat" in ander.fout
    assert leesbaar(regie) == 3
    # Staat hij er wel, dan gaat het verder, zonder opnieuw te starten.
    copy(regie.map / "geheimen" / "hoofdsleutel", tmp_path / "elders" / "geheimen" / "hoofdsleutel")
    assert ander(*nieuw) == 0
    assert leesbaar(regie) == 5
