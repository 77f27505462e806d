"""Regelgegevens: de getallen van wet en beleid als data, met artikel en geldigheid."""

from domein.regeling.laden import (
    Feestdagen,
    OnbekendeRegel,
    OngeldigeRegeling,
    Regeling,
    Regelversie,
    feestdagen,
    maak_feestdagen,
    maak_regeling,
    regeling,
)

__all__ = [
    "Feestdagen",
    "OnbekendeRegel",
    "OngeldigeRegeling",
    "Regeling",
    "Regelversie",
    "feestdagen",
    "maak_feestdagen",
    "maak_regeling",
    "regeling",
]
