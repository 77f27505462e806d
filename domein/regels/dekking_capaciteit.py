"""Past de verwachte instroom bij de capaciteit die partners en afspraken opgeven?

Een schatting, geen voorspelling: zij rekent met de instroom en leerroutes uit `[[instroom]]`, met
een gewone persoon (geen nareiziger, niet ontzorgen, 30 jaar, profiel onbekend). Doet een partner
meer stappen voor dezelfde persoon, dan telt die een keer.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.regels.dekkingsvlakken import Dekking, Oordeel
from domein.regels.samenwerking import Kenmerken, Vraag
from domein.regels.samenwerking_partner import partnercode
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek
from domein.regio.instroom import Instroom
from domein.regio.model import Regio
from domein.regio.onderdelen import Capaciteit, Verdeling
from domein.regio.soorten import Tijdvak, Verdeelvorm

_GEWOON: Final = Kenmerken(leeftijd=30)
_PER_JAAR: Final[Mapping[Tijdvak, int]] = {Tijdvak.MAAND: 12, Tijdvak.KWARTAAL: 4, Tijdvak.JAAR: 1}
_MARGE: Final = 1e-6  # rekenen met breuken mag geen tekort van niets opleveren


@dataclass(frozen=True, slots=True)
class _Groep:
    """Mensen die samen instromen."""

    gemeente: str
    jaar: int
    doelgroep: Doelgroep
    leerroute: Leerroute


# Per partner of afspraak: hoeveel mensen van elke groep.
_Last = defaultdict[str, dict[_Groep, float]]


def toets_capaciteit(regio: Regio, dekking: Dekking | None = None) -> tuple[Bevinding, ...]:
    """Geef elke partner en elke afspraak die in een jaar meer mensen krijgt dan hij aankan."""
    if not regio.instroom:
        return ()
    partners, afspraken = _verdeel(regio, dekking or Dekking(regio))
    bevindingen: list[Bevinding] = []
    for nummer, partner in enumerate(regio.partners):
        plek = Plek("partners", nummer, partner.code, "capaciteit")
        bevindingen += _tekort(regio, f"partner '{partner.code}'", partner.capaciteit, partners[partner.code], plek)
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        naam = afspraak.regel_id
        plek = Plek("samenwerkingsafspraken", nummer, naam, "capaciteit")
        bevindingen += _tekort(regio, f"afspraak '{naam}'", afspraak.capaciteit, afspraken[naam], plek)
    return tuple(bevindingen)


def _verdeel(regio: Regio, dekking: Dekking) -> tuple[_Last, _Last]:
    partners, afspraken = _Last(dict), _Last(dict)
    for rij in regio.instroom:
        for leerroute, procent in rij.leerroutes.items():
            groep = _Groep(rij.gemeente, rij.jaar, rij.doelgroep, leerroute)
            for stap in Stapsoort:
                # Per stap bij elkaar, over de stappen het meeste: dezelfde persoon telt een keer.
                partner_stap: defaultdict[str, float] = defaultdict(float)
                afspraak_stap: defaultdict[str, float] = defaultdict(float)
                for afspraak, deel in _winnaars(dekking, rij, leerroute, stap):
                    mensen = rij.aantal * procent / 100 * deel
                    afspraak_stap[afspraak.regel_id] += mensen
                    for code, aandeel in _aandelen(regio, afspraak, rij.gemeente).items():
                        partner_stap[code] += mensen * aandeel
                _onthoud_meeste(partners, partner_stap, groep)
                _onthoud_meeste(afspraken, afspraak_stap, groep)
    return partners, afspraken


def _onthoud_meeste(last: _Last, stap: Mapping[str, float], groep: _Groep) -> None:
    for naam, mensen in stap.items():
        last[naam][groep] = max(last[naam].get(groep, 0.0), mensen)


def _winnaars(
    dekking: Dekking, rij: Instroom, leerroute: Leerroute, stap: Stapsoort
) -> Iterator[tuple[Samenwerkingsafspraak, float]]:
    """Geef wie er in dat jaar aan de beurt is, met het deel van het jaar."""
    begin, einde = date(rij.jaar, 1, 1), date(rij.jaar, 12, 31)
    vraag = Vraag(rij.gemeente, stap, leerroute, rij.doelgroep, begin, kenmerken=_GEWOON)
    for tijdvak in dekking.loop(stap, rij.gemeente):
        dagen = (min(tijdvak.tot, einde) - max(tijdvak.van, begin)).days + 1
        afspraak = _na_terugval(dekking, vraag, tijdvak.oordeel) if dagen > 0 else None
        if afspraak is not None and not afspraak.niet_van_toepassing:
            yield afspraak, dagen / ((einde - begin).days + 1)


def _na_terugval(dekking: Dekking, vraag: Vraag, oordeel: Oordeel) -> Samenwerkingsafspraak | None:
    """Geef de winnaar; is haar perceel nog niet gegund, dan die van de leerroute waarop zij terugvalt."""
    for _ in Leerroute:
        bit = dekking.ruimte.bit(vraag)
        winnaar = next((afspraak for afspraak, cellen in oordeel.winnaars if cellen & bit), None)
        if winnaar is None or winnaar.terugval is None or winnaar.kandidaten():
            return winnaar
        vraag = replace(vraag, leerroute=winnaar.terugval.leerroute)
    return None


def _aandelen(regio: Regio, afspraak: Samenwerkingsafspraak, gemeente: str) -> Mapping[str, float]:
    """Geef welk deel van de mensen elke partner krijgt; samen 1."""
    verdeling = afspraak.verdeling
    if verdeling is None:
        return {partnercode(regio, afspraak.kandidaten()[0], gemeente): 1.0}
    gewichten = {code: float(gewicht) for code, gewicht in verdeling.partners.items()}
    if verdeling.vorm is Verdeelvorm.RANGORDE:
        gewichten = _op_volgorde(regio, verdeling)
    elif verdeling.vorm is not Verdeelvorm.GEWICHTEN:
        gewichten = dict.fromkeys(gewichten, 1.0)
    totaal = sum(gewichten.values())
    return {partnercode(regio, code, gemeente): gewicht / totaal for code, gewicht in gewichten.items()}


def _op_volgorde(regio: Regio, verdeling: Verdeling) -> dict[str, float]:
    """Bij een rangorde loopt de eerste vol en dan de volgende: op den duur naar wat ieder aankan."""
    codes = verdeling.op_volgorde()
    ruimte = [partner.capaciteit for code in codes if (partner := regio.partner(code)) is not None]
    if len(ruimte) < len(codes) or any(c is None or c.per is Tijdvak.TOTAAL or c.aantal == 0 for c in ruimte):
        return {codes[0]: 1.0}
    return {code: float(c.aantal * _PER_JAAR[c.per]) for code, c in zip(codes, ruimte, strict=True) if c is not None}


def _tekort(
    regio: Regio, wie: str, capaciteit: Capaciteit | None, last: Mapping[_Groep, float], plek: Plek
) -> Iterator[Bevinding]:
    if capaciteit is None or not last:
        return
    if capaciteit.per is Tijdvak.TOTAAL:
        yield from _meld(wie, "in de hele looptijd", capaciteit, float(capaciteit.aantal), last, plek)
        return
    for jaar in sorted({groep.jaar for groep in last}):
        kan = capaciteit.aantal * _PER_JAAR[capaciteit.per] * _deel_van_jaar(regio, jaar)
        in_jaar = {groep: mensen for groep, mensen in last.items() if groep.jaar == jaar}
        yield from _meld(wie, f"in {jaar}", capaciteit, kan, in_jaar, plek)


def _meld(
    wie: str, wanneer: str, capaciteit: Capaciteit, kan: float, last: Mapping[_Groep, float], plek: Plek
) -> Iterator[Bevinding]:
    totaal = sum(last.values())
    if totaal <= kan + _MARGE:
        return
    groep, mensen = max(last.items(), key=lambda paar: (paar[1], paar[0].gemeente, paar[0].leerroute))
    yield Bevinding(
        "capaciteit_te_klein",
        Ernst.WAARSCHUWING,
        f"{wie} krijgt {wanneer} naar verwachting {_getal(totaal)} mensen en kan er {_getal(kan)} aan "
        f"({capaciteit.aantal} per {capaciteit.per}); de meeste, {_getal(mensen)}, uit {groep.gemeente} "
        f"({groep.doelgroep}, leerroute {groep.leerroute}).",
        "Vergroot de capaciteit, verdeel over meer partners, of pas [[instroom]] aan.",
        plek,
    )


def _deel_van_jaar(regio: Regio, jaar: int) -> float:
    begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
    dagen = (min(regio.kop.geldig_tot, einde) - max(regio.kop.geldig_van, begin)).days + 1
    return max(dagen, 0) / ((einde - begin).days + 1)


def _getal(aantal: float) -> str:
    return f"{aantal:.1f}".removesuffix(".0").replace(".", ",")
