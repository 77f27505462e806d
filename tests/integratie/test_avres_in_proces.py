"""Alle personen van de voorbeeldregio lopen in één proces door hun leven, naast de met de hand gemaakte verwachting."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.database import maak_engine
from adapters.kluis import Kluis
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from beheer.demo.in_proces import StaatStil, Verloop, loop_en_vergelijk
from beheer.demo.vergelijken import Verschil
from beheer.demo.vullen import OPS, VOORBEELD, Voorbeeld, lees_voorbeeld
from domein.begrippen import Doelgroep, Dossierstatus, Eindegrond, Stapstatus
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.invarianten import controleer
from domein.handelingen.inzien import dossier_lijst
from domein.handelingen.koppelen import koppel
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, ZetKlok

ALLEMAAL = 66
GEWIST = "DUO-2026-0060"
# Waar een stap openging en niemand meer antwoordde: het traject eindigde terwijl zij liep.
ONBEANTWOORD = {
    "DUO-2026-0005": {"pvt/1", "cursus/eigen/1"},
    "DUO-2026-0006": {"map/1"},
    "DUO-2026-0013": {"map/1"},
    "DUO-2026-0015": {"duo/pvt/1"},  # overleden: er gaat niets meer naar DUO
    "DUO-2026-0016": {"pip/vaststellen/1"},
    "DUO-2026-0026": {"map/1"},
    "DUO-2026-0032": {"pip/vaststellen/1"},
    "DUO-2026-0033": {"map/1"},
    "DUO-2026-0038": {"pvt/1"},
    "DUO-2026-0044": {"map/1"},
    "DUO-2026-0050": {"map/1"},
    "DUO-2026-0051": {"map/1"},
    "DUO-2026-0052": {"map/1"},
    "DUO-2026-0054": {"map/1"},
    "DUO-2026-0055": {"map/1"},
    "DUO-2026-0056": {"map/1"},
    "DUO-2026-0071": {"pvt/1", "cursus/eigen/1"},
    "DUO-2026-0072": {"pvt/1"},
    "DUO-2026-0073": {"pvt/1"},
    "DUO-2026-0074": {"pvt/1", "maatregel/besluit/1"},  # niemand besloot: het mandaat omvatte geen maatregel
}
# De besluiten die met een concept en een handtekening zijn genomen.
GETEKEND = {
    "DUO-2026-0071": ("pip", "beslissing_op_bezwaar", "pip"),
    "DUO-2026-0072": ("maatregel",),
    "DUO-2026-0073": ("maatregel",),
}
MaakOmgeving = Callable[[], tuple[Omgeving, ZetKlok]]


@dataclass
class Wandeling:
    """Een hele doorloop met alles wat de tests ervan willen weten."""

    omgeving: Omgeving
    klok: ZetKlok
    voorbeeld: Voorbeeld
    verloop: Verloop
    verschillen: list[Verschil]


@pytest.fixture(scope="module")
def maak_omgeving(sqlite_sjabloon: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MaakOmgeving]:
    def maak() -> tuple[Omgeving, ZetKlok]:
        hier = tmp_path_factory.mktemp("avres")
        shutil.copyfile(sqlite_sjabloon, hier / "regie.db")
        klok = ZetKlok(datetime(2026, 1, 1, 8, tzinfo=UTC))
        bos = Sleutelbos(maak_engine(f"sqlite:///{hier / 'sleutels.db'}", wis_veilig=True), HOOFDSLEUTEL)
        magazijn = SqlMagazijn(maak_engine(f"sqlite:///{hier / 'regie.db'}"), Kluis(INDEXSLEUTEL), bos, klok)
        links = GetekendeLinks("geheim-van-deze-test", "http://testserver", klok)
        omgeving = Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links)
        magazijnen.append(magazijn)
        return omgeving, klok

    magazijnen: list[SqlMagazijn] = []
    yield maak
    for magazijn in magazijnen:
        magazijn.sluit()


def wandel(maak: MaakOmgeving, map_: Path = VOORBEELD, *, alleen: str | None = None, sprong: int = 0) -> Wandeling:
    omgeving, klok = maak()
    voorbeeld = lees_voorbeeld(omgeving, map_=map_)
    if alleen is not None:
        voorbeeld.alleen(alleen)

    def zet(dag: date) -> None:
        klok.moment = datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)

    verloop, verschillen = loop_en_vergelijk(omgeving, voorbeeld, zet, sprong=sprong)
    return Wandeling(omgeving, klok, voorbeeld, verloop, verschillen)


@pytest.fixture(scope="module")
def dag_voor_dag(maak_omgeving: MaakOmgeving) -> Wandeling:
    return wandel(maak_omgeving)


def test_alle_personen_lopen_zoals_de_wet_het_zegt(dag_voor_dag: Wandeling) -> None:
    assert dag_voor_dag.verschillen == []
    assert len(dag_voor_dag.verloop.dossiers) == ALLEMAAL
    with dag_voor_dag.omgeving.magazijn.ruimte() as ruimte:
        assert Counter(d.status for d in ruimte.dossiers()) == {Dossierstatus.BEEINDIGD: ALLEMAAL}
        stappen = ruimte.stappen_waar()
    assert {s.status for s in stappen} == {Stapstatus.KLAAR, Stapstatus.VERVALLEN}
    klaar = [s for s in stappen if s.status is Stapstatus.KLAAR]
    # Een handtekening sluit haar stap zonder antwoord op een formulier.
    getekend = sum(len(besluiten) for besluiten in GETEKEND.values())
    assert sum(s.geopend_op is not None for s in klaar) == dag_voor_dag.verloop.antwoorden + getekend
    # DUO besliste binnen de acht weken, en het verblijf was er binnen een jaar weer: niemand hoefde iets te vragen.
    vanzelf = {"registratie/duo-besluit/1", "registratie/verblijfsgat/1"}
    assert {s.kenmerk for s in klaar if s.geopend_op is None} == vanzelf


def test_elke_stap_die_openging_kreeg_een_antwoord_behalve_waar_het_verhaal_ophield(dag_voor_dag: Wandeling) -> None:
    kenmerken = {dossier_id: kenmerk for kenmerk, dossier_id in dag_voor_dag.verloop.dossiers.items()}
    uit: dict[str, set[str]] = {}
    with dag_voor_dag.omgeving.magazijn.ruimte() as ruimte:
        for stap in ruimte.stappen_waar(statussen=[Stapstatus.VERVALLEN]):
            if stap.geopend_op is not None:
                uit.setdefault(kenmerken[stap.dossier_id], set()).add(stap.kenmerk)
    assert uit == ONBEANTWOORD


def test_aan_het_einde_gelden_alle_invarianten(dag_voor_dag: Wandeling) -> None:
    assert {naam: wat for naam, wat in controleer(dag_voor_dag.omgeving).items() if wat} == {}


def test_het_voorbeeld_bevat_de_levens_die_het_moet_bevatten(dag_voor_dag: Wandeling) -> None:
    """Alle routes, alle doelgroepen, elk einde, en van elk bijzonder verloop minstens één."""
    verwacht = dag_voor_dag.voorbeeld.verwacht.values()
    assert {r["leerroute"] for r in verwacht} >= {"b1", "onderwijs", "z"}
    assert {r["einde"] for r in verwacht} == set(Eindegrond)
    assert {r.doelgroep for r in dag_voor_dag.voorbeeld.rijen.values()} == set(Doelgroep)
    assert {r["pip_op_tijd"] for r in verwacht} >= {"ja", "nee"}
    assert any("duo/geen-aanbod/1" in r["duo_meldingen"] for r in verwacht)
    assert any(r["oproepen"] == "3" for r in verwacht)
    besluiten = " ".join(r["besluiten"] or "" for r in verwacht)
    for wat in ("bezwaar:gegrond:herroepen", "maatregel:niet-opgelegd", "maatregel:opgelegd:25", "maatregel:gestaakt"):
        assert wat in besluiten


def test_met_dertien_dagen_tegelijk_is_het_einde_hetzelfde(
    maak_omgeving: MaakOmgeving, dag_voor_dag: Wandeling
) -> None:
    """De snelle demo springt; wie later antwoordt, mag daar geen ander leven van krijgen."""
    sprong = wandel(maak_omgeving, sprong=13)
    assert sprong.verschillen == []
    assert sprong.verloop.dagen < dag_voor_dag.verloop.dagen
    assert _feiten(sprong) == _feiten(dag_voor_dag)


def _feiten(wandeling: Wandeling) -> dict[str, Counter[tuple[str, date]]]:
    uit: dict[str, Counter[tuple[str, date]]] = {}
    with wandeling.omgeving.magazijn.ruimte() as ruimte:
        for kenmerk, dossier_id in wandeling.verloop.dossiers.items():
            if kenmerk == GEWIST:
                with pytest.raises(PersoonGewist):
                    ruimte.gebeurtenissen(dossier_id)
                continue
            # Wat het systeem zelf besluit, geldt vanaf de dag waarop het dat doet; een sprong maakt die dag later.
            uit[kenmerk] = Counter(
                (g.soort, g.geldig_op) for g in ruimte.gebeurtenissen(dossier_id) if g.actor.code != SYSTEEM.code
            )
    return uit


def test_hetzelfde_bestand_nog_eens_registreren_verandert_niets(dag_voor_dag: Wandeling) -> None:
    omgeving = dag_voor_dag.omgeving
    voorbeeld = lees_voorbeeld(omgeving)  # de rijen zoals zij in de bestanden staan
    voor = _foto(omgeving)
    verslag = koppel(omgeving, list(voorbeeld.koppelingen.values()), OPS)
    verslag += registreer(omgeving, list(voorbeeld.rijen.values()), OPS)
    assert Counter(v.uitkomst for v in verslag) == {"ongewijzigd": ALLEMAAL + len(voorbeeld.koppelingen)}
    assert _foto(omgeving) == voor


def _foto(omgeving: Omgeving) -> list[Any]:
    with omgeving.magazijn.ruimte() as ruimte:
        return [
            dossier_lijst(omgeving),
            [(d.laatste_volgnummer, d.keten_hoofd) for d in ruimte.dossiers()],
            [s.model_dump() for s in ruimte.stappen_waar()],
            len(ruimte.berichten()),
            [ruimte.persoon(d.id) for d in ruimte.dossiers()],
        ]


def gewijzigd(tmp_path: Path, kenmerk: str, **anders: str) -> Path:
    """Een kopie van het voorbeeld waarin één rij van kennisgevingen.csv anders is."""
    map_ = tmp_path / "voorbeeld"
    shutil.copytree(VOORBEELD, map_)
    bestand = map_ / "kennisgevingen.csv"
    with bestand.open(encoding="utf-8-sig", newline="") as invoer:
        lezer = csv.DictReader(invoer)
        rijen, kolommen = list(lezer), list(lezer.fieldnames or [])
    (rij,) = [r for r in rijen if r["kenmerk"] == kenmerk]
    assert all(rij[kolom] != waarde for kolom, waarde in anders.items())
    rij.update(anders)
    with bestand.open("w", encoding="utf-8", newline="") as uitvoer:
        schrijver = csv.DictWriter(uitvoer, kolommen)
        schrijver.writeheader()
        schrijver.writerows(rijen)
    return map_


def test_ongewijzigd_geeft_een_persoon_alleen_geen_verschil(maak_omgeving: MaakOmgeving) -> None:
    assert wandel(maak_omgeving, alleen="DUO-2026-0003").verschillen == []


@pytest.mark.parametrize(
    ("kenmerk", "anders", "kolommen"),
    [
        pytest.param("DUO-2026-0001", {"kennisgeving_op": "2025-12-29"}, {"wettelijke_pip_datum"}, id="eerder-gemeld"),
        pytest.param(
            "DUO-2026-0007", {"kennisgeving_op": "2026-01-05"}, {"wettelijke_pip_datum", "pip_op_tijd"}, id="nu-te-laat"
        ),
        pytest.param(
            "DUO-2026-0002", {"brp_inschrijving": "2026-01-14"}, {"wettelijke_pip_datum"}, id="later-in-de-brp"
        ),
    ],
)
def test_een_andere_rij_geeft_een_verschil_dat_de_persoon_noemt(
    maak_omgeving: MaakOmgeving, tmp_path: Path, kenmerk: str, anders: dict[str, str], kolommen: set[str]
) -> None:
    verschillen = wandel(maak_omgeving, gewijzigd(tmp_path, kenmerk, **anders), alleen=kenmerk).verschillen
    assert {v.kenmerk for v in verschillen} == {kenmerk}
    assert {v.kolom for v in verschillen} == kolommen
    assert all(v.verwacht != v.werkelijk for v in verschillen)


def test_een_andere_doelgroep_loopt_vast_en_noemt_de_persoon(maak_omgeving: MaakOmgeving, tmp_path: Path) -> None:
    """Een gezinsmigrant heeft geen recht op maatschappelijke begeleiding (art. 13 Wi): dat antwoord past nergens."""
    map_ = gewijzigd(tmp_path, "DUO-2026-0001", doelgroep="gezinsmigrant", ontzorgen="nee")
    with pytest.raises(StaatStil, match="DUO-2026-0001 wacht op begeleiding/start/1"):
        wandel(maak_omgeving, map_, alleen="DUO-2026-0001")
