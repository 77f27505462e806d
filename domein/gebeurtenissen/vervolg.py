"""Wat op een ander feit volgt, en hoe die twee bij elkaar horen.

Een vervolg telt nooit vóór zijn begin, ook niet als de dag van het begin later wordt verbeterd: verschuift de BRP een
verhuizing een week, dan blijft het dossier dat intussen is opgevraagd, opgevraagd (regel 10).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.soorten import Kennisgeving


@dataclass(frozen=True, slots=True)
class Vervolg:
    """`veld` van het vervolg noemt wat in `basisveld` van het begin staat."""

    basis: str
    veld: str = "nummer"
    basisveld: str = "nummer"


_BESLUIT: Final = Vervolg("duo_aanvraag", "aanvraag")
_OVERDRACHT: Final = Vervolg("overdracht_aangeboden")
_VERHUIZING: Final = Vervolg("verhuisd")
_VERZOEK: Final = Vervolg("verzoek_ontvangen")
VERVOLG_OP: Final[Mapping[str, Vervolg]] = MappingProxyType(
    {
        "dossier_opgevraagd": _VERHUIZING,
        "dossier_geleverd": _VERHUIZING,
        "dossier_overgenomen": _VERHUIZING,
        "pauze_verlengd": Vervolg("gepauzeerd"),
        "hervat": Vervolg("gepauzeerd"),
        "verblijf_hervat": Vervolg("verblijf_onderbroken"),
        "derde_ontvangen": Vervolg("derde_gevraagd"),
        "voorstel_afgewezen": Vervolg("pip_voorstel"),
        "les_beeindigd": Vervolg("aanmelding_geaccepteerd"),
        "aanvraag_afgewezen": _BESLUIT,
        "vrijgesteld": _BESLUIT,
        "ontheven": _BESLUIT,
        "verlengd": _BESLUIT,
        "examen_uitslag": Vervolg("examen_gedaan"),
        "overdracht_aanvaard": _OVERDRACHT,
        "overdracht_geweigerd": _OVERDRACHT,
        "maatwerk_beeindigd": Vervolg("maatwerk_vastgesteld"),
        "duo_bevestigd": Vervolg("duo_ingevoerd", "melding", "melding"),
        "verzoek_verlengd": _VERZOEK,
        "verzoek_afgehandeld": _VERZOEK,
        "blokkade_opgeheven": Vervolg("vernietiging_geblokkeerd"),
        **dict.fromkeys(
            (
                "besluit_grond", "besluit_advies", "besluit_tekst", "besluit_ondertekend", "besluit_bekendgemaakt",
                "besluit_retour", "besluit_ingetrokken",
            ),
            Vervolg("besluit_concept"),
        ),
        **dict.fromkeys(
            (
                "bezwaar_verschoonbaar", "bezwaar_zienswijze", "bezwaar_gehoord", "bezwaar_verdaagd",
                "bezwaar_beslist", "bezwaar_ingetrokken",
            ),
            Vervolg("bezwaar_ingediend"),
        ),
        **dict.fromkeys(
            (
                "maatregel_gewaarschuwd", "maatregel_voornemen", "maatregel_zienswijze", "keren_getoetst",
                "maatregel_besloten", "maatregel_gestaakt",
            ),
            Vervolg("maatregel_overwogen"),
        ),
        "beroep_beslist": Vervolg("beroep_ingesteld"),
        "hoger_beroep_beslist": Vervolg("hoger_beroep_ingesteld"),
        "voorstel_verdaagd": Vervolg("pip_voorstel"),
        "beslistermijn_hervat": Vervolg("beslistermijn_opgeschort"),
        "dwangsom_vastgesteld": Vervolg("in_gebreke_gesteld"),
        "tolk_afgezegd": Vervolg("tolk_geboekt", "gesprek", "gesprek"),
    }
)  # fmt: skip
_BASISVELD: Final = {vervolg.basis: vervolg.basisveld for vervolg in VERVOLG_OP.values()}

Sleutel = tuple[str, Any]


def begin_van(soort: str, gegevens: Gegevens) -> Sleutel | None:
    """Geef waarvan dit feit het begin is, of None. Wie van buiten de regio komt, verhuisde met zijn kennisgeving."""
    if isinstance(gegevens, Kennisgeving):
        return ("verhuisd", 1) if gegevens.vorige_gemeente is not None else None
    veld = _BASISVELD.get(soort)
    return None if veld is None else (soort, getattr(gegevens, veld))


def vervolg_van(soort: str, gegevens: Gegevens) -> Sleutel | None:
    """Geef waarop dit feit volgt, of None."""
    vervolg = VERVOLG_OP.get(soort)
    return None if vervolg is None else (vervolg.basis, getattr(gegevens, vervolg.veld))
