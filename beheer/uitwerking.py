"""Wat een handeling veranderde, of zou veranderen: dezelfde vorm voor elke opdracht."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from beheer.tabel import cel, tabel
from beheer.uitvoer import toon

if TYPE_CHECKING:
    from domein.handelingen.kern import Uitwerking

WOORDEN: Final = {
    "bijmaken": "komt erbij",
    "verzetten": "verzet",
    "toelichten": "nieuwe uitleg",
    "vervallen": "vervalt",
    "afronden": "is klaar",
    "overslaan": "overgeslagen",
    "openen": "gaat open",
    "heropenen": "opnieuw gepland",
    "herleven": "weer nodig",
}
KOLOMMEN: Final = {
    "wat": "Verandering", "kenmerk": "Stap", "start": "Start", "streef": "Streefdag", "uiterst": "Uiterst",
    "waarom": "Waarom",
}  # fmt: skip


def voer_uit_en_toon(
    uitwerking: "Uitwerking", *, proef: bool, als_json: bool, extra: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Toon de uitwerking; is het geen proef, dan mag de ronde meteen aan het werk. `extra` komt alleen in de JSON."""
    from adapters.omgeving import instellingen, omgeving
    from adapters.wekker import wek_ronde
    from domein.handelingen.inzien import gebeurtenis_rij, termijn_rij, wijziging_rij

    if not proef:
        wek_ronde(instellingen().map)
    vandaag = omgeving().klok.vandaag()
    with omgeving().magazijn.ruimte() as ruimte:
        referentie = ruimte.dossier(uitwerking.dossier_id).referentie
    data = {
        "referentie": referentie,
        "proef": proef,
        "gebeurtenissen": [gebeurtenis_rij(g, geldt=True) for g in uitwerking.gebeurtenissen],
        "wijzigingen": [wijziging_rij(w) for w in uitwerking.wijzigingen],
        "termijnen": [termijn_rij(t, vandaag) for t in uitwerking.plan.termijnen],
        **extra,
    }
    toon(data, als_json, _toon)


def _toon(data: dict[str, Any]) -> None:
    for gebeurtenis in data["gebeurtenissen"]:
        bij = f", stap {gebeurtenis['stap']}" if gebeurtenis["stap"] else ""
        gedaan = "Zou worden vastgelegd" if data["proef"] else "Vastgelegd"
        wat = f"{gebeurtenis['label']} op {gebeurtenis['geldig_op']}{bij}"
        print(f"{gedaan} in {data['referentie']}: {wat}.")
    print()
    toon_wijzigingen(data["wijzigingen"])
    if data["proef"]:
        print("\nDit was een proef: er is niets bewaard.")


def toon_wijzigingen(wijzigingen: list[dict[str, Any]]) -> None:
    rijen = [{**rij, "wat": WOORDEN.get(rij["wijziging"], cel(rij["wijziging"]))} for rij in wijzigingen]
    tabel(rijen, KOLOMMEN, leeg="Het plan verandert er niet door.")
