"""De postbode tegen een echte SMTP-server en tegen een die stukgaat: elke dialoog krijgt de juiste naam."""

import asyncio
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.postvanger import Postvanger, ontvangen
from adapters.postvorm import Afzender, OngeldigAdres, maak_bericht
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


async def test_het_antwoord_van_de_server_toont_geen_adres() -> None:
    async with foutserver(RCPT="550 <km-1@avres.example>: onbekend") as server:
        postbode = postbode_naar(server.poort)
        uitkomst = await postbode.bezorg(stuk())
        await postbode.sluit()
    assert "@" not in uitkomst.antwoord
