"""Waaruit de feiten van een leven worden gebouwd: een feit, een feit alleen, en een feit met wat erop volgt."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domein.begrippen import Examenonderdeel, Leerroute
from domein.gebeurtenissen.basis import Gegevens

BEGIN = date(2026, 1, 5)
MELDINGEN = ("duo/pip-vastgesteld/1", "duo/leerroute/1", "duo/pvt/1", "duo/map/1", "duo/verhuizing/1")
GEMEENTEN = ("GM0512", "GM1978", "GM1961")
Feit = tuple[date, Any, str | None]
Groep = st.SearchStrategy[list[Feit]]

routes = st.sampled_from([Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z])
gemeenten = st.sampled_from(GEMEENTEN)
onderdelen = st.lists(st.sampled_from(Examenonderdeel), max_size=3, unique=True).map(tuple)


def dagen(van: int, tot: int) -> st.SearchStrategy[date]:
    return st.integers(van, tot).map(lambda n: BEGIN + timedelta(days=n))


def misschien(feit: st.SearchStrategy[Feit]) -> Groep:
    return st.lists(feit, max_size=1)


def feit(
    model: type[Gegevens],
    van: int,
    tot: int,
    stap: Callable[[dict[str, Any]], str] | str | None = None,
    /,
    **velden: Any,
) -> st.SearchStrategy[Feit]:
    """Een feit met zijn velden; `stap` hoort er in de helft van de gevallen bij: soms komt het feit van buiten."""

    def maak(op: date, waarden: dict[str, Any], van_stap: bool) -> Feit:
        kenmerk = stap(waarden) if callable(stap) else stap
        return op, model.model_validate(waarden), kenmerk if van_stap else None

    return st.builds(maak, dagen(van, tot), st.fixed_dictionaries(velden), st.booleans())


def een(*argumenten: Any, **velden: Any) -> Groep:
    return feit(*argumenten, **velden).map(lambda feit: [feit])


@st.composite
def daarna(draw: st.DrawFn, eerste: st.SearchStrategy[Feit], *volgers: Callable[[Feit, date], Feit]) -> list[Feit]:
    """Een feit, en een beginstuk van wat erop volgt, telkens later."""
    uit = [draw(eerste)]
    dag = uit[0][0]
    aantal = draw(st.sampled_from((*range(len(volgers)), *[len(volgers)] * 3)))  # meestal het hele verhaal
    for volger in volgers[:aantal]:
        dag += timedelta(days=draw(st.integers(1, 200)))
        uit.append(volger(uit[0], dag))
    return uit


def zelfde_nummer(model: type[Gegevens], stap: str, **velden: Any) -> Callable[[Feit, date], Feit]:
    def maak(eerste: Feit, op: date) -> Feit:
        nummer = eerste[1].nummer  # pyright: ignore[reportAttributeAccessIssue]
        return op, model.model_validate({"nummer": nummer, **velden}), stap.format(nummer)

    return maak
