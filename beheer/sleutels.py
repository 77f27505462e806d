"""`regie sleutels`: een sleutel van de installatie vervangen, zonder dat iets onleesbaar wordt."""

import secrets
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.uitvoer import Json, Proef, fout, toon

sleutels_app = App(name="sleutels", help="Vervang een sleutel van de installatie.")
Gelekt = Annotated[bool, Parameter(name="--gelekt", help="Maak ook elke link ongeldig die al is verstuurd.")]
ZelfPlaatsen = Annotated[
    bool,
    Parameter(
        name="--zelf-plaatsen",
        help="Wijzig geen bestand: hoofdsleutel.nieuw staat klaar, en u zet hem na afloop overal op zijn plaats.",
    ),
]
OndanksHartslag = Annotated[
    bool, Parameter(name="--ondanks-hartslag", help="Wat net nog een hartslag gaf, is zeker weg.")
]


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
def hoofdsleutel(
    *,
    zelf_plaatsen: ZelfPlaatsen = False,
    ondanks_hartslag: OndanksHartslag = False,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Maak een nieuwe hoofdsleutel en verpak elke sleutel van een dossier daarmee. Stop eerst alle processen.

    Werd dit halverwege afgebroken, doe het dan nog eens: het gaat verder waar het was. Maak daarna een nieuwe
    reservekopie van de sleutels; de oude blijft bruikbaar, want daar zit haar eigen hoofdsleutel in.
    """
    from adapters.klok import klok
    from adapters.omgeving import instellingen
    from adapters.sleutelbeheer import draai_hoofdsleutel
    from adapters.stilstand import eis_stilstand
    from beheer.installatie import neem_slot

    keuze = instellingen()
    if not (keuze.geheimenmap / "hoofdsleutel").is_file():
        fout(f"In {keuze.geheimenmap} staat geen hoofdsleutel.", "Geef met REGIE_MAP de map van de installatie.")
    slot = neem_slot(keuze.map)
    try:
        # Wie zelf plaatst, gaf elk portaal de nieuwe sleutel al naast de oude: dat leest beide en mag blijven draaien.
        eis_stilstand(keuze, klok(keuze), ondanks_hartslag=ondanks_hartslag, ook_portalen=not zelf_plaatsen)
        aantal = draai_hoofdsleutel(keuze, proef=proef, zelf_plaatsen=zelf_plaatsen)
    finally:
        slot.los()
    data = {"sleutel": "hoofdsleutel", "verpakt": aantal, "zelf_plaatsen": zelf_plaatsen, "proef": proef}
    toon(data, als_json, _toon_hoofdsleutel)


def _regels(bestand: Path) -> list[str]:
    return bestand.read_text(encoding="ascii").split() if bestand.is_file() else []


def _toon_hoofdsleutel(data: dict[str, Any]) -> None:
    print(f"{'Zou opnieuw verpakken' if data['proef'] else 'Opnieuw verpakt'}: {data['verpakt']}.")
    if data["proef"]:
        return
    if data["zelf_plaatsen"]:
        print("De nieuwe sleutel geldt. Zet hoofdsleutel.nieuw nu overal op de plaats van hoofdsleutel; bewaar de oude")
        print("als hoofdsleutel.vorige. Tot dan leest elk proces beide.")
    else:
        print("De oude staat ernaast als hoofdsleutel.vorige. Deel hoofdsleutel uit aan de andere machines.")
    print("Maak nu een reservekopie van de sleutels.")


def _toon_links(data: dict[str, Any]) -> None:
    if data["proef"]:
        print("Een proef: er is niets gewijzigd.")
    elif data["oude_links_werken"]:
        print("Er is een nieuw geheim. Links die al zijn verstuurd blijven werken.")
    else:
        print("Er is een nieuw geheim. Links die al zijn verstuurd werken niet meer; een herinnering geeft een nieuwe.")
    print("Start elk portaal, elke worker en de opzichter opnieuw.")
