"""Delete the runs of destroyed dossiers, with their logs and forms. Talks plain HTTP: importing Prefect is slow."""

from collections.abc import Iterable
from typing import Any, Final

import httpx

SECONDEN: Final = 10.0
PER_KEER: Final = 50  # the most that the server deletes at once


def verwijder_runs_van(referenties: Iterable[str], api_url: str | None = None) -> bool:
    """Delete every run with the tag of these dossiers; False when ours does not answer. Harmless twice."""
    if api_url is None:
        from adapters.eigen_prefect import adres_of_leeg
        from adapters.omgeving import instellingen

        api_url = adres_of_leeg(instellingen())
    try:
        with httpx.Client(timeout=SECONDEN) as client:
            for referentie in referenties:
                while _verwijder(client, api_url, referentie):
                    pass
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False
    return True


def _verwijder(client: httpx.Client, api_url: str, referentie: str) -> bool:
    """One batch; say whether there may be more."""
    vraag = {"flow_runs": {"tags": {"all_": [f"dossier:{referentie}"]}}, "limit": PER_KEER}
    antwoord = client.post(f"{api_url}/flow_runs/bulk_delete", json=vraag)
    antwoord.raise_for_status()
    inhoud: dict[str, Any] = antwoord.json()
    return bool(inhoud.get("deleted"))
