"""Regel 3: een feit van vroeger herschrijft niets dat klaar of verstuurd is; het geeft een herstel of een vraag."""

from datetime import date

from domein.begrippen import Rol, Stapstatus
from domein.handelingen.registreren import registreer
from tests.integratie.regels.leven import DUO, MANDAAT, PIP, Leven, noemt, rij


def bevroren(leven: Leven) -> dict[str, object]:
    """Alles van een stap die klaar is: na een feit van vroeger mag er niets aan veranderd zijn."""
    return {k: s.model_dump() for k, s in leven.stappen().items() if s.status is Stapstatus.KLAAR}


def verstuurd(leven: Leven) -> dict[object, object]:
    return {b.id: b.model_dump() for b in leven.post() if b.status.value == "aanvaard"}


def test_regel_03_een_pip_van_vroeger_geeft_een_herstel_bij_duo_en_laat_het_gemelde_staan(
    leven: Leven,
) -> None:
    leven.tot_pip()
    leven.open("duo/pip-vastgesteld/1")
    leven.post_is_aanvaard()
    leven.antwoord("duo/pip-vastgesteld/1", "duo_ingevoerd", date(2026, 2, 27), referentie="PI-1")
    klaar, post = bevroren(leven), verstuurd(leven)
    assert "duo/pip-vastgesteld/1" in klaar
    assert post

    leven.op(date(2026, 4, 1))
    leven.meld(
        "pip_vastgesteld", date(2026, 2, 2), actor=MANDAAT, reden="bleek al vastgesteld door de vorige klantmanager",
        bekendgemaakt_op="2026-02-02", mandaathouder="m-gor", **PIP,
    )  # fmt: skip

    assert {k: v for k, v in bevroren(leven).items() if k in klaar} == klaar
    assert {k: v for k, v in verstuurd(leven).items() if k in post} == post
    herstel = leven.stap("duo/herstel/pip-vastgesteld/1/1")
    assert herstel.status is Stapstatus.GEPLAND
    assert noemt(herstel.waarom, date(2026, 2, 2))
    leven.antwoord("duo/herstel/pip-vastgesteld/1/1", "duo_ingevoerd", date(2026, 4, 2), referentie="PI-2")
    assert leven.stand().duo["duo/pip-vastgesteld/1"].inhoud == "2026-02-02"
    assert not [k for k in leven.staat() if k.startswith("duo/herstel")]


def test_regel_03_een_doorgehaald_pvt_dat_al_gemeld_was_geeft_een_herstel(leven: Leven) -> None:
    leven.tot_pip()
    leven.antwoord("pvt/1", "pvt_voltooid", date(2026, 6, 17))
    leven.antwoord("duo/pvt/1", "duo_ingevoerd", date(2026, 6, 19), referentie="PI-1")
    leven.haal_door(leven.laatste("pvt_voltooid"))
    assert leven.stap("duo/pvt/1").status is Stapstatus.KLAAR
    assert "vervallen" in leven.stap("duo/herstel/pvt/1/1").waarom
    assert leven.stap("pvt/1").status is Stapstatus.GEPLAND


def test_regel_03_een_termijn_die_nu_voorbij_blijkt_gaat_naar_een_mens_een_keer(omgeving) -> None:
    """Kennisgeving van 5 januari, pas op 1 juni bij ons: de tien weken (16 maart) zijn al om."""
    leven = Leven(omgeving).begin(date(2026, 6, 1))
    assert leven.telling()["controle_gevraagd"] == 1
    controle = leven.stap("registratie/controle/1")
    assert (controle.status, controle.rol) == (Stapstatus.GEPLAND, Rol.REGIOCOORDINATOR)
    assert noemt(controle.waarom, date(2026, 3, 16))
    leven.meld("intake_gehouden", date(2026, 1, 21), advies="b1")
    assert leven.telling()["controle_gevraagd"] == 1
    leven.antwoord("registratie/controle/1", "controle_afgehandeld", date(2026, 6, 2), oordeelcode="klopt-zo")
    assert leven.stap("registratie/controle/1").status is Stapstatus.KLAAR


def test_regel_03_een_termijn_die_gewoon_afloopt_is_geen_vraag(leven: Leven) -> None:
    leven.tot_intake()
    leven.op(date(2026, 6, 1))
    leven.meld("klantmanager_toegewezen", date(2026, 6, 1), medewerker="m-kos", partner="avres")
    assert leven.telling()["controle_gevraagd"] == 0


def test_regel_03_een_verbeterde_kennisgeving_die_de_termijn_voorbij_laat_zijn_vraagt_ook(
    leven: Leven,
) -> None:
    leven.tot_intake()
    leven.op(date(2026, 2, 10))
    registreer(leven.omgeving, [rij(versie=2, kennisgeving_op=date(2025, 11, 3), brp_inschrijving=None)], DUO)
    assert leven.stap("registratie/controle/1").status is Stapstatus.GEPLAND
    assert leven.stap("intake/gesprek/1").status is Stapstatus.KLAAR


def test_regel_03_een_latere_inschrijving_verzet_wat_komt_en_niet_wat_was(leven: Leven) -> None:
    leven.tot_intake()
    klaar = bevroren(leven)
    leven.op(date(2026, 3, 10))
    leven.meld("brp_ingeschreven", date(2026, 2, 9))
    assert bevroren(leven) == klaar
    assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 4, 20)


def test_regel_03_een_verhuizing_die_laat_bekend_wordt_gaat_naar_een_mens(leven: Leven) -> None:
    """Ingeschreven op 4 mei, bekend op 1 september: de tien weken voor het nieuwe PIP (art. 5.3 lid 3 Bi) zijn om."""
    leven.tot_pip()
    leven.op(date(2026, 9, 1))
    leven.meld("verhuisd", date(2026, 5, 4), naar="GM1978")
    assert leven.telling()["controle_gevraagd"] == 1
    assert leven.laatste("controle_gevraagd").gegevens.model_dump()["betreft"] == "pip-na-brp tot en met 2026-07-13"
    leven.meld("tolk_nodig", date(2026, 9, 1), taal="ti")
    assert leven.telling()["controle_gevraagd"] == 1
