"""Putting the keys back. What was destroyed stays destroyed: the register and the tombstones go before the backup."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, insert, select

from adapters.database import maak_engine
from adapters.instellingen import Instellingen, schrijf_geheim
from adapters.kluis import CijfertekstGeweigerd
from adapters.reservekopie.formaat import Bestand, Kop, Tabelkop, lees
from adapters.reservekopie.kluisbestand import Opener, beschadigd
from adapters.reservekopie.maken import SLEUTELBESTANDEN
from adapters.reservekopie.rijen import Kolom, Rij, naar_waarden
from adapters.sleutelbos import SLEUTELTABEL, Sleutelbos, verpak_opnieuw
from adapters.vernietigingsregister import BestandRegister
from domein.fouten import RegieFout

_HOOFD: Final = "hoofdsleutel"


@dataclass(slots=True)
class Sleutelterugzetting:
    """How many keys came back, and how many did not because they were destroyed or were here already."""

    kop: Kop | None = None
    teruggezet: int = 0
    was_er_al: int = 0
    bleef_vernietigd: int = 0
    bestanden: list[str] = field(default_factory=list[str])


def zet_sleutels_terug(
    keuze: Instellingen, bron: Path, opener: Opener, nu: datetime, *, proef: bool
) -> Sleutelterugzetting:
    """Put back the keys of a backup, beside those that are here. Keys that are here are never replaced."""
    uit = Sleutelterugzetting()
    bestanden: dict[str, bytes] = {}
    kolommen: tuple[Kolom, ...] = ()
    rijen: list[Rij] = []
    with bron.open("rb") as bestand:
        for deel in lees(bestand, opener):  # to the end first: half a backup gives no key
            match deel:
                case Kop():
                    uit.kop = deel
                case Tabelkop():
                    kolommen = deel.kolommen
                case Bestand(pad=pad, inhoud=inhoud):
                    bestanden[pad] = inhoud
                case list():
                    rijen.append(deel)
                case _:
                    pass
    if uit.kop is None or uit.kop.soort != "sleutels" or _HOOFD not in bestanden:
        raise beschadigd("dit is geen reservekopie van sleutels.")
    _eis_passend(keuze, bestanden)
    waarden = [naar_waarden(kolommen, rij) for rij in rijen]
    if not proef:
        uit.bestanden = _schrijf(keuze, bestanden)
    hier = _hex(_lees(keuze.geheimenmap / _HOOFD) or bestanden[_HOOFD])
    _voeg_toe(keuze, waarden, (_hex(bestanden[_HOOFD]), hier), nu, uit, proef=proef)
    return uit


def _voeg_toe(
    keuze: Instellingen, waarden: list[dict[str, Any]], hoofden: tuple[bytes, bytes], nu: datetime,
    uit: Sleutelterugzetting, *, proef: bool,
) -> None:  # fmt: skip
    vernietigd = {regel.dossier_id for regel in BestandRegister(keuze.map).lees()}
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        Sleutelbos(engine, hoofden[1])  # makes the table
        with engine.begin() as verbinding:
            aanwezig = set(verbinding.scalars(select(SLEUTELTABEL.c.dossier_id)))
            for rij in waarden:
                if rij["dossier_id"] in aanwezig:
                    uit.was_er_al += 1
                    continue
                _een(verbinding, rij, hoofden, rij["dossier_id"] in vernietigd, nu, uit)
            if proef:
                verbinding.rollback()
    finally:
        engine.dispose()


def _een(
    verbinding: Connection, rij: dict[str, Any], hoofden: tuple[bytes, bytes], in_register: bool, nu: datetime,
    uit: Sleutelterugzetting,
) -> None:  # fmt: skip
    rij = dict(rij)
    dossier: UUID = rij["dossier_id"]
    if rij["verpakt"] is None or in_register:
        rij["verpakt"], rij["vernietigd_op"] = None, rij["vernietigd_op"] or nu.astimezone(UTC)
        uit.bleef_vernietigd += 1
    else:
        try:
            rij["verpakt"] = verpak_opnieuw(dossier, rij["sleutel_id"], rij["verpakt"], *hoofden)
        except CijfertekstGeweigerd:
            raise beschadigd("een sleutel past niet bij de hoofdsleutel in de kopie.") from None
        uit.teruggezet += 1
    verbinding.execute(insert(SLEUTELTABEL), [rij])


def _eis_passend(keuze: Instellingen, bestanden: dict[str, bytes]) -> None:
    """The key that finds people by BSN must be one and the same; the master key may have been turned since."""
    hier, kopie = _lees(keuze.geheimenmap / "bsn-index"), bestanden.get("bsn-index")
    if hier is not None and kopie is not None and hier.strip() != kopie.strip():
        raise RegieFout(
            "Hier staan sleutels van een andere installatie: de sleutel van de BSN-index verschilt.",
            f"Zet terug in een lege installatie, of haal eerst {keuze.geheimenmap} weg als daar niets mee is gedaan.",
        )


def _schrijf(keuze: Instellingen, bestanden: dict[str, bytes]) -> list[str]:
    """Write the files that are not here. A secret for links that differs is kept as an earlier one."""
    geschreven: list[str] = []
    for naam in SLEUTELBESTANDEN:
        doel = keuze.geheimenmap / naam
        if naam in bestanden and not doel.exists():
            schrijf_geheim(doel, bestanden[naam])
            geschreven.append(naam)
    links, vorige = keuze.geheimenmap / "links", keuze.geheimenmap / "links-vorige"
    oud = bestanden.get("links", b"").strip()
    if oud and oud != (_lees(links) or b"").strip() and oud not in (_lees(vorige) or b"").split():
        schrijf_geheim(vorige, (_lees(vorige) or b"") + oud + b"\n", vervang=True)
        geschreven.append("links-vorige")
    return geschreven


def _lees(bestand: Path) -> bytes | None:
    return bestand.read_bytes() if bestand.is_file() else None


def _hex(inhoud: bytes) -> bytes:
    try:
        return bytes.fromhex(inhoud.decode("ascii").strip())
    except (ValueError, UnicodeDecodeError):
        raise beschadigd("de hoofdsleutel is niet te lezen.") from None
