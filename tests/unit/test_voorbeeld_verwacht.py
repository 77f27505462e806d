"""De verwachtingen van het voorbeeld, nagerekend uit de antwoorden en de feiten.

Met een eigen kleine kalender: deze test gebruikt de regels van het domein met opzet niet.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest

from tests.unit.voorbeeldboek import (
    ALLEN,
    GEMEENTEN,
    KENNISGEVINGEN,
    KOPPELINGEN,
    LEVENSLOPEN,
    VERWACHT,
    dag_of_leeg,
    geldt_op,
    is_asiel,
    of_daarna,
    plus_maanden,
    soort_van,
    uit,
)

GEWIST: Final = [k for k in ALLEN if VERWACHT[k]["gewist"] == "ja"]
IEDER: Final = pytest.mark.parametrize("kenmerk", [k for k in ALLEN if k not in GEWIST])
WEKEN_PIP: Final = timedelta(weeks=10)
PVT_UREN: Final = 12
EINDEN: Final = ("voldaan", "vrijgesteld", "ontheven", "termijn_overschreden", "plicht_beeindigd", "verhuisd")


def kennisgeving_op(kenmerk: str) -> date:
    """De dag van de kennisgeving volgens de hoogste versie, wanneer die ook binnenkwam."""
    versies = {1: date.fromisoformat(KENNISGEVINGEN[kenmerk]["kennisgeving_op"])}
    for feit in LEVENSLOPEN[kenmerk]["feiten"]:
        if feit["soort"] == "kennisgeving" and "versie" in feit:
            versies[feit["versie"]] = feit["gegevens"]["kennisgeving_op"]
    return versies[max(versies)]


def pips(kenmerk: str) -> list[tuple[date, str, str]]:
    """Elk PIP: dagtekening, reden en leerroute."""
    rij = KENNISGEVINGEN[kenmerk]
    alle: list[tuple[date, str, str]] = []
    if rij["eerste_pip_op"]:
        alle.append((date.fromisoformat(rij["eerste_pip_op"]), "elders", rij["eerste_pip_leerroute"]))
    for pip in uit(kenmerk, "pip_vastgesteld"):
        reden: str = pip["stap"].split("/")[1]
        grond = {"vaststellen": "eerste", "herzien": "herziening"}.get(reden, reden)
        alle.append((geldt_op(pip), grond, pip["gegevens"]["leerroute"]))
    return alle


def einde(kenmerk: str) -> tuple[str, date]:
    """Het ene feit of antwoord dat het traject beëindigt."""
    gevonden: list[tuple[str, date]] = []
    for regel in uit(
        kenmerk, "voldaan", "vrijgesteld", "ontheven", "termijn_overschreden", "plicht_beeindigd", "verhuisd"
    ):
        gegevens, dag, soort = regel["gegevens"], geldt_op(regel), soort_van(regel)
        if soort == "plicht_beeindigd":
            bij_stap = {"registratie/aow/1": "aow", "registratie/verblijfsgat/1": "verblijfsrecht"}
            gevonden.append((gegevens.get("grond") or bij_stap[regel["stap"]], dag))
        elif soort == "verhuisd":
            gevonden += [("verhuisd", dag)] if gegevens["naar"] not in GEMEENTEN else []
        elif not gegevens.get("onderdelen") and "nieuwe_termijn_tot" not in gegevens:
            gevonden.append((soort, dag))
    (enige,) = gevonden
    return enige


@IEDER
def test_de_wettelijke_dag_van_het_pip_is_nagerekend(kenmerk: str) -> None:
    verwacht = VERWACHT[kenmerk]
    if KENNISGEVINGEN[kenmerk]["eerste_pip_op"]:
        assert (verwacht["wettelijke_pip_datum"], verwacht["pip_op_tijd"]) == ("", "")
        return
    brp = [geldt_op(feit) for feit in uit(kenmerk, "brp_ingeschreven")]
    laatste = of_daarna(max([kennisgeving_op(kenmerk), *brp]) + WEKEN_PIP)
    for ontvangen in uit(kenmerk, "derde_ontvangen"):  # art. 5.3 lid 2 Bi
        laatste = max(laatste, of_daarna(geldt_op(ontvangen) + timedelta(weeks=2)))
    assert verwacht["wettelijke_pip_datum"] == laatste.isoformat()
    pip = dag_of_leeg(verwacht["pip_dagtekening"])
    assert verwacht["pip_op_tijd"] == ("" if pip is None else "ja" if pip <= laatste else "nee")


@IEDER
def test_het_einde_van_de_termijn_is_nagerekend(kenmerk: str) -> None:
    pip = dag_of_leeg(VERWACHT[kenmerk]["pip_dagtekening"])
    laatste = pip.replace(year=pip.year + 3) if pip else None
    for feit in uit(kenmerk, "verlengd", "termijn_overschreden"):
        laatste = feit["gegevens"].get("nieuwe_einddatum") or feit["gegevens"].get("nieuwe_termijn_tot") or laatste
    gaten = zip(uit(kenmerk, "verblijf_onderbroken"), uit(kenmerk, "verblijf_hervat"), strict=False)
    for van, tot in gaten:  # art. 4.2 Bi
        assert laatste is not None
        laatste += geldt_op(tot) - geldt_op(van)
    assert dag_of_leeg(VERWACHT[kenmerk]["einde_termijn"]) == laatste


@IEDER
def test_de_verwachting_past_bij_de_antwoorden(kenmerk: str) -> None:
    verwacht, alle = VERWACHT[kenmerk], pips(kenmerk)
    assert verwacht["pip_dagtekening"] == (alle[0][0].isoformat() if alle else "")
    assert verwacht["leerroute"] == (alle[-1][2] if alle else "onbekend")
    assert verwacht["pips"] == " ".join(f"{reden}:{route}" for _, reden, route in alle)
    assert int(verwacht["oproepen"]) == len(uit(kenmerk, "oproep_verzonden"))
    assert int(verwacht["gesprekken"]) == len(uit(kenmerk, "gesprek_gevoerd"))
    meldingen = sorted(stap["stap"] for stap in uit(kenmerk, "duo_ingevoerd"))
    assert verwacht["duo_meldingen"].split() == meldingen
    grond, op = einde(kenmerk)
    assert (verwacht["einde"], verwacht["einde_op"]) == (grond, op.isoformat())
    assert len(verwacht["verloop"]) > 60


@IEDER
def test_de_uren_zijn_opgeteld(kenmerk: str) -> None:
    opgaven = [opgave["gegevens"] for opgave in uit(kenmerk, "uren_gemeld")]
    les = sum(o["gevolgd"] for o in opgaven if o.get("urensoort") != "participatie")
    assert int(VERWACHT[kenmerk]["cursusuren"]) == les
    if not (is_asiel(kenmerk) and VERWACHT[kenmerk]["leerroute"] == "z"):
        assert VERWACHT[kenmerk]["participatieuren"] == ""
        return
    # De uren van PVT en MAP tellen mee (art. 3.14 Bi).
    participatie = sum(o["gevolgd"] for o in opgaven if o.get("urensoort") == "participatie")
    participatie += PVT_UREN * len(uit(kenmerk, "pvt_voltooid"))
    participatie += sum(m["gegevens"]["praktijkuren"] for m in uit(kenmerk, "map_voltooid"))
    assert int(VERWACHT[kenmerk]["participatieuren"]) == participatie


@IEDER
def test_elke_opgave_gaat_over_een_eigen_tijd_die_voorbij_is(kenmerk: str) -> None:
    opgaven = uit(kenmerk, "uren_gemeld")
    assert all(o["gegevens"]["periode_van"] < o["gegevens"]["periode_tot"] <= geldt_op(o) for o in opgaven)
    for soort in ("cursus", "participatie"):
        van_soort = sorted(
            (o["gegevens"]["periode_van"], o["gegevens"]["periode_tot"])
            for o in opgaven if o["gegevens"].get("urensoort", "cursus") == soort
        )  # fmt: skip
        assert all(tot < van for (_, tot), (van, _) in pairwise(van_soort))


@IEDER
def test_verhuizen_en_ontzorgen_zijn_nagerekend(kenmerk: str) -> None:
    rij, verwacht = KENNISGEVINGEN[kenmerk], VERWACHT[kenmerk]
    verhuisd = uit(kenmerk, "verhuisd")
    van_buiten = bool(rij["vorige_gemeente"])
    assert int(verwacht["verhuizingen"]) == len(verhuisd) + van_buiten
    binnen = [feit for feit in verhuisd if feit["gegevens"]["naar"] in GEMEENTEN]
    assert verwacht["gemeente"] == (binnen[-1]["gegevens"]["naar"] if binnen else rij["gemeente"])
    # Na een verhuizing tien weken, zolang dit de gemeente is (art. 5.3 lid 3 Bi).
    komst = date.fromisoformat(rij["brp_inschrijving"]) if van_buiten else None
    moet = of_daarna(komst + WEKEN_PIP).isoformat() if komst and not verhuisd else ""
    assert verwacht["pip_na_verhuizing"] == moet
    bijstand = [geldt_op(feit) for feit in uit(kenmerk, "bijstand_toegekend")]
    ontzorgen = plus_maanden(bijstand[0], 6) - timedelta(days=1) if bijstand else None
    assert dag_of_leeg(verwacht["ontzorgen_tot"]) == ontzorgen
    vrij = {
        deel
        for besluit in uit(kenmerk, "ontheven", "vrijgesteld")
        for deel in besluit["gegevens"].get("onderdelen", ())
    }
    assert set(verwacht["vrij_van"].split()) == vrij


@pytest.mark.parametrize("kenmerk", [k for k in ALLEN if uit(k, "pip_vastgesteld") and uit(k, "verhuisd")])
def test_na_een_verhuizing_binnen_de_regio_komt_het_pip_binnen_tien_weken(kenmerk: str) -> None:
    for feit in uit(kenmerk, "verhuisd"):
        if feit["gegevens"]["naar"] in GEMEENTEN:
            nieuw = next(pip for pip in pips(kenmerk) if pip[1] == "verhuizing")
            assert geldt_op(feit) <= nieuw[0] <= of_daarna(geldt_op(feit) + WEKEN_PIP)
            assert nieuw[2] == pips(kenmerk)[0][2]  # dezelfde leerroute (art. 15 lid 4 Wi)


@IEDER
def test_wie_voldaan_is_heeft_alles_gedaan(kenmerk: str) -> None:
    verwacht = VERWACHT[kenmerk]
    for uitkomst in uit(kenmerk, "map_voltooid"):
        assert uitkomst["gegevens"]["praktijkuren"] >= 40  # art. 3.2 Bi
    if verwacht["einde"] != "voldaan":
        assert not uit(kenmerk, "certificaat_uitgereikt")
        return
    # Art. 6 en 8 lid 3 Wi: zonder PVT, en buiten de onderwijsroute zonder MAP, is niemand voldaan.
    assert uit(kenmerk, "pvt_voltooid")
    assert bool(uit(kenmerk, "map_voltooid")) == (verwacht["leerroute"] != "onderwijs")
    z_route = verwacht["leerroute"] == "z"
    assert bool(uit(kenmerk, "z_eindgesprek_gevoerd")) == bool(uit(kenmerk, "certificaat_uitgereikt")) == z_route
    if z_route:  # art. 3.14 Bi
        assert int(verwacht["cursusuren"]) >= 800
        vrij = not is_asiel(kenmerk) or "participatie" in verwacht["vrij_van"]
        assert vrij or int(verwacht["participatieuren"]) >= 800


@IEDER
def test_wie_niet_voldaan_is_in_de_z_route_had_de_uren_niet(kenmerk: str) -> None:
    verwacht = VERWACHT[kenmerk]
    if verwacht["leerroute"] == "z" and verwacht["einde"] == "termijn_overschreden":
        assert int(verwacht["cursusuren"]) < 800


def voorstellen(kenmerk: str) -> list[dict[str, Any]]:
    return [feit for feit in LEVENSLOPEN[kenmerk]["feiten"] if feit["soort"] == "pip_voorstel"]


@pytest.mark.parametrize("kenmerk", [k for k in ALLEN if voorstellen(k)])
def test_een_voorstel_wordt_alleen_geweigerd_waar_de_wet_dat_zegt(kenmerk: str) -> None:
    for voorstel in voorstellen(kenmerk):
        op, gegevens = voorstel["op"], voorstel["gegevens"]
        if gegevens["voorstel"] == "afschalen":  # art. 5.5 Bi
            les = sum(o["gegevens"]["gevolgd"] for o in uit(kenmerk, "uren_gemeld") if geldt_op(o) <= op)
            te_vroeg = les < 600
        else:  # art. 17 lid 2 Wi, art. 5.4 Bi
            nu = [route for dag, _, route in pips(kenmerk) if dag <= op][-1]
            te_vroeg = op > plus_maanden(pips(kenmerk)[0][0], 18) and (nu, gegevens["naar"]) != ("onderwijs", "b1")
        assert bool(voorstel.get("geweigerd")) == te_vroeg


@pytest.mark.parametrize("kenmerk", GEWIST)
def test_van_een_gewiste_persoon_blijft_alleen_het_einde_over(kenmerk: str) -> None:
    ingetrokken, gewist = uit(kenmerk, "kennisgeving_ingetrokken"), uit(kenmerk, "persoon_gewist")
    rest = {kolom: waarde for kolom, waarde in VERWACHT[kenmerk].items() if waarde}
    assert rest.pop("verloop")
    assert rest == {
        "kenmerk": kenmerk, "einde": "ingetrokken", "einde_op": geldt_op(ingetrokken[0]).isoformat(), "gewist": "ja",
    }  # fmt: skip
    assert geldt_op(gewist[0]) > geldt_op(ingetrokken[0])


@pytest.mark.parametrize("kenmerk", [k for k in ALLEN if "koppeling" in LEVENSLOPEN[k]])
def test_na_een_gewijzigde_koppeling_is_de_kennisgeving_voor_de_laatste_gemeente(kenmerk: str) -> None:
    gemeente = KOPPELINGEN[LEVENSLOPEN[kenmerk]["koppeling"]]["gemeente"]
    for feit in uit(kenmerk, "koppeling"):
        gemeente = feit["gegevens"]["gemeente"]
    assert KENNISGEVINGEN[kenmerk]["gemeente"] == gemeente
    overdrachten = len(uit(kenmerk, "warme_overdracht"))
    assert overdrachten == 1 + len(uit(kenmerk, "koppeling"))


@IEDER
def test_de_besluiten_zijn_nagerekend(kenmerk: str) -> None:
    """Elk getekend besluit met wie tekende; en wat er van bezwaar en maatregel werd."""
    feiten = LEVENSLOPEN[kenmerk]["feiten"]
    soorten = {
        "pip/vaststellen": "pip", "pip/herzien": "pip", "bezwaar/beslissen": "beslissing_op_bezwaar",
        "maatregel/besluit": "maatregel",
    }  # fmt: skip
    concepten = [f for f in feiten if f.get("handeling") == "concept"]
    tekens = [f for f in feiten if f.get("handeling") == "teken" and not f.get("geweigerd")]
    deel = [f"{soorten[concepten[t['nummer'] - 1]['voor'].rsplit('/', 1)[0]]}:{t['via']}" for t in tekens]
    for beslist in uit(kenmerk, "bezwaar_beslist"):
        deel.append(f"bezwaar:{beslist['gegevens']['uitkomst']}:herroepen")
    for besloten in uit(kenmerk, "maatregel_besloten"):
        inhoud = besloten["gegevens"]
        deel.append(f"maatregel:opgelegd:{inhoud['bedrag']}" if inhoud["opgelegd"] else "maatregel:niet-opgelegd")
    deel += ["maatregel:gestaakt"] * len(uit(kenmerk, "maatregel_gestaakt"))
    assert (VERWACHT[kenmerk]["besluiten"] or "") == " ".join(deel)
    # Wie het concept schreef tekende niet; wie het PIP tekende besliste niet op het bezwaar (art. 10:3 Awb).
    assert all(concepten[t["nummer"] - 1]["via"] != t["via"] for t in tekens)
    if uit(kenmerk, "bezwaar_beslist"):
        assert tekens[0]["via"] != tekens[1]["via"]
    if is_asiel(kenmerk):  # HvJ EU C-158/23
        assert not any(b["gegevens"]["opgelegd"] for b in uit(kenmerk, "maatregel_besloten"))
