"""Een geweigerde handeling van ops zegt waarom, met een eigen code, en waar iemand haar toch kan aanvaarden."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect.utilities.callables import parameter_schema

from adapters.prefect.inrichting import laad_flow, lees_yaml
from adapters.prefect.opsuitleg import UITLEG, onverwacht, uitleg
from beheer import dossier_beheer, stap_ops
from domein.begrippen import Stapsoort
from domein.fouten import OngeldigeGegevens, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import bulk
from domein.handelingen.ops import KAN_BREKEN
from domein.handelingen.opsfouten import AANVAARDEN
from domein.handelingen.opsvormen import Opdracht
from domein.handelingen.uitstellen import nieuwe_dag
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tests.integratie.beheer_hulp import Regie

WIE = ("--reden", "tolk ziek", "--door", "m-reg")
INTAKE, VERZETTEN = Stapsoort.INTAKE, Handeling.VERZETTEN
PIP = "pip/vaststellen/1"
PORTAAL = Path(__file__).parents[2] / "portaal" / "paginas" / "handelen_proef.html"
OPDRACHTEN: dict[Handeling, Callable[..., Any]] = {
    Handeling.VERZETTEN: stap_ops.verzet, Handeling.OVERSLAAN: stap_ops.overslaan,
    Handeling.HEROPENEN: stap_ops.heropen, Handeling.PAUZEREN: dossier_beheer.pauzeer,
    Handeling.HERVATTEN: dossier_beheer.hervat,
}  # fmt: skip
# Waar een handeling van ops haar weigeringen vandaan haalt.
BRONNEN = ("domein.fouten", "domein.handelingen.ops", "domein.handelingen.bulk", "domein.handelingen.bevoegdheid")


def _alle(soort: type[RegieFout] = RegieFout) -> set[type[RegieFout]]:
    return {soort}.union(*(_alle(onder) for onder in soort.__subclasses__()))


# de uitweg bij een gebroken uiterste dag


def test_wie_stappen_beheert_leest_waar_hij_een_gebroken_uiterste_dag_aanvaardt(regie: Regie) -> None:
    wijzer = f"{regie.vul(1)[0]}:{PIP}"
    regie("stap", "verzet", wijzer, "--naar", "2026-03-27", *WIE, code=1)
    assert AANVAARDEN in regie.err
    assert "laat wie stappen beheert" not in regie.err
    bulk_ = regie.json("stap", "verzet", "--kenmerk", PIP, "--naar", "2026-03-27", *WIE, code=1)
    assert AANVAARDEN in bulk_["regels"][0]["uitweg"]
    regie.zet_klok("2026-03-23T08:00:00+00:00")  # de uiterste dag is voorbij
    regie("stap", "verzet", wijzer, "--naar", "2026-03-27", *WIE, code=1)
    assert AANVAARDEN in regie.err


def test_wie_alleen_zijn_eigen_taak_uitstelt_hoort_naar_wie_hij_moet(regie: Regie) -> None:
    regie.vul(1)
    with regie.magazijn.ruimte() as ruimte:
        (stap,) = ruimte.stappen_waar(kenmerk=PIP)
        with pytest.raises(OngeldigeGegevens) as fout:
            nieuwe_dag(stap, date(2026, 3, 27), regie.omgeving.klok.vandaag())
    assert "laat wie stappen beheert" in fout.value.uitweg
    assert "--aanvaard-termijn" not in fout.value.uitweg


def test_wat_een_weigering_noemt_bestaat_bij_elke_deur() -> None:
    assert "Waarom mag een uiterste dag toch breken?" in AANVAARDEN
    assert "Waarom mag een uiterste dag toch breken?" in PORTAAL.read_text(encoding="utf-8")
    assert "--aanvaard-termijn" in AANVAARDEN
    assert "aanvaard_termijn in Prefect" in AANVAARDEN


@pytest.mark.parametrize("handeling", sorted(KAN_BREKEN))
def test_elke_handeling_die_een_uiterste_dag_kan_breken_kan_dat_ook_aanvaarden(handeling: Handeling) -> None:
    assert "aanvaard_termijn" in OPDRACHTEN[handeling].__annotations__
    (knop,) = [d for d in lees_yaml()["deployments"] if d["name"].endswith(f"-{handeling}")]
    schema = parameter_schema(laad_flow(knop["entrypoint"])).model_dump_for_openapi()
    assert "aanvaard_termijn" in schema["properties"]
    assert "aanvaard_termijn" not in schema["required"]


@pytest.mark.parametrize(
    ("opdracht", "extra"), [("pauzeer", ("--grond", "overig")), ("hervat", ())], ids=["pauzeren", "hervatten"]
)
def test_pauzeren_en_hervatten_nemen_de_aanvaarding_aan(regie: Regie, opdracht: str, extra: tuple[str, ...]) -> None:
    ref = regie.vul(1)[0]
    if opdracht == "hervat":
        regie("dossier", "pauzeer", ref, "--grond", "overig", *WIE)
        regie.zet_klok("2026-05-11T08:00:00+00:00")
    uit = regie.json("dossier", opdracht, ref, *extra, *WIE, "--aanvaard-termijn", "overmacht")
    assert uit["uitslag"] == "gedaan"


# een eigen code per oorzaak


@pytest.mark.parametrize(
    ("keuze", "opdracht", "code"),
    [
        pytest.param(Bulkkeuze(stap=INTAKE), Opdracht(VERZETTEN, "druk"), "waarheen_onduidelijk", id="geen-van-beide"),
        pytest.param(
            Bulkkeuze(stap=INTAKE),
            Opdracht(VERZETTEN, "druk", naar=date(2026, 1, 20), werkdagen=1),
            "waarheen_onduidelijk",
            id="allebei",
        ),
        pytest.param(
            Bulkkeuze(stap=INTAKE), Opdracht(VERZETTEN, "druk", werkdagen=0), "waarheen_onduidelijk", id="nul"
        ),
        pytest.param(
            Bulkkeuze(gemeente="GM9999"), Opdracht(VERZETTEN, "druk", werkdagen=1), "niets_gevonden", id="niets"
        ),
        pytest.param(
            Bulkkeuze(dossiers=("D-22222",)), Opdracht(Handeling.HERVATTEN, "druk"), "onbekend_dossier", id="dossier"
        ),
    ],
)
def test_elke_oorzaak_heeft_haar_eigen_code(regie: Regie, keuze: Bulkkeuze, opdracht: Opdracht, code: str) -> None:
    regie.vul(1)
    with pytest.raises(RegieFout) as bekeken:
        bulk.proef(regie.omgeving, keuze, opdracht, Actor("m-reg"))
    with pytest.raises(RegieFout) as gedaan:
        bulk.voer_uit(regie.omgeving, keuze, opdracht, Actor("m-reg"), "B-WEIGER")
    assert (bekeken.value.code, gedaan.value.code) == (code, code)


def test_een_onbekende_medewerker_heet_zo_bij_wie_vraagt_en_bij_wie_het_krijgt(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    verzet = Opdracht(VERZETTEN, "druk", werkdagen=1)
    with pytest.raises(RegieFout) as fout:
        bulk.proef(regie.omgeving, Bulkkeuze(stap=INTAKE), verzet, Actor("m-niemand"))
    assert fout.value.code == "onbekende_medewerker"
    for opdracht in (Handeling.OVERDRAGEN, Handeling.TOEWIJZEN):
        geef = Opdracht(opdracht, "druk", aan="m-niemand")
        with pytest.raises(RegieFout, match="'m-niemand' staat niet in") as geen:  # een keer, niet bij elke stap
            bulk.proef(regie.omgeving, Bulkkeuze(dossiers=(ref,)), geef, Actor("m-reg"))
        assert geen.value.code == "onbekende_medewerker"


@pytest.mark.parametrize(
    ("keuze", "zin"),
    [
        (("--gemeente", "GM9999"), "'GM9999' is geen gemeente van deze regio"),
        (("--partner", "bestaat-niet"), "'bestaat-niet' is geen partner van deze regio"),
        (("--medewerker", "m-niemand", "--klantmanager", "m-geen"), "'m-niemand' is geen medewerker van nu, 'm-geen'"),
    ],
)
def test_wie_niets_vindt_hoort_welke_code_niet_bestaat(regie: Regie, keuze: tuple[str, ...], zin: str) -> None:
    regie.vul(1)
    regie("stap", "verzet", *keuze, "--werkdagen", "3", "--reden", "druk", "--door", "m-reg", "--proef", code=1)
    assert zin in regie.err
    regie("stap", "verzet", "--gemeente", "GM0512", "--medewerker", "m-con", "--werkdagen", "3",
          "--reden", "druk", "--door", "m-reg", code=1)  # fmt: skip
    assert "past.\n" in regie.err


def test_een_aantal_werkdagen_dat_in_het_verleden_uitkomt_zegt_vanaf_welke_dag_het_telt(regie: Regie) -> None:
    regie.vul(2)
    regie.zet_klok("2026-03-09T08:00:00+00:00")
    woorden = ("stap", "verzet", "--kenmerk", "intake/oproep", "--reden", "druk", "--door", "m-reg", "--proef")
    scherm = regie(*woorden, "--werkdagen", "2", code=1)
    assert "2 werkdagen na de streefdag 2026-01-08 is 2026-01-12, en die dag is voorbij." in scherm
    assert "meer werkdagen, of een dag met --naar" in scherm


def test_een_proef_van_veel_stappen_zegt_nergens_dat_er_iets_is_gedaan(regie: Regie) -> None:
    regie.vul(2)
    woorden = ("stap", "verzet", "--kenmerk", "intake/oproep", "--werkdagen", "2", "--reden", "druk", "--door", "m-reg")
    proef = regie(*woorden, "--proef")
    assert ("zou gaan" in proef, "gedaan" in proef) == (True, False)
    assert "gedaan" in regie(*woorden)


def test_wat_al_voorbij_is_en_wat_niet_stilstaat_heeft_een_eigen_code(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    voorbij = Opdracht(VERZETTEN, "druk", naar=date(2026, 1, 2))
    verslag = bulk.proef(regie.omgeving, Bulkkeuze(stap=INTAKE), voorbij, Actor("m-reg"))
    assert {regel.code for regel in verslag.regels} == {"dag_voorbij"}
    loopt = Opdracht(Handeling.HERVATTEN, "druk")
    verslag = bulk.proef(regie.omgeving, Bulkkeuze(dossiers=(ref,)), loopt, Actor("m-reg"))
    assert {regel.code for regel in verslag.regels} == {"staat_niet_stil"}


def test_een_lege_keuze_krijgt_geen_bulknummer(regie: Regie) -> None:
    regie.vul(1)
    regie("stap", "verzet", "--gemeente", "GM9999", "--werkdagen", "1", *WIE, code=1)
    assert "Bulk B-" not in regie.err
    regie("stap", "verzet", "--stap", "intake", "--werkdagen", "5", *WIE)
    assert regie.err.count("Bulk B-") == 1


def test_elke_weigering_heeft_in_prefect_een_eigen_zin_met_een_uitweg() -> None:
    codes = {soort.code for soort in _alle() if soort.__module__.startswith(BRONNEN)} - {RegieFout.code}
    assert {"niets_gevonden", "waarheen_onduidelijk", "onbekende_medewerker"} <= codes
    assert codes <= set(UITLEG), codes - set(UITLEG)
    assert "termijn_gebroken" in UITLEG
    assert len(set(UITLEG.values())) == len(UITLEG)
    assert all(zin.endswith(".") and ":" in zin for zin in UITLEG.values())
    assert "logboek" in uitleg(onverwacht("CijfertekstGeweigerd"))
    assert "CijfertekstGeweigerd" not in uitleg(onverwacht("CijfertekstGeweigerd"))
    assert "--proef" in uitleg("nog_nooit_gezien")
