"""One message over one SMTP session, and what became of it.

What matters is how far the dialogue came. Before the body was handed over nothing can have been accepted: another
try is safe. After it, a lost connection or a timeout says nothing at all: the outcome is `onzeker`, never `failed`.
"""

import re
from typing import Final

from adapters.postgesprek import Antwoord, Gesprek, GesprekVoorbij
from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import Verzenduitkomst

# Replies that speak of our own settings (sign in first, use TLS), not of this recipient.
_EIGEN_FOUT: Final = frozenset({530, 534, 535, 538})
_STUURTEKENS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_ADRES_IN_TEKST: Final = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


async def bezorg_over(
    gesprek: Gesprek, afzender: str, ontvanger: str, inhoud: bytes, *, wachttijd: float, wacht_na_data: float
) -> Verzenduitkomst:
    """Hand over one message for one recipient. Afterwards the session is ready for the next one, or closed."""
    try:
        geweigerd = await _envelop(gesprek, afzender, ontvanger, wachttijd)
        if geweigerd is None:
            gesprek.zeg(_met_punten(inhoud))
    except GesprekVoorbij as voorbij:
        gesprek.breek()
        return later(voorbij.code, "voor de inhoud")
    except BaseException:  # cancelled half way
        gesprek.breek()
        raise
    if geweigerd is not None:
        return geweigerd
    return await _na_de_punt(gesprek, wachttijd, wacht_na_data)


async def _envelop(gesprek: Gesprek, afzender: str, ontvanger: str, wachttijd: float) -> Verzenduitkomst | None:
    """MAIL, RCPT and DATA, in one packet where the server takes that (RFC 2920); None when the body may follow."""
    regels = [f"MAIL FROM:<{afzender}>\r\n".encode("ascii"), f"RCPT TO:<{ontvanger}>\r\n".encode("ascii"), b"DATA\r\n"]
    if not gesprek.pipelining:
        return await _regel_voor_regel(gesprek, regels, wachttijd)
    gesprek.zeg(b"".join(regels), antwoorden=3)
    antwoorden: list[Antwoord] = []
    try:
        while len(antwoorden) < 3 and not (antwoorden and antwoorden[-1].code == 421):  # nothing comes after 421
            antwoorden.append(await gesprek.hoor(wachttijd))
    except GesprekVoorbij:
        fout = _weigering(antwoorden)
        if fout is None:
            gesprek.haperde = bool(antwoorden)  # it may have thrown away what came with the first command
            raise
        gesprek.breek()  # it said no and hung up
        return geweigerd(fout.code, fout.tekst)
    fout = _weigering(antwoorden)
    if fout is None:
        return None
    if len(antwoorden) == 3 and antwoorden[2].code == 354:
        gesprek.breek()  # it waits for a body that it must not get
    return await _na_weigering(gesprek, fout, wachttijd)


def _weigering(antwoorden: list[Antwoord]) -> Antwoord | None:
    """The first reply that is not what MAIL, RCPT and DATA hope for."""
    for nummer, antwoord in enumerate(antwoorden):
        if not (antwoord.code == 354 if nummer == 2 else 200 <= antwoord.code < 300):
            return antwoord
    return None


async def _regel_voor_regel(gesprek: Gesprek, regels: list[bytes], wachttijd: float) -> Verzenduitkomst | None:
    antwoorden: list[Antwoord] = []
    for regel in regels:
        antwoorden.append(await gesprek.vraag(regel, wachttijd))
        if fout := _weigering(antwoorden):
            return await _na_weigering(gesprek, fout, wachttijd)
    return None


async def _na_de_punt(gesprek: Gesprek, wachttijd: float, wacht_na_data: float) -> Verzenduitkomst:
    try:
        antwoord = await gesprek.hoor(wacht_na_data)
    except GesprekVoorbij as voorbij:
        gesprek.breek()
        return Verzenduitkomst(Berichtstatus.ONZEKER, f"{voorbij.code}_na_data")
    except BaseException:
        gesprek.breek()
        raise
    if 200 <= antwoord.code < 300:
        return Verzenduitkomst(Berichtstatus.AANVAARD, str(antwoord.code), kort(antwoord.tekst))
    if 400 <= antwoord.code < 600:
        return await _na_weigering(gesprek, antwoord, wachttijd)
    gesprek.breek()  # 3xx is no answer to a body: the server may hold the message
    return Verzenduitkomst(Berichtstatus.ONZEKER, str(antwoord.code), kort(antwoord.tekst))


async def _na_weigering(gesprek: Gesprek, antwoord: Antwoord, wachttijd: float) -> Verzenduitkomst:
    # After a refusal the envelope is still half open: without RSET the next MAIL gets a 503.
    if antwoord.code == 421:
        gesprek.breek()
    if gesprek.open:
        try:
            opnieuw = (await gesprek.vraag(b"RSET\r\n", wachttijd)).code == 250
        except GesprekVoorbij:
            opnieuw = False
        if not opnieuw:
            gesprek.breek()
    return geweigerd(antwoord.code, antwoord.tekst)


def _met_punten(inhoud: bytes) -> bytes:
    # RFC 5321 4.5.2. The bytes begin with a header and end their lines with CRLF.
    gestopt = inhoud.replace(b"\r\n.", b"\r\n..")
    return gestopt + (b".\r\n" if gestopt.endswith(b"\r\n") else b"\r\n.\r\n")


def geweigerd(code: int, melding: str) -> Verzenduitkomst:
    """The outcome of a refusal: for good, or (4xx, and what is about us) later."""
    if 500 <= code < 600 and code not in _EIGEN_FOUT:
        return Verzenduitkomst(Berichtstatus.ONBESTELBAAR, str(code), kort(melding))
    return later(str(code), melding)


def later(code: str, melding: str = "") -> Verzenduitkomst:
    return Verzenduitkomst(Berichtstatus.UITGESTELD, code, kort(melding))


def kort(melding: str) -> str:
    # Servers repeat the address in their reply; our lists and signals show no addresses.
    if "@" in melding:
        melding = _ADRES_IN_TEKST.sub("<adres>", melding)
    return (melding if melding.isprintable() else _STUURTEKENS.sub(" ", melding))[:500]
