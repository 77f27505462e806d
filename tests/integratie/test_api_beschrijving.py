"""De API en haar beschrijving zeggen hetzelfde: schemathesis roept elke route aan met wat mag, en met wat niet mag.

De gewone proef is klein; `PROEF=zwaar` vraagt twintig keer zo veel.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from adapters.opslag import SqlMagazijn
from portaal.api.toegang import MetToken
from portaal.app import maak_app
from portaal.rechten import poort_van, routes_van
from tests.integratie.api_hulp import Systeem, maak_token
from tests.integratie.matrix_hulp import Wereld, maak_wereld
from tests.integratie.post_hulp import Zetbaar

GEWOON: Final = 12
KEREN: Final = 500 if os.environ.get("PROEF") == "zwaar" else GEWOON
TOETSEN: Final = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "ignored_auth", "unsupported_method",
    "missing_required_header",
)  # fmt: skip


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


def bewerkingen(app: FastAPI) -> Iterator[Any]:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    schema.config.generation.update(with_security_parameters=False)  # het token geven wij zelf mee
    for gevonden in schema.get_all_operations():
        bewerking: Any = gevonden
        yield bewerking.ok()


def gericht(wereld: Wereld, bewerking: Any, wijze: GenerationMode) -> st.SearchStrategy[Any]:
    """Wat de beschrijving zegt, en vaak met een dossier of taak die er echt is: anders komt niets voorbij de deur."""
    referenties = st.sampled_from(sorted(wereld.referenties.values()))
    stappen = st.sampled_from(sorted((s for s in wereld.stappen if s.partner == "avres"), key=lambda s: str(s.id)))

    def richt(deel: tuple[Any, str, Any, bool]) -> Any:
        zaak, referentie, stap, doe = deel
        if doe and "referentie" in (zaak.path_parameters or {}):
            zaak.path_parameters["referentie"] = referentie
        if doe and isinstance(zaak.body, dict) and "stap_id" in zaak.body:
            zaak.body |= {"stap_id": str(stap.id), "medewerker": stap.medewerker, "generatie": stap.generatie}
        elif doe and isinstance(zaak.body, dict) and "bsn" in zaak.body:
            zaak.body |= {"medewerker": "m-adm", "bsn": "999990342", "gemeente": "GM0512"}
        return zaak

    richten = st.booleans() if wijze is GenerationMode.POSITIVE else st.just(False)
    return st.tuples(bewerking.as_strategy(generation_mode=wijze), referenties, stappen, richten).map(richt)


def beproef(zaken: st.SearchStrategy[Any], kop: dict[str, str]) -> set[int]:
    """Doe elk verzoek en toets het antwoord aan de beschrijving; geef welke statussen er waren."""
    load_all_checks()
    toetsen = [CHECKS.get_one(naam) for naam in TOETSEN]
    statussen: set[int] = set()

    @settings(
        max_examples=KEREN, deadline=None, database=None, derandomize=KEREN == GEWOON,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(zaak=zaken)
    def proef(zaak: Any) -> None:
        statussen.add(zaak.call_and_validate(headers=kop, checks=toetsen).status_code)

    proef()
    return statussen


@pytest.mark.parametrize("wijze", list(GenerationMode))
def test_elke_route_doet_wat_de_beschrijving_zegt(wereld: Wereld, app: FastAPI, wijze: GenerationMode) -> None:
    kop = {"Authorization": f"Bearer {maak_token(wereld.hier, 'avres')}"}
    gezien = {b.label: beproef(gericht(wereld, b, wijze), kop) for b in bewerkingen(app)}
    assert len(gezien) == 5
    if wijze is GenerationMode.POSITIVE:
        assert all(200 in s for label, s in gezien.items() if label.startswith("GET")), gezien


def test_de_beschrijving_noemt_elke_route_haar_fouten_en_een_contact(app: FastAPI) -> None:
    antwoord = Systeem(app, "").get("/v1/openapi.json")
    assert antwoord.status_code == 200
    document = antwoord.json()
    assert document["openapi"].startswith("3.1")
    assert document["info"]["contact"]
    beschreven = {(pad, methode.upper()) for pad, deel in document["paths"].items() for methode in deel}
    echt = {
        (route.path, methode) for route in routes_van(app) if isinstance(poort_van(route), MetToken)
        for methode in route.methods or () if methode != "HEAD" and "{rest" not in route.path
    }  # fmt: skip
    assert beschreven == echt
    for pad, deel in document["paths"].items():
        assert re.fullmatch(r"/v1(/[a-z-]+|/\{[a-z]+\})+", pad)
        for doet in deel.values():
            assert doet["security"] == [{"token": []}]
            assert {"401", "403", "500"} <= set(doet["responses"])
    verwijst = set(re.findall(r'"#/components/schemas/([^"]+)"', antwoord.text))
    assert verwijst == set(document["components"]["schemas"])
