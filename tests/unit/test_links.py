"""Getekende links: gebonden aan doel, stap, generatie en persoon, en aan de klok van de installatie."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from adapters.links import DAGEN_TAAK, GetekendeLinks, OngeldigeLink, Taaklink
from domein.fouten import VerouderdeVraag

STAP = UUID("00000000-0000-4000-8000-0000000000a1")
DAG = date(2031, 5, 6)  # ver van vandaag: alleen de klok van de installatie telt


class Klok:
    def nu(self) -> datetime:
        return datetime(2031, 5, 6, 10, tzinfo=UTC)

    def vandaag(self) -> date:
        return DAG


LINKS = GetekendeLinks("een-geheim-van-alleen-deze-test", "https://portaal.example/", Klok())


def token_van(link: str) -> str:
    return link.rsplit("/", 1)[-1]


def test_een_taaklink_geeft_terug_waaraan_hij_is_gebonden() -> None:
    link = LINKS.taaklink(STAP, 3, "km-1")
    assert link.startswith("https://portaal.example/taak/")
    assert LINKS.lees_taaklink(token_van(link), DAG) == Taaklink(
        STAP, 3, "km-1", uitgegeven=DAG, vervalt=DAG + timedelta(days=DAGEN_TAAK)
    )


def test_een_werklink_geeft_de_medewerker_terug() -> None:
    assert LINKS.lees_werklink(token_van(LINKS.werklink("km-1")), DAG).medewerker == "km-1"


def test_een_link_vervalt_na_zijn_laatste_dag() -> None:
    token = token_van(LINKS.taaklink(STAP, 1, "km-1"))
    laatste = DAG + timedelta(days=DAGEN_TAAK)
    assert LINKS.lees_taaklink(token, laatste).vervalt == laatste
    with pytest.raises(VerouderdeVraag):
        LINKS.lees_taaklink(token, laatste + timedelta(days=1))


def test_een_link_voor_het_ene_doel_werkt_niet_voor_het_andere() -> None:
    with pytest.raises(OngeldigeLink):
        LINKS.lees_taaklink(token_van(LINKS.werklink("km-1")), DAG)
    with pytest.raises(OngeldigeLink):
        LINKS.lees_werklink(token_van(LINKS.taaklink(STAP, 1, "km-1")), DAG)


def test_een_ander_geheim_maakt_geen_geldige_link() -> None:
    vreemd = GetekendeLinks("een-ander-geheim-dan-het-echte", "https://portaal.example", Klok())
    with pytest.raises(OngeldigeLink):
        LINKS.lees_taaklink(token_van(vreemd.taaklink(STAP, 1, "km-1")), DAG)


def test_geen_enkele_verminking_wordt_aangenomen() -> None:
    token = token_van(LINKS.taaklink(STAP, 1, "km-1"))
    toeval = random.Random(7)
    alfabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    origineel = LINKS.lees_taaklink(token, DAG)
    for _ in range(5_000):
        plek = toeval.randrange(len(token))
        vervalst = token[:plek] + toeval.choice(alfabet) + token[plek + 1 :]
        if vervalst == token:
            continue
        try:
            gelezen = LINKS.lees_taaklink(vervalst, DAG)
        except OngeldigeLink:
            continue
        # Het laatste teken van base64 draagt bits die niets betekenen: dan is het dezelfde handtekening.
        assert gelezen == origineel
        assert plek == len(token) - 1


@pytest.mark.parametrize("token", ["", ".", "a.b", "é", "x" * 5_000, "....", "None", "\x00"])
def test_rommel_is_een_ongeldige_link(token: str) -> None:
    with pytest.raises(OngeldigeLink):
        LINKS.lees_taaklink(token, DAG)


def test_een_formulierbewijs_hoort_bij_een_link() -> None:
    een = LINKS.lees_taaklink(token_van(LINKS.taaklink(STAP, 1, "km-1")), DAG)
    ander = LINKS.lees_taaklink(token_van(LINKS.taaklink(STAP, 2, "km-1")), DAG)
    bewijs = LINKS.formulierbewijs(een)
    assert LINKS.formulierbewijs_klopt(bewijs, een)
    assert not LINKS.formulierbewijs_klopt(bewijs, ander)
    assert not LINKS.formulierbewijs_klopt("", een)


def test_een_te_kort_geheim_wordt_geweigerd() -> None:
    with pytest.raises(ValueError, match="geheim"):
        GetekendeLinks("kort", "https://portaal.example", Klok())
