"""Signed links to a step or to someone's list of work.

The payload carries the day of issue and the day of expiry of the installation's own clock: under a demo
clock real time means nothing. A link is bound to its purpose (by salt), the step, its generation and the
person. Only the exact text that we issued is accepted: base64 and zlib know more spellings of one payload,
and a second spelling is a link that nobody got from us.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from itsdangerous import BadData, Signer, URLSafeSerializer

from domein.fouten import RegieFout, VerouderdeVraag
from domein.ports import Klok, Linkdoel

# A step can stay open as long as the term of three years; the link dies earlier with the step, its generation or its
# assignee. A shorter life would leave a caseworker with an old mail and no way in.
DAGEN_TAAK: Final = 1200
DAGEN_WERK: Final = 90
GROOTSTE_TOKEN: Final = 600

_ZOUT_WERK: Final = "regie.werk.v1"
_ZOUT_FORMULIER: Final = "regie.formulier.v1"


class OngeldigeLink(RegieFout):
    """De link is niet door ons gemaakt, of is beschadigd."""

    code = "ongeldige_link"

    def __init__(self) -> None:
        super().__init__("Deze link klopt niet.", "Open de link opnieuw vanuit de mail.")


@dataclass(frozen=True, slots=True)
class Taaklink:
    stap_id: UUID
    generatie: int
    medewerker: str
    uitgegeven: date
    vervalt: date
    doel: Linkdoel = Linkdoel.KLAAR


@dataclass(frozen=True, slots=True)
class Werklink:
    medewerker: str
    uitgegeven: date
    vervalt: date


class GetekendeLinks:
    """Makes and reads links; implements the port `Linkzetter`."""

    def __init__(
        self,
        geheim: str | bytes,
        basis_url: str,
        klok: Klok,
        *,
        dagen_taak: int = DAGEN_TAAK,
        dagen_werk: int = DAGEN_WERK,
        vorige: Sequence[bytes] = (),
    ) -> None:
        if any(len(een) < 16 for een in (geheim, *vorige)):
            raise ValueError("het geheim voor de links moet minstens 16 tekens lang zijn")
        self._geheim = geheim
        self._vorige = vorige  # signs nothing any more, still opens what it signed
        self._basis_url = basis_url.rstrip("/")
        self._klok = klok
        self._dagen_taak = dagen_taak
        self._dagen_werk = dagen_werk
        self._tekenaars: dict[str, Signer] = {}  # per purpose, for the secret that signs now

    @property
    def basis_url(self) -> str:
        return self._basis_url

    # issuing

    def taaklink(self, stap_id: UUID, generatie: int, medewerker: str, doel: Linkdoel = Linkdoel.KLAAR) -> str:
        vandaag = self._klok.vandaag()
        vervalt = vandaag + timedelta(days=self._dagen_taak)
        inhoud = (stap_id.hex, generatie, medewerker, vandaag.toordinal(), vervalt.toordinal())
        return f"{self._basis_url}/{doel.value}/{self._teken(_zout(doel), inhoud)}"

    def werklink(self, medewerker: str) -> str:
        vandaag = self._klok.vandaag()
        vervalt = vandaag + timedelta(days=self._dagen_werk)
        inhoud = (medewerker, vandaag.toordinal(), vervalt.toordinal())
        return f"{self._basis_url}/werk/{self._teken(_ZOUT_WERK, inhoud)}"

    def formulierbewijs(self, link: Taaklink) -> str:
        """Prove that a form was served by us for this very link (against cross-site posts)."""
        return self._dumps(_ZOUT_FORMULIER, _bewijs_van(link))

    # reading

    def lees_taaklink(self, token: str, vandaag: date, doel: Linkdoel = Linkdoel.KLAAR) -> Taaklink:
        """Return what the link is bound to; OngeldigeLink when not ours, VerouderdeVraag when expired."""
        match self._loads(_zout(doel), token):
            case [str(stap), int(generatie), str(medewerker), int(van), int(tot)]:
                link = Taaklink(UUID(hex=stap), generatie, medewerker, _dag(van), _dag(tot), doel)
            case _:
                raise OngeldigeLink
        self._keur_datum(link.vervalt, vandaag)
        return link

    def lees_werklink(self, token: str, vandaag: date) -> Werklink:
        match self._loads(_ZOUT_WERK, token):
            case [str(medewerker), int(van), int(tot)]:
                link = Werklink(medewerker, _dag(van), _dag(tot))
            case _:
                raise OngeldigeLink
        self._keur_datum(link.vervalt, vandaag)
        return link

    def formulierbewijs_klopt(self, bewijs: str, link: Taaklink) -> bool:
        try:
            inhoud = self._loads(_ZOUT_FORMULIER, bewijs)
        except OngeldigeLink:
            return False
        return inhoud == _bewijs_van(link)

    # inside

    def _keur_datum(self, vervalt: date, vandaag: date) -> None:
        # The day of issue is not compared: a demo clock may be set back, and the signature proves origin.
        if vandaag > vervalt:
            raise VerouderdeVraag("Deze link is verlopen.", "Gebruik de link uit uw nieuwste mail.")

    def _teken(self, zout: str, inhoud: tuple[Any, ...]) -> str:
        """What `_dumps` gives with the secret that signs now; the links of one mail share their payload."""
        if (tekenaar := self._tekenaars.get(zout)) is None:
            tekenaar = self._tekenaars[zout] = URLSafeSerializer(self._geheim, salt=zout).make_signer(zout)
        return tekenaar.sign(_lading(inhoud)).decode("ascii")

    def _dumps(self, zout: str, inhoud: list[Any], geheim: str | bytes | None = None) -> str:
        token = URLSafeSerializer(self._geheim if geheim is None else geheim, salt=zout).dumps(inhoud)
        return token.decode("ascii") if isinstance(token, bytes) else token

    def _loads(self, zout: str, token: str) -> list[Any]:
        # itsdangerous decompresses a payload; a cap on the token keeps that small.
        if len(token) > GROOTSTE_TOKEN:
            raise OngeldigeLink
        for geheim in (self._geheim, *self._vorige):
            try:
                inhoud = cast("object", URLSafeSerializer(geheim, salt=zout).loads(token))
            except (BadData, ValueError):
                continue
            if isinstance(inhoud, list):
                gelezen = cast("list[Any]", inhoud)
                if hmac.compare_digest(self._dumps(zout, gelezen, geheim).encode(), token.encode()):
                    return gelezen
        raise OngeldigeLink


@lru_cache(maxsize=1024)
def _lading(inhoud: tuple[Any, ...]) -> bytes:
    """The payload of a link, before it is signed: compressing it takes most of the time of a link."""
    return URLSafeSerializer("").dump_payload(inhoud)


def _zout(doel: Linkdoel) -> str:
    return f"regie.{doel.value}.v1"


def _bewijs_van(link: Taaklink) -> list[Any]:
    return [link.doel.value, link.stap_id.hex, link.generatie, link.medewerker]


def _dag(nummer: int) -> date:
    return date.fromordinal(nummer)
