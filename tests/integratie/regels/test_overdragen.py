"""Overdragen van een open stap: de generatie stijgt, en alleen wie haar nu heeft krijgt de mail."""

from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import laad_regio
from domein.handelingen.stapbeheer import draag_over, verzet
from domein.handelingen.stapwijzigingen import GEEN_ADRES
from tests.integratie.regels.leven import COORDINATOR, VOORBEELD, Leven

OPROEP = "intake/oproep/1"


def geef_aan(leven: Leven, wie: str) -> None:
    draag_over(leven.omgeving, leven.stap(OPROEP).id, wie, COORDINATOR, "verlof")


def zonder_m_kos(leven: Leven, map_: Path) -> None:
    """Vanaf 6 januari heet m-kos anders: wie m-kos was, staat niet meer in de afspraken."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    tekst = tekst.replace('versie = "2022-1"', 'versie = "2026-3"').replace("2022-01-01", "2026-01-06", 1)
    bestand = map_ / "regio.toml"
    bestand.write_text(tekst.replace("m-kos", "m-zzz"), encoding="utf-8")
    laad_regio(leven.omgeving, laad_regiobestand(bestand), SYSTEEM)


@pytest.mark.parametrize("aanvaard", [True, False])
def test_heen_en_terug_mailt_de_eerste_opnieuw(leven: Leven, aanvaard: bool) -> None:
    leven.open(OPROEP)
    for wie in ("m-kos", "m-jdb"):
        if aanvaard:
            leven.post_is_aanvaard()
        geef_aan(leven, wie)
    assert (leven.stap(OPROEP).medewerker, leven.stap(OPROEP).generatie) == ("m-jdb", 3)
    post = [(b.soort, b.ontvanger_code, b.generatie) for b in leven.post(OPROEP) if b.status.value != "vervallen"]
    ingetrokken = [("taak_ingetrokken", "m-jdb", 1), ("taak_ingetrokken", "m-kos", 2)]
    taken = [("taak", "m-jdb", 1), ("taak", "m-kos", 2), ("taak", "m-jdb", 3)]
    assert sorted(post) == sorted(taken + ingetrokken if aanvaard else taken[-1:])


def test_aan_dezelfde_persoon_overdragen_verhoogt_niets(leven: Leven) -> None:
    leven.open(OPROEP)
    geef_aan(leven, "m-kos")
    geef_aan(leven, "m-kos")
    assert leven.stap(OPROEP).generatie == 2


def test_wie_voor_de_opening_uit_de_afspraken_verdween_krijgt_de_stap_niet(leven: Leven, tmp_path: Path) -> None:
    geef_aan(leven, "m-kos")
    zonder_m_kos(leven, tmp_path)
    leven.op(date(2026, 1, 7))
    leven.open(OPROEP)
    assert leven.stap(OPROEP).medewerker == "m-jdb"
    assert [b.ontvanger_code for b in leven.post(OPROEP)] == ["m-jdb"]
    leven.meld("brp_ingeschreven", date(2026, 1, 7))
    assert leven.stap(OPROEP).medewerker == "m-jdb"


def test_is_er_geen_mailadres_dan_hoort_de_coordinator_het(leven: Leven, tmp_path: Path) -> None:
    leven.open(OPROEP)
    geef_aan(leven, "m-kos")
    zonder_m_kos(leven, tmp_path)
    leven.op(date(2026, 1, 7))

    def signalen() -> list[str]:
        with leven.omgeving.magazijn.ruimte() as ruimte:
            return [s.soort for s in ruimte.signalen(dossier_id=leven.dossier_id)]

    verzet(leven.omgeving, leven.stap(OPROEP).id, date(2026, 1, 14), COORDINATOR, "verlof")
    assert GEEN_ADRES in signalen()
    geef_aan(leven, "m-tha")
    assert GEEN_ADRES not in signalen()
