"""`regie dossier`: bekijken, vooruitkijken, melden en doorhalen."""

import json
from typing import Any

import pytest

from tests.integratie.beheer_hulp import Regie

DOOR = ("--door", "m-adm")
OVERLEDEN = ("--soort", "plicht_beeindigd", "--datum", "2026-01-10", "--gegevens", '{"grond": "overlijden"}')


def wijzigingen(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(w["wijziging"], w["kenmerk"]) for w in document["wijzigingen"]}


def test_lijst_en_toon_kloppen_met_elkaar(regie: Regie) -> None:
    ref, ander, _ = regie.vul()
    lijst = {rij["referentie"]: rij for rij in regie.json("dossier", "lijst")}
    eerste = min(regie.json("stap", "lijst", "--dossier", ref), key=lambda stap: (stap["streef"], stap["kenmerk"]))
    assert (lijst[ref]["volgende_stap"], lijst[ref]["volgende_dag"]) == (eerste["kenmerk"], eerste["streef"])
    for zo in ("GM1961", "gm1961", "vijfheerenlanden"):
        assert [rij["referentie"] for rij in regie.json("dossier", "lijst", "--gemeente", zo)] == [ander]
    for lijst_ in ("dossier", "stap"):
        regie(lijst_, "lijst", "--gemeente", "Gorinchum", code=1)
        assert "Gemeente 'Gorinchum' bestaat niet" in regie.err
    dossier = regie.json("dossier", "toon", ref.lower())
    assert dossier["stand"]["kennisgeving_op"] == "2026-01-05"
    assert dossier["gebeurtenissen"][0]["soort"] == "kennisgeving"
    assert dossier["keten_klopt"] is True
    tekst = regie("dossier", "toon", ref)
    assert "intake/oproep/1" in tekst
    assert "Kennisgeving van DUO" in tekst


def test_stel_dat_neemt_de_stap_waar_het_feit_bij_past_en_bewaart_niets(regie: Regie) -> None:
    ref = regie.vul()[0]
    voor = regie.json("dossier", "toon", ref)
    stel = {"soort": "oproep_verzonden", "datum": "2026-01-12", "gegevens": {"afspraak_op": "2026-01-26"}}
    plan = regie.json("dossier", "plan", ref, "--stel-dat", json.dumps(stel))
    assert ("afronden", "intake/oproep/1") in wijzigingen(plan)
    assert ("bijmaken", "intake/gesprek/1") in wijzigingen(plan)
    assert "intake/gesprek/1" in {stap["kenmerk"] for stap in plan["stappen"]}
    assert regie.json("dossier", "toon", ref) == voor
    assert "komt erbij" in regie("dossier", "plan", ref, "--stel-dat", json.dumps(stel))


@pytest.mark.parametrize(
    ("stel", "melding", "code"),
    [
        pytest.param('{"soort": "verlengd",}', "regel 1, teken 22", 2, id="geen-json"),
        pytest.param('["verlengd"]', "geen JSON-object", 2, id="geen-object"),
        pytest.param('{"soort": "verlengd"}', "datum: dit veld is verplicht", 1, id="geen-datum"),
        pytest.param('{"datum": "2026-01-12"}', "soort: dit veld is verplicht", 1, id="geen-soort"),
        pytest.param('{"soort": "x", "datum": "morgen"}', "datum: schrijf een datum", 1, id="geen-dag"),
        pytest.param('{"soort": "x", "datum": "2026-01-12"}', "De soort 'x' bestaat niet", 1, id="onbekend"),
        pytest.param('{"soort": "verlengd", "datum": "2026-01-12", "gegevens": 3}', "gegevens:", 1, id="gegevens"),
        pytest.param('{"soort": "verlengd", "datum": "2026-01-12", "stap": "x"}', "geen stap 'x'", 1, id="stap"),
        pytest.param('{"soort": "verlengd", "datum": "2026-01-12"}', "nieuwe_einddatum: dit veld", 1, id="veld"),
    ],
)
def test_stel_dat_zegt_wat_er_aan_schort(regie: Regie, stel: str, melding: str, code: int) -> None:
    ref = regie.vul(1)[0]
    assert regie("dossier", "plan", ref, "--stel-dat", stel, code=code) == ""
    assert melding in regie.err


def test_een_melding_op_proef_geeft_dezelfde_wijzigingen_als_de_echte(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    proef = regie.json("dossier", "meld", ref, *OVERLEDEN, *DOOR, "--proef")
    assert proef["proef"] is True
    assert regie.stap(ref, "intake/oproep/1")["status"] == "gepland"
    echt = regie.json("dossier", "meld", ref, *OVERLEDEN, *DOOR)
    assert wijzigingen(proef) == wijzigingen(echt)
    assert regie.stap(ref, "intake/oproep/1")["status"] == "vervallen"


def test_doorhalen_zet_de_stappen_terug_en_blijft_leesbaar(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie("dossier", "meld", ref, *OVERLEDEN, *DOOR)
    nummer = str(regie.json("dossier", "toon", ref)["gebeurtenissen"][-1]["volgnummer"])
    reden = ("--reden", "verkeerde persoon", *DOOR)
    proef = regie.json("dossier", "doorhaal", ref, nummer, *reden, "--proef")
    assert ("herleven", "intake/oproep/1") in wijzigingen(proef)
    assert regie.stap(ref, "intake/oproep/1")["status"] == "vervallen"
    regie("dossier", "doorhaal", ref, nummer, *reden)
    assert regie.stap(ref, "intake/oproep/1")["status"] == "gepland"
    doorgehaald = regie.json("dossier", "toon", ref)["gebeurtenissen"][int(nummer) - 1]
    assert doorgehaald["geldt"] is False


def test_doorhalen_wordt_geweigerd_met_wat_erop_berust(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie(
        "dossier", "meld", ref, "--soort", "oproep_verzonden", "--datum", "2026-01-12", *DOOR,
        "--gegevens", '{"afspraak_op": "2026-01-26"}',
    )  # fmt: skip
    regie("dossier", "doorhaal", ref, "1", "--reden", "fout", *DOOR, code=1)
    assert "Oproep verzonden op 12 januari 2026" in regie.err


def test_zoals_bekend_op_toont_wat_er_toen_bekend_was(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    regie("dossier", "meld", ref, *OVERLEDEN, *DOOR)
    toen = regie.json("dossier", "toon", ref, "--zoals-bekend-op", "2026-01-19")
    assert [g["soort"] for g in toen["gebeurtenissen"]] == ["kennisgeving"]
    assert {s["kenmerk"] for s in toen["stappen"]} >= {"intake/oproep/1"}
    # Een dag is bedoeld tot haar einde, dus de dag van de melding zelf toont haar.
    dezelfde_dag = regie.json("dossier", "toon", ref, "--zoals-bekend-op", "2026-01-20")
    assert dezelfde_dag["stand"]["einde"] == "overlijden"
    assert "nog niet bekend" in regie("dossier", "toon", ref, "--zoals-bekend-op", "2026-01-11")
    regie("dossier", "toon", ref, "--zoals-bekend-op", "gisteren", code=2)


def test_een_onbekend_dossier_is_1(regie: Regie) -> None:
    regie.vul(1)
    for opdracht in (("toon",), ("plan",)):
        assert regie("dossier", *opdracht, "D-22222", code=1) == ""
        assert "bestaat niet" in regie.err
