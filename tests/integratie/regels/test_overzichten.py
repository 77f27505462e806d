"""Het dagbericht, het weekbericht en de maandmemo: op hun dag, een keer, en stil als er niets is."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domein.begrippen import Berichtstatus
from domein.fouten import OngeldigeGegevens
from domein.handelingen.herinneren import herinner
from domein.handelingen.overzichten import zet_overzichten_klaar
from domein.handelingen.stapbeheer import draag_over, sla_over
from domein.model import Bericht
from tests.integratie.regels.leven import COORDINATOR, Leven
from tests.integratie.regels.regio_anders import afwezig, laad_anders

OPROEP = "intake/oproep/1"
KIEST = ('code = "m-jdb"\n', 'code = "m-jdb"\npost = "dagbericht"\n')
MAANDAG = date(2026, 1, 5)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def met_keuze(leven: Leven, tmp_path: Path) -> Leven:
    """De klantmanager van dit dossier koos voor het dagbericht."""
    laad_anders(leven, tmp_path, KIEST)
    leven.op(MAANDAG)
    leven.open(OPROEP)
    return leven


def overzichten(leven: Leven, soort: str = "dagbericht") -> list[Bericht]:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return sorted((b for b in ruimte.berichten() if b.soort == soort), key=lambda b: b.sleutel)


def ochtend(leven: Leven, dag: date, uur: int = 7, minuut: int = 30) -> dict[str, int]:
    leven.omgeving.klok.moment = datetime(dag.year, dag.month, dag.day, uur, minuut, tzinfo=AMSTERDAM).astimezone(UTC)  # pyright: ignore
    return zet_overzichten_klaar(leven.omgeving, dag).aantallen


# in plaats van een mail per taak


def test_wie_koos_krijgt_geen_mail_per_taak_maar_een_dagbericht(met_keuze: Leven) -> None:
    assert met_keuze.stap(OPROEP).medewerker == "m-jdb"
    assert [(b.soort, b.status, b.fout_code) for b in met_keuze.post(OPROEP)] == [
        ("taak", Berichtstatus.VERVALLEN, "wacht_op_dagbericht")
    ]
    assert ochtend(met_keuze, date(2026, 1, 6))["dagbericht"] == 1
    (mail,) = overzichten(met_keuze)
    assert (mail.ontvanger_code, mail.afmelden, mail.stap_id) == ("m-jdb", True, None)
    assert "Nieuw:" in mail.tekst
    assert f"{met_keuze.dossier().referentie}, klaar op" in mail.tekst
    assert "Vraag het de coördinator van uw regio." in mail.tekst
    assert [b.fout_code for b in met_keuze.post(OPROEP)] == ["stond_in_dagbericht"]


def test_wie_niet_koos_krijgt_een_mail_per_taak_en_geen_dagbericht(leven: Leven) -> None:
    leven.open(OPROEP)
    assert [(b.soort, b.status) for b in leven.post(OPROEP)] == [("taak", Berichtstatus.WACHTEND)]
    assert "dagbericht" not in ochtend(leven, date(2026, 1, 6))


def test_nieuw_staat_er_een_keer_en_daarna_zwijgt_het(met_keuze: Leven) -> None:
    ochtend(met_keuze, date(2026, 1, 6))
    assert "dagbericht" not in ochtend(met_keuze, date(2026, 1, 7))
    assert len(overzichten(met_keuze)) == 1


def test_twee_keer_op_een_dag_geeft_een_bericht(met_keuze: Leven) -> None:
    ochtend(met_keuze, date(2026, 1, 6))
    assert zet_overzichten_klaar(met_keuze.omgeving, date(2026, 1, 6)).al_gedaan
    with met_keuze.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.dagwerk_gedaan("overzichten", date(2026, 1, 6))
    assert len(overzichten(met_keuze)) == 1


def test_beantwoord_bijna_en_te_laat_staan_erin(met_keuze: Leven) -> None:
    ochtend(met_keuze, date(2026, 1, 6))
    einde = met_keuze.stap(OPROEP).uiterst or met_keuze.stap(OPROEP).streef
    assert ochtend(met_keuze, einde)["dagbericht"] == 1
    assert "Vandaag klaar:" in overzichten(met_keuze)[-1].tekst
    erna = einde + timedelta(days=1)
    ochtend(met_keuze, erna)
    assert "Te laat:" in overzichten(met_keuze)[-1].tekst
    met_keuze.antwoord(OPROEP, "oproep_verzonden", erna, afspraak_op=f"{erna + timedelta(days=14)}", waarschuwing=False)
    volgende = erna + timedelta(days=1)
    ochtend(met_keuze, volgende)
    tekst = overzichten(met_keuze)[-1].tekst
    assert "Beantwoord:" in tekst
    assert "Te laat:" not in tekst


def test_een_herinnering_komt_ook_in_het_dagbericht(met_keuze: Leven) -> None:
    ochtend(met_keuze, date(2026, 1, 6))
    einde = met_keuze.stap(OPROEP).uiterst or met_keuze.stap(OPROEP).streef
    dag = next(d for n in range(150) if (d := date(2026, 1, 6) + timedelta(days=n)) and _herinnerd(met_keuze, d))
    assert dag <= einde
    herinneringen = [b for b in met_keuze.post(OPROEP) if b.soort == "herinnering"]
    assert {b.fout_code for b in herinneringen} <= {"wacht_op_dagbericht"}
    assert ochtend(met_keuze, dag, 8)["dagbericht"] == 1
    assert ("Binnenkort klaar:" if dag < einde else "Vandaag klaar:") in overzichten(met_keuze)[-1].tekst


def _herinnerd(leven: Leven, dag: date) -> bool:
    leven.op(dag)
    herinner(leven.omgeving, dag)
    return any(b.soort == "herinnering" for b in leven.post(OPROEP))


def test_een_gesprek_houdt_zijn_eigen_mail_want_daar_zit_de_uitnodiging_bij(met_keuze: Leven) -> None:
    met_keuze.antwoord(OPROEP, "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21", waarschuwing=False)
    met_keuze.open("intake/gesprek/1")
    assert [(b.soort, b.status) for b in met_keuze.post("intake/gesprek/1")] == [("taak", Berichtstatus.WACHTEND)]


@pytest.mark.parametrize("stond_erin", [True, False])
def test_wie_een_taak_in_een_dagbericht_zag_hoort_dat_zij_weg_is(met_keuze: Leven, stond_erin: bool) -> None:
    if stond_erin:
        ochtend(met_keuze, date(2026, 1, 6))
    draag_over(met_keuze.omgeving, met_keuze.stap(OPROEP).id, "m-kos", COORDINATOR, "verdeling")
    ingetrokken = [b.ontvanger_code for b in met_keuze.post(OPROEP) if b.soort == "taak_ingetrokken"]
    assert ingetrokken == (["m-jdb"] if stond_erin else [])
    ochtend(met_keuze, date(2026, 1, 7))
    assert all("Nieuw:" not in b.tekst for b in overzichten(met_keuze)[1:])


# wanneer


def test_het_gaat_om_half_acht_ook_als_het_eerder_wordt_klaargezet(met_keuze: Leven) -> None:
    ochtend(met_keuze, date(2026, 1, 6), 5, 0)
    (mail,) = overzichten(met_keuze)
    assert mail.volgende_poging is not None
    assert mail.volgende_poging.astimezone(AMSTERDAM) == datetime(2026, 1, 6, 7, 30, tzinfo=AMSTERDAM)


def test_er_gaat_niets_op_een_dag_dat_het_kantoor_dicht_is_en_maandag_staat_alles_erin(met_keuze: Leven) -> None:
    zaterdag = date(2026, 1, 10)
    assert ochtend(met_keuze, zaterdag) == {}
    assert ochtend(met_keuze, zaterdag + timedelta(days=1)) == {}
    assert ochtend(met_keuze, zaterdag + timedelta(days=2))["dagbericht"] == 1
    assert "Nieuw:" in overzichten(met_keuze)[0].tekst


def test_wie_afwezig_is_krijgt_niets_en_hoort_het_als_hij_terug_is(leven: Leven, tmp_path: Path) -> None:
    weg = afwezig("m-jdb", "2026-01-06", "2026-01-07")
    laad_anders(
        leven, tmp_path, weg, ('code = "m-jdb"\nafwezigheid', 'code = "m-jdb"\npost = "dagbericht"\nafwezigheid')
    )
    leven.op(MAANDAG)
    leven.open(OPROEP)
    assert leven.stap(OPROEP).medewerker == "m-jdb"
    assert "dagbericht" not in ochtend(leven, date(2026, 1, 6))
    assert ochtend(leven, date(2026, 1, 8))["dagbericht"] == 1


def test_een_dag_die_nog_moet_komen_wordt_geweigerd_en_een_voorbije_dag_geeft_niets(met_keuze: Leven) -> None:
    with pytest.raises(OngeldigeGegevens):
        zet_overzichten_klaar(met_keuze.omgeving, MAANDAG + timedelta(days=1))
    met_keuze.op(date(2026, 1, 8))
    assert zet_overzichten_klaar(met_keuze.omgeving, date(2026, 1, 7)).aantallen == {}
    assert overzichten(met_keuze) == []


# het weekbericht en de maandmemo


def test_het_weekbericht_gaat_op_maandag_naar_de_teamleider(leven: Leven) -> None:
    leven.open(OPROEP)
    wie = leven.stap(OPROEP).medewerker
    assert "weekbericht" not in ochtend(leven, date(2026, 1, 6))
    assert ochtend(leven, date(2026, 1, 12))["weekbericht"] == 1
    (mail,) = overzichten(leven, "weekbericht")
    assert (mail.ontvanger_code, mail.sleutel) == ("m-wil", "weekbericht:2026-W03:m-wil")
    assert f"{wie}: 1 open" in mail.tekst
    assert ochtend(leven, date(2026, 1, 13)) == {}


def test_het_weekbericht_zwijgt_als_er_niets_openstaat(leven: Leven) -> None:
    leven.open(OPROEP)
    sla_over(leven.omgeving, leven.stap(OPROEP).id, COORDINATOR, "dubbel")
    assert ochtend(leven, date(2026, 1, 12)) == {}


def test_de_maandmemo_noemt_alleen_aantallen_en_geen_kleine(leven: Leven) -> None:
    assert "maandmemo" not in ochtend(leven, date(2026, 1, 30))
    assert "maandmemo" not in ochtend(leven, date(2026, 2, 1))  # een zondag
    assert ochtend(leven, date(2026, 2, 2))["maandmemo"] == 1
    (mail,) = overzichten(leven, "maandmemo")
    assert (mail.ontvanger_code, mail.sleutel) == ("m-reg", "maandmemo:2026-01:m-reg")
    assert "Dit zijn de cijfers van januari 2026." in mail.tekst
    assert "Gorinchem: minder dan 5" in mail.tekst
    assert leven.dossier().referentie not in mail.tekst
    assert "D-" not in mail.tekst
    assert "maandmemo" not in ochtend(leven, date(2026, 2, 3))
    assert "maandmemo" not in ochtend(leven, date(2026, 4, 1))  # in maart gebeurde niets


def test_de_maandmemo_telt_wat_in_die_maand_gebeurde(leven: Leven) -> None:
    leven.tot_pip()
    ochtend(leven, date(2026, 3, 2))
    tekst = overzichten(leven, "maandmemo")[-1].tekst
    assert "Dit zijn de cijfers van februari 2026." in tekst
    assert "Eerste plan vastgesteld:" in tekst
    # Een groep zonder iets blijft staan: weglaten zou verraden dat elke cel 0 is.
    assert "Nieuwe dossiers:\n- Gorinchem: minder dan 5" in tekst
