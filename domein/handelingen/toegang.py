"""De toegang van een aangemelde in de database: welk dossier hij mag zien, en welke dossiers er voor hem zijn."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from domein.begrippen import Dossierstatus, Stapstatus
from domein.fouten import OnbekendDossier
from domein.handelingen.regio import regio_op
from domein.handelingen.toegangspoort import Stapspoor
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.besluitgang import besluitsoorten_van
from domein.regels.toegang import Dossierplek, Kijker, Stapplek, Toegang, toegang_tot, toegang_van_partner


def toegang_in(ruimte: Ruimte, omgeving: Omgeving, wie: Kijker, dossier: Dossier) -> Toegang | None:
    """Geef de toegang tot dit dossier zoals zij vandaag is, of None."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    return toegang_tot(regio, wie, _plek(dossier, ruimte.stappen(dossier.id)), vandaag)


def toegangen_in(
    ruimte: Ruimte, omgeving: Omgeving, wie: Kijker, dossier_ids: Collection[UUID]
) -> Mapping[UUID, tuple[Dossier, Toegang | None]]:
    """Geef van een hele lijst wat `toegang_in` van elk dossier zegt, in een paar vragen, hoe lang zij ook is.

    Een dossier dat er niet is of achter de tweede wand staat, ontbreekt.
    """
    vandaag = omgeving.klok.vandaag()
    sporen = ruimte.sporen(dossier_ids)
    if not sporen:
        return {}
    regio = regio_op(ruimte, omgeving, vandaag)
    return {
        dossier_id: (sporen[dossier_id][0], toegang_tot(regio, wie, _plek(*sporen[dossier_id]), vandaag))
        for dossier_id in dossier_ids
        if dossier_id in sporen
    }


def partnertoegang_in(ruimte: Ruimte, omgeving: Omgeving, partner: str, dossier: Dossier) -> Toegang | None:
    """Geef wat het systeem van deze partner vandaag van dit dossier mag zien, of None."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    return toegang_van_partner(regio, partner, _plek(dossier, ruimte.stappen(dossier.id)), vandaag)


def dossier_voor(ruimte: Ruimte, omgeving: Omgeving, wie: Kijker, referentie: str) -> tuple[Dossier, Toegang]:
    """Geef het dossier en de toegang; OnbekendDossier als het er niet is of niet voor hem: dat ziet er gelijk uit."""
    dossier = ruimte.dossier_bij(referentie)
    toegang = toegang_in(ruimte, omgeving, wie, dossier)
    if toegang is None:
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    return dossier, toegang


def _plek(dossier: Dossier, stappen: Iterable[Stap | Stapspoor]) -> Dossierplek:
    return Dossierplek(
        gemeente=dossier.gemeente,
        loopt=dossier.status is Dossierstatus.LOPEND,
        klantmanager=dossier.klantmanager,
        regie=dossier.regie_partner,
        stappen=tuple(
            Stapplek(
                stapsoort=stap.stapsoort, open=stap.status is Stapstatus.OPEN, partner=stap.partner,
                medewerker=stap.medewerker, afspraak=stap.afspraak, besluit=stap.besluit,
                besluitsoorten=besluitsoorten_van(stap.kenmerk) if stap.besluit else frozenset(),
                klaar=stap.status is Stapstatus.KLAAR,
            )
            for stap in stappen
        ),
    )  # fmt: skip
