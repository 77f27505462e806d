"""Aanmeldlinks van de opdrachtregel, voor de demo en voor wie bij de machine zelf kan.

Zo'n link gaat niet langs de mail en hoort bij geen browser; wie ermee binnenkomt heet in elk feit en in het logboek
`zelfverklaard`. Hij werkt één keer, en in het echt een kwartier.
"""

from dataclasses import dataclass

from domein.begrippen import Rol
from domein.fouten import GeenUitvoerder
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving
from domein.regio.model import Regio


@dataclass(frozen=True, slots=True)
class Rollink:
    rol: str
    medewerker: str
    link: str


def per_rol(omgeving: Omgeving, basis_url: str) -> list[Rollink]:
    """Een link voor de eerste medewerker van elke rol die vandaag in dienst is; leeg zonder regio."""
    vandaag = omgeving.klok.vandaag()
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            regio = regio_op(ruimte, omgeving, vandaag)
    except GeenUitvoerder:
        return []
    return [
        Rollink(rol.value, code, maak_link(omgeving, code, basis_url))
        for rol in Rol
        if (code := _eerste(regio, rol, omgeving)) is not None
    ]


def _eerste(regio: Regio, rol: Rol, omgeving: Omgeving) -> str | None:
    """Liefst iemand met alleen deze rol: dan laat de link zien wat zij inhoudt."""
    vandaag = omgeving.klok.vandaag()
    met_rol = [m for m in regio.medewerkers if rol in m.rollen and m.in_dienst_op(vandaag)]
    return min(met_rol, key=lambda m: len(m.rollen)).code if met_rol else None


def als_regels(links: list[Rollink]) -> str:
    """De links onder elkaar, voor op een scherm."""
    return "\n".join(f"  {een.rol:<18} {een.medewerker:<8} {een.link}" for een in links)
