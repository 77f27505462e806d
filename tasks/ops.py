"""Acts of ops as one task: previewed or done per dossier, reported in codes, references and dates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from adapters.omgeving import instellingen, omgeving
from adapters.prefect.opsformulieren import REDENEN, TERMIJNREDENEN, Dossierkeuze, Termijnreden, Wie
from adapters.wekker import wek_ronde
from domein.begrippen import Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import bulk
from domein.handelingen.opsvormen import Bulkverslag, Opdracht, Regel, Uitslag
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tasks.grens import HERHAAL, Geweigerd, over_de_grens


@dataclass(frozen=True, slots=True)
class Vraag:
    """What the form asked, in the words of the domain."""

    keuze: Bulkkeuze
    opdracht: Opdracht
    actor: Actor
    proef: bool


def vraag(
    handeling: Handeling,
    keuze: Dossierkeuze,
    wie: Wie,
    proef: bool,
    *,
    aanvaard: Termijnreden | None = None,
    **waarden: Any,
) -> Vraag:
    """Translate a form; codes become the fixed texts that belong to them."""
    return Vraag(
        keuze.keuze(),
        Opdracht(handeling, REDENEN[wie.reden], aanvaard=TERMIJNREDENEN[aanvaard] if aanvaard else "", **waarden),
        Actor(wie.medewerkercode, Verificatie.ZELFVERKLAARD),
        proef,
    )


@task(name="handeling-van-ops", cache_policy=NO_CACHE, **HERHAAL)
async def voer_uit(gevraagd: Vraag) -> None:
    """Preview or do the act. The number of the bulk is this run: a retry continues it and does nothing twice."""
    nummer = f"P-{UUID(flow_run.id).hex}"

    def work() -> Bulkverslag:
        if gevraagd.proef:
            return bulk.proef(omgeving(), gevraagd.keuze, gevraagd.opdracht, gevraagd.actor)
        verslag = bulk.voer_uit(omgeving(), gevraagd.keuze, gevraagd.opdracht, gevraagd.actor, nummer)
        wek_ronde(instellingen().map)
        return verslag

    verslag = await over_de_grens(work)
    geweigerd = verslag.aantal(Uitslag.GEWEIGERD)
    get_run_logger().info(
        "%s: gedaan %d, eerder %d, geweigerd %d, mails %d",
        f"proef van {verslag.handeling}" if verslag.proef else verslag.handeling,
        verslag.aantal(Uitslag.GEDAAN), verslag.aantal(Uitslag.EERDER), geweigerd, len(verslag.mails),
    )  # fmt: skip
    await acreate_table_artifact(
        key=f"ops-{flow_run.id}",
        table=[rij for regel in verslag.regels for rij in _rijen(regel)],
        description=("Proef: er is niets bewaard. " if verslag.proef else f"Bulk {nummer}. ") + _mails(verslag),
    )
    if geweigerd and not verslag.proef:  # the rest is done; the run still ends red
        raise Geweigerd(f"geweigerd:{geweigerd}")


def _rijen(regel: Regel) -> list[dict[str, Any]]:
    vast = {"dossier": regel.dossier, "stap": regel.stap or "", "uitslag": regel.uitslag.value, "code": regel.code}
    breuk = ", ".join(f"{b.kenmerk} {b.uiterst}" for b in regel.termijnen)
    if not regel.bewegingen:
        return [{**vast, "van": "", "naar": "", "uiterste dag gebroken": breuk}]
    return [
        {
            **vast,
            "stap": beweging.kenmerk,
            "van": f"{beweging.status[0]} {beweging.streef[0] or ''} {beweging.medewerker[0] or ''}".strip(),
            "naar": f"{beweging.status[1]} {beweging.streef[1] or ''} {beweging.medewerker[1] or ''}".strip(),
            "uiterste dag gebroken": breuk,
        }
        for beweging in regel.bewegingen
    ]


def _mails(verslag: Bulkverslag) -> str:
    if not verslag.mails:
        return "Er volgt geen mail."
    return "Mail: " + ", ".join(f"{mail.soort} aan {mail.ontvanger}" for mail in verslag.mails) + "."
