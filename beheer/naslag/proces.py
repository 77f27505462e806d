"""Het blad over het proces: elke stap met wie, waarom en wat erop volgt, en een plaatje."""

from typing import Final

from beheer.naslag.levens import Gezien, gezien
from domein.begrippen import Stapsoort
from domein.regels.ronde import STROMEN
from domein.regels.uitkomsten import UITKOMSTEN, stapvorm

THEMAS: Final = {
    Stapsoort.REGISTRATIE: "Registratie en bijzonderheden",
    Stapsoort.INTAKE: "Oproep en brede intake",
    Stapsoort.PIP: "Persoonlijk plan (besluiten)",
    Stapsoort.AANMELDING: "Taalaanbieder en lessen",
    Stapsoort.VOORTGANG: "Voortgang",
    Stapsoort.PVT: "Participatieverklaringstraject",
    Stapsoort.MAP: "Module Arbeidsmarkt en Participatie",
    Stapsoort.EINDGESPREK: "Eindgesprek van de Z-route",
    Stapsoort.BEGELEIDING: "Maatschappelijke begeleiding",
    Stapsoort.ONTZORGEN: "Ontzorgen",
    Stapsoort.DUO: "Meldingen aan DUO",
    Stapsoort.VERHUIZING: "Verhuizing",
    Stapsoort.EINDE: "Einde",
}
KOP: Final = """# Het proces

<!-- Gemaakt door `./regie naslag` uit domein/regels/. Verander de regels, niet dit blad. -->

Dit zijn alle stappen die het plan van een dossier kan bevatten. De wet en het persoonlijk plan bepalen welke en
wanneer; de samenwerkingsafspraken bepalen wie. Een pijl: na een uitkomst staat die stap nieuw in
het plan. Een stippellijn: de stap stond er al, en begint nu eerder.
"""


def blad() -> str:
    """Geef de hele tekst van docs/naslag/proces.md."""
    alle = sorted(gezien(), key=lambda g: (list(THEMAS).index(g.stap.stapsoort), stapvorm(g.stap.kenmerk)))
    delen = [KOP, *_plaatje(alle), "## Elke stap", ""]
    for soort, titel in THEMAS.items():
        hier = [g for g in alle if g.stap.stapsoort is soort]
        if hier:
            delen += [f"### {titel}", "", f"Flow in Prefect: `{STROMEN[soort]}`.", "", *_tabel(hier), ""]
    return "\n".join(delen).rstrip() + "\n"


def _knoop(vorm: str) -> str:
    return vorm.replace("/", "_").replace("-", "_")


def _plaatje(alle: list[Gezien]) -> list[str]:
    """Teken de vormen per thema, met een pijl van een stap naar wat er na een uitkomst nieuw in het plan staat."""
    uit = ["```mermaid", "flowchart LR"]
    for soort, titel in THEMAS.items():
        hier = [g for g in alle if g.stap.stapsoort is soort]
        if hier:
            uit.append(f'  subgraph thema_{soort.value}["{titel}"]')
            for g in hier:
                vorm = stapvorm(g.stap.kenmerk)
                uit.append(f'    {_knoop(vorm)}["{vorm}{" ⚖" if g.stap.besluit else ""}"]')
            uit.append("  end")
    pijlen = {
        (_knoop(stapvorm(g.stap.kenmerk)), _knoop(volgende))
        for g in alle
        for vormen in g.volgt.values()
        for volgende in vormen
        if volgende != stapvorm(g.stap.kenmerk)
    }
    uit += [f"  {van} --> {naar}" for van, naar in sorted(pijlen)]
    eerder = {
        (_knoop(stapvorm(g.stap.kenmerk)), _knoop(vorm))
        for g in alle
        for vorm in g.eerder
        if vorm != stapvorm(g.stap.kenmerk)
    }
    uit += [f"  {van} -.-> {naar}" for van, naar in sorted(eerder - pijlen)]
    return [
        *uit,
        "```",
        "",
        "⚖ is een besluit: dat neemt een mens met mandaat, nooit een regel (artikel 10:3 Awb).",
        "",
    ]


def _tabel(hier: list[Gezien]) -> list[str]:
    uit = ["| stap | wat | rol | artikel | uitkomst → wat erop volgt |", "|---|---|---|---|---|"]
    for g in hier:
        vorm = stapvorm(g.stap.kenmerk)
        labels = {uitkomst.soort: uitkomst.label for uitkomst in UITKOMSTEN[vorm]}
        volgt = "<br>".join(
            f"{labels[soort]}" + (f" → {', '.join(f'`{v}`' for v in vormen)}" if vormen else "")
            for soort, vormen in g.volgt.items()
        )
        besluit = " ⚖" if g.stap.besluit else ""
        uit.append(f"| `{vorm}`{besluit} | {g.stap.titel} | {g.stap.rol.value} | {g.stap.artikel} | {volgt} |")
    return uit
