"""`regie metrieken`: dezelfde aantallen en leeftijden als `/metrics` van het portaal."""

from cyclopts import App

from beheer.uitvoer import Json, toon

metrieken_app = App(name="metrieken", help="Toon de aantallen voor een bewakingssysteem.")


@metrieken_app.default
def metrieken(*, als_json: Json = False) -> None:
    """Toon de aantallen en leeftijden in de vorm van Prometheus. Er staat niets in over een persoon."""
    from adapters.metrieken import als_dict, als_tekst, verzamel
    from adapters.omgeving import omgeving

    gemeten = verzamel(omgeving())
    toon(als_dict(gemeten), als_json, lambda _: print(als_tekst(gemeten), end=""))
