"""Zoeken waar een handeling in bulk over gaat: de stappen of dossiers bij een keuze."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domein.fouten import OpslagOnbeschikbaar, PersoonGewist
from domein.handelingen.bevoegdheid import OnbekendeMedewerker
from domein.handelingen.inzien import stap_bij
from domein.handelingen.openen import wijs_aan
from domein.handelingen.opsfouten import NietsGevonden
from domein.handelingen.opsvormen import Doel, Opdracht
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bulkkeuze import ONAF, OP_DOSSIER, STATUSSEN, Bulkkeuze, Handeling, past
from domein.regels.samenwerking import Toewijzing
from domein.regio.model import Regio
from domein.stand import vouw


def zoek_doelen(ruimte: Ruimte, omgeving: Omgeving, keuze: Bulkkeuze, handeling: Handeling) -> list[Doel]:
    """De stappen (of dossiers) die bij de keuze passen; wie zelf opsomde, krijgt alles wat hij noemde."""
    if handeling in OP_DOSSIER and keuze.dossiers and not keuze.stappen:
        return [Doel(ruimte.dossier_bij(referentie).id) for referentie in dict.fromkeys(keuze.dossiers)]
    standaard = STATUSSEN.get(handeling, ONAF)
    if keuze.stappen:
        stappen = [stap_bij(ruimte, wijzer) for wijzer in dict.fromkeys(keuze.stappen)]
        standaard = tuple(stap.status for stap in stappen)  # wat niet kan, hoort wie het noemde
    elif keuze.dossiers:
        dossiers = dict.fromkeys(ruimte.dossier_bij(referentie).id for referentie in keuze.dossiers)
        stappen = [stap for dossier_id in dossiers for stap in ruimte.stappen(dossier_id)]
    else:
        stappen = ruimte.stappen_waar(
            statussen=keuze.statussen or standaard,
            gemeente=keuze.gemeente,
            medewerker=keuze.medewerker,
            stapsoort=keuze.stap.value if keuze.stap else None,
        )
    statussen = keuze.statussen or standaard
    gekozen = [stap for stap in stappen if past(keuze, stap, statussen) and _van_wie(ruimte, omgeving, keuze, stap)]
    if handeling not in OP_DOSSIER:
        return [Doel(stap.dossier_id, stap.id) for stap in gekozen]
    return [Doel(dossier_id) for dossier_id in dict.fromkeys(stap.dossier_id for stap in gekozen)]


def _van_wie(ruimte: Ruimte, omgeving: Omgeving, keuze: Bulkkeuze, stap: Stap) -> bool:
    """De klantmanager van het dossier, en de partner: die van de stap, of die de afspraken noemen als zij opent."""
    if keuze.klantmanager is not None and ruimte.dossier(stap.dossier_id).klantmanager != keuze.klantmanager:
        return False
    if keuze.partner is None or stap.partner == keuze.partner:
        return True
    if stap.partner is not None:
        return False
    dag = max(stap.start, omgeving.klok.vandaag())
    try:
        stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
    except PersoonGewist:
        return False
    except OpslagOnbeschikbaar:
        raise
    except Exception:  # niet te lezen: neem het mee, dan noemt het verslag dit dossier en gaan de andere door
        return True
    antwoord = wijs_aan(ruimte, regio_op(ruimte, omgeving, dag), stap, stand, dag)
    return isinstance(antwoord, Toewijzing) and antwoord.uitvoerder == keuze.partner


def eis_bekend(regio: Regio, opdracht: Opdracht) -> None:
    """OnbekendeMedewerker als degene die de taken krijgt er niet is: dat geldt voor elke stap, dus in één keer."""
    if opdracht.aan and regio.medewerker(opdracht.aan) is None:
        raise OnbekendeMedewerker(
            f"'{opdracht.aan[:40]}' staat niet in de samenwerkingsafspraken.", "Kies een medewerkercode uit de regio."
        )


def eis_gevonden(regio: Regio, keuze: Bulkkeuze, doelen: Sequence[Doel]) -> None:
    """NietsGevonden als er niets past; met de code die de afspraken niet kennen, want die is misschien vertypt."""
    if doelen:
        return
    vreemd = [
        f"{code[:40]!r} is geen {wat}"
        for code, wat, kent in (
            (keuze.gemeente, "gemeente van deze regio", keuze.gemeente in regio.gemeenten),
            (keuze.partner, "partner van deze regio", regio.partner(keuze.partner or "") is not None),
            (keuze.medewerker, "medewerker van nu", regio.medewerker(keuze.medewerker or "") is not None),
            (keuze.klantmanager, "medewerker van nu", regio.medewerker(keuze.klantmanager or "") is not None),
        )
        if code and not kent
    ]
    zin = f"Er is niets dat bij deze keuze past{': ' if vreemd else ''}{', '.join(vreemd)}."
    raise NietsGevonden(zin, "Kijk met 'regie stap lijst' wat er is.")


def per_dossier(doelen: Iterable[Doel]) -> dict[UUID, list[Doel]]:
    """Verdeel doelen over hun dossiers, in de volgorde waarin zij kwamen."""
    groepen: dict[UUID, list[Doel]] = {}
    for doel in doelen:
        groepen.setdefault(doel.dossier_id, []).append(doel)
    return groepen
