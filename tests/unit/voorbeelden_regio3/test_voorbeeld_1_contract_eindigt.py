"""Voorbeeld 1: het contract eindigt. Rijssen-Holten, asiel, B1; verzonnen personen."""

from datetime import date

from domein.regels.peildatum import BekendeDagen, peildagen
from domein.regels.samenwerking import Bestaand, Situatie
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, partner, regio
from tests.unit.regiovragen import dag, redenen, toegewezen

PIP = dag("2025-11-20")


def rijssen_holten(regime: str = "uitdienen") -> Regio:
    """Tot en met 2025 geeft `oud` de lessen, vanaf 2026 `nieuw`; de eerste lesdag beslist."""
    les = {"rol": "aanbieder", "peildatumsoort": "start_les", "leerroutes": ["b1"]}
    return regio(
        afspraak("b1-2022", "aanmelding", uitvoerder="oud", geldig_tot="2025-12-31", overgangsregime=regime, **les),
        afspraak("b1-2026", "aanmelding", uitvoerder="nieuw", geldig_van="2026-01-01", **les),
        gemeenten=("GM1742",),
        partners=[partner("oud"), partner("nieuw")],
    )


def met_les(start: str | None, opening: date, bestaand: Bestaand | None = None) -> Situatie:
    return Situatie(
        bekend=BekendeDagen(opening=opening, start_les=dag(start) if start else None, ondertekening=PIP),
        bestaand=bestaand,
    )


def test_voorbeeld_1_wie_in_januari_begint_valt_onder_het_nieuwe_contract() -> None:
    """PIP op 20 november 2025, les vanaf 12 januari 2026: de dag van de les telt, niet die van het PIP."""
    opening = dag("2025-11-21")
    antwoord = toegewezen(rijssen_holten(), op=opening, situatie=met_les("2026-01-12", opening))
    assert (antwoord.uitvoerder, antwoord.afspraak) == ("nieuw", "b1-2026")
    assert antwoord.peildatum == dag("2026-01-12")
    assert "met als peildatum de eerste lesdag (maandag 12 januari 2026)" in antwoord.waarom
    assert redenen(antwoord)["oud"] == (
        "geldt van zaterdag 1 januari 2022 tot en met woensdag 31 december 2025, "
        "en de eerste lesdag is maandag 12 januari 2026"
    )


def test_voorbeeld_1_een_klasgenoot_die_in_oktober_begon_blijft_bij_de_oude_aanbieder() -> None:
    """Ook als er na de contractwissel een stap opent: hij dient uit onder zijn eigen contract."""
    opening = dag("2026-02-02")
    zit_bij = Bestaand("oud", "b1-2022")
    antwoord = toegewezen(rijssen_holten(), op=opening, situatie=met_les("2025-10-06", opening, zit_bij))
    assert (antwoord.uitvoerder, antwoord.afspraak, antwoord.blijft) == ("oud", "b1-2022", True)
    # Ook als een latere les het peil wordt, bijvoorbeeld bij een herstart: uitdienen is blijven.
    herstart = toegewezen(rijssen_holten(), op=opening, situatie=met_les("2026-02-09", opening, zit_bij))
    assert (herstart.uitvoerder, herstart.afspraak, herstart.blijft) == ("oud", "b1-2022", True)
    assert "waar de persoon uitdient nu afspraak b1-2022 op woensdag 31 december 2025 eindigt" in herstart.waarom
    assert redenen(herstart)["nieuw"] == "geldt voor wie nieuw begint"


def test_voorbeeld_1_zegt_het_contract_overdragen_dan_gaat_de_klasgenoot_over() -> None:
    opening = dag("2026-02-02")
    situatie = met_les("2026-02-09", opening, Bestaand("oud", "b1-2022"))
    antwoord = toegewezen(rijssen_holten("overdragen"), op=opening, situatie=situatie)
    assert (antwoord.uitvoerder, antwoord.blijft) == ("nieuw", False)
    assert "omdat afspraak b1-2022 op woensdag 31 december 2025 eindigt en iedereen dan overgaat" in antwoord.waarom


def test_voorbeeld_1_zonder_bekende_lesdag_telt_de_dag_van_openen() -> None:
    voor, na = dag("2025-11-21"), dag("2026-01-05")
    assert toegewezen(rijssen_holten(), op=voor, situatie=met_les(None, voor)).uitvoerder == "oud"
    assert toegewezen(rijssen_holten(), op=na, situatie=met_les(None, na)).uitvoerder == "nieuw"


def test_voorbeeld_1_per_afspraak_is_te_zien_welke_dag_telt() -> None:
    bekend = BekendeDagen(opening=dag("2025-11-21"), start_les=dag("2026-01-12"), ondertekening=PIP)
    dagen = peildagen(rijssen_holten().samenwerkingsafspraken, bekend)
    assert {naam: peil.dag for naam, peil in dagen.items()} == {
        "b1-2022": dag("2026-01-12"),
        "b1-2026": dag("2026-01-12"),
    }
