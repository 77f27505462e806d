"""Het systeem van een partner: een echte HTTP-server die de handtekening zelf narekent, en een regio met webhook."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from adapters.klok import EchteKlok
from adapters.koerier import HttpKoerier
from adapters.regiobestand import laad_regiobestand
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import laad_regio
from domein.model import Partnerbericht
from domein.ports import Omgeving
from tests.integratie.regels.leven import VOORBEELD, Leven

SLEUTEL = "alleen-voor-deze-test-en-lang-genoeg"
MERWEDE = "taalschool-de-merwede"
INZAGE = 'inzage = ["naam", "contact", "bsn", "leerroute", "pip", "termijnen", "aanwezigheid", "voortgang"]'


@dataclass
class Ontvangst:
    koppen: dict[str, str]
    lichaam: bytes

    @property
    def bericht(self) -> dict[str, Any]:
        return json.loads(self.lichaam)


@dataclass
class Ontvanger:
    """Antwoordt met `codes` op volgorde, daarna 202. Wie niet goed ondertekende krijgt 401."""

    codes: list[int] = field(default_factory=list[int])
    alles: list[Ontvangst] = field(default_factory=list[Ontvangst])
    aanvaard: list[Ontvangst] = field(default_factory=list[Ontvangst])
    tijdens: Callable[[], None] | None = None
    url: str = ""
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def neem_aan(self, koppen: dict[str, str], lichaam: bytes) -> int:
        with self._slot:
            ontvangst = Ontvangst(koppen, lichaam)
            self.alles.append(ontvangst)
            if self.tijdens is not None:
                self.tijdens()
            if not klopt(koppen.get("X-Regie-Handtekening", ""), lichaam):
                return 401
            code = self.codes.pop(0) if self.codes else 202
            if code < 300:
                self.aanvaard.append(ontvangst)
            return code

    @property
    def soorten(self) -> list[str]:
        return [o.bericht["type"].rsplit(".", 1)[-1] for o in self.aanvaard]


def klopt(kop: str, lichaam: bytes, sleutel: str = SLEUTEL) -> bool:
    """Zoals docs/naslag/partnerberichten.md het een partner uitlegt, los van onze eigen code."""
    delen = dict(deel.split("=", 1) for deel in kop.split(",") if "=" in deel)
    if abs(EchteKlok().nu().timestamp() - int(delen.get("t", "0"))) > 300:
        return False
    verwacht = hmac.new(sleutel.encode(), f"{delen['t']}.".encode() + lichaam, hashlib.sha256).hexdigest()
    return hmac.compare_digest(verwacht, delen["v1"])


@contextmanager
def ontvanger() -> Generator[Ontvanger]:
    systeem = Ontvanger()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            lichaam = self.rfile.read(int(self.headers["Content-Length"]))
            code = systeem.neem_aan(dict(self.headers.items()), lichaam)
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    systeem.url = f"http://127.0.0.1:{server.server_port}/inburgering"
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    draad.start()
    try:
        yield systeem
    finally:
        server.shutdown()
        draad.join(10)
        server.server_close()


def koerier(**sleutels: str) -> HttpKoerier:
    gekozen = sleutels or {"merwede": SLEUTEL}
    return HttpKoerier({naam: SecretStr(sleutel) for naam, sleutel in gekozen.items()}, wachttijd=5.0)


def regio_met_webhook(omgeving: Omgeving, map_: Path, url: str, *vervang: tuple[str, str], versie: str = "2026-9"):
    """Het voorbeeld, waarin Taalschool De Merwede een eigen systeem heeft."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    postbus = f'postbus = "aanmelding@{MERWEDE}.example"\n'
    for oud, nieuw in (
        ('versie = "2022-1"', f'versie = "{versie}"'), ("geldig_van = 2022-01-01", "geldig_van = 2026-01-01"),
        (postbus, f'{postbus}webhook = {{ url = "{url}", sleutel = "merwede" }}\n'), *vervang,
    ):  # fmt: skip
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw, 1)
    (map_ / "regio.toml").write_text(tekst, encoding="utf-8")
    laad_regio(omgeving, laad_regiobestand(map_), SYSTEEM)


def berichten(leven: Leven) -> list[Partnerbericht]:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return list(ruimte.partnerberichten(dossier_id=leven.dossier_id))


def signalen(leven: Leven) -> list[str]:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return [s.soort for s in ruimte.signalen(dossier_id=leven.dossier_id)]
