"""Alle wegen naar een besluit, door de echte handelingen: elke volgorde, door elk van twee mandaathouders.

Vanuit elke toestand doet elk van beiden alles wat kan: een concept, de gronden, de tekst, een advies, intrekken,
doorhalen, ondertekenen, in één keer antwoorden, het als feit melden. Twee wegen die bij dezelfde toestand uitkomen,
gaan samen verder; zo houdt het op. Wat er is besloten en door wie, leest `_let_op` uit de gebeurtenissen zelf: die
toets kent de regels van het programma niet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from domein.begrippen import Besluitsoort, Doelgroep, Verificatie
from domein.fouten import RegieFout
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Actor, Gebeurtenis
from domein.handelingen import besluiten
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.melden import meld
from domein.handelingen.samen import antwoord_samen
from domein.handelingen.uitkomst import Antwoord, Deur
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import ALTIJD_TWEE, VORMEN, toestand
from domein.stand import geldende
from tests.eigenschappen.wandeling.wereld import Wereld
from tests.hulp.onderzocht import met_onderzoek
from tests.integratie.regels.besluitleven import Besluitleven
from tests.integratie.regels.leven import COORDINATOR, PIP
from tests.integratie.regels.regio_anders import laad_anders

A, B = Actor("m-gor"), Actor("m-jur")  # beiden mandaathouder van de gemeente, voor alles
MENSEN: Final = (A, B)
ALLES: Final = ", ".join(f'"{soort.value}"' for soort in Besluitsoort)
MANDAAT: Final = 'houders = ["m-gor"]\nbesluiten = ["pip", "pip_wijziging", "weigering", "maatregel"]'
GEVOLG: Final = {uitkomst for _, uitkomst in VORMEN}
ZONDER_MENS: Final = frozenset({"met een token", "in Prefect", "met een link"})
PIPVELDEN: Final = {"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}


@dataclass(frozen=True)
class Begin:
    """Waar de wegen van een soort beginnen: de stap, de uitkomst, en hoe het leven daar komt. A deed al iets."""

    stap: str
    uitkomst: str
    velden: dict[str, Any]
    breng: Callable[[Besluitleven], object]


def _maatregel(leven: Besluitleven) -> None:
    leven.begin(doelgroep=Doelgroep.GEZINSMIGRANT, ontzorgen=False)
    _met_pip(leven)
    leven.op(date(2026, 8, 26))
    feiten: tuple[tuple[str, dict[str, Any]], ...] = (
        ("maatregel_overwogen", {"gedraging": "traject", "gedraging_op": "2026-08-25"}),
        ("maatregel_gewaarschuwd", {"wijze": "brief"}), ("maatregel_voornemen", {"zienswijze_tot": "2026-12-31"}),
        ("maatregel_zienswijze", {"wijze": "mondeling"}),
    )  # fmt: skip
    for soort, gegevens in feiten:
        leven.meld(soort, date(2026, 8, 26), actor=A, **gegevens)


def _met_pip(leven: Besluitleven) -> None:
    """A tekent het PIP dat B opstelde."""
    leven.tot_concept(B).onderzoek_alles(door=B).schrijf(door=B).teken(A).maak_bekend(date(2026, 2, 25))


def _bezwaar(leven: Besluitleven) -> None:
    leven.begin()
    _met_pip(leven)
    leven.op(date(2026, 3, 18))
    leven.meld("bezwaar_ingediend", date(2026, 3, 18), actor=COORDINATOR, tegen="pip", van=1)
    leven.meld("bezwaar_gehoord", date(2026, 3, 18), actor=COORDINATOR, wijze="gehoord")


def _voorstel(leven: Besluitleven) -> None:
    leven.begin()
    _met_pip(leven)
    leven.op(date(2026, 6, 1)).meld(
        "pip_voorstel", date(2026, 6, 1), actor=A, voorstel="leerroute", naar="z", onderwijsroute_onderzocht=True
    )


def _intake(leven: Besluitleven) -> None:
    leven.begin()
    leven.tot_intake_gereed()
    leven.op(date(2026, 2, 25))


BEGINNEN: Final = {
    Besluitsoort.PIP: Begin("pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN, _intake),
    Besluitsoort.PIP_WIJZIGING: Begin("pip/leerroute/1", "pip_vastgesteld", PIPVELDEN | {"leerroute": "z"}, _voorstel),
    Besluitsoort.WEIGERING: Begin("pip/leerroute/1", "voorstel_afgewezen", {"redencode": "anders"}, _voorstel),
    Besluitsoort.MAATREGEL: Begin(
        "maatregel/besluit/1", "maatregel_besloten",
        {"opgelegd": True, "bedrag": 25, "verwijtbaarheid": "normaal", "redencode": "verwijtbaar"}, _maatregel,
    ),
    Besluitsoort.BESLISSING_OP_BEZWAAR: Begin(
        "bezwaar/beslissen/1", "bezwaar_beslist", {"uitkomst": "ongegrond"}, _bezwaar
    ),
}  # fmt: skip


@dataclass
class Tocht:
    """Wat er onderweg gebeurde: hoeveel er is geprobeerd, hoe er is besloten, en welke weg de regel brak."""

    geprobeerd: int = 0
    gelukt: int = 0
    toestanden: int = 0
    besloten: set[tuple[str, bool]] = field(default_factory=set[tuple[str, bool]])  # tekenaar, met een concept
    gebroken: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Foto:
    """De hele database en de klok van dat moment."""

    inhoud: bytes
    moment: datetime


def maak_foto(wereld: Wereld) -> Foto:
    with wereld._verbinding() as verbinding:  # pyright: ignore[reportPrivateUsage]
        return Foto(verbinding.serialize(), wereld.klok.moment)


@cache
def _wereld(*, tweede_persoon: bool) -> tuple[Wereld, Foto]:
    """De voorbeeldregio waarin A en B alles mogen tekenen, met of zonder de eis van een tweede persoon."""
    wereld = Wereld()
    extra = "\ntweede_persoon = true" if tweede_persoon else ""
    with TemporaryDirectory() as map_:
        nieuw = f'houders = ["m-gor", "m-jur"]\nbesluiten = [{ALLES}]{extra}'
        laad_anders(Besluitleven(wereld.omgeving), Path(map_), (MANDAAT, nieuw))
    wereld.magazijn.gelezen.regio.clear()
    return wereld, maak_foto(wereld)


class Wegen:
    """Loopt alle wegen van één soort besluit, onder een mandaat dat wel of geen tweede persoon vraagt."""

    def __init__(self, soort: Besluitsoort, *, tweede_persoon: bool) -> None:
        self.wereld, leeg = _wereld(tweede_persoon=tweede_persoon)
        self.soort, self.tweede_persoon, self.begin = soort, tweede_persoon, BEGINNEN[soort]
        self.leven = Besluitleven(self.wereld.omgeving)
        self._terug(leeg)
        self.begin.breng(self.leven)
        self.eerder = max((g.volgnummer for g in self.leven.gebeurtenissen()), default=0)

    # --- onthouden en teruggaan
    def _terug(self, foto: Foto) -> None:
        with self.wereld._verbinding() as verbinding:  # pyright: ignore[reportPrivateUsage]
            verbinding.deserialize(foto.inhoud)
        self.wereld.klok.moment = foto.moment
        self.wereld.magazijn.gelezen.reeks.clear()

    # --- lopen
    def loop(self, *, tot_het_breekt: bool = False) -> Tocht:
        tocht = Tocht()
        rand: list[tuple[Foto, tuple[str, ...]]] = [(maak_foto(self.wereld), ())]
        gezien = {self._toestand()}
        while rand and not (tot_het_breekt and tocht.gebroken):
            foto, weg = rand.pop()
            tocht.toestanden += 1
            self._terug(foto)  # het nummer van het lopende concept volgt uit deze toestand
            for naam, doe in list(self._handelingen()):
                self._terug(foto)
                tocht.geprobeerd += 1
                try:
                    doe()
                except RegieFout:
                    continue
                tocht.gelukt += 1
                verder = (*weg, naam)
                self._let_op(tocht, verder)
                sleutel = self._toestand()
                if sleutel not in gezien:
                    gezien.add(sleutel)
                    rand.append((maak_foto(self.wereld), verder))
        return tocht

    def _handelingen(self) -> Iterator[tuple[str, Callable[[], object]]]:
        hier, begin = (self.leven.omgeving, self.leven.dossier_id), self.begin
        nummer = self._nummer()
        vandaag = self.leven.omgeving.klok.vandaag()
        bekend = {"bekendgemaakt_op": str(vandaag)} if begin.uitkomst == "pip_vastgesteld" else {}
        grond = {"grond": "leerroute"} if self.soort is Besluitsoort.PIP_WIJZIGING else {}
        als_feit = (
            met_onderzoek(begin.uitkomst, begin.velden)
            | bekend
            | grond
            | ({} if begin.uitkomst == "pip_vastgesteld" else {"nummer": 1})
        )
        for wie in MENSEN:
            daden: dict[str, Callable[[], object]] = {
                "concept": lambda wie=wie: besluiten.maak_concept(
                    *hier, begin.stap, begin.uitkomst, begin.velden, wie, reden="gezien"
                ),
                "tekst": lambda wie=wie: self._tekst(nummer, wie),
                "onderteken": lambda wie=wie: besluiten.onderteken(*hier, nummer, wie, reden="gezien"),
                "in één keer": lambda wie=wie: self.leven.antwoord(
                    begin.stap, begin.uitkomst, vandaag, door=wie, reden="gezien", **(begin.velden | bekend)
                ),
                **self._andere_deuren(wie, vandaag, als_feit, begin.velden | bekend),
                "als feit": lambda wie=wie: meld(*hier, begin.uitkomst, vandaag, als_feit, wie, reden="gezien"),
                "trek in": lambda wie=wie: besluiten.trek_in(*hier, nummer, "anders", wie, "Gaat niet door."),
                "haal tekst door": lambda wie=wie: self._haal_door(wie, "besluit_tekst"),
                "haal concept door": lambda wie=wie: self._haal_door(wie, "besluit_concept"),
            }
            yield from ((f"{wie.code}: {naam}", doe) for naam, doe in daden.items())
        # Wie een grond onderzoekt of adviseert, schrijft niet: dat door één van beiden te laten doen, is genoeg.
        yield "gronden", lambda: self._gronden(nummer)
        yield "advies", lambda: besluiten.geef_advies(*hier, nummer, "positief", "Past goed.", A)

    def _andere_deuren(
        self, wie: Actor, vandaag: date, als_feit: dict[str, Any], velden: dict[str, Any]
    ) -> dict[str, Callable[[], object]]:
        """Dezelfde uitkomst uit een bestand, met een token, in Prefect, met een link uit een mail, en veel tegelijk."""
        leven, begin = self.leven, self.begin
        hier, antwoord = (leven.omgeving, leven.dossier_id), met_onderzoek(begin.uitkomst, velden)

        def door(deur: Deur, verificatie: Verificatie = Verificatie.AANGEMELD) -> object:
            return leven.antwoord(
                begin.stap, begin.uitkomst, vandaag, door=Actor(wie.code, verificatie), deur=deur, reden="gezien",
                **velden,
            )  # fmt: skip

        def samen() -> object:
            stap = leven.stap(begin.stap)
            een = Antwoord(stap.id, begin.uitkomst, vandaag, antwoord, wie, reden="gezien")
            (uitslag,) = antwoord_samen(leven.omgeving, [een])
            if isinstance(uitslag, RegieFout):
                raise uitslag
            return uitslag

        return {
            "uit een bron": lambda: meld(
                *hier, begin.uitkomst, vandaag, als_feit, wie, reden="gezien", bron="bestand", bronkenmerk="rij-1"
            ),
            "met een token": lambda: door("api"),
            "in Prefect": lambda: door("prefect"),
            "met een link": lambda: door("portaal", Verificatie.GETEKENDE_LINK),
            "samen": samen,
        }  # fmt: skip

    def _gronden(self, nummer: int) -> None:
        stand = self.leven.stand()
        besluit = stand.besluiten.get(nummer)
        for grond in gronden_voor(self.soort, asiel=stand.is_asiel):
            if besluit is None or grond.code not in besluit.gronden:
                besluiten.leg_grond_vast(
                    self.leven.omgeving, self.leven.dossier_id, nummer, grond.code, "onderzocht", "Gedaan.", A
                )

    def _tekst(self, nummer: int, wie: Actor) -> None:
        """Een gemotiveerde tekst; ook als er geen concept is, want dan hoort de handeling te weigeren."""
        tekst = (
            f"Besluit van [datum], door [ondertekenaar]. Daarom past dit ({wie.code}). U kunt binnen zes weken bezwaar "
            "maken, of in beroep gaan bij de rechtbank."
        )
        besluiten.schrijf_tekst(self.leven.omgeving, self.leven.dossier_id, nummer, tekst, wie)

    def _haal_door(self, wie: Actor, soort: str) -> None:
        nieuw = [g for g in geldende(self.leven.gebeurtenissen()) if g.volgnummer > self.eerder and g.soort == soort]
        if nieuw:
            laatste = max(nieuw, key=lambda g: g.volgnummer)
            haal_door(self.leven.omgeving, self.leven.dossier_id, str(laatste.id), wie, "vergissing")

    # --- kijken
    def _nummer(self) -> int:
        return max((g.gegevens.nummer for g in self._nieuwe() if isinstance(g.gegevens, s.BesluitConcept)), default=1)

    def _nieuwe(self) -> list[Gebeurtenis]:
        return [g for g in geldende(self.leven.gebeurtenissen()) if g.volgnummer > self.eerder]

    def _toestand(self) -> object:
        """Alles wat voor het vervolg uitmaakt: hoe ver het besluit is, wie schreef, wat er al is onderzocht."""
        stand, nieuw = self.leven.stand(), self._nieuwe()
        besloten = frozenset(g.soort for g in nieuw if g.soort in GEVOLG)
        nummers = {g.gegevens.nummer for g in nieuw if isinstance(g.gegevens, s.BesluitConcept)}
        lopend = [b for n, b in stand.besluiten.items() if n in nummers and b.ingetrokken_op is None]
        hoever = [(toestand(b), b.schrijvers, len(b.gronden), min(b.versie, 2)) for b in lopend[-1:]]
        return besloten, *hoever

    def _let_op(self, tocht: Tocht, weg: tuple[str, ...]) -> None:
        nieuw = self._nieuwe()
        for besluit in (g for g in nieuw if g.soort in GEVOLG):
            tekenaar = getattr(besluit.gegevens, "mandaathouder", besluit.actor.code)
            nummer = getattr(besluit.gegevens, "besluit", None)
            schreven = {
                g.actor.code for g in nieuw
                if isinstance(g.gegevens, s.BesluitConcept | s.BesluitTekst) and g.gegevens.nummer == nummer
            }  # fmt: skip
            tocht.besloten.add((tekenaar, nummer is not None))
            if weg[-1].split(": ")[-1] in ZONDER_MENS:
                tocht.gebroken.append(f"een deur die geen mens kent nam een besluit: {' → '.join(weg)}")
            if waarom := self._waarom_gebroken(besluit, tekenaar, nummer, schreven):
                tocht.gebroken.append(f"{waarom}: {' → '.join(weg)}")

    def _waarom_gebroken(self, besluit: Gebeurtenis, tekenaar: str, nummer: int | None, schreven: set[str]) -> str:
        """De wet en het mandaat, los van het programma: artikel 10:3 leden 3 en 4 Awb, en de tweede persoon."""
        if besluit.actor.code != tekenaar:
            return "een ander dan wie het deed staat als tekenaar"
        if self.tweede_persoon or self.soort in ALTIJD_TWEE:
            if nummer is None:
                return "besloten zonder concept"
            if not schreven or tekenaar in schreven:
                return "schrijver en tekenaar zijn dezelfde"
        if self.soort in (Besluitsoort.MAATREGEL, Besluitsoort.BESLISSING_OP_BEZWAAR) and tekenaar == A.code:
            return "wie meldde of het bestreden besluit nam, besloot zelf"
        return ""


__all__ = ["BEGINNEN", "PIP", "Tocht", "Wegen"]
