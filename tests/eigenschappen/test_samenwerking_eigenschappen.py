"""Wat altijd geldt als de afspraken iemand aanwijzen, voor verzonnen regio's in alle soorten."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.regels.dekking import toets_dekking
from domein.regels.inzage import zichtbare_velden
from domein.regels.maatwerk import Maatwerk
from domein.regels.peildatum import BekendeDagen, peildag
from domein.regels.samenwerking import (
    Bestaand,
    Gat,
    Kenmerken,
    NietVanToepassing,
    Situatie,
    Toewijzing,
    Uitgesproken,
    Vraag,
    behandelaar,
    winnaars,
    zoek_antwoord,
)
from domein.regels.verdeling import Verdeelstand, verdeel
from domein.regels.wensen import kies_bij_wensen
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.onderdelen import Wens
from domein.regio.soorten import Gegevensgroep, Overgangsregime, Peildatumsoort, Verdeelvorm, Wenssoort
from tests.unit.regiobouw import Rij, afspraak, gemeentepartner, medewerker, partner, regio, ruw

GEMEENTEN: tuple[str, ...] = ("GM0512", "GM1978")
STAPPEN = (Stapsoort.AANMELDING, Stapsoort.MAP)
VAN, TOT = date(2024, 1, 1), date(2027, 12, 31)
DAGEN = st.dates(VAN, TOT)
PARTNERS = ("a", "b", "c")
MEER = settings(max_examples=2 * settings().max_examples)  # veel kolommen: honderd voorbeelden raken te weinig


@st.composite
def afspraken(draw: st.DrawFn) -> list[Rij]:
    """Een handvol afspraken die elkaar deels overlappen, in de tijd en in voor wie zij gelden."""

    def soms(*waarden: Any, anders: Any = ()) -> Any:
        """Meestal leeg, want wat leeg is geldt voor alles: anders past er zelden iets."""
        return draw(st.sampled_from([anders, anders, anders, *waarden]))

    rijen: list[Rij] = []
    for nummer in range(draw(st.integers(1, 6))):
        begin, einde = sorted((draw(DAGEN), draw(DAGEN)))
        kolommen: dict[str, Any] = {
            "gemeenten": soms(GEMEENTEN[:1], GEMEENTEN[1:]),
            "leerroutes": soms(["b1"], ["z", "onderwijs"]),
            "doelgroepen": soms(["asielstatushouder"], ["gezinsmigrant", "overige_migrant"]),
            "prioriteit": draw(st.integers(0, 2)),
            "geldig_van": soms(begin, anders=None),
            "geldig_tot": soms(einde, anders=None),
            "peildatumsoort": soms(*Peildatumsoort, anders=Peildatumsoort.OPENING),
            "overgangsregime": draw(st.sampled_from(list(Overgangsregime))),
            "conditie": soms({"nareiziger": True}, {"leeftijd_tot": 27}, {"leeftijd_van": 28}, anders={}),
        }
        if draw(st.integers(0, 4)) == 4:
            kolommen["niet_van_toepassing"] = "hoeft hier niet."
        else:
            kolommen |= {"uitvoerder": draw(st.sampled_from(PARTNERS)), "fallback": [draw(st.sampled_from(PARTNERS))]}
        rijen.append(afspraak(f"r{nummer}", soms(Stapsoort.MAP, anders=Stapsoort.AANMELDING), **kolommen))
    return rijen


def maak(rijen: list[Rij]) -> Regio:
    return Regio.model_validate(gegevens(rijen))


def gegevens(rijen: list[Rij]) -> dict[str, Any]:
    return ruw(
        *rijen,
        gemeenten=GEMEENTEN,
        partners=[*map(partner, PARTNERS), *(gemeentepartner(g.lower(), g) for g in GEMEENTEN)],
        medewerkers=[medewerker(f"m-{n}-{code}", code, "klantmanager") for code in PARTNERS for n in (1, 2)],
    )


@st.composite
def vragen(draw: st.DrawFn) -> Vraag:
    op = draw(DAGEN)
    dag = st.one_of(st.none(), DAGEN)
    bekend = BekendeDagen(op, draw(dag), draw(dag), draw(dag), draw(dag), draw(dag))
    return Vraag(
        draw(st.sampled_from(GEMEENTEN)),
        draw(st.sampled_from((Stapsoort.AANMELDING, *STAPPEN))),
        draw(st.sampled_from(list(Leerroute))),
        draw(st.sampled_from(list(Doelgroep))),
        op,
        draw(st.booleans()),
        Kenmerken(leeftijd=draw(st.one_of(st.none(), st.integers(16, 66)))),
        draw(st.sampled_from([None, bekend])),
    )


@st.composite
def zaken(draw: st.DrawFn) -> tuple[list[Rij], Vraag]:
    """Afspraken, en een vraag die meestal op een daarvan lijkt: anders is bijna elk antwoord een gat."""
    rijen, vraag = draw(afspraken()), draw(vragen())
    rij = draw(st.sampled_from(rijen))
    kolommen = {"gemeente": "gemeenten", "stap": "stappen", "leerroute": "leerroutes", "doelgroep": "doelgroepen"}
    for naam, kolom in kolommen.items():
        if rij[kolom] and draw(st.integers(0, 3)) < 3:
            vraag = replace(vraag, **{naam: type(getattr(vraag, naam))(draw(st.sampled_from(rij[kolom])))})
    return rijen, vraag


def past(van: Regio, a: Samenwerkingsafspraak, vraag: Vraag) -> bool:
    """Dezelfde eis, anders opgeschreven: de kolommen van het bestand, niet de regels."""
    begin, einde = a.geldig_van or van.kop.geldig_van, a.geldig_tot or van.kop.geldig_tot
    peil = vraag.op if vraag.bekend is None else peildag(a.peildatumsoort, vraag.bekend, van.kop.geldig_van).dag
    return (
        vraag.stap in a.stappen
        and (not a.gemeenten or vraag.gemeente in a.gemeenten)
        and (not a.leerroutes or vraag.leerroute in a.leerroutes)
        and (not a.doelgroepen or vraag.doelgroep in a.doelgroepen)
        and (a.conditie.nareiziger is None or a.conditie.nareiziger == vraag.nareiziger)
        and _leeftijd_past(a, vraag.kenmerken.leeftijd)
        and max(begin, van.kop.geldig_van) <= peil <= min(einde, van.kop.geldig_tot)
    )


def dekt(a: Samenwerkingsafspraak) -> frozenset[tuple[object, ...]]:
    """Schrijf uit voor wie de afspraak is: specifieker is een echt deel hiervan, zonder naar de dag te kijken."""
    leeftijden = (None, 16, 27, 28, 66)
    return frozenset(
        (stap, gemeente, route, doelgroep, nareiziger, leeftijd)
        for stap, gemeente, route, doelgroep, nareiziger, leeftijd in product(
            a.stappen, a.gemeenten or GEMEENTEN, a.leerroutes or Leerroute, a.doelgroepen or Doelgroep,
            (True, False) if a.conditie.nareiziger is None else (a.conditie.nareiziger,), leeftijden,
        )
        if _leeftijd_past(a, leeftijd)
    )  # fmt: skip


def _leeftijd_past(a: Samenwerkingsafspraak, leeftijd: int | None) -> bool:
    jong, oud = a.conditie.leeftijd_tot, a.conditie.leeftijd_van
    if jong is None and oud is None:
        return True
    return leeftijd is not None and (jong is None or leeftijd <= jong) and (oud is None or leeftijd >= oud)


@MEER
@given(zaak=zaken())
def test_op_elke_dag_antwoordt_precies_een_afspraak_of_wordt_het_gat_gemeld(zaak: tuple[list[Rij], Vraag]) -> None:
    rijen, vraag = zaak
    van = maak(rijen)
    passend = {a.regel_id: a for a in van.samenwerkingsafspraken if past(van, a, vraag)}
    bereik = {naam: dekt(a) for naam, a in passend.items()}
    over = [a for naam, a in passend.items() if not any(ander < bereik[naam] for ander in bereik.values())]
    hoogste = max((a.prioriteit for a in over), default=0)
    toppers, weg = winnaars(van, vraag)
    antwoord = zoek_antwoord(van, vraag)
    assert {a.regel_id for a in toppers} == {a.regel_id for a in over if a.prioriteit == hoogste}
    if len(toppers) == 1:
        assert isinstance(antwoord, Toewijzing | NietVanToepassing)
        assert antwoord.afspraak == toppers[0].regel_id
        assert antwoord.waarom
    else:
        assert isinstance(antwoord, Gat)
        assert all(a.regel_id in antwoord.waarom for a in toppers)
        # Wat hier een gat is, had de toets voor het laden al gemeld (als alles dezelfde peildatum heeft).
        assert vraag.bekend is not None or toets_dekking(van) != ()
    # Elke afspraak over deze stap in deze gemeente heeft gewonnen of zegt waarom niet.
    hier = {
        a.regel_id
        for a in van.samenwerkingsafspraken
        if vraag.stap in a.stappen and vraag.gemeente in van.gemeenten_van(a)
    }
    assert hier == {a.regel_id for a in toppers} | {w.afspraak for w in weg}


@MEER
@given(zaak=zaken(), data=st.data())
def test_het_antwoord_hangt_niet_af_van_de_volgorde_van_het_bestand(
    zaak: tuple[list[Rij], Vraag], data: st.DataObject
) -> None:
    rijen, vraag = zaak
    inhoud = gegevens(rijen)
    anders = {
        naam: data.draw(st.permutations(rij)) if isinstance(rij, list | tuple) else rij for naam, rij in inhoud.items()
    }
    bestaand = data.draw(
        st.one_of(st.none(), st.builds(Bestaand, st.sampled_from(PARTNERS), st.sampled_from(["r0", "r1", "weg"])))
    )
    situatie = Situatie(bestaand=bestaand, uitgesloten=data.draw(st.sampled_from([{}, {"a": "weigerde"}])))
    een, ander = Regio.model_validate(inhoud), Regio.model_validate(anders)
    antwoord = zoek_antwoord(een, vraag, situatie)
    assert antwoord == zoek_antwoord(ander, vraag, situatie)
    if isinstance(antwoord, Toewijzing):
        assert behandelaar(een, antwoord, op=vraag.op) == behandelaar(ander, antwoord, op=vraag.op)


@st.composite
def geplaatst(draw: st.DrawFn) -> tuple[Regio, Vraag, Samenwerkingsafspraak, str]:
    """Een regio, een vraag, en een partner die de persoon al had onder een van haar afspraken."""
    rijen, vraag = draw(zaken())
    van = maak(rijen)
    oud = draw(st.sampled_from([a for a in van.samenwerkingsafspraken if a.rol] or van.samenwerkingsafspraken))
    return van, vraag, oud, draw(st.sampled_from(oud.kandidaten() or PARTNERS))


@MEER
@given(zaak=geplaatst())
def test_een_uitgesloten_partner_krijgt_de_stap_nooit(zaak: tuple[Regio, Vraag, Samenwerkingsafspraak, str]) -> None:
    van, vraag, oud, wie = zaak
    for bestaand in (None, Bestaand(wie, oud.regel_id)):
        antwoord = zoek_antwoord(van, vraag, Situatie(uitgesloten={wie: "weigerde"}, bestaand=bestaand))
        assert not isinstance(antwoord, Toewijzing) or antwoord.uitvoerder != wie


@MEER
@given(zaak=geplaatst())
def test_wie_geplaatst_is_wisselt_alleen_met_een_reden(zaak: tuple[Regio, Vraag, Samenwerkingsafspraak, str]) -> None:
    """Zolang zijn afspraak loopt en hem noemt, blijft de persoon; loopt zij af, dan zegt haar regime het."""
    van, vraag, oud, wie = zaak
    vraag = replace(vraag, stap=oud.stappen[0], gemeente=min(van.gemeenten_van(oud)))
    if oud.leerroutes:
        vraag = replace(vraag, leerroute=oud.leerroutes[0])
    antwoord = zoek_antwoord(van, vraag, Situatie(bestaand=Bestaand(wie, oud.regel_id)))
    peil = vraag.peildag(oud.peildatumsoort, van.kop.geldig_van).dag
    loopt = van.periode_van(oud).bevat(peil)
    if oud.rol is None:
        return  # niet van toepassing: daar is niemand geplaatst
    if loopt or oud.overgangsregime is not Overgangsregime.OVERDRAGEN:
        assert isinstance(antwoord, Toewijzing)
        assert (antwoord.uitvoerder, antwoord.afspraak, antwoord.blijft) == (wie, oud.regel_id, True)
    else:
        assert antwoord == zoek_antwoord(van, vraag) or "iedereen dan overgaat" in antwoord.waarom
        assert not isinstance(antwoord, Toewijzing) or antwoord.afspraak != oud.regel_id


GEWICHTEN = st.lists(st.integers(1, 40), min_size=2, max_size=8)


@given(gewichten=GEWICHTEN)
@example(gewichten=[1, 1, 14, 14, 1])  # hier ontspoort de kale grootste rest
@example(gewichten=[60, 40])
def test_de_aandelen_blijven_na_elke_persoon_binnen_een_van_ieders_deel(gewichten: list[int]) -> None:
    naam = {f"p{n}": gewicht for n, gewicht in enumerate(gewichten)}
    som = sum(gewichten)
    verdeeld: Counter[str] = Counter()
    for nummer in range(1, min(2 * som, 160) + 1):
        beurt = verdeel(Verdeelvorm.GEWICHTEN, naam, list(naam), Verdeelstand(dict(verdeeld)))
        assert beurt.partner is not None
        verdeeld[beurt.partner] += 1
        assert all(abs(verdeeld[p] * som - nummer * gewicht) < som for p, gewicht in naam.items())


@given(gewichten=GEWICHTEN, plaatsen=st.lists(st.integers(0, 12), min_size=8, max_size=8))
def test_niemand_krijgt_meer_dan_zijn_capaciteit_en_elke_plaats_wordt_gebruikt(
    gewichten: list[int], plaatsen: list[int]
) -> None:
    """In een afspraak, met vervanger: pas als alle plaatsen vol zijn komt de vervanger."""
    codes = [f"p{n}" for n in range(len(gewichten))]
    van = regio(
        afspraak(
            "les", "aanmelding", rol="aanbieder", fallback=["reserve"],
            verdeling={"partners": dict(zip(codes, gewichten, strict=True))},
        ),
        partners=[partner("reserve"),
                  *(partner(c, capaciteit={"aantal": plaatsen[n]}) for n, c in enumerate(codes))],
    )  # fmt: skip
    vraag = Vraag("GM0512", Stapsoort.AANMELDING, Leerroute.B1, Doelgroep.ASIELSTATUSHOUDER, date(2026, 3, 2))
    verdeeld: Counter[str] = Counter()
    for _ in range(sum(plaatsen[: len(codes)])):
        antwoord = zoek_antwoord(van, vraag, Situatie(stand=Verdeelstand(dict(verdeeld))))
        assert isinstance(antwoord, Toewijzing)
        verdeeld[antwoord.uitvoerder] += 1
    assert all(verdeeld[code] == plaatsen[n] for n, code in enumerate(codes))
    laatste = zoek_antwoord(van, vraag, Situatie(stand=Verdeelstand(dict(verdeeld))))
    assert isinstance(laatste, Toewijzing)
    assert laatste.uitvoerder == "reserve"


@given(stand=st.dictionaries(st.sampled_from(PARTNERS), st.integers(0, 50)), vorm=st.sampled_from(list(Verdeelvorm)))
def test_een_verdeling_is_na_te_rekenen(stand: dict[str, int], vorm: Verdeelvorm) -> None:
    """Dezelfde aantallen geven dezelfde beurt, en de beurt is altijd iemand die kan."""
    gewichten = {"a": 3, "b": 2, "c": 1}
    kan = [p for p in PARTNERS if p != "a"]
    beurten = {verdeel(vorm, gewichten, kan, Verdeelstand(stand), "c") for _ in range(3)}
    assert len(beurten) == 1
    assert beurten.pop().partner in kan


@given(
    bedrag=st.integers(0, 20000), plafond=st.one_of(st.none(), st.integers(0, 20000)),
    goedgekeurd=DAGEN, begin=DAGEN, einde=DAGEN, op=DAGEN, houder=st.sampled_from(["m-ja", "m-nee"]),
)  # fmt: skip
def test_maatwerk_gaat_nooit_boven_het_mandaat_en_nooit_buiten_zijn_dagen(
    bedrag: int, plafond: int | None, goedgekeurd: date, begin: date, einde: date, op: date, houder: str
) -> None:
    mandaat_van, mandaat_tot = date(2025, 1, 1), date(2026, 12, 31)
    begin, einde = sorted((begin, einde))
    van = regio(
        afspraak("les", "aanmelding"),
        partners=[partner("anders")],
        medewerkers=[medewerker(code, "uo", "mandaathouder") for code in ("m-ja", "m-nee")],
        mandaten=[{
            "id": "m", "gemeente": "GM0512", "stappen": ["aanmelding"], "houders": ["m-ja"], "bron": "besluit",
            "plafond_euro": plafond, "geldig_van": mandaat_van, "geldig_tot": mandaat_tot,
        }],
    )  # fmt: skip
    maatwerk = Maatwerk(
        stap=Stapsoort.AANMELDING, partner="anders", reden="proef", goedgekeurd_door=houder,
        goedgekeurd_op=goedgekeurd, geldig_van=begin, geldig_tot=einde, bedrag=Decimal(bedrag),
    )  # fmt: skip
    vraag = Vraag("GM0512", Stapsoort.AANMELDING, Leerroute.B1, Doelgroep.ASIELSTATUSHOUDER, op)
    antwoord = zoek_antwoord(van, vraag, Situatie(maatwerk=maatwerk))
    mag = (
        houder == "m-ja"
        and mandaat_van <= goedgekeurd <= mandaat_tot
        and (plafond is None or bedrag <= plafond)
        and begin <= op <= einde
    )
    assert isinstance(antwoord, Toewijzing)
    assert (antwoord.uitvoerder == "anders") is mag
    assert (antwoord.maatwerk is not None) is mag
    assert mag or any(weg.afspraak == "maatwerk" and weg.reden for weg in antwoord.afgevallen)


@given(groepen=st.sets(st.sampled_from(list(Gegevensgroep))), meer=st.sampled_from(list(Gegevensgroep)))
def test_meer_groepen_tonen_nooit_minder_en_nooit_het_bsn_zonder_grondslag(
    groepen: set[Gegevensgroep], meer: Gegevensgroep
) -> None:
    for grondslag in (False, True):
        velden = zichtbare_velden(groepen, bsn_grondslag=grondslag)
        assert velden <= zichtbare_velden({*groepen, meer}, bsn_grondslag=grondslag)
        assert ("bsn" in velden) is (grondslag and Gegevensgroep.BSN in groepen)


@given(
    weg=st.lists(st.tuples(st.booleans(), st.integers(0, 15), st.integers(0, 25)), min_size=1, max_size=4),
    wachtdagen=st.integers(0, 20), sinds=st.integers(0, 30), grens=st.one_of(st.none(), st.integers(0, 40)),
)  # fmt: skip
def test_op_een_wens_wordt_nooit_langer_gewacht_dan_afgesproken_of_dan_de_wet_toelaat(
    weg: list[tuple[bool, int, int]], wachtdagen: int, sinds: int, grens: int | None
) -> None:
    """Elk teamlid spreekt de taal of niet, en is een tijd weg rond de dag van de vraag."""
    begin = date(2026, 3, 2)
    op = begin + timedelta(days=sinds)
    van_regio = regio(
        afspraak("intake", "intake"),
        partners=[partner("team", "stichting")],
        medewerkers=[
            medewerker(
                f"m-{n}", "team", "klantmanager", talen=["ti"] if spreekt else [],
                afwezigheid=[{"van": op - timedelta(days=ervoor), "tot": op - timedelta(days=2) + timedelta(days=erna)}]
                if ervoor > 2 else [],
            )
            for n, (spreekt, ervoor, erna) in enumerate(weg)
        ],
    )  # fmt: skip
    uiterste = None if grens is None else begin + timedelta(days=grens)
    keuze = kies_bij_wensen(
        van_regio, "team", Rol.KLANTMANAGER, [Wens(soort=Wenssoort.TAAL, max_werkdagen=wachtdagen)],
        [Uitgesproken(Wenssoort.TAAL, "ti", begin)], op, uiterste_start=uiterste,
    )  # fmt: skip
    aanwezig = [m for m in van_regio.medewerkers_van("team") if m.afwezig_op(op) is None]
    assert keuze.waarom
    if keuze.wacht_tot is not None:
        assert keuze.medewerker is None
        assert op < keuze.wacht_tot
        assert uiterste is None or keuze.wacht_tot <= uiterste
        assert (keuze.wacht_tot - begin).days <= 2 * wachtdagen + 7  # werkdagen, met weekenden en Pasen
        assert not any("ti" in m.talen for m in aanwezig)
    elif keuze.medewerker is None:
        assert not aanwezig
    else:
        assert keuze.tolk is ("ti" not in keuze.medewerker.talen)
        assert not keuze.tolk or not any("ti" in m.talen for m in aanwezig)


@given(soort=st.sampled_from(list(Peildatumsoort)), dagen=st.lists(st.one_of(st.none(), DAGEN), min_size=5, max_size=5))
def test_de_peildag_is_altijd_een_bekende_dag(soort: Peildatumsoort, dagen: list[date | None]) -> None:
    bekend = BekendeDagen(date(2026, 3, 2), *dagen)
    peil = peildag(soort, bekend)
    assert peil.dag == bekend.dag_van(peil.soort)
    assert peil.soort is soort or bekend.dag_van(soort) is None
