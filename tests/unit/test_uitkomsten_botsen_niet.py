"""Uitkomsten van één stap delen een veld alleen met dezelfde keuzes: Prefect toont het één keer."""

import pytest

from domein.regels.uitkomsten import UITKOMSTEN


@pytest.mark.parametrize("vorm", sorted(UITKOMSTEN))
def test_een_veld_betekent_bij_elke_uitkomst_van_een_stap_hetzelfde(vorm: str) -> None:
    gezien: dict[str, object] = {}
    for uitkomst in UITKOMSTEN[vorm]:
        for veld in uitkomst.velden:
            assert gezien.setdefault(veld.naam, (veld.type, veld.keuzes)) == (veld.type, veld.keuzes), veld.naam
