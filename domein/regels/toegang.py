"""Wie in het portaal wat mag, en wat iemand van een dossier ziet.

Eén plaats: `RECHTEN` zegt per rol welke pagina's er zijn, `toegang_tot` zegt welk dossier iemand mag zien, waarom, en
welke gegevens daarvan. De samenwerkingsafspraken van vandaag beslissen; eindigt een afspraak, een waarneming of een
overdracht, dan eindigt het recht vanzelf, want het wordt elke keer opnieuw afgeleid. Bron: AVG art. 5 lid 1 onder b,
c en f; het BSN alleen met een grondslag (Wet inburgering 2021 art. 36). Welke rol welke pagina krijgt is beleid, geen
wet.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domein.begrippen import Besluitsoort, Rol, Stapsoort
from domein.regels.besluitgang import omvat
from domein.regels.inzage import zichtbare_velden
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep, Overgangsregime, Partnersoort

_G: Final = Gegevensgroep


class Recht(StrEnum):
    """Wat een pagina of knop van het portaal vraagt. Welk dossier erbij hoort, zegt `toegang_tot`."""

    EIGEN = "eigen"  # de eigen aanmelding bekijken en beëindigen
    WERK = "werk"  # eigen taken zien en beantwoorden
    TEAMWERK = "teamwerk"  # taken van collega's zien, overnemen en overdragen
    DOSSIER = "dossier"  # een dossier bekijken
    VASTLEGGEN = "vastleggen"  # iets vastleggen in een dossier: wat precies, zegt `meldbeeld`
    DOSSIER_WIJZIGEN = "dossier_wijzigen"  # feiten melden en doorhalen, en vooruitkijken in een dossier
    DOSSIER_UITVOEREN = "dossier_uitvoeren"  # een inzageverzoek (AVG art. 15) beantwoorden
    BORD = "bord"  # het overzicht van de regio; wie een cijfer ziet, neemt het ook mee als CSV of XLSX
    AFSPRAKEN = "afspraken"  # zien wie wat doet, en waarom
    UITVAL = "uitval"  # een aanbieder die wegvalt: voor iedereen daar een herplaatsing beginnen
    BEHEER = "beheer"  # stappen, post en runs beheren
    INVOER = "invoer"  # kennisgevingen inlezen
    BESLUIT = "besluit"  # besluiten zien en voorbereiden; wie tekent, zegt het mandaat
    VERNIETIGING = "vernietiging"  # wat bewaard blijft en wat weg moet; wie opstelt of goedkeurt, zegt de handeling
    VERZOEK = "verzoek"  # verzoeken om inzage of verbetering, over alle dossiers
    LOGBOEK = "logboek"  # wie zag of veranderde wat


_R: Final = Recht
_BEHANDELAAR: Final = frozenset({_R.EIGEN, _R.WERK, _R.TEAMWERK, _R.DOSSIER})
_MELDER: Final = frozenset({_R.VASTLEGGEN, _R.DOSSIER_WIJZIGEN})

RECHTEN: Final[Mapping[Rol, frozenset[Recht]]] = MappingProxyType(
    {
        Rol.KLANTMANAGER: _BEHANDELAAR | _MELDER | {_R.DOSSIER_UITVOEREN, _R.AFSPRAKEN, _R.BESLUIT},
        Rol.TEAMLEIDER: _BEHANDELAAR
        | _MELDER
        | {_R.DOSSIER_UITVOEREN, _R.AFSPRAKEN, _R.BORD, _R.BESLUIT, _R.VERNIETIGING},
        # Maatwerk kan alleen wie mandaat heeft (Awb 10:1): hij legt vast, maar meldt geen feiten.
        Rol.MANDAATHOUDER: frozenset(
            {_R.EIGEN, _R.WERK, _R.DOSSIER, _R.VASTLEGGEN, _R.AFSPRAKEN, _R.BESLUIT, _R.VERNIETIGING}
        ),
        Rol.AANBIEDER: _BEHANDELAAR,
        Rol.ADMINISTRATIE: _BEHANDELAAR | _MELDER | {_R.AFSPRAKEN, _R.INVOER, _R.BESLUIT, _R.VERNIETIGING},
        Rol.REGIOCOORDINATOR: _BEHANDELAAR
        | _MELDER
        | {_R.BORD, _R.AFSPRAKEN, _R.UITVAL, _R.BEHEER, _R.INVOER, _R.BESLUIT, _R.VERNIETIGING},
        Rol.CONTRACTMANAGER: frozenset({_R.EIGEN, _R.WERK, _R.BORD, _R.AFSPRAKEN, _R.UITVAL}),
        Rol.BEGELEIDER: _BEHANDELAAR,
        Rol.TRAJECTBEGELEIDER: _BEHANDELAAR,
        Rol.BEHEERDER: frozenset({_R.EIGEN, _R.DOSSIER, _R.AFSPRAKEN, _R.BEHEER, _R.LOGBOEK}),
        Rol.PRIVACYOFFICER: frozenset({_R.EIGEN, _R.AFSPRAKEN, _R.VERNIETIGING, _R.VERZOEK, _R.LOGBOEK}),
        Rol.VRIJWILLIGER: frozenset({_R.EIGEN, _R.WERK}),
    }
)


def rechten_van(rollen: Collection[Rol]) -> frozenset[Recht]:
    return frozenset(recht for rol in rollen for recht in RECHTEN[rol])


class Grond(StrEnum):
    """Waarom iemand een dossier mag zien; het logboek noemt haar."""

    EIGEN_TAAK = "eigen_taak"
    KLANTMANAGER = "klantmanager"
    WAARNEMING = "waarneming"
    TEAM = "team"
    TEAMLEIDING = "teamleiding"
    MANDAAT = "mandaat"
    COORDINATIE = "coordinatie"
    BEHEER = "beheer"
    ORGANISATIE = "organisatie"  # een systeem van de partner, met een token
    ARCHIEF = "archief"  # nalezen wat is besloten; wijzigen kan hier niet mee


# Zonder deze twee kan niemand met een taak werken; er staat niets van een persoon in.
MINIMAAL: Final = frozenset({_G.REFERENTIE, _G.TERMIJNEN})
_COORDINATIE: Final = MINIMAAL | {_G.DOELGROEP, _G.LEERROUTE, _G.PIP}
# Een vrijwilliger krijgt nooit meer dan wie hij bezoekt en wanneer.
_VRIJWILLIGER: Final = MINIMAAL | {_G.NAAM, _G.CONTACT}


@dataclass(frozen=True, slots=True)
class Kijker:
    """Wie kijkt: een medewerker die vandaag in dienst is, met de rollen van zijn aanmelding."""

    code: str
    partner: str
    rollen: frozenset[Rol]


@dataclass(frozen=True, slots=True)
class Stapplek:
    """Van een stap alleen wat over de toegang beslist."""

    stapsoort: Stapsoort
    open: bool
    partner: str | None = None
    medewerker: str | None = None
    afspraak: str | None = None
    besluit: bool = False
    besluitsoorten: frozenset[Besluitsoort] = frozenset()  # welke besluiten deze stap kan opleveren
    klaar: bool = False  # met een uitkomst: is het een besluit, dan is het genomen


@dataclass(frozen=True, slots=True)
class Dossierplek:
    """Van een dossier alleen wat over de toegang beslist."""

    gemeente: str
    loopt: bool
    klantmanager: str | None = None
    stappen: tuple[Stapplek, ...] = ()
    regie: str | None = None  # de partner van de klantmanager


@dataclass(frozen=True, slots=True)
class Toegang:
    """Waarom iemand dit dossier mag zien, en welke gegevens. `velden` zijn die van `domein.regels.inzage`."""

    gronden: frozenset[Grond]
    groepen: frozenset[Gegevensgroep]
    bsn_grondslag: bool = False
    nalezen: frozenset[Gegevensgroep] = frozenset()  # wat er alleen is omdat iemand mag nalezen

    @property
    def velden(self) -> frozenset[str]:
        return zichtbare_velden(self.groepen, bsn_grondslag=self.bsn_grondslag)

    @property
    def om_te_handelen(self) -> "Toegang | None":
        """De toegang om iets te wijzigen: wie mag nalezen, kan daarmee niets; None als er niets overblijft."""
        gronden = self.gronden - {Grond.ARCHIEF}
        return Toegang(gronden, self.groepen - self.nalezen, self.bsn_grondslag) if gronden else None


def toegang_tot(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Toegang | None:
    """Geef de toegang van deze persoon op deze dag, of None: dan bestaat het dossier voor hem niet."""
    gevonden = [*_eigen(regio, wie, dossier, op), *_waarneming(regio, wie, dossier, op)]
    gevonden += [*_team(regio, wie, dossier, op), *_mandaat(regio, wie, dossier, op)]
    gevonden += _archief(regio, wie, dossier, op)
    if Rol.REGIOCOORDINATOR in wie.rollen and dossier.gemeente in regio.gemeenten:
        gevonden.append((Grond.COORDINATIE, _COORDINATIE))
    if Rol.BEHEERDER in wie.rollen and dossier.gemeente in regio.gemeenten:
        gevonden.append((Grond.BEHEER, MINIMAAL))
    return _samen(regio, wie.partner, gevonden, alleen=_VRIJWILLIGER if wie.rollen <= {Rol.VRIJWILLIGER} else None)


def toegang_van_partner(regio: Regio, partner: str, dossier: Dossierplek, op: date) -> Toegang | None:
    """Geef de toegang van een systeem van deze partner (met een token) op deze dag, of None.

    De organisatie ziet een dossier zolang zij er een open taak in heeft of er de regie over voert, en nooit meer dan
    haar medewerkers samen.
    """
    if regio.partner(partner) is None:
        return None
    gevonden: list[Gevonden] = []
    for stap in dossier.stappen:
        if stap.open and stap.partner == partner:
            wie = regio.medewerker(stap.medewerker) if stap.medewerker else None
            groepen = inzage_bij_stap(regio, dossier.gemeente, stap, partner, op)
            vrijwilliger = wie is not None and set(wie.rollen) <= {Rol.VRIJWILLIGER}
            gevonden.append((Grond.ORGANISATIE, groepen & _VRIJWILLIGER if vrijwilliger else groepen))
    regie = dossier.loopt and dossier.regie == partner
    if regie and (groepen := _inzage_als(regio, dossier.gemeente, partner, Rol.KLANTMANAGER, op)):
        gevonden.append((Grond.KLANTMANAGER, MINIMAAL | groepen))
    return _samen(regio, partner, gevonden)


# Wie een van deze rollen heeft volgens de afspraken, houdt het dossier bij namens de gemeente.
_HOUDT_BIJ: Final = frozenset({Rol.KLANTMANAGER, Rol.ADMINISTRATIE, Rol.REGIOCOORDINATOR, Rol.MANDAATHOUDER})


def archiefgemeenten(regio: Regio, wie: Kijker, op: date) -> tuple[str, ...]:
    """De gemeenten waarvan iemand ziet wat bewaard blijft, wat weg moet, en welke verzoeken er zijn.

    De eigen gemeente, en die waarvoor de afspraken zijn organisatie de regie, de administratie of het besluit geven; de
    coordinator heel de regio. Een aanbieder of vrijwilligersorganisatie houdt geen archief van de gemeente (beleid).
    """
    if Rol.REGIOCOORDINATOR in wie.rollen:
        return tuple(regio.gemeenten)
    partner = regio.partner(wie.partner)
    eigen = partner.gemeente if partner is not None and partner.soort is Partnersoort.GEMEENTE else None

    def houdt_bij(gemeente: str) -> bool:
        return any(een.rol in _HOUDT_BIJ for een in regio.afspraken_met(wie.partner, gemeente, op))

    return tuple(gemeente for gemeente in regio.gemeenten if gemeente == eigen or houdt_bij(gemeente))


Gevonden = tuple[Grond, frozenset[Gegevensgroep]]


def _samen(
    regio: Regio, code: str, gevonden: Collection[Gevonden], *, alleen: Collection[Gegevensgroep] | None = None
) -> Toegang | None:
    """Alles wat elke grond laat zien, en het BSN alleen met een grondslag."""
    if not gevonden:
        return None
    groepen = frozenset(groep for _, samen in gevonden for groep in samen if alleen is None or groep in alleen)
    elders = {groep for grond, samen in gevonden if grond is not Grond.ARCHIEF for groep in samen}
    partner = regio.partner(code)
    bsn = partner is not None and partner.bsn_grondslag
    if not bsn:
        groepen -= {_G.BSN}
    return Toegang(frozenset(grond for grond, _ in gevonden), groepen, bsn, groepen - elders)


class Besluitinzage(StrEnum):
    """Wat iemand van de besluiten in een dossier ziet."""

    GEEN = "geen"
    STAND = "stand"  # welk besluit, hoe ver, en de dagen; genoeg om het te verzenden
    INHOUD = "inhoud"  # ook de gronden, de adviezen en de tekst


def besluitinzage(toegang: Toegang | None) -> Besluitinzage:
    """Zeg wat deze toegang van een besluit laat zien: in de tekst staat wie het is, en wat er is onderzocht."""
    if toegang is None:
        return Besluitinzage.GEEN
    if {_G.NAAM, _G.PIP} <= toegang.groepen:
        return Besluitinzage.INHOUD
    if _G.PIP in toegang.groepen or Grond.EIGEN_TAAK in toegang.gronden:
        return Besluitinzage.STAND
    return Besluitinzage.GEEN


def leest_na(toegang: Toegang) -> bool:
    """Zeg of iemand de besluiten alleen mag nalezen: zonder het archief zag hij er niets van."""
    return besluitinzage(toegang.om_te_handelen) is Besluitinzage.GEEN


def _eigen(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Iterator[Gevonden]:
    """De eigen open taak, en het dossier waarvan iemand klantmanager is."""
    for stap in dossier.stappen:
        if stap.open and stap.medewerker == wie.code:
            yield Grond.EIGEN_TAAK, inzage_bij_stap(regio, dossier.gemeente, stap, wie.partner, op)
    regie = dossier.loopt and dossier.klantmanager == wie.code and Rol.KLANTMANAGER in wie.rollen
    if regie and (groepen := _inzage_als(regio, dossier.gemeente, wie.partner, Rol.KLANTMANAGER, op)):
        yield Grond.KLANTMANAGER, MINIMAAL | groepen


def _waarneming(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Iterator[Gevonden]:
    """Wie een afwezige collega vervangt, ziet wat die ziet: alleen zolang de afwezigheid duurt."""
    for collega in regio.vervangen_door(wie.code, op):
        if not collega.in_dienst_op(op):
            continue
        als = Kijker(collega.code, collega.partner, frozenset(collega.rollen) & wie.rollen)
        for _, groepen in _eigen(regio, als, dossier, op):
            yield Grond.WAARNEMING, groepen


def _team(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Iterator[Gevonden]:
    """Een collega ziet dat er een taak is en tot wanneer; de teamleider ook wat erbij hoort."""
    if Recht.TEAMWERK not in rechten_van(wie.rollen):
        return
    for stap in dossier.stappen:
        if not stap.open or stap.partner != wie.partner:
            continue
        if Rol.TEAMLEIDER in wie.rollen:
            yield Grond.TEAMLEIDING, inzage_bij_stap(regio, dossier.gemeente, stap, wie.partner, op)
        else:
            yield Grond.TEAM, MINIMAAL


def _mandaat(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Iterator[Gevonden]:
    """Wie mag besluiten, ziet het dossier zolang er een besluit open staat waarvoor zijn mandaat geldt (Awb 10:1)."""
    if Rol.MANDAATHOUDER not in wie.rollen:
        return
    mandaten = [
        m for m in regio.mandaten if m.gemeente == dossier.gemeente and wie.code in m.houders and m.geldt_op(op)
    ]
    for stap in dossier.stappen:
        if not (stap.open and stap.besluit):
            continue
        if any(stap.stapsoort in m.stappen for m in mandaten):
            yield Grond.MANDAAT, inzage_bij_stap(regio, dossier.gemeente, stap, stap.partner or wie.partner, op)
        elif any(Stapsoort.PIP in m.stappen and omvat(m, soort) for m in mandaten for soort in stap.besluitsoorten):
            yield Grond.MANDAAT, _inzage_van_besluit(regio, dossier.gemeente, op)


def _archief(regio: Regio, wie: Kijker, dossier: Dossierplek, op: date) -> Iterator[Gevonden]:
    """Nalezen tot het dossier wordt vernietigd: wie besloot, verantwoordt het besluit ook in bezwaar en beroep.

    Van een geëindigd dossier de laatste klantmanager en de teamleider van diens organisatie; van een genomen besluit
    wie er een mandaat voor heeft (Awb 10:1). De plicht eindigt, maar de zes weken van het bezwaar lopen door (Awb 6:7).
    """
    leidt = dossier.regie == wie.partner and Rol.TEAMLEIDER in wie.rollen
    regie = not dossier.loopt and (leidt or (dossier.klantmanager == wie.code and Rol.KLANTMANAGER in wie.rollen))
    if regie and (groepen := _inzage_als(regio, dossier.gemeente, wie.partner, Rol.KLANTMANAGER, op)):
        yield Grond.ARCHIEF, MINIMAAL | groepen
    if Rol.MANDAATHOUDER not in wie.rollen:
        return
    genomen = {soort for stap in dossier.stappen if stap.klaar and stap.besluit for soort in stap.besluitsoorten}
    if any(
        m.gemeente == dossier.gemeente and wie.code in m.houders and m.geldt_op(op)
        and Stapsoort.PIP in m.stappen and any(omvat(m, soort) for soort in genomen)
        for m in regio.mandaten
    ):  # fmt: skip
        yield Grond.ARCHIEF, _inzage_van_besluit(regio, dossier.gemeente, op)


def _inzage_van_besluit(regio: Regio, gemeente: str, op: date) -> frozenset[Gegevensgroep]:
    """Wie op een bezwaar beslist, weegt alles opnieuw (Awb 7:11): hij ziet wat wie het besluit neemt ziet."""
    geldend = (
        een for een in regio.samenwerkingsafspraken
        if Stapsoort.PIP in een.stappen and gemeente in regio.gemeenten_van(een) and regio.periode_van(een).bevat(op)
    )  # fmt: skip
    return MINIMAAL | {groep for een in geldend for groep in een.inzage}


def inzage_bij_stap(regio: Regio, gemeente: str, stap: Stapplek, partner: str, op: date) -> frozenset[Gegevensgroep]:
    """Geef wat de afspraak onder deze stap laat zien; is zij voorbij, dan alleen de verwijzing en de termijnen.

    Bij `uitdienen` houdt een partner de inzage voor werk dat hij al had; anders eindigt zij met de afspraak. Is de stap
    met de hand toegewezen, dan tellen de afspraken die deze partner vandaag voor deze stap noemen.
    """
    afspraak = regio.afspraak(stap.afspraak) if stap.afspraak else None
    if afspraak is not None:
        geldt = regio.periode_van(afspraak).bevat(op) or afspraak.overgangsregime is Overgangsregime.UITDIENEN
        return MINIMAAL | frozenset(afspraak.inzage) if geldt else MINIMAAL
    van_partner = regio.afspraken_met(partner, gemeente, op)
    groepen = {groep for een in van_partner if stap.stapsoort in een.stappen for groep in een.inzage}
    return MINIMAAL | groepen


def _inzage_als(regio: Regio, gemeente: str, partner: str, rol: Rol, op: date) -> frozenset[Gegevensgroep]:
    afspraken = [een for een in regio.afspraken_met(partner, gemeente, op) if een.rol is rol]
    return frozenset(groep for een in afspraken for groep in een.inzage)
