"""Maatregelen: nooit vanzelf; signaal, waarschuwing, Keren, voornemen, zienswijze, een besluit dat 'nee' mag zijn."""

from datetime import date
from typing import Any

import pytest

from domein.begrippen import Doelgroep
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.besluit_inzien import maatregel_toon
from domein.handelingen.brieven import Keuzes, briefgegevens
from tests.integratie.regels.besluitleven import BEHANDELAAR, Besluitleven
from tests.integratie.regels.leven import COORDINATOR, MANDAAT

GEMIST = date(2026, 8, 25)
NEE = {"opgelegd": False, "verwijtbaarheid": "normaal", "redencode": "geen-hardnekkige-onwil"}
JA = {"opgelegd": True, "bedrag": 25, "verwijtbaarheid": "normaal", "redencode": "verwijtbaar"}


@pytest.fixture
def gezin(besluitleven: Besluitleven) -> Besluitleven:
    leven = Besluitleven(besluitleven.omgeving)
    leven.begin(
        doelgroep=Doelgroep.GEZINSMIGRANT, ontzorgen=False, kenmerk="DUO-2026-9001", bsn="999996009",
    )  # fmt: skip
    return met_verzuim(leven)


@pytest.fixture
def asiel(besluitleven: Besluitleven) -> Besluitleven:
    return met_verzuim(besluitleven)


def met_verzuim(leven: Besluitleven) -> Besluitleven:
    leven.tot_pip()
    leven.antwoord("voortgang/1", "gesprek_niet_verschenen", GEMIST)
    return leven


def overweeg(
    leven: Besluitleven, op: date = date(2026, 8, 26), door: Actor = BEHANDELAAR, **anders: Any
) -> Besluitleven:
    if op > leven.omgeving.klok.vandaag():
        leven.op(op)
    leven.meld(
        "maatregel_overwogen", op, actor=door, **({"gedraging": "traject", "gedraging_op": str(GEMIST)} | anders)
    )
    return leven


def tot_besluit(leven: Besluitleven, *, keren: bool | None = None, nummer: int = 1) -> Besluitleven:
    vandaag = leven.omgeving.klok.vandaag()
    leven.antwoord(f"maatregel/waarschuwing/{nummer}", "maatregel_gewaarschuwd", vandaag, wijze="brief")
    if keren is not None:
        reden = "onwil-aangetoond" if keren else "onwil-niet-aangetoond"
        leven.antwoord(f"maatregel/keren/{nummer}", "keren_getoetst", hardnekkige_onwil=keren, oordeelcode=reden)
    leven.antwoord(f"maatregel/voornemen/{nummer}", "maatregel_voornemen", zienswijze_tot="2027-12-31")
    leven.antwoord(f"maatregel/zienswijze/{nummer}", "maatregel_zienswijze", wijze="mondeling")
    return leven


def neem(
    leven: Besluitleven, velden: dict[str, Any], door: Actor = MANDAAT, *, nummer: int = 1, dagen: int = 0
) -> None:
    op = leven.omgeving.klok.vandaag()
    leven.neem(f"maatregel/besluit/{nummer}", "maatregel_besloten", velden, door, op, COORDINATOR)


def test_een_gemist_gesprek_is_een_signaal_en_geen_taak(gezin: Besluitleven) -> None:
    rij = maatregel_toon(gezin.omgeving, gezin.dossier().referentie)
    assert [(s["gedraging"].value, s["gedraging_op"]) for s in rij["signalen"]] == [("traject", GEMIST)]
    assert "artikelen 22 en 23 Wet inburgering 2021" in rij["signalen"][0]["artikel"]
    assert not {k for k in gezin.staat() if k.startswith("maatregel/")}, "er komt niets vanzelf"
    overweeg(gezin)
    assert maatregel_toon(gezin.omgeving, gezin.dossier().referentie)["signalen"] == []
    assert {k for k in gezin.staat() if k.startswith("maatregel/")} == {"maatregel/waarschuwing/1"}


def test_een_bron_overweegt_niets(gezin: Besluitleven) -> None:
    for wie in ("gemeente", "systeem", "duo"):
        with pytest.raises(GeenBevoegdheid):
            overweeg(gezin, door=Actor(wie))


def test_een_maatregel_loopt_tot_een_besluit_en_het_bedrag_volgt_uit_het_tarief(gezin: Besluitleven) -> None:
    tot_besluit(overweeg(gezin))
    rij = maatregel_toon(gezin.omgeving, gezin.dossier().referentie)["maatregelen"][0]
    hoogsten = {v: t["hoogstens"] for v, t in rij["tarief"].items()}
    assert hoogsten == {"opzet": 50, "grove_schuld": 37, "normaal": 25, "verminderd": 12, "geen": 0}
    with pytest.raises(OngeldigeGegevens, match="hoogstens € 25"):
        neem(gezin, JA | {"bedrag": 26})
    gezin.concept_weg()
    neem(gezin, JA)
    maatregel = gezin.stand().maatregelen[1]
    assert (maatregel.opgelegd, maatregel.bedrag) == (True, 25)
    gezin.maak_bekend(gezin.omgeving.klok.vandaag(), nummer=gezin.laatste_besluit)
    termijn = next(t for t in gezin.plan().termijnen if t.bewijs == "bekendmaking van maatregel 1")
    assert "6:7 en 6:8" in termijn.artikel


def test_het_besluit_mag_nee_zijn(gezin: Besluitleven) -> None:
    tot_besluit(overweeg(gezin))
    neem(gezin, NEE | {"redencode": "niet-evenredig"})
    assert gezin.stand().maatregelen[1].opgelegd is False
    assert not {k for k in gezin.staat() if k.startswith("maatregel/")}


def test_zonder_hardnekkige_onwil_geen_boete_voor_een_asielstatushouder(asiel: Besluitleven) -> None:
    tot_besluit(overweeg(asiel), keren=False)
    with pytest.raises(OngeldigeGegevens, match="Keren"):
        neem(asiel, JA)
    asiel.concept_weg()
    neem(asiel, NEE)
    assert asiel.stand().maatregelen[1].opgelegd is False


def test_bij_hardnekkige_onwil_kan_het_wel(asiel: Besluitleven) -> None:
    tot_besluit(overweeg(asiel), keren=True)
    neem(asiel, JA)
    assert asiel.stand().maatregelen[1].opgelegd


def test_bij_een_asielstatushouder_gaat_keren_voor_het_voornemen(asiel: Besluitleven) -> None:
    overweeg(asiel)
    asiel.antwoord("maatregel/waarschuwing/1", "maatregel_gewaarschuwd", wijze="brief")
    assert "maatregel/keren/1" in asiel.staat()
    assert "C-158/23" in asiel.stap("maatregel/keren/1").artikel
    with pytest.raises(OngeldigeGegevens, match="Keren"):
        asiel.meld("maatregel_voornemen", asiel.omgeving.klok.vandaag(), actor=BEHANDELAAR, zienswijze_tot="2026-12-01")


@pytest.mark.parametrize("stap", ["waarschuwing", "voornemen", "zienswijze"])
def test_op_elk_moment_kan_een_mens_stoppen(gezin: Besluitleven, stap: str) -> None:
    overweeg(gezin)
    if stap != "waarschuwing":
        gezin.antwoord("maatregel/waarschuwing/1", "maatregel_gewaarschuwd", wijze="brief")
    if stap == "zienswijze":
        gezin.antwoord("maatregel/voornemen/1", "maatregel_voornemen", zienswijze_tot="2026-12-01")
    gezin.antwoord(f"maatregel/{stap}/1", "maatregel_gestaakt", redencode="goede-reden")
    assert not {k for k in gezin.staat() if k.startswith("maatregel/")}


def test_zwijgen_kan_pas_na_de_laatste_dag_om_te_reageren(gezin: Besluitleven) -> None:
    overweeg(gezin)
    gezin.antwoord("maatregel/waarschuwing/1", "maatregel_gewaarschuwd", wijze="brief")
    gezin.antwoord("maatregel/voornemen/1", "maatregel_voornemen", zienswijze_tot="2026-12-01")
    with pytest.raises(OngeldigeGegevens, match="1 december 2026"):
        gezin.antwoord("maatregel/zienswijze/1", "maatregel_zienswijze", date(2026, 12, 1), wijze="geen")
    gezin.antwoord("maatregel/zienswijze/1", "maatregel_zienswijze", date(2026, 12, 2), wijze="geen")


def test_wie_de_gedraging_meldde_legt_de_boete_niet_op(gezin: Besluitleven) -> None:
    """Ook een mandaathouder niet (artikel 10:3 lid 4 Awb)."""
    tot_besluit(overweeg(gezin, door=MANDAAT))
    with pytest.raises(GeenBevoegdheid, match="10:3 lid 4"):
        neem(gezin, JA)


def test_een_boete_buiten_het_mandaat_is_geweigerd(gezin: Besluitleven) -> None:
    tot_besluit(overweeg(gezin))
    with pytest.raises(GeenBevoegdheid, match="geen mandaat"):
        neem(gezin, JA, Actor("m-wil"))
    with pytest.raises(GeenBevoegdheid, match="omvat geen besluit 'maatregel'"):
        gezin.teken(Actor("m-jur"), gezin.laatste_besluit, gezin.omgeving.klok.vandaag())


def test_verlaagde_bijstand_voor_dezelfde_gedraging_sluit_een_boete_uit(gezin: Besluitleven) -> None:
    tot_besluit(overweeg(gezin))
    vandaag = gezin.omgeving.klok.vandaag()
    gezin.meld("bijstand_verlaagd", vandaag, actor=COORDINATOR, gedraging_op=str(GEMIST), bewijs="PW-1")
    with pytest.raises(OngeldigeGegevens, match="artikel 27 Wi"):
        neem(gezin, JA)


def test_een_boete_van_een_vorige_gemeente_telt_mee(gezin: Besluitleven) -> None:
    """Voor het maximum, en als zij onherroepelijk is ook als herhaling (artikel 35 lid 4 Wi)."""
    gezin.op(date(2026, 8, 26))
    gezin.meld(
        "boete_elders", date(2026, 6, 1), actor=COORDINATOR, gemeente="GM0363", gedraging="traject",
        gedraging_op="2026-05-01", bedrag=2380, onherroepelijk_op="2026-07-13", bewijs="AMS-1",
    )  # fmt: skip
    overweeg(gezin)
    rij = maatregel_toon(gezin.omgeving, gezin.dossier().referentie)["maatregelen"][0]["tarief"]["opzet"]
    assert rij["hoogstens"] == 20, "twee keer 50 is 100, en er is nog 2.400 − 2.380 over"
    assert "1 herhaling" in rij["uitleg"]
    assert "€ 2380 opgelegd van hoogstens € 2400" in rij["uitleg"]


def test_twee_keer_voor_dezelfde_gedraging_kan_niet(gezin: Besluitleven) -> None:
    overweeg(gezin)
    with pytest.raises(OngeldigeGegevens, match="5:43"):
        overweeg(gezin)


def test_de_brief_met_het_voornemen_noemt_bedrag_en_dag(gezin: Besluitleven) -> None:
    overweeg(gezin)
    gezin.antwoord("maatregel/waarschuwing/1", "maatregel_gewaarschuwd", wijze="brief")
    gezin.open("maatregel/voornemen/1")
    stap = gezin.stap("maatregel/voornemen/1")
    gegevens = briefgegevens(gezin.omgeving, stap.id, "brief_voornemen", Actor(stap.medewerker or ""), Keuzes())
    assert gegevens["boete"] == 50
    assert (gegevens["reageren_tot"] - gezin.omgeving.klok.vandaag()).days >= 14
    brief = gezin.omgeving.brieven.schrijf("brief_voornemen", {k: v for k, v in gegevens.items() if k != "taal"})
    assert "Er is nog niets besloten" in brief.tekst
