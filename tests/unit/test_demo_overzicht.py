"""De demo telt mails per niveau; wat alleen is vastgelegd, telt apart."""

from datetime import UTC, datetime

from beheer.demo.overzicht import tel_per_niveau
from domein.begrippen import Berichtstatus
from domein.model import Bericht


def bericht(soort: str, niveau: int, code: str | None = None) -> Bericht:
    return Bericht(
        sleutel=f"{soort}:{niveau}:{code}", soort=soort, niveau=niveau, ontvanger_code="km-1", adres="km-1@a.example",
        message_id=f"<{soort}-{niveau}-{code}@a.example>", onderwerp="", tekst="", fout_code=code,
        status=Berichtstatus.VERVALLEN if code else Berichtstatus.AANVAARD,
        aangemaakt_op=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip


def test_elk_niveau_apart_en_wat_geen_mail_werd_niet() -> None:
    alle = [
        bericht("taak", 0), bericht("herinnering", 1, "overgeslagen"), bericht("herinnering", 2),
        bericht("escalatie", 1), bericht("escalatie", 1, "gebundeld"), bericht("escalatie", 2),
        bericht("vroege_waarschuwing", 7),
        bericht("vroege_waarschuwing", 4, "overgeslagen"),
    ]  # fmt: skip
    assert tel_per_niveau(alle) == {
        "herinneringen": {"2": 1},
        "escalaties": {"1": 1, "2": 1},
        "vroege_waarschuwingen": {"7": 1},
        "zonder_eigen_mail": {"gebundeld": 1, "overgeslagen": 2},
    }
