"""Wat een feit of uitkomst mag zijn: onmogelijk wordt geweigerd, onwaarschijnlijk vraagt om een reden."""

from datetime import date
from functools import singledispatch

from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.regels.stappen.intake import waarschuwing_nodig
from domein.regels.stappen.termijn import basistermijn
from domein.stand import Stand

_KOMT_VAN_DUO = (s.Verlengd, s.Voldaan, s.TermijnOverschreden)
_KAN_VOORUIT = (s.StapVerzet, s.BrpIngeschreven)


def _weiger(veld: str, melding: str, uitweg: str = "Verbeter de datum.") -> None:
    raise OngeldigeGegevens(melding, uitweg, {veld: melding})


def toets(stand: Stand, gegevens: Gegevens, op: date, vandaag: date, reden: str, kader: Kader) -> None:
    """Toets één feit tegen wat al bekend is.

    OngeldigeGegevens als het niet kan volgens de wet of de kalender; RedenNodig als het wel kan maar zelden klopt.
    """
    if op > vandaag and not isinstance(gegevens, _KAN_VOORUIT):
        _weiger("datum", f"{op} ligt in de toekomst; vandaag is het {vandaag}.", "Leg vast wat al is gebeurd.")
    _grens(gegevens, stand, op, kader)
    if not reden.strip() and (twijfel := _twijfel(stand, gegevens, op, kader)):
        raise RedenNodig(twijfel, "Klopt het toch, geef dan een reden op.")


@singledispatch
def _grens(_gegevens: Gegevens, _stand: Stand, _op: date, _kader: Kader) -> None:
    """Weiger wat voor deze soort onmogelijk is; een soort zonder eigen functie heeft geen grens."""


@_grens.register
def _(d: s.OproepVerzonden, stand: Stand, op: date, _kader: Kader) -> None:
    if d.afspraak_op < op:
        _weiger("afspraak_op", "De afspraak ligt vóór de dag van verzending.")
    if waarschuwing_nodig(stand, d.nummer) and not d.waarschuwing:
        _weiger(
            "waarschuwing",
            "Na niet verschijnen hoort er een schriftelijke waarschuwing bij de oproep (artikel 14 lid 2 Wi).",
            "Voeg de waarschuwing toe aan de brief en kies 'ja'.",
        )


@_grens.register
def _(d: s.PipVastgesteld, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.bekendgemaakt_op < op:
        _weiger("bekendgemaakt_op", "Een besluit wordt niet vóór zijn dagtekening bekendgemaakt.")


@_grens.register
def _(d: s.AanmeldingGeaccepteerd, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.startdatum < op:
        _weiger("startdatum", "De eerste lesdag ligt vóór de dag van acceptatie.")


@_grens.register
def _(d: s.MapVoltooid, _stand: Stand, _op: date, kader: Kader) -> None:
    nodig = kader.regeling.getal("map_uren")
    if d.praktijkuren < nodig:
        _weiger(
            "praktijkuren", f"De MAP telt minstens {nodig} uur praktijk (artikel 3.2 Bi).", "Rond de uren eerst af."
        )


@_grens.register
def _(d: s.TermijnOverschreden, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.nieuwe_termijn_tot is not None and d.nieuwe_termijn_tot <= op:
        _weiger("nieuwe_termijn_tot", f"Een nieuwe termijn eindigt na {op}.")


@_grens.register
def _(_d: s.DossierAfgesloten, stand: Stand, _op: date, _kader: Kader) -> None:
    if stand.einde is None:
        _weiger(
            "datum",
            "Het traject is nog niet geëindigd.",
            "Leg eerst vast hoe het eindigde: voldaan, termijn overschreden of plicht beëindigd.",
        )


@_grens.register
def _(d: s.DuoBevestigd, stand: Stand, _op: date, _kader: Kader) -> None:
    if d.melding not in stand.duo:
        _weiger("melding", f"De melding {d.melding} is nog niet ingevoerd.", "Voer haar eerst in.")


def _twijfel_aan_pip(stand: Stand, op: date) -> str:
    if stand.kennisgeving_op is not None and op < stand.kennisgeving_op:
        return f"Het PIP is gedagtekend op {op}, vóór de kennisgeving van {stand.kennisgeving_op}."
    if stand.intake_op is None:
        return "Het PIP is vastgesteld zonder dat er een brede intake is vastgelegd."
    if op < stand.intake_op:
        return f"Het PIP is gedagtekend op {op}, vóór de intake van {stand.intake_op}."
    return ""


def _twijfel(stand: Stand, d: Gegevens, op: date, kader: Kader) -> str:
    """Geef wat er vreemd is aan dit feit, of een lege tekst."""
    if isinstance(d, s.PipVastgesteld) and (twijfel := _twijfel_aan_pip(stand, op)):
        return twijfel
    if isinstance(d, s.IntakeGehouden) and stand.kennisgeving_op is not None and op < stand.kennisgeving_op:
        return f"De intake was op {op}, vóór de kennisgeving van {stand.kennisgeving_op}."
    na_pip = (s.GesprekGevoerd, s.PvtVoltooid, s.MapVoltooid, s.LesGestart, s.AanmeldingGeaccepteerd)
    if isinstance(d, na_pip) and (not stand.pips or op < stand.pips[0].dagtekening):
        return f"Dit gebeurde op {op}, vóór het eerste PIP."
    if isinstance(d, _KOMT_VAN_DUO) and not stand.pips:
        return "DUO meldt iets over de termijn, maar er is nog geen PIP vastgelegd."
    # Alleen tegen de drie jaar: een besluit kan later binnenkomen dan het besluit dat erna kwam (regel 10).
    basis = basistermijn(stand, kader)
    if isinstance(d, s.Verlengd) and basis is not None and d.nieuwe_einddatum <= basis.einde:
        return f"De termijn van drie jaar loopt al tot en met {datum(basis.einde)}."
    if stand.einde is not None and not isinstance(
        d, (s.DossierAfgesloten, s.DuoIngevoerd, s.DuoBevestigd, s.ControleAfgehandeld)
    ):
        return f"Het traject is al geëindigd op {stand.einde.op} ({stand.einde.grond.value})."
    return ""
