"""Tot wanneer op een aanvraag moet zijn beslist, en wat de termijn stilzet (Awb 4:13 tot en met 4:15, 7:10 en 7:14)."""

from dataclasses import replace
from datetime import date
from typing import Final

from domein.gebeurtenissen.beslistermijn import Beslisgrond
from domein.regels.kalender import DAG, atw_kalender, datum
from domein.regels.planvormen import Kader
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Opschorting, Stand, Voorstel

# Het artikel per grond: bij een aanvraag is dat artikel 4:15, bij een bezwaar gaat artikel 7:10 voor (7:14).
ARTIKEL: Final = {
    "voorstel": {
        Beslisgrond.AANVULLEN: "artikelen 4:5 en 4:15 lid 1 onder a Algemene wet bestuursrecht",
        Beslisgrond.INSTEMMING: "artikel 4:15 lid 2 onder a Algemene wet bestuursrecht",
        Beslisgrond.VERTRAGING: "artikel 4:15 lid 2 onder b Algemene wet bestuursrecht",
        Beslisgrond.OVERMACHT: "artikel 4:15 lid 2 onder c Algemene wet bestuursrecht",
    },
    "bezwaar": {
        Beslisgrond.AANVULLEN: "artikelen 6:6 en 7:10 lid 2 Algemene wet bestuursrecht",
        Beslisgrond.INSTEMMING: "artikel 7:10 lid 4 Algemene wet bestuursrecht",
        Beslisgrond.VERTRAGING: "artikelen 4:15 lid 2 onder b en 7:14 Algemene wet bestuursrecht",
        Beslisgrond.OVERMACHT: "artikelen 4:15 lid 2 onder c en 7:14 Algemene wet bestuursrecht",
    },
}
_WAAROM: Final = {
    Beslisgrond.AANVULLEN: "er moest iets worden aangevuld",
    Beslisgrond.INSTEMMING: "dat is schriftelijk afgesproken",
    Beslisgrond.VERTRAGING: "de vertraging lag bij de inburgeraar",
    Beslisgrond.OVERMACHT: "er was overmacht",
}


def laatste_stille_dag(een: Opschorting) -> date:
    """Geef de laatste dag die niet meetelt: de dag waarop het weer kan, telt zelf mee ("tot de dag waarop")."""
    return een.tot if een.hervat_op is None else min(een.tot, een.hervat_op - DAG)


def stille_dagen(opschortingen: list[Opschorting]) -> int:
    """Tel de dagen die niet meetellen; een dag met twee redenen telt één keer."""
    dagen = {
        dag
        for een in opschortingen
        for n in range((laatste_stille_dag(een) - een.op).days)
        for dag in (een.op + DAG * (n + 1),)
    }
    return len(dagen)


def schort_op(termijn: Termijn, stand: Stand, over: str, van: int, vanaf: date | None = None) -> Termijn:
    """Schuif het einde op met de dagen dat de termijn stilstond; `vanaf` slaat wat van een eerdere ronde was over."""
    alle = [
        een for een in stand.opschortingen.values()
        if (een.over, een.van) == (over, van) and (vanaf is None or een.op >= vanaf)
    ]  # fmt: skip
    dagen = stille_dagen(alle)
    if not dagen:
        return termijn
    # De stille dagen tellen bij de termijn zelf; een weekend of feestdag aan haar einde telt daarna pas (art. 1 Atw).
    # Stond zij pas stil toen zij al was opgeschoven, dan telt dat latere einde.
    basis = termijn.ruw if min(een.op for een in alle) < termijn.ruw else termijn.einde
    ruw = basis + DAG * dagen
    einde = ruw if termijn.soort_einde == "vast" else atw_kalender().eerstvolgende_open_dag(ruw)
    redenen = "; ".join(
        f"van {datum(een.op + DAG)} tot en met {datum(laatste_stille_dag(een))}: {_WAAROM[een.grond]}"
        for een in sorted(alle, key=lambda een: (een.op, een.nummer))
    )
    artikelen = dict.fromkeys([termijn.artikel, *(ARTIKEL[over][een.grond] for een in alle)])
    uitleg = (
        f"{termijn.uitleg} De termijn stond {dagen} {'dag' if dagen == 1 else 'dagen'} stil ({redenen}). "
        f"Daarom is {datum(einde)} de laatste dag."
    )
    return replace(
        termijn, ruw=ruw, einde=einde, artikel="; ".join(artikelen), uitleg=uitleg,
        verlengd_van=termijn.verlengd_van or termijn.einde,
    )  # fmt: skip


def aanvraagtermijn(stand: Stand, voorstel: Voorstel, kader: Kader) -> Termijn | None:
    """Geef tot wanneer op deze aanvraag moet zijn beslist; None als de inburgeraar het niet vroeg.

    De Wet inburgering noemt geen termijn: dan geldt een redelijke, en die is na acht weken voorbij (Awb 4:13).
    """
    if not voorstel.aanvraag:
        return None
    bewijs = f"aanvraag om het PIP te wijzigen (voorstel {voorstel.nummer})"
    termijn = bereken("aanvraag-beslissen", voorstel.op, bewijs, regels=kader.regeling)
    if voorstel.verdaagd_op is not None and voorstel.verdaagd_tot is not None:
        uitleg = (
            f"{termijn.uitleg} Op {datum(voorstel.verdaagd_op)} hoorde de inburgeraar dat het tot en met "
            f"{datum(voorstel.verdaagd_tot)} duurt. Dat is een dag die de gemeente zelf noemde: zij schuift niet op."
        )
        # De wet stelt deze termijn niet, de gemeente noemt haar: artikel 1 Atw geldt er niet voor.
        termijn = replace(
            termijn, soort_einde="vast", ruw=voorstel.verdaagd_tot, einde=voorstel.verdaagd_tot,
            verlengd_van=termijn.einde, uitleg=uitleg,
            artikel=f"{termijn.artikel}; artikel 4:14 lid 3 Algemene wet bestuursrecht",
        )  # fmt: skip
    gedaan = stand.afgerond.get(voorstel.stap)
    return replace(schort_op(termijn, stand, "voorstel", voorstel.nummer), gehaald_op=gedaan[1] if gedaan else None)
