"""Veel stappen samen openen en beantwoorden: zoals een voor een, en een weigering raakt alleen haarzelf."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import kennisgevingen
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord, GeenBevoegdheid, OnbekendeStap, RegieFout
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import GeopendeStap, open_stap
from domein.handelingen.registreren import registreer
from domein.handelingen.samen import antwoord_samen, open_samen
from domein.handelingen.uitkomst import Antwoord, geef_uitkomst
from domein.model import Stap
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok

VANDAAG = date(2026, 1, 5)
OPROEP = "intake/oproep/1"
VERZONDEN: dict[str, Any] = {"afspraak_op": (VANDAAG + timedelta(days=14)).isoformat(), "waarschuwing": False}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def stappen(omgeving: Omgeving) -> list[Stap]:
    """Wat van twaalf mensen vandaag aan de beurt is."""
    registreer(omgeving, kennisgevingen(12, VANDAAG), SYSTEEM)
    return _aan_de_beurt(omgeving)


def _aan_de_beurt(omgeving: Omgeving) -> list[Stap]:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=VANDAAG)


def _opnieuw(omgeving: Omgeving, ids: list[UUID]) -> dict[UUID, Stap]:
    with omgeving.magazijn.ruimte() as ruimte:
        return {stap.id: stap for stap in ruimte.stappen_waar(ids=ids)}


def _antwoord(stap: Stap, **anders: Any) -> Antwoord:
    wie = Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
    velden: dict[str, Any] = {
        "stap_id": stap.id, "soort": "oproep_verzonden", "datum": VANDAAG, "gegevens": VERZONDEN, "actor": wie,
    }  # fmt: skip
    return Antwoord(**(velden | anders))


def _oproepen(omgeving: Omgeving, stappen: list[Stap]) -> list[Stap]:
    """Open alles samen; geef de oproepen zoals zij nu openstaan."""
    open_samen(omgeving, [stap.id for stap in stappen], portie=7)
    return [s for s in _opnieuw(omgeving, [s.id for s in stappen]).values() if s.kenmerk == OPROEP]


def _geschonden(omgeving: Omgeving) -> dict[str, list[str]]:
    return {naam: wat for naam, wat in controleer(omgeving).items() if wat}


def test_samen_openen_geeft_hetzelfde_als_een_voor_een(omgeving: Omgeving, stappen: list[Stap]) -> None:
    helft = sorted({stap.dossier_id for stap in stappen})[:6]
    samen = [stap.id for stap in stappen if stap.dossier_id in helft]
    los = [stap.id for stap in stappen if stap.dossier_id not in helft]
    gedaan = [*open_samen(omgeving, samen, portie=5), *(open_stap(omgeving, stap_id) for stap_id in los)]
    assert [een.stap_id for een in gedaan if isinstance(een, GeopendeStap)] == [*samen, *los]
    staat = _opnieuw(omgeving, [*samen, *los])
    with omgeving.magazijn.ruimte() as ruimte:
        post = Counter(bericht.stap_id for bericht in ruimte.berichten())
        ketens = [ruimte.controleer_keten(dossier.id) for dossier in ruimte.dossiers()]
    assert all(staat[een].status is Stapstatus.OPEN and post[een] == 1 for een in (*samen, *los))
    assert all(ketens)
    assert not _geschonden(omgeving)


def test_wie_in_dezelfde_transactie_werk_kreeg_telt_al_mee(omgeving: Omgeving, stappen: list[Stap]) -> None:
    een, ander = stappen[0].id, stappen[1].id
    open_stap(omgeving, een)
    with omgeving.magazijn.ruimte() as ruimte:
        geopend = ruimte.stap(een)
        wie, soort = geopend.medewerker or "", geopend.stapsoort
        assert ruimte.aantal_open_werk([wie]) == {(wie, soort): 1}
        erbij = ruimte.stap(ander)
        ruimte.stappen(erbij.dossier_id)
        erbij.status, erbij.medewerker, erbij.stapsoort = Stapstatus.OPEN, wie, soort
        assert ruimte.aantal_open_werk([wie]) == {(wie, soort): 2}
        erbij.status = Stapstatus.GEPLAND
        assert ruimte.aantal_open_werk([wie]) == {(wie, soort): 1}
        assert ruimte.aantal_open_werk([]) == {}


def test_twee_keer_samen_openen_doet_niets_meer(omgeving: Omgeving, stappen: list[Stap]) -> None:
    ids = [stap.id for stap in stappen]
    eerst, nogmaals = open_samen(omgeving, ids), open_samen(omgeving, ids)
    assert eerst == nogmaals
    with omgeving.magazijn.ruimte() as ruimte:
        assert len(ruimte.berichten()) == len(ids)


def test_een_stap_die_niet_bestaat_zegt_dat_en_houdt_de_rest_niet_op(omgeving: Omgeving, stappen: list[Stap]) -> None:
    vreemd = uuid4()
    gedaan = open_samen(omgeving, [stappen[0].id, vreemd, stappen[1].id])
    assert isinstance(gedaan[1], OnbekendeStap)
    assert [een.status for een in (gedaan[0], gedaan[2]) if isinstance(een, GeopendeStap)] == [Stapstatus.OPEN] * 2


def test_een_geweigerd_antwoord_raakt_de_rest_van_de_portie_niet(omgeving: Omgeving, stappen: list[Stap]) -> None:
    oproepen = _oproepen(omgeving, stappen)
    antwoorden = [_antwoord(stap) for stap in oproepen]
    antwoorden[3] = _antwoord(oproepen[3], actor=Actor("onbekend", Verificatie.AANGEMELD))
    gedaan = antwoord_samen(omgeving, antwoorden)
    assert isinstance(gedaan[3], GeenBevoegdheid)
    assert [plaats for plaats, een in enumerate(gedaan) if isinstance(een, RegieFout)] == [3]
    staat = _opnieuw(omgeving, [stap.id for stap in oproepen])
    assert Counter(stap.status for stap in staat.values()) == {Stapstatus.KLAAR: len(oproepen) - 1, Stapstatus.OPEN: 1}
    assert not _geschonden(omgeving)


def test_samen_beantwoorden_plant_elk_dossier_opnieuw(omgeving: Omgeving, stappen: list[Stap]) -> None:
    oproepen = _oproepen(omgeving, stappen)
    los, *samen = oproepen
    geef_uitkomst(omgeving, los.id, "oproep_verzonden", VANDAAG, VERZONDEN, _antwoord(los).actor)
    antwoord_samen(omgeving, [_antwoord(stap) for stap in samen])
    with omgeving.magazijn.ruimte() as ruimte:
        gesprekken = {s.dossier_id: s for s in ruimte.stappen_waar(kenmerk="intake/gesprek/1")}
    assert set(gesprekken) == {stap.dossier_id for stap in oproepen}
    assert len({(s.status, s.start, s.streef, s.generatie) for s in gesprekken.values()}) == 1


def test_een_tweede_antwoord_in_dezelfde_portie_blijft_als_vraag(omgeving: Omgeving, stappen: list[Stap]) -> None:
    stap = _oproepen(omgeving, stappen)[0]
    anders = {**VERZONDEN, "afspraak_op": (VANDAAG + timedelta(days=20)).isoformat()}
    gedaan = antwoord_samen(omgeving, [_antwoord(stap), _antwoord(stap, gegevens=anders)])
    assert isinstance(gedaan[1], AlBeantwoord)
    with omgeving.magazijn.ruimte() as ruimte:
        soorten = [g.soort for g in ruimte.gebeurtenissen(stap.dossier_id)]
    assert (soorten.count("oproep_verzonden"), soorten.count("controle_gevraagd")) == (1, 1)


def test_het_aantal_vragen_hangt_niet_af_van_het_aantal_dossiers(
    omgeving: Omgeving, magazijn: SqlMagazijn, klok: ZetKlok
) -> None:
    tellingen: list[int] = []
    opdrachten: list[str] = []

    def tel(*args: Any) -> None:
        opdrachten.append(args[2])

    event.listen(magazijn.engine, "before_cursor_execute", tel)
    alles = kennisgevingen(24, VANDAAG)
    for rijen in (alles[:4], alles[4:]):
        registreer(omgeving, rijen, SYSTEEM)
        ids = [stap.id for stap in _aan_de_beurt(omgeving)]
        opdrachten.clear()
        assert all(isinstance(een, GeopendeStap) for een in open_samen(omgeving, ids))
        tellingen.append(len(opdrachten))
    event.remove(magazijn.engine, "before_cursor_execute", tel)
    assert tellingen[1] <= tellingen[0] * 2, "vijf keer zo veel dossiers"
