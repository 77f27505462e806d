"""Personen verdelen over de partners van een afspraak: op gewicht, rangorde, rotatie of keuze.

Welke vorm het is staat in het contract; een raamovereenkomst schrijft er een voor. De uitkomst
volgt alleen uit de aantallen die al zijn verdeeld: wie later narekent, komt op hetzelfde uit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from domein.regio.onderdelen import Capaciteit, Periode
from domein.regio.soorten import Tijdvak, Verdeelvorm

_MAANDEN: Final = {Tijdvak.MAAND: 1, Tijdvak.KWARTAAL: 3, Tijdvak.JAAR: 12}


def _leeg() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdeelstand:
    """Wat er al verdeeld is.

    verdeeld: per partner de personen onder deze afspraak, in het tijdvak van de verdeling;
    bezet: per partner al zijn personen, in het tijdvak van zijn capaciteit (None: zoals verdeeld);
    van_afspraak: de personen onder deze afspraak, in het tijdvak van haar eigen capaciteit;
    laatste: wie de vorige persoon kreeg, voor rotatie.
    """

    verdeeld: Mapping[str, int] = field(default_factory=_leeg)
    bezet: Mapping[str, int] | None = None
    van_afspraak: int | None = None
    laatste: str | None = None

    def bezetting(self, partner: str) -> int:
        """Geef hoeveel personen de partner in het tijdvak van zijn capaciteit al heeft."""
        return (self.verdeeld if self.bezet is None else self.bezet).get(partner, 0)


@dataclass(frozen=True, slots=True)
class Beurt:
    """Wie aan de beurt is en waarom; zonder partner moet de persoon eerst kiezen."""

    partner: str | None
    omdat: str


def tijdvak_van(per: Tijdvak, dag: date) -> Periode:
    """Geef het tijdvak waarin de dag valt: de maand, het kwartaal of het jaar; bij `totaal` alles."""
    if per is Tijdvak.TOTAAL:
        return Periode(van=date.min, tot=date.max)
    maanden = _MAANDEN[per]
    eerste = (dag.month - 1) // maanden * maanden + 1
    volgende = eerste + maanden
    tot = date(dag.year, 12, 31) if volgende > 12 else date(dag.year, volgende, 1) - timedelta(days=1)
    return Periode(van=date(dag.year, eerste, 1), tot=tot)


def vol(capaciteit: Capaciteit | None, bezet: int | None) -> str:
    """Geef waarom er geen plaats meer is, of een lege tekst als die er is of niet geteld wordt."""
    if capaciteit is None or bezet is None or bezet < capaciteit.aantal:
        return ""
    per = "in totaal" if capaciteit.per is Tijdvak.TOTAAL else f"per {capaciteit.per}"
    return f"is vol: {bezet} van {capaciteit.aantal} plaatsen {per}"


def verdeel(
    vorm: Verdeelvorm,
    gewichten: Mapping[str, int],
    kan: Sequence[str],
    stand: Verdeelstand,
    keuze: str | None = None,
) -> Beurt:
    """Zeg wie van de partners die nu kunnen (`kan`, niet leeg) de volgende persoon krijgt.

    `gewichten` noemt alle partners van de verdeling, in de volgorde van de afspraak; die
    volgorde beslist bij een gelijke stand.
    """
    volgorde = [partner for partner in gewichten if partner in kan]
    match vorm:
        case Verdeelvorm.KEUZE:
            if keuze in volgorde:
                return Beurt(keuze, "omdat de persoon dat koos")
            return Beurt(None, f"de persoon kiest zelf uit {' en '.join(volgorde)}")
        case Verdeelvorm.RANGORDE:
            eerste = min(volgorde, key=gewichten.__getitem__)
            return Beurt(eerste, f"als eerste in de rangorde die kan (plaats {gewichten[eerste]})")
        case Verdeelvorm.ROTATIE:
            return _roteer(tuple(gewichten), volgorde, stand)
        case Verdeelvorm.GEWICHTEN:
            return _weeg(gewichten, volgorde, stand.verdeeld)


def _roteer(ronde: Sequence[str], kan: Sequence[str], stand: Verdeelstand) -> Beurt:
    if stand.laatste in ronde:
        plaats = ronde.index(stand.laatste) + 1
        volgende = next(partner for partner in (*ronde[plaats:], *ronde[:plaats]) if partner in kan)
        return Beurt(volgende, f"omdat {stand.laatste} de vorige kreeg en de partners om de beurt gaan")
    minst = min(kan, key=lambda partner: stand.verdeeld.get(partner, 0))
    return Beurt(minst, f"omdat de partners om de beurt gaan ({_aantallen(kan, stand.verdeeld)})")


def _weeg(gewichten: Mapping[str, int], kan: Sequence[str], verdeeld: Mapping[str, int]) -> Beurt:
    """Kies op gewicht: de grootste rest, zo dat niemand ooit een hele plaats uit de pas loopt.

    Recht op de volgende plaats heeft wie met haar niet boven zijn deel, naar boven afgerond, komt;
    daarvan gaat voor wiens plaats het eerst moet vallen, en bij gelijk de grootste rest. Zo heeft
    iedereen op elk moment zijn deel, naar beneden of naar boven afgerond. De kale grootste rest
    haalt dat niet: bij gewichten 1, 1, 14, 14, 1 loopt er na twintig personen een meer dan een
    hele plaats achter.
    Bron: Balinski en Young, The quota method of apportionment (1975).
    """
    som = sum(gewichten[partner] for partner in kan)
    nummer = sum(verdeeld.get(partner, 0) for partner in kan) + 1
    rest = {p: nummer * gewichten[p] - verdeeld.get(p, 0) * som for p in kan}
    recht = [p for p in kan if rest[p] > 0]
    gekozen = min(recht, key=lambda p: (Fraction(verdeeld.get(p, 0) + 1, gewichten[p]), -rest[p]))
    delen = " en ".join(f"{p} {gewichten[p]}" for p in kan)
    return Beurt(gekozen, f"volgens de gewichten {delen} ({_aantallen(kan, verdeeld)})")


def _aantallen(kan: Sequence[str], verdeeld: Mapping[str, int]) -> str:
    return "al verdeeld: " + ", ".join(f"{p} {verdeeld.get(p, 0)}" for p in kan)
