"""Wat de dekking op een enkele dag niet ziet: terugval, opnamestops en peildatums door elkaar.

Een terugval moet ergens uitkomen; een partner die niemand aanneemt heeft een vervanger nodig; en
twee afspraken die elkaar opvolgen tellen hun grens met dezelfde dag, anders valt iemand ertussen.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from domein.begrippen import Leerroute, Stapsoort
from domein.regels.dekkingsruimte import STAPPEN_ZONDER_LEERROUTE
from domein.regels.dekkingsvlakken import Dekking, Oordeel, Tijdvak
from domein.regels.peildatum import NAMEN
from domein.regels.samenwerking_partner import partnercodes
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek
from domein.regio.model import Regio
from domein.regio.onderdelen import Periode
from domein.regio.soorten import Peildatumsoort

_TABEL: Final = "samenwerkingsafspraken"


def toets_vervolg(dekking: Dekking) -> tuple[Bevinding, ...]:
    """Geef elke terugval die nergens uitkomt, elke stop zonder vervanger en elke gemengde peildatum."""
    return (*_terugvallen(dekking), *_stops(dekking.regio), *_peildatums(dekking))


def _plek(regio: Regio, regel_id: str, kolom: str) -> Plek:
    nummer = next(n for n, a in enumerate(regio.samenwerkingsafspraken) if a.regel_id == regel_id)
    return Plek(_TABEL, nummer, regel_id, kolom)


# ---- terugval ----


def _terugvallen(dekking: Dekking) -> Iterator[Bevinding]:
    gemeld: set[str] = set()
    if not any(a.terugval for a in dekking.regio.samenwerkingsafspraken):
        return
    for stap in Stapsoort:
        for gemeente in dekking.regio.gemeenten:
            for tijdvak in dekking.loop(stap, gemeente):
                for afspraak, cellen in tijdvak.oordeel.winnaars:
                    reden = _loopt_dood(dekking, stap, tijdvak.oordeel, afspraak, cellen)
                    if reden and afspraak.regel_id not in gemeld:
                        gemeld.add(afspraak.regel_id)
                        yield _terugval(dekking.regio, afspraak, reden, stap, gemeente, tijdvak)


def _terugval(
    regio: Regio, afspraak: Samenwerkingsafspraak, reden: str, stap: Stapsoort, gemeente: str, tijdvak: Tijdvak
) -> Bevinding:
    return Bevinding(
        "terugval_loopt_dood",
        Ernst.FOUT,
        f"de terugval komt nergens uit: {reden}, bijvoorbeeld bij stap '{stap}' in {gemeente} van "
        f"{tijdvak.van.isoformat()} tot en met {tijdvak.tot.isoformat()}.",
        "Kies een leerroute waarin een afspraak een uitvoerder noemt.",
        _plek(regio, afspraak.regel_id, "terugval"),
    )


def _loopt_dood(
    dekking: Dekking, stap: Stapsoort, oordeel: Oordeel, afspraak: Samenwerkingsafspraak, cellen: int
) -> str:
    """Volg de terugval van leerroute naar leerroute; geef waarom zij niet aankomt, of een lege tekst."""
    onderweg, gezien = [(afspraak, cellen & dekking.ruimte.van_stap(stap))], {afspraak.regel_id}
    while onderweg:
        huidig, deel = onderweg.pop()
        if huidig.terugval is None or not deel:
            continue
        route = huidig.terugval.leerroute
        daar = dekking.ruimte.naar_leerroute(deel, route)
        zonder_route = route is Leerroute.ONBEKEND and stap not in STAPPEN_ZONDER_LEERROUTE
        if not afspraak.kandidaten() and (zonder_route or daar & ~oordeel.gedekt):
            return f"in leerroute {route} regelt niemand deze stap"
        for volgende, raakt in ((a, daar & c) for a, c in oordeel.winnaars if daar & c):
            if volgende.terugval is not None and volgende.regel_id in gezien:
                return f"'{huidig.regel_id}' en '{volgende.regel_id}' vallen op elkaar terug"
            if volgende.terugval is None and volgende.niet_van_toepassing and not afspraak.kandidaten():
                return f"in leerroute {route} hoeft de stap niet ('{volgende.regel_id}')"
            gezien.add(volgende.regel_id)
            onderweg.append((volgende, raakt))
    return ""


# ---- opnamestops ----


def _stops(regio: Regio) -> Iterator[Bevinding]:
    if not any(partner.opnamestops for partner in regio.partners):
        return
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        if not afspraak.kandidaten() or afspraak.terugval is not None:
            continue
        for gemeente in sorted(regio.gemeenten_van(afspraak)):
            codes = partnercodes(regio, afspraak.kandidaten(), gemeente)
            dicht = next(_allemaal_dicht(regio, codes, regio.periode_van(afspraak)), None)
            if dicht is not None:
                yield Bevinding(
                    "opnamestop_zonder_vervanger",
                    Ernst.WAARSCHUWING,
                    f"op {dicht.isoformat()} neemt niemand van deze afspraak nieuwe mensen aan ({', '.join(codes)}), "
                    f"bijvoorbeeld uit {gemeente}.",
                    "Noem een fallback zonder opnamestop, of een terugval.",
                    Plek(_TABEL, nummer, afspraak.regel_id, "fallback"),
                )
                break


def _allemaal_dicht(regio: Regio, codes: tuple[str, ...], periode: Periode) -> Iterator[date]:
    """Geef de dagen waarop een stop begint en dan geen enkele partner meer aanneemt."""
    partners = [p for code in codes if (p := regio.partner(code)) is not None]
    begin = {max(stop.van, periode.van) for partner in partners for stop in partner.opnamestops}
    for dag in sorted(begin):
        if periode.bevat(dag) and all(any(s.geldt_op(dag) for s in p.opnamestops) for p in partners):
            yield dag


# ---- peildatums ----


def _peildatums(dekking: Dekking) -> Iterator[Bevinding]:
    """Mensen van wie de dagen aan weerszijden van een grens liggen: geldt er dan nog precies een afspraak?"""
    regio = dekking.regio
    gemeld: set[tuple[str, ...]] = set()
    for stap in Stapsoort:
        nodig = dekking.ruimte.van_stap(stap)
        for gemeente in regio.gemeenten:
            if any(dekking.gaten(stap, gemeente)) or any(dekking.tegenspraken(stap, gemeente)):
                continue  # eerst dat; daarna zegt dit pas iets
            for dagen, oordeel in dekking.peilingen(stap, gemeente):
                gat = nodig & ~oordeel.gedekt
                groep = next((groep for groep, cellen in oordeel.tegenspraken if cellen & nodig), ())
                betrokken = sorted(a.regel_id for a in groep or _met_grens(regio, stap, gemeente))
                sleutel = (str(bool(gat)), *betrokken)
                if (gat or groep) and sleutel not in gemeld:
                    gemeld.add(sleutel)
                    yield _gemengd(regio, stap, gemeente, dagen, betrokken, bool(gat))


def _met_grens(regio: Regio, stap: Stapsoort, gemeente: str) -> Iterator[Samenwerkingsafspraak]:
    for afspraak in regio.samenwerkingsafspraken:
        periode = regio.periode_van(afspraak)
        kort = periode.van > regio.kop.geldig_van or periode.tot < regio.kop.geldig_tot
        if kort and stap in afspraak.stappen and gemeente in regio.gemeenten_van(afspraak):
            yield afspraak


def _gemengd(
    regio: Regio,
    stap: Stapsoort,
    gemeente: str,
    dagen: Mapping[Peildatumsoort, date],
    betrokken: list[str],
    gat: bool,
) -> Bevinding:
    geval = " en ".join(f"{NAMEN[soort]} op {dag.isoformat()}" for soort, dag in dagen.items())
    gevolg = "geldt geen enkele afspraak" if gat else "gelden zij allebei"
    return Bevinding(
        "peildatum_gemengd",
        Ernst.FOUT,
        f"de afspraken {', '.join(repr(naam) for naam in betrokken)} tellen hun periode met verschillende dagen. "
        f"Bijvoorbeeld bij stap '{stap}' in {gemeente}: met {geval} {gevolg}.",
        "Geef afspraken die elkaar opvolgen dezelfde peildatumsoort.",
        _plek(regio, betrokken[-1], "peildatumsoort"),
    )
