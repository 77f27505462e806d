"""Een besluit nalezen nadat het dossier eindigde: wie mag het, wat kan hij niet meer, en waar staat het."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import event

from adapters.opslag import SqlMagazijn
from beheer.meet.instroom import proefnummers
from domein.begrippen import Dossierstatus, Rol
from domein.handelingen import besluit_bekijken
from domein.handelingen.besluit_bekijken import besluitstapels
from domein.model import Logsoort
from domein.ports import Persoon
from domein.regels.besluitstapel import Stapel
from domein.regels.toegang import Kijker
from tests.integratie.besluit_hulp import Besluitwereld, besluitwereld, leesbaar
from tests.integratie.portaal_bezoek import bewijs_van
from tests.integratie.post_hulp import Zetbaar
from tests.integratie.regels.besluitleven import ADMINISTRATIE, BEHANDELAAR, PIPVELDEN, Besluitleven
from tests.integratie.regels.leven import COORDINATOR

EINDE = date(2026, 3, 2)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def soort(request: pytest.FixtureRequest) -> str:
    """Ook achter de tweede wand, die er alleen op PostgreSQL is."""
    return request.param


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path) -> Besluitwereld:
    """Een PIP dat op 26 februari bekend is gemaakt; op 2 maart vertrekt de inburgeraar."""
    wereld = besluitwereld(magazijn, klok, tmp_path)
    leven = wereld.leven
    leven.concept("pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN)
    leven.onderzoek_alles().schrijf("Zij leest al goed.").teken().maak_bekend(date(2026, 2, 26))
    eindig(leven)
    return wereld


def eindig(leven: Besluitleven) -> None:
    """De inburgeraar vertrekt; wat er nog ligt wordt gedaan, en het dossier gaat dicht."""
    leven.op(EINDE).meld("plicht_beeindigd", EINDE, grond="vertrek")
    for kenmerk in ("duo/leerroute/1", "duo/pip-vastgesteld/1"):
        leven.antwoord(kenmerk, "duo_ingevoerd", EINDE, door=ADMINISTRATIE, referentie="R-1")
        leven.meld("duo_bevestigd", EINDE, melding=kenmerk)
    leven.antwoord("einde/afsluiten/1", "dossier_afgesloten", EINDE, door=BEHANDELAAR)
    assert leven.dossier().status is Dossierstatus.BEEINDIGD


@pytest.mark.parametrize("code", ["m-jdb", "m-wil", "m-gor"])
def test_na_het_einde_is_het_besluit_met_tekst_en_gronden_te_lezen(wereld: Besluitwereld, code: str) -> None:
    wie = wereld.als(code)
    assert "In de bezwaartermijn 1" in leesbaar(wie.get("/besluiten"))
    een = wie.get(f"{wereld.pad}/1")
    assert een.status_code == 200
    tekst = leesbaar(een)
    for wat in ("Zij leest al goed.", "Onderzocht: intake.", "gor-besluit", "kan tot en met donderdag 9 april 2026"):
        assert wat in tekst, wat
    assert "U leest dit na" in tekst
    assert wie.get(f"/dossiers/{wereld.ref}").status_code == 200
    wereld.leven.op(date(2026, 4, 10))
    wie = wereld.als(code)
    assert "PIP" not in leesbaar(wie.get("/besluiten"))
    assert "Afgerond 1" in leesbaar(wie.get("/besluiten?toon=afgerond"))


def test_een_ander_ziet_het_geeindigde_dossier_niet(wereld: Besluitwereld) -> None:
    for code in ("m-kos", "m-mer", "m-mol", "m-jur", "m-vrw", "m-con"):
        wie = wereld.als(code)
        assert wie.get(f"{wereld.pad}/1").status_code == 404, code
        assert wie.get(f"/dossiers/{wereld.ref}").status_code == 404, code


def test_wie_naleest_ziet_geen_concept_van_een_ander_besluit(wereld: Besluitwereld) -> None:
    """Wie het bestreden besluit nam, leest de beslissing op het bezwaar pas als die is genomen."""
    wereld.leven.op(EINDE).meld("bezwaar_ingediend", EINDE, actor=COORDINATOR, tegen="pip", van=1, reden="Kwam na.")
    wereld.leven.antwoord("bezwaar/horen/1", "bezwaar_gehoord", EINDE, wijze="gehoord", door=COORDINATOR)
    wereld.leven.open("bezwaar/beslissen/1")
    velden = {"uitkomst": "ongegrond"}
    wereld.leven.concept("bezwaar/beslissen/1", "bezwaar_beslist", velden)
    gor = wereld.als("m-gor")
    assert gor.get(f"{wereld.pad}/1").status_code == 200
    assert gor.get(f"{wereld.pad}/2").status_code == 404
    assert "Beslissing op bezwaar" not in leesbaar(gor.get(wereld.pad))
    assert "Beslissing op bezwaar" not in leesbaar(gor.get("/besluiten"))
    assert wereld.als("m-jur").get(f"{wereld.pad}/2").status_code == 200


def test_nalezen_verandert_niets_ook_niet_met_een_nagemaakt_formulier(wereld: Besluitwereld) -> None:
    voor = wereld.leven.gebeurtenissen()
    paden = [f"{wereld.pad}/1/{pad}" for pad in ("grond", "advies", "tekst", "tekenen", "intrekken", "bekendmaken")]
    paden += [f"{wereld.pad}/1/retour", f"{wereld.pad}/nieuw", f"/dossiers/{wereld.ref}/bezwaar"]
    paden += [f"/dossiers/{wereld.ref}/bezwaar/1/reactie", f"/dossiers/{wereld.ref}/maatregelen/overwogen"]
    for code in ("m-jdb", "m-wil", "m-gor"):
        wie = wereld.als(code)
        bewijs = bewijs_van(wie.get("/aanmelding"))
        for pagina in (wie.get(wereld.pad), wie.get(f"{wereld.pad}/1"), wie.get(f"/dossiers/{wereld.ref}/maatregelen")):
            assert pagina.status_code == 200
            assert f'action="/dossiers/{wereld.ref}' not in pagina.text
        for pad in paden:
            assert wie.post(pad, {"bewijs": bewijs}).status_code == 404, (code, pad)
        for stap in wereld.leven.stappen().values():
            antwoord = wie.post(f"/taken/{stap.id}", {"bewijs": bewijs, "generatie": "1"})
            assert antwoord.status_code == 404 or stap.medewerker == code, (code, stap.kenmerk)
        assert wie.get(f"/dossiers/{wereld.ref}/vooruit").status_code == 404
    assert wereld.leven.gebeurtenissen() == voor


def test_nalezen_staat_in_het_logboek_met_de_grond(wereld: Besluitwereld) -> None:
    begin = len(wereld.logregels(wereld.ref))
    gor = wereld.als("m-gor")
    for pad in ("/besluiten", wereld.pad, f"{wereld.pad}/1", f"/dossiers/{wereld.ref}"):
        assert gor.get(pad).status_code == 200
    gor.post(f"{wereld.pad}/1/advies", {"bewijs": bewijs_van(gor.get("/aanmelding"))})
    regels = [(r.naam, r.soort, r.gronden) for r in wereld.logregels(wereld.ref)[begin:]]
    route = "/dossiers/{referentie}"
    assert [een[0] for een in regels[:4]] == [
        "/besluiten", f"{route}/besluiten", f"{route}/besluiten/{{nummer}}", route,
    ]  # fmt: skip
    assert {een[1:] for een in regels[:4]} == {(Logsoort.GEZIEN, "archief")}
    assert (f"{route}/besluiten/{{nummer}}/advies", Logsoort.GEWIJZIGD) not in [een[:2] for een in regels]


# zoeken op persoon


def zoek(wereld: Besluitwereld, code: str, **velden: str) -> Response:
    gegevens = {f"persoon.{naam}": waarde for naam, waarde in velden.items()}
    return wereld.als(code).stuur("/dossiers", gegevens)


def persoon_van(wereld: Besluitwereld) -> tuple[Persoon, dict[str, str]]:
    with wereld.hier.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(wereld.leven.dossier_id)
    assert persoon is not None
    return persoon, {"naam": persoon.naam, "geboren": persoon.geboortedatum.isoformat()}


def test_wie_mag_nalezen_vindt_een_beeindigd_dossier_op_naam_totdat_het_is_vernietigd(wereld: Besluitwereld) -> None:
    persoon, naam = persoon_van(wereld)
    for code in ("m-jdb", "m-wil", "m-gor"):
        assert zoek(wereld, code, **naam).headers["location"] == f"/dossiers/{wereld.ref}", code
    assert zoek(wereld, "m-jdb", nummer=persoon.bsn).headers["location"] == f"/dossiers/{wereld.ref}"
    for code in ("m-kos", "m-mol", "m-reg", "m-mer"):
        assert "Wij vinden niemand." in zoek(wereld, code, **naam).text, code
    with wereld.hier.magazijn.ruimte() as ruimte:
        ruimte.wis_persoon(wereld.leven.dossier_id)
    for code in ("m-jdb", "m-gor"):
        assert "Wij vinden niemand." in zoek(wereld, code, **naam).text


def test_naast_een_lopend_dossier_staat_bij_het_oude_dat_het_is_beeindigd(wereld: Besluitwereld) -> None:
    _, naam = persoon_van(wereld)
    ander = Besluitleven(wereld.omgeving)
    ander.begin(bsn=next(iter(proefnummers())), kenmerk="DUO-9999")
    ander.tot_intake_gereed()
    tekst = leesbaar(zoek(wereld, "m-jdb", **naam))
    assert f"{wereld.ref} · Gorinchem beëindigd" in tekst
    assert ander.dossier().referentie in tekst
    assert f"{ander.dossier().referentie} · Gorinchem beëindigd" not in tekst


def test_is_het_archief_te_groot_dan_zegt_de_pagina_dat_daar_niet_is_gezocht(
    wereld: Besluitwereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domein.handelingen.personen_zoeken.MEESTE", 0)
    persoon, naam = persoon_van(wereld)
    antwoord = zoek(wereld, "m-jdb", **naam)
    assert antwoord.status_code == 200
    assert "Wij zochten niet in beëindigde dossiers" in leesbaar(antwoord)
    assert zoek(wereld, "m-jdb", nummer=persoon.bsn).headers["location"] == f"/dossiers/{wereld.ref}"


# de stapels blijven bladen


@contextmanager
def vragen(magazijn: SqlMagazijn) -> Iterator[list[str]]:
    gesteld: list[str] = []

    def onthoud(_v: Any, _c: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    event.listen(magazijn.engine, "before_cursor_execute", onthoud)
    try:
        yield gesteld
    finally:
        event.remove(magazijn.engine, "before_cursor_execute", onthoud)


def meer_dossiers(wereld: Besluitwereld, van: int, tot: int) -> None:
    for nummer, bsn in zip(range(tot), proefnummers(), strict=False):
        if nummer < van:
            continue
        leven = Besluitleven(wereld.omgeving)
        leven.begin(bsn=bsn, kenmerk=f"DUO-9{nummer:03}")
        leven.tot_intake_gereed().concept("pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN)
        leven.onderzoek_alles().schrijf().teken().maak_bekend(date(2026, 2, 26))
        eindig(leven)


def bladen(wereld: Besluitwereld, wie: Kijker, *, afgerond: bool) -> list[str]:
    uit: list[str] = []
    begin: int | None = 0
    while begin is not None:
        blad = besluitstapels(wereld.omgeving, wie, ook_afgerond=afgerond, begin=begin)
        rijen = blad.rijen.get(Stapel.AFGEROND if afgerond else Stapel.BEZWAARTERMIJN, [])
        assert len(rijen) <= besluit_bekijken.BLAD
        uit += [rij["dossier"] for rij in rijen]
        begin = blad.verder
    return uit


def test_alle_bladen_samen_tonen_elk_geeindigd_dossier_een_keer_en_een_blad_leest_niet_meer(
    wereld: Besluitwereld, magazijn: SqlMagazijn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(besluit_bekijken, "BLAD", 2)
    gor = Kijker("m-gor", "gorinchem", frozenset({Rol.MANDAATHOUDER}))
    meer_dossiers(wereld, 0, 2)
    with vragen(magazijn) as met_drie:
        assert besluitstapels(wereld.omgeving, gor).dossiers == 2
    meer_dossiers(wereld, 2, 6)
    with vragen(magazijn) as met_zeven:
        assert besluitstapels(wereld.omgeving, gor).dossiers == 2
    assert len(met_zeven) == len(met_drie)
    open_ = bladen(wereld, gor, afgerond=False)
    assert (len(open_), len(set(open_))) == (7, 7)
    wereld.leven.op(date(2026, 4, 10))
    assert bladen(wereld, gor, afgerond=False) == []
    assert sorted(bladen(wereld, gor, afgerond=True)) == sorted(open_)
    assert bladen(wereld, Kijker("m-mol", "molenlanden", frozenset({Rol.MANDAATHOUDER})), afgerond=True) == []
