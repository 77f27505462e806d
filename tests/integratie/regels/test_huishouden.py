"""Een huishouden: één klantmanager, gesprekken bij elkaar, en een verhuizing per huisgenoot voorgesteld."""

from datetime import date
from typing import Any

import pytest

from domein.begrippen import Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.bericht import TAAK
from domein.handelingen.huishouden import Samenvoeging, voeg_samen
from domein.handelingen.openen import open_stap
from domein.handelingen.registreren import registreer
from domein.handelingen.stapbeheer import draag_over, verzet
from domein.ports import Omgeving
from tests.integratie.regels.leven import COORDINATOR, Leven, rij

BEIDE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
BSNS = ("999990639", "999991425", "999994803")


def erbij(omgeving: Omgeving, nummer: int, **anders: Any) -> Leven:
    """Nog iemand, op dezelfde dag en in dezelfde gemeente."""
    uitvoer = Leven(omgeving)
    invoer = rij(kenmerk=f"DUO-H-{nummer}", bsn=BSNS[nummer], **anders)
    (verslag,) = registreer(omgeving, [invoer], SYSTEEM)
    with omgeving.magazijn.ruimte() as ruimte:
        uitvoer.dossier_id = ruimte.dossier_bij(verslag.referentie).id
    return uitvoer


def samen(*levens: Leven, reden: str = "getrouwd", proef: bool = False, door: Actor = COORDINATOR) -> Samenvoeging:
    referenties = [leven.dossier().referentie for leven in levens]
    return voeg_samen(levens[0].omgeving, referenties, door, reden, proef=proef)


def open_oproep(leven: Leven) -> str:
    open_stap(leven.omgeving, leven.stap("intake/oproep/1").id)
    medewerker = leven.stap("intake/oproep/1").medewerker
    assert medewerker is not None
    return medewerker


def draag_klantmanager(leven: Leven, aan: str) -> None:
    from domein.handelingen.dossierbeheer import wijs_toe

    wijs_toe(leven.omgeving, leven.dossier_id, aan, COORDINATOR, "verdeling")


@pytest.mark.parametrize("soort", BEIDE, indirect=True)
def test_wie_bij_elkaar_hoort_krijgt_een_code_en_een_klantmanager(leven: Leven) -> None:
    ander, derde = erbij(leven.omgeving, 0), erbij(leven.omgeving, 1)
    open_oproep(leven)
    draag_klantmanager(leven, "m-kos")
    huishouden = samen(ander, leven, derde)
    assert huishouden.klantmanager == "m-kos"
    codes = {lid.dossier().huishouden for lid in (leven, ander, derde)}
    assert codes == {huishouden.code}
    assert {lid.dossier().klantmanager for lid in (leven, ander, derde)} == {"m-kos"}
    assert [g.soort for g in ander.gebeurtenissen()[-2:]] == ["huishouden_gevormd", "klantmanager_toegewezen"]
    assert all(g.reden == "getrouwd" for g in ander.gebeurtenissen()[-2:])


def test_nog_eens_samenvoegen_verandert_niets(leven: Leven) -> None:
    ander = erbij(leven.omgeving, 0)
    code = samen(leven, ander).code
    voor = leven.gebeurtenissen(), ander.gebeurtenissen()
    weer = samen(ander, leven)
    assert (weer.code, weer.uitwerkingen) == (code, ())
    assert (leven.gebeurtenissen(), ander.gebeurtenissen()) == voor


def test_wie_erbij_komt_krijgt_de_code_die_er_al_was_en_de_klantmanager_van_allen(leven: Leven) -> None:
    ander, derde = erbij(leven.omgeving, 0), erbij(leven.omgeving, 1)
    code = samen(leven, ander).code
    open_oproep(derde)
    draag_klantmanager(derde, "m-kos")
    erna = samen(derde, ander)
    assert erna.code == code
    assert set(erna.referenties) == {lid.dossier().referentie for lid in (leven, ander, derde)}
    assert leven.dossier().klantmanager == "m-kos"  # ook wie niet werd genoemd, hoort erbij


def test_open_taken_van_de_vorige_klantmanager_gaan_mee(leven: Leven) -> None:
    ander = erbij(leven.omgeving, 0)
    open_oproep(leven)
    draag_klantmanager(leven, "m-kos")
    vorige = open_oproep(ander)
    draag_klantmanager(ander, "m-jdb")
    ander.post_is_aanvaard()
    samen(leven, ander)
    stap = ander.stap("intake/oproep/1")
    assert (stap.medewerker, stap.status) == ("m-kos", Stapstatus.OPEN)
    assert vorige in ("m-jdb", "m-kos", "m-tha")
    assert ("taak", stap.generatie, "wachtend") in ander.soorten_post("intake/oproep/1")


def test_een_taak_die_iemand_anders_deed_blijft_bij_hem(leven: Leven) -> None:
    ander = erbij(leven.omgeving, 0)
    open_oproep(leven)
    draag_klantmanager(leven, "m-kos")
    open_oproep(ander)
    draag_klantmanager(ander, "m-jdb")
    draag_over(leven.omgeving, ander.stap("intake/oproep/1").id, "m-tha", COORDINATOR, "ziek")
    samen(leven, ander)
    assert ander.stap("intake/oproep/1").medewerker == "m-tha"
    assert ander.dossier().klantmanager == "m-kos"


def test_een_proef_bewaart_niets_en_noemt_geen_verzonnen_code(leven: Leven) -> None:
    ander = erbij(leven.omgeving, 0)
    voor = leven.gebeurtenissen()
    proef = samen(leven, ander, proef=True)
    assert proef.code is None
    assert [g.soort for u in proef.uitwerkingen for g in u.gebeurtenissen] == ["huishouden_gevormd"] * 2
    assert leven.gebeurtenissen() == voor
    assert leven.dossier().huishouden is None


def test_een_huishouden_kan_niet_over_gemeenten_of_einden_heen(leven: Leven) -> None:
    ander = erbij(leven.omgeving, 0, gemeente="GM1961")
    with pytest.raises(OngeldigeGegevens, match="verschillende gemeenten"):
        samen(leven, ander)
    weg = erbij(leven.omgeving, 1)
    weg.meld("plicht_beeindigd", date(2026, 1, 5), grond="vertrek")
    with pytest.raises(OngeldigeGegevens, match="geëindigd"):
        samen(leven, weg)
    with pytest.raises(OngeldigeGegevens, match="minstens twee"):
        samen(leven, leven)
    with pytest.raises(RedenNodig):
        samen(leven, ander, reden=" ")
    with pytest.raises(GeenBevoegdheid):
        samen(leven, erbij(leven.omgeving, 2), door=Actor("m-onbekend"))


# --- openen


def test_de_eerste_taak_gaat_naar_de_klantmanager_van_een_huisgenoot(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(huishouden="HH-1")
    ander, los = erbij(omgeving, 0, huishouden="HH-1"), erbij(omgeving, 1)
    eerste = open_oproep(leven)
    assert open_oproep(los) != eerste  # zonder huishouden gaat zij naar wie het minst heeft
    assert open_oproep(ander) == eerste
    assert ander.dossier().klantmanager == eerste


def test_een_klantmanager_van_een_andere_organisatie_krijgt_de_taak_niet(omgeving: Omgeving) -> None:
    """De afspraken noemen Avres; een klantmanager die daar niet werkt, telt dan niet."""
    leven = Leven(omgeving).begin(huishouden="HH-1")
    ander = erbij(omgeving, 0, huishouden="HH-1")
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(leven.dossier_id)
        dossier.klantmanager = "m-gor"
        ruimte.bewaar(dossier)
    assert open_oproep(ander) != "m-gor"


# --- gesprekken bij elkaar


def taakmail(leven: Leven, kenmerk: str, soort: str = TAAK) -> str:
    return [b for b in leven.post(kenmerk) if b.soort == soort][-1].tekst


@pytest.fixture
def twee(omgeving: Omgeving) -> tuple[Leven, Leven]:
    """Twee huisgenoten met een PIP van dezelfde dag: hun gesprekken vallen op dezelfde dag."""
    leven = Leven(omgeving).begin(huishouden="HH-1").tot_pip()
    leven.op(date(2026, 1, 5))
    ander = erbij(omgeving, 0, huishouden="HH-1").tot_pip()
    return leven, ander


def test_de_taakmail_van_een_gesprek_noemt_dat_van_de_huisgenoot(twee: tuple[Leven, Leven]) -> None:
    leven, ander = twee
    leven.open("voortgang/1")
    tekst = taakmail(leven, "voortgang/1")
    assert f"Huisgenoot: {ander.dossier().referentie}, gesprek 1 op 25 augustus 2026" in tekst
    assert ander.dossier().referentie not in taakmail(leven, "intake/oproep/1")


@pytest.mark.parametrize(("dag", "genoemd"), [(date(2026, 9, 8), True), (date(2026, 9, 9), False)])
def test_alleen_gesprekken_binnen_twee_weken_worden_genoemd(
    twee: tuple[Leven, Leven], dag: date, genoemd: bool
) -> None:
    leven, ander = twee
    verzet(leven.omgeving, ander.stap("voortgang/1").id, dag, COORDINATOR, "op verzoek")
    leven.open("voortgang/1")
    assert (ander.dossier().referentie in taakmail(leven, "voortgang/1")) is genoemd


def test_een_verzet_gesprek_noemt_het_gesprek_van_de_huisgenoot_ook(twee: tuple[Leven, Leven]) -> None:
    leven, ander = twee
    leven.open("voortgang/1")
    leven.post_is_aanvaard()
    verzet(leven.omgeving, leven.stap("voortgang/1").id, date(2026, 9, 1), COORDINATOR, "vakantie")
    assert ander.dossier().referentie in taakmail(leven, "voortgang/1", "taak_verzet")


def test_na_een_gevoerd_gesprek_wordt_het_niet_meer_genoemd(twee: tuple[Leven, Leven]) -> None:
    leven, ander = twee
    ander.antwoord("voortgang/1", "gesprek_gevoerd", date(2026, 8, 25), op_koers=True)
    leven.open("voortgang/1")
    assert ander.dossier().referentie not in taakmail(leven, "voortgang/1")


# --- verhuizen


def test_een_verhuizing_wordt_per_huisgenoot_voorgesteld_en_niet_gedaan(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(huishouden="HH-1")
    ander, derde = erbij(omgeving, 0, huishouden="HH-1"), erbij(omgeving, 1)
    leven.op(date(2026, 1, 12))
    leven.meld("verhuisd", date(2026, 1, 12), naar="GM1961")
    assert ander.stand().gemeente == "GM0512"
    vraag = ander.stap("registratie/controle/1")
    assert vraag.status is Stapstatus.GEPLAND
    (controle,) = ander.stand().controles.values()
    assert (controle.aanleiding, controle.betreft) == ("verhuizing_huishouden", "naar GM1961 op 2026-01-12")
    assert "registratie/controle/1" not in derde.stappen()
    # Verhuist de huisgenoot mee, dan vraagt dat niet opnieuw om de eerste.
    ander.meld("verhuisd", date(2026, 1, 12), naar="GM1961")
    assert "registratie/controle/1" not in leven.stappen()


def test_van_drie_huisgenoten_die_na_elkaar_verhuizen_krijgt_de_laatste_een_vraag(omgeving: Omgeving) -> None:
    leven = Leven(omgeving).begin(huishouden="HH-1")
    ander, derde = erbij(omgeving, 0, huishouden="HH-1"), erbij(omgeving, 1, huishouden="HH-1")
    leven.op(date(2026, 1, 12))
    for lid in (leven, ander):
        lid.meld("verhuisd", date(2026, 1, 12), naar="GM1961")
    assert [k for k in derde.stappen() if k.startswith("registratie/controle/")] == ["registratie/controle/1"]
    leven.op(date(2026, 2, 2)).meld("verhuisd", date(2026, 2, 2), naar="GM1978")  # een andere verhuizing vraagt wel
    assert "registratie/controle/2" in derde.stappen()


def test_een_huisgenoot_in_een_andere_gemeente_wordt_in_de_mail_niet_genoemd(twee: tuple[Leven, Leven]) -> None:
    leven, ander = twee
    ander.op(date(2026, 3, 2))
    ander.meld("verhuisd", date(2026, 3, 2), naar="GM1961")
    leven.open("voortgang/1")
    assert ander.dossier().referentie not in taakmail(leven, "voortgang/1")
