"""Fouten van de API: problem+json (RFC 9457), in het Nederlands, met wat er is en wat iemand kan doen.

Er staat nooit iets in van wat er is gestuurd: dat kan een naam of een BSN zijn.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from domein.fouten import (
    AlBeantwoord,
    DoorhalingGeweigerd,
    GeenBevoegdheid,
    InTussenGewijzigd,
    OnbekendDossier,
    OnbekendeStap,
    OngeldigeGegevens,
    OpslagOnbeschikbaar,
    OvergangNietToegestaan,
    PersoonGewist,
    RedenNodig,
    RegieFout,
    VerouderdeVraag,
)
from domein.handelingen.eenmalig import SleutelAlGebruikt
from domein.handelingen.registreren_rijen import RegistratieGeweigerd

SOORT: Final = "application/problem+json"
TITELS: Final[Mapping[int, str]] = {
    400: "Het verzoek klopt niet",
    401: "Geen geldig token",
    403: "Dit mag niet",
    404: "Niet gevonden",
    405: "Dit kan hier niet",
    409: "Het kan nu niet",
    410: "De persoon is gewist",
    413: "Het verzoek is te groot",
    415: "Stuur JSON",
    422: "De gegevens kloppen niet",
    429: "Te veel verzoeken",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}
# De eerste die past, telt.
_STATUS: Final[Sequence[tuple[type[RegieFout], int]]] = (
    (OnbekendDossier, 404), (OnbekendeStap, 404), (PersoonGewist, 410), (GeenBevoegdheid, 403),
    (OngeldigeGegevens, 422), (RedenNodig, 422), (SleutelAlGebruikt, 422), (RegistratieGeweigerd, 422),
    (AlBeantwoord, 409), (VerouderdeVraag, 409), (OvergangNietToegestaan, 409), (InTussenGewijzigd, 409),
    (DoorhalingGeweigerd, 409), (OpslagOnbeschikbaar, 503),
)  # fmt: skip
_NEDERLANDS: Final[Mapping[str, str]] = {
    "missing": "Dit is verplicht.",
    "extra_forbidden": "Dit veld kennen wij niet.",
    "string_type": "Geef tekst.",
    "int_type": "Geef een heel getal.",
    "int_parsing": "Geef een heel getal.",
    "bool_type": "Geef true of false.",
    "dict_type": "Geef een object.",
    "model_attributes_type": "Geef een object.",
    "string_pattern_mismatch": "Deze vorm klopt niet; zie /v1/openapi.json.",
    "string_too_short": "Dit is te kort.",
    "string_too_long": "Dit is te lang.",
    "greater_than_equal": "Dit getal is te klein.",
    "less_than_equal": "Dit getal is te groot.",
}


class Veldfout(BaseModel):
    veld: str
    melding: str


class Probleem(BaseModel):
    """Wat er mis is (RFC 9457). `code` is vast en voor uw programma; `melding` en `uitweg` zijn voor een mens."""

    type: str = Field(examples=["urn:regie-inburgering:fout:onbekend_dossier"])
    title: str
    status: int
    detail: str
    code: str
    melding: str
    uitweg: str
    fouten: list[Veldfout] = Field(default_factory=list[Veldfout])


def probleem(
    status: int, code: str, melding: str, uitweg: str = "", fouten: Mapping[str, str] | None = None, **koppen: str
) -> JSONResponse:
    """Maak het antwoord; `koppen` met een streepje schrijft u met een liggend streepje (`WWW_Authenticate`)."""
    inhoud = Probleem(
        type=f"urn:regie-inburgering:fout:{code}", title=TITELS[status], status=status,
        detail=f"{melding} {uitweg}".strip(), code=code, melding=melding, uitweg=uitweg,
        fouten=[Veldfout(veld=veld, melding=tekst) for veld, tekst in (fouten or {}).items()],
    )  # fmt: skip
    headers = {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
    return JSONResponse(inhoud.model_dump(), status_code=status, media_type=SOORT, headers=headers)


def status_van(fout: RegieFout) -> int:
    return next((status for soort, status in _STATUS if isinstance(fout, soort)), 409)


def van_fout(fout: RegieFout) -> JSONResponse:
    """Een weigering van een handeling."""
    fouten: Mapping[str, str] = fout.fouten if isinstance(fout, OngeldigeGegevens) else {}
    if isinstance(fout, RegistratieGeweigerd):  # er is maar één rij: haar melding is de melding
        return probleem(422, fout.code, " ".join(tekst for _, tekst in fout.regels))
    status = status_van(fout)
    koppen = {"Retry_After": "30"} if status == 503 else {}
    return probleem(status, fout.code, fout.melding, fout.uitweg, fouten, **koppen)


def van_invoer(fout: RequestValidationError) -> JSONResponse:
    """Een verzoek dat niet is zoals beschreven. Wat in pad, vraag of kop zit is 400; wat in de inhoud zit 422."""
    fouten: dict[str, str] = {}
    status = 422
    for een in fout.errors():
        plek, *rest = (str(deel) for deel in een["loc"])
        if plek != "body" or een["type"] == "json_invalid":
            status = 400
        # De plek in onleesbare JSON is een nummer, en een onbekend veld heet zoals de aanroeper het noemde.
        bekend = een["type"] not in ("json_invalid", "extra_forbidden")
        veld = ".".join(rest) if rest and bekend else "inhoud"
        melding = "Dit is geen JSON." if een["type"] == "json_invalid" else _NEDERLANDS.get(een["type"], _ALGEMEEN)
        fouten.setdefault(veld[:60], melding)
    return probleem(status, "ongeldig_verzoek", "Het verzoek klopt niet.", "Kijk bij 'fouten' wat er mis is.", fouten)


_ALGEMEEN: Final = "Deze waarde past hier niet."


def antwoorden(*statussen: int) -> dict[int | str, dict[str, Any]]:
    """Voor de beschrijving: welke fouten een route kan geven."""
    inhoud = {SOORT: {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {status: {"description": TITELS[status], "content": inhoud} for status in statussen}
