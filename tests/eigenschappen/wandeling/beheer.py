"""Wat coordinatoren, mandaathouders en contractmanagers in een leven doen."""

from collections.abc import Callable
from datetime import timedelta

from domein.begrippen import Pauzegrond, Stapsoort, Stapstatus, Verificatie
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.dossierbeheer import herplan_een, hervat, pauzeer, wijs_toe
from domein.handelingen.maatwerk import beeindig_maatwerk, stel_maatwerk_vast
from domein.handelingen.overdragen import bied_aan
from domein.handelingen.persoon import wijzig
from domein.handelingen.stapbeheer import draag_over, heropen, sla_over, verzet, zet_opnieuw
from domein.handelingen.uitval import meld_uitval
from domein.model import Stap
from domein.regels.uitvoerder import uitvoerder_van
from domein.stand import AANMELDING
from tests.eigenschappen.wandeling.gang import Gang

MANDAAT = {"GM0512": "m-gor", "GM1978": "m-mol", "GM1961": "m-vij"}
COORDINATOR = Actor("m-reg", Verificatie.AANGEMELD)
UITVOERING = Actor("m-wil", Verificatie.AANGEMELD)
KLANTMANAGERS = ("m-kos", "m-tha", "m-jdb", "m-jdb", "m-kos", "m-mer")


class Beheer(Gang):
    """De acts van ops op een stap, en op een heel dossier."""

    def beheer(self) -> None:
        acts: list[tuple[float, Callable[[], object]]] = [
            (3, self._stap_over), (4, self._stap_verzet), (3, self._stap_overdragen), (4, self._stap_heropen),
            (1, self._stap_opnieuw), (2, self._klantmanager), (2, self._pauze), (1, self._persoon), (1, self._herplan),
            (4, self._maatwerk), (2, self._aanbod), (2, self._uitval),
        ]  # fmt: skip
        gewichten, keuzes = zip(*acts, strict=True)
        self.rng.choices(keuzes, gewichten)[0]()

    def _onaf(self) -> Stap | None:
        onaf = [*self.beeld.open, *self.beeld.gepland]
        return self.rng.choice(onaf) if onaf else None

    # --- op een stap
    def _stap_over(self) -> None:
        if (stap := self._onaf()) is not None and not stap.besluit:
            self.doe(f"overslaan {stap.kenmerk}", lambda: sla_over(self.omgeving, stap.id, COORDINATOR, "druk"))

    def _stap_verzet(self) -> None:
        if (stap := self._onaf()) is not None:
            dag = max(self.vandaag, stap.streef + timedelta(days=self.rng.randint(-10, 60)))
            wat = f"verzet {stap.kenmerk} {dag}"
            self.doe(wat, lambda: verzet(self.omgeving, stap.id, dag, COORDINATOR, "druk"))

    def _stap_overdragen(self) -> None:
        ander = self.rng.choice(KLANTMANAGERS)
        if (stap := self._onaf()) is not None:
            wat = f"draag-over {stap.kenmerk} {ander}"
            self.doe(wat, lambda: draag_over(self.omgeving, stap.id, ander, COORDINATOR, "druk"))

    def _stap_heropen(self) -> None:
        over = [stap for stap in self.beeld.stappen.values() if stap.status is Stapstatus.OVERGESLAGEN]
        if over:
            stap = self.rng.choice(over)
            self.doe(f"heropen {stap.kenmerk}", lambda: heropen(self.omgeving, stap.id, COORDINATOR, "toch nodig"))

    def _stap_opnieuw(self) -> None:
        if (stap := self._onaf()) is not None:
            self.doe(f"opnieuw {stap.kenmerk}", lambda: zet_opnieuw(self.omgeving, stap.id, COORDINATOR, "hing"))

    # --- op het dossier
    def _klantmanager(self) -> None:
        ander, dossier_id = self.rng.choice(KLANTMANAGERS), self.beeld.dossier_id
        self.doe(f"wijs-toe {ander}", lambda: wijs_toe(self.omgeving, dossier_id, ander, COORDINATOR, "wissel"))

    def _pauze(self) -> None:
        dossier_id, grond = self.beeld.dossier_id, self.rng.choice(list(Pauzegrond))
        if any(pauze.hervat_op is None for pauze in self.beeld.stand.pauzes.values()):
            self.doe("hervat-dossier", lambda: hervat(self.omgeving, dossier_id, COORDINATOR, "beter"))
        elif self.beeld.stand.einde is None:
            self.doe("pauzeer-dossier", lambda: pauzeer(self.omgeving, dossier_id, grond, COORDINATOR, "even niet"))

    def _persoon(self) -> None:
        dossier_id, adres = self.beeld.dossier_id, {"straat": f"Proefweg {self.rng.randint(1, 99)}"}
        self.doe("wijzig-persoon", lambda: wijzig(self.omgeving, dossier_id, adres, COORDINATOR, "verhuisd"))

    def _herplan(self) -> None:
        """Niets is veranderd, dus verandert er niets."""
        dossier_id = self.beeld.dossier_id

        def act() -> None:
            assert herplan_een(self.omgeving, dossier_id, COORDINATOR).wijzigingen == ()

        self.doe("herplan", act)

    # --- over wie wat doet
    def _maatwerk(self) -> None:
        dossier_id = self.beeld.dossier_id
        lopend = [n for n, er in self.beeld.stand.maatwerk.items() if er.beeindigd_op is None]
        if lopend:
            self.doe(
                f"maatwerk-einde {lopend[0]}",
                lambda: beeindig_maatwerk(self.omgeving, dossier_id, lopend[0], UITVOERING, "niet meer nodig"),
            )
            return
        tot = self.vandaag + timedelta(days=self.rng.randint(10, 300))
        self.doe(
            f"maatwerk tot {tot}",
            lambda: stel_maatwerk_vast(
                self.omgeving,
                dossier_id,
                Stapsoort.AANMELDING,
                "taalhuis-lingestroom",
                tot,
                UITVOERING,
                "dichterbij",
                meer=self.rng.choice([None, {"rol": "aanbieder"}]),
            ),
        )

    def _aanbod(self) -> None:
        ander, dossier_id = self.rng.choice(KLANTMANAGERS), self.beeld.dossier_id
        self.doe(f"bied-aan {ander}", lambda: bied_aan(self.omgeving, dossier_id, ander, COORDINATOR, "wissel"))

    def _uitval(self) -> None:
        acceptatie = self.beeld.stand.acceptatie
        wie = uitvoerder_van(self.beeld.stand, f"{AANMELDING}{acceptatie.nummer}") if acceptatie else None
        if wie is not None:
            self.doe(
                f"uitval {wie.partner}",
                lambda: meld_uitval(self.omgeving, wie.partner, "gestopt", COORDINATOR, "failliet"),
            )
