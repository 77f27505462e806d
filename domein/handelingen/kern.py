"""Vastleggen en herplannen in één transactie: gebeurtenissen erin, plan eruit, wijzigingen op de stappen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar
from uuid import UUID

from domein.begrippen import Dossierstatus, Stapstatus
from domein.fouten import InTussenGewijzigd, VolgnummerBezet
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import ControleGevraagd
from domein.handelingen.partnerpost import bericht_partners
from domein.handelingen.regiobord_bijwerken import werk_bord_bij
from domein.handelingen.stapwijzigingen import pas_toe
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.planning import plan
from domein.regels.planvormen import Kader, Plan
from domein.regels.wijzigingen import Bestaand, Wijziging, bepaal
from domein.stand import Stand, Vouwing, begin_vouw, vouw, vouw_verder

T = TypeVar("T")
POGINGEN: Final = 8
_PIPTERMIJNEN: Final = frozenset({"pip", "pip-na-brp", "pip-na-derde"})


@dataclass(frozen=True, slots=True)
class Uitwerking:
    """Wat een handeling deed: de gebeurtenissen, het nieuwe plan en de wijzigingen daardoor."""

    dossier_id: UUID
    gebeurtenissen: tuple[Gebeurtenis, ...]
    wijzigingen: tuple[Wijziging, ...]
    stand: Stand
    plan: Plan


def in_ruimte(omgeving: Omgeving, werk: Callable[[Ruimte], T]) -> T:
    """Doe het werk in één transactie; was een ander eerst, vouw dan opnieuw en toets opnieuw (regel 9)."""
    for _ in range(POGINGEN):
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                return werk(ruimte)
        except VolgnummerBezet:
            continue
    raise InTussenGewijzigd(
        "Anderen werken op dit moment in hetzelfde dossier.",
        "Kijk wat er is veranderd en probeer het opnieuw.",
    )


@cache
def kader() -> Kader:
    """Het kader waarmee wordt gepland: de regeling van deze software en de gewone kantoordagen."""
    return Kader()


def bestaand(stap: Stap) -> Bestaand:
    return Bestaand(stap.kenmerk, stap.status, stap.generatie, stap.start, stap.streef, stap.uiterst, stap.waarom)


def leg_vast(
    ruimte: Ruimte,
    omgeving: Omgeving,
    dossier_id: UUID,
    nieuwe: Sequence[NieuweGebeurtenis],
    reden: str = "",
    *,
    vooraf: Vouwing | None = None,
) -> Uitwerking:
    """Leg gebeurtenissen vast en breng de stappen in overeenstemming met het nieuwe plan.

    Ligt de termijn voor het PIP daardoor in het verleden, dan vraagt dit ook om een controle (regel 3). Wie het dossier
    in deze transactie al vouwde, geeft dat mee als `vooraf`; het scheelt alleen rekentijd.
    """
    dossier = ruimte.dossier(dossier_id)
    eerder = ruimte.gebeurtenissen(dossier_id)
    kader_ = kader()
    volgnummer = dossier.laatste_volgnummer
    geschreven: list[Gebeurtenis] = []
    for nieuw in nieuwe:
        geschreven.append(ruimte.schrijf(dossier_id, nieuw, volgnummer))
        volgnummer += 1
    vouwing = vouw_verder(vooraf, eerder, geschreven) if vooraf is not None else begin_vouw((*eerder, *geschreven))
    stand = vouwing.stand
    gewenst = plan(stand, kader_)
    controle = _termijn_voorbij(stand, eerder, gewenst, omgeving)
    if controle is not None:
        geschreven.append(ruimte.schrijf(dossier_id, controle, volgnummer))
        stand = vouw((*eerder, *geschreven))
        gewenst = plan(stand, kader_)
    stappen = {stap.kenmerk: stap for stap in ruimte.stappen(dossier_id)}
    wijzigingen = bepaal(map(bestaand, stappen.values()), stand, gewenst, reden)
    pas_toe(ruimte, omgeving, dossier, stappen, wijzigingen, stand, gewenst)
    _werk_dossier_bij(dossier, stand, stappen)
    dossier.regeling = gewenst.regeling
    werk_bord_bij(ruimte, dossier, stand, gewenst, kader_)
    bericht_partners(ruimte, omgeving, dossier, stand, geschreven)
    ruimte.bewaar(dossier)
    return Uitwerking(dossier_id, tuple(geschreven), wijzigingen, stand, gewenst)


def nieuwe_controle(
    stand: Stand, omgeving: Omgeving, aanleiding: str, betreft: str, **rest: object
) -> NieuweGebeurtenis:
    """Maak de vraag aan een mens; het nummer telt door over het hele dossier."""
    gegevens = ControleGevraagd.model_validate(
        {"nummer": stand.controles_gesteld + 1, "aanleiding": aanleiding, "betreft": betreft, **rest}
    )
    return NieuweGebeurtenis(
        "controle_gevraagd", omgeving.klok.vandaag(), gegevens, SYSTEEM, reden=f"{aanleiding}: {betreft}"
    )


def _termijn_voorbij(
    stand: Stand, eerder: Sequence[Gebeurtenis], nieuw: Plan, omgeving: Omgeving
) -> NieuweGebeurtenis | None:
    """Vraag een mens als door dit feit de termijn voor een PIP, ook dat na een verhuizing, al voorbij blijkt."""
    vandaag = omgeving.klok.vandaag()
    voorbij = [
        termijn for termijn in nieuw.termijnen
        if termijn.soort in _PIPTERMIJNEN and termijn.einde < vandaag
        and termijn.gehaald_op is None and not termijn.vervallen
    ]  # fmt: skip
    if not voorbij:
        return None
    bekend = {termijn.einde for termijn in plan(vouw(eerder), kader()).termijnen if termijn.soort in _PIPTERMIJNEN}
    for termijn in voorbij:
        if termijn.einde not in bekend:
            return nieuwe_controle(stand, omgeving, "termijn_voorbij", f"{termijn.soort} tot en met {termijn.einde}")
    return None


def _werk_dossier_bij(dossier: Dossier, stand: Stand, stappen: dict[str, Stap]) -> None:
    dossier.gemeente = stand.gemeente or dossier.gemeente
    dossier.klantmanager = stand.klantmanager
    dossier.regie_partner = stand.klantmanager_partner
    dossier.huishouden = stand.huishouden
    loopt_nog = any(stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN) for stap in stappen.values())
    beeindigd = stand.einde is not None and not loopt_nog
    dossier.status = Dossierstatus.BEEINDIGD if beeindigd else Dossierstatus.LOPEND
    dossier.einde = stand.einde.grond.value if stand.einde else None
    dossier.beeindigd_op = stand.einde.op if stand.einde and beeindigd else None


def voorbeeld(ruimte: Ruimte, dossier_id: UUID, erbij: Sequence[Gebeurtenis]) -> Uitwerking:
    """Reken uit wat gebeurtenissen zouden veranderen, met dezelfde functies; er wordt niets geschreven."""
    eerder = ruimte.gebeurtenissen(dossier_id)
    stand = vouw((*eerder, *erbij))
    gewenst = plan(stand, kader())
    wijzigingen = bepaal(map(bestaand, ruimte.stappen(dossier_id)), stand, gewenst)
    return Uitwerking(dossier_id, tuple(erbij), wijzigingen, stand, gewenst)
