"""Is er op elke dag iemand die de taak kan krijgen, bij elke partner die een afspraak noemt?

Een taak zonder adres verdwijnt nooit stil: de regiocoordinator krijgt haar. Hier staat op welke
dagen dat zal gebeuren, zodat iemand het voor kan zijn. Geen wet maar werkafspraak.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from domein.begrippen import Rol
from domein.regels.bezetting import kies_medewerker, of_vervanger
from domein.regio.afspraken import GEMEENTE, Mandaat, Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek, lijst
from domein.regio.model import Regio
from domein.regio.onderdelen import Periode
from domein.regio.partijen import Medewerker

_DAG: Final = timedelta(days=1)


def toets_bezetting(regio: Regio) -> tuple[Bevinding, ...]:
    """Geef de dagen waarop bij een partner niemand een taak kan krijgen, of niemand kan tekenen."""
    return (*_coordinatie(regio), *_rollen(regio), *_houders(regio))


def _coordinatie(regio: Regio) -> Iterator[Bevinding]:
    """Wie waarschuwt het systeem? Een rol die niemand heeft, hoort niets."""
    aanwezig = {rol for m in regio.medewerkers for rol in m.rollen}
    genoemd: dict[Rol, Plek] = {Rol.REGIOCOORDINATOR: Plek("medewerkers", 0, regio.medewerkers[0].code)}
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        if not afspraak.niet_van_toepassing:
            plek = Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "escalatie")
            for rol in afspraak.escalatie:
                genoemd.setdefault(rol, plek)
    for rol, plek in genoemd.items():
        if rol not in aanwezig:
            yield Bevinding(
                "geen_escalatie",
                Ernst.WAARSCHUWING,
                f"niemand in de regio heeft de rol '{rol}': loopt een stap vast, dan hoort die rol het niet.",
                "Geef bij [[medewerkers]] iemand deze rol, of noem bij escalatie andere rollen.",
                plek,
            )


def _rollen(regio: Regio) -> Iterator[Bevinding]:
    nodig: dict[tuple[str, Rol], list[tuple[Samenwerkingsafspraak, Periode]]] = {}
    for afspraak in regio.samenwerkingsafspraken:
        # Een besluit gaat naar een houder van het mandaat; die staan hieronder.
        if afspraak.rol is None or afspraak.rol is Rol.MANDAATHOUDER:
            continue
        for partner in _uitvoerders(regio, afspraak):
            nodig.setdefault((partner, afspraak.rol), []).append((afspraak, regio.periode_van(afspraak)))
    for (partner, rol), afspraken in nodig.items():
        if not any(rol in m.rollen for m in regio.medewerkers_van(partner)):
            continue  # dat is een fout van `controleer`
        begin, einde = min(p.van for _, p in afspraken), max(p.tot for _, p in afspraken)
        for leeg in _leeg(regio, begin, einde, lambda dag, p=partner, r=rol: kies_medewerker(regio, p, r, dag)):
            geraakt = sorted({a.regel_id for a, p in afspraken if p.van <= leeg.tot and leeg.van <= p.tot})
            if geraakt:
                yield _niemand(regio, partner, rol, leeg, geraakt)


def _niemand(regio: Regio, partner: str, rol: Rol, leeg: Periode, geraakt: list[str]) -> Bevinding:
    nummer = next(n for n, m in enumerate(regio.medewerkers) if m.partner == partner and rol in m.rollen)
    return Bevinding(
        "niemand_aanwezig",
        Ernst.WAARSCHUWING,
        f"bij '{partner}' is {_periode(leeg)} niemand met de rol '{rol}': taken van {lijst(geraakt)} gaan dan naar "
        "de regiocoordinator.",
        "Noem bij de afwezigheid een vervanger met deze rol, of voeg een medewerker toe.",
        Plek("medewerkers", nummer, regio.medewerkers[nummer].code),
    )


def _houders(regio: Regio) -> Iterator[Bevinding]:
    for nummer, mandaat in enumerate(regio.mandaten):
        begin = max(mandaat.geldig_van or date.min, regio.kop.geldig_van)
        einde = min(mandaat.geldig_tot or date.max, regio.kop.geldig_tot)
        for leeg in _leeg(regio, begin, einde, lambda dag, m=mandaat: _tekent(regio, m, dag)):
            yield Bevinding(
                "niemand_tekent",
                Ernst.WAARSCHUWING,
                f"van mandaat '{mandaat.id}' is {_periode(leeg)} geen houder aanwezig: alleen het college kan tekenen.",
                "Noem een tweede houder, of bij de afwezigheid een vervanger die ook houder is.",
                Plek("mandaten", nummer, mandaat.id, "houders"),
            )


def _tekent(regio: Regio, mandaat: Mandaat, dag: date) -> Medewerker | None:
    houders = (m for code in mandaat.houders if (m := regio.medewerker(code)) is not None)
    aanwezig = (of_vervanger(regio, houder, Rol.MANDAATHOUDER, dag) for houder in houders)
    return next((m for m in aanwezig if m is not None and m.code in mandaat.houders), None)


def _leeg(regio: Regio, begin: date, einde: date, kies: Callable[[date], Medewerker | None]) -> Iterator[Periode]:
    """Geef de perioden waarin `kies` niemand vindt; tussen twee wisseldagen verandert er niets."""
    if begin > einde:
        return
    dagen = [dag for dag in _wisseldagen(regio) if begin < dag <= einde]
    lopend: date | None = None
    for van, na in pairwise((begin, *dagen, einde + _DAG)):
        if kies(van) is None:
            lopend = lopend or van
        elif lopend is not None:
            yield Periode(van=lopend, tot=van - _DAG)
            lopend = None
        if na > einde and lopend is not None:
            yield Periode(van=lopend, tot=einde)


def _wisseldagen(regio: Regio) -> list[date]:
    dagen: set[date] = set()
    for m in regio.medewerkers:
        dagen |= {a.van for a in m.afwezigheid} | {a.tot + _DAG for a in m.afwezigheid}
        dagen |= {m.in_dienst_van} if m.in_dienst_van else set()
        dagen |= {m.in_dienst_tot + _DAG} if m.in_dienst_tot else set()
    return sorted(dagen)


def _uitvoerders(regio: Regio, afspraak: Samenwerkingsafspraak) -> Iterable[str]:
    for code in afspraak.kandidaten():
        if code != GEMEENTE:
            yield code
            continue
        for gemeente in sorted(regio.gemeenten_van(afspraak)):
            if (partner := regio.partner_van_gemeente(gemeente)) is not None:
                yield partner.code


def _periode(periode: Periode) -> str:
    return f"van {periode.van.isoformat()} tot en met {periode.tot.isoformat()}"
