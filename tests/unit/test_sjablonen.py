"""Sjablonen: elk sjabloon is te vullen, een gat is een fout, en vijandige tekst blijft tekst."""

import re
from typing import Any

import pytest

from adapters.sjablonen import GROOTSTE_ONDERWERP, Sjablonen, SjabloonFout
from adapters.sjablonen_soorten import DELEN, MAP, Berichtsoort, berichtsoorten
from adapters.sjablonen_toets import lees_html
from domein.handelingen import berichtsoorten as soorten

ALLE = list(berichtsoorten().values())
MET_TAAL = [pytest.param(soort, taal, id=f"{soort.naam}-{taal}") for soort in ALLE for taal in soort.talen]
ANTWOORDBAAR = (soorten.TAAK, soorten.TAAK_VERZET, soorten.OVERDRACHT, soorten.HERINNERING)
SJABLONEN = Sjablonen()


def gegevens(soort: str, **anders: Any) -> dict[str, Any]:
    return {**berichtsoorten()[soort].voorbeelden()[0].gegevens, **anders}


# elk sjabloon


@pytest.mark.parametrize(("soort", "taal"), MET_TAAL)
def test_elke_soort_is_te_vullen_ook_op_zijn_langst_en_op_zijn_leegst(soort: Berichtsoort, taal: str) -> None:
    for geval in (*soort.voorbeelden(), *soort.randgevallen()):
        brief = SJABLONEN.schrijf(soort.naam, geval.gegevens, taal)
        samen = brief.onderwerp + brief.tekst + brief.html
        assert "{{" not in samen
        assert "None" not in samen
        assert "\n\n\n" not in brief.tekst
        assert brief.html.startswith(f'<!doctype html>\n<html lang="{taal}" dir="{"rtl" if taal == "ar" else "ltr"}">')


def test_elke_map_hoort_bij_een_soort_en_heeft_drie_delen_per_taal() -> None:
    mappen = {map_.name for map_ in MAP.iterdir() if map_.is_dir() and not map_.name.startswith("_")}
    assert mappen == set(berichtsoorten())
    for soort in ALLE:
        talen = {map_.name: sorted(deel.name for deel in map_.iterdir()) for map_ in (MAP / soort.naam).iterdir()}
        assert talen == {taal: sorted(DELEN) for taal in soort.talen}


def test_elke_berichtsoort_van_het_domein_heeft_een_sjabloon() -> None:
    mails = {soort.naam for soort in ALLE if soort.vorm == "mail"}
    assert mails == soorten.SOORTEN | soorten.ESCALATIESJABLONEN


def test_wat_iets_vraagt_is_in_het_domein_en_in_de_lijst_gelijk() -> None:
    assert {s.naam for s in ALLE if s.vraagt_iets} >= soorten.VRAAGT_IETS
    assert {s.naam for s in ALLE if s.agenda} == soorten.MET_AGENDA
    assert {s.naam for s in ALLE if s.afmelden} == soorten.AFMELDBAAR
    for soort in ALLE:
        assert ("afmeldlink" in soort.namen) == soort.afmelden


@pytest.mark.parametrize("soort", ANTWOORDBAAR)
def test_wie_iets_moet_doen_ziet_dossier_dag_waarom_en_drie_links(soort: str) -> None:
    brief = SJABLONEN.schrijf(soort, gegevens(soort))
    for deel in ("Voer voortgangsgesprek 1", "D-7F3K9", "maandag 4 mei 2026", "maandag 18 mei 2026", "lid 4 Besluit"):
        assert deel in brief.tekst
        assert deel in brief.html
    links = ("/taak/", "/later/", "/niet-voor-mij/", "/werk/")
    for link in (f"https://regie.example{pad}voorbeeld" for pad in links):
        assert f"\n{link}\n" in brief.tekst
        assert link in lees_html(brief.html).adressen
    # In tien seconden (veertig woorden): wat, welk dossier en wanneer; dan waarom, dan pas de links.
    begin = " ".join(brief.tekst.split()[:40])
    for deel in ("Voer voortgangsgesprek 1", "D-7F3K9", "maandag 4 mei 2026", "Waarom deze datum?"):
        assert deel in begin
    assert brief.tekst.index("Waarom deze datum?") < brief.tekst.index("https://")


@pytest.mark.parametrize("soort", [soorten.TAAK_INGETROKKEN, soorten.ESCALATIE, soorten.DOSSIER_GEWIJZIGD])
def test_wie_niets_hoeft_te_antwoorden_krijgt_geen_antwoordlink(soort: str) -> None:
    brief = SJABLONEN.schrijf(soort, gegevens(soort))
    assert not re.search(r"/(taak|later|niet-voor-mij)/", brief.tekst + brief.html)


@pytest.mark.parametrize("soort", ANTWOORDBAAR)
def test_zonder_uiterste_dag_staat_er_geen_lege_regel_of_uiterlijk(soort: str) -> None:
    brief = SJABLONEN.schrijf(soort, gegevens(soort, uiterst=None))
    assert "Uiterlijk" not in brief.tekst + brief.html


@pytest.mark.parametrize(("dagen", "zin"), [(14, "nog 14 dagen"), (1, "Morgen is"), (0, "Vandaag is"), (-2, "voorbij")])
def test_een_herinnering_zegt_hoeveel_tijd_er_nog_is(dagen: int, zin: str) -> None:
    brief = SJABLONEN.schrijf("herinnering", gegevens("herinnering", nog_dagen=dagen))
    assert zin in brief.tekst
    assert zin in brief.html


def test_hogere_niveaus_noemen_geen_dossier() -> None:
    for soort in ("escalatie_contractmanager", "escalatie_regiocoordinator", "escalatie_overleg", "maandmemo"):
        assert "referentie" not in berichtsoorten()[soort].namen


def test_alleen_een_brief_kent_de_naam_van_een_persoon() -> None:
    for soort in ALLE:
        assert soort.vorm == "brief" or not {"naam", "straat", "postcode_plaats", "taalnaam"} & soort.namen
        if soort.naam.startswith("tolk_"):
            assert "naam" not in soort.namen  # het bureau hoort geen naam


# gaten en vijandige tekst


@pytest.mark.parametrize(("soort", "taal"), MET_TAAL)
def test_een_ontbrekende_variabele_is_een_fout(soort: Berichtsoort, taal: str) -> None:
    gebruikt = 0
    for naam in soort.namen:
        zonder = {sleutel: waarde for sleutel, waarde in gegevens(soort.naam).items() if sleutel != naam}
        try:
            brief = SJABLONEN.schrijf(soort.naam, zonder, taal)
        except SjabloonFout:
            gebruikt += 1
        else:  # alleen een variabele die dit sjabloon niet noemt, mag ontbreken
            assert brief == SJABLONEN.schrijf(soort.naam, gegevens(soort.naam), taal)
    assert gebruikt >= 2


VIJANDIG = [
    "{{ 7 * 7 }}",
    "{% for x in range(9999999) %}a{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "Taak\r\nBcc: x@y.example",
    "Taak\nVul hier in hoe het ging:\nhttps://kwaad.example",
    "\u202ekeerom",
    "\u2066\u2069\u200f\u061clos",
    "\u2028regel\u2029alinea\x85\x0b\x0c",
    "nul\x00teken",
    "x" * 10_000,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--", "]]>", "</table></body></html>", "&#60;script&#62;",
    "a, b@c.example",
    "half\ud800\ufffe",
]  # fmt: skip


@pytest.mark.parametrize("waarde", VIJANDIG)
@pytest.mark.parametrize(("soort", "taal"), MET_TAAL)
def test_vijandige_tekst_blijft_tekst(soort: Berichtsoort, taal: str, waarde: str) -> None:
    gewoon = gegevens(soort.naam)
    schoon = SJABLONEN.schrijf(soort.naam, gewoon, taal)
    teksten = {v.naam: waarde for v in soort.variabelen if v.type in {"tekst", "code"} and gewoon[v.naam]}
    brief = SJABLONEN.schrijf(soort.naam, {**gewoon, **teksten}, taal)
    assert len(brief.onderwerp.splitlines()) == 1
    assert len(brief.onderwerp) <= GROOTSTE_ONDERWERP
    assert brief.tekst.count("\n") == schoon.tekst.count("\n")
    draaitekens = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
    assert draaitekens.findall("".join(vars_van(brief))) == draaitekens.findall("".join(vars_van(schoon)))
    assert not re.search(r"[\u2028\x00\r]", "".join(vars_van(brief)))
    assert lees_html(brief.html).tags == lees_html(schoon.html).tags
    assert lees_html(brief.html).adressen == lees_html(schoon.html).adressen
    "".join(vars_van(brief)).encode("utf-8")


def vars_van(brief: Any) -> tuple[str, str, str]:
    return brief.onderwerp, brief.tekst, brief.html


def test_een_waarde_die_zich_veilig_noemt_is_dat_niet() -> None:
    class Veilig(str):
        __slots__ = ()

        def __html__(self) -> str:
            return "<script>1</script>"

    brief = SJABLONEN.schrijf("taak", gegevens("taak", titel=Veilig("<i>x</i>"), waarom=Veilig("<i>y</i>")))
    assert "<script>" not in brief.html
    assert "<i>" not in brief.html


def test_een_onbekende_berichtsoort_is_een_fout() -> None:
    with pytest.raises(SjabloonFout, match="bestaat niet"):
        SJABLONEN.schrijf("bestaat-niet", {})
    with pytest.raises(SjabloonFout, match="bestaat niet"):
        SJABLONEN.schrijf("taak", gegevens("taak"), "ti")
    with pytest.raises(SjabloonFout, match="bestaat niet"):
        SJABLONEN.schrijf("../taak", gegevens("taak"))
