"""Aanmelden bij het portaal, en wie er is aangemeld.

Ieder meldt zich zelf aan, als persoon: een postbus of een gedeeld adres krijgt geen link. Een link werkt één keer,
kort, en alleen in de browser die erom vroeg. Een sessie eindigt na stilte, na een werkdag, bij afmelden, en zodra
iemand niet meer in de afspraken van vandaag staat. Wie wat mag, staat in `domein.regels.toegang` en nergens in een
sessie.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from domein.begrippen import Rol, Verificatie
from domein.fouten import GeenUitvoerder
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bericht import zet_overzicht_klaar
from domein.handelingen.berichtsoorten import AANMELDLINK
from domein.handelingen.kern import in_ruimte
from domein.handelingen.portaalpoort import NieuweLogregel
from domein.handelingen.regio import regio_op
from domein.model import Aanmeldlink, Logsoort, Sessie
from domein.ports import Omgeving, Ruimte
from domein.regels.toegang import Kijker, Recht, rechten_van
from domein.regels.wand import NIETS, Wandzicht, wandzicht
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker

LINK_GELDT: Final = timedelta(minutes=15)
LINKS_PER_UUR: Final = 5
STILTE: Final = timedelta(minutes=60)
WERKDAG: Final = timedelta(hours=10)
BEWAAR: Final = timedelta(days=30)  # van een oude sessie is daarna alleen het logboek er nog
VERWERKING: Final = "aanmelden-portaal"


@dataclass(frozen=True, slots=True)
class Aangemelde:
    """Wie er is aangemeld, zoals de afspraken hem vandaag kennen."""

    code: str
    partner: str
    partnernaam: str
    rollen: frozenset[Rol]
    verificatie: Verificatie
    sessie_id: UUID
    bewijs: str
    naam: str = ""
    zicht: Wandzicht = NIETS  # wat de database hem hoogstens laat zien

    @property
    def rechten(self) -> frozenset[Recht]:
        return rechten_van(self.rollen)

    @property
    def kijker(self) -> Kijker:
        return Kijker(self.code, self.partner, self.rollen)

    @property
    def actor(self) -> Actor:
        return Actor(self.code, self.verificatie)


@dataclass(frozen=True, slots=True)
class NieuweSessie:
    """Het token gaat alleen naar de browser; hier blijft er een hash van."""

    token: str = ""
    medewerker: str = ""


def hash_van(geheim: str) -> str:
    """Een geheim van 256 bits hoeft niet traag gehasht: raden kan niet, en wie de hash leest heeft er niets aan."""
    return hashlib.sha256(geheim.encode()).hexdigest()


# een link vragen


def vraag_link(omgeving: Omgeving, adres: str, browser: str, basis_url: str) -> bool:
    """Zet een aanmeldlink in de post als dit het adres van één medewerker is; zeg of dat zo was.

    Het antwoord aan de bezoeker is altijd hetzelfde: wie vraagt, hoort niet wie er werkt.
    """

    def werk(ruimte: Ruimte) -> bool:
        nu = omgeving.klok.nu()
        wie = _bij_adres(ruimte, omgeving, adres)
        if wie is None or ruimte.aanmeldlinks_sinds(wie.code, nu - timedelta(hours=1)) >= LINKS_PER_UUR:
            return False
        code = secrets.token_urlsafe(32)
        ruimte.bewaar(_link(wie.code, code, hash_van(browser), nu))
        bericht = zet_overzicht_klaar(
            ruimte, omgeving, soort=AANMELDLINK, kenmerk=hash_van(code)[:32], ontvanger=wie.code, adres=wie.email,
            gegevens={"link": f"{basis_url}/aanmelden/{code}", "minuten": int(LINK_GELDT.total_seconds() // 60)},
        )  # fmt: skip
        if bericht is not None:
            bericht.volgende_poging = nu  # de persoon vraagt er zelf om: zijn kantoor hoeft niet open te zijn
            ruimte.bewaar(bericht)
        return bericht is not None

    return in_ruimte(omgeving, werk)


def maak_link(omgeving: Omgeving, medewerker: str, basis_url: str) -> str:
    """Maak een link voor de opdrachtregel, zonder mail. Wie zo binnenkomt, heet overal zelfverklaard."""
    code = secrets.token_urlsafe(32)
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.bewaar(_link(medewerker, code, "", omgeving.klok.nu()))
    return f"{basis_url}/aanmelden/{code}"


def _link(medewerker: str, code: str, browser_hash: str, nu: datetime) -> Aanmeldlink:
    return Aanmeldlink(
        code_hash=hash_van(code), medewerker=medewerker, browser_hash=browser_hash, gemaakt_op=nu,
        vervalt_op=nu + LINK_GELDT,
    )  # fmt: skip


def _bij_adres(ruimte: Ruimte, omgeving: Omgeving, adres: str) -> Medewerker | None:
    """De medewerker met dit adres; None als er geen of meer dan één is, of als het een postbus is."""
    vandaag = omgeving.klok.vandaag()
    try:
        regio = regio_op(ruimte, omgeving, vandaag)
    except GeenUitvoerder:
        return None
    gezocht = adres.strip().lower()
    if gezocht in _postbussen(regio):
        return None
    gevonden = [m for m in regio.medewerkers if m.email.lower() == gezocht and m.in_dienst_op(vandaag)]
    return gevonden[0] if len(gevonden) == 1 else None


def _postbussen(regio: Regio) -> frozenset[str]:
    teams = (team.postbus for partner in regio.partners for team in partner.teams if team.postbus)
    return frozenset(bus.lower() for bus in (*(partner.postbus for partner in regio.partners), *teams))


# een sessie


def wissel_in(omgeving: Omgeving, code: str, browser: str) -> NieuweSessie | None:
    """Wissel een link in voor een sessie; None als hij niet (meer) geldt of bij een andere browser hoort."""

    def werk(ruimte: Ruimte) -> NieuweSessie | None:
        gevonden = ruimte.gebruik_aanmeldlink(hash_van(code), hash_van(browser), omgeving.klok.nu())
        if gevonden is None:
            return None
        medewerker, van_opdrachtregel = gevonden
        wie = _regio(ruimte, omgeving).medewerker(medewerker)
        if wie is None or not wie.in_dienst_op(omgeving.klok.vandaag()):
            return None
        hoe = Verificatie.ZELFVERKLAARD if van_opdrachtregel else Verificatie.AANGEMELD
        return _begin(ruimte, omgeving, wie, frozenset(wie.rollen), hoe)

    return in_ruimte(omgeving, werk)


def begin_met_claims(omgeving: Omgeving, medewerker: str, partner: str, rollen: Collection[str]) -> NieuweSessie | None:
    """Begin een sessie voor wie een vertrouwde organisatie aanmeldde (OIDC); None als hij hier niet werkt.

    De organisatie moet die van de afspraken zijn, en van de rollen telt alleen wat ook de afspraken zeggen: geen van
    beide kan alleen meer geven.
    """

    def werk(ruimte: Ruimte) -> NieuweSessie | None:
        wie = _regio(ruimte, omgeving).medewerker(medewerker)
        if wie is None or wie.partner != partner or not wie.in_dienst_op(omgeving.klok.vandaag()):
            return None
        samen = frozenset(rol for rol in wie.rollen if rol.value in rollen)
        return _begin(ruimte, omgeving, wie, samen, Verificatie.AANGEMELD) if samen else None

    return in_ruimte(omgeving, werk)


def _begin(
    ruimte: Ruimte, omgeving: Omgeving, wie: Medewerker, rollen: frozenset[Rol], hoe: Verificatie
) -> NieuweSessie:
    nu = omgeving.klok.nu()
    token = secrets.token_urlsafe(32)
    ruimte.bewaar(
        Sessie(
            token_hash=hash_van(token), medewerker=wie.code, partner=wie.partner,
            rollen=sorted(rol.value for rol in rollen), verificatie=hoe, bewijs=secrets.token_urlsafe(32),
            begonnen_op=nu, gezien_op=nu, vervalt_op=nu + WERKDAG,
        )
    )  # fmt: skip
    ruimte.ruim_aanmeldingen_op(nu - BEWAAR)
    ruimte.schrijf_in_logboek(
        NieuweLogregel("aanmelden", VERWERKING, Logsoort.AANGEMELD, wie.code, hoe, nu, partner=wie.partner)
    )
    return NieuweSessie(token, wie.code)


def wie_is_aangemeld(omgeving: Omgeving, token: str) -> Aangemelde | None:
    """Geef wie bij dit token hoort, of None: onbekend, afgemeld, te lang stil, te oud, of niet meer in de afspraken."""
    with omgeving.magazijn.ruimte() as ruimte:
        sessie = ruimte.sessie_met(hash_van(token))
        nu = omgeving.klok.nu()
        if sessie is None or not loopt(sessie, nu):
            return None
        wie = _nog_bekend(ruimte, omgeving, sessie, omgeving.klok.vandaag())
        if wie is not None and nu - sessie.gezien_op > timedelta(minutes=1):
            ruimte.zie_sessie(sessie.id, nu)  # hoogstens eens per minuut: kijken kost geen schrijven
        return wie


def loopt(sessie: Sessie, nu: datetime) -> bool:
    """Zeg of deze sessie nog geldt: niet afgemeld, niet te lang stil en niet ouder dan een werkdag."""
    stil = nu - sessie.gezien_op
    return sessie.beeindigd_op is None and nu < sessie.vervalt_op and stil < STILTE


def _nog_bekend(ruimte: Ruimte, omgeving: Omgeving, sessie: Sessie, vandaag: date) -> Aangemelde | None:
    regio = _regio(ruimte, omgeving)
    wie = regio.medewerker(sessie.medewerker)
    if wie is None or wie.partner != sessie.partner or not wie.in_dienst_op(vandaag):
        return None
    rollen = frozenset(rol for rol in wie.rollen if rol.value in sessie.rollen)
    partner = regio.partner(wie.partner)
    if not rollen or partner is None:
        return None
    zicht = wandzicht(regio, Kijker(wie.code, wie.partner, rollen), vandaag)
    return Aangemelde(
        wie.code, wie.partner, partner.naam, rollen, sessie.verificatie, sessie.id, sessie.bewijs, wie.naam, zicht
    )


def meld_af(omgeving: Omgeving, wie: Aangemelde, *, overal: bool = False) -> int:
    """Beëindig deze sessie, of alle sessies van deze persoon; geef hoeveel."""

    def werk(ruimte: Ruimte) -> int:
        nu = omgeving.klok.nu()
        aantal = ruimte.beeindig_sessies(wie.code, nu, alleen=None if overal else wie.sessie_id)
        ruimte.schrijf_in_logboek(
            NieuweLogregel(
                "afmelden", VERWERKING, Logsoort.AFGEMELD, wie.code, wie.verificatie, nu, partner=wie.partner
            )
        )
        return aantal

    return in_ruimte(omgeving, werk)


def _regio(ruimte: Ruimte, omgeving: Omgeving) -> Regio:
    return regio_op(ruimte, omgeving, omgeving.klok.vandaag())
