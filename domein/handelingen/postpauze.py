"""De post stilzetten en hervatten. Zolang zij stilstaat, gaat er geen mail en geen bericht aan een partner weg.

Na het terugzetten van een reservekopie staat de post vanzelf stil: wat toen klaarstond, kan intussen verstuurd zijn.
Dat is `onzeker` geworden, en iemand beslist er bij het hervatten over. Berichten klaarzetten gaat gewoon door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domein.begrippen import Berichtstatus, Postkeuze
from domein.fouten import OvergangNietToegestaan, RedenNodig, VolgnummerBezet
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen import postbeheer
from domein.handelingen.bevoegdheid import eis_ops
from domein.handelingen.noodrem import eis_rem
from domein.handelingen.postpoort import Geclaimd, Postgrenzen
from domein.handelingen.regio import regio_op
from domein.model import Bericht, Postpauze
from domein.ports import Omgeving, Ruimte

TERUGGEZET: Final = "teruggezet"  # de code van een bericht dat in een teruggezette reservekopie nog klaarstond
_ONDERWEG: Final = (Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD, Berichtstatus.BEZIG)


@dataclass(frozen=True, slots=True)
class Poststand:
    """Of de post stilstaat, en wat er dan ligt: klaar om te gaan, en onzeker door het terugzetten."""

    sinds: datetime | None
    door: str
    reden: str
    wacht: int
    teruggezet: int


def post_staat_stil(omgeving: Omgeving) -> bool:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.postpauze() is not None


def claim_als_het_mag(
    ruimte: Ruimte, nu: datetime, tot: datetime, aantal: int, grenzen: Postgrenzen
) -> Sequence[Geclaimd]:
    """Neem berichten om te versturen, tenzij de post stilstaat: ook een verzender die al liep, stopt dan."""
    return [] if ruimte.postpauze() is not None else ruimte.claim_berichten(nu, tot, aantal, grenzen)


def stand(omgeving: Omgeving) -> Poststand:
    with omgeving.magazijn.ruimte() as ruimte:
        pauze = ruimte.postpauze()
        return Poststand(
            sinds=pauze.sinds if pauze else None,
            door=pauze.door if pauze else "",
            reden=pauze.reden if pauze else "",
            wacht=len(ruimte.berichten(statussen=_ONDERWEG)),
            teruggezet=len(_teruggezet(ruimte)),
        )


def pauzeer(omgeving: Omgeving, actor: Actor, reden: str) -> Poststand:
    """Zet de post stil; wat nu onderweg is, loopt nog af."""
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            pauzeer_in(ruimte, omgeving, actor, reden)
    except VolgnummerBezet:  # een ander was net eerder: de sleutel laat er één open
        raise _al_stil() from None
    return stand(omgeving)


def pauzeer_in(ruimte: Ruimte, omgeving: Omgeving, actor: Actor, reden: str) -> None:
    """Zet de post stil in deze transactie. Mag dat alleen als noodrem, dan staat dat bij de reden."""
    _eis_reden(reden)
    rem = eis_rem(ruimte, omgeving, actor)
    if ruimte.postpauze() is not None:
        raise _al_stil()
    zet_stil(ruimte, actor, f"{reden.strip()[:900]} ({rem})" if rem else reden, omgeving.klok.nu())


def zet_stil(ruimte: Ruimte, actor: Actor, reden: str, nu: datetime) -> None:
    ruimte.bewaar(
        Postpauze(sinds=nu, door=actor.code, verificatie=actor.verificatie, reden=reden.strip()[:1000])
    )  # fmt: skip


def zet_stil_na_terugzetten(ruimte: Ruimte, reden: str, nu: datetime, actor: Actor = SYSTEEM) -> int:
    """Zet de post stil, en maak onzeker wat in de reservekopie nog klaarstond; geef hoeveel."""
    if ruimte.postpauze() is None:
        zet_stil(ruimte, actor, reden, nu)
    berichten = ruimte.berichten(statussen=_ONDERWEG)
    for bericht in berichten:
        bericht.status, bericht.fout_code, bericht.onzeker_sinds = Berichtstatus.ONZEKER, TERUGGEZET, nu
        bericht.lease_nummer += 1  # een verzender van voor het terugzetten heeft niets meer te zeggen
        bericht.lease_tot = bericht.poging_begonnen_op = bericht.volgende_poging = None
        ruimte.bewaar(bericht)
    return len(berichten)


def hervat(omgeving: Omgeving, actor: Actor, reden: str, teruggezet: Postkeuze | None = None) -> Poststand:
    """Laat de post weer gaan. `teruggezet` beslist meteen over alles wat door het terugzetten onzeker is."""
    with omgeving.magazijn.ruimte() as ruimte:
        onzeker = te_beslissen(ruimte, omgeving, actor, reden, teruggezet)
    for bericht_id in onzeker:  # eerst beslissen: anders gaat er iets weg voordat er over is beslist
        assert teruggezet is not None
        postbeheer.beslis_getoetst(omgeving, bericht_id, teruggezet, actor, reden)
    with omgeving.magazijn.ruimte() as ruimte:
        pauze = ruimte.postpauze()
        if pauze is not None:
            pauze.hervat_op, pauze.hervat_door = omgeving.klok.nu(), actor.code
            pauze.hervat_reden = reden.strip()[:1000]
            ruimte.bewaar(pauze)
    return stand(omgeving)


def te_beslissen(
    ruimte: Ruimte, omgeving: Omgeving, actor: Actor, reden: str, teruggezet: Postkeuze | None
) -> list[UUID]:
    """Geef waarover dit hervatten meteen beslist; RegieFout als er niet te hervatten valt, of niet door hem."""
    _eis(ruimte, omgeving, actor, reden)
    if ruimte.postpauze() is None:
        raise OvergangNietToegestaan("De post staat niet stil.", "Er is niets te hervatten.")
    if teruggezet is None:
        return []
    # Wat hoogstens één keer mag (DUO), gaat nooit met een hele stapel tegelijk opnieuw.
    eens_mag = teruggezet is not Postkeuze.OPNIEUW
    return [bericht.id for bericht in _teruggezet(ruimte) if eens_mag or not bericht.hoogstens_eens]


def _al_stil() -> OvergangNietToegestaan:
    return OvergangNietToegestaan(
        "De post staat al stil.", "Bekijk sinds wanneer met 'regie post stand'; hervat met 'regie post hervat'."
    )


def _eis(ruimte: Ruimte, omgeving: Omgeving, actor: Actor, reden: str) -> None:
    _eis_reden(reden)
    vandaag = omgeving.klok.vandaag()
    eis_ops(regio_op(ruimte, omgeving, vandaag), None, actor, vandaag)


def _teruggezet(ruimte: Ruimte) -> list[Bericht]:
    return [b for b in ruimte.berichten(statussen=[Berichtstatus.ONZEKER]) if b.fout_code == TERUGGEZET]


def _eis_reden(reden: str) -> None:
    if not reden.strip():
        raise RedenNodig("Zeg waarom.", "Geef een reden met --reden.")
