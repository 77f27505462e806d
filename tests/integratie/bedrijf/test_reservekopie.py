"""Reservekopie: wat erin ging komt er precies zo uit, en wat beschadigd of vernietigd is komt niet terug."""

import json
from datetime import date
from pathlib import Path
from shutil import copy
from uuid import UUID

import pytest
from sqlalchemy import text

from adapters.keten import veranker
from adapters.reservekopie.kluisbestand import STUK
from adapters.vernietigingsregister import BestandRegister
from domein.begrippen import Berichtstatus
from domein.handelingen.bewaarpoort import Registerregel
from domein.handelingen.invarianten import controleer
from tests.integratie.bedrijf.hulp import inhoud, nieuwe_installatie
from tests.integratie.beheer_hulp import Regie, vergeet

KANTOORDAG = "2026-01-20T08:00:00+00:00"
DOOR = ("--door", "m-bhr", "--reden", "De schijf is vervangen.")


def leven(regie: Regie, aantal: int = 3) -> list[str]:
    """Dossiers met open stappen, klaargezette mail en ankers."""
    refs = regie.vul(aantal)
    regie.zet_klok(KANTOORDAG)
    regie.open_stappen()
    veranker(regie.magazijn, regie.map / "ankers", regie.omgeving.klok.vandaag(), regie.omgeving.klok.nu())
    return refs


def maak(regie: Regie, tmp_path: Path, wachtwoord: Path) -> tuple[Path, Path]:
    kopieen = regie.json(
        "reservekopie", "maak", "--naar", str(tmp_path / "kopie"), "--sleutels-naar", str(tmp_path / "kluis"),
        "--wachtwoordbestand", str(wachtwoord),
    )  # fmt: skip
    assert [kopie["soort"] for kopie in kopieen] == ["database", "sleutels"]
    return Path(kopieen[0]["bestand"]), Path(kopieen[1]["bestand"])


def zet_terug(regie: Regie, kopie: Path, wachtwoord: Path, *meer: str, code: int = 0):
    vergeet()
    woorden = ("reservekopie", "zet-terug", str(kopie), "--wachtwoordbestand", str(wachtwoord), *DOOR, *meer)
    return json.loads(regie(*woorden, "--json", code=code) or "null")


def dossiers_van(regie: Regie) -> dict[str, UUID]:
    with regie.magazijn.ruimte() as ruimte:
        return {dossier.referentie: dossier.id for dossier in ruimte.dossiers()}


def zonder_post(tabellen: dict[str, list]) -> dict[str, list]:
    return {naam: rijen for naam, rijen in tabellen.items() if naam != "bericht"}


@pytest.mark.parametrize("doel", ["zelfde-soort", "andere-soort"])
def test_in_een_lege_installatie_staat_na_het_terugzetten_precies_hetzelfde(
    op_database: Regie, soort: str, doel: str, lege_database: str, request: pytest.FixtureRequest,
    tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Ook van PostgreSQL naar SQLite en terug: de kopie kent geen soort database."""
    leven(op_database)
    database, sleutels = maak(op_database, tmp_path, wachtwoord)
    voor, personen = inhoud(), _personen(op_database)
    assert sum(map(len, voor.values())) > 30

    instelling = {}
    if (soort == "postgresql") is (doel == "zelfde-soort"):
        instelling = {"database_url": request.getfixturevalue("tweede_postgres")}
    nieuw = nieuwe_installatie(op_database, tmp_path / "nieuw", monkeypatch, klok=KANTOORDAG, **instelling)
    zet_terug(nieuw, sleutels, wachtwoord)
    uit = zet_terug(nieuw, database, wachtwoord)

    na = inhoud()
    assert zonder_post(na) == zonder_post(voor)
    assert uit["tabellen"]["dossier"] == 3
    assert uit["schendingen"] == {}
    assert uit["onzeker"] == len(voor["bericht"]) > 0
    assert _personen(nieuw) == personen
    assert {naam: wat for naam, wat in controleer(nieuw.omgeving).items() if wat} == {}
    assert sorted(p.name for p in (nieuw.map / "ankers").iterdir()) == ["2026-01-20.jsonl"]
    assert nieuw.json("dossier", "lijst") == _lijst_van(op_database, monkeypatch)


def _personen(regie: Regie) -> dict[str, str]:
    with regie.magazijn.ruimte() as ruimte:
        return {d.referentie: repr(ruimte.persoon(d.id)) for d in ruimte.dossiers()}


def _lijst_van(regie: Regie, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGIE_MAP", str(regie.map))
    vergeet()
    return regie.json("dossier", "lijst")


def test_na_het_terugzetten_gaat_er_geen_mail_weg_tot_iemand_hervat(
    op_database: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(op_database)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    zet_terug(op_database, kopie, wachtwoord, "--vervang")
    stand = op_database.json("post", "stand")
    assert stand["staat_stil"] is True
    assert stand["teruggezet"] > 0
    assert op_database.json("post", "verstuur")["geclaimd"] == 0
    with op_database.magazijn.ruimte() as ruimte:
        assert {b.status for b in ruimte.berichten()} == {Berichtstatus.ONZEKER}
    hervat = ("post", "hervat", *DOOR, "--teruggezet", "opnieuw")
    assert op_database.json(*hervat, "--proef")["staat_stil"] is True
    assert op_database.json("post", "stand") == stand
    na = op_database.json(*hervat)
    assert (na["staat_stil"], na["teruggezet"], na["wacht"]) == (False, 0, stand["teruggezet"])
    op_database("post", "hervat", *DOOR, code=1)
    assert "staat niet stil" in op_database.err


def test_wat_na_de_kopie_is_vastgelegd_wordt_genoemd(op_database: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    refs = leven(op_database)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    op_database.json("dossier", "pauzeer", refs[1], "--grond", "ziekte", "--reden", "ziek", "--door", "m-adm")
    veranker(op_database.magazijn, op_database.map / "ankers", date(2026, 1, 21), op_database.omgeving.klok.nu())
    uit = zet_terug(op_database, kopie, wachtwoord, "--vervang")
    assert uit["nieuwer_verankerd"] == [refs[1]]
    assert any(naam.startswith("ankers.voor-") for naam in uit["bewaard"])


def test_een_vernietigd_dossier_komt_niet_terug_uit_een_oude_kopie(
    op_database: Regie, tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = leven(op_database)
    kopie, sleutels = maak(op_database, tmp_path, wachtwoord)
    weg = dossiers_van(op_database)[refs[0]]
    register = BestandRegister(op_database.map)
    register.schrijf(Registerregel(weg, None, date(2026, 1, 20)))

    nieuw = nieuwe_installatie(op_database, tmp_path / "nieuw", monkeypatch, klok=KANTOORDAG)
    copy(register.pad, nieuw.map)  # het register staat apart en komt apart mee
    assert zet_terug(nieuw, sleutels, wachtwoord)["bleef_vernietigd"] == 1
    assert zet_terug(nieuw, kopie, wachtwoord)["opnieuw_vernietigd"] == 1
    with nieuw.magazijn.ruimte() as ruimte:
        assert ruimte.persoon(weg) is None
        assert ruimte.controleer_keten(weg)
        assert all(not bericht.tekst for bericht in ruimte.berichten() if bericht.dossier_id == weg)
        assert ruimte.persoon(dossiers_van(nieuw)[refs[1]]) is not None
    assert weg in nieuw.magazijn.sleutelbos.vernietigde()


def test_een_sleutel_die_sinds_de_kopie_is_vernietigd_blijft_dat(
    op_database: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    refs = leven(op_database)
    kopie, sleutels = maak(op_database, tmp_path, wachtwoord)
    weg = dossiers_van(op_database)[refs[0]]
    with op_database.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(weg)
    assert zet_terug(op_database, sleutels, wachtwoord)["was_er_al"] == 3
    assert zet_terug(op_database, kopie, wachtwoord, "--vervang")["opnieuw_vernietigd"] == 1
    with op_database.magazijn.ruimte() as ruimte:
        assert ruimte.persoon(weg) is None


@pytest.mark.parametrize(
    "schade",
    [
        pytest.param(lambda b: b[:-1], id="laatste-byte-weg"),
        pytest.param(lambda b: b[: len(b) // 2], id="helft"),
        pytest.param(lambda b: b[:-40] + bytes([b[-40] ^ 1]) + b[-39:], id="een-bit"),
        pytest.param(lambda b: b[:30] + bytes([b[30] ^ 1]) + b[31:], id="bit-in-de-kop"),
        pytest.param(lambda b: b + b"x", id="byte-erbij"),
        pytest.param(lambda b: b"", id="leeg"),
        pytest.param(lambda b: b"SQLite format 3\0" + b, id="iets-anders"),
    ],
)
def test_een_beschadigde_kopie_wordt_geweigerd_en_er_verandert_niets(
    regie: Regie, schade, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(regie, 1)
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    voor = inhoud()
    kopie.write_bytes(schade(kopie.read_bytes()))
    controle = ("reservekopie", "controleer", str(kopie))
    assert regie.json(*controle, code=1)["goed"] is False  # al aan de controlesom, zonder wachtwoord
    kopie.with_name(kopie.name + ".sha256").unlink()
    uitslag = regie.json(*controle, "--wachtwoordbestand", str(wachtwoord), code=1)
    assert uitslag["goed"] is False
    zet_terug(regie, kopie, wachtwoord, "--vervang", code=1)
    assert "Er is niets gewijzigd" in regie.err
    assert inhoud() == voor
    assert not list(regie.map.glob(".regie.db.*"))
    assert not list(regie.map.glob("*.voor-*"))


def test_een_kopie_van_meer_stukken_mag_geen_stuk_missen_of_verwisselen(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(regie, 1)
    (regie.map / "sjablonen").mkdir()
    import os

    (regie.map / "sjablonen" / "groot.bin").write_bytes(os.urandom(3 * STUK))
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    heel = kopie.read_bytes()
    begin = heel.index(b"\n", heel.index(b"\n") + 1) + 1
    stuk = STUK + 16
    een, twee, rest = heel[begin : begin + stuk], heel[begin + stuk : begin + 2 * stuk], heel[begin + 2 * stuk :]
    assert len(rest) > stuk
    controle = ("reservekopie", "controleer", str(kopie), "--wachtwoordbestand", str(wachtwoord))
    assert regie.json(*controle)["goed"] is True
    kopie.with_name(kopie.name + ".sha256").unlink()
    for stuk_ in (heel[:begin] + twee + een + rest, heel[:begin] + een + rest, heel[:begin] + een + twee):
        kopie.write_bytes(stuk_)
        assert regie.json(*controle, code=1)["goed"] is False


def test_een_verkeerd_wachtwoord_zegt_dat_het_niet_past(regie: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(regie, 1)
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    wachtwoord.write_text("een heel ander wachtwoord", encoding="utf-8")
    zet_terug(regie, kopie, wachtwoord, code=1)
    assert "past niet" in regie.err


def test_wie_de_kopie_maakt_voor_een_ontvanger_kan_haar_zelf_niet_lezen(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(regie, 1)
    geheim, openbaar = tmp_path / "geheim", tmp_path / "ontvanger"
    openbaar.write_text(regie("reservekopie", "ontvanger", str(geheim)), encoding="ascii")
    assert geheim.stat().st_mode & 0o777 == 0o600
    naar = ("--naar", str(tmp_path / "kopie"), "--ontvanger", str(openbaar))
    kopie = Path(regie.json("reservekopie", "maak", *naar)[0]["bestand"])
    controle = ("reservekopie", "controleer", str(kopie))
    assert regie.json(*controle, "--geheim", str(geheim))["goed"] is True
    assert regie.json(*controle)["volledig"] is False
    regie(*controle, "--wachtwoordbestand", str(wachtwoord), code=1)
    regie(*controle, "--geheim", str(openbaar), code=1)
    assert "staat niet het geheim" in regie.err


def test_in_de_kopie_staat_niets_leesbaars(regie: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    refs = leven(regie, 1)
    for kopie in maak(regie, tmp_path, wachtwoord):
        inhoud_ = kopie.read_bytes()
        assert refs[0].encode() not in inhoud_
        assert b"dossier" not in inhoud_
        assert kopie.stat().st_mode & 0o077 == 0


def test_de_sleutels_gaan_niet_naar_dezelfde_map(regie: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(regie, 1)
    naar = str(tmp_path / "kopie")
    regie(
        "reservekopie", "maak", "--naar", naar, "--sleutels-naar", f"{naar}/../kopie",
        "--wachtwoordbestand", str(wachtwoord), code=1,
    )  # fmt: skip
    assert "horen niet bij" in regie.err
    assert not Path(naar).exists()


def test_over_een_volle_database_gaat_niets_zonder_dat_iemand_het_zegt(
    op_database: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(op_database)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    voor = inhoud()
    zet_terug(op_database, kopie, wachtwoord, code=1)
    assert "--vervang" in op_database.err
    proef = zet_terug(op_database, kopie, wachtwoord, "--proef")
    assert proef["tabellen"]["dossier"] == 3
    assert inhoud() == voor
    assert op_database.json("post", "stand")["staat_stil"] is False


def test_terwijl_er_een_ronde_loopt_gaat_niets_terug(op_database: Regie, tmp_path: Path, wachtwoord: Path) -> None:
    leven(op_database)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    nu = op_database.omgeving.klok.nu()
    with op_database.magazijn.ruimte() as ruimte:
        ruimte.neem_lease("ronde", "een-ander", nu, nu.replace(hour=nu.hour + 1))
    zet_terug(op_database, kopie, wachtwoord, "--vervang", code=1)
    assert "loopt nog een ronde" in op_database.err


def test_zonder_sleutels_gaat_de_database_niet_terug(
    regie: Regie, tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leven(regie, 1)
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    nieuw = nieuwe_installatie(regie, tmp_path / "nieuw", monkeypatch, klok=KANTOORDAG)
    zet_terug(nieuw, kopie, wachtwoord, code=1)
    assert "Zet eerst de reservekopie van de sleutels terug" in nieuw.err
    assert not (nieuw.map / "regie.db").exists()


def test_een_kopie_van_een_gewijzigde_keten_gaat_alleen_terug_als_iemand_het_wil(
    op_database: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(op_database)
    with op_database.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE gebeurtenis SET actor = 'iemand-anders' WHERE volgnummer = 1"))
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    uitslag = op_database.json("reservekopie", "controleer", str(kopie), "--wachtwoordbestand", str(wachtwoord), code=1)
    assert "keten" in uitslag["melding"]
    voor = inhoud()
    zet_terug(op_database, kopie, wachtwoord, "--vervang", code=1)
    assert "kloppen niet" in op_database.err
    assert inhoud() == voor
    uit = zet_terug(op_database, kopie, wachtwoord, "--vervang", "--ondanks-schendingen")
    assert uit["schendingen"]["keten"]


def test_een_kopie_van_een_nieuwere_versie_wordt_geweigerd(
    regie: Regie, tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leven(regie, 1)
    from adapters.reservekopie import maken

    monkeypatch.setattr(maken, "KOP", "9999")
    monkeypatch.setattr(maken, "versie", lambda _engine: "9999")
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    zet_terug(regie, kopie, wachtwoord, "--vervang", code=1)
    assert "Werk het programma bij" in regie.err


def test_een_kapot_databasebestand_is_te_vervangen_en_blijft_bewaard(
    regie: Regie, tmp_path: Path, wachtwoord: Path
) -> None:
    leven(regie)
    kopie, _ = maak(regie, tmp_path, wachtwoord)
    voor = inhoud()
    vergeet()
    for staart in ("-wal", "-shm"):
        (regie.map / f"regie.db{staart}").unlink(missing_ok=True)
    (regie.map / "regie.db").write_bytes(b"dit is geen database meer" * 1000)
    zet_terug(regie, kopie, wachtwoord, code=1)
    uit = zet_terug(regie, kopie, wachtwoord, "--vervang")
    assert zonder_post(inhoud()) == zonder_post(voor)
    assert any(naam.startswith("regie.db.voor-") for naam in uit["bewaard"])


def test_de_kopie_is_van_een_moment_ook_als_er_intussen_wordt_geschreven(
    op_database: Regie, tmp_path: Path, wachtwoord: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schrijf tussen twee tabellen in: de kopie mag daar niets van laten zien."""
    refs = leven(op_database)
    from adapters.reservekopie import maken

    echt, gedaan = maken.lees, []

    def lees_en_schrijf(verbinding, tabel, volgorde):
        yield from echt(verbinding, tabel, volgorde)
        if tabel.name == "dossier" and not gedaan:
            gedaan.append(True)
            woorden = ("dossier", "pauzeer", refs[0], "--grond", "ziekte", "--reden", "ziek", "--door", "m-adm")
            op_database(*woorden)

    monkeypatch.setattr(maken, "lees", lees_en_schrijf)
    kopie, _ = maak(op_database, tmp_path, wachtwoord)
    assert gedaan
    controle = ("reservekopie", "controleer", str(kopie), "--wachtwoordbestand", str(wachtwoord))
    assert op_database.json(*controle)["goed"] is True  # de ketens passen bij hun dossiers
