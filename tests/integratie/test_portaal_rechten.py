"""Elke route zegt wie haar mag gebruiken; een route die niets zegt, houdt het hele portaal tegen."""

from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI

from adapters.opslag import SqlMagazijn
from domein.handelingen.aanmelden import Aangemelde
from domein.regels.toegang import Recht
from portaal import app as portaalapp
from portaal.app import maak_app
from portaal.rechten import (
    AANGEMELD,
    GETEKEND,
    MetRecht,
    Openbaar,
    RouteZonderPoort,
    eis_poorten,
    kijk,
    openbaar,
    poort_van,
    routes_van,
    vraag_recht,
)
from tests.integratie.portaal_hulp import regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


def pagina() -> str:
    return "iets"


def met_wie(wie: Annotated[Aangemelde, Depends(vraag_recht(Recht.BORD))]) -> str:
    return wie.code


def test_een_route_zonder_poort_houdt_het_portaal_tegen(
    hier: Installatie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def maak_router(_web: object) -> APIRouter:
        router = APIRouter()
        kijk(router, "/vergeten", pagina)
        return router

    monkeypatch.setattr(portaalapp, "ROUTERS", (*portaalapp.ROUTERS, maak_router))
    with pytest.raises(RouteZonderPoort, match="/vergeten"):
        maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@pytest.mark.parametrize("poorten", [(AANGEMELD, GETEKEND), (openbaar("a"), vraag_recht(Recht.WERK))])
def test_een_route_met_twee_poorten_ook(poorten: tuple) -> None:
    app = FastAPI(openapi_url=None)
    kijk(app.router, "/dubbel", pagina, *poorten)
    with pytest.raises(RouteZonderPoort, match="/dubbel"):
        eis_poorten(app)


def test_een_ingebedde_app_of_router_kan_de_controle_niet_ontwijken() -> None:
    app = FastAPI(openapi_url=None)
    app.mount("/los", FastAPI())
    with pytest.raises(RouteZonderPoort, match="/los"):
        eis_poorten(app)
    app = FastAPI(openapi_url=None)
    app.include_router(APIRouter())
    with pytest.raises(RouteZonderPoort):
        eis_poorten(app)


def test_de_poort_mag_in_de_argumenten_van_de_pagina_staan() -> None:
    app = FastAPI(openapi_url=None)
    kijk(app.router, "/goed", met_wie)
    eis_poorten(app)
    (route,) = routes_van(app)
    poort = poort_van(route)
    assert isinstance(poort, MetRecht)
    assert poort.recht is Recht.BORD


def test_wat_openbaar_is_staat_hier_met_naam(hier: Installatie, tmp_path: Path) -> None:
    app = maak_app(hier.omgeving, hier.links, wekmap=tmp_path)
    open_ = {route.path for route in routes_van(app) if isinstance(poort_van(route), Openbaar)}
    assert open_ == {"/", "/aanmelden", "/aanmelden/verstuurd", "/aanmelden/{code}", "/gezond", "/v1/openapi.json"}
