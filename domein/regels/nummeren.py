"""Het nummer van een feit: nieuw telt door over het hele dossier, en een vervolg hoort bij wat openstaat (regel 6)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domein.gebeurtenissen.soorten import GENUMMERD
from domein.stand import Stand


def _open_derden(stand: Stand) -> list[int]:
    return [nummer for nummer, derde in stand.derden.items() if derde.ontvangen_op is None]


def _open_pauzes(stand: Stand) -> list[int]:
    return [nummer for nummer, pauze in stand.pauzes.items() if pauze.hervat_op is None]


def _open_gaten(stand: Stand) -> list[int]:
    return [nummer for nummer, gat in stand.gaten.items() if gat.hervat_op is None]


def _laatste_verhuizing(stand: Stand) -> list[int]:
    return [stand.verhuizing.nummer] if stand.verhuizing else []


def _lopende_les(stand: Stand) -> list[int]:
    return list(stand.lopende_lessen)


def _open_examens(stand: Stand) -> list[int]:
    return [nummer for nummer, examen in stand.examens.items() if examen.uitslag_op is None]


def _open_verzoeken(stand: Stand) -> list[int]:
    return [nummer for nummer, verzoek in stand.verzoeken.items() if verzoek.afgehandeld_op is None]


def _wachtlijst(stand: Stand) -> list[int]:
    return list(stand.wachtlijst)


def _open_bezwaren(stand: Stand) -> list[int]:
    return [nummer for nummer, bezwaar in stand.bezwaren.items() if bezwaar.loopt]


def _open_beroepen(stand: Stand) -> list[int]:
    return [nummer for nummer, beroep in stand.beroepen.items() if beroep.beslist_op is None]


def _open_hoger_beroepen(stand: Stand) -> list[int]:
    return [nummer for nummer, hoger in stand.hoger_beroepen.items() if hoger.beslist_op is None]


def _opschortingen(stand: Stand) -> list[int]:
    return [nummer for nummer, een in stand.opschortingen.items() if een.hervat_op is None]


def _ingebrekestellingen(stand: Stand) -> list[int]:
    return [nummer for nummer, een in stand.ingebrekestellingen.items() if een.vastgesteld_op is None]


def _open_maatregelen(stand: Stand) -> list[int]:
    return [nummer for nummer, maatregel in stand.maatregelen.items() if maatregel.loopt]


def _bekend_te_maken(stand: Stand) -> list[int]:
    return [n for n, b in stand.besluiten.items() if b.ondertekend_op and (not b.pogingen or b.retour_op)]


def _bekendgemaakt(stand: Stand) -> list[int]:
    return [n for n, b in stand.besluiten.items() if b.pogingen and b.retour_op is None]


# Waar een vervolgfeit op slaat als iemand geen nummer noemt: alleen als er precies één mogelijkheid is.
_VERVOLG: Final[Mapping[str, Callable[[Stand], list[int]]]] = {
    "derde_ontvangen": _open_derden,
    "hervat": _open_pauzes,
    "pauze_verlengd": _open_pauzes,
    "verblijf_hervat": _open_gaten,
    "dossier_opgevraagd": _laatste_verhuizing,
    "dossier_geleverd": _laatste_verhuizing,
    "dossier_overgenomen": _laatste_verhuizing,
    "les_beeindigd": _lopende_les,
    "aanmelding_geaccepteerd": _wachtlijst,
    "examen_uitslag": _open_examens,
    "verzoek_verlengd": _open_verzoeken,
    "verzoek_afgehandeld": _open_verzoeken,
    **dict.fromkeys(
        ("bezwaar_verschoonbaar", "bezwaar_zienswijze", "bezwaar_gehoord", "bezwaar_verdaagd", "bezwaar_ingetrokken"),
        _open_bezwaren,
    ),
    "beroep_beslist": _open_beroepen,
    "hoger_beroep_beslist": _open_hoger_beroepen,
    "beslistermijn_hervat": _opschortingen,
    "dwangsom_vastgesteld": _ingebrekestellingen,
    **dict.fromkeys(
        (
            "maatregel_gewaarschuwd", "keren_getoetst", "maatregel_voornemen", "maatregel_zienswijze",
            "maatregel_gestaakt",
        ),
        _open_maatregelen,
    ),
    "besluit_bekendgemaakt": _bekend_te_maken,
    "besluit_retour": _bekendgemaakt,
}  # fmt: skip


def nummer_voor(stand: Stand, soort: str) -> int | None:
    """Geef het nummer dat bij dit feit hoort als niemand er een noemt; None als er geen of meer dan één past."""
    if soort in GENUMMERD:
        bestaand = list(stand.verhuizingen) if soort == "verhuisd" else []
        return max((stand.hoogste.get(soort, 0), *bestaand)) + 1
    if soort in _VERVOLG:
        mogelijk = _VERVOLG[soort](stand)
        return mogelijk[0] if len(mogelijk) == 1 else None
    return None


def met_nummer(stand: Stand, soort: str, gegevens: Mapping[str, Any]) -> dict[str, Any]:
    """Vul het nummer in als het ontbreekt."""
    nummer = None if "nummer" in gegevens else nummer_voor(stand, soort)
    return dict(gegevens) if nummer is None else {**gegevens, "nummer": nummer}
