"""Een besluit van concept tot bekendmaking: elke handeling met wie haar mag doen en of zij nu kan (regel 15).

De tabel met wat kan staat in `regels/besluitgang.py`; hier staat wie het doet, wat er wordt vastgelegd en in welke
volgorde. Prefect heeft geen deur hierheen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domein.begrippen import Besluitsoort, Stapstatus
from domein.fouten import GeenBevoegdheid, InTussenGewijzigd, OngeldigeGegevens, OvergangNietToegestaan, RedenNodig
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Actor, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import NAAR_NAAM, lees
from domein.handelingen.besluitteksten import (
    bevoegd_orgaan,
    eerste_tekst,
    eis_rechtsmiddel,
    eis_tekst,
    getekende_tekst,
    hash_van,
    lees_tekst,
)
from domein.handelingen.bevoegdheid import eis_medewerker, partners_voor
from domein.handelingen.gevolgen import leg_vast_met_gevolgen
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import VORMEN, Handeling, bevoegdheid, mag, niet_zelf, open_gronden, toestand
from domein.regels.nummeren import nummer_voor
from domein.regels.planning import plan
from domein.regels.toets_uitkomst import toets
from domein.regels.uitkomsten import stapvorm, vul_aan
from domein.regio.afspraken import Mandaat
from domein.regio.model import Regio
from domein.stand import Besluit, Stand, vouw

Tekst = tuple[int, int, str]  # besluit, versie, tekst


@dataclass(slots=True)
class _Werk:
    ruimte: Ruimte
    omgeving: Omgeving
    dossier_id: UUID
    regio: Regio
    stand: Stand
    actor: Actor
    vandaag: date  # de dag waarop de handeling geldt: vandaag, of een eerdere die nu wordt vastgelegd

    @property
    def gemeente(self) -> str:
        return self.stand.gemeente or self.ruimte.dossier(self.dossier_id).gemeente

    def stap(self, kenmerk: str) -> Stap:
        stap = next((s_ for s_ in self.ruimte.stappen(self.dossier_id) if s_.kenmerk == kenmerk), None)
        if stap is None or stap.status not in (Stapstatus.GEPLAND, Stapstatus.OPEN):
            raise OngeldigeGegevens(
                f"Er is geen stap '{kenmerk[:60]}' die op een besluit wacht.", "Kijk met 'regie stap lijst --dossier'."
            )
        return stap

    def besluit(self, nummer: int, handeling: Handeling) -> Besluit:
        """Het besluit, als deze handeling nu kan; OvergangNietToegestaan als het daar te vroeg of te laat voor is."""
        besluit = self.stand.besluiten.get(nummer)
        if besluit is None:
            raise OngeldigeGegevens(f"Er is geen besluit {nummer}.", "Kijk met 'regie besluit lijst'.")
        if not mag(besluit, handeling):
            raise OvergangNietToegestaan(
                f"Besluit {nummer} is {toestand(besluit).value}; '{handeling.value}' kan dan niet.",
                "Een ondertekend besluit verandert niet meer. Neem zo nodig een nieuw besluit.",
            )
        return besluit

    def feit(self, gegevens: Gegevens, reden: str, *, stap: str | None = None) -> NieuweGebeurtenis:
        return NieuweGebeurtenis(NAAR_NAAM[type(gegevens)], self.vandaag, gegevens, self.actor, reden=reden, stap=stap)


@dataclass(frozen=True, slots=True)
class Vastlegging:
    """Wat een handeling vastlegt: feiten, en teksten voor in de kluis."""

    feiten: Sequence[NieuweGebeurtenis]
    teksten: Sequence[Tekst] = ()


def _doe(
    omgeving: Omgeving,
    dossier_id: UUID,
    actor: Actor,
    maak: Callable[[_Werk], Vastlegging],
    waarom: str,
    *,
    op: date | None,
    proef: bool,
) -> Uitwerking:
    def werk(ruimte: Ruimte) -> Uitwerking:
        vandaag = omgeving.klok.vandaag()
        if op is not None and op > vandaag:
            raise OngeldigeGegevens(
                f"{op} ligt in de toekomst.", f"Vandaag is het {vandaag}; leg vast wat al is gebeurd."
            )
        regio = regio_op(ruimte, omgeving, op or vandaag)
        stand = vouw(ruimte.gebeurtenissen(dossier_id))
        een = maak(_Werk(ruimte, omgeving, dossier_id, regio, stand, actor, op or vandaag))
        if proef:
            gesteld = [hypothese(ruimte, omgeving, dossier_id, nieuw) for nieuw in een.feiten]
            return voorbeeld(ruimte, dossier_id, gesteld)
        for nummer, versie, tekst in een.teksten:
            ruimte.bewaar_besluittekst(dossier_id, nummer, versie, tekst)
        return leg_vast_met_gevolgen(ruimte, omgeving, dossier_id, een.feiten, reden=waarom)

    return in_ruimte(omgeving, werk)


def _eis_opsteller(werk: _Werk) -> None:
    """Een concept, grond of advies komt van de eigen gemeente of van een partner die de afspraken voor haar noemen."""
    wie = eis_medewerker(werk.regio, werk.actor, werk.vandaag)
    if wie.partner not in partners_voor(werk.regio, werk.gemeente, None, werk.vandaag):
        raise GeenBevoegdheid(
            f"'{wie.code}' werkt niet voor {werk.gemeente} of een partner van haar.",
            "Laat iemand het doen die de samenwerkingsafspraken voor deze gemeente noemen.",
        )


def besluitsoort_van(kenmerk: str, uitkomst: str) -> Besluitsoort:
    """Geef welk besluit deze stap met deze uitkomst is; OngeldigeGegevens als daar geen besluit bij hoort."""
    try:
        vorm = stapvorm(kenmerk)
    except KeyError:
        vorm = ""
    soort = VORMEN.get((vorm, uitkomst))
    if soort is None:
        mogelijk = sorted(u for v, u in VORMEN if v == vorm)
        raise OngeldigeGegevens(
            f"Bij de stap '{kenmerk[:60]}' hoort geen besluit '{uitkomst[:40]}'.",
            f"Kies: {', '.join(mogelijk)}." if mogelijk else "Kies een stap met een besluit ('regie stap lijst').",
        )
    return soort


def _lees_gevolg(
    stand: Stand, kenmerk: str, uitkomst: str, velden: Mapping[str, Any], nummer: int, door: str
) -> Gegevens:
    """Lees de velden van het feit dat de ondertekening vastlegt; zo valt een fout al in het concept op."""
    if eigen := sorted({"gronden", "onderzocht", "mandaat", "grondslag"} & velden.keys()):
        raise OngeldigeGegevens(
            f"Bij een concept hoort geen veld '{eigen[0]}': het onderzoek staat per grond, het mandaat volgt later.",
            "Laat het weg, en leg de gronden vast met 'regie besluit grond'.", {eigen[0]: "laat dit weg"},
        )  # fmt: skip
    gewenst = plan(stand, kader()).stap(kenmerk)
    inhoud = gewenst.inhoud if gewenst is not None else ""
    aangevuld = vul_aan(kenmerk, uitkomst, {**velden, "besluit": nummer}, inhoud=inhoud, door=door)
    if "bekendgemaakt_op" in aangevuld:
        raise OngeldigeGegevens(
            "De bekendmaking volgt na de ondertekening.", "Laat bekendgemaakt_op weg; zie 'regie besluit maak-bekend'."
        )
    return lees(uitkomst, aangevuld)


def maak_concept(
    omgeving: Omgeving,
    dossier_id: UUID,
    kenmerk: str,
    uitkomst: str,
    velden: Mapping[str, Any],
    actor: Actor,
    *,
    reden: str = "",
    op: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Begin een besluit: wat het wordt, en een eerste tekst uit het sjabloon. Nog niemand besloot iets."""

    def maak(werk: _Werk) -> Vastlegging:
        _eis_opsteller(werk)
        soort = besluitsoort_van(kenmerk, uitkomst)
        stap = werk.stap(kenmerk)
        lopend = [b.nummer for b in werk.stand.besluiten.values() if b.stap == kenmerk and mag(b, Handeling.ONDERTEKEN)]
        if lopend:
            raise OngeldigeGegevens(
                f"Voor deze stap loopt al concept {lopend[0]}.",
                "Werk dat bij, of trek het in met 'regie besluit trek-in'.",
            )
        nummer = nummer_voor(werk.stand, "besluit_concept") or 1
        gevolg = _lees_gevolg(werk.stand, kenmerk, uitkomst, velden, nummer, actor.code)
        tekst = eerste_tekst(werk.ruimte, omgeving, werk.regio, stap, werk.stand, soort, gevolg)
        concept = s.BesluitConcept(
            nummer=nummer, besluitsoort=soort, voor=kenmerk, uitkomst=uitkomst, velden=dict(velden)
        )
        versie = s.BesluitTekst(nummer=nummer, versie=1, hash=hash_van(tekst))
        return Vastlegging([werk.feit(concept, reden), werk.feit(versie, reden)], [(nummer, 1, tekst)])

    return _doe(omgeving, dossier_id, actor, maak, "Er is een concept van een besluit.", op=op, proef=proef)


def leg_grond_vast(
    omgeving: Omgeving,
    dossier_id: UUID,
    nummer: int,
    grond: str,
    oordeel: str,
    toelichting: str,
    actor: Actor,
    *,
    op: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Leg vast dat een grond is onderzocht en wat bleek (Awb 3:2)."""

    def maak(werk: _Werk) -> Vastlegging:
        _eis_opsteller(werk)
        besluit = werk.besluit(nummer, Handeling.GROND)
        lijst = {g.code: g for g in gronden_voor(besluit.soort, asiel=werk.stand.is_asiel)}
        if grond not in lijst:
            raise OngeldigeGegevens(
                f"'{grond[:40]}' is geen grond van dit besluit.", f"Kies een van: {', '.join(lijst)}.", {"grond": grond}
            )
        if lijst[grond].altijd and oordeel == "niet_van_toepassing":
            raise OngeldigeGegevens(
                f"'{lijst[grond].vraag}' is altijd van toepassing ({lijst[grond].artikel}).",
                "Leg vast wat er is onderzocht.",
            )
        gegevens = lees(
            "besluit_grond", {"nummer": nummer, "grond": grond, "oordeel": oordeel, "toelichting": toelichting}
        )
        return Vastlegging([werk.feit(gegevens, "")])

    return _doe(omgeving, dossier_id, actor, maak, "Een grond is onderzocht.", op=op, proef=proef)


def geef_advies(
    omgeving: Omgeving,
    dossier_id: UUID,
    nummer: int,
    strekking: str,
    toelichting: str,
    actor: Actor,
    *,
    op: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Leg het advies van een partner of collega bij het concept."""

    def maak(werk: _Werk) -> Vastlegging:
        _eis_opsteller(werk)
        werk.besluit(nummer, Handeling.ADVIES)
        gegevens = lees("besluit_advies", {"nummer": nummer, "strekking": strekking, "toelichting": toelichting})
        return Vastlegging([werk.feit(gegevens, "")])

    return _doe(omgeving, dossier_id, actor, maak, "Er is een advies bij een besluit.", op=op, proef=proef)


def schrijf_tekst(
    omgeving: Omgeving,
    dossier_id: UUID,
    nummer: int,
    tekst: str,
    actor: Actor,
    *,
    reden: str = "",
    op: date | None = None,
    proef: bool = False,
    versie: int | None = None,
) -> Uitwerking:
    """Leg een nieuwe versie van de tekst in de kluis; de vorige blijft. Wie schrijft, telt mee als opsteller.

    `versie` is de versie die de schrijver voor zich had; InTussenGewijzigd als een ander er al een nieuwe van maakte.
    """

    def maak(werk: _Werk) -> Vastlegging:
        _eis_opsteller(werk)
        besluit = werk.besluit(nummer, Handeling.TEKST)
        _eis_versie(besluit, versie)
        schoon = eis_tekst(tekst)
        gegevens = s.BesluitTekst(nummer=nummer, versie=besluit.versie + 1, hash=hash_van(schoon))
        return Vastlegging([werk.feit(gegevens, reden)], [(nummer, besluit.versie + 1, schoon)])

    return _doe(omgeving, dossier_id, actor, maak, "De tekst van een besluit is gewijzigd.", op=op, proef=proef)


def onderteken(
    omgeving: Omgeving,
    dossier_id: UUID,
    nummer: int,
    actor: Actor,
    *,
    reden: str = "",
    op: date | None = None,
    proef: bool = False,
    versie: int | None = None,
) -> Uitwerking:
    """Teken namens het bevoegd orgaan: daarmee is het besluit genomen, met vandaag (of `op`) als dagtekening.

    `versie` is de tekst die de tekenaar las; InTussenGewijzigd als zij intussen anders is. GeenBevoegdheid
    buiten het mandaat, of als een ander moet tekenen; OngeldigeGegevens zolang een grond niet is onderzocht, de
    motivering ontbreekt, of het besluit in deze stand niet kan.
    """

    def maak(werk: _Werk) -> Vastlegging:
        besluit = werk.besluit(nummer, Handeling.ONDERTEKEN)
        _eis_versie(besluit, versie)
        stap = werk.stap(besluit.stap)
        mandaat = _eis_bevoegd(werk, besluit)
        if ontbreekt := open_gronden(besluit, asiel=werk.stand.is_asiel):
            raise OngeldigeGegevens(
                f"Nog niet onderzocht: {', '.join(grond.code for grond in ontbreekt)} (artikel 3:2 Awb).",
                "Leg per grond vast wat er is onderzocht met 'regie besluit grond'.",
            )
        gevolg = _lees_gevolg(werk.stand, besluit.stap, besluit.uitkomst, besluit.velden, nummer, actor.code)
        toets(werk.stand, gevolg, werk.vandaag, omgeving.klok.vandaag(), reden, kader())
        concept = lees_tekst(werk.ruimte, dossier_id, nummer, besluit.versie, besluit.hash)
        eis_rechtsmiddel(concept, besluit.soort)
        wie = werk.regio.medewerker(actor.code)
        tekst = getekende_tekst(concept, werk.vandaag, (wie.naam if wie else "") or actor.code)
        ondertekend = s.BesluitOndertekend(
            nummer=nummer, mandaathouder=actor.code, mandaat=mandaat.id, grondslag=mandaat.bron,
            orgaan=bevoegd_orgaan(werk.ruimte, werk.regio, stap, werk.stand, werk.vandaag),
            versie=besluit.versie + 1, hash=hash_van(tekst),
        )  # fmt: skip
        feiten = [werk.feit(ondertekend, reden), werk.feit(gevolg, reden, stap=besluit.stap)]
        return Vastlegging(feiten, [(nummer, besluit.versie + 1, tekst)])

    return _doe(omgeving, dossier_id, actor, maak, "Er is een besluit ondertekend.", op=op, proef=proef)


def _eis_versie(besluit: Besluit, gelezen: int | None) -> None:
    if gelezen is not None and gelezen != besluit.versie:
        raise InTussenGewijzigd(
            f"De tekst van besluit {besluit.nummer} is intussen gewijzigd: er is versie {besluit.versie}.",
            "Lees de nieuwe tekst, en doe het dan opnieuw.",
        )


def _eis_bevoegd(werk: _Werk, besluit: Besluit) -> Mandaat:
    bedrag = int(besluit.velden.get("bedrag") or 0)
    bevoegd = bevoegdheid(werk.regio, werk.gemeente, besluit.soort, werk.actor.code, werk.vandaag, bedrag)
    if bevoegd.mandaat is None:
        raise GeenBevoegdheid(f"Dit besluit valt buiten het mandaat: {bevoegd.waarom_niet}.", bevoegd.uitweg)
    if waarom_niet := niet_zelf(werk.stand, besluit, bevoegd.mandaat, werk.actor.code):
        raise GeenBevoegdheid(
            f"U kunt dit besluit niet tekenen: {waarom_niet}.", "Laat een andere mandaathouder tekenen."
        )
    return bevoegd.mandaat


def trek_in(
    omgeving: Omgeving,
    dossier_id: UUID,
    nummer: int,
    redencode: str,
    actor: Actor,
    reden: str,
    *,
    op: date | None = None,
    proef: bool = False,
) -> Uitwerking:
    """Trek een concept in dat niet doorgaat; een ondertekend besluit nooit."""
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def maak(werk: _Werk) -> Vastlegging:
        _eis_opsteller(werk)
        werk.besluit(nummer, Handeling.TREK_IN)
        gegevens = lees("besluit_ingetrokken", {"nummer": nummer, "redencode": redencode})
        return Vastlegging([werk.feit(gegevens, reden)])

    return _doe(omgeving, dossier_id, actor, maak, "Een concept gaat niet door.", op=op, proef=proef)
