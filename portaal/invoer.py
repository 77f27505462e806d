"""Een bestand met kennisgevingen of koppelingen inlezen: kiezen, zien wat elke rij doet, bevestigen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from adapters import kennisgevingen_bestand, koppelingen_bestand
from adapters.personenbestand import MAX_BYTES, Bestandsoort, Inleesresultaat, lees_inhoud, schone_bestandsnaam
from adapters.wekker import wek_ronde
from domein.fouten import RegieFout
from domein.handelingen import inlezen
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.inlezen import MEESTE_RIJEN, BestandWeg
from domein.handelingen.regio import regio_op
from domein.handelingen.registreren_rijen import RegistratieGeweigerd, Rijverslag
from domein.regels.toegang import Recht
from portaal import paginas
from portaal.rechten import doe, kijk, vraag_recht
from portaal.web import Web, web_van

Inlezer = Annotated[Aangemelde, Depends(vraag_recht(Recht.INVOER))]
INVOER: Final = "/invoer"
EEN: Final = "/invoer/{invoer_id}"
MEESTE_FOUTEN: Final = 200  # wie er meer heeft, begint bij de eerste
SOORTEN: Final[Mapping[str, Bestandsoort[Any]]] = {
    "kennisgevingen": kennisgevingen_bestand.SOORT,
    "koppelingen": koppelingen_bestand.SOORT,
}
VAN: Final = {"kennisgevingen": "Kennisgevingen van DUO", "koppelingen": "Koppelingen van het COA"}
UITKOMSTEN: Final = {
    "nieuw": "Nieuw dossier",
    "aangevuld": "Vult een dossier aan",
    "ongewijzigd": "Staat er al",
    "verbeterd": "Verbetert een dossier",
    "ouder": "Ouder dan wat er staat",
    "ingetrokken": "Trekt een dossier in",
}


@dataclass(frozen=True, slots=True)
class Rijfout:
    """Wat er mis is op één plek. `staat` is gemaskeerd: er staat nooit iets van een persoon in."""

    rij: int
    kolom: str
    staat: str
    melding: str
    toegestaan: str = ""


class NietInTeLezen(Exception):
    """Het bestand kan zo niet; de pagina noemt elke fout bij haar rij en kolom."""

    def __init__(self, naam: str, fouten: Sequence[Rijfout]) -> None:
        super().__init__(naam)
        self.naam, self.fouten = naam, fouten


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, INVOER, toon)
    doe(router, INVOER, bekijk)
    kijk(router, EEN, toon_gedaan)
    doe(router, EEN, lees_in)
    return router


def toon(request: Request, wie: Inlezer) -> Response:
    return _formulier(request, wie)


async def bekijk(request: Request, wie: Inlezer) -> Response:
    """Laat zien wat elke rij zou doen. Er wordt niets ingelezen."""
    web, soort = web_van(request), str(request.state.invoer.get("soort", ""))
    ruw, inhoud = getattr(request.state, "bestanden", {}).get("bestand", ("", b""))
    naam = _bestandsnaam(ruw)
    fouten = {} if soort in SOORTEN else {"soort": "Kies wat u inleest."}
    if not ruw:
        fouten["bestand"] = "Kies een bestand."
    if fouten:
        return _formulier(request, wie, soort=soort, fouten=fouten, status=422)

    def werk() -> Response:
        try:
            rijen = _rijen(web, soort, naam, inhoud)
            gezien = inlezen.bekijk(web.omgeving, wie, soort, naam, inhoud, rijen, INVOER)
        except (NietInTeLezen, RegieFout) as fout:
            return _formulier(request, wie, soort=soort, mis=_mis(naam, fout), status=422)
        gegevens = {
            "naam": naam, "soort": VAN[soort], "regels": _regels(gezien.verslag, proef=True),
            "telling": _telling(gezien.verslag), "bestand_id": gezien.bestand_id, "sleutel": gezien.sleutel,
            "verandert": any(rij.uitkomst != "ongewijzigd" for rij in gezien.verslag), "minuten": _MINUTEN,
        }  # fmt: skip
        return web.pagina(request, wie, "invoer_voorbeeld.html", gegevens)

    return await run_in_threadpool(werk)


async def lees_in(request: Request, wie: Inlezer, invoer_id: str) -> Response:
    """Lees precies het bestand in dat op het scherm stond; nog eens drukken toont wat er gebeurde."""
    web, sleutel = web_van(request), str(request.state.invoer.get("sleutel", ""))

    def werk() -> Response:
        bestand_id, naam, soort = _id(invoer_id), "", ""
        try:
            wacht = inlezen.open_bestand(web.omgeving, wie, bestand_id, sleutel)
            if wacht is not None:
                naam, soort = wacht.naam, wacht.soort
                rijen = _rijen(web, soort, naam, wacht.inhoud)
                inlezen.lees_in(web.omgeving, wie, bestand_id, soort, rijen, EEN)
                wek_ronde(web.wekmap)
        except (NietInTeLezen, RegieFout) as fout:
            return _formulier(request, wie, soort=soort, mis=_mis(naam, fout), status=409)
        return RedirectResponse(f"{INVOER}/{bestand_id}", status_code=303)

    return await run_in_threadpool(werk)


def toon_gedaan(request: Request, wie: Inlezer, invoer_id: str) -> Response:
    web = web_van(request)
    try:
        gedaan = inlezen.gedaan(web.omgeving, wie, _id(invoer_id))
    except BestandWeg:
        return paginas.niet_gevonden()
    gegevens = {
        "naam": gedaan.naam, "soort": VAN[gedaan.soort], "regels": _regels(gedaan.verslag, proef=False),
        "telling": _telling(gedaan.verslag),
    }  # fmt: skip
    return web.pagina(request, wie, "invoer_gedaan.html", gegevens)


_IN_DELEN: Final = "splits het bestand en lees de delen na elkaar in; een rij die er al staat, verandert niets"
_MINUTEN: Final = int(inlezen.WACHT.total_seconds() // 60)


def _bestandsnaam(ruw: str) -> str:
    """Een naam om te tonen: zonder map, zonder stuurtekens en zonder cijfers die een BSN kunnen zijn."""
    return schone_bestandsnaam(PurePath(ruw.replace("\\", "/")))


def _formulier(
    request: Request, wie: Aangemelde, *, soort: str = "", fouten: Mapping[str, str] | None = None,
    mis: Mapping[str, Any] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    gegevens = {
        "soorten": VAN, "gekozen": soort, "fouten": fouten or {}, "mis": mis, "megabytes": MAX_BYTES // 1024 // 1024,
        "meeste": MEESTE_RIJEN,
    }  # fmt: skip
    return web_van(request).pagina(request, wie, "invoer.html", gegevens, status)


def _rijen(web: Web, soort: str, naam: str, inhoud: bytes) -> Sequence[Any]:
    """De gekeurde rijen; NietInTeLezen als er een niet klopt."""
    vandaag = web.omgeving.klok.vandaag()
    with web.omgeving.magazijn.ruimte() as ruimte:
        gemeenten = regio_op(ruimte, web.omgeving, vandaag).gemeenten
    gelezen: Inleesresultaat[Any] = lees_inhoud(SOORTEN[soort], naam, inhoud, vandaag, gemeenten)
    if not gelezen.goed:
        raise NietInTeLezen(naam, [Rijfout(f.rij, f.kolom, f.waarde, f.melding, f.toegestaan) for f in gelezen.fouten])
    if len(gelezen.rijen) > MEESTE_RIJEN:
        te_veel = f"Hier kunnen hoogstens {MEESTE_RIJEN} rijen tegelijk; dit zijn er {len(gelezen.rijen)}."
        raise NietInTeLezen(naam, [Rijfout(0, "", "", te_veel, _IN_DELEN)])
    return gelezen.rijen


def _mis(naam: str, fout: Exception) -> Mapping[str, Any]:
    melding, rijfouten = "", list[Rijfout]()
    match fout:
        case NietInTeLezen():
            rijfouten = list(fout.fouten)
        case RegistratieGeweigerd():
            rijfouten = [Rijfout(rij, "", "", tekst) for rij, tekst in fout.regels]
        case RegieFout():
            melding = f"{fout.melding} {fout.uitweg}".strip()
        case _:
            raise fout
    return {"naam": naam, "melding": melding, "aantal": len(rijfouten), "fouten": rijfouten[:MEESTE_FOUTEN]}


def _regels(verslag: Sequence[Rijverslag], *, proef: bool) -> list[Mapping[str, Any]]:
    """Per rij wat er op de pagina staat; bij een proef bestaat de referentie van een nieuw dossier nog niet."""
    return [
        {
            "rij": rij.rij, "kenmerk": rij.kenmerk, "uitkomst": rij.uitkomst, "wat": UITKOMSTEN[rij.uitkomst],
            "referentie": "" if proef and rij.nieuw_dossier else rij.referentie, "melding": rij.melding,
        }
        for rij in verslag
    ]  # fmt: skip


def _telling(verslag: Sequence[Rijverslag]) -> list[tuple[str, int]]:
    geteld = Counter(rij.uitkomst for rij in verslag)
    return [(UITKOMSTEN[soort], geteld[soort]) for soort in UITKOMSTEN if geteld[soort]]


def _id(ruw: str) -> UUID:
    try:
        return UUID(ruw)
    except ValueError:
        return UUID(int=0)  # een onleesbaar nummer is een bestand dat er niet is
