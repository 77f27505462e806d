"""Delivers CloudEvents to the system of a partner over HTTPS, signed so that the partner knows who sent them.

Signature: `X-Regie-Handtekening: t=<unix time>,v1=<hex>`, with v1 = HMAC-SHA256(secret, "<t>.<body>"). The receiver
refuses an old `t`, and recognises a repetition by the id of the event.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

import httpx
from pydantic import SecretStr

from adapters.klok import EchteKlok
from domein.begrippen import Berichtstatus
from domein.handelingen.partnerverzending import Koerieruitkomst
from domein.regio.onderdelen import Webhook

WACHTTIJD: Final = 30.0
# Busy, in maintenance, or not ready yet: the same message may be taken later.
_TIJDELIJK: Final = frozenset({408, 409, 425, 429})


def handtekening(sleutel: bytes, moment: int, lichaam: bytes) -> str:
    """The value of the signature header for this body at this moment (unix seconds)."""
    som = hmac.new(sleutel, f"{moment}.".encode() + lichaam, hashlib.sha256).hexdigest()
    return f"t={moment},v1={som}"


class HttpKoerier:
    """Implements the port `Koerier`. `sleutels`: per name of a key, its secret."""

    def __init__(self, sleutels: Mapping[str, SecretStr], wachttijd: float = WACHTTIJD) -> None:
        self._sleutels = sleutels
        self._web = httpx.AsyncClient(timeout=wachttijd, follow_redirects=False, trust_env=False)

    async def sluit(self) -> None:
        await self._web.aclose()

    async def bezorg(self, webhook: Webhook, gebeurtenis: dict[str, Any]) -> Koerieruitkomst:
        sleutel = self._sleutels.get(webhook.sleutel)
        if sleutel is None:
            melding = f"de sleutel '{webhook.sleutel}' is niet ingesteld (REGIE_KOERIER_SLEUTELS)"
            return Koerieruitkomst(Berichtstatus.UITGESTELD, melding)
        lichaam = json.dumps(gebeurtenis, ensure_ascii=False, separators=(",", ":")).encode()
        moment = int(EchteKlok().nu().timestamp())  # the partner checks it against the real time
        koppen = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "X-Regie-Handtekening": handtekening(sleutel.get_secret_value().encode(), moment, lichaam),
        }
        try:
            antwoord = await self._web.post(webhook.url, content=lichaam, headers=koppen)
        except httpx.HTTPError as fout:
            return Koerieruitkomst(Berichtstatus.UITGESTELD, type(fout).__name__)
        return Koerieruitkomst(_status(antwoord.status_code), f"HTTP {antwoord.status_code}")


def _status(code: int) -> Berichtstatus:
    if 200 <= code < 300:
        return Berichtstatus.AANVAARD
    if code >= 500 or code in _TIJDELIJK:
        return Berichtstatus.UITGESTELD
    return Berichtstatus.ONBESTELBAAR
