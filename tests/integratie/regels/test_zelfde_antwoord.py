"""Hetzelfde antwoord aan DUO twee keer is één antwoord; wat de stap zelf invulde telt niet mee."""

from datetime import date

import pytest

from domein.fouten import AlBeantwoord
from tests.integratie.regels.leven import Leven

DUO_STAP = "duo/leerroute/1"


def test_hetzelfde_antwoord_nog_eens_vraagt_geen_controle(leven: Leven) -> None:
    leven.tot_pip()
    dag = leven.stap(DUO_STAP).start
    leven.antwoord(DUO_STAP, "duo_ingevoerd", dag, referentie="PI-9")
    assert leven.stand().duo[DUO_STAP].inhoud == "b1"
    voor = leven.gebeurtenissen()
    with pytest.raises(AlBeantwoord, match="al vastgelegd"):
        leven.antwoord(DUO_STAP, "duo_ingevoerd", dag, referentie="PI-9")
    assert leven.gebeurtenissen() == voor


def test_een_ander_antwoord_wordt_wel_een_vraag(leven: Leven) -> None:
    leven.tot_pip()
    dag = leven.stap(DUO_STAP).start
    leven.antwoord(DUO_STAP, "duo_ingevoerd", dag, referentie="PI-9")
    with pytest.raises(AlBeantwoord, match="coordinator"):
        leven.antwoord(DUO_STAP, "duo_ingevoerd", dag, referentie="PI-10")
    assert leven.telling()["controle_gevraagd"] == 1


def test_een_verbetering_uit_de_bron_houdt_wat_er_is_gemeld(leven: Leven) -> None:
    leven.tot_pip()
    bron = {"bron": "pi", "bronkenmerk": "PI-9", "melding": DUO_STAP}
    leven.meld("duo_ingevoerd", date(2026, 2, 25), **bron, referentie="PI-9")
    leven.meld("duo_ingevoerd", date(2026, 2, 25), **bron, bronversie=2, referentie="PI-9B")
    assert leven.stand().duo[DUO_STAP].inhoud == "b1"
    assert leven.stap(DUO_STAP).status.value == "klaar"
