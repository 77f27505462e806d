"""Sends mail by aiosmtplib, one recipient per message, and says what became of it.

What matters is how far the dialogue came. Before the body was handed over nothing can have been accepted:
another try is safe. After it, a lost connection or a timeout says nothing at all: the outcome is `onzeker`,
never `failed`.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Literal

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from adapters.instellingen import Instellingen
from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst

WACHT_NA_DATA: Final = 600.0  # as Postfix: a server may take minutes, and giving up early makes duplicates
# Replies that speak of our own settings (sign in first, use TLS), not of this recipient.
_EIGEN_FOUT: Final = frozenset({530, 534, 535, 538})
_BELEID: Final = policy.SMTP.clone(cte_type="7bit")
_STUURTEKENS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_ADRES: Final = re.compile(r"[^\s<>@,;:\"()\[\]\\\x00-\x1f\x7f-\x9f]+@[A-Za-z0-9.-]+", re.ASCII)

TlsKeuze = Literal["geen", "starttls", "tls"]


@dataclass(frozen=True, slots=True)
class Postinstellingen:
    host: str = "127.0.0.1"
    poort: int = 25
    afzender: str = "regie@regie.example"
    afzendernaam: str = "Regie inburgering"
    antwoordadres: str = "team@regie.example"
    gebruiker: str | None = None
    wachtwoord: str | None = field(default=None, repr=False)
    tls: TlsKeuze = "starttls"
    ehlo_naam: str = "regie.example"
    verbindingen: int = 4
    wachttijd: float = 60.0
    wacht_na_data: float = WACHT_NA_DATA


def postinstellingen(keuze: Instellingen) -> Postinstellingen:
    """The mail settings of this installation; replies go to the sender's own mailbox."""
    wachtwoord = keuze.smtp_wachtwoord
    return Postinstellingen(
        host=keuze.smtp_host,
        poort=keuze.smtp_port,
        afzender=keuze.afzender,
        antwoordadres=keuze.afzender,
        gebruiker=keuze.smtp_gebruiker,
        wachtwoord=wachtwoord.get_secret_value() if wachtwoord else None,
        tls=keuze.smtp_tls,
        ehlo_naam=keuze.afzender.rpartition("@")[2],
    )


class OngeldigAdres(ValueError):
    """The address cannot be used as one recipient."""


def maak_bericht(stuk: Poststuk, instellingen: Postinstellingen) -> bytes:
    """Build the bytes of a message: equal input gives equal bytes, so every copy is identical."""
    bericht = EmailMessage(policy=_BELEID)
    try:
        bericht["From"] = Address(instellingen.afzendernaam, addr_spec=instellingen.afzender)
        bericht["To"] = _adres(stuk.adres)
        bericht["Reply-To"] = Address(addr_spec=instellingen.antwoordadres)
        bericht["Subject"] = stuk.onderwerp
        bericht["Date"] = format_datetime(stuk.datum)
        bericht["Message-ID"] = stuk.message_id
    except OngeldigAdres:
        raise
    except (ValueError, MessageError) as fout:  # a line break in a header, and the like
        raise OngeldigAdres(type(fout).__name__) from fout
    bericht["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody should answer this by machine
    bericht["X-Auto-Response-Suppress"] = "All"
    bericht.set_content(stuk.tekst, subtype="plain", charset="utf-8", cte="quoted-printable")
    bericht["Content-Language"] = "nl"  # after set_content, which drops earlier Content-* headers
    return bericht.as_bytes()


def _adres(adres: str) -> Address:
    # One address and nothing else: a list or a display name would silently add recipients.
    if _ADRES.fullmatch(adres) is None:
        raise OngeldigAdres("geen los e-mailadres")
    try:
        return Address(addr_spec=adres)
    except (ValueError, MessageError) as fout:
        raise OngeldigAdres("geen los e-mailadres") from fout


class SmtpPostbode:
    """Keeps a few connections open and reuses them; implements the port `Postbode`."""

    def __init__(self, instellingen: Postinstellingen) -> None:
        self._instellingen = instellingen
        self._vrij: list[SMTP] = []
        self._plaatsen = asyncio.Semaphore(instellingen.verbindingen)

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        try:
            inhoud = maak_bericht(stuk, self._instellingen)
        except OngeldigAdres as fout:
            return Verzenduitkomst(Berichtstatus.ONBESTELBAAR, "adres_ongeldig", str(fout))
        async with self._plaatsen:
            # A pooled connection may have been closed while it lay still. Nothing was handed over yet then,
            # so the message goes over the next one, and at last over a fresh one.
            while self._vrij:
                verbinding = self._vrij.pop()
                if not verbinding.is_connected:
                    continue
                uitkomst = await self._bezorg_over(verbinding, stuk, inhoud)
                if uitkomst.status is not Berichtstatus.UITGESTELD or verbinding.is_connected:
                    return uitkomst
            verbinding = self._nieuwe()
            mislukt = await self._verbind(verbinding)
            return mislukt or await self._bezorg_over(verbinding, stuk, inhoud)

    async def sluit(self) -> None:
        while self._vrij:
            verbinding = self._vrij.pop()
            with suppress(SMTPException, OSError):
                await verbinding.quit(timeout=5)
            verbinding.close()
        await asyncio.sleep(0)  # a transport closes in the next turn of the loop; the loop may end after us
        # The next batch may run in another event loop, and a semaphore belongs to one.
        self._plaatsen = asyncio.Semaphore(self._instellingen.verbindingen)

    # inside

    def _nieuwe(self) -> SMTP:
        i = self._instellingen
        return SMTP(
            hostname=i.host,
            port=i.poort,
            username=i.gebruiker,
            password=i.wachtwoord,
            local_hostname=i.ehlo_naam,
            timeout=i.wachttijd,
            use_tls=i.tls == "tls",
            start_tls=i.tls == "starttls",
        )

    async def _verbind(self, verbinding: SMTP) -> Verzenduitkomst | None:
        """Open a connection; an outcome only when that fails. Nothing about the recipient is known yet."""
        try:
            await verbinding.connect()
            await verbinding.ehlo()
        except SMTPResponseException as fout:
            verbinding.close()
            return _later(str(fout.code), fout.message)
        except (SMTPException, OSError, ValueError) as fout:
            verbinding.close()
            return _later("geen_verbinding", type(fout).__name__)
        return None

    async def _bezorg_over(self, verbinding: SMTP, stuk: Poststuk, inhoud: bytes) -> Verzenduitkomst:
        try:
            uitkomst = await self._dialoog(verbinding, stuk, inhoud)
        except BaseException:
            verbinding.close()  # cancelled half way: the session cannot be trusted any more
            raise
        if verbinding.is_connected and await self._weer_bruikbaar(verbinding, uitkomst):
            self._vrij.append(verbinding)
        else:
            verbinding.close()
        return uitkomst

    async def _weer_bruikbaar(self, verbinding: SMTP, uitkomst: Verzenduitkomst) -> bool:
        if uitkomst.status is Berichtstatus.AANVAARD:
            return True
        if uitkomst.status is Berichtstatus.ONZEKER:
            return False
        try:
            # After a refusal the envelope is still half open: without RSET the next MAIL gets a 503.
            return (await verbinding.rset()).code == 250
        except (SMTPException, OSError):
            return False

    async def _dialoog(self, verbinding: SMTP, stuk: Poststuk, inhoud: bytes) -> Verzenduitkomst:
        try:
            await verbinding.mail(self._instellingen.afzender)
            await verbinding.rcpt(stuk.adres)
            # DATA in two halves instead of `data()`: only so is it known whether the body left.
            klaar = await verbinding.execute_command(b"DATA")
            if klaar.code != 354:
                return _geweigerd(klaar.code, klaar.message)
        except SMTPResponseException as fout:
            return _geweigerd(fout.code, fout.message)
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as fout:
            return _later("verbroken", type(fout).__name__)
        except (SMTPException, ValueError) as fout:
            return _later("dialoog", type(fout).__name__)
        return await self._geef_inhoud(verbinding, inhoud)

    async def _geef_inhoud(self, verbinding: SMTP, inhoud: bytes) -> Verzenduitkomst:
        protocol = verbinding.protocol
        if protocol is None:
            return _later("verbroken", "voor de inhoud")
        try:
            protocol.write(_met_punten(inhoud))
        except SMTPServerDisconnected:
            return _later("verbroken", "voor de inhoud")  # raised before a byte of the body left
        try:
            antwoord = await protocol.read_response(timeout=self._instellingen.wacht_na_data)
        except (SMTPException, OSError) as fout:
            return Verzenduitkomst(Berichtstatus.ONZEKER, "verbroken_na_data", type(fout).__name__)
        if 200 <= antwoord.code < 300:
            tekst = _kort(antwoord.message)
            return Verzenduitkomst(Berichtstatus.AANVAARD, str(antwoord.code), tekst)
        if 400 <= antwoord.code < 600:
            return _geweigerd(antwoord.code, antwoord.message)
        # Not an answer to DATA: the server may hold the message.
        return Verzenduitkomst(Berichtstatus.ONZEKER, str(antwoord.code), _kort(antwoord.message))


def _met_punten(inhoud: bytes) -> bytes:
    # RFC 5321 4.5.2. The bytes come from policy.SMTP and already end their lines with CRLF.
    gestopt = re.sub(rb"(?m)^\.", b"..", inhoud)
    return gestopt + (b".\r\n" if gestopt.endswith(b"\r\n") else b"\r\n.\r\n")


def _geweigerd(code: int, melding: str) -> Verzenduitkomst:
    if 500 <= code < 600 and code not in _EIGEN_FOUT:
        return Verzenduitkomst(Berichtstatus.ONBESTELBAAR, str(code), _kort(melding))
    return _later(str(code), melding)


def _later(code: str, melding: str) -> Verzenduitkomst:
    return Verzenduitkomst(Berichtstatus.UITGESTELD, code, _kort(melding))


def _kort(melding: str) -> str:
    # Servers repeat the address in their reply; our lists and signals show no addresses.
    zonder_adres = re.sub(r"<?[^\s<>]+@[^\s<>]+>?", "<adres>", melding)
    return _STUURTEKENS.sub(" ", zonder_adres)[:500]
