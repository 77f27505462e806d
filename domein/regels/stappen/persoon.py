"""Wat de persoon zelf aangaat: een pauze, een gat in het verblijf, 18 worden, de AOW-leeftijd.

De dag van geboorte en de reden van een pauze staan nooit in een stap: die leest iemand in het dossier.
"""

from domein.begrippen import Pauzegrond, Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stilstand import gat_te_lang_op, herzien_op
from domein.stand import Pauze, Stand


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    for pauze in stand.pauzes.values():
        if pauze.hervat_op is None:
            yield _herziening(pauze, kader)
        if stand.pips:
            yield from _verlengingsgrond(pauze, kader)
    for nummer, gat in stand.gaten.items():
        if gat.hervat_op is None:
            yield _te_lang_weg(nummer, stand, kader)
    yield from _leeftijd(stand, kader)


def _herziening(pauze: Pauze, kader: Kader) -> GewensteStap:
    start = herzien_op(pauze, kader)
    return GewensteStap(
        kenmerk=f"registratie/pauze/{pauze.verlengingen + 1}/{pauze.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Beoordeel de pauze: hervatten of verlengen",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("controle_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"De taken staan sinds {datum(pauze.van)} stil. Wettelijke termijnen lopen door.",
        artikel="beleid, geen wet",
    )


def _verlengingsgrond(pauze: Pauze, kader: Kader) -> Stappen:
    """Wijs op verlenging zodra de omstandigheid een grond kan zijn (art. 4.1 Ri); DUO beslist."""
    soort = "ziekte" if pauze.grond is Pauzegrond.ZIEKTE else "overig"
    maanden = kader.regeling.getal(f"verlenging_{soort}_vanaf_maanden", pauze.van)
    vanaf = pauze.van if pauze.grond is Pauzegrond.BEVALLING else plus_maanden(pauze.van, maanden)
    if pauze.hervat_op is not None and pauze.hervat_op < vanaf:
        return
    start = kader.werkdag(vanaf)
    yield GewensteStap(
        kenmerk=f"registratie/verlengingsgrond/{pauze.nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel="Wijs de inburgeraar op verlenging van de termijn",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("verlengingsgrond_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"De taken stonden stil vanaf {datum(pauze.van)}; de termijn liep door. De omstandigheid (zie het "
        "dossier) kan een grond zijn voor verlenging door DUO. De inburgeraar vraagt die zelf aan.",
        artikel="artikel 12 Wet inburgering 2021; artikelen 4.1 en 4.2 Regeling inburgering",
    )


def _te_lang_weg(nummer: int, stand: Stand, kader: Kader) -> GewensteStap:
    van = stand.gaten[nummer].van
    start = kader.werkdag(gat_te_lang_op(van, kader))
    jaren = kader.regeling.getal("verblijfsgat_jaren", van)
    return GewensteStap(
        kenmerk=f"registratie/verblijfsgat/{nummer}",
        stapsoort=Stapsoort.REGISTRATIE,
        titel=f"Het verblijfsrecht is langer dan {jaren} jaar weg: leg het einde van de plicht vast",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("controle_werkdagen")),
        uiterst=None,
        rol=Rol.ADMINISTRATIE,
        waarom=f"Het verblijfsrecht is onderbroken sinds {datum(van)}. Een gat van hoogstens {jaren} jaar eindigt de "
        "plicht niet; een langer gat wel.",
        artikel="artikel 2.2 Besluit inburgering",
    )


def _leeftijd(stand: Stand, kader: Kader) -> Stappen:
    werkdagen = kader.regeling.getal("persoon_werkdagen")
    if stand.maand_achttien is not None:
        start = kader.werkdag(stand.maand_achttien)
        yield GewensteStap(
            kenmerk="registratie/meerderjarig/1",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="De inburgeraar wordt deze maand 18: controleer adres en kanaal",
            start=start,
            streef=kader.werkdagen_na(start, werkdagen),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom="Vanaf de achttiende verjaardag gaan brieven naar de inburgeraar zelf, niet meer naar de "
            "vertegenwoordiger.",
            artikel="artikelen 1:233 en 1:245 Burgerlijk Wetboek",
        )
    if stand.maand_aow is not None:
        start = kader.werkdag(stand.maand_aow)
        yield GewensteStap(
            kenmerk="registratie/aow/1",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="De inburgeraar bereikt deze maand de AOW-leeftijd: leg het einde van de plicht vast",
            start=start,
            streef=kader.werkdagen_na(start, werkdagen),
            uiterst=None,
            rol=Rol.ADMINISTRATIE,
            waarom="De inburgeringsplicht geldt tot de AOW-leeftijd. DUO meldt het einde.",
            artikel="artikel 3 Wet inburgering 2021",
        )
