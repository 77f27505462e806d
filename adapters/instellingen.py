"""Settings of one installation, from the environment (REGIE_…) and `.env`.

Everything that must survive lives in one data directory (`map`), except what is pointed elsewhere: production
puts the database on PostgreSQL and the keys in a database of their own, outside the backups of the first
(rule 12).
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from domein.fouten import RegieFout

Poort = Annotated[int, Field(ge=1, le=65535)]
KORTSTE_SLEUTEL = 32  # characters of a secret that signs messages to a partner
DATABASES = ("sqlite", "postgresql+psycopg")


class Domeininstelling(BaseModel):
    """How much mail one domain gets from us; absent is unlimited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tegelijk: Annotated[int, Field(ge=1)] | None = None  # at the same time, per sender
    per_minuut: Annotated[int, Field(ge=1)] | None = None  # over all senders together


class Instellingen(BaseSettings):
    """All settings, with the default of the embedded installation."""

    model_config = SettingsConfigDict(
        env_prefix="REGIE_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,  # a wrong password must not end up on a screen
    )

    map: Path = Path(".regie/data")  # data of this installation: database, keys, secrets, anchors
    database_url: str = ""  # default: SQLite in `map`
    sleutels_url: str = ""  # default: an SQLite file of its own in `map`/geheimen
    regio: str = "avres"
    demo: bool = False
    klokbestand: Path | None = None  # a clock that stands still (demo and tests only)

    geheim: SecretStr | None = None  # signs links; made once in `map`/geheimen when absent
    geheim_vorige: SecretStr | None = None  # earlier ones (comma between), whose links still work

    smtp_host: str = "127.0.0.1"
    smtp_port: Poort = 25
    smtp_tls: Literal["geen", "starttls", "tls"] | None = None  # default: starttls, and geen in the demo
    smtp_certificaten: Path | None = None  # a bundle of your own authorities (PEM), beside those of the machine
    smtp_onversleuteld_lokaal: bool = False  # a mail server on this machine itself may go without encryption
    smtp_gebruiker: str | None = None
    smtp_wachtwoord: SecretStr | None = None
    smtp_verbindingen: int = Field(default=8, ge=1, le=100)
    # Limits per domain of the recipient, as JSON; "*" is every other domain:
    # {"*": {"tegelijk": 10}, "gemeente.nl": {"tegelijk": 2, "per_minuut": 120}}
    smtp_domeinen: dict[str, Domeininstelling] = Field(default_factory=dict[str, Domeininstelling])
    afzender: str = Field("regie@localhost", validation_alias=AliasChoices("REGIE_AFZENDER", "REGIE_SMTP_AFZENDER"))
    afzendernaam: str = Field(default="Regie inburgering", max_length=100)
    antwoordadres: str = ""  # the team that reads the answers; default: afzender
    retouradres: str = ""  # where bounces go, with {token} in it; default: afzender with +{token}
    dkim_selector: str = ""  # under which names the mail server signs (comma between): NAME._domainkey.DOMAIN
    # What happens with mail that may have arrived, after so many hours: a person decides, send again, or give up.
    post_onzeker: Literal["mens", "opnieuw", "opgeven"] = "mens"
    post_onzeker_uren: float = Field(default=24.0, ge=1, le=72)

    sjablonen_map: Path | None = None  # templates of the region; default: `map`/sjablonen
    sjabloon_terugval: bool = False  # a template of the region that fails: use the standard one instead of waiting

    # JSON: name -> secret. NoDecode: an error of the settings library would carry the text along.
    koerier_sleutels: Annotated[dict[str, SecretStr], NoDecode] = Field(default_factory=dict[str, SecretStr])

    portaal_host: str = "127.0.0.1"
    portaal_port: Poort = 8100
    portaal_url: str = ""  # the address in links; default: from host and port

    # How people sign in: a link by mail, or their own organisation (OpenID Connect).
    aanmelden: Literal["mail", "oidc"] = "mail"
    oidc_uitgever: str = ""
    oidc_client: str = ""
    oidc_geheim: SecretStr | None = None
    oidc_acr: str = ""  # the level of assurance to demand; empty demands none
    oidc_claim_medewerker: str = "medewerkercode"
    oidc_claim_organisatie: str = "organisatie"
    oidc_claim_rollen: str = "rollen"
    beheer_mail: str = ""  # ops: the daily message and the alarms; empty: nobody is mailed
    hartslag_url: str = ""  # is called after a good round, for a watchman outside; a secret, as its path is the key
    hartslag_minuten: float = Field(default=15.0, ge=1, le=1440)  # so long without a good round is an alarm
    reservekopie_uren: float = Field(default=26.0, ge=0, le=720)  # older is a finding; 0: someone else makes them
    api_per_minuut: int = Field(default=300, ge=1, le=100_000)  # requests per token of the API, and per portal process
    metrieken_sleutel: SecretStr | None = None  # who asks for /metrics; absent: only from this machine itself
    log_vorm: Literal["tekst", "json"] = "tekst"

    prefect_api_url: str = ""  # absent: only the server that this installation starts itself; see eigen_prefect.py
    ronde_seconden: float = Field(default=5.0, gt=0, le=3600)

    @field_validator("map", "klokbestand", "smtp_certificaten", "sjablonen_map")
    @classmethod
    def _volledig_pad(cls, pad: Path | None) -> Path | None:
        # Workers start in other directories: a relative path would mean another installation there.
        return pad.expanduser().resolve() if pad else None

    @field_validator("database_url", "sleutels_url")
    @classmethod
    def _bekende_database(cls, url: str) -> str:
        if url.startswith(("postgresql://", "postgres://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if url and urlsplit(url).scheme not in DATABASES:
            raise ValueError("begin met sqlite:/// of postgresql://")
        return url

    @field_validator("koerier_sleutels", mode="before")
    @classmethod
    def _uit_json(cls, waarde: Any) -> Any:
        if not isinstance(waarde, str):
            return waarde
        with suppress(ValueError):
            if isinstance(gelezen := json.loads(waarde), dict):
                return gelezen  # pyright: ignore[reportUnknownVariableType]
        raise ValueError('schrijf JSON met een naam en een sleutel, zoals {"naam": "sleutel"}')

    @field_validator("koerier_sleutels")
    @classmethod
    def _lang_genoeg(cls, sleutels: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for naam, sleutel in sleutels.items():
            if len(sleutel.get_secret_value()) < KORTSTE_SLEUTEL:
                raise ValueError(f"de sleutel '{naam}' is te kort; neem minstens {KORTSTE_SLEUTEL} tekens")
        return sleutels

    @field_validator("portaal_url", "prefect_api_url", "oidc_uitgever", "hartslag_url")
    @classmethod
    def _webadres(cls, url: str) -> str:
        if url and urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("begin met http:// of https://")
        return url.rstrip("/")

    @field_validator("afzender", "antwoordadres", "retouradres", "beheer_mail")
    @classmethod
    def _mailadres(cls, adres: str) -> str:
        if (adres and adres.count("@") != 1) or any(teken.isspace() or teken in ",;<>" for teken in adres):
            raise ValueError("geef één mailadres, zoals regie@regio.nl")
        return adres

    @model_validator(mode="before")
    @classmethod
    def _leeg_is_afwezig(cls, waarden: Any) -> Any:
        if isinstance(waarden, dict):  # `REGIE_KLOKBESTAND=` in an env file means: not set
            return {naam: waarde for naam, waarde in waarden.items() if waarde != ""}  # pyright: ignore[reportUnknownVariableType]
        return waarden  # pyright: ignore[reportUnknownVariableType]

    @model_validator(mode="after")
    def _past_bij_elkaar(self) -> Self:
        if (self.smtp_gebruiker is None) != (self.smtp_wachtwoord is None):
            raise ValueError("REGIE_SMTP_GEBRUIKER en REGIE_SMTP_WACHTWOORD horen bij elkaar: zet ze allebei of geen")
        if len(self.bounceadres.replace("{token}", "t" * 16).rpartition("@")[0]) > 64:
            raise ValueError("REGIE_RETOURADRES: voor de @ passen 64 tekens, met 16 voor het token")
        if self.aanmelden == "oidc" and not (self.oidc_uitgever and self.oidc_client and self.oidc_geheim):
            raise ValueError(
                "REGIE_AANMELDEN=oidc vraagt ook REGIE_OIDC_UITGEVER, REGIE_OIDC_CLIENT en REGIE_OIDC_GEHEIM"
            )
        if self.klokbestand and not self.demo:
            raise ValueError("REGIE_KLOKBESTAND hoort alleen bij de demo: haal het weg, of zet ook REGIE_DEMO=true")
        if self.sleutels_url and self.sleutels_url == self.database:
            raise ValueError(
                "REGIE_SLEUTELS_URL wijst naar dezelfde database als REGIE_DATABASE_URL; "
                "bewaar de sleutels apart, anders is gewist niet gewist"
            )
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.map / 'regie.db'}"

    @property
    def posttls(self) -> Literal["geen", "starttls", "tls"]:
        return self.smtp_tls or ("geen" if self.demo else "starttls")

    @property
    def bounceadres(self) -> str:
        lokaal, _, domein = self.afzender.rpartition("@")
        return self.retouradres or f"{lokaal}+{{token}}@{domein}"

    @property
    def sleutels(self) -> str:
        return self.sleutels_url or f"sqlite:///{self.geheimenmap / 'sleutels.db'}"

    @property
    def geheimenmap(self) -> Path:
        return self.map / "geheimen"

    @property
    def ankermap(self) -> Path:
        return self.map / "ankers"

    @property
    def eigen_sjablonen(self) -> Path:
        return self.sjablonen_map or self.map / "sjablonen"

    @property
    def adres_portaal(self) -> str:
        return self.portaal_url or f"http://{self.portaal_host}:{self.portaal_port}"

    def linkgeheim(self) -> bytes:
        """The secret that signs links: from the settings, or made once for this installation."""
        if self.geheim is not None:
            return self.geheim.get_secret_value().encode()
        return geheim_uit(self.geheimenmap / "links")

    def vorige_linkgeheimen(self) -> tuple[bytes, ...]:
        """Earlier secrets: links that were mailed before a rotation go on working."""
        if self.geheim is not None:
            vorige = self.geheim_vorige.get_secret_value() if self.geheim_vorige else ""
            return tuple(deel.strip().encode() for deel in vorige.split(",") if deel.strip())
        bestand = self.geheimenmap / "links-vorige"
        return tuple(bytes.fromhex(regel) for regel in bestand.read_text("ascii").split()) if bestand.exists() else ()


def schrijf_geheim(bestand: Path, inhoud: bytes, *, vervang: bool = False) -> None:
    """Write a file of mode 0600, whole or not at all. Without `vervang` whoever was first wins."""
    bestand.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    tijdelijk = bestand.with_name(f".{bestand.name}-{secrets.token_hex(8)}")
    nummer = os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(nummer, "wb") as uit:
        uit.write(inhoud)
        uit.flush()
        os.fsync(uit.fileno())
    if vervang:
        tijdelijk.replace(bestand)
        return
    try:
        # A link either appears whole or not at all, and never replaces the secret of the winner.
        os.link(tijdelijk, bestand)
    except FileExistsError:
        pass
    finally:
        tijdelijk.unlink()


def geheim_uit(bestand: Path) -> bytes:
    """Read a secret of 32 bytes from a file of mode 0600; make it when absent. Safe for racing processes."""
    if not bestand.exists():
        schrijf_geheim(bestand, secrets.token_hex(32).encode("ascii"))
    try:
        geheim = bytes.fromhex(bestand.read_text(encoding="ascii").strip())
    except ValueError as fout:
        raise RegieFout(
            f"Het geheim in {bestand} is beschadigd.", "Zet het terug uit de reservekopie van de sleutels."
        ) from fout
    if len(geheim) != 32:
        raise RegieFout(
            f"Het geheim in {bestand} heeft de verkeerde lengte.",
            "Zet het terug uit de reservekopie van de sleutels.",
        )
    return geheim


def lees_instellingen(**anders: Any) -> Instellingen:
    """Read the settings; RegieFout in plain Dutch when one is wrong. Arguments win from the environment.

    REGIE_INSTELLINGENMAP is a directory with one file per setting (`regie_database_url`): how secrets of containers
    come.
    """
    if bestanden := os.environ.get("REGIE_INSTELLINGENMAP"):
        anders = {"_secrets_dir": bestanden, **anders}
    try:
        return Instellingen(**anders)
    except ValidationError as fout:
        regels = [_in_gewone_taal(dict(een)) for een in fout.errors(include_input=False, include_url=False)]
        raise RegieFout(
            "De instellingen kloppen niet: " + "; ".join(regels) + ".",
            "Verbeter ze in de omgeving of in .env en probeer het opnieuw.",
        ) from None
    except SettingsError as fout:  # a value that has to be JSON and is not; the text names only the field
        veld = str(fout).partition('"')[2].partition('"')[0].upper()
        raise RegieFout(
            f"De instelling REGIE_{veld} is geen geldige JSON.", 'Schrijf haar als {"gemeente.nl": {"tegelijk": 2}}.'
        ) from None


_UITLEG = {
    "greater_than": "moet groter zijn dan {gt:g}",
    "greater_than_equal": "moet minstens {ge:g} zijn",
    "less_than_equal": "mag hoogstens {le:g} zijn",
    "int_parsing": "moet een geheel getal zijn",
    "float_parsing": "moet een getal zijn",
    "bool_parsing": "moet true of false zijn",
    "literal_error": "moet een van deze zijn: {expected}",
}


def _in_gewone_taal(fout: dict[str, Any]) -> str:
    plaats = str(fout["loc"][0]) if fout["loc"] else ""
    context: dict[str, Any] = fout.get("ctx", {})
    if fout["type"] == "value_error":
        uitleg = str(context.get("error", fout["msg"]))
    elif fout["type"] in _UITLEG:
        uitleg = _UITLEG[fout["type"]].format(**context)
    else:
        uitleg = str(fout["msg"])
    if not plaats:
        return uitleg
    naam = plaats.upper() if plaats.upper().startswith("REGIE_") else f"REGIE_{plaats.upper()}"
    return f"{naam}: {uitleg}"
