"""Een dossier aan een andere klantmanager aanbieden; het gaat pas over als die aanvaardt."""

from uuid import UUID

from domein.begrippen import Rol, Stapsoort
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import OverdrachtAangeboden
from domein.handelingen.dossierbeheer import Feit, doe
from domein.handelingen.kern import Uitwerking
from domein.handelingen.regio import regio_op
from domein.handelingen.situatie import vraag_bij
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.nummeren import nummer_voor
from domein.regels.samenwerking import Toewijzing, zoek_antwoord
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.regio.soorten import Gegevensgroep
from domein.stand import Stand

# Zonder deze gegevens kan niemand een dossier voeren; zij horen bij elke overdracht.
MINIMAAL = frozenset({Gegevensgroep.REFERENTIE, Gegevensgroep.TERMIJNEN})


def bied_aan(
    omgeving: Omgeving, dossier_id: UUID, medewerker: str, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Bied het dossier aan een andere klantmanager aan, ook bij een andere partner.

    De ander krijgt een taak om te aanvaarden of te weigeren. Wat meegaat is wat de afspraken hem laten zien;
    GeenBevoegdheid als hij geen klantmanager is, OngeldigeGegevens als er al een aanbod loopt.
    """

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        wie = regio.medewerker(medewerker)
        if wie is None or Rol.KLANTMANAGER not in wie.rollen or not wie.in_dienst_op(vandaag):
            raise GeenBevoegdheid(
                f"'{medewerker[:40]}' is geen klantmanager in de samenwerkingsafspraken.",
                "Kies een medewerkercode met de rol klantmanager.",
            )
        if wie.code == stand.klantmanager:
            raise OngeldigeGegevens(f"'{wie.code}' is al de klantmanager van dit dossier.", "Kies een ander.")
        if any(overdracht.besloten_op is None for overdracht in stand.overdrachten.values()):
            raise OngeldigeGegevens(
                "Er loopt al een aanbod voor dit dossier.", "Wacht op het antwoord, of sla die stap over."
            )
        gegevens = OverdrachtAangeboden(
            nummer=nummer_voor(stand, "overdracht_aangeboden") or 1,
            van_medewerker=stand.klantmanager,
            naar_partner=wie.partner,
            naar_medewerker=wie.code,
            gegevens=_mee(ruimte, regio, dossier_id, stand, wie),
        )
        return [("overdracht_aangeboden", gegevens, None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "Het dossier is aan een ander aangeboden.", proef=proef)


def _mee(ruimte: Ruimte, regio: Regio, dossier_id: UUID, stand: Stand, wie: Medewerker) -> tuple[Gegevensgroep, ...]:
    """De gegevensgroepen die de ontvanger mag zien: die van de afspraak over gesprekken, en altijd het minimum."""
    stappen = ruimte.stappen(dossier_id)
    model: Stap | None = next((s for s in stappen if s.stapsoort in (Stapsoort.VOORTGANG, Stapsoort.INTAKE)), None)
    groepen = set(MINIMAAL)
    vraag = vraag_bij(ruimte, regio, model, stand, model.start) if model is not None else None
    if vraag is not None:
        antwoord = zoek_antwoord(regio, vraag)
        if isinstance(antwoord, Toewijzing) and antwoord.uitvoerder == wie.partner:
            groepen |= set(antwoord.inzage)
    partner = regio.partner(wie.partner)
    if partner is None or not partner.bsn_grondslag:
        groepen.discard(Gegevensgroep.BSN)
    return tuple(groep for groep in Gegevensgroep if groep in groepen)
