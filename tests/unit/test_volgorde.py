"""Een vervolg valt nooit vóór het feit waarop het volgt: dat wordt geweigerd, met de dag erbij."""

from typing import Any

import pytest

from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.soorten import lees
from domein.regels.toets_uitkomst import toets
from tests.unit.kernbouw import KADER, Dossier, dag


def met(soort: str, **gegevens: Any) -> Dossier:
    """Een dossier met een PIP en dit feit op 10 augustus 2026."""
    return Dossier(ontzorgen=True).intake().pip().feit(soort, "2026-08-10", **gegevens)


def oproep() -> Dossier:
    return Dossier().feit("oproep_verzonden", "2026-08-10", nummer=1, afspraak_op="2026-08-24")


def aanvraag(soort: str) -> Dossier:
    return met("duo_aanvraag", nummer=1, aanvraag=soort)


def verhuisd(*daarna: str) -> Dossier:
    d = met("verhuisd", nummer=1, naar="GM1978", van="GM0512")
    for soort in daarna:
        d.feit(soort, "2026-08-12", nummer=1)
    return d


EERST = [
    (oproep(), "niet_verschenen", {"nummer": 1}, "de verzending van de oproep op 10 augustus"),
    (verhuisd(), "dossier_opgevraagd", {"nummer": 1}, "de verhuizing op 10 augustus"),
    (verhuisd("dossier_opgevraagd"), "dossier_geleverd", {"nummer": 1}, "het verzoek om het dossier op 12 augustus"),
    (verhuisd("dossier_opgevraagd"), "dossier_overgenomen", {"nummer": 1}, "het verzoek om het dossier op 12 augustus"),
    (
        verhuisd("dossier_opgevraagd", "dossier_geleverd"), "dossier_overgenomen", {"nummer": 1},
        "de levering van het dossier op 12 augustus",
    ),
    (met("voldaan"), "dossier_afgesloten", {}, "het einde van het traject op 10 augustus"),
    (met("bijstand_toegekend"), "ontzorgen_ingericht", {}, "het recht op bijstand op 10 augustus"),
    (met("bijstand_toegekend"), "ontzorgen_geeindigd", {}, "het recht op bijstand op 10 augustus"),
    (met("bijstand_toegekend"), "bijstand_beeindigd", {}, "het recht op bijstand op 10 augustus"),
    (met("begeleiding_gestart"), "begeleiding_afgerond", {}, "het begin van de begeleiding op 10 augustus"),
    (
        met("pip_voorstel", nummer=1, voorstel="leerroute", naar="z"), "voorstel_afgewezen",
        {"nummer": 1, "redencode": "anders", "mandaathouder": "m-gor"}, "het voorstel op 10 augustus",
    ),
    (
        met("aanmelding_geaccepteerd", nummer=1, startdatum="2026-09-01"), "les_beeindigd",
        {"nummer": 1, "redencode": "klaar"}, "de acceptatie van de aanmelding op 10 augustus",
    ),
    (aanvraag("verlenging"), "aanvraag_afgewezen", {"aanvraag": 1}, "de aanvraag op 10 augustus"),
    (aanvraag("vrijstelling"), "vrijgesteld", {"aanvraag": 1}, "de aanvraag op 10 augustus"),
    (
        aanvraag("ontheffing"), "ontheven", {"aanvraag": 1, "grond": "medisch"},
        "de aanvraag op 10 augustus",
    ),
    (
        aanvraag("verlenging"), "verlengd",
        {"aanvraag": 1, "nieuwe_einddatum": "2029-08-25"}, "de aanvraag op 10 augustus",
    ),
    (
        met("duo_ingevoerd", melding="duo/leerroute/1", referentie="PI-1"), "duo_bevestigd",
        {"melding": "duo/leerroute/1"}, "de invoer van de melding op 10 augustus",
    ),
    (
        met("tolk_geboekt", gesprek="voortgang/1", gesprek_op="2026-08-25"), "tolk_afgezegd",
        {"gesprek": "voortgang/1"}, "het boeken van de tolk op 10 augustus",
    ),
    (
        met("overdracht_aangeboden", nummer=1, naar_partner="avres", naar_medewerker="m-kos"), "overdracht_aanvaard",
        {"nummer": 1}, "het aanbod van het dossier op 10 augustus",
    ),
    (
        met("overdracht_aangeboden", nummer=1, naar_partner="avres", naar_medewerker="m-kos"), "overdracht_geweigerd",
        {"nummer": 1, "redencode": "anders"}, "het aanbod van het dossier op 10 augustus",
    ),
    (
        met("gepauzeerd", nummer=1, grond="overig"), "pauze_verlengd", {"nummer": 1, "verwacht_tot": "2027-01-04"},
        "het begin van de pauze op 10 augustus",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("dossier", "soort", "gegevens", "waarvoor"), EERST, ids=[rij[1] for rij in EERST])
def test_een_vervolg_voor_zijn_begin_wordt_geweigerd_en_op_die_dag_niet(
    dossier: Dossier, soort: str, gegevens: dict[str, Any], waarvoor: str
) -> None:
    feit, stand = lees(soort, gegevens), dossier.stand
    with pytest.raises(OngeldigeGegevens) as fout:
        toets(stand, feit, dag("2026-08-09"), dag("2026-12-01"), "zo gemeld", KADER)
    assert waarvoor in fout.value.melding
    assert set(fout.value.fouten) == {"datum"}
    toets(stand, feit, dag("2026-08-12"), dag("2026-12-01"), "zo gemeld", KADER)


def test_art_14_lid_2_niet_verschijnen_zonder_oproep_telt_niet() -> None:
    with pytest.raises(OngeldigeGegevens) as fout:
        toets(oproep().stand, lees("niet_verschenen", {"nummer": 2}), dag("2026-08-24"), dag("2026-12-01"), "", KADER)
    assert "Oproep 2 is niet verzonden" in fout.value.melding


def test_een_besluit_zonder_aanvraag_die_wij_kennen_kan_altijd() -> None:
    toets(
        met("tolk_nodig", taal="ti").stand, lees("vrijgesteld", {}), dag("2026-03-02"), dag("2026-12-01"), "zo", KADER
    )
