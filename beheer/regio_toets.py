"""`regie regio toets`: klopt de regio, volledig, en wat loopt er binnenkort af."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from adapters.regiobestand import toets_regiobestand
from beheer.uitvoer import Json, fout, toon
from domein.fouten import OngeldigBestand
from domein.regio.bevinding import Ernst

_VOLGORDE: Final = {ernst.value: nummer for nummer, ernst in enumerate(Ernst)}


def toets(
    *mappen: Path,
    op: Annotated[date | None, Parameter(help="Vanaf welke dag telt wat er binnen 90 dagen afloopt.")] = None,
    als_json: Json = False,
) -> int:
    """Controleer een of meer regio's volledig, zonder iets te bewaren; eindcode 1 bij een fout.

    Elke gemeente, stap, leerroute, doelgroep, leeftijd, alfabetisering en dag: een gat of een tegenspraak is
    een fout. Een waarschuwing of info houdt het laden niet tegen.
    """
    if not mappen:
        fout("Er is geen regio genoemd.", "Geef een of meer mappen, zoals voorbeelden/avres.", code=2)
    dag = op or _vandaag()
    regels = [regel for pad in mappen for regel in _toets(pad, dag)]
    toon(regels, als_json, lambda _: _toon(regels, len(mappen)))
    return 1 if any(regel["ernst"] == Ernst.FOUT.value for regel in regels) else 0


def _vandaag() -> date:
    # Pas hier: de instellingen laden kost tijd, en met --op is er geen klok nodig.
    from adapters.klok import klok
    from adapters.omgeving import instellingen

    return klok(instellingen()).vandaag()


def _toets(pad: Path, dag: date) -> list[dict[str, str]]:
    try:
        _, bevindingen = toets_regiobestand(pad, dag)
    except OngeldigBestand as geweigerd:
        return [
            {
                "soort": geweigerd.code,
                "ernst": Ernst.FOUT.value,
                "plaats": str(pad),
                "melding": geweigerd.melding,
                "uitweg": geweigerd.uitweg,
            }
        ]
    return [dict(bevinding.als_dict()) for bevinding in bevindingen]


def _toon(regels: list[dict[str, str]], aantal: int) -> None:
    for regel in sorted(regels, key=lambda regel: _VOLGORDE[regel["ernst"]]):
        print(f"{regel['ernst']}: {regel['plaats']}: {regel['melding']} {regel['uitweg']}".rstrip())
    soorten = Counter(regel["soort"] for regel in regels if regel["ernst"] == Ernst.FOUT.value)
    if soorten:
        print(f"\nFouten: {', '.join(f'{n} x {soort}' for soort, n in soorten.most_common())}.")
    elif aantal == 1:
        print("In orde: elke stap heeft in elke gemeente, op elke dag en voor iedereen, precies een afspraak.")
    else:
        print(f"In orde: {aantal} regio's, elke stap heeft op elke dag en voor iedereen precies één afspraak.")
