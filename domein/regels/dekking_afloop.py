"""Wat loopt binnenkort af, gezien vanaf een dag: de regio, verbanden, mandaten en afspraken.

Geen wet maar een hulp voor de regiocoordinator: 90, 60 en 30 dagen vooraf.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from domein.regels.dekkingsvlakken import Dekking
from domein.regio.afspraken import Mandaat, Samenwerkingsafspraak, Samenwerkingsverband
from domein.regio.bevinding import Bevinding, Ernst, Plek, lijst
from domein.regio.model import Regio

DREMPELS: Final = (30, 60, 90)
_DAG: Final = timedelta(days=1)


def toets_afloop(regio: Regio, op: date, dekking: Dekking | None = None) -> tuple[Bevinding, ...]:
    """Geef wat binnen 90 dagen na `op` eindigt. Wat al een vervolg heeft, is alleen ter informatie."""
    dekking = dekking or Dekking(regio)
    einde = regio.kop.geldig_tot
    bevindingen = [_loopt_af(f"de regio '{regio.code}'", einde, op, "", Plek("regio", kolom="geldig_tot"))]
    for nummer, verband in enumerate(regio.samenwerkingsverbanden):
        if verband.geldig_tot is not None and verband.geldig_tot < einde:
            plek = Plek("samenwerkingsverbanden", nummer, verband.id, "geldig_tot")
            daarna = _na_verband(dekking, verband, verband.geldig_tot)
            bevindingen.append(_loopt_af(f"verband '{verband.id}'", verband.geldig_tot, op, daarna, plek))
    for nummer, mandaat in enumerate(regio.mandaten):
        if mandaat.geldig_tot is not None:
            plek = Plek("mandaten", nummer, mandaat.id, "geldig_tot")
            daarna = lijst(_na_mandaat(regio, mandaat, mandaat.geldig_tot + _DAG))
            bevindingen.append(_loopt_af(f"mandaat '{mandaat.id}'", mandaat.geldig_tot, op, daarna, plek))
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        # Wat met het verband of de regio eindigt, staat daar al.
        tot = regio.periode_van(afspraak).tot
        if afspraak.geldig_tot == tot < einde:
            plek = Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "geldig_tot")
            daarna = lijst(_na_afspraak(dekking, afspraak, tot + _DAG))
            bevindingen.append(_loopt_af(f"afspraak '{afspraak.regel_id}'", tot, op, daarna, plek))
    return tuple(b for b in bevindingen if b is not None)


def _loopt_af(wat: str, tot: date, op: date, daarna: str, plek: Plek) -> Bevinding | None:
    over = (tot - op).days
    drempel = next((grens for grens in DREMPELS if 0 <= over <= grens), None)
    if drempel is None:
        return None
    gevolgd = daarna not in ("", "(geen)")
    wanneer = "vandaag" if over == 0 else "over 1 dag" if over == 1 else f"over {over} dagen"
    vervolg = f" Daarna geldt: {daarna}." if gevolgd else " Daarna is er nog niets afgesproken."
    ernst = Ernst.INFO if gevolgd or drempel == max(DREMPELS) else Ernst.WAARSCHUWING
    uitweg = "" if gevolgd else "Verleng, of leg vast wat er daarna geldt."
    melding = f"{wat} eindigt {wanneer}, op {tot.isoformat()} (binnen {drempel} dagen).{vervolg}"
    return Bevinding(f"loopt_af_{drempel}", ernst, melding, uitweg, plek)


def _na_afspraak(dekking: Dekking, afspraak: Samenwerkingsafspraak, dag: date) -> Iterator[str]:
    """Geef de afspraken die het de dag erna overnemen, waar dan ook in wat deze afspraak dekt."""
    cellen = dekking.ruimte.van_afspraak(afspraak)
    gevonden: set[str] = set()
    for stap in afspraak.stappen:
        for gemeente in dekking.regio.gemeenten_van(afspraak):
            oordeel = dekking.oordeel_op(stap, gemeente, dag)
            if oordeel is not None:
                gevonden |= {a.regel_id for a, deel in oordeel.winnaars if deel & cellen}
    yield from gevonden - {afspraak.regel_id}


def _na_verband(dekking: Dekking, verband: Samenwerkingsverband, tot: date) -> str:
    regio = dekking.regio
    afspraken = [a for a in regio.samenwerkingsafspraken if a.verband == verband.id and regio.periode_van(a).tot == tot]
    return lijst({naam for a in afspraken for naam in _na_afspraak(dekking, a, tot + _DAG)})


def _na_mandaat(regio: Regio, mandaat: Mandaat, dag: date) -> Iterator[str]:
    stappen = set(mandaat.stappen)
    for ander in regio.mandaten:
        if ander.gemeente == mandaat.gemeente and stappen <= set(ander.stappen) and ander.geldt_op(dag):
            yield ander.id
