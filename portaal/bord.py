"""Het regiobord: figuren met een tabel ernaast, wat er achter een aantal zit, en de cijfers als bestand."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from adapters.rekenblad_schrijven import schrijf_csv, schrijf_xlsx
from domein.begrippen import Stapsoort, Stapstatus
from domein.fouten import OnbekendeStap
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.logboek import noteer
from domein.handelingen.regiobord import BLAD, bekijk_bord, bordkeuzes, stappen_achter, termijnen_achter, zicht_van
from domein.model import Logsoort
from domein.regels.bordfiguren import STAPNAMEN, STATUSNAMEN, TERMIJNNAMEN, weken
from domein.regels.bordvormen import GEEN_WIJZER, Bordkeuze, Bordrij, Bordzicht, Figuur
from domein.regels.kalender import datum
from domein.regels.toegang import Recht
from portaal import plaatjes
from portaal.mensen import Mensen
from portaal.rechten import GeenRecht, kijk, vraag_recht
from portaal.web import Web, web_van

Kijker = Annotated[Aangemelde, Depends(vraag_recht(Recht.BORD))]
_VORMEN: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NIEMAND: Final = "geen"  # in een adres: bij nog niemand


def maak_router(_web: Web) -> APIRouter:
    router = APIRouter()
    kijk(router, "/bord", bord)
    kijk(router, "/bord/stappen", stappen)
    kijk(router, "/bord/termijnen", termijnen)
    kijk(router, "/bord/cijfers/{bestand}", cijfers)
    return router


def _keuze(gemeente: str, partner: str, stap: str) -> Bordkeuze:
    return Bordkeuze(gemeente, partner, stap if stap in STAPNAMEN else "")


def _vraag(velden: Mapping[str, str]) -> str:
    return f"?{urlencode(velden)}" if velden else ""


def bord(request: Request, wie: Kijker, gemeente: str = "", partner: str = "", stap: str = "") -> Response:
    web = web_van(request)
    keuze, zicht = _keuze(gemeente, partner, stap), zicht_van(wie.kijker)
    beeld = bekijk_bord(web.omgeving, zicht, keuze)
    return web.pagina(
        request, wie, "bord.html",
        {
            "bord": beeld, "vandaag": web.omgeving.klok.vandaag(), "keuze": {**dict.fromkeys(beeld.keuzes, ""),
            **keuze.als_velden()}, "vraag": _vraag(keuze.als_velden()),
            "figuren": [(figuur, plaatjes.teken(figuur)) for figuur in beeld.figuren],
            "adres_van": _adressen(keuze, zicht), "achter": _achter(wie, keuze, zicht),
        },
    )  # fmt: skip


def _achter(wie: Aangemelde, keuze: Bordkeuze, zicht: Bordzicht) -> Mapping[str, str]:
    """Waar een kengetal naartoe verwijst. Te laat staat bij beheer, en daar alleen van de hele regio."""
    if not zicht.alles:
        return {}
    velden = keuze.als_velden()
    achter = {"Open stappen": f"/bord/stappen{_vraag({**velden, 'status': Stapstatus.OPEN.value})}"}
    if not velden and Recht.BEHEER in wie.rechten:
        achter["Te laat"] = "/beheer/stappen?wat=te-laat"
    return achter


def _adressen(keuze: Bordkeuze, zicht: Bordzicht) -> Callable[[Figuur, Bordrij, int], str]:
    """Waar een aantal naartoe verwijst: de stappen of termijnen waaruit het is opgeteld."""

    def adres(_figuur: Figuur, rij: Bordrij, kolom: int) -> str:
        wijzer = rij.wijzer(kolom) if zicht.alles else GEEN_WIJZER
        if not wijzer:
            return ""
        if "termijn" in wijzer:
            gemeente = {"gemeente": keuze.gemeente} if keuze.gemeente else {}
            return f"/bord/termijnen{_vraag({**gemeente, **wijzer})}"
        velden = {**keuze.als_velden(), **wijzer}
        if velden.get("partner") == "":
            velden["partner"] = NIEMAND
        return f"/bord/stappen{_vraag(velden)}"

    return adres


def cijfers(
    request: Request, wie: Kijker, bestand: str, gemeente: str = "", partner: str = "", stap: str = ""
) -> Response:
    """Eén figuur als bestand, precies zoals deze persoon haar op het bord ziet; formules doen er niets in."""
    web = web_van(request)
    code, _, vorm = bestand.rpartition(".")
    beeld = bekijk_bord(web.omgeving, zicht_van(wie.kijker), _keuze(gemeente, partner, stap))
    figuur = beeld.figuur(code)
    if figuur is None or vorm not in _VORMEN:
        raise OnbekendeStap("Deze figuur is er niet.", "Ga terug naar het bord.")
    rijen = [(rij.naam, *rij.waarden) for rij in figuur.rijen]
    inhoud = (
        schrijf_csv(figuur.kolommen, rijen) if vorm == "csv" else schrijf_xlsx(figuur.titel, figuur.kolommen, rijen)
    )
    noteer(web.omgeving, wie, request.scope["route"].path, Logsoort.MEEGENOMEN)
    naam = f"regiobord-{figuur.code}-{web.omgeving.klok.vandaag().isoformat()}.{vorm}"
    return Response(inhoud, media_type=_VORMEN[vorm], headers={"Content-Disposition": f'attachment; filename="{naam}"'})


def _eis_doorzien(zicht: Bordzicht, gemeenten: tuple[str, ...], gemeente: str) -> None:
    """Alleen wie elk dossier mag zien, kijkt achter een aantal; een vreemde gemeente bestaat niet."""
    if not zicht.alles or (gemeente and gemeente not in gemeenten):
        raise GeenRecht


def stappen(
    request: Request, wie: Kijker, status: str = "", gemeente: str = "", partner: str = "", stap: str = "", na: str = ""
) -> Response:
    web = web_van(request)
    zicht = zicht_van(wie.kijker)
    beeld = bordkeuzes(web.omgeving)
    namen = beeld["gemeente"]
    _eis_doorzien(zicht, tuple(namen), gemeente)
    if status not in STATUSNAMEN or (stap and stap not in STAPNAMEN):
        raise OnbekendeStap("Deze lijst is er niet.", "Ga terug naar het bord.")
    velden = {naam: w for naam, w in (("status", status), ("partner", partner), ("stap", stap)) if w}
    wat = [STAPNAMEN[Stapsoort(stap)].lower() if stap else "alle stappen"]
    wat += [beeld["partner"].get(partner, "nog bij niemand")] if partner else []
    gegevens: dict[str, Any] = {
        "kop": f"{STATUSNAMEN[Stapstatus(status)]}: {', '.join(wat)}", "rijen": [], "gemeenten": [], "meer": "",
        "koppen": ("Dossier", "Stap", "Streefdag", "Uiterste dag", "Bij"), "mag_dossier": Recht.DOSSIER in wie.rechten,
    }  # fmt: skip
    soort = Stapsoort(stap) if stap else None
    bij = None if not partner else "" if partner == NIEMAND else partner
    blad, per_gemeente = stappen_achter(web.omgeving, gemeente, Stapstatus(status), soort, bij, _uuid(na))
    if not gemeente:
        gegevens["uitleg"] = "De lijst is er per gemeente."
        gegevens["gemeenten"] = [
            (naam, per_gemeente[code], f"/bord/stappen{_vraag({**velden, 'gemeente': code})}")
            for code, naam in namen.items()
            if per_gemeente.get(code)
        ]
        return web.pagina(request, wie, "bord_lijst.html", gegevens)
    gegevens["uitleg"] = f"{namen[gemeente]}. Kies een dossier om zijn tijdlijn te zien."
    mens = Mensen(web.omgeving)
    gegevens["rijen"] = [
        (referentie, (s.titel, datum(s.streef), datum(s.uiterst) if s.uiterst else "", mens(s.medewerker or s.partner)))
        for s, referentie in blad
    ]
    if len(blad) == BLAD:
        verder = {**velden, "gemeente": gemeente, "na": str(blad[-1][0].id)}
        gegevens["meer"] = f"/bord/stappen{_vraag(verder)}"
    return web.pagina(request, wie, "bord_lijst.html", gegevens)


def termijnen(request: Request, wie: Kijker, termijn: str = "", week: str = "", gemeente: str = "") -> Response:
    web = web_van(request)
    zicht = zicht_van(wie.kijker)
    vakken = {code: (naam, van, tot) for code, naam, van, tot in weken(web.omgeving.klok.vandaag())}
    if termijn not in TERMIJNNAMEN or week not in vakken:
        raise OnbekendeStap("Deze lijst is er niet.", "Ga terug naar het bord.")
    naam, van, tot = vakken[week]
    namen = bordkeuzes(web.omgeving)["gemeente"]
    _eis_doorzien(zicht, tuple(namen), gemeente)
    blad = termijnen_achter(web.omgeving, [gemeente] if gemeente else tuple(namen), termijn, van, tot)
    rijen = [
        (referentie, (namen.get(t.gemeente, t.gemeente), datum(t.einde), _over(t.einde, web.omgeving.klok.vandaag())))
        for t, referentie in blad
    ]
    uitleg = "De eerste vijftig, op laatste dag." if len(blad) == BLAD else "Op laatste dag."
    return web.pagina(
        request, wie, "bord_lijst.html",
        {
            "kop": f"{TERMIJNNAMEN[termijn]}: {naam.lower()}", "uitleg": uitleg, "gemeenten": [], "rijen": rijen,
            "koppen": ("Dossier", "Gemeente", "Laatste dag", "Nog"), "meer": "",
            "mag_dossier": Recht.DOSSIER in wie.rechten,
        },
    )  # fmt: skip


def _over(dag: date, vandaag: date) -> str:
    dagen = (dag - vandaag).days
    if dagen < 0:
        return f"{-dagen} dagen te laat" if dagen < -1 else "1 dag te laat"
    return "vandaag" if dagen == 0 else "1 dag" if dagen == 1 else f"{dagen} dagen"


def _uuid(tekst: str) -> UUID | None:
    try:
        return UUID(tekst) if tekst else None
    except ValueError:
        return None
