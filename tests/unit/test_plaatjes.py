"""Een plaatje tekent precies de getallen van zijn tabel, en blijft binnen de lijnen."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domein.regels.bordfiguren import TERMIJNNAMEN, kruistabel, pip_per_maand, weken
from domein.regels.bordvormen import Figuur
from domein.regels.termijnen import Termijnstaat
from domein.regels.tijdlijn import Termijnbalk
from portaal.plaatjes import staatwoord, teken, teken_termijnen

DAGEN = st.dates(date(2022, 1, 1), date(2032, 12, 31))
VANDAAG = date(2026, 5, 20)


def figuur(tel: dict[tuple[str, str], int]) -> Figuur:
    namen = {"a": "Een", "b": "Twee", "c": "Drie"}
    return kruistabel("x", "Titel", "Uitleg", "Kop", namen, {"p": "P", "q": "Q"}, tel)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("pq")), st.integers(0, 10**6)))
def test_elke_balk_is_even_lang_als_haar_aandeel_van_de_langste(tel: dict[tuple[str, str], int]) -> None:
    plaatje = teken(figuur(tel))
    if not any(tel.values()):
        assert plaatje is None
        return
    assert plaatje is not None
    langste = max(sum(tel.get((rij, kolom), 0) for kolom in "pq") for rij in "abc")
    for rij in plaatje.rijen:
        for deel in rij.delen:
            assert 0 <= deel.x <= 100
            aantal = int(deel.naam.rpartition(" ")[2])
            assert abs(deel.breedte - max(aantal * 100 / langste, 0.6)) < 0.02


@given(st.lists(st.tuples(DAGEN, st.integers(0, 1200)), min_size=1, max_size=8), DAGEN)
def test_termijnen_en_vandaag_staan_binnen_de_tijdas(begin: list[tuple[date, int]], vandaag: date) -> None:
    balken = [Termijnbalk("pip", van, van + timedelta(days=duur), Termijnstaat.LOOPT, "uitleg") for van, duur in begin]
    plaatje = teken_termijnen(balken, dict(TERMIJNNAMEN), vandaag)
    assert plaatje is not None
    nu = next(streep for streep in plaatje.strepen if streep.soort == "vandaag")
    assert 0 < nu.x < 100
    for rij, balk in zip(plaatje.rijen, balken, strict=True):
        (deel,) = rij.delen
        assert deel.x >= 0
        assert deel.x + deel.breedte <= 101
        if balk.van <= vandaag <= balk.tot:
            assert deel.x - 0.1 <= nu.x <= deel.x + deel.breedte + 0.1


def test_een_mogelijkheid_die_voorbij_is_heet_niet_overschreden() -> None:
    def woord(soort: str) -> str:
        return staatwoord(Termijnbalk(soort, VANDAAG, VANDAAG, Termijnstaat.OVERSCHREDEN, ""), VANDAAG)

    assert (woord("bezwaar"), woord("pip")) == ("voorbij", "overschreden")


def test_een_termijn_die_nog_moet_beginnen_loopt_niet() -> None:
    straks = VANDAAG + timedelta(days=1)
    assert (
        staatwoord(Termijnbalk("verlenging-aanvragen", straks, straks, Termijnstaat.LOOPT, ""), VANDAAG) == "komt nog"
    )
    assert staatwoord(Termijnbalk("pip", VANDAAG, straks, Termijnstaat.LOOPT, ""), VANDAAG) == "loopt"


@given(DAGEN, DAGEN)
def test_elke_dag_valt_in_precies_een_vak(vandaag: date, dag: date) -> None:
    gevonden = [code for code, _, van, tot in weken(vandaag) if van <= dag <= tot]
    assert len(gevonden) == 1
    assert (gevonden == ["te-laat"]) == (dag < vandaag)
    if gevonden == ["deze-week"]:
        assert dag.isocalendar()[:2] == vandaag.isocalendar()[:2]


def test_een_pip_dat_nog_loopt_telt_pas_na_zijn_laatste_dag() -> None:
    loopt = {"2026-05-19": 2, "2026-05-20": 3, "2026-04-30": 1}
    tabel = pip_per_maand({("2026-05", "op_tijd"): 6, ("2026-05", "te_laat"): 2}, loopt, VANDAAG)
    assert len(tabel.rijen) == 12
    assert (tabel.rijen[-1].naam, tabel.rijen[-1].waarden) == ("mei 2026", (6, 2, 2, "60%"))
    assert tabel.rijen[-2].waarden == (0, 0, 1, "0%")
    assert tabel.rijen[0].waarden == (0, 0, 0, "")
