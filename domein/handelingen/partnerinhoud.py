"""Wat er in een bericht aan een partner staat: alleen de velden van dat bericht, en daarvan alleen wat hij mag zien.

Het wordt gemaakt bij het verzenden en nergens bewaard. Het vertelt wat er gold toen het feit werd vastgelegd: zo is een
herhaling hetzelfde bericht, ook als er intussen iets anders gebeurde. Dat krijgt een eigen bericht.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.handelingen.kern import kader
from domein.handelingen.regio import regio_op
from domein.handelingen.situatie import vraag_bij
from domein.model import Dossier, Partnerbericht, Stap
from domein.ports import Omgeving, Persoon, Ruimte
from domein.regels.inzage import beperk, zichtbare_velden
from domein.regels.partnerbericht import berichtvormen
from domein.regels.samenwerking import Toewijzing, zoek_antwoord
from domein.regels.stappen.aanbieder import aanbod_termijn
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import cursusuren
from domein.regio.afspraken import GEMEENTE, UITVOERDER, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep
from domein.stand import Stand, vouw
from domein.stand.vouw import geldende

ALTIJD: Final = frozenset({"referentie", "gemeente", "klantmanager"})  # waar het over gaat, en wie u belt


def geldt_nog(ruimte: Ruimte, bericht: Partnerbericht) -> bool:
    """Zeg of het feit nog geldt: niet doorgehaald, en niet verbeterd door een nieuwere versie van de bron."""
    return any(g.volgnummer == bericht.gebeurtenis for g in geldende(ruimte.gebeurtenissen(bericht.dossier_id)))


def inhoud_van(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht) -> dict[str, Any]:
    """Geef de inhoud als waarden die in JSON passen. PersoonGewist als de persoon er niet meer is."""
    dossier = ruimte.dossier(bericht.dossier_id)
    tot_hier = [g for g in ruimte.gebeurtenissen(dossier.id) if g.volgnummer <= bericht.gebeurtenis]
    stand = vouw(tot_hier)
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)  # wat iemand mag zien, bepalen de afspraken van vandaag
    afspraak, groepen = _inzage(ruimte, regio, bericht, stand, tot_hier, vandaag)
    partner = regio.partner(bericht.partner)
    mag = ALTIJD | zichtbare_velden(groepen, bsn_grondslag=partner is not None and partner.bsn_grondslag)
    alles = (
        _van_dossier(dossier, stand) | _van_meting(tot_hier) | _van_persoon(ruimte.persoon(dossier.id))
        | _van_afspraak(regio, afspraak, bericht.partner, stand)
    )  # fmt: skip
    gevuld = beperk(alles, berichtvormen()[bericht.soort].velden & mag)
    return {naam: _voor_json(waarde) for naam, waarde in sorted(gevuld.items()) if waarde not in (None, "")}


def _inzage(
    ruimte: Ruimte, regio: Regio, bericht: Partnerbericht, stand: Stand, feiten: Sequence[Gebeurtenis], op: date
) -> tuple[Samenwerkingsafspraak | None, tuple[Gegevensgroep, ...]]:
    """De afspraak waaronder de partner dit krijgt, en de groepen die zij hem laat zien; zonder afspraak geen."""
    aanbod = feiten[-1].gegevens if feiten else None
    if isinstance(aanbod, s.OverdrachtAangeboden):
        return None, aanbod.gegevens  # bij het aanbieden is vastgelegd wat de ander mag zien
    stappen = [stap for stap in ruimte.stappen(bericht.dossier_id) if stap.stapsoort == bericht.stapsoort]
    eigen: Stap | None = next((stap for stap in reversed(stappen) if stap.partner == bericht.partner), None)
    afspraak = regio.afspraak(eigen.afspraak) if eigen is not None and eigen.afspraak else None
    if afspraak is not None:
        return afspraak, afspraak.inzage
    if stappen and (vraag := vraag_bij(ruimte, regio, stappen[-1], stand, op)) is not None:
        antwoord = zoek_antwoord(regio, vraag)
        if isinstance(antwoord, Toewijzing) and antwoord.uitvoerder == bericht.partner:
            return regio.afspraak(antwoord.afspraak), antwoord.inzage
    return None, ()


def _van_dossier(dossier: Dossier, stand: Stand) -> dict[str, Any]:
    kader_ = kader()
    termijn = eerste_pip_termijn(stand, kader_) if stand.kennisgeving_op else None
    aanbod = aanbod_termijn(stand, kader_)
    pip = stand.pip
    return {
        "referentie": dossier.referentie, "gemeente": stand.gemeente or dossier.gemeente,
        "klantmanager": stand.klantmanager, "doelgroep": stand.doelgroep, "leerroute": stand.leerroute if pip else None,
        "leerroute_vanaf": pip.dagtekening if pip else None, "pip_dagtekening": pip.dagtekening if pip else None,
        "advies": stand.advies, "beschikbaarheid": pip.naast_werk if pip else None,
        "uren_per_week": pip.uren_per_week if pip else None,
        "gesprekken_afgesproken": pip.aantal_gesprekken if pip else None, "kennisgeving_op": stand.kennisgeving_op,
        "start_uiterlijk": aanbod.einde if aanbod else None, "pip_uiterlijk": termijn.einde if termijn else None,
        "termijn_einde": laatste_dag(stand, kader_), "uren_gevolgd": cursusuren(stand),
        "uren_ongeoorloofd": sum(u.ongeoorloofd for u in stand.uren),
        "gesprekken": sum(g.gevoerd for g in stand.gesprekken.values()), "pvt_op": stand.pvt_op, "map_op": stand.map_op,
    }  # fmt: skip


def _van_meting(feiten: Sequence[Gebeurtenis]) -> dict[str, Any]:
    """Niveau en alfabetisering uit de intake en de startmeting; de laatste die iets zegt, telt."""
    uit: dict[str, Any] = {}
    for g in geldende(feiten):
        if isinstance(g.gegevens, s.IntakeGehouden | s.StartmetingVastgelegd):
            gemeten = {"startniveau": g.gegevens.taalniveau, "alfabetisering": g.gegevens.alfabetisering}
            uit |= {naam: waarde for naam, waarde in gemeten.items() if waarde is not None}
    return uit


def _van_persoon(persoon: Persoon | None) -> dict[str, Any]:
    if persoon is None:
        return {}
    uit: dict[str, Any] = {veld: persoon.gegevens.get(veld) for veld in _CONTACT}
    return uit | {"naam": persoon.naam, "bsn": persoon.bsn, "geboortedatum": persoon.geboortedatum}


def _van_afspraak(
    regio: Regio, afspraak: Samenwerkingsafspraak | None, uitvoerder: str, stand: Stand
) -> dict[str, Any]:
    if afspraak is None:
        return {}
    gemeente = regio.partner_van_gemeente(stand.gemeente) if stand.gemeente else None
    namen = {GEMEENTE: gemeente.code if gemeente else None, UITVOERDER: uitvoerder}
    tarief = afspraak.tarief
    return {"betaler": namen.get(afspraak.betaler, afspraak.betaler), "perceel": tarief.perceel if tarief else None}


_CONTACT: Final = ("straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal")


def _voor_json(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, date) else getattr(waarde, "value", waarde)
