"""De dwangsom als de gemeente te laat beslist: wanneer zij begint, hoeveel zij is (Awb 4:17 en 4:18).

Zij hoort bij een beslissing op een aanvraag of bezwaar, en bij een antwoord op een verzoek over eigen gegevens (art. 34
UAVG). Het PIP zelf is ambtshalve: daarvoor is er geen dwangsom.
"""

from dataclasses import dataclass, replace
from datetime import date

from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.bezwaartermijn import beslistermijn
from domein.regels.kalender import DAG, datum
from domein.regels.planvormen import Kader
from domein.regels.stappen.verzoek import termijn_van
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Ingebrekestelling, Stand


@dataclass(frozen=True, slots=True)
class Dwangsom:
    """Wat er uit een ingebrekestelling volgt. `geen` zegt waarom er niets loopt; leeg als het kan."""

    termijn: Termijn  # de twee weken om alsnog te beslissen
    eerste_dag: date
    laatste_dag: date  # van de dagen waarover iets verschuldigd kan zijn
    dagen: int  # zolang er niet is beslist: het hoogste aantal
    bedrag: int
    beslist_op: date | None
    geen: str = ""


def termijn_waarover(stand: Stand, over: str, van: int, kader: Kader) -> Termijn | None:
    """Geef de beslistermijn waarover het gaat, of None als er niets is om op te beslissen."""
    if over == "bezwaar":
        bezwaar = stand.bezwaren.get(van)
        return None if bezwaar is None else beslistermijn(stand, bezwaar, kader)
    if over == "voorstel":
        voorstel = stand.voorstellen.get(van)
        return None if voorstel is None else aanvraagtermijn(stand, voorstel, kader)
    verzoek = stand.verzoeken.get(van)
    return None if verzoek is None else termijn_van(verzoek, kader)


def beslist_op(stand: Stand, over: str, van: int) -> date | None:
    """Geef de dag waarop er is beslist; bij een besluit uit een concept is dat de bekendmaking."""
    if over == "verzoek":
        return stand.verzoeken[van].afgehandeld_op if van in stand.verzoeken else None
    if over == "bezwaar":
        bezwaar = stand.bezwaren.get(van)
        if bezwaar is None or bezwaar.ingetrokken_op is not None:
            return None if bezwaar is None else bezwaar.ingetrokken_op
        stap, dag = bezwaar.stap, bezwaar.beslist_op
    else:
        voorstel = stand.voorstellen.get(van)
        if voorstel is None or voorstel.stap not in stand.afgerond:
            return None
        stap, dag = voorstel.stap, stand.afgerond[voorstel.stap][1]
    getekend = [b for b in stand.besluiten.values() if b.stap == stap and b.ondertekend_op is not None]
    return getekend[-1].bekendgemaakt_op if getekend else dag


def bedrag_voor(dagen: int, op: date, kader: Kader) -> int:
    """Reken de dwangsom uit: de dag van de ingebrekestelling beslist welke bedragen gelden."""
    regels = kader.regeling
    trap = regels.getal("dwangsom_trap_dagen", op)
    te_gaan, som = min(dagen, regels.getal("dwangsom_max_dagen", op)), 0
    for nummer in (1, 2, 3):
        deel = min(te_gaan, trap) if nummer < 3 else te_gaan
        som += deel * regels.getal(f"dwangsom_trap_{nummer}_euro", op)
        te_gaan -= deel
    return som


def dwangsom(stand: Stand, een: Ingebrekestelling, kader: Kader) -> Dwangsom:
    """Geef wat er uit deze ingebrekestelling volgt."""
    bewijs = f"ingebrekestelling {een.nummer} over {een.over} {een.van}"
    twee_weken = bereken("ingebrekestelling", een.op, bewijs, regels=kader.regeling)
    klaar = beslist_op(stand, een.over, een.van)
    geen = _waarom_niets(stand, een, klaar, kader)
    eerste = twee_weken.einde + DAG
    hoogst = kader.regeling.getal("dwangsom_max_dagen", een.op)
    dagen = hoogst if klaar is None else min(max((klaar - eerste).days, 0), hoogst)
    if geen:
        dagen = 0
    return Dwangsom(
        replace(twee_weken, gehaald_op=klaar, vervallen=geen), eerste, eerste + DAG * (max(dagen, 1) - 1), dagen,
        bedrag_voor(dagen, een.op, kader), klaar, geen,
    )  # fmt: skip


def _waarom_niets(stand: Stand, een: Ingebrekestelling, klaar: date | None, kader: Kader) -> str:
    termijn = termijn_waarover(stand, een.over, een.van, kader)
    if termijn is None:
        return "er is niets waarop binnen een termijn moet worden beslist"
    if een.op <= termijn.einde:
        return f"de ingebrekestelling kwam te vroeg: de beslistermijn liep tot en met {datum(termijn.einde)}"
    if klaar is not None and klaar <= een.op:
        return f"er was op {datum(klaar)} al beslist"
    return ""


def lopende(stand: Stand, over: str, van: int, kader: Kader) -> Dwangsom | None:
    """Geef de ingebrekestelling die telt voor dit bezwaar of deze aanvraag, of None."""
    alle = sorted(stand.ingebrekestellingen.values(), key=lambda i: (i.op, i.nummer))
    gevonden = (dwangsom(stand, i, kader) for i in alle if (i.over, i.van) == (over, van))
    return next((een for een in gevonden if not een.geen), None)
