"""Een rij uit een bestand met kennisgevingen, zoals zij het systeem in mag."""

from datetime import date
from typing import Final

from pydantic import Field, ValidationInfo, field_validator

from domein.begrippen import Doelgroep, Leerroute
from domein.regio.gemeenten import alle_gemeenten
from domein.registratie_cellen import (
    PIPROUTES,
    STATUSSEN,
    Dag,
    DagOfLeeg,
    Doelgroepcel,
    GemeenteOfLeeg,
    LeerrouteOfLeeg,
    Postcode,
    Regel,
    Status,
    lijkt_op_bsn,
)
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
    **TOEGESTAAN_PERSOON,
    **TOEGESTAAN_ADRES,
    "doelgroep": ", ".join(Doelgroep),
    "kennisgeving_op": "een datum als 2026-03-06, vanaf 2022-01-01 en niet in de toekomst",
    "brp_inschrijving": "leeg, of een datum als 2026-03-06 die niet in de toekomst ligt",
    "status": f"leeg, {' of '.join(STATUSSEN)}",
    "ingetrokken_op": "leeg, of een datum als 2026-03-06; alleen bij status ingetrokken",
    "vorige_gemeente": "leeg, of de code van een andere gemeente in Nederland, zoals GM0363; dan ook brp_inschrijving",
    "eerste_pip_op": "leeg, of een datum als 2025-03-06 vóór de verhuizing; dan ook vorige_gemeente",
    "eerste_pip_leerroute": f"leeg, of een van {', '.join(PIPROUTES)}; alleen samen met eerste_pip_op",
    **TOEGESTAAN_EXTRA,
}
# In de volgorde van het bestand.
KOLOMMEN: Final = (
    *("kenmerk", "versie", "gemeente", "bsn", "naam", "geboortedatum", "doelgroep", "nareiziger", "ontzorgen"),
    *("kennisgeving_op", "brp_inschrijving", "straat", "postcode", "plaats", "email", "telefoon", "taal", "kanaal"),
)
EXTRA_KOLOMMEN: Final = tuple(kolom for kolom in TOEGESTAAN if kolom not in KOLOMMEN)


class Kennisgevingskop(Kop):
    status: Status = "geldig"
    doelgroep: Doelgroepcel
    kennisgeving_op: Dag

    @field_validator("kennisgeving_op")
    @classmethod
    def _dag_van_de_kennisgeving(cls, dag: date, info: ValidationInfo) -> date:
        niet_in_de_toekomst(dag, info)
        onder_deze_wet(dag)
        return dag


class Kennisgevingsrij(Persoonsvelden, Kennisgevingskop):
    """Eén goedgekeurde rij van DUO; pydantic leest eerst de kop, dan de persoon, dan wat hieronder staat."""

    straat: Regel = Field(repr=False)
    postcode: Postcode = Field(repr=False)
    plaats: Regel = Field(repr=False)
    brp_inschrijving: DagOfLeeg
    ingetrokken_op: DagOfLeeg = None
    vorige_gemeente: GemeenteOfLeeg = None
    eerste_pip_op: DagOfLeeg = None
    eerste_pip_leerroute: LeerrouteOfLeeg = Field(default=None, validate_default=True)

    @field_validator("brp_inschrijving")
    @classmethod
    def _ingeschreven_na_de_geboorte(cls, dag: date | None, info: ValidationInfo) -> date | None:
        niet_in_de_toekomst(dag, info)
        geboren = info.data.get("geboortedatum")
        if dag is not None and geboren is not None and dag < geboren:
            raise ValueError("De inschrijving in de BRP ligt vóór de geboortedatum.")
        return dag

    @field_validator("ingetrokken_op")
    @classmethod
    def _alleen_bij_intrekken(cls, dag: date | None, info: ValidationInfo) -> date | None:
        niet_in_de_toekomst(dag, info)
        if dag is None:
            return None
        if info.data.get("status") == "geldig":
            raise ValueError("Deze dag hoort alleen bij een ingetrokken kennisgeving.")
        kennisgeving = info.data.get("kennisgeving_op")
        if kennisgeving is not None and dag < kennisgeving:
            raise ValueError("De intrekking ligt vóór de kennisgeving.")
        return dag

    @field_validator("vorige_gemeente")
    @classmethod
    def _van_buiten(cls, code: str | None, info: ValidationInfo) -> str | None:
        if code is None:
            return None
        if code not in alle_gemeenten():
            raise ValueError("Deze gemeente bestaat niet.")
        if code == info.data.get("gemeente"):
            raise ValueError("Dit is dezelfde gemeente als in de kolom gemeente.")
        if info.data.get("brp_inschrijving", "") is None:
            raise ValueError("Vul ook brp_inschrijving in: de verhuizing telt vanaf die dag.")
        return code

    @field_validator("eerste_pip_op")
    @classmethod
    def _eerste_pip_elders(cls, dag: date | None, info: ValidationInfo) -> date | None:
        onder_deze_wet(niet_in_de_toekomst(dag, info))
        if dag is None:
            return None
        if info.data.get("vorige_gemeente", "") is None:
            raise ValueError("Een eerder PIP kan alleen van een vorige gemeente zijn; vul die ook in.")
        verhuisd = info.data.get("brp_inschrijving")
        if verhuisd is not None and dag > verhuisd:
            raise ValueError("Het eerste PIP ligt na de verhuizing.")
        return dag

    @field_validator("eerste_pip_leerroute")
    @classmethod
    def _samen_met_het_pip(cls, leerroute: Leerroute | None, info: ValidationInfo) -> Leerroute | None:
        if "eerste_pip_op" in info.data and (leerroute is None) is not (info.data["eerste_pip_op"] is None):
            raise ValueError("Vul eerste_pip_op en eerste_pip_leerroute allebei in, of geen van beide.")
        return leerroute


__all__ = ["EXTRA_KOLOMMEN", "KOLOMMEN", "TOEGESTAAN", "Kennisgevingsrij", "lijkt_op_bsn"]
