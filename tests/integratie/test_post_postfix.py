"""Tegen een echte Postfix: hij neemt aan, levert één keer af met onze kopregels, en stuurt terug wat niet kan."""

from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from adapters.bounces import lees_teruggekomen
from adapters.opslag import SqlMagazijn
from adapters.postinstellingen import Postinstellingen
from domein.begrippen import Berichtstatus as Status
from domein.handelingen.postbeheer import meld_bounce
from domein.handelingen.postpoort import Postgrenzen
from domein.handelingen.verzenden import verzend_wachtende
from domein.model import Bericht
from tests.hulp.postfix import Postfix, postfix, waarom_niet
from tests.hulp.storingsserver import Storingsserver, storingsserver
from tests.integratie.conftest import Bouwer
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer, postbode_naar

# In CI is overslaan een fout (tests/conftest.py): .ci/run installeert postfix.
pytestmark = pytest.mark.skipif(waarom_niet() is not None, reason=waarom_niet() or "")
RETOUR = Postinstellingen().afzender.retouradres


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


def zet_klaar(hier: Installatie, bouwer: Bouwer, *wie: str, **anders: object) -> list[Bericht]:
    berichten = [
        bouwer.bericht(
            soort="dagbericht", adres=f"{naam}@vanger.example", aangemaakt_op=hier.klok.nu(), html="<p>Eén taak.</p>",
            agenda="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", agenda_methode="REQUEST",
            in_antwoord_op="<eerste@regie.example>", onderwerp="Voer gesprek 1 – D-7F3K9", **anders,
        )
        for naam in wie
    ]  # fmt: skip
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(*berichten)
    return berichten


async def verzend(hier: Installatie, mta: Postfix) -> Counter[str]:
    verslag = await verzend_wachtende(hier.omgeving, postbode_naar(mta.poort), 500, Postgrenzen(tegelijk=8))
    return +verslag.aantallen


def lees(ruw: bytes) -> EmailMessage:
    return message_from_bytes(ruw.removesuffix(b".\r\n"), policy=policy.default)


def bij_message_id(server: Storingsserver) -> Counter[str]:
    return Counter(str(lees(ruw)["Message-ID"]) for ruw in server.bewaard)


async def test_postfix_levert_alles_een_keer_af_met_onze_kopregels(hier: Installatie, bouwer: Bouwer) -> None:
    berichten = zet_klaar(hier, bouwer, *(f"km-{nummer}" for nummer in range(40)))
    async with storingsserver() as doel:
        with postfix(doel.poort) as mta:
            assert await verzend(hier, mta) == {"aanvaard": 40}
            assert await verzend(hier, mta) == {}
            await doel.wacht_op(40)
    assert bij_message_id(doel) == {bericht.message_id: 1 for bericht in berichten}
    assert all(f"MAIL FROM:<regie+{bericht.retour_token}@regie.example>" in _afzenders(doel) for bericht in berichten)
    mail = lees(doel.bewaard[0])
    assert mail["Subject"] == "Voer gesprek 1 – D-7F3K9"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["References"] == "<eerste@regie.example>"
    assert mail["Reply-To"] == "team@regie.example"
    assert [deel.get_content_type() for deel in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip


def _afzenders(doel: Storingsserver) -> set[str]:
    return {regel.split(" SIZE=")[0].split(" BODY=")[0] for regel in doel.regels if regel.startswith("MAIL FROM")}


async def test_een_ontvanger_die_postfix_niet_kent_is_meteen_onbestelbaar(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, "onbekend", "km-1")
    async with storingsserver() as doel:
        with postfix(doel.poort) as mta:
            assert await verzend(hier, mta) == {"onbestelbaar": 1, "aanvaard": 1}
            await doel.wacht_op(1)
    with hier.magazijn.ruimte() as ruimte:
        [onbestelbaar] = ruimte.berichten(statussen={Status.ONBESTELBAAR})
        assert onbestelbaar.fout_code == "550"
        assert [stand.adres for stand in ruimte.adresstanden()] == ["onbekend@vanger.example"]


async def test_wat_postfix_aannam_en_niet_kwijt_kon_komt_terug_met_ons_kenmerk(
    hier: Installatie, bouwer: Bouwer
) -> None:
    """De hele weg: aanvaard, geweigerd door de server erachter, teruggestuurd, en gekoppeld aan ons bericht."""
    [bericht] = zet_klaar(hier, bouwer, "km-1")
    async with storingsserver({"RCPT": ["550 5.1.1 onbekend", "250 OK"]}) as doel:
        with postfix(doel.poort) as mta:
            assert await verzend(hier, mta) == {"aanvaard": 1}
            [terug] = await doel.wacht_op(1)
    gelezen = lees_teruggekomen(terug, RETOUR)
    assert gelezen.melding is not None
    verslag = meld_bounce(hier.omgeving, gelezen.melding)
    assert (verslag.bericht_id, verslag.code, verslag.adres_gemerkt) == (bericht.id, "5.1.1", True)


async def test_de_wachtrij_van_postfix_overleeft_een_herstart(hier: Installatie, bouwer: Bouwer) -> None:
    [bericht] = zet_klaar(hier, bouwer, "km-1")
    async with storingsserver({"MAIL": "451 4.3.0 later"}) as doel:
        with postfix(doel.poort) as mta:
            assert await verzend(hier, mta) == {"aanvaard": 1}
            mta.stop()
            assert (doel.bewaard, mta.wachtrij()) == ([], 1)
            del doel.script["MAIL"]
            mta.start()
            mta.probeer_opnieuw()
            await doel.wacht_op(1)
    assert bij_message_id(doel) == {bericht.message_id: 1}
