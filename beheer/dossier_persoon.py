"""`regie dossier persoon|huishouden`: de gegevens van een persoon, en wie bij elkaar woont."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Door, Json, Proef, Reden, toon
from beheer.uitwerking import voer_uit_en_toon

Referentie = Annotated[str, Parameter(help="De referentie van het dossier, zoals D-7F3K9.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Velden:
    """Wat er te wijzigen is; None is niet gegeven."""

    kanaal: Annotated[str | None, Parameter(help="Post, email of telefoon.")] = None
    taal: Annotated[str | None, Parameter(help="De taal, als code van twee of drie letters, zoals ti.")] = None
    email: Annotated[str | None, Parameter(help="Het e-mailadres.")] = None
    telefoon: Annotated[str | None, Parameter(help="Het telefoonnummer.")] = None
    straat: Annotated[str | None, Parameter(help="Straat en huisnummer.")] = None
    postcode: Annotated[str | None, Parameter(help="De postcode, zoals 4201AB.")] = None
    plaats: Annotated[str | None, Parameter(help="De woonplaats.")] = None
    vertegenwoordiger_soort: Annotated[
        str | None, Parameter(help="Ouder, voogd of nidos; alleen bij wie nog geen 18 is.")
    ] = None
    vertegenwoordiger_naam: Annotated[str | None, Parameter(help="De naam van de vertegenwoordiger.")] = None
    vertegenwoordiger_adres: Annotated[str | None, Parameter(help="Zijn adres, op één regel.")] = None
    vertegenwoordiger_email: Annotated[str | None, Parameter(help="Zijn e-mailadres.")] = None


def voeg_toe(app: App) -> None:
    """Hang deze opdrachten onder `regie dossier`."""
    app.command(persoon)
    app.command(huishouden)


def persoon(
    referentie: Referentie,
    /,
    *,
    reden: Reden,
    door: Door,
    velden: Velden | None = None,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Wijzig hoe een persoon bereikt wordt. Een lege waarde ('') maakt een veld leeg."""
    from adapters.omgeving import omgeving
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.persoon import wijzig

    waarden = {veld: waarde for veld, waarde in asdict(velden or Velden()).items() if waarde is not None}
    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        dossier_id = ruimte.dossier_bij(referentie).id
    uitwerking = wijzig(hier, dossier_id, waarden, Actor(door), reden, proef=proef)
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json)


def huishouden(
    *referenties: Annotated[str, Parameter(help="De dossiers die bij elkaar horen, twee of meer.")],
    reden: Reden,
    door: Door,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Voeg dossiers samen tot een huishouden, met één klantmanager."""
    from adapters.omgeving import instellingen, omgeving
    from adapters.wekker import wek_ronde
    from domein.gebeurtenissen.basis import Actor
    from domein.handelingen.huishouden import voeg_samen
    from domein.handelingen.inzien import gebeurtenis_rij, wijziging_rij

    hier = omgeving()
    samen = voeg_samen(hier, referenties, Actor(door), reden, proef=proef)
    if not proef:
        wek_ronde(instellingen().map)
    with hier.magazijn.ruimte() as ruimte:
        dossiers = [
            {
                "referentie": ruimte.dossier(uitwerking.dossier_id).referentie,
                "gebeurtenissen": [gebeurtenis_rij(g, geldt=True) for g in uitwerking.gebeurtenissen],
                "wijzigingen": [wijziging_rij(w) for w in uitwerking.wijzigingen],
            }
            for uitwerking in samen.uitwerkingen
        ]
    data = {
        "huishouden": samen.code, "klantmanager": samen.klantmanager, "leden": samen.referenties, "proef": proef,
        "dossiers": dossiers,
    }  # fmt: skip
    toon(data, als_json, _toon)


def _toon(data: dict[str, Any]) -> None:
    bij = f", klantmanager {data['klantmanager']}" if data["klantmanager"] else ""
    print(f"Huishouden {data['huishouden'] or '(nieuw)'}: {', '.join(data['leden'])}{bij}.")
    rijen = [
        {"dossier": dossier["referentie"], "wat": g["label"], "stap": g["stap"]}
        for dossier in data["dossiers"]
        for g in dossier["gebeurtenissen"]
    ]
    tabel(rijen, {"dossier": "Dossier", "wat": "Vastgelegd", "stap": "Stap"}, leeg="Er verandert niets.")
    if data["proef"]:
        print("\nDit was een proef: er is niets bewaard.")
