"""Wijst de regio voor elke omstandigheid, op elke dag, precies een afspraak aan?

Volledig, niet steekproefsgewijs; hoe dat snel kan, staat in `domein.regels.dekkingsvlakken`. Hier
wordt elk gat en elke tegenspraak een bevinding met een concreet voorbeeld en een uitweg.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Stapsoort
from domein.regels.dekkingsruimte import STAPPEN_ZONDER_LEERROUTE, Ruimte, omschrijf_vak, omschrijf_vraag
from domein.regels.dekkingsvlakken import Dekking, Vlak
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek
from domein.regio.model import Regio

__all__ = ["STAPPEN_ZONDER_LEERROUTE", "toets_dekking"]

_DAG: Final = timedelta(days=1)
_VAKKEN_IN_MELDING: Final = 4


def toets_dekking(regio: Regio, dekking: Dekking | None = None) -> tuple[Bevinding, ...]:
    """Geef elke tegenspraak (een per paar afspraken) en elk gat (een per gemeente, stap en periode)."""
    dekking = dekking or Dekking(regio)
    gaten: list[Vlak] = []
    tegenspraken: dict[tuple[str, ...], list[Vlak]] = {}
    for stap in Stapsoort:
        for gemeente in regio.gemeenten:
            gaten.extend(sorted(dekking.gaten(stap, gemeente), key=lambda vlak: (vlak.van, vlak.tot)))
            for vlak in dekking.tegenspraken(stap, gemeente):
                namen = tuple(a.regel_id for a in vlak.afspraken)
                tegenspraken.setdefault(namen, []).append(vlak)
    wijzer = _Wijzer(regio, dekking.ruimte)
    return (
        *(_tegenspraak(wijzer, vlakken) for vlakken in tegenspraken.values()),
        *(_gat(wijzer, vlak) for vlak in gaten),
    )


@dataclass(frozen=True)
class _Wijzer:
    """Vindt bij een gat of tegenspraak de rij in het bestand waar iemand moet kijken."""

    regio: Regio
    ruimte: Ruimte

    def plek(self, afspraken: Iterable[Samenwerkingsafspraak]) -> Plek:
        """Wijs naar de afspraak die als laatste in het bestand staat."""
        rijen = [a.regel_id for a in self.regio.samenwerkingsafspraken]
        laatste = max(rijen.index(a.regel_id) for a in afspraken)
        return Plek("samenwerkingsafspraken", laatste, rijen[laatste])

    def buur(self, vlak: Vlak) -> Samenwerkingsafspraak | None:
        """Geef de afspraak die het gat het dichtst nadert: zelfde stap en gemeente, dan dag en personen."""
        buren = [
            afspraak
            for afspraak in self.regio.samenwerkingsafspraken
            if vlak.stap in afspraak.stappen and vlak.gemeente in self.regio.gemeenten_van(afspraak)
        ]
        return min(buren, key=lambda a: (self._afstand(a, vlak), a.regel_id), default=None)

    def _afstand(self, afspraak: Samenwerkingsafspraak, vlak: Vlak) -> tuple[bool, int]:
        periode = self.regio.periode_van(afspraak)
        dagen = max((vlak.van - periode.tot).days, (periode.van - vlak.tot).days, 0)
        return not self.ruimte.van_afspraak(afspraak) & vlak.cellen, dagen


def _gat(wijzer: _Wijzer, vlak: Vlak) -> Bevinding:
    regio, ruimte = wijzer.regio, wijzer.ruimte
    vraag = ruimte.voorbeeld(vlak.cellen, vlak.stap, vlak.gemeente, vlak.van)
    buur = wijzer.buur(vlak)
    plek = Plek("regio", kolom="gemeenten") if buur is None else wijzer.plek((buur,))
    return Bevinding(
        "gat",
        Ernst.FOUT,
        f"niemand doet stap '{vlak.stap}' in {vlak.gemeente} ({regio.gemeentenaam(vlak.gemeente)}), bijvoorbeeld "
        f"voor {omschrijf_vraag(vraag)}, van {vlak.van.isoformat()} tot en met {vlak.tot.isoformat()}. "
        f"Niet geregeld: {_voor_wie(ruimte, vlak)}.",
        _uitweg(regio, buur, vlak),
        plek,
    )


def _voor_wie(ruimte: Ruimte, vlak: Vlak) -> str:
    vakken = list(ruimte.vakken(vlak.cellen))
    tekst = "; ".join(omschrijf_vak(ruimte, vak, vlak.stap) for vak in vakken[:_VAKKEN_IN_MELDING])
    over = len(vakken) - _VAKKEN_IN_MELDING
    return f"{tekst}; en nog {over} groepen" if over > 0 else tekst


def _uitweg(regio: Regio, buur: Samenwerkingsafspraak | None, vlak: Vlak) -> str:
    voeg_toe = f"Voeg een afspraak toe voor stap '{vlak.stap}', of zeg met niet_van_toepassing waarom zij niet hoeft."
    if buur is None:
        return voeg_toe
    periode = regio.periode_van(buur)
    if periode.tot == vlak.van - _DAG:
        return f"{voeg_toe} Of verleng afspraak '{buur.regel_id}', die op {periode.tot.isoformat()} eindigt."
    if periode.van == vlak.tot + _DAG:
        return f"{voeg_toe} Of laat afspraak '{buur.regel_id}' eerder beginnen dan {periode.van.isoformat()}."
    return voeg_toe


def _tegenspraak(wijzer: _Wijzer, vlakken: Sequence[Vlak]) -> Bevinding:
    vlak = min(vlakken, key=lambda v: v.van)
    vraag = wijzer.ruimte.voorbeeld(vlak.cellen, vlak.stap, vlak.gemeente, vlak.van)
    namen = " en ".join(f"'{a.regel_id}'" for a in vlak.afspraken)
    allebei, geen = ("allebei", "geen van de twee") if len(vlak.afspraken) == 2 else ("allemaal", "geen ervan")
    return Bevinding(
        "tegenspraak",
        Ernst.FOUT,
        f"de afspraken {namen} gelden {allebei}, bijvoorbeeld voor stap '{vlak.stap}' in {vlak.gemeente} "
        f"({omschrijf_vraag(vraag)}) op {vlak.van.isoformat()}, en {geen} is specifieker. "
        f"Dit speelt {_waar(vlakken)}.",
        "Geef er een een hogere prioriteit, of maak gemeenten, leerroutes, doelgroepen of perioden anders.",
        wijzer.plek(vlak.afspraken),
    )


def _waar(vlakken: Sequence[Vlak]) -> str:
    stappen = ", ".join(_uniek(str(v.stap) for v in vlakken))
    gemeenten = ", ".join(_uniek(v.gemeente for v in vlakken))
    perioden = sorted({(v.van, v.tot) for v in vlakken})
    van, tot = perioden[0][0], max(tot for _, tot in perioden)
    return f"bij {stappen} in {gemeenten}, {_tussen(van, tot, len(perioden))}"


def _tussen(van: date, tot: date, aantal: int) -> str:
    perioden = "" if aantal == 1 else f", in {aantal} perioden"
    return f"van {van.isoformat()} tot en met {tot.isoformat()}{perioden}"


def _uniek(woorden: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(woorden))
