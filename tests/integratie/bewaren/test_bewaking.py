"""De dokter zegt wat er met bewaartermijnen en verzoeken blijft liggen; wat op tijd is, noemt hij niet als fout."""

from datetime import date, timedelta

from domein.handelingen.onderzoek import bewaren, verzoeken
from domein.regio.bevinding import Ernst
from tests.integratie.bewaren.conftest import VOORBIJ
from tests.integratie.regels.leven import COORDINATOR, Leven


def test_een_dossier_dat_weg_moet_wordt_eerst_genoemd_en_later_een_waarschuwing(klaar: Leven) -> None:
    klaar.op(VOORBIJ - timedelta(days=1))
    assert bewaren(klaar.omgeving) == []
    for dag, ernst in ((VOORBIJ, Ernst.INFO), (VOORBIJ + timedelta(days=93), Ernst.WAARSCHUWING)):
        klaar.op(dag)
        (gevonden,) = bewaren(klaar.omgeving)
        assert gevonden.ernst is ernst
        assert klaar.dossier().referentie in gevonden.melding
        assert "regie bewaren maak-lijst" in gevonden.uitweg


def test_een_verzoek_waarvan_de_maand_voorbij_is_valt_op(klaar: Leven) -> None:
    dag = date(2026, 9, 1)
    klaar.op(dag)
    klaar.meld("verzoek_ontvangen", dag, actor=COORDINATOR, recht="inzage")
    klaar.op(date(2026, 10, 1))
    assert verzoeken(klaar.omgeving) == []
    klaar.op(date(2026, 10, 2))
    (gevonden,) = verzoeken(klaar.omgeving)
    assert (gevonden.soort, gevonden.ernst) == ("verzoek_te_laat", Ernst.WAARSCHUWING)
    klaar.meld("verzoek_afgehandeld", date(2026, 10, 2), actor=COORDINATOR, uitkomst="ingewilligd")
    assert verzoeken(klaar.omgeving) == []
