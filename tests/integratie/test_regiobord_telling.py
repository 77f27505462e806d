"""De tellingen van het regiobord zijn altijd wat een nieuwe telling geeft, ook als mensen tegelijk werken."""

import threading
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from adapters.opslag import SqlMagazijn
from domein.begrippen import Stapstatus
from domein.fouten import VolgnummerBezet
from domein.handelingen.kern import kader
from domein.handelingen.regiobord_bijwerken import Bordverslag, afwijkingen_op_het_bord, vul_bord
from domein.regels.bordtelling import DOSSIER, EINDE, PIP, STAP, TERMIJN
from tests.integratie.conftest import Bouwer, ZetKlok
from tests.integratie.portaal_hulp import gesprek, regio_met_dossiers
from tests.integratie.regels.leven import MANDAAT, Leven, omgeving_van
from tests.integratie.regels.leven import PIP as PIPVELDEN

GEMEENTEN = ("GM0512", "GM1961", "GM1978")


def som(magazijn: SqlMagazijn, maat: str, *per: str, **rest: Any) -> dict[tuple[Any, ...], int]:
    with magazijn.ruimte() as ruimte:
        return dict(ruimte.bordsom(maat, per, gemeenten=GEMEENTEN, **rest))


def klopt(magazijn: SqlMagazijn) -> None:
    with magazijn.ruimte() as ruimte:
        assert dict(ruimte.telverschil()) == {}


def test_een_stap_telt_mee_zodra_zij_er_is_en_verhuist_met_haar_status(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    dossier = bouwer.dossier()
    stap = bouwer.stap(dossier, partner="avres")
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(stap)
    assert som(magazijn, STAP, "gemeente", "staat") == {("GM0512", "gepland"): 1}
    with magazijn.ruimte() as ruimte:
        rij = ruimte.stap(stap.id)
        rij.status = Stapstatus.OPEN
        ruimte.bewaar(rij)
    assert som(magazijn, STAP, "gemeente", "staat") == {("GM0512", "open"): 1}
    assert som(magazijn, EINDE, "wanneer") == {("2026-01-12",): 1}
    klopt(magazijn)


def test_een_wijziging_die_een_vraag_onderweg_wegschrijft_telt_ook(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    """Een vraag tussen twee wijzigingen schrijft de eerste al weg; dan nog telt elk verschil één keer."""
    dossier = bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(dossier))
    with magazijn.ruimte() as ruimte:
        (rij,) = ruimte.stappen(dossier.id)
        rij.status = Stapstatus.OPEN
        ruimte.stappen_waar(gemeente="GM0512")
        rij.gemeente = "GM1961"
        ruimte.open_last()
        rij.status, rij.medewerker = Stapstatus.KLAAR, "m-1"
        ruimte.bewaar(rij)
    assert som(magazijn, STAP, "gemeente", "staat") == {("GM1961", "klaar"): 1}
    assert som(magazijn, EINDE, "wanneer") == {}
    klopt(magazijn)


def test_wat_wordt_teruggedraaid_telt_niet(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    dossier = bouwer.dossier()

    def bewaar(*kenmerken: str, faal: bool = False) -> None:
        with magazijn.ruimte() as ruimte:
            for kenmerk in kenmerken:
                ruimte.bewaar(bouwer.stap(dossier, kenmerk))
            if faal:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        bewaar("intake/oproep/1", faal=True)
    bewaar("intake/oproep/2")
    with pytest.raises(VolgnummerBezet):
        bewaar("intake/oproep/3", "intake/oproep/2")
    assert som(magazijn, STAP) == {(): 1}
    klopt(magazijn)


def test_een_telling_op_nul_verdwijnt(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    dossier = bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(dossier, status=Stapstatus.OPEN))
    with magazijn.ruimte() as ruimte:
        (rij,) = ruimte.stappen(dossier.id)
        rij.status = Stapstatus.VERVALLEN
        ruimte.bewaar(rij)
    with magazijn.engine.connect() as verbinding:
        rijen = verbinding.execute(text("SELECT maat, staat, aantal FROM bordcel")).all()
    assert [tuple(rij) for rij in rijen] == [("stap", "vervallen", 1)]


def test_hertellen_herstelt_een_telling_die_niet_klopt(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    dossier = bouwer.dossier()
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(dossier))
    with magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE bordcel SET aantal = 7"))
    with magazijn.ruimte() as ruimte:
        assert list(ruimte.telverschil().values()) == [(7, 1)]
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(bouwer.stap(dossier, "intake/oproep/2"))  # ook wat in dezelfde transactie verandert
        ruimte.hertel()
    assert som(magazijn, STAP) == {(): 2}
    klopt(magazijn)


def test_tegelijk_schrijven_verliest_geen_telling(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    """Vier mensen, elk met een eigen dossier, raken dezelfde tellingen in een andere volgorde."""
    dossiers = [bouwer.dossier() for _ in range(4)]
    soorten = ["a", "b", "c", "d"]
    fouten: list[Exception] = []
    samen = threading.Barrier(4)

    def werk(nummer: int) -> None:
        try:
            samen.wait(20)
            for keer in range(6):
                with magazijn.ruimte() as ruimte:
                    partners = soorten[nummer:] + soorten[:nummer]
                    ruimte.bewaar(
                        *(
                            bouwer.stap(dossiers[nummer], f"{keer}/{p}", partner=p, status=Stapstatus.OPEN)
                            for p in partners
                        )
                    )
                with magazijn.ruimte() as ruimte:
                    for rij in ruimte.stappen(dossiers[nummer].id):
                        rij.status = Stapstatus.KLAAR
                        ruimte.bewaar(rij)
        except Exception as fout:
            fouten.append(fout)

    draden = [threading.Thread(target=werk, args=(nummer,)) for nummer in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert fouten == []
    assert som(magazijn, STAP, "partner", "staat") == {(p, "klaar"): 24 for p in soorten}
    klopt(magazijn)


def test_een_leven_door_de_echte_handelingen_zet_zijn_mijlpalen_en_termijnen(
    magazijn: SqlMagazijn, klok: ZetKlok
) -> None:
    hier = regio_met_dossiers(magazijn, klok)
    stap = gesprek(hier)
    assert som(magazijn, DOSSIER, "staat") == {("lopend",): 3}
    assert sum(som(magazijn, TERMIJN, waar={"wat": "pip"}).values()) == 3
    with magazijn.ruimte() as ruimte:
        assert afwijkingen_op_het_bord(ruimte, kader()) == []
        mijlpaal = ruimte.mijlpaal(stap.dossier_id)
        assert mijlpaal is not None
        assert (mijlpaal.kennisgeving_op, mijlpaal.pip_op) == (date(2026, 1, 5), None)


def test_een_pip_haalt_zijn_termijn_en_een_doorhaling_zet_haar_terug(magazijn: SqlMagazijn, klok: ZetKlok) -> None:
    leven = Leven(omgeving_van(magazijn, klok)).begin().tot_intake()
    assert som(magazijn, PIP, "staat") == {}
    leven.antwoord("pip/vaststellen/1", "pip_vastgesteld", date(2026, 2, 25), door=MANDAAT, **PIPVELDEN,
                   bekendgemaakt_op="2026-02-25")  # fmt: skip
    assert som(magazijn, PIP, "staat") == {("op_tijd",): 1}
    klopt(magazijn)
    leven.haal_door(next(g for g in leven.gebeurtenissen() if g.soort == "pip_vastgesteld"))
    assert som(magazijn, PIP, "staat") == {}
    assert sum(som(magazijn, TERMIJN, waar={"wat": "pip"}).values()) == 1
    with magazijn.ruimte() as ruimte:
        assert afwijkingen_op_het_bord(ruimte, kader()) == []


def test_een_gewist_dossier_laat_geen_dagen_achter(magazijn: SqlMagazijn, klok: ZetKlok) -> None:
    hier = regio_met_dossiers(magazijn, klok)
    with magazijn.ruimte() as ruimte:
        dossier = ruimte.dossiers()[0]
        mijlpaal, termijnen = ruimte.mijlpaal(dossier.id), ruimte.dossiertermijnen(dossier.id)
        assert mijlpaal is not None
        assert termijnen
        ruimte.verwijder(mijlpaal, *termijnen)
    assert som(magazijn, DOSSIER) == {(): 2}
    klopt(magazijn)
    # Zo staan ook dossiers van voor het bord erbij: zij komen er alsnog op.
    verslag = Bordverslag()
    laatste = vul_bord(hier.omgeving, kader(), verslag)
    assert laatste == dossier.id
    assert vul_bord(hier.omgeving, kader(), verslag, na=laatste) is None
    assert vul_bord(hier.omgeving, kader(), verslag) is None
    assert (verslag.gezet, verslag.mislukt) == (1, [])
    with magazijn.ruimte() as ruimte:
        assert afwijkingen_op_het_bord(ruimte, kader()) == []


def test_een_blad_stappen_is_met_bladeren_precies_alles(bouwer: Bouwer, magazijn: SqlMagazijn) -> None:
    dossier = bouwer.dossier()
    begin = date(2026, 1, 5)
    with magazijn.ruimte() as ruimte:
        ruimte.bewaar(
            *(
                bouwer.stap(
                    dossier, f"intake/oproep/{n}", streef=begin + timedelta(days=n % 4),
                    partner=[None, "a", "b"][n % 3], status=Stapstatus.OPEN,
                )
                for n in range(23)
            ),
            bouwer.stap(dossier, "intake/oproep/99", status=Stapstatus.KLAAR),
        )  # fmt: skip

    def bladen(**keuze: Any) -> list[str]:
        gezien: list[str] = []
        na: UUID | None = None
        with magazijn.ruimte() as ruimte:
            while blad := ruimte.stappenblad("GM0512", Stapstatus.OPEN, na=na, grens=5, **keuze):
                gezien += [stap.kenmerk for stap, referentie in blad if referentie == dossier.referentie]
                na = blad[-1][0].id
        return gezien

    alle = bladen()
    assert len(alle) == len(set(alle)) == 23
    assert len(bladen(partner="a")) == 8
    assert len(bladen(partner="")) == 8  # nog bij niemand
    assert bladen(stapsoort="pip") == []
