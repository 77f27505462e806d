"""Zijn de lessen helemaal gevolgd, dan is het aanbod gedaan (art. 16 Wi): geen opgaven meer, en geen nieuw aanbod."""

import pytest

from domein.regels.nummeren import nummer_voor
from tests.unit.kernbouw import Dossier


def met_les(start: str = "2026-03-30") -> Dossier:
    dossier = Dossier().pip("2026-02-25")
    dossier.feit("aanmelding_geaccepteerd", "2026-03-04", nummer=1, startdatum=start)
    return dossier.feit("les_gestart", start, "aanbieder/start/1", nummer=1)


def bij_aanbieder(dossier: Dossier) -> set[str]:
    return {k for k in dossier.kenmerken if k.startswith("aanbieder/")}


def test_wie_klaar_is_krijgt_geen_nieuw_aanbod_en_alleen_de_opgave_van_het_lopende_half_jaar() -> None:
    dossier = met_les().feit("les_beeindigd", "2027-12-15", nummer=1, redencode="klaar")
    assert bij_aanbieder(dossier) == {f"aanbieder/uren/{k}/1" for k in range(1, 5)}  # deel 4 loopt tot 30 maart 2028
    assert dossier.stand.lopende_lessen == ()
    assert nummer_voor(dossier.stand, "les_beeindigd") is None


@pytest.mark.parametrize("reden", ["keurmerk-kwijt", "anders"])
def test_om_een_andere_reden_gestopt_geeft_wel_een_nieuw_aanbod(reden: str) -> None:
    dossier = met_les().feit("les_beeindigd", "2027-12-15", nummer=1, redencode=reden)
    assert bij_aanbieder(dossier) == {"aanbieder/aanmelding/2"}


def test_een_andere_leerroute_daarna_vraagt_een_aanbod_maar_niets_meer_van_de_vorige_aanbieder() -> None:
    dossier = met_les().feit("les_beeindigd", "2026-12-15", nummer=1, redencode="klaar").pip("2027-02-10", "z")
    assert bij_aanbieder(dossier) == {"aanbieder/aanmelding/2"}


def test_verhuizen_na_de_lessen_vraagt_niets_over_de_aanbieder() -> None:
    verhuisd = {"naar": "GM1961", "van": "GM0512", "nummer": 1}
    loopt_nog = met_les().feit("verhuisd", "2028-01-10", **verhuisd)
    assert "verhuizing/aanbieder/1/1" in loopt_nog.kenmerken
    klaar = met_les().feit("les_beeindigd", "2027-12-15", nummer=1, redencode="klaar")
    assert "verhuizing/aanbieder/1/1" not in klaar.feit("verhuisd", "2028-01-10", **verhuisd).kenmerken
