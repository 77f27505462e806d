"""Hoe een proef van een handeling er op het scherm uitziet: per stap wat verandert, in gewone taal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domein.fouten import RegieFout
from domein.handelingen.opsvormen import Beweging, Bulkverslag, Mailgevolg, Regel, Uitslag
from domein.regels.bulkkeuze import Handeling
from domein.regels.kalender import voluit
from domein.regels.termijnbreuk import Termijnbreuk

# Een uitweg die naar de opdrachtregel wijst, helpt op een pagina niemand.
_OPDRACHTREGEL: Final = re.compile(r"regie |--[a-z]")
_UITWEGEN: Final[Mapping[str, str]] = {
    "termijn_gebroken": "Kies een dag die op tijd is, of zeg hieronder waarom het mag.",
    "proef_verouderd": "Bekijk dit dossier opnieuw.",
}
_HOE: Final[Mapping[str, str]] = {
    "mail": "eigen mail", "dagbericht": "in het dagbericht", "samen": "samen in één mail",
}  # fmt: skip
ZONDER_BEWEGING: Final[Mapping[Handeling, str]] = {
    Handeling.OPNIEUW: "De run loopt opnieuw; er gaat geen mail opnieuw.",
    Handeling.HERPLANNEN: "De stappen staan al goed.",
}
_STATUS: Final[Mapping[str, str]] = {
    "gepland": "gepland", "open": "open", "klaar": "klaar", "overgeslagen": "overgeslagen", "vervallen": "vervallen",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verandering:
    """Eén stap die verandert: van, naar, en waarom volgens het plan."""

    titel: str
    van: str
    naar: str
    waarom: str = ""


@dataclass(frozen=True, slots=True)
class Beeldregel:
    """Wat er met één stap of dossier gebeurt of gebeurde, of waarom niet."""

    dossier: str
    stap: str
    gaat: bool
    veranderingen: tuple[Verandering, ...] = ()
    zin: str = ""
    waarom_niet: str = ""
    uitweg: str = ""


@dataclass(frozen=True, slots=True)
class Proefbeeld:
    """Een hele proef, klaar om te tonen. `te_aanvaarden`: er is iets geweigerd dat met een reden toch mag."""

    regels: tuple[Beeldregel, ...]
    gaan: int
    geweigerd: int
    mails: tuple[tuple[Mailgevolg, str, str], ...]
    breuken: tuple[tuple[str, Termijnbreuk], ...]
    te_aanvaarden: bool


def proefbeeld(verslag: Bulkverslag) -> Proefbeeld:
    regels = tuple(_regel(regel, verslag.handeling) for regel in verslag.regels)
    return Proefbeeld(
        regels=regels,
        gaan=verslag.aantal(Uitslag.GEDAAN),
        geweigerd=verslag.aantal(Uitslag.GEWEIGERD),
        mails=tuple((mail, mail.soort.replace("_", " "), _HOE.get(mail.hoe, mail.hoe)) for mail in verslag.mails),
        breuken=tuple((regel.dossier, breuk) for regel in verslag.regels for breuk in regel.termijnen),
        te_aanvaarden=any(regel.code == "termijn_gebroken" for regel in verslag.regels),
    )


def bulkregels(bulk: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """De regels van een bulk zoals zij is bewaard, met een uitweg die op een pagina helpt."""
    return [{**rij, "uitweg": uitweg(rij["code"], rij["uitweg"])} for rij in bulk["regels"]]


def uitweg(code: str, van_domein: str) -> str:
    if code in _UITWEGEN:
        return _UITWEGEN[code]
    return "" if _OPDRACHTREGEL.search(van_domein) else van_domein


def melding(fout: RegieFout) -> str:
    """Waarom iets niet kan, in één alinea."""
    return f"{fout.melding} {uitweg(fout.code, fout.uitweg)}".strip()


def _regel(regel: Regel, handeling: Handeling) -> Beeldregel:
    gaat = regel.uitslag is not Uitslag.GEWEIGERD
    veranderingen = tuple(een for b in regel.bewegingen for een in _veranderingen(b))
    zin = "" if veranderingen or not gaat else ZONDER_BEWEGING.get(handeling, "Aan de stappen verandert niets.")
    return Beeldregel(
        regel.dossier, regel.stap or "", gaat, veranderingen, zin, regel.waarom, uitweg(regel.code, regel.uitweg)
    )


def _veranderingen(b: Beweging) -> list[Verandering]:
    """Wat er aan een stap verandert. Een nieuwe dag zegt meer dan een nieuw begin: dat laatste staat er alleen zelf."""
    if not b.status[0]:
        return [Verandering(b.titel, "", f"nieuw, {_dag(b.streef[1])}", b.waarom)]
    uit: list[Verandering] = []
    if b.status[0] != b.status[1]:
        uit.append(Verandering(b.titel, _STATUS.get(b.status[0], b.status[0]), _STATUS.get(b.status[1], b.status[1])))
    if b.streef[0] != b.streef[1]:
        uit.append(Verandering(b.titel, _dag(b.streef[0]), _dag(b.streef[1]), b.waarom))
    elif b.start[0] != b.start[1]:
        uit.append(Verandering(b.titel, f"begint {_dag(b.start[0])}", f"begint {_dag(b.start[1])}", b.waarom))
    if b.medewerker[0] != b.medewerker[1]:
        uit.append(Verandering(b.titel, b.medewerker[0] or "nog niemand", b.medewerker[1] or "nog niemand"))
    return uit


def _dag(dag: date | None) -> str:
    return voluit(dag) if dag is not None else "zonder dag"
