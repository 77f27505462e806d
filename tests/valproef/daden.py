"""Wat er in de valproef gebeurt: daden als gegevens, zodat een ander proces ze kan doen, en nog eens.

Een mens van wie het scherm wegviel, kijkt eerst wat er staat en doet het zo nodig opnieuw; dat doet `doe` ook.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from adapters import kennisgevingen_bestand
from beheer.demo.levensloop import Levensloop, Regel, lees_levenslopen
from beheer.demo.vullen import VOORBEELD
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.melden import meld
from domein.handelingen.registreren import registreer
from domein.handelingen.stapbeheer import sla_over, verzet
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.registratie_invoer import Kennisgevingsrij
from tests.valproef.wereld import Wereld

ADMINISTRATIE, DUO = Actor("m-adm", Verificatie.AANGEMELD), Actor("duo", Verificatie.ZELFVERKLAARD)
COORDINATOR = Actor("m-reg", Verificatie.AANGEMELD)
GEMEENTEN = ("GM0512", "GM1978", "GM1961")
Soort = Literal["importeer", "trek-in", "antwoord", "feit", "verzet", "sla-over", "dagwerk", "niets"]


@dataclass(frozen=True, slots=True)
class Daad:
    """Wat er gebeurt en wanneer; wie niets doet, laat alleen de dag beginnen."""

    soort: Soort
    moment: datetime
    wie: str = ""  # DUO-kenmerk, of meer met een komma ertussen
    stap: str = ""
    wat: str = ""
    dag: date | None = None
    gegevens: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        return " ".join(
            woord for woord in (self.soort, self.wie, self.stap, self.wat, str(self.moment.date())) if woord
        )


@cache
def rijen() -> dict[str, Kennisgevingsrij]:
    gelezen = kennisgevingen_bestand.lees(VOORBEELD / "kennisgevingen.csv", date(2100, 1, 1), GEMEENTEN)
    return {rij.kenmerk: rij for rij in gelezen.rijen}


@cache
def levens() -> list[Levensloop]:
    """De personen van het voorbeeld die beginnen met een kennisgeving en alleen gewone feiten hebben."""
    bijzonder = {"doorhaling", "kennisgeving", "kennisgeving_ingetrokken", "koppeling"}
    return [
        loop
        for loop in lees_levenslopen(VOORBEELD / "levenslopen.toml")
        if not loop.koppeling
        and not any((r.stap is None and r.soort in bijzonder) or r.rest.get("geweigerd") for r in loop.regels)
    ]


def doe(wereld: Wereld, daad: Daad) -> None:
    wereld.zet(daad.moment)
    _DADEN[daad.soort](wereld, daad)


def stap_van(wereld: Wereld, daad: Daad) -> Stap:
    dossier_id = wereld.dossiers()[daad.wie]
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        return next(stap for stap in ruimte.stappen(dossier_id) if stap.kenmerk == daad.stap)


def _importeer(wereld: Wereld, daad: Daad) -> None:
    registreer(wereld.omgeving, [rijen()[kenmerk] for kenmerk in daad.wie.split(",")], ADMINISTRATIE)


def _trek_in(wereld: Wereld, daad: Daad) -> None:
    anders = {"versie": 2, "status": "ingetrokken", "ingetrokken_op": daad.moment.date()}
    registreer(wereld.omgeving, [rijen()[daad.wie].model_copy(update=anders)], DUO)


def _antwoord(wereld: Wereld, daad: Daad) -> None:
    stap = stap_van(wereld, daad)
    assert daad.dag is not None
    if stap.status is Stapstatus.KLAAR and stap.uitkomst == "persoon_gewist":
        return  # de pagina zegt dat dit gedaan is
    actor = Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
    try:
        geef_uitkomst(wereld.omgeving, stap.id, daad.wat, daad.dag, daad.gegevens, actor, reden="zo ging het")
    except AlBeantwoord as fout:
        if "al vastgelegd" not in fout.melding:
            raise


def _feit(wereld: Wereld, daad: Daad) -> None:
    dossier_id, dag = wereld.dossiers()[daad.wie], daad.dag
    assert dag is not None
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        if any((g.soort, g.geldig_op) == (daad.wat, dag) for g in ruimte.gebeurtenissen(dossier_id)):
            return
    meld(wereld.omgeving, dossier_id, daad.wat, dag, daad.gegevens, DUO, reden="gemeld")


def _staat_er_al(wereld: Wereld, stap: Stap, soort: str) -> bool:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        return any((g.soort, g.stap) == (soort, stap.kenmerk) for g in ruimte.gebeurtenissen(stap.dossier_id))


def _verzet(wereld: Wereld, daad: Daad) -> None:
    stap = stap_van(wereld, daad)
    assert daad.dag is not None
    if not _staat_er_al(wereld, stap, "stap_verzet"):
        verzet(wereld.omgeving, stap.id, daad.dag, COORDINATOR, "te druk")


def _sla_over(wereld: Wereld, daad: Daad) -> None:
    stap = stap_van(wereld, daad)
    if not _staat_er_al(wereld, stap, "stap_overgeslagen"):
        sla_over(wereld.omgeving, stap.id, COORDINATOR, "niet nodig")


def _dagwerk(wereld: Wereld, daad: Daad) -> None:
    wereld.dagwerk(daad.moment.date())


_DADEN: dict[str, Callable[[Wereld, Daad], None]] = {
    "importeer": _importeer,
    "trek-in": _trek_in,
    "antwoord": _antwoord,
    "feit": _feit,
    "verzet": _verzet,
    "sla-over": _sla_over,
    "dagwerk": _dagwerk,
    "niets": lambda _wereld, _daad: None,
}


def van_regel(regel: Regel, moment: datetime) -> Daad:
    soort: Soort = "antwoord" if regel.stap else "feit"
    return Daad(soort, moment, regel.kenmerk, regel.stap or "", regel.soort, regel.geldig_op, regel.gegevens)
