"""De uitkomst van een stap vastleggen; de enige weg voor portaal, mail, opdrachtregel en Prefect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord, GeenBevoegdheid, OngeldigeGegevens, RedenNodig, VerouderdeVraag
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import lees, schrijf
from domein.handelingen.bevoegdheid import eis_behandelaar, eis_medewerker
from domein.handelingen.gevolgen import leg_vast_met_gevolgen
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast, nieuwe_controle
from domein.handelingen.mandaat import MET_CONCEPT, eis_mandaat, op_papier_genomen
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.besluitgang import ALTIJD_TWEE, VORMEN
from domein.regels.planning import plan
from domein.regels.toets_uitkomst import toets
from domein.regels.uitkomsten import stapvorm, uitkomsten_voor, vraagt_inhoud, vul_aan
from domein.stand import Stand, begin_vouw

Deur = Literal["portaal", "opdrachtregel", "prefect", "api"]
# Wat het systeem uit de stap invult: geen deel van het antwoord van een mens.
_VAN_DE_STAP: Final = {"inhoud", "nummer", "melding", "mandaat", "grondslag"}
# Wie daar binnenkomt, is niet als persoon bekend (regel 15).
_GEEN_BESLUIT: Final[Mapping[Deur, str]] = {
    "prefect": "Een besluit kan niet in het formulier van Prefect.",
    "api": "Een besluit kan niet met een token: het is van een persoon met mandaat.",
}


MET_LINK: Final = "Een besluit neemt u niet met een link uit een mail: daarvoor meldt u zich aan."


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Hoe een stap afliep, zoals iemand het doorgeeft."""

    stap_id: UUID
    soort: str
    datum: date
    gegevens: Mapping[str, Any]
    actor: Actor
    generatie: int | None = None
    reden: str = ""
    deur: Deur = "opdrachtregel"


def geef_uitkomst(
    omgeving: Omgeving,
    stap_id: UUID,
    soort: str,
    datum: date,
    gegevens: Mapping[str, Any],
    actor: Actor,
    *,
    generatie: int | None = None,
    reden: str = "",
    deur: Deur = "opdrachtregel",
) -> Uitwerking:
    """Leg vast hoe een stap afliep en plan opnieuw.

    Een tweede, ander antwoord op een beantwoorde stap wordt een vraag aan een mens en geeft AlBeantwoord.
    VerouderdeVraag als het formulier bij een oudere generatie hoort. Een besluit vraagt mandaat (regel 15).
    """

    antwoord = Antwoord(stap_id, soort, datum, gegevens, actor, generatie, reden, deur)
    uitkomst = in_ruimte(omgeving, lambda ruimte: antwoord_in(ruimte, omgeving, antwoord))
    if isinstance(uitkomst, AlBeantwoord):
        raise uitkomst  # pas na het bewaren: het tweede antwoord blijft als vraag voor een mens
    return uitkomst


def antwoord_in(ruimte: Ruimte, omgeving: Omgeving, antwoord: Antwoord) -> Uitwerking | AlBeantwoord:
    """Leg een uitkomst vast binnen een transactie; zie `geef_uitkomst`."""
    stap = ruimte.stap(antwoord.stap_id)
    soort, datum, actor = antwoord.soort, antwoord.datum, antwoord.actor
    _toets_soort(stap, soort)
    if antwoord.generatie is not None and antwoord.generatie != stap.generatie:
        raise VerouderdeVraag("Deze vraag is intussen veranderd.", "Open de nieuwste mail of de werklijst.")
    gebeurtenissen = ruimte.gebeurtenissen(stap.dossier_id)
    vouwing = begin_vouw(gebeurtenissen)
    stand = vouwing.stand
    gewenst = plan(stand, kader()).stap(stap.kenmerk) if vraagt_inhoud(stap.kenmerk, soort) else None
    inhoud = gewenst.inhoud if gewenst else ""
    _toets_alleen(stap, soort)
    gelezen = lees(soort, vul_aan(stap.kenmerk, soort, dict(antwoord.gegevens), inhoud=inhoud, door=actor.code))
    gelezen = _toets_bevoegdheid(ruimte, omgeving, stap, stand, gelezen, antwoord)
    nieuw = NieuweGebeurtenis(soort, datum, gelezen, actor, reden=antwoord.reden, stap=stap.kenmerk)
    if stap.status in (Stapstatus.KLAAR, Stapstatus.OVERGESLAGEN, Stapstatus.VERVALLEN):
        vorige = [g for g in gebeurtenissen if g.stap == stap.kenmerk and g.soort == stap.uitkomst]
        hetzelfde = any(_zelfde_antwoord(g, nieuw) for g in vorige)
        return _tweede_antwoord(ruimte, omgeving, stap, stand, nieuw, hetzelfde=hetzelfde)
    toets(stand, gelezen, datum, omgeving.klok.vandaag(), antwoord.reden, kader())
    reden_ = f"Vastgelegd: {soort} op {datum}."
    return leg_vast_met_gevolgen(ruimte, omgeving, stap.dossier_id, [nieuw], reden=reden_, vooraf=vouwing)


def _zelfde_antwoord(eerder: Gebeurtenis, nieuw: NieuweGebeurtenis) -> bool:
    return (eerder.soort, eerder.geldig_op) == (nieuw.soort, nieuw.geldig_op) and (
        eerder.gegevens.model_dump(exclude=_VAN_DE_STAP) == nieuw.gegevens.model_dump(exclude=_VAN_DE_STAP)
    )


def _toets_soort(stap: Stap, soort: str) -> None:
    mogelijk = [uitkomst.soort for uitkomst in uitkomsten_voor(stap.kenmerk)]
    if soort not in mogelijk:
        raise OngeldigeGegevens(
            f"'{soort[:40]}' is geen uitkomst van de stap '{stap.kenmerk}'.",
            f"Kies een van: {', '.join(mogelijk)}.",
            {"uitkomst": "kies een van de uitkomsten"},
        )


def _toets_alleen(stap: Stap, soort: str) -> None:
    """Vóór de velden: wie dit besluit hier invult, hoort meteen dat het anders gaat."""
    if VORMEN.get((stapvorm(stap.kenmerk), soort)) in ALTIJD_TWEE:
        raise GeenBevoegdheid("Dit besluit neemt nooit één persoon (artikel 10:3 leden 3 en 4 Awb).", MET_CONCEPT)


def _toets_bevoegdheid(
    ruimte: Ruimte, omgeving: Omgeving, stap: Stap, stand: Stand, gegevens: Gegevens, antwoord: Antwoord
) -> Gegevens:
    """Alleen wie de stap heeft of mag invallen, antwoordt; een besluit neemt een mandaathouder.

    Geef de gegevens; bij een besluit staat het mandaat erbij.
    """
    vandaag, actor, deur = omgeving.klok.vandaag(), antwoord.actor, antwoord.deur
    regio = regio_op(ruimte, omgeving, vandaag)
    if not stap.besluit:
        eis_behandelaar(regio, stap, stap.gemeente, actor, vandaag)
        return gegevens
    eis_medewerker(regio, actor, vandaag)
    if deur in _GEEN_BESLUIT:
        raise GeenBevoegdheid(
            _GEEN_BESLUIT[deur],
            "Neem het besluit in het portaal of met 'regie stap uitkomst'.",
        )
    if deur == "portaal" and actor.verificatie is Verificatie.GETEKENDE_LINK:
        raise GeenBevoegdheid(MET_LINK, "Meld u aan in het portaal, en open de taak bij 'Mijn werk'.")
    eis_mandaat(regio, stand.gemeente, stap.stapsoort, actor, vandaag)
    return op_papier_genomen(ruimte, omgeving, stand, stap.kenmerk, gegevens, actor, antwoord.datum)


def _tweede_antwoord(
    ruimte: Ruimte, omgeving: Omgeving, stap: Stap, stand: Stand, nieuw: NieuweGebeurtenis, *, hetzelfde: bool
) -> AlBeantwoord:
    if hetzelfde:
        return AlBeantwoord("Dit antwoord was al vastgelegd.", "U hoeft niets te doen.")
    antwoord = {k: str(w) for k, w in schrijf(nieuw.gegevens).items()}
    antwoord |= {"soort": nieuw.soort, "datum": nieuw.geldig_op.isoformat(), "door": nieuw.actor.code}
    al_gevraagd = [
        g for g in ruimte.gebeurtenissen(stap.dossier_id)
        if g.soort == "controle_gevraagd" and schrijf(g.gegevens).get("antwoord") == antwoord
    ]  # fmt: skip
    if not al_gevraagd:
        vraag = nieuwe_controle(stand, omgeving, "tweede_antwoord", stap.kenmerk, antwoord=antwoord)
        leg_vast(ruimte, omgeving, stap.dossier_id, [vraag])
    return AlBeantwoord(
        f"Deze stap is al {stap.status.value}. Uw antwoord is bewaard; een coordinator beoordeelt het.",
        "U hoeft niets te doen.",
    )


__all__ = ["Antwoord", "Deur", "RedenNodig", "geef_uitkomst"]
