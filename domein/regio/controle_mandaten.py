"""Controle van de bevoegdheid: staat achter elk besluit een mandaat dat lang en ver genoeg reikt?

Een besluit zonder mandaat is onbevoegd genomen (Awb art. 10:1 en verder). Wat hier een waarschuwing
is, houdt het laden niet tegen: het systeem laat dan alleen het college zelf tekenen.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regio.afspraken import COLLEGE, Mandaat, Samenwerkingsafspraak, Samenwerkingsverband
from domein.regio.bevinding import Bevinding, Ernst, Plek, lijst
from domein.regio.model import Regio
from domein.regio.onderdelen import Periode
from domein.regio.soorten import Bevoegdheid, Tariefeenheid

_DAG: Final = timedelta(days=1)
# Alleen een bedrag per geval laat zich met het plafond van een mandaat vergelijken.
_PER_GEVAL: Final = frozenset({Tariefeenheid.TRAJECT, Tariefeenheid.DOSSIER, Tariefeenheid.VAST})


def controleer_mandaten(regio: Regio) -> Iterator[Bevinding]:
    """Geef wat er aan de mandaten schort: eerst de mandaten zelf, dan de afspraken die erop steunen."""
    for nummer, mandaat in enumerate(regio.mandaten):
        yield from _grond(regio, nummer, mandaat)
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        if afspraak.niet_van_toepassing or regio.verband(afspraak.verband) is None:
            continue
        # Bij delegatie besluit het orgaan zelf; een mandaat is dan van dat orgaan.
        gedelegeerd = afspraak.bevoegd_orgaan != COLLEGE
        yield from (_delegatie if gedelegeerd else _ontbreekt)(regio, nummer, afspraak)
        yield from _te_kort(regio, nummer, afspraak)
        if gedelegeerd:
            continue
        yield from _ondertekenaar(regio, nummer, afspraak)
        yield from _plafond(regio, nummer, afspraak)


def _grond(regio: Regio, nummer: int, mandaat: Mandaat) -> Iterator[Bevinding]:
    """Een mandaat aan iemand buiten de gemeente vraagt een verband dat dat toestaat (Awb art. 10:4)."""
    for code in mandaat.houders:
        houder = regio.medewerker(code)
        eigen = regio.partner_van_gemeente(mandaat.gemeente)
        if houder is None or (eigen is not None and houder.partner == eigen.code):
            continue
        if not any(_geeft_mandaat(regio, v, mandaat, houder.partner) for v in regio.samenwerkingsverbanden):
            yield Bevinding(
                "mandaat_zonder_grond",
                Ernst.WAARSCHUWING,
                f"houder '{code}' werkt bij '{houder.partner}', maar geen verband van {mandaat.gemeente} met die "
                "partner geeft mandaat.",
                'Geef het verband bevoegdheid = "mandaat" en noem de partner, of kies een houder van de gemeente zelf.',
                Plek("mandaten", nummer, mandaat.id, "houders"),
            )


def _geeft_mandaat(regio: Regio, verband: Samenwerkingsverband, mandaat: Mandaat, partner: str) -> bool:
    # Na delegatie geeft het orgaan zelf mandaat aan zijn mensen (Awb art. 10:3 en 10:15).
    if verband.bevoegdheid is Bevoegdheid.GEEN or mandaat.gemeente not in verband.gemeenten:
        return False
    organisatie = regio.partner(partner)
    # Een gastgemeente zit als gemeente in het verband; zij hoeft niet ook bij de partners te staan.
    gast = organisatie is not None and organisatie.gemeente in verband.gemeenten
    return gast or partner in verband.partners or partner == verband.penvoerder


def _delegatie(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    verband = regio.verband(afspraak.verband)
    if verband is not None and verband.bevoegdheid is not Bevoegdheid.DELEGATIE:
        yield Bevinding(
            "geen_delegatie",
            Ernst.FOUT,
            f"'{afspraak.bevoegd_orgaan}' besluit zelf, maar verband '{verband.id}' heeft geen delegatie.",
            'Kies bevoegd_orgaan = "college", of geef het verband bevoegdheid = "delegatie" (Awb 10:13).',
            Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "bevoegd_orgaan"),
        )


def _genoemd(regio: Regio, afspraak: Samenwerkingsafspraak) -> list[Mandaat]:
    return [m for id_ in afspraak.mandaten if (m := regio.mandaat(id_)) is not None]


def _ontbreekt(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    mandaten = _genoemd(regio, afspraak)
    for stap in afspraak.stappen:
        zonder = regio.gemeenten_van(afspraak) - {m.gemeente for m in mandaten if stap in m.stappen}
        besluit = stap is Stapsoort.PIP or afspraak.rol is Rol.MANDAATHOUDER
        if zonder and (mandaten or besluit):
            yield Bevinding(
                "geen_mandaat",
                Ernst.FOUT if mandaten else Ernst.WAARSCHUWING,
                f"voor stap '{stap}' is er geen mandaat in {lijst(zonder)}: alleen het college kan tekenen.",
                "Noem in mandaten voor elke gemeente een mandaat voor deze stap.",
                Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "mandaten"),
            )


def _te_kort(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    """Dagen waarop de afspraak geldt, maar geen van haar mandaten."""
    per_leemte: dict[tuple[Periode, ...], list[tuple[str, Stapsoort]]] = {}
    for stap, gemeente, mandaten in _per_besluit(regio, afspraak):
        if leeg := tuple(leemten(regio.periode_van(afspraak), mandaten)):
            per_leemte.setdefault(leeg, []).append((gemeente, stap))
    for leeg, waar in per_leemte.items():
        gemeenten, stappen = {gemeente for gemeente, _ in waar}, {str(stap) for _, stap in waar}
        perioden = " en ".join(f"van {p.van.isoformat()} tot en met {p.tot.isoformat()}" for p in leeg)
        yield Bevinding(
            "mandaat_te_kort",
            Ernst.WAARSCHUWING,
            f"{perioden} geldt de afspraak wel en haar mandaat niet, voor {lijst(stappen)} in {lijst(gemeenten)}: "
            "alleen het college kan dan tekenen.",
            "Verleng het mandaat, of noem in mandaten ook dat van daarna.",
            Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "mandaten"),
        )


def _per_besluit(regio: Regio, afspraak: Samenwerkingsafspraak) -> Iterator[tuple[Stapsoort, str, tuple[Mandaat, ...]]]:
    """Geef per stap en gemeente de genoemde mandaten; zonder mandaat is het `geen_mandaat`, niet dit."""
    mandaten = _genoemd(regio, afspraak)
    for stap in afspraak.stappen:
        for gemeente in sorted(regio.gemeenten_van(afspraak)):
            if passend := tuple(m for m in mandaten if m.gemeente == gemeente and stap in m.stappen):
                yield stap, gemeente, passend


def leemten(periode: Periode, mandaten: Iterable[Mandaat]) -> Iterator[Periode]:
    """Geef de delen van de periode waarin geen van de mandaten geldt."""
    begin = periode.van
    for mandaat in sorted(mandaten, key=lambda m: m.geldig_van or date.min):
        van, tot = mandaat.geldig_van or date.min, mandaat.geldig_tot or date.max
        if van > begin and begin <= periode.tot:
            yield Periode(van=begin, tot=min(van - _DAG, periode.tot))
        if tot >= periode.tot:
            return
        begin = max(begin, tot + _DAG)
    if begin <= periode.tot:
        yield Periode(van=begin, tot=periode.tot)


def _ondertekenaar(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    wie = afspraak.ondertekenaar
    if wie is None:
        return
    buiten: Mapping[str, set[str]] = {
        str(stap): {
            gemeente
            for gemeente in regio.gemeenten_van(afspraak)
            if not any(m.gemeente == gemeente and stap in m.stappen and wie in m.houders for m in regio.mandaten)
        }
        for stap in afspraak.stappen
    }
    for stap, gemeenten in buiten.items():
        if gemeenten:
            yield Bevinding(
                "buiten_mandaat",
                Ernst.FOUT,
                f"'{wie}' tekent stap '{stap}' in {lijst(gemeenten)}, maar is daarvoor geen houder van een mandaat.",
                "Laat ondertekenaar weg, kies een houder, of maak deze medewerker houder bij [[mandaten]].",
                Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "ondertekenaar"),
            )


def _plafond(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    tarief = afspraak.tarief
    if tarief is None or tarief.eenheid not in _PER_GEVAL:
        return
    for mandaat in _genoemd(regio, afspraak):
        if mandaat.plafond_euro is not None and tarief.bedrag > mandaat.plafond_euro:
            yield Bevinding(
                "buiten_mandaat",
                Ernst.WAARSCHUWING,
                f"het tarief van {tarief.bedrag} euro gaat boven het plafond van mandaat '{mandaat.id}' "
                f"({mandaat.plafond_euro} euro): wie dat mandaat heeft, mag deze stap niet besluiten.",
                "Verhoog het plafond bij [[mandaten]], of laat het college zelf besluiten.",
                Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "tarief"),
            )
