"""Wat elke pagina van een aangemelde deelt: de omgeving, het menu en het formulierbewijs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

from adapters.links import GetekendeLinks
from domein.handelingen.aanmelden import Aangemelde
from domein.ports import Omgeving
from domein.regels.toegang import Recht
from portaal import paginas
from portaal.api.tempo import Tempo
from portaal.beveiliging import KOPREGELS
from portaal.mensen import ZELFVERKLAARD, Mensen
from portaal.oidc import Oidc

SESSIE: Final = "regie_sessie"
BROWSER: Final = "regie_browser"
NAAR: Final = "regie_naar"

# Alleen ons eigen script mag draaien, en het mag alleen met onszelf praten. Zonder script werkt elke pagina ook.
CSP_MET_SCRIPT: Final = f"{KOPREGELS['Content-Security-Policy']}; script-src 'self'; connect-src 'self'"


@dataclass(frozen=True, slots=True)
class Menupunt:
    """Een punt in het menu: te zien voor wie het recht heeft, zodra de pagina er is."""

    pad: str
    label: str
    recht: Recht


MENU: Final = (
    Menupunt("/mijn-werk", "Mijn werk", Recht.WERK),
    Menupunt("/dossiers", "Dossiers", Recht.DOSSIER),
    Menupunt("/besluiten", "Besluiten", Recht.BESLUIT),
    Menupunt("/bord", "Regiobord", Recht.BORD),
    Menupunt("/bewaren", "Bewaren", Recht.VERNIETIGING),
    Menupunt("/verzoeken", "Verzoeken", Recht.VERZOEK),
    Menupunt("/logboek", "Logboek", Recht.LOGBOEK),
    Menupunt("/afspraken", "Afspraken", Recht.AFSPRAKEN),
    Menupunt("/invoer", "Inlezen", Recht.INVOER),
    Menupunt("/beheer", "Beheer", Recht.BEHEER),
)
# Wat een mens leest; de codes zelf staan in domein.begrippen.
ROLNAMEN: Final[Mapping[str, str]] = {
    "regiocoordinator": "regiocoördinator",
    "privacyofficer": "privacy officer",
    "beheerder": "beheerder",
}


@dataclass(slots=True)
class Web:
    """De installatie zoals de pagina's haar zien. `wekmap`: waar de opzichter ziet dat er werk is."""

    omgeving: Omgeving
    links: GetekendeLinks
    wekmap: Path | None = None
    oidc: Oidc | None = None  # leeg: aanmelden met een link uit de mail
    ankermap: Path | None = None  # waar de ketens buiten de database zijn vastgelegd
    prefect_url: str = ""  # waar de runs te zien zijn; leeg: nergens
    hartslag_minuten: float = 15.0  # zo lang zonder goede ronde is te lang
    tempo: Tempo | None = None  # hoe vaak een token van de API mag vragen; leeg: zonder grens
    paden: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def basis_url(self) -> str:
        return self.links.basis_url

    @property
    def veilig(self) -> bool:
        """Loopt het portaal over https? Dan geldt een koekje alleen daar."""
        return self.basis_url.startswith("https://")

    def menu(self, wie: Aangemelde) -> list[Menupunt]:
        return [punt for punt in MENU if punt.recht in wie.rechten and punt.pad in self.paden]

    def begin(self, wie: Aangemelde) -> str:
        """De eerste pagina van deze persoon."""
        # Wie beheert zonder eigen taken, begint bij beheer; wie alleen toezicht houdt, bij het logboek.
        if Recht.WERK not in wie.rechten and Recht.BEHEER in wie.rechten and "/beheer" in self.paden:
            return "/beheer"
        toezicht = Recht.WERK not in wie.rechten and Recht.LOGBOEK in wie.rechten and "/logboek" in self.paden
        return "/logboek" if toezicht else next((punt.pad for punt in self.menu(wie)), "/aanmelding")

    def pagina(
        self, request: Request, wie: Aangemelde, naam: str, gegevens: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Een pagina binnen het kader: met het menu van deze persoon en het bewijs voor elk formulier."""
        antwoord = paginas.pagina(naam, {**gegevens, **self._kader(request, wie)}, status)
        antwoord.headers["Content-Security-Policy"] = CSP_MET_SCRIPT
        return antwoord

    def _kader(self, request: Request, wie: Aangemelde) -> dict[str, Any]:
        return {
            "wie": wie,
            "mens": Mensen(self.omgeving),
            "zelfverklaard": ZELFVERKLAARD,
            "menu": self.menu(wie),
            "hier": request.url.path,
            "bewijs": wie.bewijs,
            "rollen": ", ".join(ROLNAMEN.get(rol.value, rol.value) for rol in sorted(wie.rollen)),
        }

    def zet_koekje(self, antwoord: Response, naam: str, waarde: str, seconden: int | None) -> None:
        """Een koekje dat geen script kan lezen en dat niet meegaat met een formulier van elders."""
        antwoord.set_cookie(
            self.koekje(naam), waarde, max_age=seconden, httponly=True, samesite="lax", secure=self.veilig, path="/"
        )

    def wis_koekje(self, antwoord: Response, naam: str) -> None:
        antwoord.delete_cookie(self.koekje(naam), httponly=True, samesite="lax", secure=self.veilig, path="/")

    def lees_koekje(self, request: Request, naam: str) -> str:
        return request.cookies.get(self.koekje(naam), "")

    def koekje(self, naam: str) -> str:
        # Met dit voorvoegsel weigert de browser een koekje dat een buurman op hetzelfde domein zet.
        return f"__Host-{naam}" if self.veilig else naam


def web_van(request: Request) -> Web:
    return cast("FastAPI", request.app).state.web
