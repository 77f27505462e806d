"""Agendabestanden: vaste UID, stijgend volgnummer, gevouwen regels, en niets van een persoon."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from icalendar import Calendar

from adapters.agenda import IcalAgenda
from domein.handelingen.afspraken import volgnummer
from domein.ports import Afspraak

AGENDA = IcalAgenda("regie@regie.example")
AFSPRAAK = Afspraak(
    stap_id=UUID("00000000-0000-4000-8000-0000000000a1"),
    volgnummer=2,
    methode="REQUEST",
    referentie="D-7F3K9",
    dag=date(2026, 5, 4),
    adres="km-1@avres.example",
    link="https://regie.example/taak/" + "x" * 200,
    gemaakt_op=datetime(2026, 4, 1, 9, tzinfo=UTC),
)


def event(afspraak: Afspraak):
    kalender = Calendar.from_ical(AGENDA.schrijf(afspraak))
    (gevonden,) = kalender.walk("VEVENT")
    return gevonden


def test_de_uitnodiging_is_geldig_en_noemt_alleen_de_verwijzing() -> None:
    tekst = AGENDA.schrijf(AFSPRAAK)
    kalender = Calendar.from_ical(tekst)
    assert str(kalender["METHOD"]) == "REQUEST"
    assert [str(zone["TZID"]) for zone in kalender.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    gevonden = event(AFSPRAAK)
    assert str(gevonden["SUMMARY"]) == "Gesprek D-7F3K9"
    assert gevonden.decoded("DTSTART") == date(2026, 5, 4)
    assert gevonden.decoded("DTEND") == date(2026, 5, 5)
    assert str(gevonden["ORGANIZER"]) == "mailto:regie@regie.example"
    assert str(gevonden["ATTENDEE"]) == "mailto:km-1@avres.example"
    assert AFSPRAAK.link in str(gevonden["DESCRIPTION"])


def test_elke_regel_eindigt_met_crlf_en_is_hoogstens_75_bytes() -> None:
    tekst = AGENDA.schrijf(AFSPRAAK)
    assert tekst.endswith("END:VCALENDAR\r\n")
    for regel in tekst.removesuffix("\r\n").split("\r\n"):
        assert "\n" not in regel
        assert len(regel.encode()) <= 75


def test_dezelfde_afspraak_geeft_dezelfde_tekst() -> None:
    assert AGENDA.schrijf(AFSPRAAK) == IcalAgenda("regie@regie.example").schrijf(replace(AFSPRAAK))


def test_een_nieuwe_dag_houdt_de_uid_en_krijgt_een_hoger_volgnummer() -> None:
    verzet = replace(AFSPRAAK, volgnummer=volgnummer(2, "REQUEST"), dag=date(2026, 5, 11))
    assert str(event(verzet)["UID"]) == str(event(AFSPRAAK)["UID"])
    assert event(verzet)["SEQUENCE"] > event(AFSPRAAK)["SEQUENCE"]


def test_volgnummers_stijgen_bij_elke_generatie_en_een_afzegging_gaat_boven_haar_uitnodiging() -> None:
    rij = [volgnummer(g, m) for g in range(1, 5) for m in ("REQUEST", "CANCEL")]
    assert rij == sorted(set(rij))


def test_een_afzegging_zegt_af_en_heeft_geen_link() -> None:
    af = event(replace(AFSPRAAK, methode="CANCEL", volgnummer=3))
    assert str(af["STATUS"]) == "CANCELLED"
    assert "DESCRIPTION" not in af
    assert "METHOD:CANCEL\r\n" in AGENDA.schrijf(replace(AFSPRAAK, methode="CANCEL", volgnummer=3))


@pytest.mark.parametrize(("dag", "uur"), [(date(2026, 1, 26), 9), (date(2026, 7, 6), 8)])
def test_met_een_tijd_is_het_een_uur_in_nederlandse_tijd(dag: date, uur: int) -> None:
    met_tijd = event(replace(AFSPRAAK, dag=dag, tijd=time(10)))
    begin = met_tijd.decoded("DTSTART")
    assert begin.astimezone(UTC) == datetime(dag.year, dag.month, dag.day, uur, tzinfo=UTC)
    assert met_tijd["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert (met_tijd.decoded("DTEND") - begin).seconds == 3600


@pytest.mark.parametrize(
    "adres",
    ["a@b.example\r\nATTENDEE:mailto:x@y.example", "a@b.example,c@d.example", "a b@c", "", "a@b@c", "a;b@c.example"],
)
def test_bij_een_adres_dat_geen_adres_is_hoort_geen_uitnodiging(adres: str) -> None:
    assert AGENDA.schrijf(replace(AFSPRAAK, adres=adres)) == ""


@pytest.mark.parametrize(
    "tekst", ["D-1\r\nATTENDEE:mailto:x@y.example", "a;b,c\\n", "x" * 10_000, "\u202eom", "BEGIN:VEVENT"]
)
def test_vijandige_tekst_wordt_geen_eigenschap(tekst: str) -> None:
    uit = AGENDA.schrijf(replace(AFSPRAAK, referentie=tekst, link=tekst))
    kalender = Calendar.from_ical(uit)
    assert len(kalender.walk("VEVENT")) == 1
    assert [naam for naam in kalender.walk("VEVENT")[0] if naam == "ATTENDEE"] == ["ATTENDEE"]
    assert uit.count("\r\nATTENDEE") == 1
    assert "\u202e" not in uit
    assert len(uit) < 12_000


def test_veel_afspraken_in_een_bestand_houden_hun_uid_en_volgnummer_en_noemen_geen_deelnemer() -> None:
    """Een REQUEST mag maar één afspraak bevatten (RFC 5546, 3.2.2); een PUBLISH meer, zonder deelnemers (3.2.1)."""
    weg = replace(AFSPRAAK, stap_id=UUID(int=7), methode="CANCEL", volgnummer=volgnummer(2, "CANCEL"))
    kalender = Calendar.from_ical(AGENDA.schrijf_samen([AFSPRAAK, weg]))
    assert str(kalender["METHOD"]) == "PUBLISH"
    samen = kalender.walk("VEVENT")
    for los, een in zip((event(AFSPRAAK), event(weg)), samen, strict=True):
        assert (een["UID"], een["SEQUENCE"], een["STATUS"]) == (los["UID"], los["SEQUENCE"], los["STATUS"])
        assert "ATTENDEE" not in een
    assert [str(een["STATUS"]) for een in samen] == ["CONFIRMED", "CANCELLED"]
    assert AGENDA.schrijf_samen([]) == ""
