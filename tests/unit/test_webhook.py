"""Het adres van een webhook en de sleutels van de koerier: veilig, en met een fout die zegt wat te doen."""

import json

import pytest
from pydantic import ValidationError

from adapters.instellingen import lees_instellingen
from domein.fouten import RegieFout
from domein.regio.onderdelen import Webhook

SLEUTEL = "een-sleutel-van-meer-dan-32-tekens"


@pytest.mark.parametrize(
    "url",
    [
        "https://systeem.example/inburgering",
        "https://systeem.example:8443/in?pad=1",
        "http://127.0.0.1:8000/in",
        "http://localhost/in",
        "http://[::1]:8000/in",
    ],
)
def test_een_veilig_adres_mag(url: str) -> None:
    assert Webhook(url=url, sleutel="merwede").url == url


@pytest.mark.parametrize(
    ("url", "melding"),
    [
        pytest.param("http://systeem.example/in", "begin met https://", id="http"),
        pytest.param("http://127.0.0.1.systeem.example/in", "begin met https://", id="lijkt-op-deze-machine"),
        pytest.param("ftp://systeem.example/in", "begin met https://", id="ftp"),
        pytest.param("https://naam:geheim@systeem.example", "geheim hoort in de instellingen", id="wachtwoord"),
        pytest.param("https:///zonder-systeem", "geen webadres", id="leeg"),
        pytest.param("https://systeem.example/a b", "geen webadres", id="spatie"),
        pytest.param("https://systeem.example:port/", "geen webadres", id="poort"),
    ],
)
def test_een_onveilig_of_onleesbaar_adres_wordt_geweigerd(url: str, melding: str) -> None:
    with pytest.raises(ValidationError, match=melding):
        Webhook(url=url, sleutel="merwede")


def test_de_sleutels_komen_als_json_en_worden_nooit_getoond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_KOERIER_SLEUTELS", json.dumps({"merwede": SLEUTEL}))
    keuze = lees_instellingen()
    assert keuze.koerier_sleutels["merwede"].get_secret_value() == SLEUTEL
    for tekst in (repr(keuze), str(keuze), keuze.model_dump_json()):
        assert SLEUTEL not in tekst


@pytest.mark.parametrize("waarde", [{"merwede": "kort-geheim"}, "kort-geheim", '["kort-geheim"]'])
def test_een_verkeerde_sleutel_is_een_fout_zonder_de_sleutel(waarde: object) -> None:
    with pytest.raises(RegieFout) as gevangen:
        lees_instellingen(koerier_sleutels=waarde)
    assert "REGIE_KOERIER_SLEUTELS" in gevangen.value.melding
    assert "kort-geheim" not in str(gevangen.value)


def test_een_onleesbare_json_is_een_fout_zonder_de_sleutel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_KOERIER_SLEUTELS", "{kort-geheim")
    with pytest.raises(RegieFout) as gevangen:
        lees_instellingen()
    assert "REGIE_KOERIER_SLEUTELS" in gevangen.value.melding
    assert "kort-geheim" not in str(gevangen.value)


def test_zonder_instelling_zijn_er_geen_sleutels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REGIE_KOERIER_SLEUTELS", raising=False)
    assert lees_instellingen().koerier_sleutels == {}
