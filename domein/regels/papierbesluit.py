"""Een besluit dat op papier is genomen en in één keer is vastgelegd; en waartegen nu bezwaar kan worden gemaakt.

Zulk een besluit heeft geen concept en geen nummer, maar het is er wel: er loopt een bezwaartermijn tegen (Awb 6:7), en
wie het nam moet te zien zijn (Awb 10:1). Zijn sleutel zegt wat het is: `pip-1`, of `afwijzing-2` bij voorstel 2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domein.begrippen import Besluitsoort
from domein.regels.bezwaartermijn import bestreden, bezwaartermijn
from domein.regels.planvormen import Kader
from domein.stand import Stand


@dataclass(frozen=True, slots=True)
class Papierbesluit:
    """Wat er van het besluit bekend is; zonder mandaat is het vastgelegd toen dat nog niet werd bijgehouden."""

    tegen: str
    van: int
    soort: Besluitsoort
    dagtekening: date
    wie: str
    bekendgemaakt_op: date | None
    stap: str
    mandaat: str
    bron: str
    herroepen_op: date | None

    @property
    def sleutel(self) -> str:
        return f"{self.tegen}-{self.van}"


def op_papier(stand: Stand) -> list[Papierbesluit]:
    """De besluiten zonder concept, het oudste eerst; een PIP van een vorige gemeente is haar besluit."""
    uit = [
        Papierbesluit(
            "pip", pip.nummer, pipsoort(pip.grond), pip.dagtekening, pip.mandaathouder, pip.bekendgemaakt_op, pip.stap,
            pip.mandaat, pip.bron, pip.herroepen_op,
        )
        for pip in stand.pips
        if pip.besluit is None and not pip.elders
    ]  # fmt: skip
    uit += [
        Papierbesluit(
            "afwijzing", een.nummer, Besluitsoort.WEIGERING, een.op, een.mandaathouder, een.bekendgemaakt_op, een.stap,
            een.mandaat, een.bron, een.herroepen_op,
        )
        for een in stand.afwijzingen.values()
    ]  # fmt: skip
    return sorted(uit, key=lambda een: (een.dagtekening, een.sleutel))


def pipsoort(grond: str) -> Besluitsoort:
    """Geef welk besluit een PIP met deze grond is; een herziening stelt het hele plan opnieuw vast."""
    return Besluitsoort.PIP if grond in ("eerste", "herziening") else Besluitsoort.PIP_WIJZIGING


def bezwaar_kan_tot(stand: Stand, tegen: str, van: int, kader: Kader) -> date | None:
    """De laatste dag om bezwaar te maken; None zolang de bekendmaking niet is vastgelegd: dan loopt er niets."""
    termijn = bezwaartermijn(stand, tegen, van, kader)
    return termijn.einde if termijn is not None else None


@dataclass(frozen=True, slots=True)
class Bestrijdbaar:
    """Een besluit waartegen nog geen bezwaar is gemaakt, met de laatste dag; een te laat bezwaar kan ook komen."""

    tegen: str
    van: int
    wat: str  # waarover het gaat: een leerroute, een bedrag
    dagtekening: date
    laatste_dag: date | None

    @property
    def sleutel(self) -> str:
        return f"{self.tegen}-{self.van}"


def te_bestrijden(stand: Stand, kader: Kader) -> list[Bestrijdbaar]:
    """Waartegen nu bezwaar kan, het jongste eerst: elk PIP, elke boete en elke weigering die geldt (Awb 7:1)."""
    uit = [een for een in _genomen(stand, kader) if bestreden(stand, een.tegen, een.van) is not None]
    al = {(b.tegen, b.van) for b in stand.bezwaren.values() if b.ingetrokken_op is None}
    uit = [een for een in uit if (een.tegen, een.van) not in al]
    return sorted(uit, key=lambda een: (een.dagtekening, een.sleutel), reverse=True)


def _genomen(stand: Stand, kader: Kader) -> Iterator[Bestrijdbaar]:
    def een(tegen: str, van: int, wat: str, dagtekening: date) -> Bestrijdbaar:
        return Bestrijdbaar(tegen, van, wat, dagtekening, bezwaar_kan_tot(stand, tegen, van, kader))

    for pip in stand.pips:
        if not pip.elders and pip.herroepen_op is None:
            yield een("pip", pip.nummer, pip.leerroute.value, pip.dagtekening)
    for maatregel in stand.maatregelen.values():
        if maatregel.opgelegd and maatregel.besloten_op is not None and maatregel.herroepen_op is None:
            yield een("maatregel", maatregel.nummer, str(maatregel.bedrag), maatregel.besloten_op)
    for besluit in stand.besluiten.values():
        if besluit.soort is Besluitsoort.WEIGERING and besluit.ondertekend_op is not None:
            yield een("weigering", besluit.nummer, besluit.stap, besluit.ondertekend_op)
    for papier in op_papier(stand):
        if papier.tegen == "afwijzing" and papier.herroepen_op is None:
            yield een("afwijzing", papier.van, papier.stap, papier.dagtekening)
