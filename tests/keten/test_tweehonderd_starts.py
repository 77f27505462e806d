"""Tweehonderd keer dezelfde deployment gestart voor dezelfde stap: een opening, een mail, en een run die overblijft."""

import asyncio
from collections import Counter

import pytest

from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.invarianten import controleer
from tests.keten.conftest import Keten
from tests.keten.test_stroom import OPROEP

GEDULD = 1800.0  # elke run is een eigen proces; twee kernen doen er twee of drie per seconde


@pytest.mark.parametrize("aantal", [8, pytest.param(200, marks=pytest.mark.zwaar)])
async def test_dezelfde_deployment_steeds_weer_gestart_is_een_opening_en_een_mail(keten: Keten, aantal: int) -> None:
    deployment = await keten.client.read_deployment_by_name("intake/intake")
    parameters = {"stap_id": str(keten.stap(OPROEP).id)}

    async def start() -> None:
        await keten.client.create_flow_run_from_deployment(deployment.id, parameters=parameters)

    await asyncio.gather(*(start() for _ in range(aantal)))

    async def tot_rust() -> bool:
        stap = keten.stap(OPROEP)
        runs = [run for run in await keten.bord.open_runs() if run.stap_id == stap.id]
        return [(run.run_id, run.toestand) for run in runs] == [(stap.run_id, Toestand.WACHT)]

    await keten.tot(tot_rust, GEDULD)
    stap = keten.stap(OPROEP)
    assert (stap.status, stap.generatie) == (Stapstatus.OPEN, 1)
    with keten.omgeving.magazijn.ruimte() as ruimte:
        soorten = Counter(g.soort for g in ruimte.gebeurtenissen(keten.dossier_id) if g.stap == OPROEP)
        mails = Counter(b.soort for b in ruimte.berichten(stap_id=stap.id))
    assert soorten["stap_geopend"] == 1
    assert mails["taak"] == 1
    assert not [wat for geschonden in controleer(keten.omgeving).values() for wat in geschonden]
