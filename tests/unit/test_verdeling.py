"""Personen verdelen: op gewicht, rangorde, rotatie of keuze; naar capaciteit, en altijd na te rekenen."""

from datetime import date

import pytest

from domein.begrippen import Rol
from domein.regels.samenwerking import Optie, Situatie, Uitgesproken
from domein.regels.verdeling import Verdeelstand, tijdvak_van, verdeel, vol
from domein.regio.model import Regio
from domein.regio.onderdelen import Capaciteit
from domein.regio.soorten import Tijdvak, Verdeelvorm, Wenssoort
from tests.unit.regiobouw import afspraak, partner, regio
from tests.unit.regiovragen import DAG, dag, gat, redenen, toegewezen

V = Verdeelvorm


def reeks(aantal: int, **gewichten: int) -> str:
    """De beurten na elkaar, als letters."""
    verdeeld = dict.fromkeys(gewichten, 0)
    beurten = ""
    for _ in range(aantal):
        beurt = verdeel(V.GEWICHTEN, gewichten, list(gewichten), Verdeelstand(verdeeld))
        assert beurt.partner is not None
        verdeeld[beurt.partner] += 1
        beurten += beurt.partner
    return beurten


def test_zestig_veertig_komt_na_elke_vijf_personen_precies_uit() -> None:
    assert reeks(10, a=60, b=40) == "ababaababa"


def test_bij_gelijke_gewichten_gaat_de_volgorde_van_de_afspraak_voor() -> None:
    assert reeks(6, z=1, a=1, m=1) == "zamzam"


def test_ook_waar_de_kale_grootste_rest_ontspoort_loopt_niemand_een_plaats_achter() -> None:
    """De gewichten uit de uitleg van de regel: na elk aantal is ieders deel naar boven of beneden afgerond."""
    gewichten = {"a": 1, "b": 1, "c": 14, "d": 14, "e": 1}
    beurten = reeks(31, **gewichten)
    for nummer in range(1, 32):
        for letter, gewicht in gewichten.items():
            assert abs(beurten[:nummer].count(letter) * 31 - nummer * gewicht) < 31


def test_wat_al_verdeeld_is_bepaalt_de_beurt_en_de_uitleg_noemt_het() -> None:
    gewichten = {"a": 60, "b": 40}
    beurt = verdeel(V.GEWICHTEN, gewichten, ["a", "b"], Verdeelstand({"a": 3, "b": 1}))
    assert (beurt.partner, beurt.omdat) == ("b", "volgens de gewichten a 60 en b 40 (al verdeeld: a 3, b 1)")


def test_de_rangorde_neemt_de_laagste_plaats_die_kan() -> None:
    gewichten = {"derde": 3, "eerste": 1, "tweede": 2}
    assert verdeel(V.RANGORDE, gewichten, list(gewichten), Verdeelstand()).partner == "eerste"
    assert verdeel(V.RANGORDE, gewichten, ["derde", "tweede"], Verdeelstand()).partner == "tweede"


def test_de_rotatie_gaat_verder_na_wie_de_vorige_kreeg_ook_als_die_nu_niet_kan() -> None:
    ronde = {"a": 1, "b": 1, "c": 1}
    assert verdeel(V.ROTATIE, ronde, ["a", "b", "c"], Verdeelstand(laatste="b")).partner == "c"
    assert verdeel(V.ROTATIE, ronde, ["a", "c"], Verdeelstand(laatste="b")).partner == "c"
    assert verdeel(V.ROTATIE, ronde, ["a", "b"], Verdeelstand(laatste="b")).partner == "a"
    assert verdeel(V.ROTATIE, ronde, ["a", "b", "c"], Verdeelstand({"a": 2, "b": 1, "c": 1})).partner == "b"


@pytest.mark.parametrize(
    ("per", "op", "van", "tot"),
    [
        pytest.param("maand", "2024-02-10", "2024-02-01", "2024-02-29", id="schrikkelmaand"),
        pytest.param("kwartaal", "2026-12-31", "2026-10-01", "2026-12-31", id="laatste-kwartaal"),
        pytest.param("kwartaal", "2026-01-01", "2026-01-01", "2026-03-31", id="eerste-kwartaal"),
        pytest.param("jaar", "2026-07-01", "2026-01-01", "2026-12-31", id="jaar"),
    ],
)
def test_het_tijdvak_is_de_kalenderperiode_waarin_de_dag_valt(per: str, op: str, van: str, tot: str) -> None:
    tijdvak = tijdvak_van(Tijdvak(per), dag(op))
    assert (tijdvak.van, tijdvak.tot) == (dag(van), dag(tot))


def test_in_totaal_telt_elke_dag_mee() -> None:
    assert tijdvak_van(Tijdvak.TOTAAL, DAG).bevat(date(1990, 1, 1))


def test_vol_zegt_hoe_vol() -> None:
    capaciteit = Capaciteit(aantal=2, per=Tijdvak.KWARTAAL)
    assert vol(capaciteit, 1) == ""
    assert vol(capaciteit, 2) == "is vol: 2 van 2 plaatsen per kwartaal"
    assert vol(Capaciteit(aantal=0, per=Tijdvak.TOTAAL), 0) == "is vol: 0 van 0 plaatsen in totaal"
    assert vol(None, 99) == ""
    assert vol(capaciteit, None) == ""


# ---- in een afspraak ----


def scholen(vorm: str = "gewichten", **anders: object) -> Regio:
    """Drie scholen; `klein` heeft twee plaatsen, `reserve` staat als vervanger klaar."""
    verdeling = {"vorm": vorm, "partners": {"groot": 3, "klein": 2, "midden": 1}}
    return regio(
        afspraak("les", "aanmelding", verdeling=verdeling, rol="aanbieder", fallback=["reserve"], **anders),
        partners=[
            partner("groot"),
            partner("klein", capaciteit={"aantal": 2, "per": "kwartaal"}),
            partner("midden"),
            partner("reserve"),
        ],
    )


def bij(verdeeld: dict[str, int], **anders: object) -> Situatie:
    return Situatie(stand=Verdeelstand(verdeeld, **anders))  # type: ignore[arg-type]


def test_een_volle_partner_doet_niet_mee_en_het_antwoord_zegt_waarom() -> None:
    antwoord = toegewezen(scholen(), situatie=bij({"groot": 5, "klein": 2, "midden": 1}))
    assert antwoord.uitvoerder == "midden"
    assert redenen(antwoord) == {
        "klein": "is vol: 2 van 2 plaatsen per kwartaal",
        "groot": "is volgens de verdeling niet aan de beurt",
        "reserve": "alleen als midden niet kan (plaats 4 in de afspraak)",
    }
    assert "volgens de gewichten groot 3 en midden 1 (al verdeeld: groot 5, midden 1)" in antwoord.waarom


def test_de_capaciteit_telt_in_haar_eigen_tijdvak_en_niet_in_dat_van_de_verdeling() -> None:
    over_het_jaar = {"groot": 3, "klein": 1, "midden": 1}
    assert toegewezen(scholen(), situatie=bij(over_het_jaar)).uitvoerder == "klein"
    vol_dit_kwartaal = bij(over_het_jaar, bezet={"klein": 2})
    assert toegewezen(scholen(), situatie=vol_dit_kwartaal).uitvoerder != "klein"


def test_zonder_telling_speelt_capaciteit_niet() -> None:
    assert toegewezen(scholen("rangorde")).uitvoerder == "midden"


def test_is_de_afspraak_zelf_vol_dan_komt_de_vervanger() -> None:
    klein_perceel = scholen(capaciteit={"aantal": 10, "per": "jaar"})
    assert toegewezen(klein_perceel, situatie=bij({}, van_afspraak=9)).uitvoerder == "groot"
    antwoord = toegewezen(klein_perceel, situatie=bij({}, van_afspraak=10))
    assert antwoord.uitvoerder == "reserve"
    assert "omdat groot en klein en midden niet kunnen" in antwoord.waarom


def test_bij_keuze_vraagt_het_antwoord_om_de_keuze_van_de_persoon() -> None:
    antwoord = gat(scholen("keuze"), uitgesloten_partners=["klein"])
    assert antwoord.opties == (Optie(partner="groot", afspraak="les"), Optie(partner="midden", afspraak="les"))
    assert antwoord.escalatie == (Rol.KLANTMANAGER,)
    assert antwoord.waarom == "Afspraak les: de persoon kiest zelf uit groot en midden; vraag het en leg de keuze vast."


def test_een_gemaakte_keuze_telt_en_een_keuze_voor_wie_niet_kan_niet() -> None:
    gekozen = toegewezen(scholen("keuze"), situatie=Situatie(keuze="midden"))
    assert gekozen.uitvoerder == "midden"
    assert "omdat de persoon dat koos" in gekozen.waarom
    assert gat(scholen("keuze"), uitgesloten_partners=["klein"], situatie=Situatie(keuze="klein")).opties


def test_een_aanbieder_die_past_bij_plaats_en_tijd_gaat_voor() -> None:
    """Werktijden en locatie zijn wensen over de aanbieder; wie niets opgaf, past."""
    avond = regio(
        afspraak(
            "les", "aanmelding", rol="aanbieder", verdeling={"partners": {"overdag": 9, "avond": 1}},
            wensen=[{"soort": "werktijden"}, {"soort": "locatie"}],
        ),
        partners=[partner("overdag", lestijden=["ochtend", "middag"]), partner("avond", lestijden=["avond"])],
    )  # fmt: skip
    werkt_overdag = Situatie(wensen=(Uitgesproken(Wenssoort.WERKTIJDEN, "avond", DAG),))
    antwoord = toegewezen(avond, situatie=werkt_overdag)
    assert antwoord.uitvoerder == "avond"
    assert redenen(antwoord)["overdag"] == "past niet bij de wens werktijden avond"
    weekend = Situatie(wensen=(Uitgesproken(Wenssoort.WERKTIJDEN, "weekend", DAG),))
    niemand = toegewezen(avond, situatie=weekend)
    assert niemand.uitvoerder == "overdag"
    assert "hoewel geen partner past bij de wens werktijden weekend" in niemand.waarom
