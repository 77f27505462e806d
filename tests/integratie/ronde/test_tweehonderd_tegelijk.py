"""Tweehonderd keer dezelfde aanleiding op hetzelfde moment: precies één gevolg, en niemand krijgt een vreemde fout."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from httpx import ASGITransport, AsyncClient

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.fouten import AlBeantwoord
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import open_stap
from domein.handelingen.regio import geladen_versies, laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import ronde
from domein.ports import Omgeving
from portaal.app import maak_app
from tests.integratie.conftest import ZetKlok
from tests.integratie.portaal_hulp import GOED, ZELFDE, oproep, pad, regio_met_dossiers
from tests.integratie.post_hulp import BASIS
from tests.integratie.regels.leven import VOORBEELD, Leven, laad_regiobestand, rij
from tests.integratie.ronde.conftest import OPROEP, Wereld

AANTAL = 200
pytestmark = pytest.mark.parametrize(
    "soort", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def tegelijk(werk: Callable[[], object]) -> list[object]:
    """Laat iedereen op hetzelfde moment beginnen; geef per stuk het resultaat of de fout."""
    start = Barrier(AANTAL)

    def doe(_: int) -> object:
        start.wait(timeout=60)
        try:
            return werk()
        except Exception as fout:
            return fout

    with ThreadPoolExecutor(AANTAL) as werkers:
        return list(werkers.map(doe, range(AANTAL)))


def test_tweehonderd_keer_hetzelfde_bestand_is_een_dossier(omgeving: Omgeving, klok: ZetKlok) -> None:
    invoer = rij()
    Leven(omgeving).op(invoer.kennisgeving_op)
    uit = tegelijk(lambda: registreer(omgeving, [invoer], SYSTEEM)[0].uitkomst)
    assert Counter(map(str, uit)) == {"nieuw": 1, "ongewijzigd": AANTAL - 1}
    with omgeving.magazijn.ruimte() as ruimte:
        (dossier,) = ruimte.dossiers()
        assert Counter(g.soort for g in ruimte.gebeurtenissen(dossier.id))["kennisgeving"] == 1
    assert not [wat for geschonden in controleer(omgeving).values() for wat in geschonden]


def test_tweehonderd_keer_hetzelfde_antwoord_is_een_feit(wereld: Wereld) -> None:
    wereld.leven.open(OPROEP)
    uit = tegelijk(wereld.antwoord)
    assert Counter(type(u).__name__ for u in uit) == {"NoneType": 1, "AlBeantwoord": AANTAL - 1}
    assert all("al vastgelegd" in u.melding for u in uit if isinstance(u, AlBeantwoord))
    assert wereld.leven.telling()["oproep_verzonden"] == 1
    assert wereld.leven.telling()["controle_gevraagd"] == 0


def test_tweehonderd_keer_openen_is_een_opening_en_een_mail(wereld: Wereld) -> None:
    stap = wereld.stap()
    uit = tegelijk(lambda: open_stap(wereld.omgeving, stap.id).status)
    assert Counter(map(str, uit)) == {str(Stapstatus.OPEN): AANTAL}
    assert wereld.leven.telling()["stap_geopend"] == 1
    assert wereld.leven.soorten_post(OPROEP) == [("taak", 1, "wachtend")]


def test_tweehonderd_ronden_maken_een_run(wereld: Wereld) -> None:
    uit = tegelijk(lambda: asyncio.run(ronde(wereld.omgeving, wereld.bord)))
    assert not [u for u in uit if isinstance(u, Exception)]
    assert len(wereld.bord.alle(wereld.stap().id)) == 1
    wereld.wachtend()
    wereld.maak_af()


def test_tweehonderd_keer_dezelfde_versie_laden_is_een_versie(omgeving: Omgeving) -> None:
    geladen = laad_regiobestand(VOORBEELD)
    nieuw = replace(
        geladen,
        regio=geladen.regio.model_copy(
            update={"kop": geladen.regio.kop.model_copy(update={"versie": "proef-2"})},
        ),
        sha256="f" * 64,
    )
    uit = tegelijk(lambda: laad_regio(omgeving, nieuw, SYSTEEM).nieuw)
    assert Counter(map(str, uit)) == {"True": 1, "False": AANTAL - 1}
    versies = geladen_versies(omgeving, "avres", omgeving.klok.vandaag())
    assert [v["versie"] for v in versies if v["van_kracht"]] == ["proef-2"]  # geladen op hetzelfde moment van de klok


def test_tweehonderd_klikken_op_de_knop_zijn_een_antwoord(magazijn: SqlMagazijn, klok: ZetKlok, tmp_path: Path) -> None:
    hier = regio_met_dossiers(magazijn, klok)
    stap = oproep(hier)
    link = pad(hier, stap)
    bewijs = hier.links.formulierbewijs(hier.links.lees_taaklink(link.rsplit("/", 1)[-1], klok.vandaag()))
    inhoud = urlencode({**GOED, "bewijs": bewijs})
    koppen = {"content-type": "application/x-www-form-urlencoded", **ZELFDE}

    async def klik() -> list[int]:
        app = maak_app(hier.omgeving, hier.links, wekmap=tmp_path)
        draad = ASGITransport(app=app, raise_app_exceptions=False)
        async with AsyncClient(transport=draad, base_url=BASIS) as client:
            verzoeken = (client.post(link, content=inhoud, headers=koppen) for _ in range(AANTAL))
            return [antwoord.status_code for antwoord in await asyncio.gather(*verzoeken)]

    codes = Counter(asyncio.run(klik()))
    assert max(codes) < 500, codes
    with magazijn.ruimte() as ruimte:
        soorten = Counter(g.soort for g in ruimte.gebeurtenissen(stap.dossier_id))
    assert soorten["oproep_verzonden"] == 1
    assert soorten["controle_gevraagd"] == 0
