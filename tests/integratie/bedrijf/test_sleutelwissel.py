"""De hoofdsleutel vervangen: waar het ook ophoudt, alles blijft te lezen, ook in een kopie, en het is af te maken."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, insert, update

from adapters.database import maak_engine
from adapters.hoofdsleutel import HUIDIG, NIEUW, VORIGE, HoofdsleutelOnbekend, afdruk, houd_vast, merk, verpak
from adapters.instellingen import geheim_uit, schrijf_geheim
from adapters.klok import EchteKlok
from adapters.kluis import CijfertekstGeweigerd, Sleutel
from adapters.omgeving import instellingen
from adapters.sleutelbeheer import draai_hoofdsleutel
from adapters.sleutelbos import Sleutelbos
from adapters.sleuteltabellen import MERKTABEL, SLEUTELTABEL
from tests.integratie.bedrijf.hulp import nieuwe_installatie
from tests.integratie.bedrijf.test_reservekopie import maak, zet_terug
from tests.integratie.bedrijf.test_sleutels import personen
from tests.integratie.beheer_hulp import Regie, vergeet

OUD, ANDER = b"o" * 32, b"a" * 32
DADEN = {"open", "os.rename", "os.link", "os.remove"}


def geheimen(regie: Regie) -> Path:
    return regie.map / "geheimen"


def soorten(regie: Regie, code: int = 0) -> set[str]:
    return {b["soort"] for b in regie.json("dokter", code=code)}


# vallen


def val_na(aantal: int) -> bool:
    """Laat een kind van dit proces de hoofdsleutel vervangen en val bij zijn zoveelste daad; True als het viel."""
    kind = os.fork()
    if kind == 0:
        over = aantal

        def daad(naam: str, wat: tuple[object, ...]) -> None:
            nonlocal over
            if naam == "sql" or (naam in DADEN and "geheimen" in str(wat)):
                over -= 1
                if over == 0:
                    os._exit(137)  # zoals kill -9: niets wordt opgeruimd

        sys.addaudithook(daad)
        event.listen(Engine, "before_cursor_execute", lambda *_: daad("sql", ()))
        event.listen(Engine, "commit", lambda _: daad("sql", ()))
        draai_hoofdsleutel(instellingen(), proef=False)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1]) == 137


def test_waar_het_proces_ook_valt_blijft_alles_te_lezen_en_is_het_af_te_maken(
    regie: Regie,
) -> None:
    regie.vul(2)
    voor = personen(regie)
    gezien: set[frozenset[str]] = set()
    aantal, gevallen = 0, True
    while gevallen:
        aantal += 1
        (geheimen(regie) / VORIGE).unlink(missing_ok=True)  # elke wissel verpakt alles: hij is dan niet meer nodig
        vergeet()
        instellingen()
        gevallen = val_na(aantal)
        gezien.add(frozenset(b.name for b in geheimen(regie).iterdir() if b.name.startswith(HUIDIG)))
        assert personen(regie) == voor, aantal
        vergeet()
        assert draai_hoofdsleutel(instellingen(), proef=False) == 2
        assert personen(regie) == voor, aantal
    assert aantal > 20
    # Elke tussenstand is voorgekomen: nog niets, klaargezet, de oude bewaard, en af.
    tussen: list[set[str]] = [{HUIDIG}, {HUIDIG, NIEUW}, {HUIDIG, NIEUW, VORIGE}, {HUIDIG, VORIGE}]
    assert {frozenset(een) for een in tussen} == gezien
    assert not soorten(regie) & {"sleutelwissel", "sleutel_oud", "sleutel_onleesbaar", "hoofdsleutel_onbekend"}


def val_voor_het_plaatsen(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alles is opnieuw verpakt, maar de nieuwe hoofdsleutel staat nog niet op zijn plaats."""

    def weg(self: Path, target: object) -> None:
        raise SystemExit(137)

    vergeet()
    with monkeypatch.context() as val:
        val.setattr(Path, "replace", weg)
        with pytest.raises(SystemExit):
            draai_hoofdsleutel(instellingen(), proef=False)
    vergeet()


def test_een_kopie_van_halverwege_is_terug_te_zetten(
    regie: Regie, tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regie.vul(2)
    voor = personen(regie)
    val_voor_het_plaatsen(regie, monkeypatch)
    assert "sleutelwissel" in soorten(regie, code=1)
    database, sleutels = maak(regie, tmp_path, wachtwoord)
    nieuw = nieuwe_installatie(regie, tmp_path / "nieuw", monkeypatch)
    assert zet_terug(nieuw, sleutels, wachtwoord)["teruggezet"] == 2
    zet_terug(nieuw, database, wachtwoord)
    assert personen(nieuw) == voor
    assert not soorten(nieuw) & {"sleutelwissel", "hoofdsleutel_onbekend"}
    # Het merk kwam mee: ook hier wordt met geen andere sleutel verpakt.
    bos = Sleutelbos(maak_engine(instellingen().sleutels), ANDER)
    with pytest.raises(HoofdsleutelOnbekend):
        bos.bewaar([(uuid4(), bos.maak())], EchteKlok().nu())
    bos.sluit()


def test_een_kopie_van_een_machine_zonder_de_hoofdsleutel_van_nu_wordt_niet_gemaakt(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    regie.vul(1)
    (geheimen(regie) / HUIDIG).rename(tmp_path / "weg")
    schrijf_geheim(geheimen(regie) / HUIDIG, ANDER.hex().encode("ascii"), vervang=True)
    vergeet()
    regie(
        "reservekopie", "maak", "--naar", str(tmp_path / "kopie"), "--sleutels-naar", str(tmp_path / "kluis"),
        "--wachtwoordbestand", str(wachtwoord), code=1,
    )  # fmt: skip
    assert "ging nooit open" in regie.err
    assert not list((tmp_path / "kluis").glob("*"))


# wat een oudere versie kan hebben gedaan


def verpak_met(regie: Regie, hoofd: bytes, aantal: int = 1) -> None:
    """Verpak de jongste sleutels met een andere hoofdsleutel, zoals een proces van een oudere versie deed."""
    bos = regie.magazijn.sleutelbos
    dossiers = sorted(bos.levende(), key=str)[:aantal]
    with bos._engine.begin() as verbinding:
        for dossier in dossiers:
            sleutel = bos.zoek(dossier)
            assert sleutel is not None
            nu = verpak(hoofd, dossier, sleutel)
            verbinding.execute(update(SLEUTELTABEL).where(SLEUTELTABEL.c.dossier_id == dossier).values(verpakt=nu))
    vergeet()


def test_wat_nog_met_de_vorige_hoofdsleutel_is_verpakt_blijft_te_lezen_en_gaat_mee(regie: Regie) -> None:
    regie.vul(3)
    voor, oud = personen(regie), geheim_uit(geheimen(regie) / HUIDIG)
    vergeet()
    regie("sleutels", "hoofdsleutel")
    assert geheim_uit(geheimen(regie) / VORIGE) == oud
    verpak_met(regie, oud)
    assert personen(regie) == voor
    assert "sleutel_oud" in soorten(regie)
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3
    assert personen(regie) == voor
    assert "sleutel_oud" not in soorten(regie)


def test_een_sleutel_die_nergens_bij_past_wordt_geweigerd_zonder_iets_na_te_laten_en_komt_uit_de_kopie(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    regie.vul(3)
    voor = personen(regie)
    _, kopie = maak(regie, tmp_path, wachtwoord)
    verpak_met(regie, ANDER)
    stond = sorted(b.name for b in geheimen(regie).iterdir())
    regie("sleutels", "hoofdsleutel", code=1)
    assert "past bij geen" in regie.err
    assert sorted(b.name for b in geheimen(regie).iterdir()) == stond
    assert "sleutel_onleesbaar" in soorten(regie, code=1)
    uit = zet_terug(regie, kopie, wachtwoord)
    assert (uit["teruggezet"], uit["was_er_al"]) == (1, 2)
    assert personen(regie) == voor
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3


def test_een_sleuteldatabase_van_voor_het_merk_krijgt_het_van_wie_haar_oudste_sleutel_opent(regie: Regie) -> None:
    regie.vul(2)
    with regie.magazijn.sleutelbos._engine.begin() as verbinding:
        verbinding.exec_driver_sql("DROP TABLE hoofdsleutelmerk")
    adres = instellingen().sleutels
    vergeet()
    vreemd = Sleutelbos(maak_engine(adres), ANDER)
    with pytest.raises(HoofdsleutelOnbekend):
        vreemd.bewaar([(uuid4(), vreemd.maak())], EchteKlok().nu())
    vreemd.sluit()
    regie("kennisgevingen", "registreer", str(regie.map / "kennisgevingen.csv"))
    assert len(personen(regie)) == 2


def test_zonder_hoofdsleutel_naast_een_gevulde_sleuteldatabase_ontstaat_er_geen_nieuwe(regie: Regie) -> None:
    regie.vul(1)
    (geheimen(regie) / HUIDIG).unlink()
    vergeet()
    regie("dossier", "lijst", code=1)
    assert "hoofdsleutel die hier niet staat" in regie.err
    assert not (geheimen(regie) / HUIDIG).exists()


# twee tegelijk, op beide databases


@pytest.fixture
def bos(soort: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[bytes], Sleutelbos]]:
    adres = f"sqlite:///{tmp_path / 'sleutels.db'}"
    if soort == "postgresql":
        adres = request.getfixturevalue("lege_database")
    gemaakt: list[Sleutelbos] = []

    def maak_bos(hoofd: bytes) -> Sleutelbos:
        gemaakt.append(Sleutelbos(maak_engine(adres, wis_veilig=True), hoofd))
        return gemaakt[-1]

    yield maak_bos
    for een in gemaakt:
        een.sluit()


def test_wie_verpakt_terwijl_de_hoofdsleutel_wisselt_wacht_en_legt_dan_niets_vast(
    bos: Callable[[bytes], Sleutelbos],
) -> None:
    laat, nu, uitslag = bos(OUD), EchteKlok().nu(), list[str]()
    laat.bewaar([(uuid4(), laat.maak())], nu)
    nieuwkomer = uuid4()

    def verpakt_nog_oud() -> None:
        try:
            laat.bewaar([(nieuwkomer, laat.maak())], nu)
            uitslag.append("bewaard")
        except HoofdsleutelOnbekend:
            uitslag.append("geweigerd")

    draad = threading.Thread(target=verpakt_nog_oud)
    with bos(OUD)._engine.begin() as wisselaar:
        houd_vast(wisselaar)
        draad.start()
        draad.join(0.3)
        assert draad.is_alive()  # hij wacht op de wissel
        merk(wisselaar, ANDER)
    draad.join(30)
    assert uitslag == ["geweigerd"]
    assert nieuwkomer not in laat.levende()


def test_de_wissel_ziet_ook_wie_er_net_voor_was(bos: Callable[[bytes], Sleutelbos]) -> None:
    een, nu, gezien = bos(OUD), EchteKlok().nu(), list[int]()
    een.bewaar([(uuid4(), een.maak())], nu)

    def wissel() -> None:
        with bos(OUD)._engine.begin() as wisselaar:
            houd_vast(wisselaar)
            gezien.append(len(wisselaar.execute(SLEUTELTABEL.select()).all()))

    draad = threading.Thread(target=wissel)
    dossier, sleutel = uuid4(), een.maak()
    with een._engine.begin() as verbinding:
        rij = {"dossier_id": dossier, "sleutel_id": sleutel.id, "verpakt": b"x", "gemaakt_op": nu}
        verbinding.execute(insert(SLEUTELTABEL), [rij])
        verbinding.execute(MERKTABEL.select().with_for_update(read=True)).all()
        draad.start()
        draad.join(0.3)
        assert draad.is_alive()
    draad.join(30)
    assert gezien == [2]


def test_processen_die_tegelijk_beginnen_maken_de_tabellen_samen(bos: Callable[[bytes], Sleutelbos]) -> None:
    fouten: list[BaseException] = []

    def begin(hoofd: bytes) -> None:
        try:
            een = bos(hoofd)
            een.bewaar([(uuid4(), een.maak())], EchteKlok().nu())
        except HoofdsleutelOnbekend:
            pass  # een ander was eerst, met een andere sleutel
        except BaseException as fout:
            fouten.append(fout)

    draden = [threading.Thread(target=begin, args=(hoofd,)) for hoofd in (OUD, ANDER) * 4]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert fouten == []
    van = bos(OUD)
    merken = van._engine.connect()
    gekozen = OUD if merken.execute(MERKTABEL.select()).one().afdruk == afdruk(OUD) else ANDER
    merken.close()
    assert len(van.levende()) == 4
    leest = bos(gekozen)
    assert all(isinstance(leest.zoek(dossier), Sleutel) for dossier in van.levende())


def test_een_veranderde_sleutel_wordt_nooit_als_een_andere_gelezen(bos: Callable[[bytes], Sleutelbos]) -> None:
    een, dossier = bos(OUD), UUID(int=7)
    een.bewaar([(dossier, een.maak())], EchteKlok().nu())
    with een._engine.begin() as verbinding:
        verbinding.execute(update(SLEUTELTABEL).values(verpakt=b"\x01" + b"z" * 60))
    vers = bos(OUD)
    vers.lees_vooruit([dossier])  # de een houdt de ander niet tegen
    with pytest.raises(CijfertekstGeweigerd):
        vers.zoek(dossier)
