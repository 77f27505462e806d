"""The files around a database that is put back: what is in the way is moved aside, never thrown away."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from adapters.instellingen import Instellingen, geheim_uit
from adapters.keten import ankers
from adapters.kluis import Kluis
from adapters.reservekopie.formaat import Bestand
from adapters.reservekopie.kluisbestand import beschadigd

MAPPEN: Final = frozenset({"ankers", "sjablonen"})


def kluis_van(keuze: Instellingen) -> Kluis:
    return Kluis(geheim_uit(keuze.geheimenmap / "bsn-index"))


def neem_plaats_in(nieuw: Path, doel: Path, merk: str) -> list[str]:
    """Put a new database file in place of the old one; give what the old one is called now."""
    bewaard: list[str] = []
    opzij = doel.with_name(f"{doel.name}.voor-{merk}")
    # The log belongs to the file: moved along with it, the old database stays whole.
    for staart in ("", "-wal", "-shm"):
        oud = doel.with_name(doel.name + staart)
        if oud.exists():
            oud.rename(opzij.with_name(opzij.name + staart))
            bewaard.append(opzij.name + staart)
    nieuw.rename(doel)
    doel.chmod(0o600)
    return bewaard


def zet_bestanden_terug(keuze: Instellingen, bestanden: Sequence[Bestand], merk: str) -> list[str]:
    """Put the anchors and the templates back; the directories that were there are kept under another name."""
    bewaard: list[str] = []
    doelen = {"ankers": keuze.ankermap, "sjablonen": keuze.eigen_sjablonen}
    for naam in sorted({_eerste(bestand.pad) for bestand in bestanden} | {"ankers"}):
        doel = doelen[naam]
        if doel.is_dir() and any(doel.iterdir()):
            opzij = doel.with_name(f"{doel.name}.voor-{merk}")
            doel.rename(opzij)
            bewaard.append(opzij.name)
    for bestand in bestanden:
        eerste, rest = _eerste(bestand.pad), PurePosixPath(bestand.pad).parts[1:]
        doel = doelen[eerste].joinpath(*rest)
        doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        doel.write_bytes(bestand.inhoud)
    return bewaard


def nieuwer_verankerd(ankermap: Path, nummers: Mapping[str, tuple[str, int]]) -> list[str]:
    """The dossiers in which, according to the anchors here, something was recorded after the backup was made."""
    hoogste: dict[str, int] = {}
    for _, anker in ankers(ankermap):
        hoogste[anker["dossier"]] = max(hoogste.get(anker["dossier"], 0), anker["volgnummer"])
    return sorted(
        nummers[dossier][0] if dossier in nummers else "een dossier dat er niet meer is"
        for dossier, nummer in hoogste.items()
        if dossier not in nummers or nummers[dossier][1] < nummer
    )


def _eerste(pad: str) -> str:
    delen = PurePosixPath(pad).parts
    if len(delen) < 2 or delen[0] not in MAPPEN or ".." in delen or PurePosixPath(pad).is_absolute():
        raise beschadigd("er staat een bestand in dat daar niet hoort.")
    return delen[0]
