"""Rijen 4, 7, 8, 17, 18, 22 en 25 van de wet: besluiten, bezwaar en wat een maatregel hoogstens kan zijn.

Elk tarief en elk maximum staat hier als getal, met de hand uit de wet overgeschreven.
"""

from datetime import date, timedelta
from typing import Any

from domein.begrippen import Verwijtbaarheid
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import besluiten
from domein.handelingen.kern import kader
from domein.regeling.gronden import gronden_voor
from domein.regels.bezwaartermijn import beroepstermijn, beslistermijn
from domein.regels.tarief import Tarief, duotarieven, tarief, verjaard_op
from tests.hulp.invullen import ingevuld
from tests.integratie.wet.wetleven import GEMEENTE, MANDAAT, Wetleven, dag
from tests.unit.kernbouw import Dossier
from tests.unit.plannen import na_pip, uren

OPSTELLER = Actor("m-jdb")
COORDINATOR = Actor("m-reg")
PIP = {"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}
OPZET, GROF = Verwijtbaarheid.OPZET, Verwijtbaarheid.GROVE_SCHULD
NORMAAL, MINDER, GEEN = Verwijtbaarheid.NORMAAL, Verwijtbaarheid.VERMINDERD, Verwijtbaarheid.GEEN


# --- besluiten: een PIP, een wijziging, afschalen


def _neem(leven: Wetleven, stap: str, velden: dict[str, Any], op: str) -> None:
    """Concept, alle gronden, een motivering en een handtekening; wat hier wordt geweigerd, is een afwijking."""
    if dag(op) > leven.omgeving.klok.vandaag():
        leven.op(dag(op))
    try:
        _stappen(leven, stap, velden)
    except RegieFout as fout:
        raise AssertionError(f"onverwacht geweigerd: {fout.melding}") from fout


def _stappen(leven: Wetleven, stap: str, velden: dict[str, Any]) -> None:
    hier = (leven.omgeving, leven.dossier_id)
    besluiten.maak_concept(*hier, stap, "pip_vastgesteld", velden, OPSTELLER)
    stand = leven.stand()
    nummer = max(stand.besluiten)
    for grond in gronden_voor(stand.besluiten[nummer].soort, asiel=stand.is_asiel):
        besluiten.leg_grond_vast(*hier, nummer, grond.code, "onderzocht", "Onderzocht en besproken.", OPSTELLER)
    with leven.omgeving.magazijn.ruimte() as ruimte:
        tekst = ruimte.besluittekst(leven.dossier_id, nummer, 1)
    besluiten.schrijf_tekst(*hier, nummer, ingevuld(tekst, "Dit past het best."), OPSTELLER)
    besluiten.onderteken(*hier, nummer, MANDAAT)


def rij_07_besluit(leven: Wetleven) -> None:
    """Een PIP uit een concept telt als elk PIP: binnen tien weken, met de onderwijsroute onderzocht (art. 15 Wi)."""
    leven.begin().intake("2026-01-21", verzonden="2026-01-07")
    _neem(leven, "pip/vaststellen/1", PIP, "2026-03-16")
    assert "onderwijsroute" in leven.stand().besluiten[1].gronden
    leven.eis_termijn("pip", "2026-01-05", "2026-03-16", "2026-03-16", "artikel 5.3")
    assert leven.plan().termijn("bezwaar") is None, "niet bekendgemaakt is geen termijn (6:8 Awb)"
    leven.feit("besluit_bekendgemaakt", "2026-03-18", door=COORDINATOR, nummer=1, wijze="post", bewijs="POST-1")
    leven.eis_termijn("bezwaar", "2026-03-18", "2026-04-29", "2026-04-29", "6:7 en 6:8")


def rij_17_besluit(leven: Wetleven) -> None:
    """Een andere leerroute kan als besluit tot en met de laatste dag van anderhalf jaar (art. 17 lid 2 Wi)."""
    leven.begin().met_pip()
    leven.feit("pip_voorstel", "2027-08-02", voorstel="leerroute", naar="z", onderwijsroute_onderzocht=True)
    leven.eis_termijn("leerroute-wijzigen", "2026-02-25", "2027-08-25", "2027-08-25", "artikel 17 Wet")
    _neem(leven, "pip/leerroute/1", PIP | {"leerroute": "z"}, "2027-08-25")
    assert leven.stand().leerroute.value == "z"
    assert leven.stand().pips[-1].grond == "leerroute"


def rij_18_besluit(leven: Wetleven) -> None:
    """Afschalen na 600 uur, als besluit (art. 17 lid 3 Wi, art. 5.5 Bi)."""
    leven.begin().met_pip().les().uren("2026-10-31", 600, van="2026-03-30")
    leven.feit("pip_voorstel", "2026-11-02", voorstel="afschalen", onderdelen=["lezen"], inspanning_voldoende=True)
    _neem(leven, "pip/afschalen/1", PIP, "2026-11-09")
    assert [o.value for o in leven.stand().pips[-1].a2_onderdelen] == ["lezen"]
    assert leven.stand().pips[-1].grond == "afschalen"


# --- bezwaar en beroep


def _bezwaar(op: str = "2026-03-18", **anders: Any) -> Dossier:
    return na_pip().feit("bezwaar_ingediend", op, nummer=1, tegen="pip", van=1, **anders)


def _einde(d: Dossier) -> date:
    termijn = beslistermijn(d.stand, d.stand.bezwaren[1], kader())
    assert termijn is not None
    assert "7:10 Algemene wet bestuursrecht" in termijn.artikel
    return termijn.einde


def rij_08_beslissen(_leven: Wetleven) -> None:
    """Zes weken, vanaf de dag na de laatste dag om bezwaar te maken (art. 7:10 lid 1 Awb)."""
    assert _einde(_bezwaar()) == dag("2026-05-20")
    assert _einde(_bezwaar("2026-04-08")) == dag("2026-05-20"), "de dag van indienen maakt niet uit"


def rij_08_beslissen_met_commissie(_leven: Wetleven) -> None:
    assert _einde(_bezwaar(commissie=True)) == dag("2026-07-01")


def rij_08_verdagen(_leven: Wetleven) -> None:
    """Hoogstens zes weken, één keer (art. 7:10 lid 3 Awb)."""
    assert _einde(_bezwaar().feit("bezwaar_verdaagd", "2026-05-04", nummer=1)) == dag("2026-07-01")


def rij_08_beroep(_leven: Wetleven) -> None:
    d = _bezwaar().feit(
        "besluit_concept", "2026-04-01", nummer=1, besluitsoort="beslissing_op_bezwaar", voor="bezwaar/beslissen/1",
        uitkomst="bezwaar_beslist",
    )  # fmt: skip
    d.feit("bezwaar_beslist", "2026-04-15", nummer=1, uitkomst="ongegrond", mandaathouder="m", besluit=1)
    d.feit("besluit_bekendgemaakt", "2026-04-17", nummer=1, wijze="post", bewijs="P")
    termijn = beroepstermijn(d.stand, d.stand.bezwaren[1], kader())
    assert termijn is not None
    assert termijn.einde == dag("2026-05-29")


def rij_08_herroepen(leven: Wetleven) -> None:
    """Een herroepen PIP en een nieuw: de termijn blijft drie jaar na de eerste dagtekening (art. 11 lid 3 Wi)."""
    leven.begin().met_pip()
    leven.feit("bezwaar_ingediend", "2026-03-18", door=GEMEENTE, tegen="pip", van=1)
    leven.feit("pip_vastgesteld", "2026-05-04", door=MANDAAT, grond="herziening", bekendgemaakt_op="2026-05-04", **PIP)
    leven.eis_termijn("inburgeringstermijn", "2026-02-25", "2029-02-25", "2029-02-25", "artikel 11 Wet")


# --- tarieven en maxima


def _tarief(d: Dossier, verwijt: Verwijtbaarheid, op: str = "2027-06-01", gedraging: str = "traject") -> Tarief:
    d.feit("maatregel_overwogen", op, nummer=1, gedraging=gedraging, gedraging_op=op)
    stand = d.stand
    return tarief(stand, stand.maatregelen[1], verwijt, kader())


def _eerder(aantal: int, bedrag: int = 0, *, d: Dossier | None = None, tot: str = "2027-06-01") -> Dossier:
    """Zoveel boetes hiervoor, elk onherroepelijk tien dagen na de gedraging, een maand na elkaar."""
    d = d or na_pip(doelgroep="gezinsmigrant")
    for n in range(aantal):
        gedraging = dag(tot) - timedelta(days=30 * (aantal - n))
        d.feit(
            "boete_elders", str(gedraging), gemeente="GM0363", gedraging="traject", gedraging_op=gedraging,
            bedrag=bedrag, onherroepelijk_op=gedraging + timedelta(days=10), bewijs=f"B-{n}",
        )  # fmt: skip
    return d


def rij_04_boete(_leven: Wetleven) -> None:
    """Intake: € 250, en opnieuw € 250 na de nieuwe termijn; samen met de rest hoogstens € 2.400 (art. 22, 27 Wi)."""
    een = _tarief(na_pip(), NORMAAL, gedraging="intake")
    assert (een.bedrag, een.plafond, een.geen) == (250, 2400, "")
    assert "artikel 22 Wet inburgering 2021; artikel 7.1 Besluit inburgering" in een.artikel
    assert _tarief(_eerder(3), NORMAAL, gedraging="intake").bedrag == 250, "een herhaling verhoogt haar niet"
    assert _tarief(_eerder(1, 2300), NORMAAL, gedraging="intake").bedrag == 100


def rij_22_tarief(_leven: Wetleven) -> None:
    """€ 50, elke herhaling het dubbele, hoogstens € 800 (art. 23 Wi, art. 7.1 Bi)."""
    bedragen = {keren: _tarief(_eerder(keren), OPZET).bedrag for keren in range(7)}
    assert bedragen == {0: 50, 1: 100, 2: 200, 3: 400, 4: 800, 5: 800, 6: 800}
    een = _tarief(_eerder(1), OPZET)
    assert een.herhalingen == 1
    assert "artikelen 22 en 23 Wet inburgering 2021; artikel 7.1 Besluit inburgering" in een.artikel


def rij_22_verwijtbaarheid(_leven: Wetleven) -> None:
    """Opzet 100 %, grove schuld 75 %, normaal 50 %, verminderd 25 % (art. 7.1 Bi); zonder verwijt niets."""
    bedragen = {verwijt: _tarief(_eerder(1), verwijt).bedrag for verwijt in Verwijtbaarheid}
    assert bedragen == {OPZET: 100, GROF: 75, NORMAAL: 50, MINDER: 25, GEEN: 0}


def rij_22_herhaling(_leven: Wetleven) -> None:
    """Binnen twaalf maanden nadat de vorige boete onherroepelijk werd (art. 7.1 Bi)."""

    def keren(op: str, vast: str | None = "2026-07-13") -> int:
        d = na_pip(doelgroep="gezinsmigrant").feit(
            "boete_elders", "2026-05-01", gemeente="GM0363", gedraging="traject", gedraging_op="2026-05-01", bedrag=25,
            onherroepelijk_op=vast, bewijs="B-1",
        )  # fmt: skip
        return _tarief(d, OPZET, op).herhalingen

    assert keren("2026-07-13") == 0, "op die dag was zij nog niet onherroepelijk"
    assert keren("2026-07-14") == 1
    assert keren("2027-07-13") == 1
    assert keren("2027-07-14") == 0
    assert keren("2026-08-01", None) == 0, "nog niet onherroepelijk telt niet als herhaling"


def rij_22_maximum(_leven: Wetleven) -> None:
    """Artikel 22 en 23 samen hoogstens € 2.400 in de (verlengde) termijn (art. 27 Wi)."""
    assert _tarief(_eerder(3, 790), OPZET).bedrag == 30
    op = _tarief(_eerder(3, 800), OPZET)
    assert (op.bedrag, op.al_opgelegd, op.plafond) == (0, 2400, 2400)
    assert "artikel 27 Wi" in op.geen
    verlengd = _eerder(3, 790).feit("verlengd", "2027-05-01", nieuwe_einddatum="2029-08-25")
    assert _tarief(verlengd, OPZET).bedrag == 30, "een verlenging geeft geen nieuw maximum"


def rij_22_maximum_in_een_nieuwe_termijn(_leven: Wetleven) -> None:
    """In een nieuwe termijn van 6, 12, 18 of 24 maanden hoogstens € 400, 800, 1.200 of 1.600 (art. 27 Wi)."""
    for tot, hoogstens in (("2029-09-05", 400), ("2030-03-05", 800), ("2030-09-05", 1200), ("2031-03-05", 1600)):
        d = na_pip(doelgroep="gezinsmigrant").feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot=tot)
        een = _tarief(d, OPZET, "2029-06-01")
        assert (een.plafond, een.bedrag) == (hoogstens, 50), tot
    d = _eerder(3, 800, d=na_pip(doelgroep="gezinsmigrant"), tot="2028-06-01")
    d.feit("termijn_overschreden", "2029-03-05", nieuwe_termijn_tot="2029-09-05")
    assert _tarief(d, OPZET, "2029-08-01").al_opgelegd == 0, "wat vóór de nieuwe termijn was, telt daar niet mee"


def rij_22_verjaring(_leven: Wetleven) -> None:
    """Drie jaar na de gedraging bij de intake, vijf in het traject, want daar kan meer dan € 340 (art. 5:45 Awb)."""

    def verjaard(gedraging: str, op: str) -> str:
        d = na_pip().feit("maatregel_overwogen", op, nummer=1, gedraging=gedraging, gedraging_op=op)
        return str(verjaard_op(d.stand.maatregelen[1], kader()))

    assert verjaard("intake", "2026-03-18") == "2029-03-19", "op 18 maart 2029 kan het nog"
    assert verjaard("traject", "2026-06-01") == "2031-06-02"
    assert verjaard("traject", "2028-02-29") == "2033-03-01", "29 februari is er in 2033 niet"


def rij_22_bijstand(_leven: Wetleven) -> None:
    """Geen boete als de bijstand voor dezelfde gedraging is verlaagd (art. 27 Wi)."""
    d = na_pip().feit("bijstand_verlaagd", "2027-06-15", gedraging_op="2027-06-01", bewijs="PW-1")
    een = _tarief(d, OPZET)
    assert een.bedrag == 0
    assert "al verlaagd" in een.geen


# --- wat DUO na overschrijding hoogstens kan opleggen


def _duo(d: Dossier) -> dict[str, int]:
    return {een.wat: een.bedrag for een in duotarieven(d.stand, dag("2029-04-04"), kader())}


def _z(les: int, participatie: int, doelgroep: str) -> int:
    d = na_pip(leerroute="z", doelgroep=doelgroep)
    if les:
        uren(d, "2027-06-01", les)
    if participatie:
        uren(d, "2027-06-02", participatie, "participatie")
    return _duo(d)["Z-route niet gehaald"]


def rij_25_boete_z_asiel(_leven: Wetleven) -> None:
    """Bijlage 6 Ri: uren les (rijen) tegen participatie (kolommen)."""
    tabel = [[_z(les, deel, "asielstatushouder") for deel in (299, 300, 600)] for les in (299, 300, 600)]
    assert tabel == [[1000, 800, 400], [800, 640, 320], [600, 450, 225]]


def rij_25_boete_z_gezin(_leven: Wetleven) -> None:
    bedragen = {les: _z(les, 0, "gezinsmigrant") for les in (0, 299, 300, 599, 600)}
    assert bedragen == {0: 1000, 299: 1000, 300: 800, 599: 800, 600: 400}


def rij_25_boete_andere_routes(_leven: Wetleven) -> None:
    """Van B1-route en onderwijsroute is alleen het maximum bekend (juridische vraag 21)."""
    assert _duo(na_pip())["Leerroute niet gehaald (hoogstens)"] == 1000


def rij_25_boete_pvt_en_map(_leven: Wetleven) -> None:
    """PVT en MAP elk € 340 (art. 7.4 Ri); de onderwijsroute kent geen MAP."""
    beide = _duo(na_pip())
    assert (beide["PVT niet voltooid"], beide["MAP niet voltooid"]) == (340, 340)
    assert "MAP niet voltooid" not in _duo(na_pip(leerroute="onderwijs"))
    gedaan = na_pip().feit("pvt_voltooid", "2026-09-15", "pvt/1").feit("map_voltooid", "2027-05-03", praktijkuren=48)
    assert set(_duo(gedaan)) == {"Leerroute niet gehaald (hoogstens)"}
