"""Looks at the machine and the installation around the work: disk, clocks, rounds, backups, schema and keys.

The same form as `gezondheid.py`: a function gives its findings and changes nothing.
"""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import inspect, text

from adapters.hartslag import PORTAAL, STIL_NA, laatste_ronde
from adapters.hoofdsleutel import HUIDIG, NIEUW
from adapters.instellingen import Instellingen
from adapters.klok import EchteKlok
from adapters.opslag import SqlMagazijn
from adapters.sleutelbeheer import stand
from domein.model import metadata
from domein.ports import Omgeving
from domein.regio.bevinding import Bevinding, Ernst

GIB: Final = 1 << 30
VERSCHIL: Final = timedelta(seconds=5)
VERSCHIL_FOUT: Final = timedelta(seconds=60)  # leases of a minute stop meaning anything
TERUG: Final = timedelta(seconds=30)


def _b(soort: str, ernst: Ernst, plaats: str, melding: str, uitweg: str) -> list[Bevinding]:
    return [Bevinding(soort=soort, ernst=ernst, melding=melding, uitweg=uitweg, plaats=plaats)]


def schijf(_omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """There is room where the data of this installation live."""
    gebruik = shutil.disk_usage(keuze.map)
    return ruimte_op(keuze.map, gebruik.free, gebruik.total)


def ruimte_op(map_: Path, vrij: int, totaal: int) -> list[Bevinding]:
    """Judge the room; apart, so that a test need not fill a disk."""
    deel = vrij / max(totaal, 1)
    if vrij >= 2 * GIB and deel >= 0.1:
        return []
    ernst = Ernst.FOUT if vrij < GIB // 2 or deel < 0.03 else Ernst.WAARSCHUWING
    melding = f"De schijf raakt vol: {vrij / GIB:.1f} GB vrij ({deel:.0%})."
    return _b("schijf", ernst, str(map_), melding, "Maak ruimte of vergroot de schijf; is zij vol, dan stopt alles.")


def klokken(omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """This machine and the database agree about the time, and nobody set a clock back."""
    magazijn = omgeving.magazijn
    assert isinstance(magazijn, SqlMagazijn)
    uit: list[Bevinding] = []
    verschil = _verschil(magazijn)
    if verschil > VERSCHIL:
        ernst = Ernst.FOUT if verschil > VERSCHIL_FOUT else Ernst.WAARSCHUWING
        melding = (
            f"De klok van deze machine en die van de database verschillen {verschil.total_seconds():.0f} seconden."
        )
        uit += _b("klok", ernst, "klok", melding, "Laat beide hun tijd van dezelfde tijdserver halen (NTP).")
    laatst = laatste_ronde(magazijn)
    if not keuze.demo and laatst is not None and laatst - EchteKlok().nu() > TERUG:
        melding = f"De laatste ronde is van {laatst:%Y-%m-%d %H:%M} UTC, en dat is straks pas: een klok is teruggezet."
        uit += _b("klok_terug", Ernst.WAARSCHUWING, "klok", melding, "Zet de tijd goed; de ronde loopt gewoon door.")
    return uit


def _verschil(magazijn: SqlMagazijn) -> timedelta:
    if magazijn.engine.dialect.name == "sqlite":
        return timedelta()  # a file has no clock of its own
    klok = EchteKlok()
    with magazijn.engine.connect() as verbinding:
        verbinding.execute(text("SELECT 1"))  # connecting is not part of the measurement
        voor = klok.nu()
        daar: datetime = verbinding.execute(text("SELECT clock_timestamp()")).scalar_one()
        na = klok.nu()
    return max(voor - daar, daar - na, timedelta())


def rondes(omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """A round went well not long ago."""
    if keuze.demo:
        return []  # its clock stands still, and so does it between two commands
    laatst, nu = laatste_ronde(omgeving.magazijn), EchteKlok().nu()
    start = "Start de opzichter ('./regie start', of 'regie opzichter' naast losse diensten) en lees zijn logboek."
    if laatst is None:
        return _b("ronde", Ernst.WAARSCHUWING, "ronde", "Er is nog nooit een ronde goed gegaan.", start)
    if nu - laatst <= timedelta(minutes=keuze.hartslag_minuten):
        return []
    melding = f"De laatste goede ronde was op {laatst:%Y-%m-%d %H:%M} UTC; er opent geen stap en er gaat geen mail."
    return _b("ronde", Ernst.FOUT, "ronde", melding, start)


def portalen(omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """Every portal that started still beats, or said that it stopped."""
    if keuze.demo:
        return []
    nu = EchteKlok().nu()
    with omgeving.magazijn.ruimte() as ruimte:
        stil = [slag for slag in ruimte.hartslagen(PORTAAL) if nu - slag.laatst_op > STIL_NA]
    weg = (
        "Hoort het te draaien, start het dan opnieuw en lees zijn logboek. Is het voorgoed weg, dan verdwijnt dit na "
        "een dag, zolang er een ander portaal draait."
    )
    return [
        bevinding
        for slag in stil
        for bevinding in _b(
            "portaal_stil", Ernst.WAARSCHUWING, slag.houder,
            f"Een portaal liet sinds {slag.laatst_op:%Y-%m-%d %H:%M} UTC niets van zich horen, en meldde zich niet af.",
            weg,
        )
    ]  # fmt: skip


def reservekopieen(omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """There are recent backups of the database and of the keys."""
    if keuze.demo or not keuze.reservekopie_uren:
        return []
    uit: list[Bevinding] = []
    for soort in ("database", "sleutels"):
        with omgeving.magazijn.ruimte() as ruimte:
            slag = ruimte.hartslag(f"reservekopie-{soort}")
        uit += leeftijd_van_kopie(soort, slag.laatst_op if slag else None, EchteKlok().nu(), keuze.reservekopie_uren)
    return uit


def leeftijd_van_kopie(soort: str, laatst: datetime | None, nu: datetime, uren: float) -> list[Bevinding]:
    if laatst is not None and nu - laatst <= timedelta(hours=uren):
        return []
    oud = laatst is None or nu - laatst > timedelta(hours=3 * uren)
    wanneer = "is er nog niet" if laatst is None else f"is van {laatst:%Y-%m-%d %H:%M} UTC"
    melding = f"De laatste reservekopie ({soort}) {wanneer}."
    uitweg = "Maak er een met 'regie reservekopie maak', elke nacht; anderen? Zet REGIE_RESERVEKOPIE_UREN=0."
    return _b(f"reservekopie_{soort}", Ernst.FOUT if oud else Ernst.WAARSCHUWING, soort, melding, uitweg)


def schema(omgeving: Omgeving, _keuze: Instellingen) -> list[Bevinding]:
    """The tables and columns are those of this program: nobody changed them by hand."""
    magazijn = omgeving.magazijn
    assert isinstance(magazijn, SqlMagazijn)
    blik = inspect(magazijn.engine)
    aanwezig = set(blik.get_table_names())
    anders = [
        naam
        for naam, tabel in sorted(metadata.tables.items())
        if naam not in aanwezig or {k["name"] for k in blik.get_columns(naam)} != {k.name for k in tabel.columns}
    ]
    if not anders:
        return []
    melding = f"Deze tabellen zijn anders dan dit programma verwacht: {', '.join(anders)}."
    return _b(
        "schema", Ernst.FOUT, "database", melding, "Zet een reservekopie terug; wijzig tabellen nooit met de hand."
    )


def sleutelwissel(_omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """The master key here is the one that wraps, no change of it was left halfway, and every key opens."""
    if not (keuze.geheimenmap / HUIDIG).exists():
        return []  # `sleutels` says so
    nu, plaats, uit = stand(keuze), str(keuze.geheimenmap), list[Bevinding]()
    if not nu.nu:
        melding = "De sleutels zijn verpakt met een hoofdsleutel die hier niet staat: hier ontstaat geen dossier meer."
        weg = "Zet hier de hoofdsleutel van de machine waar hij is vervangen."
        uit += _b("hoofdsleutel_onbekend", Ernst.FOUT, plaats, melding, weg)
    elif nu.nu != HUIDIG:
        melding = f"De hoofdsleutel van nu heet hier nog {nu.nu}; alles is te lezen, maar het is niet af."
        weg = "Maak het af: regie sleutels hoofdsleutel; beheert u de bestanden zelf, zet hem dan op zijn plaats."
        uit += _b("sleutelwissel", Ernst.FOUT, plaats, melding, weg)
    elif nu.staat_klaar:
        melding = "Er staat een nieuwe hoofdsleutel klaar die nog niet geldt."
        weg = f"Maak het af: regie sleutels hoofdsleutel; of haal {NIEUW} weg."
        uit += _b("sleutelwissel", Ernst.WAARSCHUWING, plaats, melding, weg)
    if nu.met_een_andere and nu.nu:
        melding = f"{nu.met_een_andere} sleutels van dossiers opent alleen een andere hoofdsleutel dan die van nu."
        weg = "Haal geen sleutelbestand weg, en verpak ze opnieuw: regie sleutels hoofdsleutel."
        uit += _b("sleutel_oud", Ernst.WAARSCHUWING, plaats, melding, weg)
    if nu.onleesbaar:
        melding = f"{nu.onleesbaar} sleutels van dossiers opent geen hoofdsleutel hier."
        weg = "Zet de reservekopie van de sleutels terug; wat hier wel te openen is, blijft staan."
        uit += _b("sleutel_onleesbaar", Ernst.FOUT, plaats, melding, weg)
    return uit


def beheeradres(_omgeving: Omgeving, keuze: Instellingen) -> list[Bevinding]:
    """Somebody is told when something stops."""
    if keuze.demo or keuze.beheer_mail or keuze.hartslag_url:
        return []
    melding = "Niemand hoort het als de ronde stilstaat."
    return _b(
        "beheeradres", Ernst.INFO, "instellingen", melding, "Zet REGIE_BEHEER_MAIL, en liefst ook REGIE_HARTSLAG_URL."
    )


MACHINE: Final[tuple[tuple[str, Callable[[Omgeving, Instellingen], list[Bevinding]]], ...]] = (
    ("de tabellen", schema),
    ("de schijf", schijf),
    ("de klokken", klokken),
    ("de laatste ronde", rondes),
    ("de portalen", portalen),
    ("de reservekopieen", reservekopieen),
    ("de hoofdsleutel en de sleutels", sleutelwissel),
    ("wie een alarm krijgt", beheeradres),
)
