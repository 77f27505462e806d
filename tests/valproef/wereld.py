"""Eén installatie op schijf: haar database, sleutels, klok en bord; geopend in een nieuw proces."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event, text

from adapters.agenda import IcalAgenda
from adapters.database import maak_engine
from adapters.klok import StilleKlok
from adapters.kluis import Kluis
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import Postinstellingen
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from domein.begrippen import Berichtstatus
from domein.gebeurtenissen.soorten import schrijf
from domein.handelingen.herinneren import herinner
from domein.handelingen.invarianten import controleer, dubbel_ontvangen
from domein.handelingen.lekken import zoek_lekken
from domein.handelingen.overzichten import zet_overzichten_klaar
from domein.handelingen.ronde import Rondeverslag, ronde
from domein.handelingen.verzenden import verzend_wachtende
from domein.handelingen.waarneming import neem_waar
from domein.ports import Omgeving, Ruimte
from tests.hulp.nepbord import Nepbord

SJABLONEN = Sjablonen()  # één keer per smidse: elk kind krijgt ze gevuld mee
KLOK, BORD, SLEUTELS = "klok.json", "bord.db", "sleutels.db"
# Wie een stap doet hangt af van wie het minst te doen heeft, en dus van de volgorde van openen; dat is geen verlies.
_WIE = {"medewerker", "partner", "afspraak", "waarom", "gebeurtenis", "toelichting"}
MEESTE_SLAGEN = 40
_VERTAALD: dict[str, tuple[Any, Any]] = {}


@dataclass(frozen=True, slots=True)
class Plaats:
    """Waar een installatie staat; gaat naar een ander proces."""

    map: Path
    database: str
    smtp_poort: int
    post: Path  # waar de postvanger bewaart wat hij ontving


@dataclass
class Wereld:
    omgeving: Omgeving
    bord: Nepbord
    magazijn: SqlMagazijn
    plaats: Plaats

    def zet(self, moment: datetime) -> None:
        StilleKlok(self.plaats.map / KLOK).zet(moment, terug_mag=True)

    def slag(self, *, begint: bool = False) -> None:
        """Wat de opzichter doet, tot er niets meer te doen is: ronde, werk, post.

        Alleen een opzichter die begint, kijkt eerst alles na; daarna kijkt hij naar wat veranderde.
        """
        verslag = Rondeverslag()
        for keer in range(MEESTE_SLAGEN):
            self.magazijn.voltooi_wissen()
            verslag = asyncio.run(ronde(self.omgeving, self.bord, volledig=begint and keer == 0))
            assert not verslag.bezet, "een andere ronde heeft de lease nog"
            assert not verslag.mislukt, "de ronde kon een stap niet bijwerken"
            gewerkt = self.bord.werk(self.omgeving)
            postbode = SmtpPostbode(Postinstellingen(poort=self.plaats.smtp_poort, tls="geen", verbindingen=2))
            verzonden = asyncio.run(verzend_wachtende(self.omgeving, postbode, 500))
            assert not verzonden.mislukt, "een bericht kon niet worden vastgelegd"
            if not (gewerkt or verslag.deed_iets or verzonden.geclaimd):
                return
        raise AssertionError(f"komt niet tot rust: {verslag.als_dict()}")

    def dagwerk(self, dag: date) -> None:
        neem_waar(self.omgeving)
        herinner(self.omgeving, dag)
        zet_overzichten_klaar(self.omgeving, dag)

    def na_de_val(self, moment: datetime) -> None:
        """De tijd verstrijkt: leases lopen af, en wat op het bord nog liep heeft geen proces meer."""
        self.zet(moment + timedelta(minutes=3))
        self.bord.verder(minutes=11)
        with self.magazijn.engine.begin() as verbinding:
            verbinding.execute(text("UPDATE lease SET tot = :t"), {"t": datetime(2026, 1, 1, tzinfo=UTC)})

    # wat er staat

    def vingerafdruk(self) -> dict[str, Any]:
        """Alles wat een val niet mag veranderen, zonder nummers die het toeval koos."""
        with self.omgeving.magazijn.ruimte() as ruimte:
            return {
                "dossiers": {kenmerk: self._dossier(ruimte, id_) for kenmerk, id_ in self.dossiers().items()},
                "aantal": len(ruimte.dossiers()),
                "bord": self._bordstand(ruimte),
            }

    def dossiers(self) -> dict[str, UUID]:
        """Per DUO-kenmerk het dossier."""
        with self.magazijn.engine.connect() as verbinding:
            rijen = verbinding.execute(
                text("SELECT DISTINCT bronkenmerk, dossier_id FROM gebeurtenis WHERE soort LIKE 'kennisgeving%'")
            ).all()
        return {str(rij[0]): UUID(str(rij[1])) for rij in rijen}

    def _dossier(self, ruimte: Ruimte, dossier_id: UUID) -> dict[str, Any]:
        dossier, stappen = ruimte.dossier(dossier_id), ruimte.stappen(dossier_id)
        namen = {stap.id: stap.kenmerk for stap in stappen}
        post = Counter(
            (namen.get(b.stap_id, "") if b.stap_id else "", b.soort, b.generatie, b.niveau)
            for b in ruimte.berichten(dossier_id=dossier_id)
        )
        return {
            "gewist": dossier_id not in self._levend(),
            "gebeurtenissen": self._gebeurtenissen(ruimte, dossier_id),
            "stappen": sorted(
                (s.kenmerk, s.status.value, s.generatie, str(s.start), str(s.streef), str(s.uiterst), s.uitkomst)
                for s in stappen
            ),
            "post": sorted((*sleutel, aantal) for sleutel, aantal in post.items()),
            "status": (dossier.status.value, dossier.gemeente, dossier.einde),
        }

    def _levend(self) -> set[UUID]:
        return self.magazijn.sleutelbos.levende()

    def _gebeurtenissen(self, ruimte: Ruimte, dossier_id: UUID) -> list[str]:
        if dossier_id not in self._levend():
            return [f"{ruimte.dossier(dossier_id).laatste_volgnummer} gebeurtenissen"]
        uit: list[str] = []
        for g in ruimte.gebeurtenissen(dossier_id):
            inhoud = {naam: str(waarde) for naam, waarde in schrijf(g.gegevens).items() if naam not in _WIE}
            uit.append(repr((g.soort, str(g.geldig_op), g.stap, g.bron, g.bronversie, sorted(inhoud.items()))))
        return sorted(uit)

    def _bordstand(self, ruimte: Ruimte) -> list[tuple[str, str, str]]:
        uit: list[tuple[str, str, str]] = []
        for run in self.bord.alle():
            if not run.toestand.ten_einde:
                stap = ruimte.stap(run.stap_id)
                uit.append((stap.kenmerk, stap.start.isoformat(), run.toestand.value))
        return sorted(uit)

    def fouten_zonder_post(self) -> list[str]:
        """De invarianten die de database alleen kan nagaan."""
        return [f"{naam}: {wat}" for naam, geschonden in controleer(self.omgeving).items() for wat in geschonden]

    def fouten(self, ontvangen: list[tuple[str, bytes]]) -> list[str]:
        """Alle geschonden invarianten, I1 tot en met I7."""
        uit = self.fouten_zonder_post()
        uit += [f"I2: {wat}" for wat in dubbel_ontvangen(self.omgeving, ontvangen)]
        uit += [
            f"I5: {wat}" for wat in zoek_lekken(self.omgeving, [(m, ruw.decode("latin-1")) for m, ruw in ontvangen])
        ]
        with self.omgeving.magazijn.ruimte() as ruimte:
            for gemeente in {d.gemeente for d in ruimte.dossiers()}:
                vreemd = [d for d in ruimte.dossiers(gemeenten=[gemeente]) if d.gemeente != gemeente]
                uit += [f"I6: {d.referentie} hoort niet bij {gemeente}" for d in vreemd]
            klaar = (Berichtstatus.AANVAARD, Berichtstatus.ONZEKER, Berichtstatus.VERVALLEN)
            for bericht in ruimte.berichten():
                if bericht.status not in klaar and bericht.volgende_poging is None:
                    uit.append(f"bericht {bericht.soort} bleef liggen als {bericht.status.value}")
        if self.magazijn.voltooi_wissen():
            uit.append("de sleutel van een gewiste persoon bestond nog")
        levend = Counter(run.stap_id for run in self.bord.alle() if not run.toestand.ten_einde)
        return uit + [f"stap {stap} heeft {n} levende runs" for stap, n in levend.items() if n > 1]


def _zonder_schijf(engine: Engine) -> Engine:
    """De proef doodt processen, geen machines: wachten op de schijf bewijst hier niets."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda verbinding, _: verbinding.execute("PRAGMA synchronous=OFF").close())
    return engine


def _klaar_vertaald(engine: Engine) -> Engine:
    """Gebruik de SQL die de smidse al maakte: dat is tekst, en wie haar opnieuw maakt, is een derde langer bezig."""
    dialect, vertaald = _VERTAALD.setdefault(engine.dialect.name, (engine.dialect, engine._compiled_cache))
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = vertaald
    return engine


@contextmanager
def open_wereld(plaats: Plaats) -> Iterator[Wereld]:
    """Open de installatie zoals een nieuw proces dat doet: er is niets onthouden."""
    klok = StilleKlok(plaats.map / KLOK)
    engine = _klaar_vertaald(_zonder_schijf(maak_engine(plaats.database)))
    sleutels = _klaar_vertaald(_zonder_schijf(maak_engine(f"sqlite:///{plaats.map / SLEUTELS}", wis_veilig=True)))
    bos = Sleutelbos(sleutels, b"h" * 32)
    magazijn = SqlMagazijn(engine, Kluis(b"i" * 32), bos, klok)
    links = GetekendeLinks("geheim-van-de-valproef", "http://testserver", klok)
    omgeving = Omgeving(
        magazijn=magazijn, klok=klok, brieven=SJABLONEN, links=links, agenda=IcalAgenda("regie@avres.example")
    )
    bord = Nepbord(plaats.map / BORD)
    try:
        yield Wereld(omgeving, bord, magazijn, plaats)
    finally:
        bord.sluit()
        magazijn.sluit()
