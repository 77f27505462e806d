"""De invarianten: goed op een gezonde database, en elke schending valt op."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn, SqlRuimte
from domein.begrippen import Berichtstatus, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapGeopend, StapOvergeslagen
from domein.handelingen.invarianten import controleer, dubbel_ontvangen
from domein.handelingen.stapbeheer import verzet
from domein.handelingen.uitkomst import geef_uitkomst
from tests.integratie.portaal_hulp import gesprek, lees, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

GOED: dict[str, list[str]] = {"I1": [], "I2": [], "I3": [], "I4": [], "I7": [], "I8": []}


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    """Drie dossiers; van het eerste is het intakegesprek open."""
    hier = regio_met_dossiers(magazijn, klok)
    gesprek(hier)
    return hier


def geschonden(hier: Installatie) -> set[str]:
    return {naam for naam, lijst in controleer(hier.omgeving).items() if lijst}


def open_stap_van(ruimte: SqlRuimte):
    return ruimte.stappen_waar(statussen=[Stapstatus.OPEN])[0]


def test_na_gewoon_werk_is_alles_goed(hier: Installatie) -> None:
    assert controleer(hier.omgeving) == GOED
    with hier.magazijn.ruimte() as ruimte:
        stap = open_stap_van(ruimte)
    dag = hier.klok.vandaag()
    geef_uitkomst(hier.omgeving, stap.id, "intake_gehouden", dag, {"advies": "b1"}, Actor(stap.medewerker or ""))
    with hier.magazijn.ruimte() as ruimte:
        pip = next(s for s in ruimte.stappen(stap.dossier_id) if s.kenmerk.startswith("pip/"))
    verzet(hier.omgeving, pip.id, pip.streef, Actor("m-reg"), "op verzoek")
    assert lees(hier, stap).status is Stapstatus.KLAAR
    assert controleer(hier.omgeving) == GOED


def test_een_gewiste_persoon_houdt_de_controle_niet_tegen(hier: Installatie) -> None:
    with hier.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(ruimte.dossiers()[0].id)
    assert controleer(hier.omgeving) == GOED


def laat_alles_vervallen(ruimte: SqlRuimte) -> None:
    for stap in ruimte.stappen(ruimte.dossiers()[0].id):
        stap.status = Stapstatus.VERVALLEN
        ruimte.bewaar(stap)


def haal_de_behandelaar_weg(ruimte: SqlRuimte) -> None:
    stap = open_stap_van(ruimte)
    for ander in ruimte.stappen(stap.dossier_id):
        ander.status = Stapstatus.OPEN if ander.id == stap.id else Stapstatus.VERVALLEN
        ander.partner = ander.medewerker = None
        ruimte.bewaar(ander)


def aanvaard_zonder_poging(ruimte: SqlRuimte) -> None:
    bericht = ruimte.berichten()[0]
    bericht.status = Berichtstatus.AANVAARD
    ruimte.bewaar(bericht)


def mail_op_zondag(ruimte: SqlRuimte) -> None:
    bericht = ruimte.berichten()[0]
    bericht.status, bericht.pogingen = Berichtstatus.AANVAARD, 1
    bericht.aanvaard_op = datetime(2026, 2, 1, 9, tzinfo=UTC)
    ruimte.bewaar(bericht)


def verschuif_een_stap(ruimte: SqlRuimte) -> None:
    stap = open_stap_van(ruimte)
    stap.streef = date(2026, 12, 1)
    ruimte.bewaar(stap)


def geef_een_stap_stil_aan_een_ander(ruimte: SqlRuimte) -> None:
    stap = open_stap_van(ruimte)
    stap.medewerker = "m-reg"
    ruimte.bewaar(stap)


def herschrijf_wie_het_deed(ruimte: SqlRuimte) -> None:
    ruimte.sessie.connection().execute(text("UPDATE gebeurtenis SET actor = 'iemand-anders' WHERE volgnummer = 1"))


def sla_over_zonder_reden(ruimte: SqlRuimte) -> None:
    stap = open_stap_van(ruimte)
    dossier = ruimte.dossier(stap.dossier_id)
    nieuw = NieuweGebeurtenis(
        "stap_overgeslagen", date(2026, 1, 26), StapOvergeslagen(), Actor("m-reg"), stap=stap.kenmerk
    )
    ruimte.schrijf(dossier.id, nieuw, dossier.laatste_volgnummer)
    stap.status = Stapstatus.OVERGESLAGEN
    ruimte.bewaar(stap)


def _open(ruimte: SqlRuimte, kenmerk: str, dag: date) -> None:
    dossier = ruimte.dossier(open_stap_van(ruimte).dossier_id)
    stap = next(s for s in ruimte.stappen(dossier.id) if s.kenmerk == kenmerk)
    opening = StapGeopend(
        generatie=stap.generatie,
        partner="avres",
        medewerker="m-jdb",
        afsprakenversie=ruimte.regioversies("avres")[0].versie,
    )
    nieuw = NieuweGebeurtenis("stap_geopend", dag, opening, SYSTEEM, reden="proef", stap=kenmerk)
    ruimte.schrijf(dossier.id, nieuw, dossier.laatste_volgnummer)
    stap.status, stap.partner, stap.medewerker = Stapstatus.OPEN, "avres", "m-jdb"
    ruimte.bewaar(stap)


def open_voor_de_dag(ruimte: SqlRuimte) -> None:
    _open(ruimte, "pip/vaststellen/1", date(2026, 1, 26))


def open_op_zondag(ruimte: SqlRuimte) -> None:
    _open(ruimte, "pip/vaststellen/1", date(2026, 3, 15))


@pytest.mark.parametrize(
    ("maak_stuk", "verwacht"),
    [
        (laat_alles_vervallen, {"I1", "I3"}),
        (haal_de_behandelaar_weg, {"I1", "I3"}),
        (aanvaard_zonder_poging, {"I2"}),
        (verschuif_een_stap, {"I3"}),
        (geef_een_stap_stil_aan_een_ander, {"I3"}),
        (herschrijf_wie_het_deed, {"I4"}),
        (sla_over_zonder_reden, {"I4"}),
        (open_voor_de_dag, {"I7"}),
        (open_op_zondag, {"I7"}),
        (mail_op_zondag, {"I7"}),
    ],
    ids=lambda waarde: getattr(waarde, "__name__", None),
)
def test_elke_schending_valt_op(hier: Installatie, maak_stuk: Callable[[Any], None], verwacht: set[str]) -> None:
    with hier.magazijn.ruimte() as ruimte:
        maak_stuk(ruimte)
    assert geschonden(hier) == verwacht


def test_een_mail_die_twee_keer_aankwam_valt_op_tenzij_hij_onzeker_was(hier: Installatie) -> None:
    with hier.magazijn.ruimte() as ruimte:
        bericht = ruimte.berichten()[0]
        bericht.status, bericht.pogingen = Berichtstatus.AANVAARD, 1
        bericht.aanvaard_op = hier.klok.nu()
        ruimte.bewaar(bericht)
    ene, mail = (bericht.message_id, b"mail"), bericht.message_id
    assert dubbel_ontvangen(hier.omgeving, [ene]) == []
    assert dubbel_ontvangen(hier.omgeving, []) == [f"Aanvaard, maar nooit ontvangen: {mail}."]
    assert dubbel_ontvangen(hier.omgeving, [ene, ene]) == [f"2 keer ontvangen: {mail}."]
    assert len(dubbel_ontvangen(hier.omgeving, [ene, ("<vreemd@x>", b"")])) == 1
    with hier.magazijn.ruimte() as ruimte:
        bericht.status, bericht.aanvaard_op = Berichtstatus.ONZEKER, None
        ruimte.bewaar(bericht)
    assert dubbel_ontvangen(hier.omgeving, [ene, ene]) == []
    assert dubbel_ontvangen(hier.omgeving, [ene, (mail, b"ander")]) == [f"De kopieën van {mail} zijn niet gelijk."]
