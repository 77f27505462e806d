"""Loopt het bedrijf eromheen: gaat de post, werken de adressen, en klopt een steekproef van de dossiers?

Dezelfde vorm als `onderzoek.py`: elke functie kijkt naar één ding, en een lege lijst is goed nieuws.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final
from uuid import UUID

from domein.handelingen.doorlopen import kijk_na
from domein.handelingen.invarianten import afwijkingen, i2_elk_bericht_hoogstens_een_keer
from domein.handelingen.onderzoek import bevinding, onleesbaar
from domein.model import Dossier
from domein.ports import Omgeving
from domein.regio.bevinding import Bevinding, Ernst

STEEKPROEF: Final = 50
_OUD: Final = 1  # dagen waarna een stilstaande post niet meer net is stilgezet


def poststop(omgeving: Omgeving) -> list[Bevinding]:
    """De uitgaande post staat niet stil."""
    with omgeving.magazijn.ruimte() as ruimte:
        pauze = ruimte.postpauze()
    if pauze is None:
        return []
    dagen = (omgeving.klok.nu() - pauze.sinds).days
    ernst = Ernst.FOUT if dagen >= _OUD else Ernst.WAARSCHUWING
    melding = f"De uitgaande post staat stil sinds {pauze.sinds:%Y-%m-%d %H:%M} UTC, door {pauze.door}."
    uitweg = "Bekijk wat er ligt met 'regie post stand'; laat de post weer gaan met 'regie post hervat'."
    return [bevinding("post_staat_stil", ernst, "post", melding, uitweg)]


def adressen(omgeving: Omgeving) -> list[Bevinding]:
    """Er is geen adres waar mail van terugkomt."""
    with omgeving.magazijn.ruimte() as ruimte:
        stuk = ruimte.adresstanden()
    if not stuk:
        return []
    melding = f"Van {len(stuk)} adressen komt mail terug; het langste sinds {stuk[0].onbestelbaar_sinds:%Y-%m-%d}."
    uitweg = "Bekijk ze met 'regie post adressen', verbeter ze in de regio, of gebruik 'regie post herstel'."
    return [bevinding("adres_werkt_niet", Ernst.WAARSCHUWING, "post", melding, uitweg)]


def dubbele_post(omgeving: Omgeving) -> list[Bevinding]:
    """Elk bericht is hoogstens één keer aanvaard (I2)."""
    with omgeving.magazijn.ruimte() as ruimte:
        fouten = i2_elk_bericht_hoogstens_een_keer(ruimte, omgeving)
    if not fouten:
        return []
    uitweg = "Meld dit bij de beheerder van het programma; stuur de melding mee."
    return [bevinding("dubbele_post", Ernst.FOUT, "post", f"{len(fouten)} keer: {fouten[0]}", uitweg)]


def steekproef(omgeving: Omgeving, aantal: int = STEEKPROEF) -> list[Bevinding]:
    """Van een paar dossiers klopt de keten, en zijn de stappen die van het plan (I3 en I4); elke dag andere."""
    dag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        gekozen = sorted(ruimte.dossiers(), key=lambda dossier: _lot(dossier.id, dag))[:aantal]
        ketens = [f"{d.referentie}: de keten klopt niet" for d in gekozen if not ruimte.controleer_keten(d.id)]

        def werk(dossier: Dossier) -> Iterator[str]:
            gevonden = afwijkingen(ruimte, dossier.id, ruimte.gebeurtenissen(dossier.id))
            return (f"{dossier.referentie}: {wat}" for wat in gevonden)

        gekeken = kijk_na(gekozen, werk)
    uit = onleesbaar(gekeken.mislukt)
    fouten = [*ketens, *gekeken.fouten]
    if fouten:
        melding = f"In een steekproef van {len(gekozen)} dossiers klopt iets niet, {len(fouten)} keer: {fouten[0]}."
        uit.append(bevinding("steekproef", Ernst.FOUT, "dossiers", melding, "Kijk alles na met 'regie dokter'."))
    return uit


def _lot(dossier_id: UUID, dag: date) -> bytes:
    return hashlib.sha256(dossier_id.bytes + dag.isoformat().encode()).digest()


Onderzoek = tuple[str, Callable[[Omgeving], list[Bevinding]]]

BEDRIJFSONDERZOEKEN: Final[tuple[Onderzoek, ...]] = (
    ("de post die stilstaat", poststop),
    ("adressen die niet werken", adressen),
    ("elk bericht hoogstens een keer", dubbele_post),
)
