"""Elk spoor dat iemand buiten de gebeurtenissen achterliet: eerst staat het er, na vernietigen nergens meer.

Een spoor is wat een mens of systeem typte, zocht, inlas of kreeg: een half antwoord, een zoekvraag, een bestand met een
naam, het antwoord van de API, een bulk die niet lukte, een besluit zoals het is getekend, een telling op het bord.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.begrippen import Rol, Stapstatus, Verificatie
from domein.handelingen import concept, eenmalig, inlezen
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import in_ruimte
from domein.handelingen.personen_zoeken import zoek_op_bsn, zoek_op_naam
from domein.handelingen.vernietigen import pas_register_toe, vernietig
from domein.model import Bulk, Bulkregel
from domein.model.logboek import Logregel
from tests.integratie.bewaren.conftest import KANARIE, MAKER, VOORBIJ, WOORDEN
from tests.integratie.bewaren.hulp import gevonden, goedgekeurd, teksten
from tests.integratie.regels.leven import Leven, rij

PERSOON: Final = tuple(woord for woord in WOORDEN if woord != "zangstuk")
WIE = Aangemelde(
    "m-jdb", "avres", "Avres", frozenset({Rol.KLANTMANAGER}), Verificatie.AANGEMELD, uuid4(), "",
)  # fmt: skip


def _half_antwoord(leven: Leven) -> None:
    """Een concept bij een taak, versleuteld met de sleutel van het dossier."""
    with leven.omgeving.magazijn.ruimte() as ruimte:
        stap = ruimte.stappen(leven.dossier_id)[0]
        stap.status, stap.medewerker = Stapstatus.OPEN, WIE.code
        ruimte.bewaar(stap)
    concept.bewaar(leven.omgeving, stap.id, WIE.code, stap.generatie, {"toelichting": "zangstuk over Kanarina"})
    with leven.omgeving.magazijn.ruimte() as ruimte:
        over = ruimte.stap(stap.id)
        over.status = Stapstatus.KLAAR
        ruimte.bewaar(over)


def _zoekvragen(leven: Leven) -> None:
    """Wie zocht staat in het logboek; waarnaar nooit."""
    zoek_op_bsn(leven.omgeving, WIE, "999993653", "/zoeken")
    zoek_op_naam(leven.omgeving, WIE, str(KANARIE["naam"]), KANARIE["geboortedatum"], "/zoeken")  # pyright: ignore[reportArgumentType]


def _antwoord_van_de_api(leven: Leven) -> None:
    """Een partner vroeg iets; het antwoord noemt het dossier, en hier ook wat er nooit in hoort."""
    antwoord = eenmalig.Antwoord(201, {"referentie": leven.dossier().referentie, "melding": "zangstuk van Kanarina"})
    eenmalig.eenmalig(leven.omgeving, "coa", "sleutel-1", b"Kanarina Geelveer 999993653", lambda _h, _r: antwoord)


def _ingelezen_bestand(leven: Leven) -> None:
    """Een bestand waarvan de naam een persoon noemt, dat iemand bekeek en nooit bevestigde."""
    zelfde = rij(**KANARIE, versie=2, tolk=True)
    inlezen.bekijk(
        leven.omgeving, WIE, "kennisgevingen", "Kanarina Geelveer.csv", b"Kanarina;Geelveer", [zelfde], "/in"
    )


def _ingelezen_en_gedaan(leven: Leven) -> None:
    zelfde = rij(**KANARIE, versie=2, tolk=True)
    hier = (leven.omgeving, WIE)
    klaar = inlezen.bekijk(*hier, "kennisgevingen", "zangstuk Geelveer.csv", b"Kanarina", [zelfde], "/in")
    inlezen.lees_in(*hier, klaar.bestand_id, "kennisgevingen", [zelfde], "/in")


def _bulk(leven: Leven) -> None:
    """Een bulk waarvan de regel zegt waarom hij niet kon."""

    def leg_klaar(ruimte: object) -> None:
        ruimte.bewaar(  # pyright: ignore[reportAttributeAccessIssue]
            Bulk(id="B-1", handeling="verzet", vingerafdruk="0" * 64, door="m-reg",
                 verificatie=Verificatie.AANGEMELD, begonnen_op=leven.omgeving.klok.nu()),
        )  # fmt: skip
        ruimte.bewaar(  # pyright: ignore[reportAttributeAccessIssue]
            Bulkregel(bulk_id="B-1", volgorde=1, dossier_id=leven.dossier_id, uitslag="geweigerd",
                      waarom="zangstuk: Kanarina is ziek", uitweg="Bel 0698765432."),
        )  # fmt: skip

    in_ruimte(leven.omgeving, leg_klaar)


SPOREN: Final[Mapping[str, tuple[Callable[[Leven], None], str]]] = {
    "concept": (_half_antwoord, ""), "logregel": (_zoekvragen, ""), "idempotentie": (_antwoord_van_de_api, "zangstuk"),
    "importbestand": (_ingelezen_bestand, "Geelveer"), "bulkregel": (_bulk, "zangstuk"),
}  # fmt: skip


def _rijen(magazijn: SqlMagazijn, tabel: str) -> int:
    with magazijn.engine.connect() as verbinding:
        return verbinding.execute(text(f"SELECT count(*) FROM {tabel}")).scalar_one()


@pytest.mark.parametrize(("tabel", "spoor"), SPOREN.items())
def test_een_spoor_staat_er_eerst_en_na_vernietigen_nergens_meer(
    klaar: Leven, magazijn: SqlMagazijn, tabel: str, spoor: tuple[Callable[[Leven], None], str]
) -> None:
    leg, leesbaar = spoor
    nummer = goedgekeurd(klaar)  # het spoor is van daarna: tussen goedkeuren en vernietigen wordt er gewerkt
    voor = _rijen(magazijn, tabel)
    leg(klaar)
    assert _rijen(magazijn, tabel) > voor, "er is een spoor"
    vondst = {woord for plaats, woord in gevonden(magazijn, WOORDEN) if plaats == tabel}
    assert (leesbaar in vondst) if leesbaar else not vondst, "leesbaar, of nooit leesbaar geweest"
    verslag = vernietig(klaar.omgeving, nummer, MAKER)
    assert verslag.vernietigd == [klaar.dossier().referentie], verslag.overgeslagen
    assert verslag.geschoond
    if tabel == "importbestand":  # een bestand dat op zijn bevestiging wacht, mag dat nog even
        _na_zijn_dag(klaar, magazijn)
    assert gevonden(magazijn, WOORDEN) == set()


def _na_zijn_dag(leven: Leven, magazijn: SqlMagazijn) -> None:
    """Wat over zijn dag heen is gaat bij de volgende vernietiging of 'regie bewaren schoon-op' weg."""
    assert {plaats for plaats, _ in gevonden(magazijn, WOORDEN)} <= {"importbestand", "regie.db", "regie.db-wal"}
    leven.op(VOORBIJ + timedelta(days=2))
    pas_register_toe(leven.omgeving)


def test_een_verslag_van_een_ingelezen_bestand_dat_het_dossier_noemt_gaat_meteen_weg(
    klaar: Leven, magazijn: SqlMagazijn
) -> None:
    nummer = goedgekeurd(klaar)
    _ingelezen_en_gedaan(klaar)
    assert _rijen(magazijn, "importbestand") == 1
    vernietig(klaar.omgeving, nummer, MAKER)
    assert _rijen(magazijn, "importbestand") == 0
    assert gevonden(magazijn, WOORDEN) == set()


def test_wat_over_zijn_dag_is_gaat_bij_elke_vernietiging_mee(klaar: Leven, magazijn: SqlMagazijn) -> None:
    """Een bestand met een naam in zijn bestandsnaam, en een antwoord over een ander dossier: hun dag is voorbij."""
    _ingelezen_bestand(klaar)
    eenmalig.eenmalig(
        klaar.omgeving, "coa", "s", b"x", lambda _h, _r: eenmalig.Antwoord(200, {"referentie": "D-ANDER"})
    )
    assert (_rijen(magazijn, "importbestand"), _rijen(magazijn, "idempotentie")) == (1, 1)
    vernietig(klaar.omgeving, goedgekeurd(klaar), MAKER)
    assert (_rijen(magazijn, "importbestand"), _rijen(magazijn, "idempotentie")) == (0, 0)
    assert gevonden(magazijn, WOORDEN) == set()


def test_de_blinde_index_van_het_bsn_en_wat_is_getekend_zijn_weg_en_het_logboek_noemt_niemand(
    klaar: Leven, magazijn: SqlMagazijn
) -> None:
    with magazijn.engine.connect() as verbinding:
        index = verbinding.execute(text("SELECT bsn_index FROM persoonsgegeven")).scalar_one()
    assert _rijen(magazijn, "besluittekst") >= 3, "elke versie van de tekst, tot en met de getekende"
    _zoekvragen(klaar)
    vernietig(klaar.omgeving, goedgekeurd(klaar), MAKER)
    assert gevonden(magazijn, (index, *WOORDEN)) == set()
    assert _rijen(magazijn, "besluittekst") == 0
    assert zoek_op_bsn(klaar.omgeving, WIE, "999993653", "/zoeken") == ()
    logboek = b" ".join(ruw for plaats, ruw in teksten(magazijn) if plaats == Logregel.__tablename__)
    assert b"/zoeken" in logboek, "dat er is gezocht, blijft"
    assert not [woord for woord in PERSOON if woord.encode() in logboek]
