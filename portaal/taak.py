"""Wat iemand met een getekende link mag zien en doen. Lezen verandert niets."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.handelingen.eigen_taak import lopende_vraag
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.papiervorm import besluit_van, besluitvormen
from domein.regels.uitkomsten import Uitkomst, uitkomsten_voor
from domein.stand import vouw


class Toestand(StrEnum):
    """Wat er met de vraag achter een link is."""

    OPEN = "open"
    KLAAR = "klaar"
    VERVALLEN = "vervallen"
    OVERGESLAGEN = "overgeslagen"
    NOG_NIET = "gepland"
    VEROUDERD = "verouderd"  # de stap kreeg een nieuwe datum of ging opnieuw open: er is een nieuwere mail
    BIJ_ANDER = "bij_ander"


@dataclass(frozen=True, slots=True)
class Taakbeeld:
    """De taak zoals deze ontvanger haar mag zien. Bij een ander zijn de velden leeg."""

    toestand: Toestand
    titel: str = ""
    referentie: str = ""
    klaar_op: date | None = None
    uiterst: date | None = None
    waarom: str = ""
    artikel: str = ""
    besluit: bool = False
    kenmerk: str = ""
    lopend: str = ""  # een vraag van deze persoon waarop een ander nog moet antwoorden
    antwoord: str = ""  # de uitkomst die is vastgelegd, in woorden
    uitkomsten: tuple[Uitkomst, ...] = ()
    concepten: tuple[Uitkomst, ...] = ()  # waarvoor een concept te maken is; alleen bij een besluit


class Vraagsteller(Protocol):
    """Wie bij welke taak staat, en bij welke generatie zijn vraag hoort."""

    @property
    def stap_id(self) -> UUID: ...

    @property
    def generatie(self) -> int: ...

    @property
    def medewerker(self) -> str: ...


def bekijk(omgeving: Omgeving, link: Vraagsteller, *, ook_van_ander: bool = False) -> Taakbeeld:
    """Geef het beeld van de taak; OnbekendeStap als zij niet bestaat.

    Van de taak van een ander is er niets te zien, tenzij de toegang al is getoetst (`ook_van_ander`).
    """
    with omgeving.magazijn.ruimte() as ruimte:
        stap = ruimte.stap(link.stap_id)
        if not is_van(stap, link.medewerker) and not ook_van_ander:
            return Taakbeeld(Toestand.BIJ_ANDER)
        uitkomsten = uitkomsten_voor(stap.kenmerk)
        vormen = besluitvormen(stap.kenmerk, uitkomsten) if stap.besluit else uitkomsten
        toestand = _toestand(stap, link.generatie)
        return Taakbeeld(
            toestand=toestand,
            lopend=_lopend(ruimte, stap) if toestand is Toestand.OPEN else "",
            titel=stap.titel,
            referentie=ruimte.dossier(stap.dossier_id).referentie,
            klaar_op=stap.streef,
            uiterst=stap.uiterst,
            waarom=stap.waarom,
            artikel=stap.artikel,
            besluit=stap.besluit,
            kenmerk=stap.kenmerk,
            antwoord=next((u.label for u in uitkomsten if u.soort == stap.uitkomst), ""),
            uitkomsten=vormen,
            concepten=tuple(u for u in uitkomsten if stap.besluit and besluit_van(stap.kenmerk, u) is not None),
        )


def _lopend(ruimte: Ruimte, stap: Stap) -> str:
    vraag = lopende_vraag(vouw(ruimte.gebeurtenissen(stap.dossier_id)), stap.kenmerk)
    return vraag.soort if vraag else ""


def is_van(stap: Stap, code: str) -> bool:
    """Zeg of deze persoon (of postbus) de taak nu heeft; na overdracht houdt een oude link op te werken."""
    if stap.medewerker is not None:
        return stap.medewerker == code
    return stap.partner is not None and stap.partner == code


def _toestand(stap: Stap, generatie: int) -> Toestand:
    match stap.status:
        case Stapstatus.KLAAR:
            return Toestand.KLAAR
        case Stapstatus.VERVALLEN:
            return Toestand.VERVALLEN
        case Stapstatus.OVERGESLAGEN:
            return Toestand.OVERGESLAGEN
        case Stapstatus.OPEN:
            return Toestand.OPEN if stap.generatie == generatie else Toestand.VEROUDERD
        case Stapstatus.GEPLAND:
            return Toestand.VEROUDERD if stap.generatie != generatie else Toestand.NOG_NIET
