"""Hoe snel is het portaal met honderdduizend dossiers, vergeleken met duizend, op PostgreSQL?

Dezelfde vragen, om en om aan twee databases, door de hele app heen en met een aangemelde bezoeker. De dossiers zijn
echt: met gebeurtenissen, stappen en termijnen, verdeeld over zo veel mensen dat ieder in beide evenveel werk heeft.
De gemeten tijd is die van de app zelf, zonder netwerk.
"""

import asyncio
import logging
import math
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as kloktijd
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from httpx import ASGITransport, AsyncClient

from adapters.database import maak_engine
from adapters.klok import dag_van
from adapters.kluis import Kluis
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from beheer.meet.meetdatabase import meetdatabase
from beheer.meet.vulling_portaal import PER_GROEP, Vuller, bereid_voor
from beheer.uitvoer import meld
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.beheerpoort import Postnood, Stapnood
from domein.ports import Omgeving

DOEL: Final = 1.5
BORD_MS: Final = 300.0
KEREN: Final = 60
WARM: Final = 8
WEINIG: Final = 1_000
VEEL: Final = 100_000
AANTAL: Final = "REGIE_MEET_DOSSIERS"  # minder dan honderdduizend, om het uit te proberen
_BASIS: Final = "http://meting"
_TAKEN: Final = "(de taken van deze bezoeker)"


@dataclass
class _Stilstaand:
    """De klok van de meting: de vulling bepaalt welke dag het is."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 1, 1, 9, tzinfo=UTC))

    def nu(self) -> datetime:
        return self.moment

    def vandaag(self) -> date:
        return dag_van(self.moment)

    def zet(self, dag: date) -> None:
        self.moment = datetime.combine(dag, kloktijd(9), UTC)


@dataclass(frozen=True, slots=True)
class _Installatie:
    """Een installatie met haar portaal; de sleutels deelt zij met de andere."""

    omgeving: Omgeving
    magazijn: SqlMagazijn
    app: Any


def meet() -> list[dict[str, Any]]:
    """Meet p95 per pagina om en om bij weinig en bij veel dossiers; het bord moet ook op zichzelf snel zijn."""
    veel = int(os.environ.get(AANTAL, VEEL))
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with meetdatabase() as database, TemporaryDirectory(prefix="regie-meet-") as map_:
        klok = _Stilstaand()
        bos = Sleutelbos(maak_engine(f"sqlite:///{Path(map_) / 'sleutels.db'}", wis_veilig=True), os.urandom(32))
        kluis = Kluis(os.urandom(32))
        klein = _installatie(database.url, kluis, bos, klok)
        meld("de voorbeelden lopen ...")
        bereid_voor(klein.omgeving, klok.zet, 1 + veel // PER_GROEP)
        meld(f"vullen tot {WEINIG} dossiers ...")
        vuller = Vuller(klein.magazijn, kluis, bos)
        vuller.vul_tot(WEINIG)
        klein.magazijn.engine.dispose()  # een database waarmee iemand is verbonden, is niet te kopiëren
        groot = _installatie(database.kopie(), kluis, bos, klok)
        meld(f"vullen tot {veel} dossiers ...")
        vuller.verder_in(groot.magazijn)
        vuller.vul_tot(veel)
        meld("pagina's vragen ...")
        try:
            weinig, daarna = asyncio.run(_vraag_om_en_om(klein, groot, veel))
        finally:
            klein.magazijn.sluit()
            groot.magazijn.sluit()
    return list(_uitslag(weinig, daarna, veel))


def _installatie(url: str, kluis: Kluis, bos: Sleutelbos, klok: _Stilstaand) -> _Installatie:
    magazijn = SqlMagazijn(maak_engine(url), kluis, bos, klok)
    links = GetekendeLinks("alleen voor de meting van het portaal", _BASIS, klok)
    omgeving = Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links)
    # De voordeuren kennen elkaar niet; zoals uvicorn vindt ook deze meting het portaal op naam.
    return _Installatie(omgeving, magazijn, import_module("portaal.app").maak_app(omgeving, links))


def _uitslag(
    weinig: Mapping[str, Sequence[float]], veel: Mapping[str, Sequence[float]], aantal: int
) -> Iterator[dict[str, Any]]:
    for pagina in weinig:
        basis, waarde = p95(weinig[pagina]), p95(veel[pagina])
        verhouding = waarde / basis
        yield {
            "onderdeel": "portaal", "maat": f"p95 van {pagina} bij {aantal} dossiers, ms; basis: bij {WEINIG}",
            "waarde": round(waarde, 1), "basis": round(basis, 1), "verhouding": round(verhouding, 2), "doel": DOEL,
            "richting": "max", "gehaald": verhouding <= DOEL,
        }  # fmt: skip
    bord = p95(veel["het regiobord"])
    yield {
        "onderdeel": "portaal", "maat": f"p95 van het regiobord bij {aantal} dossiers, ms; het doel is de waarde",
        "waarde": round(bord, 1), "basis": BORD_MS, "verhouding": round(bord / BORD_MS, 2), "doel": BORD_MS,
        "richting": "max", "gehaald": bord < BORD_MS,
    }  # fmt: skip


def p95(duren: Sequence[float]) -> float:
    """De duur waarbinnen 95 van de honderd vragen klaar zijn, in ms."""
    return sorted(duren)[math.ceil(len(duren) * 0.95) - 1]


# vragen

Duren = Mapping[str, Sequence[float]]


async def _vraag_om_en_om(klein: _Installatie, groot: _Installatie, veel: int) -> tuple[Duren, Duren]:
    """Vraag elke pagina om en om, zodat een drukke machine beide even hard treft."""
    uit: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for medewerker, pagina_s in _PER_ROL:
        async with _bezoeker(klein) as een, _bezoeker(groot) as ander:
            await _meld_aan(een, klein, medewerker)
            await _meld_aan(ander, groot, medewerker)
            van_klein = await _met_taken(een, pagina_s(WEINIG))
            van_groot = await _met_taken(ander, pagina_s(veel))
            for naam in van_klein:
                meld(f"  {naam}")
                for plaats in range(WARM + KEREN):
                    for duren, client, paden in ((uit[0], een, van_klein[naam]), (uit[1], ander, van_groot[naam])):
                        duren.setdefault(naam, []).append(await _duur(client, paden[plaats % len(paden)]))
    return tuple({naam: rij[WARM:] for naam, rij in duren.items()} for duren in uit)  # pyright: ignore[reportReturnType]


def _bezoeker(hier: _Installatie) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=hier.app), base_url=_BASIS)


async def _duur(client: AsyncClient, pad: str) -> float:
    begin = time.perf_counter()
    antwoord = await client.get(pad)
    duur = (time.perf_counter() - begin) * 1000
    if antwoord.status_code != 200:
        raise RuntimeError(f"{pad.partition('?')[0]} gaf {antwoord.status_code}")
    return duur


async def _meld_aan(client: AsyncClient, hier: _Installatie, medewerker: str) -> None:
    pad = maak_link(hier.omgeving, medewerker, _BASIS).removeprefix(_BASIS)
    bewijs = re.search(r'name="bewijs" value="([^"]+)"', (await client.get(pad)).text)
    if bewijs is None:
        raise RuntimeError("aanmelden lukt niet: er staat geen formulier")
    antwoord = await client.post(pad, data={"bewijs": bewijs[1]}, headers={"sec-fetch-site": "same-origin"})
    if antwoord.status_code != 303:
        raise RuntimeError(f"aanmelden gaf {antwoord.status_code}")


def _van_coordinator(aantal: int) -> Mapping[str, Sequence[str]]:
    kans = Random(1)  # noqa: S311 - geen geheim: steeds dezelfde dossiers
    dossiers = [f"D-M{kans.randrange(100, aantal):06}" for _ in range(KEREN)]
    per = ("GM0512", "GM1961", "GM1978")
    return {
        "het regiobord": ["/bord", *(f"/bord?gemeente={g}" for g in per)],
        "een aantal op het bord openen": [
            f"/bord/stappen?status={status}&gemeente={g}{stap}"
            for g in per for status in ("open", "gepland", "klaar") for stap in ("", "&stap=duo")
        ],
        "de termijnen achter een aantal": [
            f"/bord/termijnen?termijn={termijn}&week={week}"
            for termijn in ("pip", "aanbod") for week in ("te-laat", "deze-week", "later")
        ],
        "cijfers als Excel": ["/bord/cijfers/stappen-partner.xlsx"],
        "een dossier": [f"/dossiers/{d}" for d in dossiers],
        "vooruitkijken": [f"/dossiers/{d}/vooruit?wat=verhuizing&op=2026-10-05&gemeente=GM1961" for d in dossiers[:5]],
        "wie doet wat": ["/afspraken", "/afspraken?gemeente=GM1978&leerroute=z"],
    }  # fmt: skip


def _van_behandelaar(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {"mijn werk": ["/mijn-werk"], "werk van het team": ["/mijn-werk/team"], "de eigen dossiers": ["/dossiers"],
            "een taak": [_TAKEN]}  # fmt: skip


def _van_aanbieder(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {"mijn werk (aanbieder)": ["/mijn-werk"], "een taak (aanbieder)": [_TAKEN]}


def _van_mandaathouder(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {"de besluiten": ["/besluiten"], "de afgeronde besluiten": ["/besluiten?toon=afgerond"]}


def _van_archief(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {
        "bewaren en vernietigen": ["/bewaren", "/bewaren?toon=bewaren", "/bewaren?toon=bewaren&vanaf=50"],
        "een vernietigingslijst opstellen": ["/bewaren/nieuw?gemeente=GM0512"],
        "inlezen": ["/invoer"],
    }  # fmt: skip


def _van_beheerder(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {
        "beheer": ["/beheer"],
        "stappen met een probleem": [f"/beheer/stappen?wat={nood.value}" for nood in Stapnood],
        "post met een probleem": [f"/beheer/post?wat={nood.value}" for nood in Postnood],
        "signalen": ["/beheer/signalen"],
    }  # fmt: skip


def _van_privacyofficer(_aantal: int) -> Mapping[str, Sequence[str]]:
    return {"verzoeken om inzage": ["/verzoeken", "/verzoeken?alle=ja"], "wie zag wat": ["/logboek"]}


_PER_ROL: Final[Sequence[tuple[str, Callable[[int], Mapping[str, Sequence[str]]]]]] = (
    ("m-reg", _van_coordinator),
    ("m-jdb-1", _van_behandelaar),
    ("m-lin-1", _van_aanbieder),
    ("m-wil", _van_mandaathouder),
    ("m-adm", _van_archief),
    ("m-bhr", _van_beheerder),
    ("m-fg", _van_privacyofficer),
)


async def _met_taken(client: AsyncClient, paden: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Vul in welke taken deze bezoeker heeft; zonder taak valt de pagina weg, en dat is een fout."""
    if [_TAKEN] not in paden.values():
        return paden
    taken = sorted(set(re.findall(r'href="(/taken/[0-9a-f-]{36})', (await client.get("/mijn-werk")).text)))
    if not taken:
        raise RuntimeError("deze bezoeker heeft geen werk: de vulling klopt niet")
    return {naam: taken if rij == [_TAKEN] else rij for naam, rij in paden.items()}
