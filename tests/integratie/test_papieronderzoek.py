"""Wat er is onderzocht, hoort bij elk besluit (Awb 3:2): door welke deur het ook komt, met dezelfde weigering."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Besluitsoort
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import PipVastgesteld, VoorstelAfgewezen
from domein.handelingen import besluiten
from domein.handelingen.besluit_inzien import besluit_toon
from domein.handelingen.melden import meld, proef_melding
from domein.handelingen.uitkomst import geef_uitkomst
from domein.regeling.gronden import alle_gronden, gronden_voor
from domein.regels.papieronderzoek import eis_onderzocht
from tests.hulp.onderzocht import ONDERZOEK
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.besluitleven import BEHANDELAAR, PIPVELDEN
from tests.integratie.regels.leven import MANDAAT, PIP

DAG = date(2026, 2, 25)
STAP = "pip/vaststellen/1"
BEKEND = PIP | {"bekendgemaakt_op": "2026-02-25"}
ALTIJD = ("intake", "onderwijsroute", "b1-route", "omstandigheden")


@pytest.fixture
def soort() -> str:
    return "sqlite"


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    wereld = besluitwereld(magazijn, klok, tmp_path)
    wereld.leven.op(DAG)
    return wereld


def _als_antwoord(wereld: Besluitwereld, gegevens: dict[str, Any]) -> object:
    stap = wereld.leven.stap(STAP)
    return geef_uitkomst(wereld.omgeving, stap.id, "pip_vastgesteld", DAG, gegevens, MANDAAT)


def _in_het_portaal(wereld: Besluitwereld, gegevens: dict[str, Any]) -> object:
    stap = wereld.leven.stap(STAP)
    return geef_uitkomst(wereld.omgeving, stap.id, "pip_vastgesteld", DAG, gegevens, MANDAAT, deur="portaal")


def _als_feit(wereld: Besluitwereld, gegevens: dict[str, Any]) -> object:
    return meld(wereld.omgeving, wereld.leven.dossier_id, "pip_vastgesteld", DAG, gegevens, MANDAAT)


def _uit_een_bron(wereld: Besluitwereld, gegevens: dict[str, Any]) -> object:
    hier = (wereld.omgeving, wereld.leven.dossier_id)
    return meld(*hier, "pip_vastgesteld", DAG, gegevens, MANDAAT, bron="bestand", bronkenmerk="rij-7")


def _proef(wereld: Besluitwereld, gegevens: dict[str, Any]) -> object:
    return proef_melding(wereld.omgeving, wereld.leven.dossier_id, "pip_vastgesteld", DAG, gegevens, MANDAAT)


DEUREN = (_als_antwoord, _in_het_portaal, _als_feit, _uit_een_bron, _proef)


@pytest.mark.parametrize("deur", DEUREN)
def test_zonder_onderzoek_komt_een_besluit_door_geen_enkele_deur(
    wereld: Besluitwereld, deur: Callable[[Besluitwereld, dict[str, Any]], object]
) -> None:
    def geweigerd(**anders: Any) -> OngeldigeGegevens:
        with pytest.raises(OngeldigeGegevens) as gevangen:
            deur(wereld, BEKEND | anders)
        assert "3:2" in gevangen.value.melding
        assert "regie besluit concept" in gevangen.value.uitweg
        assert not wereld.leven.stand().pips
        return gevangen.value

    alles = geweigerd()
    assert set(alles.fouten) == {"gronden", "onderzocht"}
    assert "Is onderzocht of de onderwijsroute past?" in alles.melding
    for ontbreekt in ALTIJD:
        assert ontbreekt in alles.melding
        fout = geweigerd(gronden=[code for code in ALTIJD if code != ontbreekt], onderzocht="De B1-route past.")
        assert set(fout.fouten) == {"gronden"}
        assert f"niet vastgelegd: {ontbreekt} (" in fout.melding
    for tekst in ("", "   ", " a "):
        fout = geweigerd(gronden=list(ALTIJD), onderzocht=tekst)
        assert set(fout.fouten) == {"onderzocht"}
        assert "wat het onderzoek opleverde" in fout.melding


@pytest.mark.parametrize("deur", DEUREN[:-1])
def test_met_onderzoek_komt_het_er_door_elke_deur_in_en_is_het_na_te_lezen(
    wereld: Besluitwereld, deur: Callable[[Besluitwereld, dict[str, Any]], object]
) -> None:
    deur(wereld, BEKEND | {"gronden": list(ALTIJD), "onderzocht": "De B1-route past."})
    toon = besluit_toon(wereld.omgeving, wereld.ref, "pip-1")
    assert [(g["code"], g["oordeel"], g["door"]) for g in toon["gronden"]] == [
        (code, "onderzocht", "m-gor") for code in ALTIJD
    ]
    assert toon["onderzocht"] == "De B1-route past."
    pagina = leesbaar(wereld.als("m-jdb").get(f"{wereld.pad}/pip-1"))
    assert "Is onderzocht of de onderwijsroute past?" in pagina
    assert "De B1-route past." in pagina
    buiten = leesbaar(wereld.als("m-reg").get(f"{wereld.pad}/pip-1"))
    assert "Is onderzocht of" not in buiten


def test_een_grond_die_nergens_bestaat_is_een_typefout(wereld: Besluitwereld) -> None:
    with pytest.raises(OngeldigeGegevens, match="'onderwijs-route' is geen grond"):
        _als_antwoord(wereld, BEKEND | ONDERZOEK | {"gronden": [*ALTIJD, "onderwijs-route"]})


def test_het_formulier_vraagt_de_lijst_van_dit_besluit_en_zegt_wat_ontbreekt(wereld: Besluitwereld) -> None:
    stap = wereld.leven.stap(STAP)
    gor = wereld.als(stap.medewerker or "")
    pagina = leesbaar(gor.get(f"/taken/{stap.id}"))
    for grond in alle_gronden()[Besluitsoort.PIP]:
        assert grond.vraag in pagina
    velden = {
        "pip_vastgesteld.datum": "2026-02-25", "pip_vastgesteld.bekendgemaakt_op": "2026-02-25",
        "pip_vastgesteld.leerroute": "b1", "pip_vastgesteld.aantal_gesprekken": "4",
        "pip_vastgesteld.interval_maanden": "6", "pip_vastgesteld.onderzocht": "De B1-route past.",
        "generatie": str(stap.generatie),
    }  # fmt: skip
    vinkjes = {f"pip_vastgesteld.gronden.{code}": "ja" for code in ALTIJD}
    half = gor.stuur(f"/taken/{stap.id}", velden | {k: v for k, v in vinkjes.items() if "onderwijsroute" not in k})
    assert half.status_code == 422
    assert "onderwijsroute ('Is onderzocht of de onderwijsroute past?')" in leesbaar(half)
    assert not wereld.leven.stand().pips
    gor = wereld.als(stap.medewerker or "")
    assert gor.stuur(f"/taken/{stap.id}", velden | vinkjes).headers["location"] == "/mijn-werk?gedaan=bewaard"
    (pip,) = wereld.leven.stand().pips
    assert pip.mandaat == "gor-besluit"


def test_bij_een_concept_staat_het_onderzoek_per_grond_en_niet_in_de_velden(wereld: Besluitwereld) -> None:
    hier = (wereld.omgeving, wereld.leven.dossier_id)
    for veld in ("gronden", "onderzocht", "mandaat", "grondslag"):
        with pytest.raises(OngeldigeGegevens, match=f"geen veld '{veld}'"):
            besluiten.maak_concept(*hier, STAP, "pip_vastgesteld", PIPVELDEN | {veld: "x"}, BEHANDELAAR)
    assert not wereld.leven.stand().besluiten


def _weigering(**anders: Any) -> VoorstelAfgewezen:
    return VoorstelAfgewezen(nummer=1, redencode="anders", mandaathouder="m-gor", **anders)


def _pip(**anders: Any) -> PipVastgesteld:
    vast: dict[str, Any] = {"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6, "mandaathouder": "m-gor"}
    return PipVastgesteld.model_validate(vast | anders)


@pytest.mark.parametrize("soort_besluit", [Besluitsoort.PIP, Besluitsoort.PIP_WIJZIGING, Besluitsoort.WEIGERING])
@pytest.mark.parametrize("asiel", [True, False])
def test_de_lijst_op_papier_is_die_van_het_concept(soort_besluit: Besluitsoort, asiel: bool) -> None:
    """Elke grond die bij een concept niet met 'niet van toepassing' is af te doen, is ook hier verplicht."""
    altijd = [grond.code for grond in gronden_voor(soort_besluit, asiel=asiel) if grond.altijd]
    maak = _weigering if soort_besluit is Besluitsoort.WEIGERING else _pip
    assert "onderwijsroute" in altijd
    eis_onderzocht(soort_besluit, maak(gronden=tuple(altijd), onderzocht="Bekeken."), asiel=asiel)
    for code in altijd:
        rest = tuple(een for een in altijd if een != code)
        with pytest.raises(OngeldigeGegevens, match=code):
            eis_onderzocht(soort_besluit, maak(gronden=rest, onderzocht="Bekeken."), asiel=asiel)


def test_ook_een_weigering_op_papier_zegt_wat_is_onderzocht(wereld: Besluitwereld) -> None:
    _als_antwoord(wereld, BEKEND | ONDERZOEK)
    leven = wereld.leven
    leven.op(date(2026, 6, 1)).meld(
        "pip_voorstel", date(2026, 6, 1), actor=BEHANDELAAR, voorstel="leerroute", naar="z",
        onderwijsroute_onderzocht=True,
    )  # fmt: skip
    leven.open("pip/leerroute/1")
    stap, op = leven.stap("pip/leerroute/1"), leven.omgeving.klok.vandaag()

    def wijs_af(**anders: Any) -> object:
        gegevens = {"redencode": "anders", "bekendgemaakt_op": op.isoformat()} | anders
        return geef_uitkomst(leven.omgeving, stap.id, "voorstel_afgewezen", op, gegevens, Actor("m-gor"))

    with pytest.raises(OngeldigeGegevens, match="Is de inburgeraar gehoord over de weigering"):
        wijs_af(gronden=["voorstel", "onderwijsroute"], onderzocht="Bekeken.")
    wijs_af(gronden=["voorstel", "onderwijsroute", "gehoord"], onderzocht="Bekeken.")
    toon = besluit_toon(leven.omgeving, wereld.ref, "afwijzing-1")
    assert [g["artikel"] for g in toon["gronden"]][-1].startswith("artikelen 4:7")
