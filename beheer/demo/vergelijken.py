"""Wat er van een persoon is geworden, naast wat de wet volgens `verwacht.csv` had moeten geven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domein.begrippen import DuoStand, Leerroute
from domein.handelingen.inzien import duo_standen
from domein.handelingen.kern import kader
from domein.ports import Omgeving
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.regels.stappen.termijn import laatste_dag
from domein.stand import Stand, vouw

KOLOMMEN = (
    "einde", "leerroute", "oproepen", "wettelijke_pip_datum", "pip_dagtekening", "pip_op_tijd", "einde_termijn",
    "gesprekken", "duo_meldingen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verschil:
    kenmerk: str
    kolom: str
    verwacht: str
    werkelijk: str


def _dag(dag: date | None) -> str:
    return dag.isoformat() if dag else ""


def werkelijk(stand: Stand) -> dict[str, str]:
    """Vat een dossier samen in de kolommen van `verwacht.csv`."""
    kader_ = kader()
    termijn = eerste_pip_termijn(stand, kader_) if stand.kennisgeving_op else None
    eerste = stand.pips[0] if stand.pips else None
    op_tijd = "" if eerste is None or termijn is None else ("ja" if eerste.dagtekening <= termijn.einde else "nee")
    gemeld = [k for k, hoe_ver in duo_standen(stand, kader_).items() if hoe_ver is not DuoStand.TE_MELDEN]
    return {
        "einde": stand.einde.grond.value if stand.einde else "",
        "leerroute": (stand.leerroute if stand.pips else Leerroute.ONBEKEND).value,
        "oproepen": str(len(stand.oproepen)),
        "wettelijke_pip_datum": _dag(termijn.einde if termijn else None),
        "pip_dagtekening": _dag(eerste.dagtekening if eerste else None),
        "pip_op_tijd": op_tijd,
        "einde_termijn": _dag(laatste_dag(stand, kader_)),
        "gesprekken": str(sum(gesprek.gevoerd for gesprek in stand.gesprekken.values())),
        "duo_meldingen": " ".join(sorted(gemeld)),
    }


def vergelijk(
    omgeving: Omgeving, dossiers: Mapping[str, UUID], verwacht: Mapping[str, Mapping[str, str]]
) -> list[Verschil]:
    """Geef elk verschil met `verwacht.csv`, per persoon (DUO-kenmerk) en kolom."""
    verschillen: list[Verschil] = []
    with omgeving.magazijn.ruimte() as ruimte:
        for kenmerk, dossier_id in dossiers.items():
            hier = werkelijk(vouw(ruimte.gebeurtenissen(dossier_id)))
            for kolom in KOLOMMEN:
                moet = (verwacht[kenmerk].get(kolom) or "").strip()
                if kolom == "duo_meldingen":
                    moet = " ".join(sorted(moet.split()))
                if moet != hier[kolom]:
                    verschillen.append(Verschil(kenmerk, kolom, moet, hier[kolom]))
    return verschillen
