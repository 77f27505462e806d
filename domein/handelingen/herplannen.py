"""Lopende dossiers herplannen als de regeling is veranderd: in porties, te hervatten, en eerst als proef (regel 8)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from domein.begrippen import Dossierstatus
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import DossierHerplant
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.wijzigingen import Wijziging

REDEN: Final = "De regeling is veranderd."


@dataclass(slots=True)
class Herplanverslag:
    """Wat er veranderde (of bij een proef: zou veranderen). `nog`: zo veel dossiers zijn nog niet herplant."""

    dossiers: int = 0
    wijzigingen: Counter[str] = field(default_factory=Counter[str])
    nog: int = 0

    def tel(self, wijzigingen: tuple[Wijziging, ...]) -> None:
        self.dossiers += bool(wijzigingen)
        self.wijzigingen.update(wijziging.soort for wijziging in wijzigingen)


def eis_herplanner(omgeving: Omgeving, actor: Actor) -> None:
    """GeenBevoegdheid als deze persoon geen dossiers van de regio mag beheren."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        eis_beheer(regio_op(ruimte, omgeving, vandaag), None, actor, vandaag)


def herplanfeit(ruimte: Ruimte, dossier_id: UUID) -> DossierHerplant | None:
    """Het feit dat dit dossier opnieuw is gepland; None als er in zijn plan niets verandert."""
    verandert = bool(voorbeeld(ruimte, dossier_id, []).wijzigingen)
    return DossierHerplant(regeling=kader().regeling.versie) if verandert else None


def _te_herplannen(omgeving: Omgeving) -> list[UUID]:
    versie = kader().regeling.versie
    with omgeving.magazijn.ruimte() as ruimte:
        oud = [d.id for d in ruimte.dossiers(status=Dossierstatus.LOPEND) if d.regeling != versie]
        # Van wie is gewist valt niets meer te plannen (regel 12).
        return [dossier_id for dossier_id in oud if ruimte.persoon(dossier_id) is not None]


def proef_herplan(omgeving: Omgeving) -> Herplanverslag:
    """Laat zien wat de geldende regeling in lopende dossiers zou veranderen; er wordt niets geschreven."""
    verslag = Herplanverslag()
    te_doen = _te_herplannen(omgeving)
    for dossier_id in te_doen:
        with omgeving.magazijn.ruimte() as ruimte:
            verslag.tel(voorbeeld(ruimte, dossier_id, []).wijzigingen)
    verslag.nog = len(te_doen)
    return verslag


def herplan(omgeving: Omgeving, actor: Actor, reden: str = REDEN, *, portie: int = 100) -> Herplanverslag:
    """Herplan hoogstens `portie` dossiers, elk in een eigen transactie met zijn eigen gebeurtenis (wie, waarom).

    Een dossier draagt de versie waarmee het is gepland: wie halverwege stopt, gaat later gewoon verder. Verandert er in
    een plan niets, dan draagt het dossier alleen de nieuwe versie. Wie dit mag, toetst `eis_herplanner`.
    """
    verslag = Herplanverslag()
    te_doen = _te_herplannen(omgeving)
    for dossier_id in te_doen[:portie]:

        def werk(ruimte: Ruimte, welk: UUID = dossier_id) -> tuple[Wijziging, ...]:
            feit = herplanfeit(ruimte, welk)
            vandaag = omgeving.klok.vandaag()
            nieuwe = [NieuweGebeurtenis("dossier_herplant", vandaag, feit, actor, reden=reden)] if feit else []
            return leg_vast(ruimte, omgeving, welk, nieuwe, reden=REDEN).wijzigingen

        verslag.tel(in_ruimte(omgeving, werk))
    verslag.nog = len(te_doen[portie:])
    return verslag
