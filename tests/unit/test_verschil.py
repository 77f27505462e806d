"""Wat een nieuwe versie verandert: alleen wie anders wordt, waar, voor wie en wanneer."""

from datetime import date
from typing import Any

from domein.begrippen import Stapsoort
from domein.regels.verschil import Verandering, vergelijk
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio, ruw

GEMEENTEN = ("GM0512", "GM1978")
SCHOLEN = [partner("school"), partner("nieuw")]


def rest(*zonder: Stapsoort) -> Any:
    return afspraak("rest", *(s for s in Stapsoort if s not in zonder))


def een(oud: Regio, nieuw: Regio) -> Verandering:
    (verandering,) = vergelijk(oud, nieuw).veranderingen
    return verandering


def les(**anders: Any) -> Any:
    return afspraak("les", "map", **({"uitvoerder": "school", "rol": "aanbieder"} | anders))


def scholen(*rijen: Any, **anders: Any) -> Regio:
    return regio(rest(Stapsoort.MAP), *rijen, gemeenten=GEMEENTEN, partners=SCHOLEN, **anders)


def test_dezelfde_regio_geeft_geen_verschil() -> None:
    assert vergelijk(scholen(les()), scholen(les())).veranderingen == ()


def test_een_andere_naam_of_volgorde_is_geen_verschil() -> None:
    anders = scholen(afspraak("heet-anders", "map", gemeenten=GEMEENTEN, uitvoerder="school", rol="aanbieder"))
    assert vergelijk(scholen(les()), anders).veranderingen == ()


def test_een_andere_uitvoerder_vanaf_een_dag_voor_een_leerroute() -> None:
    nieuw = scholen(
        les(leerroutes=["b1", "onderwijs"]),
        afspraak("z-oud", "map", leerroutes=["z"], uitvoerder="school", rol="aanbieder", geldig_tot="2026-06-30"),
        afspraak("z", "map", leerroutes=["z"], uitvoerder="nieuw", rol="aanbieder", geldig_van="2026-07-01"),
    )
    verandering = een(scholen(les()), nieuw)
    assert (verandering.van, verandering.tot) == (date(2026, 7, 1), date(2030, 12, 31))
    assert verandering.anders == ("uitvoerder",)
    assert verandering.gemeenten == GEMEENTEN
    assert verandering.voor_wie == ("leerroute z",)
    assert (verandering.oud.partijen.uitvoerder, verandering.nieuw.partijen.uitvoerder) == ("school", "nieuw")


def test_een_leeftijdsgrens_die_schuift_raakt_alleen_wie_ertussen_valt() -> None:
    def grens(jaar: int) -> Regio:
        return scholen(
            les(conditie={"leeftijd_tot": jaar - 1}),
            afspraak("oud", "map", uitvoerder="nieuw", rol="aanbieder", conditie={"leeftijd_van": jaar}),
        )

    verandering = een(grens(28), grens(30))
    assert verandering.voor_wie == ("28 tot en met 29 jaar",)


def test_de_gemeente_bij_naam_of_als_woongemeente_is_hetzelfde() -> None:
    gemeenten = [gemeentepartner("gor", "GM0512"), gemeentepartner("mol", "GM1978")]
    los = [afspraak(f"d-{code}", "duo", gemeenten=[gm], uitvoerder=code, betaler=code)
           for code, gm in (("gor", "GM0512"), ("mol", "GM1978"))]  # fmt: skip
    samen = afspraak("duo", "duo", uitvoerder="gemeente")
    een_, twee = (
        regio(rest(Stapsoort.DUO), *rijen, gemeenten=GEMEENTEN, partners=gemeenten) for rijen in (los, [samen])
    )
    assert vergelijk(een_, twee).veranderingen == ()


def test_betaler_besluit_en_afzender_tellen_elk() -> None:
    verband = {
        "id": "gr", "doel": "klantregie", "vorm": "openbaar_lichaam", "bevoegdheid": "delegatie",
        "gemeenten": GEMEENTEN, "besluit": {"orgaan": "de raden", "datum": "2021-12-01"},
    }  # fmt: skip
    gedelegeerd = scholen(
        les(verband="gr", bevoegd_orgaan="school", betaler="nieuw", afzender="uitvoerder"), verbanden=[verband]
    )
    verandering = een(scholen(les()), gedelegeerd)
    assert verandering.anders == ("besluit", "tekent", "betaler", "afzender")
    assert verandering.nieuw.partijen.afzender == "school"


def test_een_mandaat_dat_eindigt_verandert_wie_tekent() -> None:
    def met(**tot: Any) -> Regio:
        mandaat = {"id": "m", "gemeente": "GM0512", "stappen": ["map"], "houders": ["m-h"], "bron": "besluit", **tot}
        return scholen(
            les(mandaten=["m"]), mandaten=[mandaat], medewerkers=[medewerker("m-h", "school", "mandaathouder")]
        )

    verandering = een(met(), met(geldig_tot="2027-12-31"))
    assert (verandering.van, verandering.gemeenten, verandering.anders) == (date(2028, 1, 1), ("GM0512",), ("tekent",))
    assert (verandering.oud.partijen.tekent, verandering.nieuw.partijen.tekent) == ("m-h", "college")


def test_een_nieuw_gat_en_een_stap_die_niet_meer_hoeft() -> None:
    gat = een(scholen(les()), scholen(les(leerroutes=["b1", "z"])))
    assert (gat.nieuw.soort, gat.voor_wie) == ("gat", ("leerroute onderwijs",))
    hoeft_niet = afspraak("or", "map", leerroutes=["onderwijs"], niet_van_toepassing="geen MAP (Wi art. 8 lid 3).")
    vervalt = scholen(les(leerroutes=["b1", "z"]), hoeft_niet)
    assert een(scholen(les()), vervalt).nieuw.soort == "niet_van_toepassing"


def test_een_gemeente_erbij_staat_in_het_verschil_met_haar_stappen() -> None:
    oud = regio(afspraak("alles", *Stapsoort))
    nieuw = regio(afspraak("alles", *Stapsoort), gemeenten=GEMEENTEN)
    verschil = vergelijk(oud, nieuw)
    assert verschil.gemeenten_erbij == ("GM1978",)
    assert {v.stap for v in verschil.veranderingen} == set(Stapsoort)
    assert {v.oud.soort for v in verschil.veranderingen} == {"buiten_de_regio"}


def test_alleen_de_dagen_waarop_beide_gelden_worden_vergeleken() -> None:
    later = ruw(rest(Stapsoort.MAP), les(uitvoerder="nieuw"), gemeenten=GEMEENTEN, partners=SCHOLEN)
    later["regio"] |= {"geldig_van": "2027-01-01", "geldig_tot": "2034-12-31"}
    verandering = een(scholen(les()), Regio.model_validate(later))
    assert (verandering.van, verandering.tot) == (date(2027, 1, 1), date(2030, 12, 31))
    ooit = ruw(rest(Stapsoort.MAP), les(uitvoerder="nieuw"), gemeenten=GEMEENTEN, partners=SCHOLEN)
    ooit["regio"] |= {"geldig_van": "2031-01-01", "geldig_tot": "2034-12-31"}
    assert vergelijk(scholen(les()), Regio.model_validate(ooit)).veranderingen == ()
