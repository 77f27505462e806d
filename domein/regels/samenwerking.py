"""Wie doet een stap, voor wie, namens wie, op wiens kosten; met de reden erbij.

Volgorde: maatwerk voor deze persoon gaat voor, dan de plaatsing die er al is, dan de afspraken van
de regio. Daarvan wint de meest specifieke, dan de hoogste prioriteit (`samenwerking_regel`).
Twee gelijke afspraken zijn een fout in het bestand (`domein.regels.dekking` vindt ze); hier
levert zo'n paar een gat op, nooit een gok.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.regels.bezetting import GEEN_LAST, kantoorkalender_van, kies_medewerker
from domein.regels.kalender import datum, plus_maanden, voluit
from domein.regels.maatwerk import Maatwerk
from domein.regels.plaatsing import NIET_TERUG, Oordeel, Uitslag, beoordeel
from domein.regels.samenwerking_antwoord import Afgevallen, Antwoord, Gat, NietVanToepassing, Optie, Toewijzing
from domein.regels.samenwerking_maatwerk import pas_toe
from domein.regels.samenwerking_partijen import maak_toewijzing
from domein.regels.samenwerking_partner import kies_partner
from domein.regels.samenwerking_regel import specifieker, valt_af, winnaars
from domein.regels.samenwerking_vraag import (
    GEWOON,
    ONBEKENDE_KENMERKEN,
    Bestaand,
    Kenmerken,
    Losmaker,
    Situatie,
    Uitgesproken,
    Vraag,
)
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker

__all__ = [
    "Afgevallen",
    "Antwoord",
    "Bestaand",
    "Gat",
    "Kenmerken",
    "Losmaker",
    "Maatwerk",
    "NietVanToepassing",
    "Optie",
    "Situatie",
    "Toewijzing",
    "Uitgesproken",
    "Vraag",
    "behandelaar",
    "kantoorkalender_van",
    "kies_medewerker",
    "specifieker",
    "winnaars",
    "zoek",
    "zoek_antwoord",
]

_UITGESLOTEN: Final = "heeft geweigerd of is uitgesloten"


def zoek(
    regio: Regio,
    *,
    gemeente: str,
    stap: Stapsoort,
    leerroute: Leerroute,
    doelgroep: Doelgroep,
    op: date,
    uitgesloten_partners: Collection[str] = (),
    nareiziger: bool = False,
    kenmerken: Kenmerken = ONBEKENDE_KENMERKEN,
    situatie: Situatie = GEWOON,
) -> Antwoord:
    """Zoek wie de stap doet op de dag `op`.

    Zonder `situatie.bekend` is `op` de peildatum van elke afspraak; met bekende dagen telt voor
    elke afspraak haar eigen peildatum.
    """
    vraag = Vraag(gemeente, stap, leerroute, doelgroep, op, nareiziger, kenmerken, situatie.bekend)
    uitgesloten = {**dict.fromkeys(uitgesloten_partners, _UITGESLOTEN), **situatie.uitgesloten}
    return zoek_antwoord(regio, vraag, replace(situatie, uitgesloten=uitgesloten))


def zoek_antwoord(regio: Regio, vraag: Vraag, situatie: Situatie = GEWOON) -> Antwoord:
    """Hetzelfde als `zoek`, met de vraag als waarde."""
    if vraag.gemeente not in regio.gemeenten:
        return Gat(waarom=f"{vraag.gemeente} is geen gemeente van {regio.naam}.")
    gewoon = _volgens_afspraken(regio, vraag, situatie)
    maatwerk = situatie.maatwerk
    if maatwerk is None or maatwerk.stap is not vraag.stap:
        return gewoon
    return pas_toe(regio, vraag, maatwerk, gewoon, situatie.uitgesloten)


def behandelaar(
    regio: Regio,
    toewijzing: Toewijzing,
    *,
    op: date,
    eigen: str | None = None,
    last: Mapping[str, float] = GEEN_LAST,
) -> Medewerker | None:
    """Kies de medewerker bij een toewijzing; een besluit gaat naar wie er het mandaat voor heeft."""
    if toewijzing.rol is Rol.MANDAATHOUDER and toewijzing.ondertekenaar is not None:
        return regio.medewerker(toewijzing.ondertekenaar)
    return kies_medewerker(regio, toewijzing.uitvoerder, toewijzing.rol, op, eigen, last)


# ---- de plaatsing die er al is ----


def _volgens_afspraken(regio: Regio, vraag: Vraag, situatie: Situatie) -> Antwoord:
    bestaand = situatie.bestaand
    if bestaand is None:
        return _nieuw(regio, vraag, situatie)
    oordeel = beoordeel(regio, bestaand, vraag, situatie)
    if oordeel.uitslag is Uitslag.LOSLATEN:
        if bestaand.los in NIET_TERUG:
            uitgesloten = {bestaand.partner: oordeel.reden, **situatie.uitgesloten}
            situatie = replace(situatie, uitgesloten=uitgesloten)
        voorkeur = bestaand.partner if oordeel.zelfde_mag else None
        return _nieuw(regio, vraag, situatie, voorkeur, oordeel.reden)
    nieuw = _nieuw(regio, vraag, situatie)
    if oordeel.uitslag is Uitslag.KIEZEN:
        return _te_kiezen(regio, vraag, situatie, bestaand, oordeel, nieuw)
    return _gebleven(regio, vraag, bestaand, oordeel, nieuw)


def _gebleven(regio: Regio, vraag: Vraag, bestaand: Bestaand, oordeel: Oordeel, nieuw: Antwoord) -> Toewijzing:
    afspraak = regio.afspraak(bestaand.afspraak)
    assert afspraak is not None  # anders was het oordeel loslaten
    over = _niet_geworden(nieuw, bestaand, "geldt voor wie nieuw begint")
    toewijzing = maak_toewijzing(regio, afspraak, vraag, bestaand.partner, oordeel.reden, over)
    return toewijzing.model_copy(update={"blijft": True})


def _te_kiezen(
    regio: Regio, vraag: Vraag, situatie: Situatie, bestaand: Bestaand, oordeel: Oordeel, nieuw: Antwoord
) -> Antwoord:
    """De klantmanager kiest; tot die keuze blijft de persoon waar hij is."""
    oud = _gebleven(regio, vraag, bestaand, oordeel, nieuw)
    if not isinstance(nieuw, Toewijzing) or situatie.keuze == bestaand.partner:
        return oud
    if situatie.keuze == nieuw.uitvoerder:
        weg = Afgevallen(afspraak=bestaand.afspraak, uitvoerder=bestaand.partner, reden="de klantmanager koos anders")
        over = (afgevallen for afgevallen in nieuw.afgevallen if afgevallen.afspraak != bestaand.afspraak)
        return nieuw.model_copy(update={"afgevallen": (weg, *over)})
    opties = (
        Optie(partner=bestaand.partner, afspraak=bestaand.afspraak),
        Optie(partner=nieuw.uitvoerder, afspraak=nieuw.afspraak),
    )
    return oud.model_copy(update={"opties": opties, "signaal": (Rol.KLANTMANAGER,)})


def _niet_geworden(nieuw: Antwoord, bestaand: Bestaand, reden: str) -> tuple[Afgevallen, ...]:
    if isinstance(nieuw, Toewijzing) and nieuw.afspraak != bestaand.afspraak:
        return (Afgevallen(afspraak=nieuw.afspraak, uitvoerder=nieuw.uitvoerder, reden=reden),)
    return ()


# ---- een nieuwe plaatsing ----


def _nieuw(
    regio: Regio, vraag: Vraag, situatie: Situatie, voorkeur: str | None = None, aanleiding: str = ""
) -> Antwoord:
    toppers, afgevallen = winnaars(regio, vraag)
    waar = f"stap {vraag.stap} in {regio.gemeentenaam(vraag.gemeente)} op {voluit(vraag.op)}"
    wie = f"leerroute {vraag.leerroute}, doelgroep {vraag.doelgroep}"
    if len(toppers) == 0:
        return Gat(waarom=f"Geen afspraak regelt {waar} ({wie}).", afgevallen=afgevallen)
    if len(toppers) > 1:
        namen = " en ".join(a.regel_id for a in toppers)
        waarom = f"De afspraken {namen} spreken elkaar tegen voor {waar} ({wie})."
        return Gat(waarom=waarom, afgevallen=afgevallen)
    afspraak = toppers[0]
    if afspraak.niet_van_toepassing:
        waarom = f"Afspraak {afspraak.regel_id}: {afspraak.niet_van_toepassing}"
        return NietVanToepassing(afspraak=afspraak.regel_id, waarom=waarom, afgevallen=afgevallen)
    keuze = kies_partner(regio, afspraak, vraag, situatie, voorkeur)
    samen = (*keuze.afgevallen, *afgevallen)
    if keuze.partner is not None:
        omdat = ", ".join(deel for deel in (aanleiding, keuze.omdat) if deel)
        toewijzing = maak_toewijzing(regio, afspraak, vraag, keuze.partner, omdat, samen)
        return toewijzing.model_copy(update={"blijft": keuze.partner == voorkeur})
    if keuze.opties:
        waarom = f"Afspraak {afspraak.regel_id}: {keuze.omdat}; vraag het en leg de keuze vast."
        return Gat(waarom=waarom, escalatie=(Rol.KLANTMANAGER,), afgevallen=samen, opties=keuze.opties)
    if afspraak.terugval is not None:
        return _val_terug(regio, afspraak, vraag, situatie, samen)
    waarom = f"Alle partners van afspraak {afspraak.regel_id} zijn uitgesloten; een vervanger is er niet."
    return Gat(waarom=waarom, escalatie=afspraak.escalatie, afgevallen=samen)


def _val_terug(
    regio: Regio,
    afspraak: Samenwerkingsafspraak,
    vraag: Vraag,
    situatie: Situatie,
    afgevallen: tuple[Afgevallen, ...],
) -> Antwoord:
    """Zoek opnieuw in de leerroute van de terugval. Zij past nooit op zichzelf: dat weigert het model."""
    terugval = afspraak.terugval
    assert terugval is not None
    antwoord = _nieuw(regio, replace(vraag, leerroute=terugval.leerroute), replace(situatie, bestaand=None))
    waarom_niet = "kan niemand nemen" if afspraak.kandidaten() else "is nog niet gegund"
    niet_gegund = () if afspraak.kandidaten() else (valt_af(afspraak, waarom_niet),)
    werd = antwoord.afspraak if not isinstance(antwoord, Gat) else ""
    samen = (
        *niet_gegund,
        *(weg for weg in afgevallen if weg.afspraak != werd),
        *(weg for weg in antwoord.afgevallen if weg.afspraak != afspraak.regel_id and weg not in afgevallen),
    )
    if isinstance(antwoord, Gat):
        escalatie = tuple(dict.fromkeys((*terugval.signaal, *antwoord.escalatie)))
        waarom = f"Afspraak {afspraak.regel_id} {waarom_niet}. {antwoord.waarom}"
        return antwoord.model_copy(update={"waarom": waarom, "escalatie": escalatie, "afgevallen": samen})
    if isinstance(antwoord, NietVanToepassing):
        return antwoord.model_copy(update={"afgevallen": samen})
    herbeoordeling = plus_maanden(vraag.op, terugval.herbeoordeling_maanden)
    voorlopig = (
        f"Voorlopig leerroute {terugval.leerroute}, want afspraak {afspraak.regel_id} {waarom_niet}; "
        f"opnieuw bekijken uiterlijk {datum(herbeoordeling)}: "
    )
    return antwoord.model_copy(
        update={
            "waarom": voorlopig + antwoord.waarom,
            "afgevallen": samen,
            "herbeoordeling_op": herbeoordeling,
            "signaal": terugval.signaal,
        }
    )
