"""Maatwerk: voor één persoon wijkt een mandaathouder af van de afspraken, met een einddatum."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domein.begrippen import Dossierstatus, Stapsoort
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import MaatwerkBeeindigd, MaatwerkVastgesteld, lees
from domein.handelingen.dossierbeheer import Feit, doe
from domein.handelingen.kern import Uitwerking
from domein.handelingen.mandaat import eis_mandaat
from domein.handelingen.regio import regio_op
from domein.handelingen.situatie import als_maatwerk, vraag_bij
from domein.ports import Omgeving, Ruimte
from domein.regels.maatwerk import bezwaar
from domein.regels.nummeren import nummer_voor
from domein.regels.samenwerking import winnaars
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.stand import Stand, vouw

Rij = dict[str, Any]


def stel_maatwerk_vast(
    omgeving: Omgeving,
    dossier_id: UUID,
    stap: Stapsoort,
    partner: str,
    tot: date,
    actor: Actor,
    reden: str,
    *,
    meer: Mapping[str, Any] | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Laat een andere partner deze stap doen, tot en met een dag. GeenBevoegdheid buiten het mandaat van de actor.

    `meer` mag rol, bedrag, betaler en inzage noemen, voor wie de afspraken niemand noemen.
    """

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        gegevens = lees(
            "maatwerk_vastgesteld",
            {
                **(meer or {}), "nummer": nummer_voor(stand, "maatwerk_vastgesteld"), "stap": stap, "partner": partner,
                "geldig_tot": tot, "mandaathouder": actor.code,
            },
        )  # fmt: skip
        assert isinstance(gegevens, MaatwerkVastgesteld)
        if tot < vandaag:
            raise OngeldigeGegevens("Het maatwerk zou al voorbij zijn.", "Kies een latere einddatum.")
        gemeente = ruimte.dossier(dossier_id).gemeente
        afspraak = _afspraak(ruimte, regio, dossier_id, stand, stap, vandaag)
        if afspraak is None and gegevens.rol is None and regio.partner(partner) is not None:
            fout = "De afspraken noemen voor deze stap niemand. Zeg in welke rol deze partner haar doet."
            raise OngeldigeGegevens(fout, "Geef een rol op.", {"rol": fout})
        if waarom_niet := bezwaar(regio, als_maatwerk(gegevens, vandaag), gemeente, vandaag, afspraak):
            raise GeenBevoegdheid(
                f"Dit maatwerk kan niet: {waarom_niet}.", "Laat iemand met een ruimer mandaat het vaststellen."
            )
        return [("maatwerk_vastgesteld", gegevens, None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "Voor deze persoon geldt maatwerk.", proef=proef, beheer=False)


def beeindig_maatwerk(
    omgeving: Omgeving, dossier_id: UUID, nummer: int, actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Beëindig maatwerk eerder dan zijn einddatum; ook dat doet iemand met mandaat voor die stap."""

    def maak(ruimte: Ruimte, stand: Stand) -> list[Feit]:
        vandaag = omgeving.klok.vandaag()
        er = stand.maatwerk.get(nummer)
        if er is None or er.beeindigd_op is not None:
            raise OngeldigeGegevens(f"Er is geen geldend maatwerk {nummer}.", "Kijk met 'regie dossier maatwerk'.")
        regio = regio_op(ruimte, omgeving, vandaag)
        eis_mandaat(regio, ruimte.dossier(dossier_id).gemeente, er.gegevens.stap, actor, vandaag)
        return [("maatwerk_beeindigd", MaatwerkBeeindigd(nummer=nummer), None)]

    return doe(omgeving, dossier_id, maak, actor, reden, "Het maatwerk is beëindigd.", proef=proef, beheer=False)


def _afspraak(
    ruimte: Ruimte, regio: Regio, dossier_id: UUID, stand: Stand, soort: Stapsoort, op: date
) -> Samenwerkingsafspraak | None:
    """De afspraak waarvan wordt afgeweken, als er precies één geldt."""
    model = next((s for s in ruimte.stappen(dossier_id) if s.stapsoort is soort), None)
    vraag = vraag_bij(ruimte, regio, model, stand, op) if model is not None else None
    toppers = winnaars(regio, vraag)[0] if vraag is not None else ()
    return toppers[0] if len(toppers) == 1 else None


def maatwerk_lijst(omgeving: Omgeving) -> list[Rij]:
    """Al het maatwerk dat nog geldt, voor de coordinator: waar de afspraken vaak niet passen."""
    vandaag = omgeving.klok.vandaag()
    uit: list[Rij] = []
    with omgeving.magazijn.ruimte() as ruimte:
        for dossier in ruimte.dossiers(status=Dossierstatus.LOPEND):
            stand = vouw(ruimte.gebeurtenissen(dossier.id))
            uit.extend(
                {
                    "dossier": dossier.referentie, "gemeente": dossier.gemeente, "nummer": m.nummer,
                    "stap": m.gegevens.stap.value, "partner": m.gegevens.partner, "van": m.van,
                    "tot": m.gegevens.geldig_tot, "goedgekeurd_door": m.gegevens.mandaathouder,
                }
                for m in stand.maatwerk.values()
                if m.beeindigd_op is None and m.gegevens.geldig_tot >= vandaag
            )  # fmt: skip
    return sorted(uit, key=lambda rij: (rij["tot"], rij["dossier"]))
