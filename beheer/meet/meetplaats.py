"""Een installatie in een tijdelijke map om aan te meten: de voorbeeldregio, een stilstaande klok, niets anders."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast
from zoneinfo import ZoneInfo

from adapters.instellingen import Instellingen
from adapters.klok import StilleKlok
from adapters.omgeving import instellingen_van, laat_met_rust, maak_omgeving
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from beheer.demo.vullen import OPS, VOORBEELD
from domein.handelingen.regio import laad_regio
from domein.ports import Omgeving

OCHTEND: Final = time(9, 30)
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Meetplaats:
    map: Path
    omgeving: Omgeving
    klok: StilleKlok
    instellingen: Instellingen

    @property
    def magazijn(self) -> SqlMagazijn:
        return cast("SqlMagazijn", self.omgeving.magazijn)

    def op(self, dag: date) -> None:
        """Zet de klok op de ochtend van deze dag."""
        self.klok.zet(datetime.combine(dag, OCHTEND, _AMSTERDAM).astimezone(UTC))


@contextmanager
def meetplaats(dag: date, *, database: str = "") -> Generator[Meetplaats]:
    """Open een installatie op deze dag; zonder `database` op de ingebouwde SQLite. Na afloop is de map weg."""
    with TemporaryDirectory(prefix="regie-meet-") as naam:
        map_ = Path(naam)
        regels = {"REGIE_DEMO": "true", "REGIE_KLOKBESTAND": map_ / "klok.json", "REGIE_MAP": map_}
        if database:
            regels["REGIE_DATABASE_URL"] = database
        (map_ / "instellingen.env").write_text("".join(f"{n}={w}\n" for n, w in regels.items()), encoding="utf-8")
        klok = StilleKlok(map_ / "klok.json")
        klok.zet(datetime.combine(dag, OCHTEND, _AMSTERDAM).astimezone(UTC))
        keuze = instellingen_van(map_)
        plaats = Meetplaats(map_, maak_omgeving(keuze), klok, keuze)
        laat_met_rust()  # zoals elk proces van een installatie
        laad_regio(plaats.omgeving, laad_regiobestand(VOORBEELD / "regio.toml"), OPS)
        try:
            yield plaats
        finally:
            plaats.magazijn.sluit()
