"""The vault: a value opens only where it was stored, under the key it was stored with."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kluis import CijfertekstGeweigerd, Kluis, Plek, Sleutel, nieuwe_sleutelwaarde

KLUIS = Kluis(b"i" * 32)
SLEUTEL = Sleutel(UUID(int=1), b"s" * 32)
PLEK = Plek("gebeurtenis", "cijfertekst", UUID(int=9))


@given(st.binary(max_size=300))
def test_wat_erin_gaat_komt_er_hetzelfde_uit(klaar: bytes) -> None:
    assert KLUIS.ontsleutel(SLEUTEL, PLEK, KLUIS.versleutel(SLEUTEL, PLEK, klaar)) == klaar


@pytest.mark.parametrize(
    ("sleutel", "plek"),
    [
        pytest.param(SLEUTEL, replace(PLEK, tabel="persoonsgegeven"), id="andere-tabel"),
        pytest.param(SLEUTEL, replace(PLEK, kolom="reden"), id="andere-kolom"),
        pytest.param(SLEUTEL, replace(PLEK, rij=UUID(int=10)), id="andere-rij"),
        pytest.param(replace(SLEUTEL, waarde=b"t" * 32), PLEK, id="andere-sleutel"),
        pytest.param(replace(SLEUTEL, id=UUID(int=2)), PLEK, id="ander-sleutelnummer"),
    ],
)
def test_op_een_andere_plek_of_met_een_andere_sleutel_blijft_het_dicht(sleutel: Sleutel, plek: Plek) -> None:
    cijfertekst = KLUIS.versleutel(SLEUTEL, PLEK, b"geheim")
    with pytest.raises(CijfertekstGeweigerd):
        KLUIS.ontsleutel(sleutel, plek, cijfertekst)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_elke_gewijzigde_byte_valt_op(waar: int, verschil: int) -> None:
    cijfertekst = bytearray(KLUIS.versleutel(SLEUTEL, PLEK, b"geheim"))
    cijfertekst[waar % len(cijfertekst)] ^= verschil
    with pytest.raises(CijfertekstGeweigerd):
        KLUIS.ontsleutel(SLEUTEL, PLEK, bytes(cijfertekst))


@pytest.mark.parametrize("cijfertekst", [b"", b"\x01", b"\x01" + b"0" * 12, b"\x02" + b"0" * 40])
def test_een_afgebroken_of_onbekende_cijfertekst_wordt_geweigerd(cijfertekst: bytes) -> None:
    with pytest.raises(CijfertekstGeweigerd):
        KLUIS.ontsleutel(SLEUTEL, PLEK, cijfertekst)


def test_dezelfde_inhoud_geeft_nooit_dezelfde_cijfertekst() -> None:
    assert len({KLUIS.versleutel(SLEUTEL, PLEK, b"zelfde") for _ in range(50)}) == 50


def test_een_sleutel_laat_zichzelf_niet_zien() -> None:
    sleutel = Sleutel(UUID(int=1), nieuwe_sleutelwaarde())
    assert len(sleutel.waarde) == 32
    assert str(sleutel.waarde) not in repr(sleutel)


def test_de_blinde_index_hangt_af_van_het_bsn_en_de_sleutel_niet_van_de_schrijfwijze() -> None:
    assert KLUIS.bsn_index("012345672") == KLUIS.bsn_index("12345672") == KLUIS.bsn_index("0123.45.672")
    assert KLUIS.bsn_index("012345672") != KLUIS.bsn_index("999990019")
    assert KLUIS.bsn_index("012345672") != Kluis(b"j" * 32).bsn_index("012345672")
    assert "12345672" not in KLUIS.bsn_index("012345672")


def test_een_te_korte_indexsleutel_wordt_geweigerd() -> None:
    with pytest.raises(ValueError, match="te kort"):
        Kluis(b"kort")
