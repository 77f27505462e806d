"""Welke afspraak telt: de meest specifieke die past, dan die met de hoogste prioriteit.

Een afspraak is specifieker dan een andere als alles wat zij dekt ook door de andere wordt
gedekt, en niet andersom. De geldigheid telt daarbij niet mee: een nieuwer contract wint niet
stil van een ouder dat nog loopt.
"""

from typing import Final

from domein.begrippen import Doelgroep, Leerroute
from domein.regels.kalender import voluit
from domein.regels.peildatum import NAMEN
from domein.regels.samenwerking_antwoord import Afgevallen
from domein.regels.samenwerking_vraag import Vraag
from domein.regio.afspraken import Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.onderdelen import Conditie
from domein.regio.soorten import Alfabetisering, Peildatumsoort

_ELKE_LEEFTIJD: Final = (0, 120)  # de grenzen die een conditie mag noemen


def winnaars(regio: Regio, vraag: Vraag) -> tuple[tuple[Samenwerkingsafspraak, ...], tuple[Afgevallen, ...]]:
    """Geef de afspraken die overblijven (een als het goed is) en de andere, elk met de reden."""
    passend: list[Samenwerkingsafspraak] = []
    afgevallen: list[Afgevallen] = []
    # Op naam, zodat de volgorde van het bestand niets uitmaakt, ook niet in de uitleg.
    for afspraak in regio.afspraken_over(vraag.stap, vraag.gemeente):
        if reden := past_niet(regio, afspraak, vraag):
            afgevallen.append(valt_af(afspraak, reden))
        else:
            passend.append(afspraak)
    overig: list[Samenwerkingsafspraak] = []
    for afspraak in passend:
        sterker = next((a for a in passend if a is not afspraak and specifieker(regio, a, afspraak)), None)
        if sterker is None:
            overig.append(afspraak)
        else:
            afgevallen.append(valt_af(afspraak, f"afspraak {sterker.regel_id} is specifieker"))
    hoogste = max((a.prioriteit for a in overig), default=0)
    toppers = tuple(a for a in overig if a.prioriteit == hoogste)
    for afspraak in overig:
        if afspraak.prioriteit < hoogste:
            reden = f"afspraak {toppers[0].regel_id} heeft een hogere prioriteit"
            afgevallen.append(valt_af(afspraak, reden))
    return toppers, tuple(afgevallen)


def specifieker(regio: Regio, een: Samenwerkingsafspraak, ander: Samenwerkingsafspraak) -> bool:
    """Zeg of `een` een echt deel dekt van wat `ander` dekt."""
    paren = tuple(zip(_bereik(regio, een), _bereik(regio, ander), strict=True))
    leeftijd, ruimer = _leeftijden(een.conditie), _leeftijden(ander.conditie)
    binnen = ruimer[0] <= leeftijd[0] and leeftijd[1] <= ruimer[1]
    echt = leeftijd != ruimer or any(smal < breed for smal, breed in paren)
    return binnen and echt and all(smal <= breed for smal, breed in paren)


def valt_af(afspraak: Samenwerkingsafspraak, reden: str) -> Afgevallen:
    """Maak de regel die zegt waarom een afspraak het niet werd."""
    return Afgevallen(afspraak=afspraak.regel_id, uitvoerder=afspraak.uitvoerder or "", reden=reden)


def past_niet(regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag) -> str:
    """Geef waarom de afspraak niet past, of een lege tekst als zij past."""
    periode = regio.periode_van(afspraak)
    peil = vraag.peildag(afspraak.peildatumsoort, regio.kop.geldig_van)
    if not periode.bevat(peil.dag):
        reden = f"geldt van {voluit(periode.van)} tot en met {voluit(periode.tot)}"
        if peil.soort is Peildatumsoort.OPENING:
            return reden
        return f"{reden}, en {NAMEN[peil.soort]} is {voluit(peil.dag)}"
    return past_niet_bij_persoon(afspraak, vraag)


def past_niet_bij_persoon(afspraak: Samenwerkingsafspraak, vraag: Vraag) -> str:
    """Geef waarom de afspraak niet bij de persoon past, los van de dag."""
    if afspraak.leerroutes and vraag.leerroute not in afspraak.leerroutes:
        return f"geldt voor leerroute {', '.join(afspraak.leerroutes)}"
    if afspraak.doelgroepen and vraag.doelgroep not in afspraak.doelgroepen:
        return f"geldt voor doelgroep {', '.join(afspraak.doelgroepen)}"
    return _conditie_niet(afspraak.conditie, vraag)


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
