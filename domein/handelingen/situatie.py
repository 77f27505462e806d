"""Wat er van een dossier en een partner bekend is als een stap opent, voor de samenwerkingsafspraken."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.gebeurtenissen.soorten import MaatwerkVastgesteld
from domein.model import Stap
from domein.ports import Ruimte
from domein.regels.bezetting import GEEN_LAST, Werk, gewogen_last, team_van
from domein.regels.maatwerk import Maatwerk
from domein.regels.peildatum import BekendeDagen
from domein.regels.samenwerking import Bestaand, Kenmerken, Situatie, Uitgesproken, Vraag, winnaars
from domein.regels.samenwerking_partner import partnercodes
from domein.regels.uitvoerder import uitvoerder_van
from domein.regels.verdeling import Verdeelstand, tijdvak_van
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.onderdelen import Periode
from domein.regio.soorten import Tijdvak, Wenssoort
from domein.stand import Stand

GEWEIGERD: Final = "aanmelding_geweigerd"
START: Final = "aanbieder/start/"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_WEIGERDE: Final = "heeft geweigerd of is uitgesloten"


def vraag_bij(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> Vraag | None:
    """Geef de vraag aan de afspraken, of None zolang de gemeente of de doelgroep niet bekend is."""
    if stand.gemeente is None or stand.doelgroep is None:
        return None
    return Vraag(
        gemeente=stap.gemeente,  # een vorige gemeente levert haar eigen dossier
        stap=stap.stapsoort,
        leerroute=stand.leerroute,
        doelgroep=stand.doelgroep,
        op=op,
        nareiziger=stand.nareiziger,
        kenmerken=Kenmerken(ontzorgen=stand.ontzorgen, leeftijd=_leeftijd(ruimte, regio, stap, op)),
        bekend=BekendeDagen.van_stand(stand, op),
    )


def situatie_bij(
    ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, vraag: Vraag, uitgesloten: Collection[str]
) -> Situatie:
    """Geef wat naast de vraag meetelt: de aanbieder van deze persoon, wie niet kan, en wat al verdeeld is."""
    return Situatie(
        bekend=vraag.bekend,
        bestaand=aanbieder_van(stap, stand),
        uitgesloten=dict.fromkeys(uitgesloten, _WEIGERDE),
        stand=_verdeelstand(ruimte, regio, stap, vraag),
        keuze=stand.gekozen_aanbieder,
        wensen=uitgesproken_wensen(stand),
        maatwerk=maatwerk_voor(stap, stand, vraag.op),
    )


def uitgesproken_wensen(stand: Stand) -> tuple[Uitgesproken, ...]:
    """De wensen die de persoon zelf uitsprak en niet introk."""
    return tuple(Uitgesproken(Wenssoort(soort), waarde, op) for soort, (waarde, op) in stand.wensen.items())


def maatwerk_voor(stap: Stap, stand: Stand, op: date) -> Maatwerk | None:
    """Het jongste maatwerk dat op deze dag voor deze stap geldt."""
    geldend = [
        afwijking
        for afwijking in stand.maatwerk.values()
        if afwijking.gegevens.stap is stap.stapsoort
        and afwijking.van <= op <= afwijking.gegevens.geldig_tot
        and (afwijking.beeindigd_op is None or op < afwijking.beeindigd_op)
    ]
    if not geldend:
        return None
    jongste = max(geldend, key=lambda afwijking: (afwijking.van, afwijking.nummer))
    return als_maatwerk(jongste.gegevens, jongste.van)


def als_maatwerk(d: MaatwerkVastgesteld, van: date) -> Maatwerk:
    """De afwijking zoals de afspraken haar wegen; de eigen woorden blijven versleuteld in de gebeurtenis."""
    return Maatwerk(
        stap=d.stap, partner=d.partner, reden="De reden staat in het dossier.", goedgekeurd_door=d.mandaathouder,
        goedgekeurd_op=van, geldig_van=van, geldig_tot=d.geldig_tot, rol=d.rol, bedrag=d.bedrag, betaler=d.betaler,
        inzage=d.inzage,
    )  # fmt: skip


def aanbieder_van(stap: Stap, stand: Stand) -> Bestaand | None:
    """Geef de aanbieder die de aanmelding accepteerde: bij hem starten de lessen.

    Na een overdracht met de hand is dat de nieuwe aanbieder, onder de afspraak waarmee de aanmelding opende.
    """
    if not stap.kenmerk.startswith(START):
        return None
    kenmerk = f"aanbieder/aanmelding/{stap.kenmerk.removeprefix(START)}"
    wie, opening = uitvoerder_van(stand, kenmerk), stand.geopend.get(kenmerk)
    return Bestaand(wie.partner, opening.afspraak) if wie and opening else None


def last_bij(ruimte: Ruimte, regio: Regio, partner: str, rol: Rol, op: date) -> Mapping[str, float]:
    """Weeg de open stappen van het team dat de stap kan krijgen; een team van een hoeft niet geteld."""
    team = team_van(regio, partner, rol, op)
    if len(team) < 2:
        return GEEN_LAST
    werk = ruimte.aantal_open_werk([medewerker.code for medewerker in team])
    return gewogen_last((Werk(wie, soort, aantal=aantal) for (wie, soort), aantal in werk.items()), regio.weging)


def _leeftijd(ruimte: Ruimte, regio: Regio, stap: Stap, op: date) -> int | None:
    """Geef de leeftijd in hele jaren; alleen gelezen als een afspraak over deze stap er een eis aan stelt."""
    condities = (a.conditie for a in regio.samenwerkingsafspraken if stap.stapsoort in a.stappen)
    if all(c.leeftijd_van is None and c.leeftijd_tot is None for c in condities):
        return None
    persoon = ruimte.persoon(stap.dossier_id)
    if persoon is None:
        return None
    geboren = persoon.geboortedatum
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


def _verdeelstand(ruimte: Ruimte, regio: Regio, stap: Stap, vraag: Vraag) -> Verdeelstand | None:
    """Tel wat er al verdeeld is, of None als geen verdeling of capaciteit meespeelt."""
    toppers, _ = winnaars(regio, vraag)
    if len(toppers) != 1:
        return None
    afspraak = toppers[0]
    codes = partnercodes(regio, afspraak.kandidaten(), vraag.gemeente)
    capaciteiten = {code: p.capaciteit for code in codes if (p := regio.partner(code)) is not None}
    if afspraak.verdeling is None and afspraak.capaciteit is None and not any(capaciteiten.values()):
        return None
    stappen = {code: _lopend(ruimte, stap, code) for code in codes}
    eigen = {code: [s for s in rij if s.afspraak == afspraak.regel_id] for code, rij in stappen.items()}
    alle_eigen = [s for rij in eigen.values() for s in rij]
    per = afspraak.verdeling.per if afspraak.verdeling else Tijdvak.TOTAAL
    jongste = max(alle_eigen, key=lambda s: (_dag(s), str(s.id)), default=None)
    return Verdeelstand(
        verdeeld={code: _personen(rij, tijdvak_van(per, vraag.op)) for code, rij in eigen.items()},
        bezet={
            code: _personen(stappen[code], tijdvak_van(capaciteit.per, vraag.op))
            for code, capaciteit in capaciteiten.items()
            if capaciteit is not None
        },
        van_afspraak=_van_afspraak(afspraak, alle_eigen, vraag.op),
        laatste=jongste.partner if jongste else None,
    )


def _van_afspraak(afspraak: Samenwerkingsafspraak, stappen: Iterable[Stap], op: date) -> int | None:
    if afspraak.capaciteit is None:
        return None
    return _personen(stappen, tijdvak_van(afspraak.capaciteit.per, op))


def _lopend(ruimte: Ruimte, stap: Stap, partner: str) -> list[Stap]:
    """Geef de geopende stappen van deze soort bij de partner; wat werd geweigerd, kostte geen plaats."""
    stappen = ruimte.verdeeld_werk(Stapsoort(stap.stapsoort), partner)
    return [
        s
        for s in stappen
        if s.dossier_id != stap.dossier_id
        and s.geopend_op is not None
        and s.status is not Stapstatus.VERVALLEN
        and s.uitkomst != GEWEIGERD
    ]


def _dag(stap: Stap) -> date:
    return stap.geopend_op.astimezone(_AMSTERDAM).date() if stap.geopend_op else stap.start


def _personen(stappen: Iterable[Stap], tijdvak: Periode) -> int:
    return len({stap.dossier_id for stap in stappen if tijdvak.bevat(_dag(stap))})
