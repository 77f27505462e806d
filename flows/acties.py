"""Handelingen van beheer, als knop in Prefect: met codes en dagen, nooit met eigen woorden.

Elke handeling kan voor één stap of dossier, of met een filter voor veel tegelijk. `alleen_bekijken` staat aan tot
iemand haar uitzet: eerst zien wat er verandert, welke mail volgt en welke uiterste dag zou breken.
"""

from datetime import date

from prefect import flow

from adapters.prefect.opsformulieren import Bulknummer, Code, Dossierkeuze, Stapkeuze, Termijnreden, Wie
from domein.begrippen import Pauzegrond
from domein.regels.bulkkeuze import Handeling
from tasks.beheer import doe_ronde
from tasks.ops import voer_uit, vraag, vraag_terug


@flow(name="ronde-nu", persist_result=False)
async def ronde_nu() -> None:
    """Breng nu het bord in overeenstemming met de dossiers, zonder te wachten op de supervisor."""
    await doe_ronde()


@flow(name="stap-verzetten", persist_result=False)
async def stap_verzetten(
    keuze: Stapkeuze,
    wie: Wie,
    naar: date | None = None,
    werkdagen: int | None = None,
    aanvaard_termijn: Termijnreden | None = None,
    alleen_bekijken: bool = True,
) -> None:
    """Verzet stappen naar een dag, of een aantal werkdagen later; hun runs gaan mee.

    Args:
        keuze: Welke stappen.
        wie: Wie het doet, en waarom.
        naar: De nieuwe streefdag; of vul werkdagen in.
        werkdagen: Zoveel werkdagen later, of onder nul eerder.
        aanvaard_termijn: Waarom een uiterste dag mag breken; leeg is dat niet mag.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    gevraagd = vraag(
        Handeling.VERZETTEN, keuze, wie, alleen_bekijken, aanvaard=aanvaard_termijn, naar=naar, werkdagen=werkdagen
    )
    await voer_uit(gevraagd)


@flow(name="stap-opnieuw", persist_result=False)
async def stap_opnieuw(keuze: Stapkeuze, wie: Wie, alleen_bekijken: bool = True) -> None:
    """Zet de runs van stappen opnieuw; er gaat geen mail opnieuw.

    Args:
        keuze: Welke stappen.
        wie: Wie het doet, en waarom.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.OPNIEUW, keuze, wie, alleen_bekijken))


@flow(name="stap-overslaan", persist_result=False)
async def stap_overslaan(
    keuze: Stapkeuze, wie: Wie, aanvaard_termijn: Termijnreden | None = None, alleen_bekijken: bool = True
) -> None:
    """Sla stappen over; een besluit dat de wet vraagt kan dat niet.

    Args:
        keuze: Welke stappen.
        wie: Wie het doet, en waarom.
        aanvaard_termijn: Waarom een uiterste dag mag breken; leeg is dat niet mag.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.OVERSLAAN, keuze, wie, alleen_bekijken, aanvaard=aanvaard_termijn))


@flow(name="stap-heropenen", persist_result=False)
async def stap_heropenen(
    keuze: Stapkeuze, wie: Wie, aanvaard_termijn: Termijnreden | None = None, alleen_bekijken: bool = True
) -> None:
    """Heropen overgeslagen stappen.

    Args:
        keuze: Welke stappen.
        wie: Wie het doet, en waarom.
        aanvaard_termijn: Waarom een uiterste dag mag breken; leeg is dat niet mag.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.HEROPENEN, keuze, wie, alleen_bekijken, aanvaard=aanvaard_termijn))


@flow(name="stap-overdragen", persist_result=False)
async def stap_overdragen(keuze: Stapkeuze, aan: Code, wie: Wie, alleen_bekijken: bool = True) -> None:
    """Geef stappen aan een andere medewerker met dezelfde rol.

    Args:
        keuze: Welke stappen.
        aan: De code van de medewerker die ze krijgt.
        wie: Wie het doet, en waarom.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.OVERDRAGEN, keuze, wie, alleen_bekijken, aan=aan))


@flow(name="dossier-herplannen", persist_result=False)
async def dossier_herplannen(keuze: Dossierkeuze, wie: Wie, alleen_bekijken: bool = True) -> None:
    """Leg de stappen van dossiers weer naast het plan.

    Args:
        keuze: Welke dossiers.
        wie: Wie het doet, en waarom.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.HERPLANNEN, keuze, wie, alleen_bekijken))


@flow(name="dossier-toewijzen", persist_result=False)
async def dossier_toewijzen(keuze: Dossierkeuze, aan: Code, wie: Wie, alleen_bekijken: bool = True) -> None:
    """Wijs dossiers een andere klantmanager toe; open taken van de vorige gaan mee.

    Args:
        keuze: Welke dossiers.
        aan: De code van de nieuwe klantmanager.
        wie: Wie het doet, en waarom.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.TOEWIJZEN, keuze, wie, alleen_bekijken, aan=aan))


@flow(name="dossier-pauzeren", persist_result=False)
async def dossier_pauzeren(
    keuze: Dossierkeuze,
    wie: Wie,
    verwacht_tot: date | None = None,
    aanvaard_termijn: Termijnreden | None = None,
    alleen_bekijken: bool = True,
) -> None:
    """Zet taken en herinneringen van dossiers stil; termijnen van de wet lopen door.

    Args:
        keuze: Welke dossiers.
        wie: Wie het doet, en waarom.
        verwacht_tot: Tot wanneer; dan kijkt iemand weer.
        aanvaard_termijn: Waarom een uiterste dag mag breken; leeg is dat niet mag.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    # Detentie of ziekte hoort niet in Prefect: wie dat wil vastleggen, pauzeert met de opdrachtregel of het portaal.
    gevraagd = vraag(
        Handeling.PAUZEREN,
        keuze,
        wie,
        alleen_bekijken,
        aanvaard=aanvaard_termijn,
        grond=Pauzegrond.OVERIG,
        verwacht_tot=verwacht_tot,
    )
    await voer_uit(gevraagd)


@flow(name="dossier-hervatten", persist_result=False)
async def dossier_hervatten(
    keuze: Dossierkeuze, wie: Wie, aanvaard_termijn: Termijnreden | None = None, alleen_bekijken: bool = True
) -> None:
    """Laat de taken van dossiers weer doorgaan.

    Args:
        keuze: Welke dossiers.
        wie: Wie het doet, en waarom.
        aanvaard_termijn: Waarom een uiterste dag mag breken; leeg is dat niet mag.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag(Handeling.HERVATTEN, keuze, wie, alleen_bekijken, aanvaard=aanvaard_termijn))


@flow(name="bulk-terugdraaien", persist_result=False)
async def bulk_terugdraaien(bulk: Bulknummer, wie: Wie, alleen_bekijken: bool = True) -> None:
    """Haal alles door wat een bulk vastlegde; wat er intussen op rust, blijft staan en wordt genoemd.

    Args:
        bulk: Het nummer, zoals B-7F3K9QXM; van een knop in Prefect is dat P- met het id van haar run.
        wie: Wie het doet, en waarom.
        alleen_bekijken: Laat alleen zien wat er zou gebeuren.
    """
    await voer_uit(vraag_terug(bulk, wie, alleen_bekijken))
