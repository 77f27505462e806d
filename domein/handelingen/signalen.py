"""Signalen: dingen waar een mens naar moet kijken; per soort, dossier en stap hoogstens één open signaal."""

from typing import Literal
from uuid import UUID

from domein.model import Signaal, Stap
from domein.ports import Omgeving, Ruimte


def meld_signaal(
    ruimte: Ruimte,
    omgeving: Omgeving,
    soort: str,
    ernst: Literal["fout", "waarschuwing", "info"],
    melding: str,
    stap: Stap | None = None,
    dossier_id: UUID | None = None,
) -> Signaal | None:
    """Meld een signaal, of None als hetzelfde signaal al openstaat."""
    dossier = stap.dossier_id if stap else dossier_id
    stap_id = stap.id if stap else None
    if any(s.soort == soort and s.stap_id == stap_id for s in ruimte.signalen(dossier_id=dossier)):
        return None
    signaal = Signaal(
        soort=soort,
        ernst=ernst,
        dossier_id=dossier,
        stap_id=stap_id,
        melding=melding[:1000],
        sinds=omgeving.klok.nu(),
    )
    ruimte.bewaar(signaal)
    return signaal


def los_op(
    ruimte: Ruimte, omgeving: Omgeving, soort: str, stap: Stap | None = None, dossier_id: UUID | None = None
) -> None:
    """Zet het open signaal van deze soort op opgelost, als het er is."""
    dossier = stap.dossier_id if stap else dossier_id
    stap_id = stap.id if stap else None
    for signaal in ruimte.signalen(dossier_id=dossier):
        if signaal.soort == soort and signaal.stap_id == stap_id:
            signaal.opgelost_op = omgeving.klok.nu()
            ruimte.bewaar(signaal)
