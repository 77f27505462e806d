"""De postvanger van de demo: een eigen proces, en een pagina die elke mail als gewone tekst toont."""

import json
import signal
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from httpx import ASGITransport, AsyncClient, Response

from adapters.postvanger import bewaar, laatste_nummer, luister, ontvangen, postbussen
from adapters.postvanger_pagina import maak_pagina, met_links

ADRES = "km-1@avres.example"


def mail(onderwerp: str = "Taak", tekst: str = "Hallo", naar: str = ADRES) -> EmailMessage:
    bericht = EmailMessage()
    bericht["From"], bericht["To"], bericht["Subject"] = "regie@regie.example", naar, onderwerp
    bericht["Message-ID"] = "<een@regie.example>"
    bericht.set_content(tekst)
    return bericht


async def vraag(map_: Path, pad: str) -> Response:
    async with AsyncClient(transport=ASGITransport(app=maak_pagina(map_)), base_url="http://t") as client:
        return await client.get(pad)


def test_als_eigen_proces_vangt_hij_mail_en_stopt_netjes(tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        opdracht = [sys.executable, "-m", "adapters.postvanger", "--map", str(tmp_path)]
        poort = str(bezet.getsockname()[1])
        with subprocess.Popen(
            [*opdracht, "--poort", poort], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as proces:
            assert proces.stdout is not None
            assert proces.stderr is not None
            adressen = json.loads(proces.stdout.readline())
            assert json.loads((tmp_path / "postvanger.json").read_text()) == adressen
            with smtplib.SMTP("127.0.0.1", adressen["smtp_port"]) as smtp:
                smtp.send_message(mail())
            assert ADRES in httpx.get(adressen["web"]).text
            proces.send_signal(signal.SIGTERM)
            assert proces.wait(20) == 0
            assert f"Poort {poort} is bezet" in proces.stderr.read()
    assert not (tmp_path / "postvanger.json").exists()
    assert [m.message_id for m in ontvangen(tmp_path)] == ["<een@regie.example>"]


def test_de_volgorde_en_de_ontvangers_blijven(tmp_path: Path) -> None:
    for nummer in range(3):
        bewaar(tmp_path, "a@b.example", [ADRES, "ander@b.example"], bytes(mail(f"Taak {nummer}")))
    assert [m.onderwerp for m in ontvangen(tmp_path, ontvanger=ADRES)] == ["Taak 0", "Taak 1", "Taak 2"]
    assert len(ontvangen(tmp_path, na=4)) == 2
    assert (laatste_nummer(tmp_path), laatste_nummer(tmp_path / "nergens")) == (6, 0)
    assert postbussen(tmp_path) == [("ander@b.example", 3), (ADRES, 3)]
    assert ontvangen(tmp_path / "nergens") == []


async def test_de_paginas_tonen_de_postbus_en_de_mail_met_werkende_links(tmp_path: Path) -> None:
    bewaar(tmp_path, "a@b.example", [ADRES], bytes(mail("Taak vóór 2 maart", "Zie\nhttps://p.example/taak/x\n")))
    assert ADRES in (await vraag(tmp_path, "/")).text
    assert "Taak vóór 2 maart" in (await vraag(tmp_path, f"/postbus/{quote(ADRES)}")).text
    pagina = (await vraag(tmp_path, "/mail/1")).text
    assert '<a href="https://p.example/taak/x" rel="noreferrer">' in pagina
    assert "Message-ID" in (await vraag(tmp_path, "/mail/1/ruw")).text
    assert (await vraag(tmp_path, "/mail/2")).status_code == 404


@pytest.mark.parametrize(
    "tekst", ["<script>alert(1)</script>", "javascript:alert(1)", 'https://x.example/"onmouseover="alert(1)']
)
async def test_vijandige_mail_blijft_tekst(tmp_path: Path, tekst: str) -> None:
    bewaar(tmp_path, tekst, [tekst], bytes(mail(tekst, tekst)))
    for pad in ("/", "/mail/1", f"/postbus/{quote(tekst.lower(), safe='')}"):
        pagina = await vraag(tmp_path, pad)
        assert "<script" not in pagina.text
        assert 'href="javascript' not in pagina.text
        assert 'onmouseover="' not in pagina.text
        assert "default-src 'none'" in pagina.headers["Content-Security-Policy"]


def test_alleen_webadressen_worden_links() -> None:
    assert met_links("ftp://x.example javascript:x <b>") == "ftp://x.example javascript:x &lt;b&gt;"


def test_een_bezette_poort_geeft_een_andere() -> None:
    with luister(0) as een, luister(een.getsockname()[1]) as ander:
        assert een.getsockname()[1] != ander.getsockname()[1]
