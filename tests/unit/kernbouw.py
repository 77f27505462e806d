"""Een dossier opschrijven als een rijtje feiten, en de stand en het plan die daaruit volgen."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import lees
from domein.regels.planning import plan
from domein.regels.planvormen import GewensteStap, Kader, Plan
from domein.stand import Stand, vouw

DOSSIER = UUID(int=1)
KADER = Kader()


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


class Dossier:
    """`Dossier("2026-01-05").feit("brp_ingeschreven", "2026-01-19")`: elk feit telt vanaf de dag waarop het geldt."""

    def __init__(self, kennisgeving: str = "2026-01-05", **anders: Any) -> None:
        self.gebeurtenissen: list[Gebeurtenis] = []
        self.feit("kennisgeving", kennisgeving, **({"gemeente": "GM0512", "doelgroep": "asielstatushouder"} | anders))

    def feit(self, soort: str, op: str, stap: str | None = None, **gegevens: Any) -> "Dossier":
        nummer = len(self.gebeurtenissen) + 1
        envelop = {naam: gegevens.pop(naam) for naam in ("bron", "bronkenmerk", "bronversie") if naam in gegevens}
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=nummer)
        self.gebeurtenissen.append(
            Gebeurtenis(
                UUID(int=100 + nummer),
                DOSSIER,
                nummer,
                soort,
                dag(op),
                moment,
                lees(soort, gegevens),
                SYSTEEM,
                stap=stap,
                **envelop,
            )
        )
        return self

    # --- wat vaak terugkomt
    def gemist(self, nummer: int, verzonden: str, afspraak: str, *, verschoonbaar: bool = False) -> "Dossier":
        self.feit("oproep_verzonden", verzonden, f"intake/oproep/{nummer}", nummer=nummer, afspraak_op=afspraak)
        return self.feit(
            "niet_verschenen", afspraak, f"intake/gesprek/{nummer}", nummer=nummer, verschoonbaar=verschoonbaar
        )

    def intake(self, op: str = "2026-01-21") -> "Dossier":
        return self.feit("intake_gehouden", op, advies="b1")

    def pip(self, op: str = "2026-02-25", leerroute: str = "b1", aantal: int = 5, interval: int = 6) -> "Dossier":
        return self.feit(
            "pip_vastgesteld", op, bekendgemaakt_op=op, leerroute=leerroute, aantal_gesprekken=aantal,
            interval_maanden=interval, mandaathouder="m-gor",
        )  # fmt: skip

    # --- wat eruit volgt
    @property
    def stand(self) -> Stand:
        return vouw(self.gebeurtenissen)

    @property
    def plan(self) -> Plan:
        return plan(self.stand, KADER)

    @property
    def kenmerken(self) -> set[str]:
        return {stap.kenmerk for stap in self.plan.stappen}

    def stap(self, kenmerk: str) -> GewensteStap:
        stap = self.plan.stap(kenmerk)
        assert stap is not None, f"{kenmerk} staat niet in het plan: {sorted(self.kenmerken)}"
        return stap

    def einde_van(self, soort: str) -> date:
        termijn = self.plan.termijn(soort)
        assert termijn is not None
        return termijn.einde
