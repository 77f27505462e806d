"""Willekeurige maar denkbare levens als gebeurtenissen, zonder opslag: om de vouw en het plan mee te bestoken."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domein.begrippen import Doelgroep, Eindegrond, Leerroute
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, Gegevens
from domein.gebeurtenissen.soorten import NAAR_NAAM

BEGIN = date(2026, 1, 5)
DOSSIER = UUID(int=7)
MELDINGEN = ("duo/pip-vastgesteld/1", "duo/leerroute/1", "duo/pvt/1", "duo/map/1")


def gebeurtenis(volgnummer: int, op: date, gegevens: Gegevens, stap: str | None = None, **anders: Any) -> Gebeurtenis:
    return Gebeurtenis(
        UUID(int=1000 + volgnummer), DOSSIER, volgnummer, NAAR_NAAM[type(gegevens)], op,
        datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=volgnummer), gegevens, SYSTEEM, stap=stap, **anders,
    )  # fmt: skip


Feit = tuple[date, Gegevens, str | None]


def dagen(van: int, tot: int) -> st.SearchStrategy[date]:
    return st.integers(van, tot).map(lambda n: BEGIN + timedelta(days=n))


def misschien(feit: st.SearchStrategy[Feit]) -> st.SearchStrategy[list[Feit]]:
    return st.lists(feit, max_size=1)


kennisgeving = st.builds(
    lambda op, doelgroep, gemeente, brp: (
        op,
        s.Kennisgeving(gemeente=gemeente, doelgroep=doelgroep, brp_inschrijving=brp),
        None,
    ),
    dagen(0, 30), st.sampled_from(Doelgroep), st.sampled_from(["GM0512", "GM1978"]), st.none() | dagen(-60, 60),
)  # fmt: skip
brp = st.builds(lambda op: (op, s.BrpIngeschreven(), None), dagen(-30, 120))
routes = st.sampled_from([Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z])


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
                uit.append((afspraak, s.IntakeGehouden(), f"intake/gesprek/{nummer}"))
            return uit
        verschoonbaar = draw(st.booleans())
        uit.append((afspraak, s.NietVerschenen(nummer=nummer, verschoonbaar=verschoonbaar), f"intake/gesprek/{nummer}"))
        dag = afspraak + timedelta(days=1)
    if draw(st.booleans()):
        uit.append((dag, s.IntakeAmbtshalveAfgerond(), "intake/ambtshalve/1"))
    return uit


def pip(op: date, route: Leerroute, aantal: int, interval: int) -> s.PipVastgesteld:
    return s.PipVastgesteld.model_validate(
        {
            "bekendgemaakt_op": op, "leerroute": route, "aantal_gesprekken": aantal, "interval_maanden": interval,
            "mandaathouder": "m-gor",
        }
    )  # fmt: skip


pips = st.builds(
    lambda op, *rest: (op, pip(op, *rest), None), dagen(10, 900), routes, st.integers(1, 8), st.integers(1, 12)
)


@st.composite
def aanbieders(draw: st.DrawFn) -> list[Feit]:
    uit: list[Feit] = []
    nummer = 1
    for nummer in range(1, draw(st.integers(0, 2)) + 1):
        uit.append(
            (
                draw(dagen(60, 200)),
                s.AanmeldingGeweigerd(nummer=nummer, redencode="reistijd"),
                f"aanbieder/aanmelding/{nummer}",
            )
        )
    if draw(st.booleans()):
        nummer = len(uit) + 1
        op = draw(dagen(60, 400))
        uit.append(
            (
                op,
                s.AanmeldingGeaccepteerd(nummer=nummer, startdatum=op + timedelta(days=20)),
                f"aanbieder/aanmelding/{nummer}",
            )
        )
        if draw(st.booleans()):
            uit.append((op + timedelta(days=20), s.LesGestart(nummer=nummer), f"aanbieder/start/{nummer}"))
    return uit


def _gesprek(op: date, nummer: int, gevoerd: bool) -> Feit:
    gegevens = s.GesprekGevoerd(nummer=nummer) if gevoerd else s.GesprekNietVerschenen(nummer=nummer)
    return op, gegevens, f"voortgang/{nummer}"


gesprekken = st.lists(
    st.builds(_gesprek, dagen(100, 1000), st.integers(1, 9), st.booleans()), max_size=5, unique_by=lambda f: f[2]
)
geopend = st.lists(
    st.builds(
        lambda op, n: (op, s.StapGeopend(generatie=1, partner="avres", medewerker="m-jdb"), f"voortgang/{n}"),
        dagen(100, 1000), st.integers(1, 9),
    ),
    max_size=4, unique_by=lambda f: f[2],
)  # fmt: skip
duo = st.lists(
    st.builds(
        lambda op, m, inhoud: (op, s.DuoIngevoerd(melding=m, referentie="PI-1", inhoud=inhoud), m),
        dagen(60, 900), st.sampled_from(MELDINGEN), st.sampled_from(["b1", "z", "2026-03-02", "2026-06-17"]),
    ),
    max_size=3, unique_by=lambda f: f[2],
)  # fmt: skip
bevestigd = st.builds(lambda op, m: (op, s.DuoBevestigd(melding=m), None), dagen(100, 900), st.sampled_from(MELDINGEN))
pvt = st.builds(lambda op: (op, s.PvtVoltooid(), "pvt/1"), dagen(60, 900))
map_ = st.builds(lambda op: (op, s.MapVoltooid(praktijkuren=48), "map/1"), dagen(200, 1100))
verlengd = st.builds(
    lambda op, dag, stap: (op, s.Verlengd(nieuwe_einddatum=dag), stap),
    dagen(400, 1100), dagen(1200, 2000), st.sampled_from([None, "einde/termijn/1", "einde/termijn/2"]),
)  # fmt: skip
overgeslagen = st.lists(
    st.builds(
        lambda op, k: (op, s.StapOvergeslagen(), k),
        dagen(60, 1200),
        st.sampled_from(["pvt/1", "map/1", "voortgang/1", "voortgang/2", "einde/termijn/1", "intake/oproep/1"]),
    ),
    max_size=3, unique_by=lambda f: f[2],
)  # fmt: skip
verzet = st.lists(
    st.builds(
        lambda op, k, dag: (op, s.StapVerzet(dag=dag), k),
        dagen(60, 900), st.sampled_from(["pvt/1", "voortgang/1", "voortgang/3", "pip/vaststellen/1"]), dagen(60, 1400),
    ),
    max_size=2, unique_by=lambda f: f[2],
)  # fmt: skip
controles = st.lists(
    st.builds(
        lambda op, n: (op, s.ControleGevraagd(nummer=n, aanleiding="tweede_antwoord", betreft="pvt/1"), None),
        dagen(30, 900), st.integers(1, 3),
    ),
    max_size=2, unique_by=lambda f: f[1].nummer,
)  # fmt: skip
eindes = st.one_of(
    st.builds(lambda op: (op, s.Voldaan(), None), dagen(400, 1300)),
    st.builds(lambda op: (op, s.TermijnOverschreden(), "einde/termijn/1"), dagen(900, 1300)),
    st.builds(lambda op, tot: (op, s.TermijnOverschreden(nieuwe_termijn_tot=tot), "einde/termijn/1"),
              dagen(900, 1300), dagen(1400, 2000)),
    st.builds(lambda op, grond: (op, s.PlichtBeeindigd(grond=grond), None), dagen(10, 1300),
              st.sampled_from([Eindegrond.OVERLIJDEN, Eindegrond.VERTREK, Eindegrond.INGETROKKEN])),
)  # fmt: skip


@st.composite
def feiten(draw: st.DrawFn, *, hoogstens_pips: int = 2, met_einde: bool = True) -> list[Feit]:
    delen: list[Sequence[Any]] = [
        [draw(kennisgeving)], draw(misschien(brp)), draw(intakes()),
        draw(st.lists(pips, max_size=hoogstens_pips, unique_by=lambda f: f[0])),
        draw(aanbieders()), draw(gesprekken), draw(geopend), draw(duo), draw(misschien(bevestigd)),
        draw(misschien(pvt)),
        draw(misschien(map_)), draw(misschien(verlengd)), draw(overgeslagen), draw(verzet), draw(controles),
        draw(misschien(eindes)) if met_einde else [],
    ]  # fmt: skip
    return [feit for deel in delen for feit in deel]


@st.composite
def levens(draw: st.DrawFn, **opties: Any) -> list[Gebeurtenis]:
    """Een leven waarvan de feiten in willekeurige volgorde zijn binnengekomen."""
    volgorde = draw(st.permutations(draw(feiten(**opties))))
    return [gebeurtenis(n, op, gegevens, stap) for n, (op, gegevens, stap) in enumerate(volgorde, start=1)]
