"""Duizend keer half aanvaard: niets heet mislukt, niets is weg, en elke kopie is gelijk (I2)."""

import asyncio
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus as Status
from domein.begrippen import Verificatie
from domein.fouten import InTussenGewijzigd, OvergangNietToegestaan, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.postbeheer import OnbekendBericht, Onzekerbeleid, beslis
from domein.handelingen.postpoort import Postgrenzen
from domein.handelingen.verzenden import verzend_wachtende
from domein.model import Bericht, Postkeuze
from tests.hulp.storingsserver import storingsserver
from tests.integratie.conftest import Bouwer
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer, postbode_naar

AANTAL = 1000
DOOR = Actor("m-bhr", Verificatie.ZELFVERKLAARD)
TEGELIJK = Postgrenzen(tegelijk=20)


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


def zet_klaar(hier: Installatie, bouwer: Bouwer, aantal: int = 1, **anders: object) -> list[Bericht]:
    berichten = [
        bouwer.bericht(soort="dagbericht", onderwerp=f"Bericht {n}", aangemaakt_op=hier.klok.nu(), **anders)
        for n in range(aantal)
    ]
    with hier.magazijn.ruimte() as ruimte:
        ruimte.bewaar(*berichten)
    return berichten


def stand(hier: Installatie) -> Counter[Status]:
    with hier.magazijn.ruimte() as ruimte:
        return Counter(bericht.status for bericht in ruimte.berichten())


async def maak_onzeker(hier: Installatie) -> list[bytes]:
    async with storingsserver({"EINDE": ["weg", "reset"] * AANTAL}) as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort), AANTAL, TEGELIJK)
    return server.bewaard


def bij_message_id(bewaard: list[bytes]) -> dict[str, list[bytes]]:
    uit: dict[str, list[bytes]] = {}
    for ruw in bewaard:
        uit.setdefault(str(message_from_bytes(ruw, policy=policy.default)["Message-ID"]), []).append(ruw)
    return uit


async def test_duizend_keer_half_aanvaard(hier: Installatie, bouwer: Bouwer) -> None:
    berichten = zet_klaar(hier, bouwer, AANTAL)
    eerste = await maak_onzeker(hier)
    assert stand(hier) == {Status.ONZEKER: AANTAL}
    assert len(eerste) == AANTAL

    # Een mens beslist over een deel; de rest volgt uit het beleid van de installatie.
    keuzes = (Postkeuze.AANGEKOMEN, Postkeuze.LAAT_VALLEN, Postkeuze.OPNIEUW)
    hier.met_afspraken()
    for keuze, bericht in zip(keuzes, berichten, strict=False):
        beslis(hier.omgeving, bericht.id, keuze, DOOR, "Nagevraagd.")
    hier.verder(hours=25)
    beleid = Onzekerbeleid("opnieuw", timedelta(hours=24))
    async with storingsserver() as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort), AANTAL, TEGELIJK, beleid)
    assert stand(hier) == {Status.AANVAARD: AANTAL - 1, Status.VERVALLEN: 1}

    kopieen = bij_message_id(eerste + server.bewaard)
    assert set(kopieen) == {bericht.message_id for bericht in berichten}
    assert all(len(set(kopie)) == 1 for kopie in kopieen.values())
    assert Counter(len(kopie) for kopie in kopieen.values()) == {1: 2, 2: AANTAL - 2}


async def test_zonder_beleid_wacht_onzeker_op_een_mens(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer)
    await maak_onzeker(hier)
    hier.verder(days=30)
    assert await maak_onzeker(hier) == []
    assert stand(hier) == {Status.ONZEKER: 1}


async def test_wat_hoogstens_een_keer_mag_gaat_nooit_vanzelf_opnieuw(hier: Installatie, bouwer: Bouwer) -> None:
    [bericht] = zet_klaar(hier, bouwer, hoogstens_eens=True)
    await maak_onzeker(hier)
    hier.verder(hours=30)
    for keuze in ("opnieuw", "opgeven"):
        async with storingsserver() as server:
            beleid = Onzekerbeleid(keuze, timedelta(hours=1))
            await verzend_wachtende(hier.omgeving, postbode_naar(server.poort), 10, TEGELIJK, beleid)
        assert server.bewaard == []
    assert stand(hier) == {Status.ONZEKER: 1}
    hier.met_afspraken()
    beslis(hier.omgeving, bericht.id, Postkeuze.OPNIEUW, DOOR, "DUO heeft niets ontvangen, zegt de servicedesk.")
    assert stand(hier) == {Status.UITGESTELD: 1}


async def test_het_beleid_kan_ook_opgeven(hier: Installatie, bouwer: Bouwer) -> None:
    [bericht] = zet_klaar(hier, bouwer)
    await maak_onzeker(hier)
    hier.verder(hours=2)
    beleid = Onzekerbeleid("opgeven", timedelta(hours=1))
    async with storingsserver() as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort), 10, TEGELIJK, beleid)
    assert (server.bewaard, stand(hier)) == ([], {Status.VERVALLEN: 1})
    with hier.magazijn.ruimte() as ruimte:
        [beslissing] = ruimte.postbeslissingen(bericht.id)
    assert (beslissing.keuze, beslissing.door) == (Postkeuze.LAAT_VALLEN, "systeem")
    assert beslissing.verificatie is Verificatie.SYSTEEM


async def test_na_drie_dagen_stuurt_het_beleid_niets_meer_opnieuw(hier: Installatie, bouwer: Bouwer) -> None:
    zet_klaar(hier, bouwer)
    await maak_onzeker(hier)
    hier.verder(hours=73)
    async with storingsserver() as server:
        beleid = Onzekerbeleid("opnieuw", timedelta(hours=24))
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort), 10, TEGELIJK, beleid)
    assert (server.bewaard, stand(hier)) == ([], {Status.ONZEKER: 1})


@pytest.mark.parametrize(
    ("keuze", "status"),
    [
        (Postkeuze.OPNIEUW, Status.UITGESTELD),
        (Postkeuze.AANGEKOMEN, Status.AANVAARD),
        (Postkeuze.LAAT_VALLEN, Status.VERVALLEN),
    ],
)
async def test_een_mens_beslist_met_een_reden_en_het_signaal_is_opgelost(
    hier: Installatie, bouwer: Bouwer, keuze: Postkeuze, status: Status
) -> None:
    stap = hier.stap(hier.dossier())
    [bericht] = zet_klaar(hier, bouwer, stap_id=stap.id, dossier_id=stap.dossier_id)
    await maak_onzeker(hier)
    with hier.magazijn.ruimte() as ruimte:
        assert [signaal.soort for signaal in ruimte.signalen()] == ["post_onzeker"]
    hier.met_afspraken()
    with pytest.raises(RedenNodig):
        beslis(hier.omgeving, bericht.id, keuze, DOOR, "  ")
    assert beslis(hier.omgeving, bericht.id, keuze, DOOR, "Gebeld met de klantmanager.") is status
    with hier.magazijn.ruimte() as ruimte:
        assert ruimte.signalen() == []
        [beslissing] = ruimte.postbeslissingen(bericht.id)
        rij = ruimte.bericht(bericht.id)
    assert (beslissing.door, beslissing.reden, beslissing.op) == (
        "m-bhr",
        "Gebeld met de klantmanager.",
        hier.klok.nu(),
    )
    assert rij is not None
    assert (rij.aanvaard_op is not None) is (status is Status.AANVAARD)
    with pytest.raises(OvergangNietToegestaan):
        beslis(hier.omgeving, bericht.id, keuze, DOOR, "Nog eens.")


def test_over_een_bericht_dat_niet_bestaat_valt_niets_te_beslissen(hier: Installatie, bouwer: Bouwer) -> None:
    with pytest.raises(OnbekendBericht):
        beslis(hier.omgeving, bouwer.bericht().id, Postkeuze.OPNIEUW, DOOR, "Zomaar.")


async def test_het_late_antwoord_en_de_beslissing_overschrijven_elkaar_niet(hier: Installatie, bouwer: Bouwer) -> None:
    """De server antwoordt alsnog, nadat een mens 'opnieuw' koos: dan telt de beslissing, en is er geen verlies."""
    [bericht] = zet_klaar(hier, bouwer)
    async with storingsserver({"EINDE": "stil"}) as server:
        taak = asyncio.create_task(verzend_wachtende(hier.omgeving, postbode_naar(server.poort, wacht_na_data=60)))
        while not server.bewaard:
            await asyncio.sleep(0)
        hier.verder(hours=1)
        async with storingsserver() as ander:
            await verzend_wachtende(hier.omgeving, postbode_naar(ander.poort))
            assert stand(hier) == {Status.ONZEKER: 1}
            hier.met_afspraken()
            beslis(hier.omgeving, bericht.id, Postkeuze.OPNIEUW, DOOR, "Zij heeft niets.")
            server.einde.set()
            verslag = await taak
            assert sum(verslag.aantallen.values()) == 0
            await verzend_wachtende(hier.omgeving, postbode_naar(ander.poort))
    assert stand(hier) == {Status.AANVAARD: 1}
    assert len(set(server.bewaard + ander.bewaard)) == 1


async def test_wie_beslist_terwijl_een_antwoord_binnenkomt_hoort_dat(
    hier: Installatie, bouwer: Bouwer, monkeypatch: pytest.MonkeyPatch
) -> None:
    [bericht] = zet_klaar(hier, bouwer)
    await maak_onzeker(hier)
    hier.met_afspraken()
    with hier.magazijn.ruimte() as ruimte:
        gelezen = ruimte.bericht(bericht.id)
    with hier.magazijn.ruimte() as ruimte:
        ander = ruimte.bericht(bericht.id)
        assert ander is not None
        ander.lease_nummer += 1
        ruimte.bewaar(ander)
    monkeypatch.setattr(type(ruimte), "bericht", lambda _zelf, _id: gelezen)
    with pytest.raises(InTussenGewijzigd):
        beslis(hier.omgeving, bericht.id, Postkeuze.OPNIEUW, DOOR, "Zij heeft niets.")
