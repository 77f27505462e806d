"""Acts of ops as one task: previewed or done per dossier, reported in codes, references and dates.

The run always shows what happened as an artifact, also when all of it was refused.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run, task_run

from adapters.omgeving import instellingen, omgeving
from adapters.prefect.opsformulieren import REDENEN, TERMIJNREDENEN, Dossierkeuze, Termijnreden, Wie
from adapters.prefect.opsuitleg import onverwacht, uitleg
from adapters.wekker import wek_ronde
from domein.begrippen import Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import bulk
from domein.handelingen.opsvormen import Bulkverslag, Opdracht, Regel, Uitslag
from domein.ports import Omgeving
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tasks.grens import HERHAAL, DatabaseOnbereikbaar, Geweigerd, OnverwachteFout, over_de_grens


@dataclass(frozen=True, slots=True)
class Vraag:
    """What the form asked, in the words of the domain. Without `keuze` it undoes the bulk of the opdracht."""

    keuze: Bulkkeuze | None
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
        _actor(wie),
        proef,
    )


def vraag_terug(bulknummer: str, wie: Wie, proef: bool) -> Vraag:
    """Translate the form that undoes a bulk."""
    return Vraag(None, Opdracht(Handeling.DOORHALEN, REDENEN[wie.reden], bulk=bulknummer), _actor(wie), proef)


def _actor(wie: Wie) -> Actor:
    return Actor(wie.medewerkercode, Verificatie.ZELFVERKLAARD)


@task(name="handeling-van-ops", cache_policy=NO_CACHE, **HERHAAL)
async def voer_uit(gevraagd: Vraag) -> None:
    """Preview or do the act. The number of the bulk is this run: a retry continues it and does nothing twice."""

    def work() -> Bulkverslag:
        verslag = _doe(omgeving(), gevraagd, f"P-{UUID(flow_run.id).hex}")
        if not gevraagd.proef:
            wek_ronde(instellingen().map)
        return verslag

    try:
        verslag = await over_de_grens(work)
    except DatabaseOnbereikbaar as error:
        if task_run.run_count > HERHAAL["retries"]:  # the last try: nothing follows that could still tell
            await _toon_weigering(str(error))
        raise
    except OnverwachteFout as error:
        await _toon_weigering(onverwacht(str(error)))
        raise
    except Geweigerd as error:
        code = str(error)
        await _toon_weigering(code)
        raise Geweigerd(f"{code}: {uitleg(code)}") from None
    geweigerd = verslag.aantal(Uitslag.GEWEIGERD)
    get_run_logger().info(
        "%s: gedaan %d, eerder %d, geweigerd %d, mails %d",
        f"proef van {verslag.handeling}" if verslag.proef else verslag.handeling,
        verslag.aantal(Uitslag.GEDAAN), verslag.aantal(Uitslag.EERDER), geweigerd, len(verslag.mails),
    )  # fmt: skip
    begin = "Proef: er is niets bewaard." if verslag.proef else f"Bulk {verslag.bulk}."
    await _toon([rij for regel in verslag.regels for rij in _rijen(regel)], f"{begin} {_mails(verslag)}")
    if geweigerd and not verslag.proef:  # the rest is done; the run still ends red
        raise Geweigerd(f"geweigerd:{geweigerd}")


def _doe(hier: Omgeving, gevraagd: Vraag, nummer: str) -> Bulkverslag:
    opdracht, actor = gevraagd.opdracht, gevraagd.actor
    if gevraagd.keuze is None:
        terug = bulk.proef_doorhaling if gevraagd.proef else bulk.haal_bulk_door
        return terug(hier, opdracht.bulk or "", actor, opdracht.reden)
    if gevraagd.proef:
        return bulk.proef(hier, gevraagd.keuze, opdracht, actor)
    return bulk.voer_uit(hier, gevraagd.keuze, opdracht, actor, nummer)


async def _toon_weigering(code: str) -> None:
    """Nothing was done because the question itself was refused: say so, and what can be done about it."""
    rij = {"uitslag": Uitslag.GEWEIGERD.value, "code": code, "waarom": uitleg(code)}
    await _toon([rij], f"Geweigerd. {uitleg(code)}")


async def _toon(rijen: list[dict[str, Any]], omschrijving: str) -> None:
    await acreate_table_artifact(key=f"ops-{flow_run.id}", table=rijen, description=omschrijving)


def _rijen(regel: Regel) -> list[dict[str, Any]]:
    vast = {
        "dossier": regel.dossier, "stap": regel.stap or "", "uitslag": regel.uitslag.value, "code": regel.code,
        "waarom": uitleg(regel.code) if regel.code else "",
    }  # fmt: skip
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
