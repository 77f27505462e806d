"""Het participatieverklaringstraject en de Module Arbeidsmarkt en Participatie (art. 6 Wi; art. 3.1 en 3.2 Bi)."""

from datetime import date

from domein.begrippen import Examenonderdeel, Leerroute, Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import laatste_dag
from domein.stand import Stand


def stappen(stand: Stand, kader: Kader) -> Stappen:
    einde = laatste_dag(stand, kader)
    if einde is None or stand.einde:
        return
    eerste = stand.pips[0].dagtekening
    uren_pvt = kader.regeling.getal("pvt_uren", eerste)
    activiteiten = kader.regeling.getal("pvt_activiteiten", eerste)
    if stand.pvt_op is None and Examenonderdeel.PVT not in stand.vrij_van:
        yield _deel(
            kader, eerste, einde, "pvt", Stapsoort.PVT,
            "Rond het participatieverklaringstraject af",
            f"Het PVT telt minstens {uren_pvt} uur, met minstens {activiteiten} activiteit of excursie, en eindigt met "
            "ondertekening op een bijeenkomst. "
            f"Het moet af zijn binnen de inburgeringstermijn, uiterlijk {datum(einde)}.",
            "artikel 6 Wet inburgering 2021; artikel 3.1 Besluit inburgering",
        )  # fmt: skip
    # De onderwijsroute kent geen MAP (art. 8 lid 3 Wi).
    geen_map = stand.leerroute is Leerroute.ONDERWIJS or Examenonderdeel.MAP in stand.vrij_van
    if stand.map_op is None and not geen_map:
        uren_map = kader.regeling.getal("map_uren", eerste)
        themas = kader.regeling.getal("map_themas", eerste)
        yield _deel(
            kader, eerste, einde, "map", Stapsoort.MAP,
            "Rond de Module Arbeidsmarkt en Participatie af",
            f"De MAP telt {themas} thema's en minstens {uren_map} uur praktijk, en eindigt met een eindgesprek met het "
            "college. "
            f"Zij moet af zijn binnen de inburgeringstermijn, uiterlijk {datum(einde)}.",
            "artikel 6 Wet inburgering 2021; artikel 3.2 Besluit inburgering",
        )  # fmt: skip


def _deel(
    kader: Kader,
    eerste: date,
    einde: date,
    naam: str,
    soort: Stapsoort,
    titel: str,
    waarom: str,
    artikel: str,
) -> GewensteStap:
    start = kader.werkdag(plus_maanden(eerste, kader.regeling.getal(f"{naam}_opent_maanden")))
    streef = kader.werkdag(plus_maanden(eerste, kader.regeling.getal(f"{naam}_streef_maanden")))
    return GewensteStap(
        kenmerk=f"{naam}/1",
        stapsoort=soort,
        titel=titel,
        start=start,
        streef=max(min(streef, kader.kantoor.laatste_open_dag_tot(einde)), start),
        uiterst=einde,
        rol=Rol.KLANTMANAGER,
        waarom=waarom,
        artikel=artikel,
    )
