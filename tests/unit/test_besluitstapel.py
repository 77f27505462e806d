"""Op welke stapel een besluit ligt, en wat iemand van een besluit ziet."""

from datetime import date

import pytest

from domein.begrippen import Besluitsoort
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import VORMEN, besluitsoorten_van
from domein.regels.besluitstapel import Stapel, stapel_van
from domein.regels.toegang import MINIMAAL, Besluitinzage, Grond, Toegang, besluitinzage
from domein.regels.uitkomsten import stapvorm
from domein.regio.soorten import Gegevensgroep
from domein.stand import Besluit

OP = date(2026, 3, 2)
ALLES = {g.code: ("onderzocht", "m-jdb") for g in gronden_voor(Besluitsoort.PIP, asiel=True)}
G = Gegevensgroep


def besluit(**anders: object) -> Besluit:
    vast = {
        "nummer": 1, "soort": Besluitsoort.PIP, "op": OP, "opsteller": "m-jdb", "stap": "pip/vaststellen/1",
        "uitkomst": "pip_vastgesteld", "velden": {},
    }  # fmt: skip
    return Besluit(**(vast | anders))  # pyright: ignore[reportArgumentType]


GETEKEND = {"gronden": ALLES, "ondertekend_op": OP, "ondertekenaar": "m-gor"}


@pytest.mark.parametrize(
    ("anders", "tot", "verwacht"),
    [
        ({}, None, Stapel.CONCEPT),
        ({"adviezen": (("positief", "m-mer"),)}, None, Stapel.CONCEPT),  # een advies vervangt geen onderzoek
        ({"gronden": ALLES}, None, Stapel.ADVIES),
        ({"gronden": ALLES, "adviezen": (("positief", "m-mer"),)}, None, Stapel.TE_TEKENEN),
        (GETEKEND, None, Stapel.BEKEND_TE_MAKEN),
        (GETEKEND | {"pogingen": 1, "bekendgemaakt_op": OP}, date(2026, 4, 13), Stapel.BEZWAARTERMIJN),
        (GETEKEND | {"pogingen": 1, "bekendgemaakt_op": OP}, OP, Stapel.BEZWAARTERMIJN),  # de laatste dag telt mee
        (GETEKEND | {"pogingen": 1, "bekendgemaakt_op": OP}, date(2026, 3, 1), Stapel.AFGEROND),
        (GETEKEND | {"pogingen": 1, "retour_op": OP}, None, Stapel.BEKEND_TE_MAKEN),
        ({"ingetrokken_op": OP}, None, Stapel.AFGEROND),
    ],
)
def test_de_stapel_volgt_uit_hoe_ver_het_besluit_is(anders: dict, tot: date | None, verwacht: Stapel) -> None:
    assert stapel_van(besluit(**anders), tot, OP, asiel=True) is verwacht


def test_een_grond_die_alleen_bij_asiel_speelt_houdt_een_ander_niet_op() -> None:
    zonder = {code: wat for code, wat in ALLES.items() if code != "intensiteit"}
    assert stapel_van(besluit(gronden=zonder), None, OP, asiel=False) is Stapel.ADVIES
    assert stapel_van(besluit(gronden=zonder), None, OP, asiel=True) is Stapel.CONCEPT


def test_elke_stap_met_een_besluit_noemt_zijn_soorten_en_een_andere_stap_geen() -> None:
    for vorm, _ in VORMEN:
        kenmerk = f"{vorm}/1"
        verwacht = {soort for (v, _), soort in VORMEN.items() if v == stapvorm(kenmerk)}
        assert besluitsoorten_van(kenmerk) == verwacht
    assert besluitsoorten_van("voortgang/1") == frozenset()
    assert besluitsoorten_van("pip/vaststellenden/1") == frozenset()


@pytest.mark.parametrize(
    ("gronden", "groepen", "verwacht"),
    [
        ({Grond.KLANTMANAGER}, MINIMAAL | {G.NAAM, G.PIP}, Besluitinzage.INHOUD),
        ({Grond.COORDINATIE}, MINIMAAL | {G.PIP}, Besluitinzage.STAND),
        ({Grond.EIGEN_TAAK}, MINIMAAL, Besluitinzage.STAND),
        ({Grond.EIGEN_TAAK}, MINIMAAL | {G.NAAM}, Besluitinzage.STAND),
        ({Grond.TEAM}, MINIMAAL, Besluitinzage.GEEN),
        ({Grond.BEHEER}, MINIMAAL, Besluitinzage.GEEN),
        ({Grond.TEAMLEIDING}, MINIMAAL | {G.NAAM}, Besluitinzage.GEEN),
    ],
)
def test_van_een_besluit_ziet_iemand_niet_meer_dan_zijn_inzage(
    gronden: set[Grond], groepen: set[Gegevensgroep], verwacht: Besluitinzage
) -> None:
    assert besluitinzage(Toegang(frozenset(gronden), frozenset(groepen))) is verwacht
