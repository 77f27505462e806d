"""Wat er over de lijn gaat. Veldnamen zijn die van de bestanden en berichten die partners al kennen."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from domein.begrippen import Doelgroep, Dossierstatus
from domein.registratie_cellen import KANALEN, PIPROUTES, STATUSSEN, VERTEGENWOORDIGERS
from domein.registratie_rij import TOEGESTAAN_EXTRA

DAG: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
ID: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
CODE: Final = r"^[a-z0-9][a-z0-9-]{0,59}$"
REFERENTIE: Final = r"^[A-Za-z]-[0-9A-Za-z]{1,17}$"

Dag = Annotated[str, Field(pattern=DAG, examples=["2026-03-06"])]
Tekst = Annotated[str, Field(min_length=1, max_length=200)]
# De enige vrije woorden: zij komen versleuteld bij de gebeurtenis.
Reden = Annotated[str, Field(max_length=2000)]
Medewerker = Annotated[
    str, Field(pattern=CODE, description="Code van uw medewerker die dit deed, zoals in de afspraken.")
]


class Binnen(BaseModel):
    """Wat een partner stuurt: alleen bekende velden, en niets wordt stil omgezet."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Kennisgeving(Binnen):
    """Een kennisgeving van DUO. Dezelfde velden en regels als een rij van het bestand met kennisgevingen."""

    medewerker: Medewerker
    kenmerk: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$", examples=["DUO-2026-0001"])
    versie: int = Field(ge=1, le=9999, examples=[1])
    gemeente: str = Field(pattern=r"^GM[0-9]{4}$", examples=["GM0512"])
    bsn: str = Field(pattern=r"^[0-9]{9}$", repr=False)
    naam: Tekst = Field(repr=False)
    geboortedatum: Dag = Field(repr=False)
    doelgroep: Literal[*(d.value for d in Doelgroep)]  # pyright: ignore[reportInvalidTypeForm]
    nareiziger: bool = False
    ontzorgen: bool = False
    kennisgeving_op: Dag
    brp_inschrijving: Dag | None = None
    straat: Tekst = Field(repr=False)
    postcode: str = Field(pattern=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$", repr=False)
    plaats: Tekst = Field(repr=False)
    email: Tekst | None = Field(default=None, repr=False)
    telefoon: Tekst | None = Field(default=None, repr=False)
    taal: str = Field(pattern=r"^[a-z]{2,3}$", examples=["ti"])
    kanaal: Literal[*KANALEN]  # pyright: ignore[reportInvalidTypeForm]
    status: Literal[*STATUSSEN] = "geldig"  # pyright: ignore[reportInvalidTypeForm]
    ingetrokken_op: Dag | None = None
    vorige_gemeente: Annotated[str, Field(pattern=r"^GM[0-9]{4}$")] | None = None
    eerste_pip_op: Dag | None = None
    eerste_pip_leerroute: Literal[*(r.value for r in PIPROUTES)] | None = None  # pyright: ignore[reportInvalidTypeForm]
    huishouden: Tekst | None = Field(default=None, description=TOEGESTAAN_EXTRA["huishouden"])
    tolk: bool | None = None
    vertegenwoordiger_soort: Literal[*VERTEGENWOORDIGERS] | None = None  # pyright: ignore[reportInvalidTypeForm]
    vertegenwoordiger_naam: Tekst | None = Field(default=None, repr=False)
    vertegenwoordiger_adres: Tekst | None = Field(default=None, repr=False)
    vertegenwoordiger_email: Tekst | None = Field(default=None, repr=False)

    def cellen(self) -> dict[str, str]:
        """De waarden zoals zij in een bestand staan; daar gelden de regels voor."""
        waarden = self.model_dump(exclude={"medewerker"})
        return {naam: _cel(waarde) for naam, waarde in waarden.items()}


def _cel(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "" if waarde is None else str(waarde)


class Kennisgevingverslag(BaseModel):
    """Wat de kennisgeving deed."""

    kenmerk: str
    versie: int
    uitkomst: Literal["nieuw", "aangevuld", "ongewijzigd", "verbeterd", "ouder", "ingetrokken"]
    dossier: str
    melding: str


class Uitkomst(Binnen):
    """Hoe een taak afliep. De taak noemt welke uitkomsten er zijn, met hun velden."""

    medewerker: Medewerker
    stap_id: str = Field(pattern=ID)
    uitkomst: str = Field(pattern=r"^[a-z0-9_]{1,60}$", examples=["gesprek_gevoerd"])
    datum: Dag = Field(description="De dag waarop het gebeurde.")
    gegevens: dict[str, str | bool | int | list[str] | None] = Field(default_factory=dict, max_length=40)
    reden: Reden = Field(default="", repr=False)
    generatie: int | None = Field(
        default=None, ge=1, le=9999, description="De generatie van de taak die u beantwoordt. Is er een nieuwere: 409."
    )


class Uitkomstverslag(BaseModel):
    stap_id: str
    dossier: str
    uitkomst: str
    datum: date
    gebeurtenissen: list[int] = Field(description="De volgnummers in het dossier die hieruit kwamen.")


class Verwijzing(BaseModel):
    href: str


class Verwijzingen(BaseModel):
    self: Verwijzing
    next: Verwijzing | None = None


class Lijst(BaseModel):
    links: Verwijzingen = Field(serialization_alias="_links")


class Dossierregel(BaseModel):
    referentie: str
    gemeente: str
    status: Dossierstatus
    laatste_gebeurtenis: int = Field(description="Is dit hoger dan wat u hebt, dan gebeurde er iets.")
    open_taken: int


class Dossiers(Lijst):
    dossiers: list[Dossierregel]


class Keuze(BaseModel):
    waarde: str
    label: str


class Veld(BaseModel):
    naam: str
    label: str
    type: Literal["datum", "ja_nee", "getal", "keuze", "meerkeuze", "code", "tekst"]
    verplicht: bool
    keuzes: list[Keuze]
    minimum: int | None
    maximum: int | None


class Taakuitkomst(BaseModel):
    uitkomst: str
    label: str
    datum_is: str
    velden: list[Veld]


class Taak(BaseModel):
    stap_id: str
    kenmerk: str
    titel: str
    generatie: int
    streefdag: date
    uiterst: date | None
    medewerker: str
    waarom: str
    artikel: str
    besluit: bool = Field(description="Een besluit neemt een persoon met mandaat in het portaal, nooit een systeem.")
    uitkomsten: list[Taakuitkomst]


class Termijn(BaseModel):
    soort: str
    van: date
    tot: date
    staat: str
    gehaald_op: date | None
    uitleg: str


class Dossier(BaseModel):
    """Een dossier. `persoon` en `feiten` hebben alleen velden die de afspraken u laten zien; wat leeg is, ontbreekt."""

    referentie: str
    gemeente: str
    status: Dossierstatus
    einde: str
    laatste_gebeurtenis: int
    persoon: dict[str, Any]
    feiten: dict[str, Any]
    termijnen: list[Termijn]
    taken: list[Taak]


class Gebeurtenis(BaseModel):
    volgnummer: int
    soort: str
    titel: str
    geldig_op: date
    vastgelegd_op: datetime
    staat: Literal["geldt", "doorgehaald", "vervangen"]
    stap: str
    door: str
    reden: str
    betreft: int | None = Field(description="Het volgnummer van wat deze gebeurtenis doorhaalt.")


class Gebeurtenissen(Lijst):
    """Op volgorde van vastleggen. Bewaar `laatste` en geef het de volgende keer als `na`: dan mist u niets."""

    dossier: str
    laatste: int
    gebeurtenissen: list[Gebeurtenis]
