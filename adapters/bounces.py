"""Reads a mail that came back to the sender's mailbox: a bounce, something automatic, or a person who answers.

A bounce counts only when it was sent to the address with our token in it. Nothing else in the mail is trusted: not
the address it names, not the Message-ID it quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from hashlib import sha256
from typing import Final, Literal, cast

from flufl.bounce import all_failures  # pyright: ignore[reportUnknownVariableType]

from adapters.postvorm import TOKENPLAATS
from domein.handelingen.postbeheer import Bouncemelding
from domein.model import Bouncesoort

GROOTSTE_MELDING: Final = 5_000_000  # bytes; a bounce may quote the whole message
_CODE: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# Where a mail server notes whom it delivered to. `To` is the address that the other server answered to.
_AAN: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To")
_ROBOT: Final = re.compile(r"(?:^|<)(?:mailer[-_]daemon|postmaster)@", re.IGNORECASE)
_AUTOMATISCH: Final = re.compile(
    r"\s*(?:automatisch antwoord|auto(?:matic)?[- ]?reply|out of (?:the )?office|afwezig|niet aanwezig)",
    re.IGNORECASE,
)

Mailsoort = Literal["bounce", "automatisch", "gewoon"]


@dataclass(frozen=True, slots=True)
class Teruggekomen:
    """What kind of mail this is; `melding` only for a bounce."""

    soort: Mailsoort
    melding: Bouncemelding | None = None


def lees_teruggekomen(ruw: bytes, retouradres: str) -> Teruggekomen:
    """Read one mail. Hostile input is expected: nothing in it is executed, followed or answered."""
    try:
        bericht = message_from_bytes(ruw[:GROOTSTE_MELDING], policy=policy.default)
        gevonden = _uit_rapport(bericht) or _uit_tekst(ruw, bericht)
        token = _token(bericht, retouradres)
        automatisch = _is_automatisch(bericht)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError):
        return Teruggekomen("gewoon")  # not a mail that a server would write
    if gevonden is None:
        return Teruggekomen("automatisch" if automatisch else "gewoon")
    soort, code, toelichting = gevonden
    return Teruggekomen("bounce", Bouncemelding(token, soort, code, sha256(ruw).hexdigest(), toelichting))


def _token(bericht: EmailMessage, retouradres: str) -> str | None:
    voor, plaats, na = retouradres.partition(TOKENPLAATS)
    if not plaats:
        return None
    patroon = re.compile(re.escape(voor) + r"([a-z2-7]{16})" + re.escape(na), re.IGNORECASE)
    for kop in _AAN:
        for waarde in bericht.get_all(kop, []):
            if gevonden := patroon.search(str(waarde)):
                return gevonden[1].lower()
    return None


# RFC 3464, and what came before it


def _uit_rapport(bericht: EmailMessage) -> tuple[Bouncesoort, str, str] | None:
    for velden in _ontvangers(bericht):
        daad, status = _veld(velden, "Action").lower(), _veld(velden, "Status")
        code = gevonden[1] if (gevonden := _CODE.search(status)) else "onbekend"
        toelichting = _veld(velden, "Diagnostic-Code")
        if daad == "failed" or (not daad and code.startswith("5")):
            return Bouncesoort.BLIJVEND, code, toelichting
        if daad == "delayed" or (not daad and code.startswith("4")):
            return Bouncesoort.TIJDELIJK, code, toelichting
    return None


def _ontvangers(bericht: EmailMessage) -> Iterator[Message]:
    """The blocks of every delivery-status part. The first is about the message itself and names no action."""
    for deel in bericht.walk():
        if deel.get_content_type() == "message/delivery-status" and deel.is_multipart():
            yield from cast("list[Message]", deel.get_payload())


def _veld(velden: Message, naam: str) -> str:
    return " ".join(str(velden.get(naam, "")).split())


def _uit_tekst(ruw: bytes, bericht: EmailMessage) -> tuple[Bouncesoort, str, str] | None:
    """Servers that write a bounce in their own words; only from a mail daemon, so that a person is never one."""
    if bericht.get_content_type() == "multipart/report" and _rapportsoort(bericht) != "delivery-status":
        return None
    if not (_ROBOT.search(str(bericht.get("From", "")).strip()) or "X-Failed-Recipients" in bericht):
        return None
    # The detectors were written for the older message class.
    tijdelijk, blijvend = all_failures(message_from_bytes(ruw[:GROOTSTE_MELDING]))
    if not (tijdelijk or blijvend or "X-Failed-Recipients" in bericht):
        return None
    tekst = _platte_tekst(bericht)
    code = next((vondst for vondst in _CODE.findall(tekst) if not vondst.startswith("2")), "onbekend")
    soort = Bouncesoort.TIJDELIJK if tijdelijk and not blijvend else Bouncesoort.BLIJVEND
    return soort, code, ""


def _platte_tekst(bericht: EmailMessage) -> str:
    deel = bericht.get_body(preferencelist=("plain",))
    inhoud = cast("object", deel.get_content()) if deel is not None else ""
    return inhoud if isinstance(inhoud, str) else ""


def _rapportsoort(bericht: EmailMessage) -> str:
    return str(bericht.get_param("report-type", "")).lower()


def _is_automatisch(bericht: EmailMessage) -> bool:
    """An out-of-office, a read receipt, a list: no answer of a person, and never to be answered (RFC 3834)."""
    if str(bericht.get("Auto-Submitted", "no")).strip().lower() != "no":
        return True
    if bericht.get_content_type() == "multipart/report":
        return True
    if any(kop in bericht for kop in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From")):
        return True
    if str(bericht.get("Precedence", "")).strip().lower() in {"bulk", "junk", "auto_reply", "list"}:
        return True
    return _AUTOMATISCH.match(str(bericht.get("Subject", ""))) is not None
