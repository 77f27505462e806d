"""Open taken van wie er niet is of geen mail ontvangt: naar wie ze mag doen, en anders hoort de coordinator het."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.postbeheer import Bouncemelding, meld_bounce
from domein.handelingen.stapbeheer import draag_over
from domein.handelingen.waarneming import GEEN_VERVANGER, neem_waar
from domein.model import Bericht, Bouncesoort, Signaal
from domein.ports import Omgeving
from tests.integratie.regels.leven import COORDINATOR, Leven
from tests.integratie.regels.regio_anders import afwezig, laad_anders, nieuwe_medewerker

OPROEP = "intake/oproep/1"
PIP = "pip/vaststellen/1"
AANMELDING = "aanbieder/aanmelding/1"
WEG, TERUG = date(2026, 1, 12), date(2026, 1, 26)


def signalen(leven: Leven, soort: str = GEEN_VERVANGER) -> list[Signaal]:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return [s for s in ruimte.signalen() if s.soort == soort]


def verteld(leven: Leven) -> list[Bericht]:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        return [b for b in ruimte.berichten() if b.soort == "niet_bezorgd"]


def geopend(leven: Leven, wie: str = "m-jdb") -> Leven:
    """De oproep staat open bij m-jdb, en zijn mail is aangekomen."""
    leven.open(OPROEP)
    leven.post_is_aanvaard()
    assert leven.stap(OPROEP).medewerker == wie
    return leven


# afwezigheid


def test_op_de_eerste_dag_gaan_open_taken_naar_de_vervanger_met_een_mail_die_zegt_waarom(
    leven: Leven, tmp_path: Path
) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"))
    assert neem_waar(leven.op(date(2026, 1, 11)).omgeving).overgegaan == 0
    assert neem_waar(leven.op(WEG).omgeving).overgegaan == 1
    stap = leven.stap(OPROEP)
    assert (stap.medewerker, stap.partner, stap.generatie) == ("m-kos", "avres", 2)
    overdracht = next(b for b in leven.post(OPROEP) if b.soort == "overdracht")
    assert (overdracht.ontvanger_code, overdracht.generatie) == ("m-kos", 2)
    assert "Uw collega m-jdb is er tot en met 23 januari 2026 niet. U bent de vervanger." in overdracht.tekst
    feit = leven.laatste("stap_toegewezen")
    assert (feit.actor, feit.reden) == (SYSTEEM, "waarneming: de behandelaar is afwezig")


def test_een_tweede_keer_op_dezelfde_dag_verandert_niets(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"))
    leven.op(WEG)
    neem_waar(leven.omgeving)
    post = len(leven.post())
    assert neem_waar(leven.omgeving).overgegaan == 0
    assert len(leven.post()) == post
    assert leven.telling()["stap_toegewezen"] == 1


def test_een_vervanger_van_een_andere_organisatie_krijgt_open_en_nieuwe_taken(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    laad_anders(
        leven, tmp_path, afwezig("m-jdb", "2026-01-07", "2026-01-23", "m-buur"),
        nieuwe_medewerker("m-buur", "molenlanden", "klantmanager"),
    )  # fmt: skip
    neem_waar(leven.op(date(2026, 1, 7)).omgeving)
    assert (leven.stap(OPROEP).medewerker, leven.stap(OPROEP).partner) == ("m-buur", "avres")
    leven.antwoord(OPROEP, "oproep_verzonden", date(2026, 1, 8), afspraak_op="2026-01-14", waarschuwing=False)
    leven.open("intake/gesprek/1")
    assert leven.stap("intake/gesprek/1").medewerker == "m-buur"


def test_wie_terug_is_krijgt_zijn_oude_taken_niet_terug_en_nieuwe_weer_wel(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"))
    neem_waar(leven.op(WEG).omgeving)
    neem_waar(leven.op(TERUG).omgeving)
    assert leven.stap(OPROEP).medewerker == "m-kos"
    leven.antwoord(OPROEP, "oproep_verzonden", TERUG, afspraak_op="2026-02-04", waarschuwing=False)
    leven.open("intake/gesprek/1")
    assert leven.stap("intake/gesprek/1").medewerker == "m-jdb"


def test_is_de_vervanger_er_ook_niet_dan_diens_vervanger(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    kos = (
        "afwezigheid = [{ van = 2026-07-20",
        'afwezigheid = [{ van = 2026-01-10, tot = 2026-01-20, vervanger = "m-tha" },\n{ van = 2026-07-20',
    )
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"), kos)
    neem_waar(leven.op(WEG).omgeving)
    assert leven.stap(OPROEP).medewerker == "m-tha"


def test_zonder_vervanger_een_collega_en_zonder_collega_een_signaal_tot_hij_terug_is(
    leven: Leven, tmp_path: Path
) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path / "a", afwezig("m-jdb", "2026-01-12", "2026-01-23"))
    neem_waar(leven.op(WEG).omgeving)
    collega = leven.stap(OPROEP).medewerker
    assert collega in {"m-kos", "m-tha"}
    ieder = [afwezig(code, "2026-01-13", "2026-01-23") for code in ("m-jdb", "m-tha")]
    kos = (
        "afwezigheid = [{ van = 2026-07-20",
        "afwezigheid = [{ van = 2026-01-13, tot = 2026-01-23 },\n{ van = 2026-07-20",
    )
    laad_anders(leven, tmp_path / "b", *ieder, kos, versie="2026-91")
    verslag = neem_waar(leven.op(date(2026, 1, 13)).omgeving)
    assert (verslag.overgegaan, verslag.gebleven) == (0, 1)
    assert leven.stap(OPROEP).medewerker == collega
    (signaal,) = signalen(leven)
    assert f"{collega} is er niet, en er is geen vervanger die" in signaal.melding
    neem_waar(leven.omgeving)
    assert len(signalen(leven)) == 1
    neem_waar(leven.op(TERUG).omgeving)
    assert signalen(leven) == []


def test_een_besluit_gaat_nooit_naar_iemand_zonder_mandaat(leven: Leven, tmp_path: Path) -> None:
    leven.tot_intake()
    leven.open(PIP)
    assert leven.stap(PIP).medewerker == "m-gor"
    # De vervanger heeft de rol, maar mandaat van een andere gemeente.
    dag = leven.omgeving.klok.vandaag()
    laad_anders(leven, tmp_path / "a", afwezig("m-gor", dag.isoformat(), "2026-03-31", "m-mol"))
    neem_waar(leven.omgeving)
    assert leven.stap(PIP).medewerker == "m-gor"
    assert "met mandaat" in signalen(leven)[0].melding
    leven.op(dag + timedelta(days=1))
    tweede = nieuwe_medewerker("m-gor-2", "gorinchem", "mandaathouder")
    laad_anders(
        leven, tmp_path / "b", afwezig("m-gor", dag.isoformat(), "2026-03-31", "m-mol"), tweede,
        ('houders = ["m-gor"]', 'houders = ["m-gor", "m-gor-2"]'), versie="2026-91",
    )  # fmt: skip
    neem_waar(leven.omgeving)
    assert (leven.stap(PIP).medewerker, leven.stap(PIP).partner) == ("m-gor-2", "gorinchem")
    assert signalen(leven) == []


def test_wie_tijdens_de_afwezigheid_met_de_hand_is_aangewezen_houdt_de_taak(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"))
    neem_waar(leven.op(WEG).omgeving)
    draag_over(leven.omgeving, leven.stap(OPROEP).id, "m-jdb", COORDINATOR, "hij belde dat hij dit doet")
    assert neem_waar(leven.op(date(2026, 1, 13)).omgeving).overgegaan == 0
    assert leven.stap(OPROEP).medewerker == "m-jdb"


def test_wie_vooraf_met_de_hand_is_aangewezen_en_bij_het_openen_weg_is_wordt_vervangen(
    leven: Leven, tmp_path: Path
) -> None:
    draag_over(leven.omgeving, leven.stap(OPROEP).id, "m-tha", COORDINATOR, "verdeling")
    laad_anders(leven, tmp_path, afwezig("m-tha", "2026-01-06", "2026-01-23", "m-kos"))
    leven.op(date(2026, 1, 7)).open(OPROEP)
    assert leven.stap(OPROEP).medewerker == "m-kos"


# post die niet aankomt


def bounce(leven: Leven, soort: Bouncesoort = Bouncesoort.BLIJVEND, kenmerk: str = "k") -> None:
    (taak,) = [b for b in leven.post(OPROEP) if b.soort == "taak" and b.ontvanger_code == "m-jdb"]
    meld_bounce(leven.omgeving, Bouncemelding(taak.retour_token, soort, "5.1.1", kenmerk))


def test_een_blijvende_bounce_geeft_de_taak_aan_een_collega_en_de_coordinator_hoort_het_een_keer(leven: Leven) -> None:
    geopend(leven)
    bounce(leven)
    stap = leven.stap(OPROEP)
    assert (stap.medewerker in {"m-kos", "m-tha"}, stap.status) == (True, Stapstatus.OPEN)
    # Naar het adres dat niet werkt gaat ook geen intrekking.
    assert {(b.soort, b.ontvanger_code) for b in leven.post(OPROEP)} == {
        ("taak", "m-jdb"), ("overdracht", stap.medewerker)
    }  # fmt: skip
    (mail,) = verteld(leven)
    assert mail.ontvanger_code == "m-reg"
    assert "m-jdb" in mail.onderwerp
    assert "De open taken gingen naar een collega." in mail.tekst
    assert f"{leven.dossier().referentie}, nu bij {stap.medewerker}" in mail.tekst
    bounce(leven, kenmerk="nog een melding")
    neem_waar(leven.omgeving)
    neem_waar(leven.op(date(2026, 1, 20)).omgeving)
    assert len(verteld(leven)) == 1


def test_een_tijdelijke_bounce_verandert_niets(leven: Leven) -> None:
    geopend(leven)
    bounce(leven, Bouncesoort.TIJDELIJK)
    assert leven.stap(OPROEP).medewerker == "m-jdb"
    assert verteld(leven) == []


def test_is_er_geen_collega_dan_zegt_de_mail_dat_de_coordinator_zelf_moet_kiezen(leven: Leven) -> None:
    leven.tot_pip()
    leven.open(AANMELDING)
    leven.post_is_aanvaard()
    (taak,) = [b for b in leven.post(AANMELDING) if b.soort == "taak"]
    meld_bounce(leven.omgeving, Bouncemelding(taak.retour_token, Bouncesoort.BLIJVEND, "5.1.1", "k"))
    assert leven.stap(AANMELDING).medewerker == "m-mer"
    assert "Er is geen collega die de open taken kan doen." in verteld(leven)[0].tekst
    assert len(signalen(leven)) == 1


def test_wie_uit_de_afspraken_verdween_heeft_geen_adres_en_zijn_taken_gaan_over(leven: Leven, tmp_path: Path) -> None:
    geopend(leven)
    laad_anders(leven, tmp_path, ('code = "m-jdb"', 'code = "m-zzz"'), ('vervanger = "m-jdb"', 'vervanger = "m-zzz"'))
    leven.op(date(2026, 1, 8))
    neem_waar(leven.omgeving)
    assert leven.stap(OPROEP).medewerker in {"m-zzz", "m-kos", "m-tha"}
    neem_waar(leven.omgeving)
    (mail,) = verteld(leven)
    assert "geen adres" in mail.tekst


def test_zonder_geladen_regio_gebeurt_er_niets(omgeving: Omgeving) -> None:
    Leven(omgeving).op(date(2020, 1, 6))
    assert neem_waar(omgeving).overgegaan == 0


def test_een_kapot_dossier_houdt_de_rest_niet_tegen(
    leven: Leven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    geopend(leven)
    ander = Leven(leven.omgeving).begin(kenmerk="DUO-X", bsn="999990639", dag=date(2026, 1, 7))
    ander.open(OPROEP)
    draag_over(leven.omgeving, ander.stap(OPROEP).id, "m-jdb", COORDINATOR, "verdeling")
    laad_anders(leven, tmp_path, afwezig("m-jdb", "2026-01-12", "2026-01-23", "m-kos"))
    leven.op(WEG)
    echt = neem_waar.__globals__["leg_vast"]

    def hapert(ruimte, omgeving, dossier_id, nieuwe, **rest):
        if dossier_id == leven.dossier_id:
            raise RegieFout("Dit dossier hapert.", "Test.")
        return echt(ruimte, omgeving, dossier_id, nieuwe, **rest)

    monkeypatch.setitem(neem_waar.__globals__, "leg_vast", hapert)
    verslag = neem_waar(leven.omgeving)
    assert (verslag.overgegaan, verslag.mislukt) == (1, [leven.dossier_id])
    assert (ander.stap(OPROEP).medewerker, leven.stap(OPROEP).medewerker) == ("m-kos", "m-jdb")
