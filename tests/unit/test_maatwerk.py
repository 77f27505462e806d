"""Maatwerk gaat voor op elke afspraak, met een reden en een einde, en nooit boven het mandaat."""

from typing import Any

import pytest
from pydantic import ValidationError

from domein.begrippen import Rol, Stapsoort
from domein.regels.maatwerk import Maatwerk
from domein.regels.samenwerking import NietVanToepassing, Situatie
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio
from tests.unit.regiovragen import dag, gat, redenen, toegewezen, vraag


def maatwerk(**anders: Any) -> Maatwerk:
    gewoon = {
        "stap": "aanmelding", "partner": "avondschool", "reden": "werkt overdag en kan alleen in de avond",
        "goedgekeurd_door": "m-teken", "goedgekeurd_op": "2026-02-20", "geldig_van": "2026-03-01",
        "geldig_tot": "2026-08-31",
    }  # fmt: skip
    return Maatwerk.model_validate(gewoon | anders)


def gorinchem(*afspraken: Any, **mandaat: Any) -> Regio:
    """De regel wijst de dagschool aan; m-teken mag tot € 12.000 namens het college tekenen."""
    return regio(
        *(afspraken or (afspraak("les", "aanmelding", uitvoerder="dagschool", rol="aanbieder",
                                 tarief={"bedrag": 11600}, inzage=["naam", "bsn"], afzender="uitvoerder"),)),
        partners=[gemeentepartner("gor", "GM0512"), partner("dagschool", bsn_grondslag=True), partner("avondschool")],
        medewerkers=[
            medewerker("m-teken", "gor", "mandaathouder"),
            medewerker("m-avond", "avondschool", "aanbieder"),
            medewerker("m-geen", "gor", "klantmanager"),
        ],
        mandaten=[{
            "id": "m", "gemeente": "GM0512", "stappen": ["aanmelding"], "houders": ["m-teken"],
            "bron": "Mandaatbesluit", "plafond_euro": 12000, **mandaat,
        }],
    )  # fmt: skip


def met(eigen: Maatwerk) -> dict[str, Any]:
    return {"situatie": Situatie(maatwerk=eigen)}


def test_maatwerk_gaat_voor_en_het_antwoord_noemt_reden_goedkeurder_en_einde() -> None:
    antwoord = toegewezen(gorinchem(), **met(maatwerk()))
    assert antwoord.uitvoerder == "avondschool"
    assert antwoord.waarom == (
        "Avondschool doet stap aanmelding voor Gor op maandag 2 maart 2026, als maatwerk tot en met 31 augustus 2026, "
        "goedgekeurd door m-teken op 20 februari 2026: werkt overdag en kan alleen in de avond."
    )
    assert redenen(antwoord)["dagschool"] == "het maatwerk gaat voor"
    assert antwoord.maatwerk == maatwerk()
    assert (antwoord.afspraak, antwoord.betaler, antwoord.afzender) == ("les", "gor", "Avondschool")


def test_maatwerk_geeft_een_partner_zonder_grondslag_nooit_het_bsn() -> None:
    assert "bsn" in toegewezen(gorinchem()).inzage
    assert toegewezen(gorinchem(), **met(maatwerk())).inzage == ("naam",)


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        pytest.param({"bedrag": "12000.01"}, "het bedrag van € 12000.01 gaat boven het mandaat van m-teken (€ 12000)",
                     id="boven-het-plafond"),
        pytest.param({"goedgekeurd_door": "m-geen"},
                     "m-geen had op 20 februari 2026 geen mandaat voor stap aanmelding namens Gor", id="geen-mandaat"),
        pytest.param({"goedgekeurd_op": "2021-12-31"},
                     "m-teken had op 31 december 2021 geen mandaat voor stap aanmelding namens Gor",
                     id="voor-het-mandaat"),
        pytest.param({"geldig_tot": "2026-03-01"}, "het maatwerk geldt van 1 maart 2026 tot en met 1 maart 2026",
                     id="verlopen"),
        pytest.param({"partner": "elders"}, "partner elders staat niet in de regio", id="onbekende-partner"),
    ],
)  # fmt: skip
def test_maatwerk_dat_niet_mag_verandert_niets_en_het_antwoord_zegt_waarom(anders: Any, reden: str) -> None:
    van = gorinchem(geldig_van="2022-01-01")
    antwoord = toegewezen(van, **met(maatwerk(**anders)))
    assert antwoord.uitvoerder == "dagschool"
    assert antwoord.maatwerk is None
    assert antwoord.waarom.endswith(f"; het maatwerk telt niet, want {reden}.")
    assert antwoord.afgevallen[0].reden == reden


def test_noemt_maatwerk_geen_bedrag_dan_telt_het_tarief_van_de_afspraak() -> None:
    assert toegewezen(gorinchem(plafond_euro=11600), **met(maatwerk())).uitvoerder == "avondschool"
    assert toegewezen(gorinchem(plafond_euro=11599), **met(maatwerk())).uitvoerder == "dagschool"


def test_een_mandaat_van_een_andere_gemeente_of_stap_telt_niet() -> None:
    assert toegewezen(gorinchem(stappen=["pip"]), **met(maatwerk())).uitvoerder == "dagschool"


@pytest.mark.parametrize(
    ("besluiten", "uitvoerder"),
    [([], "avondschool"), (["pip"], "avondschool"), (["beslissing_op_bezwaar"], "dagschool"),
     (["maatregel"], "dagschool"), (["pip", "maatregel"], "avondschool")],
)  # fmt: skip
def test_wie_alleen_op_bezwaar_of_maatregelen_beslist_stelt_geen_maatwerk_vast(
    besluiten: list[str], uitvoerder: str
) -> None:
    assert toegewezen(gorinchem(besluiten=besluiten), **met(maatwerk())).uitvoerder == uitvoerder


def test_maatwerk_voor_een_andere_stap_doet_hier_niets() -> None:
    van = gorinchem()
    antwoord = toegewezen(van, **met(maatwerk(stap="voortgang")))
    assert antwoord == toegewezen(van)


def test_maatwerk_gaat_ook_voor_op_niet_van_toepassing_als_het_een_rol_noemt() -> None:
    eigen_keuze = gorinchem(afspraak("eigen", "aanmelding", niet_van_toepassing="kiest zelf."))
    zonder_rol = vraag(eigen_keuze, **met(maatwerk()))
    assert isinstance(zonder_rol, NietVanToepassing)
    assert (
        "het maatwerk telt niet, want geen afspraak noemt hier een rol, en het maatwerk ook niet" in zonder_rol.waarom
    )
    antwoord = toegewezen(eigen_keuze, **met(maatwerk(rol="aanbieder", inzage=["naam", "bsn"])))
    assert (antwoord.uitvoerder, antwoord.rol, antwoord.betaler) == ("avondschool", Rol.AANBIEDER, "gor")
    assert (antwoord.ondertekenaar, antwoord.inzage) == ("m-teken", ("naam",))


def test_maatwerk_vult_ook_een_gat() -> None:
    leeg = gorinchem(afspraak("iets-anders", "map"))
    gat(leeg)
    assert toegewezen(leeg, **met(maatwerk(rol="aanbieder"))).uitvoerder == "avondschool"


def test_een_partner_die_weigerde_krijgt_de_stap_ook_niet_met_maatwerk() -> None:
    antwoord = toegewezen(gorinchem(), uitgesloten_partners=["avondschool"], **met(maatwerk()))
    assert antwoord.uitvoerder == "dagschool"


def test_bij_delegatie_keurt_een_mandaathouder_van_het_orgaan_zelf_het_goed() -> None:
    verband = {
        "id": "gr", "doel": "klantregie", "vorm": "openbaar_lichaam", "bevoegdheid": "delegatie",
        "gemeenten": ["GM0512"], "besluit": {"orgaan": "de raad", "datum": "2021-12-01"},
    }  # fmt: skip
    van = regio(
        afspraak("les", "aanmelding", verband="gr", bevoegd_orgaan="gr"),
        partners=[partner("gr", "gemeenschappelijke_regeling"), partner("avondschool")],
        medewerkers=[medewerker("m-gr", "gr", "mandaathouder"), medewerker("m-teken", "uo", "mandaathouder")],
        verbanden=[verband],
    )
    assert toegewezen(van, **met(maatwerk())).uitvoerder == "uo"
    assert toegewezen(van, **met(maatwerk(goedgekeurd_door="m-gr"))).uitvoerder == "avondschool"


def test_maatwerk_heeft_altijd_een_reden_en_een_einde_na_het_begin() -> None:
    for fout in ({"reden": " "}, {"geldig_tot": "2026-02-01"}, {"bedrag": "-1"}):
        with pytest.raises(ValidationError):
            maatwerk(**fout)
    assert maatwerk().stap is Stapsoort.AANMELDING
    assert maatwerk().geldig_tot == dag("2026-08-31")
