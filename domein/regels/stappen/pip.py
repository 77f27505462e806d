"""Het eerste PIP: de termijn van tien weken en het besluit (art. 15 Wi, art. 5.3 Bi)."""

from dataclasses import replace
from datetime import date, timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def eerste_pip_termijn(stand: Stand, kader: Kader) -> Termijn:
    """Geef de termijn voor het eerste PIP (art. 5.3 lid 1 tot en met 3 Bi).

    Zij telt vanaf de kennisgeving, of vanaf de inschrijving in de BRP als die later is. Wachtte het college op
    informatie van een derde, dan eindigt zij niet eerder dan twee weken na de ontvangst.
    """
    assert stand.kennisgeving_op is not None
    if stand.eerste_brp_op is not None and stand.eerste_brp_op > stand.kennisgeving_op:
        termijn = bereken("pip-na-brp", stand.eerste_brp_op, "inschrijving in de BRP", regels=kader.regeling)
    else:
        termijn = bereken("pip", stand.kennisgeving_op, "kennisgeving van DUO", regels=kader.regeling)
    ontvangen = [d.ontvangen_op for d in stand.derden.values() if d.ontvangen_op and d.gevraagd_op <= termijn.einde]
    if ontvangen:
        na_derde = bereken("pip-na-derde", max(ontvangen), "informatie van een derde", regels=kader.regeling)
        if na_derde.einde > termijn.einde:
            termijn = na_derde
    eerste = stand.pips[0].dagtekening if stand.pips and not stand.pips[0].elders else None
    return replace(termijn, gehaald_op=eerste, vervallen=_vervallen(stand, eerste))


def _vervallen(stand: Stand, gedaan: date | None) -> str:
    return "het traject is geëindigd" if stand.einde and gedaan is None else ""


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
