"""`regie dossier pauzeer|hervat|wijs-toe|herplan`: wat een beheerder over een heel dossier besluit."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon
from beheer.uitwerking import voer_uit_en_toon
from domein.begrippen import Pauzegrond

if TYPE_CHECKING:
    from uuid import UUID

    from domein.ports import Omgeving

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]
PORTIE: Final = 100


def voeg_toe(app: App) -> None:
    """Hang deze opdrachten onder `regie dossier`."""
    app.command(pauzeer)
    app.command(hervat)
    app.command(wijs_toe, name="wijs-toe")
    app.command(herplan)


def pauzeer(
    referentie: Referentie,
    /,
    *,
    grond: Pauzegrond,
    reden: Reden,
    door: Door,
    verwacht_tot: Annotated[date | None, Parameter(help="Tot wanneer, als jjjj-mm-dd; dan kijkt iemand weer.")] = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Zet taken en herinneringen stil. Wettelijke termijnen, besluiten en meldingen aan DUO lopen door.

    Parameters
    ----------
    grond
        Waarom: detentie, ziekte, bevalling of overig. Zij staat alleen versleuteld in het dossier.
    """
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import dossierbeheer

    hier, dossier_id = _zoek(referentie)
    uitwerking = dossierbeheer.pauzeer(
        hier, dossier_id, grond, Actor(door), reden, verwacht_tot=verwacht_tot, proef=proef
    )
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def hervat(
    referentie: Referentie, /, *, reden: Reden, door: Door, proef: Proef = False, als_json: Json = False
) -> None:
    """Laat de taken van een dossier weer doorgaan."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import dossierbeheer

    hier, dossier_id = _zoek(referentie)
    uitwerking = dossierbeheer.hervat(hier, dossier_id, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def wijs_toe(
    referentie: Referentie,
    /,
    *,
    aan: Annotated[str, Parameter(help="De code van de nieuwe klantmanager.")],
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Wijs een andere klantmanager aan; open taken van de vorige gaan mee."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import dossierbeheer

    hier, dossier_id = _zoek(referentie)
    uitwerking = dossierbeheer.wijs_toe(hier, dossier_id, aan, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def herplan(
    referentie: Annotated[str | None, Parameter(help="Eén dossier; of geef --alles.")] = None,
    /,
    *,
    alles: Annotated[bool, Parameter(help="Alle lopende dossiers die met een oudere regeling zijn gepland.")] = False,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Leg stappen weer naast het plan, bijvoorbeeld na een wijziging van de wet; te hervatten als het stopt."""
    if (referentie is None) is not alles:
        fout("Geef één dossier, of --alles.", "Voorbeeld: regie dossier herplan --alles --door m-reg --proef", code=2)
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen import dossierbeheer

    if referentie is not None:
        hier, dossier_id = _zoek(referentie)
        uitwerking = dossierbeheer.herplan_een(hier, dossier_id, Actor(door), proef=proef)
        voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)
        return
    toon(_herplan_alles(Actor(door), proef=proef), als_json, _toon_herplan)


def _herplan_alles(actor: Any, *, proef: bool) -> dict[str, Any]:
    from collections import Counter

    from adapters.omgeving import omgeving
    from domein.handelingen.herplannen import eis_herplanner, proef_herplan
    from domein.handelingen.herplannen import herplan as doe_portie

    hier = omgeving()
    eis_herplanner(hier, actor)
    if proef:
        verslag = proef_herplan(hier)
        return {
            "proef": True,
            "dossiers": verslag.dossiers,
            "wijzigingen": dict(verslag.wijzigingen),
            "nog": verslag.nog,
        }
    dossiers, wijzigingen, nog = 0, Counter[str](), 1
    while nog:
        verslag = doe_portie(hier, PORTIE)
        dossiers += verslag.dossiers
        wijzigingen.update(verslag.wijzigingen)
        nog = verslag.nog
    return {"proef": False, "dossiers": dossiers, "wijzigingen": dict(wijzigingen), "nog": nog}


def _toon_herplan(data: dict[str, Any]) -> None:
    zou = "zouden veranderen" if data["proef"] else "zijn veranderd"
    print(f"{data['dossiers']} dossiers {zou}; {data['nog']} zijn nog met een oudere regeling gepland.")
    for soort, aantal in sorted(data["wijzigingen"].items()):
        print(f"  {soort}: {aantal} stappen")


def _zoek(referentie: str) -> "tuple[Omgeving, UUID]":
    from adapters.omgeving import omgeving

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        return hier, ruimte.dossier_bij(referentie).id
