"""De snelle toets zegt op elke dag en voor elke persoon hetzelfde als de gewone vraag "wie doet dit"."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.dekkingsruimte import KOLOMMEN, STAPPEN_ZONDER_LEERROUTE, Ruimte
from domein.regels.dekkingsvlakken import Dekking, Vlak, aaneengesloten
from domein.regels.peildatum import BekendeDagen
from domein.regels.samenwerking import Kenmerken, Vraag, winnaars
from domein.regels.verschil import vergelijk
from domein.regio.model import Regio
from domein.regio.onderdelen import Conditie
from domein.regio.soorten import Alfabetisering, Peildatumsoort
from tests.unit.regiobouw import afspraak, ruw

GEMEENTEN = ("GM0512", "GM1978")
EERSTE = date(2026, 1, 1)
DAGEN = [EERSTE + timedelta(days=n) for n in range(5)]
STAPPEN = (Stapsoort.MAP, Stapsoort.INTAKE)
LEEFTIJDEN = (0, 17, 18, 28, 120)

Uitkomst = tuple[str, ...]


@st.composite
def periode(draw: st.DrawFn) -> dict[str, date]:
    van, tot = sorted((draw(st.sampled_from(DAGEN)), draw(st.sampled_from(DAGEN))))
    einden = {"geldig_van": van, "geldig_tot": tot}
    return {naam: dag for naam, dag in einden.items() if draw(st.booleans())}


@st.composite
def conditie(draw: st.DrawFn) -> dict[str, Any]:
    van, tot = sorted((draw(st.sampled_from((0, 18, 28))), draw(st.sampled_from((17, 27, 120)))))
    alles = {
        "nareiziger": draw(st.booleans()),
        "ontzorgen": draw(st.booleans()),
        "leeftijd_van": van,
        "leeftijd_tot": tot,
        "alfabetisering": draw(st.lists(st.sampled_from(list(Alfabetisering)), min_size=1, max_size=2, unique=True)),
    }
    return {naam: waarde for naam, waarde in alles.items() if draw(st.integers(0, 3)) == 0}


@st.composite
def regios(draw: st.DrawFn) -> Regio:
    def enkele(soort: type[Leerroute] | type[Doelgroep]) -> list[Any]:
        return draw(st.lists(st.sampled_from(list(soort)), max_size=2, unique=True))

    rijen = [
        afspraak(
            f"r{nummer}",
            *draw(st.lists(st.sampled_from(STAPPEN), min_size=1, max_size=2, unique=True)),
            verband=draw(st.sampled_from(("v", "kort"))),
            gemeenten=draw(st.lists(st.sampled_from(GEMEENTEN), max_size=1)),
            leerroutes=enkele(Leerroute),
            doelgroepen=enkele(Doelgroep),
            conditie=draw(conditie()),
            prioriteit=draw(st.integers(0, 1)),
            **draw(periode()),
        )
        for nummer in range(draw(st.integers(1, 7)))
    ]
    kort = {
        "id": "kort", "doel": "even", "vorm": "convenant", "gemeenten": GEMEENTEN,
        "besluit": {"orgaan": "de colleges", "datum": "2021-12-01"}, **draw(periode()),
    }  # fmt: skip
    gegevens = ruw(*rijen, gemeenten=GEMEENTEN, verbanden=[kort])
    gegevens["regio"] |= {"geldig_van": DAGEN[0], "geldig_tot": DAGEN[-1]}
    return Regio.model_validate(gegevens)


def vragen(stap: Stapsoort) -> Iterator[Vraag]:
    routes = [r for r in Leerroute if r is not Leerroute.ONBEKEND or stap in STAPPEN_ZONDER_LEERROUTE]
    assen = (GEMEENTEN, routes, Doelgroep, DAGEN, (False, True), (False, True), LEEFTIJDEN, (*Alfabetisering, None))
    for gemeente, route, doelgroep, dag, nareis, ontzorgen, leeftijd, profiel in product(*assen):
        yield Vraag(gemeente, stap, route, doelgroep, dag, nareis, Kenmerken(ontzorgen, leeftijd, profiel))


def snel(dekking: Dekking, vraag: Vraag) -> Uitkomst:
    """Geef de namen van de winnaars volgens de toets: een, geen, of meer dan een."""
    bit = dekking.ruimte.bit(vraag)
    (oordeel,) = (t.oordeel for t in dekking.loop(vraag.stap, vraag.gemeente) if t.van <= vraag.op <= t.tot)
    winnaar = [(a.regel_id,) for a, cellen in oordeel.winnaars if cellen & bit]
    samen = [tuple(a.regel_id for a in groep) for groep, cellen in oordeel.tegenspraken if cellen & bit]
    (uitkomst,) = winnaar + samen or [()]
    assert bool(oordeel.gedekt & bit) == bool(uitkomst)
    return uitkomst


def vlak_van(dekking: Dekking, vraag: Vraag, vlakken: list[Vlak]) -> list[Vlak]:
    bit = dekking.ruimte.bit(vraag)
    return [v for v in vlakken if v.gemeente == vraag.gemeente and v.van <= vraag.op <= v.tot and v.cellen & bit]


@settings(max_examples=15)
@given(regio=regios(), stap=st.sampled_from(STAPPEN))
def test_de_toets_zegt_hetzelfde_als_de_vraag_op_elke_dag_voor_iedereen(regio: Regio, stap: Stapsoort) -> None:
    dekking = Dekking(regio)
    gaten = [vlak for gemeente in GEMEENTEN for vlak in dekking.gaten(stap, gemeente)]
    tegenspraken = [vlak for gemeente in GEMEENTEN for vlak in dekking.tegenspraken(stap, gemeente)]
    for vraag in vragen(stap):
        toppers, _ = winnaars(regio, vraag)
        verwacht = tuple(sorted(a.regel_id for a in toppers))
        assert snel(dekking, vraag) == verwacht, vraag
        assert len(vlak_van(dekking, vraag, gaten)) == (len(verwacht) == 0), vraag
        gevonden = [tuple(a.regel_id for a in v.afspraken) for v in vlak_van(dekking, vraag, tegenspraken)]
        assert gevonden == ([verwacht] if len(verwacht) > 1 else []), vraag


@given(
    maskers=st.lists(st.integers(0, 15), min_size=1, max_size=8),
    lengten=st.lists(st.integers(1, 3), min_size=8, max_size=8),
)
def test_aaneengesloten_geeft_per_combinatie_haar_langste_perioden(maskers: list[int], lengten: list[int]) -> None:
    reeks, dag = [], EERSTE
    for masker, lengte in zip(maskers, lengten, strict=False):
        reeks.append((dag, dag + timedelta(days=lengte - 1), masker))
        dag += timedelta(days=lengte)
    uit = list(aaneengesloten(reeks))
    for van, tot, masker in reeks:
        for nummer in range((tot - van).days + 1):
            op = van + timedelta(days=nummer)
            assert sum(m for begin, einde, m in uit if begin <= op <= einde) == masker
    for bit in (1, 2, 4, 8):
        perioden = sorted((begin, einde) for begin, einde, m in uit if m & bit)
        assert all(tot + timedelta(days=1) < van for (_, tot), (van, _) in pairwise(perioden))


@given(cellen=st.integers(0), grenzen=st.sets(st.integers(1, 119), max_size=3))
def test_de_vakken_zijn_samen_precies_de_combinaties_en_overlappen_niet(cellen: int, grenzen: set[int]) -> None:
    ruimte = Ruimte((0, *sorted(grenzen)))
    cellen = cellen * 0x9E3779B97F4A7C15F39CC0605CEDC835 & ruimte.alles
    samen = 0
    for vak in ruimte.vakken(cellen):
        deel = 0
        for route, groep, nareis, zorg, band, profiel in product(*vak):
            deel |= ruimte.bit(
                Vraag("GM0512", Stapsoort.MAP, route, groep, EERSTE, nareis, Kenmerken(zorg, band[0], profiel))
            )
        assert not samen & deel
        samen |= deel
    assert samen == cellen


def test_elke_kolom_van_een_conditie_doet_mee() -> None:
    # Een nieuwe kolom die hier geen as krijgt, zou stil buiten de toets vallen.
    assert set(Conditie.model_fields) == KOLOMMEN


def wie(regio: Regio, vraag: Vraag) -> tuple[str, str]:
    """Wie het doet en wie betaalt, met de gewone vraag; geen of meer winnaars tellen als een soort."""
    toppers, _ = winnaars(regio, vraag)
    if len(toppers) != 1:
        return ("gat", "") if not toppers else ("tegenspraak", "")
    return toppers[0].uitvoerder or "", toppers[0].betaler


@settings(max_examples=15)
@given(oud=regios(), nieuw=regios(), stap=st.sampled_from(STAPPEN), data=st.data())
def test_het_verschil_noemt_precies_wie_iets_anders_krijgt(
    oud: Regio, nieuw: Regio, stap: Stapsoort, data: st.DataObject
) -> None:
    betalers = st.sampled_from(("gemeente", "inburgeraar", "uo"))
    rijen = [a.model_copy(update={"betaler": data.draw(betalers)}) for a in nieuw.samenwerkingsafspraken]
    nieuw = nieuw.model_copy(update={"samenwerkingsafspraken": tuple(rijen)})
    ruimte = Ruimte.van((*oud.samenwerkingsafspraken, *nieuw.samenwerkingsafspraken))
    veranderingen = [v for v in vergelijk(oud, nieuw).veranderingen if v.stap is stap]
    for vraag in vragen(stap):
        bit = ruimte.bit(vraag)
        raak = [v for v in veranderingen if vraag.gemeente in v.gemeenten and v.van <= vraag.op <= v.tot]
        raak = [v for v in raak if v.cellen & bit]
        eerst, straks = wie(oud, vraag), wie(nieuw, vraag)
        assert len(raak) == (eerst != straks), (vraag, eerst, straks, raak)


PEILSOORTEN = (Peildatumsoort.OPENING, Peildatumsoort.KENNISGEVING, Peildatumsoort.START_LES)


@st.composite
def opvolgers(draw: st.DrawFn) -> Regio:
    """Een stap die op elke dag klopt: afspraken die elkaar opvolgen, elk met een eigen peildatum."""
    grenzen = [DAGEN[0], *sorted(draw(st.sets(st.sampled_from(DAGEN[1:]), max_size=2)))]
    einden = [dag - timedelta(days=1) for dag in grenzen[1:]] + [DAGEN[-1]]
    rijen: list[Any] = [
        afspraak(f"r{n}", "map", geldig_van=van, geldig_tot=tot, peildatumsoort=draw(st.sampled_from(PEILSOORTEN)))
        for n, (van, tot) in enumerate(zip(grenzen, einden, strict=True))
    ]
    if draw(st.booleans()):
        rijen.append(afspraak("z", "map", leerroutes=["z"], peildatumsoort=draw(st.sampled_from(PEILSOORTEN))))
    gegevens = ruw(*rijen)
    gegevens["regio"] |= {"geldig_van": DAGEN[0], "geldig_tot": DAGEN[-1]}
    return Regio.model_validate(gegevens)


@given(regio=opvolgers())
def test_peildatums_door_elkaar_geven_precies_dan_een_bevinding_als_een_persoon_ertussen_kan_vallen(
    regio: Regio,
) -> None:
    dekking = Dekking(regio)
    nodig = dekking.ruimte.van_stap(Stapsoort.MAP)
    assert not any(dekking.gaten(Stapsoort.MAP, "GM0512"))
    assert not any(dekking.tegenspraken(Stapsoort.MAP, "GM0512"))
    gevonden = {
        soort
        for _, oordeel in dekking.peilingen(Stapsoort.MAP, "GM0512")
        for soort, raak in (
            ("gat", nodig & ~oordeel.gedekt),
            ("tegenspraak", any(nodig & cellen for _, cellen in oordeel.tegenspraken)),
        )
        if raak
    }
    verwacht: set[str] = set()
    for kennisgeving, opening, les in product(DAGEN, DAGEN, DAGEN):
        if kennisgeving <= min(opening, les):
            bekend = BekendeDagen(opening=opening, kennisgeving=kennisgeving, start_les=les)
            for route in (Leerroute.B1, Leerroute.Z):
                groep = Doelgroep.ASIELSTATUSHOUDER
                toppers, _ = winnaars(regio, Vraag("GM0512", Stapsoort.MAP, route, groep, opening, bekend=bekend))
                verwacht |= set() if len(toppers) == 1 else {"tegenspraak"} if toppers else {"gat"}
    assert gevonden == verwacht
