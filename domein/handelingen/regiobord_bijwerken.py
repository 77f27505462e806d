"""De mijlpalen en termijnen van een dossier bijhouden voor het regiobord, in de transactie van het feit zelf."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Dossierstatus
from domein.fouten import PersoonGewist
from domein.handelingen.doorlopen import alle_dossiers, kijk_na
from domein.handelingen.onverwacht import Mislukking, mislukking
from domein.model import Dossier, Dossiermijlpaal, Dossiertermijn
from domein.ports import Omgeving, Ruimte
from domein.regels.bordtelling import BEWAAKT
from domein.regels.lijstdagen import lijstdagen
from domein.regels.planning import plan
from domein.regels.planvormen import Kader, Plan
from domein.regels.termijnen import Termijn
from domein.stand import Stand, vouw

PORTIE: Final = 200
Rij = Dossiermijlpaal | Dossiertermijn
Kolommen = dict[str, Any]  # wat er hoort te staan; een rij wordt het pas als zij er nog niet is


def werk_bord_bij(ruimte: Ruimte, dossier: Dossier, stand: Stand, gewenst: Plan, kader: Kader) -> None:
    """Zet op het bord wat er nu van dit dossier geldt. Van een gewiste persoon blijven geen dagen staan (regel 12)."""
    mijlpaal, termijnen = ruimte.mijlpaal(dossier.id), ruimte.dossiertermijnen(dossier.id)
    if stand.gewist_op is not None:
        ruimte.verwijder(*([mijlpaal] if mijlpaal else []), *termijnen)
        return
    moet, moeten = mijlpalen_van(dossier, stand, kader), list(termijnen_van(dossier, gewenst))
    if mijlpaal is None:
        ruimte.bewaar(Dossiermijlpaal(**moet))
    else:
        _neem_over(mijlpaal, moet)
    er_is = {(t.soort, t.nummer): t for t in termijnen}
    for termijn in moeten:
        staand = er_is.pop((termijn["soort"], termijn["nummer"]), None)
        if staand is None:
            ruimte.bewaar(Dossiertermijn(**termijn))
        else:
            _neem_over(staand, termijn)
    if er_is:
        ruimte.verwijder(*er_is.values())


def _neem_over(staand: Rij, moet: Kolommen) -> None:
    for naam, waarde in moet.items():
        if getattr(staand, naam) != waarde:
            setattr(staand, naam, waarde)


def mijlpalen_van(dossier: Dossier, stand: Stand, kader: Kader) -> Kolommen:
    """De kolommen van de mijlpaal: de dagen waaruit doorlooptijden en lijsten volgen.

    Een PIP van een gemeente buiten de regio telt niet mee.
    """
    lijst = lijstdagen(stand, kader)
    eigen_pip = stand.pips[0] if stand.pips and not stand.pips[0].elders else None
    maatwerk = [a.gegevens.geldig_tot for a in stand.maatwerk.values() if a.beeindigd_op is None]
    return Kolommen(
        dossier_id=dossier.id, gemeente=dossier.gemeente, loopt=dossier.status is Dossierstatus.LOPEND,
        kennisgeving_op=stand.kennisgeving_op, intake_op=stand.intake_op,
        pip_op=eigen_pip.dagtekening if eigen_pip else None, les_op=stand.eerste_les_op,
        einde_op=stand.einde.op if stand.einde else None, maatwerk_tot=max(maatwerk, default=None),
        bewaren_tot=lijst.bewaren_tot, verzoeken=lijst.verzoeken, verzoek_tot=lijst.verzoek_tot,
        besluit_tot=lijst.besluit_tot,
    )  # fmt: skip


def termijnen_van(dossier: Dossier, gewenst: Plan) -> Iterator[Kolommen]:
    """De kolommen van de bewaakte termijnen die nog tellen."""
    nummers: Counter[str] = Counter()
    for termijn in _bewaakt(gewenst.termijnen):
        nummers[termijn.soort] += 1
        yield Kolommen(
            dossier_id=dossier.id, soort=termijn.soort, nummer=nummers[termijn.soort], gemeente=dossier.gemeente,
            einde=termijn.einde, gehaald_op=termijn.gehaald_op,
        )  # fmt: skip


def _bewaakt(termijnen: Iterable[Termijn]) -> Iterator[Termijn]:
    return (t for t in termijnen if t.soort in BEWAAKT and (not t.vervallen or t.gehaald_op is not None))


@dataclass(slots=True)
class Bordverslag:
    """Hoeveel dossiers erop kwamen, welke niet gingen, en hoeveel aantallen er na het hertellen staan."""

    gezet: int = 0
    mislukt: list[Mislukking] = field(default_factory=list[Mislukking])
    cellen: int = 0


def vul_bord(
    omgeving: Omgeving, kader: Kader, verslag: Bordverslag, *, portie: int = PORTIE, na: UUID | None = None
) -> UUID | None:
    """Zet dossiers van voor het bord erop, hoogstens `portie`; geef het laatste. None: verder ontbreekt er niets.

    Een dossier dat niet te lezen is, komt in het verslag en houdt de andere niet tegen.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        ontbreekt = ruimte.zonder_mijlpaal(portie, na)
        ruimte.lees_vooruit(ontbreekt)
        for dossier_id in ontbreekt:
            dossier = ruimte.dossier(dossier_id)
            try:
                stand = vouw(ruimte.gebeurtenissen(dossier_id))
                werk_bord_bij(ruimte, dossier, stand, plan(stand, kader), kader)
                verslag.gezet += 1
            except Exception as fout:
                verslag.mislukt.append(mislukking(fout, dossier_id, dossier.referentie))
    return ontbreekt[-1] if ontbreekt else None


def afwijkingen_op_het_bord(ruimte: Ruimte, kader: Kader) -> list[str]:
    """Geef waarin het bord verschilt van een nieuwe telling, en van wat de gebeurtenissen zeggen (I8)."""
    uit = [f"{tuple(cel)}: {staat} in plaats van {moet}" for cel, (staat, moet) in ruimte.telverschil().items()]

    def werk(dossier: Dossier) -> Iterator[str]:
        staand = _waarden([m] if (m := ruimte.mijlpaal(dossier.id)) else [], ruimte.dossiertermijnen(dossier.id))
        try:
            alle = ruimte.gebeurtenissen(dossier.id)
        except PersoonGewist:
            moet: list[Any] = []
        else:
            stand = vouw(alle)
            mijlpalen = [Dossiermijlpaal(**mijlpalen_van(dossier, stand, kader))] if alle else []
            termijnen: Iterable[Kolommen] = termijnen_van(dossier, plan(stand, kader)) if alle else ()
            moet = _waarden(mijlpalen, (Dossiertermijn(**termijn) for termijn in termijnen))
        if staand != moet:
            yield f"{dossier.referentie}: de mijlpalen of termijnen volgen niet uit de gebeurtenissen"

    return [*uit, *kijk_na(alle_dossiers(ruimte), werk).samen()]


def _waarden(*rijen: Iterable[Rij]) -> list[Any]:
    return sorted(
        [tuple(str(getattr(rij, naam)) for naam in type(rij).model_fields) for groep in rijen for rij in groep]
    )


def onderzoek_bord(omgeving: Omgeving) -> tuple[list[str], bool]:
    """Geef welke tellingen niet kloppen, en of er dossiers nog niet op het bord staan."""
    with omgeving.magazijn.ruimte() as ruimte:
        verschil = ruimte.telverschil()
        afwijkingen = [
            f"{' '.join(map(str, filter(None, cel)))}: {staat} in plaats van {moet}"
            for cel, (staat, moet) in verschil.items()
        ]
        return afwijkingen, bool(ruimte.zonder_mijlpaal(1))


def herstel_bord(omgeving: Omgeving) -> Bordverslag:
    """Zet elk dossier op het bord, in porties, en tel dan alles opnieuw."""
    verslag, kader, laatste = Bordverslag(), Kader(), None
    while (laatste := vul_bord(omgeving, kader, verslag, na=laatste)) is not None:
        pass  # elke portie begint na de vorige: wat niet ging, komt deze keer niet nog eens
    with omgeving.magazijn.ruimte() as ruimte:
        verslag.cellen = ruimte.hertel()
    return verslag


def zorg_voor_het_bord(omgeving: Omgeving) -> None:
    """Bij het starten: herstel het bord als er dossiers van voor het bord zijn; anders kost dit één vraag."""
    with omgeving.magazijn.ruimte() as ruimte:
        ontbreekt = bool(ruimte.zonder_mijlpaal(1))
    if ontbreekt:
        herstel_bord(omgeving)
