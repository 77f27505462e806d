"""De vorm van de stand: wat er over een dossier waar is, als onveranderlijke waarden. Nooit de dag van vandaag."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from domein.begrippen import Aanvraagsoort, Doelgroep, Eindegrond, Examenonderdeel, Leerroute, Pauzegrond
from domein.gebeurtenissen import soorten as s
from domein.stand.vormen_afspraken import Afwijking, Overdracht, Uitval
from domein.stand.vormen_besluit import (
    Afwijzing,
    Beroep,
    Besluit,
    Bezwaar,
    HogerBeroep,
    Ingebrekestelling,
    Maatregel,
    Opschorting,
    Participatieverzuim,
)
from domein.stand.vormen_bewaren import Blokkade, Verzoek


def leeg() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pip:
    nummer: int
    dagtekening: date
    leerroute: Leerroute
    aantal_gesprekken: int
    interval_maanden: int
    # De gesprekken die al open of gedaan waren toen dit PIP werd vastgelegd: die houden hun nummer (regel 6).
    eerder_geopend: frozenset[int] = frozenset()
    grond: str = "eerste"
    bekendgemaakt_op: date | None = None
    a2_onderdelen: tuple[Examenonderdeel, ...] = ()
    elders: bool = False  # vastgesteld door een vorige gemeente: de termijn telt eraf, verder is het hun besluit
    naast_werk: str = ""
    mandaathouder: str = ""
    besluit: int | None = None  # het besluit waaruit dit PIP kwam
    herroepen_op: date | None = None  # in bezwaar of beroep; de inburgeringstermijn verandert er niet door (art. 11 Wi)
    uren_per_week: int | None = None  # de intensiteit, alleen bij een asielstatushouder (art. 15 lid 2 Wi)
    stap: str = ""
    mandaat: str = ""  # alleen als het op papier is genomen; anders staat het bij het besluit
    bron: str = ""


@dataclass(frozen=True, slots=True)
class Koppelingstand:
    nummer: int
    op: date
    gemeente: str
    azc: str | None


@dataclass(frozen=True, slots=True)
class Oproep:
    verzonden_op: date
    afspraak_op: date


@dataclass(frozen=True, slots=True)
class Verzuim:
    op: date
    verschoonbaar: bool


@dataclass(frozen=True, slots=True)
class Derde:
    """Informatie waarop het college wacht (art. 5.3 lid 2 Bi)."""

    gevraagd_op: date
    ontvangen_op: date | None = None


@dataclass(frozen=True, slots=True)
class Voorstel:
    nummer: int
    op: date
    soort: str
    naar: Leerroute | None
    onderdelen: tuple[Examenonderdeel, ...]
    bijzonder_geval: bool
    aanvraag: bool = False  # op verzoek van de inburgeraar: dan telt er een beslistermijn (Awb 4:13)
    verdaagd_op: date | None = None
    verdaagd_tot: date | None = None

    @property
    def stap(self) -> str:
        return f"pip/{self.soort}/{self.nummer}"


@dataclass(frozen=True, slots=True)
class Acceptatie:
    nummer: int
    op: date
    startdatum: date


@dataclass(frozen=True, slots=True)
class Wachtplek:
    """Een plek op de wachtlijst van een aanbieder; `keer` telt de herzieningen."""

    keer: int
    herzien_op: date


@dataclass(frozen=True, slots=True)
class Urenopgave:
    soort: str
    op: date
    gevolgd: int
    geoorloofd: int
    ongeoorloofd: int


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
class Aanvraag:
    """Een aanvraag bij DUO; `besloten_op` is er zodra DUO heeft beslist."""

    nummer: int
    soort: Aanvraagsoort
    op: date
    grond: str | None
    besloten_op: date | None = None


@dataclass(frozen=True, slots=True)
class Examen:
    """Een onderdeel van het examen, met de uitslag zodra die er is."""

    nummer: int
    onderdeel: Examenonderdeel
    op: date
    uitslag_op: date | None = None
    gehaald: bool = False


@dataclass(frozen=True, slots=True)
class Gat:
    """Een gat in het verblijf (art. 2.2 en 4.2 Bi)."""

    van: date
    hervat_op: date | None = None


@dataclass(frozen=True, slots=True)
class Verhuizing:
    nummer: int
    op: date
    van: str | None
    naar: str
    buiten_regio: bool = False
    van_buiten: bool = False  # de vorige gemeente doet niet mee in deze regio
    opgevraagd_op: date | None = None
    geleverd_op: date | None = None
    overgenomen_op: date | None = None


@dataclass(frozen=True, slots=True)
class Pauze:
    nummer: int
    van: date
    grond: Pauzegrond
    verwacht_tot: date | None = None
    verlengingen: int = 0
    hervat_op: date | None = None


@dataclass(frozen=True, slots=True)
class Tolk:
    """De tolk bij een gesprek: voor welke dag, de hoeveelste boeking, en of zij nog staat."""

    gesprek_op: date
    keer: int
    geboekt_op: date
    afgezegd: bool = False


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
    waarom: str = ""  # bij een toewijzing door het systeem: de zin voor wie de taak krijgt


@dataclass(frozen=True, slots=True)
class Controle:
    nummer: int
    gevraagd_op: date
    aanleiding: str
    betreft: str


GESPREK: Final = "voortgang/"
AANMELDING: Final = "aanbieder/aanmelding/"


@dataclass(frozen=True)
class Stand:
    """Wat er nu over een dossier waar is. Alleen feiten en besluiten; nooit de dag van vandaag."""

    # Plicht en persoon
    gemeente: str | None = None
    doelgroep: Doelgroep | None = None
    nareiziger: bool = False
    ontzorgen: bool = False
    koppeling: Koppelingstand | None = None
    kennisgeving_op: date | None = None
    brp_op: date | None = None
    eerste_brp_op: date | None = None  # waarmee het eerste PIP telt: een verhuizing erna raakt haar niet
    maand_achttien: date | None = None
    maand_aow: date | None = None
    gaten: Mapping[int, Gat] = field(default_factory=leeg)
    huishouden: str | None = None
    klantmanager: str | None = None
    klantmanager_partner: str | None = None
    # Intake en PIP
    oproepen: Mapping[int, Oproep] = field(default_factory=leeg)
    verzuim: Mapping[int, Verzuim] = field(default_factory=leeg)
    intake_op: date | None = None
    intake_ambtshalve: bool = False
    leerbaarheidstoets_op: date | None = None
    advies: Leerroute = Leerroute.ONBEKEND
    startmeting_op: date | None = None
    derden: Mapping[int, Derde] = field(default_factory=leeg)
    voorstellen: Mapping[int, Voorstel] = field(default_factory=leeg)
    afwijzingen: Mapping[int, Afwijzing] = field(default_factory=leeg)  # op papier, per voorstel
    pips: tuple[Pip, ...] = ()
    # Aanbieder en lessen: weigeringen, wachtlijst, acceptatie en start zijn van de lopende aanbodronde
    weigeringen: Mapping[int, date] = field(default_factory=leeg)
    wachtlijst: Mapping[int, Wachtplek] = field(default_factory=leeg)
    acceptatie: Acceptatie | None = None
    les_gestart_op: date | None = None
    les_klaar_op: date | None = None  # het traject bij de aanbieder is af: geen opgaven meer, en geen nieuw aanbod
    te_stoppen: Mapping[int, date] = field(default_factory=leeg)  # lessen van een vorige ronde die nog lopen
    hoogste_aanmelding: int = 0  # het hoogste nummer waarop een aanbieder antwoordde (regel 6)
    ronde_op: date | None = None  # sinds wanneer de lopende ronde telt: een nieuwe leerroute of gestopte lessen
    ronde_vanaf: int = 0  # nummers tot en met dit zijn van een vorige ronde
    ronde_volgnummer: int = 0  # van de gebeurtenis waarmee de lopende ronde begon
    aanbod_op: date | None = None  # het eerste aanbod ooit
    eerste_les_op: date | None = None
    aanbieder_blijft_op: date | None = None
    eigen_cursus_op: date | None = None
    opgevraagd: Mapping[int, date] = field(default_factory=leeg)
    uren: tuple[Urenopgave, ...] = ()
    # Voortgang en participatie
    gesprekken: Mapping[int, Gesprek] = field(default_factory=leeg)
    participatie_gemist: Mapping[int, Participatieverzuim] = field(default_factory=leeg)
    pvt_op: date | None = None
    map_op: date | None = None
    map_uren: int = 0
    z_eindgesprek_op: date | None = None
    certificaat_op: date | None = None
    begeleiding_op: date | None = None
    bijstand_op: date | None = None
    bijstand_einde_op: date | None = None
    ontzorgen_ingericht_op: date | None = None
    ontzorgen_einde_op: date | None = None
    # Afspraken voor deze persoon
    maatwerk: Mapping[int, Afwijking] = field(default_factory=leeg)
    wensen: Mapping[str, tuple[str, date]] = field(default_factory=leeg)
    gekozen_aanbieder: str | None = None
    overdrachten: Mapping[int, Overdracht] = field(default_factory=leeg)
    uitval: Mapping[int, Uitval] = field(default_factory=leeg)
    # DUO
    duo: Mapping[str, DuoMelding] = field(default_factory=leeg)
    aanvragen: Mapping[int, Aanvraag] = field(default_factory=leeg)
    vrij_van: frozenset[Examenonderdeel] = frozenset()
    examens: Mapping[int, Examen] = field(default_factory=leeg)
    opleiding_op: date | None = None  # een opleiding die niet vrijstelt
    opleiding: str = ""
    duo_vraagt: Mapping[int, date] = field(default_factory=leeg)
    verlengd_tot: date | None = None
    verlengd_op: date | None = None
    nieuwe_termijn: bool = False  # dat einde is een nieuwe termijn (art. 24, 25 Wi), geen verlenging (art. 12 Wi)
    nieuwe_termijn_op: date | None = None  # de laatste nieuwe termijn; een verlenging daarna verandert deze niet
    nieuwe_termijn_tot: date | None = None
    verlengingen: int = 0
    # Omstandigheden
    verhuizingen: Mapping[int, Verhuizing] = field(default_factory=leeg)
    pauzes: Mapping[int, Pauze] = field(default_factory=leeg)
    tolk_taal: str | None = None
    tolken: Mapping[str, Tolk] = field(default_factory=leeg)
    einde: Einde | None = None
    afgesloten_op: date | None = None
    gewist_op: date | None = None
    verzoeken: Mapping[int, Verzoek] = field(default_factory=leeg)
    blokkades: Mapping[int, Blokkade] = field(default_factory=leeg)
    # Besluiten, bezwaar en maatregelen
    besluiten: Mapping[int, Besluit] = field(default_factory=leeg)
    bezwaren: Mapping[int, Bezwaar] = field(default_factory=leeg)
    beroepen: Mapping[int, Beroep] = field(default_factory=leeg)
    hoger_beroepen: Mapping[int, HogerBeroep] = field(default_factory=leeg)
    opschortingen: Mapping[int, Opschorting] = field(default_factory=leeg)
    ingebrekestellingen: Mapping[int, Ingebrekestelling] = field(default_factory=leeg)
    maatregelen: Mapping[int, Maatregel] = field(default_factory=leeg)
    boetes_elders: tuple[s.BoeteElders, ...] = ()
    bijstand_verlaagd: frozenset[date] = frozenset()  # de dagen van de gedragingen waarvoor dat gebeurde
    # Stappen
    afgerond: Mapping[str, tuple[str, date]] = field(default_factory=leeg)
    geopend: Mapping[str, Opening] = field(default_factory=leeg)
    verzet: Mapping[str, s.StapVerzet] = field(default_factory=leeg)
    verzet_nummer: Mapping[str, int] = field(default_factory=leeg)  # het volgnummer van die verzetting
    overgeslagen: Mapping[str, date] = field(default_factory=leeg)
    toegewezen: Mapping[str, Opening] = field(default_factory=leeg)
    controles: Mapping[int, Controle] = field(default_factory=leeg)
    hoogste: Mapping[str, int] = field(default_factory=leeg)  # per genummerde soort, ook wat is doorgehaald (regel 6)

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

    @property
    def begin_op(self) -> date | None:
        """De dag waarop de gemeente mag beginnen: de koppeling als die er eerder is, anders de kennisgeving."""
        dagen = [dag for dag in (self.koppeling.op if self.koppeling else None, self.kennisgeving_op) if dag]
        return min(dagen, default=None)

    @property
    def lopende_lessen(self) -> tuple[int, ...]:
        """De aanmeldingen waarvan de lessen nog lopen: van een vorige ronde, en van deze zolang zij niet klaar zijn."""
        nu = () if self.acceptatie is None or self.les_klaar_op is not None else (self.acceptatie.nummer,)
        return (*self.te_stoppen, *nu)

    @property
    def verhuizing(self) -> Verhuizing | None:
        """De laatste verhuizing."""
        return max(self.verhuizingen.values(), key=lambda v: (v.op, v.nummer), default=None)

    @property
    def controles_gesteld(self) -> int:
        """Het hoogste nummer van een controle ooit, ook van een doorgehaalde (regel 6)."""
        return self.hoogste.get("controle_gevraagd", 0)
