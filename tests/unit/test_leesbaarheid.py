"""De leesbaarheidsmaat: lettergrepen en zinnen met de hand geteld, en de formule van Douma nagerekend."""

import pytest

from adapters.leesbaarheid import lettergrepen, meet, moeilijke_woorden, verboden_woorden, woorden, zinnen

# Met de hand geteld: de streepjes zijn de lettergrepen.
GETELD = [
    "taak", "da-tum", "dos-sier", "ge-meen-te", "in-bur-ge-ring", "ken-nis-ge-ving", "waar-schu-wing", "i-dee-ën",
    "be-oor-de-len", "be-ëin-di-gen", "ge-ïn-te-greerd", "fi-nan-ci-eel", "mu-se-um", "sta-tion", "na-tio-naal",
    "re-gi-o-naal", "bu-reau", "nieu-we", "me-vrouw", "ja-nu-a-ri", "fe-bru-a-ri", "si-tu-a-tie", "so-ci-aal",
    "leer-baar-heids-toets", "be-han-de-laar", "uit-no-di-ging", "be-zwaar", "voor-bij", "krijgt", "veer-tien",
    "co-ör-di-na-tor", "eu-ro-pa", "ba-by", "bij-zon-der", "schrij-ven", "eeu-wig", "col-le-ga", "team-lei-der",
    "ooi-evaar", "zee-ën", "re-ünie", "op-roep", "in-take", "vóór", "één", "du-o",
]  # fmt: skip


@pytest.mark.parametrize("geteld", GETELD)
def test_lettergrepen_zijn_zoals_met_de_hand_geteld(geteld: str) -> None:
    bijzonder = {"ooi-evaar": 3, "re-ünie": 3}  # hier telt het streepje er een te weinig
    assert lettergrepen(geteld.replace("-", "")) == bijzonder.get(geteld, geteld.count("-") + 1)


@pytest.mark.parametrize(
    ("woord", "aantal"),
    [("2026", 1), ("10.00", 1), ("D-7F3K9", 2), ("BSN", 3), ("PIP", 1), ("e-mail", 2), ("B1-route", 3), ("KNM", 3)],
)
def test_een_getal_is_een_en_losse_letters_tellen_elk(woord: str, aantal: int) -> None:
    assert lettergrepen(woord) == aantal


@pytest.mark.parametrize(
    ("zin", "aantal_woorden", "aantal_grepen"),
    [
        ("U hebt een nieuwe taak.", 5, 6),  # u hebt een nieu-we taak
        ("Kunt u niet komen? Bel dan.", 6, 7),  # kunt u niet ko-men bel dan
        ("De gemeente helpt u verder.", 5, 8),  # de ge-meen-te helpt u ver-der
        ("Het college stelt het plan vast.", 6, 8),  # het col-le-ge stelt het plan vast
    ],
)
def test_woorden_en_lettergrepen_van_een_zin(zin: str, aantal_woorden: int, aantal_grepen: int) -> None:
    assert len(woorden(zin)) == aantal_woorden
    assert sum(map(lettergrepen, woorden(zin))) == aantal_grepen


def test_de_score_is_de_formule_van_douma() -> None:
    # Vijf woorden, zes lettergrepen, een zin: 206,84 - 0,93 x 5 - 77 x 6/5.
    assert meet("U hebt een nieuwe taak.").score == pytest.approx(206.84 - 0.93 * 5 - 77 * 6 / 5)
    # Elf woorden, dertien lettergrepen, drie zinnen.
    maat = meet("U hebt een nieuwe taak.\nKunt u niet komen? Bel dan.")
    assert (maat.zinnen, maat.langste) == (3, 5)
    assert maat.score == pytest.approx(206.84 - 0.93 * 11 / 3 - 77 * 13 / 11)


def test_ambtelijke_taal_zakt_en_klare_taal_slaagt() -> None:
    stijf = (
        "Ingevolge het bepaalde in artikel 14 dient de inburgeringsplichtige zich onverwijld te vervoegen bij de "
        "daartoe aangewezen functionaris teneinde medewerking te verlenen aan de leerbaarheidstoets."
    )
    assert meet(stijf).score < 30
    assert meet("U hebt een gesprek. Wij praten over uw les. Kunt u niet komen? Bel mij.").score > 100


def test_feiten_links_en_streepjes_zijn_geen_zinnen() -> None:
    tekst = "Wat:        Voer het gesprek\n\nKlaar? Vul in:\nhttps://regie.example/taak/abc.def\n\n- Bel de school.\n"
    assert zinnen(tekst) == ["Klaar?", "Vul in:", "Bel de school."]


def test_een_getal_of_afkorting_eindigt_geen_zin() -> None:
    assert zinnen("Kom om 10.00 uur. Zie art. 5.3 van de wet.") == ["Kom om 10.00 uur.", "Zie art. 5.3 van de wet."]


def test_verboden_woorden_staan_er_als_heel_woord_en_ook_in_groepen() -> None:
    lijst = {"middels": "met", "ten aanzien van": "over", "mede": "ook"}
    assert verboden_woorden("Middels deze brief, ten aanzien\nvan u.", lijst) == [
        ("middels", "met"), ("ten aanzien van", "over"),
    ]  # fmt: skip
    assert verboden_woorden("De medewerker is inmiddels hier.", lijst) == []


def test_een_lang_woord_mag_alleen_als_het_een_begrip_is() -> None:
    tekst = "De inburgeringstermijnen en de verantwoordelijkheid."
    assert moeilijke_woorden(tekst, {"inburgeringstermijn"}) == ["verantwoordelijkheid"]
