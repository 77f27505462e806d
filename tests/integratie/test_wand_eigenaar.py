"""De tweede wand voor een gewone eigenaar van de database: geen superuser, en zonder het recht om rollen te maken."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from adapters.database import maak_engine, maak_klaar, versie
from adapters.kluis import Kluis
from adapters.opslag import SqlMagazijn
from adapters.opslag_wand import ROL
from adapters.sleutelbos import Sleutelbos
from domein.fouten import RegieFout
from domein.regels.wand import Wandzicht
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, Bouwer, ZetKlok

pytestmark = pytest.mark.postgres


@pytest.fixture
def beheer(postgres: URL) -> Iterator[Engine]:
    engine = maak_engine(postgres.render_as_string(hide_password=False))
    yield engine
    engine.dispose()


def doe(beheer: Engine, *opdrachten: str) -> None:
    with beheer.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(text(opdracht))


@pytest.fixture
def eigenaar(beheer: Engine, postgres: URL) -> Iterator[Engine]:
    naam = f"e{secrets.token_hex(5)}"
    doe(beheer, f"CREATE ROLE {naam} LOGIN", f"CREATE DATABASE {naam} OWNER {naam}")
    engine = maak_engine(postgres.set(database=naam, username=naam).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    doe(beheer, f"DROP DATABASE {naam} WITH (FORCE)", f"DROP ROLE {naam}")


def test_wie_de_rol_niet_mag_aannemen_hoort_welke_twee_regels_dat_oplossen(eigenaar: Engine) -> None:
    with pytest.raises(RegieFout) as fout:
        maak_klaar(eigenaar)
    assert f"GRANT {ROL} TO {eigenaar.url.username}" in fout.value.uitweg
    assert versie(eigenaar) is None  # er is niets gewijzigd


def test_een_gewone_eigenaar_ziet_alles_en_zijn_portaal_alleen_wat_het_mag(
    eigenaar: Engine, beheer: Engine, klok: ZetKlok, tmp_path: Path
) -> None:
    doe(beheer, f"GRANT {ROL} TO {eigenaar.url.username}")
    maak_klaar(eigenaar)
    bos = Sleutelbos(maak_engine(f"sqlite:///{tmp_path / 'sleutels.db'}", wis_veilig=True), HOOFDSLEUTEL)
    magazijn = SqlMagazijn(eigenaar, Kluis(INDEXSLEUTEL), bos, klok)
    bouwer = Bouwer(magazijn)
    eigen, vreemd = bouwer.dossier(), bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(eigen, partner="school", medewerker="m-1"), bouwer.stap(vreemd, partner="ander"))
    with magazijn.ruimte() as ruimte:
        assert {d.id for d in ruimte.dossiers()} == {eigen.id, vreemd.id}
    with magazijn.ruimte_achter_wand(Wandzicht("school"), handelt=False) as ruimte:
        assert [d.id for d in ruimte.dossiers()] == [eigen.id]
        assert ruimte.persoon(eigen.id) is not None
    with magazijn.ruimte_achter_wand(None, handelt=False) as ruimte:
        assert list(ruimte.dossiers()) == []
    magazijn.sluit()
