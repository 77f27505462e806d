"""De hoofdsleutel vervangen waar de bestanden van buiten komen: weigeren voor er iets verandert, en hoe het wel kan."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.hoofdsleutel import HUIDIG, NIEUW, VORIGE
from adapters.instellingen import schrijf_geheim
from adapters.omgeving import instellingen
from adapters.sleutelbeheer import eis_vervangbaar
from domein.fouten import RegieFout
from tests.integratie.bedrijf.test_sleutels import personen
from tests.integratie.bedrijf.test_sleutelwissel import ANDER, geheimen, soorten
from tests.integratie.beheer_hulp import Regie, vergeet


def ongewijzigd(regie: Regie, doe: Callable[[], object]) -> None:
    stond = {b.name: b.read_bytes() for b in geheimen(regie).iterdir()}
    doe()
    assert {b.name: b.read_bytes() for b in geheimen(regie).iterdir()} == stond


def test_een_map_waarin_niet_te_schrijven_is_wordt_geweigerd_voordat_er_iets_verandert(
    regie: Regie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zo hangt Kubernetes een Secret in: elke poging iets te maken geeft EROFS, ook voor root."""
    regie.vul(1)
    voor = personen(regie)
    vergeet()
    echt = os.open

    def alleen_lezen(pad: object, vlaggen: int, *rest: int, **meer: int) -> int:
        if vlaggen & os.O_CREAT and Path(str(pad)).parent == geheimen(regie):
            raise OSError(30, "Read-only file system")
        return echt(pad, vlaggen, *rest, **meer)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(os, "open", alleen_lezen)
    for meer in ((), ("--proef",)):
        ongewijzigd(regie, lambda meer=meer: regie("sleutels", "hoofdsleutel", *meer, code=1))
        assert "niet te schrijven" in regie.err
        assert "--zelf-plaatsen" in regie.err
    assert personen(regie) == voor


def test_een_sleutelbestand_dat_een_mount_is_wordt_geweigerd_voordat_er_iets_verandert(
    regie: Regie, tmp_path: Path
) -> None:
    """Zo hangt Compose een geheim in: hernoemen eroverheen geeft EBUSY, en dan zijn de sleutels al verpakt."""
    regie.vul(1)
    map_ = geheimen(regie).rename(regie.map / "geheimen met spatie")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"63 43 254:0 /a {str(map_ / HUIDIG).replace(' ', chr(92) + '040')} rw - ext4 /dev/vda rw\n", encoding="utf-8"
    )
    with pytest.raises(RegieFout, match="van buiten in gehangen"):
        eis_vervangbaar(map_, mounts)
    mounts.write_text(f"63 43 254:0 /a {map_}2 rw - ext4 /dev/vda rw\n", encoding="utf-8")
    eis_vervangbaar(map_, mounts)


def test_een_sleutelbestand_dat_een_verwijzing_is_wordt_geweigerd(regie: Regie, tmp_path: Path) -> None:
    regie.vul(1)
    (geheimen(regie) / HUIDIG).rename(tmp_path / HUIDIG)
    (geheimen(regie) / HUIDIG).symlink_to(tmp_path / HUIDIG)
    vergeet()
    ongewijzigd(regie, lambda: regie("sleutels", "hoofdsleutel", code=1))
    assert "van buiten in gehangen" in regie.err


def test_wie_de_bestanden_zelf_beheert_zet_de_nieuwe_klaar_en_plaatst_hem_na_afloop(regie: Regie) -> None:
    regie.vul(2)
    voor, oud = personen(regie), (geheimen(regie) / HUIDIG).read_bytes()
    vergeet()
    ongewijzigd(regie, lambda: regie("sleutels", "hoofdsleutel", "--zelf-plaatsen", code=1))
    assert "staat geen hoofdsleutel.nieuw" in regie.err
    schrijf_geheim(geheimen(regie) / NIEUW, ANDER.hex().encode("ascii"))
    assert "sleutelwissel" in soorten(regie)  # klaar, en nog niet in gebruik: een waarschuwing
    vergeet()
    bestanden = {b.name: b.read_bytes() for b in geheimen(regie).iterdir() if b.name != "sleutels.db"}
    assert regie.json("sleutels", "hoofdsleutel", "--zelf-plaatsen")["verpakt"] == 2
    assert {b.name: b.read_bytes() for b in geheimen(regie).iterdir() if b.name != "sleutels.db"} == bestanden
    assert personen(regie) == voor
    assert "sleutelwissel" in soorten(regie, code=1)
    # Nu plaatst de beheerder hem, en vergeet de klaargezette weg te halen.
    schrijf_geheim(geheimen(regie) / VORIGE, oud)
    schrijf_geheim(geheimen(regie) / HUIDIG, ANDER.hex().encode("ascii"), vervang=True)
    vergeet()
    assert personen(regie) == voor
    regie("sleutels", "hoofdsleutel", code=1)
    assert "deze wissel is al af" in regie.err
    (geheimen(regie) / NIEUW).unlink()
    assert "sleutelwissel" not in soorten(regie)


def test_de_losse_container_van_compose_kan_het_in_de_map_met_alle_geheimen(
    regie: Regie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zoals uitrol/LEESMIJ.md: de hele map met geheimen erin, ook als map met instellingen."""
    regie.vul(1)
    voor = personen(regie)
    keuze = instellingen()
    for naam, inhoud in {
        "regie_database_url": keuze.database, "regie_sleutels_url": keuze.sleutels, "regie_smtp_wachtwoord": "geheim",
        "regie_metrieken_sleutel": "m" * 40, "wachtwoord_postgres": "p", "prefect_database_url": "q", "ontvanger": "r",
    }.items():  # fmt: skip
        schrijf_geheim(geheimen(regie) / naam, inhoud.encode("ascii"))
    monkeypatch.setenv("REGIE_INSTELLINGENMAP", str(geheimen(regie)))
    monkeypatch.setenv("REGIE_SMTP_GEBRUIKER", "regie")  # uit .env
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 1
    assert personen(regie) == voor
