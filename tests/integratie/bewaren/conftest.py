"""Eén dossier met een kanarie erin, dat lang geleden eindigde: klaar om te vernietigen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn
from adapters.vernietigingsregister import BestandRegister
from domein.begrippen import Verificatie
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen import besluiten
from domein.handelingen.invarianten import controleer
from domein.handelingen.registreren import registreer
from domein.handelingen.signalen import meld_signaal
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.besluitleven import BEHANDELAAR, Besluitleven
from tests.integratie.regels.leven import COORDINATOR, Leven, omgeving_van, rij

EINDE, VOORBIJ = date(2026, 6, 1), date(2031, 6, 2)  # vijf jaar, en de dag erna
MAKER = Actor("m-adm", Verificatie.AANGEMELD)
KEURDER = Actor("m-gor", Verificatie.AANGEMELD)
# Wie deze woorden ergens vindt, vindt de persoon. Zij komen in geen enkele gewone tekst voor.
KANARIE = {
    "naam": "Kanarina Geelveer", "straat": "Kooistraat 7", "plaats": "Zitstokkum", "email": "kanarina@kooi.example",
    "telefoon": "0698765432", "geboortedatum": date(1991, 7, 23),
}  # fmt: skip
WOORDEN = (
    "999993653", "Kanarina", "Geelveer", "Kooistraat", "Zitstokkum", "kanarina@", "0698765432", "1991-07-23",
    "zangstuk",
)  # fmt: skip


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok, tmp_path: Path) -> Omgeving:
    return replace(omgeving_van(magazijn, klok), register=BestandRegister(tmp_path / "installatie"))


def _besluit(leven: Besluitleven) -> None:
    """Het PIP als besluit, met de kanarie in de gronden, het advies, de tekst en een reden voor uitstel."""
    hier = (leven.omgeving, leven.dossier_id)
    leven.tot_concept().onderzoek_alles()
    leven.open("pip/vaststellen/1")
    zin = "zangstuk: Kanarina Geelveer zingt al op B1"
    besluiten.leg_grond_vast(*hier, 1, "intake", "onderzocht", zin, BEHANDELAAR)
    besluiten.geef_advies(*hier, 1, "positief", zin, BEHANDELAAR)
    leven.schrijf(zin).teken().maak_bekend(date(2026, 2, 25))
    leven.op(date(2026, 3, 18))
    leven.meld("bezwaar_ingediend", date(2026, 3, 18), actor=COORDINATOR, tegen="pip", van=1)
    leven.meld(
        "beslistermijn_opgeschort", date(2026, 3, 18), actor=COORDINATOR, over="bezwaar", van=1, grond="aanvullen",
        tot="2026-04-01", reden="zangstuk: Kanarina Geelveer stuurde geen gronden",
    )  # fmt: skip
    leven.meld("bezwaar_ingetrokken", date(2026, 3, 18), actor=COORDINATOR, reden="zangstuk: Kanarina belde")


@pytest.fixture
def klaar(omgeving: Omgeving) -> Iterator[Leven]:
    """De kanarie: met post, een besluit, een reden, een signaal, een bounce; overleden en afgesloten in juni 2026."""
    leven = Besluitleven(omgeving)
    leven.begin()
    registreer(omgeving, [rij(**KANARIE, versie=2, tolk=True)], SYSTEEM)
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    _besluit(leven)
    leven.open("begeleiding/start/1")
    leven.post_is_aanvaard()
    with omgeving.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, omgeving, "proef", "info", "zangstuk in een signaal", dossier_id=leven.dossier_id)
        bericht = ruimte.berichten(dossier_id=leven.dossier_id)[0]
        bericht.antwoord = "zangstuk in een antwoord van een mailserver"
        ruimte.bewaar(bericht)
    leven.op(EINDE)
    leven.meld("plicht_beeindigd", EINDE, grond="overlijden", reden="zangstuk in een reden: Kanarina is overleden")
    leven.antwoord("einde/afsluiten/1", "dossier_afgesloten", date(2026, 6, 3))
    for kenmerk in [k for k, staat in leven.staat().items() if staat]:
        leven.antwoord(kenmerk, "duo_ingevoerd", date(2026, 6, 3), referentie="PI-1")
    yield leven
    geschonden = {naam: wat for naam, wat in controleer(omgeving).items() if wat}
    assert not geschonden
