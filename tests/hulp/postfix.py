"""Een eigen Postfix op loopback, met een eigen map, wachtrij en poort: nooit die van de machine.

Post voor `vanger.example` en wat terugkomt op `regie.example` gaat door naar de server van de test.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMMA = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
DIENSTEN = """
127.0.0.1:{poort} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def waarom_niet() -> str | None:
    """Waarom deze proef hier niet kan, of None."""
    if PROGRAMMA is None:
        return "postfix is niet geïnstalleerd (apt-get install postfix)"
    if os.geteuid() != 0:
        return "alleen root kan een eigen postfix starten"
    return None


@dataclass
class Postfix:
    map: Path
    poort: int

    def _doe(self, *woorden: str) -> None:
        gedaan = subprocess.run(woorden, capture_output=True, text=True, check=False, timeout=60)
        if gedaan.returncode:
            raise RuntimeError(f"{woorden}: {gedaan.stderr}\n{self.logboek}")

    @property
    def logboek(self) -> str:
        bestand = self.map / "log"
        return bestand.read_text(encoding="utf-8", errors="replace") if bestand.exists() else ""

    def start(self) -> None:
        assert PROGRAMMA is not None
        self._doe(PROGRAMMA, "-c", str(self.map), "start")

    def stop(self) -> None:
        assert PROGRAMMA is not None
        self._doe(PROGRAMMA, "-c", str(self.map), "stop")

    def probeer_opnieuw(self) -> None:
        """Laat de wachtrij nu nog eens proberen, in plaats van over een paar minuten."""
        self._doe("postqueue", "-c", str(self.map), "-f")

    def wachtrij(self) -> int:
        return sum(len(bestanden) for naam in ("deferred", "active", "incoming") for *_, bestanden in (
            os.walk(self.map / "wachtrij" / naam)
        ))  # fmt: skip


def _vrije_poort() -> int:
    with socket.socket() as stekker:
        stekker.bind(("127.0.0.1", 0))
        return int(stekker.getsockname()[1])


@contextmanager
def postfix(doel: int) -> Generator[Postfix]:
    """Draai Postfix met `doel` als de poort waar hij alles aflevert."""
    # Kort en voor iedereen te betreden: de diensten draaien als gebruiker postfix, en een socketpad heeft een grens.
    map_ = Path(tempfile.mkdtemp(prefix="rpf-", dir="/tmp"))
    map_.chmod(0o755)
    server = Postfix(map_, _vrije_poort())
    naar = f"smtp:[127.0.0.1]:{doel}"
    regels = {
        "compatibility_level": "3.6",
        "queue_directory": map_ / "wachtrij",
        "data_directory": map_ / "data",
        "command_directory": "/usr/sbin",
        "daemon_directory": "/usr/lib/postfix/sbin",
        "mail_owner": "postfix",
        "setgid_group": "postdrop",
        "maillog_file": map_ / "log",
        "maillog_file_prefixes": map_,
        "myhostname": "mta.regie.example",
        "mydestination": "",
        "mynetworks": "127.0.0.0/8",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "alias_maps": "",
        "alias_database": "",
        "local_recipient_maps": "",
        "relay_domains": "vanger.example regie.example",
        "transport_maps": f"inline:{{ {{vanger.example={naar}}} {{regie.example={naar}}} }}",
        "smtpd_recipient_restrictions": "reject_unauth_destination, check_recipient_access "
        "inline:{ {onbekend@vanger.example = 550 5.1.1 User unknown} }",
        "smtp_host_lookup": "native",
        "smtp_tls_security_level": "none",
        "smtpd_tls_security_level": "none",
        "notify_classes": "",
    }
    (map_ / "main.cf").write_text("".join(f"{naam} = {waarde}\n" for naam, waarde in regels.items()))
    (map_ / "master.cf").write_text(DIENSTEN.format(poort=server.poort))
    (map_ / "wachtrij").mkdir()
    (map_ / "data").mkdir()
    shutil.chown(map_ / "data", "postfix")
    try:
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(map_, ignore_errors=True)
