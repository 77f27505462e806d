"""Hoe een behandelaar een stap beantwoordt: een van de uitkomsten van het formulier, meestal een gewone."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from domein.begrippen import TAALONDERDELEN
from domein.model import Stap
from domein.regels.planvormen import Kader
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.uitkomsten import Uitkomst, Veld, uitkomsten_voor
from domein.stand import Stand
from tests.hulp.onderzocht import met_onderzoek

# Hoe vaak een uitkomst voorkomt naast de gewone (1).
GEWICHT = {
    "niet_verschenen": 0.4, "gesprek_niet_verschenen": 0.3, "aanmelding_geweigerd": 0.3, "plicht_beeindigd": 0.3,
    "aanmelding_op_wachtlijst": 0.3, "voorstel_afgewezen": 0.4, "vrijgesteld": 0.4, "ontheven": 0.4, "duo_ingevoerd": 1,
    "termijn_overschreden": 1, "pauze_verlengd": 0.6, "persoon_gewist": 0.5,
}  # fmt: skip


# De aard van een leven: wat daarin vaker gebeurt (uitkomsten, leerroutes, voorvallen, en hoe druk en
# verward het is). Zonder komt niemand drie keer niet opdagen.
AARDEN: tuple[dict[str, float], ...] = (
    {},
    {"niet_verschenen": 60, "gesprek_niet_verschenen": 4, "drukte": 0.2, "verwarring": 0.2},
    {"aanmelding_op_wachtlijst": 4, "aanmelding_geweigerd": 4},
    {"z": 20, "_uren": 20, "_eindgesprek": 20, "_pvt_of_map": 4},
    {"onderwijs": 4, "voorstel_afgewezen": 3, "_voorstel": 8},
    {"_verhuizing": 14, "_les": 5, "aanbieder_blijft": 3},
    {"verwarring": 5},
    {"besluiten": 8, "drukte": 0.5},
)


def kies_uitkomst(rng: Random, stap: Stap, aard: dict[str, float]) -> Uitkomst:
    mogelijk = uitkomsten_voor(stap.kenmerk)
    gewichten = [aard.get(uitkomst.soort, GEWICHT.get(uitkomst.soort, 1)) for uitkomst in mogelijk]
    return rng.choices(mogelijk, gewichten)[0]


def vul_in(
    rng: Random, uitkomst: Uitkomst, stap: Stap, stand: Stand, op: date, aard: dict[str, float]
) -> dict[str, Any]:
    """Vul het formulier in zoals iemand het op die dag zou doen."""
    if uitkomst.soort == "pip_vastgesteld":
        return met_onderzoek(uitkomst.soort, _pip(rng, stap, stand, op, aard))
    ingevuld = {veld.naam: _waarde(rng, veld, op) for veld in uitkomst.velden if veld.verplicht or rng.random() < 0.6}
    past_aan = _EIGEN.get(uitkomst.soort)
    return past_aan(rng, ingevuld, stap, stand, op) if past_aan else met_onderzoek(uitkomst.soort, ingevuld)


def _waarde(rng: Random, veld: Veld, op: date) -> Any:
    match veld.type:
        case "datum":
            return op + timedelta(days=rng.randint(0, 30))
        case "ja_nee":
            return rng.random() < 0.7
        case "getal":
            return rng.randint(veld.minimum or 0, min(veld.maximum or 60, 60))
        case "keuze":
            return rng.choice(veld.keuzes)[0]
        case "meerkeuze":
            return rng.sample([code for code, _ in veld.keuzes], k=rng.randint(0, 2))
        case "code" | "tekst":
            return f"K-{rng.randint(1, 999)}"


Ingevuld = dict[str, Any]


def _oproep(rng: Random, ingevuld: Ingevuld, stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    eerste = stap.kenmerk.endswith("/1")
    return ingevuld | {"afspraak_op": op + timedelta(days=rng.randint(5, 21)), "waarschuwing": not eerste}


def _niet_verschenen(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, _op: date) -> Ingevuld:
    return ingevuld | ({"verschoonbaar": rng.random() < 0.15} if "verschoonbaar" in ingevuld else {})


def _intake(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    return ingevuld | {"leerbaarheidstoets_op": op} if rng.random() < 0.8 else ingevuld


def pip_velden(rng: Random, stand: Stand, op: date, aard: dict[str, float], *, zelfde_route: bool) -> Ingevuld:
    routes = ("b1", "onderwijs", "z")
    route = rng.choices(routes, [aard.get(route, 2 if route == "b1" else 1) for route in routes])[0]
    velden: Ingevuld = {
        "bekendgemaakt_op": op + timedelta(days=rng.randint(0, 5)),
        "leerroute": stand.leerroute if zelfde_route and stand.pips else route,
        "aantal_gesprekken": rng.randint(2, 6),
        "interval_maanden": rng.choice([3, 6, 6, 9]),
        "lestijd": rng.choice(["overdag", "avond", "geen_voorkeur"]),
    }
    return velden | ({"uren_per_week": rng.randint(4, 20)} if stand.is_asiel else {})  # art. 15 lid 2 Wi


def _pip(rng: Random, stap: Stap, stand: Stand, op: date, aard: dict[str, float]) -> Ingevuld:
    if not stap.kenmerk.startswith("pip/leerroute/"):
        return pip_velden(rng, stand, op, aard, zelfde_route=True)
    voorstel = stand.voorstellen.get(int(stap.kenmerk.rsplit("/", 1)[-1]))
    velden = pip_velden(rng, stand, op, aard, zelfde_route=False)
    return velden | ({"leerroute": voorstel.naar, "bijzonder_geval": voorstel.bijzonder_geval} if voorstel else {})


def _aanmelding(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    return ingevuld | {"startdatum": op + timedelta(days=rng.randint(3, 90))}


def _wachtlijst(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    return ingevuld | {"herzien_op": op + timedelta(days=rng.randint(7, 60))}


def _uren(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    tot = op - timedelta(days=rng.randint(0, 10))
    return ingevuld | {
        "periode_van": tot - timedelta(days=180), "periode_tot": tot, "gevolgd": rng.randint(50, 450),
        "geoorloofd_verzuim": rng.randint(0, 20), "ongeoorloofd_verzuim": rng.randint(0, 20),
    }  # fmt: skip


def _tolk(rng: Random, ingevuld: Ingevuld, stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    return ingevuld | {"gesprek_op": op + timedelta(days=rng.randint(5, 30))}


def _map(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, _op: date) -> Ingevuld:
    return ingevuld | {"praktijkuren": rng.choice([12, 40, 48, 48, 48, 120])}


def _verlengd(rng: Random, ingevuld: Ingevuld, _stap: Stap, stand: Stand, op: date) -> Ingevuld:
    einde = laatste_dag(stand, Kader()) or op
    return ingevuld | {"nieuwe_einddatum": max(einde, op) + timedelta(days=rng.choice([90, 183, 365]))}


def _overschreden(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    nieuw = op + timedelta(days=rng.choice([183, 365, 730]))
    return {"nieuwe_termijn_tot": nieuw} if rng.random() < 0.6 else {}


def _pauze(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, op: date) -> Ingevuld:
    return ingevuld | {"verwacht_tot": op + timedelta(days=rng.randint(20, 200))}


def _ontheven(rng: Random, ingevuld: Ingevuld, _stap: Stap, _stand: Stand, _op: date) -> Ingevuld:
    return ingevuld | {"onderdelen": rng.sample(sorted(TAALONDERDELEN), k=rng.randint(1, 2))}


_EIGEN: dict[str, Callable[[Random, Ingevuld, Stap, Stand, date], Ingevuld]] = {
    "oproep_verzonden": _oproep, "intake_gehouden": _intake, "niet_verschenen": _niet_verschenen,
    "aanmelding_geaccepteerd": _aanmelding, "aanmelding_op_wachtlijst": _wachtlijst, "uren_gemeld": _uren,
    "tolk_geboekt": _tolk, "map_voltooid": _map, "verlengd": _verlengd, "termijn_overschreden": _overschreden,
    "pauze_verlengd": _pauze, "ontheven": _ontheven,
}  # fmt: skip
