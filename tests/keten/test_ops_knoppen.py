"""Elke knop van ops in Prefect een keer echt ingedrukt: haar deployment, haar formulier, een worker, onze database."""

from datetime import date
from typing import Any

import pytest
from prefect.client.schemas.objects import FlowRun, StateType

from adapters.prefect.inrichting import lees_yaml
from adapters.prefect.opsuitleg import uitleg
from domein.begrippen import Stapstatus
from domein.gebeurtenissen.basis import Actor, Gebeurtenis
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.bulk import voer_uit
from domein.handelingen.invarianten import controleer
from domein.handelingen.opsvormen import Opdracht
from domein.model import Dossier
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tests.keten.conftest import Keten
from tests.keten.knoppen import druk, getoond

OPROEP = "intake/oproep/1"
KNOPPEN = {d["name"] for d in lees_yaml()["deployments"] if d["tags"] == ["stroom:beheer"]}


class Bediener:
    """Wie in Prefect op de knoppen drukt, en onthoudt op welke."""

    def __init__(self, keten: Keten) -> None:
        self.keten = keten
        self.gedrukt: set[str] = set()

    @property
    def dossier(self) -> Dossier:
        with self.keten.omgeving.magazijn.ruimte() as ruimte:
            return ruimte.dossier(self.keten.dossier_id)

    def laatste(self) -> Gebeurtenis:
        with self.keten.omgeving.magazijn.ruimte() as ruimte:
            return ruimte.gebeurtenissen(self.keten.dossier_id)[-1]

    async def op(self, knop: str, *, wie: str = "m-reg", **velden: Any) -> FlowRun:
        self.gedrukt.add(knop)
        if knop != "ronde-nu":
            velden["wie"] = {"medewerkercode": wie, "reden": "storing"}
        return await druk(self.keten, f"{knop}/{knop}", velden)

    async def echt(self, knop: str, **velden: Any) -> FlowRun:
        """Druk, en eis dat de run groen is en het dossier noemt."""
        run = await self.op(knop, alleen_bekijken=False, **velden)
        assert run.state_type is StateType.COMPLETED, (knop, run.state and run.state.message)
        _, rijen = await getoond(self.keten, run)
        assert {(rij["dossier"], rij["uitslag"], rij["waarom"]) for rij in rijen} == {
            (self.dossier.referentie, "gedaan", "")
        }
        return run

    def ander(self, niet: str | None) -> str:
        return next(code for code in ("m-kos", "m-jdb") if code != niet)


@pytest.mark.zwaar  # anderhalve minuut op een drukke machine
async def test_elke_knop_van_ops_doet_in_prefect_wat_zij_zegt(keten: Keten) -> None:
    bediener = Bediener(keten)
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    stap = {"dossiers": bediener.dossier.referentie, "kenmerk": OPROEP}
    dossier = {"dossiers": bediener.dossier.referentie}

    await bediener.echt("stap-verzetten", keuze=stap, naar="2026-01-20")
    assert keten.stap(OPROEP).streef == date(2026, 1, 20)

    aan = bediener.ander(keten.stap(OPROEP).medewerker)
    await bediener.echt("stap-overdragen", keuze=stap, aan=aan)
    assert keten.stap(OPROEP).medewerker == aan

    await bediener.echt("stap-opnieuw", keuze=stap)
    assert bediener.laatste().soort == "stap_opnieuw"
    await keten.tot_run(OPROEP, Toestand.WACHT)
    assert keten.stap(OPROEP).run_id == run.run_id

    await bediener.echt("stap-overslaan", keuze=stap)
    assert keten.stap(OPROEP).status is Stapstatus.OVERGESLAGEN
    await bediener.echt("stap-heropenen", keuze=stap)
    assert keten.stap(OPROEP).status in (Stapstatus.GEPLAND, Stapstatus.OPEN)

    nieuw = bediener.ander(bediener.dossier.klantmanager)
    toegewezen = await bediener.echt("dossier-toewijzen", keuze=dossier, aan=nieuw)
    assert bediener.dossier.klantmanager == nieuw
    await bediener.echt("dossier-pauzeren", keuze=dossier, verwacht_tot="2026-02-16")
    assert bediener.laatste().soort == "gepauzeerd"
    await bediener.echt("dossier-hervatten", keuze=dossier)
    assert bediener.laatste().soort == "hervat"
    await bediener.echt("dossier-herplannen", keuze=dossier)

    await _draai_terug(bediener, f"P-{toegewezen.id.hex}", nieuw)

    nu = await bediener.op("ronde-nu")
    assert nu.state_type is StateType.COMPLETED
    assert bediener.gedrukt == KNOPPEN
    assert not [wat for geschonden in controleer(keten.omgeving).values() for wat in geschonden]


async def _draai_terug(bediener: Bediener, nummer: str, nieuw: str) -> None:
    """Eerst bekijken wat er terug zou gaan, dan echt."""
    bekeken = await bediener.op("bulk-terugdraaien", bulk=nummer)
    assert bekeken.state_type is StateType.COMPLETED
    omschrijving, rijen = await getoond(bediener.keten, bekeken)
    assert omschrijving.startswith("Proef: er is niets bewaard.")
    assert {rij["uitslag"] for rij in rijen} == {"gedaan"}
    assert bediener.dossier.klantmanager == nieuw
    await bediener.echt("bulk-terugdraaien", bulk=nummer)
    assert bediener.dossier.klantmanager != nieuw
    with bediener.keten.omgeving.magazijn.ruimte() as ruimte:
        assert {een.id for een in ruimte.bulken()} >= {nummer, f"{nummer}-ongedaan"}


async def test_een_bulk_van_een_andere_deur_draait_terug_met_een_knop_in_prefect(keten: Keten) -> None:
    bediener = Bediener(keten)
    nieuw = bediener.ander(bediener.dossier.klantmanager)
    opdracht = Opdracht(Handeling.TOEWIJZEN, "uit dienst", aan=nieuw)
    keuze = Bulkkeuze(dossiers=(bediener.dossier.referentie,))
    voer_uit(keten.omgeving, keuze, opdracht, Actor("m-reg"), "B-7F3K9QXM")
    await _draai_terug(bediener, "B-7F3K9QXM", nieuw)


async def test_een_geweigerde_knop_zegt_in_prefect_waarom_en_wat_dan(keten: Keten) -> None:
    bediener = Bediener(keten)
    alles = {"thema": "intake"}
    for code, velden in (
        ("niets_gevonden", {"keuze": {"gemeente": "GM9999"}, "werkdagen": 3}),
        ("onbekende_medewerker", {"keuze": alles, "werkdagen": 3, "wie": "m-niemand"}),
    ):
        run = await bediener.op("stap-verzetten", **velden)
        assert run.state_type is StateType.FAILED, code
        omschrijving, rijen = await getoond(keten, run)
        assert (omschrijving, [(rij["code"], rij["waarom"]) for rij in rijen]) == (
            f"Geweigerd. {uitleg(code)}",
            [(code, uitleg(code))],
        )
        assert "m-niemand" not in str(rijen)
        assert run.state is not None
        assert uitleg(code) in (run.state.message or "")

    voorbij = await bediener.op("stap-verzetten", keuze=alles, naar="2026-01-02")  # per stap geweigerd, op proef
    assert voorbij.state_type is StateType.COMPLETED
    _, rijen = await getoond(keten, voorbij)
    assert {(rij["uitslag"], rij["code"], rij["waarom"]) for rij in rijen} == {
        ("geweigerd", "dag_voorbij", uitleg("dag_voorbij"))
    }
