"""Het logboek: er komt alleen bij, de keten verraadt elke wijziging, en zonder regel is er geen pagina."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from adapters.opslag import SqlMagazijn
from domein.begrippen import Verificatie
from domein.handelingen.portaalpoort import Logvraag, NieuweLogregel
from domein.model import Logsoort

NU = datetime(2026, 1, 5, 9, tzinfo=UTC)


def nieuw(naam: str = "dossier", actor: str = "m-jdb", betrokkene: str = "D-T0001") -> NieuweLogregel:
    return NieuweLogregel(
        naam, "uitvoering-wet-inburgering", Logsoort.GEZIEN, actor, Verificatie.AANGEMELD, NU, betrokkene=betrokkene,
        gronden="eigen_taak", gegevens="referentie",
    )  # fmt: skip


def vul(magazijn: SqlMagazijn, aantal: int) -> None:
    for nummer in range(aantal):
        with magazijn.ruimte() as ruimte:
            ruimte.schrijf_in_logboek(nieuw(f"route-{nummer}"))


def test_de_regels_sluiten_op_elkaar_aan(magazijn: SqlMagazijn) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf_in_logboek(nieuw("een"), nieuw("twee"))
    vul(magazijn, 2)
    with magazijn.ruimte() as ruimte:
        regels = list(ruimte.heel_logboek())
        hoofd = ruimte.logboekhoofd()
    assert [regel.volgnummer for regel in regels] == [1, 2, 3, 4]
    assert [regel.vorige_hash for regel in regels] == ["", *(regel.hash for regel in regels[:-1])]
    assert hoofd == (4, regels[-1].hash)
    assert regels[0].trace_id == regels[1].trace_id != regels[2].trace_id


@pytest.mark.parametrize("daad", ["UPDATE logregel SET actor = 'x'", "DELETE FROM logregel"])
def test_een_regel_is_niet_te_wijzigen_of_te_wissen(magazijn: SqlMagazijn, engine: Engine, daad: str) -> None:
    vul(magazijn, 1)
    with pytest.raises(DBAPIError, match="komt alleen bij"), engine.begin() as verbinding:
        verbinding.execute(text(daad))


def test_wie_tegelijk_schrijft_splitst_de_keten_niet(magazijn: SqlMagazijn) -> None:
    draden = [threading.Thread(target=vul, args=(magazijn, 5)) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    with magazijn.ruimte() as ruimte:
        regels = list(ruimte.heel_logboek())
    assert [regel.volgnummer for regel in regels] == list(range(1, 21))
    assert [regel.vorige_hash for regel in regels] == ["", *(regel.hash for regel in regels[:-1])]


def test_zoeken_gaat_op_dossier_persoon_soort_en_tijd(magazijn: SqlMagazijn) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf_in_logboek(nieuw("a"), nieuw("b", actor="m-kos"), nieuw("c", betrokkene="D-T0002"))
    with magazijn.ruimte() as ruimte:

        def namen(**vraag: object) -> list[str]:
            return [regel.naam for regel in ruimte.logregels(Logvraag(**vraag))]

        assert namen() == ["c", "b", "a"]
        assert namen(betrokkene="D-T0001") == ["b", "a"]
        assert namen(actor="m-kos") == ["b"]
        assert namen(soort=Logsoort.GEWIJZIGD) == []
        assert namen(vanaf=NU, tot=NU) == []
        assert namen(grens=1) == ["c"]
        assert namen(voor_nummer=3) == ["b", "a"]
