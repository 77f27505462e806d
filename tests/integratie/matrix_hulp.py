"""De wereld voor de matrix: de voorbeeldregio met taken bij elke organisatie, en een tweede, eenvoudige uitleg van de
rechten, los van `domein.regels.toegang` geschreven.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import ASGITransport, AsyncClient, Response

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.opslag import SqlMagazijn
from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.aanmelden import maak_link
from domein.handelingen.besluiten import maak_concept
from domein.handelingen.openen import open_stap
from domein.handelingen.regio import regio_op
from domein.handelingen.registreren import registreer
from domein.model import Stap
from domein.ports import Linkdoel, Persoon
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep
from portaal.rechten import routes_van
from tests.integratie.portaal_bezoek import FORMULIER, ZELFDE
from tests.integratie.portaal_hulp import ADMINISTRATIE, VOORBEELD, oproep, regio_met_dossiers
from tests.integratie.post_hulp import BASIS, Installatie, Zetbaar

AFWEZIG: Final = "00000000-0000-4000-8000-000000000000"
TEAMROLLEN: Final = {
    Rol.KLANTMANAGER, Rol.TEAMLEIDER, Rol.AANBIEDER, Rol.ADMINISTRATIE, Rol.REGIOCOORDINATOR, Rol.BEGELEIDER,
    Rol.TRAJECTBEGELEIDER,
}  # fmt: skip


@dataclass
class Wereld:
    hier: Installatie
    regio: Regio
    stappen: list[Stap]  # van elke organisatie en rol een open taak, elk in een eigen dossier
    referenties: dict[Any, str]
    personen: dict[Any, Persoon]
    codes: list[str] = field(default_factory=list)
    klantmanagers: dict[Any, str | None] = field(default_factory=dict)

    def mag_weten(self, code: str, stap: Stap) -> bool:
        """Mag deze persoon weten dat dit dossier er is?"""
        wie = self.regio.medewerker(code)
        assert wie is not None
        if {Rol.REGIOCOORDINATOR, Rol.BEHEERDER} & set(wie.rollen) or self.klantmanagers[stap.dossier_id] == code:
            return True
        for een in self.taken_in(stap.dossier_id):
            collega = een.partner == wie.partner and TEAMROLLEN & set(wie.rollen)
            if een.medewerker == code or collega or self._besluit(code, een):
                return True
        return False

    def mag_naam(self, code: str, stap: Stap) -> bool:
        """Mag deze persoon weten om wie het gaat? Alleen met een eigen taak, als teamleider of als mandaathouder."""
        wie = self.regio.medewerker(code)
        assert wie is not None
        if self.klantmanagers[stap.dossier_id] == code:
            return True
        for een in self.taken_in(stap.dossier_id):
            afspraak = self.regio.afspraak(een.afspraak or "")
            naam = afspraak is None or Gegevensgroep.NAAM in afspraak.inzage
            leidt = Rol.TEAMLEIDER in wie.rollen and een.partner == wie.partner
            if naam and (een.medewerker == code or leidt or self._besluit(code, een)):
                return True
        return False

    def van_elk(self) -> list[Stap]:
        """Van elke medewerker met werk één taak."""
        return list({stap.medewerker: stap for stap in self.stappen}.values())

    def taken_in(self, dossier_id: Any) -> list[Stap]:
        return [stap for stap in self.stappen if stap.dossier_id == dossier_id]

    def _besluit(self, code: str, stap: Stap) -> bool:
        geldend = (m for m in self.regio.mandaten if m.gemeente == stap.gemeente and stap.stapsoort in m.stappen)
        return stap.besluit and any(code in m.houders for m in geldend)


def maak_wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    hier = regio_met_dossiers(magazijn, klok)
    gelezen = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), ["GM0512", "GM1961", "GM1978"])
    registreer(hier.omgeving, gelezen.rijen[3:9], ADMINISTRATIE)
    oproep(hier)
    with magazijn.ruimte() as ruimte:
        gepland = [s.id for s in ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=klok.vandaag())]
    for stap_id in gepland[:6]:
        open_stap(hier.omgeving, stap_id)
    with magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, hier.omgeving, klok.vandaag())
        dossiers = list(ruimte.dossiers())
    wereld = Wereld(hier, regio, [], {d.id: d.referentie for d in dossiers}, {})
    for dossier, code in zip(dossiers[-4:], ("m-mer", "m-lin", "m-roc", "m-vrw"), strict=True):
        _geef_taak(magazijn, wereld, dossier.id, dossier.gemeente, code)
    _geef_besluit(magazijn, wereld, dossiers[0].id, dossiers[0].gemeente)
    with magazijn.ruimte() as ruimte:
        wereld.stappen = list(ruimte.stappen_waar(statussen=[Stapstatus.OPEN]))
        wereld.personen = {d.id: p for d in dossiers if (p := ruimte.persoon(d.id)) is not None}
        wereld.klantmanagers = {d.id: d.klantmanager for d in ruimte.dossiers()}
    wereld.codes = [m.code for m in regio.medewerkers]
    return wereld


def _geef_taak(magazijn: SqlMagazijn, wereld: Wereld, dossier_id: Any, gemeente: str, code: str) -> None:
    wie = wereld.regio.medewerker(code)
    assert wie is not None
    afspraak = next(
        (a.regel_id for a in wereld.regio.samenwerkingsafspraken if wie.partner in a.kandidaten()), "begeleiding"
    )
    _zet_open(
        magazijn, wereld, dossier_id, gemeente, kenmerk="aanbieder/aanmelding/1", stapsoort=Stapsoort.AANMELDING,
        titel=f"Taak voor {code}", rol=wie.rollen[0], partner=wie.partner, medewerker=code, afspraak=afspraak,
    )  # fmt: skip


def _geef_besluit(magazijn: SqlMagazijn, wereld: Wereld, dossier_id: Any, gemeente: str) -> None:
    with magazijn.ruimte() as ruimte:
        stap = next(s for s in ruimte.stappen(dossier_id) if s.besluit)
        mandaat = next(m for m in wereld.regio.mandaten if m.gemeente == gemeente and stap.stapsoort in m.stappen)
        stap.status, stap.partner, stap.medewerker, stap.afspraak = Stapstatus.OPEN, "avres", mandaat.houders[0], "pip"
        ruimte.bewaar(stap)
    velden = {"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}
    maak_concept(wereld.hier.omgeving, dossier_id, stap.kenmerk, "pip_vastgesteld", velden, Actor("m-jdb"))


def _zet_open(magazijn: SqlMagazijn, wereld: Wereld, dossier_id: Any, gemeente: str, **velden: Any) -> None:
    vandaag = wereld.hier.klok.vandaag()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(
            Stap(
                id=uuid4(), dossier_id=dossier_id, gemeente=gemeente, status=Stapstatus.OPEN, start=vandaag,
                streef=vandaag + timedelta(days=7), geopend_op=wereld.hier.klok.nu(), waarom="Omdat het moet.",
                artikel="art. 13 Wi", **velden,
            )
        )  # fmt: skip


# de bezoekers


@dataclass
class Bezoek:
    """Eén persoon met zijn eigen koekjes, in de lus van de test."""

    client: AsyncClient
    bewijs: str = ""

    async def get(self, pad: str) -> Response:
        return await self.client.get(pad)

    async def post(
        self, pad: str, velden: Mapping[str, str], koppen: Mapping[str, str] = ZELFDE, *, bewijs: str | None = None
    ) -> Response:
        alles = {"bewijs": self.bewijs if bewijs is None else bewijs, **velden}
        return await self.client.post(pad, content=urlencode(alles), headers={**FORMULIER, **koppen})


async def bezoek(hier: Installatie, app: FastAPI, code: str | None) -> Bezoek:
    """Een bezoeker; aangemeld als er een code is."""
    client = AsyncClient(transport=ASGITransport(app=app, raise_app_exceptions=False), base_url=BASIS)
    ander = Bezoek(client)
    if code is None:
        return ander
    link = maak_link(hier.omgeving, code, BASIS)
    bewijs = _bewijs((await client.get(link)).text)
    assert (await ander.post(link, {}, bewijs=bewijs)).status_code == 303
    ander.bewijs = _bewijs((await client.get("/aanmelding")).text)
    return ander


def _bewijs(tekst: str) -> str:
    gevonden = re.search(r'name="bewijs" value="([^"]+)"', tekst)
    assert gevonden is not None
    return gevonden.group(1)


def loop(werk: Any) -> Any:
    return asyncio.run(werk)


# de routes, met wat er in hun pad hoort


def routes(app: FastAPI, methode: str) -> list[APIRoute]:
    return [route for route in routes_van(app) if methode in (route.methods or ())]


def paden(wereld: Wereld, route: APIRoute, stap: Stap | None, code: str) -> str:
    """Vul het pad van een route voor deze taak; zonder taak met iets dat er niet is. Een onbekende plek is een fout."""
    dossier = wereld.referenties[stap.dossier_id] if stap else "D-ZZZZZ"

    def vul(plek: re.Match[str]) -> str:
        naam = plek.group(1).partition(":")[0]
        match naam:
            case "stap_id":
                return str(stap.id) if stap else AFWEZIG
            case "referentie":
                return dossier
            case "soort":
                return "brief_oproep"
            case "code":
                return "x" * 43
            case "token":
                return _token(wereld, route.path, stap, code)
            case _:
                return VASTE_PLEKKEN[naam]

    return re.sub(r"\{([^}]+)\}", vul, route.path)


# Wat een andere pagina in haar pad heeft, en dat nooit naar een dossier wijst.
VASTE_PLEKKEN: dict[str, str] = {
    "bestand": "termijnen.csv", "nummer": "1", "wat": "reactie", "feit": "overwogen", "lijst": "VL-GM0512-2031-1",
    "bulk_id": "B-ZZZZZZZZ", "bericht_id": AFWEZIG,
    "melding": "verhuisd", "volgnummer": "1", "rest": "bestaat-niet", "invoer_id": AFWEZIG,
}  # fmt: skip


def _token(wereld: Wereld, pad: str, stap: Stap | None, code: str) -> str:
    if pad.startswith("/werk/"):
        return wereld.hier.links.werklink(code).rsplit("/", 1)[1]
    doel = next(d for d in Linkdoel if pad.startswith(f"/{d.value}/"))
    stap_id, generatie = (stap.id, stap.generatie) if stap else (uuid4(), 1)
    return wereld.hier.links.taaklink(stap_id, generatie, code, doel).rsplit("/", 1)[1]


def wijst_naar_een_dossier(route: APIRoute) -> bool:
    return bool(re.search(r"\{(stap_id|referentie)", route.path))


def lekken(wereld: Wereld, code: str | None, tekst: str, *, toezicht: bool = False) -> Iterator[str]:
    """Wat er op een pagina staat dat deze persoon niet mag zien. In het logboek staan referenties, nooit personen."""
    for stap in wereld.stappen:
        referentie, persoon = wereld.referenties[stap.dossier_id], wereld.personen[stap.dossier_id]
        if referentie in tekst and not toezicht and (code is None or not wereld.mag_weten(code, stap)):
            yield f"{code} ziet {referentie}"
        geheim = (persoon.naam, persoon.bsn, *(persoon.gegevens.get(k, "") for k in ("email", "telefoon", "straat")))
        if any(len(deel) > 4 and deel in tekst for deel in geheim) and (
            code is None or not wereld.mag_naam(code, stap)
        ):
            yield f"{code} ziet de persoon van {referentie}"
