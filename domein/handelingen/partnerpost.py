"""Berichten aan partners klaarzetten, in dezelfde transactie als het feit (zie ook bericht.py voor mail).

Een partner met een eigen systeem krijgt het feit als bericht; een andere hoort het per mail, zonder persoonsgegevens.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domein.begrippen import Berichtstatus, Stapsoort
from domein.fouten import GeenUitvoerder
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.handelingen.bericht import DOSSIER_GEWIJZIGD, gemeld_in_dossier, zet_klaar
from domein.handelingen.regio import regio_op
from domein.model import Dossier, Partnerbericht
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van
from domein.regels.partnerbericht import berichtvormen, te_berichten
from domein.regio.model import Regio
from domein.stand import Stand

_MAIL = {
    "wijziging_pip": "Het PIP of de leerroute van deze inburgeraar is gewijzigd.",
    "wijziging_termijn": "DUO heeft de inburgeringstermijn verlengd.",
    "pauze": "De lessen van deze inburgeraar staan tijdelijk stil.",
    "hervatting": "De lessen van deze inburgeraar gaan weer door.",
}  # verhuizing en einde mailt gevolgen.py; een aanmelding en een overdracht zijn zelf een taak


def bericht_partners(
    ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, stand: Stand, gebeurtenissen: Iterable[Gebeurtenis]
) -> None:
    """Zet voor elk feit klaar wat partners ervan horen; hetzelfde feit nog eens zet niets dubbel klaar."""
    te_doen = [(g, soort, partner) for g in gebeurtenissen for soort, partner in te_berichten(g, stand)]
    if not te_doen:
        return
    try:
        regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
    except GeenUitvoerder:
        return
    for g, soort, code in te_doen:
        partner = regio.partner(code)
        if partner is None:
            continue
        if partner.webhook is not None:
            _zet_klaar(ruimte, omgeving, regio, dossier, g, soort, code)
        elif soort in _MAIL:
            _mail(ruimte, omgeving, regio, dossier, g, soort, code)


def laat_partnerberichten_vervallen(ruimte: Ruimte, dossier_id: UUID, waarom: str) -> None:
    """Wat nog niet weg is, gaat niet meer: de persoon is gewist."""
    for bericht in ruimte.partnerberichten(dossier_id=dossier_id):
        if bericht.status not in (Berichtstatus.AANVAARD, Berichtstatus.VERVALLEN):
            bericht.status, bericht.antwoord, bericht.lease_tot = Berichtstatus.VERVALLEN, waarom, None
            ruimte.bewaar(bericht)


def _zet_klaar(
    ruimte: Ruimte, omgeving: Omgeving, regio: Regio, dossier: Dossier, g: Gebeurtenis, soort: str, code: str
) -> None:
    bestaand = ruimte.partnerberichten(dossier_id=dossier.id, partner=code)
    if any((b.soort, b.gebeurtenis) == (soort, g.volgnummer) for b in bestaand):
        return
    nu = omgeving.klok.nu()
    ruimte.bewaar(
        Partnerbericht(
            dossier_id=dossier.id,
            partner=code,
            soort=soort,
            gebeurtenis=g.volgnummer,
            volgnummer=max((b.volgnummer for b in bestaand), default=0) + 1,
            stapsoort=(Stapsoort.VOORTGANG if soort == "overdracht" else Stapsoort.AANMELDING).value,
            status=Berichtstatus.WACHTEND,
            volgende_poging=nu,
            aangemaakt_op=nu,
            antwoord_uiterlijk=_antwoord_uiterlijk(regio, code, soort, omgeving.klok.vandaag()),
        )
    )


def _antwoord_uiterlijk(regio: Regio, code: str, soort: str, vandaag: date) -> date | None:
    dagen, partner = berichtvormen()[soort].antwoord_werkdagen, regio.partner(code)
    return None if dagen is None or partner is None else kantoorkalender_van(partner).tel_werkdagen(vandaag, dagen)


def _mail(
    ruimte: Ruimte, omgeving: Omgeving, regio: Regio, dossier: Dossier, g: Gebeurtenis, soort: str, code: str
) -> None:
    for ontvanger, adres, stap in gemeld_in_dossier(ruimte, dossier.id, Stapsoort.AANMELDING):
        wie = regio.medewerker(ontvanger)
        if wie is not None and wie.partner == code:
            zet_klaar(
                ruimte, omgeving, soort=DOSSIER_GEWIJZIGD, stap=stap, ontvanger=ontvanger, adres=adres,
                gegevens={"wat": _MAIL[soort]}, niveau=g.volgnummer,
            )  # fmt: skip
