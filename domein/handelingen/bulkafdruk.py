"""Een afdruk van wat een proef liet zien, om bij het uitvoeren te weten of er intussen iets veranderde.

Per dossier één: elk dossier is een eigen transactie, en wordt in die transactie zelf vergeleken.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from domein.fouten import RegieFout
from domein.handelingen.opsvormen import Beweging, Bulkverslag, Regel

LENGTE = 16  # lang genoeg om toeval uit te sluiten; het is geen geheim


class ProefVerouderd(RegieFout):
    """Wat er nu zou gebeuren, is niet meer wat iemand bekeek."""

    code = "proef_verouderd"

    def __init__(self) -> None:
        super().__init__("Sinds de proef is hier iets veranderd. Er is niets gedaan.", "Bekijk het opnieuw.")


def afdruk_van(regels: Iterable[Regel]) -> str:
    """De afdruk van alles wat er in één dossier gebeurt: wat verandert, welke mail volgt, wat er breekt of weigert."""
    inhoud = [
        [
            regel.dossier, regel.stap, regel.uitslag.value, regel.code, regel.waarom,
            [_beweging(een) for een in regel.bewegingen], [asdict(mail) for mail in regel.mails],
            [asdict(breuk) for breuk in regel.termijnen],
        ]
        for regel in regels
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(inhoud, default=str).encode()).hexdigest()[:LENGTE]


def _beweging(een: Beweging) -> list[object]:
    # Niet de run: de ronde kan haar intussen maken, en dat verandert niets aan wat iemand bekeek.
    return [een.kenmerk, een.titel, een.status, een.start, een.streef, een.medewerker, een.uiterst]


def afdrukken(verslag: Bulkverslag) -> tuple[str, ...]:
    """Van elk dossier in het verslag een afdruk, in de volgorde van het verslag."""
    per_dossier: dict[str, list[Regel]] = {}
    for regel in verslag.regels:
        per_dossier.setdefault(regel.dossier, []).append(regel)
    return tuple(afdruk_van(regels) for regels in per_dossier.values())
