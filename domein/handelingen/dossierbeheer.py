"""Wat een mens over een heel dossier besluit: pauzeren, hervatten, een klantmanager aanwijzen, herplannen.

Een pauze stopt taken en herinneringen, nooit een wettelijke termijn. Elk besluit heeft een reden en een naam.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domein.begrippen import Pauzegrond, Rol, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapToegewezen, lees
from domein.handelingen.bevoegdheid import eis_beheer, eis_opvolger
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.nummeren import met_nummer
from domein.regels.toets_uitkomst import toets
from domein.stand import Stand, vouw

Feit = tuple[str, Gegevens, str | None]
Maker = Callable[[Ruimte, Stand], list[Feit]]


def doe(
    omgeving: Omgeving,
    dossier_id: UUID,
    maak: Maker,
    actor: Actor,
    reden: str,
    waarom: str,
    *,
    proef: bool,
    beheer: bool = True,
) -> Uitwerking:
    """Doe een handeling op een heel dossier: met reden, door wie dat mag, en desgewenst als proef.

    Met `beheer=False` toetst `maak` zelf wie het mag, zoals bij een besluit.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Uitwerking:
        vandaag = omgeving.klok.vandaag()
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        gemeente = ruimte.dossier(dossier_id).gemeente
        if beheer:
            eis_beheer(regio_op(ruimte, omgeving, vandaag), gemeente, actor, vandaag)
        nieuwe: list[NieuweGebeurtenis] = []
        for soort, gegevens, stap in maak(ruimte, stand):
            toets(stand, gegevens, vandaag, vandaag, reden, kader())
            nieuwe.append(NieuweGebeurtenis(soort, vandaag, gegevens, actor, reden=reden, stap=stap))
        if proef:
            gesteld = [hypothese(ruimte, omgeving, dossier_id, nieuw) for nieuw in nieuwe]
            return voorbeeld(ruimte, dossier_id, gesteld)
        return leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=waarom)

    return in_ruimte(omgeving, werk)


def pauzeer(
    omgeving: Omgeving,
    dossier_id: UUID,
    grond: Pauzegrond,
    actor: Actor,
    reden: str,
    *,
    verwacht_tot: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Zet taken en herinneringen stil; wettelijke termijnen, besluiten en meldingen aan DUO lopen door."""

    def maak(_ruimte: Ruimte, stand: Stand) -> list[Feit]:
        waarden = met_nummer(stand, "gepauzeerd", {"grond": grond, "verwacht_tot": verwacht_tot})
        return [("gepauzeerd", lees("gepauzeerd", waarden), None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "De taken van dit dossier staan stil.", proef=proef)


def hervat(omgeving: Omgeving, dossier_id: UUID, actor: Actor, reden: str, *, proef: bool = False) -> Uitwerking:
    """Laat de taken weer doorgaan; OngeldigeGegevens als het dossier niet stilstaat."""

    def maak(_ruimte: Ruimte, stand: Stand) -> list[Feit]:
        lopend = [pauze for pauze in stand.pauzes.values() if pauze.hervat_op is None]
        if not lopend:
            raise OngeldigeGegevens("De taken van dit dossier staan niet stil.", "Er is niets te hervatten.")
        kenmerk = f"registratie/pauze/{lopend[0].verlengingen + 1}/{lopend[0].nummer}"
        return [("hervat", lees("hervat", {"nummer": lopend[0].nummer}), kenmerk)]

    return doe(omgeving, dossier_id, maak, actor, reden, "De taken van dit dossier gaan weer door.", proef=proef)


def wijs_toe(
    omgeving: Omgeving, dossier_id: UUID, medewerker: str, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Wijs een klantmanager aan voor het hele dossier; zijn open taken gaan van de vorige naar hem."""

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        wie = regio.medewerker(medewerker)
        if wie is None or Rol.KLANTMANAGER not in wie.rollen:
            raise GeenBevoegdheid(
                f"'{medewerker[:40]}' is geen klantmanager in de samenwerkingsafspraken.",
                "Kies een medewerkercode met de rol klantmanager.",
            )
        stappen = ruimte.stappen(dossier_id)
        met_klantmanager = [stap for stap in stappen if stap.rol is Rol.KLANTMANAGER]
        if met_klantmanager:
            eis_opvolger(regio, met_klantmanager[0], stand.gemeente, wie, vandaag)
        nieuwe: list[Feit] = [
            ("klantmanager_toegewezen", KlantmanagerToegewezen(medewerker=wie.code, partner=wie.partner), None)
        ]
        for stap in met_klantmanager:
            if stap.status is Stapstatus.OPEN and stap.medewerker == stand.klantmanager != wie.code:
                gegevens = StapToegewezen(partner=wie.partner, medewerker=wie.code)
                nieuwe.append(("stap_toegewezen", gegevens, stap.kenmerk))
        return nieuwe

    return doe(omgeving, dossier_id, maak, actor, reden, "Een ander is klantmanager van dit dossier.", proef=proef)


def herplan_een(omgeving: Omgeving, dossier_id: UUID, actor: Actor, *, proef: bool = False) -> Uitwerking:
    """Leg de stappen van één dossier weer naast het plan van de geldende regeling; er komt geen feit bij."""

    def werk(ruimte: Ruimte) -> Uitwerking:
        vandaag = omgeving.klok.vandaag()
        eis_beheer(regio_op(ruimte, omgeving, vandaag), ruimte.dossier(dossier_id).gemeente, actor, vandaag)
        if proef:
            return voorbeeld(ruimte, dossier_id, [])
        return leg_vast(ruimte, omgeving, dossier_id, [], reden="Het dossier is opnieuw gepland.")

    return in_ruimte(omgeving, werk)
