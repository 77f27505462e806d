"""Eigenschappen gaan over uitkomsten, niet over snelheid: een drukke machine mag er geen laten zakken.

De gewone proef neemt altijd dezelfde voorbeelden, zodat dezelfde code altijd dezelfde uitslag geeft. De lange proef
(`regie test --zwaar`) zoekt met nieuwe voorbeelden verder, en meer.
"""

import os

from hypothesis import HealthCheck, settings

_TE_TRAAG = [HealthCheck.too_slow]
settings.register_profile("regie", deadline=None, derandomize=True, print_blob=True, suppress_health_check=_TE_TRAAG)
settings.register_profile("zwaar", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_TE_TRAAG)
settings.load_profile("zwaar" if os.environ.get("PROEF") == "zwaar" else "regie")
