"""De lease van de ronde: één tegelijk, op de tijd van de database, en wie haar verloor schrijft niets meer."""

import asyncio
import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Never, cast
from uuid import UUID

import pytest
from sqlalchemy import text

from domein.fouten import DatabaseWeg
from domein.handelingen.bordpoort import RunOpdracht, RunStand, Toestand
from domein.handelingen.ronde import ronde
from domein.handelingen.ronde_lease import LEASE, LEASEDUUR, Houder
from domein.ports import Magazijn
from domein.regels.ronde import Daad
from tests.integratie.ronde.conftest import OPROEP, Wereld

pytestmark = pytest.mark.parametrize(
    "soort", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class TraagBord:
    """Een bord dat zo lang over één antwoord doet, dat intussen een andere ronde de lease overneemt."""

    def __init__(self, wereld: Wereld) -> None:
        self._wereld = wereld
        self.gedaan = False

    def nu(self) -> datetime:
        return self._wereld.bord.nu()

    async def open_runs(self) -> Sequence[RunStand]:
        return await self._wereld.bord.open_runs()

    async def kapotte_runs(self) -> Sequence[RunStand]:
        return await self._wereld.bord.kapotte_runs()

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        return await self._wereld.bord.beweging(sinds)

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        return await self._wereld.bord.runs(run_ids)

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        gemaakt = await self._wereld.bord.maak(opdracht)
        if not self.gedaan:
            self.gedaan = True
            laat_verlopen(self._wereld)
            ander = await ronde(self._wereld.omgeving, self._wereld.bord)
            assert not ander.bezet
            self._wereld.bord.werk(self._wereld.omgeving)
        return gemaakt

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        await self._wereld.bord.verzet(run_id, tijdstip)

    async def wek(self, run_id: UUID) -> None:
        await self._wereld.bord.wek(run_id)

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        await self._wereld.bord.beeindig(run_id, reden)


def laat_verlopen(wereld: Wereld) -> None:
    """De tijd verstrijkt: de lease van nu is om."""
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        ruimte.sessie.execute(text("UPDATE lease SET tot = :t"), {"t": datetime(2026, 1, 1, tzinfo=UTC)})  # pyright: ignore


def neem(wereld: Wereld, *, vooruit: timedelta = timedelta()) -> int | None:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        nu = ruimte.databasetijd() + vooruit
        return ruimte.neem_lease(LEASE, "een-ander", nu, nu + LEASEDUUR)


def test_naast_een_lopende_ronde_doet_een_tweede_niets(wereld: Wereld) -> None:
    assert neem(wereld) is not None
    assert wereld.ronde().bezet
    assert wereld.bord.alle() == []


def test_de_lease_van_een_gevallen_ronde_loopt_vanzelf_af(wereld: Wereld) -> None:
    assert neem(wereld, vooruit=-LEASEDUUR) is not None
    assert not wereld.ronde().bezet


def test_een_lease_van_voor_het_terugzetten_van_de_klok_houdt_niemand_tegen(wereld: Wereld) -> None:
    assert neem(wereld, vooruit=timedelta(hours=1)) is not None
    assert not wereld.ronde().bezet


def test_een_klok_die_iets_voorloopt_verliest_haar_lease_niet(wereld: Wereld) -> None:
    assert neem(wereld, vooruit=timedelta(seconds=30)) is not None
    assert wereld.ronde().bezet


def test_een_ronde_die_te_lang_duurde_schrijft_niets_meer(wereld: Wereld) -> None:
    verslag = asyncio.run(ronde(wereld.omgeving, TraagBord(wereld)))
    assert verslag.afgelost
    assert verslag.daden[Daad.MAAK] == 0
    assert wereld.stap(OPROEP).run_id == wereld.run().run_id
    assert wereld.run().toestand is Toestand.WACHT
    assert len(wereld.bord.alle(wereld.stap().id)) == 1
    wereld.maak_af()


def test_de_databasetijd_is_de_tijd_van_de_database(wereld: Wereld) -> None:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        eerst, dan = ruimte.databasetijd(), ruimte.databasetijd()
        nummer = ruimte.neem_lease("proef", "ik", eerst, eerst + LEASEDUUR)
    assert eerst <= dan <= eerst + timedelta(minutes=1)
    assert eerst.utcoffset() == timedelta()
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        assert nummer == 1
        assert ruimte.verleng_lease("proef", "ik", 1, dan + LEASEDUUR)
        assert not ruimte.verleng_lease("proef", "ik", 2, dan + LEASEDUUR)
        assert not ruimte.verleng_lease("proef", "jij", 1, dan + LEASEDUUR)


def test_na_een_verloren_lease_laat_de_oude_houder_de_nieuwe_met_rust(wereld: Wereld) -> None:
    verslag = asyncio.run(ronde(wereld.omgeving, TraagBord(wereld)))
    assert verslag.afgelost
    assert neem(wereld) is not None
    assert wereld.ronde().bezet
    laat_verlopen(wereld)


class Weg:
    """Een magazijn dat wegvalt: niets lukt."""

    def ruimte(self) -> Never:
        raise DatabaseWeg("De database antwoordt niet.", "Probeer het straks opnieuw.")


def test_wie_de_lease_niet_kon_loslaten_houdt_zichzelf_niet_buiten(wereld: Wereld) -> None:
    houder = Houder.neem(wereld.omgeving)
    assert houder is not None
    assert wereld.ronde().bezet  # zolang zij loopt, begint geen tweede
    houder.laat_los(dataclasses.replace(wereld.omgeving, magazijn=cast(Magazijn, Weg())))
    assert not wereld.ronde().bezet


def test_een_lease_van_een_ander_proces_blijft_ook_na_een_val_van_ons(wereld: Wereld) -> None:
    houder = Houder.neem(wereld.omgeving)
    assert houder is not None
    houder.laat_los(dataclasses.replace(wereld.omgeving, magazijn=cast(Magazijn, Weg())))
    laat_verlopen(wereld)
    assert neem(wereld) is not None  # een ander nam het over
    assert wereld.ronde().bezet
