"""Pauzeren, hervatten en toewijzen: taken staan stil, een wettelijke termijn nooit."""

from datetime import date, timedelta

import pytest

from domein.begrippen import Pauzegrond, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.dossierbeheer import herplan_een, hervat, pauzeer, wijs_toe
from domein.handelingen.herinneren import herinner
from domein.regels.stilstand import PAUZEERBAAR
from tests.integratie.regels.leven import COORDINATOR, Leven

BEGIN = date(2026, 6, 1)


def _pauzeer(leven: Leven, tot: date | None = None, *, proef: bool = False) -> None:
    pauzeer(
        leven.omgeving,
        leven.dossier_id,
        Pauzegrond.ZIEKTE,
        COORDINATOR,
        "langdurig ziek",
        verwacht_tot=tot,
        proef=proef,
    )


@pytest.fixture
def met_pip(leven: Leven) -> Leven:
    return leven.tot_pip()


def test_een_pauze_schuift_gesprekken_op_en_laat_elke_termijn_staan(met_pip: Leven) -> None:
    termijnen = met_pip.plan().termijnen
    voor = met_pip.stap("voortgang/1").streef
    met_pip.op(BEGIN)
    _pauzeer(met_pip, date(2026, 12, 1))
    assert voor == date(2026, 8, 25)
    assert met_pip.stap("voortgang/1").start >= date(2026, 12, 1)
    assert met_pip.plan().termijnen == termijnen
    assert met_pip.stap("pvt/1").uiterst == date(2029, 2, 25)


def test_een_proef_van_een_pauze_verandert_niets(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    voor = met_pip.staat()
    _pauzeer(met_pip, date(2026, 12, 1), proef=True)
    assert met_pip.staat() == voor
    assert "gepauzeerd" not in met_pip.telling()


def test_tijdens_een_pauze_gaat_er_geen_herinnering_uit(met_pip: Leven) -> None:
    met_pip.open("voortgang/1")
    gesprek = met_pip.stap("voortgang/1")
    _pauzeer(met_pip, date(2027, 1, 4))
    for dag in (gesprek.streef, gesprek.streef + timedelta(days=40)):
        met_pip.op(dag)
        herinner(met_pip.omgeving, dag)
    soorten = {bericht.soort for bericht in met_pip.post("voortgang/1")}
    assert soorten == {"taak", "taak_verzet"}
    assert met_pip.stap("voortgang/1").status is Stapstatus.OPEN


def test_de_reden_van_een_pauze_staat_alleen_in_de_gebeurtenis(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    _pauzeer(met_pip)
    teksten = [f"{s.titel} {s.waarom} {s.vervallen_waarom}" for s in met_pip.stappen().values()]
    teksten += [f"{b.onderwerp} {b.tekst}" for b in met_pip.post()]
    assert not [tekst for tekst in teksten if "ziek" in tekst.lower()]


def test_na_hervatten_gaan_de_gesprekken_weer_door(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    _pauzeer(met_pip, date(2026, 12, 1))
    met_pip.op(date(2026, 9, 14))
    hervat(met_pip.omgeving, met_pip.dossier_id, COORDINATOR, "weer beter")
    assert met_pip.stap("voortgang/1").start == date(2026, 9, 14)
    assert met_pip.stap("registratie/pauze/1/1").status is Stapstatus.KLAAR
    # Na drie maanden stilstand kan er grond zijn voor verlenging; de inburgeraar hoort dat.
    assert met_pip.stap("registratie/verlengingsgrond/1").start == date(2026, 9, 1)


def test_een_pauze_zonder_einde_vraagt_na_zes_weken_om_een_oordeel_en_kan_worden_verlengd(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    _pauzeer(met_pip)
    assert met_pip.stap("registratie/pauze/1/1").start == date(2026, 7, 13)
    met_pip.antwoord("registratie/pauze/1/1", "pauze_verlengd", date(2026, 7, 13), verwacht_tot="2026-10-01")
    assert met_pip.stap("registratie/pauze/2/1").start == date(2026, 10, 1)


def test_de_intake_komt_ondanks_een_pauze_voor_het_einde_van_de_tien_weken(leven: Leven) -> None:
    _pauzeer(leven, date(2026, 9, 1))
    oproep = leven.stap("intake/oproep/1")
    assert oproep.uiterst == date(2026, 3, 16)
    assert date(2026, 1, 5) < oproep.streef <= date(2026, 3, 16)
    assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 3, 16)


def test_wat_de_gemeente_zelf_moet_staat_niet_stil(met_pip: Leven) -> None:
    voor = {k: (s.start, s.streef) for k, s in met_pip.stappen().items() if s.stapsoort not in PAUZEERBAAR}
    met_pip.op(BEGIN)
    _pauzeer(met_pip, date(2028, 12, 1))
    na = met_pip.stappen()
    assert {k: (na[k].start, na[k].streef) for k in voor} == voor


def test_twee_keer_pauzeren_of_hervatten_zonder_pauze_wordt_geweigerd(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    with pytest.raises(OngeldigeGegevens, match="staan niet stil"):
        hervat(met_pip.omgeving, met_pip.dossier_id, COORDINATOR, "vergissing")
    _pauzeer(met_pip)
    with pytest.raises(OngeldigeGegevens, match="staan al stil"):
        _pauzeer(met_pip)


def test_zonder_reden_of_bevoegdheid_gebeurt_er_niets(met_pip: Leven) -> None:
    met_pip.op(BEGIN)
    with pytest.raises(RedenNodig):
        pauzeer(met_pip.omgeving, met_pip.dossier_id, Pauzegrond.ZIEKTE, COORDINATOR, " ")
    with pytest.raises(GeenBevoegdheid):
        pauzeer(met_pip.omgeving, met_pip.dossier_id, Pauzegrond.ZIEKTE, Actor("m-mer"), "langdurig ziek")
    assert "gepauzeerd" not in met_pip.telling()


def test_een_andere_klantmanager_krijgt_ook_de_open_taken(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    eerst = leven.stap("intake/oproep/1").medewerker
    ander = "m-kos" if eerst != "m-kos" else "m-jdb"
    wijs_toe(leven.omgeving, leven.dossier_id, ander, COORDINATOR, "collega vertrekt")
    assert leven.dossier().klantmanager == ander
    assert leven.stap("intake/oproep/1").medewerker == ander


def test_alleen_een_klantmanager_van_de_partner_wordt_aangewezen(leven: Leven) -> None:
    for wie in ("m-adm", "bestaat-niet"):
        with pytest.raises(GeenBevoegdheid):
            wijs_toe(leven.omgeving, leven.dossier_id, wie, COORDINATOR, "collega vertrekt")


def test_een_gewoon_dossier_herplannen_verandert_niets(met_pip: Leven) -> None:
    uitwerking = herplan_een(met_pip.omgeving, met_pip.dossier_id, COORDINATOR)
    assert (uitwerking.wijzigingen, uitwerking.gebeurtenissen) == ((), ())
