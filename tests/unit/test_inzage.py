"""Welke velden bereiken welke rol: niet meer dan de taak vraagt, en nooit het BSN zonder grondslag."""

from dataclasses import fields

import pytest

from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.ports import Persoon
from domein.regels.inzage import VELDEN, beperk, velden_voor, zichtbare_velden
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep
from domein.registratie_invoer import KOLOMMEN
from tests.unit.regiobouw import afspraak, medewerker, partner, regio
from tests.unit.regiovragen import toegewezen

G = Gegevensgroep


def keten() -> Regio:
    """Een klantmanager, een taalaanbieder, een maatschappelijk begeleider en een contractmanager."""
    groepen = {
        "intake": ["naam", "contact", "bsn", "geboortedatum", "doelgroep", "leerbaarheid", "termijnen", "maatregelen"],
        "aanmelding": ["referentie", "naam", "contact", "bsn", "leerroute", "pip", "aanwezigheid", "termijnen"],
        "begeleiding": ["referentie", "naam", "contact"],
        "registratie": ["aantallen"],
    }
    wie = {
        "intake": ("uo", "klantmanager"),
        "aanmelding": ("school", "aanbieder"),
        "begeleiding": ("vluchtelingenwerk", "begeleider"),
        "registratie": ("inkoop", "contractmanager"),
    }
    return regio(
        *(afspraak(stap, stap, uitvoerder=wie[stap][0], rol=wie[stap][1], inzage=g) for stap, g in groepen.items()),
        partners=[
            partner("school", bsn_grondslag=True),
            partner("vluchtelingenwerk", "vluchtelingenwerk"),
            partner("inkoop", "stichting"),
        ],
        medewerkers=[
            medewerker("m-school", "school", "aanbieder"),
            medewerker("m-vw", "vluchtelingenwerk", "begeleider"),
            medewerker("m-ink", "inkoop", "contractmanager"),
        ],
    )


CONTACT = {"straat", "postcode", "plaats", "email", "telefoon", "kanaal", "taal"}
REFERENTIE = {"referentie", "gemeente", "klantmanager", "betaler", "perceel", "ordernummer"}
TERMIJNEN = {"kennisgeving_op", "start_uiterlijk", "pip_uiterlijk", "termijn_einde"}


@pytest.mark.parametrize(
    ("stap", "rol", "velden"),
    [
        pytest.param(
            Stapsoort.INTAKE, Rol.KLANTMANAGER,
            {"naam", "geboortedatum", *CONTACT, "doelgroep", "nareiziger", "ontzorgen", "leerbaarheidstoets_op",
             "advies", "startniveau", "alfabetisering", *TERMIJNEN, "waarschuwingen", "maatregelen", "boetes"},
            id="klantmanager-zonder-grondslag-voor-het-bsn",
        ),
        pytest.param(
            Stapsoort.AANMELDING, Rol.AANBIEDER,
            {*REFERENTIE, "naam", "bsn", *CONTACT, "leerroute", "leerroute_vanaf", "pip_dagtekening",
             "gesprekken_afgesproken", "uren_per_week", "beschikbaarheid", "uren_aangeboden", "uren_gevolgd",
             "uren_geoorloofd", "uren_ongeoorloofd", *TERMIJNEN},
            id="taalaanbieder",
        ),
        pytest.param(
            Stapsoort.BEGELEIDING, Rol.BEGELEIDER, {*REFERENTIE, "naam", *CONTACT}, id="maatschappelijk-begeleider"
        ),
        pytest.param(Stapsoort.REGISTRATIE, Rol.CONTRACTMANAGER, set[str](), id="contractmanager-alleen-aantallen"),
    ],
)  # fmt: skip
def test_elke_rol_ziet_precies_wat_haar_taak_vraagt(stap: Stapsoort, rol: Rol, velden: set[str]) -> None:
    van = keten()
    toewijzing = toegewezen(van, stap=stap)
    assert toewijzing.rol is rol
    assert velden_voor(van, toewijzing) == velden


def test_een_begeleider_ziet_geen_toets_en_geen_maatregel() -> None:
    van = keten()
    velden = velden_voor(van, toegewezen(van, stap=Stapsoort.BEGELEIDING))
    assert not velden & set(VELDEN[G.LEERBAARHEID] + VELDEN[G.MAATREGELEN] + VELDEN[G.VOORTGANG])


def test_het_bsn_komt_alleen_mee_met_een_grondslag() -> None:
    assert "bsn" not in zichtbare_velden([G.NAAM, G.BSN])
    assert "bsn" in zichtbare_velden([G.NAAM, G.BSN], bsn_grondslag=True)
    assert "bsn" not in zichtbare_velden([groep for groep in G if groep is not G.BSN], bsn_grondslag=True)


def test_een_vervanger_zonder_grondslag_erft_het_bsn_niet() -> None:
    van = regio(
        afspraak("les", "aanmelding", uitvoerder="a", rol="aanbieder", fallback=["b"], inzage=["naam", "bsn"]),
        partners=[partner("a", bsn_grondslag=True), partner("b")],
    )
    assert velden_voor(van, toegewezen(van)) == {"naam", "bsn"}
    assert velden_voor(van, toegewezen(van, uitgesloten_partners=["a"])) == {"naam"}


def test_elk_veld_zit_in_een_groep_en_elk_gegeven_van_de_persoon_is_ingedeeld() -> None:
    alle = [veld for velden in VELDEN.values() for veld in velden]
    assert len(alle) == len(set(alle))
    assert set(VELDEN) == set(G)
    persoon = {veld.name for veld in fields(Persoon)} - {"gegevens"}
    uit_het_bestand = set(KOLOMMEN) - {"kenmerk", "versie", "brp_inschrijving"}
    assert persoon | uit_het_bestand <= set(alle)


def test_beperken_laat_alleen_door_wat_mag_en_nooit_een_veld_dat_niemand_indeelde() -> None:
    gegevens = {
        "naam": "x",
        "bsn": "y",
        "medisch": "z",
        "leerroute": Leerroute.B1,
        "doelgroep": Doelgroep.GEZINSMIGRANT,
    }
    assert beperk(gegevens, zichtbare_velden([G.NAAM, G.LEERROUTE])) == {"naam": "x", "leerroute": Leerroute.B1}
    assert "medisch" not in beperk(gegevens, zichtbare_velden(list(G), bsn_grondslag=True))
