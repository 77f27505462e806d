"""Een besluit komt langs drie deuren, en elke deur toetst wie het neemt: in de code zelf nagezocht.

`tests/integratie/regels/wegen.py` loopt die deuren in elke volgorde. Hier staat dat er geen vierde is: geen bulk, geen
import, geen dienst en geen pagina maakt zelf een feit dat een besluit is, of dat een maatregel begint.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from domein.gebeurtenissen.soorten import SOORTEN
from domein.handelingen.mandaat import BESLUITEN
from domein.handelingen.melden import NIET_TE_MELDEN, VAN_EEN_MENS
from domein.handelingen.uitkomst import _GEEN_BESLUIT, Deur  # pyright: ignore[reportPrivateUsage]
from domein.regels.besluitgang import ALTIJD_TWEE, VORMEN

WORTEL = Path(__file__).parents[2]
LAGEN = ("domein", "adapters", "portaal", "beheer", "flows", "tasks")
GEVOLG = {uitkomst for _, uitkomst in VORMEN}
BESLUITFEITEN = GEVOLG | {"besluit_ondertekend", "dwangsom_vastgesteld", "maatregel_overwogen"}
KLASSEN = {SOORTEN[soort].model.__name__ for soort in BESLUITFEITEN}
# De deuren: wie van losse waarden een feit maakt, met een soort die pas dan bekend is.
DEUREN = {
    "domein/handelingen/besluiten.py": "_eis_bevoegd",
    "domein/handelingen/melden.py": "op_papier_genomen",
    "domein/handelingen/uitkomst.py": "op_papier_genomen",
}
GEEN_DEUR = {
    "domein/handelingen/registreren.py": "alleen een kennisgeving, of dat zij is ingetrokken",
    "domein/handelingen/inzien.py": "een veronderstelling in een voorbeeld van het plan; er wordt niets bewaard",
    "adapters/opslag_gebeurtenissen.py": "leest terug wat er staat",
    "beheer/meet/planning.py": "een meting zonder database",
    "beheer/naslag/levens.py": "een voorbeeld voor de naslag, zonder database",
}


@cache
def _boom(pad: Path) -> ast.Module:
    return ast.parse(pad.read_text(encoding="utf-8"))


@cache
def _aanroepen() -> tuple[tuple[str, str, ast.Call], ...]:
    return tuple(_zoek_aanroepen())


def _zoek_aanroepen() -> Iterator[tuple[str, str, ast.Call]]:
    """Elke aanroep: het bestand, de naam van wat er wordt aangeroepen, en de aanroep."""
    for laag in LAGEN:
        for pad in sorted((WORTEL / laag).rglob("*.py")):
            for knoop in ast.walk(_boom(pad)):
                if isinstance(knoop, ast.Call):
                    naam = getattr(knoop.func, "id", getattr(knoop.func, "attr", ""))
                    yield pad.relative_to(WORTEL).as_posix(), naam, knoop


def _leest_feit(pad: str) -> bool:
    """Zeg of `lees` in dit bestand die van de gebeurtenissen is, en niet die van een formulier of tabel."""
    uit = (
        naam.name
        for knoop in ast.walk(_boom(WORTEL / pad))
        if isinstance(knoop, ast.ImportFrom) and (knoop.module or "").startswith("domein.gebeurtenissen")
        for naam in knoop.names
    )
    return not {"lees", "soorten"}.isdisjoint(uit)


def test_niemand_maakt_een_besluit_buiten_de_gang_van_het_besluit() -> None:
    gemaakt = {(pad, naam) for pad, naam, _ in _aanroepen() if naam in KLASSEN}
    assert gemaakt == {("domein/handelingen/besluiten.py", "BesluitOndertekend")}


def test_niemand_leest_een_besluit_uit_losse_waarden_dan_de_drie_deuren() -> None:
    los: set[str] = set()
    for pad, naam, aanroep in _aanroepen():
        if naam != "lees" or not aanroep.args or not _leest_feit(pad):
            continue
        eerste = aanroep.args[0]
        if isinstance(eerste, ast.Constant):
            assert eerste.value not in BESLUITFEITEN, pad
        else:
            los.add(pad)
    assert los == set(DEUREN) | set(GEEN_DEUR), "een nieuwe deur: zeg wat zij toetst, en laat wegen.py haar lopen"


def test_een_gebeurtenis_met_een_vaste_soort_is_nooit_een_besluit() -> None:
    """Ook een dienst, de ronde, een bulk of een import die zijn eigen feiten maakt, maakt er geen besluit van."""
    vaste = {
        (pad, aanroep.args[0].value)
        for pad, naam, aanroep in _aanroepen()
        if naam == "NieuweGebeurtenis" and aanroep.args and isinstance(aanroep.args[0], ast.Constant)
    }
    assert len(vaste) > 10, "er is iets gevonden om te toetsen"
    assert not {(pad, soort) for pad, soort in vaste if soort in BESLUITFEITEN | VAN_EEN_MENS}


def test_alleen_de_kern_schrijft_en_een_getekend_feit_verandert_niemand() -> None:
    schrijft = {
        pad for pad, naam, aanroep in _aanroepen()
        if naam == "schrijf" and isinstance(aanroep.func, ast.Attribute)
        and ast.unparse(aanroep.func.value) == "ruimte" and len(aanroep.args) == 3
    }  # fmt: skip
    assert schrijft == {"domein/handelingen/kern.py"}
    assert not {pad for pad, naam, _ in _aanroepen() if naam == "GebeurtenisRij"}, "een rij gaat langs straks_voorgoed"
    rijen = {pad for pad, naam, _ in _aanroepen() if naam == "straks_voorgoed"}
    assert rijen == {"adapters/opslag_gebeurtenissen.py"}
    tabel = {
        pad for pad, naam, aanroep in _aanroepen()
        if naam in {"insert", "update", "delete"} and any("GEBEURTENIS" in ast.unparse(a).upper() for a in aanroep.args)
    }  # fmt: skip
    assert tabel == {"adapters/opslag_basis.py"}
    kopie = {
        pad for pad, naam, aanroep in _aanroepen()
        if naam == "model_copy" and pad.startswith("domein/handelingen/") and "gelezen" in ast.unparse(aanroep.func)
    }  # fmt: skip
    assert kopie == {"domein/handelingen/mandaat.py"}, "het mandaat vult het systeem in, en verder niets"


@pytest.mark.parametrize(("pad", "toets"), DEUREN.items())
def test_elke_deur_roept_de_toets_van_het_mandaat_aan(pad: str, toets: str) -> None:
    assert toets in {naam for hier, naam, _ in _aanroepen() if hier == pad}


def test_wat_twee_personen_vraagt_is_niet_te_melden_en_de_rest_vraagt_een_mandaat() -> None:
    altijd_twee = {uitkomst for (_, uitkomst), soort in VORMEN.items() if soort in ALTIJD_TWEE}
    assert altijd_twee | {"besluit_ondertekend"} <= NIET_TE_MELDEN
    assert BESLUITEN.keys() >= GEVOLG
    assert "maatregel_overwogen" in VAN_EEN_MENS


def test_elke_deur_die_geen_mens_kent_laat_geen_besluit_door() -> None:
    """Prefect en de API: zie `uitkomst.py`. Een nieuwe deur van een antwoord staat hier ook."""
    assert set(get_args(Deur)) - _GEEN_BESLUIT.keys() == {"portaal", "opdrachtregel"}
