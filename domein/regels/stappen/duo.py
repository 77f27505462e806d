"""De meldingen aan DUO (art. 9.2 en 9.3 Bi): het PIP, de leerroute, PVT, MAP en het ontbreken van een aanbod.

De wet noemt geen termijn voor deze meldingen; het serviceniveau is beleid. Een gemelde inhoud die later niet meer
klopt, levert een nieuwe melding op: wat al is gemeld, wordt nooit stil veranderd (regel 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domein.begrippen import Eindegrond, Leerroute, Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.aanbieder import aanbod_gedaan_op, aanbod_termijn
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.regio.gemeenten import gemeentenaam
from domein.stand import Pip, Stand

MELDING_VOOR = "duo/"
GEEN_DAG = "De wet noemt geen dag voor deze melding: wanneer zij klaar moet zijn is beleid."


@dataclass(frozen=True, slots=True)
class TeMelden:
    """Een feit dat DUO moet weten; `start` is de eerste dag waarop het gemeld kan worden."""

    kenmerk: str
    titel: str
    start: date
    inhoud: str
    waarom: str
    artikel: str


def te_melden(stand: Stand, kader: Kader) -> Iterator[TeMelden]:
    """Geef alle feiten die DUO moet weten, gemeld of niet."""
    for pip in stand.pips:
        if pip.elders:
            continue  # dat meldde de vorige gemeente
        dag = kader.volgende_werkdag(pip.dagtekening)
        yield TeMelden(
            f"duo/pip-vastgesteld/{pip.nummer}", "Meld het PIP aan DUO", dag, pip.dagtekening.isoformat(),
            f"Het PIP is vastgesteld op {datum(pip.dagtekening)}. DUO leidt daar de inburgeringstermijn van af.",
            "artikel 9.3 lid 2 Besluit inburgering",
        )  # fmt: skip
        yield TeMelden(
            f"duo/leerroute/{pip.nummer}", "Meld de leerroute aan DUO", dag, _leerroute(pip),
            f"Het PIP van {datum(pip.dagtekening)} legt de leerroute vast.", "artikel 9.2 lid 2 Besluit inburgering",
        )  # fmt: skip
    if stand.pvt_op is not None:
        yield TeMelden(
            "duo/pvt/1", "Meld het PVT aan DUO", kader.volgende_werkdag(stand.pvt_op), stand.pvt_op.isoformat(),
            f"De participatieverklaring is getekend op {datum(stand.pvt_op)}.", "artikel 9.2 lid 2 Besluit inburgering",
        )  # fmt: skip
    if stand.map_op is not None:
        yield TeMelden(
            "duo/map/1", "Meld de MAP aan DUO", kader.volgende_werkdag(stand.map_op), stand.map_op.isoformat(),
            f"Het eindgesprek van de MAP was op {datum(stand.map_op)}.", "artikel 9.2 lid 2 Besluit inburgering",
        )  # fmt: skip
    if stand.z_eindgesprek_op is not None:
        yield TeMelden(
            "duo/z-route/1", "Meld aan DUO dat de Z-route is voltooid", kader.volgende_werkdag(stand.z_eindgesprek_op),
            stand.z_eindgesprek_op.isoformat(),
            f"De uren zijn gehaald en het eindgesprek was op {datum(stand.z_eindgesprek_op)}.",
            "artikel 9.2 lid 2 en artikel 3.14 Besluit inburgering",
        )  # fmt: skip
    if stand.opleiding_op is not None:
        yield TeMelden(
            "duo/opleiding/1", "Meld de opleiding aan DUO", kader.volgende_werkdag(stand.opleiding_op),
            f"{stand.opleiding} sinds {stand.opleiding_op}",
            f"De inburgeraar begon op {datum(stand.opleiding_op)} aan een opleiding die niet vrijstelt. Dat kan "
            "een grond zijn voor verlenging.",
            "artikel 9.3 lid 2 Besluit inburgering",
        )  # fmt: skip
    for nummer, gevraagd_op in stand.duo_vraagt.items():
        yield TeMelden(
            f"duo/voortgang/{nummer}", "Geef DUO de voortgang door", kader.volgende_werkdag(gevraagd_op),
            _voortgang(stand, kader, gevraagd_op),
            f"DUO vroeg op {datum(gevraagd_op)} om voortgang, aanwezigheid en inspanning.",
            "artikel 9.2 lid 2 Besluit inburgering",
        )  # fmt: skip
    for een in stand.verhuizingen.values():
        if not een.van_buiten or een.nummer > 1:  # wie met zijn kennisgeving kwam, kent DUO al in deze gemeente
            yield TeMelden(
                f"duo/verhuizing/{een.nummer}", "Meld de verhuizing aan DUO", kader.volgende_werkdag(een.op), een.naar,
                f"De persoon is op {datum(een.op)} ingeschreven in {gemeentenaam(een.naar)}. Zo weet DUO welke "
                "gemeente het traject nu begeleidt; de wet vraagt deze melding niet.",
                "beleid, geen wet",
            )  # fmt: skip
    yield from _geen_aanbod(stand, kader)


def _leerroute(pip: Pip) -> str:
    """De leerroute met haar intensiteit en de onderdelen die op A2 mogen (art. 9.2 lid 2 Bi)."""
    delen = [pip.leerroute.value]
    if pip.uren_per_week is not None:
        delen.append(f"{pip.uren_per_week} uur per week")
    if pip.a2_onderdelen:
        delen.append(f"A2 voor {' en '.join(pip.a2_onderdelen)}")
    return ", ".join(delen)


def _voortgang(stand: Stand, kader: Kader, op: date) -> str:
    """Wat er tot en met die dag aan uren en verzuim is vastgelegd."""
    tot = [opgave for opgave in stand.uren if opgave.op <= op]
    geoorloofd, ongeoorloofd = sum(u.geoorloofd for u in tot), sum(u.ongeoorloofd for u in tot)
    return (
        f"tot en met {op}: {cursusuren(stand, op)} uur les, {participatie_uren(stand, kader, op)} uur participatie, "
        f"verzuim {geoorloofd} geoorloofd en {ongeoorloofd} ongeoorloofd"
    )


def _geen_aanbod(stand: Stand, kader: Kader) -> Iterator[TeMelden]:
    termijn = aanbod_termijn(stand, kader)
    if termijn is None or (stand.einde is not None and stand.einde.op <= termijn.einde):
        return
    gedaan_op = aanbod_gedaan_op(stand)
    if gedaan_op is not None and gedaan_op <= termijn.einde:
        return
    wat = "les in het taalschakeltraject" if stand.leerroute is Leerroute.ONDERWIJS else "aanbod"
    yield TeMelden(
        "duo/geen-aanbod/1", "Meld aan DUO dat er geen aanbod is", kader.volgende_werkdag(termijn.einde),
        f"geen aanbod op {termijn.einde}",
        f"Is er op {datum(termijn.einde)} nog geen {wat}, dan moet DUO dat weten. {termijn.uitleg} "
        "DUO kan de inburgeringstermijn verlengen.",
        "artikel 9.3 lid 2 onder b Besluit inburgering; artikel 4.1 Regeling inburgering",
    )  # fmt: skip


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None and stand.einde.grond in (Eindegrond.OVERLIJDEN, Eindegrond.INGETROKKEN):
        return
    feiten = {feit.kenmerk: feit for feit in te_melden(stand, kader)}
    for feit in feiten.values():
        if feit.kenmerk not in stand.duo:
            waarom = f"{feit.waarom} {GEEN_DAG}"
            yield _stap(kader, feit.kenmerk, feit.titel, feit.start, waarom, feit.artikel, feit.inhoud)
    wachttijd = timedelta(days=kader.regeling.getal("duo_navraag_dagen"))
    for kenmerk, melding in stand.duo.items():
        feit = feiten.get(kenmerk)
        rest = kenmerk.removeprefix(MELDING_VOOR)
        inhoud = feit.inhoud if feit else "vervallen"
        if inhoud != melding.inhoud:
            yield _stap(
                kader, f"duo/herstel/{rest}/{melding.correcties + 1}", "Herstel een melding bij DUO",
                kader.volgende_werkdag(melding.ingevoerd_op),
                f"Op {datum(melding.ingevoerd_op)} is iets gemeld dat niet meer klopt. Meld nu: {inhoud}.",
                "artikel 9.2 en 9.3 Besluit inburgering", inhoud,
            )  # fmt: skip
        elif melding.bevestigd_op is None and stand.einde is None:
            yield _stap(
                kader, f"duo/navraag/{rest}/{melding.correcties + 1}", "Vraag DUO of de melding is aangekomen",
                kader.werkdag(melding.ingevoerd_op + wachttijd),
                f"De melding is op {datum(melding.ingevoerd_op)} ingevoerd, maar DUO heeft haar niet bevestigd.",
                "beleid, geen wet", melding.inhoud,
            )  # fmt: skip


def _stap(kader: Kader, kenmerk: str, titel: str, start: date, waarom: str, artikel: str, inhoud: str) -> GewensteStap:
    return GewensteStap(
        kenmerk=kenmerk,
        stapsoort=Stapsoort.DUO,
        titel=titel,
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("duo_melden_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=waarom,
        artikel=artikel,
        inhoud=inhoud,
    )


def melding_van(kenmerk: str) -> str:
    """Geef de melding waar een stap over gaat: `duo/herstel/pvt/1/2` gaat over `duo/pvt/1`."""
    delen = kenmerk.split("/")
    return "/".join(["duo", *delen[2:-1]]) if delen[1] in ("herstel", "navraag") else kenmerk
