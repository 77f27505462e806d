"""Een antwoord vanaf de taakpagina verwerken, en de pagina opnieuw tonen als er iets aan schort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.links import GetekendeLinks, Taaklink
from domein.begrippen import Verificatie
from domein.fouten import (
    AlBeantwoord,
    GeenBevoegdheid,
    OngeldigeGegevens,
    RedenNodig,
    RegieFout,
)
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.uitkomst import geef_uitkomst
from domein.ports import Omgeving
from portaal.formulier import DATUM, KEUZE, REDEN, Ingevuld, Keuze, lees, toon
from portaal.paginas import pagina
from portaal.taak import Taakbeeld, Toestand, bekijk

DAGNAMEN: Final = frozenset({DATUM, "geldig_op", "op"})  # zo noemt het domein de dag soms


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """Waarom een antwoord niet is bewaard."""

    melding: str = ""
    uitweg: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict[str, str])
    vraag_reden: str = ""
    status: int = 422


GEEN_BEZWAAR: Final = Bezwaar(status=200)


def toon_taak(
    omgeving: Omgeving,
    links: GetekendeLinks,
    token: str,
    link: Taaklink,
    beeld: Taakbeeld,
    *,
    invoer: Mapping[str, str] | None = None,
    bezwaar: Bezwaar = GEEN_BEZWAAR,
    gelukt: bool = False,
) -> HTMLResponse:
    """Toon de taak met wat er is ingevuld. Het formulier staat er alleen als de taak nog open is."""
    invoer = invoer or {}
    keuzes = toon(beeld.uitkomsten, invoer, bezwaar.fouten, vandaag=omgeving.klok.vandaag())
    open_ = beeld.toestand is Toestand.OPEN
    return pagina(
        "taak.html",
        {
            "beeld": beeld,
            "keuzes": keuzes,
            "toon_formulier": open_,
            "bewaard_antwoord": [] if open_ else _ingevuld(keuzes, invoer),
            "fouten": bezwaar.fouten,
            "foutenlijst": _foutenlijst(keuzes, bezwaar.fouten),
            "melding": bezwaar.melding,
            "uitweg": bezwaar.uitweg,
            "vraag_reden": bezwaar.vraag_reden or ("Vul hier uw reden in." if invoer.get(REDEN) else ""),
            "reden": invoer.get(REDEN, ""),
            "actie": f"/taak/{token}",
            "bewijs": links.formulierbewijs(link),
            "werklink": _pad(links, links.werklink(link.medewerker)),
            "gelukt": gelukt,
        },
        bezwaar.status,
    )


def verwerk(
    omgeving: Omgeving, links: GetekendeLinks, token: str, link: Taaklink, invoer: Mapping[str, str]
) -> tuple[Response, bool]:
    """Verwerk een antwoord; geef de pagina, en of er iets is veranderd (dan mag de ronde wakker worden)."""
    beeld = bekijk(omgeving, link)
    if beeld.toestand is Toestand.BIJ_ANDER:
        return toon_taak(omgeving, links, token, link, beeld, bezwaar=Bezwaar(status=409)), False
    ingevuld = lees(beeld.uitkomsten, invoer)
    bezwaar = Bezwaar(fouten=ingevuld.fouten) if ingevuld.fouten else None
    veranderd = False
    if bezwaar is None:
        bezwaar, veranderd = _leg_vast(omgeving, link, ingevuld)
    if bezwaar is None:
        return RedirectResponse(f"/taak/{token}?bewaard=1", status_code=303), True
    # Opnieuw kijken: een ander kan intussen geantwoord hebben, en wie antwoordde ziet dan hoe het nu staat.
    nu = bekijk(omgeving, link)
    return toon_taak(omgeving, links, token, link, nu, invoer=invoer, bezwaar=bezwaar), veranderd


def _leg_vast(omgeving: Omgeving, link: Taaklink, ingevuld: Ingevuld) -> tuple[Bezwaar | None, bool]:
    if ingevuld.soort is None or ingevuld.datum is None:
        return Bezwaar(melding="Het antwoord is niet volledig."), False
    try:
        geef_uitkomst(
            omgeving,
            link.stap_id,
            ingevuld.soort,
            ingevuld.datum,
            ingevuld.gegevens,
            Actor(link.medewerker, Verificatie.GETEKENDE_LINK),
            generatie=link.generatie,
            reden=ingevuld.reden,
            deur="portaal",
        )
    except OngeldigeGegevens as fout:
        return _van_gegevens(fout, ingevuld), False
    except RedenNodig as fout:
        return Bezwaar(melding="Uw antwoord is bijzonder.", vraag_reden=f"{fout.melding} {fout.uitweg}"), False
    except AlBeantwoord as fout:
        return Bezwaar(melding=fout.melding, uitweg=fout.uitweg, status=409), True
    except GeenBevoegdheid as fout:
        return Bezwaar(melding=fout.melding, uitweg=fout.uitweg, status=403), False
    except RegieFout as fout:
        return Bezwaar(melding=fout.melding, uitweg=fout.uitweg, status=409), False
    return None, True


def _van_gegevens(fout: OngeldigeGegevens, ingevuld: Ingevuld) -> Bezwaar:
    bekend = {DATUM, KEUZE, *ingevuld.velden}
    fouten = {(DATUM if naam in DAGNAMEN else naam): tekst for naam, tekst in fout.fouten.items()}
    # Wat het domein over een veld zegt dat niet op de pagina staat, komt in de melding bovenaan.
    elders = " ".join(tekst for naam, tekst in fouten.items() if naam not in bekend)
    melding = "" if fouten and not elders else f"{fout.melding} {elders}".strip()
    return Bezwaar(melding=melding, uitweg=fout.uitweg if melding else "", fouten=fouten)


def _foutenlijst(keuzes: tuple[Keuze, ...], fouten: Mapping[str, str]) -> list[tuple[str, str]]:
    regels = [(KEUZE, fouten[KEUZE])] if KEUZE in fouten else []
    vragen = [vraag for keuze in keuzes if keuze.gekozen for vraag in keuze.vragen]
    return [*regels, *((v.id, f"{v.veld.label}: {v.fout}") for v in vragen if v.fout)]


def _ingevuld(keuzes: tuple[Keuze, ...], invoer: Mapping[str, str]) -> list[tuple[str, str]]:
    """Wat iemand typte terwijl de taak niet meer open was: het mag niet verdwijnen."""
    if not invoer:
        return []
    for keuze in keuzes:
        if keuze.gekozen:
            vragen = [(v.veld.label, v.waarde) for v in keuze.vragen if v.waarde]
            reden = [("Reden", invoer[REDEN])] if invoer.get(REDEN) else []
            return [("Uitkomst", keuze.uitkomst.label), *vragen, *reden]
    return []


def _pad(links: GetekendeLinks, url: str) -> str:
    """Blijf op deze site: alleen het pad van een eigen link."""
    return url.removeprefix(links.basis_url)
