"""Rijen 0 tot en met 3, 5 en 13 van de wet: begin, begeleiding, oproep, leerbaarheidstoets en ontzorgen."""

from domein.begrippen import Doelgroep
from domein.regels.leeftijd import maand_aow, oud_genoeg
from tests.integratie.wet.wetleven import (
    COA,
    GEHAALD,
    LOOPT,
    MANDAAT,
    OVERSCHREDEN,
    VERVALLEN,
    OngeldigeGegevens,
    RedenNodig,
    Rol,
    Wetleven,
    dag,
)

GEZIN = {"doelgroep": Doelgroep.GEZINSMIGRANT, "ontzorgen": False}


def rij_00_koppeling(leven: Wetleven) -> None:
    """Vanaf de koppeling mag de gemeente beginnen; de tien weken lopen pas na de kennisgeving (14 Wi, 9.4 Bi)."""
    leven.koppel("2025-11-03")
    leven.eis("begeleiding/warme-overdracht/1", "2025-11-04", "2025-11-18", None, Rol.KLANTMANAGER, "artikel 9.4",
              "Het COA koppelde deze persoon op 3 november 2025", "azc-budel")  # fmt: skip
    leven.eis("intake/oproep/1", "2025-11-03", "2025-11-06", None, Rol.KLANTMANAGER, "artikel 14 Wet",
              "de intake mag al beginnen")  # fmt: skip
    leven.eis("registratie/kennisgeving/1", "2025-12-29", "2026-01-02", None, Rol.ADMINISTRATIE, "artikel 5.3 Besluit")
    assert leven.te_doen == {"begeleiding/warme-overdracht/1", "intake/oproep/1", "registratie/kennisgeving/1"}
    assert leven.plan().termijnen == ()
    leven.feit("azc_verhuisd", "2025-11-10", door=COA, azc="azc-ter-apel")
    assert "azc-ter-apel" in leven.stap("begeleiding/warme-overdracht/1").waarom
    leven.uitkomst("begeleiding/warme-overdracht/1", "warme_overdracht", "2025-11-17", voorinburgering="deels")
    leven.koppel("2025-12-01", versie=2, gemeente="GM1978", azc="azc-ter-apel")
    leven.eis(
        "begeleiding/warme-overdracht/2", "2025-12-02", "2025-12-16", None, Rol.KLANTMANAGER, "artikel 9.4 Besluit"
    )
    assert leven.dossier().gemeente == "GM1978"
    leven.begin(gemeente="GM1978", brp_inschrijving=None)
    leven.eis_termijn("pip", "2026-01-05", "2026-03-16", "2026-03-16", "artikel 5.3")
    leven.eis_niet("registratie/kennisgeving")
    leven.feit("brp_ingeschreven", "2026-02-02")
    leven.eis_termijn("pip-na-brp", "2026-02-02", "2026-04-13", "2026-04-13", "artikel 5.3")
    assert "begeleiding/start/1" in leven.te_doen


def rij_01_kennisgeving(leven: Wetleven) -> None:
    """De kennisgeving van DUO begint het dossier: oproep, PIP en de tien weken; intrekken eindigt het (art. 3 Wi)."""
    leven.begin("2026-03-06")
    leven.eis("intake/oproep/1", "2026-03-06", "2026-03-11", "2026-05-18", Rol.KLANTMANAGER, "artikel 14 Wet",
              "DUO gaf op 6 maart 2026 kennis", "De 10 weken voor het PIP lopen")  # fmt: skip
    leven.eis("pip/vaststellen/1", "2026-04-24", "2026-05-18", "2026-05-18", Rol.MANDAATHOUDER, "artikel 5.3 Besluit")
    leven.feit("kennisgeving_ingetrokken", "2026-03-20", gemeente="GM0512", doelgroep="asielstatushouder")
    assert leven.te_doen == {"einde/wissen/1"}
    leven.eis("einde/wissen/1", "2026-03-23", "2026-03-25", None, Rol.KLANTMANAGER, "artikel 17 Algemene verordening")


def rij_01_verblijfsgat(leven: Wetleven) -> None:
    """Een gat van hoogstens een jaar eindigt de plicht niet; de termijn schuift op (art. 2.2 en 4.2 Bi)."""
    leven.begin().met_pip()
    leven.feit("verblijf_onderbroken", "2026-06-01")
    leven.eis("registratie/verblijfsgat/1", "2027-06-02", "2027-06-07", None, Rol.ADMINISTRATIE, "artikel 2.2 Besluit",
              "sinds 1 juni 2026", "hoogstens 1 jaar")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "artikel 2.2 Bi", "verblijf_hervat", "2027-06-02")
    leven.feit("verblijf_hervat", "2027-06-01")
    # 1 juni 2026 tot 1 juni 2027 is 365 dagen; 25 februari 2029 en 365 dagen is 25 februari 2030.
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2030-02-25", "artikel 11 Wet")
    leven.eis_niet("registratie/verblijfsgat")


def rij_01_leeftijd(_leven: Wetleven) -> None:
    """De plicht geldt van 16 jaar tot de AOW-leeftijd (art. 3 Wi; art. 7a AOW)."""
    assert not oud_genoeg(dag("2010-03-07"), dag("2026-03-06"))
    assert oud_genoeg(dag("2010-03-06"), dag("2026-03-06"))
    assert maand_aow(dag("1960-12-31"), dag("2026-03-06")) == dag("2027-12-01")  # 67 jaar
    assert maand_aow(dag("1961-01-15"), dag("2026-03-06")) == dag("2028-04-01")  # 67 jaar en 3 maanden


def rij_01_meerderjarig(leven: Wetleven) -> None:
    """Wie 16 of 17 is, wordt tijdens het traject 18; dan gaan brieven naar hemzelf (art. 1:233 BW)."""
    leven.begin(
        "2026-01-05", geboortedatum=dag("2008-09-20"), vertegenwoordiger="nidos", vertegenwoordiger_naam="Nidos"
    )
    leven.eis("registratie/meerderjarig/1", "2026-09-01", "2026-09-15", None, Rol.KLANTMANAGER, "1:233")


def rij_02_begeleiding(leven: Wetleven) -> None:
    """Maatschappelijke begeleiding begint op de dag van inschrijving; de wet noemt geen einde (art. 13 Wi, 5.1 Bi)."""
    leven.begin(brp_inschrijving=None)
    leven.eis_niet("begeleiding/")
    leven.feit("brp_ingeschreven", "2026-01-19")
    leven.eis("begeleiding/start/1", "2026-01-19", "2026-02-02", None, Rol.BEGELEIDER, "artikel 13 Wet",
              "sinds 19 januari 2026")  # fmt: skip
    leven.uitkomst("begeleiding/start/1", "begeleiding_gestart", "2026-01-26")
    leven.eis("begeleiding/afronden/1", "2027-01-26", "2027-02-09", None, Rol.BEGELEIDER, "artikel 13 Wet",
              "De wet noemt geen einde")  # fmt: skip


def rij_02_niet_voor_gezin(leven: Wetleven) -> None:
    """Begeleiding is er alleen voor asielstatushouders, ook als DUO iemand later zo behandelt (art. 13 Wi)."""
    leven.begin(**GEZIN)
    leven.eis_niet("begeleiding/")
    leven.feit("doelgroep_gewijzigd", "2026-02-02", doelgroep="asielstatushouder", nareiziger=True)
    assert "begeleiding/start/1" in leven.te_doen


def rij_03_oproep(leven: Wetleven) -> None:
    """De oproep noemt een dag voor de brede intake; de gemeente kiest haar (art. 14 Wi)."""
    leven.begin()
    leven.eis("intake/oproep/1", "2026-01-05", "2026-01-08", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 Wet")
    leven.weigert(OngeldigeGegevens, "vóór de dag van verzending", "oproep_verzonden", "2026-01-07",
                  stap="intake/oproep/1", afspraak_op="2026-01-06", waarschuwing=False)  # fmt: skip
    leven.oproep(1, "2026-01-07", "2026-01-21")
    leven.eis("intake/gesprek/1", "2026-01-21", "2026-01-21", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 Wet",
              "op 7 januari 2026 opgeroepen", "op 21 januari 2026")  # fmt: skip


def rij_05_leerbaarheidstoets(leven: Wetleven) -> None:
    """De toets adviseert de leerroute en beslist haar niet; zij wordt niet herhaald (art. 14 lid 6, 15 lid 4 Wi)."""
    leven.begin().intake("2026-01-21", verzonden="2026-01-07", advies="z")
    pip = {"bekendgemaakt_op": "2026-02-25", "leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6}
    leven.weigert(RedenNodig, "artikel 14 lid 6 Wi", "pip_vastgesteld", "2026-02-25",
                  stap="pip/vaststellen/1", door=MANDAAT, **pip)  # fmt: skip
    leven.pip("2026-02-25", reden="De intake liet meer zien dan de toets.")
    leven.feit("verhuisd", "2026-09-01", naar="GM1978")
    leven.eis_niet("intake/")
    leven.vraagt_reden("artikel 15 lid 4 Wi", "intake_gehouden", "2026-09-15", leerbaarheidstoets_op="2026-09-15")


def rij_13_ontzorgen(leven: Wetleven) -> None:
    """Ontzorgen duurt zes maanden vanaf de dag waarop het recht op bijstand ontstaat (art. 56a lid 2 Pw)."""
    leven.begin()
    leven.feit("bijstand_toegekend", "2026-03-01")
    leven.eis_termijn("ontzorgen", "2026-03-01", "2026-08-31", "2026-08-31", "artikel 56a Participatiewet",
                      {"2026-08-31": LOOPT, "2026-09-01": OVERSCHREDEN})  # fmt: skip
    leven.eis("ontzorgen/inrichten/1", "2026-03-02", "2026-03-16", "2026-08-31", Rol.KLANTMANAGER, "artikel 56a",
              "Sinds 1 maart 2026", "6 maanden")  # fmt: skip
    leven.eis("ontzorgen/einde/1", "2026-08-03", "2026-08-31", "2026-08-31", Rol.KLANTMANAGER, "artikel 56a")
    leven.uitkomst("ontzorgen/inrichten/1", "ontzorgen_ingericht", "2026-03-10")
    leven.uitkomst("ontzorgen/einde/1", "ontzorgen_geeindigd", "2026-08-31", voortgezet=True)
    leven.eis_termijn("ontzorgen", "2026-03-01", "2026-08-31", "2026-08-31", "artikel 56a", {"2026-09-01": GEHAALD})
    leven.eis_niet("ontzorgen/")


def rij_13_alleen_met_asielvergunning_en_bijstand(leven: Wetleven) -> None:
    """Familie met een reguliere vergunning valt er niet onder; zonder bijstand stopt het (art. 56a lid 1 Pw)."""
    leven.begin(ontzorgen=False, nareiziger=True)
    leven.vraagt_reden("artikel 56a Participatiewet", "bijstand_toegekend", "2026-03-02")
    leven.feit("bijstand_toegekend", "2026-03-02", reden="er is wel bijstand")
    leven.eis_niet("ontzorgen/")
    leven.feit("doelgroep_gewijzigd", "2026-03-03", doelgroep="asielstatushouder", ontzorgen=True)
    assert {"ontzorgen/inrichten/1", "ontzorgen/einde/1"} <= leven.te_doen
    leven.feit("bijstand_beeindigd", "2026-05-01")
    leven.eis_niet("ontzorgen/")
    leven.eis_termijn("ontzorgen", "2026-03-02", "2026-09-01", "2026-09-01", "artikel 56a", {"2026-05-02": VERVALLEN})
