"""Regel 2: het verstrijken van de tijd verandert nooit een plan; wat de tijd moet doen is een stap met een begindag."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from domein.handelingen.kern import bestaand
from domein.regels.kalender import Kantoorkalender
from domein.regels.wijzigingen import bepaal
from tests.integratie.regels.leven import Leven

DOMEIN = Path(__file__).parents[3] / "domein"
PUUR = sorted(
    [
        *(b for map_ in ("stand", "regels", "gebeurtenissen", "regeling") for b in (DOMEIN / map_).rglob("*.py")),
    ]
)
LEEST_DE_KLOK = {
    "now",
    "utcnow",
    "today",
    "time",
    "time_ns",
    "monotonic",
    "localtime",
    "gmtime",
    "vandaag",
    "nu",
}


@pytest.mark.parametrize("bestand", PUUR, ids=lambda b: str(b.relative_to(DOMEIN)))
def test_regel_02_regels_en_stand_lezen_geen_klok(bestand: Path) -> None:
    """Geen aanroep van een klok, en geen invoer van een module die er een heeft; een parameter mag wel zo heten."""
    boom = ast.parse(bestand.read_text(encoding="utf-8"))
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Call):
            functie = knoop.func
            naam = functie.attr if isinstance(functie, ast.Attribute) else getattr(functie, "id", "")
            assert naam not in LEEST_DE_KLOK, f"{bestand.name}:{knoop.lineno} roept {naam}() aan"
        modules = []
        if isinstance(knoop, ast.Import):
            modules = [a.name for a in knoop.names]
        elif isinstance(knoop, ast.ImportFrom):
            modules = [knoop.module or ""]
        assert not any(m.split(".")[0] in {"time", "adapters"} or m.startswith("domein.ports") for m in modules)


def test_regel_02_hetzelfde_dossier_heeft_onder_elke_klok_hetzelfde_plan(leven: Leven) -> None:
    leven.tot_pip()
    plan, stappen = leven.plan(), leven.staat()
    for dagen in (1, 40, 400, 4000):
        leven.op(date(2026, 2, 25) + timedelta(days=dagen))
        assert leven.plan() == plan
        assert leven.staat() == stappen
        assert bepaal(map(bestaand, leven.stappen().values()), leven.stand(), leven.plan()) == ()


def test_regel_02_dezelfde_feiten_onder_een_andere_klok_geven_hetzelfde_plan(omgeving) -> None:
    """Een dossier dat pas achteraf wordt ingevoerd, heeft dezelfde verplichtingen met dezelfde dagen."""

    def plan_van(dag: date, bsn: str, kenmerk: str) -> set[tuple[str, date, date]]:
        leven = Leven(omgeving).begin(dag, bsn=bsn, kenmerk=kenmerk)
        leven.op(max(dag, date(2026, 2, 25)))
        leven.meld("intake_gehouden", date(2026, 1, 21), advies="b1")
        return {(s.kenmerk, s.start, s.streef) for s in leven.plan().stappen if "controle" not in s.kenmerk}

    assert plan_van(date(2026, 1, 5), "999993653", "DUO-A") == plan_van(date(2029, 6, 1), "999990639", "DUO-B")


def test_regel_02_het_einde_van_de_termijn_is_een_stap_die_dan_begint(leven: Leven) -> None:
    leven.tot_pip()
    einde = leven.plan().termijn("inburgeringstermijn")
    assert einde is not None
    stap = leven.stap("einde/termijn/1")
    assert stap.start == Kantoorkalender().eerstvolgende_open_dag(einde.einde + timedelta(days=1))
    assert leven.open("einde/termijn/1").status.value == "open"
    assert leven.omgeving.klok.vandaag() > einde.einde
