"""Verhuizen naar een andere gemeente (art. 15 lid 4 en 35 lid 4 Wi; art. 5.3 lid 3 Bi).

De nieuwe gemeente stelt binnen tien weken na de inschrijving een PIP vast met dezelfde leerroute; de
inburgeringstermijn loopt door. De vorige gemeente levert op verzoek, en ziet het dossier daarna niet meer.
"""

from dataclasses import replace
from datetime import date, timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.pip_wijzigen import ROUTENAMEN
from domein.regels.stappen.termijn import weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.regio.gemeenten import gemeentenaam
from domein.stand import Stand, Verhuizing

ARTIKEL = "artikel 35 lid 4 Wet inburgering 2021"


def ingekomen(stand: Stand) -> Verhuizing | None:
    """Geef de verhuizing waarna deze gemeente nog een eigen PIP moet vaststellen, met dagtekening van na de komst."""
    laatste = stand.verhuizing
    if laatste is None or laatste.buiten_regio or not stand.pips:
        return None
    if not any(pip.dagtekening < laatste.op or pip.elders for pip in stand.pips):
        return None  # verhuisd vóór het eerste PIP: dan stelt de nieuwe gemeente het eerste vast
    return laatste


def pip_gedaan(stand: Stand, verhuizing: Verhuizing) -> bool:
    return any(not pip.elders and pip.dagtekening >= verhuizing.op for pip in stand.pips)


def pip_termijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de tien weken voor het PIP van de nieuwe gemeente (art. 5.3 lid 3 Bi), of None als er niets te doen is."""
    verhuizing = ingekomen(stand)
    if verhuizing is None:
        return None
    termijn = bereken("pip-na-brp", verhuizing.op, "inschrijving na verhuizing", regels=kader.regeling)
    gedaan = [pip.dagtekening for pip in stand.pips if not pip.elders and pip.dagtekening >= verhuizing.op]
    return replace(
        termijn,
        gehaald_op=min(gedaan, default=None),
        vervallen="" if gedaan else weg_door_einde(stand),
    )


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    termijn = pip_termijn(stand, kader)
    return [termijn] if termijn else []


def stappen(stand: Stand, kader: Kader) -> Stappen:
    verhuizing = ingekomen(stand)
    if verhuizing is not None and not stand.einde:
        if not pip_gedaan(stand, verhuizing):
            yield _nieuw_pip(stand, kader, verhuizing)
        if stand.acceptatie and _les_nog_te_regelen(stand, verhuizing):
            yield _aanbieder(kader, verhuizing, stand.acceptatie.nummer)
    for een in stand.verhuizingen.values():
        yield from _overdracht(stand, kader, een)


def _overdracht(stand: Stand, kader: Kader, een: Verhuizing) -> Stappen:
    """Opvragen, leveren, ontvangen: de nieuwe gemeente vraagt, de vorige levert op verzoek."""
    if not een.buiten_regio and not stand.einde and een.opgevraagd_op is None:
        yield _stap(
            kader, f"verhuizing/opvragen/{een.nummer}", "Vraag het dossier op bij de vorige gemeente",
            kader.volgende_werkdag(een.op), "verhuizing_werkdagen",
            f"De persoon is op {datum(een.op)} ingeschreven in {gemeentenaam(een.naar)}. De vorige gemeente "
            f"({_vorige(een)}) levert PIP, voortgang en boetes alleen op verzoek.",
        )  # fmt: skip
    if een.opgevraagd_op is None:
        return
    start = kader.volgende_werkdag(een.opgevraagd_op)
    if een.geleverd_op is None and not een.van_buiten:
        yield _stap(
            kader, f"verhuizing/levering/{een.nummer}", "Lever het dossier aan de nieuwe gemeente", start,
            "levering_werkdagen",
            f"Gemeente {gemeentenaam(een.naar)} vroeg op {datum(een.opgevraagd_op)} om PIP, voortgang en boetes."
            + ("" if een.buiten_regio else " Na de levering ziet uw gemeente dit dossier niet meer."),
            gemeente=een.van,
        )  # fmt: skip
    klaar_om = een.opgevraagd_op if een.van_buiten else een.geleverd_op
    if klaar_om is not None and not een.buiten_regio and not stand.einde and een.overgenomen_op is None:
        yield _stap(
            kader, f"verhuizing/ontvangst/{een.nummer}", "Controleer of het dossier compleet is overgenomen",
            kader.volgende_werkdag(klaar_om), "verhuizing_werkdagen",
            f"Gemeente {_vorige(een)} kreeg op {datum(een.opgevraagd_op)} het verzoek om het dossier."
            if een.van_buiten
            else f"Gemeente {_vorige(een)} leverde het dossier op {datum(klaar_om)}.",
        )  # fmt: skip


def _vorige(een: Verhuizing) -> str:
    return gemeentenaam(een.van) if een.van else "(niet bekend)"


def _les_nog_te_regelen(stand: Stand, verhuizing: Verhuizing) -> bool:
    """Zeg of de lessen van vóór de verhuizing nog doorlopen zonder dat iemand daarover besloot."""
    assert stand.acceptatie is not None
    blijft = stand.aanbieder_blijft_op is not None and stand.aanbieder_blijft_op >= verhuizing.op
    return stand.is_asiel and stand.les_klaar_op is None and stand.acceptatie.op < verhuizing.op and not blijft


def _aanbieder(kader: Kader, een: Verhuizing, aanmelding: int) -> GewensteStap:
    start = kader.volgende_werkdag(een.op)
    return _stap(
        kader, f"verhuizing/aanbieder/{een.nummer}/{aanmelding}", "Regel de lessen na de verhuizing", start,
        "verhuizing_werkdagen",
        f"De persoon is op {datum(een.op)} verhuisd naar {gemeentenaam(een.naar)} en volgt les bij een aanbieder van "
        "de vorige gemeente. Blijft dat zo, of komt er een nieuwe aanmelding?",
        artikel="artikel 16 Wet inburgering 2021",
    )  # fmt: skip


def _nieuw_pip(stand: Stand, kader: Kader, een: Verhuizing) -> GewensteStap:
    termijn = pip_termijn(stand, kader)
    assert termijn is not None
    vooraf = timedelta(days=kader.regeling.getal("pip_opent_dagen_vooraf"))
    eerst = kader.volgende_werkdag(een.op)
    start = max(kader.kantoor.laatste_open_dag_tot(termijn.einde - vooraf), eerst)
    if een.overgenomen_op is not None:
        start = min(start, max(kader.volgende_werkdag(een.overgenomen_op), eerst))
    return GewensteStap(
        kenmerk=f"pip/verhuizing/{een.nummer}",
        stapsoort=Stapsoort.PIP,
        titel="Stel na de verhuizing het PIP vast",
        start=start,
        streef=max(kader.kantoor.laatste_open_dag_tot(termijn.einde), start),
        uiterst=termijn.einde,
        rol=Rol.MANDAATHOUDER,
        waarom=f"De persoon is op {datum(een.op)} ingeschreven in {gemeentenaam(een.naar)}. De leerroute blijft de "
        f"{ROUTENAMEN[stand.leerroute]} en de inburgeringstermijn loopt door. {termijn.uitleg}",
        artikel="artikel 15 lid 4 Wet inburgering 2021; artikel 5.3 lid 3 Besluit inburgering",
        besluit=True,
    )


def _stap(
    kader: Kader,
    kenmerk: str,
    titel: str,
    start: date,
    streef: str,
    waarom: str,
    *,
    artikel: str = ARTIKEL,
    gemeente: str | None = None,
) -> GewensteStap:
    return GewensteStap(
        kenmerk=kenmerk,
        stapsoort=Stapsoort.VERHUIZING,
        titel=titel,
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal(streef)),
        uiterst=None,
        rol=Rol.KLANTMANAGER,
        waarom=waarom,
        artikel=artikel,
        gemeente=gemeente,
    )
