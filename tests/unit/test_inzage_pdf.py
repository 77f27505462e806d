"""De inzage als PDF: te openen, met taal en titel, en met elke letter die een naam kan hebben."""

from datetime import UTC, date, datetime
from typing import Any

from adapters.inzage_pdf import maak_pdf

INZAGE: dict[str, Any] = {
    "referentie": "D-7F3K9", "gemaakt_op": datetime(2026, 3, 2, 9, tzinfo=UTC), "gemeente": "GM0512",
    "persoon": {"naam": "Şükrü Ōzçelik-Ławniczak", "bsn": "999990342", "geboortedatum": date(1990, 1, 2),
                "gegevens": {"plaats": "Gorinchem"}},
    "stand": {"doelgroep": "asielstatushouder", "ontzorgen": False, "vrij_van": []},
    "termijnen": [{"soort": "pip", "anker": date(2026, 1, 5), "datum": date(2026, 3, 16), "staat": "loopt",
                   "uitleg": "De 10 weken eindigen op maandag 16 maart 2026."}],
    "gebeurtenissen": [
        {"volgnummer": n, "label": "Kennisgeving van DUO", "geldig_op": date(2026, 1, 5),
         "vastgelegd_op": datetime(2026, 1, 5, 9, tzinfo=UTC), "door": "duo", "bron": "duo", "reden": "binnengekomen",
         "gegevens": {"gemeente": "GM0512"}, "geldt": n % 2 == 0}
        for n in range(40)
    ],
    "stappen": [{"kenmerk": "pip/vaststellen/1", "titel": "Stel het PIP vast", "status": "gepland", "medewerker": None,
                 "partner": None, "streef": date(2026, 3, 16), "uiterst": date(2026, 3, 16), "waarom": "x " * 80,
                 "artikel": "artikel 15 Wi"}],
    "berichten": [], "besluiten": [{"nummer": 1, "soort": "pip", "dagtekening": date(2026, 2, 25),
                                    "ondertekenaar": "m-gor", "tekst": "Wij stellen het PIP vast."}],
    "ontvangers": [{"partner": "avres", "naam": "Avres", "waarvoor": ["intake"]}], "bewaren_tot": None,
    "bewaren": "Tot vijf jaar na het einde.", "doelen": ["Begeleiden."], "grondslagen": ["De wet."],
    "herkomst": ["DUO."], "rechten": ["U kunt vragen om verbetering."], "geautomatiseerd": "Een mens beslist.",
}  # fmt: skip


def test_de_inzage_is_een_pdf_met_taal_titel_en_bladwijzers() -> None:
    pdf = maak_pdf(INZAGE)
    assert pdf.startswith(b"%PDF-")
    assert b"/Lang (nl-NL)" in pdf
    assert b"/Outlines" in pdf
    assert pdf.count(b"/Type /Page\n") >= 3
    assert b"/ToUnicode" in pdf  # de tekst is te kopiëren en voor te lezen


def test_dezelfde_inzage_geeft_hetzelfde_bestand() -> None:
    assert maak_pdf(INZAGE) == maak_pdf(INZAGE)


def test_een_letter_die_het_lettertype_niet_kent_houdt_de_inzage_niet_tegen() -> None:
    assert maak_pdf(INZAGE | {"persoon": {"naam": "ሰላም 王", "gegevens": {}}}).startswith(b"%PDF-")
