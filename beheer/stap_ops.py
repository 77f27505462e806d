"""`regie stap verzet|opnieuw|overslaan|heropen|draag-over`: voor één stap, een paar, of wat past bij een filter."""

from datetime import date
from typing import Annotated

from cyclopts import App, Parameter

from beheer.opskeuze import GEEN_FILTER, Aanvaard, Bulknummer, Filter, doe
from beheer.uitvoer import Door, Json, Proef, Reden

Stappen = Annotated[
    str,
    Parameter(
        name="STAP",
        help="Het id van een stap, of dossier en kenmerk: D-7F3K9:voortgang/3. Mag vaker; zonder geldt het filter.",
    ),
]


def voeg_toe(app: App) -> None:
    """Hang deze opdrachten onder `regie stap`."""
    app.command(verzet)
    app.command(opnieuw)
    app.command(overslaan)
    app.command(heropen)
    app.command(draag_over, name="draag-over")


def verzet(
    *stappen: Stappen,
    naar: Annotated[date | None, Parameter(help="De nieuwe streefdag, als jjjj-mm-dd.")] = None,
    werkdagen: Annotated[
        int | None, Parameter(help="Zoveel werkdagen later; met een min ervoor eerder.", allow_leading_hyphen=True)
    ] = None,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    aanvaard_termijn: Aanvaard = "",
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Verzet stappen naar een andere dag. Na de uiterste dag alleen als u zegt waarom dat mag."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.VERZETTEN, reden, naar=naar, werkdagen=werkdagen, aanvaard=aanvaard_termijn)
    return doe(filter_.keuze(stappen=stappen), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def opnieuw(
    *stappen: Stappen,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Zet de run van stappen opnieuw, als zij bleef hangen of is gestopt. Er gaat geen mail opnieuw."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.OPNIEUW, reden)
    return doe(filter_.keuze(stappen=stappen), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def overslaan(
    *stappen: Stappen,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    aanvaard_termijn: Aanvaard = "",
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Sla stappen over; een besluit dat de wet vraagt kan niet worden overgeslagen."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.OVERSLAAN, reden, aanvaard=aanvaard_termijn)
    return doe(filter_.keuze(stappen=stappen), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def heropen(
    *stappen: Stappen,
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    aanvaard_termijn: Aanvaard = "",
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Heropen overgeslagen stappen. Haal de uitkomst door om een stap te heropenen die klaar is."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.HEROPENEN, reden, aanvaard=aanvaard_termijn)
    return doe(filter_.keuze(stappen=stappen), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)


def draag_over(
    *stappen: Stappen,
    aan: Annotated[str, Parameter(help="De code van de medewerker die de stappen krijgt.")],
    filter_: Filter = GEEN_FILTER,
    reden: Reden,
    door: Door,
    bulk: Bulknummer = None,
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Geef stappen aan een andere medewerker met dezelfde rol."""
    from domein.handelingen.opsvormen import Opdracht
    from domein.regels.bulkkeuze import Handeling

    opdracht = Opdracht(Handeling.OVERDRAGEN, reden, aan=aan)
    return doe(filter_.keuze(stappen=stappen), opdracht, door, bulk=bulk, proef=proef, als_json=als_json)
