"""Wat een systeem van een partner aanlevert: kennisgevingen, en uitkomsten van taken."""

import json
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from adapters.wekker import wek_ronde
from domein.begrippen import Tokenrecht
from domein.fouten import OngeldigeGegevens
from domein.handelingen.apitokens import Tokenhouder
from domein.handelingen.eenmalig import Antwoord
from domein.handelingen.partnerverzoek import (
    Uitkomstverzoek,
    Verzoek,
    beantwoord,
    lees_kennisgeving,
    lever_kennisgeving,
)
from portaal.api import BEGIN
from portaal.api.modellen import Kennisgeving, Uitkomst
from portaal.api.problemen import probleem
from portaal.api.toegang import MetToken
from portaal.web import Web, web_van

HERHAALD: Final = "Idempotency-Replayed"
Sleutel = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Kies voor elk nieuw verzoek een eigen waarde, zoals een UUID, en herhaal haar alleen bij opnieuw "
        "proberen. Hetzelfde verzoek met dezelfde sleutel geeft drie dagen lang hetzelfde antwoord.",
    ),
]
Aanleveraar = Annotated[Tokenhouder, Depends(MetToken(Tokenrecht.KENNISGEVINGEN_SCHRIJVEN))]
Antwoorder = Annotated[Tokenhouder, Depends(MetToken(Tokenrecht.UITKOMSTEN_SCHRIJVEN))]


def post_kennisgeving(request: Request, houder: Aanleveraar, sleutel: Sleutel, kennisgeving: Kennisgeving) -> Response:
    """Lever een kennisgeving van DUO aan.

    Een kenmerk met dezelfde inhoud verandert niets, een hogere versie verbetert of trekt in. 201 als er een dossier
    bij kwam, anders 200.
    """
    web = web_van(request)
    verzoek = _verzoek(request, houder, sleutel, kennisgeving, kennisgeving.medewerker)
    rij = lees_kennisgeving(web.omgeving, kennisgeving.cellen())
    return _geef(web, lever_kennisgeving(web.omgeving, verzoek, rij))


def post_uitkomst(request: Request, houder: Antwoorder, sleutel: Sleutel, uitkomst: Uitkomst) -> Response:
    """Leg vast hoe een taak van uw organisatie afliep.

    Had de taak al een antwoord, dan is het tweede bewaard als vraag voor een mens: 409.
    """
    web = web_van(request)
    verzoek = _verzoek(request, houder, sleutel, uitkomst, uitkomst.medewerker)
    vraag = Uitkomstverzoek(
        UUID(uitkomst.stap_id), uitkomst.uitkomst, _dag(uitkomst.datum), uitkomst.gegevens, uitkomst.reden,
        uitkomst.generatie,
    )  # fmt: skip
    return _geef(web, beantwoord(web.omgeving, verzoek, vraag))


def _verzoek(request: Request, houder: Tokenhouder, sleutel: str, inhoud: BaseModel, medewerker: str) -> Verzoek:
    pad = str(request.scope["route"].path)
    gelijk = json.dumps([pad, inhoud.model_dump(mode="json")], sort_keys=True, ensure_ascii=True)
    return Verzoek(houder, sleutel, gelijk.encode("ascii"), medewerker, f"POST {pad}")


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        fout = "Deze datum bestaat niet."
        raise OngeldigeGegevens(fout, "Schrijf jaar-maand-dag, zoals 2026-03-06.", {"datum": fout}) from None


def _geef(web: Web, antwoord: Antwoord) -> Response:
    inhoud: dict[str, Any] = antwoord.inhoud
    if antwoord.status >= 400:
        gegeven = probleem(antwoord.status, inhoud["code"], inhoud["melding"], inhoud["uitweg"])
    else:
        gegeven = JSONResponse(inhoud, antwoord.status)
        gegeven.headers["Location"] = f"{web.basis_url}{BEGIN}/dossiers/{inhoud['dossier']}"
    if antwoord.herhaald:
        gegeven.headers[HERHAALD] = "true"
    else:
        wek_ronde(web.wekmap)
    return gegeven
