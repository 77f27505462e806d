"""Herinneren, opschalen en vroeg waarschuwen in een echt dossier: wat stopt het, wat verzet het, wat houdt het stil."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domein.begrippen import Berichtstatus, Pauzegrond, Stapstatus
from domein.handelingen.dossierbeheer import hervat, pauzeer
from domein.handelingen.herinneren import Herinnerverslag, herinner
from domein.handelingen.openen import open_stap
from domein.handelingen.verzenden_stappen import vervallen
from domein.model import Bericht
from domein.ports import Omgeving
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP, Leven

DAG = timedelta(days=1)
PIPSTAP = "pip/vaststellen/1"
EINDE = date(2026, 3, 16)  # tien weken na de kennisgeving van 5 januari


def doe(leven: Leven, dag: date) -> Herinnerverslag:
    leven.op(dag)
    return herinner(leven.omgeving, dag)


def elke_dag(leven: Leven, van: date, tot_en_met: date) -> None:
    while van <= tot_en_met:
        assert not doe(leven, van).mislukt
        van += DAG


def mails(leven: Leven, kenmerk: str, *soorten: str) -> list[Bericht]:
    gevraagd = soorten or ("herinnering", "escalatie", "vroege_waarschuwing")
    return [b for b in leven.post(kenmerk) if b.soort in gevraagd and b.fout_code is None]


def rijtje(berichten: list[Bericht]) -> list[tuple[str, int, str]]:
    return [(b.soort, b.niveau, b.ontvanger_code) for b in berichten]


@pytest.fixture
def te_laat(leven: Leven) -> Leven:
    """De intake is gehouden, het PIP is open en er komt geen besluit."""
    leven.tot_intake()
    leven.open(PIPSTAP)
    return leven


def test_een_pip_dat_te_laat_is_gaat_naar_de_teamleider_en_dan_naar_de_mandaathouder(te_laat: Leven) -> None:
    elke_dag(te_laat, date(2026, 1, 22), EINDE + 30 * DAG)
    assert rijtje(mails(te_laat, PIPSTAP, "herinnering")) == [("herinnering", n, "m-gor") for n in (1, 2, 3, 4)]
    assert rijtje(mails(te_laat, PIPSTAP, "escalatie")) == [("escalatie", 1, "m-wil"), ("escalatie", 2, "m-gor")]
    assert [b.onderwerp[:7] for b in mails(te_laat, PIPSTAP, "escalatie")] == ["Te laat", "Besluit"]


def test_de_tien_weken_waarschuwen_na_vier_zeven_en_negen(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    elke_dag(leven, date(2026, 1, 9), EINDE + 30 * DAG)
    vroeg = mails(leven, PIPSTAP, "vroege_waarschuwing")
    assert Counter(b.niveau for b in vroeg) == {4: 2, 7: 2, 9: 2}
    assert {b.ontvanger_code for b in vroeg} == {leven.dossier().klantmanager, "m-wil"}
    dagen = sorted({b.aangemaakt_op.date() for b in vroeg})
    assert dagen == [date(2026, 2, 2), date(2026, 2, 23), date(2026, 3, 9)]


def test_met_een_gehouden_intake_waarschuwt_alleen_week_negen(te_laat: Leven) -> None:
    elke_dag(te_laat, date(2026, 1, 22), EINDE + 30 * DAG)
    vroeg = mails(te_laat, PIPSTAP, "vroege_waarschuwing")
    assert Counter(b.niveau for b in vroeg) == {9: 2}
    assert all("het PIP is nog niet vastgesteld" in b.tekst for b in vroeg)


def test_zonder_intake_zegt_de_waarschuwing_dat_die_ontbreekt(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    doe(leven, date(2026, 2, 2))
    vroeg = mails(leven, PIPSTAP, "vroege_waarschuwing")
    assert vroeg
    assert all("De intake is nog niet gehouden." in b.tekst for b in vroeg)


def test_een_antwoord_stopt_alles_direct(te_laat: Leven) -> None:
    doe(te_laat, date(2026, 3, 9))
    doe(te_laat, EINDE)
    wachtend = [b for b in mails(te_laat, PIPSTAP) if b.status is Berichtstatus.WACHTEND]
    assert {b.soort for b in wachtend} == {"herinnering", "vroege_waarschuwing"}
    voor = te_laat.stap(PIPSTAP)
    assert all(vervallen(b, voor) is None for b in wachtend)
    te_laat.antwoord(PIPSTAP, "pip_vastgesteld", EINDE, door=MANDAAT, **PIP, bekendgemaakt_op=EINDE.isoformat())
    assert {b.status for b in mails(te_laat, PIPSTAP)} == {Berichtstatus.VERVALLEN}
    assert all(vervallen(b, te_laat.stap(PIPSTAP)) for b in wachtend)  # ook wat een verzender al had gepakt
    aantal = len(te_laat.post(PIPSTAP))
    elke_dag(te_laat, EINDE + DAG, EINDE + 20 * DAG)
    assert len(te_laat.post(PIPSTAP)) == aantal


def test_na_stilstand_gaat_precies_een_mail_uit_en_staat_vast_wat_is_overgeslagen(te_laat: Leven) -> None:
    doe(te_laat, EINDE + 3 * DAG)  # drie werkdagen te laat, en nooit eerder gekeken
    assert rijtje(mails(te_laat, PIPSTAP)) == [("escalatie", 2, "m-gor")]
    over = {(b.soort, b.niveau) for b in te_laat.post(PIPSTAP) if b.fout_code == "overgeslagen"}
    assert over == {("herinnering", 1), ("herinnering", 2), ("herinnering", 3), ("herinnering", 4), ("escalatie", 1)}
    elke_dag(te_laat, EINDE + 4 * DAG, EINDE + 30 * DAG)
    assert rijtje(mails(te_laat, PIPSTAP)) == [("escalatie", 2, "m-gor")]


def test_wat_is_overgeslagen_is_geen_mail_waarop_een_ander_antwoordt(te_laat: Leven) -> None:
    te_laat.post_is_aanvaard()
    doe(te_laat, EINDE + 3 * DAG)
    (escalatie,) = mails(te_laat, PIPSTAP)
    taak = next(b for b in te_laat.post(PIPSTAP) if b.soort == "taak")
    assert escalatie.in_antwoord_op == taak.message_id


def test_een_nieuwe_datum_begint_opnieuw(te_laat: Leven) -> None:
    """De informatie van een derde kwam laat: dan mag het PIP twee weken later (art. 5.3 lid 2 Bi)."""
    te_laat.op(date(2026, 3, 2))
    te_laat.meld("derde_gevraagd", date(2026, 3, 2), actor=COORDINATOR, nummer=1, bij="arts", reden="advies nodig")
    elke_dag(te_laat, date(2026, 3, 3), date(2026, 3, 13))
    eerst = te_laat.stap(PIPSTAP)
    te_laat.meld("derde_ontvangen", date(2026, 3, 13), actor=COORDINATOR, nummer=1, reden="advies binnen")
    na = te_laat.stap(PIPSTAP)
    assert (na.uiterst, na.generatie) == (date(2026, 3, 27), eerst.generatie + 1)
    oud = [b for b in mails(te_laat, PIPSTAP) if b.generatie == eerst.generatie]
    assert {b.status for b in oud} == {Berichtstatus.VERVALLEN}
    elke_dag(te_laat, date(2026, 3, 14), date(2026, 3, 27))
    nieuw = [b for b in mails(te_laat, PIPSTAP) if b.generatie == na.generatie]
    assert {b.soort for b in nieuw} == {"herinnering"}  # de oude datum van 16 maart telt niet meer
    assert "Vandaag klaar" in nieuw[-1].onderwerp
    elke_dag(te_laat, date(2026, 3, 28), date(2026, 3, 30))
    assert rijtje(mails(te_laat, PIPSTAP, "escalatie")) == [("escalatie", 1, "m-wil")]


def test_een_pauze_houdt_het_gesprek_stil_en_nooit_de_termijn(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    oproep = leven.stap("intake/oproep/1")
    pauzeer(leven.omgeving, leven.dossier_id, Pauzegrond.ZIEKTE, COORDINATOR, "ziek", verwacht_tot=date(2026, 6, 1))
    elke_dag(leven, leven.omgeving.klok.vandaag() + DAG, date(2026, 3, 9))
    assert mails(leven, oproep.kenmerk) == []
    assert {b.niveau for b in mails(leven, PIPSTAP, "vroege_waarschuwing")} == {4, 7, 9}
    hervat(leven.omgeving, leven.dossier_id, COORDINATOR, "beter")
    na = leven.stap(oproep.kenmerk)
    elke_dag(leven, date(2026, 3, 10), (na.uiterst or na.streef) + 10 * DAG)
    assert mails(leven, oproep.kenmerk, "escalatie")


def test_overlijden_stopt_herinneren_en_waarschuwen(te_laat: Leven) -> None:
    doe(te_laat, date(2026, 3, 9))
    te_laat.op(date(2026, 3, 10))
    te_laat.meld("plicht_beeindigd", date(2026, 3, 10), grond="overlijden")
    assert te_laat.stap(PIPSTAP).status is Stapstatus.VERVALLEN
    assert {b.status for b in mails(te_laat, PIPSTAP)} == {Berichtstatus.VERVALLEN}
    aantal = len(te_laat.post(PIPSTAP))
    elke_dag(te_laat, date(2026, 3, 11), EINDE + 30 * DAG)
    assert len([b for b in te_laat.post(PIPSTAP) if b.soort != "taak_ingetrokken"]) <= aantal


# meer dossiers


@pytest.fixture
def drie(leven: Leven) -> list[Leven]:
    """Drie dossiers in dezelfde gemeente, waarvan het PIP op dezelfde dag te laat is."""
    alle = [leven]
    for nummer, bsn in ((2, "999990391"), (3, "999990408")):
        ander = Leven(leven.omgeving).begin(bsn=bsn, kenmerk=f"proef-{nummer}", naam=f"Persoon {nummer}")
        alle.append(ander)
    for een in alle:
        een.op(date(2026, 2, 23))
        open_stap(een.omgeving, een.stap(PIPSTAP).id)
    return alle


def escalaties(omgeving: Omgeving) -> list[Bericht]:
    with omgeving.magazijn.ruimte() as ruimte:
        return [b for b in ruimte.berichten() if b.soort == "escalatie" and b.fout_code is None]


def test_meer_dossiers_gaan_samen_naar_het_overleg_zonder_iets_van_een_persoon(drie: list[Leven]) -> None:
    eerste = drie[0]
    for dag in (EINDE + DAG, EINDE + 3 * DAG, EINDE + 15 * DAG, EINDE + 16 * DAG):
        assert not doe(eerste, dag).mislukt
    overleg = [b for b in escalaties(eerste.omgeving) if b.niveau == 3]
    assert len(overleg) == 1
    tekst = overleg[0].onderwerp + overleg[0].tekst + (overleg[0].html or "")
    assert "minder dan 5 taken" in tekst
    for een in drie:
        assert een.dossier().referentie not in tekst
    assert "Persoon 2" not in tekst
    assert "999990391" not in tekst


def test_een_dossier_alleen_komt_nooit_op_het_overleg(te_laat: Leven) -> None:
    elke_dag(te_laat, EINDE, EINDE + 60 * DAG)
    assert {b.niveau for b in escalaties(te_laat.omgeving)} == {1, 2}
