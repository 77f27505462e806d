"""De stand van elk voorbeeld, veld voor veld; en elke soort feit en elk veld komt voor."""

from dataclasses import fields

from domein.gebeurtenissen.soorten import SOORTEN
from domein.stand import Stand, vouw
from tests.unit.plannen import VOORBEELDEN
from tests.unit.standen import GOUD, LEEG, MEER, opgeschreven

# Deze feiten zijn een antwoord of een bericht, en veranderen verder niets aan de stand.
ZONDER_GEVOLG = {"doorgehaald", "verlengingsgrond_besproken", "verlenging_bekeken", "persoon_gewijzigd",
                 "begeleiding_afgerond", "advies_gegeven", "partnerbericht_beslist",
                 "stap_opnieuw", "dossier_herplant"}  # fmt: skip


def test_de_standen_zijn_veld_voor_veld_zo() -> None:
    assert opgeschreven() == GOUD.read_text(encoding="utf-8")


def test_elke_soort_en_elk_veld_komt_voor() -> None:
    dossiers = [*VOORBEELDEN.values(), *MEER.values()]
    soorten = {g.soort for dossier in dossiers for g in dossier.gebeurtenissen}
    assert set(SOORTEN) - soorten <= ZONDER_GEVOLG
    standen = [vouw(dossier.gebeurtenissen) for dossier in dossiers]
    for veld in fields(Stand):
        assert any(getattr(stand, veld.name) != getattr(LEEG, veld.name) for stand in standen), veld.name
