"""Regel 14: van elke gebeurtenis staat vast wie haar deed, en hoe zeker wij dat weten."""

from datetime import date

import pytest

from domein.begrippen import Verificatie
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.inzien import toon_dossier
from tests.integratie.regels.leven import Leven


@pytest.mark.parametrize("verificatie", [Verificatie.AANGEMELD, Verificatie.GETEKENDE_LINK, Verificatie.ZELFVERKLAARD])
def test_regel_14_de_verificatie_van_wie_antwoordt_staat_bij_het_feit(leven: Leven, verificatie: Verificatie) -> None:
    leven.antwoord(
        "intake/oproep/1",
        "oproep_verzonden",
        date(2026, 1, 7),
        door=Actor("m-jdb", verificatie),
        afspraak_op="2026-01-21",
    )
    assert leven.laatste("oproep_verzonden").actor == Actor("m-jdb", verificatie)
    getoond = toon_dossier(leven.omgeving, leven.dossier().referentie)["gebeurtenissen"]
    (regel,) = [g for g in getoond if g["soort"] == "oproep_verzonden"]
    assert (regel["door"], regel["verificatie"]) == ("m-jdb", verificatie.value)


def test_regel_14_wat_het_systeem_doet_heet_ook_zo(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    for soort in ("stap_geopend", "klantmanager_toegewezen"):
        assert leven.laatste(soort).actor == SYSTEEM
        assert leven.laatste(soort).reden


def test_regel_14_zonder_bewijs_is_een_actor_zelfverklaard() -> None:
    assert Actor("m-jdb").verificatie is Verificatie.ZELFVERKLAARD


@pytest.mark.parametrize("wie", ["m-bestaat-niet", "", "systeem"])
def test_regel_14_alleen_wie_in_de_afspraken_staat_geeft_een_uitkomst(leven: Leven, wie: str) -> None:
    leven.open("intake/oproep/1")
    voor = leven.gebeurtenissen()
    with pytest.raises(GeenBevoegdheid):
        leven.antwoord(
            "intake/oproep/1", "oproep_verzonden", door=Actor(wie, Verificatie.AANGEMELD), afspraak_op="2026-01-21"
        )
    assert leven.gebeurtenissen() == voor


def test_regel_14_een_tweede_antwoord_bewaart_ook_wie_het_gaf(leven: Leven) -> None:
    leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21")
    with pytest.raises(Exception, match="al klaar"):
        leven.antwoord("intake/oproep/1", "oproep_verzonden", door=Actor("m-kos"), afspraak_op="2026-01-28")
    vraag = leven.laatste("controle_gevraagd").gegevens
    assert vraag.antwoord["door"] == "m-kos"  # pyright: ignore[reportAttributeAccessIssue]
    assert vraag.antwoord["afspraak_op"] == "2026-01-28"  # pyright: ignore[reportAttributeAccessIssue]
