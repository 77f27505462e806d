"""Een stap door het echte Prefect: openen, wachten op een mens, verwerken."""

from datetime import timedelta

import pytest

from domein.begrippen import Stapstatus, Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.uitkomst import geef_uitkomst
from tests.keten.conftest import BEGIN, Keten

OPROEP = "intake/oproep/1"
GEGEVENS = {"afspraak_op": (BEGIN + timedelta(days=10)).isoformat(), "waarschuwing": False}


async def test_een_stap_opent_en_wacht_op_een_mens(keten: Keten) -> None:
    await keten.ronde()
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    stap = keten.stap(OPROEP)
    assert stap.status is Stapstatus.OPEN
    assert stap.medewerker
    assert run.naam.startswith("intake oproep 1 · D-")
    tags = (await keten.in_prefect(OPROEP)).tags
    assert f"partner:{stap.partner}" in tags
    assert {tag.split(":")[0] for tag in tags} >= {"dossier", "gemeente", "stap", "partner"}


async def test_een_antwoord_buiten_prefect_wekt_de_run(keten: Keten) -> None:
    await keten.tot_run(OPROEP, Toestand.WACHT)
    stap = keten.stap(OPROEP)
    actor = Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
    geef_uitkomst(keten.omgeving, stap.id, "oproep_verzonden", BEGIN, GEGEVENS, actor)
    await keten.tot_run(OPROEP, Toestand.KLAAR)
    assert keten.stap(OPROEP).run_id == stap.run_id


async def test_een_antwoord_in_prefect_wordt_vastgelegd(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    antwoord = {
        "uitkomst": "oproep_verzonden", "datum": BEGIN.isoformat(),
        "medewerkercode": keten.stap(OPROEP).medewerker, **GEGEVENS,
    }  # fmt: skip
    await keten.antwoord_in_prefect(run.run_id, antwoord)
    await keten.tot_run(OPROEP, Toestand.KLAAR)
    assert keten.stap(OPROEP).status is Stapstatus.KLAAR


async def test_een_geweigerd_antwoord_laat_de_stap_opnieuw_wachten(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    antwoord = {"uitkomst": "oproep_verzonden", "datum": BEGIN.isoformat(), "medewerkercode": "bestaat-niet"}
    await keten.antwoord_in_prefect(run.run_id, {**antwoord, **GEGEVENS})

    async def opnieuw() -> bool:
        nu = await keten.run(OPROEP)
        return nu is not None and nu.toestand is Toestand.WACHT and nu.sinds > run.sinds

    await keten.tot(opnieuw)
    assert keten.stap(OPROEP).status is Stapstatus.OPEN


def _berichten_van(keten: Keten, kenmerk: str) -> list[str]:
    """De mail over deze stap; een andere stap van het dossier kan intussen ook opengaan."""
    stap_id = keten.stap(kenmerk).id
    with keten.omgeving.magazijn.ruimte() as ruimte:
        return [bericht.message_id for bericht in ruimte.berichten() if bericht.stap_id == stap_id]


@pytest.mark.parametrize("keer", [1, 2])
async def test_na_wissen_van_prefect_komt_de_stap_wachtend_terug(keten: Keten, keer: int) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    berichten = _berichten_van(keten, OPROEP)
    for _ in range(keer):
        await keten.client.delete_flow_run(run.run_id)
        run = await keten.tot_run(OPROEP, Toestand.WACHT)
    herbouwd = await keten.in_prefect(OPROEP)
    assert herbouwd.run_count == 0, "herbouwen voert niets uit"
    assert _berichten_van(keten, OPROEP) == berichten
    antwoord = {
        "uitkomst": "oproep_verzonden", "datum": BEGIN.isoformat(),
        "medewerkercode": keten.stap(OPROEP).medewerker, **GEGEVENS,
    }  # fmt: skip
    await keten.antwoord_in_prefect(run.run_id, antwoord)
    await keten.tot_run(OPROEP, Toestand.KLAAR)
    assert keten.stap(OPROEP).status is Stapstatus.KLAAR


async def test_een_tweede_antwoord_in_prefect_gaat_niet_verloren(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    medewerker = keten.stap(OPROEP).medewerker or ""
    geef_uitkomst(keten.omgeving, keten.stap(OPROEP).id, "oproep_verzonden", BEGIN, GEGEVENS, Actor(medewerker))
    anders = {**GEGEVENS, "afspraak_op": "2026-02-02"}
    antwoord = {"uitkomst": "oproep_verzonden", "datum": BEGIN.isoformat(), "medewerkercode": medewerker, **anders}
    await keten.antwoord_in_prefect(run.run_id, antwoord)
    await keten.tot_run(OPROEP, Toestand.KLAAR)
    vraag = keten.stap("registratie/controle/1")
    assert vraag.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)
    assert "tweede antwoord" in vraag.waarom
