"""Aan wie een brief gaat: de inburgeraar zelf, of tot zijn achttiende zijn ouder of voogd (art. 1:245 en 1:302 BW)."""

from datetime import date
from typing import Any, Final

from domein.fouten import OngeldigeGegevens
from domein.ports import Persoon
from domein.regels.geadresseerde import geadresseerde

_BIJ: Final = {"ouder": "de ouder", "voogd": "de voogd", "nidos": "de voogd"}


def aanschrijving(persoon: Persoon, op: date) -> dict[str, Any]:
    """Geef naam en adres voor boven de brief, en bij een kind over wie de brief gaat en wat de lezer van hem is.

    OngeldigeGegevens als van een kind geen ouder of voogd is vastgelegd: een kind krijgt deze brief niet zelf.
    """
    if geadresseerde(persoon, op).aan == "zelf":
        straat, plaats = persoon.gegevens.get("straat", ""), postcode_plaats(persoon)
        return {"naam": persoon.naam, "straat": straat, "postcode_plaats": plaats, "over_kind": "", "rol_lezer": ""}
    soort = persoon.gegevens.get("vertegenwoordiger_soort", "")
    naam = persoon.gegevens.get("vertegenwoordiger_naam", "")
    if soort not in _BIJ or not naam:
        raise OngeldigeGegevens(
            "Deze persoon is nog geen 18, en er is geen ouder of voogd vastgelegd: de brief kan naar niemand.",
            "Zoek uit wie het gezag heeft en leg dat vast met 'regie dossier persoon' (artikel 1:245 BW).",
        )
    return {
        "naam": naam,
        # Woont de ouder bij zijn kind, dan is er vaak geen eigen adres vastgelegd.
        "straat": persoon.gegevens.get("vertegenwoordiger_adres", "") or persoon.gegevens.get("straat", ""),
        "postcode_plaats": "" if persoon.gegevens.get("vertegenwoordiger_adres") else postcode_plaats(persoon),
        "over_kind": persoon.naam,
        "rol_lezer": _BIJ[soort],
    }


def postcode_plaats(persoon: Persoon) -> str:
    postcode = persoon.gegevens.get("postcode", "")
    netjes = f"{postcode[:4]} {postcode[4:].strip()}" if len(postcode) >= 6 else postcode
    return f"{netjes} {persoon.gegevens.get('plaats', '')}".strip()
