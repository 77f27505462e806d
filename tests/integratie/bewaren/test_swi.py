"""De kwartaallevering aan het CBS: wie erin staat, wat ontbreekt, en vier weken de tijd (art. 39 Wi)."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.swi_bestand import CsvSchrijver, maak_csv, veilig
from domein.begrippen import Leveringstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.signalen import meld_signaal
from domein.handelingen.swi import SIGNAAL, bewaak_levering, leg_vast, leveringen, maak
from domein.ports import Omgeving
from domein.regels.swi import VELDEN, Kwartaal, kwartaal_van, lees_kwartaal
from tests.integratie.bewaren.conftest import MAKER
from tests.integratie.regels.leven import Leven

NA = date(2026, 4, 3)


@pytest.fixture
def met_pip(omgeving: Omgeving) -> Leven:
    return Leven(omgeving).begin().tot_pip()


def lever(leven: Leven, map_: Path, kwartaal: str = "2026-K1", **opties: Any) -> dict[str, Any]:
    return maak(leven.omgeving, kwartaal, opties.pop("actor", MAKER), CsvSchrijver(map_), **opties)


def rijen(map_: Path, gemeente: str = "GM0512", kwartaal: str = "2026-K1") -> list[dict[str, str]]:
    tekst = (map_ / f"swi-{kwartaal}-{gemeente}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))


def test_per_gemeente_een_bestand_met_de_velden_die_wij_hebben(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(NA)
    data = lever(met_pip, tmp_path)
    assert [g["gemeente"] for g in data["gemeenten"]] == ["GM0512", "GM1978", "GM1961"]
    (rij,) = rijen(tmp_path)
    assert list(rij) == [veld.naam for veld in VELDEN]
    assert rij["Kwartaal"] == "2026-K1"
    assert rij["Referentie"] == met_pip.dossier().referentie
    assert (rij["WordtBehandeldAls"], rij["IndicatorInburgeringsplicht"]) == ("ASIELSTATUSHOUDER", "J")
    assert (rij["DagtekeningInitielePIP"], rij["LeerrouteType"]) == ("2026-02-25", "B1_ROUTE")
    assert rij["DatumAanvangInburgeringstermijn"] == "2026-02-26"
    assert rij["DatumEindeInburgeringstermijn"] == "2029-02-25"
    assert rij["UitkomstLeerbaarheidstoets"] == "B1_ROUTE"
    assert rijen(tmp_path, "GM1978") == []
    assert (tmp_path / "swi-2026-K1-GM0512.csv").stat().st_mode & 0o077 == 0


def test_het_bsn_staat_er_alleen_in_als_iemand_daarom_vraagt(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(NA)
    lever(met_pip, tmp_path)
    assert rijen(tmp_path)[0]["Burgerservicenummer"] == ""
    lever(met_pip, tmp_path, met_bsn=True)
    assert rijen(tmp_path)[0]["Burgerservicenummer"] == "999993653"


def test_het_verslag_zegt_wat_er_ontbreekt(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(NA)
    gorinchem = lever(met_pip, tmp_path)["gemeenten"][0]
    mist = gorinchem["onvolledig"][met_pip.dossier().referentie]
    assert mist == ["OpleidingBijStart", "WerkervaringBijStart", "TaalniveauBijStart", "GeschatteIntensiteitB1Route"]
    assert gorinchem["ontbreekt"] == 4
    assert 0 < gorinchem["volledig_procent"] < 100
    assert gorinchem["velden"]["DagtekeningPIP"] == {"gevuld": 1, "hoort": 1}


def test_de_levering_is_zoals_het_op_de_laatste_dag_was(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(date(2026, 4, 2))
    met_pip.meld("verhuisd", date(2026, 4, 2), naar="GM1978")
    met_pip.op(date(2026, 7, 1))
    lever(met_pip, tmp_path)
    assert [rij["Gemeentecode"] for rij in rijen(tmp_path)] == ["GM0512"]
    lever(met_pip, tmp_path, "2026-K2")
    assert rijen(tmp_path, kwartaal="2026-K2") == []
    assert len(rijen(tmp_path, "GM1978", "2026-K2")) == 1


def test_wie_eerder_eindigde_of_is_ingetrokken_staat_er_niet_in(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(date(2026, 3, 30))
    met_pip.meld("voldaan", date(2026, 3, 30))
    met_pip.op(date(2026, 7, 1))
    lever(met_pip, tmp_path)
    (rij,) = rijen(tmp_path)
    assert (rij["IndicatorInburgeringsplicht"], rij["DatumEind"], rij["RedenGeenInburgeringsplicht"]) == (
        "N", "2026-03-30", "voldaan",
    )  # fmt: skip
    lever(met_pip, tmp_path, "2026-K2")
    assert rijen(tmp_path, kwartaal="2026-K2") == []
    ander = Leven(met_pip.omgeving).begin(date(2026, 7, 1), kenmerk="DUO-ANDER", bsn="999990639")
    ander.meld("plicht_beeindigd", date(2026, 7, 1), grond="ingetrokken")
    ander.op(date(2026, 10, 1))
    lever(ander, tmp_path, "2026-K3")
    assert rijen(tmp_path, kwartaal="2026-K3") == []


def test_een_lopend_kwartaal_of_een_vreemde_mag_niet(met_pip: Leven, tmp_path: Path) -> None:
    with pytest.raises(OngeldigeGegevens, match="loopt nog"):
        lever(met_pip, tmp_path)
    met_pip.op(NA)
    for fout in ("2026", "2021-K4", "2026-K5"):
        with pytest.raises(OngeldigeGegevens, match="geen kwartaal"):
            lever(met_pip, tmp_path, fout)
    with pytest.raises(OngeldigeGegevens, match="hoort niet bij deze regio"):
        lever(met_pip, tmp_path, gemeente="GM0363")
    with pytest.raises(GeenBevoegdheid):
        lever(met_pip, tmp_path, actor=Actor("m-gor"))  # een mandaathouder van alleen Gorinchem, voor de hele regio
    assert lever(met_pip, tmp_path, actor=Actor("m-gor"), gemeente="GM0512")["gemeenten"][0]["rijen"] == 1


def test_een_proef_schrijft_en_bewaart_niets(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(NA)
    proef = lever(met_pip, tmp_path, proef=True)
    assert not list(tmp_path.glob("*.csv"))
    with met_pip.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.swileveringen() == []
    echt = lever(met_pip, tmp_path)
    assert [g["sha256"] for g in proef["gemeenten"]] == [g["sha256"] for g in echt["gemeenten"]]


# --- de termijn en wat ermee gebeurde


def test_elke_gemeente_heeft_haar_levering_met_vier_weken(met_pip: Leven, tmp_path: Path) -> None:
    met_pip.op(NA)
    (te_doen,) = leveringen(met_pip.omgeving)
    assert (te_doen["status"], te_doen["uiterst"], te_doen["te_laat"]) == ("te_maken", date(2026, 4, 28), False)
    lever(met_pip, tmp_path)
    gorinchem = next(rij for rij in leveringen(met_pip.omgeving) if rij["gemeente"] == "GM0512")
    assert (gorinchem["status"], gorinchem["versie"], gorinchem["gemaakt_door"]) == ("gemaakt", 1, "m-adm")
    met_pip.op(date(2026, 4, 29))
    assert next(rij for rij in leveringen(met_pip.omgeving) if rij["gemeente"] == "GM0512")["te_laat"]


def test_geleverd_afgewezen_en_opnieuw_geleverd(met_pip: Leven, tmp_path: Path) -> None:
    hier, dag = met_pip.omgeving, date(2026, 4, 20)
    met_pip.op(dag)
    with pytest.raises(OvergangNietToegestaan, match="nog niets gemaakt"):
        leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.GELEVERD, dag, MAKER)
    lever(met_pip, tmp_path)
    with pytest.raises(OvergangNietToegestaan, match="kan nu niet aanvaard"):
        leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.AANVAARD, dag, MAKER)
    with pytest.raises(OngeldigeGegevens, match="kies een dag"):
        leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.GELEVERD, date(2026, 3, 31), MAKER)
    leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.GELEVERD, dag, MAKER)
    leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.AFGEWEZEN, dag, MAKER)
    assert bewaak_levering(hier) == ["2026-K1 van GM0512"]
    lever(met_pip, tmp_path, gemeente="GM0512")
    leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.GELEVERD, dag, MAKER)
    assert leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.AANVAARD, dag, MAKER)["versie"] == 2
    assert bewaak_levering(hier) == []


def test_een_signaal_bewaakt_de_termijn_en_verdwijnt_als_alles_is_geleverd(met_pip: Leven, tmp_path: Path) -> None:
    hier = met_pip.omgeving

    def staat() -> tuple[str, ...]:
        bewaak_levering(hier)
        bewaak_levering(hier)  # twee keer is een keer
        with hier.magazijn.ruimte() as ruimte:
            return tuple(s.ernst for s in ruimte.signalen() if s.soort == SIGNAAL)

    assert staat() == ()
    with hier.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, hier, "ander", "info", "dit signaal blijft")
    for dag, ernst in ((date(2026, 4, 1), "info"), (date(2026, 4, 24), "waarschuwing"), (date(2026, 4, 29), "fout")):
        met_pip.op(dag)
        assert staat() == (ernst,)
    lever(met_pip, tmp_path)
    leg_vast(hier, "2026-K1", "GM0512", Leveringstatus.GELEVERD, date(2026, 4, 29), MAKER)
    assert staat() == ()
    with hier.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["ander"]


# --- het bestand


@pytest.mark.parametrize("cel", ["=1+1", "+31", "-2", "@SUM(A1)", " =1", "\t=1", "\u00a0=1", "\r=1"])
def test_geen_cel_is_een_formule(cel: str) -> None:
    assert veilig(cel).startswith("'")
    inhoud = maak_csv(["A"], [{"A": cel}]).decode("utf-8-sig")
    (rij,) = list(csv.reader(io.StringIO(inhoud), delimiter=";"))[1:]
    assert rij[0].startswith("'")
    assert "\n" not in rij[0]


def test_gewone_cellen_blijven_zoals_zij_zijn() -> None:
    assert [veilig(cel) for cel in ("", "2026-03-31", "J", "a=b", "0")] == ["", "2026-03-31", "J", "a=b", "0"]


def test_een_kwartaal_heeft_drie_maanden() -> None:
    assert lees_kwartaal("2026k4") == Kwartaal(2026, 4)
    assert (Kwartaal(2026, 4).eerste, Kwartaal(2026, 4).laatste) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Kwartaal(2026, 4).volgende == Kwartaal(2027, 1)
    assert {kwartaal_van(date(2026, maand, 1)).nummer for maand in range(4, 7)} == {2}


def test_elk_veld_staat_in_de_naslag() -> None:
    tekst = (Path(__file__).parents[3] / "docs" / "naslag" / "swi.md").read_text(encoding="utf-8")
    for veld in VELDEN:
        assert f"| `{veld.naam}` | {veld.ggm} | {veld.betekenis} | {veld.wanneer or 'als het er is'} |" in tekst
