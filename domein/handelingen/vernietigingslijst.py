"""De vernietigingslijst: één persoon stelt haar op, een ander keurt haar goed of af.

Een lijst is van één gemeente, want die is verantwoordelijk voor haar archief. Wie goedkeurt, is mandaathouder,
teamleider of privacy officer, en nooit wie haar opstelde. Een goedgekeurde lijst draagt de hash van haar inhoud.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from domein.begrippen import Lijststatus, Regelstatus, Rol
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan, RedenNodig, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import eis_eigen_gemeente, eis_medewerker
from domein.handelingen.bewaren import voorbij
from domein.handelingen.kern import in_ruimte
from domein.handelingen.lekken import Lekzoeker
from domein.handelingen.regio import regio_op
from domein.model import Vernietigingslijst, Vernietigingsregel
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import Kijker, archiefgemeenten

Rij = dict[str, Any]
KEURDERS: Final = (Rol.MANDAATHOUDER, Rol.TEAMLEIDER, Rol.PRIVACYOFFICER)  # beleid, geen wet
UITVOERDERS: Final = (Rol.ADMINISTRATIE, Rol.REGIOCOORDINATOR, Rol.TEAMLEIDER, Rol.MANDAATHOUDER)


class OnbekendeLijst(RegieFout):
    code = "onbekende_lijst"


class _Proef(Exception):
    """Draait de transactie terug en brengt het antwoord naar buiten."""

    def __init__(self, rij: Rij) -> None:
        super().__init__()
        self.rij = rij


def _doe(omgeving: Omgeving, werk: Callable[[Ruimte], Rij], *, proef: bool) -> Rij:
    def als_proef(ruimte: Ruimte) -> Rij:
        raise _Proef(werk(ruimte))

    try:
        return in_ruimte(omgeving, als_proef if proef else werk)
    except _Proef as klaar:
        return klaar.rij


def vind_lijst(ruimte: Ruimte, nummer: str) -> Vernietigingslijst:
    """Geef de lijst; OnbekendeLijst als zij er niet is."""
    for lijst in ruimte.vernietigingslijsten():
        if lijst.nummer == nummer.strip().upper():
            return lijst
    raise OnbekendeLijst(
        f"Er is geen vernietigingslijst '{nummer[:40]}'.", "Kijk met 'regie bewaren lijsten' welke er zijn."
    )


def eis_rol(ruimte: Ruimte, omgeving: Omgeving, gemeente: str, actor: Actor, rollen: Sequence[Rol], wat: str) -> None:
    """GeenBevoegdheid als deze persoon dit vandaag niet mag voor deze gemeente."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    wie = eis_medewerker(regio, actor, vandaag)
    uitweg = f"Vraag iemand van {gemeente} met een van deze rollen: {', '.join(rollen)}."
    try:
        eis_eigen_gemeente(regio, gemeente, wie, vandaag)
    except GeenBevoegdheid as fout:  # wie daar wel mag, hangt van de handeling af
        raise GeenBevoegdheid(fout.melding, uitweg) from fout
    if not set(rollen) & set(wie.rollen):
        raise GeenBevoegdheid(
            f"'{wie.code}' mag geen vernietigingslijst {wat}.",
            uitweg,
        )
    if gemeente not in archiefgemeenten(regio, Kijker(wie.code, wie.partner, frozenset(wie.rollen)), vandaag):
        raise GeenBevoegdheid(
            f"De organisatie van '{wie.code}' houdt voor {gemeente} geen dossiers bij.",
            "Vraag iemand van de gemeente, of van wie voor haar de regie doet.",
        )


def maak_lijst(omgeving: Omgeving, gemeente: str, actor: Actor, *, proef: bool = False) -> Rij | None:
    """Stel een lijst op van alles in deze gemeente waarvan de bewaartermijn voorbij is; None als er niets is."""

    def werk(ruimte: Ruimte) -> Rij | None:
        vandaag = omgeving.klok.vandaag()
        gemeenten = regio_op(ruimte, omgeving, vandaag).gemeenten
        if gemeente not in gemeenten:
            raise OngeldigeGegevens(
                f"Gemeente {gemeente[:10]} hoort niet bij deze regio.", f"Kies een van: {', '.join(gemeenten)}."
            )
        eis_rol(ruimte, omgeving, gemeente, actor, UITVOERDERS, "opstellen")
        gevonden = [k for k in voorbij(ruimte, vandaag, [gemeente]) if k.mag_op(vandaag) and k.lijst is None]
        if not gevonden:
            return None
        begin = f"VL-{gemeente}-{vandaag.year}-"
        gehad = sum(lijst.nummer.startswith(begin) for lijst in ruimte.vernietigingslijsten())
        lijst = Vernietigingslijst(
            nummer=f"{begin}{gehad + 1}", gemeente=gemeente, peildatum=vandaag, opgesteld_op=omgeving.klok.nu(),
            opgesteld_door=actor.code, opgesteld_verificatie=actor.verificatie,
        )  # fmt: skip
        regels = [
            Vernietigingsregel(
                lijst_id=lijst.id, dossier_id=k.dossier.id, resultaat=k.oordeel.resultaat.code, grond=k.oordeel.grond,
                einde_op=k.oordeel.einde_op, bewaren_tot=k.oordeel.bewaren_tot,
            )
            for k in gevonden
        ]  # fmt: skip
        if not proef:
            ruimte.bewaar(lijst)
            ruimte.bewaar(*regels)
        return lijst_rij(ruimte, lijst, regels)

    return in_ruimte(omgeving, werk)


def keur_goed(
    omgeving: Omgeving,
    nummer: str,
    actor: Actor,
    reden: str,
    *,
    zonder: Collection[str] = (),
    proef: bool = False,
) -> Rij:
    """Keur een lijst goed, desgewenst zonder enkele dossiers; GeenBevoegdheid voor wie haar zelf opstelde."""

    def werk(ruimte: Ruimte) -> Rij:
        lijst, regels = _te_beoordelen(ruimte, omgeving, nummer, actor, reden)
        per_referentie = {ruimte.dossier(regel.dossier_id).referentie: regel for regel in regels}
        for referentie in zonder:
            regel = per_referentie.get(referentie.strip().upper())
            if regel is None:
                raise OngeldigeGegevens(
                    f"Dossier '{referentie[:20]}' staat niet op lijst {lijst.nummer}.",
                    f"Kies uit: {', '.join(per_referentie)}.",
                )
            regel.status, regel.waarom = Regelstatus.UITGEZONDERD, f"Uitgezonderd door {actor.code}."
        if all(regel.status is Regelstatus.UITGEZONDERD for regel in regels):
            raise OngeldigeGegevens("Zo blijft er niets over om te vernietigen.", "Keur de lijst dan af.")
        lijst.status, lijst.inhoud_sha256 = Lijststatus.GOEDGEKEURD, inhoud_hash(lijst, regels)
        return _besluit(ruimte, omgeving, lijst, regels, actor, reden)

    return _doe(omgeving, werk, proef=proef)


def keur_af(omgeving: Omgeving, nummer: str, actor: Actor, reden: str, *, proef: bool = False) -> Rij:
    """Keur een lijst af: er wordt niets vernietigd, en de dossiers kunnen op een volgende lijst."""

    def werk(ruimte: Ruimte) -> Rij:
        lijst, regels = _te_beoordelen(ruimte, omgeving, nummer, actor, reden)
        lijst.status = Lijststatus.AFGEKEURD
        return _besluit(ruimte, omgeving, lijst, regels, actor, reden)

    return _doe(omgeving, werk, proef=proef)


def _te_beoordelen(
    ruimte: Ruimte, omgeving: Omgeving, nummer: str, actor: Actor, reden: str
) -> tuple[Vernietigingslijst, list[Vernietigingsregel]]:
    if not reden.strip():
        raise RedenNodig("Een oordeel over een lijst heeft een reden nodig.", "Geef haar met --reden.")
    lijst = vind_lijst(ruimte, nummer)
    if lijst.status is not Lijststatus.OPGESTELD:
        raise OvergangNietToegestaan(
            f"Lijst {lijst.nummer} is al {lijst.status.value}.", "Stel zo nodig een nieuwe lijst op."
        )
    eis_rol(ruimte, omgeving, lijst.gemeente, actor, KEURDERS, "beoordelen")
    if actor.code == lijst.opgesteld_door:
        raise GeenBevoegdheid(f"'{actor.code}' stelde lijst {lijst.nummer} zelf op.", "Laat een ander haar beoordelen.")
    regels = ruimte.vernietigingsregels(lijst_id=lijst.id)
    _weiger_persoon_in(ruimte, regels, reden)
    return lijst, regels


def _weiger_persoon_in(ruimte: Ruimte, regels: Sequence[Vernietigingsregel], reden: str) -> None:
    """De reden blijft bij de lijst staan als de dossiers weg zijn: er mag niets van een persoon in staan."""
    personen = [(ruimte.dossier(r.dossier_id).referentie, ruimte.persoon(r.dossier_id)) for r in regels]
    zoeker = Lekzoeker.voor((referentie, persoon) for referentie, persoon in personen if persoon is not None)
    if zoeker.zoek("reden", reden):
        raise OngeldigeGegevens(
            "In de reden staat iets van een persoon, en de reden blijft bewaard.", "Schrijf haar zonder naam of nummer."
        )


def _besluit(
    ruimte: Ruimte,
    omgeving: Omgeving,
    lijst: Vernietigingslijst,
    regels: Sequence[Vernietigingsregel],
    actor: Actor,
    reden: str,
) -> Rij:
    lijst.besloten_op, lijst.besloten_door = omgeving.klok.nu(), actor.code
    lijst.besloten_verificatie, lijst.besluit_reden = actor.verificatie, reden.strip()
    ruimte.bewaar(lijst, *regels)
    return lijst_rij(ruimte, lijst, regels)


def inhoud_hash(lijst: Vernietigingslijst, regels: Sequence[Vernietigingsregel]) -> str:
    """De hash van wat wordt goedgekeurd: welke dossiers, op welke grond."""
    inhoud = [lijst.nummer, lijst.gemeente, lijst.peildatum.isoformat()] + [
        f"{regel.dossier_id.hex}|{regel.resultaat}|{regel.grond}|{regel.einde_op}|{regel.bewaren_tot}"
        for regel in sorted(regels, key=lambda regel: regel.dossier_id.hex)
        if regel.status is not Regelstatus.UITGEZONDERD
    ]
    return hashlib.sha256(json.dumps(inhoud, ensure_ascii=True).encode()).hexdigest()


def lijst_rij(ruimte: Ruimte, lijst: Vernietigingslijst, regels: Sequence[Vernietigingsregel]) -> Rij:
    """Een lijst met haar regels, zoals de opdrachtregel en anderen haar lezen."""
    return {
        "nummer": lijst.nummer, "gemeente": lijst.gemeente, "peildatum": lijst.peildatum,
        "status": lijst.status.value, "opgesteld_op": lijst.opgesteld_op, "opgesteld_door": lijst.opgesteld_door,
        "besloten_op": lijst.besloten_op, "besloten_door": lijst.besloten_door, "reden": lijst.besluit_reden,
        "inhoud_sha256": lijst.inhoud_sha256, "uitgevoerd_op": lijst.uitgevoerd_op,
        "uitgevoerd_door": lijst.uitgevoerd_door,
        "dossiers": [
            {
                "referentie": ruimte.dossier(regel.dossier_id).referentie, "status": regel.status.value,
                "resultaat": regel.resultaat, "grond": regel.grond, "einde_op": regel.einde_op,
                "bewaren_tot": regel.bewaren_tot, "waarom": regel.waarom, "vernietigd_op": regel.vernietigd_op,
            }
            for regel in regels
        ],
    }  # fmt: skip


def lijsten(omgeving: Omgeving, gemeenten: Collection[str] | None = None) -> list[Rij]:
    """Alle vernietigingslijsten met hun dossiers, of die van deze gemeenten."""
    with omgeving.magazijn.ruimte() as ruimte:
        return [
            lijst_rij(ruimte, lijst, ruimte.vernietigingsregels(lijst_id=lijst.id))
            for lijst in ruimte.vernietigingslijsten()
            if gemeenten is None or lijst.gemeente in gemeenten
        ]
