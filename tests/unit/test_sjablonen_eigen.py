"""Een regio mag eigen sjablonen hebben: gekeurd vóór gebruik, en nooit stil vervangen door het gewone."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from adapters.sjablonen import GROOTSTE_TEKST, Sjablonen, SjabloonFout
from adapters.sjablonen_soorten import MAP, berichtsoorten
from adapters.sjablonen_toets import Bevinding, klare_taal, toets_eigen

GEHEIM = "Geheime titel van dit dossier"
KLAAR = klare_taal()


def gegevens(**anders: Any) -> dict[str, Any]:
    return {**berichtsoorten()["taak"].voorbeelden()[0].gegevens, "titel": GEHEIM, **anders}


def eigen_map(tmp_path: Path, **delen: str | None) -> Path:
    """Een map met een eigen sjabloon voor `taak`; een deel is vervangen, of weg (None)."""
    map_ = tmp_path / "taak" / "nl"
    shutil.copytree(MAP / "taak" / "nl", map_)
    for naam, tekst in delen.items():
        bestand = map_ / {"onderwerp": "onderwerp.txt.j2", "tekst": "tekst.txt.j2", "html": "html.j2"}[naam]
        bestand.unlink()
        if tekst is not None:
            bestand.write_text(tekst, encoding="utf-8")
    return tmp_path


def fouten(tmp_path: Path) -> list[Bevinding]:
    return [b for b in toets_eigen(Sjablonen(tmp_path), KLAAR) if b.ernst == "fout"]


def test_het_eigen_sjabloon_wint_en_de_rest_blijft_gewoon(tmp_path: Path) -> None:
    met_eigen = Sjablonen(eigen_map(tmp_path, tekst="Hallo {{ titel }}\n{{ link }}\n"))
    assert met_eigen.schrijf("taak", gegevens()).tekst == f"Hallo {GEHEIM}\nhttps://regie.example/taak/voorbeeld\n"
    gewoon = berichtsoorten()["herinnering"].voorbeelden()[0].gegevens
    assert met_eigen.schrijf("herinnering", gewoon) == Sjablonen().schrijf("herinnering", gewoon)


def test_een_goed_eigen_sjabloon_heeft_geen_bevindingen(tmp_path: Path) -> None:
    eigen_map(tmp_path)
    assert fouten(tmp_path) == []


@pytest.mark.parametrize("deel", ["onderwerp", "tekst", "html"])
def test_een_ontbrekend_deel_houdt_de_mail_tegen(tmp_path: Path, deel: str) -> None:
    met_eigen = Sjablonen(eigen_map(tmp_path, **{deel: None}))
    with pytest.raises(SjabloonFout, match="ontbreekt"):
        met_eigen.schrijf("taak", gegevens())
    assert [b.soort for b in fouten(tmp_path)] == ["sjabloon_fout"]


def test_een_onbekende_variabele_valt_op_ook_waar_het_voorbeeld_niet_komt(tmp_path: Path) -> None:
    tekst = "{% if uiterst is none %}{{ naam }}{% endif %}{{ titel }}"
    met_eigen = Sjablonen(eigen_map(tmp_path, tekst=tekst))
    with pytest.raises(SjabloonFout, match="noemt naam"):
        met_eigen.schrijf("taak", gegevens())
    assert "naam" in fouten(tmp_path)[0].melding


def test_alleen_wie_daarvoor_koos_krijgt_het_gewone_sjabloon_terug(tmp_path: Path) -> None:
    map_ = eigen_map(tmp_path, tekst="{{ bestaat_niet }}")
    with pytest.raises(SjabloonFout):
        Sjablonen(map_).schrijf("taak", gegevens())
    met_terugval = Sjablonen(map_, terugval=True)
    assert met_terugval.schrijf("taak", gegevens()) == Sjablonen().schrijf("taak", gegevens())
    # De toets ziet de fout ook dan.
    assert [b for b in toets_eigen(met_terugval, KLAAR) if b.ernst == "fout"]


GIFTIG = [
    "{{ onbekend }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ titel.__init__.__globals__ }}",
    "{{ titel.upper() }}",
    "{{ titel.upper }}",
    "{{ titel | safe }}",
    "{{ titel | attr('__class__') }}",
    "{{ titel | map('upper') | list }}",
    "{% autoescape false %}{{ titel }}{% endautoescape %}",
    "{% for i in range(10) %}x{% endfor %}",
    "{% for i in (1, 2) %}x{% endfor %}",
    "{% for a in titel * 100 %}{{ titel * 10 }}{% endfor %}",
    "{{ 'x' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 / 0 }}",
    "{{ titel % titel }}",
    "{{ titel[0] }}",
    "{% set x = titel %}{{ x }}",
    "{% set titel = 'y' %}",
    "{% include '../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include '_basis/../../pyproject.toml' %}",
    "{% include 'taak/nl/onderwerp.txt.j2' %}",
    "{% include titel %}",
    "{% extends titel %}",
    "{% import '_basis/blokken.html.j2' as b %}",
    "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% for a in titel recursive %}{{ loop(titel) }}{% endfor %}",
    "{% for a in titel %}{% for b in titel %}{% for c in titel %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ titel",
    "{% if titel %}",
    "{{ none }}",
    "{{ true }}",
    "{{ lipsum() }}",
    "{{ cycler }}",
    "{{ self }}",
    "{{ caller() }}",
    "{{ super() }}",
    "{% call titel() %}x{% endcall %}",
    "{{ titel() }}",
    "{% filter upper %}{{ titel }}{% endfilter %}",
    "{% do titel %}",
    "{% with a = titel %}{{ a }}{% endwith %}",
    "{{ {'a': titel} }}",
    "{{ [titel] }}",
    "{{ uiterst.replace(year=1) }}",
    "{% from '_basis/blokken.html.j2' import bestaat_niet %}{{ bestaat_niet('x') }}",
    "x" * (GROOTSTE_TEKST + 1),
    "{% for a in titel %}{% for b in titel %}{{ waarom }}{% endfor %}{% endfor %}",
]  # fmt: skip


@pytest.mark.parametrize("tekst", GIFTIG)
def test_een_giftig_sjabloon_geeft_een_fout_en_geen_brief(tmp_path: Path, tekst: str) -> None:
    met_eigen = Sjablonen(eigen_map(tmp_path, tekst=tekst))
    begin = time.monotonic()
    with pytest.raises(SjabloonFout) as fout:
        met_eigen.schrijf("taak", gegevens(titel=GEHEIM * 20, waarom=GEHEIM * 20))
    assert GEHEIM not in f"{fout.value.melding} {fout.value.uitweg}"
    assert time.monotonic() - begin < 2
    assert fouten(tmp_path)


@pytest.mark.parametrize(
    "html",
    [
        "<img src='https://kwaad.example/pixel.gif'>",
        "<script>alert(1)</script>",
        "<link rel=stylesheet href='https://kwaad.example/x.css'>",
        "<style>body { background: url(https://kwaad.example/x) }</style>",
        "<style>@import 'https://kwaad.example/x.css';</style>",
        "<form action='https://kwaad.example'></form>",
        "<p onclick='x()'>x</p>",
    ],
)
def test_een_mail_met_een_plaatje_script_of_formulier_zakt(tmp_path: Path, html: str) -> None:
    goed = (MAP / "taak" / "nl" / "html.j2").read_text(encoding="utf-8")
    eigen_map(tmp_path, html=goed.replace("{% block slot %}", "{% block slot %}" + html))
    assert "html" in {b.soort for b in fouten(tmp_path)}


def test_een_hersteld_bestand_telt_meteen(tmp_path: Path) -> None:
    sjablonen = Sjablonen(eigen_map(tmp_path, tekst="{{ bestaat_niet }}"))
    with pytest.raises(SjabloonFout):
        sjablonen.schrijf("taak", gegevens())
    (tmp_path / "taak" / "nl" / "tekst.txt.j2").write_text("Hersteld {{ titel }}\n", encoding="utf-8")
    assert sjablonen.schrijf("taak", gegevens()).tekst == f"Hersteld {GEHEIM}\n"


def test_tekst_en_html_moeten_dezelfde_links_hebben(tmp_path: Path) -> None:
    goed = (MAP / "taak" / "nl" / "tekst.txt.j2").read_text(encoding="utf-8")
    eigen_map(tmp_path, tekst=goed + "{{ link }}/extra\n")
    assert {b.soort for b in fouten(tmp_path)} == {"links"}


def test_een_eigen_sjabloon_moet_ook_leesbaar_zijn(tmp_path: Path) -> None:
    goed = (MAP / "taak" / "nl" / "tekst.txt.j2").read_text(encoding="utf-8")
    zin = (
        "Ingevolge het bepaalde dient de behandelaar onverwijld zorg te dragen voor de administratieve afhandeling van "
        "alle werkzaamheden met betrekking tot de onderhavige verantwoordelijkheidsverdeling en de rapportage daarover."
    )
    eigen_map(tmp_path, tekst=goed.replace("U hebt een nieuwe taak.", zin))
    soorten = {b.soort for b in fouten(tmp_path)}
    assert soorten >= {"leesbaarheid", "verboden_woord", "moeilijk_woord"}


@pytest.mark.parametrize("map_", ["verzonnen/nl", "taak/ti"])
def test_een_map_die_nergens_bij_hoort_valt_op(tmp_path: Path, map_: str) -> None:
    shutil.copytree(MAP / "taak" / "nl", tmp_path / map_)
    if map_.startswith("verzonnen"):
        assert "geen berichtsoort" in fouten(tmp_path)[0].melding
    else:
        assert fouten(tmp_path) == []  # een extra taal mag


def test_een_map_die_er_niet_is_verandert_niets(tmp_path: Path) -> None:
    sjablonen = Sjablonen(tmp_path / "nergens")
    assert sjablonen.eigen() == ()
    assert sjablonen.schrijf("taak", gegevens()) == Sjablonen().schrijf("taak", gegevens())
