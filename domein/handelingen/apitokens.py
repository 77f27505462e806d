"""Tokens voor systemen van partners: maken, intrekken, en wie er met een token komt.

Een token bewijst de organisatie, niet een mens. Welke medewerker iets deed, zegt die organisatie bij elk verzoek
zelf; in elk feit staat dan dat het zo is gegaan. Besluiten gaan nooit zo (regel 15).
"""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domein.begrippen import Rol, Tokenrecht
from domein.fouten import GeenBevoegdheid, GeenUitvoerder, OngeldigeGegevens, RedenNodig, RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.aanmelden import hash_van
from domein.handelingen.bevoegdheid import eis_medewerker
from domein.handelingen.kern import in_ruimte
from domein.handelingen.portaalpoort import NieuweLogregel
from domein.handelingen.regio import regio_op
from domein.model import Apitoken, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.regels.wand import NIETS, Wandzicht, zicht_van_partner

VOORVOEGSEL: Final = "regie_"  # zo herkent een scanner een token dat per ongeluk ergens staat
MEESTE_DAGEN: Final = 400
VERWERKING: Final = "toegang-systemen-van-partners"
_BEHEER: Final = frozenset({Rol.BEHEERDER, Rol.REGIOCOORDINATOR})
_NAAM: Final = re.compile(r"[a-z][a-z0-9-]{2,39}")
_ZIEN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tokenhouder:
    """Het systeem dat met een geldig token komt."""

    naam: str
    partner: str
    rechten: frozenset[Tokenrecht]
    zicht: Wandzicht = NIETS  # wat de database het hoogstens laat zien

    @property
    def actor(self) -> str:
        """Hoe het systeem in het logboek heet."""
        return f"token:{self.naam}"


@dataclass(frozen=True, slots=True)
class NieuwToken:
    """Het token zelf gaat één keer naar wie het maakte; hier blijft er een hash van."""

    token: str
    rij: Apitoken


def maak(
    omgeving: Omgeving,
    naam: str,
    partner: str,
    rechten: Collection[Tokenrecht],
    dagen: int,
    reden: str,
    actor: Actor,
    *,
    proef: bool = False,
) -> NieuwToken:
    """Maak een token voor een systeem van deze partner; het geldt zo veel dagen. Alleen wie beheert mag dit."""
    _keur(naam, rechten, dagen, reden)

    def werk(ruimte: Ruimte) -> NieuwToken:
        nu, vandaag = omgeving.klok.nu(), omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        _eis_beheerder(ruimte, omgeving, actor)
        wie = regio.partner(partner)
        if wie is None:
            kies = ", ".join(een.code for een in regio.partners)
            raise OngeldigeGegevens(f"Partner '{partner[:60]}' staat niet in de afspraken.", f"Kies een van: {kies}.")
        if Tokenrecht.BSN_LEZEN in rechten and not wie.bsn_grondslag:
            raise GeenBevoegdheid(
                f"'{partner}' heeft geen wettelijke grondslag voor het BSN (artikel 36 Wi).", "Laat bsn:lezen weg."
            )
        if ruimte.apitoken(naam) is not None:
            raise OngeldigeGegevens(f"Er is al een token met de naam '{naam}'.", "Kies een naam die nog niet bestond.")
        token = VOORVOEGSEL + secrets.token_urlsafe(32)
        rij = Apitoken(
            naam=naam, token_hash=hash_van(token), partner=partner, rechten=sorted(r.value for r in rechten),
            reden=reden.strip(), gemaakt_op=nu, gemaakt_door=actor.code, vervalt_op=nu + timedelta(days=dagen),
        )  # fmt: skip
        if not proef:
            ruimte.bewaar(rij)
            _noteer(ruimte, omgeving, "apitoken maak", partner, actor)
        return NieuwToken("" if proef else token, rij)

    return in_ruimte(omgeving, werk)


def trek_in(omgeving: Omgeving, naam: str, reden: str, actor: Actor, *, proef: bool = False) -> Apitoken:
    """Trek een token in: het werkt meteen niet meer."""
    if not reden.strip():
        raise RedenNodig("Een token intrekken heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Apitoken:
        _eis_beheerder(ruimte, omgeving, actor)
        rij = ruimte.apitoken(naam)
        if rij is None:
            raise RegieFout(f"Er is geen token met de naam '{naam[:40]}'.", "Kijk met 'regie apitoken lijst'.")
        if rij.ingetrokken_op is not None:
            raise RegieFout(f"Het token '{naam}' is al ingetrokken.", "U hoeft niets te doen.")
        if not proef:
            rij.ingetrokken_op, rij.ingetrokken_door = omgeving.klok.nu(), actor.code
            rij.intrekreden = reden.strip()
            ruimte.bewaar(rij)
            _noteer(ruimte, omgeving, "apitoken trek-in", rij.partner, actor)
        return rij

    return in_ruimte(omgeving, werk)


def wie_komt_er(omgeving: Omgeving, token: str, recht: Tokenrecht | None = None) -> Tokenhouder | None:
    """Geef van wie dit token is, of None: onbekend, verlopen, ingetrokken, of de partner doet niet meer mee.

    `recht` is waarvoor hij komt; daar hangt van af wat de database laat zien.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        rij, nu = ruimte.apitoken_met(hash_van(token)), omgeving.klok.nu()
        if rij is None or rij.ingetrokken_op is not None or nu >= rij.vervalt_op:
            return None
        try:
            regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
        except GeenUitvoerder:
            return None
        if regio.partner(rij.partner) is None:
            return None
        if rij.gebruikt_op is None or nu - rij.gebruikt_op > _ZIEN:
            ruimte.zie_apitoken(rij.naam, nu)  # hoogstens eens per minuut: lezen kost geen schrijven
        zicht = zicht_van_partner(regio, rij.partner, leest_in=recht is Tokenrecht.KENNISGEVINGEN_SCHRIJVEN)
        return Tokenhouder(rij.naam, rij.partner, frozenset(map(Tokenrecht, rij.rechten)), zicht)


def _keur(naam: str, rechten: Collection[Tokenrecht], dagen: int, reden: str) -> None:
    if not _NAAM.fullmatch(naam):
        raise OngeldigeGegevens(
            "Deze naam kan niet.", "Gebruik 3 tot 40 kleine letters, cijfers en streepjes, zoals merwede-lvs."
        )
    if not rechten:
        raise OngeldigeGegevens("Een token zonder recht kan niets.", f"Kies uit: {', '.join(Tokenrecht)}.")
    if not 1 <= dagen <= MEESTE_DAGEN:
        raise OngeldigeGegevens("Een token geldt niet voor altijd.", f"Kies 1 tot en met {MEESTE_DAGEN} dagen.")
    if not reden.strip():
        raise RedenNodig("Een token maken heeft een reden nodig.", "Geef haar met --reden.")


def _eis_beheerder(ruimte: Ruimte, omgeving: Omgeving, actor: Actor) -> None:
    vandaag = omgeving.klok.vandaag()
    wie = eis_medewerker(regio_op(ruimte, omgeving, vandaag), actor, vandaag)
    if not _BEHEER & set(wie.rollen):
        raise GeenBevoegdheid(
            f"'{wie.code}' mag geen tokens beheren.",
            f"Vraag iemand met een van deze rollen: {', '.join(sorted(_BEHEER))}.",
        )


def _noteer(ruimte: Ruimte, omgeving: Omgeving, naam: str, partner: str, actor: Actor) -> None:
    ruimte.schrijf_in_logboek(
        NieuweLogregel(
            naam, VERWERKING, Logsoort.GEWIJZIGD, actor.code, actor.verificatie, omgeving.klok.nu(), partner=partner
        )
    )


__all__ = ["NieuwToken", "Tokenhouder", "maak", "trek_in", "wie_komt_er"]
