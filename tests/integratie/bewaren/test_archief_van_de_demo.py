"""Het archief van de voorbeeldregio: klaargezet op de eerste dag, vernietigd zodra de termijn voorbij is."""

from datetime import date

from beheer.demo.archief import vergelijk_archief, vernietig_archief, zet_archief_klaar, zoek_resten
from domein.begrippen import Dossierstatus
from domein.handelingen.invarianten import controleer
from domein.handelingen.vernietigingslijst import lijsten
from domein.ports import Omgeving
from tests.integratie.regels.leven import Leven


def test_het_archief_wordt_op_zijn_dag_vernietigd_en_niet_eerder(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).op(date(2026, 1, 2))
    stukken = zet_archief_klaar(omgeving)
    assert [stuk.verwacht["persoon"]["kenmerk"] for stuk in stukken] == ["DUO-2022-0007", "DUO-2022-0019"]
    with omgeving.magazijn.ruimte() as ruimte:
        assert {ruimte.dossier(stuk.dossier_id).status for stuk in stukken} == {Dossierstatus.BEEINDIGD}
        assert ruimte.berichten() == []  # niemand krijgt een taak over een dossier van toen
    leven.op(date(2027, 3, 14))
    vernietig_archief(omgeving, stukken)
    assert lijsten(omgeving) == []
    assert vergelijk_archief(omgeving, stukken) == []
    leven.op(date(2027, 3, 15))
    assert vergelijk_archief(omgeving, stukken) != []  # zolang het er nog is, klopt het niet
    vernietig_archief(omgeving, stukken)
    assert vergelijk_archief(omgeving, stukken) == []
    leven.op(date(2027, 6, 21))
    vernietig_archief(omgeving, stukken)
    assert vergelijk_archief(omgeving, stukken) == []
    assert [(lijst["gemeente"], lijst["status"]) for lijst in lijsten(omgeving)] == [
        ("GM0512", "uitgevoerd"),
        ("GM1978", "opgesteld"),
    ]  # de tweede wacht op wie de demo bekijkt
    assert not {naam: wat for naam, wat in controleer(omgeving).items() if wat}


def test_wie_overal_zoekt_vindt_een_rest(omgeving: Omgeving) -> None:
    Leven(omgeving).op(date(2026, 1, 2))
    stukken = zet_archief_klaar(omgeving)
    assert zoek_resten(stukken, [("log", "een regel zonder persoon")]) == []
    assert zoek_resten(stukken, [("log", "Archibald Kwispelmoor belde"), ("prefect.db", "999994001")])
