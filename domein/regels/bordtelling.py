"""Waarvoor een stap, een dossier of een termijn meetelt op het regiobord.

Zuiver: dezelfde functies houden de telling bij en rekenen haar na. Nooit de dag van vandaag: het bord vergelijkt de
opgeslagen dagen met vandaag als iemand kijkt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from domein.begrippen import Stapstatus
from domein.regels.stappen.overdracht import AANVAARDEN
from domein.stand import AANMELDING

STAP: Final = "stap"  # elke stap
EINDE: Final = "einde"  # open stappen naar hun laatste dag
OVERDRACHT: Final = "overdracht"  # wat is aangeboden aan een collega of een gemeente, en nog niet aanvaard
PLAATSING: Final = "plaatsing"  # aanmeldingen bij een aanbieder naar de maand van opening
DOSSIER: Final = "dossier"
MAATWERK: Final = "maatwerk"  # naar de dag waarop het laatst eindigt
DUUR: Final = "duur"  # doorlooptijden in dagen, naar de maand waarin zij eindigden
TERMIJN: Final = "termijn"  # termijnen die nog lopen, naar hun laatste dag
PIP: Final = "pip"  # gehaalde termijnen voor een PIP, naar de maand van hun laatste dag

COLLEGA, ANDERE_GEMEENTE = "collega", "gemeente"
_TUSSEN_GEMEENTEN: Final = ("verhuizing/opvragen/", "verhuizing/levering/", "verhuizing/ontvangst/")
LOOPT, BEEINDIGD = "lopend", "beeindigd"
OP_TIJD, TE_LAAT = "op_tijd", "te_laat"
# Van welke dag tot welke dag een doorlooptijd loopt.
TRAJECTEN: Final = (
    ("kennisgeving-intake", "kennisgeving_op", "intake_op"),
    ("kennisgeving-pip", "kennisgeving_op", "pip_op"),
    ("pip-les", "pip_op", "les_op"),
    ("kennisgeving-einde", "kennisgeving_op", "einde_op"),
)
PIPTERMIJNEN: Final = frozenset({"pip", "pip-na-brp", "pip-na-derde"})
# Termijnen waar iemand in de regio iets voor moet doen. Vensters, termijnen van DUO en bewaartermijnen niet.
BEWAAKT: Final = PIPTERMIJNEN | {
    "aanbod", "inburgeringstermijn", "intake-nieuwe-termijn", "taalschakeltraject-start",
}  # fmt: skip
GEWEIGERD: Final = "aanmelding_geweigerd"
_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


class Cel(NamedTuple):
    """De sleutel van een aantal; de velden zijn die van `Bordcel`, in dezelfde volgorde."""

    maat: str
    wanneer: str = ""
    gemeente: str = ""
    partner: str = ""
    wat: str = ""
    staat: str = ""
    getal: int = 0


@dataclass(frozen=True, slots=True)
class Stapfeit:
    """Wat van een stap telt."""

    gemeente: str
    kenmerk: str
    stapsoort: str
    status: Stapstatus
    streef: date
    uiterst: date | None
    partner: str | None
    geopend_op: datetime | None
    uitkomst: str | None


@dataclass(frozen=True, slots=True)
class Mijlpalen:
    """Wat van een dossier telt."""

    gemeente: str
    loopt: bool
    kennisgeving_op: date | None
    intake_op: date | None
    pip_op: date | None
    les_op: date | None
    einde_op: date | None
    maatwerk_tot: date | None


@dataclass(frozen=True, slots=True)
class Termijnfeit:
    """Wat van een termijn telt."""

    gemeente: str
    soort: str
    einde: date
    gehaald_op: date | None


def tel_stap(stap: Stapfeit) -> Iterator[Cel]:
    partner = stap.partner or ""
    yield Cel(STAP, "", stap.gemeente, partner, stap.stapsoort, stap.status.value)
    if stap.status is Stapstatus.OPEN:
        laatste = (stap.uiterst or stap.streef).isoformat()
        yield Cel(EINDE, laatste, stap.gemeente, partner, stap.stapsoort)
    if stap.status in _ONAF and (naar := _overdracht(stap.kenmerk)):
        yield Cel(OVERDRACHT, "", stap.gemeente, "", naar, stap.status.value)
    if _geplaatst(stap):
        assert stap.geopend_op is not None
        yield Cel(PLAATSING, _maand(stap.geopend_op.astimezone(_AMSTERDAM).date()), stap.gemeente, partner)


def _overdracht(kenmerk: str) -> str:
    if kenmerk.startswith(AANVAARDEN):
        return COLLEGA
    return ANDERE_GEMEENTE if kenmerk.startswith(_TUSSEN_GEMEENTEN) else ""


def _geplaatst(stap: Stapfeit) -> bool:
    """Een aanmelding neemt een plaats in, tenzij zij verviel of de aanbieder haar weigerde."""
    open_geweest = stap.geopend_op is not None and stap.status is not Stapstatus.VERVALLEN
    return open_geweest and stap.kenmerk.startswith(AANMELDING) and stap.uitkomst != GEWEIGERD


def tel_dossier(m: Mijlpalen) -> Iterator[Cel]:
    yield Cel(DOSSIER, "", m.gemeente, "", "", LOOPT if m.loopt else BEEINDIGD)
    if m.maatwerk_tot is not None and m.loopt:
        yield Cel(MAATWERK, m.maatwerk_tot.isoformat(), m.gemeente)
    for naam, van, tot in TRAJECTEN:
        begin, einde = getattr(m, van), getattr(m, tot)
        if begin is not None and einde is not None and begin <= einde:
            yield Cel(DUUR, _maand(einde), m.gemeente, "", naam, "", (einde - begin).days)


def tel_termijn(t: Termijnfeit) -> Iterator[Cel]:
    if t.gehaald_op is None:
        yield Cel(TERMIJN, t.einde.isoformat(), t.gemeente, "", t.soort)
    elif t.soort in PIPTERMIJNEN:
        yield Cel(PIP, _maand(t.einde), t.gemeente, "", "", OP_TIJD if t.gehaald_op <= t.einde else TE_LAAT)


def _maand(dag: date) -> str:
    return f"{dag:%Y-%m}"
