"""Rijen 22, 26 en 27 van de wet: niet meewerken, verhuizen en de levering aan het CBS."""

from domein.handelingen.kern import kader
from domein.regels.termijnen import bereken
from tests.integratie.wet.wetleven import GEHAALD, LOOPT, OVERSCHREDEN, Rol, Wetleven, dag


def rij_22_niet_meewerken(leven: Wetleven) -> None:
    """Een gemist gesprek wordt ingehaald; geen regel legt een boete op (art. 22 en 23 Wi).

    Waarschuwen, de boete, haar hoogte en het maximum zijn een later deel: daarover beslist een mens met mandaat.
    """
    leven.begin().met_pip()
    leven.uitkomst("voortgang/1", "gesprek_niet_verschenen", "2026-08-25")
    leven.eis("voortgang/6", "2026-08-25", "2026-09-08", "2026-10-06", Rol.KLANTMANAGER, "artikel 5.3 lid 4 Besluit",
              "ging op 25 augustus 2026 niet door")  # fmt: skip
    assert leven.stap("voortgang/2").streef == dag("2027-02-25"), "de andere gesprekken blijven staan"
    assert {"gesprek_niet_verschenen"} == {
        g.soort for g in leven.gebeurtenissen() if g.geldig_op == dag("2026-08-25")
    } - {"stap_geopend"}


def rij_26_verhuizing(leven: Wetleven) -> None:
    """De nieuwe gemeente stelt binnen tien weken een PIP vast, met dezelfde leerroute (15 lid 4 Wi, 5.3 lid 3 Bi)."""
    leven.begin().met_pip()
    leven.feit("verhuisd", "2026-09-01", naar="GM1978")
    leven.eis_termijn("pip-na-brp", "2026-09-01", "2026-11-10", "2026-11-10", "artikel 5.3",
                      {"2026-11-10": LOOPT, "2026-11-11": OVERSCHREDEN})  # fmt: skip
    # De termijn van het eerste PIP blijft wat zij was: op tijd gehaald.
    leven.eis_termijn("pip", "2026-01-05", "2026-03-16", "2026-03-16", "artikel 5.3", {"2026-09-01": GEHAALD})
    leven.eis("pip/verhuizing/1", "2026-10-20", "2026-11-10", "2026-11-10", Rol.MANDAATHOUDER, "artikel 15 lid 4 Wet",
              "ingeschreven in Molenlanden", "B1-route", "de inburgeringstermijn loopt door")  # fmt: skip


def rij_27_swi(_leven: Wetleven) -> None:
    """De levering aan het CBS: vier weken na het kwartaal (art. 39 Wi, art. 9.1 Ri)."""
    for vanaf, einde in (("2026-03-31", "2026-04-28"), ("2026-11-30", "2027-01-28"), ("2027-06-30", "2027-07-28")):
        termijn = bereken("swi-levering", dag(vanaf), regels=kader().regeling)
        assert (termijn.einde, termijn.soort_einde) == (dag(einde), "maximum")
        assert "artikel 39 Wet" in termijn.artikel
