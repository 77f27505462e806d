"""`regie meet planning`: de vorm, en dat er echt is gemeten. Geen tijd: een drukke machine laat geen test zakken."""

from datetime import date, timedelta

import pytest

from beheer.meet import planning
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.stand import vouw


def test_de_meting_heeft_een_gemeten_basis_en_zegt_of_het_doel_is_gehaald(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "KEREN", 5)
    (meting,) = planning.meet()
    assert set(meting) == {"onderdeel", "maat", "waarde", "basis", "verhouding", "doel", "richting", "gehaald"}
    assert (meting["onderdeel"], meting["doel"], meting["richting"]) == ("planning", 1.0, "max")
    assert meting["basis"] > 0
    assert meting["verhouding"] == pytest.approx(meting["waarde"] / meting["basis"], rel=0.01)
    assert meting["gehaald"] is (meting["waarde"] < meting["doel"])


def test_het_dossier_om_aan_te_meten_loopt_drie_jaar_en_heeft_nog_van_alles_te_doen() -> None:
    gebeurtenissen = planning.dossier()
    stand = vouw(gebeurtenissen)
    gepland = plan(stand, Kader())
    dagen = [g.geldig_op for g in gebeurtenissen]
    assert max(dagen) - min(dagen) > timedelta(days=1000)
    assert (stand.gemeente, stand.einde, len(stand.gesprekken)) == ("GM1978", None, 9)
    assert len(gepland.stappen) >= 15
    assert {termijn.soort for termijn in gepland.termijnen} >= {"pip", "pip-na-brp", "inburgeringstermijn", "aanbod"}
    termijn = gepland.termijn("inburgeringstermijn")
    assert termijn is not None
    assert termijn.einde == date(2029, 6, 25)
