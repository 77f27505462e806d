"""Het dagwerk op het bord: een taak die mislukt kost de dag haar bericht en haar overzicht niet."""

from datetime import date

import pytest

from flows import herinneringen as stroom
from tasks.grens import OnverwachteFout

DAG = date(2026, 3, 2)
TAKEN = ("zet_herinneringen_klaar", "zet_beheerbericht_klaar", "maak_overzicht")


@pytest.mark.parametrize("kapot", [(), TAKEN[:1], TAKEN[1:2], TAKEN])
async def test_alle_drie_de_taken_gaan_en_de_run_eindigt_rood(
    kapot: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    gedaan: list[tuple[str, date | None]] = []

    def taak(naam: str):
        async def doe(dag: date | None) -> None:
            gedaan.append((naam, dag))
            if naam in kapot:
                raise OnverwachteFout(f"mislukt:{naam}")

        return doe

    for naam in TAKEN:
        monkeypatch.setattr(stroom, naam, taak(naam))
    if kapot:
        with pytest.raises(OnverwachteFout, match=f"mislukt:{kapot[0]}"):
            await stroom.herinneringen.fn(DAG)
    else:
        await stroom.herinneringen.fn(DAG)
    assert gedaan == [(naam, DAG) for naam in TAKEN]
