"""Putting the keys back. What was destroyed stays destroyed: the register and the tombstones go before the backup."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from adapters.database import maak_engine
from adapters.hoofdsleutel import HUIDIG, VORIGE, HoofdsleutelOnbekend, houd_vast, kandidaten, kies, pak_uit, verpak
from adapters.instellingen import Instellingen, schrijf_geheim
from adapters.kluis import CijfertekstGeweigerd
from adapters.reservekopie.formaat import Bestand, Kop, Tabelkop, lees
from adapters.reservekopie.kluisbestand import Opener, beschadigd
from adapters.reservekopie.maken import SLEUTELBESTANDEN
from adapters.reservekopie.rijen import Kolom, Rij, naar_waarden
from adapters.sleuteltabellen import SLEUTELTABEL, maak_tabellen
from adapters.vernietigingsregister import BestandRegister
from domein.fouten import RegieFout


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
    """Put back the keys of a backup, beside those that are here. Only a key that nobody can open here is replaced."""
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
    if uit.kop is None or uit.kop.soort != "sleutels" or HUIDIG not in bestanden:
        raise beschadigd("dit is geen reservekopie van sleutels.")
    _eis_passend(keuze, bestanden)
    waarden = [naar_waarden(kolommen, rij) for rij in rijen]
    uit_kopie = tuple(_hex(bestanden[naam]) for naam in (HUIDIG, VORIGE) if naam in bestanden)
    hier = kandidaten(keuze.geheimenmap)
    if not (keuze.geheimenmap / HUIDIG).exists():
        hier = (uit_kopie[0], *hier)  # the one of the backup gets its place
    _voeg_toe(keuze, waarden, uit_kopie, hier, nu, uit, bewaar=False)  # refused? then before a file is written
    if not proef:
        uit.bestanden = _schrijf(keuze, bestanden)
        _voeg_toe(keuze, waarden, uit_kopie, hier, nu, uit, bewaar=True)
    return uit


def _voeg_toe(
    keuze: Instellingen, waarden: list[dict[str, Any]], uit_kopie: tuple[bytes, ...], hier: tuple[bytes, ...],
    nu: datetime, uit: Sleutelterugzetting, *, bewaar: bool,
) -> None:  # fmt: skip
    uit.teruggezet = uit.was_er_al = uit.bleef_vernietigd = 0
    vernietigd = {regel.dossier_id for regel in BestandRegister(keuze.map).lees()}
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        maak_tabellen(engine)
        with engine.begin() as verbinding:
            houd_vast(verbinding)
            hoofd = _kies(verbinding, hier)
            aanwezig = _bruikbaar(verbinding, hier)
            for rij in waarden:
                if aanwezig.get(rij["dossier_id"], False):
                    uit.was_er_al += 1
                    continue
                if rij["dossier_id"] in aanwezig:
                    verbinding.execute(delete(SLEUTELTABEL).where(SLEUTELTABEL.c.dossier_id == rij["dossier_id"]))
                _een(verbinding, rij, uit_kopie, hoofd, rij["dossier_id"] in vernietigd, nu, uit)
            if not bewaar:
                verbinding.rollback()
    finally:
        engine.dispose()


def _kies(verbinding: Connection, hier: tuple[bytes, ...]) -> bytes:
    try:
        return kies(verbinding, hier)
    except HoofdsleutelOnbekend:
        raise RegieFout(
            "De sleutels die hier al staan, horen bij een andere hoofdsleutel dan die hier is; er is niets gewijzigd.",
            "Zet de hoofdsleutel hier opzij en neem de jongste kopie. Past ook die niet, zet haar dan terug met een "
            "lege sleuteldatabase en een lege map met geheimen.",
        ) from None


def _bruikbaar(verbinding: Connection, hier: tuple[bytes, ...]) -> dict[UUID, bool]:
    """By dossier that has a key here: whether it is of use. A key that was destroyed stays so, and is."""
    t = SLEUTELTABEL.c
    uit: dict[UUID, bool] = {}
    for dossier, sleutel, verpakt in verbinding.execute(select(t.dossier_id, t.sleutel_id, t.verpakt)):
        uit[dossier] = True
        if verpakt is not None:
            try:
                pak_uit(hier, dossier, sleutel, verpakt)
            except CijfertekstGeweigerd:
                uit[dossier] = False
    return uit


def _een(
    verbinding: Connection, rij: dict[str, Any], uit_kopie: tuple[bytes, ...], hoofd: bytes, in_register: bool,
    nu: datetime, uit: Sleutelterugzetting,
) -> None:  # fmt: skip
    rij = dict(rij)
    dossier: UUID = rij["dossier_id"]
    if rij["verpakt"] is None or in_register:
        rij["verpakt"], rij["vernietigd_op"] = None, rij["vernietigd_op"] or nu.astimezone(UTC)
        uit.bleef_vernietigd += 1
    else:
        try:
            sleutel, _ = pak_uit(uit_kopie, dossier, rij["sleutel_id"], rij["verpakt"])
        except CijfertekstGeweigerd:
            raise beschadigd("een sleutel past niet bij de hoofdsleutel in de kopie.") from None
        rij["verpakt"] = verpak(hoofd, dossier, sleutel)
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
        if naam in bestanden and naam != VORIGE and not doel.exists():  # every key is wrapped with the one of now
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
