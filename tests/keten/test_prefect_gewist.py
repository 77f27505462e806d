"""Prefect is nooit de enige plek: zijn database mag verdwijnen terwijl er stappen wachten."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from adapters.postvanger import ontvangen
from beheer.demo.overzicht import maak_overzicht
from beheer.demo.snel import SnelleDemo, zet_begin
from beheer.opzichter import Opzichter
from domein.begrippen import Stapstatus


@pytest.fixture
def eigen_prefect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    map_ = tmp_path / "installatie"
    monkeypatch.setenv("PREFECT_HOME", str(map_ / "prefect"))
    monkeypatch.setenv("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    return map_


async def test_prefect_gewist_halverwege_en_toch_hetzelfde_einde(eigen_prefect: Path) -> None:
    map_ = eigen_prefect
    opzichter = Opzichter(map_, demo=True, meld=print)
    gewist_op: list[tuple[date, int]] = []

    async def wis_een_keer(dag: date) -> None:
        with opzichter.omgeving.magazijn.ruimte() as ruimte:
            open_ = len(ruimte.stappen_waar(statussen=[Stapstatus.OPEN]))
        if gewist_op or not open_:
            return  # wis op een moment dat er echt iemand moet antwoorden
        gewist_op.append((dag, open_))
        await opzichter.herstart("prefect", lambda: shutil.rmtree(map_ / "prefect"))

    try:
        opzichter.bereid_voor()
        zet_begin(map_)
        await opzichter.start()
        demo = SnelleDemo(opzichter, 2, print, na_dag=wis_een_keer)
        await demo.loop()
        overzicht = await maak_overzicht(demo, 0.0)
    finally:
        await opzichter.stop()

    assert gewist_op, "er was geen moment waarop Prefect kon worden gewist"
    assert overzicht["verschillen"] == []
    assert overzicht["beeindigd"] == overzicht["dossiers"] == 2
    per_mail = Counter(mail.message_id for mail in ontvangen(map_))
    assert [m for m, aantal in per_mail.items() if aantal > 1] == []
    assert overzicht["berichten"]["aanvaard"] == len(per_mail)
    assert set(overzicht["runs"]) <= {"Completed", "Cancelled"}
