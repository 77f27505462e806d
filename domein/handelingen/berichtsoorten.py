"""De soorten bericht die het systeem verstuurt. Wat erin mag staan, zegt `sjablonen/berichtsoorten.toml`."""

from typing import Final

TAAK: Final = "taak"
TAAK_VERZET: Final = "taak_verzet"
TAAK_INGETROKKEN: Final = "taak_ingetrokken"
OVERDRACHT: Final = "overdracht"
HERINNERING: Final = "herinnering"
VROEGE_WAARSCHUWING: Final = "vroege_waarschuwing"
ESCALATIE: Final = "escalatie"
DAGBERICHT: Final = "dagbericht"
WEEKBERICHT: Final = "weekbericht"
MAANDMEMO: Final = "maandmemo"
DOSSIER_GEWIJZIGD: Final = "dossier_gewijzigd"
DOSSIER_INGETROKKEN: Final = "dossier_ingetrokken"
NIET_BEZORGD: Final = "niet_bezorgd"
TAKEN_GEWIJZIGD: Final = "taken_gewijzigd"
AANMELDLINK: Final = "aanmeldlink"
# Aan het beheer van de installatie. Het alarm gaat buiten de uitgaande post om, want die kan zelf stilstaan.
BEHEERBERICHT: Final = "beheerbericht"
ALARM: Final = "alarm"
ALARM_POST: Final = "alarm_post"

# Een escalatie is één soort met niveaus; per ontvanger is er een eigen sjabloon, want een hoger niveau ziet minder.
ESCALATIESJABLONEN: Final = frozenset(
    {
        ESCALATIE, "escalatie_mandaathouder", "escalatie_contractmanager", "escalatie_regiocoordinator",
        "escalatie_overleg",
    }
)  # fmt: skip

SOORTEN: Final = frozenset(
    {
        TAAK, TAAK_VERZET, TAAK_INGETROKKEN, OVERDRACHT, HERINNERING, VROEGE_WAARSCHUWING, ESCALATIE, DAGBERICHT,
        WEEKBERICHT, MAANDMEMO, DOSSIER_GEWIJZIGD, DOSSIER_INGETROKKEN, NIET_BEZORGD,
        TAKEN_GEWIJZIGD, AANMELDLINK, BEHEERBERICHT, ALARM, ALARM_POST,
    }
)  # fmt: skip

GEEFT_EEN_TAAK: Final = frozenset({TAAK, TAAK_VERZET, OVERDRACHT})
# Deze vragen iets van iemand: zij hebben alleen zin zolang de stap open is. Een intrekking juist daarna.
VRAAGT_IETS: Final = GEEFT_EEN_TAAK | {HERINNERING, ESCALATIE}
# Wie voor het dagbericht koos, krijgt deze daarin, en niet als eigen mail.
IN_HET_DAGBERICHT: Final = GEEFT_EEN_TAAK | {HERINNERING}
MET_AGENDA: Final = GEEFT_EEN_TAAK | {TAAK_INGETROKKEN}
# Een taak is werk en niet af te melden; een overzicht wel.
AFMELDBAAR: Final = frozenset({DAGBERICHT, WEEKBERICHT, MAANDMEMO})
