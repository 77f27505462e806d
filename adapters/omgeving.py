"""The environment of one installation: settings, storage, clock, templates and links, put together once.

An installation is a directory. Its own settings stand in `instellingen.env` there, so that every process of the
installation (worker, portal, command line) reads the same ones with only REGIE_MAP given.
"""

import gc
import os
from functools import cache
from pathlib import Path
from typing import Final

from adapters.agenda import IcalAgenda
from adapters.instellingen import Instellingen, lees_instellingen
from adapters.klok import klok as klok_van
from adapters.links import GetekendeLinks
from adapters.opslag import magazijn
from adapters.sjablonen import Sjablonen
from adapters.vernietigingsregister import BestandRegister
from domein.ports import Klok, Omgeving

WORTEL: Final = Path(__file__).resolve().parent.parent
STANDAARDMAP: Final = WORTEL / ".regie" / "data"
DEMOMAP: Final = WORTEL / ".regie" / "demo"
LAATSTE_DEMO: Final = WORTEL / ".regie" / "laatste-demo"
BESTAND: Final = "instellingen.env"


def kies_map() -> Path:
    """The directory of this installation: REGIE_MAP, else the real one when it exists, else the last demo."""
    gegeven = os.environ.get("REGIE_MAP")
    if gegeven:
        return Path(gegeven)
    if not STANDAARDMAP.exists() and LAATSTE_DEMO.exists():
        demo = Path(LAATSTE_DEMO.read_text(encoding="utf-8").strip())
        if (demo / BESTAND).exists():
            return demo
    return STANDAARDMAP


def onthoud_demo(map_: Path) -> None:
    """Remember where the last demo ran, so that `regie dossier toon` right after it needs no setting."""
    LAATSTE_DEMO.parent.mkdir(parents=True, exist_ok=True)
    LAATSTE_DEMO.write_text(str(map_.resolve()), encoding="utf-8")


def lees_oude_instellingen(map_: Path) -> dict[str, str]:
    """What a supervisor wrote down in this directory at its last start: ports and addresses."""
    bestand = map_ / BESTAND
    if not bestand.exists():
        return {}
    paren = (regel.partition("=") for regel in bestand.read_text(encoding="utf-8").splitlines() if "=" in regel)
    return {naam.strip(): waarde.strip() for naam, _, waarde in paren if not naam.startswith("#")}


def instellingen_van(map_: Path) -> Instellingen:
    """Settings of the installation in this directory; the environment wins from its file."""
    return lees_instellingen(map=map_, _env_file=(".env", map_ / BESTAND))


@cache
def instellingen() -> Instellingen:
    return instellingen_van(kies_map())


def maak_omgeving(keuze: Instellingen) -> Omgeving:
    """Open the storage (brought to the newest revision) and put the ports together."""
    klok = klok_van(keuze)
    return Omgeving(
        magazijn=magazijn(keuze, klok),
        klok=klok,
        brieven=Sjablonen(keuze.eigen_sjablonen, terugval=keuze.sjabloon_terugval),
        links=linkzetter(keuze, klok),
        regio=keuze.regio,
        agenda=IcalAgenda(keuze.afzender),
        register=BestandRegister(keuze.map),
    )


def linkzetter(keuze: Instellingen, klok: Klok) -> GetekendeLinks:
    return GetekendeLinks(keuze.linkgeheim(), keuze.adres_portaal, klok, vorige=keuze.vorige_linkgeheimen())


@cache
def omgeving() -> Omgeving:
    """The environment of this process."""
    klaar = maak_omgeving(instellingen())
    laat_met_rust()
    return klaar


def laat_met_rust() -> None:
    """Keep the garbage collector from what this process has loaded by now: that stays until its end.

    Otherwise each full collection, in the middle of work on hundreds of dossiers, looks again at a quarter of a million
    objects that are never garbage. Once per process: what comes later may become garbage.
    """
    if not gc.get_freeze_count():
        gc.freeze()
