"""Kies uit een zaadje wat er gebeurt: een paar levens uit het voorbeeld, met wat ops ertussen."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

from domein.begrippen import Stapstatus
from domein.fouten import RegieFout
from domein.handelingen.stapbeheer import nieuwe_dag, sla_over
from domein.model import Stap
from tests.valproef.daden import COORDINATOR, Daad, levens, rijen, stap_van, van_regel
from tests.valproef.wereld import Wereld

EEN_DAG = timedelta(days=1)
GEDULD = 45  # zo veel dagen wacht een antwoord op het openen van zijn stap


class Verloop:
    """Geeft steeds de volgende daad die nu echt kan; gelijk zaadje, gelijk verloop."""

    def __init__(self, zaad: int) -> None:
        self._kans = random.Random(zaad)
        self._lopen = self._kans.sample(levens(), 1)
        self._nog = {loop.kenmerk: list(loop.regels) for loop in self._lopen}
        self._ingetrokken = ""
        self._dag = max(rijen()[loop.kenmerk].kennisgeving_op for loop in self._lopen)
        self._uur = count()

    def _moment(self) -> datetime:
        return datetime(self._dag.year, self._dag.month, self._dag.day, 8, tzinfo=UTC) + timedelta(
            minutes=5 * next(self._uur)
        )

    def begin(self) -> Daad:
        kenmerken = [loop.kenmerk for loop in self._lopen]
        derde = next(k for k in rijen() if k not in kenmerken and rijen()[k].kennisgeving_op <= self._dag)
        self._ingetrokken = derde
        return Daad("importeer", self._moment(), ",".join([*kenmerken, derde]))

    def volgende(self, wereld: Wereld) -> Daad:
        """Kies wat er nu gebeurt; `wereld` is in rust."""
        if self._kans.random() < 0.3 and (extra := self._van_ops(wereld)) is not None:
            return extra
        return self._uit_het_leven(wereld)

    def _van_ops(self, wereld: Wereld) -> Daad | None:
        soort = self._kans.choice(["verzet", "sla-over", "dagwerk", "importeer", "trek-in"])
        if soort == "dagwerk":
            return Daad("dagwerk", self._moment())
        if soort == "importeer":
            return Daad("importeer", self._moment(), ",".join(loop.kenmerk for loop in self._lopen))
        if soort == "trek-in":
            wie, self._ingetrokken = self._ingetrokken, ""
            if wie:
                regels = self._nog.setdefault(wie, [])
                regels.clear()
                return Daad("trek-in", self._moment(), wie)
            return None
        mogelijk = list(self._te_wijzigen(wereld, soort))
        if not mogelijk:
            return None
        wie, stap = self._kans.choice(mogelijk)
        moment = self._moment()
        if soort == "verzet":
            return Daad("verzet", moment, wie, stap.kenmerk, dag=stap.streef + EEN_DAG)
        return Daad("sla-over", moment, wie, stap.kenmerk)

    def _te_wijzigen(self, wereld: Wereld, soort: str) -> Iterator[tuple[str, Stap]]:
        for wie, dossier_id in sorted(wereld.dossiers().items()):
            with wereld.omgeving.magazijn.ruimte() as ruimte:
                stappen = ruimte.stappen(dossier_id)
                gedaan = {g.stap for g in ruimte.gebeurtenissen(dossier_id) if g.soort.startswith("stap_")}
            for stap in stappen:
                if stap.kenmerk in gedaan - {None} and stap.status is not Stapstatus.OPEN:
                    continue
                if self._kan(wereld, stap, soort):
                    yield wie, stap

    def _kan(self, wereld: Wereld, stap: Stap, soort: str) -> bool:
        """Een wijziging die het leven van het voorbeeld niet onmogelijk maakt, en die mag."""
        try:
            if soort == "verzet":
                if self._al_verzet(wereld, stap):
                    return False
                nieuwe_dag(stap, stap.streef + EEN_DAG, self._dag)
            else:
                if not stap.kenmerk.startswith(("begeleiding/", "cursus/", "pvt/")):
                    return False
                sla_over(wereld.omgeving, stap.id, COORDINATOR, "niet nodig", proef=True)
        except RegieFout:
            return False
        return True

    def _al_verzet(self, wereld: Wereld, stap: Stap) -> bool:
        with wereld.omgeving.magazijn.ruimte() as ruimte:
            alle = ruimte.gebeurtenissen(stap.dossier_id)
        return any((g.soort, g.stap) == ("stap_verzet", stap.kenmerk) for g in alle)

    def _uit_het_leven(self, wereld: Wereld) -> Daad:
        for wie in sorted(self._nog, key=lambda k: self._nog[k][0].op if self._nog[k] else date.max):
            while self._nog[wie]:
                regel = self._nog[wie][0]
                if regel.op > self._dag:
                    self._dag = regel.op
                    self._uur = count()
                    return Daad("niets", self._moment())  # eerst de dag zelf: wat opengaat, gaat open
                if regel.stap is None or self._is_open(wereld, regel.kenmerk, regel.stap):
                    self._nog[wie].pop(0)
                    return van_regel(regel, self._moment())
                if self._dag - regel.op >= timedelta(days=GEDULD):
                    self._nog[wie].clear()  # dit leven liep door ops anders: het houdt hier op
                    continue
                self._dag += EEN_DAG
                self._uur = count()
                return Daad("niets", self._moment())
        self._dag += timedelta(days=7)
        self._uur = count()
        return Daad("niets", self._moment())

    def _is_open(self, wereld: Wereld, wie: str, kenmerk: str) -> bool:
        try:
            return stap_van(wereld, Daad("niets", self._moment(), wie, kenmerk)).status is Stapstatus.OPEN
        except StopIteration:
            return False
