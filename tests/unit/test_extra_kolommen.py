"""De kolommen die bij een kennisgeving of koppeling erbij mogen: intrekken, huishouden, verhuizing, tolk, kind."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from adapters import kennisgevingen_bestand, koppelingen_bestand
from adapters.personenbestand import Inleesresultaat
from domein.begrippen import Doelgroep, Leerroute
from domein.registratie_koppeling import EXTRA_KOLOMMEN, KOLOMMEN, TOEGESTAAN, Koppelingsrij

VANDAAG = date(2026, 3, 6)
GEMEENTEN = ("GM0512", "GM1978", "GM1961")
DUO = {
    "kenmerk": "DUO-2026-0001", "versie": "1", "gemeente": "GM0512", "bsn": "999993653", "naam": "Selam Misale",
    "geboortedatum": "1994-03-17", "doelgroep": "asielstatushouder", "nareiziger": "nee", "ontzorgen": "ja",
    "kennisgeving_op": "2026-01-05", "brp_inschrijving": "2025-12-15", "straat": "Voorbeeldstraat 1",
    "postcode": "4201AB", "plaats": "Gorinchem", "email": "", "telefoon": "", "taal": "ti", "kanaal": "post",
}  # fmt: skip
COA = {
    "kenmerk": "COA-2026-0001", "versie": "1", "gemeente": "GM0512", "bsn": "999993653", "naam": "Selam Misale",
    "geboortedatum": "1994-03-17", "koppeling_op": "2026-01-05", "azc": "azc-budel", "nareiziger": "nee",
    "ontzorgen": "ja", "taal": "ti", "kanaal": "post", "email": "", "telefoon": "",
}  # fmt: skip
KIND = {
    "geboortedatum": "2009-01-05", "vertegenwoordiger_soort": "nidos", "vertegenwoordiger_naam": "Nidos Regio Zuid",
    "vertegenwoordiger_adres": "Voorbeeldkade 2, 4201AB Gorinchem", "vertegenwoordiger_email": "",
}  # fmt: skip
VERHUISD = {"vorige_gemeente": "GM0363", "eerste_pip_op": "2025-06-02", "eerste_pip_leerroute": "b1"}


def schrijf(map_: Path, rij: dict[str, str]) -> Path:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, fieldnames=list(rij))
    schrijver.writeheader()
    schrijver.writerow(rij)
    pad = map_ / "personen.csv"
    pad.write_text(uit.getvalue(), encoding="utf-8")
    return pad


def duo(map_: Path, **anders: str) -> Inleesresultaat:
    return kennisgevingen_bestand.lees(schrijf(map_, {**DUO, **anders}), VANDAAG, GEMEENTEN)


def coa(map_: Path, **anders: str) -> Inleesresultaat:
    return koppelingen_bestand.lees(schrijf(map_, {**COA, **anders}), VANDAAG, GEMEENTEN)


def kolommen(resultaat: Inleesresultaat) -> list[str]:
    assert resultaat.rijen == ()
    assert all(fout.toegestaan for fout in resultaat.fouten)
    return [fout.kolom for fout in resultaat.fouten]


def test_een_bestand_zonder_de_extra_kolommen_blijft_goed(tmp_path: Path) -> None:
    (rij,) = duo(tmp_path).rijen
    assert (rij.status, rij.huishouden, rij.tolk, rij.vorige_gemeente) == ("geldig", None, None, None)


def test_lege_cellen_zeggen_hetzelfde_als_geen_kolom(tmp_path: Path) -> None:
    leeg = dict.fromkeys(kennisgevingen_bestand.SOORT.extra, "")
    assert duo(tmp_path, **leeg).rijen == duo(tmp_path).rijen


def test_alle_extra_kolommen_komen_er_getypeerd_uit(tmp_path: Path) -> None:
    resultaat = duo(
        tmp_path, **KIND, **VERHUISD, tolk="Ja", huishouden="hh-2026-07", status="ingetrokken",
        ingetrokken_op="2026-02-02",
    )  # fmt: skip
    assert resultaat.fouten == ()
    (rij,) = resultaat.rijen
    assert (rij.tolk, rij.huishouden, rij.status) == (True, "HH-2026-07", "ingetrokken")
    assert (rij.vorige_gemeente, rij.eerste_pip_leerroute) == ("GM0363", Leerroute.B1)
    assert (rij.eerste_pip_op, rij.ingetrokken_op) == (date(2025, 6, 2), date(2026, 2, 2))
    assert rij.vertegenwoordiger_soort == "nidos"


@pytest.mark.parametrize(
    ("cellen", "kolom", "melding"),
    [
        pytest.param({"status": "weg"}, "status", "status bestaat niet", id="status"),
        pytest.param({"ingetrokken_op": "2026-02-02"}, "ingetrokken_op", "alleen bij een ingetrokken", id="geldig"),
        pytest.param(
            {"status": "ingetrokken", "ingetrokken_op": "2026-01-04"}, "ingetrokken_op", "vóór de kennisgeving",
            id="te-vroeg",
        ),
        pytest.param(
            {"status": "ingetrokken", "ingetrokken_op": "2026-03-07"}, "ingetrokken_op", "toekomst", id="te-laat"
        ),
        pytest.param({"huishouden": "Misale"}, "huishouden", "geen code", id="huishouden-als-naam"),
        pytest.param({"huishouden": "gezin1"}, "huishouden", "geen code", id="huishouden-met-een-woord"),
        pytest.param({"huishouden": "H999993653"}, "huishouden", "geen code", id="huishouden-als-bsn"),
        pytest.param({"vorige_gemeente": "GM9999"}, "vorige_gemeente", "bestaat niet", id="gemeente-bestaat-niet"),
        pytest.param({"vorige_gemeente": "GM0512"}, "vorige_gemeente", "dezelfde gemeente", id="zelfde-gemeente"),
        pytest.param(
            {"vorige_gemeente": "GM0363", "brp_inschrijving": ""}, "vorige_gemeente", "brp_inschrijving",
            id="zonder-inschrijving",
        ),
        pytest.param(
            {"eerste_pip_op": "2025-06-02", "eerste_pip_leerroute": "b1"}, "eerste_pip_op", "vorige gemeente",
            id="pip-zonder-vorige-gemeente",
        ),
        pytest.param({**VERHUISD, "eerste_pip_op": "2026-01-02"}, "eerste_pip_op", "na de verhuizing", id="pip-later"),
        pytest.param({**VERHUISD, "eerste_pip_op": "2021-12-31"}, "eerste_pip_op", "2022", id="pip-oude-wet"),
        pytest.param({**VERHUISD, "eerste_pip_op": ""}, "eerste_pip_leerroute", "allebei", id="alleen-leerroute"),
        pytest.param({**VERHUISD, "eerste_pip_leerroute": ""}, "eerste_pip_leerroute", "allebei", id="alleen-pip"),
        pytest.param(
            {**VERHUISD, "eerste_pip_leerroute": "onbekend"}, "eerste_pip_leerroute", "bestaat niet", id="leerroute"
        ),
        pytest.param({"tolk": "misschien"}, "tolk", "ja of nee", id="tolk"),
        pytest.param({"geboortedatum": "2010-01-06"}, "geboortedatum", "te jong", id="nog-geen-zestien"),
        pytest.param({**KIND, "vertegenwoordiger_soort": "buur"}, "vertegenwoordiger_soort", "bestaat niet", id="buur"),
        pytest.param({**KIND, "vertegenwoordiger_naam": "=A1"}, "vertegenwoordiger_naam", "formule", id="formule"),
        pytest.param({**KIND, "vertegenwoordiger_email": "x"}, "vertegenwoordiger_email", "e-mailadres", id="email"),
        pytest.param({**KIND, "vertegenwoordiger_adres": ""}, "vertegenwoordiger_adres", "of het e-mail", id="adres"),
        pytest.param({**KIND, "vertegenwoordiger_naam": ""}, "vertegenwoordiger_naam", "verplicht", id="zonder-naam"),
    ],
)  # fmt: skip
def test_een_foute_extra_cel_wordt_genoemd_met_wat_mag(
    tmp_path: Path, cellen: dict[str, str], kolom: str, melding: str
) -> None:
    resultaat = duo(tmp_path, **cellen)
    assert kolommen(resultaat) == [kolom]
    assert melding in resultaat.fouten[0].melding
    assert resultaat.fouten[0].toegestaan == kennisgevingen_bestand.SOORT.toegestaan[kolom]


def test_een_kind_zonder_de_kolommen_van_een_vertegenwoordiger_wordt_geweigerd(tmp_path: Path) -> None:
    resultaat = duo(tmp_path, geboortedatum="2009-01-05")
    assert kolommen(resultaat) == ["vertegenwoordiger_soort", "vertegenwoordiger_naam", "vertegenwoordiger_adres"]
    assert all(fout.rij == 2 for fout in resultaat.fouten)


@pytest.mark.parametrize(
    ("geboren", "goed"),
    [
        pytest.param("2010-01-05", True, id="die-dag-zestien"),
        pytest.param("2008-01-06", True, id="morgen-achttien"),
        pytest.param("2008-01-05", False, id="die-dag-achttien"),
    ],
)
def test_de_leeftijd_telt_op_de_dag_van_de_kennisgeving(tmp_path: Path, geboren: str, goed: bool) -> None:
    resultaat = duo(tmp_path, **{**KIND, "geboortedatum": geboren})
    assert bool(resultaat.rijen) is goed
    if not goed:
        assert {fout.melding for fout in resultaat.fouten} == {
            "Deze persoon is 18 jaar of ouder en heeft geen vertegenwoordiger."
        }


def test_een_email_van_de_vertegenwoordiger_is_genoeg(tmp_path: Path) -> None:
    anders = {**KIND, "vertegenwoordiger_adres": "", "vertegenwoordiger_email": "nidos@post.example"}
    assert duo(tmp_path, **anders).fouten == ()


def test_bij_een_intrekking_telt_de_leeftijd_niet(tmp_path: Path) -> None:
    """DUO kan juist intrekken omdat de persoon te jong bleek."""
    assert duo(tmp_path, status="ingetrokken", geboortedatum="2012-05-01").fouten == ()


def test_een_extra_kolom_mag_er_maar_een_keer_staan(tmp_path: Path) -> None:
    pad = schrijf(tmp_path, {**DUO, "tolk": "ja"})
    pad.write_text(pad.read_text(encoding="utf-8").replace("tolk", "tolk,tolk").replace(",ja\n", ",ja,ja\n"))
    fouten = kennisgevingen_bestand.lees(pad, VANDAAG, GEMEENTEN).fouten
    assert [(fout.rij, fout.kolom) for fout in fouten] == [(1, "tolk")]


def test_een_melding_over_een_vertegenwoordiger_toont_hem_niet(tmp_path: Path) -> None:
    resultaat = duo(tmp_path, **{**KIND, "geboortedatum": "1990-01-01"})
    tekst = " ".join(map(str, resultaat.fouten)) + repr(duo(tmp_path, **KIND).rijen)
    assert not any(KIND[kolom] in tekst for kolom in ("vertegenwoordiger_naam", "vertegenwoordiger_adres"))


# --- koppelingen


def test_een_koppeling_komt_er_getypeerd_uit_ook_zonder_adres(tmp_path: Path) -> None:
    (rij,) = coa(tmp_path, tolk="ja").rijen
    assert (rij.koppeling_op, rij.azc, rij.doelgroep) == (date(2026, 1, 5), "azc-budel", Doelgroep.ASIELSTATUSHOUDER)
    assert (rij.straat, rij.tolk) == (None, True)


@pytest.mark.parametrize(
    ("cellen", "kolom"),
    [
        pytest.param({"koppeling_op": "2026-03-07"}, "koppeling_op", id="morgen"),
        pytest.param({"koppeling_op": "2021-12-31"}, "koppeling_op", id="oude-wet"),
        pytest.param({"azc": "Selam Misale"}, "azc", id="azc-als-naam"),
        pytest.param({"azc": "budel"}, "azc", id="azc-zonder-soort"),
        pytest.param({"gemeente": "GM0363"}, "gemeente", id="buiten-de-regio"),
        pytest.param({"geboortedatum": "2010-01-06"}, "geboortedatum", id="nog-geen-zestien"),
        pytest.param({"postcode": "x"}, "postcode", id="postcode"),
        pytest.param({"kenmerk": "999993653"}, "kenmerk", id="bsn-als-kenmerk"),
    ],
)
def test_een_foute_koppeling_wordt_genoemd_met_wat_mag(tmp_path: Path, cellen: dict[str, str], kolom: str) -> None:
    resultaat = coa(tmp_path, **cellen)
    assert kolommen(resultaat) == [kolom]
    assert resultaat.fouten[0].toegestaan == TOEGESTAAN[kolom]


def test_een_bestand_met_kennisgevingen_is_geen_bestand_met_koppelingen(tmp_path: Path) -> None:
    fouten = koppelingen_bestand.lees(schrijf(tmp_path, DUO), VANDAAG, GEMEENTEN).fouten
    assert {"koppeling_op", "azc"} <= {fout.kolom for fout in fouten}


def test_elke_kolom_van_een_koppeling_heeft_een_veld_en_een_uitleg() -> None:
    assert tuple(COA) == KOLOMMEN
    assert {*KOLOMMEN, *EXTRA_KOLOMMEN} == set(TOEGESTAAN) == set(Koppelingsrij.model_fields) - {"rij"}


def test_een_leeg_bestand_met_koppelingen_zegt_dat(tmp_path: Path) -> None:
    pad = tmp_path / "leeg.csv"
    pad.write_text(",".join(COA) + "\n", encoding="utf-8")
    (fout,) = koppelingen_bestand.lees(pad, VANDAAG, GEMEENTEN).fouten
    assert "geen koppelingen" in fout.melding
