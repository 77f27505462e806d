"""Langs welke weg iemand bij een taak komt: met een link uit zijn mail, of aangemeld. De pagina's zijn dezelfde."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from starlette.responses import HTMLResponse

from adapters.links import GetekendeLinks, Taaklink
from domein.begrippen import Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.ports import Linkdoel
from portaal import paginas

Toner = Callable[[str, Mapping[str, Any], int], HTMLResponse]


@dataclass(frozen=True, slots=True)
class Ingang:
    """Wie bij welke taak staat, waar zijn formulier naartoe gaat, en binnen welk kader de pagina staat."""

    stap_id: UUID
    generatie: int
    medewerker: str
    verificatie: Verificatie
    actie: str
    bewijs: str
    werkpad: str
    toon: Toner
    doel: Linkdoel = Linkdoel.KLAAR
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def actor(self) -> Actor:
        return Actor(self.medewerker, self.verificatie)

    def pagina(self, naam: str, gegevens: Mapping[str, Any], status: int) -> HTMLResponse:
        vast = {"actie": self.actie, "bewijs": self.bewijs, "werklink": self.werkpad, "generatie": self.generatie}
        return self.toon(naam, {**gegevens, **vast, **self.extra}, status)


def met_link(links: GetekendeLinks, token: str, link: Taaklink) -> Ingang:
    """De ingang van wie een link uit zijn mail opent: zonder menu, alleen deze taak."""
    return Ingang(
        stap_id=link.stap_id, generatie=link.generatie, medewerker=link.medewerker,
        verificatie=Verificatie.GETEKENDE_LINK, actie=f"/{link.doel.value}/{token}",
        bewijs=links.formulierbewijs(link),
        werkpad=links.werklink(link.medewerker).removeprefix(links.basis_url), toon=_los, doel=link.doel,
    )  # fmt: skip


def _los(naam: str, gegevens: Mapping[str, Any], status: int) -> HTMLResponse:
    return paginas.pagina(naam, {"kader": "basis.html", "aangemeld": False, **gegevens}, status)
