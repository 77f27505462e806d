"""Een bericht klaarzetten: tekst en HTML, de afspraak in de agenda, en wat er gebeurt als een sjabloon stuk is."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from adapters.agenda import IcalAgenda
from adapters.opslag import SqlMagazijn
from adapters.sjablonen import Sjablonen
from adapters.sjablonen_soorten import MAP
from domein.begrippen import Berichtstatus, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM, Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import lees as lees_gegevens
from domein.handelingen.bericht import DAGBERICHT, TAAK, zet_klaar, zet_overzicht_klaar
from domein.handelingen.bordpoort import BordOnbereikbaar
from domein.handelingen.gemiste_post import maak_gemiste_post
from domein.handelingen.kern import leg_vast
from domein.handelingen.openen import open_stap
from domein.handelingen.ronde import ronde
from domein.handelingen.stapbeheer import draag_over, verzet
from domein.model import Bericht, Stap
from domein.ports import SJABLOON_FOUT
from tests.integratie.portaal_hulp import gesprek, lees, oproep, regio_met_dossiers
from tests.integratie.post_hulp import Installatie, Zetbaar

RUIM = Actor("m-wil")
STUK = "{{ bestaat_niet }}"


@pytest.fixture(params=["sqlite"])
def soort(request: pytest.FixtureRequest) -> str:
    """Welke database eronder ligt, doet hier niet ter zake."""
    return request.param


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    kaal = regio_met_dossiers(magazijn, klok)
    return replace(kaal, omgeving=replace(kaal.omgeving, agenda=IcalAgenda("regie@regie.example")))


def berichten(hier: Installatie, stap: Stap, soort: str | None = None) -> list[Bericht]:
    with hier.magazijn.ruimte() as ruimte:
        alle = ruimte.berichten(stap_id=stap.id)
    return [b for b in alle if soort in (None, b.soort)]


def signalen(hier: Installatie) -> list[str]:
    with hier.magazijn.ruimte() as ruimte:
        return [s.melding for s in ruimte.signalen() if s.soort == SJABLOON_FOUT]


def is_aangekomen(hier: Installatie, stap: Stap) -> None:
    with hier.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(stap_id=stap.id):
            bericht.status = Berichtstatus.AANVAARD
            ruimte.bewaar(bericht)


def event(bericht: Bericht):
    assert bericht.agenda is not None
    (gevonden,) = Calendar.from_ical(bericht.agenda).walk("VEVENT")
    return gevonden


# tekst en HTML


def test_elke_taakmail_heeft_tekst_en_html_met_dezelfde_links(hier: Installatie) -> None:
    stap = oproep(hier)
    (mail,) = berichten(hier, stap)
    assert mail.html is not None
    for doel in ("taak", "later", "niet-voor-mij", "werk"):
        regel = next(r for r in mail.tekst.splitlines() if f"/{doel}/" in r)
        assert regel in mail.html
    assert (mail.agenda, mail.in_antwoord_op, mail.afmelden) == (None, None, False)  # een oproep is geen gesprek


def test_de_volgende_mail_over_een_stap_hangt_aan_de_eerste(hier: Installatie) -> None:
    stap = oproep(hier)
    verzet(hier.omgeving, stap.id, date(2026, 1, 20), RUIM, "vol")
    (eerste,), (tweede,) = berichten(hier, stap, TAAK), berichten(hier, stap, "taak_verzet")
    assert tweede.in_antwoord_op == eerste.message_id


# de agenda


def test_een_gesprek_krijgt_een_uitnodiging_die_meegaat_bij_verzetten_en_vervallen(hier: Installatie) -> None:
    stap = gesprek(hier)
    (mail,) = berichten(hier, stap, TAAK)
    assert mail.agenda_methode == "REQUEST"
    eerste = event(mail)
    assert eerste.decoded("DTSTART") == stap.streef
    is_aangekomen(hier, stap)
    verzet(hier.omgeving, stap.id, date(2026, 1, 28), RUIM, "vol")
    verschoven = event(berichten(hier, stap, "taak_verzet")[0])
    assert (str(verschoven["UID"]), verschoven.decoded("DTSTART")) == (str(eerste["UID"]), date(2026, 1, 28))
    assert verschoven["SEQUENCE"] > eerste["SEQUENCE"]
    is_aangekomen(hier, stap)
    einde = lees_gegevens("plicht_beeindigd", {"grond": "overlijden"})
    overleden = NieuweGebeurtenis("plicht_beeindigd", hier.klok.vandaag(), einde, SYSTEEM)
    with hier.magazijn.ruimte() as ruimte:
        leg_vast(ruimte, hier.omgeving, stap.dossier_id, [overleden])
    assert lees(hier, stap).status is Stapstatus.VERVALLEN
    (weg,) = berichten(hier, stap, "taak_ingetrokken")
    af = event(weg)
    assert weg.agenda_methode == "CANCEL"
    assert (str(af["UID"]), str(af["STATUS"])) == (str(eerste["UID"]), "CANCELLED")
    assert af["SEQUENCE"] > verschoven["SEQUENCE"]


def test_gaat_een_gesprek_naar_een_ander_dan_verdwijnt_het_bij_de_een_en_komt_het_bij_de_ander(
    hier: Installatie,
) -> None:
    stap = gesprek(hier)
    is_aangekomen(hier, stap)
    ander = "m-tha" if stap.medewerker != "m-tha" else "m-kos"
    draag_over(hier.omgeving, stap.id, ander, RUIM, "verdeling")
    (weg,) = berichten(hier, stap, "taak_ingetrokken")
    nieuw = next(b for b in berichten(hier, stap, TAAK) if b.ontvanger_code == ander)
    assert weg.ontvanger_code == stap.medewerker
    assert event(weg)["ATTENDEE"] != event(nieuw)["ATTENDEE"]
    assert event(nieuw)["SEQUENCE"] > event(weg)["SEQUENCE"]
    assert event(nieuw)["UID"] == event(weg)["UID"]


# een sjabloon dat stuk is


@dataclass
class Eigen:
    """Een map met een eigen sjabloon voor `taak`, om stuk te maken en te herstellen."""

    map: Path

    def zet(self, soort: str, tekst: str) -> None:
        doel = self.map / soort / "nl"
        shutil.rmtree(doel, ignore_errors=True)
        shutil.copytree(MAP / soort / "nl", doel)
        if tekst:
            (doel / "tekst.txt.j2").write_text(tekst, encoding="utf-8")


@pytest.fixture
def eigen(tmp_path: Path) -> Eigen:
    return Eigen(tmp_path / "sjablonen")


@pytest.fixture
def met_eigen(hier: Installatie, eigen: Eigen) -> Installatie:
    return replace(hier, omgeving=replace(hier.omgeving, brieven=Sjablonen(eigen.map)))


def test_een_kapot_sjabloon_houdt_alleen_de_mail_tegen_en_meldt_zich(met_eigen: Installatie, eigen: Eigen) -> None:
    eigen.zet(TAAK, STUK)
    stap = oproep(met_eigen)
    assert stap.status is Stapstatus.OPEN  # de stap zelf gaat door
    (mail,) = berichten(met_eigen, stap)
    assert (mail.status, mail.fout_code) == (Berichtstatus.VERVALLEN, SJABLOON_FOUT)
    (melding,) = signalen(met_eigen)
    assert "bestaat_niet" in melding
    # Een andere soort gaat gewoon weg: geen stil gewoon sjabloon, maar ook geen stilstand.
    verzet(met_eigen.omgeving, stap.id, date(2026, 1, 20), RUIM, "vol")
    assert berichten(met_eigen, stap, "taak_verzet")[0].status is Berichtstatus.WACHTEND


def test_na_herstel_gaat_de_mail_alsnog_en_precies_een_keer(met_eigen: Installatie, eigen: Eigen) -> None:
    eigen.zet(TAAK, STUK)
    stap = oproep(met_eigen)
    assert maak_gemiste_post(met_eigen.omgeving) == 0  # nog stuk
    assert len(signalen(met_eigen)) == 1
    eigen.zet(TAAK, "Van de regio: {{ titel }}\n{{ link }}\n")
    assert maak_gemiste_post(met_eigen.omgeving) == 1
    assert maak_gemiste_post(met_eigen.omgeving) == 0
    (mail,) = berichten(met_eigen, stap, TAAK)
    assert (mail.status, mail.fout_code) == (Berichtstatus.WACHTEND, None)
    assert mail.tekst.startswith(f"Van de regio: {stap.titel}\n")
    assert signalen(met_eigen) == []


def test_de_ronde_maakt_gemiste_post_ook_als_het_bord_zwijgt(met_eigen: Installatie, eigen: Eigen) -> None:
    eigen.zet(TAAK, STUK)
    stap = oproep(met_eigen)
    eigen.zet(TAAK, "")

    class DoofBord:
        def __getattr__(self, naam: str) -> Callable[[], object]:
            if naam == "nu":
                return met_eigen.klok.nu

            async def zwijg(*_a: object) -> object:
                raise BordOnbereikbaar("het bord zwijgt")

            return zwijg

    verslag = asyncio.run(ronde(met_eigen.omgeving, DoofBord()))
    assert verslag.bord_onbereikbaar
    assert berichten(met_eigen, stap, TAAK)[0].status is Berichtstatus.WACHTEND


def test_wat_intussen_geen_zin_meer_heeft_wordt_niet_alsnog_gemaild(met_eigen: Installatie, eigen: Eigen) -> None:
    eigen.zet(TAAK, STUK)
    stap = oproep(met_eigen)
    verzet(met_eigen.omgeving, stap.id, date(2026, 1, 20), RUIM, "vol")  # nu geldt taak_verzet
    eigen.zet(TAAK, "")
    assert maak_gemiste_post(met_eigen.omgeving) == 0
    (oud,) = berichten(met_eigen, stap, TAAK)
    assert (oud.status, oud.fout_code) == (Berichtstatus.VERVALLEN, None)
    assert signalen(met_eigen) == []


def test_de_aanvulling_van_een_bericht_gaat_niet_verloren(met_eigen: Installatie, eigen: Eigen) -> None:
    stap = oproep(met_eigen)
    eigen.zet("vroege_waarschuwing", STUK)
    aanvulling = {"week": 7, "van_weken": 10, "termijn_einde": date(2026, 3, 16), "wat_ontbreekt": "De intake."}
    with met_eigen.magazijn.ruimte() as ruimte:
        niets = zet_klaar(
            ruimte, met_eigen.omgeving, soort="vroege_waarschuwing", stap=ruimte.stap(stap.id), ontvanger="m-wil",
            adres="m-wil@avres.example", gegevens=aanvulling, niveau=7,
        )  # fmt: skip
    assert niets is None
    eigen.zet("vroege_waarschuwing", "")
    assert maak_gemiste_post(met_eigen.omgeving) == 1
    (mail,) = berichten(met_eigen, stap, "vroege_waarschuwing")
    assert "Week 7 van de 10" in mail.tekst
    assert "maandag 16 maart 2026" in mail.tekst


def test_alleen_wie_daarvoor_koos_krijgt_stil_het_gewone_sjabloon(hier: Installatie, eigen: Eigen) -> None:
    eigen.zet(TAAK, STUK)
    anders = replace(hier, omgeving=replace(hier.omgeving, brieven=Sjablonen(eigen.map, terugval=True)))
    (mail,) = berichten(anders, oproep(anders))
    assert mail.status is Berichtstatus.WACHTEND
    assert signalen(anders) == []


# overzichten


def overzicht(hier: Installatie) -> Bericht | None:
    gegevens = {
        "dag": date(2026, 1, 12), "te_laat": [], "vandaag": [], "binnenkort": [], "beantwoord": [],
        "nieuw": [{"titel": "T", "referentie": "D-1", "klaar_op": date(2026, 1, 15), "link": "https://r.example/taak/x"}],
        "werklink": "https://r.example/werk/x", "afmeldlink": "https://r.example/afmelden/x",
    }  # fmt: skip
    with hier.magazijn.ruimte() as ruimte:
        return zet_overzicht_klaar(
            ruimte, hier.omgeving, soort=DAGBERICHT, kenmerk="2026-01-12", ontvanger="m-jdb",
            adres="m-jdb@avres.example", gegevens=gegevens,
        )  # fmt: skip


def test_een_overzicht_is_af_te_melden_en_komt_een_keer_per_dag(hier: Installatie) -> None:
    bericht = overzicht(hier)
    assert bericht is not None
    assert (bericht.afmelden, bericht.afmeldlink) == (True, "https://r.example/afmelden/x")
    assert bericht.stap_id is None
    assert overzicht(hier) is None


def test_een_overzicht_waarvan_het_sjabloon_stuk_is_komt_na_herstel(met_eigen: Installatie, eigen: Eigen) -> None:
    eigen.zet(DAGBERICHT, STUK)
    assert overzicht(met_eigen) is None
    assert len(signalen(met_eigen)) == 1
    eigen.zet(DAGBERICHT, "")
    assert overzicht(met_eigen) is not None
    assert signalen(met_eigen) == []


def test_een_stap_opent_ook_als_alle_sjablonen_stuk_zijn(met_eigen: Installatie, eigen: Eigen) -> None:
    for soort in ("taak", "taak_verzet", "taak_ingetrokken"):
        eigen.zet(soort, STUK)
    with met_eigen.magazijn.ruimte() as ruimte:
        gepland = [s.id for s in ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], kenmerk="intake/oproep/1")]
    for stap_id in gepland:
        assert open_stap(met_eigen.omgeving, stap_id).status is Stapstatus.OPEN
    assert len(signalen(met_eigen)) == len(gepland)
