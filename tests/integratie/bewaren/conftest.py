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
from domein.handelingen.invarianten import controleer
from domein.handelingen.registreren import registreer
from domein.handelingen.signalen import meld_signaal
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import Leven, omgeving_van, rij

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


@pytest.fixture
def klaar(omgeving: Omgeving) -> Iterator[Leven]:
    """De kanarie: met post, een reden, een signaal, een bounce-adres; overleden en afgesloten in juni 2026."""
    leven = Leven(omgeving).begin()
    registreer(omgeving, [rij(**KANARIE, versie=2, tolk=True)], SYSTEEM)
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.tot_pip()
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
