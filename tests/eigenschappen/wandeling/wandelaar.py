"""Eén leven van vijf jaar, uit een zaadje: behandelaars antwoorden, er gebeurt van alles, en alles gaat door de
echte handelingen.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from domein.begrippen import Berichtstatus, Doelgroep, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.bericht import wacht_tot_open
from domein.handelingen.bevoegdheid import BRONNEN
from domein.handelingen.doorhalen import haal_door, proef_doorhaling
from domein.handelingen.huishouden import voeg_samen
from domein.handelingen.koppelen import koppel
from domein.handelingen.mandaat import BESLUITEN
from domein.handelingen.melden import meld
from domein.handelingen.openen import open_stap
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.regels.planning import plan
from domein.registratie_invoer import Kennisgevingsrij
from domein.registratie_koppeling import Koppelingsrij
from domein.stand import vouw
from tests.eigenschappen.wandeling.antwoorden import AARDEN, kies_uitkomst, vul_in
from tests.eigenschappen.wandeling.beheer import COORDINATOR, MANDAAT
from tests.eigenschappen.wandeling.besluiten import Besluiten
from tests.eigenschappen.wandeling.nagaan import Beeld
from tests.eigenschappen.wandeling.voorvallen import KADER, REGIO, Moment, Voorval, kies_voorval
from tests.integratie.regels.leven import GEMEENTEN, VOORBEELD

HANDELINGEN = 34
# Wie alleen bijzaken afhandelt, komt nooit bij een PIP.
RODE_DRAAD = (
    "intake/oproep", "intake/gesprek", "intake/ambtshalve", "pip/", "aanbieder/", "voortgang/", "eindgesprek",
    "registratie/kennisgeving", "einde/",
)  # fmt: skip
DUO = Actor("duo")
ALTIJD_TWEE = ("bezwaar/beslissen/", "maatregel/besluit/")  # daar tekent een ander dan wie het voorbereidt
_RIJEN = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), GEMEENTEN).rijen


class Persoon:
    """Wat DUO en het COA over één persoon doorgeven; een verbetering is een hogere versie."""

    def __init__(self, rij: Kennisgevingsrij) -> None:
        self.rij = rij
        self.koppeling: Koppelingsrij | None = None
        self.kennisgeving: Kennisgevingsrij | None = None


class Wandeling(Besluiten):
    def loop(self) -> "Wandeling":
        self.bronfeiten: list[tuple[Voorval, str, int]] = []
        self.personen: list[Persoon] = []
        self.aard = self.rng.choice(AARDEN)
        self._begin(_RIJEN[0])
        if self.rng.random() < 0.15:
            self._begin(_RIJEN[1])
            self._huishouden()
        for nog in range(HANDELINGEN, 0, -1):
            over = [n for n, beeld in enumerate(self.beelden) if not beeld.gewist]  # evenveel als personen
            if self.vandaag >= self.einddag or not over:
                break
            gekozen = self.rng.choice(over)
            self.beeld, self.persoon = self.beelden[gekozen], self.personen[gekozen]
            self._iets(nog)
        self.sluit_af()
        return self

    def _iets(self, nog: int) -> None:
        herstel, drukte = self.aard.get("verwarring", 1), self.aard.get("drukte", 1)
        keuzes: list[tuple[float, Callable[[], object]]] = [
            (50 if self.beeld.open else 0, self._antwoord), (12 * drukte, self._voorval),
            (7 * drukte, self.beheer), (3, self._post), (3 * self.aard.get("besluiten", 1), self.besluit),
            (3 * herstel, self._verbeter), (3 * herstel, self._haal_door), (1.5 * herstel, self._tweede_antwoord),
            (10 if self.persoon.kennisgeving is None else 2 * herstel, self._van_duo), (18, lambda: self._tijd(nog)),
        ]  # fmt: skip
        gewichten, acts = zip(*keuzes, strict=True)
        self.rng.choices(acts, gewichten)[0]()

    # --- het begin
    def _begin(self, basis: Kennisgevingsrij) -> None:
        doelgroep = self.rng.choice(list(Doelgroep))
        asiel = doelgroep is Doelgroep.ASIELSTATUSHOUDER
        dag = self.vandaag - timedelta(days=self.rng.choice([0, 0, 0, 30, 100]))
        rij = basis.model_copy(
            update={
                "doelgroep": doelgroep, "gemeente": self.rng.choice(REGIO), "kennisgeving_op": dag,
                "ontzorgen": asiel and self.rng.random() < 0.6, "nareiziger": asiel and self.rng.random() < 0.2,
                "brp_inschrijving": self.rng.choice([None, dag - timedelta(days=30), dag]), "huishouden": None,
            }
        )  # fmt: skip
        if self.rng.random() < 0.15:
            elders = {"vorige_gemeente": "GM0363", "brp_inschrijving": dag}
            if self.rng.random() < 0.6:
                elders |= {"eerste_pip_op": dag - timedelta(days=200), "eerste_pip_leerroute": "b1"}
            rij = rij.model_copy(update=elders)
        if self.rng.random() < 0.15:
            rij = rij.model_copy(
                update={"geboortedatum": date(2009, 3, 17) if self.rng.random() < 0.5 else date(1960, 5, 2)}
            )
        persoon = Persoon(rij)
        self.personen.append(persoon)
        if asiel and rij.vorige_gemeente is None and self.rng.random() < 0.5:
            self._koppel(persoon, {})
        else:
            self._kennisgeving(persoon, {})

    def _koppel(self, persoon: Persoon, anders: dict[str, Any]) -> None:
        velden = set(Koppelingsrij.model_fields)
        oud = persoon.koppeling
        rij = oud or Koppelingsrij.model_construct(
            **{naam: waarde for naam, waarde in persoon.rij if naam in velden}
            | {"kenmerk": f"COA-{persoon.rij.kenmerk}", "koppeling_op": self.vandaag, "azc": "azc-budel"}
        )
        nieuw = rij.model_copy(update={"versie": oud.versie + 1 if oud else 1, **anders})
        if self._registreer(
            f"koppeling {nieuw.gemeente} versie {nieuw.versie}", lambda: koppel(self.omgeving, [nieuw], SYSTEEM)
        ):
            persoon.koppeling = nieuw

    def _kennisgeving(self, persoon: Persoon, anders: dict[str, Any]) -> None:
        oud = persoon.kennisgeving
        rij = oud or persoon.rij
        nieuw = rij.model_copy(update={"versie": oud.versie + 1 if oud else 1, **anders})
        wie = f"{nieuw.gemeente} {nieuw.doelgroep} {nieuw.status}"
        wat = f"kennisgeving {wie} op {nieuw.kennisgeving_op} versie {nieuw.versie}"
        if self._registreer(wat, lambda: registreer(self.omgeving, [nieuw], DUO)):
            persoon.kennisgeving = nieuw

    def _registreer(self, wat: str, act: Callable[[], Any]) -> bool:
        """Het eerste bericht over iemand maakt zijn dossier."""

        def registreer_en_ken() -> None:
            (verslag,) = act()
            if len(self.beelden) < len(self.personen):
                with self.omgeving.magazijn.ruimte() as ruimte:
                    self.beelden.append(Beeld(ruimte.dossier_bij(verslag.referentie).id))

        return self.doe(wat, registreer_en_ken)

    def _huishouden(self) -> None:
        with self.omgeving.magazijn.ruimte() as ruimte:
            leden = [ruimte.dossier(beeld.dossier_id).referentie for beeld in self.beelden]
        self.doe("huishouden", lambda: voeg_samen(self.omgeving, leden, COORDINATOR, "gezin"))

    # --- de tijd
    def _tijd(self, nog: int) -> None:
        """Ga naar de dag waarop de volgende stap begint, of verder; open dan wat aan de beurt is."""
        starts = [stap.start for beeld in self.beelden for stap in beeld.gepland if stap.start > self.vandaag]
        sprong = (min(starts) - self.vandaag).days if starts else 30
        # Tot het PIP en na het einde gaat het stap voor stap; daartussen, en aan het slot, gaan de jaren voorbij.
        onderweg = any(beeld.stand.pips and beeld.stand.einde is None for beeld in self.beelden)
        if (onderweg or nog < HANDELINGEN / 3) and self.rng.random() < 0.7:
            rest = (self.einddag - self.vandaag).days / max(nog, 1)
            sprong = max(sprong, round(rest * self.rng.uniform(1, 6)))
        self.wereld.dagen_verder(max(1, min(sprong, 500)))
        for beeld in self.beelden:
            aan_de_beurt = [stap for stap in beeld.gepland if stap.start <= self.vandaag]
            aan_de_beurt.sort(key=lambda stap: (not stap.kenmerk.startswith(RODE_DRAAD), stap.start, stap.kenmerk))
            for stap in aan_de_beurt[: self.rng.randint(1, 4)]:
                self._open(stap)

    def _open(self, stap: Stap) -> None:
        self.doe(f"opent {stap.kenmerk}", lambda: open_stap(self.omgeving, stap.id))

    def _post(self) -> None:
        """De postbode levert af wat mag; bij een dicht kantoor wacht het (I7)."""
        with self.omgeving.magazijn.ruimte() as ruimte:
            for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
                if wacht_tot_open(ruimte, self.omgeving, bericht.ontvanger_code) is None:
                    bericht.status, bericht.pogingen = Berichtstatus.AANVAARD, 1
                    bericht.aanvaard_op = self.omgeving.klok.nu()
                    ruimte.bewaar(bericht)

    # --- antwoorden
    def _antwoord(self) -> None:
        zonder_intake = self.beeld.stand.intake_op is None
        gewichten = [
            0.05 if stap.kenmerk == "pip/vaststellen/1" and zonder_intake  # het mag, maar het hoort niet
            else 8 if stap.kenmerk.startswith(RODE_DRAAD)
            else 1
            for stap in self.beeld.open
        ]  # fmt: skip
        self._beantwoord(self.rng.choices(self.beeld.open, gewichten)[0], terug=120)

    def _tweede_antwoord(self) -> None:
        stappen = [
            stap for stap in self.beeld.stappen.values()
            if stap.status in (Stapstatus.KLAAR, Stapstatus.VERVALLEN, Stapstatus.OVERGESLAGEN)
        ]  # fmt: skip
        if stappen:
            self._beantwoord(self.rng.choice(stappen), terug=0)

    def _beantwoord(self, stap: Stap, terug: int) -> None:
        if stap.kenmerk.startswith(ALTIJD_TWEE):
            if stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN):
                self.neem_besluit(stap)
            return
        uitkomst = kies_uitkomst(self.rng, stap, self.aard)
        op = self._moment().terug(terug) if self.rng.random() < 0.3 else self.vandaag
        gegevens = vul_in(self.rng, uitkomst, stap, self.beeld.stand, op, self.aard)
        wie = Actor(MANDAAT.get(stap.gemeente, "m-gor") if stap.besluit else stap.medewerker or "m-reg")
        self.doe(
            f"{uitkomst.soort} op {op} bij {stap.kenmerk} {gegevens}",
            lambda: geef_uitkomst(self.omgeving, stap.id, uitkomst.soort, op, gegevens, wie, reden="gezien"),
        )

    # --- wat er gebeurt
    def _moment(self) -> Moment:
        begin = self.beeld.gebeurtenissen[0].geldig_op if self.beeld.gebeurtenissen else self.begindag
        return Moment(self.rng, self.beeld.stand, self.vandaag, begin, self.aard)

    def _voorval(self) -> None:
        voorval = kies_voorval(self._moment())
        if voorval is None:
            return
        if self.rng.random() < 0.3 and voorval.door in BRONNEN:
            bronkenmerk = f"F-{len(self.bronfeiten) + 1}"
            self.bronfeiten.append((voorval, bronkenmerk, 1))
            self._meld(voorval, bronkenmerk, 1)
        else:
            self._meld(voorval)

    def _meld(self, voorval: Voorval, bronkenmerk: str | None = None, versie: int = 1) -> bool:
        door = MANDAAT.get(self.beeld.stand.gemeente or "", "m-gor") if voorval.door == "mandaat" else voorval.door
        bron = {"bron": voorval.door, "bronkenmerk": bronkenmerk, "bronversie": versie} if bronkenmerk else {}
        return self.doe(
            f"{voorval.soort} op {voorval.op} {voorval.gegevens} door {door} {bron or ''}",
            lambda: meld(
                self.omgeving, self.beeld.dossier_id, voorval.soort, voorval.op, voorval.gegevens, Actor(door),
                reden="zo gemeld", **bron,
            ),
        )  # fmt: skip

    def _verbeter(self) -> None:
        """De bron stuurt een feit nog eens: hetzelfde, een verbetering, of een oude versie die te laat komt."""
        eigen = [(n, *feit) for n, feit in enumerate(self.bronfeiten)]
        if not eigen:
            return
        n, voorval, bronkenmerk, versie = self.rng.choice(eigen)
        match self.rng.choice(["hetzelfde", "verbeterd", "verbeterd", "ouder"]):
            case "hetzelfde":
                self._meld(voorval, bronkenmerk, versie)
            case "verbeterd":
                nieuw = replace(voorval, op=self._moment().terug(200))
                if self._meld(nieuw, bronkenmerk, versie + 2):
                    self.bronfeiten[n] = (nieuw, bronkenmerk, versie + 2)
            case _:
                self._meld(replace(voorval, op=self._moment().terug(200)), bronkenmerk, max(versie - 1, 1))

    def _van_duo(self) -> None:
        """DUO en het COA: de kennisgeving komt, verandert, wordt ingetrokken, en soms weer niet."""
        persoon, rng = self.persoon, self.rng
        if persoon.kennisgeving is None:
            if rng.random() < 0.3:
                self._koppel(persoon, {"gemeente": rng.choice(REGIO), "koppeling_op": self.vandaag})
            else:
                self._kennisgeving(persoon, {"kennisgeving_op": self._moment().terug(20)})
            return
        match rng.choice(["anders", "anders", "terug", "intrekken", "intrekken"]):
            case "intrekken" if rng.random() < 0.5:
                self._kennisgeving(persoon, {"status": "ingetrokken", "ingetrokken_op": self.vandaag})
            case "terug":
                self._kennisgeving(persoon, {"status": "geldig", "ingetrokken_op": None})
            case _:
                dag = persoon.kennisgeving.kennisgeving_op + timedelta(days=rng.randint(-20, 20))
                anders = {"kennisgeving_op": min(dag, self.vandaag), "gemeente": rng.choice(REGIO)}
                self._kennisgeving(persoon, {"status": "geldig", "ingetrokken_op": None, **anders})

    def _haal_door(self) -> None:
        alle = self.beeld.gebeurtenissen
        f = self.rng.choice(alle[-12:] if self.rng.random() < 0.7 else alle)
        besluit = f.soort in BESLUITEN
        wie = Actor(MANDAAT.get(self.beeld.stand.gemeente or "", "m-gor")) if besluit else COORDINATOR
        dossier_id: UUID = self.beeld.dossier_id

        def act() -> None:
            proef = proef_doorhaling(self.omgeving, dossier_id, str(f.id), wie, "fout")
            if f.soort != "doorgehaald":
                assert proef.plan == plan(vouw([g for g in alle if g.id != f.id]), KADER), (
                    "plan(F + doorhaling) wijkt af"
                )
            haal_door(self.omgeving, dossier_id, str(f.id), wie, "fout")

        self.doe(f"doorhalen van {f.volgnummer} {f.soort} op {f.geldig_op}", act)
