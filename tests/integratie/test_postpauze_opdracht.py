"""`regie post pauzeer|hervat`: alleen wie mag, en een proef die doet en weigert als de handeling zelf."""

import pytest

from domein.begrippen import Berichtstatus
from domein.handelingen.postpauze import TERUGGEZET
from domein.model import Bericht
from tests.integratie.beheer_hulp import Regie

WIE = ("--door", "m-bhr", "--reden", "nagekeken")


@pytest.fixture
def post(regie: Regie) -> Regie:
    regie.vul(2)
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    regie.open_stappen()
    return regie


def berichten(regie: Regie) -> list[Bericht]:
    with regie.magazijn.ruimte() as ruimte:
        return list(ruimte.berichten())


def maak_teruggezet(regie: Regie, *, hoogstens_eens: int) -> None:
    """De eerste twee zijn onzeker door een terugzetting; zo veel daarvan mogen hoogstens één keer."""
    with regie.magazijn.ruimte() as ruimte:
        for nummer, bericht in enumerate(ruimte.berichten()[:2]):
            bericht.status, bericht.fout_code = Berichtstatus.ONZEKER, TERUGGEZET
            bericht.onzeker_sinds, bericht.hoogstens_eens = regie.omgeving.klok.nu(), nummer < hoogstens_eens
            ruimte.bewaar(bericht)


def standen(regie: Regie) -> list[str]:
    return sorted(f"{b.id} {b.status} {b.fout_code}" for b in berichten(regie))


@pytest.mark.parametrize(
    ("wie", "zin"), [("piet-bestaat-niet", "samenwerkingsafspraken"), ("m-con", "niet de goede rol")]
)
@pytest.mark.parametrize("meer", [(), ("--proef",)], ids=["echt", "proef"])
def test_wie_het_niet_mag_zet_de_post_niet_stil_en_laat_hem_niet_gaan(
    post: Regie, wie: str, zin: str, meer: tuple[str, ...]
) -> None:
    post("post", "pauzeer", "--door", wie, "--reden", "x", *meer, code=1)
    assert zin in post.err
    assert post.json("post", "stand")["staat_stil"] is False
    post("post", "pauzeer", *WIE)
    post("post", "hervat", "--door", wie, "--reden", "x", *meer, code=1)
    assert zin in post.err
    assert post.json("post", "stand")["staat_stil"] is True


def test_een_proef_van_pauzeren_bewaart_niets_en_weigert_de_tweede_keer(post: Regie) -> None:
    uit = post.json("post", "pauzeer", *WIE, "--proef")
    assert (uit["proef"], uit["staat_stil"], uit["wacht"]) == (True, False, len(berichten(post)))
    assert post.json("post", "stand")["staat_stil"] is False
    post("post", "pauzeer", *WIE)
    post("post", "pauzeer", *WIE, "--proef", code=1)
    assert "staat al stil" in post.err


def test_een_proef_van_hervatten_weigert_als_er_niets_te_hervatten_is(post: Regie) -> None:
    post("post", "hervat", *WIE, "--proef", code=1)
    assert "staat niet stil" in post.err


@pytest.mark.parametrize(
    ("keuze", "telling"),
    [
        ((), {"opnieuw": 0, "aangekomen": 0, "vervalt": 0, "blijft_onzeker": 2}),
        (("--teruggezet", "opnieuw"), {"opnieuw": 1, "aangekomen": 0, "vervalt": 0, "blijft_onzeker": 1}),
        (("--teruggezet", "aangekomen"), {"opnieuw": 0, "aangekomen": 2, "vervalt": 0, "blijft_onzeker": 0}),
        (("--teruggezet", "laat-vallen"), {"opnieuw": 0, "aangekomen": 0, "vervalt": 2, "blijft_onzeker": 0}),
    ],
    ids=["later", "opnieuw", "aangekomen", "laat-vallen"],
)
def test_een_proef_van_hervatten_zegt_precies_wat_er_dan_gebeurt(
    post: Regie, keuze: tuple[str, ...], telling: dict[str, int]
) -> None:
    post("post", "pauzeer", *WIE)
    maak_teruggezet(post, hoogstens_eens=1)
    voor, totaal = standen(post), len(berichten(post))
    zou = post.json("post", "hervat", *WIE, *keuze, "--proef")["zou"]
    assert zou == {**telling, "gaat_weg": totaal - 2 + telling["opnieuw"]}
    assert standen(post) == voor
    assert post.json("post", "stand")["staat_stil"] is True

    assert post.json("post", "hervat", *WIE, *keuze)["staat_stil"] is False
    nu = [b.status for b in berichten(post)]
    assert nu.count(Berichtstatus.ONZEKER) == zou["blijft_onzeker"]
    assert nu.count(Berichtstatus.AANVAARD) == zou["aangekomen"]
    assert nu.count(Berichtstatus.VERVALLEN) == zou["vervalt"]
    assert nu.count(Berichtstatus.WACHTEND) + nu.count(Berichtstatus.UITGESTELD) == zou["gaat_weg"]


def test_een_proef_van_beslissen_versturen_en_herstellen_bewaart_niets(post: Regie) -> None:
    maak_teruggezet(post, hoogstens_eens=0)
    voor = standen(post)
    een = next(str(b.id) for b in berichten(post) if b.status is Berichtstatus.ONZEKER)
    uit = post.json("post", "beslis", een, "laat-vallen", *WIE, "--proef")
    assert (uit["status"], uit["proef"]) == ("vervallen", True)
    assert post.json("post", "verstuur", "--proef")["zou_proberen"] == len(voor) - 2 > 0
    assert standen(post) == voor
    post("post", "pauzeer", *WIE)
    assert post.json("post", "verstuur", "--proef")["zou_proberen"] == 0
    post("post", "herstel", "niemand@avres.example", *WIE, "--proef", code=1)
    assert "niet gemerkt" in post.err
