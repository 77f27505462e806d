"""Wat stilstaat en wat niet: een gat dat te lang duurt (art. 2.2 Bi), en de tolk bij een gesprek dat niet doorgaat."""

from tests.unit.kernbouw import Dossier, dag


def test_op_de_dag_dat_het_gat_te_lang_wordt_gaat_alleen_de_vraag_naar_het_einde_open() -> None:
    dossier = Dossier().pip("2026-02-25").feit("verblijf_onderbroken", "2026-03-16", nummer=1)
    assert dossier.stap("registratie/verblijfsgat/1").start == dag("2027-03-17")
    met_de_persoon = {k for k in dossier.kenmerken if k.startswith(("voortgang/", "pvt/", "map/", "aanbieder/"))}
    assert met_de_persoon
    # Wie in die dagen het einde vastlegt (drie werkdagen), laat niets open dat meteen weer vervalt.
    assert {k for k in met_de_persoon if dossier.stap(k).start < dag("2027-03-22")} == {"aanbieder/aanmelding/1"}


def test_is_het_verblijf_er_weer_dan_gaan_de_taken_op_die_dag_verder() -> None:
    dossier = Dossier().pip("2026-02-25").feit("verblijf_onderbroken", "2026-03-16", nummer=1)
    dossier.feit("verblijf_hervat", "2026-10-05", nummer=1)
    assert dossier.stap("voortgang/1").start == dag("2026-10-05")
    assert "registratie/verblijfsgat/1" not in dossier.kenmerken


def test_een_tolk_afzeggen_wacht_niet_op_het_einde_van_een_pauze() -> None:
    dossier = Dossier("2026-02-24").feit("tolk_nodig", "2026-02-24", taal="ko")
    dossier.feit("oproep_verzonden", "2026-02-27", "intake/oproep/1", nummer=1, afspraak_op="2026-03-25")
    dossier.feit("tolk_geboekt", "2026-03-11", gesprek="intake/gesprek/1", gesprek_op="2026-03-25")
    dossier.feit("gepauzeerd", "2026-03-10", nummer=1, grond="ziekte", verwacht_tot="2026-04-15")
    dossier.feit("vrijgesteld", "2026-04-01")
    assert dossier.stap("tolk/afzeggen/1/intake/gesprek/1").start == dag("2026-03-11")
