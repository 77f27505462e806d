"""Gesprekken met een mailserver die op elk punt stukgaat: elk krijgt de naam van wat er echt gebeurde.

De enige vraag die telt: kan de server het bericht hebben? Voor de inhoud weg was nooit, na een antwoord op de punt
weten wij het, en anders heet het onzeker.
"""

import asyncio
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters import postverbinding
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import Postinstellingen
from domein.begrippen import Berichtstatus as Status
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst
from tests.hulp.certificaat import Soort, Uitgever, maak_uitgever
from tests.hulp.storingsserver import Storingsserver, storingsserver

KORT = 0.3  # zo lang wacht de postbode hier op een antwoord
ZONDER = ("8BITMIME",)  # een server die niet meer opdrachten tegelijk aanneemt


def stuk(nummer: int = 1, adres: str = "km-1@avres.example", **anders: Any) -> Poststuk:
    return Poststuk(
        message_id=f"<stuk-{nummer}@regie.example>",
        adres=adres,
        onderwerp="Voer gesprek 1 – D-7F3K9",
        tekst="Beste collega,\n\n.\nZo vóór 2 maart.\n",
        datum=datetime(2026, 3, 2, 9, tzinfo=UTC),
        **anders,
    )


async def bezorg(server: Storingsserver, aantal: int = 1, **anders: Any) -> list[Verzenduitkomst]:
    instellingen = {"poort": server.poort, "tls": "geen", "wachttijd": KORT, "wacht_na_data": KORT, **anders}
    postbode = SmtpPostbode(Postinstellingen(**instellingen))
    uitkomsten = [await postbode.bezorg(stuk(nummer)) for nummer in range(aantal)]
    await postbode.sluit()
    return uitkomsten


UITGESTELD, ONBESTELBAAR, ONZEKER, AANVAARD = Status.UITGESTELD, Status.ONBESTELBAAR, Status.ONZEKER, Status.AANVAARD

# wat de server doet, wat het heet, de code, en of de inhoud bij de server kwam
DIALOGEN = {
    # de groet
    "niemand-vandaag": ({"BEGIN": "554 5.3.2 niet vandaag"}, UITGESTELD, "554", 0),
    "421-bij-de-groet": ({"BEGIN": "421 4.3.2 te druk"}, UITGESTELD, "421", 0),
    "weg-voor-de-groet": ({"BEGIN": "weg"}, UITGESTELD, "geen_verbinding", 0),
    "afgebroken-voor-de-groet": ({"BEGIN": "reset"}, UITGESTELD, "geen_verbinding", 0),
    "stil-bij-de-groet": ({"BEGIN": "stil"}, UITGESTELD, "tijd_op", 0),
    "druppelt-de-groet": ({"BEGIN": "drup:220 storing.example ESMTP met een lange groet"}, UITGESTELD, "tijd_op", 0),
    "geen-smtp": ({"BEGIN": "ruis"}, UITGESTELD, "onleesbaar", 0),
    # EHLO
    "weg-bij-ehlo": ({"EHLO": "weg"}, UITGESTELD, "geen_verbinding", 0),
    "kent-geen-ehlo": ({"EHLO": "502 5.5.1 onbekend"}, AANVAARD, "250", 1),
    "kent-niets": ({"EHLO": "502 nee", "HELO": "502 nee"}, UITGESTELD, "502", 0),
    "421-bij-ehlo": ({"EHLO": "421 4.3.2 dicht", "HELO": "weg"}, UITGESTELD, "geen_verbinding", 0),
    # de afzender
    "421-bij-afzender": ({"MAIL": "421 4.3.2 dicht"}, UITGESTELD, "421", 0),
    "451-bij-afzender": ({"MAIL": "451 4.3.0 later"}, UITGESTELD, "451", 0),
    "452-schijf-vol": ({"MAIL": "452 4.3.1 vol"}, UITGESTELD, "452", 0),
    "afzender-geweigerd": ({"MAIL": "550 5.7.1 afzender"}, ONBESTELBAAR, "550", 0),
    "bericht-te-groot": ({"MAIL": "552 5.3.4 te groot"}, ONBESTELBAAR, "552", 0),
    "meld-u-eerst-aan": ({"MAIL": "530 5.7.0 meld u aan"}, UITGESTELD, "530", 0),
    "ruis-bij-afzender": ({"MAIL": "ruis"}, UITGESTELD, "onleesbaar", 0),
    "stil-bij-afzender": ({"MAIL": "stil"}, UITGESTELD, "tijd_op", 0),
    # de ontvanger
    "greylisting": ({"RCPT": "451 4.7.1 greylisted"}, UITGESTELD, "451", 0),
    "450-postbus-bezet": ({"RCPT": "450 4.2.1 bezet"}, UITGESTELD, "450", 0),
    "ontvanger-onbekend": ({"RCPT": "550 5.1.1 onbekend"}, ONBESTELBAAR, "550", 0),
    "postbus-vol-voorgoed": ({"RCPT": "552 5.2.2 vol"}, ONBESTELBAAR, "552", 0),
    "verkeerde-naam": ({"RCPT": "553 5.1.3 geen adres"}, ONBESTELBAAR, "553", 0),
    "doorsturen-mag-niet": ({"RCPT": "554 5.7.1 relay"}, ONBESTELBAAR, "554", 0),
    "smtputf8-nodig": ({"RCPT": "553 5.6.7 SMTPUTF8"}, ONBESTELBAAR, "553", 0),
    "421-bij-ontvanger": ({"RCPT": "421 4.3.2 dicht"}, UITGESTELD, "421", 0),
    "weigert-en-hangt-op": ({"RCPT": "weg-na:550 5.1.1 onbekend"}, ONBESTELBAAR, "550", 0),
    "weg-bij-ontvanger": ({"RCPT": "weg"}, UITGESTELD, "verbroken", 0),
    "afgebroken-bij-ontvanger": ({"RCPT": "reset"}, UITGESTELD, "verbroken", 0),
    "251-stuurt-door": ({"RCPT": "251 stuurt door"}, AANVAARD, "250", 1),
    "meer-regels": ({"RCPT": "250-eerst / 250-dan / 250 klaar"}, AANVAARD, "250", 1),
    "meer-regels-geweigerd": ({"RCPT": "550-5.1.1 nee / 550 5.1.1 echt niet"}, ONBESTELBAAR, "550", 0),
    "regels-spreken-elkaar-tegen": ({"RCPT": "250-ja / 550 nee"}, UITGESTELD, "onleesbaar", 0),
    "antwoord-in-twee-delen": ({"RCPT": "half:250 2.1.5 goed"}, AANVAARD, "250", 1),
    "eindeloos-antwoord": ({"RCPT": "eindeloos"}, UITGESTELD, "onleesbaar", 0),
    # DATA
    "data-later": ({"DATA": "451 4.3.0 later"}, UITGESTELD, "451", 0),
    "data-geweigerd": ({"DATA": "554 5.6.0 nee"}, ONBESTELBAAR, "554", 0),
    "data-250-in-plaats-van-354": ({"DATA": "250 OK"}, UITGESTELD, "250", 0),
    "421-bij-data": ({"DATA": "421 4.3.2 dicht"}, UITGESTELD, "421", 0),
    "weg-voor-de-inhoud": ({"DATA": "weg"}, UITGESTELD, "verbroken", 0),
    # na de inhoud
    "weg-midden-in-de-inhoud": ({"INHOUD": "weg"}, ONZEKER, "verbroken_na_data", 0),
    "weg-na-de-punt": ({"EINDE": "weg"}, ONZEKER, "verbroken_na_data", 1),
    "afgebroken-na-de-punt": ({"EINDE": "reset"}, ONZEKER, "verbroken_na_data", 1),
    "stil-na-de-punt": ({"EINDE": "stil"}, ONZEKER, "tijd_op_na_data", 1),
    "druppelt-na-de-punt": ({"EINDE": "drup:250 2.0.0 in de rij als 0123456789"}, ONZEKER, "tijd_op_na_data", 1),
    "ruis-na-de-punt": ({"EINDE": "ruis"}, ONZEKER, "onleesbaar_na_data", 1),
    "354-na-de-punt": ({"EINDE": "354 nog meer"}, ONZEKER, "354", 1),
    "antwoord-en-dan-weg": ({"EINDE": "weg-na:250 OK"}, AANVAARD, "250", 1),
    "251-na-de-punt": ({"EINDE": "251 ook goed"}, AANVAARD, "251", 1),
    "inhoud-later": ({"EINDE": "452 4.3.1 vol"}, UITGESTELD, "452", 1),
    "421-na-de-punt": ({"EINDE": "421 4.4.2 te lang"}, UITGESTELD, "421", 1),
    "inhoud-geweigerd": ({"EINDE": "550 5.7.1 spam"}, ONBESTELBAAR, "550", 1),
    "te-groot-na-de-punt": ({"EINDE": "552 5.3.4 te groot"}, ONBESTELBAAR, "552", 1),
    "aanmelden-na-de-punt": ({"EINDE": "530 5.7.0 meld u aan"}, UITGESTELD, "530", 1),
}


def test_het_zijn_er_genoeg() -> None:
    assert len(DIALOGEN) >= 40


@pytest.mark.parametrize("extensies", [("PIPELINING", "8BITMIME"), ZONDER], ids=["alles-tegelijk", "een-voor-een"])
@pytest.mark.parametrize(("script", "status", "code", "kwam_aan"), DIALOGEN.values(), ids=DIALOGEN.keys())
async def test_elk_gesprek_krijgt_de_juiste_naam(
    script: dict[str, str], status: Status, code: str, kwam_aan: int, extensies: tuple[str, ...]
) -> None:
    async with storingsserver(script, extensies=extensies) as server:
        [uitkomst] = await bezorg(server)
    assert (uitkomst.status, uitkomst.code) == (status, code)
    assert len(server.bewaard) == kwam_aan
    assert "@" not in uitkomst.antwoord


@pytest.mark.parametrize("extensies", [("PIPELINING",), ZONDER], ids=["alles-tegelijk", "een-voor-een"])
@pytest.mark.parametrize("weigering", ["MAIL", "RCPT", "DATA", "EINDE"])
async def test_na_een_weigering_gaat_het_volgende_bericht_over_dezelfde_verbinding(
    weigering: str, extensies: tuple[str, ...]
) -> None:
    goed = {"DATA": "354 ga door"}.get(weigering, "250 OK")
    async with storingsserver({weigering: ["550 5.7.1 nee", goed]}, extensies=extensies) as server:
        uitkomsten = await bezorg(server, 2, verbindingen=1)
    assert [uitkomst.status for uitkomst in uitkomsten] == [ONBESTELBAAR, AANVAARD]
    assert server.verbindingen == 1


async def test_421_midden_in_een_sessie_kost_geen_poging() -> None:
    async with storingsserver({"MAIL": ["250 OK", "421 4.4.2 te lang stil", "250 OK"]}) as server:
        uitkomsten = await bezorg(server, 2, verbindingen=1)
    assert [uitkomst.status for uitkomst in uitkomsten] == [AANVAARD, AANVAARD]
    assert (server.verbindingen, len(server.bewaard)) == (2, 2)


async def test_een_geweigerde_ontvanger_geeft_de_inhoud_nooit_af() -> None:
    """Ook niet als de server na de weigering toch om de inhoud vraagt (RFC 2920)."""
    async with storingsserver({"RCPT": "550 5.1.1 onbekend", "DATA": "354 ga door"}) as server:
        [uitkomst] = await bezorg(server)
    assert uitkomst.status is ONBESTELBAAR
    assert server.bewaard == []


@pytest.mark.parametrize("opdracht", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("extensies", [("PIPELINING",), ZONDER], ids=["alles-tegelijk", "een-voor-een"])
async def test_een_antwoord_te_veel_telt_nooit_voor_de_volgende_opdracht(
    opdracht: str, extensies: tuple[str, ...]
) -> None:
    """Anders leest iemand het oude `250` als antwoord op de inhoud, en is een geweigerd bericht aanvaard."""
    goed = "354 ga door" if opdracht == "DATA" else "250 OK"
    script: dict[str, str | list[str]] = {opdracht: f"dubbel:{goed}", "EINDE": "550 5.7.1 spam"}
    async with storingsserver(script, extensies=extensies) as server:
        [uitkomst] = await bezorg(server)
    assert uitkomst.status is UITGESTELD
    assert server.bewaard == []


async def test_wie_pipelining_belooft_en_opdrachten_kwijtraakt_krijgt_ze_een_voor_een() -> None:
    async with storingsserver(slokt=True) as server:
        uitkomsten = await bezorg(server, 3, verbindingen=1)
    assert {uitkomst.status for uitkomst in uitkomsten} == {AANVAARD}
    assert len(server.bewaard) == 3


async def test_de_inhoud_is_zeven_bits_en_past_dus_bij_elke_server() -> None:
    async with storingsserver(extensies=()) as server:
        [uitkomst] = await bezorg(server)
    assert uitkomst.status is AANVAARD
    assert all(byte < 128 for byte in server.bewaard[0])
    assert not any("BODY=" in regel or "SMTPUTF8" in regel for regel in server.regels)


async def test_een_adres_dat_smtputf8_nodig_heeft_is_onbestelbaar_zonder_gesprek() -> None:
    async with storingsserver() as server:
        postbode = SmtpPostbode(Postinstellingen(poort=server.poort, tls="geen"))
        uitkomst = await postbode.bezorg(stuk(adres="jürgen@avres.example"))
        await postbode.sluit()
    assert (uitkomst.status, uitkomst.code, server.verbindingen) == (ONBESTELBAAR, "smtputf8_nodig", 0)


async def test_een_domein_met_een_accent_gaat_als_ascii() -> None:
    async with storingsserver() as server:
        postbode = SmtpPostbode(Postinstellingen(poort=server.poort, tls="geen"))
        uitkomst = await postbode.bezorg(stuk(adres="km-1@gemeenté.example"))
        await postbode.sluit()
    assert uitkomst.status is AANVAARD
    assert "RCPT TO:<km-1@xn--gemeent-hya.example>" in server.regels


async def test_het_retouradres_draagt_het_kenmerk_van_het_bericht() -> None:
    async with storingsserver() as server:
        postbode = SmtpPostbode(Postinstellingen(poort=server.poort, tls="geen"))
        await postbode.bezorg(stuk(retour_token="abcdefgh23456789"))
        await postbode.sluit()
    assert "MAIL FROM:<regie+abcdefgh23456789@regie.example>" in server.regels


# verbinden


async def test_een_geweigerde_verbinding() -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))  # wel bezet, maar niemand luistert
        [uitkomst] = await bezorg(Storingsserver(poort=bezet.getsockname()[1]))
    assert (uitkomst.status, uitkomst.code) == (UITGESTELD, "geen_verbinding")


async def test_een_naam_die_niet_bestaat(monkeypatch: pytest.MonkeyPatch) -> None:
    async def niet_te_vinden(*_a: Any, **_k: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", niet_te_vinden)
    [uitkomst] = await bezorg(Storingsserver(poort=25), host="mail.bestaat-niet.example")
    assert (uitkomst.status, uitkomst.code) == (UITGESTELD, "naam_onbekend")


async def test_zwijgt_de_server_dan_kost_dat_niet_per_bericht_de_hele_wachttijd() -> None:
    async with storingsserver({"BEGIN": "stil"}) as server:
        uitkomsten = await bezorg(server, 5)
    assert [uitkomst.code for uitkomst in uitkomsten] == ["tijd_op"] * 5
    assert server.verbindingen == 1


async def test_te_veel_verbindingen_dan_doen_minder_het_werk() -> None:
    async with storingsserver({"BEGIN": ["220 welkom", "220 welkom", "421 4.7.0 te veel verbindingen"]}) as server:
        postbode = SmtpPostbode(Postinstellingen(poort=server.poort, tls="geen", verbindingen=6))
        uitkomsten = await asyncio.gather(*(postbode.bezorg(stuk(nummer)) for nummer in range(30)))
        await postbode.sluit()
    assert {uitkomst.status for uitkomst in uitkomsten} == {AANVAARD}
    assert len(server.bewaard) == 30


# versleuteling en aanmelden


@pytest.fixture(scope="module")
def uitgever(tmp_path_factory: pytest.TempPathFactory) -> Uitgever:
    return maak_uitgever(tmp_path_factory.mktemp("certificaten"))


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("soort", "status", "code"),
    [
        ("goed", AANVAARD, "250"),
        ("andere-naam", UITGESTELD, "tls"),
        ("verlopen", UITGESTELD, "tls"),
        ("eigen", UITGESTELD, "tls"),
    ],
)
async def test_een_certificaat_dat_niet_klopt_krijgt_geen_bericht(
    uitgever: Uitgever, tls: str, soort: Soort, status: Status, code: str
) -> None:
    context = uitgever.server_context(soort)
    extensies = ("PIPELINING", "STARTTLS")
    async with storingsserver(tls=context, meteen_tls=tls == "tls", extensies=extensies) as server:
        [uitkomst] = await bezorg(server, tls=tls, certificaten=uitgever.bundel, wachttijd=5.0)
    assert (uitkomst.status, uitkomst.code) == (status, code)
    assert len(server.bewaard) == (status is AANVAARD)


@pytest.mark.parametrize(
    ("script", "extensies", "code"),
    [
        pytest.param({}, ("PIPELINING",), "tls", id="biedt-geen-starttls"),
        pytest.param({"STARTTLS": "454 4.7.0 nu niet"}, ("STARTTLS",), "454", id="starttls-later"),
        pytest.param(
            {"STARTTLS": "weg-na:220 ga door"}, ("STARTTLS",), "geen_verbinding", id="hangt-op-bij-de-handdruk"
        ),
        pytest.param({"STARTTLS": "stil"}, ("STARTTLS",), "tijd_op", id="zwijgt-op-starttls"),
    ],
)
async def test_zonder_versleuteling_gaat_er_niets_weg(
    uitgever: Uitgever, script: dict[str, str], extensies: tuple[str, ...], code: str
) -> None:
    async with storingsserver(script, extensies=extensies) as server:
        [uitkomst] = await bezorg(server, tls="starttls", certificaten=uitgever.bundel)
    assert (uitkomst.status, uitkomst.code) == (UITGESTELD, code)
    assert not {"MAIL", "AUTH"} & set(server.opdrachten)


@pytest.mark.parametrize(
    ("script", "extensies", "code"),
    [
        pytest.param({"AUTH": "535 5.7.8 verkeerd wachtwoord"}, ("AUTH PLAIN",), "535", id="wachtwoord-fout"),
        pytest.param({"AUTH": "454 4.7.0 later"}, ("AUTH PLAIN",), "454", id="aanmelden-later"),
        pytest.param({}, (), "aanmelden", id="kent-geen-aanmelden"),
    ],
)
async def test_wie_ons_niet_kent_stelt_uit_en_weigert_geen_ontvanger(
    script: dict[str, str], extensies: tuple[str, ...], code: str
) -> None:
    async with storingsserver(script, extensies=extensies) as server:
        [uitkomst] = await bezorg(server, gebruiker="regie", wachtwoord="geheim")
    assert (uitkomst.status, uitkomst.code) == (UITGESTELD, code)
    assert "MAIL" not in server.opdrachten


async def test_na_aanmelden_gaat_het_bericht_weg() -> None:
    async with storingsserver({"AUTH": "235 2.7.0 welkom"}, extensies=("PIPELINING", "AUTH PLAIN")) as server:
        [uitkomst] = await bezorg(server, gebruiker="regie", wachtwoord="geheim")
    assert uitkomst.status is AANVAARD


async def test_wie_ons_afbreekt_laat_geen_verbinding_achter(monkeypatch: pytest.MonkeyPatch) -> None:
    begonnen = asyncio.Event()
    echt: Callable[..., Any] = postverbinding.SMTP.connect

    async def verbind(zelf: Any, **anders: Any) -> Any:
        begonnen.set()
        return await echt(zelf, **anders)

    monkeypatch.setattr(postverbinding.SMTP, "connect", verbind)
    async with storingsserver({"EINDE": "stil"}) as server:
        postbode = SmtpPostbode(Postinstellingen(poort=server.poort, tls="geen"))
        taak = asyncio.create_task(postbode.bezorg(stuk()))
        await begonnen.wait()
        taak.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taak
        await postbode.sluit()


def test_de_wachttijd_na_de_inhoud_is_tien_minuten() -> None:
    """Wie eerder opgeeft, maakt van traag zijn een tweede kopie."""
    assert Postinstellingen().wacht_na_data == 600


def test_alle_certificaten_worden_getoetst(tmp_path: Path) -> None:
    context = Postinstellingen(tls="starttls").tls_context()
    assert context is not None
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
    assert context.minimum_version.name == "TLSv1_2"
    assert Postinstellingen(tls="geen").tls_context() is None
