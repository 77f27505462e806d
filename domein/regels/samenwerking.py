"""Wie doet een stap, voor wie, namens wie, op wiens kosten; met de reden erbij.

De afspraken van een regio wijzen aan: de meest specifieke wint, dan de hoogste prioriteit.
Twee gelijke afspraken zijn een fout in het bestand (`domein.regels.dekking` vindt ze); hier
levert zo'n paar een gat op, nooit een gok.

Een afspraak is specifieker dan een andere als alles wat zij dekt ook door de andere wordt
gedekt, en niet andersom. De geldigheid telt daarbij niet mee: een nieuwer contract wint niet
stil van een ouder dat nog loopt.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.begrippen import Doelgroep, Leerroute, Rol, Stapsoort
from domein.regels.bezetting import GEEN_LAST, kantoorkalender_van, kies_medewerker, of_vervanger
from domein.regels.kalender import voluit
from domein.regio.afspraken import COLLEGE, GEMEENTE, UITVOERDER, Mandaat, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.onderdelen import Conditie, Onderdeel, Tarief
from domein.regio.partijen import Medewerker
from domein.regio.soorten import Alfabetisering, AvgRol, Gegevensgroep, Overgangsregime, Peildatumsoort

__all__ = [
    "Afgevallen",
    "Gat",
    "Kenmerken",
    "NietVanToepassing",
    "Toewijzing",
    "Vraag",
    "behandelaar",
    "kantoorkalender_van",
    "kies_medewerker",
    "specifieker",
    "winnaars",
    "zoek",
]

_ELKE_LEEFTIJD: Final = (0, 200)


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """Wat verder van de persoon bekend is, voor afspraken die er een eis aan stellen."""

    ontzorgen: bool = False
    leeftijd: int | None = None
    alfabetisering: Alfabetisering | None = None


ONBEKENDE_KENMERKEN: Final = Kenmerken()


@dataclass(frozen=True, slots=True)
class Vraag:
    """De omstandigheden waarvoor een afspraak wordt gezocht."""

    gemeente: str
    stap: Stapsoort
    leerroute: Leerroute
    doelgroep: Doelgroep
    op: date
    nareiziger: bool = False
    kenmerken: Kenmerken = ONBEKENDE_KENMERKEN


class Afgevallen(Onderdeel):
    """Een mogelijkheid die het niet werd, en waarom niet."""

    afspraak: str
    uitvoerder: str = ""
    reden: str


class Toewijzing(Onderdeel):
    """De vijf partijen van een stap, en hoe wij daarbij kwamen.

    `uitvoerder` en `voorbereider` zijn codes van partners, `betaler` ook (of "inburgeraar"),
    `ondertekenaar` is de code van een medewerker; `bevoegd_orgaan` en `afzender` zijn namen
    voor in een brief.
    """

    uitvoerder: str
    rol: Rol
    voorbereider: str | None
    bevoegd_orgaan: str
    mandaat: Mandaat | None
    ondertekenaar: str | None
    betaler: str
    tarief: Tarief | None
    inzage: tuple[Gegevensgroep, ...]
    avg_rol: AvgRol
    afzender: str
    afspraak: str
    escalatie: tuple[Rol, ...]
    peildatumsoort: Peildatumsoort
    overgangsregime: Overgangsregime
    waarom: str
    afgevallen: tuple[Afgevallen, ...]


class NietVanToepassing(Onderdeel):
    """De stap hoeft in dit geval niet, en dat is zo afgesproken."""

    afspraak: str
    waarom: str
    afgevallen: tuple[Afgevallen, ...] = ()


class Gat(Onderdeel):
    """Niemand is aangewezen: de regiocoordinator moet het weten."""

    waarom: str
    escalatie: tuple[Rol, ...] = (Rol.REGIOCOORDINATOR,)
    afgevallen: tuple[Afgevallen, ...] = ()


def zoek(
    regio: Regio,
    *,
    gemeente: str,
    stap: Stapsoort,
    leerroute: Leerroute,
    doelgroep: Doelgroep,
    op: date,
    uitgesloten_partners: Collection[str] = (),
    nareiziger: bool = False,
    kenmerken: Kenmerken = ONBEKENDE_KENMERKEN,
) -> Toewijzing | NietVanToepassing | Gat:
    """Zoek wie de stap doet op de dag `op`; die dag kiest de aanroeper (de peildatum)."""
    vraag = Vraag(gemeente, stap, leerroute, doelgroep, op, nareiziger, kenmerken)
    if gemeente not in regio.gemeenten:
        return Gat(waarom=f"{gemeente} is geen gemeente van {regio.naam}.")
    toppers, afgevallen = winnaars(regio, vraag)
    waar = f"stap {stap} in {regio.gemeentenaam(gemeente)} op {voluit(op)}"
    wie = f"leerroute {leerroute}, doelgroep {doelgroep}"
    if len(toppers) == 0:
        return Gat(waarom=f"Geen afspraak regelt {waar} ({wie}).", afgevallen=afgevallen)
    if len(toppers) > 1:
        namen = " en ".join(a.regel_id for a in toppers)
        waarom = f"De afspraken {namen} spreken elkaar tegen voor {waar} ({wie})."
        return Gat(waarom=waarom, afgevallen=afgevallen)
    afspraak = toppers[0]
    if afspraak.niet_van_toepassing:
        waarom = f"Afspraak {afspraak.regel_id}: {afspraak.niet_van_toepassing}"
        return NietVanToepassing(afspraak=afspraak.regel_id, waarom=waarom, afgevallen=afgevallen)
    return _wijs_toe(regio, afspraak, vraag, frozenset(uitgesloten_partners), afgevallen)


def behandelaar(
    regio: Regio,
    toewijzing: Toewijzing,
    *,
    op: date,
    eigen: str | None = None,
    last: Mapping[str, int] = GEEN_LAST,
) -> Medewerker | None:
    """Kies de medewerker bij een toewijzing; een besluit gaat naar wie er het mandaat voor heeft."""
    if toewijzing.rol is Rol.MANDAATHOUDER and toewijzing.ondertekenaar is not None:
        return regio.medewerker(toewijzing.ondertekenaar)
    return kies_medewerker(regio, toewijzing.uitvoerder, toewijzing.rol, op, eigen, last)


def winnaars(regio: Regio, vraag: Vraag) -> tuple[tuple[Samenwerkingsafspraak, ...], tuple[Afgevallen, ...]]:
    """Geef de afspraken die overblijven (een als het goed is) en de andere, elk met de reden."""
    passend: list[Samenwerkingsafspraak] = []
    afgevallen: list[Afgevallen] = []
    # Op naam, zodat de volgorde van het bestand niets uitmaakt, ook niet in de uitleg.
    for afspraak in sorted(regio.samenwerkingsafspraken, key=lambda a: a.regel_id):
        if vraag.stap not in afspraak.stappen or vraag.gemeente not in regio.gemeenten_van(afspraak):
            continue
        if reden := _past_niet(regio, afspraak, vraag):
            afgevallen.append(_valt_af(afspraak, reden))
        else:
            passend.append(afspraak)
    overig: list[Samenwerkingsafspraak] = []
    for afspraak in passend:
        sterker = next((a for a in passend if specifieker(regio, a, afspraak)), None)
        if sterker is None:
            overig.append(afspraak)
        else:
            afgevallen.append(_valt_af(afspraak, f"afspraak {sterker.regel_id} is specifieker"))
    hoogste = max((a.prioriteit for a in overig), default=0)
    toppers = tuple(a for a in overig if a.prioriteit == hoogste)
    for afspraak in overig:
        if afspraak.prioriteit < hoogste:
            reden = f"afspraak {toppers[0].regel_id} heeft een hogere prioriteit"
            afgevallen.append(_valt_af(afspraak, reden))
    return toppers, tuple(afgevallen)


def specifieker(regio: Regio, een: Samenwerkingsafspraak, ander: Samenwerkingsafspraak) -> bool:
    """Zeg of `een` een echt deel dekt van wat `ander` dekt."""
    paren = tuple(zip(_bereik(regio, een), _bereik(regio, ander), strict=True))
    leeftijd, ruimer = _leeftijden(een.conditie), _leeftijden(ander.conditie)
    binnen = ruimer[0] <= leeftijd[0] and leeftijd[1] <= ruimer[1]
    echt = leeftijd != ruimer or any(smal < breed for smal, breed in paren)
    return binnen and echt and all(smal <= breed for smal, breed in paren)


def _valt_af(afspraak: Samenwerkingsafspraak, reden: str) -> Afgevallen:
    return Afgevallen(afspraak=afspraak.regel_id, uitvoerder=afspraak.uitvoerder or "", reden=reden)


def _bereik(regio: Regio, afspraak: Samenwerkingsafspraak) -> tuple[frozenset[object], ...]:
    """Schrijf de kolommen uit: weggelaten is alles, dus alles noemen maakt niet specifieker."""
    conditie = afspraak.conditie
    return (
        frozenset[object](afspraak.stappen),
        frozenset[object](regio.gemeenten_van(afspraak)),
        frozenset[object](afspraak.leerroutes or Leerroute),
        frozenset[object](afspraak.doelgroepen or Doelgroep),
        frozenset[object]((True, False) if conditie.nareiziger is None else (conditie.nareiziger,)),
        frozenset[object]((True, False) if conditie.ontzorgen is None else (conditie.ontzorgen,)),
        # None staat voor een onbekend profiel: alle profielen noemen is dus nog een eis.
        frozenset[object](conditie.alfabetisering or (*Alfabetisering, None)),
    )


def _leeftijden(conditie: Conditie) -> tuple[int, int]:
    laag, hoog = _ELKE_LEEFTIJD
    van = laag if conditie.leeftijd_van is None else conditie.leeftijd_van
    return van, hoog if conditie.leeftijd_tot is None else conditie.leeftijd_tot


def _past_niet(regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag) -> str:
    """Geef waarom de afspraak niet past, of een lege tekst als zij past."""
    periode = regio.periode_van(afspraak)
    if not periode.bevat(vraag.op):
        return f"geldt van {voluit(periode.van)} tot en met {voluit(periode.tot)}"
    if afspraak.leerroutes and vraag.leerroute not in afspraak.leerroutes:
        return f"geldt voor leerroute {', '.join(afspraak.leerroutes)}"
    if afspraak.doelgroepen and vraag.doelgroep not in afspraak.doelgroepen:
        return f"geldt voor doelgroep {', '.join(afspraak.doelgroepen)}"
    return _conditie_niet(afspraak.conditie, vraag)


def _conditie_niet(conditie: Conditie, vraag: Vraag) -> str:
    if conditie.nareiziger is not None and conditie.nareiziger is not vraag.nareiziger:
        return "geldt alleen voor nareizigers" if conditie.nareiziger else "geldt niet voor nareizigers"
    if conditie.ontzorgen is not None and conditie.ontzorgen is not vraag.kenmerken.ontzorgen:
        return "geldt alleen bij ontzorgen" if conditie.ontzorgen else "geldt niet bij ontzorgen"
    van, tot = _leeftijden(conditie)
    if (van, tot) != _ELKE_LEEFTIJD:
        if vraag.kenmerken.leeftijd is None:
            return "stelt een eis aan de leeftijd, en die is niet bekend"
        if not van <= vraag.kenmerken.leeftijd <= tot:
            grens = "en ouder" if conditie.leeftijd_tot is None else f"tot en met {tot} jaar"
            return f"geldt voor {van} jaar {grens}"
    if conditie.alfabetisering and vraag.kenmerken.alfabetisering not in conditie.alfabetisering:
        return f"geldt voor profiel {', '.join(conditie.alfabetisering)}"
    return ""


def _wijs_toe(
    regio: Regio,
    afspraak: Samenwerkingsafspraak,
    vraag: Vraag,
    uitgesloten: frozenset[str],
    afgevallen: tuple[Afgevallen, ...],
) -> Toewijzing | Gat:
    weg: list[Afgevallen] = []
    gekozen: str | None = None
    for plaats, kandidaat in enumerate(afspraak.kandidaten()):
        code = _partnercode(regio, kandidaat, vraag.gemeente)
        if gekozen is not None:
            reden = f"alleen als {gekozen} niet kan (plaats {plaats + 1} in de afspraak)"
        elif code in uitgesloten or kandidaat in uitgesloten:
            reden = "heeft geweigerd of is uitgesloten"
        elif regio.partner(code) is None:
            reden = "staat niet bij de partners van de regio"
        else:
            gekozen = code
            continue
        weg.append(Afgevallen(afspraak=afspraak.regel_id, uitvoerder=code, reden=reden))
    samen = (*weg, *afgevallen)
    if gekozen is None or afspraak.rol is None:
        waarom = f"Alle partners van afspraak {afspraak.regel_id} zijn uitgesloten; een vervanger is er niet."
        return Gat(waarom=waarom, escalatie=afspraak.escalatie, afgevallen=samen)
    eerste = _partnercode(regio, afspraak.kandidaten()[0], vraag.gemeente)
    mandaat = _mandaat(regio, afspraak, vraag)
    return Toewijzing(
        uitvoerder=gekozen,
        rol=afspraak.rol,
        voorbereider=_partnercode(regio, afspraak.voorbereider, vraag.gemeente) if afspraak.voorbereider else None,
        bevoegd_orgaan=_orgaan(regio, afspraak.bevoegd_orgaan, vraag.gemeente),
        mandaat=mandaat,
        ondertekenaar=afspraak.ondertekenaar or _ondertekenaar(regio, mandaat, vraag.op),
        betaler=_partnercode(regio, afspraak.betaler, vraag.gemeente),
        tarief=afspraak.tarief,
        inzage=afspraak.inzage,
        avg_rol=afspraak.avg_rol,
        afzender=_afzender(regio, afspraak, gekozen, vraag.gemeente),
        afspraak=afspraak.regel_id,
        escalatie=afspraak.escalatie,
        peildatumsoort=afspraak.peildatumsoort,
        overgangsregime=afspraak.overgangsregime,
        waarom=_waarom(regio, afspraak, vraag, gekozen, eerste),
        afgevallen=samen,
    )


def _partnercode(regio: Regio, code: str, gemeente: str) -> str:
    if code != GEMEENTE:
        return code
    partner = regio.partner_van_gemeente(gemeente)
    return partner.code if partner else gemeente


def _orgaan(regio: Regio, code: str, gemeente: str) -> str:
    if code == COLLEGE:
        return f"college van burgemeester en wethouders van {regio.gemeentenaam(gemeente)}"
    partner = regio.partner(code)
    if partner is None:
        return code
    return f"{partner.bestuursorgaan} van {partner.naam}" if partner.bestuursorgaan else partner.naam


def _afzender(regio: Regio, afspraak: Samenwerkingsafspraak, uitvoerder: str, gemeente: str) -> str:
    if afspraak.afzender == COLLEGE:
        return _orgaan(regio, COLLEGE, gemeente)
    code = uitvoerder if afspraak.afzender == UITVOERDER else afspraak.afzender
    partner = regio.partner(code)
    return partner.naam if partner else code


def _mandaat(regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag) -> Mandaat | None:
    mandaten = (regio.mandaat(id_) for id_ in afspraak.mandaten)
    return next(
        (
            m
            for m in mandaten
            if m is not None and m.gemeente == vraag.gemeente and vraag.stap in m.stappen and m.geldt_op(vraag.op)
        ),
        None,
    )


def _ondertekenaar(regio: Regio, mandaat: Mandaat | None, op: date) -> str | None:
    """Kies de eerste houder die er is; is niemand er, dan een vervanger die zelf houder is."""
    if mandaat is None:
        return None
    houders = [m for code in mandaat.houders if (m := regio.medewerker(code)) is not None]
    for houder in houders:
        gekozen = of_vervanger(regio, houder, Rol.MANDAATHOUDER, op)
        if gekozen is not None and gekozen.code in mandaat.houders:
            return gekozen.code
    return mandaat.houders[0]


def _waarom(regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag, gekozen: str, eerste: str) -> str:
    partner = regio.partner(gekozen)
    naam = partner.naam if partner else gekozen
    bron = regio.bron_van(afspraak)
    vervangt = f", omdat {eerste} niet kan" if gekozen != eerste else ""
    return (
        f"{naam} doet stap {vraag.stap} voor {regio.gemeentenaam(vraag.gemeente)} op {voluit(vraag.op)}"
        f"{vervangt}, "
        f"volgens afspraak {afspraak.regel_id} van verband {afspraak.verband}{f' ({bron})' if bron else ''}."
    )
