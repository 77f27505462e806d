"""Wat een mens over een stap besluit: verzetten, overslaan, heropenen, een ander aanwijzen.

Elk besluit is een gebeurtenis met reden en naam; het plan houdt er daarna rekening mee (regel 5 van het idee, 13).
"""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan, RedenNodig
from domein.gebeurtenissen.basis import Actor, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapHeropend, StapOvergeslagen, StapToegewezen, StapVerzet
from domein.handelingen.bevoegdheid import eis_beheer, eis_opvolger
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.mandaat import eis_mandaat
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte

_ONAF = (Stapstatus.GEPLAND, Stapstatus.OPEN)
Maker = Callable[[Ruimte, Stap], Gegevens]

# Wat er in mail en tabellen komt te staan. De eigen woorden van wie het besloot, kunnen over de persoon gaan: die
# staan alleen versleuteld in de gebeurtenis.
ZIN: Final = {
    "stap_verzet": "Een taak in dit dossier is verzet.",
    "stap_overgeslagen": "Een taak in dit dossier is overgeslagen.",
    "stap_heropend": "Een taak in dit dossier is heropend.",
    "stap_toegewezen": "Een taak in dit dossier ging naar een ander.",
}


def _doe(
    omgeving: Omgeving, stap_id: UUID, soort: str, maak: Maker, actor: Actor, reden: str, *, proef: bool
) -> Uitwerking:
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Uitwerking:
        stap = ruimte.stap(stap_id)
        vandaag = omgeving.klok.vandaag()
        eis_beheer(regio_op(ruimte, omgeving, vandaag), stap.gemeente, actor, vandaag)
        nieuw = NieuweGebeurtenis(
            soort, omgeving.klok.vandaag(), maak(ruimte, stap), actor, reden=reden, stap=stap.kenmerk
        )
        if proef:
            return voorbeeld(ruimte, stap.dossier_id, [hypothese(ruimte, omgeving, stap.dossier_id, nieuw)])
        return leg_vast(ruimte, omgeving, stap.dossier_id, [nieuw], reden=ZIN[soort])

    return in_ruimte(omgeving, werk)


def _eis(stap: Stap, toegestaan: tuple[Stapstatus, ...], wat: str) -> None:
    if stap.status not in toegestaan:
        raise OvergangNietToegestaan(
            f"De stap '{stap.kenmerk}' is {stap.status.value} en kan niet worden {wat}.",
            "Kijk met 'regie stap lijst' hoe de stap er nu voor staat.",
        )


def verzet(
    omgeving: Omgeving, stap_id: UUID, dag: date, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Verzet een onafgemaakte stap naar een dag; voorbij de uiterste dag wordt geweigerd (regel 13)."""

    def maak(_ruimte: Ruimte, stap: Stap) -> Gegevens:
        return nieuwe_dag(stap, dag, omgeving.klok.vandaag())

    return _doe(omgeving, stap_id, "stap_verzet", maak, actor, reden, proef=proef)


def nieuwe_dag(stap: Stap, dag: date, vandaag: date) -> StapVerzet:
    """Toets de gekozen dag; OngeldigeGegevens als zij voorbij is of na de uiterste dag ligt."""
    _eis(stap, _ONAF, "verzet")
    if dag < vandaag:
        raise OngeldigeGegevens(f"{dag} ligt in het verleden.", "Kies vandaag of een latere dag.")
    # Op een gesloten dag schuift de keuze naar de eerste werkdag daarna; ook die moet op tijd zijn.
    if stap.uiterst is not None and kader().werkdag(dag) > stap.uiterst:
        raise OngeldigeGegevens(
            f"{dag}, of de werkdag daarna, ligt na de uiterste dag {stap.uiterst}. {stap.artikel}.",
            f"Kies een werkdag tot en met {stap.uiterst}.",
        )
    return StapVerzet(dag=dag, getoetst_aan=stap.uiterst)


def sla_over(omgeving: Omgeving, stap_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Sla een onafgemaakte stap over. Een besluit van de wet kan niet worden overgeslagen."""

    def maak(_ruimte: Ruimte, stap: Stap) -> Gegevens:
        _eis(stap, _ONAF, "overgeslagen")
        if stap.besluit:
            raise GeenBevoegdheid(
                f"De stap '{stap.kenmerk}' is een besluit dat de wet vraagt ({stap.artikel}).",
                "Neem het besluit.",
            )
        return StapOvergeslagen()

    return _doe(omgeving, stap_id, "stap_overgeslagen", maak, actor, reden, proef=proef)


def heropen(omgeving: Omgeving, stap_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Heropen een overgeslagen stap. Wat klaar is, verandert door zijn gebeurtenis door te halen."""

    def maak(_ruimte: Ruimte, stap: Stap) -> Gegevens:
        if stap.status is Stapstatus.KLAAR:
            raise OvergangNietToegestaan(
                f"De stap '{stap.kenmerk}' is klaar: er is een uitkomst vastgelegd.",
                "Was die uitkomst fout, haal haar dan door met 'regie dossier doorhaal'; de stap gaat dan weer open.",
            )
        _eis(stap, (Stapstatus.OVERGESLAGEN,), "heropend")
        return StapHeropend()

    return _doe(omgeving, stap_id, "stap_heropend", maak, actor, reden, proef=proef)


def draag_over(
    omgeving: Omgeving, stap_id: UUID, medewerker: str, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Wijs een onafgemaakte stap aan een ander toe; een besluit blijft bij iemand met mandaat."""

    def maak(ruimte: Ruimte, stap: Stap) -> Gegevens:
        _eis(stap, _ONAF, "overgedragen")
        regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
        wie = regio.medewerker(medewerker)
        if wie is None:
            raise GeenBevoegdheid(
                f"'{medewerker[:40]}' staat niet in de samenwerkingsafspraken.",
                "Kies een medewerkercode uit de regio.",
            )
        if stap.rol not in wie.rollen:
            raise GeenBevoegdheid(f"'{medewerker}' heeft niet de rol {stap.rol.value}.", "Kies iemand met die rol.")
        if not stap.besluit:
            eis_opvolger(regio, stap, stap.gemeente, wie, omgeving.klok.vandaag())
        else:
            eis_mandaat(regio, stap.gemeente, stap.stapsoort, Actor(wie.code), omgeving.klok.vandaag())
        return StapToegewezen(partner=wie.partner, medewerker=wie.code)

    return _doe(omgeving, stap_id, "stap_toegewezen", maak, actor, reden, proef=proef)
