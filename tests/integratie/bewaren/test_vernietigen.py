"""Vernietigen na de bewaartermijn: twee mensen, één sleutel, en een bewijs zonder persoon (art. 9.9 Bi, regel 12)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from adapters.opslag_bewaren import GEREGELD, ZONDER_VERWIJZING
from domein.begrippen import Berichtstatus, Dossierstatus, Rol, Verificatie
from domein.fouten import (
    GeenBevoegdheid,
    OngeldigeGegevens,
    OvergangNietToegestaan,
    PersoonGewist,
    RedenNodig,
)
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.bewaren import Blokkadegrond
from domein.handelingen.bewaren import bewaarlijst, blokkeer, hef_op
from domein.handelingen.inzien import toon_dossier
from domein.handelingen.vernietigen import lees_verklaring, vernietig
from domein.handelingen.vernietigingslijst import keur_af, keur_goed, lijsten, maak_lijst
from domein.model import metadata
from domein.ports import GeenRegister, Omgeving
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from tests.integratie.bewaren.conftest import EINDE, KEURDER, MAKER, VOORBIJ, WOORDEN
from tests.integratie.bewaren.hulp import GEMEENTE, gevonden, goedgekeurd, staat, teksten, weg
from tests.integratie.regels.leven import COORDINATOR, Leven

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


# --- het oordeel per dossier


def test_een_geeindigd_dossier_heeft_een_resultaat_een_grond_en_een_dag(klaar: Leven) -> None:
    (rij,) = bewaarlijst(klaar.omgeving)
    assert rij["resultaat"] == "afgebroken_overlijden"
    assert rij["grond"] == "artikel 9.9 Besluit inburgering"
    assert (rij["einde_op"], rij["bewaren_tot"]) == (EINDE, date(2031, 6, 1))
    assert rij["vernietigen_vanaf"] == VOORBIJ
    assert "vanaf het overlijden" in rij["uitleg"]


def test_de_dag_bepaalt_of_een_dossier_op_een_lijst_hoort(klaar: Leven) -> None:
    klaar.op(VOORBIJ - timedelta(days=1))
    assert staat(klaar) == "bewaren"
    assert maak_lijst(klaar.omgeving, GEMEENTE, MAKER) is None
    klaar.op(VOORBIJ)
    assert staat(klaar) == "te_vernietigen"
    klaar.op(VOORBIJ + timedelta(days=93))
    assert staat(klaar) == "te_laat"


def test_een_lopend_dossier_staat_er_niet_in(omgeving: Omgeving) -> None:
    Leven(omgeving).begin().op(VOORBIJ)
    assert bewaarlijst(omgeving) == []


# --- twee mensen


def test_wie_een_lijst_opstelt_keurt_haar_niet_goed(klaar: Leven) -> None:
    teamleider = Actor("m-wil", Verificatie.AANGEMELD)
    klaar.op(VOORBIJ)
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, teamleider)
    assert lijst is not None
    with pytest.raises(GeenBevoegdheid, match="zelf op"):
        keur_goed(klaar.omgeving, lijst["nummer"], teamleider, "ik vind het goed")
    with pytest.raises(GeenBevoegdheid, match="mag geen vernietigingslijst beoordelen"):
        keur_goed(klaar.omgeving, lijst["nummer"], MAKER, "administratie beoordeelt niet")
    with pytest.raises(GeenBevoegdheid):
        keur_goed(klaar.omgeving, lijst["nummer"], Actor("m-mol"), "een andere gemeente")
    keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "De termijn is voorbij.")


def test_zonder_goedkeuring_wordt_niets_vernietigd(klaar: Leven) -> None:
    klaar.op(VOORBIJ)
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    with pytest.raises(OvergangNietToegestaan, match="opgesteld, niet goedgekeurd"):
        vernietig(klaar.omgeving, lijst["nummer"], KEURDER)
    keur_af(klaar.omgeving, lijst["nummer"], KEURDER, "Eerst het archief vragen.")
    with pytest.raises(OvergangNietToegestaan, match="afgekeurd"):
        vernietig(klaar.omgeving, lijst["nummer"], KEURDER)
    assert staat(klaar) == "te_vernietigen"  # en kan op een volgende lijst
    nieuwe = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert nieuwe is not None
    assert nieuwe["nummer"] == "VL-GM0512-2031-2"


def test_een_lijst_die_na_de_goedkeuring_is_veranderd_wordt_niet_uitgevoerd(
    klaar: Leven, magazijn: SqlMagazijn
) -> None:
    nummer = goedgekeurd(klaar)
    with magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE vernietigingsregel SET grond = 'omdat het kan'"))
    with pytest.raises(OvergangNietToegestaan, match="na de goedkeuring veranderd"):
        vernietig(klaar.omgeving, nummer, MAKER)
    assert toon_dossier(klaar.omgeving, klaar.dossier().referentie)


def test_een_oordeel_heeft_een_reden_zonder_persoon(klaar: Leven) -> None:
    klaar.op(VOORBIJ)
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    with pytest.raises(RedenNodig):
        keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, " ")
    with pytest.raises(OngeldigeGegevens, match="iets van een persoon"):
        keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "Kanarina Geelveer mag weg")


def test_een_uitgezonderd_dossier_blijft(klaar: Leven) -> None:
    ander = Leven(klaar.omgeving).begin(kenmerk="DUO-ANDER", bsn="999990639")
    ander.op(EINDE)
    ander.meld("plicht_beeindigd", EINDE, grond="vertrek")
    ander.antwoord("einde/afsluiten/1", "dossier_afgesloten", EINDE + timedelta(days=1))
    klaar.op(VOORBIJ)
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    assert len(lijst["dossiers"]) == 2
    blijft = ander.dossier().referentie
    with pytest.raises(OngeldigeGegevens, match="staat niet op lijst"):
        keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "goed", zonder=["D-BESTAATNIET"])
    keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "Eén heeft archiefwaarde.", zonder=[blijft])
    verslag = vernietig(klaar.omgeving, lijst["nummer"], MAKER)
    assert verslag.vernietigd == [klaar.dossier().referentie]
    assert toon_dossier(klaar.omgeving, blijft)
    assert verslag.verklaring is not None
    assert verslag.verklaring["niet_vernietigd"] == [{"referentie": blijft, "waarom": "Uitgezonderd door m-gor."}]


def test_een_proef_verandert_niets(klaar: Leven) -> None:
    klaar.op(VOORBIJ)
    assert maak_lijst(klaar.omgeving, GEMEENTE, MAKER, proef=True) is not None
    assert lijsten(klaar.omgeving) == []
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    assert keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "goed", proef=True)["status"] == "goedgekeurd"
    assert lijsten(klaar.omgeving)[0]["status"] == "opgesteld"
    keur_goed(klaar.omgeving, lijst["nummer"], KEURDER, "goed")
    verslag = vernietig(klaar.omgeving, lijst["nummer"], MAKER, proef=True)
    assert verslag.vernietigd == [klaar.dossier().referentie]
    assert verslag.partners[klaar.dossier().referentie] == ["avres", "gorinchem"]
    assert verslag.verklaring is None
    assert klaar.omgeving.register.lees() == ()
    assert toon_dossier(klaar.omgeving, klaar.dossier().referentie)


# --- blokkade en open verzoek


def test_een_blokkade_houdt_ook_een_goedgekeurde_lijst_tegen(klaar: Leven) -> None:
    nummer = goedgekeurd(klaar)
    blokkeer(klaar.omgeving, klaar.dossier_id, Blokkadegrond.RECHTSZAAK, COORDINATOR, "zaak 12 loopt")
    verslag = vernietig(klaar.omgeving, nummer, MAKER)
    assert verslag.vernietigd == []
    assert "rechtszaak" in verslag.overgeslagen[klaar.dossier().referentie]
    assert staat(klaar) == "geblokkeerd"
    assert maak_lijst(klaar.omgeving, GEMEENTE, MAKER) is None
    hef_op(klaar.omgeving, klaar.dossier_id, COORDINATOR, "de zaak is klaar")
    assert staat(klaar) == "te_vernietigen"
    with pytest.raises(OngeldigeGegevens, match="geen blokkade"):
        hef_op(klaar.omgeving, klaar.dossier_id, COORDINATOR, "nog eens")


def test_een_blokkade_met_een_einde_loopt_vanzelf_af(klaar: Leven) -> None:
    klaar.op(VOORBIJ)
    tot = VOORBIJ + timedelta(days=30)
    with pytest.raises(OngeldigeGegevens, match="eindigt"):
        blokkeer(klaar.omgeving, klaar.dossier_id, Blokkadegrond.KLACHT, COORDINATOR, "klacht", tot=VOORBIJ)
    with pytest.raises(RedenNodig):
        blokkeer(klaar.omgeving, klaar.dossier_id, Blokkadegrond.KLACHT, COORDINATOR, " ", tot=tot)
    blokkeer(klaar.omgeving, klaar.dossier_id, Blokkadegrond.KLACHT, COORDINATOR, "klacht", tot=tot)
    klaar.op(tot)
    assert staat(klaar) == "geblokkeerd"
    klaar.op(tot + timedelta(days=1))
    assert staat(klaar) == "te_vernietigen"


def test_een_open_verzoek_om_inzage_houdt_vernietigen_tegen(klaar: Leven) -> None:
    klaar.op(VOORBIJ)
    klaar.meld("verzoek_ontvangen", VOORBIJ, actor=COORDINATOR, recht="inzage")
    assert staat(klaar) == "geblokkeerd"
    klaar.meld("verzoek_afgehandeld", VOORBIJ, actor=COORDINATOR, uitkomst="ingewilligd")
    assert staat(klaar) == "te_vernietigen"


def test_zonder_register_wordt_niets_vernietigd(klaar: Leven) -> None:
    nummer = goedgekeurd(klaar)
    kaal = replace(klaar.omgeving, register=GeenRegister())
    verslag = vernietig(kaal, nummer, MAKER)
    assert "geen vernietigingsregister" in verslag.mislukt[klaar.dossier().referentie]
    assert toon_dossier(klaar.omgeving, klaar.dossier().referentie)
    assert vernietig(klaar.omgeving, nummer, MAKER).vernietigd == [klaar.dossier().referentie]


# --- er is niets meer


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_van_een_vernietigd_dossier_is_niets_meer_te_lezen(klaar: Leven, magazijn: SqlMagazijn) -> None:
    referentie = klaar.dossier().referentie
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        mail = next(b for b in ruimte.berichten(dossier_id=klaar.dossier_id) if b.tekst)
        zin, adres = mail.onderwerp, mail.adres
    assert {plaats for plaats, _ in gevonden(magazijn, ("zangstuk",))} >= {"signaal", "bericht"}  # de kanarie zingt
    weg(klaar)
    assert gevonden(magazijn, WOORDEN) == set()
    assert zin not in {tekst for plaats, ruw in teksten(magazijn) if plaats == "bericht" for tekst in [ruw.decode()]}
    with pytest.raises(PersoonGewist, match=referentie):
        toon_dossier(klaar.omgeving, referentie)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.controleer_keten(klaar.dossier_id)
        assert klaar.dossier_id not in magazijn.sleutelbos.levende()
        post = ruimte.berichten(dossier_id=klaar.dossier_id)
        assert post
        assert {(b.tekst, b.html, b.agenda, b.adres) for b in post} == {("", None, None, "")}
        assert {b.status for b in post} <= {Berichtstatus.AANVAARD, Berichtstatus.VERVALLEN}
        stappen = ruimte.stappen(klaar.dossier_id)
        assert {(s.titel, s.waarom, s.medewerker) for s in stappen} == {("(vernietigd)", "", None)}
        assert ruimte.signalen(open_alleen=False, dossier_id=klaar.dossier_id) == []
    assert adres  # er was iets om te wissen


def test_ook_een_overzicht_dat_het_dossier_noemt_wordt_leeggemaakt(klaar: Leven) -> None:
    referentie = klaar.dossier().referentie
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        bericht = next(b for b in ruimte.berichten(dossier_id=klaar.dossier_id) if referentie in b.onderwerp + b.tekst)
        bericht.dossier_id, bericht.stap_id = None, None
        ruimte.bewaar(bericht)
    weg(klaar)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert not [b for b in ruimte.berichten() if referentie in b.onderwerp + b.tekst + (b.html or "")]


def test_elke_tabel_die_naar_een_dossier_wijst_is_geregeld() -> None:
    """Wie een tabel toevoegt, zegt in `opslag_bewaren.GEREGELD` wat vernietigen voor haar betekent."""
    wijst = {
        tabel.name
        for tabel in metadata.tables.values()
        for sleutel in tabel.foreign_keys
        if sleutel.column.table.name in {"dossier", "stap", "bericht"}
    }
    assert wijst == set(GEREGELD)
    assert metadata.tables.keys() - GEREGELD.keys() == ZONDER_VERWIJZING.keys(), "ook een tabel die nergens naar wijst"


def test_wie_intussen_een_nieuw_dossier_heeft_houdt_dat(klaar: Leven) -> None:
    nieuw = Leven(klaar.omgeving).begin(date(2031, 1, 6), kenmerk="DUO-NIEUW", bsn="999990639")
    weg(klaar)
    assert nieuw.dossier().status is Dossierstatus.LOPEND
    assert toon_dossier(klaar.omgeving, nieuw.dossier().referentie)


# --- het bewijs


def test_de_verklaring_zegt_wie_wanneer_wat_en_waarom_zonder_persoon(klaar: Leven) -> None:
    nummer = weg(klaar)
    verklaring = lees_verklaring(klaar.omgeving, nummer)
    assert (verklaring["klopt"], verklaring["ketens_kloppen"]) == (True, True)
    assert verklaring["opgesteld"]["door"] == "m-adm"
    assert verklaring["goedgekeurd"]["door"] == "m-gor"
    assert verklaring["uitgevoerd"]["door"] == "m-adm"
    (regel,) = verklaring["vernietigd"]
    assert regel["grond"] == "artikel 9.9 Besluit inburgering"
    assert regel["keten_hoofd"] == klaar.dossier().keten_hoofd
    assert not [w for w in WOORDEN if w in str(verklaring)]


def test_een_gewijzigde_verklaring_valt_op(klaar: Leven, magazijn: SqlMagazijn) -> None:
    nummer = weg(klaar)
    with magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE vernietigingslijst SET verklaring = replace(verklaring, 'm-gor', 'm-wil')"))
    assert not lees_verklaring(klaar.omgeving, nummer)["klopt"]


def test_nog_eens_uitvoeren_wordt_geweigerd(klaar: Leven) -> None:
    nummer = weg(klaar)
    with pytest.raises(OvergangNietToegestaan, match="uitgevoerd"):
        vernietig(klaar.omgeving, nummer, MAKER)
    assert staat(klaar) == "vernietigd"


def test_van_een_vernietigd_dossier_blijven_geen_mijlpalen_en_klopt_het_bord(klaar: Leven) -> None:
    weg(klaar)
    with klaar.omgeving.magazijn.ruimte() as ruimte:
        assert ruimte.mijlpaal(klaar.dossier_id) is None
        assert ruimte.dossiertermijnen(klaar.dossier_id) == []
        assert dict(ruimte.telverschil()) == {}


def test_een_teamleider_van_een_taalschool_beoordeelt_geen_lijst(klaar: Leven, monkeypatch: pytest.MonkeyPatch) -> None:
    klaar.op(VOORBIJ)
    lijst = maak_lijst(klaar.omgeving, GEMEENTE, MAKER)
    assert lijst is not None
    echt = Regio.medewerker

    def met_leiding(regio: Regio, code: str) -> Medewerker | None:
        mens = echt(regio, code)
        return mens.model_copy(update={"rollen": (Rol.TEAMLEIDER,)}) if mens is not None and code == "m-mer" else mens

    monkeypatch.setattr(Regio, "medewerker", met_leiding)
    with pytest.raises(GeenBevoegdheid, match="houdt voor GM0512 geen dossiers bij"):
        keur_goed(klaar.omgeving, lijst["nummer"], Actor("m-mer"), "De termijn is voorbij.")
