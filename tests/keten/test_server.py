"""De ene private plek van Prefect waar onze server op leunt; deze test valt als eerste om als zij verandert."""

import asyncio
import inspect
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from prefect.server.database.configurations import SQLITE_BEGIN_MODE, AioSqliteConfiguration
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.prefect import server


def test_prefect_begint_een_transactie_waar_wij_haar_vervangen() -> None:
    eigen = inspect.signature(server.one_writer)
    van_prefect = inspect.signature(AioSqliteConfiguration.begin_transaction)
    assert list(van_prefect.parameters)[1:] == list(eigen.parameters)[1:] == ["session", "with_for_update"]
    assert "SQLITE_BEGIN_MODE" in inspect.getsource(AioSqliteConfiguration)


async def test_schrijvers_wachten_op_elkaar_en_niemand_krijgt_een_fout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AioSqliteConfiguration, "begin_transaction", server.one_writer)
    instelling = AioSqliteConfiguration(connection_url=f"sqlite+aiosqlite:///{tmp_path / 'proef.db'}")
    engine = await instelling.engine()
    tegelijk, hoogste = 0, 0

    async def schrijf(nummer: int) -> None:
        nonlocal tegelijk, hoogste
        async with AsyncSession(engine) as sessie, _transactie(instelling, sessie):
            tegelijk += 1
            hoogste = max(hoogste, tegelijk)
            gelezen = await sessie.execute(sa.text("SELECT count(*) FROM t"))
            assert gelezen.scalar_one() >= 0
            await sessie.execute(sa.text("INSERT INTO t VALUES (:n)"), {"n": nummer})
            assert SQLITE_BEGIN_MODE.get() == "IMMEDIATE"
            tegelijk -= 1

    try:
        async with AsyncSession(engine) as sessie, _transactie(instelling, sessie):
            await sessie.execute(sa.text("CREATE TABLE t (n INTEGER)"))
        # Eerst lezen en dan schrijven, vijftig keer tegelijk: zo ging het zonder onze server mis.
        await asyncio.gather(*(schrijf(n) for n in range(50)))
        async with AsyncSession(engine) as sessie:
            assert (await sessie.execute(sa.text("SELECT count(*) FROM t"))).scalar_one() == 50
        assert hoogste == 1
    finally:
        await engine.dispose()


@asynccontextmanager
async def _transactie(instelling: AioSqliteConfiguration, sessie: AsyncSession):
    async with instelling.begin_transaction(sessie) as transactie:
        yield transactie
