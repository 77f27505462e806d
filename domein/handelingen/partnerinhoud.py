"""Wat er in een bericht aan een partner staat: alleen de velden van dat bericht, en daarvan alleen wat hij mag zien.

Het wordt gemaakt bij het verzenden en nergens bewaard.
"""

from datetime import date
from typing import Any

from domein.begrippen import Stapsoort
from domein.handelingen.kern import kader
from domein.handelingen.regio import regio_op
from domein.handelingen.situatie import vraag_bij
from domein.model import Dossier, Partnerbericht, Stap
from domein.ports import Omgeving, Persoon, Ruimte
from domein.regels.inzage import beperk, zichtbare_velden
from domein.regels.partnerbericht import berichtvormen
from domein.regels.samenwerking import Toewijzing, zoek_antwoord
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import cursusuren
from domein.regio.model import Regio
from domein.stand import Stand, vouw


def inhoud_van(ruimte: Ruimte, omgeving: Omgeving, bericht: Partnerbericht) -> dict[str, Any]:
    """Geef de inhoud als waarden die in JSON passen. PersoonGewist als de persoon er niet meer is."""
    dossier = ruimte.dossier(bericht.dossier_id)
    stand = vouw(ruimte.gebeurtenissen(dossier.id))
    regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
    mag = _mag_zien(ruimte, regio, bericht, stand, omgeving.klok.vandaag())
    velden = berichtvormen()[bericht.soort].velden & mag
    alles = _alles(dossier, stand, ruimte.persoon(dossier.id))
    gevuld = beperk(alles, velden)
    return {naam: _voor_json(waarde) for naam, waarde in sorted(gevuld.items()) if waarde is not None}


def _mag_zien(ruimte: Ruimte, regio: Regio, bericht: Partnerbericht, stand: Stand, op: date) -> frozenset[str]:
    """De velden die de afspraak van deze stap de partner laat zien; zonder afspraak alleen de verwijzing."""
    soort = Stapsoort(bericht.stapsoort)
    partner = regio.partner(bericht.partner)
    stappen = [s for s in ruimte.stappen(bericht.dossier_id) if s.stapsoort is soort]
    eigen: Stap | None = next((s for s in reversed(stappen) if s.partner == bericht.partner), None)
    afspraak = regio.afspraak(eigen.afspraak) if eigen is not None and eigen.afspraak else None
    groepen = afspraak.inzage if afspraak is not None else ()
    if afspraak is None and stappen and (vraag := vraag_bij(ruimte, regio, stappen[-1], stand, op)) is not None:
        antwoord = zoek_antwoord(regio, vraag)
        groepen = antwoord.inzage if isinstance(antwoord, Toewijzing) and antwoord.uitvoerder == bericht.partner else ()
    mag = zichtbare_velden(groepen, bsn_grondslag=partner is not None and partner.bsn_grondslag)
    return mag | {"referentie", "gemeente", "klantmanager"}


def _alles(dossier: Dossier, stand: Stand, persoon: Persoon | None) -> dict[str, Any]:
    """Alle velden die een bericht kan hebben; wat niet bekend is, ontbreekt."""
    kader_ = kader()
    termijn = eerste_pip_termijn(stand, kader_) if stand.kennisgeving_op else None
    pip = stand.pip
    uit: dict[str, Any] = {
        "referentie": dossier.referentie, "gemeente": dossier.gemeente, "klantmanager": stand.klantmanager,
        "doelgroep": stand.doelgroep, "leerroute": stand.leerroute if pip else None,
        "leerroute_vanaf": pip.dagtekening if pip else None, "pip_dagtekening": pip.dagtekening if pip else None,
        "advies": stand.advies, "beschikbaarheid": pip.naast_werk or None if pip else None,
        "gesprekken_afgesproken": pip.aantal_gesprekken if pip else None, "kennisgeving_op": stand.kennisgeving_op,
        "pip_uiterlijk": termijn.einde if termijn else None, "termijn_einde": laatste_dag(stand, kader_),
        "uren_gevolgd": cursusuren(stand), "uren_ongeoorloofd": sum(u.ongeoorloofd for u in stand.uren),
        "gesprekken": sum(g.gevoerd for g in stand.gesprekken.values()), "pvt_op": stand.pvt_op,
        "map_op": stand.map_op,
    }  # fmt: skip
    if persoon is not None:
        uit |= {"naam": persoon.naam, "bsn": persoon.bsn, "geboortedatum": persoon.geboortedatum}
        uit |= {veld: persoon.gegevens.get(veld) for veld in _CONTACT}
    return uit


_CONTACT = ("straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal")


def _voor_json(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, date) else getattr(waarde, "value", waarde)
