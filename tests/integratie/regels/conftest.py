"""Eén leeg dossierleven per test. Regels over de opslag zelf lopen ook op PostgreSQL."""

from collections.abc import Iterator

import pytest

from adapters.opslag import SqlMagazijn
from domein.handelingen.invarianten import controleer
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import Leven, omgeving_van


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


@pytest.fixture
def leven(omgeving: Omgeving) -> Iterator[Leven]:
    """Een dossier met een kennisgeving van 5 januari 2026; na elke test gelden de invarianten nog."""
    yield Leven(omgeving).begin()
    geschonden = {naam: wat for naam, wat in controleer(omgeving).items() if wat}
    assert not geschonden


@pytest.fixture
def besluitleven(omgeving: Omgeving) -> Iterator[Besluitleven]:
    """Zoals `leven`, met de gang van een besluit."""
    leven = Besluitleven(omgeving)
    leven.begin()
    yield leven
    geschonden = {naam: wat for naam, wat in controleer(omgeving).items() if wat}
    assert not geschonden
