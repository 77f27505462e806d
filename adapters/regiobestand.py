"""Read a region (one TOML file, or a folder with regio.toml) into a checked model.

A folder may spread a large region over more files: `regio.toml` first, then every `regio-*.toml` by
name, whose rows are added. Nothing is returned when there is an error: a broken file never replaces
a working region.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from pydantic import ValidationError

from adapters.fouten_nl import Pad, pydantic_fout, toml_fout
from adapters.tomlplaatsen import Plaatsen, zoek_plaatsen
from domein.fouten import OngeldigBestand
from domein.regels.dekking_toets import toets_regio
from domein.regio.bevinding import Bevinding, Ernst, Plek, RegioOngeldig
from domein.regio.controle import controleer
from domein.regio.geladen import GeladenRegio
from domein.regio.gemeenten import alle_gemeenten
from domein.regio.model import Regio

HOOFDBESTAND: Final = "regio.toml"
_NAAMKOLOMMEN: Final = ("regel_id", "code", "id")
# What a column of its own calls for: without an address a task would vanish, without a source a mandate is void.
_EIGEN_SOORT: Final[Mapping[tuple[str, str], str]] = {
    ("partners", "postbus"): "geen_adres",
    ("medewerkers", "email"): "geen_adres",
    ("mandaten", "bron"): "mandaat_zonder_grond",
}
# Coverage says something only once these are right; other errors do not hide a gap.
_EERST: Final = frozenset({"dubbel", "onbekende_verband", "onbekende_gemeente"})
_MAX_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class _Bron:
    pad: Path
    tekst: str
    gegevens: Mapping[str, Any]
    plaatsen: Plaatsen


def laad_regiobestand(pad: Path) -> GeladenRegio:
    """Load and check a region; RegioOngeldig (with every finding) when there is an error."""
    geladen, bevindingen = toets_regiobestand(pad)
    if geladen is None:
        raise RegioOngeldig(str(pad), bevindingen)
    return geladen


def toets_regiobestand(pad: Path, op: date | None = None) -> tuple[GeladenRegio | None, tuple[Bevinding, ...]]:
    """Check a region and return all findings; the region itself only when none is an error.

    With `op` the findings include what ends within 90 days of that day.
    """
    bestanden = _bestanden(pad)
    bronnen: list[_Bron] = []
    for bestand in bestanden:
        tekst = _lees(bestand)
        try:
            gegevens = tomllib.loads(tekst)
        except tomllib.TOMLDecodeError as fout:
            regel, melding = toml_fout(fout)
            plaats = f"{bestand}, regel {regel}" if regel else str(bestand)
            uitweg = "Verbeter deze regel; een editor met TOML-ondersteuning wijst hem aan."
            return None, (Bevinding("geen_toml", Ernst.FOUT, f"{melding}.", uitweg, plaats=plaats),)
        bronnen.append(_Bron(bestand, tekst, gegevens, zoek_plaatsen(tekst)))
    samen, dubbel = _voeg_samen(bronnen)
    if dubbel:
        return None, dubbel
    try:
        regio = Regio.model_validate(samen)
    except ValidationError as fout:
        return None, _modelfouten(fout, samen, bronnen)
    return _controleer(regio, samen, bronnen, pad, op)


def _controleer(
    regio: Regio, samen: Mapping[str, Any], bronnen: Sequence[_Bron], pad: Path, op: date | None
) -> tuple[GeladenRegio | None, tuple[Bevinding, ...]]:
    bevindingen = controleer(regio, alle_gemeenten())
    if not any(b.soort in _EERST for b in bevindingen):
        bevindingen += toets_regio(regio, op)
    met_plaats = tuple(replace(b, plaats=_plaats(b.plek, bronnen)) for b in bevindingen)
    if _heeft_fout(met_plaats):
        return None, met_plaats
    # Over the data as written, not the text: a comment or another file name is no new version,
    # and neither is a default that a later release of this software adds.
    geschreven = json.dumps(samen, sort_keys=True, default=str, ensure_ascii=True)
    geladen = GeladenRegio(
        regio=regio,
        inhoud=json.loads(regio.model_dump_json(by_alias=True)),
        sha256=hashlib.sha256(geschreven.encode()).hexdigest(),
        bron=str(pad),
        meldingen=met_plaats,
    )
    return geladen, met_plaats


def _heeft_fout(bevindingen: Sequence[Bevinding]) -> bool:
    return any(b.ernst is Ernst.FOUT for b in bevindingen)


def _bestanden(pad: Path) -> list[Path]:
    if pad.is_file():
        return [pad]
    if not pad.is_dir():
        raise OngeldigBestand(f"{pad} bestaat niet.", "Geef een map met regio.toml, of een TOML-bestand.")
    hoofd = pad / HOOFDBESTAND
    if not hoofd.is_file():
        raise OngeldigBestand(f"In {pad} staat geen {HOOFDBESTAND}.", "Zet het regiobestand in deze map.")
    return [hoofd, *sorted(pad.glob("regio-*.toml"))]


def _lees(bestand: Path) -> str:
    try:
        if bestand.stat().st_size > _MAX_BYTES:
            raise OngeldigBestand(f"{bestand} is te groot (meer dan 5 MB).", "Is dit wel een regiobestand?")
        # utf-8-sig: Windows editors put a byte order mark in front.
        return bestand.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fout:
        raise OngeldigBestand(f"{bestand} is geen UTF-8-tekst.", "Bewaar het bestand als UTF-8.") from fout
    except OSError as fout:
        melding = f"{bestand} kan niet worden gelezen."
        raise OngeldigBestand(melding, "Controleer of u het bestand mag openen.") from fout


def _voeg_samen(bronnen: Sequence[_Bron]) -> tuple[dict[str, Any], tuple[Bevinding, ...]]:
    """Append the rows of every file; a single table (the head) may stand in one file only."""
    samen: dict[str, Any] = {}
    dubbel: list[Bevinding] = []
    for bron in bronnen:
        for tabel, inhoud in bron.gegevens.items():
            eerder = samen.get(tabel)
            if eerder is None:
                samen[tabel] = list(cast("list[Any]", inhoud)) if isinstance(inhoud, list) else inhoud
            elif isinstance(eerder, list) and isinstance(inhoud, list):
                cast("list[Any]", eerder).extend(cast("list[Any]", inhoud))
            else:
                regel = bron.plaatsen.regel(tabel, 0)
                plaats = f"{bron.pad}, regel {regel}, [{tabel}]" if regel else f"{bron.pad}, [{tabel}]"
                melding = f"[{tabel}] staat ook in een ander bestand."
                dubbel.append(Bevinding("dubbel", Ernst.FOUT, melding, "Laat er een van weg.", plaats=plaats))
    return samen, tuple(dubbel)


def _modelfouten(fout: ValidationError, samen: Mapping[str, Any], bronnen: Sequence[_Bron]) -> tuple[Bevinding, ...]:
    bevindingen: list[Bevinding] = []
    for regel in fout.errors(include_url=False):
        melding, uitweg = pydantic_fout(regel, Regio)
        plek = _plek_van_pad(regel["loc"], samen)
        plaats = _plaats(plek, bronnen)
        soort = _EIGEN_SOORT.get((plek.tabel, plek.kolom), "ongeldige_waarde")
        bevindingen.append(Bevinding(soort, Ernst.FOUT, melding, uitweg, plek, plaats))
    return tuple(bevindingen)


def _plek_van_pad(pad: Pad, samen: Mapping[str, Any]) -> Plek:
    tabel = str(pad[0]) if pad else ""
    nummer = pad[1] if len(pad) > 1 and isinstance(pad[1], int) else None
    kolom = next((deel for deel in pad[1:] if isinstance(deel, str)), "")
    kenmerk = ""
    if nummer is not None:
        rijen: Any = samen.get(tabel)
        rij: Any = cast("list[Any]", rijen)[nummer] if isinstance(rijen, list) else None
        if isinstance(rij, dict):
            gevonden = cast("dict[str, Any]", rij)
            kenmerk = str(next((gevonden[naam] for naam in _NAAMKOLOMMEN if naam in gevonden), ""))
    return Plek(tabel, nummer, kenmerk, kolom)


def _plaats(plek: Plek, bronnen: Sequence[_Bron]) -> str:
    """Write a place as people look for it: file, line, table and the name of the row."""
    nummer, bron = plek.nummer, bronnen[0]
    if nummer is not None:
        for kandidaat in bronnen:
            aantal = kandidaat.plaatsen.aantal(plek.tabel)
            if nummer < aantal:
                bron = kandidaat
                break
            nummer -= aantal
    regel = bron.plaatsen.regel(plek.tabel, nummer, plek.kolom)
    delen = [str(bron.pad)]
    if regel is not None and (plek.nummer is not None or plek.kolom):
        delen.append(f"regel {regel}")
    if plek.tabel:
        delen.append(f"[[{plek.tabel}]]" if plek.nummer is not None else f"[{plek.tabel}]")
    if plek.nummer is not None:
        delen.append(plek.kenmerk or f"rij {plek.nummer + 1}")
    return ", ".join(delen)
