"""Wat bij de rechter, bij stilstand van de beslistermijn en bij een dwangsom kan: het onmogelijke wordt geweigerd."""

from datetime import date

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.dwangsom import beslist_op, dwangsom, lopende, termijn_waarover
from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.stand import Ingebrekestelling, Stand


def weiger_onmogelijk(d: Gegevens, stand: Stand, op: date, kader: Kader) -> None:
    """OngeldigeGegevens als dit feit nu niet kan; een soort die hier niet staat heeft geen grens."""
    match d:
        case s.BeroepIngesteld() | s.HogerBeroepIngesteld():
            _toets_instellen(d, stand, op)
        case s.BeroepBeslist() | s.HogerBeroepBeslist():
            _toets_uitspraak(d, stand, op)
        case s.BeslistermijnOpgeschort():
            _toets_opschorting(d, stand, op, kader)
        case s.BeslistermijnHervat():
            een = stand.opschortingen.get(d.nummer)
            if een is None or een.hervat_op is not None or not een.op < op <= een.tot:
                _weiger("nummer", f"Opschorting {d.nummer} loopt (dan) niet.", "Kijk met 'regie dossier toon'.")
        case s.VoorstelVerdaagd():
            _toets_verdaging(d, stand, op, kader)
        case s.InGebrekeGesteld():
            _toets_ingebrekestelling(d, stand, op, kader)
        case s.DwangsomVastgesteld():
            _toets_dwangsom(d, stand, op, kader)
        case _:
            return


def twijfel(d: Gegevens) -> str:
    """Geef wat alleen met een reden kan, of een lege tekst."""
    match d:
        case s.BeslistermijnOpgeschort():
            return "Wie wacht, hoort waarom de termijn stilstaat (artikelen 4:15 lid 3 en 7:10 lid 5 Awb)."
        case s.VoorstelVerdaagd():
            return "De aanvrager hoort waarom het langer duurt (artikel 4:14 lid 3 Awb)."
        case s.DwangsomVastgesteld(oordeel=oordeel) if oordeel != "verschuldigd":
            return "Geen dwangsom toekennen is een besluit met een reden (artikelen 3:46 en 4:17 lid 6 Awb)."
        case _:
            return ""


def _weiger(veld: str, melding: str, uitweg: str) -> None:
    raise OngeldigeGegevens(melding, uitweg, {veld: melding})


def _toets_instellen(d: s.BeroepIngesteld | s.HogerBeroepIngesteld, stand: Stand, op: date) -> None:
    if isinstance(d, s.BeroepIngesteld):
        bezwaar = stand.bezwaren.get(d.bezwaar)
        if bezwaar is None or bezwaar.beslist_op is None or op < bezwaar.beslist_op:
            _weiger("bezwaar", f"Op bezwaar {d.bezwaar} is (dan) nog niet beslist (artikel 7:1 Awb).",
                    "Leg eerst de beslissing op bezwaar vast.")  # fmt: skip
        return
    beroep = stand.beroepen.get(d.beroep)
    if beroep is None or beroep.beslist_op is None or op < beroep.beslist_op:
        _weiger("beroep", f"In beroep {d.beroep} is (dan) nog geen uitspraak (artikel 8:104 Awb).",
                "Leg eerst de uitspraak van de rechtbank vast.")  # fmt: skip
    elif any(h.beroep == d.beroep and h.beslist_op is None for h in stand.hoger_beroepen.values()):
        _weiger("beroep", f"Over beroep {d.beroep} loopt al een hoger beroep.", "Wacht op die uitspraak.")


def _toets_uitspraak(d: s.BeroepBeslist | s.HogerBeroepBeslist, stand: Stand, op: date) -> None:
    hoger = isinstance(d, s.HogerBeroepBeslist)
    wat = "Hoger beroep" if hoger else "Beroep"
    een = stand.hoger_beroepen.get(d.nummer) if hoger else stand.beroepen.get(d.nummer)
    if een is None or een.beslist_op is not None or op < een.op:
        _weiger("nummer", f"{wat} {d.nummer} loopt (dan) niet.", "Kijk met 'regie dossier toon'.")
    # In hoger beroep van het college kan de inburgeraar gelijk houden, en de rechter toch iets opdragen.
    if (d.herroept or d.opnieuw) and d.uitkomst != "gegrond":
        _weiger(
            "uitkomst", "Alleen een gegrond beroep vernietigt een besluit (artikel 8:72 Awb).", "Verbeter de uitkomst."
        )
    if d.herroept and d.opnieuw:
        _weiger("opnieuw", "Geldt het besluit zelf niet meer, dan is er niets om opnieuw op te beslissen.",
                "Kies een van de twee.")  # fmt: skip


def _toets_opschorting(d: s.BeslistermijnOpgeschort, stand: Stand, op: date, kader: Kader) -> None:
    termijn = termijn_waarover(stand, d.over, d.van, kader)
    if termijn is None:
        _weiger("van", f"Er is geen {d.over} {d.van} waarop binnen een termijn moet worden beslist.",
                "Een voorstel telt alleen als de inburgeraar het zelf vroeg (artikel 4:13 Awb).")  # fmt: skip
        return
    if beslist_op(stand, d.over, d.van) is not None or termijn.gehaald_op is not None:
        _weiger("van", f"Op {d.over} {d.van} is al beslist.", "Er is niets op te schorten.")
    if op > termijn.einde:
        _weiger("datum", f"De beslistermijn eindigde op {datum(termijn.einde)}; daarna staat zij niet meer stil.",
                "Beslis nu.")  # fmt: skip
    if d.tot <= op:
        _weiger("tot", "De termijn staat stil vanaf de dag erna.", "Noem een latere laatste dag.")


def _toets_verdaging(d: s.VoorstelVerdaagd, stand: Stand, op: date, kader: Kader) -> None:
    voorstel = stand.voorstellen.get(d.nummer)
    termijn = aanvraagtermijn(stand, voorstel, kader) if voorstel is not None else None
    if voorstel is None or termijn is None or termijn.gehaald_op is not None:
        _weiger("nummer", f"Er is geen aanvraag {d.nummer} waarop nog moet worden beslist.",
                "Een voorstel telt alleen als de inburgeraar het zelf vroeg (artikel 4:13 Awb).")  # fmt: skip
        return
    if voorstel.verdaagd_op is not None:
        _weiger("nummer", "De inburgeraar hoorde al een nieuwe dag.", "Beslis vóór die dag.")
    if op > termijn.einde:
        _weiger("datum", f"De acht weken eindigden op {datum(termijn.einde)}; daarna kan uitstel niet meer (artikel "
                "4:14 lid 3 Awb).", "Beslis nu.")  # fmt: skip
    if d.tot <= termijn.einde:
        _weiger("tot", f"Tot en met {datum(termijn.einde)} is er al tijd.", "Noem een latere dag.")


def _toets_ingebrekestelling(d: s.InGebrekeGesteld, stand: Stand, op: date, kader: Kader) -> None:
    """Te vroeg in gebreke stellen is een feit dat wordt bewaard; het heeft alleen geen gevolg."""
    if termijn_waarover(stand, d.over, d.van, kader) is None:
        _weiger("van", f"Er is geen {d.over} {d.van} waarop binnen een termijn moet worden beslist.",
                "Tegen een PIP dat niemand aanvroeg kan alleen beroep wegens niet tijdig beslissen.")  # fmt: skip
    al = lopende(stand, d.over, d.van, kader)
    if al is not None and op >= al.termijn.anker:
        _weiger("van", f"Voor {d.over} {d.van} is de gemeente al op {datum(al.termijn.anker)} in gebreke gesteld.",
                "Een tweede brief begint geen tweede dwangsom.")  # fmt: skip


def _toets_dwangsom(d: s.DwangsomVastgesteld, stand: Stand, op: date, kader: Kader) -> None:
    een: Ingebrekestelling | None = stand.ingebrekestellingen.get(d.nummer)
    if een is None or een.vastgesteld_op is not None:
        _weiger("nummer", f"Er is geen ingebrekestelling {d.nummer} zonder vastgestelde dwangsom.",
                "Kijk met 'regie dossier toon'.")  # fmt: skip
        return
    som = dwangsom(stand, een, kader)
    if som.dagen and op <= som.laatste_dag:
        _weiger("datum", f"De dwangsom loopt nog, hoogstens tot en met {datum(som.laatste_dag)}.", "Wacht tot dan.")
    moet = som.bedrag if d.oordeel == "verschuldigd" else 0
    if d.bedrag != moet:
        waarom = f" ({som.geen})" if som.geen else f": {som.dagen} dagen te laat"
        _weiger("bedrag", f"Het bedrag is € {moet}{waarom}.", "Neem dat bedrag over.")
