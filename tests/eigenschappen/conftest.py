"""Eigenschappen gaan over uitkomsten, niet over snelheid: een drukke machine mag er geen laten zakken.

De gewone proef neemt altijd dezelfde voorbeelden, zodat dezelfde code altijd dezelfde uitslag geeft. De lange proef
(`regie test --zwaar`) zoekt met nieuwe voorbeelden verder, en meer.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_TE_TRAAG = [HealthCheck.too_slow]
settings.register_profile("regie", deadline=None, derandomize=True, print_blob=True, suppress_health_check=_TE_TRAAG)
settings.register_profile("zwaar", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_TE_TRAAG)
# De mutatieproef draait elke test duizenden keren: een paar voorbeelden vinden daar het meeste al, en welk voorbeeld
# het kleinste is doet er niet toe.
settings.register_profile(
    "mutatie", parent=settings.get_profile("regie"), max_examples=10, phases=[Phase.explicit, Phase.generate]
)
_PROEF = os.environ.get("PROEF", "")
settings.load_profile(_PROEF if _PROEF in ("zwaar", "mutatie") else "regie")
