"""De voorbeeldregio in een installatie zetten: de afspraken, de personen en het draaiboek."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from adapters.kennisgevingen_bestand import lees
from adapters.omgeving import WORTEL
from adapters.regiobestand import laad_regiobestand
from beheer.demo.levensloop import Levensloop, kies, lees_levenslopen, lees_verwacht
from domein.begrippen import Verificatie
from domein.fouten import OngeldigBestand
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from domein.registratie_invoer import Kennisgevingsrij

VOORBEELD: Final = WORTEL / "voorbeelden" / "avres"
OPS: Final = Actor("demo", Verificatie.ZELFVERKLAARD)
_VER_WEG: Final = date(2100, 1, 1)  # het bestand mag kennisgevingen van later bevatten; zij komen op hun dag binnen


@dataclass(slots=True)
class Voorbeeld:
    """Wat de map van een voorbeeldregio bevat, voor de gekozen personen."""

    lopen: list[Levensloop]
    rijen: dict[str, Kennisgevingsrij]
    verwacht: dict[str, dict[str, str]]


def lees_voorbeeld(omgeving: Omgeving, aantal: int, map_: Path = VOORBEELD) -> Voorbeeld:
    """Laad de regio en lees personen en draaiboek; OngeldigBestand met alle fouten als er iets niet klopt."""
    geladen = laad_regiobestand(map_ / "regio.toml")
    laad_regio(omgeving, geladen, OPS)
    gelezen = lees(map_ / "kennisgevingen.csv", _VER_WEG, geladen.regio.gemeenten)
    if gelezen.fouten:
        regels = "; ".join(str(fout) for fout in gelezen.fouten)
        raise OngeldigBestand(f"De kennisgevingen van het voorbeeld kloppen niet: {regels}", "Verbeter het bestand.")
    lopen = kies(lees_levenslopen(map_ / "levenslopen.toml"), aantal)
    per_kenmerk = {rij.kenmerk: rij for rij in gelezen.rijen}
    ontbreekt = [loop.kenmerk for loop in lopen if loop.kenmerk not in per_kenmerk]
    if ontbreekt:
        raise OngeldigBestand(f"Geen kennisgeving voor {', '.join(ontbreekt)}.", "Vul kennisgevingen.csv aan.")
    rijen = {loop.kenmerk: per_kenmerk[loop.kenmerk] for loop in lopen}
    return Voorbeeld(lopen, rijen, lees_verwacht(map_ / "verwacht.csv"))


def registreer_tot(
    omgeving: Omgeving, rijen: Sequence[Kennisgevingsrij], dag: date, dossiers: dict[str, UUID]
) -> list[str]:
    """Registreer de kennisgevingen tot en met deze dag die er nog niet zijn; geef hun kenmerken."""
    nieuw = [rij for rij in rijen if rij.kennisgeving_op <= dag and rij.kenmerk not in dossiers]
    if not nieuw:
        return []
    for verslag in registreer(omgeving, nieuw, OPS):
        with omgeving.magazijn.ruimte() as ruimte:
            dossiers[verslag.kenmerk] = ruimte.dossier_bij(verslag.referentie).id
    return [rij.kenmerk for rij in nieuw]
