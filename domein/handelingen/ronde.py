"""De ronde: brengt de runs op het bord in overeenstemming met de stappen in onze database.

Alleen de database is waar; het bord volgt. Een ronde kijkt naar wat er staat, doet wat daaruit volgt, en
schrijft op wat zij deed. Valt zij halverwege stil, dan doet de volgende de rest: elke daad heeft een sleutel
of verandert bij herhaling niets. Een lease zorgt dat er één tegelijk draait, hoeveel supervisors er ook zijn: alles
wat de ronde opschrijft, schrijft zij in een transactie die de lease verlengt. Wie haar verloor, schrijft niets meer.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domein.fouten import OpslagOnbeschikbaar
from domein.handelingen.bordpoort import Bord, BordOnbereikbaar, RunGeweigerd, RunOpdracht, RunStand, Toestand
from domein.handelingen.gemiste_post import maak_gemiste_post
from domein.handelingen.ronde_lease import Houder, LeaseKwijt
from domein.handelingen.ronde_signalen import (
    los_run_signalen_op,
    vraag_over_gestopte_run,
    vraag_over_kapotte_run,
    werk_signalen_bij,
)
from domein.handelingen.ronde_weigering import ligt_aan_het_bord, niet_bij, noteer, rust, sluit
from domein.handelingen.ronde_zicht import Zicht, kijk, klopt_al
from domein.model import Stap
from domein.ports import Omgeving
from domein.regels.ronde import STROMEN, TEN_EINDE, Daad, Gezien, Loop, bepaal, staat_stil
from domein.regels.uitkomsten import stapvorm

TEGELIJK: Final = 6  # meer klaarzetten maakt alleen elke vraag van de worker duurder
NIEUW_PER_RONDE: Final = 200  # runs voor later; het bord mag niet omvallen van een grote instroom
BEGIN_VAN_DE_DAG: Final = time(8)  # nooit tussen 02:00 en 03:00
_log = logging.getLogger(__name__)
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(slots=True)
class Rondeverslag:
    """Wat een ronde deed, per daad. `bezet`: een ander draaide al; `wacht`: voor een volgende ronde.

    `afgelost`: zij duurde te lang, en een ander nam het over. `stil`: niemand neemt het werk op het bord aan.
    """

    bezet: bool = False
    afgelost: bool = False
    stil: bool = False
    bord_onbereikbaar: bool = False
    daden: Counter[Daad] = field(default_factory=Counter[Daad])
    wezen: int = 0
    wacht: int = 0
    mislukt: int = 0

    @property
    def deed_iets(self) -> bool:
        return bool(self.daden.total() or self.wezen or self.wacht)

    def als_dict(self) -> dict[str, int | bool]:
        tellingen: dict[str, int | bool] = {d.value: self.daden[d] for d in Daad if d is not Daad.NIETS}
        return tellingen | {
            "wezen": self.wezen, "wacht": self.wacht, "mislukt": self.mislukt,
            "bezet": self.bezet, "afgelost": self.afgelost, "stil": self.stil,
            "bord_onbereikbaar": self.bord_onbereikbaar,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Post:
    """Een stap met haar run, los van de database."""

    stap_id: UUID
    kenmerk: str
    naam: str
    tags: tuple[str, ...]
    stroom: str
    besluit: bool
    start: date
    gezien: Gezien
    run_id: UUID | None


async def ronde(omgeving: Omgeving, bord: Bord, *, tegelijk: int = TEGELIJK, volledig: bool = True) -> Rondeverslag:
    """Doe één ronde. `tegelijk`: hoeveel runs de worker tegelijk krijgt; de rest wacht op een volgende.

    Niet `volledig`: kijk naar wat veranderde en een greep uit de rest; dat kost bij elk aantal dossiers even veel.

    Prefect kent alleen echte tijd: een stap die op onze klok aan de beurt is, loopt nu; een latere stap staat
    even ver vooruit als op onze klok. Zwijgt het bord halverwege, dan zegt het verslag dat.
    """
    verslag = Rondeverslag()
    houder = Houder.neem(omgeving)
    if houder is None:
        verslag.bezet = True
        return verslag
    try:
        maak_gemiste_post(omgeving)
        zicht = await kijk(omgeving, bord, houder.nummer, bord.nu(), volledig=volledig)
        await _Ronde(omgeving, bord, verslag, houder, tegelijk).doe(zicht)
    except BordOnbereikbaar:
        verslag.bord_onbereikbaar = True
    except LeaseKwijt:
        verslag.afgelost = True
    finally:
        houder.laat_los(omgeving)
    return verslag


class _Ronde:
    def __init__(
        self, omgeving: Omgeving, bord: Bord, verslag: Rondeverslag, houder: Houder, tegelijk: int
    ) -> None:  # fmt: skip
        self.omgeving, self.bord, self.verslag, self.houder = omgeving, bord, verslag, houder
        self.nu = bord.nu()
        self.vandaag, self.klok_nu = omgeving.klok.vandaag(), omgeving.klok.nu()
        self.ruimte_voor, self.nieuw, self.gelukt = tegelijk, 0, 0
        self.niet_gedaan: set[UUID] = set()  # paste niet; wacht op een volgende ronde
        self.fouten: dict[UUID, Exception] = {}  # per stap waarom haar run niet bij te werken was

    async def doe(self, zicht: Zicht) -> None:
        self.verslag.stil = self._staat_stil(zicht.open_)
        was_niet_bij = niet_bij(self.omgeving)
        rustend: set[UUID] = set()
        self.ruimte_voor -= sum(self._bezet_plaats(run) for run in zicht.open_)
        te_doen: list[tuple[Stap, Gezien, Daad]] = []
        lopen: dict[UUID, Loop] = {}
        in_rust: list[Stap] = []
        for stap in zicht.stappen:
            gezien = _gezien(stap, zicht.runs)
            lopen[stap.id] = gezien.loop
            daad = bepaal(gezien, self.vandaag, self.nu)
            run = zicht.runs.get(stap.run_id) if stap.run_id else None
            if daad not in (Daad.NIETS, Daad.VRAAG) and rust(stap.id, was_niet_bij, self.houder.nummer):
                rustend.add(stap.id)
            elif daad is not Daad.NIETS:
                te_doen.append((stap, gezien, daad))
            elif not stap.bord_bij and klopt_al(stap, run, self.vandaag):
                in_rust.append(stap)
        self._onthoud(in_rust)
        werk_signalen_bij(self.omgeving, lopen, stil=self.verslag.stil)
        await self._voer_uit(self._posten(te_doen))
        await self._ruim_wezen_op(zicht.open_, {s.id: s for s in zicht.stappen})
        noteer(self.omgeving, self.fouten, self.houder.houd)
        gezien_goed = {stap.id for stap in zicht.stappen} - rustend - self.niet_gedaan - self.fouten.keys()
        sluit(self.omgeving, was_niet_bij & gezien_goed, self.houder.houd)

    def _onthoud(self, in_rust: Sequence[Stap]) -> None:
        if in_rust:
            with self.omgeving.magazijn.ruimte() as ruimte:
                self.houder.houd(ruimte)
                ruimte.zet_bord_bij(in_rust)

    def _staat_stil(self, open_: Sequence[RunStand]) -> bool:
        aan_de_beurt = [r.gepland_op for r in open_ if r.toestand is Toestand.GEPLAND and r.gepland_op is not None]
        bezig = any(run.toestand in (Toestand.IN_WACHTRIJ, Toestand.LOOPT) for run in open_)
        return staat_stil(aan_de_beurt, self.nu, bezig=bezig)

    def _posten(self, te_doen: Sequence[tuple[Stap, Gezien, Daad]]) -> list[tuple[_Post, Daad]]:
        """Wat deze ronde doet. Wat het dringendst is eerst: de uiterste dag, dan de streefdag; de rest wacht."""
        gekozen = [een for een in sorted(te_doen, key=lambda een: _urgentie(een[0])) if self._past(een[0], een[2])]
        self.niet_gedaan = {stap.id for stap, _, _ in te_doen} - {stap.id for stap, _, _ in gekozen}
        with self.omgeving.magazijn.ruimte() as ruimte:
            referenties = {stap.dossier_id: ruimte.dossier(stap.dossier_id).referentie for stap, _, _ in gekozen}
        return [(_post(stap, gezien, referenties[stap.dossier_id]), daad) for stap, gezien, daad in gekozen]

    def _past(self, stap: Stap, daad: Daad) -> bool:
        loopt_nu = daad in (Daad.WEK, Daad.HERSTEL) or (daad in (Daad.MAAK, Daad.VERZET) and stap.start <= self.vandaag)
        past = self.ruimte_voor > 0 if loopt_nu else self.nieuw < NIEUW_PER_RONDE
        if not past:
            self.verslag.wacht += 1
        elif loopt_nu:
            self.ruimte_voor -= 1
        else:
            self.nieuw += 1
        return past

    def _bezet_plaats(self, run: RunStand) -> bool:
        if run.toestand is Toestand.GEPLAND:
            return run.gepland_op is None or run.gepland_op <= self.nu
        return run.toestand in (Toestand.IN_WACHTRIJ, Toestand.LOOPT)

    async def _voer_uit(self, daden: Sequence[tuple[_Post, Daad]]) -> None:
        lopend = (self._veilig(post, daad) for post, daad in daden)
        zwijgt = [fout for fout in await asyncio.gather(*lopend, return_exceptions=True) if fout is not None]
        if zwijgt:
            raise zwijgt[0]
        if ligt_aan_het_bord(self.fouten, self.gelukt):
            raise BordOnbereikbaar("elke daad stuitte op een fout van de server")

    async def _veilig(self, post: _Post, daad: Daad) -> None:
        """Eén kapotte stap houdt de andere niet tegen; zwijgt het bord of de database, dan houdt de ronde op."""
        try:
            await self._doe(post, daad)
            self.gelukt += daad is not Daad.VRAAG  # een vraag aan een mens bewijst niets over het bord
        except (BordOnbereikbaar, LeaseKwijt, OpslagOnbeschikbaar):
            raise
        except Exception as fout:
            self._noteer_fout(post.stap_id, fout)
            if not isinstance(fout, RunGeweigerd):
                _log.exception("de ronde kon stap %s niet bijwerken (%s)", post.stap_id, daad.value)

    def _noteer_fout(self, stap_id: UUID, fout: Exception) -> None:
        self.fouten[stap_id] = fout
        self.verslag.mislukt += 1

    async def _doe(self, post: _Post, daad: Daad) -> None:
        if daad is Daad.VRAAG:
            self.verslag.daden[daad] += self._vraag(post)
            return
        if daad in (Daad.MAAK, Daad.HERBOUW):
            await self._maak(post, wachtend=daad is Daad.HERBOUW)
        elif post.run_id is not None:
            await self._verander(post, post.run_id, daad)
        self.verslag.daden[daad] += 1

    async def _maak(self, post: _Post, *, wachtend: bool) -> None:
        gezien = post.gezien
        zelfde = gezien.run_generatie == gezien.generatie
        poging = max(gezien.poging, 1) if zelfde else 1
        if zelfde and gezien.loop in TEN_EINDE:
            poging += 1  # de sleutel van de vorige run is gebruikt
        opdracht = RunOpdracht(
            stap_id=post.stap_id,
            generatie=gezien.generatie,
            poging=poging,
            stroom=post.stroom,
            naam=post.naam,
            tags=post.tags,
            tijdstip=self._tijdstip(post.start),
            wachtend=wachtend,
            formulier=None if post.besluit else stapvorm(post.kenmerk),
        )
        run_id = await self.bord.maak(opdracht)
        self._noteer(post.stap_id, run_id=run_id, generatie=gezien.generatie, poging=poging, voor=post.start)

    async def _verander(self, post: _Post, run_id: UUID, daad: Daad) -> None:
        match daad:
            case Daad.VERZET:
                await self.bord.verzet(run_id, self._tijdstip(post.start))
                self._noteer(post.stap_id, voor=post.start)
            case Daad.WEK:
                await self.bord.wek(run_id)
                self._noteer(post.stap_id, voor=max(post.start, self.vandaag))
            case Daad.HERSTEL:
                self._noteer(post.stap_id, poging=post.gezien.poging + 1)  # eerst tellen: ook als wij dan vallen
                if post.gezien.opnieuw and post.start > self.vandaag:
                    await self.bord.verzet(run_id, self._tijdstip(post.start))
                else:
                    await self.bord.wek(run_id)
                if post.gezien.opnieuw:
                    self._noteer(post.stap_id, voor=max(post.start, self.vandaag), opnieuw_gedaan=True)
            case _:
                reden = f"De stap is {post.gezien.status.value}."
                await self.bord.beeindig(run_id, reden)

    def _tijdstip(self, start: date) -> datetime:
        if start <= self.vandaag:
            return self.nu
        begin = datetime.combine(start, BEGIN_VAN_DE_DAG, _AMSTERDAM).astimezone(UTC)
        return self.nu + (begin - self.klok_nu)

    def _noteer(
        self,
        stap_id: UUID,
        *,
        run_id: UUID | None = None,
        generatie: int | None = None,
        poging: int | None = None,
        voor: date | None = None,
        opnieuw_gedaan: bool = False,
    ) -> None:
        with self.omgeving.magazijn.ruimte() as ruimte:
            self.houder.houd(ruimte)
            stap = ruimte.stap(stap_id)
            stap.run_id = run_id or stap.run_id
            stap.run_generatie = generatie or stap.run_generatie
            stap.run_poging = poging or stap.run_poging
            stap.run_opnieuw_na = None if opnieuw_gedaan else stap.run_opnieuw_na
            if voor is not None:
                stap.run_gepland_op = datetime.combine(voor, BEGIN_VAN_DE_DAG, _AMSTERDAM).astimezone(UTC)
            ruimte.bewaar(stap)

    def _vraag(self, post: _Post) -> bool:
        """Leg aan een mens voor wat de ronde niet zelf mag of kan; False als dat al gevraagd is."""

        loop = post.gezien.loop
        if loop is Loop.GEANNULEERD:
            return vraag_over_gestopte_run(self.omgeving, post.stap_id, self.houder.houd)
        return vraag_over_kapotte_run(self.omgeving, post.stap_id, self.houder.houd, loop)

    async def _ruim_wezen_op(self, runs: Sequence[RunStand], stappen: Mapping[UUID, Stap]) -> None:
        """Beëindig dubbele runs van onze stappen. Van een stap die wij niet kennen, blijven wij af."""
        for run in runs:
            stap = stappen.get(run.stap_id)
            if stap is None or stap.run_id is None:
                # Onbekend, of gemaakt en nooit opgeschreven: maak() geeft haar bij dezelfde sleutel terug.
                continue
            if stap.run_id == run.run_id or self._is_zojuist_genoteerd(run):
                continue
            if self._bezet_plaats(run):
                continue  # zij loopt, of iemand gaf er net antwoord: eerst komt dat binnen
            try:
                await self.bord.beeindig(run.run_id, "Deze stap heeft al een andere run.")
                self.verslag.wezen += 1
            except RunGeweigerd as fout:
                self._noteer_fout(run.stap_id, fout)

    def _is_zojuist_genoteerd(self, run: RunStand) -> bool:
        with self.omgeving.magazijn.ruimte() as ruimte:
            return ruimte.stap(run.stap_id).run_id == run.run_id


def _gezien(stap: Stap, runs: Mapping[UUID, RunStand]) -> Gezien:
    run = runs.get(stap.run_id) if stap.run_id else None
    return Gezien(
        status=stap.status,
        start=stap.start,
        generatie=stap.generatie,
        run_generatie=stap.run_generatie if run else stap.generatie,
        poging=stap.run_poging,
        loop=Loop(run.toestand.value) if run else Loop.GEEN,
        gepland_voor=stap.run_gepland_op.astimezone(_AMSTERDAM).date() if stap.run_gepland_op else None,
        sinds=run.sinds if run else None,
        loopt_om=run.gepland_op if run else None,
        opnieuw=stap.run_opnieuw_na is not None,
    )


def _post(stap: Stap, gezien: Gezien, referentie: str) -> _Post:
    return _Post(
        stap_id=stap.id,
        kenmerk=stap.kenmerk,
        naam=run_naam(stap.kenmerk, referentie, stap.gemeente),
        tags=run_tags(stap, referentie),
        stroom=STROMEN[stap.stapsoort],
        besluit=stap.besluit,
        start=stap.start,
        gezien=gezien,
        run_id=stap.run_id,
    )


def _urgentie(stap: Stap) -> tuple[date, date]:
    return stap.uiterst or stap.streef, stap.streef


def run_naam(kenmerk: str, referentie: str, gemeente: str) -> str:
    """Geef de naam op het bord, zoals `voortgang 3 · D-7F3K9 · GM0512`: alleen verwijzingen."""
    return f"{kenmerk.replace('/', ' ')} · {referentie} · {gemeente}"


def run_tags(stap: Stap, referentie: str) -> tuple[str, ...]:
    partner = (f"partner:{stap.partner}",) if stap.partner else ()
    return (f"dossier:{referentie}", f"gemeente:{stap.gemeente}", f"stap:{stap.stapsoort.value}", *partner)


__all__ = ["LeaseKwijt", "Rondeverslag", "los_run_signalen_op", "ronde", "run_naam", "run_tags"]
