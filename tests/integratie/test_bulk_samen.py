"""Dezelfde bulk twee keer tegelijk, op elke database: elke stap gaat één keer, en er gaat één mail."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.bulk import haal_bulk_door, voer_uit
from domein.handelingen.invarianten import controleer
from domein.handelingen.inzien_bulk import bulk_lijst, toon_bulk
from domein.handelingen.openen import open_stap
from domein.handelingen.opsvormen import Bulkverslag, Opdracht, Uitslag
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tests.integratie.conftest import ZetKlok
from tests.integratie.regels.leven import COORDINATOR, GEMEENTEN, VOORBEELD, Leven, omgeving_van

INTAKE = Bulkkeuze(stap=Stapsoort.INTAKE)
NAAR_KOS = Opdracht(Handeling.OVERDRAGEN, "drukte", aan="m-kos")


def met_open_oproepen(magazijn: SqlMagazijn, klok: ZetKlok) -> Omgeving:
    omgeving = omgeving_van(magazijn, klok)
    Leven(omgeving).op(date(2026, 1, 12))
    rijen = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), GEMEENTEN).rijen
    registreer(omgeving, [r for r in rijen if r.kennisgeving_op <= klok.vandaag()], SYSTEEM)
    with magazijn.ruimte() as ruimte:
        ids = [s.id for s in ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], stapsoort="intake")]
    for stap_id in ids:
        open_stap(omgeving, stap_id)
    return omgeving


def test_twee_tegelijk_doen_elke_stap_een_keer(magazijn: SqlMagazijn, klok: ZetKlok) -> None:
    omgeving = met_open_oproepen(magazijn, klok)

    def doe(_keer: int) -> Bulkverslag:
        return voer_uit(omgeving, INTAKE, NAAR_KOS, COORDINATOR, "B-SAMEN")

    with ThreadPoolExecutor(2) as samen:
        een, ander = samen.map(doe, range(2))
    totaal = len(een.regels)
    assert totaal == len(ander.regels) >= 8
    assert een.aantal(Uitslag.GEDAAN) + ander.aantal(Uitslag.GEDAAN) == totaal
    with magazijn.ruimte() as ruimte:
        per_dossier = {
            d.id: Counter(g.soort for g in ruimte.gebeurtenissen(d.id))["stap_toegewezen"] for d in ruimte.dossiers()
        }
        wachtend = ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
    assert sum(per_dossier.values()) == totaal
    assert max(per_dossier.values()) == 1
    assert [b.ontvanger_code for b in wachtend if b.soort == "taken_gewijzigd"].count("m-kos") == 1
    # Wie haar eigen taak al had, houdt die mail; van wat overging is geen losse mail over.
    assert not [b for b in wachtend if b.ontvanger_code == "m-kos" and b.soort == "taak" and b.generatie > 1]
    assert not any(controleer(omgeving).values())

    (rij,) = bulk_lijst(omgeving)
    assert (rij["gedaan"], rij["geweigerd"], rij["te_doen"]) == (totaal, 0, 0)
    assert {r["uitslag"] for r in toon_bulk(omgeving, "B-SAMEN")["regels"]} == {"gedaan"}
    terug = haal_bulk_door(omgeving, "B-SAMEN", COORDINATOR, "toch niet")
    assert (terug.aantal(Uitslag.GEDAAN), terug.aantal(Uitslag.GEWEIGERD)) == (totaal, 0)
    assert not any(controleer(omgeving).values())
