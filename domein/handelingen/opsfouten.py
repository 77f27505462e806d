"""Waarom een handeling van ops niet kan, met een eigen code per oorzaak: de knop in Prefect toont alleen die."""

from typing import Final

from domein.fouten import OngeldigeGegevens

# Elke deur heeft haar eigen plek om een gebroken uiterste dag te aanvaarden; een weigering staat ook in het verslag
# van een bulk, en dat leest iemand misschien door een andere deur.
AANVAARDEN: Final = (
    "aanvaard het met een reden: --aanvaard-termijn op de opdrachtregel, 'Waarom mag een uiterste dag toch breken?' "
    "in het portaal, aanvaard_termijn in Prefect"
)


class WaarheenOnduidelijk(OngeldigeGegevens):
    """Er is geen dag en geen aantal werkdagen gegeven, allebei, of nul werkdagen."""

    code = "waarheen_onduidelijk"


class NietsGevonden(OngeldigeGegevens):
    """Geen stap of dossier past bij de keuze, of de bulk legde niets vast."""

    code = "niets_gevonden"


class OnbekendeBulk(OngeldigeGegevens):
    """Onder dit nummer is niets gedaan."""

    code = "onbekende_bulk"


class DagVoorbij(OngeldigeGegevens):
    """De gekozen dag ligt in het verleden."""

    code = "dag_voorbij"


class StaatNietStil(OngeldigeGegevens):
    """De taken van dit dossier lopen al."""

    code = "staat_niet_stil"
