"""Handelingen in bulk om te lezen: de lijst, en één met haar regels. Alleen codes, verwijzingen en dagen."""

from collections import Counter
from typing import Any

from domein.fouten import OngeldigeGegevens
from domein.model import Bulk, Bulkregel
from domein.ports import Omgeving

Rij = dict[str, Any]


def _rij(bulk: Bulk, regels: list[Bulkregel]) -> Rij:
    uitslagen = Counter(regel.uitslag for regel in regels)
    return {
        "bulk": bulk.id, "handeling": bulk.handeling, "keuze": bulk.keuze, "opdracht": bulk.waarden,
        "door": bulk.door, "verificatie": bulk.verificatie.value, "begonnen_op": bulk.begonnen_op,
        "klaar_op": bulk.klaar_op, "gedaan": uitslagen["gedaan"], "geweigerd": uitslagen["geweigerd"],
        "te_doen": uitslagen[None],
    }  # fmt: skip


def bulk_lijst(omgeving: Omgeving, grens: int | None = None) -> list[Rij]:
    """De handelingen in bulk, de jongste eerst, met hoe ver zij zijn."""
    with omgeving.magazijn.ruimte() as ruimte:
        return [_rij(bulk, ruimte.bulkregels(bulk.id)) for bulk in ruimte.bulken()[:grens]]


def toon_bulk(omgeving: Omgeving, bulk_id: str) -> Rij:
    """Eén bulk met haar regels; OngeldigeGegevens als zij er niet is."""
    with omgeving.magazijn.ruimte() as ruimte:
        bulk = ruimte.bulk(bulk_id)
        if bulk is None:
            raise OngeldigeGegevens(f"Er is geen bulk '{bulk_id[:40]}'.", "Kijk met 'regie bulk lijst' welke er zijn.")
        regels = ruimte.bulkregels(bulk_id)
        return _rij(bulk, regels) | {
            "regels": [
                {
                    "dossier": ruimte.dossier(regel.dossier_id).referentie,
                    "stap": ruimte.stap(regel.stap_id).kenmerk if regel.stap_id is not None else None,
                    "uitslag": regel.uitslag, "code": regel.code, "waarom": regel.waarom, "uitweg": regel.uitweg,
                    "gebeurtenissen": regel.gebeurtenissen, "afgerond_op": regel.afgerond_op,
                }
                for regel in regels
            ]
        }  # fmt: skip
