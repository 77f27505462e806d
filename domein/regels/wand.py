"""De tweede wand: welke dossiers een aangemelde hoogstens kan zien, los van de pagina die hij opent.

De eerste wand is `domein.regels.toegang`: zij beslist per dossier, en wat ervan. Deze is grover en staat in de database
zelf (PostgreSQL, migratie 0014): vergeet een pagina de eerste, dan komen de rijen van een vreemd dossier er toch niet
uit. Zij is nooit smaller: wat `toegang_tot` toestaat, laat ook deze wand door. Bron: AVG art. 25 en 32; dat er een
tweede wand staat is beleid, geen wet.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol
from domein.regels.toegang import Kijker, Recht, archiefgemeenten, rechten_van
from domein.regio.model import Regio

# Wie dit mag, werkt voor de hele regio: zoeken op BSN bij het inlezen, beheer van alle stappen, toezicht op alles.
_VOOR_DE_REGIO: Final = frozenset({Recht.BEHEER, Recht.INVOER, Recht.LOGBOEK})

# Wie dit mag, ziet van de gemeenten waarvoor hij werkt ook wat is geëindigd: daar is geen open taak meer.
_OP_GEMEENTE: Final = frozenset({Recht.VERNIETIGING, Recht.VERZOEK})


@dataclass(frozen=True, slots=True)
class Wandzicht:
    """Wat de database hoogstens laat zien. Leeg is niets.

    `organisatie`: dossiers waarin zij een taak heeft of had, of de regie. `medewerkers`: hun taken, en de dossiers
    waarvan zij klantmanager zijn. `stappen`: het dossier van een taak waarvoor iemand een getekende link heeft.
    """

    organisatie: str = ""
    medewerkers: frozenset[str] = field(default_factory=frozenset[str])
    gemeenten: frozenset[str] = field(default_factory=frozenset[str])
    regio: str = ""
    stappen: frozenset[UUID] = field(default_factory=frozenset[UUID])


NIETS: Final = Wandzicht()


def wandzicht(regio: Regio, wie: Kijker, op: date) -> Wandzicht:
    """Geef wat deze persoon op deze dag hoogstens kan zien."""
    rechten = rechten_van(wie.rollen)
    gemeenten = {m.gemeente for m in regio.mandaten if Rol.MANDAATHOUDER in wie.rollen and wie.code in m.houders}
    if rechten & _OP_GEMEENTE:
        gemeenten |= set(archiefgemeenten(regio, wie, op))
    heel = bool(rechten & _VOOR_DE_REGIO)
    return Wandzicht(
        organisatie=wie.partner if Recht.TEAMWERK in rechten else "",
        medewerkers=frozenset({wie.code, *(een.code for een in regio.vervangen_door(wie.code, op))}),
        gemeenten=frozenset(regio.gemeenten) if heel else frozenset(gemeenten),
        regio=regio.code if heel else "",
    )


def zicht_met_link(medewerker: str, *stappen: UUID) -> Wandzicht:
    """Geef wat een getekende link hoogstens laat zien: de eigen taken, en de taak waarover zij gaat."""
    return Wandzicht(medewerkers=frozenset({medewerker}), stappen=frozenset(stappen))


def zicht_van_partner(regio: Regio, partner: str, *, leest_in: bool) -> Wandzicht:
    """Geef wat het systeem van een partner hoogstens kan zien: waar hij een taak heeft, of de klantmanager van is.

    Wie kennisgevingen aanlevert, doet dat achter de wand van de hele regio: een persoon kan er al zijn.
    """
    eigen = frozenset(m.code for m in regio.medewerkers if m.partner == partner)
    return Wandzicht(
        organisatie=partner, medewerkers=eigen, gemeenten=frozenset(regio.gemeenten) if leest_in else frozenset(),
        regio=regio.code if leest_in else "",
    )  # fmt: skip


def zicht_op_de_regio(regio: Regio, zicht: Wandzicht) -> Wandzicht:
    """Geef hetzelfde zicht, voor één handeling over alle gemeenten: wie haar doet, hoeft geen dossier te kunnen openen.

    Alleen voor een handeling die zelf toetst wie haar mag doen, en die geen dossier laat zien.
    """
    return replace(zicht, gemeenten=frozenset(regio.gemeenten), regio=regio.code)
