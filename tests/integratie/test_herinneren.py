"""Herinneren en escaleren op echte opslag: per dag één keer, per stap elke trede één keer."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Stapsoort, Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.handelingen.bericht import laat_vervallen
from domein.handelingen.herinneren import herinner
from domein.handelingen.ontvangers import Ontvanger
from domein.handelingen.openen import GEEN_UITVOERDER
from domein.handelingen.signalen import meld_signaal
from domein.model import Bericht, Dossier, Signaal, Stap
from domein.regels.kalender import Kantoorkalender
from tests.integratie.post_hulp import BEGIN, Installatie, Zetbaar, installeer


@pytest.fixture
def hier(magazijn: SqlMagazijn, klok: Zetbaar) -> Installatie:
    return installeer(magazijn, klok)


class Nepwijzer:
    """De behandelaar voor de herinnering; wie hoger staat heet naar de eerste rol die het beleid noemt."""

    def __init__(self, kantoor: Kantoorkalender | None = None, *, niemand: bool = False) -> None:
        self.kantoor = kantoor or Kantoorkalender()
        self.niemand = niemand

    def kalender(self, stap: Stap) -> Kantoorkalender:
        return self.kantoor

    def is_gat(self, stap: Stap) -> bool:
        return stap.medewerker == "reg-1"

    def behandelaar(self, stap: Stap) -> Ontvanger | None:
        return self._wie(stap.medewerker or "avres", "behandelaar")

    def hoger(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Ontvanger | None:
        rol = next(een for een in rollen if een != "afspraak")
        return self._wie(rol, rol)

    def postbus(self, stap: Stap) -> Ontvanger | None:
        return None

    def allen(self, stap: Stap, dossier: Dossier, rollen: Sequence[str]) -> Sequence[Ontvanger]:
        return ()

    def partnernaam(self, code: str | None) -> str:
        return code or ""

    def gemeentenaam(self, gemeente: str) -> str:
        return gemeente

    def regionaam(self) -> str:
        return "Avres"

    def _wie(self, code: str, rol: str) -> Ontvanger | None:
        return None if self.niemand else Ontvanger(code, f"{code}@avres.example", self.kantoor, rol)


def doe(hier: Installatie, dag: date, wijzer: Nepwijzer | None = None):
    hier.klok.moment = datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)
    return herinner(hier.omgeving, dag, wijzer=wijzer or Nepwijzer())


def post(hier: Installatie) -> list[tuple[str, int, str]]:
    with hier.magazijn.ruimte() as ruimte:
        return sorted((b.soort, b.niveau, b.ontvanger_code) for b in ruimte.berichten() if b.fout_code is None)


def zonder_mail(hier: Installatie) -> list[tuple[str, int, str | None]]:
    """Wat is vastgelegd zonder dat er een mail voor kwam."""
    with hier.magazijn.ruimte() as ruimte:
        return sorted((b.soort, b.niveau, b.fout_code) for b in ruimte.berichten() if b.fout_code is not None)


def test_een_stap_krijgt_een_herinnering_en_daarna_een_escalatie(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    for dag in range(2, 32):
        doe(hier, date(2026, 3, dag))
    assert post(hier) == [("herinnering", niveau, "km-1") for niveau in (1, 2, 3, 4)]
    for dag in range(1, 31):
        doe(hier, date(2026, 4, dag))
    assert [rij for rij in post(hier) if rij[0] == "escalatie"] == [("escalatie", 1, "teamleider")]
    assert zonder_mail(hier) == []


def test_dezelfde_dag_nog_eens_doet_niets(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    eerste, tweede = doe(hier, date(2026, 3, 23)), doe(hier, date(2026, 3, 23))
    assert (eerste.herinneringen[2], eerste.al_gedaan) == (1, False)
    assert (tweede.herinneringen[2], tweede.al_gedaan) == (0, True)


def test_een_dag_die_nog_moet_komen_wordt_geweigerd_en_telt_niet_als_gedaan(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    with pytest.raises(OngeldigeGegevens, match="toekomst"):
        herinner(hier.omgeving, date(2026, 3, 23), wijzer=Nepwijzer())
    assert doe(hier, date(2026, 3, 23)).herinneringen[2] == 1


def test_na_stilstand_gaat_alleen_de_hoogste_trede_uit(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    verslag = doe(hier, date(2026, 5, 11))
    assert (verslag.herinneringen.total(), verslag.escalaties[1]) == (0, 1)
    doe(hier, date(2026, 5, 12))
    assert post(hier) == [("escalatie", 1, "teamleider")]
    assert zonder_mail(hier) == [("herinnering", niveau, "overgeslagen") for niveau in (1, 2, 3, 4)]


@pytest.mark.parametrize("status", [Stapstatus.KLAAR, Stapstatus.GEPLAND, Stapstatus.VERVALLEN])
def test_alleen_een_open_stap_wordt_herinnerd(hier: Installatie, status: Stapstatus) -> None:
    hier.stap(hier.dossier(), status=status)
    doe(hier, date(2026, 5, 11))
    assert post(hier) == []


def test_op_een_dichte_dag_gaat_niets_uit_en_de_eerste_open_dag_alsnog(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    dicht = Nepwijzer(Kantoorkalender(extra_gesloten=frozenset({date(2026, 4, 2), date(2026, 4, 7)})))
    for dag in (date(2026, 4, 6), date(2026, 4, 7)):
        assert doe(hier, dag, dicht).escalaties[1] == 0
    assert doe(hier, date(2026, 4, 8), dicht).escalaties[1] == 1


def test_zonder_ontvanger_hoort_een_mens_het(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    verslag = doe(hier, date(2026, 3, 23), Nepwijzer(niemand=True))
    assert verslag.zonder_ontvanger == 1
    with hier.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["herinnering_zonder_ontvanger"]


def test_een_kapotte_stap_houdt_de_andere_niet_tegen(hier: Installatie) -> None:
    dossier = hier.dossier()
    stuk = hier.stap(dossier)
    hier.stap(dossier, kenmerk="voortgang/2")

    class Struikelt(Nepwijzer):
        def behandelaar(self, stap: Stap) -> Ontvanger | None:
            if stap.id == stuk.id:
                raise RuntimeError
            return super().behandelaar(stap)

    verslag = doe(hier, date(2026, 3, 23), Struikelt())
    assert (verslag.herinneringen[2], verslag.mislukt) == (1, [stuk.id])
    with hier.magazijn.ruimte() as ruimte:
        assert [s.soort for s in ruimte.signalen()] == ["herinnering_mislukt"]


def test_zonder_geladen_regio_komt_de_dag_later_alsnog(hier: Installatie) -> None:
    hier.stap(hier.dossier())
    hier.verder(days=21)
    verslag = herinner(hier.omgeving, date(2026, 3, 23))
    assert verslag.zonder_ontvanger == 1
    assert [signaal.soort for signaal in open_signalen(hier)] == ["geen_regio"]
    assert doe(hier, date(2026, 3, 23)).herinneringen[2] == 1
    assert open_signalen(hier) == []  # de regio is er: het alarm gaat vanzelf weg


def open_signalen(hier: Installatie) -> list[Signaal]:
    with hier.magazijn.ruimte() as ruimte:
        return ruimte.signalen()


# niveaus met aantallen


def aanmelding(hier: Installatie, nummer: int, partner: str = "school", **anders: Any) -> Stap:
    """Een aanmelding waarop de aanbieder op 9 maart had moeten antwoorden, elke in een eigen dossier."""
    gegevens: dict[str, Any] = {
        "kenmerk": "aanbieder/aanmelding/1", "stapsoort": Stapsoort.AANMELDING, "streef": date(2026, 3, 9),
        "uiterst": None, "partner": partner, "medewerker": f"les-{partner}",
        "geopend_op": BEGIN,
    }  # fmt: skip
    return hier.stap(hier.dossier(f"D-AAAA{nummer}", f"99999{nummer:04}"), **{**gegevens, **anders})


def mails(hier: Installatie, soort: str = "escalatie") -> list[Bericht]:
    with hier.magazijn.ruimte() as ruimte:
        return [b for b in ruimte.berichten() if b.soort == soort and b.fout_code is None]


def test_een_aanbieder_die_niet_antwoordt_geeft_een_mail_met_alleen_aantallen(hier: Installatie) -> None:
    for nummer in range(2, 5):
        aanmelding(hier, nummer)
    aanmelding(hier, 5, "taalhuis")
    verslag = doe(hier, date(2026, 3, 11))
    assert verslag.escalaties == Counter({1: 2})
    een, drie = sorted(mails(hier), key=lambda b: b.onderwerp, reverse=True)
    assert (een.ontvanger_code, een.onderwerp) == ("contractmanager", "taalhuis: 1 taak zonder antwoord")
    assert drie.onderwerp == "school: 3 taken zonder antwoord"
    assert "D-AAAA" not in drie.tekst + een.tekst
    doe(hier, date(2026, 3, 12))
    assert len(mails(hier)) == 2
    assert [rij for rij in zonder_mail(hier) if rij[0] == "escalatie"] == [("escalatie", 1, "gebundeld")] * 2


def test_valt_de_mail_weg_omdat_de_oudste_taak_klaar_is_dan_komen_de_andere_alsnog(hier: Installatie) -> None:
    oudste = aanmelding(hier, 2, streef=date(2026, 3, 6))
    for nummer in (3, 4):
        aanmelding(hier, nummer)
    doe(hier, date(2026, 3, 11))
    with hier.magazijn.ruimte() as ruimte:
        stap = ruimte.stap(oudste.id)
        stap.status = Stapstatus.KLAAR
        laat_vervallen(ruimte, stap, "De stap is klaar.")
        ruimte.bewaar(stap)
    doe(hier, date(2026, 3, 12))
    doe(hier, date(2026, 3, 13))
    geldig = [b for b in mails(hier) if b.status is not Berichtstatus.VERVALLEN]
    assert [b.onderwerp for b in geldig] == ["school: 2 taken zonder antwoord"]


def test_over_een_dossier_gaat_nooit_een_overleg_en_over_meer_een_keer(hier: Installatie) -> None:
    aanmelding(hier, 2)
    doe(hier, date(2026, 3, 11))
    assert doe(hier, date(2026, 3, 24)).escalaties == Counter()  # tien werkdagen te laat, maar alleen
    hier.stap(hier.dossier("D-BBBB2", "999991111"))  # een ander soort werk telt niet mee
    for nummer in range(3, 9):
        aanmelding(hier, nummer, "school" if nummer < 8 else "taalhuis")
    assert doe(hier, date(2026, 3, 25)).escalaties == Counter({2: 1})
    (overleg,) = [b for b in mails(hier) if b.niveau == 2]
    assert overleg.ontvanger_code == "overleg"
    assert overleg.onderwerp == "Voor het overleg: aanmelding bevestigen in Avres"
    assert "7 taken" in overleg.tekst
    assert "D-" not in overleg.tekst
    aanmelding(hier, 9, streef=date(2026, 3, 24))
    assert doe(hier, date(2026, 3, 26)).escalaties == Counter({1: 1})  # een nieuwe: eerst de contractmanager


def test_twee_stappen_van_een_dossier_zijn_nog_geen_overleg(hier: Installatie) -> None:
    eerste = aanmelding(hier, 2)
    with hier.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(eerste.dossier_id)
    hier.stap(
        dossier,
        kenmerk="aanbieder/aanmelding/2",
        stapsoort=Stapsoort.AANMELDING,
        streef=date(2026, 3, 9),
        uiterst=None,
        geopend_op=BEGIN,
    )
    doe(hier, date(2026, 4, 20))
    assert {b.niveau for b in mails(hier)} == {1}


def test_een_overleg_ziet_geen_klein_aantal_per_gemeente(hier: Installatie) -> None:
    for nummer in range(2, 5):
        aanmelding(hier, nummer, gemeente="GM1978" if nummer == 4 else "GM0512")
    doe(hier, date(2026, 4, 20))
    (overleg,) = [b for b in mails(hier) if b.niveau == 2]
    assert "minder dan 5 taken" in overleg.tekst
    assert "GM1978: minder dan 5" in overleg.tekst


def test_een_gat_in_de_afspraken_wacht_niet_op_het_einde(hier: Installatie) -> None:
    gat = hier.stap(hier.dossier(), medewerker="reg-1", afspraak="")
    with hier.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, hier.omgeving, GEEN_UITVOERDER, "waarschuwing", "Geen afspraak regelt dit.", gat)
    assert doe(hier, date(2026, 3, 2)).escalaties == Counter()
    assert doe(hier, date(2026, 3, 3)).escalaties == Counter({1: 1})
    (mail,) = mails(hier)
    assert (mail.ontvanger_code, "Geen afspraak regelt dit." in mail.tekst) == ("regiocoordinator", True)
    for dag in range(4, 32):
        doe(hier, date(2026, 3, dag))
    assert [b.niveau for b in mails(hier, "herinnering")] == [1, 2, 3, 4]
