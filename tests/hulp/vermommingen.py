"""Hoe een woord op schijf kan staan zonder dat wie er gewoon naar zoekt het ziet."""

import base64
import json
import quopri
from collections.abc import Iterable, Iterator
from pathlib import Path


def vermommingen(woord: str) -> Iterator[tuple[str, bytes]]:
    """Geef het woord in elke vorm waarin een database, mail, logboek of kopie het kan bewaren."""
    ruw = woord.encode()
    yield "gewoon", ruw
    yield "hoofdletters", woord.upper().encode()
    yield "utf-16-le", woord.encode("utf-16-le")
    yield "utf-16-be", woord.encode("utf-16-be")
    yield "hex", ruw.hex().encode()
    yield "HEX", ruw.hex().upper().encode()
    yield "quoted-printable", quopri.encodestring(ruw).strip()
    yield "json", json.dumps(woord).strip('"').encode()
    # Waar het woord in een groep van drie bytes begint, bepaalt hoe base64 het schrijft; de randen hangen van de buren
    # af en tellen dus niet mee.
    for verschuiving in range(3):
        geschreven = base64.b64encode(b"\0" * verschuiving + ruw)
        einde = len(geschreven) - (0, 3, 2)[(verschuiving + len(ruw)) % 3]
        yield f"base64 vanaf {verschuiving}", geschreven[(0, 2, 3)[verschuiving] : einde]


def resten(plaatsen: Iterable[tuple[str, bytes]], woorden: Iterable[str]) -> set[tuple[str, str, str]]:
    """Zoek elk woord in elke vorm; geef plaats, woord en vorm. Regeleinden in base64 tellen niet."""
    vormen = [(woord, vorm, ruw) for woord in woorden for vorm, ruw in vermommingen(woord)]
    gevonden: set[tuple[str, str, str]] = set()
    for plaats, inhoud in plaatsen:
        aaneen = inhoud.replace(b"\r\n", b"").replace(b"\n", b"")
        gevonden |= {(plaats, woord, vorm) for woord, vorm, ruw in vormen if ruw in inhoud or ruw in aaneen}
    return gevonden


def bestanden(*mappen: Path) -> Iterator[tuple[str, bytes]]:
    """Elk bestand in deze mappen, met zijn ruwe bytes: ook -wal, -shm en wat iemand liet slingeren."""
    for map_ in mappen:
        for pad in sorted(map_.rglob("*")):
            if pad.is_file():
                yield f"{map_.name}/{pad.relative_to(map_)}", pad.read_bytes()
