"""Is a Dutch text easy to read? Flesch-Douma, sentence length, hard words and banned words.

Flesch-Douma is Flesch's reading ease fitted to Dutch (Douma, 1960): 206.84 - 0.93 x words per sentence -
77 x syllables per word. From 70 up a text counts as plain. A formula is a smoke alarm: a person reads every
letter too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MINSTE_SCORE: Final = 70.0
HOOGSTE_GEMIDDELDE: Final = 12.0
LANGSTE_ZIN: Final = 20
MEESTE_LETTERGREPEN: Final = 4  # a longer word must be a term of the field

_WOORD: Final = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*'?", re.UNICODE)
# An end of sentence: a mark followed by white space or the end. "10.00" and "5.3" go on.
_ZINSEINDE: Final = re.compile(r"(?<=[.!?])[\"'’)]*(?:\s+|$)")
_AFKORTINGEN: Final = ("art.", "nr.", "o.a.", "bijv.", "m.b.t.")
_RIJ: Final = re.compile(r"^\S[^:\n]{0,30}:\s{2,}\S")  # "Dossier:    D-7F3K9": a fact, not a sentence
_URL: Final = re.compile(r"https?://\S+")

# Spellings of one vowel sound, the longest first. A trema or accent has been handled before.
_KLANKEN: Final = re.compile(
    r"eeuw|ieuw|aai|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ij|ei|ai|ae|a|e|i|o|u|y", re.IGNORECASE
)
_NIEUWE_GREEP: Final = str.maketrans({"ä": "|a", "ë": "|e", "ï": "|i", "ö": "|o", "ü": "|u"})
_ZONDER_ACCENT: Final = str.maketrans("áàâéèêíìîóòôúùû", "aaaeeeiiiooouuu")
# Words that are not said as they are spelled.
_UITZONDERINGEN: Final[Mapping[str, int]] = {
    "intake": 2, "intakes": 2, "team": 1, "teams": 1, "teamleider": 3, "museum": 3, "online": 2, "email": 2,
    "beantwoord": 3, "beantwoorden": 4, "geantwoord": 3, "geuit": 2, "dossier": 2, "dossiers": 3,
}  # fmt: skip


def lettergrepen(woord: str) -> int:
    """Count the syllables of one Dutch word; a figure or a code counts as one, letters said one by one each."""
    return max(1, sum(_grepen_van_deel(deel) for deel in re.split(r"['’\-]+|\.(?!\d)", woord) if deel))


def _grepen_van_deel(deel: str) -> int:
    if any(teken.isdigit() for teken in deel):
        return 1
    klein = deel.lower()
    if klein in _UITZONDERINGEN:
        return _UITZONDERINGEN[klein]
    klein = klein.translate(_ZONDER_ACCENT).translate(_NIEUWE_GREEP)
    # "natie" and "station": the i is part of the consonant before it. "qu": the u is said as a w.
    klein = re.sub(r"(?<=[ts])i(?=o)", "", klein).replace("qu", "kw")
    # A y between vowels, or an i or j that opens a syllable, is a consonant.
    klein = re.sub(r"y(?=[aeou])", "j", klein)
    klanken = _KLANKEN.findall(klein)
    if not klanken:
        return len(deel) if deel.isupper() else 1  # "BSN" is said letter by letter
    return len(klanken)


def woorden(tekst: str) -> list[str]:
    return _WOORD.findall(tekst)


def zinnen(tekst: str) -> list[str]:
    """The sentences of a letter: facts in rows, links and the address are no sentences."""
    uit: list[str] = []
    for regel in tekst.splitlines():
        kaal = _URL.sub("", regel).strip().removeprefix("- ")
        if not kaal or _RIJ.match(kaal):
            continue
        uit += [zin for zin in _splits(kaal) if woorden(zin)]
    return uit


def _splits(regel: str) -> list[str]:
    uit: list[str] = []
    for stuk in _ZINSEINDE.split(regel):
        if uit and uit[-1].lower().endswith(_AFKORTINGEN):
            uit[-1] = f"{uit[-1]} {stuk}"
        elif stuk.strip():
            uit.append(stuk.strip())
    return uit


@dataclass(frozen=True, slots=True)
class Leesmaat:
    """What was measured. `score` is Flesch-Douma."""

    score: float
    gemiddeld: float
    langste: int
    langste_zin: str
    zinnen: int


def meet(tekst: str | Sequence[str]) -> Leesmaat:
    """Measure a text, or sentences that were already cut."""
    rij = zinnen(tekst) if isinstance(tekst, str) else list(tekst)
    if not rij:
        return Leesmaat(score=MINSTE_SCORE, gemiddeld=0.0, langste=0, langste_zin="", zinnen=0)
    per_zin = [woorden(zin) for zin in rij]
    alle = [woord for zin in per_zin for woord in zin]
    gemiddeld = len(alle) / len(rij)
    per_woord = sum(map(lettergrepen, alle)) / len(alle)
    langste = max(range(len(rij)), key=lambda plek: len(per_zin[plek]))
    return Leesmaat(
        score=206.84 - 0.93 * gemiddeld - 77 * per_woord,
        gemiddeld=gemiddeld,
        langste=len(per_zin[langste]),
        langste_zin=rij[langste],
        zinnen=len(rij),
    )


def verboden_woorden(tekst: str, vervangingen: Mapping[str, str]) -> list[tuple[str, str]]:
    """The banned words and phrases in a text, each with what to write instead."""
    laag = f" {' '.join(woord.lower() for woord in woorden(_URL.sub('', tekst)))} "
    return [(fout, beter) for fout, beter in vervangingen.items() if f" {fout} " in laag]


def moeilijke_woorden(tekst: str, toegestaan: Iterable[str]) -> list[str]:
    """Words of more than four syllables that are no term of the field, in the order of the text."""
    bekend = {term.lower() for term in toegestaan}
    gevonden: dict[str, None] = {}
    for woord in woorden(_URL.sub("", tekst)):
        klein = woord.lower()
        if lettergrepen(woord) > MEESTE_LETTERGREPEN and not _is_term(klein, bekend):
            gevonden[klein] = None
    return list(gevonden)


def _is_term(woord: str, bekend: set[str]) -> bool:
    vormen = {
        woord,
        woord.removesuffix("en"),
        woord.removesuffix("s"),
        woord.removesuffix("n"),
        woord.removesuffix("e"),
    }
    return bool(vormen & bekend)
