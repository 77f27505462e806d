"""De vorm van de stand voor wat over één persoon is afgesproken: maatwerk, overdracht, en een aanbieder die wegviel."""

from dataclasses import dataclass
from datetime import date

from domein.gebeurtenissen import soorten as s


@dataclass(frozen=True, slots=True)
class Afwijking:
    """Maatwerk voor deze persoon; `reden` staat in de gebeurtenis."""

    nummer: int
    van: date
    gegevens: s.MaatwerkVastgesteld
    beeindigd_op: date | None = None


@dataclass(frozen=True, slots=True)
class Overdracht:
    nummer: int
    op: date
    van_medewerker: str | None
    naar_partner: str
    naar_medewerker: str
    besloten_op: date | None = None


@dataclass(frozen=True, slots=True)
class Uitval:
    """Een aanbieder die wegviel terwijl deze aanmelding bij hem liep."""

    nummer: int
    op: date
    partner: str
    aanmelding: int
