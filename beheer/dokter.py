"""`regie dokter`: is alles gezond, en zo niet, wat is de uitweg."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cyclopts import App

from beheer.uitvoer import Json, toon
from domein.fouten import RegieFout

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen
    from domein.regio.bevinding import Bevinding

dokter_app = App(name="dokter", help="Controleer of alles gezond is.")


@dokter_app.default
def dokter(*, als_json: Json = False) -> int:
    """Controleer database, sleutels, afspraken, Prefect, mail en dossiers; eindcode 1 bij een fout."""
    from adapters.omgeving import instellingen

    uitslagen = list(onderzoek(instellingen()))
    bevindingen = [dict(b.als_dict()) for _, gevonden in uitslagen for b in gevonden]
    toon(bevindingen, als_json, lambda _: _toon(uitslagen))
    return 1 if any(bevinding["ernst"] == "fout" for bevinding in bevindingen) else 0


@dokter_app.command
def mail(*, als_json: Json = False) -> int:
    """Controleer of onze mail versleuteld gaat en of ontvangers haar vertrouwen (SPF, DKIM en DMARC)."""
    from adapters import naamdienst
    from adapters.gezondheid_mail import onderzoek_mail
    from adapters.omgeving import instellingen

    gevonden = onderzoek_mail(instellingen(), naamdienst.naamdienst)
    toon([dict(b.als_dict()) for b in gevonden], als_json, lambda _: _toon([("de mail", gevonden)]))
    return 1 if any(bevinding.ernst.value == "fout" for bevinding in gevonden) else 0


def onderzoek(keuze: "Instellingen") -> "Iterator[tuple[str, list[Bevinding]]]":
    """Geef per onderzoek de bevindingen. Zonder bruikbare database blijven de dossiers onbekeken."""
    from adapters import gezondheid, gezondheid_prefect, gezondheid_schijf

    database = gezondheid.database(keuze)
    yield "de database", database
    yield "de schijf", gezondheid_schijf.schijf(keuze)
    yield "de sleutels", gezondheid.sleutels(keuze)
    yield "Prefect en de worker", gezondheid.prefect(keuze)
    yield from gezondheid_prefect.onderzoek(keuze)
    yield "de mailserver", gezondheid.mailserver(keuze)
    if not database:
        yield from _in_de_database(keuze)


def _in_de_database(keuze: "Instellingen") -> "Iterator[tuple[str, list[Bevinding]]]":
    from adapters import gezondheid
    from adapters.gezondheid_machine import MACHINE
    from adapters.omgeving import omgeving
    from adapters.opslag import SqlMagazijn
    from domein.handelingen.onderzoek import ONDERZOEKEN
    from domein.handelingen.onderzoek_bedrijf import BEDRIJFSONDERZOEKEN

    try:
        hier = omgeving()
    except RegieFout as fout:
        yield "de installatie", [_mislukt("installatie", fout)]
        return
    for naam, functie in (*ONDERZOEKEN, *BEDRIJFSONDERZOEKEN):
        yield naam, _probeer(naam, lambda functie=functie: functie(hier))
    for naam, machine in MACHINE:
        yield naam, _probeer(naam, lambda machine=machine: machine(hier, keuze))
    magazijn = hier.magazijn
    if isinstance(magazijn, SqlMagazijn):
        yield "de ankers buiten de database", _probeer("ankers", lambda: gezondheid.ankers(magazijn, keuze))


def _probeer(naam: str, functie: "Callable[[], list[Bevinding]]") -> "list[Bevinding]":
    """Eén onderzoek dat struikelt houdt de andere niet tegen, en telt als fout."""
    try:
        return functie()
    except Exception as fout:  # wat er ook misgaat, het wordt een bevinding
        return [_mislukt(naam, fout)]


def _mislukt(naam: str, fout: Exception) -> "Bevinding":
    from domein.regio.bevinding import Bevinding, Ernst

    # De tekst van een vreemde fout kan gegevens van een persoon bevatten: noem alleen haar soort.
    melding = f"Dit onderzoek mislukte: {type(fout).__name__}."
    uitweg = "Stuur deze melding naar uw beheerder."
    if isinstance(fout, RegieFout):
        melding, uitweg = fout.melding, fout.uitweg
    return Bevinding(soort="onderzoek", ernst=Ernst.FOUT, melding=melding, uitweg=uitweg, plaats=naam)


def _toon(uitslagen: "list[tuple[str, list[Any]]]") -> None:
    for naam, bevindingen in uitslagen:
        if not bevindingen:
            print(f"goed: {naam}")
        for b in bevindingen:
            print(f"{b.ernst.value}: {b.plaats}: {b.melding}")
            if b.uitweg:
                print(f"    {b.uitweg}")
    ernsten = [b.ernst.value for _, bevindingen in uitslagen for b in bevindingen]
    print(f"\nFouten: {ernsten.count('fout')}. Waarschuwingen: {ernsten.count('waarschuwing')}.")
