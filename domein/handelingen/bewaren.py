"""Welke dossiers nog hoe lang blijven, en een blokkade zetten of opheffen.

Het oordeel per dossier volgt uit zijn gebeurtenissen (domein/regels/bewaren.py); hier komt erbij wat alleen de opslag
weet: of er nog een stap openstaat, en op welke lijst het dossier al staat.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domein.begrippen import Dossierstatus, Lijststatus, Regelstatus, Rol
from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.bewaren import Blokkadegrond
from domein.gebeurtenissen.soorten import BlokkadeOpgeheven, lees
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.dossierbeheer import Feit, doe
from domein.handelingen.kern import Uitwerking, kader
from domein.handelingen.onverwacht import mislukt
from domein.handelingen.regio import regio_op
from domein.model import Dossier, Vernietigingsregel
from domein.ports import Omgeving, Ruimte
from domein.regels.bewaren import Bewaaroordeel, bewaaroordeel
from domein.regels.kalender import DAG
from domein.regels.nummeren import met_nummer
from domein.stand import Stand, vouw

Rij = dict[str, Any]
_LOPENDE_LIJST = (Lijststatus.OPGESTELD, Lijststatus.GOEDGEKEURD)


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """Een dossier dat is geëindigd, met het oordeel; `lijst` is de lopende lijst waar het op staat."""

    dossier: Dossier
    oordeel: Bewaaroordeel
    belet: tuple[str, ...]
    lijst: str | None = None

    def mag_op(self, dag: date) -> bool:
        return not self.belet and self.oordeel.mag_op(dag)

    def staat(self, dag: date) -> str:
        """Zeg in één woord hoe het ervoor staat: bewaren, geblokkeerd, te_vernietigen, op_lijst of te_laat."""
        if dag < self.oordeel.vernietigen_vanaf:
            return "bewaren"
        if self.belet:
            return "geblokkeerd"
        if self.lijst is not None:
            return "op_lijst"
        return "te_laat" if dag > self.oordeel.vernietigen_uiterlijk else "te_vernietigen"


def kandidaat(ruimte: Ruimte, dossier: Dossier, op: date, lijst: str | None = None) -> Kandidaat | None:
    """Beoordeel één dossier; None als het nog loopt, is gewist, of door DUO is ingetrokken."""
    if not ruimte.heeft_persoon(dossier.id):
        return None
    try:
        oordeel = bewaaroordeel(vouw(ruimte.gebeurtenissen(dossier.id)), kader(), op)
    except PersoonGewist:
        return None
    if oordeel is None:
        return None
    open_ = ("er staan nog stappen open",) if dossier.status is not Dossierstatus.BEEINDIGD else ()
    return Kandidaat(dossier, oordeel, (*open_, *oordeel.belet), lijst)


def kandidaten(ruimte: Ruimte, op: date, gemeente: str | None = None) -> Iterator[Kandidaat]:
    """Geef elk geëindigd dossier dat er nog is, op referentie."""
    dossiers = ruimte.dossiers(gemeenten=None if gemeente is None else [gemeente])
    return beoordeel(ruimte, op, (dossier for dossier in dossiers if dossier.einde is not None))


def voorbij(ruimte: Ruimte, op: date, gemeenten: Collection[str] | None = None) -> Iterator[Kandidaat]:
    """Geef elk dossier waarvan de bewaartermijn voorbij is, de oudste eerst. Leest de andere niet."""
    return beoordeel(ruimte, op, ruimte.bewaarblad(gemeenten, tot=op - DAG))


def beoordeel(ruimte: Ruimte, op: date, dossiers: Iterable[Dossier]) -> Iterator[Kandidaat]:
    """Beoordeel elk dossier. Wat niet te lezen is, valt niet te beoordelen en wordt nooit vernietigd: 'regie dokter'
    noemt het."""
    lijsten = lijst_per_dossier(ruimte)
    for dossier in dossiers:
        try:
            gevonden = kandidaat(ruimte, dossier, op, lijsten.get(dossier.id))
        except Exception as fout:  # het logboek noemt het; de andere dossiers gaan door
            mislukt(fout, dossier.id)
            continue
        if gevonden is not None:
            yield gevonden


def lijst_per_dossier(ruimte: Ruimte) -> dict[UUID, str]:
    """Geef per dossier de lopende lijst waar het op staat; wie is uitgezonderd, staat er niet meer op."""
    return {
        regel.dossier_id: lijst.nummer
        for lijst in ruimte.vernietigingslijsten()
        if lijst.status in _LOPENDE_LIJST
        for regel in ruimte.vernietigingsregels(lijst_id=lijst.id)
        if regel.status is Regelstatus.VOORGESTELD
    }


def bewaarlijst(omgeving: Omgeving, gemeente: str | None = None) -> list[Rij]:
    """Geef per geëindigd dossier resultaat, grond en dag van vernietiging; wat al weg is, met zijn bewijs."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        rijen = [bewaarrij(k, vandaag) for k in kandidaten(ruimte, vandaag, gemeente)]
        for regel in ruimte.vernietigingsregels():
            dossier = ruimte.dossier(regel.dossier_id)
            if regel.status is Regelstatus.VERNIETIGD and gemeente in (None, dossier.gemeente):
                rijen.append(vernietigd_rij(regel, dossier))
    return sorted(rijen, key=lambda rij: (str(rij["bewaren_tot"]), rij["referentie"]))


def voorbijlijst(omgeving: Omgeving) -> list[Rij]:
    """Geef wat in `bewaarlijst` staat van de dossiers waarvan de bewaartermijn voorbij is."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        return [bewaarrij(k, vandaag) for k in voorbij(ruimte, vandaag)]


def vernietigd_rij(regel: Vernietigingsregel, dossier: Dossier) -> Rij:
    return {
        "referentie": dossier.referentie, "gemeente": dossier.gemeente, "staat": "vernietigd",
        "resultaat": regel.resultaat, "grond": regel.grond, "einde_op": regel.einde_op,
        "bewaren_tot": regel.bewaren_tot, "vernietigen_vanaf": None, "vernietigen_uiterlijk": None,
        "belet": [], "lijst": None, "vernietigd_op": regel.vernietigd_op, "uitleg": "",
    }  # fmt: skip


def bewaarrij(k: Kandidaat, vandaag: date) -> Rij:
    return {
        "referentie": k.dossier.referentie, "gemeente": k.dossier.gemeente, "staat": k.staat(vandaag),
        "resultaat": k.oordeel.resultaat.code, "grond": k.oordeel.grond, "einde_op": k.oordeel.einde_op,
        "bewaren_tot": k.oordeel.bewaren_tot, "vernietigen_vanaf": k.oordeel.vernietigen_vanaf,
        "vernietigen_uiterlijk": k.oordeel.vernietigen_uiterlijk, "belet": list(k.belet), "lijst": k.lijst,
        "vernietigd_op": None, "uitleg": k.oordeel.uitleg,
    }  # fmt: skip


def blokkeer(
    omgeving: Omgeving,
    dossier_id: UUID,
    grond: Blokkadegrond,
    actor: Actor,
    reden: str,
    *,
    tot: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Houd vernietiging tegen, met een grond en een reden; een lijst waar het dossier al op staat slaat het over."""

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        _eis_blokkeerder(ruimte, omgeving, dossier_id, actor)
        waarden = met_nummer(stand, "vernietiging_geblokkeerd", {"grond": grond, "tot": tot})
        return [("vernietiging_geblokkeerd", lees("vernietiging_geblokkeerd", waarden), None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "De vernietiging is geblokkeerd.", proef=proef, beheer=False)


def hef_op(
    omgeving: Omgeving, dossier_id: UUID, actor: Actor, reden: str, *, nummer: int | None = None, proef: bool = False
) -> Uitwerking:
    """Hef een blokkade op; zonder nummer de enige die er is."""

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        _eis_blokkeerder(ruimte, omgeving, dossier_id, actor)
        over = [b.nummer for b in stand.blokkades.values() if b.opgeheven_op is None]
        if nummer is None and len(over) != 1:
            raise OngeldigeGegevens(
                "Dit dossier heeft geen blokkade." if not over else "Dit dossier heeft meer dan één blokkade.",
                "Er is niets op te heffen." if not over else f"Kies met --nummer uit {', '.join(map(str, over))}.",
            )
        return [("blokkade_opgeheven", BlokkadeOpgeheven(nummer=nummer or over[0]), None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "De blokkade is opgeheven.", proef=proef, beheer=False)


def _eis_blokkeerder(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, actor: Actor) -> None:
    """Wie een dossier beheert, en de privacy officer (beleid, geen wet)."""
    vandaag = omgeving.klok.vandaag()
    gemeente = ruimte.dossier(dossier_id).gemeente
    eis_beheer(regio_op(ruimte, omgeving, vandaag), gemeente, actor, vandaag, ook=(Rol.PRIVACYOFFICER,))
