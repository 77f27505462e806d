"""De tweede wand op PostgreSQL: ook als het domein niet oplet, laat de database een vreemd dossier niet zien; en wat
iemand wel mag zien, blijft gelijk.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from sqlalchemy.exc import DataError, ProgrammingError

import portaal.app
from adapters.opslag import SqlMagazijn, SqlRuimte
from adapters.opslag_wand import ROL
from domein.begrippen import Stapstatus
from domein.fouten import DossierAchterDeWand, OnbekendDossier, OnbekendeStap, StapAchterDeWand
from domein.handelingen import logboek, taakbeeld
from domein.handelingen.portaalpoort import Logvraag, Werkvraag
from domein.model import Logsoort, Stap, metadata
from domein.regels.toegang import Grond, Toegang
from domein.regels.wand import Wandzicht
from domein.regio.soorten import Gegevensgroep
from portaal.app import maak_app
from tests.integratie.api_hulp import kennisgeving, systeem
from tests.integratie.conftest import Bouwer
from tests.integratie.matrix_hulp import Wereld, bezoek, loop, maak_wereld, paden, routes, wijst_naar_een_dossier
from tests.integratie.post_hulp import Zetbaar

pytestmark = pytest.mark.postgres

# Wat over geen dossier gaat, of er alleen een aantal of een mailadres van een medewerker van bewaart. Een importbestand
# is alleen te lezen met de sleutel die de browser bewaart; `idempotentie` antwoordt alleen wie haar sleutel kent.
ZONDER_WAND = {
    "apitoken", "idempotentie", "importbestand",
    "postpauze", "hartslag", "lease", "dagwerk", "vernietigingslijst", "swilevering", "bulk", "logboekhoofd",
    "aanmeldlink", "sessie", "bounce", "postbeslissing", "adresstand", "bordcel", "regioversie",
}  # fmt: skip


@pytest.fixture
def soort() -> str:
    return "postgresql"


@pytest.fixture
def wereld(magazijn: SqlMagazijn, klok: Zetbaar) -> Wereld:
    return maak_wereld(magazijn, klok)


@pytest.fixture
def app(wereld: Wereld, tmp_path: Path) -> FastAPI:
    return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


@pytest.fixture
def zonder_wand(wereld: Wereld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(portaal.app, "met_wand", lambda omgeving: omgeving)
        return maak_app(wereld.hier.omgeving, wereld.hier.links, wekmap=tmp_path)


@pytest.fixture
def domein_uit(monkeypatch: pytest.MonkeyPatch) -> None:
    """De eerste wand staat uit: iedereen mag elk dossier zien, helemaal."""
    alles = Toegang(frozenset({Grond.KLANTMANAGER}), frozenset(Gegevensgroep), bsn_grondslag=True)
    for module in (logboek, taakbeeld):
        monkeypatch.setattr(module, "toegang_in", lambda *_: alles)


def tel(magazijn: SqlMagazijn, zicht: Wandzicht | None, dossier_id: UUID | None = None) -> dict[str, int]:
    """Hoeveel rijen elke tabel met een wand zo laat zien: alle, of die van één dossier."""
    uit: dict[str, int] = {}
    with magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
        for naam, tabel in metadata.tables.items():
            if naam not in ZONDER_WAND and (dossier_id is None or "dossier_id" in tabel.columns):
                waar = " WHERE dossier_id = :een" if dossier_id else ""
                vraag = text(f"SELECT count(*) FROM {naam}{waar}")
                uit[naam] = ruimte.sessie.connection().execute(vraag, {"een": dossier_id}).scalar_one()
    return uit


def vreemd_voor(wereld: Wereld, code: str) -> Stap:
    return next(stap for stap in wereld.stappen if not wereld.mag_weten(code, stap))


def wand_van(wereld: Wereld, partner: str, *codes: str) -> Wandzicht:
    return Wandzicht(organisatie=partner, medewerkers=frozenset(codes))


def test_elke_tabel_heeft_een_wand_of_staat_hier_met_de_reden(wereld: Wereld) -> None:
    vraag = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace")
    with wereld.hier.magazijn.engine.connect() as verbinding:
        met = set(verbinding.execute(vraag).scalars())
    assert met == set(metadata.tables) - ZONDER_WAND
    over_een_dossier = {n for n, t in metadata.tables.items() if {"dossier_id", "stap_id"} & set(t.columns.keys())}
    assert over_een_dossier <= met


def test_zonder_kijker_is_er_niets(wereld: Wereld) -> None:
    assert set(tel(wereld.hier.magazijn, None).values()) == {0}
    assert set(tel(wereld.hier.magazijn, Wandzicht()).values()) == {0}


def test_een_organisatie_ziet_haar_dossiers_en_van_een_vreemd_dossier_geen_rij(wereld: Wereld) -> None:
    magazijn = wereld.hier.magazijn
    eigen = next(stap for stap in wereld.stappen if stap.medewerker == "m-mer")
    vreemd = next(s for s in wereld.stappen if "taalschool-de-merwede" not in {t.partner for t in wereld.taken_in(
        s.dossier_id)})  # fmt: skip
    zicht = wand_van(wereld, eigen.partner or "", "m-mer")
    ziet = tel(magazijn, zicht, eigen.dossier_id)
    assert {"stap", "gebeurtenis", "persoonsgegeven"} <= {naam for naam, aantal in ziet.items() if aantal}
    assert set(tel(magazijn, zicht, vreemd.dossier_id).values()) == {0}
    with magazijn.ruimte_achter_wand(zicht, handelt=True) as ruimte:
        with pytest.raises(StapAchterDeWand):
            ruimte.stap(vreemd.id)
        with pytest.raises(DossierAchterDeWand):
            ruimte.gebeurtenissen(vreemd.dossier_id)
        with pytest.raises(DossierAchterDeWand):
            ruimte.persoon(vreemd.dossier_id)
        assert ruimte.stap(eigen.id).id == eigen.id


def test_wat_er_niet_is_heet_ook_achter_de_wand_onbekend(wereld: Wereld) -> None:
    with wereld.hier.magazijn.ruimte_achter_wand(None, handelt=False) as ruimte:
        with pytest.raises(OnbekendDossier) as geen_dossier:
            ruimte.dossier_bij("D-ZZZZZ")
        with pytest.raises(OnbekendeStap) as geen_stap:
            ruimte.stap(UUID(int=0))
        assert ruimte.stappen(UUID(int=0)) == []
    assert not isinstance(geen_dossier.value, DossierAchterDeWand)
    assert not isinstance(geen_stap.value, StapAchterDeWand)


@pytest.mark.usefixtures("domein_uit")
def test_ook_als_het_domein_niet_oplet_komt_een_vreemd_dossier_er_niet_uit(
    wereld: Wereld, app: FastAPI, zonder_wand: FastAPI
) -> None:
    async def statussen(welke: FastAPI, code: str, stap: Stap) -> list[int]:
        wie = await bezoek(wereld.hier, welke, code)
        pagina = f"/taken/{stap.id}"
        velden = {"generatie": "1", "reden": "te-vol", "naar": "m-kos", "bewaar": "concept"}
        return [
            (await wie.get(pagina)).status_code,
            (await wie.get(f"/dossiers/{wereld.referenties[stap.dossier_id]}")).status_code,
            (await wie.post(pagina, velden)).status_code,
            (await wie.post(f"{pagina}/neem-over", velden)).status_code,
        ]

    for code in ("m-mer", "m-lin", "m-roc"):
        stap = vreemd_voor(wereld, code)
        assert loop(statussen(app, code, stap)) == [404] * 4
        assert 404 not in loop(statussen(zonder_wand, code, stap))  # de proef deugt: het domein let niet op


def test_wat_de_wand_tegenhoudt_staat_als_geweigerd_in_het_logboek(wereld: Wereld, app: FastAPI) -> None:
    stap = vreemd_voor(wereld, "m-mer")
    referentie = wereld.referenties[stap.dossier_id]

    async def werk() -> list[int]:
        wie = await bezoek(wereld.hier, app, "m-mer")
        paden_ = (f"/taken/{stap.id}", f"/dossiers/{referentie}", "/dossiers/D-ZZZZZ")
        return [(await wie.get(pad)).status_code for pad in paden_]

    assert loop(werk()) == [404] * 3
    with wereld.hier.magazijn.ruimte() as ruimte:
        regels = ruimte.logregels(Logvraag(actor="m-mer", soort=Logsoort.GEWEIGERD))
    assert [(r.naam, r.betrokkene, r.dossier_id, r.status) for r in regels] == [
        ("/dossiers/{referentie}", referentie, stap.dossier_id, "ERROR"),
        ("/taken/{stap_id}", referentie, stap.dossier_id, "ERROR"),
    ]


def zonder_geheimen(tekst: str) -> str:
    """Een pagina zonder wat per aanmelding of ogenblik anders is."""
    return re.sub(r'(name="bewijs" value=")[^"]+|\d\d:\d\d|gezien op[^<]+', r"\1", html.unescape(tekst))


def test_elke_pagina_van_wie_met_dossiers_werkt_is_met_de_wand_dezelfde(
    wereld: Wereld, app: FastAPI, zonder_wand: FastAPI
) -> None:
    gelijk = vergelijk(wereld, app, zonder_wand, "m-jdb", "m-mer", "m-vrw")
    assert gelijk[200] > 20
    assert gelijk[404] > 20


@pytest.mark.zwaar
def test_elke_pagina_die_iemand_mag_zien_is_met_de_wand_dezelfde(
    wereld: Wereld, app: FastAPI, zonder_wand: FastAPI
) -> None:
    """De wand is nooit smaller dan het domein: elke route en elke persoon geeft hetzelfde antwoord."""
    gelijk = vergelijk(wereld, app, zonder_wand, None, *wereld.codes)
    assert gelijk[200] > 100
    assert gelijk[404] > 100


def vergelijk(wereld: Wereld, app: FastAPI, zonder_wand: FastAPI, *codes: str | None) -> Counter[int]:
    """Vraag elke pagina met en zonder wand; geef hoe vaak welk antwoord kwam, twee keer hetzelfde."""
    anders: list[str] = []
    gelijk: Counter[int] = Counter()

    async def werk() -> None:
        for code in codes:
            met, zonder = await bezoek(wereld.hier, app, code), await bezoek(wereld.hier, zonder_wand, code)
            for pad in te_bezoeken(wereld, app, code):
                een, ander = await met.get(pad), await zonder.get(pad)
                gelijk[een.status_code] += 1
                zelfde = zonder_geheimen(een.text) == zonder_geheimen(ander.text)
                if een.status_code != ander.status_code or not (zelfde or bewegend(pad, een.headers)):
                    anders.append(f"{code} {pad}: {een.status_code} en {ander.status_code}")

    loop(werk())
    assert anders == []
    return gelijk


def bewegend(pad: str, kop: Any) -> bool:
    """Het logboek groeit van elk verzoek, aanmelden geeft een nieuw bewijs, en een bestand draagt zijn ogenblik."""
    vast = kop.get("content-type", "").startswith(("text/html", "application/json"))
    return pad.startswith(("/logboek", "/aanmelden")) or pad == "/aanmelding" or not vast


def te_bezoeken(wereld: Wereld, app: FastAPI, code: str | None) -> Iterator[str]:
    for route in routes(app, "GET"):
        for stap in taken_voor(wereld, code) if wijst_naar_een_dossier(route) else wereld.stappen[:1]:
            yield paden(wereld, route, stap, code or "m-jdb")


def taken_voor(wereld: Wereld, code: str | None) -> list[Stap]:
    """Wat deze persoon mag zien, een paar van elk soort, en één dat hij niet mag zien."""
    if code is None:
        return wereld.stappen[:1]
    mag = [stap for stap in wereld.van_elk() if wereld.mag_weten(code, stap)]
    eigen = [stap for stap in mag if stap.medewerker == code]
    return [*eigen[:1], *[s for s in mag if s not in eigen][:2], *[s for s in wereld.stappen if s not in mag][:1]]


def test_de_wand_gaat_niet_mee_naar_de_volgende_transactie(wereld: Wereld) -> None:
    magazijn = wereld.hier.magazijn
    zicht = Wandzicht("avres", frozenset({"m-jdb"}), frozenset({"GM0512"}), "avres")
    wie_ben_ik = text(
        f"SELECT pg_backend_pid(), current_user = '{ROL}', coalesce(current_setting('regie.organisatie', true), '')"
        " || coalesce(current_setting('regie.medewerkers', true), '')"
        " || coalesce(current_setting('regie.gemeenten', true), '')"
        " || coalesce(current_setting('regie.regio', true), '')"
    )

    def staat(ruimte: Any) -> tuple[int, bool, str]:
        return tuple(ruimte.sessie.connection().execute(wie_ben_ik).one())  # pyright: ignore[reportReturnType]

    def daarna() -> tuple[int, bool, str]:
        with magazijn.ruimte() as ruimte:
            return staat(ruimte)

    def achter_de_wand(*, mis: bool = False) -> int:
        with magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
            nummer, in_rol, waarden = staat(ruimte)
            assert in_rol
            assert waarden == "avresm-jdbGM0512avres"
            if mis:
                ruimte.sessie.connection().execute(text("SELECT 1 / 0"))
        return nummer

    assert daarna() == (achter_de_wand(), False, "")  # dezelfde verbinding
    with pytest.raises(DataError, match="division by zero"):
        achter_de_wand(mis=True)
    nummer, in_rol, waarden = daarna()
    assert (in_rol, waarden) == (False, "")
    with magazijn.ruimte_achter_wand(None, handelt=False) as ruimte:
        assert staat(ruimte) == (nummer, True, "")  # wat een ander net zag, ziet niemand hierna


def test_wie_meer_wil_schrijven_dan_hij_ziet_wordt_geweigerd(wereld: Wereld) -> None:
    vreemd = vreemd_voor(wereld, "m-mer")
    zicht = wand_van(wereld, "taalschool-de-merwede", "m-mer")
    with wereld.hier.magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
        weg = text("UPDATE stap SET medewerker = 'm-mer' WHERE id = :een")
        assert ruimte.sessie.connection().execute(weg, {"een": vreemd.id}).rowcount == 0
    erbij = text(
        "INSERT INTO signaal (id, soort, ernst, dossier_id, melding, sinds)"
        " VALUES (gen_random_uuid(), 'x', 'fout', :een, '', now())"
    )
    with wereld.hier.magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
        verbinding = ruimte.sessie.connection()
        with pytest.raises(ProgrammingError, match="row-level security"):
            verbinding.execute(erbij, {"een": vreemd.dossier_id})
        ruimte.sessie.rollback()


def test_wie_handelt_telt_ook_het_werk_van_anderen(wereld: Wereld) -> None:
    """Een handeling weegt wie het minste werk heeft: dat zijn aantallen, ook van dossiers die hij niet ziet."""
    with wereld.hier.magazijn.ruimte() as ruimte:
        alles = ruimte.open_last(), ruimte.aantal_open_werk(wereld.codes)
    with wereld.hier.magazijn.ruimte_achter_wand(None, handelt=False) as ruimte:
        assert (ruimte.open_last(), ruimte.aantal_open_werk(wereld.codes)) == alles
        assert ruimte.stappen_waar() == []
    assert sum(alles[0].values()) > 3


VRAGEN: dict[str, Callable[[SqlRuimte], object]] = {
    "mijn werk": lambda ruimte: ruimte.open_werk(Werkvraag(van="m-jdb", referentie="D-")),
    "teamwerk": lambda ruimte: ruimte.open_werk(Werkvraag(partner="avres")),
    "eigen dossiers": lambda ruimte: ruimte.dossiers_van("m-jdb", 50),
    "een dossier": lambda ruimte: ruimte.stappen(ruimte.dossier_bij(REFERENTIE).id),
    "gebeurtenissen": lambda ruimte: ruimte.gebeurtenissen(ruimte.dossier_bij(REFERENTIE).id),
    "stappen achter een aantal": lambda ruimte: ruimte.stappenblad("GM0512", Stapstatus.OPEN),
    "termijnen achter een aantal": lambda ruimte: ruimte.termijnenblad(["GM0512"], "pip", BEGIN, EIND),
}
REFERENTIE, BEGIN, EIND = "D-T0001", date(2026, 1, 1), date(2026, 4, 1)


@pytest.mark.parametrize("rijen", [10, 1_000_000], ids=["weinig", "veel"])
@pytest.mark.parametrize("vraag", VRAGEN)
def test_de_vragen_van_een_pagina_houden_achter_de_wand_hun_index(
    magazijn: SqlMagazijn, vraag: str, rijen: int
) -> None:
    """Een voorwaarde die de database niet vooraf mag toetsen, zou elke rij langs de wand sturen.

    Hoeveel rijen de database denkt te hebben, bepaalt haar weg: beide keren hoort zij een index te nemen.
    """
    Bouwer(magazijn).dossier()
    with magazijn.engine.begin() as eigenaar:
        zoveel = text("UPDATE pg_class SET relpages = 1, reltuples = :rijen WHERE relname = :tabel")
        for tabel, aantal in {"stap": rijen, "gebeurtenis": rijen, "dossiertermijn": rijen, "dossier": 10}.items():
            eigenaar.execute(zoveel, {"rijen": aantal, "tabel": tabel})
    zicht = Wandzicht("avres", frozenset({"m-jdb"}), frozenset({"GM0512"}))
    opdrachten: list[tuple[str, Any]] = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, waarden: Any, *_rest: Any) -> None:
        if opdracht.lstrip().startswith("SELECT") and " FROM " in opdracht.replace("\n", " "):
            opdrachten.append((opdracht, waarden))

    event.listen(magazijn.engine, "before_cursor_execute", onthoud)
    with magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
        VRAGEN[vraag](ruimte)
    event.remove(magazijn.engine, "before_cursor_execute", onthoud)
    assert opdrachten
    with magazijn.ruimte_achter_wand(zicht, handelt=False) as ruimte:
        verbinding = ruimte.sessie.connection()
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))  # de tabel is hier te klein om een index te lonen
        for opdracht, waarden in opdrachten:
            gang = "\n".join(verbinding.exec_driver_sql(f"EXPLAIN (COSTS OFF) {opdracht}", waarden).scalars())
            assert "Index Cond" in gang, gang
            assert "Seq Scan" not in gang, gang


def test_het_systeem_van_een_partner_leest_zijn_dossiers_en_een_vreemd_dossier_is_er_niet(
    wereld: Wereld, app: FastAPI
) -> None:
    eigen, vreemd = next(s for s in wereld.stappen if s.medewerker == "m-mer"), vreemd_voor(wereld, "m-mer")
    school = systeem(wereld.hier, app, eigen.partner or "")
    referenties = {regel["referentie"] for regel in school.get("/v1/dossiers").json()["dossiers"]}
    assert wereld.referenties[eigen.dossier_id] in referenties
    assert wereld.referenties[vreemd.dossier_id] not in referenties
    assert school.get(f"/v1/dossiers/{wereld.referenties[eigen.dossier_id]}").status_code == 200
    assert school.get(f"/v1/dossiers/{wereld.referenties[vreemd.dossier_id]}").status_code == 404
    inhoud = {
        "medewerker": "m-mer", "stap_id": str(vreemd.id), "uitkomst": "oproep_verzonden", "datum": "2026-01-12",
        "generatie": 1, "gegevens": {},
    }  # fmt: skip
    assert school.post("/v1/uitkomsten", inhoud).status_code == 404
    assert school.post("/v1/kennisgevingen", kennisgeving(medewerker="m-mer")).status_code != 500
    with wereld.hier.magazijn.ruimte() as ruimte:
        geweigerd = ruimte.logregels(Logvraag(betrokkene=wereld.referenties[vreemd.dossier_id]))
    assert [regel.soort for regel in geweigerd] == [Logsoort.GEWEIGERD] * 2
