"""Ligt Prefect stil, dan werkt het portaal gewoon door; zodra hij er weer is, gaat het antwoord alsnog mee."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import BordOnbereikbaar, Toestand
from domein.handelingen.ronde import ronde
from portaal.app import maak_app
from tests.integratie.portaal_hulp import Bezoeker, lees, oproep, pad, regio_met_dossiers, stuur
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.test_wissen_en_diensten import Geheugenbord


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


class StilBord:
    """Prefect die niet antwoordt."""

    def __init__(self, klok: Zetbaar) -> None:
        self.nu = klok.nu

    def __getattr__(self, naam: str) -> Callable[[], object]:
        async def zwijg(*_a: object, **_k: object) -> object:
            raise BordOnbereikbaar("Prefect antwoordt niet")

        return zwijg


async def test_een_antwoord_terwijl_prefect_stilligt_wordt_bewaard_en_later_verwerkt(
    magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path
) -> None:
    from starlette.concurrency import run_in_threadpool

    hier = regio_met_dossiers(magazijn, klok)
    stap, bord = oproep(hier), Geheugenbord()
    await ronde(hier.omgeving, bord)
    run_id = lees(hier, stap).run_id
    assert run_id is not None
    assert bord.alle[run_id].toestand is not Toestand.KLAAR

    def antwoord() -> None:
        velden = {
            "oproep_verzonden.datum": "2026-01-12", "oproep_verzonden.afspraak_op": "2026-01-26",
            "oproep_verzonden.waarschuwing": "nee",
        }  # fmt: skip
        bezoeker = Bezoeker(maak_app(hier.omgeving, hier.links, wekmap=tmp_path))
        assert bezoeker.get("/gezond").status_code == 200
        assert stuur(bezoeker, pad(hier, stap), velden).status_code == 303

    verslag = await ronde(hier.omgeving, StilBord(klok))
    assert verslag.bord_onbereikbaar
    await run_in_threadpool(antwoord)
    assert lees(hier, stap).status is Stapstatus.KLAAR
    assert (await ronde(hier.omgeving, StilBord(klok))).bord_onbereikbaar
    for _ in range(2):
        verslag = await ronde(hier.omgeving, bord)
        assert not verslag.bord_onbereikbaar
    assert bord.alle[run_id].toestand is Toestand.KLAAR  # de run is gewekt en liep uit
    with hier.magazijn.ruimte() as ruimte:
        volgende = next(s for s in ruimte.stappen(stap.dossier_id) if s.kenmerk == "intake/gesprek/1")
    assert volgende.run_id in bord.alle  # en het plan liep door
