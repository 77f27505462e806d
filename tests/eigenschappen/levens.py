"""Willekeurige maar denkbare levens als gebeurtenissen, zonder opslag: om de vouw en het plan mee te bestoken.

De rode draad (kennisgeving, intake, PIP, lessen) hangt samen; daaromheen valt van alles wat iemand kan overkomen. Elke
soort komt voor: een test houdt dat bij.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domein.begrippen import Leerroute
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, Gegevens
from domein.gebeurtenissen.soorten import NAAR_NAAM, SOORTEN
from tests.eigenschappen import levensbouw
from tests.eigenschappen import levensfeiten as lf
from tests.eigenschappen.levensbouw import BEGIN, Feit, dagen, misschien

DOSSIER = UUID(int=7)


def gebeurtenis(volgnummer: int, op: date, gegevens: Gegevens, stap: str | None = None, **anders: Any) -> Gebeurtenis:
    return Gebeurtenis(
        UUID(int=1000 + volgnummer), DOSSIER, volgnummer, NAAR_NAAM[type(gegevens)], op,
        datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=volgnummer), gegevens, SYSTEEM, stap=stap, **anders,
    )  # fmt: skip


def pip(op: date, route: Leerroute, aantal: int, interval: int, **anders: Any) -> s.PipVastgesteld:
    return s.PipVastgesteld.model_validate(
        {
            "bekendgemaakt_op": op, "leerroute": route, "aantal_gesprekken": aantal, "interval_maanden": interval,
            "mandaathouder": "m-gor", **anders,
        }
    )  # fmt: skip


pips = st.builds(
    lambda op, route, aantal, interval, grond, lestijd: (
        op, pip(op, route, aantal, interval, grond=grond, lestijd=lestijd), None,
    ),
    dagen(10, 900), levensbouw.routes, st.integers(1, 8), st.integers(1, 12),
    st.sampled_from(["eerste", "leerroute", "afschalen", "verhuizing"]),
    st.sampled_from(["overdag", "avond", "geen_voorkeur"]),
)  # fmt: skip


@st.composite
def intakes(draw: st.DrawFn) -> list[Feit]:
    """Oproepen die één voor één worden gemist, en dan een gesprek, een ambtshalve einde of (nog) niets."""
    uit: list[Feit] = []
    dag = BEGIN + timedelta(days=draw(st.integers(0, 10)))
    for nummer in range(1, draw(st.integers(0, 4)) + 1):
        afspraak = dag + timedelta(days=draw(st.integers(1, 21)))
        uit.append((dag, s.OproepVerzonden(nummer=nummer, afspraak_op=afspraak), f"intake/oproep/{nummer}"))
        if draw(st.booleans()):
            if draw(st.booleans()):
                opleiding = draw(st.sampled_from([None, "basis"]))
                gehouden = s.IntakeGehouden.model_validate(
                    {"opleiding": opleiding, "werkervaring_jaren": 3, "taalniveau": "a1"}
                )
                uit.append((afspraak, gehouden, f"intake/gesprek/{nummer}"))
            return uit
        verschoonbaar = draw(st.booleans())
        uit.append((afspraak, s.NietVerschenen(nummer=nummer, verschoonbaar=verschoonbaar), f"intake/gesprek/{nummer}"))
        dag = afspraak + timedelta(days=1)
    if draw(st.booleans()):
        uit.append((dag, s.IntakeAmbtshalveAfgerond(), "intake/ambtshalve/1"))
    return uit


@st.composite
def aanbieders(draw: st.DrawFn) -> list[Feit]:
    """Weigeringen en een wachtlijst, dan misschien een acceptatie, lessen, uren en een einde."""
    uit: list[Feit] = []
    for nummer in range(1, draw(st.integers(0, 2)) + 1):
        geweigerd = s.AanmeldingGeweigerd(nummer=nummer, redencode="reistijd")
        uit.append((draw(dagen(60, 200)), geweigerd, f"aanbieder/aanmelding/{nummer}"))
    if draw(st.integers(0, 3)) == 0:
        return uit
    nummer = len(uit) + 1
    op = draw(dagen(60, 400))
    kenmerk = f"aanbieder/aanmelding/{nummer}"
    for keer in range(1, draw(st.integers(0, 2)) + 1):
        herzien = op + timedelta(days=42)
        uit.append((op, s.AanmeldingOpWachtlijst(nummer=nummer, herzien_op=herzien), kenmerk))
        op, kenmerk = herzien, f"aanbieder/wachtlijst/{keer}/{nummer}"
    start = op + timedelta(days=20)
    uit.append((op, s.AanmeldingGeaccepteerd(nummer=nummer, startdatum=start), kenmerk))
    if draw(st.booleans()):
        uit.append((start, s.LesGestart(nummer=nummer), f"aanbieder/start/{nummer}"))
        uit.extend(draw(_lessen(nummer, start)))
    return uit


@st.composite
def _lessen(draw: st.DrawFn, nummer: int, start: date) -> list[Feit]:
    uit: list[Feit] = []
    for k in range(1, draw(st.integers(0, 3)) + 1):
        tot = start + timedelta(days=180 * k)
        opgave = s.UrenGemeld(
            nummer=nummer, periode_van=start, periode_tot=tot, gevolgd=draw(st.integers(0, 450)), bewijs=f"lijst-{k}"
        )
        uit.append((tot + timedelta(days=3), opgave, f"aanbieder/uren/{k}/{nummer}"))
    if draw(st.booleans()):
        reden = draw(st.sampled_from(["leerroute-gewijzigd", "verhuisd", "klaar"]))
        op = start + timedelta(days=draw(st.integers(30, 700)))
        uit.append(
            (op, s.LesBeeindigd(nummer=nummer, redencode=reden), draw(st.sampled_from([None, "aanbieder/stop/1"])))
        )
    return uit


@st.composite
def voorvallen(draw: st.DrawFn) -> list[Feit]:
    """Een greep uit al het andere. Wat bij elkaar hoort, komt samen; hetzelfde nummer komt niet twee keer."""
    aantal = draw(st.sampled_from([6, 9, 3, 12, 1, 0]))  # een lijst zonder vaste lengte zou meestal kort zijn
    gekozen: list[Feit] = [feit for _ in range(aantal) for feit in draw(lf.voorval)]
    gekozen += [feit for _ in range(draw(st.sampled_from([0, 1, 0, 3]))) for feit in draw(lf.besluitvoorval)]
    return list(
        {(NAAR_NAAM[type(g)], getattr(g, "nummer", op), stap): (op, g, stap) for op, g, stap in gekozen}.values()
    )


@st.composite
def feiten(draw: st.DrawFn, *, hoogstens_pips: int = 3, met_einde: bool = True) -> list[Feit]:
    delen: list[Sequence[Any]] = [
        draw(lf.beginnen), draw(misschien(lf.brp)), draw(intakes()),
        draw(st.lists(pips, max_size=hoogstens_pips, unique_by=lambda f: f[0])),
        draw(aanbieders()), draw(lf.gesprekken), draw(lf.geopend), draw(lf.duo), draw(misschien(lf.bevestigd)),
        draw(voorvallen()), draw(lf.overgeslagen), draw(lf.verzet), draw(lf.controles),
        draw(lf.eindes) if met_einde else [],
    ]  # fmt: skip
    return [feit for deel in delen for feit in deel]


@st.composite
def losse_feiten(draw: st.DrawFn, **opties: Any) -> list[Feit]:
    """Feiten die los van elkaar staan: zij gelden op een andere dag, of zijn van een andere rang."""
    per_plek: dict[tuple[date, int], Feit] = {}
    for op, gegevens, stap in draw(feiten(**opties)):
        per_plek.setdefault((op, SOORTEN[NAAR_NAAM[type(gegevens)]].rang), (op, gegevens, stap))
    return list(per_plek.values())


@st.composite
def levens(draw: st.DrawFn, *, doorhalingen: int = 2, **opties: Any) -> list[Gebeurtenis]:
    """Een leven waarvan de feiten in willekeurige volgorde zijn binnengekomen, met hier en daar een doorhaling."""
    volgorde = draw(st.permutations(draw(feiten(**opties))))
    leven = [gebeurtenis(n, op, gegevens, stap) for n, (op, gegevens, stap) in enumerate(volgorde, start=1)]
    for _ in range(draw(st.integers(0, doorhalingen))):
        leven = doorhaling(leven, draw(st.sampled_from(leven)))
    return leven


def doorhaling(leven: Sequence[Gebeurtenis], f: Gebeurtenis) -> list[Gebeurtenis]:
    nummer = max(g.volgnummer for g in leven) + 1
    return [*leven, gebeurtenis(nummer, f.geldig_op, s.Doorgehaald(gebeurtenis=f.id))]
