"""Wat het systeem van een partner met zijn token doet: een kennisgeving aanleveren, of een taak beantwoorden.

Dezelfde handelingen als het inlezen van een bestand en de antwoordpagina. Het token bewijst de organisatie; zij noemt
zelf welke medewerker het deed, en die moet bij haar werken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from domein.begrippen import Verificatie
from domein.fouten import AchterDeWand, AlBeantwoord, OnbekendeStap, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.apitokens import Tokenhouder
from domein.handelingen.eenmalig import Antwoord, eenmalig
from domein.handelingen.kern import in_ruimte
from domein.handelingen.partnerinzage import logregel, noteer_achter_de_wand
from domein.handelingen.regio import regio_op
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import Antwoord as Stapantwoord
from domein.handelingen.uitkomst import antwoord_in
from domein.model import Logsoort, Stap
from domein.ports import Omgeving, Ruimte
from domein.registratie_invoer import TOEGESTAAN, Kennisgevingsrij


@dataclass(frozen=True, slots=True)
class Verzoek:
    """Wie het vraagt en met welke sleutel; `inhoud` is het hele verzoek, om een herhaling te herkennen."""

    houder: Tokenhouder
    sleutel: str
    inhoud: bytes
    medewerker: str
    route: str

    @property
    def actor(self) -> Actor:
        return Actor(self.medewerker, Verificatie.TOKEN)


@dataclass(frozen=True, slots=True)
class Uitkomstverzoek:
    stap_id: UUID
    uitkomst: str
    datum: date
    gegevens: Mapping[str, Any]
    reden: str = ""
    generatie: int | None = None


def lees_kennisgeving(omgeving: Omgeving, cellen: Mapping[str, str]) -> Kennisgevingsrij:
    """Keur een kennisgeving als een rij uit een bestand; OngeldigeGegevens noemt per veld wat er mis is."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        gemeenten = frozenset(regio_op(ruimte, omgeving, vandaag).gemeenten)
    context = {"vandaag": vandaag, "bekende_gemeenten": gemeenten}
    try:
        return Kennisgevingsrij.model_validate({**cellen, "rij": 1}, context=context)
    except ValidationError as fout:
        fouten: dict[str, str] = {}
        for een in fout.errors(include_url=False, include_input=False):
            veld, oorzaak = str(een["loc"][0]), een.get("ctx", {}).get("error")
            melding = str(oorzaak) if oorzaak else "Deze waarde past hier niet."
            fouten.setdefault(veld, f"{melding} Toegestaan: {TOEGESTAAN[veld]}." if veld in TOEGESTAAN else melding)
    raise OngeldigeGegevens("De kennisgeving klopt niet.", "Verbeter de genoemde velden.", fouten)


def lever_kennisgeving(omgeving: Omgeving, verzoek: Verzoek, rij: Kennisgevingsrij) -> Antwoord:
    """Registreer één kennisgeving van DUO; RegistratieGeweigerd of GeenBevoegdheid als het niet kan of mag."""

    def werk(hier: Omgeving, ruimte: Ruimte) -> Antwoord:
        _eis_collega(ruimte, omgeving, verzoek)
        (verslag,) = registreer(hier, [rij], verzoek.actor)
        dossier = ruimte.dossier_bij(verslag.referentie)
        ruimte.schrijf_in_logboek(logregel(omgeving, verzoek.houder, verzoek.route, Logsoort.GEWIJZIGD, dossier, None))
        inhoud = {
            "kenmerk": rij.kenmerk, "versie": rij.versie, "uitkomst": verslag.uitkomst,
            "dossier": verslag.referentie, "melding": verslag.melding,
        }  # fmt: skip
        return Antwoord(201 if verslag.nieuw_dossier else 200, inhoud)

    return eenmalig(omgeving, verzoek.houder.partner, verzoek.sleutel, verzoek.inhoud, werk)


def beantwoord(omgeving: Omgeving, verzoek: Verzoek, uitkomst: Uitkomstverzoek) -> Antwoord:
    """Leg vast hoe een taak van deze partner afliep; een vreemde en een onbekende taak geven OnbekendeStap.

    Een tweede, ander antwoord blijft als vraag voor een mens bewaard en geeft status 409.
    """

    def werk(hier: Omgeving, ruimte: Ruimte) -> Antwoord:
        stap = ruimte.stap(uitkomst.stap_id)
        if stap.partner != verzoek.houder.partner:
            raise _onbekende_stap()
        _eis_collega(ruimte, omgeving, verzoek)
        gevolg = antwoord_in(ruimte, hier, _stapantwoord(stap, uitkomst, verzoek))
        dossier = ruimte.dossier(stap.dossier_id)
        ruimte.schrijf_in_logboek(logregel(omgeving, verzoek.houder, verzoek.route, Logsoort.GEWIJZIGD, dossier, None))
        if isinstance(gevolg, AlBeantwoord):
            return Antwoord(409, {"code": gevolg.code, "melding": gevolg.melding, "uitweg": gevolg.uitweg})
        inhoud = {
            "stap_id": str(stap.id), "dossier": dossier.referentie, "uitkomst": uitkomst.uitkomst,
            "datum": uitkomst.datum.isoformat(), "gebeurtenissen": [g.volgnummer for g in gevolg.gebeurtenissen],
        }  # fmt: skip
        return Antwoord(201, inhoud)

    try:
        return eenmalig(omgeving, verzoek.houder.partner, verzoek.sleutel, verzoek.inhoud, werk)
    except OnbekendeStap:
        _noteer_weigering(omgeving, verzoek, uitkomst.stap_id)
        raise _onbekende_stap() from None


def _stapantwoord(stap: Stap, uitkomst: Uitkomstverzoek, verzoek: Verzoek) -> Stapantwoord:
    return Stapantwoord(
        stap.id, uitkomst.uitkomst, uitkomst.datum, uitkomst.gegevens, verzoek.actor, uitkomst.generatie,
        uitkomst.reden, "api",
    )  # fmt: skip


def _eis_collega(ruimte: Ruimte, omgeving: Omgeving, verzoek: Verzoek) -> None:
    vandaag = omgeving.klok.vandaag()
    wie = regio_op(ruimte, omgeving, vandaag).medewerker(verzoek.medewerker)
    if wie is None or wie.partner != verzoek.houder.partner or not wie.in_dienst_op(vandaag):
        fout = "Deze medewerker werkt vandaag niet bij uw organisatie."
        raise OngeldigeGegevens(fout, "Noem de code van een eigen medewerker.", {"medewerker": fout})


def _noteer_weigering(omgeving: Omgeving, verzoek: Verzoek, stap_id: UUID) -> None:
    def werk(ruimte: Ruimte) -> None:
        dossier = ruimte.dossier(ruimte.stap(stap_id).dossier_id)
        ruimte.schrijf_in_logboek(logregel(omgeving, verzoek.houder, verzoek.route, Logsoort.GEWEIGERD, dossier, None))

    try:
        in_ruimte(omgeving, werk)
    except AchterDeWand as fout:
        noteer_achter_de_wand(omgeving, verzoek.houder, verzoek.route, fout)
    except OnbekendeStap:
        return  # zij bestaat echt niet: er is geen dossier om het bij te schrijven


def _onbekende_stap() -> OnbekendeStap:
    return OnbekendeStap("Deze stap bestaat niet.", "Zoek de stap op in de taken van het dossier.")
