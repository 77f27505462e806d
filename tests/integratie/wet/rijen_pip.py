"""Rijen 7, 8, 9, 16, 17 en 18 van de wet: het PIP, bezwaar, de inburgeringstermijn, gesprekken, en wijzigen."""

from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import Actor
from tests.integratie.wet.wetleven import (
    GEHAALD,
    LOOPT,
    MANDAAT,
    OVERSCHREDEN,
    OngeldigeGegevens,
    Rol,
    Wetleven,
)

PIP = {"leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6}
B1 = "de leerroute kon worden gewijzigd tot en met 25 augustus 2027"


def rij_07_pip(leven: Wetleven) -> None:
    """Het PIP is er uiterlijk tien weken na de dag van de kennisgeving, en is een besluit (art. 5.3 lid 1 Bi)."""
    leven.begin("2026-03-06").intake("2026-03-18")
    leven.eis_termijn("pip", "2026-03-06", "2026-05-15", "2026-05-18", "artikel 5.3 Besluit",
                      {"2026-05-18": LOOPT, "2026-05-19": OVERSCHREDEN})  # fmt: skip
    leven.eis("pip/vaststellen/1", "2026-03-19", "2026-05-18", "2026-05-18", Rol.MANDAATHOUDER, "artikel 5.3 Besluit",
              "vrijdag 15 mei 2026", "aangewezen feestdag", "maandag 18 mei 2026")  # fmt: skip
    besluit = {"stap": "pip/vaststellen/1", **PIP}
    leven.weigert(OngeldigeGegevens, "niet vóór zijn dagtekening", "pip_vastgesteld", "2026-05-18",
                  door=MANDAAT, bekendgemaakt_op="2026-05-15", **besluit)  # fmt: skip
    leven.weigert(GeenBevoegdheid, "geen mandaat", "pip_vastgesteld", "2026-05-18",
                  door=Actor("m-mol"), bekendgemaakt_op="2026-05-18", **besluit)  # fmt: skip
    leven.pip("2026-05-18")
    leven.eis_termijn("pip", "2026-03-06", "2026-05-15", "2026-05-18", "artikel 5.3", {"2026-05-19": GEHAALD})
    leven.eis("duo/pip-vastgesteld/1", "2026-05-19", "2026-05-21", None, Rol.ADMINISTRATIE, "artikel 9.3 lid 2 Besluit",
              "18 mei 2026")  # fmt: skip


def rij_07_pip_na_brp(leven: Wetleven) -> None:
    """Wie bij de kennisgeving nog niet was ingeschreven: tien weken na de inschrijving (art. 5.3 lid 1 Bi)."""
    leven.begin(brp_inschrijving=None)
    leven.eis_termijn("pip", "2026-01-05", "2026-03-16", "2026-03-16", "artikel 5.3")
    leven.feit("brp_ingeschreven", "2026-01-19")
    leven.eis_termijn("pip-na-brp", "2026-01-19", "2026-03-30", "2026-03-30", "artikel 5.3",
                      {"2026-03-30": LOOPT, "2026-03-31": OVERSCHREDEN})  # fmt: skip
    leven.eis("pip/vaststellen/1", "2026-03-09", "2026-03-30", "2026-03-30", Rol.MANDAATHOUDER, "artikel 5.3 Besluit",
              "maandag 30 maart 2026")  # fmt: skip


def rij_07_pip_na_derde(leven: Wetleven) -> None:
    """Wacht het college op informatie van een derde: twee weken na ontvangst (art. 5.3 lid 2 Bi)."""
    leven.begin("2026-02-20").intake("2026-03-04").feit("derde_gevraagd", "2026-04-20", bij="school")
    leven.eis("pip/informatie/1", "2026-05-04", "2026-05-07", None, Rol.KLANTMANAGER, "artikel 5.3 lid 2 Besluit",
              "20 april 2026", "nog 2 weken")  # fmt: skip
    # Alleen wachten schort de tien weken niet op: 20 februari en 70 dagen is 1 mei.
    leven.eis_termijn("pip", "2026-02-20", "2026-05-01", "2026-05-01", "artikel 5.3")
    leven.uitkomst("pip/informatie/1", "derde_ontvangen", "2026-05-01", door=Actor("m-reg"))
    leven.eis_termijn("pip-na-derde", "2026-05-01", "2026-05-15", "2026-05-18", "artikel 5.3", {"2026-05-18": LOOPT})
    leven.eis_niet("pip/informatie")
    assert leven.stap("pip/vaststellen/1").uiterst == leven.plan().termijn("pip-na-derde").einde
    leven.pip("2026-05-12")
    leven.weigert(OngeldigeGegevens, "Het PIP is er al", "derde_gevraagd", "2026-05-13", bij="school")


def rij_07_inspanning_voor_het_pip(leven: Wetleven) -> None:
    """Wat iemand vóór het PIP deed, telt alleen als het PIP dat zegt: dat vraagt een reden (art. 5.3 lid 5 Bi)."""
    leven.begin().met_pip()
    opgave = {"urensoort": "cursus", "periode_tot": "2026-03-31", "gevolgd": 20, "bewijs": "lijst-1"}
    leven.vraagt_reden("artikel 5.3 lid 5 Bi", "uren_gemeld", "2026-03-31", periode_van="2026-02-24", **opgave)
    leven.proef("uren_gemeld", "2026-03-31", periode_van="2026-02-25", **opgave)


def rij_08_bezwaar(leven: Wetleven) -> None:
    """Bezwaar kan zes weken vanaf de dag na bekendmaking; herroepen verandert de termijn niet (6:7 en 6:8 Awb).

    Het bezwaar zelf, de beslissing erop en de gevolgen zijn een later deel: hier alleen de termijn.
    """
    leven.begin("2026-02-20").intake("2026-03-04").pip("2026-04-02", bekendgemaakt_op="2026-04-03")
    leven.eis_termijn("bezwaar", "2026-04-03", "2026-05-15", "2026-05-18", "6:7 en 6:8 Algemene wet bestuursrecht",
                      {"2026-05-18": LOOPT, "2026-05-19": OVERSCHREDEN})  # fmt: skip
    leven.eis_termijn("inburgeringstermijn", "2026-04-02", "2029-04-02", "2029-04-02", "artikel 11 Wet")
    leven.feit("pip_vastgesteld", "2026-06-15", door=MANDAAT, grond="herziening", bekendgemaakt_op="2026-06-15", **PIP)
    leven.eis_termijn("inburgeringstermijn", "2026-04-02", "2029-04-02", "2029-04-02", "artikel 11 Wet")


def rij_09_inburgeringstermijn(leven: Wetleven) -> None:
    """Drie jaar, vanaf de dag na de dagtekening van het eerste PIP; een later PIP verandert dat niet (art. 11 Wi)."""
    leven.begin("2026-03-02").intake("2026-03-18").pip("2026-05-05")
    staten = {"2026-05-05": LOOPT, "2029-05-05": LOOPT, "2029-05-06": OVERSCHREDEN}
    # 5 mei 2029 is een zaterdag en een feestdag; de termijn is in jaren en schuift niet (art. 4 Atw).
    leven.eis_termijn("inburgeringstermijn", "2026-05-05", "2029-05-05", "2029-05-05", "artikel 11 Wet", staten)
    leven.eis("einde/termijn/1", "2029-05-07", "2029-05-23", None, Rol.KLANTMANAGER, "artikel 11 en 24 Wet",
              "zaterdag 5 mei 2029", "schuift niet op")  # fmt: skip
    leven.feit("pip_vastgesteld", "2026-09-01", door=MANDAAT, grond="herziening", bekendgemaakt_op="2026-09-01", **PIP)
    leven.eis_termijn("inburgeringstermijn", "2026-05-05", "2029-05-05", "2029-05-05", "artikel 11 Wet", staten)


def rij_16_voortgangsgesprekken(leven: Wetleven) -> None:
    """Aantal en tussentijd staan in het PIP; de wet noemt geen getal (art. 5.3 lid 4 Bi)."""
    leven.begin().met_pip()
    dagen = {1: "2026-08-25", 2: "2027-02-25", 3: "2027-08-25", 4: "2028-02-25", 5: "2028-08-25"}
    opent = {1: "2026-08-11", 2: "2027-02-11", 3: "2027-08-11", 4: "2028-02-11", 5: "2028-08-11"}
    uiterst = {1: "2026-09-22", 2: "2027-03-25", 3: "2027-09-22", 4: "2028-03-24", 5: "2028-09-22"}
    for nummer, op in dagen.items():
        leven.eis(f"voortgang/{nummer}", opent[nummer], op, uiterst[nummer], Rol.KLANTMANAGER, "artikel 5.3 lid 4",
                  "5 gesprekken", "om de 6 maanden", f"nummer {nummer}")  # fmt: skip
    assert "voortgang/6" not in leven.te_doen
    leven.feit("pip_vastgesteld", "2026-05-04", door=MANDAAT, grond="herziening", bekendgemaakt_op="2026-05-04",
               leerroute="b1", aantal_gesprekken=2, interval_maanden=12)  # fmt: skip
    assert {k for k in leven.te_doen if k.startswith("voortgang/")} == {"voortgang/1", "voortgang/2"}
    leven.eis("voortgang/1", "2027-04-20", "2027-05-04", "2027-06-01", Rol.KLANTMANAGER, "artikel 5.3 lid 4 Besluit")


def rij_17_leerroute_wijzigen(leven: Wetleven) -> None:
    """Tot anderhalf jaar na het begin; wijzigen vervangt aanbod, gesprekken en meldingen (art. 17 lid 2 Wi)."""
    leven.begin().met_pip().les()
    leven.eis_termijn("leerroute-wijzigen", "2026-02-25", "2027-08-25", "2027-08-25", "artikel 17 Wet",
                      {"2027-08-25": LOOPT, "2027-08-26": OVERSCHREDEN})  # fmt: skip
    leven.proef("pip_voorstel", "2027-08-25", voorstel="leerroute", naar="z", onderwijsroute_onderzocht=True)
    leven.feit("pip_voorstel", "2027-08-02", voorstel="leerroute", naar="z", onderwijsroute_onderzocht=True)
    leven.eis("pip/leerroute/1", "2027-08-03", "2027-08-25", "2027-08-25", Rol.MANDAATHOUDER, "artikel 17 lid 2 Wet",
              "naar de Z-route", "25 augustus 2027")  # fmt: skip
    leven.pip("2027-08-16", "pip/leerroute/1", leerroute="z", aantal_gesprekken=2)
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11 Wet")
    leven.eis("aanbieder/stop/1", "2027-08-17", "2027-08-24", None, Rol.AANBIEDER, "artikel 17 lid 2 Wet")
    leven.eis("aanbieder/aanmelding/2", "2027-08-17", "2027-08-24", None, Rol.AANBIEDER, "artikel 16 Wet")
    assert {"duo/leerroute/2", "duo/pip-vastgesteld/2"} <= leven.te_doen
    # Daarna terug naar B1 is weer een wijziging, binnen dezelfde anderhalf jaar.
    leven.proef("pip_voorstel", "2027-08-25", voorstel="leerroute", naar="b1")
    leven.weigert(OngeldigeGegevens, B1, "pip_voorstel", "2027-08-26", voorstel="leerroute", naar="b1")
    leven.weigert(OngeldigeGegevens, "artikel 17 Wet inburgering 2021; artikel 5.4 Besluit", "pip_voorstel",
                  "2027-08-26", voorstel="leerroute", naar="b1")  # fmt: skip
    leven.proef("pip_voorstel", "2027-08-26", voorstel="leerroute", naar="b1", bijzonder_geval=True)


def rij_17_van_onderwijs_naar_b1_kan_altijd(leven: Wetleven) -> None:
    """Van onderwijsroute naar B1-route kan altijd; naar een andere route niet (art. 17 lid 2 Wi, art. 5.4 Bi)."""
    leven.begin().met_pip(leerroute="onderwijs")
    leven.weigert(OngeldigeGegevens, B1, "pip_voorstel", "2028-03-01", voorstel="leerroute", naar="z",
                  onderwijsroute_onderzocht=True)  # fmt: skip
    leven.feit("pip_voorstel", "2028-03-01", voorstel="leerroute", naar="b1")
    leven.eis("pip/leerroute/1", "2028-03-02", "2028-03-30", None, Rol.MANDAATHOUDER, "artikel 17 lid 2 Wet",
              "naar de B1-route")  # fmt: skip
    leven.pip("2028-03-08", "pip/leerroute/1", leerroute="b1")
    assert "map/1" in leven.te_doen, "de B1-route kent wel een MAP"


def rij_18_afschalen(leven: Wetleven) -> None:
    """Onderdelen op A2 mag in de B1-route, na 600 uur les en voldoende inspanning (art. 17 lid 3 Wi, art. 5.5 Bi)."""
    leven.begin().met_pip().les().uren("2027-01-29", 599)
    leven.uren("2027-01-29", 100, "eerder_onderwijs", van="2025-01-06")  # telt niet mee: geen lessen in dit traject
    voorstel = {"voorstel": "afschalen", "onderdelen": ("lezen", "spreken"), "inspanning_voldoende": True}
    leven.weigert(OngeldigeGegevens, "na 600 uur les; vastgelegd zijn 599 uur. Artikel 17 lid 3 Wi; artikel 5.5 Bi",
                  "pip_voorstel", "2027-02-26", **voorstel)  # fmt: skip
    leven.uren("2027-02-26", 1)
    leven.weigert(OngeldigeGegevens, "artikel 5.5 Bi", "pip_voorstel", "2027-03-01",
                  **(voorstel | {"inspanning_voldoende": False}))  # fmt: skip
    leven.feit("pip_voorstel", "2027-03-01", **voorstel)
    leven.eis("pip/afschalen/1", "2027-03-02", "2027-04-01", None, Rol.MANDAATHOUDER, "artikel 17 lid 3 Wet",
              "lezen, spreken op A2")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "artikel 5.5 Bi", "pip_vastgesteld", "2027-03-15", stap="pip/afschalen/1",
                  door=MANDAAT, bekendgemaakt_op="2027-03-15", leerroute="z", aantal_gesprekken=3,
                  interval_maanden=6)  # fmt: skip
    leven.pip("2027-03-15", "pip/afschalen/1", aantal_gesprekken=3)
    gemeld = leven.plan().stap("duo/leerroute/2")
    assert gemeld is not None
    assert gemeld.inhoud == "b1, A2 voor lezen en spreken"
