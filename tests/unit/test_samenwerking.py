"""Wie een stap doet: de meest specifieke afspraak, dan de prioriteit, en altijd met de reden."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.regels.dekking import toets_dekking
from domein.regels.samenwerking import (
    Gat,
    Kenmerken,
    NietVanToepassing,
    behandelaar,
)
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio
from tests.unit.regiovragen import DAG, toegewezen, vraag

AVRES = laad_regiobestand(Path(__file__).parents[2] / "voorbeelden" / "avres").regio


# ---- niet van toepassing; de voorbeelden staan in voorbeelden_regio3/ ----


def test_avres_een_gezinsmigrant_heeft_geen_aanmelding() -> None:
    antwoord = vraag(AVRES, doelgroep=Doelgroep.GEZINSMIGRANT)
    assert isinstance(antwoord, NietVanToepassing)
    assert "artikel 19" in antwoord.waarom


def test_avres_de_onderwijsroute_heeft_geen_map() -> None:
    antwoord = vraag(AVRES, stap=Stapsoort.MAP, leerroute=Leerroute.ONDERWIJS)
    assert isinstance(antwoord, NietVanToepassing)
    assert [(a.afspraak, a.reden) for a in antwoord.afgevallen] == [("map", "afspraak map-onderwijs is specifieker")]
    assert toegewezen(AVRES, stap=Stapsoort.MAP, leerroute=Leerroute.Z).uitvoerder == "avres"


# ---- de vijf partijen ----


def test_het_college_van_de_woongemeente_besluit_en_haar_mandaathouder_tekent() -> None:
    for gemeente, code, naam, houder in (
        ("GM0512", "gorinchem", "Gorinchem", "m-gor"),
        ("GM1978", "molenlanden", "Molenlanden", "m-mol"),
        ("GM1961", "vijfheerenlanden", "Vijfheerenlanden", "m-vij"),
    ):
        pip = toegewezen(AVRES, gemeente=gemeente, stap=Stapsoort.PIP)
        assert pip.bevoegd_orgaan == f"college van burgemeester en wethouders van {naam}"
        assert pip.afzender == pip.bevoegd_orgaan
        assert (pip.uitvoerder, pip.voorbereider, pip.betaler) == (code, "avres", code)
        assert pip.ondertekenaar == houder
        gekozen = behandelaar(AVRES, pip, op=DAG)
        assert gekozen is not None
        assert gekozen.code == houder


def test_bij_delegatie_besluit_de_partner_in_eigen_naam() -> None:
    verband = {
        "id": "gr",
        "doel": "klantregie",
        "vorm": "openbaar_lichaam",
        "bevoegdheid": "delegatie",
        "gemeenten": ["GM0512"],
        "besluit": {"orgaan": "de raad", "datum": "2021-12-01"},
    }
    waalwijk = regio(
        afspraak("pip", "pip", verband="gr", bevoegd_orgaan="gr", afzender="uitvoerder"),
        partners=[partner("gr", "gemeenschappelijke_regeling", bestuursorgaan="dagelijks bestuur")],
        verbanden=[verband],
    )
    antwoord = toegewezen(waalwijk, stap=Stapsoort.PIP)
    assert antwoord.bevoegd_orgaan == "dagelijks bestuur van Gr"
    assert antwoord.afzender == "Uo"


def test_voert_de_gemeente_uit_dan_is_het_die_van_de_persoon() -> None:
    netwerk = regio(
        afspraak("intake", "intake", uitvoerder="gemeente"),
        gemeenten=("GM0512", "GM1978"),
        partners=[gemeentepartner("gor", "GM0512"), gemeentepartner("mol", "GM1978")],
    )
    assert toegewezen(netwerk, gemeente="GM1978", stap=Stapsoort.INTAKE).uitvoerder == "mol"
    assert toegewezen(netwerk, gemeente="GM0512", stap=Stapsoort.INTAKE).betaler == "gor"


def test_een_verlopen_mandaat_laat_niemand_namens_het_college_tekenen() -> None:
    mandaat = {
        "id": "m1",
        "gemeente": "GM0512",
        "stappen": ["pip"],
        "houders": ["m-uo"],
        "bron": "besluit",
        "geldig_tot": "2026-03-01",
    }
    kort = regio(afspraak("pip", "pip", mandaten=["m1"]), mandaten=[mandaat])
    assert toegewezen(kort, stap=Stapsoort.PIP, op=date(2026, 3, 1)).ondertekenaar == "m-uo"
    assert toegewezen(kort, stap=Stapsoort.PIP, op=date(2026, 3, 2)).ondertekenaar is None


def test_het_antwoord_zegt_in_een_zin_waarom() -> None:
    antwoord = toegewezen(AVRES)
    assert antwoord.waarom == (
        "Taalschool De Merwede doet stap aanmelding voor Gorinchem op maandag 2 maart 2026, volgens afspraak "
        "aanmelding-b1 van verband inkoop-taal (besluit van de drie colleges, 2021-11-23, VB-2021-102)."
    )
    assert ("aanmelding-z", "geldt voor leerroute z") in [(a.afspraak, a.reden) for a in antwoord.afgevallen]


# ---- weigering en gaten ----


def test_na_een_weigering_is_de_volgende_partner_aan_de_beurt() -> None:
    antwoord = toegewezen(AVRES, uitgesloten_partners=["taalschool-de-merwede"])
    assert antwoord.uitvoerder == "taalhuis-lingestroom"
    assert "omdat taalschool-de-merwede niet kan" in antwoord.waarom
    assert antwoord.afgevallen[0].uitvoerder == "taalschool-de-merwede"
    assert antwoord.afgevallen[0].reden == "heeft geweigerd of is uitgesloten"


def test_weigert_iedereen_dan_is_er_een_gat_voor_de_contractmanager() -> None:
    antwoord = vraag(AVRES, uitgesloten_partners=["taalschool-de-merwede", "taalhuis-lingestroom"])
    assert isinstance(antwoord, Gat)
    assert antwoord.escalatie[0] is Rol.CONTRACTMANAGER


@pytest.mark.parametrize(
    "anders",
    [
        pytest.param({"gemeente": "GM0363"}, id="gemeente-buiten-de-regio"),
        pytest.param({"op": date(2021, 12, 31)}, id="voor-de-regio-begint"),
        pytest.param({"op": date(2033, 1, 1)}, id="na-de-regio"),
        pytest.param({"leerroute": Leerroute.ONBEKEND}, id="leerroute-nog-onbekend"),
    ],
)
def test_zonder_afspraak_is_er_een_gat_en_geen_gok(anders: dict[str, Any]) -> None:
    antwoord = vraag(AVRES, **anders)
    assert isinstance(antwoord, Gat)
    assert antwoord.waarom


def test_de_eerste_en_de_laatste_dag_tellen_mee() -> None:
    assert toegewezen(AVRES, op=date(2022, 1, 1))
    assert toegewezen(AVRES, op=date(2032, 12, 31))


# ---- specifiek, prioriteit, gelijk ----


def test_de_meest_specifieke_wint_ook_van_een_hogere_prioriteit() -> None:
    twee = regio(
        afspraak("algemeen", "voortgang", prioriteit=50),
        afspraak("z", "voortgang", leerroutes=["z"], uitvoerder="school", rol="aanbieder"),
        partners=[partner("school")],
    )
    assert toegewezen(twee, stap=Stapsoort.VOORTGANG, leerroute=Leerroute.Z).afspraak == "z"
    assert toegewezen(twee, stap=Stapsoort.VOORTGANG, leerroute=Leerroute.B1).afspraak == "algemeen"


def test_alles_noemen_is_niet_specifieker_dan_niets_noemen() -> None:
    gelijk = regio(afspraak("a", "map"), afspraak("b", "map", leerroutes=list(Leerroute)))
    assert isinstance(vraag(gelijk, stap=Stapsoort.MAP), Gat)


def test_kruisende_afspraken_hebben_een_prioriteit_nodig() -> None:
    kruis = [
        afspraak("route", "map", leerroutes=["z"]),
        afspraak("groep", "map", doelgroepen=["asielstatushouder"]),
    ]
    vraag_z = {"stap": Stapsoort.MAP, "leerroute": Leerroute.Z}
    antwoord = vraag(regio(*kruis), **vraag_z)
    assert isinstance(antwoord, Gat)
    assert "groep en route spreken elkaar tegen" in antwoord.waarom
    beslist = regio(kruis[0], {**kruis[1], "prioriteit": 1})
    assert toegewezen(beslist, **vraag_z).afspraak == "groep"


def test_een_nieuwer_contract_wint_niet_stil_van_een_dat_nog_loopt() -> None:
    dubbel = regio(afspraak("oud", "map"), afspraak("nieuw", "map", geldig_van="2026-01-01"))
    assert isinstance(vraag(dubbel, stap=Stapsoort.MAP), Gat)


def test_condities_op_nareiziger_en_leeftijd() -> None:
    jong = regio(
        afspraak("gewoon", "voortgang"),
        afspraak("nareis", "voortgang", conditie={"nareiziger": True}),
        afspraak("jong", "voortgang", conditie={"nareiziger": False, "leeftijd_tot": 27}),
    )
    voortgang = {"stap": Stapsoort.VOORTGANG}
    assert toegewezen(jong, **voortgang).afspraak == "gewoon"
    assert toegewezen(jong, **voortgang, nareiziger=True).afspraak == "nareis"
    assert toegewezen(jong, **voortgang, kenmerken=Kenmerken(leeftijd=27)).afspraak == "jong"
    assert toegewezen(jong, **voortgang, kenmerken=Kenmerken(leeftijd=28)).afspraak == "gewoon"


def test_een_eis_aan_alleen_de_leeftijd_maakt_een_afspraak_specifieker() -> None:
    jong = regio(afspraak("gewoon", "voortgang"), afspraak("jong", "voortgang", conditie={"leeftijd_tot": 27}))
    voortgang = {"stap": Stapsoort.VOORTGANG}
    assert toegewezen(jong, **voortgang, kenmerken=Kenmerken(leeftijd=20)).afspraak == "jong"
    # Wie geen leeftijd bekend maakt, valt onder de gewone afspraak; en elke leeftijd noemen is geen eis.
    assert toegewezen(jong, **voortgang).afspraak == "gewoon"
    alles = regio(afspraak("a", "voortgang"), afspraak("b", "voortgang", conditie={"leeftijd_van": 0}))
    assert isinstance(vraag(alles, **voortgang), Gat)


# ---- wat een afspraak mag zeggen ----


@pytest.mark.parametrize(
    ("kolommen", "melding"),
    [
        pytest.param({"verdeling": {"partners": {"a": 1}}, "uitvoerder": "b"}, "niet allebei", id="twee-keer"),
        pytest.param({"uitvoerder": None}, "noem een uitvoerder of verdeling", id="niemand"),
        pytest.param({"rol": None}, "noem de rol", id="geen-rol"),
        pytest.param({"verdeling": {"partners": {"a": 0}}, "uitvoerder": None}, "groter dan 0", id="gewicht-nul"),
        pytest.param({"terugval": {"leerroute": "b1"}}, "noem hier leerroutes", id="terugval-op-zichzelf"),
        pytest.param(
            {"terugval": {"leerroute": "b1"}, "uitvoerder": None, "rol": None, "niet_van_toepassing": "nee"},
            "horen geen uitvoerder",
            id="terugval-van-niets",
        ),
    ],
)
def test_een_afspraak_die_zichzelf_tegenspreekt_wordt_geweigerd(kolommen: dict[str, Any], melding: str) -> None:
    with pytest.raises(ValidationError, match=melding):
        regio(dict(afspraak("a", "aanmelding")) | {"rol": "klantmanager"} | kolommen)


def test_wat_er_voor_de_samenwerking_bij_kwam_overleeft_de_opslag() -> None:
    """Ook de volgorde binnen een verdeling: die beslist bij een gelijke stand."""
    vol = regio(
        afspraak(
            "a", "aanmelding", rol="aanbieder", leerroutes=["z"], terugval={"leerroute": "b1"},
            verdeling={"vorm": "rotatie", "per": "kwartaal", "partners": {"z": 1, "a": 1}},
            wensen=[{"soort": "taal", "ondersteuner": "begeleider"}],
        ),
        partners=[partner("z", lestijden=["avond"], locaties=["GM0512"],
                          opnamestops=[{"van": "2026-03-16", "reden": "keurmerk"}]), partner("a")],
        medewerkers=[medewerker("m-v", "a", "trajectbegeleider", geslacht="vrouw", talen=["ti"])],
        weging={"stappen": {"intake": 6}},
    )  # fmt: skip
    terug = Regio.model_validate(json.loads(vol.model_dump_json(by_alias=True)))
    assert terug == vol
    assert terug.samenwerkingsafspraken[0].kandidaten() == ("z", "a")


# ---- dekking ----


def soorten(van: Regio) -> set[tuple[str, str]]:
    return {(b.soort, b.melding.split("'")[1]) for b in toets_dekking(van)}


def test_avres_heeft_overal_precies_een_afspraak() -> None:
    assert toets_dekking(AVRES) == ()


def test_een_gat_in_de_tijd_wordt_gemeld_met_een_voorbeeld() -> None:
    gat = regio(
        afspraak("rest", *(s for s in Stapsoort if s is not Stapsoort.MAP)),
        afspraak("een", "map", geldig_tot="2025-12-31"),
        afspraak("twee", "map", geldig_van="2026-01-02"),
    )
    (bevinding,) = toets_dekking(gat)
    assert bevinding.soort == "gat"
    assert "van 2026-01-01 tot en met 2026-01-01" in bevinding.melding


def test_leeftijdsbanden_dekken_samen_alles() -> None:
    rest = afspraak("rest", *(s for s in Stapsoort if s is not Stapsoort.MAP))
    jong = afspraak("jong", "map", conditie={"leeftijd_tot": 27})
    assert toets_dekking(regio(rest, jong, afspraak("oud", "map", conditie={"leeftijd_van": 28}))) == ()
    assert soorten(regio(rest, jong, afspraak("oud", "map", conditie={"leeftijd_van": 29}))) == {("gat", "map")}
    assert soorten(regio(rest, jong, afspraak("oud", "map", conditie={"leeftijd_van": 27}))) == {
        ("tegenspraak", "jong")
    }


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_het_antwoord_hangt_niet_af_van_de_volgorde_van_het_bestand(data: st.DataObject) -> None:
    def rij(nummer: int) -> dict[str, Any]:
        keuze: dict[str, Any] = {
            "leerroutes": data.draw(st.lists(st.sampled_from(list(Leerroute)), max_size=2, unique=True)),
            "doelgroepen": data.draw(st.lists(st.sampled_from(list(Doelgroep)), max_size=2, unique=True)),
            "prioriteit": data.draw(st.integers(0, 2)),
        }
        return dict(afspraak(f"r{nummer}", "map", **keuze))

    rijen = [rij(nummer) for nummer in range(data.draw(st.integers(1, 6)))]
    anders = data.draw(st.permutations(rijen))
    kwestie = {
        "stap": Stapsoort.MAP,
        "leerroute": data.draw(st.sampled_from(list(Leerroute))),
        "doelgroep": data.draw(st.sampled_from(list(Doelgroep))),
    }
    een, ander = regio(*rijen), regio(*anders)
    assert vraag(een, **kwestie) == vraag(ander, **kwestie)
    # Ook de toets vindt hetzelfde; alleen de plaats in het bestand mag verschillen.
    assert {b.melding for b in toets_dekking(een)} == {b.melding for b in toets_dekking(ander)}
