"""Het beleid van herinneren, opschalen en vroeg waarschuwen, gelezen uit `domein/regeling/opschaling.toml`.

Wie wanneer bericht krijgt is beleid, geen wet. Wat niet klopt in het bestand, wordt bij het laden geweigerd: een ladder
die half werkt, valt anders pas op als iemand niets hoort.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from domein.begrippen import Rol, Stapsoort
from domein.fouten import RegieFout
from domein.regeling import regeling
from domein.regels.termijnen import SOORTEN as TERMIJNEN

BESTAND: Final = "domein/regeling/opschaling.toml"
STANDAARD: Final = "standaard"
GAT: Final = "gat"
AFSPRAAK: Final = "afspraak"
OVERLEG: Final = "overleg"
BEHANDELAAR: Final = "behandelaar"
T = TypeVar("T", bound=StrEnum)


class OngeldigeOpschaling(RegieFout):
    """Het bestand met het beleid voor opschalen klopt niet."""

    code = "ongeldige_opschaling"


class Dagtelling(StrEnum):
    """Welke dagen tellen."""

    WERKDAGEN = "werkdagen"
    KALENDERDAGEN = "kalenderdagen"


class Anker(StrEnum):
    """Vanaf welke dag een niveau telt."""

    EINDE = "einde"
    OPENING = "opening"


class Toont(StrEnum):
    """Wat een niveau te zien krijgt."""

    TAAK = "taak"
    AANTALLEN = "aantallen"


# Wat in elk sjabloon staat; een niveau kan niet meer laten zien dan zijn sjabloon.
SJABLONEN: Final[Mapping[str, Toont]] = MappingProxyType(
    {
        "escalatie": Toont.TAAK,
        "escalatie_mandaathouder": Toont.TAAK,
        "escalatie_contractmanager": Toont.AANTALLEN,
        "escalatie_regiocoordinator": Toont.AANTALLEN,
        "escalatie_overleg": Toont.AANTALLEN,
    }
)


@dataclass(frozen=True, slots=True)
class Weergave:
    """Wat een ontvanger te zien krijgt, en met welk sjabloon."""

    toont: Toont
    sjabloon: str


@dataclass(frozen=True, slots=True)
class Niveau:
    """Eén niveau van opschalen. `ontvanger` staat op volgorde: de eerste die er is."""

    nummer: int
    na: int
    dagen: Dagtelling
    vanaf: Anker
    ontvanger: tuple[str, ...]
    weergave: Weergave | None = None  # None: wat bij de rol van de ontvanger hoort
    dossiers_minstens: int = 1
    gedaan: str = ""
    vraag: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Alles wat een stap van deze soort kan krijgen: `herinneringen` is in dagen voor het einde, aflopend."""

    soort: str
    herinneringen: tuple[int, ...]
    niveaus: tuple[Niveau, ...]

    def niveau(self, nummer: int) -> Niveau:
        return self.niveaus[nummer - 1]


@dataclass(frozen=True, slots=True)
class Nodig:
    """Werk dat na `vanaf_week` weken klaar moet zijn: het begin van een kenmerk, en wat er anders ontbreekt."""

    stap: str
    vanaf_week: int
    ontbreekt: str


@dataclass(frozen=True, slots=True)
class Waarschuwing:
    """Na welke weken van een termijn wij waarschuwen, over welke stap en aan wie (allemaal)."""

    termijn: str
    weken: tuple[int, ...]
    stap: str
    ontvangers: tuple[str, ...]
    nodig: tuple[Nodig, ...]


@dataclass(frozen=True, slots=True)
class Opschalingsbeleid:
    """Het hele bestand, gecontroleerd."""

    werk: Mapping[Stapsoort, str]
    weergaven: Mapping[str, Weergave]
    ladders: Mapping[str, Ladder]
    waarschuwingen: tuple[Waarschuwing, ...]

    def ladder(self, stapsoort: Stapsoort, *, gat: bool = False) -> Ladder:
        """De ladder van deze soort, of de standaard; bij een gat in de afspraken die van het gat."""
        return self.ladders[GAT] if gat else self.ladders.get(stapsoort.value, self.ladders[STANDAARD])

    def weergave(self, niveau: Niveau, rol: str) -> Weergave:
        """Wat deze ontvanger op dit niveau te zien krijgt."""
        return niveau.weergave or self.weergaven[rol]


def maak_beleid(inhoud: Mapping[str, Any]) -> Opschalingsbeleid:
    """Maak het gecontroleerde beleid van de inhoud van het bestand; OngeldigeOpschaling zegt wat er niet klopt."""
    _velden(inhoud, "het bestand", {"werk", "weergave", "ladder", "vroege_waarschuwing"})
    werk = _tabel(inhoud["werk"], "[werk]")
    _velden(werk, "[werk]", {soort.value for soort in Stapsoort})
    weergave = _tabel(inhoud["weergave"], "[weergave]")
    _velden(weergave, "[weergave]", {*(rol.value for rol in Rol), OVERLEG})
    rijen = _rijen(inhoud["ladder"], "[[ladder]]")
    standaard = [rij for rij in rijen if rij.get("soort") == STANDAARD]
    _eis(len(standaard) == 1, "er is niet precies één [[ladder]] met soort 'standaard'")
    _eis("herinneringen" in standaard[0], "de ladder 'standaard' noemt geen herinneringen")
    ladders = [_ladder(rij, standaard[0]["herinneringen"]) for rij in rijen]
    soorten = [ladder.soort for ladder in ladders]
    _eis(len(set(soorten)) == len(soorten), "een soort heeft twee ladders")
    _eis(GAT in soorten, "er is geen [[ladder]] met soort 'gat'")
    waarschuwingen = tuple(_waarschuwing(rij) for rij in _rijen(inhoud["vroege_waarschuwing"], "vroege_waarschuwing"))
    termijnen = [een.termijn for een in waarschuwingen]
    _eis(len(set(termijnen)) == len(termijnen), "een termijn heeft twee vroege waarschuwingen")
    return Opschalingsbeleid(
        MappingProxyType({Stapsoort(naam): _tekst(zin, f"werk.{naam}") for naam, zin in werk.items()}),
        MappingProxyType({naam: _weergave(_tabel(rij, naam), f"weergave.{naam}") for naam, rij in weergave.items()}),
        MappingProxyType({ladder.soort: ladder for ladder in ladders}),
        waarschuwingen,
    )


@cache
def opschalingsbeleid() -> Opschalingsbeleid:
    """Het beleid dat met deze software meekomt."""
    return maak_beleid(tomllib.loads(files("domein.regeling").joinpath("opschaling.toml").read_text(encoding="utf-8")))


def _ladder(rij: Mapping[str, Any], standaard: object) -> Ladder:
    soort = _tekst(rij.get("soort"), "ladder.soort")
    plek = f"de ladder '{soort}'"
    bekend = {STANDAARD, GAT, *(stapsoort.value for stapsoort in Stapsoort)}
    _eis(soort in bekend, f"{plek} is geen stapsoort; kies uit {', '.join(sorted(bekend))}")
    _velden(rij, plek, {"soort", "niveau"}, {"herinneringen"})
    dagen = _getallen(rij.get("herinneringen", standaard), f"{plek}, herinneringen", minstens=0)
    _eis(all(a > b for a, b in pairwise(dagen)), f"{plek}: zet herinneringen van veel naar weinig dagen, elk één keer")
    niveaus = tuple(_niveau(n, plek) for n in _rijen(rij["niveau"], plek))
    _eis(
        [n.nummer for n in niveaus] == list(range(1, len(niveaus) + 1)),
        f"{plek}: nummer de niveaus 1, 2, 3 op volgorde",
    )
    for lager, hoger in pairwise(niveaus):
        vergelijkbaar = (lager.dagen, lager.vanaf) == (hoger.dagen, hoger.vanaf)
        _eis(
            not vergelijkbaar or lager.na < hoger.na,
            f"{plek}: niveau {hoger.nummer} komt niet na niveau {lager.nummer}",
        )
    return Ladder(soort, dagen, niveaus)


def _niveau(rij: Mapping[str, Any], ladder: str) -> Niveau:
    plek = f"{ladder}, niveau {rij.get('nummer', '?')}"
    mag = {"toont", "sjabloon", "dossiers_minstens", "gedaan", "vraag"}
    _velden(rij, plek, {"nummer", "na", "dagen", "vanaf", "ontvanger"}, mag)
    ontvanger = _teksten(rij["ontvanger"], f"{plek}, ontvanger")
    bekend = {AFSPRAAK, OVERLEG, *(rol.value for rol in Rol)}
    _eis(set(ontvanger) <= bekend, f"{plek}: een ontvanger is een rol, 'afspraak' of 'overleg'")
    eigen = None
    if "toont" in rij or "sjabloon" in rij:
        eigen = _weergave({naam: rij[naam] for naam in ("toont", "sjabloon") if naam in rij}, plek)
    (minstens,) = _getallen([rij.get("dossiers_minstens", 1)], f"{plek}, dossiers_minstens", minstens=1)
    (na,) = _getallen([rij["na"]], f"{plek}, na", minstens=1)
    (nummer,) = _getallen([rij["nummer"]], f"{plek}, nummer", minstens=1)
    overleg = OVERLEG in ontvanger or (eigen is not None and eigen.sjabloon == "escalatie_overleg")
    zinnen = {naam: _tekst(rij[naam], f"{plek}, {naam}") for naam in ("gedaan", "vraag") if naam in rij}
    if overleg:
        _eis(minstens >= 2, f"{plek}: een overleg gaat over minstens 2 dossiers (dossiers_minstens)")
        _eis(eigen == Weergave(Toont.AANTALLEN, "escalatie_overleg"), f"{plek}: een overleg ziet alleen aantallen")
        _eis(set(zinnen) == {"gedaan", "vraag"}, f"{plek}: zeg wat is gedaan en wat de vraag aan het overleg is")
    _eis(
        minstens == 1 or (eigen is not None and eigen.toont is Toont.AANTALLEN),
        f"{plek}: tel dossiers alleen bij aantallen",
    )
    return Niveau(
        nummer, na, _keuze(Dagtelling, rij["dagen"], f"{plek}, dagen"), _keuze(Anker, rij["vanaf"], f"{plek}, vanaf"),
        ontvanger, eigen, minstens, zinnen.get("gedaan", ""), zinnen.get("vraag", ""),
    )  # fmt: skip


def _weergave(rij: Mapping[str, Any], plek: str) -> Weergave:
    _velden(rij, plek, {"toont", "sjabloon"})
    toont, sjabloon = _keuze(Toont, rij["toont"], f"{plek}, toont"), _tekst(rij["sjabloon"], f"{plek}, sjabloon")
    _eis(sjabloon in SJABLONEN, f"{plek}: sjabloon '{sjabloon}' is geen van {', '.join(SJABLONEN)}")
    _eis(SJABLONEN[sjabloon] is toont, f"{plek}: sjabloon '{sjabloon}' laat geen {toont.value} zien")
    return Weergave(toont, sjabloon)


def _waarschuwing(rij: Mapping[str, Any]) -> Waarschuwing:
    termijn = _tekst(rij.get("termijn"), "vroege_waarschuwing, termijn")
    plek = f"de vroege waarschuwing '{termijn}'"
    _velden(rij, plek, {"termijn", "weken", "stap", "ontvangers", "nodig"})
    _eis(termijn in TERMIJNEN, f"{plek}: deze termijn bestaat niet; zie 'regie termijn --lijst'")
    regel = regeling().regel(TERMIJNEN[termijn].regel)
    _eis(regel.eenheid == "weken", f"{plek}: deze termijn telt geen weken")
    weken = _getallen(rij["weken"], f"{plek}, weken", minstens=1)
    oplopend = all(a < b for a, b in pairwise(weken))
    _eis(
        bool(weken) and oplopend and weken[-1] < regel.waarde,
        f"{plek}: de weken lopen op en blijven onder {regel.waarde}",
    )
    ontvangers = _teksten(rij["ontvangers"], f"{plek}, ontvangers")
    _eis(
        set(ontvangers) <= {BEHANDELAAR, *(rol.value for rol in Rol)},
        f"{plek}: een ontvanger is een rol of 'behandelaar'",
    )
    nodig: list[Nodig] = []
    for deel in _rijen(rij["nodig"], f"{plek}, nodig"):
        _velden(deel, f"{plek}, nodig", {"stap", "vanaf_week", "ontbreekt"})
        vanaf = deel["vanaf_week"]
        _eis(vanaf in weken, f"{plek}, nodig: vanaf_week is een van {', '.join(map(str, weken))}")
        nodig.append(Nodig(_tekst(deel["stap"], f"{plek}, nodig"), vanaf, _tekst(deel["ontbreekt"], f"{plek}, nodig")))
    return Waarschuwing(termijn, weken, _tekst(rij["stap"], f"{plek}, stap"), ontvangers, tuple(nodig))


# lezen


def _eis(klopt: bool, wat: str) -> None:
    if not klopt:
        raise OngeldigeOpschaling(f"Het beleid voor opschalen klopt niet: {wat}.", f"Verbeter {BESTAND}.")


def _velden(rij: Mapping[str, Any], plek: str, moet: set[str], mag: Collection[str] = ()) -> None:
    mist, vreemd = sorted(moet - rij.keys()), sorted(rij.keys() - moet - set(mag))
    _eis(not mist, f"in {plek} ontbreekt {', '.join(mist)}")
    _eis(not vreemd, f"{plek} kent geen {', '.join(vreemd)}")


def _tabel(waarde: object, plek: str) -> Mapping[str, Any]:
    _eis(isinstance(waarde, dict), f"{plek} is geen tabel")
    return cast("Mapping[str, Any]", waarde)


def _rijen(waarde: object, plek: str) -> list[Mapping[str, Any]]:
    goed = isinstance(waarde, list) and all(isinstance(rij, dict) for rij in cast("list[object]", waarde))
    _eis(goed and waarde != [], f"{plek} heeft geen rijen")
    return cast("list[Mapping[str, Any]]", waarde)


def _tekst(waarde: object, plek: str) -> str:
    _eis(isinstance(waarde, str) and bool(waarde.strip()), f"{plek} is leeg of geen tekst")
    return cast("str", waarde)


def _teksten(waarde: object, plek: str) -> tuple[str, ...]:
    _eis(isinstance(waarde, list) and waarde != [], f"{plek} is geen lijst met minstens één naam")
    teksten = tuple(_tekst(deel, plek) for deel in cast("list[object]", waarde))
    _eis(len(set(teksten)) == len(teksten), f"{plek} noemt iets twee keer")
    return teksten


def _getallen(waarde: object, plek: str, *, minstens: int) -> tuple[int, ...]:
    goed = isinstance(waarde, list) and all(
        type(deel) is int and deel >= minstens for deel in cast("list[object]", waarde)
    )
    _eis(goed, f"{plek} is geen heel getal vanaf {minstens}")
    return tuple(cast("list[int]", waarde))


def _keuze(soort: type[T], waarde: object, plek: str) -> T:
    _eis(waarde in {lid.value for lid in soort}, f"{plek} is niet een van {', '.join(soort)}")
    return soort(cast("str", waarde))
