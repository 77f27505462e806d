"""Rijen 14, 15, 19, 20 en 21 van de wet: PVT, MAP, examens, onderwijsroute en Z-route."""

from domein.begrippen import Doelgroep
from tests.integratie.wet.wetleven import OngeldigeGegevens, Rol, Wetleven, dag

GEZIN = {"doelgroep": Doelgroep.GEZINSMIGRANT, "ontzorgen": False}


def rij_14_pvt(leven: Wetleven) -> None:
    """Het PVT: minstens 12 uur en een activiteit, af binnen de termijn; de ondertekening telt (6 en 24 Wi, 3.1 Bi)."""
    leven.begin().met_pip()
    leven.eis("pvt/1", "2026-03-25", "2027-02-25", "2029-02-25", Rol.KLANTMANAGER, "artikel 3.1 Besluit",
              "minstens 12 uur", "minstens 1 activiteit", "uiterlijk 25 februari 2029")  # fmt: skip
    leven.uitkomst("pvt/1", "pvt_voltooid", "2026-06-17")
    leven.eis("duo/pvt/1", "2026-06-18", "2026-06-22", None, Rol.ADMINISTRATIE, "artikel 9.2 lid 2 Besluit",
              "getekend op 17 juni 2026")  # fmt: skip


def rij_15_map(leven: Wetleven) -> None:
    """De MAP: acht thema's, minstens 40 uur praktijk, een eindgesprek; geen ontheffing (3.2 Bi, 3.1 Ri, 5 Wi)."""
    leven.begin().met_pip()
    leven.eis("map/1", "2026-08-25", "2028-02-25", "2029-02-25", Rol.KLANTMANAGER, "artikel 3.2 Besluit",
              "8 thema's", "minstens 40 uur praktijk", "eindgesprek")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "minstens 40 uur praktijk (artikel 3.2 Bi)", "map_voltooid", "2027-06-16",
                  stap="map/1", praktijkuren=39)  # fmt: skip
    leven.weigert(OngeldigeGegevens, "artikel 5 Wi", "ontheven", "2027-06-16", onderdelen=("map",), grond="bijzonder")
    leven.uitkomst("map/1", "map_voltooid", "2027-06-16", praktijkuren=40)
    leven.eis("duo/map/1", "2027-06-17", "2027-06-21", None, Rol.ADMINISTRATIE, "artikel 9.2 lid 2 Besluit",
              "16 juni 2027")  # fmt: skip


def rij_19_examen(leven: Wetleven) -> None:
    """DUO meldt examens; de uitslag is er binnen acht weken, twee pogingen per onderdeel zijn kosteloos (3.5 Ri)."""
    leven.begin().met_pip()
    leven.feit("examen_gedaan", "2027-03-01", onderdeel="lezen")
    # Acht weken is 26 april; 27 april is Koningsdag.
    leven.eis("registratie/examenuitslag/1", "2027-04-28", "2027-05-05", None, Rol.ADMINISTRATIE, "9.2 lid 5 Besluit",
              "1 maart 2027", "lezen", "binnen 8 weken", "Poging 1 voor dit onderdeel: kosteloos (2 ")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "niet gedaan", "examen_uitslag", "2027-04-28",
                  stap=None, nummer=2, gehaald=True)  # fmt: skip
    leven.uitkomst("registratie/examenuitslag/1", "examen_uitslag", "2027-04-20", gehaald=False)
    leven.feit("examen_gedaan", "2027-06-01", onderdeel="lezen").feit("examen_uitslag", "2027-07-01", gehaald=False)
    leven.feit("examen_gedaan", "2027-09-01", onderdeel="lezen")
    assert "Poging 3 voor dit onderdeel: niet meer kosteloos" in leven.stap("registratie/examenuitslag/3").waarom
    leven.feit("examen_uitslag", "2027-10-01", gehaald=True)
    leven.eis_niet("registratie/examenuitslag")


def rij_19_gezinsmigrant_betaalt(leven: Wetleven) -> None:
    """Voor een gezinsmigrant is geen kosteloze poging gevonden (art. 3.5 Ri)."""
    leven.begin(**GEZIN).met_pip().feit("examen_gedaan", "2027-03-01", onderdeel="knm")
    assert "kosteloos" not in leven.stap("registratie/examenuitslag/1").waarom


def rij_20_onderwijsroute(leven: Wetleven) -> None:
    """De onderwijsroute heeft geen MAP; DUO meldt het einde en de gemeente reikt niets uit (art. 8 Wi)."""
    leven.begin().met_pip(leerroute="onderwijs").les("2026-03-04", "2026-08-24")
    leven.eis_niet("map/")
    leven.eis("pvt/1", "2026-03-25", "2027-02-25", "2029-02-25", Rol.KLANTMANAGER, "artikel 3.1 Besluit")
    leven.feit("voldaan", "2028-10-18")
    assert {k for k in leven.te_doen if not k.startswith("duo/")} == {"einde/afsluiten/1"}
    leven.weigert(OngeldigeGegevens, "geen certificaat van de Z-route", "certificaat_uitgereikt", "2028-10-19")


def rij_21_z_route_asiel(leven: Wetleven) -> None:
    """Z-route, asielstatushouder: 800 uur les en 800 uur participatie, en een eindgesprek met de gemeente (3.14 Bi)."""
    leven.begin().met_pip(leerroute="z")
    leven.uren("2027-11-30", 799).uren("2028-01-31", 748, "participatie")
    leven.uitkomst("pvt/1", "pvt_voltooid", "2028-02-01").uitkomst(
        "map/1", "map_voltooid", "2028-02-25", praktijkuren=40
    )
    leven.eis_niet("eindgesprek")  # een uur les te weinig; participatie is 748 + 12 + 40 = 800
    leven.weigert(OngeldigeGegevens, "artikel 3.14 Bi", "z_eindgesprek_gevoerd", "2028-02-28")
    leven.uren("2028-03-31", 1)
    leven.eis("eindgesprek/1", "2028-04-03", "2028-04-19", "2029-02-25", Rol.KLANTMANAGER, "artikel 3.14 Besluit",
              "31 maart 2028", "800 uur les en 800 uur participatie")  # fmt: skip
    leven.uitkomst("eindgesprek/1", "z_eindgesprek_gevoerd", "2028-04-12")
    leven.eis("duo/z-route/1", "2028-04-13", "2028-04-19", None, Rol.ADMINISTRATIE, "artikel 3.14 Besluit")
    leven.weigert(OngeldigeGegevens, "geen certificaat van de Z-route", "certificaat_uitgereikt", "2028-04-19")
    leven.feit("voldaan", "2028-05-03")
    leven.eis("einde/certificaat/1", "2028-05-04", "2028-06-02", None, Rol.KLANTMANAGER, "artikel 3.14 Besluit",
              "reikt het certificaat zelf uit")  # fmt: skip


def rij_21_z_route_participatie(leven: Wetleven) -> None:
    """Uren van MAP en PVT tellen mee voor de 800 uur participatie; een uur minder is te weinig (art. 3.14 Bi)."""
    leven.begin().met_pip(leerroute="z").uren("2027-11-30", 800).uren("2028-01-31", 747, "participatie")
    leven.uitkomst("pvt/1", "pvt_voltooid", "2028-02-01").uitkomst(
        "map/1", "map_voltooid", "2028-02-25", praktijkuren=40
    )
    leven.eis_niet("eindgesprek")
    leven.uren("2028-03-31", 1, "participatie")
    assert "800 uur les en 800 uur participatie" in leven.stap("eindgesprek/1").waarom


def rij_21_z_route_gezin(leven: Wetleven) -> None:
    """Z-route, gezinsmigrant: alleen 800 uur les, en het eindgesprek (art. 3.14 Bi)."""
    leven.begin(**GEZIN).met_pip(leerroute="z").uren("2027-11-30", 799)
    leven.eis_niet("eindgesprek")
    leven.uren("2027-12-31", 1)
    leven.eis("eindgesprek/1", "2028-01-03", "2028-01-17", "2029-02-25", Rol.KLANTMANAGER, "artikel 3.14 Besluit",
              "800 uur les.")  # fmt: skip


def rij_21_eerdere_uren(leven: Wetleven) -> None:
    """Uren van vso, praktijkonderwijs of entree tot twee jaar vóór het PIP kunnen meetellen (art. 3.14 Bi)."""
    leven.begin().met_pip(leerroute="z")
    eerder = {"urensoort": "eerder_onderwijs", "periode_tot": "2025-06-30", "gevolgd": 300, "bewijs": "verklaring-1"}
    leven.weigert(OngeldigeGegevens, "tot 2 jaar vóór het PIP (artikel 3.14 Bi)", "uren_gemeld", "2026-03-02",
                  periode_van="2024-02-24", **eerder)  # fmt: skip
    leven.feit("uren_gemeld", "2026-03-02", periode_van="2024-02-25", **eerder)
    assert sum(opgave.gevolgd for opgave in leven.stand().uren if opgave.op <= dag("2025-06-30")) == 300
