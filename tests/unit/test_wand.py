"""De tweede wand is nooit smaller dan de eerste: wat iemand van het domein mag zien, laat zij door."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.regiobestand import laad_regiobestand
from domein.begrippen import Besluitsoort, Rol, Stapsoort
from domein.regels.toegang import Dossierplek, Kijker, Stapplek, toegang_tot
from domein.regels.wand import NIETS, Wandzicht, wandzicht, zicht_met_link
from domein.regio.model import Regio
from domein.regio.onderdelen import Afwezigheid

OP = date(2026, 3, 2)
REGIO = laad_regiobestand(Path(__file__).parents[2] / "voorbeelden" / "avres").regio
CODES = sorted(m.code for m in REGIO.medewerkers)
PARTNERS = sorted(p.code for p in REGIO.partners)


def met_afwezige(code: str, vervanger: str) -> Regio:
    weg = Afwezigheid(van=OP, tot=OP, vervanger=vervanger)
    medewerkers = tuple(
        m.model_copy(update={"afwezigheid": (weg,)}) if m.code == code else m for m in REGIO.medewerkers
    )
    return Regio.model_construct(
        **{naam: getattr(REGIO, naam) for naam in Regio.model_fields} | {"medewerkers": medewerkers}
    )


def kijker(code: str, regio: Regio = REGIO) -> Kijker:
    wie = regio.medewerker(code)
    assert wie is not None
    return Kijker(code, wie.partner, frozenset(wie.rollen))


def laat_door(zicht: Wandzicht, dossier: Dossierplek) -> bool:
    """Dezelfde vraag als de database: in gewone woorden, los van de SQL van migratie 0014."""
    return (
        dossier.gemeente in zicht.gemeenten
        or dossier.klantmanager in zicht.medewerkers
        or (dossier.regie == zicht.organisatie and dossier.regie is not None)
        or any(
            stap.medewerker in zicht.medewerkers or (stap.partner == zicht.organisatie and stap.partner is not None)
            for stap in dossier.stappen
        )
    )


stappen = st.builds(
    Stapplek,
    stapsoort=st.sampled_from(Stapsoort),
    open=st.booleans(),
    partner=st.none() | st.sampled_from(PARTNERS),
    medewerker=st.none() | st.sampled_from(CODES),
    besluit=st.booleans(),
    besluitsoorten=st.frozensets(st.sampled_from(Besluitsoort), max_size=2),
    klaar=st.booleans(),
)
dossiers = st.builds(
    Dossierplek,
    gemeente=st.sampled_from(["GM0512", "GM1961", "GM1978", "GM0363"]),
    loopt=st.booleans(),
    klantmanager=st.none() | st.sampled_from(CODES),
    stappen=st.lists(stappen, max_size=3).map(tuple),
    regie=st.none() | st.sampled_from(PARTNERS),
)


@settings(max_examples=400, deadline=None)
@given(dossier=dossiers, code=st.sampled_from(CODES), weg=st.sampled_from(CODES))
def test_wat_iemand_mag_zien_laat_de_wand_door(dossier: Dossierplek, code: str, weg: str) -> None:
    regio = met_afwezige(weg, code) if weg != code else REGIO
    wie = kijker(code, regio)
    if toegang_tot(regio, wie, dossier, OP) is not None:
        assert laat_door(wandzicht(regio, wie, OP), dossier)


def test_een_aanbieder_krijgt_zijn_organisatie_en_geen_gemeente() -> None:
    assert wandzicht(REGIO, kijker("m-mer"), OP) == Wandzicht("taalschool-de-merwede", frozenset({"m-mer"}))


def test_een_vrijwilliger_krijgt_alleen_zijn_eigen_taken() -> None:
    assert wandzicht(REGIO, kijker("m-vrw"), OP) == Wandzicht(medewerkers=frozenset({"m-vrw"}))


@pytest.mark.parametrize("rol", [Rol.REGIOCOORDINATOR, Rol.BEHEERDER, Rol.PRIVACYOFFICER, Rol.ADMINISTRATIE])
def test_wie_voor_de_regio_werkt_krijgt_haar_hele_regio_en_geen_andere(rol: Rol) -> None:
    zicht = wandzicht(REGIO, Kijker("m-x", "avres", frozenset({rol})), OP)
    assert (zicht.regio, zicht.gemeenten) == ("avres", {"GM0512", "GM1961", "GM1978"})


def test_een_mandaathouder_krijgt_de_gemeenten_van_zijn_mandaat() -> None:
    zicht = wandzicht(REGIO, kijker("m-gor"), OP)
    assert zicht.gemeenten == {m.gemeente for m in REGIO.mandaten if "m-gor" in m.houders}
    assert zicht.regio == ""


def test_een_vervanger_ziet_alleen_mee_zolang_de_afwezigheid_duurt() -> None:
    regio = met_afwezige("m-jdb", "m-kos")
    assert wandzicht(regio, kijker("m-kos", regio), OP).medewerkers == {"m-kos", "m-jdb"}
    assert wandzicht(regio, kijker("m-kos", regio), date(2026, 3, 3)).medewerkers == {"m-kos"}


def test_een_link_laat_alleen_de_eigen_taken_zien_en_niemand_niets() -> None:
    assert zicht_met_link("m-jdb") == Wandzicht(medewerkers=frozenset({"m-jdb"}))
    assert not laat_door(NIETS, Dossierplek("GM0512", True, "m-jdb", (Stapplek(Stapsoort.PIP, open=True),)))
