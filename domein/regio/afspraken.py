"""Samenwerkingsverbanden, mandaten en samenwerkingsafspraken."""

from datetime import date
from typing import Final, Self

from pydantic import Field, model_validator

from domein.begrippen import GEWONE_BESLUITEN, Besluitsoort, Doelgroep, Leerroute, Rol, Stapsoort
from domein.regio.onderdelen import (
    Capaciteit,
    Code,
    Conditie,
    Gemeentecode,
    Onderdeel,
    Tarief,
    Tekst,
    Terugval,
    Verdeling,
    Wens,
    periode_klopt,
)
from domein.regio.soorten import (
    AvgRol,
    Bevoegdheid,
    Gegevensgroep,
    Overgangsregime,
    Peildatumsoort,
    Verbandvorm,
)

GEMEENTE: Final = "gemeente"  # de gemeente waar de persoon woont
COLLEGE: Final = "college"  # het college van die gemeente
UITVOERDER: Final = "uitvoerder"  # de partner die de stap doet
INBURGERAAR: Final = "inburgeraar"  # de persoon zelf betaalt


class Bestuursbesluit(Onderdeel):
    """Het bestuurlijk besluit waarop een verband rust."""

    orgaan: Tekst
    datum: date
    kenmerk: str = ""
    vindplaats: str = ""


class Samenwerkingsverband(Onderdeel):
    """Gemeenten die voor een doel samenwerken; een gemeente kan in meer verbanden zitten."""

    id: Code
    naam: str = ""
    doel: Tekst
    vorm: Verbandvorm
    bevoegdheid: Bevoegdheid = Bevoegdheid.GEEN
    gemeenten: tuple[Gemeentecode, ...] = Field(min_length=1)
    partners: tuple[Code, ...] = ()
    penvoerder: Code | None = None
    kosten: str = ""
    besluit: Bestuursbesluit
    geldig_van: date | None = None
    geldig_tot: date | None = None

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.geldig_van, self.geldig_tot, "geldig_van/geldig_tot")
        return self


class Mandaat(Onderdeel):
    """Wie namens het college van een gemeente mag besluiten (Awb art. 10:1 en verder).

    `besluiten` noemt de soorten besluit; leeg is een PIP, een wijziging of een weigering. Een maatregel en een
    beslissing op bezwaar staan er alleen in als zij zijn genoemd. Met `tweede_persoon` tekent nooit wie het
    concept schreef.
    """

    id: Code
    gemeente: Gemeentecode
    stappen: tuple[Stapsoort, ...] = Field(min_length=1)
    houders: tuple[Code, ...] = Field(min_length=1)
    besluiten: tuple[Besluitsoort, ...] = ()
    tweede_persoon: bool = False
    plafond_euro: int | None = Field(default=None, ge=0)
    beperking: str = ""
    bron: Tekst
    geldig_van: date | None = None
    geldig_tot: date | None = None

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.geldig_van, self.geldig_tot, "geldig_van/geldig_tot")
        return self

    @property
    def gewoon(self) -> bool:
        """Zeg of het mandaat over gewone besluiten gaat, en niet alleen over bezwaar of maatregelen."""
        return not self.besluiten or any(soort in GEWONE_BESLUITEN for soort in self.besluiten)

    def geldt_op(self, dag: date) -> bool:
        """Zeg of het mandaat op deze dag geldt."""
        begonnen = self.geldig_van is None or self.geldig_van <= dag
        return begonnen and (self.geldig_tot is None or dag <= self.geldig_tot)


class Samenwerkingsafspraak(Onderdeel):
    """Een regel: wie doet deze stap, voor wie, namens wie, op wiens kosten.

    Weggelaten `gemeenten` zijn alle gemeenten van het verband; weggelaten `leerroutes` en
    `doelgroepen` zijn alle. Weggelaten geldigheid, bron en vaststelling komen van het
    verband. In `uitvoerder` en `betaler` betekent "gemeente" de woongemeente van de
    persoon; in `bevoegd_orgaan` en `afzender` betekent "college" haar college. Een afspraak
    met alleen een `terugval` is een perceel dat nog niet is gegund.
    """

    regel_id: Code
    verband: Code
    stappen: tuple[Stapsoort, ...] = Field(min_length=1)
    gemeenten: tuple[Gemeentecode, ...] = ()
    leerroutes: tuple[Leerroute, ...] = ()
    doelgroepen: tuple[Doelgroep, ...] = ()
    conditie: Conditie = Conditie()
    wensen: tuple[Wens, ...] = ()
    niet_van_toepassing: str = ""
    uitvoerder: Code | None = None
    rol: Rol | None = None
    voorbereider: Code | None = None
    bevoegd_orgaan: Code = COLLEGE
    mandaten: tuple[Code, ...] = ()
    ondertekenaar: Code | None = None
    betaler: Code = GEMEENTE
    tarief: Tarief | None = None
    inzage: tuple[Gegevensgroep, ...] = ()
    avg_rol: AvgRol = AvgRol.VERWERKER
    afzender: Code = COLLEGE
    verdeling: Verdeling | None = None
    capaciteit: Capaciteit | None = None
    geldig_van: date | None = None
    geldig_tot: date | None = None
    peildatumsoort: Peildatumsoort = Peildatumsoort.OPENING
    overgangsregime: Overgangsregime = Overgangsregime.UITDIENEN
    fallback: tuple[Code, ...] = ()
    terugval: Terugval | None = None
    escalatie: tuple[Rol, ...] = (Rol.TEAMLEIDER, Rol.REGIOCOORDINATOR)
    prioriteit: int = Field(default=0, ge=-100, le=100)
    bron: str = ""
    vastgesteld_door: str = ""
    vastgesteld_op: date | None = None

    @model_validator(mode="after")
    def _volledig(self) -> Self:
        periode_klopt(self.geldig_van, self.geldig_tot, "geldig_van/geldig_tot")
        wie = self.uitvoerder is not None or self.verdeling is not None
        if self.niet_van_toepassing:
            if wie or self.fallback or self.terugval:
                raise ValueError("bij niet_van_toepassing horen geen uitvoerder, verdeling, fallback of terugval")
            return self
        if not wie and self.terugval is None:
            raise ValueError("noem een uitvoerder of verdeling, of zeg waarom de stap niet_van_toepassing is")
        if self.uitvoerder is not None and self.verdeling is not None:
            raise ValueError("noem een uitvoerder of een verdeling, niet allebei")
        if self.rol is None and (wie or self.fallback):
            raise ValueError('noem de rol die de stap bij de uitvoerder doet, zoals rol = "klantmanager"')
        if self.terugval is not None and self.terugval.leerroute in (self.leerroutes or tuple(Leerroute)):
            raise ValueError("terugval: kies een leerroute waarvoor een andere afspraak geldt, en noem hier leerroutes")
        return self

    def eerste_kring(self) -> tuple[str, ...]:
        """Geef de partners tussen wie wordt gekozen voordat een vervanger (`fallback`) aan bod komt."""
        if self.verdeling is not None:
            return self.verdeling.op_volgorde()
        return (self.uitvoerder,) if self.uitvoerder else ()

    def kandidaten(self) -> tuple[str, ...]:
        """Geef de partners in de volgorde waarin zij aan de beurt zijn, elk een keer."""
        return tuple(dict.fromkeys((*self.eerste_kring(), *self.fallback)))
