"""De voorbeelden in docs/berichten zijn gemaakt uit de sjablonen, en de lijsten van soorten zijn overal dezelfde."""

import pytest

from adapters.sjablonen_soorten import berichtsoorten
from beheer.sjabloonvoorbeelden import MAP, alle, bladen
from domein.begrippen import Eindegrond
from domein.handelingen.besluitteksten import SJABLONEN
from domein.handelingen.brieven import BIJ_STAP, BRIEVEN
from domein.regels.besluitgang import VORMEN
from domein.regels.uitkomsten import UITKOMSTEN

BLADEN = bladen()


@pytest.mark.parametrize("naam", BLADEN)
def test_het_blad_is_wat_het_sjabloon_maakt(naam: str) -> None:
    """Klopt dit niet meer: schrijf de bladen opnieuw met `./regie sjabloon voorbeelden`."""
    assert (MAP / naam).read_text(encoding="utf-8") == BLADEN[naam]


def test_er_staat_geen_blad_te_veel() -> None:
    assert {pad.name for pad in MAP.iterdir()} == set(BLADEN)


def test_elke_soort_heeft_in_elke_taal_een_voorbeeld_en_staat_in_de_index() -> None:
    namen = {blad.naam for blad in alle()}
    assert {(blad.soort.naam, blad.taal) for blad in alle()} == {
        (soort.naam, taal) for soort in berichtsoorten().values() for taal in soort.talen
    }
    for naam in namen:
        assert f"({naam}.txt)" in BLADEN["index.md"]
        assert f"({naam}.html)" in BLADEN["index.md"]


def test_elke_brief_hoort_bij_stappen_die_bestaan() -> None:
    brieven = {soort.naam: frozenset(soort.stappen) for soort in berichtsoorten().values() if soort.vorm == "brief"}
    besluiten = {naam: brieven.pop(naam) for naam in SJABLONEN.values()}
    assert brieven == dict(BIJ_STAP)
    # Een besluit schrijft een mens verder en ligt in de kluis: het hoort bij de stap die op dat besluit wacht.
    assert besluiten == {
        SJABLONEN[soort]: frozenset(vorm for (vorm, _), een in VORMEN.items() if een is soort) for soort in SJABLONEN
    }
    assert set(BRIEVEN) == set(BIJ_STAP)
    for vormen in BIJ_STAP.values():
        assert vormen <= set(UITKOMSTEN)


def test_de_brief_over_het_einde_kent_elke_grond_waarbij_iemand_te_schrijven_is() -> None:
    gevallen = {str(v.gegevens["grond"]) for v in berichtsoorten()["brief_einde"].voorbeelden()}
    assert gevallen == {grond.value for grond in Eindegrond} - {Eindegrond.OVERLIJDEN.value}
