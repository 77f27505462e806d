"""Tweehonderd keer hetzelfde verzoek tegelijk: één gevolg, en ieder krijgt hetzelfde antwoord."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Tokenrecht
from domein.handelingen.apitokens import Tokenhouder
from domein.handelingen.eenmalig import Antwoord, SleutelAlGebruikt
from domein.handelingen.partnerverzoek import (
    Uitkomstverzoek,
    Verzoek,
    beantwoord,
    lees_kennisgeving,
    lever_kennisgeving,
)
from portaal.api.modellen import Kennisgeving
from portaal.app import maak_app
from tests.integratie.api_hulp import kennisgeving, systeem
from tests.integratie.portaal_hulp import alles, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

KEREN = 200
T = TypeVar("T")
HOUDER = Tokenhouder("avres-zaken", "avres", frozenset(Tokenrecht))


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return regio_met_dossiers(magazijn, klok)


def samen(doe: Callable[[int], T]) -> list[T]:
    hek = threading.Barrier(20)

    def een(nummer: int) -> T:
        if nummer < 20:
            hek.wait(timeout=30)
        return doe(nummer)

    with ThreadPoolExecutor(20) as draden:
        return list(draden.map(een, range(KEREN)))


def verzoek(inhoud: bytes, medewerker: str, sleutel: str = "sleutel-een") -> Verzoek:
    return Verzoek(HOUDER, sleutel, inhoud, medewerker, "POST /v1/x")


def test_tweehonderd_dezelfde_uitkomsten_zijn_er_een(hier: Installatie) -> None:
    stap = oproep(hier)
    vraag = Uitkomstverzoek(
        stap.id, "oproep_verzonden", hier.klok.vandaag(), {"afspraak_op": "2026-01-26", "waarschuwing": False}
    )
    voor = len(alles(hier)["gebeurtenis"])
    gegeven = samen(lambda _: beantwoord(hier.omgeving, verzoek(b"a", stap.medewerker or ""), vraag))
    assert len(alles(hier)["gebeurtenis"]) == voor + 1
    assert len(alles(hier)["idempotentie"]) == 1
    assert {(een.status, str(een.inhoud)) for een in gegeven} == {(201, str(gegeven[0].inhoud))}
    assert sum(not een.herhaald for een in gegeven) == 1


def test_tweehonderd_dezelfde_verzoeken_door_de_hele_app_zijn_er_een(hier: Installatie, tmp_path: Path) -> None:
    avres = systeem(hier, maak_app(hier.omgeving, hier.links, wekmap=tmp_path), "avres")
    voor = len(alles(hier)["dossier"])
    gegeven = samen(lambda _: avres.post("/v1/kennisgevingen", kennisgeving(), "sleutel-een"))
    assert len(alles(hier)["dossier"]) == voor + 1
    assert {(een.status_code, een.text) for een in gegeven} == {(201, gegeven[0].text)}
    assert sum("idempotency-replayed" not in een.headers for een in gegeven) == 1


def test_tweehonderd_dezelfde_kennisgevingen_zijn_een_dossier(hier: Installatie) -> None:
    rij = lees_kennisgeving(hier.omgeving, Kennisgeving.model_validate(kennisgeving()).cellen())
    voor = len(alles(hier)["dossier"])
    gegeven = samen(lambda _: lever_kennisgeving(hier.omgeving, verzoek(b"k", "m-adm"), rij))
    assert len(alles(hier)["dossier"]) == voor + 1
    assert {een.inhoud["dossier"] for een in gegeven} == {gegeven[0].inhoud["dossier"]}
    assert sum(not een.herhaald for een in gegeven) == 1


def test_tweehonderd_eigen_sleutels_met_dezelfde_kennisgeving_zijn_ook_een_dossier(hier: Installatie) -> None:
    rij = lees_kennisgeving(hier.omgeving, Kennisgeving.model_validate(kennisgeving()).cellen())
    voor = len(alles(hier)["dossier"])
    gegeven = samen(lambda n: lever_kennisgeving(hier.omgeving, verzoek(b"k", "m-adm", f"sleutel-{n:04}"), rij))
    assert len(alles(hier)["dossier"]) == voor + 1
    assert sorted({een.inhoud["uitkomst"] for een in gegeven}) == ["nieuw", "ongewijzigd"]
    assert sum(een.inhoud["uitkomst"] == "nieuw" for een in gegeven) == 1


def test_van_twee_inhouden_met_een_sleutel_wint_er_een(hier: Installatie) -> None:
    rij = lees_kennisgeving(hier.omgeving, Kennisgeving.model_validate(kennisgeving()).cellen())
    geweigerd: list[int] = []

    def een(nummer: int) -> Antwoord:
        try:
            return lever_kennisgeving(hier.omgeving, verzoek(b"ab"[nummer % 2 :][:1], "m-adm"), rij)
        except SleutelAlGebruikt:
            geweigerd.append(nummer)
            return Antwoord(422, {})

    gegeven = samen(een)
    assert len(geweigerd) == KEREN // 2
    assert len({nummer % 2 for nummer in geweigerd}) == 1
    assert sum(a.status == 201 and not a.herhaald for a in gegeven) == 1
