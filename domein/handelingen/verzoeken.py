"""De verzoeken om inzage of verbetering over alle dossiers, met hun termijn (art. 12 lid 3 AVG)."""

from collections.abc import Collection
from typing import Any

from domein.fouten import PersoonGewist
from domein.handelingen.kern import kader
from domein.handelingen.onverwacht import mislukt
from domein.ports import Omgeving
from domein.regels.stappen.verzoek import termijn_van
from domein.stand import vouw

Rij = dict[str, Any]


def verzoeklijst(
    omgeving: Omgeving, *, alle: bool = False, gemeenten: Collection[str] | None = None, referentie: str | None = None
) -> list[Rij]:
    """Geef de open verzoeken, het dringendste eerst; met `alle` ook wat is afgehandeld.

    `gemeenten` en `referentie` beperken het tot dossiers daarvan; OnbekendDossier als die referentie er niet is.
    """
    vandaag = omgeving.klok.vandaag()
    rijen: list[Rij] = []
    with omgeving.magazijn.ruimte() as ruimte:
        gevonden = ruimte.verzoekdossiers(gemeenten, alle=alle) if referentie is None else ()
        for dossier in [ruimte.dossier_bij(referentie)] if referentie else gevonden:
            try:
                stand = vouw(ruimte.gebeurtenissen(dossier.id))
            except PersoonGewist:
                continue
            except Exception as fout:
                if referentie is not None:  # om dit ene dossier ging het
                    raise
                mislukt(fout, dossier.id)  # het logboek noemt het, en 'regie dokter'; de andere verzoeken gaan door
                continue
            for verzoek in stand.verzoeken.values():
                if verzoek.afgehandeld_op is not None and not alle:
                    continue
                termijn = termijn_van(verzoek, kader())
                rijen.append({
                    "referentie": dossier.referentie, "gemeente": dossier.gemeente, "nummer": verzoek.nummer,
                    "recht": verzoek.recht.value, "ontvangen_op": verzoek.ontvangen_op, "uiterst": termijn.einde,
                    "verlengd_op": verzoek.verlengd_op, "afgehandeld_op": verzoek.afgehandeld_op,
                    "uitkomst": verzoek.uitkomst, "staat": termijn.staat(vandaag).value,
                })  # fmt: skip
    return sorted(rijen, key=lambda rij: (rij["uiterst"], rij["referentie"], rij["nummer"]))
