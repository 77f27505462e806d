"""Regel 9: twee mensen tegelijk in één dossier. Wie verliest vouwt opnieuw, toetst opnieuw, en hoort wat er is."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import AlBeantwoord, InTussenGewijzigd, OvergangNietToegestaan, RedenNodig, VolgnummerBezet
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.kern import POGINGEN, in_ruimte
from domein.handelingen.melden import meld
from domein.handelingen.openen import open_stap
from domein.handelingen.stapbeheer import sla_over, verzet
from domein.handelingen.uitkomst import geef_uitkomst
from domein.ports import Omgeving
from tests.integratie.regels.leven import COORDINATOR, DUO, Leven

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
pytestmark = pytest.mark.parametrize("soort", BEIDE, indirect=True)


class Tussendoor:
    """Een magazijn waarin, vlak na één bepaalde vraag, een ander zijn handeling al heeft afgemaakt."""

    def __init__(self, omgeving: Omgeving, na: str, doe: Callable[[], object]) -> None:
        self._echt, self._na, self._doe = omgeving.magazijn, na, doe
        self.gedaan = False

    @contextmanager
    def ruimte(self) -> Iterator[Any]:
        with self._echt.ruimte() as ruimte:
            yield _Luister(self, ruimte)

    def na(self, naam: str) -> None:
        if naam == self._na and not self.gedaan:
            self.gedaan = True
            self._doe()


class _Luister:
    def __init__(self, wie: Tussendoor, ruimte: Any) -> None:
        self._wie, self._ruimte = wie, ruimte

    def __getattr__(self, naam: str) -> Any:
        echt = getattr(self._ruimte, naam)

        def vraag(*args: Any, **rest: Any) -> Any:
            antwoord = echt(*args, **rest)
            self._wie.na(naam)
            return antwoord

        return vraag


def met_ander(leven: Leven, na: str, doe: Callable[[], object]) -> Omgeving:
    return replace(leven.omgeving, magazijn=Tussendoor(leven.omgeving, na, doe))  # pyright: ignore[reportArgumentType]


def tegelijk(*werk: Callable[[], object]) -> list[object]:
    """Laat alles tegelijk beginnen; geef per stuk het resultaat of de fout."""
    start = Barrier(len(werk))

    def doe(een: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return een()
        except Exception as fout:
            return fout

    with ThreadPoolExecutor(len(werk)) as werkers:
        return list(werkers.map(doe, werk))


def test_regel_09_drie_behandelaars_antwoorden_tegelijk_op_drie_stappen(leven: Leven) -> None:
    leven.tot_pip()
    kenmerken = ["duo/pip-vastgesteld/1", "duo/leerroute/1", "aanbieder/aanmelding/1"]
    for kenmerk in kenmerken:
        leven.open(kenmerk)

    def antwoord(kenmerk: str) -> object:
        if kenmerk.startswith("duo/"):
            return leven.antwoord(kenmerk, "duo_ingevoerd", referentie="PI-1")
        return leven.antwoord(kenmerk, "aanmelding_geaccepteerd", startdatum="2026-04-06")

    uitkomsten = tegelijk(*(lambda k=k: antwoord(k) for k in kenmerken))
    assert not [u for u in uitkomsten if isinstance(u, Exception)]
    stappen = leven.stappen()
    assert {stappen[k].status for k in kenmerken} == {Stapstatus.KLAAR}
    assert [g.volgnummer for g in leven.gebeurtenissen()] == list(range(1, leven.dossier().laatste_volgnummer + 1))


def test_regel_09_twee_antwoorden_op_een_stap_een_telt_en_het_andere_wordt_een_vraag(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    uitkomsten = tegelijk(
        lambda: leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", startdatum="2026-04-06"),
        lambda: leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", redencode="geen-plaats"),
    )
    assert sorted(type(u).__name__ for u in uitkomsten) == ["AlBeantwoord", "Uitwerking"]
    telling = leven.telling()
    assert telling["aanmelding_geaccepteerd"] + telling["aanmelding_geweigerd"] == 1
    assert telling["controle_gevraagd"] == 1
    assert "aanbieder/aanmelding/1" in leven.stap("registratie/controle/1").waarom


def test_regel_09_dezelfde_klik_twee_keer_is_een_feit_en_geen_vraag(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    klik = lambda: leven.antwoord("intake/oproep/1", "oproep_verzonden", afspraak_op="2026-01-21")  # noqa: E731
    uitkomsten = tegelijk(klik, klik)
    assert sorted(type(u).__name__ for u in uitkomsten) == ["AlBeantwoord", "Uitwerking"]
    assert leven.telling()["oproep_verzonden"] == 1
    assert leven.telling()["controle_gevraagd"] == 0


def test_regel_09_vier_keer_tegelijk_openen_is_een_opening_en_een_mail(leven: Leven) -> None:
    stap = leven.stap("intake/oproep/1")
    uitkomsten = tegelijk(*[lambda: open_stap(leven.omgeving, stap.id)] * 4)
    assert {getattr(u, "status", u) for u in uitkomsten} == {Stapstatus.OPEN}
    assert leven.telling()["stap_geopend"] == 1
    assert leven.soorten_post("intake/oproep/1") == [("taak", 1, "wachtend")]


def test_regel_09_een_antwoord_dat_op_een_oude_stap_keek_wordt_opnieuw_getoetst(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    stap = leven.stap("aanbieder/aanmelding/1")
    eerder = lambda: leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", redencode="reistijd")  # noqa: E731
    with pytest.raises(AlBeantwoord):
        geef_uitkomst(
            met_ander(leven, "stap", eerder), stap.id, "aanmelding_geaccepteerd", leven.omgeving.klok.vandaag(),
            {"startdatum": "2026-04-06"}, Actor(stap.medewerker or ""),
        )  # fmt: skip
    assert leven.telling()["aanmelding_geaccepteerd"] == 0
    assert leven.stap("aanbieder/aanmelding/1").uitkomst == "aanmelding_geweigerd"
    assert leven.telling()["controle_gevraagd"] == 1


def test_regel_09_een_feit_dat_op_een_oude_stand_keek_wordt_opnieuw_getoetst(leven: Leven) -> None:
    leven.tot_pip()
    vandaag = leven.omgeving.klok.vandaag()
    overleden = lambda: leven.meld("plicht_beeindigd", vandaag, grond="overlijden")  # noqa: E731
    with pytest.raises(RedenNodig, match="al geëindigd"):
        meld(met_ander(leven, "gebeurtenissen", overleden), leven.dossier_id, "pvt_voltooid", vandaag, {}, DUO)
    assert leven.telling()["pvt_voltooid"] == 0


@pytest.mark.parametrize("act", ["verzet", "overslaan"])
def test_regel_09_een_besluit_over_een_stap_die_intussen_klaar_is_wordt_geweigerd(leven: Leven, act: str) -> None:
    leven.tot_pip()
    leven.open("duo/leerroute/1")
    stap = leven.stap("duo/leerroute/1")
    omgeving = met_ander(leven, "stap", lambda: leven.antwoord("duo/leerroute/1", "duo_ingevoerd", referentie="PI-1"))
    acts: dict[str, Callable[[], object]] = {
        "verzet": lambda: verzet(omgeving, stap.id, date(2026, 3, 3), COORDINATOR, "drukte"),
        "overslaan": lambda: sla_over(omgeving, stap.id, COORDINATOR, "drukte"),
    }
    with pytest.raises(OvergangNietToegestaan, match="klaar"):
        acts[act]()
    assert leven.stap("duo/leerroute/1").status is Stapstatus.KLAAR


def test_regel_09_openen_terwijl_een_ander_net_opende_geeft_een_opening(leven: Leven) -> None:
    stap = leven.stap("intake/oproep/1")
    omgeving = met_ander(leven, "stap", lambda: open_stap(leven.omgeving, stap.id))
    assert open_stap(omgeving, stap.id).status is Stapstatus.OPEN
    assert leven.telling()["stap_geopend"] == 1
    assert leven.telling()["klantmanager_toegewezen"] == 1


def test_regel_09_wie_steeds_verliest_hoort_dat_en_er_is_niets_bewaard(leven: Leven) -> None:
    keren: list[int] = []

    def werk(ruimte: Any) -> None:
        keren.append(1)
        raise VolgnummerBezet

    voor = leven.gebeurtenissen()
    with pytest.raises(InTussenGewijzigd) as fout:
        in_ruimte(leven.omgeving, werk)
    assert len(keren) == POGINGEN
    assert "veranderd" in fout.value.uitweg
    assert leven.gebeurtenissen() == voor
