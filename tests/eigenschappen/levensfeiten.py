"""Elk feit dat iemand kan overkomen, los of met wat erbij hoort; `levens.py` maakt er hele levens van."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domein.begrippen import Aanvraagsoort, Doelgroep, Eindegrond, Examenonderdeel, Gedraging, Pauzegrond
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.beslistermijn import Beslisgrond
from domein.gebeurtenissen.bewaren import Blokkadegrond, Recht
from tests.eigenschappen.levensbouw import (
    BEGIN,
    MELDINGEN,
    Feit,
    Groep,
    daarna,
    dagen,
    een,
    feit,
    gemeenten,
    misschien,
    onderdelen,
    routes,
    zelfde_nummer,
)


# --- het begin
def _kennisgeving(op: date, elders: bool, **velden: Any) -> Feit:
    if elders:
        velden |= {"vorige_gemeente": "GM0363", "eerste_pip_op": op - timedelta(days=200), "eerste_pip_leerroute": "b1"}
    return op, s.Kennisgeving.model_validate(velden), None


kennisgeving = st.builds(
    _kennisgeving, dagen(0, 30), st.sampled_from([False, False, False, True]), doelgroep=st.sampled_from(Doelgroep),
    gemeente=gemeenten, brp_inschrijving=st.none() | dagen(-60, 60), ontzorgen=st.booleans(), nareiziger=st.booleans(),
    maand_achttien=st.sampled_from([None, None, date(2026, 11, 1)]),
    maand_aow=st.sampled_from([None, None, date(2028, 3, 1)]),
)  # fmt: skip
_koppeling = feit(
    s.Koppeling, -200, 20, nummer=st.just(1), gemeente=gemeenten, ontzorgen=st.booleans(),
    azc=st.sampled_from([None, "azc-7"]),
)  # fmt: skip
_andere_koppeling = feit(s.Koppeling, -150, 60, nummer=st.just(2), gemeente=gemeenten, azc=st.just("azc-9"))
_azc = feit(s.AzcVerhuisd, -180, 60, azc=st.just("azc-8"))
_overdracht = feit(
    s.WarmeOverdracht,
    -150,
    60,
    "begeleiding/warme-overdracht/1",
    voorinburgering=st.sampled_from(["deels", "onbekend"]),
)
_van_het_coa = st.tuples(_koppeling, misschien(_andere_koppeling), misschien(_azc), misschien(_overdracht)).map(
    lambda delen: [delen[0], *delen[1], *delen[2], *delen[3]]
)
beginnen = st.one_of(
    kennisgeving.map(lambda feit: [feit]),
    _van_het_coa,
    st.tuples(_van_het_coa, kennisgeving).map(lambda delen: [*delen[0], delen[1]]),
)
brp = feit(s.BrpIngeschreven, -30, 120)


# --- de rode draad
def _gesprek(op: date, nummer: int, gevoerd: bool) -> Feit:
    gegevens = s.GesprekGevoerd(nummer=nummer) if gevoerd else s.GesprekNietVerschenen(nummer=nummer)
    return op, gegevens, f"voortgang/{nummer}"


gesprekken = st.lists(
    st.builds(_gesprek, dagen(100, 1000), st.integers(1, 9), st.booleans()), max_size=5, unique_by=lambda f: f[2]
)
geopend = st.lists(
    st.builds(
        lambda op, k: (op, s.StapGeopend(generatie=1, partner="avres", medewerker="m-jdb"), k),
        dagen(100, 1000),
        st.sampled_from([*(f"voortgang/{n}" for n in range(1, 9)), "aanbieder/aanmelding/1", "aanbieder/aanmelding/2"]),
    ),
    max_size=4, unique_by=lambda f: f[2],
)  # fmt: skip
duo = st.lists(
    st.builds(
        lambda op, m, inhoud: (op, s.DuoIngevoerd(melding=m, referentie="PI-1", inhoud=inhoud), m),
        dagen(60, 900), st.sampled_from(MELDINGEN), st.sampled_from(["b1", "z", "2026-03-02", "2026-06-17"]),
    ),
    max_size=3, unique_by=lambda f: f[2],
)  # fmt: skip
bevestigd = feit(s.DuoBevestigd, 100, 900, melding=st.sampled_from(MELDINGEN))

# --- wat mensen over stappen besluiten
STAPPEN = (
    "pvt/1", "map/1", "voortgang/1", "voortgang/2", "einde/termijn/1", "intake/oproep/1", "einde/verlenging/1",
    "begeleiding/start/1", "registratie/kennisgeving/1", "registratie/pauze/1/1", "tolk/boeken/1/voortgang/1",
    "aanbieder/aanmelding/1", "aanbieder/start/1", "verhuizing/opvragen/1", "registratie/verblijfsgat/1",
)  # fmt: skip
overgeslagen = st.lists(
    st.builds(lambda op, k: (op, s.StapOvergeslagen(), k), dagen(60, 1200), st.sampled_from(STAPPEN)),
    max_size=3, unique_by=lambda f: f[2],
)  # fmt: skip
verzet = st.lists(
    st.builds(
        lambda op, k, dag: (op, s.StapVerzet(dag=dag), k),
        dagen(60, 900),
        st.sampled_from(["pvt/1", "voortgang/1", "voortgang/3", "pip/vaststellen/1", "einde/verlenging/1"]),
        dagen(60, 1400),
    ),
    max_size=2, unique_by=lambda f: f[2],
)  # fmt: skip
AANLEIDINGEN = ("termijn_voorbij", "tweede_antwoord", "verzet_strijdig", "run_geannuleerd", "verhuizing_huishouden")
controles = st.lists(
    feit(
        s.ControleGevraagd, 30, 900, nummer=st.integers(1, 3), aanleiding=st.sampled_from(AANLEIDINGEN),
        betreft=st.just("pvt/1"),
    ),
    max_size=2, unique_by=lambda f: f[1].nummer,
)  # fmt: skip

# --- wat iemand kan overkomen
_pauze = feit(
    s.Gepauzeerd, 30, 1100, nummer=st.integers(1, 2), grond=st.sampled_from(Pauzegrond),
    verwacht_tot=st.none() | dagen(200, 1300),
)  # fmt: skip
_verhuizing = feit(
    s.Verhuisd, 20, 1100, nummer=st.integers(1, 3), naar=gemeenten, van=st.sampled_from([None, "GM0512"]),
    buiten_regio=st.sampled_from([False, False, True]),
)  # fmt: skip
_aanvraag = feit(
    s.DuoAanvraag, 60, 1200, nummer=st.integers(1, 3), aanvraag=st.sampled_from(Aanvraagsoort),
    grond=st.sampled_from([None, "medisch", "bijzonder"]),
)  # fmt: skip
_aanvraagnummer = st.none() | st.integers(1, 3)


def _besluit(waarden: dict[str, Any]) -> str:
    return f"registratie/duo-besluit/{waarden['aanvraag'] or 1}"


_TOLK = "voortgang/1"
_HASH = "0" * 64


def _concept(soort: str, voor: str, uitkomst: str) -> st.SearchStrategy[Feit]:
    return feit(
        s.BesluitConcept, 40, 900, nummer=st.integers(1, 3), besluitsoort=st.just(soort), voor=st.just(voor),
        uitkomst=st.just(uitkomst),
    )  # fmt: skip


def _ondertekend(f: Feit, op: date) -> Feit:
    nummer = f[1].nummer  # pyright: ignore[reportAttributeAccessIssue]
    getekend = s.BesluitOndertekend(
        nummer=nummer, mandaathouder="m-gor", mandaat="gor-besluit", grondslag="b", orgaan="o", versie=2, hash=_HASH
    )
    return op, getekend, None


besluitvoorval: Groep = st.one_of(
    daarna(
        _concept("pip", "pip/vaststellen/1", "pip_vastgesteld"),
        lambda f, op: (
            op, s.BesluitGrond(nummer=f[1].nummer, grond="intake", oordeel="onderzocht", toelichting="Gedaan."), None,
        ),
        lambda f, op: (op, s.BesluitAdvies(nummer=f[1].nummer, strekking="anders", toelichting="Past."), None),
        lambda f, op: (op, s.BesluitTekst(nummer=f[1].nummer, versie=1, hash=_HASH), None),
        _ondertekend,
        lambda f, op: (op, s.BesluitBekendgemaakt(nummer=f[1].nummer, wijze="post", bewijs="P-1"),
                       f"besluit/bekendmaken/1/{f[1].nummer}"),
        lambda f, op: (op, s.BesluitRetour(nummer=f[1].nummer, adres_klopt=False, redencode="anders"), None),
    ),
    daarna(
        _concept("weigering", "pip/leerroute/1", "voorstel_afgewezen"),
        lambda f, op: (op, s.BesluitIngetrokken(nummer=f[1].nummer, redencode="anders"), None),
    ),
    daarna(
        feit(s.BezwaarIngediend, 60, 900, nummer=st.integers(1, 2), tegen=st.sampled_from(["pip", "maatregel"]),
              van=st.integers(1, 2), commissie=st.booleans()),
        zelfde_nummer(s.BezwaarVerschoonbaar, "bezwaar/te-laat/{}", verschoonbaar=True, redencode="ziekte"),
        lambda f, op: (op, s.BezwaarZienswijze(nummer=f[1].nummer, van="gemeente"), None),
        lambda f, op: (op, s.BezwaarVerdaagd(nummer=f[1].nummer), None),
        zelfde_nummer(s.BezwaarGehoord, "bezwaar/horen/{}", wijze="gehoord"),
        zelfde_nummer(s.BezwaarBeslist, "bezwaar/beslissen/{}", uitkomst="gegrond", herroept=True,
                       mandaathouder="m-jur", besluit=1),
        lambda f, op: (op, s.BeroepIngesteld(nummer=1, bezwaar=f[1].nummer), None),
        lambda _f, op: (op, s.BeroepBeslist(nummer=1, uitkomst="ongegrond"), None),
        lambda _f, op: (op, s.HogerBeroepIngesteld(nummer=1, beroep=1, door="inburgeraar"), None),
        lambda _f, op: (op, s.HogerBeroepBeslist(nummer=1, uitkomst="gegrond", opnieuw=True), None),
    ),
    daarna(
        feit(s.BezwaarIngediend, 60, 900, nummer=st.integers(1, 2), tegen=st.just("pip"), van=st.just(1)),
        lambda f, op: (op, s.BeslistermijnOpgeschort(nummer=1, over="bezwaar", van=f[1].nummer,
                       grond=Beslisgrond.AANVULLEN, tot=op + timedelta(days=14)), None),
        lambda _f, op: (op, s.BeslistermijnHervat(nummer=1), None),
        lambda f, op: (op + timedelta(days=80), s.InGebrekeGesteld(nummer=1, over="bezwaar", van=f[1].nummer), None),
        lambda _f, op: (op + timedelta(days=140), s.DwangsomVastgesteld(nummer=1, bedrag=0, oordeel="kennelijk",
                        mandaathouder="m-gor"), "dwangsom/vaststellen/1"),
    ),
    daarna(
        feit(s.PipVoorstel, 100, 900, nummer=st.just(3), voorstel=st.just("leerroute"), naar=routes,
             aanvraag=st.booleans()),
        lambda f, op: (op, s.VoorstelVerdaagd(nummer=f[1].nummer, tot=op + timedelta(days=80)), None),
    ),
    daarna(
        feit(s.BezwaarIngediend, 60, 900, nummer=st.just(3), tegen=st.just("weigering"), van=st.just(1)),
        lambda f, op: (op, s.BezwaarIngetrokken(nummer=f[1].nummer), None),
    ),
    daarna(
        feit(s.MaatregelOverwogen, 60, 900, nummer=st.integers(1, 2), gedraging=st.sampled_from(Gedraging),
              gedraging_op=dagen(10, 60)),
        zelfde_nummer(s.MaatregelGewaarschuwd, "maatregel/waarschuwing/{}", wijze="brief"),
        zelfde_nummer(s.KerenGetoetst, "maatregel/keren/{}", hardnekkige_onwil=True, oordeelcode="onwil-aangetoond"),
        lambda f, op: (op, s.MaatregelVoornemen(nummer=f[1].nummer, zienswijze_tot=op + timedelta(days=14)),
                       f"maatregel/voornemen/{f[1].nummer}"),
        zelfde_nummer(s.MaatregelZienswijze, "maatregel/zienswijze/{}", wijze="mondeling"),
        zelfde_nummer(s.MaatregelBesloten, "maatregel/besluit/{}", opgelegd=True, bedrag=25, besluit=2,
                       verwijtbaarheid="normaal", redencode="verwijtbaar", mandaathouder="m-gor"),
    ),
    daarna(
        feit(s.MaatregelOverwogen, 60, 900, nummer=st.just(3), gedraging=st.just("intake"),
              gedraging_op=dagen(10, 60)),
        lambda f, op: (op, s.MaatregelGestaakt(nummer=f[1].nummer, redencode="anders"), None),
    ),
    een(s.BoeteElders, 10, 600, gemeente=gemeenten, gedraging=st.sampled_from(Gedraging), gedraging_op=dagen(-90, 0),
         bedrag=st.integers(0, 800), onherroepelijk_op=st.none() | dagen(0, 200), bewijs=st.just("B-1")),
    een(s.BijstandVerlaagd, 60, 900, gedraging_op=dagen(10, 60), bewijs=st.just("PW-1")),
)  # fmt: skip
voorval: Groep = st.one_of(
    daarna(
        _pauze,
        zelfde_nummer(s.PauzeVerlengd, "registratie/pauze/1/{}", verwacht_tot=date(2029, 1, 8)),
        zelfde_nummer(s.Hervat, "registratie/pauze/2/{}"),
        lambda f, op: (
            op, s.VerlengingsgrondBesproken(nummer=f[1].nummer, vraagt_aan=True),
            f"registratie/verlengingsgrond/{f[1].nummer}",
        ),
    ),
    daarna(_pauze, zelfde_nummer(s.Hervat, "registratie/pauze/1/{}")),
    daarna(
        feit(s.VerblijfOnderbroken, 30, 1000, nummer=st.integers(1, 2)),
        zelfde_nummer(s.VerblijfHervat, "registratie/verblijfsgat/{}"),
    ),
    daarna(
        _verhuizing,
        zelfde_nummer(s.DossierOpgevraagd, "verhuizing/opvragen/{}"),
        zelfde_nummer(s.DossierGeleverd, "verhuizing/levering/{}"),
        zelfde_nummer(s.DossierOvergenomen, "verhuizing/ontvangst/{}"),
    ),
    daarna(
        feit(s.DerdeGevraagd, 0, 80, nummer=st.integers(1, 2), bij=st.just("ggd")),
        zelfde_nummer(s.DerdeOntvangen, "pip/informatie/{}"),
    ),
    daarna(
        feit(
            s.PipVoorstel, 100, 900, nummer=st.just(1), voorstel=st.just("leerroute"), naar=routes,
            bijzonder_geval=st.booleans(),
        ),
        zelfde_nummer(s.VoorstelAfgewezen, "pip/leerroute/{}", redencode="anders", mandaathouder="m-gor"),
    ),
    daarna(
        feit(
            s.PipVoorstel, 100, 900, nummer=st.just(2), voorstel=st.just("afschalen"),
            onderdelen=st.just((Examenonderdeel.SPREKEN,)), inspanning_voldoende=st.just(True),
        ),
        zelfde_nummer(s.VoorstelAfgewezen, "pip/afschalen/{}", redencode="anders", mandaathouder="m-gor"),
    ),
    daarna(
        _aanvraag,
        lambda f, op: (op, s.AdviesGegeven(strekking="geen"), f"registratie/duo-advies/{f[1].nummer}"),
        lambda f, op: (op, s.AanvraagAfgewezen(aanvraag=f[1].nummer), f"registratie/duo-besluit/{f[1].nummer}"),
    ),
    daarna(
        feit(s.TolkNodig, 0, 400, taal=st.just("ti")),
        lambda _f, op: (op, s.TolkGeboekt(gesprek=_TOLK, gesprek_op=op), f"tolk/boeken/1/{_TOLK}"),
        lambda _f, op: (op, s.TolkAfgezegd(gesprek=_TOLK), f"tolk/afzeggen/1/{_TOLK}"),
    ),
    daarna(
        feit(s.BegeleidingGestart, 0, 300, "begeleiding/start/1"),
        lambda _f, op: (op, s.BegeleidingAfgerond(), "begeleiding/afronden/1"),
    ),
    daarna(
        feit(s.BijstandToegekend, 0, 400),
        lambda _f, op: (op, s.OntzorgenIngericht(), "ontzorgen/inrichten/1"),
        lambda _f, op: (op, s.OntzorgenGeeindigd(voortgezet=True), "ontzorgen/einde/1"),
        lambda _f, op: (op, s.BijstandBeeindigd(), None),
    ),
    daarna(
        feit(s.EigenCursusGemeld, 60, 500, "cursus/eigen/1", aanbieder=st.just("cursus-1"), keurmerk=st.booleans(),
              bewijs=st.just("bow-1")),
        lambda _f, op: (op, s.VoortgangOpgevraagd(nummer=1), None),
        lambda _f, op: (
            op, s.UrenGemeld(nummer=1, periode_van=BEGIN, periode_tot=op, gevolgd=120, bewijs="lijst"),
            "cursus/voortgang/1",
        ),
    ),
    daarna(
        feit(s.UrenGemeld, 200, 1000, urensoort=st.sampled_from(["cursus", "participatie", "eerder_onderwijs"]),
              periode_van=st.just(BEGIN), periode_tot=dagen(10, 900), gevolgd=st.integers(0, 900),
              bewijs=st.just("lijst-9")),
        lambda _f, op: (op, s.ZEindgesprekGevoerd(), "eindgesprek/1"),
        lambda _f, op: (op, s.Voldaan(), None),
        lambda _f, op: (op, s.CertificaatUitgereikt(), "einde/certificaat/1"),
    ),
    daarna(
        feit(s.StapOvergeslagen, 60, 900, None).map(lambda f: (f[0], f[1], "pvt/1")),
        lambda _f, op: (op, s.StapHeropend(), "pvt/1"),
    ),
    daarna(
        feit(s.ExamenGedaan, 300, 1100, nummer=st.integers(1, 2), onderdeel=st.sampled_from(["lezen", "knm"])),
        zelfde_nummer(s.ExamenUitslag, "registratie/examenuitslag/{}", gehaald=True),
    ),
    daarna(
        feit(
            s.MaatwerkVastgesteld, 60, 900, nummer=st.integers(1, 2), stap=st.just("aanmelding"),
            partner=st.just("taalhuis-lingestroom"), geldig_tot=dagen(900, 1000), mandaathouder=st.just("m-wil"),
        ),
        lambda f, op: (op, s.MaatwerkBeeindigd(nummer=f[1].nummer), None),
    ),
    daarna(
        feit(
            s.OverdrachtAangeboden, 30, 900, nummer=st.integers(1, 2), naar_partner=st.just("avres"),
            naar_medewerker=st.just("m-kos"),
        ),
        zelfde_nummer(s.OverdrachtAanvaard, "overdracht/aanvaarden/{}"),
    ),
    daarna(
        feit(
            s.OverdrachtAangeboden, 30, 900, nummer=st.just(3), naar_partner=st.just("avres"),
            naar_medewerker=st.just("m-tha"),
        ),
        zelfde_nummer(s.OverdrachtGeweigerd, "overdracht/aanvaarden/{}", redencode="anders"),
    ),
    een(s.AanbiederUitgevallen, 100, 900, nummer=st.integers(1, 2), partner=st.just("taalhuis-lingestroom"),
         redencode=st.just("gestopt")),
    een(s.PartnerberichtBeslist, 100, 900, bericht=st.just(UUID(int=3)), besluit=st.just("vallen")),
    een(s.WensUitgesproken, 0, 600, wens=st.just("taal"), waarde=st.sampled_from(["", "ti"])),
    een(s.AanbiederGekozen, 30, 600, partner=st.just("taalhuis-lingestroom")),
    een(s.OpleidingGemeld, 100, 900, opleiding=st.just("entree")),
    een(s.DuoVraagtVoortgang, 200, 900, nummer=st.integers(1, 2)),
    een(s.PersoonGewijzigd, 0, 900, velden=st.just(("straat", "kanaal"))),
    een(s.DoelgroepGewijzigd, 20, 1000, doelgroep=st.sampled_from(Doelgroep), ontzorgen=st.booleans()),
    een(s.HuishoudenGevormd, 0, 600, huishouden=st.just("h-1")),
    een(s.KlantmanagerToegewezen, 0, 600, medewerker=st.just("m-jdb"), partner=st.just("avres")),
    een(s.StartmetingVastgelegd, 20, 200, "intake/startmeting/1", opleiding=st.just("basis"),
         werkervaring_jaren=st.just(4), taalniveau=st.just("nul")),
    een(s.AanbiederBlijft, 60, 1100, "verhuizing/aanbieder/1/1", nummer=st.just(1)),
    een(s.PvtVoltooid, 60, 900, "pvt/1"),
    een(s.ParticipatieGemist, 10, 900, nummer=st.integers(1, 3), onderdeel=st.just("pvt"),
        wat=st.sampled_from(["bijeenkomst", "eindgesprek"]), verschoonbaar=st.booleans()),
    een(s.MapVoltooid, 200, 1100, "map/1", praktijkuren=st.just(48)),
    een(s.Verlengd, 400, 1100, lambda _w: "einde/termijn/1", nieuwe_einddatum=dagen(1200, 2000),
         aanvraag=_aanvraagnummer),
    een(s.Verlengd, 400, 1100, _besluit, nieuwe_einddatum=dagen(1200, 2000), aanvraag=_aanvraagnummer),
    een(s.Vrijgesteld, 60, 1100, _besluit, aanvraag=_aanvraagnummer, onderdelen=onderdelen),
    een(s.Ontheven, 60, 1100, _besluit, aanvraag=_aanvraagnummer, onderdelen=onderdelen,
         grond=st.sampled_from(["medisch", "bijzonder"])),
    een(s.VerlengingBekeken, 700, 1100, "einde/verlenging/1", nodig=st.booleans()),
    een(s.ControleAfgehandeld, 60, 1000, "registratie/controle/1", oordeelcode=st.just("klopt-zo")),
    daarna(
        feit(s.VerzoekOntvangen, 0, 1100, nummer=st.integers(1, 2), recht=st.sampled_from(Recht)),
        zelfde_nummer(s.VerzoekVerlengd, "registratie/verzoek/1/{}"),
        lambda f, op: (
            op, s.VerzoekAfgehandeld(nummer=f[1].nummer, uitkomst="ingewilligd"), f"registratie/verzoek/2/{f[1].nummer}"
        ),
    ),
    daarna(
        feit(s.VernietigingGeblokkeerd, 60, 1100, nummer=st.integers(1, 2), grond=st.sampled_from(Blokkadegrond)),
        lambda f, op: (op, s.BlokkadeOpgeheven(nummer=f[1].nummer), None),
    ),
    een(s.StapToegewezen, 60, 900, partner=st.just("avres"), medewerker=st.just("m-jdb")).map(
        lambda feiten: [(feiten[0][0], feiten[0][1], "pvt/1")]
    ),
    een(s.StapOpnieuw, 60, 900).map(lambda feiten: [(op, wat, "pvt/1") for op, wat, _ in feiten]),
    een(s.DossierHerplant, 60, 900),
)  # fmt: skip

_afgesloten: Callable[[Feit, date], Feit] = lambda _f, op: (op, s.DossierAfgesloten(), "einde/afsluiten/1")  # noqa: E731
_GRONDEN = (
    Eindegrond.OVERLIJDEN, Eindegrond.VERTREK, Eindegrond.INGETROKKEN, Eindegrond.VERBLIJFSRECHT,
    Eindegrond.NATURALISATIE, Eindegrond.AOW,
)  # fmt: skip
eindes: Groep = st.one_of(
    st.just([]),
    daarna(feit(s.Voldaan, 400, 1300), _afgesloten),
    daarna(feit(s.TermijnOverschreden, 900, 1300, "einde/termijn/1"), _afgesloten),
    een(s.TermijnOverschreden, 900, 1300, "einde/termijn/1", nieuwe_termijn_tot=dagen(1400, 2000)),
    daarna(feit(s.PlichtBeeindigd, 10, 1300, grond=st.sampled_from(_GRONDEN)), _afgesloten),
    daarna(
        feit(s.PlichtBeeindigd, 10, 600, grond=st.just(Eindegrond.VERTREK)),
        _afgesloten,
        lambda _f, op: (op, s.DossierVernietigd(lijst="VL-GM0512-2031-1"), None),
    ),
    daarna(
        feit(s.KennisgevingIngetrokken, 10, 600, gemeente=gemeenten, doelgroep=st.sampled_from(Doelgroep)),
        lambda _f, op: (op, s.PersoonGewist(), "einde/wissen/1"),
    ),
)  # fmt: skip
