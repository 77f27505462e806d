"""Na elke handeling nagaan of de invarianten gelden: alleen wat erbij kwam; aan het eind van een leven alles.

I1 tot en met I4 en I7, en wat het ontwerp verder belooft: een kenmerk blijft van dezelfde stap (regel 6), en wat klaar
is verandert alleen doordat een mens het heropent of een feit doorhaalt (regel 4).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from adapters.opslag import SqlRuimte
from domein.begrippen import Berichtstatus, Dossierstatus, Stapstatus, Verificatie
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import StapGeopend
from domein.handelingen import invarianten
from domein.handelingen.bericht import VRAAGT_IETS
from domein.handelingen.kern import bestaand, kader
from domein.handelingen.regio import regio_op
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van
from domein.regels.planning import plan
from domein.regels.planvormen import Plan
from domein.regels.wijzigingen import bepaal
from domein.stand import STAPHANDELINGEN, Stand, vouw

_KOLOMMEN = select(*(getattr(Stap, naam) for naam in (
    "id", "kenmerk", "status", "generatie", "start", "streef", "uiterst", "waarom", "besluit", "gemeente", "medewerker",
    "partner", "uitkomst",
))).order_by(col(Stap.start), col(Stap.kenmerk))  # fmt: skip
ONAF = (Stapstatus.GEPLAND, Stapstatus.OPEN)


@dataclass
class Beeld:
    """Wat er na de vorige handeling van één dossier bekend was."""

    dossier_id: UUID
    gebeurtenissen: tuple[Gebeurtenis, ...] = ()
    stand: Stand = field(default_factory=Stand)
    plan: Plan = field(default_factory=lambda: plan(Stand(), kader()))
    stappen: dict[str, Stap] = field(default_factory=dict)
    klaar: dict[str, str] = field(default_factory=dict)
    kenmerken: dict[str, UUID] = field(default_factory=dict)
    gewist: bool = False

    @property
    def open(self) -> list[Stap]:
        return [stap for stap in self.stappen.values() if stap.status is Stapstatus.OPEN]

    @property
    def gepland(self) -> list[Stap]:
        return [stap for stap in self.stappen.values() if stap.status is Stapstatus.GEPLAND]


def kijk(omgeving: Omgeving, beeld: Beeld) -> list[str]:
    """Werk het beeld bij en geef wat er niet klopt."""
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dossier(beeld.dossier_id).laatste_volgnummer == len(beeld.gebeurtenissen):
            return []  # geen feit, dus niets veranderd; ook dat ziet de controle aan het eind
        try:
            gebeurtenissen = ruimte.gebeurtenissen(beeld.dossier_id)
        except PersoonGewist:
            beeld.gewist = True
            return [] if ruimte.controleer_keten(beeld.dossier_id) else ["I4: de keten van wie is gewist, klopt niet."]
        nieuw = gebeurtenissen[len(beeld.gebeurtenissen) :]
        stappen = _stappen(ruimte, beeld.dossier_id)
        stand = vouw(gebeurtenissen)
        gewenst = plan(stand, kader())
        fouten = [
            *_i1(ruimte, beeld.dossier_id, stappen),
            *_i3(stand, gewenst, stappen),
            *_rij(ruimte.dossier(beeld.dossier_id), stand, gewenst, stappen),
            *_i4(nieuw, omgeving.klok.nu()),
            *_i7(ruimte, omgeving, nieuw, beeld.plan),
            *_wet(gewenst),
            *_kenmerken(beeld, stappen),
            *_klaar(beeld, stand, stappen, nieuw),
        ]
        if gebeurtenissen[: len(beeld.gebeurtenissen)] != beeld.gebeurtenissen:
            fouten.append("I4: een gebeurtenis is veranderd of verdwenen.")
    beeld.gebeurtenissen, beeld.stand, beeld.plan, beeld.stappen = gebeurtenissen, stand, gewenst, stappen
    return fouten


def _stappen(ruimte: Ruimte, dossier_id: UUID) -> dict[str, Stap]:
    """De stappen zoals zij in de tabel staan; alleen de kolommen, want hele rijen kosten de helft van de tijd."""
    rijen = cast("SqlRuimte", ruimte).sessie.execute(_KOLOMMEN.where(col(Stap.dossier_id) == dossier_id)).all()
    return {rij.kenmerk: cast("Stap", rij) for rij in rijen}


def kijk_alles_na(omgeving: Omgeving) -> list[str]:
    """De hele controle, over de hele database, zoals na de demo; en geen mail over wat niet meer hoeft."""
    with omgeving.magazijn.ruimte() as ruimte:
        post = [
            f"Regel 4: {bericht.soort} over {stap.kenmerk} wacht nog, maar die stap is {stap.status}."
            for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
            if bericht.soort in VRAAGT_IETS and bericht.stap_id is not None
            if (stap := ruimte.stap(bericht.stap_id)).status is not Stapstatus.OPEN
            or stap.generatie != bericht.generatie
        ]
    return [*post, *(f"{naam}: {wat}" for naam, alle in invarianten.controleer(omgeving).items() for wat in alle)]


def _i1(ruimte: Ruimte, dossier_id: UUID, stappen: dict[str, Stap]) -> list[str]:
    dossier = ruimte.dossier(dossier_id)
    onaf = [stap for stap in stappen.values() if stap.status in ONAF]
    if dossier.status is Dossierstatus.BEEINDIGD:
        return [f"I1: het dossier is beeindigd, maar {stap.kenmerk} is nog {stap.status}" for stap in onaf]
    verder = any(stap.status is Stapstatus.GEPLAND or stap.medewerker for stap in onaf)
    return [] if verder or ruimte.signalen(dossier_id=dossier_id) else ["I1: het dossier loopt dood."]


def _i3(stand: Stand, gewenst: Plan, stappen: dict[str, Stap]) -> list[str]:
    verschil = bepaal(map(bestaand, stappen.values()), stand, gewenst)
    vreemd = [
        stap.kenmerk for stap in stappen.values()
        if stap.status is Stapstatus.OPEN and not invarianten._zelfde_behandelaar(stap, stand)
    ]  # fmt: skip
    return [
        *(f"I3: {w.kenmerk}: het plan vraagt '{w.soort}'." for w in verschil),
        *(f"I3: {kenmerk} is open bij iemand die geen gebeurtenis aanwijst." for kenmerk in vreemd),
    ]


def _rij(dossier: Dossier, stand: Stand, gewenst: Plan, stappen: dict[str, Stap]) -> list[str]:
    """Wat voor het gemak is herhaald (wie het dossier doet, en wie het mag zien), volgt de stand."""
    einde = stand.einde.grond.value if stand.einde else None
    herhaald = (dossier.gemeente, dossier.klantmanager, dossier.huishouden, dossier.einde)
    fouten: list[str] = []
    if herhaald != (stand.gemeente, stand.klantmanager, stand.huishouden, einde):
        fouten.append(f"I3: in de rij van het dossier staat {herhaald}.")
    elders = {stap.kenmerk: stap.gemeente for stap in gewenst.stappen if stap.gemeente is not None}
    vreemd = [k for k, stap in stappen.items() if stap.gemeente != (elders.get(k) or stand.gemeente)]
    return [*fouten, *(f"I6: {kenmerk} is te zien voor een andere gemeente." for kenmerk in vreemd)]


def _i4(nieuw: tuple[Gebeurtenis, ...], nu: datetime) -> list[str]:
    fouten: list[str] = []
    for g in nieuw:
        if not g.actor.code or (g.actor.code == SYSTEEM.code) is not (g.actor.verificatie is Verificatie.SYSTEEM):
            fouten.append(f"I4: {g.soort} zegt niet wie het deed.")
        if g.vastgelegd_op > nu:
            fouten.append(f"I4: {g.soort} is in de toekomst vastgelegd.")
        if g.soort in STAPHANDELINGEN and not g.reden:
            fouten.append(f"I4: {g.soort} heeft geen reden.")
    return fouten


def _i7(ruimte: Ruimte, omgeving: Omgeving, nieuw: tuple[Gebeurtenis, ...], eerder: Plan) -> list[str]:
    """Wat openging, stond in het plan van daarvoor, en was aan de beurt op een dag dat het kantoor werkte."""
    fouten: list[str] = []
    for g in nieuw:
        if not isinstance(g.gegevens, StapGeopend):
            continue
        stap = eerder.stap(g.stap or "")
        if stap is None or stap.start > g.geldig_op:
            fouten.append(f"I7: {g.stap} ging open op {g.geldig_op}, voor haar dag.")
        partner = regio_op(ruimte, omgeving, g.geldig_op).partner(g.gegevens.partner)
        if partner is None or not kantoorkalender_van(partner).is_open(g.geldig_op):
            fouten.append(f"I7: {g.stap} ging open op {g.geldig_op}, toen {g.gegevens.partner} dicht was.")
    return fouten


def _wet(gewenst: Plan) -> list[str]:
    """Geen stap streeft voorbij een wettelijke uiterste dag, en elke stap begint en streeft op een werkdag."""
    kantoor = kader().kantoor
    fouten: list[str] = []
    for stap in gewenst.stappen:
        if not (stap.start <= stap.streef and kantoor.is_open(stap.start) and kantoor.is_open(stap.streef)):
            fouten.append(f"Plan: {stap.kenmerk} van {stap.start} tot {stap.streef} kan niet.")
        if stap.wettelijk and stap.uiterst is not None and stap.streef > stap.uiterst >= stap.start:
            fouten.append(f"Plan: {stap.kenmerk} streeft naar {stap.streef}, na de uiterste dag {stap.uiterst}.")
    return fouten


def _kenmerken(beeld: Beeld, stappen: dict[str, Stap]) -> list[str]:
    nu = {stap.kenmerk: stap.id for stap in stappen.values()}
    weg = [kenmerk for kenmerk, stap_id in beeld.kenmerken.items() if nu.get(kenmerk) != stap_id]
    beeld.kenmerken = nu
    return [f"Regel 6: {kenmerk} is verdwenen of een andere stap geworden." for kenmerk in weg]


def _klaar(beeld: Beeld, stand: Stand, stappen: dict[str, Stap], nieuw: tuple[Gebeurtenis, ...]) -> list[str]:
    """Een doorhaling, een heropening of een verbetering uit een bron mag; al het andere laat klaar met rust."""
    mens = any(g.soort in ("doorgehaald", "stap_heropend") or g.bronversie > 1 for g in nieuw)
    nu = {
        k: f"{s.uitkomst} {s.start} {s.streef}"
        for k, s in stappen.items()
        if s.status is Stapstatus.KLAAR and k in stand.afgerond  # zonder is het antwoord al doorgehaald
    }
    anders = [] if mens else [k for k, was in beeld.klaar.items() if nu.get(k) != was]
    beeld.klaar = nu
    return [f"Regel 4: {kenmerk} was klaar en is veranderd." for kenmerk in anders]
