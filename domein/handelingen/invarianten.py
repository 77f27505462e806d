"""De invarianten: wat na elke handeling waar moet zijn, in de database na te rekenen.

Elke functie geeft de schendingen die zij vindt, zonder persoonsgegevens; een lege lijst is goed.
I5 staat in `lekken.py`. I6 (niemand ziet een dossier van een ander) gaat over de schermen, niet over de
database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domein.begrippen import Berichtstatus, Dossierstatus, Stapstatus, Verificatie
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import StapGeopend
from domein.handelingen.bericht import ESCALATIE, HERINNERING
from domein.handelingen.berichtsoorten import AANMELDLINK
from domein.handelingen.doorlopen import Nagekeken, alle_dossiers, kijk_na
from domein.handelingen.kern import bestaand, kader
from domein.handelingen.regio import AfsprakenOnleesbaar, kalender_van_ontvanger, lees_versie
from domein.handelingen.regiobord_bijwerken import afwijkingen_op_het_bord
from domein.model import Bericht, Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van
from domein.regels.planning import plan
from domein.regels.uitvoerder import uitvoerder_van
from domein.regels.wijzigingen import bepaal
from domein.regio.model import Regio
from domein.stand import STAPHANDELINGEN, Stand, vouw

_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def controleer(omgeving: Omgeving) -> dict[str, list[str]]:
    """Reken I1 tot en met I4, I7 en I8 na over de hele database; per invariant de schendingen.

    Een dossier dat niet te lezen is, staat als schending bij elke invariant die daardoor niet vaststaat.
    """
    functies: dict[str, Callable[[Ruimte, Omgeving], list[str]]] = {
        "I1": i1_elk_dossier_gaat_verder,
        "I2": i2_elk_bericht_hoogstens_een_keer,
        "I3": i3_stappen_volgen_het_plan,
        "I4": i4_elke_verandering_heeft_een_gebeurtenis,
        "I7": i7_niets_voor_zijn_dag,
        "I8": i8_het_bord_klopt,
    }
    with omgeving.magazijn.ruimte() as ruimte:  # één beeld: wat de een las, hoeft de ander niet nog eens te lezen
        return {naam: functie(ruimte, omgeving) for naam, functie in functies.items()}


# I1


def zonder_volgende_stap(ruimte: Ruimte) -> list[Dossier]:
    """Geef de lopende dossiers zonder geplande stap, open stap bij iemand, of open signaal."""
    verder = {
        stap.dossier_id
        for stap in ruimte.stappen_waar(statussen=_ONAF)
        if stap.status is Stapstatus.GEPLAND or stap.medewerker or stap.partner
    }
    gemeld = {signaal.dossier_id for signaal in ruimte.signalen() if signaal.dossier_id is not None}
    return [d for d in ruimte.dossiers(status=Dossierstatus.LOPEND) if d.id not in verder | gemeld]


def i1_elk_dossier_gaat_verder(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:  # noqa: ARG001
    """Elk lopend dossier heeft een geplande stap, een open stap bij iemand, of een signaal."""
    return [f"{dossier.referentie} loopt, maar er is geen volgende stap." for dossier in zonder_volgende_stap(ruimte)]


# I2


def i2_elk_bericht_hoogstens_een_keer(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:  # noqa: ARG001
    """Elk bericht is hoogstens één keer aanvaard, en geen twee berichten zijn hetzelfde bericht.

    Wat de mailserver zelf ontving, vergelijkt `dubbel_ontvangen`.
    """
    berichten = ruimte.berichten()
    uit: list[str] = []
    for naam, waarden in (
        ("Message-ID", [b.message_id for b in berichten]),
        ("sleutel", [b.sleutel for b in berichten]),
        ("oorzaak en ontvanger", [_oorzaak(b) for b in berichten if b.stap_id is not None]),
    ):
        dubbel = [waarde for waarde, aantal in Counter(waarden).items() if aantal > 1]
        uit.extend(f"Meer dan één bericht met {naam} {waarde}." for waarde in dubbel)
    for bericht in berichten:
        aanvaard = bericht.status is Berichtstatus.AANVAARD
        if aanvaard is not (bericht.aanvaard_op is not None):
            uit.append(f"Bericht {bericht.id} is {bericht.status.value}, en dat past niet bij aanvaard_op.")
        if aanvaard and bericht.pogingen < 1:
            uit.append(f"Bericht {bericht.id} is aanvaard zonder dat er een poging is vastgelegd.")
    return uit


def _oorzaak(bericht: Bericht) -> str:
    return f"{bericht.stap_id}/{bericht.generatie}/{bericht.soort}/{bericht.niveau}/{bericht.ontvanger_code}"


def dubbel_ontvangen(omgeving: Omgeving, ontvangen: Iterable[tuple[str, bytes]]) -> list[str]:
    """Vergelijk wat een mailserver ontving (Message-ID en inhoud) met wat wij verstuurden (I2).

    Twee keer hetzelfde bericht mag alleen als het onzeker was, en dan is elke kopie gelijk.
    """
    kopieen: dict[str, list[bytes]] = {}
    for message_id, inhoud in ontvangen:
        kopieen.setdefault(message_id, []).append(inhoud)
    with omgeving.magazijn.ruimte() as ruimte:
        berichten = {b.message_id: b for b in ruimte.berichten()}
        was_onzeker = {s.stap_id for s in ruimte.signalen(open_alleen=False) if s.soort == "post_onzeker"}
    uit: list[str] = []
    for message_id, kopie in kopieen.items():
        bericht = berichten.get(message_id)
        if bericht is None:
            uit.append(f"Ontvangen, maar nooit klaargezet: {message_id}.")
            continue
        onzeker = bericht.status is Berichtstatus.ONZEKER or bericht.stap_id in was_onzeker
        if len(kopie) > 1 and not onzeker:
            uit.append(f"{len(kopie)} keer ontvangen: {message_id}.")
        if len(set(kopie)) > 1:
            uit.append(f"De kopieën van {message_id} zijn niet gelijk.")
    weg = [b.message_id for b in berichten.values() if b.status is Berichtstatus.AANVAARD]
    uit.extend(f"Aanvaard, maar nooit ontvangen: {m}." for m in weg if m not in kopieen)
    return uit


# I3


def i3_stappen_volgen_het_plan(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:  # noqa: ARG001
    """De stappen van elk dossier zijn wat het plan over zijn gebeurtenissen geeft."""
    return kijk_plannen_na(ruimte).samen()


def kijk_plannen_na(ruimte: Ruimte) -> Nagekeken:
    """Geef waarin stappen van hun plan afwijken (I3), en van welke dossiers dat niet vast te stellen is."""

    def werk(dossier: Dossier) -> Iterator[str]:
        gevonden = afwijkingen(ruimte, dossier.id, ruimte.gebeurtenissen(dossier.id))
        return (f"{dossier.referentie}: {wat}" for wat in gevonden)

    return kijk_na(alle_dossiers(ruimte), werk)


def afwijkingen(ruimte: Ruimte, dossier_id: UUID, gebeurtenissen: tuple[Gebeurtenis, ...]) -> list[str]:
    """Geef waarin de opgeslagen stappen van een dossier verschillen van plan(vouw(gebeurtenissen))."""
    stand = vouw(gebeurtenissen)
    stappen = ruimte.stappen(dossier_id)
    # Dezelfde functie die de stappen bijwerkt: op een goede stand geeft zij geen enkele wijziging.
    verschil = bepaal(map(bestaand, stappen), stand, plan(stand, kader()))
    uit = [f"{w.kenmerk}: het plan vraagt '{w.soort}'" for w in verschil]
    vreemd = [s for s in stappen if s.status is Stapstatus.OPEN and not _zelfde_behandelaar(s, stand)]
    uit.extend(f"{s.kenmerk}: is open bij iemand die geen gebeurtenis aanwijst" for s in vreemd)
    return uit


def _zelfde_behandelaar(stap: Stap, stand: Stand) -> bool:
    aangewezen = uitvoerder_van(stand, stap.kenmerk)
    return aangewezen is not None and (aangewezen.partner, aangewezen.medewerker) == (
        stap.partner,
        stap.medewerker,
    )


# I4


def i4_elke_verandering_heeft_een_gebeurtenis(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:
    """Elke gebeurtenis zegt wie, wanneer en waarom, en de keten van elk dossier klopt.

    Een feit of een antwoord is zijn eigen reden. Wie iets over een stap besluit of iets doorhaalt, zegt
    waarom.
    """
    uit = [f"{d.referentie}: de keten klopt niet." for d in ruimte.dossiers() if not ruimte.controleer_keten(d.id)]
    nu = omgeving.klok.nu()

    def werk(dossier: Dossier) -> Iterator[str]:
        gebeurtenissen = ruimte.gebeurtenissen(dossier.id)
        for g in gebeurtenissen:
            plaats = f"{dossier.referentie}, gebeurtenis {g.volgnummer} ({g.soort})"
            if not g.actor.code.strip():
                yield f"{plaats}: er staat niet bij wie het deed."
            if (g.actor.code == SYSTEEM.code) is not (g.actor.verificatie is Verificatie.SYSTEEM):
                yield f"{plaats}: de verificatie past niet bij wie het deed."
            if g.vastgelegd_op.utcoffset() is None or g.vastgelegd_op > nu:
                yield f"{plaats}: het moment van vastleggen kan niet."
            if g.soort in STAPHANDELINGEN and not g.reden.strip():
                yield f"{plaats}: er staat geen reden bij."
        if [g.volgnummer for g in gebeurtenissen] != list(range(1, dossier.laatste_volgnummer + 1)):
            yield f"{dossier.referentie}: er ontbreekt een gebeurtenis."

    return [*uit, *kijk_na(alle_dossiers(ruimte), werk).samen()]


# I7


def i7_niets_voor_zijn_dag(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:
    """Geen stap ging open voor zijn dag van dat moment, of op een dag dat het kantoor dicht was.

    Mail gaat alleen uit op een dag dat de ontvanger werkt; een herinnering wordt ook dan pas gemaakt.
    """
    regios = _regios(ruimte, omgeving)

    def werk(dossier: Dossier) -> Iterator[str]:
        gebeurtenissen = ruimte.gebeurtenissen(dossier.id)
        for g in gebeurtenissen:
            if isinstance(g.gegevens, StapGeopend):
                wat = _te_vroeg(g, gebeurtenissen) or _kantoor_dicht(g.gegevens, g.geldig_op, regios)
                if wat:
                    yield f"{dossier.referentie}: {g.stap} ging open op {g.geldig_op}, {wat}."

    uit = kijk_na(alle_dossiers(ruimte), werk).samen()
    dicht: dict[tuple[str, date], bool] = {}
    for bericht in ruimte.berichten():
        if bericht.soort == AANMELDLINK:  # daar vroeg de ontvanger zelf om, op dat moment
            continue
        momenten = {bericht.aanvaard_op, bericht.aangemaakt_op if bericht.soort in (HERINNERING, ESCALATIE) else None}
        for dag in sorted({moment.astimezone(_AMSTERDAM).date() for moment in momenten if moment is not None}):
            sleutel = (bericht.ontvanger_code, dag)
            if sleutel not in dicht:
                dicht[sleutel] = _ontvanger_dicht(ruimte, omgeving, *sleutel)
            if dicht[sleutel]:
                uit.append(f"{bericht.soort} aan {bericht.ontvanger_code} op {dag}: zijn kantoor was dicht.")
    return uit


def _te_vroeg(g: Gebeurtenis, alle: tuple[Gebeurtenis, ...]) -> str:
    toen = tuple(eerder for eerder in alle if eerder.volgnummer < g.volgnummer)
    gewenst = plan(vouw(toen), kader()).stap(g.stap or "")
    if gewenst is None:
        return "maar stond toen niet in het plan"
    return f"maar begon pas op {gewenst.start}" if gewenst.start > g.geldig_op else ""


def _regios(ruimte: Ruimte, omgeving: Omgeving) -> Mapping[str, Regio]:
    uit: dict[str, Regio] = {}
    for versie in ruimte.regioversies(omgeving.regio):
        with suppress(AfsprakenOnleesbaar):  # een stap uit zo'n versie is dan niet na te kijken, en wordt genoemd
            uit[versie.versie] = lees_versie(versie)
    return uit


def _kantoor_dicht(opening: StapGeopend, dag: date, regios: Mapping[str, Regio]) -> str:
    regio = regios.get(opening.afsprakenversie)
    partner = regio.partner(opening.partner) if regio else None
    if partner is None:
        return f"bij {opening.partner}, die niet in afsprakenversie '{opening.afsprakenversie}' staat"
    return "" if kantoorkalender_van(partner).is_open(dag) else f"toen het kantoor van {partner.code} dicht was"


def _ontvanger_dicht(ruimte: Ruimte, omgeving: Omgeving, code: str, dag: date) -> bool:
    try:
        kalender = kalender_van_ontvanger(ruimte, omgeving, code, dag)
    except AfsprakenOnleesbaar:
        return False  # dat de afspraken niet te lezen zijn, zegt de dokter
    return kalender is not None and not kalender.is_open(dag)


# I8


def i8_het_bord_klopt(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:  # noqa: ARG001
    """De tellingen van het regiobord zijn wat een nieuwe telling geeft, en volgen uit de gebeurtenissen."""
    return afwijkingen_op_het_bord(ruimte, kader())
