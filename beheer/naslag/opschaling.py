"""Het blad over herinneren en opschalen: per soort stap wie wanneer wat hoort, zoals het beleid het zegt."""

from collections.abc import Iterator
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regeling import regeling
from domein.regels.opschalingsbeleid import (
    AFSPRAAK,
    BEHANDELAAR,
    GAT,
    OVERLEG,
    STANDAARD,
    Anker,
    Dagtelling,
    Ladder,
    Niveau,
    Opschalingsbeleid,
    Toont,
    Waarschuwing,
    opschalingsbeleid,
)
from domein.regels.termijnen import SOORTEN

KOP: Final = """# Herinneren en opschalen

<!-- Gemaakt door `./regie naslag` uit domein/regeling/opschaling.toml. Verander dat bestand, niet dit blad. -->

Wie hoort het als een taak bijna te laat is, of te laat? Dit is beleid, geen wet. Het staat als gegevens in
`domein/regeling/opschaling.toml`; een bestand dat niet klopt, wordt bij het laden geweigerd.

- Elk niveau komt hoogstens één keer. Na een storing gaat alleen het hoogste niveau uit; wat is overgeslagen, is
  vastgelegd.
- Een antwoord stopt alles direct. Een nieuwe datum begint opnieuw. Een pauze houdt taken met de persoon stil, nooit een
  wettelijke termijn. Eindigt het dossier, dan vervalt het met de taak.
- Niets gaat uit op een dag dat het kantoor van de ontvanger dicht is: het komt op de eerste open dag.
- Wie afwezig is, wordt vervangen. Wie de taak zelf heeft, krijgt een hoger niveau alleen als er geen ander is.
- Wie verder van het dossier staat, ziet alleen aantallen. Een overleg gaat nooit over één dossier, en noemt geen aantal
  onder de 5.
"""
TITELS: Final = {STANDAARD: "Elke andere stap", GAT: "Een gat in de afspraken"}
NAMEN: Final = {
    AFSPRAAK: "wie de afspraak zelf bij `escalatie` noemt",
    OVERLEG: "het bestuurlijk overleg (de penvoerder)",
    BEHANDELAAR: "de behandelaar",
    Rol.REGIOCOORDINATOR.value: "de regiocoördinator",
}


def blad() -> str:
    """Geef de hele tekst van docs/naslag/opschaling.md."""
    beleid = opschalingsbeleid()
    delen = [KOP]
    volgorde = [*(soort.value for soort in Stapsoort if soort.value in beleid.ladders), GAT, STANDAARD]
    for soort in volgorde:
        delen += _ladder(beleid.ladders[soort], beleid)
    delen += [
        "## Vroeg waarschuwen",
        "",
        "Als een wettelijke termijn gevaar loopt: er is werk niet klaar dat in die week klaar had moeten zijn.",
        "",
    ]
    delen += ["| termijn | na week | aan | zolang dit ontbreekt |", "|---|---|---|---|"]
    delen += [_waarschuwing(een) for een in beleid.waarschuwingen]
    return "\n".join(delen).rstrip() + "\n"


def _ladder(ladder: Ladder, beleid: Opschalingsbeleid) -> Iterator[str]:
    soorten = {soort.value for soort in Stapsoort}
    yield f"## {TITELS.get(ladder.soort) or f'Stappen van soort `{ladder.soort}`'}"
    yield ""
    if ladder.soort in soorten:
        yield f"Over {beleid.werk[Stapsoort(ladder.soort)]}."
        yield ""
    yield "| wanneer | aan | ziet |"
    yield "|---|---|---|"
    for dagen in ladder.herinneringen:
        wanneer = "op de dag zelf" if dagen == 0 else f"{dagen} dagen vóór het einde"
        yield f"| herinnering, {wanneer} | {NAMEN[BEHANDELAAR]} | de taak |"
    for niveau in ladder.niveaus:
        yield f"| niveau {niveau.nummer}, {_wanneer(niveau)} | {_aan(niveau)} | {_ziet(niveau, beleid)} |"
    yield ""


def _wanneer(niveau: Niveau) -> str:
    soort = niveau.dagen.value if niveau.na > 1 else {Dagtelling.WERKDAGEN: "werkdag"}.get(niveau.dagen, "kalenderdag")
    vanaf = "het einde" if niveau.vanaf is Anker.EINDE else "de opening"
    minstens = f", vanaf {niveau.dossiers_minstens} dossiers" if niveau.dossiers_minstens > 1 else ""
    return f"{niveau.na} {soort} na {vanaf}{minstens}"


def _aan(niveau: Niveau) -> str:
    return ", anders ".join(NAMEN.get(naam, f"de {naam}") for naam in niveau.ontvanger)


def _ziet(niveau: Niveau, beleid: Opschalingsbeleid) -> str:
    rollen = [naam for naam in niveau.ontvanger if naam != AFSPRAAK]
    toont = list(dict.fromkeys(beleid.weergave(niveau, naam).toont for naam in rollen))
    if len(toont) > 1:
        alleen = [naam for naam in rollen if beleid.weergave(niveau, naam).toont is Toont.AANTALLEN]
        return f"de taak; de {' en de '.join(alleen)} alleen aantallen"
    return "de taak" if toont == [Toont.TAAK] else "alleen aantallen"


def _waarschuwing(een: Waarschuwing) -> str:
    weken = regeling().getal(SOORTEN[een.termijn].regel)
    aan = " en ".join(NAMEN.get(naam, f"de {naam}") for naam in een.ontvangers)
    rijen: list[str] = []
    for week in een.weken:
        mist = " ".join(dict.fromkeys(n.ontbreekt for n in een.nodig if n.vanaf_week <= week))
        rijen.append(f"| `{een.termijn}` | {week} van de {weken} | {aan} | {mist} |")
    return "\n".join(rijen)
