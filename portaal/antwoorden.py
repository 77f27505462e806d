"""Een antwoord vanaf de taakpagina verwerken, en de pagina opnieuw tonen als er iets aan schort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from domein.begrippen import Verificatie
from domein.fouten import (
    AlBeantwoord,
    GeenBevoegdheid,
    OngeldigeGegevens,
    RedenNodig,
    RegieFout,
)
from domein.handelingen import concept
from domein.handelingen.uitkomst import geef_uitkomst
from domein.ports import Omgeving
from portaal.formulier import DATUM, KEUZE, REDEN, Ingevuld, Keuze, lees, toon
from portaal.ingang import Ingang
from portaal.taak import Taakbeeld, Toestand, bekijk

KNOP: Final = "bewaar"
CONCEPT: Final = "concept"
NIET_VAN_IEMAND: Final = frozenset({"bewijs", KNOP, "generatie"})
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
    ingang: Ingang,
    beeld: Taakbeeld,
    *,
    invoer: Mapping[str, str] | None = None,
    bezwaar: Bezwaar = GEEN_BEZWAAR,
    gedaan: str = "",
) -> HTMLResponse:
    """Toon de taak met wat er is ingevuld, of met het concept. Het formulier staat er alleen als de taak open is."""
    bewaard = None
    if invoer is None and beeld.toestand is not Toestand.BIJ_ANDER:
        bewaard = concept.lees(omgeving, ingang.stap_id, ingang.medewerker)
    invoer = invoer or (bewaard.velden if bewaard else {})
    keuzes = toon(beeld.uitkomsten, invoer, bezwaar.fouten, vandaag=omgeving.klok.vandaag())
    open_ = beeld.toestand is Toestand.OPEN
    met_link = ingang.verificatie is Verificatie.GETEKENDE_LINK
    return ingang.pagina(
        "taak.html",
        {
            "beeld": beeld,
            "keuzes": keuzes,
            "toon_formulier": open_ and bool(keuzes) and not (beeld.besluit and met_link),
            "toon_bereid": False,
            "eerst_aanmelden": open_ and beeld.besluit and met_link,
            "bewaard_antwoord": [] if open_ else _ingevuld(keuzes, invoer),
            "concept_op": bewaard.bewaard_op if bewaard and open_ else None,
            "fouten": bezwaar.fouten,
            "foutenlijst": _foutenlijst(keuzes, bezwaar.fouten),
            "melding": bezwaar.melding,
            "uitweg": bezwaar.uitweg,
            "vraag_reden": bezwaar.vraag_reden or ("Vul hier uw reden in." if invoer.get(REDEN) else ""),
            "reden": invoer.get(REDEN, ""),
            "gelukt": gedaan == "bewaard",
            "concept_bewaard": gedaan == "concept",
        },
        bezwaar.status,
    )


def verwerk(omgeving: Omgeving, ingang: Ingang, invoer: Mapping[str, str]) -> tuple[Response, bool]:
    """Verwerk een antwoord; geef de pagina, en of er iets is veranderd (dan mag de ronde wakker worden)."""
    beeld = bekijk(omgeving, ingang)
    if beeld.toestand is Toestand.BIJ_ANDER:
        # Ging de taak net naar een ander, dan staat wat iemand typte nog op zijn scherm, en bij hem alleen.
        return toon_taak(omgeving, ingang, beeld, invoer=invoer, bezwaar=Bezwaar(status=409)), False
    if invoer.get(KNOP) == CONCEPT:
        return _bewaar_concept(omgeving, ingang, invoer), False
    ingevuld = lees(beeld.uitkomsten, invoer)
    bezwaar = Bezwaar(fouten=ingevuld.fouten) if ingevuld.fouten else None
    veranderd = False
    if bezwaar is None:
        bezwaar, veranderd = _leg_vast(omgeving, ingang, ingevuld)
    if bezwaar is None:
        concept.wis(omgeving, ingang.stap_id, ingang.medewerker)
        return RedirectResponse(f"{ingang.actie}?bewaard=1", status_code=303), True
    # Opnieuw kijken: een ander kan intussen geantwoord hebben, en wie antwoordde ziet dan hoe het nu staat.
    nu = bekijk(omgeving, ingang)
    return toon_taak(omgeving, ingang, nu, invoer=invoer, bezwaar=bezwaar), veranderd


def velden_van(invoer: Mapping[str, str]) -> dict[str, str]:
    """Wat iemand zelf invulde: zonder bewijs, knop en generatie."""
    return {naam: waarde for naam, waarde in invoer.items() if naam not in NIET_VAN_IEMAND}


def _bewaar_concept(omgeving: Omgeving, ingang: Ingang, invoer: Mapping[str, str]) -> Response:
    try:
        concept.bewaar(omgeving, ingang.stap_id, ingang.medewerker, ingang.generatie, velden_van(invoer))
    except RegieFout as fout:
        bezwaar = Bezwaar(melding=fout.melding, uitweg=fout.uitweg, status=409)
        return toon_taak(omgeving, ingang, bekijk(omgeving, ingang), invoer=invoer, bezwaar=bezwaar)
    return RedirectResponse(f"{ingang.actie}?later=1", status_code=303)


def _leg_vast(omgeving: Omgeving, ingang: Ingang, ingevuld: Ingevuld) -> tuple[Bezwaar | None, bool]:
    if ingevuld.soort is None or ingevuld.datum is None:
        return Bezwaar(melding="Het antwoord is niet volledig."), False
    try:
        geef_uitkomst(
            omgeving,
            ingang.stap_id,
            ingevuld.soort,
            ingevuld.datum,
            ingevuld.gegevens,
            ingang.actor,
            generatie=ingang.generatie,
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
    return [*regels, *((v.id, v.foutregel) for v in vragen if v.fout)]


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
