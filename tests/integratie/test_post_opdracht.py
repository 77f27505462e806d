"""`regie post`, de meting en de migratie: wat een beheerder van de post ziet en doet."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from adapters.database import alembic_config, maak_klaar
from beheer.meet.post import meet
from domein.begrippen import Berichtstatus as Status
from domein.model import Bericht
from tests.integratie.beheer_hulp import Regie, mailserver


@pytest.fixture
def onzeker(regie: Regie) -> str:
    """Het id van een bericht waarvan niet vaststaat of het aankwam."""
    regie.vul(1)
    regie.open_stappen()
    with regie.magazijn.ruimte() as ruimte:
        bericht = ruimte.berichten()[0]
        bericht.status, bericht.onzeker_sinds = Status.ONZEKER, regie.omgeving.klok.nu()
        bericht.pogingen = 1
        ruimte.bewaar(bericht)
    return str(bericht.id)


def test_beslissen_vraagt_een_mens_en_een_reden(regie: Regie, onzeker: str, tmp_path: Path) -> None:
    [rij] = regie.json("post", "lijst", "--status", "onzeker")
    assert rij["id"] == onzeker
    assert rij["onzeker_sinds"]
    regie("post", "beslis", onzeker, "opnieuw", "--door", "m-bhr", code=2)
    regie("post", "beslis", onzeker, "misschien", "--door", "m-bhr", "--reden", "x", code=2)
    uit = regie.json("post", "beslis", onzeker, "opnieuw", "--door", "m-bhr", "--reden", "Zij heeft niets.")
    assert uit == {"bericht": onzeker, "keuze": "opnieuw", "status": "uitgesteld"}
    regie("post", "beslis", onzeker, "laat-vallen", "--door", "m-bhr", "--reden", "x", code=1)
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(smtp_port=poort)
        verslag = regie.json("post", "verstuur")
    assert verslag["berichten"]["aanvaard"] == verslag["geclaimd"] >= 1
    assert verslag["mislukt"] == 0
    assert regie.json("post", "lijst", "--status", "onzeker") == []


def test_over_een_bericht_dat_niet_bestaat_valt_niets_te_beslissen(regie: Regie) -> None:
    regie.vul(1)
    regie("post", "beslis", str(uuid4()), "opnieuw", "--door", "b", "--reden", "x", code=1)
    assert "regie post lijst" in regie.err


def test_buiten_de_demo_verstuurt_niemand_onversleuteld(regie: Regie) -> None:
    regie.vul(1)
    regie.instelling(demo="false", klokbestand="", smtp_tls="geen")
    regie("post", "verstuur", code=1)
    assert "onversleuteld" in regie.err


def test_een_adres_dat_niet_gemerkt_is_valt_niet_te_herstellen(regie: Regie) -> None:
    regie.vul(1)
    regie("post", "herstel", "km-1@avres.example", "--door", "m-bhr", "--reden", "x", code=1)
    assert "niet gemerkt" in regie.err
    assert "Elk adres werkt" in regie("post", "adressen")


def test_de_meting_geeft_een_verhouding_tot_kale_aiosmtplib() -> None:
    [meting] = meet(aantal=200, ronden=1)
    assert set(meting) == {"onderdeel", "maat", "waarde", "basis", "verhouding", "doel", "richting", "gehaald"}
    assert (meting["onderdeel"], meting["doel"], meting["richting"]) == ("post", 0.7, "min")
    assert meting["verhouding"] == pytest.approx(meting["waarde"] / meting["basis"], abs=0.01)
    assert meting["gehaald"] is (meting["verhouding"] >= 0.7)


def test_de_migratie_vult_wat_oude_berichten_misten(eigen_engine: Engine) -> None:
    with eigen_engine.connect() as verbinding:
        command.downgrade(alembic_config(verbinding), "0002")
        nu = datetime(2026, 3, 2, 9, tzinfo=UTC)
        for nummer, status in enumerate(("wachtend", "onzeker")):
            verbinding.execute(
                text(
                    "INSERT INTO bericht (id, sleutel, soort, generatie, niveau, ontvanger_code, adres, message_id,"
                    " onderwerp, tekst, status, pogingen, lease_nummer, aangemaakt_op)"
                    " VALUES (:id, :s, 'taak', 1, 0, 'km-1', 'KM-1@Avres.Example', :m, 'O', 'T', :status, 0, 0, :nu)"
                ),
                {"id": uuid4().hex, "s": str(nummer), "m": f"<{nummer}@x>", "status": status, "nu": nu},
            )
        verbinding.commit()
    maak_klaar(eigen_engine)
    with Session(eigen_engine) as sessie:
        wachtend, onzeker = sessie.exec(select(Bericht).order_by(Bericht.sleutel)).all()
    assert (wachtend.adresdomein, wachtend.afmelden, wachtend.hoogstens_eens) == ("avres.example", False, False)
    assert len({wachtend.retour_token, onzeker.retour_token}) == 2
    assert len(wachtend.retour_token) == 16
    assert (wachtend.onzeker_sinds, onzeker.onzeker_sinds) == (None, nu)
