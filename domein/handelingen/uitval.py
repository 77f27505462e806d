"""Een aanbieder valt weg: van alle gemeenten tegelijk de lopende personen vinden en hun herplaatsing beginnen.

Nieuwe aanmeldingen stoppen met een opnamestop in het regiobestand. Hier gaat het om wie er al les kreeg: elk dossier
krijgt een stap voor zijn klantmanager, want per persoon beslist een mens.
"""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from domein.begrippen import Dossierstatus, Rol, Stapsoort
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import AanbiederUitgevallen
from domein.handelingen.bevoegdheid import eis_medewerker
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.regio import regio_op
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regels.nummeren import nummer_voor
from domein.regels.uitvoerder import uitvoerder_van
from domein.stand import AANMELDING, Stand, vouw

Redencode = Literal["keurmerk-kwijt", "gestopt", "anders"]
_MAG = frozenset({Rol.CONTRACTMANAGER, Rol.REGIOCOORDINATOR})


@dataclass(frozen=True, slots=True)
class Getroffene:
    """Een dossier waarvan de lessen bij deze aanbieder lopen; `nieuw` is False als dat al bekend was."""

    dossier_id: UUID
    referentie: str
    gemeente: str
    nieuw: bool


def _bij(stand: Stand, partner: str) -> bool:
    if stand.einde is not None or stand.acceptatie is None:
        return False
    wie = uitvoerder_van(stand, f"{AANMELDING}{stand.acceptatie.nummer}")
    return wie is not None and wie.partner == partner


def getroffen_door(omgeving: Omgeving, partner: str, actor: Actor) -> list[Getroffene]:
    """Geef wie nu les krijgt bij deze aanbieder, in heel de regio; er verandert niets."""
    with omgeving.magazijn.ruimte() as ruimte:
        _eis_bevoegd(ruimte, omgeving, partner, actor)
        uit: list[Getroffene] = []
        for dossier in _kandidaten(ruimte, partner):
            stand = vouw(ruimte.gebeurtenissen(dossier.id))
            if _bij(stand, partner):
                uit.append(Getroffene(dossier.id, dossier.referentie, dossier.gemeente, not _bekend(stand, partner)))
    return uit


def meld_uitval(
    omgeving: Omgeving,
    partner: str,
    redencode: Redencode,
    actor: Actor,
    reden: str,
    *,
    proef: bool = False,
    hoogstens: int | None = None,
) -> list[Getroffene]:
    """Leg in elk lopend dossier vast dat zijn aanbieder wegvalt; nog eens doen verandert niets.

    Een contractmanager of regiocoordinator doet dit. Elk dossier heeft zijn eigen transactie: stopt het halverwege,
    of na `hoogstens` nieuwe dossiers, dan doet een volgende keer de rest.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")
    uit: list[Getroffene] = []
    gedaan = 0
    for een in getroffen_door(omgeving, partner, actor):
        if een.nieuw and not proef:
            if gedaan == hoogstens:
                break
            erbij = _leg_vast(omgeving, een.dossier_id, partner, redencode, actor, reden)
            gedaan += erbij
            uit.append(replace(een, nieuw=erbij))
        else:
            uit.append(een)
    return uit


def _eis_bevoegd(ruimte: Ruimte, omgeving: Omgeving, partner: str, actor: Actor) -> None:
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    wie = eis_medewerker(regio, actor, vandaag)
    if not _MAG & set(wie.rollen):
        raise GeenBevoegdheid(f"'{wie.code}' is geen contractmanager of regiocoordinator.", "Vraag het een van hen.")
    if regio.partner(partner) is None:
        raise OngeldigeGegevens(f"Partner '{partner[:40]}' staat niet in de regio.", "Kies een code uit de regio.")


def _kandidaten(ruimte: Ruimte, partner: str) -> list[Dossier]:
    """De lopende dossiers met een aanmelding bij deze aanbieder; of daar nu les is, zegt de stand."""
    stappen = ruimte.stappen_waar(partner=partner, stapsoort=Stapsoort.AANMELDING)
    welke = list(dict.fromkeys(stap.dossier_id for stap in stappen))
    ruimte.lees_vooruit(welke)
    dossiers = map(ruimte.dossier, welke)
    return sorted((d for d in dossiers if d.status is Dossierstatus.LOPEND), key=lambda dossier: dossier.referentie)


def _bekend(stand: Stand, partner: str) -> bool:
    assert stand.acceptatie is not None
    return any(u.partner == partner and u.aanmelding == stand.acceptatie.nummer for u in stand.uitval.values())


def _leg_vast(
    omgeving: Omgeving, dossier_id: UUID, partner: str, redencode: Redencode, actor: Actor, reden: str
) -> bool:
    """Zeg of dit dossier er een feit bij kreeg; intussen kan een ander het al hebben gedaan."""

    def werk(ruimte: Ruimte) -> bool:
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        if not _bij(stand, partner) or _bekend(stand, partner):
            return False
        gegevens = AanbiederUitgevallen(
            nummer=nummer_voor(stand, "aanbieder_uitgevallen") or 1, partner=partner, redencode=redencode
        )
        vandaag = omgeving.klok.vandaag()
        nieuw = NieuweGebeurtenis("aanbieder_uitgevallen", vandaag, gegevens, actor, reden=reden)
        leg_vast(ruimte, omgeving, dossier_id, [nieuw], reden="De aanbieder is weggevallen.")
        return True

    return in_ruimte(omgeving, werk)
