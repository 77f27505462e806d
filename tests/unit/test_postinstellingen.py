"""De instellingen van de post: wat zij doen, en gewone taal als er een fout is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.instellingen import lees_instellingen
from adapters.postinstellingen import onzekerbeleid, postgrenzen, postinstellingen
from domein.fouten import RegieFout
from domein.handelingen.postbeheer import Onzekerbeleid
from domein.handelingen.postpoort import Domeingrens


@pytest.fixture(autouse=True)
def _kale_omgeving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_zonder_keuze_gaan_antwoorden_en_bounces_naar_de_afzender() -> None:
    gekozen = postinstellingen(lees_instellingen(afzender="regie@regio.example"))
    assert gekozen.afzender.antwoordadres == "regie@regio.example"
    assert gekozen.afzender.retour_voor("abc") == "regie+abc@regio.example"
    assert (gekozen.ehlo_naam, gekozen.tls, gekozen.verbindingen) == ("regio.example", "starttls", 8)


def test_elk_adres_is_apart_te_kiezen() -> None:
    gekozen = postinstellingen(
        lees_instellingen(
            afzender="regie@regio.example",
            afzendernaam="Regio Avres",
            antwoordadres="team@regio.example",
            retouradres="bounce-{token}@post.regio.example",
        )
    ).afzender
    assert (gekozen.naam, gekozen.antwoordadres) == ("Regio Avres", "team@regio.example")
    assert gekozen.retour_voor("abc") == "bounce-abc@post.regio.example"


def test_grenzen_per_domein_komen_uit_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_SMTP_DOMEINEN", '{"*": {"tegelijk": 5}, "Gemeente.NL": {"per_minuut": 120}}')
    grenzen = postgrenzen(lees_instellingen(smtp_verbindingen=12))
    assert grenzen.tegelijk == 12
    assert grenzen.voor("gemeente.nl") == Domeingrens(per_minuut=120)
    assert grenzen.voor("elders.nl") == Domeingrens(tegelijk=5)
    assert grenzen.telt_per_minuut


def test_onder_een_stilstaande_klok_telt_geen_minuut(tmp_path: Path) -> None:
    domeinen: Any = {"gemeente.nl": {"tegelijk": 2, "per_minuut": 1}}
    grenzen = postgrenzen(lees_instellingen(demo=True, klokbestand=tmp_path / "klok.json", smtp_domeinen=domeinen))
    assert grenzen.voor("gemeente.nl") == Domeingrens(tegelijk=2)
    assert not grenzen.telt_per_minuut


def test_over_onzeker_beslist_een_mens_tenzij_de_installatie_anders_kiest() -> None:
    assert onzekerbeleid(lees_instellingen()).keuze == "mens"
    gekozen = onzekerbeleid(lees_instellingen(post_onzeker="opnieuw", post_onzeker_uren=6))
    assert gekozen == Onzekerbeleid("opnieuw", timedelta(hours=6))


@pytest.mark.parametrize(
    ("veld", "waarde", "uitleg"),
    [
        ("SMTP_DOMEINEN", "gemeente.nl", "JSON"),
        ("SMTP_DOMEINEN", '{"gemeente.nl": {"per_minuut": 0}}', "minstens 1"),
        ("SMTP_VERBINDINGEN", "0", "minstens 1"),
        ("POST_ONZEKER", "gok", "mens"),
        ("ANTWOORDADRES", "a@b.nl, c@d.nl", "één mailadres"),
        ("RETOURADRES", "geen-adres", "één mailadres"),
        ("RETOURADRES", "x" * 60 + "{token}@b.nl", "64 tekens"),
    ],
)
def test_een_foute_instelling_noemt_haar_naam_en_wat_er_moet_staan(
    monkeypatch: pytest.MonkeyPatch, veld: str, waarde: str, uitleg: str
) -> None:
    monkeypatch.setenv(f"REGIE_{veld}", waarde)
    with pytest.raises(RegieFout) as fout:
        lees_instellingen()
    assert f"REGIE_{veld}" in fout.value.melding
    assert uitleg in fout.value.melding
