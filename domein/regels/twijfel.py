"""Wat kan, maar volgens de wet zelden zo is: dan vraagt het systeem een reden. DUO en de mandaathouder beslissen."""

from datetime import date
from functools import singledispatch

from domein.begrippen import Aanvraagsoort, Leerroute
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels.kalender import datum
from domein.regels.nieuwe_termijn import twijfel as twijfel_nieuwe_termijn
from domein.regels.planvormen import Kader
from domein.regels.stappen.einde import verlengvenster
from domein.regels.stappen.pip_wijzigen import ROUTENAMEN
from domein.regels.verlenging import twijfel as twijfel_verlenging
from domein.stand import Stand


@singledispatch
def twijfel_volgens_de_wet(_gegevens: Gegevens, _stand: Stand, _op: date, _kader: Kader) -> str:
    """Geef wat er vreemd is aan dit feit, met het artikel; een lege tekst als het gewoon is."""
    return ""


@twijfel_volgens_de_wet.register
def _(d: s.IntakeGehouden, stand: Stand, _op: date, kader: Kader) -> str:
    al_gedaan = int(stand.leerbaarheidstoets_op not in (None, d.leerbaarheidstoets_op))
    if d.leerbaarheidstoets_op is None or al_gedaan < kader.regeling.getal("leerbaarheidstoets_aantal", stand.begin_op):
        return ""
    assert stand.leerbaarheidstoets_op is not None
    return (
        f"De leerbaarheidstoets is al afgenomen op {datum(stand.leerbaarheidstoets_op)}; ook na een verhuizing wordt "
        "zij niet herhaald (artikel 15 lid 4 Wi)."
    )


@twijfel_volgens_de_wet.register
def _(d: s.PipVastgesteld, stand: Stand, _op: date, _kader: Kader) -> str:
    if stand.pips:
        return ""
    getoetst = stand.leerbaarheidstoets_op is not None or stand.advies is not Leerroute.ONBEKEND
    if stand.intake_op is not None and not (getoetst or stand.intake_ambtshalve):
        return (
            "Er is geen leerbaarheidstoets vastgelegd: zij hoort bij de brede intake, tenzij iemand door een "
            "beperking in zien of horen is vrijgesteld (artikel 14 lid 6 Wi)."
        )
    if stand.advies in (Leerroute.ONBEKEND, d.leerroute):
        return ""
    return (
        f"De leerbaarheidstoets adviseert de {ROUTENAMEN[stand.advies]}, het PIP zegt de {ROUTENAMEN[d.leerroute]}: "
        "afwijken mag, met een reden (artikel 14 lid 6 Wi)."
    )


@twijfel_volgens_de_wet.register
def _(d: s.ParticipatieGemist, stand: Stand, _op: date, _kader: Kader) -> str:
    if d.onderdeel == "map" and stand.leerroute is Leerroute.ONDERWIJS:
        return "De onderwijsroute kent geen MAP (artikel 8 lid 3 Wi)."
    return ""


@twijfel_volgens_de_wet.register
def _(d: s.UrenGemeld, stand: Stand, _op: date, _kader: Kader) -> str:
    """Wat iemand vóór het PIP deed, telt alleen als het PIP dat zegt (art. 5.3 lid 5 Bi)."""
    if d.urensoort == "eerder_onderwijs" or (stand.pips and d.periode_van >= stand.pips[0].dagtekening):
        return ""
    return "Uren van vóór het PIP tellen niet mee, tenzij het PIP dat zegt (artikel 5.3 lid 5 Bi)."


@twijfel_volgens_de_wet.register
def _(d: s.DuoAanvraag, stand: Stand, op: date, kader: Kader) -> str:
    venster = verlengvenster(stand, kader)
    if d.aanvraag is not Aanvraagsoort.VERLENGING or venster is None or op >= venster.einde:
        return ""
    return f"Verlenging kan worden aangevraagd vanaf {datum(venster.einde)} (artikel 12 Wi)."


@twijfel_volgens_de_wet.register
def _(d: s.Verlengd, stand: Stand, op: date, kader: Kader) -> str:
    aanvraag = stand.aanvragen.get(d.aanvraag) if d.aanvraag is not None else None
    return twijfel_verlenging(stand, d.grond or (aanvraag.grond if aanvraag else None), d.nieuwe_einddatum, op, kader)


@twijfel_volgens_de_wet.register
def _(d: s.TermijnOverschreden, stand: Stand, op: date, kader: Kader) -> str:
    return "" if d.nieuwe_termijn_tot is None else twijfel_nieuwe_termijn(stand, d.nieuwe_termijn_tot, op, kader)
