"""De stapel van `uitrol/compose.yaml`, nagespeeld zonder Docker: elke dienst als proces, met haar echte opdracht.

Woord voor woord uit Compose: opdracht, omgeving, peiling en volgorde; uit de Dockerfile: wat er in /app staat, de
pakketten, de ingang en de vaste omgeving; uit LEESMIJ.md: de geheimen als bestanden. PostgreSQL begint leeg en doet
`database.sh`, Prefect staat op PostgreSQL en praat over Redis. Er zijn twee opzichters, zoals in Kubernetes: de tweede
heeft een eigen volume.

Niet hetzelfde: er is geen image gebouwd (de pakketten komen uit de omgeving van de tests) en geen andere gebruiker,
alleen-lezen schijf, netwerk of grens aan geheugen; hosts, poorten en paden zijn vertaald naar loopback en een eigen
map; PostgreSQL en Redis zijn die van de machine, niet die van hun images; de mailserver is de postvanger achter
STARTTLS en een wachtwoord. Wat Docker bij een stop doet (opnieuw starten) doet hier niemand: een stop is een fout.
"""

import csv
import json
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.hartslag import RONDE
from adapters.instellingen import lees_instellingen
from adapters.klok import EchteKlok
from adapters.omgeving import maak_omgeving
from adapters.opslag import SqlMagazijn
from adapters.postvanger import ontvangen
from beheer.dienst import LOOPBACK
from domein.begrippen import Stapstatus
from domein.handelingen.invarianten import controleer
from domein.model import Stap
from domein.ports import Omgeving
from domein.regels.kalender import Kantoorkalender
from tests.hulp.certificaat import maak_uitgever
from tests.hulp.composespel import geheimbestanden, lees_compose, lees_env
from tests.hulp.naspeler import Container, Naspeler
from tests.hulp.uitrolbeeld import bouw_beeld
from tests.hulp.uitroltoneel import GEBRUIKER, Mailserver, bereid_postgres, bereid_redis, maak_geheimen
from tests.integratie.portaal_hulp import ZELFDE, bewijs

UITROL = Path(__file__).resolve().parents[2] / "uitrol"
VOORBEELD = UITROL.parent / "voorbeelden" / "avres"
OPROEP, GESPREK = "intake/oproep/1", "intake/gesprek/1"
EIGEN_AANHEF = "Goedendag"
WACHTTIJD = 300.0


@dataclass
class Toneel:
    """De draaiende stapel, en een eigen blik in haar database: die van een derde machine."""

    spel: Naspeler
    hier: Omgeving
    post: Path
    portaal_url: str
    dossiers: list[str]

    @property
    def opzichter(self) -> Container:
        return next(c for c in self.spel.containers.values() if c.dienst.naam == "opzichter")

    def regie(self, *woorden: str) -> Any:
        """`docker compose run --rm opzichter regie …`."""
        gedaan = self.spel.draai(self.opzichter, ["regie", *woorden, "--json"])
        assert gedaan.returncode == 0, f"{woorden}: {gedaan.stdout}{gedaan.stderr}"
        return json.loads(gedaan.stdout)

    def prefect(self, pad: str, vraag: dict[str, Any]) -> Any:
        antwoord = httpx.post(f"http://{LOOPBACK}:{self.spel.poort('prefect-1')}/api/{pad}", json=vraag, timeout=30)
        antwoord.raise_for_status()
        return antwoord.json()

    def stap(self, referentie: str, kenmerk: str) -> Stap:
        with self.hier.magazijn.ruimte() as ruimte:
            stappen = ruimte.stappen(ruimte.dossier_bij(referentie).id)
        return next(stap for stap in stappen if stap.kenmerk == kenmerk)

    def staat(self, kenmerk: str, status: Stapstatus, run: str, dossiers: list[str]) -> bool:
        """Of bij elk van deze dossiers de stap deze status heeft, en haar run in Prefect deze toestand."""
        stappen = [self.stap(referentie, kenmerk) for referentie in dossiers]
        if any(stap.status is not status or stap.run_id is None for stap in stappen):
            return False
        runs = self.prefect("flow_runs/filter", {"flow_runs": {"id": {"any_": [str(s.run_id) for s in stappen]}}})
        return [gevonden["state_type"] for gevonden in runs] == [run] * len(stappen)

    def beeld(self) -> object:
        """Voor een foutmelding: waar elke stap staat, en wat de opzichters en workers het laatst zeiden."""
        with (
            self.hier.magazijn.ruimte() as ruimte
        ):  # een stap die er nog niet is, hoort ook in het beeld: zij ontbreekt
            stappen = [
                (referentie, stap.kenmerk, stap.status.value, str(stap.run_id))
                for referentie in self.dossiers
                for stap in ruimte.stappen(ruimte.dossier_bij(referentie).id)
                if stap.kenmerk in (OPROEP, GESPREK)
            ]
        logs = [f"\n== {c.naam}\n{c.logboek[-1500:]}" for c in self.spel.containers.values()]
        return f"{stappen}{''.join(logs)}"


@pytest.fixture
def toneel() -> Iterator[Toneel]:
    vandaag = EchteKlok().vandaag()
    # De stapel draait op de echte klok, en op een dag dat kantoren dicht zijn opent zij terecht niets (I7).
    assert Kantoorkalender().is_open(vandaag), (
        f"{vandaag} is geen werkdag: speel de uitrol na op een dag dat kantoren open zijn"
    )
    # Een eigen korte map die ook een andere gebruiker mag lezen: PostgreSQL draait niet als root.
    map_ = Path(tempfile.mkdtemp(prefix="regie-uitrol-"))
    map_.chmod(0o755)
    with ExitStack() as stapel:  # wat het laatst begon, stopt het eerst; hapert er iets, dan stopt de rest ook
        stapel.callback(shutil.rmtree, map_, ignore_errors=True)
        stapel.callback(_bewaar_logboeken, map_)
        yield _zet_op(map_, stapel)


def _bewaar_logboeken(map_: Path) -> None:
    if bewaar := os.environ.get("PROEF_LOGBOEKEN"):  # de logboeken van alle containers, om na te lezen
        for container in map_.glob("*/log"):
            shutil.copy2(container, Path(bewaar) / f"{container.parent.name}.log")


def _zet_op(map_: Path, stapel: ExitStack) -> Toneel:
    uitgever = maak_uitgever(map_ / "uitgever")
    mail = Mailserver(map_ / "post", uitgever)
    stapel.callback(mail.stop)
    maak_geheimen(map_ / "geheimen")
    _eigen_sjabloon(map_ / "sjablonen")
    waarden = lees_env(UITROL / "voorbeeld.env")
    waarden |= {"REGIE_SMTP_HOST": LOOPBACK, "REGIE_SMTP_PORT": str(mail.poort), "REGIE_SMTP_GEBRUIKER": GEBRUIKER}
    compose = UITROL / "compose.yaml"
    diensten = lees_compose(compose, waarden)
    spel = Naspeler(diensten, bouw_beeld(map_ / "app"), map_, map_ / "geheimen", geheimbestanden(compose))
    spel.extra = {"SSL_CERT_FILE": str(uitgever.bundel)}  # in het image: de uitgevers van Debian
    spel.ervoor = {"postgres": bereid_postgres, "redis": bereid_redis}
    mail.start()
    stapel.callback(spel.stop_alles)
    spel.start_alles({"opzichter": 2})
    hier = _derde_machine(spel, map_ / "derde")
    assert isinstance(hier.magazijn, SqlMagazijn)
    stapel.callback(hier.magazijn.sluit)
    return Toneel(spel, hier, map_ / "post", waarden["REGIE_PORTAAL_URL"], [])


def _eigen_sjabloon(map_: Path) -> None:
    """Een regio met een eigen taakmail; LEESMIJ.md zet die in een image bovenop het onze."""
    shutil.copytree(UITROL.parent / "sjablonen" / "taak", map_ / "taak")
    tekst = map_ / "taak" / "nl" / "tekst.txt.j2"
    tekst.write_text(tekst.read_text(encoding="utf-8").replace("Beste collega", EIGEN_AANHEF), encoding="utf-8")


def _derde_machine(spel: Naspeler, map_: Path) -> Omgeving:
    portaal = spel.containers["portaal-1"]
    shutil.copytree(portaal.paden["/var/lib/regie"] / "geheimen", map_ / "geheimen")
    urls = {
        naam: (portaal.paden["/run/geheimen"] / "regie" / f"regie_{naam}").read_text("utf-8")
        for naam in ("database_url", "sleutels_url")
    }
    return maak_omgeving(lees_instellingen(map=map_, _env_file=None, **urls))


@pytest.mark.zwaar
@pytest.mark.postgres
def test_de_uitrol_doet_haar_werk_ook_als_er_een_worker_een_opzichter_en_redis_wegvallen(toneel: Toneel) -> None:
    _elke_peiling_slaagt(toneel)
    toneel.regie("regio", "laad", "/app/voorbeelden/avres/regio.toml")
    eerste = _registreer(toneel, 0, 6)
    _antwoord(toneel, eerste)
    _alles_ging_een_keer(toneel)
    assert _werkers_die_werkten(toneel) == {"werker-1", "werker-2"}

    assert _fouten_in_de_logboeken(toneel) == []

    redis = toneel.spel.containers["redis-1"]
    redis.stop(signal.SIGTERM)
    toneel.spel.start(redis)
    toneel.spel.wacht_gezond("redis-1")
    herstart = _nu(toneel)
    toneel.spel.haal_weg(toneel.spel.containers["werker-1"])
    toneel.spel.haal_weg(_wie_de_ronde_doet(toneel))

    tweede = _registreer(toneel, 6, 4)
    _antwoord(toneel, tweede)
    _alles_ging_een_keer(toneel)
    toneel.spel.tot(lambda: _gebeurtenissen_sinds(toneel, herstart) > 0, WACHTTIJD, toneel.beeld)
    _elke_peiling_slaagt(toneel)
    _de_reservekopie_lukt(toneel)
    _de_dokter_vindt_niets_ergs(toneel)
    assert toneel.spel.geschreven_waar_het_niet_mag() == []


def _elke_peiling_slaagt(toneel: Toneel) -> None:
    for container in toneel.spel.containers.values():
        if container.dienst.peiling is not None:
            gedaan = toneel.spel.peil(container)
            assert gedaan.returncode == 0, f"{container.naam}: {gedaan.stderr}"
    bord = httpx.get(f"http://{LOOPBACK}:{toneel.spel.poort('prefect-1')}/", timeout=30, follow_redirects=True)
    assert "<title>Prefect Server</title>" in bord.text  # niet alleen zijn API: ook de pagina's


def _registreer(toneel: Toneel, vanaf: int, aantal: int) -> list[str]:
    """Een paar kennisgevingen uit het voorbeeld, van vorige week, met de opdracht die een regio gebruikt."""
    vandaag = toneel.hier.klok.vandaag()
    with (VOORBEELD / "kennisgevingen.csv").open(encoding="utf-8", newline="") as bron:
        alle = list(csv.DictReader(bron))
    rijen = [r | {"kennisgeving_op": (vandaag - timedelta(days=5)).isoformat()} for r in alle[vanaf : vanaf + aantal]]
    bestand = toneel.post / f"kennisgevingen-{vanaf}.csv"
    with bestand.open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.DictWriter(uit, fieldnames=list(alle[0]))
        schrijver.writeheader()
        schrijver.writerows(rijen)
    verslag = toneel.regie("kennisgevingen", "registreer", str(bestand))
    nieuw = [rij["referentie"] for rij in verslag["rijen"]]
    assert len(set(nieuw)) == aantal
    toneel.dossiers += nieuw
    return nieuw


def _antwoord(toneel: Toneel, dossiers: list[str]) -> None:
    """Elke oproep opent, wordt gemaild en beantwoord (op een portaal of de opdrachtregel); dan opent het gesprek."""
    spel, vandaag = toneel.spel, toneel.hier.klok.vandaag()
    spel.tot(lambda: toneel.staat(OPROEP, Stapstatus.OPEN, "PAUSED", dossiers), WACHTTIJD, toneel.beeld)
    spel.tot(lambda: all(_taaklink(toneel, referentie) for referentie in dossiers), WACHTTIJD, toneel.beeld)
    for nummer, referentie in enumerate(dossiers):
        if nummer % 3:
            _via_het_portaal(toneel, f"portaal-{nummer % 3}", referentie, vandaag)
        else:
            gegevens = json.dumps({"afspraak_op": vandaag.isoformat(), "waarschuwing": False})
            door = toneel.stap(referentie, OPROEP).medewerker or ""
            toneel.regie(
                "stap", "uitkomst", f"{referentie}:{OPROEP}", "--soort", "oproep_verzonden", "--datum",
                vandaag.isoformat(), "--door", door, "--gegevens", gegevens,
            )  # fmt: skip
    spel.tot(lambda: toneel.staat(OPROEP, Stapstatus.KLAAR, "COMPLETED", dossiers), WACHTTIJD, toneel.beeld)
    spel.tot(lambda: toneel.staat(GESPREK, Stapstatus.OPEN, "PAUSED", dossiers), WACHTTIJD, toneel.beeld)


def _taaklink(toneel: Toneel, referentie: str) -> str:
    """De link naar de antwoordpagina uit de taakmail van dit dossier; leeg als zij er nog niet is."""
    for mail in ontvangen(toneel.post):
        if referentie in mail.onderwerp and "oproep 1" in mail.onderwerp:
            regels = [regel for regel in mail.tekst.splitlines() if regel.startswith(f"{toneel.portaal_url}/taak/")]
            assert mail.tekst.startswith(EIGEN_AANHEF)  # wie de mail ook schreef, hij las het sjabloon van de regio
            return regels[0].removeprefix(toneel.portaal_url)
    return ""


def _via_het_portaal(toneel: Toneel, portaal: str, referentie: str, dag: date) -> None:
    with httpx.Client(base_url=f"http://{LOOPBACK}:{toneel.spel.poort(portaal)}", timeout=30) as browser:
        pad = _taaklink(toneel, referentie)
        pagina = browser.get(pad)
        assert referentie in pagina.text
        velden = {"datum": dag.isoformat(), "afspraak_op": dag.isoformat(), "waarschuwing": "nee"}
        invoer = {f"oproep_verzonden.{naam}": waarde for naam, waarde in velden.items()} | {
            "bewijs": bewijs(pagina.text)
        }
        antwoord = browser.post(pad, data=invoer, headers=ZELFDE, follow_redirects=False)
        assert antwoord.status_code == 303, antwoord.text


def _alles_ging_een_keer(toneel: Toneel) -> None:
    """Per stap één run en één opening, per bericht één mail, en geen run die viel; de invarianten gelden."""
    runs = toneel.prefect("flow_runs/filter", {"limit": 200})
    per_stap = Counter(run["parameters"]["stap_id"] for run in runs if "stap_id" in run["parameters"])
    assert set(per_stap.values()) == {1}
    assert not [run["name"] for run in runs if run["state_type"] in {"FAILED", "CRASHED", "CANCELLED"}]
    with toneel.hier.magazijn.ruimte() as ruimte:
        for referentie in toneel.dossiers:
            feiten = Counter((g.soort, g.stap) for g in ruimte.gebeurtenissen(ruimte.dossier_bij(referentie).id))
            assert {aantal for (soort, _), aantal in feiten.items() if soort == "stap_geopend"} == {1}
    mails = Counter((mail.message_id, mail.ontvanger) for mail in ontvangen(toneel.post))
    assert mails
    assert set(mails.values()) == {1}
    assert not [wat for geschonden in controleer(toneel.hier).values() for wat in geschonden]


def _werkers_die_werkten(toneel: Toneel) -> set[str]:
    werkers = [c for c in toneel.spel.containers.values() if c.dienst.naam == "werker"]
    return {c.naam for c in werkers if "submitted to infrastructure" in c.logboek}


def _fouten_in_de_logboeken(toneel: Toneel) -> list[str]:
    """Wat onze eigen diensten als fout meldden; tot hier viel er nog niets weg."""
    regels = [regel for c in toneel.spel.containers.values() for regel in c.logboek.splitlines()]
    return [regel for regel in regels if '"level": "error"' in regel]


def _wie_de_ronde_doet(toneel: Toneel) -> Container:
    with toneel.hier.magazijn.ruimte() as ruimte:
        slag = ruimte.hartslag(RONDE)
    assert slag is not None
    pid = int(slag.houder.rpartition(":")[2])
    return next(c for c in toneel.spel.containers.values() if c.proces is not None and c.proces.pid == pid)


def _nu(toneel: Toneel) -> str:
    return toneel.hier.klok.nu().isoformat()


def _gebeurtenissen_sinds(toneel: Toneel, moment: str) -> int:
    """Wat Prefect over Redis stuurde en in zijn database kwam: nul als zijn diensten de herstart niet overleefden."""
    vraag = {"filter": {"occurred": {"since": moment}, "event": {"prefix": ["prefect.flow-run."]}}}
    return int(toneel.prefect("events/filter", vraag)["total"])


def _de_reservekopie_lukt(toneel: Toneel) -> None:
    """`docker compose run --rm reservekopie`, met de ontvanger die LEESMIJ.md beschrijft."""
    spel = toneel.spel
    geheim = toneel.post / "ontvanger.geheim"
    gemaakt = spel.draai(toneel.opzichter, ["regie", "reservekopie", "ontvanger", str(geheim)])
    assert gemaakt.returncode == 0, gemaakt.stderr
    (spel.geheimen / "ontvanger").write_text(gemaakt.stdout, encoding="utf-8")
    container = spel.maak(spel.diensten["reservekopie"], 1)
    map_ = container.paden["/var/lib/regie"]  # in Compose alleen te lezen
    ervoor = {pad for pad in map_.rglob("*") if pad.name != "wek"}
    spel.start(container)
    assert container.wacht(WACHTTIJD) == 0, container.logboek
    container.stop()
    del spel.containers[container.naam]
    assert {pad for pad in map_.rglob("*") if pad.name != "wek"} == ervoor
    for pad in ("/kopie", "/kluis"):
        assert list(container.paden[pad].glob("*.reservekopie")), pad


def _de_dokter_vindt_niets_ergs(toneel: Toneel) -> None:
    """Geen fout; de enige waarschuwing komt doordat de personen van het voorbeeld oude termijnen hebben."""
    gedaan = toneel.spel.draai(toneel.opzichter, ["regie", "dokter", "--json"])
    assert gedaan.returncode == 0, gedaan.stdout
    assert {bevinding["soort"] for bevinding in json.loads(gedaan.stdout)} <= {"te_laat"}, gedaan.stdout
