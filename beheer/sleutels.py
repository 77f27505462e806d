"""`regie sleutels`: een sleutel van de installatie vervangen, zonder dat iets onleesbaar wordt."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from beheer.uitvoer import Json, Proef, fout, toon

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen

sleutels_app = App(name="sleutels", help="Vervang een sleutel van de installatie.")
Gelekt = Annotated[bool, Parameter(name="--gelekt", help="Maak ook elke link ongeldig die al is verstuurd.")]


@sleutels_app.command
def links(*, gelekt: Gelekt = False, proef: Proef = False, als_json: Json = False) -> None:
    """Maak een nieuw geheim voor de links in mail. Wat al is verstuurd blijft werken, tenzij het geheim is gelekt.

    Start daarna elk portaal, elke worker en de opzichter opnieuw: zij lezen het geheim bij hun start.
    """
    from adapters.instellingen import schrijf_geheim
    from adapters.omgeving import instellingen

    keuze = instellingen()
    if keuze.geheim is not None:
        fout(
            "Het geheim van de links staat in REGIE_GEHEIM, niet in een bestand.",
            "Zet het nieuwe geheim in REGIE_GEHEIM en het oude in REGIE_GEHEIM_VORIGE (leeg als het is gelekt).",
        )
    huidig, vorige = keuze.geheimenmap / "links", keuze.geheimenmap / "links-vorige"
    blijft = [] if gelekt else [*_regels(vorige), *_regels(huidig)]
    if not proef:
        keuze.linkgeheim()  # er is er een
        schrijf_geheim(vorige, "".join(f"{regel}\n" for regel in blijft).encode("ascii"), vervang=True)
        schrijf_geheim(huidig, secrets.token_hex(32).encode("ascii"), vervang=True)
    data = {"sleutel": "links", "eerdere_geheimen": len(blijft), "oude_links_werken": bool(blijft), "proef": proef}
    toon(data, als_json, _toon_links)


@sleutels_app.command
def hoofdsleutel(*, proef: Proef = False, als_json: Json = False) -> None:
    """Maak een nieuwe hoofdsleutel en verpak elke sleutel van een dossier daarmee. Stop eerst alle processen.

    Werd dit halverwege afgebroken, doe het dan nog eens: het gaat verder waar het was. Maak daarna een nieuwe
    reservekopie van de sleutels; de oude blijft bruikbaar, want daar zit haar eigen hoofdsleutel in.
    """
    from adapters.omgeving import instellingen
    from adapters.sleutelbeheer import draai_hoofdsleutel
    from beheer.installatie import neem_slot

    keuze = instellingen()
    if not (keuze.geheimenmap / "hoofdsleutel").is_file():
        fout(f"In {keuze.geheimenmap} staat geen hoofdsleutel.", "Geef met REGIE_MAP de map van de installatie.")
    slot = neem_slot(keuze.map)
    try:
        _eis_stilstand(keuze)
        aantal = draai_hoofdsleutel(keuze, proef=proef)
    finally:
        slot.los()
    data = {"sleutel": "hoofdsleutel", "verpakt": aantal, "proef": proef}
    toon(data, als_json, lambda d: print(f"{'Zou opnieuw verpakken' if proef else 'Opnieuw verpakt'}: {d['verpakt']}."))


def _eis_stilstand(keuze: "Instellingen") -> None:
    from adapters.gezondheid import database

    if database(keuze):
        return  # geen bruikbare database: dan draait er ook niets op
    from adapters.klok import klok
    from adapters.reservekopie.terugzetten import eis_geen_ronde

    eis_geen_ronde(keuze, klok(keuze))


def _regels(bestand: Path) -> list[str]:
    return bestand.read_text(encoding="ascii").split() if bestand.is_file() else []


def _toon_links(data: dict[str, Any]) -> None:
    if data["proef"]:
        print("Een proef: er is niets gewijzigd.")
    elif data["oude_links_werken"]:
        print("Er is een nieuw geheim. Links die al zijn verstuurd blijven werken.")
    else:
        print("Er is een nieuw geheim. Links die al zijn verstuurd werken niet meer; een herinnering geeft een nieuwe.")
    print("Start elk portaal, elke worker en de opzichter opnieuw.")
