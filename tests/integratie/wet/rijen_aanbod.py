"""Rijen 10, 11 en 12 van de wet: het aanbod, de eigen cursus en de aanbieder."""

from domein.begrippen import Doelgroep
from tests.integratie.wet.wetleven import (
    GEHAALD,
    LOOPT,
    OVERSCHREDEN,
    OngeldigeGegevens,
    Rol,
    Wetleven,
)

GEZIN = {"doelgroep": Doelgroep.GEZINSMIGRANT, "ontzorgen": False}


def rij_10_aanbod(leven: Wetleven) -> None:
    """Een asielstatushouder krijgt een aanbod; is dat er na drie maanden niet, dan hoort DUO het (16 Wi, 4.1 Ri)."""
    leven.begin().met_pip()
    # 25 mei 2026 is tweede pinksterdag; een duur schuift niet.
    leven.eis_termijn("aanbod", "2026-02-25", "2026-05-25", "2026-05-25", "artikel 4.1 Regeling",
                      {"2026-05-25": LOOPT, "2026-05-26": OVERSCHREDEN})  # fmt: skip
    leven.eis("aanbieder/aanmelding/1", "2026-02-26", "2026-03-05", "2026-05-25", Rol.AANBIEDER, "artikel 16 Wet",
              "Het PIP is vastgesteld op 25 februari 2026")  # fmt: skip
    leven.eis("duo/geen-aanbod/1", "2026-05-26", "2026-05-28", None, Rol.ADMINISTRATIE,
              "artikel 9.3 lid 2 onder b Besluit", "op 25 mei 2026 nog geen aanbod")  # fmt: skip
    leven.uitkomst("aanbieder/aanmelding/1", "aanmelding_geweigerd", "2026-03-04", redencode="geen-plaats")
    leven.eis("aanbieder/aanmelding/2", "2026-03-05", "2026-03-12", "2026-05-25", Rol.AANBIEDER, "artikel 16 Wet",
              "weigerde op 4 maart 2026")  # fmt: skip
    leven.uitkomst("aanbieder/aanmelding/2", "aanmelding_op_wachtlijst", "2026-03-11", herzien_op="2026-04-15")
    leven.eis("aanbieder/wachtlijst/1/2", "2026-04-15", "2026-04-22", None, Rol.AANBIEDER, "artikel 16 Wet")
    assert "duo/geen-aanbod/1" in leven.te_doen, "een wachtlijst is geen aanbod"
    leven.uitkomst("aanbieder/wachtlijst/1/2", "aanmelding_geaccepteerd", "2026-05-20", startdatum="2026-06-01")
    leven.eis_niet("duo/geen-aanbod")
    leven.eis_termijn("aanbod", "2026-02-25", "2026-05-25", "2026-05-25", "artikel 4.1", {"2026-05-26": GEHAALD})


def rij_10_taalschakeltraject(leven: Wetleven) -> None:
    """In de onderwijsroute begint het taalschakeltraject echt, binnen zes maanden (art. 4.1 lid 1 onder g Ri)."""
    leven.begin().met_pip(leerroute="onderwijs")
    leven.eis_termijn("taalschakeltraject-start", "2026-02-25", "2026-08-25", "2026-08-25", "artikel 4.1 Regeling",
                      {"2026-08-26": OVERSCHREDEN})  # fmt: skip
    leven.uitkomst("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", "2026-03-04", startdatum="2026-08-24")
    leven.eis("duo/geen-aanbod/1", "2026-08-26", "2026-08-28", None, Rol.ADMINISTRATIE,
              "artikel 9.3 lid 2 onder b Besluit")  # fmt: skip
    leven.uitkomst("aanbieder/start/1", "les_gestart", "2026-08-24")
    leven.eis_niet("duo/geen-aanbod")


def rij_11_eigen_cursus(leven: Wetleven) -> None:
    """Een gezinsmigrant kiest en betaalt zelf een cursus met keurmerk; de gemeente doet geen aanbod (19 Wi, 8.1 Ri)."""
    leven.begin(**GEZIN).met_pip()
    leven.eis_niet("aanbieder/", "duo/geen-aanbod")
    assert leven.plan().termijn("aanbod") is None
    # Twee maanden na het PIP is zaterdag 25 april; maandag is Koningsdag.
    leven.eis("cursus/eigen/1", "2026-04-28", "2026-05-28", None, Rol.KLANTMANAGER, "artikel 19 Wet",
              "kiest en betaalt zelf een cursus", "keurmerk")  # fmt: skip
    leven.vraagt_reden("artikel 8.1 Regeling", "eigen_cursus_gemeld", "2026-04-28",
                       aanbieder="school-1", keurmerk=False, bewijs="foto-1")  # fmt: skip
    leven.uitkomst("cursus/eigen/1", "eigen_cursus_gemeld", "2026-04-28", aanbieder="school-1", keurmerk=True,
                   bewijs="blik-op-werk-1")  # fmt: skip
    leven.feit("voortgang_opgevraagd", "2026-09-01")
    leven.eis("cursus/voortgang/1", "2026-09-02", "2026-09-16", None, Rol.KLANTMANAGER, "artikel 9.2 lid 4 Besluit",
              "alleen op verzoek")  # fmt: skip


def rij_12_aanbieder(leven: Wetleven) -> None:
    """De aanbieder krijgt de inburgeraar overgedragen en levert uren en verzuim (35 Wi, 9.2 lid 3 en 4 Bi)."""
    leven.begin().met_pip()
    leven.uitkomst("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", "2026-03-04", startdatum="2026-03-30")
    leven.eis("aanbieder/start/1", "2026-03-30", "2026-04-08", None, Rol.AANBIEDER, "artikel 9.2 lid 4 Besluit",
              "eerste lesdag 30 maart 2026")  # fmt: skip
    leven.uitkomst("aanbieder/start/1", "les_gestart", "2026-03-30")
    leven.eis("aanbieder/uren/1/1", "2026-09-30", "2026-10-14", None, Rol.AANBIEDER, "artikel 9.2 lid 4 Besluit",
              "lopen sinds 30 maart 2026")  # fmt: skip
    leven.uitkomst("aanbieder/uren/1/1", "uren_gemeld", "2026-09-30", periode_van="2026-03-30",
                   periode_tot="2026-09-29", gevolgd=240, geoorloofd_verzuim=12, ongeoorloofd_verzuim=6,
                   bewijs="presentie-1")  # fmt: skip
    leven.eis_niet("aanbieder/uren/1/")
    leven.weigert(OngeldigeGegevens, "artikel 9.2 lid 4 Bi", "voortgang_opgevraagd", "2026-10-01")
