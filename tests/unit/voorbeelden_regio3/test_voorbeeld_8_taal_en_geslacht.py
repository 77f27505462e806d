"""Voorbeeld 8: wensen over taal en geslacht. Molenlanden, Tigrinya, vraagt een vrouw; tien werkdagen is verzonnen."""

from typing import Any

from domein.begrippen import Rol
from domein.regels.samenwerking import Uitgesproken
from domein.regels.wensen import Wenskeuze, kies_bij_wensen
from domein.regio.model import Regio
from domein.regio.onderdelen import Wens
from domein.regio.soorten import Wenssoort
from tests.unit.regiobouw import Rij, afspraak, medewerker, partner, regio
from tests.unit.regiovragen import dag

GEVRAAGD_OP = dag("2026-03-02")  # een maandag; tien werkdagen later is maandag 16 maart
WENSEN = (
    Wens(soort=Wenssoort.TAAL, ondersteuner=Rol.BEGELEIDER),
    Wens(soort=Wenssoort.GESLACHT_BEHANDELAAR),
)
GEVRAAGD = (
    Uitgesproken(Wenssoort.TAAL, "ti", GEVRAAGD_OP),
    Uitgesproken(Wenssoort.GESLACHT_BEHANDELAAR, "vrouw", GEVRAAGD_OP),
)


def molenlanden(*team: Rij) -> Regio:
    """`m-uo` is een man zonder Tigrinya; de sleutelpersoon komt van een andere organisatie."""
    sleutelpersoon = medewerker("s-tigrinya", "sleutelpersonen", "begeleider", talen=["ti", "nl"])
    return regio(
        afspraak("intake", "intake", wensen=[w.model_dump(mode="json") for w in WENSEN]),
        gemeenten=("GM1978",),
        partners=[partner("sleutelpersonen", "vrijwilligers")],
        medewerkers=[sleutelpersoon, *team],
    )


def vrouw(code: str, *talen: str, weg_tot: str | None = None) -> Rij:
    afwezig = [{"van": "2026-02-01", "tot": weg_tot}] if weg_tot else []
    return medewerker(code, "uo", "klantmanager", geslacht="vrouw", talen=talen, afwezigheid=afwezig)


def kies(van: Regio, op: str = "2026-03-02", **anders: Any) -> Wenskeuze:
    return kies_bij_wensen(van, "uo", Rol.KLANTMANAGER, WENSEN, GEVRAAGD, dag(op), **anders)


def code(keuze: Wenskeuze) -> str | None:
    return keuze.medewerker.code if keuze.medewerker else None


def test_voorbeeld_8_een_collega_die_past_gaat_voor_ook_met_meer_werk() -> None:
    keuze = kies(molenlanden(vrouw("m-past", "ti")), last={"m-past": 40})
    assert (code(keuze), keuze.tolk, keuze.wacht_tot) == ("m-past", False, None)
    assert keuze.waarom == "m-past past bij de wens over taal (ti) en geslacht van de behandelaar (vrouw)."


def test_voorbeeld_8_is_zij_er_nu_niet_dan_wordt_hoogstens_tien_werkdagen_gewacht() -> None:
    terug_op_tijd = kies(molenlanden(vrouw("m-past", "ti", weg_tot="2026-03-08")))
    assert (code(terug_op_tijd), terug_op_tijd.wacht_tot) == (None, dag("2026-03-09"))
    te_laat_terug = kies(molenlanden(vrouw("m-past", "ti", weg_tot="2026-04-30")))
    assert te_laat_terug.wacht_tot == dag("2026-03-16")


def test_voorbeeld_8_na_tien_werkdagen_doet_een_klantmanager_het_met_een_tolk() -> None:
    team = molenlanden(vrouw("m-past", "ti", weg_tot="2026-04-30"))
    assert code(kies(team, "2026-03-13")) is None
    keuze = kies(team, "2026-03-16")
    assert (code(keuze), keuze.tolk) == ("m-uo", True)
    assert keuze.waarom == (
        "De wachttijd voor de wens over taal (ti) en geslacht van de behandelaar (vrouw) is voorbij sinds maandag "
        "16 maart 2026; daarom doet m-uo het met een tolk."
    )


def test_voorbeeld_8_een_vrouw_zonder_de_taal_gaat_voor_een_man_zonder_de_taal() -> None:
    team = molenlanden(vrouw("m-past", "ti", weg_tot="2026-04-30"), vrouw("m-vrouw"))
    keuze = kies(team, "2026-03-16", last={"m-vrouw": 30})
    assert (code(keuze), keuze.tolk) == ("m-vrouw", True)


def test_voorbeeld_8_de_sleutelpersoon_spreekt_de_taal_en_komt_mee() -> None:
    keuze = kies(molenlanden(vrouw("m-past", "ti", weg_tot="2026-04-30")), "2026-03-16")
    assert keuze.ondersteuner is not None
    assert keuze.ondersteuner.code == "s-tigrinya"


def test_voorbeeld_8_de_termijn_van_het_pip_gaat_voor_de_wens() -> None:
    team = molenlanden(vrouw("m-past", "ti", weg_tot="2026-04-30"))
    assert kies(team, uiterste_start=dag("2026-03-10")).wacht_tot == dag("2026-03-10")
    keuze = kies(team, "2026-03-10", uiterste_start=dag("2026-03-10"))
    assert (code(keuze), keuze.tolk) == ("m-uo", True)
    assert "zou de wettelijke termijn breken, en die gaat voor" in keuze.waarom


def test_voorbeeld_8_past_er_niemand_in_het_team_dan_heeft_wachten_geen_zin() -> None:
    keuze = kies(molenlanden())
    assert (code(keuze), keuze.tolk, keuze.wacht_tot) == ("m-uo", True, None)
    assert keuze.waarom.startswith("Bij uo werkt niemand die past bij de wens over")


def test_voorbeeld_8_zonder_uitgesproken_wens_wordt_er_niets_verondersteld() -> None:
    keuze = kies_bij_wensen(molenlanden(vrouw("m-past", "ti")), "uo", Rol.KLANTMANAGER, WENSEN, (), GEVRAAGD_OP)
    assert (code(keuze), keuze.tolk, keuze.ondersteuner) == ("m-past", False, None)  # op code, niet op wens
    assert keuze.waarom == "m-past heeft per voltijdsplaats de minste last (0,0)."


def test_voorbeeld_8_een_wens_die_niet_is_afgesproken_houdt_niets_op() -> None:
    keuze = kies_bij_wensen(molenlanden(), "uo", Rol.KLANTMANAGER, WENSEN[:1], GEVRAAGD[1:], GEVRAAGD_OP)
    assert (code(keuze), keuze.tolk) == ("m-uo", False)
