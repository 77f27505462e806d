"""Wijst de regio voor elke omstandigheid precies een afspraak aan?

Volledig, niet steekproefsgewijs: elke combinatie van gemeente, stap, leerroute, doelgroep en de
condities die voorkomen, in elk tijdvak waarin niets verandert.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.samenwerking import Kenmerken, Vraag, winnaars
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek
from domein.regio.model import Regio
from domein.regio.soorten import Alfabetisering

# Na het PIP is de leerroute bekend; daarvoor kan zij nog onbekend zijn.
STAPPEN_ZONDER_LEERROUTE: Final = frozenset(
    {
        Stapsoort.REGISTRATIE,
        Stapsoort.INTAKE,
        Stapsoort.PIP,
        Stapsoort.DUO,
        Stapsoort.EINDE,
        Stapsoort.BEGELEIDING,
        Stapsoort.ONTZORGEN,
        Stapsoort.VERHUIZING,
    }
)
_DAG: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Tijdvak:
    van: date
    tot: date


def toets_dekking(regio: Regio) -> tuple[Bevinding, ...]:
    """Geef elk gat en elke tegenspraak, per stap en gemeente samengevat met een voorbeeld."""
    bevindingen: list[Bevinding] = []
    tegenspraken: dict[tuple[str, ...], Bevinding] = {}
    for stap in Stapsoort:
        for gemeente in regio.gemeenten:
            gaten: list[tuple[_Tijdvak, Vraag]] = []
            for tijdvak, vraag in _vragen(regio, stap, gemeente):
                toppers, _ = winnaars(regio, vraag)
                if not toppers:
                    gaten.append((tijdvak, vraag))
                elif len(toppers) > 1:
                    sleutel = tuple(a.regel_id for a in toppers)
                    tegenspraken.setdefault(sleutel, _tegenspraak(regio, toppers, vraag))
            if gaten:
                bevindingen.append(_gat(regio, stap, gemeente, gaten))
    return (*tegenspraken.values(), *bevindingen)


def _vragen(regio: Regio, stap: Stapsoort, gemeente: str) -> Iterator[tuple[_Tijdvak, Vraag]]:
    afspraken = [a for a in regio.samenwerkingsafspraken if stap in a.stappen and gemeente in regio.gemeenten_van(a)]
    routes = [r for r in Leerroute if r is not Leerroute.ONBEKEND or stap in STAPPEN_ZONDER_LEERROUTE]
    condities = [a.conditie for a in afspraken]
    nareizigers = (False, True) if any(c.nareiziger is not None for c in condities) else (False,)
    ontzorgen = (False, True) if any(c.ontzorgen is not None for c in condities) else (False,)
    profielen = (*Alfabetisering, None) if any(c.alfabetisering for c in condities) else (None,)
    combinaties = list(product(routes, Doelgroep, nareizigers, ontzorgen, _leeftijden(afspraken), profielen))
    for tijdvak in _tijdvakken(regio, afspraken):
        for route, doelgroep, nareiziger, ontzorg, leeftijd, profiel in combinaties:
            kenmerken = Kenmerken(ontzorg, leeftijd, profiel)
            yield (
                tijdvak,
                Vraag(gemeente, stap, route, doelgroep, tijdvak.van, nareiziger, kenmerken),
            )


def _leeftijden(afspraken: Sequence[Samenwerkingsafspraak]) -> Sequence[int | None]:
    """Geef een leeftijd uit elke band die de condities maken."""
    grenzen = {a.conditie.leeftijd_van for a in afspraken if a.conditie.leeftijd_van is not None}
    grenzen |= {a.conditie.leeftijd_tot + 1 for a in afspraken if a.conditie.leeftijd_tot is not None}
    return (None,) if not grenzen else sorted({0, *grenzen})


def _tijdvakken(regio: Regio, afspraken: Sequence[Samenwerkingsafspraak]) -> Iterator[_Tijdvak]:
    """Verdeel de looptijd van de regio in stukken waarin dezelfde afspraken gelden."""
    begin, einde = regio.kop.geldig_van, regio.kop.geldig_tot
    perioden = [regio.periode_van(a) for a in afspraken]
    knippen = {begin, *(p.van for p in perioden), *(p.tot + _DAG for p in perioden)}
    starten = sorted(dag for dag in knippen if begin <= dag <= einde)
    for nummer, start in enumerate(starten):
        volgende = starten[nummer + 1] if nummer + 1 < len(starten) else einde + _DAG
        yield _Tijdvak(start, volgende - _DAG)


def _omschrijf(vraag: Vraag) -> str:
    delen = [f"leerroute {vraag.leerroute}", f"doelgroep {vraag.doelgroep}"]
    if vraag.nareiziger:
        delen.append("nareiziger")
    kenmerken = vraag.kenmerken
    if kenmerken.ontzorgen:
        delen.append("ontzorgen")
    if kenmerken.leeftijd is not None:
        delen.append(f"{kenmerken.leeftijd} jaar")
    if kenmerken.alfabetisering is not None:
        delen.append(str(kenmerken.alfabetisering))
    return ", ".join(delen)


def _gat(regio: Regio, stap: Stapsoort, gemeente: str, gaten: Sequence[tuple[_Tijdvak, Vraag]]) -> Bevinding:
    tijdvak, vraag = gaten[0]
    meer = f" Nog {len(gaten) - 1} combinaties zijn niet geregeld." if len(gaten) > 1 else ""
    return Bevinding(
        "gat",
        Ernst.FOUT,
        f"niemand doet stap '{stap}' in {gemeente} ({regio.gemeentenaam(gemeente)}), bijvoorbeeld voor "
        f"{_omschrijf(vraag)}, van {tijdvak.van.isoformat()} tot en met {tijdvak.tot.isoformat()}.{meer}",
        "Voeg een afspraak toe, of zeg met niet_van_toepassing waarom de stap hier niet hoeft.",
        Plek("samenwerkingsafspraken"),
    )


def _tegenspraak(regio: Regio, toppers: Sequence[Samenwerkingsafspraak], vraag: Vraag) -> Bevinding:
    namen = " en ".join(f"'{a.regel_id}'" for a in toppers)
    regels = [a.regel_id for a in regio.samenwerkingsafspraken]
    laatste = max(regels.index(a.regel_id) for a in toppers)
    return Bevinding(
        "tegenspraak",
        Ernst.FOUT,
        f"de afspraken {namen} gelden allebei, bijvoorbeeld voor stap '{vraag.stap}' in {vraag.gemeente} "
        f"({_omschrijf(vraag)}) op {vraag.op.isoformat()}, en geen van de twee is specifieker.",
        "Geef er een een hogere prioriteit, of maak gemeenten, leerroutes, doelgroepen of perioden anders.",
        Plek("samenwerkingsafspraken", laatste, regels[laatste]),
    )
