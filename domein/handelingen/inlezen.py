"""Een bestand met personen inlezen in twee stappen: eerst zien wat elke rij zou doen, dan precies dat bestand inlezen.

Tussen de twee stappen ligt het bestand een half uur versleuteld klaar; de sleutel staat alleen in het formulier van
wie het koos. Het inlezen zelf is dezelfde handeling als op de opdrachtregel: alle rijen of geen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from domein.fouten import RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.eenmalig import in_een_transactie
from domein.handelingen.kern import in_ruimte
from domein.handelingen.koppelen import koppel
from domein.handelingen.logboek import regel
from domein.handelingen.registreren import registreer
from domein.handelingen.registreren_rijen import Rijverslag
from domein.model import Importbestand, Logsoort
from domein.ports import Omgeving, Ruimte

WACHT: Final = timedelta(minutes=30)
BEWAAR: Final = timedelta(days=1)  # het verslag; daarna staat alles nog in de dossiers en het logboek
MEESTE_RIJEN: Final = 1000  # een groter bestand houdt anderen te lang op

Handeling = Callable[[Omgeving, Sequence[Any], Any, bool], list[Rijverslag]]
HANDELINGEN: Final[Mapping[str, Handeling]] = {
    "kennisgevingen": lambda hier, rijen, actor, proef: registreer(hier, rijen, actor, proef=proef),
    "koppelingen": lambda hier, rijen, actor, proef: koppel(hier, rijen, actor, proef=proef),
}


class BestandWeg(RegieFout):
    """Het bestand wacht niet (meer) op deze persoon."""

    code = "bestand_weg"


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """Wat elke rij zou doen; met `sleutel` is het bestand straks in te lezen."""

    bestand_id: UUID
    sleutel: str
    verslag: tuple[Rijverslag, ...]


@dataclass(frozen=True, slots=True)
class Wachtend:
    """Een bestand dat is bekeken en nog niet ingelezen."""

    soort: str
    naam: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Gedaan:
    """Wat er gebeurde, per rij."""

    soort: str
    naam: str
    verslag: tuple[Rijverslag, ...]


def bekijk(
    omgeving: Omgeving, wie: Aangemelde, soort: str, naam: str, inhoud: bytes, rijen: Sequence[Any], route: str
) -> Voorbeeld:
    """Geef wat elke rij zou doen en leg het bestand klaar; RegistratieGeweigerd noemt de rijen die niet kunnen."""
    verslag = HANDELINGEN[soort](omgeving, rijen, wie.actor, True)

    def werk(ruimte: Ruimte) -> Voorbeeld:
        nu = omgeving.klok.nu()
        ruimte.ruim_importbestanden_op(nu)
        bestand = Importbestand(
            medewerker=wie.code, soort=soort, naam=naam[:200], cijfertekst=b"", vervalt_op=nu + WACHT
        )
        sleutel = ruimte.bewaar_importbestand(bestand, inhoud)
        _noteer(ruimte, omgeving, wie, route, Logsoort.GEZIEN, [r for r in verslag if not r.nieuw_dossier])
        return Voorbeeld(bestand.id, sleutel, tuple(verslag))

    return in_ruimte(omgeving, werk)


def open_bestand(omgeving: Omgeving, wie: Aangemelde, bestand_id: UUID, sleutel: str) -> Wachtend | None:
    """Geef het bestand zoals het is bekeken; None als het al is ingelezen. BestandWeg als het er niet (meer) is."""
    with omgeving.magazijn.ruimte() as ruimte:
        bestand = _van_mij(ruimte, omgeving, wie, bestand_id)
        if bestand.gedaan_op is not None:
            return None
        inhoud = ruimte.lees_importbestand(bestand, sleutel)
        if inhoud is None:
            raise _weg()
        return Wachtend(bestand.soort, bestand.naam, inhoud)


def lees_in(
    omgeving: Omgeving, wie: Aangemelde, bestand_id: UUID, soort: str, rijen: Sequence[Any], route: str
) -> None:
    """Lees het bestand in, één keer: wie twee keer drukt, leest niet twee keer in."""

    def werk(hier: Omgeving, ruimte: Ruimte) -> None:
        nu = omgeving.klok.nu()
        if not ruimte.neem_importbestand(bestand_id, nu):
            return
        verslag = HANDELINGEN[soort](hier, rijen, wie.actor, False)
        ruimte.sluit_importbestand(bestand_id, [asdict(rij) for rij in verslag], nu + BEWAAR)
        _noteer(ruimte, omgeving, wie, route, Logsoort.GEWIJZIGD, verslag)

    in_een_transactie(omgeving, werk)


def gedaan(omgeving: Omgeving, wie: Aangemelde, bestand_id: UUID) -> Gedaan:
    """Geef het verslag van een bestand dat deze persoon inlas; BestandWeg als het er niet is of nog wacht."""
    with omgeving.magazijn.ruimte() as ruimte:
        bestand = _van_mij(ruimte, omgeving, wie, bestand_id)
        if bestand.gedaan_op is None:
            raise _weg()
        return Gedaan(bestand.soort, bestand.naam, tuple(Rijverslag(**rij) for rij in bestand.verslag))


def _van_mij(ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, bestand_id: UUID) -> Importbestand:
    bestand = ruimte.importbestand(bestand_id)
    if bestand is None or bestand.medewerker != wie.code or bestand.vervalt_op <= omgeving.klok.nu():
        raise _weg()
    return bestand


def _weg() -> BestandWeg:
    return BestandWeg("Dit bestand wacht niet meer.", "Kies het bestand opnieuw.")


def _noteer(
    ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, route: str, soort: Logsoort, rijen: Sequence[Rijverslag]
) -> None:
    regels = [regel(omgeving, wie, route, soort, ruimte.dossier_bij(rij.referentie)) for rij in rijen]
    if regels:
        ruimte.schrijf_in_logboek(*regels)
