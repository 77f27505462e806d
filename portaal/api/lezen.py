"""Wat een systeem van een partner leest: zijn dossiers, en wat daarin gebeurde."""

import hashlib
import json
from datetime import date
from enum import Enum
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from domein.begrippen import Dossierstatus, Tokenrecht
from domein.handelingen.apitokens import Tokenhouder
from domein.handelingen.partnerinzage import Partnerdossier, Partnertaak, bekijk, dossierlijst, gebeurtenissen_na
from domein.regels.tijdlijn import Termijnbalk
from domein.regels.uitkomsten import Uitkomst
from portaal.api import BEGIN, modellen
from portaal.api.modellen import REFERENTIE
from portaal.api.toegang import MetToken
from portaal.web import web_van

MEESTE: Final = 100
Lezer = Annotated[Tokenhouder, Depends(MetToken(Tokenrecht.DOSSIERS_LEZEN))]
Volger = Annotated[Tokenhouder, Depends(MetToken(Tokenrecht.GEBEURTENISSEN_LEZEN))]
Referentie = Annotated[str, Path(pattern=REFERENTIE, examples=["D-7F3K9"])]
Aantal = Annotated[int, Query(ge=1, le=MEESTE, description="Hoeveel er op een bladzij staan.")]
AlGezien = Annotated[str, Header(alias="If-None-Match", max_length=200)]


def get_dossiers(
    request: Request,
    houder: Lezer,
    na: Annotated[str, Query(max_length=20, pattern=r"^[0-9A-Za-z-]*$", description="Begin na deze referentie.")] = "",
    aantal: Aantal = 50,
) -> Response:
    """Noem de dossiers waarin uw organisatie een open taak of de regie heeft, op referentie."""
    web = web_van(request)
    blad = dossierlijst(web.omgeving, houder, _route(request), na=na.upper(), aantal=aantal)
    hier = f"{web.basis_url}{BEGIN}/dossiers"
    links = modellen.Verwijzingen(
        self=modellen.Verwijzing(href=f"{hier}?na={na}&aantal={aantal}"),
        next=modellen.Verwijzing(href=f"{hier}?na={blad.volgende}&aantal={aantal}") if blad.volgende else None,
    )
    regels = [modellen.Dossierregel.model_validate(een, from_attributes=True) for een in blad.regels]
    return _geef(modellen.Dossiers(links=links, dossiers=regels))


def get_dossier(request: Request, houder: Lezer, referentie: Referentie, al_gezien: AlGezien = "") -> Response:
    """Geef een dossier, zover de afspraken van vandaag uw organisatie dat laten zien, met haar open taken."""
    web = web_van(request)
    return _geef(_dossier(bekijk(web.omgeving, houder, referentie, _route(request))), al_gezien)


def get_gebeurtenissen(
    request: Request,
    houder: Volger,
    referentie: Referentie,
    na: Annotated[int, Query(ge=0, le=10**9, description="Het hoogste volgnummer dat u al hebt.")] = 0,
    aantal: Aantal = 50,
) -> Response:
    """Noem wat er na een volgnummer in een dossier gebeurde. Wat uw organisatie niet mag zien, ontbreekt."""
    web = web_van(request)
    verloop = gebeurtenissen_na(web.omgeving, houder, referentie, _route(request), na=na, aantal=aantal)
    hier = f"{web.basis_url}{BEGIN}/dossiers/{verloop.referentie}/gebeurtenissen"
    links = modellen.Verwijzingen(
        self=modellen.Verwijzing(href=f"{hier}?na={na}&aantal={aantal}"),
        next=modellen.Verwijzing(href=f"{hier}?na={verloop.laatste}&aantal={aantal}") if verloop.meer else None,
    )
    gebeurd = [modellen.Gebeurtenis.model_validate(een, from_attributes=True) for een in verloop.gebeurtenissen]
    return _geef(
        modellen.Gebeurtenissen(
            links=links, dossier=verloop.referentie, laatste=verloop.laatste, gebeurtenissen=gebeurd
        )
    )


def _route(request: Request) -> str:
    return f"GET {request.scope['route'].path}"


def _geef(inhoud: BaseModel, al_gezien: str | None = None) -> Response:
    tekst = json.dumps(inhoud.model_dump(mode="json", by_alias=True), ensure_ascii=False).encode()
    if al_gezien is None:
        return Response(tekst, media_type="application/json")
    merk = f'"{hashlib.sha256(tekst).hexdigest()[:32]}"'
    koppen = {"ETag": merk, "Cache-Control": "private, no-cache"}
    if merk in {een.strip().removeprefix("W/") for een in al_gezien.split(",")}:
        return Response(status_code=304, headers=koppen)
    return Response(tekst, media_type="application/json", headers=koppen)


def _dossier(gezien: Partnerdossier) -> modellen.Dossier:
    return modellen.Dossier(
        referentie=gezien.referentie,
        gemeente=gezien.gemeente,
        status=Dossierstatus(gezien.status),
        einde=gezien.einde,
        laatste_gebeurtenis=gezien.laatste_gebeurtenis,
        persoon=_gevuld(gezien.persoon),
        feiten=_gevuld(gezien.feiten),
        termijnen=[_termijn(een) for een in gezien.termijnen],
        taken=[_taak(een) for een in gezien.taken],
    )


def _gevuld(velden: Any) -> dict[str, Any]:
    return {naam: _waarde(waarde) for naam, waarde in sorted(velden.items()) if waarde not in (None, "", [])}


def _waarde(waarde: Any) -> Any:
    if isinstance(waarde, date):
        return waarde.isoformat()
    return waarde.value if isinstance(waarde, Enum) else waarde


def _termijn(balk: Termijnbalk) -> modellen.Termijn:
    return modellen.Termijn(
        soort=balk.soort, van=balk.van, tot=balk.tot, staat=balk.staat.value, gehaald_op=balk.gehaald_op,
        uitleg=balk.uitleg,
    )  # fmt: skip


def _taak(taak: Partnertaak) -> modellen.Taak:
    stap = taak.stap
    return modellen.Taak(
        stap_id=str(stap.id), kenmerk=stap.kenmerk, titel=stap.titel, generatie=stap.generatie,
        streefdag=stap.streef, uiterst=stap.uiterst, medewerker=stap.medewerker or "", waarom=stap.waarom,
        artikel=stap.artikel, besluit=stap.besluit, uitkomsten=[_uitkomst(een) for een in taak.uitkomsten],
    )  # fmt: skip


def _uitkomst(uitkomst: Uitkomst) -> modellen.Taakuitkomst:
    velden = [
        modellen.Veld(
            naam=veld.naam, label=veld.label, type=veld.type, verplicht=veld.verplicht,
            keuzes=[modellen.Keuze(waarde=waarde, label=label) for waarde, label in veld.keuzes],
            minimum=veld.minimum, maximum=veld.maximum,
        )
        for veld in uitkomst.velden
    ]  # fmt: skip
    return modellen.Taakuitkomst(
        uitkomst=uitkomst.soort, label=uitkomst.label, datum_is=uitkomst.datumlabel, velden=velden
    )
