"""Wat verandert er als een nieuwe versie van een regio de oude vervangt?

Voor elke gemeente, stap, dag en omstandigheid: wie voert uit, wie besluit en tekent, wie betaalt,
uit wiens naam gaat de brief. Alleen wat anders wordt komt terug, samengevat per periode. Vergeleken
worden de dagen waarop beide versies gelden; de dagen daarbuiten staan in de looptijden.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Stapsoort
from domein.regels.dekkingsruimte import Ruimte, omschrijf_vak
from domein.regels.dekkingsvlakken import Dekking, Oordeel, aaneengesloten
from domein.regio.afspraken import COLLEGE, GEMEENTE, UITVOERDER, Samenwerkingsafspraak
from domein.regio.model import Regio

_DAG: Final = timedelta(days=1)
GEEN: Final = "(geen)"


@dataclass(frozen=True, slots=True)
class Partijen:
    """Wie het zijn, in de woorden van het regiobestand; `gemeente` en `college` zijn die van de persoon."""

    uitvoerder: str = GEEN
    besluit: str = GEEN
    tekent: str = GEEN
    betaler: str = GEEN
    afzender: str = GEEN


VELDEN: Final = ("uitvoerder", "besluit", "tekent", "betaler", "afzender")


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """Wat een versie voor een geval zegt."""

    soort: str
    afspraak: str
    partijen: Partijen


BUITEN: Final = Uitkomst("buiten_de_regio", "", Partijen())
GAT: Final = Uitkomst("gat", "", Partijen())


@dataclass(frozen=True, slots=True)
class Verandering:
    """Wat er verandert, waar, voor wie en wanneer; `anders` noemt de partijen die wisselen."""

    stap: Stapsoort
    gemeenten: tuple[str, ...]
    van: date
    tot: date
    cellen: int  # voor wie, in bits van de ruimte van beide versies
    voor_wie: tuple[str, ...]
    combinaties: int
    anders: tuple[str, ...]
    oud: Uitkomst
    nieuw: Uitkomst


@dataclass(frozen=True, slots=True)
class Verschil:
    """Alle veranderingen tussen twee versies, op volgorde van dag, stap en gemeente."""

    gemeenten_erbij: tuple[str, ...]
    gemeenten_eraf: tuple[str, ...]
    veranderingen: tuple[Verandering, ...]


def vergelijk(oud: Regio, nieuw: Regio) -> Verschil:
    """Vergelijk twee versies volledig; gelijke versies geven een leeg verschil."""
    ruimte = Ruimte.van((*oud.samenwerkingsafspraken, *nieuw.samenwerkingsafspraken))
    paar = (_Kant(oud, ruimte), _Kant(nieuw, ruimte))
    veranderingen = _bundel(ruimte, _verschillen(ruimte, *paar))
    return Verschil(
        gemeenten_erbij=tuple(g for g in nieuw.gemeenten if g not in oud.gemeenten),
        gemeenten_eraf=tuple(g for g in oud.gemeenten if g not in nieuw.gemeenten),
        veranderingen=tuple(sorted(veranderingen, key=lambda v: (v.van, list(Stapsoort).index(v.stap), v.gemeenten))),
    )


class _Kant:
    """Een van de twee versies: wat zij zegt op een dag, voor een stap in een gemeente."""

    def __init__(self, regio: Regio, ruimte: Ruimte) -> None:
        self.regio = regio
        self.dekking = Dekking(regio, ruimte)

    def wisseldagen(self, stap: Stapsoort, gemeente: str) -> set[date]:
        """Geef de dagen waarop er iets verandert: een andere afspraak, of een ander mandaat."""
        dagen = {tijdvak.van for tijdvak in self.dekking.loop(stap, gemeente)}
        for mandaat in self.regio.mandaten:
            if mandaat.gemeente == gemeente and stap in mandaat.stappen:
                dagen |= {mandaat.geldig_van} if mandaat.geldig_van else set()
                dagen |= {mandaat.geldig_tot + _DAG} if mandaat.geldig_tot else set()
        return dagen

    def uitkomsten(self, stap: Stapsoort, gemeente: str, dag: date, nodig: int) -> Mapping[Uitkomst, int]:
        """Geef elke uitkomst met de combinaties waarvoor zij geldt; samen zijn dat ze allemaal."""
        if gemeente not in self.regio.gemeenten:
            return {BUITEN: nodig}
        oordeel = self.dekking.oordeel_op(stap, gemeente, dag) or Oordeel(0, (), ())
        per_uitkomst: dict[Uitkomst, int] = {GAT: nodig & ~oordeel.gedekt}
        for afspraak, cellen in oordeel.winnaars:
            uitkomst = self._uitkomst(afspraak, stap, gemeente, dag)
            per_uitkomst[uitkomst] = per_uitkomst.get(uitkomst, 0) | (cellen & nodig)
        for groep, cellen in oordeel.tegenspraken:
            namen = " en ".join(a.regel_id for a in groep)
            uitkomst = Uitkomst("tegenspraak", namen, Partijen())
            per_uitkomst[uitkomst] = per_uitkomst.get(uitkomst, 0) | (cellen & nodig)
        return {uitkomst: cellen for uitkomst, cellen in per_uitkomst.items() if cellen}

    def _uitkomst(self, afspraak: Samenwerkingsafspraak, stap: Stapsoort, gemeente: str, dag: date) -> Uitkomst:
        if afspraak.niet_van_toepassing:
            return Uitkomst("niet_van_toepassing", afspraak.regel_id, Partijen())
        return Uitkomst(
            "toewijzing",
            afspraak.regel_id,
            Partijen(
                uitvoerder=self._uitvoerder(afspraak, gemeente),
                besluit=afspraak.bevoegd_orgaan,
                tekent=self._tekent(afspraak, stap, gemeente, dag),
                betaler=self._eigen(afspraak.betaler, gemeente),
                afzender=self._afzender(afspraak, gemeente),
            ),
        )

    def _eigen(self, code: str, gemeente: str) -> str:
        """Schrijf de woongemeente altijd als "gemeente", ook als het bestand haar bij naam noemt."""
        partner = self.regio.partner_van_gemeente(gemeente)
        return GEMEENTE if partner is not None and partner.code == code else code

    def _uitvoerder(self, afspraak: Samenwerkingsafspraak, gemeente: str) -> str:
        verdeling = afspraak.verdeling
        if verdeling is None:
            # Zonder eerste kring is het perceel nog niet gegund: dan de vervangers, anders de terugval.
            wie = [self._eigen(code, gemeente) for code in afspraak.eerste_kring() or afspraak.fallback[:1]]
            terugval = f"voorlopig leerroute {afspraak.terugval.leerroute}" if afspraak.terugval else GEEN
            return ", ".join(wie) or terugval
        delen = (f"{self._eigen(code, gemeente)} {verdeling.partners[code]}" for code in verdeling.op_volgorde())
        return f"{verdeling.vorm}: {', '.join(delen)}"

    def _tekent(self, afspraak: Samenwerkingsafspraak, stap: Stapsoort, gemeente: str, dag: date) -> str:
        if afspraak.bevoegd_orgaan != COLLEGE or afspraak.ondertekenaar:
            return afspraak.ondertekenaar or afspraak.bevoegd_orgaan
        mandaten = [m for id_ in afspraak.mandaten if (m := self.regio.mandaat(id_)) is not None]
        geldig = [m for m in mandaten if m.gemeente == gemeente and stap in m.stappen and m.geldt_op(dag)]
        return ", ".join(dict.fromkeys(houder for m in geldig for houder in m.houders)) or COLLEGE

    def _afzender(self, afspraak: Samenwerkingsafspraak, gemeente: str) -> str:
        if afspraak.afzender == UITVOERDER:
            return self._uitvoerder(afspraak, gemeente)
        return afspraak.afzender


# Waar iets verandert: stap, gemeente, oud, nieuw, en per tijdvak de combinaties.
_Sleutel = tuple[Stapsoort, str, Uitkomst, Uitkomst]
_Reeks = tuple[_Sleutel, date, date, int]


def _verschillen(ruimte: Ruimte, oud: _Kant, nieuw: _Kant) -> Iterator[_Reeks]:
    begin = max(oud.regio.kop.geldig_van, nieuw.regio.kop.geldig_van)
    einde = min(oud.regio.kop.geldig_tot, nieuw.regio.kop.geldig_tot)
    gemeenten = tuple(dict.fromkeys((*oud.regio.gemeenten, *nieuw.regio.gemeenten)))
    if begin > einde:
        return
    for stap in Stapsoort:
        nodig = ruimte.van_stap(stap)
        for gemeente in gemeenten:
            knippen = oud.wisseldagen(stap, gemeente) | nieuw.wisseldagen(stap, gemeente) | {begin}
            dagen = sorted(dag for dag in knippen if begin <= dag <= einde)
            reeksen: dict[_Sleutel, dict[date, int]] = {}
            for dag in dagen:
                for eerst, cellen in oud.uitkomsten(stap, gemeente, dag, nodig).items():
                    for straks, ook in nieuw.uitkomsten(stap, gemeente, dag, nodig).items():
                        if (samen := cellen & ook) and _anders(eerst, straks):
                            reeksen.setdefault((stap, gemeente, eerst, straks), {})[dag] = samen
            einden = [dag - _DAG for dag in (*dagen[1:], einde + _DAG)]
            for sleutel, per_dag in reeksen.items():
                reeks = [(van, tot, per_dag.get(van, 0)) for van, tot in zip(dagen, einden, strict=True)]
                for van, tot, cellen in aaneengesloten(reeks):
                    yield sleutel, van, tot, cellen


def _anders(oud: Uitkomst, nieuw: Uitkomst) -> tuple[str, ...]:
    """Geef de partijen die wisselen; een andere soort uitkomst telt ook, een andere regelnaam niet."""
    velden = tuple(veld for veld in VELDEN if getattr(oud.partijen, veld) != getattr(nieuw.partijen, veld))
    return velden or (("uitkomst",) if oud.soort != nieuw.soort else ())


def _bundel(ruimte: Ruimte, reeksen: Iterator[_Reeks]) -> Iterator[Verandering]:
    """Neem gemeenten samen waar hetzelfde verandert, in dezelfde periode, voor dezelfde mensen."""
    bundels: dict[tuple[object, ...], tuple[Verandering, list[str]]] = {}
    for (stap, gemeente, oud, nieuw), van, tot, cellen in reeksen:
        anders = _anders(oud, nieuw)
        oud_kort, nieuw_kort = _alleen(oud, anders), _alleen(nieuw, anders)
        sleutel = (stap, van, tot, cellen, oud_kort, nieuw_kort)
        if sleutel not in bundels:
            voor_wie = tuple(omschrijf_vak(ruimte, vak, stap) for vak in ruimte.vakken(cellen))
            een = Verandering(stap, (), van, tot, cellen, voor_wie, cellen.bit_count(), anders, oud_kort, nieuw_kort)
            bundels[sleutel] = (een, [])
        bundels[sleutel][1].append(gemeente)
    for een, gemeenten in bundels.values():
        aantal = een.combinaties * len(gemeenten)
        yield replace(een, gemeenten=tuple(sorted(gemeenten)), combinaties=aantal)


def _alleen(uitkomst: Uitkomst, anders: tuple[str, ...]) -> Uitkomst:
    """Laat alleen de partijen staan die wisselen: de rest verschilt per gemeente en doet er niet toe."""
    velden = {veld: getattr(uitkomst.partijen, veld) for veld in anders if veld in VELDEN}
    return Uitkomst(uitkomst.soort, uitkomst.afspraak, Partijen(**velden))
