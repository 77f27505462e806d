"""De speler: geeft op elke dag de antwoorden uit het draaiboek, door de deuren die mensen ook gebruiken."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from beheer.demo.besluiten import BESLUIT, doe_besluit
from beheer.demo.levensloop import Levensloop, Regel
from beheer.demo.vullen import Voorbeeld
from domein.begrippen import Stapstatus, Verificatie
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.doorhalen import haal_door
from domein.handelingen.koppelen import koppel
from domein.handelingen.melden import meld
from domein.handelingen.registreren import registreer
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.ports import Omgeving

DUO = Actor("duo-portaal", Verificatie.ZELFVERKLAARD)
COA = Actor("coa", Verificatie.ZELFVERKLAARD)


class NietGeweigerd(RegieFout):
    """Een feit dat volgens het draaiboek moest worden geweigerd, is vastgelegd."""

    code = "niet_geweigerd"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Een regel waarvan de stap nu open staat, met wie haar behandelt."""

    regel: Regel
    stap_id: UUID
    medewerker: str
    generatie: int
    besluit: bool
    run_id: UUID | None


class Speler:
    """Houdt per persoon bij welke regels nog komen. Een regel komt nooit voor zijn dag."""

    def __init__(
        self,
        omgeving: Omgeving,
        lopen: Sequence[Levensloop],
        dossiers: dict[str, UUID],
        voorbeeld: Voorbeeld,
    ) -> None:
        self.omgeving = omgeving
        self.dossiers = dossiers
        self.rijen = dict(voorbeeld.rijen)  # zoals DUO ze het laatst meldde
        self.koppelingen = dict(voorbeeld.koppelingen)
        self.nog = {loop.kenmerk: deque(loop.regels) for loop in lopen}
        self.onderweg: dict[str, list[UUID]] = {}
        self.genoemd: dict[tuple[str, str], Regel] = {}
        self.noem(lopen)

    def noem(self, lopen: Sequence[Levensloop]) -> None:
        """Onthoud de regels met een `id`, zodat een doorhaling ernaar kan wijzen."""
        for loop in lopen:
            self.genoemd |= {(r.kenmerk, str(r.rest["id"])): r for r in loop.regels if "id" in r.rest}

    @property
    def klaar(self) -> bool:
        return not any(self.nog.values())

    def volgende_dag(self) -> date | None:
        """De eerste dag waarop er iets in het draaiboek staat."""
        return min((regels[0].op for regels in self.nog.values() if regels), default=None)

    def laatste_dag_binnen(self, tot: date) -> date:
        """De laatste dag in het draaiboek tot en met `tot`; `tot` zelf als er geen is."""
        dagen = [regel.op for regels in self.nog.values() for regel in regels if regel.op <= tot]
        return max(dagen, default=tot)

    def aan_de_beurt(self, vandaag: date, ook: Callable[[Stap], bool] = lambda _stap: True) -> list[Antwoord]:
        """Doe de feiten van vandaag en eerder, en geef de antwoorden waarvan de stap open is.

        `ook` is een extra eis aan de open stap (in de demo: haar run wacht op een mens). Per persoon gaat de
        volgorde van het draaiboek voor: een antwoord wacht op wat ervoor komt.
        """
        antwoorden: list[Antwoord] = []
        for kenmerk, regels in self.nog.items():
            if self._nog_niet_verwerkt(kenmerk):
                continue
            gegeven = 0
            while regels and regels[0].op <= vandaag:
                regel = regels[0]
                if gegeven and not (regel.stap or "").startswith("duo/"):
                    break  # dit kwam na een antwoord dat eerst moet zijn verwerkt; meldingen aan DUO staan los
                if regel.stap is None:
                    self.doe_feit(regel)
                    regels.popleft()
                    continue
                antwoord = self._bij_open_stap(regel, self.dossiers[kenmerk], ook)
                if antwoord is None:
                    break
                antwoorden.append(antwoord)
                self.onderweg.setdefault(kenmerk, []).append(antwoord.stap_id)
                gegeven += 1
                regels.popleft()
        return antwoorden

    def _nog_niet_verwerkt(self, kenmerk: str) -> bool:
        """Zegt of een gegeven antwoord nog niet is vastgelegd (door Prefect komt het pas als de run loopt)."""
        if not self.onderweg.get(kenmerk):
            return False
        with self.omgeving.magazijn.ruimte() as ruimte:
            over = [i for i in self.onderweg[kenmerk] if ruimte.stap(i).status is Stapstatus.OPEN]
        self.onderweg[kenmerk] = over
        return bool(over)

    def _bij_open_stap(self, regel: Regel, dossier_id: UUID, ook: Callable[[Stap], bool]) -> Antwoord | None:
        with self.omgeving.magazijn.ruimte() as ruimte:
            for stap in ruimte.stappen(dossier_id):
                if stap.kenmerk == regel.stap and stap.status is Stapstatus.OPEN and ook(stap):
                    return Antwoord(regel, stap.id, stap.medewerker or "", stap.generatie, stap.besluit, stap.run_id)
        return None

    def wacht_op(self, vandaag: date) -> list[Regel]:
        """De regels die aan de beurt zijn maar op een open stap wachten."""
        return [regels[0] for regels in self.nog.values() if regels and regels[0].op <= vandaag]

    def doe_feit(self, regel: Regel) -> None:
        """Laat een feit binnenkomen, zoals DUO, de BRP, het COA of een collega het zou melden."""
        if not regel.rest.get("geweigerd"):
            self._leg_vast(regel)
            return
        try:
            self._leg_vast(regel)
        except (OngeldigeGegevens, GeenBevoegdheid):
            return
        raise NietGeweigerd(
            f"{regel.kenmerk}: '{regel.soort}' van {regel.geldig_op} had moeten worden geweigerd.",
            "Kijk wie gelijk heeft: de wet, het draaiboek of het programma.",
        )

    def _leg_vast(self, regel: Regel) -> None:
        dossier_id = self.dossiers[regel.kenmerk]
        if regel.soort == "doorhaling":
            haal_door(self.omgeving, dossier_id, self._wijzer(dossier_id, regel), DUO, str(regel.rest["grond"]))
        elif regel.soort == BESLUIT:
            doe_besluit(self.omgeving, dossier_id, regel)
        elif regel.soort in ("kennisgeving", "kennisgeving_ingetrokken"):
            self._kennisgeving(regel)
        elif regel.soort == "koppeling":
            rij = self.koppelingen[regel.kenmerk]
            self.koppelingen[regel.kenmerk] = rij.model_copy(update={"versie": regel.rest["versie"], **regel.gegevens})
            koppel(self.omgeving, [self.koppelingen[regel.kenmerk]], COA)
        else:
            meld(
                self.omgeving, dossier_id, regel.soort, regel.geldig_op, regel.gegevens, self._wie(regel),
                reden=str(regel.rest.get("reden", "")) or "gemeld in de demo",
            )  # fmt: skip

    def _wie(self, regel: Regel) -> Actor:
        return Actor(str(regel.rest.get("via", "duo")), Verificatie.ZELFVERKLAARD)

    def _wijzer(self, dossier_id: UUID, regel: Regel) -> str:
        """Zoek de gebeurtenis die wordt doorgehaald; `doel` wijst naar de `id` van een eerdere regel."""
        doel = self.genoemd[(regel.kenmerk, str(regel.rest["doel"]))]
        with self.omgeving.magazijn.ruimte() as ruimte:
            passend = [
                g
                for g in ruimte.gebeurtenissen(dossier_id)
                if (g.soort, g.geldig_op, g.stap) == (doel.soort, doel.geldig_op, doel.stap or g.stap)
            ]
        return str(passend[-1].volgnummer)

    def _kennisgeving(self, regel: Regel) -> None:
        """DUO stuurt de kennisgeving van wie al was gekoppeld, een nieuwe versie, of trekt haar in."""
        anders = {"versie": regel.rest.get("versie", 1), **regel.gegevens}
        if regel.soort == "kennisgeving_ingetrokken":
            anders |= {"status": "ingetrokken", "ingetrokken_op": regel.geldig_op}
        rij = self.rijen[regel.kenmerk]
        nieuw = rij.model_copy(update=anders)
        registreer(self.omgeving, [nieuw], DUO)
        if nieuw.versie > rij.versie:
            self.rijen[regel.kenmerk] = nieuw


def antwoord_direct(omgeving: Omgeving, antwoord: Antwoord) -> None:
    """Geef een antwoord door de handeling zelf: de deur van de opdrachtregel."""
    regel = antwoord.regel
    geef_uitkomst(
        omgeving, antwoord.stap_id, regel.soort, regel.geldig_op, regel.gegevens,
        Actor(antwoord.medewerker, Verificatie.ZELFVERKLAARD), reden=str(regel.rest.get("reden", "")),
    )  # fmt: skip
