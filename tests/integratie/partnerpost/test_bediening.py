"""`regie post partnerberichten` en de ronde van de opzichter: versturen zonder dat een storing iets ophoudt."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from beheer.opzichter import Opzichter
from domein.model import Partnerbericht
from domein.ports import Ruimte
from tests.integratie.beheer_hulp import Regie
from tests.integratie.partnerpost.ontvanger import SLEUTEL, Ontvanger, ontvanger, regio_met_webhook
from tests.integratie.regels.leven import COORDINATOR


@pytest.fixture
def systeem() -> Iterator[Ontvanger]:
    with ontvanger() as open_:
        yield open_


@pytest.fixture
def gevuld(regie: Regie, systeem: Ontvanger, tmp_path: Path) -> str:
    """Een installatie met één bericht dat wacht; geeft de referentie van het dossier."""
    regie.instelling(koerier_sleutels=f"'{json.dumps({'merwede': SLEUTEL})}'")
    map_ = tmp_path / "regio"
    map_.mkdir()
    regio_met_webhook(regie.omgeving, map_, systeem.url)
    (referentie,) = regie.vul(1)[:1]
    with regie.magazijn.ruimte() as ruimte:
        ruimte.bewaar(_bericht(ruimte, referentie, regie))
    return referentie


def _bericht(ruimte: Ruimte, referentie: str, regie: Regie) -> Partnerbericht:
    dossier, nu = ruimte.dossier_bij(referentie), regie.omgeving.klok.nu()
    return Partnerbericht(
        dossier_id=dossier.id, partner="taalschool-de-merwede", soort="aanmelding", gebeurtenis=1, volgnummer=1,
        stapsoort="aanmelding", volgende_poging=nu, aangemaakt_op=nu,
    )  # fmt: skip


def test_de_lijst_noemt_het_bericht_zonder_inhoud(regie: Regie, gevuld: str) -> None:
    (rij,) = regie.json("post", "partnerberichten")
    assert (rij["dossier"], rij["soort"], rij["status"]) == (gevuld, "aanmelding", "wachtend")
    assert regie.json("post", "partnerberichten", "--partner", "avres") == []
    assert len(regie.json("post", "partnerberichten", "--dossier", gevuld)) == 1
    tekst = regie("post", "partnerberichten")
    assert gevuld in tekst
    assert "Selam" not in tekst + json.dumps(rij)
    assert "999993653" not in tekst + json.dumps(rij)


def test_verstuur_bezorgt_wat_wacht(regie: Regie, gevuld: str, systeem: Ontvanger) -> None:
    assert regie.json("post", "partnerberichten", "verstuur") == {"berichten": {"aanvaard": 1}, "mislukt": 0}
    assert [o.bericht["subject"] for o in systeem.aanvaard] == [gevuld]
    assert "niets te versturen" in regie("post", "partnerberichten", "verstuur")


def test_beslissen_over_een_geweigerd_bericht(regie: Regie, gevuld: str, systeem: Ontvanger) -> None:
    systeem.codes = [422]
    regie("post", "partnerberichten", "verstuur")
    (rij,) = regie.json("post", "partnerberichten")
    assert rij["status"] == "onbestelbaar"
    woorden = ("post", "partnerberichten", "beslis", rij["id"], "opnieuw")
    regie(*woorden, "--reden", "gebeld", "--door", "m-mer", code=1)
    regie(*woorden, "--door", COORDINATOR.code, code=2)
    (regie.map / "wek").unlink(missing_ok=True)
    beslist = regie.json(*woorden, "--reden", "gebeld", "--door", COORDINATOR.code)
    assert (beslist["id"], beslist["status"]) == (rij["id"], "uitgesteld")
    assert (regie.map / "wek").exists()
    regie("post", "partnerberichten", "verstuur")
    assert len(systeem.aanvaard) == 1


def test_zonder_sleutel_zegt_de_lijst_waarom_het_wacht(regie: Regie, gevuld: str, systeem: Ontvanger) -> None:
    regie.instelling(koerier_sleutels="")
    assert regie.json("post", "partnerberichten", "verstuur")["berichten"] == {"uitgesteld": 1}
    (rij,) = regie.json("post", "partnerberichten")
    assert rij["antwoord"] == "de sleutel 'merwede' is niet ingesteld (REGIE_KOERIER_SLEUTELS)"
    assert systeem.alles == []


@pytest.fixture
def opzichter(regie: Regie) -> Opzichter:
    op = Opzichter(regie.map, demo=True, meld=lambda _: None)
    op.bereid_voor()
    return op


async def test_de_ronde_bezorgt_met_een_koerier_die_bij_het_stoppen_sluit(
    gevuld: str, opzichter: Opzichter, systeem: Ontvanger
) -> None:
    await opzichter.verzend_aan_partners()
    assert [o.bericht["subject"] for o in systeem.aanvaard] == [gevuld]
    gebruikt = opzichter._koerier  # pyright: ignore[reportPrivateUsage]
    assert gebruikt is not None
    await opzichter.stop()
    assert gebruikt._web.is_closed  # pyright: ignore[reportPrivateUsage]


async def test_een_ronde_zonder_berichten_maakt_geen_koerier(regie: Regie, opzichter: Opzichter) -> None:
    await opzichter.verzend_aan_partners()
    assert opzichter._koerier is None  # pyright: ignore[reportPrivateUsage]
    assert opzichter.fouten == 0
    await opzichter.stop()


async def test_een_koerier_die_stukgaat_houdt_de_ronde_niet_tegen(
    gevuld: str, opzichter: Opzichter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(*_: object) -> None:
        raise RuntimeError(gevuld)

    monkeypatch.setattr("beheer.opzichter.HttpKoerier", stuk)
    await opzichter.verzend_aan_partners()
    assert opzichter.fouten == 1
    await opzichter.stop()
