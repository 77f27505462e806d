"""Een antwoord bewaren dat nog niet af is: alleen voor wie het typte, versleuteld met de sleutel van het dossier."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.fouten import GeenBevoegdheid, OvergangNietToegestaan, PersoonGewist
from domein.handelingen.kern import in_ruimte
from domein.handelingen.portaalpoort import Bewaard
from domein.ports import Omgeving, Ruimte

GROOTSTE_CONCEPT: Final = 20_000


def bewaar(omgeving: Omgeving, stap_id: UUID, medewerker: str, generatie: int, velden: Mapping[str, str]) -> None:
    """Bewaar wat iemand invulde bij zijn eigen open taak; het vorige concept vervalt."""

    def werk(ruimte: Ruimte) -> None:
        stap = ruimte.stap(stap_id)
        if stap.medewerker != medewerker:
            raise GeenBevoegdheid("Deze taak is van een ander.", "U hoeft niets te doen.")
        if stap.status is not Stapstatus.OPEN:
            raise OvergangNietToegestaan(f"Deze taak is al {stap.status.value}.", "U hoeft niets meer te doen.")
        gevuld = {naam: waarde for naam, waarde in velden.items() if waarde.strip()}
        if sum(map(len, gevuld.values())) > GROOTSTE_CONCEPT:
            raise OvergangNietToegestaan("Dit is te veel tekst om te bewaren.", "Maak uw tekst korter.")
        if gevuld:
            ruimte.bewaar_concept(stap_id, medewerker, generatie, gevuld, omgeving.klok.nu())
        else:
            ruimte.wis_concept(stap_id, medewerker)

    in_ruimte(omgeving, werk)


def lees(omgeving: Omgeving, stap_id: UUID, medewerker: str) -> Bewaard | None:
    """Geef het concept van deze persoon bij deze taak, of None."""
    with omgeving.magazijn.ruimte() as ruimte:
        try:
            return ruimte.concept(stap_id, medewerker)
        except PersoonGewist:  # met de persoon verdwijnt ook wat iemand over hem typte
            return None


def wis(omgeving: Omgeving, stap_id: UUID, medewerker: str) -> None:
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_concept(stap_id, medewerker)
