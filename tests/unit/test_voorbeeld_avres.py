"""De personen van het voorbeeld: compleet, afwisselend, en met antwoorden op dagen die kunnen.

Of de verwachtingen kloppen, rekent test_voorbeeld_verwacht.py na.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

import pytest
from stdnum.nl import bsn as elfproef

from adapters import kennisgevingen_bestand, koppelingen_bestand
from beheer.demo.opdracht import AANTAL as DEMO_AANTAL
from domein.begrippen import Eindegrond
from tests.unit.voorbeeldboek import (
    ALLEN,
    DEMO,
    GEMEENTEN,
    KENNISGEVINGEN,
    KOPPELINGEN,
    LEVENSLOPEN,
    MAP,
    VERWACHT,
    dag_of_leeg,
    is_asiel,
    is_werkdag,
    soort_van,
    uit,
)

AANTAL: Final = 66
IEDER: Final = pytest.mark.parametrize("kenmerk", ALLEN)
# Elke tak van de wet die een levensloop moet laten zien, als feit of als antwoord.
TAKKEN: Final = {
    "koppeling", "azc_verhuisd", "warme_overdracht", "kennisgeving", "brp_ingeschreven",
    "kennisgeving_ingetrokken", "persoon_gewist", "niet_verschenen", "intake_ambtshalve_afgerond",
    "tolk_geboekt", "tolk_afgezegd", "derde_gevraagd", "derde_ontvangen", "begeleiding_gestart",
    "begeleiding_afgerond", "bijstand_toegekend", "ontzorgen_ingericht", "ontzorgen_geeindigd",
    "aanmelding_geweigerd", "aanmelding_op_wachtlijst", "les_gestart", "les_beeindigd", "uren_gemeld",
    "eigen_cursus_gemeld", "voortgang_opgevraagd", "pip_voorstel", "z_eindgesprek_gevoerd",
    "certificaat_uitgereikt", "duo_aanvraag", "advies_gegeven", "vrijgesteld", "ontheven", "verlengd",
    "doelgroep_gewijzigd", "gepauzeerd", "pauze_verlengd", "hervat", "verlengingsgrond_besproken",
    "verblijf_onderbroken", "verblijf_hervat", "verhuisd", "dossier_opgevraagd", "dossier_geleverd",
    "dossier_overgenomen", "aanbieder_blijft", "controle_afgehandeld", "plicht_beeindigd", "doorhaling",
    "voldaan", "verlenging_bekeken",
}  # fmt: skip


def regels(kenmerk: str) -> list[dict[str, Any]]:
    return [*LEVENSLOPEN[kenmerk]["stappen"], *LEVENSLOPEN[kenmerk]["feiten"]]


def test_alle_kennisgevingen_en_koppelingen_lezen_zonder_fout() -> None:
    gemeld = kennisgevingen_bestand.lees(MAP / "kennisgevingen.csv", date(2026, 3, 6), GEMEENTEN)
    gekoppeld = koppelingen_bestand.lees(MAP / "koppelingen.csv", date(2026, 3, 6), GEMEENTEN)
    assert [str(fout) for fout in (*gemeld.fouten, *gekoppeld.fouten)] == []
    assert len(gemeld.rijen) == AANTAL
    assert {rij.gemeente for rij in gemeld.rijen} == set(GEMEENTEN)


def test_elk_bsn_is_een_testnummer_en_komt_een_keer_voor() -> None:
    nummers = [rij["bsn"] for rij in KENNISGEVINGEN.values()]
    assert len(set(nummers)) == AANTAL
    assert all(nummer.startswith("99999") and elfproef.is_valid(nummer) for nummer in nummers)


def test_een_koppeling_gaat_over_de_persoon_van_de_kennisgeving() -> None:
    gekoppeld = {p["koppeling"]: k for k, p in LEVENSLOPEN.items() if "koppeling" in p}
    assert set(gekoppeld) == set(KOPPELINGEN)
    for koppeling, kenmerk in gekoppeld.items():
        gelijk = ("bsn", "naam", "geboortedatum", "nareiziger", "ontzorgen", "taal", "kanaal", "email", "telefoon")
        assert [KOPPELINGEN[koppeling][kolom] for kolom in gelijk] == [KENNISGEVINGEN[kenmerk][k] for k in gelijk]
        assert KOPPELINGEN[koppeling]["koppeling_op"] < KENNISGEVINGEN[kenmerk]["kennisgeving_op"]


def test_alle_adressen_zijn_verzonnen() -> None:
    for rij in KENNISGEVINGEN.values():
        assert all(
            rij[kolom] == "" or rij[kolom].endswith(".example") for kolom in ("email", "vertegenwoordiger_email")
        )
        assert rij["telefoon"] == "" or rij["telefoon"].startswith("0612345")


def test_de_namen_zijn_zo_verschillend_als_namen_zijn() -> None:
    namen = [rij["naam"] for rij in KENNISGEVINGEN.values()]
    assert any("'" in naam for naam in namen)
    assert any(" " not in naam for naam in namen)
    assert max(map(len, namen)) > 80
    assert sum(not naam.isascii() for naam in namen) >= 12
    assert len({rij["taal"] for rij in KENNISGEVINGEN.values()}) >= 25


def test_de_kennisgevingen_komen_op_een_handvol_werkdagen() -> None:
    # Wie van buiten de regio komt, was daar al gemeld: die rij komt later binnen dan haar dag.
    gewoon = [k for k in ALLEN if "binnen" not in LEVENSLOPEN[k]]
    dagen = {date.fromisoformat(KENNISGEVINGEN[k]["kennisgeving_op"]) for k in gewoon}
    dagen |= {LEVENSLOPEN[k]["binnen"] for k in ALLEN if k not in gewoon}
    assert len(dagen) <= 7
    assert all(map(is_werkdag, dagen))
    assert date(2026, 3, 6) in dagen


def test_elke_persoon_staat_in_de_drie_bestanden() -> None:
    assert set(KENNISGEVINGEN) == set(LEVENSLOPEN) == set(VERWACHT)


def test_een_huishouden_van_drie_woont_op_een_adres() -> None:
    leden = [rij for rij in KENNISGEVINGEN.values() if rij["huishouden"]]
    assert len(leden) == 3
    assert len({(rij["huishouden"], rij["straat"], rij["postcode"]) for rij in leden}) == 1


def test_wie_er_meelopen_in_de_demo_verschillen_van_elkaar() -> None:
    assert len(DEMO) == DEMO_AANTAL
    assert len({VERWACHT[k]["einde"] + LEVENSLOPEN[k]["koers"] for k in DEMO}) == DEMO_AANTAL


def test_de_demo_in_het_klein_laat_een_gewonnen_bezwaar_en_een_maatregel_zien() -> None:
    klein = [k for k in DEMO if LEVENSLOPEN[k]["demo"] == 1]
    besluiten = " ".join(VERWACHT[k]["besluiten"] or "" for k in klein)
    assert len(klein) == 5  # zo veel als `--aantal` in .ci/run en in de README
    assert "bezwaar:gegrond:herroepen" in besluiten
    assert "maatregel:opgelegd" in besluiten


@pytest.mark.parametrize(
    ("wie", "hele_trajecten", "te_laat"), [pytest.param(DEMO, 6, 1, id="demo"), pytest.param(ALLEN, 30, 3, id="allen")]
)
def test_de_voorbeelden_omvatten_alle_gangen_van_de_wet(wie: list[str], hele_trajecten: int, te_laat: int) -> None:
    kolom = lambda naam: Counter(VERWACHT[k][naam] for k in wie)  # noqa: E731
    assert {grond.value for grond in Eindegrond} == set(kolom("einde"))
    assert {"b1", "onderwijs", "z", "onbekend"} <= set(kolom("leerroute"))
    assert {"0", "1", "3"} <= set(kolom("oproepen"))
    assert kolom("pip_op_tijd")["nee"] >= te_laat
    assert {KENNISGEVINGEN[k]["doelgroep"] for k in wie} == {"asielstatushouder", "gezinsmigrant", "overige_migrant"}
    assert any("duo/geen-aanbod/1" in VERWACHT[k]["duo_meldingen"] for k in wie)
    assert any(feit.get("geweigerd") for k in wie for feit in LEVENSLOPEN[k]["feiten"])
    assert {soort_van(regel) for k in wie for regel in regels(k)} >= TAKKEN
    # Een heel traject: van het PIP tot een einde dat DUO meldt, minstens twee jaar later.
    heel = [k for k in wie if (pip := dag_of_leeg(VERWACHT[k]["pip_dagtekening"])) and duur(k, pip) >= 730]
    assert len(heel) >= hele_trajecten


def duur(kenmerk: str, pip: date) -> int:
    laatste: date = LEVENSLOPEN[kenmerk]["stappen"][-1]["op"]
    return (laatste - pip).days


def test_de_gronden_van_een_pip_en_van_een_pauze_komen_alle_voor() -> None:
    gronden = {deel.split(":")[0] for rij in VERWACHT.values() for deel in rij["pips"].split()}
    assert gronden == {"eerste", "leerroute", "afschalen", "verhuizing", "herziening", "elders"}
    assert {feit["gegevens"]["grond"] for k in ALLEN for feit in uit(k, "gepauzeerd")} == {
        "detentie",
        "ziekte",
        "bevalling",
    }
    assert {feit["gegevens"]["aanvraag"] for k in ALLEN for feit in uit(k, "duo_aanvraag")} == {
        "vrijstelling",
        "ontheffing",
        "verlenging",
    }


def test_de_demo_blijft_behapbaar() -> None:
    stappen = [stap for k in DEMO for stap in LEVENSLOPEN[k]["stappen"]]
    dagen = {regel["op"] for k in DEMO for regel in regels(k)}
    assert len(stappen) <= 450
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
    assert all(rij["op"] >= rij.get("geldig_op", rij["op"]) for rij in regels(kenmerk))


def begin(kenmerk: str) -> date:
    persoon = LEVENSLOPEN[kenmerk]
    if "koppeling" in persoon:
        return date.fromisoformat(KOPPELINGEN[persoon["koppeling"]]["koppeling_op"])
    dag: date = persoon.get("binnen") or date.fromisoformat(KENNISGEVINGEN[kenmerk]["kennisgeving_op"])
    return dag


@IEDER
def test_een_antwoord_komt_pas_als_de_stap_open_kan_zijn(kenmerk: str) -> None:
    op = {stap["stap"]: stap["op"] for stap in LEVENSLOPEN[kenmerk]["stappen"]}
    assert min(op.values()) > begin(kenmerk)
    for nummer in (2, 3):
        if f"intake/oproep/{nummer}" in op:
            assert op[f"intake/oproep/{nummer}"] > op[f"intake/gesprek/{nummer - 1}"]
    for oproep in uit(kenmerk, "oproep_verzonden"):
        gesprek = oproep["stap"].replace("oproep", "gesprek")
        assert op.get(gesprek, oproep["gegevens"]["afspraak_op"]) == oproep["gegevens"]["afspraak_op"]


@IEDER
def test_een_melding_aan_duo_volgt_binnen_twee_werkdagen_op_het_feit(kenmerk: str) -> None:
    op = {stap["stap"]: stap["op"] for stap in uit(kenmerk, "duo_ingevoerd")}
    eigen = 2 if KENNISGEVINGEN[kenmerk]["eerste_pip_op"] else 1  # het eerste PIP van elders is daar gemeld
    pips = {f"duo/{wat}/{n}": pip["op"] for n, pip in enumerate(uit(kenmerk, "pip_vastgesteld"), start=eigen)
            for wat in ("pip-vastgesteld", "leerroute")}  # fmt: skip
    verhuisd = {f"duo/verhuizing/{n}": feit["op"] for n, feit in enumerate(uit(kenmerk, "verhuisd"), start=1)}
    een = {"duo/pvt/1": "pvt_voltooid", "duo/map/1": "map_voltooid", "duo/z-route/1": "z_eindgesprek_gevoerd"}
    anders = {melding: regel["op"] for melding, soort in een.items() for regel in uit(kenmerk, soort)}
    feiten = {**pips, **verhuisd, **anders}
    assert set(op) - set(feiten) <= {"duo/geen-aanbod/1"}
    for melding in set(op) & set(feiten):
        wachten = range(1, (op[melding] - feiten[melding]).days + 1)
        assert 1 <= sum(is_werkdag(feiten[melding] + timedelta(days=n)) for n in wachten) <= 2


@IEDER
def test_een_melding_wordt_binnen_een_week_bevestigd(kenmerk: str) -> None:
    bevestigd = {feit["gegevens"]["melding"]: feit["op"] for feit in uit(kenmerk, "duo_bevestigd")}
    ingevoerd = {stap["stap"]: stap["op"] for stap in uit(kenmerk, "duo_ingevoerd")}
    assert set(bevestigd) == set(ingevoerd)
    assert all(0 < (bevestigd[melding] - ingevoerd[melding]).days <= 7 for melding in ingevoerd)


@IEDER
def test_wie_geen_asielstatushouder_is_kiest_zelf(kenmerk: str) -> None:
    # Art. 13, 16 en 19 Wi: aanbod, begeleiding en de melding van een ontbrekend aanbod zijn er alleen voor asiel.
    stappen = [stap["stap"] for stap in LEVENSLOPEN[kenmerk]["stappen"]]
    voor_asiel = any(stap.startswith(("aanbieder/", "begeleiding/", "duo/geen-aanbod")) for stap in stappen)
    if not is_asiel(kenmerk):
        assert not voor_asiel
    assert is_asiel(kenmerk) or not uit(kenmerk, "bijstand_toegekend")
    assert not is_asiel(kenmerk) or not any(stap.startswith("cursus/") for stap in stappen)


@IEDER
def test_elke_brede_intake_legt_de_startmeting_vast(kenmerk: str) -> None:
    # Art. 5.2 Bi; zonder startpunt is later niet te zien wat het traject deed.
    for intake in uit(kenmerk, "intake_gehouden"):
        compleet = {"opleiding", "werkervaring_jaren", "taalniveau", "alfabetisering"} <= set(intake["gegevens"])
        assert compleet != bool(uit(kenmerk, "startmeting_vastgelegd"))
