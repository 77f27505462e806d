"""The Run forms of the ops acts in Prefect: codes, choices and dates only.

Prefect keeps what is typed for everyone who can open it, so a reason is a chosen code and there is no field for words.
Why a dossier is paused (detention, illness) does not go through Prefect at all: there it is always `overig`. The
docstrings of the forms are Dutch: Prefect shows them to who fills one in.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domein.begrippen import Stapsoort, Stapstatus
from domein.regels.bulkkeuze import Bulkkeuze

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
Kenmerk = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9/-]{0,119}$")]
Gemeente = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
Bulknummer = Annotated[str, StringConstraints(pattern=r"^[BP]-[A-Za-z0-9-]{1,57}$")]
Dossierlijst = Annotated[
    str, StringConstraints(pattern=r"^\s*[Dd]-[A-Za-z0-9]{4,12}([\s,;]+[Dd]-[A-Za-z0-9]{4,12})*\s*$")
]


class Redencode(StrEnum):
    """Waarom u dit doet; dit komt bij de gebeurtenis te staan."""

    DRUKTE = "drukte"
    AFWEZIG = "afwezig"
    UIT_DIENST = "uit-dienst"
    KANTOOR_DICHT = "kantoor-dicht"
    OP_VERZOEK_INBURGERAAR = "op-verzoek-inburgeraar"
    OP_VERZOEK_PARTNER = "op-verzoek-partner"
    FOUT_HERSTELD = "fout-hersteld"
    STORING = "storing"
    NIET_MEER_NODIG = "niet-meer-nodig"
    NIEUWE_REGELING = "nieuwe-regeling"


class Termijnreden(StrEnum):
    """Waarom een uiterste dag mag breken; dit komt bij de gebeurtenis te staan."""

    OVERMACHT = "overmacht"
    OP_VERZOEK_INBURGERAAR = "op-verzoek-inburgeraar"
    DUO_VERLENGT = "duo-verlengt"
    TERMIJN_WAS_AL_VOORBIJ = "termijn-was-al-voorbij"


REDENEN: Final = {
    Redencode.DRUKTE: "drukte in het team",
    Redencode.AFWEZIG: "wie het doet, is er niet",
    Redencode.UIT_DIENST: "wie het deed, is uit dienst",
    Redencode.KANTOOR_DICHT: "het kantoor is dicht",
    Redencode.OP_VERZOEK_INBURGERAAR: "op verzoek van de inburgeraar",
    Redencode.OP_VERZOEK_PARTNER: "op verzoek van de partner",
    Redencode.FOUT_HERSTELD: "een fout is hersteld",
    Redencode.STORING: "na een storing",
    Redencode.NIET_MEER_NODIG: "niet meer nodig",
    Redencode.NIEUWE_REGELING: "de regeling is veranderd",
}
TERMIJNREDENEN: Final = {
    Termijnreden.OVERMACHT: "overmacht",
    Termijnreden.OP_VERZOEK_INBURGERAAR: "op verzoek van de inburgeraar",
    Termijnreden.DUO_VERLENGT: "DUO verlengt de termijn",
    Termijnreden.TERMIJN_WAS_AL_VOORBIJ: "de uiterste dag was al voorbij",
}


class _Formulier(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Dossierkeuze(_Formulier):
    """Welke dossiers: alles wat u invult, moet kloppen."""

    dossiers: Dossierlijst | None = Field(
        default=None, title="Dossiers", description="Een of meer referenties, zoals D-7F3K9, met een komma ertussen."
    )
    gemeente: Gemeente | None = Field(default=None, title="Gemeente", description="Gemeentecode, zoals GM0512.")
    partner: Code | None = Field(default=None, title="Partner", description="De code van een organisatie.")
    klantmanager: Code | None = Field(default=None, title="Klantmanager", description="De code van een medewerker.")
    thema: Stapsoort | None = Field(default=None, title="Thema", description="Het soort werk, zoals intake of duo.")
    van: date | None = Field(default=None, title="Streefdag vanaf")
    tot: date | None = Field(default=None, title="Streefdag tot en met")

    @model_validator(mode="after")
    def _iets_gekozen(self) -> "Dossierkeuze":
        if all(waarde is None for _, waarde in self):
            raise ValueError("kies dossiers, of vul een filter in: zonder keuze zou dit over alles gaan")
        return self

    def keuze(self) -> Bulkkeuze:
        return Bulkkeuze(
            dossiers=_losse(self.dossiers),
            gemeente=self.gemeente,
            partner=self.partner,
            klantmanager=self.klantmanager,
            stap=self.thema,
            van=self.van,
            tot=self.tot,
        )


class Stapkeuze(Dossierkeuze):
    """Welke stappen: alles wat u invult, moet kloppen."""

    kenmerk: Kenmerk | None = Field(
        default=None,
        title="Stap",
        description="Kenmerk of begin ervan: voortgang/3, of intake/oproep voor elke oproep.",
    )
    medewerker: Code | None = Field(default=None, title="Medewerker", description="Bij wie de stap open is.")
    status: Stapstatus | None = Field(default=None, title="Status")

    def keuze(self) -> Bulkkeuze:
        return Bulkkeuze(
            dossiers=_losse(self.dossiers),
            gemeente=self.gemeente,
            partner=self.partner,
            klantmanager=self.klantmanager,
            medewerker=self.medewerker,
            stap=self.thema,
            kenmerk=self.kenmerk,
            statussen=(self.status,) if self.status is not None else (),
            van=self.van,
            tot=self.tot,
        )


class Wie(_Formulier):
    """Wie dit doet, en waarom. Uw code wordt getoetst aan de afspraken van vandaag."""

    medewerkercode: Code = Field(
        title="Uw medewerkercode", description="Zoals in de samenwerkingsafspraken, geen naam."
    )
    reden: Redencode = Field(
        title="Reden", description=" · ".join(f"{code}: {tekst}" for code, tekst in REDENEN.items())
    )


def _losse(lijst: str | None) -> tuple[str, ...]:
    gevonden: Iterable[str] = re.split(r"[\s,;]+", lijst or "")
    return tuple(een.upper() for een in gevonden if een)
