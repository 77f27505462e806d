"""`regie bord`: de cijfers van het regiobord, en de tellingen nakijken of herstellen."""

from typing import Any

from cyclopts import App

from beheer.tabel import tabel
from beheer.uitvoer import Json, Proef, meld, toon

bord_app = App(name="bord", help="Toon de cijfers van de regio, of herstel de tellingen.")


@bord_app.command(name="toon")
def toon_(*, gemeente: str = "", als_json: Json = False) -> None:
    """Toon de figuren van het regiobord, zonder persoonsgegevens.

    Parameters
    ----------
    gemeente
        Alleen deze gemeente, zoals GM0512.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.regiobord import bekijk_bord
    from domein.regels.bordvormen import Bordkeuze, Bordzicht

    bord = bekijk_bord(omgeving(), Bordzicht(alles=True), Bordkeuze(gemeente))
    uit = [
        {
            "figuur": figuur.code, "titel": figuur.titel, "kolommen": list(figuur.kolommen),
            "rijen": [[rij.naam, *rij.waarden] for rij in figuur.rijen],
        }
        for figuur in bord.figuren
    ]  # fmt: skip
    toon(uit, als_json, _toon_figuren)


@bord_app.command
def herstel(*, proef: Proef = False, als_json: Json = False) -> int:
    """Zet dossiers van voor het bord erop en tel alles opnieuw; met --proef alleen wat er niet klopt.

    Eindcode 1 als een proef iets vindt, of als een dossier niet te lezen was.
    """
    from dataclasses import asdict

    from adapters.omgeving import omgeving
    from domein.handelingen.regiobord_bijwerken import herstel_bord, onderzoek_bord

    if proef:
        afwijkingen, ontbreekt = onderzoek_bord(omgeving())
        toon({"afwijkingen": afwijkingen, "ontbrekende_dossiers": ontbreekt}, als_json, _toon_proef)
        return 1 if afwijkingen or ontbreekt else 0
    meld("tellen ...")
    verslag = herstel_bord(omgeving())
    toon(asdict(verslag), als_json, _toon_herstel)
    if verslag.mislukt:
        namen = ", ".join(een.dossier for een in verslag.mislukt)
        meld(f"Niet op het bord gezet, want niet te lezen: {namen}. {verslag.mislukt[0].uitweg}")
    return int(bool(verslag.mislukt))


def _toon_herstel(uit: dict[str, Any]) -> None:
    print(f"{uit['gezet']} dossiers zijn erbij gezet. Er staan {uit['cellen']} aantallen.")


def _toon_figuren(figuren: list[dict[str, Any]]) -> None:
    for figuur in figuren:
        print(f"\n{figuur['titel']}")
        kolommen: dict[str, str] = {str(n): kop for n, kop in enumerate(figuur["kolommen"])}
        tabel([dict(zip(kolommen, rij, strict=True)) for rij in figuur["rijen"]], kolommen)


def _toon_proef(uit: dict[str, Any]) -> None:
    if uit["ontbrekende_dossiers"]:
        print("Er zijn dossiers die nog niet op het bord staan.")
    for regel in uit["afwijkingen"]:
        print(regel)
    if not uit["afwijkingen"] and not uit["ontbrekende_dossiers"]:
        print("De tellingen kloppen.")
