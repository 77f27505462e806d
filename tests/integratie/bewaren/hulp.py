"""Wat de tests van vernietigen delen: een lijst goedkeuren en uitvoeren, en zoeken naar wat er bleef staan."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.vernietigen import vernietig
from domein.handelingen.vernietigingslijst import keur_goed, maak_lijst
from domein.model import metadata
from tests.hulp.vermommingen import resten
from tests.integratie.bewaren.conftest import KEURDER, MAKER, VOORBIJ
from tests.integratie.regels.leven import Leven

GEMEENTE = "GM0512"


def goedgekeurd(leven: Leven) -> str:
    leven.op(VOORBIJ)
    lijst = maak_lijst(leven.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    keur_goed(leven.omgeving, lijst["nummer"], KEURDER, "De termijn is voorbij.")
    return lijst["nummer"]


def weg(leven: Leven) -> str:
    nummer = goedgekeurd(leven)
    verslag = vernietig(leven.omgeving, nummer, MAKER)
    assert (verslag.vernietigd, verslag.overgeslagen, verslag.mislukt) == ([leven.dossier().referentie], {}, {})
    assert verslag.geschoond
    return nummer


def staat(leven: Leven) -> str:
    (rij,) = bewaarlijst(leven.omgeving, GEMEENTE)
    return rij["staat"]


def teksten(magazijn: SqlMagazijn) -> Iterator[tuple[str, bytes]]:
    """Alles wat de database bewaart: elke rij, en bij SQLite ook de ruwe bytes van elk bestand."""
    with magazijn.engine.connect() as verbinding:
        for tabel in metadata.tables:
            for regel in verbinding.execute(text(f"SELECT * FROM {tabel}")).all():
                yield tabel, b" ".join(w if isinstance(w, bytes) else str(w).encode() for w in regel)
    if magazijn.engine.url.database and magazijn.engine.dialect.name == "sqlite":
        pad = Path(magazijn.engine.url.database)
        for bestand in pad.parent.rglob("*"):
            if bestand.is_file():
                yield bestand.name, bestand.read_bytes()


def gevonden(magazijn: SqlMagazijn, woorden: tuple[str, ...]) -> set[tuple[str, str]]:
    """Waar deze woorden staan, in welke vorm ook: base64, UTF-16, hex."""
    return {(plaats, woord) for plaats, woord, _ in resten(teksten(magazijn), woorden)}
