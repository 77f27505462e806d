"""De afspraken op een dag in een gemeente: per stap wie het doet en waarom; en het verschil tussen twee versies."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Stapsoort
from domein.fouten import GeenUitvoerder
from domein.handelingen.regio import lees_versie, regio_op
from domein.model import Regioversie
from domein.ports import Omgeving
from domein.regels.samenwerking import Antwoord, Kenmerken, Toewijzing, zoek
from domein.regels.verschil import Verschil, vergelijk
from domein.regio.afspraken import COLLEGE, GEMEENTE
from domein.regio.model import Regio
from domein.regio.soorten import Alfabetisering

INBURGERAAR: Final = "inburgeraar"


@dataclass(frozen=True, slots=True)
class Geval:
    """Voor wie gevraagd wordt, en op welke dag."""

    gemeente: str
    op: date
    leerroute: Leerroute = Leerroute.ONBEKEND
    doelgroep: Doelgroep = Doelgroep.ASIELSTATUSHOUDER
    nareiziger: bool = False
    ontzorgen: bool = False
    leeftijd: int | None = None
    alfabetisering: Alfabetisering | None = None


@dataclass(frozen=True, slots=True)
class Stapantwoord:
    """Wat de afspraken over een stap zeggen; namen in plaats van codes, voor een mens."""

    stap: Stapsoort
    soort: str  # toewijzing, niet_van_toepassing of gat
    waarom: str
    uitvoerder: str = ""
    rol: str = ""
    besluit: str = ""
    tekent: str = ""
    betaler: str = ""
    afzender: str = ""
    afspraak: str = ""
    bron: str = ""
    inzage: tuple[str, ...] = ()
    afgevallen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Afsprakenbeeld:
    regio: str
    versie: str
    geval: Geval
    antwoorden: tuple[Stapantwoord, ...]


def bekijk_afspraken(omgeving: Omgeving, geval: Geval) -> Afsprakenbeeld:
    """Zoek voor elke stap wie haar op deze dag doet; GeenUitvoerder als er die dag geen afspraken gelden."""
    with omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, omgeving, geval.op)
    antwoorden = tuple(_stap(regio, geval, stap) for stap in Stapsoort)
    return Afsprakenbeeld(regio.naam, regio.versie, geval, antwoorden)


def _stap(regio: Regio, geval: Geval, stap: Stapsoort) -> Stapantwoord:
    antwoord = zoek(
        regio, gemeente=geval.gemeente, stap=stap, leerroute=geval.leerroute, doelgroep=geval.doelgroep, op=geval.op,
        nareiziger=geval.nareiziger, kenmerken=Kenmerken(geval.ontzorgen, geval.leeftijd, geval.alfabetisering),
    )  # fmt: skip
    afgevallen = tuple((_afspraaknaam(a.afspraak, a.uitvoerder), a.reden) for a in antwoord.afgevallen)
    if not isinstance(antwoord, Toewijzing):
        return Stapantwoord(stap, _soort(antwoord), antwoord.waarom, afspraak=getattr(antwoord, "afspraak", ""),
                            afgevallen=afgevallen)  # fmt: skip
    afspraak = regio.afspraak(antwoord.afspraak)
    return Stapantwoord(
        stap, "toewijzing", antwoord.waarom, uitvoerder=_naam(regio, antwoord.uitvoerder, geval.gemeente),
        rol=antwoord.rol.value, besluit=_naam(regio, antwoord.bevoegd_orgaan, geval.gemeente),
        tekent=antwoord.ondertekenaar or "", betaler=_naam(regio, antwoord.betaler, geval.gemeente),
        afzender=antwoord.afzender, afspraak=antwoord.afspraak, bron=regio.bron_van(afspraak) if afspraak else "",
        inzage=tuple(groep.value for groep in antwoord.inzage), afgevallen=afgevallen,
    )  # fmt: skip


def _soort(antwoord: Antwoord) -> str:
    return {"Toewijzing": "toewijzing", "NietVanToepassing": "niet_van_toepassing"}.get(type(antwoord).__name__, "gat")


def _afspraaknaam(afspraak: str, uitvoerder: str) -> str:
    return f"{afspraak} ({uitvoerder})" if uitvoerder else afspraak


def _naam(regio: Regio, code: str, gemeente: str) -> str:
    if code in (INBURGERAAR, COLLEGE):
        return {INBURGERAAR: "de inburgeraar", COLLEGE: "het college"}[code]
    if code == GEMEENTE:
        return f"gemeente {regio.gemeentenaam(gemeente)}"
    partner = regio.partner(code)
    return partner.naam if partner is not None else code


# versies


@dataclass(frozen=True, slots=True)
class Versie:
    versie: str
    geldig_van: date
    geladen_door: str
    geldt: bool


def versies(omgeving: Omgeving) -> tuple[Versie, ...]:
    """De geladen versies van deze regio, de nieuwste eerst."""
    with omgeving.magazijn.ruimte() as ruimte:
        geldt = ruimte.regioversie_op(omgeving.regio, omgeving.klok.vandaag())
        return tuple(
            Versie(v.versie, v.geldig_van, v.door, geldt is not None and v.id == geldt.id)
            for v in reversed(ruimte.regioversies(omgeving.regio))
        )


def verschil_tussen(omgeving: Omgeving, oud: str, nieuw: str) -> tuple[Regio, Regio, Verschil]:
    """Vergelijk twee geladen versies; GeenUitvoerder als er een niet bestaat."""
    with omgeving.magazijn.ruimte() as ruimte:
        alle = {v.versie: v for v in ruimte.regioversies(omgeving.regio)}
    for naam in (oud, nieuw):
        if naam not in alle:
            raise GeenUitvoerder(f"Versie '{naam[:40]}' is niet geladen.", "Kies een versie uit de lijst.")
    return _vergelijk(_Paar(alle[oud], alle[nieuw]))


class _Paar:
    """Twee versies als sleutel: een geladen versie verandert nooit meer."""

    def __init__(self, oud: Regioversie, nieuw: Regioversie) -> None:
        self.oud, self.nieuw = oud, nieuw
        self._sleutel = (oud.sha256, nieuw.sha256)

    def __hash__(self) -> int:
        return hash(self._sleutel)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, _Paar) and ander._sleutel == self._sleutel


@lru_cache(maxsize=8)
def _vergelijk(paar: _Paar) -> tuple[Regio, Regio, Verschil]:
    oud, nieuw = lees_versie(paar.oud), lees_versie(paar.nieuw)
    return oud, nieuw, vergelijk(oud, nieuw)
