"""De bytes van een mail: elke keer gelijk, te lezen met de standaardbibliotheek, en zonder kop of ontvanger te veel."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postvorm import Afzender, OngeldigAdres, OngeldigPoststuk, maak_bericht
from domein.handelingen.postpoort import Poststuk

AFZENDER = Afzender()
VAST = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip
AGENDA = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Gesprek één\r\nEND:VCALENDAR\r\n"
TEKST = st.text(st.characters(codec="utf-8"), max_size=400)


def stuk(**anders: Any) -> Poststuk:
    velden: dict[str, Any] = {
        "message_id": "<stuk-1@regie.example>",
        "adres": "km-1@avres.example",
        "onderwerp": "Voer gesprek 1 – D-7F3K9",
        "tekst": "Beste collega,\n\nZo vóór 2 maart.\n",
        "datum": datetime(2026, 3, 2, 9, tzinfo=UTC),
    }
    return Poststuk(**(velden | anders))


def lees(ruw: bytes) -> EmailMessage:
    return message_from_bytes(ruw, policy=policy.default)


def soorten(bericht: EmailMessage) -> list[str]:
    return [deel.get_content_type() for deel in bericht.walk()]


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, ["text/plain"]),
        ({"html": "<p>één</p>"}, ["multipart/alternative", "text/plain", "text/html"]),
        (
            {"html": "<p>één</p>", "agenda": AGENDA, "agenda_methode": "REQUEST"},
            [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
                "application/ics",
            ],
        ),
        ({"html": "", "agenda": ""}, ["text/plain"]),
    ],
)  # fmt: skip
def test_de_delen_van_een_mail(anders: dict[str, Any], verwacht: list[str]) -> None:
    ruw = maak_bericht(stuk(**anders), AFZENDER)
    bericht = lees(ruw)
    assert soorten(bericht) == verwacht
    assert not any(deel.defects for deel in bericht.walk())
    assert maak_bericht(stuk(**anders), AFZENDER) == ruw
    tekst = bericht.get_body(("plain",))
    assert tekst is not None
    assert tekst.get_content().replace("\r\n", "\n") == stuk().tekst


@pytest.mark.parametrize("methode", ["REQUEST", "CANCEL"])
def test_de_uitnodiging_staat_er_twee_keer_hetzelfde_in_en_noemt_niemand(methode: str) -> None:
    bericht = lees(maak_bericht(stuk(agenda=AGENDA, agenda_methode=methode), AFZENDER))
    kalender = next(deel for deel in bericht.walk() if deel.get_content_type() == "text/calendar")
    [bijlage] = bericht.iter_attachments()
    assert kalender["Content-Type"].params["method"] == methode
    assert bijlage.get_filename() == "afspraak.ics"
    assert kalender.get_payload(decode=True) == bijlage.get_payload(decode=True) == AGENDA.encode()


def test_een_onbekende_agendamethode_wordt_geweigerd() -> None:
    with pytest.raises(OngeldigPoststuk):
        maak_bericht(stuk(agenda=AGENDA, agenda_methode="REQUEST\r\nX: y"), AFZENDER)


@given(
    onderwerp=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=300),
    tekst=TEKST, html=TEKST,
)  # fmt: skip
def test_wat_wij_schrijven_leest_een_ander_terug(onderwerp: str, tekst: str, html: str) -> None:
    ruw = maak_bericht(stuk(onderwerp=onderwerp, tekst=tekst, html=f"<p>{html}</p>"), AFZENDER)
    bericht = lees(ruw)
    assert ruw.isascii()
    assert max(map(len, ruw.split(b"\r\n"))) <= 998
    assert b"\n" not in ruw.replace(b"\r\n", b"")
    assert b"\r" not in ruw.replace(b"\r\n", b"")
    assert str(bericht["Subject"]).split() == onderwerp.split()
    assert soorten(bericht) == ["multipart/alternative", "text/plain", "text/html"]
    gelezen = [deel.get_payload(decode=True) for deel in bericht.iter_parts()]

    def gewoon(waarde: str) -> bytes:
        recht = waarde.replace("\r\n", "\n").replace("\r", "\n")
        return (recht if recht.endswith("\n") else recht + "\n").replace("\n", "\r\n").encode()

    assert gelezen == [gewoon(tekst), gewoon(f"<p>{html}</p>")]


VIJANDIG = ["\r\nBcc: x@y.example", "\nBcc: x@y.example", "\rBcc: x", "\x00", "\x0b", "\x85Bcc: x", "\u2028Bcc: x"]


@pytest.mark.parametrize("gif", VIJANDIG)
@pytest.mark.parametrize(
    "veld", ["onderwerp", "adres", "message_id", "in_antwoord_op", "antwoord_aan", "agenda_methode", "afmeldlink"]
)
def test_geen_veld_smokkelt_een_kopregel_of_ontvanger_binnen(veld: str, gif: str) -> None:
    goed = {
        "onderwerp": "Taak", "adres": "km-1@avres.example", "message_id": "<a@b.example>", "afmelden": True,
        "in_antwoord_op": "<c@b.example>", "antwoord_aan": "team@b.example", "agenda": AGENDA,
        "agenda_methode": "REQUEST", "afmeldlink": "https://regie.example/afmelden/x",
    }  # fmt: skip
    maak_bericht(stuk(**goed), AFZENDER)
    for waarde in (goed[veld] + gif, gif + goed[veld]):
        with pytest.raises(OngeldigPoststuk):
            maak_bericht(stuk(**(goed | {veld: waarde})), AFZENDER)


@pytest.mark.parametrize(
    "inhoud",
    ["\r\n.\r\nMAIL FROM:<x@y>\r\n", "=_1c87_a", "--=_" + "0" * 32 + "_a--\r\nBcc: x", "<script>{{7*7}}", "x" * 10_000],
)
def test_vijandige_inhoud_blijft_inhoud(inhoud: str) -> None:
    bericht = lees(maak_bericht(stuk(tekst=inhoud, html=inhoud, agenda=inhoud), AFZENDER))
    assert set(bericht.keys()) <= VAST
    assert soorten(bericht) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    tekst = bericht.get_body(("plain",))
    assert tekst is not None
    assert tekst.get_content().split() == inhoud.split()


def test_lange_onderwerpen_en_vreemde_tekens_blijven_een_kopregel() -> None:
    onderwerp = "Gesprek مرحبا " + "x" * 10_000
    ruw = maak_bericht(stuk(onderwerp=onderwerp), AFZENDER)
    assert set(lees(ruw).keys()) == VAST
    assert lees(ruw)["Subject"] == onderwerp
    assert max(map(len, ruw.split(b"\r\n"))) <= 78


def test_wat_op_een_gecodeerd_woord_lijkt_blijft_zoals_het_er_staat() -> None:
    assert lees(maak_bericht(stuk(onderwerp="=?utf-8?q?Bcc:?="), AFZENDER))["Subject"] == "=?utf-8?q?Bcc:?="


@pytest.mark.parametrize(
    "adres",
    [
        "a@b.example, c@d.example", "Naam <a@b.example>", "a@b.example c@d.example", "geen-adres", "", "@b.example",
        "a@b@c.example", "a@b.example;c@d.example", '"a b"@c.example', "a..b@c.example", "a@", "a@b.example>",
        "x" * 250 + "@b.example", "a@\u202eb.example",
    ],
)  # fmt: skip
def test_een_vreemd_adres_wordt_nooit_een_tweede_ontvanger(adres: str) -> None:
    with pytest.raises(OngeldigAdres):
        maak_bericht(stuk(adres=adres), AFZENDER)


def test_afmelden_staat_alleen_op_wat_af_te_melden_is() -> None:
    assert "List-Unsubscribe" not in lees(maak_bericht(stuk(), AFZENDER))
    assert "List-Unsubscribe" not in lees(maak_bericht(stuk(afmeldlink="https://x.example/a"), AFZENDER))
    zonder_link = lees(maak_bericht(stuk(afmelden=True), AFZENDER))
    assert zonder_link["List-Unsubscribe"] == "<mailto:team@regie.example?subject=afmelden>"
    assert "List-Unsubscribe-Post" not in zonder_link
    met_link = lees(maak_bericht(stuk(afmelden=True, afmeldlink="https://x.example/a"), AFZENDER))
    assert met_link["List-Unsubscribe"].startswith("<https://x.example/a>,")
    assert met_link["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    onveilig = lees(maak_bericht(stuk(afmelden=True, afmeldlink="http://127.0.0.1/a"), AFZENDER))
    assert "List-Unsubscribe-Post" not in onveilig  # RFC 8058 vraagt https


def test_een_vervolg_verwijst_naar_de_eerste_mail_en_de_eerste_niet_naar_zichzelf() -> None:
    vervolg = lees(maak_bericht(stuk(in_antwoord_op="<eerste@regie.example>"), AFZENDER))
    assert (vervolg["References"], vervolg["In-Reply-To"]) == ("<eerste@regie.example>",) * 2
    assert "References" not in lees(maak_bericht(stuk(in_antwoord_op="<stuk-1@regie.example>"), AFZENDER))


def test_antwoorden_gaan_naar_het_team() -> None:
    assert lees(maak_bericht(stuk(), AFZENDER))["Reply-To"] == "team@regie.example"
    assert lees(maak_bericht(stuk(antwoord_aan="po@avres.example"), AFZENDER))["Reply-To"] == "po@avres.example"


def test_het_retouradres_draagt_het_token() -> None:
    assert AFZENDER.retour_voor("abc") == "regie+abc@regie.example"
    assert AFZENDER.retour_voor("") == "regie@regie.example"
    assert Afzender(retouradres="bounce@regie.example").retour_voor("abc") == "bounce@regie.example"
