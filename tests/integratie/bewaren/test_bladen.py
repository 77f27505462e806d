"""Het overzicht van wat blijft en weg moet leest een blad tegelijk, en alle bladen samen zijn de hele lijst."""

import tomllib
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from beheer.demo.archief import zet_klaar
from beheer.demo.vullen import VOORBEELD
from beheer.meet.instroom import proefnummers
from domein.begrippen import Rol, Verificatie
from domein.handelingen import bewaarbeeld as beeld
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bewaren import bewaarlijst
from domein.handelingen.vernietigen import vernietig
from domein.handelingen.vernietigingslijst import keur_goed, maak_lijst
from domein.ports import Omgeving
from tests.integratie.bewaren.conftest import KEURDER, MAKER
from tests.integratie.regels.leven import Leven

AANTAL = 9
EERSTE = date(2022, 3, 14)
STATEN = ("te_laat", "te_vernietigen", "op_lijst", "geblokkeerd", "bewaren", "vernietigd")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def archief(omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch) -> Omgeving:
    """Negen dossiers die een maand na elkaar eindigden, om en om in twee gemeenten; een blad telt er twee."""
    monkeypatch.setattr(beeld, "BLAD", 2)
    Leven(omgeving).op(date(2026, 1, 2))
    voorbeeld: dict[str, Any] = tomllib.loads((VOORBEELD / "archief.toml").read_text(encoding="utf-8"))["dossier"][0]
    for nummer, bsn in zip(range(AANTAL), proefnummers(), strict=False):
        einde = EERSTE + timedelta(days=30 * nummer)
        persoon = {
            **voorbeeld["persoon"], "kenmerk": f"DUO-2022-9{nummer:03}", "bsn": bsn, "rij": nummer + 2,
            "gemeente": ("GM0512", "GM1978")[nummer % 2],
        }  # fmt: skip
        zet_klaar(omgeving, {**voorbeeld, "persoon": persoon, "einde_op": einde, "afgesloten_op": einde})
    return omgeving


def wie(*rollen: Rol) -> Aangemelde:
    return Aangemelde("m-adm", "avres", "Avres", frozenset(rollen), Verificatie.AANGEMELD, uuid4(), "")


def bladen(omgeving: Omgeving, staat: str, gemeente: str = "") -> list[str]:
    uit: list[str] = []
    begin: int | None = 0
    while begin is not None:
        blad = beeld.bewaarbeeld(omgeving, wie(Rol.ADMINISTRATIE), staat, gemeente, begin)
        assert len(blad.rijen) <= beeld.BLAD
        uit += [rij["referentie"] for rij in blad.rijen]
        begin = blad.verder
    return uit


def klopt(omgeving: Omgeving) -> None:
    for gemeente in ("", "GM0512", "GM1978"):
        heel = bewaarlijst(omgeving, gemeente or None)
        aantallen = beeld.bewaarbeeld(omgeving, wie(Rol.ADMINISTRATIE), "", gemeente).aantallen
        for staat in STATEN:
            moet = [rij["referentie"] for rij in heel if rij["staat"] == staat]
            assert sorted(bladen(omgeving, staat, gemeente)) == sorted(moet), (gemeente, staat)
            assert aantallen[staat] == len(moet), (gemeente, staat)
        er_nog = [rij["referentie"] for rij in heel if rij["staat"] != "vernietigd"]
        assert bladen(omgeving, "", gemeente) == er_nog, "in dezelfde volgorde als de hele lijst"


@pytest.mark.parametrize("dag", [date(2026, 1, 2), date(2027, 3, 15), date(2027, 8, 1), date(2028, 6, 1)])
def test_alle_bladen_samen_zijn_de_hele_lijst(archief: Omgeving, dag: date) -> None:
    Leven(archief).op(dag)
    klopt(archief)
    lijst = maak_lijst(archief, "GM0512", MAKER)
    assert (lijst is None) == (dag < date(2027, 3, 15))
    klopt(archief)
    if lijst is not None:
        keur_goed(archief, lijst["nummer"], KEURDER, "De termijn is voorbij.")
        vernietig(archief, lijst["nummer"], MAKER)
        klopt(archief)


def test_een_blad_dat_er_niet_is_is_leeg(archief: Omgeving) -> None:
    assert beeld.bewaarbeeld(archief, wie(Rol.ADMINISTRATIE), "", "", 10**8).rijen == []
    assert beeld.bewaarbeeld(archief, wie(Rol.ADMINISTRATIE), "", "GM0014").rijen == []
