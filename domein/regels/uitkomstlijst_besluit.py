"""De uitkomsten van de stappen rond een besluit, bezwaar en maatregelen."""

from typing import Final

from domein.begrippen import Verwijtbaarheid
from domein.regels.uitkomstvormen import Uitkomst, Veld

_KEREN_OORDELEN: Final = (
    ("onwil-aangetoond", "De onwil is aangetoond en duurt voort"),
    ("onwil-niet-aangetoond", "De onwil is niet aangetoond"),
    ("omstandigheden", "Er zijn omstandigheden die het verklaren"),
)
_STOPREDENEN: Final = (
    ("goede-reden", "Er was toch een goede reden"),
    ("weer-meegewerkt", "De inburgeraar werkt weer mee"),
    ("geen-hardnekkige-onwil", "Geen hardnekkige onwil bij een asielstatushouder"),
    ("bijstand-verlaagd", "De bijstand is al verlaagd"),
    ("anders", "Anders"),
)
BESLUITREDENEN: Final = (
    ("verwijtbaar", "De persoon valt dit te verwijten"),
    ("geen-hardnekkige-onwil", "Geen hardnekkige onwil bij een asielstatushouder"),
    ("niet-evenredig", "Een boete past niet bij de omstandigheden"),
    ("geen-verwijt", "De persoon valt niets te verwijten"),
    ("dubbel", "Er volgde al een maatregel voor dezelfde gedraging"),
    ("anders", "Anders"),
)
_VERONTSCHULDIGD: Final = (
    ("ziekte", "De persoon was ernstig ziek"),
    ("verkeerd-adres", "Het besluit kwam niet of laat aan"),
    ("verkeerd-ingelicht", "De gemeente gaf verkeerde inlichtingen"),
    ("geen-goede-reden", "Er is geen goede reden"),
    ("anders", "Anders"),
)
_DWANGSOM: Final = (
    ("verschuldigd", "De dwangsom is verschuldigd"),
    ("onredelijk_laat", "Niets: de ingebrekestelling kwam onredelijk laat"),
    ("geen_belanghebbende", "Niets: wie erom vroeg is geen belanghebbende"),
    ("kennelijk", "Niets: kennelijk niet-ontvankelijk of ongegrond"),
)
_GESTAAKT: Final = Uitkomst(
    "maatregel_gestaakt", "Wij stoppen ermee", "Gestopt op", "Stoppen kan altijd; er volgt geen maatregel.",
    (Veld("redencode", "Reden", "keuze", keuzes=_STOPREDENEN),),
)  # fmt: skip
_VIA_CONCEPT: Final = (
    "Dit gaat met een concept en een handtekening van een ander: bij de besluiten van het dossier, of met "
    "'regie besluit concept'."
)

BESLUITUITKOMSTEN: Final[dict[str, tuple[Uitkomst, ...]]] = {
    "besluit/bekendmaken": (
        Uitkomst("besluit_bekendgemaakt", "Het besluit is bekendgemaakt", "Bekendgemaakt op", "",
                 (Veld("wijze", "Hoe", "keuze", keuzes=(
                     ("post", "Gewone post"), ("aangetekend", "Aangetekende post"), ("uitgereikt", "Zelf uitgereikt"),
                     ("digitaal", "Digitaal, als de persoon dat wil"))),
                  Veld("bewijs", "Kenmerk van het bewijs", "code",
                       hulp="Het nummer van de verzendlijst, het aangetekende stuk of het ontvangstbewijs."))),
    ),
    "bezwaar/te-laat": (
        Uitkomst("bezwaar_verschoonbaar", "Beoordeeld of het te verontschuldigen is", "Beoordeeld op", "",
                 (Veld("verschoonbaar", "Te laat is te verontschuldigen", "ja_nee"),
                  Veld("redencode", "Reden", "keuze", keuzes=_VERONTSCHULDIGD))),
    ),
    "bezwaar/horen": (
        Uitkomst("bezwaar_gehoord", "Het horen is afgerond", "Op", "",
                 (Veld("wijze", "Hoe", "keuze", keuzes=(
                     ("gehoord", "Gehoord"), ("niet_verschenen", "Uitgenodigd, niet gekomen"),
                     ("afgezien", "Wil niet worden gehoord"),
                     ("kennelijk", "Kennelijk niet-ontvankelijk of ongegrond"))),)),
    ),
    "bezwaar/beslissen": (
        Uitkomst("bezwaar_beslist", "Beslist op het bezwaar", "Dagtekening", _VIA_CONCEPT,
                 (Veld("uitkomst", "Uitkomst", "keuze", keuzes=(
                     ("gegrond", "Gegrond"), ("deels_gegrond", "Deels gegrond"), ("ongegrond", "Ongegrond"),
                     ("niet_ontvankelijk", "Niet-ontvankelijk"))),
                  Veld("herroept", "Het besluit wordt herroepen", "ja_nee"))),
    ),
    "dwangsom/vaststellen": (
        Uitkomst("dwangsom_vastgesteld", "De dwangsom is vastgesteld", "Dagtekening",
                 "Stuur de beschikking aan wie wachtte. Betaal binnen zes weken na de bekendmaking (4:87 Awb).",
                 (Veld("bedrag", "Bedrag in euro", "getal", minimum=0, maximum=10000,
                       hulp="Het bedrag staat bij de taak; 0 als er niets verschuldigd is."),
                  Veld("oordeel", "Oordeel", "keuze", keuzes=_DWANGSOM))),
    ),
    "maatregel/waarschuwing": (
        Uitkomst("maatregel_gewaarschuwd", "Er is gewaarschuwd", "Gewaarschuwd op", "",
                 (Veld("wijze", "Hoe", "keuze", keuzes=(
                     ("brief", "Met een brief"), ("al_gewaarschuwd", "Stond al in de oproep"))),)),
        _GESTAAKT,
    ),
    "maatregel/keren": (
        Uitkomst("keren_getoetst", "Getoetst aan Keren", "Getoetst op", "",
                 (Veld("hardnekkige_onwil", "Er is hardnekkige, aantoonbare onwil", "ja_nee"),
                  Veld("oordeelcode", "Waarom", "keuze", keuzes=_KEREN_OORDELEN))),
        _GESTAAKT,
    ),
    "maatregel/voornemen": (
        Uitkomst("maatregel_voornemen", "Het voornemen is verstuurd", "Verzonden op", "",
                 (Veld("zienswijze_tot", "Reageren kan tot en met", "datum"),)),
        _GESTAAKT,
    ),
    "maatregel/zienswijze": (
        Uitkomst("maatregel_zienswijze", "De zienswijze is er, of bleef uit", "Op", "",
                 (Veld("wijze", "Hoe", "keuze", keuzes=(
                     ("schriftelijk", "Met een brief"), ("mondeling", "In een gesprek"),
                     ("geen", "De inburgeraar reageerde niet"))),)),
        _GESTAAKT,
    ),
    "maatregel/besluit": (
        Uitkomst("maatregel_besloten", "Besloten over de maatregel", "Dagtekening", _VIA_CONCEPT,
                 (Veld("opgelegd", "De maatregel wordt opgelegd", "ja_nee"),
                  Veld("bedrag", "Bedrag in euro", "getal", minimum=0, maximum=10000),
                  Veld("verwijtbaarheid", "Verwijtbaarheid", "keuze", keuzes=tuple(
                      (v.value, v.value.replace("_", " ").capitalize()) for v in Verwijtbaarheid)),
                  Veld("redencode", "Reden", "keuze", keuzes=BESLUITREDENEN))),
    ),
}  # fmt: skip
