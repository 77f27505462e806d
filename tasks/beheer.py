"""Acts of ops as tasks."""

from datetime import date

from prefect import get_run_logger, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from adapters.dagbeheer import doe_dagbeheer
from adapters.omgeving import instellingen, omgeving
from adapters.prefect.bord import bord
from domein.handelingen.dagoverzicht import is_gedaan, maak_dagoverzicht, zet_gedaan
from domein.handelingen.ronde import ronde
from tasks.grens import HERHAAL, OnverwachteFout, over_de_grens


@task(name="ronde", cache_policy=NO_CACHE, persist_result=False)
async def doe_ronde() -> None:
    """Do one round now. Harmless beside that of the supervisor: the lease lets one at a time."""
    async with bord() as open_bord:
        verslag = await ronde(omgeving(), open_bord)
    get_run_logger().info("ronde: %s", verslag.als_dict())
    if verslag.mislukt:
        raise OnverwachteFout(f"mislukt:{verslag.mislukt}")


@task(name="zet-beheerbericht-klaar", tags=["dagwerk"], cache_policy=NO_CACHE, **HERHAAL)
async def zet_beheerbericht_klaar(dag: date | None) -> None:
    """Queue the daily message to ops; nothing when all is well. Once a day."""

    def work() -> bool:
        omgeving_ = omgeving()
        return doe_dagbeheer(omgeving_, instellingen(), dag or omgeving_.klok.vandaag()) is not None

    gemaakt = await over_de_grens(work)
    get_run_logger().info("beheerbericht: %s", "klaargezet" if gemaakt else "niets te melden")


@task(name="maak-dagoverzicht", tags=["dagwerk"], cache_policy=NO_CACHE, **HERHAAL)
async def maak_overzicht(dag: date | None) -> None:
    """Put the numbers of a day on the board as an artifact; once a day, and only codes and counts."""

    def work() -> tuple[date, str] | None:
        omgeving_ = omgeving()
        welke = dag or omgeving_.klok.vandaag()
        if welke != omgeving_.klok.vandaag() or is_gedaan(omgeving_, welke):
            return None  # the numbers of an earlier day are not those of now
        return welke, maak_dagoverzicht(omgeving_, welke).als_markdown(instellingen().adres_portaal)

    gemaakt = await over_de_grens(work)
    if gemaakt is None:
        return
    welke, tekst = gemaakt
    await acreate_markdown_artifact(tekst, key="dagoverzicht", description=f"De aantallen van {welke.isoformat()}")
    # After it: a crash in between makes the artifact twice, never not at all.
    await over_de_grens(lambda: zet_gedaan(omgeving(), welke))
