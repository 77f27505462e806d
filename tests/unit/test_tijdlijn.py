"""De tijdlijn: alles op volgorde, met wie en waarom; doorgehaald blijft zichtbaar, wat niet mag blijft weg."""

from datetime import date
from typing import Any

from domein.begrippen import Stapstatus
from domein.gebeurtenissen.soorten import SOORTEN
from domein.regels.tijdlijn import GROEP, Regelsoort, Tijdlijn, Tijdlijnstap, maak_tijdlijn
from domein.regio.soorten import Gegevensgroep
from tests.unit.kernbouw import Dossier, dag

ALLES = tuple(Gegevensgroep)


def tijdlijn(dossier: Dossier, op: str, *, groepen: Any = ALLES, met_reden: bool = True, stappen: Any = ()) -> Tijdlijn:
    return maak_tijdlijn(dossier.gebeurtenissen, stappen, dossier.plan.termijnen, dag(op), groepen, met_reden=met_reden)


def stap(kenmerk: str, status: Stapstatus, streef: str, **anders: Any) -> Tijdlijnstap:
    velden: dict[str, Any] = {
        "titel": kenmerk,
        "start": dag(streef),
        "uiterst": None,
        "waarom": "het PIP",
        "artikel": "",
    }
    return Tijdlijnstap(kenmerk=kenmerk, status=status, streef=dag(streef), **(velden | anders))


def test_wat_gebeurde_staat_op_de_dag_waarop_het_gold() -> None:
    lijn = tijdlijn(Dossier().pip("2026-02-25").intake("2026-01-21"), "2026-03-01")
    assert [(r.dag, r.titel) for r in lijn.gebeurd] == [
        (date(2026, 1, 5), "Kennisgeving van DUO"),
        (date(2026, 1, 21), "Brede intake gehouden"),
        (date(2026, 2, 25), "PIP vastgesteld"),
    ]


def test_wat_is_doorgehaald_blijft_staan_met_wie_het_deed() -> None:
    dossier = Dossier().intake()
    intake = dossier.gebeurtenissen[-1]
    dossier.feit("doorgehaald", "2026-02-01", gebeurtenis=str(intake.id))
    regel = next(r for r in tijdlijn(dossier, "2026-03-01").gebeurd if r.titel == "Brede intake gehouden")
    assert (regel.soort, regel.weg_door) == (Regelsoort.DOORGEHAALD, "systeem")
    dossier.feit("doorgehaald", "2026-02-02", gebeurtenis=str(dossier.gebeurtenissen[-1].id))
    regel = next(r for r in tijdlijn(dossier, "2026-03-01").gebeurd if r.titel == "Brede intake gehouden")
    assert (regel.soort, regel.weg_door) == (Regelsoort.GEBEURD, "")  # de doorhaling is zelf doorgehaald


def test_een_oudere_versie_uit_een_bron_is_vervangen() -> None:
    dossier = Dossier(bron="duo", bronkenmerk="K1", bronversie=1)
    dossier.feit("kennisgeving", "2026-01-05", gemeente="GM0512", doelgroep="gezinsmigrant", bron="duo",
                 bronkenmerk="K1", bronversie=2)  # fmt: skip
    assert [r.soort for r in tijdlijn(dossier, "2026-03-01").gebeurd] == [Regelsoort.VERVANGEN, Regelsoort.GEBEURD]


def test_open_gepland_en_vervallen_staan_apart_op_streefdag_met_hun_waarom() -> None:
    stappen = [
        stap("b", Stapstatus.GEPLAND, "2026-05-01"),
        stap("a", Stapstatus.GEPLAND, "2026-04-01"),
        stap("c", Stapstatus.OPEN, "2026-03-01", medewerker="m-1"),
        stap("d", Stapstatus.VERVALLEN, "2026-02-01", vervallen_waarom="verhuisd"),
        stap("e", Stapstatus.KLAAR, "2026-01-01"),
    ]
    lijn = tijdlijn(Dossier(), "2026-03-01", stappen=stappen)
    assert [r.kenmerk for r in lijn.gepland] == ["a", "b"]
    assert [(r.kenmerk, r.bij, r.waarom) for r in lijn.open] == [("c", "m-1", "het PIP")]
    assert [(r.kenmerk, r.waarom) for r in lijn.vervallen] == [("d", "verhuisd")]


def test_wie_een_groep_niet_mag_zien_mist_de_regel_en_weet_dat() -> None:
    dossier = Dossier().intake().pip()
    lijn = tijdlijn(dossier, "2026-03-01", groepen=(Gegevensgroep.REFERENTIE,))
    assert "PIP vastgesteld" not in {r.titel for r in lijn.gebeurd}
    assert lijn.verborgen == 1


def test_vrije_woorden_gaan_alleen_mee_als_dat_mag() -> None:
    dossier = Dossier()
    g = dossier.gebeurtenissen[0]
    dossier.gebeurtenissen[0] = type(g)(**{n: getattr(g, n) for n in g.__slots__} | {"reden": "vrije tekst"})
    assert tijdlijn(dossier, "2026-03-01").gebeurd[0].reden == "vrije tekst"
    assert tijdlijn(dossier, "2026-03-01", met_reden=False).gebeurd[0].reden == ""


def test_elke_termijn_is_een_balk_van_begin_tot_einde() -> None:
    balken = tijdlijn(Dossier().intake().pip(), "2026-03-01").termijnen
    assert {b.soort for b in balken} >= {"pip", "inburgeringstermijn"}
    assert all(b.van <= b.tot for b in balken)


def test_elke_soort_met_een_groep_bestaat() -> None:
    assert set(GROEP) <= set(SOORTEN) | {"maatwerk_vastgesteld", "maatwerk_beeindigd"}


def test_een_partner_ziet_geen_overwogen_boete_en_geen_bezwaar() -> None:
    """Alleen wie maatregelen mag zien, ziet dat er een is overwogen of dat er een geschil is."""
    dossier = Dossier().intake().pip()
    dossier.feit("maatregel_overwogen", "2026-06-01", nummer=1, gedraging="traject", gedraging_op="2026-05-25")
    dossier.feit("bezwaar_ingediend", "2026-03-18", nummer=1, tegen="pip", van=1)
    titels = {"Maatregel te overwegen", "Bezwaar ingediend"}
    partner = tijdlijn(dossier, "2026-07-01", groepen=(Gegevensgroep.PIP, Gegevensgroep.AANWEZIGHEID))
    assert not titels & {r.titel for r in partner.gebeurd}
    assert partner.verborgen == 2
    zelf = tijdlijn(dossier, "2026-07-01", groepen=(Gegevensgroep.PIP, Gegevensgroep.MAATREGELEN))
    assert titels <= {r.titel for r in zelf.gebeurd}
