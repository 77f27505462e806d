"""De bladen in docs/berichten: van elk bericht en elke brief hoe zij eruitziet, gemaakt uit de sjablonen zelf."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from adapters.agenda import IcalAgenda
from adapters.sjablonen import NEDERLANDS, Sjablonen
from adapters.sjablonen_soorten import Berichtsoort, Voorbeeld, berichtsoorten
from domein.handelingen.afspraken import volgnummer
from domein.ports import Afspraak, AgendaMethode

MAP: Final = Path(__file__).resolve().parents[1] / "docs" / "berichten"
_TALEN: Final = {"nl": "Nederlands", "en": "Engels", "ar": "Arabisch"}
_KOP: Final = """# Berichten en brieven

<!-- Gemaakt door `./regie sjabloon voorbeelden` uit sjablonen/. Verander het sjabloon, niet deze bladen. -->

Zo ziet elk bericht eruit, met verzonnen gegevens. Elk bericht gaat als gewone tekst en als HTML in één mail. In een
mail staat nooit iets van een persoon: alleen een verwijzing en getekende links. Een brief drukt een mens af of stuurt
hij zelf; het systeem mailt en bewaart haar niet.
"""


@dataclass(frozen=True, slots=True)
class Blad:
    """Eén voorbeeld: de soort, het geval en de taal, en de naam van zijn bestanden."""

    soort: Berichtsoort
    voorbeeld: Voorbeeld
    taal: str

    @property
    def naam(self) -> str:
        geval = f"-{self.voorbeeld.naam}" if self.voorbeeld.naam else ""
        return f"{self.soort.naam}{geval}" + (f".{self.taal}" if self.taal != NEDERLANDS else "")


def alle() -> Iterator[Blad]:
    """Geef elk voorbeeld, in de volgorde van de lijst van soorten."""
    for soort in berichtsoorten().values():
        for taal in soort.talen:
            for voorbeeld in soort.voorbeelden():
                yield Blad(soort, voorbeeld, taal)


def bladen() -> dict[str, str]:
    """Geef elk bestand in docs/berichten met de inhoud die er nu hoort te staan."""
    sjablonen = Sjablonen()
    uit: dict[str, str] = {}
    rijen: dict[str, list[str]] = {"mail": [], "brief": []}
    for blad in alle():
        brief = sjablonen.schrijf(blad.soort.naam, blad.voorbeeld.gegevens, blad.taal)
        uit[f"{blad.naam}.txt"] = f"Onderwerp: {brief.onderwerp}\n\n{brief.tekst}"
        uit[f"{blad.naam}.html"] = brief.html
        rijen[blad.soort.vorm].append(_rij(blad))
    uit["afspraak.ics"] = _afspraak("REQUEST")
    uit["afspraak-afzegging.ics"] = _afspraak("CANCEL")
    uit["index.md"] = _index(rijen)
    return uit


def _rij(blad: Blad) -> str:
    taal = "" if blad.taal == NEDERLANDS else f" ({_TALEN[blad.taal]})"
    geval = f", {blad.voorbeeld.naam.replace('-', ' ')}" if blad.voorbeeld.naam else ""
    return (
        f"| {blad.soort.wat}{taal} | {blad.soort.ontvanger} | `{blad.soort.naam}`{geval} | "
        f"[tekst]({blad.naam}.txt) · [HTML]({blad.naam}.html) |"
    )


def _index(rijen: dict[str, list[str]]) -> str:
    kop = ["| Wat | Aan | Soort | Voorbeeld |", "|---|---|---|---|"]
    agenda = (
        "Bij de taakmail over een gesprek zit een afspraak voor in de agenda: [uitnodiging](afspraak.ics) · "
        "[afzegging](afspraak-afzegging.ics)."
    )
    delen = [_KOP, "## Mail aan medewerkers", "", *kop, *rijen["mail"], "", agenda, ""]
    delen += ["## Brieven om af te drukken of zelf te sturen", "", *kop, *rijen["brief"]]
    return "\n".join(delen) + "\n"


def _afspraak(methode: AgendaMethode) -> str:
    afspraak = Afspraak(
        stap_id=UUID("00000000-0000-4000-8000-000000000001"),
        volgnummer=volgnummer(1, methode),
        methode=methode,
        referentie="D-7F3K9",
        dag=date(2026, 5, 4),
        adres="km-1@regio.example",
        link="https://regie.example/taak/voorbeeld",
        gemaakt_op=datetime(2026, 4, 20, 6, tzinfo=UTC),
    )
    # Een bestand in de repository heeft gewone regeleinden; in de mail zijn het er van RFC 5545.
    return IcalAgenda("regie@regie.example").schrijf(afspraak).replace("\r\n", "\n")
