"""De voorbeeldregio's: elk een echte vorm, volledig, zonder fouten, en met een bron."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.omgeving import instellingen
from adapters.regiobestand import laad_regiobestand, toets_regiobestand
from beheer.hoofd import hoofd
from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.regels.dekkingsruimte import STAPPEN_ZONDER_LEERROUTE
from domein.regels.samenwerking import Gat, Kenmerken, NietVanToepassing, Toewijzing, behandelaar, zoek
from domein.regio.model import Regio
from domein.regio.soorten import AvgRol, Bevoegdheid, Gegevensgroep, Partnersoort, Verbandvorm, Verdeelvorm

MAP = Path(__file__).parents[2] / "voorbeelden"
NAMEN = sorted(pad.parent.name for pad in MAP.glob("*/regio.toml"))
REGIOS = {naam: laad_regiobestand(MAP / naam).regio for naam in NAMEN}
IEDER = pytest.mark.parametrize("naam", NAMEN)
OP = date(2026, 3, 2)
KENMERKEN = Kenmerken(leeftijd=30)

# Bewuste waarschuwingen; het README van het voorbeeld legt ze uit.
BEDOELD: dict[str, set[tuple[str, str]]] = {"peel-helmond": {("capaciteit_te_klein", "peeltaal")}}


@pytest.fixture(autouse=True)
def _zonder_installatie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wat op deze machine is geladen, mag de voorbeelden niet veranderen."""
    monkeypatch.setenv("REGIE_MAP", str(tmp_path / "leeg"))
    monkeypatch.delenv("REGIE_DATABASE_URL", raising=False)
    instellingen.cache_clear()
    yield
    instellingen.cache_clear()


def test_elke_vorm_uit_de_opdracht_is_er() -> None:
    assert set(NAMEN) == {
        "achterhoek", "amersfoort", "avres", "eindhoven", "heusden-waalwijk", "kop-van-noord-holland",
        "peel-helmond", "utrecht-zeist",
    }  # fmt: skip


@IEDER
def test_een_voorbeeld_is_volledig_en_zonder_fouten(naam: str) -> None:
    geladen, bevindingen = toets_regiobestand(MAP / naam, OP)
    assert geladen is not None
    assert geladen.code == naam
    assert {(b.soort, b.plek.kenmerk) for b in bevindingen} == BEDOELD.get(naam, set())


def test_de_toets_van_alle_voorbeelden_samen_slaagt(capsys: pytest.CaptureFixture[str]) -> None:
    mappen = [str(MAP / naam) for naam in NAMEN]
    assert hoofd(["regio", "toets", *mappen, "--op", OP.isoformat(), "--json"]) == 0
    assert '"ernst": "fout"' not in capsys.readouterr().out


# Wie er een naam bij zet, bedenkt hem zelf, en zet hem ook hier: zo komt er niemand in die echt bestaat.
VERZONNEN = {
    "Jonas de Beer", "Katja Ostberg", "Thirza Haan", "Wilma Verploeg", "Adem Molenaar", "Regina Vos", "Conny Bakker",
    "Bahar Demir", "Fleur Graafland", "Vera Wouters", "Goran Aalbers", "Mo Oldenburg", "Vijay Ramdin", "Jurre Postma",
    "Meral Aydin", "Linda Kuiper", "Rocco Janssen", "Albertine Smit",
}  # fmt: skip


@IEDER
def test_elk_adres_is_verzonnen_en_er_staat_geen_persoon_in(naam: str) -> None:
    regio = REGIOS[naam]
    adressen = [p.postbus for p in regio.partners] + [m.email for m in regio.medewerkers]
    adressen += [t.postbus for p in regio.partners for t in p.teams if t.postbus]
    assert [adres for adres in adressen if not adres.endswith(".example")] == []
    assert {m.naam for m in regio.medewerkers if m.naam} <= VERZONNEN


@IEDER
def test_het_readme_noemt_de_bron_en_wat_verzonnen_is(naam: str) -> None:
    tekst = (MAP / naam / "README.md").read_text(encoding="utf-8")
    assert re.search(r"<https?://[^>]+>", tekst)
    assert "| echt | verzonnen |" in tekst
    for soort, kenmerk in BEDOELD.get(naam, set()):
        partner = REGIOS[naam].partner(kenmerk)
        assert partner is not None
        assert "waarschuwing is bedoeld" in tekst
        assert partner.naam in tekst, soort


@IEDER
def test_elke_opdracht_in_het_readme_werkt(naam: str, capsys: pytest.CaptureFixture[str]) -> None:
    tekst = (MAP / naam / "README.md").read_text(encoding="utf-8")
    opdrachten = re.findall(r"^    \./regie (regio (?:wie|toets) .+)$", tekst, re.MULTILINE)
    assert opdrachten
    for opdracht in opdrachten:
        woorden = [w.replace("voorbeelden/", f"{MAP}/") for w in opdracht.split()]
        assert hoofd(woorden) == 0, opdracht
        assert capsys.readouterr().out


def vragen(regio: Regio) -> Iterator[dict[str, Any]]:
    for stap in Stapsoort:
        for route in Leerroute:
            if route is Leerroute.ONBEKEND and stap not in STAPPEN_ZONDER_LEERROUTE:
                continue
            for gemeente in regio.gemeenten:
                for doelgroep in Doelgroep:
                    yield {"stap": stap, "leerroute": route, "gemeente": gemeente, "doelgroep": doelgroep}


@IEDER
def test_iedereen_krijgt_een_persoon_met_een_adres_of_een_reden(naam: str) -> None:
    regio = REGIOS[naam]
    for vraag in vragen(regio):
        for op in (regio.kop.geldig_van, OP, regio.kop.geldig_tot):
            antwoord = zoek(regio, **vraag, op=op, kenmerken=KENMERKEN)
            if isinstance(antwoord, NietVanToepassing):
                assert "artikel" in antwoord.waarom  # waarom de stap niet hoeft, met de wet erbij
            elif isinstance(antwoord, Gat):
                assert antwoord.opties, vraag  # alleen als de persoon zelf nog moet kiezen
            else:
                wie = behandelaar(regio, antwoord, op=op)
                assert wie is not None, vraag
                assert wie.email


@IEDER
def test_begeleiders_zien_geen_bsn_geen_toets_en_geen_maatregelen(naam: str) -> None:
    verboden = {Gegevensgroep.BSN, Gegevensgroep.LEERBAARHEID, Gegevensgroep.MAATREGELEN}
    for afspraak in REGIOS[naam].samenwerkingsafspraken:
        if afspraak.rol is Rol.BEGELEIDER:
            assert not verboden & set(afspraak.inzage), afspraak.regel_id


# ---- wat elk voorbeeld bijzonder maakt ----


def vraag(naam: str, gemeente: str, stap: str, route: str = "b1", op: date = OP, **anders: Any) -> Any:
    return zoek(
        REGIOS[naam], gemeente=gemeente, stap=Stapsoort(stap), leerroute=Leerroute(route), op=op,
        doelgroep=Doelgroep.ASIELSTATUSHOUDER, kenmerken=KENMERKEN, **anders,
    )  # fmt: skip


def test_de_voorbeelden_verschillen_echt() -> None:
    afspraken = [a for regio in REGIOS.values() for a in regio.samenwerkingsafspraken]
    verbanden = [v for regio in REGIOS.values() for v in regio.samenwerkingsverbanden]
    assert {v.vorm for v in verbanden} >= {
        Verbandvorm.NETWERK, Verbandvorm.CONVENANT, Verbandvorm.BESTUURSOVEREENKOMST, Verbandvorm.GEZAMENLIJKE_INKOOP,
        Verbandvorm.CENTRAAL_CONTRACTMANAGEMENT, Verbandvorm.DIENSTVERLENING, Verbandvorm.CENTRUMREGELING,
        Verbandvorm.OPENBAAR_LICHAAM, Verbandvorm.UITVOERINGSORGANISATIE, Verbandvorm.STICHTING, Verbandvorm.CONSORTIUM,
    }  # fmt: skip
    assert {v.bevoegdheid for v in verbanden} == set(Bevoegdheid)
    assert {a.verdeling.vorm for a in afspraken if a.verdeling} == set(Verdeelvorm)
    assert {w.soort.value for a in afspraken for w in a.wensen} == {
        "taal", "geslacht_behandelaar", "werktijden", "locatie",
    }  # fmt: skip
    assert {a.peildatumsoort.value for a in afspraken} >= {
        "opening", "kennisgeving", "koppeling", "start_les", "ondertekening",
    }  # fmt: skip
    assert {a.overgangsregime.value for a in afspraken} == {"uitdienen", "overdragen", "keuze_klantmanager"}
    assert any(p.opnamestops for regio in REGIOS.values() for p in regio.partners)
    assert any(a.terugval for a in afspraken)


def test_eindhoven_heeft_per_leerroute_een_ander_verband() -> None:
    regio = REGIOS["eindhoven"]
    verband = {a.regel_id: a.verband for a in regio.samenwerkingsafspraken}
    assert verband[vraag("eindhoven", "GM0753", "aanmelding", "z").afspraak] == "z-stad"
    assert verband[vraag("eindhoven", "GM0866", "aanmelding", "z").afspraak] == "z-zuid"
    assert verband[vraag("eindhoven", "GM0866", "aanmelding", "b1").afspraak] == "b1-regio"
    keuze = vraag("eindhoven", "GM0866", "aanmelding", "onderwijs")
    assert {optie.partner for optie in keuze.opties} == {"schakel-mbo", "schakel-brabant"}


def test_achterhoek_voert_zelf_uit_met_eigen_keuzes() -> None:
    regio = REGIOS["achterhoek"]
    assert len(regio.gemeenten) == 8
    for gemeente in regio.gemeenten:
        eigen = regio.partner_van_gemeente(gemeente)
        assert eigen is not None
        assert vraag("achterhoek", gemeente, "intake").uitvoerder == eigen.code
    assert vraag("achterhoek", "GM0222", "begeleiding").uitvoerder == "vluchtelingenwerk"
    assert vraag("achterhoek", "GM0294", "begeleiding").uitvoerder == "welkom-achterhoek"
    assert vraag("achterhoek", "GM0222", "aanmelding", "onderwijs").uitvoerder == "graafschap-college"


def test_in_woerden_doet_ferm_werk_de_intake_en_besluit_het_college() -> None:
    intake = vraag("utrecht-zeist", "GM0632", "intake")
    assert (intake.uitvoerder, intake.ondertekenaar) == ("ferm-werk", "m-ferm-tl")
    pip = vraag("utrecht-zeist", "GM0632", "pip")
    assert (pip.uitvoerder, pip.voorbereider) == ("woerden", "ferm-werk")
    assert vraag("utrecht-zeist", "GM0355", "intake").uitvoerder == "zeist"
    stop = vraag("utrecht-zeist", "GM0355", "aanmelding", "z", op=date(2025, 3, 3), uitgesloten_partners=["heuveltaal"])
    assert stop.uitvoerder == "eerste-letter"  # Taalpunt Vecht neemt dan niemand aan


@pytest.mark.parametrize(("op", "houder"), [("2026-12-31", "m-zei-tl"), ("2027-01-01", "m-zei-tl")])
def test_het_mandaat_van_zeist_sluit_aan(op: str, houder: str) -> None:
    pip = vraag("utrecht-zeist", "GM0355", "pip", op=date.fromisoformat(op))
    assert pip.ondertekenaar == houder
    assert pip.mandaat.id == ("besluit-zeist" if op < "2027" else "besluit-zeist-2027")


def test_in_de_kop_valt_de_onderwijsroute_terug_tot_zij_is_gegund() -> None:
    eerst = vraag("kop-van-noord-holland", "GM0441", "aanmelding", "onderwijs", op=date(2022, 5, 2))
    assert (eerst.uitvoerder, eerst.herbeoordeling_op) == ("roc-kop", date(2022, 8, 2))
    assert Rol.CONTRACTMANAGER in eerst.signaal
    later = vraag("kop-van-noord-holland", "GM0441", "aanmelding", "onderwijs")
    assert later.uitvoerder == "schakel-nhn"


def test_baanbrekers_besluit_en_schrijft_in_eigen_naam() -> None:
    for gemeente in ("GM0797", "GM0867"):
        pip = vraag("heusden-waalwijk", gemeente, "pip")
        assert pip.bevoegd_orgaan == "dagelijks bestuur van Baanbrekers"
        assert pip.afzender == "Baanbrekers"
        assert pip.avg_rol is AvgRol.VERANTWOORDELIJKE


def test_in_amersfoort_bereidt_de_stichting_voor_en_besluit_het_college() -> None:
    pip = vraag("amersfoort", "GM0307", "pip")
    assert (pip.uitvoerder, pip.voorbereider) == ("amersfoort", "integratiewerk")
    assert pip.bevoegd_orgaan == "college van burgemeester en wethouders van Amersfoort"
    partner = REGIOS["amersfoort"].partner("integratiewerk")
    assert partner is not None
    assert partner.soort is Partnersoort.STICHTING


def test_in_de_peel_werkt_deurne_namens_het_college_van_asten() -> None:
    intake = vraag("peel-helmond", "GM0743", "intake")
    assert (intake.uitvoerder, intake.betaler) == ("deurne", "asten")
    assert intake.afzender == "college van burgemeester en wethouders van Asten"
    assert intake.mandaat.id == "gast-asten"
    assert vraag("peel-helmond", "GM0762", "intake").afspraak == "regie"
    eigen = vraag("peel-helmond", "GM0847", "aanmelding", op=date(2022, 6, 30))
    assert isinstance(eigen, Toewijzing)
    assert eigen.uitvoerder == "taalhoek-someren"
    erna = vraag("peel-helmond", "GM0847", "aanmelding", op=date(2022, 6, 30) + timedelta(days=1))
    assert erna.uitvoerder == "peeltaal"
