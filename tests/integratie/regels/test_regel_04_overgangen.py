"""Regel 4: één tabel met overgangen; gepland schuift vrij, open schuift met een mail, klaar verandert nooit."""

from datetime import date
from itertools import product
from typing import get_args

import pytest

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import AlBeantwoord, OvergangNietToegestaan, VerouderdeVraag
from domein.handelingen.stapbeheer import draag_over, heropen, sla_over, verzet
from domein.regels.overgangen import Aanleiding, controleer
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP, Leven, noemt

GEPLAND, OPEN, KLAAR, OVER, VERVALLEN = ("gepland", "open", "klaar", "overgeslagen", "vervallen")
# Met de hand uit het ontwerp, los van de tabel in de code.
TOEGESTAAN = {
    (GEPLAND, OPEN, "openen"),
    (GEPLAND, KLAAR, "uitkomst"), (OPEN, KLAAR, "uitkomst"), (VERVALLEN, KLAAR, "uitkomst"),
    (OVER, KLAAR, "uitkomst"),
    (GEPLAND, OVER, "mens"), (OPEN, OVER, "mens"), (KLAAR, OVER, "mens"), (VERVALLEN, OVER, "mens"),
    (GEPLAND, VERVALLEN, "plan"), (OPEN, VERVALLEN, "plan"), (VERVALLEN, GEPLAND, "plan"),
    (KLAAR, GEPLAND, "heropenen"), (OVER, GEPLAND, "heropenen"),
}  # fmt: skip
ALLES = [(v.value, n.value, a) for v, n, a in product(Stapstatus, Stapstatus, get_args(Aanleiding))]


@pytest.mark.parametrize("overgang", ALLES, ids="-".join)
def test_regel_04_elke_toegestane_overgang_en_elke_andere_geweigerd(
    overgang: tuple[str, str, Aanleiding],
) -> None:
    van, naar, aanleiding = overgang
    if overgang in TOEGESTAAN:
        controleer(Stapstatus(van), Stapstatus(naar), aanleiding)
    else:
        with pytest.raises(OvergangNietToegestaan, match=van):
            controleer(Stapstatus(van), Stapstatus(naar), aanleiding)


def test_regel_04_de_tabel_kent_elke_toestand_en_aanleiding() -> None:
    assert len(ALLES) == 125
    assert set(ALLES) >= TOEGESTAAN
    assert {van for van, _, _ in TOEGESTAAN} == {s.value for s in Stapstatus}


def test_regel_04_een_geplande_stap_schuift_zonder_mail_en_zonder_nieuwe_generatie(leven: Leven) -> None:
    leven.tot_intake()
    eerst = leven.stap("pip/vaststellen/1")
    leven.meld("brp_ingeschreven", date(2026, 1, 19))
    later = leven.stap("pip/vaststellen/1")
    assert later.uiterst > eerst.uiterst
    assert (later.id, later.generatie, later.status) == (eerst.id, 1, Stapstatus.GEPLAND)
    assert leven.post("pip/vaststellen/1") == []


def test_regel_04_een_open_stap_schuift_met_een_nieuwe_mail_en_de_oude_link_geldt_niet_meer(
    leven: Leven,
) -> None:
    leven.tot_intake()
    leven.open("pip/vaststellen/1")
    leven.post_is_aanvaard()
    oud = leven.stap("pip/vaststellen/1")
    leven.op(date(2026, 3, 2))
    leven.meld("brp_ingeschreven", date(2026, 2, 16))
    nieuw = leven.stap("pip/vaststellen/1")
    assert (nieuw.status, nieuw.generatie) == (Stapstatus.OPEN, oud.generatie + 1)
    assert leven.soorten_post("pip/vaststellen/1") == [
        ("taak", 1, "aanvaard"),
        ("taak_verzet", 2, "wachtend"),
    ]
    # 16 februari plus tien weken is Koningsdag: de laatste dag is 28 april.
    mail = leven.post("pip/vaststellen/1")[-1].tekst
    assert noemt(mail, date(2026, 4, 28))
    assert "(eerst maandag 16 maart 2026)" in mail
    assert "de inschrijving in deze gemeente is van 16 februari 2026" in mail

    besluit = {**PIP, "bekendgemaakt_op": "2026-03-02"}
    with pytest.raises(VerouderdeVraag):
        leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", door=MANDAAT, generatie=1, **besluit)
    assert leven.telling()["pip_vastgesteld"] == 0
    leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", door=MANDAAT, generatie=2, **besluit)
    assert leven.stap("pip/vaststellen/1").status is Stapstatus.KLAAR


def test_regel_04_een_mail_die_nog_wachtte_vervalt_als_de_open_stap_schuift(leven: Leven) -> None:
    leven.tot_intake()
    leven.open("pip/vaststellen/1")
    leven.op(date(2026, 3, 2))
    leven.meld("brp_ingeschreven", date(2026, 2, 16))
    assert leven.soorten_post("pip/vaststellen/1") == [
        ("taak", 1, "vervallen"),
        ("taak_verzet", 2, "wachtend"),
    ]


def test_regel_04_een_open_stap_die_vervalt_wordt_ingetrokken_bij_wie_hem_kreeg(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("duo/pip-vastgesteld/1")
    leven.open("duo/leerroute/1")
    kreeg = {b.id for b in leven.post("duo/pip-vastgesteld/1")}
    leven.post_is_aanvaard(kreeg)  # de mail over de leerroute wacht nog
    leven.meld("plicht_beeindigd", date(2026, 2, 26), grond="overlijden")

    assert leven.stap("duo/pip-vastgesteld/1").status is Stapstatus.VERVALLEN
    assert leven.soorten_post("duo/pip-vastgesteld/1") == [
        ("taak", 1, "aanvaard"),
        ("taak_ingetrokken", 1, "wachtend"),
    ]
    intrekking = leven.post("duo/pip-vastgesteld/1")[-1]
    assert intrekking.ontvanger_code == "m-adm"
    # Wie niets kreeg, krijgt ook geen intrekking.
    assert leven.soorten_post("duo/leerroute/1") == [("taak", 1, "vervallen")]
    assert all(s.status is not Stapstatus.OPEN for s in leven.stappen().values())


@pytest.mark.parametrize(
    ("status", "krijgt"),
    [
        (Berichtstatus.AANVAARD, True), (Berichtstatus.ONZEKER, True), (Berichtstatus.BEZIG, True),
        (Berichtstatus.WACHTEND, False), (Berichtstatus.UITGESTELD, False), (Berichtstatus.ONBESTELBAAR, False),
    ],
)  # fmt: skip
def test_regel_04_alleen_een_mail_die_weg_kan_zijn_wordt_ingetrokken(
    leven: Leven, status: Berichtstatus, krijgt: bool
) -> None:
    leven.open("intake/oproep/1")
    with leven.omgeving.magazijn.ruimte() as ruimte:
        (bericht,) = ruimte.berichten(stap_id=leven.stap("intake/oproep/1").id)
        bericht.status, bericht.pogingen = status, 1
        if status is Berichtstatus.AANVAARD:
            bericht.aanvaard_op = leven.omgeving.klok.nu()
        ruimte.bewaar(bericht)
    leven.meld("plicht_beeindigd", date(2026, 1, 5), grond="overlijden")
    assert ("taak_ingetrokken" in [b.soort for b in leven.post("intake/oproep/1")]) is krijgt


def test_regel_04_klaar_verandert_niet_door_het_plan(leven: Leven) -> None:
    leven.tot_pip()
    voor = {k: s.model_dump() for k, s in leven.stappen().items() if s.status is Stapstatus.KLAAR}
    leven.meld("verlengd", date(2026, 2, 25), nieuwe_einddatum="2029-08-25")
    leven.meld("brp_ingeschreven", date(2026, 2, 1))
    leven.meld("plicht_beeindigd", date(2026, 2, 25), grond="vertrek")
    na = leven.stappen()
    assert {k: na[k].model_dump() for k in voor} == voor


def test_regel_04_wat_klaar_is_kan_niet_worden_verzet_overgeslagen_overgedragen_of_heropend(
    leven: Leven,
) -> None:
    leven.tot_intake()
    stap = leven.stap("intake/oproep/1")
    assert stap.status is Stapstatus.KLAAR
    acts = [
        lambda: verzet(leven.omgeving, stap.id, date(2026, 2, 2), COORDINATOR, "later"),
        lambda: sla_over(leven.omgeving, stap.id, COORDINATOR, "niet nodig"),
        lambda: draag_over(leven.omgeving, stap.id, "m-kos", COORDINATOR, "vakantie"),
        lambda: heropen(leven.omgeving, stap.id, COORDINATOR, "toch niet"),
    ]
    for act in acts:
        with pytest.raises(OvergangNietToegestaan):
            act()


def test_regel_04_een_overgeslagen_stap_die_toch_gebeurde_is_klaar_en_na_doorhaling_weer_overgeslagen(
    leven: Leven,
) -> None:
    leven.tot_pip()
    leven.op(date(2026, 6, 17))
    bron = {"bron": "duo", "bronkenmerk": "PVT-1"}
    leven.meld("pvt_voltooid", date(2026, 6, 17), bronversie=1, **bron)
    leven.haal_door(leven.laatste("pvt_voltooid"))
    sla_over(leven.omgeving, leven.stap("pvt/1").id, COORDINATOR, "naamgenoot")
    assert leven.stap("pvt/1").status is Stapstatus.OVERGESLAGEN
    leven.meld("pvt_voltooid", date(2026, 6, 17), bronversie=2, **bron)
    assert leven.stap("pvt/1").status is Stapstatus.KLAAR
    leven.haal_door(leven.laatste("pvt_voltooid"))
    stap = leven.stap("pvt/1")
    assert (stap.status, stap.uitkomst) == (Stapstatus.OVERGESLAGEN, None)


def test_regel_04_een_overslag_telt_weer_als_wat_de_stap_liet_vervallen_wordt_doorgehaald(leven: Leven) -> None:
    leven.tot_pip()
    sla_over(leven.omgeving, leven.stap("pvt/1").id, COORDINATOR, "vrijstelling")
    overslag = leven.laatste("stap_overgeslagen")
    leven.haal_door(overslag)
    leven.meld("plicht_beeindigd", date(2026, 2, 25), grond="vertrek")
    assert leven.stap("pvt/1").status is Stapstatus.VERVALLEN
    leven.haal_door(leven.laatste("doorgehaald"))
    assert leven.stap("pvt/1").status is Stapstatus.OVERGESLAGEN


def test_regel_04_op_een_vervallen_stap_komt_geen_uitkomst_maar_een_vraag(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    stap = leven.stap("intake/oproep/1")
    leven.meld("plicht_beeindigd", date(2026, 1, 5), grond="vertrek")
    with pytest.raises(AlBeantwoord, match="vervallen"):
        leven.antwoord("intake/oproep/1", "oproep_verzonden", date(2026, 1, 5), afspraak_op="2026-01-21")
    assert leven.stap("intake/oproep/1").status is Stapstatus.VERVALLEN
    assert stap.id == leven.stap("intake/oproep/1").id
    assert leven.telling()["controle_gevraagd"] == 1
