"""Voorbeeld 12: een aanbieder verliest zijn keurmerk; 23 lopende personen (verzonnen aantal).

Het voorstel van de contractmanager, de bevestiging per klantmanager, de brieven en de aantekening voor DUO zijn eigen
stappen; hier staat dat er meteen niemand meer bij komt, wie een andere plaats krijgt, waar, en wie daarover besluit.
"""

from collections import Counter
from typing import Any

from domein.begrippen import Rol
from domein.regels.samenwerking import Bestaand, Losmaker, Situatie
from domein.regels.verdeling import Verdeelstand
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, partner, regio
from tests.unit.regiovragen import dag, gat, redenen, toegewezen

GEMEENTEN = ("GM0355", "GM0310", "GM0321")
SCHORSING = dag("2026-03-16")


def drie_gemeenten(*, geschorst: bool = True, **anders: Any) -> Regio:
    stop = [{"van": SCHORSING.isoformat(), "reden": "het keurmerk is geschorst"}] if geschorst else []
    les: dict[str, Any] = {
        "verdeling": {"vorm": "gewichten", "partners": {"gestopt": 2, "school-a": 1, "school-b": 1}},
        "rol": "aanbieder",
        "escalatie": ["contractmanager", "regiocoordinator"],
    }
    return regio(
        afspraak("les", "aanmelding", **(les | anders)),
        gemeenten=GEMEENTEN,
        partners=[
            partner("gestopt", opnamestops=stop),
            partner("school-a"),
            partner("school-b", capaciteit={"aantal": 20, "per": "jaar"}),
            gemeentepartner("zeist", "GM0355"),
            gemeentepartner("de-bilt", "GM0310"),
            gemeentepartner("houten", "GM0321"),
        ],
    )


def test_voorbeeld_12_er_komt_meteen_niemand_meer_bij_in_geen_enkele_gemeente() -> None:
    samen = drie_gemeenten()
    for gemeente in GEMEENTEN:
        ervoor = toegewezen(samen, gemeente=gemeente, op=dag("2026-03-15"))
        assert ervoor.uitvoerder == "gestopt"
        erna = toegewezen(samen, gemeente=gemeente, op=SCHORSING)
        assert erna.uitvoerder == "school-a"
        assert redenen(erna)["gestopt"] == "neemt niemand nieuw aan: het keurmerk is geschorst"


def test_voorbeeld_12_wie_er_zit_blijft_tot_een_mens_hem_losmaakt() -> None:
    antwoord = toegewezen(drie_gemeenten(), op=SCHORSING, situatie=Situatie(bestaand=Bestaand("gestopt", "les")))
    assert (antwoord.uitvoerder, antwoord.blijft) == ("gestopt", True)


def test_voorbeeld_12_drieentwintig_personen_krijgen_naar_verhouding_een_andere_plaats() -> None:
    """Het voorstel telt zichzelf mee: elke plaatsing schuift de volgende op, en vol is vol."""
    samen = drie_gemeenten()
    verdeeld: Counter[str] = Counter()
    for nummer in range(23):
        situatie = Situatie(
            bestaand=Bestaand("gestopt", "les", Losmaker.KEURMERK_VERLOREN),
            stand=Verdeelstand(verdeeld=dict(verdeeld), bezet={"school-b": 12 + verdeeld["school-b"]}),
        )
        gemeente = GEMEENTEN[nummer % 3]
        voorstel = toegewezen(samen, gemeente=gemeente, op=SCHORSING, situatie=situatie)
        assert voorstel.uitvoerder != "gestopt"
        assert "omdat gestopt zijn keurmerk kwijt is" in voorstel.waarom
        # Het besluit blijft bij het college van elke gemeente.
        assert voorstel.bevoegd_orgaan.startswith("college van burgemeester en wethouders van")
        assert voorstel.betaler == ("zeist", "de-bilt", "houten")[nummer % 3]
        verdeeld[voorstel.uitvoerder] += 1
    assert verdeeld == {"school-a": 15, "school-b": 8}  # school-b had nog acht plaatsen


def test_voorbeeld_12_is_er_geen_andere_plaats_dan_hoort_de_contractmanager_het() -> None:
    alleen = drie_gemeenten(verdeling={"partners": {"gestopt": 1}})
    antwoord = gat(alleen, op=SCHORSING)
    assert antwoord.escalatie[0] is Rol.CONTRACTMANAGER
    assert redenen(antwoord)["gestopt"] == "neemt niemand nieuw aan: het keurmerk is geschorst"


def test_voorbeeld_12_na_een_verloren_keurmerk_is_terug_naar_dezelfde_aanbieder_uitgesloten() -> None:
    """Ook zonder opnamestop in het bestand: de gebeurtenis zelf sluit hem uit."""
    situatie = Situatie(bestaand=Bestaand("gestopt", "les", Losmaker.KEURMERK_VERLOREN))
    antwoord = toegewezen(drie_gemeenten(geschorst=False), op=SCHORSING, situatie=situatie)
    assert antwoord.uitvoerder == "school-a"
    assert redenen(antwoord)["gestopt"] == "omdat gestopt zijn keurmerk kwijt is"
