"""Een dossier bekijken: de tijdlijn en de feiten die deze kijker mag zien, en wat een verandering zou doen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.handelingen.inzien import stand_rij, toon_plan
from domein.handelingen.kern import kader
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Persoon
from domein.regels.inzage import beperk, zichtbare_velden
from domein.regels.planning import plan
from domein.regels.tijdlijn import Tijdlijn, Tijdlijnstap, maak_tijdlijn
from domein.regio.soorten import Gegevensgroep
from domein.stand import Stand, vouw

_STAND: Final = {"gesprekken_gevoerd": "gesprekken", "dagtekening_pip": "pip_dagtekening"}


@dataclass(frozen=True, slots=True)
class Dossierbeeld:
    """Een dossier zoals deze kijker het mag zien. `feiten` en `persoon` bevatten alleen velden die mogen."""

    referentie: str
    gemeente: str
    status: str
    einde: str
    feiten: Mapping[str, Any]
    persoon: Mapping[str, Any]
    tijdlijn: Tijdlijn
    vandaag: date
    keten_klopt: bool
    runs: bool = False


def bekijk_dossier(
    omgeving: Omgeving,
    dossier: Dossier,
    groepen: Collection[Gegevensgroep],
    *,
    bsn_grondslag: bool = False,
    met_reden: bool = False,
) -> Dossierbeeld:
    """Geef het beeld; PersoonGewist als er niets meer te lezen is. Wie mag kijken is hiervoor al beslist."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(dossier.id)
        if persoon is None:
            raise PersoonGewist(f"De persoon in dossier {dossier.referentie} is gewist.", "Er is niets meer te lezen.")
        alle = ruimte.gebeurtenissen(dossier.id)
        stand = vouw(alle)
        stappen = [_tijdlijnstap(stap) for stap in ruimte.stappen(dossier.id)]
        tijdlijn = maak_tijdlijn(alle, stappen, plan(stand, kader()).termijnen, vandaag, groepen, met_reden=met_reden)
        velden = zichtbare_velden(groepen, bsn_grondslag=bsn_grondslag)
        return Dossierbeeld(
            dossier.referentie, dossier.gemeente, dossier.status.value, dossier.einde or "", _feiten(stand, velden),
            beperk(_van_persoon(persoon), velden), tijdlijn, vandaag, ruimte.controleer_keten(dossier.id),
        )  # fmt: skip


def _tijdlijnstap(stap: Stap) -> Tijdlijnstap:
    return Tijdlijnstap(
        stap.kenmerk, stap.titel, stap.status, stap.start, stap.streef, stap.uiterst, stap.waarom, stap.artikel,
        stap.partner, stap.medewerker, stap.vervallen_waarom, stap.afgerond_op, stap.run_id, stap.id,
    )  # fmt: skip


def _feiten(stand: Stand, velden: Collection[str]) -> Mapping[str, Any]:
    rij = {_STAND.get(naam, naam): waarde for naam, waarde in stand_rij(stand).items()}
    return beperk(rij, velden)


def _van_persoon(persoon: Persoon) -> dict[str, Any]:
    return {**persoon.gegevens, "naam": persoon.naam, "geboortedatum": persoon.geboortedatum, "bsn": persoon.bsn}


# vooruitkijken

VOORUITZICHTEN: Final[Mapping[str, str]] = {
    "leerroute": "Een andere leerroute",
    "verhuizing": "Een verhuizing",
    "pip": "Een andere dag voor het PIP",
}


def kijk_vooruit(
    omgeving: Omgeving, referentie: str, wat: str, op: date, *, leerroute: str = "", gemeente: str = ""
) -> Mapping[str, Any]:
    """Geef wat deze verandering met het plan zou doen: dezelfde functie als `--proef`, er wordt niets bewaard.

    OngeldigeGegevens als er iets ontbreekt of niet kan.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        stand = vouw(ruimte.gebeurtenissen(ruimte.dossier_bij(referentie).id))
    match wat:
        case "verhuizing":
            stel = {"soort": "verhuisd", "datum": op.isoformat(), "gegevens": {"naar": gemeente, "van": stand.gemeente}}
        case "leerroute" | "pip":
            stel = {"soort": "pip_vastgesteld", "datum": op.isoformat(), "gegevens": _pip(stand, op, wat, leerroute)}
        case _:
            raise OngeldigeGegevens(f"'{wat[:40]}' kan niet.", f"Kies uit: {', '.join(VOORUITZICHTEN)}.")
    if wat == "pip" and not stand.pips:
        stel["stap"] = "pip/vaststellen/1"
    return toon_plan(omgeving, referentie, stel=stel)


def _pip(stand: Stand, op: date, wat: str, leerroute: str) -> dict[str, Any]:
    pip = stand.pip
    if wat == "leerroute" and (pip is None or not leerroute):
        ontbreekt = "Er is nog geen PIP." if pip is None else "Kies een leerroute."
        raise OngeldigeGegevens(ontbreekt, "Kijk vooruit met een andere dag voor het PIP." if pip is None else "")
    return {
        "bekendgemaakt_op": op.isoformat(),
        "leerroute": leerroute or (pip.leerroute.value if pip else "b1"),
        "aantal_gesprekken": pip.aantal_gesprekken if pip else 5,
        "interval_maanden": pip.interval_maanden if pip else 6,
        "grond": "leerroute" if wat == "leerroute" else "herziening" if pip else "eerste",
        "mandaathouder": "proef",
    }


# de eigen dossiers

EIGEN: Final = 50


def eigen_dossiers(omgeving: Omgeving, medewerker: str) -> Sequence[Dossier]:
    """De lopende dossiers waarvan deze persoon klantmanager is, op referentie; hoogstens vijftig."""
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.dossiers_van(medewerker, EIGEN)
