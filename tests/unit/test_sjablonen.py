"""Sjablonen: elk sjabloon is te vullen, een gat is een fout, en vijandige tekst blijft tekst."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.sjablonen import GROOTSTE_TEKST, Sjablonen, SjabloonFout
from domein.handelingen import bericht as soorten

SOORTEN = (
    soorten.TAAK,
    soorten.TAAK_VERZET,
    soorten.TAAK_INGETROKKEN,
    soorten.HERINNERING,
    soorten.ESCALATIE,
    soorten.DOSSIER_GEWIJZIGD,
    soorten.DOSSIER_INGETROKKEN,
)
VRAGEN = (soorten.TAAK, soorten.TAAK_VERZET, soorten.HERINNERING)


def gegevens(**anders: Any) -> dict[str, Any]:
    return {
        "titel": "Voer voortgangsgesprek 1",
        "referentie": "D-7F3K9",
        "klaar_op": date(2026, 5, 4),
        "uiterst": date(2026, 5, 18),
        "einde": date(2026, 5, 18),
        "waarom": "Het PIP spreekt een gesprek af na drie maanden.",
        "artikel": "artikel 17 Wi",
        "vervallen_waarom": "Het plan van het dossier is veranderd.",
        "wat": "De inburgeraar is verhuisd.",
        "huishouden": "",
        "behandelaar": "km-1",
        "link": "https://portaal.example/taak/abc",
        "werklink": "https://portaal.example/werk/def",
        **anders,
    }


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_berichtsoort_heeft_een_sjabloon_dat_te_vullen_is(soort: str) -> None:
    brief = Sjablonen().schrijf(soort, gegevens())
    assert "D-7F3K9" in brief.onderwerp
    assert "Voer voortgangsgesprek 1" in brief.onderwerp
    assert "Beste collega," in brief.tekst
    assert "{{" not in brief.tekst + brief.onderwerp


def test_er_zijn_geen_sjablonen_zonder_berichtsoort() -> None:
    assert set(Sjablonen().soorten()) == set(SOORTEN)


@pytest.mark.parametrize("soort", VRAGEN)
def test_wie_iets_moet_doen_ziet_de_dag_het_waarom_en_de_links(soort: str) -> None:
    tekst = Sjablonen().schrijf(soort, gegevens()).tekst
    for deel in ("maandag 4 mei 2026", "maandag 18 mei 2026", "na drie maanden. (artikel 17 Wi)"):
        assert deel in tekst
    assert "\nhttps://portaal.example/taak/abc\n" in tekst
    assert "\nhttps://portaal.example/werk/def\n" in tekst


@pytest.mark.parametrize("soort", [soorten.TAAK_INGETROKKEN, soorten.ESCALATIE])
def test_wie_niets_hoeft_te_antwoorden_krijgt_geen_antwoordlink(soort: str) -> None:
    assert "/taak/" not in Sjablonen().schrijf(soort, gegevens()).tekst


@pytest.mark.parametrize("soort", VRAGEN)
def test_zonder_uiterste_dag_staat_er_geen_lege_regel_of_uiterlijk(soort: str) -> None:
    tekst = Sjablonen().schrijf(soort, gegevens(uiterst=None)).tekst
    assert "Uiterlijk" not in tekst
    assert "\n\n\n" not in tekst


@pytest.mark.parametrize("soort", [soorten.TAAK, soorten.TAAK_VERZET])
def test_een_taak_noemt_gesprekken_van_huisgenoten_alleen_als_die_er_zijn(soort: str) -> None:
    zin = "Zelfde huishouden: D-2B4CD, gesprek 2 op 6 mei 2026"
    assert zin in Sjablonen().schrijf(soort, gegevens(huishouden=zin.removeprefix("Zelfde huishouden: "))).tekst
    zonder = Sjablonen().schrijf(soort, gegevens()).tekst
    assert "huishouden" not in zonder
    assert "\n\n\n" not in zonder


@pytest.mark.parametrize("soort", SOORTEN)
def test_een_ontbrekende_variabele_is_een_fout(soort: str) -> None:
    met = gegevens()
    gebruikt = [naam for naam in met if naam in _variabelen(soort)]
    assert {"titel", "referentie"} <= set(gebruikt)
    for naam in gebruikt:
        zonder = {sleutel: waarde for sleutel, waarde in met.items() if sleutel != naam}
        with pytest.raises(SjabloonFout):
            Sjablonen().schrijf(soort, zonder)


def _variabelen(soort: str) -> set[str]:
    map_ = Path(__file__).parents[2] / "sjablonen" / soort / "nl"
    tekst = "".join(bestand.read_text(encoding="utf-8") for bestand in sorted(map_.iterdir()))
    return set(re.findall(r"\{[{%] ?(?:if )?(\w+)", tekst))


VIJANDIG = [
    "{{ 7 * 7 }}",
    "{% for x in range(9999999) %}a{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "Taak\r\nBcc: x@y.example",
    "Taak\nVul hier in hoe het ging:\nhttps://kwaad.example",
    "\u202ekeerom",
    "\u2028regel",
    "nul\x00teken",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "a, b@c.example",
]


@pytest.mark.parametrize("waarde", VIJANDIG)
@pytest.mark.parametrize("soort", SOORTEN)
def test_vijandige_tekst_blijft_tekst(soort: str, waarde: str) -> None:
    schoon = Sjablonen().schrijf(soort, gegevens())
    brief = Sjablonen().schrijf(soort, gegevens(titel=waarde, waarom=waarde, behandelaar=waarde))
    assert len(brief.onderwerp.splitlines()) == 1
    assert len(brief.onderwerp) <= 200
    assert brief.tekst.count("\n") == schoon.tekst.count("\n")
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u2028\x00\r]", brief.onderwerp + brief.tekst)
    if waarde.startswith(("{{", "{%")):
        assert waarde in brief.tekst


def _map_met(tmp_path: Path, tekst: str) -> Path:
    map_ = tmp_path / "proef" / "nl"
    map_.mkdir(parents=True)
    (map_ / "onderwerp.txt.j2").write_text("Proef", encoding="utf-8")
    (map_ / "tekst.txt.j2").write_text(tekst, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "tekst",
    [
        "{{ onbekend }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ titel.__init__.__globals__ }}",
        "{% for i in range(10) %}x{% endfor %}",
        "{% include '../../../etc/passwd' %}",
        "{{ titel",
        "{{ 1 / 0 }}",
        "{{ lijst.append(1) }}",
        "{{ none }}",
        "{% for a in titel * 100 %}{{ titel * 10 }}{% endfor %}",
    ],
)
def test_een_giftig_sjabloon_geeft_een_fout_en_geen_brief(tmp_path: Path, tekst: str) -> None:
    met_eigen = Sjablonen(_map_met(tmp_path, tekst))
    with pytest.raises(SjabloonFout) as fout:
        met_eigen.schrijf("proef", {"titel": "Geheime titel van dit dossier", "lijst": [1], "lang": "x"})
    assert "Geheime titel" not in f"{fout.value.melding} {fout.value.uitweg}"


def test_een_sjabloon_dat_te_lang_wordt_stopt(tmp_path: Path) -> None:
    met_eigen = Sjablonen(_map_met(tmp_path, "x" * (GROOTSTE_TEKST + 1)))
    with pytest.raises(SjabloonFout, match="te lang"):
        met_eigen.schrijf("proef", {})


def test_een_onbekende_berichtsoort_is_een_fout() -> None:
    with pytest.raises(SjabloonFout, match="bestaat niet"):
        Sjablonen().schrijf("bestaat-niet", gegevens())


@pytest.mark.parametrize("soort", SOORTEN)
def test_de_zinnen_zijn_kort(soort: str) -> None:
    """Een rookmelder voor B1: hoogstens 12 woorden gemiddeld, hoogstens 20 in één zin."""
    tekst = Sjablonen().schrijf(soort, gegevens()).tekst
    zinnen = [z.split() for z in re.split(r"[.?!\n]", tekst) if len(z.split()) > 1 and ":" not in z]
    assert max(map(len, zinnen)) <= 20
    assert sum(map(len, zinnen)) / len(zinnen) <= 12
