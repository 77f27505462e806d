"""Builds the bytes of a mail: equal input gives equal bytes, so every copy of a message is identical (I2).

The parts are put together here instead of by `EmailMessage.as_bytes`: that parses every header again and takes
2.3 ms per mail, half of what sending one takes, and it draws its boundaries by chance. Addresses still go through
`email.headerregistry.Address`, names are folded by `policy.SMTP`, and the tests read every result
back with the standard library.
"""

import re
from base64 import encodebytes
from binascii import b2a_base64, b2a_qp
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from domein.handelingen.postpoort import Poststuk

AGENDABESTAND: Final = "afspraak.ics"  # the same for everyone: a filename is no place for a name
TOKENPLAATS: Final = "{token}"
_BELEID: Final = policy.SMTP.clone(cte_type="7bit")
# What may end a line for one program or another; C0, DEL and C1, and the two Unicode separators.
_STUURTEKENS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADRES: Final = re.compile(r"[^\s<>@,;:\"()\[\]\\\x00-\x1f\x7f-\x9f]+@[A-Za-z0-9.-]+", re.ASCII)
_MESSAGE_ID: Final = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>", re.ASCII)
_LINK: Final = re.compile(r"https?://[!-;=?-~]+", re.ASCII)
_METHODEN: Final = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
_BYTES_PER_WOORD: Final = 42  # 56 in base64, and with its marks 68: beside "Subject: " that stays under 78
LANGSTE_REGEL: Final = 900  # of a header that cannot be folded; RFC 5322 stops at 998


class OngeldigPoststuk(ValueError):
    """This message can never be sent as it is; `code` says why."""

    def __init__(self, code: str, uitleg: str) -> None:
        super().__init__(uitleg)
        self.code = code


class OngeldigAdres(OngeldigPoststuk):
    """The address cannot be used as one recipient."""

    def __init__(self, uitleg: str = "geen los e-mailadres", code: str = "adres_ongeldig") -> None:
        super().__init__(code, uitleg)


@dataclass(frozen=True, slots=True)
class Afzender:
    """In whose name this installation writes, and where answers and bounces go."""

    adres: str = "regie@regie.example"
    naam: str = "Regie inburgering"
    antwoordadres: str = "team@regie.example"
    retouradres: str = "regie+{token}@regie.example"  # the envelope sender; the token ties a bounce to its message

    def retour_voor(self, token: str) -> str:
        return self.retouradres.replace(TOKENPLAATS, token) if token else self.adres


def maak_bericht(stuk: Poststuk, afzender: Afzender) -> bytes:
    """The whole message with CRLF line ends, in 7 bits, so that any server can take it unchanged."""
    regels = [
        _naamregel("From", afzender.naam, afzender.adres),
        b"To: %b\r\n" % los_adres(stuk.adres).encode("ascii"),
        _naamregel("Reply-To", "", stuk.antwoord_aan or afzender.antwoordadres),
        _onderwerp(stuk.onderwerp),
        b"Date: %b\r\n" % format_datetime(stuk.datum).encode("ascii"),
        b"Message-ID: %b\r\n" % _message_id(stuk.message_id),
    ]
    if stuk.in_antwoord_op and stuk.in_antwoord_op != stuk.message_id:
        eerste = _message_id(stuk.in_antwoord_op)
        regels += [b"In-Reply-To: %b\r\nReferences: %b\r\n" % (eerste, eerste)]
    # RFC 3834: nobody should answer this by machine.
    regels += [b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"]
    if stuk.afmelden:
        regels += [_afmelden(stuk, afzender)]
    regels += [b"Content-Language: nl\r\nMIME-Version: 1.0\r\n", _inhoud(stuk)]
    return b"".join(regels)


def los_adres(adres: str) -> str:
    """One address and nothing else, with an ASCII domain; OngeldigAdres otherwise.

    A list or a display name would silently add recipients.
    """
    lokaal, _, domein = adres.rpartition("@")
    if domein and not domein.isascii():
        try:
            adres = f"{lokaal}@{domein.encode('idna').decode('ascii')}"
        except UnicodeError as fout:
            raise OngeldigAdres from fout
    if lokaal and not lokaal.isascii():
        raise OngeldigAdres("het deel voor de @ heeft SMTPUTF8 nodig", "smtputf8_nodig")
    return _getoetst(adres)


@lru_cache(maxsize=4096)
def _getoetst(adres: str) -> str:
    if len(adres) > 254 or _ADRES.fullmatch(adres) is None:
        raise OngeldigAdres
    try:
        return Address(addr_spec=adres).addr_spec
    except (ValueError, MessageError, IndexError) as fout:
        raise OngeldigAdres from fout


@lru_cache(maxsize=64)
def _naamregel(kop: str, naam: str, adres: str) -> bytes:
    if _STUURTEKENS.search(naam):
        raise OngeldigPoststuk("kop_ongeldig", f"een stuurteken in {kop}")
    gebouwd = _BELEID.header_factory(kop, [Address(naam, addr_spec=los_adres(adres))])
    return gebouwd.fold(policy=_BELEID).encode("ascii")


def _onderwerp(onderwerp: str) -> bytes:
    if _STUURTEKENS.search(onderwerp):
        raise OngeldigPoststuk("kop_ongeldig", "een stuurteken in het onderwerp")
    if onderwerp.isascii() and len(onderwerp) <= 65 and "=?" not in onderwerp:
        return f"Subject: {onderwerp}\r\n".encode("ascii")
    # RFC 2047: encoded words of at most 75 characters, each of whole characters, one per line.
    woorden: list[bytes] = []
    woord = b""
    for teken in onderwerp.encode("utf-8", "replace").decode("utf-8"):
        erbij = teken.encode()
        if len(woord) + len(erbij) > _BYTES_PER_WOORD:
            woorden.append(woord)
            woord = b""
        woord += erbij
    gecodeerd = (b"=?utf-8?b?%b?=" % b2a_base64(woord, newline=False) for woord in (*woorden, woord))
    return b"Subject: %b\r\n" % b"\r\n ".join(gecodeerd)


def _message_id(waarde: str) -> bytes:
    if len(waarde) > LANGSTE_REGEL or _MESSAGE_ID.fullmatch(waarde) is None:
        raise OngeldigPoststuk("kop_ongeldig", "geen geldige Message-ID")
    return waarde.encode("ascii")


def _afmelden(stuk: Poststuk, afzender: Afzender) -> bytes:
    """List-Unsubscribe; with a link over https also the one button of RFC 8058."""
    antwoord = los_adres(stuk.antwoord_aan or afzender.antwoordadres)
    mail = f"<mailto:{antwoord}?subject=afmelden>"
    if stuk.afmeldlink is None:
        return f"List-Unsubscribe: {mail}\r\n".encode("ascii")
    if len(stuk.afmeldlink) > LANGSTE_REGEL or _LINK.fullmatch(stuk.afmeldlink) is None:
        raise OngeldigPoststuk("kop_ongeldig", "de afmeldlink is geen webadres")
    regels = f"List-Unsubscribe: <{stuk.afmeldlink}>,\r\n {mail}\r\n"
    if stuk.afmeldlink.startswith("https://"):
        regels += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    return regels.encode("ascii")


# the body


def _inhoud(stuk: Poststuk) -> bytes:
    delen = [_tekstdeel("plain", stuk.tekst)]
    if stuk.html:
        delen += [_tekstdeel("html", stuk.html)]
    if not stuk.agenda:
        return delen[0] if len(delen) == 1 else _samen("alternative", "a", delen, stuk)
    methode = stuk.agenda_methode or "REQUEST"
    if methode not in _METHODEN:
        raise OngeldigPoststuk("agenda_ongeldig", "onbekende agendamethode")
    # Calendars read the part inside the alternative; a person who has none opens the attachment.
    agenda = b"\r\n".join(stuk.agenda.encode().splitlines()) + b"\r\n"
    delen += [_base64_deel(f'text/calendar; charset="utf-8"; method={methode}; component=VEVENT', agenda)]
    bijlage = _base64_deel(f'application/ics; name="{AGENDABESTAND}"', agenda, f'filename="{AGENDABESTAND}"')
    return _samen("mixed", "m", [_samen("alternative", "a", delen, stuk), bijlage], stuk)


def _samen(soort: str, letter: str, delen: list[bytes], stuk: Poststuk) -> bytes:
    # "=_" occurs in neither quoted-printable nor base64, so no part can contain this line.
    grens = b"=_%b_%b" % (sha256(stuk.message_id.encode()).hexdigest()[:32].encode(), letter.encode())
    kop = b'Content-Type: multipart/%b;\r\n boundary="%b"\r\n\r\n' % (soort.encode(), grens)
    blokken = b"".join(b"--%b\r\n%b\r\n" % (grens, deel) for deel in delen)
    return b"%b%b--%b--\r\n" % (kop, blokken, grens)


def _tekstdeel(soort: str, tekst: str) -> bytes:
    ruw = tekst.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    if not ruw.endswith(b"\n"):
        ruw += b"\n"
    inhoud = b2a_qp(ruw, istext=True).replace(b"\n", b"\r\n")
    if len(inhoud) > 1.5 * len(ruw):  # a script other than ours: base64 is shorter
        return _base64_deel(f'text/{soort}; charset="utf-8"', ruw.replace(b"\n", b"\r\n"))
    kop = b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return kop % soort.encode() + inhoud


def _base64_deel(soort: str, ruw: bytes, bijlage: str = "") -> bytes:
    kop = f"Content-Type: {soort}\r\nContent-Transfer-Encoding: base64\r\n"
    if bijlage:
        kop += f"Content-Disposition: attachment; {bijlage}\r\n"
    return kop.encode("ascii") + b"\r\n" + encodebytes(ruw).replace(b"\n", b"\r\n")
