"""Een open taak van een collega overnemen, of de eigen taak aan een collega geven.

Dat gaat binnen één organisatie en binnen dezelfde rol, zonder teamleider; bij een besluit alleen tussen houders van het
mandaat. Werkafspraak, geen wet. De afspraken bepalen nog steeds welke organisatie het werk doet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan, VerouderdeVraag
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapToegewezen
from domein.handelingen.bevoegdheid import eis_medewerker
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.regio import regio_op
from domein.handelingen.stapbeheer import ZIN
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.opvolging import heeft_mandaat
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker

# Codes en geen eigen woorden: wat iemand hier typt, staat straks in een taak van een ander.
OVERNEMEN: Final[Mapping[str, str]] = {
    "collega-weg": "Mijn collega is er niet",
    "ken-persoon": "Ik ken deze persoon al",
    "ruimte": "Ik heb tijd",
    "afgesproken": "Dat spraken wij af",
}
GEVEN: Final[Mapping[str, str]] = {
    "afwezig": "Ik ben er dan niet",
    "te-vol": "Ik heb hier geen tijd voor",
    "kent-persoon": "Mijn collega kent deze persoon",
    "afgesproken": "Dat spraken wij af",
}


@dataclass(frozen=True, slots=True)
class Collega:
    """Wie een taak kan krijgen; `weg_tot` als hij er vandaag niet is."""

    code: str
    naam: str
    open_taken: int
    weg_tot: date | None = None


def mag_overnemen(regio: Regio, stap: Stap, code: str, op: date) -> bool:
    """Zeg of deze persoon een open taak van een collega mag overnemen."""
    wie = regio.medewerker(code)
    return (
        wie is not None and stap.status is Stapstatus.OPEN and stap.medewerker != code and _past(regio, stap, wie, op)
    )


def mag_geven(regio: Regio, stap: Stap, code: str, op: date) -> bool:
    """Zeg of deze persoon de taak mag weggeven: het is de zijne, of hij leidt het team."""
    wie = regio.medewerker(code)
    if wie is None or not wie.in_dienst_op(op) or stap.status is not Stapstatus.OPEN:
        return False
    return stap.medewerker == code or (wie.partner == stap.partner and Rol.TEAMLEIDER in wie.rollen)


def collegas_voor(ruimte: Ruimte, regio: Regio, stap: Stap, op: date) -> tuple[Collega, ...]:
    """Wie de taak ook kan doen: eerst wie er is, dan wie het minste open heeft."""
    last = ruimte.open_last()
    gevonden = [
        Collega(m.code, m.naam or m.code, last.get(m.code, 0), afwezig.tot if (afwezig := m.afwezig_op(op)) else None)
        for m in regio.medewerkers
        if m.code != stap.medewerker and _past(regio, stap, m, op)
    ]
    return tuple(sorted(gevonden, key=lambda c: (c.weg_tot is not None, c.open_taken, c.code)))


def neem_over(omgeving: Omgeving, stap_id: UUID, redencode: str, actor: Actor, *, generatie: int) -> None:
    """Neem een open taak van een collega over; een ander die net eerder was, wint."""
    _eis_reden(redencode, OVERNEMEN)

    def werk(ruimte: Ruimte) -> None:
        stap, regio, vandaag = _lees(ruimte, omgeving, stap_id, actor, generatie)
        if not mag_overnemen(regio, stap, actor.code, vandaag):
            raise GeenBevoegdheid("U kunt deze taak niet overnemen.", "Vraag het uw teamleider.")
        _wijs_toe(ruimte, omgeving, stap, actor.code, regio, actor, f"overgenomen: {OVERNEMEN[redencode]}")

    in_ruimte(omgeving, werk)


def geef_aan(omgeving: Omgeving, stap_id: UUID, naar: str, redencode: str, actor: Actor, *, generatie: int) -> None:
    """Geef een open taak aan een collega die haar mag doen en er vandaag is."""
    _eis_reden(redencode, GEVEN)

    def werk(ruimte: Ruimte) -> None:
        stap, regio, vandaag = _lees(ruimte, omgeving, stap_id, actor, generatie)
        if not mag_geven(regio, stap, actor.code, vandaag):
            raise GeenBevoegdheid("Deze taak is niet van u.", "Vraag het de collega die haar heeft.")
        wie = regio.medewerker(naar)
        if wie is None or wie.code == stap.medewerker or not _past(regio, stap, wie, vandaag):
            raise OngeldigeGegevens("Kies een collega.", "", {"naar": "Kies een collega uit de lijst."})
        if wie.afwezig_op(vandaag) is not None:
            fout = "Deze collega is er vandaag niet. Kies een ander."
            raise OngeldigeGegevens(fout, "", {"naar": fout})
        _wijs_toe(ruimte, omgeving, stap, wie.code, regio, actor, f"overgedragen: {GEVEN[redencode]}")

    in_ruimte(omgeving, werk)


def _past(regio: Regio, stap: Stap, wie: Medewerker, op: date) -> bool:
    if not wie.in_dienst_op(op):
        return False
    if stap.besluit:
        gemandateerd = heeft_mandaat(regio, stap.gemeente, stap.stapsoort, wie.code, op)
        return Rol.MANDAATHOUDER in wie.rollen and gemandateerd
    afspraak = regio.afspraak(stap.afspraak) if stap.afspraak else None
    rol = (afspraak.rol if afspraak is not None else None) or stap.rol
    return wie.partner == stap.partner and rol in wie.rollen


def _lees(ruimte: Ruimte, omgeving: Omgeving, stap_id: UUID, actor: Actor, generatie: int) -> tuple[Stap, Regio, date]:
    stap, vandaag = ruimte.stap(stap_id), omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    eis_medewerker(regio, actor, vandaag)
    if stap.status is not Stapstatus.OPEN:
        raise OvergangNietToegestaan(f"Deze taak is al {stap.status.value}.", "U hoeft niets meer te doen.")
    if stap.generatie != generatie:
        raise VerouderdeVraag("Deze taak is intussen veranderd.", "Kijk hoe zij er nu voor staat.")
    return stap, regio, vandaag


def _wijs_toe(
    ruimte: Ruimte, omgeving: Omgeving, stap: Stap, naar: str, regio: Regio, actor: Actor, reden: str
) -> None:
    wie = regio.medewerker(naar)
    assert wie is not None  # net getoetst
    partner = stap.partner if stap.besluit and stap.partner else wie.partner
    nieuw = NieuweGebeurtenis(
        "stap_toegewezen", omgeving.klok.vandaag(), StapToegewezen(partner=partner, medewerker=naar), actor,
        reden=reden, stap=stap.kenmerk,
    )  # fmt: skip
    leg_vast(ruimte, omgeving, stap.dossier_id, [nieuw], reden=ZIN["stap_toegewezen"])


def _eis_reden(redencode: str, redenen: Mapping[str, str]) -> None:
    if redencode not in redenen:
        raise OngeldigeGegevens("Kies een reden.", "", {"reden": "Kies een reden."})
