"""De twee andere knoppen uit de mail: een andere dag kiezen, en een taak teruggeven.

Kijken verandert niets. Pas de ingedrukte knop doet iets, en dan alleen als de taak nog open is, van deze persoon is,
en niet intussen veranderde; anders toont de pagina hoe het nu staat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RegieFout
from domein.handelingen import teruggeven, uitstellen
from domein.ports import Linkdoel, Omgeving
from portaal.formulier import lees_datum
from portaal.ingang import Ingang
from portaal.taak import Taakbeeld, Toestand, bekijk

# Wat er na de knop op de pagina staat, en bij welke toestand dat waar kan zijn: een zelfbedachte link zegt niets.
_GEDAAN: Final[Mapping[str, tuple[Toestand, str]]] = {
    "verzet": (Toestand.VEROUDERD, "De taak heeft een nieuwe dag. U krijgt er een nieuwe mail over."),
    "over": (Toestand.BIJ_ANDER, "De taak is nu van een collega."),
}


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """Waarom er niets is veranderd."""

    melding: str = ""
    uitweg: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int = 422


GEEN_BEZWAAR: Final = Bezwaar(status=200)


def toon(
    omgeving: Omgeving,
    ingang: Ingang,
    *,
    invoer: Mapping[str, str] | None = None,
    bezwaar: Bezwaar = GEEN_BEZWAAR,
    gedaan: str = "",
) -> HTMLResponse:
    """Toon de taak met het formulier van dit doel; zonder formulier als er niets meer te kiezen is."""
    invoer = invoer or {}
    beeld = bekijk(omgeving, ingang)
    toestand, zin = _GEDAAN.get(gedaan, (None, ""))
    return ingang.pagina(
        "actie.html",
        {
            "beeld": beeld,
            "gelukt": zin if beeld.toestand is toestand else "",
            "toon_formulier": beeld.toestand is Toestand.OPEN and not beeld.lopend,
            **_teksten(omgeving, ingang, beeld),
            "fouten": bezwaar.fouten,
            "melding": bezwaar.melding,
            "uitweg": bezwaar.uitweg,
            "dag": invoer.get("dag", ""),
            "reden": invoer.get("reden", ""),
            "vandaag": omgeving.klok.vandaag().isoformat(),
        },
        bezwaar.status,
    )


def _teksten(omgeving: Omgeving, ingang: Ingang, beeld: Taakbeeld) -> dict[str, object]:
    if ingang.doel is Linkdoel.NIET_VOOR_MIJ:
        return {
            "kop": "Deze taak is niet voor mij",
            "uitleg": [
                "De afspraken in uw regio bepalen wie de taak krijgt.",
                "Is er niemand? Dan beslist uw teamleider.",
            ],
            "vraag_dag": False,
            "redenen": teruggeven.REDENEN,
            "knop": "Taak teruggeven",
        }
    zelf = beeld.toestand is Toestand.OPEN and uitstellen.mag_verzetten(omgeving, ingang.stap_id, ingang.actor)
    return {
        "kop": "Een andere dag kiezen" if zelf else "Een andere dag voorstellen",
        "uitleg": [] if zelf else ["De coördinator beslist over uw voorstel. Tot dan geldt de dag hierboven."],
        "vraag_dag": True,
        "redenen": uitstellen.REDENEN,
        "knop": "Dag bewaren" if zelf else "Dag voorstellen",
    }


def verwerk(omgeving: Omgeving, ingang: Ingang, invoer: Mapping[str, str]) -> tuple[Response, bool]:
    """Doe wat de knop vraagt; geef de pagina, en of er iets is veranderd (dan mag de ronde wakker worden)."""
    try:
        gedaan = (
            _geef_terug(omgeving, ingang, invoer)
            if ingang.doel is Linkdoel.NIET_VOOR_MIJ
            else _stel_uit(omgeving, ingang, invoer)
        )
    except OngeldigeGegevens as fout:
        bezwaar = Bezwaar(fout.melding if not fout.fouten else "", fout.uitweg if not fout.fouten else "", fout.fouten)
    except GeenBevoegdheid as fout:
        bezwaar = Bezwaar(fout.melding, fout.uitweg, status=403)
    except RegieFout as fout:
        bezwaar = Bezwaar(fout.melding, fout.uitweg, status=409)
    else:
        return RedirectResponse(f"{ingang.actie}?gedaan={gedaan}", status_code=303), True
    # Opnieuw kijken: een ander kan intussen iets hebben gedaan, en wie hier staat ziet dan hoe het nu is.
    return toon(omgeving, ingang, invoer=invoer, bezwaar=bezwaar), False


def _stel_uit(omgeving: Omgeving, ingang: Ingang, invoer: Mapping[str, str]) -> str:
    fouten: dict[str, str] = {}
    dag: date | None = None
    try:
        dag = lees_datum(invoer.get("dag", "").strip())
    except ValueError as fout:
        fouten["dag"] = str(fout) if invoer.get("dag", "").strip() else "Vul een datum in."
    reden = _reden(invoer, uitstellen.REDENEN, fouten)
    if dag is None or fouten:
        raise OngeldigeGegevens("Het formulier is niet volledig.", "", fouten)
    try:
        uitstel = uitstellen.stel_uit(omgeving, ingang.stap_id, dag, reden, ingang.actor, generatie=ingang.generatie)
    except OngeldigeGegevens as fout:
        raise OngeldigeGegevens(fout.melding, fout.uitweg, {"dag": f"{fout.melding} {fout.uitweg}"}) from fout
    return "gevraagd" if uitstel.gevraagd else "verzet"


def _geef_terug(omgeving: Omgeving, ingang: Ingang, invoer: Mapping[str, str]) -> str:
    fouten: dict[str, str] = {}
    reden = _reden(invoer, teruggeven.REDENEN, fouten)
    if fouten:
        raise OngeldigeGegevens("Het formulier is niet volledig.", "", fouten)
    teruggave = teruggeven.geef_terug(omgeving, ingang.stap_id, reden, ingang.actor, generatie=ingang.generatie)
    return "over" if teruggave.naar else "gevraagd"


def _reden(invoer: Mapping[str, str], redenen: Mapping[str, str], fouten: dict[str, str]) -> str:
    reden = invoer.get("reden", "")
    if reden not in redenen:
        fouten["reden"] = "Kies een reden."
    return reden
