"""De voorbeeldregio in een installatie zetten: de afspraken, de personen en het draaiboek."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

from adapters import kennisgevingen_bestand, koppelingen_bestand
from adapters.omgeving import WORTEL
from adapters.personenbestand import Inleesresultaat
from adapters.regiobestand import laad_regiobestand
from beheer.demo.levensloop import Levensloop, kies, lees_levenslopen, lees_verwacht
from domein.begrippen import Verificatie
from domein.fouten import OngeldigBestand
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.koppelen import koppel
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.registreren_rijen import Rijverslag
from domein.ports import Omgeving
from domein.registratie_invoer import Kennisgevingsrij
from domein.registratie_koppeling import Koppelingsrij
from domein.registratie_rij import Kop

VOORBEELD: Final = WORTEL / "voorbeelden" / "avres"
R = TypeVar("R", bound=Kop)
OPS: Final = Actor("demo", Verificatie.ZELFVERKLAARD)
_VER_WEG: Final = date(2100, 1, 1)  # het bestand mag kennisgevingen van later bevatten; zij komen op hun dag binnen


@dataclass(slots=True)
class Voorbeeld:
    """Wat de map van een voorbeeldregio bevat, voor de gekozen personen; de sleutel is steeds het kenmerk bij DUO."""

    lopen: list[Levensloop]
    rijen: dict[str, Kennisgevingsrij]
    koppelingen: dict[str, Koppelingsrij]
    verwacht: dict[str, dict[str, str]]

    def alleen(self, kenmerk: str) -> None:
        """Houd alleen deze persoon over."""
        self.lopen = [loop for loop in self.lopen if loop.kenmerk == kenmerk]
        self.rijen = {kenmerk: self.rijen[kenmerk]}
        self.koppelingen = {k: rij for k, rij in self.koppelingen.items() if k == kenmerk}

    def begin(self) -> dict[str, date]:
        """Per persoon de dag waarop zijn dossier begint: de koppeling, of de dag waarop de kennisgeving binnenkomt."""
        uit: dict[str, date] = {}
        for loop in self.lopen:
            koppeling = self.koppelingen.get(loop.kenmerk)
            gewoon = loop.binnen or self.rijen[loop.kenmerk].kennisgeving_op
            uit[loop.kenmerk] = koppeling.koppeling_op if koppeling is not None else gewoon
        return uit


def _goed(gelezen: Inleesresultaat[R], bestand: str) -> tuple[R, ...]:
    if gelezen.fouten:
        regels = "; ".join(str(fout) for fout in gelezen.fouten)
        raise OngeldigBestand(f"{bestand} van het voorbeeld klopt niet: {regels}", "Verbeter het bestand.")
    return gelezen.rijen


def lees_voorbeeld(omgeving: Omgeving, aantal: int | None = None, map_: Path = VOORBEELD) -> Voorbeeld:
    """Laad de regio en lees personen en draaiboek; OngeldigBestand met alle fouten als er iets niet klopt."""
    geladen = laad_regiobestand(map_ / "regio.toml")
    laad_regio(omgeving, geladen, OPS)
    gemeenten = geladen.regio.gemeenten
    gemeld = _goed(kennisgevingen_bestand.lees(map_ / "kennisgevingen.csv", _VER_WEG, gemeenten), "kennisgevingen.csv")
    gekoppeld = _goed(koppelingen_bestand.lees(map_ / "koppelingen.csv", _VER_WEG, gemeenten), "koppelingen.csv")
    lopen = kies(lees_levenslopen(map_ / "levenslopen.toml"), aantal)
    per_kenmerk = {rij.kenmerk: rij for rij in gemeld}
    per_koppeling = {rij.kenmerk: rij for rij in gekoppeld}
    ontbreekt = [loop.kenmerk for loop in lopen if loop.kenmerk not in per_kenmerk]
    ontbreekt += [loop.koppeling for loop in lopen if loop.koppeling and loop.koppeling not in per_koppeling]
    if ontbreekt:
        raise OngeldigBestand(
            f"Geen rij voor {', '.join(ontbreekt)}.", "Vul kennisgevingen.csv of koppelingen.csv aan."
        )
    return Voorbeeld(
        lopen,
        {loop.kenmerk: per_kenmerk[loop.kenmerk] for loop in lopen},
        {loop.kenmerk: per_koppeling[loop.koppeling] for loop in lopen if loop.koppeling},
        lees_verwacht(map_ / "verwacht.csv"),
    )


def registreer_tot(omgeving: Omgeving, voorbeeld: Voorbeeld, dag: date, dossiers: dict[str, UUID]) -> list[str]:
    """Begin de dossiers tot en met deze dag die er nog niet zijn; geef hun kenmerken.

    Wie eerst is gekoppeld, begint met de koppeling; zijn kennisgeving staat als feit in het draaiboek.
    """
    nieuw = [kenmerk for kenmerk, op in voorbeeld.begin().items() if op <= dag and kenmerk not in dossiers]
    gekoppeld = [kenmerk for kenmerk in nieuw if kenmerk in voorbeeld.koppelingen]
    gemeld = [kenmerk for kenmerk in nieuw if kenmerk not in voorbeeld.koppelingen]
    verslagen: list[tuple[str, Rijverslag]] = []
    if gekoppeld:
        gedaan = koppel(omgeving, [voorbeeld.koppelingen[kenmerk] for kenmerk in gekoppeld], OPS)
        verslagen += zip(gekoppeld, gedaan, strict=True)
    if gemeld:
        gedaan = registreer(omgeving, [voorbeeld.rijen[kenmerk] for kenmerk in gemeld], OPS)
        verslagen += zip(gemeld, gedaan, strict=True)
    for kenmerk, verslag in verslagen:
        with omgeving.magazijn.ruimte() as ruimte:
            dossiers[kenmerk] = ruimte.dossier_bij(verslag.referentie).id
    return nieuw
