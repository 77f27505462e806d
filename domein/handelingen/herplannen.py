"""Lopende dossiers herplannen als de regeling is veranderd: in porties, te hervatten, en eerst als proef (regel 8)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from domein.begrippen import Dossierstatus
from domein.fouten import OpslagOnbeschikbaar, RegieFout
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import DossierHerplant
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.onverwacht import Mislukking, mislukt
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.wijzigingen import Wijziging

REDEN: Final = "De regeling is veranderd."


@dataclass(slots=True)
class Herplanverslag:
    """Wat er veranderde (of bij een proef: zou veranderen). `nog`: zo veel dossiers zijn nog niet herplant.

    `mislukt`: welke daarvan niet gingen, waarom, en wat er te doen is.
    """

    dossiers: int = 0
    wijzigingen: Counter[str] = field(default_factory=Counter[str])
    nog: int = 0
    mislukt: list[Mislukking] = field(default_factory=list[Mislukking])

    def tel(self, wijzigingen: tuple[Wijziging, ...]) -> None:
        self.dossiers += bool(wijzigingen)
        self.wijzigingen.update(wijziging.soort for wijziging in wijzigingen)

    def noteer(self, referentie: str, fout: RegieFout) -> None:
        self.mislukt.append(Mislukking(referentie, fout.code, fout.melding, fout.uitweg))


def eis_herplanner(omgeving: Omgeving, actor: Actor) -> None:
    """GeenBevoegdheid als deze persoon geen dossiers van de regio mag beheren."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        eis_beheer(regio_op(ruimte, omgeving, vandaag), None, actor, vandaag)


def herplanfeit(ruimte: Ruimte, dossier_id: UUID) -> DossierHerplant | None:
    """Het feit dat dit dossier opnieuw is gepland; None als er in zijn plan niets verandert."""
    verandert = bool(voorbeeld(ruimte, dossier_id, []).wijzigingen)
    return DossierHerplant(regeling=kader().regeling.versie) if verandert else None


def _te_herplannen(omgeving: Omgeving) -> list[tuple[UUID, str]]:
    """De dossiers, met hun referentie, die nog met een andere regeling zijn gepland."""
    versie = kader().regeling.versie
    with omgeving.magazijn.ruimte() as ruimte:
        oud = [d for d in ruimte.dossiers(status=Dossierstatus.LOPEND) if d.regeling != versie]
        return [(d.id, d.referentie) for d in oud if not _is_gewist(ruimte, d.id)]


def _is_gewist(ruimte: Ruimte, dossier_id: UUID) -> bool:
    """Van wie is gewist valt niets meer te plannen (regel 12). Wat niet te lezen is, is niet gewist en faalt straks."""
    try:
        return ruimte.persoon(dossier_id) is None
    except OpslagOnbeschikbaar:
        raise
    except Exception:
        return False


def proef_herplan(omgeving: Omgeving) -> Herplanverslag:
    """Laat zien wat de geldende regeling in lopende dossiers zou veranderen; er wordt niets geschreven."""
    verslag = Herplanverslag()
    te_doen = _te_herplannen(omgeving)
    for dossier_id, referentie in te_doen:
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                verslag.tel(voorbeeld(ruimte, dossier_id, []).wijzigingen)
        except Exception as fout:  # de andere dossiers gaan door; het verslag noemt dit
            verslag.noteer(referentie, mislukt(fout, dossier_id))
    verslag.nog = len(te_doen)
    return verslag


def herplan(
    omgeving: Omgeving, actor: Actor, reden: str = REDEN, *, portie: int = 100, sla_over: Collection[str] = ()
) -> Herplanverslag:
    """Herplan hoogstens `portie` dossiers, elk in een eigen transactie met zijn eigen gebeurtenis (wie, waarom).

    Een dossier draagt de versie waarmee het is gepland: wie halverwege stopt, gaat later gewoon verder. Verandert er in
    een plan niets, dan draagt het dossier alleen de nieuwe versie. Een dossier dat niet gaat, staat in het verslag en
    houdt de andere niet tegen; `sla_over` noemt wat deze keer al niet ging. Wie dit mag, toetst `eis_herplanner`.
    """
    verslag = Herplanverslag()
    te_doen = [een for een in _te_herplannen(omgeving) if een[1] not in sla_over]
    for dossier_id, referentie in te_doen[:portie]:

        def werk(ruimte: Ruimte, welk: UUID = dossier_id) -> tuple[Wijziging, ...]:
            feit = herplanfeit(ruimte, welk)
            vandaag = omgeving.klok.vandaag()
            nieuwe = [NieuweGebeurtenis("dossier_herplant", vandaag, feit, actor, reden=reden)] if feit else []
            return leg_vast(ruimte, omgeving, welk, nieuwe, reden=REDEN).wijzigingen

        try:
            verslag.tel(in_ruimte(omgeving, werk))
        except Exception as fout:
            verslag.noteer(referentie, mislukt(fout, dossier_id))
    verslag.nog = len(te_doen[portie:]) + len(verslag.mislukt)
    return verslag


def herplan_alles(omgeving: Omgeving, actor: Actor, reden: str = REDEN, *, portie: int = 100) -> Herplanverslag:
    """Herplan in porties alles wat nog met een andere regeling is gepland; elk dossier wordt één keer geprobeerd."""
    totaal = Herplanverslag()
    while True:
        deel = herplan(omgeving, actor, reden, portie=portie, sla_over={een.dossier for een in totaal.mislukt})
        totaal.dossiers += deel.dossiers
        totaal.wijzigingen.update(deel.wijzigingen)
        totaal.mislukt += deel.mislukt
        if deel.nog <= len(deel.mislukt):
            totaal.nog = len(totaal.mislukt)
            return totaal
