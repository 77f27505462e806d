"""Een bericht dat vastzit of niet was te bezorgen, nu nog eens proberen. Het gaat om precies dezelfde mail (I2).

Onzeker hoort hier niet: daarover beslist iemand in `postbeheer`, want die mail kan al zijn aangekomen.
"""

from typing import Final
from uuid import UUID

from domein.begrippen import Berichtstatus, Postkeuze
from domein.fouten import InTussenGewijzigd, OvergangNietToegestaan, RedenNodig, VolgnummerBezet
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.postbeheer import OnbekendBericht, stap_van
from domein.handelingen.signalen import los_op
from domein.model import Bericht, Postbeslissing
from domein.ports import Omgeving, Ruimte

# Wachtend blijft wachtend: een eerste poging is geen uitstel.
NAAR: Final = {
    Berichtstatus.WACHTEND: Berichtstatus.WACHTEND,
    Berichtstatus.UITGESTELD: Berichtstatus.UITGESTELD,
    Berichtstatus.ONBESTELBAAR: Berichtstatus.UITGESTELD,
}


def stuur_opnieuw(omgeving: Omgeving, bericht_id: UUID, actor: Actor, reden: str) -> Berichtstatus:
    """Zet het bericht klaar voor een nieuwe poging; geef zijn nieuwe status.

    Op een gesloten dag van de ontvanger wacht het daarna nog (I7). Vraagt het iets wat niet meer hoeft, dan vervalt
    het.
    """
    if not reden.strip():
        raise RedenNodig("Zeg waarom u dit bericht opnieuw stuurt.", "Geef een reden.")
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            bericht = ruimte.bericht(bericht_id)
            if bericht is None:
                raise OnbekendBericht("Dit bericht bestaat niet.", "Kijk in de lijst van de post.")
            _eis_kan(ruimte, bericht)
            _zet_klaar(ruimte, omgeving, bericht, actor, reden)
            return bericht.status
    except VolgnummerBezet:  # een verzender nam het net
        raise InTussenGewijzigd("Er is net een poging begonnen met dit bericht.", "Kijk straks opnieuw.") from None


def _eis_kan(ruimte: Ruimte, bericht: Bericht) -> None:
    if bericht.status not in NAAR:
        raise OvergangNietToegestaan(
            f"Dit bericht is {bericht.status.value} en kan niet opnieuw.",
            "Alleen wat wacht, is uitgesteld of niet was te bezorgen, kan nog eens worden geprobeerd.",
        )
    stand = ruimte.adresstand(bericht.adres)
    if stand is not None and stand.hersteld_op is None:
        raise OvergangNietToegestaan(
            "Dit adres is gemerkt: er gaat geen mail naartoe.",
            "Zeg eerst dat het adres weer werkt, of geef de taak aan een ander.",
        )


def _zet_klaar(ruimte: Ruimte, omgeving: Omgeving, bericht: Bericht, actor: Actor, reden: str) -> None:
    nu = omgeving.klok.nu()
    was_mislukt = bericht.status is Berichtstatus.ONBESTELBAAR
    bericht.lease_nummer += 1  # een verzender die hem nog had, schrijft niets meer
    bericht.lease_tot = bericht.poging_begonnen_op = None
    bericht.status, bericht.volgende_poging = NAAR[bericht.status], nu
    ruimte.bewaar(
        bericht,
        Postbeslissing(
            bericht_id=bericht.id, keuze=Postkeuze.OPNIEUW, door=actor.code, verificatie=actor.verificatie,
            reden=reden.strip()[:1000], op=nu,
        ),
    )  # fmt: skip
    anderen = ruimte.berichten(
        statussen=[Berichtstatus.ONBESTELBAAR], stap_id=bericht.stap_id, dossier_id=bericht.dossier_id
    )
    if was_mislukt and not any(ander.id != bericht.id for ander in anderen):
        los_op(ruimte, omgeving, "post_onbestelbaar", stap_van(ruimte, bericht), bericht.dossier_id)
