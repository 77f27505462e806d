"""Verlenging, nieuwe termijn en examens: wat DUO beslist, en hoe lang dat bij wat is vastgelegd hoogstens duurt."""

from datetime import date

import pytest

from domein.begrippen import Rol
from domein.fouten import RedenNodig
from domein.gebeurtenissen.soorten import lees
from domein.regels.nieuwe_termijn import hoogstens_maanden
from domein.regels.nieuwe_termijn import twijfel as twijfel_nieuwe_termijn
from domein.regels.toets_uitkomst import toets
from domein.regels.verlenging import GRONDEN, ontbreekt_voor_inspanning
from domein.regels.verlenging import twijfel as twijfel_verlenging
from tests.unit.kernbouw import KADER, Dossier, dag

EINDE = date(2029, 2, 25)
GEZIN = {"doelgroep": "gezinsmigrant"}
ONDERDELEN = ("lezen", "luisteren", "schrijven", "spreken", "knm")


def met_uren(dossier: Dossier, *uren: tuple[str, int]) -> Dossier:
    for soort, gevolgd in uren:
        dossier.feit(
            "uren_gemeld", "2027-12-31", urensoort=soort, periode_van="2027-01-01", periode_tot="2027-12-31",
            gevolgd=gevolgd, bewijs="B-1",
        )  # fmt: skip
    return dossier


def met_examens(dossier: Dossier, aantal: int, *, gehaald: bool = True) -> Dossier:
    for nummer, onderdeel in enumerate(ONDERDELEN[:aantal], start=1):
        dossier.feit("examen_gedaan", "2028-03-01", nummer=nummer, onderdeel=onderdeel)
        dossier.feit("examen_uitslag", "2028-04-03", nummer=nummer, gehaald=gehaald)
    return dossier


def participatie(dossier: Dossier) -> Dossier:
    return dossier.feit("pvt_voltooid", "2026-06-17").feit("map_voltooid", "2027-06-16", praktijkuren=40)


def vraagt_reden(dossier: Dossier, soort: str, op: str, **gegevens: object) -> str:
    """De twijfel als tekst; leeg als dit zonder reden kan."""
    try:
        toets(dossier.stand, lees(soort, gegevens), dag(op), dag("2031-01-01"), "", KADER)
    except RedenNodig as fout:
        return fout.melding
    return ""


@pytest.mark.parametrize(("aantal", "maanden"), [(0, 24), (1, 18), (2, 12), (3, 6), (4, 6), (5, 0)])
def test_de_nieuwe_termijn_volgt_het_aantal_gehaalde_onderdelen(aantal: int, maanden: int) -> None:
    assert hoogstens_maanden(met_examens(participatie(Dossier().pip()), aantal).stand, EINDE, KADER) == maanden


def test_een_gezakt_onderdeel_telt_niet_en_een_vrijgesteld_onderdeel_wel() -> None:
    dossier = met_examens(participatie(Dossier().pip()), 2, gehaald=False)
    assert hoogstens_maanden(dossier.stand, EINDE, KADER) == 24
    dossier.feit("vrijgesteld", "2028-05-01", onderdelen=("spreken", "knm"))
    assert hoogstens_maanden(dossier.stand, EINDE, KADER) == 12


@pytest.mark.parametrize(
    ("uren", "maanden"),
    [(0, 24), (348, 24), (349, 18), (748, 18), (749, 12), (1148, 12), (1149, 6), (1547, 6), (1548, 0)],
)
def test_in_de_z_route_tellen_voor_asiel_les_en_participatie_samen(uren: int, maanden: int) -> None:
    """PVT en MAP zijn 52 uur: samen 400, 800 en 1200 is nog de vorige trap."""
    dossier = met_uren(participatie(Dossier().pip(leerroute="z")), ("cursus", uren))
    assert hoogstens_maanden(dossier.stand, EINDE, KADER) == maanden


@pytest.mark.parametrize(
    ("uren", "maanden"), [(200, 24), (201, 18), (400, 18), (401, 12), (600, 12), (601, 6), (799, 6), (800, 0)]
)
def test_in_de_z_route_tellen_voor_een_ander_alleen_de_lessen(uren: int, maanden: int) -> None:
    dossier = participatie(Dossier(**GEZIN).pip(leerroute="z"))
    met_uren(dossier, ("cursus", uren), ("participatie", 700))
    assert hoogstens_maanden(dossier.stand, EINDE, KADER) == maanden


def test_de_langste_geldt_en_de_onderwijsroute_kent_geen_map() -> None:
    klaar = met_examens(Dossier().pip(), 5)
    assert hoogstens_maanden(klaar.stand, EINDE, KADER) == 12, "PVT en MAP ontbreken"
    klaar.feit("pvt_voltooid", "2026-06-17")
    assert hoogstens_maanden(klaar.stand, EINDE, KADER) == 6, "de MAP ontbreekt"
    assert hoogstens_maanden(met_examens(Dossier().pip(leerroute="onderwijs"), 5).stand, EINDE, KADER) == 6
    vrij = met_examens(Dossier().pip(), 5).feit("vrijgesteld", "2028-05-01", onderdelen=("pvt", "map"))
    assert hoogstens_maanden(vrij.stand, EINDE, KADER) == 0


@pytest.mark.parametrize(
    ("op", "tot", "zin"),
    [
        ("2029-01-08", "2031-02-25", ""),  # eerder besloten: geteld vanaf het einde van de termijn
        ("2029-01-08", "2031-02-26", "hoogstens 24 maanden, tot en met 25 februari 2031 (artikel 24 Wet"),
        ("2029-03-01", "2031-03-01", ""),  # later besloten: geteld vanaf het besluit
        ("2029-03-01", "2031-03-02", "tot en met 1 maart 2031"),
    ],
)
def test_een_te_lange_nieuwe_termijn_vraagt_om_een_reden(op: str, tot: str, zin: str) -> None:
    dossier = Dossier().pip()
    assert zin in vraagt_reden(dossier, "termijn_overschreden", op, nieuwe_termijn_tot=tot)
    assert bool(vraagt_reden(dossier, "termijn_overschreden", op, nieuwe_termijn_tot=tot)) == bool(zin)
    assert vraagt_reden(dossier, "termijn_overschreden", op) == ""


def test_zonder_pip_is_er_geen_termijn_om_aan_te_toetsen() -> None:
    stand = Dossier().stand
    assert twijfel_nieuwe_termijn(stand, date(2099, 1, 1), date(2029, 1, 1), KADER) == ""
    assert twijfel_verlenging(stand, "ziekte", date(2099, 1, 1), date(2029, 1, 1), KADER) == ""


# grond -> kortste en langste einde bij een termijn tot en met 25 februari 2029
GRENZEN = {
    "ziekte": ("2029-05-25", None),
    "opvang": ("2029-05-25", None),
    "overlijden_naaste": (None, "2029-05-25"),
    "bevalling": (None, "2029-06-17"),
    "alfabetisering": ("2029-05-25", "2029-08-25"),
    "dakloosheid": ("2029-05-25", "2031-02-25"),
    "aanbieder": ("2029-05-25", "2029-08-25"),
    "overig": ("2029-05-25", "2031-02-25"),
    "inspanning": (None, "2029-08-25"),
}


@pytest.mark.parametrize(("grond", "grenzen"), GRENZEN.items(), ids=GRENZEN)
def test_elke_grond_heeft_haar_eigen_duur(grond: str, grenzen: tuple[str | None, str | None]) -> None:
    dossier, (kortst, langst) = Dossier().pip(), grenzen
    for grens, ernaast, woord in ((kortst, -1, "minstens"), (langst, 1, "hoogstens")):
        if grens is None:
            continue
        buiten = date.fromordinal(dag(grens).toordinal() + ernaast).isoformat()
        assert vraagt_reden(dossier, "verlengd", "2029-01-08", nieuwe_einddatum=grens, grond=grond) == ""
        assert f"{woord} tot en met" in vraagt_reden(
            dossier, "verlengd", "2029-01-08", nieuwe_einddatum=buiten, grond=grond
        )
    assert grond in GRONDEN


def test_een_grond_zonder_grens_en_een_onbekende_grond_vragen_niets() -> None:
    ver = {"nieuwe_einddatum": "2035-01-01"}
    assert vraagt_reden(Dossier().pip(), "verlengd", "2029-01-08", grond="ziekte", **ver) == ""
    assert vraagt_reden(Dossier().pip(), "verlengd", "2029-01-08", grond="gat-in-het-dossier", **ver) == ""
    assert vraagt_reden(Dossier().pip(), "verlengd", "2029-01-08", **ver) == ""


def test_de_grond_van_de_aanvraag_telt_als_het_besluit_er_geen_noemt() -> None:
    dossier = Dossier().pip().feit("duo_aanvraag", "2028-09-01", nummer=1, aanvraag="verlenging", grond="bevalling")
    ver = {"nieuwe_einddatum": "2029-06-18"}
    assert "17 juni 2029" in vraagt_reden(dossier, "verlengd", "2028-10-02", aanvraag=1, **ver)
    assert vraagt_reden(dossier, "verlengd", "2028-10-02", aanvraag=1, grond="ziekte", **ver) == ""


def test_wat_er_ontbreekt_voor_aantoonbare_inspanning() -> None:
    op = date(2028, 9, 1)
    gezin = met_uren(Dossier(**GEZIN).pip(), ("cursus", 449), ("eerder_onderwijs", 300))
    assert ontbreekt_voor_inspanning(gezin.stand, op, KADER) == [
        "2 taalonderdelen (gehaald: 0)", "KNM", "het PVT", "de MAP", "450 uur les (gevolgd: 449)",
    ]  # fmt: skip
    klaar = met_uren(met_examens(participatie(Dossier(**GEZIN).pip()), 5), ("cursus", 450))
    assert ontbreekt_voor_inspanning(klaar.stand, op, KADER) == []
    assert ontbreekt_voor_inspanning(met_examens(participatie(Dossier().pip()), 5).stand, op, KADER) == []
    een = met_examens(participatie(Dossier().pip(leerroute="z")), 1)
    assert ontbreekt_voor_inspanning(een.stand, op, KADER) == ["de B1-route", "2 taalonderdelen (gehaald: 1)", "KNM"]


@pytest.mark.parametrize(("grond", "zegt"), [("inspanning", True), ("ziekte", False), (None, False)])
def test_de_stap_naar_het_besluit_zegt_alleen_bij_inspanning_wat_ontbreekt(grond: str | None, zegt: bool) -> None:
    dossier = Dossier().pip().feit("duo_aanvraag", "2028-09-01", nummer=1, aanvraag="verlenging", grond=grond)
    assert ("Voor aantoonbare inspanning ontbreekt" in dossier.stap("registratie/duo-besluit/1").waarom) == zegt


def test_verlenging_vragen_kan_vanaf_een_half_jaar_voor_het_einde() -> None:
    dossier = Dossier().pip()
    assert "25 augustus 2028 (artikel 12 Wi)" in vraagt_reden(
        dossier, "duo_aanvraag", "2028-08-24", nummer=1, aanvraag="verlenging"
    )
    assert vraagt_reden(dossier, "duo_aanvraag", "2028-08-25", nummer=1, aanvraag="verlenging") == ""
    assert vraagt_reden(dossier, "duo_aanvraag", "2026-08-24", nummer=1, aanvraag="ontheffing") == ""
    assert vraagt_reden(Dossier(), "duo_aanvraag", "2026-02-24", nummer=1, aanvraag="verlenging") == ""


def test_na_acht_weken_zonder_uitslag_vraagt_iemand_duo_ernaar() -> None:
    dossier = Dossier().pip().feit("examen_gedaan", "2027-03-01", nummer=1, onderdeel="lezen")
    stap = dossier.stap("registratie/examenuitslag/1")
    assert (stap.start, stap.streef, stap.uiterst) == (dag("2027-04-28"), dag("2027-05-05"), None)
    assert stap.rol is Rol.ADMINISTRATIE
    assert "Op 1 maart 2027 deed de inburgeraar examen (lezen). Poging 1 voor dit onderdeel: kosteloos" in stap.waarom
    assert "examenuitslag" not in str(dossier.feit("examen_uitslag", "2027-04-20", nummer=1, gehaald=False).kenmerken)


def test_de_derde_poging_voor_hetzelfde_onderdeel_is_niet_meer_kosteloos() -> None:
    dossier = Dossier().pip()
    for nummer, (op, onderdeel) in enumerate(
        [("2027-03-01", "lezen"), ("2027-03-01", "knm"), ("2027-05-03", "lezen"), ("2027-07-01", "lezen")], start=1
    ):
        dossier.feit("examen_gedaan", op, nummer=nummer, onderdeel=onderdeel)
    waaroms = [dossier.stap(f"registratie/examenuitslag/{nummer}").waarom for nummer in (1, 2, 3, 4)]
    assert [w[w.index("Poging") :][:8] for w in waaroms] == ["Poging 1", "Poging 1", "Poging 2", "Poging 3"]
    assert ["niet meer kosteloos" in w for w in waaroms] == [False, False, False, True]


def test_een_gezinsmigrant_hoort_niets_over_kosteloze_pogingen_en_na_het_einde_vraagt_niemand_meer() -> None:
    dossier = Dossier(**GEZIN).pip().feit("examen_gedaan", "2027-03-01", nummer=1, onderdeel="lezen")
    assert "Poging" not in dossier.stap("registratie/examenuitslag/1").waarom
    dossier.feit("voldaan", "2027-04-01")
    assert "registratie/examenuitslag/1" not in dossier.kenmerken


@pytest.mark.parametrize(
    ("soort", "van", "zin"),
    [
        ("cursus", "2026-02-24", "artikel 5.3 lid 5 Bi"),
        ("participatie", "2026-02-24", "artikel 5.3 lid 5 Bi"),
        ("cursus", "2026-02-25", ""),
        ("eerder_onderwijs", "2025-02-24", ""),
    ],
)
def test_inspanning_van_voor_het_pip_telt_alleen_met_een_reden(soort: str, van: str, zin: str) -> None:
    opgave = {"urensoort": soort, "periode_van": van, "periode_tot": "2026-04-01", "gevolgd": 10, "bewijs": "B-1"}
    twijfel = vraagt_reden(Dossier().pip(), "uren_gemeld", "2026-04-01", **opgave)
    assert zin in twijfel
    assert bool(twijfel) == bool(zin)
    zonder_pip = vraagt_reden(Dossier(), "uren_gemeld", "2026-04-01", **opgave)
    assert bool(zonder_pip) == (soort != "eerder_onderwijs")


def test_afwijken_van_de_leerbaarheidstoets_vraagt_een_reden() -> None:
    besluit = {
        "bekendgemaakt_op": "2026-02-25",
        "aantal_gesprekken": 5,
        "interval_maanden": 6,
        "mandaathouder": "m-gor",
    }
    assert "artikel 14 lid 6 Wi" in vraagt_reden(
        Dossier().intake(), "pip_vastgesteld", "2026-02-25", leerroute="z", **besluit
    )
    assert vraagt_reden(Dossier().intake(), "pip_vastgesteld", "2026-02-25", leerroute="b1", **besluit) == ""
    geen = Dossier().feit("intake_gehouden", "2026-01-21", advies="onbekend")
    zonder = vraagt_reden(geen, "pip_vastgesteld", "2026-02-25", leerroute="z", **besluit)
    assert "geen leerbaarheidstoets vastgelegd" in zonder
    assert "artikel 14 lid 6 Wi" in zonder
    getoetst = Dossier().feit("intake_gehouden", "2026-01-21", advies="onbekend", leerbaarheidstoets_op="2026-01-21")
    assert vraagt_reden(getoetst, "pip_vastgesteld", "2026-02-25", leerroute="z", **besluit) == ""
    ambtshalve = Dossier().feit("intake_ambtshalve_afgerond", "2026-02-21")
    assert vraagt_reden(ambtshalve, "pip_vastgesteld", "2026-02-25", leerroute="z", **besluit) == ""


def test_een_tweede_leerbaarheidstoets_vraagt_een_reden_maar_dezelfde_nog_eens_melden_niet() -> None:
    dossier = Dossier().feit("intake_gehouden", "2026-01-21", advies="b1", leerbaarheidstoets_op="2026-01-21")
    assert "21 januari 2026" in vraagt_reden(
        dossier, "intake_gehouden", "2026-03-02", leerbaarheidstoets_op="2026-03-02"
    )
    assert vraagt_reden(dossier, "intake_gehouden", "2026-03-02", leerbaarheidstoets_op="2026-01-21") == ""
    assert vraagt_reden(dossier, "intake_gehouden", "2026-03-02") == ""
    assert vraagt_reden(Dossier(), "intake_gehouden", "2026-03-02", leerbaarheidstoets_op="2026-03-02") == ""


def test_duo_hoort_de_opleiding_en_op_verzoek_de_voortgang_tot_die_dag() -> None:
    dossier = met_uren(Dossier().pip(), ("cursus", 120))
    dossier.feit("opleiding_gemeld", "2026-09-01", opleiding="vso").feit("duo_vraagt_voortgang", "2028-01-03", nummer=1)
    assert dossier.stap("duo/opleiding/1").inhoud == "vso sinds 2026-09-01"
    voor = dossier.stap("duo/voortgang/1").inhoud
    assert voor == "tot en met 2028-01-03: 120 uur les, 0 uur participatie, verzuim 0 geoorloofd en 0 ongeoorloofd"
    dossier.feit(
        "uren_gemeld", "2028-02-01", periode_van="2028-01-01", periode_tot="2028-01-31", gevolgd=30, bewijs="B-2"
    )
    assert dossier.stap("duo/voortgang/1").inhoud == voor, "latere uren veranderen niet wat DUO toen vroeg"


@pytest.mark.parametrize(
    ("velden", "inhoud"),
    [
        ({}, "b1"),
        ({"uren_per_week": 12}, "b1, 12 uur per week"),
        ({"a2_onderdelen": ("lezen", "spreken")}, "b1, A2 voor lezen en spreken"),
        ({"uren_per_week": 9, "a2_onderdelen": ("schrijven",)}, "b1, 9 uur per week, A2 voor schrijven"),
    ],
)
def test_de_melding_van_de_leerroute_noemt_ook_intensiteit_en_a2(velden: dict[str, object], inhoud: str) -> None:
    dossier = Dossier().feit(
        "pip_vastgesteld", "2026-02-25", bekendgemaakt_op="2026-02-25", leerroute="b1", aantal_gesprekken=5,
        interval_maanden=6, mandaathouder="m-gor", **velden,
    )  # fmt: skip
    assert dossier.stap("duo/leerroute/1").inhoud == inhoud
