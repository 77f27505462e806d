"""De vorm van de stand voor bewaren en voor verzoeken over eigen gegevens."""

from dataclasses import dataclass
from datetime import date

from domein.gebeurtenissen.bewaren import Blokkadegrond, Recht


@dataclass(frozen=True, slots=True)
class Verzoek:
    """Een verzoek van de inburgeraar over zijn eigen gegevens (art. 15 en 16 AVG)."""

    nummer: int
    recht: Recht
    ontvangen_op: date
    verlengd_op: date | None = None
    afgehandeld_op: date | None = None
    uitkomst: str = ""


@dataclass(frozen=True, slots=True)
class Blokkade:
    """Zolang zij geldt, wordt dit dossier niet vernietigd; zonder `tot` geldt zij tot iemand haar opheft."""

    nummer: int
    grond: Blokkadegrond
    van: date
    tot: date | None = None
    opgeheven_op: date | None = None

    def geldt_op(self, dag: date) -> bool:
        return self.opgeheven_op is None and (self.tot is None or dag <= self.tot)
