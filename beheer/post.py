"""`regie post`: de uitgaande post bekijken en versturen, en verwerken wat daarvan terugkwam."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import UUID

from cyclopts import App, Parameter

from beheer import postpauze
from beheer.partnerpost import partnerpost_app
from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, fout, meld, toon
from domein.begrippen import Berichtstatus, Postkeuze

if TYPE_CHECKING:
    from domein.handelingen.verzenden import Verzendverslag

post_app = App(name="post", help="Bekijk, verstuur of beslis over de uitgaande post.")
post_app.command(partnerpost_app)
postpauze.voeg_toe(post_app)
PER_KEER: Final = 1000
GROOTSTE_BESTAND: Final = 20_000_000
Waarom = Annotated[str, Parameter(name="--reden", help="Waarom; dit wordt bewaard.")]


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
        terug = {bounce.bericht_id for bounce in ruimte.bounces()}
        rijen = [
            {**bericht_rij(b), "code": b.fout_code, "onzeker_sinds": b.onzeker_sinds, "teruggekomen": b.id in terug}
            for b in ruimte.berichten(statussen=status or None, dossier_id=dossier_id)
        ]
    toon(rijen, als_json, _toon_lijst)


@post_app.command
def verstuur(*, proef: Proef = False, als_json: Json = False) -> int:
    """Verstuur één keer alles wat mag: elk bericht krijgt hoogstens één poging."""
    if proef:
        from adapters.omgeving import omgeving
        from domein.handelingen.postproef import te_versturen

        data = {"zou_proberen": te_versturen(omgeving()), "proef": True}
        toon(data, als_json, lambda d: print(f"Een proef: {d['zou_proberen']} berichten zijn nu aan de beurt."))
        return 0
    verslag = asyncio.run(_verstuur())
    data = {"geclaimd": verslag.geclaimd, "berichten": verslag.als_dict(), "mislukt": verslag.mislukt}
    toon(data, als_json, _toon_verslag)
    if verslag.mislukt:
        meld("Niet elk bericht kon worden klaargemaakt. Kijk met 'regie dokter' wat er is.")
    return 1 if verslag.mislukt else 0


async def _verstuur() -> "Verzendverslag":
    from adapters.omgeving import instellingen, omgeving
    from adapters.postbode import SmtpPostbode
    from adapters.postinstellingen import onzekerbeleid, postgrenzen, postinstellingen
    from domein.handelingen.verzenden import Verzendverslag, verzend_wachtende

    keuze = instellingen()
    postbode = SmtpPostbode(postinstellingen(keuze))
    samen = Verzendverslag()
    while True:
        # Wat niet lukt krijgt een later moment, dus een tweede keer claimen pakt nooit hetzelfde bericht.
        verslag = await verzend_wachtende(omgeving(), postbode, PER_KEER, postgrenzen(keuze), onzekerbeleid(keuze))
        samen.geclaimd += verslag.geclaimd
        samen.aantallen += verslag.aantallen
        samen.mislukt += verslag.mislukt
        if verslag.geclaimd < PER_KEER:
            return samen


@post_app.command
def beslis(
    bericht: UUID, keuze: Postkeuze, *, door: Door, reden: Waarom, proef: Proef = False, als_json: Json = False
) -> None:
    """Beslis over een bericht waarvan niet vaststaat of het aankwam.

    Parameters
    ----------
    bericht
        Het id van het bericht; zie 'regie post lijst --status onzeker'.
    keuze
        opnieuw (precies hetzelfde bericht gaat nog eens), aangekomen, of laat-vallen.
    """
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import postbeheer
    from domein.handelingen.ops import in_proef

    hier, actor = omgeving(), Actor(door)
    if proef:
        status = in_proef(hier, lambda ruimte: postbeheer.beslis_in(ruimte, hier, bericht, keuze, actor, reden))
    else:
        status = postbeheer.beslis(hier, bericht, keuze, actor, reden)
    data = {"bericht": bericht, "keuze": keuze.value, "status": status.value} | ({"proef": True} if proef else {})
    zin = "Een proef: dit bericht zou" if proef else "Vastgelegd: dit bericht is nu"
    toon(data, als_json, lambda d: print(f"{zin} {d['status']}{' worden' if proef else ''}."))


@post_app.command
def bounce(bestand: str = "-", *, als_json: Json = False) -> None:
    """Verwerk een teruggekomen mail: merk het adres van dat bericht als onbestelbaar en meld het.

    Parameters
    ----------
    bestand
        De mail zoals hij binnenkwam (een .eml-bestand); `-` leest van de invoer, zoals een mailserver hem aanbiedt.
    """
    from adapters.bounces import lees_teruggekomen
    from adapters.omgeving import instellingen, omgeving
    from domein.handelingen.postbeheer import meld_bounce

    gelezen = lees_teruggekomen(_lees(bestand), instellingen().bounceadres)
    if gelezen.soort == "gewoon":
        fout("Dit is geen teruggekomen mail.", "Schreef een mens hem, lees hem dan zelf; er is niets vastgelegd.")
    if gelezen.melding is None:
        # Nooit beantwoorden, en nooit lezen als het antwoord op een taak (RFC 3834).
        toon({"soort": "automatisch"}, als_json, lambda _: print("Een automatisch antwoord: er is niets vastgelegd."))
        return
    verslag = meld_bounce(omgeving(), gelezen.melding)
    data = {
        "soort": "bounce", "bericht": verslag.bericht_id, "bounce": verslag.soort.value, "code": verslag.code,
        "nieuw": verslag.nieuw, "adres_gemerkt": verslag.adres_gemerkt,
    }  # fmt: skip
    toon(data, als_json, _toon_bounce)


def _lees(bestand: str) -> bytes:
    import sys
    from pathlib import Path

    if bestand == "-":
        return sys.stdin.buffer.read(GROOTSTE_BESTAND)
    try:
        with Path(bestand).open("rb") as lezer:
            return lezer.read(GROOTSTE_BESTAND)
    except OSError as oorzaak:
        fout(f"Het bestand {bestand} is niet te lezen ({type(oorzaak).__name__}).", "Controleer de naam.", code=2)


@post_app.command
def adressen(*, als_json: Json = False) -> None:
    """Noem de adressen die niet werken; daar gaat geen mail naartoe."""
    from adapters.omgeving import omgeving

    with omgeving().magazijn.ruimte() as ruimte:
        rijen = [
            {"adres": s.adres, "sinds": s.onbestelbaar_sinds, "code": s.code, "bericht": s.bericht_id}
            for s in ruimte.adresstanden()
        ]
    kolommen = {"adres": "Adres", "sinds": "Sinds", "code": "Code", "bericht": "Bericht"}
    toon(rijen, als_json, lambda r: tabel(r, kolommen, leeg="Elk adres werkt, voor zover bekend."))


@post_app.command
def herstel(adres: str, *, door: Door, reden: Waarom, proef: Proef = False, als_json: Json = False) -> None:
    """Stuur weer mail naar een adres dat als onbestelbaar was gemerkt."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.ops import in_proef
    from domein.handelingen.postbeheer_adres import herstel_adres, herstel_in

    hier, actor = omgeving(), Actor(door)
    if proef:
        in_proef(hier, lambda ruimte: herstel_in(ruimte, hier, adres, actor, reden))
    else:
        herstel_adres(hier, adres, actor, reden)
    zin = "Een proef: er zou weer mail naar dit adres gaan." if proef else "Er gaat weer mail naar dit adres."
    toon({"adres": adres.lower(), "hersteld": not proef}, als_json, lambda _: print(zin))


def _toon_lijst(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "id": "Bericht", "aangemaakt_op": "Gemaakt op", "soort": "Soort", "status": "Status", "ontvanger": "Aan",
        "onderwerp": "Onderwerp", "pogingen": "Pogingen", "aanvaard_op": "Aanvaard op",
        "volgende_poging": "Volgende poging", "code": "Code", "antwoord": "Antwoord",
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


def _toon_bounce(data: dict[str, Any]) -> None:
    if not data["nieuw"]:
        print("Deze melding was al verwerkt.")
    elif data["bounce"] == "tijdelijk":
        print(f"Vertraagd ({data['code']}): de andere server probeert het nog. Het adres blijft in gebruik.")
    else:
        print(f"Niet aangekomen ({data['code']}): het adres is gemerkt, en de coördinator ziet het.")
