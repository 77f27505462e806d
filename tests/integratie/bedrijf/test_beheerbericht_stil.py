"""Het bericht aan het beheer gaat over het systeem: een regio met taken die te laat zijn, geeft geen bericht."""

import ast
import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest

from adapters.dagbeheer import doe_dagbeheer
from adapters.omgeving import instellingen
from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.dagwerk import doe_het_dagwerk
from domein.handelingen.kern import in_ruimte
from domein.handelingen.onderzoek import post, te_laat
from domein.handelingen.onderzoek_dag import DAGELIJKS, post_van_vandaag
from domein.handelingen.ronde import ronde
from domein.handelingen.ronde_signalen import RUN_KAPOT
from domein.handelingen.signaaleigenaar import AL_GENOEMD, UITVOERING, is_van_het_beheer
from domein.handelingen.signalen import meld_signaal
from tests.hulp.nepbord import Nepbord
from tests.integratie.beheer_hulp import Regie

DAG = date(2026, 3, 31)
WORTEL = Path(__file__).parents[3]
# Wat het systeem zelf mankeert; een nieuwe soort hoort hier of bij de uitvoering.
VAN_HET_BEHEER = {
    "run_kapot", "run_geannuleerd", "run_niet_bij", "werk_staat_stil", "sjabloon_fout", "herinnering_mislukt",
    "geen_regio",
}  # fmt: skip


@pytest.fixture
def te_late_regio(regie: Regie, tmp_path: Path) -> Regie:
    """Alles loopt, alle mail is weg, en bijna elke taak is weken te laat."""
    regie.vul()
    regie.zet_klok("2026-01-20T08:00:00+00:00")
    bord = Nepbord(tmp_path / "bord.db")
    for _ in range(6):
        asyncio.run(ronde(regie.omgeving, bord, tegelijk=100))
        bord.werk(regie.omgeving)
    regie.zet_klok("2026-03-31T08:00:00+00:00")
    for _ in range(6):
        asyncio.run(ronde(regie.omgeving, bord, tegelijk=100))
        bord.werk(regie.omgeving)
    bord.sluit()
    doe_het_dagwerk(regie.omgeving, DAG)
    alles_weg(regie)
    regie.instelling(beheer_mail="beheer@regio.example")
    return regie


def alles_weg(regie: Regie) -> None:
    with regie.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
            bericht.status, bericht.aanvaard_op, bericht.pogingen = (
                Berichtstatus.AANVAARD, regie.omgeving.klok.nu(), 1,
            )  # fmt: skip
            ruimte.bewaar(bericht)


def open_stap(regie: Regie) -> UUID:
    with regie.magazijn.ruimte() as ruimte:
        return ruimte.stappen_waar(statussen=[Stapstatus.OPEN])[0].id


def signaal(regie: Regie, soort: str) -> None:
    stap_id = open_stap(regie)
    in_ruimte(
        regie.omgeving,
        lambda r: meld_signaal(r, regie.omgeving, soort, "fout", f"Proef met {soort}.", r.stap(stap_id)),
    )


def test_een_regio_met_taken_die_te_laat_zijn_krijgt_geen_bericht(te_late_regio: Regie) -> None:
    regie = te_late_regio
    assert te_laat(regie.omgeving), "de dokter en het bord zien het wel"
    for soort in UITVOERING:
        signaal(regie, soort)
    assert [b.melding for _, onderzoek in DAGELIJKS for b in onderzoek(regie.omgeving)] == []
    assert doe_dagbeheer(regie.omgeving, instellingen(), DAG) is None


def test_een_run_die_kapot_is_komt_er_wel_in_en_te_late_taken_niet(te_late_regio: Regie) -> None:
    regie = te_late_regio
    signaal(regie, "geen_uitvoerder")
    signaal(regie, RUN_KAPOT)
    bericht = doe_dagbeheer(regie.omgeving, instellingen(), DAG)
    assert bericht is not None
    assert "Proef met run_kapot." in bericht.tekst
    assert "geen_uitvoerder" not in bericht.tekst
    assert "open stappen zijn te laat" not in bericht.tekst
    assert "Taken die te laat zijn, staan hier niet" in bericht.tekst


def test_een_onbestelbare_mail_is_een_dag_nieuws_en_een_onzekere_tot_iemand_beslist(te_late_regio: Regie) -> None:
    regie = te_late_regio
    with regie.magazijn.ruimte() as ruimte:
        een, ander = ruimte.berichten(statussen=[Berichtstatus.AANVAARD])[:2]
        een.status, een.laatste_poging_op = Berichtstatus.ONBESTELBAAR, regie.omgeving.klok.nu()
        ander.status = Berichtstatus.ONZEKER
        ruimte.bewaar(een, ander)
    assert {b.soort for b in post_van_vandaag(regie.omgeving)} == {"post_onbestelbaar", "post_onzeker"}
    regie.zet_klok("2026-04-01T08:00:01+00:00")
    assert {b.soort for b in post_van_vandaag(regie.omgeving)} == {"post_onzeker"}
    assert {b.soort for b in post(regie.omgeving)} == {"post_onbestelbaar", "post_onzeker"}


def test_mail_die_haar_dag_afwacht_blijft_niet_liggen_en_mail_die_niet_weg_wil_wel(te_late_regio: Regie) -> None:
    regie = te_late_regio
    nu = regie.omgeving.klok.nu()
    with regie.magazijn.ruimte() as ruimte:
        (een,) = ruimte.berichten(statussen=[Berichtstatus.AANVAARD])[:1]
        een.status, een.pogingen, een.volgende_poging = Berichtstatus.WACHTEND, 0, nu + timedelta(days=1)
        een.aangemaakt_op = nu - timedelta(days=2)
        ruimte.bewaar(een)
    assert post_van_vandaag(regie.omgeving) == []
    with regie.magazijn.ruimte() as ruimte:
        (een,) = ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
        een.status, een.pogingen = Berichtstatus.UITGESTELD, 3
        ruimte.bewaar(een)
    assert [b.soort for b in post_van_vandaag(regie.omgeving)] == ["post_wacht"]


def test_een_herinnering_die_weer_lukt_is_geen_signaal_meer(te_late_regio: Regie) -> None:
    regie = te_late_regio
    signaal(regie, "herinnering_mislukt")
    regie.zet_klok("2026-04-01T08:00:00+00:00")
    doe_het_dagwerk(regie.omgeving, date(2026, 4, 1))
    with regie.magazijn.ruimte() as ruimte:
        assert "herinnering_mislukt" not in {s.soort for s in ruimte.signalen()}


def test_van_elke_soort_signaal_staat_vast_van_wie_zij_is() -> None:
    gevonden = set(_soorten_in_de_code())
    assert {"run_kapot", "geen_uitvoerder", "swi_levering"} <= gevonden
    assert {soort for soort in gevonden if is_van_het_beheer(soort)} <= VAN_HET_BEHEER
    assert VAN_HET_BEHEER.isdisjoint(UITVOERING | AL_GENOEMD)


def _soorten_in_de_code() -> Iterator[str]:
    """De soort in elke aanroep van `meld_signaal` die als woord of als naam van een constante is geschreven."""
    for bestand in sorted((WORTEL / "domein" / "handelingen").glob("*.py")):
        for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
            if not (isinstance(knoop, ast.Call) and getattr(knoop.func, "id", "") == "meld_signaal"):
                continue
            soort = knoop.args[2]
            if isinstance(soort, ast.Constant):
                yield str(soort.value)
            elif isinstance(soort, ast.Name) and soort.id.isupper():
                yield getattr(import_module(f"domein.handelingen.{bestand.stem}"), soort.id)
