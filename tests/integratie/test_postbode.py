"""De postbode tegen een echte SMTP-server en tegen een die stukgaat: elke dialoog krijgt de juiste naam."""

import asyncio
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from adapters.postvanger import Postvanger, ontvangen
from adapters.postvorm import Afzender, OngeldigAdres, OngeldigPoststuk, maak_bericht
from domein.begrippen import Berichtstatus as Status
from domein.handelingen.postpoort import Poststuk
from tests.integratie.post_hulp import foutserver, postbode_naar

INSTELLINGEN = Afzender()


def stuk(nummer: int = 1, **anders: str) -> Poststuk:
    return Poststuk(
        message_id=anders.get("message_id", f"<stuk-{nummer}@regie.example>"),
        adres=anders.get("adres", "km-1@avres.example"),
        onderwerp=anders.get("onderwerp", "Voer gesprek 1 – D-7F3K9"),
        tekst=anders.get("tekst", "Beste collega,\n\n.\nZo vóór 2 maart.\n"),
        datum=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )


async def test_een_echte_server_krijgt_precies_wat_wij_schreven(tmp_path: Path) -> None:
    vanger = Postvanger(tmp_path)
    postbode = postbode_naar(await vanger.start())
    uitkomst = await postbode.bezorg(stuk())
    await postbode.sluit()
    await vanger.stop()

    [mail] = ontvangen(tmp_path)
    assert (uitkomst.status, uitkomst.code) == (Status.AANVAARD, "250")
    assert mail.message_id == "<stuk-1@regie.example>"
    assert mail.ontvanger == "km-1@avres.example"
    assert mail.onderwerp == "Voer gesprek 1 – D-7F3K9"
    assert mail.tekst == "Beste collega,\n\n.\nZo vóór 2 maart.\n"
    assert mail.bericht["Auto-Submitted"] == "auto-generated"
    assert mail.bericht["X-Auto-Response-Suppress"] == "All"
    assert mail.bericht["Reply-To"] == "team@regie.example"
    assert str(mail.bericht["To"]) == "km-1@avres.example"


async def test_veel_berichten_delen_een_paar_verbindingen() -> None:
    async with foutserver() as server:
        postbode = postbode_naar(server.poort, verbindingen=2)
        uitkomsten = await asyncio.gather(*(postbode.bezorg(stuk(n)) for n in range(60)))
        await postbode.sluit()
    assert {uitkomst.status for uitkomst in uitkomsten} == {Status.AANVAARD}
    assert len(server.bewaard) == 60
    assert server.verbindingen <= 2


DIALOGEN = [
    pytest.param({"RCPT": "451 4.7.1 greylisted"}, Status.UITGESTELD, "451", id="greylisting"),
    pytest.param({"RCPT": "550 5.1.1 onbekend"}, Status.ONBESTELBAAR, "550", id="ontvanger-bestaat-niet"),
    pytest.param({"RCPT": "552 5.2.2 vol"}, Status.ONBESTELBAAR, "552", id="postbus-vol-voorgoed"),
    pytest.param({"RCPT": "weg"}, Status.UITGESTELD, "verbroken", id="weg-bij-ontvanger"),
    pytest.param({"MAIL": "421 4.3.2 dicht"}, Status.UITGESTELD, "421", id="421-bij-afzender"),
    pytest.param({"MAIL": "530 5.7.0 meld u aan"}, Status.UITGESTELD, "530", id="onze-instelling"),
    pytest.param({"MAIL": "550 5.7.1 afzender"}, Status.ONBESTELBAAR, "550", id="afzender-geweigerd"),
    pytest.param({"BEGIN": "554 5.3.2 niet vandaag"}, Status.UITGESTELD, "554", id="server-weigert-iedereen"),
    pytest.param({"BEGIN": "weg"}, Status.UITGESTELD, "geen_verbinding", id="weg-voor-de-groet"),
    pytest.param({"EHLO": "weg"}, Status.UITGESTELD, "geen_verbinding", id="weg-bij-ehlo"),
    pytest.param({"DATA": "451 4.3.0 later"}, Status.UITGESTELD, "451", id="data-later"),
    pytest.param({"DATA": "554 5.6.0 nee"}, Status.ONBESTELBAAR, "554", id="data-geweigerd"),
    pytest.param({"DATA": "weg"}, Status.UITGESTELD, "verbroken", id="weg-voor-de-inhoud"),
    pytest.param({"EINDE": "weg"}, Status.ONZEKER, "verbroken_na_data", id="weg-na-de-punt"),
    pytest.param({"EINDE": "weg-na:250 OK"}, Status.AANVAARD, "250", id="antwoord-en-dan-weg"),
    pytest.param({"EINDE": "452 4.3.1 vol"}, Status.UITGESTELD, "452", id="inhoud-later"),
    pytest.param({"EINDE": "421 4.4.2 te lang"}, Status.UITGESTELD, "421", id="421-na-de-punt"),
    pytest.param({"EINDE": "550 5.7.1 spam"}, Status.ONBESTELBAAR, "550", id="inhoud-geweigerd"),
    pytest.param({"EINDE": "onzin"}, Status.ONZEKER, "onleesbaar_na_data", id="onleesbaar-na-de-punt"),
]


@pytest.mark.parametrize(("script", "status", "code"), DIALOGEN)
async def test_elke_dialoog_krijgt_de_juiste_naam(script: dict[str, str], status: Status, code: str) -> None:
    async with foutserver(**script) as server:
        postbode = postbode_naar(server.poort)
        uitkomst = await postbode.bezorg(stuk())
        await postbode.sluit()
    assert (uitkomst.status, uitkomst.code) == (status, code)


async def test_stilte_na_de_inhoud_is_onzeker_en_nooit_mislukt() -> None:
    async with foutserver(EINDE="") as server:  # een lege regel is nog geen antwoord
        postbode = postbode_naar(server.poort, wacht_na_data=0.2)
        uitkomst = await postbode.bezorg(stuk())
        await postbode.sluit()
    assert uitkomst.status is Status.ONZEKER


async def test_een_geweigerde_verbinding_is_uitgesteld() -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))  # wel bezet, maar niemand luistert
        uitkomst = await postbode_naar(bezet.getsockname()[1]).bezorg(stuk())
    assert (uitkomst.status, uitkomst.code) == (Status.UITGESTELD, "geen_verbinding")


async def test_na_een_weigering_gaat_het_volgende_bericht_gewoon_door() -> None:
    async with foutserver(RCPT=["550 5.1.1 onbekend", "250 OK"]) as server:
        postbode = postbode_naar(server.poort, verbindingen=1)
        eerste, tweede = await postbode.bezorg(stuk(1)), await postbode.bezorg(stuk(2))
        await postbode.sluit()
    assert (eerste.status, tweede.status) == (Status.ONBESTELBAAR, Status.AANVAARD)
    assert "RSET" in server.opdrachten
    assert server.verbindingen == 1


async def test_een_verbinding_die_stil_lag_en_dicht_ging_kost_geen_poging() -> None:
    async with foutserver(MAIL=["250 OK", "421 4.4.2 te lang stil", "250 OK"]) as server:
        postbode = postbode_naar(server.poort, verbindingen=1)
        uitkomsten = [await postbode.bezorg(stuk(n)) for n in (1, 2)]
        await postbode.sluit()
    assert [uitkomst.status for uitkomst in uitkomsten] == [Status.AANVAARD, Status.AANVAARD]
    assert server.verbindingen == 2
    assert len(server.bewaard) == 2


async def test_onzeker_geeft_geen_tweede_kopie() -> None:
    async with foutserver(EINDE="weg") as server:
        postbode = postbode_naar(server.poort)
        await postbode.bezorg(stuk())
        await postbode.sluit()
    assert len(server.bewaard) == 1


def test_hetzelfde_poststuk_geeft_dezelfde_bytes() -> None:
    assert maak_bericht(stuk(), INSTELLINGEN) == maak_bericht(stuk(), INSTELLINGEN)


@pytest.mark.parametrize(
    "adres",
    [
        "a@b.example, c@d.example",
        "Naam <a@b.example>",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example c@d.example",
        "geen-adres",
        "",
        "a@b@c.example",
        "a@b.example;c@d.example",
    ],
)
async def test_een_vreemd_adres_wordt_nooit_een_tweede_ontvanger(adres: str) -> None:
    with pytest.raises(OngeldigAdres):
        maak_bericht(stuk(adres=adres), INSTELLINGEN)
    async with foutserver() as server:
        uitkomst = await postbode_naar(server.poort).bezorg(stuk(adres=adres))
    assert (uitkomst.status, uitkomst.code) == (Status.ONBESTELBAAR, "adres_ongeldig")
    assert server.verbindingen == 0


def test_een_regeleinde_in_het_onderwerp_wordt_geweigerd() -> None:
    with pytest.raises(OngeldigPoststuk):
        maak_bericht(stuk(onderwerp="Taak\r\nBcc: x@y.example"), INSTELLINGEN)


def test_lange_onderwerpen_en_vreemde_tekens_blijven_een_kopregel() -> None:
    ruw = maak_bericht(stuk(onderwerp="Gesprek مرحبا " + "x" * 400), INSTELLINGEN)
    bericht = message_from_bytes(ruw, policy=policy.default)
    assert set(bericht.keys()) == {
        *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("X-Auto-Response-Suppress", "Content-Language", "Content-Type", "Content-Transfer-Encoding"),
        "MIME-Version",
    }
    assert max(map(len, ruw.split(b"\r\n"))) <= 998


async def test_het_antwoord_van_de_server_toont_geen_adres() -> None:
    async with foutserver(RCPT="550 <km-1@avres.example>: onbekend") as server:
        postbode = postbode_naar(server.poort)
        uitkomst = await postbode.bezorg(stuk())
        await postbode.sluit()
    assert "@" not in uitkomst.antwoord
