"""De regelgegevens: elk getal van de wet en van het beleid, met de dag waarop het geldt.

Een gewijzigde wet is een gewijzigd TOML-bestand en een test, geen gewijzigde code (ontwerpregel 8).

De controle staat hier in gewone code: pydantic laden kost een kwart van de tijd van `regie termijn`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from domein.fouten import RegieFout

Eenheid = Literal["dagen", "werkdagen", "weken", "maanden", "jaren", "uren", "aantal", "euro", "procent"]
Peildatum = Literal[
    "aanvraag",
    "bekendmaking",
    "besluit",
    "brp_inschrijving",
    "dagtekening_eerste_pip",
    "dagtekening_pip",
    "einde_plicht",
    "einde_termijn",
    "gebeurtenis",
    "gedraging",
    "ingebrekestelling",
    "kennisgeving",
    "kwartaaleinde",
    "ontvangst_informatie",
    "recht_op_bijstand",
]

BELEID: Final = "beleid, geen wet"
_NAAM: Final = re.compile(r"[a-z][a-z0-9_]*")


class OnbekendeRegel(RegieFout):
    """De regelgegevens kennen deze naam niet, of hebben geen versie voor de peildatum."""

    code = "onbekende_regel"


class OngeldigeRegeling(RegieFout):
    """De regelgegevens zelf kloppen niet; dit is een fout in een TOML-bestand."""

    code = "ongeldige_regeling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regelversie:
    """Eén versie van één regel. Gegevens die niet kloppen worden geweigerd met OngeldigeRegeling."""

    waarde: int
    eenheid: Eenheid
    artikel: str = BELEID
    geldig_van: date
    geldig_tot: date | None = None  # de eerste dag waarop deze versie niet meer geldt
    peildatum: Peildatum = "gebeurtenis"
    overgangsrecht: str = ""
    toelichting: str = ""
    eerste_dag_telt: bool = False
    jurist: bool = False
    beleid: bool = False
    reden: str = ""

    def __post_init__(self) -> None:
        for klopt, melding in (*self._soorten(), *self._samenhang()):
            if not klopt:
                raise OngeldigeRegeling(melding)

    def _soorten(self) -> tuple[tuple[bool, str], ...]:
        """Elk veld heeft de goede soort: het komt uit een bestand, dus de typen hierboven beloven niets."""
        teksten = (self.artikel, self.overgangsrecht, self.toelichting, self.reden)
        vlaggen = (self.eerste_dag_telt, self.jurist, self.beleid)
        return (
            (type(self.waarde) is int, "waarde is geen heel getal"),
            (self.eenheid in get_args(Eenheid), f"eenheid is niet een van {', '.join(get_args(Eenheid))}"),
            (
                self.peildatum in get_args(Peildatum),
                f"peildatum is niet een van {', '.join(get_args(Peildatum))}",
            ),
            (type(self.geldig_van) is date, "geldig_van is geen datum"),
            (self.geldig_tot is None or type(self.geldig_tot) is date, "geldig_tot is geen datum"),
            (all(type(tekst) is str for tekst in teksten), "een toelichting, reden of artikel is geen tekst"),
            (all(type(vlag) is bool for vlag in vlaggen), "een ja/nee-veld is geen true of false"),
        )

    def _samenhang(self) -> tuple[tuple[bool, str], ...]:
        """Pas te vragen als de soorten kloppen; daarom als tweede."""
        if not all(klopt for klopt, _ in self._soorten()):
            return ()
        return (
            (self.waarde >= 0, "waarde is negatief"),
            (bool(self.artikel.strip()), "artikel is leeg"),
            (
                self.geldig_tot is None or self.geldig_van < self.geldig_tot,
                "geldig_tot ligt niet na geldig_van",
            ),
            (self.beleid == bool(self.reden), "beleid heeft een reden nodig, en alleen beleid heeft er een"),
            (
                self.beleid == (self.artikel == BELEID),
                "een regel van de wet noemt zijn artikel; beleid noemt er geen",
            ),
        )

    def geldt_op(self, dag: date) -> bool:
        return self.geldig_van <= dag and (self.geldig_tot is None or dag < self.geldig_tot)


@dataclass(frozen=True, slots=True, eq=False)
class Regeling:
    """Alle regels van één stand van de wetgeving. Onveranderlijk; `met_getal` geeft een kopie.

    Twee standen zijn alleen dezelfde als zij hetzelfde object zijn: zo kan een berekening erbij onthouden worden.
    """

    versie: str
    naam: str
    overgangsrecht: str
    regels: Mapping[str, tuple[Regelversie, ...]] = field(repr=False)

    def regel(self, naam: str, peildatum: date | None = None) -> Regelversie:
        """Geef de versie die op de peildatum geldt; zonder peildatum de laatste."""
        versies = self.regels.get(naam)
        if versies is None:
            raise OnbekendeRegel(f"De regeling {self.versie} kent geen regel '{naam}'.", self._lijkt_op(naam))
        if peildatum is None:
            return versies[-1]
        for versie in reversed(versies):
            if versie.geldt_op(peildatum):
                return versie
        raise OnbekendeRegel(
            f"De regel '{naam}' geldt niet op {peildatum.isoformat()}.",
            f"Kies een dag vanaf {versies[0].geldig_van.isoformat()}. "
            "Voor personen van vóór 2022 geldt de Wet inburgering 2013.",
        )

    def getal(self, naam: str, peildatum: date | None = None) -> int:
        """Geef het getal zoals het op de peildatum geldt."""
        return self.regel(naam, peildatum).waarde

    def artikel(self, naam: str, peildatum: date | None = None) -> str:
        """Geef het artikel waar het getal staat, of dat het beleid is."""
        return self.regel(naam, peildatum).artikel

    def overgang(self, naam: str, peildatum: date | None = None) -> str:
        """Zeg wat er met lopende dossiers gebeurt."""
        return self.regel(naam, peildatum).overgangsrecht or self.overgangsrecht

    def met_getal(self, naam: str, waarde: int, *, vanaf: date | None = None) -> "Regeling":
        """Geef een kopie waarin het getal anders is, voor een voorbeeld of een test van een wetswijziging.

        Met `vanaf` geldt de nieuwe waarde pas vanaf die dag; de oude versie eindigt dan.
        """
        oude = self.regel(naam, vanaf)
        eerdere = [versie for versie in self.regels[naam] if versie.geldig_van < oude.geldig_van]
        if vanaf is None or vanaf == oude.geldig_van:
            nieuwe = [replace(oude, waarde=waarde)]
        else:
            nieuwe = [
                replace(oude, geldig_tot=vanaf),
                replace(oude, waarde=waarde, geldig_van=vanaf),
            ]
        latere = [versie for versie in self.regels[naam] if versie.geldig_van > oude.geldig_van]
        regels = {**self.regels, naam: (*eerdere, *nieuwe, *latere)}
        return Regeling(f"{self.versie}+{naam}", self.naam, self.overgangsrecht, MappingProxyType(regels))

    def _lijkt_op(self, naam: str) -> str:
        import difflib  # alleen bij een fout nodig

        namen = difflib.get_close_matches(naam, self.regels, n=3)
        return "Bedoelt u: " + ", ".join(namen) + "?" if namen else "Kijk in domein/regeling/*.toml."


@dataclass(frozen=True, slots=True)
class Feestdagen:
    """De dagen die met een feestdag zijn gelijkgesteld (art. 3 lid 3 Algemene termijnenwet)."""

    aangewezen: frozenset[date]
    bekend_tot_en_met: int


def maak_regeling(wet: Mapping[str, Any], beleid: Mapping[str, Any]) -> Regeling:
    """Maak een gecontroleerde regeling van de inhoud van de twee bestanden."""
    kop = _velden(wet, "regeling", {"regeling", "regel"})
    if set(kop) != {"versie", "naam", "overgangsrecht"} or not all(
        isinstance(tekst, str) and tekst for tekst in kop.values()
    ):
        raise OngeldigeRegeling("[regeling] heeft precies versie, naam en overgangsrecht nodig, als tekst.")
    wetsregels = _lees_regels(_velden(wet, "regel", {"regeling", "regel"}))
    keuzes = _lees_regels(_velden(beleid, "regel", {"regel"}))
    dubbel = wetsregels.keys() & keuzes.keys()
    if dubbel:
        raise OngeldigeRegeling(f"Zowel wet als beleid: {', '.join(sorted(dubbel))}.")
    _weiger_verkeerd_soort(wetsregels, beleid=False)
    _weiger_verkeerd_soort(keuzes, beleid=True)
    regels = {naam: _op_volgorde(naam, versies) for naam, versies in {**wetsregels, **keuzes}.items()}
    return Regeling(kop["versie"], kop["naam"], kop["overgangsrecht"], MappingProxyType(regels))


def maak_feestdagen(inhoud: Mapping[str, Any]) -> Feestdagen:
    """Maak de gecontroleerde lijst van aangewezen dagen van de inhoud van het bestand."""
    jaar, dagen = inhoud.get("bekend_tot_en_met"), inhoud.get("aangewezen")
    goed = isinstance(dagen, list) and all(type(dag) is date for dag in cast("list[object]", dagen))
    if not goed or type(jaar) is not int or set(inhoud) != {"bekend_tot_en_met", "aangewezen"}:
        raise OngeldigeRegeling("feestdagen.toml heeft een jaar bekend_tot_en_met en een lijst aangewezen dagen.")
    return Feestdagen(frozenset(cast("list[date]", dagen)), jaar)


def _velden(bestand: Mapping[str, Any], tabel: str, toegestaan: set[str]) -> dict[str, Any]:
    vreemd = bestand.keys() - toegestaan
    inhoud: Any = bestand.get(tabel)
    if vreemd or not isinstance(inhoud, dict):
        raise OngeldigeRegeling(f"Een regelbestand heeft alleen de tabellen {', '.join(sorted(toegestaan))}.")
    return cast("dict[str, Any]", inhoud)


def _lees_regels(regels: Mapping[str, Any]) -> dict[str, list[Regelversie]]:
    gelezen: dict[str, list[Regelversie]] = {}
    for naam, versies in regels.items():
        try:
            gelezen[naam] = [Regelversie(**versie) for versie in versies]
        except TypeError as fout:  # een veld te veel of te weinig
            raise OngeldigeRegeling(f"De velden van '{naam}' kloppen niet: {fout}.") from fout
        except OngeldigeRegeling as fout:
            raise OngeldigeRegeling(f"De regel '{naam}' klopt niet: {fout.melding}.") from fout
    return gelezen


def _weiger_verkeerd_soort(regels: Mapping[str, list[Regelversie]], *, beleid: bool) -> None:
    for naam, versies in regels.items():
        if any(versie.beleid is not beleid for versie in versies):
            hoort = "beleid.toml" if not beleid else "het bestand van de wet"
            raise OngeldigeRegeling(f"De regel '{naam}' staat in het verkeerde bestand; hij hoort in {hoort}.")


def _op_volgorde(naam: str, versies: list[Regelversie]) -> tuple[Regelversie, ...]:
    """Zet de versies op volgorde; weiger overlap en gaten, zodat er op elke dag precies één geldt."""
    if not _NAAM.fullmatch(naam) or not versies:
        raise OngeldigeRegeling(f"'{naam}' is geen goede naam voor een regel, of heeft geen versies.")
    gesorteerd = sorted(versies, key=lambda versie: versie.geldig_van)
    for eerder, later in pairwise(gesorteerd):
        if eerder.geldig_tot != later.geldig_van:
            raise OngeldigeRegeling(
                f"De versies van '{naam}' sluiten niet aan bij {later.geldig_van.isoformat()}.",
                "Zet geldig_tot van de oude versie op geldig_van van de nieuwe.",
            )
        if not later.beleid and not later.overgangsrecht:
            raise OngeldigeRegeling(f"De nieuwe versie van '{naam}' zegt niets over lopende dossiers.")
    return tuple(gesorteerd)


def _lees(bestandsnaam: str) -> dict[str, Any]:
    return tomllib.loads(files("domein.regeling").joinpath(bestandsnaam).read_text(encoding="utf-8"))


@cache
def regeling() -> Regeling:
    """De regeling die met deze software meekomt."""
    return maak_regeling(_lees("wi2021.toml"), _lees("beleid.toml"))


@cache
def feestdagen() -> Feestdagen:
    """De aangewezen dagen die met deze software meekomen."""
    return maak_feestdagen(_lees("feestdagen.toml"))
