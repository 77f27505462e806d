"""Van een vernietigd dossier is ook in Prefect, de logboeken en de map van de installatie niets meer te vinden."""

from datetime import UTC, date, datetime, timedelta

from prefect.client.schemas.actions import LogCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags, LogFilter, LogFilterFlowRunId

from adapters.prefect.opruimen import verwijder_runs_van
from domein.begrippen import Stapstatus, Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.invarianten import controleer
from domein.handelingen.lekken import Lekzoeker
from domein.handelingen.melden import meld
from domein.handelingen.openen import open_stap
from domein.handelingen.uitkomst import geef_uitkomst
from domein.handelingen.vernietigen import vernietig
from domein.handelingen.vernietigingslijst import keur_goed, maak_lijst
from tests.hulp.vermommingen import bestanden, resten
from tests.keten.conftest import BEGIN, Keten

OPROEP = "intake/oproep/1"
COORDINATOR = Actor("m-reg", Verificatie.AANGEMELD)
NU = datetime(2026, 1, 5, 9, tzinfo=UTC)


def sluit_af(keten: Keten) -> None:
    """Het traject eindigt, en iemand rondt af wat er nog staat."""
    keten.zet(BEGIN + timedelta(days=7))
    dag = keten.omgeving.klok.vandaag()
    meld(keten.omgeving, keten.dossier_id, "plicht_beeindigd", dag, {"grond": "vertrek"}, COORDINATOR)
    keten.zet(dag + timedelta(days=1))
    stap = keten.stap("einde/afsluiten/1")
    geef_uitkomst(keten.omgeving, stap.id, "dossier_afgesloten", dag + timedelta(days=1), {}, COORDINATOR)


async def test_na_vernietigen_is_er_geen_run_geen_logregel_en_geen_persoon(keten: Keten) -> None:
    # De open stappen komen meteen als wachtende runs op het bord; de werker hoeft er niets voor te doen.
    with keten.omgeving.magazijn.ruimte() as ruimte:
        nu = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=BEGIN + timedelta(days=14))
    for stap in nu:
        if stap.start <= BEGIN + timedelta(days=2):
            keten.zet(max(stap.start, keten.omgeving.klok.vandaag()))
            open_stap(keten.omgeving, stap.id)
    await keten.ronde()
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    await keten.client.create_logs(
        [LogCreate(name="proef", level=20, message="een regel over de stap", timestamp=NU, flow_run_id=run.run_id)]
    )
    with keten.omgeving.magazijn.ruimte() as ruimte:
        dossier, persoon = ruimte.dossier(keten.dossier_id), ruimte.persoon(keten.dossier_id)
    assert persoon is not None
    sluit_af(keten)
    await keten.tot_run(OPROEP, Toestand.GEANNULEERD)
    keten.zet(date(2031, 1, 13))
    met_tag = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"dossier:{dossier.referentie}"]))
    assert await keten.client.read_flow_runs(flow_run_filter=met_tag)  # er was iets om te verwijderen

    lijst = maak_lijst(keten.omgeving, dossier.gemeente, Actor("m-adm", Verificatie.AANGEMELD))
    assert lijst is not None
    keur_goed(keten.omgeving, lijst["nummer"], Actor("m-wil", Verificatie.AANGEMELD), "De termijn is voorbij.")
    assert vernietig(keten.omgeving, lijst["nummer"], COORDINATOR).vernietigd == [dossier.referentie]
    assert verwijder_runs_van([dossier.referentie], keten.prefect.api_url)
    assert verwijder_runs_van([dossier.referentie], keten.prefect.api_url)  # twee keer mag

    assert await keten.client.read_flow_runs(flow_run_filter=met_tag) == []
    van_run = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.run_id]))

    async def geen_logregels() -> bool:  # de server ruimt ze op de achtergrond op
        return await keten.client.read_logs(log_filter=van_run) == []

    await keten.tot(geen_logregels)
    await keten.ronde()
    assert await keten.client.read_flow_runs(flow_run_filter=met_tag) == []  # de ronde maakt niets opnieuw
    with keten.omgeving.magazijn.ruimte() as ruimte:
        open_ = [s for s in ruimte.stappen(keten.dossier_id) if s.status in (Stapstatus.OPEN, Stapstatus.GEPLAND)]
    assert open_ == []

    zoeker = Lekzoeker.voor([(dossier.referentie, persoon)])
    plaatsen = [p for map_ in (keten.map, keten.prefect.thuis) for p in map_.rglob("*") if p.is_file()]
    assert any(p.name.startswith("prefect.db") for p in plaatsen)
    assert [lek for p in plaatsen for lek in zoeker.zoek(p.name, p.read_bytes().decode("latin-1"))] == []
    # Wie in de ruwe bytes zoekt, ook van een -wal, vindt niets: niet in base64, UTF-16 of hex.
    wie = (persoon.bsn, *persoon.naam.split(), persoon.geboortedatum.isoformat())
    assert resten(bestanden(keten.map, keten.prefect.thuis), [w for w in wie if len(w) > 4]) == set()
    # De referentie kan er nog staan, als vrijgekomen plek in het bestand van Prefect: zij zegt zonder dossier niets.
    assert not {naam: wat for naam, wat in controleer(keten.omgeving).items() if wat}


def test_zonder_prefect_zegt_het_opruimen_dat_het_niet_lukte() -> None:
    assert not verwijder_runs_van(["D-XXXXX"], "http://127.0.0.1:9/api")
