"""Het dagelijkse bericht aan het beheer: stil als alles goed is, en anders één mail met per punt een uitweg."""

from dataclasses import dataclass, field
from datetime import date

import pytest

import tasks.beheer as taken
from adapters import dagbeheer
from adapters.dagbeheer import doe_dagbeheer
from adapters.omgeving import instellingen
from domein.handelingen import beheerbericht
from domein.handelingen.dagoverzicht import maak_dagoverzicht
from domein.handelingen.lekken import zoek_lekken
from domein.handelingen.onderzoek_bedrijf import steekproef
from tests.integratie.beheer_hulp import Regie

DAG = date(2026, 3, 31)


def laat(regie: Regie) -> list[str]:
    refs = regie.vul()
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    regie.open_stappen()
    regie.zet_klok("2026-03-31T08:00:00+00:00")
    return refs


def aan_het_beheer(regie: Regie):
    with regie.magazijn.ruimte() as ruimte:
        return [b for b in ruimte.berichten() if b.soort == "beheerbericht"]


def test_is_alles_goed_dan_komt_er_niets_en_die_dag_ook_niet_meer(op_database: Regie) -> None:
    op_database.vul()
    op_database.instelling(beheer_mail="beheer@regio.example")
    dag = date(2026, 1, 12)
    assert doe_dagbeheer(op_database.omgeving, instellingen(), dag) is None
    assert aan_het_beheer(op_database) == []
    op_database("post", "pauzeer", "--door", "m-bhr", "--reden", "Storing bij de mailserver.")
    assert doe_dagbeheer(op_database.omgeving, instellingen(), dag) is None


def test_wat_niet_werkt_komt_een_keer_per_dag_met_een_uitweg(
    op_database: Regie, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = laat(op_database)
    op_database.instelling(beheer_mail="beheer@regio.example")
    bericht = doe_dagbeheer(op_database.omgeving, instellingen(), DAG)
    assert bericht is not None
    monkeypatch.setattr(dagbeheer, "_van_hier", lambda *_: pytest.fail("een gedane dag kijkt nergens meer naar"))
    assert doe_dagbeheer(op_database.omgeving, instellingen(), DAG) is None
    assert [b.adres for b in aan_het_beheer(op_database)] == ["beheer@regio.example"]
    assert "hadden al open moeten zijn" in bericht.tekst
    assert "./regie start" in bericht.tekst
    assert "open stappen zijn te laat" not in bericht.tekst  # dat is van de uitvoering
    assert "mails wachten langer dan een uur" in bericht.tekst
    assert zoek_lekken(op_database.omgeving, [("mail", bericht.tekst + bericht.onderwerp + (bericht.html or ""))]) == []
    assert len(refs) == 3


def test_zonder_adres_en_voor_een_dag_die_voorbij_is_gebeurt_er_niets(regie: Regie) -> None:
    laat(regie)
    assert doe_dagbeheer(regie.omgeving, instellingen(), DAG) is None
    regie.instelling(beheer_mail="beheer@regio.example")
    assert doe_dagbeheer(regie.omgeving, instellingen(), date(2026, 3, 30)) is None
    assert aan_het_beheer(regie) == []


def test_een_onderzoek_dat_struikelt_houdt_de_andere_niet_tegen(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    laat(regie)

    def stuk(_omgeving: object) -> list:
        raise RuntimeError("Jansen, 999990019")

    monkeypatch.setattr(beheerbericht, "DAGELIJKS", (("iets", stuk), *beheerbericht.DAGELIJKS))
    regie.instelling(beheer_mail="beheer@regio.example")
    bericht = doe_dagbeheer(regie.omgeving, instellingen(), DAG)
    assert bericht is not None
    assert "Het onderzoek naar iets mislukte (RuntimeError)" in bericht.tekst
    assert "Jansen" not in bericht.tekst
    assert "mails wachten langer dan een uur" in bericht.tekst


def test_de_steekproef_vindt_een_gewijzigde_keten_en_neemt_elke_dag_andere(regie: Regie) -> None:
    regie.vul(3)
    assert steekproef(regie.omgeving) == []
    from sqlalchemy import text

    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE gebeurtenis SET actor = 'iemand-anders'"))
    assert "keten" in steekproef(regie.omgeving)[0].melding
    gekozen = set()
    for dag in range(1, 29):
        regie.zet_klok(f"2026-02-{dag:02}T08:00:00+00:00")
        gekozen.add(steekproef(regie.omgeving, 1)[0].melding)
    assert len(gekozen) == 3


def test_het_dagoverzicht_telt_en_noemt_het_oudste_zonder_iets_van_een_persoon(op_database: Regie) -> None:
    refs = laat(op_database)
    overzicht = maak_dagoverzicht(op_database.omgeving, DAG)
    stappen = [s for s in op_database.json("stap", "lijst") if s["status"] == "open"]
    te_laat = [s for s in stappen if (s["uiterst"] or s["streef"]) < "2026-03-31"]
    assert (overzicht.lopend, overzicht.open, overzicht.te_laat) == (3, len(stappen), len(te_laat))
    assert overzicht.oudste.split(":")[0] in refs
    tekst = overzicht.als_markdown("https://regie.example")
    assert f"Het langst te laat: `{overzicht.oudste}`" in tekst
    assert tekst.rstrip().endswith("[Naar het portaal](https://regie.example)")
    assert zoek_lekken(op_database.omgeving, [("artefact", tekst)]) == []


@dataclass
class Artefacten:
    """Neemt de plaats in van Prefect: onthoudt wat er op het bord zou komen."""

    gemaakt: list[tuple[str, str, str]] = field(default_factory=list)

    async def __call__(self, markdown: str, key: str, description: str) -> None:
        self.gemaakt.append((key, markdown, description))


async def test_het_bord_krijgt_een_dagoverzicht_per_dag_en_niet_voor_een_dag_die_voorbij_is(
    regie: Regie, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = laat(regie)
    bord = Artefacten()
    monkeypatch.setattr(taken, "acreate_markdown_artifact", bord)
    await taken.maak_overzicht.fn(date(2026, 3, 30))
    assert bord.gemaakt == []
    await taken.maak_overzicht.fn(None)
    await taken.maak_overzicht.fn(DAG)
    assert [(sleutel, uitleg) for sleutel, _, uitleg in bord.gemaakt] == [
        ("dagoverzicht", "De aantallen van 2026-03-31")
    ]
    assert any(ref in bord.gemaakt[0][1] for ref in refs)
    regie.zet_klok("2026-04-01T08:00:00+00:00")
    await taken.maak_overzicht.fn(None)
    assert len(bord.gemaakt) == 2
