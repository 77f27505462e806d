"""Echte stappen per seconde door Prefect (openen, wachten, hervatten, verwerken): onze worker naast die van Prefect.

Om en om op dezelfde server, dezelfde pool, met dezelfde limiet en hetzelfde polsen, en met bytecode voor allebei. Een
stap is twee keer een run: openen tot zij wacht, en hervatten tot zij klaar is. De rekentijd per run telt de worker met
al zijn kinderen; die van de server staat apart.

Op een drukke machine kost een run van de process-worker tien seconden of meer. Daarom is een ronde klein, en begint er
alleen nog een ronde als die naar verwachting binnen TIJD past; hoeveel het er werden, staat in de uitkomst.
"""

import asyncio
import compileall
import os
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from prefect.client.orchestration import PrefectClient

from adapters.omgeving import WORTEL
from adapters.prefect import inrichting
from adapters.prefect.bord import PrefectBord
from beheer.demo.vullen import OPS
from beheer.dienst import LOOPBACK, Dienst, claim_poort, webdienst
from beheer.meet.instroom import kennisgevingen
from beheer.meet.meetplaats import Meetplaats, meetplaats
from beheer.uitvoer import meld
from domein.begrippen import Doelgroep, Stapstatus, Verificatie
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import ronde
from domein.handelingen.samen import antwoord_samen
from domein.handelingen.uitkomst import Antwoord
from domein.model import Stap

DOEL: Final = 2.5
STAPPEN: Final = 6
RONDEN: Final = 2
TIJD: Final = 360.0  # seconden; de eerste ronde gaat altijd door
RUNS_PER_STAP: Final = 2
LIMIET: Final = 3
RIJ: Final = 4
POLS: Final = 0.2
GEDULD: Final = 300.0
KIJKEN: Final = 0.25  # tussen twee rondes: vaker kijken kost de server rekentijd die de workers dan missen
AFSLUITTIJD: Final = 3.0
VANDAAG: Final = date(2026, 3, 2)
OPROEP: Final = "intake/oproep/1"
_TIK: Final = os.sysconf("SC_CLK_TCK")
_PAKKETTEN: Final = ("domein", "adapters", "tasks", "flows")


class DuurtTeLang(RegieFout):
    code = "duurt_te_lang"


class Maat(NamedTuple):
    per_seconde: float
    werker: float  # seconden rekentijd per run
    server: float


@dataclass(slots=True)
class _Proef:
    plaats: Meetplaats
    client: PrefectClient
    bord: PrefectBord
    server: Dienst
    api_url: str
    personen: Any
    maten: dict[str, list[Maat]] = field(default_factory=lambda: {"regie": [], "process": []})


def meet(stappen: int = STAPPEN, ronden: int = RONDEN) -> list[dict[str, Any]]:
    """Meet om en om; de verhouding is die van de beste ronde van elk, de spreiding staat erbij."""
    for pakket in _PAKKETTEN:
        compileall.compile_dir(WORTEL / pakket, quiet=2)
    maten = asyncio.run(_meet(stappen, ronden))
    wij, basis = maten["regie"], maten["process"]
    waarde, ander = max(wij).per_seconde, max(basis).per_seconde
    verhouding = waarde / ander
    return [
        {
            "onderdeel": "stappen",
            "maat": f"stappen per seconde, {len(wij)} keer {stappen} om en om, limiet {LIMIET}; wij {_zeg(wij)}; "
            f"basis: de process-worker van Prefect, {_zeg(basis)}",
            "waarde": round(waarde, 3), "basis": round(ander, 3), "verhouding": round(verhouding, 3), "doel": DOEL,
            "richting": "min", "gehaald": verhouding >= DOEL,
        }
    ]  # fmt: skip


def _zeg(maten: list[Maat]) -> str:
    snel = sorted(maat.per_seconde for maat in maten)
    beste = max(maten)
    return (
        f"{snel[0]:.2f}–{snel[-1]:.2f}/s, rekentijd per run {beste.werker:.2f} s en van de server {beste.server:.2f} s"
    )


async def _meet(stappen: int, ronden: int) -> dict[str, list[Maat]]:
    with meetplaats(VANDAAG) as plaats:
        async with _prefect(plaats, stappen * ronden * 2 + 20) as proef:
            begin = time.monotonic()
            for nummer in range(ronden):
                if nummer and (time.monotonic() - begin) * (nummer + 1) / nummer > TIJD:
                    meld(f"  Het blijft bij {nummer} van {ronden} ronden: deze machine is te druk voor meer.")
                    break
                for soort in ("process", "regie"):
                    maat = await _een_ronde(proef, soort, stappen)
                    proef.maten[soort].append(maat)
                    meld(f"  ronde {nummer + 1}, {soort}: {_zeg([maat])}")
            return proef.maten


@asynccontextmanager
async def _prefect(plaats: Meetplaats, personen: int) -> AsyncGenerator[_Proef]:
    thuis = plaats.map / "prefect"
    poort = claim_poort(4260)
    api_url = f"http://{LOOPBACK}:{poort.nummer}/api"
    opdracht = ["-m", "adapters.prefect.server", "start", "--host", LOOPBACK, "--port", str(poort.nummer)]
    omgeving = inrichting.server_omgeving(thuis, api_url)
    server = Dienst("prefect", opdracht, omgeving, plaats.map / "prefect.log", webdienst(f"{api_url}/health"))
    server.start()
    try:
        await server.wacht_tot_gezond(180)
        async with PrefectClient(api_url) as client:
            await inrichting.richt_in(client)
            # Eén dringende stap per persoon: wie geen begeleiding krijgt, heeft alleen zijn oproep.
            rijen = (rij for rij in kennisgevingen(personen * 5, VANDAAG) if rij.doelgroep is Doelgroep.GEZINSMIGRANT)
            yield _Proef(plaats, client, PrefectBord(client), server, api_url, rijen)
    finally:
        await server.stop()
        poort.los()


async def _een_ronde(proef: _Proef, soort: str, stappen: int) -> Maat:
    """Start de worker, laat één stap het pad warm lopen, en meet dan."""
    werker = _werker(proef, soort)
    werker.start()
    try:
        await _doe_stappen(proef, werker, _registreer(proef, 1))
        ids = _registreer(proef, stappen)
        pids = _pid(werker), _pid(proef.server)
        voor = [_rekentijd(pid) for pid in pids]
        duur = await _doe_stappen(proef, werker, ids)
        werk, server = (_rekentijd(pid) - eerder for pid, eerder in zip(pids, voor, strict=True))
        runs = stappen * RUNS_PER_STAP
        return Maat(stappen / duur, werk / runs, server / runs)
    finally:
        await werker.stop()


def _pid(dienst: Dienst) -> int:
    assert dienst.proces is not None
    return dienst.proces.pid


def _werker(proef: _Proef, soort: str) -> Dienst:
    # Ook de gewone worker werkt uit onze pool: haar vorm is die van 'process', dus alleen het starten verschilt.
    opdracht = ["-m", "prefect", "worker", "start", "--type", soort, "--pool", inrichting.POOL]
    opdracht += ["--name", f"meting-{soort}", "--limit", str(LIMIET)]
    omgeving = inrichting.werker_omgeving(proef.plaats.map / "prefect", proef.api_url, pols=POLS)
    return Dienst(
        soort, opdracht, {"REGIE_MAP": str(proef.plaats.map), **omgeving}, proef.plaats.map / f"werker-{soort}.log"
    )


def _registreer(proef: _Proef, aantal: int) -> list[Any]:
    registreer(proef.plaats.omgeving, list(islice(proef.personen, aantal)), OPS)
    with proef.plaats.magazijn.ruimte() as ruimte:
        gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], kenmerk=OPROEP, begonnen_op=VANDAAG)
    return [stap.id for stap in gepland]


async def _doe_stappen(proef: _Proef, werker: Dienst, ids: list[Any]) -> float:
    """Open de stappen, beantwoord ze en laat ze verwerken, met rondes zoals de opzichter ze doet; geef de seconden.

    Ertussen wachten wij, buiten de tijd, tot de kinderen van de worker weg zijn: wordt een run hervat terwijl haar kind
    nog afsluit, dan stopt de worker van Prefect voorgoed. De onze kan dat hebben, maar beide krijgen hetzelfde.
    """
    begin = time.perf_counter()
    stappen = await _tot(proef, werker, ids, Toestand.WACHT)
    geopend = time.perf_counter()
    while _kinderen(_pid(werker)):  # noqa: ASYNC110 - een proces geeft geen gebeurtenis
        await asyncio.sleep(0.1)
    await asyncio.sleep(AFSLUITTIJD)  # de worker boekt de plaats van een kind pas na zijn einde terug
    antwoord = time.perf_counter()
    geweigerd = [
        een
        for een in antwoord_samen(proef.plaats.omgeving, [_antwoord(s) for s in stappen])
        if isinstance(een, RegieFout)
    ]
    if geweigerd:
        raise geweigerd[0]
    await _tot(proef, werker, ids, Toestand.KLAAR)
    return geopend - begin + time.perf_counter() - antwoord


async def _tot(proef: _Proef, werker: Dienst, ids: list[Any], toestand: Toestand) -> list[Stap]:
    einde = time.monotonic() + GEDULD
    while True:
        await ronde(proef.plaats.omgeving, proef.bord, tegelijk=LIMIET + RIJ, volledig=False)
        with proef.plaats.magazijn.ruimte() as ruimte:
            stappen = ruimte.stappen_waar(ids=ids)
        runs = await proef.bord.runs([stap.run_id for stap in stappen if stap.run_id is not None])
        if len(runs) == len(ids) and all(run.toestand is toestand for run in runs.values()):
            return stappen
        if not werker.leeft or time.monotonic() > einde:
            standen = ", ".join(sorted(run.toestand.value for run in runs.values()))
            raise DuurtTeLang(
                f"De worker '{werker.naam}' kwam niet tot {toestand.value}; de runs zijn nu: {standen}.",
                "Meet op een rustiger machine.",
            )
        await asyncio.sleep(KIJKEN)


def _antwoord(stap: Stap) -> Antwoord:
    gegevens = {"afspraak_op": (VANDAAG + timedelta(days=14)).isoformat(), "waarschuwing": False}
    wie = Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
    return Antwoord(stap.id, "oproep_verzonden", VANDAAG, gegevens, wie, deur="portaal")


def _velden(map_: Path) -> list[str]:
    """De velden van /proc/PID/stat na de naam; leeg als het proces net stopte: zijn ouder telt het dan mee."""
    try:
        return (map_ / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _in_sessie(sessie: int) -> dict[int, list[str]]:
    gelezen = {int(map_.name): _velden(map_) for map_ in Path("/proc").iterdir() if map_.name.isdigit()}
    return {pid: velden for pid, velden in gelezen.items() if velden and int(velden[3]) == sessie}


def _kinderen(sessie: int) -> set[int]:
    """Alles wat naast de worker zelf draait, behalve zijn vorkproces: dat blijft."""
    levend = {pid: velden for pid, velden in _in_sessie(sessie).items() if velden[0] != "Z" and pid != sessie}
    blijft = ("multiprocessing.forkserver", "multiprocessing.resource_tracker")
    return {
        pid for pid, velden in levend.items()
        if int(velden[1]) != sessie or not any(naam in _opdrachtregel(pid) for naam in blijft)
    }  # fmt: skip


def _opdrachtregel(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _rekentijd(sessie: int) -> float:
    """Seconden rekentijd van alle processen in deze sessie, met hun kinderen die al weg zijn."""
    return sum(int(veld) for velden in _in_sessie(sessie).values() for veld in velden[11:15]) / _TIK
