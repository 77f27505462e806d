"""De containers van een Compose-bestand als gewone processen op loopback, elk met een eigen map en eigen poorten.

Opdracht, omgeving en peiling gaan woord voor woord door; alleen namen van hosts, poorten en paden van de container
worden vertaald naar wat hier staat. Alles stopt op zijn procesnummer.
"""

import os
import pwd
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from beheer.dienst import LOOPBACK, Poort, claim_poort
from tests.hulp.composespel import Dienst, op_volgorde
from tests.hulp.uitrolbeeld import Beeld

POORTEN = {"postgres": 5432, "redis": 6379, "prefect": 4200, "portaal": 8100, "werker": 8080}
_GETALLEN = "|".join(str(poort) for poort in POORTEN.values())
_HOST = re.compile(r"(?<=[/@])(postgres|redis|prefect)(?::\d+)?(?=/)")
_POORT = re.compile(rf"(?:(?<=^)|(?<=127\.0\.0\.1:))({_GETALLEN})(?=$|/)")


class Hapert(AssertionError):
    """Een container deed niet wat Compose van haar verwacht; met het einde van haar logboek."""


@dataclass
class Container:
    """Eén draaiende container: haar proces, haar vertaling, en haar logboek."""

    naam: str
    dienst: Dienst
    map: Path
    poort: Poort | None
    omgeving: dict[str, str] = field(default_factory=dict)
    gebruiker: str | None = None
    proces: subprocess.Popen[bytes] | None = None
    gezond: bool = False
    paden: dict[str, Path] = field(default_factory=dict)

    @property
    def logboek(self) -> str:
        bestand = self.map / "log"
        return bestand.read_text(encoding="utf-8", errors="replace") if bestand.exists() else ""

    @property
    def werkmap(self) -> Path:
        return self.paden.get("/var/lib/regie", self.map)  # WORKDIR van ons image

    @property
    def leeft(self) -> bool:
        return self.proces is not None and self.einde() is None

    def einde(self) -> int | None:
        """De eindcode als het proces klaar is; het wordt hier niet opgeruimd.

        Zolang niemand het opruimt blijft zijn nummer bezet, en is zijn groep dus nog van ons. Een container die al lang
        klaar is (de migratie) zou anders bij het stoppen een vreemd proces met hetzelfde nummer kunnen treffen.
        """
        assert self.proces is not None
        if self.proces.returncode is not None:
            return self.proces.returncode
        gezien = os.waitid(os.P_PID, self.proces.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if gezien is None:
            return None
        return gezien.si_status if gezien.si_code == os.CLD_EXITED else -gezien.si_status

    def wacht(self, seconden: float) -> int | None:
        """Wacht hoogstens zo lang tot het proces klaar is; geef de eindcode, of None."""
        assert self.proces is not None
        if self.proces.returncode is None:
            _wacht_op(self.proces.pid, seconden)
        return self.einde()

    def start(self, opdracht: list[str]) -> None:
        with (self.map / "log").open("ab") as log:  # het kind heeft zijn eigen handvat
            # Valt de test zelf weg, ook door kill -9, dan stopt de kern dit proces.
            self.proces = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *opdracht], env=self.omgeving, cwd=self.werkmap, user=self.gebruiker,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def stop(self, teken: signal.Signals = signal.SIGTERM, seconden: float = 30.0) -> None:
        """Stop dit proces en wat het startte; wie niet luistert, wordt gestopt."""
        if self.proces is None or self.proces.returncode is not None:  # opgeruimd: dit nummer is niet meer van ons
            return
        if self.leeft:
            os.kill(self.proces.pid, teken)  # niet send_signal: dat ruimt op, en dan is de groep niet meer van ons
            self.wacht(seconden)
        groep = _groep(self.proces.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.proces.pid, signal.SIGKILL)
        for nummer in groep:  # een teken is nog geen einde: wie hierna opruimt, vindt anders nog iemand bezig
            _wacht_op(nummer, seconden)
        self.proces.wait()


def _wacht_op(nummer: int, seconden: float) -> None:
    """Wacht hoogstens zo lang tot dit proces klaar is."""
    try:
        kijker = os.pidfd_open(nummer)  # leesbaar zodra het klaar is
    except ProcessLookupError:
        return
    try:
        select.select([kijker], [], [], seconden)
    finally:
        os.close(kijker)


def _groep(leider: int) -> list[int]:
    """De processen van deze groep; haar leider is nog niet opgeruimd, dus het nummer is van ons."""
    uit: list[int] = []
    for pad in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(pad.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2]) == leider:
                uit.append(int(pad.parent.name))
    return uit


class Naspeler:
    """Start de diensten op volgorde, wacht op hun peilingen, en stopt ze weer."""

    def __init__(
        self, diensten: dict[str, Dienst], beeld: Beeld, map_: Path, geheimen: Path, bestanden: dict[str, str]
    ) -> None:
        self.diensten = diensten
        self.beeld = beeld
        self.map = map_
        self.geheimen = geheimen
        self.bestanden = bestanden
        self.containers: dict[str, Container] = {}
        self.extra: dict[str, str] = {}  # wat het image van zijn machine heeft, zoals vertrouwde uitgevers
        self.ervoor: dict[str, Callable[[Container], None]] = {}  # wat een vreemd image zelf eerst doet
        self.duur: dict[str, float] = {}
        self._in_app = set(beeld.app.rglob("*"))

    def poort(self, naam: str) -> int:
        poort = self.containers[naam].poort
        assert poort is not None
        return poort.nummer

    def start_alles(self, aantallen: dict[str, int]) -> None:
        """Start elke dienst zodra Compose dat zou doen; `aantallen` wijkt af van wat daar staat."""
        begin = time.monotonic()
        wachtend: list[Container] = []
        for dienst in op_volgorde(self.diensten):
            if dienst.profielen:
                continue
            aantal = aantallen.get(dienst.naam, dienst.aantal)
            wachtend += [self.maak(dienst, nummer) for nummer in range(1, aantal + 1)]
        while wachtend or not all(c.gezond for c in self.containers.values()):
            for container in [c for c in wachtend if self._mag(c.dienst)]:
                wachtend.remove(container)
                self.start(container)
            for container in self.containers.values():
                self._kijk(container, begin)
            self._adem(self.containers.values())

    def maak(self, dienst: Dienst, nummer: int) -> Container:
        """Zet de map, de poort en de vertaling van een container klaar; nog zonder proces."""
        naam = f"{dienst.naam}-{nummer}"
        map_ = self.map / naam
        map_.mkdir(mode=0o755)
        poort = claim_poort(POORTEN[dienst.naam]) if dienst.naam in POORTEN else None
        container = Container(naam, dienst, map_, poort)
        self.containers[naam] = container
        container.paden = self._paden(container, nummer)
        self._zet_geheimen(container)
        return container

    def start(self, container: Container) -> None:
        """Start (opnieuw): de ingang van het image, dan de opdracht uit Compose."""
        dienst = container.dienst
        vast = {
            "TMPDIR": str(container.map / "tmp"),
            "HOME": str(container.map / "thuis"),
            "PATH": f"{container.map / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        }
        if dienst.uit_het_beeld:
            vast |= self.beeld.omgeving | self.extra
            vast["OMGEVING_UIT_BESTANDEN"] = "/run/geheimen/omgeving"  # de standaard van de ingang, vertaald
            vast["PATH"] = vast["PATH"].replace("$PATH", "/usr/local/bin:/usr/bin:/bin")
        container.omgeving = {n: self.vertaal(w, container) for n, w in {**vast, **dienst.omgeving}.items()}
        container.omgeving |= self._hosts(dienst)
        if dienst.naam in self.ervoor:
            self.ervoor[dienst.naam](container)
        self.duur[container.naam] = time.monotonic()
        container.gezond = dienst.peiling is None
        container.start(self.opdracht(container, dienst.opdracht))

    def opdracht(self, container: Container, woorden: list[str]) -> list[str]:
        ingang = self.beeld.ingang if container.dienst.uit_het_beeld else []
        hele = [self.vertaal(woord, container) for woord in [*ingang, *woorden]]
        eerste = shutil.which(hele[0], path=container.omgeving["PATH"])
        assert eerste is not None, f"{hele[0]} is er niet; {container.naam} kan niet starten"
        return [eerste, *hele[1:]]

    def peil(self, container: Container) -> subprocess.CompletedProcess[str]:
        """Doe de healthcheck zoals `docker exec`: in de omgeving van de container, zonder de ingang."""
        assert container.dienst.peiling is not None
        woorden = [self.vertaal(woord, container) for woord in container.dienst.peiling.opdracht]
        eerste = shutil.which(woorden[0], path=container.omgeving["PATH"])
        assert eerste is not None, woorden
        return subprocess.run(
            [eerste, *woorden[1:]], env=container.omgeving, cwd=container.werkmap, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip

    def draai(
        self, container: Container, woorden: list[str], seconden: float = 180
    ) -> subprocess.CompletedProcess[str]:
        """`docker compose exec` met de ingang ervoor: een opdracht in de omgeving van een container."""
        return subprocess.run(
            self.opdracht(container, woorden), env=container.omgeving, cwd=container.werkmap, capture_output=True,
            text=True, check=False, timeout=seconden,
        )  # fmt: skip

    def wacht_gezond(self, *namen: str) -> None:
        begin = time.monotonic()
        welke = [self.containers[naam] for naam in namen]
        while not all(c.gezond for c in welke):
            for container in welke:
                self._kijk(container, begin)
            self._adem(welke)

    def tot(self, wat: Callable[[], bool], seconden: float, waarop: Callable[[], object]) -> None:
        """Kijk tot het zo is; een container die intussen stopt, is een fout."""
        begin = time.monotonic()
        while not wat():
            for container in self.containers.values():
                self._kijk(container, begin)
            if time.monotonic() - begin > seconden:
                raise Hapert(f"na {seconden:.0f} s nog niet: {waarop()}")
            self._adem(self.containers.values())

    def haal_weg(self, container: Container) -> None:
        """Kill -9 op dit ene proces en wat het startte; het komt niet terug."""
        container.stop(signal.SIGKILL)
        del self.containers[container.naam]
        if container.poort is not None:
            container.poort.los()

    def geschreven_waar_het_niet_mag(self) -> list[str]:
        """Nieuwe bestanden in /app, of in een thuismap die er niet is: daar is de schijf van een container dicht."""
        fout = sorted(str(pad) for pad in set(self.beeld.app.rglob("*")) - self._in_app)
        return fout + [c.naam for c in self.containers.values() if (c.map / "thuis").exists()]

    def stop_alles(self) -> None:
        """Stop wat het laatst begon het eerst; hapert er een bij het stoppen, dan stoppen de andere ook."""
        with ExitStack() as stapel:
            for container in self.containers.values():  # een stapel loopt vanzelf terug
                if container.poort is not None:
                    stapel.callback(container.poort.los)
                stapel.callback(
                    container.stop, signal.SIGINT if container.dienst.naam == "postgres" else signal.SIGTERM
                )

    def vertaal(self, woord: str, container: Container) -> str:
        """Zet hosts, poorten en paden van de container om naar die van hier."""
        woord = _HOST.sub(lambda m: f"{LOOPBACK}:{self._poort_van(m[1])}", woord)
        woord = _POORT.sub(lambda m: str(self._eigen_poort(container, int(m[1]))), woord)
        if container.paden:
            paden = sorted(container.paden, key=len, reverse=True)
            patroon = rf"(?<![\w/.-])({'|'.join(map(re.escape, paden))})(?![\w-])"
            woord = re.sub(patroon, lambda m: str(container.paden[m[1]]), woord)
        return LOOPBACK if woord == "0.0.0.0" else woord

    def _hosts(self, dienst: Dienst) -> dict[str, str]:
        """Een host als losse waarde (…_HOST) en de poort die erbij hoort."""
        uit: dict[str, str] = {}
        for naam, waarde in dienst.omgeving.items():
            if naam.endswith("_HOST") and waarde in POORTEN:
                uit[naam] = LOOPBACK
                uit[naam.removesuffix("HOST") + "PORT"] = str(self._poort_van(waarde))
        return uit

    def _poort_van(self, dienst: str) -> int:
        return self.poort(f"{dienst}-1")

    def _eigen_poort(self, container: Container, standaard: int) -> int:
        if container.poort is not None and POORTEN[container.dienst.naam] == standaard:
            return container.poort.nummer
        return self._poort_van(next(naam for naam, poort in POORTEN.items() if poort == standaard))

    def _paden(self, container: Container, nummer: int) -> dict[str, Path]:
        dienst = container.dienst
        eigen = {"/app": self.beeld.app, "/sjablonen": self.beeld.app.parent / "sjablonen"}
        paden = eigen if dienst.uit_het_beeld else {}
        for pad in [*dienst.tmpfs, "/run/secrets", "/run/geheimen"]:
            if pad != "/tmp":  # die is er hier ook: TMPDIR wijst naar een eigen map
                paden[pad] = container.map / pad.strip("/")
        for pad, volume in dienst.volumes.items():
            # Een tweede container met hetzelfde volume krijgt een eigen, zoals een StatefulSet haar geeft.
            paden[pad] = self.map / "volumes" / (volume if nummer == 1 else f"{volume}-{nummer}")
        for pad in [*paden.values(), container.map / "tmp", container.map / "bin"]:
            pad.mkdir(parents=True, exist_ok=True)
        return paden

    def _zet_geheimen(self, container: Container) -> None:
        for pad, geheim in container.dienst.geheimen.items():
            naar = Path(self.vertaal(pad, container))
            naar.parent.mkdir(parents=True, exist_ok=True)
            bron = self.geheimen / self.bestanden[geheim]
            naar.write_text(self.vertaal(bron.read_text(encoding="utf-8").strip(), container), encoding="utf-8")
            shutil.copymode(bron, naar)

    def _mag(self, dienst: Dienst) -> bool:
        for naam, voorwaarde in dienst.wacht_op.items():
            van = [c for c in self.containers.values() if c.dienst.naam == naam and c.proces is not None]
            if not van:
                return False
            if voorwaarde == "service_completed_successfully":
                if any(c.einde() != 0 for c in van):
                    return False
            elif not all(c.gezond for c in van):
                return False
        return True

    def _kijk(self, container: Container, begin: float) -> None:
        if container.proces is None:
            return
        klaar = container.einde()
        if klaar is not None and (klaar or not self._eenmalig(container.dienst)):
            raise Hapert(f"{container.naam} stopte met {klaar}:\n{container.logboek[-6000:]}")
        if not container.gezond and container.dienst.peiling is not None:
            peiling = self.peil(container)
            container.gezond = peiling.returncode == 0
            sinds = time.monotonic() - self.duur[container.naam]
            if container.gezond:
                self.duur[container.naam] = sinds
            elif sinds > container.dienst.peiling.grens:
                waarom = f"{container.naam} is na {sinds:.0f} s niet gezond: {peiling.stderr[-500:]}"
                raise Hapert(f"{waarom}\n{container.logboek[-6000:]}")

    def _eenmalig(self, dienst: Dienst) -> bool:
        return any(d.wacht_op.get(dienst.naam) == "service_completed_successfully" for d in self.diensten.values())

    @staticmethod
    def _adem(containers: Iterable[Container]) -> None:
        """Een halve seconde tussen twee blikken, of korter als er intussen een stopt."""
        for container in containers:
            if container.leeft:
                container.wacht(0.5)
                return


def gewone_gebruiker() -> str | None:
    """PostgreSQL wil niet als root; dan draait hij als de gebruiker die zijn eigen pakket maakte."""
    return "postgres" if os.geteuid() == 0 else None


def geef_aan(pad: Path, gebruiker: str | None) -> None:
    if gebruiker is not None:
        os.chown(pad, pwd.getpwnam(gebruiker).pw_uid, -1)
