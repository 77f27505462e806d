"""Een taak teruggeven: 'niet voor mij'.

De afspraken zeggen wie haar dan krijgt: een collega met dezelfde rol bij dezelfde partner, bij een besluit een
andere houder van het mandaat. Is er niemand, dan beslist de teamleider; tot dan blijft de taak waar zij is, want een
taak zonder iemand is een taak die vergeten wordt (I1).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol
from domein.fouten import AlBeantwoord, OngeldigeGegevens
from domein.gebeurtenissen.basis import SYSTEEM, Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapToegewezen
from domein.handelingen.eigen_taak import eis_eigen_taak, lopende_vraag
from domein.handelingen.kern import in_ruimte, leg_vast, nieuwe_controle
from domein.handelingen.openen import wijs_aan
from domein.handelingen.stapbeheer import ZIN
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.samenwerking import Toewijzing
from domein.regels.verzoekbehandelaar import volgt_klantmanager
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.stand import Stand, vouw

# Codes en geen eigen woorden: wat iemand hier typt, staat straks in een taak van een ander.
REDENEN: Final[Mapping[str, str]] = {
    "ander-dossier": "Dit dossier is niet van mij",
    "andere-rol": "Dit werk hoort niet bij mijn rol",
    "te-vol": "Ik heb hier geen tijd voor",
    "afwezig": "Ik ben er dan niet",
    "te-dichtbij": "Ik ken deze persoon privé",
    "anders": "Anders",
}
_TERUG: Final = "niet voor mij"


@dataclass(frozen=True, slots=True)
class Teruggave:
    """Wat er met de taak gebeurde: zij ging naar `naar`, of de vraag ligt bij `beslist`."""

    naar: str | None = None
    beslist: str | None = None


def geef_terug(omgeving: Omgeving, stap_id: UUID, redencode: str, actor: Actor, *, generatie: int) -> Teruggave:
    """Geef een open taak terug; alleen wie haar heeft kan dat. Een tweede keer geeft AlBeantwoord."""
    if redencode not in REDENEN:
        raise OngeldigeGegevens("Kies een reden.", "Kies een reden uit de lijst.", {"reden": "Kies een reden."})

    def werk(ruimte: Ruimte) -> Teruggave:
        stap = ruimte.stap(stap_id)
        regio = eis_eigen_taak(ruimte, omgeving, stap, actor, generatie)
        gebeurtenissen = ruimte.gebeurtenissen(stap.dossier_id)
        stand = vouw(gebeurtenissen)
        if lopende_vraag(stand, stap.kenmerk) is not None:
            raise AlBeantwoord("Over deze taak ligt al een vraag bij een ander.", "U hoort het als er is beslist.")
        gaven_terug = {actor.code} | _gaven_terug(gebeurtenissen, stap.kenmerk)
        ander = _ander(ruimte, regio, stap, stand, omgeving.klok.vandaag(), gaven_terug)
        if ander is None:
            return _vraag_teamleider(ruimte, omgeving, regio, stap, stand, redencode, actor)
        nieuw = NieuweGebeurtenis(
            "stap_toegewezen",
            omgeving.klok.vandaag(),
            StapToegewezen(partner=ander.partner, medewerker=ander.code),
            actor,
            reden=f"{_TERUG}: {REDENEN[redencode]}",
            stap=stap.kenmerk,
        )
        leg_vast(ruimte, omgeving, stap.dossier_id, [nieuw], reden=ZIN["stap_toegewezen"])
        return Teruggave(naar=ander.code)

    return in_ruimte(omgeving, werk)


def _gaven_terug(gebeurtenissen: Collection[Gebeurtenis], kenmerk: str) -> set[str]:
    """Wie deze taak eerder teruggaf, krijgt haar niet weer: anders blijft zij rondgaan."""
    return {
        g.actor.code
        for g in gebeurtenissen
        if g.stap == kenmerk and g.soort == "stap_toegewezen" and g.reden.startswith(_TERUG)
    }


def _ander(
    ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, vandaag: date, niet: Collection[str]
) -> Medewerker | None:
    """Kies wie de taak krijgt: aanwezig, met de rol, en met het minste werk; None als er niemand is."""
    last = ruimte.open_last()
    toewijzing = wijs_aan(ruimte, regio, stap, stand, vandaag)
    gevonden = toewijzing if isinstance(toewijzing, Toewijzing) and not volgt_klantmanager(stap.kenmerk) else None
    if stap.besluit:
        houders = gevonden.mandaat.houders if gevonden is not None and gevonden.mandaat is not None else ()
        kring = [m for code in houders if (m := regio.medewerker(code)) is not None]
    else:
        rol = gevonden.rol if gevonden is not None and gevonden.uitvoerder == stap.partner else stap.rol
        kring = [m for m in regio.medewerkers_van(stap.partner or "") if rol in m.rollen]
    mogelijk = [m for m in kring if m.code not in niet and m.in_dienst_op(vandaag) and m.afwezig_op(vandaag) is None]
    return min(mogelijk, key=lambda m: (last.get(m.code, 0) / m.fte, m.code), default=None)


def _vraag_teamleider(
    ruimte: Ruimte, omgeving: Omgeving, regio: Regio, stap: Stap, stand: Stand, redencode: str, actor: Actor
) -> Teruggave:
    vraag = nieuwe_controle(
        stand, omgeving, "niet_voor_mij", f"{stap.kenmerk}: {REDENEN[redencode].lower()}", toelichting=redencode
    )
    nieuwe = [replace(vraag, actor=actor)]
    teamleider = _teamleider(regio, stap, omgeving, actor.code)
    if teamleider is not None:
        # Zonder teamleider gaat de vraag volgens de afspraken, zoals elke bijzonderheid.
        toewijzing = StapToegewezen(partner=teamleider.partner, medewerker=teamleider.code)
        kenmerk = f"registratie/controle/{stand.controles_gesteld + 1}"
        nieuwe.append(
            NieuweGebeurtenis(
                "stap_toegewezen", omgeving.klok.vandaag(), toewijzing, SYSTEEM, reden=_TERUG, stap=kenmerk
            )
        )
    leg_vast(ruimte, omgeving, stap.dossier_id, nieuwe, reden=ZIN["stap_toegewezen"])
    return Teruggave(beslist=teamleider.code if teamleider else "de coordinator")


def _teamleider(regio: Regio, stap: Stap, omgeving: Omgeving, niet: str) -> Medewerker | None:
    vandaag = omgeving.klok.vandaag()
    for medewerker in sorted(regio.medewerkers_van(stap.partner or ""), key=lambda m: m.code):
        aanwezig = medewerker.in_dienst_op(vandaag) and medewerker.afwezig_op(vandaag) is None
        if Rol.TEAMLEIDER in medewerker.rollen and aanwezig and medewerker.code != niet:
            return medewerker
    return None
