"""Een ondertekend besluit bekendmaken, en wat er gebeurt als de post terugkomt (Awb 3:41 en 6:8)."""

from dataclasses import replace
from typing import Final

from domein.begrippen import Eindegrond, Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import Besluit, Stand

# Na een overlijden gaat er niets meer uit, en na een intrekking is er niemand meer; anders loopt bezwaar door.
ZONDER_VERVOLG: Final = frozenset({Eindegrond.OVERLIJDEN, Eindegrond.INGETROKKEN})


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None and stand.einde.grond in ZONDER_VERVOLG:
        return
    for besluit in stand.besluiten.values():
        if besluit.ondertekend_op is None:
            continue
        if besluit.retour_op is not None:
            yield _opnieuw(besluit, kader)
        elif not besluit.pogingen:
            yield _bekendmaken(besluit, kader)


def naar_voren(stap: GewensteStap, stand: Stand, kader: Kader) -> GewensteStap:
    """Laat een stap open zodra er een concept voor ligt: pas van een open stap ziet de mandaathouder het besluit."""
    dagen = [
        besluit.op
        for besluit in stand.besluiten.values()
        if besluit.stap == stap.kenmerk and besluit.ondertekend_op is None and besluit.ingetrokken_op is None
    ]
    # Wat al te laat is, is dringend genoeg: dat begint zodra het kan.
    te_laat = stap.uiterst is not None and stap.streef > stap.uiterst
    if te_laat or not dagen or (eerder := kader.werkdag(min(dagen))) >= stap.start:
        return stap
    toelichting = f" Het concept van het besluit ligt er sinds {datum(min(dagen))}; tekenen kan dus al."
    return replace(stap, start=eerder, waarom=stap.waarom + toelichting)


def _bekendmaken(besluit: Besluit, kader: Kader) -> GewensteStap:
    assert besluit.ondertekend_op is not None
    start = kader.werkdag(besluit.ondertekend_op)
    return GewensteStap(
        kenmerk=f"besluit/bekendmaken/1/{besluit.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Maak het besluit bekend",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("besluit_bekendmaken_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=f"Besluit {besluit.nummer} is op {datum(besluit.ondertekend_op)} ondertekend namens {besluit.orgaan}. "
        "De bezwaartermijn begint de dag na de bekendmaking.",
        artikel="artikelen 3:40, 3:41 en 6:8 Algemene wet bestuursrecht",
    )


def _opnieuw(besluit: Besluit, kader: Kader) -> GewensteStap:
    assert besluit.retour_op is not None
    start = kader.werkdag(besluit.retour_op)
    gevolg = (
        "Het adres klopte: de bekendmaking en de bezwaartermijn blijven staan."
        if besluit.adres_klopt
        else "Het adres klopte niet: het besluit is niet bekendgemaakt en de bezwaartermijn loopt nog niet."
    )
    return GewensteStap(
        kenmerk=f"besluit/bekendmaken/{besluit.pogingen + 1}/{besluit.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Stuur het besluit opnieuw",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("besluit_retour_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=f"Besluit {besluit.nummer} kwam op {datum(besluit.retour_op)} terug met de post. {gevolg}",
        artikel="artikel 3:41 Algemene wet bestuursrecht",
    )
