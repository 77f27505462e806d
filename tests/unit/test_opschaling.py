"""De regel van opschalen: elk niveau hoogstens één keer, nooit terug, en na stilstand alleen het hoogste."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.begrippen import Rol, Stapsoort
from domein.handelingen.berichtsoorten import ESCALATIE, ESCALATIESJABLONEN, HERINNERING
from domein.regels.kalender import Kantoorkalender
from domein.regels.opschaling import OpenStap, Tredesoort, beslis, cel, loopt_gevaar, totaal, treden
from domein.regels.opschalingsbeleid import (
    GAT,
    OVERLEG,
    SJABLONEN,
    Ladder,
    OngeldigeOpschaling,
    Toont,
    maak_beleid,
    opschalingsbeleid,
)
from domein.regels.termijnen import bereken

BELEID = opschalingsbeleid()
KANTOOR = Kantoorkalender()
STANDAARD = BELEID.ladder(Stapsoort.VOORTGANG)
STAP = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 3, 16), uiterst=date(2026, 3, 30))
H, E = HERINNERING, ESCALATIE
HERINNERINGEN = [
    (H, 1, date(2026, 3, 16)),
    (H, 2, date(2026, 3, 23)),
    (H, 3, date(2026, 3, 27)),  # de 28e is een zaterdag
    (H, 4, date(2026, 3, 30)),
]


def dagen(stap: OpenStap, ladder: Ladder, kalender: Kantoorkalender = KANTOOR) -> list[tuple[str, int, date]]:
    return [(trede.soort.value, trede.niveau, trede.vanaf) for trede in treden(stap, ladder, kalender)]


# het bestand


@pytest.mark.parametrize(
    ("ladder", "verwacht"),
    [
        pytest.param(
            BELEID.ladder(Stapsoort.VOORTGANG),
            [
                *HERINNERINGEN,
                (E, 1, date(2026, 4, 2)), (E, 2, date(2026, 4, 22)),
            ],
            id="standaard",
        ),
        pytest.param(
            BELEID.ladder(Stapsoort.PIP),
            [
                *HERINNERINGEN,
                (E, 1, date(2026, 3, 31)), (E, 2, date(2026, 4, 2)),
                (E, 3, date(2026, 4, 15)),  # tien werkdagen, met Goede Vrijdag en Pasen ertussen
            ],
            id="pip",
        ),
        pytest.param(
            BELEID.ladder(Stapsoort.AANMELDING),
            [(H, 1, date(2026, 3, 27)), (H, 2, date(2026, 3, 30)), (E, 1, date(2026, 4, 1)), (E, 2, date(2026, 4, 15))],
            id="aanmelding",
        ),
        pytest.param(
            BELEID.ladder(Stapsoort.DUO),
            [
                *HERINNERINGEN,
                (E, 1, date(2026, 3, 31)), (E, 2, date(2026, 4, 6)),  # kalenderdagen: tweede paasdag telt mee
            ],
            id="duo",
        ),
        pytest.param(
            BELEID.ladder(Stapsoort.VOORTGANG, gat=True),
            [
                (E, 1, date(2026, 3, 3)), *HERINNERINGEN, (E, 2, date(2026, 4, 15)),
            ],
            id="gat",
        ),
    ],
)  # fmt: skip
def test_elke_ladder_van_het_bestand(ladder: Ladder, verwacht: list[tuple[str, int, date]]) -> None:
    assert dagen(STAP, ladder) == verwacht


def test_wie_het_hoort_past_bij_het_werk() -> None:
    wie = {soort: [niveau.ontvanger for niveau in ladder.niveaus] for soort, ladder in BELEID.ladders.items()}
    assert wie["pip"][:2] == [("afspraak", "teamleider", "regiocoordinator"), ("mandaathouder",)]
    assert wie["aanmelding"][0] == ("afspraak", "contractmanager", "regiocoordinator")
    assert wie[GAT][0] == ("regiocoordinator",)
    overleg = [n for ladder in BELEID.ladders.values() for n in ladder.niveaus if OVERLEG in n.ontvanger]
    assert len(overleg) == 4
    assert {n.dossiers_minstens for n in overleg} == {2}


def test_wie_verder_weg_staat_ziet_alleen_aantallen() -> None:
    assert set(BELEID.weergaven) == {*(rol.value for rol in Rol), OVERLEG}
    assert {BELEID.weergaven[naam].toont for naam in ("contractmanager", "overleg")} == {Toont.AANTALLEN}
    assert set(SJABLONEN) == ESCALATIESJABLONEN
    assert set(BELEID.werk) == set(Stapsoort)


# de dagen


def test_zonder_uiterste_dag_telt_de_streefdatum() -> None:
    stap = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 3, 16))
    assert dagen(stap, STANDAARD)[:4] == [
        (H, 2, date(2026, 3, 9)), (H, 3, date(2026, 3, 13)), (H, 4, date(2026, 3, 16)), (E, 1, date(2026, 3, 19)),
    ]  # fmt: skip


def test_een_taak_die_te_laat_ontstaat_krijgt_geen_herinnering_en_nog_geen_escalatie() -> None:
    stap = OpenStap(geopend=date(2026, 3, 2), streef=date(2026, 2, 2))
    assert dagen(stap, STANDAARD)[0] == (E, 1, date(2026, 3, 5))
    assert beslis(stap, date(2026, 3, 4), STANDAARD, KANTOOR) is None


def test_een_dichte_dag_telt_voor_werkdagen_en_niet_voor_kalenderdagen() -> None:
    stap = OpenStap(geopend=date(2026, 6, 1), streef=date(2026, 6, 15))
    dicht = Kantoorkalender(extra_gesloten=frozenset({date(2026, 6, 15), date(2026, 6, 17)}))

    def eerste(ladder: Ladder, kalender: Kantoorkalender) -> date:
        return next(vanaf for soort, _, vanaf in dagen(stap, ladder, kalender) if soort == E)

    assert (eerste(STANDAARD, KANTOOR), eerste(STANDAARD, dicht)) == (date(2026, 6, 18), date(2026, 6, 19))
    duo = BELEID.ladder(Stapsoort.DUO)
    assert eerste(duo, KANTOOR) == eerste(duo, dicht) == date(2026, 6, 16)
    assert (H, 4, date(2026, 6, 12)) in dagen(stap, STANDAARD, dicht)  # de dag zelf is dicht: de vrijdag ervoor


@pytest.mark.parametrize(
    ("dag", "al", "verwacht", "overgeslagen"),
    [
        pytest.param(date(2026, 3, 15), set(), None, 0, id="te-vroeg"),
        pytest.param(date(2026, 3, 16), set(), (H, 1), 0, id="twee-weken-vooraf"),
        pytest.param(date(2026, 3, 17), {(H, 1)}, None, 0, id="maar-een-keer"),
        pytest.param(date(2026, 3, 27), {(H, 1)}, (H, 3), 1, id="een-week-gemist"),
        pytest.param(date(2026, 4, 1), {(H, 4)}, None, 0, id="twee-werkdagen-te-laat"),
        pytest.param(date(2026, 4, 2), {(H, 4)}, (E, 1), 0, id="drie-werkdagen-te-laat"),
        pytest.param(date(2026, 4, 20), {(E, 1)}, None, 0, id="de-lagere-komt-nooit-meer"),
        pytest.param(date(2026, 5, 20), set(), (E, 2), 5, id="na-stilstand-alleen-de-hoogste"),
        pytest.param(date(2026, 5, 20), {(E, 2)}, None, 0, id="ook-het-hoogste-een-keer"),
    ],
)
def test_welke_trede_er_vandaag_geldt(
    dag: date, al: set[tuple[str, int]], verwacht: tuple[str, int] | None, overgeslagen: int
) -> None:
    besluit = beslis(STAP, dag, STANDAARD, KANTOOR, al)
    assert (besluit.trede.sleutel if besluit else None) == verwacht
    assert len(besluit.overgeslagen if besluit else ()) == overgeslagen


def test_een_dossier_dat_stilstaat_krijgt_niets_en_een_niveau_dat_niet_geldt_telt_niet() -> None:
    assert beslis(STAP, date(2026, 5, 20), STANDAARD, KANTOOR, stil=True) is None
    zonder = beslis(STAP, date(2026, 5, 20), STANDAARD, KANTOOR, zonder={2})
    assert zonder is not None
    assert (zonder.trede.sleutel, len(zonder.overgeslagen)) == ((E, 1), 4)


# eigenschappen

DAGEN = st.dates(date(2024, 1, 1), date(2032, 12, 31))
LADDERS = st.sampled_from([*BELEID.ladders.values()])
KALENDERS = st.builds(
    lambda dicht, weekdag: Kantoorkalender(frozenset(dicht), frozenset({5, 6, weekdag})),
    st.lists(DAGEN, max_size=20),
    st.integers(0, 6),
)
STAPPEN = st.builds(
    lambda geopend, streef, extra: OpenStap(
        geopend, geopend + timedelta(streef), None if extra is None else geopend + timedelta(streef + extra)
    ),
    DAGEN, st.integers(-60, 200), st.none() | st.integers(0, 60),
)  # fmt: skip


@given(stap=STAPPEN, ladder=LADDERS, kalender=KALENDERS, gaten=st.lists(st.integers(1, 90), min_size=1, max_size=30))
def test_geen_trede_twee_keer_en_nooit_terug(
    stap: OpenStap, ladder: Ladder, kalender: Kantoorkalender, gaten: list[int]
) -> None:
    volgorde = [trede.sleutel for trede in treden(stap, ladder, kalender)]
    verstuurd: list[tuple[str, int]] = []
    overgeslagen: list[tuple[str, int]] = []
    dag = stap.geopend
    assert beslis(stap, dag, ladder, kalender) is None  # nooit op de dag dat de taak komt
    for gat in gaten:
        dag += timedelta(days=gat)
        assert beslis(stap, dag, ladder, kalender, verstuurd, stil=True) is None
        if besluit := beslis(stap, dag, ladder, kalender, {*verstuurd, *overgeslagen}):
            verstuurd.append(besluit.trede.sleutel)
            overgeslagen += [trede.sleutel for trede in besluit.overgeslagen]
        assert beslis(stap, dag, ladder, kalender, {*verstuurd, *overgeslagen}) is None  # één per dag
    alles = [*verstuurd, *overgeslagen]
    assert len(alles) == len(set(alles))
    assert [volgorde.index(sleutel) for sleutel in verstuurd] == sorted(volgorde.index(s) for s in verstuurd)
    assert set(alles) == {t.sleutel for t in treden(stap, ladder, kalender) if t.vanaf <= dag}


@given(stap=STAPPEN, ladder=LADDERS, kalender=KALENDERS, stilte=st.integers(1, 400))
def test_na_elke_stilstand_gaat_precies_een_mail_uit_en_dat_is_de_hoogste(
    stap: OpenStap, ladder: Ladder, kalender: Kantoorkalender, stilte: int
) -> None:
    dag = stap.geopend + timedelta(days=stilte)
    bereikt = [trede for trede in treden(stap, ladder, kalender) if trede.vanaf <= dag]
    besluit = beslis(stap, dag, ladder, kalender)
    assert (besluit.trede if besluit else None) == (bereikt[-1] if bereikt else None)
    assert [*(besluit.overgeslagen if besluit else ())] == bereikt[:-1]


@given(stap=STAPPEN, ladder=LADDERS, kalender=KALENDERS)
def test_elk_niveau_komt_na_het_vorige_en_een_herinnering_nooit_na_het_einde(
    stap: OpenStap, ladder: Ladder, kalender: Kantoorkalender
) -> None:
    alle = treden(stap, ladder, kalender)
    niveaus = [t.vanaf for t in alle if t.soort is Tredesoort.ESCALATIE]
    assert niveaus == sorted(set(niveaus))
    assert all(stap.geopend < t.vanaf <= stap.einde and kalender.is_open(t.vanaf) for t in alle if t.sleutel[0] == H)


# vroeg waarschuwen

KENNISGEVING = date(2026, 1, 5)
PIP = bereken("pip", KENNISGEVING, "kennisgeving van DUO")
VROEG = BELEID.waarschuwingen[0]
ONAF = ("intake/gesprek/1", "pip/vaststellen/1")


@pytest.mark.parametrize(
    ("dag", "gedaan", "verwacht"),
    [
        (date(2026, 2, 1), (), None),
        (date(2026, 2, 2), (), (4, ())),
        (date(2026, 2, 3), (4,), None),
        (date(2026, 2, 23), (4,), (7, ())),
        (date(2026, 3, 9), (), (9, (4, 7))),
        (date(2026, 3, 9), (9,), None),
        (date(2026, 3, 17), (), None),  # de termijn is voorbij: dit is geen vroege waarschuwing meer
    ],
)
def test_na_vier_zeven_en_negen_weken(dag: date, gedaan: tuple[int, ...], verwacht: object) -> None:
    gevaar = loopt_gevaar(PIP, dag, VROEG, ONAF, gedaan)
    assert ((gevaar.week, gevaar.overgeslagen) if gevaar else None) == verwacht


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(date(2026, 2, 2), None), (date(2026, 2, 23), None), (date(2026, 3, 9), (9, ()))],
)
def test_wie_op_schema_ligt_krijgt_geen_waarschuwing(dag: date, verwacht: object) -> None:
    """De intake is gehouden; dat het PIP er nog niet is, is pas na negen weken een gevaar."""
    gevaar = loopt_gevaar(PIP, dag, VROEG, ("pip/vaststellen/1",))
    assert ((gevaar.week, gevaar.overgeslagen) if gevaar else None) == verwacht


def test_alleen_zolang_de_termijn_loopt_en_er_werk_ontbreekt() -> None:
    week = date(2026, 3, 9)
    intake, pip = loopt_gevaar(PIP, week, VROEG, ONAF), loopt_gevaar(PIP, week, VROEG, ONAF[1:])
    assert intake is not None
    assert pip is not None
    assert (intake.ontbreekt[:9], pip.ontbreekt[:24]) == ("De intake", "De intake is gehouden, m")
    # De startmeting hoort bij de intake, maar het PIP wacht er niet op.
    assert loopt_gevaar(PIP, week, VROEG, ("intake/startmeting/1", ONAF[1])) == pip
    assert loopt_gevaar(PIP, week, VROEG, ("voortgang/1",)) is None
    assert loopt_gevaar(replace(PIP, gehaald_op=week), week, VROEG, ONAF) is None
    assert loopt_gevaar(replace(PIP, vervallen="het traject is geëindigd"), week, VROEG, ONAF) is None
    assert loopt_gevaar(replace(PIP, soort="pip-na-derde"), week, VROEG, ONAF) is None


# aantallen


@pytest.mark.parametrize(
    ("aantallen", "verwacht"),
    [
        ([2], "minder dan 5 taken"), ([1, 3], "minder dan 5 taken"), ([3, 4], "5 of meer taken"), ([5], "5 taken"),
        ([9, 3], "meer dan 9 taken"), ([9, 6], "15 taken"),
    ],
)  # fmt: skip
def test_het_totaal_verraadt_geen_kleine_cel(aantallen: list[int], verwacht: str) -> None:
    assert totaal(aantallen) == verwacht


def test_een_klein_aantal_staat_er_niet() -> None:
    assert [cel(aantal) for aantal in (1, 4, 5)] == ["minder dan 5", "minder dan 5", "5"]


# een bestand dat niet klopt

INHOUD = tomllib.loads(files("domein.regeling").joinpath("opschaling.toml").read_text(encoding="utf-8"))


def ladder_(inhoud: dict[str, Any], soort: str) -> dict[str, Any]:
    return next(rij for rij in inhoud["ladder"] if rij["soort"] == soort)


@pytest.mark.parametrize(
    ("verander", "melding"),
    [
        (lambda i: i.pop("werk"), "ontbreekt werk"),
        (lambda i: i.update(meer={}), "kent geen meer"),
        (lambda i: i["werk"].pop("pip"), r"\[werk\] ontbreekt pip"),
        (lambda i: i["werk"].update(pip=" "), "werk.pip is leeg"),
        (lambda i: i["weergave"].pop("overleg"), "ontbreekt overleg"),
        (lambda i: i["weergave"]["overleg"].update(toont="taak"), "laat geen taak zien"),
        (lambda i: i["weergave"]["overleg"].update(toont="alles"), "niet een van taak, aantallen"),
        (lambda i: i["weergave"]["overleg"].update(sjabloon="iets"), "sjabloon 'iets' is geen van"),
        (lambda i: i["ladder"].append(ladder_(i, "pip")), "twee ladders"),
        (lambda i: i["ladder"].remove(ladder_(i, "gat")), "soort 'gat'"),
        (lambda i: i["ladder"].remove(ladder_(i, "standaard")), "soort 'standaard'"),
        (lambda i: ladder_(i, "standaard").pop("herinneringen"), "noemt geen herinneringen"),
        (lambda i: ladder_(i, "pip").update(soort="pipp"), "'pipp' is geen stapsoort"),
        (lambda i: ladder_(i, "pip").update(herinneringen=[2, 7]), "van veel naar weinig"),
        (lambda i: ladder_(i, "pip").update(herinneringen=[-1]), "geen heel getal vanaf 0"),
        (lambda i: ladder_(i, "pip").update(herinneringen=7), "geen heel getal vanaf 0"),
        (lambda i: ladder_(i, "pip").update(niveau=[]), "heeft geen rijen"),
        (lambda i: ladder_(i, "pip")["niveau"].pop(0), "nummer de niveaus"),
        (lambda i: ladder_(i, "pip")["niveau"][1].update(na=1), "niveau 2 komt niet na niveau 1"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(na=0), "na is geen heel getal vanaf 1"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(na=True), "na is geen heel getal vanaf 1"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(dagen="weken"), "werkdagen, kalenderdagen"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(vanaf="start"), "einde, opening"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(ontvanger=["baas"]), "een rol, 'afspraak' of 'overleg'"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(ontvanger=[]), "minstens één naam"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(ontvanger=["overleg", "overleg"]), "iets twee keer"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(dossiers_minstens=2), "alleen bij aantallen"),
        (lambda i: ladder_(i, "pip")["niveau"][0].update(toont="taak"), "ontbreekt sjabloon"),
        (lambda i: ladder_(i, "pip")["niveau"][2].pop("dossiers_minstens"), "minstens 2 dossiers"),
        (lambda i: ladder_(i, "pip")["niveau"][2].pop("vraag"), "de vraag aan het overleg"),
        (lambda i: ladder_(i, "pip")["niveau"][2].update(toont="taak", sjabloon="escalatie"), "ziet alleen aantallen"),
        (lambda i: i["vroege_waarschuwing"].append(i["vroege_waarschuwing"][0]), "twee vroege waarschuwingen"),
        (lambda i: i["vroege_waarschuwing"][0].update(termijn="pap"), "deze termijn bestaat niet"),
        (lambda i: i["vroege_waarschuwing"][0].update(termijn="inburgeringstermijn"), "telt geen weken"),
        (lambda i: i["vroege_waarschuwing"][0].update(weken=[4, 10]), "blijven onder 10"),
        (lambda i: i["vroege_waarschuwing"][0].update(weken=[7, 4]), "lopen op"),
        (lambda i: i["vroege_waarschuwing"][0].update(weken=[]), "lopen op"),
        (lambda i: i["vroege_waarschuwing"][0].update(ontvangers=["overleg"]), "een rol of 'behandelaar'"),
        (lambda i: i["vroege_waarschuwing"][0].update(nodig=[{"stap": "pip/"}]), "ontbreekt ontbreekt"),
    ],
)
def test_een_bestand_dat_niet_klopt_wordt_geweigerd(verander: Callable[[dict[str, Any]], Any], melding: str) -> None:
    inhoud = deepcopy(INHOUD)
    verander(inhoud)
    with pytest.raises(OngeldigeOpschaling, match=melding) as gevangen:
        maak_beleid(inhoud)
    assert "opschaling.toml" in gevangen.value.uitweg
