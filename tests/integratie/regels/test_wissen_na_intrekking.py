"""Na een intrekking wist een mens de persoon: het bewijs blijft, en niets struikelt erover (regel 12)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Dossierstatus, Stapstatus
from domein.fouten import PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.herinneren import herinner
from domein.handelingen.herplannen import herplan, proef_herplan
from domein.handelingen.huishouden import voeg_samen
from domein.handelingen.invarianten import controleer
from domein.handelingen.inzien import dossier_lijst, stap_lijst, toon_dossier, toon_plan
from domein.handelingen.onderzoek import ONDERZOEKEN
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.handelingen.registreren_rijen import Rijverslag
from domein.handelingen.signalen import meld_signaal
from domein.model import metadata
from domein.regio.bevinding import Ernst
from tests.integratie.regels.leven import COORDINATOR, Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
INGETROKKEN, GEWIST = date(2026, 2, 9), date(2026, 2, 10)
# Wie deze woorden in een tabel vindt, vindt de persoon. Zij komen in geen enkele gewone tekst voor.
KANARIE = {
    "naam": "Kanarina Geelveer", "straat": "Kooistraat 7", "plaats": "Zitstokkum", "email": "kanarina@kooi.example",
    "telefoon": "0698765432", "geboortedatum": date(1991, 7, 23),
}  # fmt: skip
WOORDEN = ("999993653", "Kanarina", "Geelveer", "Kooistraat", "Zitstokkum", "kanarina@", "0698765432", "1991-07-23")


def stuur(leven: Leven, **anders: object) -> Rijverslag:
    (verslag,) = registreer(leven.omgeving, [rij(**KANARIE, **anders)], SYSTEEM)
    return verslag


@pytest.fixture
def kanarie(leven: Leven) -> Leven:
    """Een dossier met post, een huisgenoot, een tolk en een signaal; DUO trok de kennisgeving in."""
    stuur(leven, versie=2, tolk=True)
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.tot_intake()
    ander = Leven(leven.omgeving).begin(date(2026, 1, 21), kenmerk="DUO-ANDER", bsn="999990639")
    referenties = [leven.dossier().referentie, ander.dossier().referentie]
    voeg_samen(leven.omgeving, referenties, COORDINATOR, "Kanarina woont bij haar zus")
    leven.open("begeleiding/start/1")
    leven.post_is_aanvaard()
    with leven.omgeving.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, leven.omgeving, "proef", "info", "kijk hier", dossier_id=leven.dossier_id)
    leven.op(INGETROKKEN)
    stuur(leven, versie=3, status="ingetrokken")
    return leven


def wis(leven: Leven) -> None:
    leven.op(GEWIST)
    leven.antwoord("einde/wissen/1", "persoon_gewist", GEWIST)


def inhoud_van_alle_tabellen(magazijn: SqlMagazijn) -> dict[str, str]:
    uit: dict[str, str] = {}
    with magazijn.engine.connect() as verbinding:
        for tabel in metadata.tables:
            regels = verbinding.execute(text(f"SELECT * FROM {tabel}")).all()
            uit[tabel] = " ".join(
                w.decode("latin-1") if isinstance(w, bytes) else str(w) for regel in regels for w in regel
            )
    return uit


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_een_mens_wist_de_persoon_en_niets_van_hem_blijft_over(kanarie: Leven, magazijn: SqlMagazijn) -> None:
    leven = kanarie
    aantal, kop = leven.dossier().laatste_volgnummer, leven.dossier().keten_hoofd
    huishouden = leven.dossier().huishouden
    assert huishouden is not None
    wis(leven)
    dossier = leven.dossier()
    assert dossier.status is Dossierstatus.BEEINDIGD
    assert dossier.laatste_volgnummer > aantal
    assert dossier.keten_hoofd != kop
    with leven.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.persoon(leven.dossier_id) is None
        assert ruimte.controleer_keten(leven.dossier_id)
        assert ruimte.signalen(dossier_id=leven.dossier_id) == []
        assert leven.dossier_id not in {d.id for d in ruimte.huisgenoten(huishouden)}
    assert leven.dossier_id not in magazijn.sleutelbos.levende()
    for tabel, inhoud in inhoud_van_alle_tabellen(magazijn).items():
        assert not [woord for woord in WOORDEN if woord in inhoud], tabel


def test_na_het_wissen_staat_er_niets_meer_open_en_wacht_er_geen_taak(kanarie: Leven) -> None:
    kanarie.meld("verhuisd", INGETROKKEN, naar="GM0363", reden="BRP")
    kanarie.meld("dossier_opgevraagd", INGETROKKEN, reden="Amsterdam vraagt")  # de levering zou nu nog komen
    wis(kanarie)
    statussen = {s.status for s in kanarie.stappen().values()}
    assert statussen <= {Stapstatus.KLAAR, Stapstatus.VERVALLEN, Stapstatus.OVERGESLAGEN}
    assert kanarie.stap("einde/wissen/1").status is Stapstatus.KLAAR
    wachtend = {b.soort for b in kanarie.post() if b.status is Berichtstatus.WACHTEND}
    assert wachtend <= {"dossier_ingetrokken", "taak_ingetrokken", "dossier_gewijzigd"}


def test_wissen_kan_niet_zolang_duo_niet_introk(leven: Leven) -> None:
    from domein.fouten import OngeldigeGegevens

    with pytest.raises(OngeldigeGegevens, match="niet ingetrokken"):
        leven.meld("persoon_gewist", date(2026, 1, 5))


def test_alles_wat_dossiers_leest_loopt_door_na_het_wissen(kanarie: Leven) -> None:
    wis(kanarie)
    hier = kanarie.omgeving
    assert not {naam: wat for naam, wat in controleer(hier).items() if wat}
    for naam, onderzoek in ONDERZOEKEN:
        assert [b for b in onderzoek(hier) if b.ernst is Ernst.FOUT and "plan" in b.soort] == [], naam
    assert not herinner(hier, GEWIST).mislukt
    assert len(dossier_lijst(hier)) == 2
    assert stap_lijst(hier, referentie=kanarie.dossier().referentie)
    with hier.magazijn.ruimte() as ruimte:  # een nieuwe regeling herplant ook dit dossier niet meer
        for dossier in ruimte.dossiers():
            dossier.regeling, dossier.status = "oud", Dossierstatus.LOPEND
            ruimte.bewaar(dossier)
    assert proef_herplan(hier).nog == 1
    assert herplan(hier, COORDINATOR).nog == 0
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(kanarie.dossier_id)
        dossier.status = Dossierstatus.BEEINDIGD
        ruimte.bewaar(dossier)


@pytest.mark.parametrize("toon", [toon_dossier, toon_plan])
def test_tonen_zegt_dat_de_persoon_is_gewist_en_dat_de_keten_klopt(kanarie: Leven, toon: Any) -> None:
    wis(kanarie)
    with pytest.raises(PersoonGewist) as fout:
        toon(kanarie.omgeving, kanarie.dossier().referentie)
    assert kanarie.dossier().referentie in fout.value.melding
    assert f"keten van {kanarie.dossier().laatste_volgnummer} gebeurtenissen klopt." in fout.value.uitweg


def test_een_huisgenoot_kan_nog_verhuizen_na_het_wissen(kanarie: Leven) -> None:
    wis(kanarie)
    ander = Leven(kanarie.omgeving)
    with kanarie.omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_met_bsn("999990639")
        assert dossier is not None
        ander.dossier_id = dossier.id
    ander.meld("verhuisd", GEWIST, naar="GM1978")
    assert ander.stand().gemeente == "GM1978"


# --- DUO stuurt daarna nog iets


def test_een_oudere_of_dezelfde_versie_over_wie_is_gewist_bewaart_niets(kanarie: Leven, magazijn: SqlMagazijn) -> None:
    wis(kanarie)
    aantal = inhoud_van_alle_tabellen(magazijn)
    for versie, uitkomst in ((1, "ongewijzigd"), (2, "ongewijzigd"), (3, "ongewijzigd")):
        verslag = stuur(kanarie, versie=versie)
        assert (verslag.uitkomst, verslag.referentie) == (uitkomst, kanarie.dossier().referentie)
        assert "gewist" in verslag.melding
    assert stuur(kanarie, versie=4, status="ingetrokken").uitkomst == "ongewijzigd"
    assert inhoud_van_alle_tabellen(magazijn) == aantal


def test_een_overgeslagen_versie_die_na_het_wissen_komt_bewaart_niets(leven: Leven) -> None:
    leven.op(INGETROKKEN)
    stuur(leven, versie=3, status="ingetrokken")
    wis(leven)
    verslag = stuur(leven, versie=2)
    assert (verslag.uitkomst, verslag.nieuw_dossier) == ("ouder", False)
    with leven.omgeving.magazijn.ruimte() as ruimte:
        assert len(ruimte.dossiers()) == 1


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_een_nieuwere_versie_na_het_wissen_begint_een_nieuw_dossier(kanarie: Leven) -> None:
    wis(kanarie)
    oud = kanarie.dossier().referentie
    nieuw = stuur(kanarie, versie=4)
    assert (nieuw.uitkomst, nieuw.nieuw_dossier) == ("nieuw", True)
    assert nieuw.referentie != oud
    assert stuur(kanarie, versie=4).uitkomst == "ongewijzigd"
    assert stuur(kanarie, versie=3).referentie == oud  # hoort nog bij wie is gewist
    weer = stuur(kanarie, versie=5, status="ingetrokken")
    assert (weer.uitkomst, weer.referentie) == ("ingetrokken", nieuw.referentie)


def test_een_nieuw_kenmerk_na_het_wissen_begint_een_nieuw_dossier(kanarie: Leven) -> None:
    with pytest.raises(RegistratieGeweigerd, match="kan niet worden geregistreerd"):
        stuur(kanarie, kenmerk="DUO-2026-0999")
    wis(kanarie)
    nieuw = stuur(kanarie, kenmerk="DUO-2026-0999")
    assert nieuw.uitkomst == "nieuw"


def test_een_feit_met_een_kenmerk_van_wie_is_gewist_hoort_niet_bij_een_ander(kanarie: Leven) -> None:
    from domein.fouten import OngeldigeGegevens

    kanarie.meld("dossier_opgevraagd", INGETROKKEN, bron="gemeente", bronkenmerk="A-1", nummer=1, reden="vraag")
    wis(kanarie)
    nieuw = Leven(kanarie.omgeving)
    referentie = stuur(kanarie, versie=4).referentie
    with kanarie.omgeving.magazijn.ruimte() as ruimte:
        nieuw.dossier_id = ruimte.dossier_bij(referentie).id
    with pytest.raises(OngeldigeGegevens, match="ander dossier"):
        nieuw.meld("brp_ingeschreven", GEWIST, bron="gemeente", bronkenmerk="A-1")
