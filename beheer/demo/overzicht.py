"""De telling aan het einde van de snelle demo: uit de databases, en uit wat de SMTP-server echt ontving."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun

from adapters.postvanger import ontvangen
from beheer.demo.archief import vergelijk_archief, zoek_resten
from beheer.demo.snel import SnelleDemo
from beheer.demo.vergelijken import Verschil, vergelijk
from domein.begrippen import Berichtstatus, Dossierstatus, DuoStand, Stapstatus
from domein.handelingen.bericht import ESCALATIE, GEBUNDELD, HERINNERING, OVERGESLAGEN, VROEGE_WAARSCHUWING
from domein.handelingen.besluit_inzien import besluit_lijst
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.invarianten import controleer
from domein.handelingen.inzien import duo_standen
from domein.handelingen.kern import kader
from domein.handelingen.lekken import zoek_lekken
from domein.handelingen.vernietigingslijst import lijsten
from domein.model import Bericht, Stap
from domein.ports import Ruimte
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.stand import vouw

PAGINA = 200
KLAAR = (Berichtstatus.AANVAARD, Berichtstatus.VERVALLEN)


async def maak_overzicht(demo: SnelleDemo, seconden: float) -> dict[str, Any]:
    """Tel alles en leg het naast de verwachtingen. `gelukt` is True als er niets afwijkt."""
    omgeving = demo.opzichter.omgeving
    runs = await alle_runs(demo.opzichter.client)
    verschillen = vergelijk(omgeving, demo.dossiers, demo.voorbeeld.verwacht)
    geschonden = {**controleer(omgeving), "I5": zoek_lekken(omgeving, alles_buiten_de_database(demo.opzichter.map))}
    with omgeving.magazijn.ruimte() as ruimte:
        stappen, berichten = ruimte.stappen_waar(), ruimte.berichten()
        eigen = set(demo.dossiers.values())  # zonder het archief
        beeindigd = [d for d in ruimte.dossiers() if d.id in eigen and d.status is Dossierstatus.BEEINDIGD]
        duo, termijnen = _duo_en_termijnen(ruimte, demo.dossiers)
    ontvangst = ontvangen(demo.opzichter.map)
    prefect = await _prefect_cijfers(demo.opzichter.client, stappen, runs)
    bericht_status = Counter(b.status.value for b in berichten)
    overzicht: dict[str, Any] = {
        "dossiers": len(demo.dossiers),
        "beeindigd": len(beeindigd),
        "zoals_verwacht": len(demo.dossiers) - len({v.kenmerk for v in verschillen}),
        "stappen": _tel(stap.status.value for stap in stappen),
        "runs": _tel(run.state_name or "?" for run in runs if run.parameters.get("stap_id")),
        "berichten": dict(sorted(bericht_status.items())),
        "smtp_ontvangen": len(ontvangst),
        **tel_per_niveau(berichten),
        "duo_meldingen": {stand.value: duo[stand.value] for stand in DuoStand},
        "termijnen": {"gehaald": termijnen["gehaald"], "gemist": termijnen["gemist"]},
        "invarianten": {naam: not lijst for naam, lijst in sorted(geschonden.items())},
        "prefect": prefect,
        "antwoorden": demo.deuren.gebruikt,
        "besluiten": _tel(rij["stand"] for rij in besluit_lijst(omgeving)),
        "archief": _archief(demo),
        "seconden": round(seconden, 1),
        "verschillen": [_verschil(v) for v in verschillen],
        "schendingen": {naam: lijst[:10] for naam, lijst in geschonden.items() if lijst},
    }
    dubbel = [m for m, n in Counter(mail.message_id for mail in ontvangst).items() if n > 1]
    overzicht["gelukt"] = (
        overzicht["dossiers"] == overzicht["beeindigd"] == overzicht["zoals_verwacht"]
        and all(b.status in KLAAR for b in berichten)
        and bericht_status[Berichtstatus.AANVAARD.value] == len(ontvangst)
        and not dubbel
        and not geschonden_ergens(geschonden)
        and not overzicht["archief"]["afwijkingen"]
        and not {"Failed", "Crashed"} & set(overzicht["runs"])
        and prefect["geopend"] == prefect["met_run"] == prefect["gewacht"] == prefect["in_kindproces"]
    )
    return overzicht


def _archief(demo: SnelleDemo) -> dict[str, Any]:
    """Wat er met de dossiers van voor de demo gebeurde, en of van wie vernietigd is nog iets te vinden is."""
    omgeving, map_ = demo.opzichter.omgeving, demo.opzichter.map
    staten = {rij["referentie"]: rij["staat"] for rij in bewaarlijst(omgeving)}
    weg = [stuk for stuk in demo.archief if staten.get(stuk.referentie) == "vernietigd"]
    database = ((b.name, b.read_bytes().decode("latin-1")) for b in map_.glob("regie.db*"))
    resten = zoek_resten(weg, [*alles_buiten_de_database(map_), *database])
    return {
        "dossiers": len(demo.archief),
        "vernietigd": len(weg),
        "wachtende_lijsten": sum(lijst["status"] == "opgesteld" for lijst in lijsten(omgeving)),
        "afwijkingen": [*vergelijk_archief(omgeving, demo.archief), *resten],
    }


def alles_buiten_de_database(map_: Path) -> Iterator[tuple[str, str]]:
    """Alles waarin geen persoon mag staan: de ontvangen mail, de logboeken en alles wat Prefect bewaart."""
    for mail in ontvangen(map_):
        yield f"mail {mail.nummer}", f"{mail.ontvanger}\n{mail.onderwerp}\n{mail.tekst}\n{mail.bericht.items()}"
    for bestand in [*(map_ / "log").glob("*.log"), *(map_ / "prefect").glob("prefect.db*")]:
        yield bestand.name, bestand.read_bytes().decode("utf-8", errors="ignore")


def tel_per_niveau(berichten: Iterable[Bericht]) -> dict[str, dict[str, int]]:
    """Tel de mails per niveau (of week), en apart wat na stilstand is overgeslagen of samen in een mail ging."""
    alle = list(berichten)
    mails = [b for b in alle if b.fout_code not in {OVERGESLAGEN, GEBUNDELD}]
    return {
        "herinneringen": _tel(str(b.niveau) for b in mails if b.soort == HERINNERING),
        "escalaties": _tel(str(b.niveau) for b in mails if b.soort == ESCALATIE),
        "vroege_waarschuwingen": _tel(str(b.niveau) for b in mails if b.soort == VROEGE_WAARSCHUWING),
        "zonder_eigen_mail": _tel(b.fout_code for b in alle if b.fout_code in {OVERGESLAGEN, GEBUNDELD}),
    }


def geschonden_ergens(geschonden: Mapping[str, list[str]]) -> bool:
    return any(geschonden.values())


def _tel(waarden: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(waarden).items()))


def _verschil(v: Verschil) -> dict[str, str]:
    return {"kenmerk": v.kenmerk, "kolom": v.kolom, "verwacht": v.verwacht, "werkelijk": v.werkelijk}


def _duo_en_termijnen(ruimte: Ruimte, dossiers: Mapping[str, UUID]) -> tuple[Counter[str], Counter[str]]:
    duo: Counter[str] = Counter()
    termijnen: Counter[str] = Counter()
    for dossier_id in dossiers.values():
        if ruimte.persoon(dossier_id) is None:
            continue  # gewist: er is niets meer te tellen
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        duo.update(stand_.value for stand_ in duo_standen(stand, kader()).values())
        if stand.pips:
            op_tijd = stand.pips[0].dagtekening <= eerste_pip_termijn(stand, kader()).einde
            termijnen["gehaald" if op_tijd else "gemist"] += 1
    return duo, termijnen


async def alle_runs(client: PrefectClient, criteria: FlowRunFilter | None = None) -> list[FlowRun]:
    """Lees alle runs van het bord, bladzijde voor bladzijde."""
    gevonden: list[FlowRun] = []
    while True:
        bladzijde = await client.read_flow_runs(flow_run_filter=criteria, limit=PAGINA, offset=len(gevonden))
        gevonden += bladzijde
        if len(bladzijde) < PAGINA:
            return gevonden


async def _prefect_cijfers(client: PrefectClient, stappen: list[Stap], runs: list[FlowRun]) -> dict[str, int]:
    """Kijk in Prefects eigen geschiedenis of elke geopende stap een run had, wachtte, en in een kindproces liep."""
    geopend = {
        str(stap.id) for stap in stappen if stap.geopend_op is not None and stap.status is not Stapstatus.GEPLAND
    }
    van_stap = [run for run in runs if str(run.parameters.get("stap_id")) in geopend]
    gewacht: set[str] = set()
    in_kind: set[str] = set()
    uitvoeringen = 0
    for run in van_stap:
        stap = str(run.parameters["stap_id"])
        namen = [toestand.name for toestand in await client.read_flow_run_states(run.id)]
        uitvoeringen += namen.count("Running")
        if "Suspended" in namen:
            gewacht.add(stap)
        if run.infrastructure_pid:
            in_kind.add(stap)
    return {
        "geopend": len(geopend),
        "met_run": len({str(run.parameters["stap_id"]) for run in van_stap}),
        "gewacht": len(gewacht),
        "in_kindproces": len(in_kind),
        "uitvoeringen": uitvoeringen,
    }


def toon_overzicht(overzicht: dict[str, Any]) -> None:
    """Laat een mens zien hoe het ging."""
    from rich.console import Console
    from rich.table import Table

    scherm = Console()
    tabel = Table("Wat", "Aantal", title="De regio van kennisgeving tot einde")
    rijen = [
        ("Dossiers", overzicht["dossiers"]),
        ("Beëindigd", overzicht["beeindigd"]),
        ("Zoals de wet het zegt (verwacht.csv)", overzicht["zoals_verwacht"]),
        ("Stappen", _regel(overzicht["stappen"])),
        ("Runs in Prefect", _regel(overzicht["runs"])),
        ("Berichten", _regel(overzicht["berichten"])),
        ("Ontvangen door de SMTP-server", overzicht["smtp_ontvangen"]),
        ("Herinneringen per niveau", _regel(overzicht["herinneringen"])),
        ("Escalaties per niveau", _regel(overzicht["escalaties"])),
        ("Vroege waarschuwingen per week", _regel(overzicht["vroege_waarschuwingen"])),
        ("Meldingen aan DUO", _regel(overzicht["duo_meldingen"])),
        ("PIP binnen de termijn", _regel(overzicht["termijnen"])),
        ("Besluiten", _regel(overzicht["besluiten"])),
        ("Antwoorden door", _regel(overzicht["antwoorden"])),
        ("Vernietigd uit het archief", overzicht["archief"]["vernietigd"]),
        ("Lijsten die wachten op een tweede", overzicht["archief"]["wachtende_lijsten"]),
        ("Duur", f"{overzicht['seconden']} seconden"),
    ]
    for naam, waarde in rijen:
        tabel.add_row(naam, str(waarde))
    scherm.print(tabel)
    for v in overzicht["verschillen"]:
        scherm.print(
            f"Anders dan verwacht: {v['kenmerk']}, {v['kolom']}: "
            f"{v['werkelijk'] or '(leeg)'} in plaats van {v['verwacht'] or '(leeg)'}."
        )
    for afwijking in overzicht["archief"]["afwijkingen"]:
        scherm.print(f"Archief: {afwijking}.")
    for naam, lijst in overzicht["schendingen"].items():
        scherm.print(f"Invariant {naam} is geschonden: {lijst[0]}")
    scherm.print("Alles klopt." if overzicht["gelukt"] else "Er klopt iets niet; zie hierboven.")


def _regel(tellingen: Mapping[str, int]) -> str:
    return ", ".join(f"{naam} {aantal}" for naam, aantal in tellingen.items()) or "geen"
