"""Een nieuwe versie van de afspraken: eerst zien wat zij verandert, dan met een naam bevestigen (regel 5 en 8)."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Stapsoort
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.regio_overgang import (
    BevestigingNodig,
    OvergangOnaf,
    activeer,
    bekijk_overgang,
    voer_overgangen_uit,
)
from domein.regio.geladen import GeladenRegio
from tests.integratie.regels.leven import VOORBEELD, Leven

VANAF = date(2026, 3, 1)


def _nieuwe_versie(tmp_path: Path, *vervang: tuple[str, str], vanaf: str = "2026-03-01") -> GeladenRegio:
    """De voorbeeldregio, met taalhuis-lingestroom in plaats van taalschool-de-merwede voor de B1-route."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    paren = [('versie = "2022-1"', 'versie = "2026-1"'), ("geldig_van = 2022-01-01", f"geldig_van = {vanaf}"), *vervang]
    for oud, nieuw in paren:
        assert oud in tekst, oud
        tekst = tekst.replace(oud, nieuw, 1)
    bestand = tmp_path / "regio.toml"
    bestand.write_text(tekst, encoding="utf-8")
    return laad_regiobestand(bestand)


ANDERE_B1 = (
    (
        'uitvoerder = "taalschool-de-merwede"\nrol = "aanbieder"\n'
        'fallback = ["taalhuis-lingestroom"] # als de eerste weigert'
    ),
    'uitvoerder = "taalhuis-lingestroom"\nrol = "aanbieder"\nfallback = ["taalschool-de-merwede"]',
)


@pytest.fixture
def aangemeld(leven: Leven) -> Leven:
    """Een dossier met een open aanmelding bij taalschool De Merwede."""
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    return leven


def test_een_versie_die_niets_verandert_hoeft_niemand_te_bevestigen(aangemeld: Leven, tmp_path: Path) -> None:
    verschil, overgang = activeer(aangemeld.omgeving, _nieuwe_versie(tmp_path), SYSTEEM)
    assert (verschil.nieuw, overgang.totaal, overgang.dossiers) == (True, 0, set())


def test_uitdienen_laat_een_open_stap_staan_en_een_volgende_volgt_de_nieuwe_versie(
    aangemeld: Leven, tmp_path: Path
) -> None:
    geladen = _nieuwe_versie(tmp_path, ANDERE_B1)
    overgang = bekijk_overgang(aangemeld.omgeving, geladen)
    assert [(v.stap, v.van, v.naar, v.hoe) for v in overgang.aantallen] == [
        (Stapsoort.AANMELDING, "taalschool-de-merwede", "taalhuis-lingestroom", "uitdienen")
    ]
    activeer(aangemeld.omgeving, geladen, SYSTEEM)
    assert aangemeld.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    ander = Leven(aangemeld.omgeving).begin(
        kenmerk="DUO-X", bsn="999990639", kennisgeving_op=date(2026, 3, 2), brp_inschrijving=None
    )
    ander.meld("intake_gehouden", date(2026, 3, 2), advies="b1")
    ander.antwoord(
        "pip/vaststellen/1", "pip_vastgesteld", date(2026, 3, 4), door=None, bekendgemaakt_op="2026-03-04",
        leerroute="b1", aantal_gesprekken=3, interval_maanden=6,
    )  # fmt: skip
    ander.open("aanbieder/aanmelding/1")
    assert ander.stap("aanbieder/aanmelding/1").partner == "taalhuis-lingestroom"


OVERDRAGEN = (
    'tarief = { bedrag = 11600, eenheid = "traject", perceel = "1 B1" }',
    'tarief = { bedrag = 11600, eenheid = "traject", perceel = "1 B1" }\novergangsregime = "overdragen"',
)


def _onder_overdragen(leven: Leven, tmp_path: Path) -> Leven:
    """Dezelfde aanmelding, maar onder een afspraak die zegt dat iedereen overgaat."""
    map_ = tmp_path / "eerst"
    map_.mkdir()
    activeer(leven.omgeving, _nieuwe_versie(map_, OVERDRAGEN, vanaf="2026-01-01"), SYSTEEM)
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    return leven


def _straks(tmp_path: Path, vanaf: str) -> GeladenRegio:
    paren = (ANDERE_B1, ('versie = "2026-1"', 'versie = "2026-2"'))
    return _nieuwe_versie(tmp_path, *paren, vanaf=vanaf)


def test_overdragen_vraagt_een_bevestiging_met_een_naam_en_mail_aan_beiden(leven: Leven, tmp_path: Path) -> None:
    _onder_overdragen(leven, tmp_path)
    leven.post_is_aanvaard()
    leven.op(date(2026, 3, 2))
    geladen = _straks(tmp_path, "2026-03-01")
    with pytest.raises(BevestigingNodig) as fout:
        activeer(leven.omgeving, geladen, SYSTEEM)
    assert (fout.value.overgang.totaal, "1 stappen van 1" in fout.value.melding) == (1, True)
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    with pytest.raises(RegieFout, match="kan een nieuwe versie niet bevestigen"):
        activeer(leven.omgeving, geladen, SYSTEEM, bevestigd_door="m-jdb")
    activeer(leven.omgeving, geladen, SYSTEEM, bevestigd_door="m-reg")
    stap = leven.stap("aanbieder/aanmelding/1")
    assert (stap.partner, stap.medewerker) == ("taalhuis-lingestroom", "m-lin")
    assert {(b.soort, b.ontvanger_code) for b in leven.post("aanbieder/aanmelding/1")} == {
        ("taak", "m-mer"), ("taak_ingetrokken", "m-mer"), ("taak", "m-lin")
    }  # fmt: skip


def test_een_latere_versie_gaat_pas_op_haar_eerste_dag_in_en_maar_een_keer(leven: Leven, tmp_path: Path) -> None:
    _onder_overdragen(leven, tmp_path)
    leven.op(date(2026, 3, 2))
    activeer(leven.omgeving, _straks(tmp_path, "2026-04-01"), SYSTEEM, bevestigd_door="m-reg")
    assert voer_overgangen_uit(leven.omgeving) == 0
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    leven.op(date(2026, 4, 1))
    assert voer_overgangen_uit(leven.omgeving) == 1
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalhuis-lingestroom"
    assert voer_overgangen_uit(leven.omgeving) == 0


def _draai_om(leven: Leven, dossier_id: UUID) -> None:
    """Maak de gebeurtenissen van een dossier onleesbaar; nog eens, en zij zijn weer heel."""
    with leven.omgeving.magazijn.ruimte() as ruimte:  # langs de opslag heen: dit doet geen handeling
        verbinding = ruimte.sessie.connection()  # pyright: ignore[reportAttributeAccessIssue]
        rijen = verbinding.execute(text("SELECT rowid, cijfertekst, dossier_id FROM gebeurtenis")).all()
        for rij, tekst, van in rijen:
            if UUID(str(van)) == dossier_id:
                anders = bytes(letter ^ 255 for letter in tekst)
                verbinding.execute(
                    text("UPDATE gebeurtenis SET cijfertekst = :c WHERE rowid = :i"), {"c": anders, "i": rij}
                )


def test_een_dossier_dat_niet_te_lezen_is_houdt_de_overgang_van_de_andere_niet_tegen(
    leven: Leven, tmp_path: Path
) -> None:
    _onder_overdragen(leven, tmp_path)
    kapot = Leven(leven.omgeving).begin(kenmerk="DUO-X", bsn="999990639", kennisgeving_op=date(2026, 3, 2))
    leven.op(date(2026, 3, 3))
    activeer(leven.omgeving, _straks(tmp_path, "2026-04-01"), SYSTEEM, bevestigd_door="m-reg")
    leven.op(date(2026, 4, 1))
    _draai_om(leven, kapot.dossier_id)
    for _ in range(2):  # niet af, dus het blijft komen
        with pytest.raises(OvergangOnaf, match="1 van de 2 dossiers ging niet over naar '2026-2'"):
            voer_overgangen_uit(leven.omgeving)
        assert leven.stap("aanbieder/aanmelding/1").partner == "taalhuis-lingestroom"
    _draai_om(leven, kapot.dossier_id)
    assert voer_overgangen_uit(leven.omgeving) == 0
    with leven.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.dagwerk_gedaan("regio_overgang:2026-2", date(2026, 4, 1))


def test_waar_de_klantmanager_kiest_krijgt_hij_een_vraag_en_verandert_er_verder_niets(
    leven: Leven, tmp_path: Path
) -> None:
    map_ = tmp_path / "eerst"
    map_.mkdir()
    keuze = (OVERDRAGEN[0], OVERDRAGEN[1].replace("overdragen", "keuze_klantmanager"))
    activeer(leven.omgeving, _nieuwe_versie(map_, keuze, vanaf="2026-01-01"), SYSTEEM)
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    leven.op(date(2026, 3, 2))
    activeer(leven.omgeving, _straks(tmp_path, "2026-03-01"), SYSTEEM, bevestigd_door="m-reg")
    assert leven.stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"
    assert [s for s in leven.staat() if s.startswith("registratie/controle/")] == ["registratie/controle/1"]
