"""Het filter van een handeling in bulk: wat past, wat niet kan, en wanneer twee vragen dezelfde zijn."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domein.begrippen import Pauzegrond, Stapsoort, Stapstatus
from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.handelingen.opsvormen import Mailgevolg, Opdracht, vat_samen
from domein.regels.bulkkeuze import ONAF, STATUSSEN, Bulkkeuze, Handeling, controleer, kies, past, vingerafdruk


@dataclass
class Stapje:
    kenmerk: str = "intake/oproep/1"
    gemeente: str = "GM0512"
    stapsoort: Stapsoort = Stapsoort.INTAKE
    status: Stapstatus = Stapstatus.OPEN
    streef: date = date(2026, 1, 15)
    partner: str | None = "avres"
    medewerker: str | None = "m-kos"
    id: UUID = field(default_factory=uuid4)


@pytest.mark.parametrize(
    ("voorwaarde", "past_wel", "past_niet"),
    [
        pytest.param({"gemeente": "GM0512"}, {}, {"gemeente": "GM1978"}, id="gemeente"),
        pytest.param({"medewerker": "m-kos"}, {}, {"medewerker": None}, id="medewerker"),
        pytest.param({"stap": Stapsoort.INTAKE}, {}, {"stapsoort": Stapsoort.DUO}, id="thema"),
        pytest.param({"kenmerk": "intake/oproep"}, {}, {"kenmerk": "intake/oproepen/1"}, id="begin-van-kenmerk"),
        pytest.param({"kenmerk": "intake/oproep/1"}, {}, {"kenmerk": "intake/oproep/10"}, id="heel-kenmerk"),
        pytest.param({"van": date(2026, 1, 15)}, {}, {"streef": date(2026, 1, 14)}, id="van-telt-mee"),
        pytest.param({"tot": date(2026, 1, 15)}, {}, {"streef": date(2026, 1, 16)}, id="tot-telt-mee"),
        pytest.param({"gemeente": "GM0512"}, {"status": Stapstatus.GEPLAND}, {"status": Stapstatus.KLAAR}, id="status"),
    ],
)
def test_elke_voorwaarde_houdt_tegen_wat_er_niet_aan_voldoet(
    voorwaarde: dict[str, Any], past_wel: dict[str, Any], past_niet: dict[str, Any]
) -> None:
    keuze = Bulkkeuze(**voorwaarde)
    assert past(keuze, replace(Stapje(), **past_wel), ONAF)
    assert not past(keuze, replace(Stapje(), **past_niet), ONAF)


STAPJES = st.builds(
    Stapje,
    kenmerk=st.sampled_from(["intake/oproep/1", "voortgang/1", "duo/pip-vastgesteld/1"]),
    gemeente=st.sampled_from(["GM0512", "GM1978"]),
    stapsoort=st.sampled_from([Stapsoort.INTAKE, Stapsoort.DUO]),
    status=st.sampled_from(list(Stapstatus)),
    streef=st.dates(date(2026, 1, 1), date(2026, 1, 31)),
)
KEUZES = st.builds(
    Bulkkeuze,
    gemeente=st.none() | st.sampled_from(["GM0512", "GM1978"]),
    stap=st.none() | st.sampled_from([Stapsoort.INTAKE, Stapsoort.DUO]),
    kenmerk=st.none() | st.sampled_from(["intake/oproep", "voortgang/1"]),
    van=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 31)),
    tot=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 31)),
)


@given(keuze=KEUZES, stappen=st.lists(STAPJES, max_size=8))
def test_een_extra_voorwaarde_kiest_nooit_meer_en_de_volgorde_blijft(keuze: Bulkkeuze, stappen: list[Stapje]) -> None:
    gekozen = kies(keuze, stappen, ONAF)
    assert gekozen == [s.id for s in stappen if s.id in set(gekozen)]
    for ruimer in (replace(keuze, gemeente=None), replace(keuze, van=None), replace(keuze, stap=None)):
        assert set(gekozen) <= set(kies(ruimer, stappen, ONAF))


@pytest.mark.parametrize("handeling", STATUSSEN)
def test_een_status_waarbij_de_handeling_niet_kan_wordt_geweigerd(handeling: Handeling) -> None:
    for status in Stapstatus:
        keuze = Bulkkeuze(gemeente="GM0512", statussen=(status,))
        if status in STATUSSEN[handeling]:
            controleer(keuze, handeling)
        else:
            with pytest.raises(OngeldigeGegevens, match=status.value):
                controleer(keuze, handeling)


@pytest.mark.parametrize("handeling", Handeling)
def test_zonder_keuze_gebeurt_er_niets(handeling: Handeling) -> None:
    with pytest.raises(OngeldigeGegevens, match="over alles"):
        controleer(Bulkkeuze(), handeling)


@pytest.mark.parametrize(
    "opdracht",
    [
        pytest.param(Opdracht(Handeling.VERZETTEN, "druk"), id="verzetten-zonder-dag"),
        pytest.param(Opdracht(Handeling.VERZETTEN, "druk", naar=date(2026, 1, 1), werkdagen=1), id="twee-dagen"),
        pytest.param(Opdracht(Handeling.VERZETTEN, "druk", werkdagen=0), id="nul-werkdagen"),
        pytest.param(Opdracht(Handeling.OVERDRAGEN, "druk"), id="overdragen-zonder-wie"),
        pytest.param(Opdracht(Handeling.TOEWIJZEN, "druk", aan=""), id="toewijzen-zonder-wie"),
        pytest.param(Opdracht(Handeling.PAUZEREN, "druk"), id="pauzeren-zonder-grond"),
    ],
)
def test_een_halve_opdracht_wordt_geweigerd(opdracht: Opdracht) -> None:
    with pytest.raises(OngeldigeGegevens):
        opdracht.controleer()
    with pytest.raises(RedenNodig):
        replace(opdracht, reden="  ").controleer()


def test_dezelfde_vraag_heeft_dezelfde_vingerafdruk_en_een_andere_niet() -> None:
    keuze = Bulkkeuze(gemeente="GM0512", van=date(2026, 1, 5))
    opdracht = Opdracht(Handeling.PAUZEREN, "druk", grond=Pauzegrond.DETENTIE)

    def afdruk(keuze: Bulkkeuze, opdracht: Opdracht) -> str:
        return vingerafdruk(opdracht.handeling, keuze, opdracht.waarden())

    eerst = afdruk(keuze, opdracht)
    assert eerst == afdruk(replace(keuze), replace(opdracht, reden="anders verwoord"))
    assert eerst != afdruk(replace(keuze, van=date(2026, 1, 6)), opdracht)
    assert eerst != afdruk(keuze, replace(opdracht, verwacht_tot=date(2026, 3, 1)))
    # De grond gaat over de persoon: zij staat niet in wat bij de bulk wordt bewaard.
    assert "detentie" not in str(opdracht.waarden())


def test_samenvoegen_laat_geen_stap_weg_en_neemt_afspraken_mee() -> None:
    los = [Mailgevolg("taak_verzet", "m-kos", "klantmanager", (f"D-{n}:intake/oproep/1",)) for n in range(40)]
    een = Mailgevolg("taak_verzet", "m-jdb", "klantmanager", ("D-1:duo/1",))
    gesprek = Mailgevolg("taak_verzet", "m-kos", "klantmanager", ("D-1:voortgang/1",), agenda=True)
    later = Mailgevolg("taak_verzet", "m-tha", "klantmanager", ("D-2:duo/1",), "dagbericht")
    samen = vat_samen([*los, een, gesprek, later])
    assert [(m.ontvanger, m.soort, m.hoe, len(m.stappen)) for m in samen] == [
        ("m-jdb", "taak_verzet", "mail", 1),
        ("m-kos", "taken_gewijzigd", "samen", 41),
        ("m-tha", "taak_verzet", "dagbericht", 1),
    ]
    assert [m.agenda for m in samen] == [False, True, False]


@given(
    st.builds(
        Bulkkeuze,
        stappen=st.lists(st.text(min_size=1)).map(tuple),
        dossiers=st.lists(st.text(min_size=1)).map(tuple),
        gemeente=st.none() | st.just("GM0512"),
        partner=st.none() | st.text(min_size=1),
        stap=st.none() | st.sampled_from(Stapsoort),
        statussen=st.lists(st.sampled_from(Stapstatus)).map(tuple),
        van=st.none() | st.dates(),
        tot=st.none() | st.dates(),
    )
)
def test_een_bewaarde_keuze_komt_precies_terug(keuze: Bulkkeuze) -> None:
    assert Bulkkeuze.uit_dict(keuze.als_dict()) == keuze
