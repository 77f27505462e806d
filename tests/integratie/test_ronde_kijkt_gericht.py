"""Een gewone ronde kijkt naar wat veranderde en een greep uit de rest, en mist daarmee niets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from adapters.opslag import SqlMagazijn
from beheer.meet.geheugenbord import Geheugenbord
from domein.begrippen import Stapstatus
from domein.handelingen import ronde_zicht
from domein.handelingen.bordpoort import RunStand, Toestand
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.handelingen.ronde_zicht import begin_van_greep, kijk
from domein.handelingen.stapbeheer import verzet
from domein.ports import Omgeving
from domein.regels.ronde import Daad
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import COORDINATOR, Leven, omgeving_van

OPROEP, GESPREK = "intake/oproep/1", "intake/gesprek/1"
TELEN = [Daad.MAAK, Daad.HERBOUW, Daad.VERZET, Daad.WEK, Daad.HERSTEL, Daad.BEEINDIG, Daad.VRAAG]


@pytest.fixture
def omgeving(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    return omgeving_van(magazijn, klok)


@pytest.fixture
def leven(omgeving: Omgeving) -> Leven:
    return Leven(omgeving).begin()


@pytest.fixture
def bord(klok: ZetKlok) -> Geheugenbord:
    return Geheugenbord(klok.moment)


@pytest.fixture
def zonder_greep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dan is wat de ronde vindt alleen te danken aan wat veranderde."""
    monkeypatch.setattr(ronde_zicht, "GREEP", 0)


async def gewone_ronde(leven: Leven, bord: Geheugenbord) -> Rondeverslag:
    bord.toen = leven.omgeving.klok.nu()
    return await ronde(leven.omgeving, bord, volledig=False)


async def tot_stil(leven: Leven, bord: Geheugenbord) -> None:
    """Doe rondes en open wat aan de beurt is, zoals de worker, tot er niets meer beweegt."""
    for _ in range(6):
        await gewone_ronde(leven, bord)
        for run in [run for run in bord.alle.values() if run.toestand is Toestand.GEPLAND]:
            if run.gepland_op is not None and run.gepland_op <= bord.toen:
                stap = next(s for s in leven.stappen().values() if s.id == run.stap_id)
                leven.open(stap.kenmerk)
                bord.zet(replace(run, toestand=Toestand.WACHT, sinds=bord.toen))
    await gewone_ronde(leven, bord)


def run_van(leven: Leven, bord: Geheugenbord, kenmerk: str) -> RunStand:
    run_id = leven.stap(kenmerk).run_id
    assert run_id is not None
    return bord.alle[run_id]


@pytest.mark.usefixtures("zonder_greep")
async def test_als_alles_klopt_valt_er_niets_te_bekijken(leven: Leven, bord: Geheugenbord) -> None:
    await tot_stil(leven, bord)
    leven.op(date(2026, 1, 6))
    bord.toen = leven.omgeving.klok.nu()
    zicht = await kijk(leven.omgeving, bord, 1, bord.toen, volledig=False)
    assert (zicht.stappen, zicht.runs) == ([], {})
    assert leven.stap(OPROEP).status is Stapstatus.OPEN
    assert run_van(leven, bord, OPROEP).toestand is Toestand.WACHT


@pytest.mark.usefixtures("zonder_greep")
async def test_een_antwoord_wekt_de_run_in_de_volgende_ronde(leven: Leven, bord: Geheugenbord) -> None:
    await tot_stil(leven, bord)
    leven.antwoord(OPROEP, "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21", waarschuwing=False)
    verslag = await gewone_ronde(leven, bord)
    assert verslag.daden[Daad.WEK] == 1
    assert run_van(leven, bord, OPROEP).gepland_op == bord.toen


@pytest.mark.usefixtures("zonder_greep")
async def test_een_verzette_stap_verzet_haar_run(leven: Leven, bord: Geheugenbord) -> None:
    await tot_stil(leven, bord)
    leven.antwoord(OPROEP, "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21", waarschuwing=False)
    await tot_stil(leven, bord)
    gesprek = leven.stap(GESPREK)
    assert gesprek.status is Stapstatus.GEPLAND
    assert gesprek.bord_bij
    verzet(leven.omgeving, gesprek.id, gesprek.streef + timedelta(days=7), COORDINATOR, "de kamer is bezet")
    assert leven.stap(GESPREK).start > gesprek.start
    verslag = await gewone_ronde(leven, bord)
    assert verslag.daden[Daad.VERZET] == 1


@pytest.mark.usefixtures("zonder_greep")
async def test_wat_op_het_bord_mislukt_of_wordt_geannuleerd_valt_meteen_op(leven: Leven, bord: Geheugenbord) -> None:
    await tot_stil(leven, bord)
    run = run_van(leven, bord, OPROEP)
    bord.zet(replace(run, toestand=Toestand.GECRASHT, sinds=bord.toen - timedelta(hours=1)))
    assert (await gewone_ronde(leven, bord)).daden[Daad.HERSTEL] == 1
    bord.zet(replace(run, toestand=Toestand.GEANNULEERD, sinds=bord.toen))
    assert (await gewone_ronde(leven, bord)).daden[Daad.VRAAG] == 1


async def test_een_run_die_van_het_bord_verdween_komt_terug(leven: Leven, bord: Geheugenbord) -> None:
    await tot_stil(leven, bord)
    aantal = len(bord.alle)
    bord.alle.clear()
    verslag = await gewone_ronde(leven, bord)
    assert verslag.daden[Daad.HERBOUW] >= 1
    assert len(bord.alle) == aantal


async def test_een_gewone_ronde_doet_wat_een_volledige_zou_doen(leven: Leven, bord: Geheugenbord) -> None:
    """Na elk feit vindt een volledige ronde niets meer te doen."""
    leven.tot_pip()
    leven.op(date(2026, 3, 2)).meld("gepauzeerd", date(2026, 3, 2), nummer=1, grond="ziekte", actor=COORDINATOR)
    await tot_stil(leven, bord)
    verslag = await ronde(leven.omgeving, bord)
    assert [verslag.daden[daad] for daad in TELEN] == [0] * len(TELEN)


def test_wat_na_het_lezen_veranderde_blijft_te_bezien(leven: Leven, engine: Engine) -> None:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        gelezen = ruimte.stappen(leven.dossier_id)
    with engine.begin() as verbinding:
        verbinding.execute(text("UPDATE stap SET generatie = generatie + 1 WHERE kenmerk = :k"), {"k": OPROEP})
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.zet_bord_bij(gelezen)
    stappen = leven.stappen()
    assert not stappen[OPROEP].bord_bij
    assert all(stap.bord_bij for kenmerk, stap in stappen.items() if kenmerk != OPROEP)


@pytest.mark.parametrize("veld", ["start", "generatie", "run_poging"])
def test_alleen_wat_ertoe_doet_zet_een_stap_terug(leven: Leven, veld: str) -> None:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.zet_bord_bij(ruimte.stappen(leven.dossier_id))
    with leven.omgeving.magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen(leven.dossier_id) if s.kenmerk == OPROEP)
        nieuw: dict[str, Callable[[], object]] = {
            "start": lambda: stap.start + timedelta(days=1),
            "generatie": lambda: stap.generatie + 1,
            "run_poging": lambda: 7,
        }
        setattr(stap, veld, nieuw[veld]())
        ruimte.bewaar(stap)
    assert leven.stap(OPROEP).bord_bij is (veld == "run_poging")


def test_de_greep_loopt_rond_en_geeft_alleen_wat_een_run_hoort_te_hebben(leven: Leven) -> None:
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.zet_bord_bij(ruimte.stappen(leven.dossier_id))
        onaf = sorted(s.id for s in ruimte.stappen(leven.dossier_id) if s.status is Stapstatus.GEPLAND)
        assert len(onaf) >= 3
        vanaf = onaf[1]
        greep = [stap.id for stap in ruimte.greep_stappen(vanaf, len(onaf) - 1)]
    assert greep == [*onaf[1:], onaf[0]][: len(onaf) - 1]


def test_de_greep_bekijkt_alles_binnen_een_vast_aantal_rondes() -> None:
    willekeur = Random(7)
    ids = sorted(UUID(int=willekeur.getrandbits(128)) for _ in range(4_000))
    gezien: set[int] = set()
    rondes = int(2.7 * len(ids) / ronde_zicht.GREEP) + 1
    for nummer in range(1_000, 1_000 + rondes):
        eerste = next((plaats for plaats, een in enumerate(ids) if een >= begin_van_greep(nummer)), 0)
        gezien.update((eerste + verder) % len(ids) for verder in range(ronde_zicht.GREEP))
    assert len(gezien) == len(ids)
