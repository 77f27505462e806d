"""Een gat in het verblijf dat te lang duurt (art. 2.2 Bi): eerst legt iemand het einde vast, taken wachten daarop."""

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
