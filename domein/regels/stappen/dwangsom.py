"""Na een ingebrekestelling: twee weken om te beslissen, en daarna de dwangsom vaststellen (Awb 4:17 en 4:18)."""

from dataclasses import replace

from domein.begrippen import Rol, Stapsoort
from domein.regels.dwangsom import Dwangsom, dwangsom, lopende
from domein.regels.kalender import DAG, datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.besluit import ZONDER_VERVOLG
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Ingebrekestelling, Stand


def vaststeltermijn(een: Ingebrekestelling, som: Dwangsom, kader: Kader) -> Termijn:
    bewijs = f"laatste dag van de dwangsom bij ingebrekestelling {een.nummer}"
    return bereken("dwangsom-vaststellen", som.laatste_dag, bewijs, regels=kader.regeling)


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    uit: list[Termijn] = []
    for een in stand.ingebrekestellingen.values():
        som = dwangsom(stand, een, kader)
        uit.append(som.termijn)
        if som.dagen:
            uit.append(replace(vaststeltermijn(een, som, kader), gehaald_op=een.vastgesteld_op))
    return uit


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None and stand.einde.grond in ZONDER_VERVOLG:
        return
    for een in stand.ingebrekestellingen.values():
        som = dwangsom(stand, een, kader)
        if een.vastgesteld_op is None and som.dagen:
            yield _vaststellen(een, som, kader)


def _vaststellen(een: Ingebrekestelling, som: Dwangsom, kader: Kader) -> GewensteStap:
    termijn = vaststeltermijn(een, som, kader)
    start = kader.werkdag(som.laatste_dag + DAG)
    klaar = (
        f"Op {datum(som.beslist_op)} is beslist: {som.dagen} {'dag' if som.dagen == 1 else 'dagen'} te laat."
        if som.beslist_op is not None
        else f"Er is nog niet beslist; na {som.dagen} dagen loopt de dwangsom niet verder op."
    )
    return GewensteStap(
        kenmerk=f"dwangsom/vaststellen/{een.nummer}",
        stapsoort=Stapsoort.PIP,
        titel="Stel de dwangsom vast",
        start=start,
        streef=kader.streef(start, kader.regeling.getal("dwangsom_vaststellen_werkdagen"), termijn.einde),
        uiterst=termijn.einde,
        rol=Rol.MANDAATHOUDER,
        waarom=f"De gemeente is op {datum(een.op)} in gebreke gesteld; dwangsom vanaf {datum(som.eerste_dag)}. "
        f"{klaar} Dat is € {som.bedrag}. {termijn.uitleg}",
        artikel="artikelen 4:17 en 4:18 Algemene wet bestuursrecht",
        besluit=True,
    )


def zin_in_gebreke(stand: Stand, over: str, van: int, kader: Kader) -> str:
    """Zeg bij de stap waarop het wacht dat de gemeente in gebreke is gesteld; leeg als dat niet zo is."""
    som = lopende(stand, over, van, kader)
    if som is None:
        return ""
    per_dag = kader.regeling.getal("dwangsom_trap_1_euro", som.termijn.anker)
    return (
        f" De gemeente is op {datum(som.termijn.anker)} in gebreke gesteld: beslis uiterlijk "
        f"{datum(som.termijn.einde)}. Daarna loopt een dwangsom, die begint met € {per_dag} per dag (artikel 4:17 Awb)."
    )
