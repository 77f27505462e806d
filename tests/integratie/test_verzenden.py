"""De uitgaande post: claimen, verzenden, vastleggen; elk bericht hoogstens één keer aanvaard."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from adapters.opslag import SqlMagazijn
from adapters.postvanger import Postvanger, ontvangen
from domein.begrippen import Berichtstatus as Status
from domein.begrippen import Stapstatus
from domein.handelingen.bericht import (
    ESCALATIE,
    TAAK,
    TAAK_INGETROKKEN,
    gemeld_aan,
    laat_vervallen,
    zet_klaar,
)
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst
from domein.handelingen.verzenden import verzend_wachtende
from domein.handelingen.verzenden_stappen import LEASE, wachttijd
from domein.model import Bericht, Stap
from tests.integratie.post_hulp import Installatie, Zetbaar, foutserver, installeer, postbode_naar


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


class Nepbode:
    """Zegt steeds hetzelfde en onthoudt wat hij kreeg; `tijdens` gebeurt midden in het bezorgen."""

    def __init__(self, status: Status = Status.AANVAARD, code: str = "250", tijdens=None) -> None:
        self.uitkomst = Verzenduitkomst(status, code)  # type: ignore[arg-type]
        self.stukken: list[Poststuk] = []
        self.tijdens = tijdens

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        self.stukken.append(stuk)
        if self.tijdens:
            await self.tijdens()
        return self.uitkomst

    async def sluit(self) -> None:
        pass


def taak(hier: Installatie, stap: Stap, soort: str = TAAK, ontvanger: str = "km-1") -> Bericht | None:
    with hier.magazijn.ruimte() as ruimte:
        return zet_klaar(
            ruimte,
            hier.omgeving,
            soort=soort,
            stap=stap,
            ontvanger=ontvanger,
            adres=f"{ontvanger}@avres.example",
        )


def berichten(hier: Installatie, stap_id: UUID | None = None) -> list[Bericht]:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.berichten(stap_id=stap_id)


def signalen(hier: Installatie) -> list[str]:
    with hier.magazijn.ruimte() as ruimte:
        return [signaal.soort for signaal in ruimte.signalen()]


def test_dezelfde_oorzaak_geeft_een_bericht(hier: Installatie) -> None:
    stap = hier.stap(hier.dossier())
    eerste, tweede = taak(hier, stap), taak(hier, stap)
    assert eerste is not None
    assert tweede is None
    [bericht] = berichten(hier)
    assert bericht.sleutel == f"{stap.id}:1:taak:0:km-1"
    assert bericht.message_id == f"<{bericht.id}@regie.example>"


async def test_een_taakmail_komt_echt_aan_met_een_werkende_link(hier: Installatie, tmp_path: Path) -> None:
    stap = hier.stap(hier.dossier())
    taak(hier, stap)
    vanger = Postvanger(tmp_path / "post")
    verslag = await verzend_wachtende(hier.omgeving, postbode_naar(await vanger.start()))
    nog_eens = await verzend_wachtende(hier.omgeving, Nepbode())
    await vanger.stop()

    [mail] = ontvangen(tmp_path / "post")
    token = mail.tekst.split("/taak/")[1].split()[0]
    link = hier.links.lees_taaklink(token, hier.klok.vandaag())
    assert (link.stap_id, link.generatie, link.medewerker) == (stap.id, 1, "km-1")
    assert verslag.als_dict()["aanvaard"] == 1
    assert nog_eens.geclaimd == 0
    [bericht] = berichten(hier)
    assert (bericht.status, bericht.aanvaard_op, bericht.pogingen) == (Status.AANVAARD, hier.klok.nu(), 1)
    assert bericht.message_id == mail.message_id


async def test_in_de_mail_staat_niets_over_de_persoon(hier: Installatie, tmp_path: Path) -> None:
    taak(hier, hier.stap(hier.dossier()))
    vanger = Postvanger(tmp_path / "post")
    await verzend_wachtende(hier.omgeving, postbode_naar(await vanger.start()))
    await vanger.stop()
    [mail] = ontvangen(tmp_path / "post")
    alles = mail.ruw.decode("latin-1") + mail.tekst + mail.onderwerp
    for kanarie in ("999990342", "Fatima", "Voorbeeld", "1990"):
        assert kanarie not in alles


async def test_uitgesteld_wacht_op_zijn_beurt_en_gaat_dan_opnieuw(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))
    async with foutserver(RCPT=["451 greylisted", "250 OK"]) as server:
        eerste = await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
        te_vroeg = await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
        hier.verder(minutes=1)
        daarna = await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
    assert (eerste.aantallen["uitgesteld"], te_vroeg.geclaimd, daarna.aantallen["aanvaard"]) == (1, 0, 1)
    assert berichten(hier)[0].pogingen == 2
    assert signalen(hier) == []


async def test_na_72_uur_uitstel_geven_wij_op_en_hoort_een_mens_het(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))
    bode = Nepbode(Status.UITGESTELD, "451")
    begin = hier.klok.nu()
    while berichten(hier)[0].status in {Status.WACHTEND, Status.UITGESTELD}:
        await verzend_wachtende(hier.omgeving, bode)
        hier.verder(minutes=60)
    [bericht] = berichten(hier)
    assert (bericht.status, bericht.fout_code) == (Status.ONBESTELBAAR, "te_lang_uitgesteld")
    assert timedelta(hours=72) <= hier.klok.nu() - begin <= timedelta(hours=80)
    assert len({(s.message_id, s.tekst, s.datum) for s in bode.stukken}) == 1  # elke kopie hetzelfde
    assert signalen(hier) == ["post_onbestelbaar"]


async def test_wie_zelf_stil_lag_geeft_niet_op_bij_de_eerste_weigering(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))
    hier.verder(days=10)
    await verzend_wachtende(hier.omgeving, Nepbode(Status.UITGESTELD, "451"))
    assert berichten(hier)[0].status is Status.UITGESTELD


async def test_onbestelbaar_gaat_nooit_opnieuw_en_meldt_zich(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))
    async with foutserver(RCPT="550 onbekend") as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
        hier.verder(days=5)
        daarna = await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
    assert daarna.geclaimd == 0
    assert signalen(hier) == ["post_onbestelbaar"]
    with hier.magazijn.ruimte() as ruimte:
        assert "@" not in ruimte.signalen()[0].melding


async def test_onzeker_wordt_gemeld_en_niet_vanzelf_herhaald(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))
    async with foutserver(EINDE="weg") as server:
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
        hier.verder(days=5)
        await verzend_wachtende(hier.omgeving, postbode_naar(server.poort))
    assert len(server.bewaard) == 1
    assert berichten(hier)[0].status is Status.ONZEKER
    assert signalen(hier) == ["post_onzeker"]


@pytest.mark.parametrize(
    "verandering",
    [
        {"status": Stapstatus.KLAAR},
        {"status": Stapstatus.VERVALLEN},
        {"generatie": 2},
        {"medewerker": "km-2"},
    ],
    ids=["klaar", "vervallen", "verzet", "overgedragen"],
)
async def test_een_bericht_waarvan_de_oorzaak_verviel_gaat_niet_meer_weg(
    hier: Installatie, verandering: dict[str, object]
) -> None:
    stap = hier.stap(hier.dossier())
    taak(hier, stap)
    with hier.magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        for naam, waarde in verandering.items():
            setattr(rij, naam, waarde)
        ruimte.bewaar(rij)
    bode = Nepbode()
    verslag = await verzend_wachtende(hier.omgeving, bode)
    assert bode.stukken == []
    assert verslag.aantallen["vervallen"] == 1
    assert berichten(hier)[0].pogingen == 0


async def test_een_intrekking_gaat_juist_weg_als_de_stap_verviel(hier: Installatie) -> None:
    stap = hier.stap(hier.dossier(), status=Stapstatus.VERVALLEN, vervallen_waarom="Het traject is beëindigd.")
    taak(hier, stap, TAAK_INGETROKKEN)
    bode = Nepbode()
    await verzend_wachtende(hier.omgeving, bode)
    [stuk] = bode.stukken
    assert "Het traject is beëindigd." in stuk.tekst


async def test_intrekken_laat_vervallen_wat_nog_niet_weg_is_en_noemt_wie_het_al_kreeg(
    hier: Installatie,
) -> None:
    stap = hier.stap(hier.dossier())
    taak(hier, stap)
    await verzend_wachtende(hier.omgeving, Nepbode())
    taak(hier, stap, ESCALATIE, "tl-1")
    with hier.magazijn.ruimte() as ruimte:
        assert laat_vervallen(ruimte, stap, "niet meer nodig") == 1
        assert gemeld_aan(ruimte, stap) == (("km-1", "km-1@avres.example"),)
    assert {b.soort: b.status for b in berichten(hier)} == {
        TAAK: Status.AANVAARD,
        ESCALATIE: Status.VERVALLEN,
    }


async def test_uitval_midden_in_een_poging_wordt_onzeker_en_nooit_vanzelf_herhaald(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))

    async def stekker_eruit() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await verzend_wachtende(hier.omgeving, Nepbode(tijdens=stekker_eruit))
    assert berichten(hier)[0].status is Status.BEZIG
    bode = Nepbode()
    assert (await verzend_wachtende(hier.omgeving, bode)).geclaimd == 0
    hier.verder(seconds=LEASE.total_seconds() + 1)
    await verzend_wachtende(hier.omgeving, bode)
    assert bode.stukken == []
    assert (berichten(hier)[0].status, signalen(hier)) == (Status.ONZEKER, ["post_onzeker"])


async def test_een_uitkomst_die_te_laat_komt_maakt_onzeker_alsnog_zeker(hier: Installatie) -> None:
    """Een ander zag de lease aflopen terwijl de server nog nadacht; het late antwoord telt toch."""
    taak(hier, hier.stap(hier.dossier()))

    async def server_denkt_lang_na() -> None:
        hier.verder(hours=1)
        await verzend_wachtende(hier.omgeving, Nepbode())
        assert berichten(hier)[0].status is Status.ONZEKER

    await verzend_wachtende(hier.omgeving, Nepbode(tijdens=server_denkt_lang_na))
    assert berichten(hier)[0].status is Status.AANVAARD
    assert signalen(hier) == []


async def test_een_houder_die_zijn_lease_verloor_schrijft_niets_meer(hier: Installatie) -> None:
    taak(hier, hier.stap(hier.dossier()))

    async def een_ander_nam_hem() -> None:
        with hier.magazijn.ruimte() as ruimte:
            [rij] = ruimte.berichten()
            rij.lease_nummer += 1
            ruimte.bewaar(rij)

    verslag = await verzend_wachtende(hier.omgeving, Nepbode(tijdens=een_ander_nam_hem))
    assert sum(verslag.aantallen.values()) == 0
    assert berichten(hier)[0].status is Status.BEZIG


async def test_twee_verzenders_tegelijk_geven_geen_enkel_bericht_dubbel(hier: Installatie) -> None:
    dossier = hier.dossier()
    for nummer in range(40):
        taak(hier, hier.stap(dossier, kenmerk=f"voortgang/{nummer}"))
    een, ander = Nepbode(), Nepbode()

    async def alles(bode: Nepbode) -> None:
        while (await verzend_wachtende(hier.omgeving, bode, aantal=7)).geclaimd:
            pass

    await asyncio.gather(alles(een), alles(ander))
    ids = [stuk.message_id for stuk in een.stukken + ander.stukken]
    assert len(ids) == len(set(ids)) == 40
    assert {bericht.status for bericht in berichten(hier)} == {Status.AANVAARD}


async def test_een_kapot_bericht_houdt_de_rest_niet_tegen(hier: Installatie) -> None:
    dossier = hier.dossier()
    for nummer in range(3):
        taak(hier, hier.stap(dossier, kenmerk=f"voortgang/{nummer}"))
    keren = iter([True, False, False])

    async def een_keer_stuk() -> None:
        if next(keren):
            raise RuntimeError

    verslag = await verzend_wachtende(hier.omgeving, Nepbode(tijdens=een_keer_stuk))
    assert (verslag.aantallen["aanvaard"], verslag.mislukt) == (2, 1)


def test_de_wachttijd_groeit_en_blijft_begrensd() -> None:
    tijden = [wachttijd(poging) for poging in range(1, 30)]
    assert tijden == sorted(tijden)
    assert tijden[0] == timedelta(minutes=1)
    assert tijden[-1] == timedelta(hours=4)
