"""Een lijst van beheer vraagt de database even veel bij drie als bij dertig rijen, en toont ze dan ook alle."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import kennisgevingen
from domein.begrippen import Rol, Verificatie
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.beheerbeeld import open_signalen, stappen_in_nood
from domein.handelingen.beheerpoort import Postnood, Stapnood
from domein.handelingen.beheerpost import post_in_nood
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde_signalen import RUN_KAPOT
from domein.handelingen.signalen import meld_signaal
from domein.ports import Omgeving
from domein.registratie_invoer import Kennisgevingsrij
from tests.integratie.conftest import Bouwer, ZetKlok
from tests.integratie.regels.leven import omgeving_van

WEINIG, VEEL = 3, 30
BEHEERDER = Aangemelde("m-bhr", "avres", "Avres", frozenset({Rol.BEHEERDER}), Verificatie.AANGEMELD, uuid4(), "")
LIJSTEN: dict[str, Callable[[Omgeving], Sequence[object]]] = {
    "niet geopend": lambda omgeving: stappen_in_nood(omgeving, BEHEERDER, Stapnood.NIET_GEOPEND, "lijst"),
    "kapot": lambda omgeving: stappen_in_nood(omgeving, BEHEERDER, Stapnood.KAPOT, "lijst"),
    "signalen": lambda omgeving: open_signalen(omgeving, BEHEERDER, "lijst"),
    "post": lambda omgeving: post_in_nood(omgeving, BEHEERDER, Postnood.ONZEKER, "lijst"),
}


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


def maak_nood(omgeving: Omgeving, bouwer: Bouwer, rijen: list[Kennisgevingsrij]) -> None:
    """Van elk dossier een stap die niet openging, een kapotte run en een mail waarvan niemand weet of hij aankwam."""
    registreer(omgeving, rijen, SYSTEEM)
    with omgeving.magazijn.ruimte() as ruimte:
        for dossier in ruimte.dossiers():
            stap = ruimte.stappen(dossier.id)[0]
            meld_signaal(ruimte, omgeving, RUN_KAPOT, "fout", "De run bleef mislukken.", stap)
            ruimte.bewaar(bouwer.bericht(stap_id=stap.id, dossier_id=dossier.id, status="onzeker"))


def vragen(magazijn: SqlMagazijn, doe: Callable[[], object]) -> int:
    gesteld: list[str] = []

    def noteer(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    event.listen(magazijn.engine, "before_cursor_execute", noteer)
    doe()
    event.remove(magazijn.engine, "before_cursor_execute", noteer)
    return sum(opdracht.lstrip().startswith("SELECT") for opdracht in gesteld)


@pytest.mark.parametrize("lijst", LIJSTEN)
def test_meer_rijen_kosten_niet_meer_vragen(
    magazijn: SqlMagazijn, omgeving: Omgeving, bouwer: Bouwer, klok: ZetKlok, lijst: str
) -> None:
    lees, rijen = LIJSTEN[lijst], list(kennisgevingen(WEINIG + VEEL, klok.vandaag()))
    maak_nood(omgeving, bouwer, rijen[:WEINIG])
    klok.moment += timedelta(days=10)
    weinig = lees(omgeving)
    aantal = vragen(magazijn, lambda: lees(omgeving))
    maak_nood(omgeving, bouwer, rijen[WEINIG:])
    veel: list[object] = []
    assert vragen(magazijn, lambda: veel.extend(lees(omgeving))) == aantal
    assert len(veel) >= VEEL > len(weinig) >= WEINIG
