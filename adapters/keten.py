"""The hash chain of a dossier, and its daily anchors outside the database.

A chain alone shows that a row was changed; it does not show that someone rewrote the whole chain. The
heads that were written away each day do. Each file of anchors names the digest of the one before it, so
they form a chain too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from sqlmodel import Session, col, select

from domein.model import Dossier, GebeurtenisRij

if TYPE_CHECKING:
    from adapters.opslag import SqlMagazijn

_JSON: Final = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def hash_van(rij: GebeurtenisRij) -> str:
    """sha256 over the previous hash, the readable envelope and the ciphertext of an event."""
    envelop = {
        "id": rij.id.hex,
        "dossier": rij.dossier_id.hex,
        "volgnummer": rij.volgnummer,
        "soort": rij.soort,
        "geldig_op": rij.geldig_op.isoformat(),
        "vastgelegd_op": rij.vastgelegd_op.astimezone(UTC).isoformat(timespec="microseconds"),
        "bron": rij.bron,
        "bronkenmerk": rij.bronkenmerk,
        "bronversie": rij.bronversie,
        "actor": rij.actor,
        "verificatie": str(rij.verificatie),
        "stap": rij.stap_kenmerk,
    }
    tekst = _JSON.encode(envelop)
    # The hash has a fixed length and the envelope holds no NUL: the three parts cannot shift.
    return hashlib.sha256(b"\0".join((rij.vorige_hash.encode(), tekst.encode(), rij.cijfertekst))).hexdigest()


@dataclass(frozen=True, slots=True)
class Ketenfout:
    """What does not agree; `dossier` is empty when the anchors themselves were touched."""

    plaats: str
    dossier: UUID | None
    melding: str


def veranker(magazijn: "SqlMagazijn", ankermap: Path, dag: date, nu: datetime) -> int:
    """Append the head of every chain that moved since its last anchor; give how many. Harmless twice."""
    ankermap.mkdir(parents=True, exist_ok=True, mode=0o700)
    verankerd = {anker["dossier"]: anker["hash"] for _, anker in ankers(ankermap)}
    with Session(magazijn.engine) as sessie:
        vraag = select(Dossier.id, Dossier.laatste_volgnummer, Dossier.keten_hoofd)
        hoofden = sessie.exec(vraag.order_by(col(Dossier.id))).all()
    regels = [
        {"dossier": dossier_id.hex, "volgnummer": nummer, "hash": hoofd, "op": nu.isoformat()}
        for dossier_id, nummer, hoofd in hoofden
        if nummer and verankerd.get(dossier_id.hex) != hoofd
    ]
    bestand = ankermap / f"{dag.isoformat()}.jsonl"
    if not bestand.exists():
        regels.insert(0, _kop(ankermap, bestand))
    with bestand.open("a", encoding="ascii") as uit:
        uit.writelines(json.dumps(regel, sort_keys=True) + "\n" for regel in regels)
        uit.flush()
        os.fsync(uit.fileno())
    return sum("hash" in regel for regel in regels)


def controleer(magazijn: "SqlMagazijn", ankermap: Path) -> list[Ketenfout]:
    """Recompute every chain, and compare every anchor ever written with what the database says now."""
    fouten = list(_controleer_bestanden(ankermap))
    with Session(magazijn.engine) as sessie:
        alle = sessie.exec(select(Dossier.id)).all()
        vraag = select(GebeurtenisRij.dossier_id, GebeurtenisRij.volgnummer, GebeurtenisRij.hash)
        nu = {(dossier_id.hex, nummer): hash_ for dossier_id, nummer, hash_ in sessie.exec(vraag)}
    for dossier_id in alle:
        with magazijn.ruimte() as ruimte:
            if not ruimte.controleer_keten(dossier_id):
                fouten.append(Ketenfout("database", dossier_id, "De keten van dit dossier klopt niet."))
    for plaats, anker in ankers(ankermap):
        if nu.get((anker["dossier"], anker["volgnummer"])) != anker["hash"]:
            fouten.append(
                Ketenfout(plaats, UUID(anker["dossier"]), "De database wijkt af van wat die dag is verankerd.")
            )
    return fouten


def _kop(ankermap: Path, nieuw: Path) -> dict[str, Any]:
    eerder = [bestand for bestand in _bestanden(ankermap) if bestand.name < nieuw.name]
    if not eerder:
        return {"vorige": "", "sha256": ""}
    return {"vorige": eerder[-1].name, "sha256": hashlib.sha256(eerder[-1].read_bytes()).hexdigest()}


def _controleer_bestanden(ankermap: Path) -> Iterator[Ketenfout]:
    vorig: Path | None = None
    for bestand in _bestanden(ankermap):
        eerste = bestand.read_text(encoding="ascii").splitlines()[:1]
        verwacht = {
            "vorige": vorig.name if vorig else "",
            "sha256": hashlib.sha256(vorig.read_bytes()).hexdigest() if vorig else "",
        }
        if not eerste or json.loads(eerste[0]) != verwacht:
            yield Ketenfout(bestand.name, None, "Het ankerbestand ervoor is gewijzigd of verdwenen.")
        vorig = bestand


def ankers(ankermap: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every anchor ever written, with the name of its file."""
    for bestand in _bestanden(ankermap):
        with bestand.open(encoding="ascii") as regels:
            for regel in regels:
                anker = cast("dict[str, Any]", json.loads(regel))
                if "hash" in anker:
                    yield bestand.name, anker


def _bestanden(ankermap: Path) -> list[Path]:
    return sorted(ankermap.glob("????-??-??.jsonl"))
