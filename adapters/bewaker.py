"""The watchman: another process than the ronde, which mails ops when the ronde stands still.

It goes around the outbox and needs no database to speak: the outbox is emptied by the very process that may be dead,
and the database may be why. What it said, it remembers in a file of its own, so that a restart does not mail again.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from adapters.database import maak_engine
from adapters.instellingen import Instellingen
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import postinstellingen
from adapters.sjablonen import Sjablonen
from domein.begrippen import Berichtstatus
from domein.handelingen.berichtsoorten import ALARM
from domein.handelingen.postpoort import Poststuk
from domein.regels.hartslag import Oordeel, oordeel

BESTAND: Final = "bewaker.json"
_log: Final = logging.getLogger("regie.bewaker")


@dataclass(frozen=True, slots=True)
class Waarneming:
    """What was found: the judgement, the last good round, and whether the database answered."""

    oordeel: Oordeel
    laatst: datetime | None
    database: bool
    gemaild: bool = False

    @property
    def goed(self) -> bool:
        return self.oordeel in {Oordeel.GOED, Oordeel.HERSTELD}


class Bewaker:
    """Looks again and again. A database that is silent for a moment is not a ronde that stands still."""

    def __init__(self, keuze: Instellingen, begonnen: datetime) -> None:
        self._keuze = keuze
        self._begonnen = begonnen  # counts as long as no round was ever seen
        self._laatst: datetime | None = None

    async def kijk(self, nu: datetime) -> Waarneming:
        """Look once, and mail when somebody must know."""
        keuze = self._keuze
        gezien, database = _laatste(keuze)
        laatst = self._laatst = gezien or self._laatst
        gemeld_op = _gemeld_op(keuze.map / BESTAND)
        wat = oordeel(laatst, self._begonnen, nu, timedelta(minutes=keuze.hartslag_minuten), gemeld_op)
        gemaild = False
        if wat in {Oordeel.ALARM, Oordeel.HERSTELD}:
            gemaild = await _mail(keuze, wat, laatst, nu, database=database)
            if gemaild or not keuze.beheer_mail:  # a mail that did not go is tried again at the next look
                _onthoud(keuze.map / BESTAND, nu if wat is Oordeel.ALARM else None)
        if wat in {Oordeel.ALARM, Oordeel.GEMELD}:
            _log.error("de ronde staat stil; database %s", "antwoordt" if database else "antwoordt niet")
        return Waarneming(wat, laatst, database, gemaild)


def _laatste(keuze: Instellingen) -> tuple[datetime | None, bool]:
    """The last good round. Opened anew each time and without migrating: a watchman changes nothing."""
    from sqlmodel import Session, select

    from adapters.hartslag import RONDE
    from domein.model import Hartslag

    engine = maak_engine(keuze.database)
    try:
        with Session(engine) as sessie:
            return sessie.exec(select(Hartslag.laatst_op).where(Hartslag.naam == RONDE)).one_or_none(), True
    except SQLAlchemyError:
        return None, False
    finally:
        engine.dispose()


async def _mail(keuze: Instellingen, wat: Oordeel, laatst: datetime | None, nu: datetime, *, database: bool) -> bool:
    if not keuze.beheer_mail:
        return False
    gegevens = {
        "hersteld": wat is Oordeel.HERSTELD,
        "sinds_moment": f"{laatst:%Y-%m-%d %H:%M} UTC" if laatst else "onbekend",
        "database_zwijgt": not database,
        "portaal": keuze.adres_portaal,
    }
    brief = Sjablonen(keuze.eigen_sjablonen, terugval=True).schrijf(ALARM, gegevens)
    stuk = Poststuk(
        message_id=f"<{uuid4().hex}@{keuze.afzender.rpartition('@')[2]}>", adres=keuze.beheer_mail,
        onderwerp=brief.onderwerp, tekst=brief.tekst, html=brief.html, datum=nu, retour_token=uuid4().hex[:16],
    )  # fmt: skip
    postbode = SmtpPostbode(postinstellingen(keuze))
    try:
        uitkomst = await postbode.bezorg(stuk)
    finally:
        await postbode.sluit()
    if uitkomst.status is not Berichtstatus.AANVAARD:
        _log.error("het alarm kon niet worden gemaild (%s)", uitkomst.code)
    return uitkomst.status is Berichtstatus.AANVAARD


def _gemeld_op(bestand: Path) -> datetime | None:
    try:
        velden = cast("dict[str, Any]", json.loads(bestand.read_text(encoding="ascii")))
        return datetime.fromisoformat(velden["gemeld_op"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _onthoud(bestand: Path, gemeld_op: datetime | None) -> None:
    if gemeld_op is None:
        bestand.unlink(missing_ok=True)
        return
    tijdelijk = bestand.with_name(f".{bestand.name}.nieuw")
    tijdelijk.write_text(json.dumps({"gemeld_op": gemeld_op.isoformat()}), encoding="ascii")
    tijdelijk.replace(bestand)
