"""Wat de regio voor de toegang opzoekt, is wat er staat als je alles een voor een naloopt."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.regio.afspraken import GEMEENTE
from domein.regio.model import Regio

VOORBEELD = Path(__file__).parents[2] / "voorbeelden" / "avres"
DAGEN = [date(2026, 1, 1) + timedelta(days=n) for n in (0, 199, 200, 201, 217, 218, 219, 364, 3650)]


@pytest.fixture(scope="module")
def regio() -> Regio:
    return laad_regiobestand(VOORBEELD).regio


def test_wie_vandaag_voor_een_afwezige_invalt(regio: Regio) -> None:
    gevonden = 0
    for dag in DAGEN:
        for mens in regio.medewerkers:
            verwacht = [
                ander for ander in regio.medewerkers
                if (weg := ander.afwezig_op(dag)) is not None and weg.vervanger == mens.code
            ]  # fmt: skip
            assert list(regio.vervangen_door(mens.code, dag)) == verwacht
            gevonden += len(verwacht)
    assert gevonden > 0
    assert regio.vervangen_door("niemand", DAGEN[0]) == ()


def test_de_afspraken_die_een_partner_noemen(regio: Regio) -> None:
    gevonden = 0
    for dag in DAGEN:
        for gemeente in (*regio.gemeenten, "GM9999"):
            eigen = regio.partner_van_gemeente(gemeente)
            for partner in regio.partners:
                verwacht = [
                    een for een in regio.samenwerkingsafspraken
                    if gemeente in regio.gemeenten_van(een) and regio.periode_van(een).bevat(dag)
                    and partner.code in {eigen.code if eigen and k == GEMEENTE else k for k in een.kandidaten()}
                ]  # fmt: skip
                assert list(regio.afspraken_met(partner.code, gemeente, dag)) == verwacht
                gevonden += len(verwacht)
    assert gevonden > 0
