"""Het dagwerk: wat er elke dag één keer gebeurt, in vaste volgorde, en wat er dan mislukt.

Dit is de enige plaats waar staat wat het is. De flow van 07:30, de opzichter die een gemiste dag inhaalt en de demo
doen allemaal dit. Elk onderdeel staat op zichzelf en heeft een eigen merk: wat mislukt houdt de andere niet tegen, en
komt terug terwijl de rest van die dag af is. Zolang een onderdeel mislukt, staat daar een signaal van voor het beheer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domein.fouten import OngeldigeGegevens, OpslagOnbeschikbaar, RegieFout
from domein.handelingen.herinneren import herinner
from domein.handelingen.kern import in_ruimte
from domein.handelingen.overzichten import zet_overzichten_klaar
from domein.handelingen.regio_overgang import voer_overgangen_uit
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.swi import bewaak_levering
from domein.handelingen.waarneming import neem_waar
from domein.ports import Omgeving

MISLUKT: Final = "dagwerk_mislukt"


@dataclass(frozen=True, slots=True)
class Gedaan:
    """Wat een onderdeel deed, en hoe vaak daarin iets mislukte dat de rest niet tegenhield."""

    wat: str = ""
    mislukt: int = 0


# Een onderdeel geeft None als het vandaag niets meer te doen had.
Onderdeel = tuple[str, Callable[[Omgeving, date], Gedaan | None]]


@dataclass(slots=True)
class Dagwerkverslag:
    """Wat er op deze dag is gedaan. `mislukt`: het onderdeel en zijn fout; `half`: wat binnen onderdelen mislukte."""

    dag: date
    gedaan: dict[str, Gedaan] = field(default_factory=dict[str, Gedaan])
    mislukt: dict[str, Exception] = field(default_factory=dict[str, Exception])

    @property
    def half(self) -> int:
        return sum(een.mislukt for een in self.gedaan.values())

    def eis_gelukt(self) -> None:
        """Geef de eerste fout door aan wie niet zonder dit dagwerk verder mag."""
        for fout in self.mislukt.values():
            raise fout


def doe_het_dagwerk(omgeving: Omgeving, dag: date) -> Dagwerkverslag:
    """Doe alles van deze dag dat nog niet is gedaan; een tweede keer doet niets."""
    return doe_onderdelen(omgeving, ONDERDELEN, dag)


def doe_onderdelen(omgeving: Omgeving, onderdelen: Iterable[Onderdeel], dag: date) -> Dagwerkverslag:
    """Doe deze onderdelen na elkaar. Alleen een database die niet verder kan, houdt alles tegen: OpslagOnbeschikbaar.

    OngeldigeGegevens voor een dag die nog moet komen: die gold anders straks als gedaan (I7).
    """
    vandaag = omgeving.klok.vandaag()
    if dag > vandaag:
        raise OngeldigeGegevens(f"{dag} ligt in de toekomst; vandaag is het {vandaag}.", "Kies vandaag of eerder.")
    verslag = Dagwerkverslag(dag)
    for naam, doe in onderdelen:
        try:
            gedaan = doe(omgeving, dag)
        except OpslagOnbeschikbaar:
            raise
        except Exception as fout:  # de andere onderdelen gaan door, en iemand hoort het
            verslag.mislukt[naam] = fout
            _meld(omgeving, naam, fout)
            continue
        if gedaan is not None:
            verslag.gedaan[naam] = gedaan
            _is_gelukt(omgeving, naam)
    return verslag


def _meld(omgeving: Omgeving, naam: str, fout: Exception) -> None:
    # De tekst van een vreemde fout kan van een persoon zijn: dan alleen haar soort.
    waarom = fout.melding.rstrip(".") if isinstance(fout, RegieFout) else type(fout).__name__
    melding = (
        f"Het dagwerk '{naam}' mislukte ({waarom}); de rest ging door. De opzichter probeert het vanzelf "
        "opnieuw. Kijk in zijn logboek wat er is."
    )
    in_ruimte(omgeving, lambda ruimte: meld_signaal(ruimte, omgeving, f"{MISLUKT}_{naam}", "fout", melding))


def _is_gelukt(omgeving: Omgeving, naam: str) -> None:
    in_ruimte(omgeving, lambda ruimte: los_op(ruimte, omgeving, f"{MISLUKT}_{naam}"))


def eens_per_dag(naam: str, doe: Callable[[Omgeving], Gedaan]) -> Onderdeel:
    """Maak een onderdeel van wat zelf niet onthoudt of het vandaag is gedaan; pas als het lukt, is het gedaan."""

    def werk(omgeving: Omgeving, dag: date) -> Gedaan | None:
        merk = f"dagwerk_{naam}"
        with omgeving.magazijn.ruimte() as ruimte:
            if ruimte.dagwerk_gedaan(merk, dag):
                return None
        gedaan = doe(omgeving)
        with omgeving.magazijn.ruimte() as ruimte:
            ruimte.doe_dagwerk(merk, dag, omgeving.klok.nu())
        return gedaan

    return naam, werk


def _overgangen(omgeving: Omgeving) -> Gedaan:
    aantal = voer_overgangen_uit(omgeving)
    return Gedaan(f"{aantal} stappen naar nieuwe afspraken" if aantal else "")


def _levering(omgeving: Omgeving) -> Gedaan:
    bewaak_levering(omgeving)
    return Gedaan()


def _waarneming(omgeving: Omgeving) -> Gedaan:
    verslag = neem_waar(omgeving)
    return Gedaan(f"{verslag.overgegaan} taken naar een ander" if verslag.overgegaan else "", len(verslag.mislukt))


def _herinneringen(omgeving: Omgeving, dag: date) -> Gedaan | None:
    verslag = herinner(omgeving, dag)
    if verslag.al_gedaan:
        return None
    wat = (
        f"{verslag.herinneringen.total()} herinneringen, {verslag.escalaties.total()} escalaties, "
        f"{verslag.vroege_waarschuwingen.total()} vroege waarschuwingen"
    )
    return Gedaan(wat, len(verslag.mislukt))


def _overzichten(omgeving: Omgeving, dag: date) -> Gedaan | None:
    verslag = zet_overzichten_klaar(omgeving, dag)
    return None if verslag.al_gedaan else Gedaan(f"{sum(verslag.aantallen.values())} overzichten", len(verslag.mislukt))


# Eerst de nieuwe afspraken, dan wie wiens werk doet: een herinnering gaat naar wie de taak vandaag heeft.
ONDERDELEN: Final[tuple[Onderdeel, ...]] = (
    eens_per_dag("overgangen", _overgangen),
    eens_per_dag("levering", _levering),
    eens_per_dag("waarneming", _waarneming),
    ("herinneringen", _herinneringen),
    ("overzichten", _overzichten),
)
