"""Een voorbeeld van elke stap en elke termijn, voluit opgeschreven zoals een behandelaar haar leest.

Verandert een tekst of een dag met opzet, schrijf het bestand dan opnieuw en lees het verschil na:

    .venv/bin/python -m tests.unit.plannen > tests/unit/plannen.txt
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domein.regels.planvormen import GewensteStap
from domein.regels.termijnen import Termijn
from tests.unit.kernbouw import Dossier

GOUD = Path(__file__).with_suffix(".txt")


def leeg() -> Dossier:
    dossier = Dossier()
    dossier.gebeurtenissen.clear()
    return dossier


def na_pip(**anders: Any) -> Dossier:
    begin = {naam: anders.pop(naam) for naam in ("doelgroep", "ontzorgen", "nareiziger") if naam in anders}
    return Dossier(brp_inschrijving="2025-12-15", **begin).intake().pip(**anders)


def met_les(**anders: Any) -> Dossier:
    d = na_pip(**anders).feit("stap_geopend", "2026-02-26", "aanbieder/aanmelding/1", **WIE)
    d.feit("aanmelding_geaccepteerd", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, startdatum="2026-04-06")
    return d.feit("les_gestart", "2026-04-07", "aanbieder/start/1", nummer=1)


WIE = {"generatie": 1, "partner": "taalhuis-lingestroom", "medewerker": "m-mer"}


def uren(d: Dossier, op: str, gevolgd: int, soort: str = "cursus") -> Dossier:
    return d.feit(
        "uren_gemeld", op, urensoort=soort, periode_van="2026-04-06", periode_tot=op, gevolgd=gevolgd,
        geoorloofd_verzuim=4, ongeoorloofd_verzuim=2, bewijs="lijst-1",
    )  # fmt: skip


def drie_keer_gemist(*, verschoonbaar: bool = False) -> Dossier:
    d = Dossier().gemist(1, "2026-01-07", "2026-01-21").gemist(2, "2026-01-22", "2026-02-05")
    return d.gemist(3, "2026-02-06", "2026-02-20", verschoonbaar=verschoonbaar)


def aanvragen(d: Dossier) -> Dossier:
    d.feit("duo_aanvraag", "2026-06-01", nummer=1, aanvraag="ontheffing", grond="bijzonder")
    d.feit("duo_aanvraag", "2026-06-02", nummer=2, aanvraag="vrijstelling")
    return d.feit("duo_aanvraag", "2026-06-03", nummer=3, aanvraag="verlenging", grond="ziekte")


def controles(d: Dossier) -> Dossier:
    aanleidingen = ("termijn_voorbij", "tweede_antwoord", "verzet_strijdig", "run_geannuleerd", "verhuizing_huishouden")
    for nummer, aanleiding in enumerate(aanleidingen, start=1):
        d.feit("controle_gevraagd", "2026-05-14", nummer=nummer, aanleiding=aanleiding, betreft=f"zaak {nummer}")
    return d


def verhuisd(d: Dossier, *daarna: str, **anders: Any) -> Dossier:
    d.feit("verhuisd", "2026-09-01", nummer=1, **({"naar": "GM1978", "van": "GM0512"} | anders))
    for soort in daarna:
        d.feit(soort, "2026-09-07", nummer=1)
    return d


def pauze(grond: str, tot: str | None = None) -> Dossier:
    return na_pip().feit("gepauzeerd", "2026-08-03", nummer=1, grond=grond, verwacht_tot=tot)


def einde(soort: str, op: str = "2028-06-21", **gegevens: Any) -> Dossier:
    return na_pip().feit(soort, op, **gegevens)


def z_klaar() -> Dossier:
    d = uren(uren(met_les(leerroute="z"), "2027-06-01", 800), "2027-09-01", 760, "participatie")
    return d.feit("pvt_voltooid", "2026-09-15", "pvt/1").feit("map_voltooid", "2027-05-03", "map/1", praktijkuren=48)


def gemeld(d: Dossier, inhoud: str) -> Dossier:
    kenmerk = "duo/leerroute/1"
    return d.feit("duo_ingevoerd", "2026-02-27", kenmerk, melding=kenmerk, referentie="PI-1", inhoud=inhoud)


HASH = "0" * 64


def concept(d: Dossier) -> Dossier:
    d.feit(
        "besluit_concept", "2026-02-20", nummer=1, besluitsoort="pip", voor="pip/vaststellen/1",
        uitkomst="pip_vastgesteld", velden={"leerroute": "b1"},
    )  # fmt: skip
    d.feit("besluit_grond", "2026-02-21", nummer=1, grond="intake", oordeel="onderzocht", toelichting="Gedaan.")
    d.feit("besluit_advies", "2026-02-21", nummer=1, strekking="positief", toelichting="Past goed.")
    return d.feit("besluit_tekst", "2026-02-22", nummer=1, versie=1, hash=HASH)


def getekend(d: Dossier | None = None) -> Dossier:
    d = concept(d or Dossier(brp_inschrijving="2025-12-15").intake())
    d.feit(
        "besluit_ondertekend", "2026-02-25", nummer=1, mandaathouder="m-gor", mandaat="gor-besluit",
        grondslag="Mandaatbesluit", orgaan="college van Gorinchem", versie=2, hash=HASH,
    )  # fmt: skip
    return d.feit(
        "pip_vastgesteld", "2026-02-25", "pip/vaststellen/1", besluit=1, leerroute="b1", aantal_gesprekken=4,
        interval_maanden=6, mandaathouder="m-gor",
    )  # fmt: skip


def bekend(d: Dossier, op: str = "2026-02-27") -> Dossier:
    return d.feit("besluit_bekendgemaakt", op, nummer=1, wijze="post", bewijs="POST-1")


def bezwaar(op: str = "2026-03-18", **anders: Any) -> Dossier:
    return na_pip().feit("bezwaar_ingediend", op, **({"nummer": 1, "tegen": "pip", "van": 1} | anders))


def beslist(herroept: bool = True) -> Dossier:
    d = bezwaar().feit("bezwaar_gehoord", "2026-04-01", "bezwaar/horen/1", nummer=1, wijze="gehoord")
    d.feit(
        "besluit_concept", "2026-04-02", nummer=1, besluitsoort="beslissing_op_bezwaar", voor="bezwaar/beslissen/1",
        uitkomst="bezwaar_beslist",
    )  # fmt: skip
    d.feit(
        "bezwaar_beslist", "2026-04-15", "bezwaar/beslissen/1", nummer=1, uitkomst="gegrond", herroept=herroept,
        mandaathouder="m-jur", besluit=1,
    )  # fmt: skip
    return d


def te_laat_beslist(*, in_gebreke: str = "2026-06-01") -> Dossier:
    """Er is na de beslistermijn (20 mei) nog niet op het bezwaar beslist."""
    return bezwaar().feit("in_gebreke_gesteld", in_gebreke, nummer=1, over="bezwaar", van=1)


def aanvraag() -> Dossier:
    return na_pip().feit("pip_voorstel", "2026-06-01", nummer=1, voorstel="leerroute", naar="z", aanvraag=True)


def opgeschort(d: Dossier, over: str, op: str, tot: str, grond: str = "aanvullen") -> Dossier:
    nummer = max(d.stand.opschortingen, default=0) + 1
    return d.feit("beslistermijn_opgeschort", op, nummer=nummer, over=over, van=1, grond=grond, tot=tot)


def uitspraak(**uitkomst: Any) -> Dossier:
    d = bekend(beslist(herroept=False), "2026-04-17").feit("beroep_ingesteld", "2026-05-04", nummer=1, bezwaar=1)
    return d.feit("beroep_beslist", "2026-11-02", nummer=1, **({"uitkomst": "gegrond"} | uitkomst))


def maatregel(*daarna: tuple[str, str, dict[str, Any]], doelgroep: str = "gezinsmigrant") -> Dossier:
    d = na_pip(doelgroep=doelgroep)
    d.feit("maatregel_overwogen", "2026-08-26", nummer=1, gedraging="traject", gedraging_op="2026-08-25")
    for soort, op, gegevens in daarna:
        d.feit(soort, op, nummer=1, **gegevens)
    return d


GEWAARSCHUWD = ("maatregel_gewaarschuwd", "2026-08-27", {"wijze": "brief"})
VOORNEMEN = ("maatregel_voornemen", "2026-09-07", {"zienswijze_tot": "2026-09-21"})
ZIENSWIJZE = ("maatregel_zienswijze", "2026-09-14", {"wijze": "mondeling"})
OPGELEGD = (
    "maatregel_besloten", "2026-09-28",
    {"opgelegd": True, "bedrag": 25, "verwijtbaarheid": "normaal", "redencode": "verwijtbaar", "mandaathouder": "m-gor",
     "besluit": 1},
)  # fmt: skip


def boete_bekend() -> Dossier:
    d = maatregel(GEWAARSCHUWD, VOORNEMEN, ZIENSWIJZE)
    d.feit(
        "besluit_concept", "2026-09-21", nummer=1, besluitsoort="maatregel", voor="maatregel/besluit/1",
        uitkomst="maatregel_besloten",
    )  # fmt: skip
    d.feit("maatregel_besloten", "2026-09-28", "maatregel/besluit/1", nummer=1, **OPGELEGD[2])
    return bekend(d, "2026-09-29")


VOORBEELDEN: dict[str, Dossier] = {
    "gekoppeld, in het azc": leeg().feit("koppeling", "2026-01-05", gemeente="GM0512", azc="azc-budel"),
    "gekoppeld, en navraag gedaan": leeg()
    .feit("koppeling", "2026-01-05", gemeente="GM0512")
    .feit("controle_afgehandeld", "2026-03-03", "registratie/kennisgeving/1", oordeelcode="klopt-zo"),
    "gekoppeld, dan de kennisgeving": leeg()
    .feit("koppeling", "2026-01-05", gemeente="GM0512")
    .feit("kennisgeving", "2026-02-02", gemeente="GM0512", doelgroep="asielstatushouder"),
    "nieuw": Dossier(),
    "nieuw, later ingeschreven": Dossier(brp_inschrijving="2026-02-02"),
    "opgeroepen": Dossier().feit(
        "oproep_verzonden", "2026-01-07", "intake/oproep/1", nummer=1, afspraak_op="2026-01-24"
    ),
    "een keer gemist": Dossier().gemist(1, "2026-01-07", "2026-01-21"),
    "een keer gemist, met reden": Dossier().gemist(1, "2026-01-07", "2026-01-21", verschoonbaar=True),
    "drie keer gemist": drie_keer_gemist(),
    "drie keer gemist, een keer met reden": drie_keer_gemist(verschoonbaar=True),
    "wacht op een derde": Dossier().intake().feit("derde_gevraagd", "2026-02-02", nummer=1, bij="ggd"),
    "derde heeft geantwoord": Dossier()
    .intake()
    .feit("derde_gevraagd", "2026-02-02", nummer=1, bij="ggd")
    .feit("derde_ontvangen", "2026-03-09", "pip/informatie/1", nummer=1),
    "na het pip": na_pip(),
    "na het pip, onderwijsroute naast werk": Dossier()
    .intake()
    .feit(
        "pip_vastgesteld", "2026-02-25", bekendgemaakt_op="2026-02-27", leerroute="onderwijs", aantal_gesprekken=1,
        interval_maanden=1, mandaathouder="m-gor", lestijd="avond", uren_per_week=12,
    ),
    "aanmelding geweigerd": na_pip().feit(
        "aanmelding_geweigerd", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, redencode="reistijd"
    ),
    "op de wachtlijst": na_pip().feit(
        "aanmelding_op_wachtlijst", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, herzien_op="2026-04-18"
    ),
    "aanmelding geaccepteerd": na_pip().feit(
        "aanmelding_geaccepteerd", "2026-03-04", "aanbieder/aanmelding/1", nummer=1, startdatum="2026-04-06"
    ),
    "les gestart": met_les(),
    "andere leerroute, oude lessen lopen nog": met_les().pip("2026-10-05", "z", 3, 12),
    "gezinsmigrant": na_pip(doelgroep="gezinsmigrant"),
    "gezinsmigrant, voortgang opgevraagd": na_pip(doelgroep="gezinsmigrant").feit(
        "voortgang_opgevraagd", "2026-09-01", nummer=1
    ),
    "z-route, uren gehaald": z_klaar(),
    "z-route, voldaan": z_klaar()
    .feit("z_eindgesprek_gevoerd", "2027-09-15", "eindgesprek/1")
    .feit("voldaan", "2027-10-01"),
    "bijstand": na_pip(ontzorgen=True).feit("bijstand_toegekend", "2026-03-02"),
    "begeleiding loopt": na_pip().feit("begeleiding_gestart", "2026-03-02", "begeleiding/start/1"),
    "voorstel voor een andere leerroute": na_pip().feit(
        "pip_voorstel", "2026-10-05", nummer=1, voorstel="leerroute", naar="z"
    ),
    "voorstel om af te schalen": uren(met_les(), "2027-06-01", 620).feit(
        "pip_voorstel", "2027-06-07", nummer=1, voorstel="afschalen", onderdelen=["lezen"], inspanning_voldoende=True
    ),
    "verhuisd in de regio": verhuisd(met_les()),
    "verhuisd in de regio, opgevraagd": verhuisd(met_les(), "dossier_opgevraagd"),
    "verhuisd in de regio, geleverd": verhuisd(met_les(), "dossier_opgevraagd", "dossier_geleverd"),
    "verhuisd uit de regio, opgevraagd": verhuisd(na_pip(), "dossier_opgevraagd", naar="GM0363", buiten_regio=True),
    "van buiten de regio gekomen": Dossier(
        brp_inschrijving="2026-01-05", vorige_gemeente="GM0363", eerste_pip_op="2025-03-03", eerste_pip_leerroute="z"
    ).feit("dossier_opgevraagd", "2026-01-12", "verhuizing/opvragen/1", nummer=1),
    "pauze wegens ziekte": pauze("ziekte"),
    "pauze wegens bevalling": pauze("bevalling", "2026-12-01"),
    "pauze voorbij": pauze("detentie").feit("hervat", "2026-12-14", "registratie/pauze/1/1", nummer=1),
    "gat in het verblijf": na_pip().feit("verblijf_onderbroken", "2026-08-03", nummer=1),
    "gat in het verblijf voorbij": na_pip()
    .feit("verblijf_onderbroken", "2026-08-03", nummer=1)
    .feit("verblijf_hervat", "2026-09-02", nummer=1),
    "bijna achttien, bijna aow": Dossier(maand_achttien="2026-03-01", maand_aow="2026-08-01"),
    "aanvragen bij duo": aanvragen(na_pip()),
    "examen gedaan": na_pip().feit("examen_gedaan", "2027-03-01", nummer=1, onderdeel="lezen"),
    "derde poging": na_pip()
    .feit("examen_gedaan", "2027-03-01", nummer=1, onderdeel="lezen")
    .feit("examen_uitslag", "2027-04-01", nummer=1, gehaald=False)
    .feit("examen_gedaan", "2027-05-03", nummer=2, onderdeel="lezen")
    .feit("examen_uitslag", "2027-06-01", nummer=2, gehaald=False)
    .feit("examen_gedaan", "2027-07-05", nummer=3, onderdeel="lezen"),
    "gemeld aan duo, niet bevestigd": gemeld(na_pip(), "b1"),
    "gemeld aan duo, klopt niet meer": gemeld(na_pip(), "z"),
    "pvt, map, opleiding en voortgang voor duo": uren(met_les(), "2026-10-01", 110)
    .feit("pvt_voltooid", "2026-09-15", "pvt/1")
    .feit("map_voltooid", "2027-05-03", "map/1", praktijkuren=48)
    .feit("opleiding_gemeld", "2027-06-01", opleiding="entree")
    .feit("duo_vraagt_voortgang", "2027-07-01", nummer=1),
    "tolk nodig": na_pip(aantal=1).feit("tolk_nodig", "2026-03-02", taal="ti"),
    "tolk geboekt, gesprek verschoven": na_pip(aantal=1)
    .feit("tolk_nodig", "2026-03-02", taal="ti")
    .feit(
        "tolk_geboekt", "2026-08-10", "tolk/boeken/1/voortgang/1", gesprek="voortgang/1", gesprek_op="2026-08-25"
    )
    .feit("stap_verzet", "2026-08-11", "voortgang/1", dag="2026-09-02"),
    "tolk geboekt, gesprek vervallen": na_pip(aantal=1)
    .feit(
        "tolk_geboekt", "2026-08-10", "tolk/boeken/1/voortgang/1", gesprek="voortgang/1", gesprek_op="2026-08-25"
    )
    .feit("stap_overgeslagen", "2026-08-11", "voortgang/1"),
    "gesprek gemist": na_pip(aantal=1).feit("gesprek_niet_verschenen", "2026-08-25", "voortgang/1", nummer=1),
    "vragen aan een mens": controles(na_pip()),
    "verzet voorbij de uiterste dag": na_pip().feit("stap_verzet", "2026-03-02", "pvt/1", dag="2029-03-05"),
    "overdracht aangeboden": na_pip().feit(
        "overdracht_aangeboden", "2026-05-04", nummer=1, naar_partner="avres", naar_medewerker="m-kos"
    ),
    "aanbieder weggevallen": met_les().feit(
        "aanbieder_uitgevallen", "2026-06-01", nummer=1, partner="taalhuis-lingestroom", redencode="gestopt"
    ),
    "termijn verlengd": na_pip().feit("verlengd", "2028-11-01", nieuwe_einddatum="2029-08-25"),
    "nieuwe termijn": na_pip().feit(
        "termijn_overschreden", "2029-03-05", "einde/termijn/1", nieuwe_termijn_tot="2030-03-05"
    ),
    "vrijgesteld van onderdelen": na_pip().feit("vrijgesteld", "2026-06-01", onderdelen=["map", "pvt"]),
    "voldaan": einde("voldaan"),
    "voldaan en dicht": einde("voldaan").feit("dossier_afgesloten", "2028-06-28", "einde/afsluiten/1"),
    "termijn overschreden": einde("termijn_overschreden", "2029-03-05"),
    "vrijgesteld": einde("vrijgesteld"),
    "ontheven": einde("ontheven", grond="medisch"),
    "verhuisd uit de regio": einde("verhuisd", nummer=1, naar="GM0363", van="GM0512", buiten_regio=True),
    "kennisgeving ingetrokken": Dossier().feit(
        "kennisgeving_ingetrokken", "2026-02-02", gemeente="GM0512", doelgroep="asielstatushouder"
    ),
    "verzoek om inzage": na_pip(aantal=1).feit("verzoek_ontvangen", "2026-04-15", nummer=1, recht="inzage"),
    "verzoek om verbetering, verlengd": na_pip(aantal=1)
    .feit("verzoek_ontvangen", "2026-04-15", nummer=1, recht="rectificatie")
    .feit("verzoek_verlengd", "2026-05-11", "registratie/verzoek/1/1", nummer=1),
    "verzoek na het einde": einde("voldaan")
    .feit("dossier_afgesloten", "2028-06-28", "einde/afsluiten/1")
    .feit("verzoek_ontvangen", "2029-01-15", nummer=1, recht="inzage"),
    "besluit getekend": getekend(),
    "besluit bekendgemaakt": bekend(getekend()),
    "besluit terug van een goed adres": bekend(getekend()).feit(
        "besluit_retour", "2026-03-04", nummer=1, adres_klopt=True, redencode="niet-afgehaald"
    ),
    "besluit terug van een fout adres": bekend(getekend()).feit(
        "besluit_retour", "2026-03-04", nummer=1, adres_klopt=False, redencode="onbekend-adres"
    ),
    "bezwaar op tijd": bezwaar(),
    "bezwaar met een commissie": bezwaar(commissie=True),
    "bezwaar te laat": bezwaar("2026-04-15"),
    "bezwaar uitgesteld": bezwaar().feit("bezwaar_verdaagd", "2026-05-04", nummer=1),
    "bezwaar opgeschort": opgeschort(bezwaar(), "bezwaar", "2026-04-20", "2026-05-04"),
    "bezwaar opgeschort en uitgesteld": opgeschort(
        opgeschort(bezwaar(), "bezwaar", "2026-04-20", "2026-05-04")
        .feit("beslistermijn_hervat", "2026-04-28", nummer=1)
        .feit("bezwaar_verdaagd", "2026-05-04", nummer=1),
        "bezwaar", "2026-06-01", "2026-06-15", "instemming",
    ),
    "bezwaar, in gebreke gesteld": te_laat_beslist(),
    "bezwaar, te vroeg in gebreke gesteld": te_laat_beslist(in_gebreke="2026-05-20"),
    "bezwaar, te laat beslist": te_laat_beslist()
    .feit("bezwaar_gehoord", "2026-06-02", "bezwaar/horen/1", nummer=1, wijze="gehoord")
    .feit("bezwaar_beslist", "2026-07-06", "bezwaar/beslissen/1", nummer=1, uitkomst="ongegrond",
          mandaathouder="m-jur"),
    "aanvraag om een andere route": aanvraag(),
    "aanvraag, uitgesteld en opgeschort": opgeschort(
        aanvraag().feit("voorstel_verdaagd", "2026-07-20", nummer=1, tot="2026-09-01"), "voorstel", "2026-08-03",
        "2026-08-10", "overmacht",
    ),
    "beroep: de rechtbank laat opnieuw beslissen": uitspraak(opnieuw=True),
    "beroep verloren": uitspraak(uitkomst="ongegrond"),
    "bezwaar gewonnen, pip herroepen": beslist(),
    "bezwaar gewonnen en bekendgemaakt": bekend(beslist(), "2026-04-17"),
    "maatregel overwogen": maatregel(),
    "maatregel, asiel: eerst keren": maatregel(GEWAARSCHUWD, doelgroep="asielstatushouder"),
    "maatregel gewaarschuwd": maatregel(GEWAARSCHUWD),
    "maatregel, voornemen verzonden": maatregel(GEWAARSCHUWD, VOORNEMEN),
    "maatregel, klaar voor een besluit": maatregel(GEWAARSCHUWD, VOORNEMEN, ZIENSWIJZE),
    "maatregel opgelegd en bekendgemaakt": boete_bekend(),
    **{
        f"geeindigd: {grond}": einde("plicht_beeindigd", grond=grond)
        for grond in ("overlijden", "vertrek", "ingetrokken", "verblijfsrecht", "naturalisatie", "aow")
    },
}  # fmt: skip


def _stap(stap: GewensteStap) -> Iterator[str]:
    uiterst = f", uiterlijk {stap.uiterst}{'' if stap.wettelijk else ' (beleid)'}" if stap.uiterst else ""
    extra = [
        *(["besluit"] if stap.besluit else []), *([f"inhoud: {stap.inhoud}"] if stap.inhoud else []),
        *([f"voor {stap.gemeente}"] if stap.gemeente else []),
    ]  # fmt: skip
    yield f"  {stap.kenmerk}: {stap.titel}"
    yield f"    {stap.start} tot {stap.streef}{uiterst}; {stap.stapsoort}, {stap.rol}" + "".join(
        f"; {e}" for e in extra
    )
    yield f"    {stap.waarom} [{stap.artikel}]"


def _termijn(termijn: Termijn) -> Iterator[str]:
    anders = [
        *([f"gehaald {termijn.gehaald_op}"] if termijn.gehaald_op else []),
        *([f"verlengd van {termijn.verlengd_van}"] if termijn.verlengd_van else []),
        *([f"vervallen: {termijn.vervallen}"] if termijn.vervallen else []),
    ]
    yield (
        f"  termijn {termijn.soort} ({termijn.soort_einde}) vanaf {termijn.anker} ({termijn.bewijs}): "
        f"{termijn.ruw} wordt {termijn.einde}" + "".join(f"; {a}" for a in anders)
    )
    yield f"    {termijn.uitleg} [{termijn.artikel}]"


def opgeschreven() -> str:
    """Schrijf elk plan op; wat woord voor woord al bij een eerder dossier stond, staat er niet nog eens."""
    gezien: set[str] = set()
    regels: list[str] = []
    for naam, dossier in VOORBEELDEN.items():
        gepland = dossier.plan
        regels.append(f"== {naam}: {' '.join(stap.kenmerk for stap in gepland.stappen)}")
        for blok in ("\n".join(b) for b in (*map(_stap, gepland.stappen), *map(_termijn, gepland.termijnen))):
            if blok not in gezien:
                regels.append(blok)
            gezien.add(blok)
    return "\n".join([*regels, ""])


if __name__ == "__main__":
    print(opgeschreven(), end="")
