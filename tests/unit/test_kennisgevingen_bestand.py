"""Het inlezen van kennisgevingen: goed komt door, fout krijgt een melding die helpt en niets lekt."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from adapters import rekenblad
from adapters.kennisgevingen_bestand import MAX_BYTES, MAX_RIJEN, Inleesresultaat, gemaskeerd, lees
from domein.begrippen import Doelgroep
from domein.registratie_invoer import EXTRA_KOLOMMEN, KOLOMMEN, TOEGESTAAN, Kennisgevingsrij, lijkt_op_bsn

VANDAAG = date(2026, 3, 6)
GEMEENTEN = ("GM0512", "GM1978", "GM1961")
VOORBEELD = """\
kenmerk,versie,gemeente,bsn,naam,geboortedatum,doelgroep,nareiziger,ontzorgen,kennisgeving_op,brp_inschrijving,\
straat,postcode,plaats,email,telefoon,taal,kanaal
DUO-2026-0001,1,GM0512,999993653,Selam Misale,1994-03-17,asielstatushouder,nee,ja,2026-01-05,2025-12-15,\
Voorbeeldstraat 1,4201AB,Gorinchem,selam@post.example,0612345001,ti,email
"""
GOED: dict[str, str] = next(csv.DictReader(io.StringIO(VOORBEELD)))
TWEEDE = {**GOED, "kenmerk": "DUO-2026-0002", "bsn": "999990639"}


def als_csv(*rijen: dict[str, str], scheiding: str = ",") -> str:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, fieldnames=list(GOED), delimiter=scheiding)
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


def lees_tekst(map_: Path, inhoud: str | bytes) -> Inleesresultaat:
    pad = map_ / "kennisgevingen.csv"
    pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    return lees(pad, VANDAAG, GEMEENTEN)


def lees_rij(map_: Path, **anders: str) -> Inleesresultaat:
    return lees_tekst(map_, als_csv({**GOED, **anders}))


def lees_boek(map_: Path, *rijen: list[object], boek: Workbook | None = None) -> Inleesresultaat:
    boek = boek or Workbook()
    blad = boek.worksheets[0]
    for rij in rijen:
        blad.append(rij)
    pad = map_ / "kennisgevingen.xlsx"
    boek.save(pad)
    return lees(pad, VANDAAG, GEMEENTEN)


def test_een_goede_rij_komt_er_getypeerd_uit(tmp_path: Path) -> None:
    resultaat = lees_rij(tmp_path)
    assert resultaat.fouten == ()
    (rij,) = resultaat.rijen
    assert (rij.rij, rij.versie, rij.doelgroep) == (2, 1, Doelgroep.ASIELSTATUSHOUDER)
    assert (rij.nareiziger, rij.ontzorgen) == (False, True)
    assert rij.kennisgeving_op == date(2026, 1, 5)
    assert rij.brp_inschrijving == date(2025, 12, 15)


@pytest.mark.parametrize(
    "inhoud",
    [
        pytest.param(als_csv(GOED), id="komma"),
        pytest.param(als_csv(GOED, scheiding=";"), id="puntkomma"),
        pytest.param("\ufeff" + als_csv(GOED), id="met-bom"),
        pytest.param(als_csv(GOED).replace("\r\n", "\n"), id="unix-regels"),
        pytest.param(als_csv(GOED) + "\r\n,,,,,,,,,,,,,,,,,\r\n", id="lege-rijen-achteraan"),
        pytest.param(als_csv(GOED).replace("kenmerk", " Kenmerk "), id="kop-met-hoofdletter-en-spatie"),
    ],
)
def test_elke_gewone_vorm_van_csv_wordt_gelezen(tmp_path: Path, inhoud: str) -> None:
    resultaat = lees_tekst(tmp_path, inhoud)
    assert resultaat.fouten == ()
    assert [rij.bsn for rij in resultaat.rijen] == ["999993653"]


@pytest.mark.parametrize(
    ("kolom", "waarde", "veld"),
    [
        pytest.param("bsn", "999.993.653", "999993653", id="bsn-met-punten"),
        pytest.param("bsn", "10082426", "010082426", id="bsn-zonder-voorloopnul"),
        pytest.param("naam", "Zoe\u0308  O'Brien", "Zoë O'Brien", id="naam-naar-nfc-en-enkele-spaties"),
        pytest.param("naam", "می\u200cنا", "می\u200cنا", id="verbindingsteken-in-een-naam"),
        pytest.param("naam", "'t Voorbeeld", "'t Voorbeeld", id="apostrof-vooraan"),
        pytest.param("postcode", "4201 ab", "4201AB", id="postcode-met-spatie"),
        pytest.param("telefoon", "612345001", "0612345001", id="telefoon-zonder-voorloopnul"),
        pytest.param("telefoon", "+31 6 12345001", "+31612345001", id="telefoon-internationaal"),
        pytest.param("kennisgeving_op", "5-1-2026", date(2026, 1, 5), id="nederlandse-datum"),
        pytest.param("kennisgeving_op", "2026-03-06", date(2026, 3, 6), id="kennisgeving-van-vandaag"),
        pytest.param("brp_inschrijving", "", None, id="nog-niet-ingeschreven"),
        pytest.param("geboortedatum", "1968-02-29", date(1968, 2, 29), id="schrikkeldag"),
    ],
)
def test_een_gewone_schrijfwijze_wordt_genormaliseerd(tmp_path: Path, kolom: str, waarde: str, veld: object) -> None:
    resultaat = lees_rij(tmp_path, **{kolom: waarde})
    assert resultaat.fouten == ()
    assert getattr(resultaat.rijen[0], kolom) == veld


@pytest.mark.parametrize(
    ("kolom", "waarde", "melding"),
    [
        pytest.param("kenmerk", "", "leeg", id="kenmerk-leeg"),
        pytest.param("kenmerk", "a b", "geen kenmerk", id="kenmerk-met-spatie"),
        pytest.param("kenmerk", "999993653", "BSN", id="bsn-als-kenmerk"),
        pytest.param("versie", "0", "versienummer", id="versie-nul"),
        pytest.param("versie", "1.5", "versienummer", id="versie-met-punt"),
        pytest.param("versie", "²", "versienummer", id="versie-geen-ascii-cijfer"),
        pytest.param("gemeente", "GM0363", "niet bij de regio", id="gemeente-buiten-de-regio"),
        pytest.param("gemeente", "Gorinchem", "geen gemeentecode", id="gemeente-bij-naam"),
        pytest.param("bsn", "999993654", "elfproef", id="bsn-elfproef"),
        pytest.param("bsn", "1234567", "negen cijfers", id="bsn-te-kort"),
        pytest.param("bsn", "9999936530", "negen cijfers", id="bsn-te-lang"),
        pytest.param("bsn", "99999365X", "alleen uit cijfers", id="bsn-met-letter"),
        pytest.param("bsn", "9,99994E+08", "alleen uit cijfers", id="bsn-in-wetenschappelijke-notatie"),
        pytest.param("bsn", "٩٩٩٩٩٣٦٥٣", "alleen uit cijfers", id="bsn-in-andere-cijfers"),
        pytest.param("naam", "", "leeg", id="naam-leeg"),
        pytest.param("naam", "x" * 201, "200 tekens", id="naam-te-lang"),
        pytest.param("naam", "x" * 50_000, "200 tekens", id="naam-veel-te-lang"),
        pytest.param("naam", "An\tna", "stuurteken", id="naam-met-tab"),
        pytest.param("naam", "An\nna", "stuurteken", id="naam-met-regeleinde"),
        pytest.param("naam", "An\x07na", "stuurteken", id="naam-met-bel"),
        pytest.param("naam", "An\u202ena", "stuurteken", id="naam-omgekeerd"),
        pytest.param("naam", "An\u2028na", "stuurteken", id="naam-met-regelscheiding"),
        pytest.param("naam", '=HYPERLINK("http://x.example")', "formuleteken", id="naam-als-formule"),
        pytest.param("straat", "@SUM(A1)", "formuleteken", id="straat-als-formule"),
        pytest.param("naam", "<script>alert(1)</script>", "< of >", id="naam-als-script"),
        pytest.param("geboortedatum", "1994-02-30", "bestaat niet", id="datum-30-februari"),
        pytest.param("geboortedatum", "1995-02-29", "bestaat niet", id="datum-geen-schrikkeljaar"),
        pytest.param("geboortedatum", "17/03/1994", "geen datum", id="datum-met-schuine-streep"),
        pytest.param("geboortedatum", "94-03-17", "geen datum", id="datum-met-kort-jaar"),
        pytest.param("geboortedatum", "34410", "geen datum", id="datum-als-volgnummer"),
        pytest.param("geboortedatum", "2026-01-05", "niet vóór", id="geboren-op-de-dag-van-de-kennisgeving"),
        pytest.param("geboortedatum", "2027-01-01", "toekomst", id="geboren-in-de-toekomst"),
        pytest.param("geboortedatum", "1066-01-01", "verleden", id="geboren-te-lang-geleden"),
        pytest.param("kennisgeving_op", "2026-03-07", "toekomst", id="kennisgeving-morgen"),
        pytest.param("kennisgeving_op", "2021-12-31", "2022", id="kennisgeving-voor-de-wet"),
        pytest.param("kennisgeving_op", "", "leeg", id="kennisgeving-leeg"),
        pytest.param("brp_inschrijving", "2026-03-07", "toekomst", id="inschrijving-morgen"),
        pytest.param("brp_inschrijving", "1990-01-01", "vóór de geboortedatum", id="inschrijving-voor-geboorte"),
        pytest.param("doelgroep", "asielzoeker", "bestaat niet", id="doelgroep-onbekend"),
        pytest.param("nareiziger", "misschien", "ja of nee", id="nareiziger-onduidelijk"),
        pytest.param("ontzorgen", "1", "ja of nee", id="ontzorgen-als-getal"),
        pytest.param("postcode", "0123AB", "postcode", id="postcode-met-nul"),
        pytest.param("email", "selam@post", "e-mailadres", id="email-zonder-punt"),
        pytest.param("email", "a@b.example\nBcc: c@d.example", "stuurteken", id="email-met-kopregel"),
        pytest.param("email", "", "Het kanaal is email", id="kanaal-email-zonder-adres"),
        pytest.param("telefoon", "bel mij", "telefoonnummer", id="telefoon-tekst"),
        pytest.param("taal", "Tigrinya", "taalcode", id="taal-bij-naam"),
        pytest.param("kanaal", "duif", "kanaal", id="kanaal-onbekend"),
    ],
)
def test_een_foute_cel_wordt_genoemd_met_rij_kolom_en_wat_mag(
    tmp_path: Path, kolom: str, waarde: str, melding: str
) -> None:
    resultaat = lees_rij(tmp_path, **{kolom: waarde})
    assert resultaat.rijen == ()
    fout = next(fout for fout in resultaat.fouten if fout.kolom == kolom)
    assert (fout.bestand, fout.rij) == ("kennisgevingen.csv", 2)
    assert melding in fout.melding
    assert fout.toegestaan == TOEGESTAAN[kolom]
    assert len(resultaat.fouten) == 1


@pytest.mark.parametrize("kolom", ["nareiziger", "ontzorgen"])
def test_nareiziger_en_ontzorgen_kunnen_alleen_bij_asiel(tmp_path: Path, kolom: str) -> None:
    ja_nee = {"nareiziger": "nee", "ontzorgen": "nee", kolom: "ja"}
    resultaat = lees_rij(tmp_path, doelgroep="gezinsmigrant", **ja_nee)
    assert [fout.kolom for fout in resultaat.fouten] == [kolom]


def test_alle_fouten_van_alle_rijen_komen_in_een_keer_in_volgorde(tmp_path: Path) -> None:
    slecht = {**TWEEDE, "gemeente": "GM9999", "postcode": "x", "kennisgeving_op": "gisteren"}
    resultaat = lees_tekst(
        tmp_path, als_csv({**GOED, "bsn": "1"}, slecht, {**GOED, "kenmerk": "d/3", "bsn": "999991425"})
    )
    gevonden = [(fout.rij, fout.kolom) for fout in resultaat.fouten]
    assert gevonden == [(2, "bsn"), (3, "gemeente"), (3, "kennisgeving_op"), (3, "postcode")]
    assert (resultaat.rijen, resultaat.gelezen) == ((), 3)


def test_dezelfde_persoon_twee_keer_wordt_geweigerd_ook_anders_geschreven(tmp_path: Path) -> None:
    resultaat = lees_tekst(tmp_path, als_csv(GOED, {**GOED, "kenmerk": "DUO-2", "bsn": "999.993.653"}))
    assert [(fout.rij, fout.kolom) for fout in resultaat.fouten] == [(3, "bsn")]
    assert "rij 2" in resultaat.fouten[0].melding


def test_hetzelfde_kenmerk_twee_keer_wordt_geweigerd(tmp_path: Path) -> None:
    resultaat = lees_tekst(tmp_path, als_csv(GOED, {**TWEEDE, "kenmerk": "duo-2026-0001"}))
    assert [(fout.rij, fout.kolom) for fout in resultaat.fouten] == [(3, "kenmerk")]


def test_een_dubbele_persoon_wordt_ook_gezien_als_de_rij_nog_een_fout_heeft(tmp_path: Path) -> None:
    resultaat = lees_tekst(tmp_path, als_csv(GOED, {**TWEEDE, "bsn": GOED["bsn"], "taal": "?"}))
    assert {fout.kolom for fout in resultaat.fouten} == {"taal", "bsn"}


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        pytest.param(b"", "leeg", id="leeg"),
        pytest.param(b"\r\n \r\n", "leeg", id="alleen-witruimte"),
        pytest.param(als_csv().encode(), "geen kennisgevingen", id="alleen-een-kop"),
        pytest.param(als_csv({**GOED, "naam": "Zoë"}).encode("cp1252"), "UTF-8", id="cp1252"),
        pytest.param(als_csv(GOED).encode("utf-16"), "UTF-16", id="utf-16"),
        pytest.param(als_csv({**GOED, "naam": "A\0B"}).encode(), "NUL", id="nul-teken"),
        pytest.param(als_csv(GOED).replace("Selam", '"Selam').encode(), "aanhalingstekens", id="open-aanhaling"),
        pytest.param(",".join(GOED.values()).encode(), "geen kolomnamen", id="zonder-kop"),
        pytest.param(als_csv(GOED).replace("bsn", "sofi").encode(), "ontbreekt", id="kolom-mist"),
        pytest.param(als_csv(GOED).replace("telefoon", "email").encode(), "meer dan één keer", id="kolom-dubbel"),
        pytest.param((als_csv(GOED).rstrip() + ",teveel\r\n").encode(), "19 cellen", id="cel-te-veel"),
        pytest.param(als_csv(GOED).replace(",ti,email", "").encode(), "16 cellen", id="cel-te-weinig"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 600, "oud of beveiligd", id="oud-excel"),
        pytest.param(b"PK\x03\x04kapot", "beschadigd", id="kapotte-zip"),
        pytest.param(b"%PDF-1.7 \xff\xfe", "UTF-8", id="pdf"),
        pytest.param(b"x" * (MAX_BYTES + 1), "te groot", id="te-groot"),
        pytest.param(als_csv(*[GOED] * (MAX_RIJEN + 1)).encode(), "te veel rijen", id="te-veel-rijen"),
    ],
)
def test_een_misvormd_bestand_wordt_geweigerd_met_een_uitweg(tmp_path: Path, inhoud: bytes, melding: str) -> None:
    resultaat = lees_tekst(tmp_path, inhoud)
    assert resultaat.rijen == ()
    assert melding in " ".join(fout.melding for fout in resultaat.fouten)
    assert all(fout.toegestaan for fout in resultaat.fouten)


def test_de_rij_van_een_teken_dat_geen_utf8_is_wordt_genoemd(tmp_path: Path) -> None:
    inhoud = als_csv(GOED).encode() + als_csv({**TWEEDE, "naam": "Zoë"}).split("\r\n", 1)[1].encode("cp1252")
    assert [fout.rij for fout in lees_tekst(tmp_path, inhoud).fouten] == [3]


@pytest.mark.parametrize(("naam", "melding"), [("bestaat-niet.csv", "bestaat niet"), (".", "een map")])
def test_een_pad_zonder_bestand_wordt_geweigerd(tmp_path: Path, naam: str, melding: str) -> None:
    assert melding in lees(tmp_path / naam, VANDAAG, GEMEENTEN).fouten[0].melding


# --- niets lekt ---


@pytest.mark.parametrize("kolom", KOLOMMEN)
def test_een_bsn_staat_nooit_heel_in_een_melding_in_welke_kolom_het_ook_stond(tmp_path: Path, kolom: str) -> None:
    for bsn in ("999993653", "999993654", "999 993 653", "999-993-653", "10082426"):
        resultaat = lees_tekst(tmp_path, als_csv({**GOED, kolom: bsn}, {**TWEEDE, kolom: bsn}))
        tekst = " ".join(map(str, resultaat.fouten))
        for zichtbaar in ("".join(filter(str.isdigit, bsn)), bsn, bsn[:4], "3653"):
            assert zichtbaar not in tekst.replace("DUO-2026-0001", "")


def test_een_bestand_zonder_kop_toont_de_persoon_op_de_eerste_rij_niet(tmp_path: Path) -> None:
    tekst = " ".join(map(str, lees_tekst(tmp_path, ",".join(GOED.values())).fouten))
    assert not any(waarde in tekst for waarde in (GOED["naam"], GOED["bsn"], GOED["geboortedatum"], GOED["straat"]))


def test_een_verschoven_rij_toont_geen_naam_of_geboortedatum(tmp_path: Path) -> None:
    waarden = list(GOED.values())
    for schuif in range(1, len(waarden)):
        verschoven = dict(zip(GOED, waarden[schuif:] + waarden[:schuif], strict=True))
        tekst = " ".join(str(fout) for fout in lees_tekst(tmp_path, als_csv(verschoven)).fouten)
        for kolom in ("naam", "bsn", "straat", "email", "telefoon"):
            assert GOED[kolom] not in tekst
        assert f"Er staat: {GOED['geboortedatum']}" not in tekst


def test_de_rij_zelf_toont_geen_persoonsgegevens_in_een_logregel(tmp_path: Path) -> None:
    toon = repr(lees_rij(tmp_path).rijen[0])
    assert not any(GOED[kolom] in toon for kolom in ("naam", "bsn", "geboortedatum", "straat", "email", "telefoon"))


@pytest.mark.parametrize(
    ("waarde", "kolom", "toon"),
    [
        ("999993653", "bsn", "•••••••53"),
        ("12", "bsn", "2 tekens"),
        ("Selam Misale", "naam", "12 tekens"),
        ("GM9999", "gemeente", "GM9999"),
        ("Selam", "gemeente", "5 tekens"),
        ("999993653", "gemeente", "9 tekens"),
        ("2027-01-01", "kennisgeving_op", "2027-01-01"),
        ("1994-03-17", "kennisgeving_op", "een datum"),
        ("", "naam", ""),
    ],
)
def test_maskeren_toont_alleen_codes_en_recente_datums(waarde: str, kolom: str, toon: str) -> None:
    assert gemaskeerd(waarde, kolom) == toon


def test_lijkt_op_bsn_ziet_ook_een_bsn_met_scheidingstekens() -> None:
    assert lijkt_op_bsn("9999.93.653")
    assert not lijkt_op_bsn("DUO-2026-0001")


# --- rekenbladen ---

KOP: list[object] = list(KOLOMMEN)


def rij_van(**anders: object) -> list[object]:
    return [{**GOED, **anders}[str(kolom)] for kolom in KOP]


def test_een_rekenblad_met_getallen_en_datums_wordt_gelezen(tmp_path: Path) -> None:
    rij = rij_van(
        versie=1,
        bsn=10082426,  # Excel verloor de nul vooraan
        telefoon=612345001,
        kennisgeving_op=datetime(2026, 1, 5),  # noqa: DTZ001 - Excel kent geen tijdzone
        geboortedatum=date(1994, 3, 17),
        ontzorgen=True,
        brp_inschrijving=None,
    )
    resultaat = lees_boek(tmp_path, KOP, rij, [None] * 18)
    assert resultaat.fouten == ()
    (gelezen,) = resultaat.rijen
    assert (gelezen.bsn, gelezen.telefoon, gelezen.ontzorgen) == ("010082426", "0612345001", True)
    assert (gelezen.kennisgeving_op, gelezen.brp_inschrijving) == (date(2026, 1, 5), None)


def test_een_formule_wordt_geweigerd_naast_de_andere_fouten_van_de_rij(tmp_path: Path) -> None:
    rij = rij_van(naam='=CONCATENATE("a","b")', bsn=1, email="=A1", kanaal="post")
    resultaat = lees_boek(tmp_path, KOP, rij)
    assert [(fout.rij, fout.kolom) for fout in resultaat.fouten] == [(2, "bsn"), (2, "naam"), (2, "email")]
    assert "formule" in resultaat.fouten[1].melding


def test_een_formule_in_een_kolom_die_leeg_mag_zijn_wordt_ook_geweigerd(tmp_path: Path) -> None:
    resultaat = lees_boek(tmp_path, KOP, rij_van(taal="=B2"))
    assert (resultaat.rijen, [fout.kolom for fout in resultaat.fouten]) == ((), ["taal"])


def test_een_tijdstip_is_geen_datum(tmp_path: Path) -> None:
    resultaat = lees_boek(tmp_path, KOP, rij_van(kennisgeving_op=datetime(2026, 1, 5, 9, 30)))  # noqa: DTZ001
    assert [fout.kolom for fout in resultaat.fouten] == ["kennisgeving_op"]


def test_gegevens_op_twee_werkbladen_worden_geweigerd(tmp_path: Path) -> None:
    boek = Workbook()
    boek.create_sheet("oud").append(["nog iets"])
    assert "meer dan één werkblad" in lees_boek(tmp_path, KOP, rij_van(), boek=boek).fouten[0].melding


def test_een_leeg_rekenblad_is_leeg(tmp_path: Path) -> None:
    assert "leeg" in lees_boek(tmp_path).fouten[0].melding


def test_een_zipbom_wordt_niet_uitgepakt(tmp_path: Path) -> None:
    pad = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("xl/workbook.xml", b"\0" * (8 * 1024 * 1024))
    assert "onredelijk groot" in lees(pad, VANDAAG, GEMEENTEN).fouten[0].melding


def test_te_veel_onderdelen_in_de_zip_worden_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "veel.xlsx"
    with zipfile.ZipFile(pad, "w") as archief:
        for nummer in range(rekenblad.MAX_DELEN + 1):
            archief.writestr(f"{nummer}.xml", "")
    assert "onredelijk groot" in lees(pad, VANDAAG, GEMEENTEN).fouten[0].melding


def test_een_gewone_zip_is_geen_werkmap(tmp_path: Path) -> None:
    pad = tmp_path / "foto.xlsx"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("foto.jpg", b"x")
    assert "geen Excel-werkmap" in lees(pad, VANDAAG, GEMEENTEN).fouten[0].melding


def test_een_eigen_xml_definitie_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "entiteit.xlsx"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "definitie" in lees(pad, VANDAAG, GEMEENTEN).fouten[0].melding


def test_een_kolom_ver_naar_rechts_wordt_geweigerd(tmp_path: Path) -> None:
    assert "te veel kolommen" in lees_boek(tmp_path, KOP, rij_van() + [""] * 80 + ["x"]).fouten[0].melding


def test_elke_kolom_heeft_een_veld_en_een_uitleg() -> None:
    assert tuple(GOED) == KOLOMMEN
    assert {*KOLOMMEN, *EXTRA_KOLOMMEN} == set(TOEGESTAAN) == set(Kennisgevingsrij.model_fields) - {"rij"}
