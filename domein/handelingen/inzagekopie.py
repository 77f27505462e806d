"""De kopie van persoonsgegevens (art. 15 AVG): één bron voor de opdrachtregel, de JSON en de PDF."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from domein.gebeurtenissen.basis import Actor
from domein.handelingen.besluit_inzien import besluit_rij
from domein.handelingen.besluitteksten import lees_tekst
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.inzien import eis_persoon, gebeurtenis_rij, op_volgorde, stand_rij, stap_rij, termijn_rij
from domein.handelingen.kern import kader
from domein.handelingen.regio import regio_op
from domein.model import Bericht, Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels import inzagetekst as tekst
from domein.regels.bewaren import bewaaroordeel
from domein.regels.planning import plan
from domein.regio.model import Regio
from domein.stand import Besluit, Stand, geldende, vouw

Rij = dict[str, Any]


def inzage_export(omgeving: Omgeving, dossier_id: UUID, actor: Actor) -> Rij:
    """Geef de kopie; GeenBevoegdheid als deze medewerker dit dossier niet beheert, PersoonGewist als alles weg is."""
    with omgeving.magazijn.ruimte() as ruimte:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        dossier = ruimte.dossier(dossier_id)
        eis_beheer(regio, dossier.gemeente, actor, vandaag)
        return _kopie(ruimte, omgeving, regio, dossier, actor)


def _kopie(ruimte: Ruimte, omgeving: Omgeving, regio: Regio, dossier: Dossier, actor: Actor) -> Rij:
    """Alles wat over deze persoon is vastgelegd, met doel, grondslag, herkomst, ontvangers, bewaartermijn en rechten.

    Ook wat is doorgehaald staat erin. Niet: gegevens van anderen dan wie iets in dit dossier deed, en die als code.
    """
    persoon, vandaag = eis_persoon(ruimte, dossier), omgeving.klok.vandaag()
    alle = ruimte.gebeurtenissen(dossier.id)
    gelden = {g.id for g in geldende(alle)}
    stand = vouw(alle)
    stappen = op_volgorde(ruimte.stappen(dossier.id))
    oordeel = bewaaroordeel(stand, kader(), vandaag)
    return {
        "soort": "kopie van persoonsgegevens (artikel 15 AVG)", "referentie": dossier.referentie,
        "gemeente": dossier.gemeente, "gemaakt_op": omgeving.klok.nu(), "gemaakt_door": actor.code,
        "persoon": asdict(persoon), "stand": stand_rij(stand),
        "termijnen": [termijn_rij(t, vandaag) for t in plan(stand, kader()).termijnen],
        "gebeurtenissen": [gebeurtenis_rij(g, g.id in gelden) for g in alle],
        "stappen": [stap_rij(stap, dossier.referentie) for stap in stappen],
        "besluiten": [_besluit(ruimte, dossier, stand, besluit) for besluit in stand.besluiten.values()],
        "ontvangers": _ontvangers(regio, stappen),
        "berichten": [_bericht(bericht) for bericht in ruimte.berichten(dossier_id=dossier.id)],
        "doelen": list(tekst.DOELEN), "grondslagen": list(tekst.GRONDSLAGEN), "herkomst": list(tekst.HERKOMST),
        "rechten": list(tekst.RECHTEN), "geautomatiseerd": tekst.GEEN_AUTOMAAT, "nakijken": tekst.NAKIJKEN,
        "bewaren_tot": oordeel.bewaren_tot if oordeel else None,
        "bewaren": oordeel.uitleg if oordeel else tekst.BEWAREN,
    }  # fmt: skip


def _besluit(ruimte: Ruimte, dossier: Dossier, stand: Stand, besluit: Besluit) -> Rij:
    """Een besluit met de tekst zoals zij is getekend; een concept is nog van niemand, en heeft hier geen tekst."""
    getekend = besluit.ondertekend_op is not None and besluit.versie > 0
    return besluit_rij(besluit, dossier, stand) | {
        "tekst": lees_tekst(ruimte, dossier.id, besluit.nummer, besluit.versie, besluit.hash) if getekend else None
    }


def _ontvangers(regio: Regio, stappen: Sequence[Stap]) -> list[Rij]:
    return [
        {"partner": code, "naam": partner.naam if (partner := regio.partner(code)) else code,
         "waarvoor": sorted({stap.stapsoort.value for stap in stappen if stap.partner == code})}
        for code in sorted({stap.partner for stap in stappen if stap.partner})
    ]  # fmt: skip


def _bericht(bericht: Bericht) -> Rij:
    """Een bericht over deze persoon; `op` is wanneer het is verstuurd."""
    return {
        "soort": bericht.soort, "onderwerp": bericht.onderwerp, "aan": bericht.ontvanger_code,
        "status": bericht.status.value, "gemaakt_op": bericht.aangemaakt_op, "op": bericht.aanvaard_op,
    }  # fmt: skip
