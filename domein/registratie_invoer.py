"""Een rij uit een bestand met kennisgevingen, zoals zij het systeem in mag.

Elke kolom heeft één functie die de tekst keurt. Een afkeuring zegt wat er mis is, nooit wat er stond: de
waarde kan een naam of een BSN zijn. De grenzen zijn van het bestand; wat een feit betekent
staat in `regels/`.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from stdnum.nl import bsn as elfproef

from domein.begrippen import Doelgroep

MAX_TEKENS: Final = 200
EERSTE_KENNISGEVING: Final = date(2022, 1, 1)  # inwerkingtreding van de Wet inburgering 2021
OUDSTE_GEBOORTE: Final = date(1900, 1, 1)
KANALEN: Final = ("post", "email", "telefoon")

TOEGESTAAN: Final[dict[str, str]] = {
    "kenmerk": "hoogstens 40 letters, cijfers, punten, streepjes of schuine strepen, zoals DUO-2026-0001",
    "versie": "een geheel getal vanaf 1",
    "gemeente": "de code van een gemeente in deze regio, bijvoorbeeld GM0512",
    "bsn": "negen cijfers die aan de elfproef voldoen",
    "naam": "1 tot 200 tekens op één regel",
    "geboortedatum": "een datum als 1994-03-17, vóór de kennisgeving",
    "doelgroep": ", ".join(Doelgroep),
    "nareiziger": "ja of nee",
    "ontzorgen": "ja of nee; ja kan alleen bij een asielstatushouder",
    "kennisgeving_op": "een datum als 2026-03-06, vanaf 2022-01-01 en niet in de toekomst",
    "brp_inschrijving": "leeg, of een datum als 2026-03-06 die niet in de toekomst ligt",
    "straat": "1 tot 200 tekens op één regel",
    "postcode": "vier cijfers en twee letters, bijvoorbeeld 4201AB",
    "plaats": "1 tot 200 tekens op één regel",
    "email": "leeg, of een e-mailadres; verplicht bij kanaal email",
    "telefoon": "leeg, of 8 tot 15 cijfers; verplicht bij kanaal telefoon",
    "taal": "een taalcode van twee of drie letters (ISO 639), bijvoorbeeld ti",
    "kanaal": ", ".join(KANALEN),
}
KOLOMMEN: Final = tuple(TOEGESTAAN)

_ISO_DATUM: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NEDERLANDSE_DATUM: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_KENMERK: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# Verbindingstekens horen in namen in het Perzisch en andere schriften; andere onzichtbare tekens niet.
_ONZICHTBAAR_MAG: Final = {"\u200c", "\u200d"}
# Een rekenblad voert een cel die zo begint uit als formule.
_FORMULETEKENS: Final = ("=", "+", "@", "-")


def schone_tekst(tekst: str) -> str:
    """Geef de tekst in NFC, met enkele spaties; ValueError bij stuurtekens of te veel tekens."""
    if len(tekst) > MAX_TEKENS * 4:
        raise ValueError(f"De tekst is langer dan {MAX_TEKENS} tekens.")
    tekst = unicodedata.normalize("NFC", tekst).strip()
    for teken in tekst:
        soort = unicodedata.category(teken)
        if soort in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or (soort == "Cf" and teken not in _ONZICHTBAAR_MAG):
            raise ValueError("Hier staat een onzichtbaar stuurteken. Typ de waarde opnieuw.")
    tekst = " ".join(tekst.split())
    if len(tekst) > MAX_TEKENS:
        raise ValueError(f"De tekst is langer dan {MAX_TEKENS} tekens.")
    return tekst


def lijkt_op_bsn(tekst: str) -> bool:
    """Zeg of een tekst, zonder scheidingstekens, een geldig BSN kan zijn."""
    cijfers = re.sub(r"[\s.-]", "", tekst)
    return cijfers.isascii() and cijfers.isdigit() and len(cijfers) in (8, 9) and elfproef.is_valid(cijfers.zfill(9))


def _verplicht(waarde: Any) -> str:
    tekst = schone_tekst(str(waarde))
    if not tekst:
        raise ValueError("Deze cel is leeg, maar is verplicht.")
    return tekst


def _regel(waarde: Any) -> str:
    tekst = _verplicht(waarde)
    if tekst.startswith(_FORMULETEKENS) or "<" in tekst or ">" in tekst:
        raise ValueError("De tekst begint met een formuleteken (= + - @) of bevat < of >.")
    return tekst


def _kenmerk(waarde: Any) -> str:
    tekst = _verplicht(waarde)
    if not _KENMERK.fullmatch(tekst):
        raise ValueError("Dit is geen kenmerk.")
    # Een kenmerk wordt onversleuteld bewaard; een BSN mag daar nooit staan.
    if lijkt_op_bsn(tekst):
        raise ValueError("Hier staat een BSN in plaats van het kenmerk van DUO.")
    return tekst


def _versie(waarde: Any) -> int:
    tekst = _verplicht(waarde)
    if not (tekst.isascii() and tekst.isdigit() and 1 <= len(tekst) <= 4 and int(tekst) >= 1):
        raise ValueError("Dit is geen versienummer.")
    return int(tekst)


def _bsn(waarde: Any) -> str:
    cijfers = re.sub(r"[ .]", "", _verplicht(waarde))
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise ValueError("Een BSN bestaat alleen uit cijfers.")
    # Een rekenblad laat de nul vooraan weg; die hoort er weer bij.
    if len(cijfers) not in (8, 9):
        raise ValueError("Een BSN heeft negen cijfers.")
    cijfers = cijfers.zfill(9)
    if not elfproef.is_valid(cijfers):
        raise ValueError("Dit BSN voldoet niet aan de elfproef. Kijk of er een cijfer is verwisseld.")
    return cijfers


def _datum(waarde: Any) -> date:
    tekst = _verplicht(waarde)
    if iso := _ISO_DATUM.fullmatch(tekst):
        jaar, maand, dag = map(int, iso.groups())
    elif nederlands := _NEDERLANDSE_DATUM.fullmatch(tekst):
        dag, maand, jaar = map(int, nederlands.groups())
    else:
        raise ValueError("Dit is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2026-03-06.")
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise ValueError("Deze datum bestaat niet.") from None


def _ja_nee(waarde: Any) -> bool:
    tekst = _verplicht(waarde).lower()
    if tekst not in ("ja", "nee"):
        raise ValueError("Vul ja of nee in.")
    return tekst == "ja"


def _doelgroep(waarde: Any) -> Doelgroep:
    tekst = _verplicht(waarde).lower()
    if tekst not in set(Doelgroep):
        raise ValueError("Deze doelgroep bestaat niet.")
    return Doelgroep(tekst)


def _postcode(waarde: Any) -> str:
    tekst = _verplicht(waarde).replace(" ", "").upper()
    if not re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", tekst):
        raise ValueError("Dit is geen postcode.")
    return tekst


def _email(waarde: Any) -> str | None:
    tekst = schone_tekst(str(waarde or ""))
    if tekst and not _EMAIL.fullmatch(tekst):
        raise ValueError("Dit is geen e-mailadres.")
    return tekst or None


def _telefoon(waarde: Any) -> str | None:
    tekst = re.sub(r"[\s()-]", "", schone_tekst(str(waarde or "")))
    if tekst and not re.fullmatch(r"\+?[0-9]{8,15}", tekst):
        raise ValueError("Dit is geen telefoonnummer.")
    # Een rekenblad laat de nul vooraan weg; een Nederlands nummer heeft er tien.
    return f"0{tekst}" if re.fullmatch(r"[1-9][0-9]{8}", tekst) else tekst or None


def _taal(waarde: Any) -> str:
    tekst = _verplicht(waarde).lower()
    if not re.fullmatch(r"[a-z]{2,3}", tekst):
        raise ValueError("Dit is geen taalcode.")
    return tekst


def _kanaal(waarde: Any) -> str:
    tekst = _verplicht(waarde).lower()
    if tekst not in KANALEN:
        raise ValueError("Dit kanaal bestaat niet.")
    return tekst


class Kennisgevingsrij(BaseModel):
    """Eén goedgekeurde rij. Persoonsgegevens staan niet in `repr`, zodat een logregel ze niet kan tonen.

    De context van `model_validate` geeft `vandaag` (date) en `bekende_gemeenten` (verzameling codes).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rij: int = Field(default=0, ge=0)
    kenmerk: Annotated[str, BeforeValidator(_kenmerk)]
    versie: Annotated[int, BeforeValidator(_versie)]
    gemeente: Annotated[str, BeforeValidator(_verplicht)]
    bsn: Annotated[str, BeforeValidator(_bsn)] = Field(repr=False)
    naam: Annotated[str, BeforeValidator(_regel)] = Field(repr=False)
    doelgroep: Annotated[Doelgroep, BeforeValidator(_doelgroep)]
    nareiziger: Annotated[bool, BeforeValidator(_ja_nee)]
    ontzorgen: Annotated[bool, BeforeValidator(_ja_nee)]
    kennisgeving_op: Annotated[date, BeforeValidator(_datum)]
    geboortedatum: Annotated[date, BeforeValidator(_datum)] = Field(repr=False)
    brp_inschrijving: Annotated[date | None, BeforeValidator(lambda w: _datum(w) if str(w or "").strip() else None)]
    straat: Annotated[str, BeforeValidator(_regel)] = Field(repr=False)
    postcode: Annotated[str, BeforeValidator(_postcode)] = Field(repr=False)
    plaats: Annotated[str, BeforeValidator(_regel)] = Field(repr=False)
    taal: Annotated[str, BeforeValidator(_taal)]
    kanaal: Annotated[str, BeforeValidator(_kanaal)]
    email: Annotated[str | None, BeforeValidator(_email)] = Field(repr=False)
    telefoon: Annotated[str | None, BeforeValidator(_telefoon)] = Field(repr=False)

    @field_validator("gemeente")
    @classmethod
    def _bekende_gemeente(cls, code: str, info: ValidationInfo) -> str:
        code = code.upper()
        if not re.fullmatch(r"GM[0-9]{4}", code):
            raise ValueError("Dit is geen gemeentecode.")
        bekend = _uit_context(info, "bekende_gemeenten")
        if bekend is not None and code not in bekend:
            raise ValueError("Deze gemeente hoort niet bij de regio.")
        return code

    @field_validator("kennisgeving_op", "brp_inschrijving", "geboortedatum")
    @classmethod
    def _niet_in_de_toekomst(cls, dag: date | None, info: ValidationInfo) -> date | None:
        vandaag = _uit_context(info, "vandaag")
        if dag is not None and vandaag is not None and dag > vandaag:
            raise ValueError("Deze datum ligt in de toekomst.")
        return dag

    @field_validator("kennisgeving_op")
    @classmethod
    def _onder_deze_wet(cls, dag: date) -> date:
        if dag < EERSTE_KENNISGEVING:
            raise ValueError("De Wet inburgering 2021 geldt pas vanaf 1 januari 2022.")
        return dag

    @field_validator("geboortedatum")
    @classmethod
    def _geboren_voor_de_kennisgeving(cls, dag: date, info: ValidationInfo) -> date:
        if dag < OUDSTE_GEBOORTE:
            raise ValueError("Deze geboortedatum ligt te ver in het verleden.")
        kennisgeving = info.data.get("kennisgeving_op")
        if kennisgeving is not None and dag >= kennisgeving:
            raise ValueError("De geboortedatum ligt niet vóór de kennisgeving.")
        return dag

    @field_validator("brp_inschrijving")
    @classmethod
    def _ingeschreven_na_de_geboorte(cls, dag: date | None, info: ValidationInfo) -> date | None:
        geboren = info.data.get("geboortedatum")
        if dag is not None and geboren is not None and dag < geboren:
            raise ValueError("De inschrijving in de BRP ligt vóór de geboortedatum.")
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


def _uit_context(info: ValidationInfo, naam: str) -> Any:
    context: dict[str, Any] = info.context or {}
    return context.get(naam)
