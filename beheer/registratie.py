"""Wat `regie kennisgevingen` en `regie koppelingen` gemeen hebben: lezen, registreren, en een verslag per rij."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beheer.tabel import tabel
from beheer.uitvoer import meld_fout, toon

if TYPE_CHECKING:
    from adapters.personenbestand import Inleesresultaat
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.registreren_rijen import Rijverslag
    from domein.ports import Omgeving

Lezer = Callable[[Path, Any, Any], "Inleesresultaat[Any]"]
Handeling = Callable[["Omgeving", Sequence[Any], "Actor", bool], "list[Rijverslag]"]


def registreer_bestand(
    bestand: Path, lees: Lezer, leg_vast: Handeling, *, door: str, proef: bool, als_json: bool
) -> int:
    """Lees en registreer een bestand; geef de eindcode. Bij een fout is er niets bewaard."""
    from adapters.omgeving import instellingen, omgeving
    from adapters.personenbestand import schone_bestandsnaam
    from adapters.wekker import wek_ronde
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.regio import regio_op
    from domein.handelingen.registreren_rijen import RegistratieGeweigerd

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
        verslag = leg_vast(hier, gelezen.rijen, Actor(door), proef)
    except RegistratieGeweigerd as geweigerd:
        regels = [{"bestand": naam, "rij": rij, "melding": melding} for rij, melding in geweigerd.regels]
        zinnen = [f"{naam}, rij {rij}: {melding}" for rij, melding in geweigerd.regels]
        return _weiger(naam, regels, zinnen, als_json)
    if not proef:
        wek_ronde(instellingen().map)
    telling = Counter(regel.uitkomst for regel in verslag)
    rijen = [_rij(regel, proef=proef) for regel in verslag]
    toon({"bestand": naam, "proef": proef, "gelezen": gelezen.gelezen, **telling, "rijen": rijen}, als_json, _toon)
    return 0


def _rij(regel: "Rijverslag", *, proef: bool) -> dict[str, Any]:
    # Bij een proef bestaat een nieuw dossier niet: een verzonnen referentie zou later nergens op slaan.
    referentie = None if proef and regel.nieuw_dossier else regel.referentie
    return {
        "rij": regel.rij, "kenmerk": regel.kenmerk, "uitkomst": regel.uitkomst, "referentie": referentie,
        "melding": regel.melding,
    }  # fmt: skip


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
    from domein.handelingen.registreren_rijen import UITKOMSTEN

    kolommen = {
        "rij": "Rij", "kenmerk": "Kenmerk", "uitkomst": "Uitkomst", "referentie": "Dossier",
        "melding": "Melding",
    }  # fmt: skip
    tabel(data["rijen"], kolommen)
    samen = ", ".join(f"{data[soort]} {soort}" for soort in UITKOMSTEN if data.get(soort))
    print(f"\n{data['gelezen']} gelezen: {samen}.")
    if data["proef"]:
        print("Dit was een proef: er is niets bewaard.")
