"""De kleine onderdelen waaruit partners en afspraken zijn opgebouwd."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from domein.begrippen import Leerroute, Rol
from domein.regio.soorten import Alfabetisering, Tariefeenheid, Tijdvak, Verdeelvorm, Wenssoort

GEMEENTECODE_PATROON: Final = r"^GM\d{4}$"
CODE_PATROON: Final = r"^[a-z0-9][a-z0-9-]*$"
TAAL_PATROON: Final = r"^[a-z]{2,3}$"
DEZE_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
EMAIL_PATROON: Final = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$"

Gemeentecode = Annotated[str, StringConstraints(pattern=GEMEENTECODE_PATROON)]
Code = Annotated[str, StringConstraints(pattern=CODE_PATROON, max_length=60)]
Email = Annotated[str, StringConstraints(pattern=EMAIL_PATROON, max_length=200)]
Taalcode = Annotated[str, StringConstraints(pattern=TAAL_PATROON)]
Tekst = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Onderdeel(BaseModel):
    """Alles in een regiobestand is onveranderlijk en kent alleen bekende kolommen."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def periode_klopt(van: date | None, tot: date | None, kolommen: str) -> None:
    """Weiger een periode die eindigt voordat zij begint."""
    if van is not None and tot is not None and tot < van:
        raise ValueError(f"{kolommen}: de periode eindigt ({tot}) voordat zij begint ({van})")


class Periode(Onderdeel):
    """Een aaneengesloten periode; beide dagen tellen mee."""

    van: date
    tot: date
    reden: str = ""

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.van, self.tot, "van/tot")
        return self

    def bevat(self, dag: date) -> bool:
        """Zeg of de dag in de periode valt."""
        return self.van <= dag <= self.tot


class Afwezigheid(Onderdeel):
    """Een medewerker is er niet; beide dagen tellen mee."""

    van: date
    tot: date
    vervanger: Code | None = None

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.van, self.tot, "van/tot")
        return self


class Capaciteit(Onderdeel):
    """Hoeveel personen een partner aankan."""

    aantal: int = Field(ge=0)
    per: Tijdvak = Tijdvak.JAAR


class Tarief(Onderdeel):
    """Wat een stap kost, en uit welk perceel."""

    bedrag: Decimal = Field(ge=0, decimal_places=2)
    eenheid: Tariefeenheid = Tariefeenheid.TRAJECT
    perceel: str = ""


class Conditie(Onderdeel):
    """Harde voorwaarden aan de persoon; wat leeg is, stelt geen eis.

    Leeftijden zijn in hele jaren en tellen aan beide kanten mee. Wensen (taal, geslacht
    van de behandelaar) horen hier niet: die staan onder `wensen`.
    """

    nareiziger: bool | None = None
    ontzorgen: bool | None = None
    leeftijd_van: int | None = Field(default=None, ge=0, le=120)
    leeftijd_tot: int | None = Field(default=None, ge=0, le=120)
    alfabetisering: tuple[Alfabetisering, ...] = ()

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        van, tot = self.leeftijd_van, self.leeftijd_tot
        if van is not None and tot is not None and tot < van:
            raise ValueError("leeftijd_tot is lager dan leeftijd_van")
        return self


class Wens(Onderdeel):
    """Een wens waaraan wordt voldaan als het binnen de wachttijd lukt.

    De wens zelf komt van de persoon (`Uitgesproken`); hier staat hoe lang de regio erop wacht,
    en wat er daarna gebeurt. `ondersteuner` is de rol van wie de taal spreekt en meekomt, zoals
    een sleutelpersoon.
    """

    soort: Wenssoort
    max_werkdagen: int = Field(default=10, ge=0, le=60)
    daarna: Tekst = "tolk"
    ondersteuner: Rol | None = None


class Verdeling(Onderdeel):
    """Meer partners voor een afspraak.

    Het getal bij een partner is bij `gewichten` zijn aandeel en bij `rangorde` zijn plaats; bij
    `rotatie` en `keuze` telt alleen de volgorde waarin zij hier staan. `per` is het tijdvak
    waarover de aandelen moeten kloppen.
    """

    vorm: Verdeelvorm = Verdeelvorm.GEWICHTEN
    partners: dict[Code, int] = Field(min_length=1)
    per: Tijdvak = Tijdvak.JAAR

    @model_validator(mode="after")
    def _gewichten(self) -> Self:
        if any(gewicht <= 0 for gewicht in self.partners.values()):
            raise ValueError("elk gewicht in de verdeling is een geheel getal groter dan 0")
        return self

    def op_volgorde(self) -> tuple[str, ...]:
        """Geef de partners: bij rangorde de laagste plaats eerst, anders zoals zij er staan.

        Bij een gelijke plaats beslist de volgorde waarin zij zijn opgeschreven.
        """
        if self.vorm is not Verdeelvorm.RANGORDE:
            return tuple(self.partners)
        return tuple(sorted(self.partners, key=self.partners.__getitem__))


class Terugval(Onderdeel):
    """Wat er gebeurt als niemand van de afspraak kan, of als het perceel nog niet is gegund.

    De persoon begint voorlopig in een andere leerroute; de rollen in `signaal` horen het, en
    binnen `herbeoordeling_maanden` kijkt iemand opnieuw.
    """

    leerroute: Leerroute
    herbeoordeling_maanden: int = Field(default=3, ge=1, le=18)
    signaal: tuple[Rol, ...] = (Rol.CONTRACTMANAGER,)


class Opnamestop(Onderdeel):
    """Vanaf deze dag neemt een partner niemand nieuw aan; wie er is, blijft tot een mens anders beslist.

    Zonder `tot` duurt de stop voort, bijvoorbeeld zolang een keurmerk is geschorst.
    """

    van: date
    tot: date | None = None
    reden: Tekst

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.van, self.tot, "van/tot")
        return self

    def geldt_op(self, dag: date) -> bool:
        """Zeg of de stop op deze dag geldt."""
        return self.van <= dag and (self.tot is None or dag <= self.tot)


class Webhook(Onderdeel):
    """Waar een partner met een eigen systeem berichten ontvangt. Het geheim zelf staat in de instellingen."""

    url: Annotated[str, StringConstraints(min_length=10, max_length=300)]
    sleutel: Code

    @field_validator("url")
    @classmethod
    def _versleuteld(cls, url: str) -> str:
        """Persoonsgegevens gaan alleen over HTTPS; http kan alleen binnen deze machine, voor een demo."""
        try:
            delen = urlsplit(url)
            poort_klopt = delen.port is None or delen.port > 0
        except ValueError:
            raise ValueError("url: dit is geen webadres; schrijf het als https://…") from None
        if any(teken.isspace() for teken in url) or not delen.hostname or not poort_klopt:
            raise ValueError("url: dit is geen webadres; schrijf het als https://…")
        if delen.username or delen.password or delen.fragment:
            raise ValueError("url: zet geen naam, wachtwoord of # in het adres; het geheim hoort in de instellingen")
        if delen.scheme != "https" and not (delen.scheme == "http" and delen.hostname in DEZE_MACHINE):
            raise ValueError("url: begin met https://; http mag alleen naar deze machine zelf (127.0.0.1)")
        return url
