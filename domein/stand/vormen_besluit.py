"""De vorm van een besluit, een bezwaar, een beroep en een maatregel in de stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from domein.begrippen import Besluitsoort, Gedraging
from domein.gebeurtenissen.beslistermijn import Beslisgrond


def _leeg() -> Mapping[str, tuple[str, str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Besluit:
    """Een besluit en hoe ver het is; de gronden en adviezen staan er met wie ze vastlegde."""

    nummer: int
    soort: Besluitsoort
    op: date
    opsteller: str
    stap: str
    uitkomst: str
    velden: Mapping[str, Any]
    gronden: Mapping[str, tuple[str, str]] = field(default_factory=_leeg)
    adviezen: tuple[tuple[str, str], ...] = ()
    schrijvers: frozenset[str] = frozenset()
    versie: int = 0
    hash: str = ""
    ondertekend_op: date | None = None
    ondertekenaar: str = ""
    mandaat: str = ""
    bron: str = ""
    orgaan: str = ""
    bekendgemaakt_op: date | None = None
    wijze: str = ""
    bewijs: str = ""
    pogingen: int = 0  # zo vaak is het bekendgemaakt
    retour_op: date | None = None
    adres_klopt: bool = True
    ingetrokken_op: date | None = None


@dataclass(frozen=True, slots=True)
class Afwijzing:
    """Een voorstel om het PIP te wijzigen dat op papier is afgewezen; `nummer` is dat van het voorstel."""

    nummer: int
    op: date
    mandaathouder: str
    bekendgemaakt_op: date | None = None
    stap: str = ""
    mandaat: str = ""
    bron: str = ""
    herroepen_op: date | None = None


@dataclass(frozen=True, slots=True)
class Bezwaar:
    nummer: int
    op: date
    tegen: str
    van: int
    commissie: bool = False
    verschoonbaar: bool | None = None
    gehoord_op: date | None = None
    verdaagd_op: date | None = None
    beslist_op: date | None = None
    uitkomst: str = ""
    herroept: bool = False
    besluit: int | None = None
    ingetrokken_op: date | None = None
    ronde: int = 1  # de rechter kan de beslissing vernietigen: dan wordt er nog eens op beslist
    opnieuw_op: date | None = None
    voor_opnieuw: "Bezwaar | None" = None  # de vernietigde beslissing, voor als die in hoger beroep blijft staan

    @property
    def loopt(self) -> bool:
        return self.beslist_op is None and self.ingetrokken_op is None

    @property
    def stap(self) -> str:
        """De stap waarmee erop wordt beslist; een volgende ronde is een nieuwe stap (regel 6)."""
        return (
            f"bezwaar/beslissen/{self.nummer}" if self.ronde == 1 else (f"bezwaar/beslissen/{self.ronde}/{self.nummer}")
        )


@dataclass(frozen=True, slots=True)
class Beroep:
    nummer: int
    op: date
    bezwaar: int
    beslist_op: date | None = None
    uitkomst: str = ""
    herroept: bool = False
    opnieuw: bool = False


@dataclass(frozen=True, slots=True)
class HogerBeroep:
    nummer: int
    op: date
    beroep: int
    door: str
    beslist_op: date | None = None
    uitkomst: str = ""


@dataclass(frozen=True, slots=True)
class Opschorting:
    """De beslistermijn van een bezwaar of aanvraag staat stil vanaf de dag na `op`."""

    nummer: int
    over: str
    van: int
    op: date
    grond: Beslisgrond
    tot: date
    hervat_op: date | None = None


@dataclass(frozen=True, slots=True)
class Ingebrekestelling:
    nummer: int
    over: str
    van: int
    op: date
    vastgesteld_op: date | None = None
    bedrag: int = 0
    oordeel: str = ""


@dataclass(frozen=True, slots=True)
class Participatieverzuim:
    """Niet verschenen bij een onderdeel van het PVT of de MAP; een mens weegt of dat iets betekent."""

    op: date
    onderdeel: str
    wat: str
    verschoonbaar: bool = False


@dataclass(frozen=True, slots=True)
class Maatregel:
    """Een overwogen maatregel. `melder` zag de gedraging en mag daarom niet zelf beslissen (Awb 10:3)."""

    nummer: int
    op: date
    gedraging: Gedraging
    gedraging_op: date
    melder: str
    gewaarschuwd_op: date | None = None
    voornemen_op: date | None = None
    zienswijze_tot: date | None = None
    zienswijze_op: date | None = None
    keren: bool | None = None  # is er hardnekkige onwil; None is niet getoetst
    keren_door: str = ""
    besloten_op: date | None = None
    opgelegd: bool = False
    bedrag: int = 0
    besluit: int | None = None
    gestaakt_op: date | None = None
    herroepen_op: date | None = None

    @property
    def loopt(self) -> bool:
        return self.besloten_op is None and self.gestaakt_op is None
