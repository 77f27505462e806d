"""Teruggekomen mail: herkend, aan haar bericht gekoppeld door een kenmerk dat niet te raden is, en nooit beantwoord."""

from pathlib import Path

import pytest

from adapters.bounces import lees_teruggekomen
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus as Status
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.postbeheer import BounceGeweigerd, Bouncemelding, meld_bounce
from domein.handelingen.postbeheer_adres import OnbekendAdres, herstel_adres
from domein.handelingen.verzenden import verzend_wachtende
from domein.model import Bericht, Bouncesoort
from tests.hulp.bounces import CORPUS, RETOUR
from tests.hulp.storingsserver import storingsserver
from tests.integratie.conftest import Bouwer
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer, postbode_naar

TOKEN = "abcdefgh234567ab"


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


@pytest.fixture
def aanvaard(hier: Installatie, bouwer: Bouwer) -> Bericht:
    """Een bericht over een open stap dat de mailserver aannam."""
    stap = hier.stap(hier.dossier())
    bericht = bouwer.bericht(
        soort="dagbericht", stap_id=stap.id, dossier_id=stap.dossier_id, retour_token=TOKEN, status=Status.AANVAARD,
        pogingen=1, adres="KM-1@avres.example", aangemaakt_op=hier.klok.nu(), aanvaard_op=hier.klok.nu(),
    )  # fmt: skip
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(bericht)
    return bericht


def melding(token: str | None = TOKEN, soort: Bouncesoort = Bouncesoort.BLIJVEND, kenmerk: str = "k") -> Bouncemelding:
    return Bouncemelding(token, soort, "5.1.1", kenmerk, "550 <km-1@avres.example> onbekend")


@pytest.mark.parametrize(("tekst", "soort", "bounce"), CORPUS.values(), ids=CORPUS.keys())
def test_elke_soort_mail_wordt_herkend(tekst: str, soort: str, bounce: tuple[str, str] | None) -> None:
    gelezen = lees_teruggekomen(tekst.replace("TOKEN", TOKEN).encode("latin-1"), RETOUR)
    assert gelezen.soort == soort
    if bounce is None:
        assert gelezen.melding is None
    else:
        assert gelezen.melding is not None
        assert (gelezen.melding.soort.value, gelezen.melding.code) == bounce
        assert gelezen.melding.token == TOKEN


@pytest.mark.parametrize("regeleinde", ["\n", "\r\n"])
def test_regeleinden_maken_niets_uit(regeleinde: str) -> None:
    ruw = CORPUS["postfix-onbekend"][0].replace("TOKEN", TOKEN.upper()).replace("\n", regeleinde).encode()
    gelezen = lees_teruggekomen(ruw, RETOUR)
    assert gelezen.melding is not None
    assert gelezen.melding.token == TOKEN  # een server die hoofdletters maakt, verandert het kenmerk niet


def test_het_kenmerk_telt_alleen_in_het_adres_van_de_melding_zelf() -> None:
    ruw = CORPUS["postfix-onbekend"][0].replace("To: regie+TOKEN@", "To: regie@")
    ruw = ruw.replace("Subject: Voer gesprek", f"To: regie+{TOKEN}@regie.example\nSubject: Voer gesprek")
    gelezen = lees_teruggekomen(ruw.encode(), RETOUR)
    assert gelezen.melding is not None
    assert gelezen.melding.token is None


@pytest.mark.parametrize("snede", range(0, 900, 37))
def test_een_afgekapte_of_verminkte_mail_geeft_geen_storing(snede: int) -> None:
    ruw = CORPUS["postfix-onbekend"][0].replace("TOKEN", TOKEN).encode()
    lees_teruggekomen(ruw[:snede], RETOUR)
    lees_teruggekomen(ruw[:snede] + b"\xff\x00\r\n" + ruw[snede:], RETOUR)


def test_een_bounce_merkt_het_adres_van_haar_bericht_en_meldt_zich(hier: Installatie, aanvaard: Bericht) -> None:
    verslag = meld_bounce(hier.omgeving, melding())
    assert (verslag.bericht_id, verslag.nieuw, verslag.adres_gemerkt) == (aanvaard.id, True, True)
    with hier.magazijn.ruimte() as ruimte:
        [bounce] = ruimte.bounces(aanvaard.id)
        [signaal] = ruimte.signalen()
        [stand] = ruimte.adresstanden()
        rij = ruimte.bericht(aanvaard.id)
    assert (bounce.code, bounce.toelichting, bounce.ontvangen_op) == ("5.1.1", "550 <adres> onbekend", hier.klok.nu())
    assert (signaal.soort, signaal.stap_id) == ("post_onbestelbaar", aanvaard.stap_id)
    assert "@" not in signaal.melding
    assert (stand.adres, stand.bericht_id) == ("km-1@avres.example", aanvaard.id)
    assert rij is not None
    assert rij.status is Status.AANVAARD  # de server nam hem aan; dat hij terugkwam staat apart


def test_dezelfde_bounce_nog_eens_verandert_niets(hier: Installatie, aanvaard: Bericht) -> None:
    meld_bounce(hier.omgeving, melding())
    verslag = meld_bounce(hier.omgeving, melding())
    assert (verslag.nieuw, verslag.adres_gemerkt) == (False, False)
    assert meld_bounce(hier.omgeving, melding(kenmerk="ander")).nieuw
    with hier.magazijn.ruimte() as ruimte:
        assert len(ruimte.bounces(aanvaard.id)) == 2
        assert len(ruimte.signalen()) == 1


@pytest.mark.parametrize("token", [None, "", "aaaaaaaaaaaaaaaa", TOKEN[:-1] + "c", TOKEN.upper(), f"{TOKEN}'--"])
def test_een_vervalste_bounce_wordt_geweigerd(hier: Installatie, aanvaard: Bericht, token: str | None) -> None:
    with pytest.raises(BounceGeweigerd):
        meld_bounce(hier.omgeving, melding(token))
    with hier.magazijn.ruimte() as ruimte:
        assert (ruimte.bounces(), ruimte.signalen(), ruimte.adresstanden()) == ([], [], [])


def test_vertraging_merkt_geen_adres(hier: Installatie, aanvaard: Bericht) -> None:
    verslag = meld_bounce(hier.omgeving, melding(soort=Bouncesoort.TIJDELIJK))
    assert (verslag.nieuw, verslag.adres_gemerkt) == (True, False)
    with hier.magazijn.ruimte() as ruimte:
        assert (ruimte.signalen(), ruimte.adresstanden()) == ([], [])


def test_een_bounce_op_een_onzeker_bericht_maakt_het_zeker(hier: Installatie, aanvaard: Bericht) -> None:
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.bericht(aanvaard.id)
        assert rij is not None
        rij.status, rij.aanvaard_op = Status.ONZEKER, None
        ruimte.bewaar(rij)
    meld_bounce(hier.omgeving, melding())
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.bericht(aanvaard.id)
    assert rij is not None
    assert (rij.status, rij.fout_code) == (Status.ONBESTELBAAR, "teruggekomen")


async def test_naar_een_gemerkt_adres_gaat_niets_tot_een_mens_het_herstelt(
    hier: Installatie, aanvaard: Bericht, bouwer: Bouwer
) -> None:
    meld_bounce(hier.omgeving, melding())
    nieuw = bouwer.bericht(soort="dagbericht", adres="km-1@Avres.example", aangemaakt_op=hier.klok.nu())
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(nieuw)
    async with storingsserver() as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
        hier.met_afspraken()
        herstel_adres(hier.omgeving, "KM-1@avres.example", Actor("m-bhr"), "Het was een tikfout in hun lijst.")
        with hier.magazijn.ruimte() as ruimte:
            ruimte.bewaar(bouwer.bericht(soort="dagbericht", adres="km-1@avres.example", aangemaakt_op=hier.klok.nu()))
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
    assert len(server.bewaard) == 1
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.bericht(nieuw.id)
    assert rij is not None
    assert (rij.status, rij.fout_code, rij.pogingen) == (Status.ONBESTELBAAR, "adres_onbestelbaar", 0)
    with pytest.raises(OnbekendAdres):
        herstel_adres(hier.omgeving, "km-1@avres.example", Actor("m-bhr"), "Nog eens.")


@pytest.mark.parametrize(
    ("zei", "gemerkt"), [("550 5.1.1 onbekend", True), ("552 5.2.2 vol", False), ("550 nee", False)]
)
async def test_een_server_die_zegt_dat_het_adres_niet_bestaat_merkt_het_ook(
    hier: Installatie, bouwer: Bouwer, zei: str, gemerkt: bool
) -> None:
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.bericht(soort="dagbericht", aangemaakt_op=hier.klok.nu()))
    async with storingsserver({"RCPT": zei}) as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
    with hier.magazijn.ruimte() as ruimte:
        assert bool(ruimte.adresstanden()) is gemerkt


def test_de_opdrachtregel_leest_een_bestand(regie, tmp_path: Path) -> None:
    regie.vul(1)
    regie.open_stappen()
    with regie.magazijn.ruimte() as ruimte:
        bericht = ruimte.berichten()[0]
    regie.instelling(afzender="regie@regie.example")
    mail = tmp_path / "bounce.eml"
    mail.write_text(CORPUS["postfix-onbekend"][0].replace("TOKEN", bericht.retour_token), encoding="utf-8")
    uit = regie.json("post", "bounce", str(mail))
    assert (uit["bericht"], uit["code"], uit["nieuw"], uit["adres_gemerkt"]) == (str(bericht.id), "5.1.1", True, True)
    assert not regie.json("post", "bounce", str(mail))["nieuw"]
    [rij] = [rij for rij in regie.json("post", "lijst") if rij["id"] == str(bericht.id)]
    assert rij["teruggekomen"]
    [adres] = regie.json("post", "adressen")
    assert adres["adres"] == bericht.adres.lower()
    regie("post", "herstel", adres["adres"], "--door", "m-bhr", "--reden", "Gebeld: het werkt weer.")
    assert regie.json("post", "adressen") == []


def test_de_opdrachtregel_weigert_een_vervalsing_en_een_gewone_brief(regie, tmp_path: Path) -> None:
    regie.vul(1)
    regie.instelling(afzender="regie@regie.example")
    for naam, code in (("postfix-onbekend", 1), ("mens", 1), ("vacation", 0)):
        mail = tmp_path / f"{naam}.eml"
        mail.write_text(CORPUS[naam][0].replace("TOKEN", TOKEN), encoding="utf-8")
        regie("post", "bounce", str(mail), code=code)
    regie("post", "bounce", str(tmp_path / "bestaat-niet.eml"), code=2)
    assert regie.json("post", "adressen") == []


@pytest.mark.parametrize("naam", [naam for naam, (_, soort, _) in CORPUS.items() if soort == "automatisch"])
def test_een_automatisch_antwoord_is_geen_antwoord_en_krijgt_er_geen(regie, tmp_path: Path, naam: str) -> None:
    regie.vul(1)
    regie.open_stappen()
    regie.instelling(afzender="regie@regie.example")

    def toestand() -> tuple[object, ...]:
        with regie.magazijn.ruimte() as ruimte:
            stappen = [(s.id, s.status, s.generatie, s.medewerker, s.uitkomst) for s in ruimte.stappen_waar()]
            return stappen, [(b.id, b.status) for b in ruimte.berichten()], ruimte.adresstanden(), ruimte.signalen()

    eerst = toestand()
    mail = tmp_path / "antwoord.eml"
    with regie.magazijn.ruimte() as ruimte:
        token = ruimte.berichten()[0].retour_token
    mail.write_text(CORPUS[naam][0].replace("TOKEN", token), encoding="utf-8")
    regie("post", "bounce", str(mail))
    assert toestand() == eerst
