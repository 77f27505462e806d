"""Het eerste PIP: de termijn van tien weken en het besluit (art. 15 Wi, art. 5.3 Bi)."""

from dataclasses import replace
from datetime import date, timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def eerste_pip_termijn(stand: Stand, kader: Kader) -> Termijn:
    """Geef de termijn voor het eerste PIP (art. 5.3 lid 1 tot en met 3 Bi).

    Zij telt vanaf de kennisgeving, of vanaf de inschrijving in de BRP als die later is. Wachtte het college op
    informatie van een derde, dan eindigt zij niet eerder dan twee weken na de ontvangst.
    """
    assert stand.kennisgeving_op is not None
    termijn = _tien_weken(stand, stand.kennisgeving_op, kader)
    ontvangen = [d.ontvangen_op for d in stand.derden.values() if d.ontvangen_op and d.gevraagd_op <= termijn.einde]
    if ontvangen:
        na_derde = bereken("pip-na-derde", max(ontvangen), "informatie van een derde", regels=kader.regeling)
        if na_derde.einde > termijn.einde:
            eerst = f"Zonder het wachten op informatie van een derde was {datum(termijn.einde)} de laatste dag"
            zin = f"{eerst}. De informatie kwam op {datum(na_derde.anker)}."
            termijn = replace(na_derde, uitleg=f"{zin} {na_derde.uitleg}")
    eerste = stand.pips[0].dagtekening if stand.pips and not stand.pips[0].elders else None
    return replace(termijn, gehaald_op=eerste, vervallen=_vervallen(stand, eerste))


def _tien_weken(stand: Stand, kennisgeving_op: date, kader: Kader) -> Termijn:
    """De tien weken, met de zin waarom zij vanaf de inschrijving tellen, of misschien nog moeten gaan tellen."""
    ingeschreven = stand.eerste_brp_op
    if ingeschreven is not None and ingeschreven > kennisgeving_op:
        termijn = bereken("pip-na-brp", ingeschreven, "inschrijving in de BRP", regels=kader.regeling)
        zin = (
            f"DUO gaf op {datum(kennisgeving_op)} kennis, maar de inschrijving in deze gemeente is van "
            f"{datum(ingeschreven)}: daarom telt die dag."
        )
        return replace(termijn, uitleg=f"{zin} {termijn.uitleg}")
    termijn = bereken("pip", kennisgeving_op, "kennisgeving van DUO", regels=kader.regeling)
    if ingeschreven is not None or stand.pips:
        return termijn
    zin = (
        f"Geteld vanaf de kennisgeving op {datum(kennisgeving_op)}. Was de persoon toen nog niet ingeschreven in deze "
        "gemeente, leg de inschrijving dan vast: dan telt die dag."
    )
    return replace(termijn, uitleg=f"{zin} {termijn.uitleg}")


def _vervallen(stand: Stand, gedaan: date | None) -> str:
    return weg_door_einde(stand) if gedaan is None else ""


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    if stand.kennisgeving_op is None or (stand.pips and stand.pips[0].elders):
        return []
    return [eerste_pip_termijn(stand, kader)]


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.kennisgeving_op is None or stand.pips or stand.einde:
        return
    termijn = eerste_pip_termijn(stand, kader)
    vooraf = timedelta(days=kader.regeling.getal("pip_opent_dagen_vooraf"))
    # Zonder afgeronde intake opent de stap toch op tijd: iemand moet zien dat de termijn gaat aflopen.
    start = max(kader.kantoor.laatste_open_dag_tot(termijn.einde - vooraf), kader.werkdag(stand.kennisgeving_op))
    waarom = termijn.uitleg
    wacht_op = [d.gevraagd_op for d in stand.derden.values() if d.ontvangen_op is None]
    if wacht_op:
        waarom = f"Het college wacht sinds {datum(min(wacht_op))} op informatie van een derde. {waarom}"
    if stand.intake_op is not None:
        start = min(start, kader.volgende_werkdag(stand.intake_op))
        waarom = f"De intake is afgerond op {datum(stand.intake_op)}. {waarom}"
    yield GewensteStap(
        kenmerk="pip/vaststellen/1",
        stapsoort=Stapsoort.PIP,
        titel="Stel het PIP vast",
        start=start,
        streef=max(kader.kantoor.laatste_open_dag_tot(termijn.einde), start),
        uiterst=termijn.einde,
        rol=Rol.MANDAATHOUDER,
        waarom=waarom,
        artikel=termijn.artikel,
        besluit=True,
    )
