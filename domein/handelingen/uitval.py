"""Een aanbieder valt weg: van alle gemeenten tegelijk de lopende personen vinden en hun herplaatsing beginnen.

Nieuwe aanmeldingen stoppen met een opnamestop in het regiobestand. Hier gaat het om wie er al les kreeg: elk dossier
krijgt een stap voor zijn klantmanager, want per persoon beslist een mens.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from domein.begrippen import Dossierstatus, Rol
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import AanbiederUitgevallen
from domein.handelingen.bevoegdheid import eis_medewerker
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.regio import regio_op
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


def meld_uitval(
    omgeving: Omgeving, partner: str, redencode: Redencode, actor: Actor, reden: str, *, proef: bool = False
) -> list[Getroffene]:
    """Leg in elk lopend dossier vast dat zijn aanbieder wegvalt; nog eens doen verandert niets.

    Een contractmanager of regiocoordinator doet dit. Elk dossier heeft zijn eigen transactie: stopt het halverwege,
    dan doet een volgende keer de rest.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, omgeving, vandaag)
        wie = eis_medewerker(regio, actor, vandaag)
        if not _MAG & set(wie.rollen):
            raise GeenBevoegdheid(
                f"'{wie.code}' is geen contractmanager of regiocoordinator.", "Vraag het een van hen."
            )
        if regio.partner(partner) is None:
            raise OngeldigeGegevens(f"Partner '{partner[:40]}' staat niet in de regio.", "Kies een code uit de regio.")
        lopend = [(d.id, d.referentie, d.gemeente) for d in ruimte.dossiers(status=Dossierstatus.LOPEND)]
    uit: list[Getroffene] = []
    for dossier_id, referentie, gemeente in lopend:

        def werk(ruimte: Ruimte, welk: UUID = dossier_id) -> bool | None:
            stand = vouw(ruimte.gebeurtenissen(welk))
            if not _bij(stand, partner):
                return None
            assert stand.acceptatie is not None
            bekend = any(
                u.partner == partner and u.aanmelding == stand.acceptatie.nummer for u in stand.uitval.values()
            )
            if not bekend and not proef:
                gegevens = AanbiederUitgevallen(
                    nummer=nummer_voor(stand, "aanbieder_uitgevallen") or 1, partner=partner, redencode=redencode
                )
                nieuw = NieuweGebeurtenis("aanbieder_uitgevallen", vandaag, gegevens, actor, reden=reden)
                leg_vast(ruimte, omgeving, welk, [nieuw], reden="De aanbieder is weggevallen.")
            return not bekend

        nieuw = in_ruimte(omgeving, werk)
        if nieuw is not None:
            uit.append(Getroffene(dossier_id, referentie, gemeente, nieuw))
    return uit
