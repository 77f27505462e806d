"""Putting a backup of the database back: everything or nothing, checked before anybody sees it.

On PostgreSQL all of it is one transaction over the database itself. On SQLite it is a new file that takes the place of
the old one, which is kept beside it. Before the end the destroyed dossiers are destroyed again, the mail is paused, and
the invariants are recomputed; a violation means that nothing happened.
"""

import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast
from uuid import UUID

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlmodel import Session, select

from adapters.database import MIGRATIESLOT, maak_engine, migreer_naar
from adapters.instellingen import Instellingen
from adapters.opslag import SqlMagazijn, sleutelbos_van
from adapters.reservekopie import bestanden as bij
from adapters.reservekopie.formaat import Bestand, Deel, Ketenrekenaar, Kop, Slotregel, Tabelkop, lees
from adapters.reservekopie.kluisbestand import Opener, beschadigd
from adapters.reservekopie.rijen import Invoeger
from adapters.sleutelbos import Sleutelbos
from adapters.stilstand import eis_geen_worker, eis_stil
from adapters.vernietigingsregister import BestandRegister
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.invarianten import controleer
from domein.handelingen.na_terugzetten import na_terugzetten
from domein.model import Persoonsgegeven, metadata
from domein.ports import Klok, Omgeving

_ALEMBIC: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class Wens:
    """How to put back: over something that is there, in spite of violations, or only to see what would happen."""

    actor: Actor
    reden: str
    vervang: bool = False
    ondanks_schendingen: bool = False
    ondanks_hartslag: bool = False  # the machine that just did a round is known to be dead
    proef: bool = False


@dataclass(slots=True)
class Terugzetting:
    """What was put back, and what the person who did it must know."""

    kop: Kop | None = None
    tabellen: Mapping[str, int] = field(default_factory=dict[str, int])
    onzeker: int = 0  # messages that may have gone out after the backup was made
    opnieuw_vernietigd: int = 0
    zonder_sleutel: int = 0
    schendingen: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    nieuwer_verankerd: list[str] = field(default_factory=list[str])  # dossiers in which something was recorded later
    bewaard: list[str] = field(default_factory=list[str])  # what was moved aside
    bestanden: list[Bestand] = field(default_factory=list[Bestand])


def zet_database_terug(
    keuze: Instellingen, omgeving: Omgeving, bron: Path, opener: Opener, wens: Wens, *, merk: str
) -> Terugzetting:
    """Put the database of this installation back. `omgeving` without its storage: that is what comes back here.

    `merk` names what is moved aside. RegieFout, and nothing changed, when something is in the way or not right.
    """
    _eis_stilstand(keuze, omgeving.klok, wens)
    bos = sleutelbos_van(keuze)
    uit = Terugzetting()
    try:
        with _doel(keuze, wens, merk, uit) as verbinding:
            _vul(verbinding, bron, opener, uit)
            magazijn = SqlMagazijn(cast(Engine, verbinding), bij.kluis_van(keuze), bos, omgeving.klok)
            hier = replace(omgeving, magazijn=magazijn)
            _eis_sleutels(verbinding, bos, uit)
            _rond_af(hier, keuze, wens, uit)
            if uit.schendingen and not wens.ondanks_schendingen:
                raise _schending(uit.schendingen)
        if not wens.proef:
            uit.bewaard += bij.zet_bestanden_terug(keuze, uit.bestanden, merk)
    finally:
        bos.sluit()
    return uit


# where it goes


@contextmanager
def _doel(keuze: Instellingen, wens: Wens, merk: str, uit: Terugzetting) -> Generator[Connection]:
    """A transaction over an empty place; kept at a normal end, unless it is a trial."""
    adres = make_url(keuze.database)
    if wens.proef or adres.get_backend_name() == "sqlite":
        # A trial never locks the real database: any backup also goes into a file.
        pad = Path(adres.database or "") if adres.get_backend_name() == "sqlite" else keuze.map / "proef.db"
        with _nieuw_bestand(pad, wens, merk, uit) as verbinding:
            yield verbinding
        return
    engine = maak_engine(keuze.database)
    try:
        with engine.connect() as verbinding:
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": MIGRATIESLOT})
            for naam in (*(t.name for t in reversed(metadata.sorted_tables)), _ALEMBIC):
                verbinding.execute(text(f'DROP TABLE IF EXISTS "{naam}" CASCADE'))
            yield verbinding
            verbinding.commit()
    finally:
        engine.dispose()


@contextmanager
def _nieuw_bestand(pad: Path, wens: Wens, merk: str, uit: Terugzetting) -> Generator[Connection]:
    tijdelijk = pad.with_name(f".{pad.name}.terug-{secrets.token_hex(4)}")
    engine = maak_engine(f"sqlite:///{tijdelijk}")
    try:
        with engine.connect() as verbinding:
            verbinding.exec_driver_sql("PRAGMA foreign_keys=OFF")  # checked before the end
            verbinding.exec_driver_sql("BEGIN IMMEDIATE")
            yield verbinding
            verbinding.commit()
        engine.dispose()  # the last connection writes the log into the file
        if not wens.proef:
            uit.bewaard += bij.neem_plaats_in(tijdelijk, pad, merk)
    finally:
        engine.dispose()
        for rest in ("", "-wal", "-shm"):
            tijdelijk.with_name(tijdelijk.name + rest).unlink(missing_ok=True)


def _eis_stilstand(keuze: Instellingen, klok: Klok, wens: Wens) -> None:
    """Refuse over a database in use, and over one with something in it unless that was asked for."""
    if wens.proef:  # touches nothing of it
        return
    adres = make_url(keuze.database)
    if adres.get_backend_name() == "sqlite" and not (adres.database and Path(adres.database).exists()):
        return
    engine = maak_engine(keuze.database)
    try:
        with engine.connect() as verbinding:
            tabellen = set(inspect(verbinding).get_table_names())
            vol = (
                "dossier" in tabellen and verbinding.execute(text("SELECT 1 FROM dossier LIMIT 1")).first() is not None
            )
            eis_stil(verbinding, klok, ondanks_hartslag=wens.ondanks_hartslag)
    except DBAPIError as fout:
        if not isinstance(fout, DatabaseError) or adres.get_backend_name() != "sqlite":
            raise RegieFout(
                f"De database antwoordt niet ({type(fout).__name__}).", "Controleer REGIE_DATABASE_URL."
            ) from None
        vol = True  # broken: that is why it is put back
    finally:
        engine.dispose()
    if not wens.ondanks_hartslag:
        eis_geen_worker(keuze)
    if vol and not wens.vervang:
        raise RegieFout(
            "In deze database staan al dossiers.",
            "Zet terug in een lege installatie, of geef --vervang als u zeker weet dat de inhoud weg mag.",
        )


# filling it


class _Vuller:
    """Takes the parts of a backup in their order and puts them in the database."""

    def __init__(self, verbinding: Connection, uit: Terugzetting) -> None:
        self._verbinding = verbinding
        self._uit = uit
        self._invoeger: Invoeger | None = None

    def neem(self, deel: Deel) -> None:
        if isinstance(deel, list):
            assert self._invoeger is not None
            self._invoeger.neem(deel)
            return
        if self._invoeger is not None:
            self._invoeger.leeg()
            self._invoeger = None
        match deel:
            case Kop():
                self._uit.kop = deel
                if deel.soort != "database":
                    raise beschadigd("dit is geen reservekopie van een database.")
                migreer_naar(self._verbinding, deel.revisie)
            case Tabelkop(naam=naam, kolommen=kolommen):
                if naam not in inspect(self._verbinding).get_table_names():
                    raise beschadigd(f"zij heeft een tabel '{naam}' die niet bij haar versie hoort.")
                self._invoeger = Invoeger(self._verbinding, naam, kolommen)
            case Bestand():
                self._uit.bestanden.append(deel)
            case Slotregel(tabellen=tabellen):
                self._uit.tabellen = tabellen


def _vul(verbinding: Connection, bron: Path, opener: Opener, uit: Terugzetting) -> None:
    vuller, keten = _Vuller(verbinding, uit), Ketenrekenaar()
    with bron.open("rb") as bestand:
        for deel in lees(bestand, opener, keten):
            vuller.neem(deel)
    if keten.fouten:
        uit.schendingen = {"keten": [f"De keten van {len(keten.fouten)} dossiers klopt niet."]}
    migreer_naar(verbinding, "head")
    if verbinding.dialect.name == "sqlite" and verbinding.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise beschadigd("rijen verwijzen naar rijen die er niet zijn.")


def _eis_sleutels(verbinding: Connection, bos: Sleutelbos, uit: Terugzetting) -> None:
    personen = set(Session(verbinding).exec(select(Persoonsgegeven.dossier_id)))
    uit.zonder_sleutel = len(personen - bos.levende() - bos.vernietigde())
    if personen and uit.zonder_sleutel == len(personen):
        raise RegieFout(
            "Geen enkel dossier in deze kopie heeft hier een sleutel: niemand zou er iets in kunnen lezen.",
            "Zet eerst de reservekopie van de sleutels terug, met dezelfde opdracht.",
        )


def _rond_af(hier: Omgeving, keuze: Instellingen, wens: Wens, uit: Terugzetting) -> None:
    with hier.magazijn.ruimte() as ruimte:
        aanwezig = {dossier.id: dossier for dossier in ruimte.dossiers()}
        vernietigd = [regel for regel in BestandRegister(keuze.map).lees() if regel.dossier_id in aanwezig]
        # A key that was destroyed after the backup: its person came back with the rows, and goes again.
        register = {regel.dossier_id for regel in vernietigd}
        gewist = [een for een in _sleutel_vernietigd(hier, aanwezig) if een not in register]
        if not wens.proef:
            uit.onzeker = na_terugzetten(ruimte, hier, vernietigd, gewist, wens.actor, wens.reden)
        uit.opnieuw_vernietigd = len(vernietigd) + len(gewist)
        nummers = {dossier.id.hex: (dossier.referentie, dossier.laatste_volgnummer) for dossier in aanwezig.values()}
    uit.nieuwer_verankerd = bij.nieuwer_verankerd(keuze.ankermap, nummers)
    if uit.zonder_sleutel:
        return  # what cannot be read cannot be recomputed; the chains were checked on the way in
    gevonden = {naam: wat for naam, wat in controleer(hier).items() if wat}
    uit.schendingen = {**uit.schendingen, **gevonden}


def _sleutel_vernietigd(hier: Omgeving, aanwezig: Mapping[UUID, object]) -> list[UUID]:
    assert isinstance(hier.magazijn, SqlMagazijn)
    return sorted(hier.magazijn.sleutelbos.vernietigde() & set(aanwezig))


def _schending(schendingen: Mapping[str, list[str]]) -> RegieFout:
    wat = "; ".join(f"{naam}: {len(fouten)} keer, zoals: {fouten[0]}" for naam, fouten in schendingen.items())
    return RegieFout(
        f"De teruggezette gegevens kloppen niet ({wat}). Er is niets gewijzigd.",
        "Neem een andere reservekopie. Is er geen betere, geef dan --ondanks-schendingen en herstel het daarna.",
    )


__all__ = ["Terugzetting", "Wens", "zet_database_terug"]
