"""Wie een handeling mag doen, volgens de samenwerkingsafspraken van vandaag (regel 14 en 15).

Een besluit vraagt mandaat; dat staat in `mandaat.py`. Hier staat de rest: wie een stap beantwoordt, wie een feit
meldt of doorhaalt, en wie een stap beheert. Een gemeente doet niets in een dossier van een andere gemeente, tenzij
de afspraken haar noemen.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import Actor, Gebeurtenis
from domein.handelingen.mandaat import BESLUITEN, eis_mandaat
from domein.model import Stap
from domein.regio.afspraken import GEMEENTE
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.regio.soorten import Partnersoort

# Systemen die een feit van buiten doorgeven. Zij beantwoorden geen stap en besluiten niets.
BRONNEN: Final = frozenset({"brp", "coa", "demo", "duo", "duo-portaal", "gemeente", "ind", "regiobeheer", "systeem"})
# 'regie kennisgevingen' noemt zich zo als niemand --door gaf: het inlezen van een bestand van DUO.
INLEZERS: Final = BRONNEN | {"administratie"}
BEHEERROLLEN: Final = (
    Rol.REGIOCOORDINATOR,
    Rol.ADMINISTRATIE,
    Rol.TEAMLEIDER,
    Rol.KLANTMANAGER,
    Rol.MANDAATHOUDER,
)
# Wat ops met een stap of dossier doet, is geen feit over de persoon: dat mag de beheerder ook, in de hele regio.
OPSROLLEN: Final = (*BEHEERROLLEN, Rol.BEHEERDER)
OPSFEITEN: Final = frozenset(
    {
        "stap_verzet", "stap_opnieuw", "stap_overgeslagen", "stap_heropend", "stap_toegewezen",
        "klantmanager_toegewezen", "gepauzeerd", "hervat", "dossier_herplant",
    }
)  # fmt: skip
_STANDINS: Final = frozenset({Rol.REGIOCOORDINATOR, Rol.TEAMLEIDER})


class OnbekendeMedewerker(GeenBevoegdheid):
    """Deze code staat niet in de samenwerkingsafspraken, of vandaag niet."""

    code = "onbekende_medewerker"


def eis_medewerker(regio: Regio, actor: Actor, op: date) -> Medewerker:
    """Geef de medewerker, of OnbekendeMedewerker als hij vandaag niet in de afspraken staat."""
    wie = regio.medewerker(actor.code)
    if wie is None or not wie.in_dienst_op(op):
        raise OnbekendeMedewerker(
            f"'{actor.code[:40]}' staat niet in de samenwerkingsafspraken.",
            "Geef met --door een medewerkercode uit de samenwerkingsafspraken.",
        )
    return wie


def partners_voor(regio: Regio, gemeente: str | None, stap: Stapsoort | None, op: date) -> frozenset[str]:
    """De partners die de afspraken van deze dag voor deze gemeente noemen: bij één stap, of bij elke (None)."""
    eigen = regio.partner_van_gemeente(gemeente) if gemeente else None
    gevonden = {eigen.code} if eigen and stap is None else set[str]()
    for afspraak in regio.samenwerkingsafspraken:
        past = (stap is None or stap in afspraak.stappen) and gemeente in regio.gemeenten_van(afspraak)
        if not past or not regio.periode_van(afspraak).bevat(op):
            continue
        for code in afspraak.kandidaten():
            if code != GEMEENTE:
                gevonden.add(code)
            elif eigen is not None:
                gevonden.add(eigen.code)
    return frozenset(gevonden)


def eis_eigen_gemeente(regio: Regio, gemeente: str | None, wie: Medewerker, op: date) -> None:
    """GeenBevoegdheid als deze persoon voor een andere gemeente werkt, en de afspraken hem hier niet noemen."""
    partner = regio.partner(wie.partner)
    ander = partner is not None and partner.soort is Partnersoort.GEMEENTE and partner.gemeente != gemeente
    if ander and Rol.REGIOCOORDINATOR not in wie.rollen and wie.partner not in partners_voor(regio, gemeente, None, op):
        raise GeenBevoegdheid(
            f"'{wie.code}' werkt voor een andere gemeente dan {gemeente}.",
            "Vraag het een medewerker van de gemeente van dit dossier, of de regiocoordinator.",
        )


def eis_beheer(regio: Regio, gemeente: str | None, actor: Actor, op: date, *, ook: tuple[Rol, ...] = ()) -> None:
    """GeenBevoegdheid als deze persoon dit dossier (zonder gemeente: dossiers van de regio) niet mag beheren.

    `ook`: rollen die verder niets beheren, maar deze ene handeling wel mogen.
    """
    wie = _eis_rol(regio, actor, op, (*BEHEERROLLEN, *ook))
    if gemeente is not None:
        eis_eigen_gemeente(regio, gemeente, wie, op)


def eis_ops(regio: Regio, gemeente: str | None, actor: Actor, op: date) -> None:
    """GeenBevoegdheid als deze persoon stappen (zonder gemeente: van de regio) niet mag verzetten of overdragen."""
    wie = _eis_rol(regio, actor, op, OPSROLLEN)
    if gemeente is not None and Rol.BEHEERDER not in wie.rollen:
        eis_eigen_gemeente(regio, gemeente, wie, op)


def _eis_rol(regio: Regio, actor: Actor, op: date, rollen: Collection[Rol]) -> Medewerker:
    wie = eis_medewerker(regio, actor, op)
    if not set(rollen) & set(wie.rollen):
        raise GeenBevoegdheid(
            f"'{wie.code}' heeft daarvoor niet de goede rol.",
            f"Vraag iemand met een van deze rollen: {', '.join(rollen)}.",
        )
    return wie


def eis_melder(
    regio: Regio, gemeente: str | None, actor: Actor, op: date, bronnen: frozenset[str] = BRONNEN,
    *, ook: tuple[Rol, ...] = (),
) -> None:  # fmt: skip
    """GeenBevoegdheid als dit geen bekende bron is en geen medewerker die feiten mag vastleggen."""
    if actor.code not in bronnen:
        eis_beheer(regio, gemeente, actor, op, ook=ook)


def eis_doorhaler(regio: Regio, gemeente: str | None, f: Gebeurtenis, actor: Actor, op: date) -> None:
    """Een bron haalt alleen door wat een bron meldde; een besluit haalt alleen een mandaathouder door."""
    if f.soort in BESLUITEN:
        eis_mandaat(regio, gemeente, BESLUITEN[f.soort], actor, op)
        return
    if f.actor.code not in BRONNEN or actor.code not in BRONNEN:
        (eis_ops if f.soort in OPSFEITEN else eis_beheer)(regio, gemeente, actor, op)


def eis_behandelaar(regio: Regio, stap: Stap, gemeente: str | None, actor: Actor, op: date) -> None:
    """Een stap beantwoordt de behandelaar of een collega; anders springt een regiocoordinator of teamleider in.

    Is de stap nog niet open, dan telt de partner die de afspraken voor haar noemen.
    """
    wie = eis_medewerker(regio, actor, op)
    if wie.code == stap.medewerker:
        return
    partners = frozenset({stap.partner}) if stap.partner else partners_voor(regio, gemeente, stap.stapsoort, op)
    if wie.partner in partners:
        return
    if not _STANDINS & set(wie.rollen):
        raise GeenBevoegdheid(
            f"De stap '{stap.kenmerk}' is niet van '{wie.code}' of diens organisatie.",
            "Laat de behandelaar of een collega antwoorden, of de regiocoordinator.",
        )
    eis_eigen_gemeente(regio, gemeente, wie, op)


def eis_opvolger(regio: Regio, stap: Stap, gemeente: str | None, wie: Medewerker, op: date) -> None:
    """Overdragen kan binnen de partner van nu, of naar een partner die de afspraken voor deze stap noemen."""
    if wie.in_dienst_op(op) and wie.partner in {stap.partner, *partners_voor(regio, gemeente, stap.stapsoort, op)}:
        return
    raise GeenBevoegdheid(
        f"'{wie.code}' werkt niet voor een partner die deze stap in {gemeente} doet.",
        "Kies iemand van de partner die de samenwerkingsafspraken noemen ('regie regio wie').",
    )
