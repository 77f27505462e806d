"""De opdrachtregel `regie`: welke opdrachten er zijn, en hoe elke opdracht eindigt.

Elke opdracht staat in een eigen module en wordt pas geladen als iemand haar vraagt, zodat
`regie termijn` geen Prefect en geen database laadt. Einde: 0 gelukt, 1 geweigerd of een controle
faalt, 2 verkeerd gebruik.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple

from cyclopts import App, CycloptsError, Group, Parameter

from beheer.gebruik import in_het_nederlands
from beheer.hulptekst import NederlandseHulp
from beheer.uitvoer import Afgebroken, meld_fout

GELUKT: Final = 0
GEWEIGERD: Final = 1
VERKEERD_GEBRUIK: Final = 2
ONDERBROKEN: Final = 130  # 128 + SIGINT, zoals een shell het verwacht
PIJP_DICHT: Final = 141  # 128 + SIGPIPE: de lezer is gestopt, dat is geen fout van ons


class Opdracht(NamedTuple):
    naam: str
    module: str
    uitleg: str


OPDRACHTEN: Final = (
    Opdracht("demo", "beheer.demo", "Laat een voorbeeldregio van kennisgeving tot einde lopen."),
    Opdracht("start", "beheer.start", "Start de diensten voor echt gebruik."),
    Opdracht("test", "beheer.test", "Controleer de hele code: opmaak, typen, lagen en tests."),
    Opdracht("regio", "beheer.regio", "Laad of toets een regio, of vraag wie wat doet."),
    Opdracht("kennisgevingen", "beheer.kennisgevingen", "Registreer kennisgevingen uit een bestand."),
    Opdracht("koppelingen", "beheer.koppelingen", "Registreer koppelingen van het COA uit een bestand."),
    Opdracht("termijn", "beheer.termijn", "Reken een termijn uit, met het artikel en de uitleg."),
    Opdracht("dossier", "beheer.dossier", "Bekijk een dossier en zijn plan, meld iets of haal iets door."),
    Opdracht("verzoek", "beheer.verzoek", "Behandel een verzoek om inzage of verbetering van gegevens."),
    Opdracht("bewaren", "beheer.bewaren", "Bekijk bewaartermijnen, en vernietig wat weg moet."),
    Opdracht("swi", "beheer.swi", "Maak de kwartaallevering voor het CBS."),
    Opdracht("stap", "beheer.stap", "Bekijk stappen en leg uitkomsten vast."),
    Opdracht("bulk", "beheer.bulk", "Bekijk handelingen op veel stappen tegelijk, of draai er een terug."),
    Opdracht("besluit", "beheer.besluit", "Neem een besluit: concept, gronden, handtekening, bekendmaking."),
    Opdracht("bord", "beheer.bord", "Toon de cijfers van de regio, of herstel de tellingen."),
    Opdracht("post", "beheer.post", "Bekijk de uitgaande post."),
    Opdracht("sjabloon", "beheer.sjabloon", "Bekijk en toets de sjablonen van berichten en brieven."),
    Opdracht("portaal", "beheer.portaal", "Maak een link om bij het portaal aan te melden."),
    Opdracht("audit", "beheer.audit", "Bekijk en controleer wie welk dossier zag of veranderde."),
    Opdracht("ronde", "beheer.ronde", "Voer nu één ronde uit."),
    Opdracht("naslag", "beheer.naslag", "Schrijf de naslag over termijnen en het proces."),
    Opdracht("meet", "beheer.meet", "Meet hoe snel het is, naast een basis uit dezelfde ronde."),
    Opdracht("dokter", "beheer.dokter", "Controleer of alles gezond is."),
    Opdracht("metrieken", "beheer.metrieken", "Toon de aantallen voor een bewakingssysteem."),
    Opdracht("bewaak", "beheer.bewaak", "Bewaak of de ronde nog loopt."),
    Opdracht("opzichter", "beheer.los", "Draai alleen de ronde en de post, naast diensten die elders draaien."),
    Opdracht("apitoken", "beheer.apitoken", "Beheer tokens van systemen van partners voor de API."),
    Opdracht("sleutels", "beheer.sleutels", "Vervang een sleutel van de installatie."),
    Opdracht("reservekopie", "beheer.reservekopie", "Maak, controleer of herstel een reservekopie."),
)


def versie() -> str:
    """Geef de versie van de installatie."""
    try:
        return version("regie-inburgering")
    except PackageNotFoundError:
        return "onbekend"


def maak_app() -> App:
    """Maak de opdrachtregel; de opdrachten zelf worden pas bij gebruik geladen."""
    app = App(
        name="regie",
        help="Regie op inburgering: het proces van de Wet inburgering 2021 voor een regio van gemeenten.",
        version=versie,
        version_flags=("--versie", "--version"),
        help_flags=("--help", "-h"),
        group_commands=Group("Opdrachten"),
        group_arguments=Group("Argumenten"),
        group_parameters=Group("Opties"),
        # Een schakelaar heeft hier één vorm: `--proef`, geen `--no-proef`.
        default_parameter=Parameter(negative=()),
        help_formatter=NederlandseHulp(),
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    app["--help"].help = "Toon deze hulp."
    app["--versie"].help = "Toon de versie."
    for volgorde, opdracht in enumerate(OPDRACHTEN):
        app.command(
            f"{opdracht.module}:{opdracht.naam}_app",
            name=opdracht.naam,
            help=opdracht.uitleg,
            sort_key=volgorde,
        )
    return app


def hoofd(argumenten: Sequence[str] | None = None) -> int:
    """Voer een opdracht uit en geef haar eindcode. Een mens ziet nooit een Engelse fout of een spoor."""
    woorden = list(sys.argv[1:] if argumenten is None else argumenten)
    als_json = "--json" in woorden
    try:
        code = _voer_uit(woorden, als_json)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Afgebroken.", file=sys.stderr)
        return ONDERBROKEN
    except BrokenPipeError:
        # Anders probeert Python bij het afsluiten nog eens te schrijven, en klaagt dan alsnog.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIJP_DICHT
    except SystemExit as einde:
        # Rich maakt zelf van een dichte pijp een SystemExit.
        if isinstance(einde.__context__, BrokenPipeError):
            return PIJP_DICHT
        raise
    return code


def _voer_uit(woorden: list[str], als_json: bool) -> int:
    app = maak_app()
    try:
        antwoord: object = app(woorden)
    except CycloptsError as fout:
        melding, uitweg = in_het_nederlands(fout, [opdracht.naam for opdracht in OPDRACHTEN])
        meld_fout(melding, uitweg, als_json=als_json)
        return VERKEERD_GEBRUIK
    except Afgebroken as afgebroken:
        meld_fout(afgebroken.melding, afgebroken.uitweg, als_json=als_json)
        return afgebroken.code
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as fout:  # de buitenste rand: hier wordt elke fout een zin
        return _meld_onverwacht(fout, als_json)
    return antwoord if isinstance(antwoord, int) and not isinstance(antwoord, bool) else GELUKT


def _meld_onverwacht(fout: Exception, als_json: bool) -> int:
    from domein.fouten import RegieFout

    if isinstance(fout, RegieFout):
        meld_fout(fout.melding, fout.uitweg, als_json=als_json)
        return GEWEIGERD
    if os.environ.get("REGIE_SPOOR"):
        traceback.print_exception(fout)
    # De tekst van een vreemde fout kan gegevens van een persoon bevatten: noem alleen soort en plaats.
    plaats = traceback.extract_tb(fout.__traceback__)[-1]
    meld_fout(
        f"Er ging iets mis dat wij niet hadden voorzien: {type(fout).__name__} in "
        f"{os.path.basename(plaats.filename)}, regel {plaats.lineno}.",  # noqa: PTH119
        "Herhaal de opdracht met REGIE_SPOOR=1 ervoor en stuur wat u dan ziet naar uw beheerder.",
        als_json=als_json,
    )
    return GEWEIGERD
