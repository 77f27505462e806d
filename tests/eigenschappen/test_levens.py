"""Willekeurige levens door de echte handelingen, op een echte database; na elke handeling gelden alle invarianten."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adapters.database import maak_engine, maak_klaar
from adapters.kluis import Kluis
from adapters.opslag import SqlMagazijn
from adapters.sleutelbos import Sleutelbos
from domein.begrippen import Berichtstatus, Doelgroep, Dossierstatus, Stapstatus
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bericht import wacht_tot_open
from domein.handelingen.doorhalen import haal_door, proef_doorhaling
from domein.handelingen.invarianten import controleer
from domein.handelingen.kern import kader
from domein.handelingen.melden import meld
from domein.handelingen.openen import open_stap
from domein.handelingen.registreren import registreer
from domein.handelingen.stapbeheer import draag_over, heropen, sla_over, verzet
from domein.handelingen.uitkomst import geef_uitkomst
from domein.model import Stap
from domein.regels.planning import plan
from domein.regels.uitkomsten import Veld, uitkomsten_voor
from domein.stand import vouw
from tests.hulp.onderzocht import ONDERZOEK, met_onderzoek
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, ZetKlok
from tests.integratie.regels.leven import COORDINATOR, DUO, Leven, omgeving_van, rij, zonder

ONAF = (Stapstatus.GEPLAND, Stapstatus.OPEN)
GETAL = st.integers(0, 10_000)
DAGEN = st.integers(0, 60)


@cache
def sjabloon() -> Path:
    """Een database met de tabellen en verder niets, één keer gemaakt."""
    pad = Path(tempfile.mkdtemp()) / "sjabloon.db"
    engine = maak_engine(f"sqlite:///{pad}")
    maak_klaar(engine)
    engine.dispose()
    return pad


class Levens(RuleBasedStateMachine):
    """Kiest handelingen die kunnen; een weigering mag, maar mag dan ook niets hebben veranderd."""

    def __init__(self) -> None:
        super().__init__()
        self.map = Path(tempfile.mkdtemp())
        shutil.copyfile(sjabloon(), self.map / "regie.db")
        self.klok = ZetKlok(datetime(2026, 1, 5, 9, tzinfo=UTC))
        bos = Sleutelbos(maak_engine(f"sqlite:///{self.map / 'sleutels.db'}", wis_veilig=True), HOOFDSLEUTEL)
        self.magazijn = SqlMagazijn(
            maak_engine(f"sqlite:///{self.map / 'regie.db'}"), Kluis(INDEXSLEUTEL), bos, self.klok
        )
        self.omgeving = omgeving_van(self.magazijn, self.klok)
        self.versie = 1
        self.kenmerken: dict[str, UUID] = {}

    def teardown(self) -> None:
        self.magazijn.sluit()
        shutil.rmtree(self.map)

    # --- hulp
    def stappen(self, *statussen: Stapstatus) -> list[Stap]:
        with self.magazijn.ruimte() as ruimte:
            return [s for s in ruimte.stappen(self.dossier_id) if not statussen or s.status in statussen]

    def kies(self, keuze: int, *statussen: Stapstatus) -> Stap | None:
        stappen = self.stappen(*statussen)
        return stappen[keuze % len(stappen)] if stappen else None

    def probeer(self, act: Callable[[], object]) -> None:
        """Doe iets; wordt het geweigerd, dan is er hoogstens een vraag aan een mens bijgekomen."""
        with self.magazijn.ruimte() as ruimte:
            voor = [g for g in ruimte.gebeurtenissen(self.dossier_id) if g.soort != "controle_gevraagd"]
        try:
            act()
        except RegieFout as fout:
            assert str(fout)  # noqa: PT017 - elke fout mag hier komen; wat telt is dat er niets is veranderd
            with self.magazijn.ruimte() as ruimte:
                na = [g for g in ruimte.gebeurtenissen(self.dossier_id) if g.soort != "controle_gevraagd"]
            assert na == voor

    @property
    def vandaag(self) -> date:
        return self.klok.vandaag()

    # --- handelingen
    @initialize(
        doelgroep=st.sampled_from(Doelgroep), begin=st.sampled_from(["nieuw", "laat", "na het pip", "na het pip"])
    )
    def begin(self, doelgroep: Doelgroep, begin: str) -> None:
        leven = Leven(self.omgeving)
        leven.begin(date(2026, 4, 15) if begin == "laat" else None, doelgroep=doelgroep)
        if begin == "na het pip":
            leven.tot_pip()
        self.dossier_id = leven.dossier_id

    @rule(dagen=st.integers(1, 200))
    def tijd_verstrijkt(self, dagen: int) -> None:
        self.klok.moment += timedelta(days=dagen)

    @rule(wachten=st.booleans())
    def ronde(self, wachten: bool) -> None:
        """Open wat aan de beurt is, zoals de ronde dat doet; eventueel op de dag waarop de volgende stap begint."""
        gepland = self.stappen(Stapstatus.GEPLAND)
        begint = min((stap.start for stap in gepland), default=self.vandaag)
        if wachten and begint > self.vandaag:
            self.klok.moment += begint - self.vandaag
        for stap in gepland:
            open_stap(self.omgeving, stap.id)

    @rule()
    def post_gaat_weg(self) -> None:
        with self.magazijn.ruimte() as ruimte:
            for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
                if wacht_tot_open(ruimte, self.omgeving, bericht.ontvanger_code):
                    continue  # de postbode bewaart hem tot het kantoor open is (I7)
                bericht.status, bericht.pogingen, bericht.aanvaard_op = Berichtstatus.AANVAARD, 1, self.klok.nu()
                ruimte.bewaar(bericht)

    @rule(keuze=GETAL, uitkomst=GETAL, dagen=DAGEN, data=st.data())
    def behandelaar_antwoordt(self, keuze: int, uitkomst: int, dagen: int, data: st.DataObject) -> None:
        stap = self.kies(keuze, Stapstatus.OPEN)
        if stap is None:
            return
        mogelijk = uitkomsten_voor(stap.kenmerk)
        gekozen = mogelijk[uitkomst % len(mogelijk)]
        op = max(self.vandaag - timedelta(days=dagen), date(2026, 1, 5))
        gegevens = {veld.naam: data.draw(waarde(veld, op), label=veld.naam) for veld in gekozen.velden}
        gegevens = met_onderzoek(gekozen.soort, gegevens)
        wie = "m-gor" if stap.besluit else stap.medewerker or ""
        self.probeer(
            lambda: geef_uitkomst(self.omgeving, stap.id, gekozen.soort, op, gegevens, Actor(wie), reden="gezien")
        )

    @rule(keuze=GETAL, uitkomst=GETAL, data=st.data())
    def iemand_antwoordt_nog_eens(self, keuze: int, uitkomst: int, data: st.DataObject) -> None:
        stap = self.kies(keuze, Stapstatus.KLAAR, Stapstatus.VERVALLEN, Stapstatus.OVERGESLAGEN)
        if stap is None:
            return
        mogelijk = uitkomsten_voor(stap.kenmerk)
        gekozen = mogelijk[uitkomst % len(mogelijk)]
        gegevens = {veld.naam: data.draw(waarde(veld, self.vandaag)) for veld in gekozen.velden}
        gegevens = met_onderzoek(gekozen.soort, gegevens)
        wie = "m-gor" if stap.besluit else "m-reg"
        self.probeer(
            lambda: geef_uitkomst(self.omgeving, stap.id, gekozen.soort, self.vandaag, gegevens, Actor(wie), reden="x")
        )

    @rule(
        feit=st.sampled_from([
            ("brp_ingeschreven", {}), ("pvt_voltooid", {}), ("map_voltooid", {"praktijkuren": 48}),
            ("intake_gehouden", {"advies": "z"}), ("duo_bevestigd", {"melding": "duo/leerroute/1"}),
            ("klantmanager_toegewezen", {"medewerker": "m-tha", "partner": "avres"}),
            ("verlengd", {"nieuwe_einddatum": "2031-03-03"}), ("voldaan", {}),
            ("termijn_overschreden", {"nieuwe_termijn_tot": "2031-09-01"}),
            ("plicht_beeindigd", {"grond": "vertrek"}),
        ]),
        dagen=DAGEN,
    )  # fmt: skip
    def er_komt_een_feit_binnen(self, feit: tuple[str, dict[str, Any]], dagen: int) -> None:
        soort, gegevens = feit
        op = max(self.vandaag - timedelta(days=dagen), date(2026, 1, 5))
        self.probeer(lambda: meld(self.omgeving, self.dossier_id, soort, op, gegevens, DUO, reden="zo gemeld"))

    @rule(dagen=DAGEN, aantal=st.integers(1, 6), interval=st.integers(1, 12))
    def er_komt_een_nieuw_pip(self, dagen: int, aantal: int, interval: int) -> None:
        op = max(self.vandaag - timedelta(days=dagen), date(2026, 1, 5))
        gegevens = ONDERZOEK | {
            "bekendgemaakt_op": op, "leerroute": "z", "aantal_gesprekken": aantal, "interval_maanden": interval,
        }  # fmt: skip
        self.probeer(
            lambda: meld(self.omgeving, self.dossier_id, "pip_vastgesteld", op, gegevens, Actor("m-gor"), reden="nieuw")
        )

    @rule(dagen=st.integers(-30, 30), gemeente=st.sampled_from(["GM0512", "GM1978"]))
    def duo_verbetert_de_kennisgeving(self, dagen: int, gemeente: str) -> None:
        self.versie += 1
        nieuw = rij(versie=self.versie, kennisgeving_op=date(2026, 1, 5) + timedelta(days=dagen), gemeente=gemeente)
        self.probeer(lambda: registreer(self.omgeving, [nieuw], DUO))

    @rule(keuze=GETAL)
    def iemand_haalt_iets_door(self, keuze: int) -> None:
        with self.magazijn.ruimte() as ruimte:
            alle = ruimte.gebeurtenissen(self.dossier_id)
        f = alle[keuze % len(alle)]

        wie = Actor("m-gor") if f.soort == "pip_vastgesteld" else COORDINATOR

        def act() -> None:
            proef = proef_doorhaling(self.omgeving, self.dossier_id, str(f.id), wie, "fout")
            if f.soort != "doorgehaald":
                assert proef.plan == plan(vouw(zonder(alle, f)), kader())
            haal_door(self.omgeving, self.dossier_id, str(f.id), wie, "fout")

        self.probeer(act)

    @rule(keuze=GETAL, act=st.sampled_from(["overslaan", "verzet", "draag-over"]), dagen=st.integers(-5, 120))
    def coordinator_besluit(self, keuze: int, act: str, dagen: int) -> None:
        stap = self.kies(keuze, *ONAF)
        if stap is None:
            return
        dag, ander = stap.streef + timedelta(days=dagen), ("m-kos", "m-tha", "m-wil")[keuze % 3]
        acts: dict[str, Callable[[], object]] = {
            "overslaan": lambda: sla_over(self.omgeving, stap.id, COORDINATOR, "druk"),
            "verzet": lambda: verzet(self.omgeving, stap.id, dag, COORDINATOR, "druk"),
            "draag-over": lambda: draag_over(self.omgeving, stap.id, ander, COORDINATOR, "druk"),
        }
        self.probeer(acts[act])

    @precondition(lambda self: bool(self.stappen(Stapstatus.OVERGESLAGEN)))
    @rule(keuze=GETAL)
    def coordinator_heropent(self, keuze: int) -> None:
        stap = self.kies(keuze, Stapstatus.OVERGESLAGEN)
        assert stap is not None
        self.probeer(lambda: heropen(self.omgeving, stap.id, COORDINATOR, "toch nodig"))

    # --- wat altijd waar is
    @invariant()
    def alle_invarianten_gelden(self) -> None:
        assert {naam: wat for naam, wat in controleer(self.omgeving).items() if wat} == {}

    @invariant()
    def een_kenmerk_blijft_van_dezelfde_stap(self) -> None:
        if not hasattr(self, "dossier_id"):
            return
        nu = {stap.kenmerk: stap.id for stap in self.stappen()}
        assert self.kenmerken.items() <= nu.items()
        self.kenmerken = nu

    @invariant()
    def wie_klaar_is_heeft_niets_meer_open(self) -> None:
        if not hasattr(self, "dossier_id"):
            return
        with self.magazijn.ruimte() as ruimte:
            status = ruimte.dossier(self.dossier_id).status
        assert (status is Dossierstatus.BEEINDIGD) <= (not self.stappen(*ONAF))


def waarde(veld: Veld, op: date) -> st.SearchStrategy[Any]:
    """Wat iemand in dit veld kan invullen; soms onmogelijk, dan hoort de handeling het te weigeren."""
    match veld.type:
        case "datum":
            return st.integers(-10, 60).map(lambda n: (op + timedelta(days=n)).isoformat())
        case "ja_nee":
            return st.booleans()
        case "getal":
            return st.integers((veld.minimum or 0), min(veld.maximum or 60, 60))
        case "keuze":
            return st.sampled_from([code for code, _ in veld.keuzes])
        case "meerkeuze":
            return st.lists(st.sampled_from([code for code, _ in veld.keuzes]), max_size=3, unique=True)
        case "code" | "tekst":
            return st.sampled_from(["PI-1", "PI-2"])


TestLevens = Levens.TestCase
TestLevens.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
