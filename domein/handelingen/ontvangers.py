"""Wie een herinnering, een escalatie of een vroege waarschuwing krijgt, volgens de afspraken van die dag."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domein.begrippen import Rol
from domein.fouten import GeenUitvoerder
from domein.handelingen.regio import regio_op
from domein.model import Dossier, Stap
from domein.ports import Omgeving
from domein.regels.besluitgang import VORMEN
from domein.regels.bezetting import kantoorkalender_van, of_vervanger
from domein.regels.kalender import Kantoorkalender
from domein.regels.opschalingsbeleid import AFSPRAAK, BEHANDELAAR, OVERLEG
from domein.regels.uitkomsten import stapvorm
from domein.regio.afspraken import Mandaat, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker

_STANDAARD_ROLLEN: Sequence[Rol] = Samenwerkingsafspraak.model_fields["escalatie"].default
# Deze rollen zijn er voor de hele regio; een teamleider alleen voor zijn eigen team.
_REGIOBREED = frozenset({Rol.REGIOCOORDINATOR, Rol.CONTRACTMANAGER})


@dataclass(frozen=True, slots=True)
class Ontvanger:
    code: str
    adres: str
    kalender: Kantoorkalender
    rol: str = BEHANDELAAR


class Wijzer(Protocol):
    """Wijst de ontvangers aan; None of een lege rij betekent dat niemand is te vinden."""

    def kalender(self, stap: Stap) -> Kantoorkalender: ...

    def is_gat(self, stap: Stap) -> bool: ...

    def behandelaar(self, stap: Stap) -> Ontvanger | None: ...

    def hoger(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Ontvanger | None: ...

    def postbus(self, stap: Stap) -> Ontvanger | None: ...

    def allen(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Sequence[Ontvanger]: ...

    def partnernaam(self, code: str | None) -> str: ...

    def gemeentenaam(self, gemeente: str) -> str: ...

    def regionaam(self) -> str: ...


def _geldt_voor(mandaat: Mandaat, stap: Stap) -> bool:
    """Zeg of dit mandaat het besluit van deze stap dekt: een mandaat voor bezwaar dekt geen PIP."""
    soorten = {soort for (vorm, _), soort in VORMEN.items() if vorm == stapvorm(stap.kenmerk)}
    return not mandaat.besluiten or not soorten or bool(soorten & set(mandaat.besluiten))


class Regiowijzer:
    """Zoekt in de regio zoals zij op deze dag geldt."""

    def __init__(self, regio: Regio, dag: date) -> None:
        self._regio = regio
        self._dag = dag

    def kalender(self, stap: Stap) -> Kantoorkalender:
        return self._kalender_van(stap.partner)

    def is_gat(self, stap: Stap) -> bool:
        """Zeg of de taak bij de regiocoordinator ligt omdat de afspraken niemand noemden."""
        wie = self._regio.medewerker(stap.medewerker) if stap.medewerker else None
        return not stap.afspraak and wie is not None and Rol.REGIOCOORDINATOR in wie.rollen

    def behandelaar(self, stap: Stap) -> Ontvanger | None:
        """De behandelaar zelf: de link in de herinnering is aan hem gebonden. Zonder behandelaar de postbus."""
        medewerker = self._regio.medewerker(stap.medewerker) if stap.medewerker else None
        if medewerker is not None:
            return self._als_ontvanger(medewerker, BEHANDELAAR)
        return self._postbus(stap.partner, BEHANDELAAR)

    def postbus(self, stap: Stap) -> Ontvanger | None:
        """De postbus van de organisatie: als van de leiding niemand er is."""
        return self._postbus(stap.partner, Rol.TEAMLEIDER.value)

    def hoger(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Ontvanger | None:
        """De eerste die er is. Wie de taak zelf heeft, alleen als er geen ander is."""
        gevonden = [o for rol in self._rollen(stap, rollen) for o in self._met_rol(stap, dossier, rol)]
        anderen = [ontvanger for ontvanger in gevonden if ontvanger.code != stap.medewerker]
        return next(iter(anderen or gevonden), None)

    def allen(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Sequence[Ontvanger]:
        """Van elke rol de eerste die er is; ieder één keer."""
        gekozen: dict[str, Ontvanger] = {}
        for rol in rollen:
            wie = self._klantmanager(stap, dossier) if rol == BEHANDELAAR else self.hoger(stap, dossier, (rol,))
            if wie is not None:
                gekozen.setdefault(wie.code, wie)
        return tuple(gekozen.values())

    def partnernaam(self, code: str | None) -> str:
        partner = self._regio.partner(code) if code else None
        return partner.naam if partner else "een onbekende organisatie"

    def gemeentenaam(self, gemeente: str) -> str:
        return self._regio.gemeentenaam(gemeente)

    def regionaam(self) -> str:
        return self._regio.naam

    def _rollen(self, stap: Stap, rollen: Sequence[str]) -> Sequence[str]:
        """Vul in wat de afspraak zelf zegt; de standaard van een afspraak is geen eigen keuze."""
        afspraak = self._regio.afspraak(stap.afspraak) if stap.afspraak else None
        eigen = afspraak.escalatie if afspraak and afspraak.escalatie != _STANDAARD_ROLLEN else ()
        uit: list[str] = []
        for rol in rollen:
            uit.extend([een.value for een in eigen] if rol == AFSPRAAK else [rol])
        return tuple(dict.fromkeys(uit))

    def _met_rol(self, stap: Stap, dossier: Dossier, rol: str) -> Iterator[Ontvanger]:
        if rol == OVERLEG:
            afspraak = self._regio.afspraak(stap.afspraak) if stap.afspraak else None
            verband = self._regio.verband(afspraak.verband) if afspraak else None
            if verband is not None and (postbus := self._postbus(verband.penvoerder, OVERLEG)) is not None:
                yield postbus
            return
        for medewerker in self._kandidaten(stap, dossier, Rol(rol)):
            if aanwezig := of_vervanger(self._regio, medewerker, Rol(rol), self._dag):
                yield self._als_ontvanger(aanwezig, rol)

    def _kandidaten(self, stap: Stap, dossier: Dossier, rol: Rol) -> Sequence[Medewerker]:
        if rol is Rol.MANDAATHOUDER:
            return self._houders(stap)
        alle = sorted((m for m in self._regio.medewerkers if rol in m.rollen), key=lambda m: m.code)
        # Het team dat de taak heeft, en dan het team dat de regie over het dossier heeft.
        teams = (stap.partner, dossier.regie_partner)
        if rol not in _REGIOBREED:
            return [m for team in teams for m in alle if team and m.partner == team]
        eigen = self._regio.partner_van_gemeente(stap.gemeente)
        return sorted(alle, key=lambda m: eigen is None or m.partner != eigen.code)

    def _houders(self, stap: Stap) -> Sequence[Medewerker]:
        """Wie op deze dag namens deze gemeente over deze stap mag besluiten, in de volgorde van het mandaat."""
        codes = [
            code
            for mandaat in self._regio.mandaten
            if mandaat.gemeente == stap.gemeente and stap.stapsoort in mandaat.stappen and mandaat.geldt_op(self._dag)
            if _geldt_voor(mandaat, stap)
            for code in mandaat.houders
        ]
        return [m for code in dict.fromkeys(codes) if (m := self._regio.medewerker(code)) is not None]

    def _klantmanager(self, stap: Stap, dossier: Dossier) -> Ontvanger | None:
        code = dossier.klantmanager or stap.medewerker
        medewerker = self._regio.medewerker(code) if code else None
        if medewerker is None:
            return None
        for rol in medewerker.rollen:
            if aanwezig := of_vervanger(self._regio, medewerker, rol, self._dag):
                return self._als_ontvanger(aanwezig, BEHANDELAAR)
        return None

    def _als_ontvanger(self, medewerker: Medewerker, rol: str) -> Ontvanger:
        return Ontvanger(medewerker.code, medewerker.email, self._kalender_van(medewerker.partner), rol)

    def _postbus(self, partnercode: str | None, rol: str) -> Ontvanger | None:
        partner = self._regio.partner(partnercode) if partnercode else None
        return Ontvanger(partner.code, partner.postbus, kantoorkalender_van(partner), rol) if partner else None

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
