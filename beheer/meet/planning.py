"""Hoe lang het plannen van een dossier van drie jaar duurt, naast alleen vouwen in dezelfde ronde.

Het dossier is vol: oproepen, PIP, wachtlijst, lessen met uren, gesprekken, een pauze, een verhuizing, meldingen aan DUO
en een verlenging. Elke handeling plant een paar keer; daarom telt elke milliseconde.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import lees
from domein.regels.planning import plan
from domein.regels.planvormen import Kader
from domein.stand import vouw

DOEL_MS: Final = 1.0
KEREN: Final = 400
_BEGIN: Final = datetime(2026, 1, 5, 8, tzinfo=UTC)


def meet() -> list[dict[str, Any]]:
    """Meet het midden van veel keren; `verhouding` zegt hoe vaak vouwen in één keer plannen past."""
    gebeurtenissen, kader = dossier(), Kader()
    stand = vouw(gebeurtenissen)
    vouwen = _midden(lambda: vouw(gebeurtenissen))
    plannen = _midden(lambda: plan(stand, kader))
    hoe = f"dossier van drie jaar, {len(gebeurtenissen)} gebeurtenissen; ms"
    return [
        {
            "onderdeel": "planning",
            "maat": f"plannen van een {hoe}; basis: alleen vouwen; het doel is de waarde",
            "waarde": round(plannen, 4),
            "basis": round(vouwen, 4),
            "verhouding": round(plannen / vouwen, 3),
            "doel": DOEL_MS,
            "richting": "max",
            "gehaald": plannen < DOEL_MS,
        }
    ]


def _midden(doe: Callable[[], object]) -> float:
    """Geef de mediaan in milliseconden: een drukke machine maakt een paar keren traag, niet de meeste."""
    doe()
    duren: list[float] = []
    for _ in range(KEREN):
        begin = time.perf_counter()
        doe()
        duren.append(time.perf_counter() - begin)
    return statistics.median(duren) * 1000


def dossier() -> tuple[Gebeurtenis, ...]:
    """Een asielstatushouder in de B1-route, van kennisgeving tot vlak voor het einde van de termijn."""
    return tuple(
        Gebeurtenis(
            UUID(int=nummer), UUID(int=0), nummer, soort, op, _BEGIN + timedelta(minutes=nummer), lees(soort, gegevens),
            SYSTEEM, stap=stap,
        )
        for nummer, (op, soort, stap, gegevens) in enumerate(_feiten(), start=1)
    )  # fmt: skip


Feit = tuple[date, str, str | None, dict[str, Any]]


def _feiten() -> Iterator[Feit]:
    yield (
        date(2026, 1, 5), "kennisgeving", None,
        {"gemeente": "GM0512", "doelgroep": "asielstatushouder", "ontzorgen": True, "brp_inschrijving": "2025-12-15"},
    )  # fmt: skip
    yield date(2026, 1, 6), "tolk_nodig", None, {"taal": "ti"}
    yield from _intake_en_pip(date(2026, 2, 25))
    yield from _lessen(date(2026, 4, 6))
    for nummer in range(1, 10):
        op = date(2026, 5, 25) + timedelta(days=91 * nummer)
        yield op - timedelta(days=14), *_geopend(f"voortgang/{nummer}")
        yield op, "gesprek_gevoerd", f"voortgang/{nummer}", {"nummer": nummer}
    yield date(2026, 6, 17), "pvt_voltooid", "pvt/1", {}
    yield date(2027, 2, 1), "gepauzeerd", None, {"nummer": 1, "grond": "ziekte"}
    yield date(2027, 6, 1), "hervat", "registratie/pauze/1/1", {"nummer": 1}
    yield date(2027, 9, 1), "verhuisd", None, {"nummer": 1, "naar": "GM1978", "van": "GM0512"}
    yield date(2027, 11, 1), "pip_vastgesteld", "pip/verhuizing/1", _pip(date(2027, 11, 1), "verhuizing")
    for melding, inhoud in (("pip-vastgesteld/1", "2026-02-25"), ("leerroute/1", "b1"), ("pvt/1", "2026-06-17")):
        kenmerk = f"duo/{melding}"
        yield (
            date(2026, 6, 19), "duo_ingevoerd", kenmerk,
            {"melding": kenmerk, "referentie": "PI-1", "inhoud": inhoud},
        )  # fmt: skip
        yield date(2026, 6, 24), "duo_bevestigd", None, {"melding": kenmerk}
    yield date(2028, 9, 1), "duo_aanvraag", None, {"nummer": 1, "aanvraag": "verlenging", "grond": "ziekte"}
    yield (
        date(2028, 10, 2), "verlengd", "registratie/duo-besluit/1",
        {"aanvraag": 1, "nieuwe_einddatum": "2029-06-25", "grond": "ziekte"},
    )  # fmt: skip


def _geopend(kenmerk: str) -> tuple[str, str, dict[str, Any]]:
    return "stap_geopend", kenmerk, {"generatie": 1, "partner": "avres", "medewerker": "m-jdb"}


def _pip(op: date, grond: str) -> dict[str, Any]:
    return {
        "bekendgemaakt_op": op, "leerroute": "b1", "aantal_gesprekken": 12, "interval_maanden": 3,
        "mandaathouder": "m-gor", "grond": grond,
    }  # fmt: skip


def _intake_en_pip(pip_op: date) -> Iterator[Feit]:
    for nummer in (1, 2):
        op = date(2026, 1, 7) + timedelta(days=21 * (nummer - 1))
        afspraak = op + timedelta(days=14)
        yield op, *_geopend(f"intake/oproep/{nummer}")
        yield (
            op, "oproep_verzonden", f"intake/oproep/{nummer}",
            {"nummer": nummer, "afspraak_op": afspraak, "waarschuwing": nummer > 1},
        )  # fmt: skip
        if nummer == 1:
            yield afspraak, "niet_verschenen", "intake/gesprek/1", {"nummer": 1}
        else:
            yield (
                afspraak, "intake_gehouden", "intake/gesprek/2",
                {"advies": "b1", "opleiding": "basis", "werkervaring_jaren": 4, "taalniveau": "nul"},
            )  # fmt: skip
    yield pip_op, "pip_vastgesteld", "pip/vaststellen/1", _pip(pip_op, "eerste")


def _lessen(start: date) -> Iterator[Feit]:
    yield date(2026, 3, 2), "bijstand_toegekend", None, {}
    yield date(2026, 3, 9), "ontzorgen_ingericht", "ontzorgen/inrichten/1", {}
    yield date(2026, 3, 9), "begeleiding_gestart", "begeleiding/start/1", {}
    yield (
        date(2026, 3, 3), "aanmelding_geweigerd", "aanbieder/aanmelding/1", {"nummer": 1, "redencode": "geen-plaats"}
    )  # fmt: skip
    yield (
        date(2026, 3, 10), "aanmelding_geaccepteerd", "aanbieder/aanmelding/2", {"nummer": 2, "startdatum": start}
    )  # fmt: skip
    yield start, "les_gestart", "aanbieder/start/2", {"nummer": 2}
    for k in range(1, 5):
        tot = start + timedelta(days=182 * k)
        yield (
            tot + timedelta(days=4), "uren_gemeld", f"aanbieder/uren/{k}/2",
            {"nummer": 2, "periode_van": start, "periode_tot": tot, "gevolgd": 120, "bewijs": f"lijst-{k}"},
        )  # fmt: skip
