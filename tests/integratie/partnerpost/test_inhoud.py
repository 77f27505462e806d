"""Wat er in een bericht aan een partner staat: precies wat zijn afspraak hem laat zien, en niets meer."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Taalniveau
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.overdragen import bied_aan
from domein.handelingen.partnerinhoud import inhoud_van
from domein.handelingen.partnerverzending import als_cloudevent, verzend_partnerberichten
from domein.handelingen.regio import laad_regio
from domein.ports import Omgeving
from domein.regels.inzage import VELDEN, zichtbare_velden
from domein.regels.partnerbericht import berichtvormen
from domein.regio.geladen import GeladenRegio
from domein.regio.soorten import Gegevensgroep
from tests.integratie.partnerpost.ontvanger import INZAGE, MERWEDE, Ontvanger, berichten, koerier, regio_met_webhook
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, Leven

BSN_AAN = "bsn_grondslag = true # cursusinstelling, Wi art. 36\n"
PERSOONLIJK = ("999993653", "Selam", "Misale", "1994-03-17", "Voorbeeldstraat", "4201AB", "0612345001")


def inhoud(leven: Leven, nummer: int = 0) -> dict[str, Any]:
    bericht = berichten(leven)[nummer]
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return inhoud_van(ruimte, leven.omgeving, bericht)


def test_de_aanbieder_krijgt_precies_de_velden_van_zijn_afspraak(leven: Leven) -> None:
    assert inhoud(leven) == {
        "referentie": leven.dossier().referentie, "gemeente": "GM0512", "klantmanager": leven.dossier().klantmanager,
        "naam": "Selam Misale", "bsn": "999993653", "straat": "Voorbeeldstraat 1", "postcode": "4201AB",
        "plaats": "Gorinchem", "email": "selam.misale@post.example", "telefoon": "0612345001", "kanaal": "email",
        "taal": "ti", "leerroute": "b1", "start_uiterlijk": leven.plan().termijn("aanbod").einde.isoformat(),
        "termijn_einde": "2029-02-25",
    }  # fmt: skip


@pytest.mark.parametrize("groep", [g for g in Gegevensgroep if VELDEN[g]])
def test_elke_groep_van_de_inzage_opent_alleen_haar_eigen_velden(
    omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path, groep: Gegevensgroep
) -> None:
    regio_met_webhook(omgeving, tmp_path, systeem.url, (INZAGE, f'inzage = ["{groep.value}"]'))
    leven = Leven(omgeving).begin().tot_pip(uren_per_week=12, lestijd="avond")
    leven.open("aanbieder/aanmelding/1")
    extra = set(inhoud(leven)) - {"referentie", "gemeente", "klantmanager"}
    assert extra <= zichtbare_velden([groep], bsn_grondslag=True) & berichtvormen()["aanmelding"].velden
    verwacht = {
        Gegevensgroep.REFERENTIE: {"betaler", "perceel"}, Gegevensgroep.NAAM: {"naam"}, Gegevensgroep.BSN: {"bsn"},
        Gegevensgroep.GEBOORTEDATUM: {"geboortedatum"}, Gegevensgroep.LEERROUTE: {"leerroute"},
        Gegevensgroep.CONTACT: {"straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal"},
        Gegevensgroep.LEERBAARHEID: {"advies"}, Gegevensgroep.PIP: {"uren_per_week", "beschikbaarheid"},
        Gegevensgroep.TERMIJNEN: {"start_uiterlijk", "termijn_einde"},
    }  # fmt: skip
    assert extra == verwacht.get(groep, set())


@pytest.mark.parametrize("regel", ["inzage = []", "inzage = ['aantallen']"])
def test_zonder_inzage_gaan_alleen_de_verwijzing_de_gemeente_en_de_klantmanager_mee(
    omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path, regel: str
) -> None:
    regio_met_webhook(omgeving, tmp_path, systeem.url, (INZAGE, regel))
    leven = Leven(omgeving).begin().tot_pip()
    leven.open("aanbieder/aanmelding/1")
    assert set(inhoud(leven)) == {"referentie", "gemeente", "klantmanager"}


def test_zonder_grondslag_gaat_het_bsn_nooit_mee(leven: Leven, tmp_path: Path) -> None:
    """De controle van het bestand weigert dit al; ook als het er toch staat, gaat het BSN niet mee."""
    assert "bsn" in inhoud(leven)
    ruw = copy.deepcopy(dict(laad_regiobestand(tmp_path).inhoud))
    ruw["regio"]["versie"] = "2026-10"
    (partner,) = [p for p in ruw["partners"] if p["code"] == MERWEDE]
    partner["bsn_grondslag"] = False
    laad_regio(leven.omgeving, GeladenRegio.uit_opslag(ruw, "zonder-grondslag"), SYSTEEM)
    gevuld = inhoud(leven)
    assert "bsn" not in gevuld
    assert gevuld["naam"] == "Selam Misale"


def test_niveau_en_alfabetisering_komen_uit_de_intake(omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path) -> None:
    regio_met_webhook(omgeving, tmp_path, systeem.url, (INZAGE, 'inzage = ["leerbaarheid", "referentie"]'))
    leven = Leven(omgeving).begin()
    leven.antwoord(
        "intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21", waarschuwing=False
    )
    leven.antwoord(
        "intake/gesprek/1", "intake_gehouden", date(2026, 1, 21), leerbaarheidstoets_op="2026-01-21", advies="b1",
        taalniveau="a1", alfabetisering="andersalfabeet",
    )  # fmt: skip
    pip = {"leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6, "bekendgemaakt_op": "2026-02-25"}
    leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", date(2026, 2, 25), door=MANDAAT, **pip)
    leven.open("aanbieder/aanmelding/1")
    gevuld = inhoud(leven)
    assert (gevuld["startniveau"], gevuld["alfabetisering"]) == (Taalniveau.A1.value, "andersalfabeet")
    assert (gevuld["perceel"], gevuld["betaler"]) == ("1 B1", "gorinchem")


def test_een_aangeboden_dossier_toont_wat_bij_het_aanbod_is_vastgelegd(
    omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path
) -> None:
    postbus = 'postbus = "inburgering@avres.example"\n'
    hook = f'{postbus}webhook = {{ url = "{systeem.url}", sleutel = "merwede" }}\n'
    regio_met_webhook(omgeving, tmp_path, systeem.url, (postbus, hook))
    leven = Leven(omgeving).begin()
    leven.open("intake/oproep/1")
    ander = next(code for code in ("m-jdb", "m-kos", "m-tha") if code != leven.dossier().klantmanager)
    bied_aan(omgeving, leven.dossier_id, ander, COORDINATOR, "collega gaat met verlof")
    (bericht,) = berichten(leven)
    groepen = leven.laatste("overdracht_aangeboden").gegevens.model_dump()["gegevens"]
    mag = zichtbare_velden(groepen, bsn_grondslag=True) | {"referentie", "gemeente", "klantmanager"}
    assert bericht.soort == "overdracht"
    assert {"naam", "bsn"} <= set(inhoud(leven)) <= mag & (berichtvormen()["overdracht"].velden | {"klantmanager"})


async def test_het_cloudevent_volgt_nl_gov_en_heeft_buiten_data_niets_van_een_persoon(
    leven: Leven, systeem: Ontvanger
) -> None:
    bode = koerier()
    await verzend_partnerberichten(leven.omgeving, bode)
    await bode.sluit()
    (ontvangen,) = systeem.aanvaard
    event = ontvangen.bericht
    (bericht,) = berichten(leven)
    antwoord = event["data"].pop("antwoord_uiterlijk")
    assert event.pop("data") == inhoud(leven)
    assert antwoord == "2026-03-05"
    assert event == {
        "specversion": "1.0", "id": str(bericht.id), "source": "urn:nld:regie-inburgering:avres",
        "type": "nl.regie-inburgering.aanmelding", "subject": leven.dossier().referentie,
        "time": "2026-02-26T09:00:00Z", "datacontenttype": "application/json", "sequence": "00000001",
    }  # fmt: skip
    assert ontvangen.koppen["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    buiten = json.dumps([event, ontvangen.koppen])
    assert not [waarde for waarde in PERSOONLIJK if waarde in buiten]


def test_in_de_tabel_staat_niets_van_een_persoon(leven: Leven) -> None:
    rij = json.dumps([b.model_dump(mode="json") for b in berichten(leven)])
    assert not [waarde for waarde in PERSOONLIJK if waarde in rij]


def test_een_herhaling_vertelt_wat_er_gold_en_niet_wat_er_later_gebeurde(met_wijziging: Leven) -> None:
    leven = met_wijziging
    assert [b.soort for b in berichten(leven)] == ["aanmelding", "wijziging_termijn"]
    assert inhoud(leven, 0)["termijn_einde"] == "2029-02-25"
    assert inhoud(leven, 1)["termijn_einde"] == "2029-08-25"


def test_de_antwoorddag_telt_op_de_kalender_van_de_partner_zelf(
    omgeving: Omgeving, systeem: Ontvanger, tmp_path: Path
) -> None:
    dicht = "gesloten_dagen = [2026-02-27, 2026-03-02]\n"
    regio_met_webhook(omgeving, tmp_path, systeem.url, (BSN_AAN, BSN_AAN + dicht))
    leven = Leven(omgeving).begin().tot_pip()
    leven.open("aanbieder/aanmelding/1")
    assert leven.omgeving.klok.vandaag() == date(2026, 2, 26)
    assert [b.antwoord_uiterlijk for b in berichten(leven)] == [date(2026, 3, 9)]


def test_alleen_deze_partner_krijgt_een_bericht(leven: Leven, systeem: Ontvanger) -> None:
    assert {b.partner for b in berichten(leven)} == {MERWEDE}
    with leven.omgeving.magazijn.ruimte() as ruimte:
        event = als_cloudevent(ruimte, leven.omgeving, berichten(leven)[0])
    assert event["subject"] == leven.dossier().referentie
