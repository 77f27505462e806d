"""Veel dossiers op één pagina: welke deze persoon mag zien, en van elk een regel in het logboek."""

from collections.abc import Iterable
from uuid import UUID

from domein.fouten import OnbekendDossier
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.logboek import regel
from domein.handelingen.toegang import toegang_in
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import Toegang


class Dossierinzage:
    """De toegang van één persoon binnen één transactie; elk dossier wordt één keer getoetst."""

    def __init__(self, ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde) -> None:
        self._ruimte, self._omgeving, self._wie = ruimte, omgeving, wie
        self._gezien: dict[UUID, tuple[Dossier, Toegang | None]] = {}

    def lees_vooruit(self, dossier_ids: Iterable[UUID | None]) -> None:
        """Lees van een hele lijst in een paar vragen wat de toets van elk dossier nodig heeft."""
        wie = list(dict.fromkeys(een for een in dossier_ids if een is not None))
        self._ruimte.lees_vooruit(wie, met_gebeurtenissen=False)

    def zie(self, dossier_id: UUID) -> Dossier | None:
        """Geef het dossier, of None als het er voor deze persoon niet is."""
        if dossier_id not in self._gezien:
            try:
                dossier = self._ruimte.dossier(dossier_id)
            except OnbekendDossier:  # ook als het achter de tweede wand staat
                return None
            toegang = toegang_in(self._ruimte, self._omgeving, self._wie.kijker, dossier)
            self._gezien[dossier_id] = dossier, toegang
        dossier, toegang = self._gezien[dossier_id]
        return dossier if toegang is not None else None

    def noteer(self, naam: str, soort: Logsoort, *, ook_geweigerd: bool = False) -> None:
        """Schrijf van elk dossier dat is gezien een regel. Wie een dossier zelf noemde, laat ook een weigering na."""
        regels = [
            regel(self._omgeving, self._wie, naam, soort if toegang else Logsoort.GEWEIGERD, dossier, toegang)
            for dossier, toegang in self._gezien.values()
            if toegang is not None or ook_geweigerd
        ]
        if regels:
            self._ruimte.schrijf_in_logboek(*regels)
