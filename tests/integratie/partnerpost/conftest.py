"""Een dossier waarvan de taalaanbieder een eigen systeem heeft."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from domein.handelingen.invarianten import controleer
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok
from tests.integratie.partnerpost.ontvanger import Ontvanger, ontvanger, regio_met_webhook
from tests.integratie.regels.leven import Leven, omgeving_van


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


@pytest.fixture
def systeem() -> Iterator[Ontvanger]:
    with ontvanger() as open_:
        yield open_


@pytest.fixture
def leven(omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path) -> Iterator[Leven]:
    """Het PIP staat vast en de aanmelding is geopend; het bericht daarover staat klaar."""
    regio_met_webhook(omgeving, tmp_path, systeem.url)
    leven = Leven(omgeving).begin().tot_pip()
    leven.open("aanbieder/aanmelding/1")
    yield leven
    assert not {naam: wat for naam, wat in controleer(omgeving).items() if wat}


@pytest.fixture
def met_wijziging(leven: Leven) -> Leven:
    """Na de aanmelding ook een verlenging: twee berichten over hetzelfde dossier."""
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.op(date(2026, 6, 17)).meld("verlengd", date(2026, 6, 17), nieuwe_einddatum="2029-08-25")
    return leven
