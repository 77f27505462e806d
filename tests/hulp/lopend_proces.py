"""Een proces dat al draait, zoals een portaal: `python -m tests.hulp.lopend_proces`.

Opent de installatie en leest elk dossier, schrijft `klaar`, en voert dan per regel van de invoer een opdracht uit (een
JSON-lijst van woorden). Per opdracht schrijft het de eindcode. Eindigt met zijn invoer.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from adapters.omgeving import omgeving
from beheer.hoofd import hoofd


@dataclass
class Lopend:
    """Zo'n proces, gezien vanuit een test."""

    proces: subprocess.Popen[str]
    fout: str = ""

    def __call__(self, *woorden: str) -> int:
        """Laat het proces een opdracht doen; geef de eindcode en onthoud wat het op stderr zette."""
        assert self.proces.stdin is not None
        self.proces.stdin.write(json.dumps(woorden) + "\n")
        self.proces.stdin.flush()
        code, self.fout = json.loads(_regel(self.proces.stdout))
        return code


@contextlib.contextmanager
def lopend(instellingen: Mapping[str, str]) -> Iterator[Lopend]:
    """Start het proces met deze REGIE_… en wacht tot het de installatie open heeft."""
    proces = subprocess.Popen(
        [sys.executable, "-m", "tests.hulp.lopend_proces"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **instellingen, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    try:
        assert json.loads(_regel(proces.stdout)) == "klaar"
        yield Lopend(proces)
    finally:
        proces.communicate(timeout=30)


def _regel(uit: IO[str] | None) -> str:
    assert uit is not None
    regel = uit.readline()
    assert regel, "het proces is gevallen"
    return regel


def _draai() -> None:
    with omgeving().magazijn.ruimte() as ruimte:
        for dossier in ruimte.dossiers():
            ruimte.persoon(dossier.id)
    print(json.dumps("klaar"), flush=True)
    for regel in sys.stdin:
        fout = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(fout):
            code = hoofd(json.loads(regel))
        print(json.dumps([code, fout.getvalue()]), flush=True)


if __name__ == "__main__":
    _draai()
