"""`regie post partnerberichten`: berichten aan de systemen van partners bekijken, versturen en erover beslissen."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Reden, meld, toon

if TYPE_CHECKING:
    from domein.handelingen.partnerverzending import Partnerverslag

partnerpost_app = App(name="partnerberichten", help="Bekijk of verstuur berichten aan systemen van partners.")


@partnerpost_app.default
def lijst(*, dossier: str | None = None, partner: str | None = None, als_json: Json = False) -> None:
    """Noem de berichten, de oudste eerst. De inhoud staat er niet bij: die wordt pas bij het verzenden gemaakt.

    Parameters
    ----------
    dossier
        Alleen berichten over dit dossier, zoals D-7F3K9.
    partner
        Alleen berichten aan deze partner.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import partnerbericht_rij

    with omgeving().magazijn.ruimte() as ruimte:
        dossier_id = ruimte.dossier_bij(dossier).id if dossier else None
        gevonden = ruimte.partnerberichten(dossier_id=dossier_id, partner=partner)
        rijen = [partnerbericht_rij(b, ruimte.dossier(b.dossier_id).referentie) for b in gevonden]
    toon(rijen, als_json, _toon_lijst)


@partnerpost_app.command
def verstuur(*, als_json: Json = False) -> int:
    """Verstuur één keer alles wat mag: elk bericht krijgt hoogstens één poging."""
    verslag = asyncio.run(_verstuur())
    toon({"berichten": dict(verslag.aantallen), "mislukt": verslag.mislukt}, als_json, _toon_verslag)
    if verslag.mislukt:
        meld("Niet elk bericht kon worden gemaakt. Kijk met 'regie post partnerberichten' wat er is.")
    return 1 if verslag.mislukt else 0


async def _verstuur() -> "Partnerverslag":
    from adapters.koerier import HttpKoerier
    from adapters.omgeving import instellingen, omgeving
    from domein.handelingen.partnerverzending import Partnerverslag, verzend_partnerberichten

    samen, koerier = Partnerverslag(), HttpKoerier(instellingen().koerier_sleutels)
    try:
        # Wat niet lukt krijgt een later moment, dus een tweede keer claimen pakt nooit hetzelfde bericht.
        while True:
            verslag = await verzend_partnerberichten(omgeving(), koerier)
            samen.aantallen += verslag.aantallen
            samen.mislukt += verslag.mislukt
            if not verslag.aantallen:
                return samen
    finally:
        await koerier.sluit()


@partnerpost_app.command
def beslis(
    bericht: Annotated[str, Parameter(help="Het id van het bericht, of het begin ervan (minstens acht tekens).")],
    besluit: Annotated[Literal["opnieuw", "vallen"], Parameter(help="Opnieuw verzenden, of laten vallen.")],
    /,
    *,
    reden: Reden,
    door: Door,
    als_json: Json = False,
) -> None:
    """Beslis over een bericht dat het systeem van de partner niet aannam; latere berichten gaan daarna verder."""
    from adapters.omgeving import instellingen, omgeving
    from adapters.wekker import wek_ronde
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.inzien import partnerbericht_rij
    from domein.handelingen.partnerverzending import beslis as besluit_over

    hier = omgeving()
    beslist = besluit_over(hier, bericht, besluit, Actor(door), reden)
    wek_ronde(instellingen().map)
    with hier.magazijn.ruimte() as ruimte:
        rij = partnerbericht_rij(ruimte.partnerbericht(beslist.id), ruimte.dossier(beslist.dossier_id).referentie)
    toon(rij, als_json, lambda data: _toon_lijst([data]))


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "id": "Id", "aangemaakt_op": "Gemaakt op", "dossier": "Dossier", "partner": "Partner", "soort": "Soort",
        "status": "Status", "pogingen": "Pogingen", "aanvaard_op": "Aanvaard op",
        "volgende_poging": "Volgende poging", "antwoord_uiterlijk": "Antwoord uiterlijk", "antwoord": "Antwoord",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen berichten aan systemen van partners.")


def _toon_verslag(data: dict[str, Any]) -> None:
    delen = [f"{aantal} {status}" for status, aantal in data["berichten"].items() if aantal]
    print(f"Verstuurd: {', '.join(delen)}." if delen else "Er was niets te versturen.")
