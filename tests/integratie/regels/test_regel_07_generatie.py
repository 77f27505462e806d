"""Regel 7: de generatie stijgt alleen door heropenen of verplaatsen van een open stap; elk effect heeft een sleutel."""

from datetime import date

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import VolgnummerBezet
from domein.handelingen.bericht import sleutel_van
from domein.handelingen.openen import open_stap
from domein.handelingen.stapbeheer import draag_over, heropen, sla_over, verzet
from domein.model import Bericht
from tests.integratie.regels.leven import COORDINATOR, Leven, noemt


def test_regel_07_vijf_keer_openen_is_een_opening_en_een_mail(leven: Leven) -> None:
    stap = leven.stap("intake/oproep/1")
    uitkomsten = {open_stap(leven.omgeving, stap.id) for _ in range(5)}
    assert len(uitkomsten) == 1
    assert leven.telling()["stap_geopend"] == 1
    assert leven.soorten_post("intake/oproep/1") == [("taak", 1, "wachtend")]
    assert leven.stap("intake/oproep/1").generatie == 1


def test_regel_07_een_stap_gaat_niet_open_voor_zijn_dag(leven: Leven) -> None:
    leven.tot_pip()
    uitkomst = open_stap(leven.omgeving, leven.stap("voortgang/1").id)
    assert uitkomst.status is Stapstatus.GEPLAND
    assert noemt(uitkomst.wacht_omdat, date(2026, 8, 11))
    assert leven.post("voortgang/1") == []


def test_regel_07_op_een_dag_dat_het_kantoor_dicht_is_gaat_niets_open(leven: Leven) -> None:
    leven.op(date(2026, 1, 10))  # zaterdag
    uitkomst = open_stap(leven.omgeving, leven.stap("intake/oproep/1").id)
    assert uitkomst.status is Stapstatus.GEPLAND
    assert "dicht" in uitkomst.wacht_omdat


def test_regel_07_overslaan_en_heropenen_geeft_een_nieuwe_generatie(leven: Leven) -> None:
    leven.tot_pip()
    stap = leven.stap("pvt/1")
    sla_over(leven.omgeving, stap.id, COORDINATOR, "vrijstelling")
    assert leven.stap("pvt/1").status is Stapstatus.OVERGESLAGEN
    heropen(leven.omgeving, stap.id, COORDINATOR, "toch geen vrijstelling")
    assert (leven.stap("pvt/1").status, leven.stap("pvt/1").generatie) == (Stapstatus.GEPLAND, 2)


def test_regel_07_op_een_dag_overslaan_heropenen_en_weer_overslaan_eindigt_overgeslagen(leven: Leven) -> None:
    leven.tot_pip()
    stap = leven.stap("pvt/1")
    for _ in range(2):
        sla_over(leven.omgeving, stap.id, COORDINATOR, "vrijstelling")
        assert leven.stap("pvt/1").status is Stapstatus.OVERGESLAGEN
        heropen(leven.omgeving, stap.id, COORDINATOR, "toch niet")
        assert leven.stap("pvt/1").status is Stapstatus.GEPLAND
    sla_over(leven.omgeving, stap.id, COORDINATOR, "vrijstelling")
    assert (leven.stap("pvt/1").status, leven.stap("pvt/1").generatie) == (Stapstatus.OVERGESLAGEN, 3)


def test_regel_07_een_doorgehaalde_uitkomst_heropent_en_een_nieuwe_opening_mailt_opnieuw(
    leven: Leven,
) -> None:
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.antwoord("intake/oproep/1", "oproep_verzonden", afspraak_op="2026-01-21", waarschuwing=False)
    leven.haal_door(leven.laatste("oproep_verzonden"))
    assert (leven.stap("intake/oproep/1").status, leven.stap("intake/oproep/1").generatie) == (
        Stapstatus.GEPLAND,
        2,
    )
    leven.open("intake/oproep/1")
    assert leven.soorten_post("intake/oproep/1") == [("taak", 1, "aanvaard"), ("taak", 2, "wachtend")]


def test_regel_07_verzetten_van_een_geplande_stap_en_overdragen_verhogen_niets(leven: Leven) -> None:
    leven.tot_pip()
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 7), COORDINATOR, "verlof")
    draag_over(leven.omgeving, leven.stap("voortgang/1").id, "m-kos", COORDINATOR, "verlof")
    assert leven.stap("voortgang/1").generatie == 1
    leven.open("voortgang/1")
    assert (leven.stap("voortgang/1").medewerker, leven.stap("voortgang/1").generatie) == ("m-kos", 1)


def test_regel_07_een_verplaatsing_van_een_open_stap_verhoogt_een_keer(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("voortgang/1")
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 7), COORDINATOR, "verlof")
    assert leven.stap("voortgang/1").generatie == 2
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 7), COORDINATOR, "verlof")
    assert leven.stap("voortgang/1").generatie == 2
    assert [b.soort for b in leven.post("voortgang/1")] == ["taak", "taak_verzet"]


def test_regel_07_de_sleutel_van_een_bericht_is_uniek_in_de_database(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    (bericht,) = leven.post("intake/oproep/1")
    assert bericht.sleutel == sleutel_van(leven.stap("intake/oproep/1"), "taak", 0, bericht.ontvanger_code)
    dubbel = Bericht(**{**bericht.model_dump(exclude={"id"}), "message_id": "<anders@regie.example>"})
    with pytest.raises(VolgnummerBezet), leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar(dubbel)
