"""Wat de wet van elk plan vraagt, in welk leven ook: termijnen, uiterste dagen, ankers, en wat een taak nooit zegt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domein.begrippen import Doelgroep, Leerroute, Pauzegrond
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN
from domein.regels.kalender import atw_kalender
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.stand import vouw
from tests.eigenschappen.levens import feiten, gebeurtenis, levens, pip
from tests.eigenschappen.levensbouw import BEGIN, Feit

KADER, WET = Kader(), atw_kalender()
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def test_de_levens_kennen_elke_soort() -> None:
    """Wie een soort toevoegt, laat haar ook in de levens voorkomen; een doorhaling zit in `levens` zelf."""
    gezien: set[str] = set()

    @settings(max_examples=1500, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(wat=feiten())
    def verzamel(wat: list[Feit]) -> None:
        gezien.update(gebeurtenis(1, *feit).soort for feit in wat)

    verzamel()
    assert set(SOORTEN) - gezien == {"doorgehaald"}


@given(leven=levens())
def test_een_atw_einde_ligt_nooit_op_een_gesloten_dag_of_voor_het_ruwe_einde(leven: list[Gebeurtenis]) -> None:
    for termijn in plan(vouw(leven), KADER).termijnen:
        if termijn.soort_einde == "atw":
            assert WET.is_open(termijn.einde), termijn
            assert termijn.einde >= termijn.ruw, termijn


@given(leven=levens(), grond=st.sampled_from(Pauzegrond), van=st.integers(0, 1200), duur=st.integers(1, 400))
def test_een_pauze_verandert_geen_enkele_termijn(
    leven: list[Gebeurtenis], grond: Pauzegrond, van: int, duur: int
) -> None:
    begin, nummer = BEGIN + timedelta(days=van), len(leven) + 1
    pauze = gebeurtenis(nummer, begin, s.Gepauzeerd(nummer=9, grond=grond))
    hervat = gebeurtenis(nummer + 1, begin + timedelta(days=duur), s.Hervat(nummer=9))
    zonder = plan(vouw(leven), KADER)
    for met in ([*leven, pauze], [*leven, pauze, hervat]):
        na = plan(vouw(met), KADER)
        assert na.termijnen == zonder.termijnen
        wettelijk = {stap.kenmerk: stap.uiterst for stap in na.stappen if stap.wettelijk}
        for stap in zonder.stappen:
            if stap.wettelijk and stap.uiterst is not None:
                assert wettelijk[stap.kenmerk] == stap.uiterst


@given(leven=levens())
def test_een_stap_met_een_wettelijke_uiterste_dag_wordt_nooit_later_nagestreefd(leven: list[Gebeurtenis]) -> None:
    """Behalve een stap die pas daarna kan beginnen: die kwam te laat bekend, en gebeurt dan zo snel mogelijk."""
    for stap in plan(vouw(leven), KADER).stappen:
        if stap.wettelijk and stap.uiterst is not None:
            assert stap.streef <= stap.uiterst or stap.start > stap.uiterst, stap


@given(leven=levens())
def test_elke_stap_opent_en_streeft_op_een_werkdag_en_zegt_waarom(leven: list[Gebeurtenis]) -> None:
    for stap in plan(vouw(leven), KADER).stappen:
        assert stap.start <= stap.streef, stap
        assert KADER.kantoor.is_open(stap.start), stap
        assert KADER.kantoor.is_open(stap.streef), stap
        assert stap.titel, stap
        assert stap.waarom.endswith("."), stap
        assert stap.waarom == " ".join(stap.waarom.split()), stap
        assert stap.artikel, stap
        assert len(stap.kenmerk) <= 100, stap


# Wat een taak niet zegt: die leest iemand in de mail, en de reden van een pauze gaat hem niet aan.


def _anders(leven: Sequence[Gebeurtenis], soort: str, **velden: Any) -> list[Gebeurtenis]:
    return [
        replace(g, gegevens=g.gegevens.model_copy(update=velden)) if g.soort == soort else g for g in leven
    ]  # fmt: skip


@given(leven=levens())
def test_de_reden_van_een_pauze_is_in_het_plan_niet_te_lezen(leven: list[Gebeurtenis]) -> None:
    """Een andere grond verandert hoogstens de dag waarop iemand op verlenging wijst."""
    plannen = {grond: plan(vouw(_anders(leven, "gepauzeerd", grond=grond)), KADER) for grond in Pauzegrond}
    assert plannen[Pauzegrond.DETENTIE] == plannen[Pauzegrond.OVERIG]
    for stap in (*plannen[Pauzegrond.ZIEKTE].stappen, *plannen[Pauzegrond.BEVALLING].stappen):
        for grond in ("ziek", "detentie", "bevall", "gevangen", "zwanger"):
            assert grond not in f"{stap.titel} {stap.waarom}".lower(), stap


@given(leven=levens())
def test_de_taal_van_de_persoon_is_in_het_plan_niet_te_lezen(leven: list[Gebeurtenis]) -> None:
    assert plan(vouw(_anders(leven, "tolk_nodig", taal="ar")), KADER) == plan(vouw(leven), KADER)


@given(leven=levens())
def test_de_geboortemaand_staat_niet_in_een_taak(leven: list[Gebeurtenis]) -> None:
    for stap in plan(vouw(leven), KADER).stappen:
        if stap.kenmerk in ("registratie/meerderjarig/1", "registratie/aow/1"):
            assert not any(maand in f"{stap.titel} {stap.waarom}" for maand in MAANDEN), stap


# Een ander anker: dezelfde stappen op andere dagen (regel 6).


def _traject(kennisgeving: date, pip_op: date, verhuisd: date, doelgroep: Doelgroep, route: Leerroute) -> list[Feit]:
    begin = s.Kennisgeving(gemeente="GM0512", doelgroep=doelgroep, ontzorgen=doelgroep is Doelgroep.ASIELSTATUSHOUDER)
    return [
        (kennisgeving, begin, None),
        (pip_op - timedelta(days=10), s.IntakeGehouden(), None),
        (pip_op, pip(pip_op, route, 4, 6), "pip/vaststellen/1"),
        (verhuisd, s.Verhuisd(nummer=1, naar="GM1978", van="GM0512"), None),
        (verhuisd, s.TolkNodig(taal="ti"), None),
    ]


@given(
    doelgroep=st.sampled_from(Doelgroep), route=st.sampled_from([Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z]),
    anker=st.sampled_from(["kennisgeving", "pip", "verhuizing"]), verschil=st.integers(-14, 14),
)  # fmt: skip
def test_een_verschoven_anker_hernoemt_geen_enkele_stap(
    doelgroep: Doelgroep, route: Leerroute, anker: str, verschil: int
) -> None:
    dagen = {"kennisgeving": date(2026, 2, 2), "pip": date(2026, 4, 1), "verhuizing": date(2026, 9, 1)}

    def kenmerken(dagen: dict[str, date], tot: int) -> list[str]:
        feiten = _traject(dagen["kennisgeving"], dagen["pip"], dagen["verhuizing"], doelgroep, route)[:tot]
        return sorted(
            stap.kenmerk for stap in plan(vouw([gebeurtenis(n, *f) for n, f in enumerate(feiten, 1)]), KADER).stappen
        )

    verschoven = dagen | {anker: dagen[anker] + timedelta(days=verschil)}
    for tot in range(1, 6):
        assert kenmerken(verschoven, tot) == kenmerken(dagen, tot)
