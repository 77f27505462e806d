"""The daily work as a task."""

from datetime import date

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from adapters.omgeving import instellingen, omgeving
from adapters.wekker import wek_ronde
from domein.handelingen.herinneren import herinner
from domein.handelingen.overzichten import zet_overzichten_klaar
from domein.handelingen.regio_overgang import voer_overgangen_uit
from domein.handelingen.swi import bewaak_levering
from domein.handelingen.waarneming import neem_waar
from tasks.grens import HERHAAL, OnverwachteFout, over_de_grens


@task(name="zet-herinneringen-klaar", tags=["dagwerk"], cache_policy=NO_CACHE, **HERHAAL)
async def zet_herinneringen_klaar(dag: date | None) -> None:
    """Queue the handovers, reminders, escalations and digests of a day (default: today on our clock). Once a day."""

    def work() -> tuple[str, int]:
        omgeving_ = omgeving()
        voer_overgangen_uit(omgeving_)  # a new version of the agreements that holds from today
        bewaak_levering(omgeving_)  # the quarterly delivery of the region
        waargenomen = neem_waar(omgeving_)  # open tasks of who is absent from today
        verslag = herinner(omgeving_, dag or omgeving_.klok.vandaag())
        overzichten = zet_overzichten_klaar(omgeving_, dag or omgeving_.klok.vandaag())
        wek_ronde(instellingen().map)
        mislukt = len(waargenomen.mislukt) + len(verslag.mislukt) + len(overzichten.mislukt)
        if verslag.al_gedaan:
            return f"{verslag.dag}: al gedaan", mislukt
        aantallen = (
            f"{verslag.herinneringen.total()} herinneringen, {verslag.escalaties.total()} escalaties, "
            f"{verslag.vroege_waarschuwingen.total()} vroege waarschuwingen, "
            f"{sum(overzichten.aantallen.values())} overzichten"
        )
        return f"{verslag.dag}: {aantallen}", mislukt

    tekst, mislukt = await over_de_grens(work)
    get_run_logger().info(tekst)
    if mislukt:  # the rest is done; the run still ends red
        raise OnverwachteFout(f"mislukt:{mislukt}")
