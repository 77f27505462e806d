"""Wie van de partner de taak krijgt: de eigen behandelaar, de vervanger, of wie het minst heeft."""

from datetime import date

import pytest
from pydantic import ValidationError

from domein.begrippen import Doelgroep, Rol, Stapsoort
from domein.regels.bezetting import Werk, bezet, gewogen_last, kantoorkalender_van, kies_medewerker
from domein.regio.model import Regio
from domein.regio.weging import Weging
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


# ---- waarom deze medewerker ----


def test_het_antwoord_zegt_waarom_deze_medewerker() -> None:
    assert bezet(TEAM, "uo", KLANTMANAGER, DAG, "m-uo").waarom == "m-uo is de eigen behandelaar."
    vervangt = bezet(TEAM, "uo", KLANTMANAGER, DAG, "m-c")
    assert vervangt.waarom == "m-b vervangt m-c, die tot en met 6 maart 2026 afwezig is."
    assert vervangt.vervangt == "m-c"
    minste = bezet(TEAM, "uo", KLANTMANAGER, DAG, last={"m-uo": 7, "m-b": 3})
    assert minste.waarom == "m-b heeft per voltijdsplaats de minste last (6,0)."


def test_is_er_niemand_dan_zegt_het_antwoord_waarom_zodat_de_coordinator_het_hoort() -> None:
    assert bezet(TEAM, "leeg", KLANTMANAGER, DAG).waarom == "Bij leeg werkt niemand met de rol klantmanager."
    weg = ruw(afspraak("a", "intake"))
    weg["medewerkers"] = [
        medewerker("m-1", "uo", "klantmanager", afwezigheid=[{"van": "2026-03-01", "tot": "2026-03-31"}])
    ]
    niemand = bezet(Regio.model_validate(weg), "uo", KLANTMANAGER, DAG)
    assert niemand.medewerker is None
    assert niemand.waarom == "Bij uo is iedereen afwezig, ook elke vervanger."


def test_een_vervanger_mag_bij_een_andere_organisatie_werken() -> None:
    gegevens = ruw(afspraak("a", "intake"), partners=[partner("buur", "stichting")])
    gegevens["medewerkers"] = [
        medewerker(
            "m-1", "uo", "klantmanager", afwezigheid=[{"van": "2026-03-01", "tot": "2026-03-31", "vervanger": "m-buur"}]
        ),
        medewerker("m-buur", "buur", "klantmanager"),
    ]
    samen = Regio.model_validate(gegevens)
    for eigen in ("m-1", None):  # ook als niemand van het eigen team er is
        antwoord = bezet(samen, "uo", KLANTMANAGER, DAG, eigen)
        assert antwoord.medewerker is not None
        assert antwoord.medewerker.code == "m-buur"
        assert antwoord.waarom == "m-buur van buur vervangt m-1, die tot en met 31 maart 2026 afwezig is."


def test_wie_uit_dienst_is_telt_niet_ook_niet_als_vervanger() -> None:
    gegevens = ruw(afspraak("a", "intake"))
    gegevens["medewerkers"] = [
        medewerker(
            "m-1", "uo", "klantmanager", afwezigheid=[{"van": "2026-03-01", "tot": "2026-03-31", "vervanger": "m-2"}]
        ),
        medewerker("m-2", "uo", "klantmanager", in_dienst_tot="2026-02-28"),
    ]
    assert kies_medewerker(Regio.model_validate(gegevens), "uo", KLANTMANAGER, DAG, "m-2") is None


def test_niemand_zonder_adres_komt_in_een_regio() -> None:
    gegevens = ruw(afspraak("a", "intake"))
    gegevens["medewerkers"] = [{"code": "m-1", "partner": "uo", "rollen": ["klantmanager"]}]
    with pytest.raises(ValidationError, match="email"):
        Regio.model_validate(gegevens)


# ---- gewogen last ----


def test_een_intake_weegt_zwaarder_dan_een_gesprek_en_asiel_zwaarder_dan_gezin() -> None:
    weging = Weging()
    assert weging.gewicht(Stapsoort.INTAKE) > weging.gewicht(Stapsoort.VOORTGANG)
    assert weging.gewicht(Stapsoort.INTAKE, Doelgroep.ASIELSTATUSHOUDER) == 2 * weging.gewicht(
        Stapsoort.INTAKE, Doelgroep.GEZINSMIGRANT
    )


def test_de_gewogen_last_kiest_anders_dan_het_aantal_open_stappen() -> None:
    werk = [
        Werk("m-uo", Stapsoort.INTAKE, Doelgroep.ASIELSTATUSHOUDER, 2),
        Werk("m-uo", Stapsoort.DUO),
        Werk("m-b", Stapsoort.DUO, aantal=4),
    ]
    last = gewogen_last(werk, TEAM.weging)
    assert last == {"m-uo": 20.5, "m-b": 2.0}
    assert kies_medewerker(TEAM, "uo", KLANTMANAGER, DAG, last=last).code == "m-b"
    aantallen = {"m-uo": 3, "m-b": 4}
    assert kies_medewerker(TEAM, "uo", KLANTMANAGER, DAG, last=aantallen).code == "m-uo"


def test_een_regio_zet_haar_eigen_gewichten_en_houdt_voor_de_rest_de_standaard() -> None:
    eigen = regio(afspraak("a", "intake"), weging={"stappen": {"voortgang": 9}, "doelgroepen": {"gezinsmigrant": 3}})
    assert eigen.weging.gewicht(Stapsoort.VOORTGANG, Doelgroep.GEZINSMIGRANT) == 27
    assert eigen.weging.gewicht(Stapsoort.INTAKE) == Weging().gewicht(Stapsoort.INTAKE)
    with pytest.raises(ValidationError):
        Weging(stappen={Stapsoort.INTAKE: 0})
