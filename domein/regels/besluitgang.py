"""De gang van een besluit: welke handeling in welke stand kan, en wie haar mag doen (Awb 3:2, 3:41, 10:1 en verder).

Eén tabel zegt wat kan. Wie tekent, is nooit alleen: waar het mandaat of de wet dat vraagt, is een ander dan wie het
concept schreef, de gedraging meldde of het bestreden besluit nam.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domein.begrippen import GEWONE_BESLUITEN, Besluitsoort, Rol, Stapsoort
from domein.regeling.gronden import Grond, gronden_voor
from domein.regels.kalender import datum
from domein.regio.afspraken import Mandaat
from domein.regio.gemeenten import gemeentenaam
from domein.regio.model import Regio
from domein.stand import Besluit, Stand


class Besluitstand(StrEnum):
    CONCEPT = "concept"
    ONDERTEKEND = "ondertekend"
    BEKENDGEMAAKT = "bekendgemaakt"
    RETOUR = "retour"
    INGETROKKEN = "ingetrokken"


class Handeling(StrEnum):
    GROND = "grond"
    ADVIES = "advies"
    TEKST = "tekst"
    ONDERTEKEN = "onderteken"
    MAAK_BEKEND = "maak-bekend"
    RETOUR = "retour"
    TREK_IN = "trek-in"


# Wat kan, en waar het naartoe gaat. Wat er niet in staat, kan niet: een ondertekend besluit verandert nooit meer.
OVERGANGEN: Final[Mapping[tuple[Besluitstand, Handeling], Besluitstand]] = MappingProxyType(
    {
        (Besluitstand.CONCEPT, Handeling.GROND): Besluitstand.CONCEPT,
        (Besluitstand.CONCEPT, Handeling.ADVIES): Besluitstand.CONCEPT,
        (Besluitstand.CONCEPT, Handeling.TEKST): Besluitstand.CONCEPT,
        (Besluitstand.CONCEPT, Handeling.ONDERTEKEN): Besluitstand.ONDERTEKEND,
        (Besluitstand.CONCEPT, Handeling.TREK_IN): Besluitstand.INGETROKKEN,
        (Besluitstand.ONDERTEKEND, Handeling.MAAK_BEKEND): Besluitstand.BEKENDGEMAAKT,
        (Besluitstand.BEKENDGEMAAKT, Handeling.RETOUR): Besluitstand.RETOUR,
        (Besluitstand.RETOUR, Handeling.MAAK_BEKEND): Besluitstand.BEKENDGEMAAKT,
    }
)
# Waarvoor een besluit is: de vorm van de stap en het feit dat de ondertekening vastlegt.
VORMEN: Final[Mapping[tuple[str, str], Besluitsoort]] = MappingProxyType(
    {
        ("pip/vaststellen", "pip_vastgesteld"): Besluitsoort.PIP,
        ("pip/herzien", "pip_vastgesteld"): Besluitsoort.PIP,
        ("pip/verhuizing", "pip_vastgesteld"): Besluitsoort.PIP_WIJZIGING,
        ("pip/leerroute", "pip_vastgesteld"): Besluitsoort.PIP_WIJZIGING,
        ("pip/afschalen", "pip_vastgesteld"): Besluitsoort.PIP_WIJZIGING,
        ("pip/leerroute", "voorstel_afgewezen"): Besluitsoort.WEIGERING,
        ("pip/afschalen", "voorstel_afgewezen"): Besluitsoort.WEIGERING,
        ("maatregel/besluit", "maatregel_besloten"): Besluitsoort.MAATREGEL,
        ("bezwaar/beslissen", "bezwaar_beslist"): Besluitsoort.BESLISSING_OP_BEZWAAR,
    }
)


def besluitsoorten_van(kenmerk: str) -> frozenset[Besluitsoort]:
    """Geef welke besluiten een stap kan opleveren; leeg als er geen besluit bij hoort."""
    return frozenset(soort for (vorm, _), soort in VORMEN.items() if f"{kenmerk}/".startswith(f"{vorm}/"))


# Deze besluiten neemt niemand zonder concept van een ander (Awb 10:3 leden 3 en 4).
ALTIJD_TWEE: Final = frozenset({Besluitsoort.MAATREGEL, Besluitsoort.BESLISSING_OP_BEZWAAR})


def toestand(besluit: Besluit) -> Besluitstand:
    if besluit.ingetrokken_op is not None:
        return Besluitstand.INGETROKKEN
    if besluit.ondertekend_op is None:
        return Besluitstand.CONCEPT
    if besluit.retour_op is not None:
        return Besluitstand.RETOUR
    return Besluitstand.BEKENDGEMAAKT if besluit.pogingen else Besluitstand.ONDERTEKEND


def mag(besluit: Besluit, handeling: Handeling) -> bool:
    return (toestand(besluit), handeling) in OVERGANGEN


def open_gronden(besluit: Besluit, *, asiel: bool) -> tuple[Grond, ...]:
    """Geef wat nog niet is onderzocht; zolang er iets in staat, kan niemand tekenen (Awb 3:2)."""
    return tuple(grond for grond in gronden_voor(besluit.soort, asiel=asiel) if grond.code not in besluit.gronden)


@dataclass(frozen=True, slots=True)
class Bevoegd:
    """Het mandaat waarop iemand tekent, of waarom hij dat niet kan."""

    mandaat: Mandaat | None
    waarom_niet: str = ""
    uitweg: str = ""


def omvat(mandaat: Mandaat, soort: Besluitsoort) -> bool:
    """Zeg of dit mandaat over deze soort besluit gaat; een boete of beslissing op bezwaar moet er met naam in staan."""
    return soort in (mandaat.besluiten or GEWONE_BESLUITEN)


def bevoegdheid(
    regio: Regio, gemeente: str | None, soort: Besluitsoort, wie: str, op: date, bedrag: int = 0
) -> Bevoegd:
    """Zeg of iemand op deze dag zo'n besluit namens deze gemeente mag tekenen, tot dit bedrag (Awb 10:3, 10:5)."""
    mens = regio.medewerker(wie)
    van_hem = [
        m for m in regio.mandaten
        if m.gemeente == gemeente and Stapsoort.PIP in m.stappen and wie in m.houders and m.geldt_op(op)
    ]  # fmt: skip
    if mens is None or Rol.MANDAATHOUDER not in mens.rollen or not mens.in_dienst_op(op) or not van_hem:
        return Bevoegd(
            None, f"'{wie[:40]}' heeft op {datum(op)} geen mandaat voor besluiten "
            f"namens {gemeentenaam(gemeente or '')}",
            "Laat een mandaathouder van deze gemeente tekenen ('regie regio wie').",
        )  # fmt: skip
    over = [m for m in van_hem if omvat(m, soort)]
    if not over:
        eerste = van_hem[0]
        beperkt = f" Beperking: {eerste.beperking}" if eerste.beperking else ""
        return Bevoegd(
            None, f"mandaat '{eerste.id}' ({eerste.bron}) omvat geen besluit '{soort}'.{beperkt}".rstrip("."),
            "Laat iemand tekenen van wie het mandaat deze soort noemt, of het college zelf.",
        )  # fmt: skip
    genoeg = next((m for m in over if m.plafond_euro is None or bedrag <= m.plafond_euro), None)
    if genoeg is None:
        return Bevoegd(
            None, f"mandaat '{over[0].id}' gaat tot € {over[0].plafond_euro}, en dit besluit gaat over € {bedrag}",
            "Laat iemand met een ruimer mandaat tekenen.",
        )  # fmt: skip
    return Bevoegd(genoeg)


def twee_personen(mandaat: Mandaat, soort: Besluitsoort) -> bool:
    return mandaat.tweede_persoon or soort in ALTIJD_TWEE


def niet_zelf(stand: Stand, besluit: Besluit, mandaat: Mandaat, wie: str) -> str:
    """Geef waarom deze persoon dit besluit niet mag tekenen naast wat hij al deed; een lege tekst als het mag."""
    if twee_personen(mandaat, besluit.soort) and wie in besluit.schrijvers:
        return "wie het concept schreef, tekent niet zelf: dit mandaat vraagt twee personen"
    nummer = int(besluit.stap.rsplit("/", 1)[-1])
    if besluit.soort is Besluitsoort.MAATREGEL:
        maatregel = stand.maatregelen.get(nummer)
        if maatregel is not None and wie == maatregel.melder:
            return "wie de gedraging meldde, legt de boete niet op (artikel 10:3 lid 4 Awb)"
    if besluit.soort is Besluitsoort.BESLISSING_OP_BEZWAAR and wie in bestreden_door(stand, nummer):
        return "wie het bestreden besluit nam, beslist niet op het bezwaar (artikel 10:3 lid 3 Awb)"
    return ""


def bestreden_door(stand: Stand, bezwaar: int) -> frozenset[str]:
    """Geef wie het besluit nam waartegen dit bezwaar is gericht."""
    een = stand.bezwaren.get(bezwaar)
    if een is None:
        return frozenset()
    if een.tegen == "pip":
        pip = next((p for p in stand.pips if p.nummer == een.van), None)
        return frozenset({pip.mandaathouder}) if pip is not None else frozenset()
    if een.tegen == "afwijzing":
        afwijzing = stand.afwijzingen.get(een.van)
        return frozenset({afwijzing.mandaathouder}) if afwijzing is not None else frozenset()
    if een.tegen == "maatregel":
        maatregel = stand.maatregelen.get(een.van)
        nummer = maatregel.besluit if maatregel is not None else None
    else:
        nummer = een.van
    besluit = stand.besluiten.get(nummer) if nummer is not None else None
    return frozenset({besluit.ondertekenaar}) if besluit is not None else frozenset()
