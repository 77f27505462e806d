"""Hoeveel er tegelijk weg mag, per domein en over verzenders heen; en wat er gebeurt als iemand ons stopt."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus as Status
from domein.fouten import VolgnummerBezet
from domein.handelingen.postpoort import Boeking, Claim, Domeingrens, Postgrenzen, Poststuk, Verzenduitkomst
from domein.handelingen.verzenden import verzend_wachtende
from domein.handelingen.verzenden_stappen import LEASE
from domein.model import Bericht
from tests.integratie.conftest import Bouwer
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


class Telbode:
    """Telt hoeveel er per domein tegelijk onderweg is; laat elk bericht een paar beurten van de lus duren."""

    def __init__(self, poort: asyncio.Event | None = None) -> None:
        self.stukken: list[Poststuk] = []
        self.bezig: Counter[str] = Counter()
        self.hoogste: Counter[str] = Counter()
        self.poort = poort
        self.begonnen = asyncio.Event()

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        for naam in (stuk.adres.rpartition("@")[2], "samen"):
            self.bezig[naam] += 1
            self.hoogste[naam] = max(self.hoogste[naam], self.bezig[naam])
        self.begonnen.set()
        for _ in range(3):
            await asyncio.sleep(0)
        if self.poort is not None:
            await self.poort.wait()
        for naam in (stuk.adres.rpartition("@")[2], "samen"):
            self.bezig[naam] -= 1
        self.stukken.append(stuk)
        return Verzenduitkomst(Status.AANVAARD, "250")

    async def sluit(self) -> None:
        pass

    def per_domein(self) -> Counter[str]:
        return Counter(stuk.adres.rpartition("@")[2] for stuk in self.stukken)


def zet_klaar(hier: Installatie, bouwer: Bouwer, **per_domein: int) -> None:
    berichten = [
        bouwer.bericht(soort="dagbericht", adres=f"km-{n}@{domein}.example", aangemaakt_op=hier.klok.nu())
        for domein, aantal in per_domein.items()
        for n in range(aantal)
    ]
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(*berichten)


def alle(hier: Installatie) -> list[Bericht]:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.berichten()


async def test_een_domein_krijgt_nooit_meer_tegelijk_dan_mag(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, groot=40, klein=10, ander=10)
    grenzen = Postgrenzen(6, Domeingrens(tegelijk=4), {"klein.example": Domeingrens(tegelijk=1)})
    bode = Telbode()
    await verzend_wachtende(hier.omgeving, bode, 100, grenzen)
    assert len(bode.stukken) == 60
    assert bode.hoogste["klein.example"] == 1
    assert bode.hoogste["groot.example"] == 4
    assert bode.hoogste["samen"] == 6


async def test_wie_vooraan_staat_houdt_een_ander_domein_niet_op(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, groot=300)
    hier.verder(minutes=1)
    zet_klaar(hier, bouwer, klein=5)
    bode = Telbode()
    await verzend_wachtende(hier.omgeving, bode, 20)
    assert bode.per_domein() == {"groot.example": 15, "klein.example": 5}


async def test_per_minuut_geldt_over_alle_verzenders_samen(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, groot=50, klein=50)
    grenzen = Postgrenzen(4, Domeingrens(), {"groot.example": Domeingrens(per_minuut=10)})
    een, ander = Telbode(), Telbode()
    await asyncio.gather(*(verzend_wachtende(hier.omgeving, bode, 200, grenzen) for bode in (een, ander)))
    assert een.per_domein() + ander.per_domein() == {"groot.example": 10, "klein.example": 50}
    hier.verder(seconds=59)
    await verzend_wachtende(hier.omgeving, een, 200, grenzen)
    assert (een.per_domein() + ander.per_domein())["groot.example"] == 10
    hier.verder(seconds=2)
    await verzend_wachtende(hier.omgeving, een, 200, grenzen)
    assert (een.per_domein() + ander.per_domein())["groot.example"] == 20


async def test_de_grens_voor_elk_domein_geldt_ook_voor_een_nieuw_domein(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, een=9, twee=9, vrij=9)
    grenzen = Postgrenzen(4, Domeingrens(per_minuut=5), {"vrij.example": Domeingrens()})
    bode = Telbode()
    await verzend_wachtende(hier.omgeving, bode, 200, grenzen)
    assert bode.per_domein() == {"een.example": 5, "twee.example": 5, "vrij.example": 9}


async def test_wie_ons_stopt_laat_geen_werk_liggen(hier: Installatie, bouwer: Bouwer) -> None:
    """Wat nog niet weg was gaat terug; wat onderweg was mag even aflopen, en wordt anders onzeker."""
    zet_klaar(hier, bouwer, groot=100)
    poort = asyncio.Event()
    bode = Telbode(poort)
    taak = asyncio.create_task(verzend_wachtende(hier.omgeving, bode, 100, Postgrenzen(4)))
    await bode.begonnen.wait()
    taak.cancel()
    asyncio.get_running_loop().call_later(0.05, poort.set)
    with pytest.raises(asyncio.CancelledError):
        await taak
    statussen = Counter(bericht.status for bericht in alle(hier))
    assert set(statussen) <= {Status.AANVAARD, Status.WACHTEND}
    assert statussen[Status.AANVAARD] == len(bode.stukken) > 0
    assert all(b.pogingen == (b.status is Status.AANVAARD) for b in alle(hier))
    rest = Telbode()
    await verzend_wachtende(hier.omgeving, rest, 200)
    ids = [stuk.message_id for stuk in bode.stukken + rest.stukken]
    assert len(ids) == len(set(ids)) == 100


async def test_een_verzender_die_stilstond_verstuurt_niets_meer(hier: Installatie, bouwer: Bouwer) -> None:
    """De machine sliep: na het ontwaken kan een ander het bericht al hebben."""
    zet_klaar(hier, bouwer, groot=3)
    bode = Telbode()
    echt = bode.bezorg

    async def slaapt(stuk: Poststuk) -> Verzenduitkomst:
        uitkomst = await echt(stuk)
        hier.verder(seconds=LEASE.total_seconds() + 1)
        return uitkomst

    bode.bezorg = slaapt  # type: ignore[method-assign]
    await verzend_wachtende(hier.omgeving, bode, 10, Postgrenzen(1))
    assert len(bode.stukken) == 1
    hier.verder(hours=1)
    rest = Telbode()
    await verzend_wachtende(hier.omgeving, rest, 10)
    ids = [stuk.message_id for stuk in bode.stukken + rest.stukken]
    assert len(ids) == len(set(ids)) == 3


async def test_een_transactie_die_mislukt_raakt_alleen_haar_eigen_bericht(
    hier: Installatie, bouwer: Bouwer, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet_klaar(hier, bouwer, goed=20, stuk=1)
    with hier.magazijn.ruimte() as ruimte:
        soort = type(ruimte)
    echt = soort.onbestelbare_adressen

    def soms(zelf, adressen):
        if "km-0@stuk.example" in adressen:
            raise RuntimeError
        return echt(zelf, adressen)

    monkeypatch.setattr(soort, "onbestelbare_adressen", soms)
    bode = Telbode()
    verslag = await verzend_wachtende(hier.omgeving, bode, 100)
    assert (verslag.aantallen["aanvaard"], verslag.mislukt) == (20, 1)
    assert bode.per_domein() == {"goed.example": 20}


# de afscherming zelf, op de database


def geclaimd(hier: Installatie, bouwer: Bouwer) -> Claim:
    zet_klaar(hier, bouwer, groot=1)
    nu = hier.klok.nu()
    with hier.magazijn.ruimte() as ruimte:
        [bericht] = ruimte.claim_berichten(nu, nu + LEASE, 1)
    return Claim(bericht.id, bericht.lease_nummer)


@pytest.mark.parametrize("wie", ["oude-houder", "verlopen"])
def test_wie_de_claim_niet_meer_heeft_schrijft_niets(hier: Installatie, bouwer: Bouwer, wie: str) -> None:
    claim = geclaimd(hier, bouwer)
    nu = hier.klok.nu()
    later = nu + LEASE + timedelta(seconds=1)
    if wie == "oude-houder":
        hier.verder(seconds=LEASE.total_seconds())
        with hier.magazijn.ruimte() as ruimte:
            [nieuw] = ruimte.claim_berichten(hier.klok.nu(), later + LEASE, 1)
        assert nieuw.lease_nummer == claim.lease_nummer + 1
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.begin_pogingen([claim], later, later + LEASE) == set()
        assert ruimte.verleng_leases([Claim(claim.id, claim.lease_nummer - 1)], later) == set()
        if wie == "oude-houder":
            assert ruimte.boek([Boeking(claim, Status.AANVAARD, aanvaard_op=nu)]) == {}
            ruimte.geef_claims_terug([claim], begonnen=False)
    [bericht] = alle(hier)
    assert (bericht.status, bericht.pogingen) == (Status.BEZIG, 0)


def test_van_een_rij_boekingen_telt_wat_nog_van_ons_is(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer, groot=3)
    nu = hier.klok.nu()
    with hier.magazijn.ruimte() as ruimte:
        claims = [Claim(b.id, b.lease_nummer) for b in ruimte.claim_berichten(nu, nu + LEASE, 3)]
    vreemd = Claim(claims[1].id, claims[1].lease_nummer + 7)
    with hier.magazijn.ruimte() as ruimte:
        boekingen = [Boeking(c, Status.AANVAARD, aanvaard_op=nu) for c in (claims[0], vreemd, claims[2])]
        assert ruimte.boek(boekingen) == {claims[0].id: Status.BEZIG, claims[2].id: Status.BEZIG}
    assert Counter(b.status for b in alle(hier)) == {Status.AANVAARD: 2, Status.BEZIG: 1}


def test_wie_een_bericht_las_voor_het_werd_geclaimd_overschrijft_niets(hier: Installatie, bouwer: Bouwer) -> None:
    """Zo kan het laten vervallen van een taak nooit een mail raken die al onderweg is."""
    zet_klaar(hier, bouwer, groot=1)
    [gelezen] = alle(hier)
    nu = hier.klok.nu()
    with hier.magazijn.ruimte() as ruimte:
        ruimte.claim_berichten(nu, nu + LEASE, 1)
    gelezen.status = Status.VERVALLEN
    with pytest.raises(VolgnummerBezet), hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(gelezen)
    assert alle(hier)[0].status is Status.BEZIG
