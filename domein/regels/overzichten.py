"""Wat er in een dagbericht en een weekbericht staat. Geen wet maar werkafspraak; alleen verwijzingen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domein.regels.kalender import Kantoorkalender


@dataclass(frozen=True, slots=True)
class Taakregel:
    """Een open taak in een overzicht.

    `einde` is de uiterste dag, of zonder die de streefdag. `nieuw` en `herinnerd` zeggen wat de behandelaar sinds zijn
    vorige bericht had moeten horen.
    """

    titel: str
    referentie: str
    klaar_op: date
    einde: date
    behandelaar: str
    link: str = ""
    nieuw: bool = False
    herinnerd: bool = False


@dataclass(frozen=True, slots=True)
class Dagindeling:
    """Elke taak staat op hoogstens één plaats: te laat gaat voor vandaag, vandaag voor nieuw, nieuw voor binnenkort."""

    te_laat: tuple[Taakregel, ...] = ()
    vandaag: tuple[Taakregel, ...] = ()
    nieuw: tuple[Taakregel, ...] = ()
    binnenkort: tuple[Taakregel, ...] = ()

    @property
    def leeg(self) -> bool:
        return not (self.te_laat or self.vandaag or self.nieuw or self.binnenkort)


def deel_in(taken: Iterable[Taakregel], dag: date) -> Dagindeling:
    """Deel open taken in zoals zij in het dagbericht van deze dag staan; wat rustig doorloopt staat er niet in."""
    op_volgorde = sorted(taken, key=lambda t: (t.einde, t.referentie, t.titel))
    vakken: dict[str, list[Taakregel]] = {naam: [] for naam in ("te_laat", "vandaag", "nieuw", "binnenkort")}
    for taak in op_volgorde:
        if (vak := _vak(taak, dag)) is not None:
            vakken[vak].append(taak)
    return Dagindeling(**{naam: tuple(rij) for naam, rij in vakken.items()})


def _vak(taak: Taakregel, dag: date) -> str | None:
    if taak.einde <= dag:
        return "te_laat" if taak.einde < dag else "vandaag"
    if taak.nieuw:
        return "nieuw"
    return "binnenkort" if taak.herinnerd else None


@dataclass(frozen=True, slots=True)
class Collega:
    """De aantallen van één collega; `weg` als hij deze week een dag afwezig is."""

    code: str
    aantal_open: int
    aantal_te_laat: int
    weg: bool


@dataclass(frozen=True, slots=True)
class Weekstand:
    """Hoe een team ervoor staat."""

    aantal_deze_week: int
    collegas: tuple[Collega, ...]
    te_laat: tuple[Taakregel, ...]

    @property
    def aantal_open(self) -> int:
        return sum(collega.aantal_open for collega in self.collegas)

    @property
    def leeg(self) -> bool:
        return self.aantal_open == 0


def weekstand(taken: Sequence[Taakregel], team: Sequence[str], weg: Iterable[str], dag: date) -> Weekstand:
    """Tel het werk van een team op deze dag. Wat te laat is, telt niet bij deze week; die loopt tot en met zondag."""
    afwezig = set(weg)
    zondag = dag + timedelta(days=6 - dag.weekday())
    te_laat = sorted((t for t in taken if t.einde < dag), key=lambda t: (t.einde, t.referentie, t.titel))
    collegas = tuple(
        Collega(
            code,
            sum(t.behandelaar == code for t in taken),
            sum(t.behandelaar == code for t in te_laat),
            code in afwezig,
        )
        for code in team
    )
    return Weekstand(sum(dag <= t.einde <= zondag for t in taken), collegas, tuple(te_laat))


def is_weekdag(dag: date, kalender: Kantoorkalender) -> bool:
    """Zeg of het weekbericht op deze dag gaat: op maandag, of anders op de eerste open dag van die week."""
    maandag = dag - timedelta(days=dag.weekday())
    return kalender.eerstvolgende_open_dag(maandag) == dag


def is_maanddag(dag: date, kalender: Kantoorkalender) -> bool:
    """Zeg of de maandmemo op deze dag gaat: de eerste open dag van de maand."""
    return kalender.eerstvolgende_open_dag(dag.replace(day=1)) == dag


def vorige_maand(dag: date) -> tuple[date, date]:
    """Geef de eerste en de laatste dag van de maand voor deze dag."""
    laatste = dag.replace(day=1) - timedelta(days=1)
    return laatste.replace(day=1), laatste
