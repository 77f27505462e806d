"""Besluiten die op papier zijn genomen lezen: wie, wanneer, onder welk mandaat, wat er is onderzocht (Awb 3:2, 10:1).

Wat van voor deze boekhouding is, noemt geen mandaat. Dat volgt dan bij het lezen uit de afspraken van de dagtekening,
en staat er als afgeleid.
"""

from collections.abc import Sequence
from typing import Any

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis, Gegevens
from domein.handelingen.kern import kader
from domein.handelingen.mandaat import mandaat_op
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regeling.gronden import alle_gronden
from domein.regels.papierbesluit import Papierbesluit, bezwaar_kan_tot, op_papier
from domein.stand import Stand, vouw

Rij = dict[str, Any]
STAND = "op_papier"
_VERANTWOORDING = {"mandaat", "grondslag", "gronden", "onderzocht", "besluit", "mandaathouder"}


def papier_rijen(
    ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, stand: Stand, gelden: Sequence[Gebeurtenis]
) -> list[Rij]:
    """De rijen van een lijst; `gelden` zijn de feiten die niet zijn doorgehaald."""
    return [_rij(ruimte, omgeving, dossier, stand, gelden, een) for een in op_papier(stand)]


def papier_rij(
    ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, stand: Stand, gelden: Sequence[Gebeurtenis], sleutel: str
) -> Rij | None:
    """Eén besluit met zijn velden en wat er is onderzocht; None als het er niet is."""
    een = next((p for p in op_papier(stand) if p.sleutel == sleutel), None)
    if een is None:
        return None
    feit = _feit(gelden, een)
    inhoud = feit.gegevens if feit is not None else None
    velden = inhoud.model_dump(mode="json", exclude=_VERANTWOORDING) if inhoud is not None else {}
    onderzocht = getattr(inhoud, "onderzocht", "") or None
    return _rij(ruimte, omgeving, dossier, stand, gelden, een) | {
        "besluit": velden, "uitkomst": feit.soort if feit is not None else "", "adviezen": [],
        "gronden": _gronden(inhoud, een), "onderzocht": onderzocht, "tekstversie": 0, "hash": "", "wijze": None,
        "bewijs": None, "retour_op": None, "feit": feit, "keten_klopt": ruimte.controleer_keten(dossier.id),
    }  # fmt: skip


def _gronden(inhoud: Gegevens | None, een: Papierbesluit) -> list[Rij]:
    """De onderzochte gronden zoals bij een concept; wat bleek staat op het papier, en kort bij `onderzocht`."""
    genoemd: tuple[str, ...] = getattr(inhoud, "gronden", ())
    vragen = {grond.code: grond for lijst in alle_gronden().values() for grond in lijst}
    vragen |= {grond.code: grond for grond in alle_gronden()[een.soort]}
    return [
        {
            "code": code, "vraag": vragen[code].vraag, "artikel": vragen[code].artikel, "altijd": vragen[code].altijd,
            "oordeel": "onderzocht", "toelichting": None, "door": een.wie, "op": een.dagtekening,
        }
        for code in genoemd
    ]  # fmt: skip


def _rij(
    ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, stand: Stand, gelden: Sequence[Gebeurtenis],
    een: Papierbesluit,
) -> Rij:  # fmt: skip
    mandaat, bron, afgeleid = een.mandaat or None, een.bron or None, False
    if mandaat is None:
        toen = vouw([g for g in gelden if g.geldig_op <= een.dagtekening])
        gevonden = mandaat_op(ruimte, omgeving, toen.gemeente or dossier.gemeente, een.soort, een.wie, een.dagtekening)
        mandaat, bron = (gevonden.id, gevonden.bron) if gevonden is not None else (None, None)
        afgeleid = gevonden is not None
    return {
        "dossier": dossier.referentie, "nummer": een.sleutel, "soort": een.soort.value, "stap": een.stap,
        "stand": STAND, "opgesteld_op": een.dagtekening, "opsteller": een.wie, "nog_te_onderzoeken": [],
        "dagtekening": een.dagtekening, "ondertekenaar": een.wie, "mandaat": mandaat, "mandaat_afgeleid": afgeleid,
        "bron_mandaat": bron, "namens": None, "bekendgemaakt_op": een.bekendgemaakt_op,
        "bezwaar_tot": bezwaar_kan_tot(stand, een.tegen, een.van, kader()), "op_papier": True,
        "herroepen_op": een.herroepen_op,
    }  # fmt: skip


def _feit(gelden: Sequence[Gebeurtenis], een: Papierbesluit) -> Gebeurtenis | None:
    """Het feit waarmee het is vastgelegd."""

    def past(g: Gebeurtenis) -> bool:
        if een.tegen == "afwijzing":
            d = g.gegevens
            return isinstance(d, s.VoorstelAfgewezen) and d.besluit is None and d.nummer == een.van
        ook = (g.geldig_op, g.stap or "") == (een.dagtekening, een.stap)
        return isinstance(g.gegevens, s.PipVastgesteld) and g.gegevens.besluit is None and ook

    return next((g for g in gelden if past(g)), None)
