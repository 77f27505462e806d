"""Bij het openen telt de peildatum van elke afspraak, wie al geplaatst is blijft, en een verdeling telt mee."""

from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Rol
from domein.gebeurtenissen.basis import SYSTEEM
from domein.gebeurtenissen.soorten import StapGeopend
from domein.handelingen.regio import laad_regio, regio_op
from domein.handelingen.situatie import last_bij
from domein.ports import Omgeving
from tests.integratie.regels.leven import VOORBEELD, Leven

B1 = 'regel_id = "aanmelding-b1"'
BSN = ("999993653", "999990639", "999991772")
NIEUW = """
[[samenwerkingsafspraken]]
regel_id = "aanmelding-b1-nieuw"
verband = "inkoop-taal"
stappen = ["aanmelding"]
leerroutes = ["b1"]
doelgroepen = ["asielstatushouder"]
uitvoerder = "taalhuis-lingestroom"
rol = "aanbieder"
geldig_van = 2026-04-01
peildatumsoort = "start_les"
"""


def laad(omgeving: Omgeving, map_: Path, *vervang: tuple[str, str], erbij: str = "") -> None:
    """Het voorbeeld met een verandering, als nieuwe versie vanaf 1 januari 2026."""
    tekst = (VOORBEELD / "regio.toml").read_text(encoding="utf-8")
    for oud, nieuw in (
        ('versie = "2022-1"', 'versie = "2026-9"'), ("geldig_van = 2022-01-01", "geldig_van = 2026-01-01"), *vervang,
    ):  # fmt: skip
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw, 1)
    (map_ / "regio.toml").write_text(tekst + erbij, encoding="utf-8")
    laad_regio(omgeving, laad_regiobestand(map_), SYSTEEM)


def contractwissel(omgeving: Omgeving, map_: Path, regime: str) -> None:
    """Wie vanaf 1 april 2026 les krijgt, valt onder het nieuwe contract."""
    einde = f'{B1}\ngeldig_tot = 2026-03-31\novergangsregime = "{regime}"'
    laad(omgeving, map_, (B1, einde), erbij=NIEUW)


def tot_de_start(leven: Leven) -> Leven:
    """De oude aanbieder accepteert, en de lessen beginnen pas onder het nieuwe contract."""
    leven.tot_pip()
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", startdatum="2026-04-13")
    leven.open("aanbieder/start/1")
    return leven


def waarom(leven: Leven) -> str:
    gegevens = leven.laatste("stap_geopend").gegevens
    assert isinstance(gegevens, StapGeopend)
    return gegevens.waarom


def test_de_lessen_starten_bij_wie_accepteerde_onder_diens_eigen_contract(leven: Leven, tmp_path: Path) -> None:
    contractwissel(leven.omgeving, tmp_path, "uitdienen")
    tot_de_start(leven)
    assert leven.stap("aanbieder/aanmelding/1").afspraak == "aanmelding-b1"
    start = leven.stap("aanbieder/start/1")
    assert (start.partner, start.medewerker, start.afspraak) == ("taalschool-de-merwede", "m-mer", "aanmelding-b1")
    assert "waar de persoon uitdient nu afspraak aanmelding-b1 op dinsdag 31 maart 2026 eindigt" in waarom(leven)


def test_zegt_het_contract_overdragen_dan_starten_de_lessen_bij_de_nieuwe(leven: Leven, tmp_path: Path) -> None:
    contractwissel(leven.omgeving, tmp_path, "overdragen")
    start = tot_de_start(leven).stap("aanbieder/start/1")
    assert (start.partner, start.medewerker, start.afspraak) == (
        "taalhuis-lingestroom", "m-lin", "aanmelding-b1-nieuw",
    )  # fmt: skip
    assert "iedereen dan overgaat" in waarom(leven)


def test_is_de_oude_afspraak_uit_het_bestand_gehaald_dan_blijft_wie_accepteerde(leven: Leven, tmp_path: Path) -> None:
    leven.tot_pip()
    leven.antwoord("aanbieder/aanmelding/1", "aanmelding_geaccepteerd", startdatum="2026-04-13")
    ander = (B1, 'regel_id = "les-b1"'), ('uitvoerder = "taalschool-de-merwede"', 'uitvoerder = "taalhuis-lingestroom"')
    laad(leven.omgeving, tmp_path, *ander, ('fallback = ["taalhuis-lingestroom"] # als de eerste weigert\n', ""))
    leven.open("aanbieder/start/1")
    start = leven.stap("aanbieder/start/1")
    assert (start.partner, start.medewerker) == ("taalschool-de-merwede", "m-mer")


def test_de_intake_kijkt_naar_de_kennisgeving_en_niet_naar_de_dag_van_openen(leven: Leven, tmp_path: Path) -> None:
    """Kennisgeving op 5 januari, de oproep opent later: de afspraak van 5 januari telt."""
    intake = 'regel_id = "intake"'
    kopie = """
[[samenwerkingsafspraken]]
regel_id = "intake-later"
verband = "uitvoering"
stappen = ["intake"]
uitvoerder = "avres"
rol = "teamleider"
geldig_van = 2026-01-07
peildatumsoort = "kennisgeving"
"""
    laad(leven.omgeving, tmp_path, (intake, f"{intake}\ngeldig_tot = 2026-01-06"), erbij=kopie)
    leven.op(date(2026, 1, 12))
    leven.open("intake/oproep/1")
    assert leven.stap("intake/oproep/1").afspraak == "intake"
    assert "met als peildatum de kennisgeving (maandag 5 januari 2026)" in waarom(leven)


@pytest.mark.parametrize(
    ("geboren", "afspraak"),
    [
        pytest.param(date(1998, 2, 28), "voortgang-jong", id="27-jaar-tot-de-verjaardag"),
        pytest.param(date(1998, 1, 6), "intake", id="28-jaar-op-de-dag-zelf"),
    ],
)
def test_een_eis_aan_de_leeftijd_telt_bij_het_openen(
    omgeving: Omgeving, tmp_path: Path, geboren: date, afspraak: str
) -> None:
    jong = """
[[samenwerkingsafspraken]]
regel_id = "voortgang-jong"
verband = "uitvoering"
stappen = ["intake"]
conditie = { leeftijd_tot = 27 }
uitvoerder = "avres"
rol = "klantmanager"
"""
    laad(omgeving, tmp_path, erbij=jong)
    leven = Leven(omgeving).begin(geboortedatum=geboren)
    leven.op(date(2026, 1, 6))
    leven.open("intake/oproep/1")
    assert leven.stap("intake/oproep/1").afspraak == afspraak


def _volgende(omgeving: Omgeving, nummer: int) -> Leven:
    """Nog iemand, met een eigen kenmerk en BSN, tot en met de aanmelding."""
    leven = Leven(omgeving).begin(kenmerk=f"DUO-V-{nummer}", bsn=BSN[nummer], email=f"p{nummer}@post.example")
    leven.tot_pip()
    leven.open("aanbieder/aanmelding/1")
    return leven


def verdeeld(omgeving: Omgeving, map_: Path, kolom: str) -> None:
    laad(
        omgeving, map_,
        ('uitvoerder = "taalschool-de-merwede"', f"{kolom}"),
        ('fallback = ["taalhuis-lingestroom"] # als de eerste weigert\n', ""),
    )  # fmt: skip


GEWICHTEN = 'verdeling = { partners = { "taalschool-de-merwede" = 1, "taalhuis-lingestroom" = 1 } }'


def test_een_verdeling_telt_wie_er_al_geplaatst_is(omgeving: Omgeving, tmp_path: Path) -> None:
    verdeeld(omgeving, tmp_path, GEWICHTEN)
    levens = [_volgende(omgeving, nummer) for nummer in range(3)]
    partners = [leven.stap("aanbieder/aanmelding/1").partner for leven in levens]
    assert partners == ["taalschool-de-merwede", "taalhuis-lingestroom", "taalschool-de-merwede"]
    assert "al verdeeld: taalschool-de-merwede 1, taalhuis-lingestroom 1" in waarom(levens[2])


def test_een_weigering_kost_geen_plaats(omgeving: Omgeving, tmp_path: Path) -> None:
    verdeeld(omgeving, tmp_path, GEWICHTEN)
    eerste = _volgende(omgeving, 0)
    eerste.antwoord("aanbieder/aanmelding/1", "aanmelding_geweigerd", redencode="geen-plaats")
    eerste.open("aanbieder/aanmelding/2")
    assert eerste.stap("aanbieder/aanmelding/2").partner == "taalhuis-lingestroom"
    assert _volgende(omgeving, 1).stap("aanbieder/aanmelding/1").partner == "taalschool-de-merwede"


def test_is_een_aanbieder_vol_dan_gaat_de_volgende_naar_de_vervanger(omgeving: Omgeving, tmp_path: Path) -> None:
    laad(
        omgeving, tmp_path, ('capaciteit = { aantal = 80, per = "jaar" }', 'capaciteit = { aantal = 1, per = "jaar" }')
    )
    partners = [_volgende(omgeving, n).stap("aanbieder/aanmelding/1").partner for n in range(2)]
    assert partners == ["taalschool-de-merwede", "taalhuis-lingestroom"]


def test_moet_de_persoon_kiezen_dan_vraagt_de_coordinator_dat(omgeving: Omgeving, tmp_path: Path) -> None:
    keuze = GEWICHTEN.replace("{ partners", '{ vorm = "keuze", partners')
    verdeeld(omgeving, tmp_path, keuze)
    leven = _volgende(omgeving, 0)
    stap = leven.stap("aanbieder/aanmelding/1")
    assert stap.medewerker == "m-reg"
    with omgeving.magazijn.ruimte() as ruimte:
        (signaal,) = [s for s in ruimte.signalen(dossier_id=leven.dossier_id) if s.soort == "geen_uitvoerder"]
    assert "de persoon kiest zelf uit" in signaal.melding


def test_de_taak_gaat_naar_wie_naar_gewicht_het_minst_heeft(omgeving: Omgeving, tmp_path: Path) -> None:
    """Een oproep hoort bij de intake: met een zwaar gewicht daarop krijgt elk van de drie er eerst een."""
    laad(omgeving, tmp_path, erbij="\n[weging]\nstappen = { intake = 10, voortgang = 1 }\n")
    wie: list[str | None] = []
    for nummer in range(3):
        leven = Leven(omgeving).begin(kenmerk=f"DUO-W-{nummer}", bsn=BSN[nummer], email=f"w{nummer}@post.example")
        leven.open("intake/oproep/1")
        wie.append(leven.stap("intake/oproep/1").medewerker)
    # m-kos werkt vier dagen: voor hem weegt dezelfde stap zwaarder, maar met niets is niets.
    assert wie == ["m-jdb", "m-kos", "m-tha"]
    with omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, omgeving, date(2026, 1, 6))
        last = last_bij(ruimte, regio, "avres", Rol.KLANTMANAGER, date(2026, 1, 6))
    assert last == {"m-jdb": 10, "m-kos": 10, "m-tha": 10}
