"""The mail settings of one installation, as the sender needs them."""

import ssl
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal

from adapters.instellingen import Instellingen
from adapters.postvorm import Afzender
from domein.fouten import RegieFout
from domein.handelingen.postbeheer import Onzekerbeleid
from domein.handelingen.postpoort import Domeingrens, Postgrenzen

WACHT_NA_DATA: Final = 600.0  # as Postfix: a server may take minutes, and giving up early makes duplicates

TlsKeuze = Literal["geen", "starttls", "tls"]


class Onversleuteld(RegieFout):
    """Mail would leave this machine in plain text."""

    code = "onversleuteld"


@dataclass(frozen=True, slots=True)
class Postinstellingen:
    host: str = "127.0.0.1"
    poort: int = 25
    afzender: Afzender = field(default_factory=Afzender)
    gebruiker: str | None = None
    wachtwoord: str | None = field(default=None, repr=False)
    tls: TlsKeuze = "starttls"
    certificaten: Path | None = None  # extra authorities, for a mail server with a certificate of your own
    ehlo_naam: str = "regie.example"
    verbindingen: int = 8
    wachttijd: float = 60.0
    wacht_na_data: float = WACHT_NA_DATA

    def tls_context(self) -> ssl.SSLContext | None:
        """TLS 1.2 or newer, the certificate and its name checked; None without encryption."""
        if self.tls == "geen":
            return None
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificaten is not None:
            context.load_verify_locations(cafile=self.certificaten)
        return context


def postinstellingen(keuze: Instellingen) -> Postinstellingen:
    """The mail settings of this installation; Onversleuteld when they would send in plain text."""
    if bezwaar := onversleuteld(keuze):
        raise bezwaar
    wachtwoord = keuze.smtp_wachtwoord
    return Postinstellingen(
        host=keuze.smtp_host,
        poort=keuze.smtp_port,
        afzender=afzender(keuze),
        gebruiker=keuze.smtp_gebruiker,
        wachtwoord=wachtwoord.get_secret_value() if wachtwoord else None,
        tls=keuze.posttls,
        certificaten=keuze.smtp_certificaten,
        ehlo_naam=keuze.afzender.rpartition("@")[2],
        verbindingen=keuze.smtp_verbindingen,
    )


def afzender(keuze: Instellingen) -> Afzender:
    """Answers go to the team; a bounce goes to the sender's mailbox, with the token of its message."""
    return Afzender(
        adres=keuze.afzender,
        naam=keuze.afzendernaam,
        antwoordadres=keuze.antwoordadres or keuze.afzender,
        retouradres=keuze.bounceadres,
    )


def onversleuteld(keuze: Instellingen) -> Onversleuteld | None:
    """Why these settings may not be used, or None. Only the demo talks in plain text without being asked."""
    if keuze.posttls != "geen" or keuze.demo:
        return None
    if keuze.smtp_onversleuteld_lokaal and is_deze_machine(keuze.smtp_host):
        return None
    return Onversleuteld(
        f"De mail naar {keuze.smtp_host} zou onversleuteld gaan; buiten de demo mag dat niet.",
        "Zet REGIE_SMTP_TLS op starttls of tls. Draait de mailserver op deze machine zelf, dan mag het met "
        "REGIE_SMTP_ONVERSLEUTELD_LOKAAL=true.",
    )


def is_deze_machine(host: str) -> bool:
    """Whether the host is the loopback of this machine: what goes there never touches a network."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def postgrenzen(keuze: Instellingen) -> Postgrenzen:
    """How much may be sent at once, and per domain. Under the clock of the demo a minute means nothing."""
    per_domein = {domein.lower(): Domeingrens(g.tegelijk, g.per_minuut) for domein, g in keuze.smtp_domeinen.items()}
    if keuze.klokbestand:
        per_domein = {domein: Domeingrens(grens.tegelijk) for domein, grens in per_domein.items()}
    standaard = per_domein.pop("*", Domeingrens())
    return Postgrenzen(tegelijk=keuze.smtp_verbindingen, standaard=standaard, per_domein=per_domein)


def onzekerbeleid(keuze: Instellingen) -> Onzekerbeleid:
    return Onzekerbeleid(keuze.post_onzeker, timedelta(hours=keuze.post_onzeker_uren))
