"""Wat een medewerker aan de gegevens van een persoon mag wijzigen, cel voor cel gekeurd zoals in een bestand."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domein.fouten import OngeldigeGegevens
from domein.ports import Persoon
from domein.regels.leeftijd import is_minderjarig
from domein.registratie_cellen import (
    EmailOfLeeg,
    Kanaal,
    PostcodeOfLeeg,
    RegelOfLeeg,
    Taal,
    TelefoonOfLeeg,
    VertegenwoordigerOfLeeg,
)
from domein.registratie_rij import TOEGESTAAN_ADRES, TOEGESTAAN_EXTRA, TOEGESTAAN_PERSOON

_TOEGESTAAN: Final[dict[str, str]] = {**TOEGESTAAN_PERSOON, **TOEGESTAAN_ADRES, **TOEGESTAAN_EXTRA}
_VERTEGENWOORDIGER: Final = "vertegenwoordiger_"


class Persoonswijziging(BaseModel):
    """Alleen wat is gegeven, verandert; een lege tekst maakt een veld leeg. Taal en kanaal zijn er altijd."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    straat: RegelOfLeeg = Field(default=None, repr=False)
    postcode: PostcodeOfLeeg = Field(default=None, repr=False)
    plaats: RegelOfLeeg = Field(default=None, repr=False)
    email: EmailOfLeeg = Field(default=None, repr=False)
    telefoon: TelefoonOfLeeg = Field(default=None, repr=False)
    taal: Taal = "nl"
    kanaal: Kanaal = "post"
    vertegenwoordiger_soort: VertegenwoordigerOfLeeg = None
    vertegenwoordiger_naam: RegelOfLeeg = Field(default=None, repr=False)
    vertegenwoordiger_adres: RegelOfLeeg = Field(default=None, repr=False)
    vertegenwoordiger_email: EmailOfLeeg = Field(default=None, repr=False)


WIJZIGBAAR: Final = tuple(Persoonswijziging.model_fields)


def _weiger(veld: str, melding: str) -> OngeldigeGegevens:
    return OngeldigeGegevens(f"{veld}: {melding}", f"Toegestaan: {_TOEGESTAAN[veld]}.", {veld: melding})


def lees_wijziging(waarden: Mapping[str, str]) -> dict[str, str | None]:
    """Geef de gekeurde velden; OngeldigeGegevens noemt het veld en wat mag, nooit de waarde."""
    try:
        gelezen = Persoonswijziging.model_validate(dict(waarden))
    except ValidationError as fout:
        eerste: Any = fout.errors(include_url=False, include_input=False)[0]
        oorzaak = eerste.get("ctx", {}).get("error")
        raise _weiger(str(eerste["loc"][0]), str(oorzaak or "Deze waarde past hier niet.")) from None
    return {veld: getattr(gelezen, veld) for veld in sorted(gelezen.model_fields_set)}


def pas_toe(persoon: Persoon, wijziging: Mapping[str, str | None], op: date) -> dict[str, str]:
    """Geef de gegevens na de wijziging; OngeldigeGegevens als zij dan niet meer bij elkaar passen."""
    na = {**persoon.gegevens, **{veld: waarde or "" for veld, waarde in wijziging.items()}}
    na = {veld: waarde for veld, waarde in na.items() if waarde}
    for kanaal in ("email", "telefoon"):
        if na.get("kanaal") == kanaal and kanaal not in na:
            raise _weiger(kanaal, f"Het kanaal is {kanaal}, maar dit is leeg.")
    gaat_over = [veld for veld in wijziging if veld.startswith(_VERTEGENWOORDIGER)]
    if gaat_over:
        _toets_vertegenwoordiger(na, wijziging, gaat_over, kind=is_minderjarig(persoon.geboortedatum, op))
    return na


def _toets_vertegenwoordiger(
    na: Mapping[str, str], wijziging: Mapping[str, str | None], gaat_over: list[str], *, kind: bool
) -> None:
    if not kind:
        # Leegmaken mag: dat hoort juist na de achttiende verjaardag.
        gevuld = [veld for veld in gaat_over if wijziging[veld]]
        if gevuld:
            raise _weiger(gevuld[0], "Deze persoon is 18 jaar of ouder en heeft geen vertegenwoordiger.")
        return
    for veld in ("vertegenwoordiger_soort", "vertegenwoordiger_naam"):
        if veld not in na:
            raise _weiger(veld, "Deze persoon is nog geen 18 jaar: een vertegenwoordiger is verplicht.")
    if "vertegenwoordiger_adres" not in na and "vertegenwoordiger_email" not in na:
        raise _weiger("vertegenwoordiger_adres", "Vul het adres of het e-mailadres van de vertegenwoordiger in.")
