"""Wat er in een eigen proces gebeurt. De smidse heeft dit al geladen: een kind kost alleen nog zijn werk."""

import asyncio
import os
import smtplib
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adapters.postvanger import ontvangen
from adapters.regiobestand import laad_regiobestand
from beheer.demo.vullen import VOORBEELD
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import ronde
from domein.model import metadata
from tests.valproef.daden import Daad, doe, levens, rijen
from tests.valproef.punten import kijk_mee
from tests.valproef.wereld import Plaats, Wereld, open_wereld

Bereik = tuple[int, int]  # na dit nummer, tot en met dat
LEEG = "REGIE_VALPROEF_LEEG"  # een lege database waarop de smidse zich mag warmlopen, als het geen SQLite is
GELADEN = laad_regiobestand(VOORBEELD / "regio.toml")


def warm_op() -> None:
    """Doe één keer wat elk kind zal doen: sjablonen, afspraken, tabellen en SQL zijn daarna geladen."""
    levens()
    eerste = next(iter(rijen().values()))
    with TemporaryDirectory() as naam:
        database = os.environ.get(LEEG) or f"sqlite:///{naam}/regie.db"
        plaats = Plaats(Path(naam), database, 0, Path(naam))
        with open_wereld(plaats) as wereld:
            if LEEG not in os.environ:
                metadata.create_all(wereld.magazijn.engine)
            wereld.zet(datetime(2027, 1, 4, 8, tzinfo=UTC))
            laad_regio(wereld.omgeving, GELADEN, SYSTEEM)
            registreer(wereld.omgeving, [eerste], SYSTEEM)
            asyncio.run(ronde(wereld.omgeving, wereld.bord))
            wereld.bord.werk(wereld.omgeving)
            wereld.fouten_zonder_post()
            wereld.vingerafdruk()


def speel(plaats: Plaats, daad: Daad, val_op: int | None, pijp: Connection) -> None:
    """Doe een daad en alles wat eruit volgt, en val op het gekozen punt; wie blijft leven, geeft de punten."""

    def werk(wereld: Wereld) -> Any:
        with kijk_mee(val_op) as punten:
            doe(wereld, daad)
            wereld.slag()
        return punten.namen, wereld.vingerafdruk()

    _in_wereld(plaats, werk, pijp)


def herstel(plaats: Plaats, daad: Daad, bereiken: list[Bereik], begint: bool, pijp: Connection) -> None:
    """Een nieuw proces na de val: de ronde eerst, dan doet de mens zijn daad nog eens, dan weer de ronde.

    `begint`: het was de opzichter die viel, en hij begint opnieuw; anders viel een ander, en draaide hij gewoon door.
    """

    def werk(wereld: Wereld) -> Any:
        wereld.na_de_val(daad.moment)
        wereld.slag(begint=begint)
        fouten = [f"na de eerste ronde: {fout}" for fout in wereld.fouten_zonder_post()]
        doe(wereld, replace(daad, moment=daad.moment + timedelta(minutes=4)))
        wereld.slag()
        return [*fouten, *wereld.fouten(post(plaats, bereiken))], wereld.vingerafdruk()

    _in_wereld(plaats, werk, pijp)


def post(plaats: Plaats, bereiken: list[Bereik]) -> list[tuple[str, bytes]]:
    """Wat de mailserver in deze tijdvakken ontving; eerst een groet, zodat wat onderweg was binnen is."""
    with smtplib.SMTP("127.0.0.1", plaats.smtp_poort, timeout=30) as groet:
        groet.noop()
    gelezen = [m for na, tot in bereiken for m in ontvangen(plaats.post, na=na, grens=tot - na) if m.nummer <= tot]
    return [(m.message_id, m.ruw) for m in gelezen]


def _in_wereld(plaats: Plaats, werk: Any, pijp: Connection) -> None:
    try:
        with open_wereld(plaats) as wereld:
            pijp.send(("goed", werk(wereld)))
    except BaseException:
        pijp.send(("fout", traceback.format_exc()))
