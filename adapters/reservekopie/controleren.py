"""Checking a backup without putting it back."""

from dataclasses import dataclass, field
from pathlib import Path

from adapters.migraties import KOP
from adapters.reservekopie.formaat import Ketenrekenaar, Kop, Slotregel, Soort, lees
from adapters.reservekopie.kluisbestand import KopieBeschadigd, Opener, beschadigd
from adapters.reservekopie.maken import som_van
from domein.fouten import RegieFout


@dataclass(frozen=True, slots=True)
class Uitslag:
    """`volledig`: read to the end with its key; otherwise only the file was compared with its checksum."""

    goed: bool
    volledig: bool
    melding: str
    kop: Kop | None = None
    tabellen: dict[str, int] = field(default_factory=dict[str, int])
    ketenhoofd: str = ""


def controleer_kopie(bestand: Path, opener: Opener | None) -> Uitslag:
    """Whether this backup is whole. Without an opener only against the checksum beside it."""
    som = _bijgaande_som(bestand)
    if som is not None and som != som_van(bestand):
        return Uitslag(False, False, "het bestand is niet meer wat er is gemaakt (de controlesom verschilt).")
    if opener is None:
        if som is None:
            raise RegieFout(
                f"Naast {bestand.name} staat geen .sha256.",
                "Geef --geheim of --wachtwoordbestand om de inhoud te lezen.",
            )
        return Uitslag(True, False, "het bestand is nog wat er is gemaakt; de inhoud is niet gelezen.")
    keten, kop, slot = Ketenrekenaar(), None, None
    try:
        with bestand.open("rb") as bron:
            for deel in lees(bron, opener, keten):
                if isinstance(deel, Kop):
                    kop = deel
                elif isinstance(deel, Slotregel):
                    slot = deel
    except KopieBeschadigd as fout:
        return Uitslag(False, True, fout.melding)
    assert kop is not None
    assert slot is not None
    if keten.fouten:
        melding = f"de keten van {len(keten.fouten)} dossiers klopt niet; dat was al zo toen zij werd gemaakt."
        return Uitslag(False, True, melding, kop, dict(slot.tabellen), slot.ketenhoofd)
    rijen = sum(slot.tabellen.values())
    melding = f"{kop.soort} van {kop.gemaakt_op}, versie {kop.revisie} (dit programma: {KOP}), {rijen} rijen."
    return Uitslag(True, True, melding, kop, dict(slot.tabellen), slot.ketenhoofd)


def soort_van_kopie(bestand: Path, opener: Opener) -> Soort:
    """What is in it; reads only its head."""
    with bestand.open("rb") as bron:
        for deel in lees(bron, opener):
            if isinstance(deel, Kop):
                return deel.soort
    raise beschadigd("zij is leeg.")


def _bijgaande_som(bestand: Path) -> str | None:
    som = bestand.with_name(bestand.name + ".sha256")
    return som.read_text(encoding="ascii").split()[0] if som.is_file() else None
