"""Maatwerk in het portaal: alleen wie mandaat heeft, binnen zijn plafond, en ook wie verder niets vastlegt."""

import re
from decimal import Decimal

import pytest

from domein.begrippen import Rol
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.melden import meld
from tests.integratie.besluit_hulp import Besluitwereld, leesbaar
from tests.integratie.portaal_bezoek import bewijs_van
from tests.integratie.test_portaal_melden import bekijk, met_pip, pad, soort, soorten, vast, velden, wereld

__all__ = ["met_pip", "soort", "wereld"]


def test_maatwerk_komt_nooit_langs_het_mandaat_heen(wereld: Besluitwereld) -> None:
    """Als gewoon feit zou iedereen een mandaathouder erbij kunnen typen."""
    dag = wereld.omgeving.klok.vandaag()
    gegevens = {"stap": "pvt", "partner": "taalhuis-lingestroom", "geldig_tot": "2026-12-31", "mandaathouder": "m-wil"}
    with pytest.raises(OngeldigeGegevens, match="geen feit maar een handeling"):
        meld(wereld.omgeving, wereld.leven.dossier_id, "maatwerk_vastgesteld", dag, gegevens, Actor("m-jdb"))
    assert "maatwerk_vastgesteld" not in soorten(wereld)


def test_maatwerk_is_er_alleen_voor_wie_mandaat_heeft(met_pip: Besluitwereld) -> None:
    met_pip.leven.open("voortgang/1")
    jdb, wil = met_pip.als("m-jdb"), met_pip.als("m-wil")
    assert "maatwerk" not in jdb.get(pad(met_pip)).text.lower()
    assert jdb.get(pad(met_pip, "maatwerk")).status_code == 404
    assert "maatwerk" in leesbaar(wil.get(pad(met_pip))).lower()
    ingevuld = {"stap": "pvt", "partner": "taalhuis-lingestroom", "geldig_tot": "2026-12-31", "reden": "dichterbij"}
    antwoord = vast(met_pip, wil, "maatwerk", **ingevuld)
    assert antwoord.status_code == 303, leesbaar(antwoord)
    assert met_pip.leven.stand().maatwerk[1].gegevens.mandaathouder == "m-wil"
    assert vast(met_pip, wil, "maatwerk-beeindigen", nummer="1", reden="niet meer nodig").status_code == 303


def test_maatwerk_met_rol_bedrag_betaler_en_inzage(met_pip: Besluitwereld) -> None:
    met_pip.leven.open("voortgang/1")
    wil = met_pip.als("m-wil")
    ingevuld = {
        "stap": "pvt", "partner": "taalhuis-lingestroom", "geldig_tot": "2026-12-31", "reden": "dichterbij",
        "rol": "begeleider", "bedrag": "1250,50", "betaler": "avres", "inzage.naam": "ja",
    }  # fmt: skip
    for mis in ("1.250", "duizend", "-5", "1.250,50"):  # een punt kan duizend zijn of een komma
        antwoord = bekijk(met_pip, wil, "maatwerk", **ingevuld | {"bedrag": mis})
        assert antwoord.status_code == 422, mis
        assert 'id="maatwerk-bedrag-fout"' in antwoord.text
    te_veel = bekijk(met_pip, wil, "maatwerk", **ingevuld | {"bedrag": "15000,01"})
    assert te_veel.status_code == 403
    assert "gaat boven het mandaat van m-wil" in leesbaar(te_veel)
    voorbeeld = leesbaar(bekijk(met_pip, wil, "maatwerk", **ingevuld))
    for regel in ("In welke rol? Begeleider", "Bedrag in euro’s 1250,50", "Wat mag wie het doet zien? Naam"):
        assert regel in voorbeeld
    assert vast(met_pip, wil, "maatwerk", **ingevuld).status_code == 303
    gegevens = met_pip.leven.stand().maatwerk[1].gegevens
    assert (gegevens.rol, gegevens.bedrag, gegevens.betaler) == (Rol.BEGELEIDER, Decimal("1250.50"), "avres")
    assert [groep.value for groep in gegevens.inzage] == ["naam"]


def test_wie_alleen_mandaat_heeft_stelt_maatwerk_vast_en_meldt_verder_niets(wereld: Besluitwereld) -> None:
    gor = wereld.als("m-gor")
    assert f'href="{pad(wereld)}"' in gor.get(f"/dossiers/{wereld.ref}").text
    lijst = gor.get(pad(wereld))
    assert re.findall(rf'href="{pad(wereld)}/([^"]+)"', lijst.text) == ["maatwerk"]
    assert "Wat er gebeurde, legt de klantmanager vast." in leesbaar(lijst)
    for code in ("verhuisd", "pauzeren", "gegevens", "aanbieden"):
        assert gor.get(pad(wereld, code)).status_code == 404
        for deur in ("", "/vast"):
            invoer = velden(wereld, code, reden="zomaar") | {"bewijs": bewijs_van(lijst), "sleutel": "eigen-sleutel"}
            assert gor.post(f"{pad(wereld, code)}{deur}", invoer).status_code == 404
    assert gor.get(f"/dossiers/{wereld.ref}/doorhalen/1").status_code == 404
    assert "/doorhalen/" not in gor.get(f"/dossiers/{wereld.ref}").text
    ingevuld = {"stap": "pip", "partner": "gorinchem", "geldig_tot": "2026-12-31", "reden": "eigen gemeente"}
    assert vast(wereld, gor, "maatwerk", **ingevuld).status_code == 303
    assert wereld.leven.stand().maatwerk[1].gegevens.mandaathouder == "m-gor"
    assert vast(wereld, gor, "maatwerk-beeindigen", nummer="1", reden="klaar").status_code == 303
    assert (
        bekijk(wereld, gor, "maatwerk", **ingevuld | {"stap": "pvt"}).status_code == 422
    )  # geen mandaat voor die stap
