"""Hulp voor de tests van de API: de wereld van de matrix, met voor elke partner een token dat alles mag."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from domein.begrippen import Tokenrecht
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.apitokens import maak
from domein.handelingen.regio import regio_op
from domein.regio.model import Regio
from tests.integratie.post_hulp import BASIS, Installatie

BEHEERDER = Actor("m-bhr")


@dataclass
class Systeem:
    """Het systeem van een partner: elk verzoek loopt door de hele app, zonder netwerk."""

    app: FastAPI
    token: str

    def get(self, pad: str, koppen: Mapping[str, str] | None = None) -> Response:
        return self.vraag("GET", pad, koppen=koppen)

    def post(self, pad: str, inhoud: Any, sleutel: str | None = None) -> Response:
        return self.vraag("POST", pad, json=inhoud, koppen={"Idempotency-Key": sleutel or str(uuid4())})

    def vraag(self, methode: str, pad: str, *, koppen: Mapping[str, str] | None = None, **rest: Any) -> Response:
        bewijs = {b"Authorization": f"Bearer {self.token}".encode()} if self.token else {}

        async def vraag() -> Response:
            draad = ASGITransport(app=self.app, raise_app_exceptions=False)
            async with AsyncClient(transport=draad, base_url=BASIS) as client:
                return await client.request(
                    methode,
                    pad,
                    headers={**bewijs, **{naam.encode(): waarde.encode() for naam, waarde in (koppen or {}).items()}},
                    **rest,
                )

        return asyncio.run(vraag())


def regio_van(hier: Installatie) -> Regio:
    with hier.magazijn.ruimte() as ruimte:
        return regio_op(ruimte, hier.omgeving, hier.klok.vandaag())


def maak_token(hier: Installatie, partner: str, rechten: Iterable[Tokenrecht] = tuple(Tokenrecht)) -> str:
    """Een token voor deze partner; het recht op het BSN alleen als hij dat kan hebben."""
    wie = regio_van(hier).partner(partner)
    assert wie is not None
    mag = [recht for recht in rechten if recht is not Tokenrecht.BSN_LEZEN or wie.bsn_grondslag]
    naam = f"t{uuid4().hex[:12]}"
    return maak(hier.omgeving, naam, partner, mag, 30, "Voor een test.", BEHEERDER).token


def systeem(hier: Installatie, app: FastAPI, partner: str, *rechten: Tokenrecht) -> Systeem:
    return Systeem(app, maak_token(hier, partner, rechten or tuple(Tokenrecht)))


def kennisgeving(**anders: Any) -> dict[str, Any]:
    """Een kennisgeving die klopt, van iemand die er nog niet is."""
    return {
        "medewerker": "m-adm", "kenmerk": "DUO-2026-9001", "versie": 1, "gemeente": "GM0512", "bsn": "999990342",
        "naam": "Naam Verzonnen", "geboortedatum": "1990-02-03", "doelgroep": "gezinsmigrant",
        "kennisgeving_op": "2026-01-09", "straat": "Teststraat 1", "postcode": "4201AB", "plaats": "Gorinchem",
        "email": "iemand@post.example", "telefoon": None, "taal": "en", "kanaal": "email", **anders,
    }  # fmt: skip
