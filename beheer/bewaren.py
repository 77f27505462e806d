"""`regie bewaren`: hoe lang dossiers blijven, de vernietigingslijst, de vernietiging zelf en haar verklaring."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, meld, toon
from beheer.uitwerking import voer_uit_en_toon
from domein.gebeurtenissen.bewaren import Blokkadegrond

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
Nummer = Annotated[str, Parameter(help="Het nummer van de lijst, zoals VL-GM0512-2031-1.")]
Gemeente = Annotated[str, Parameter(help="De gemeente, zoals GM0512.")]

bewaren_app = App(name="bewaren", help="Bekijk bewaartermijnen, en vernietig wat weg moet.")


@bewaren_app.command
def lijst(*, gemeente: str | None = None, alleen: str | None = None, als_json: Json = False) -> None:
    """Noem elk geëindigd dossier met zijn resultaat, de grond en de dag van vernietiging.

    Parameters
    ----------
    gemeente
        Alleen dossiers van deze gemeente, zoals GM0512.
    alleen
        Alleen deze staat: bewaren, geblokkeerd, te_vernietigen, te_laat, op_lijst of vernietigd.
    """
    from adapters.omgeving import omgeving
    from domein.handelingen.bewaren import bewaarlijst

    rijen = [rij for rij in bewaarlijst(omgeving(), gemeente) if alleen in (None, rij["staat"])]
    toon(rijen, als_json, _toon_bewaarlijst)


@bewaren_app.command
def lijsten(*, als_json: Json = False) -> None:
    """Noem de vernietigingslijsten, de oudste eerst."""
    from adapters.omgeving import omgeving
    from domein.handelingen.vernietigingslijst import lijsten as alle

    toon(alle(omgeving()), als_json, _toon_lijsten)


@bewaren_app.command(name="maak-lijst")
def maak_lijst(gemeente: Gemeente, /, *, door: Door, proef: Proef = False, als_json: Json = False) -> None:
    """Stel een vernietigingslijst op van alles in een gemeente waarvan de bewaartermijn voorbij is."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.vernietigingslijst import maak_lijst as stel_op

    gemaakt = stel_op(omgeving(), gemeente.strip().upper(), Actor(door), proef=proef)
    toon({"lijst": gemaakt, "proef": proef}, als_json, _toon_lijst)


@bewaren_app.command(name="keur-goed")
def keur_goed(
    nummer: Nummer,
    /,
    *,
    reden: Reden,
    door: Door,
    zonder: Annotated[list[str] | None, Parameter(help="Een dossier dat blijft; herhaal de optie voor meer.")] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Keur een lijst goed. Dat kan niet wie haar opstelde."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.vernietigingslijst import keur_goed as keur

    gekeurd = keur(omgeving(), nummer, Actor(door), reden, zonder=zonder or (), proef=proef)
    toon({"lijst": gekeurd, "proef": proef}, als_json, _toon_lijst)


@bewaren_app.command(name="keur-af")
def keur_af(nummer: Nummer, /, *, reden: Reden, door: Door, proef: Proef = False, als_json: Json = False) -> None:
    """Keur een lijst af: er wordt niets vernietigd, en de dossiers kunnen op een volgende lijst."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.vernietigingslijst import keur_af as keur

    toon({"lijst": keur(omgeving(), nummer, Actor(door), reden, proef=proef), "proef": proef}, als_json, _toon_lijst)


@bewaren_app.command
def vernietig(nummer: Nummer, /, *, door: Door, proef: Proef = False, als_json: Json = False) -> int:
    """Voer een goedgekeurde lijst uit. Dit kan niet ongedaan worden gemaakt; het bewijs blijft."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.vernietigen import vernietig as voer_uit

    verslag = voer_uit(omgeving(), nummer, Actor(door), proef=proef)
    data = asdict(verslag)
    data["bord"] = None if proef else _ruim_bord_op(verslag.vernietigd)
    toon(data, als_json, _toon_verslag)
    if not proef and not verslag.geschoond:
        meld("De database was in gebruik; schoon haar later op met 'regie bewaren schoon-op'.")
    if data["bord"] is False:
        meld("Prefect antwoordt niet; verwijder de runs later met 'regie bewaren schoon-op'.")
    return 1 if verslag.mislukt or verslag.overgeslagen else 0


@bewaren_app.command
def verklaring(nummer: Nummer, /, *, als_json: Json = False) -> int:
    """Toon de verklaring van vernietiging, en of zij nog klopt met wat is vastgelegd."""
    from adapters.omgeving import omgeving
    from domein.handelingen.vernietigen import lees_verklaring

    data = lees_verklaring(omgeving(), nummer)
    toon(data, als_json)
    if data["klopt"] and data["ketens_kloppen"]:
        return 0
    meld("De verklaring of een keten klopt niet meer. Meld dit aan de functionaris voor gegevensbescherming.")
    return 1


@bewaren_app.command
def blokkeer(
    referentie: Referentie,
    /,
    *,
    grond: Blokkadegrond,
    reden: Reden,
    door: Door,
    tot: Annotated[
        date | None, Parameter(help="Tot en met welke dag, als jjjj-mm-dd; leeg: tot iemand opheft.")
    ] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Houd de vernietiging van een dossier tegen.

    Parameters
    ----------
    grond
        Waarom: bezwaar_of_beroep, rechtszaak, verantwoording, klacht, onderzoek of archiefwaarde.
    """
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.bewaren import blokkeer as zet

    hier, dossier_id = _zoek(referentie)
    uitwerking = zet(hier, dossier_id, grond, Actor(door), reden, tot=tot, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


@bewaren_app.command(name="hef-op")
def hef_op(
    referentie: Referentie,
    /,
    *,
    reden: Reden,
    door: Door,
    nummer: Annotated[int | None, Parameter(help="Welke blokkade; leeg als er maar één is.")] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Hef een blokkade op."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.bewaren import hef_op as hef

    hier, dossier_id = _zoek(referentie)
    uitwerking = hef(hier, dossier_id, Actor(door), reden, nummer=nummer, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


@bewaren_app.command(name="schoon-op")
def schoon_op(*, als_json: Json = False) -> int:
    """Maak af wat bleef liggen: sleutels, resten op schijf, runs in Prefect, en het register na terugzetten."""
    from adapters.omgeving import omgeving
    from domein.handelingen.bewaren import bewaarlijst
    from domein.handelingen.vernietigen import pas_register_toe

    hier = omgeving()
    opnieuw = pas_register_toe(hier)
    geschoond = hier.magazijn.schoon_op()
    bord = _ruim_bord_op([rij["referentie"] for rij in bewaarlijst(hier) if rij["staat"] == "vernietigd"])
    toon({"opnieuw_vernietigd": opnieuw, "database": geschoond, "bord": bord}, als_json)
    return 0 if geschoond and bord is not False else 1


def _zoek(referentie: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        return hier, ruimte.dossier_bij(referentie).id


def _ruim_bord_op(referenties: list[str]) -> bool | None:
    """Verwijder de runs van deze dossiers; None zonder dossiers, False als Prefect niet antwoordt."""
    if not referenties:
        return None
    from adapters.prefect.opruimen import verwijder_runs_van

    return verwijder_runs_van(referenties)


def _toon_bewaarlijst(rijen: list[dict[str, Any]]) -> None:
    regels = [{**rij, "belet": "; ".join(rij["belet"])} for rij in rijen]
    kolommen = {
        "referentie": "Dossier", "gemeente": "Gemeente", "staat": "Staat", "resultaat": "Resultaat",
        "einde_op": "Geëindigd op", "bewaren_tot": "Bewaren tot en met", "vernietigen_uiterlijk": "Vernietigen voor",
        "lijst": "Lijst", "belet": "Wat tegenhoudt",
    }  # fmt: skip
    tabel(regels, kolommen, leeg="Er is geen geëindigd dossier.")


def _toon_lijsten(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "nummer": "Lijst", "status": "Status", "aantal": "Dossiers", "opgesteld_door": "Opgesteld door",
        "besloten_door": "Beoordeeld door", "uitgevoerd_op": "Uitgevoerd op",
    }  # fmt: skip
    regels = [{**rij, "aantal": len(rij["dossiers"])} for rij in rijen]
    tabel(regels, kolommen, leeg="Er is geen vernietigingslijst.")


def _toon_lijst(data: dict[str, Any]) -> None:
    rij = data["lijst"]
    if rij is None:
        print("Er is in deze gemeente geen dossier waarvan de bewaartermijn voorbij is.")
        return
    woord = "zou zijn" if data.get("proef") else "is"
    print(f"Lijst {rij['nummer']} {woord} {rij['status']}.\n")
    kolommen = {
        "referentie": "Dossier", "status": "Status", "resultaat": "Resultaat", "grond": "Grond",
        "bewaren_tot": "Bewaren tot en met", "waarom": "Waarom",
    }  # fmt: skip
    tabel(rij["dossiers"], kolommen)
    if data["proef"]:
        print("\nDit was een proef: er is niets bewaard.")


def _toon_verslag(data: dict[str, Any]) -> None:
    gedaan = "Zou vernietigen" if data["proef"] else "Vernietigd"
    print(f"{gedaan}: {', '.join(data['vernietigd']) or 'niets'}.")
    for woord in ("overgeslagen", "mislukt"):
        for referentie, waarom in data[woord].items():
            print(f"{woord.capitalize()}: {referentie}: {waarom}")
    for referentie, partners in data["partners"].items():
        if partners:
            print(f"Vraag {', '.join(partners)} om ook te vernietigen wat zij van {referentie} bewaren.")
    if data["proef"]:
        print("Dit was een proef: er is niets vernietigd.")
    elif data["verklaring"]:
        print(f"De verklaring leest u met 'regie bewaren verklaring {data['lijst']}'.")
