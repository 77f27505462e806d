"""De weigeringen rond de beslistermijn, de dwangsom en de rechter; onderdeel van `weigeringen.py`."""

from collections.abc import Iterator
from typing import Any

from tests.unit.kernbouw import Dossier
from tests.unit.plannen import aanvraag, beslist, bezwaar, na_pip, opgeschort, te_laat_beslist, uitspraak

Geval = tuple[str, Dossier, str, str, dict[str, Any]]
STIL = {"nummer": 1, "over": "bezwaar", "van": 1, "grond": "aanvullen", "tot": "2026-05-04"}
GEBREK = {"nummer": 1, "over": "bezwaar", "van": 1}
SOM = {"nummer": 1, "bedrag": 1442, "oordeel": "verschuldigd", "mandaathouder": "m-gor"}
HOGER = {"nummer": 1, "beroep": 1, "door": "inburgeraar"}


def gevallen() -> Iterator[Geval]:
    yield from _stilstand()
    yield from _dwangsom()
    yield from _rechter()


def _stilstand() -> Iterator[Geval]:
    soort = "beslistermijn_opgeschort"
    yield "opschorten zonder reden", bezwaar(), soort, "2026-04-20", STIL
    yield "opschorten op de laatste dag", bezwaar(), soort, "2026-05-20", STIL | {"tot": "2026-06-01"}
    yield "opschorten na de termijn", bezwaar(), soort, "2026-05-21", STIL | {"tot": "2026-06-01"}
    yield "opschorten tot vandaag", bezwaar(), soort, "2026-05-04", STIL
    yield "opschorten van geen bezwaar", na_pip(), soort, "2026-04-20", STIL
    yield "opschorten na de beslissing", beslist(), soort, "2026-04-20", STIL
    yield "opschorten van een voorstel dat niemand vroeg", _voorstel(), soort, "2026-06-08", STIL | {"over": "voorstel"}
    yield (
        "opschorten van een aanvraag",
        aanvraag(),
        soort,
        "2026-06-08",
        STIL | {"over": "voorstel", "tot": "2026-07-06"},
    )
    stil = opgeschort(bezwaar(), "bezwaar", "2026-04-20", "2026-05-04")
    yield "hervatten", stil, "beslistermijn_hervat", "2026-05-04", {"nummer": 1}
    yield "hervatten nadat het al weer liep", stil, "beslistermijn_hervat", "2026-05-05", {"nummer": 1}
    yield "hervatten op de dag zelf", stil, "beslistermijn_hervat", "2026-04-20", {"nummer": 1}
    later = {"nummer": 1, "tot": "2026-09-01"}
    yield "aanvraag later beslissen", aanvraag(), "voorstel_verdaagd", "2026-07-27", later
    yield "aanvraag te laat uitgesteld", aanvraag(), "voorstel_verdaagd", "2026-07-28", later
    yield (
        "aanvraag uitgesteld tot een dag die er al was",
        aanvraag(),
        "voorstel_verdaagd",
        "2026-07-20",
        later | {"tot": "2026-07-27"},
    )
    al = aanvraag().feit("voorstel_verdaagd", "2026-07-20", **later)
    yield "aanvraag twee keer uitgesteld", al, "voorstel_verdaagd", "2026-07-21", later
    yield "voorstel dat niemand vroeg uitgesteld", _voorstel(), "voorstel_verdaagd", "2026-07-20", later


def _voorstel() -> Dossier:
    return na_pip().feit("pip_voorstel", "2026-06-01", nummer=1, voorstel="leerroute", naar="z")


def _dwangsom() -> Iterator[Geval]:
    yield "te vroeg in gebreke gesteld", bezwaar(), "in_gebreke_gesteld", "2026-05-20", GEBREK
    yield "in gebreke gesteld", bezwaar(), "in_gebreke_gesteld", "2026-05-21", GEBREK
    yield "in gebreke over een pip", na_pip(), "in_gebreke_gesteld", "2026-05-21", GEBREK | {"over": "voorstel"}
    tweede = GEBREK | {"nummer": 2}
    yield "twee keer in gebreke gesteld", te_laat_beslist(), "in_gebreke_gesteld", "2026-06-08", tweede
    eerder = te_laat_beslist(in_gebreke="2026-05-18")
    yield "in gebreke gesteld na een te vroege keer", eerder, "in_gebreke_gesteld", "2026-06-08", tweede
    vast = "dwangsom_vastgesteld"
    yield "dwangsom terwijl zij loopt", te_laat_beslist(), vast, "2026-07-27", SOM
    yield "dwangsom", te_laat_beslist(), vast, "2026-07-28", SOM
    yield "te lage dwangsom", te_laat_beslist(), vast, "2026-07-28", SOM | {"bedrag": 1260}
    geen = SOM | {"bedrag": 0, "oordeel": "kennelijk"}
    yield "geen dwangsom zonder reden", te_laat_beslist(), vast, "2026-07-28", geen
    yield "wel een bedrag en geen dwangsom", te_laat_beslist(), vast, "2026-07-28", geen | {"bedrag": 23}
    yield "dwangsom na een te vroege brief", eerder, vast, "2026-07-28", SOM
    yield "dwangsom zonder ingebrekestelling", bezwaar(), vast, "2026-07-28", SOM


def _rechter() -> Iterator[Geval]:
    open_ = beslist(herroept=False).feit("beroep_ingesteld", "2026-05-04", nummer=1, bezwaar=1)
    af = {"nummer": 1, "uitkomst": "gegrond"}
    yield "opnieuw beslissen", open_, "beroep_beslist", "2026-11-02", af | {"opnieuw": True}
    yield "ongegrond en opnieuw", open_, "beroep_beslist", "2026-11-02", af | {"uitkomst": "ongegrond", "opnieuw": True}
    yield "herroepen en opnieuw", open_, "beroep_beslist", "2026-11-02", af | {"herroept": True, "opnieuw": True}
    yield "hoger beroep zonder uitspraak", open_, "hoger_beroep_ingesteld", "2026-11-02", HOGER
    yield "hoger beroep", uitspraak(), "hoger_beroep_ingesteld", "2026-11-03", HOGER
    yield "hoger beroep voor de uitspraak", uitspraak(), "hoger_beroep_ingesteld", "2026-11-01", HOGER
    loopt = uitspraak().feit("hoger_beroep_ingesteld", "2026-11-03", **HOGER)
    yield "twee keer hoger beroep", loopt, "hoger_beroep_ingesteld", "2026-11-04", HOGER | {"nummer": 2}
    yield "uitspraak in hoger beroep", loopt, "hoger_beroep_beslist", "2027-06-01", af | {"herroept": True}
    yield "geen hoger beroep dat loopt", uitspraak(), "hoger_beroep_beslist", "2027-06-01", af
