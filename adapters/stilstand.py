"""Whether anything still works on a database: asked before what must not happen beside it.

A round holds its lease only while it lasts, so the heartbeat is looked at too: whoever did a round a moment ago, does
the next one. A portal beats while it runs. A worker beats in Prefect, which is asked when it answers: without Prefect
it starts nothing.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from adapters.database import maak_engine
from adapters.gezondheid import actieve_workers
from adapters.hartslag import PORTAAL, RONDE, STIL_NA
from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from domein.fouten import RegieFout
from domein.model import Hartslag, Lease
from domein.ports import Klok

_WACHT: Final = (
    "Stop elke opzichter, worker en elk portaal, ook elders, en wacht twee minuten. Is die machine zeker weg, "
    "geef dan --ondanks-hartslag."
)


def eis_stilstand(keuze: Instellingen, klok: Klok, *, ondanks_hartslag: bool, ook_portalen: bool = True) -> None:
    """RegieFout when something works on the database of this installation, or when that cannot be seen.

    `ook_portalen`: a portal that runs is a reason too.
    """
    adres = make_url(keuze.database)
    if adres.get_backend_name() == "sqlite" and not (adres.database and Path(adres.database).exists()):
        return
    engine = maak_engine(keuze.database)
    try:
        with engine.connect() as verbinding:
            eis_stil(verbinding, klok, ondanks_hartslag=ondanks_hartslag, ook_portalen=ook_portalen)
    except DBAPIError as fout:
        raise RegieFout(
            f"De database antwoordt niet ({type(fout).__name__}); zo is niet te zien of er nog iets draait.",
            "Controleer REGIE_DATABASE_URL, of zet eerst een reservekopie van de database terug.",
        ) from None
    finally:
        engine.dispose()
    if not ondanks_hartslag:
        eis_geen_worker(keuze)


def eis_geen_worker(keuze: Instellingen) -> None:
    """RegieFout when a worker beat in Prefect lately; a Prefect that does not answer has none that starts anything."""
    if actieve_workers(keuze):
        raise RegieFout("In Prefect is nog een worker actief; hij opent stappen in deze database.", _WACHT)


def eis_stil(verbinding: Connection, klok: Klok, *, ondanks_hartslag: bool, ook_portalen: bool = True) -> None:
    """RegieFout while a round holds its lease, or when a round or a portal beat less than two minutes ago.

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
    # The heartbeat is of real time, also when the clock of the work stands still. One of later counts as one of now.
    sinds = EchteKlok().nu() - STIL_NA
    vraag = select(Hartslag.naam, Hartslag.houder).where(col(Hartslag.laatst_op) > sinds).order_by(Hartslag.naam)
    for naam, houder in sessie.exec(vraag).all():
        if naam == RONDE:
            raise RegieFout(f"Minder dan twee minuten geleden ging er nog een ronde goed, van {houder}.", _WACHT)
        if ook_portalen and naam.startswith(PORTAAL):
            raise RegieFout(f"Minder dan twee minuten geleden draaide er nog een portaal, op {houder}.", _WACHT)
