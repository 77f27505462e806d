"""Hoe een overgang naar nieuwe samenwerkingsafspraken wordt getoond."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from beheer.tabel import tabel

if TYPE_CHECKING:
    from domein.handelingen.regio_overgang import Overgang


def overgang_als_dict(overgang: "Overgang") -> dict[str, Any]:
    """Geef per soort stap hoeveel er van wie naar wie gaan, en hoe."""
    rijen = [
        {"stap": v.stap.value, "van": v.van, "naar": v.naar, "hoe": v.hoe, "stappen": aantal}
        for v, aantal in sorted(overgang.aantallen.items(), key=lambda paar: (paar[0].stap, paar[0].van, paar[0].hoe))
    ]
    return {
        "versie": overgang.versie,
        "geldig_van": overgang.geldig_van,
        "dossiers": len(overgang.dossiers),
        "verplaatsingen": rijen,
        "onbekend": overgang.onbekend.melding if overgang.onbekend else None,
        "mislukt": [asdict(een) for een in overgang.mislukt],
        "zonder_uitvoerder": {stap.value: aantal for stap, aantal in sorted(overgang.zonder.items())},
    }


def toon_overgang(data: dict[str, Any]) -> None:
    """Schrijf wat er voor lopende dossiers verandert."""
    print(
        f"Versie {data['versie']}, geldig vanaf {data['geldig_van']}: {data['dossiers']} lopende dossiers veranderen."
    )
    if data["onbekend"]:
        print(f"Wat er voor lopende dossiers verandert is niet te zien. {data['onbekend']}")
        return
    kolommen = {"stap": "Stap", "van": "Van", "naar": "Naar", "hoe": "Hoe", "stappen": "Stappen"}
    tabel(data["verplaatsingen"], kolommen, leeg="Voor lopende dossiers verandert er niets.")
    for stap, aantal in data["zonder_uitvoerder"].items():
        print(f"Let op: {aantal} stappen '{stap}' zou niemand meer doen.")
    for een in data["mislukt"]:
        print(f"Let op: in {een['dossier']} is niet te zien wat er verandert. {een['waarom']}")
    if data["mislukt"]:
        print("'regie dokter' zegt hoe u zo'n dossier herstelt; de nieuwe versie laden kan wel.")
