"""Eén dossier door de echte handelingen laten lopen, zodat een test alleen noemt waar hij over gaat."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from adapters.sjablonen import Sjablonen
from domein.begrippen import Berichtstatus, Stapstatus, Verificatie
from domein.gebeurtenissen.basis import SYSTEEM, Actor, Gebeurtenis
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.kern import Uitwerking, kader
from domein.handelingen.melden import meld
from domein.handelingen.openen import GeopendeStap, open_stap
from domein.handelingen.regio import laad_regio
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Bericht, Dossier, Stap
from domein.ports import Omgeving
from domein.regels.planning import plan
from domein.regels.planvormen import Plan
from domein.registratie_invoer import Kennisgevingsrij
from domein.stand import Stand, vouw
from tests.hulp.onderzocht import met_onderzoek

VOORBEELD = Path(__file__).parents[3] / "voorbeelden" / "avres"
GEMEENTEN = ("GM0512", "GM1978", "GM1961")
MANDAAT = Actor("m-gor", Verificatie.AANGEMELD)
DUO = Actor("duo", Verificatie.ZELFVERKLAARD)
COORDINATOR = Actor("m-reg", Verificatie.AANGEMELD)
PIP = {"leerroute": "b1", "aantal_gesprekken": 5, "interval_maanden": 6}


def omgeving_van(magazijn: SqlMagazijn, klok: Any) -> Omgeving:
    links = GetekendeLinks("geheim-van-deze-test", "http://testserver", klok)
    omgeving = Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links)
    laad_regio(omgeving, laad_regiobestand(VOORBEELD), SYSTEEM)
    return omgeving


def rij(**anders: Any) -> Kennisgevingsrij:
    """De eerste persoon van het voorbeeld: asielstatushouder in Gorinchem, kennisgeving 5 januari 2026."""
    gelezen = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), GEMEENTEN)
    return gelezen.rijen[0].model_copy(update=anders)


class Leven:
    """Een dossier en de klok. Behandelaars antwoorden als wie de stap kreeg."""

    def __init__(self, omgeving: Omgeving) -> None:
        self.omgeving = omgeving
        self.dossier_id = UUID(int=0)

    # --- de klok en het begin
    def op(self, dag: date) -> "Leven":
        self.omgeving.klok.moment = datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)  # pyright: ignore
        return self

    def begin(self, dag: date | None = None, **anders: Any) -> "Leven":
        """Registreer de kennisgeving, op haar eigen dag of later."""
        invoer = rij(**anders)
        self.op(dag or invoer.kennisgeving_op)
        (verslag,) = registreer(self.omgeving, [invoer], SYSTEEM)
        with self.omgeving.magazijn.ruimte() as ruimte:
            self.dossier_id = ruimte.dossier_bij(verslag.referentie).id
        return self

    # --- doen
    def open(self, kenmerk: str) -> GeopendeStap:
        stap = self.stap(kenmerk)
        if stap.start > self.omgeving.klok.vandaag():
            self.op(stap.start)
        return open_stap(self.omgeving, stap.id)

    def antwoord(
        self, kenmerk: str, soort: str, dag: date | None = None, *, door: Actor | None = None, **gegevens: Any
    ) -> Uitwerking:
        """Open de stap zo nodig en geef de uitkomst, op de dag waarop zij geldt."""
        if self.stap(kenmerk).status is Stapstatus.GEPLAND:
            self.open(kenmerk)
        stap = self.stap(kenmerk)
        if dag is not None and dag > self.omgeving.klok.vandaag():
            self.op(dag)
        actor = door or Actor(stap.medewerker or "", Verificatie.GETEKENDE_LINK)
        opties = {naam: gegevens.pop(naam) for naam in ("reden", "deur", "generatie") if naam in gegevens}
        gegevens = met_onderzoek(soort, gegevens)
        return geef_uitkomst(
            self.omgeving, stap.id, soort, dag or self.omgeving.klok.vandaag(), gegevens, actor, **opties
        )

    def meld(self, soort: str, dag: date, *, actor: Actor = DUO, **rest: Any) -> Uitwerking | None:
        opties = {naam: rest.pop(naam) for naam in ("reden", "bron", "bronkenmerk", "bronversie") if naam in rest}
        return meld(self.omgeving, self.dossier_id, soort, dag, met_onderzoek(soort, rest), actor, **opties)

    def haal_door(self, g: Gebeurtenis, reden: str = "naamgenoot") -> Uitwerking:
        """Een besluit haalt de mandaathouder door, al het andere de coordinator."""
        vorige = {str(e.id): e for e in self.gebeurtenissen()}
        over = vorige.get(str(getattr(g.gegevens, "gebeurtenis", "")), g)
        wie = MANDAAT if over.soort == "pip_vastgesteld" else COORDINATOR
        return haal_door(self.omgeving, self.dossier_id, str(g.id), wie, reden)

    def tot_intake(self) -> "Leven":
        self.antwoord(
            "intake/oproep/1",
            "oproep_verzonden",
            date(2026, 1, 7),
            afspraak_op="2026-01-21",
            waarschuwing=False,
        )
        self.antwoord(
            "intake/gesprek/1",
            "intake_gehouden",
            date(2026, 1, 21),
            leerbaarheidstoets_op="2026-01-21",
            advies="b1",
        )
        return self

    def tot_pip(self, dag: date = date(2026, 2, 25), **anders: Any) -> "Leven":
        self.tot_intake()
        self.antwoord(
            "pip/vaststellen/1",
            "pip_vastgesteld",
            dag,
            door=MANDAAT,
            **(PIP | {"bekendgemaakt_op": dag.isoformat()} | anders),
        )
        return self

    def post_is_aanvaard(self, ids: Iterable[UUID] | None = None) -> None:
        """Doe alsof de postbode alles wat wacht heeft afgeleverd."""
        with self.omgeving.magazijn.ruimte() as ruimte:
            for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
                if ids is None or bericht.id in set(ids):
                    bericht.status = Berichtstatus.AANVAARD
                    bericht.aanvaard_op = self.omgeving.klok.nu()
                    bericht.pogingen = 1
                    ruimte.bewaar(bericht)

    # --- kijken
    def stap(self, kenmerk: str) -> Stap:
        return self.stappen()[kenmerk]

    def stappen(self) -> dict[str, Stap]:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return {stap.kenmerk: stap for stap in ruimte.stappen(self.dossier_id)}

    def staat(self) -> dict[str, tuple[str, date, date]]:
        """De onafgemaakte stappen met hun dagen."""
        return {
            k: (s.status.value, s.start, s.streef)
            for k, s in self.stappen().items()
            if s.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)
        }

    def gebeurtenissen(self) -> tuple[Gebeurtenis, ...]:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return ruimte.gebeurtenissen(self.dossier_id)

    def laatste(self, soort: str) -> Gebeurtenis:
        return next(g for g in reversed(self.gebeurtenissen()) if g.soort == soort)

    def telling(self) -> Counter[str]:
        return Counter(g.soort for g in self.gebeurtenissen())

    def stand(self) -> Stand:
        return vouw(self.gebeurtenissen())

    def plan(self) -> Plan:
        return plan(self.stand(), kader())

    def dossier(self) -> Dossier:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return ruimte.dossier(self.dossier_id)

    def post(self, kenmerk: str | None = None) -> list[Bericht]:
        stap_id = self.stap(kenmerk).id if kenmerk else None
        with self.omgeving.magazijn.ruimte() as ruimte:
            return sorted(
                ruimte.berichten(dossier_id=self.dossier_id, stap_id=stap_id),
                key=lambda b: (b.aangemaakt_op, b.generatie, b.soort),
            )

    def soorten_post(self, kenmerk: str) -> list[tuple[str, int, str]]:
        return [(b.soort, b.generatie, b.status.value) for b in self.post(kenmerk)]


MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def noemt(tekst: str, dag: date) -> bool:
    """Zeg of een tekst deze dag noemt, in cijfers of in woorden."""
    return dag.isoformat() in tekst or f"{dag.day} {MAANDEN[dag.month - 1]}" in tekst


def zonder(gebeurtenissen: Iterable[Gebeurtenis], weg: Gebeurtenis) -> tuple[Gebeurtenis, ...]:
    """F − f, zoals regel 11 het schrijft."""
    return tuple(g for g in gebeurtenissen if g.id != weg.id)


__all__ = [
    "COORDINATOR",
    "DUO",
    "GEMEENTEN",
    "MANDAAT",
    "PIP",
    "VOORBEELD",
    "Leven",
    "omgeving_van",
    "rij",
    "zonder",
]
