"""Wat ops in één oogopslag moet weten: waar post, stappen en de ronde een mens nodig hebben.

Alles komt uit onze eigen database: ook als Prefect niet antwoordt, klopt dit beeld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.beheerpoort import Peil, Postnood, Stapnood
from domein.handelingen.dossierinzage import Dossierinzage
from domein.handelingen.kern import in_ruimte
from domein.handelingen.regio import regio_op
from domein.handelingen.ronde_lease import LEASE, LEASEDUUR
from domein.handelingen.ronde_signalen import RUN_GEANNULEERD, RUN_KAPOT, WERK_STIL
from domein.handelingen.ronde_weigering import RUN_NIET_BIJ
from domein.model import Logsoort, Signaal, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels import bordtelling

RONDE: Final = "ronde"  # de naam van haar hartslag
TE_LANG_WACHTEND: Final = timedelta(hours=1)  # zo lang mag mail onderweg zijn
TE_LANG_ZONDER_RUN: Final = timedelta(minutes=10)  # de ronde maakt een run binnen seconden
NET_NOG: Final = LEASEDUUR * 2  # zo kort geleden nam de opzichter zijn beurt nog: dan leeft hij
BLAD: Final = 50
OVER_EEN_RUN: Final = (RUN_KAPOT, RUN_GEANNULEERD, RUN_NIET_BIJ)


@dataclass(frozen=True, slots=True)
class Rondebeeld:
    """Wanneer er voor het laatst een ronde goed ging (echte tijd), en of de opzichter het nog steeds probeert."""

    laatst: datetime | None
    probeert: bool
    werk_stil: bool


@dataclass(frozen=True, slots=True)
class Beheerstand:
    """Aantallen; nul is goed nieuws."""

    post: Mapping[Postnood, int]
    stappen: Mapping[Stapnood, int]
    signalen: Mapping[str, int]
    ronde: Rondebeeld
    post_stil_sinds: datetime | None

    @property
    def rustig(self) -> bool:
        tellingen = (*self.post.values(), *self.stappen.values(), *self.signalen.values())
        return not any(tellingen) and self.post_stil_sinds is None


@dataclass(frozen=True, slots=True)
class Nood:
    """Een stap waar ops naar moet kijken, met wat de ronde of een ander erover meldde."""

    stap: Stap
    referentie: str
    melding: str = ""
    sinds: datetime | None = None
    ook: tuple[str, ...] = ()  # andere open signalen over dezelfde stap: vaak de oorzaak
    gestopt: bool = False  # iemand stopte de run met de hand


def peil(omgeving: Omgeving) -> Peil:
    nu = omgeving.klok.nu()
    return Peil(omgeving.klok.vandaag(), nu - TE_LANG_WACHTEND, nu - TE_LANG_ZONDER_RUN)


def beheerstand(omgeving: Omgeving) -> Beheerstand:
    """Tel wat er is. Dit kost bij elk aantal dossiers ongeveer even veel."""
    nu = peil(omgeving)
    with omgeving.magazijn.ruimte() as ruimte:
        signalen = dict(ruimte.tel_signalen())
        pauze = ruimte.postpauze()
        stappen = {nood: ruimte.tel_stappen_in_nood(nood, nu) for nood in (Stapnood.ZONDER_RUN, Stapnood.NIET_GEOPEND)}
        stappen[Stapnood.KAPOT] = sum(signalen.get(soort, 0) for soort in OVER_EEN_RUN)
        stappen[Stapnood.TE_LAAT] = _te_laat(ruimte, omgeving, nu)
        return Beheerstand(
            post={nood: ruimte.tel_post(nood, nu) for nood in Postnood},
            stappen={nood: stappen[nood] for nood in Stapnood},
            signalen=signalen,
            ronde=_ronde(ruimte, signalen),
            post_stil_sinds=pauze.sinds if pauze else None,
        )


def rondebeeld(omgeving: Omgeving) -> Rondebeeld:
    with omgeving.magazijn.ruimte() as ruimte:
        return _ronde(ruimte, ruimte.tel_signalen())


def _ronde(ruimte: Ruimte, signalen: Mapping[str, int]) -> Rondebeeld:
    slag, lease = ruimte.hartslag(RONDE), ruimte.lease(LEASE)
    probeert = lease is not None and lease.tot + NET_NOG > ruimte.databasetijd()
    return Rondebeeld(slag.laatst_op if slag else None, probeert, bool(signalen.get(WERK_STIL)))


def _te_laat(ruimte: Ruimte, omgeving: Omgeving, nu: Peil) -> int:
    gemeenten = regio_op(ruimte, omgeving, nu.vandaag).gemeenten
    gisteren = (nu.vandaag - timedelta(days=1)).isoformat()
    return sum(n for _, n in ruimte.bordsom(bordtelling.EINDE, (), gemeenten=gemeenten, vanaf="1900", tot=gisteren))


def stappen_in_nood(omgeving: Omgeving, wie: Aangemelde, nood: Stapnood, naam: str) -> list[Nood]:
    """De dringendste stappen van deze soort die deze persoon mag zien; dat zij zijn gezien, staat in het logboek."""
    nu = peil(omgeving)

    def werk(ruimte: Ruimte) -> list[Nood]:
        inzage = Dossierinzage(ruimte, omgeving, wie)
        if nood is Stapnood.KAPOT:
            signalen = [s for soort in OVER_EEN_RUN for s in ruimte.signalen(soort=soort)][:BLAD]
            inzage.lees_vooruit(s.dossier_id for s in signalen)
            mag = [s for s in signalen if s.dossier_id is not None and inzage.zie(s.dossier_id) is not None]
            gevonden = [_met_signaal(ruimte, signaal) for signaal in mag if signaal.stap_id is not None]
        else:
            gevonden = [Nood(stap, referentie) for stap, referentie in ruimte.stappen_in_nood(nood, nu, BLAD)]
            inzage.lees_vooruit(een.stap.dossier_id for een in gevonden)
        zichtbaar = [een for een in gevonden if inzage.zie(een.stap.dossier_id) is not None]
        inzage.noteer(naam, Logsoort.GEZIEN)
        return zichtbaar

    return in_ruimte(omgeving, werk)


def _met_signaal(ruimte: Ruimte, signaal: Signaal) -> Nood:
    assert signaal.stap_id is not None
    stap = ruimte.stap(signaal.stap_id)
    alle = ruimte.signalen(dossier_id=stap.dossier_id)
    ook = tuple(s.melding for s in alle if s.stap_id == stap.id and s.soort not in OVER_EEN_RUN)
    return Nood(
        stap, ruimte.dossier(stap.dossier_id).referentie, signaal.melding, signaal.sinds, ook,
        signaal.soort == RUN_GEANNULEERD,
    )  # fmt: skip


def open_signalen(omgeving: Omgeving, wie: Aangemelde, naam: str) -> Sequence[tuple[Signaal, str]]:
    """De oudste open signalen met de referentie van hun dossier; leeg als zij over het geheel gaan."""

    def werk(ruimte: Ruimte) -> list[tuple[Signaal, str]]:
        inzage = Dossierinzage(ruimte, omgeving, wie)
        uit: list[tuple[Signaal, str]] = []
        blad = ruimte.signalen()[:BLAD]
        inzage.lees_vooruit(signaal.dossier_id for signaal in blad)
        for signaal in blad:
            dossier = inzage.zie(signaal.dossier_id) if signaal.dossier_id is not None else None
            if signaal.dossier_id is None or dossier is not None:
                uit.append((signaal, dossier.referentie if dossier is not None else ""))
        inzage.noteer(naam, Logsoort.GEZIEN)
        return uit

    return in_ruimte(omgeving, werk)
