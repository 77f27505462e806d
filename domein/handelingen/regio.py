"""De regio in een handeling: de afspraken van een dag, een nieuwe versie laden, het adres van een medewerker."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domein.fouten import GeenUitvoerder, InTussenGewijzigd, OngeldigBestand, RegieFout, VolgnummerBezet
from domein.gebeurtenissen.basis import Actor
from domein.model import Regioversie
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van
from domein.regels.kalender import Kantoorkalender, datum
from domein.regio.geladen import GeladenRegio
from domein.regio.model import Regio
from domein.regio.soorten import Postwijze

LAADPOGINGEN: Final = 8
_GELEZEN: Final[dict[str, Regio]] = {}


class AfsprakenOnleesbaar(RegieFout):
    """Deze versie is bewaard, maar niet meer te lezen: beschadigd, of van een ander programma."""

    code = "afspraken_onleesbaar"


def lees_versie(versie: Regioversie) -> Regio:
    """Lees een versie één keer per proces: zij verandert nooit meer. AfsprakenOnleesbaar als dat niet gaat."""
    if versie.sha256 not in _GELEZEN:
        if len(_GELEZEN) > 64:
            _GELEZEN.clear()
        try:
            inhoud: dict[str, Any] = versie.inhoud
            _GELEZEN[versie.sha256] = GeladenRegio.uit_opslag(inhoud, versie.sha256).regio
        except ValueError as fout:  # geen JSON meer, of een inhoud die dit programma niet kent
            raise AfsprakenOnleesbaar(
                f"De samenwerkingsafspraken (versie {versie.versie}) zijn niet te lezen ({type(fout).__name__}).",
                "Laad ze als nieuwe versie: 'regie regio laad MAP --bevestigd-door CODE'. De post stilzetten kan al.",
            ) from None
    return _GELEZEN[versie.sha256]


def regio_op(ruimte: Ruimte, omgeving: Omgeving, dag: date) -> Regio:
    """Geef de afspraken die op deze dag gelden; GeenUitvoerder als er geen regio is geladen."""
    versie = ruimte.regioversie_op(omgeving.regio, dag)
    if versie is None:
        raise GeenUitvoerder(
            f"Er zijn op {datum(dag)} geen samenwerkingsafspraken voor regio '{omgeving.regio}'.",
            "Laad ze met 'regie regio laad MAP'.",
        )
    return lees_versie(versie)


def adres_van(ruimte: Ruimte, omgeving: Omgeving, medewerker: str) -> str | None:
    """Geef het mailadres van een medewerker, of None als hij er niet is."""
    gevonden = regio_op(ruimte, omgeving, omgeving.klok.vandaag()).medewerker(medewerker)
    return gevonden.email if gevonden else None


def leest_dagbericht(ruimte: Ruimte, omgeving: Omgeving, medewerker: str) -> bool:
    """Zeg of deze medewerker voor het dagbericht koos, in plaats van een mail per taak."""
    try:
        gevonden = regio_op(ruimte, omgeving, omgeving.klok.vandaag()).medewerker(medewerker)
    except GeenUitvoerder:
        return False
    return gevonden is not None and gevonden.post is Postwijze.DAGBERICHT


def kalender_van_ontvanger(ruimte: Ruimte, omgeving: Omgeving, code: str, dag: date) -> Kantoorkalender | None:
    """Geef de kantoorkalender van een medewerker of partner op deze dag, of None als hij niet in de regio staat."""
    try:
        regio = regio_op(ruimte, omgeving, dag)
    except GeenUitvoerder:
        return None
    medewerker = regio.medewerker(code)
    partner = regio.partner(medewerker.partner if medewerker else code)
    return kantoorkalender_van(partner) if partner else None


@dataclass(frozen=True, slots=True)
class Regioverschil:
    """Wat het laden veranderde; `nieuw` is False als dezelfde versie er al stond."""

    regio: str
    versie: str
    nieuw: bool
    vorige: str | None


def laad_regio(omgeving: Omgeving, geladen: GeladenRegio, actor: Actor) -> Regioverschil:
    """Bewaar een gecontroleerde regio als nieuwe versie; dezelfde inhoud nog eens verandert niets.

    Laadt een ander op hetzelfde moment, dan kijkt dit opnieuw: elke versie heeft haar eigen laadnummer.
    """
    for _ in range(LAADPOGINGEN):
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                return _laad(ruimte, omgeving, geladen, actor)
        except VolgnummerBezet:
            continue
    raise InTussenGewijzigd("Anderen laden op dit moment ook afspraken.", "Probeer het over een minuut opnieuw.")


def _laad(ruimte: Ruimte, omgeving: Omgeving, geladen: GeladenRegio, actor: Actor) -> Regioverschil:
    versies = ruimte.regioversies(geladen.code)
    for versie in versies:
        if versie.versie != geladen.versie:
            continue
        if versie.sha256 == geladen.sha256:
            return Regioverschil(geladen.code, geladen.versie, nieuw=False, vorige=None)
        raise OngeldigBestand(
            f"Versie {geladen.versie} van regio {geladen.code} bestaat al met een andere inhoud.",
            "Geef het bestand een nieuwe versie; een geladen versie verandert nooit.",
        )
    ruimte.bewaar(
        Regioversie(
            regio=geladen.code, versie=geladen.versie, geldig_van=geladen.geldig_van,
            inhoud=dict(geladen.inhoud), sha256=geladen.sha256, geladen_op=omgeving.klok.nu(),
            laadnummer=max((versie.laadnummer for versie in versies), default=0) + 1, door=actor.code,
        )
    )  # fmt: skip
    vorige = versies[-1].versie if versies else None
    return Regioverschil(geladen.code, geladen.versie, nieuw=True, vorige=vorige)


def geladen_versies(omgeving: Omgeving, regio: str, dag: date) -> list[dict[str, Any]]:
    """Geef alle bewaarde versies van een regio; `van_kracht` zegt welke op deze dag geldt."""
    with omgeving.magazijn.ruimte() as ruimte:
        geldt = ruimte.regioversie_op(regio, dag)
        return [
            {
                "regio": versie.regio, "versie": versie.versie, "geldig_van": versie.geldig_van,
                "van_kracht": geldt is not None and versie.id == geldt.id, "geladen_op": versie.geladen_op,
                "door": versie.door, "sha256": versie.sha256,
            }
            for versie in ruimte.regioversies(regio)
        ]  # fmt: skip


def geladen_versie(omgeving: Omgeving, regio: str, naam: str) -> Regio | None:
    """Geef een bewaarde versie op naam, of None als zij niet is geladen."""
    with omgeving.magazijn.ruimte() as ruimte:
        gevonden = next((v for v in ruimte.regioversies(regio) if v.versie == naam), None)
        return lees_versie(gevonden) if gevonden else None
