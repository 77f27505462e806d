"""Een leven per test op SQLite, en de plaats waar een getal van de wet in een test anders kan zijn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.opslag import SqlMagazijn
from domein.handelingen.invarianten import controleer
from domein.ports import Omgeving
from domein.regeling import laden
from tests.hulp.regelinglezen import lees_opnieuw
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import omgeving_van
from tests.integratie.wet.wetleven import Wetleven


@pytest.fixture
def soort() -> str:
    return "sqlite"


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


@pytest.fixture
def kaal_leven(omgeving: Omgeving) -> Wetleven:
    return Wetleven(omgeving)


@pytest.fixture
def leven(kaal_leven: Wetleven, omgeving: Omgeving) -> Iterator[Wetleven]:
    """Een dossier dat nog moet beginnen; na elke test gelden de invarianten nog."""
    yield kaal_leven
    geschonden = {naam: wat for naam, wat in controleer(omgeving).items() if wat}
    assert not geschonden


@pytest.fixture
def zet_getal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, int], None]]:
    """Verander een getal zoals iemand het in het TOML-bestand zou veranderen; daarna leest alles het opnieuw."""
    echt = laden._lees

    def zet(naam: str, waarde: int) -> None:
        def lees(bestand: str) -> dict[str, Any]:
            inhoud = echt(bestand)
            for versie in inhoud["regel"].get(naam, []) if "regel" in inhoud else []:
                versie["waarde"] = waarde
            return inhoud

        monkeypatch.setattr(laden, "_lees", lees)
        lees_opnieuw()

    yield zet
    monkeypatch.undo()
    lees_opnieuw()
