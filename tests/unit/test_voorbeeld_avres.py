"""De voorbeeldpersonen: compleet, afwisselend, en met verwachtingen die bij de antwoorden passen.

De verwachtingen zijn met de hand uit de wet berekend. Deze test rekent ze na met een eigen, kleine kalender;
hij gebruikt de regels van het domein met opzet niet.
"""

import csv
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from stdnum.nl import bsn as elfproef

from adapters.kennisgevingen_bestand import lees

MAP: Final = Path(__file__).parents[2] / "voorbeelden" / "avres"
GEMEENTEN: Final = ("GM0512", "GM1978", "GM1961")

# Algemene termijnenwet art. 3, uitgeschreven: vaste dagen, dagen rond Pasen, en de aangewezen dagen.
PASEN: Final = {2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01", 2030: "04-21"}
AANGEWEZEN: Final = ("2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26")


def _feestdagen() -> frozenset[date]:
    dagen = {date.fromisoformat(dag) for dag in AANGEWEZEN}
    for jaar, pasen in PASEN.items():
        eerste = date.fromisoformat(f"{jaar}-{pasen}")
        dagen |= {eerste + timedelta(days=n) for n in (-2, 1, 39, 50)}
        dagen |= {date.fromisoformat(f"{jaar}-{dag}") for dag in ("01-01", "04-27", "05-05", "12-25", "12-26")}
    return frozenset(dagen)


FEESTDAGEN: Final = _feestdagen()


def is_werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in FEESTDAGEN


def _csv(naam: str) -> dict[str, dict[str, str]]:
    with (MAP / naam).open(encoding="utf-8", newline="") as bestand:
        return {rij["kenmerk"]: rij for rij in csv.DictReader(bestand)}


KENNISGEVINGEN: Final = _csv("kennisgevingen.csv")
VERWACHT: Final = _csv("verwacht.csv")
LEVENSLOPEN: Final[dict[str, dict[str, Any]]] = {
    persoon["kenmerk"]: persoon
    for persoon in tomllib.loads((MAP / "levenslopen.toml").read_text(encoding="utf-8"))["persoon"]
}
IEDER: Final = pytest.mark.parametrize("kenmerk", sorted(KENNISGEVINGEN))


def geldende_feiten(kenmerk: str) -> list[dict[str, Any]]:
    feiten = LEVENSLOPEN[kenmerk]["feiten"]
    doorgehaald = {feit["doel"] for feit in feiten if feit["soort"] == "doorhaling"}
    return [feit for feit in feiten if feit.get("id") not in doorgehaald and feit["soort"] != "doorhaling"]


def uitkomsten(kenmerk: str, soort: str) -> list[dict[str, Any]]:
    return [stap for stap in LEVENSLOPEN[kenmerk]["stappen"] if stap["uitkomst"] == soort]


def feiten(kenmerk: str, soort: str) -> list[dict[str, Any]]:
    return [feit for feit in geldende_feiten(kenmerk) if feit["soort"] == soort]


def dag_of_leeg(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def test_de_zesendertig_kennisgevingen_lezen_zonder_fout() -> None:
    resultaat = lees(MAP / "kennisgevingen.csv", date(2026, 3, 6), GEMEENTEN)
    assert [str(fout) for fout in resultaat.fouten] == []
    assert len(resultaat.rijen) == 36
    assert {rij.gemeente for rij in resultaat.rijen} == set(GEMEENTEN)


def test_elk_bsn_is_een_testnummer_en_komt_een_keer_voor() -> None:
    nummers = [rij["bsn"] for rij in KENNISGEVINGEN.values()]
    assert len(set(nummers)) == 36
    assert all(nummer.startswith("99999") and elfproef.is_valid(nummer) for nummer in nummers)


def test_alle_adressen_zijn_verzonnen() -> None:
    for rij in KENNISGEVINGEN.values():
        assert rij["email"] == "" or rij["email"].endswith(".example")
        assert rij["telefoon"] == "" or rij["telefoon"].startswith("0612345")


def test_de_namen_zijn_zo_verschillend_als_namen_zijn() -> None:
    namen = [rij["naam"] for rij in KENNISGEVINGEN.values()]
    assert any("'" in naam for naam in namen)
    assert any(" " not in naam for naam in namen)
    assert max(map(len, namen)) > 80
    assert sum(not naam.isascii() for naam in namen) >= 8


def test_de_kennisgevingen_komen_op_een_handvol_werkdagen() -> None:
    dagen = {date.fromisoformat(rij["kennisgeving_op"]) for rij in KENNISGEVINGEN.values()}
    assert len(dagen) <= 7
    assert all(map(is_werkdag, dagen))
    assert date(2026, 3, 6) in dagen


def test_elke_persoon_staat_in_de_drie_bestanden() -> None:
    assert set(KENNISGEVINGEN) == set(LEVENSLOPEN) == set(VERWACHT)


def test_vierentwintig_personen_lopen_mee_in_de_gewone_demo() -> None:
    assert sum(persoon["demo"] for persoon in LEVENSLOPEN.values()) == 24


@pytest.mark.parametrize("alleen_demo", [True, False])
def test_de_voorbeelden_omvatten_alle_gangen_van_de_wet(alleen_demo: bool) -> None:
    gekozen = [k for k in LEVENSLOPEN if LEVENSLOPEN[k]["demo"] or not alleen_demo]
    kolom = lambda naam: Counter(VERWACHT[k][naam] for k in gekozen)  # noqa: E731
    assert {"voldaan", "termijn_overschreden", "overlijden", "vertrek"} == set(kolom("einde"))
    assert {"b1", "onderwijs", "z", "onbekend"} == set(kolom("leerroute"))
    assert {"1", "2", "3"} == set(kolom("oproepen"))
    assert kolom("pip_op_tijd")["nee"] >= 3
    assert {KENNISGEVINGEN[k]["doelgroep"] for k in gekozen} == {
        "asielstatushouder",
        "gezinsmigrant",
        "overige_migrant",
    }
    soorten = {feit["soort"] for k in gekozen for feit in LEVENSLOPEN[k]["feiten"]}
    assert soorten >= {
        "brp_ingeschreven",
        "kennisgeving",
        "doorhaling",
        "verlengd",
        "voldaan",
        "plicht_beeindigd",
    }
    antwoorden = {stap["uitkomst"] for k in gekozen for stap in LEVENSLOPEN[k]["stappen"]}
    assert antwoorden >= {"aanmelding_geweigerd", "niet_verschenen", "intake_ambtshalve_afgerond"}
    assert sum("duo/geen-aanbod/1" in VERWACHT[k]["duo_meldingen"] for k in gekozen) >= 2
    # Een heel traject: van het PIP tot een einde dat DUO meldt, minstens twee jaar later.
    heel = [k for k in gekozen if (pip := dag_of_leeg(VERWACHT[k]["pip_dagtekening"])) and duur(k, pip) >= 730]
    assert len(heel) >= 12
    assert len({VERWACHT[k]["einde"] + LEVENSLOPEN[k]["koers"] for k in gekozen}) >= 8


def duur(kenmerk: str, pip: date) -> int:
    laatste: date = LEVENSLOPEN[kenmerk]["stappen"][-1]["op"]
    return (laatste - pip).days


def test_de_demo_blijft_behapbaar() -> None:
    demo = [persoon for persoon in LEVENSLOPEN.values() if persoon["demo"]]
    stappen = [stap for persoon in demo for stap in persoon["stappen"]]
    dagen = {rij["op"] for persoon in demo for rij in (*persoon["stappen"], *persoon["feiten"])}
    assert len(stappen) <= 400
    assert len({dag.isocalendar()[:2] for dag in dagen}) <= 110


@IEDER
def test_elk_antwoord_en_elk_feit_valt_op_een_werkdag_in_volgorde(kenmerk: str) -> None:
    persoon = LEVENSLOPEN[kenmerk]
    for rijen in (persoon["stappen"], persoon["feiten"]):
        dagen = [rij["op"] for rij in rijen]
        assert dagen == sorted(dagen)
        assert [dag for dag in dagen if not is_werkdag(dag)] == []
    stappen = [stap["stap"] for stap in persoon["stappen"]]
    assert len(stappen) == len(set(stappen))
    assert all(stap["op"] >= stap.get("geldig_op", stap["op"]) for stap in persoon["stappen"])


@IEDER
def test_een_antwoord_komt_pas_als_de_stap_open_kan_zijn(kenmerk: str) -> None:
    op = {stap["stap"]: stap["op"] for stap in LEVENSLOPEN[kenmerk]["stappen"]}
    assert op["intake/oproep/1"] > date.fromisoformat(KENNISGEVINGEN[kenmerk]["kennisgeving_op"])
    for nummer in (2, 3):
        if f"intake/oproep/{nummer}" in op:
            assert op[f"intake/oproep/{nummer}"] > op[f"intake/gesprek/{nummer - 1}"]
    for oproep in uitkomsten(kenmerk, "oproep_verzonden"):
        gesprek = oproep["stap"].replace("oproep", "gesprek")
        assert op.get(gesprek, oproep["gegevens"]["afspraak_op"]) == oproep["gegevens"]["afspraak_op"]
    for melding, feit in (
        ("pip-vastgesteld", "pip/vaststellen/1"),
        ("leerroute", "pip/vaststellen/1"),
        ("pvt", "pvt/1"),
        ("map", "map/1"),
    ):
        if f"duo/{melding}/1" in op:
            # Ons serviceniveau: binnen twee werkdagen na het feit.
            wachten = range(1, (op[f"duo/{melding}/1"] - op[feit]).days + 1)
            assert 1 <= sum(is_werkdag(op[feit] + timedelta(days=n)) for n in wachten) <= 2


@IEDER
def test_een_melding_wordt_binnen_een_week_bevestigd(kenmerk: str) -> None:
    bevestigd = {feit["gegevens"]["melding"]: feit["op"] for feit in feiten(kenmerk, "duo_bevestigd")}
    ingevoerd = {stap["stap"]: stap["op"] for stap in uitkomsten(kenmerk, "duo_ingevoerd")}
    assert set(bevestigd) == set(ingevoerd)
    assert all(0 < (bevestigd[melding] - ingevoerd[melding]).days <= 7 for melding in ingevoerd)


@IEDER
def test_de_wettelijke_dag_van_het_pip_is_nagerekend(kenmerk: str) -> None:
    anker = date.fromisoformat(KENNISGEVINGEN[kenmerk]["kennisgeving_op"])
    for feit in feiten(kenmerk, "kennisgeving"):
        anker = feit["gegevens"]["kennisgeving_op"]
    anker = max([anker, *(feit["geldig_op"] for feit in feiten(kenmerk, "brp_ingeschreven"))])
    laatste = anker + timedelta(weeks=10)
    while not is_werkdag(laatste):
        laatste += timedelta(days=1)
    verwacht = VERWACHT[kenmerk]
    assert verwacht["wettelijke_pip_datum"] == laatste.isoformat()
    pip = dag_of_leeg(verwacht["pip_dagtekening"])
    assert verwacht["pip_op_tijd"] == ("" if pip is None else "ja" if pip <= laatste else "nee")


@IEDER
def test_het_einde_van_de_termijn_is_nagerekend(kenmerk: str) -> None:
    verwacht = VERWACHT[kenmerk]
    pip = dag_of_leeg(verwacht["pip_dagtekening"])
    einde = pip.replace(year=pip.year + 3) if pip else None
    for feit in feiten(kenmerk, "verlengd"):
        einde = feit["gegevens"]["nieuwe_einddatum"]
    assert dag_of_leeg(verwacht["einde_termijn"]) == einde


@IEDER
def test_de_verwachting_past_bij_de_antwoorden(kenmerk: str) -> None:
    verwacht = VERWACHT[kenmerk]
    pips = uitkomsten(kenmerk, "pip_vastgesteld")
    assert verwacht["pip_dagtekening"] == (pips[0]["op"].isoformat() if pips else "")
    assert verwacht["leerroute"] == (pips[0]["gegevens"]["leerroute"] if pips else "onbekend")
    assert int(verwacht["oproepen"]) == len(uitkomsten(kenmerk, "oproep_verzonden"))
    assert int(verwacht["gesprekken"]) == len(uitkomsten(kenmerk, "gesprek_gevoerd"))
    meldingen = sorted(stap["stap"] for stap in uitkomsten(kenmerk, "duo_ingevoerd"))
    assert verwacht["duo_meldingen"] == " ".join(meldingen)
    einden = [feit["soort"] for feit in feiten(kenmerk, "voldaan")]
    einden += [feit["gegevens"]["grond"] for feit in feiten(kenmerk, "plicht_beeindigd")]
    einden += [stap["uitkomst"] for stap in LEVENSLOPEN[kenmerk]["stappen"] if stap["stap"] == "einde/termijn/1"]
    assert einden == [verwacht["einde"]]
    assert len(verwacht["verloop"]) > 60


@IEDER
def test_wie_voldaan_is_heeft_pvt_en_map_gedaan(kenmerk: str) -> None:
    # Art. 6 en 8 lid 3 Wi: zonder PVT, en buiten de onderwijsroute zonder MAP, is niemand voldaan.
    if VERWACHT[kenmerk]["einde"] == "voldaan":
        assert uitkomsten(kenmerk, "pvt_voltooid")
        assert bool(uitkomsten(kenmerk, "map_voltooid")) == (VERWACHT[kenmerk]["leerroute"] != "onderwijs")
    for uitkomst in uitkomsten(kenmerk, "map_voltooid"):
        assert uitkomst["gegevens"]["praktijkuren"] >= 40  # art. 3.2 Bi


@IEDER
def test_alleen_een_asielstatushouder_wordt_aangemeld(kenmerk: str) -> None:
    if KENNISGEVINGEN[kenmerk]["doelgroep"] != "asielstatushouder":
        stappen = [stap["stap"] for stap in LEVENSLOPEN[kenmerk]["stappen"]]
        assert not any(stap.startswith(("aanbieder/", "duo/geen-aanbod")) for stap in stappen)
