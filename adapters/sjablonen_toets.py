"""Checks every template before anyone gets a mail from it: can it be filled, is it safe, is it plain language.

A finding is `{"soort", "ernst", "plaats", "melding", "uitweg"}`; one `fout` fails the check.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal

from adapters.leesbaarheid import (
    HOOGSTE_GEMIDDELDE,
    LANGSTE_ZIN,
    MINSTE_SCORE,
    meet,
    moeilijke_woorden,
    verboden_woorden,
    woorden,
    zinnen,
)
from adapters.sjablonen import NEDERLANDS, Sjablonen, SjabloonFout
from adapters.sjablonen_soorten import MAP, Berichtsoort, Variabele, Voorbeeld, berichtsoorten
from domein.ports import SJABLOON_FOUT, Brief

Ernst = Literal["fout", "waarschuwing", "info"]
GELIJK_TE_LANG: Final = 120  # a longer subject is cut off in most lists of mail
SLECHTSTE_REGELTEKSTEN: Final = 10
_REGELTEKST: Final = "§"
# What a letter may not carry: pictures and fonts from elsewhere tell a third party who reads it and when.
_GEEN_TAG: Final = frozenset(
    {"img", "script", "link", "iframe", "object", "embed", "form", "input", "video", "audio", "svg", "base", "picture"}
)
_HAALT_IETS_OP: Final = re.compile(r"url\s*\(|@import", re.IGNORECASE)
_VIJANDIG: Final = "<b onmouseover=x>{{ 7*7 }}</b>\r\nBcc: x@y.example\u202e\"'&"


@dataclass(frozen=True, slots=True)
class Bevinding:
    soort: str
    ernst: Ernst
    plaats: str
    melding: str
    uitweg: str = ""


@dataclass(frozen=True, slots=True)
class Klaretaal:
    """The word lists of the gate; `toegestaan` are terms that may be long."""

    verboden: Mapping[str, str]
    toegestaan: frozenset[str]


def klare_taal(begrippen: Path | None = None) -> Klaretaal:
    """The banned words, and the allowed terms: our own list and the terms of docs/begrippen.md when it is there."""
    with (MAP / "klare_taal.toml").open("rb") as bestand:
        inhoud = tomllib.load(bestand)
    termen = set(inhoud["toegestaan"]["woorden"])
    if begrippen is not None and begrippen.is_file():
        termen |= termen_uit(begrippen.read_text(encoding="utf-8"))
    return Klaretaal(dict(inhoud["verboden"]), frozenset(termen))


def termen_uit(begrippen: str) -> set[str]:
    """The words in the first column of the tables of docs/begrippen.md."""
    rijen = re.findall(r"^\| ([^|]+) \|", begrippen, re.MULTILINE)
    return {woord.lower() for rij in rijen for woord in woorden(rij)}


def toets(sjablonen: Sjablonen, taal: Klaretaal, regelteksten: Iterable[tuple[str, str]] = ()) -> list[Bevinding]:
    """Check the standard templates, those of the region, and report the worst sentences of the rules."""
    standaard = Sjablonen()
    uit = [b for soort in berichtsoorten().values() for b in toets_soort(soort, taal, standaard)]
    return [*uit, *toets_eigen(sjablonen, taal), *_regelteksten(regelteksten)]


def toets_eigen(sjablonen: Sjablonen, taal: Klaretaal) -> list[Bevinding]:
    """Check only the templates of the region."""
    return [b for naam, een in sjablonen.eigen() for b in _toets_eigen(sjablonen, naam, een, taal)]


def toets_soort(soort: Berichtsoort, taal: Klaretaal, sjablonen: Sjablonen | None = None) -> list[Bevinding]:
    """Check one standard kind in all its languages."""
    standaard = sjablonen or Sjablonen()
    return [b for een in soort.talen for b in _toets_een(standaard, soort, een, taal, "standaard")]


def _toets_eigen(sjablonen: Sjablonen, naam: str, taal: str, klaar: Klaretaal) -> Iterator[Bevinding]:
    soort = berichtsoorten().get(naam)
    plaats = f"eigen:{naam}/{taal}"
    if soort is None:
        yield Bevinding(
            SJABLOON_FOUT, "fout", plaats, f"{naam[:60]} is geen berichtsoort; niemand gebruikt dit sjabloon.",
            "Kijk met 'regie sjabloon lijst' welke soorten er zijn.",
        )  # fmt: skip
        return
    try:
        sjablonen.keur_eigen(naam, taal)
    except SjabloonFout as fout:
        yield Bevinding(SJABLOON_FOUT, "fout", plaats, fout.melding, fout.uitweg)
        return
    # Without a way back to the standard template: what fails here, must be seen here.
    yield from _toets_een(sjablonen.zonder_terugval(), soort, taal, klaar, "eigen")


def _toets_een(
    sjablonen: Sjablonen, soort: Berichtsoort, taal: str, klaar: Klaretaal, herkomst: str
) -> Iterator[Bevinding]:
    plaats = f"{herkomst}:{soort.naam}/{taal}"
    try:
        if herkomst == "standaard":
            sjablonen.keur_standaard(soort.naam, taal)
        for geval in (*soort.voorbeelden(), *soort.randgevallen()):
            brief = sjablonen.schrijf(soort.naam, geval.gegevens, taal)
            yield from _toets_brief(soort, brief, geval, plaats)
        yield from _toets_vijandig(sjablonen, soort, taal, plaats)
        if taal == NEDERLANDS:
            yield from _toets_taal(sjablonen, soort, klaar, plaats)
    except SjabloonFout as fout:
        yield Bevinding(SJABLOON_FOUT, "fout", plaats, fout.melding, fout.uitweg)


# form


@dataclass(slots=True)
class _Html(HTMLParser):
    """Collects what the checks need to know of a page."""

    tags: list[str] = field(default_factory=list[str])
    adressen: list[str] = field(default_factory=list[str])
    handlers: list[str] = field(default_factory=list[str])
    lang: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [naam for naam, _ in attrs if naam.startswith("on")]
        waarden = dict(attrs)
        if tag == "html":
            self.lang = waarden.get("lang") or ""
        if tag == "a":
            self.adressen.append(waarden.get("href") or "")


def lees_html(html: str) -> "_Html":
    lezer = _Html()
    lezer.feed(html)
    lezer.close()
    return lezer


def _toets_brief(soort: Berichtsoort, brief: Brief, geval: Voorbeeld, plaats: str) -> Iterator[Bevinding]:
    plek = f"{plaats} ({geval.naam})" if geval.naam else plaats
    gelezen = lees_html(brief.html)
    if verboden := sorted(set(gelezen.tags) & _GEEN_TAG):
        yield Bevinding(
            "html", "fout", plek, f"In de HTML staat {', '.join(verboden)}.", "Gebruik alleen tekst en links."
        )
    if gelezen.handlers or _HAALT_IETS_OP.search(brief.html):
        yield Bevinding("html", "fout", plek, "De HTML voert iets uit of haalt iets van elders.", "Haal dat weg.")
    if gelezen.lang == "" or gelezen.tags.count("h1") != 1 or "title" not in gelezen.tags:
        yield Bevinding(
            "html", "fout", plek, "De HTML heeft niet één kop, een titel en een taal.",
            'Begin met {% extends "_basis/mail.html.j2" %} en zet één kop.',
        )  # fmt: skip
    tekst_adressen = set(re.findall(r"https?://\S+", brief.tekst))
    if anders := sorted(tekst_adressen ^ set(gelezen.adressen)):
        yield Bevinding(
            "links", "fout", plek, f"Tekst en HTML hebben niet dezelfde links: {', '.join(anders)[:200]}.",
            "Zet elke link in allebei.",
        )  # fmt: skip
    bekend = {adres for waarde in geval.gegevens.values() for adres in _adressen_in(waarde)}
    if vreemd := sorted(tekst_adressen - bekend):
        yield Bevinding("links", "waarschuwing", plek, f"Het sjabloon heeft een vaste link: {', '.join(vreemd)[:200]}.")
    if geval.naam.startswith("langst") and len(brief.onderwerp) > GELIJK_TE_LANG and soort.vorm == "mail":
        yield Bevinding(
            "onderwerp", "info", plek, f"Het onderwerp wordt soms {len(brief.onderwerp)} tekens lang.",
            f"Tot {GELIJK_TE_LANG} tekens is het in een lijst te lezen.",
        )  # fmt: skip


def _adressen_in(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, str):
        if waarde.startswith(("http://", "https://")):
            yield waarde
    elif isinstance(waarde, Mapping):
        for een in waarde.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _adressen_in(een)
    elif isinstance(waarde, list):
        for een in waarde:  # pyright: ignore[reportUnknownVariableType]
            yield from _adressen_in(een)


def _toets_vijandig(sjablonen: Sjablonen, soort: Berichtsoort, taal: str, plaats: str) -> Iterator[Bevinding]:
    """Every text in the data is hostile: nothing of it may become a tag, a line or a header."""
    gewoon = soort.voorbeelden()[0].gegevens
    vijandig = {v.naam: _vervang_tekst(v, gewoon[v.naam], _VIJANDIG) for v in soort.variabelen}
    goed = sjablonen.schrijf(soort.naam, gewoon, taal)
    brief = sjablonen.schrijf(soort.naam, vijandig, taal)
    gelezen = lees_html(brief.html)
    heel = (
        not gelezen.handlers
        and gelezen.tags == lees_html(goed.html).tags
        and len(brief.onderwerp.splitlines()) == 1
        and brief.tekst.count("\n") == goed.tekst.count("\n")
        and _draaitekens(brief) == _draaitekens(goed)  # an Arabic letter has marks of its own
        and "\r" not in brief.onderwerp + brief.tekst + brief.html
        and "49" not in brief.tekst.replace(_VIJANDIG, "")
    )
    if not heel:
        yield Bevinding(
            "vijandig", "fout", plaats, "Vijandige tekst in de gegevens verandert de vorm van het bericht.",
            "Zet elke waarde met {{ … }} in het sjabloon, en gebruik de blokken uit _basis.",
        )  # fmt: skip


def _draaitekens(brief: Brief) -> list[str]:
    return re.findall("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", brief.onderwerp + brief.tekst + brief.html)


def _vervang_tekst(variabele: Variabele, waarde: Any, door: str) -> Any:
    if variabele.type == "lijst":
        return [_vervang_in_rij(rij, door) for rij in waarde]
    return door if variabele.type in {"tekst", "code"} and waarde else waarde


def _vervang_in_rij(rij: Any, door: str) -> Any:
    if isinstance(rij, str):
        return rij if rij.startswith("https://") else door
    if isinstance(rij, Mapping):
        return {naam: _vervang_in_rij(een, door) for naam, een in rij.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(rij, list):
        return [_vervang_in_rij(een, door) for een in rij]  # pyright: ignore[reportUnknownVariableType]
    return rij


# language


def eigen_tekst(sjablonen: Sjablonen, soort: Berichtsoort, geval: Voorbeeld) -> str:
    """The text of a kind without the sentences that come from the rules."""
    gemerkt = {v.naam: _merk(v, geval.gegevens[v.naam]) for v in soort.variabelen}
    tekst = sjablonen.schrijf(soort.naam, gemerkt).tekst
    # A line that is only a value (the address, the name below) is no sentence of the template either.
    los = {waarde for waarde in gemerkt.values() if isinstance(waarde, str)}
    return "\n".join(r for r in tekst.splitlines() if _REGELTEKST not in r and r.strip() not in los)


def _merk(variabele: Variabele, waarde: Any) -> Any:
    if variabele.uit_regels:
        return [_REGELTEKST for _ in waarde] if variabele.type == "lijst" else _REGELTEKST
    if variabele.type == "lijst":
        return [{**rij, "titel": _REGELTEKST} if isinstance(rij, Mapping) and "titel" in rij else rij for rij in waarde]
    return waarde


def _toets_taal(sjablonen: Sjablonen, soort: Berichtsoort, klaar: Klaretaal, plaats: str) -> Iterator[Bevinding]:
    slechtste: dict[str, Bevinding] = {}
    for geval in (*soort.voorbeelden(), *soort.randgevallen()):
        gegeven = frozenset(woord.lower() for waarde in geval.gegevens.values() for woord in _woorden_in(waarde))
        klaar_hier = Klaretaal(klaar.verboden, klaar.toegestaan | gegeven)
        for bevinding in _toets_zinnen(eigen_tekst(sjablonen, soort, geval), klaar_hier, plaats):
            slechtste.setdefault(f"{bevinding.soort}:{bevinding.melding[:40]}", bevinding)
    yield from slechtste.values()


def _woorden_in(waarde: Any) -> list[str]:
    """The words of the data: a long name of a municipality is no fault of the template."""
    if isinstance(waarde, str):
        return woorden(waarde)
    if isinstance(waarde, Mapping):
        return [w for een in waarde.values() for w in _woorden_in(een)]  # pyright: ignore[reportUnknownVariableType]
    return [w for een in waarde for w in _woorden_in(een)] if isinstance(waarde, list) else []  # pyright: ignore[reportUnknownVariableType]


def _toets_zinnen(tekst: str, klaar: Klaretaal, plaats: str) -> Iterator[Bevinding]:
    maat = meet(tekst)
    if maat.score < MINSTE_SCORE:
        yield Bevinding(
            "leesbaarheid", "fout", plaats, f"De tekst haalt {maat.score:.0f} op de schaal van Flesch-Douma.",
            f"Haal minstens {MINSTE_SCORE:.0f}: kortere zinnen en kortere woorden.",
        )  # fmt: skip
    if maat.gemiddeld > HOOGSTE_GEMIDDELDE:
        yield Bevinding(
            "leesbaarheid", "fout", plaats, f"Een zin heeft gemiddeld {maat.gemiddeld:.1f} woorden.",
            f"Schrijf gemiddeld hoogstens {HOOGSTE_GEMIDDELDE:.0f} woorden per zin.",
        )  # fmt: skip
    if maat.langste > LANGSTE_ZIN:
        yield Bevinding(
            "leesbaarheid", "fout", plaats, f"Deze zin heeft {maat.langste} woorden: {maat.langste_zin[:160]}",
            f"Knip hem op: hoogstens {LANGSTE_ZIN} woorden.",
        )  # fmt: skip
    for fout, beter in verboden_woorden(tekst, klaar.verboden):
        yield Bevinding("verboden_woord", "fout", plaats, f"Hier staat '{fout}'.", f"Schrijf: {beter}.")
    for woord in moeilijke_woorden(tekst, klaar.toegestaan):
        yield Bevinding(
            "moeilijk_woord", "fout", plaats, f"'{woord}' is een lang woord dat niet in de begrippen staat.",
            "Kies een korter woord, of zet het in docs/begrippen.md.",
        )  # fmt: skip


def _regelteksten(teksten: Iterable[tuple[str, str]]) -> list[Bevinding]:
    """The sentences of the rules that are hardest to read; they are no fault of a template."""
    per_zin = {zin: plaats for plaats, tekst in teksten for zin in zinnen(tekst)}
    gemeten = [(meet([zin]), plaats) for zin, plaats in per_zin.items()]
    slechtste = sorted(gemeten, key=lambda paar: (-paar[0].langste, paar[0].score))[:SLECHTSTE_REGELTEKSTEN]
    return [
        Bevinding(
            "regeltekst",
            "waarschuwing" if maat.langste > LANGSTE_ZIN else "info",
            plaats,
            f"{maat.langste} woorden, Flesch-Douma {maat.score:.0f}: {maat.langste_zin[:200]}",
            "Deze zin komt uit de regels van het domein; is hij te lang, maak hem dan daar korter.",
        )
        for maat, plaats in slechtste
    ]
