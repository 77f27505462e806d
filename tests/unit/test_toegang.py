"""Wie een dossier mag zien en wat ervan: volgens de afspraken van vandaag, en niet langer dan die gelden."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Besluitsoort, Rol, Stapsoort
from domein.regels.toegang import (
    MINIMAAL,
    RECHTEN,
    Dossierplek,
    Grond,
    Kijker,
    Recht,
    Stapplek,
    Toegang,
    archiefgemeenten,
    leest_na,
    rechten_van,
    toegang_tot,
)
from domein.regio.model import Regio
from domein.regio.onderdelen import Afwezigheid
from domein.regio.soorten import Gegevensgroep, Overgangsregime

OP = date(2026, 3, 2)
G = Gegevensgroep


@pytest.fixture(scope="module")
def regio() -> Regio:
    return laad_regiobestand(Path(__file__).parents[2] / "voorbeelden" / "avres").regio


def kijker(regio: Regio, code: str, rollen: frozenset[Rol] | None = None) -> Kijker:
    wie = regio.medewerker(code)
    assert wie is not None
    return Kijker(code, wie.partner, rollen if rollen is not None else frozenset(wie.rollen))


def anders(regio: Regio, **delen: object) -> Regio:
    """Dezelfde regio met andere delen, zonder wat zij van de oude onthield."""
    return Regio.model_construct(**{naam: getattr(regio, naam) for naam in Regio.model_fields} | delen)


INTAKE = Stapplek(Stapsoort.INTAKE, open=True, partner="avres", medewerker="m-jdb", afspraak="intake")
LES = Stapplek(
    Stapsoort.AANMELDING, open=True, partner="taalschool-de-merwede", medewerker="m-mer", afspraak="aanmelding-b1"
)
BESLUIT = Stapplek(Stapsoort.PIP, open=True, partner="avres", medewerker="m-gor", afspraak="pip", besluit=True)


def dossier(*stappen: Stapplek, gemeente: str = "GM0512", klantmanager: str | None = None) -> Dossierplek:
    return Dossierplek(gemeente, True, klantmanager, stappen)


def zie(regio: Regio, code: str, plek: Dossierplek, op: date = OP) -> Toegang | None:
    return toegang_tot(regio, kijker(regio, code), plek, op)


def test_elke_rol_heeft_rechten_en_iedereen_kan_zijn_eigen_aanmelding_beeindigen() -> None:
    assert set(RECHTEN) == set(Rol)
    assert all(Recht.EIGEN in rechten for rechten in RECHTEN.values())
    assert {recht for rechten in RECHTEN.values() for recht in rechten} == set(Recht)


def test_alleen_toezicht_ziet_het_logboek_en_een_aanbieder_geen_regiocijfers() -> None:
    assert {rol for rol, rechten in RECHTEN.items() if Recht.LOGBOEK in rechten} == {Rol.BEHEERDER, Rol.PRIVACYOFFICER}
    assert not rechten_van([Rol.AANBIEDER, Rol.BEGELEIDER, Rol.VRIJWILLIGER]) & {
        Recht.BORD,
        Recht.BEHEER,
    }


def test_wie_een_open_taak_heeft_ziet_wat_haar_afspraak_toont(regio: Regio) -> None:
    toegang = zie(regio, "m-jdb", dossier(INTAKE))
    assert toegang is not None
    assert toegang.gronden == {Grond.EIGEN_TAAK, Grond.TEAM}
    afspraak = regio.afspraak("intake")
    assert afspraak is not None
    assert toegang.groepen == MINIMAAL | set(afspraak.inzage)


def test_is_de_taak_klaar_of_van_een_ander_dan_is_er_niets(regio: Regio) -> None:
    assert zie(regio, "m-jdb", dossier(replace(INTAKE, open=False))) is None
    assert zie(regio, "m-mer", dossier(INTAKE)) is None
    assert zie(regio, "m-lin", dossier(LES)) is None  # een andere taalschool
    assert zie(regio, "m-jdb", dossier(LES)) is None


def test_een_collega_ziet_alleen_dat_er_een_taak_is(regio: Regio) -> None:
    toegang = zie(regio, "m-kos", dossier(INTAKE))
    assert toegang is not None
    assert (toegang.gronden, toegang.groepen) == ({Grond.TEAM}, MINIMAAL)
    assert not toegang.velden & {"naam", "bsn", "geboortedatum", "straat"}


def test_de_teamleider_ziet_wat_bij_het_werk_van_zijn_team_hoort(regio: Regio) -> None:
    toegang = zie(regio, "m-wil", dossier(INTAKE))
    assert toegang is not None
    assert Grond.TEAMLEIDING in toegang.gronden
    assert G.NAAM in toegang.groepen
    assert zie(regio, "m-wil", dossier(LES)) is None


def test_een_klantmanager_ziet_zijn_dossier_ook_zonder_open_taak_tot_het_is_beeindigd(regio: Regio) -> None:
    plek = dossier(klantmanager="m-jdb")
    toegang = zie(regio, "m-jdb", plek)
    assert toegang is not None
    assert toegang.gronden == {Grond.KLANTMANAGER}
    assert zie(regio, "m-kos", plek) is None
    daarna = zie(regio, "m-jdb", replace(plek, loopt=False))
    assert daarna is not None
    assert daarna.gronden == {Grond.ARCHIEF}  # alleen nog om na te lezen
    assert zie(regio, "m-jdb", replace(plek, gemeente="GM0362")) is None  # na een verhuizing buiten de regio


def test_een_waarnemer_ziet_het_alleen_zolang_de_afwezigheid_duurt(regio: Regio) -> None:
    plek = dossier(klantmanager="m-kos")  # m-jdb vervangt m-kos van 20 juli tot en met 7 augustus
    tijdens = [zie(regio, "m-jdb", plek, dag) for dag in (date(2026, 7, 20), date(2026, 8, 7))]
    assert all(een is not None and een.gronden == {Grond.WAARNEMING} for een in tijdens)
    assert [zie(regio, "m-jdb", plek, dag) for dag in (date(2026, 7, 19), date(2026, 8, 8))] == [None, None]


def test_een_waarnemer_van_een_andere_organisatie_zonder_grondslag_ziet_geen_bsn(regio: Regio) -> None:
    weg = Afwezigheid(van=OP, tot=OP, vervanger="m-lin")
    medewerkers = tuple(
        m.model_copy(update={"afwezigheid": (weg,), "rollen": (Rol.AANBIEDER,)}) if m.code == "m-mer" else m
        for m in regio.medewerkers
    )
    partners = tuple(
        p.model_copy(update={"bsn_grondslag": False}) if p.code == "taalhuis-lingestroom" else p for p in regio.partners
    )
    regio = anders(regio, medewerkers=medewerkers, partners=partners)
    afspraak = next(a for a in regio.samenwerkingsafspraken if "taalschool-de-merwede" in a.kandidaten())
    toegang = zie(regio, "m-lin", dossier(replace(LES, afspraak=afspraak.regel_id)))
    assert toegang is not None
    assert Grond.WAARNEMING in toegang.gronden
    assert G.BSN not in toegang.groepen
    assert "bsn" not in toegang.velden


def test_wie_mag_besluiten_ziet_het_dossier_zolang_het_besluit_open_staat(regio: Regio) -> None:
    mandaat = next(m for m in regio.mandaten if m.gemeente == "GM0512" and Stapsoort.PIP in m.stappen)
    houder = mandaat.houders[0]
    plek = dossier(replace(BESLUIT, medewerker=None))
    toegang = zie(regio, houder, plek)
    assert toegang is not None
    assert Grond.MANDAAT in toegang.gronden
    assert zie(regio, houder, dossier(replace(BESLUIT, medewerker=None, open=False))) is None
    assert zie(regio, houder, replace(plek, gemeente="GM1978")) is None or houder in {
        h for m in regio.mandaten if m.gemeente == "GM1978" for h in m.houders
    }


def test_wie_op_een_bezwaar_beslist_ziet_het_dossier_zolang_de_beslissing_openstaat(regio: Regio) -> None:
    soorten = frozenset({Besluitsoort.BESLISSING_OP_BEZWAAR})
    beslissen = Stapplek(Stapsoort.REGISTRATIE, open=True, partner="avres", besluit=True, besluitsoorten=soorten)
    toegang = zie(regio, "m-jur", dossier(beslissen))
    assert toegang is not None
    assert toegang.gronden == {Grond.MANDAAT}
    assert {G.NAAM, G.PIP} <= toegang.groepen  # hij weegt alles opnieuw (Awb 7:11)
    assert zie(regio, "m-jur", dossier(replace(beslissen, open=False))) is None
    assert zie(regio, "m-jur", dossier(beslissen, gemeente="GM1978")) is None
    # Wie alleen het PIP mag tekenen, ziet het bezwaar ertegen niet.
    assert zie(regio, "m-gor", dossier(beslissen)) is None


def test_de_coordinator_ziet_elk_dossier_van_de_regio_zonder_naam(regio: Regio) -> None:
    toegang = zie(regio, "m-reg", dossier(LES))
    assert toegang is not None
    assert Grond.COORDINATIE in toegang.gronden
    assert not toegang.groepen & {G.NAAM, G.CONTACT, G.BSN, G.GEBOORTEDATUM}
    assert zie(regio, "m-reg", dossier(LES, gemeente="GM0362")) is None


def test_de_contractmanager_ziet_geen_enkel_dossier(regio: Regio) -> None:
    assert zie(regio, "m-con", dossier(LES)) is None


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.PRIVACYOFFICER])
def test_beheer_en_toezicht_zien_nooit_een_persoon(regio: Regio, rol: Rol) -> None:
    toegang = toegang_tot(regio, kijker(regio, "m-adm", frozenset({rol})), dossier(INTAKE), OP)
    assert toegang is None or toegang.groepen == MINIMAAL
    assert (toegang is None) == (rol is Rol.PRIVACYOFFICER)


def test_een_vrijwilliger_ziet_nooit_een_bsn_en_nooit_meer_dan_de_taak_vraagt(regio: Regio) -> None:
    wie = kijker(regio, "m-jdb", frozenset({Rol.VRIJWILLIGER}))  # zelfs als de afspraak meer toont
    toegang = toegang_tot(regio, wie, dossier(INTAKE), OP)
    assert toegang is not None
    assert toegang.groepen <= MINIMAAL | {G.NAAM, G.CONTACT}
    assert "bsn" not in toegang.velden


def test_eindigt_de_afspraak_dan_eindigt_de_inzage(regio: Regio) -> None:
    def met(regime: Overgangsregime) -> Regio:
        afspraken = tuple(
            a.model_copy(update={"geldig_tot": date(2026, 2, 28), "overgangsregime": regime})
            if a.regel_id == "intake" else a
            for a in regio.samenwerkingsafspraken
        )  # fmt: skip
        return anders(regio, samenwerkingsafspraken=afspraken)

    over = zie(met(Overgangsregime.OVERDRAGEN), "m-jdb", dossier(INTAKE))
    assert over is not None
    assert over.groepen == MINIMAAL
    uit = zie(met(Overgangsregime.UITDIENEN), "m-jdb", dossier(INTAKE))
    assert uit is not None
    assert G.NAAM in uit.groepen


def test_een_met_de_hand_toegewezen_taak_toont_wat_de_afspraken_deze_partner_laten_zien(regio: Regio) -> None:
    toegang = zie(regio, "m-jdb", dossier(replace(INTAKE, afspraak="")))
    assert toegang is not None
    assert G.NAAM in toegang.groepen
    elders = zie(
        regio, "m-mer", dossier(replace(INTAKE, afspraak="", partner="taalschool-de-merwede", medewerker="m-mer"))
    )
    assert elders is not None
    assert elders.groepen == MINIMAAL


@pytest.mark.parametrize(
    ("code", "verwacht"),
    [
        ("m-gor", {"GM0512"}),  # van de gemeente zelf
        ("m-mol", {"GM1978"}),
        ("m-adm", {"GM0512", "GM1978", "GM1961"}),  # de organisatie die voor alle drie de regie doet
        ("m-fg", {"GM0512", "GM1978", "GM1961"}),
        ("m-mer", set()),
        ("m-vrw", set()),
    ],
)
def test_het_archief_is_van_de_gemeente_en_wie_voor_haar_de_regie_doet(
    regio: Regio, code: str, verwacht: set[str]
) -> None:
    assert set(archiefgemeenten(regio, kijker(regio, code), OP)) == verwacht


def test_een_teamleider_van_een_taalschool_ziet_geen_archief_en_een_coordinator_heel_de_regio(regio: Regio) -> None:
    assert archiefgemeenten(regio, kijker(regio, "m-mer", frozenset({Rol.TEAMLEIDER})), OP) == ()
    reg = kijker(regio, "m-mer", frozenset({Rol.REGIOCOORDINATOR}))
    assert set(archiefgemeenten(regio, reg, OP)) == set(regio.gemeenten)


# nalezen


def geeindigd(*stappen: Stapplek, **anders: object) -> Dossierplek:
    vast = {"gemeente": "GM0512", "loopt": False, "klantmanager": "m-jdb", "regie": "avres", "stappen": stappen}
    return Dossierplek(**(vast | anders))  # pyright: ignore[reportArgumentType]


GENOMEN = replace(
    BESLUIT,
    open=False,
    klaar=True,
    medewerker=None,
    besluitsoorten=frozenset({Besluitsoort.PIP, Besluitsoort.MAATREGEL}),
)


@pytest.mark.parametrize("code", ["m-jdb", "m-wil"])
def test_een_geeindigd_dossier_lezen_de_laatste_klantmanager_en_zijn_teamleider_na(regio: Regio, code: str) -> None:
    toegang = zie(regio, code, geeindigd())
    assert toegang is not None
    assert toegang.gronden == {Grond.ARCHIEF}
    assert toegang.om_te_handelen is None
    assert leest_na(toegang)
    assert {G.NAAM, G.PIP} <= toegang.groepen  # dan leest hij ook de tekst van het besluit
    assert zie(regio, code, geeindigd(gemeente="GM0362")) is None


def test_een_geeindigd_dossier_leest_geen_ander_na(regio: Regio) -> None:
    for code in ("m-kos", "m-mer", "m-con", "m-vrw", "m-gor", "m-mol"):
        assert zie(regio, code, geeindigd()) is None, code
    assert zie(regio, "m-wil", geeindigd(regie="taalschool-de-merwede")) is None
    assert zie(regio, "m-jdb", geeindigd(klantmanager=None)) is None  # vernietigd


def test_wie_het_mandaat_heeft_leest_een_genomen_besluit_na_ook_als_het_dossier_loopt(regio: Regio) -> None:
    for plek in (geeindigd(GENOMEN), dossier(GENOMEN)):
        toegang = zie(regio, "m-gor", plek)
        assert toegang is not None
        assert toegang.gronden == {Grond.ARCHIEF}
        assert {G.NAAM, G.PIP} <= toegang.groepen
    assert zie(regio, "m-mol", geeindigd(GENOMEN)) is None  # een andere gemeente
    assert zie(regio, "m-jur", geeindigd(GENOMEN)) is None  # zijn mandaat gaat over bezwaar
    op_bezwaar = replace(GENOMEN, besluitsoorten=frozenset({Besluitsoort.BESLISSING_OP_BEZWAAR}))
    assert zie(regio, "m-jur", geeindigd(op_bezwaar)) is not None
    assert zie(regio, "m-gor", geeindigd(replace(GENOMEN, klaar=False))) is None  # vervallen, niet genomen


def test_wie_ook_een_taak_heeft_leest_niet_alleen_na(regio: Regio) -> None:
    toegang = zie(regio, "m-jdb", geeindigd(INTAKE))
    assert toegang is not None
    assert toegang.gronden == {Grond.EIGEN_TAAK, Grond.TEAM, Grond.ARCHIEF}
    afspraak = regio.afspraak("intake")
    assert afspraak is not None
    handelt = toegang.om_te_handelen
    assert handelt is not None
    assert handelt.groepen == MINIMAAL | set(afspraak.inzage)
    assert handelt.groepen < toegang.groepen


def test_een_open_taak_van_een_collega_maakt_van_nalezen_geen_wijzigen(regio: Regio) -> None:
    toegang = zie(regio, "m-jdb", geeindigd(replace(INTAKE, medewerker="m-kos")))
    assert toegang is not None
    assert {G.NAAM, G.PIP} <= toegang.groepen
    assert toegang.om_te_handelen == Toegang(frozenset({Grond.TEAM}), MINIMAAL, bsn_grondslag=True)
    assert leest_na(toegang)
