"""De toets naast de dekking: mandaten, bezetting, afloop en capaciteit."""

from datetime import date
from typing import Any

import pytest

from domein.begrippen import Stapsoort
from domein.regels.dekking_toets import toets_regio
from domein.regio.bevinding import Bevinding, Ernst
from domein.regio.controle import controleer
from domein.regio.controle_mandaten import controleer_mandaten, leemten
from domein.regio.gemeenten import alle_gemeenten
from domein.regio.model import Regio
from domein.regio.onderdelen import Periode
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio

COORDINATOR = medewerker("m-co", "uo", "regiocoordinator", "teamleider")


def alles(*rijen: Any, zonder: tuple[Stapsoort, ...] = (), **anders: Any) -> Regio:
    """Een regio waarin de uitvoeringsorganisatie alles doet, behalve de genoemde stappen."""
    basis = afspraak("basis", *(s for s in Stapsoort if s not in zonder))
    mensen = [COORDINATOR, *anders.pop("medewerkers", ())]
    return regio(basis, *rijen, medewerkers=mensen, **anders)


def soorten(bevindingen: Any) -> list[str]:
    return [b.soort for b in bevindingen]


def enige(bevindingen: Any, soort: str) -> Bevinding:
    (bevinding,) = [b for b in bevindingen if b.soort == soort]
    return bevinding


def test_een_regio_die_klopt_geeft_niets() -> None:
    assert toets_regio(alles(), date(2026, 3, 2)) == ()


# ---- mandaten ----

MANDAAT: Any = {"id": "m1", "gemeente": "GM0512", "stappen": ["pip"], "houders": ["m-gor"], "bron": "Mandaatbesluit"}
GORINCHEM = [gemeentepartner("gor", "GM0512")]


def met_mandaat(*mandaten: Any, verband: Any = None, **afspraak_anders: Any) -> Regio:
    pip: Any = {"uitvoerder": "gor", "rol": "mandaathouder", "mandaten": [m["id"] for m in mandaten], **afspraak_anders}
    mensen = [medewerker("m-gor", "gor", "mandaathouder"), medewerker("m-ander", "uo", "mandaathouder")]
    return alles(
        afspraak("pip", "pip", **pip), zonder=(Stapsoort.PIP,), partners=GORINCHEM, medewerkers=mensen,
        mandaten=mandaten, verbanden=[verband] if verband else [],
    )  # fmt: skip


def mandaatfouten(van: Regio) -> list[Bevinding]:
    return list(controleer_mandaten(van))


def test_een_mandaat_dat_de_hele_afspraak_dekt_geeft_niets() -> None:
    assert mandaatfouten(met_mandaat(MANDAAT)) == []


def test_een_mandaat_dat_eerder_eindigt_dan_de_afspraak() -> None:
    bevinding = enige(mandaatfouten(met_mandaat(MANDAAT | {"geldig_tot": "2027-12-31"})), "mandaat_te_kort")
    assert "van 2028-01-01 tot en met 2030-12-31 geldt de afspraak wel en haar mandaat niet" in bevinding.melding
    assert "pip in GM0512" in bevinding.melding
    assert bevinding.plek.kenmerk == "pip"


def test_twee_mandaten_die_aansluiten_zijn_samen_lang_genoeg() -> None:
    tot, vanaf = {"geldig_tot": "2027-12-31"}, {"id": "m2", "geldig_van": "2028-01-01"}
    assert mandaatfouten(met_mandaat(MANDAAT | tot, MANDAAT | vanaf)) == []
    gat = mandaatfouten(met_mandaat(MANDAAT | tot, MANDAAT | vanaf | {"geldig_van": "2028-01-03"}))
    assert "van 2028-01-01 tot en met 2028-01-02" in enige(gat, "mandaat_te_kort").melding


@pytest.mark.parametrize(
    ("mandaten", "verwacht"),
    [
        pytest.param([], [("2022-01-01", "2022-01-31")], id="geen"),
        pytest.param([(None, None)], [], id="altijd"),
        pytest.param([("2022-01-10", None)], [("2022-01-01", "2022-01-09")], id="later"),
        pytest.param([(None, "2021-12-31")], [("2022-01-01", "2022-01-31")], id="ervoor"),
        pytest.param([("2022-02-01", None)], [("2022-01-01", "2022-01-31")], id="erna"),
        pytest.param(
            [("2022-01-20", "2022-01-25"), (None, "2022-01-05")],
            [("2022-01-06", "2022-01-19"), ("2022-01-26", "2022-01-31")], id="twee-gaten",
        ),
        pytest.param([("2022-01-01", "2022-01-31"), ("2022-01-05", "2022-01-06")], [], id="binnen-elkaar"),
    ],
)  # fmt: skip
def test_de_leemten_tussen_mandaten(mandaten: list[Any], verwacht: list[Any]) -> None:
    rijen = [MANDAAT | {"id": f"m{n}", "geldig_van": van, "geldig_tot": tot} for n, (van, tot) in enumerate(mandaten)]
    januari = Periode(van=date(2022, 1, 1), tot=date(2022, 1, 31))
    uit = [(p.van.isoformat(), p.tot.isoformat()) for p in leemten(januari, met_mandaat(*rijen).mandaten)]
    assert uit == verwacht


def test_een_besluit_zonder_mandaat_wordt_gemeld() -> None:
    bevinding = enige(mandaatfouten(met_mandaat()), "geen_mandaat")
    assert (bevinding.ernst, "GM0512" in bevinding.melding) == (Ernst.WAARSCHUWING, True)


def test_wie_tekent_zonder_mandaat_wordt_geweigerd() -> None:
    buiten = enige(mandaatfouten(met_mandaat(MANDAAT, ondertekenaar="m-ander")), "buiten_mandaat")
    assert buiten.ernst is Ernst.FOUT
    assert "'m-ander' tekent stap 'pip' in GM0512" in buiten.melding
    assert mandaatfouten(met_mandaat(MANDAAT, ondertekenaar="m-gor")) == []


def test_een_tarief_boven_het_plafond_valt_buiten_het_mandaat() -> None:
    mandaat = MANDAAT | {"plafond_euro": 10_000}
    assert mandaatfouten(met_mandaat(mandaat, tarief={"bedrag": 10_000})) == []
    assert mandaatfouten(met_mandaat(mandaat, tarief={"bedrag": 12_000, "eenheid": "maand"})) == []
    boven = enige(mandaatfouten(met_mandaat(mandaat, tarief={"bedrag": 12_000})), "buiten_mandaat")
    assert "boven het plafond van mandaat 'm1' (10000 euro)" in boven.melding


def test_een_houder_buiten_de_gemeente_vraagt_een_verband_met_mandaat() -> None:
    extern = MANDAAT | {"houders": ["m-ander"]}
    bevinding = enige(mandaatfouten(met_mandaat(extern)), "mandaat_zonder_grond")
    assert "houder 'm-ander' werkt bij 'uo'" in bevinding.melding
    verband = {
        "id": "w", "doel": "uitvoering", "vorm": "dienstverlening", "bevoegdheid": "mandaat", "gemeenten": ["GM0512"],
        "partners": ["uo"], "besluit": {"orgaan": "het college", "datum": "2021-12-01"},
    }  # fmt: skip
    assert mandaatfouten(met_mandaat(extern, verband=verband)) == []


# ---- bezetting ----


def met_verlof(**anders: Any) -> Regio:
    lid = medewerker("m-school", "school", "aanbieder", **anders)
    les = afspraak("les", "aanmelding", uitvoerder="school", rol="aanbieder")
    return alles(les, zonder=(Stapsoort.AANMELDING,), partners=[partner("school")], medewerkers=[lid])


def test_een_afwezige_zonder_vervanger_laat_taken_liggen() -> None:
    verlof = {"van": "2026-07-20", "tot": "2026-08-07"}
    bevinding = enige(toets_regio(met_verlof(afwezigheid=[verlof])), "niemand_aanwezig")
    assert "bij 'school' is van 2026-07-20 tot en met 2026-08-07 niemand met de rol 'aanbieder'" in bevinding.melding
    assert "les" in bevinding.melding
    assert bevinding.plek.kenmerk == "m-school"


def test_met_een_vervanger_blijft_er_niets_liggen() -> None:
    verlof = {"van": "2026-07-20", "tot": "2026-08-07", "vervanger": "m-tweede"}
    lid = medewerker("m-school", "school", "aanbieder", afwezigheid=[verlof])
    tweede = medewerker("m-tweede", "school", "aanbieder")
    les = afspraak("les", "aanmelding", uitvoerder="school", rol="aanbieder")
    vol = alles(les, zonder=(Stapsoort.AANMELDING,), partners=[partner("school")], medewerkers=[lid, tweede])
    assert toets_regio(vol) == ()


def test_wie_uit_dienst_gaat_laat_een_gat_tot_het_einde() -> None:
    bevinding = enige(toets_regio(met_verlof(in_dienst_tot="2028-05-31")), "niemand_aanwezig")
    assert "van 2028-06-01 tot en met 2030-12-31" in bevinding.melding


def test_een_mandaat_zonder_aanwezige_houder() -> None:
    weg = medewerker("m-gor", "gor", "mandaathouder", afwezigheid=[{"van": "2026-08-03", "tot": "2026-08-21"}])
    pip = afspraak("pip", "pip", uitvoerder="gor", rol="mandaathouder", mandaten=["m1"])
    van = alles(pip, zonder=(Stapsoort.PIP,), partners=GORINCHEM, medewerkers=[weg], mandaten=[MANDAAT])
    bevinding = enige(toets_regio(van), "niemand_tekent")
    assert "van mandaat 'm1' is van 2026-08-03 tot en met 2026-08-21 geen houder aanwezig" in bevinding.melding


def test_een_escalatie_naar_een_rol_die_niemand_heeft() -> None:
    van = regio(afspraak("alles", *Stapsoort, escalatie=["contractmanager"]))
    coordinator, contract = (b for b in toets_regio(van) if b.soort == "geen_escalatie")
    assert "'regiocoordinator'" in coordinator.melding
    assert (contract.plek.kenmerk, contract.plek.kolom) == ("alles", "escalatie")


# ---- afloop ----


@pytest.mark.parametrize(
    ("op", "soort", "ernst"),
    [
        pytest.param("2026-09-01", [], None, id="te-vroeg"),
        pytest.param("2026-10-02", ["loopt_af_90"], Ernst.INFO, id="negentig"),
        pytest.param("2026-11-01", ["loopt_af_60"], Ernst.WAARSCHUWING, id="zestig"),
        pytest.param("2026-12-01", ["loopt_af_30"], Ernst.WAARSCHUWING, id="dertig"),
        pytest.param("2026-12-31", ["loopt_af_30"], Ernst.WAARSCHUWING, id="vandaag"),
        pytest.param("2027-01-01", [], None, id="voorbij"),
    ],
)
def test_een_afspraak_die_afloopt(op: str, soort: list[str], ernst: Ernst | None) -> None:
    les = afspraak("les", "map", geldig_tot="2026-12-31")
    bevindingen = toets_regio(alles(les, zonder=(Stapsoort.MAP,)), date.fromisoformat(op))
    af = [b for b in bevindingen if b.soort.startswith("loopt_af")]
    assert soorten(af) == soort
    assert [b.ernst for b in af] == ([ernst] if ernst else [])
    assert all("nog niets afgesproken" in b.melding and b.plek.kenmerk == "les" for b in af)


def test_wat_al_een_vervolg_heeft_is_alleen_ter_informatie() -> None:
    oud, nieuw = afspraak("oud", "map", geldig_tot="2026-12-31"), afspraak("nieuw", "map", geldig_van="2027-01-01")
    bevinding = enige(toets_regio(alles(oud, nieuw, zonder=(Stapsoort.MAP,)), date(2026, 12, 20)), "loopt_af_30")
    assert bevinding.ernst is Ernst.INFO
    assert "Daarna geldt: nieuw." in bevinding.melding


def test_een_verband_dat_afloopt_staat_er_een_keer_en_niet_per_afspraak() -> None:
    kort = {
        "id": "kort", "doel": "inkoop", "vorm": "gezamenlijke_inkoop", "gemeenten": ["GM0512"],
        "geldig_tot": "2026-12-31", "besluit": {"orgaan": "de colleges", "datum": "2021-12-01"},
    }  # fmt: skip
    rijen = [afspraak("map", "map", verband="kort"), afspraak("pvt", "pvt", verband="kort")]
    van = alles(*rijen, zonder=(Stapsoort.MAP, Stapsoort.PVT), verbanden=[kort])
    af = [b for b in toets_regio(van, date(2026, 12, 20)) if b.soort.startswith("loopt_af")]
    assert [b.plek.tabel for b in af] == ["samenwerkingsverbanden"]


def test_een_mandaat_en_de_regio_zelf_lopen_af() -> None:
    mandaat = met_mandaat(MANDAAT | {"geldig_tot": "2026-12-31"})
    assert "mandaat 'm1'" in enige(toets_regio(mandaat, date(2026, 12, 15)), "loopt_af_30").melding
    assert "de regio 'proef'" in enige(toets_regio(alles(), date(2030, 12, 15)), "loopt_af_30").melding


# ---- capaciteit ----


def met_instroom(aantal: int, *, school: Any, **les_anders: Any) -> Regio:
    les = afspraak("les", "aanmelding", **({"uitvoerder": "school", "rol": "aanbieder"} | les_anders))
    return alles(
        les, zonder=(Stapsoort.AANMELDING,),
        partners=[partner("school", capaciteit=school), partner("tweede", capaciteit={"aantal": 30})],
        medewerkers=[medewerker("m-s", "school", "aanbieder"), medewerker("m-t", "tweede", "aanbieder")],
        instroom=[{"gemeente": "GM0512", "jaar": 2026, "aantal": aantal, "bron": "taakstelling"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("aantal", "capaciteit", "tekort"),
    [
        pytest.param(80, {"aantal": 80, "per": "jaar"}, False, id="past-precies"),
        pytest.param(81, {"aantal": 80, "per": "jaar"}, True, id="een-te-veel"),
        pytest.param(120, {"aantal": 10, "per": "maand"}, False, id="per-maand"),
        pytest.param(121, {"aantal": 30, "per": "kwartaal"}, True, id="per-kwartaal"),
        pytest.param(50, {"aantal": 49, "per": "totaal"}, True, id="totaal"),
        pytest.param(500, None, False, id="niet-opgegeven"),
    ],
)
def test_instroom_naast_capaciteit(aantal: int, capaciteit: Any, tekort: bool) -> None:
    bevindingen = toets_regio(met_instroom(aantal, school=capaciteit))
    assert soorten(bevindingen) == (["capaciteit_te_klein"] if tekort else [])


def test_de_melding_noemt_jaar_aantallen_en_waar_de_meesten_vandaan_komen() -> None:
    bevinding = enige(toets_regio(met_instroom(100, school={"aantal": 80})), "capaciteit_te_klein")
    assert (
        "partner 'school' krijgt in 2026 naar verwachting 100 mensen en kan er 80 aan (80 per jaar)"
        in bevinding.melding
    )
    assert "60, uit GM0512 (asielstatushouder, leerroute b1)" in bevinding.melding
    assert bevinding.plek.kenmerk == "school"


def test_een_verdeling_telt_haar_gewichten() -> None:
    verdeling = {"partners": {"school": 60, "tweede": 40}}
    anders = {"verdeling": verdeling, "uitvoerder": None}
    bevindingen = toets_regio(met_instroom(100, school={"aantal": 60}, **anders))
    assert (
        "partner 'tweede' krijgt in 2026 naar verwachting 40 mensen"
        in enige(bevindingen, "capaciteit_te_klein").melding
    )


def test_bij_een_rangorde_loopt_de_eerste_vol_en_dan_de_volgende() -> None:
    verdeling = {"vorm": "rangorde", "partners": {"school": 1, "tweede": 2}}
    anders = {"verdeling": verdeling, "uitvoerder": None}
    assert toets_regio(met_instroom(90, school={"aantal": 60}, **anders)) == ()
    vol = toets_regio(met_instroom(91, school={"aantal": 60}, **anders))
    assert soorten(vol) == ["capaciteit_te_klein", "capaciteit_te_klein"]


def test_de_capaciteit_van_een_afspraak_telt_apart() -> None:
    van = toets_regio(met_instroom(100, school={"aantal": 500}, capaciteit={"aantal": 99}))
    assert "afspraak 'les' krijgt in 2026" in enige(van, "capaciteit_te_klein").melding


def test_instroom_in_een_vreemde_gemeente_of_twee_keer_wordt_geweigerd() -> None:
    van = met_instroom(10, school=None)
    dubbel = van.model_copy(update={"instroom": (*van.instroom, *van.instroom)})
    assert soorten(b for b in controleer(dubbel, alle_gemeenten()) if b.plek.tabel == "instroom") == ["dubbel"]
    elders = van.instroom[0].model_copy(update={"gemeente": "GM0363"})
    vreemd = van.model_copy(update={"instroom": (elders,)})
    assert "onbekende_gemeente" in soorten(controleer(vreemd, alle_gemeenten()))
