"""Verzonnen kennisgevingen om aan te meten: zo veel als gevraagd, met geldige proefnummers en steeds gelijk."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from stdnum.nl import bsn as bsnregels

from domein.registratie_invoer import Kennisgevingsrij

GEMEENTEN: Final = ("GM0512", "GM1961", "GM1978")
DOELGROEPEN: Final = ("asielstatushouder", "asielstatushouder", "gezinsmigrant", "overige_migrant")
_EERSTE: Final = 999_900_000  # deze reeks is voor proeven: er horen geen mensen bij
_TALEN: Final = ("ti", "ar", "en", "uk", "fa")


def proefnummers() -> Iterator[str]:
    """Geef nummers die aan de elfproef voldoen, uit de reeks voor proeven (9.090 stuks)."""
    for nummer in range(_EERSTE, 1_000_000_000):
        if bsnregels.is_valid(str(nummer)):
            yield str(nummer)


def kennisgevingen(aantal: int, vandaag: date) -> list[Kennisgevingsrij]:
    """Maak kennisgevingen van de afgelopen acht weken, door elkaar: de een is dringender dan de ander."""
    return [_rij(nummer, bsn, vandaag) for nummer, bsn in zip(range(aantal), proefnummers(), strict=False)]


def _rij(nummer: int, bsn: str, vandaag: date) -> Kennisgevingsrij:
    doelgroep = DOELGROEPEN[nummer % len(DOELGROEPEN)]
    asiel = doelgroep == "asielstatushouder"
    op = vandaag - timedelta(days=nummer * 17 % 56)
    return Kennisgevingsrij.model_validate(
        {
            "rij": nummer + 2, "kenmerk": f"DUO-I-{nummer:05}", "versie": 1, "gemeente": GEMEENTEN[nummer % 3],
            "doelgroep": doelgroep, "kennisgeving_op": op.isoformat(), "bsn": bsn, "naam": f"Voorbeeld {nummer}",
            "geboortedatum": date(1970 + nummer % 34, 1 + nummer % 12, 1 + nummer % 28).isoformat(),
            "nareiziger": "ja" if asiel and nummer % 5 == 0 else "nee",
            "ontzorgen": "ja" if asiel and nummer % 2 == 0 else "nee", "taal": _TALEN[nummer % len(_TALEN)],
            "kanaal": "email", "email": f"p{nummer}@post.example", "telefoon": "",
            "straat": f"Voorbeeldstraat {nummer}", "postcode": "4201AB", "plaats": "Gorinchem",
            "brp_inschrijving": (op - timedelta(days=21)).isoformat(),
        },
        context={"vandaag": vandaag, "bekende_gemeenten": GEMEENTEN},
    )  # fmt: skip
