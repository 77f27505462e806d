"""Eén handeling van ops op één stap of dossier: mag het, breekt er een termijn, en dan vastleggen.

Alle deuren komen hier: de opdrachtregel, Prefect, het portaal, en `bulk.py` voor velen tegelijk. Een proef voert de
handeling echt uit en draait haar terug: wat zij laat zien, is wat er daarna gebeurt.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.handelingen import opsfeiten
from domein.handelingen.bevoegdheid import eis_ops
from domein.handelingen.doorhalen import voorbereiden as doorhaling
from domein.handelingen.herplannen import herplanfeit
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast
from domein.handelingen.melden import hypothese
from domein.handelingen.opsfeiten import Feit
from domein.handelingen.opsfouten import AANVAARDEN
from domein.handelingen.opsvormen import Doel, Opdracht
from domein.handelingen.regio import regio_op
from domein.handelingen.ronde import los_run_signalen_op
from domein.ports import Omgeving, Ruimte
from domein.regels.bulkkeuze import OP_DOSSIER, Handeling
from domein.regels.planning import plan
from domein.regels.termijnbreuk import Termijnbreuk, TermijnGebroken, breuken
from domein.regels.toets_uitkomst import toets
from domein.stand import Stand, vouw

T = TypeVar("T")

# Wat er in mail en tabellen komt te staan. De eigen woorden van wie het besloot, kunnen over de persoon gaan: die
# staan alleen versleuteld in de gebeurtenis.
ZIN: Final = {
    Handeling.VERZETTEN: "Een taak in dit dossier is verzet.",
    Handeling.OPNIEUW: "De run van een taak in dit dossier is opnieuw gezet.",
    Handeling.OVERSLAAN: "Een taak in dit dossier is overgeslagen.",
    Handeling.HEROPENEN: "Een taak in dit dossier is heropend.",
    Handeling.OVERDRAGEN: "Een taak in dit dossier ging naar een ander.",
    Handeling.HERPLANNEN: "Het dossier is opnieuw gepland.",
    Handeling.TOEWIJZEN: "Een ander is klantmanager van dit dossier.",
    Handeling.PAUZEREN: "De taken van dit dossier staan stil.",
    Handeling.HERVATTEN: "De taken van dit dossier gaan weer door.",
    Handeling.DOORHALEN: "Een eerdere gebeurtenis is doorgehaald.",
}
# De andere veranderen niets aan het plan, of nemen alleen iets terug.
KAN_BREKEN: Final = frozenset(
    {Handeling.VERZETTEN, Handeling.OVERSLAAN, Handeling.HEROPENEN, Handeling.PAUZEREN, Handeling.HERVATTEN}
)


class _Terug(Exception):
    """Draagt de uitkomst van een proef naar buiten; de transactie valt daardoor terug."""

    def __init__(self, uitkomst: Any) -> None:
        super().__init__()
        self.uitkomst = uitkomst


def in_proef(omgeving: Omgeving, werk: Callable[[Ruimte], T]) -> T:
    """Doe het werk en draai het terug; er wordt niets bewaard."""

    def en_terug(ruimte: Ruimte) -> T:
        raise _Terug(werk(ruimte))

    try:
        return in_ruimte(omgeving, en_terug)
    except _Terug as terug:
        return cast("T", terug.uitkomst)


def doe_een(omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor, *, proef: bool = False) -> Uitwerking:
    """Doe de handeling op één stap of dossier; RegieFout als zij niet kan. Een proef bewaart niets."""
    opdracht.controleer()

    def werk(ruimte: Ruimte) -> Uitwerking:
        return handel(ruimte, omgeving, doel, opdracht, actor)[0]

    return in_proef(omgeving, werk) if proef else in_ruimte(omgeving, werk)


def handel(
    ruimte: Ruimte, omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor
) -> tuple[Uitwerking, tuple[Termijnbreuk, ...]]:
    """Doe de handeling in deze transactie; geef wat zij deed en welke uiterste dagen zij met reden breekt.

    Geweigerd wordt er voordat er iets is geschreven, behalve als het plan zelf een overgang weigert.
    """
    zin = ZIN[opdracht.handeling]
    if opdracht.handeling is Handeling.DOORHALEN:
        nieuwe = [
            doorhaling(ruimte, omgeving, doel.dossier_id, str(nummer), actor, opdracht.reden)
            for nummer in sorted(doel.volgnummers, reverse=True)
        ]
        return leg_vast(ruimte, omgeving, doel.dossier_id, nieuwe, reden=zin), ()
    vandaag = omgeving.klok.vandaag()
    stand = vouw(ruimte.gebeurtenissen(doel.dossier_id))
    feit = _feit(ruimte, omgeving, doel, stand, opdracht, actor)
    if feit is None:
        return leg_vast(ruimte, omgeving, doel.dossier_id, [], reden=zin), ()
    soort, gegevens, kenmerk = feit
    toets(stand, gegevens, vandaag, vandaag, opdracht.reden, kader())
    nieuw = NieuweGebeurtenis(soort, vandaag, gegevens, actor, reden=opdracht.reden, stap=kenmerk)
    gebroken = _breuken(ruimte, omgeving, doel.dossier_id, stand, nieuw, opdracht)
    if gebroken:
        nieuw = replace(nieuw, reden=f"{opdracht.reden} (uiterste dag gebroken: {opdracht.aanvaard.strip()})")
    uitwerking = leg_vast(ruimte, omgeving, doel.dossier_id, [nieuw], reden=zin)
    if opdracht.handeling is Handeling.OPNIEUW and doel.stap_id is not None:
        _vraag_nieuwe_run(ruimte, omgeving, doel.stap_id)
    return uitwerking, gebroken


def _feit(
    ruimte: Ruimte, omgeving: Omgeving, doel: Doel, stand: Stand, opdracht: Opdracht, actor: Actor
) -> Feit | None:
    """Het feit dat wordt vastgelegd; None als er bij herplannen niets verandert."""
    if opdracht.handeling in OP_DOSSIER:
        return _dossierfeit(ruimte, omgeving, doel.dossier_id, stand, opdracht, actor)
    return _stapfeit(ruimte, omgeving, doel, opdracht, actor)


def _dossierfeit(
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, stand: Stand, opdracht: Opdracht, actor: Actor
) -> Feit | None:
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    eis_ops(regio, ruimte.dossier(dossier_id).gemeente, actor, vandaag)
    match opdracht.handeling:
        case Handeling.PAUZEREN:
            return opsfeiten.pauzeren(stand, opdracht)
        case Handeling.HERVATTEN:
            return opsfeiten.hervatten(stand)
        case Handeling.TOEWIJZEN:
            return opsfeiten.toewijzen(regio, stand, list(ruimte.stappen(dossier_id)), opdracht.aan or "", vandaag)
        case _:
            gegevens = herplanfeit(ruimte, dossier_id)
            return ("dossier_herplant", gegevens, None) if gegevens else None


def _stapfeit(ruimte: Ruimte, omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor) -> Feit:
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    if doel.stap_id is None:
        raise OngeldigeGegevens("Deze handeling gaat over een stap.", "Noem de stap.")
    stap = ruimte.stap(doel.stap_id)
    eis_ops(regio, stap.gemeente, actor, vandaag)
    match opdracht.handeling:
        case Handeling.VERZETTEN:
            return "stap_verzet", opsfeiten.verzetten(stap, opdracht, vandaag), stap.kenmerk
        case Handeling.OPNIEUW:
            return "stap_opnieuw", opsfeiten.opnieuw(ruimte, stap), stap.kenmerk
        case Handeling.OVERSLAAN:
            return "stap_overgeslagen", opsfeiten.overslaan(stap), stap.kenmerk
        case Handeling.HEROPENEN:
            return "stap_heropend", opsfeiten.heropenen(stap), stap.kenmerk
        case _:
            return "stap_toegewezen", opsfeiten.overdragen(regio, stap, opdracht.aan or "", vandaag), stap.kenmerk


def _breuken(
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, stand: Stand, nieuw: NieuweGebeurtenis, opdracht: Opdracht
) -> tuple[Termijnbreuk, ...]:
    """De uiterste dagen die dit breekt; TermijnGebroken als niemand dat aanvaardde."""
    if opdracht.handeling not in KAN_BREKEN:
        return ()
    erna = vouw((*ruimte.gebeurtenissen(dossier_id), hypothese(ruimte, omgeving, dossier_id, nieuw)))
    gebroken = breuken(plan(stand, kader()), plan(erna, kader()), frozenset(erna.overgeslagen))
    if not gebroken or opdracht.aanvaard.strip():
        return gebroken
    eerste = gebroken[0]
    raise TermijnGebroken(
        f"Dan haalt niemand de uiterste dag {eerste.uiterst} van '{eerste.kenmerk}'. {eerste.artikel}.",
        f"Kies iets dat op tijd blijft, of {AANVAARDEN}.",
        gebroken,
    )


def _vraag_nieuwe_run(ruimte: Ruimte, omgeving: Omgeving, stap_id: UUID) -> None:
    """De volgende ronde zet dezelfde run weer aan; de generatie blijft, dus gaat er geen mail opnieuw (regel 7)."""
    stap = ruimte.stap(stap_id)
    stap.run_opnieuw_na = omgeving.klok.nu()
    ruimte.bewaar(stap)
    los_run_signalen_op(ruimte, omgeving, stap)
