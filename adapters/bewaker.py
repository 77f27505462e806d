"""The watchman: another process than the ronde, which mails ops when the ronde or the mail stands still.

It goes around the outbox and needs no database to speak: the outbox is emptied by the very process that may be dead,
and the database may be why. What it said, it remembers in a file of its own, so that a restart does not mail again.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast
from uuid import uuid4

from sqlalchemy import func, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from adapters.database import maak_engine
from adapters.hartslag import RONDE
from adapters.instellingen import Instellingen
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import postinstellingen
from adapters.sjablonen import Sjablonen
from domein.begrippen import Berichtstatus
from domein.handelingen.berichtsoorten import ALARM, ALARM_POST
from domein.handelingen.postpoort import Poststuk
from domein.model import Bericht, Hartslag, Postpauze
from domein.model.bedrijf import OPEN
from domein.regels.hartslag import Oordeel, oordeel, vervolg
from domein.regels.poststilstand import Poststoring, poststoring

BESTAND: Final = "bewaker.json"
_ONDERWEG: Final = (Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD)
_MELD: Final = frozenset({Oordeel.ALARM, Oordeel.HERSTELD})
_log: Final = logging.getLogger("regie.bewaker")


@dataclass(frozen=True, slots=True)
class Waarneming:
    """What was found: the judgement, the last good round, whether the database answered, and how the mail goes."""

    oordeel: Oordeel
    laatst: datetime | None
    database: bool
    gemaild: bool = False
    post: Oordeel = Oordeel.GOED
    storing: Poststoring | None = None
    post_sinds: datetime | None = None

    @property
    def goed(self) -> bool:
        return {self.oordeel, self.post} <= {Oordeel.GOED, Oordeel.HERSTELD}


@dataclass(frozen=True, slots=True)
class _Stand:
    """What the database says; nothing when it is silent."""

    ronde: datetime | None = None
    pauze: datetime | None = None
    wacht: datetime | None = None
    antwoordt: bool = False


class Bewaker:
    """Looks again and again. A database that is silent for a moment is not a ronde that stands still."""

    def __init__(self, keuze: Instellingen, begonnen: datetime) -> None:
        self._keuze = keuze
        self._begonnen = begonnen  # counts as long as no round was ever seen
        self._laatst: datetime | None = None
        self._geheugen = _Geheugen(keuze.map / BESTAND)

    async def kijk(self, nu: datetime) -> Waarneming:
        """Look once, and mail when somebody must know."""
        keuze = self._keuze
        stand = _lees(keuze, nu)
        laatst = self._laatst = stand.ronde or self._laatst
        grens = timedelta(minutes=keuze.hartslag_minuten)
        wat = oordeel(laatst, self._begonnen, nu, grens, self._geheugen.gemeld_op(ALARM))
        ronde_stil = wat in {Oordeel.ALARM, Oordeel.GEMELD}
        gegevens = {"sinds_moment": _moment(laatst), "database_zwijgt": not stand.antwoordt}
        gemaild = await self._zeg(ALARM, wat, gegevens, nu)
        if ronde_stil:
            _log.error("de ronde staat stil; database %s", "antwoordt" if stand.antwoordt else "antwoordt niet")
        if not stand.antwoordt or (ronde_stil and stand.pauze is None):
            # Unknown, or lying still because the ronde does: no second alarm, and nothing that is over.
            return Waarneming(wat, laatst, stand.antwoordt, gemaild)
        storing = poststoring(stand.pauze, stand.wacht, nu)
        post = vervolg(nu, self._geheugen.gemeld_op(ALARM_POST), stil=storing is not None)
        sinds = stand.pauze if storing is Poststoring.PAUZE else stand.wacht
        gegevens = {"pauze": storing is Poststoring.PAUZE, "sinds_moment": _moment(sinds)}
        ook_gemaild = await self._zeg(ALARM_POST, post, gegevens, nu)
        if storing is not None:
            _log.error("de post gaat niet weg (%s)", storing.value)
            return Waarneming(wat, laatst, True, gemaild or ook_gemaild, post, storing, sinds)
        return Waarneming(wat, laatst, True, gemaild or ook_gemaild, post)

    async def _zeg(self, soort: str, wat: Oordeel, gegevens: Mapping[str, object], nu: datetime) -> bool:
        """Mail an alarm or its end, and remember it; a mail that did not go is tried again at the next look."""
        if wat not in _MELD:
            return False
        gemaild = await _mail(self._keuze, soort, {**gegevens, "hersteld": wat is Oordeel.HERSTELD}, nu)
        if gemaild or not self._keuze.beheer_mail:
            self._geheugen.onthoud(soort, nu if wat is Oordeel.ALARM else None)
        return gemaild


def _moment(op: datetime | None) -> str:
    return f"{op:%Y-%m-%d %H:%M} UTC" if op else "onbekend"


def _lees(keuze: Instellingen, nu: datetime) -> _Stand:
    """Read how things are. Opened anew each time and without migrating: a watchman changes nothing."""
    engine = maak_engine(keuze.database)
    try:
        with Session(engine) as sessie:
            ronde = sessie.exec(select(Hartslag.laatst_op).where(Hartslag.naam == RONDE)).one_or_none()
            pauze = sessie.exec(select(Postpauze.sinds).where(Postpauze.open_sleutel == OPEN)).one_or_none()
            return _Stand(ronde, pauze, _wacht_sinds(sessie, nu), antwoordt=True)
    except SQLAlchemyError:
        return _Stand()
    finally:
        engine.dispose()


def _wacht_sinds(sessie: Session, nu: datetime) -> datetime | None:
    """Since when the oldest mail that may go now could have gone; what waits for its day is not late."""
    mag = or_(col(Bericht.volgende_poging).is_(None), col(Bericht.volgende_poging) <= nu)
    aan_de_beurt = func.coalesce(Bericht.volgende_poging, Bericht.aangemaakt_op)
    vraag = select(Bericht.volgende_poging, Bericht.aangemaakt_op).where(col(Bericht.status).in_(_ONDERWEG), mag)
    rij = sessie.exec(vraag.order_by(aan_de_beurt).limit(1)).first()
    return (rij[0] or rij[1]) if rij else None


async def _mail(keuze: Instellingen, soort: str, gegevens: Mapping[str, object], nu: datetime) -> bool:
    if not keuze.beheer_mail:
        return False
    inhoud = {**gegevens, "portaal": keuze.adres_portaal}
    brief = Sjablonen(keuze.eigen_sjablonen, terugval=True).schrijf(soort, inhoud)
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


class _Geheugen:
    """What was said and is not over yet, per kind of alarm; in a file of its own."""

    def __init__(self, bestand: Path) -> None:
        self._bestand = bestand

    def gemeld_op(self, soort: str) -> datetime | None:
        try:
            return datetime.fromisoformat(self._lees()[soort])
        except (ValueError, KeyError, TypeError):
            return None

    def onthoud(self, soort: str, gemeld_op: datetime | None) -> None:
        velden = self._lees()
        velden.pop(soort, None)
        if gemeld_op is not None:
            velden[soort] = gemeld_op.isoformat()
        if not velden:
            self._bestand.unlink(missing_ok=True)
            return
        tijdelijk = self._bestand.with_name(f".{self._bestand.name}.nieuw")
        tijdelijk.write_text(json.dumps(velden), encoding="ascii")
        tijdelijk.replace(self._bestand)

    def _lees(self) -> dict[str, Any]:
        try:
            velden = json.loads(self._bestand.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        if not isinstance(velden, dict):
            return {}
        gelezen = cast("dict[str, Any]", velden)
        if "gemeld_op" in gelezen:  # written by a version that watched the ronde only
            gelezen[ALARM] = gelezen.pop("gemeld_op")
        return gelezen
