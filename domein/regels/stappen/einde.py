"""Het einde: de termijn loopt af, DUO meldt hoe het traject eindigt, en het dossier gaat dicht (art. 11, 24 Wi)."""

from dataclasses import replace
from itertools import count
from typing import Final

from domein.begrippen import Eindegrond, Leerroute, Rol, Stapsoort
from domein.regels.bewaren import bewaartermijn
from domein.regels.kalender import datum
from domein.regels.planvormen import DAG, GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import inburgeringstermijn, weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Einde, Stand

WOORDEN: Final = {
    Eindegrond.VOLDAAN: "De inburgeraar heeft aan de plicht voldaan",
    Eindegrond.TERMIJN_OVERSCHREDEN: "De termijn is overschreden",
    Eindegrond.VRIJGESTELD: "DUO heeft vrijgesteld",
    Eindegrond.ONTHEVEN: "DUO heeft ontheven",
    Eindegrond.OVERLIJDEN: "De inburgeraar is overleden",
    Eindegrond.VERTREK: "De inburgeraar is vertrokken",
    Eindegrond.VERHUISD: "De inburgeraar is verhuisd naar een gemeente buiten de regio",
    Eindegrond.VERBLIJFSRECHT: "Er is geen verblijfsrecht meer",
    Eindegrond.NATURALISATIE: "De inburgeraar is genaturaliseerd",
    Eindegrond.AOW: "De AOW-leeftijd is bereikt",
    Eindegrond.INGETROKKEN: "DUO trok de kennisgeving in",
}


def verlengvenster(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de dag vanaf wanneer verlenging kan worden gevraagd, of None zonder termijn (art. 12 Wi, art. 4.3 Bi)."""
    termijn = inburgeringstermijn(stand, kader)
    if termijn is None:
        return None
    venster = bereken("verlenging-aanvragen", termijn.einde, "einde van de inburgeringstermijn", regels=kader.regeling)
    return replace(venster, vervallen=weg_door_einde(stand))


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    # Na een intrekking door DUO is er geen bewaartermijn: die gegevens gaan meteen weg (art. 17 AVG).
    alle = (inburgeringstermijn(stand, kader), verlengvenster(stand, kader), bewaartermijn(stand, kader))
    return [termijn for termijn in alle if termijn is not None]


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde is not None:
        yield from _na_het_einde(stand, stand.einde, kader)
        return
    termijn, venster = inburgeringstermijn(stand, kader), verlengvenster(stand, kader)
    if termijn is None or venster is None:
        return
    yield _verlenging_bekijken(stand, termijn, venster, kader)
    start = kader.werkdag(termijn.einde + DAG)
    # Na een afgehandelde afloop (verlengd, nieuwe termijn) volgt een nieuwe stap met een nieuw nummer (regel 6). Ook
    # na overslaan: zolang DUO niets meldt, houdt iemand het einde van de termijn in het oog (I1).
    gehad = {*stand.afgerond, *stand.overgeslagen}
    nummer = next(n for n in count(1) if f"einde/termijn/{n}" not in gehad)
    yield GewensteStap(
        kenmerk=f"einde/termijn/{nummer}",
        stapsoort=Stapsoort.EINDE,
        titel="Leg vast hoe DUO de termijn afsluit",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("einde_afsluiten_werkdagen")),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=f"{termijn.uitleg} DUO beslist of aan de plicht is voldaan.",
        artikel="artikel 11 en 24 Wet inburgering 2021",
    )


def _verlenging_bekijken(stand: Stand, termijn: Termijn, venster: Termijn, kader: Kader) -> GewensteStap:
    """In het laatste half jaar kijkt iemand of verlenging nodig is; na elk besluit van DUO opnieuw."""
    start = kader.werkdag(venster.einde)
    streef = kader.werkdagen_na(start, kader.regeling.getal("verlenging_bekijken_werkdagen"))
    laatste = kader.kantoor.laatste_open_dag_tot(termijn.einde)
    return GewensteStap(
        kenmerk=f"einde/verlenging/{stand.verlengingen + 1}",
        stapsoort=Stapsoort.EINDE,
        titel="Kijk of verlenging van de termijn nodig is",
        start=start,
        streef=max(min(streef, laatste), start),
        uiterst=max(termijn.einde, start),
        rol=Rol.KLANTMANAGER,
        waarom=f"{venster.uitleg} De inburgeringstermijn eindigt op {datum(termijn.einde)}.",
        artikel="artikel 12 Wet inburgering 2021; artikel 4.3 Besluit inburgering",
    )


def _na_het_einde(stand: Stand, einde: Einde, kader: Kader) -> Stappen:
    if einde.grond is Eindegrond.VOLDAAN and stand.leerroute is Leerroute.Z and stand.certificaat_op is None:
        yield _stap(
            kader, "einde/certificaat/1", "Reik het certificaat persoonlijk uit", "certificaat_werkdagen", einde,
            f"DUO meldt op {datum(einde.op)} dat aan de plicht is voldaan in de Z-route. De gemeente reikt het "
            "certificaat zelf uit.",
            "artikel 3.14 Besluit inburgering",
        )  # fmt: skip
    if stand.afgesloten_op is not None:
        return
    waarom = f"{WOORDEN[einde.grond]}, op {datum(einde.op)}."
    if einde.grond is Eindegrond.INGETROKKEN:
        yield _stap(
            kader, "einde/wissen/1", "Wis de persoonsgegevens", "wissen_werkdagen", einde,
            f"{waarom} De gemeente had deze gegevens niet mogen krijgen: wis ze. Het bewijs blijft.",
            "artikel 17 Algemene verordening gegevensbescherming",
        )  # fmt: skip
        return
    # Wie terugkwam en opnieuw eindigt, wordt ook opnieuw afgesloten (regel 6).
    nummer = next(n for n in count(1) if f"einde/afsluiten/{n}" not in stand.afgerond)
    yield _stap(
        kader, f"einde/afsluiten/{nummer}", "Sluit het dossier af", "einde_afsluiten_werkdagen", einde,
        f"{waarom} Kijk het dossier na en sluit het.", "artikel 9.9 Besluit inburgering",
    )  # fmt: skip


def _stap(kader: Kader, kenmerk: str, titel: str, streef: str, einde: Einde, waarom: str, artikel: str) -> GewensteStap:
    start = kader.volgende_werkdag(einde.op)
    return GewensteStap(
        kenmerk=kenmerk,
        stapsoort=Stapsoort.EINDE,
        titel=titel,
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal(streef)),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=waarom,
        artikel=artikel,
    )
