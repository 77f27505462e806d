"""Een grote instroom: alles geregistreerd en gepland, op volgorde van de wet geopend, zonder anderen op te houden."""

from typing import Any

import pytest
from sqlalchemy import event

from adapters.opslag import SqlMagazijn
from beheer.meet.burst import AANTAL, BINNEN_SECONDEN, PAGINA_SECONDEN, VLAK, stroom_in
from beheer.meet.instroom import kennisgevingen, proefnummers
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.registreren import registreer
from domein.handelingen.registreren_rijen import RegistratieGeweigerd
from domein.ports import Omgeving
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import omgeving_van


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


def test_de_proefnummers_zijn_er_genoeg_en_elk_een_keer() -> None:
    nummers = list(proefnummers())
    assert len(nummers) == len(set(nummers)) >= AANTAL + 10
    assert all(nummer.startswith("9999") for nummer in nummers)


def test_er_wordt_pas_geschreven_als_alles_is_beoordeeld(
    omgeving: Omgeving, magazijn: SqlMagazijn, klok: ZetKlok
) -> None:
    """Tot dan houdt de instroom op SQLite niemand op die ook wil schrijven."""
    opdrachten: list[str] = []

    def noteer(*args: Any) -> None:
        opdrachten.append(args[2].lstrip()[:6].upper())

    event.listen(magazijn.engine, "before_cursor_execute", noteer)
    registreer(omgeving, kennisgevingen(20, klok.vandaag()), SYSTEEM)
    event.remove(magazijn.engine, "before_cursor_execute", noteer)
    eerste = next(plek for plek, soort in enumerate(opdrachten) if soort == "INSERT")
    assert "SELECT" not in opdrachten[eerste:]
    assert len(opdrachten[eerste:]) <= 8, "per tabel een, hoeveel rijen er ook zijn"
    assert {naam: wat for naam, wat in controleer(omgeving).items() if wat} == {}


def test_twee_rijen_over_dezelfde_persoon_in_een_bestand_vallen_op(omgeving: Omgeving, klok: ZetKlok) -> None:
    een, ander = kennisgevingen(2, klok.vandaag())
    with pytest.raises(RegistratieGeweigerd) as geweigerd:
        registreer(omgeving, [een, ander.model_copy(update={"bsn": een.bsn})], SYSTEEM)
    assert [rij for rij, _ in geweigerd.value.regels] == [ander.rij]


def test_twee_versies_van_een_kennisgeving_in_een_bestand_zijn_een_dossier(omgeving: Omgeving, klok: ZetKlok) -> None:
    (een,) = kennisgevingen(1, klok.vandaag())
    verslag = registreer(omgeving, [een, een.model_copy(update={"versie": 2, "taal": "ar"}), een], SYSTEEM)
    assert [rij.uitkomst for rij in verslag][:2] == ["nieuw", "verbeterd"]
    assert len({rij.referentie for rij in verslag}) == 1


def test_een_kleine_instroom_gaat_op_volgorde_open() -> None:
    uit = stroom_in(30)
    assert uit.geregistreerd == 30
    assert uit.gepland >= 30
    assert len(uit.geopend) >= 20
    assert (uit.mislukt, uit.buiten_de_volgorde) == (0, 0)
    assert uit.paginas


@pytest.mark.zwaar
def test_de_grootste_instroom_tot_nu_toe() -> None:
    uit = stroom_in(AANTAL)
    assert uit.geregistreerd == AANTAL
    assert uit.seconden <= BINNEN_SECONDEN
    assert uit.vlakheid <= VLAK
    assert max(uit.paginas) <= PAGINA_SECONDEN
    assert len(uit.geopend) >= AANTAL
    assert (uit.mislukt, uit.buiten_de_volgorde) == (0, 0)
