"""Regel 12: één keten per dossier over versleutelde inhoud; de sleutel vernietigen wist de persoon, niet het bewijs."""

from datetime import date

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.inzien import dossier_lijst, stap_lijst, toon_dossier
from domein.handelingen.openen import open_stap
from domein.handelingen.registreren import registreer
from tests.integratie.regels.leven import COORDINATOR, Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
pytestmark = pytest.mark.parametrize("soort", BEIDE, indirect=True)


def keten_klopt(leven: Leven) -> bool:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return ruimte.controleer_keten(leven.dossier_id)


def wis(leven: Leven) -> None:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(leven.dossier_id)


def test_regel_12_elke_handeling_verlengt_de_keten(leven: Leven) -> None:
    koppen = [leven.dossier().keten_hoofd]
    leven.tot_pip()
    koppen.append(leven.dossier().keten_hoofd)
    leven.meld("brp_ingeschreven", date(2026, 2, 2))
    leven.haal_door(leven.laatste("brp_ingeschreven"))
    koppen.append(leven.dossier().keten_hoofd)
    assert len(set(koppen)) == 3
    assert keten_klopt(leven)
    assert toon_dossier(leven.omgeving, leven.dossier().referentie)["keten_klopt"] is True


@pytest.mark.parametrize(
    "ingreep",
    [
        "UPDATE gebeurtenis SET geldig_op = '2026-02-24' WHERE soort = 'pip_vastgesteld'",
        "UPDATE gebeurtenis SET actor = 'm-ander' WHERE soort = 'pip_vastgesteld'",
        "UPDATE gebeurtenis SET vastgelegd_op = '2026-02-01 00:00:00' WHERE soort = 'pip_vastgesteld'",
        "UPDATE gebeurtenis SET stap_kenmerk = NULL WHERE soort = 'pip_vastgesteld'",
        "UPDATE gebeurtenis SET cijfertekst = substr(cijfertekst, 2) WHERE soort = 'pip_vastgesteld'",
        "DELETE FROM gebeurtenis WHERE volgnummer = (SELECT MAX(volgnummer) FROM gebeurtenis)",
    ],
    ids=["dag", "wie", "moment", "stap", "inhoud", "laatste-weg"],
)
def test_regel_12_elke_wijziging_buiten_de_handelingen_om_valt_op(
    omgeving, magazijn: SqlMagazijn, ingreep: str
) -> None:
    leven = Leven(omgeving).begin().tot_pip()
    assert keten_klopt(leven)
    with magazijn.engine.begin() as verbinding:
        assert verbinding.execute(text(ingreep)).rowcount == 1
    assert not keten_klopt(leven)


def test_regel_12_na_wissen_is_de_persoon_weg_en_de_keten_te_controleren(
    leven: Leven, magazijn: SqlMagazijn, maak_magazijn
) -> None:
    leven.tot_pip()
    referentie, aantal = leven.dossier().referentie, leven.dossier().laatste_volgnummer
    wis(leven)
    assert keten_klopt(leven)
    assert leven.dossier().laatste_volgnummer == aantal
    for opslag in (magazijn, maak_magazijn()):  # ook in een ander proces
        with opslag.ruimte() as ruimte:
            assert ruimte.persoon(leven.dossier_id) is None
            assert ruimte.dossier_met_bsn("999993653") is None
            with pytest.raises(PersoonGewist):
                ruimte.gebeurtenissen(leven.dossier_id)
    # De lijsten van wat er gebeurde blijven werken: daar staat niets van de persoon in.
    assert [r["referentie"] for r in dossier_lijst(leven.omgeving)] == [referentie]
    assert stap_lijst(leven.omgeving, referentie=referentie)


def test_regel_12_na_wissen_wordt_elke_handeling_geweigerd(leven: Leven) -> None:
    leven.tot_pip()
    stap = leven.stap("duo/leerroute/1")
    wis(leven)
    leven.op(date(2026, 3, 2))
    handelingen = [
        lambda: leven.meld("pvt_voltooid", date(2026, 3, 2)),
        lambda: open_stap(leven.omgeving, stap.id),
        lambda: haal_door(leven.omgeving, leven.dossier_id, "1", COORDINATOR, "wissen"),
        lambda: toon_dossier(leven.omgeving, leven.dossier().referentie),
    ]
    for handeling in handelingen:
        with pytest.raises(PersoonGewist):
            handeling()
    assert keten_klopt(leven)


def test_regel_12_persoon_en_reden_staan_nergens_leesbaar_in_de_database(leven: Leven, magazijn: SqlMagazijn) -> None:
    leven.tot_pip()
    leven.meld("plicht_beeindigd", date(2026, 2, 25), grond="vertrek", reden="Verhuisd naar een zus in Gent")
    geheim = ("999993653", "Selam", "Misale", "1994-03-17", "Voorbeeldstraat", "Gent", "Verhuisd")
    with magazijn.engine.connect() as verbinding:
        for tabel in ("dossier", "gebeurtenis", "stap", "bericht", "persoonsgegeven", "signaal"):
            for regel in verbinding.execute(text(f"SELECT * FROM {tabel}")):
                inhoud = " ".join(w.decode("latin-1") if isinstance(w, bytes) else str(w) for w in regel)
                assert not [g for g in geheim if g in inhoud], tabel


def test_regel_12_wie_gewist_is_kan_als_nieuw_dossier_terugkomen(leven: Leven) -> None:
    wis(leven)
    (verslag,) = registreer(leven.omgeving, [rij(kenmerk="DUO-2031-1")], SYSTEEM)
    assert verslag.uitkomst == "nieuw"
    assert verslag.referentie != leven.dossier().referentie
