"""Rij 4 van de wet: niet verschijnen op de brede intake (art. 14 lid 2 Wi)."""

from domein.gebeurtenissen.basis import Actor
from domein.handelingen.brieven import Keuzes, briefgegevens
from domein.handelingen.kern import kader
from domein.regels.termijnen import bereken
from tests.integratie.wet.wetleven import OngeldigeGegevens, Rol, Wetleven, dag


def rij_04_drie_oproepen(leven: Wetleven) -> None:
    """Na niet verschijnen: een waarschuwing en een nieuwe oproep; na de derde rondt het college zelf af."""
    leven.begin().oproep(1, "2026-01-07", "2026-01-21").gemist(1, "2026-01-21")
    leven.eis("intake/oproep/2", "2026-01-22", "2026-01-27", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 lid 2 Wet",
              "verscheen niet op 21 januari 2026", "schriftelijke waarschuwing is verplicht")  # fmt: skip
    leven.weigert(OngeldigeGegevens, "artikel 14 lid 2 Wi", "oproep_verzonden", "2026-01-22",
                  stap="intake/oproep/2", afspraak_op="2026-02-05", waarschuwing=False)  # fmt: skip
    leven.oproep(2, "2026-01-22", "2026-02-05", waarschuwing=True).gemist(2, "2026-02-05")
    leven.eis("intake/oproep/3", "2026-02-06", "2026-02-11", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 lid 2 Wet")
    leven.oproep(3, "2026-02-06", "2026-02-19", waarschuwing=True).gemist(3, "2026-02-19")
    leven.eis_niet("intake/oproep", "intake/gesprek")
    leven.eis("intake/ambtshalve/1", "2026-02-20", "2026-03-06", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 lid 2 Wet",
              "Na 3 oproepen", "19 februari 2026")  # fmt: skip
    # Niet verschijnen schort de tien weken niet op.
    leven.eis_termijn("pip", "2026-01-05", "2026-03-16", "2026-03-16", "artikel 5.3")
    leven.uitkomst("intake/ambtshalve/1", "intake_ambtshalve_afgerond", "2026-02-27")
    leven.eis_niet("intake/")


def rij_04_waarschuwing(leven: Wetleven) -> None:
    """De waarschuwing hoort bij elke oproep na verwijtbaar niet verschijnen, dus vanaf de tweede."""
    leven.begin().oproep(1, "2026-01-07", "2026-01-21").gemist(1, "2026-01-21")
    assert "schriftelijke waarschuwing is verplicht" in leven.stap("intake/oproep/2").waarom


def rij_04_brief_noemt_de_boete(leven: Wetleven) -> None:
    """De brief waarschuwt voor de boete van artikel 7.1 Bi; opleggen is een later deel."""
    leven.begin().oproep(1, "2026-01-07", "2026-01-21").gemist(1, "2026-01-21")
    leven.open("intake/oproep/2")
    stap = leven.stap("intake/oproep/2")
    assert stap.medewerker is not None
    brief = briefgegevens(leven.omgeving, stap.id, "brief_oproep_waarschuwing", Actor(stap.medewerker), Keuzes())
    assert brief["boete"] == 250


def rij_04_verschoonbaar(leven: Wetleven) -> None:
    """Een goede reden telt niet voor de drie oproepen en vraagt geen waarschuwing (juridische vraag 16)."""
    leven.begin().oproep(1, "2026-01-07", "2026-01-14").gemist(1, "2026-01-14", verschoonbaar=True)
    leven.eis("intake/oproep/2", "2026-01-15", "2026-01-20", "2026-03-16", Rol.KLANTMANAGER, "artikel 14 lid 2 Wet",
              "zonder waarschuwing")  # fmt: skip
    leven.oproep(2, "2026-01-15", "2026-01-22").gemist(2, "2026-01-22")
    leven.oproep(3, "2026-01-23", "2026-01-30", waarschuwing=True).gemist(3, "2026-01-30")
    leven.eis_niet("intake/ambtshalve")
    assert "intake/oproep/4" in leven.te_doen


def rij_04_nieuwe_termijn(_leven: Wetleven) -> None:
    """De nieuwe termijn na een boete is hoogstens twee maanden (art. 7.1 lid 1 Bi); de boete zelf is een later deel."""
    termijn = bereken("intake-nieuwe-termijn", dag("2026-03-15"), regels=kader().regeling)
    # 15 mei 2026 is aangewezen en 14 mei is Hemelvaart; langer mag niet, dus wordt het woensdag 13 mei.
    assert (termijn.ruw, termijn.einde, termijn.soort_einde) == (dag("2026-05-15"), dag("2026-05-13"), "maximum")
    assert "artikel 7.1 Besluit inburgering" in termijn.artikel
