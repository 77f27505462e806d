"""Wat voor elk leven geldt: de vouw is een functie van de feiten, en het plan een functie van de stand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domein.begrippen import Leerroute, Stapstatus
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.regels.planning import plan
from domein.regels.planvormen import GewensteStap, Kader, Plan
from domein.regels.wijzigingen import Bestaand, Wijziging, bepaal
from domein.stand import Stand, begin_vouw, vouw, vouw_verder
from tests.eigenschappen.levens import doorhaling, gebeurtenis, levens, losse_feiten, pip
from tests.eigenschappen.levensbouw import BEGIN

KADER = Kader()
GEPLAND, OPEN, KLAAR, OVERGESLAGEN, VERVALLEN = Stapstatus
# Wat een handeling met een stap kan doen: een tweede antwoord wordt een vraag aan een mens.
ANTWOORDBAAR = (GEPLAND, OPEN, VERVALLEN, OVERGESLAGEN)
_KAN_BIJ = {
    "stap_geopend": (GEPLAND,),
    "stap_verzet": (GEPLAND, OPEN),
    "stap_overgeslagen": (GEPLAND, OPEN),
    "stap_heropend": (OVERGESLAGEN,),
    "stap_toegewezen": (GEPLAND, OPEN),
    "stap_opnieuw": (GEPLAND, OPEN),
}


@given(leven=levens(), data=st.data())
def test_de_vouw_kijkt_niet_naar_de_volgorde_van_haar_argument(leven: list[Gebeurtenis], data: st.DataObject) -> None:
    ander = data.draw(st.permutations(leven))
    assert vouw(ander) == vouw(leven)
    assert plan(vouw(ander), KADER) == plan(vouw(leven), KADER)


@given(leven=levens(), data=st.data())
def test_verder_vouwen_is_hetzelfde_als_opnieuw_vouwen(leven: list[Gebeurtenis], data: st.DataObject) -> None:
    """In elke verdeling, ook met een doorhaling erin; en nog een keer verder vanaf daar."""
    if data.draw(st.booleans()):
        leven = doorhaling(leven, data.draw(st.sampled_from(leven)))
    een, twee = sorted((data.draw(st.integers(0, len(leven))), data.draw(st.integers(0, len(leven)))))
    tot_een = begin_vouw(leven[:een])
    tot_twee = vouw_verder(tot_een, leven[:een], leven[een:twee])
    assert tot_twee == begin_vouw(leven[:twee])
    assert vouw_verder(tot_twee, leven[:twee], leven[twee:]) == begin_vouw(leven)
    # Wie zich vergist in waar de vouw gebleven was, krijgt geen verkeerde stand.
    assert vouw_verder(tot_een, leven[:twee], leven[twee:]).stand == vouw(leven)


@given(wat=losse_feiten(hoogstens_pips=1), data=st.data())
def test_feiten_die_los_van_elkaar_staan_mogen_in_elke_volgorde_binnenkomen(wat, data: st.DataObject) -> None:
    ander = data.draw(st.permutations(wat))
    plannen = [
        plan(vouw([gebeurtenis(n, *feit) for n, feit in enumerate(volgorde, 1)]), KADER) for volgorde in (wat, ander)
    ]
    assert plannen[0].termijnen == plannen[1].termijnen
    assert _zonder_verzetnummer(plannen[0]) == _zonder_verzetnummer(plannen[1])


def _zonder_verzetnummer(gepland: Plan) -> dict[str, GewensteStap]:
    """De stappen, met een botsende verzetting zonder haar volgnummer: dat is wel de volgorde van binnenkomst."""
    uit: dict[str, GewensteStap] = {}
    for stap in gepland.stappen:
        strijdig = stap.kenmerk.startswith("registratie/strijdig/")
        kenmerk = stap.kenmerk.rsplit("/", 1)[0] if strijdig else stap.kenmerk
        uit[kenmerk] = replace(stap, kenmerk=kenmerk)
    return uit


@given(leven=levens(), data=st.data())
def test_doorhalen_geeft_het_plan_zonder_die_gebeurtenis(leven: list[Gebeurtenis], data: st.DataObject) -> None:
    f = data.draw(st.sampled_from(leven))
    assert plan(vouw(doorhaling(leven, f)), KADER) == plan(vouw([g for g in leven if g.id != f.id]), KADER)


@given(leven=levens(), data=st.data())
def test_een_doorgehaalde_doorhaling_is_alsof_er_niets_was(leven: list[Gebeurtenis], data: st.DataObject) -> None:
    met = doorhaling(leven, data.draw(st.sampled_from(leven)))
    assert vouw(doorhaling(met, met[-1])) == vouw(leven)


@given(leven=levens())
def test_wie_nog_niet_klaar_is_heeft_altijd_een_volgende_stap(leven: list[Gebeurtenis]) -> None:
    """I1, zonder opslag: geen stand loopt dood. De handelingen laten geen dossier zonder begin achter."""
    stand = vouw(leven)
    assume(stand.gemeente is not None and stand.gewist_op is None)
    kenmerken = {stap.kenmerk for stap in plan(stand, KADER).stappen}
    if stand.einde is None:
        assert kenmerken
    elif stand.afgesloten_op is None:
        assert any(kenmerk.startswith(("einde/afsluiten/", "einde/wissen/")) for kenmerk in kenmerken)


@given(leven=levens())
def test_elke_stap_is_af_en_begint_op_een_werkdag(leven: list[Gebeurtenis]) -> None:
    stand = vouw(leven)
    gepland = plan(stand, KADER)
    kenmerken = [stap.kenmerk for stap in gepland.stappen]
    assert len(set(kenmerken)) == len(kenmerken)
    assert not set(kenmerken) & (set(stand.afgerond) | set(stand.overgeslagen))
    for stap in gepland.stappen:
        assert stap.start <= stap.streef, stap
        assert KADER.kantoor.is_open(stap.start), stap
        assert stap.waarom.endswith("."), stap
        assert stap.artikel, stap


@given(leven=levens(), data=st.data())
def test_een_nieuwe_bronversie_vervangt_de_oude_in_welke_volgorde_ook(
    leven: list[Gebeurtenis], data: st.DataObject
) -> None:
    dagen = data.draw(st.lists(st.integers(0, 700), min_size=3, max_size=3))
    volgorde = data.draw(st.permutations([1, 2, 3]))
    versies = [
        gebeurtenis(
            len(leven) + plaats, BEGIN + timedelta(days=dagen[versie - 1]), s.BrpIngeschreven(),
            bron="brp", bronkenmerk="A", bronversie=versie,
        )
        for plaats, versie in enumerate(volgorde, start=1)
    ]  # fmt: skip
    (laatste,) = [g for g in versies if g.bronversie == 3]
    assert vouw([*leven, *versies]) == vouw([*leven, laatste])


# Wijzigingen: een klein magazijn in het geheugen dat doet wat de handelingen met de rijen doen.


def _pas_toe(staat: dict[str, Bestaand], wijzigingen: Sequence[Wijziging]) -> None:
    for w in wijzigingen:
        er, g = staat.get(w.kenmerk), w.gewenst
        if w.soort == "bijmaken":
            assert er is None
            assert g is not None
            staat[w.kenmerk] = Bestaand(w.kenmerk, GEPLAND, 1, g.start, g.streef, g.uiterst, g.waarom)
            continue
        assert er is not None
        if g is not None:
            er = replace(er, start=g.start, streef=g.streef, uiterst=g.uiterst, waarom=g.waarom)
        nieuw = {"vervallen": VERVALLEN, "afronden": KLAAR, "overslaan": OVERGESLAGEN, "openen": OPEN}.get(w.soort)
        if w.soort in ("heropenen", "herleven"):
            er = replace(er, status=GEPLAND, generatie=er.generatie + 1)
        staat[w.kenmerk] = replace(er, status=nieuw) if nieuw else er


def _werk_bij(staat: dict[str, Bestaand], stand: Stand) -> tuple[Wijziging, ...]:
    wijzigingen = bepaal(staat.values(), stand, plan(stand, KADER))
    _pas_toe(staat, wijzigingen)
    return wijzigingen


def _stap_voor_stap(
    leven: Sequence[Gebeurtenis], staat: dict[str, Bestaand]
) -> Iterator[tuple[list[Gebeurtenis], Stand]]:
    """Geef na elke gebeurtenis wat er tot dan toe is; wat niet kan met de stap zoals zij is, gebeurt ook niet."""
    tot_nu: list[Gebeurtenis] = []
    for g in leven:
        er = staat.get(g.stap or "")
        if g.stap is not None and (er is None or er.status not in _KAN_BIJ.get(g.soort, ANTWOORDBAAR)):
            continue
        tot_nu.append(g)
        yield tot_nu, vouw(tot_nu)


@settings(max_examples=60)
@given(leven=levens())
def test_wijzigingen_nog_eens_toepassen_geeft_geen_wijziging(leven: list[Gebeurtenis]) -> None:
    """Na elke gebeurtenis apart, in de volgorde van binnenkomst; en de stappen die onaf zijn, zijn het plan."""
    staat: dict[str, Bestaand] = {}
    for _, stand in _stap_voor_stap(leven, staat):
        _werk_bij(staat, stand)
        assert _werk_bij(staat, stand) == ()
        onaf = {k: (b.start, b.streef, b.uiterst) for k, b in staat.items() if b.status in (GEPLAND, OPEN)}
        assert onaf == {g.kenmerk: (g.start, g.streef, g.uiterst) for g in plan(stand, KADER).stappen}


@settings(max_examples=60)
@given(leven=levens(doorhalingen=0), data=st.data())
def test_een_kenmerk_verdwijnt_nooit_en_klaar_wordt_alleen_door_een_mens_heropend(
    leven: list[Gebeurtenis], data: st.DataObject
) -> None:
    staat: dict[str, Bestaand] = {}
    gebeurd: list[Gebeurtenis] = []
    for tot_nu, stand in _stap_voor_stap(leven, staat):
        gebeurd, voor = tot_nu, dict(staat)
        _werk_bij(staat, stand)
        assert set(voor) <= set(staat)
        for kenmerk, was in voor.items():
            if was.status is KLAAR:
                assert staat[kenmerk] == was
            assert staat[kenmerk].generatie >= was.generatie
    f = data.draw(st.sampled_from(gebeurd))
    voor = dict(staat)
    _werk_bij(staat, vouw(doorhaling(gebeurd, f)))
    heropend = {k for k, was in voor.items() if was.status is KLAAR and staat[k].status is not KLAAR}
    assert heropend <= {f.stap}


@given(
    eerste=st.dates(date(2026, 2, 2), date(2027, 2, 2)),
    verschil=st.integers(1, 90),
    route=st.sampled_from([Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z]),
    aantal=st.integers(1, 5),
    interval=st.integers(1, 6),
)
def test_een_ander_anker_verzet_de_stappen_maar_hernoemt_er_geen(
    eerste: date, verschil: int, route: Leerroute, aantal: int, interval: int
) -> None:
    begin = gebeurtenis(
        1, BEGIN, s.Kennisgeving.model_validate({"gemeente": "GM0512", "doelgroep": "asielstatushouder"})
    )

    def met_pip(op: date) -> Stand:
        return vouw([begin, gebeurtenis(2, op, pip(op, route, aantal, interval), "pip/vaststellen/1")])

    staat: dict[str, Bestaand] = {}
    _werk_bij(staat, met_pip(eerste))
    wijzigingen = _werk_bij(staat, met_pip(eerste + timedelta(days=verschil)))
    assert {w.soort for w in wijzigingen} <= {"verzetten", "toelichten"}
    assert {w.kenmerk for w in wijzigingen if w.kenmerk.startswith("voortgang/")} == {
        f"voortgang/{n}" for n in range(1, aantal + 1)
    }
    assert all(b.generatie == 1 for b in staat.values())
