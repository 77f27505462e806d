"""Wat een feit verder vraagt dan een nieuw plan: anderen inlichten, open taken herverdelen, een persoon wissen.

Alles in dezelfde transactie als het feit. Elke weg waarlangs een feit binnenkomt, komt hier langs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from domein.begrippen import Eindegrond, Stapsoort
from domein.gebeurtenissen.basis import Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import OverdrachtAanvaard, PlichtBeeindigd, Verhuisd
from domein.handelingen.bericht import (
    DOSSIER_GEWIJZIGD,
    DOSSIER_INGETROKKEN,
    TAAK,
    TAAK_VERZET,
    gemeld_in_dossier,
    zet_klaar,
)
from domein.handelingen.kern import Uitwerking, leg_vast
from domein.handelingen.overnemen import neem_over
from domein.handelingen.partnerpost import laat_partnerberichten_vervallen
from domein.handelingen.verhuizen import herverdeel, vraag_huisgenoten
from domein.ports import Omgeving, Ruimte
from domein.regio.gemeenten import gemeentenaam
from domein.stand import Stand, Vouwing, vouw

_Gevolg = Callable[[Ruimte, Omgeving, Uitwerking, Gebeurtenis], Uitwerking]


def leg_vast_met_gevolgen(
    ruimte: Ruimte,
    omgeving: Omgeving,
    dossier_id: UUID,
    nieuwe: Sequence[NieuweGebeurtenis],
    reden: str = "",
    *,
    vooraf: Vouwing | None = None,
) -> Uitwerking:
    """Leg feiten vast, plan opnieuw, en doe wat er verder uit volgt."""
    uitwerking = leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=reden, vooraf=vooraf)
    for g in uitwerking.gebeurtenissen:
        gevolg = _GEVOLGEN.get(g.soort)
        if gevolg is not None:
            uitwerking = gevolg(ruimte, omgeving, uitwerking, g)
    return uitwerking


def _stand_ervoor(ruimte: Ruimte, g: Gebeurtenis) -> Stand:
    return vouw([eerder for eerder in ruimte.gebeurtenissen(g.dossier_id) if eerder.volgnummer < g.volgnummer])


def _na_verhuizing(ruimte: Ruimte, omgeving: Omgeving, uitwerking: Uitwerking, g: Gebeurtenis) -> Uitwerking:
    """De aanbieder hoort van de verhuizing, open taken gaan naar wie ze nu doet, en huisgenoten worden nagevraagd."""
    assert isinstance(g.gegevens, Verhuisd)
    if uitwerking.stand.verhuizing is not None and uitwerking.stand.verhuizing.nummer != g.gegevens.nummer:
        return uitwerking  # een oude verhuizing die laat bekend werd: de laatste telt
    wat = f"De inburgeraar is verhuisd naar gemeente {gemeentenaam(g.gegevens.naar)}."
    _licht_aanbieder_in(ruimte, omgeving, g.dossier_id, wat)
    vraag_huisgenoten(ruimte, omgeving, uitwerking.stand, g)
    if g.gegevens.buiten_regio:
        return uitwerking
    nieuwe = herverdeel(ruimte, omgeving, uitwerking.stand, _stand_ervoor(ruimte, g), g.dossier_id)
    if not nieuwe:
        return uitwerking
    na = leg_vast(ruimte, omgeving, g.dossier_id, nieuwe, reden="De inburgeraar is verhuisd.")
    return _samen(uitwerking, na)


def _na_intrekking(ruimte: Ruimte, omgeving: Omgeving, uitwerking: Uitwerking, g: Gebeurtenis) -> Uitwerking:
    """Wie ooit een taak over dit dossier kreeg, hoort dat hij moet verwijderen wat hij bewaarde."""
    if uitwerking.stand.einde is not None and uitwerking.stand.einde.grond is Eindegrond.INGETROKKEN:
        for code, adres, stap in gemeld_in_dossier(ruimte, g.dossier_id):
            if _weet_het_al(ruimte, g.dossier_id, code):
                continue
            zet_klaar(
                ruimte, omgeving, soort=DOSSIER_INGETROKKEN, stap=stap, ontvanger=code, adres=adres, niveau=g.volgnummer
            )
    return uitwerking


def _weet_het_al(ruimte: Ruimte, dossier_id: UUID, code: str) -> bool:
    """Zeg of hij dit al hoorde en daarna geen taak meer kreeg: twee keer intrekken is één keer horen."""
    van_hem = [bericht for bericht in ruimte.berichten(dossier_id=dossier_id) if bericht.ontvanger_code == code]
    verteld = max((b.aangemaakt_op for b in van_hem if b.soort == DOSSIER_INGETROKKEN), default=None)
    if verteld is None:
        return False
    return not any(b.soort in {TAAK, TAAK_VERZET} and b.aangemaakt_op > verteld for b in van_hem)


def _na_einde(ruimte: Ruimte, omgeving: Omgeving, uitwerking: Uitwerking, g: Gebeurtenis) -> Uitwerking:
    if isinstance(g.gegevens, PlichtBeeindigd) and g.gegevens.grond is Eindegrond.INGETROKKEN:
        return _na_intrekking(ruimte, omgeving, uitwerking, g)
    if uitwerking.stand.einde is not None:
        _licht_aanbieder_in(ruimte, omgeving, g.dossier_id, "Het traject van deze inburgeraar is geëindigd.")
    return uitwerking


def _na_overdracht(ruimte: Ruimte, omgeving: Omgeving, uitwerking: Uitwerking, g: Gebeurtenis) -> Uitwerking:
    """Wie aanvaardt is vanaf nu de klantmanager; de open taken van de vorige gaan mee."""
    assert isinstance(g.gegevens, OverdrachtAanvaard)
    overdracht = uitwerking.stand.overdrachten.get(g.gegevens.nummer)
    if overdracht is None:
        return uitwerking
    nieuwe = neem_over(ruimte, omgeving, g.dossier_id, overdracht)
    return _samen(uitwerking, leg_vast(ruimte, omgeving, g.dossier_id, nieuwe, reden="Het dossier is overgedragen."))


def _samen(eerst: Uitwerking, na: Uitwerking) -> Uitwerking:
    return Uitwerking(
        na.dossier_id,
        (*eerst.gebeurtenissen, *na.gebeurtenissen),
        (*eerst.wijzigingen, *na.wijzigingen),
        na.stand,
        na.plan,
    )


def _na_wissen(ruimte: Ruimte, omgeving: Omgeving, uitwerking: Uitwerking, g: Gebeurtenis) -> Uitwerking:
    """De sleutel gaat weg; ook met wie iemand woonde staat er niet meer, en er is niets meer om naar te kijken."""
    dossier = ruimte.dossier(g.dossier_id)
    dossier.huishouden = None
    ruimte.bewaar(dossier)
    for signaal in ruimte.signalen(dossier_id=g.dossier_id):
        signaal.opgelost_op = omgeving.klok.nu()
        ruimte.bewaar(signaal)
    laat_partnerberichten_vervallen(ruimte, g.dossier_id, "de persoon is gewist")
    ruimte.wis_persoon(g.dossier_id)
    return uitwerking


def _licht_aanbieder_in(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, wat: str) -> None:
    """Mail elke aanbieder die in dit dossier een taak kreeg; één keer per verandering."""
    for code, adres, stap in gemeld_in_dossier(ruimte, dossier_id, Stapsoort.AANMELDING):
        zet_klaar(
            ruimte, omgeving, soort=DOSSIER_GEWIJZIGD, stap=stap, ontvanger=code, adres=adres, gegevens={"wat": wat},
            niveau=ruimte.dossier(dossier_id).laatste_volgnummer,
        )  # fmt: skip


_GEVOLGEN: Final[Mapping[str, _Gevolg]] = {
    "verhuisd": _na_verhuizing,
    "kennisgeving_ingetrokken": _na_intrekking,
    "plicht_beeindigd": _na_einde,
    "voldaan": _na_einde,
    "vrijgesteld": _na_einde,
    "ontheven": _na_einde,
    "termijn_overschreden": _na_einde,
    "persoon_gewist": _na_wissen,
    "overdracht_aanvaard": _na_overdracht,
}
