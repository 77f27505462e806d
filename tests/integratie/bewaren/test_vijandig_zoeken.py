"""Wie kwaad wil zoekt in de ruwe bytes: de database met haar -wal, de sleutels, post, het logboek, een oude kopie.

Elke toets heeft een tegenproef: zonder de maatregel waar het om gaat, vindt dezelfde zoektocht de persoon wel.
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.logboek import stel_in
from adapters.opslag import SqlMagazijn
from adapters.postvorm import Afzender, maak_bericht
from domein.fouten import PersoonGewist
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.vernietigen import pas_register_toe, vernietig
from domein.handelingen.verzenden_stappen import poststuk
from domein.model import Bericht
from tests.hulp.vermommingen import bestanden, resten
from tests.integratie.bewaren.conftest import MAKER, VOORBIJ, WOORDEN
from tests.integratie.bewaren.hulp import gevonden, goedgekeurd, weg
from tests.integratie.regels.leven import Leven

PERSOON = tuple(woord for woord in WOORDEN if woord != "zangstuk")


def _map(magazijn: SqlMagazijn) -> Path:
    return Path(magazijn.engine.url.database or "").parent


@pytest.fixture
def lezer(magazijn: SqlMagazijn) -> Iterator[sqlite3.Connection]:
    """Een ander programma dat midden in het lezen blijft hangen."""
    verbinding = sqlite3.connect(magazijn.engine.url.database or "")
    verbinding.execute("BEGIN")
    verbinding.execute("SELECT count(*) FROM dossier").fetchone()
    yield verbinding
    verbinding.close()


def test_op_schijf_blijft_in_geen_enkele_vorm_iets_over(klaar: Leven, magazijn: SqlMagazijn, tmp_path: Path) -> None:
    assert resten(bestanden(tmp_path), WOORDEN), "vooraf is er iets te vinden"
    weg(klaar)
    magazijn.sluit()
    assert resten(bestanden(tmp_path, _map(magazijn)), WOORDEN) == set()


def test_zonder_herschrijven_vindt_de_zoektocht_de_gewiste_rijen_nog(
    klaar: Leven, magazijn: SqlMagazijn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """De tegenproef: wat SQLite loslaat staat nog in vrije pagina's en in de -wal."""
    nummer = goedgekeurd(klaar)
    monkeypatch.setattr("adapters.opslag.schoon_op", lambda _: True)
    assert vernietig(klaar.omgeving, nummer, MAKER).vernietigd
    assert "zangstuk" in {woord for _, woord, _ in resten(bestanden(_map(magazijn)), WOORDEN)}
    monkeypatch.undo()
    assert magazijn.schoon_op()
    assert gevonden(magazijn, WOORDEN) == set()


def test_een_lezer_die_openstaat_wordt_gezegd_en_daarna_is_ook_de_wal_leeg(
    klaar: Leven, magazijn: SqlMagazijn, lezer: sqlite3.Connection
) -> None:
    verslag = vernietig(klaar.omgeving, goedgekeurd(klaar), MAKER)
    assert verslag.vernietigd
    assert not verslag.geschoond, "zolang iemand leest, staan de oude pagina's er nog: dat wordt niet verzwegen"
    assert "zangstuk" in {woord for _, woord, _ in resten(bestanden(_map(magazijn)), WOORDEN)}
    lezer.rollback()
    assert magazijn.schoon_op()
    assert gevonden(magazijn, WOORDEN) == set()


def test_een_gestolen_kopie_van_voor_de_vernietiging_zegt_niets_over_de_persoon(
    klaar: Leven, magazijn: SqlMagazijn, tmp_path: Path
) -> None:
    """Ook zonder register en zonder ons programma: wat van de persoon is, was versleuteld, en de sleutel is weg."""
    klaar.op(VOORBIJ)
    magazijn.schoon_op()
    magazijn.sluit()
    database = Path(magazijn.engine.url.database or "")
    kopie = tmp_path / "gestolen" / database.name
    kopie.parent.mkdir()
    shutil.copyfile(database, kopie)
    assert resten(bestanden(kopie.parent), PERSOON) == set()
    weg(klaar)
    magazijn.sluit()
    shutil.copyfile(kopie, database)
    referentie = klaar.dossier().referentie
    with pytest.raises(PersoonGewist, match=referentie):
        toon_dossier(klaar.omgeving, referentie)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.controleer_keten(klaar.dossier_id), "de keten klopt ook zonder sleutel"
        with pytest.raises(PersoonGewist):
            ruimte.besluittekst(klaar.dossier_id, 1, 3)
    assert pas_register_toe(klaar.omgeving) == [referentie]
    shutil.rmtree(kopie.parent)
    assert gevonden(magazijn, WOORDEN) == set()


def _als_mail(b: Bericht) -> bytes:
    """De bytes zoals zij naar de mailserver gaan, met base64 en al."""
    return maak_bericht(poststuk(b), Afzender())


def test_het_logboek_van_het_programma_noemt_de_persoon_niet(klaar: Leven, capsys: pytest.CaptureFixture[str]) -> None:
    stel_in(niveau=logging.DEBUG, json=True)
    logging.getLogger("proef").warning("dossier van 999993653 wordt vernietigd")
    weg(klaar)
    regels = capsys.readouterr().err.encode()
    assert b"wordt vernietigd" in regels, "er is gelogd"
    assert resten([("stderr", regels)], WOORDEN) == set()


def test_een_postarchief_bij_de_ontvanger_had_nooit_iets_van_de_persoon(klaar: Leven) -> None:
    """Verzonden mail haalt niemand terug; daarom stond er nooit een persoon in."""
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        post = [b for b in ruimte.berichten(dossier_id=klaar.dossier_id) if b.tekst]
        archief = [(str(b.id), _als_mail(b)) for b in post]
    assert len(archief) > 1
    assert resten(archief, PERSOON) == set()
    assert resten([("tegenproef", _als_mail(post[0].model_copy(update={"tekst": "over Geelveer"})))], PERSOON)
    weg(klaar)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert not any(b.tekst or b.html or b.agenda for b in ruimte.berichten(dossier_id=klaar.dossier_id))
