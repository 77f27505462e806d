"""Whether mail of this installation arrives and is trusted: encryption, and SPF, DKIM and DMARC of the sender domain.

The receiving side (internet.nl, Microsoft, Google) judges three things together: SPF on the envelope domain, DKIM on a
signing domain, and DMARC on the domain in From, with which one of both must align (RFC 7489).
"""

import smtplib
import ssl
from base64 import b64decode
from binascii import Error as Base64Fout
from collections.abc import Callable
from functools import partial
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from adapters.gezondheid import SECONDEN
from adapters.instellingen import Instellingen
from adapters.naamdienst import Naamdienst, NaamdienstZwijgt
from adapters.postinstellingen import afzender, onversleuteld, postinstellingen
from domein.fouten import RegieFout
from domein.regio.bevinding import Bevinding, Ernst

# What large providers use, for an installation that did not say under which name its mail server signs.
GEWONE_SELECTORS: Final = ("selector1", "selector2", "default", "dkim", "mail", "google", "s1", "s2", "k1", "regie")
KLEINSTE_SLEUTEL: Final = 2048  # NCSC: smaller RSA keys are phased out
_BEHEERDER: Final = "Vraag de beheerder van het domein"


def _bevinding(soort: str, ernst: Ernst, plaats: str, melding: str, uitweg: str = "") -> Bevinding:
    return Bevinding(soort=soort, ernst=ernst, melding=melding, uitweg=uitweg, plaats=plaats)


def onderzoek_mail(keuze: Instellingen, dienst: Callable[[], Naamdienst]) -> list[Bevinding]:
    """All findings, the worst not first but in the order of a mail: on its way, envelope, signature, policy."""
    uit = versleuteling(keuze)
    van = keuze.afzender.rpartition("@")[2].lower()
    if keuze.demo:
        melding = "In de demo gaat alle mail naar de postvanger; het domein van de afzender is niet onderzocht."
        return [*uit, _bevinding("domein", Ernst.INFO, van, melding)]
    retour = afzender(keuze).retouradres.rpartition("@")[2].lower()
    try:
        namen = dienst()
    except NaamdienstZwijgt as fout:
        return [*uit, _zwijgt(van, fout)]
    for onderzoek in (
        partial(_bounces, retour),
        partial(_spf, retour),
        partial(_dkim, van, keuze.dkim_selector),
        partial(_dmarc, van, retour),
    ):
        try:
            uit += onderzoek(namen)
        except NaamdienstZwijgt as fout:
            uit.append(_zwijgt(van, fout))
    return uit


def _zwijgt(domein: str, fout: NaamdienstZwijgt) -> Bevinding:
    melding = f"De naamdienst (DNS) antwoordt niet ({fout}); over dit domein valt nu niets te zeggen."
    return _bevinding(
        "dns", Ernst.WAARSCHUWING, domein, melding, "Probeer het opnieuw, of controleer de netwerkinstellingen."
    )


# on its way


def versleuteling(keuze: Instellingen) -> list[Bevinding]:
    """The server is reached, encrypts, and shows a certificate that is right. Nothing is sent."""
    plaats = f"{keuze.smtp_host}:{keuze.smtp_port}"
    bezwaar = onversleuteld(keuze)
    if bezwaar is not None:
        return [_bevinding("tls", Ernst.FOUT, plaats, bezwaar.melding, bezwaar.uitweg)]
    if keuze.posttls == "geen":
        return []
    try:
        _schud_handen(keuze)
    except ssl.SSLCertVerificationError as fout:
        melding = f"Het certificaat van de mailserver klopt niet: {fout.verify_message}"
        uitweg = "Laat het vernieuwen, of zet het certificaat van uw eigen uitgever in REGIE_SMTP_CERTIFICATEN."
        return [_bevinding("certificaat", Ernst.FOUT, plaats, melding, uitweg)]
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException, ssl.SSLError):
        melding = "De mailserver biedt geen versleuteling (TLS 1.2 of hoger) zoals REGIE_SMTP_TLS vraagt."
        return [_bevinding("tls", Ernst.FOUT, plaats, melding, "Laat TLS aanzetten op de mailserver.")]
    except (OSError, smtplib.SMTPException, RegieFout) as fout:
        melding = f"De mailserver is niet te bereiken ({type(fout).__name__}); mail blijft wachten."
        uitweg = "Controleer REGIE_SMTP_HOST, REGIE_SMTP_PORT en REGIE_SMTP_TLS."
        return [_bevinding("mailserver", Ernst.FOUT, plaats, melding, uitweg)]
    return []


def _schud_handen(keuze: Instellingen) -> None:
    instellingen = postinstellingen(keuze)
    context = instellingen.tls_context()
    assert context is not None
    if instellingen.tls == "tls":
        with smtplib.SMTP_SSL(instellingen.host, instellingen.poort, timeout=SECONDEN, context=context) as server:
            server.ehlo(instellingen.ehlo_naam)
        return
    with smtplib.SMTP(instellingen.host, instellingen.poort, timeout=SECONDEN) as server:
        server.ehlo(instellingen.ehlo_naam)
        server.starttls(context=context)


# what the DNS says


def _bounces(retour: str, namen: Naamdienst) -> list[Bevinding]:
    if namen.neemt_mail_aan(retour):
        return []
    melding = "Teruggekomen mail komt nergens aan: dit domein heeft geen mailserver (MX)."
    return [_bevinding("retour", Ernst.FOUT, retour, melding, "Zet REGIE_RETOURADRES op een postbus die bestaat.")]


def _spf(retour: str, namen: Naamdienst) -> list[Bevinding]:
    records = [tekst for tekst in namen.txt(retour) if tekst.lower().split(" ")[0] == "v=spf1"]
    if not records:
        melding = "Het domein in het retouradres heeft geen SPF-record: ontvangers weten niet of wij mogen sturen."
        uitweg = f"{_BEHEERDER} om een TXT-record, zoals: v=spf1 include:UW-MAILSERVER -all"
        return [_bevinding("spf", Ernst.FOUT, retour, melding, uitweg)]
    if len(records) > 1:
        melding = f"Er zijn {len(records)} SPF-records; dan telt er geen een (RFC 7208)."
        return [_bevinding("spf", Ernst.FOUT, retour, melding, f"{_BEHEERDER} om ze samen te voegen.")]
    woorden = records[0].lower().split()
    einde = next((woord for woord in woorden if woord.endswith("all") and woord.lstrip("+-~?") == "all"), "")
    if einde in {"-all", "~all"} or any(woord.startswith("redirect=") for woord in woorden):
        return []
    melding = "Het SPF-record weigert niemand: ook een ander mag in onze naam sturen."
    return [_bevinding("spf", Ernst.FOUT, retour, melding, f"{_BEHEERDER} om het te laten eindigen op -all of ~all.")]


def _dkim(van: str, gezegd: str, namen: Naamdienst) -> list[Bevinding]:
    genoemd = tuple(naam.strip() for naam in gezegd.split(",") if naam.strip())
    gevonden = {naam: _dkim_record(namen, naam, van) for naam in genoemd or GEWONE_SELECTORS}
    if not genoemd and not any(gevonden.values()):
        melding = "Onder geen van de gewone namen staat een DKIM-sleutel; of de mail wordt ondertekend weten wij niet."
        uitweg = "Zet in REGIE_DKIM_SELECTOR de naam waaronder uw mailserver ondertekent."
        return [_bevinding("dkim", Ernst.FOUT, van, melding, uitweg)]
    uit: list[Bevinding] = []
    for naam, record in gevonden.items():
        if genoemd or record:
            uit += _toets_dkim(f"{naam}._domainkey.{van}", record)
    return uit


def _dkim_record(namen: Naamdienst, selector: str, van: str) -> str:
    records = [tekst for tekst in namen.txt(f"{selector}._domainkey.{van}") if "p=" in tekst]
    return records[0] if records else ""


def _toets_dkim(plaats: str, record: str) -> list[Bevinding]:
    uitweg = f"{_BEHEERDER} om een nieuwe sleutel van {KLEINSTE_SLEUTEL} bits (of Ed25519)."
    if not record:
        return [_bevinding("dkim", Ernst.FOUT, plaats, "Hier staat geen DKIM-sleutel.", uitweg)]
    velden = _velden(record)
    sleutel = "".join(velden.get("p", "").split())
    if not sleutel:
        return [_bevinding("dkim", Ernst.FOUT, plaats, "Deze DKIM-sleutel is ingetrokken.", uitweg)]
    if velden.get("k", "rsa").lower() != "rsa":
        return []
    try:
        gelezen = load_der_public_key(b64decode(sleutel, validate=True))
    except (ValueError, Base64Fout, UnsupportedAlgorithm):
        return [_bevinding("dkim", Ernst.FOUT, plaats, "Deze DKIM-sleutel is niet te lezen.", uitweg)]
    if isinstance(gelezen, RSAPublicKey) and gelezen.key_size < KLEINSTE_SLEUTEL:
        melding = f"Deze DKIM-sleutel heeft maar {gelezen.key_size} bits."
        return [_bevinding("dkim", Ernst.WAARSCHUWING, plaats, melding, uitweg)]
    return []


def _dmarc(van: str, retour: str, namen: Naamdienst) -> list[Bevinding]:
    domein, records = _dmarc_van(van, namen)
    if not records:
        melding = "Het domein van de afzender heeft geen DMARC-record."
        uitweg = f"{_BEHEERDER} om een TXT-record op _dmarc.{van}, zoals: v=DMARC1; p=reject"
        return [_bevinding("dmarc", Ernst.FOUT, van, melding, uitweg)]
    if len(records) > 1:
        melding = f"Er zijn {len(records)} DMARC-records; dan telt er geen een (RFC 7489)."
        return [_bevinding("dmarc", Ernst.FOUT, domein, melding, f"{_BEHEERDER} om er een over te houden.")]
    velden = _velden(records[0])
    beleid = velden.get("sp", velden.get("p", "")) if domein != van else velden.get("p", "")
    uit: list[Bevinding] = []
    if beleid.lower() not in {"quarantine", "reject"}:
        melding = "Het DMARC-beleid grijpt niet in (p=none): vervalste mail in onze naam komt gewoon aan."
        uit.append(
            _bevinding("dmarc", Ernst.WAARSCHUWING, domein, melding, f"{_BEHEERDER} om p=quarantine of p=reject.")
        )
    if not _past(van, retour, strikt=velden.get("aspf", "r").lower() == "s"):
        melding = f"Het retouradres ({retour}) past niet bij de afzender ({van}): SPF telt dan niet voor DMARC."
        uitweg = f"Zet REGIE_RETOURADRES op een adres in {van}; anders rust alles op DKIM."
        uit.append(_bevinding("dmarc_spf", Ernst.WAARSCHUWING, retour, melding, uitweg))
    return uit


def _dmarc_van(van: str, namen: Naamdienst) -> tuple[str, list[str]]:
    """The record of the domain itself, or of the nearest domain above it that has one."""
    delen = van.split(".")
    for plaats in range(max(len(delen) - 1, 1)):
        domein = ".".join(delen[plaats:])
        records = [tekst for tekst in namen.txt(f"_dmarc.{domein}") if tekst.lower().startswith("v=dmarc1")]
        if records:
            return domein, records
    return van, []


def _past(van: str, ander: str, *, strikt: bool) -> bool:
    # Relaxed alignment asks for the same organisational domain; one being above the other comes close without
    # the public suffix list, and errs to the side of a warning.
    return van == ander or (not strikt and (van.endswith(f".{ander}") or ander.endswith(f".{van}")))


def _velden(record: str) -> dict[str, str]:
    paren = (deel.partition("=") for deel in record.split(";"))
    return {naam.strip().lower(): waarde.strip() for naam, _, waarde in paren if naam.strip()}
