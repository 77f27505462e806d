"""Wie een open taak overneemt van wie er niet is, of van wie geen mail ontvangt.

Geen wet maar werkafspraak, in deze volgorde: de vervanger uit de afspraken (ook bij een andere organisatie), dan een
collega van dezelfde partner met dezelfde rol. Wel wet is dat een besluit bij iemand met mandaat blijft (art. 10:3 Awb):
zonder zo iemand gaat de taak niet over, en hoort de coordinator het.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.regels.bezetting import GEEN_LAST, lichtste, of_vervanger, team_van
from domein.regels.kalender import datum
from domein.regio.model import Regio
from domein.regio.onderdelen import Afwezigheid
from domein.regio.partijen import Medewerker

GEEN_ADRESSEN: Final[frozenset[str]] = frozenset()


class Grond(StrEnum):
    """Waarom iemand zijn open taken niet kan doen."""

    WEG = "weg"  # niet meer in de afspraken, of uit dienst: er is geen adres meer
    AFWEZIG = "afwezig"
    ADRES = "adres"  # de mail komt niet aan


@dataclass(frozen=True, slots=True)
class Verhindering:
    """Waarom iemand zijn taken nu niet kan doen; `afwezigheid` alleen als dat de grond is."""

    medewerker: str
    grond: Grond
    afwezigheid: Afwezigheid | None = None


@dataclass(frozen=True, slots=True)
class OpenTaak:
    """Wat deze regel van een open stap weet."""

    stap: Stapsoort
    gemeente: str
    partner: str
    medewerker: str
    rol: Rol
    besluit: bool = False


@dataclass(frozen=True, slots=True)
class Opvolger:
    """Wie de taak krijgt, bij welke partner zij dan hoort, en de vaste zin voor in zijn mail."""

    medewerker: Medewerker
    partner: str
    waarom: str


def heeft_mandaat(regio: Regio, gemeente: str | None, stap: Stapsoort, medewerker: str, op: date) -> bool:
    """Zeg of iemand op deze dag namens deze gemeente over deze stap mag besluiten (regel 15)."""
    return any(
        mandaat.gemeente == gemeente and stap in mandaat.stappen and medewerker in mandaat.houders
        and mandaat.geldt_op(op) and mandaat.gewoon
        for mandaat in regio.mandaten
    )  # fmt: skip


def verhindering(
    regio: Regio, medewerker: str, op: date, kapotte_adressen: Collection[str] = GEEN_ADRESSEN
) -> Verhindering | None:
    """Zeg waarom deze persoon vandaag zijn taken niet kan doen, of None. Adressen in kleine letters."""
    wie = regio.medewerker(medewerker)
    if wie is None or not wie.in_dienst_op(op):
        return Verhindering(medewerker, Grond.WEG)
    if (afwezig := wie.afwezig_op(op)) is not None:
        return Verhindering(medewerker, Grond.AFWEZIG, afwezig)
    return Verhindering(medewerker, Grond.ADRES) if wie.email.lower() in kapotte_adressen else None


def kies_opvolger(
    regio: Regio,
    taak: OpenTaak,
    waarom: Verhindering,
    op: date,
    *,
    rol: Rol | None = None,
    kapotte_adressen: Collection[str] = GEEN_ADRESSEN,
    last: Mapping[str, float] = GEEN_LAST,
) -> Opvolger | None:
    """Kies wie de taak overneemt, of None als er niemand is die mag en kan.

    `rol` is de rol waarmee de taak volgens de afspraken wordt gedaan. Bij een vervanger van een andere organisatie
    blijft de taak van de partner van nu; bij een besluit gaat zij naar die van de houder, zoals bij het openen.
    """

    def kan(m: Medewerker) -> bool:
        aanwezig = m.in_dienst_op(op) and m.afwezig_op(op) is None
        mag = not mandaat_nodig or heeft_mandaat(regio, taak.gemeente, taak.stap, m.code, op)
        return m.code != taak.medewerker and aanwezig and mag and m.email.lower() not in kapotte_adressen

    huidig = regio.medewerker(taak.medewerker)
    mandaat_nodig = _mandaat_nodig(regio, taak, op)
    als = Rol.MANDAATHOUDER if mandaat_nodig else _rol_van(huidig, taak, rol)
    vervanger = of_vervanger(regio, huidig, als, op) if huidig is not None else None
    if vervanger is not None and kan(vervanger):
        return Opvolger(vervanger, _partner(taak, vervanger), _zin(waarom, "U bent de vervanger."))
    if mandaat_nodig:
        houders = _houders(regio, taak, op)
        houder = next((m for m in houders if als in m.rollen and kan(m)), None)
        return Opvolger(houder, houder.partner, _zin(waarom, "U hebt hier ook mandaat voor.")) if houder else None
    collegas = [m for m in team_van(regio, taak.partner, als, op) if kan(m)]
    if not collegas:
        return None
    return Opvolger(lichtste(collegas, last), taak.partner, _zin(waarom, "U doet hetzelfde werk."))


def coordinator(regio: Regio, op: date, kapotte_adressen: Collection[str] = GEEN_ADRESSEN) -> Medewerker | None:
    """Geef de regiocoordinator die er is en mail ontvangt, op code; anders een vervanger met die rol."""
    for medewerker in sorted(regio.medewerkers, key=lambda m: m.code):
        if Rol.REGIOCOORDINATOR not in medewerker.rollen:
            continue
        aanwezig = of_vervanger(regio, medewerker, Rol.REGIOCOORDINATOR, op)
        if aanwezig is not None and aanwezig.email.lower() not in kapotte_adressen:
            return aanwezig
    return None


def _mandaat_nodig(regio: Regio, taak: OpenTaak, op: date) -> bool:
    als_houder = taak.rol is Rol.MANDAATHOUDER and heeft_mandaat(regio, taak.gemeente, taak.stap, taak.medewerker, op)
    return taak.besluit or als_houder


def _rol_van(huidig: Medewerker | None, taak: OpenTaak, rol: Rol | None) -> Rol:
    """De rol waarmee iemand de taak had: die van de afspraken, die van de stap, of zijn eigen (bij een signaal)."""
    eerst = [r for r in (rol, taak.rol) if r is not None]
    if huidig is None:
        return eerst[0]
    return next((r for r in (*eerst, *huidig.rollen) if r in huidig.rollen), eerst[0])


def _houders(regio: Regio, taak: OpenTaak, op: date) -> list[Medewerker]:
    codes = dict.fromkeys(
        code
        for mandaat in regio.mandaten
        if mandaat.gemeente == taak.gemeente
        and taak.stap in mandaat.stappen
        and mandaat.geldt_op(op)
        and mandaat.gewoon
        for code in mandaat.houders
    )
    return [m for code in codes if (m := regio.medewerker(code)) is not None]


def _partner(taak: OpenTaak, vervanger: Medewerker) -> str:
    return vervanger.partner if taak.besluit else taak.partner


def _zin(waarom: Verhindering, waarom_u: str) -> str:
    match waarom.grond:
        case Grond.AFWEZIG:
            tot = f" tot en met {datum(waarom.afwezigheid.tot)}" if waarom.afwezigheid else ""
            return f"Uw collega {waarom.medewerker} is er{tot} niet. {waarom_u}"
        case Grond.ADRES:
            return f"Onze mail aan uw collega {waarom.medewerker} komt niet aan. {waarom_u}"
        case Grond.WEG:
            return f"Uw collega {waarom.medewerker} doet dit werk niet meer. {waarom_u}"
