"""Het formulier van elke uitkomst: alles wat gevraagd wordt is te zien, te lezen en te verbeteren."""

from datetime import date
from typing import Any

import pytest

from domein.gebeurtenissen.soorten import lees as lees_gebeurtenis
from domein.regels.uitkomsten import UITKOMSTEN, Uitkomst, Veld, vul_aan
from portaal.formulier import alle_velden, lees, lees_datum, toon
from portaal.paginas import over, pagina
from portaal.taak import Taakbeeld, Toestand

VANDAAG = date(2026, 3, 2)
VORMEN = sorted(UITKOMSTEN)
VOORBEELDEN = {
    "duo/navraag": "duo/navraag/pip-vastgesteld/1",
    "tolk/boeken": "tolk/boeken/1/voortgang/3",
    "tolk/afzeggen": "tolk/afzeggen/1/voortgang/3",
}


def goede_waarde(veld: Veld) -> str:
    match veld.type:
        case "datum":
            return "2026-03-02"
        case "ja_nee":
            return "ja"
        case "getal":
            return str(max(veld.minimum or 0, min(veld.maximum or 50, 50)))
        case "keuze":
            return veld.keuzes[0][0]
        case "meerkeuze":
            return ",".join(waarde for waarde, _ in veld.keuzes[:2])
        case _:
            return "ABC-1"


def ingevuld(uitkomst: Uitkomst) -> dict[str, str]:
    velden = {f"{uitkomst.soort}.{veld.naam}": goede_waarde(veld) for veld in alle_velden(uitkomst)}
    return {"uitkomst": uitkomst.soort, **velden}


def pagina_van(vorm: str, invoer: dict[str, str], fouten: dict[str, str]) -> str:
    beeld = Taakbeeld(Toestand.OPEN, "Titel", "D-7F3K9", VANDAAG, VANDAAG, "Daarom.", "artikel 1")
    gegevens: dict[str, Any] = {
        "beeld": beeld,
        "keuzes": toon(UITKOMSTEN[vorm], invoer, fouten, vandaag=VANDAAG),
        "toon_formulier": True,
        "bewaard_antwoord": [],
        "fouten": fouten,
        "foutenlijst": [],
        "gelukt": False,
        "kader": "basis.html",
        "aangemeld": False,
        "generatie": 1,
        "concept_op": None,
        "concept_bewaard": False,
        "toon_bereid": False,
        "eerst_aanmelden": False,
        **dict.fromkeys(("melding", "uitweg", "vraag_reden", "reden", "actie", "bewijs", "werklink"), ""),
    }
    return bytes(pagina("taak.html", gegevens).body).decode()


@pytest.mark.parametrize("vorm", VORMEN)
def test_elke_vraag_van_elke_stap_staat_op_de_pagina(vorm: str) -> None:
    html = pagina_van(vorm, {}, {})
    for uitkomst in UITKOMSTEN[vorm]:
        for veld in alle_velden(uitkomst):
            naam = f"{uitkomst.soort}.{veld.naam}"
            vinkjes = [f'name="{naam}.{waarde}"' for waarde, _ in veld.keuzes]
            for vraag in vinkjes if veld.type == "meerkeuze" else [f'name="{naam}"']:
                assert vraag in html
    if len(UITKOMSTEN[vorm]) > 1:
        assert html.count('name="uitkomst"') == len(UITKOMSTEN[vorm])


@pytest.mark.parametrize("vorm", VORMEN)
def test_wat_goed_is_ingevuld_past_in_de_gebeurtenis(vorm: str) -> None:
    for uitkomst in UITKOMSTEN[vorm]:
        gelezen = lees(UITKOMSTEN[vorm], ingevuld(uitkomst))
        assert gelezen.fouten == {}
        assert (gelezen.soort, gelezen.datum) == (uitkomst.soort, VANDAAG)
        kenmerk = VOORBEELDEN.get(vorm, f"{vorm}/1")
        volledig = vul_aan(kenmerk, uitkomst.soort, gelezen.gegevens, inhoud="lezen", door="m-1")
        lees_gebeurtenis(uitkomst.soort, volledig)


@pytest.mark.parametrize("vorm", VORMEN)
def test_leeg_noemt_elk_verplicht_veld_en_de_pagina_toont_de_fout_ernaast(vorm: str) -> None:
    for uitkomst in UITKOMSTEN[vorm]:
        invoer = dict.fromkeys(ingevuld(uitkomst), "") | {"uitkomst": uitkomst.soort}
        gelezen = lees(UITKOMSTEN[vorm], invoer)
        verplicht = {veld.naam for veld in alle_velden(uitkomst) if veld.verplicht}
        assert set(gelezen.fouten) == verplicht
        html = pagina_van(vorm, invoer, gelezen.fouten)
        for naam in verplicht:
            assert f'id="{uitkomst.soort}-{naam}-fout"' in html
            assert f'aria-describedby="{uitkomst.soort}-{naam}-' in html


def test_vinkjes_worden_een_lijst_en_blijven_staan() -> None:
    invoer = {"s.datum": "2026-03-02", "s.n.b": "ja"}
    assert lees([MEERKEUZE], invoer).gegevens == {"n": ["b"]}
    (keuze,) = toon([MEERKEUZE], invoer, vandaag=VANDAAG)
    assert [vraag.waarde for vraag in keuze.vragen] == ["2026-03-02", "b"]


GETAL = Uitkomst("s", "S", velden=(Veld("n", "N", "getal", minimum=1, maximum=36),))
CODE = Uitkomst("s", "S", velden=(Veld("n", "N", "code"),))
KEUZE = Uitkomst("s", "S", velden=(Veld("n", "N", "keuze", keuzes=(("a", "A"),)),))
MEERKEUZE = Uitkomst("s", "S", velden=(Veld("n", "N", "meerkeuze", keuzes=(("a", "A"), ("b", "B"))),))
JA_NEE = Uitkomst("s", "S", velden=(Veld("n", "N", "ja_nee"),))
TEKST = Uitkomst("s", "S", velden=(Veld("n", "N", "tekst"),))


@pytest.mark.parametrize(
    ("uitkomst", "ruw"),
    [
        (GETAL, "0"), (GETAL, "37"), (GETAL, "3,5"), (GETAL, "1e1"), (GETAL, "٣"), (GETAL, "9" * 40),
        (GETAL, "--1"),
        (CODE, "twee woorden"), (CODE, "x" * 61), (CODE, "a\u202eb"), (KEUZE, "b"), (MEERKEUZE, "a,c"),
        (JA_NEE, "misschien"), (TEKST, "x" * 2001),
    ],
)  # fmt: skip
def test_onleesbare_invoer_is_een_fout_bij_het_veld(uitkomst: Uitkomst, ruw: str) -> None:
    gelezen = lees([uitkomst], {"s.datum": "2026-03-02", "s.n": ruw})
    assert list(gelezen.fouten) == ["n"]
    assert gelezen.gegevens == {}


@pytest.mark.parametrize("ruw", ["2026-03-02", "02-03-2026", "2-3-2026", "2/3/2026"])
def test_een_dag_mag_geschreven_zijn_zoals_mensen_dat_doen(ruw: str) -> None:
    assert lees_datum(ruw) == VANDAAG


@pytest.mark.parametrize(
    "ruw", ["2026-02-30", "20260302", "2026-W10-1", "morgen", "02-03-26", "0000-01-01", "٢-٣-٢٠٢٦x"]
)
def test_wat_geen_dag_is_wordt_geweigerd(ruw: str) -> None:
    with pytest.raises(ValueError, match="bestaande datum"):
        lees_datum(ruw)


@pytest.mark.parametrize("ruw", ["0001-01-01", "1899-12-31", "31-12-1899", "2101-01-01", "9999-12-31", "1/1/9999"])
def test_een_jaar_ver_van_nu_wordt_geweigerd_met_welke_jaren_wel_kunnen(ruw: str) -> None:
    with pytest.raises(ValueError, match="van 1900 tot en met 2100"):
        lees_datum(ruw)


def test_het_eerste_en_het_laatste_jaar_tellen_mee() -> None:
    assert (lees_datum("1900-01-01"), lees_datum("31-12-2100")) == (date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("dag", "tekst"),
    [
        (date(2026, 1, 10), "2 dagen te laat"), (date(2026, 1, 11), "1 dag te laat"), (date(2026, 1, 12), "vandaag"),
        (date(2026, 1, 13), "morgen"), (date(2026, 3, 13), "nog 60 dagen"), (date(2026, 3, 14), "uiterlijk 14 maart"),
        (date(2029, 2, 25), "uiterlijk 25 februari 2029"),
    ],
)  # fmt: skip
def test_hoe_ver_een_dag_weg_is_staat_er_zoals_een_mens_het_zegt(dag: date, tekst: str) -> None:
    assert over(dag, date(2026, 1, 12)) == tekst


@pytest.mark.parametrize(
    ("tekst", "vol"),
    [
        ("Dat staat bij 999992740.", True), ("(9999.92.740)", True), ("999 992 740 belde", True),
        ("zaak 999992741", False), ("bel 0612345012", False), ("op 2026-01-26", False), ("rekening 12999992740", False),
    ],
)  # fmt: skip
def test_een_getal_dat_een_bsn_kan_zijn_hoort_in_geen_toelichting(tekst: str, vol: bool) -> None:
    vraag = Uitkomst("advies", "Advies", "", "", (Veld("toelichting", "Advies", "tekst"),))
    fouten = lees([vraag], {"advies.toelichting": tekst}).fouten
    assert ("toelichting" in fouten) is vol
    assert "999992740" not in str(fouten)
