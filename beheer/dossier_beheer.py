"""`regie dossier pauzeer|hervat|wijs-toe|herplan`: wat een beheerder over een heel dossier besluit."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final

from cyclopts import App, Parameter

from beheer.opskeuze import GEEN_FILTER, Aanvaard, Bulknummer, Filter, doe, toon_mislukt
from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon
from domein.begrippen import Pauzegrond

Dossiers = Annotated[
    str,
    Parameter(name="DOSSIER", help="De referentie van een dossier, zoals D-7F3K9. Mag vaker; zonder geldt het filter."),
]
PORTIE: Final = 100


def voeg_toe(app: App) -> None:
    """Hang deze opdrachten onder `regie dossier`."""
    app.command(pauzeer)
    app.command(hervat)
    app.command(wijs_toe, name="wijs-toe")
    app.command(herplan)


def pauzeer(
    *dossiers: Dossiers,
    grond: Pauzegrond,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    verwacht_tot: Annotated[date | None, Parameter(help="Tot wanneer, als jjjj-mm-dd; dan kijkt iemand weer.")] = None,
    aanvaard_termijn: Aanvaard = "",
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Zet taken en herinneringen stil. Wettelijke termijnen, besluiten en meldingen aan DUO lopen door.

    Parameters
    ----------
    grond
        Waarom: detentie, ziekte, bevalling of overig. Zij staat alleen versleuteld in het dossier.
    """
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.PAUZEREN, reden, grond=grond, verwacht_tot=verwacht_tot, aanvaard=aanvaard_termijn)
    return doe(filter_.keuze(dossiers=dossiers), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def hervat(
    *dossiers: Dossiers,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    aanvaard_termijn: Aanvaard = "",
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Laat de taken van dossiers weer doorgaan."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.HERVATTEN, reden, aanvaard=aanvaard_termijn)
    return doe(filter_.keuze(dossiers=dossiers), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def wijs_toe(
    *dossiers: Dossiers,
    aan: Annotated[str, Parameter(help="De code van de nieuwe klantmanager.")],
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Wijs een andere klantmanager aan; open taken van de vorige gaan mee."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.TOEWIJZEN, reden, aan=aan)
    return doe(filter_.keuze(dossiers=dossiers), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def herplan(
    *dossiers: Dossiers,
    alles: Annotated[bool, Parameter(help="Alle lopende dossiers die met een oudere regeling zijn gepland.")] = False,
    filter_: Filter = GEEN_FILTER,
    reden: Annotated[Reden, Parameter(show_default=False)] = "",
    door: Door,
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Leg stappen weer naast het plan, bijvoorbeeld na een wijziging van de wet; te hervatten als het stopt."""
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    keuze = filter_.keuze(dossiers=dossiers)
    if keuze.is_leeg is not alles:
        fout(
            "Geef dossiers, een filter, of --alles.",
            "Voorbeeld: regie dossier herplan --alles --door m-reg --proef",
            code=2,
        )
    if alles:  # zonder eigen reden is de nieuwe regeling de reden
        data = _herplan_alles(Actor(door), reden.strip(), proef=proef)
        toon(data, als_json, _toon_herplan)
        return int(bool(data["mislukt"]))
    if not reden.strip():
        fout("Herplannen van gekozen dossiers heeft een reden nodig.", "Geef haar met --reden.", code=2)
    return doe(keuze, Opdracht(Handeling.HERPLANNEN, reden), door, bulk=bulk, proef=proef, als_json=als_json)


def _herplan_alles(actor: Any, reden: str, *, proef: bool) -> dict[str, Any]:
    from adapters.omgeving import omgeving
    from domein.handelingen.herplannen import REDEN, eis_herplanner, herplan_alles, proef_herplan

    hier = omgeving()
    eis_herplanner(hier, actor)
    verslag = proef_herplan(hier) if proef else herplan_alles(hier, actor, reden or REDEN, portie=PORTIE)
    return {
        "proef": proef,
        "dossiers": verslag.dossiers,
        "wijzigingen": dict(verslag.wijzigingen),
        "nog": verslag.nog,
        "mislukt": [asdict(een) for een in verslag.mislukt],
    }


def _toon_herplan(data: dict[str, Any]) -> None:
    zou = "zouden veranderen" if data["proef"] else "zijn veranderd"
    print(f"{data['dossiers']} dossiers {zou}; {data['nog']} zijn nog met een oudere regeling gepland.")
    for soort, aantal in sorted(data["wijzigingen"].items()):
        print(f"  {soort}: {aantal} stappen")
    toon_mislukt(data["mislukt"])
