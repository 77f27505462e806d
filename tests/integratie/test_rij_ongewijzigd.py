"""Wat al zo stond, is geen wijziging; wat anders is, altijd."""

from domein.begrippen import Dossierstatus


def test_dezelfde_waarde_nog_eens_zetten_maakt_een_rij_niet_gewijzigd(magazijn, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(dossier_id)
        dossier.gemeente, dossier.status, dossier.einde = str(dossier.gemeente), Dossierstatus(dossier.status), None
        assert dossier not in ruimte.sessie.dirty


def test_een_andere_waarde_wordt_bewaard_ook_als_zij_daarna_weer_verandert(magazijn, dossier_id) -> None:
    with magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(dossier_id)
        eerst = dossier.gemeente
        dossier.gemeente = "GM0001"
        assert dossier in ruimte.sessie.dirty
        dossier.gemeente, dossier.einde = eerst, "voldaan"
    with magazijn.ruimte() as ruimte:
        assert (ruimte.dossier(dossier_id).gemeente, ruimte.dossier(dossier_id).einde) == (eerst, "voldaan")
