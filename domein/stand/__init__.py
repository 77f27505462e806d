"""De stand van een dossier: een pure vouw over zijn gebeurtenissen."""

from domein.stand import afspraken, besluiten, bewaren, omstandigheden, plicht, staphandelingen, traject
from domein.stand.staphandelingen import STAPHANDELINGEN
from domein.stand.vormen import (
    AANMELDING,
    GESPREK,
    Aanvraag,
    Acceptatie,
    Beroep,
    Besluit,
    Bezwaar,
    Blokkade,
    Controle,
    DuoMelding,
    Einde,
    Examen,
    Gesprek,
    Maatregel,
    Opening,
    Oproep,
    Overdracht,
    Pauze,
    Pip,
    Stand,
    Verhuizing,
    Verzoek,
    Verzuim,
    Voorstel,
)
from domein.stand.vouw import Vouwing, begin_vouw, geldende, vouw, vouw_verder

# Het laden van deze modules meldt hun soorten aan bij de vouw.
VOUWEN = (plicht, traject, omstandigheden, afspraken, besluiten, bewaren, staphandelingen)

__all__ = [
    "AANMELDING",
    "GESPREK",
    "STAPHANDELINGEN",
    "Aanvraag",
    "Acceptatie",
    "Beroep",
    "Besluit",
    "Bezwaar",
    "Blokkade",
    "Controle",
    "DuoMelding",
    "Einde",
    "Examen",
    "Gesprek",
    "Maatregel",
    "Opening",
    "Oproep",
    "Overdracht",
    "Pauze",
    "Pip",
    "Stand",
    "Verhuizing",
    "Verzoek",
    "Verzuim",
    "Voorstel",
    "Vouwing",
    "begin_vouw",
    "geldende",
    "vouw",
    "vouw_verder",
]
