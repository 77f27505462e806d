"""De twee andere knoppen uit de mail: een andere dag kiezen, en een taak teruggeven.

Kijken verandert niets. Pas de ingedrukte knop doet iets, en dan alleen als de taak nog open is, van deze persoon is,
en niet intussen veranderde; anders toont de pagina hoe het nu staat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.links import GetekendeLinks, Taaklink
from domein.begrippen import Verificatie
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import teruggeven, uitstellen
from domein.ports import Linkdoel, Omgeving
from portaal.formulier import lees_datum
from portaal.paginas import pagina
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
    links: GetekendeLinks,
    token: str,
    link: Taaklink,
    *,
    invoer: Mapping[str, str] | None = None,
    bezwaar: Bezwaar = GEEN_BEZWAAR,
    gedaan: str = "",
) -> HTMLResponse:
    """Toon de taak met het formulier van dit doel; zonder formulier als er niets meer te kiezen is."""
    invoer = invoer or {}
    beeld = bekijk(omgeving, link)
    toestand, zin = _GEDAAN.get(gedaan, (None, ""))
    return pagina(
        "actie.html",
        {
            "beeld": beeld,
            "gelukt": zin if beeld.toestand is toestand else "",
            "toon_formulier": beeld.toestand is Toestand.OPEN and not beeld.lopend,
            **_teksten(omgeving, link, beeld),
            "fouten": bezwaar.fouten,
            "melding": bezwaar.melding,
            "uitweg": bezwaar.uitweg,
            "dag": invoer.get("dag", ""),
            "reden": invoer.get("reden", ""),
            "vandaag": omgeving.klok.vandaag().isoformat(),
            "actie": f"/{link.doel.value}/{token}",
            "bewijs": links.formulierbewijs(link),
            "werklink": links.werklink(link.medewerker).removeprefix(links.basis_url),
        },
        bezwaar.status,
    )


def _teksten(omgeving: Omgeving, link: Taaklink, beeld: Taakbeeld) -> dict[str, object]:
    if link.doel is Linkdoel.NIET_VOOR_MIJ:
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
    zelf = beeld.toestand is Toestand.OPEN and uitstellen.mag_verzetten(omgeving, link.stap_id, _actor(link))
    return {
        "kop": "Een andere dag kiezen" if zelf else "Een andere dag voorstellen",
        "uitleg": [] if zelf else ["De coördinator beslist over uw voorstel. Tot dan geldt de dag hierboven."],
        "vraag_dag": True,
        "redenen": uitstellen.REDENEN,
        "knop": "Dag bewaren" if zelf else "Dag voorstellen",
    }


def verwerk(
    omgeving: Omgeving, links: GetekendeLinks, token: str, link: Taaklink, invoer: Mapping[str, str]
) -> tuple[Response, bool]:
    """Doe wat de knop vraagt; geef de pagina, en of er iets is veranderd (dan mag de ronde wakker worden)."""
    try:
        gedaan = (
            _geef_terug(omgeving, link, invoer)
            if link.doel is Linkdoel.NIET_VOOR_MIJ
            else _stel_uit(omgeving, link, invoer)
        )
    except OngeldigeGegevens as fout:
        bezwaar = Bezwaar(fout.melding if not fout.fouten else "", fout.uitweg if not fout.fouten else "", fout.fouten)
    except GeenBevoegdheid as fout:
        bezwaar = Bezwaar(fout.melding, fout.uitweg, status=403)
    except RegieFout as fout:
        bezwaar = Bezwaar(fout.melding, fout.uitweg, status=409)
    else:
        return RedirectResponse(f"/{link.doel.value}/{token}?gedaan={gedaan}", status_code=303), True
    # Opnieuw kijken: een ander kan intussen iets hebben gedaan, en wie hier staat ziet dan hoe het nu is.
    return toon(omgeving, links, token, link, invoer=invoer, bezwaar=bezwaar), False


def _stel_uit(omgeving: Omgeving, link: Taaklink, invoer: Mapping[str, str]) -> str:
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
        uitstel = uitstellen.stel_uit(omgeving, link.stap_id, dag, reden, _actor(link), generatie=link.generatie)
    except OngeldigeGegevens as fout:
        raise OngeldigeGegevens(fout.melding, fout.uitweg, {"dag": f"{fout.melding} {fout.uitweg}"}) from fout
    return "gevraagd" if uitstel.gevraagd else "verzet"


def _geef_terug(omgeving: Omgeving, link: Taaklink, invoer: Mapping[str, str]) -> str:
    fouten: dict[str, str] = {}
    reden = _reden(invoer, teruggeven.REDENEN, fouten)
    if fouten:
        raise OngeldigeGegevens("Het formulier is niet volledig.", "", fouten)
    teruggave = teruggeven.geef_terug(omgeving, link.stap_id, reden, _actor(link), generatie=link.generatie)
    return "over" if teruggave.naar else "gevraagd"


def _reden(invoer: Mapping[str, str], redenen: Mapping[str, str], fouten: dict[str, str]) -> str:
    reden = invoer.get("reden", "")
    if reden not in redenen:
        fouten["reden"] = "Kies een reden."
    return reden


def _actor(link: Taaklink) -> Actor:
    return Actor(link.medewerker, Verificatie.GETEKENDE_LINK)
