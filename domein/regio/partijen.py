"""Partners en hun medewerkers."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from domein.begrippen import Rol
from domein.regio.onderdelen import (
    Afwezigheid,
    Capaciteit,
    Code,
    Email,
    Gemeentecode,
    Onderdeel,
    Opnamestop,
    Periode,
    Taalcode,
    Tekst,
    Webhook,
)
from domein.regio.soorten import Dagdeel, Geslacht, Partnersoort, Postwijze, Weekdag

MaandDag = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Team(Onderdeel):
    """Een team van een partner, met eventueel een eigen postbus."""

    code: Code
    naam: Tekst
    postbus: Email | None = None


class Partner(Onderdeel):
    """Een organisatie die in de regio meewerkt.

    `bsn_grondslag` staat standaard uit: alleen wie de wet noemt mag het BSN gebruiken
    (Wet inburgering 2021 art. 36, Besluit inburgering 2021 art. 9.10). `lestijden` en `locaties`
    zeggen wanneer en in welke gemeenten hij werkt; leeg is niet bekend.
    """

    code: Code
    naam: Tekst
    soort: Partnersoort
    gemeente: Gemeentecode | None = None
    postbus: Email
    bestuursorgaan: str = ""
    teams: tuple[Team, ...] = ()
    gesloten_weekdagen: tuple[Weekdag, ...] = (Weekdag.ZA, Weekdag.ZO)
    gesloten_dagen: tuple[date, ...] = ()
    gesloten_perioden: tuple[Periode, ...] = ()
    jaarlijks_gesloten: tuple[MaandDag, ...] = ()
    bsn_grondslag: bool = False
    capaciteit: Capaciteit | None = None
    lestijden: tuple[Dagdeel, ...] = ()
    locaties: tuple[Gemeentecode, ...] = ()
    opnamestops: tuple[Opnamestop, ...] = ()
    webhook: Webhook | None = None

    def __hash__(self) -> int:
        """Een partner is binnen een regio te herkennen aan zijn code."""
        return hash(self.code)

    @field_validator("gesloten_weekdagen")
    @classmethod
    def _niet_altijd_dicht(cls, dagen: tuple[Weekdag, ...]) -> tuple[Weekdag, ...]:
        if len(set(dagen)) >= len(Weekdag):
            raise ValueError("een partner is minstens een dag per week open")
        return dagen

    @model_validator(mode="after")
    def _gemeente_bij_gemeente(self) -> Self:
        if self.soort is Partnersoort.GEMEENTE and self.gemeente is None:
            raise ValueError('een partner van soort "gemeente" noemt haar code: gemeente = "GM…"')
        if self.soort is not Partnersoort.GEMEENTE and self.gemeente is not None:
            raise ValueError("de kolom 'gemeente' hoort alleen bij een partner van soort 'gemeente'")
        return self


class Medewerker(Onderdeel):
    """Iemand die bij een partner taken krijgt; de code is wat andere systemen zien.

    `werkdagen` zegt op welke dagen iemand werkt (deeltijd). Een vrije dag is geen
    afwezigheid: de taak blijft bij de eigen behandelaar. `talen` zijn codes van ISO 639;
    `geslacht` vult een medewerker alleen zelf in, en alleen als hij dat wil.
    """

    code: Code
    partner: Code
    rollen: tuple[Rol, ...] = Field(min_length=1)
    email: Email
    naam: str = ""
    team: Code | None = None
    talen: tuple[Taalcode, ...] = ()
    geslacht: Geslacht | None = None
    werkdagen: tuple[Weekdag, ...] = (Weekdag.MA, Weekdag.DI, Weekdag.WO, Weekdag.DO, Weekdag.VR)
    fte: float = Field(default=1.0, gt=0, le=1)
    post: Postwijze = Postwijze.PER_TAAK
    afwezigheid: tuple[Afwezigheid, ...] = ()
    in_dienst_van: date | None = None
    in_dienst_tot: date | None = None

    def afwezig_op(self, dag: date) -> Afwezigheid | None:
        """Geef de afwezigheid die op deze dag geldt, of None."""
        return next((a for a in self.afwezigheid if a.van <= dag <= a.tot), None)

    def in_dienst_op(self, dag: date) -> bool:
        """Zeg of iemand op deze dag in dienst is."""
        begonnen = self.in_dienst_van is None or self.in_dienst_van <= dag
        return begonnen and (self.in_dienst_tot is None or dag <= self.in_dienst_tot)
