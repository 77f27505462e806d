"""`regie portaal`: een aanmeldlink maken op de machine zelf."""

from typing import Annotated

from cyclopts import App, Parameter

from beheer.uitvoer import Json, fout, toon

portaal_app = App(name="portaal", help="Maak een link om bij het portaal aan te melden.")


@portaal_app.command
def link(medewerker: Annotated[str, Parameter(help="De code van de medewerker.")], *, json: Json = False) -> int:
    """Maak een link die één keer werkt, een kwartier lang. Wie zo binnenkomt, heet overal zelfverklaard."""
    from adapters.omgeving import instellingen, omgeving
    from domein.handelingen.aanmelden import maak_link
    from domein.handelingen.regio import regio_op

    hier = omgeving()
    vandaag = hier.klok.vandaag()
    with hier.magazijn.ruimte() as ruimte:
        wie = regio_op(ruimte, hier, vandaag).medewerker(medewerker)
    if wie is None or not wie.in_dienst_op(vandaag):
        fout(f"'{medewerker[:40]}' staat vandaag niet in de samenwerkingsafspraken.", "Kies een medewerkercode.")
    adres = maak_link(hier, wie.code, instellingen().adres_portaal)
    toon({"medewerker": wie.code, "link": adres}, json, lambda d: print(d["link"]))
    return 0
