"""Wie een herinnering of escalatie krijgt, in een kleine regio."""

from datetime import date
from uuid import uuid4

from domein.begrippen import Rol, Stapsoort
from domein.handelingen.ontvangers import Regiowijzer
from domein.model import Stap
from domein.regels.escalatie import Tredesoort
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, medewerker, partner, regio

DAG = date(2026, 3, 23)


def bouw(*erbij: object) -> Regio:
    return regio(afspraak("r1", "voortgang"), partners=[partner("school")], medewerkers=list(erbij))


def stap(partnercode: str | None = "uo", code: str | None = "m-uo") -> Stap:
    return Stap(
        dossier_id=uuid4(), gemeente="GM0512", kenmerk="voortgang/1", stapsoort=Stapsoort.VOORTGANG,
        titel="Gesprek", start=DAG, streef=DAG, rol=Rol.KLANTMANAGER, partner=partnercode, medewerker=code,
    )  # fmt: skip


def codes(regio_: Regio, een: Stap, soort: Tredesoort) -> list[tuple[str, str]]:
    return [(o.code, o.adres) for o in Regiowijzer(regio_, DAG).ontvangers(een, soort)]


def test_de_herinnering_gaat_naar_de_behandelaar_zelf() -> None:
    assert codes(bouw(), stap(), Tredesoort.HERINNERING) == [("m-uo", "m-uo@uo.example")]


def test_zonder_behandelaar_gaat_zij_naar_de_postbus_van_de_partner() -> None:
    assert codes(bouw(), stap("school", None), Tredesoort.HERINNERING) == [("school", "post@school.example")]


def test_de_escalatie_gaat_naar_de_teamleider_van_de_partner() -> None:
    met = bouw(medewerker("tl", "uo", "teamleider"), medewerker("reg", "uo", "regiocoordinator"))
    assert codes(met, stap(), Tredesoort.ESCALATIE) == [("tl", "tl@uo.example")]
    assert codes(met, stap("school"), Tredesoort.ESCALATIE) == [("reg", "reg@uo.example")]


def test_is_de_teamleider_er_niet_dan_de_vervanger_of_de_coordinator() -> None:
    weg = {"van": "2026-03-01", "tot": "2026-03-31"}
    coordinator = medewerker("reg", "uo", "regiocoordinator")
    zonder = bouw(medewerker("tl", "uo", "teamleider", afwezigheid=[weg]), coordinator)
    assert codes(zonder, stap(), Tredesoort.ESCALATIE) == [("reg", "reg@uo.example")]
    met = bouw(
        medewerker("tl", "uo", "teamleider", afwezigheid=[{**weg, "vervanger": "tl2"}]),
        medewerker("tl2", "uo", "teamleider", in_dienst_van="2026-03-10"),
        coordinator,
    )
    assert codes(met, stap(), Tredesoort.ESCALATIE) == [("tl2", "tl2@uo.example")]


def test_zonder_leiding_krijgt_de_postbus_het_en_zonder_partner_niemand() -> None:
    assert codes(bouw(), stap(), Tredesoort.ESCALATIE) == [("uo", "post@uo.example")]
    assert codes(bouw(), stap(None, None), Tredesoort.ESCALATIE) == []


def test_de_kalender_is_die_van_de_partner() -> None:
    dicht = regio(afspraak("r1", "voortgang"), partners=[partner("school", gesloten_dagen=["2026-03-23"])])
    wijzer = Regiowijzer(dicht, DAG)
    assert not wijzer.kalender(stap("school")).is_open(DAG)
    assert wijzer.kalender(stap("uo")).is_open(DAG)
