"""Wie een herinnering, escalatie of vroege waarschuwing krijgt, in een kleine regio."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domein.begrippen import Rol, Stapsoort
from domein.handelingen.ontvangers import Ontvanger, Regiowijzer
from domein.model import Dossier, Stap
from domein.regels.opschalingsbeleid import opschalingsbeleid
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio

DAG = date(2026, 3, 23)
WEG = {"van": "2026-03-01", "tot": "2026-03-31"}
STANDAARD = opschalingsbeleid().ladder(Stapsoort.VOORTGANG).niveau(1).ontvanger
AANMELDING = opschalingsbeleid().ladder(Stapsoort.AANMELDING).niveau(1).ontvanger
OVERLEG = opschalingsbeleid().ladder(Stapsoort.PIP).niveau(3).ontvanger
COORDINATOR = medewerker("reg", "uo", "regiocoordinator")


def bouw(*erbij: object, **anders: Any) -> Regio:
    afspraken = anders.pop("afspraken", (afspraak("r1", "voortgang"),))
    return regio(
        *afspraken, partners=[partner("school"), gemeentepartner("dorp", "GM0512")], medewerkers=list(erbij), **anders
    )


def stap(partnercode: str | None = "uo", code: str | None = "m-uo", **anders: Any) -> Stap:
    return Stap(
        dossier_id=uuid4(), gemeente="GM0512", kenmerk="voortgang/1", titel="Gesprek", start=DAG, streef=DAG,
        rol=Rol.KLANTMANAGER, partner=partnercode, medewerker=code, **{"stapsoort": Stapsoort.VOORTGANG, **anders},
    )  # fmt: skip


def dossier(**anders: Any) -> Dossier:
    return Dossier(
        referentie="D-7F3K9", regio="r", gemeente="GM0512", aangemaakt_op=datetime(2026, 1, 1, tzinfo=UTC), **anders
    )


def hoger(regio_: Regio, een: Stap, rollen: tuple[str, ...] = STANDAARD, **van_dossier: Any) -> tuple[str, str] | None:
    gevonden = Regiowijzer(regio_, DAG).hoger(een, dossier(**van_dossier), rollen)
    return (gevonden.code, gevonden.rol) if gevonden else None


def test_de_herinnering_gaat_naar_de_behandelaar_zelf() -> None:
    gevonden = Regiowijzer(bouw(), DAG).behandelaar(stap())
    assert isinstance(gevonden, Ontvanger)
    assert (gevonden.code, gevonden.adres) == ("m-uo", "m-uo@uo.example")


def test_zonder_behandelaar_gaat_zij_naar_de_postbus_van_de_partner() -> None:
    gevonden = Regiowijzer(bouw(), DAG).behandelaar(stap("school", None))
    assert gevonden is not None
    assert (gevonden.code, gevonden.adres) == ("school", "post@school.example")


def test_een_taak_gaat_naar_de_teamleider_van_wie_haar_heeft_anders_van_wie_de_regie_heeft() -> None:
    met = bouw(medewerker("tl", "uo", "teamleider"), COORDINATOR)
    assert hoger(met, stap()) == ("tl", "teamleider")
    assert hoger(met, stap("dorp", "m-gem"), regie_partner="uo") == ("tl", "teamleider")
    assert hoger(met, stap("school")) == ("reg", "regiocoordinator")


def test_is_de_teamleider_er_niet_dan_de_vervanger_of_de_coordinator() -> None:
    zonder = bouw(medewerker("tl", "uo", "teamleider", afwezigheid=[WEG]), COORDINATOR)
    assert hoger(zonder, stap()) == ("reg", "regiocoordinator")
    met = bouw(
        medewerker("tl", "uo", "teamleider", afwezigheid=[{**WEG, "vervanger": "tl2"}]),
        medewerker("tl2", "school", "teamleider", in_dienst_van="2026-03-10"),
        COORDINATOR,
    )
    assert hoger(met, stap()) == ("tl2", "teamleider")


def test_wie_de_taak_zelf_heeft_wordt_alleen_gekozen_als_er_geen_ander_is() -> None:
    zelf = medewerker("tl", "uo", "teamleider")
    assert hoger(bouw(zelf, COORDINATOR), stap(code="tl")) == ("reg", "regiocoordinator")
    assert hoger(bouw(zelf), stap(code="tl")) == ("tl", "teamleider")


def test_zonder_leiding_is_er_alleen_de_postbus_en_zonder_partner_niemand() -> None:
    assert hoger(bouw(), stap()) is None
    postbus = Regiowijzer(bouw(), DAG).postbus(stap())
    assert postbus is not None
    assert (postbus.code, postbus.adres) == ("uo", "post@uo.example")
    assert Regiowijzer(bouw(), DAG).postbus(stap(None, None)) is None


@pytest.mark.parametrize(
    ("escalatie", "rollen", "verwacht"),
    [
        pytest.param(["contractmanager", "regiocoordinator"], STANDAARD, ("con", "contractmanager"), id="eigen-keuze"),
        pytest.param(["regiocoordinator"], AANMELDING, ("reg", "regiocoordinator"), id="gaat-voor-op-het-beleid"),
        pytest.param(
            ["teamleider", "regiocoordinator"], AANMELDING, ("con", "contractmanager"), id="standaard-is-geen-keuze"
        ),
        pytest.param(["begeleider", "regiocoordinator"], STANDAARD, ("reg", "regiocoordinator"), id="op-volgorde"),
    ],
)  # fmt: skip
def test_de_escalatie_van_een_afspraak_houdt_haar_betekenis(
    escalatie: list[str], rollen: tuple[str, ...], verwacht: tuple[str, str]
) -> None:
    hier = bouw(
        medewerker("tl", "uo", "teamleider"), medewerker("con", "uo", "contractmanager"), COORDINATOR,
        afspraken=(afspraak("r1", "voortgang", escalatie=escalatie),),
    )  # fmt: skip
    assert hoger(hier, stap(afspraak="r1"), rollen) == verwacht


def test_de_contractmanager_van_de_eigen_gemeente_gaat_voor() -> None:
    hier = bouw(medewerker("a", "uo", "contractmanager"), medewerker("z", "dorp", "contractmanager"))
    assert hoger(hier, stap("school"), ("contractmanager",)) == ("z", "contractmanager")


def test_een_besluit_gaat_naar_wie_mandaat_heeft_en_liefst_een_ander_dan_de_behandelaar() -> None:
    mandaat = {"id": "m", "gemeente": "GM0512", "stappen": ["pip"], "houders": ["een", "twee"], "bron": "besluit"}
    hier = bouw(
        medewerker("een", "dorp", "mandaathouder"), medewerker("twee", "uo", "mandaathouder"),
        medewerker("vreemd", "uo", "mandaathouder"),
        mandaten=[mandaat, {**mandaat, "id": "oud", "geldig_tot": "2026-01-01"}],
    )  # fmt: skip
    pip = stap("dorp", "een", stapsoort=Stapsoort.PIP)
    assert hoger(hier, pip, ("mandaathouder",)) == ("twee", "mandaathouder")
    assert hoger(hier, stap("dorp", "twee", stapsoort=Stapsoort.PIP), ("mandaathouder",)) == ("een", "mandaathouder")
    assert hoger(hier, stap(), ("mandaathouder",)) is None  # over een gesprek heeft niemand mandaat


def test_een_overleg_gaat_naar_de_penvoerder_anders_naar_de_coordinator() -> None:
    verband = {
        "id": "w", "doel": "inkoop", "vorm": "convenant", "gemeenten": ("GM0512",), "penvoerder": "dorp",
        "besluit": {"orgaan": "de colleges", "datum": "2021-12-01"},
    }  # fmt: skip
    afspraken = (afspraak("r1", "voortgang"), afspraak("r2", "aanmelding", verband="w"))
    hier = bouw(COORDINATOR, verbanden=[verband], afspraken=afspraken)
    assert hoger(hier, stap(afspraak="r2"), OVERLEG) == ("dorp", "overleg")
    assert hoger(hier, stap(afspraak="r1"), OVERLEG) == ("reg", "regiocoordinator")


def test_een_vroege_waarschuwing_gaat_naar_klantmanager_en_teamleider_of_wie_hen_vervangt() -> None:
    hier = bouw(
        medewerker("km", "uo", "klantmanager", afwezigheid=[{**WEG, "vervanger": "m-uo"}]),
        medewerker("tl", "uo", "teamleider"),
    )
    rollen = ("behandelaar", "teamleider")
    allen = Regiowijzer(hier, DAG).allen(stap("dorp", None), dossier(klantmanager="km", regie_partner="uo"), rollen)
    assert [een.code for een in allen] == ["m-uo", "tl"]
    assert Regiowijzer(hier, DAG).allen(stap("dorp", None), dossier(), rollen) == ()


def test_een_gat_is_een_taak_zonder_afspraak_bij_de_coordinator() -> None:
    wijzer = Regiowijzer(bouw(COORDINATOR), DAG)
    assert wijzer.is_gat(stap(code="reg", afspraak=""))
    assert not wijzer.is_gat(stap(code="reg", afspraak="r1"))
    assert not wijzer.is_gat(stap(afspraak=""))


def test_de_kalender_is_die_van_de_partner_en_namen_komen_uit_de_regio() -> None:
    dicht = regio(afspraak("r1", "voortgang"), partners=[partner("school", gesloten_dagen=["2026-03-23"])])
    wijzer = Regiowijzer(dicht, DAG)
    assert not wijzer.kalender(stap("school")).is_open(DAG)
    assert wijzer.kalender(stap("uo")).is_open(DAG)
    assert (wijzer.partnernaam("school"), wijzer.regionaam(), wijzer.gemeentenaam("GM0512")) == (
        "School", "Proefregio", "GM0512",
    )  # fmt: skip
    assert wijzer.partnernaam(None) == "een onbekende organisatie"
