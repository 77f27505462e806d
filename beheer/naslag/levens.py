"""Korte levens waarin elke soort stap voorkomt: daaruit leest de naslag het proces af.

Zo staat er in de naslag alleen wat de regels echt doen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import lees
from domein.regels.nummeren import met_nummer
from domein.regels.planning import plan
from domein.regels.planvormen import GewensteStap, Kader, Plan
from domein.regels.uitkomsten import UITKOMSTEN, Uitkomst, stapvorm, vul_aan
from domein.stand import vouw

DOSSIER: Final = UUID(int=1)
KADER: Final = Kader()
EERSTE_DAG: Final = date(2026, 1, 5)
Feit = tuple[str, str, dict[str, Any]]  # soort, dag, gegevens

_ASIEL: Final[Feit] = (
    "kennisgeving", "2026-01-05",
    {"gemeente": "GM0512", "doelgroep": "asielstatushouder", "ontzorgen": True, "brp_inschrijving": "2025-12-15"},
)  # fmt: skip
_GEZIN: Final[Feit] = ("kennisgeving", "2026-01-05", {"gemeente": "GM0512", "doelgroep": "gezinsmigrant"})
_INTAKE: Final[Feit] = ("intake_gehouden", "2026-01-21", {})


def _pip(op: str, route: str, **anders: Any) -> Feit:
    vast = {"bekendgemaakt_op": op, "leerroute": route, "aantal_gesprekken": 3, "interval_maanden": 6}
    return "pip_vastgesteld", op, {**vast, "mandaathouder": "m", **anders}


def _uren(op: str, uren: int, soort: str = "cursus") -> Feit:
    periode = {"periode_van": "2026-04-01", "periode_tot": op}
    return "uren_gemeld", op, {"urensoort": soort, "gevolgd": uren, "bewijs": "B-1", **periode}


_LES: Final[tuple[Feit, ...]] = (
    ("aanmelding_geaccepteerd", "2026-03-04", {"nummer": 1, "startdatum": "2026-04-01"}),
    ("les_gestart", "2026-04-01", {"nummer": 1}),
)
_B1: Final = (_ASIEL, _INTAKE, _pip("2026-02-25", "b1"))

_HASH: Final = "0" * 64
_BESLUIT: Final[tuple[Feit, ...]] = (
    (
        "besluit_concept",
        "2026-02-24",
        {"nummer": 1, "besluitsoort": "pip", "voor": "pip/vaststellen/1", "uitkomst": "pip_vastgesteld"},
    ),
    (
        "besluit_ondertekend",
        "2026-02-25",
        {
            "nummer": 1,
            "mandaathouder": "m",
            "mandaat": "m-1",
            "grondslag": "b",
            "orgaan": "het college",
            "versie": 2,
            "hash": _HASH,
        },
    ),
)
_BEZWAAR: Final[Feit] = ("bezwaar_ingediend", "2026-03-18", {"nummer": 1, "tegen": "pip", "van": 1})
_MAATREGEL: Final[tuple[Feit, ...]] = (
    ("maatregel_overwogen", "2026-09-01", {"nummer": 1, "gedraging": "traject", "gedraging_op": "2026-08-25"}),
    ("maatregel_gewaarschuwd", "2026-09-02", {"nummer": 1, "wijze": "brief"}),
    ("keren_getoetst", "2026-09-03", {"nummer": 1, "hardnekkige_onwil": True, "oordeelcode": "onwil-aangetoond"}),
    ("maatregel_voornemen", "2026-09-04", {"nummer": 1, "zienswijze_tot": "2026-09-18"}),
    ("maatregel_zienswijze", "2026-09-10", {"nummer": 1, "wijze": "mondeling"}),
)

LEVENS: Final[tuple[tuple[Feit, ...], ...]] = (
    (("koppeling", "2025-11-03", {"nummer": 1, "gemeente": "GM0512", "azc": "azc-1"}),),
    (_ASIEL,),
    (_ASIEL, ("oproep_verzonden", "2026-01-07", {"nummer": 1, "afspraak_op": "2026-01-21"})),
    (_ASIEL, *(
        feit for n, dag in ((1, "2026-01-14"), (2, "2026-01-28"), (3, "2026-02-11")) for feit in (
            ("oproep_verzonden", dag, {"nummer": n, "afspraak_op": dag}), ("niet_verschenen", dag, {"nummer": n}),
        )
    )),
    (_ASIEL, _INTAKE),
    (_ASIEL, ("derde_gevraagd", "2026-01-12", {"nummer": 1, "bij": "school"})),
    _B1,
    (*_B1, _LES[0]),
    (*_B1, *_LES),
    (*_B1, *_LES, _pip("2026-09-02", "z", grond="leerroute")),
    (*_B1, ("aanmelding_op_wachtlijst", "2026-03-04", {"nummer": 1, "herzien_op": "2026-04-15"})),
    (*_B1, ("pip_voorstel", "2026-09-02", {"nummer": 1, "voorstel": "leerroute", "naar": "z"})),
    (*_B1, *_LES, _uren("2026-10-01", 600), (
        "pip_voorstel", "2026-11-02",
        {"nummer": 1, "voorstel": "afschalen", "onderdelen": ["lezen"], "inspanning_voldoende": True},
    )),
    (*_B1, *_LES, ("verhuisd", "2026-09-01", {"nummer": 1, "van": "GM0512", "naar": "GM1978"})),
    (*_B1, ("verhuisd", "2026-09-01", {"nummer": 1, "van": "GM0512", "naar": "GM1978"}),
     ("dossier_opgevraagd", "2026-09-02", {"nummer": 1})),
    (*_B1, ("verhuisd", "2026-09-01", {"nummer": 1, "van": "GM0512", "naar": "GM1978"}),
     ("dossier_opgevraagd", "2026-09-02", {"nummer": 1}), ("dossier_geleverd", "2026-09-09", {"nummer": 1})),
    (*_B1, ("overdracht_aangeboden", "2026-06-01", {"nummer": 1, "naar_partner": "p", "naar_medewerker": "m"})),
    (*_B1, *_LES, ("aanbieder_uitgevallen", "2026-06-01", {"nummer": 1, "partner": "p", "redencode": "gestopt"})),
    (*_B1, ("begeleiding_gestart", "2026-01-12", {})),
    (*_B1, ("bijstand_toegekend", "2026-01-12", {})),
    (*_B1, ("duo_ingevoerd", "2026-02-27", {"melding": "duo/pip-vastgesteld/1", "referentie": "PI-1",
                                            "inhoud": "2026-02-25"})),
    (*_B1, ("duo_aanvraag", "2026-09-01", {"nummer": 1, "aanvraag": "ontheffing", "grond": "bijzonder"})),
    (*_B1, ("examen_gedaan", "2027-06-01", {"nummer": 1, "onderdeel": "lezen"})),
    (*_B1, ("gepauzeerd", "2026-06-01", {"nummer": 1, "grond": "ziekte"})),
    (*_B1, ("verblijf_onderbroken", "2026-06-01", {"nummer": 1})),
    (*_B1, ("tolk_nodig", "2026-06-01", {"taal": "ti"})),
    (*_B1, ("tolk_geboekt", "2026-06-01", {"gesprek": "voortgang/9", "gesprek_op": "2026-08-25"})),
    (*_B1, ("controle_gevraagd", "2026-06-01", {"nummer": 1, "aanleiding": "tweede_antwoord", "betreft": "pvt/1"})),
    (*_B1, ("verzoek_ontvangen", "2026-06-01", {"nummer": 1, "recht": "inzage"})),
    (*_B1, *_BESLUIT),
    (*_B1, _BEZWAAR),
    (*_B1, ("bezwaar_ingediend", "2026-05-18", {"nummer": 1, "tegen": "pip", "van": 1})),
    (*_B1, _BEZWAAR, ("bezwaar_gehoord", "2026-04-01", {"nummer": 1, "wijze": "gehoord"})),
    (*_B1, _BEZWAAR, ("bezwaar_beslist", "2026-05-04", {"nummer": 1, "uitkomst": "gegrond", "herroept": True,
                                                        "mandaathouder": "m", "besluit": 2})),
    (*_B1, _BEZWAAR, ("in_gebreke_gesteld", "2026-06-01", {"nummer": 1, "over": "bezwaar", "van": 1})),
    *((*_B1, *_MAATREGEL[:n]) for n in range(1, 6)),
    (_GEZIN, _INTAKE, _pip("2026-02-25", "b1")),
    (_GEZIN, _INTAKE, _pip("2026-02-25", "b1"), ("voortgang_opgevraagd", "2026-09-01", {"nummer": 1})),
    (_ASIEL, _INTAKE, _pip("2026-02-25", "z"), *_LES, _uren("2027-09-01", 800),
     _uren("2027-09-01", 800, "participatie")),
    (_ASIEL, _INTAKE, _pip("2026-02-25", "z"), ("voldaan", "2028-01-03", {})),
    (*_B1, ("plicht_beeindigd", "2026-06-01", {"grond": "ingetrokken"})),
    (("kennisgeving", "2026-01-05", {"gemeente": "GM0512", "doelgroep": "gezinsmigrant", "maand_achttien": "2026-06-01",
                                     "maand_aow": "2030-01-01"}),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gezien:
    """Een stap in een leven, per uitkomst welke vormen van stappen daarna nieuw zijn, en welke eerder beginnen."""

    stap: GewensteStap
    volgt: Mapping[str, tuple[str, ...]]
    eerder: frozenset[str]


def _gebeurtenis(nummer: int, soort: str, op: date, gegevens: dict[str, Any], stap: str | None = None) -> Gebeurtenis:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=nummer)
    inhoud = lees(soort, gegevens)
    return Gebeurtenis(UUID(int=100 + nummer), DOSSIER, nummer, soort, op, moment, inhoud, SYSTEEM, stap=stap)


def _leef(feiten: tuple[Feit, ...]) -> list[Gebeurtenis]:
    return [
        _gebeurtenis(nummer, soort, date.fromisoformat(op), gegevens)
        for nummer, (soort, op, gegevens) in enumerate(feiten, start=1)
    ]


def _invulling(uitkomst: Uitkomst, op: date) -> dict[str, Any]:
    """Een geldig antwoord: elke verplichte vraag met een waarde die past."""
    waarden: dict[str, Any] = {}
    for veld in uitkomst.velden:
        keuzes = [waarde for waarde, _ in veld.keuzes]
        match veld.type:
            case "datum":
                waarden[veld.naam] = op + timedelta(days=14)
            case "getal":
                waarden[veld.naam] = max(veld.minimum or 0, min(veld.maximum or 3, 48))
            case "ja_nee":
                waarden[veld.naam] = False
            case "keuze":
                waarden[veld.naam] = keuzes[0]
            case "code":
                waarden[veld.naam] = "B-1"
            case "meerkeuze" | "tekst":
                continue
    return waarden


def _na(leven: list[Gebeurtenis], stap: GewensteStap, uitkomst: Uitkomst) -> Plan:
    op = max(stap.start, EERSTE_DAG)
    gegevens = vul_aan(stap.kenmerk, uitkomst.soort, _invulling(uitkomst, op), inhoud=stap.inhoud, door="m")
    gegevens = met_nummer(vouw(leven), uitkomst.soort, gegevens)
    erbij = _gebeurtenis(len(leven) + 1, uitkomst.soort, op, gegevens, stap.kenmerk)
    return plan(vouw([*leven, erbij]), KADER)


def gezien() -> Iterator[Gezien]:
    """Geef van elke vorm stap het eerste voorbeeld; ValueError als een vorm in geen enkel leven voorkomt."""
    gehad: set[str] = set()
    for feiten in LEVENS:
        leven = _leef(feiten)
        hier = plan(vouw(leven), KADER)
        er_al = {stap.kenmerk: stap.start for stap in hier.stappen}
        for stap in hier.stappen:
            vorm = stapvorm(stap.kenmerk)
            if vorm in gehad:
                continue
            gehad.add(vorm)
            daarna = {uitkomst.soort: _na(leven, stap, uitkomst).stappen for uitkomst in UITKOMSTEN[vorm]}
            volgt = {
                soort: tuple(sorted({stapvorm(s.kenmerk) for s in stappen if s.kenmerk not in er_al}))
                for soort, stappen in daarna.items()
            }
            eerder = {
                stapvorm(s.kenmerk)
                for stappen in daarna.values()
                for s in stappen
                if s.kenmerk in er_al and s.start < er_al[s.kenmerk]
            }
            yield Gezien(stap, volgt, frozenset(eerder))
    if ontbreekt := sorted(set(UITKOMSTEN) - gehad):
        raise ValueError(f"geen leven met deze stappen: {', '.join(ontbreekt)}")
