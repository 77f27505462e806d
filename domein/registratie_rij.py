"""Wat elke rij met een persoon gemeen heeft, of zij nu van DUO komt of van het COA.

De kop (kenmerk, gemeente, de dag waarop de melding geldt) wordt vóór de persoon gelezen: de leeftijd telt op die dag.
"""

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from domein.begrippen import Doelgroep
from domein.regels.leeftijd import is_minderjarig, oud_genoeg
from domein.registratie_cellen import (
    KANALEN,
    VERTEGENWOORDIGERS,
    Bsn,
    Dag,
    EmailOfLeeg,
    Gemeente,
    HuishoudenOfLeeg,
    JaNee,
    JaNeeOfLeeg,
    Kanaal,
    Kenmerk,
    Regel,
    RegelOfLeeg,
    Taal,
    TelefoonOfLeeg,
    Versie,
    VertegenwoordigerOfLeeg,
)

EERSTE_DAG: Final = date(2022, 1, 1)  # inwerkingtreding van de Wet inburgering 2021
OUDSTE_GEBOORTE: Final = date(1900, 1, 1)

TOEGESTAAN_KOP: Final[dict[str, str]] = {
    "kenmerk": "hoogstens 40 letters, cijfers, punten, streepjes of schuine strepen, zoals DUO-2026-0001",
    "versie": "een geheel getal vanaf 1",
    "gemeente": "de code van een gemeente in deze regio, bijvoorbeeld GM0512",
}
TOEGESTAAN_PERSOON: Final[dict[str, str]] = {
    "bsn": "negen cijfers die aan de elfproef voldoen",
    "naam": "1 tot 200 tekens op één regel",
    "geboortedatum": "een datum als 1994-03-17, vóór de melding; vanaf 16 jaar (art. 3 Wet inburgering 2021)",
    "nareiziger": "ja of nee",
    "ontzorgen": "ja of nee; ja kan alleen bij een asielstatushouder",
    "email": "leeg, of een e-mailadres; verplicht bij kanaal email",
    "telefoon": "leeg, of 8 tot 15 cijfers; verplicht bij kanaal telefoon",
    "taal": "een taalcode van twee of drie letters (ISO 639), bijvoorbeeld ti",
    "kanaal": ", ".join(KANALEN),
}
TOEGESTAAN_ADRES: Final[dict[str, str]] = {
    "straat": "1 tot 200 tekens op één regel",
    "postcode": "vier cijfers en twee letters, bijvoorbeeld 4201AB",
    "plaats": "1 tot 200 tekens op één regel",
}
_ALLEEN_KIND: Final = "verplicht tot 18 jaar, leeg vanaf 18 jaar"
TOEGESTAAN_EXTRA: Final[dict[str, str]] = {
    "huishouden": "leeg, of 1 tot 4 letters en dan cijfers, zoals HH-2026-07",
    "tolk": "leeg, ja of nee",
    "vertegenwoordiger_soort": f"{', '.join(VERTEGENWOORDIGERS)}; {_ALLEEN_KIND}",
    "vertegenwoordiger_naam": f"1 tot 200 tekens op één regel; {_ALLEEN_KIND}",
    "vertegenwoordiger_adres": "1 tot 200 tekens op één regel; bij wie nog geen 18 is, dit of het e-mailadres",
    "vertegenwoordiger_email": "een e-mailadres; bij wie nog geen 18 is, dit of het adres",
}


def uit_context(info: ValidationInfo, naam: str) -> Any:
    context: dict[str, Any] = info.context or {}
    return context.get(naam)


def niet_in_de_toekomst(dag: date | None, info: ValidationInfo) -> date | None:
    vandaag = uit_context(info, "vandaag")
    if dag is not None and vandaag is not None and dag > vandaag:
        raise ValueError("Deze datum ligt in de toekomst.")
    return dag


def onder_deze_wet(dag: date | None) -> date | None:
    if dag is not None and dag < EERSTE_DAG:
        raise ValueError("De Wet inburgering 2021 geldt pas vanaf 1 januari 2022.")
    return dag


def _peildag(info: ValidationInfo) -> date | None:
    """De dag van de melding, als die goed was: daarop telt de leeftijd."""
    return info.data.get("kennisgeving_op") or info.data.get("koppeling_op")


class Kop(BaseModel):
    """Persoonsgegevens staan niet in `repr`, zodat een logregel ze niet kan tonen.

    De context van `model_validate` geeft `vandaag` (date) en `bekende_gemeenten` (verzameling codes).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rij: int = Field(default=0, ge=0)
    kenmerk: Kenmerk
    versie: Versie
    gemeente: Gemeente

    @field_validator("gemeente")
    @classmethod
    def _bekende_gemeente(cls, code: str, info: ValidationInfo) -> str:
        bekend = uit_context(info, "bekende_gemeenten")
        if bekend is not None and code not in bekend:
            raise ValueError("Deze gemeente hoort niet bij de regio.")
        return code


class Persoonsvelden(BaseModel):
    """De persoon in een rij. Wie op de dag van de melding nog geen 18 is, heeft een vertegenwoordiger nodig.

    Bij een ingetrokken melding geldt geen grens van leeftijd: de leeftijd kan juist de reden van intrekken zijn.
    """

    bsn: Bsn = Field(repr=False)
    naam: Regel = Field(repr=False)
    geboortedatum: Dag = Field(repr=False)
    nareiziger: JaNee
    ontzorgen: JaNee
    taal: Taal
    kanaal: Kanaal
    email: EmailOfLeeg = Field(repr=False)
    telefoon: TelefoonOfLeeg = Field(repr=False)
    huishouden: HuishoudenOfLeeg = None
    tolk: JaNeeOfLeeg = None
    # Ook gekeurd als de kolom ontbreekt: bij een kind mag zij niet ontbreken.
    vertegenwoordiger_soort: VertegenwoordigerOfLeeg = Field(default=None, validate_default=True)
    vertegenwoordiger_naam: RegelOfLeeg = Field(default=None, validate_default=True, repr=False)
    vertegenwoordiger_email: EmailOfLeeg = Field(default=None, validate_default=True, repr=False)
    vertegenwoordiger_adres: RegelOfLeeg = Field(default=None, validate_default=True, repr=False)

    @field_validator("geboortedatum")
    @classmethod
    def _geboren_voor_de_melding(cls, dag: date, info: ValidationInfo) -> date:
        niet_in_de_toekomst(dag, info)
        if dag < OUDSTE_GEBOORTE:
            raise ValueError("Deze geboortedatum ligt te ver in het verleden.")
        peildag = _peildag(info)
        if peildag is None:
            return dag
        if dag >= peildag:
            raise ValueError("De geboortedatum ligt niet vóór de melding.")
        if not _ingetrokken(info) and not oud_genoeg(dag, peildag):
            raise ValueError("Deze persoon is op de dag van de melding te jong voor de inburgeringsplicht (art. 3 Wi).")
        return dag

    @field_validator("nareiziger", "ontzorgen")
    @classmethod
    def _alleen_asiel(cls, ja: bool, info: ValidationInfo) -> bool:
        doelgroep = info.data.get("doelgroep")
        if ja and doelgroep is not None and doelgroep is not Doelgroep.ASIELSTATUSHOUDER:
            raise ValueError("Ja kan hier alleen bij een asielstatushouder.")
        return ja

    @field_validator("email", "telefoon")
    @classmethod
    def _nodig_voor_het_kanaal(cls, waarde: str | None, info: ValidationInfo) -> str | None:
        if waarde is None and info.data.get("kanaal") == info.field_name:
            raise ValueError(f"Het kanaal is {info.field_name}, maar deze cel is leeg.")
        return waarde

    @field_validator("vertegenwoordiger_soort", "vertegenwoordiger_naam", "vertegenwoordiger_email")
    @classmethod
    def _hoort_bij_een_kind(cls, waarde: str | None, info: ValidationInfo) -> str | None:
        kind = _is_kind(info)
        if kind is False and waarde is not None:
            raise ValueError("Deze persoon is 18 jaar of ouder en heeft geen vertegenwoordiger.")
        if kind and waarde is None and info.field_name != "vertegenwoordiger_email":
            raise ValueError("Deze persoon is nog geen 18 jaar: een vertegenwoordiger is verplicht.")
        return waarde

    @field_validator("vertegenwoordiger_adres")
    @classmethod
    def _bereikbaar(cls, waarde: str | None, info: ValidationInfo) -> str | None:
        kind = _is_kind(info)
        if kind is False and waarde is not None:
            raise ValueError("Deze persoon is 18 jaar of ouder en heeft geen vertegenwoordiger.")
        if kind and waarde is None and info.data.get("vertegenwoordiger_email", "") is None:
            raise ValueError("Vul het adres of het e-mailadres van de vertegenwoordiger in.")
        return waarde


def _ingetrokken(info: ValidationInfo) -> bool:
    return info.data.get("status") == "ingetrokken"


def _is_kind(info: ValidationInfo) -> bool | None:
    """Zeg of de persoon minderjarig was; None als dat er niet toe doet of niet is te zeggen."""
    geboren, peildag = info.data.get("geboortedatum"), _peildag(info)
    if geboren is None or peildag is None or _ingetrokken(info):
        return None
    return is_minderjarig(geboren, peildag)
