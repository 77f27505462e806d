"""Asks Prefect over its API whether it can do our work; imports Prefect only to compare deployments with the code."""

import importlib.metadata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import httpx

from adapters.eigen_prefect import adres_of_leeg
from adapters.klok import EchteKlok
from domein.regio.bevinding import Bevinding, Ernst

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen

POOL: Final = "regie"
SECONDEN: Final = 5.0
TE_LAAT: Final = timedelta(minutes=10)
Controle = Callable[[httpx.Client, str], list[Bevinding]]
_OPZICHTER: Final = "Herstart de opzichter: hij richt Prefect bij zijn start opnieuw in."


def onderzoek(keuze: "Instellingen") -> list[tuple[str, list[Bevinding]]]:
    """Every check by name; empty when Prefect does not answer, because that is a finding of another check."""
    adres = adres_of_leeg(keuze)
    uit: list[tuple[str, list[Bevinding]]] = []
    if not adres:
        return []
    try:
        with httpx.Client(base_url=adres, timeout=SECONDEN) as web:
            if not web.get("/health").is_success:
                return []
            for naam, functie in CONTROLES:
                uit.append((naam, _probeer(functie, web, adres)))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return uit
    return uit


def _probeer(functie: Controle, web: httpx.Client, adres: str) -> list[Bevinding]:
    try:
        return functie(web, adres)
    except (AttributeError, KeyError, TypeError, ValueError) as fout:  # another version answers in another form
        melding = f"Prefect antwoordt anders dan verwacht ({type(fout).__name__})."
        return _b("prefect_antwoord", adres, melding, "Controleer REGIE_PREFECT_API_URL en de versie van de server.")


def _b(soort: str, plaats: str, melding: str, uitweg: str, ernst: Ernst = Ernst.WAARSCHUWING) -> list[Bevinding]:
    return [Bevinding(soort=soort, ernst=ernst, melding=melding, uitweg=uitweg, plaats=plaats)]


def versie(web: httpx.Client, adres: str) -> list[Bevinding]:
    """The server is the version that this program was tested with."""
    antwoord = web.get("/admin/version")
    daar = str(antwoord.json()) if antwoord.is_success else "onbekend"
    hier = importlib.metadata.version("prefect")
    if daar == hier:
        return []
    melding = f"De server van Prefect is versie {daar}; dit programma is gemaakt voor {hier}."
    return _b("prefect_versie", adres, melding, f"Zet de server op {hier}: de versies horen gelijk te zijn.")


def pool(web: httpx.Client, adres: str) -> list[Bevinding]:
    """The work pool exists and is not paused."""
    antwoord = web.get(f"/work_pools/{POOL}")
    if not antwoord.is_success:
        return _b("pool", adres, f"De werkvoorraad '{POOL}' bestaat niet in Prefect.", _OPZICHTER)
    if antwoord.json().get("is_paused"):
        melding = f"De werkvoorraad '{POOL}' staat op pauze: er opent geen stap."
        return _b("pool_pauze", adres, melding, f"Hervat haar in Prefect, of met: prefect work-pool resume {POOL}")
    return []


def deployments(web: httpx.Client, adres: str) -> list[Bevinding]:
    """Every deployment of prefect.yaml is registered, as the code here says."""
    antwoord = web.post("/deployments/filter", json={"limit": 200})
    if not antwoord.is_success:
        return _b("deployments", adres, "Prefect wil zijn deployments niet noemen.", "Kijk in zijn logboek.")
    rijen = cast("list[dict[str, Any]]", antwoord.json())
    daar = {str(rij["name"]): rij.get("version") for rij in rijen}
    uit: list[Bevinding] = []
    from adapters.prefect.inrichting import verwachte_versies

    verwacht = verwachte_versies()
    if weg := sorted(set(verwacht) - set(daar)):
        uit += _b("deployment_ontbreekt", adres, f"In Prefect ontbreken: {', '.join(weg)}.", _OPZICHTER)
    if anders := sorted(naam for naam, versie_ in verwacht.items() if naam in daar and daar[naam] != versie_):
        melding = f"In Prefect staan deze deployments anders dan in de code: {', '.join(anders)}."
        uit += _b("deployment_anders", adres, melding, _OPZICHTER)
    if uit_ := sorted(str(rij["name"]) for rij in rijen if rij["name"] in verwacht and rij.get("paused")):
        melding = f"Deze deployments staan op pauze: {', '.join(uit_)}."
        uit += _b("deployment_pauze", adres, melding, "Zet ze in Prefect weer aan: anders vervalt hun dagwerk.")
    return uit


def late_runs(web: httpx.Client, adres: str) -> list[Bevinding]:
    """No run waits long after its moment."""
    voor: datetime = EchteKlok().nu() - TE_LAAT
    vraag = {
        "flow_runs": {
            "state": {"type": {"any_": ["SCHEDULED", "PENDING"]}},
            "expected_start_time": {"before_": voor.isoformat()},
        }
    }
    antwoord = web.post("/flow_runs/count", json=vraag)
    aantal = int(antwoord.json()) if antwoord.is_success else 0
    if not aantal:
        return []
    melding = f"{aantal} runs hadden al {TE_LAAT.seconds // 60} minuten bezig moeten zijn."
    return _b("late_runs", adres, melding, "Kijk of er een worker draait en of zijn grens (--limit) hoog genoeg is.")


CONTROLES: Final[tuple[tuple[str, Controle], ...]] = (
    ("de versie van Prefect", versie),
    ("de werkvoorraad", pool),
    ("de deployments", deployments),
    ("runs die te laat zijn", late_runs),
)
