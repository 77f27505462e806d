"""Voor het tekenen zien wat er dan gebeurt: dezelfde handeling als de handtekening, en er wordt niets bewaard."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import Uitwerking
from domein.handelingen.logboek import Inzicht
from domein.regels.bordfiguren import TERMIJNNAMEN
from domein.regels.wijzigingen import Wijziging
from portaal.dossiers import WIJZIGINGEN
from portaal.web import web_van

PROEF = "proef"


def wil_proef(invoer: Mapping[str, str]) -> bool:
    return bool(invoer.get(PROEF))


def toon_proef(
    request: Request, wie: Aangemelde, inzicht: Inzicht, nummer: int, invoer: Mapping[str, str], uit: Uitwerking
) -> HTMLResponse:
    """Toon wat er met het plan gebeurt, met de knop om echt te tekenen en wat iemand al invulde."""
    web, titels = web_van(request), _titels(request, inzicht)
    gegevens: dict[str, Any] = {
        "referentie": inzicht.dossier.referentie, "nummer": nummer, "namen": WIJZIGINGEN,
        "wijzigingen": [(een, _titel(een, titels)) for een in uit.wijzigingen if een.soort != "toelichten"],
        "termijnen": uit.plan.termijnen, "termijnnamen": TERMIJNNAMEN,
        "velden": {naam: waarde for naam, waarde in invoer.items() if naam not in ("bewijs", PROEF)},
    }  # fmt: skip
    return web.pagina(request, wie, "besluit_proef.html", gegevens)


def _titels(request: Request, inzicht: Inzicht) -> Mapping[str, str]:
    with web_van(request).omgeving.magazijn.ruimte() as ruimte:
        return {stap.kenmerk: stap.titel for stap in ruimte.stappen(inzicht.dossier.id)}


def _titel(een: Wijziging, titels: Mapping[str, str]) -> str:
    return een.gewenst.titel if een.gewenst is not None else titels.get(een.kenmerk, een.kenmerk)
