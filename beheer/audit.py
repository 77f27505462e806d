"""`regie audit`: wie zag of veranderde welk dossier, en klopt het logboek nog."""

from dataclasses import asdict
from typing import Annotated, Any

from cyclopts import App, Parameter

from beheer.tabel import tabel
from beheer.uitvoer import Json, fout, toon

audit_app = App(name="audit", help="Bekijk en controleer het logboek: wie zag of veranderde welk dossier.")


@audit_app.command
def controleer(*, json: Json = False) -> int:
    """Reken het hele logboek na, ook tegen wat buiten de database is vastgelegd. Einde 1 als het niet klopt."""
    from adapters.logboekketen import controleer_logboek
    from adapters.omgeving import instellingen, omgeving

    uitslag = controleer_logboek(omgeving().magazijn, instellingen().ankermap)
    toon(asdict(uitslag) | {"klopt": uitslag.klopt}, json, _toon_uitslag)
    return 0 if uitslag.klopt else 1


def _toon_uitslag(uitslag: dict[str, Any]) -> None:
    if uitslag["klopt"]:
        print(f"Het logboek klopt: {uitslag['regels']} regels, vergeleken met {uitslag['ankers']} ankers.")
        return
    print("Het logboek klopt NIET. Bewaar de database zoals zij nu is.")
    for een in uitslag["fouten"]:
        print(f"  regel {een['volgnummer']}: {een['melding']}")


@audit_app.command
def lijst(
    *,
    dossier: Annotated[str, Parameter(help="Alleen dit dossier, zoals D-7F3K9.")] = "",
    medewerker: Annotated[str, Parameter(help="Alleen wat deze medewerker deed.")] = "",
    soort: Annotated[str, Parameter(help="Alleen dit: gezien, gewijzigd, meegenomen, geweigerd, aangemeld.")] = "",
    aantal: Annotated[int, Parameter(help="Hoeveel regels, de nieuwste eerst.")] = 50,
    json: Json = False,
) -> int:
    """Toon regels van het logboek."""
    from adapters.omgeving import omgeving
    from domein.handelingen.portaalpoort import Logvraag
    from domein.model import Logsoort

    if soort and soort not in set(Logsoort):
        fout(f"De soort '{soort[:40]}' bestaat niet.", f"Kies uit: {', '.join(Logsoort)}.", code=2)
    if aantal < 1:
        fout("Vraag minstens één regel.", "Geef bijvoorbeeld --aantal 50.", code=2)
    vraag = Logvraag(dossier.strip().upper(), medewerker, Logsoort(soort) if soort else None, grens=aantal)
    with omgeving().magazijn.ruimte() as ruimte:
        rijen = [regel.model_dump() for regel in ruimte.logregels(vraag)]
    toon(rijen, json, _toon_regels)
    return 0


def _toon_regels(rijen: list[dict[str, Any]]) -> None:
    kolommen = {
        "volgnummer": "nr", "begonnen_op": "wanneer", "actor": "wie", "soort": "wat", "naam": "pagina",
        "betrokkene": "dossier", "gronden": "waarom",
    }  # fmt: skip
    tabel(rijen, kolommen, "Het logboek is leeg.")
