"""Hulp voor de tests van het portaal: de voorbeeldregio met drie dossiers, en een bezoeker."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import text

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.openen import open_stap
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap, metadata
from domein.ports import Linkdoel
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar, installeer

VOORBEELD = Path(__file__).parents[2] / "voorbeelden" / "avres"
ZELFDE = {"sec-fetch-site": "same-origin"}
ADMINISTRATIE = Actor("m-adm")


def regio_met_dossiers(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    """De voorbeeldregio op 12 januari 2026, met de eerste drie kennisgevingen."""
    hier = installeer(magazijn, klok)
    klok.moment = datetime(2026, 1, 12, 9, tzinfo=UTC)
    laad_regio(hier.omgeving, laad_regiobestand(VOORBEELD), ADMINISTRATIE)
    bestand = VOORBEELD / "kennisgevingen.csv"
    gelezen = lees_kennisgevingen(bestand, date(2026, 12, 31), ["GM0512", "GM1961", "GM1978"])
    registreer(hier.omgeving, gelezen.rijen[:3], ADMINISTRATIE)
    return hier


class Bezoeker:
    """Een browser zonder geheugen: elk verzoek loopt door de hele app, zonder netwerk."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, pad: str) -> Response:
        return self._vraag("GET", pad)

    def head(self, pad: str) -> Response:
        return self._vraag("HEAD", pad)

    def post(self, pad: str, content: str, headers: dict[str, str]) -> Response:
        return self._vraag("POST", pad, content=content, headers=headers)

    def _vraag(self, methode: str, pad: str, **rest: Any) -> Response:
        async def vraag() -> Response:
            draad = ASGITransport(app=self._app, raise_app_exceptions=False)
            async with AsyncClient(transport=draad, base_url=BASIS) as client:
                return await client.request(methode, pad, **rest)

        return asyncio.run(vraag())


def oproep(hier: Installatie) -> Stap:
    """De eerste oproep van het eerste dossier, geopend."""
    with hier.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen_waar(kenmerk="intake/oproep/1", gemeente="GM0512"))
    open_stap(hier.omgeving, stap.id)
    return lees(hier, stap)


def gesprek(hier: Installatie) -> Stap:
    """Het intakegesprek dat op de oproep volgt: twee mogelijke uitkomsten."""
    eerst = oproep(hier)
    geef_uitkomst(
        hier.omgeving,
        eerst.id,
        "oproep_verzonden",
        hier.klok.vandaag(),
        {"afspraak_op": "2026-01-26", "waarschuwing": False},
        Actor(eerst.medewerker or ""),
    )
    hier.verder(days=14)
    with hier.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen(eerst.dossier_id) if s.kenmerk == "intake/gesprek/1")
    open_stap(hier.omgeving, stap.id)
    return lees(hier, stap)


def lees(hier: Installatie, stap: Stap) -> Stap:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.stap(stap.id)


def pad(hier: Installatie, stap: Stap, code: str | None = None, generatie: int | None = None) -> str:
    link = hier.links.taaklink(stap.id, generatie or stap.generatie, code or stap.medewerker or "")
    return link.removeprefix(BASIS)


def actiepad(hier: Installatie, stap: Stap, doel: Linkdoel, code: str = "", generatie: int | None = None) -> str:
    link = hier.links.taaklink(stap.id, generatie or stap.generatie, code or stap.medewerker or "", doel)
    return link.removeprefix(BASIS)


def bewijs(pagina: str) -> str:
    gevonden = re.search(r'name="bewijs" value="([^"]+)"', pagina)
    assert gevonden is not None
    return gevonden.group(1)


def stuur(client: Bezoeker, link: str, velden: Mapping[str, str], *, kop: Mapping[str, str] = ZELFDE) -> Response:
    """Open de pagina, vul het formulier in en druk op de knop; met `bewijs` erbij blijft zij dicht."""
    gegevens = dict(velden)
    if "bewijs" not in gegevens:
        gegevens["bewijs"] = bewijs(client.get(link).text)
    koppen = {"content-type": "application/x-www-form-urlencoded", **kop}
    return client.post(link, urlencode(gegevens), koppen)


GOED = {
    "oproep_verzonden.datum": "2026-01-12",
    "oproep_verzonden.afspraak_op": "2026-01-26",
    "oproep_verzonden.waarschuwing": "nee",
}


def alles(hier: Installatie) -> dict[str, list[Any]]:
    """De inhoud van elke tabel, om te zien dat er niets veranderde. Het logboek groeit bij kijken: dat is zijn werk."""
    with hier.magazijn.engine.connect() as verbinding:
        return {
            naam: [tuple(rij) for rij in verbinding.execute(text(f"SELECT * FROM {naam} ORDER BY 1, 2"))]
            for naam in metadata.tables
            if naam not in {"logregel", "logboekhoofd"}
        }
