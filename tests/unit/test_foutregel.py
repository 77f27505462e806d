"""Boven een formulier staat bij elke fout om welk veld het gaat."""

from datetime import date

from domein.fouten import OngeldigeGegevens
from domein.regels.uitkomsten import Uitkomst, Veld
from portaal.formulieren import geweigerd, maak

VORM = Uitkomst(
    "bezwaar", "Een bezwaar", "Ontvangen op", "", (Veld("tot", "Tot en met", "datum"), Veld("van", "Van", "getal"))
)


def test_twee_lege_datums_zijn_in_de_lijst_uit_elkaar_te_houden() -> None:
    leeg = OngeldigeGegevens("Niet volledig.", "", {"datum": "Vul een datum in.", "tot": "Vul een datum in."})
    formulier = maak(VORM, "/x", "Leg vast", date(2026, 3, 2), geweigerd("bezwaar", {}, leeg))
    assert formulier.foutenlijst == {
        "bezwaar-datum": "Ontvangen op: Vul een datum in.", "bezwaar-tot": "Tot en met: Vul een datum in.",
    }  # fmt: skip
    assert [vraag.fout for vraag in formulier.keuze.vragen] == ["Vul een datum in.", "Vul een datum in.", ""]
