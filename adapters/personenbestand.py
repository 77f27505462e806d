"""Read a file of persons (CSV or XLSX) into validated rows, or say in plain Dutch what is wrong with it.

All rows are checked and every error is reported; when there is one, no row is returned, so nothing can be
stored. A message never holds a personal value: what a cell contained is masked, wherever it stood.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from adapters.rekenblad import Onleesbaar, Weigering, lees_xlsx
from domein.registratie_rij import Kop

R = TypeVar("R", bound=Kop)

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_RIJEN: Final = 5_000

# These hold no personal data when filled as meant; all other columns are masked down to their length.
_TOONBAAR: Final = frozenset(
    {
        *("versie", "gemeente", "doelgroep", "nareiziger", "ontzorgen", "kennisgeving_op", "brp_inschrijving"),
        *("kanaal", "status", "ingetrokken_op", "vorige_gemeente", "eerste_pip_op", "eerste_pip_leerroute", "tolk"),
        *("koppeling_op", "vertegenwoordiger_soort"),
    }
)
_UITWEG_UTF8: Final = "een CSV-bestand in UTF-8 (Excel: Opslaan als, CSV UTF-8) of een XLSX-bestand"


@dataclass(frozen=True, slots=True)
class Bestandsoort(Generic[R]):
    """What one kind of file holds: its row model, its columns, and what a cell may be. `wat` names its rows."""

    model: type[R]
    kolommen: tuple[str, ...]
    extra: tuple[str, ...]
    toegestaan: Mapping[str, str]
    wat: str


@dataclass(frozen=True, slots=True)
class Invoerfout:
    """One thing wrong: where (row 0 is the file itself), the masked value, what, and what is allowed."""

    bestand: str
    rij: int
    kolom: str
    waarde: str
    melding: str
    toegestaan: str

    def __str__(self) -> str:
        plaats = f"{self.bestand}, rij {self.rij}" if self.rij else self.bestand
        if self.kolom:
            plaats += f", kolom {self.kolom}"
        staat = f" Er staat: {self.waarde}." if self.waarde else ""
        return f"{plaats}: {self.melding}{staat} Toegestaan: {self.toegestaan}."


@dataclass(frozen=True, slots=True)
class Inleesresultaat(Generic[R]):
    """The accepted rows in file order, or the errors in file order; never both."""

    rijen: tuple[R, ...]
    fouten: tuple[Invoerfout, ...]
    gelezen: int

    @property
    def goed(self) -> bool:
        return not self.fouten


@dataclass(frozen=True, slots=True)
class _Kladrij:
    nummer: int
    cellen: Sequence[str]


def lees_bestand(
    soort: Bestandsoort[R], pad: Path, vandaag: date, bekende_gemeenten: Collection[str]
) -> Inleesresultaat[R]:
    """Read the file at `pad`; dates after `vandaag` and municipalities outside the region are refused."""
    return _lees(soort, schone_bestandsnaam(pad), lambda: _lees_inhoud(pad), vandaag, bekende_gemeenten)


def lees_inhoud(
    soort: Bestandsoort[R], naam: str, inhoud: bytes, vandaag: date, bekende_gemeenten: Collection[str]
) -> Inleesresultaat[R]:
    """Read the same from memory: a file that came in over the web; `naam` is what it was called there."""

    def geef() -> bytes:
        if len(inhoud) > MAX_BYTES:
            raise _te_groot()
        return inhoud

    return _lees(soort, schone_bestandsnaam(PurePath(naam)), geef, vandaag, bekende_gemeenten)


def _lees(
    soort: Bestandsoort[R],
    bestand: str,
    geef: Callable[[], bytes],
    vandaag: date,
    bekende_gemeenten: Collection[str],
) -> Inleesresultaat[R]:
    try:
        kop, rest = _kop(list(_lees_cellen(geef(), soort.wat)))
    except Onleesbaar as fout:
        return Inleesresultaat((), (Invoerfout(bestand, fout.rij, fout.kolom, "", fout.melding, fout.toegestaan),), 0)
    if kopfouten := _kopfouten(bestand, kop, soort):
        return Inleesresultaat((), tuple(kopfouten), 0)
    goed: list[R] = []
    fouten: list[Invoerfout] = []
    eerste_bsn: dict[str, int] = {}
    eerste_kenmerk: dict[str, int] = {}
    context = {"vandaag": vandaag, "bekende_gemeenten": frozenset(bekende_gemeenten)}
    for klad in rest:
        keuring = _keur(bestand, kop.cellen, klad, soort, context)
        if isinstance(keuring, list):
            fouten.extend(keuring)
        else:
            goed.append(keuring)
        fouten.extend(_dubbel(bestand, kop.cellen, klad, eerste_bsn, eerste_kenmerk))
    if not rest:
        fouten.append(Invoerfout(bestand, 0, "", "", f"Er staan geen {soort.wat} in.", "een rij per persoon"))
    return Inleesresultaat(() if fouten else tuple(goed), tuple(fouten), len(rest))


def schone_bestandsnaam(pad: PurePath) -> str:
    """Give the file name without digits that could be a BSN."""
    return re.sub(r"\d{8,}", "•••", "".join(teken if teken.isprintable() else "?" for teken in pad.name)) or "bestand"


def gemaskeerd(waarde: str, kolom: str) -> str:
    """Make a value fit to show: at most two digits of a BSN, only the length of other personal values.

    Columns shift and people type in the wrong cell, so a value is shown only when it looks like a code or a
    recent date.
    """
    plat = waarde.strip()
    if not plat:
        return ""
    cijfers = re.sub(r"\D", "", plat, flags=re.ASCII)
    if kolom == "bsn" and len(cijfers) >= 4:
        return f"{'•' * (len(cijfers) - 2)}{cijfers[-2:]}"
    if kolom not in _TOONBAAR:
        return f"{len(plat)} tekens"
    if re.fullmatch(r"\d{1,4}-\d{1,2}-\d{1,4}", plat, flags=re.ASCII):
        return plat if re.search(r"20[2-9]\d", plat) else "een datum"  # an older one may be a birth date
    if re.fullmatch(r"[a-z_]{1,24}|[A-Z]{0,3}\d{1,6}", plat, flags=re.ASCII):
        return plat
    return f"{len(plat)} tekens"


def _lees_cellen(inhoud: bytes, wat: str) -> Iterator[_Kladrij]:
    if not inhoud.strip():
        raise Onleesbaar("Het bestand is leeg.", "een kop met kolomnamen en een rij per persoon")
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise Onleesbaar("Dit is een oud of beveiligd Excel-bestand.", "een XLSX-bestand zonder wachtwoord")
    rijen = lees_xlsx(inhoud, MAX_RIJEN + 1) if inhoud.startswith(b"PK\x03\x04") else _lees_csv(inhoud)
    aantal = 0
    for nummer, cellen in rijen:
        if any(cel.strip() for cel in cellen):
            aantal += 1
            if aantal > MAX_RIJEN + 1:
                raise Onleesbaar("Er staan te veel rijen in.", f"hoogstens {MAX_RIJEN} {wat} per bestand")
            yield _Kladrij(nummer, cellen)


def _te_groot() -> Onleesbaar:
    return Onleesbaar("Het bestand is te groot.", f"hoogstens {MAX_BYTES // 1024 // 1024} MB")


def _lees_inhoud(pad: Path) -> bytes:
    try:
        if pad.is_dir():
            raise Onleesbaar("Dit is een map, geen bestand.", "een CSV- of XLSX-bestand")
        if pad.stat().st_size > MAX_BYTES:
            raise _te_groot()
        return pad.read_bytes()
    except FileNotFoundError:
        raise Onleesbaar("Dit bestand bestaat niet.", "het pad van een CSV- of XLSX-bestand") from None
    except OSError as fout:
        raise Onleesbaar(f"Het bestand kan niet worden gelezen ({fout.strerror}).", "een leesbaar bestand") from None


def _lees_csv(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Onleesbaar("De tekst is in UTF-16 opgeslagen.", _UITWEG_UTF8)
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        rij = inhoud[: fout.start].count(b"\n") + 1
        raise Onleesbaar(
            "De tekst is niet in UTF-8 opgeslagen, maar waarschijnlijk in cp1252; dan gaan letters verloren.",
            _UITWEG_UTF8,
            rij=rij,
        ) from None
    if "\0" in tekst:
        rij = tekst[: tekst.index("\0")].count("\n") + 1
        raise Onleesbaar("Het bestand bevat een NUL-teken; het is beschadigd of geen tekst.", _UITWEG_UTF8, rij=rij)
    kopregel = tekst.lstrip("\r\n").split("\n", 1)[0]
    scheiding = ";" if kopregel.count(";") > kopregel.count(",") else ","
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
    vorige = 0
    while True:
        try:
            cellen = next(lezer)
        except StopIteration:
            return
        except csv.Error:
            raise Onleesbaar(
                "De aanhalingstekens kloppen niet.",
                "een cel tussen dubbele aanhalingstekens, met elk aanhalingsteken daarin dubbel",
                rij=vorige + 1,
            ) from None
        # Report the line on which the row starts: that is where the reader of the message looks.
        yield vorige + 1, cellen
        vorige = lezer.line_num


def _kop(rijen: list[_Kladrij]) -> tuple[_Kladrij, list[_Kladrij]]:
    if not rijen:
        raise Onleesbaar("Het bestand is leeg.", "een kop met kolomnamen en een rij per persoon")
    namen = [cel.strip().lower() for cel in rijen[0].cellen]
    while namen and not namen[-1]:
        namen.pop()
    return _Kladrij(rijen[0].nummer, namen), rijen[1:]


def _kopfouten(bestand: str, kop: _Kladrij, soort: Bestandsoort[Any]) -> list[Invoerfout]:
    verplicht, mag = soort.kolommen, {*soort.kolommen, *soort.extra}
    alle = f"deze kolommen: {', '.join(verplicht)}"
    if len(set(kop.cellen) & set(verplicht)) < len(verplicht) // 2:
        # Show nothing of this row: without a header it is a person (whose kanaal may well be "email").
        return [Invoerfout(bestand, kop.nummer, "", "", "De eerste rij bevat geen kolomnamen.", alle)]
    alle += f"; en naar keuze {', '.join(soort.extra)}"
    fouten: list[Invoerfout] = []
    for naam in (*verplicht, *soort.extra):
        aantal = kop.cellen.count(naam)
        if aantal > 1 or (aantal == 0 and naam in verplicht):
            melding = "Deze kolom ontbreekt." if aantal == 0 else "Deze kolom staat er meer dan één keer."
            fouten.append(Invoerfout(bestand, kop.nummer, naam, "", melding, alle))
    for plaats, naam in enumerate(kop.cellen, start=1):
        if naam not in mag:
            melding = f"De {plaats}e kolom heeft een onbekende naam."
            fouten.append(Invoerfout(bestand, kop.nummer, f"{plaats}e", gemaskeerd(naam, ""), melding, alle))
    return fouten


def _keur(
    bestand: str, kop: Sequence[str], klad: _Kladrij, soort: Bestandsoort[R], context: dict[str, Any]
) -> R | list[Invoerfout]:
    cellen = list(klad.cellen)
    while len(cellen) > len(kop) and not cellen[-1].strip():
        cellen.pop()
    if len(cellen) != len(kop):
        melding = f"Deze rij heeft {len(cellen)} cellen in plaats van {len(kop)}."
        uitweg = "in elke rij evenveel cellen als in de kop; zet een komma in een waarde tussen aanhalingstekens"
        return [Invoerfout(bestand, klad.nummer, "", "", melding, uitweg)]
    waarden = dict(zip(kop, cellen, strict=True))
    meldingen = {kolom: (cel.melding, cel.toegestaan) for kolom, cel in waarden.items() if isinstance(cel, Weigering)}
    try:
        rij = soort.model.model_validate({**waarden, "rij": klad.nummer}, context=context)
        if not meldingen:
            return rij
    except ValidationError as fout:
        for gevonden in fout.errors(include_url=False, include_input=False):
            kolom = str(gevonden["loc"][0])
            meldingen.setdefault(kolom, (_melding(gevonden), soort.toegestaan[kolom]))
    # An optional column that is not in the file may still be needed by this row; it comes last.
    volgorde = [*kop, *(kolom for kolom in soort.extra if kolom not in waarden)]
    return [
        Invoerfout(bestand, klad.nummer, kolom, gemaskeerd(waarden.get(kolom, ""), kolom), *meldingen[kolom])
        for kolom in volgorde
        if kolom in meldingen
    ]


def _melding(fout: Any) -> str:
    oorzaak = fout.get("ctx", {}).get("error")
    return str(oorzaak) if oorzaak else "Deze waarde past hier niet."


def _dubbel(
    bestand: str,
    kop: Sequence[str],
    klad: _Kladrij,
    eerste_bsn: dict[str, int],
    eerste_kenmerk: dict[str, int],
) -> Iterator[Invoerfout]:
    """Report a person or kenmerk seen before, also when either row has another error."""
    waarden = dict(zip(kop, klad.cellen, strict=False))
    bsn = re.sub(r"\D", "", waarden.get("bsn", "")).zfill(9)
    kenmerk = waarden.get("kenmerk", "").strip().casefold()
    if bsn.strip("0") and (eerste := eerste_bsn.setdefault(bsn, klad.nummer)) != klad.nummer:
        melding = f"Deze persoon staat ook op rij {eerste}."
        yield Invoerfout(bestand, klad.nummer, "bsn", gemaskeerd(bsn, "bsn"), melding, "elke persoon één keer")
    if kenmerk and (eerste := eerste_kenmerk.setdefault(kenmerk, klad.nummer)) != klad.nummer:
        melding = f"Dit kenmerk staat ook op rij {eerste}."
        yield Invoerfout(bestand, klad.nummer, "kenmerk", "", melding, "elk kenmerk één keer")
