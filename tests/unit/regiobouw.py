"""Kleine regio's voor tests: noem alleen wat ertoe doet, de rest staat hier."""

from collections.abc import Mapping
from typing import Any

from domein.regio.model import Regio

Rij = Mapping[str, Any]


def partner(code: str, soort: str = "taalaanbieder", **anders: Any) -> Rij:
    """Een partner met een postbus."""
    return {"code": code, "naam": code.title(), "soort": soort, "postbus": f"post@{code}.example", **anders}


def gemeentepartner(code: str, gemeente: str) -> Rij:
    """Een gemeente die zelf partner is."""
    return partner(code, "gemeente", gemeente=gemeente)


def medewerker(code: str, bij: str, *rollen: str, **anders: Any) -> Rij:
    """Een medewerker met een adres."""
    return {"code": code, "partner": bij, "rollen": rollen, "email": f"{code}@{bij}.example", **anders}


def afspraak(regel_id: str, *stappen: str, **anders: Any) -> Rij:
    """Een afspraak; zonder uitvoerder doet de uitvoeringsorganisatie het."""
    basis: dict[str, Any] = {"regel_id": regel_id, "verband": "v", "stappen": stappen}
    if "niet_van_toepassing" not in anders and "verdeling" not in anders:
        basis |= {"uitvoerder": "uo", "rol": "klantmanager"}
    return basis | anders


def regio(*afspraken: Rij, gemeenten: tuple[str, ...] = ("GM0512",), **anders: Any) -> Regio:
    """Een regio met een uitvoeringsorganisatie `uo` en haar klantmanager `m-uo`."""
    return Regio.model_validate(ruw(*afspraken, gemeenten=gemeenten, **anders))


def ruw(*afspraken: Rij, gemeenten: tuple[str, ...] = ("GM0512",), **anders: Any) -> dict[str, Any]:
    """Dezelfde regio als gegevens, om er iets aan te veranderen."""
    besluit = {"orgaan": "de colleges", "datum": "2021-12-01"}
    return {
        "regio": {
            "code": "proef",
            "naam": "Proefregio",
            "versie": "1",
            "geldig_van": "2022-01-01",
            "geldig_tot": "2030-12-31",
            "gemeenten": gemeenten,
        },
        "partners": [partner("uo", "uitvoeringsorganisatie"), *anders.pop("partners", ())],
        "medewerkers": [medewerker("m-uo", "uo", "klantmanager"), *anders.pop("medewerkers", ())],
        "samenwerkingsverbanden": [
            {"id": "v", "doel": "alles", "vorm": "convenant", "gemeenten": gemeenten, "besluit": besluit},
            *anders.pop("verbanden", ()),
        ],
        "samenwerkingsafspraken": afspraken,
        **anders,
    }
