"""Herinneren en escaleren op echte opslag: per dag één keer, per stap elke trede één keer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.handelingen.herinneren import herinner
from domein.handelingen.ontvangers import Ontvanger
from domein.model import Stap
from domein.regels.escalatie import Escalatiebeleid, Tredesoort
from domein.regels.kalender import Kantoorkalender
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer

BELEID = Escalatiebeleid()


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


class Nepwijzer:
    """Behandelaar voor de herinnering, tl-1 voor de escalatie."""

    def __init__(self, kantoor: Kantoorkalender | None = None, *, niemand: bool = False) -> None:
        self.kantoor = kantoor or Kantoorkalender()
        self.niemand = niemand

    def kalender(self, stap: Stap) -> Kantoorkalender:
        return self.kantoor

    def ontvangers(self, stap: Stap, soort: Tredesoort) -> Sequence[Ontvanger]:
        if self.niemand:
            return ()
        code = stap.medewerker if soort is Tredesoort.HERINNERING else "tl-1"
        return (Ontvanger(code or "avres", f"{code}@avres.example", self.kantoor),)


def doe(hier: Installatie, dag: date, wijzer: Nepwijzer | None = None):
    hier.klok.moment = datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)
    return herinner(hier.omgeving, dag, wijzer=wijzer or Nepwijzer(), beleid=BELEID)


def post(hier: Installatie) -> list[tuple[str, int, str]]:
    with hier.magazijn.ruimte() as ruimte:
        return sorted((b.soort, b.niveau, b.ontvanger_code) for b in ruimte.berichten())


def test_een_stap_krijgt_een_herinnering_en_daarna_een_escalatie(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    for dag in range(2, 28):
        doe(hier, date(2026, 3, dag))
    assert post(hier) == [("herinnering", 1, "km-1")]
    for dag in range(1, 25):
        doe(hier, date(2026, 4, dag))
    assert post(hier) == [("escalatie", 1, "tl-1"), ("herinnering", 1, "km-1")]


def test_dezelfde_dag_nog_eens_doet_niets(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    eerste, tweede = doe(hier, date(2026, 3, 23)), doe(hier, date(2026, 3, 23))
    assert (eerste.herinneringen[1], eerste.al_gedaan) == (1, False)
    assert (tweede.herinneringen[1], tweede.al_gedaan) == (0, True)


def test_een_dag_die_nog_moet_komen_wordt_geweigerd_en_telt_niet_als_gedaan(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    with pytest.raises(OngeldigeGegevens, match="toekomst"):
        herinner(hier.omgeving, date(2026, 3, 23), wijzer=Nepwijzer(), beleid=BELEID)
    assert doe(hier, date(2026, 3, 23)).herinneringen[1] == 1


def test_na_stilstand_gaat_alleen_de_hoogste_trede_uit(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    verslag = doe(hier, date(2026, 5, 11))
    assert (verslag.herinneringen[1], verslag.escalaties[1]) == (0, 1)
    doe(hier, date(2026, 5, 12))
    assert post(hier) == [("escalatie", 1, "tl-1")]


@pytest.mark.parametrize("status", [Stapstatus.KLAAR, Stapstatus.GEPLAND, Stapstatus.VERVALLEN])
def test_alleen_een_open_stap_wordt_herinnerd(hier: Installatie, status: Stapstatus) -> None:
    hier.stap(hier.dossier(), status=status)
    doe(hier, date(2026, 5, 11))
    assert post(hier) == []


def test_op_een_dichte_dag_gaat_niets_uit_en_de_eerste_open_dag_alsnog(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    dicht = Nepwijzer(Kantoorkalender(extra_gesloten=frozenset({date(2026, 3, 23)})))
    assert doe(hier, date(2026, 3, 23), dicht).herinneringen[1] == 0
    assert doe(hier, date(2026, 3, 24), dicht).herinneringen[1] == 1


def test_zonder_ontvanger_hoort_een_mens_het(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    verslag = doe(hier, date(2026, 3, 23), Nepwijzer(niemand=True))
    assert verslag.zonder_ontvanger == 1
    with hier.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["herinnering_zonder_ontvanger"]


def test_een_kapotte_stap_houdt_de_andere_niet_tegen(hier: Installatie) -> None:
    dossier = hier.dossier()
    stuk = hier.stap(dossier)
    hier.stap(dossier, kenmerk="voortgang/2")

    class Struikelt(Nepwijzer):
        def ontvangers(self, stap: Stap, soort: Tredesoort) -> Sequence[Ontvanger]:
            if stap.id == stuk.id:
                raise RuntimeError
            return super().ontvangers(stap, soort)

    verslag = doe(hier, date(2026, 3, 23), Struikelt())
    assert (verslag.herinneringen[1], verslag.mislukt) == (1, [stuk.id])
    with hier.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["herinnering_mislukt"]


def test_zonder_geladen_regio_komt_de_dag_later_alsnog(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    hier.verder(days=21)
    verslag = herinner(hier.omgeving, date(2026, 3, 23), beleid=BELEID)
    assert verslag.zonder_ontvanger == 1
    assert doe(hier, date(2026, 3, 23)).herinneringen[1] == 1
