"""Het blad over termijnen: elke soort met artikel en voorbeeld, en elk getal van wet en beleid."""

from datetime import date
from typing import Final

from domein.regeling import Regelversie, regeling
from domein.regels.kalender import jaren_bekend
from domein.regels.termijnen import bereken, lijst

VOORBEELDDAG: Final = date(2026, 3, 6)
SOORTEN_EINDE: Final = (
    ("atw", "eindigt nooit op een zaterdag, zondag of feestdag: dan schuift het einde naar de eerste dag daarna"),
    ("vast", "schuift nooit: langer dan twaalf weken of drie maanden, of een duur en geen termijn om iets te doen"),
    ("maximum", "langer mag niet: valt het einde op een gesloten dag, dan geldt de laatste open dag daarvoor"),
    ("achteruit", "wordt teruggeteld vanaf een einde, en schuift dus niet"),
)
KOP: Final = """# Termijnen

<!-- Gemaakt door `./regie naslag` uit domein/regeling/. Verander de regels, niet dit blad. -->

Elke termijn is uit te rekenen: `./regie termijn SOORT --vanaf DATUM`. Een lijst tegelijk:
`./regie termijn --invoer gevallen.jsonl --json`.
De regeling is **{naam}**, versie `{versie}`. De aangewezen feestdagen zijn bekend tot en met {jaar}.
"""


def blad() -> str:
    """Geef de hele tekst van docs/naslag/termijnen.md."""
    regels = regeling()
    delen = [KOP.format(naam=regels.naam, versie=regels.versie, jaar=jaren_bekend()), *_soorten(), *_getallen()]
    return "\n".join(delen).rstrip() + "\n"


def _soorten() -> list[str]:
    uit = ["## Soorten termijnen", "", "| soort | termijn | einde | artikel | geteld vanaf |", "|---|---|---|---|---|"]
    uit += [f"| `{t.soort}` | {t.termijn} | {t.soort_einde} | {t.artikel} | {t.vanaf} |" for t in lijst()]
    uit += ["", "Vier soorten einde (artikelen 1 tot en met 4 Algemene termijnenwet):", ""]
    uit += [f"- **{naam}**: {uitleg}." for naam, uitleg in SOORTEN_EINDE]
    uit += ["", f"## Voorbeelden, alle vanaf {VOORBEELDDAG.isoformat()}", ""]
    for soort in lijst():
        termijn = bereken(soort.soort, VOORBEELDDAG)
        uit.append(f"- `{soort.soort}` → **{termijn.einde.isoformat()}**. {termijn.uitleg}")
    return [*uit, ""]


def _getallen() -> list[str]:
    wet: list[str] = []
    beleid: list[str] = []
    for naam, versies in sorted(regeling().regels.items()):
        for versie in versies:
            (beleid if versie.beleid else wet).append(_rij(naam, versie))
    return [
        "## Elk getal van de wet",
        "",
        "⚠ staat bij een getal dat een gemeentelijk jurist nog bevestigt ([vragen](../juridische-vragen.md)).",
        "",
        "| regel | waarde | artikel | geldig | peildatum | toelichting |",
        "|---|---|---|---|---|---|",
        *wet,
        "",
        "## Elk getal van het beleid",
        "",
        "Geen wet: een regio mag hiervan afwijken.",
        "",
        "| regel | waarde | reden |",
        "|---|---|---|",
        *beleid,
    ]


def _rij(naam: str, versie: Regelversie) -> str:
    waarde = f"{versie.waarde} {versie.eenheid}"
    if versie.beleid:
        return f"| `{naam}` | {waarde} | {versie.reden} |"
    geldig = f"vanaf {versie.geldig_van.isoformat()}"
    if versie.geldig_tot is not None:
        geldig += f" tot {versie.geldig_tot.isoformat()}"
    merk = " ⚠" if versie.jurist else ""
    peildatum = versie.peildatum.replace("_", " ")
    return f"| `{naam}` | {waarde}{merk} | {versie.artikel} | {geldig} | {peildatum} | {versie.toelichting} |"
