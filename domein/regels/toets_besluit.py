"""Wat in bezwaar, bij een maatregel en bij een bekendmaking kan: onmogelijk wordt geweigerd, met het artikel."""

from datetime import date

from domein.begrippen import Gedraging
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels.besluitgang import Handeling, mag
from domein.regels.bezwaartermijn import beslistermijn, bestreden, te_laat
from domein.regels.kalender import datum
from domein.regels.maatregelsignaal import na_het_pip
from domein.regels.planvormen import Kader
from domein.regels.tarief import tarief, verjaard_op
from domein.stand import Bezwaar, Maatregel, Stand


def toets_besluit(d: Gegevens, stand: Stand, op: date, kader: Kader) -> None:
    """Weiger wat in deze stand niet kan; een soort die hier niet staat heeft geen grens."""
    match d:
        case s.BesluitBekendgemaakt() | s.BesluitRetour():
            _toets_bekendmaking(d, stand, op)
        case s.BezwaarIngediend():
            _toets_bezwaar(d, stand, op)
        case (
            s.BezwaarVerschoonbaar()
            | s.BezwaarZienswijze()
            | s.BezwaarGehoord()
            | s.BezwaarVerdaagd()
            | s.BezwaarIngetrokken()
            | s.BezwaarBeslist()
        ):
            _toets_lopend(d, _lopend_bezwaar(d.nummer, stand, op), stand, op, kader)
        case s.MaatregelOverwogen():
            _toets_overwogen(d, stand, op)
        case (
            s.MaatregelGewaarschuwd()
            | s.KerenGetoetst()
            | s.MaatregelVoornemen()
            | s.MaatregelZienswijze()
            | s.MaatregelGestaakt()
            | s.MaatregelBesloten()
        ):
            _toets_maatregel(d, _lopende_maatregel(d.nummer, stand, op), stand, op, kader)
        case _:
            return


def _weiger(veld: str, melding: str, uitweg: str) -> None:
    raise OngeldigeGegevens(melding, uitweg, {veld: melding})


def _toets_bekendmaking(d: s.BesluitBekendgemaakt | s.BesluitRetour, stand: Stand, op: date) -> None:
    besluit = stand.besluiten.get(d.nummer)
    handeling = Handeling.MAAK_BEKEND if isinstance(d, s.BesluitBekendgemaakt) else Handeling.RETOUR
    if besluit is None or not mag(besluit, handeling):
        gedaan = "bekend te maken" if handeling is Handeling.MAAK_BEKEND else "teruggekomen: het is niet verzonden"
        _weiger("nummer", f"Besluit {d.nummer} is nu niet {gedaan}.", "Kijk met 'regie besluit toon' hoe ver het is.")
        return
    assert besluit.ondertekend_op is not None
    if op < besluit.ondertekend_op:
        _weiger(
            "datum",
            "Een besluit wordt niet vóór zijn dagtekening bekendgemaakt (artikel 3:40 Awb).",
            "Verbeter de datum.",
        )


def _toets_bezwaar(d: s.BezwaarIngediend, stand: Stand, op: date) -> None:
    wat = bestreden(stand, d.tegen, d.van)
    if wat is None:
        _weiger("van", f"Er is geen {d.tegen} {d.van} waartegen bezwaar kan.", "Kijk met 'regie besluit lijst'.")
        return
    if any(b.loopt and (b.tegen, b.van) == (d.tegen, d.van) for b in stand.bezwaren.values()):
        _weiger("van", f"Tegen {wat.wat} loopt al een bezwaar.", "Leg een aanvulling vast als nadere reactie.")
    # Bezwaar vóór de bekendmaking mag, als het besluit er al was (art. 6:10 Awb).
    dagen = [b.ondertekend_op for b in stand.besluiten.values() if b.ondertekend_op] + [
        p.dagtekening for p in stand.pips
    ]
    if dagen and op < min(dagen):
        _weiger("datum", "Op die dag was er nog geen besluit (artikel 6:10 Awb).", "Verbeter de datum.")


def _lopend_bezwaar(nummer: int, stand: Stand, op: date) -> Bezwaar:
    bezwaar = stand.bezwaren.get(nummer)
    if bezwaar is None or not bezwaar.loopt or op < bezwaar.op:
        raise OngeldigeGegevens(
            f"Bezwaar {nummer} loopt (dan) niet.", "Kijk met 'regie dossier toon' welk bezwaar er loopt.",
            {"nummer": "geen lopend bezwaar"},
        )  # fmt: skip
    return bezwaar


def _toets_lopend(d: Gegevens, bezwaar: Bezwaar, stand: Stand, op: date, kader: Kader) -> None:
    termijn = beslistermijn(stand, bezwaar, kader)
    if isinstance(d, s.BezwaarVerdaagd):
        if bezwaar.verdaagd_op is not None:
            _weiger(
                "nummer", "Uitstellen kan één keer (artikel 7:10 lid 3 Awb).",
                "Beslis op tijd.",
            )  # fmt: skip
        if termijn is not None and op > termijn.einde:
            _weiger(
                "datum", f"De beslistermijn eindigde op {datum(termijn.einde)}; daarna kan uitstel niet meer.",
                "Beslis nu; wie bezwaar maakte kan de gemeente in gebreke stellen (artikel 4:17 Awb).",
            )  # fmt: skip
    if isinstance(d, s.BezwaarBeslist):
        _toets_beslissing(d, bezwaar, stand, kader)


def _toets_beslissing(d: s.BezwaarBeslist, bezwaar: Bezwaar, stand: Stand, kader: Kader) -> None:
    laat = te_laat(stand, bezwaar, kader)
    if laat and bezwaar.verschoonbaar is None:
        _weiger("uitkomst", "Het bezwaar kwam te laat; beoordeel eerst of er een goede reden is (artikel 6:11 Awb).",
                "Beantwoord de stap bezwaar/te-laat.")  # fmt: skip
    if laat and bezwaar.verschoonbaar is False and d.uitkomst != "niet_ontvankelijk":
        _weiger("uitkomst", "Een te laat bezwaar zonder goede reden is niet-ontvankelijk (artikel 6:11 Awb).",
                "Kies niet_ontvankelijk, of beoordeel de reden opnieuw.")  # fmt: skip
    if bezwaar.gehoord_op is None:
        _weiger("uitkomst", "Er is niet gehoord, en niet vastgelegd waarom niet (artikelen 7:2 en 7:3 Awb).",
                "Beantwoord de stap bezwaar/horen.")  # fmt: skip
    if d.herroept and d.uitkomst not in ("gegrond", "deels_gegrond"):
        _weiger("herroept", "Een besluit wordt alleen herroepen als het bezwaar (deels) gegrond is (artikel 7:11 Awb).",
                "Verbeter de uitkomst.")  # fmt: skip


def _toets_overwogen(d: s.MaatregelOverwogen, stand: Stand, op: date) -> None:
    if d.gedraging_op > op:
        _weiger("gedraging_op", "De gedraging is van later dan vandaag.", "Verbeter de datum.")
    if d.gedraging is Gedraging.TRAJECT and not na_het_pip(stand, d.gedraging_op):
        _weiger("gedraging", "Op die dag was er nog geen PIP, dus nog geen traject (artikel 23 Wi).",
                "Kies de intake, of verbeter de datum.")  # fmt: skip
    dezelfde = [
        m for m in stand.maatregelen.values()
        if (m.gedraging, m.gedraging_op) == (d.gedraging, d.gedraging_op) and m.gestaakt_op is None
    ]  # fmt: skip
    if dezelfde:
        _weiger("gedraging_op", "Voor deze gedraging is al een maatregel overwogen (artikel 5:43 Awb).",
                "Twee keer voor hetzelfde kan niet.")  # fmt: skip


def _lopende_maatregel(nummer: int, stand: Stand, op: date) -> Maatregel:
    maatregel = stand.maatregelen.get(nummer)
    if maatregel is None or not maatregel.loopt or op < maatregel.op:
        raise OngeldigeGegevens(
            f"Maatregel {nummer} loopt (dan) niet.",
            "Kijk met 'regie dossier toon'.",
            {"nummer": "geen lopende maatregel"},
        )
    return maatregel


def _toets_maatregel(d: Gegevens, m: Maatregel, stand: Stand, op: date, kader: Kader) -> None:
    match d:
        case s.MaatregelVoornemen():
            if m.gewaarschuwd_op is None:
                _weiger("datum", "Er is nog niet gewaarschuwd.", "Beantwoord eerst de stap maatregel/waarschuwing.")
            if stand.is_asiel and m.keren is None:
                _weiger("datum", "Eerst de toets aan Keren (HvJ EU C-158/23).", "Beantwoord de stap maatregel/keren.")
            if d.zienswijze_tot <= op:
                _weiger("zienswijze_tot", "Er is geen tijd om te reageren (artikel 4:8 Awb).", "Kies een latere dag.")
        case s.MaatregelZienswijze():
            if m.voornemen_op is None or m.zienswijze_tot is None:
                _weiger("datum", "Er is nog geen voornemen verzonden (artikel 4:8 Awb).", "Stuur eerst het voornemen.")
            elif d.wijze == "geen" and op <= m.zienswijze_tot:
                _weiger(
                    "wijze", f"De inburgeraar kan nog reageren tot en met {datum(m.zienswijze_tot)}.", "Wacht tot dan."
                )
        case s.MaatregelBesloten():
            _toets_maatregelbesluit(d, m, stand, op, kader)
        case _:
            return


def _toets_maatregelbesluit(d: s.MaatregelBesloten, m: Maatregel, stand: Stand, op: date, kader: Kader) -> None:
    if not d.opgelegd:
        if d.bedrag:
            _weiger("bedrag", "Zonder maatregel is er geen bedrag.", "Laat het bedrag op 0.")
        return
    if op >= (verjaard := verjaard_op(m, kader)):
        _weiger("opgelegd", f"Voor deze gedraging kon tot {datum(verjaard)} een boete worden opgelegd; daarna is zij "
                "verjaard (artikel 5:45 Awb).", "Besluit dat er geen maatregel komt.")  # fmt: skip
    if m.zienswijze_op is None:
        _weiger("opgelegd", "De inburgeraar kon nog niet reageren op het voornemen (artikelen 4:8 en 5:53 Awb).",
                "Doorloop eerst waarschuwing, voornemen en zienswijze.")  # fmt: skip
    if stand.is_asiel and m.keren is not True:
        _weiger("opgelegd", "Bij een asielstatushouder kan dit alleen bij hardnekkige, aantoonbare onwil, en die "
                "is niet vastgesteld (HvJ EU C-158/23, Keren).", "Besluit dat er geen maatregel komt.")  # fmt: skip
    hoogst = tarief(stand, m, d.verwijtbaarheid, kader)
    if hoogst.geen:
        _weiger("opgelegd", hoogst.geen, "Besluit dat er geen maatregel komt.")
    if not 0 < d.bedrag <= hoogst.bedrag:
        _weiger("bedrag", f"Het bedrag is meer dan € 0 en hoogstens € {hoogst.bedrag}. {hoogst.uitleg}",
                "Kies een lager bedrag.")  # fmt: skip
