"""DUO verbetert een kennisgeving of trekt haar in: een keer, twee keer, en in elke volgorde (regel 10)."""

from collections import Counter
from datetime import date
from itertools import permutations

import pytest

from domein.begrippen import Berichtstatus, Dossierstatus, Eindegrond, Stapstatus
from domein.gebeurtenissen.basis import SYSTEEM
from domein.handelingen.bericht import DOSSIER_INGETROKKEN, TAAK, TAAK_INGETROKKEN
from domein.handelingen.registreren import RegistratieGeweigerd, registreer
from domein.handelingen.registreren_rijen import Rijverslag
from tests.integratie.regels.leven import Leven, rij

VANDAAG = date(2026, 2, 9)
TERUG = {"status": "ingetrokken"}


def stuur(leven: Leven, **anders: object) -> Rijverslag:
    (verslag,) = registreer(leven.omgeving, [rij(**anders)], SYSTEEM)
    return verslag


def weigering(leven: Leven, **anders: object) -> str:
    with pytest.raises(RegistratieGeweigerd) as fout:
        registreer(leven.omgeving, [rij(**anders)], SYSTEEM)
    return fout.value.regels[0][1]


def test_een_intrekking_eindigt_de_plicht_en_vraagt_om_wissen(leven: Leven) -> None:
    leven.op(VANDAAG)
    assert stuur(leven, versie=2, **TERUG).uitkomst == "ingetrokken"
    einde = leven.stand().einde
    assert einde is not None
    assert (einde.grond, einde.op) == (Eindegrond.INGETROKKEN, VANDAAG)
    assert {k for k, s in leven.stappen().items() if s.status is Stapstatus.GEPLAND} == {"einde/wissen/1"}
    assert leven.stap("pip/vaststellen/1").vervallen_waarom == "DUO trok de kennisgeving in."


def test_de_dag_van_intrekken_komt_uit_het_bestand_als_die_er_staat(leven: Leven) -> None:
    leven.op(VANDAAG)
    stuur(leven, versie=2, ingetrokken_op=date(2026, 2, 2), **TERUG)
    assert leven.laatste("kennisgeving_ingetrokken").geldig_op == date(2026, 2, 2)


@pytest.mark.parametrize("volgorde", list(permutations([2, 3])), ids=str)
def test_een_late_oudere_versie_maakt_een_intrekking_niet_ongedaan(leven: Leven, volgorde: tuple[int, ...]) -> None:
    leven.op(VANDAAG)
    for versie in volgorde:
        stuur(leven, versie=versie, **(TERUG if versie == 3 else {"kennisgeving_op": date(2026, 1, 12)}))
    assert leven.stand().einde is not None
    assert leven.stand().kennisgeving_op is None


def test_een_nog_nieuwere_versie_laat_de_plicht_weer_leven(leven: Leven) -> None:
    leven.op(VANDAAG)
    assert stuur(leven, versie=3, **TERUG).uitkomst == "ingetrokken"
    assert stuur(leven, versie=2).uitkomst == "ouder"
    weer = stuur(leven, versie=4, kennisgeving_op=date(2026, 1, 12))
    assert (weer.uitkomst, weer.melding) == ("verbeterd", "De kennisgeving geldt weer.")
    assert leven.stand().einde is None
    assert leven.dossier().status is Dossierstatus.LOPEND
    assert leven.stap("pip/vaststellen/1").uiterst == date(2026, 3, 23)
    assert leven.stap("einde/wissen/1").status is Stapstatus.VERVALLEN
    assert stuur(leven, versie=5, **TERUG).uitkomst == "ingetrokken"
    assert leven.stap("einde/wissen/1").status is Stapstatus.GEPLAND


@pytest.mark.parametrize("volgorde", list(permutations([1, 2, 3, 4])), ids=str)
def test_in_elke_volgorde_van_binnenkomst_is_de_uitkomst_dezelfde(leven: Leven, volgorde: tuple[int, ...]) -> None:
    """Versie 2 en 4 trekken in; versie 3 niet. De eerste versie stond er al."""
    leven.op(VANDAAG)
    for versie in volgorde:
        stuur(leven, versie=versie, **(TERUG if versie in (2, 4) else {}))
    assert leven.stand().einde is not None
    assert leven.telling()["kennisgeving"] == leven.telling()["kennisgeving_ingetrokken"] == 2


def test_dezelfde_intrekking_nog_eens_verandert_niets_ook_een_dag_later(leven: Leven) -> None:
    leven.op(VANDAAG)
    stuur(leven, versie=2, **TERUG)
    voor = leven.gebeurtenissen()
    leven.op(date(2026, 2, 10))
    assert stuur(leven, versie=2, **TERUG).uitkomst == "ongewijzigd"
    assert stuur(leven, versie=1).uitkomst == "ongewijzigd"
    assert leven.gebeurtenissen() == voor
    assert "andere inhoud" in weigering(leven, versie=2)
    assert "andere inhoud" in weigering(leven, versie=2, ingetrokken_op=date(2026, 2, 1), **TERUG)


def test_een_intrekking_verandert_de_persoon_niet(leven: Leven) -> None:
    leven.op(VANDAAG)
    stuur(leven, versie=2, naam="Andere Naam", geboortedatum=date(2013, 1, 1), **TERUG)
    with leven.omgeving.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(leven.dossier_id)
    assert persoon is not None
    assert persoon.naam == "Selam Misale"


def test_een_intrekking_van_een_ander_bsn_wordt_geweigerd(leven: Leven) -> None:
    assert "ander BSN" in weigering(leven, versie=2, bsn="999990639", **TERUG)


def test_een_intrekking_die_eerder_komt_dan_de_kennisgeving_vraagt_alleen_om_wissen(leven: Leven) -> None:
    leven.op(VANDAAG)
    eerst = {"kenmerk": "DUO-LAAT", "bsn": "999990639"}
    verslag = stuur(leven, versie=2, **eerst, **TERUG)
    assert (verslag.uitkomst, verslag.nieuw_dossier) == ("ingetrokken", True)
    assert stuur(leven, versie=1, **eerst).uitkomst == "ouder"
    with leven.omgeving.magazijn.ruimte() as ruimte:
        ander = ruimte.dossier_bij(verslag.referentie)
        assert {s.kenmerk for s in ruimte.stappen(ander.id)} == {"einde/wissen/1"}


def test_een_nieuw_kenmerk_wacht_op_het_wissen_van_het_ingetrokken_dossier(leven: Leven) -> None:
    leven.op(VANDAAG)
    stuur(leven, versie=2, **TERUG)
    melding = weigering(leven, kenmerk="DUO-2026-NIEUW")
    assert "einde/wissen/1" in melding
    assert leven.dossier().referentie in melding


# --- wie het hoort


def post(leven: Leven, soort: str) -> list[tuple[str, Berichtstatus]]:
    return [(b.ontvanger_code, b.status) for b in leven.post() if b.soort == soort]


def test_wie_een_taak_kreeg_hoort_een_keer_dat_hij_moet_verwijderen(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.tot_intake()  # beantwoord, maar wie de taak kreeg kan er iets van hebben bewaard
    leven.open("begeleiding/start/1")
    leven.post_is_aanvaard()
    wie = {b.ontvanger_code for b in leven.post() if b.soort == TAAK}
    leven.op(VANDAAG)
    stuur(leven, versie=2, **TERUG)
    assert Counter(code for code, _ in post(leven, DOSSIER_INGETROKKEN)) == Counter(wie)
    leven.op(date(2026, 2, 10))
    stuur(leven, versie=3, ingetrokken_op=date(2026, 2, 10), **TERUG)  # nog eens intrekken
    assert len(post(leven, DOSSIER_INGETROKKEN)) == len(wie)


def test_wie_na_het_herleven_weer_een_taak_kreeg_hoort_het_opnieuw(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.op(VANDAAG)
    stuur(leven, versie=2, **TERUG)
    leven.op(date(2026, 2, 10))
    stuur(leven, versie=3)
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.op(date(2026, 2, 11))
    stuur(leven, versie=4, **TERUG)
    assert len(post(leven, DOSSIER_INGETROKKEN)) == 2


def test_een_taak_die_nog_niet_weg_was_vervalt_en_wie_haar_had_krijgt_de_intrekking(leven: Leven) -> None:
    leven.open("intake/oproep/1")
    leven.post_is_aanvaard()
    leven.open("begeleiding/start/1")
    wachtend = {b.id for b in leven.post() if b.status is Berichtstatus.WACHTEND}
    assert wachtend
    leven.op(VANDAAG)
    stuur(leven, versie=2, **TERUG)
    assert {b.status for b in leven.post() if b.id in wachtend} == {Berichtstatus.VERVALLEN}
    assert [code for code, _ in post(leven, TAAK_INGETROKKEN)] == [leven.stap("intake/oproep/1").medewerker]
    assert [code for code, _ in post(leven, DOSSIER_INGETROKKEN)] == [leven.stap("intake/oproep/1").medewerker]
