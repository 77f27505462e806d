"""Wie een herinnering of een escalatie krijgt, volgens de samenwerkingsafspraken van die dag."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domein.begrippen import Rol
from domein.fouten import GeenUitvoerder
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving
from domein.regels.bezetting import kantoorkalender_van, of_vervanger
from domein.regels.escalatie import Tredesoort
from domein.regels.kalender import Kantoorkalender
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker


@dataclass(frozen=True, slots=True)
class Ontvanger:
    code: str
    adres: str
    kalender: Kantoorkalender


class Wijzer(Protocol):
    """Wijst de ontvangers aan; een lege rij betekent dat niemand is te vinden."""

    def kalender(self, stap: Stap) -> Kantoorkalender: ...

    def ontvangers(self, stap: Stap, soort: Tredesoort) -> Sequence[Ontvanger]: ...


class Regiowijzer:
    """Zoekt in de regio zoals zij op deze dag geldt."""

    def __init__(self, regio: Regio, dag: date) -> None:
        self._regio = regio
        self._dag = dag

    def kalender(self, stap: Stap) -> Kantoorkalender:
        return self._kalender_van(stap.partner)

    def ontvangers(self, stap: Stap, soort: Tredesoort) -> Sequence[Ontvanger]:
        if soort is Tredesoort.HERINNERING:
            return self._behandelaar(stap)
        return self._leiding(stap)

    def _behandelaar(self, stap: Stap) -> Sequence[Ontvanger]:
        medewerker = self._regio.medewerker(stap.medewerker) if stap.medewerker else None
        if medewerker is not None:
            # De herinnering gaat naar de behandelaar zelf: de link is aan hem gebonden.
            return (self._als_ontvanger(medewerker),)
        return self._postbus(stap.partner)

    def _leiding(self, stap: Stap) -> Sequence[Ontvanger]:
        """De teamleider van de partner; anders de regiocoördinator; anders de postbus van de partner."""
        team = self._regio.medewerkers_van(stap.partner) if stap.partner else ()
        for kring, rol in ((team, Rol.TEAMLEIDER), (self._regio.medewerkers, Rol.REGIOCOORDINATOR)):
            for medewerker in sorted(kring, key=lambda m: m.code):
                if rol not in medewerker.rollen:
                    continue
                if aanwezig := of_vervanger(self._regio, medewerker, rol, self._dag):
                    return (self._als_ontvanger(aanwezig),)
        return self._postbus(stap.partner)

    def _als_ontvanger(self, medewerker: Medewerker) -> Ontvanger:
        return Ontvanger(medewerker.code, medewerker.email, self._kalender_van(medewerker.partner))

    def _postbus(self, partnercode: str | None) -> Sequence[Ontvanger]:
        partner = self._regio.partner(partnercode) if partnercode else None
        return (Ontvanger(partner.code, partner.postbus, kantoorkalender_van(partner)),) if partner else ()

    def _kalender_van(self, partnercode: str | None) -> Kantoorkalender:
        partner = self._regio.partner(partnercode) if partnercode else None
        return kantoorkalender_van(partner) if partner else Kantoorkalender()


def wijzer_op(omgeving: Omgeving, dag: date) -> Wijzer | None:
    """De wijzer volgens de regioversie die op deze dag geldt, of None als er geen is geladen."""
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            return Regiowijzer(regio_op(ruimte, omgeving, dag), dag)
    except GeenUitvoerder:
        return None
