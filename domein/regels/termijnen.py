"""Elke termijn als waarde: waar zij begint, waar zij eindigt en waarom, in één uitleg voor een mens.

De getallen komen uit de regelgegevens; hier staat alleen hoe er wordt geteld. Bron: Algemene termijnenwet,
artikelen 1 en 4; artikelen per soort in `lijst()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from domein.fouten import RegieFout
from domein.regeling import Regeling, Regelversie, regeling
from domein.regels.kalender import DAG, AtwKalender, atw_kalender, plus_jaren, plus_maanden, voluit

# atw:       eindigt de termijn op een gesloten dag, dan schuift het einde op (art. 1 Algemene termijnenwet)
# vast:      het einde schuift nooit (langer dan 12 weken of 3 maanden, of een duur: art. 4)
# maximum:   langer mag niet; valt het einde op een gesloten dag, dan geldt de laatste open dag daarvoor
# achteruit: wordt teruggeteld, en schuift dus niet (art. 1 lid 2)
SoortEinde = Literal["atw", "vast", "maximum", "achteruit"]

ATW: Final = "artikel 1 Algemene termijnenwet"
LAATSTE_JAAR: Final = 2100  # een anker daarna is een typefout
# Art. 2 Algemene termijnenwet (minstens twee werkdagen) speelt hier niet: de kortste termijn is twee weken.
_LANGSTE_ATW: Final = {"dagen": 90, "weken": 12, "maanden": 3}  # art. 4 Algemene termijnenwet
_ENKELVOUD: Final = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}


class Termijnstaat(StrEnum):
    """Hoe een termijn ervoor staat op een dag."""

    LOOPT = "loopt"
    GEHAALD = "gehaald"
    VERLENGD = "verlengd"
    OVERSCHREDEN = "overschreden"
    VERVALLEN = "vervallen"


class OnbekendeTermijn(RegieFout):
    """Deze soort termijn bestaat niet."""

    code = "onbekende_termijn"


class OngeldigAnker(RegieFout):
    """Vanaf deze dag kan de termijn niet worden geteld."""

    code = "ongeldig_anker"


@dataclass(frozen=True, slots=True)
class Termijn:
    """Een berekende termijn. `ruw` is het einde volgens de telling, `einde` het einde volgens de wet."""

    soort: str
    anker: date
    bewijs: str
    ruw: date
    einde: date
    artikel: str
    uitleg: str
    soort_einde: SoortEinde
    gehaald_op: date | None = None  # de dag waarop gebeurde wat de termijn vraagt
    verlengd_van: date | None = None  # het einde van vóór een besluit van DUO
    vervallen: str = ""  # waarom de termijn niet meer telt

    @property
    def verschoven(self) -> bool:
        return self.ruw != self.einde

    @property
    def waarom(self) -> str:
        """De uitleg, met waarom de termijn niet meer telt als dat zo is."""
        return f"{self.uitleg} Zij telt niet meer: {self.vervallen}." if self.vervallen else self.uitleg

    def staat(self, op: date) -> Termijnstaat:
        """Zeg hoe de termijn er op deze dag voor staat.

        Een venster dat opengaat (`achteruit`) kan niet worden overschreden, en een duur zonder plicht ook niet.
        """
        if self.gehaald_op is not None and self.gehaald_op <= op:
            return Termijnstaat.GEHAALD if self.gehaald_op <= self.einde else Termijnstaat.OVERSCHREDEN
        if self.vervallen:
            return Termijnstaat.VERVALLEN
        if op > self.einde and self.soort_einde != "achteruit":
            return Termijnstaat.OVERSCHREDEN
        return Termijnstaat.LOOPT if self.verlengd_van is None else Termijnstaat.VERLENGD


@dataclass(frozen=True, slots=True)
class Termijnregel:
    """Hoe een soort termijn telt: de regel met het getal, de soort einde, en wat het anker is."""

    soort: str
    regel: str
    soort_einde: SoortEinde
    vanaf: str
    gevolg: str = ""  # wat er op of na die dag geldt; alleen waar de datum zelf dat niet zegt
    vanaf_de_dag_erna: bool = False  # telt vanaf het begin van iets dat zelf de dag na het anker begint


@dataclass(frozen=True, slots=True)
class Termijnbeschrijving:
    """Een regel van `lijst()`."""

    soort: str
    termijn: str
    artikel: str
    soort_einde: SoortEinde
    vanaf: str


_REGELS: Final = (
    Termijnregel("pip", "pip_weken", "atw", "de dag van de kennisgeving"),
    Termijnregel("pip-na-brp", "pip_na_brp_weken", "atw", "de dag van inschrijving in de BRP van de gemeente"),
    Termijnregel("pip-na-derde", "pip_na_derde_weken", "atw", "de dag waarop de informatie van de derde binnenkwam"),
    Termijnregel(
        "intake-nieuwe-termijn",
        "intake_nieuwe_termijn_maanden",
        "maximum",
        "de dag van het boetebesluit waarin de nieuwe termijn staat",
    ),
    Termijnregel("bezwaar", "bezwaar_weken", "atw", "de dag waarop het besluit is bekendgemaakt"),
    Termijnregel(
        "bezwaar-beslissen",
        "bezwaar_beslissen_weken",
        "atw",
        "de laatste dag om bezwaar te maken",
        "Uitstel kan één keer; daarna kan wie bezwaar maakte de gemeente in gebreke stellen (artikel 4:17 Awb).",
    ),
    Termijnregel(
        "bezwaar-beslissen-commissie",
        "bezwaar_beslissen_commissie_weken",
        "atw",
        "de laatste dag om bezwaar te maken, als een adviescommissie adviseert",
        "Uitstel kan één keer; daarna kan wie bezwaar maakte de gemeente in gebreke stellen (artikel 4:17 Awb).",
    ),
    Termijnregel(
        "bezwaar-verdagen",
        "bezwaar_verdagen_weken",
        "atw",
        "de laatste dag om op het bezwaar te beslissen, als de beslissing is uitgesteld",
    ),
    Termijnregel("beroep", "beroep_weken", "atw", "de dag waarop de beslissing op bezwaar is bekendgemaakt"),
    Termijnregel("hoger-beroep", "hoger_beroep_weken", "atw", "de dag waarop de rechtbank haar uitspraak verzond"),
    Termijnregel(
        "aanvraag-beslissen",
        "aanvraag_beslissen_weken",
        "atw",
        "de dag waarop de aanvraag van de inburgeraar binnenkwam",
        "Lukt dat niet, laat dat dan vóór die dag weten en noem een nieuwe dag (artikel 4:14 lid 3 Awb).",
    ),
    Termijnregel(
        "ingebrekestelling",
        "ingebrekestelling_weken",
        "atw",
        "de dag waarop de ingebrekestelling binnenkwam, na het einde van de beslistermijn",
        "Is er dan niet beslist, dan loopt vanaf de dag erna een dwangsom.",
    ),
    Termijnregel("dwangsom-vaststellen", "dwangsom_vaststellen_weken", "atw", "de laatste dag van de dwangsom"),
    Termijnregel("inburgeringstermijn", "inburgeringstermijn_jaren", "vast", "de dagtekening van het eerste PIP"),
    Termijnregel(
        "leerroute-wijzigen",
        "leerroute_wijzigen_maanden",
        "vast",
        "de dagtekening van het eerste PIP; de dag erna begint de termijn, en die telt mee",
        "Daarna kan het alleen nog in bijzondere gevallen; van onderwijsroute naar B1-route kan altijd.",
        vanaf_de_dag_erna=True,
    ),
    Termijnregel(
        "aanbod",
        "aanbod_maanden",
        "vast",
        "de dagtekening van het PIP",
        "Is er dan nog geen aanbod voor een asielstatushouder, meld dat dan aan DUO.",
    ),
    Termijnregel(
        "taalschakeltraject-start",
        "taalschakeltraject_start_maanden",
        "vast",
        "de dagtekening van het PIP",
        "Is het traject dan niet echt begonnen, dan is dat een grond voor verlenging.",
    ),
    Termijnregel(
        "ontzorgen", "ontzorgen_maanden", "vast", "de dag waarop het recht op bijstand ontstaat; die dag telt mee"
    ),
    Termijnregel(
        "verlenging-aanvragen",
        "verlenging_aanvragen_maanden",
        "achteruit",
        "de laatste dag van de inburgeringstermijn",
        "Vanaf die dag kan verlenging worden aangevraagd bij DUO.",
    ),
    Termijnregel("duo-besluit", "duo_besluit_weken", "atw", "de dag waarop DUO de aanvraag ontving"),
    Termijnregel(
        "swi-levering",
        "swi_levering_weken",
        "maximum",
        "een dag in het kwartaal; er wordt geteld vanaf de laatste dag van dat kwartaal",
    ),
    Termijnregel(
        "bewaartermijn",
        "bewaartermijn_jaren",
        "vast",
        "de dag waarop de inburgeringsplicht eindigde, of de dag van overlijden",
        "Daarna worden de gegevens verwijderd.",
    ),
    Termijnregel("avg-verzoek", "avg_verzoek_maanden", "atw", "de dag waarop het verzoek binnenkwam"),
    Termijnregel(
        "avg-verzoek-verlengd",
        "avg_verzoek_verlengd_maanden",
        "atw",
        "de dag waarop het verzoek binnenkwam",
        "Alleen als de inburgeraar binnen de eerste maand hoorde dat het langer duurt, en waarom.",
    ),
)
SOORTEN: Final[Mapping[str, Termijnregel]] = MappingProxyType({regel.soort: regel for regel in _REGELS})


def bereken(
    soort: str, vanaf: date, bewijs: str = "", *,
    regels: Regeling | None = None, kalender: AtwKalender | None = None, artikel: str = "",
) -> Termijn:  # fmt: skip
    """Bereken een termijn vanaf haar anker.

    `bewijs` zegt waaruit het anker blijkt (een kenmerk, nooit een naam). Het anker is ook de peildatum: het
    beslist welke versie van de regel geldt. `artikel` noemt een preciezer artikel dan dat van de soort.
    OnbekendeTermijn of OngeldigAnker als het niet kan.
    """
    return _bereken(soort, vanaf, bewijs, regels or regeling(), kalender or atw_kalender(), artikel)


@lru_cache(maxsize=4096)  # elke handeling plant haar dossier opnieuw, en vraagt dan steeds dezelfde termijnen
def _bereken(soort: str, vanaf: date, bewijs: str, regels: Regeling, kalender: AtwKalender, artikel: str) -> Termijn:
    termijnregel = zoek(soort)
    anker = _anker(termijnregel, vanaf, regels)
    versie = regels.regel(termijnregel.regel, anker)
    if artikel:
        versie = replace(versie, artikel=artikel)
    soort_einde = _soort_einde(termijnregel, versie)
    if termijnregel.vanaf_de_dag_erna:
        ruw = _tel(anker + DAG, replace(versie, eerste_dag_telt=True), achteruit=False)
    else:
        ruw = _tel(anker, versie, achteruit=soort_einde == "achteruit")
    einde = _einde(ruw, soort_einde, kalender)
    return Termijn(
        soort=soort,
        anker=anker,
        bewijs=bewijs,
        ruw=ruw,
        einde=einde,
        artikel=versie.artikel,
        uitleg=_uitleg(termijnregel.gevolg, versie, soort_einde, ruw, einde, kalender),
        soort_einde=soort_einde,
    )


def zoek(soort: str) -> Termijnregel:
    """Geef de regel bij een soort; OnbekendeTermijn noemt wat er wel bestaat."""
    try:
        return SOORTEN[soort]
    except KeyError:
        raise OnbekendeTermijn(
            f"De soort termijn {soort[:40]!r} bestaat niet.", "Kies uit: " + ", ".join(SOORTEN) + "."
        ) from None


def lijst(regels: Regeling | None = None) -> tuple[Termijnbeschrijving, ...]:
    """Beschrijf elke soort: hoe lang, welk artikel, welke soort einde en wat het anker is."""
    regels = regels or regeling()
    return tuple(
        Termijnbeschrijving(
            soort=regel.soort,
            termijn=_duur(regels.regel(regel.regel)),
            artikel=regels.artikel(regel.regel),
            soort_einde=_soort_einde(regel, regels.regel(regel.regel)),
            vanaf=regel.vanaf,
        )
        for regel in _REGELS
    )


def einde_kwartaal(dag: date) -> date:
    """Geef de laatste dag van het kwartaal waarin deze dag valt."""
    eerste_van_laatste_maand = date(dag.year, 3 * ((dag.month - 1) // 3) + 3, 1)
    return plus_maanden(eerste_van_laatste_maand, 1) - DAG


def _anker(termijnregel: Termijnregel, vanaf: date, regels: Regeling) -> date:
    eerste = regels.regels[termijnregel.regel][0].geldig_van
    if not eerste <= vanaf <= date(LAATSTE_JAAR, 12, 31):
        raise OngeldigAnker(
            f"Een termijn '{termijnregel.soort}' kan niet worden geteld vanaf {vanaf.isoformat()}.",
            f"Kies een dag van {eerste.isoformat()} tot en met {LAATSTE_JAAR}-12-31.",
        )
    return einde_kwartaal(vanaf) if termijnregel.soort == "swi-levering" else vanaf


def _tel(anker: date, versie: Regelversie, *, achteruit: bool) -> date:
    """Tel vanaf het anker: die dag is dag 0, zoals in "tien weken na de dag waarop" (vgl. art. 6:8 Awb)."""
    aantal = -versie.waarde if achteruit else versie.waarde
    match versie.eenheid:
        case "dagen":
            einde = anker + timedelta(days=aantal)
        case "weken":
            einde = anker + timedelta(weeks=aantal)
        case "maanden":
            einde = plus_maanden(anker, aantal)
        case "jaren":
            einde = plus_jaren(anker, aantal)
        case _:
            raise OngeldigAnker(f"In '{versie.eenheid}' kan geen termijn worden geteld.")
    if not versie.eerste_dag_telt:
        return einde
    # De dag van het anker hoort er zelf bij: de laatste dag is een dag eerder. Was de overeenkomstige dag er
    # niet (31 augustus + 6 maanden), dan is het einde van de maand al die laatste dag: geen dag dubbel eraf.
    return einde if versie.eenheid in ("maanden", "jaren") and einde.day < anker.day else einde - DAG


def _soort_einde(termijnregel: Termijnregel, versie: Regelversie) -> SoortEinde:
    """Een termijn die door een wetswijziging langer wordt dan artikel 4 toestaat, schuift niet meer."""
    if termijnregel.soort_einde == "atw" and versie.waarde > _LANGSTE_ATW.get(versie.eenheid, 0):
        return "vast"
    return termijnregel.soort_einde


def _einde(ruw: date, soort_einde: SoortEinde, kalender: AtwKalender) -> date:
    match soort_einde:
        case "atw":
            return kalender.eerstvolgende_open_dag(ruw)
        case "maximum":
            return kalender.laatste_open_dag_tot(ruw)
        case "vast" | "achteruit":
            return ruw


def _duur(versie: Regelversie) -> str:
    eenheid = versie.eenheid
    if versie.waarde == 1 or eenheid == "jaren":
        eenheid = _ENKELVOUD.get(eenheid, eenheid)
    return f"{versie.waarde} {eenheid}"


def _uitleg(
    gevolg: str,
    versie: Regelversie,
    soort_einde: SoortEinde,
    ruw: date,
    einde: date,
    kalender: AtwKalender,
) -> str:
    """Zeg in gewone taal waarom de termijn op deze dag eindigt."""
    zinnen = [_eerste_zin(versie, ruw, achteruit=soort_einde == "achteruit")]
    artikel = versie.artikel[0].upper() + versie.artikel[1:]
    reden = _reden(ruw, kalender)
    if einde > ruw:
        zinnen += [f"{reden}.", *_ook_gesloten(ruw, einde, kalender)]
        zinnen.append(f"Daarom is {voluit(einde)} de laatste dag.")
        artikel += f"; {ATW}"
    elif einde < ruw:
        zinnen.append(f"{reden}, en langer mag de termijn niet duren.")
        zinnen.append(f"Kies daarom {voluit(einde)} of een eerdere werkdag.")
    elif soort_einde == "maximum":
        zinnen.append("Langer mag de termijn niet duren.")
    elif soort_einde == "vast" and reden:
        zinnen.append(f"{reden}, maar deze termijn schuift niet op.")
    if gevolg:
        zinnen.append(gevolg)
    if soort_einde in ("atw", "maximum") and einde.year > kalender.jaren_bekend():
        zinnen.append(f"Voor {einde.year} zijn nog geen extra feestdagen aangewezen: controleer deze dag later.")
    return " ".join([*zinnen, f"{artikel}."])


def _reden(dag: date, kalender: AtwKalender) -> str:
    """Zeg waarom een termijn niet op deze dag kan eindigen; leeg als dat wel kan."""
    if dag.weekday() >= 5:  # welke dag het is staat al in de eerste zin
        return "Dat is in het weekend"
    sluiting = kalender.sluiting(dag)
    return "" if sluiting is None else f"Dat is {sluiting}"


def _eerste_zin(versie: Regelversie, ruw: date, *, achteruit: bool) -> str:
    if achteruit:
        return f"{_duur(versie)} vóór het einde van de termijn is {voluit(ruw)}."
    if versie.waarde == 1 or versie.eenheid == "jaren":
        return f"De termijn van {_duur(versie)} eindigt op {voluit(ruw)}."
    return f"De {_duur(versie)} eindigen op {voluit(ruw)}."


def _ook_gesloten(ruw: date, einde: date, kalender: AtwKalender) -> list[str]:
    """Noem de feestdagen waar de termijn nog overheen schuift; dat een weekend niet telt weet iedereen."""
    tussen = [ruw + DAG * n for n in range(1, (einde - ruw).days)]
    return [f"Ook {voluit(dag)} telt niet: {kalender.sluiting(dag)}." for dag in tussen if dag.weekday() < 5]
