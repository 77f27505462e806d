"""Events on both engines: append-only, two writers, sources, encryption, the chain and erasure."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from adapters.kluis import CijfertekstGeweigerd
from domein.fouten import OnbekendDossier, PersoonGewist, RegieFout, VolgnummerBezet
from domein.model import GebeurtenisRij


def test_een_gebeurtenis_komt_terug_zoals_zij_is_vastgelegd(magazijn, bouwer, dossier_id) -> None:
    nieuw = replace(bouwer.kennisgeving(kenmerk="DUO-1"), stap="registratie/controle/1")
    with magazijn.ruimte() as ruimte:
        geschreven = ruimte.schrijf(dossier_id, nieuw, 0)
    with magazijn.ruimte() as ruimte:
        assert ruimte.gebeurtenissen(dossier_id) == (geschreven,)
    assert geschreven.volgnummer == 1
    assert geschreven.vastgelegd_op == datetime(2026, 1, 5, 8, tzinfo=UTC)
    for veld in (
        "soort",
        "geldig_op",
        "gegevens",
        "actor",
        "reden",
        "stap",
        "bron",
        "bronkenmerk",
        "bronversie",
    ):
        assert getattr(geschreven, veld) == getattr(nieuw, veld)


def test_inhoud_en_reden_staan_nergens_leesbaar(magazijn, bouwer, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
    with Session(magazijn.engine) as sessie:
        rij = sessie.exec(select(GebeurtenisRij)).one()
    assert b"portaal" not in rij.cijfertekst
    assert b"asielstatushouder" not in rij.cijfertekst


def test_van_twee_schrijvers_met_hetzelfde_volgnummer_verliest_er_een(magazijn, bouwer, dossier_id) -> None:
    start = Barrier(2)

    def schrijf() -> str:
        with magazijn.ruimte() as ruimte:
            ruimte.gebeurtenissen(dossier_id)
            start.wait(timeout=20)
            ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
        return "vastgelegd"

    with ThreadPoolExecutor(2) as werkers:
        taken = [werkers.submit(schrijf) for _ in range(2)]
        fouten = [taak.exception(timeout=30) for taak in taken]
    assert sorted(type(fout).__name__ for fout in fouten) == ["NoneType", "VolgnummerBezet"]
    with magazijn.ruimte() as ruimte:
        assert len(ruimte.gebeurtenissen(dossier_id)) == 1
        assert ruimte.controleer_keten(dossier_id)


def test_een_verkeerd_volgnummer_wordt_meteen_geweigerd(magazijn, bouwer, dossier_id) -> None:
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 7)


def test_wie_de_weigering_inslikt_bewaart_ook_de_rest_niet(magazijn, bouwer, dossier_id) -> None:
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:  # noqa: PT012
        try:
            ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 7)
        except VolgnummerBezet:
            ruimte.bewaar(bouwer.bericht(sleutel="mag-niet-blijven"))
    with magazijn.ruimte() as ruimte:
        assert ruimte.bericht_met_sleutel("mag-niet-blijven") is None


def test_bij_een_fout_blijft_niets_bewaard(magazijn, bouwer, dossier_id) -> None:
    class Kapot(Exception):
        pass

    with pytest.raises(Kapot), magazijn.ruimte() as ruimte:  # noqa: PT012
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
        raise Kapot
    with magazijn.ruimte() as ruimte:
        assert ruimte.gebeurtenissen(dossier_id) == ()
        assert ruimte.dossier(dossier_id).laatste_volgnummer == 0


def test_zoals_bekend_op_toont_wat_toen_was_vastgelegd(magazijn, bouwer, dossier_id, klok) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
    eerst = klok.nu()
    klok.moment += timedelta(days=3)
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 1)
        assert [g.volgnummer for g in ruimte.gebeurtenissen(dossier_id, zoals_bekend_op=eerst)] == [1]
        voor = eerst - timedelta(seconds=1)
        assert ruimte.gebeurtenissen(dossier_id, zoals_bekend_op=voor) == ()
        assert len(ruimte.gebeurtenissen(dossier_id)) == 2


def test_uit_bron_vindt_alle_versies_over_dossiers_heen(magazijn, bouwer) -> None:
    een, ander = bouwer.dossier(), bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(een.id, bouwer.kennisgeving(kenmerk="K1", versie=1), 0)
        ruimte.schrijf(ander.id, bouwer.kennisgeving(kenmerk="K1", versie=2), 0)
        ruimte.schrijf(ander.id, bouwer.kennisgeving(kenmerk="K2"), 1)
    with magazijn.ruimte() as ruimte:
        gevonden = ruimte.uit_bron("duo", "K1")
    assert [(g.dossier_id, g.bronversie) for g in gevonden] == [(een.id, 1), (ander.id, 2)]


def test_dezelfde_bronversie_komt_er_geen_tweede_keer_in(magazijn, bouwer, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(kenmerk="K1"), 0)
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(kenmerk="K1"), 1)


def test_een_cijfertekst_op_een_andere_rij_gaat_niet_open(magazijn, bouwer, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 0)
        ruimte.schrijf(dossier_id, bouwer.kennisgeving(), 1)
    _sql(
        magazijn,
        "UPDATE gebeurtenis SET cijfertekst = "
        "(SELECT a.cijfertekst FROM gebeurtenis a WHERE a.volgnummer = 1) WHERE volgnummer = 2",
    )
    with pytest.raises(CijfertekstGeweigerd), magazijn.ruimte() as ruimte:
        ruimte.gebeurtenissen(dossier_id)


@pytest.mark.parametrize(
    "knoei",
    [
        pytest.param("UPDATE gebeurtenis SET geldig_op = '2020-01-01' WHERE volgnummer = 2", id="een-dag"),
        pytest.param("UPDATE gebeurtenis SET actor = 'ander' WHERE volgnummer = 3", id="de-actor"),
        pytest.param("UPDATE gebeurtenis SET cijfertekst = vorige.c FROM (SELECT cijfertekst AS c "
                     "FROM gebeurtenis WHERE volgnummer = 1) AS vorige WHERE volgnummer = 2", id="de-inhoud"),
        pytest.param("DELETE FROM gebeurtenis WHERE volgnummer = 3", id="de-laatste-weg"),
        pytest.param("DELETE FROM gebeurtenis WHERE volgnummer = 1", id="de-eerste-weg"),
        pytest.param("UPDATE dossier SET laatste_volgnummer = 4", id="het-hoofd"),
    ],
)  # fmt: skip
def test_knoeien_met_een_rij_valt_op(magazijn, bouwer, dossier_id, knoei: str) -> None:
    with magazijn.ruimte() as ruimte:
        for nummer in range(3):
            ruimte.schrijf(dossier_id, bouwer.kennisgeving(), nummer)
        assert ruimte.controleer_keten(dossier_id)
    _sql(magazijn, knoei)
    with magazijn.ruimte() as ruimte:
        assert not ruimte.controleer_keten(dossier_id)


def test_wissen_laat_een_controleerbare_keten_zonder_persoon(magazijn, maak_magazijn, bouwer) -> None:
    dossier = bouwer.dossier(bsn="999990019")
    ander_proces = maak_magazijn()
    with magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier.id, bouwer.kennisgeving(kenmerk="K1"), 0)
    with ander_proces.ruimte() as ruimte:
        assert ruimte.gebeurtenissen(dossier.id)  # remembers the key
    with magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(dossier.id)
        with pytest.raises(PersoonGewist):
            ruimte.gebeurtenissen(dossier.id)
    for een in (magazijn, ander_proces, maak_magazijn()):
        with een.ruimte() as ruimte:
            assert ruimte.persoon(dossier.id) is None
            assert ruimte.dossier_met_bsn("999990019") is None
            assert ruimte.controleer_keten(dossier.id)
            with pytest.raises(PersoonGewist):
                ruimte.gebeurtenissen(dossier.id)
            assert ruimte.uit_bron("duo", "K1") == ()
            (bewijs,) = ruimte.bronversies("duo", "K1")
            assert (bewijs.dossier_id, bewijs.soort, bewijs.versie) == (dossier.id, "kennisgeving", 1)
            assert bewijs.gewist
    with pytest.raises(PersoonGewist), magazijn.ruimte() as ruimte:
        ruimte.schrijf(dossier.id, bouwer.kennisgeving(), 1)


def test_geweigerd_wissen_wist_niets(magazijn, maak_magazijn, bouwer, dossier_id) -> None:
    class Geweigerd(Exception):
        pass

    with pytest.raises(Geweigerd), magazijn.ruimte() as ruimte:  # noqa: PT012
        ruimte.wis_persoon(dossier_id)
        raise Geweigerd
    with maak_magazijn().ruimte() as ruimte:
        assert ruimte.persoon(dossier_id) is not None


def test_een_half_afgemaakte_wissing_wordt_voltooid(magazijn, bouwer, dossier_id) -> None:
    blijft = bouwer.dossier()
    _sql(magazijn, "DELETE FROM persoonsgegeven WHERE dossier_id <> :blijft", blijft=blijft.id)
    assert dossier_id in magazijn.sleutelbos.levende()
    assert magazijn.voltooi_wissen() == 1
    assert magazijn.sleutelbos.levende() == {blijft.id}
    assert magazijn.voltooi_wissen() == 0


def test_een_verloren_sleutel_is_geen_onbekend_dossier(magazijn, maak_magazijn, bouwer, dossier_id):
    with magazijn.ruimte() as ruimte, pytest.raises(OnbekendDossier):
        ruimte.gebeurtenissen(uuid4())
    with magazijn.sleutelbos._engine.begin() as verbinding:
        verbinding.execute(text("DELETE FROM dossiersleutel"))
    with maak_magazijn().ruimte() as ruimte, pytest.raises(RegieFout, match="ontbreekt"):
        ruimte.gebeurtenissen(dossier_id)


def _sql(magazijn, opdracht: str, **waarden) -> None:
    from sqlalchemy import Uuid, bindparam

    with magazijn.engine.begin() as verbinding:
        verbinding.execute(text(opdracht).bindparams(*(bindparam(n, w, Uuid()) for n, w in waarden.items())))
