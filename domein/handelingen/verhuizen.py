"""Een verhuizing binnen de regio: wie de open taken nu doet, en of huisgenoten mee verhuisden.

De regels bepalen welke stappen blijven en welke vervallen; de afspraken van de nieuwe gemeente bepalen wie.
"""

from typing import Final
from uuid import UUID

from domein.begrippen import Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapToegewezen, Verhuisd
from domein.handelingen.kern import leg_vast, nieuwe_controle
from domein.handelingen.openen import Keuze, kies_behandelaar, wijs_aan
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.samenwerking import Toewijzing
from domein.stand import Stand, vouw

REDEN: Final = "verhuizing"
HUISHOUDEN: Final = "verhuizing_huishouden"
# De lessen regelt een eigen stap; leveren en overnemen hoort bij een vaste gemeente.
_MET_DE_PERSOON: Final = frozenset({Stapsoort.INTAKE, Stapsoort.VOORTGANG})
_BLIJFT: Final = frozenset({Stapsoort.AANMELDING, Stapsoort.VERHUIZING})


def herverdeel(
    ruimte: Ruimte, omgeving: Omgeving, stand: Stand, vorige: Stand, dossier_id: UUID
) -> list[NieuweGebeurtenis]:
    """Geef de toewijzingen die uit de verhuizing volgen: de klantmanager en elke open stap.

    Doet dezelfde organisatie het ook voor de nieuwe gemeente, dan blijft de klantmanager en verandert er niets.
    """
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    nieuwe: list[NieuweGebeurtenis] = []

    def leg(soort: str, gegevens: Gegevens, stap: str | None = None) -> None:
        nieuwe.append(NieuweGebeurtenis(soort, vandaag, gegevens, SYSTEEM, reden=REDEN, stap=stap))

    stappen = ruimte.stappen(dossier_id)
    klantmanager = _klantmanager_blijft(ruimte, omgeving, stappen, stand, vorige)
    if klantmanager is not None:
        leg("klantmanager_toegewezen", klantmanager)
    for stap in stappen:
        if stap.status is not Stapstatus.OPEN or stap.stapsoort in _BLIJFT:
            continue
        if klantmanager is not None and stap.medewerker == klantmanager.medewerker and not stap.besluit:
            continue
        keuze = kies_behandelaar(ruimte, regio, stap, stand, vandaag)
        if isinstance(keuze, Keuze) and keuze.medewerker.code != stap.medewerker:
            leg(
                "stap_toegewezen", StapToegewezen(partner=keuze.partner, medewerker=keuze.medewerker.code), stap.kenmerk
            )
    return nieuwe


def _klantmanager_blijft(
    ruimte: Ruimte, omgeving: Omgeving, stappen: list[Stap], stand: Stand, vorige: Stand
) -> KlantmanagerToegewezen | None:
    """De klantmanager blijft als zijn organisatie ook voor de nieuwe gemeente de gesprekken voert."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    wie = regio.medewerker(vorige.klantmanager) if vorige.klantmanager else None
    model = next((s for s in stappen if s.stapsoort in _MET_DE_PERSOON), None)
    if wie is None or model is None or not wie.in_dienst_op(vandaag):
        return None
    toewijzing = wijs_aan(ruimte, regio, model, stand, vandaag)
    if not isinstance(toewijzing, Toewijzing) or toewijzing.uitvoerder != wie.partner:
        return None
    return KlantmanagerToegewezen(medewerker=wie.code, partner=wie.partner)


def vraag_huisgenoten(ruimte: Ruimte, omgeving: Omgeving, stand: Stand, g: Gebeurtenis) -> None:
    """Stel per huisgenoot één keer voor om ook te verhuizen; een mens beslist, want gezinnen gaan ook uit elkaar."""
    assert isinstance(g.gegevens, Verhuisd)
    if stand.huishouden is None:
        return
    for dossier in ruimte.huisgenoten(stand.huishouden):
        if dossier.id == g.dossier_id or ruimte.persoon(dossier.id) is None:  # of intussen gewist
            continue
        ander = vouw(ruimte.gebeurtenissen(dossier.id))
        if ander.einde is not None or ander.gemeente == g.gegevens.naar:
            continue
        betreft = f"naar {g.gegevens.naar} op {g.geldig_op}"
        if any((c.aanleiding, c.betreft) == (HUISHOUDEN, betreft) for c in ander.controles.values()):
            continue  # een eerdere huisgenoot die meeverhuisde, stelde deze vraag al
        vraag = nieuwe_controle(ander, omgeving, HUISHOUDEN, betreft)
        leg_vast(ruimte, omgeving, dossier.id, [vraag])
