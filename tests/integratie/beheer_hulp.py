"""Hulp voor de tests van de opdrachtregel: een installatie in een map, met een klok die stilstaat."""

import asyncio
import csv
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.omgeving import instellingen, omgeving
from adapters.opslag import SqlMagazijn
from adapters.postvanger import Postvanger
from beheer.hoofd import hoofd
from domein.begrippen import Stapstatus
from domein.handelingen.openen import open_stap
from domein.ports import Omgeving

AVRES = Path(__file__).parents[2] / "voorbeelden" / "avres"
BEGIN = "2026-01-12T08:00:00+00:00"
DICHT = 9  # op deze poort luistert op deze machine niets


def kennisgevingen(doel: Path, aantal: int = 3) -> Path:
    """Schrijf de eerste kennisgevingen van de voorbeeldregio in een eigen bestand."""
    with (AVRES / "kennisgevingen.csv").open(encoding="utf-8-sig", newline="") as bron:
        rijen = list(csv.reader(bron))[: aantal + 1]
    with doel.open("w", encoding="utf-8", newline="") as uit:
        csv.writer(uit).writerows(rijen)
    return doel


@dataclass
class Regie:
    """De opdrachtregel in dit proces, op een eigen map."""

    map: Path
    vangst: pytest.CaptureFixture[str]
    err: str = ""

    def __call__(self, *woorden: str, code: int = 0) -> str:
        """Voer een opdracht uit, eis de eindcode, en geef stdout."""
        self.vangst.readouterr()
        gekregen = hoofd(list(woorden))
        uit, self.err = self.vangst.readouterr()
        assert gekregen == code, (woorden, uit, self.err)
        return uit

    def json(self, *woorden: str, code: int = 0) -> Any:
        return json.loads(self(*woorden, "--json", code=code))

    @property
    def omgeving(self) -> Omgeving:
        return omgeving()

    @property
    def magazijn(self) -> SqlMagazijn:
        magazijn = omgeving().magazijn
        assert isinstance(magazijn, SqlMagazijn)
        return magazijn

    def instelling(self, **waarden: object) -> None:
        """Voeg instellingen toe, zoals een beheerder in zijn bestand."""
        with (self.map / "instellingen.env").open("a", encoding="utf-8") as uit:
            uit.writelines(f"REGIE_{naam.upper()}={waarde}\n" for naam, waarde in waarden.items())
        vergeet()

    def zet_klok(self, moment: str) -> None:
        datetime.fromisoformat(moment)
        (self.map / "klok.json").write_text(json.dumps({"nu": moment}), encoding="utf-8")

    def vul(self, aantal: int = 3) -> list[str]:
        """Laad de voorbeeldregio en haar eerste dossiers; geef de referenties in de volgorde van het bestand."""
        self("regio", "laad", str(AVRES))
        bestand = kennisgevingen(self.map / "kennisgevingen.csv", aantal)
        rijen = self.json("kennisgevingen", "registreer", str(bestand))["rijen"]
        return [rij["referentie"] for rij in rijen]

    def open_stappen(self) -> None:
        """Open wat aan de beurt is, zoals de ronde zou doen."""
        with self.omgeving.magazijn.ruimte() as ruimte:
            klaar = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=self.omgeving.klok.vandaag())
        for stap in klaar:
            open_stap(self.omgeving, stap.id)

    def stap(self, referentie: str, kenmerk: str) -> dict[str, Any]:
        return next(s for s in self.json("stap", "lijst", "--dossier", referentie) if s["kenmerk"] == kenmerk)


def vergeet() -> None:
    """Sluit wat dit proces onthield, zoals een nieuw proces begint."""
    if omgeving.cache_info().currsize:
        magazijn = omgeving().magazijn
        assert isinstance(magazijn, SqlMagazijn)
        magazijn.sluit()
    omgeving.cache_clear()
    instellingen.cache_clear()


@contextmanager
def mailserver(map_: Path) -> Generator[int]:
    """Een echte mailserver in een eigen draad; geeft zijn poort."""
    lus = asyncio.new_event_loop()
    draad = threading.Thread(target=lus.run_forever)
    draad.start()
    vanger = Postvanger(map_)
    try:
        yield asyncio.run_coroutine_threadsafe(vanger.start(), lus).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(vanger.stop(), lus).result(10)
        lus.call_soon_threadsafe(lus.stop)
        draad.join(10)
        lus.close()
