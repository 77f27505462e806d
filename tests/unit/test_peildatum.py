"""Elke afspraak kijkt naar haar eigen dag; wat nog niet bekend is, valt terug op de dag van openen."""

from domein.begrippen import Stapsoort
from domein.regels.peildatum import BekendeDagen, peildag
from domein.regels.samenwerking import Situatie
from domein.regio.soorten import Peildatumsoort
from tests.unit.kernbouw import Dossier
from tests.unit.regiobouw import afspraak, partner, regio
from tests.unit.regiovragen import dag, gat, toegewezen

P = Peildatumsoort
ALLES = BekendeDagen(
    opening=dag("2026-03-02"), koppeling=dag("2026-01-02"), kennisgeving=dag("2026-01-05"),
    start_les=dag("2026-04-13"), levering=dag("2026-05-29"), ondertekening=dag("2026-02-25"),
)  # fmt: skip


def test_elke_soort_peildatum_geeft_haar_eigen_dag() -> None:
    assert {soort: str(peildag(soort, ALLES).dag) for soort in P} == {
        P.OPENING: "2026-03-02", P.KOPPELING: "2026-01-02", P.KENNISGEVING: "2026-01-05",
        P.START_LES: "2026-04-13", P.LEVERING: "2026-05-29", P.ONDERTEKENING: "2026-02-25",
    }  # fmt: skip


def test_wie_geen_koppeling_heeft_telt_vanaf_de_kennisgeving() -> None:
    """Een gezinsmigrant komt niet via het COA."""
    gezin = BekendeDagen(opening=dag("2026-03-02"), kennisgeving=dag("2026-01-05"))
    assert peildag(P.KOPPELING, gezin).dag == dag("2026-01-05")
    assert peildag(P.KOPPELING, gezin).soort is P.KENNISGEVING


def test_een_dag_die_nog_moet_komen_valt_terug_op_de_opening() -> None:
    leeg = BekendeDagen(opening=dag("2026-03-02"))
    for soort in P:
        assert (peildag(soort, leeg).dag, peildag(soort, leeg).soort) == (dag("2026-03-02"), P.OPENING)


def test_een_dag_van_voor_de_regioversie_telt_als_haar_eerste_dag() -> None:
    assert peildag(P.KENNISGEVING, ALLES, vanaf=dag("2026-02-01")).dag == dag("2026-02-01")
    # Maar een versie die pas na de opening begint, schuift niets op.
    assert peildag(P.KENNISGEVING, ALLES, vanaf=dag("2026-04-01")).dag == dag("2026-01-05")


def test_de_stand_van_een_dossier_noemt_kennisgeving_en_eerste_lesdag() -> None:
    opening = dag("2026-03-20")
    dossier = Dossier("2026-01-05").pip("2026-02-25")
    assert BekendeDagen.van_stand(dossier.stand, opening) == BekendeDagen(opening, kennisgeving=dag("2026-01-05"))
    dossier.feit("aanmelding_geaccepteerd", "2026-03-10", nummer=1, startdatum="2026-04-13")
    assert BekendeDagen.van_stand(dossier.stand, opening).start_les == dag("2026-04-13")
    dossier.feit("les_gestart", "2026-04-20")
    assert BekendeDagen.van_stand(dossier.stand, opening).start_les == dag("2026-04-20")


def test_afspraken_met_een_verschillende_peildatum_kijken_elk_naar_hun_eigen_dag() -> None:
    """De oude kijkt naar de kennisgeving, de nieuwe naar de eerste lesdag: hier past alleen de nieuwe."""
    gemengd = regio(
        afspraak("oud", "aanmelding", geldig_tot="2025-12-31", peildatumsoort="kennisgeving"),
        afspraak("nieuw", "aanmelding", uitvoerder="nieuw", geldig_van="2026-01-01", peildatumsoort="start_les"),
        partners=[partner("nieuw")],
    )
    assert toegewezen(gemengd, situatie=Situatie(bekend=ALLES)).uitvoerder == "nieuw"
    beide = BekendeDagen(opening=dag("2026-01-02"), kennisgeving=dag("2025-12-30"), start_les=dag("2026-01-12"))
    assert "oud" in gat(gemengd, op=dag("2026-01-02"), situatie=Situatie(bekend=beide)).waarom
    geen = BekendeDagen(opening=dag("2026-01-02"), kennisgeving=dag("2026-01-01"), start_les=dag("2025-12-30"))
    assert gat(gemengd, op=dag("2026-01-02"), situatie=Situatie(bekend=geen)).waarom.startswith("Geen afspraak regelt")


def test_het_mandaat_moet_gelden_op_de_dag_van_ondertekening() -> None:
    mandaat = {
        "id": "m", "gemeente": "GM0512", "stappen": ["pip"], "houders": ["m-uo"], "bron": "besluit",
        "geldig_tot": "2026-02-28",
    }  # fmt: skip
    kort = regio(afspraak("pip", "pip", mandaten=["m"], peildatumsoort="ondertekening"), mandaten=[mandaat])
    pip = {"stap": Stapsoort.PIP}
    assert toegewezen(kort, **pip, situatie=Situatie(bekend=ALLES)).ondertekenaar == "m-uo"
    assert toegewezen(kort, **pip).ondertekenaar is None  # op 2 maart is het mandaat voorbij


def test_een_mandaat_met_een_plafond_onder_het_tarief_laat_niemand_tekenen() -> None:
    def met_plafond(euro: int) -> str | None:
        mandaat = {
            "id": "m", "gemeente": "GM0512", "stappen": ["aanmelding"], "houders": ["m-uo"], "bron": "besluit",
            "plafond_euro": euro,
        }  # fmt: skip
        antwoord = toegewezen(
            regio(afspraak("les", "aanmelding", mandaten=["m"], tarief={"bedrag": 11600}), mandaten=[mandaat])
        )
        return antwoord.ondertekenaar or antwoord.afgevallen[0].reden

    assert met_plafond(11600) == "m-uo"
    assert met_plafond(11599) == "mandaat m gaat tot € 11599, en het tarief is € 11600"
