"""Elke stapstatus tegen elke toestand van haar run: wat de ronde doet staat hier, paar voor paar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from domein.begrippen import Stapsoort, Stapstatus
from domein.regels.ronde import (
    HORIZON,
    MAX_POGINGEN,
    STROMEN,
    TE_LANG_IN_WACHTRIJ,
    TE_LANG_LOPEND,
    Daad,
    Gezien,
    Loop,
    bepaal,
    wachttijd,
)

VANDAAG = date(2026, 3, 2)
NU = datetime(2026, 11, 23, 12, tzinfo=UTC)  # echte tijd: loopt niet gelijk met onze klok
DAG = timedelta(days=1)

G, O, K, S, V = Stapstatus  # noqa: E741 - de beginletters van de statussen
AAN_DE_BEURT = {
    (G, Loop.GEEN): Daad.MAAK, (G, Loop.GEPLAND): Daad.NIETS, (G, Loop.IN_WACHTRIJ): Daad.NIETS,
    (G, Loop.LOOPT): Daad.NIETS, (G, Loop.WACHT): Daad.NIETS, (G, Loop.KLAAR): Daad.HERSTEL,
    (G, Loop.MISLUKT): Daad.HERSTEL, (G, Loop.GECRASHT): Daad.HERSTEL, (G, Loop.GEANNULEERD): Daad.VRAAG,
    (O, Loop.GEEN): Daad.HERBOUW, (O, Loop.GEPLAND): Daad.NIETS, (O, Loop.IN_WACHTRIJ): Daad.NIETS,
    (O, Loop.LOOPT): Daad.NIETS, (O, Loop.WACHT): Daad.NIETS, (O, Loop.KLAAR): Daad.HERBOUW,
    (O, Loop.MISLUKT): Daad.HERSTEL, (O, Loop.GECRASHT): Daad.HERSTEL, (O, Loop.GEANNULEERD): Daad.VRAAG,
    (K, Loop.GEEN): Daad.NIETS, (K, Loop.GEPLAND): Daad.NIETS, (K, Loop.IN_WACHTRIJ): Daad.NIETS,
    (K, Loop.LOOPT): Daad.NIETS, (K, Loop.WACHT): Daad.WEK, (K, Loop.KLAAR): Daad.NIETS,
    (K, Loop.MISLUKT): Daad.HERSTEL, (K, Loop.GECRASHT): Daad.HERSTEL, (K, Loop.GEANNULEERD): Daad.NIETS,
}  # fmt: skip
AFGEVALLEN = {Loop.GEPLAND: Daad.BEEINDIG, Loop.IN_WACHTRIJ: Daad.BEEINDIG, Loop.WACHT: Daad.BEEINDIG}


def gezien(status: Stapstatus, loop: Loop, **anders: object) -> Gezien:
    """Een stap die vandaag begint, met een run die net zo staat."""
    basis = Gezien(
        status=status, start=VANDAAG, generatie=1, run_generatie=1, poging=1, loop=loop, gepland_voor=VANDAAG,
        sinds=NU - timedelta(seconds=5), loopt_om=NU if loop is Loop.GEPLAND else None,
    )  # fmt: skip
    return replace(basis, **anders)


@pytest.mark.parametrize(("status", "loop"), list(product(Stapstatus, Loop)))
def test_elk_paar_heeft_zijn_daad(status: Stapstatus, loop: Loop) -> None:
    verwacht = AFGEVALLEN.get(loop, Daad.NIETS) if status in (S, V) else AAN_DE_BEURT[status, loop]
    assert bepaal(gezien(status, loop), VANDAAG, NU) is verwacht


def test_elke_stapsoort_heeft_een_stroom() -> None:
    assert set(STROMEN) == set(Stapsoort)


@pytest.mark.parametrize(
    ("start", "daad"),
    [
        pytest.param(VANDAAG - DAG, Daad.MAAK, id="te-laat"),
        pytest.param(VANDAAG + HORIZON, Daad.MAAK, id="laatste-dag-van-de-horizon"),
        pytest.param(VANDAAG + HORIZON + DAG, Daad.NIETS, id="erna"),
    ],
)
def test_een_run_komt_er_zodra_de_stap_binnen_de_horizon_valt(start: date, daad: Daad) -> None:
    assert bepaal(gezien(G, Loop.GEEN, start=start), VANDAAG, NU) is daad


def test_een_stap_die_aan_de_beurt_komt_hoeft_niet_op_haar_oude_tijdstip_te_wachten() -> None:
    later = gezien(G, Loop.GEPLAND, loopt_om=NU + 3 * DAG)
    assert bepaal(later, VANDAAG, NU) is Daad.WEK


def test_een_verschoven_stap_neemt_haar_run_mee() -> None:
    morgen = VANDAAG + DAG
    staat = gezien(G, Loop.GEPLAND, start=morgen, gepland_voor=VANDAAG + 5 * DAG, loopt_om=NU + 5 * DAG)
    assert bepaal(staat, VANDAAG, NU) is Daad.VERZET
    assert bepaal(replace(staat, gepland_voor=morgen), VANDAAG, NU) is Daad.NIETS


def test_bij_een_stille_klok_loopt_een_run_niet_voor_haar_dag() -> None:
    # De echte tijd haalde het tijdstip in, onze klok staat nog stil.
    ingehaald = gezien(
        G, Loop.GEPLAND, start=VANDAAG + DAG, gepland_voor=VANDAAG + DAG, loopt_om=NU + timedelta(minutes=1)
    )
    assert bepaal(ingehaald, VANDAAG, NU) is Daad.VERZET


def test_een_gesloten_kantoor_wordt_elke_dag_een_keer_opnieuw_geprobeerd() -> None:
    dicht = gezien(G, Loop.WACHT, start=VANDAAG - DAG, gepland_voor=VANDAAG - DAG)
    assert bepaal(dicht, VANDAAG, NU) is Daad.WEK
    assert bepaal(replace(dicht, gepland_voor=VANDAAG), VANDAAG, NU) is Daad.NIETS


@pytest.mark.parametrize("status", [G, O, K])
@pytest.mark.parametrize(("loop", "grens"), [(Loop.IN_WACHTRIJ, TE_LANG_IN_WACHTRIJ), (Loop.LOOPT, TE_LANG_LOPEND)])
def test_een_run_zonder_proces_wordt_hersteld(status: Stapstatus, loop: Loop, grens: timedelta) -> None:
    assert bepaal(gezien(status, loop, sinds=NU - grens), VANDAAG, NU) is Daad.HERSTEL
    nog_net = gezien(status, loop, sinds=NU - grens + timedelta(seconds=1))
    assert bepaal(nog_net, VANDAAG, NU) is Daad.NIETS


@pytest.mark.parametrize("status", [G, O, K])
def test_na_een_fout_wacht_de_ronde_steeds_langer_en_vraagt_dan_een_mens(status: Stapstatus) -> None:
    for poging in range(1, MAX_POGINGEN):
        net_te_vroeg = NU - wachttijd(poging) + timedelta(milliseconds=1)
        kapot = gezien(status, Loop.GECRASHT, poging=poging, sinds=net_te_vroeg)
        assert bepaal(kapot, VANDAAG, NU) is Daad.NIETS
        assert bepaal(replace(kapot, sinds=NU - wachttijd(poging)), VANDAAG, NU) is Daad.HERSTEL
    op = gezien(status, Loop.GECRASHT, poging=MAX_POGINGEN, sinds=NU - DAG)
    assert bepaal(op, VANDAAG, NU) is Daad.VRAAG


@pytest.mark.parametrize("loop", [Loop.KLAAR, Loop.MISLUKT, Loop.GECRASHT, Loop.GEANNULEERD])
def test_een_heropende_stap_krijgt_een_nieuwe_run(loop: Loop) -> None:
    assert bepaal(gezien(G, loop, generatie=2), VANDAAG, NU) is Daad.MAAK
    assert bepaal(gezien(O, loop, generatie=2), VANDAAG, NU) is Daad.HERBOUW


def test_een_verzette_open_stap_houdt_haar_run() -> None:
    assert bepaal(gezien(O, Loop.WACHT, generatie=2), VANDAAG, NU) is Daad.NIETS


@pytest.mark.parametrize(("status", "loop"), list(product(Stapstatus, Loop)))
def test_de_ronde_komt_tot_rust(status: Stapstatus, loop: Loop) -> None:
    """Na hooguit drie daden is er niets meer te doen: geen paar wiebelt heen en weer."""
    huidig = gezien(status, loop)
    for _ in range(3):
        daad = bepaal(huidig, VANDAAG, NU)
        if daad in (Daad.NIETS, Daad.VRAAG):
            return
        huidig = _na(huidig, daad)
    pytest.fail(f"{status}/{loop} komt niet tot rust")


def _na(g: Gezien, daad: Daad) -> Gezien:
    """Wat er dan staat, als de worker nog niets heeft gedaan."""
    match daad:
        case Daad.MAAK | Daad.WEK | Daad.VERZET:
            return replace(g, loop=Loop.GEPLAND, loopt_om=NU, run_generatie=g.generatie, gepland_voor=g.start)
        case Daad.HERSTEL:
            return replace(g, loop=Loop.GEPLAND, loopt_om=NU, poging=g.poging + 1)
        case Daad.HERBOUW:
            return replace(g, loop=Loop.WACHT, run_generatie=g.generatie)
        case _:
            return replace(g, loop=Loop.GEANNULEERD)


@pytest.mark.parametrize("loop", [Loop.MISLUKT, Loop.GECRASHT, Loop.GEANNULEERD, Loop.WACHT])
@pytest.mark.parametrize("status", [G, O, K])
def test_na_een_vraag_om_opnieuw_loopt_dezelfde_run_weer_ook_na_te_veel_pogingen(
    status: Stapstatus, loop: Loop
) -> None:
    gevraagd = gezien(status, loop, poging=MAX_POGINGEN, opnieuw=True)
    assert bepaal(gevraagd, VANDAAG, NU) is Daad.HERSTEL


@pytest.mark.parametrize("loop", [Loop.GEEN, Loop.GEPLAND, Loop.IN_WACHTRIJ, Loop.LOOPT])
def test_opnieuw_stoort_geen_run_die_loopt_of_op_haar_dag_wacht(loop: Loop) -> None:
    for status in (G, O, K):
        zonder = gezien(status, loop)
        assert bepaal(replace(zonder, opnieuw=True), VANDAAG, NU) is bepaal(zonder, VANDAAG, NU)


def test_opnieuw_verandert_niets_aan_een_klare_run_van_een_klare_stap_of_een_stap_die_afviel() -> None:
    assert bepaal(gezien(K, Loop.KLAAR, opnieuw=True), VANDAAG, NU) is Daad.NIETS
    assert bepaal(gezien(V, Loop.GEANNULEERD, opnieuw=True), VANDAAG, NU) is Daad.NIETS
