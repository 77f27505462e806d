"""`regie post stand|pauzeer|hervat`: de uitgaande post stilzetten, bekijken en weer laten gaan."""

from dataclasses import asdict
from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.uitvoer import Door, Json, Proef, Reden, toon
from domein.begrippen import Postkeuze

Teruggezet = Annotated[Postkeuze | None, Parameter(name="--teruggezet")]


def stand(*, als_json: Json = False) -> None:
    """Zeg of de post stilstaat, sinds wanneer en waarom, en wat er ligt."""
    from adapters.omgeving import omgeving
    from domein.handelingen import postpauze

    toon(_dict(postpauze.stand(omgeving())), als_json, _toon)


def pauzeer(*, door: Door, reden: Reden, proef: Proef = False, als_json: Json = False) -> None:
    """Zet alle uitgaande post stil, ook aan systemen van partners. Klaarzetten gaat gewoon door."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import postpauze
    from domein.handelingen.ops import in_proef

    if proef:
        hier = omgeving()
        in_proef(hier, lambda ruimte: postpauze.pauzeer_in(ruimte, hier, Actor(door), reden))
        toon(_dict(postpauze.stand(hier)) | {"proef": True}, als_json, _toon_pauzeproef)
        return
    toon(_dict(postpauze.pauzeer(omgeving(), Actor(door), reden)), als_json, _toon)


def hervat(
    *, door: Door, reden: Reden, teruggezet: Teruggezet = None, proef: Proef = False, als_json: Json = False
) -> None:
    """Laat de post weer gaan.

    Parameters
    ----------
    teruggezet
        Wat er gebeurt met alles wat door een terugzetting onzeker is: opnieuw, aangekomen of laat-vallen. Zonder deze
        optie blijft het onzeker en beslist u per bericht ('regie post beslis').
    """
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import postpauze
    from domein.handelingen.postproef import proef_hervat

    if proef:
        zou = proef_hervat(omgeving(), Actor(door), reden, teruggezet)
        data = _dict(postpauze.stand(omgeving())) | {"proef": True, "zou": asdict(zou)}
        toon(data, als_json, _toon_hervatproef)
        return
    toon(_dict(postpauze.hervat(omgeving(), Actor(door), reden, teruggezet)), als_json, _toon)


def voeg_toe(app: App) -> None:
    for opdracht in (stand, pauzeer, hervat):
        app.command(opdracht)


def _dict(stand_: Any) -> dict[str, Any]:
    return {
        "staat_stil": stand_.sinds is not None, "sinds": stand_.sinds, "door": stand_.door, "reden": stand_.reden,
        "wacht": stand_.wacht, "teruggezet": stand_.teruggezet,
    }  # fmt: skip


def _toon_pauzeproef(data: dict[str, Any]) -> None:
    print(f"Een proef: er is niets gewijzigd. {data['wacht']} berichten zouden blijven liggen.")


def _toon_hervatproef(data: dict[str, Any]) -> None:
    zou = data["zou"]
    print("Een proef: er is niets gewijzigd. Dit zou er gebeuren.")
    print(f"Gaat weg: {zou['gaat_weg']} berichten, waarvan {zou['opnieuw']} opnieuw.")
    print(f"Telt als aangekomen: {zou['aangekomen']}. Vervalt: {zou['vervalt']}.")
    print(f"Blijft onzeker, en wacht op een beslissing: {zou['blijft_onzeker']}.")


def _toon(data: dict[str, Any]) -> None:
    if data["staat_stil"]:
        print(f"De post staat stil sinds {data['sinds']:%Y-%m-%d %H:%M} UTC, door {data['door']}: {data['reden']}")
    else:
        print("De post gaat.")
    print(f"Klaar om te gaan: {data['wacht']}. Onzeker door het terugzetten: {data['teruggezet']}.")
