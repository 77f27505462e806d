"""Loop de punten van een zaadje na, en zeg bij een fout precies welk."""

import pytest

from tests.valproef.proef import Opname, Stuk, Valproef

STEEKPROEF = 6  # vallen per zaadje in de gewone test
DADEN = 3


def loop_steekproef(proef: Valproef, zaad: int) -> None:
    opname = proef.neem_op(zaad, daden=DADEN, vooraf=(zaad * 7) % 5)
    _loop(proef, opname, opname.steekproef(STEEKPROEF))
    assert proef.gedood >= STEEKPROEF // 2


def loop_alles(proef: Valproef, zaad: int) -> None:
    opname = proef.neem_op(zaad, daden=DADEN, vooraf=(zaad * 7) % 11)
    _loop(proef, opname, opname.punten)
    print(f"zaad {zaad}: {len(opname.punten)} punten, {proef.gedood} keer gevallen, {proef.niet_bereikt} niet bereikt")


def _loop(proef: Valproef, opname: Opname, punten: list[tuple[Stuk, int]]) -> None:
    mis: list[str] = []
    for stuk, nummer in punten:
        fouten = proef.val(stuk, nummer)
        if fouten:
            kop = f"zaad {opname.zaad}, {stuk.daad}, punt {nummer} ({stuk.punten[nummer]})"
            mis += [f"{kop}: {fout}" for fout in fouten]
    if mis:
        pytest.fail("\n".join(mis))
