"""Sleutels vervangen: niets wordt onleesbaar, en halverwege afbreken is af te maken."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from adapters import sleutelbeheer
from adapters.instellingen import geheim_uit
from adapters.kluis import CijfertekstGeweigerd
from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.omgeving import instellingen
from adapters.sleutelbos import SLEUTELTABEL
from tests.integratie.beheer_hulp import Regie, vergeet


def personen(regie: Regie) -> list[str]:
    with regie.magazijn.ruimte() as ruimte:
        return [repr(ruimte.persoon(dossier.id)) for dossier in ruimte.dossiers()]


def links_van(regie: Regie) -> GetekendeLinks:
    links = regie.omgeving.links
    assert isinstance(links, GetekendeLinks)
    return links


def verpakt(regie: Regie) -> list[bytes]:
    with regie.magazijn.sleutelbos._engine.connect() as verbinding:
        return sorted(verbinding.scalars(select(SLEUTELTABEL.c.verpakt)))


def test_een_nieuwe_hoofdsleutel_laat_elk_dossier_leesbaar(regie: Regie) -> None:
    regie.vul()
    voor, oude, sleutel = personen(regie), verpakt(regie), geheim_uit(regie.map / "geheimen" / "hoofdsleutel")
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel", "--proef")["verpakt"] == 3
    assert geheim_uit(regie.map / "geheimen" / "hoofdsleutel") == sleutel
    assert personen(regie) == voor
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3
    assert geheim_uit(regie.map / "geheimen" / "hoofdsleutel") != sleutel
    assert personen(regie) == voor
    assert not set(verpakt(regie)) & set(oude)


def test_na_een_val_halverwege_maakt_een_tweede_keer_het_af(regie: Regie, monkeypatch: pytest.MonkeyPatch) -> None:
    """De sleutels zijn opnieuw verpakt, maar de nieuwe hoofdsleutel staat nog niet op zijn plaats."""
    regie.vul()
    voor = personen(regie)
    vergeet()

    class Weg(Path):
        def replace(self, target: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            raise SystemExit(137)

    with monkeypatch.context() as val:
        val.setattr(Path, "replace", Weg.replace)
        # Het geheim zelf wordt zonder `replace` geschreven; de eerste is die van het einde.
        with pytest.raises(SystemExit):
            sleutelbeheer.draai_hoofdsleutel(instellingen(), proef=False)
    with pytest.raises(CijfertekstGeweigerd):
        personen(regie)
    assert "sleutelwissel" in {b["soort"] for b in regie.json("dokter", code=1)}
    vergeet()
    assert regie.json("sleutels", "hoofdsleutel")["verpakt"] == 3
    assert personen(regie) == voor
    assert "sleutelwissel" not in {b["soort"] for b in regie.json("dokter")}


def test_terwijl_een_opzichter_draait_wordt_er_niets_vervangen(regie: Regie) -> None:
    regie.vul(1)
    nu = regie.omgeving.klok.nu()
    with regie.magazijn.ruimte() as ruimte:
        ruimte.neem_lease("ronde", "een-ander", nu, nu + timedelta(minutes=1))
    regie("sleutels", "hoofdsleutel", code=1)
    assert "loopt nog een ronde" in regie.err


def test_een_oude_link_werkt_na_het_vervangen_en_een_nieuwe_is_met_het_nieuwe_geheim(regie: Regie) -> None:
    regie.vul(1)
    dag, stap = date(2026, 1, 12), uuid4()
    links = [links_van(regie).taaklink(stap, 1, "km-1").rsplit("/", 1)[1]]
    for eerder in (1, 2):
        assert regie.json("sleutels", "links")["eerdere_geheimen"] == eerder
        vergeet()
        links.append(links_van(regie).taaklink(stap, 1, "km-1").rsplit("/", 1)[1])
    assert len(set(links)) == 3
    for token in links:
        link = links_van(regie).lees_taaklink(token, dag)
        assert link.stap_id == stap
        # Een formulier dat bij het vervangen al openstond, is nog te versturen.
        assert links_van(regie).formulierbewijs_klopt(links_van(regie).formulierbewijs(link), link)
    assert (regie.map / "geheimen" / "links-vorige").stat().st_mode & 0o777 == 0o600

    regie("sleutels", "links", "--gelekt")
    vergeet()
    for token in links:
        with pytest.raises(OngeldigeLink):
            links_van(regie).lees_taaklink(token, dag)


def test_een_geheim_uit_de_omgeving_wordt_daar_vervangen(regie: Regie) -> None:
    regie.instelling(geheim="een-geheim-uit-de-omgeving")
    regie("sleutels", "links", code=1)
    assert "REGIE_GEHEIM_VORIGE" in regie.err
    token = links_van(regie).werklink("km-1").rsplit("/", 1)[1]
    regie.instelling(geheim="een-heel-nieuw-geheim-nu", geheim_vorige="een-geheim-uit-de-omgeving")
    assert links_van(regie).lees_werklink(token, date(2026, 1, 12)).medewerker == "km-1"
