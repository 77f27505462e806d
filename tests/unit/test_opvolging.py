"""Wie een open taak overneemt: de vervanger, een collega, en een besluit alleen bij iemand met mandaat."""

from datetime import date

import pytest

from domein.begrippen import Rol, Stapsoort
from domein.regels.opvolging import Grond, OpenTaak, coordinator, heeft_mandaat, kies_opvolger, verhindering
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio

DAG = date(2026, 3, 2)
WEG = {"van": "2026-03-01", "tot": "2026-03-06"}
MANDAAT = {
    "id": "mandaat", "gemeente": "GM0512", "stappen": ["pip"], "houders": ["m-g1", "m-g2"], "bron": "besluit",
    "geldig_tot": "2026-12-31",
}  # fmt: skip


def bouw(**afwezig: str | None) -> Regio:
    """Een team van drie bij `uo`, een buur bij `elders`, drie mandaathouders waarvan `m-g3` zonder mandaat."""

    def wie(code: str, bij: str, *rollen: str, **anders: object):
        sleutel = code.replace("-", "_")
        weg = (
            {"afwezigheid": [{**WEG, **({"vervanger": v} if (v := afwezig[sleutel]) else {})}]}
            if sleutel in afwezig
            else {}
        )
        return medewerker(code, bij, *rollen, **weg, **anders)

    return regio(
        afspraak("a", "intake"),
        partners=[partner("elders"), gemeentepartner("gem", "GM0512")],
        medewerkers=[
            wie("m-a", "uo", "klantmanager"), wie("m-b", "uo", "klantmanager"),
            wie("m-oud", "uo", "klantmanager", in_dienst_tot="2026-02-28"),
            wie("m-buur", "elders", "klantmanager"), wie("m-r1", "uo", "regiocoordinator"),
            wie("m-r2", "uo", "regiocoordinator"),
            wie("m-g1", "gem", "mandaathouder"), wie("m-g2", "gem", "mandaathouder"),
            wie("m-g3", "gem", "mandaathouder"),
        ],
        mandaten=[MANDAAT],
    )  # fmt: skip


def taak(van: str = "m-a", *, besluit: bool = False) -> OpenTaak:
    if besluit:
        return OpenTaak(Stapsoort.PIP, "GM0512", "gem", van, Rol.MANDAATHOUDER, besluit=True)
    return OpenTaak(Stapsoort.INTAKE, "GM0512", "uo", van, Rol.KLANTMANAGER)


def gekozen(r: Regio, t: OpenTaak, kapot: frozenset[str] = frozenset(), **last: float) -> str | None:
    waarom = verhindering(r, t.medewerker, DAG, kapot)
    assert waarom is not None
    telling = {code.replace("_", "-"): aantal for code, aantal in last.items()}
    opvolger = kies_opvolger(r, t, waarom, DAG, kapotte_adressen=kapot, last=telling)
    return opvolger.medewerker.code if opvolger else None


@pytest.mark.parametrize(
    ("code", "kapot", "grond"),
    [
        ("m-a", (), None),
        ("m-b", (), Grond.AFWEZIG),
        ("m-a", ("m-a@uo.example",), Grond.ADRES),
        ("m-b", ("m-b@uo.example",), Grond.AFWEZIG),
        ("m-oud", (), Grond.WEG),
        ("m-onbekend", (), Grond.WEG),
    ],
)
def test_waarom_iemand_zijn_taken_niet_kan_doen(code: str, kapot: tuple[str, ...], grond: Grond | None) -> None:
    gevonden = verhindering(bouw(m_b=None), code, DAG, kapot)
    assert (gevonden.grond if gevonden else None) is grond


def test_de_vervanger_gaat_voor_ook_bij_een_andere_organisatie_en_de_taak_blijft_van_de_partner() -> None:
    r = bouw(m_a="m-buur")
    assert gekozen(r, taak(), m_buur=99) == "m-buur"
    waarom = verhindering(r, "m-a", DAG)
    assert waarom is not None
    opvolger = kies_opvolger(r, taak(), waarom, DAG)
    assert opvolger is not None
    assert (opvolger.partner, opvolger.waarom) == (
        "uo", "Uw collega m-a is er tot en met 6 maart 2026 niet. U bent de vervanger."
    )  # fmt: skip


def test_zonder_bruikbare_vervanger_de_collega_met_het_minste_werk() -> None:
    assert gekozen(bouw(m_a=None), taak(), m_b=3, m_uo=5) == "m-b"
    assert gekozen(bouw(m_a=None), taak(), m_b=6, m_uo=5) == "m-uo"
    # Een vervanger met een andere rol, die zelf weg is of wiens adres niet werkt, telt niet.
    assert gekozen(bouw(m_a="m-r1"), taak(), m_uo=5) == "m-b"
    assert gekozen(bouw(m_a="m-buur", m_buur=None), taak(), m_uo=5) == "m-b"
    assert gekozen(bouw(m_a="m-buur"), taak(), frozenset({"m-buur@elders.example"}), m_uo=5) == "m-b"


def test_is_iedereen_weg_dan_niemand() -> None:
    assert gekozen(bouw(m_a=None, m_b=None), taak(), frozenset({"m-uo@uo.example"})) is None


def test_een_kapot_adres_zonder_afwezigheid_gaat_naar_een_collega() -> None:
    assert gekozen(bouw(), taak(), frozenset({"m-a@uo.example"}), m_uo=1) == "m-b"


@pytest.mark.parametrize(
    ("afwezig", "naar"),
    [
        ({"m_g1": None}, "m-g2"),
        ({"m_g1": "m-g2"}, "m-g2"),
        ({"m_g1": "m-g3"}, "m-g2"),  # de vervanger heeft de rol en geen mandaat
        ({"m_g1": "m-g3", "m_g2": None}, None),
        ({"m_g1": "m-a", "m_g2": "m-g3"}, None),
    ],
)
def test_een_besluit_blijft_bij_iemand_met_mandaat(afwezig: dict[str, str | None], naar: str | None) -> None:
    assert gekozen(bouw(**afwezig), taak("m-g1", besluit=True)) == naar


def test_een_mandaat_geldt_voor_een_gemeente_een_stap_en_een_tijd() -> None:
    r = bouw()
    assert heeft_mandaat(r, "GM0512", Stapsoort.PIP, "m-g1", DAG)
    assert not heeft_mandaat(r, "GM1978", Stapsoort.PIP, "m-g1", DAG)
    assert not heeft_mandaat(r, "GM0512", Stapsoort.EINDE, "m-g1", DAG)
    assert not heeft_mandaat(r, "GM0512", Stapsoort.PIP, "m-g3", DAG)
    assert not heeft_mandaat(r, "GM0512", Stapsoort.PIP, "m-g1", date(2027, 1, 1))


def test_de_coordinator_die_er_is_en_mail_ontvangt() -> None:
    def wie(r: Regio, *kapot: str) -> str | None:
        gevonden = coordinator(r, DAG, kapot)
        return gevonden.code if gevonden else None

    assert wie(bouw()) == "m-r1"
    assert wie(bouw(m_r1=None)) == "m-r2"
    assert wie(bouw(), "m-r1@uo.example") == "m-r2"
    assert wie(bouw(m_r1=None, m_r2=None)) is None
