"""De post die een mens nodig heeft, voor de beheerpagina: zonder tekst, en zonder adres in wat een server zei."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domein.fouten import OnbekendDossier
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.beheerbeeld import BLAD, peil
from domein.handelingen.beheerpoort import Postnood
from domein.handelingen.dossierinzage import Dossierinzage
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import regel
from domein.handelingen.post_opnieuw import NAAR
from domein.model import Bericht, Dossier, Logsoort
from domein.ports import Omgeving, Ruimte

_ADRES: Final = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


@dataclass(frozen=True, slots=True)
class Postregel:
    """Een bericht met wat ervan te zien mag zijn. `adres_dood`: dit adres is gemerkt, er gaat geen mail naartoe."""

    bericht: Bericht
    referentie: str
    taak: str
    antwoord: str
    adres_dood: bool
    kan_opnieuw: bool


def post_in_nood(omgeving: Omgeving, wie: Aangemelde, nood: Postnood, naam: str) -> Sequence[Postregel]:
    """De oudste berichten van deze soort, van dossiers die deze persoon mag zien; dat staat in het logboek."""

    def werk(ruimte: Ruimte) -> list[Postregel]:
        inzage = Dossierinzage(ruimte, omgeving, wie)
        berichten = ruimte.post_in_nood(nood, peil(omgeving), BLAD)
        inzage.lees_vooruit(bericht.dossier_id for bericht in berichten)
        dood = ruimte.onbestelbare_adressen({bericht.adres for bericht in berichten})
        uit: list[Postregel] = []
        for bericht in berichten:
            dossier = inzage.zie(bericht.dossier_id) if bericht.dossier_id is not None else None
            if bericht.dossier_id is None or dossier is not None:
                referentie = dossier.referentie if dossier is not None else ""
                uit.append(_regel(ruimte, bericht, referentie, bericht.adres.lower() in dood))
        inzage.noteer(naam, Logsoort.GEZIEN)
        return uit

    return in_ruimte(omgeving, werk)


def _regel(ruimte: Ruimte, bericht: Bericht, referentie: str, adres_dood: bool) -> Postregel:
    return Postregel(
        bericht=bericht,
        referentie=referentie,
        taak=ruimte.stap(bericht.stap_id).titel if bericht.stap_id is not None else "",
        antwoord=_ADRES.sub("<adres>", bericht.antwoord or "")[:300],
        adres_dood=adres_dood,
        kan_opnieuw=bericht.status in NAAR,
    )


def open_bericht(
    omgeving: Omgeving, wie: Aangemelde, bericht_id: UUID, naam: str
) -> tuple[Bericht, tuple[Dossier, ...]]:
    """Geef het bericht en het dossier waarover het gaat (als dat er is), en schrijf op dat deze persoon het zag.

    OnbekendDossier als het er niet is, of gaat over een dossier dat er voor deze persoon niet is.
    """

    def werk(ruimte: Ruimte) -> tuple[Bericht, tuple[Dossier, ...]] | None:
        bericht = ruimte.bericht(bericht_id)
        if bericht is None:
            return None
        if bericht.dossier_id is None:
            ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, Logsoort.GEZIEN))
            return bericht, ()
        inzage = Dossierinzage(ruimte, omgeving, wie)
        dossier = inzage.zie(bericht.dossier_id)
        inzage.noteer(naam, Logsoort.GEZIEN, ook_geweigerd=True)
        return (bericht, (dossier,)) if dossier is not None else None

    gevonden = in_ruimte(omgeving, werk)
    if gevonden is None:
        raise OnbekendDossier("Dit bericht bestaat niet.", "Kijk in de lijst van de post.")
    return gevonden
