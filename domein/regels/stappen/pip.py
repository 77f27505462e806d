"""Het eerste PIP: de termijn van tien weken en het besluit (art. 15 Wi, art. 5.3 Bi)."""

from datetime import timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def eerste_pip_termijn(stand: Stand, kader: Kader) -> Termijn:
    """Geef de termijn voor het eerste PIP (art. 5.3 lid 1 en 3 Bi).

    Zij telt vanaf de kennisgeving, of vanaf de inschrijving in de BRP als die later is.
    """
    assert stand.kennisgeving_op is not None
    if stand.brp_op is not None and stand.brp_op > stand.kennisgeving_op:
        return bereken("pip-na-brp", stand.brp_op, "inschrijving in de BRP", regels=kader.regeling)
    return bereken("pip", stand.kennisgeving_op, "kennisgeving van DUO", regels=kader.regeling)


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    if stand.kennisgeving_op is None:
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
