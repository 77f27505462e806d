"""Waaruit een signaal komt: gesprekken, lessen en participatie; en zonder PIP is er geen traject."""

from datetime import date

import pytest

from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.handelingen.besluit_inzien import maatregel_toon
from tests.integratie.regels.besluitleven import BEHANDELAAR, Besluitleven
from tests.integratie.regels.leven import COORDINATOR, MANDAAT, PIP

EINDE_PERIODE = date(2026, 6, 30)


def uren(leven: Besluitleven, gemist: int, soort: str = "cursus", tot: date = EINDE_PERIODE, nummer: int = 1) -> None:
    leven.op(date(2026, 7, 6)).meld(
        "uren_gemeld", tot, actor=COORDINATOR, nummer=nummer, urensoort=soort,
        periode_van=tot.replace(day=1).isoformat(), periode_tot=tot.isoformat(), gevolgd=20,
        ongeoorloofd_verzuim=gemist, bewijs=f"P-{nummer}",
    )  # fmt: skip


def signalen(leven: Besluitleven) -> list[tuple[str, date, str]]:
    rij = maatregel_toon(leven.omgeving, leven.dossier().referentie)
    return [(s["gedraging"].value, s["gedraging_op"], s["wat"]) for s in rij["signalen"]]


@pytest.mark.parametrize(
    ("soort", "waar"), [("cursus", "de lessen"), ("participatie", "participatie (ook PVT en MAP)")]
)
def test_uren_die_zonder_goede_reden_zijn_gemist_zijn_een_signaal(
    besluitleven: Besluitleven, soort: str, waar: str
) -> None:
    besluitleven.tot_pip()
    uren(besluitleven, 6, soort)
    wat = f"6 uur ongeoorloofd gemist bij {waar}, in de periode tot en met 30 juni 2026."
    assert signalen(besluitleven) == [("traject", EINDE_PERIODE, wat)]
    plan = besluitleven.plan()
    assert not [stap for stap in plan.stappen if stap.kenmerk.startswith("maatregel/")]  # er komt geen taak uit
    besluitleven.meld(
        "maatregel_overwogen", date(2026, 7, 6), actor=BEHANDELAAR, gedraging="traject",
        gedraging_op=EINDE_PERIODE.isoformat(),
    )  # fmt: skip
    assert signalen(besluitleven) == []


def test_geoorloofd_of_geen_verzuim_en_een_verlaagde_bijstand_geven_geen_signaal(besluitleven: Besluitleven) -> None:
    besluitleven.tot_pip()
    uren(besluitleven, 0)
    assert signalen(besluitleven) == []
    uren(besluitleven, 4, tot=date(2026, 5, 31), nummer=2)
    assert [een[1] for een in signalen(besluitleven)] == [date(2026, 5, 31)]
    besluitleven.meld("bijstand_verlaagd", date(2026, 7, 6), actor=COORDINATOR, gedraging_op="2026-05-31", bewijs="B-1")
    assert signalen(besluitleven) == []


@pytest.mark.parametrize("gedraging_op", ["2026-02-20", "2026-02-24"])
def test_zonder_pip_is_er_geen_traject_om_een_maatregel_voor_te_overwegen(
    besluitleven: Besluitleven, gedraging_op: str
) -> None:
    def overweeg(dag: str) -> None:
        besluitleven.meld(
            "maatregel_overwogen", besluitleven.omgeving.klok.vandaag(), actor=BEHANDELAAR, gedraging="traject",
            gedraging_op=dag,
        )  # fmt: skip

    besluitleven.tot_intake_gereed()
    besluitleven.op(date(2026, 2, 24))
    with pytest.raises(OngeldigeGegevens, match="nog geen PIP, dus nog geen traject"):
        overweeg(gedraging_op)
    velden = PIP | {"bekendgemaakt_op": "2026-02-25"}
    besluitleven.antwoord("pip/vaststellen/1", "pip_vastgesteld", date(2026, 2, 25), door=MANDAAT, **velden)
    with pytest.raises(OngeldigeGegevens, match="nog geen PIP, dus nog geen traject"):
        overweeg(gedraging_op)
    overweeg("2026-02-25")  # vanaf de dagtekening kan het


def gemist(leven: Besluitleven, onderdeel: str, wat: str, op: date, *, verschoonbaar: bool = False) -> None:
    leven.op(date(2026, 7, 6)).meld(
        "participatie_gemist", op, actor=COORDINATOR, onderdeel=onderdeel, wat=wat, verschoonbaar=verschoonbaar
    )


def test_een_gemist_onderdeel_van_pvt_of_map_is_een_signaal_en_nooit_een_taak(besluitleven: Besluitleven) -> None:
    besluitleven.tot_pip()
    voor = besluitleven.staat()
    gemist(besluitleven, "pvt", "bijeenkomst", date(2026, 5, 12))
    gemist(besluitleven, "map", "eindgesprek", date(2026, 6, 2))
    gemist(besluitleven, "map", "praktijk", date(2026, 6, 3), verschoonbaar=True)  # met een goede reden: geen signaal
    assert signalen(besluitleven) == [
        ("traject", date(2026, 5, 12), "Niet verschenen bij het PVT: bijeenkomst."),
        ("traject", date(2026, 6, 2), "Niet verschenen bij de MAP: eindgesprek."),
    ]
    (eerste, _) = maatregel_toon(besluitleven.omgeving, besluitleven.dossier().referentie)["signalen"]
    assert "artikelen 22 en 23" in eerste["artikel"]
    assert besluitleven.staat() == voor, "het signaal is een lijst voor een mens: er komt geen taak, en niets schuift"
    besluitleven.meld(
        "maatregel_overwogen", date(2026, 7, 6), actor=BEHANDELAAR, gedraging="traject", gedraging_op="2026-05-12"
    )
    assert [een[1] for een in signalen(besluitleven)] == [date(2026, 6, 2)]
    besluitleven.meld("bijstand_verlaagd", date(2026, 7, 6), actor=COORDINATOR, gedraging_op="2026-06-02", bewijs="B-1")
    assert signalen(besluitleven) == []


def test_wat_is_afgerond_blijft_een_signaal_zolang_niemand_het_bekeek(besluitleven: Besluitleven) -> None:
    """Iemand die later alsnog tekende, miste toch de bijeenkomst; of dat telt, weegt een mens."""
    besluitleven.tot_pip()
    gemist(besluitleven, "pvt", "bijeenkomst", date(2026, 5, 12))
    besluitleven.meld("pvt_voltooid", date(2026, 7, 6), actor=COORDINATOR)
    assert [een[1] for een in signalen(besluitleven)] == [date(2026, 5, 12)]
    besluitleven.haal_door(besluitleven.laatste("participatie_gemist"), "verkeerd dossier")
    assert signalen(besluitleven) == []


def test_voor_het_pip_of_in_de_onderwijsroute_vraagt_een_gemist_onderdeel_een_reden(besluitleven: Besluitleven) -> None:
    besluitleven.tot_pip(leerroute="onderwijs", reden="De toets zei B1; een diploma van het hbo.")
    with pytest.raises(RedenNodig, match="vóór het eerste PIP"):
        gemist(besluitleven, "pvt", "bijeenkomst", date(2026, 2, 24))
    with pytest.raises(RedenNodig, match="geen MAP"):
        gemist(besluitleven, "map", "praktijk", date(2026, 6, 3))
    assert signalen(besluitleven) == []
