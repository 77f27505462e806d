"""Het register buiten de database: na stroomuitval of een oude reservekopie komt niemand terug (regel 12)."""

import json
import shutil
from pathlib import Path

import pytest

from adapters.opslag import SqlMagazijn, SqlRuimte
from adapters.vernietigingsregister import BestandRegister
from domein.fouten import (
    PersoonGewist,
    RegieFout,
)
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.vernietigen import pas_register_toe, vernietig
from tests.integratie.bewaren.conftest import MAKER, VOORBIJ, WOORDEN
from tests.integratie.bewaren.hulp import gevonden, goedgekeurd, staat, weg
from tests.integratie.regels.leven import Leven

# --- stroomuitval en een oude reservekopie


def test_na_een_val_tussen_register_en_bewaren_maakt_een_tweede_keer_het_af(
    klaar: Leven, magazijn: SqlMagazijn, monkeypatch: pytest.MonkeyPatch
) -> None:
    nummer = goedgekeurd(klaar)

    bevestig = SqlRuimte.bevestig

    def val(ruimte: SqlRuimte) -> None:
        if ruimte._te_wissen:  # pyright: ignore[reportPrivateUsage]
            raise ConnectionError("de stroom viel uit")
        bevestig(ruimte)

    with monkeypatch.context() as even:
        even.setattr(SqlRuimte, "bevestig", val)
        with pytest.raises(ConnectionError, match="stroom"):
            vernietig(klaar.omgeving, nummer, MAKER)
    assert len(klaar.omgeving.register.lees()) == 1
    assert klaar.dossier_id in magazijn.sleutelbos.levende()
    assert vernietig(klaar.omgeving, nummer, MAKER).vernietigd == [klaar.dossier().referentie]
    assert len(klaar.omgeving.register.lees()) == 1


def test_na_een_val_tussen_bewaren_en_de_sleutel_maakt_schoon_op_het_af(
    klaar: Leven, magazijn: SqlMagazijn, monkeypatch: pytest.MonkeyPatch
) -> None:
    nummer = goedgekeurd(klaar)
    with monkeypatch.context() as even:
        even.setattr("adapters.sleutelbos.Sleutelbos.vernietig", lambda *_: None)
        vernietig(klaar.omgeving, nummer, MAKER)
    assert klaar.dossier_id in magazijn.sleutelbos.levende()
    assert magazijn.schoon_op()
    assert klaar.dossier_id not in magazijn.sleutelbos.levende()


def test_een_oude_reservekopie_haalt_niemand_terug(
    klaar: Leven, magazijn: SqlMagazijn, sleutelpad: Path, tmp_path: Path
) -> None:
    """Zowel de database als de sleutels worden teruggezet van voor de vernietiging; het register doet het over."""
    database = Path(magazijn.engine.url.database or "")
    klaar.op(VOORBIJ)
    magazijn.schoon_op()
    magazijn.sluit()
    for pad in (database, sleutelpad):
        shutil.copyfile(pad, tmp_path / f"oud-{pad.name}")
    weg(klaar)
    magazijn.sluit()
    for pad in (database, sleutelpad):
        shutil.copyfile(tmp_path / f"oud-{pad.name}", pad)
    magazijn.sleutelbos._onthouden.clear()  # pyright: ignore[reportPrivateUsage]  # een nieuw proces
    referentie = klaar.dossier().referentie
    assert toon_dossier(klaar.omgeving, referentie)["keten_klopt"]  # hij is terug
    assert pas_register_toe(klaar.omgeving) == [referentie]
    assert pas_register_toe(klaar.omgeving) == []
    (tmp_path / "oud-regie.db").unlink()
    (tmp_path / "oud-sleutels.db").unlink()
    assert gevonden(magazijn, WOORDEN) == set()
    with pytest.raises(PersoonGewist, match=referentie):
        toon_dossier(klaar.omgeving, referentie)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.controleer_keten(klaar.dossier_id)
    assert staat(klaar) == "vernietigd"


def test_met_alleen_een_oude_database_verdwijnt_ook_wat_er_leesbaar_omheen_staat(
    klaar: Leven, magazijn: SqlMagazijn, tmp_path: Path
) -> None:
    database = Path(magazijn.engine.url.database or "")
    klaar.op(VOORBIJ)
    magazijn.schoon_op()
    magazijn.sluit()
    shutil.copyfile(database, tmp_path / "oud.db")
    weg(klaar)
    magazijn.sluit()
    (tmp_path / "oud.db").rename(database)
    assert gevonden(magazijn, ("zangstuk",)) != set()
    referentie = klaar.dossier().referentie
    assert pas_register_toe(klaar.omgeving) == [referentie]
    assert gevonden(magazijn, WOORDEN) == set()


def test_wie_na_terugzetten_alleen_de_persoon_wiste_krijgt_ook_de_rest_schoon(
    klaar: Leven, magazijn: SqlMagazijn
) -> None:
    """Een regel die met de hand is geschreven (zonder keten) telt ook; de rij met de persoon was al weg."""
    assert isinstance(klaar.omgeving.register, BestandRegister)
    klaar.omgeving.register.pad.parent.mkdir()
    met_de_hand = {"dossier": str(klaar.dossier_id), "op": "2031-06-02"}
    klaar.omgeving.register.pad.write_text(json.dumps(met_de_hand) + "\n", encoding="ascii")
    klaar.op(VOORBIJ)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(klaar.dossier_id)
    assert gevonden(magazijn, ("zangstuk",)) != set()
    assert pas_register_toe(klaar.omgeving) == [klaar.dossier().referentie]
    assert gevonden(magazijn, WOORDEN) == set()
    assert pas_register_toe(klaar.omgeving) == []


def test_een_beschadigd_register_wordt_geweigerd(klaar: Leven, tmp_path: Path) -> None:
    weg(klaar)
    bestand = tmp_path / "installatie" / "vernietigingsregister.jsonl"
    inhoud = bestand.read_text(encoding="ascii")
    assert str(klaar.dossier_id) in inhoud
    assert klaar.dossier().referentie not in inhoud
    bestand.write_text(inhoud.replace("2031", "2032") + inhoud, encoding="ascii")
    with pytest.raises(RegieFout, match="beschadigd"):
        pas_register_toe(klaar.omgeving)
