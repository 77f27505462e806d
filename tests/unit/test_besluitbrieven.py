"""Elk besluit zegt wat een besluit moet zeggen: wie, wanneer, waarom, waarop, en hoe en waar iemand ertegenop kan."""

from datetime import date

import pytest

from adapters.sjablonen import Sjablonen
from adapters.sjablonen_soorten import berichtsoorten
from domein.fouten import OngeldigeGegevens
from domein.handelingen.besluitteksten import DATUM, INVULLEN, SJABLONEN, TEKENAAR, eis_rechtsmiddel, getekende_tekst
from tests.hulp.invullen import ingevuld

SOORTEN = berichtsoorten()
GEVALLEN = [
    pytest.param(besluit, voorbeeld.gegevens, id=f"{naam}-{voorbeeld.naam or 'gewoon'}")
    for besluit, naam in SJABLONEN.items()
    for voorbeeld in SOORTEN[naam].voorbeelden()
]


@pytest.mark.parametrize(("besluit", "gegevens"), GEVALLEN)
def test_elk_besluit_is_volledig(besluit: str, gegevens: dict[str, object]) -> None:
    tekst = Sjablonen().schrijf(SJABLONEN[besluit], gegevens).tekst  # pyright: ignore[reportArgumentType]
    orgaan, kenmerk = str(gegevens["orgaan"]), str(gegevens["referentie"])
    for wat in (
        f"Datum van dit besluit: {DATUM}",  # dagtekening
        f"Ons kenmerk: {kenmerk}",
        f"{TEKENAAR}\nnamens het {orgaan}",  # artikel 10:10 Awb
        f"{INVULLEN} waarom]",  # artikel 3:46 Awb
        "Dit staat in de wet: artikel ",  # artikel 3:47 lid 2 Awb
        "zes weken",  # artikelen 6:7 en 6:8 Awb
    ):
        assert wat in tekst, wat
    if besluit == "beslissing_op_bezwaar":
        assert f"{INVULLEN} de rechtbank en haar adres]" in tekst  # artikel 6:23 Awb
        assert "beroep" in tekst
    else:
        assert f"Stuur uw brief naar: {INVULLEN} het postadres]" in tekst  # artikel 3:45 Awb
        for wat in ("Uw naam en uw adres.", "De datum.", "het kenmerk en de datum", "Waarom u het", "Uw handtekening."):
            assert wat in tekst, f"artikel 6:5 Awb: {wat}"
    klaar = ingevuld(tekst, "De toets adviseert dit.")
    eis_rechtsmiddel(klaar, besluit)  # pyright: ignore[reportArgumentType]
    assert "\n\nMet vriendelijke groet,\n" in tekst


@pytest.mark.parametrize(
    ("wat", "open_"), [("waarom", "waarom"), ("het postadres", "het postadres"), ("de hulp", "de hulp")]
)
def test_zolang_een_plek_openstaat_tekent_niemand_en_de_weigering_noemt_haar(wat: str, open_: str) -> None:
    tekst = f"{DATUM} {TEKENAAR} {INVULLEN} {wat}]"
    with pytest.raises(OngeldigeGegevens, match=f"Nog niet ingevuld: {open_} "):
        getekende_tekst(tekst, date(2026, 2, 25), "m-gor")


def test_het_plan_noemt_pvt_en_map_en_na_een_verhuizing_het_goede_artikel() -> None:
    def schrijf(naam: str, **anders: object) -> str:
        gegevens = SOORTEN[naam].voorbeelden()[0].gegevens | anders
        return Sjablonen().schrijf(naam, gegevens).tekst  # pyright: ignore[reportArgumentType]

    plan = schrijf("besluit_pip")
    assert "PVT: minstens 12 uur" in plan
    assert "MAP: minstens 40 uur" in plan
    assert "MAP" not in schrijf("besluit_pip", map_uren=0), "de onderwijsroute kent geen MAP (artikel 8 lid 3 Wi)"
    verhuisd = schrijf("besluit_wijziging", aanleiding="verhuizing")
    assert "Uw route blijft dezelfde." in verhuisd
    assert "artikel 11 en 15 van de Wet" in verhuisd
    assert "artikel 11 en 17 van de Wet" in schrijf("besluit_wijziging", aanleiding="leerroute")
