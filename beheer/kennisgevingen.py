"""`regie kennisgevingen`: kennisgevingen van DUO registreren uit een bestand, alle rijen of geen."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, meld_fout, toon

kennisgevingen_app = App(name="kennisgevingen", help="Registreer kennisgevingen uit een bestand.")


@kennisgevingen_app.command
def registreer(
    bestand: Annotated[Path, Parameter(help="Een CSV- of XLSX-bestand met een rij per persoon.")],
    /,
    *,
    door: Door = "administratie",
    proef: Proef = False,
    als_json: Json = False,
) -> int:
    """Registreer kennisgevingen: alle rijen of geen. Hetzelfde bestand nog eens verandert niets."""
    from adapters.kennisgevingen_bestand import lees, schone_bestandsnaam
    from adapters.omgeving import instellingen, omgeving
    from adapters.wekker import wek_ronde
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.regio import regio_op
    from domein.handelingen.registreren import RegistratieGeweigerd
    from domein.handelingen.registreren import registreer as leg_vast

    hier = omgeving()
    vandaag = hier.klok.vandaag()
    with hier.magazijn.ruimte() as ruimte:
        gemeenten = regio_op(ruimte, hier, vandaag).gemeenten
    naam = schone_bestandsnaam(bestand)
    gelezen = lees(bestand, vandaag, gemeenten)
    if not gelezen.goed:
        velden = ("rij", "kolom", "waarde", "melding", "toegestaan")
        regels = [{"bestand": naam, **{v: getattr(fout, v) for v in velden}} for fout in gelezen.fouten]
        return _weiger(naam, regels, [str(fout) for fout in gelezen.fouten], als_json)
    try:
        verslag = leg_vast(hier, gelezen.rijen, Actor(door), proef=proef)
    except RegistratieGeweigerd as geweigerd:
        regels = [{"bestand": naam, "rij": rij, "melding": melding} for rij, melding in geweigerd.regels]
        zinnen = [f"{naam}, rij {rij}: {melding}" for rij, melding in geweigerd.regels]
        return _weiger(naam, regels, zinnen, als_json)
    if not proef:
        wek_ronde(instellingen().map)
    rijen: list[dict[str, Any]] = [
        {
            "rij": regel.rij,
            "kenmerk": regel.kenmerk,
            "uitkomst": regel.uitkomst,
            # Bij een proef bestaat het dossier niet: een verzonnen referentie zou later nergens op slaan.
            "referentie": None if proef and regel.uitkomst == "nieuw" else regel.referentie,
            "melding": regel.melding,
        }
        for regel in verslag
    ]
    telling = Counter(regel.uitkomst for regel in verslag)
    data = {"bestand": naam, "proef": proef, "gelezen": gelezen.gelezen, **telling, "rijen": rijen}
    toon(data, als_json, _toon)
    return 0


def _weiger(naam: str, regels: list[dict[str, Any]], zinnen: list[str], als_json: bool) -> int:
    melding = f"{naam} is niet geregistreerd: {len(regels)} keer klopt er iets niet. Er is niets bewaard."
    uitweg = "Verbeter het bestand en registreer het opnieuw."
    if als_json:
        document = {"fout": melding, "uitweg": uitweg, "regels": regels}
        print(json.dumps(document, ensure_ascii=False), file=sys.stderr)
        return 1
    for zin in zinnen:
        print(zin, file=sys.stderr)
    meld_fout(melding, uitweg)
    return 1


def _toon(data: dict[str, Any]) -> None:
    kolommen = {
        "rij": "Rij", "kenmerk": "Kenmerk", "uitkomst": "Uitkomst", "referentie": "Dossier",
        "melding": "Melding",
    }  # fmt: skip
    tabel(data["rijen"], kolommen)
    soorten = [s for s in ("nieuw", "ongewijzigd", "verbeterd", "ouder") if data.get(s)]
    samen = ", ".join(f"{data[soort]} {soort}" for soort in soorten)
    print(f"\n{data['gelezen']} gelezen: {samen}.")
    if data["proef"]:
        print("Dit was een proef: er is niets bewaard.")
