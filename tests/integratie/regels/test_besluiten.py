"""Een besluit van concept tot bekendmaking: wie, op welke gronden, onder welk mandaat; en wat er niet kan."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domein.begrippen import Besluitsoort, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan, PersoonGewist, RegieFout
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import besluiten
from domein.handelingen.besluit_inzien import besluit_lijst, besluit_toon
from domein.handelingen.besluitteksten import lees_tekst
from domein.handelingen.brieven import Keuzes, briefgegevens
from domein.handelingen.doorhalen import haal_door
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import OVERGANGEN, Besluitstand, Handeling, toestand
from tests.integratie.regels.besluitleven import BEHANDELAAR, JURIST, PIPVELDEN, Besluitleven
from tests.integratie.regels.leven import MANDAAT


def test_een_pip_loopt_van_concept_tot_bekendmaking_en_is_na_te_gaan(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept()
    leven.onderzoek_alles().schrijf()
    advies = "De taalschool raadt B1 aan."
    besluiten.geef_advies(leven.omgeving, leven.dossier_id, 1, "positief", advies, Actor("m-mer"))
    leven.teken()
    stand = leven.stand()
    assert stand.pips[0].dagtekening == date(2026, 2, 25)
    assert stand.pips[0].bekendgemaakt_op is None, "getekend is nog niet bekendgemaakt"
    assert leven.plan().termijn("bezwaar") is None, "zonder bekendmaking loopt er geen bezwaartermijn"
    assert leven.stap("pip/vaststellen/1").status is Stapstatus.KLAAR
    leven.maak_bekend(date(2026, 2, 27))
    termijn = leven.plan().termijn("bezwaar")
    assert termijn is not None
    assert (termijn.anker, termijn.einde) == (date(2026, 2, 27), date(2026, 4, 10))
    rij = besluit_toon(leven.omgeving, leven.dossier().referentie, 1, MANDAAT)
    assert rij["opsteller"] == BEHANDELAAR.code
    assert (rij["ondertekenaar"], rij["mandaat"]) == ("m-gor", "gor-besluit")
    assert rij["bron_mandaat"] == "Mandaatbesluit Gorinchem VB-2021-201, artikel 3"
    assert rij["namens"] == "college van burgemeester en wethouders van Gorinchem"
    assert (rij["bekendgemaakt_op"], rij["bewijs"]) == (date(2026, 2, 27), "POST-1")
    assert {grond["code"] for grond in rij["gronden"]} == {
        "intake", "leerbaarheid", "onderwijsroute", "b1-route", "omstandigheden", "intensiteit",
    }  # fmt: skip
    assert all(grond["door"] == BEHANDELAAR.code and grond["toelichting"] for grond in rij["gronden"])
    assert rij["adviezen"][0]["door"] == "m-mer"
    assert rij["keten_klopt"]
    assert besluit_lijst(leven.omgeving)[0]["stand"] == "bekendgemaakt"
    leven.meld("plicht_beeindigd", date(2026, 2, 27), grond="vertrek")
    assert len(besluit_lijst(leven.omgeving)) == 1, "een besluit blijft te vinden als de plicht eindigt"
    assert besluit_lijst(leven.omgeving) == besluit_lijst(leven.omgeving, leven.dossier().referentie)


def test_de_tekst_is_bewaard_zoals_zij_is_getekend(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept().onderzoek_alles().schrijf("De B1-route past, want zij leest al goed.").teken()
    rij = besluit_toon(leven.omgeving, leven.dossier().referentie, 1, MANDAAT)
    assert "De B1-route past" in rij["tekst"]
    assert "25 februari 2026" in rij["tekst"]
    assert "[datum]" not in rij["tekst"]
    assert hashlib.sha256(rij["tekst"].encode()).hexdigest() == rij["hash"]
    ondertekend = leven.laatste("besluit_ondertekend").gegevens
    assert isinstance(ondertekend, s.BesluitOndertekend)
    assert ondertekend.hash == rij["hash"]
    assert rij["tekstversie"] == 3, "sjabloon, geschreven, getekend"
    with leven.omgeving.magazijn.ruimte() as ruimte:
        assert "[datum]" in ruimte.besluittekst(leven.dossier_id, 1, 2), "ook het concept blijft"


def test_de_tekst_staat_nergens_leesbaar(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept().onderzoek_alles().schrijf("Een heel bijzonder verhaal.").teken()
    engine = leven.omgeving.magazijn.engine  # pyright: ignore
    with engine.connect() as verbinding:
        for tabel in ("besluittekst", "gebeurtenis"):
            rijen = verbinding.exec_driver_sql(f"select * from {tabel}").all()
            assert rijen
            assert not any(b"bijzonder" in (w if isinstance(w, bytes) else str(w).encode()) for r in rijen for w in r)


def test_zonder_de_sleutel_van_het_dossier_is_de_tekst_weg(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend()
    with pytest.raises(PersoonGewist):
        lees_na_wissen(leven)


def lees_na_wissen(leven: Besluitleven) -> None:
    """De fout draait ook het wissen zelf weer terug."""
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(leven.dossier_id)
        ruimte.besluittekst(leven.dossier_id, 1, 3)


def test_de_brief_bij_een_pip_wacht_op_de_bekendmaking(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend()
    stap = leven.stap("pip/vaststellen/1")
    with pytest.raises(OngeldigeGegevens, match="nog niet bekendgemaakt"):
        briefgegevens(leven.omgeving, stap.id, "brief_pip_aanbieding", MANDAAT, Keuzes())
    leven.maak_bekend(date(2026, 2, 27))
    assert briefgegevens(leven.omgeving, stap.id, "brief_pip_aanbieding", MANDAAT, Keuzes())["bezwaar_tot"] == date(
        2026, 4, 10
    )


def test_een_gewijzigde_tekst_valt_op(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept()
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar_besluittekst(leven.dossier_id, 1, 2, "iets anders")
    leven.onderzoek_alles()
    besluit = leven.stand().besluiten[1]
    assert besluit.versie == 1
    with leven.omgeving.magazijn.ruimte() as ruimte, pytest.raises(OngeldigeGegevens, match="hash"):
        lees_tekst(ruimte, leven.dossier_id, 1, 2, besluit.hash)


@pytest.mark.parametrize("grond", [g.code for g in gronden_voor(Besluitsoort.PIP, asiel=True)])
def test_zonder_een_grond_tekent_niemand(besluitleven: Besluitleven, grond: str) -> None:
    leven = besluitleven.tot_concept().onderzoek_alles(behalve=grond).schrijf()
    with pytest.raises(OngeldigeGegevens, match=f"Nog niet onderzocht: {grond}"):
        leven.teken()
    assert leven.telling()["pip_vastgesteld"] == 0


def test_dat_de_onderwijsroute_niet_is_onderzocht_is_nooit_een_antwoord(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept()
    with pytest.raises(OngeldigeGegevens, match="artikel 8 Wet inburgering"):
        besluiten.leg_grond_vast(
            leven.omgeving, leven.dossier_id, 1, "onderwijsroute", "niet_van_toepassing", "Te oud.", BEHANDELAAR
        )


def test_zonder_motivering_tekent_niemand(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_concept().onderzoek_alles()
    with pytest.raises(OngeldigeGegevens, match="3:46"):
        leven.teken()


def test_zonder_te_zeggen_hoe_bezwaar_kan_tekent_niemand(besluitleven: Besluitleven) -> None:
    """Een mens mag de tekst herschrijven, maar niet de weg naar bezwaar eruit halen (artikel 3:45 Awb)."""
    leven = besluitleven.tot_concept().onderzoek_alles()
    kaal = "Besluit van [datum]. U volgt de B1-route, want dat past. Getekend door [ondertekenaar]."
    besluiten.schrijf_tekst(leven.omgeving, leven.dossier_id, 1, kaal, BEHANDELAAR)
    with pytest.raises(OngeldigeGegevens, match="3:45"):
        leven.teken()


@pytest.mark.parametrize(
    ("wie", "waarom"),
    [
        pytest.param("m-wil", "geen besluit|geen mandaat", id="mandaat-voor-andere-stappen"),
        pytest.param("m-mol", "geen mandaat voor besluiten namens Gorinchem", id="andere-gemeente"),
        pytest.param("m-jdb", "geen mandaat", id="klantmanager"),
        pytest.param("m-jur", "omvat geen besluit 'pip'", id="alleen-bezwaar"),
    ],
)
def test_een_besluit_buiten_het_mandaat_is_geweigerd_met_uitleg(
    besluitleven: Besluitleven, wie: str, waarom: str
) -> None:
    leven = besluitleven.tot_concept().onderzoek_alles().schrijf()
    with pytest.raises(GeenBevoegdheid, match=waarom) as fout:
        leven.teken(Actor(wie))
    assert fout.value.uitweg
    assert leven.telling()["besluit_ondertekend"] == 0


def test_een_concept_van_een_partner_van_buiten_is_geweigerd(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_intake_gereed()
    with pytest.raises(GeenBevoegdheid, match="partner"):
        besluiten.maak_concept(
            leven.omgeving, leven.dossier_id, "pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN, Actor("m-mol")
        )


def test_een_proef_bewaart_niets(besluitleven: Besluitleven) -> None:
    leven = besluitleven.tot_intake_gereed()
    voor = leven.gebeurtenissen()
    uit = besluiten.maak_concept(
        leven.omgeving, leven.dossier_id, "pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN, BEHANDELAAR, proef=True
    )
    assert [g.soort for g in uit.gebeurtenissen] == ["besluit_concept", "besluit_tekst"]
    assert leven.gebeurtenissen() == voor
    with leven.omgeving.magazijn.ruimte() as ruimte, pytest.raises(RegieFout):
        ruimte.besluittekst(leven.dossier_id, 1, 1)


# --- bekendmaken en retour


def test_een_besluit_dat_terugkomt_van_een_fout_adres_is_niet_bekendgemaakt(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend().maak_bekend(date(2026, 2, 27))
    leven.op(date(2026, 3, 4))
    leven.meld("besluit_retour", date(2026, 3, 4), actor=Actor("m-adm"), adres_klopt=False, redencode="onbekend-adres")
    assert leven.plan().termijn("bezwaar") is None
    stap = leven.stap("besluit/bekendmaken/2/1")
    assert "loopt nog niet" in stap.waarom
    leven.maak_bekend(date(2026, 3, 6), "POST-2")
    termijn = leven.plan().termijn("bezwaar")
    assert termijn is not None
    assert termijn.anker == date(2026, 3, 6)


def test_een_besluit_dat_terugkomt_van_een_goed_adres_blijft_bekendgemaakt(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend().maak_bekend(date(2026, 2, 27))
    leven.op(date(2026, 3, 4))
    leven.meld("besluit_retour", date(2026, 3, 4), actor=Actor("m-adm"), adres_klopt=True, redencode="niet-afgehaald")
    leven.maak_bekend(date(2026, 3, 6), "POST-2")
    termijn = leven.plan().termijn("bezwaar")
    assert termijn is not None
    assert termijn.anker == date(2026, 2, 27)


def test_een_besluit_is_niet_voor_zijn_dagtekening_bekendgemaakt(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend()
    with pytest.raises(OngeldigeGegevens, match="3:40"):
        leven.meld("besluit_bekendgemaakt", date(2026, 2, 24), actor=Actor("m-adm"), wijze="post", bewijs="P-1")


# --- de tabel: wat kan, kan; al het andere niet

HANDELINGEN: dict[Handeling, Callable[[Besluitleven], Any]] = {
    Handeling.GROND: lambda leven: leven.grond("intake"),
    Handeling.ADVIES: lambda leven: besluiten.geef_advies(
        leven.omgeving, leven.dossier_id, 1, "anders", "Nog een advies.", BEHANDELAAR
    ),
    Handeling.TEKST: lambda leven: leven.schrijf("Nog een versie."),
    Handeling.ONDERTEKEN: lambda leven: leven.teken(),
    Handeling.MAAK_BEKEND: lambda leven: leven.maak_bekend(leven.omgeving.klok.vandaag(), "POST-9"),
    Handeling.RETOUR: lambda leven: leven.retour(),
    Handeling.TREK_IN: lambda leven: besluiten.trek_in(
        leven.omgeving, leven.dossier_id, 1, "anders", BEHANDELAAR, "Het gaat niet door."
    ),
}
BRENG: dict[Besluitstand, Callable[[Besluitleven], Any]] = {
    Besluitstand.CONCEPT: lambda leven: leven.tot_concept().onderzoek_alles().schrijf(),
    Besluitstand.ONDERTEKEND: lambda leven: leven.getekend(),
    Besluitstand.BEKENDGEMAAKT: lambda leven: leven.getekend().maak_bekend(date(2026, 2, 27)),
    Besluitstand.RETOUR: lambda leven: leven.getekend().maak_bekend(date(2026, 2, 27)).retour(),
    Besluitstand.INGETROKKEN: lambda leven: HANDELINGEN[Handeling.TREK_IN](leven.tot_concept()),
}


@pytest.mark.parametrize("handeling", Handeling)
@pytest.mark.parametrize("stand", Besluitstand)
def test_elke_overgang_kan_of_is_geweigerd(
    besluitleven: Besluitleven, stand: Besluitstand, handeling: Handeling
) -> None:
    BRENG[stand](besluitleven)
    assert toestand(besluitleven.stand().besluiten[1]) is stand
    if naar := OVERGANGEN.get((stand, handeling)):
        HANDELINGEN[handeling](besluitleven)
        assert toestand(besluitleven.stand().besluiten[1]) is naar
        return
    voor = besluitleven.gebeurtenissen()
    with pytest.raises((OvergangNietToegestaan, OngeldigeGegevens)):
        HANDELINGEN[handeling](besluitleven)
    assert besluitleven.gebeurtenissen() == voor


def test_een_getekend_besluit_haalt_alleen_een_mandaathouder_door(besluitleven: Besluitleven) -> None:
    leven = besluitleven.getekend()
    with pytest.raises(RegieFout):
        leven.haal_door(leven.laatste("besluit_ondertekend"))
    with pytest.raises(GeenBevoegdheid):
        haal_door(leven.omgeving, leven.dossier_id, str(leven.laatste("pip_vastgesteld").id), JURIST, "fout")
