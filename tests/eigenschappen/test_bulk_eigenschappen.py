"""Een proef van een handeling in bulk is precies wat er daarna gebeurt; en terug is weer zoals het was."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from domein.begrippen import Berichtstatus, Pauzegrond, Stapsoort, Stapstatus, Verificatie
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen import bulk
from domein.handelingen.bericht import STOND_IN_BUNDEL
from domein.handelingen.invarianten import controleer
from domein.handelingen.openen import open_stap
from domein.handelingen.opsvormen import Bulkverslag, Opdracht, Uitslag
from domein.handelingen.registreren import registreer
from domein.ports import Omgeving
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tests.eigenschappen.wandeling.wereld import Wereld, wereld
from tests.integratie.regels.leven import GEMEENTEN, VOORBEELD

COORDINATOR = Actor("m-reg", Verificatie.AANGEMELD)
RIJEN = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), GEMEENTEN).rijen[:5]
WERK = [h for h in Handeling if h is not Handeling.DOORHALEN]


@st.composite
def opdrachten(kies: st.DrawFn) -> Opdracht:
    handeling = kies(st.sampled_from(WERK))
    dagen = kies(st.integers(-3, 60).filter(bool))
    return Opdracht(
        handeling,
        "druk",
        werkdagen=dagen if handeling is Handeling.VERZETTEN else None,
        aan=kies(st.sampled_from(["m-kos", "m-jdb", "m-tha", "m-adm"])),
        grond=Pauzegrond.OVERIG,
        aanvaard=kies(st.sampled_from(["", "overmacht"])),
    )


KEUZES = st.builds(
    Bulkkeuze,
    gemeente=st.none() | st.sampled_from(GEMEENTEN),
    stap=st.none() | st.sampled_from([Stapsoort.INTAKE, Stapsoort.PIP, Stapsoort.BEGELEIDING]),
    van=st.sampled_from([date(2025, 1, 1), date(2026, 1, 20)]),
    tot=st.none() | st.just(date(2026, 3, 16)),
)


def begin(dagen: int) -> Wereld:
    """Vijf dossiers, zoveel dagen na hun begin, met open wat aan de beurt is en een deel van de post al weg."""
    hier = wereld()
    hier.opnieuw()
    hier.dagen_verder(7)
    registreer(hier.omgeving, [r for r in RIJEN if r.kennisgeving_op <= hier.klok.vandaag()], SYSTEEM)
    hier.dagen_verder(dagen)
    with hier.omgeving.magazijn.ruimte() as ruimte:
        stappen = [s.id for s in ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=hier.klok.vandaag())]
    for stap_id in stappen:
        open_stap(hier.omgeving, stap_id)
    with hier.omgeving.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND])[::2]:
            bericht.status, bericht.aanvaard_op, bericht.pogingen = Berichtstatus.AANVAARD, hier.klok.nu(), 1
            ruimte.bewaar(bericht)
    return hier


def stappen_nu(omgeving: Omgeving) -> dict[str, tuple[Any, ...]]:
    with omgeving.magazijn.ruimte() as ruimte:
        return {
            f"{s.dossier_id}:{s.kenmerk}": (s.id, s.status, s.start, s.streef, s.uiterst, s.medewerker)
            for s in ruimte.stappen_waar()
        }


def berichten_nu(omgeving: Omgeving) -> Counter[tuple[str, str]]:
    """Wat de deur uitgaat: per soort en ontvanger."""
    with omgeving.magazijn.ruimte() as ruimte:
        wachtend = ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
        return Counter((b.soort, b.ontvanger_code) for b in wachtend)


def kaal(verslag: Bulkverslag) -> tuple[Any, ...]:
    return tuple(verslag.regels), verslag.mails


@settings(max_examples=60)
@given(dagen=st.integers(0, 40), keuze=KEUZES, opdracht=opdrachten())
def test_een_proef_is_precies_wat_er_daarna_gebeurt(dagen: int, keuze: Bulkkeuze, opdracht: Opdracht) -> None:
    hier = begin(dagen).omgeving
    voor, post_voor = stappen_nu(hier), berichten_nu(hier)
    try:
        proef = bulk.proef(hier, keuze, opdracht, COORDINATOR)
    except OngeldigeGegevens as fout:
        assert "niets dat bij deze keuze past" in fout.melding  # noqa: PT017
        return
    assert (stappen_nu(hier), berichten_nu(hier)) == (voor, post_voor), "een proef bewaart niets"
    echt = bulk.voer_uit(hier, keuze, opdracht, COORDINATOR, "B-PROEF")
    assert kaal(proef) == kaal(echt)
    _klopt_met_de_database(hier, echt, voor)
    verstuurd = Counter((m.soort, m.ontvanger) for m in echt.mails if m.hoe != "dagbericht")
    # Een mail die nog niet weg was, kan door de handeling zijn vervallen; erbij komt er precies wat het verslag zegt.
    assert not verstuurd - berichten_nu(hier)
    assert not (berichten_nu(hier) - verstuurd) - post_voor
    assert not any(geschonden for geschonden in controleer(hier).values())

    nog_eens = bulk.voer_uit(hier, keuze, opdracht, COORDINATOR, "B-PROEF")
    assert nog_eens.aantal(Uitslag.GEDAAN) == 0
    assert nog_eens.aantal(Uitslag.EERDER) == echt.aantal(Uitslag.GEDAAN)
    assert nog_eens.mails == ()


def _klopt_met_de_database(hier: Omgeving, echt: Bulkverslag, voor: dict[str, tuple[Any, ...]]) -> None:
    """Elke stap die veranderde staat in het verslag, met wat zij nu is; en haar id bleef."""
    na = stappen_nu(hier)
    with hier.magazijn.ruimte() as ruimte:
        dossiers = {dossier.referentie: dossier.id for dossier in ruimte.dossiers()}
    gemeld = {
        f"{dossiers[regel.dossier]}:{beweging.kenmerk}": beweging
        for regel in echt.regels
        for beweging in regel.bewegingen
    }
    anders = {sleutel for sleutel in na if na[sleutel] != voor.get(sleutel)}
    assert anders <= set(gemeld)
    for sleutel, beweging in gemeld.items():
        assert na[sleutel][1:4] == (beweging.status[1], beweging.start[1], beweging.streef[1])
        assert sleutel not in voor or na[sleutel][0] == voor[sleutel][0]


@settings(max_examples=30)
@given(
    dagen=st.integers(0, 40),
    keuze=KEUZES,
    opdracht=opdrachten().filter(lambda o: o.handeling in (Handeling.VERZETTEN, Handeling.TOEWIJZEN)),
)
def test_een_bulk_terugdraaien_geeft_elke_stap_haar_dagen_en_haar_behandelaar_terug(
    dagen: int, keuze: Bulkkeuze, opdracht: Opdracht
) -> None:
    hier = begin(dagen).omgeving
    voor = stappen_nu(hier)
    try:
        echt = bulk.voer_uit(hier, keuze, replace(opdracht, aanvaard="overmacht"), COORDINATOR, "B-TERUG")
    except OngeldigeGegevens:
        return
    if not any(regel.gebeurtenissen for regel in echt.regels):
        return
    terug = bulk.haal_bulk_door(hier, "B-TERUG", COORDINATOR, "toch niet")
    assert terug.aantal(Uitslag.GEWEIGERD) == 0
    assert stappen_nu(hier) == voor
    assert not any(geschonden for geschonden in controleer(hier).values())


def test_valt_een_bulk_halverwege_stil_dan_doet_hervatten_de_rest_en_gaat_er_een_mail() -> None:
    hier = begin(0)
    keuze, opdracht = Bulkkeuze(stap=Stapsoort.INTAKE), Opdracht(Handeling.OVERDRAGEN, "druk", aan="m-kos")
    totaal = len(bulk.proef(hier.omgeving, keuze, opdracht, COORDINATOR).regels)
    assert totaal >= 3

    class StroomWeg(BaseException): ...

    def val_na_een(gedaan: int, _totaal: int) -> None:
        if gedaan:  # nul: de keuze ligt vast, er is nog niets gedaan
            raise StroomWeg(gedaan)

    with pytest.raises(StroomWeg):
        bulk.voer_uit(hier.omgeving, keuze, opdracht, COORDINATOR, "B-STIL", val_na_een)
    hier.klok.moment += timedelta(minutes=1)
    rest = bulk.voer_uit(hier.omgeving, keuze, opdracht, COORDINATOR, "B-STIL")
    assert (rest.aantal(Uitslag.EERDER), rest.aantal(Uitslag.GEDAAN)) == (1, totaal - 1)
    with hier.omgeving.magazijn.ruimte() as ruimte:
        berichten = ruimte.berichten()
    samen = [b for b in berichten if b.soort == "taken_gewijzigd" and b.ontvanger_code == "m-kos"]
    assert len(samen) == 1
    assert sum(b.fout_code == STOND_IN_BUNDEL and b.antwoord == samen[0].sleutel for b in berichten) >= 2
