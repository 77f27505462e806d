"""Het dagwerk op het bord: het bericht aan het beheer en één dagoverzicht per dag."""

from datetime import date

from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.objects import StateType

from domein.begrippen import Stapstatus
from domein.handelingen.lekken import zoek_lekken
from domein.handelingen.openen import open_stap
from tests.keten.conftest import Keten


async def test_een_dag_geeft_een_overzicht_ook_als_het_dagwerk_twee_keer_loopt(keten: Keten) -> None:
    with (keten.map / "instellingen.env").open("a", encoding="utf-8") as uit:
        uit.write("REGIE_BEHEER_MAIL=beheer@regio.example\n")
    with keten.omgeving.magazijn.ruimte() as ruimte:
        klaar = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=date(2026, 1, 5))
    for stap in klaar:
        open_stap(keten.omgeving, stap.id)
    keten.zet(date(2026, 5, 4))
    deployment = await keten.client.read_deployment_by_name("herinneringen/herinneringen")
    for _ in range(2):
        run = await keten.client.create_flow_run_from_deployment(deployment.id)

        async def klaar_(run_id=run.id) -> bool:
            staat = (await keten.client.read_flow_run(run_id)).state
            return staat is not None and staat.type in {StateType.COMPLETED, StateType.FAILED, StateType.CRASHED}

        await keten.tot(klaar_, 150.0)
        assert (await keten.client.read_flow_run(run.id)).state.type is StateType.COMPLETED
    sleutel = ArtifactFilter(key=ArtifactFilterKey(any_=["dagoverzicht"]))
    gevonden = await keten.client.read_artifacts(artifact_filter=sleutel)
    assert len(gevonden) == 1
    tekst = str(gevonden[0].data)
    assert "# Inburgering op 2026-05-04" in tekst
    assert "| Taken die te laat zijn | " in tekst
    assert "Het langst te laat: `D-" in tekst
    assert zoek_lekken(keten.omgeving, [("artefact", tekst + str(gevonden[0].description))]) == []
    with keten.omgeving.magazijn.ruimte() as ruimte:
        assert [b.adres for b in ruimte.berichten() if b.soort == "beheerbericht"] == ["beheer@regio.example"]
