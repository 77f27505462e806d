"""De cijfers van een maand voor de regio: alleen aantallen, en geen cel die naar iemand leidt.

Er staan stromen in en geen stand van het aantal dossiers: uit twee standen en wat erbij kwam is af te leiden wat er
wegging, en dan helpt weglaten niet. Om dezelfde reden is elke groep mensen maar op één manier verdeeld.
"""

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from domein.begrippen import Stapsoort, Stapstatus
from domein.model import Stap
from domein.ports import Ruimte
from domein.regels.celonderdrukking import Groep, onderdruk
from domein.regio.model import Regio

_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_PIP: Final = "pip/vaststellen/"


def cijfers_van(ruimte: Ruimte, regio: Regio, eerste: date, laatste: date) -> tuple[Groep, ...]:
    """Geef alle groepen van deze maand, of geen als er niets gebeurde.

    Een lege groep blijft staan: haar weglaten zou zeggen dat elke cel 0 is.
    """
    dossiers = [d for d in ruimte.dossiers() if d.gemeente in regio.gemeenten]
    nieuw = Counter(d.gemeente for d in dossiers if eerste <= _dag(d.aangemaakt_op) <= laatste)
    einde = Counter(d.gemeente for d in dossiers if d.beeindigd_op and eerste <= d.beeindigd_op <= laatste)
    klaar = [
        stap
        for stap in ruimte.stappen_waar(statussen=[Stapstatus.KLAAR], afgerond_vanaf=_begin(eerste))
        if stap.afgerond_op is not None and _dag(stap.afgerond_op) <= laatste
    ]
    pip = [stap for stap in klaar if stap.kenmerk.startswith(_PIP)]
    gesprekken = Counter(stap.gemeente for stap in klaar if stap.stapsoort is Stapsoort.VOORTGANG)
    groepen = (
        ("Nieuwe dossiers", _per_gemeente(regio, nieuw)),
        ("Afgesloten dossiers", _per_gemeente(regio, einde)),
        ("Eerste plan vastgesteld", {"Op tijd": sum(map(_op_tijd, pip)), "Te laat": sum(not _op_tijd(s) for s in pip)}),
        ("Voortgangsgesprekken", _per_gemeente(regio, gesprekken)),
    )
    if not any(any(cellen.values()) for _, cellen in groepen):
        return ()
    return tuple(onderdruk(titel, cellen) for titel, cellen in groepen)


def _per_gemeente(regio: Regio, aantallen: Counter[str]) -> dict[str, int]:
    return {regio.gemeentenaam(gemeente): aantallen[gemeente] for gemeente in regio.gemeenten}


def _op_tijd(stap: Stap) -> bool:
    return stap.afgerond_op is not None and _dag(stap.afgerond_op) <= (stap.uiterst or stap.streef)


def _dag(moment: datetime) -> date:
    return moment.astimezone(_AMSTERDAM).date()


def _begin(dag: date) -> datetime:
    return datetime.combine(dag, time(), _AMSTERDAM).astimezone(UTC)
