"""De gegevens van een persoon wijzigen: adres, kanaal, taal, vertegenwoordiger.

De gebeurtenis zegt welke velden, nooit hun waarde: die staan alleen versleuteld bij de persoon (regel 12).
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from domein.fouten import OngeldigeGegevens, PersoonGewist, RedenNodig
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import PersoonGewijzigd, TolkNodig
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import Uitwerking, in_ruimte, leg_vast, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.registratie_wijziging import WIJZIGBAAR, lees_wijziging, pas_toe
from domein.stand import vouw


def wijzig(
    omgeving: Omgeving, dossier_id: UUID, waarden: Mapping[str, str], actor: Actor, reden: str, *, proef: bool = False
) -> Uitwerking:
    """Wijzig gegevens van de persoon; wat er al zo stond, verandert niets.

    Een bron als DUO overschrijft daarna niet meer wat hier is gewijzigd. Spreekt de persoon een andere taal, dan volgt
    de tolk die al nodig was.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")
    if not waarden:
        opties = ", ".join(f"--{veld.replace('_', '-')}" for veld in WIJZIGBAAR)
        raise OngeldigeGegevens("Er is niets om te wijzigen.", f"Geef minstens een van {opties}.")
    gevraagd = lees_wijziging(waarden)

    def werk(ruimte: Ruimte) -> Uitwerking:
        vandaag = omgeving.klok.vandaag()
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        eis_beheer(regio_op(ruimte, omgeving, vandaag), stand.gemeente, actor, vandaag)
        persoon = ruimte.persoon(dossier_id)
        if persoon is None:
            raise PersoonGewist("De persoon in dit dossier is gewist.", "Er is niets meer te wijzigen.")
        na = pas_toe(persoon, gevraagd, vandaag)
        anders = tuple(veld for veld in gevraagd if na.get(veld) != persoon.gegevens.get(veld))
        if not anders:
            return voorbeeld(ruimte, dossier_id, [])
        nieuwe = [NieuweGebeurtenis("persoon_gewijzigd", vandaag, PersoonGewijzigd(velden=anders), actor, reden=reden)]
        if "taal" in anders and stand.tolk_taal is not None and stand.tolk_taal != na["taal"]:
            nieuwe.append(NieuweGebeurtenis("tolk_nodig", vandaag, TolkNodig(taal=na["taal"]), actor, reden=reden))
        if proef:
            return voorbeeld(ruimte, dossier_id, [hypothese(ruimte, omgeving, dossier_id, n) for n in nieuwe])
        ruimte.wijzig_persoon(dossier_id, replace(persoon, gegevens=na))
        return leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden="De gegevens van de persoon zijn gewijzigd.")

    return in_ruimte(omgeving, werk)
