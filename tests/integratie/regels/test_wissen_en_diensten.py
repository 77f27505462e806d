"""Na het wissen lopen ronde en post gewoon door: runs gaan dicht, en wie moet verwijderen hoort dat nog."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.bericht import DOSSIER_INGETROKKEN, TAAK_INGETROKKEN
from domein.handelingen.bordpoort import RunOpdracht, RunStand, Toestand
from domein.handelingen.openen import open_stap
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst
from domein.handelingen.registreren import registreer
from domein.handelingen.ronde import ronde
from domein.handelingen.uitkomst import geef_uitkomst
from domein.handelingen.verzenden import verzend_wachtende
from tests.integratie.regels.leven import COORDINATOR, Leven, rij

INGETROKKEN, GEWIST = date(2026, 2, 9), date(2026, 2, 10)
NU = datetime(2026, 2, 10, 9, tzinfo=UTC)


@dataclass
class Geheugenbord:
    """Een bord in het geheugen: elke run staat zoals wij haar neerzetten."""

    alle: dict[UUID, RunStand] = field(default_factory=dict[UUID, RunStand])

    def nu(self) -> datetime:
        return NU

    async def open_runs(self) -> Sequence[RunStand]:
        return [run for run in self.alle.values() if not run.toestand.ten_einde]

    async def kapotte_runs(self) -> Sequence[RunStand]:
        return []

    async def beweging(self, sinds: datetime) -> Sequence[RunStand]:
        return [run for run in self.alle.values() if run.toestand is not Toestand.WACHT]

    async def runs(self, run_ids: Collection[UUID]) -> Mapping[UUID, RunStand]:
        return {run_id: self.alle[run_id] for run_id in run_ids if run_id in self.alle}

    async def maak(self, opdracht: RunOpdracht) -> UUID:
        run_id = uuid4()
        toestand = Toestand.WACHT if opdracht.wachtend else Toestand.GEPLAND
        self.alle[run_id] = RunStand(run_id, opdracht.stap_id, toestand, NU, opdracht.tijdstip, opdracht.naam)
        return run_id

    async def verzet(self, run_id: UUID, tijdstip: datetime) -> None:
        pass

    async def wek(self, run_id: UUID) -> None:
        self._zet(run_id, Toestand.KLAAR)

    async def beeindig(self, run_id: UUID, reden: str) -> None:
        self._zet(run_id, Toestand.GEANNULEERD)

    def _zet(self, run_id: UUID, toestand: Toestand) -> None:
        oud = self.alle[run_id]
        self.alle[run_id] = RunStand(run_id, oud.stap_id, toestand, NU, oud.gepland_op, oud.naam)

    def open_van(self, stap_ids: Collection[UUID]) -> list[str]:
        return [run.naam for run in self.alle.values() if run.stap_id in stap_ids and not run.toestand.ten_einde]


class Bode:
    def __init__(self) -> None:
        self.stukken: list[Poststuk] = []

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        self.stukken.append(stuk)
        return Verzenduitkomst(Berichtstatus.AANVAARD, "250")

    async def sluit(self) -> None:
        pass


@pytest.fixture
def ingetrokken(leven: Leven) -> Leven:
    """Een taak is verstuurd, een tweede wacht; dan trekt DUO de kennisgeving in."""
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.open("begeleiding/start/1")
    leven.op(INGETROKKEN)
    registreer(leven.omgeving, [rij(versie=2, status="ingetrokken")], SYSTEEM)
    return leven


async def test_de_ronde_sluit_de_runs_van_wie_is_gewist_en_struikelt_niet(ingetrokken: Leven) -> None:
    leven, bord = ingetrokken, Geheugenbord()
    leven.op(GEWIST)
    open_stap(leven.omgeving, leven.stap("einde/wissen/1").id)
    assert (await ronde(leven.omgeving, bord)).mislukt == 0
    stap_ids = {stap.id for stap in leven.stappen().values()}
    assert bord.open_van(stap_ids) == [f"einde wissen 1 · {leven.dossier().referentie} · GM0512"]
    leven.antwoord("einde/wissen/1", "persoon_gewist", GEWIST)
    for _ in range(2):
        verslag = await ronde(leven.omgeving, bord)
        assert (verslag.mislukt, verslag.bord_onbereikbaar) == (0, False)
    assert bord.open_van(stap_ids) == []


async def test_wie_moet_verwijderen_hoort_dat_ook_als_er_al_is_gewist(ingetrokken: Leven) -> None:
    leven, bode = ingetrokken, Bode()
    wie = leven.stap("intake/oproep/1").medewerker
    leven.op(GEWIST)
    leven.antwoord("einde/wissen/1", "persoon_gewist", GEWIST)
    verslag = await verzend_wachtende(leven.omgeving, bode)
    assert verslag.mislukt == 0
    weg = [(b.soort, b.ontvanger_code) for b in leven.post() if b.status is Berichtstatus.AANVAARD]
    assert weg.count((DOSSIER_INGETROKKEN, wie)) == weg.count((TAAK_INGETROKKEN, wie)) == 1
    assert len(bode.stukken) == 2  # de taken die nog wachtten, gaan niet meer weg
    assert all("Selam" not in stuk.tekst and "999993653" not in stuk.tekst for stuk in bode.stukken)


def test_een_tweede_antwoord_op_het_wissen_zegt_dat_de_persoon_weg_is(ingetrokken: Leven) -> None:
    ingetrokken.op(GEWIST)
    ingetrokken.antwoord("einde/wissen/1", "persoon_gewist", GEWIST)
    stap = ingetrokken.stap("einde/wissen/1")
    assert stap.status is Stapstatus.KLAAR
    with pytest.raises(PersoonGewist, match="gewist"):
        geef_uitkomst(ingetrokken.omgeving, stap.id, "persoon_gewist", GEWIST, {}, COORDINATOR)
