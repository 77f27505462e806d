"""Een dossier zoeken als iemand alleen de persoon kent: op BSN, of op naam met geboortedatum.

Wie zoekt vindt alleen wat hij mag zien; dat iemand er niet is, en dat iemand niet van hem is, zien er hetzelfde uit.
Wat iemand zocht staat nergens; dat hij zocht en wat hij vond wel. Bron: AVG art. 5 lid 1 onder c en f; met een BSN
zoekt alleen wie het mag verwerken (artikel 36 Wi).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Dossierstatus, Rol
from domein.fouten import RegieFout
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import regel
from domein.handelingen.namenlijst import personen_voor, schrijf_op
from domein.handelingen.personenpoort import Zoekkring
from domein.model import Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regio.soorten import Gegevensgroep

MEESTE: Final = 5000  # zo veel namen ontsleutelen duurt een seconde
_GREEP: Final = 500


class TeVeelDossiers(RegieFout):
    """De kring van deze persoon is te groot om in op naam te zoeken."""

    code = "te_veel_dossiers"


@dataclass(frozen=True, slots=True)
class Treffer:
    """Een dossier van de gezochte persoon, dat deze zoeker mag zien."""

    referentie: str
    gemeente: str
    naam: str
    beeindigd: bool = False


@dataclass(frozen=True, slots=True)
class Gevonden:
    """Wat zoeken op naam opleverde. `zonder_archief`: er is te veel om na te lezen, daar is niet in gezocht."""

    treffers: tuple[Treffer, ...] = ()
    zonder_archief: bool = False


def zoek_op_bsn(omgeving: Omgeving, wie: Aangemelde, bsn: str, naam: str) -> tuple[Treffer, ...]:
    """Geef het dossier bij dit BSN als deze persoon het BSN mag zien; `naam` is de route, voor het logboek."""

    def werk(ruimte: Ruimte) -> tuple[Treffer, ...]:
        dossier = ruimte.dossier_met_bsn(bsn)
        nodig = {Gegevensgroep.NAAM, Gegevensgroep.BSN}
        return _treffers(ruimte, omgeving, wie, [dossier.id] if dossier else [], nodig, naam)

    return in_ruimte(omgeving, werk)


def zoek_op_naam(omgeving: Omgeving, wie: Aangemelde, gezocht: str, geboren: date, naam: str) -> Gevonden:
    """Geef de dossiers van wie zo heet en op die dag is geboren: de eigen dossiers en taken, en wat is na te lezen.

    TeVeelDossiers als hij er meer heeft dan in redelijkheid zijn te doorzoeken. Is alleen het archief te groot, dan
    blijft het bij wat loopt, en zegt het antwoord dat.
    """

    def werk(ruimte: Ruimte) -> Gevonden:
        lopend = ruimte.te_doorzoeken(_kring(wie), MEESTE)
        if len(lopend) > MEESTE:
            raise TeVeelDossiers("U hebt te veel dossiers om op naam te zoeken.", "Zoek op het BSN of de referentie.")
        archief = ruimte.te_doorzoeken_archief(_archiefkring(wie), MEESTE)
        te_groot = len(archief) > MEESTE
        alle = list(dict.fromkeys((*lopend, *(() if te_groot else archief))))
        gelijk = list(_gelijk(ruimte, alle, _kaal(gezocht), geboren))
        nodig = {Gegevensgroep.NAAM, Gegevensgroep.GEBOORTEDATUM}
        return Gevonden(_treffers(ruimte, omgeving, wie, gelijk, nodig, naam), te_groot)

    return in_ruimte(omgeving, werk)


def _kring(wie: Aangemelde) -> Zoekkring:
    """Waar iemand een naam kan mogen zien; `toegang_tot` beslist daarna per dossier."""
    return Zoekkring(
        wie.zicht.medewerkers | {wie.code},
        wie.partner if Rol.TEAMLEIDER in wie.rollen else "",
        wie.zicht.gemeenten if Rol.MANDAATHOUDER in wie.rollen else frozenset(),
    )


def _archiefkring(wie: Aangemelde) -> Zoekkring:
    """Waar iemand na het einde nog een naam kan mogen lezen; wie waarneemt, leest niets na."""
    return Zoekkring(
        frozenset({wie.code}) if Rol.KLANTMANAGER in wie.rollen else frozenset(),
        wie.partner if Rol.TEAMLEIDER in wie.rollen else "",
        wie.zicht.gemeenten if Rol.MANDAATHOUDER in wie.rollen else frozenset(),
    )


def _gelijk(ruimte: Ruimte, dossier_ids: Sequence[UUID], naam: str, geboren: date) -> Iterator[UUID]:
    for begin in range(0, len(dossier_ids), _GREEP):
        for dossier_id, persoon in ruimte.personen(dossier_ids[begin : begin + _GREEP]).items():
            if persoon.geboortedatum == geboren and _kaal(persoon.naam) == naam:
                yield dossier_id


def _kaal(naam: str) -> str:
    """Een naam zonder verschil in hoofdletters, spaties, streepjes en accenten."""
    los = unicodedata.normalize("NFKD", naam.casefold().replace("-", " "))
    return " ".join("".join(teken for teken in los if not unicodedata.combining(teken)).split())


def _treffers(
    ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, dossier_ids: list[UUID], nodig: set[Gegevensgroep], naam: str
) -> tuple[Treffer, ...]:
    gevonden = personen_voor(ruimte, omgeving, wie, dossier_ids, nodig)
    personen = ruimte.personen([dossier.id for dossier, _ in gevonden])
    getoond = [(dossier, toegang) for dossier, toegang in gevonden if dossier.id in personen]
    schrijf_op(ruimte, omgeving, wie, naam, getoond)
    if not getoond:  # dat iemand zocht, staat er altijd; wie hij zocht nooit
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, Logsoort.GEZIEN))
    return tuple(
        Treffer(d.referentie, d.gemeente, personen[d.id].naam, d.status is Dossierstatus.BEEINDIGD) for d, _ in getoond
    )
