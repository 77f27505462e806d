"""De opzichter: start de diensten, draait de ronde, verstuurt de post en stopt alles weer.

Hij is de enige die buiten Prefect staat. Valt hij weg, dan gaat er niets verloren: de volgende start ziet in de
database wat er moet gebeuren. Meer opzichters tegelijk mag: de ronde heeft een lease.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import date
from pathlib import Path
from typing import Final

from prefect.client.orchestration import PrefectClient

from adapters.dagbeheer import doe_dagbeheer
from adapters.hartslag import Hartslagmelder
from adapters.instellingen import Instellingen
from adapters.keten import veranker
from adapters.koerier import HttpKoerier
from adapters.logboekketen import veranker_logboek
from adapters.omgeving import instellingen_van, laat_met_rust, maak_omgeving
from adapters.opslag import SqlMagazijn
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import onzekerbeleid, postgrenzen, postinstellingen
from adapters.prefect import inrichting
from adapters.prefect.bord import PrefectBord
from adapters.samenhang import nieuw_kenmerk, samenhang
from adapters.wekker import is_gewekt
from beheer.dienst import LOOPBACK, Dienst, Poort, claim_poort, webdienst
from beheer.gemist_dagwerk import GemistDagwerk
from beheer.installatie import Slot, lees_oude_instellingen, neem_slot, schrijf_instellingen
from domein.begrippen import Berichtstatus
from domein.fouten import OpslagOnbeschikbaar
from domein.handelingen.beheerbericht import DAGWERK as BEHEER
from domein.handelingen.bordpoort import BordOnbereikbaar
from domein.handelingen.dagwerk import ONDERDELEN, Gedaan, doe_het_dagwerk
from domein.handelingen.partnerverzending import iets_te_verzenden, verzend_partnerberichten
from domein.handelingen.regiobord_bijwerken import zorg_voor_het_bord
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.handelingen.verzenden import Verzendverslag, verzend_wachtende
from domein.handelingen.waarneming import neem_waar
from domein.ports import Omgeving

POORTEN: Final = {"prefect": 4200, "portaal": 8100, "smtp": 8125, "post": 8126}
STARTTIJD: Final = 120.0
ANKER: Final = "anker"
RIJ: Final = 4  # zo veel runs mogen er wachten naast wat de werker doet: dan hoeft hij nooit te wachten op ons


class Opzichter:
    """Eén installatie in één map. Gebruik: `start`, dan `draai` of losse ronden, dan `stop`."""

    def __init__(self, map_: Path, *, demo: bool, meld: Callable[[str], None], werkers: int = 4) -> None:
        self.map = map_.resolve()
        self.demo = demo
        self.meld = meld
        self.werkers = werkers
        self.diensten: dict[str, Dienst] = {}
        self.poorten: dict[str, int] = {}
        self.fouten = 0
        self._bijgekeken = False
        self._storing = ""
        self._logboek = logging.getLogger("regie.opzichter")
        self._claims: list[Poort] = []
        self._slot: Slot | None = None
        self._stapel = AsyncExitStack()
        self._client: PrefectClient | None = None
        self._bord: PrefectBord | None = None
        self._omgeving: Omgeving | None = None
        self._keuze: Instellingen | None = None
        self._koerier: HttpKoerier | None = None
        self._melder: Hartslagmelder | None = None
        self._gemist: GemistDagwerk | None = None

    @property
    def omgeving(self) -> Omgeving:
        assert self._omgeving is not None, "eerst start()"
        return self._omgeving

    @property
    def instellingen(self) -> Instellingen:
        assert self._keuze is not None, "eerst bereid_voor()"
        return self._keuze

    @property
    def api_url(self) -> str:
        return f"http://{LOOPBACK}:{self.poorten['prefect']}/api"

    @property
    def bord(self) -> PrefectBord:
        assert self._bord is not None, "eerst start()"
        return self._bord

    @property
    def client(self) -> PrefectClient:
        assert self._client is not None, "eerst start()"
        return self._client

    def bereid_voor(self) -> None:
        """Neem de map, kies poorten en open de database; nog zonder diensten."""
        self._slot = neem_slot(self.map)
        oud = lees_oude_instellingen(self.map)
        for naam, voorkeur in POORTEN.items():
            gewenst = int(oud.get(f"REGIE_POORT_{naam.upper()}", voorkeur))
            poort = claim_poort(gewenst)
            self.poorten[naam] = poort.nummer
            self._claims.append(poort)
            if self.poorten[naam] != gewenst:
                self.meld(f"Poort {gewenst} is bezet; {naam} gebruikt {self.poorten[naam]}.")
        schrijf_instellingen(self.map, {**oud, **self._waarden()})
        self._keuze = instellingen_van(self.map)
        self._omgeving = maak_omgeving(self._keuze)
        laat_met_rust()
        self.voltooi_wissen()

    def _waarden(self) -> dict[str, str]:
        waarden = {f"REGIE_POORT_{naam.upper()}": str(poort) for naam, poort in self.poorten.items()}
        waarden |= {
            "REGIE_PORTAAL_PORT": str(self.poorten["portaal"]),
            "REGIE_PREFECT_API_URL": self.api_url,
        }
        if self.demo:
            waarden |= {
                "REGIE_DEMO": "true",
                "REGIE_KLOKBESTAND": str(self.map / "klok.json"),
                "REGIE_SMTP_HOST": LOOPBACK,
                "REGIE_SMTP_PORT": str(self.poorten["smtp"]),
                "REGIE_AFZENDER": "regie@avres.example",
            }
        return waarden

    async def start(self) -> None:
        """Start alle diensten en richt Prefect in; wat al goed staat, blijft."""
        if self._omgeving is None:
            self.bereid_voor()
        if self.demo:
            self._begin("postvanger", self._postvanger())
        else:  # een demo begint altijd leeg, en haar klok staat nu misschien nog niet
            await asyncio.to_thread(zorg_voor_het_bord, self.omgeving)
        self._begin("portaal", self._portaal())
        self._begin("prefect", self._server())
        await asyncio.gather(*(d.wacht_tot_gezond(STARTTIJD) for d in self.diensten.values()))
        await self.richt_prefect_in()
        self._begin("werker", self._werker())
        if not self.demo:
            self._begin("bewaker", self._dienst("bewaker", ["-P", "-m", "beheer", "bewaak"], {}, None))

    def _begin(self, naam: str, dienst: Dienst) -> None:
        self.meld(f"Start {naam}…")
        self.diensten[naam] = dienst
        dienst.start()

    async def open_bord(self) -> None:
        """Open het bord, en richt Prefect in als hij antwoordt; anders doet een volgende slag dat."""
        self._client = await self._stapel.enter_async_context(PrefectClient(self.api_url))
        self._bord = PrefectBord(self._client)
        with suppress(BordOnbereikbaar, OSError):
            await inrichting.richt_in(self._client)

    async def richt_prefect_in(self) -> None:
        """Zet pool, limieten en deployments (weer) in Prefect, en open het bord."""
        if self._client is None:
            self._client = await self._stapel.enter_async_context(PrefectClient(self.api_url))
            self._bord = PrefectBord(self._client)
        await inrichting.richt_in(self._client)

    def prefect_leeft(self) -> bool:
        return self.diensten["prefect"].leeft

    def _dienst(self, naam: str, opdracht: list[str], extra: dict[str, str], gezond: str | None) -> Dienst:
        omgeving = {"REGIE_MAP": str(self.map), "DO_NOT_TRACK": "1", **extra}
        return Dienst(naam, opdracht, omgeving, self.map / "log" / f"{naam}.log", webdienst(gezond) if gezond else None)

    def _postvanger(self) -> Dienst:
        poort, web = self.poorten["smtp"], self.poorten["post"]
        opdracht = [
            "-m",
            "adapters.postvanger",
            "--map",
            str(self.map),
            "--poort",
            str(poort),
            "--webpoort",
            str(web),
        ]
        return self._dienst("postvanger", opdracht, {}, f"http://{LOOPBACK}:{web}/")

    def _portaal(self) -> Dienst:
        poort = self.poorten["portaal"]
        opdracht = [
            "-m",
            "uvicorn",
            "portaal.app:app",
            "--host",
            LOOPBACK,
            "--port",
            str(poort),
            "--no-access-log",
        ]
        return self._dienst("portaal", opdracht, {}, f"http://{LOOPBACK}:{poort}/gezond")

    def _server(self) -> Dienst:
        opdracht = [
            "-m",
            "adapters.prefect.server",
            "start",
            "--host",
            LOOPBACK,
            "--port",
            str(self.poorten["prefect"]),
        ]
        extra = inrichting.server_omgeving(self.map / "prefect", self.api_url)
        return self._dienst("prefect", opdracht, extra, f"{self.api_url}/health")

    def _werker(self) -> Dienst:
        opdracht = ["-m", "prefect", "worker", "start", "--type", "regie", "--pool", inrichting.POOL]
        opdracht += ["--name", "regie-werker", "--limit", str(self.werkers)]
        return self._dienst("werker", opdracht, inrichting.werker_omgeving(self.map / "prefect", self.api_url), None)

    async def ronde(self) -> Rondeverslag:
        """Eén ronde; zwijgt Prefect, dan zegt het verslag dat en haalt de volgende ronde het in."""
        # Na een start of een stilte van Prefect één keer naar alles; daarna alleen naar wat verandert, en een greep.
        verslag = await ronde(self.omgeving, self.bord, tegelijk=self.werkers + RIJ, volledig=not self._bijgekeken)
        self._bijgekeken = not verslag.bord_onbereikbaar and (self._bijgekeken or not verslag.bezet)
        return verslag

    async def verzend(self, aantal: int = 500) -> Verzendverslag:
        """Verstuur wat klaarstaat, hoogstens `aantal` berichten."""
        keuze = self.instellingen
        postbode = SmtpPostbode(postinstellingen(keuze))
        verslag = await verzend_wachtende(self.omgeving, postbode, aantal, postgrenzen(keuze), onzekerbeleid(keuze))
        if verslag.aantallen[Berichtstatus.ONBESTELBAAR.value]:
            await asyncio.to_thread(neem_waar, self.omgeving, afwezigen=False)  # een adres bestaat niet (meer)
        return verslag

    async def verzend_aan_partners(self) -> None:
        """Verstuur wat voor systemen van partners klaarstaat; een storing daar houdt de ronde niet tegen."""
        try:
            if not iets_te_verzenden(self.omgeving):
                return
            if self._koerier is None:
                self._koerier = HttpKoerier(self.instellingen.koerier_sleutels)
                self._stapel.push_async_callback(self._koerier.sluit)
            verslag = await verzend_partnerberichten(self.omgeving, self._koerier)
        except Exception as fout:  # een systeem van een ander mag onze diensten niet stoppen
            self._partnerfout(type(fout).__name__)
            return
        if verslag.mislukt:
            self._partnerfout(f"{verslag.mislukt} keer een eigen fout")

    def _partnerfout(self, wat: str) -> None:
        self.fouten += 1
        self._logboek.error("berichten aan partners mislukten: %s", wat)  # nooit de inhoud of het adres
        self.meld(f"Berichten aan partners mislukten ({wat}); de volgende ronde probeert het opnieuw.")

    def dagwerk(self, dag: date) -> None:
        """Doe het dagwerk van deze dag als het nog niet is gedaan, en veranker de keten; de eerste fout gaat door."""
        doe_het_dagwerk(self.omgeving, dag).eis_gelukt()
        self.veranker(dag)

    def voltooi_wissen(self) -> None:
        """Vernietig de sleutels die bleven staan omdat het proces viel tussen het wissen en het vernietigen."""
        if isinstance(self.omgeving.magazijn, SqlMagazijn) and (aantal := self.omgeving.magazijn.voltooi_wissen()):
            self._logboek.warning("%d keer was het wissen van een persoon nog niet af; nu wel", aantal)

    def veranker(self, dag: date) -> bool:
        """Leg de hoofden van de ketens één keer per dag buiten de database vast (regel 12); False als dat al was."""
        with self.omgeving.magazijn.ruimte() as ruimte:
            if ruimte.dagwerk_gedaan(ANKER, dag):
                return False
        self.voltooi_wissen()
        magazijn = self.omgeving.magazijn
        if isinstance(magazijn, SqlMagazijn):
            veranker(magazijn, self.instellingen.ankermap, dag, self.omgeving.klok.nu())
            veranker_logboek(magazijn, self.instellingen.ankermap, self.omgeving.klok.nu())
        with self.omgeving.magazijn.ruimte() as ruimte:
            ruimte.doe_dagwerk(ANKER, dag, self.omgeving.klok.nu())
        return True

    def _doe_gemist_dagwerk(self) -> None:
        if self._gemist is None:
            eigen = (("ankers", self._doe_ankers), ("beheerbericht", self._doe_beheerbericht))
            self._gemist = GemistDagwerk((*ONDERDELEN, *eigen), self.meld)
        self.fouten += self._gemist.doe(self.omgeving)

    def _doe_ankers(self, _omgeving: Omgeving, dag: date) -> Gedaan | None:
        return Gedaan() if self.veranker(dag) else None

    def _doe_beheerbericht(self, omgeving: Omgeving, dag: date) -> Gedaan | None:
        with omgeving.magazijn.ruimte() as ruimte:
            if not self.instellingen.beheer_mail or ruimte.dagwerk_gedaan(BEHEER, dag):
                return None
        doe_dagbeheer(omgeving, self.instellingen, dag)
        return Gedaan()

    def bewaak(self) -> None:
        """Start een gestopte dienst opnieuw; elke keer met een langere pauze ervoor."""
        nu = asyncio.get_running_loop().time()
        for naam, dienst in self.diensten.items():
            if dienst.leeft or nu < dienst.niet_voor:
                continue
            dienst.herstarts += 1
            dienst.niet_voor = nu + min(2.0**dienst.herstarts, 60.0)
            self.meld(f"De dienst '{naam}' was gestopt en start opnieuw (lees {dienst.logboek}).")
            dienst.start()

    async def draai(self, stop: asyncio.Event) -> None:
        """Houd alles gaande tot `stop`: elke paar seconden een ronde, en meteen als iemand antwoordde."""
        lus = asyncio.get_running_loop()
        volgende = 0.0
        while not stop.is_set():
            self.bewaak()
            gewekt = is_gewekt(self.map)
            if gewekt or lus.time() >= volgende:
                await self._een_slag()
                volgende = lus.time() + self.instellingen.ronde_seconden
            try:
                await asyncio.wait_for(stop.wait(), timeout=0.25)
            except TimeoutError:
                continue

    async def _een_slag(self) -> None:
        """Eén slag van de lus. Een fout houdt de rest niet tegen: de volgende slag probeert het opnieuw."""
        try:
            with samenhang(ronde=nieuw_kenmerk()):
                verslag = await self.slag()
                if not verslag.bord_onbereikbaar:
                    await self._hartslag().klopt(zelf=not verslag.bezet)
                self._doe_gemist_dagwerk()  # het laatst: wat hier hapert, houdt geen ronde, mail of hartslag op
        except OpslagOnbeschikbaar as fout:
            self.fouten += 1
            if self._storing != fout.code:  # één melding per storing, niet elke paar seconden
                self._storing = fout.code
                self._logboek.error("%s %s", fout.melding, fout.uitweg)
                self.meld(f"LET OP: {fout.melding} {fout.uitweg}")
        except Exception as fout:  # de buitenste rand: een haperende database mag de diensten niet stoppen
            self.fouten += 1
            self._logboek.exception("een slag van de opzichter mislukte")
            self.meld(f"Een ronde is mislukt ({type(fout).__name__}); de volgende probeert het opnieuw.")
        else:
            if self._storing:
                self._storing = ""
                self._logboek.warning("de database werkt weer")
                self.meld("De database werkt weer; alles gaat verder waar het was.")

    def _hartslag(self) -> Hartslagmelder:
        if self._melder is None:
            self._melder = Hartslagmelder(self.omgeving.magazijn, self.instellingen)
        return self._melder

    async def slag(self) -> Rondeverslag:
        """Eén ronde, daarna de post. Kent Prefect ons niet meer (gewist), dan wordt hij opnieuw ingericht."""
        verslag = await self.ronde()
        if verslag.bord_onbereikbaar and self.prefect_leeft():
            with suppress(BordOnbereikbaar, OSError):
                await self.richt_prefect_in()
        await self.verzend()
        await self.verzend_aan_partners()
        return verslag

    async def herstart(self, naam: str, ervoor: Callable[[], None] = lambda: None) -> None:
        """Stop een dienst en start haar opnieuw; `ervoor` gebeurt terwijl zij stilstaat."""
        await self.diensten[naam].stop()
        ervoor()
        self.diensten[naam].start()
        await self.diensten[naam].wacht_tot_gezond(STARTTIJD)

    async def stop(self) -> None:
        """Stop de diensten: eerst wie werk aanneemt, dan de server, dan de post."""
        volgorde = ("bewaker", "werker", "portaal", "prefect", "postvanger")
        for naam in volgorde:
            if naam in self.diensten:
                await self.diensten[naam].stop()
        await self._stapel.aclose()
        for poort in self._claims:
            poort.los()
        if self._slot is not None:
            self._slot.los()
