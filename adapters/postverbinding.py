"""Opens a session with the mail server: greeting, encryption and login, by aiosmtplib."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from aiosmtplib import SMTP, SMTPException, SMTPHeloError, SMTPNotSupported, SMTPResponseException, SMTPTimeoutError

from adapters.postdialoog import later
from adapters.postgesprek import Gesprek
from adapters.postinstellingen import Postinstellingen
from domein.handelingen.postpoort import Verzenduitkomst


class GeenVerbinding(Exception):
    """No session; nothing about any recipient is known yet, so every message is tried again later."""

    def __init__(self, uitkomst: Verzenduitkomst) -> None:
        super().__init__(uitkomst.code)
        self.uitkomst = uitkomst


async def open_gesprek(i: Postinstellingen, context: ssl.SSLContext | None, *, pipelining: bool) -> Gesprek:
    """Connect, encrypt as the settings ask, sign in, and hand the session over. GeenVerbinding when that fails."""
    smtp = SMTP(
        hostname=i.host,
        port=i.poort,
        username=i.gebruiker,
        password=i.wachtwoord,
        local_hostname=i.ehlo_naam,
        timeout=i.wachttijd,
        use_tls=i.tls == "tls",
        start_tls=i.tls == "starttls",
        tls_context=context,
    )
    try:
        # Each step has its own time-out; this one is for a server that drips.
        async with asyncio.timeout(4 * i.wachttijd):
            await smtp.connect()
            if smtp.is_ehlo_or_helo_needed:
                with suppress(SMTPHeloError):
                    await smtp.ehlo()
                if smtp.is_ehlo_or_helo_needed:
                    await smtp.helo()
    except (SMTPException, OSError, ValueError) as fout:
        smtp.close()
        raise GeenVerbinding(_uitkomst(fout)) from fout
    except BaseException:
        smtp.close()
        raise
    transport = smtp.transport
    if transport is None or transport.is_closing():
        raise GeenVerbinding(later("verbroken", "na de groet"))
    return Gesprek(
        cast("asyncio.Transport", transport), pipelining=pipelining and smtp.supports_extension("pipelining")
    )


def _uitkomst(fout: BaseException) -> Verzenduitkomst:
    if isinstance(fout, SMTPResponseException):
        code = str(fout.code) if 200 <= fout.code < 600 else "onleesbaar"
        return later(code, fout.message)
    oorzaken = list(_keten(fout))
    # aiosmtplib has no classes of its own for what the server does not offer.
    biedt_niet = str(fout) if type(fout) is SMTPException else ""
    if isinstance(fout, SMTPNotSupported) or "AUTH" in biedt_niet or "authentication" in biedt_niet:
        return later("aanmelden", "de mailserver kent geen manier van aanmelden die wij hebben")
    if "STARTTLS" in biedt_niet or any(isinstance(oorzaak, ssl.SSLError) for oorzaak in oorzaken):
        return later("tls", "de versleuteling kwam niet tot stand")
    if any(isinstance(oorzaak, socket.gaierror) for oorzaak in oorzaken):
        return later("naam_onbekend", "de naam van de mailserver is niet te vinden")
    if any(isinstance(oorzaak, SMTPTimeoutError | TimeoutError) for oorzaak in oorzaken):
        return later("tijd_op", type(fout).__name__)
    return later("geen_verbinding", type(fout).__name__)


def _keten(fout: BaseException | None) -> Iterator[BaseException]:
    while fout is not None:
        yield fout
        fout = fout.__cause__ or fout.__context__
