"""Sleutels vervangen: niets wordt onleesbaar, en niet terwijl er iets draait."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from adapters.instellingen import geheim_uit
from adapters.klok import EchteKlok
from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.sleuteltabellen import SLEUTELTABEL
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


def test_terwijl_een_opzichter_draait_wordt_er_niets_vervangen(regie: Regie) -> None:
    regie.vul(1)
    nu = regie.omgeving.klok.nu()
    with regie.magazijn.ruimte() as ruimte:
        ruimte.neem_lease("ronde", "een-ander", nu, nu + timedelta(minutes=1))
    for meer in ((), ("--ondanks-hartslag",)):
        regie("sleutels", "hoofdsleutel", *meer, code=1)
        assert "loopt nog een ronde" in regie.err


def test_ook_tussen_twee_rondes_wordt_er_niets_vervangen(regie: Regie) -> None:
    """De lease is er alleen tijdens een ronde; de hartslag blijft."""
    regie.vul(1)
    echt = EchteKlok().nu()
    for geleden, code in ((timedelta(seconds=100), 1), (timedelta(minutes=-5), 1), (timedelta(minutes=3), 0)):
        with regie.magazijn.ruimte() as ruimte:
            ruimte.zet_hartslag("ronde", "machine-7:42", echt - geleden)
        vergeet()
        regie("sleutels", "hoofdsleutel", code=code)
        assert ("machine-7:42" in regie.err) is bool(code)
        assert ("--ondanks-hartslag" in regie.err) is bool(code)
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag("ronde", "machine-7:42", echt)
    vergeet()
    regie("sleutels", "hoofdsleutel", "--ondanks-hartslag")
    assert len(personen(regie)) == 1


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
