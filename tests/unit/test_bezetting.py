"""Wie van de partner de taak krijgt: de eigen behandelaar, de vervanger, of wie het minst heeft."""

from datetime import date

from domein.begrippen import Rol
from domein.regels.samenwerking import kantoorkalender_van, kies_medewerker
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, medewerker, partner, regio, ruw

DAG = date(2026, 3, 2)
TEAM = regio(
    afspraak("a", "intake"),
    partners=[partner("leeg")],
    medewerkers=[
        medewerker("m-b", "uo", "klantmanager", fte=0.5),
        medewerker(
            "m-c",
            "uo",
            "klantmanager",
            afwezigheid=[{"van": "2026-03-01", "tot": "2026-03-06", "vervanger": "m-b"}],
        ),
        medewerker("m-t", "uo", "teamleider"),
    ],
)
KLANTMANAGER = Rol.KLANTMANAGER


def gekozen(eigen: str | None = None, op: date = DAG, **last: int) -> str | None:
    telling = {code.replace("_", "-"): aantal for code, aantal in last.items()}
    medewerker_ = kies_medewerker(TEAM, "uo", KLANTMANAGER, op, eigen, telling)
    return medewerker_.code if medewerker_ else None


def test_de_eigen_klantmanager_houdt_de_taak() -> None:
    assert gekozen(eigen="m-uo", m_uo=99) == "m-uo"


def test_is_de_eigen_klantmanager_er_niet_dan_de_vervanger() -> None:
    assert gekozen(eigen="m-c") == "m-b"
    assert gekozen(eigen="m-c", op=date(2026, 3, 6)) == "m-b"
    assert gekozen(eigen="m-c", op=date(2026, 3, 7)) == "m-c"


def test_anders_wie_per_voltijdsplaats_het_minst_heeft_en_bij_gelijk_de_code() -> None:
    assert gekozen() == "m-b"
    assert gekozen(m_b=3, m_uo=5) == "m-uo"  # 3 op een halve plaats weegt zwaarder dan 5
    assert gekozen(m_b=2, m_uo=5) == "m-b"


def test_een_eigen_klantmanager_van_een_andere_partner_telt_hier_niet() -> None:
    assert gekozen(eigen="m-onbekend") == "m-b"


def test_is_er_niemand_dan_ook_geen_stille_keuze() -> None:
    assert kies_medewerker(TEAM, "leeg", KLANTMANAGER, DAG) is None
    assert kies_medewerker(TEAM, "uo", Rol.ADMINISTRATIE, DAG) is None


def test_vervangers_die_elkaar_vervangen_lopen_niet_rond() -> None:
    weg = {"van": "2026-03-01", "tot": "2026-03-31"}
    gegevens = ruw(afspraak("a", "intake"))
    gegevens["medewerkers"] = [
        medewerker("m-1", "uo", "klantmanager", afwezigheid=[{**weg, "vervanger": "m-2"}]),
        medewerker("m-2", "uo", "klantmanager", afwezigheid=[{**weg, "vervanger": "m-1"}]),
    ]
    assert kies_medewerker(Regio.model_validate(gegevens), "uo", KLANTMANAGER, DAG, "m-1") is None


def test_de_kantoorkalender_kent_de_sluitingsdagen_van_de_partner() -> None:
    dicht = regio(
        afspraak("a", "intake"),
        partners=[
            partner(
                "school",
                gesloten_weekdagen=["vr", "za", "zo"],
                gesloten_dagen=["2026-03-02"],
                gesloten_perioden=[{"van": "2026-07-20", "tot": "2026-07-23"}],
                jaarlijks_gesloten=["12-24"],
            )
        ],
    ).partner("school")
    assert dicht is not None
    kalender = kantoorkalender_van(dicht)
    for dag in (date(2026, 3, 2), date(2026, 3, 6), date(2026, 7, 23), date(2029, 12, 24)):
        assert not kalender.is_open(dag)
    assert kalender.eerstvolgende_open_dag(date(2026, 3, 2)) == date(2026, 3, 3)
