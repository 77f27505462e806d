"""Van signaal tot besluit is er geen weg met één persoon waar de wet of het mandaat er twee vraagt: alle wegen gelopen.

Elke weg is een keuze van wie meldt, wie het concept schrijft, wie de tekst wijzigt en wie tekent (of dat iemand het
zonder concept probeert), voor elke soort besluit en elk mandaat. De regels zijn die van het programma; hier staat
alleen wat eruit mag komen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from domein.begrippen import GEWONE_BESLUITEN, Besluitsoort
from domein.fouten import GeenBevoegdheid
from domein.gebeurtenissen.basis import Actor
from domein.gebeurtenissen.soorten import lees
from domein.handelingen.mandaat import eis_zelf_besluit
from domein.regels.besluitgang import (
    ALTIJD_TWEE,
    OVERGANGEN,
    VORMEN,
    Besluitstand,
    Handeling,
    bevoegdheid,
    niet_zelf,
)
from domein.regels.uitkomsten import UITKOMSTEN, vul_aan
from domein.regio.model import Regio
from tests.unit.kernbouw import Dossier
from tests.unit.plannen import na_pip
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker
from tests.unit.regiobouw import regio as maak_regio

OP = date(2026, 9, 28)
MENSEN = ("a", "b", "c")  # alle drie mandaathouder, voor alles
VORM = {soort: (vorm, uitkomst) for (vorm, uitkomst), soort in VORMEN.items()}
VELDEN = {
    "pip_vastgesteld": {
        "leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6, "bekendgemaakt_op": "2026-09-28",
    },
    "voorstel_afgewezen": {"redencode": "anders"},
    "maatregel_besloten": {"opgelegd": False, "verwijtbaarheid": "normaal", "redencode": "anders"},
    "bezwaar_beslist": {"uitkomst": "ongegrond"},
}  # fmt: skip


@dataclass(frozen=True)
class Weg:
    """Wie wat deed; `concept` None is: in één keer vastleggen. `eerder` nam het besluit waartegen bezwaar is."""

    soort: Besluitsoort
    tweede_persoon: bool
    melder: str
    eerder: str
    concept: str | None
    schrijver: str | None
    tekenaar: str

    @property
    def moet_twee(self) -> bool:
        return self.tweede_persoon or self.soort in ALTIJD_TWEE


def wegen() -> Iterator[Weg]:
    for soort, tweede, melder, eerder, concept, schrijver, tekenaar in product(
        Besluitsoort, (False, True), MENSEN, MENSEN, (*MENSEN, None), (*MENSEN, None), MENSEN
    ):
        if concept is not None or schrijver is None:
            yield Weg(soort, tweede, melder, eerder, concept, schrijver, tekenaar)


def regio(besluiten: tuple[Besluitsoort, ...], *, tweede_persoon: bool = False, plafond: int | None = None) -> Regio:
    mandaat = {
        "id": "alles", "gemeente": GEMEENTE, "stappen": ["pip"], "houders": MENSEN, "besluiten": besluiten,
        "tweede_persoon": tweede_persoon, "plafond_euro": plafond, "bron": "Mandaatbesluit 1",
    }  # fmt: skip
    mensen = [medewerker(code, "gem", "mandaathouder") for code in MENSEN]
    return maak_regio(afspraak("a", "pip"), partners=[gemeentepartner("gem", GEMEENTE)], medewerkers=mensen,
                      mandaten=[mandaat])  # fmt: skip


GEMEENTE = "GM0512"
REGIOS = {tweede: regio(tuple(Besluitsoort), tweede_persoon=tweede) for tweede in (False, True)}


def dossier(weg: Weg) -> Dossier:
    vorm, uitkomst = VORM[weg.soort]
    d = na_pip(doelgroep="gezinsmigrant")
    d.gebeurtenissen[-1] = replace(
        d.gebeurtenissen[-1], gegevens=d.gebeurtenissen[-1].gegevens.model_copy(update={"mandaathouder": weg.eerder})
    )
    d.feit("maatregel_overwogen", "2026-08-26", nummer=1, gedraging="traject", gedraging_op="2026-08-25")
    d.gebeurtenissen[-1] = replace(d.gebeurtenissen[-1], actor=Actor(weg.melder))
    d.feit("bezwaar_ingediend", "2026-03-18", nummer=1, tegen="pip", van=1)
    if weg.concept is not None:
        d.feit(
            "besluit_concept", "2026-09-20", nummer=1, besluitsoort=weg.soort, voor=f"{vorm}/1", uitkomst=uitkomst,
            velden=VELDEN[uitkomst],
        )  # fmt: skip
        d.gebeurtenissen[-1] = replace(d.gebeurtenissen[-1], actor=Actor(weg.concept))
    if weg.schrijver is not None:
        d.feit("besluit_tekst", "2026-09-21", nummer=1, versie=2, hash="0" * 64)
        d.gebeurtenissen[-1] = replace(d.gebeurtenissen[-1], actor=Actor(weg.schrijver))
    return d


def lukt(weg: Weg) -> bool:
    """Loop de weg met de regels van het programma."""
    afspraken, stand = REGIOS[weg.tweede_persoon], dossier(weg).stand
    vorm, uitkomst = VORM[weg.soort]
    if weg.concept is None:
        if weg.soort in ALTIJD_TWEE:
            return False  # `uitkomst.py` weigert dit vóór het lezen; de test hieronder houdt dat bij
        waarden = vul_aan(f"{vorm}/1", uitkomst, dict(VELDEN[uitkomst]), inhoud="lezen", door=weg.tekenaar)
        try:
            eis_zelf_besluit(afspraken, GEMEENTE, f"{vorm}/1", lees(uitkomst, waarden), Actor(weg.tekenaar), OP)
        except GeenBevoegdheid:
            return False
        return True
    besluit = stand.besluiten[1]
    bevoegd = bevoegdheid(afspraken, GEMEENTE, weg.soort, weg.tekenaar, OP)
    assert bevoegd.mandaat is not None, bevoegd
    return not niet_zelf(stand, besluit, bevoegd.mandaat, weg.tekenaar)


def test_geen_weg_naar_een_besluit_gaat_langs_een_persoon_waar_er_twee_moeten_zijn() -> None:
    gelukt: set[tuple[Besluitsoort, bool]] = set()
    aantal = 0
    for weg in wegen():
        aantal += 1
        if not lukt(weg):
            continue
        gelukt.add((weg.soort, weg.tweede_persoon))
        if weg.moet_twee:
            assert weg.concept is not None, weg
            assert weg.tekenaar not in {weg.concept, weg.schrijver}, weg
        if weg.soort is Besluitsoort.MAATREGEL:
            assert weg.tekenaar != weg.melder, weg
        if weg.soort is Besluitsoort.BESLISSING_OP_BEZWAAR:
            assert weg.tekenaar != weg.eerder, weg
    assert gelukt == set(product(Besluitsoort, (False, True))), "elke soort besluit kan wel worden genomen"
    assert aantal == len(Besluitsoort) * 2 * 27 * (3 * 4 + 1)


def test_een_persoon_kan_alleen_wat_de_wet_en_het_mandaat_een_persoon_laten() -> None:
    alleen = {weg.soort for weg in wegen() if lukt(weg) and len({weg.tekenaar, weg.concept} - {None}) == 1}
    assert alleen == set(GEWONE_BESLUITEN)
    assert not {weg for weg in wegen() if weg.tweede_persoon and weg.concept in (None, weg.tekenaar) and lukt(weg)}


@pytest.mark.parametrize("grond", ["eerste", "leerroute", "herziening"])
@pytest.mark.parametrize("uitkomst", ["pip_vastgesteld", "voorstel_afgewezen"])
def test_ook_zonder_stap_kan_niemand_het_alleen_waar_het_mandaat_er_twee_vraagt(uitkomst: str, grond: str) -> None:
    """Wie het als feit meldt, komt langs dezelfde poort."""
    waarden = dict(VELDEN[uitkomst]) | {"mandaathouder": "a"}
    waarden |= {"grond": grond} if uitkomst == "pip_vastgesteld" else {"nummer": 7}
    gegevens = lees(uitkomst, waarden)
    eis_zelf_besluit(REGIOS[False], GEMEENTE, None, gegevens, Actor("a"), OP)
    with pytest.raises(GeenBevoegdheid, match="twee personen"):
        eis_zelf_besluit(REGIOS[True], GEMEENTE, None, gegevens, Actor("a"), OP)
    with pytest.raises(GeenBevoegdheid, match="buiten het mandaat"):
        eis_zelf_besluit(regio((Besluitsoort.MAATREGEL,)), GEMEENTE, None, gegevens, Actor("a"), OP)


@pytest.mark.parametrize("soort", sorted(ALTIJD_TWEE))
def test_zonder_het_te_noemen_omvat_geen_mandaat_een_boete_of_bezwaar(soort: Besluitsoort) -> None:
    gewoon = regio(())
    for wie in MENSEN:
        bevoegd = bevoegdheid(gewoon, GEMEENTE, soort, wie, OP)
        assert bevoegd.mandaat is None
        assert f"omvat geen besluit '{soort}'" in bevoegd.waarom_niet


def test_boven_het_plafond_tekent_niemand() -> None:
    krap = regio(tuple(Besluitsoort), plafond=100)
    assert bevoegdheid(krap, GEMEENTE, Besluitsoort.MAATREGEL, "a", OP, 100).mandaat is not None
    geweigerd = bevoegdheid(krap, GEMEENTE, Besluitsoort.MAATREGEL, "a", OP, 101)
    assert geweigerd.mandaat is None
    assert "€ 100" in geweigerd.waarom_niet


def test_elk_besluit_uit_het_formulier_is_een_bekende_soort() -> None:
    """Zo kan er geen stap met een besluit bijkomen zonder dat deze wegen haar lopen."""
    besluitend = {uitkomst for _, uitkomst in VORMEN}
    in_formulier = {(vorm, u.soort) for vorm, uitkomsten in UITKOMSTEN.items() for u in uitkomsten}
    assert {(vorm, soort) for vorm, soort in in_formulier if soort in besluitend} == set(VORMEN)


def test_elke_stand_heeft_een_einde_en_niets_verandert_een_getekend_besluit() -> None:
    bereikbaar, rand = {Besluitstand.CONCEPT}, [Besluitstand.CONCEPT]
    while rand:
        hier = rand.pop()
        for (van, _), naar in OVERGANGEN.items():
            if van is hier and naar not in bereikbaar:
                bereikbaar.add(naar)
                rand.append(naar)
    assert bereikbaar == set(Besluitstand)
    na_tekenen = {h for (van, h) in OVERGANGEN if van is not Besluitstand.CONCEPT}
    assert na_tekenen == {Handeling.MAAK_BEKEND, Handeling.RETOUR}
