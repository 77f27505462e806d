"""Het archief van de demo: een dossier dat jaren geleden eindigde, en dat zij op haar laatste dag vernietigt.

Zo laat de demo ook het einde zien: een lijst, een tweede persoon die haar goedkeurt, de vernietiging en de verklaring.
Daarna zoekt zij de persoon overal waar hij zou kunnen zijn blijven staan.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from beheer.demo.vullen import OPS, VOORBEELD
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.lekken import Lekzoeker
from domein.handelingen.melden import meld
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.handelingen.vernietigen import lees_verklaring, vernietig
from domein.handelingen.vernietigingslijst import keur_goed, maak_lijst
from domein.ports import Omgeving, Persoon
from domein.registratie_invoer import Kennisgevingsrij

BESTAND: Final = "archief.toml"
COORDINATOR: Final = Actor("m-reg", Verificatie.AANGEMELD)


@dataclass(frozen=True, slots=True)
class Archiefstuk:
    """Een dossier uit het archief, met wat de wet er volgens het voorbeeld mee doet."""

    dossier_id: UUID
    referentie: str
    gemeente: str
    persoon: Persoon
    verwacht: dict[str, Any]


def zet_archief_klaar(omgeving: Omgeving, map_: Path = VOORBEELD) -> list[Archiefstuk]:
    """Registreer de dossiers van het archief, met hun einde van toen, en sluit ze af."""
    bestand = map_ / BESTAND
    if not bestand.exists():
        return []
    ruw = cast("list[dict[str, Any]]", tomllib.loads(bestand.read_text(encoding="utf-8"))["dossier"])
    return [zet_klaar(omgeving, dossier) for dossier in ruw]


def zet_klaar(omgeving: Omgeving, ruw: dict[str, Any]) -> Archiefstuk:
    """Registreer één dossier van toen, met zijn einde, en sluit het af; er gaat niemand een taak over krijgen."""
    rij = Kennisgevingsrij.model_validate(ruw["persoon"])
    (verslag,) = registreer(omgeving, [rij], OPS)
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(verslag.referentie)
        persoon = ruimte.persoon(dossier.id)
    assert persoon is not None
    meld(omgeving, dossier.id, "plicht_beeindigd", ruw["einde_op"], {"grond": ruw["einde"]}, COORDINATOR)
    _beantwoord(omgeving, dossier.id, ruw["afgesloten_op"])
    return Archiefstuk(dossier.id, verslag.referentie, rij.gemeente, persoon, ruw)


def _beantwoord(omgeving: Omgeving, dossier_id: UUID, op: date) -> None:
    """Rond af wat er nog staat, zonder het te openen: er gaat geen taak naar iemand."""
    with omgeving.magazijn.ruimte() as ruimte:
        stappen = [s for s in ruimte.stappen(dossier_id) if s.status is Stapstatus.GEPLAND]
    for stap in stappen:
        afsluiten = stap.kenmerk.startswith("einde/afsluiten/")
        soort = "dossier_afgesloten" if afsluiten else "controle_afgehandeld"
        gegevens = {} if afsluiten else {"oordeelcode": "archief"}
        dag = op if afsluiten else omgeving.klok.vandaag()
        geef_uitkomst(omgeving, stap.id, soort, dag, gegevens, COORDINATOR)


def vernietig_archief(omgeving: Omgeving, stukken: Sequence[Archiefstuk]) -> None:
    """Vernietig wat vandaag weg mag: een lijst, een ander die haar goedkeurt, en dan de sleutels.

    Noemt het archief geen keurder, dan blijft de lijst wachten op wie de demo bekijkt.
    """
    vandaag = omgeving.klok.vandaag()
    for gemeente in sorted({s.gemeente for s in stukken if s.verwacht["vernietigen_vanaf"] <= vandaag}):
        eerste = next(s for s in stukken if s.gemeente == gemeente)
        lijst = maak_lijst(omgeving, gemeente, Actor(eerste.verwacht["opsteller"], Verificatie.AANGEMELD))
        if lijst is None or "keurder" not in eerste.verwacht:
            continue
        keurder = Actor(eerste.verwacht["keurder"], Verificatie.AANGEMELD)
        keur_goed(omgeving, lijst["nummer"], keurder, "De bewaartermijn is voorbij.")
        vernietig(omgeving, lijst["nummer"], COORDINATOR)


def vergelijk_archief(omgeving: Omgeving, stukken: Sequence[Archiefstuk]) -> list[str]:
    """Geef waarin het archief afwijkt van wat het voorbeeld verwacht."""
    vandaag = omgeving.klok.vandaag()
    rijen = {rij["referentie"]: rij for rij in bewaarlijst(omgeving)}
    uit: list[str] = []
    for stuk in stukken:
        kenmerk, rij = stuk.verwacht["persoon"]["kenmerk"], rijen.get(stuk.referentie, {})
        staat = "bewaren"
        if vandaag >= stuk.verwacht["vernietigen_vanaf"]:
            staat = "vernietigd" if "keurder" in stuk.verwacht else "op_lijst"
        moet = {naam: stuk.verwacht[naam] for naam in ("resultaat", "einde_op", "bewaren_tot")} | {"staat": staat}
        uit += [f"{kenmerk}: {naam} is {rij.get(naam)}, niet {w}" for naam, w in moet.items() if rij.get(naam) != w]
        if staat == "vernietigd":
            uit += [f"{kenmerk}: {fout}" for fout in _nog_te_lezen(omgeving, stuk)]
    return uit


def _nog_te_lezen(omgeving: Omgeving, stuk: Archiefstuk) -> list[str]:
    with omgeving.magazijn.ruimte() as ruimte:
        regels = ruimte.vernietigingsregels(dossier_id=stuk.dossier_id)
        nummers = {lijst.id: lijst.nummer for lijst in ruimte.vernietigingslijsten()}
    uit: list[str] = []
    try:
        toon_dossier(omgeving, stuk.referentie)
        uit.append("het dossier is nog te lezen")
    except PersoonGewist:
        pass
    for regel in regels:
        verklaring = lees_verklaring(omgeving, nummers[regel.lijst_id]) if regel.lijst_id else {}
        if not (verklaring.get("klopt") and verklaring.get("ketens_kloppen")):
            uit.append("de verklaring klopt niet")
    return uit


def zoek_resten(stukken: Sequence[Archiefstuk], plaatsen: Iterable[tuple[str, str]]) -> list[str]:
    """Zoek BSN, naam en geboortedatum van wie vernietigd is in alles wat er bewaard is."""
    zoeker = Lekzoeker.voor((stuk.referentie, stuk.persoon) for stuk in stukken)
    return [lek for plaats, tekst in plaatsen for lek in zoeker.zoek(plaats, tekst)]
