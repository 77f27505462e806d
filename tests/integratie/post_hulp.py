"""Hulp voor de tests van post en portaal: een omgeving op SQLite en een SMTP-server die stukgaat."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import Postinstellingen
from adapters.regiobestand import laad_regiobestand
from adapters.sjablonen import Sjablonen
from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.regio import laad_regio
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Persoon

AVRES = Path(__file__).parents[2] / "voorbeelden" / "avres"
BASIS = "http://testserver"
GEHEIM = "een-geheim-van-alleen-deze-test"
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BSN = "999990342"


class Zetbaar(Protocol):
    """De klok van een test: een moment dat de test verzet."""

    moment: datetime

    def nu(self) -> datetime: ...

    def vandaag(self) -> date: ...


@dataclass
class Installatie:
    """Een omgeving met wat de tests eraan willen vasthouden."""

    omgeving: Omgeving
    klok: Zetbaar
    links: GetekendeLinks
    magazijn: SqlMagazijn

    def met_afspraken(self) -> None:
        """Laad de voorbeeldregio: wie over de post beslist, wordt daaraan getoetst."""
        laad_regio(self.omgeving, laad_regiobestand(AVRES), Actor("proef"))

    def verder(self, **stap: float) -> None:
        self.klok.moment += timedelta(**stap)

    def dossier(self, referentie: str = "D-7F3K9", bsn: str = BSN) -> Dossier:
        dossier = Dossier(referentie=referentie, regio="avres", gemeente="GM0512", aangemaakt_op=self.klok.nu())
        with self.magazijn.ruimte() as ruimte:
            ruimte.nieuw_dossier(dossier, Persoon(bsn, "Fatima Voorbeeld", date(1990, 1, 2)))
        return dossier

    def stap(self, dossier: Dossier, **anders: Any) -> Stap:
        """Een open voortgangsgesprek bij medewerker km-1, tenzij anders gezegd."""
        gegevens: dict[str, Any] = {
            "dossier_id": dossier.id,
            "gemeente": "GM0512",
            "kenmerk": "voortgang/1",
            "stapsoort": Stapsoort.VOORTGANG,
            "titel": "Voer voortgangsgesprek 1",
            "status": Stapstatus.OPEN,
            "start": date(2026, 3, 2),
            "streef": date(2026, 3, 16),
            "uiterst": date(2026, 3, 30),
            "rol": Rol.KLANTMANAGER,
            "waarom": "Het PIP spreekt een gesprek af na drie maanden.",
            "artikel": "artikel 17 Wi",
            "partner": "avres",
            "medewerker": "km-1",
            "geopend_op": self.klok.nu(),
        }
        stap = Stap(**{**gegevens, **anders})
        with self.magazijn.ruimte() as ruimte:
            ruimte.bewaar(stap)
        return stap


def installeer(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    klok.moment = BEGIN
    links = GetekendeLinks(GEHEIM, BASIS, klok)
    omgeving = Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links)
    return Installatie(omgeving, klok, links, magazijn)


# een SMTP-server die op afspraak stukgaat

Antwoorder = Callable[[str, int], str | None]


@dataclass
class Foutserver:
    """Antwoordt per opdracht volgens `script`; wat daar niet staat, gaat goed.

    Een waarde is een antwoord ('451 later'), 'weg' (verbinding dicht zonder antwoord) of 'weg-na:250 OK'
    (antwoord, dan dicht). 'EINDE' is het antwoord op de punt na de inhoud. Een rij antwoorden geldt per
    keer, de laatste blijft.
    """

    script: dict[str, list[str]] = field(default_factory=dict)
    opdrachten: list[str] = field(default_factory=list)
    bewaard: list[bytes] = field(default_factory=list)
    verbindingen: int = 0
    poort: int = 0
    taken: set[asyncio.Task[Any] | None] = field(default_factory=set)

    def _antwoord(self, opdracht: str, standaard: str) -> str:
        rij = self.script.get(opdracht)
        if not rij:
            return standaard
        return rij.pop(0) if len(rij) > 1 else rij[0]

    async def _zeg(self, schrijver: asyncio.StreamWriter, antwoord: str) -> bool:
        """Geef het antwoord; False als de verbinding daarna dicht is."""
        if antwoord == "weg":
            schrijver.close()
            return False
        tekst = antwoord.removeprefix("weg-na:")
        schrijver.write(tekst.encode() + b"\r\n")
        await schrijver.drain()
        if tekst != antwoord or tekst.startswith("421"):
            schrijver.close()
            return False
        return True

    async def bedien(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        self.verbindingen += 1
        self.taken.add(asyncio.current_task())
        try:
            await self._gesprek(lezer, schrijver)
        finally:
            schrijver.close()
            with suppress(ConnectionError):
                await schrijver.wait_closed()

    async def _gesprek(self, lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            if not await self._zeg(schrijver, self._antwoord("BEGIN", "220 fout.example ESMTP")):
                return
            while regel := await lezer.readline():
                opdracht = regel.decode().split(" ")[0].strip().upper()
                self.opdrachten.append(opdracht)
                standaard = {"EHLO": "250 fout.example", "DATA": "354 ga door", "QUIT": "weg-na:221 dag"}
                antwoord = self._antwoord(opdracht, standaard.get(opdracht, "250 OK"))
                if not await self._zeg(schrijver, antwoord):
                    return
                if opdracht == "DATA" and antwoord.startswith("354"):
                    self.bewaard.append(await lezer.readuntil(b"\r\n.\r\n"))
                    if not await self._zeg(schrijver, self._antwoord("EINDE", "250 OK in de rij")):
                        return


@asynccontextmanager
async def foutserver(**script: str | list[str]):
    server = Foutserver({naam: [w] if isinstance(w, str) else list(w) for naam, w in script.items()})
    luisteraar = await asyncio.start_server(server.bedien, "127.0.0.1", 0)
    server.poort = luisteraar.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        luisteraar.close()
        await asyncio.gather(*(taak for taak in server.taken if taak is not None))


def postbode_naar(poort: int, **anders: Any) -> SmtpPostbode:
    gegevens: dict[str, Any] = {"poort": poort, "tls": "geen", "wachttijd": 5.0, "wacht_na_data": 5.0}
    return SmtpPostbode(Postinstellingen(**{**gegevens, **anders}))
