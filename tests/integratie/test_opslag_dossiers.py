"""Dossiers, persons and steps on both engines."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domein.begrippen import Dossierstatus, Stapsoort, Stapstatus
from domein.fouten import OnbekendDossier, OnbekendeStap, VolgnummerBezet
from domein.model import Dossier, Stap


def test_een_persoon_komt_terug_en_is_op_bsn_te_vinden(magazijn, bouwer) -> None:
    dossier = bouwer.dossier(bsn="012345672")
    with magazijn.ruimte() as ruimte:
        assert ruimte.persoon(dossier.id) == bouwer.persoon("012345672")
        for schrijfwijze in ("012345672", "12345672", "0123.45.672"):
            gevonden = ruimte.dossier_met_bsn(schrijfwijze)
            assert gevonden is not None
            assert gevonden.id == dossier.id
        assert ruimte.dossier_met_bsn("999990019") is None


def test_een_gewijzigd_bsn_is_meteen_het_nieuwe(magazijn, bouwer) -> None:
    dossier = bouwer.dossier(bsn="012345672")
    with magazijn.ruimte() as ruimte:
        ruimte.wijzig_persoon(dossier.id, bouwer.persoon("999990019"))
    with magazijn.ruimte() as ruimte:
        assert ruimte.dossier_met_bsn("012345672") is None
        assert ruimte.persoon(dossier.id) == bouwer.persoon("999990019")


def test_geen_twee_dossiers_voor_een_persoon(magazijn, bouwer) -> None:
    bouwer.dossier(bsn="012345672")
    with pytest.raises(VolgnummerBezet):
        bouwer.dossier(bsn="12345672")


def test_persoonsgegevens_staan_nergens_leesbaar(magazijn, bouwer) -> None:
    bouwer.dossier(bsn="012345672")
    with magazijn.engine.connect() as verbinding:
        rijen = [
            str(bytes(c)) + i for c, i in verbinding.execute(text("SELECT cijfertekst, bsn_index FROM persoonsgegeven"))
        ]
    assert len(rijen) == 1
    assert not any(geheim in rijen[0] for geheim in ("012345672", "12345672", "Persoon", "1990"))


def test_een_dossier_is_te_vinden_zonder_op_hoofdletters_te_letten(magazijn, bouwer) -> None:
    dossier = bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        assert ruimte.dossier_bij(f" {dossier.referentie.lower()} ").id == dossier.id
        with pytest.raises(OnbekendDossier):
            ruimte.dossier_bij("D-NIETS")
        with pytest.raises(OnbekendDossier):
            ruimte.dossier(uuid4())
        with pytest.raises(OnbekendDossier):
            ruimte.persoon(uuid4())


def test_inzage_gaat_alleen_over_de_eigen_gemeenten(magazijn, bouwer) -> None:
    een, ander = bouwer.dossier(gemeente="GM0512"), bouwer.dossier(gemeente="GM0523")
    with magazijn.ruimte() as ruimte:
        alle = ruimte.dossiers()
        assert [d.id for d in alle] == [een.id, ander.id]
        assert [d.id for d in ruimte.dossiers(gemeenten=["GM0523"])] == [ander.id]
        assert list(ruimte.dossiers(gemeenten=[])) == []
        assert list(ruimte.dossiers(status=Dossierstatus.BEEINDIGD)) == []


def test_een_kenmerk_bestaat_een_keer_per_dossier(magazijn, bouwer) -> None:
    een, ander = bouwer.dossier(), bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(een), bouwer.stap(ander))
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(een))


def test_een_stap_zonder_dossier_wordt_geweigerd(magazijn, bouwer) -> None:
    niet_bewaard = Dossier(referentie="D-X", regio="avres", gemeente="GM0512", aangemaakt_op=magazijn._klok.nu())
    with pytest.raises(IntegrityError), magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(niet_bewaard))


def test_een_onbekende_status_komt_er_niet_in(magazijn, bouwer, dossier_id) -> None:
    with pytest.raises(Exception, match="half_open"), magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(ruimte.dossier(dossier_id), status="half_open"))


def test_een_stap_uit_een_eerdere_transactie_is_opnieuw_te_bewaren(magazijn, bouwer, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        stap = bouwer.stap(ruimte.dossier(dossier_id))
        ruimte.bewaar(stap)
    stap.status = Stapstatus.OPEN
    with magazijn.ruimte() as ruimte:
        ruimte.stap(stap.id)  # already loaded in this transaction
        ruimte.bewaar(stap)
    with magazijn.ruimte() as ruimte:
        assert ruimte.stap(stap.id).status is Stapstatus.OPEN
        with pytest.raises(OnbekendeStap):
            ruimte.stap(uuid4())


@pytest.fixture
def stappen(magazijn, bouwer) -> dict[str, Stap]:
    een, ander = bouwer.dossier(gemeente="GM0512"), bouwer.dossier(gemeente="GM0523")
    alle = {
        "zonder_uiterst": bouwer.stap(een, "pvt/1", stapsoort=Stapsoort.PVT),
        "laat": bouwer.stap(een, "map/1", uiterst=date(2026, 9, 1), start=date(2026, 6, 1)),
        "vroeg": bouwer.stap(ander, "intake/oproep/1", uiterst=date(2026, 2, 1), status=Stapstatus.OPEN,
                             medewerker="km-1", partner="avres"),
        "midden": bouwer.stap(een, "intake/oproep/1", uiterst=date(2026, 3, 1), status=Stapstatus.OPEN,
                              medewerker="km-1", partner="vluchtwerk"),
    }  # fmt: skip
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(*alle.values())
    return alle


@pytest.mark.parametrize(
    ("waar", "verwacht"),
    [
        pytest.param({}, ["vroeg", "midden", "laat", "zonder_uiterst"], id="alles-op-uiterste-datum"),
        pytest.param({"statussen": [Stapstatus.OPEN]}, ["vroeg", "midden"], id="status"),
        pytest.param({"statussen": []}, [], id="geen-status"),
        pytest.param({"begonnen_op": date(2026, 1, 5)}, ["vroeg", "midden", "zonder_uiterst"], id="begonnen"),
        pytest.param({"gemeente": "GM0523"}, ["vroeg"], id="gemeente"),
        pytest.param({"partner": "vluchtwerk"}, ["midden"], id="partner"),
        pytest.param({"medewerker": "km-1", "grens": 1}, ["vroeg"], id="medewerker-en-grens"),
        pytest.param({"stapsoort": "pvt"}, ["zonder_uiterst"], id="stapsoort"),
        pytest.param({"kenmerk": "intake/oproep/1"}, ["vroeg", "midden"], id="kenmerk"),
        pytest.param({"ids": []}, [], id="geen-ids"),
    ],
)
def test_stappen_voldoen_aan_alle_voorwaarden(magazijn, stappen, waar, verwacht) -> None:
    with magazijn.ruimte() as ruimte:
        gevonden = ruimte.stappen_waar(**waar)
        assert [stap.id for stap in gevonden] == [stappen[naam].id for naam in verwacht]
        assert ruimte.stappen_waar(ids=[stappen["laat"].id])[0].id == stappen["laat"].id


def test_de_open_last_telt_alleen_open_stappen(magazijn, bouwer, stappen) -> None:
    with magazijn.ruimte() as ruimte:
        assert ruimte.open_last() == {"km-1": 2}
        stap = ruimte.stap(stappen["vroeg"].id)
        assert len(ruimte.stappen(stap.dossier_id)) == 1
        stap.status = Stapstatus.KLAAR
        assert ruimte.open_last() == {"km-1": 1}
