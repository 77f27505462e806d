"""The only reader of time.

Days are Europe/Amsterdam dates, moments are aware UTC. The demo and the tests use a clock that stands still
and is moved by hand; every process of one installation reads the same small file.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

from domein.fouten import RegieFout

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen
    from domein.ports import Klok

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def dag_van(moment: datetime) -> date:
    """The Europe/Amsterdam day of an aware moment."""
    if moment.utcoffset() is None:
        raise ValueError("Een moment heeft een tijdzone nodig.")
    return moment.astimezone(AMSTERDAM).date()


class EchteKlok:
    """The clock of the machine."""

    def nu(self) -> datetime:
        return datetime.now(UTC)

    def vandaag(self) -> date:
        return dag_van(self.nu())


class StilleKlok:
    """A clock that stands still until `zet`; the moment lives in a file that all processes share."""

    def __init__(self, bestand: Path) -> None:
        self._bestand = bestand
        self._pad = str(bestand)
        self._gelezen: tuple[tuple[int, int, int], datetime, date] | None = None

    def nu(self) -> datetime:
        return self._kijk()[1]

    def vandaag(self) -> date:
        return self._kijk()[2]

    def _kijk(self) -> tuple[tuple[int, int, int], datetime, date]:
        try:
            staat = os.stat(self._pad)  # noqa: PTH116 - asked many times for one act; a Path takes longer than the call
        except FileNotFoundError:
            raise RegieFout(
                "De stilstaande klok is nog niet gezet.", f"Zet eerst een moment in {self._bestand}."
            ) from None
        # The inode changes with each atomic replace, so two moves within one tick of mtime are both seen.
        merk = (staat.st_mtime_ns, staat.st_ino, staat.st_size)
        if self._gelezen is None or self._gelezen[0] != merk:
            moment = self._lees()
            self._gelezen = (merk, moment, dag_van(moment))
        return self._gelezen

    def zet(self, moment: datetime, *, terug_mag: bool = False) -> None:
        """Move the clock. RegieFout when it would go back, unless `terug_mag`."""
        if moment.utcoffset() is None:
            raise RegieFout(
                "Het moment heeft geen tijdzone.",
                "Geef een moment met tijdzone, zoals 2026-01-05T08:00:00+01:00.",
            )
        moment = moment.astimezone(UTC)
        if not terug_mag and self._bestand.exists() and moment < self.nu():
            raise RegieFout(f"De klok staat op {self.nu().isoformat()} en gaat niet terug.", "Kies een later moment.")
        self._bestand.parent.mkdir(parents=True, exist_ok=True)
        nummer, tijdelijk = tempfile.mkstemp(dir=self._bestand.parent, prefix=".klok-")
        with os.fdopen(nummer, "w", encoding="utf-8") as uit:
            json.dump({"nu": moment.isoformat()}, uit)
        Path(tijdelijk).replace(self._bestand)

    def _lees(self) -> datetime:
        try:
            inhoud = cast("dict[str, Any]", json.loads(self._bestand.read_text(encoding="utf-8")))
            moment = datetime.fromisoformat(inhoud["nu"])
            dag_van(moment)  # refuses a moment without a timezone
        except (ValueError, KeyError, TypeError) as fout:
            raise RegieFout(
                f"Het klokbestand {self._bestand} is niet te lezen.",
                'Er hoort te staan: {"nu": "2026-01-05T07:00:00+00:00"}.',
            ) from fout
        return moment.astimezone(UTC)


def klok(instellingen: Instellingen) -> Klok:
    """The clock of this installation: still when a clock file is set (the demo), otherwise the real one."""
    return StilleKlok(instellingen.klokbestand) if instellingen.klokbestand else EchteKlok()
