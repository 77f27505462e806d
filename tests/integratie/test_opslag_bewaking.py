"""The outbox, leases, alerts, daily work and region versions on both engines."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from domein.begrippen import Berichtstatus
from domein.fouten import VolgnummerBezet
from domein.model import Regioversie, Signaal

LEASE = timedelta(minutes=15)


def test_twee_verzenders_nemen_samen_alles_en_niets_dubbel(magazijn, bouwer, klok) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(*(bouwer.bericht() for _ in range(400)))
    start = Barrier(2)

    def neem() -> list[str]:
        genomen: list[str] = []
        start.wait(timeout=20)
        while True:
            with magazijn.ruimte() as ruimte:
                nieuw = ruimte.claim_berichten(klok.nu(), klok.nu() + LEASE, 7)
            if not nieuw:
                return genomen
            genomen.extend(bericht.sleutel for bericht in nieuw)

    with ThreadPoolExecutor(2) as werkers:
        taken = [werkers.submit(neem) for _ in range(2)]
        genomen = Counter(sleutel for taak in taken for sleutel in taak.result(timeout=60))
    assert len(genomen) == 400
    assert set(genomen.values()) == {1}


def test_claimen_hoogt_het_lease_nummer_op_en_wist_de_vorige_poging(magazijn, bouwer, klok) -> None:
    eerder = klok.nu() - timedelta(hours=1)
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.bericht(status=Berichtstatus.UITGESTELD, lease_nummer=3, poging_begonnen_op=eerder))
    with magazijn.ruimte() as ruimte:
        (geclaimd,) = ruimte.claim_berichten(klok.nu(), klok.nu() + LEASE, 10)
        bericht = ruimte.bericht(geclaimd.id)
    assert geclaimd.lease_nummer == 4
    assert (bericht.status, bericht.lease_nummer) == (Berichtstatus.BEZIG, 4)
    assert bericht.lease_tot == klok.nu() + LEASE
    assert bericht.poging_begonnen_op is None


@pytest.mark.parametrize(
    ("velden", "te_claimen"),
    [
        pytest.param({"status": Berichtstatus.WACHTEND}, True, id="wachtend"),
        pytest.param({"status": Berichtstatus.UITGESTELD, "volgende_poging": 0}, True, id="uitgesteld-en-aan-de-beurt"),
        pytest.param({"status": Berichtstatus.UITGESTELD, "volgende_poging": 1}, False, id="nog-niet-aan-de-beurt"),
        pytest.param({"status": Berichtstatus.BEZIG, "lease_tot": 1}, False, id="bij-een-ander"),
        pytest.param({"status": Berichtstatus.BEZIG, "lease_tot": 0}, True, id="blijven-liggen"),
        pytest.param(
            {"status": Berichtstatus.BEZIG, "lease_tot": 0, "poging_begonnen_op": -5},
            False,
            id="misschien-al-verzonden",
        ),
        pytest.param({"status": Berichtstatus.AANVAARD}, False, id="aanvaard"),
        pytest.param({"status": Berichtstatus.ONZEKER}, False, id="onzeker"),
        pytest.param({"status": Berichtstatus.ONBESTELBAAR}, False, id="onbestelbaar"),
        pytest.param({"status": Berichtstatus.VERVALLEN}, False, id="vervallen"),
    ],
)
def test_alleen_wat_nu_verzonden_mag_worden_wordt_geclaimd(magazijn, bouwer, klok, velden, te_claimen) -> None:
    rij = {n: klok.nu() + timedelta(minutes=w) if isinstance(w, int) else w for n, w in velden.items()}
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.bericht(**rij))
    with magazijn.ruimte() as ruimte:
        assert bool(ruimte.claim_berichten(klok.nu(), klok.nu() + LEASE, 10)) is te_claimen


def test_een_bericht_heeft_een_unieke_sleutel_en_message_id(magazijn, bouwer) -> None:
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.bericht(sleutel="s", message_id="<m@x>"))
    for dubbel in ({"sleutel": "s"}, {"message_id": "<m@x>"}):
        with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
            ruimte.bewaar(bouwer.bericht(**dubbel))


def test_berichten_zijn_te_zoeken(magazijn, bouwer, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        stap = bouwer.stap(ruimte.dossier(dossier_id))
        ruimte.bewaar(
            bouwer.bericht(sleutel="a", dossier_id=dossier_id, stap_id=stap.id),
            stap,
            bouwer.bericht(sleutel="b"),
        )
    with magazijn.ruimte() as ruimte:
        assert [b.sleutel for b in ruimte.berichten(stap_id=stap.id)] == ["a"]
        assert [b.sleutel for b in ruimte.berichten(dossier_id=dossier_id)] == ["a"]
        assert [b.sleutel for b in ruimte.berichten(statussen=[Berichtstatus.WACHTEND], grens=5)] == [
            "a",
            "b",
        ]
        assert ruimte.berichten(statussen=[Berichtstatus.AANVAARD]) == []
        assert ruimte.bericht_met_sleutel("c") is None


def test_een_lease_heeft_een_houder_tegelijk_en_een_stijgend_nummer(magazijn, klok) -> None:
    nu, minuut = klok.nu(), timedelta(minutes=1)

    def neem(houder: str, moment):
        with magazijn.ruimte() as ruimte:
            return ruimte.neem_lease("ronde", houder, moment, moment + minuut)

    assert neem("een", nu) == 1
    assert neem("twee", nu) is None
    assert neem("een", nu + minuut / 2) == 1  # prolonged
    assert neem("twee", nu + minuut) is None
    assert neem("twee", nu + 2 * minuut) == 2  # expired
    with magazijn.ruimte() as ruimte:
        ruimte.laat_lease_los("ronde", "een")  # not the holder any more
    assert neem("een", nu + 2 * minuut) is None
    with magazijn.ruimte() as ruimte:
        ruimte.laat_lease_los("ronde", "twee")
    assert neem("een", nu + 2 * minuut) == 3


def test_van_twee_opzichters_krijgt_er_een_de_eerste_lease(magazijn, klok) -> None:
    start = Barrier(2)

    def neem(houder: str) -> int | None:
        start.wait(timeout=20)
        with magazijn.ruimte() as ruimte:
            return ruimte.neem_lease("ronde", houder, klok.nu(), klok.nu() + LEASE)

    with ThreadPoolExecutor(2) as werkers:
        nummers = [taak.result(timeout=30) for taak in [werkers.submit(neem, h) for h in ("een", "twee")]]
    assert sorted(nummers, key=str) == [1, None]


def test_dagwerk_gebeurt_een_keer_per_dag(magazijn, klok) -> None:
    dag = date(2026, 1, 5)
    uitslagen = []
    for _ in range(2):
        with magazijn.ruimte() as ruimte:
            uitslagen.append(ruimte.doe_dagwerk("herinneringen", dag, klok.nu()))
    assert uitslagen == [True, False]
    with magazijn.ruimte() as ruimte:
        assert ruimte.dagwerk_gedaan("herinneringen", dag)
        assert not ruimte.dagwerk_gedaan("herinneringen", dag + timedelta(days=1))
        assert ruimte.doe_dagwerk("herinneringen", dag + timedelta(days=1), klok.nu())


@pytest.mark.parametrize("met_dossier", [True, False])
def test_een_signaal_staat_hoogstens_een_keer_open(magazijn, klok, dossier_id, met_dossier: bool) -> None:
    def signaal() -> Signaal:
        bij = dossier_id if met_dossier else None
        return Signaal(soort="te_laat", ernst="fout", dossier_id=bij, melding="Kijk hiernaar.", sinds=klok.nu())

    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(signaal())
    with pytest.raises(VolgnummerBezet), magazijn.ruimte() as ruimte:
        ruimte.bewaar(signaal())
    with magazijn.ruimte() as ruimte:
        (open_,) = ruimte.signalen(dossier_id=dossier_id if met_dossier else None)
        open_.opgelost_op = klok.nu()
        ruimte.bewaar(open_)
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(signaal())
    with magazijn.ruimte() as ruimte:
        assert len(ruimte.signalen()) == 1
        assert len(ruimte.signalen(open_alleen=False)) == 2


def test_op_een_dag_geldt_de_versie_die_toen_inging(magazijn, klok) -> None:
    def versie(naam: str, van: date, nummer: int) -> Regioversie:
        return Regioversie(
            regio="avres", versie=naam, geldig_van=van, inhoud={"naam": naam}, sha256="0" * 64,
            geladen_op=klok.nu(), laadnummer=nummer, door="beheer",
        )  # fmt: skip

    with magazijn.ruimte() as ruimte:  # alle drie op hetzelfde moment van de klok
        ruimte.bewaar(
            versie("1b", date(2025, 1, 1), 3),
            versie("1", date(2025, 1, 1), 1),
            versie("2", date(2026, 7, 1), 2),
        )
    with magazijn.ruimte() as ruimte:
        op = {dag: ruimte.regioversie_op("avres", dag) for dag in (date(2026, 6, 30), date(2026, 7, 1))}
        assert [v.inhoud if v else None for v in op.values()] == [{"naam": "1b"}, {"naam": "2"}]
        assert ruimte.regioversie_op("avres", date(2024, 12, 31)) is None
        assert ruimte.regioversie_op("elders", date(2026, 7, 1)) is None
        assert [v.versie for v in ruimte.regioversies()] == ["1", "1b", "2"]
