"""Wat beheer van de opslag vraagt, op elke database: het telt wat het toont, en het dringendst staat eerst."""

from datetime import date, datetime, timedelta

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.beheerpoort import Peil, Postnood, Stapnood
from domein.handelingen.signalen import meld_signaal
from domein.model import Bericht, Stap
from tests.integratie.conftest import BEGIN, Bouwer, ZetKlok
from tests.integratie.post_hulp import installeer

VANDAAG = date(2026, 1, 20)
PEIL = Peil(VANDAAG, BEGIN + timedelta(hours=1), BEGIN + timedelta(minutes=10))


def stap(bouwer: Bouwer, kenmerk: str, **anders: object) -> Stap:
    dossier = bouwer.dossier()
    velden = {"status": Stapstatus.OPEN, "geopend_op": BEGIN, "streef": date(2026, 3, 2)}
    return bouwer.stap(dossier, kenmerk, **(velden | anders))


@pytest.fixture
def stappen(magazijn: SqlMagazijn, bouwer: Bouwer) -> dict[str, Stap]:
    rijen = {
        "gewoon": stap(bouwer, "gewoon", run_id=None, geopend_op=PEIL.geopend_voor + timedelta(seconds=1)),
        "zonder": stap(bouwer, "zonder"),
        "laat": stap(bouwer, "laat", streef=date(2026, 1, 12), geopend_op=PEIL.geopend_voor),
        "later": stap(
            bouwer, "later", streef=date(2026, 1, 5), uiterst=date(2026, 1, 16), geopend_op=PEIL.geopend_voor
        ),
        "op-tijd": stap(bouwer, "op-tijd", streef=date(2026, 1, 5), uiterst=VANDAAG, geopend_op=PEIL.geopend_voor),
        "ligt": stap(bouwer, "ligt", status=Stapstatus.GEPLAND, start=date(2026, 1, 19), geopend_op=None),
        "vandaag": stap(bouwer, "vandaag", status=Stapstatus.GEPLAND, start=VANDAAG, geopend_op=None),
        "klaar": stap(bouwer, "klaar", status=Stapstatus.KLAAR, streef=date(2026, 1, 5)),
    }
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(*rijen.values())
    return rijen


@pytest.mark.parametrize(
    ("nood", "verwacht"),
    [
        (Stapnood.ZONDER_RUN, ["zonder"]),
        (Stapnood.NIET_GEOPEND, ["ligt"]),
        (Stapnood.TE_LAAT, ["laat", "later"]),
    ],
)
def test_stappen_in_nood_de_eerste_laatste_dag_vooraan(
    magazijn: SqlMagazijn, stappen: dict[str, Stap], nood: Stapnood, verwacht: list[str]
) -> None:
    with magazijn.ruimte() as ruimte:
        gevonden = ruimte.stappen_in_nood(nood, PEIL, 10)
        assert [een.kenmerk for een, _ in gevonden] == verwacht
        assert ruimte.tel_stappen_in_nood(nood, PEIL) == len(verwacht)
        assert len(ruimte.stappen_in_nood(nood, PEIL, 1)) == 1
        for een, referentie in gevonden:
            assert ruimte.dossier(een.dossier_id).referentie == referentie
    assert stappen


def test_kapotte_runs_zijn_signalen_en_geen_vraag_aan_de_stappen(magazijn: SqlMagazijn) -> None:
    with magazijn.ruimte() as ruimte, pytest.raises(ValueError, match="kapot"):
        ruimte.tel_stappen_in_nood(Stapnood.KAPOT, PEIL)


def test_post_in_nood_de_oudste_vooraan(magazijn: SqlMagazijn, bouwer: Bouwer) -> None:
    def bericht(status: Berichtstatus, op: datetime) -> Bericht:
        return bouwer.bericht(status=status, aangemaakt_op=op)

    jong, oud, ouder = PEIL.post_voor, PEIL.post_voor - timedelta(minutes=1), PEIL.post_voor - timedelta(days=1)
    rijen = {
        "onzeker": bericht(Berichtstatus.ONZEKER, jong), "mislukt": bericht(Berichtstatus.ONBESTELBAAR, jong),
        "wacht": bericht(Berichtstatus.WACHTEND, jong), "vast": bericht(Berichtstatus.UITGESTELD, oud),
        "vaster": bericht(Berichtstatus.WACHTEND, ouder), "weg": bericht(Berichtstatus.AANVAARD, ouder),
        "vervallen": bericht(Berichtstatus.VERVALLEN, ouder),
    }  # fmt: skip
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(*rijen.values())
    naam = {rij.id: naam for naam, rij in rijen.items()}
    with magazijn.ruimte() as ruimte:
        for nood, verwacht in (
            (Postnood.ONZEKER, ["onzeker"]), (Postnood.MISLUKT, ["mislukt"]), (Postnood.VAST, ["vaster", "vast"]),
        ):  # fmt: skip
            assert [naam[b.id] for b in ruimte.post_in_nood(nood, PEIL, 10)] == verwacht
            assert ruimte.tel_post(nood, PEIL) == len(verwacht)


def test_signalen_tellen_alleen_zolang_zij_open_zijn(magazijn: SqlMagazijn, klok: ZetKlok, bouwer: Bouwer) -> None:
    omgeving = installeer(magazijn, klok).omgeving
    dossiers = [bouwer.dossier(), bouwer.dossier()]
    with magazijn.ruimte() as ruimte:
        for dossier in dossiers:
            meld_signaal(ruimte, omgeving, "run_kapot", "fout", "Kijk.", dossier_id=dossier.id)
        weg = meld_signaal(ruimte, omgeving, "geen_regio", "fout", "Kijk.")
        assert weg is not None
        weg.opgelost_op = klok.nu()
        ruimte.bewaar(weg)
    with magazijn.ruimte() as ruimte:
        assert ruimte.tel_signalen() == {"run_kapot": 2}


def test_de_lease_van_de_ronde_is_te_lezen(magazijn: SqlMagazijn) -> None:
    with magazijn.ruimte() as ruimte:
        assert ruimte.lease("ronde") is None
        nu = ruimte.databasetijd()
        ruimte.neem_lease("ronde", "een", nu, nu + timedelta(minutes=1))
    with magazijn.ruimte() as ruimte:
        lease = ruimte.lease("ronde")
    assert lease is not None
    assert lease.tot == nu + timedelta(minutes=1)
