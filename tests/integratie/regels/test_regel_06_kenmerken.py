"""Regel 6: een kenmerk wordt nooit opnieuw gebruikt of hernummerd; een nieuw PIP telt door."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from domein.begrippen import Stapstatus
from domein.fouten import AlBeantwoord, VolgnummerBezet
from domein.model import Stap
from tests.integratie.regels.leven import MANDAAT, PIP, Leven


def nieuw_pip(leven: Leven, dag: date, **anders: Any) -> None:
    gegevens: dict[str, Any] = {
        **PIP,
        "bekendgemaakt_op": dag.isoformat(),
        "mandaathouder": "m-gor",
        **anders,
    }
    leven.meld("pip_vastgesteld", dag, actor=MANDAAT, **gegevens)


def gesprekken(leven: Leven) -> dict[int, tuple[str, date]]:
    return {
        int(k.split("/")[1]): (s.status.value, s.streef)
        for k, s in leven.stappen().items()
        if k.startswith("voortgang/") and s.status is not Stapstatus.VERVALLEN
    }


def test_regel_06_een_nieuw_pip_telt_door_vanaf_het_laatst_geopende_gesprek(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("voortgang/1", "gesprek_gevoerd", date(2026, 8, 25), op_koers=True)
    leven.open("voortgang/2")
    leven.op(date(2027, 3, 1))
    nieuw_pip(leven, date(2027, 3, 1), aantal_gesprekken=2, interval_maanden=6)
    assert gesprekken(leven) == {
        1: ("klaar", date(2026, 8, 25)),
        2: ("open", date(2027, 2, 25)),  # wat openstond loopt gewoon af
        3: ("gepland", date(2027, 9, 1)),
        4: ("gepland", date(2028, 3, 1)),
    }
    assert leven.stap("voortgang/5").status is Stapstatus.VERVALLEN


def test_regel_06_ook_een_gesprek_dat_op_de_dag_van_het_nieuwe_pip_openging_houdt_zijn_nummer(
    leven: Leven,
) -> None:
    leven.tot_pip()
    leven.open("voortgang/1")
    voor = leven.stap("voortgang/1")
    nieuw_pip(leven, leven.omgeving.klok.vandaag(), aantal_gesprekken=3)
    na = leven.stap("voortgang/1")
    assert (na.streef, na.generatie, na.waarom) == (voor.streef, voor.generatie, voor.waarom)
    assert sorted(gesprekken(leven)) == [1, 2, 3, 4]


def test_regel_06_een_later_bekend_pip_van_vroeger_hernoemt_een_open_gesprek_niet(leven: Leven) -> None:
    """Dagtekening vóór de opening van gesprek 1, maar pas daarna bij ons bekend."""
    leven.tot_pip()
    leven.open("voortgang/1")
    voor = leven.stap("voortgang/1")
    leven.op(date(2026, 8, 20))
    nieuw_pip(leven, date(2026, 8, 3), aantal_gesprekken=2)
    na = leven.stap("voortgang/1")
    assert (na.streef, na.generatie) == (voor.streef, voor.generatie)
    assert gesprekken(leven)[2] == ("gepland", date(2027, 2, 3))


def test_regel_06_een_gemist_gesprek_krijgt_een_nieuw_nummer_achteraan(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("voortgang/2", "gesprek_niet_verschenen", date(2027, 2, 25))
    assert gesprekken(leven)[2][0] == "klaar"
    assert gesprekken(leven)[6] == ("gepland", date(2027, 3, 11))
    assert "Gesprek 2 ging" in leven.stap("voortgang/6").waarom


def test_regel_06_een_ingehaald_gesprek_komt_na_een_nieuw_pip_niet_nog_eens(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("voortgang/1", "gesprek_niet_verschenen", date(2026, 8, 25))
    leven.antwoord("voortgang/6", "gesprek_gevoerd", date(2026, 9, 8), op_koers=True)
    nieuw_pip(leven, date(2026, 9, 8), aantal_gesprekken=2)
    assert sorted(gesprekken(leven)) == [1, 6, 7, 8]


def test_regel_06_na_een_verlenging_heeft_de_afloop_een_nieuw_nummer(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("einde/termijn/1", "verlengd", nieuwe_einddatum="2030-02-25")
    assert leven.stap("einde/termijn/1").status is Stapstatus.KLAAR
    tweede = leven.stap("einde/termijn/2")
    assert (tweede.status, tweede.start) == (Stapstatus.GEPLAND, date(2030, 2, 26))


def test_regel_06_een_doorgehaalde_controle_geeft_haar_nummer_niet_door(leven: Leven) -> None:
    leven.tot_intake()
    with pytest.raises(AlBeantwoord):
        leven.antwoord("intake/gesprek/1", "niet_verschenen", verschoonbaar=False)
    leven.haal_door(leven.laatste("controle_gevraagd"))
    with pytest.raises(AlBeantwoord):
        leven.antwoord("intake/oproep/1", "oproep_verzonden", afspraak_op="2026-01-28", waarschuwing=False)
    assert leven.stap("registratie/controle/1").status is Stapstatus.VERVALLEN
    assert leven.stap("registratie/controle/2").status is Stapstatus.GEPLAND


def test_regel_06_een_stap_houdt_haar_kenmerk_en_haar_id_als_het_anker_verandert(leven: Leven) -> None:
    leven.tot_pip()
    ids = {k: s.id for k, s in leven.stappen().items()}
    dagen = {k: s.streef for k, s in leven.stappen().items()}
    leven.haal_door(leven.laatste("pip_vastgesteld"))
    leven.op(date(2026, 3, 4))
    nieuw_pip(leven, date(2026, 3, 4))
    na = leven.stappen()
    assert {k: s.id for k, s in na.items() if k in ids} == ids
    assert all(na[f"voortgang/{n}"].streef != dagen[f"voortgang/{n}"] for n in range(1, 6))


def test_regel_06_twee_stappen_met_hetzelfde_kenmerk_kunnen_niet(leven: Leven) -> None:
    er = leven.stap("intake/oproep/1")
    dubbel = Stap(**{**er.model_dump(exclude={"id"}), "status": Stapstatus.GEPLAND})
    with pytest.raises((VolgnummerBezet, IntegrityError)), leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar(dubbel)
