"""Wat alleen het echte Prefect bewijst: de ronde herstelt ook wat een mens of een storing dáár aanricht."""

from pathlib import Path
from typing import Any

import pytest
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.responses import SetStateStatus
from prefect.states import Cancelled, Scheduled

from adapters.prefect import bord as bordmodule
from adapters.prefect import inrichting
from adapters.prefect.formulieren import formulier
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import Toestand
from domein.regels.uitkomsten import stapvorm
from tests.keten.conftest import BEGIN, Keten
from tests.keten.test_stroom import GEGEVENS, OPROEP


def _antwoord(keten: Keten) -> dict[str, Any]:
    return {
        "uitkomst": "oproep_verzonden", "datum": BEGIN.isoformat(),
        "medewerkercode": keten.stap(OPROEP).medewerker, **GEGEVENS,
    }  # fmt: skip


async def _maak_af(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    await keten.antwoord_in_prefect(run.run_id, _antwoord(keten))
    await keten.tot_run(OPROEP, Toestand.KLAAR)
    assert keten.stap(OPROEP).status is Stapstatus.KLAAR
    stap_id = keten.stap(OPROEP).id
    with keten.omgeving.magazijn.ruimte() as ruimte:
        assert len([b for b in ruimte.berichten(stap_id=stap_id) if b.soort == "taak"]) == 1


async def test_een_verwijderde_deployment_laat_geen_stap_achter(keten: Keten) -> None:
    oud = await keten.tot_run(OPROEP, Toestand.WACHT)
    deployment = (await keten.in_prefect(OPROEP)).deployment_id
    assert deployment is not None
    await keten.client.delete_deployment(deployment)
    verslag = await keten.ronde()
    assert verslag.bord_onbereikbaar or verslag.mislukt == 0
    await inrichting.richt_in(keten.client)
    nieuw = await keten.tot_run(OPROEP, Toestand.WACHT)
    assert nieuw.run_id != oud.run_id
    gekoppeld = await keten.in_prefect(OPROEP)
    assert gekoppeld.deployment_id not in (None, deployment)
    await _maak_af(keten)


async def test_een_opnieuw_geregistreerde_deployment_verandert_niets_aan_wat_wacht(
    keten: Keten, tmp_path: Path
) -> None:
    """Een nieuwe versie legt elke deployment opnieuw vast; wat wacht, houdt zijn run en zijn formulier."""
    run = await keten.tot_run(OPROEP, Toestand.WACHT)

    async def in_rust() -> bool:
        return not (await keten.ronde()).deed_iets

    await keten.tot(in_rust)
    deployment = (await keten.in_prefect(OPROEP)).deployment_id
    tekst = inrichting.PREFECT_YAML.read_text(encoding="utf-8")
    nieuwer = tmp_path / "prefect.yaml"
    nieuwer.write_text(tekst.replace('version: &versie "1"', 'version: &versie "2"'), encoding="utf-8")
    assert nieuwer.read_text(encoding="utf-8") != tekst
    try:
        verslag = await inrichting.richt_in(keten.client, nieuwer)
        assert len(verslag.gewijzigd) == len(inrichting.lees_yaml()["deployments"])
        assert not verslag.gemaakt
        assert not (await keten.ronde()).deed_iets
        nu = await keten.in_prefect(OPROEP)
        assert (nu.id, nu.deployment_id) == (run.run_id, deployment)
        assert await keten.run(OPROEP) == run  # ook haar toestand en sinds wanneer
        await _maak_af(keten)
    finally:
        await inrichting.richt_in(keten.client)


async def test_een_gestopte_run_wordt_een_vraag_en_een_lege_hervatting_wacht_weer(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    leeg = await keten.client.resume_flow_run(run.run_id)
    assert leeg.status is not SetStateStatus.ACCEPT, "een formulier met verplichte velden kan niet leeg terug"
    await keten.client.set_flow_run_state(run.run_id, Scheduled(), force=True)  # zoals de knop Retry

    async def opnieuw() -> bool:
        nu = await keten.run(OPROEP)
        return nu is not None and nu.toestand is Toestand.WACHT and nu.sinds > run.sinds

    await keten.tot(opnieuw)
    await keten.client.set_flow_run_state(run.run_id, Cancelled(), force=True)
    assert (await keten.ronde()).als_dict()["vraag"] == 1
    assert (await keten.ronde()).als_dict()["vraag"] == 0
    gestopt = await keten.run(OPROEP)
    assert gestopt is not None
    assert gestopt.toestand is Toestand.GEANNULEERD
    assert OPROEP in keten.stap("registratie/controle/1").waarom
    with keten.omgeving.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["run_geannuleerd"]


async def test_een_gepauzeerde_pool_en_een_verdwenen_worker_kosten_alleen_tijd(keten: Keten) -> None:
    await keten.client.update_work_pool(inrichting.POOL, WorkPoolUpdate(is_paused=True))
    await keten.werker.stop()
    try:
        await keten.ronde()
        run = await keten.run(OPROEP)
        assert run is not None
        assert run.toestand is Toestand.GEPLAND
        keten.werker.start()
    finally:
        await keten.client.update_work_pool(inrichting.POOL, WorkPoolUpdate(is_paused=False))
    assert (await keten.tot_run(OPROEP, Toestand.WACHT)).run_id == run.run_id
    await _maak_af(keten)


async def test_een_wachtende_stap_met_een_ouder_formulier_is_nog_te_beantwoorden(
    keten: Keten, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Onze code is bijgewerkt terwijl de stap wachtte: het formulier kreeg er een verplicht veld bij."""
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    nieuw = formulier(stapvorm(OPROEP))
    weg = "afspraak_op"
    assert weg in nieuw.model_fields
    velden = {n: (v.annotation, v) for n, v in nieuw.model_fields.items() if n != weg}
    oud = _zonder(nieuw, velden)
    with monkeypatch.context() as toen:
        toen.setattr(bordmodule, "formulier", lambda *_a, **_k: oud)
        await keten.client.delete_flow_run(run.run_id)
        herbouwd = await keten.tot_run(OPROEP, Toestand.WACHT)
    zonder = {naam: waarde for naam, waarde in _antwoord(keten).items() if naam != weg}
    await keten.antwoord_in_prefect(herbouwd.run_id, zonder)

    async def opnieuw() -> bool:
        nu = await keten.run(OPROEP)
        return nu is not None and nu.toestand is Toestand.WACHT and nu.sinds > herbouwd.sinds

    await keten.tot(opnieuw)
    assert keten.stap(OPROEP).status is Stapstatus.OPEN
    await _maak_af(keten)


def _zonder(nieuw: type[Any], velden: dict[str, Any]) -> type[Any]:
    from prefect.input import RunInput
    from pydantic import create_model

    return create_model(nieuw.__name__, __base__=RunInput, **velden)
