"""De tekst van `--help`, in het Nederlands en zonder kaders: goed te lezen, te kopiëren en voor te lezen."""

import re
import textwrap
from typing import Any, Final

from cyclopts.help import HelpEntry, HelpPanel
from rich.console import Console, ConsoleOptions

KOLOM: Final = 26
INSPRONG: Final = "  "
WOORDEN: Final = (
    ("COMMAND", "OPDRACHT"),
    ("[ARGS]", "[ARGUMENTEN]"),
    ("[ARGS...]", "[ARGUMENTEN...]"),
    ("[OPTIONS]", "[OPTIES]"),
)
KOPPEN: Final = {"Arguments": "Argumenten", "Parameters": "Opties", "Commands": "Opdrachten"}
SOORTEN: Final = re.compile(r"\b(CHOICE|STR|DATE|INT|FLOAT|PATH|DATETIME)\b")
SOORT_NL: Final = {
    "CHOICE": "KEUZE", "STR": "TEKST", "DATE": "DATUM", "INT": "GETAL", "FLOAT": "GETAL", "PATH": "PAD",
    "DATETIME": "MOMENT",
}  # fmt: skip


class NederlandseHulp:
    """Schrijft de hulp van een opdracht als gewone regels."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        if not panel.entries:
            return
        kop = _plat(panel.title, console)
        _schrijf(console, f"{KOPPEN.get(kop, kop)}:")
        for regel in panel.entries:
            _schrijf_regel(console, options.max_width, regel)
        _schrijf(console, "")

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:  # noqa: ARG002
        tekst = _plat(usage, console).removeprefix("Usage: ")
        for engels, nederlands in WOORDEN:
            tekst = tekst.replace(engels, nederlands)
        tekst = _soorten_in_het_nederlands(tekst)
        if tekst:
            _schrijf(console, f"Gebruik: {tekst}\n")

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:  # noqa: ARG002
        tekst = _plat(description, console)
        if tekst:
            _schrijf(console, tekst + "\n")


def _schrijf_regel(console: Console, breedte: int, regel: HelpEntry) -> None:
    namen = _soorten_in_het_nederlands(", ".join(regel.display_labels_with_metavar))
    delen = [_plat(regel.description, console)]
    if regel.choices:
        delen.append(f"[keuze: {', '.join(regel.choices)}]")
    if regel.default not in (None, "False", "None", ""):
        delen.append(f"[standaard: {regel.default}]")
    if regel.required:
        delen.append("[verplicht]")
    uitleg = " ".join(" ".join(delen).split())  # rich brak de uitleg al eens af
    kop = f"{INSPRONG}{namen}".ljust(KOLOM)
    if len(kop.rstrip()) >= KOLOM and uitleg:
        _schrijf(console, kop)
        kop = " " * KOLOM
    ruimte = max(breedte, KOLOM + 30)
    _schrijf(
        console,
        textwrap.fill(uitleg, ruimte, initial_indent=kop, subsequent_indent=" " * KOLOM, break_on_hyphens=False) or kop,
    )


def _soorten_in_het_nederlands(tekst: str) -> str:
    return SOORTEN.sub(lambda gevonden: SOORT_NL[gevonden[1]], tekst)


def _plat(inhoud: Any, console: Console) -> str:
    if inhoud is None:
        return ""
    if isinstance(inhoud, str):
        return inhoud.strip()
    with console.capture() as vangst:
        console.print(inhoud, end="", highlight=False)
    return vangst.get().strip()


def _schrijf(console: Console, tekst: str) -> None:
    console.print(tekst, highlight=False, markup=False, soft_wrap=True)
