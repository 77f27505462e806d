"""Hoe snel gaat de uitgaande post, vergeleken met kale aiosmtplib over dezelfde verbindingen naar dezelfde server?

De basis maakt elke mail met dezelfde bouwer en geeft haar aan `SMTP.sendmail`; zij schrijft niets op. Wij claimen elk
bericht ook nog, kijken of het nog mag, en leggen vast dat de poging begint en hoe zij afliep, op SQLite met een
volledige schijfsynchronisatie. De server neemt alles aan en draait in een eigen proces.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn, magazijn
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import Postinstellingen
from adapters.postvorm import maak_bericht
from adapters.sjablonen import Sjablonen
from domein.begrippen import Berichtstatus, Rol, Stapsoort, Stapstatus
from domein.handelingen.bericht import TAAK
from domein.handelingen.postpoort import Postgrenzen
from domein.handelingen.verzenden import verzend_wachtende
from domein.handelingen.verzenden_stappen import poststuk
from domein.model import Bericht, Dossier, Stap
from domein.ports import Omgeving, Persoon

DOEL: Final = 0.7
BERICHTEN: Final = 3000
RONDEN: Final = 3
VERBINDINGEN: Final = 8
_REGEL: Final = "Er staat een taak voor u klaar: voer het gesprek vóór 2 maart.\n"
_TEKST: Final = _REGEL * 12
_HTML: Final = f"<p style='color:#1a1a1a;font:16px sans-serif'>{_REGEL}</p>\n" * 40


def meet(aantal: int = BERICHTEN, ronden: int = RONDEN) -> list[dict[str, Any]]:
    """Meet om en om, zodat een drukke machine beide treft; de verhouding is die van de middelste."""
    kaal: list[float] = []
    wij: list[float] = []
    with TemporaryDirectory(prefix="regie-meet-") as map_, _server() as poort:
        instellingen = Postinstellingen(poort=poort, tls="geen", verbindingen=VERBINDINGEN)
        omgeving, opslag = _omgeving(Path(map_))
        try:
            for ronde in range(ronden + 1):
                berichten = _zet_klaar(omgeving, aantal if ronde else aantal // 10)
                per_seconde = _meet_kaal(berichten, instellingen), _meet_ons(omgeving, len(berichten), instellingen)
                if ronde:  # de eerste ronde is om warm te lopen
                    kaal.append(per_seconde[0])
                    wij.append(per_seconde[1])
        finally:
            opslag.sluit()
    waarde, basis = statistics.median(wij), statistics.median(kaal)
    verhouding = waarde / basis
    return [
        {
            "onderdeel": "post", "maat": "berichten per seconde, verzonden en vastgelegd", "waarde": round(waarde, 1),
            "basis": round(basis, 1), "verhouding": round(verhouding, 3), "doel": DOEL, "richting": "min",
            "gehaald": verhouding >= DOEL,
        }
    ]  # fmt: skip


def _omgeving(map_: Path) -> tuple[Omgeving, SqlMagazijn]:
    klok = EchteKlok()
    opslag = magazijn(Instellingen(map=map_, demo=True, _env_file=None), klok)  # pyright: ignore[reportCallIssue]
    links = GetekendeLinks(b"alleen voor de meting", "http://127.0.0.1", klok)
    return Omgeving(magazijn=opslag, klok=klok, brieven=Sjablonen(), links=links), opslag


def _zet_klaar(omgeving: Omgeving, aantal: int) -> list[Bericht]:
    """Zet berichten klaar zoals het werk het doet: elk over een eigen open stap, voor vijftig medewerkers."""
    nu, vandaag = omgeving.klok.nu(), omgeving.klok.vandaag()
    dossier = Dossier(referentie=f"D-{uuid4().hex[:8]}", regio="meting", gemeente="GM0512", aangemaakt_op=nu)
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.nieuw_dossier(dossier, Persoon(str(uuid4().int)[:9], "Voorbeeld", date(1990, 1, 1)))
        stappen = [_stap(dossier, nummer, vandaag) for nummer in range(aantal)]
        berichten = [_bericht(stap, nummer, nu) for nummer, stap in enumerate(stappen)]
        ruimte.bewaar(*stappen, *berichten)
    return berichten


def _stap(dossier: Dossier, nummer: int, vandaag: date) -> Stap:
    return Stap(
        dossier_id=dossier.id, gemeente="GM0512", kenmerk=f"voortgang/{nummer}", stapsoort=Stapsoort.VOORTGANG,
        titel=f"Voer voortgangsgesprek {nummer}", status=Stapstatus.OPEN, start=vandaag,
        streef=vandaag + timedelta(days=14), rol=Rol.KLANTMANAGER, medewerker=f"km-{nummer % 50}",
    )  # fmt: skip


def _bericht(stap: Stap, nummer: int, nu: Any) -> Bericht:
    merk = uuid4()
    return Bericht(
        id=merk, sleutel=str(merk), soort=TAAK, generatie=1, dossier_id=stap.dossier_id, stap_id=stap.id,
        ontvanger_code=f"km-{nummer % 50}", adres=f"km-{nummer % 50}@partner-{nummer % 5}.example",
        message_id=f"<{merk}@regie.example>", onderwerp=f"Voer gesprek {nummer} – D-7F3K9", tekst=_TEKST, html=_HTML,
        aangemaakt_op=nu,
    )  # fmt: skip


# meten


def _meet_kaal(berichten: list[Bericht], i: Postinstellingen) -> float:
    import aiosmtplib

    stukken = [poststuk(bericht) for bericht in berichten]

    async def alles() -> None:
        async def een_verbinding() -> None:
            async with aiosmtplib.SMTP(hostname=i.host, port=i.poort, start_tls=False) as smtp:
                while stukken:
                    stuk = stukken.pop()
                    van = i.afzender.retour_voor(stuk.retour_token)
                    await smtp.sendmail(van, [stuk.adres], maak_bericht(stuk, i.afzender))

        await asyncio.gather(*(een_verbinding() for _ in range(i.verbindingen)))

    return _per_seconde(len(berichten), lambda: asyncio.run(alles()))


def _meet_ons(omgeving: Omgeving, aantal: int, i: Postinstellingen) -> float:
    async def alles() -> None:
        verslag = await verzend_wachtende(omgeving, SmtpPostbode(i), aantal, Postgrenzen(tegelijk=i.verbindingen))
        if verslag.aantallen[Berichtstatus.AANVAARD.value] != aantal:
            raise RuntimeError(f"van {aantal} berichten kwamen er {verslag.als_dict()} aan")

    return _per_seconde(aantal, lambda: asyncio.run(alles()))


def _per_seconde(aantal: int, werk: Callable[[], None]) -> float:
    begin = time.perf_counter()
    werk()
    return aantal / (time.perf_counter() - begin)


# de server: neemt alles aan, zo snel als het gaat


class _Aannemer(asyncio.Protocol):
    """Genoeg SMTP om alles aan te nemen; ook een rij opdrachten in één keer (RFC 2920)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._buffer = bytearray()
        self._in_inhoud = False
        transport.write(b"220 aannemer.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        antwoorden: list[bytes] = []
        while (antwoord := self._volgende()) is not None:
            antwoorden.append(antwoord)
        self._transport.write(b"".join(antwoorden))

    def _volgende(self) -> bytes | None:
        einde = b"\r\n.\r\n" if self._in_inhoud else b"\r\n"
        plaats = self._buffer.find(einde)
        if plaats < 0:
            return None
        opdracht = b"" if self._in_inhoud else bytes(self._buffer[:4]).upper()
        del self._buffer[: plaats + len(einde)]
        self._in_inhoud = opdracht == b"DATA"
        if self._in_inhoud:
            return b"354 ga door\r\n"
        return b"250-aannemer.example\r\n250 PIPELINING\r\n" if opdracht == b"EHLO" else b"250 2.0.0 OK\r\n"


async def _neem_aan() -> None:
    server = await asyncio.get_running_loop().create_server(_Aannemer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # tot de meting klaar is


@contextmanager
def _server() -> Generator[int]:
    opdracht = [sys.executable, "-P", "-m", "beheer.meet.post"]
    with subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as proces:  # noqa: S603
        assert proces.stdin is not None
        assert proces.stdout is not None
        try:
            yield int(proces.stdout.readline())
        finally:
            proces.stdin.close()  # dan stopt hij vanzelf, ook als wij omvallen
            proces.wait(20)


if __name__ == "__main__":
    asyncio.run(_neem_aan())
