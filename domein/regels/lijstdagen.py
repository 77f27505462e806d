"""Tot wanneer een dossier op een lijst hoort: bewaren, verzoeken over eigen gegevens, en besluiten.

De lijst zoekt op deze dagen welke dossiers zij toont. Wat er dan staat, volgt uit de gebeurtenissen zelf.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.regels.besluitgang import Besluitstand, toestand
from domein.regels.besluitstapel import bezwaar_tot
from domein.regels.bewaren import bewaartermijn
from domein.regels.papierbesluit import bezwaar_kan_tot, op_papier
from domein.regels.planvormen import Kader
from domein.regels.stappen.verzoek import termijn_van
from domein.stand import Besluit, Stand

ONBEPAALD: Final = date.max  # er is nog iets te doen, zonder dag waarop dat vanzelf ophoudt


@dataclass(frozen=True, slots=True)
class Lijstdagen:
    """`bewaren_tot`: de laatste dag dat het blijft (art. 9.9 Bi). `verzoek_tot`: de dag van het dringendste verzoek
    (art. 12 AVG). `besluit_tot`: tot en met die dag is er iets met een besluit, ONBEPAALD zolang het loopt (Awb 6:7).
    """

    bewaren_tot: date | None
    verzoeken: int
    verzoek_tot: date | None
    besluit_tot: date | None


def lijstdagen(stand: Stand, kader: Kader) -> Lijstdagen:
    """Geef de dagen zoals zij uit deze stand volgen; None waar het dossier niet op die lijst hoort."""
    bewaren = bewaartermijn(stand, kader)
    open_ = [termijn_van(v, kader).einde for v in stand.verzoeken.values() if v.afgehandeld_op is None]
    besluiten = [_besluit_tot(besluit, kader) for besluit in stand.besluiten.values()]
    besluiten += [bezwaar_kan_tot(stand, p.tegen, p.van, kader) or p.dagtekening for p in op_papier(stand)]
    return Lijstdagen(
        bewaren_tot=bewaren.einde if bewaren is not None else None,
        verzoeken=len(stand.verzoeken),
        verzoek_tot=min(open_, default=None),
        besluit_tot=max(besluiten, default=None),
    )


def _besluit_tot(besluit: Besluit, kader: Kader) -> date:
    if toestand(besluit) is Besluitstand.INGETROKKEN and besluit.ingetrokken_op is not None:
        return besluit.ingetrokken_op
    if toestand(besluit) is not Besluitstand.BEKENDGEMAAKT:
        return ONBEPAALD
    return bezwaar_tot(besluit, kader) or ONBEPAALD
