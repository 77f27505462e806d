"""Wat een verzoek over eigen gegevens of een blokkade mag zijn (art. 12, 15 en 16 AVG)."""

from datetime import date
from typing import Final

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels.kalender import datum
from domein.regels.planvormen import Kader
from domein.regels.termijnen import bereken
from domein.stand import Stand, Verzoek

# Deze feiten horen ook na het einde van een traject gewoon te worden vastgelegd.
SOORTEN: Final = (
    s.VerzoekOntvangen, s.VerzoekVerlengd, s.VerzoekAfgehandeld, s.VernietigingGeblokkeerd, s.BlokkadeOpgeheven,
    s.DossierVernietigd,
)  # fmt: skip


def weiger_onmogelijk(d: Gegevens, stand: Stand, op: date, kader: Kader) -> None:
    """OngeldigeGegevens als dit feit over een verzoek of blokkade niet kan."""
    match d:
        case s.VerzoekVerlengd(nummer=n):
            _toets_verlenging(_open_verzoek(stand, n, op), op, kader)
        case s.VerzoekAfgehandeld(nummer=n):
            _open_verzoek(stand, n, op)
        case s.VernietigingGeblokkeerd(tot=tot) if tot is not None and tot <= op:
            _weiger(
                "tot", f"De blokkade eindigt op {datum(tot)}, en dat is niet na {datum(op)}.", "Kies een latere dag."
            )
        case s.BlokkadeOpgeheven(nummer=n):
            blokkade = stand.blokkades.get(n)
            if blokkade is None or blokkade.opgeheven_op is not None:
                _weiger("nummer", f"Er is geen blokkade {n} die nog geldt.", "Kijk met 'regie bewaren lijst'.")
        case _:
            return


def _open_verzoek(stand: Stand, nummer: int, op: date) -> Verzoek:
    verzoek = stand.verzoeken.get(nummer)
    if verzoek is None or verzoek.afgehandeld_op is not None:
        _weiger("nummer", f"Er is geen verzoek {nummer} dat nog openstaat.", "Kijk met 'regie verzoek lijst'.")
    elif op < verzoek.ontvangen_op:
        _weiger("datum", f"{datum(op)} ligt vóór de ontvangst van het verzoek op {datum(verzoek.ontvangen_op)}.")
    assert verzoek is not None
    return verzoek


def _toets_verlenging(verzoek: Verzoek, op: date, kader: Kader) -> None:
    if verzoek.verlengd_op is not None:
        _weiger("nummer", "De termijn van dit verzoek is al verlengd; dat kan één keer.", "Handel het verzoek af.")
    einde = bereken("avg-verzoek", verzoek.ontvangen_op, regels=kader.regeling).einde
    if op > einde:
        _weiger(
            "datum",
            f"Verlengen kan tot en met {datum(einde)}: daarna is de maand voorbij (artikel 12 lid 3 AVG).",
            "Handel het verzoek nu af.",
        )


def twijfel(d: Gegevens) -> str:
    """Geef wat alleen met een reden kan, of een lege tekst."""
    match d:
        case s.VerzoekVerlengd():
            return "De inburgeraar hoort waarom het langer duurt (artikel 12 lid 3 AVG)."
        case s.VerzoekAfgehandeld(uitkomst="afgewezen" | "gedeeltelijk"):
            return "Een verzoek afwijzen is een besluit met een reden (artikel 12 lid 4 AVG, artikel 34 UAVG)."
        case _:
            return ""


def _weiger(veld: str, melding: str, uitweg: str = "Verbeter de datum.") -> None:
    raise OngeldigeGegevens(melding, uitweg, {veld: melding})
