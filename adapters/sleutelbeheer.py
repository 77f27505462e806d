"""Turning the master key: every dossier key is wrapped anew, in one transaction.

The new master key is on disk before the transaction and takes its place after it. A crash in between leaves both
files; running it again finds out by trying which one each key is wrapped with, and finishes.
"""

import secrets
from typing import Final
from uuid import UUID

from sqlalchemy import select, update

from adapters.database import maak_engine
from adapters.instellingen import Instellingen, geheim_uit, schrijf_geheim
from adapters.kluis import CijfertekstGeweigerd
from adapters.sleutelbos import SLEUTELTABEL, Sleutelbos, verpak_opnieuw
from domein.fouten import RegieFout

NIEUW: Final = "hoofdsleutel.nieuw"


def draai_hoofdsleutel(keuze: Instellingen, *, proef: bool) -> int:
    """Wrap every living key with a new master key; give how many. Safe to run again after a crash."""
    huidig, nieuw = keuze.geheimenmap / "hoofdsleutel", keuze.geheimenmap / NIEUW
    oud = geheim_uit(huidig)
    if not nieuw.exists() and not proef:
        schrijf_geheim(nieuw, secrets.token_hex(32).encode("ascii"))
    vers = secrets.token_bytes(32) if proef else geheim_uit(nieuw)
    engine = maak_engine(keuze.sleutels, wis_veilig=True)
    try:
        Sleutelbos(engine, oud)  # makes the table
        t = SLEUTELTABEL.c
        with engine.begin() as verbinding:
            vraag = select(t.dossier_id, t.sleutel_id, t.verpakt).where(t.verpakt.is_not(None))
            rijen = verbinding.execute(vraag).all()
            for dossier, sleutel, verpakt in rijen:
                nu = _met_een_van_beide(dossier, sleutel, verpakt, oud, vers)
                verbinding.execute(update(SLEUTELTABEL).where(t.dossier_id == dossier).values(verpakt=nu))
            if proef:
                verbinding.rollback()
    finally:
        engine.dispose()
    if not proef:
        nieuw.replace(huidig)
    return len(rijen)


def _met_een_van_beide(dossier_id: UUID, sleutel_id: UUID, verpakt: bytes, oud: bytes, nieuw: bytes) -> bytes:
    for hoofd in (oud, nieuw):
        try:
            return verpak_opnieuw(dossier_id, sleutel_id, verpakt, hoofd, nieuw)
        except CijfertekstGeweigerd:
            continue
    raise RegieFout(
        "Een sleutel van een dossier past bij geen van beide hoofdsleutels; er is niets gewijzigd.",
        "Zet de reservekopie van de sleutels terug.",
    )
