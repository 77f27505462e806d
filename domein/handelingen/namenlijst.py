"""De namen bij een lijst dossiers: alleen van wie deze kijker de naam mag weten, en elk staat in het logboek.

De naam is per dossier versleuteld. Daarom leest een lijst haar namen vooruit: in een paar vragen, hoe lang zij ook is.
Bron: AVG art. 5 lid 1 onder c en lid 2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import regel
from domein.handelingen.toegang import toegangen_in
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import Toegang
from domein.regio.soorten import Gegevensgroep

# Wat er in een lijst van iemand staat; meer zegt het logboek er dus niet over.
_IN_EEN_LIJST: Final = frozenset({Gegevensgroep.REFERENTIE, Gegevensgroep.TERMIJNEN, Gegevensgroep.NAAM})


def namen_bij(omgeving: Omgeving, wie: Aangemelde, dossier_ids: Iterable[UUID], naam: str) -> Mapping[UUID, str]:
    """Geef van deze dossiers de namen die deze persoon mag weten, en schrijf op dat hij ze zag; `naam` is de route.

    Wie de naam niet mag weten, ziet de rij zonder naam; wie is gewist, heeft er geen.
    """
    welke = list(dict.fromkeys(dossier_ids))
    if not welke:
        return {}

    def werk(ruimte: Ruimte) -> Mapping[UUID, str]:
        gevonden = personen_voor(ruimte, omgeving, wie, welke, {Gegevensgroep.NAAM})
        personen = ruimte.personen([dossier.id for dossier, _ in gevonden])
        getoond = [(dossier, toegang) for dossier, toegang in gevonden if dossier.id in personen]
        schrijf_op(ruimte, omgeving, wie, naam, getoond)
        return {dossier_id: persoon.naam for dossier_id, persoon in personen.items()}

    return in_ruimte(omgeving, werk)


def personen_voor(
    ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, dossier_ids: list[UUID], nodig: set[Gegevensgroep]
) -> list[tuple[Dossier, Toegang]]:
    """De dossiers waarvan deze persoon al deze gegevens mag zien, met waarom."""
    toegangen = toegangen_in(ruimte, omgeving, wie.kijker, dossier_ids).values()
    return [(dossier, toegang) for dossier, toegang in toegangen if toegang is not None and nodig <= toegang.groepen]


def schrijf_op(
    ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, naam: str, getoond: Iterable[tuple[Dossier, Toegang]]
) -> None:
    """Van elk dossier in de lijst een regel: gezien, en van de gegevens alleen wat er in een lijst staat."""
    regels = [
        regel(
            omgeving, wie, naam, Logsoort.GEZIEN, dossier, replace(toegang, groepen=toegang.groepen & _IN_EEN_LIJST)
        )
        for dossier, toegang in getoond
    ]  # fmt: skip
    if regels:
        ruimte.schrijf_in_logboek(*regels)
