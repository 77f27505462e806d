"""The daily work as a task."""

import logging
from datetime import date

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from adapters.omgeving import instellingen, omgeving
from adapters.wekker import wek_ronde
from domein.handelingen.dagwerk import doe_het_dagwerk
from tasks.grens import HERHAAL, OnverwachteFout, over_de_grens

_log = logging.getLogger("regie.taken")


@task(name="zet-herinneringen-klaar", tags=["dagwerk"], cache_policy=NO_CACHE, **HERHAAL)
async def zet_herinneringen_klaar(dag: date | None) -> None:
    """Queue the handovers, reminders, escalations and digests of a day (default: today on our clock). Once a day."""

    def work() -> tuple[str, list[str], int]:
        omgeving_ = omgeving()
        verslag = doe_het_dagwerk(omgeving_, dag or omgeving_.klok.vandaag())
        wek_ronde(instellingen().map)
        teksten = [gedaan.wat for gedaan in verslag.gedaan.values() if gedaan.wat]
        for naam, fout in verslag.mislukt.items():
            _log.error("the daily work '%s' failed", naam, exc_info=fout)
        kapot = [f"{naam}:{type(fout).__name__}" for naam, fout in verslag.mislukt.items()]
        return f"{verslag.dag}: {', '.join(teksten) or 'niets te doen'}", kapot, verslag.half

    tekst, kapot, half = await over_de_grens(work)
    get_run_logger().info(tekst)
    if kapot or half:  # the rest is done; the run still ends red
        raise OnverwachteFout(" ".join([*kapot, *([f"mislukt:{half}"] if half else [])]))
