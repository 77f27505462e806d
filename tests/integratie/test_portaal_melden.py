"""Vastleggen in het portaal: kiezen, bekijken wat er verandert, bevestigen; en doorhalen van wat niet klopt."""

import re
from datetime import date
from pathlib import Path

import pytest
from httpx import Response

from adapters.opslag import SqlMagazijn
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.dossierbeheer import wijs_toe
from domein.handelingen.invarianten import controleer
from domein.handelingen.melden import meld
from domein.model import Logsoort
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.portaal_bezoek import Browser, bewijs_van
from tests.integratie.portaal_hulp import alles
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.besluitleven import JURIST
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return besluitwereld(magazijn, klok, tmp_path)


@pytest.fixture
def met_pip(wereld: Besluitwereld) -> Besluitwereld:
    dag = date(2026, 2, 25)
    wereld.leven.antwoord(
        "pip/vaststellen/1", "pip_vastgesteld", dag, door=MANDAAT, **PIP, bekendgemaakt_op=dag.isoformat()
    )
    return wereld


def pad(wereld: Besluitwereld, code: str = "") -> str:
    return f"/dossiers/{wereld.ref}/melden{'/' + code if code else ''}"


def velden(wereld: Besluitwereld, code: str, **ingevuld: str) -> dict[str, str]:
    dag = wereld.omgeving.klok.vandaag().isoformat()
    return {f"{code}.datum": dag} | {f"{code}.{naam}": waarde for naam, waarde in ingevuld.items()}


def bekijk(wereld: Besluitwereld, wie: Browser, code: str, **ingevuld: str) -> Response:
    return wie.stuur(pad(wereld, code), velden(wereld, code, **ingevuld))


def knop(pagina: Response) -> dict[str, str]:
    """De onzichtbare velden onder ‘Leg dit vast’, met het adres van de knop."""
    formulier = re.search(r'<form method="post" action="([^"]+/vast)">(.*?)</form>', pagina.text, re.S)
    assert formulier is not None, leesbaar(pagina)
    gevonden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', formulier.group(2))
    return {"adres": formulier.group(1), **dict(gevonden)}


def druk(wie: Browser, onder: dict[str, str]) -> Response:
    return wie.post(onder["adres"], {naam: waarde for naam, waarde in onder.items() if naam != "adres"})


def vast(wereld: Besluitwereld, wie: Browser, code: str, **ingevuld: str) -> Response:
    return druk(wie, knop(bekijk(wereld, wie, code, **ingevuld)))


def soorten(wereld: Besluitwereld) -> list[str]:
    return [g.soort for g in wereld.leven.gebeurtenissen()]


def test_het_dossier_wijst_wie_dat_mag_naar_vastleggen_en_de_lijst_is_in_gewone_taal(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    assert f'href="{pad(wereld)}"' in jdb.get(f"/dossiers/{wereld.ref}").text
    tekst = leesbaar(jdb.get(pad(wereld)))
    for regel in ("Wonen en verblijf", "Verhuisd naar een andere gemeente", "De plicht is geëindigd",
                  "Recht op bijstand", "Informatie gevraagd aan een derde",
                  "Adres, telefoon, taal of vertegenwoordiger wijzigen"):  # fmt: skip
        assert regel in tekst
    for later in ("DUO verlengt de termijn", "Voorstel: een andere leerroute", "Maatwerk", "Uitspraak"):
        assert later not in tekst  # er is nog geen PIP, geen mandaat en geen geschil
    assert not re.search(r"[a-z]+_[a-z]+", tekst)
    assert 'href="/dossiers/' + wereld.ref + '/melden"' not in wereld.als("m-bhr").get(f"/dossiers/{wereld.ref}").text


@pytest.mark.parametrize(
    "soort", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)  # fmt: skip
def test_een_verhuizing_toont_eerst_het_plan_en_een_dubbele_druk_legt_een_keer_vast(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    voor = alles(wereld.hier)
    voorbeeld = bekijk(wereld, jdb, "verhuisd", naar="GM1978")
    assert voorbeeld.status_code == 200
    tekst = leesbaar(voorbeeld)
    assert "Er is nog niets vastgelegd." in tekst
    assert "Nieuwe gemeente Molenlanden" in tekst
    assert "Vraag het dossier op bij de vorige gemeente" in tekst
    na = alles(wereld.hier)
    assert {n: na[n] for n in ("gebeurtenis", "stap", "bericht", "idempotentie")} == {
        n: voor[n] for n in ("gebeurtenis", "stap", "bericht", "idempotentie")
    }
    onder = knop(voorbeeld)
    eerst, dubbel = druk(jdb, onder), druk(jdb, onder)
    assert (eerst.status_code, dubbel.status_code) == (303, 303)
    assert soorten(wereld).count("verhuisd") == 1
    assert wereld.leven.stand().gemeente == "GM1978"
    klaar = leesbaar(jdb.get(eerst.headers["location"]))
    assert "Vastgelegd: Verhuisd naar een andere gemeente." in klaar
    assert not {naam: wat for naam, wat in controleer(wereld.omgeving).items() if wat}


def test_een_tweede_druk_van_wie_het_dossier_intussen_kwijt_is_zegt_dat_het_is_vastgelegd(
    wereld: Besluitwereld,
) -> None:
    jdb = wereld.als("m-jdb")
    onder = knop(bekijk(wereld, jdb, "bijstand_toegekend"))
    assert druk(jdb, onder).status_code == 303
    wijs_toe(wereld.omgeving, wereld.leven.dossier_id, "m-kos", COORDINATOR, "andere wijk")
    with wereld.hier.magazijn.ruimte() as ruimte:
        for stap in ruimte.stappen(wereld.leven.dossier_id):
            if stap.partner == "avres":
                stap.partner, stap.medewerker = "gorinchem", "m-gor"
                ruimte.bewaar(stap)
    assert jdb.get(f"/dossiers/{wereld.ref}").status_code == 404
    nog_eens = druk(jdb, onder)
    assert nog_eens.status_code == 200
    assert "Het is vastgelegd" in leesbaar(nog_eens)
    assert druk(jdb, onder | {"sleutel": "een-andere-sleutel"}).status_code == 404
    assert soorten(wereld).count("bijstand_toegekend") == 1


def test_overlijden_laat_zien_wat_vervalt(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    tekst = leesbaar(bekijk(wereld, jdb, "plicht_beeindigd", grond="overlijden"))
    assert "Vervalt Stel het PIP vast" in tekst
    assert "De persoon is overleden" in tekst
    assert vast(wereld, jdb, "plicht_beeindigd", grond="overlijden").status_code == 303
    einde = wereld.leven.stand().einde
    assert einde is not None
    assert einde.grond.value == "overlijden"


def test_een_verlenging_van_duo_toont_de_oude_en_de_nieuwe_laatste_dag(met_pip: Besluitwereld) -> None:
    jdb = met_pip.als("m-jdb")
    vreemd = bekijk(met_pip, jdb, "verlengd", nieuwe_einddatum="2028-08-25")
    assert vreemd.status_code == 422
    assert 'id="verlengd-reden-fout"' in vreemd.text  # eerder dan zonder verlenging: dat vraagt om een reden
    voorbeeld = bekijk(met_pip, jdb, "verlengd", nieuwe_einddatum="2029-08-25")
    tekst = leesbaar(voorbeeld)
    assert "tot en met zaterdag 25 augustus 2029 (nu zondag 25 februari 2029)" in tekst
    assert druk(jdb, knop(voorbeeld)).status_code == 303
    assert met_pip.leven.stand().verlengd_tot == date(2029, 8, 25)


@pytest.mark.parametrize(
    ("code", "ingevuld"),
    [
        ("bijstand_toegekend", {}),
        ("derde_gevraagd", {"bij": "coa"}),
        ("brp_ingeschreven", {}),
        ("tolk_nodig", {"taal": "ti"}),
        ("wens_uitgesproken", {"wens": "taal", "waarde": "ti"}),
        ("duo_aanvraag", {"aanvraag": "ontheffing"}),
        ("examen_gedaan", {"onderdeel": "knm"}),
        ("verblijf_onderbroken", {}),
        ("doelgroep_gewijzigd", {"doelgroep": "gezinsmigrant", "nareiziger": "nee", "ontzorgen": "nee"}),
    ],
)
def test_wat_er_gebeurt_is_in_twee_stappen_vastgelegd(
    wereld: Besluitwereld, code: str, ingevuld: dict[str, str]
) -> None:
    jdb = wereld.als("m-jdb")
    if code == "brp_ingeschreven":
        assert code not in jdb.get(pad(wereld)).text  # de kennisgeving noemde haar al
        assert jdb.get(pad(wereld, code)).status_code == 404
        return
    aantal = soorten(wereld).count(code)
    antwoord = vast(wereld, jdb, code, **ingevuld)
    assert antwoord.status_code == 303, leesbaar(antwoord)
    assert soorten(wereld).count(code) == aantal + 1
    (g,) = [g for g in wereld.leven.gebeurtenissen() if g.soort == code][-1:]
    assert g.actor.code == "m-jdb"


def test_stilzetten_en_hervatten_gaan_over_vandaag_en_vragen_een_reden(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    mis = bekijk(wereld, jdb, "pauzeren", grond="ziekte")
    assert mis.status_code == 422
    assert 'id="pauzeren-reden-fout"' in mis.text
    assert vast(wereld, jdb, "pauzeren", grond="ziekte", reden="opname").status_code == 303
    assert "De taken stilzetten" not in leesbaar(jdb.get(pad(wereld)))
    assert vast(wereld, jdb, "hervatten", reden="weer thuis").status_code == 303
    assert soorten(wereld).count("gepauzeerd") == soorten(wereld).count("hervat") == 1


def test_een_adres_verandert_alleen_waar_iets_is_ingevuld_en_staat_nergens_in_het_adres(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    with wereld.hier.magazijn.ruimte() as ruimte:
        eerst = ruimte.persoon(wereld.leven.dossier_id)
    assert eerst is not None
    assert eerst.gegevens["straat"] not in jdb.get(pad(wereld, "gegevens")).text
    fout = bekijk(wereld, jdb, "gegevens", postcode="12", reden="verhuisd in de stad")
    assert fout.status_code == 422
    assert 'id="gegevens-postcode-fout"' in fout.text
    antwoord = vast(wereld, jdb, "gegevens", straat="Nieuwstraat 9", postcode="4201 AB", reden="verhuisd in de stad")
    assert antwoord.status_code == 303, leesbaar(antwoord)
    assert "Nieuwstraat" not in antwoord.headers["location"]
    with wereld.hier.magazijn.ruimte() as ruimte:
        na = ruimte.persoon(wereld.leven.dossier_id)
    assert na is not None
    assert na.gegevens["straat"] == "Nieuwstraat 9"
    assert na.gegevens.get("plaats") == eerst.gegevens.get("plaats")
    assert "Nieuwstraat" not in str(alles(wereld.hier)["gebeurtenis"])


def test_een_voorstel_en_de_termijn_om_erop_te_beslissen(met_pip: Besluitwereld) -> None:
    jdb = met_pip.als("m-jdb")
    voorstel = {"naar": "z", "onderwijsroute_onderzocht": "ja", "bijzonder_geval": "nee", "aanvraag": "ja"}
    antwoord = vast(met_pip, jdb, "voorstel-leerroute", **voorstel)
    assert antwoord.status_code == 303, leesbaar(antwoord)
    mis = bekijk(met_pip, jdb, "aanvraag-stilzetten", van="1", grond="aanvullen", tot="2026-01-01", reden="brief")
    assert mis.status_code == 422
    assert 'id="aanvraag-stilzetten-tot-fout"' in mis.text
    goed = {"van": "1", "grond": "aanvullen", "tot": "2026-03-20", "reden": "brief van vandaag"}
    assert vast(met_pip, jdb, "aanvraag-stilzetten", **goed).status_code == 303
    later = {"nummer": "1", "tot": "2026-07-01", "reden": "advies duurt"}
    assert vast(met_pip, jdb, "voorstel_verdaagd", **later).status_code == 303
    stand = met_pip.leven.stand()
    assert stand.opschortingen[1].over == "voorstel"
    assert stand.voorstellen[1].verdaagd_tot == date(2026, 7, 1)


def test_van_beroep_tot_hoger_beroep(met_pip: Besluitwereld) -> None:
    leven = met_pip.leven
    leven.op(date(2026, 3, 9))
    leven.meld("bezwaar_ingediend", date(2026, 3, 2), actor=Actor("m-jdb"), tegen="pip", van=1)
    leven.meld("bezwaar_gehoord", date(2026, 3, 9), actor=Actor("m-jdb"), nummer=1, wijze="afgezien")
    jdb = met_pip.als("m-jdb")
    assert "Er is beroep ingesteld" not in leesbaar(jdb.get(pad(met_pip)))
    leven.neem("bezwaar/beslissen/1", "bezwaar_beslist", {"uitkomst": "ongegrond"}, JURIST, date(2026, 4, 1))
    jdb = met_pip.als("m-jdb")
    assert vast(met_pip, jdb, "beroep_ingesteld", bezwaar="1").status_code == 303
    uitspraak = {"nummer": "1", "uitkomst": "ongegrond", "herroept": "nee", "opnieuw": "nee"}
    assert vast(met_pip, jdb, "beroep_beslist", **uitspraak).status_code == 303
    assert vast(met_pip, jdb, "hoger_beroep_ingesteld", beroep="1", door="inburgeraar").status_code == 303
    assert vast(met_pip, jdb, "hoger_beroep_beslist", **uitspraak).status_code == 303
    assert leven.stand().hoger_beroepen[1].uitkomst == "ongegrond"


def test_veranderde_er_intussen_iets_dan_gebeurt_er_niets_en_staat_er_een_nieuw_voorbeeld(
    wereld: Besluitwereld,
) -> None:
    jdb = wereld.als("m-jdb")
    onder = knop(bekijk(wereld, jdb, "verhuisd", naar="GM1978"))
    wereld.leven.meld("tolk_nodig", wereld.omgeving.klok.vandaag(), actor=COORDINATOR, taal="ti")
    te_laat = druk(jdb, onder)
    assert te_laat.status_code == 409
    assert "Er is intussen iets veranderd." in leesbaar(te_laat)
    assert "verhuisd" not in soorten(wereld)
    assert druk(jdb, knop(te_laat)).status_code == 303
    zonder = wereld.als("m-reg")
    pagina = zonder.get(pad(wereld, "tolk_nodig"))
    kaal = {"bewijs": bewijs_van(pagina), **velden(wereld, "tolk_nodig", taal="ar")}
    assert zonder.post(f"{pad(wereld, 'tolk_nodig')}/vast", kaal).status_code == 409  # eerst bekijken


def test_aanpassen_houdt_de_antwoorden_en_een_fout_staat_bij_het_veld(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    leeg = jdb.stuur(pad(wereld, "verhuisd"), {"verhuisd.datum": "volgende week", "verhuisd.reden": "<script>x"})
    assert leeg.status_code == 422
    assert "<script>x" not in leeg.text
    for veld in ("datum", "naar"):
        assert f'id="verhuisd-{veld}-fout"' in leeg.text
    assert 'value="volgende week"' in leeg.text
    terug = jdb.stuur(pad(wereld, "verhuisd"), {**velden(wereld, "verhuisd", naar="GM1978"), "aanpassen": "ja"})
    assert terug.status_code == 200
    assert '<option value="GM1978" selected>' in terug.text
    straks = velden(wereld, "verhuisd", naar="GM1978") | {"verhuisd.datum": "2027-01-01"}
    toekomst = jdb.stuur(pad(wereld, "verhuisd"), straks)
    assert toekomst.status_code == 422
    assert 'id="verhuisd-datum-fout"' in toekomst.text


def test_doorhalen_vanaf_de_tijdlijn_met_reden_en_hetzelfde_voorbeeld(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    vast(wereld, jdb, "plicht_beeindigd", grond="overlijden")
    g = wereld.leven.gebeurtenissen()[-1]
    adres = f"/dossiers/{wereld.ref}/doorhalen/{g.volgnummer}"
    jdb = wereld.als("m-jdb")
    tijdlijn = jdb.get(f"/dossiers/{wereld.ref}")
    assert f'href="{adres}"' in tijdlijn.text
    mis = jdb.stuur(adres, {})
    assert mis.status_code == 422
    assert 'id="doorhalen-reden-fout"' in mis.text
    voorbeeld = jdb.stuur(adres, {"doorhalen.reden": "naamgenoot"})
    assert "Komt terug Stel het PIP vast" in leesbaar(voorbeeld)
    onder = knop(voorbeeld)
    assert [druk(jdb, onder).status_code for _ in range(2)] == [303, 303]
    assert soorten(wereld).count("doorgehaald") == 1
    assert wereld.leven.stand().einde is None


def test_wat_niet_door_te_halen_is_zegt_waarom(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    eerste = jdb.stuur(f"/dossiers/{wereld.ref}/doorhalen/1", {"doorhalen.reden": "verkeerd"})
    assert eerste.status_code in (409, 422)
    assert "doorgehaald" not in soorten(wereld)
    assert jdb.get(f"/dossiers/{wereld.ref}/doorhalen/999").status_code == 404
    assert jdb.get(f"/dossiers/{wereld.ref}/doorhalen/zomaar").status_code == 404


def test_wat_iemand_niet_op_zijn_tijdlijn_ziet_haalt_hij_ook_niet_door(wereld: Besluitwereld) -> None:
    dag = wereld.omgeving.klok.vandaag()
    gegevens = {"gedraging_op": dag.isoformat(), "bewijs": "PW-1"}
    meld(wereld.omgeving, wereld.leven.dossier_id, "bijstand_verlaagd", dag, gegevens, COORDINATOR)
    nummer = wereld.leven.gebeurtenissen()[-1].volgnummer
    adm = wereld.als("m-reg")
    niets = adm.get("/bestaat-niet").text
    assert adm.get(f"/dossiers/{wereld.ref}/doorhalen/{nummer}").text == niets
    haal_door(wereld.omgeving, wereld.leven.dossier_id, str(nummer), COORDINATOR, "het kan wel")


def test_het_logboek_zegt_gewijzigd_alleen_als_er_iets_is_vastgelegd(wereld: Besluitwereld) -> None:
    jdb = wereld.als("m-jdb")
    bekijk(wereld, jdb, "verhuisd", naar="GM1978")
    bekijk(wereld, jdb, "verhuisd", naar="zomaar")
    gewijzigd = [r for r in wereld.logregels(wereld.ref) if r.soort is Logsoort.GEWIJZIGD]
    assert gewijzigd == []
    onder = knop(bekijk(wereld, jdb, "verhuisd", naar="GM1978"))
    druk(jdb, onder)
    druk(jdb, onder)
    (een,) = [r for r in wereld.logregels(wereld.ref) if r.soort is Logsoort.GEWIJZIGD]
    assert (een.actor, een.naam) == ("m-jdb", "/dossiers/{referentie}/melden/{melding}/vast")


def test_wie_het_dossier_niet_ziet_of_niets_mag_vastleggen_vindt_hier_niets(wereld: Besluitwereld) -> None:
    niets = wereld.als("m-mer").get("/bestaat-niet").text
    voor = alles(wereld.hier)["gebeurtenis"]
    for code in ("m-mer", "m-mol", "m-fg", "m-bhr", "m-vrw"):
        wie = wereld.als(code)
        bewijs = bewijs_van(wie.get("/aanmelding"))
        for adres in (pad(wereld), pad(wereld, "verhuisd"), f"/dossiers/{wereld.ref}/doorhalen/1"):
            assert wie.get(adres).text == niets, (code, adres)
        for adres in (pad(wereld, "verhuisd"), f"{pad(wereld, 'verhuisd')}/vast"):
            assert wie.post(adres, {"bewijs": bewijs, "sleutel": "x"}).text == niets, (code, adres)
    assert wereld.als("m-jdb").get(pad(wereld, "pip_vastgesteld")).status_code == 404
    assert alles(wereld.hier)["gebeurtenis"] == voor
