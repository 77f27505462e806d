"""Rijen 6, 23, 24 en 25 van de wet: wat DUO beslist over ontheffing, verlenging, voldaan en overschrijding."""

from domein.begrippen import Doelgroep
from tests.integratie.wet.wetleven import (
    GEHAALD,
    LOOPT,
    OVERSCHREDEN,
    VERLENGD,
    OngeldigeGegevens,
    RedenNodig,
    Rol,
    Wetleven,
)

GEZIN = {"doelgroep": Doelgroep.GEZINSMIGRANT, "ontzorgen": False}
RI4 = "artikelen 4.1 en 4.2 Regeling inburgering"
ART24 = "artikel 24 Wet inburgering 2021; artikelen 7.1 tot en met 7.4 Regeling inburgering"


def rij_06_ontheffing(leven: Wetleven) -> None:
    """DUO beslist binnen acht weken; het traject gaat intussen door (art. 4 en 5 Wi, art. 2.3 tot en met 2.8 Bi)."""
    leven.begin().met_pip()
    voor = leven.te_doen
    leven.feit("duo_aanvraag", "2026-06-01", aanvraag="ontheffing", grond="medisch")
    assert leven.te_doen == voor | {"registratie/duo-besluit/1"}
    leven.eis_termijn("duo-besluit", "2026-06-01", "2026-07-27", "2026-07-27", "Besluit inburgering",
                      {"2026-07-27": LOOPT, "2026-07-28": OVERSCHREDEN})  # fmt: skip
    leven.eis("registratie/duo-besluit/1", "2026-07-28", "2026-08-04", None, Rol.ADMINISTRATIE, "Besluit inburgering",
              "Op 1 juni 2026 vroeg de inburgeraar DUO om ontheffing")  # fmt: skip
    vier = ("lezen", "luisteren", "schrijven", "spreken")
    leven.weigert(OngeldigeGegevens, "hoogstens 3 taalonderdelen (artikelen 2.7 en 2.8 Bi)", "ontheven", "2026-07-20",
                  onderdelen=vier, grond="medisch", aanvraag=1)  # fmt: skip
    leven.feit("ontheven", "2026-07-20", onderdelen=vier[:3], grond="medisch", aanvraag=1)
    assert leven.te_doen == voor, "gedeeltelijk ontheven: het traject loopt door"
    leven.eis_termijn("duo-besluit", "2026-06-01", "2026-07-27", "2026-07-27", "Besluit", {"2026-07-28": GEHAALD})


def rij_06_advies_over_bijzondere_omstandigheden(leven: Wetleven) -> None:
    """Bij bijzondere omstandigheden adviseert de gemeente; geheel ontheven eindigt het traject (art. 5 Wi)."""
    leven.begin().met_pip().feit("duo_aanvraag", "2026-06-01", aanvraag="ontheffing", grond="bijzonder")
    leven.eis("registratie/duo-advies/1", "2026-06-02", "2026-06-16", None, Rol.KLANTMANAGER, "artikel 5 Wet",
              "bijzondere individuele omstandigheden")  # fmt: skip
    leven.uitkomst("registratie/duo-advies/1", "advies_gegeven", "2026-06-10", strekking="positief")
    leven.uitkomst("registratie/duo-besluit/1", "ontheven", "2026-07-28", grond="bijzonder", onderdelen=())
    assert {k for k in leven.te_doen if not k.startswith("duo/")} == {"einde/afsluiten/1"}


def rij_23_verlenging(leven: Wetleven) -> None:
    """Aanvragen kan vanaf een half jaar vóór het einde; na het besluit van DUO schuift alles mee (art. 12 Wi)."""
    leven.begin().met_pip()
    leven.eis("einde/verlenging/1", "2028-08-25", "2028-09-22", "2029-02-25", Rol.KLANTMANAGER, "artikel 12 Wet",
              "vrijdag 25 augustus 2028")  # fmt: skip
    leven.eis_termijn("verlenging-aanvragen", "2029-02-25", "2028-08-25", "2028-08-25", "artikel 12 Wet",
                      {"2029-03-01": LOOPT})  # fmt: skip
    leven.vraagt_reden("vanaf 25 augustus 2028 (artikel 12 Wi)", "duo_aanvraag", "2028-08-24", aanvraag="verlenging")
    leven.feit("duo_aanvraag", "2028-09-01", aanvraag="verlenging", grond="ziekte")
    leven.eis_termijn("duo-besluit", "2028-09-01", "2028-10-27", "2028-10-27", "4.3 tot en met 4.5 Besluit")
    leven.uitkomst("registratie/duo-besluit/1", "verlengd", "2028-10-30", nieuwe_einddatum="2029-08-25")
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-08-25", "artikel 12 Wet",
                      {"2028-11-01": VERLENGD, "2029-08-26": OVERSCHREDEN})  # fmt: skip
    leven.eis("einde/termijn/1", "2029-08-27", "2029-09-10", None, Rol.KLANTMANAGER, "artikel 11 en 24 Wet",
              "DUO heeft de termijn verlengd tot en met 25 augustus 2029")  # fmt: skip
    # 25 februari 2029 is een zondag.
    leven.eis("einde/verlenging/2", "2029-02-26", "2029-03-26", "2029-08-25", Rol.KLANTMANAGER, "artikel 12 Wet")
    assert leven.stap("pvt/1").uiterst is not None
    assert leven.stap("pvt/1").uiterst.isoformat() == "2029-08-25"


def rij_23_gronden(leven: Wetleven) -> None:
    """Elke grond heeft haar eigen duur; een besluit dat daarbuiten valt, vraagt een reden (art. 4.1, 4.2 Ri)."""
    leven.begin().met_pip()  # de termijn eindigt op 25 februari 2029
    for grond, laatste, te_ver in (
        ("overlijden_naaste", "2029-05-25", "2029-05-26"),  # drie maanden
        ("bevalling", "2029-06-17", "2029-06-18"),  # zestien weken
        ("alfabetisering", "2029-08-25", "2029-08-26"),  # hoogstens zes maanden
        ("aanbieder", "2029-08-25", "2029-08-26"),  # hoogstens zes maanden
        ("dakloosheid", "2031-02-25", "2031-02-26"),  # hoogstens twee jaar
        ("overig", "2031-02-25", "2031-02-26"),  # hoogstens twee jaar
        ("inspanning", "2029-08-25", "2029-08-26"),  # zes maanden
    ):
        leven.dag_grens(RI4, "verlengd", "2029-01-08", "nieuwe_einddatum", laatste, te_ver, grond=grond)
    for grond in ("ziekte", "opvang", "alfabetisering", "aanbieder", "dakloosheid", "overig"):  # minstens drie maanden
        leven.dag_grens(RI4, "verlengd", "2029-01-08", "nieuwe_einddatum", "2029-05-25", "2029-05-24", grond=grond)


def rij_23_inspanning(leven: Wetleven) -> None:
    """Inspanning: B1-route, 2 van de 4 taalonderdelen, KNM, PVT, MAP en 450 uur les (art. 4.3 tot en met 4.5 Bi)."""
    leven.begin(**GEZIN).met_pip().uren("2028-07-31", 449)
    leven.feit("duo_aanvraag", "2028-09-01", aanvraag="verlenging", grond="inspanning")
    leven.eis("registratie/duo-besluit/1", "2028-10-30", "2028-11-06", None, Rol.ADMINISTRATIE, "4.3 tot en met 4.5",
              "ontbreekt volgens het dossier: 2 taalonderdelen (gehaald: 0), KNM, het PVT, de MAP, "
              "450 uur les (gevolgd: 449).")  # fmt: skip
    leven.uitkomst("pvt/1", "pvt_voltooid", "2028-09-04").uitkomst(
        "map/1", "map_voltooid", "2028-09-04", praktijkuren=40
    )
    leven.uren("2028-09-04", 1)
    for nummer, onderdeel in enumerate(("lezen", "spreken", "knm"), start=1):
        leven.feit("examen_gedaan", "2028-09-04", onderdeel=onderdeel)
        leven.feit("examen_uitslag", "2028-10-02", nummer=nummer, gehaald=True)
    assert "ontbreekt volgens het dossier: niets." in leven.stap("registratie/duo-besluit/1").waarom


def rij_23_pauze_wijst_op_een_grond(leven: Wetleven) -> None:
    """Een pauze schort geen termijn op; na drie maanden wijst iemand op verlenging, na een bevalling meteen."""
    leven.begin().met_pip().feit("gepauzeerd", "2026-06-01", grond="ziekte", verwacht_tot="2026-12-01")
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11 Wet")
    leven.eis("registratie/verlengingsgrond/1", "2026-09-01", "2026-09-15", None, Rol.KLANTMANAGER,
              "4.1 en 4.2 Regeling", "1 juni 2026")  # fmt: skip
    leven.feit("hervat", "2026-10-01")
    leven.feit("gepauzeerd", "2026-11-02", grond="bevalling", verwacht_tot="2027-02-22")
    leven.eis(
        "registratie/verlengingsgrond/2", "2026-11-02", "2026-11-16", None, Rol.KLANTMANAGER, "4.1 en 4.2 Regeling"
    )
    leven.feit("hervat", "2026-12-01")
    leven.feit("gepauzeerd", "2027-01-04", grond="detentie")
    leven.eis(
        "registratie/verlengingsgrond/3", "2027-04-05", "2027-04-19", None, Rol.KLANTMANAGER, "4.1 en 4.2 Regeling"
    )


def rij_24_voldaan(leven: Wetleven) -> None:
    """DUO meldt voldaan: het traject eindigt, en na vijf jaar gaan de gegevens weg (6 tot en met 9 Wi, 9.9 Bi).

    Hier alleen de termijn; wanneer het dossier weg mag, staat in `rijen_bewaren.py`.
    """
    leven.begin().met_pip()
    leven.feit("voldaan", "2028-06-21")
    assert {k for k in leven.te_doen if not k.startswith("duo/")} == {"einde/afsluiten/1"}
    leven.eis("einde/afsluiten/1", "2028-06-22", "2028-07-06", None, Rol.KLANTMANAGER, "artikel 9.9 Besluit",
              "heeft aan de plicht voldaan, op 21 juni 2028")  # fmt: skip
    leven.eis_termijn(
        "inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11", {"2028-06-21": GEHAALD}
    )
    leven.eis_termijn("bewaartermijn", "2028-06-21", "2033-06-21", "2033-06-21", "artikel 9.9 Besluit",
                      {"2033-06-21": LOOPT})  # fmt: skip
    leven.weigert(RedenNodig, "al geëindigd", "pvt_voltooid", "2028-07-03")


def rij_25_overschreden(leven: Wetleven) -> None:
    """Is de termijn voorbij, dan meldt DUO hoe het verder gaat: een nieuwe termijn of het einde (art. 24 en 25 Wi).

    De boete van DUO en die van de gemeente zijn een later deel; een regel legt er nooit een op.
    """
    leven.begin().met_pip()
    leven.uitkomst("einde/termijn/1", "termijn_overschreden", "2029-03-01", nieuwe_termijn_tot="2030-09-01")
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2030-09-01", "artikel 24 en 25 Wet",
                      {"2029-03-02": VERLENGD, "2030-09-02": OVERSCHREDEN})  # fmt: skip
    leven.eis("einde/termijn/2", "2030-09-02", "2030-09-16", None, Rol.KLANTMANAGER, "artikel 11 en 24 Wet",
              "DUO gaf een nieuwe termijn, tot en met 1 september 2030")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "Een nieuwe termijn eindigt na", "termijn_overschreden", "2030-09-02",
                  stap="einde/termijn/2", nieuwe_termijn_tot="2030-09-02")  # fmt: skip
    leven.uitkomst("einde/termijn/2", "termijn_overschreden", "2030-09-03")
    leven.eis("einde/afsluiten/1", "2030-09-04", "2030-09-18", None, Rol.KLANTMANAGER, "artikel 9.9 Besluit",
              "De termijn is overschreden")  # fmt: skip


def rij_25_nieuwe_termijn_examen(leven: Wetleven) -> None:
    """Bij 0, 1, 2 en 3 of 4 gehaalde onderdelen: 24, 18, 12 en 6 maanden (art. 7.1 tot en met 7.4 Ri)."""
    leven.begin().met_pip()
    leven.uitkomst("pvt/1", "pvt_voltooid", "2026-06-17").uitkomst(
        "map/1", "map_voltooid", "2027-06-16", praktijkuren=40
    )
    grenzen = (
        ("2031-02-26", "2031-02-27"),
        ("2030-08-26", "2030-08-27"),
        ("2030-02-26", "2030-02-27"),
        ("2029-08-26", "2029-08-27"),
        ("2029-08-26", "2029-08-27"),
    )
    for nummer, (onderdeel, grens) in enumerate(
        zip(("lezen", "luisteren", "schrijven", "spreken", "knm"), grenzen, strict=True), start=1
    ):
        leven.dag_grens(ART24, "termijn_overschreden", "2029-02-26", "nieuwe_termijn_tot", *grens)
        leven.feit("examen_gedaan", "2028-03-01", onderdeel=onderdeel)
        leven.feit("examen_uitslag", "2028-04-03", nummer=nummer, gehaald=True)


def rij_25_nieuwe_termijn_pvt_en_map(leven: Wetleven) -> None:
    """Ontbreken alleen PVT en MAP, dan is de nieuwe termijn 12 maanden; ontbreekt er een, dan 6 (art. 7.4 Ri)."""
    leven.begin().met_pip()
    for nummer, onderdeel in enumerate(("lezen", "luisteren", "schrijven", "spreken", "knm"), start=1):
        leven.feit("examen_gedaan", "2028-03-01", onderdeel=onderdeel)
        leven.feit("examen_uitslag", "2028-04-03", nummer=nummer, gehaald=True)
    overschreden = ("termijn_overschreden", "2029-02-26", "nieuwe_termijn_tot")
    leven.dag_grens(ART24, *overschreden, "2030-02-26", "2030-02-27")
    leven.uitkomst("map/1", "map_voltooid", "2029-02-20", praktijkuren=40)
    leven.dag_grens(ART24, *overschreden, "2029-08-26", "2029-08-27")


def rij_25_nieuwe_termijn_z_asiel(leven: Wetleven) -> None:
    """Z-route, asiel: tot en met 400, 800, 1200 en 1599 uur: 24, 18, 12 en 6 maanden (art. 7.1 tot en met 7.4 Ri)."""
    leven.begin().met_pip(leerroute="z")
    leven.uitkomst("pvt/1", "pvt_voltooid", "2026-06-17").uitkomst(
        "map/1", "map_voltooid", "2027-06-16", praktijkuren=40
    )
    overschreden = ("termijn_overschreden", "2029-02-26", "nieuwe_termijn_tot")
    leven.uren("2027-07-30", 348)  # met 12 en 40 uur van PVT en MAP: 400
    leven.dag_grens(ART24, *overschreden, "2031-02-26", "2031-02-27")
    for uren, laatste, te_ver in (
        (1, "2030-08-26", "2030-08-27"),  # 401
        (399, "2030-08-26", "2030-08-27"),  # 800
        (1, "2030-02-26", "2030-02-27"),  # 801
        (399, "2030-02-26", "2030-02-27"),  # 1200
        (1, "2029-08-26", "2029-08-27"),  # 1201
    ):
        leven.uren("2028-07-31", uren, "participatie")
        leven.dag_grens(ART24, *overschreden, laatste, te_ver)


def rij_25_nieuwe_termijn_z_gezin(leven: Wetleven) -> None:
    """Z-route, gezin: tot en met 200, 400, 600 en 799 uur les: 24, 18, 12 en 6 maanden (art. 7.1 tot en met 7.4 Ri)."""
    leven.begin(**GEZIN).met_pip(leerroute="z")
    leven.uitkomst("pvt/1", "pvt_voltooid", "2026-06-17").uitkomst(
        "map/1", "map_voltooid", "2027-06-16", praktijkuren=40
    )
    for uren, laatste, te_ver in (
        (200, "2031-02-26", "2031-02-27"),
        (1, "2030-08-26", "2030-08-27"),
        (199, "2030-08-26", "2030-08-27"),  # 400
        (1, "2030-02-26", "2030-02-27"),
        (199, "2030-02-26", "2030-02-27"),  # 600
        (1, "2029-08-26", "2029-08-27"),
    ):
        leven.uren("2028-07-31", uren)
        leven.dag_grens(ART24, "termijn_overschreden", "2029-02-26", "nieuwe_termijn_tot", laatste, te_ver)
