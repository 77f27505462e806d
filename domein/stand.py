"""De stand van een dossier: een pure vouw over zijn gebeurtenissen.

De vouw leest op (geldig_op, rang van de soort, volgnummer). Een doorgehaalde gebeurtenis doet niet mee, en van
één feit uit een bron telt alleen de nieuwste bronversie (regels 1, 10 en 11 van het ontwerp).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import singledispatch
from types import MappingProxyType
from typing import Any, Final, TypeVar
from uuid import UUID

from domein.begrippen import Doelgroep, Eindegrond, Leerroute
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis, Gegevens
from domein.gebeurtenissen.soorten import SOORTEN


@dataclass(frozen=True, slots=True)
class Pip:
    nummer: int
    dagtekening: date
    leerroute: Leerroute
    aantal_gesprekken: int
    interval_maanden: int
    # De gesprekken die al open of gedaan waren toen dit PIP werd vastgelegd: die houden hun nummer (regel 6).
    eerder_geopend: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Oproep:
    verzonden_op: date
    afspraak_op: date


@dataclass(frozen=True, slots=True)
class Verzuim:
    op: date
    verschoonbaar: bool


@dataclass(frozen=True, slots=True)
class Acceptatie:
    nummer: int
    op: date
    startdatum: date


@dataclass(frozen=True, slots=True)
class Gesprek:
    op: date
    gevoerd: bool


@dataclass(frozen=True, slots=True)
class DuoMelding:
    ingevoerd_op: date
    inhoud: str
    bevestigd_op: date | None = None
    correcties: int = 0


@dataclass(frozen=True, slots=True)
class Einde:
    grond: Eindegrond
    op: date


@dataclass(frozen=True, slots=True)
class Opening:
    generatie: int
    op: date
    partner: str
    medewerker: str
    afspraak: str = ""
    afsprakenversie: str = ""
    volgnummer: int = 0


@dataclass(frozen=True, slots=True)
class Controle:
    nummer: int
    gevraagd_op: date
    aanleiding: str
    betreft: str


K = TypeVar("K")
W = TypeVar("W")
GESPREK: Final = "voortgang/"


def _leeg() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Stand:
    """Wat er nu over een dossier waar is. Alleen feiten en besluiten; nooit de dag van vandaag."""

    gemeente: str | None = None
    doelgroep: Doelgroep | None = None
    nareiziger: bool = False
    ontzorgen: bool = False
    kennisgeving_op: date | None = None
    brp_op: date | None = None
    klantmanager: str | None = None
    klantmanager_partner: str | None = None
    oproepen: Mapping[int, Oproep] = field(default_factory=_leeg)
    verzuim: Mapping[int, Verzuim] = field(default_factory=_leeg)
    intake_op: date | None = None
    intake_ambtshalve: bool = False
    leerbaarheidstoets_op: date | None = None
    advies: Leerroute = Leerroute.ONBEKEND
    pips: tuple[Pip, ...] = ()
    weigeringen: Mapping[int, date] = field(default_factory=_leeg)
    acceptatie: Acceptatie | None = None
    les_gestart_op: date | None = None
    gesprekken: Mapping[int, Gesprek] = field(default_factory=_leeg)
    pvt_op: date | None = None
    map_op: date | None = None
    duo: Mapping[str, DuoMelding] = field(default_factory=_leeg)
    verlengd_tot: date | None = None
    nieuwe_termijn: bool = False  # dat einde is een nieuwe termijn (art. 24, 25 Wi), geen verlenging (art. 12 Wi)
    einde: Einde | None = None
    afgesloten_op: date | None = None
    afgerond: Mapping[str, tuple[str, date]] = field(default_factory=_leeg)
    geopend: Mapping[str, Opening] = field(default_factory=_leeg)
    verzet: Mapping[str, s.StapVerzet] = field(default_factory=_leeg)
    verzet_nummer: Mapping[str, int] = field(default_factory=_leeg)  # het volgnummer van die verzetting
    overgeslagen: Mapping[str, date] = field(default_factory=_leeg)
    toegewezen: Mapping[str, Opening] = field(default_factory=_leeg)
    controles: Mapping[int, Controle] = field(default_factory=_leeg)
    controles_gesteld: int = 0  # het hoogste nummer ooit, ook van een doorgehaalde controle (regel 6)

    @property
    def pip(self) -> Pip | None:
        """Het geldende PIP: dat met de jongste dagtekening."""
        return self.pips[-1] if self.pips else None

    @property
    def leerroute(self) -> Leerroute:
        return self.pips[-1].leerroute if self.pips else Leerroute.ONBEKEND

    @property
    def is_asiel(self) -> bool:
        return self.doelgroep is Doelgroep.ASIELSTATUSHOUDER


def _met(bestaand: Mapping[K, W], sleutel: K, waarde: W) -> Mapping[K, W]:
    return MappingProxyType({**bestaand, sleutel: waarde})


def _zonder(bestaand: Mapping[K, W], sleutel: K) -> Mapping[K, W]:
    return MappingProxyType({k: w for k, w in bestaand.items() if k != sleutel})


@singledispatch
def _verwerk(_gegevens: Gegevens, stand: Stand, _g: Gebeurtenis) -> Stand:
    """Verwerk één gebeurtenis; een soort zonder eigen functie verandert de stand niet."""
    return stand


@_verwerk.register
def _(d: s.Kennisgeving, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(
        stand,
        gemeente=d.gemeente,
        doelgroep=d.doelgroep,
        nareiziger=d.nareiziger,
        ontzorgen=d.ontzorgen,
        kennisgeving_op=g.geldig_op,
        brp_op=d.brp_inschrijving or stand.brp_op,
    )


@_verwerk.register
def _(_d: s.BrpIngeschreven, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, brp_op=g.geldig_op)


@_verwerk.register
def _(d: s.KlantmanagerToegewezen, stand: Stand, _g: Gebeurtenis) -> Stand:
    return replace(stand, klantmanager=d.medewerker, klantmanager_partner=d.partner)


@_verwerk.register
def _(d: s.OproepVerzonden, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, oproepen=_met(stand.oproepen, d.nummer, Oproep(g.geldig_op, d.afspraak_op)))


@_verwerk.register
def _(d: s.NietVerschenen, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, verzuim=_met(stand.verzuim, d.nummer, Verzuim(g.geldig_op, d.verschoonbaar)))


@_verwerk.register
def _(d: s.IntakeGehouden, stand: Stand, g: Gebeurtenis) -> Stand:
    toets_op = d.leerbaarheidstoets_op
    return replace(stand, intake_op=g.geldig_op, advies=d.advies, leerbaarheidstoets_op=toets_op)


@_verwerk.register
def _(_d: s.IntakeAmbtshalveAfgerond, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, intake_op=g.geldig_op, intake_ambtshalve=True)


@_verwerk.register
def _(d: s.PipVastgesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    nummer = len(stand.pips) + 1
    pip = Pip(nummer, g.geldig_op, d.leerroute, d.aantal_gesprekken, d.interval_maanden)
    return replace(stand, pips=(*stand.pips, pip))


@_verwerk.register
def _(d: s.AanmeldingGeweigerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, weigeringen=_met(stand.weigeringen, d.nummer, g.geldig_op))


@_verwerk.register
def _(d: s.AanmeldingGeaccepteerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, acceptatie=Acceptatie(d.nummer, g.geldig_op, d.startdatum))


@_verwerk.register
def _(_d: s.LesGestart, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, les_gestart_op=g.geldig_op)


@_verwerk.register
def _(d: s.GesprekGevoerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, gesprekken=_met(stand.gesprekken, d.nummer, Gesprek(g.geldig_op, gevoerd=True)))


@_verwerk.register
def _(d: s.GesprekNietVerschenen, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, gesprekken=_met(stand.gesprekken, d.nummer, Gesprek(g.geldig_op, gevoerd=False)))


@_verwerk.register
def _(_d: s.PvtVoltooid, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, pvt_op=g.geldig_op)


@_verwerk.register
def _(_d: s.MapVoltooid, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, map_op=g.geldig_op)


@_verwerk.register
def _(d: s.DuoIngevoerd, stand: Stand, g: Gebeurtenis) -> Stand:
    eerder = stand.duo.get(d.melding)
    melding = DuoMelding(g.geldig_op, d.inhoud, None, eerder.correcties + 1 if eerder else 0)
    return replace(stand, duo=_met(stand.duo, d.melding, melding))


@_verwerk.register
def _(d: s.DuoBevestigd, stand: Stand, g: Gebeurtenis) -> Stand:
    eerder = stand.duo.get(d.melding)
    if eerder is None:
        return stand
    return replace(stand, duo=_met(stand.duo, d.melding, replace(eerder, bevestigd_op=g.geldig_op)))


@_verwerk.register
def _(d: s.Verlengd, stand: Stand, _g: Gebeurtenis) -> Stand:
    return replace(stand, verlengd_tot=d.nieuwe_einddatum, nieuwe_termijn=False)


@_verwerk.register
def _(_d: s.Voldaan, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, einde=Einde(Eindegrond.VOLDAAN, g.geldig_op))


@_verwerk.register
def _(d: s.TermijnOverschreden, stand: Stand, g: Gebeurtenis) -> Stand:
    if d.nieuwe_termijn_tot is not None:
        return replace(stand, verlengd_tot=d.nieuwe_termijn_tot, nieuwe_termijn=True)
    return replace(stand, einde=Einde(Eindegrond.TERMIJN_OVERSCHREDEN, g.geldig_op))


@_verwerk.register
def _(d: s.PlichtBeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, einde=Einde(d.grond, g.geldig_op))


@_verwerk.register
def _(_d: s.DossierAfgesloten, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, afgesloten_op=g.geldig_op)


@_verwerk.register
def _(d: s.StapGeopend, stand: Stand, g: Gebeurtenis) -> Stand:
    opening = Opening(d.generatie, g.geldig_op, d.partner, d.medewerker, d.afspraak, d.afsprakenversie, g.volgnummer)
    return replace(stand, geopend=_met(stand.geopend, g.stap or "", opening))


@_verwerk.register
def _(d: s.StapVerzet, stand: Stand, g: Gebeurtenis) -> Stand:
    kenmerk = g.stap or ""
    return replace(
        stand,
        verzet=_met(stand.verzet, kenmerk, d),
        verzet_nummer=_met(stand.verzet_nummer, kenmerk, g.volgnummer),
    )


@_verwerk.register
def _(_d: s.StapOvergeslagen, stand: Stand, g: Gebeurtenis) -> Stand:
    return replace(stand, overgeslagen=_met(stand.overgeslagen, g.stap or "", g.geldig_op))


@_verwerk.register
def _(_d: s.StapHeropend, stand: Stand, g: Gebeurtenis) -> Stand:
    kenmerk = g.stap or ""
    return replace(
        stand,
        overgeslagen=_zonder(stand.overgeslagen, kenmerk),
        afgerond=_zonder(stand.afgerond, kenmerk),
    )


@_verwerk.register
def _(d: s.StapToegewezen, stand: Stand, g: Gebeurtenis) -> Stand:
    toegewezen = Opening(0, g.geldig_op, d.partner, d.medewerker, volgnummer=g.volgnummer)
    return replace(stand, toegewezen=_met(stand.toegewezen, g.stap or "", toegewezen))


@_verwerk.register
def _(d: s.ControleGevraagd, stand: Stand, g: Gebeurtenis) -> Stand:
    controle = Controle(d.nummer, g.geldig_op, d.aanleiding, d.betreft)
    return replace(stand, controles=_met(stand.controles, d.nummer, controle))


STAPHANDELINGEN: Final = frozenset(
    {
        "stap_geopend", "stap_verzet", "stap_overgeslagen", "stap_heropend", "stap_toegewezen",
        "controle_gevraagd", "doorgehaald",
    }
)  # fmt: skip


def geldende(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Gebeurtenis]:
    """Geef de gebeurtenissen die nu gelden, in de volgorde van de vouw.

    Een doorhaling telt alleen als zij zelf niet is doorgehaald: zo wordt een doorhaling ongedaan gemaakt.
    """
    alle = sorted(gebeurtenissen, key=lambda g: g.volgnummer)
    weg: set[UUID] = set()
    for g in reversed(alle):  # een doorhaling wijst altijd terug, dus van achter naar voren is genoeg
        if isinstance(g.gegevens, s.Doorgehaald) and g.id not in weg:
            weg.add(g.gegevens.gebeurtenis)
    nieuwste: dict[tuple[str, str], int] = {}
    for g in alle:
        if g.bronkenmerk is not None and g.id not in weg:
            sleutel = (g.bron, g.bronkenmerk)
            nieuwste[sleutel] = max(nieuwste.get(sleutel, 0), g.bronversie)
    over = [
        g
        for g in alle
        if g.id not in weg and (g.bronkenmerk is None or nieuwste[(g.bron, g.bronkenmerk)] == g.bronversie)
    ]
    return sorted(over, key=lambda g: (g.geldig_op, SOORTEN[g.soort].rang, g.volgnummer))


def _gesprek(g: Gebeurtenis) -> int | None:
    """Geef het nummer van het gesprek dat hiermee openging of gebeurde, of None."""
    match g.gegevens:
        case s.GesprekGevoerd(nummer=nummer) | s.GesprekNietVerschenen(nummer=nummer):
            return nummer
        case s.StapGeopend() if g.stap is not None and g.stap.startswith(GESPREK):
            return int(g.stap.removeprefix(GESPREK))
        case _:
            return None


def _tel_gesprekken(pips: tuple[Pip, ...], gelden: Sequence[Gebeurtenis]) -> tuple[Pip, ...]:
    """Zet bij elk PIP de gesprekken die er al waren: op volgorde van vastlegging, niet van dagtekening."""
    gesprekken = [(nummer, g.volgnummer) for g in gelden if (nummer := _gesprek(g)) is not None]
    vastgelegd = [g.volgnummer for g in gelden if isinstance(g.gegevens, s.PipVastgesteld)]
    return tuple(
        replace(pip, eerder_geopend=frozenset(nummer for nummer, bij in gesprekken if bij < moment))
        for pip, moment in zip(pips, vastgelegd, strict=True)
    )


def vouw(gebeurtenissen: Sequence[Gebeurtenis]) -> Stand:
    """Vouw gebeurtenissen tot de stand; de volgorde van het argument maakt niet uit."""
    gelden = geldende(gebeurtenissen)
    gesteld = (g.gegevens.nummer for g in gebeurtenissen if isinstance(g.gegevens, s.ControleGevraagd))
    stand = Stand(controles_gesteld=max(gesteld, default=0))
    for g in gelden:
        stand = _verwerk(g.gegevens, stand, g)
        if g.stap is not None and g.soort not in STAPHANDELINGEN:
            stand = replace(stand, afgerond=_met(stand.afgerond, g.stap, (g.soort, g.geldig_op)))
    return replace(stand, pips=_tel_gesprekken(stand.pips, gelden))
