"""Een rij uit een bestand met koppelingen van het COA (art. 14 Wi; art. 9.4 Bi).

Het COA koppelt alleen asielstatushouders en hun gezin. Een adres is er meestal nog niet: de persoon woont in een azc.
"""

from datetime import date
from typing import Final

from pydantic import Field, ValidationInfo, field_validator

from domein.begrippen import Doelgroep
from domein.registratie_cellen import AzcOfLeeg, Dag, PostcodeOfLeeg, RegelOfLeeg
from domein.registratie_rij import (
    TOEGESTAAN_ADRES,
    TOEGESTAAN_EXTRA,
    TOEGESTAAN_KOP,
    TOEGESTAAN_PERSOON,
    Kop,
    Persoonsvelden,
    niet_in_de_toekomst,
    onder_deze_wet,
)

TOEGESTAAN: Final[dict[str, str]] = {
    **TOEGESTAAN_KOP,
    "kenmerk": "hoogstens 40 letters, cijfers, punten, streepjes of schuine strepen, zoals COA-2026-0001",
    **TOEGESTAAN_PERSOON,
    "koppeling_op": "een datum als 2026-03-06, vanaf 2022-01-01 en niet in de toekomst",
    "azc": "leeg, of kleine letters, cijfers en streepjes, zoals azc-budel",
    **{kolom: f"leeg, of {wat}" for kolom, wat in TOEGESTAAN_ADRES.items()},
    **TOEGESTAAN_EXTRA,
}
KOLOMMEN: Final = (
    *("kenmerk", "versie", "gemeente", "bsn", "naam", "geboortedatum", "koppeling_op", "azc", "nareiziger"),
    *("ontzorgen", "taal", "kanaal", "email", "telefoon"),
)
EXTRA_KOLOMMEN: Final = tuple(kolom for kolom in TOEGESTAAN if kolom not in KOLOMMEN)


class Koppelingskop(Kop):
    koppeling_op: Dag

    @field_validator("koppeling_op")
    @classmethod
    def _dag_van_de_koppeling(cls, dag: date, info: ValidationInfo) -> date:
        niet_in_de_toekomst(dag, info)
        onder_deze_wet(dag)
        return dag


class Koppelingsrij(Persoonsvelden, Koppelingskop):
    """Eén goedgekeurde rij van het COA."""

    azc: AzcOfLeeg
    straat: RegelOfLeeg = Field(default=None, repr=False)
    postcode: PostcodeOfLeeg = Field(default=None, repr=False)
    plaats: RegelOfLeeg = Field(default=None, repr=False)

    @property
    def doelgroep(self) -> Doelgroep:
        return Doelgroep.ASIELSTATUSHOUDER


__all__ = ["EXTRA_KOLOMMEN", "KOLOMMEN", "TOEGESTAAN", "Koppelingsrij"]
