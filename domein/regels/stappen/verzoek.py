"""Een verzoek van de inburgeraar over zijn eigen gegevens: inzage (art. 15 AVG) of verbetering (art. 16 AVG).

De termijn staat los van het traject, en loopt ook als dat is geëindigd of stilstaat.
"""

from dataclasses import replace
from typing import Final

from domein.begrippen import Rol, Stapsoort
from domein.gebeurtenissen.bewaren import Recht
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand, Verzoek

_WAT: Final = {
    Recht.INZAGE: (
        "Geef de inburgeraar inzage in zijn gegevens",
        "om inzage. Geef een kopie van wat er over hem is vastgelegd, met doel, ontvangers en bewaartermijn.",
        "artikelen 12 en 15 Algemene verordening gegevensbescherming",
    ),
    Recht.RECTIFICATIE: (
        "Beoordeel het verzoek om gegevens te verbeteren",
        "om gegevens te verbeteren. Verbeter wat niet klopt, en laat wie de gegevens kreeg weten wat er is gewijzigd.",
        "artikelen 12, 16 en 19 Algemene verordening gegevensbescherming",
    ),
}


def termijn_van(verzoek: Verzoek, kader: Kader) -> Termijn:
    """Geef de laatste dag voor een antwoord: een maand, of met verlenging drie (art. 12 lid 3 AVG)."""
    soort = "avg-verzoek" if verzoek.verlengd_op is None else "avg-verzoek-verlengd"
    termijn = bereken(soort, verzoek.ontvangen_op, f"verzoek {verzoek.nummer}", regels=kader.regeling)
    eerst = bereken("avg-verzoek", verzoek.ontvangen_op, regels=kader.regeling).einde
    if verzoek.verlengd_op is not None:
        uitleg = f"Zonder verlenging was {datum(eerst)} de laatste dag. {termijn.uitleg}"
        termijn = replace(termijn, verlengd_van=eerst, uitleg=uitleg)
    return replace(termijn, gehaald_op=verzoek.afgehandeld_op)


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    return [termijn_van(verzoek, kader) for verzoek in stand.verzoeken.values()]


def stappen(stand: Stand, kader: Kader) -> Stappen:
    for verzoek in stand.verzoeken.values():
        if verzoek.afgehandeld_op is not None:
            continue
        termijn = termijn_van(verzoek, kader)
        titel, vraag, artikel = _WAT[verzoek.recht]
        start = kader.werkdag(verzoek.verlengd_op or verzoek.ontvangen_op)
        yield GewensteStap(
            # Na een verlenging is het een nieuwe stap: de eerste is met dat bericht beantwoord (regel 6).
            kenmerk=f"registratie/verzoek/{1 if verzoek.verlengd_op is None else 2}/{verzoek.nummer}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel=titel,
            start=start,
            streef=kader.streef(start, kader.regeling.getal("avg_verzoek_werkdagen"), termijn.einde),
            uiterst=max(termijn.einde, start),
            rol=Rol.KLANTMANAGER,
            waarom=f"De inburgeraar vroeg op {datum(verzoek.ontvangen_op)} {vraag} {termijn.uitleg}",
            artikel=artikel,
        )
