"""Het logboek: wie welk dossier zag of veranderde, wanneer, waarom het mocht en wat er stond.

Eerst de regel, dan de pagina: lukt het schrijven niet, dan is er ook niets te zien. 'Gewijzigd' komt er pas bij als er
iets is veranderd. Er staat niets van een persoon in, alleen de referentie van het dossier. Bron: AVG art. 5 lid 2 en
art. 30; de velden zijn die van het Logboek Dataverwerkingen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from domein.begrippen import Verificatie
from domein.fouten import AchterDeWand, OnbekendDossier
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.kern import in_ruimte
from domein.handelingen.portaalpoort import NieuweLogregel
from domein.handelingen.toegang import toegang_in
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import Toegang

# De activiteiten in het register van verwerkingen (AVG art. 30); de gemeente zet er haar eigen adres voor.
UITVOERING: Final = "uitvoering-wet-inburgering"
INZAGERECHT: Final = "inzageverzoek-betrokkene"
TOEZICHT: Final = "toezicht-op-verwerking"


@dataclass(frozen=True, slots=True)
class Inzicht:
    """Een dossier dat deze persoon mag zien, en wat hij ervan mag zien."""

    dossier: Dossier
    toegang: Toegang


def open_dossier(
    omgeving: Omgeving,
    wie: Aangemelde,
    referentie: str,
    naam: str,
    *,
    soort: Logsoort = Logsoort.GEZIEN,
    verwerking: str = UITVOERING,
) -> Inzicht:
    """Geef het dossier en de toegang, en schrijf op dat het is gezien; `naam` is de route van de pagina.

    OnbekendDossier als het er niet is of niet voor deze persoon is: dat ziet er hetzelfde uit. Een weigering staat ook
    in het logboek.
    """

    def werk(ruimte: Ruimte) -> Inzicht | None:
        dossier = ruimte.dossier_bij(referentie)
        toegang = toegang_in(ruimte, omgeving, wie.kijker, dossier)
        if toegang is not None and soort is Logsoort.GEWIJZIGD:
            toegang = toegang.om_te_handelen  # wie mag nalezen, verandert daarmee niets
        wat = soort if toegang is not None else Logsoort.GEWEIGERD
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, wat, dossier, toegang, verwerking=verwerking))
        return Inzicht(dossier, toegang) if toegang is not None else None

    gevonden = in_ruimte(omgeving, werk)
    if gevonden is None:  # pas na het bewaren: de weigering blijft staan
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    return gevonden


def noteer(
    omgeving: Omgeving,
    wie: Aangemelde,
    naam: str,
    soort: Logsoort,
    *,
    dossier: Dossier | None = None,
    toegang: Toegang | None = None,
    verwerking: str = UITVOERING,
    gelukt: bool = True,
) -> None:
    """Schrijf één regel: iets is gezien, gewijzigd, meegenomen of geweigerd."""

    def werk(ruimte: Ruimte) -> None:
        ruimte.schrijf_in_logboek(
            regel(omgeving, wie, naam, soort, dossier, toegang, verwerking=verwerking, gelukt=gelukt)
        )

    in_ruimte(omgeving, werk)


def noteer_gewijzigd(
    omgeving: Omgeving,
    wie: Aangemelde,
    naam: str,
    dossiers: Iterable[Dossier],
    *,
    toegang: Toegang | None = None,
    verwerking: str = UITVOERING,
) -> None:
    """Schrijf op wat er echt veranderde: na de handeling, per dossier een regel, en zonder dossiers één.

    Wie het kwam doen, staat er dan al als gezien. Valt hier iets weg, dan is de gebeurtenis in het dossier het bewijs.
    """
    welke = list(dossiers) or [None]
    regels = [regel(omgeving, wie, naam, Logsoort.GEWIJZIGD, een, toegang, verwerking=verwerking) for een in welke]
    in_ruimte(omgeving, lambda ruimte: ruimte.schrijf_in_logboek(*regels))


def noteer_achter_de_wand(omgeving: Omgeving, wie: Aangemelde, naam: str, fout: AchterDeWand) -> None:
    """Schrijf op dat iemand een dossier vroeg dat de database hem niet laat zien: ook die weigering blijft staan."""
    geweigerd = replace(
        regel(omgeving, wie, naam, Logsoort.GEWEIGERD), betrokkene=fout.referentie, dossier_id=fout.dossier_id
    )
    in_ruimte(omgeving, lambda ruimte: ruimte.schrijf_in_logboek(geweigerd))


def noteer_archief(omgeving: Omgeving, wie: Aangemelde, naam: str, gezien: Iterable[Inzicht]) -> None:
    """Schrijf van elk dossier dat alleen om na te lezen op een lijst staat een regel."""
    regels = [regel(omgeving, wie, naam, Logsoort.GEZIEN, een.dossier, een.toegang) for een in gezien]
    if regels:
        in_ruimte(omgeving, lambda ruimte: ruimte.schrijf_in_logboek(*regels))


def noteer_link(omgeving: Omgeving, stap_id: UUID, medewerker: str, naam: str, soort: Logsoort) -> None:
    """Schrijf op dat iemand met een link uit zijn mail een taak zag of beantwoordde."""

    def werk(ruimte: Ruimte) -> None:
        stap = ruimte.stap(stap_id)
        dossier = ruimte.dossier(stap.dossier_id)
        ruimte.schrijf_in_logboek(
            NieuweLogregel(
                naam, UITVOERING, soort, medewerker, Verificatie.GETEKENDE_LINK, omgeving.klok.nu(),
                partner=stap.partner or "", betrokkene=dossier.referentie, dossier_id=dossier.id,
                gronden="" if soort is Logsoort.GEWEIGERD else "eigen_taak",
                gegevens="" if soort is Logsoort.GEWEIGERD else "referentie, termijnen",
                gelukt=soort is not Logsoort.GEWEIGERD,
            )
        )  # fmt: skip

    in_ruimte(omgeving, werk)


def regel(
    omgeving: Omgeving,
    wie: Aangemelde,
    naam: str,
    soort: Logsoort,
    dossier: Dossier | None = None,
    toegang: Toegang | None = None,
    *,
    verwerking: str = UITVOERING,
    gelukt: bool = True,
) -> NieuweLogregel:
    """Maak een regel, voor wie haar in dezelfde transactie als zijn handeling wil schrijven."""
    return NieuweLogregel(
        naam=naam,
        verwerking=verwerking,
        soort=soort,
        actor=wie.code,
        verificatie=wie.verificatie,
        begonnen_op=omgeving.klok.nu(),
        partner=wie.partner,
        betrokkene=dossier.referentie if dossier else None,
        dossier_id=dossier.id if dossier else None,
        gronden=", ".join(sorted(toegang.gronden)) if toegang else "",
        gegevens=", ".join(sorted(toegang.groepen)) if toegang else "",
        gelukt=gelukt and soort is not Logsoort.GEWEIGERD,
    )
