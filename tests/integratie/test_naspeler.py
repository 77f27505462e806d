"""De naspeler van de uitrol zelf: stoppen raakt alleen wat hij startte, en is pas klaar als dat weg is."""

import os
import smtplib
import threading
from pathlib import Path

import pytest

from tests.hulp.certificaat import maak_uitgever
from tests.hulp.composespel import Dienst
from tests.hulp.naspeler import Container
from tests.hulp.uitroltoneel import Mailserver


@pytest.fixture
def container(tmp_path: Path) -> Container:
    dienst = Dienst.__new__(Dienst)  # alleen de map en het proces doen er hier toe
    return Container("proef-1", dienst, tmp_path, None, {"PATH": os.environ["PATH"]})


def _is_er(nummer: int) -> bool:
    try:
        staat = Path(f"/proc/{nummer}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return staat.rpartition(")")[2].split()[0] != "Z"


def test_een_container_die_klaar_is_houdt_haar_nummer_tot_zij_is_gestopt(container: Container) -> None:
    container.start(["sh", "-c", "exit 3"])
    assert container.proces is not None
    nummer = container.proces.pid
    assert container.wacht(30) == 3
    assert (container.leeft, container.einde()) == (False, 3)
    assert Path(f"/proc/{nummer}").exists()  # niet opgeruimd: een vreemde kan dit nummer niet krijgen
    container.stop()
    assert not Path(f"/proc/{nummer}").exists()
    container.stop()  # nog eens: dit nummer is niet meer van ons, dus er gebeurt niets
    assert container.einde() == 3


def test_stoppen_neemt_mee_wat_een_container_achterliet(container: Container, tmp_path: Path) -> None:
    container.start(["sh", "-c", f"sleep 600 & echo $! > {tmp_path / 'kind'}"])
    assert container.wacht(30) == 0
    kind = int((tmp_path / "kind").read_text(encoding="ascii"))
    assert _is_er(kind)
    container.stop()
    assert not _is_er(kind)


def test_wie_niet_luistert_wordt_gestopt_en_heet_dan_zo(container: Container) -> None:
    container.start(["sh", "-c", "trap '' TERM; echo klaar; sleep 600"])
    while "klaar" not in container.logboek:
        container.wacht(0.05)
    container.stop(seconden=0.1)
    assert container.einde() == -9


def test_de_mailserver_stopt_pas_als_de_laatste_afzender_weg_is(tmp_path: Path) -> None:
    mail = Mailserver(tmp_path / "post", maak_uitgever(tmp_path / "uitgever"))
    mail.start()
    afzender = smtplib.SMTP("127.0.0.1", mail.poort, timeout=30)
    afzender.ehlo()
    gestopt = threading.Thread(target=mail.stop)
    gestopt.start()
    gestopt.join(0.2)
    assert gestopt.is_alive()
    afzender.quit()
    gestopt.join(30)
    assert not gestopt.is_alive()
