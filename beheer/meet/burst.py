"""Een instroom van 3.210 kennisgevingen in één bestand, op de ingebouwde SQLite; zo veel kwam er echt een keer.

Gemeten: hoe lang het registreren en plannen duurt, of een dossier aan het eind even snel gaat als aan het begin, hoe
snel het portaal intussen antwoordt (een eigen proces, zoals in gebruik), en of wat dringend is het eerst opengaat.
"""

import asyncio
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import httpx

from beheer.demo.vullen import OPS
from beheer.dienst import LOOPBACK, Dienst, claim_poort, webdienst
from beheer.meet.geheugenbord import Geheugenbord
from beheer.meet.instroom import kennisgevingen
from beheer.meet.meetplaats import Meetplaats, meetplaats
from domein.begrippen import Stapstatus
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.openen import open_stap
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import ronde
from domein.registratie_invoer import Kennisgevingsrij

AANTAL: Final = 3_210
BINNEN_SECONDEN: Final = 60.0
PAGINA_SECONDEN: Final = 1.0
VLAK: Final = 1.2
VANDAAG: Final = date(2026, 3, 2)
DEEL: Final = 100
TEGELIJK: Final = 8
_KIJK_ELKE: Final = 0.2
T = TypeVar("T")


@dataclass(slots=True)
class Instroom:
    """Wat er bij de instroom gebeurde."""

    seconden: float = 0.0
    per_deel: list[float] = field(default_factory=list[float])  # seconden per dossier, per honderd
    paginas: list[float] = field(default_factory=list[float])
    geregistreerd: int = 0
    gepland: int = 0
    geopend: list[tuple[date, date]] = field(default_factory=list[tuple[date, date]])  # urgentie, in volgorde
    mislukt: int = 0

    @property
    def buiten_de_volgorde(self) -> int:
        return sum(later < eerder for eerder, later in pairwise(self.geopend))

    @property
    def vlakheid(self) -> float:
        """De laatste drie delen naast de eerste drie; elk het midden, want een machine hapert wel eens."""
        return median(self.per_deel[-3:]) / median(self.per_deel[:3])


class _Tikker(Sequence[T]):
    """Een rij die onthoudt wanneer elk deel aan de beurt kwam."""

    def __init__(self, rijen: Sequence[T], deel: int) -> None:
        self._rijen, self._deel = rijen, deel
        self.tikken: list[float] = []

    def __len__(self) -> int:
        return len(self._rijen)

    def __getitem__(self, plek: Any) -> Any:
        return cast("Any", self._rijen)[plek]

    def __iter__(self) -> Iterator[T]:
        self.tikken = []
        for nummer, rij in enumerate(self._rijen):
            if nummer % self._deel == 0:
                self.tikken.append(time.perf_counter())
            yield rij
        self.tikken.append(time.perf_counter())


def meet(aantal: int = AANTAL, te_openen: int = 300) -> list[dict[str, Any]]:
    """Meet één instroom; elk doel is een grens uit de opdracht, dus de basis is die grens."""
    uit = stroom_in(aantal, te_openen=te_openen)
    hoe = f"{aantal} kennisgevingen in één keer"
    return [
        _meting(f"s tot {uit.geregistreerd} dossiers met {uit.gepland} stappen; {hoe}", uit.seconden, BINNEN_SECONDEN),
        _meting(f"tijd per dossier, laatste honderd naast eerste honderd; {hoe}", uit.vlakheid, VLAK),
        _meting(
            f"s voor de traagste van {len(uit.paginas)} portaalpagina's intussen", max(uit.paginas), PAGINA_SECONDEN
        ),
        _meting(f"keer dat van {len(uit.geopend)} stappen een dringender later openging", uit.buiten_de_volgorde, 0),
    ]


def _meting(maat: str, waarde: float, grens: float) -> dict[str, Any]:
    gehaald = waarde <= grens
    return {
        "onderdeel": "burst", "maat": f"{maat}; het doel is de waarde", "waarde": round(waarde, 3), "basis": grens,
        "verhouding": round(waarde / grens, 3) if grens else float(waarde), "doel": grens, "richting": "max",
        "gehaald": gehaald,
    }  # fmt: skip


def stroom_in(aantal: int, *, te_openen: int | None = None) -> Instroom:
    """Registreer alles terwijl het portaal wordt bekeken, en open daarna wat aan de beurt is (of `te_openen`)."""
    uit = Instroom()
    with meetplaats(VANDAAG) as plaats:
        alles = kennisgevingen(aantal + 10, VANDAAG)
        registreer(plaats.omgeving, alles[:10], OPS)
        wie = _open_alles(plaats)
        rijen: _Tikker[Kennisgevingsrij] = _Tikker(alles[10:], DEEL)
        with _kijk_mee(plaats, wie, uit.paginas):
            begin = time.perf_counter()
            uit.geregistreerd = len(registreer(plaats.omgeving, rijen, OPS))
            uit.seconden = time.perf_counter() - begin
        uit.per_deel = _per_dossier(rijen.tikken, aantal)
        with plaats.magazijn.ruimte() as ruimte:
            uit.gepland = len(ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND]))
        _open_volgens_de_ronde(plaats, uit, te_openen)
    return uit


def _per_dossier(tikken: list[float], aantal: int) -> list[float]:
    volle = tikken[: aantal // DEEL + 1]
    return [(na - voor) / DEEL for voor, na in pairwise(volle)] or [1.0]


def _open_alles(plaats: Meetplaats) -> str:
    """Open wat van de eerste tien aan de beurt is; geef wie het meeste werk kreeg."""
    with plaats.magazijn.ruimte() as ruimte:
        gepland = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=VANDAAG)
    for stap in gepland:
        open_stap(plaats.omgeving, stap.id)
    with plaats.magazijn.ruimte() as ruimte:
        last = ruimte.open_last()
    return max(last, key=lambda wie: (last[wie], wie))


def _open_volgens_de_ronde(plaats: Meetplaats, uit: Instroom, te_openen: int | None) -> None:
    """Laat de ronde runs klaarzetten en open ze in die volgorde, zoals de worker doet."""
    bord = Geheugenbord(plaats.klok.nu())
    gezien: set[UUID] = set()
    while te_openen is None or len(uit.geopend) < te_openen:
        verslag = asyncio.run(ronde(plaats.omgeving, bord, tegelijk=TEGELIJK, volledig=False))
        uit.mislukt += verslag.mislukt
        nu = [run for run in bord.alle.values() if run.toestand is Toestand.GEPLAND and run.run_id not in gezien]
        aan_de_beurt = [run for run in nu if run.gepland_op is not None and run.gepland_op <= bord.toen]
        if not aan_de_beurt:
            return
        for run in aan_de_beurt:
            with plaats.magazijn.ruimte() as ruimte:
                stap = ruimte.stap(run.stap_id)
            uit.geopend.append((stap.uiterst or stap.streef, stap.streef))
            open_stap(plaats.omgeving, run.stap_id)
            gezien.add(run.run_id)
            bord.zet(replace(run, toestand=Toestand.WACHT))


# het portaal


@contextmanager
def _kijk_mee(plaats: Meetplaats, wie: str, duren: list[float]) -> Generator[None]:
    """Vraag al die tijd de werklijst van een medewerker op, van een portaal in een eigen proces."""
    poort = claim_poort(8150)
    url = f"http://{LOOPBACK}:{poort.nummer}"
    opdracht = ["-m", "uvicorn", "portaal.app:app", "--host", LOOPBACK, "--port", str(poort.nummer), "--no-access-log"]
    portaal = Dienst(
        "portaal", opdracht, {"REGIE_MAP": str(plaats.map)}, plaats.map / "portaal.log", webdienst(f"{url}/gezond")
    )
    portaal.start()
    klaar = threading.Event()
    link = plaats.omgeving.links.werklink(wie)
    pad = "/werk/" + link.rsplit("/", 1)[-1]

    def kijk() -> None:
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            while not klaar.is_set():
                begin = time.perf_counter()
                client.get(pad).raise_for_status()
                duren.append(time.perf_counter() - begin)
                klaar.wait(_KIJK_ELKE)

    kijker = threading.Thread(target=kijk)
    try:
        asyncio.run(portaal.wacht_tot_gezond(60))
        httpx.get(url + pad, timeout=30, trust_env=False).raise_for_status()  # de eerste keer laadt de sjablonen
        kijker.start()
        yield
    finally:
        klaar.set()
        if kijker.ident is not None:
            kijker.join(60)
        asyncio.run(portaal.stop())
        poort.los()
