"""Het feit achter elke handeling van ops: wat mag, en wat er dan wordt vastgelegd.

Elke functie krijgt de stap of de stand, toetst, en geeft de gegevens van één gebeurtenis. Niets schrijft hier.
"""

from datetime import date
from typing import Final

from domein.begrippen import Rol, Stapstatus
from domein.fouten import GeenBevoegdheid, OvergangNietToegestaan
from domein.gebeurtenissen.basis import Actor, Gegevens
from domein.gebeurtenissen.soorten import (
    KlantmanagerToegewezen,
    StapHeropend,
    StapOpnieuw,
    StapOvergeslagen,
    StapToegewezen,
    StapVerzet,
    lees,
)
from domein.handelingen.bevoegdheid import OnbekendeMedewerker, eis_opvolger
from domein.handelingen.kern import kader
from domein.handelingen.mandaat import eis_mandaat
from domein.handelingen.opsfouten import AANVAARDEN, DagVoorbij, StaatNietStil
from domein.handelingen.opsvormen import Opdracht
from domein.handelingen.ronde_signalen import RUN_GEANNULEERD, RUN_KAPOT
from domein.handelingen.ronde_weigering import RUN_NIET_BIJ
from domein.model import Stap
from domein.ports import Ruimte
from domein.regels.bulkkeuze import ONAF
from domein.regels.kalender import datum
from domein.regels.nummeren import met_nummer
from domein.regels.termijnbreuk import Termijnbreuk, TermijnGebroken
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.stand import Stand

_VRAAG_HET: Final = "laat wie stappen beheert haar verzetten, met een reden waarom het later mag"

# soort, gegevens, kenmerk van de stap (None: het hele dossier)
Feit = tuple[str, Gegevens, str | None]


def eis_status(stap: Stap, toegestaan: tuple[Stapstatus, ...], wat: str) -> None:
    """OvergangNietToegestaan als de stap er anders voor staat."""
    if stap.status not in toegestaan:
        raise OvergangNietToegestaan(
            f"De stap '{stap.kenmerk}' is {stap.status.value} en kan niet worden {wat}.",
            "Kijk met 'regie stap lijst' hoe de stap er nu voor staat.",
        )


def nieuwe_dag(
    stap: Stap, dag: date, vandaag: date, *, aanvaard: bool = False, hoe_dan: str = _VRAAG_HET
) -> StapVerzet:
    """Toets de gekozen dag; DagVoorbij als zij voorbij is, TermijnGebroken als zij na de uiterste dag ligt.

    `hoe_dan`: hoe wie dit vraagt de uiterste dag toch mag breken.
    """
    eis_status(stap, ONAF, "verzet")
    if dag < vandaag:
        raise DagVoorbij(f"De dag {datum(dag)} ligt in het verleden.", "Kies vandaag of een latere dag.")
    # Op een gesloten dag schuift de keuze naar de eerste werkdag daarna; ook die moet op tijd zijn.
    werkdag = kader().werkdag(dag)
    te_laat = stap.uiterst is not None and werkdag > stap.uiterst
    if te_laat and stap.uiterst is not None and not aanvaard:
        raise TermijnGebroken(
            f"De dag {datum(dag)}, of de werkdag daarna, ligt na de uiterste dag {datum(stap.uiterst)} "
            f"({stap.artikel}).",
            f"Kies een werkdag tot en met {datum(stap.uiterst)}, of {hoe_dan}."
            if stap.uiterst >= vandaag
            else f"Die uiterste dag is al voorbij: {hoe_dan}.",
            (Termijnbreuk(stap.kenmerk, stap.titel, stap.uiterst, stap.artikel, werkdag),),
        )
    return StapVerzet(dag=dag, getoetst_aan=stap.uiterst, aanvaard=te_laat)


def verzetten(stap: Stap, opdracht: Opdracht, vandaag: date) -> StapVerzet:
    eis_status(stap, ONAF, "verzet")
    if opdracht.werkdagen is not None:
        dag = kader().kantoor.tel_werkdagen(stap.streef, opdracht.werkdagen)
        if dag < vandaag:
            aantal = abs(opdracht.werkdagen)
            waar = f"{aantal} werkdag{'en' if aantal > 1 else ''} {'na' if opdracht.werkdagen > 0 else 'voor'}"
            raise DagVoorbij(
                f"{waar} de streefdag {stap.streef} is {dag}, en die dag is voorbij.",
                "Kies een latere dag: meer werkdagen, of een dag met --naar.",
            )
    else:
        assert opdracht.naar is not None  # getoetst door Opdracht.controleer
        dag = opdracht.naar
    return nieuwe_dag(stap, dag, vandaag, aanvaard=bool(opdracht.aanvaard.strip()), hoe_dan=AANVAARDEN)


def opnieuw(ruimte: Ruimte, stap: Stap) -> StapOpnieuw:
    """Een onafgemaakte stap, of een die klaar is en waarvan de run bleef hangen."""
    hangt = any(
        s.stap_id == stap.id and s.soort in (RUN_KAPOT, RUN_GEANNULEERD, RUN_NIET_BIJ)
        for s in ruimte.signalen(dossier_id=stap.dossier_id)
    )
    if stap.status not in ONAF and not (stap.status is Stapstatus.KLAAR and hangt):
        raise OvergangNietToegestaan(
            f"De stap '{stap.kenmerk}' is {stap.status.value}; haar run hoeft niet opnieuw.",
            "Was zij overgeslagen, heropen haar dan; was haar uitkomst fout, haal die dan door.",
        )
    return StapOpnieuw()


def overslaan(stap: Stap) -> StapOvergeslagen:
    """Een besluit van de wet kan niet worden overgeslagen."""
    eis_status(stap, ONAF, "overgeslagen")
    if stap.besluit:
        raise GeenBevoegdheid(
            f"De stap '{stap.kenmerk}' is een besluit dat de wet vraagt ({stap.artikel}).",
            "Neem het besluit.",
        )
    return StapOvergeslagen()


def heropenen(stap: Stap) -> StapHeropend:
    """Wat klaar is, verandert door zijn gebeurtenis door te halen."""
    if stap.status is Stapstatus.KLAAR:
        raise OvergangNietToegestaan(
            f"De stap '{stap.kenmerk}' is klaar: er is een uitkomst vastgelegd.",
            "Was die uitkomst fout, haal haar dan door met 'regie dossier doorhaal'; de stap gaat dan weer open.",
        )
    eis_status(stap, (Stapstatus.OVERGESLAGEN,), "heropend")
    return StapHeropend()


def overdragen(regio: Regio, stap: Stap, medewerker: str, vandaag: date) -> StapToegewezen:
    """Aan iemand met de rol, bij een partner die de afspraken noemen; een besluit blijft bij iemand met mandaat."""
    eis_status(stap, ONAF, "overgedragen")
    wie = regio.medewerker(medewerker)
    if wie is None:
        raise OnbekendeMedewerker(
            f"'{medewerker[:40]}' staat niet in de samenwerkingsafspraken.",
            "Kies een medewerkercode uit de regio.",
        )
    if stap.rol not in wie.rollen:
        raise GeenBevoegdheid(f"'{medewerker}' heeft niet de rol {stap.rol.value}.", "Kies iemand met die rol.")
    if not stap.besluit:
        eis_opvolger(regio, stap, stap.gemeente, wie, vandaag)
    else:
        eis_mandaat(regio, stap.gemeente, stap.stapsoort, Actor(wie.code), vandaag)
    return StapToegewezen(partner=wie.partner, medewerker=wie.code)


def pauzeren(stand: Stand, opdracht: Opdracht) -> Feit:
    assert opdracht.grond is not None  # getoetst door Opdracht.controleer
    waarden = met_nummer(stand, "gepauzeerd", {"grond": opdracht.grond, "verwacht_tot": opdracht.verwacht_tot})
    return "gepauzeerd", lees("gepauzeerd", waarden), None


def hervatten(stand: Stand) -> Feit:
    """StaatNietStil als het dossier niet stilstaat; de vraag of de pauze nog nodig is, is hiermee beantwoord."""
    lopend = [pauze for pauze in stand.pauzes.values() if pauze.hervat_op is None]
    if not lopend:
        raise StaatNietStil("De taken van dit dossier staan niet stil.", "Er is niets te hervatten.")
    kenmerk = f"registratie/pauze/{lopend[0].verlengingen + 1}/{lopend[0].nummer}"
    return "hervat", lees("hervat", {"nummer": lopend[0].nummer}), kenmerk


def toewijzen(regio: Regio, stand: Stand, stappen: list[Stap], medewerker: str, vandaag: date) -> Feit:
    """Een klantmanager voor het hele dossier; open taken van de vorige gaan mee in dezelfde gebeurtenis."""
    wie = _klantmanager(regio, medewerker)
    met_klantmanager = [stap for stap in stappen if stap.rol is Rol.KLANTMANAGER]
    if met_klantmanager:
        eis_opvolger(regio, met_klantmanager[0], stand.gemeente, wie, vandaag)
    mee = tuple(
        stap.kenmerk
        for stap in met_klantmanager
        if stap.status is Stapstatus.OPEN and stap.medewerker == stand.klantmanager != wie.code
    )
    gegevens = KlantmanagerToegewezen(medewerker=wie.code, partner=wie.partner, stappen=mee)
    return "klantmanager_toegewezen", gegevens, None


def _klantmanager(regio: Regio, medewerker: str) -> Medewerker:
    """OnbekendeMedewerker als dit geen klantmanager uit de afspraken is."""
    wie = regio.medewerker(medewerker)
    if wie is None or Rol.KLANTMANAGER not in wie.rollen:
        raise OnbekendeMedewerker(
            f"'{medewerker[:40]}' is geen klantmanager in de samenwerkingsafspraken.",
            "Kies een medewerkercode met de rol klantmanager.",
        )
    return wie
