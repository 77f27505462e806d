"""Een regiobestand lezen: goed is goed, fout zegt waar, wat, en wat wel mag."""

import re
from datetime import date
from pathlib import Path

import pytest

from adapters.fouten_nl import kolommen_van
from adapters.regiobestand import laad_regiobestand, toets_regiobestand
from adapters.regionaslag import json_schema
from domein.fouten import OngeldigBestand
from domein.regio.bevinding import Bevinding, RegioOngeldig
from domein.regio.geladen import GeladenRegio
from domein.regio.gemeenten import alle_gemeenten, gemeentenaam
from domein.regio.model import Regio

AVRES = Path(__file__).parents[2] / "voorbeelden" / "avres"
TEKST = (AVRES / "regio.toml").read_text(encoding="utf-8")


HOUDERS = 'houders = ["m-gor"]'


def schrijf(map_: Path, tekst: str) -> Path:
    (map_ / "regio.toml").write_text(tekst, encoding="utf-8")
    return map_


def vervang(map_: Path, oud: str, nieuw: str) -> tuple[Bevinding, ...]:
    """Verander het voorbeeld op een plaats en geef de bevindingen; het mag niet laden."""
    assert oud in TEKST
    geladen, bevindingen = toets_regiobestand(schrijf(map_, TEKST.replace(oud, nieuw, 1)))
    assert geladen is None
    return bevindingen


def regel_van(zoek: str) -> int:
    return TEKST[: TEKST.index(zoek)].count("\n") + 1


def test_avres_laadt_zonder_meldingen_en_komt_gelijk_terug_uit_de_opslag() -> None:
    geladen = laad_regiobestand(AVRES)
    assert geladen.meldingen == ()
    assert (geladen.code, geladen.versie) == ("avres", "2022-1")
    assert len(geladen.sha256) == 64
    assert GeladenRegio.uit_opslag(geladen.inhoud, geladen.sha256).regio == geladen.regio


def test_map_en_bestand_geven_dezelfde_regio_en_dezelfde_vingerafdruk() -> None:
    assert laad_regiobestand(AVRES / "regio.toml").sha256 == laad_regiobestand(AVRES).sha256


def test_een_regio_mag_over_meer_bestanden_verdeeld_zijn(tmp_path: Path) -> None:
    knip = TEKST.index("# ---- Samenwerkingsafspraken")
    schrijf(tmp_path, TEKST[:knip])
    (tmp_path / "regio-afspraken.toml").write_text(TEKST[knip:], encoding="utf-8")
    assert laad_regiobestand(tmp_path).regio == laad_regiobestand(AVRES).regio
    # Een fout wijst dan naar het goede bestand, met de regel in dat bestand.
    (tmp_path / "regio-afspraken.toml").write_text(
        TEKST[knip:].replace('rol = "regiocoordinator"', 'rol = "baas"'), encoding="utf-8"
    )
    _, (bevinding,) = toets_regiobestand(tmp_path)
    regel = TEKST[knip:][: TEKST[knip:].index('rol = "regiocoordinator"')].count("\n") + 1
    assert bevinding.plaats == (
        f"{tmp_path}/regio-afspraken.toml, regel {regel}, [[samenwerkingsafspraken]], registratie"
    )


@pytest.mark.parametrize(
    ("oud", "nieuw", "soort", "melding", "uitweg"),
    [
        pytest.param(
            'verband = "inkoop-taal"', 'verband = "inkoop"', "onbekende_verband",
            "verband 'inkoop' bestaat niet in dit bestand. Bedoelt u 'inkoop-taal'?",
            "Toegestaan: inkoop-taal, onderwijsroute, uitvoering.", id="verband",
        ),
        pytest.param(
            'fallback = ["taalhuis-lingestroom"]', 'fallback = ["taalhuis"]', "onbekende_partner",
            "partner 'taalhuis' bestaat niet", "taalhuis-lingestroom", id="partner",
        ),
        pytest.param(
            'vervanger = "m-jdb"', 'vervanger = "m-xxx"', "onbekende_medewerker",
            "medewerker 'm-xxx' bestaat niet", "m-jdb", id="medewerker",
        ),
        pytest.param(
            'gemeenten = ["GM0512", "GM1978", "GM1961"]', 'gemeenten = ["GM0512", "GM1978", "GM9961"]',
            "onbekende_gemeente", "gemeente 'GM9961' bestaat niet.",
            "gemeenten.csv", id="gemeente",
        ),
        pytest.param(
            'houders = ["m-gor"]', 'houders = ["m-jdb"]', "mandaat_zonder_rol",
            "heeft niet de rol mandaathouder", "noem een andere houder", id="houder-zonder-rol",
        ),
        pytest.param(
            'rol = "aanbieder"', 'rol = "begeleider"', "geen_medewerker",
            "bij partner 'taalschool-de-merwede' werkt niemand met de rol 'begeleider'", "[[medewerkers]]",
            id="rol-zonder-medewerker",
        ),
        pytest.param(
            "bsn_grondslag = true # cursusinstelling, Wi art. 36", "bsn_grondslag = false",
            "bsn_zonder_grondslag",
            "partner 'taalschool-de-merwede' mag het BSN niet zien", "Wi 36", id="bsn",
        ),
        pytest.param(
            'regel_id = "intake"', 'regel_id = "registratie"', "dubbel",
            "regel_id 'registratie' staat er al", "eigen naam", id="dubbele-regel",
        ),
    ],
)  # fmt: skip
def test_een_verwijzing_naar_niets_wordt_geweigerd(
    tmp_path: Path, oud: str, nieuw: str, soort: str, melding: str, uitweg: str
) -> None:
    gevonden = [b for b in vervang(tmp_path, oud, nieuw) if b.soort == soort]
    assert gevonden
    assert melding in gevonden[0].melding
    assert uitweg in gevonden[0].uitweg
    assert gevonden[0].plaats.startswith(f"{tmp_path}/regio.toml, regel ")


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding", "uitweg"),
    [
        pytest.param(
            'soort = "uitvoeringsorganisatie"', 'soort = "clubje"', "'clubje' mag niet bij 'soort'.",
            "Toegestaan: gemeente, uitvoeringsorganisatie, gemeenschappelijke_regeling", id="keuze",
        ),
        pytest.param(
            "fte = 0.8", "ftee = 0.8", "'ftee' is hier geen bekende kolom. Bedoelt u 'fte'?",
            "Toegestaan: code, partner, rollen", id="onbekende-kolom",
        ),
        pytest.param(
            "van = 2026-07-20", "vanaf = 2026-07-20", "'van' ontbreekt.", "Voeg toe: van = …", id="ontbreekt",
        ),
        pytest.param(
            'email = "m-jdb@avres.example"', 'email = "m-jdb"', "'m-jdb' past niet bij 'email'.",
            "een e-mailadres", id="adres",
        ),
        pytest.param(
            "geldig_van = 2022-01-01", 'geldig_van = "1 januari"', "'1 januari' past niet bij 'geldig_van'.",
            "een datum als 2026-03-02", id="datum",
        ),
        pytest.param(
            'leerroutes = ["b1"]', 'leerroutes = "b1"', "'b1' past niet bij 'leerroutes'.",
            "een lijst tussen rechte haken", id="lijst",
        ),
        pytest.param(
            "bedrag = 11600", "bedrag = -1", "'-1' past niet bij 'bedrag'.", "minstens 0", id="bedrag",
        ),
        pytest.param(
            "tot = 2026-08-07", "tot = 2026-07-07", "de periode eindigt (2026-07-07) voordat zij begint", "",
            id="periode-omgekeerd",
        ),
        pytest.param(
            'rol = "regiocoordinator"', "", "noem de rol die de stap bij de uitvoerder doet", "",
            id="geen-rol",
        ),
    ],
)  # fmt: skip
def test_een_verkeerde_waarde_zegt_wat_wel_mag(tmp_path: Path, oud: str, nieuw: str, melding: str, uitweg: str) -> None:
    bevindingen = vervang(tmp_path, oud, nieuw)
    assert any(melding in b.melding and uitweg in b.uitweg for b in bevindingen), bevindingen
    assert all("regel " in b.plaats for b in bevindingen)


def test_de_plaats_noemt_bestand_regel_tabel_en_rij(tmp_path: Path) -> None:
    (bevinding,) = vervang(tmp_path, "fte = 0.8", "fte = 2")
    assert bevinding.plaats == f"{tmp_path}/regio.toml, regel {regel_van('fte = 0.8')}, [[medewerkers]], m-kos"


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        pytest.param('code = "m-jdb"', "code = m-jdb", "tekst hoort tussen aanhalingstekens", id="zonder-aanhaling"),
        pytest.param('code = "m-jdb"', 'code "m-jdb"', "hoort een is-teken", id="geen-is-teken"),
        pytest.param('code = "m-jdb"', 'code = "m-jdb', "niet op dezelfde regel afgesloten", id="niet-gesloten"),
        pytest.param('code = "m-jdb"', 'code = "m-jdb"\ncode = "x"', "staat er twee keer", id="twee-keer"),
    ],
)
def test_geen_toml_noemt_de_regel(tmp_path: Path, oud: str, nieuw: str, melding: str) -> None:
    (bevinding,) = vervang(tmp_path, oud, nieuw)
    assert melding in bevinding.melding
    regel = int(bevinding.plaats.rpartition(" ")[2])
    assert regel - regel_van(oud) in (0, 1)


def test_twee_gelijke_afspraken_worden_bij_het_laden_geweigerd(tmp_path: Path) -> None:
    dubbel = '\n[[samenwerkingsafspraken]]\nregel_id = "pvt-2"\nverband = "uitvoering"\nstappen = ["pvt"]\n'
    tekst = TEKST + dubbel + 'uitvoerder = "avres"\nrol = "klantmanager"\n'
    with pytest.raises(RegioOngeldig) as geweigerd:
        laad_regiobestand(schrijf(tmp_path, tekst))
    (bevinding,) = geweigerd.value.bevindingen
    assert bevinding.soort == "tegenspraak"
    assert "'pvt' en 'pvt-2' gelden allebei" in bevinding.melding
    assert bevinding.plaats.endswith("[[samenwerkingsafspraken]], pvt-2")
    assert "Er is niets bewaard of vervangen." in geweigerd.value.uitweg


def test_een_gat_wordt_bij_het_laden_geweigerd(tmp_path: Path) -> None:
    bevindingen = vervang(tmp_path, 'stappen = ["pvt"]', 'stappen = ["pvt"]\nleerroutes = ["b1", "onderwijs"]')
    assert {b.soort for b in bevindingen} == {"gat"}
    assert len(bevindingen) == 3  # een per gemeente, samengevat
    assert "niemand doet stap 'pvt' in GM0512 (Gorinchem), bijvoorbeeld voor leerroute z" in bevindingen[0].melding
    # De plaats wijst naar de afspraak die het gat het dichtst nadert.
    regel = regel_van('regel_id = "pvt"') - 1
    assert {b.plaats for b in bevindingen} == {f"{tmp_path}/regio.toml, regel {regel}, [[samenwerkingsafspraken]], pvt"}


def test_een_stap_die_nergens_staat_wijst_naar_de_gemeenten_van_de_regio(tmp_path: Path) -> None:
    bevindingen = vervang(tmp_path, 'stappen = ["pvt"]', 'stappen = ["voortgang"]\nprioriteit = 1')
    gaten = [b for b in bevindingen if b.soort == "gat"]
    regel = regel_van('gemeenten = ["GM0512", "GM1978", "GM1961"]')
    assert {b.plaats for b in gaten} == {f"{tmp_path}/regio.toml, regel {regel}, [regio]"}


def test_een_gat_na_een_afspraak_zegt_welke_afspraak_te_verlengen_is(tmp_path: Path) -> None:
    bevindingen = vervang(tmp_path, 'stappen = ["pvt"]', 'stappen = ["pvt"]\ngeldig_tot = 2029-12-31')
    assert "van 2030-01-01 tot en met 2032-12-31" in bevindingen[0].melding
    assert "verleng afspraak 'pvt', die op 2029-12-31 eindigt" in bevindingen[0].uitweg


@pytest.mark.parametrize(
    ("weg", "soort"),
    [
        pytest.param('postbus = "inburgering@avres.example"\n', "geen_adres", id="partner"),
        pytest.param('email = "m-jdb@avres.example"\n', "geen_adres", id="medewerker"),
        pytest.param(
            'bron = "Mandaatbesluit Gorinchem VB-2021-201, artikel 3"\n', "mandaat_zonder_grond", id="mandaat"
        ),
    ],
)
def test_zonder_adres_of_grond_krijgt_een_eigen_bevinding(tmp_path: Path, weg: str, soort: str) -> None:
    (bevinding,) = vervang(tmp_path, weg, "")
    assert (bevinding.soort, bevinding.ernst.value) == (soort, "fout")
    assert "regel " in bevinding.plaats


def test_de_toets_met_een_dag_zegt_wat_er_afloopt_en_op_welke_regel(tmp_path: Path) -> None:
    map_ = schrijf(tmp_path, TEKST.replace(HOUDERS, f"{HOUDERS}\ngeldig_tot = 2026-12-31", 1))
    _, bevindingen = toets_regiobestand(map_, date(2026, 12, 1))
    af = next(b for b in bevindingen if b.soort == "loopt_af_30")
    assert "mandaat 'gor-besluit' eindigt over 30 dagen, op 2026-12-31" in af.melding
    assert f"regel {regel_van(HOUDERS) + 1}, [[mandaten]], gor-besluit" in af.plaats
    geladen, zonder_dag = toets_regiobestand(map_)
    assert geladen is not None
    assert {b.soort for b in zonder_dag} == {"mandaat_te_kort"}


def test_een_mandaat_dekt_elke_gemeente_van_de_afspraak(tmp_path: Path) -> None:
    bevindingen = vervang(
        tmp_path, 'mandaten = ["gor-besluit", "mol-besluit", "vij-besluit"]', 'mandaten = ["gor-besluit"]'
    )
    (bevinding,) = bevindingen
    assert bevinding.soort == "geen_mandaat"
    assert "GM1961, GM1978" in bevinding.melding


def test_besluiten_in_eigen_naam_vraagt_delegatie(tmp_path: Path) -> None:
    (bevinding,) = vervang(tmp_path, 'voorbereider = "avres"', 'bevoegd_orgaan = "avres"')
    assert bevinding.soort == "geen_delegatie"


def test_geen_map_geen_bestand_geen_utf8(tmp_path: Path) -> None:
    with pytest.raises(OngeldigBestand, match="bestaat niet"):
        laad_regiobestand(tmp_path / "weg")
    with pytest.raises(OngeldigBestand, match=r"staat geen regio\.toml"):
        laad_regiobestand(tmp_path)
    (tmp_path / "regio.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OngeldigBestand, match="geen UTF-8"):
        laad_regiobestand(tmp_path)


def test_een_bestand_uit_windows_met_merkteken_laadt(tmp_path: Path) -> None:
    inhoud = TEKST.replace("\n", "\r\n")
    (tmp_path / "regio.toml").write_bytes(b"\xef\xbb\xbf" + inhoud.encode())
    assert laad_regiobestand(tmp_path).regio == laad_regiobestand(AVRES).regio


def test_de_vingerafdruk_volgt_de_inhoud_en_niet_de_opmaak(tmp_path: Path) -> None:
    gelijk = laad_regiobestand(AVRES).sha256
    schrijf(tmp_path, TEKST + "\n# nog een opmerking\n")
    assert laad_regiobestand(tmp_path).sha256 == gelijk
    (tmp_path / "anders.toml").write_text(TEKST, encoding="utf-8")
    assert laad_regiobestand(tmp_path / "anders.toml").sha256 == gelijk
    schrijf(tmp_path, TEKST.replace("VB-2021-101", "VB-2021-999"))
    assert laad_regiobestand(tmp_path).sha256 != gelijk


def test_het_schema_kent_elke_tabel_en_weigert_onbekende_kolommen() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(kolommen_van(Regio, ()))
    assert schema["additionalProperties"] is False


def test_de_gemeenten_zijn_compleet() -> None:
    gemeenten = alle_gemeenten().values()
    assert len(gemeenten) == len({g.naam for g in gemeenten}) == 342
    assert all(re.fullmatch(r"GM\d{4}", g.code) and g.naam and g.arbeidsmarktregio for g in gemeenten)
    assert len({g.arbeidsmarktregio_code for g in gemeenten}) == 35
    assert len({g.provincie for g in gemeenten}) == 12
    assert gemeentenaam("GM1992") == "Voorne aan Zee"  # de jongste code
    assert gemeentenaam("GM0512") == "Gorinchem"
    assert gemeentenaam("GM9999") == "GM9999"


def test_elk_adres_in_het_voorbeeld_is_verzonnen() -> None:
    voorbeeld = laad_regiobestand(AVRES).regio
    adressen = [p.postbus for p in voorbeeld.partners] + [m.email for m in voorbeeld.medewerkers]
    assert [adres for adres in adressen if not adres.endswith(".example")] == []
