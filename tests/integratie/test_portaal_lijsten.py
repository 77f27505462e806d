"""Een lijst met vijftig namen kost de database evenveel opdrachten als een met vijf, en schrijft hetzelfde op."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import event, text

from adapters.logboekketen import controleer_logboek
from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import kennisgevingen
from domein.begrippen import Rol, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.aanmelden import Aangemelde, wie_is_aangemeld
from domein.handelingen.logboek import regel
from domein.handelingen.portaalpoort import Logvraag, NieuweLogregel
from domein.handelingen.registreren import registreer
from domein.handelingen.toegang import toegang_in, toegangen_in
from domein.model import Logregel, Logsoort
from domein.regels.toegang import Kijker
from domein.regio.soorten import Gegevensgroep
from portaal.app import maak_app
from portaal.web import SESSIE
from tests.integratie.matrix_hulp import maak_wereld
from tests.integratie.portaal_bezoek import Browser, meld_aan, tekst_van
from tests.integratie.portaal_hulp import regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

WEINIG, VEEL = 5, 50
WIE = "m-jdb"
LIJSTEN = [
    pytest.param("/mijn-werk", "portaal.mijnwerk.MEESTE", id="mijn-werk"),
    pytest.param("/mijn-werk/team", "portaal.mijnwerk.MEESTE", id="team"),
    pytest.param("/dossiers", "domein.handelingen.dossier_bekijken.EIGEN", id="eigen-dossiers"),
]


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    """Zestig dossiers van één klantmanager, met in elk een open taak van hem en een taak die al klaar is."""
    hier = regio_met_dossiers(magazijn, klok)
    registreer(hier.omgeving, kennisgevingen(60, klok.vandaag()), SYSTEEM)
    open_ = (
        "UPDATE stap SET status = 'open', medewerker = :wie, partner = 'avres', afspraak = 'intake', geopend_op = :nu"
    )
    with magazijn.engine.begin() as verbinding:
        velden = {"wie": WIE, "nu": klok.nu().replace(tzinfo=None) if magazijn.engine.name == "sqlite" else klok.nu()}
        verbinding.execute(text(f"{open_} WHERE kenmerk = 'intake/oproep/1'"), velden)
        verbinding.execute(text("UPDATE dossier SET klantmanager = :wie, regie_partner = 'avres'"), {"wie": WIE})
    return hier


@pytest.fixture
def app(hier: Installatie, tmp_path: Path) -> FastAPI:
    return maak_app(hier.omgeving, hier.links, wekmap=tmp_path)


@contextmanager
def opdrachten(magazijn: SqlMagazijn) -> Iterator[list[str]]:
    """Alles wat er aan de twee databases wordt gevraagd; wat in één keer veel rijen toevoegt, telt als één."""
    gevraagd: list[str] = []

    def noteer(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gevraagd.append(opdracht)

    engines = (magazijn.engine, magazijn.sleutelbos._engine)  # pyright: ignore[reportPrivateUsage]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", noteer)
    yield gevraagd
    for engine in engines:
        event.remove(engine, "before_cursor_execute", noteer)


@pytest.mark.parametrize(("pad", "grens"), LIJSTEN)
def test_vijftig_namen_kosten_evenveel_opdrachten_als_vijf(
    hier: Installatie,
    maak_magazijn: Callable[[], SqlMagazijn],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pad: str,
    grens: str,
) -> None:
    """Ook in een proces dat net begint, en nog geen sleutel kent."""

    def vraag(aantal: int) -> tuple[list[str], int]:
        monkeypatch.setattr(grens, aantal)
        magazijn = maak_magazijn()
        vers = replace(hier, magazijn=magazijn, omgeving=replace(hier.omgeving, magazijn=magazijn))
        app = maak_app(vers.omgeving, hier.links, wekmap=tmp_path)
        browser = meld_aan(vers, app, WIE)
        browser.get("/aanmelding")  # de afspraken zijn nu gelezen
        with opdrachten(vers.magazijn) as gevraagd:
            antwoord = browser.get(pad)
        return gevraagd, _namen(tekst_van(antwoord))

    met_weinig, vijf = vraag(WEINIG)
    met_veel, vijftig = vraag(VEEL)
    assert (vijf, vijftig) == (WEINIG, VEEL)
    assert _kort(met_veel) == _kort(met_weinig)
    assert sum(opdracht.startswith("INSERT INTO logregel") for opdracht in met_veel) == 1


def _namen(pagina: str) -> int:
    return len(re.findall(r'<bdi(?: class="naam")?>', pagina))


def _kort(opdrachten_: list[str]) -> list[str]:
    """Zonder de lengte van een lijst in een vraag."""
    return [opdracht.partition(" IN (")[0] for opdracht in opdrachten_]


@pytest.mark.parametrize(("pad", "grens"), LIJSTEN)
def test_van_elke_naam_staat_er_een_regel_met_dezelfde_velden_als_een_voor_een(
    hier: Installatie, app: FastAPI, monkeypatch: pytest.MonkeyPatch, pad: str, grens: str
) -> None:
    """De oude manier is hier de maat: per dossier de toegang, per dossier een regel."""
    monkeypatch.setattr(grens, VEEL)
    browser = meld_aan(hier, app, WIE)
    antwoord = tekst_van(browser.get(pad))
    wie = _wie(hier, browser)
    geschreven = _regels(hier, pad)
    getoond = {een.dossier_id for een in geschreven if een.dossier_id is not None}
    verwacht = {een.dossier_id: een for een in _een_voor_een(hier, wie, pad, getoond)}
    assert len(geschreven) == len(getoond) == _namen(antwoord) == VEEL
    for een in geschreven:
        assert een.dossier_id is not None
        assert _velden(een) == {n: w for n, w in asdict(verwacht[een.dossier_id]).items() if n in _velden(een)}
        assert (een.status, een.soort) == ("OK", Logsoort.GEZIEN)
        assert een.betrokkene is not None
        assert een.betrokkene in antwoord
    assert len({een.trace_id for een in geschreven}) == 1
    assert len({een.operatie_id for een in geschreven}) == VEEL
    assert controleer_logboek(hier.magazijn).klopt


def _wie(hier: Installatie, browser: Browser) -> Aangemelde:
    (token,) = [waarde for naam, waarde in browser.koekjes.items() if SESSIE in naam]
    wie = wie_is_aangemeld(hier.omgeving, token)
    assert wie is not None
    return wie


def _regels(hier: Installatie, route: str) -> list[Logregel]:
    with hier.magazijn.ruimte() as ruimte:
        return [een for een in ruimte.logregels(Logvraag(actor=WIE, grens=500)) if een.naam == route]


def _een_voor_een(hier: Installatie, wie: Aangemelde, route: str, dossiers: set[UUID]) -> Iterator[NieuweLogregel]:
    in_een_lijst = {Gegevensgroep.REFERENTIE, Gegevensgroep.TERMIJNEN, Gegevensgroep.NAAM}
    with hier.magazijn.ruimte() as ruimte:
        for dossier_id in dossiers:
            dossier = ruimte.dossier(dossier_id)
            toegang = toegang_in(ruimte, hier.omgeving, wie.kijker, dossier)
            assert toegang is not None
            toegang = replace(toegang, groepen=toegang.groepen & in_een_lijst)
            yield regel(hier.omgeving, wie, route, Logsoort.GEZIEN, dossier, toegang)


def _velden(een: Logregel) -> dict[str, Any]:
    namen = ("naam", "verwerking", "soort", "actor", "verificatie", "begonnen_op", "partner", "betrokkene",
             "dossier_id", "gronden", "gegevens")  # fmt: skip
    return {naam: getattr(een, naam) for naam in namen}


def test_een_hele_lijst_geeft_ieder_dezelfde_toegang_als_elk_dossier_apart(
    magazijn: SqlMagazijn, klok: Zetbaar
) -> None:
    """Voor elke medewerker, met elke rol, en van elk dossier: ook met taken die klaar of vervallen zijn."""
    wereld = maak_wereld(magazijn, klok)
    omgeving = wereld.hier.omgeving
    with magazijn.ruimte() as ruimte:
        dossiers = list(ruimte.dossiers())
        for nummer, stap in enumerate(ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND])):
            stap.status = list(Stapstatus)[nummer % len(Stapstatus)]
            ruimte.bewaar(stap)
    gezien = 0
    with magazijn.ruimte() as ruimte:
        for mens in wereld.regio.medewerkers:
            wie = Kijker(mens.code, mens.partner, frozenset({*mens.rollen, Rol.MANDAATHOUDER}))
            apart = {een.id: (een, toegang_in(ruimte, omgeving, wie, een)) for een in dossiers}
            samen = toegangen_in(ruimte, omgeving, wie, [een.id for een in dossiers])
            assert {een: toegang for een, (_, toegang) in samen.items()} == {een: t for een, (_, t) in apart.items()}
            gezien += sum(toegang is not None for _, toegang in apart.values())
    assert gezien > len(dossiers)
