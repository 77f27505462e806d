"""Getekende links: gebonden aan doel, stap, generatie en persoon, en aan de klok van de installatie."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from adapters.links import DAGEN_TAAK, GetekendeLinks, OngeldigeLink, Taaklink
from domein.fouten import VerouderdeVraag
from domein.ports import Linkdoel

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


@pytest.mark.parametrize("doel", Linkdoel)
def test_een_link_opent_alleen_zijn_eigen_doel(doel: Linkdoel) -> None:
    link = LINKS.taaklink(STAP, 1, "km-1", doel)
    assert link.startswith(f"https://portaal.example/{doel.value}/")
    assert LINKS.lees_taaklink(token_van(link), DAG, doel).doel is doel
    for ander in set(Linkdoel) - {doel}:
        with pytest.raises(OngeldigeLink):
            LINKS.lees_taaklink(token_van(link), DAG, ander)
    with pytest.raises(OngeldigeLink):
        LINKS.lees_werklink(token_van(link), DAG)
    with pytest.raises(OngeldigeLink):
        LINKS.lees_taaklink(token_van(LINKS.werklink("km-1")), DAG, doel)


def test_een_ander_geheim_maakt_geen_geldige_link() -> None:
    vreemd = GetekendeLinks("een-ander-geheim-dan-het-echte", "https://portaal.example", Klok())
    with pytest.raises(OngeldigeLink):
        LINKS.lees_taaklink(token_van(vreemd.taaklink(STAP, 1, "km-1")), DAG)


@pytest.mark.parametrize("doel", Linkdoel)
def test_van_tienduizend_omgevallen_bits_wordt_er_geen_aangenomen(doel: Linkdoel) -> None:
    token = token_van(LINKS.taaklink(STAP, 1, "km-1", doel))
    toeval = random.Random(7)
    aangenomen: list[str] = []
    for _ in range(10_000):
        ruw = bytearray(token.encode())
        for _ in range(toeval.choice((1, 1, 1, 2, 5))):
            ruw[toeval.randrange(len(ruw))] ^= 1 << toeval.randrange(7)
        vervalst = ruw.decode("ascii")
        if vervalst == token:
            continue
        try:
            LINKS.lees_taaklink(vervalst, DAG, doel)
        except OngeldigeLink:
            continue
        aangenomen.append(vervalst)
    assert aangenomen == []


def test_elk_ander_teken_op_elke_plek_wordt_geweigerd() -> None:
    """Ook het laatste teken: base64 laat daar bits ongebruikt, en dan is een tweede schrijfwijze dezelfde waarde."""
    token = token_van(LINKS.taaklink(STAP, 1, "km-1"))
    alfabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.="
    for plek in range(len(token)):
        for teken in alfabet:
            vervalst = token[:plek] + teken + token[plek + 1 :]
            if vervalst != token:
                with pytest.raises(OngeldigeLink):
                    LINKS.lees_taaklink(vervalst, DAG)
    for erbij in ("=", "==", ".", "A"):
        with pytest.raises(OngeldigeLink):
            LINKS.lees_taaklink(token + erbij, DAG)


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
    assert not LINKS.formulierbewijs_klopt(bewijs, replace(een, doel=Linkdoel.LATER))
    assert not LINKS.formulierbewijs_klopt(bewijs, replace(een, medewerker="km-2"))
    assert not LINKS.formulierbewijs_klopt("", een)


def test_een_te_kort_geheim_wordt_geweigerd() -> None:
    with pytest.raises(ValueError, match="geheim"):
        GetekendeLinks("kort", "https://portaal.example", Klok())
