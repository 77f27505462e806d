"""Teruggekomen mail zoals echte servers haar schrijven; TOKEN staat voor het kenmerk in het retouradres."""

from typing import Final

RETOUR: Final = "regie+{token}@regie.example"
_AAN: Final = "regie+TOKEN@regie.example"


def _rapport(daad: str, status: str, zegt: str, *, van: str = "MAILER-DAEMON@mx.avres.example", kop: str = "") -> str:
    return f"""Return-Path: <>
From: Mail Delivery System <{van}>
To: {_AAN}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
{kop}Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

Uw bericht kon niet worden bezorgd.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.avres.example
Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100

Final-Recipient: rfc822; km-1@avres.example
Original-Recipient: rfc822; km-1@avres.example
Action: {daad}
Status: {status}
Diagnostic-Code: smtp; {zegt}

--=_b
Content-Type: message/rfc822

Subject: Voer gesprek 1
Message-ID: <x@regie.example>

--=_b--
"""


def _tekst(van: str, onderwerp: str, inhoud: str, kop: str = "") -> str:
    return f"From: {van}\nTo: {_AAN}\nSubject: {onderwerp}\n{kop}\n{inhoud}\n"


_QMAIL: Final = """Hi. This is the qmail-send program at mx.avres.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<km-1@avres.example>:
user does not exist (#5.1.1)

--- Below this line is a copy of the message.
"""
_EXIM: Final = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  km-1@avres.example
    host mx.avres.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<km-1@avres.example>:
    550 5.1.1 User unknown
"""
_EXIM_TRAAG: Final = """This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.avres.example.

The address to which the message has not yet been delivered is:

  km-1@avres.example

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
"""

# naam: (de mail, soort, bounce en code)
BLIJVEND, TIJDELIJK = "blijvend", "tijdelijk"
CORPUS: Final[dict[str, tuple[str, str, tuple[str, str] | None]]] = {
    "postfix-onbekend": (
        _rapport("failed", "5.1.1", "550 5.1.1 <km-1@avres.example>: Recipient address rejected"),
        "bounce",
        (BLIJVEND, "5.1.1"),
    ),
    "postfix-vertraagd": (
        _rapport("delayed", "4.4.1", "connect to mx.avres.example[192.0.2.1]:25: Connection timed out"),
        "bounce",
        (TIJDELIJK, "4.4.1"),
    ),
    "exchange-onbekend": (
        _rapport("failed", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", van="postmaster@avres.example"),
        "bounce",
        (BLIJVEND, "5.1.10"),
    ),
    "gmail-vol": (
        _rapport("failed", "5.2.2", "552 5.2.2 mailbox full", van="mailer-daemon@googlemail.com"),
        "bounce",
        (BLIJVEND, "5.2.2"),
    ),
    "verlopen": (_rapport("failed", "4.4.7", "delivery time expired"), "bounce", (BLIJVEND, "4.4.7")),
    "domein-weg": (_rapport("failed", "5.1.2", "Host or domain name not found"), "bounce", (BLIJVEND, "5.1.2")),
    "beleid": (_rapport("failed", "5.7.1", "550 5.7.1 message refused"), "bounce", (BLIJVEND, "5.7.1")),
    "hoofdletters": (_rapport("FAILED", "5.0.0 (unknown)", "x-unix; 67"), "bounce", (BLIJVEND, "5.0.0")),
    "sendmail": (
        _rapport("failed", "5.1.1", "550 User unknown", van="MAILER-DAEMON@mx.avres.example", kop="Precedence: bulk\n"),
        "bounce",
        (BLIJVEND, "5.1.1"),
    ),
    "qmail": (
        _tekst("MAILER-DAEMON@mx.avres.example", "failure notice", _QMAIL, "Return-Path: <>\n"),
        "bounce",
        (BLIJVEND, "5.1.1"),
    ),
    "exim": (
        _tekst(
            "Mail Delivery System <Mailer-Daemon@mx.avres.example>",
            "Mail delivery failed: returning message to sender",
            _EXIM,
            "X-Failed-Recipients: km-1@avres.example\nAuto-Submitted: auto-replied\n",
        ),
        "bounce",
        (BLIJVEND, "5.1.1"),
    ),
    "exim-vertraagd": (
        _tekst("Mailer-Daemon@mx.avres.example", "Warning: message delayed 24 hours", _EXIM_TRAAG),
        "bounce",
        (TIJDELIJK, "onbekend"),
    ),
    "wel-bezorgd": (_rapport("delivered", "2.0.0", "250 OK"), "automatisch", None),
    "doorgegeven": (_rapport("relayed", "2.0.0", "250 OK"), "automatisch", None),
    "exchange-afwezig": (
        _tekst(
            "km-1@avres.example",
            "Automatisch antwoord: Voer gesprek 1",
            "Ik ben er maandag weer.",
            "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n",
        ),
        "automatisch",
        None,
    ),
    "vacation": (
        _tekst("km-1@avres.example", "Re: Voer gesprek 1", "Ik ben weg.", "Auto-Submitted: auto-replied (vacation)\n"),
        "automatisch",
        None,
    ),
    "oude-autoreply": (
        _tekst("km-1@avres.example", "Afwezig", "Ik ben met verlof.", "Precedence: auto_reply\n"),
        "automatisch",
        None,
    ),
    "afwezig-zonder-kop": (_tekst("km-1@avres.example", "Out of office", "Back on Monday."), "automatisch", None),
    "leesbevestiging": (
        _rapport("displayed", "2.0.0", "x").replace("delivery-status;", "disposition-notification;"),
        "automatisch",
        None,
    ),
    "mens": (_tekst("km-1@avres.example", "Re: Voer gesprek 1", "Dank, ik bel morgen."), "gewoon", None),
    "mens-citeert-een-bounce": (_tekst("km-1@avres.example", "Fw: failure notice", _QMAIL), "gewoon", None),
    "leeg": ("", "gewoon", None),
    "geen-mail": ("\x00\x01\x02 geen kop\n\n: :\n", "gewoon", None),
}
