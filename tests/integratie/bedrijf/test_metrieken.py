"""Aantallen voor een bewakingssysteem: kloppend, leesbaar voor Prometheus, en zonder iets van een persoon."""

import re

import pytest

from adapters.metrieken import LABELS, Metriek, als_tekst, verzamel
from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.handelingen.lekken import zoek_lekken
from tests.integratie.bedrijf.hulp import portaal
from tests.integratie.beheer_hulp import Regie

REGEL = re.compile(r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+]+$')
CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def laat(regie: Regie) -> list[str]:
    refs = regie.vul()
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    regie.open_stappen()
    regie.zet_klok("2026-03-31T08:00:00+00:00")
    return refs


def test_de_aantallen_zijn_die_van_de_database(op_database: Regie) -> None:
    laat(op_database)
    gemeten = op_database.json("metrieken")
    stappen = op_database.json("stap", "lijst")
    open_ = [s for s in stappen if s["status"] == "open"]
    te_laat = [s for s in open_ if (s["uiterst"] or s["streef"]) < "2026-03-31"]
    assert te_laat

    def som(naam: str, **labels: str) -> float:
        return sum(m["waarde"] for m in gemeten if m["naam"] == naam and labels.items() <= m["labels"].items())

    assert som("regie_dossiers", status="lopend") == 3
    assert som("regie_stappen") == len(stappen)
    assert som("regie_stappen", status="open") == len(open_)
    assert som("regie_stappen_te_laat") == len(te_laat)
    assert som("regie_berichten", status="wachtend") == len(op_database.json("post", "lijst"))
    assert som("regie_post_staat_stil") == 0
    assert som("regie_bericht_oudste_wachtend_seconden") == 70 * 86400
    op_database("post", "pauzeer", "--door", "m-bhr", "--reden", "Storing bij de mailserver.")
    assert ("regie_post_staat_stil", 1) in [(m["naam"], m["waarde"]) for m in op_database.json("metrieken")]


def test_elke_regel_is_voor_prometheus_en_elk_label_is_een_code(op_database: Regie) -> None:
    refs = laat(op_database)
    tekst = op_database("metrieken")
    regels = [regel for regel in tekst.splitlines() if not regel.startswith("#")]
    assert len(regels) > 10
    assert [regel for regel in regels if not REGEL.match(regel)] == []
    for metriek in verzamel(op_database.omgeving):
        assert set(metriek.labels) <= LABELS
        assert all(CODE.fullmatch(waarde) for labels, _ in metriek.waarden for waarde in labels), metriek.naam
    assert not any(ref in tekst for ref in refs)
    assert zoek_lekken(op_database.omgeving, [("/metrics", tekst)]) == []


def test_een_label_dat_niet_is_afgesproken_kan_niet_bestaan() -> None:
    with pytest.raises(AssertionError):
        Metriek("regie_x", "x", ("naam",))


def test_vreemde_tekens_breken_de_vorm_niet() -> None:
    metriek = Metriek("regie_x", "x", ("partner",))
    metriek.zet(1, 'a"b\\c\nd')
    assert als_tekst([metriek]).splitlines()[-1] == 'regie_x{partner="a\\"b\\\\c\\nd"} 1'


def test_zonder_sleutel_antwoordt_het_portaal_alleen_aan_zijn_eigen_machine(regie: Regie) -> None:
    regie.vul(1)
    web = portaal(regie)
    antwoord = web.get("/metrics")
    assert antwoord.status_code == 200
    assert antwoord.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "regie_dossiers{" in antwoord.text
    assert web.get("/metrics", {"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert portaal(regie, van="203.0.113.9").get("/metrics").status_code == 404


def test_met_een_sleutel_telt_alleen_de_sleutel(regie: Regie) -> None:
    regie.vul(1)
    regie.instelling(metrieken_sleutel="een-lange-geheime-sleutel")
    web = portaal(regie)
    assert web.get("/metrics").status_code == 404
    assert web.get("/metrics", {"Authorization": "Bearer iets-anders"}).status_code == 404
    juist = {"Authorization": "Bearer een-lange-geheime-sleutel", "X-Forwarded-For": "203.0.113.9"}
    assert web.get("/metrics", juist).status_code == 200


def test_elke_soort_en_status_is_een_code() -> None:
    for soort in (*Stapsoort, *Stapstatus, *Rol):
        assert CODE.fullmatch(soort.value)
