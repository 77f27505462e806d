"""Everything that is kept about one person as a PDF, to hand over on request (AVG article 15).

Real text in reading order, with a title, a language, bookmarks per chapter and a font that holds every letter that the
BRP uses. The same content exists as JSON for those who want to process it.
"""

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fpdf import FPDF, FontFace
from fpdf.enums import XPos, YPos

from domein.regels.kalender import datum

LETTER: Final = Path(__file__).parent / "lettertype" / "DejaVuSans.ttf"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_KOPPEN: Final[Mapping[str, str]] = {
    "persoon": "Uw gegevens", "stand": "Hoe uw traject ervoor staat", "termijnen": "Termijnen",
    "gebeurtenissen": "Wat er is gebeurd", "stappen": "Wat nog komt, open staat of is vervallen",
    "berichten": "Berichten over uw traject", "besluiten": "Besluiten over u", "doelen": "Waarvoor dit is",
    "grondslagen": "Waarom dit mag", "herkomst": "Waar de gegevens vandaan komen",
    "ontvangers": "Wie de gegevens kreeg", "bewaren": "Hoe lang dit wordt bewaard", "rechten": "Uw rechten",
}  # fmt: skip
_UITLEG: Final = (
    "Dit zijn de gegevens die uw gemeente en haar partners over u bewaren voor uw inburgering. U hebt recht op dit "
    "overzicht (artikel 15 van de Algemene verordening gegevensbescherming). Klopt er iets niet? Vraag uw gemeente om "
    "het te verbeteren. Wat is doorgehaald, staat erin met de woorden: geldt niet meer."
)


class _Blad(FPDF):
    def __init__(self, referentie: str) -> None:
        super().__init__(format="A4")
        self._referentie = referentie
        self.set_lang("nl-NL")
        self.set_title(f"Inzage in dossier {referentie}")
        self.set_creator("Regie op inburgering")
        self.set_display_mode("fullwidth")
        self.add_font("DejaVu", fname=LETTER)
        self.set_auto_page_break(True, margin=20)
        self.set_margins(18, 18)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("DejaVu", size=8)
        self.cell(0, 6, f"Dossier {self._referentie} · bladzijde {self.page_no()} van {{nb}}", align="C")

    def kop(self, tekst: str) -> None:
        self.ln(3)
        self.set_font("DejaVu", size=13)
        self.start_section(tekst)
        self.multi_cell(0, 8, tekst, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def alinea(self, tekst: str, grootte: float = 9.5) -> None:
        self.set_font("DejaVu", size=grootte)
        self.multi_cell(0, 5.2, tekst, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def tabel(self, koppen: Sequence[str], rijen: Iterable[Sequence[str]], breedtes: tuple[int, ...]) -> None:
        self.set_font("DejaVu", size=8)
        gewoon = FontFace(emphasis="", fill_color=(235, 239, 244))
        with self.table(col_widths=breedtes, headings_style=gewoon, line_height=4.6, text_align="LEFT") as tabel:
            for rij in (koppen, *rijen):
                regel = tabel.row()
                for cel in rij:
                    regel.cell(cel)


def maak_pdf(inzage: Mapping[str, Any]) -> bytes:
    """The document of `domein.handelingen.inzagekopie` as PDF; the same input gives the same bytes."""
    blad = _Blad(str(inzage["referentie"]))
    moment: datetime = inzage["gemaakt_op"]
    blad.set_creation_date(moment)
    blad.add_page()
    blad.set_font("DejaVu", size=18)
    blad.start_section("Inzage in uw dossier")
    blad.multi_cell(0, 10, "Inzage in uw dossier", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    blad.alinea(f"Dossier {inzage['referentie']}. Opgemaakt op {_tekst(moment)}.")
    blad.ln(2)
    blad.alinea(_UITLEG)
    _feiten(blad, inzage)
    _verloop(blad, inzage)
    _uitleg(blad, inzage)
    doel = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter outside the font prints as an empty box; the JSON has it whole
        blad.output(doel)  # pyright: ignore[reportUnknownMemberType]
    return doel.getvalue()


def _feiten(blad: _Blad, inzage: Mapping[str, Any]) -> None:
    persoon = {naam: waarde for naam, waarde in inzage["persoon"].items() if naam != "gegevens"}
    for deel, velden in (("persoon", {**persoon, **inzage["persoon"]["gegevens"]}), ("stand", inzage["stand"])):
        blad.kop(_KOPPEN[deel])
        gevuld = [(_woord(naam), _tekst(waarde)) for naam, waarde in velden.items() if waarde not in (None, "", [])]
        blad.tabel(("Wat", "Gegeven"), gevuld, (35, 65))
    blad.kop(_KOPPEN["termijnen"])
    blad.tabel(
        ("Termijn", "Tot en met", "Staat", "Uitleg"),
        [(_woord(t["soort"]), _tekst(t["datum"]), _woord(t["staat"]), t["uitleg"]) for t in inzage["termijnen"]],
        (20, 17, 15, 48),
    )


def _verloop(blad: _Blad, inzage: Mapping[str, Any]) -> None:
    blad.kop(_KOPPEN["gebeurtenissen"])
    for g in inzage["gebeurtenissen"]:
        _gebeurtenis(blad, g)
    blad.kop(_KOPPEN["besluiten"])
    for besluit in inzage["besluiten"]:
        _besluit(blad, besluit)
    if not inzage["besluiten"]:
        blad.alinea("Er is geen besluit met een bewaarde tekst.")
    blad.kop(_KOPPEN["stappen"])
    blad.tabel(
        ("Wat", "Status", "Streefdag", "Bij", "Waarom"),
        [
            (s["titel"], _woord(s["status"]), _tekst(s["streef"]), s["medewerker"] or s["partner"] or "", s["waarom"])
            for s in inzage["stappen"]
        ],
        (25, 12, 16, 13, 34),
    )
    blad.kop(_KOPPEN["berichten"])
    blad.tabel(
        ("Onderwerp", "Aan", "Gemaakt op", "Status"),
        [(b["onderwerp"], b["aan"], _tekst(b["gemaakt_op"]), _woord(b["status"])) for b in inzage["berichten"]],
        (45, 15, 25, 15),
    )


def _uitleg(blad: _Blad, inzage: Mapping[str, Any]) -> None:
    """What article 15(1) AVG asks to tell along with the data."""
    for deel in ("doelen", "grondslagen", "herkomst"):
        blad.kop(_KOPPEN[deel])
        blad.alinea("\n".join(inzage[deel]))
    blad.kop(_KOPPEN["ontvangers"])
    for wie in inzage["ontvangers"]:
        blad.alinea(f"{wie['naam']}: {', '.join(_woord(wat).lower() for wat in wie['waarvoor'])}.")
    blad.kop(_KOPPEN["bewaren"])
    tot = f"Tot en met {_tekst(inzage['bewaren_tot'])}. " if inzage["bewaren_tot"] else ""
    blad.alinea(f"{tot}{inzage['bewaren']}")
    blad.kop(_KOPPEN["rechten"])
    blad.alinea("\n".join([*inzage["rechten"], inzage["geautomatiseerd"]]))


def _besluit(blad: _Blad, besluit: Mapping[str, Any]) -> None:
    dag = besluit["dagtekening"]
    wanneer = f"getekend op {_tekst(dag)} door {besluit['ondertekenaar']}" if dag else "nog niet getekend"
    blad.alinea(f"Besluit {besluit['nummer']} ({_woord(besluit['soort']).lower()}): {wanneer}.")
    if besluit["tekst"]:
        blad.alinea(besluit["tekst"], 8)
    blad.ln(1.5)


def _gebeurtenis(blad: _Blad, g: Mapping[str, Any]) -> None:
    niet = "" if g["geldt"] else " (geldt niet meer)"
    blad.alinea(f"{_tekst(g['geldig_op'])}: {g['label']}{niet}", 9.5)
    velden = "; ".join(f"{_woord(naam)}: {_tekst(w)}" for naam, w in g["gegevens"].items() if w not in (None, "", []))
    regels = [f"Vastgelegd op {_tekst(g['vastgelegd_op'])} door {g['door']} (bron: {g['bron']})."]
    regels += [f"Gegevens: {velden}."] if velden else []
    regels += [f"Reden: {g['reden']}"] if g["reden"] else []
    blad.alinea("\n".join(regels), 8)
    blad.ln(1.5)


def _woord(naam: object) -> str:
    woord = str(naam).replace("_", " ").replace("-", " ")
    return "BSN" if woord == "bsn" else woord[:1].upper() + woord[1:]


def _tekst(waarde: object) -> str:
    match waarde:
        case datetime():
            hier = waarde.astimezone(_AMSTERDAM)
            return f"{datum(hier.date())}, {hier:%H.%M} uur"
        case date():
            return datum(waarde)
        case bool():
            return "ja" if waarde else "nee"
        case list() | tuple():
            return ", ".join(_tekst(een) for een in waarde)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case None:
            return ""
        case _:
            return str(waarde)
