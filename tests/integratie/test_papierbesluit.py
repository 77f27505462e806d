"""Een besluit dat op papier is genomen is een besluit: wie, wanneer, op welk mandaat, en tot wanneer bezwaar kan."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Verificatie
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import PipVastgesteld, lees
from domein.handelingen.besluit_inzien import OnbekendBesluit, besluit_lijst, besluit_toon
from domein.handelingen.kern import in_ruimte, kader, leg_vast
from domein.handelingen.regio import laad_regio
from domein.regels.papierbesluit import te_bestrijden
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.portaal_hulp import ADMINISTRATIE, VOORBEELD, Bezoeker
from tests.integratie.post_hulp import BASIS, Zetbaar, installeer
from tests.integratie.regels.besluitleven import BEHANDELAAR, Besluitleven
from tests.integratie.regels.leven import MANDAAT, PIP

DAG = date(2026, 2, 25)
STAP = "pip/vaststellen/1"
NAAM = "Goran Aalbers"
BRON = "Mandaatbesluit Gorinchem VB-2021-201, artikel 3"
VELDEN = {
    "pip_vastgesteld.datum": "2026-02-25", "pip_vastgesteld.bekendgemaakt_op": "2026-02-26",
    "pip_vastgesteld.leerroute": "b1", "pip_vastgesteld.aantal_gesprekken": "4",
    "pip_vastgesteld.interval_maanden": "6",
    **{f"pip_vastgesteld.gronden.{code}": "ja" for code in ("intake", "onderwijsroute", "b1-route", "omstandigheden")},
}  # fmt: skip
ONDERZOCHT = "Intake en toets van januari; ook de onderwijsroute bekeken, die is te hoog."


@pytest.fixture
def soort() -> str:
    return "sqlite"


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    return besluitwereld(magazijn, klok, tmp_path)


def op_papier(wereld: Besluitwereld, **anders: Any) -> None:
    gegevens = PIP | {"bekendgemaakt_op": "2026-02-26"} | anders
    wereld.leven.op(date(2026, 2, 26)).antwoord(STAP, "pip_vastgesteld", DAG, door=MANDAAT, **gegevens)


def pip_van(wereld: Besluitwereld) -> PipVastgesteld:
    gegevens = wereld.leven.laatste("pip_vastgesteld").gegevens
    assert isinstance(gegevens, PipVastgesteld)
    return gegevens


def test_het_feit_draagt_het_mandaat_van_die_dag_en_wat_er_is_onderzocht(wereld: Besluitwereld) -> None:
    op_papier(wereld, onderzocht=ONDERZOCHT)
    pip = pip_van(wereld)
    assert (pip.mandaat, pip.grondslag, pip.onderzocht) == ("gor-besluit", BRON, ONDERZOCHT)
    with wereld.hier.magazijn.ruimte() as ruimte:
        assert b"onderwijsroute" not in b"".join(
            rij[0] for rij in ruimte.sessie.connection().exec_driver_sql("SELECT cijfertekst FROM gebeurtenis")
        )


@pytest.mark.parametrize("veld", [{"mandaat": "gor-besluit"}, {"grondslag": "Zelf bedacht"}])
def test_niemand_typt_zijn_eigen_mandaat(wereld: Besluitwereld, veld: dict[str, str]) -> None:
    with pytest.raises(OngeldigeGegevens, match="volgt uit de afspraken"):
        op_papier(wereld, **veld)


def test_wie_op_de_dagtekening_geen_mandaat_had_legt_het_besluit_niet_vast(wereld: Besluitwereld) -> None:
    with pytest.raises(GeenBevoegdheid, match="had op 2 januari 2020 geen mandaat"):
        wereld.leven.op(date(2026, 2, 26)).antwoord(
            STAP, "pip_vastgesteld", date(2020, 1, 2), door=MANDAAT, **(PIP | {"bekendgemaakt_op": "2026-02-26"})
        )


def test_een_link_uit_een_mail_neemt_geen_besluit_en_aangemeld_of_opdrachtregel_wel(wereld: Besluitwereld) -> None:
    for verificatie, deur in ((Verificatie.GETEKENDE_LINK, "portaal"), (Verificatie.AANGEMELD, "api")):
        with pytest.raises(GeenBevoegdheid):
            wereld.leven.antwoord(
                STAP, "pip_vastgesteld", DAG, door=Actor(MANDAAT.code, verificatie), deur=deur,
                **(PIP | {"bekendgemaakt_op": "2026-02-26"}),
            )  # fmt: skip
    assert not wereld.leven.stand().pips
    wereld.leven.op(date(2026, 2, 26)).antwoord(
        STAP, "pip_vastgesteld", DAG, door=Actor(MANDAAT.code, Verificatie.AANGEMELD), deur="portaal",
        **(PIP | {"bekendgemaakt_op": "2026-02-26"}),
    )  # fmt: skip
    assert pip_van(wereld).mandaat == "gor-besluit"


def test_de_pagina_achter_de_link_vraagt_om_aan_te_melden_en_neemt_niets_aan(wereld: Besluitwereld) -> None:
    stap = wereld.leven.stap(STAP)
    link = wereld.hier.links.taaklink(stap.id, stap.generatie, stap.medewerker or "").removeprefix(BASIS)
    bezoeker = Bezoeker(wereld.app)
    pagina = bezoeker.get(link)
    assert "Dat neemt u niet met een link uit een mail." in leesbaar(pagina)
    assert "<form" not in pagina.text


def test_op_papier_staat_bij_de_besluiten_met_wie_mandaat_en_laatste_dag(wereld: Besluitwereld) -> None:
    op_papier(wereld, onderzocht=ONDERZOCHT)
    (rij,) = besluit_lijst(wereld.omgeving)
    assert {naam: rij[naam] for naam in (
        "dossier", "nummer", "soort", "stand", "dagtekening", "ondertekenaar", "mandaat", "mandaat_afgeleid",
        "bezwaar_tot", "op_papier",
    )} == {
        "dossier": wereld.ref, "nummer": "pip-1", "soort": "pip", "stand": "op_papier", "dagtekening": DAG,
        "ondertekenaar": "m-gor", "mandaat": "gor-besluit", "mandaat_afgeleid": False,
        "bezwaar_tot": date(2026, 4, 9), "op_papier": True,
    }  # fmt: skip
    toon = besluit_toon(wereld.omgeving, wereld.ref, "pip-1")
    assert (toon["onderzocht"], toon["bron_mandaat"], toon["keten_klopt"]) == (ONDERZOCHT, BRON, True)
    assert [regel["door"] for regel in toon["verloop"]] == ["m-gor"]
    for onbekend in ("pip-2", "afwijzing-1", "x"):
        with pytest.raises(OnbekendBesluit):
            besluit_toon(wereld.omgeving, wereld.ref, onbekend)


def test_een_oud_feit_zonder_mandaat_krijgt_het_bij_het_lezen_en_dat_staat_erbij(wereld: Besluitwereld) -> None:
    oud = lees("pip_vastgesteld", PIP | {"bekendgemaakt_op": "2026-02-26", "mandaathouder": "m-gor"})
    nieuw = NieuweGebeurtenis("pip_vastgesteld", DAG, oud, MANDAAT, stap=STAP)
    wereld.leven.op(date(2026, 2, 26))
    in_ruimte(wereld.omgeving, lambda r: leg_vast(r, wereld.omgeving, wereld.leven.dossier_id, [nieuw]))
    assert pip_van(wereld).mandaat is None
    (rij,) = besluit_lijst(wereld.omgeving, wereld.ref)
    assert (rij["mandaat"], rij["bron_mandaat"], rij["mandaat_afgeleid"]) == ("gor-besluit", BRON, True)
    assert "Afgeleid uit de afspraken van die dag" in leesbaar(wereld.als("m-jdb").get(f"{wereld.pad}/pip-1"))


# in het portaal


def test_de_taak_begint_met_het_concept_en_op_papier_staat_eronder(wereld: Besluitwereld) -> None:
    stap = wereld.leven.stap(STAP)
    gor = wereld.als(stap.medewerker or "")
    pagina = gor.get(f"/taken/{stap.id}")
    concept, papier = pagina.text.index("Bereid het besluit voor"), pagina.text.index("al op papier genomen")
    assert concept < papier < pagina.text.index('id="antwoord"')
    naar = f"{wereld.pad}/nieuw?stap=pip/vaststellen/1&amp;uitkomst=pip_vastgesteld"
    assert naar in pagina.text
    assert gor.get(naar.replace("&amp;", "&")).status_code == 200
    zonder = gor.stuur(f"/taken/{stap.id}", {**VELDEN, "generatie": str(stap.generatie)})
    assert zonder.status_code == 422
    assert '<details id="op-papier" open>' in zonder.text
    assert "Wat bleek uit het onderzoek?: Vul dit in." in leesbaar(zonder)
    assert not wereld.leven.stand().pips
    wereld.leven.op(date(2026, 2, 26))
    gor = wereld.als(stap.medewerker or "")
    velden = {**VELDEN, "pip_vastgesteld.onderzocht": ONDERZOCHT, "generatie": str(stap.generatie)}
    assert gor.stuur(f"/taken/{stap.id}", velden).headers["location"] == "/mijn-werk?gedaan=bewaard"
    assert (pip_van(wereld).onderzocht, pip_van(wereld).mandaat) == (ONDERZOCHT, "gor-besluit")


def test_besluiten_stapel_en_dossier_tonen_het_zolang_de_termijn_loopt(wereld: Besluitwereld) -> None:
    op_papier(wereld, onderzocht=ONDERZOCHT)
    jdb = wereld.als("m-jdb")
    for pad in (wereld.pad, f"/dossiers/{wereld.ref}", "/besluiten"):
        tekst = leesbaar(jdb.get(pad))
        for wat in ("op papier genomen", "25 februari 2026", NAAM, "kan tot en met donderdag 9 april 2026"):
            assert wat in tekst, (pad, wat)
        assert "Er is nog geen besluit" not in tekst
    een = leesbaar(jdb.get(f"{wereld.pad}/pip-1"))
    for wat in (ONDERZOCHT, f"gor-besluit: {BRON}", f"Genomen door {NAAM}", "kan tot en met"):
        assert wat in een, wat
    assert "Afgeleid" not in een
    reg = leesbaar(wereld.als("m-reg").get(f"{wereld.pad}/pip-1"))
    assert ONDERZOCHT not in reg  # hoe ver het is, niet wat erin staat
    assert jdb.get(f"{wereld.pad}/pip-9").status_code == 404
    wereld.leven.op(date(2026, 4, 10))
    jdb = wereld.als("m-jdb")
    assert "op papier genomen" not in leesbaar(jdb.get("/besluiten"))
    assert "op papier genomen" in leesbaar(jdb.get("/besluiten?toon=afgerond"))


def test_een_afwijzing_op_papier_is_een_besluit_en_is_te_bestrijden(wereld: Besluitwereld) -> None:
    op_papier(wereld)
    leven = wereld.leven
    leven.op(date(2026, 6, 1)).meld(
        "pip_voorstel", date(2026, 6, 1), actor=BEHANDELAAR, voorstel="leerroute", naar="z",
        onderwijsroute_onderzocht=True,
    )  # fmt: skip
    leven.open("pip/leerroute/1")
    besloten = leven.omgeving.klok.vandaag()
    leven.antwoord(
        "pip/leerroute/1", "voorstel_afgewezen", besloten, door=MANDAAT, redencode="anders",
        bekendgemaakt_op=besloten.isoformat(),
    )  # fmt: skip
    rijen = {rij["nummer"]: rij for rij in besluit_lijst(wereld.omgeving, wereld.ref)}
    assert set(rijen) == {"pip-1", "afwijzing-1"}
    assert (rijen["afwijzing-1"]["soort"], rijen["afwijzing-1"]["mandaat"]) == ("weigering", "gor-besluit")
    assert [een.sleutel for een in te_bestrijden(leven.stand(), kader())] == ["afwijzing-1", "pip-1"]
    jdb = wereld.als("m-jdb")
    bezwaar = {"bezwaar_ingediend.datum": besloten.isoformat(), "bezwaar_ingediend.besluit": "afwijzing-1",
               "bezwaar_ingediend.commissie": "nee"}  # fmt: skip
    assert "Weigering om het PIP te wijzigen (voorstel 1, op papier)" in leesbaar(jdb.get(wereld.pad))
    assert jdb.stuur(f"/dossiers/{wereld.ref}/bezwaar", bezwaar, van=wereld.pad).status_code == 303
    assert "Bezwaar 1 tegen weigering van voorstel 1" in leesbaar(jdb.get(wereld.pad))
    assert [een.sleutel for een in te_bestrijden(leven.stand(), kader())] == ["pip-1"]


# zonder leerbaarheidstoets


def test_een_pip_zonder_leerbaarheidstoets_vraagt_een_reden(
    magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path
) -> None:
    hier = installeer(magazijn, klok)
    laad_regio(hier.omgeving, laad_regiobestand(VOORBEELD), ADMINISTRATIE)
    leven = Besluitleven(hier.omgeving)
    leven.begin()
    leven.antwoord(
        "intake/oproep/1", "oproep_verzonden", date(2026, 1, 7), afspraak_op="2026-01-21", waarschuwing=False
    )
    leven.antwoord("intake/gesprek/1", "intake_gehouden", date(2026, 1, 21))
    velden = PIP | {"leerroute": "z", "bekendgemaakt_op": "2026-02-25"}
    with pytest.raises(RedenNodig, match="geen leerbaarheidstoets vastgelegd"):
        leven.antwoord(STAP, "pip_vastgesteld", DAG, door=MANDAAT, **velden)
    leven.antwoord(STAP, "pip_vastgesteld", DAG, door=MANDAAT, reden="Vrijgesteld: slechtziend.", **velden)
    assert leven.stand().pips
