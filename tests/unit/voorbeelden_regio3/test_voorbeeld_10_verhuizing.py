"""Voorbeeld 10: verhuizing. Van Zeist naar De Bilt, en van Zeist naar Zwolle; verzonnen personen.

De warme overdracht zelf is een eigen stap; hier staat wie voor en na de verhuizing besluit, betaalt en les geeft.
"""

from domein.begrippen import Stapsoort
from domein.regels.betaling import Betaling, Plaatsing, wie_betaalt
from domein.regels.samenwerking import Bestaand, Losmaker, Situatie, behandelaar
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio
from tests.unit.regiovragen import DAG, dag, gat, toegewezen

ZEIST, DE_BILT, ZWOLLE = "GM0355", "GM0310", "GM0193"


def utrecht_zuidoost(*, gedeeld: bool = True) -> Regio:
    """Elke gemeente heeft eigen klantmanagers; de lessen zijn samen ingekocht, of (niet gedeeld) apart."""
    les = {"rol": "aanbieder", "stappen": ["aanmelding"]}
    samen = [afspraak("les", uitvoerder="school", **les)]
    apart = [
        afspraak("les-zeist", uitvoerder="school", gemeenten=[ZEIST], **les),
        afspraak("les-bilt", uitvoerder="bilt-school", gemeenten=[DE_BILT], **les),
    ]
    return regio(
        afspraak("voortgang", "voortgang", uitvoerder="gemeente"),
        *(samen if gedeeld else apart),
        gemeenten=(ZEIST, DE_BILT),
        partners=[
            gemeentepartner("zeist", ZEIST),
            gemeentepartner("de-bilt", DE_BILT),
            partner("school"),
            partner("bilt-school"),
        ],
        medewerkers=[medewerker("m-zei", "zeist", "klantmanager"), medewerker("m-bil", "de-bilt", "klantmanager")],
    )


def verhuisd(afspraak_: str = "les") -> Situatie:
    return Situatie(bestaand=Bestaand("school", afspraak_, Losmaker.VERHUIZING))


def test_voorbeeld_10_college_klantmanager_en_betaler_wisselen_de_aanbieder_blijft() -> None:
    samen = utrecht_zuidoost()
    voor = toegewezen(samen, gemeente=ZEIST)
    na = toegewezen(samen, gemeente=DE_BILT, situatie=verhuisd())
    assert (voor.betaler, na.betaler) == ("zeist", "de-bilt")
    assert (na.uitvoerder, na.blijft) == ("school", True)
    assert na.bevoegd_orgaan == "college van burgemeester en wethouders van De-Bilt"
    assert "na de verhuizing naar De-Bilt, want de persoon zat al bij school" in na.waarom
    gesprek = toegewezen(samen, gemeente=DE_BILT, stap=Stapsoort.VOORTGANG)
    wie = behandelaar(samen, gesprek, op=DAG, eigen="m-zei")
    assert wie is not None
    assert wie.code == "m-bil"  # de klantmanager van Zeist geldt hier niet meer


def test_voorbeeld_10_heeft_de_nieuwe_gemeente_een_ander_contract_dan_wisselt_ook_de_aanbieder() -> None:
    apart = utrecht_zuidoost(gedeeld=False)
    na = toegewezen(apart, gemeente=DE_BILT, situatie=verhuisd("les-zeist"))
    assert (na.uitvoerder, na.blijft) == ("bilt-school", False)


def test_voorbeeld_10_ook_zonder_genoemde_gebeurtenis_telt_de_nieuwe_gemeente() -> None:
    apart = utrecht_zuidoost(gedeeld=False)
    situatie = Situatie(bestaand=Bestaand("school", "les-zeist"))
    assert toegewezen(apart, gemeente=DE_BILT, situatie=situatie).uitvoerder == "bilt-school"


def test_voorbeeld_10_buiten_de_regio_wijst_deze_regio_niemand_meer_aan() -> None:
    """Naar Zwolle: elke toewijzing van de regio stopt, en de ontvangende gemeente neemt het over."""
    for stap in (Stapsoort.AANMELDING, Stapsoort.VOORTGANG):
        antwoord = gat(utrecht_zuidoost(), gemeente=ZWOLLE, stap=stap, situatie=verhuisd())
        assert antwoord.waarom == "GM0193 is geen gemeente van Proefregio."


def test_voorbeeld_10_de_dag_van_verhuizing_knipt_de_kosten_tussen_de_gemeenten() -> None:
    plaatsingen = (
        Plaatsing("school", "les", ZEIST, dag("2026-01-12"), dag("2026-03-31")),
        Plaatsing("school", "les", DE_BILT, dag("2026-04-01")),
    )
    betalers: list[str] = []
    for tekst in ("2026-03-31", "2026-04-01"):
        betaling = wie_betaalt(utrecht_zuidoost(), plaatsingen, dag(tekst))
        assert isinstance(betaling, Betaling)
        betalers.append(betaling.betaler)
    assert betalers == ["zeist", "de-bilt"]
