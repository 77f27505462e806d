"""De tolk bij een gesprek: boeken, verzetten als het gesprek verschuift, afzeggen als het vervalt. Beleid, geen wet."""

from collections.abc import Mapping
from datetime import date

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import GESPREK, Stand

INTAKEGESPREK = "intake/gesprek/"


def stappen(stand: Stand, kader: Kader, gepland: Mapping[str, GewensteStap]) -> Stappen:
    """Geef de tolkstappen bij de gesprekken die in het plan staan, en bij boekingen die nergens meer bij horen."""
    if stand.einde is None and stand.tolk_taal is not None:
        for kenmerk, gesprek in list(gepland.items()):
            if kenmerk.startswith((INTAKEGESPREK, GESPREK)):
                yield from _boeken(stand, kader, gesprek)
    for kenmerk, tolk in stand.tolken.items():
        if not tolk.afgezegd and kenmerk not in gepland and kenmerk not in stand.afgerond:
            start = kader.werkdag(tolk.geboekt_op)  # meteen: wanneer het gesprek verviel, doet er niet toe
            yield _stap(
                kader, f"tolk/afzeggen/{tolk.keer}/{kenmerk}", kenmerk, "Zeg de tolk af", start,
                f"Het gesprek van {datum(tolk.gesprek_op)} gaat niet door; de tolk is nog geboekt.",
            )  # fmt: skip


def _boeken(stand: Stand, kader: Kader, gesprek: GewensteStap) -> Stappen:
    tolk = stand.tolken.get(gesprek.kenmerk)
    if tolk is not None and not tolk.afgezegd and tolk.gesprek_op == gesprek.streef:
        return
    keer = tolk.keer + 1 if tolk is not None else 1
    if tolk is not None and not tolk.afgezegd:
        titel, start = "Verzet de tolk", kader.werkdag(tolk.geboekt_op)
        waarom = f"Het gesprek ging van {datum(tolk.gesprek_op)} naar {datum(gesprek.streef)}."
    else:
        vooraf = kader.regeling.getal("tolk_vooraf_werkdagen")
        titel, start = "Boek een tolk", kader.werkdagen_na(gesprek.streef, -vooraf)
        waarom = f"Bij het gesprek van {datum(gesprek.streef)} is een tolk nodig. De taal staat in het dossier."
    yield _stap(kader, f"tolk/boeken/{keer}/{gesprek.kenmerk}", gesprek.kenmerk, titel, start, waarom)


def _stap(kader: Kader, kenmerk: str, gesprek: str, titel: str, start: date, waarom: str) -> GewensteStap:
    return GewensteStap(
        kenmerk=kenmerk,
        stapsoort=Stapsoort.INTAKE if gesprek.startswith(INTAKEGESPREK) else Stapsoort.VOORTGANG,
        titel=titel,
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("tolk_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=waarom,
        artikel="beleid, geen wet",
    )
