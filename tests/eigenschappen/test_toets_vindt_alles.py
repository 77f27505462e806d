"""Duizend gaten en tegenspraken, ergens in een regio die klopt: de toets vindt ze allemaal, en niets anders."""

import re
from collections.abc import Iterable
from datetime import date
from random import Random

import pytest

from domein.regels.dekking import toets_dekking
from domein.regels.dekkingsvlakken import Dekking
from domein.regels.samenwerking import Vraag, winnaars
from domein.regio.bevinding import Bevinding
from domein.regio.model import Regio
from tests.eigenschappen.plantbak import Vak, bouw, kloppend, schil, specifieker
from tests.unit.regiobouw import Rij

PER_REEKS = 50


def rijen_van(vakken: Iterable[Vak]) -> list[Rij]:
    return [vak.rij(f"r{nummer}") for nummer, vak in enumerate(vakken)]


def regio_van(rijen: Iterable[Rij]) -> Regio:
    return Regio.model_validate(bouw(list(rijen)))


def gaten_bevatten(dekking: Dekking, vraag: Vraag) -> bool:
    bit = dekking.ruimte.bit(vraag)
    gaten = dekking.gaten(vraag.stap, vraag.gemeente)
    return any(v.cellen & bit and v.van <= vraag.op <= v.tot for v in gaten)


def meldt_gat(bevinding: Bevinding, vraag: Vraag) -> bool:
    van, tot = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", bevinding.melding)[:2])
    waar = f"niemand doet stap '{vraag.stap}' in {vraag.gemeente} "
    return bevinding.soort == "gat" and waar in bevinding.melding and van <= vraag.op <= tot


@pytest.mark.parametrize("reeks", range(10))
def test_elk_geplant_gat_wordt_gevonden_en_niets_anders(reeks: int) -> None:
    kies = Random(reeks)
    for _ in range(PER_REEKS):
        vakken = list(kloppend(kies))
        assert toets_dekking(regio_van(rijen_van(vakken))) == ()
        doel = vakken.pop(kies.randrange(len(vakken)))
        rest, gat = schil(doel, kies)
        kapot = regio_van(rijen_van([*vakken, *rest]))
        dekking = Dekking(kapot)
        bevindingen = toets_dekking(kapot, dekking)
        vraag = gat.vraag(kies)
        assert winnaars(kapot, vraag)[0] == ()
        assert gaten_bevatten(dekking, vraag), (gat, vraag)
        assert [b for b in bevindingen if meldt_gat(b, vraag)], (gat, vraag)
        assert {b.soort for b in bevindingen} == {"gat"}
        # Precies het hoekje, op elke andere plek niets: elk gevonden vlak ligt erin.
        for gemeente in kapot.gemeenten:
            for vlak in dekking.gaten(gat.stap, gemeente):
                geval = dekking.ruimte.voorbeeld(vlak.cellen, gat.stap, gemeente, vlak.van)
                assert gat.bevat(geval), (gat, geval)
        assert {b.melding.split("'")[1] for b in bevindingen} == {gat.stap}


@pytest.mark.parametrize("reeks", range(10))
def test_elke_geplante_tegenspraak_wordt_gevonden_en_niets_anders(reeks: int) -> None:
    kies = Random(1000 + reeks)
    for _ in range(PER_REEKS):
        vakken = list(kloppend(kies))
        rijen = rijen_van(vakken)
        nummer = kies.randrange(len(vakken))
        if (erbij := specifieker(vakken[(nummer + 1) % len(vakken)], kies)) is not None:
            rijen.append(erbij)
        assert toets_dekking(regio_van(rijen)) == ()
        # Gelijk in alles behalve de dagen: wie maar even naast de ander geldt, wint ook niet stil.
        begin, einde = vakken[nummer].dagen
        van, tot = sorted((kies.randint(begin, einde), kies.randint(begin, einde)))
        dubbel = Vak(**{**vakken[nummer].__dict__, "dagen": (van, tot)})
        kapot = regio_van([*rijen, dubbel.rij("dubbel")])
        bevindingen = toets_dekking(kapot)
        assert [b.soort for b in bevindingen] == ["tegenspraak"]
        namen = sorted((f"r{nummer}", "dubbel"))
        assert f"de afspraken '{namen[0]}' en '{namen[1]}' gelden allebei" in bevindingen[0].melding
        assert bevindingen[0].plek.kenmerk == "dubbel"
        vraag = dubbel.vraag(kies)
        assert {a.regel_id for a in winnaars(kapot, vraag)[0]} == set(namen)
        vlakken = Dekking(kapot).tegenspraken(vraag.stap, vraag.gemeente)
        assert any(v.van <= vraag.op <= v.tot for v in vlakken)
