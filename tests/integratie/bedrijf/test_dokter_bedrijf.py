"""`regie dokter` over het bedrijf: Prefect, de machine, de klokken, de ronde, de kopieën en de post."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.gezondheid_machine import GIB, klokken, leeftijd_van_kopie, rondes, ruimte_op
from adapters.gezondheid_machine import _verschil as klokverschil
from adapters.hartslag import RONDE
from adapters.klok import EchteKlok
from adapters.omgeving import instellingen
from adapters.prefect.inrichting import verwachte_versies
from domein.regio.bevinding import Ernst
from tests.integratie.bedrijf.test_reservekopie import maak
from tests.integratie.beheer_hulp import Regie, vergeet
from tests.integratie.test_dokter import prefectserver, soorten

ONLINE = [{"status": "ONLINE"}]
NU = datetime(2026, 5, 4, 12, tzinfo=UTC)


def rijen(**anders: object) -> list[dict[str, object]]:
    """De deployments zoals Prefect ze noemt, met de eerste anders."""
    uit: list[dict[str, object]] = [{"name": n, "version": v, "paused": False} for n, v in verwachte_versies().items()]
    return [uit[0] | anders, *uit[1:]]


@pytest.mark.parametrize(
    ("pad", "antwoord", "soort"),
    [
        pytest.param("/admin/version", "3.1.0", "prefect_versie", id="andere-versie"),
        pytest.param("/work_pools/regie", {"is_paused": True}, "pool_pauze", id="werkvoorraad-op-pauze"),
        pytest.param("/deployments/filter", rijen()[1:], "deployment_ontbreekt", id="deployment-weg"),
        pytest.param("/deployments/filter", rijen(version="1+oud"), "deployment_anders", id="deployment-van-oude-code"),
        pytest.param("/deployments/filter", rijen(paused=True), "deployment_pauze", id="deployment-op-pauze"),
        pytest.param("/flow_runs/count", 3, "late_runs", id="runs-te-laat"),
        pytest.param("/work_pools/regie", ["iets"], "prefect_antwoord", id="een-antwoord-in-een-andere-vorm"),
    ],
)
def test_wat_in_prefect_niet_klopt_krijgt_een_naam_en_een_uitweg(
    regie: Regie, pad: str, antwoord: object, soort: str
) -> None:
    regie.vul(1)
    with prefectserver(ONLINE, {pad: antwoord}) as adres:
        regie.instelling(prefect_api_url=adres)
        bevindingen = regie.json("dokter")
    gevonden = next(b for b in bevindingen if b["soort"] == soort)
    assert gevonden["melding"]
    assert gevonden["uitweg"]
    assert "worker" not in soorten(bevindingen)


@pytest.mark.parametrize(
    ("vrij", "totaal", "ernst"),
    [
        pytest.param(50 * GIB, 100 * GIB, None, id="ruim"),
        pytest.param(9 * GIB, 100 * GIB, Ernst.WAARSCHUWING, id="onder-een-tiende"),
        pytest.param(GIB, 4 * GIB, Ernst.WAARSCHUWING, id="onder-twee-gb"),
        pytest.param(2 * GIB, 100 * GIB, Ernst.FOUT, id="onder-drie-procent"),
        pytest.param(GIB // 4, GIB, Ernst.FOUT, id="bijna-niets"),
    ],
)
def test_de_schijf_waarschuwt_voor_zij_vol_is(vrij: int, totaal: int, ernst: Ernst | None) -> None:
    assert [b.ernst for b in ruimte_op(Path("x"), vrij, totaal)] == ([ernst] if ernst else [])


@pytest.mark.parametrize(
    ("uren", "ernst"),
    [(None, Ernst.FOUT), (1, None), (26, None), (27, Ernst.WAARSCHUWING), (79, Ernst.FOUT)],
)
def test_een_kopie_die_uitblijft_valt_op(uren: int | None, ernst: Ernst | None) -> None:
    laatst = None if uren is None else NU - timedelta(hours=uren)
    assert [b.ernst for b in leeftijd_van_kopie("database", laatst, NU, 26)] == ([ernst] if ernst else [])


def test_in_echt_gebruik_hoort_er_een_ronde_en_een_kopie_te_zijn(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    regie.vul(1)
    regie.instelling(demo="false", klokbestand="", smtp_tls="geen", smtp_onversleuteld_lokaal="true")
    gevonden = soorten(regie.json("dokter", code=1))
    assert gevonden["ronde"] == "waarschuwing"
    assert (gevonden["reservekopie_database"], gevonden["reservekopie_sleutels"]) == ("fout", "fout")
    assert gevonden["beheeradres"] == "info"
    maak(regie, tmp_path, wachtwoord)
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "proef", EchteKlok().nu())
    regie.instelling(beheer_mail="beheer@regio.example")
    daarna = soorten(regie.json("dokter", code=1))  # de mailserver staat uit, en dat is buiten de demo een fout
    assert not {"ronde", "reservekopie_database", "reservekopie_sleutels", "beheeradres"} & set(daarna)


@pytest.mark.parametrize(
    ("geleden", "soort"),
    [(timedelta(hours=1), "ronde"), (timedelta(hours=-1), "klok_terug"), (timedelta(minutes=1), None)],
)
def test_een_oude_ronde_en_een_klok_die_is_teruggezet(
    op_database: Regie, geleden: timedelta, soort: str | None
) -> None:
    op_database.vul(1)
    op_database.instelling(demo="false", klokbestand="")
    with op_database.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "proef", EchteKlok().nu() - geleden)
    keuze, hier = instellingen(), op_database.omgeving
    assert [b.soort for b in (*rondes(hier, keuze), *klokken(hier, keuze))] == ([soort] if soort else [])


def test_de_klok_van_de_database_wordt_echt_gevraagd(op_database: Regie) -> None:
    assert timedelta() <= klokverschil(op_database.magazijn) < timedelta(seconds=5)


def test_een_tabel_die_met_de_hand_is_gewijzigd_valt_op(op_database: Regie) -> None:
    op_database.vul(1)
    with op_database.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("ALTER TABLE dagwerk ADD COLUMN erbij INTEGER"))
    bevindingen = op_database.json("dokter", code=1)
    assert next(b for b in bevindingen if b["soort"] == "schema")["melding"].endswith("verwacht: dagwerk.")


def test_een_post_die_stilstaat_valt_op_en_na_een_dag_is_het_een_fout(regie: Regie) -> None:
    regie.vul(1)
    regie("post", "pauzeer", "--door", "m-bhr", "--reden", "Storing bij de mailserver.")
    assert soorten(regie.json("dokter"))["post_staat_stil"] == "waarschuwing"
    regie("post", "pauzeer", "--door", "m-bhr", "--reden", "Nog eens.", code=1)
    regie.zet_klok("2026-01-13T08:00:00+00:00")
    vergeet()
    assert soorten(regie.json("dokter", code=1))["post_staat_stil"] == "fout"
    regie("post", "hervat", "--door", "m-bhr", "--reden", "Opgelost.")
    assert "post_staat_stil" not in soorten(regie.json("dokter"))
