"""De ronde en een klok die terugging, en werk dat niemand aanneemt."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domein.begrippen import Stapstatus
from domein.regels.ronde import STILSTAND, Daad, Gezien, Loop, bepaal, staat_stil

VANDAAG, NU = date(2026, 3, 2), datetime(2026, 11, 23, 12, tzinfo=UTC)
DAG = timedelta(days=1)


def gezien(loop: Loop, sinds: datetime) -> Gezien:
    return Gezien(Stapstatus.OPEN, VANDAAG, 1, 1, 1, loop, gepland_voor=VANDAAG, sinds=sinds)


@pytest.mark.parametrize("loop", [Loop.GECRASHT, Loop.MISLUKT, Loop.IN_WACHTRIJ, Loop.LOOPT])
def test_een_begin_in_de_verre_toekomst_is_van_voor_het_terugzetten_van_de_klok(loop: Loop) -> None:
    assert bepaal(gezien(loop, NU + DAG), VANDAAG, NU) is Daad.HERSTEL


@pytest.mark.parametrize("loop", [Loop.GECRASHT, Loop.MISLUKT, Loop.IN_WACHTRIJ, Loop.LOOPT])
def test_een_server_die_iets_voorloopt_is_geen_teruggezette_klok(loop: Loop) -> None:
    assert bepaal(gezien(loop, NU + timedelta(minutes=1)), VANDAAG, NU) is Daad.NIETS


def test_een_stap_die_op_een_latere_dag_is_geprobeerd_wordt_vandaag_weer_geprobeerd() -> None:
    dicht = Gezien(Stapstatus.GEPLAND, VANDAAG, 1, 1, 1, Loop.WACHT, gepland_voor=VANDAAG + 30 * DAG, sinds=NU)
    assert bepaal(dicht, VANDAAG, NU) is Daad.WEK


def test_werk_staat_stil_als_het_te_lang_klaarstaat_en_er_niets_loopt() -> None:
    net_niet, wel = NU - STILSTAND + timedelta(seconds=1), NU - STILSTAND
    assert not staat_stil([], NU, bezig=False)
    assert not staat_stil([net_niet], NU, bezig=False)
    assert staat_stil([net_niet, wel], NU, bezig=False)
    assert not staat_stil([wel], NU, bezig=True)
