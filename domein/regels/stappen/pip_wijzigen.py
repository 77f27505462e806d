"""Het PIP wijzigen: een andere leerroute (art. 17 lid 2 Wi, art. 5.4 Bi) of onderdelen op A2 (art. 17 lid 3, 5.5 Bi).

Wie het dossier doet, stelt voor; het bevoegd orgaan besluit. Een nieuwe leerroute begint een nieuwe aanbodronde, en
de gesprekken tellen door. De inburgeringstermijn verandert niet (art. 11 lid 3 Wi).
"""

from dataclasses import replace
from datetime import date

from domein.begrippen import Leerroute, Rol, Stapsoort
from domein.regels.beslistermijn import aanvraagtermijn
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.dwangsom import zin_in_gebreke
from domein.regels.stappen.termijn import weg_door_einde
from domein.regels.stappen.uren import lesuren
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand, Voorstel

ROUTENAMEN = {Leerroute.B1: "B1-route", Leerroute.ONDERWIJS: "onderwijsroute", Leerroute.Z: "Z-route"}


def wijzigtermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de termijn waarbinnen de leerroute kan worden gewijzigd, of None zolang er geen PIP is."""
    if not stand.pips:
        return None
    bewijs = "dagtekening van het eerste PIP"
    return bereken("leerroute-wijzigen", stand.pips[0].dagtekening, bewijs, regels=kader.regeling)


def mag_wisselen(stand: Stand, naar: Leerroute, op: date, kader: Kader, *, bijzonder_geval: bool) -> str:
    """Geef waarom de leerroute op deze dag niet kan worden gewijzigd; een lege tekst als het kan.

    Van onderwijsroute naar B1-route kan altijd; in een bijzonder geval ook later (art. 5.4 Bi).
    """
    if not stand.pips:
        return "Er is nog geen PIP; de leerroute staat nog niet vast."
    if naar is stand.leerroute:
        return f"De inburgeraar volgt de {ROUTENAMEN[naar]} al."
    altijd = stand.leerroute is Leerroute.ONDERWIJS and naar is Leerroute.B1
    termijn = wijzigtermijn(stand, kader)
    assert termijn is not None
    if op <= termijn.einde or altijd or bijzonder_geval:
        return ""
    return f"De leerroute kon worden gewijzigd tot en met {datum(termijn.einde)}. {termijn.uitleg}"


def mag_afschalen(stand: Stand, kader: Kader) -> str:
    """Geef waarom onderdelen nog niet op A2 mogen; een lege tekst als het kan (art. 17 lid 3 Wi, art. 5.5 Bi)."""
    if stand.leerroute is not Leerroute.B1:
        return "Afschalen naar A2 kan alleen in de B1-route."
    eerste = stand.pips[0].dagtekening
    nodig, gevolgd = kader.regeling.getal("afschalen_uren", eerste), lesuren(stand)
    if gevolgd < nodig:
        return f"Afschalen kan pas na {nodig} uur les; vastgelegd zijn {gevolgd} uur."
    return ""


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    uit: list[Termijn] = []
    termijn = wijzigtermijn(stand, kader)
    if termijn is not None:
        uit.append(replace(termijn, vervallen=weg_door_einde(stand)))
    # Het geldende PIP eerst; tegen een eerder PIP kan bezwaar zolang zijn eigen zes weken lopen (Awb 6:7).
    for pip in reversed(stand.pips):
        if pip.bekendgemaakt_op is not None and (pip is stand.pip or pip.herroepen_op is None):
            bewijs = f"bekendmaking van PIP {pip.nummer}"
            uit.append(bereken("bezwaar", pip.bekendgemaakt_op, bewijs, regels=kader.regeling))
    return [*uit, *(t for voorstel in stand.voorstellen.values() if (t := aanvraagtermijn(stand, voorstel, kader)))]


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde or not stand.pips:
        return
    termijn = wijzigtermijn(stand, kader)
    assert termijn is not None
    for voorstel in stand.voorstellen.values():
        yield _besluit(voorstel, termijn, stand, kader)


def _besluit(voorstel: Voorstel, termijn: Termijn, stand: Stand, kader: Kader) -> GewensteStap:
    start = kader.volgende_werkdag(voorstel.op)
    streef = kader.werkdagen_na(start, kader.regeling.getal("voorstel_werkdagen"))
    if voorstel.soort == "afschalen":
        wat, artikel, uiterst = "onderdelen op A2", "artikel 17 lid 3 Wet inburgering 2021; artikel 5.5 Bi", None
        waarom = f"Op {datum(voorstel.op)} is voorgesteld om af te schalen: {', '.join(voorstel.onderdelen)} op A2."
    else:
        assert voorstel.naar is not None
        wat, artikel = f"naar de {ROUTENAMEN[voorstel.naar]}", "artikel 17 lid 2 Wet inburgering 2021; artikel 5.4 Bi"
        vrij = stand.pips[0].leerroute is Leerroute.ONDERWIJS and voorstel.naar is Leerroute.B1
        uiterst = None if vrij or voorstel.bijzonder_geval or termijn.einde < start else termijn.einde
        waarom = f"Op {datum(voorstel.op)} is voorgesteld om de leerroute te wijzigen {wat}."
        if uiterst is not None:
            waarom += f" {termijn.uitleg}"
    beslissen = aanvraagtermijn(stand, voorstel, kader)
    if beslissen is not None:
        uiterst = beslissen.einde if uiterst is None else min(uiterst, beslissen.einde)
        artikel += f"; {beslissen.artikel}"
        waarom += f" De inburgeraar vroeg dit zelf. {beslissen.uitleg}"
        waarom += zin_in_gebreke(stand, "voorstel", voorstel.nummer, kader)
    if uiterst is not None:
        streef = max(min(streef, kader.kantoor.laatste_open_dag_tot(uiterst)), start)
    return GewensteStap(
        kenmerk=voorstel.stap,
        stapsoort=Stapsoort.PIP,
        titel=f"Besluit over het voorstel om het PIP te wijzigen: {wat}",
        start=start,
        streef=streef,
        uiterst=uiterst,
        rol=Rol.MANDAATHOUDER,
        waarom=waarom,
        artikel=artikel.replace(" Bi", " Besluit inburgering"),
        besluit=True,
        inhoud=",".join(voorstel.onderdelen),
    )
