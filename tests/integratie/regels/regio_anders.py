"""De voorbeeldregio met een kleine verandering, als nieuwe versie geladen; zo blijft een test over één ding gaan."""

from pathlib import Path

from adapters.regiobestand import laad_regiobestand
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import laad_regio
from tests.integratie.regels.leven import VOORBEELD, Leven


def laad_anders(leven: Leven, map_: Path, *vervang: tuple[str, str], versie: str = "2026-9") -> None:
    """Laad de regio met deze vervangingen, geldig vanaf 1 januari 2026."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    kop = ('versie = "2022-1"', f'versie = "{versie}"'), ("geldig_van = 2022-01-01", "geldig_van = 2026-01-01")
    for oud, nieuw in (*kop, *vervang):
        assert oud in tekst, oud
        tekst = tekst.replace(oud, nieuw, 1)
    map_.mkdir(exist_ok=True)
    bestand = map_ / "regio.toml"
    bestand.write_text(tekst, encoding="utf-8")
    laad_regio(leven.omgeving, laad_regiobestand(bestand), SYSTEEM)


def afwezig(code: str, van: str, tot: str, vervanger: str | None = None) -> tuple[str, str]:
    """Maak een medewerker van wie nog geen afwezigheid in het bestand staat afwezig."""
    rij = f"{{ van = {van}, tot = {tot}{f', vervanger = {chr(34)}{vervanger}{chr(34)}' if vervanger else ''} }}"
    regel = f'code = "{code}"\n'
    return regel, f"{regel}afwezigheid = [{rij}]\n"


def nieuwe_medewerker(code: str, partner: str, *rollen: str, extra: str = "") -> tuple[str, str]:
    """Voeg een medewerker toe, voor de verbanden."""
    lijst = ", ".join(f'"{rol}"' for rol in rollen)
    rij = f'[[medewerkers]]\ncode = "{code}"\npartner = "{partner}"\nrollen = [{lijst}]\n'
    kop = '[[samenwerkingsverbanden]]\nid = "uitvoering"'
    return kop, f'{rij}email = "{code}@{partner}.example"\n{extra}\n{kop}'
