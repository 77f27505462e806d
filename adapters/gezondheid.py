"""Looks whether what the installation stands on works: database, keys, anchors, Prefect and the mail server.

Each check is a small function that returns its findings; none of them changes anything or raises for what it
came to find out. An installation that is not running is a warning, with the way to start it.
"""

import os
import smtplib
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from adapters.database import maak_engine, versie
from adapters.eigen_prefect import GeenEigenPrefect, adres_van
from adapters.instellingen import Instellingen
from adapters.keten import controleer
from adapters.migraties import KOP
from domein.regio.bevinding import Bevinding, Ernst

if TYPE_CHECKING:
    from adapters.opslag import SqlMagazijn

POOL: Final = "regie"
SECONDEN: Final = 3.0
_START: Final = "Start de installatie met './regie start' (of bekijk alles met './regie demo')."


def _bevinding(soort: str, ernst: Ernst, plaats: str, melding: str, uitweg: str = "") -> Bevinding:
    return Bevinding(soort=soort, ernst=ernst, melding=melding, uitweg=uitweg, plaats=plaats)


def database(keuze: Instellingen) -> list[Bevinding]:
    """The database answers and is at the newest revision. Opens nothing that does not exist yet."""
    plaats = make_url(keuze.database).render_as_string(hide_password=True)
    if _ontbreekt(keuze):
        return [_bevinding("database", Ernst.FOUT, plaats, "Er is nog geen database.", _START)]
    engine = maak_engine(keuze.database)
    try:
        gevonden = versie(engine)
    except SQLAlchemyError as fout:
        melding = f"De database antwoordt niet ({type(fout).__name__})."
        return [_bevinding("database", Ernst.FOUT, plaats, melding, "Controleer REGIE_DATABASE_URL.")]
    finally:
        engine.dispose()
    if gevonden == KOP:
        return []
    melding = f"De database heeft versie {gevonden or 'geen'}; dit programma verwacht {KOP}."
    return [_bevinding("migraties", Ernst.FOUT, plaats, melding, _START)]


def _ontbreekt(keuze: Instellingen) -> bool:
    """Whether the embedded database was never made; a server is always asked."""
    adres = make_url(keuze.database)
    return adres.get_backend_name() == "sqlite" and not (adres.database and Path(adres.database).exists())


def sleutels(keuze: Instellingen) -> list[Bevinding]:
    """Nobody else on this machine can read the keys: without them the personal data are noise."""
    map_ = keuze.geheimenmap
    if not map_.is_dir():
        if _ontbreekt(keuze):
            return []  # nothing was installed here yet
        melding = "De map met sleutels ontbreekt; zonder sleutels is geen persoon te lezen."
        uitweg = f"Zet de reservekopie van de sleutels terug. {_START}"
        return [_bevinding("sleutels", Ernst.FOUT, str(map_), melding, uitweg)]
    dicht = not map_.stat().st_mode & 0o077
    uit: list[Bevinding] = []
    for bestand in sorted(pad for pad in map_.iterdir() if pad.is_file()):
        staat = bestand.stat()
        # A secret of a container belongs to the machine, and only our group may read it.
        open_ = staat.st_mode & (0o077 if staat.st_uid == os.geteuid() else 0o037)
        # The key store is made by SQLite with the mode of the process; a closed directory keeps it closed.
        if open_ and not (dicht and bestand.name.startswith("sleutels.db")):
            melding = f"Anderen op deze machine kunnen bij dit bestand ({bestand.stat().st_mode & 0o777:o})."
            uitweg = f"Voer uit: chmod 600 {bestand}"
            uit.append(_bevinding("sleutels", Ernst.FOUT, str(bestand), melding, uitweg))
    return uit


def ankers(magazijn: "SqlMagazijn", keuze: Instellingen) -> list[Bevinding]:
    """What was anchored outside the database still agrees with it."""
    uitweg = "Zet een reservekopie terug en zoek uit wie de database of de ankers heeft gewijzigd."
    return [
        _bevinding("ankers", Ernst.FOUT, fout.plaats, fout.melding, uitweg)
        for fout in controleer(magazijn, keuze.ankermap)
        if fout.plaats != "database"  # the chains themselves are a check of their own
    ]


def prefect(keuze: Instellingen) -> list[Bevinding]:
    """The Prefect server answers, and a worker was heard of lately. Does not import Prefect."""
    import httpx

    try:
        adres = adres_van(keuze)
    except GeenEigenPrefect as fout:
        return [_bevinding("prefect", Ernst.WAARSCHUWING, str(keuze.map), fout.melding, fout.uitweg)]
    try:
        with httpx.Client(timeout=SECONDEN) as client:
            if not client.get(f"{adres}/health").is_success:
                melding = "Prefect antwoordt, maar zegt niet gezond te zijn."
                return [_bevinding("prefect", Ernst.WAARSCHUWING, adres, melding, "Kijk in zijn logboek.")]
            antwoord = client.post(f"{adres}/work_pools/{POOL}/workers/filter", json={})
            rijen: Any = antwoord.json() if antwoord.is_success else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        melding = "Prefect is niet te bereiken; er gaat niets verloren, maar er opent ook geen stap."
        return [_bevinding("prefect", Ernst.WAARSCHUWING, adres, melding, _START)]
    if rijen is None:
        melding = f"Prefect kent de werkvoorraad '{POOL}' niet."
        return [_bevinding("worker", Ernst.WAARSCHUWING, adres, melding, _START)]
    if _is_actief(rijen):
        return []
    melding = "Geen enkele worker van Prefect is actief; stappen blijven liggen."
    return [_bevinding("worker", Ernst.WAARSCHUWING, adres, melding, _START)]


def actieve_workers(keuze: Instellingen) -> bool:
    """Whether a worker beat lately in the Prefect of this installation; False when that does not answer."""
    import httpx

    try:
        with httpx.Client(timeout=SECONDEN) as client:
            antwoord = client.post(f"{adres_van(keuze)}/work_pools/{POOL}/workers/filter", json={})
            return antwoord.is_success and _is_actief(antwoord.json())
    except (GeenEigenPrefect, httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False


def _is_actief(rijen: Any) -> bool:
    workers = cast("list[dict[str, Any]]", rijen)
    return any(str(worker.get("status", "")).upper() == "ONLINE" for worker in workers)


def mailserver(keuze: Instellingen) -> list[Bevinding]:
    """The mail server greets us and offers the encryption that the settings ask for; nothing is sent."""
    plaats = f"{keuze.smtp_host}:{keuze.smtp_port}"
    naam = keuze.afzender.rpartition("@")[2]
    try:
        with _verbind(keuze, naam) as server:
            code, _ = server.ehlo()
            melding = "" if 200 <= code < 300 else f"De mailserver weigert ons ({code})."
            if not melding and keuze.posttls == "starttls" and not server.has_extn("starttls"):
                melding = "De mailserver biedt geen STARTTLS, en de instellingen vragen erom."
    except (OSError, smtplib.SMTPException) as fout:
        melding = f"De mailserver is niet te bereiken ({type(fout).__name__}); mail blijft wachten."
    if not melding:
        return []
    # The mail catcher of the demo is part of the installation: when that does not run, neither does it.
    ernst = Ernst.WAARSCHUWING if keuze.demo else Ernst.FOUT
    uitweg = _START if keuze.demo else "Controleer REGIE_SMTP_HOST, REGIE_SMTP_PORT en REGIE_SMTP_TLS."
    return [_bevinding("mailserver", ernst, plaats, melding, uitweg)]


def _verbind(keuze: Instellingen, naam: str) -> smtplib.SMTP:
    if keuze.posttls == "tls":
        tls = ssl.create_default_context()
        return smtplib.SMTP_SSL(keuze.smtp_host, keuze.smtp_port, naam, timeout=SECONDEN, context=tls)
    return smtplib.SMTP(keuze.smtp_host, keuze.smtp_port, naam, timeout=SECONDEN)


__all__ = ["actieve_workers", "ankers", "database", "mailserver", "prefect", "sleutels"]
