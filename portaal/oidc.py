"""Aanmelden bij de eigen organisatie: OpenID Connect, code flow met PKCE (NL GOV-profiel).

De organisatie zegt wie iemand is, waar hij werkt en welke rollen hij heeft; de afspraken van de regio moeten hetzelfde
zeggen (`domein.handelingen.aanmelden`). Wat tussen heen en terug onthouden moet worden zit getekend in een koekje: zo
verandert het heensturen niets in onze database.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import quote

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # pyright: ignore[reportUnknownVariableType]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # pyright: ignore[reportUnknownVariableType]
from itsdangerous import BadData, URLSafeSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from domein.fouten import RegieFout
from domein.ports import Klok

# Alleen handtekeningen met een publieke sleutel; 'none' en gedeelde geheimen vallen af.
ALGORITMEN: Final = ["PS256", "RS256", "ES256"]
SPELING: Final = 60  # seconden verschil tussen twee klokken
STAAT_GELDT: Final = 600
_ZOUT: Final = "regie.oidc.v1"
SNEL_GENOEG: Final = httpx.Timeout(10.0)


class OidcMislukt(RegieFout):
    """Aanmelden bij de organisatie lukte niet. De melding noemt nooit wat zij stuurde."""

    code = "oidc_mislukt"


@dataclass(frozen=True, slots=True)
class Oidcinstellingen:
    """Waar de organisatie aanmeldt, en hoe haar gegevens heten."""

    uitgever: str
    client_id: str
    geheim: str
    terug: str  # ons adres waarheen zij iemand terugstuurt
    acr: str = ""  # het vereiste niveau van zekerheid; leeg is niet geëist
    claim_medewerker: str = "medewerkercode"
    claim_organisatie: str = "organisatie"
    claim_rollen: str = "rollen"


@dataclass(frozen=True, slots=True)
class Wie:
    medewerker: str
    organisatie: str
    rollen: tuple[str, ...]


class Oidc:
    """Eén organisatie waar mensen zich aanmelden."""

    def __init__(
        self,
        keuze: Oidcinstellingen,
        geheim: bytes,
        klok: Klok,
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self._keuze = keuze
        self._koekje = URLSafeSerializer(geheim, salt=_ZOUT)
        self._klok = klok
        self._transport = transport
        self._bekend: Mapping[str, Any] | None = None

    async def begin(self) -> tuple[str, str]:
        """Geef het adres om naartoe te gaan, en wat de browser zolang bewaart."""
        gevonden = await self._organisatie()
        staat, nonce, bewijs = secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        extra = {"acr_values": self._keuze.acr} if self._keuze.acr else {}
        bewijsvraag = cast("str", create_s256_code_challenge(bewijs))
        adres = cast(
            "str",
            prepare_grant_uri(
                gevonden["authorization_endpoint"], self._keuze.client_id, "code", redirect_uri=self._keuze.terug,
                scope="openid", state=staat, nonce=nonce, code_challenge=bewijsvraag,
                code_challenge_method="S256", **extra,
            ),
        )  # fmt: skip
        return adres, str(self._koekje.dumps([staat, nonce, bewijs, int(self._klok.nu().timestamp())]))

    async def lees(self, koekje: str, code: str, staat: str) -> Wie:
        """Wissel de code in en lees wie het is; OidcMislukt als er iets niet klopt."""
        try:
            verwacht, nonce, bewijs, begonnen = cast("list[Any]", self._koekje.loads(koekje))
        except (BadData, ValueError, TypeError):
            raise OidcMislukt("Het aanmelden duurde te lang, of begon in een andere browser.") from None
        nu = int(self._klok.nu().timestamp())
        if (
            not code
            or not secrets.compare_digest(str(verwacht).encode(), staat.encode())
            or nu - begonnen > STAAT_GELDT
        ):
            raise OidcMislukt("Het aanmelden duurde te lang, of begon in een andere browser.")
        gevonden = await self._organisatie()
        try:
            async with self._client() as client:
                antwoord = await client.post(
                    gevonden["token_endpoint"],
                    data={
                        "grant_type": "authorization_code", "code": code, "code_verifier": bewijs,
                        "redirect_uri": self._keuze.terug,
                    },
                    auth=httpx.BasicAuth(quote(self._keuze.client_id, ""), quote(self._keuze.geheim, "")),
                )  # fmt: skip
                token: dict[str, Any] = antwoord.raise_for_status().json()
                sleutels = (await client.get(gevonden["jwks_uri"])).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as fout:
            raise OidcMislukt("Uw organisatie antwoordt niet goed. Probeer het over een minuut opnieuw.") from fout
        return self._wie(self._claims(str(token.get("id_token", "")), sleutels, nonce, nu))

    def _claims(self, id_token: str, sleutels: Any, nonce: str, nu: int) -> Mapping[str, Any]:
        try:
            gelezen = jwt.decode(id_token, KeySet.import_key_set(sleutels), algorithms=ALGORITMEN)
            eisen = jwt.JWTClaimsRegistry(
                now=lambda: nu, leeway=SPELING,
                iss={"essential": True, "value": self._keuze.uitgever},
                aud={"essential": True, "value": self._keuze.client_id},
                exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            )  # fmt: skip
            eisen.validate(gelezen.claims)
        except (JoseError, ValueError, TypeError, KeyError) as fout:
            raise OidcMislukt("Wat uw organisatie over u stuurde, klopt niet.") from fout
        claims = gelezen.claims
        bedoeld_voor = claims.get("azp", self._keuze.client_id)  # bij meer ontvangers moet het aan ons zijn gegeven
        if bedoeld_voor != self._keuze.client_id:
            raise OidcMislukt("Wat uw organisatie over u stuurde, is niet voor ons bedoeld.")
        if self._keuze.acr and claims.get("acr") != self._keuze.acr:
            raise OidcMislukt("U bent niet zeker genoeg aangemeld. Gebruik bij uw organisatie de tweede stap.")
        return claims

    def _wie(self, claims: Mapping[str, Any]) -> Wie:
        medewerker, organisatie = claims.get(self._keuze.claim_medewerker), claims.get(self._keuze.claim_organisatie)
        rollen = claims.get(self._keuze.claim_rollen, [])
        rijtje = cast("list[Any]", rollen) if isinstance(rollen, list) else [rollen]
        if not isinstance(medewerker, str) or not isinstance(organisatie, str):
            raise OidcMislukt("Uw organisatie zegt niet wie u bent of waar u werkt. Vraag het uw beheerder.")
        return Wie(medewerker, organisatie, tuple(str(rol) for rol in rijtje))

    async def _organisatie(self) -> Mapping[str, Any]:
        if self._bekend is not None:
            return self._bekend
        try:
            async with self._client() as client:
                adres = f"{self._keuze.uitgever.rstrip('/')}/.well-known/openid-configuration"
                gelezen: dict[str, Any] = (await client.get(adres)).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as fout:
            raise OidcMislukt("Uw organisatie is niet te bereiken. Probeer het over een minuut opnieuw.") from fout
        nodig = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if gelezen.get("issuer") != self._keuze.uitgever or not all(isinstance(gelezen.get(een), str) for een in nodig):
            raise OidcMislukt("De instelling van het aanmelden klopt niet. Vraag het uw beheerder.")
        self._bekend = gelezen
        return gelezen

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=SNEL_GENOEG, transport=self._transport() if self._transport else None)
