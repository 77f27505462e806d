"""Eén dossier dat niet te lezen is: herplannen en elke bulk gaan door met de rest, en noemen dat ene."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from domein.fouten import DatabaseWeg
from domein.handelingen import bulk, herplannen, kern
from domein.handelingen.herplannen import herplan_alles
from tests.integratie.beheer_hulp import Regie
from tests.integratie.regels.leven import COORDINATOR
from tests.integratie.regels.test_regel_08_regelversies import kader_met

WIE = ("--reden", "drukte in het team", "--door", "m-reg")
PAUZEER = ("dossier", "pauzeer", "--grond", "overig", *WIE)
SOORT = "CijfertekstGeweigerd"


@pytest.fixture
def kapot(regie: Regie) -> tuple[Regie, list[str], str]:
    """Zes dossiers, waarvan het derde niet te lezen is: er stond een verkeerde sleutel, of iemand zat eraan."""
    refs = regie.vul(6)
    maak_kapot(regie, refs[2])
    return regie, refs, refs[2]


def _draai_om(regie: Regie, ref: str) -> None:
    with regie.magazijn.engine.begin() as verbinding:
        (welk,) = verbinding.execute(text("SELECT id FROM dossier WHERE referentie = :r"), {"r": ref}).one()
        for tabel in ("gebeurtenis", "persoonsgegeven"):
            rijen = verbinding.execute(
                text(f"SELECT rowid, cijfertekst FROM {tabel} WHERE dossier_id = :d"), {"d": welk}
            ).all()
            for rij, tekst in rijen:
                anders = bytes(b ^ 255 for b in tekst)
                verbinding.execute(
                    text(f"UPDATE {tabel} SET cijfertekst = :c WHERE rowid = :i"), {"c": anders, "i": rij}
                )


maak_kapot = herstel = _draai_om  # twee keer omdraaien is weer heel


def toestand(regie: Regie) -> dict[str, str]:
    """Per dossier de regeling waarmee het is gepland."""
    with regie.magazijn.ruimte() as ruimte:
        return {d.referentie: d.regeling for d in ruimte.dossiers()}


def noemt(mislukt: list[dict[str, Any]], ref: str) -> None:
    assert [(een["dossier"], een["code"]) for een in mislukt] == [(ref, f"onverwacht:{SOORT}")]
    assert SOORT in mislukt[0]["waarom"]
    assert "herhaal dan dezelfde opdracht" in mislukt[0]["uitweg"]


def test_herplan_alles_herplant_de_rest_en_noemt_het_kapotte_dossier(
    kapot: tuple[Regie, list[str], str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    regie, refs, stuk = kapot
    nieuw = kader_met("pip_weken", 12, date(2022, 1, 2))
    monkeypatch.setattr(kern, "kader", lambda: nieuw)
    monkeypatch.setattr(herplannen, "kader", lambda: nieuw)
    opdracht = ("dossier", "herplan", "--alles", "--door", "m-reg")
    proef = regie.json(*opdracht, "--proef", code=1)
    assert (proef["dossiers"], proef["nog"]) == (5, 6)
    noemt(proef["mislukt"], stuk)

    echt = regie.json(*opdracht, code=1)
    assert (echt["dossiers"], echt["nog"]) == (5, 1)
    noemt(echt["mislukt"], stuk)
    assert {ref for ref, versie in toestand(regie).items() if versie == "proef-2"} == set(refs) - {stuk}
    assert "onverwachte fout (CijfertekstGeweigerd)" in caplog.text

    scherm = regie(*opdracht, code=1)
    assert f"  {stuk}: In dit dossier ging iets mis" in scherm
    herstel(regie, stuk)
    assert regie.json(*opdracht)["mislukt"] == []
    assert set(toestand(regie).values()) == {"proef-2"}


def test_ook_met_meer_kapotte_dossiers_dan_een_portie_komt_herplannen_tot_een_einde(
    kapot: tuple[Regie, list[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    regie, refs, stuk = kapot
    for ref in refs[:2]:
        maak_kapot(regie, ref)
    nieuw = kader_met("pip_weken", 12, date(2022, 1, 2))
    monkeypatch.setattr(kern, "kader", lambda: nieuw)
    monkeypatch.setattr(herplannen, "kader", lambda: nieuw)
    verslag = herplan_alles(regie.omgeving, COORDINATOR, portie=1)
    assert (verslag.dossiers, verslag.nog) == (3, 3)
    assert {een.dossier for een in verslag.mislukt} == {*refs[:2], stuk}


def test_een_bulk_doet_de_rest_en_hervatten_probeert_alleen_het_kapotte_dossier(
    kapot: tuple[Regie, list[str], str],
) -> None:
    regie, refs, stuk = kapot
    proef = regie.json(*PAUZEER, *refs, "--proef", code=1)
    assert (proef["gedaan"], proef["geweigerd"]) == (5, 1)
    noemt(proef["mislukt"], stuk)

    echt = regie.json(*PAUZEER, *refs, "--bulk", "B-KAPOT", code=1)
    assert (echt["gedaan"], echt["geweigerd"]) == (5, 1)
    noemt(echt["mislukt"], stuk)
    (lijst,) = regie.json("bulk", "lijst")
    assert (lijst["gedaan"], lijst["geweigerd"], lijst["te_doen"]) == (5, 1, 0)

    weer = regie.json(*PAUZEER, *refs, "--bulk", "B-KAPOT", code=1)
    assert (weer["eerder_gedaan"], weer["geweigerd"]) == (5, 1)
    noemt(weer["mislukt"], stuk)
    assert [r["dossier"] for r in regie.json(*PAUZEER, *refs, "--bulk", "B-KAPOT", "--proef", code=1)["regels"]] == [
        stuk
    ]

    herstel(regie, stuk)
    hersteld = regie.json(*PAUZEER, *refs, "--bulk", "B-KAPOT")
    assert (hersteld["gedaan"], hersteld["eerder_gedaan"], hersteld["mislukt"]) == (1, 5, [])
    assert regie.json(*PAUZEER, *refs, "--bulk", "B-KAPOT")["eerder_gedaan"] == 6
    scherm = regie(*PAUZEER, *refs, "--bulk", "B-KAPOT")
    assert "fout in het dossier zelf" not in scherm


def test_een_filter_op_partner_neemt_een_dossier_dat_niet_te_lezen_is_mee_en_noemt_het(
    kapot: tuple[Regie, list[str], str],
) -> None:
    regie, _, stuk = kapot
    verslag = regie.json(*PAUZEER, "--partner", "avres", "--proef", code=1)
    assert verslag["gedaan"] > 0
    noemt(verslag["mislukt"], stuk)


def test_een_database_die_wegvalt_is_geen_fout_van_een_dossier(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zij gaat over alles: wat nog moest blijft staan, en hervatten doet het."""
    refs = regie.vul(3)
    echt, keren = bulk.in_ruimte, iter(range(100))

    def valt_weg(omgeving: Any, werk: Any) -> Any:
        if next(keren) == 1:
            raise DatabaseWeg("De database antwoordt niet.", "Probeer het zo opnieuw.")
        return echt(omgeving, werk)

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(bulk, "in_ruimte", valt_weg)
        regie(*PAUZEER, *refs, "--bulk", "B-WEG", code=1)
        assert "database" in regie.err
    (lijst,) = regie.json("bulk", "lijst")
    assert (lijst["gedaan"], lijst["geweigerd"], lijst["te_doen"]) == (1, 0, 2)
    hervat = regie.json(*PAUZEER, *refs, "--bulk", "B-WEG")
    assert (hervat["gedaan"], hervat["eerder_gedaan"]) == (2, 1)
