"""PostgreSQL valt elke tien seconden om, terwijl vijfhonderd stappen lopen: zij halen allemaal hun einde."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
from sqlalchemy.engine import URL

from beheer.meet.instroom import proefnummers
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import AlBeantwoord, OpslagOnbeschikbaar
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.invarianten import controleer
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.ports import Omgeving
from tests.hulp.nepbord import Nepbord
from tests.integratie.regels.leven import Leven, rij
from tests.integratie.ronde.conftest import OPROEP, herstart

STAPPEN = 500
ERBIJ = 100  # zo veel komen er steeds bij zolang er te weinig herstarts waren
HERSTARTS = 3  # zo vaak minstens, terwijl er stappen liepen
TEGELIJK = 50
OM_DE = 10.0  # seconden tussen twee herstarts
GEDULD = 60.0


class Omvaller:
    """Herstart de server steeds weer, zoals een machine die het begeeft; `op` zegt of hij er nu is.

    `keer` telt alleen de herstarts terwijl er stappen liepen: de andere bewijzen niets.
    """

    def __init__(self, adres: URL) -> None:
        self._adres, self._klaar, self.op, self.keer = adres, Event(), Event(), 0
        self.er_is_werk = False
        self.op.set()

    def loop(self) -> None:
        while not self._klaar.wait(OM_DE):
            onder_werk = self.er_is_werk
            self.op.clear()
            herstart(self._adres)
            self.op.set()
            self.keer += onder_werk

    def stop(self) -> None:
        self._klaar.set()

    def wacht(self) -> None:
        assert self.op.wait(GEDULD), "PostgreSQL kwam niet terug"


@pytest.mark.zwaar
@pytest.mark.postgres
@pytest.mark.usefixtures("bewaart_echt")
@pytest.mark.parametrize("soort", ["postgresql"], indirect=True)
def test_vijfhonderd_stappen_halen_hun_einde_terwijl_postgresql_elke_tien_seconden_herstart(
    omgeving: Omgeving, bord: Nepbord, postgres: URL
) -> None:
    Leven(omgeving).op(rij().kennisgeving_op)
    nummers = proefnummers()
    alle = [rij(kenmerk=f"DUO-H-{n}", bsn=next(nummers)) for n in range(STAPPEN)]
    registreer(omgeving, alle, SYSTEEM)
    omvaller, bezet = Omvaller(postgres), 0
    with ThreadPoolExecutor(1) as werker:
        bezig = werker.submit(omvaller.loop)
        try:
            while True:
                try:
                    verslag = _ronde(omgeving, bord)
                    bezet += verslag.bezet
                    bord.werk(omgeving)
                    over = omvaller.er_is_werk = _beantwoord(omgeving)
                    if not over and not verslag.deed_iets:
                        if omvaller.keer >= HERSTARTS:
                            break
                        erbij = [rij(kenmerk=f"DUO-H-{len(alle) + n}", bsn=next(nummers)) for n in range(ERBIJ)]
                        alle += erbij
                    registreer(omgeving, alle[-ERBIJ:], SYSTEEM)  # wie er al is, blijft zoals hij is
                except OpslagOnbeschikbaar:
                    omvaller.wacht()
                    continue
                bord.verder(minutes=11)  # een mislukte run mag weer
        finally:
            omvaller.stop()
            bezig.result(timeout=GEDULD)
    print(f"{len(alle)} stappen, {omvaller.keer} herstarts terwijl zij liepen")
    assert not bezet, "er is maar één ronde, en die hield zichzelf buiten"
    with omgeving.magazijn.ruimte() as ruimte:
        stappen = ruimte.stappen_waar(kenmerk=OPROEP)
        assert Counter(stap.status for stap in stappen) == {Stapstatus.KLAAR: len(alle)}
        feiten = Counter(g.soort for stap in stappen for g in ruimte.gebeurtenissen(stap.dossier_id))
        taken = Counter(b.stap_id for b in ruimte.berichten() if b.soort == "taak")
    assert feiten["oproep_verzonden"] == len(alle)
    assert {taken[stap.id] for stap in stappen} == {1}
    levend = [run.stap_id for run in bord.alle() if not run.toestand.ten_einde]
    assert len(levend) == len(set(levend)), "een stap heeft twee levende runs"
    assert not [wat for geschonden in controleer(omgeving).values() for wat in geschonden]


def _ronde(omgeving: Omgeving, bord: Nepbord) -> Rondeverslag:
    return asyncio.run(ronde(omgeving, bord, tegelijk=TEGELIJK))


def _beantwoord(omgeving: Omgeving) -> bool:
    """Geef op elke open oproep antwoord; zegt of er nog meer komen. Wie al was beantwoord, is klaar."""
    with omgeving.magazijn.ruimte() as ruimte:
        open_ = ruimte.stappen_waar(statussen=[Stapstatus.OPEN], kenmerk=OPROEP)
        over = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND, Stapstatus.OPEN], kenmerk=OPROEP, grens=1)
    for stap in open_:
        _antwoord(omgeving, stap)
    return bool(over)


def _antwoord(omgeving: Omgeving, stap: Stap) -> None:
    gegevens = {"afspraak_op": "2026-01-21", "waarschuwing": False}
    actor = Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
    with suppress(AlBeantwoord):  # het antwoord van net voor de herstart kwam toch aan
        geef_uitkomst(omgeving, stap.id, "oproep_verzonden", omgeving.klok.vandaag(), gegevens, actor)
