"""`regie dokter mail`: versleuteling, certificaat, en wat de DNS over het domein van de afzender zegt."""

import asyncio
import threading
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dns import rdata
from dns.resolver import LifetimeTimeout, NoAnswer

from adapters import naamdienst
from adapters.gezondheid_mail import onderzoek_mail
from adapters.instellingen import Instellingen, lees_instellingen
from adapters.naamdienst import EchteNaamdienst, NaamdienstZwijgt
from adapters.postinstellingen import Onversleuteld, postinstellingen
from tests.hulp.certificaat import Soort, Uitgever, maak_uitgever
from tests.hulp.storingsserver import storingsserver
from tests.integratie.beheer_hulp import DICHT, Regie


def sleutel(bits: int) -> str:
    publiek = rsa.generate_private_key(65537, bits).public_key()
    return b64encode(publiek.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


GOED = sleutel(2048)
KLEIN = sleutel(1024)


@dataclass
class Nepdienst:
    """De DNS van een domein waar alles klopt, tenzij anders gezegd."""

    txten: dict[str, list[str]] = field(
        default_factory=lambda: {
            "regio.example": ["google-site-verification=x", "v=spf1 include:mail.example -all"],
            "regie._domainkey.regio.example": [f"v=DKIM1; k=rsa; p={GOED}"],
            "_dmarc.regio.example": ["v=DMARC1; p=reject; rua=mailto:dmarc@regio.example"],
        }
    )
    mx: set[str] = field(default_factory=lambda: {"regio.example"})
    zwijgt: bool = False

    def txt(self, naam: str) -> list[str]:
        if self.zwijgt:
            raise NaamdienstZwijgt("Timeout")
        return self.txten.get(naam, [])

    def neemt_mail_aan(self, domein: str) -> bool:
        if self.zwijgt:
            raise NaamdienstZwijgt("Timeout")
        return domein in self.mx


@pytest.fixture(autouse=True)
def _kale_omgeving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def keuze(**anders: Any) -> Instellingen:
    vast: dict[str, Any] = {
        "afzender": "regie@regio.example", "dkim_selector": "regie", "smtp_port": DICHT, "smtp_tls": "geen",
        "smtp_onversleuteld_lokaal": True, "_env_file": None,
    }  # fmt: skip
    return lees_instellingen(**{**vast, **anders})


def gevonden(dienst: Nepdienst, **anders: Any) -> dict[str, str]:
    bevindingen = onderzoek_mail(keuze(**anders), lambda: dienst)
    assert all(b.uitweg for b in bevindingen if b.ernst.value != "info")
    return {b.soort: b.ernst.value for b in bevindingen}


def test_een_domein_waar_alles_klopt_geeft_niets() -> None:
    assert gevonden(Nepdienst()) == {}


@pytest.mark.parametrize(
    ("naam", "records", "verwacht"),
    [
        ("regio.example", [], {"spf": "fout"}),
        ("regio.example", ["v=spf1 -all", "v=spf1 ~all"], {"spf": "fout"}),
        ("regio.example", ["v=spf1 +all"], {"spf": "fout"}),
        ("regio.example", ["v=spf1 include:mail.example ?all"], {"spf": "fout"}),
        ("regio.example", ["v=spf1 include:mail.example"], {"spf": "fout"}),
        ("regio.example", ["v=spf1 include:mail.example ~all"], {}),
        ("regio.example", ["v=spf1 redirect=_spf.regio.example"], {}),
        ("regie._domainkey.regio.example", [], {"dkim": "fout"}),
        ("regie._domainkey.regio.example", ["v=DKIM1; p="], {"dkim": "fout"}),
        ("regie._domainkey.regio.example", ["v=DKIM1; p=geen-base64!"], {"dkim": "fout"}),
        ("regie._domainkey.regio.example", [f"v=DKIM1; p={KLEIN}"], {"dkim": "waarschuwing"}),
        ("regie._domainkey.regio.example", ["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], {}),
        ("_dmarc.regio.example", [], {"dmarc": "fout"}),
        ("_dmarc.regio.example", ["v=DMARC1; p=reject", "v=DMARC1; p=none"], {"dmarc": "fout"}),
        ("_dmarc.regio.example", ["v=DMARC1; p=none"], {"dmarc": "waarschuwing"}),
        ("_dmarc.regio.example", ["v=DMARC1; p=quarantine"], {}),
    ],
)
def test_wat_er_in_de_dns_niet_klopt_valt_op(naam: str, records: list[str], verwacht: dict[str, str]) -> None:
    dienst = Nepdienst()
    dienst.txten[naam] = records
    assert gevonden(dienst) == verwacht


def test_zonder_selector_worden_de_gewone_namen_geprobeerd() -> None:
    dienst = Nepdienst()
    assert gevonden(dienst, dkim_selector="") == {}  # `regie` is er een van
    del dienst.txten["regie._domainkey.regio.example"]
    assert gevonden(dienst, dkim_selector="") == {"dkim": "fout"}


def test_het_beleid_van_het_domein_erboven_telt_voor_een_subdomein() -> None:
    dienst = Nepdienst(mx={"inburgering.regio.example"})
    dienst.txten["inburgering.regio.example"] = dienst.txten["regio.example"]
    dienst.txten["regie._domainkey.inburgering.regio.example"] = dienst.txten["regie._domainkey.regio.example"]
    dienst.txten["_dmarc.regio.example"] = ["v=DMARC1; p=reject; sp=none"]
    assert gevonden(dienst, afzender="regie@inburgering.regio.example") == {"dmarc": "waarschuwing"}


@pytest.mark.parametrize(
    ("retour", "beleid", "verwacht"),
    [
        ("bounce+{token}@regio.example", "aspf=s", {}),
        ("bounce+{token}@post.regio.example", "aspf=r", {}),
        ("bounce+{token}@post.regio.example", "aspf=s", {"dmarc_spf": "waarschuwing"}),
        ("bounce+{token}@mailer.example", "aspf=r", {"dmarc_spf": "waarschuwing"}),
    ],
)
def test_het_retouradres_past_bij_de_afzender(retour: str, beleid: str, verwacht: dict[str, str]) -> None:
    domein = retour.rpartition("@")[2]
    dienst = Nepdienst(mx={domein})
    dienst.txten[domein] = ["v=spf1 -all"]
    dienst.txten["_dmarc.regio.example"] = [f"v=DMARC1; p=reject; {beleid}"]
    assert gevonden(dienst, retouradres=retour) == verwacht


def test_zonder_mailserver_komt_een_bounce_nergens_aan() -> None:
    assert gevonden(Nepdienst(mx=set())) == {"retour": "fout"}


def test_een_dns_die_zwijgt_zegt_niets_over_het_domein() -> None:
    assert gevonden(Nepdienst(zwijgt=True)) == {"dns": "waarschuwing"}


def test_zonder_naamdienst_op_de_machine_ook_niet() -> None:
    def geen() -> Nepdienst:
        raise NaamdienstZwijgt("NoResolverConfiguration")

    assert [b.soort for b in onderzoek_mail(keuze(), geen)] == ["dns"]


# versleuteling


@pytest.mark.parametrize(
    ("anders", "mag"),
    [
        ({"demo": True}, True),
        ({"smtp_host": "127.0.0.1"}, False),
        ({"smtp_host": "mail.example", "smtp_onversleuteld_lokaal": True}, False),
        ({"smtp_host": "10.0.0.1", "smtp_onversleuteld_lokaal": True}, False),
        ({"smtp_host": "localhost", "smtp_onversleuteld_lokaal": True}, True),
        ({"smtp_host": "::1", "smtp_onversleuteld_lokaal": True}, True),
        ({"smtp_host": "mail.example", "smtp_tls": "starttls"}, True),
    ],
)
def test_buiten_de_demo_gaat_er_niets_onversleuteld_weg(anders: dict[str, Any], mag: bool) -> None:
    instellingen = lees_instellingen(**{"smtp_tls": "geen", "_env_file": None, **anders})
    if mag:
        assert postinstellingen(instellingen).tls == instellingen.posttls
        return
    with pytest.raises(Onversleuteld):
        postinstellingen(instellingen)
    assert next(b.soort for b in onderzoek_mail(instellingen, Nepdienst)) == "tls"


def test_zonder_keuze_is_versleuteld_de_standaard_en_in_de_demo_niet() -> None:
    assert lees_instellingen(_env_file=None).posttls == "starttls"
    assert lees_instellingen(demo=True, _env_file=None).posttls == "geen"


@pytest.fixture(scope="module")
def uitgever(tmp_path_factory: pytest.TempPathFactory) -> Uitgever:
    return maak_uitgever(tmp_path_factory.mktemp("certificaten"))


@contextmanager
def in_een_draad(**anders: Any) -> Generator[int]:
    """Draai een storingsserver in een eigen draad: de dokter praat synchroon."""
    lus = asyncio.new_event_loop()
    draad = threading.Thread(target=lus.run_forever)
    draad.start()
    server = storingsserver(**anders)
    try:
        yield asyncio.run_coroutine_threadsafe(server.__aenter__(), lus).result(10).poort
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), lus).result(10)
        lus.call_soon_threadsafe(lus.stop)
        draad.join(10)
        lus.close()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("soort", "verwacht"),
    [("goed", {}), ("verlopen", {"certificaat": "fout"}), ("andere-naam", {"certificaat": "fout"})],
)
def test_het_certificaat_van_de_mailserver_wordt_getoetst(
    uitgever: Uitgever, tls: str, soort: Soort, verwacht: dict[str, str]
) -> None:
    server = {"tls": uitgever.server_context(soort), "meteen_tls": tls == "tls", "extensies": ("STARTTLS",)}
    with in_een_draad(**server) as poort:
        instellingen = lees_instellingen(
            afzender="regie@regio.example", dkim_selector="regie", smtp_port=poort, smtp_tls=tls,
            smtp_certificaten=uitgever.bundel, _env_file=None,
        )  # fmt: skip
        bevindingen = onderzoek_mail(instellingen, Nepdienst)
    assert {b.soort: b.ernst.value for b in bevindingen} == verwacht


@pytest.mark.parametrize(
    ("script", "extensies"),
    [({}, ()), ({"STARTTLS": "454 4.7.0 nu niet"}, ("STARTTLS",))],
    ids=["biedt-het-niet", "weigert"],
)
def test_een_mailserver_zonder_versleuteling_is_een_fout(script: dict[str, str], extensies: tuple[str, ...]) -> None:
    with in_een_draad(script=script, extensies=extensies) as poort:
        instellingen = lees_instellingen(smtp_port=poort, smtp_tls="starttls", _env_file=None)
        assert next(b.soort for b in onderzoek_mail(instellingen, Nepdienst)) == "tls"


# de opdrachtregel en de echte naamdienst


def test_de_opdrachtregel_geeft_de_lijst_en_de_eindcode(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [b["soort"] for b in regie.json("dokter", "mail")] == ["domein"]  # de demo
    regie.instelling(demo="false", klokbestand="", afzender="regie@regio.example", dkim_selector="regie")
    monkeypatch.setattr(naamdienst, "naamdienst", Nepdienst)
    assert [b["soort"] for b in regie.json("dokter", "mail", code=1)] == ["mailserver"]
    regie.instelling(smtp_tls="geen")
    [bevinding] = regie.json("dokter", "mail", code=1)
    assert set(bevinding) == {"soort", "ernst", "plaats", "melding", "uitweg"}
    regie.instelling(smtp_onversleuteld_lokaal="true")
    assert regie.json("dokter", "mail") == []
    assert "goed: de mail" in regie("dokter", "mail")


class _Antwoord:
    """Speelt de vrager van dnspython, met antwoorden in de vorm die hij zelf leest."""

    def __init__(self, rijen: dict[tuple[str, str], list[str] | Exception]) -> None:
        self._rijen = rijen

    def resolve(self, naam: str, soort: str) -> list[Any]:
        rijen = self._rijen.get((naam, soort), NoAnswer.__new__(NoAnswer))
        if isinstance(rijen, Exception):
            raise rijen
        return [rdata.from_text("IN", soort, rij) for rij in rijen]


def test_de_echte_naamdienst_leest_wat_de_dns_antwoordt() -> None:
    dienst = EchteNaamdienst.__new__(EchteNaamdienst)
    dienst._vrager = _Antwoord(  # type: ignore[assignment]
        {
            ("regio.example", "TXT"): ['"v=spf1 include:" "mail.example -all"', '"iets anders"'],
            ("regio.example", "MX"): ["10 mail.regio.example."],
            ("geen-mail.example", "MX"): ["0 ."],
            ("alleen-adres.example", "A"): ["192.0.2.1"],
            ("stuk.example", "TXT"): LifetimeTimeout(timeout=1, errors=[]),
        }
    )
    assert dienst.txt("regio.example") == ["v=spf1 include:mail.example -all", "iets anders"]
    assert dienst.txt("leeg.example") == []
    assert dienst.neemt_mail_aan("regio.example")
    assert not dienst.neemt_mail_aan("geen-mail.example")
    assert dienst.neemt_mail_aan("alleen-adres.example")
    assert not dienst.neemt_mail_aan("leeg.example")
    with pytest.raises(NaamdienstZwijgt):
        dienst.txt("stuk.example")
