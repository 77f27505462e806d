"""Whether anything still works on a database: asked before what must not happen beside it.

A round holds its lease only while it lasts, so the heartbeat is looked at too: whoever did a round a moment ago, does
the next one. Portals have neither sign; what may not happen beside a portal must be safe by itself.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from adapters.database import maak_engine
from adapters.hartslag import RONDE
from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from domein.fouten import RegieFout
from domein.model import Hartslag, Lease
from domein.ports import Klok

STIL_NA: Final = timedelta(minutes=2)  # six times the pace of the heartbeat


def eis_stilstand(keuze: Instellingen, klok: Klok, *, ondanks_hartslag: bool) -> None:
    """RegieFout when something works on the database of this installation, or when that cannot be seen."""
    adres = make_url(keuze.database)
    if adres.get_backend_name() == "sqlite" and not (adres.database and Path(adres.database).exists()):
        return
    engine = maak_engine(keuze.database)
    try:
        with engine.connect() as verbinding:
            eis_stil(verbinding, klok, ondanks_hartslag=ondanks_hartslag)
    except DBAPIError as fout:
        raise RegieFout(
            f"De database antwoordt niet ({type(fout).__name__}); zo is niet te zien of er nog iets draait.",
            "Controleer REGIE_DATABASE_URL, of zet eerst een reservekopie van de database terug.",
        ) from None
    finally:
        engine.dispose()


def eis_stil(verbinding: Connection, klok: Klok, *, ondanks_hartslag: bool) -> None:
    """RegieFout while a round holds its lease, or when one went well less than two minutes ago.

    `ondanks_hartslag`: the heartbeat is of a machine that is known to be dead; the lease counts always.
    """
    tabellen = set(inspect(verbinding).get_table_names())
    sessie = Session(verbinding)
    if "lease" in tabellen:
        bezig = select(Lease.naam).where(Lease.naam == RONDE, Lease.houder != "", col(Lease.tot) > klok.nu())
        if sessie.exec(bezig).first() is not None:
            raise RegieFout(
                "Er loopt nog een ronde op deze database.",
                "Stop eerst elke opzichter, worker en elk portaal, ook elders.",
            )
    if ondanks_hartslag or "hartslag" not in tabellen:
        return
    slag = sessie.exec(select(Hartslag.laatst_op, Hartslag.houder).where(Hartslag.naam == RONDE)).first()
    # The heartbeat is of real time, also when the clock of the work stands still. One of later counts as one of now.
    if slag is not None and EchteKlok().nu() - slag[0] < STIL_NA:
        raise RegieFout(
            f"Minder dan twee minuten geleden ging er nog een ronde goed, van {slag[1]}.",
            "Stop elke opzichter, worker en elk portaal, ook elders, en wacht twee minuten. Is die machine zeker weg, "
            "geef dan --ondanks-hartslag.",
        )
