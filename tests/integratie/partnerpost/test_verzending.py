"""Bezorgen bij het systeem van een partner: ondertekend, herhaald, op volgorde, en nooit twee keer tegelijk."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.koerier import handtekening
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus as Status
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bericht import DOSSIER_GEWIJZIGD
from domein.handelingen.partnerpost import bericht_partners
from domein.handelingen.partnerverzending import (
    LEASE,
    OPGEVEN_NA,
    VAST,
    Koerieruitkomst,
    beslis,
    iets_te_verzenden,
    verzend_partnerberichten,
)
from domein.handelingen.verzenden_stappen import MINSTE_POGINGEN, wachttijd
from domein.ports import Omgeving
from domein.regio.onderdelen import Webhook
from tests.integratie.partnerpost.ontvanger import (
    SLEUTEL,
    Ontvanger,
    berichten,
    klopt,
    koerier,
    ontvanger,
    regio_met_webhook,
    signalen,
)
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP, Leven

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


async def verzend(leven: Leven, **sleutels: str) -> dict[str, int]:
    bode = koerier(**sleutels)
    try:
        verslag = await verzend_partnerberichten(leven.omgeving, bode)
    finally:
        await bode.sluit()
    assert verslag.mislukt == 0
    return dict(verslag.aantallen)


def later(leven: Leven, hoe_lang: timedelta) -> None:
    leven.omgeving.klok.moment += hoe_lang  # pyright: ignore


def statussen(leven: Leven) -> list[Status]:
    return [b.status for b in berichten(leven)]


class Nepkoerier:
    """Zegt steeds hetzelfde, of gaat stuk; onthoudt wat hij kreeg."""

    def __init__(self, status: Status = Status.AANVAARD, stuk: Exception | None = None) -> None:
        self.status, self.stuk = status, stuk
        self.ids: list[str] = []

    async def bezorg(self, webhook: Webhook, gebeurtenis: dict[str, Any]) -> Koerieruitkomst:
        self.ids.append(gebeurtenis["id"])
        await asyncio.sleep(0)
        if self.stuk is not None:
            raise self.stuk
        return Koerieruitkomst(self.status, "nep")


async def test_de_partner_kan_de_handtekening_narekenen(leven: Leven, systeem: Ontvanger) -> None:
    assert await verzend(leven) == {"aanvaard": 1}
    (kreeg,) = systeem.aanvaard
    kop = kreeg.koppen["X-Regie-Handtekening"]
    assert klopt(kop, kreeg.lichaam)
    assert not klopt(kop, kreeg.lichaam + b" ")
    assert not klopt(kop, kreeg.lichaam, "een-andere-sleutel")
    oud = kop.replace("t=", "t=1", 1)
    assert not klopt(oud, kreeg.lichaam)


def test_de_handtekening_is_hmac_sha256_over_moment_en_inhoud() -> None:
    som = hmac.new(b"geheim", b'17.{"a":1}', hashlib.sha256).hexdigest()
    assert handtekening(b"geheim", 17, b'{"a":1}') == f"t=17,v1={som}"


async def test_met_een_verkeerde_sleutel_weigert_de_partner(leven: Leven, systeem: Ontvanger) -> None:
    assert await verzend(leven, merwede="x" * 40) == {"onbestelbaar": 1}
    assert systeem.aanvaard == []
    beslis(leven.omgeving, str(berichten(leven)[0].id), "opnieuw", COORDINATOR, "sleutel hersteld")
    assert await verzend(leven) == {"aanvaard": 1}


async def test_de_volgorde_per_dossier_blijft_ook_na_een_storing(met_wijziging: Leven, systeem: Ontvanger) -> None:
    leven = met_wijziging
    systeem.codes = [503]
    assert await verzend(leven) == {"uitgesteld": 1}
    assert systeem.aanvaard == []  # de wijziging wacht op de aanmelding
    later(leven, wachttijd(1))
    assert await verzend(leven) == {"aanvaard": 2}
    assert systeem.soorten == ["aanmelding", "wijziging-termijn"]
    assert [o.bericht["sequence"] for o in systeem.aanvaard] == ["00000001", "00000002"]


async def test_een_storing_in_een_dossier_houdt_een_ander_dossier_niet_op(leven: Leven, systeem: Ontvanger) -> None:
    ander = Leven(leven.omgeving)
    ander.begin(date(2026, 2, 26), kenmerk="DUO-9", bsn="999990639").tot_pip(date(2026, 2, 26))
    ander.open("aanbieder/aanmelding/1")
    systeem.codes = [503]
    assert await verzend(leven) == {"uitgesteld": 1, "aanvaard": 1}
    assert statussen(ander) == [Status.AANVAARD]


@pytest.mark.parametrize("code", [408, 409, 425, 429, 500, 503])
async def test_een_tijdelijke_fout_geeft_dezelfde_bytes_nog_eens(leven: Leven, systeem: Ontvanger, code: int) -> None:
    systeem.codes = [code]
    assert await verzend(leven) == {"uitgesteld": 1}
    assert not iets_te_verzenden(leven.omgeving)
    later(leven, wachttijd(1))
    assert iets_te_verzenden(leven.omgeving)
    assert await verzend(leven) == {"aanvaard": 1}
    eerste, tweede = systeem.alles
    assert eerste.lichaam == tweede.lichaam
    assert eerste.bericht["id"] == tweede.bericht["id"]


async def test_ook_als_het_dossier_intussen_verandert_is_een_herhaling_hetzelfde(
    leven: Leven, systeem: Ontvanger
) -> None:
    systeem.codes = [503]
    await verzend(leven)
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.op(date(2026, 6, 17)).meld("verlengd", date(2026, 6, 17), nieuwe_einddatum="2029-08-25")
    assert await verzend(leven) == {"aanvaard": 2}
    eerste, tweede, derde = systeem.alles
    assert eerste.lichaam == tweede.lichaam
    assert derde.bericht["data"]["termijn_einde"] == "2029-08-25"


async def test_een_geweigerde_verbinding_wordt_later_opnieuw_geprobeerd(omgeving: Omgeving, tmp_path: Path) -> None:
    with ontvanger() as weg:
        url = weg.url
    regio_met_webhook(omgeving, tmp_path, url)  # daar luistert nu niemand meer
    leven = Leven(omgeving).begin().tot_pip()
    leven.open("aanbieder/aanmelding/1")
    for poging in (1, 2):
        assert await verzend(leven) == {"uitgesteld": 1}
        (bericht,) = berichten(leven)
        assert (bericht.pogingen, bericht.antwoord) == (poging, "ConnectError")
        later(leven, wachttijd(poging))


async def test_wie_drie_dagen_niet_antwoordt_wordt_een_vraag_aan_een_mens(leven: Leven) -> None:
    stuk = Nepkoerier(Status.UITGESTELD)
    for _ in range(MINSTE_POGINGEN - 1):
        await verzend_partnerberichten(leven.omgeving, stuk)
        later(leven, timedelta(hours=4))
    assert statussen(leven) == [Status.UITGESTELD]
    later(leven, OPGEVEN_NA)
    await verzend_partnerberichten(leven.omgeving, stuk)
    assert statussen(leven) == [Status.ONBESTELBAAR]
    assert VAST in signalen(leven)


@pytest.mark.parametrize(("besluit", "soorten"), [("opnieuw", ["aanmelding", "wijziging-termijn"]),
                                                  ("vallen", ["wijziging-termijn"])])  # fmt: skip
async def test_na_een_weigering_wachten_latere_berichten_tot_een_mens_beslist(
    met_wijziging: Leven, systeem: Ontvanger, besluit: Any, soorten: list[str]
) -> None:
    leven = met_wijziging
    systeem.codes = [422]
    assert await verzend(leven) == {"onbestelbaar": 1}
    assert VAST in signalen(leven)
    later(leven, timedelta(days=30))
    assert await verzend(leven) == {}
    eerste = berichten(leven)[0]
    beslis(leven.omgeving, str(eerste.id)[:8], besluit, COORDINATOR, "gebeld met de partner")
    assert VAST not in signalen(leven)
    feit = leven.laatste("partnerbericht_beslist")
    assert (feit.actor.code, feit.reden) == (COORDINATOR.code, "gebeld met de partner")
    assert "gebeld" not in (berichten(leven)[0].antwoord or "")  # de reden staat alleen versleuteld
    await verzend(leven)
    assert systeem.soorten == soorten


async def test_beslissen_vraagt_een_reden_een_bevoegde_en_een_bericht_dat_vastzit(
    leven: Leven, systeem: Ontvanger
) -> None:
    systeem.codes = [422]
    await verzend(leven)
    nummer = str(berichten(leven)[0].id)
    with pytest.raises(RedenNodig):
        beslis(leven.omgeving, nummer, "vallen", COORDINATOR, " ")
    for wie in ("m-mer", "m-onbekend"):
        with pytest.raises(GeenBevoegdheid):
            beslis(leven.omgeving, nummer, "vallen", Actor(wie), "wil ik")
    for fout in (nummer[:5], "00000000"):
        with pytest.raises(OngeldigeGegevens, match="niet precies één bericht"):
            beslis(leven.omgeving, fout, "vallen", COORDINATOR, "weg")
    beslis(leven.omgeving, nummer, "vallen", COORDINATOR, "weg")
    with pytest.raises(OngeldigeGegevens, match="vervallen"):
        beslis(leven.omgeving, nummer, "opnieuw", COORDINATOR, "toch")


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
async def test_koeriers_tegelijk_sturen_nooit_hetzelfde_twee_keer(
    met_wijziging: Leven, maak_magazijn: Callable[[], SqlMagazijn]
) -> None:
    leven, bode = met_wijziging, Nepkoerier()
    for nummer, bsn in enumerate(("999990639", "999991772")):
        ander = Leven(leven.omgeving).begin(date(2026, 6, 17), kenmerk=f"DUO-9{nummer}", bsn=bsn)
        ander.tot_pip(date(2026, 6, 18)).open("aanbieder/aanmelding/1")
    hier = leven.omgeving
    huizen = [Omgeving(maak_magazijn(), hier.klok, hier.brieven, hier.links, hier.regio) for _ in range(2)]
    verslagen = await asyncio.gather(
        *(asyncio.to_thread(lambda huis: asyncio.run(_los(huis, bode)), huis) for huis in huizen)
    )
    assert sum(verslagen) == 4
    assert len(bode.ids) == len(set(bode.ids)) == 4


async def _los(omgeving: Omgeving, bode: Nepkoerier) -> int:
    return sum((await verzend_partnerberichten(omgeving, bode)).aantallen.values())


async def test_wie_zijn_lease_verloor_legt_niets_meer_vast(leven: Leven, systeem: Ontvanger) -> None:
    """De eerste koerier is te traag: een ander stuurt hetzelfde bericht, met hetzelfde id, en legt het vast."""
    leven_ = leven

    class Traag(Nepkoerier):
        async def bezorg(self, webhook: Webhook, gebeurtenis: dict[str, Any]) -> Koerieruitkomst:
            later(leven_, LEASE)
            assert await verzend(leven_) == {"aanvaard": 1}
            await super().bezorg(webhook, gebeurtenis)
            return Koerieruitkomst(Status.ONBESTELBAAR, "te laat")

    traag = Traag()
    verslag = await verzend_partnerberichten(leven.omgeving, traag)
    assert not verslag.aantallen
    assert statussen(leven) == [Status.AANVAARD]
    assert traag.ids == [systeem.aanvaard[0].bericht["id"]]


async def test_een_eigen_fout_bij_een_bericht_houdt_de_andere_niet_tegen(leven: Leven) -> None:
    bode = Nepkoerier(stuk=RuntimeError("Selam Misale"))
    verslag = await verzend_partnerberichten(leven.omgeving, bode)
    assert verslag.mislukt == 1
    (bericht,) = berichten(leven)
    assert (bericht.status, bericht.antwoord) == (Status.UITGESTELD, "eigen fout: RuntimeError")


async def test_zonder_sleutel_wacht_het_bericht_en_zegt_het_waarom(leven: Leven, systeem: Ontvanger) -> None:
    assert await verzend(leven, ander="x" * 40) == {"uitgesteld": 1}
    (bericht,) = berichten(leven)
    assert bericht.antwoord == "de sleutel 'merwede' is niet ingesteld (REGIE_KOERIER_SLEUTELS)"
    assert systeem.alles == []
    later(leven, wachttijd(1))
    assert await verzend(leven, merwede=SLEUTEL) == {"aanvaard": 1}


async def test_van_wie_is_gewist_gaat_niets_meer_weg(met_wijziging: Leven, systeem: Ontvanger) -> None:
    leven = met_wijziging
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(leven.dossier_id)
    assert await verzend(leven) == {"vervallen": 2}
    assert systeem.alles == []
    assert [b.antwoord for b in berichten(leven)] == ["de persoon is gewist"] * 2


async def test_een_doorgehaald_feit_gaat_niet_meer_weg(met_wijziging: Leven, systeem: Ontvanger) -> None:
    leven = met_wijziging
    leven.haal_door(leven.laatste("verlengd"))
    assert await verzend(leven) == {"aanvaard": 1, "vervallen": 1}
    assert systeem.soorten == ["aanmelding"]


def test_hetzelfde_feit_nog_eens_zet_niets_dubbel_klaar(met_wijziging: Leven) -> None:
    leven = met_wijziging
    voor = [b.id for b in berichten(leven)]
    with leven.omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(leven.dossier_id)
        bericht_partners(ruimte, leven.omgeving, dossier, leven.stand(), leven.gebeurtenissen())
    assert [b.id for b in berichten(leven)] == voor


def test_een_partner_zonder_systeem_krijgt_mail_zonder_persoonsgegevens(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin().tot_pip()
    leven.open("aanbieder/aanmelding/1")
    leven.post_is_aanvaard()
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.op(date(2026, 6, 17)).meld("verlengd", date(2026, 6, 17), nieuwe_einddatum="2029-08-25")
    assert berichten(leven) == []
    (mail,) = [b for b in leven.post() if b.soort == DOSSIER_GEWIJZIGD and b.status is Status.WACHTEND]
    assert mail.ontvanger_code == "m-mer"
    assert "DUO heeft de inburgeringstermijn verlengd." in mail.tekst
    assert leven.dossier().referentie in mail.tekst
    for geheim in ("Selam", "Misale", "999993653", "1994"):
        assert geheim not in mail.tekst + mail.onderwerp


def test_wat_alleen_een_ander_aangaat_geeft_geen_bericht(leven: Leven) -> None:
    voor = len(berichten(leven))
    leven.meld("brp_ingeschreven", date(2026, 2, 2))
    assert len(berichten(leven)) == voor


def test_een_herzien_pip_gaat_naar_de_aanbieder_van_de_lessen(leven: Leven) -> None:
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", date(2026, 3, 4), startdatum="2026-04-01")
    leven.antwoord("aanbieder/start/1", "les_gestart", date(2026, 4, 1))
    leven.op(date(2026, 5, 6)).meld(
        "pip_vastgesteld", date(2026, 5, 6), actor=MANDAAT, reden="nieuwe afspraken", grond="herziening",
        bekendgemaakt_op="2026-05-06", **PIP,
    )  # fmt: skip
    assert [b.soort for b in berichten(leven)] == ["aanmelding", "wijziging_pip"]
