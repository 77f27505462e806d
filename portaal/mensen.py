"""Hoe een medewerker of organisatie op een pagina heet: met haar naam, en zonder naam met haar code.

Eén manier voor elke pagina: `mens(code)` in een sjabloon. Waar het erom gaat wie het precies was, staat de code erbij.
"""

from typing import Final

from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving
from domein.regio.model import Regio

_ZONDER_MENS: Final = {SYSTEEM.code: "het systeem"}
ZELFVERKLAARD: Final = "zelf opgegeven"  # wie het deed, zei het zelf (regel 14)


class Mensen:
    """De namen van vandaag; de afspraken worden pas gelezen als een pagina erom vraagt, en dan één keer."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._regio: Regio | None = None

    def __call__(self, code: str | None, *, precies: bool = False) -> str:
        """Geef de naam bij deze code; met `precies` de code erachter. Wie niet (meer) bekend is, houdt zijn code."""
        if not code or code in _ZONDER_MENS:
            return _ZONDER_MENS.get(code or "", "")
        naam = self._naam(code)
        if naam == code:
            return code
        return f"{naam} ({code})" if precies else naam

    def _naam(self, code: str) -> str:
        regio = self._lees()
        medewerker = regio.medewerker(code)
        if medewerker is not None:
            return medewerker.naam or code
        partner = regio.partner(code)
        return partner.naam if partner is not None else code

    def _lees(self) -> Regio:
        if self._regio is None:
            with self._omgeving.magazijn.ruimte() as ruimte:
                self._regio = regio_op(ruimte, self._omgeving, self._omgeving.klok.vandaag())
        return self._regio
