"""`regie post`: de uitgaande post bekijken, en wat wacht één keer versturen."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from beheer.partnerpost import partnerpost_app
from beheer.tabel import tabel
from beheer.uitvoer import Json, meld, toon
from domein.begrippen import Berichtstatus

if TYPE_CHECKING:
    from domein.handelingen.verzenden import Verzendverslag

post_app = App(name="post", help="Bekijk of verstuur de uitgaande post.")
post_app.command(partnerpost_app)
PER_KEER: Final = 50


@post_app.command
def lijst(
    *,
    status: Annotated[tuple[Berichtstatus, ...], Parameter(show_default=False)] = (),
    dossier: str | None = None,
    als_json: Json = False,
) -> None:
    """Noem de berichten in de uitgaande post, de oudste eerst. Adressen staan er niet bij.

    Parameters
    ----------
    status
        Alleen berichten met deze status; mag vaker.
    dossier
        Alleen berichten over dit dossier, zoals D-7F3K9.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.inzien import bericht_rij

    with omgeving().magazijn.ruimte() as ruimte:
        dossier_id = ruimte.dossier_bij(dossier).id if dossier else None
        rijen = [bericht_rij(b) for b in ruimte.berichten(statussen=status or None, dossier_id=dossier_id)]
    toon(rijen, als_json, _toon_lijst)


@post_app.command
def verstuur(*, als_json: Json = False) -> int:
    """Verstuur één keer alles wat mag: elk bericht krijgt hoogstens één poging."""
    verslag = asyncio.run(_verstuur())
    data = {"geclaimd": verslag.geclaimd, "berichten": verslag.als_dict(), "mislukt": verslag.mislukt}
    toon(data, als_json, _toon_verslag)
    if verslag.mislukt:
        meld("Niet elk bericht kon worden klaargemaakt. Kijk met 'regie dokter' wat er is.")
    return 1 if verslag.mislukt else 0


async def _verstuur() -> "Verzendverslag":
    from adapters.omgeving import instellingen, omgeving
    from adapters.postbode import SmtpPostbode
    from adapters.postinstellingen import postinstellingen
    from domein.handelingen.verzenden import Verzendverslag, verzend_wachtende

    postbode = SmtpPostbode(postinstellingen(instellingen()))
    samen = Verzendverslag()
    while True:
        # Wat niet lukt krijgt een later moment, dus een tweede keer claimen pakt nooit hetzelfde bericht.
        verslag = await verzend_wachtende(omgeving(), postbode, PER_KEER)
        samen.geclaimd += verslag.geclaimd
        samen.aantallen += verslag.aantallen
        samen.mislukt += verslag.mislukt
        if verslag.geclaimd < PER_KEER:
            return samen


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "aangemaakt_op": "Gemaakt op", "soort": "Soort", "status": "Status", "ontvanger": "Aan",
        "onderwerp": "Onderwerp", "pogingen": "Pogingen", "aanvaard_op": "Aanvaard op",
        "volgende_poging": "Volgende poging", "antwoord": "Antwoord",
    }  # fmt: skip
    tabel(rijen, kolommen, leeg="Er zijn geen berichten die hierbij passen.")


def _toon_verslag(data: dict[str, Any]) -> None:
    if not data["geclaimd"]:
        print("Er was niets te versturen.")
        return
    delen = [f"{aantal} {status}" for status, aantal in data["berichten"].items() if aantal]
    print(f"{data['geclaimd']} berichten geprobeerd: {', '.join(delen) or 'geen enkele afgerond'}.")
    if data["berichten"]["uitgesteld"]:
        print("Wat is uitgesteld gaat later vanzelf opnieuw; blijft het zo, kijk dan met 'regie dokter'.")
