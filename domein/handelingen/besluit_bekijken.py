"""Besluiten bekijken in het portaal: de stapels van wie is aangemeld, en één besluit met wie er kan tekenen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Besluitsoort, Rol, Stapstatus
from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.handelingen.besluit_inzien import OnbekendBesluit, besluit_rij, besluit_toon
from domein.handelingen.besluitteksten import lees_tekst
from domein.handelingen.kern import kader
from domein.handelingen.logboek import Inzicht
from domein.handelingen.papier_inzien import papier_rijen
from domein.handelingen.regio import regio_op
from domein.handelingen.toegang import toegangen_in
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regels.besluitgang import VORMEN, Handeling, bevoegdheid, mag, niet_zelf
from domein.regels.besluitstapel import Stapel, papierstapel, stapel_van
from domein.regels.papierbesluit import Bestrijdbaar, te_bestrijden
from domein.regels.toegang import Besluitinzage, Kijker, Toegang, besluitinzage, leest_na
from domein.regels.uitkomsten import stapvorm, uitkomsten_voor
from domein.regels.uitkomstvormen import Uitkomst
from domein.regio.model import Regio
from domein.stand import Besluit, Stand, geldende, vouw

Rij = dict[str, Any]
BLAD: Final = 25  # zo veel dossiers staan er hoogstens op een blad
_GREEP: Final = 4 * BLAD
_BEZIG: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)


@dataclass(slots=True)
class Stapels:
    """De besluiten die iemand mag zien, per stapel; `verder` is waar het volgende blad begint, None bij het laatste."""

    rijen: dict[Stapel, list[Rij]] = field(default_factory=dict[Stapel, list[Rij]])
    verder: int | None = None
    dossiers: int = 0
    nagelezen: list[Inzicht] = field(default_factory=list[Inzicht])  # alleen om te lezen: hoort in het logboek


def besluitstapels(omgeving: Omgeving, wie: Kijker, *, ook_afgerond: bool = False, begin: int = 0) -> Stapels:
    """Leg de besluiten die deze persoon mag zien op hun stapel; eerst wat op iemand wacht, dan de jongste termijn.

    Wat is afgerond, komt alleen mee als erom is gevraagd. Een geëindigd dossier telt gewoon mee: zolang bezwaar kan,
    staat het bij de bezwaartermijn, en daarna bij wat is afgerond.
    """
    uit = Stapels()
    with omgeving.magazijn.ruimte() as ruimte:
        for plaats, inzicht, vooruit in _te_gaan(
            ruimte, omgeving, wie, None if ook_afgerond else omgeving.klok.vandaag(), begin
        ):
            if uit.dossiers == BLAD:
                uit.verder = plaats
                return uit
            if vooruit:
                ruimte.lees_vooruit(vooruit)
            _leg_neer(uit, ruimte, omgeving, inzicht)
    return uit


def _te_gaan(
    ruimte: Ruimte, omgeving: Omgeving, wie: Kijker, vanaf: date | None, begin: int
) -> Iterator[tuple[int, Inzicht, Sequence[UUID]]]:
    """Elk dossier met een besluit dat deze persoon mag zien, met zijn plaats; om de zoveel ook wie er dan volgen.

    Eerst de toegang, dan pas de inhoud: wat iemand niet mag zien, wordt voor hem niet gelezen.
    """
    while greep := ruimte.besluitdossiers(vanaf, sla_over=begin, grens=_GREEP):
        plaatsen = {dossier_id: begin + plek for plek, dossier_id in enumerate(greep)}
        mag = [
            Inzicht(dossier, toegang)
            for dossier, toegang in toegangen_in(ruimte, omgeving, wie, greep).values()
            if besluitinzage(toegang) is not Besluitinzage.GEEN and toegang is not None
        ]
        for plek, inzicht in enumerate(mag):
            vooruit = [een.dossier.id for een in mag[plek : plek + BLAD]] if plek % BLAD == 0 else ()
            yield plaatsen[inzicht.dossier.id], inzicht, vooruit
        begin += len(greep)


def _leg_neer(uit: Stapels, ruimte: Ruimte, omgeving: Omgeving, inzicht: Inzicht) -> None:
    dossier, toegang = inzicht.dossier, inzicht.toegang
    try:
        rijen = _rijen(ruimte, omgeving, dossier, omgeving.klok.vandaag())
    except PersoonGewist:
        return
    uit.dossiers += 1
    if leest_na(toegang):
        uit.nagelezen.append(Inzicht(dossier, toegang))
    for rij in _te_lezen(rijen, toegang):
        uit.rijen.setdefault(rij["stapel"], []).append(rij | {"dossier_id": dossier.id})


def _te_lezen(rijen: Sequence[Rij], toegang: Toegang) -> Sequence[Rij]:
    """Wie alleen naleest, ziet wat is genomen: een concept is nog van wie het voorbereidt (Awb 10:3)."""
    return [rij for rij in rijen if rij["dagtekening"] is not None] if leest_na(toegang) else rijen


def _rijen(ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, vandaag: date) -> list[Rij]:
    """Eerst wat op papier is genomen, dan wat een concept heeft; elk met zijn stapel."""
    gelden = geldende(ruimte.gebeurtenissen(dossier.id))
    stand, titels = vouw(gelden), _titels(ruimte, dossier.id)
    uit = [
        rij | {
            "stapel": papierstapel(rij["bezwaar_tot"], vandaag), "gemeente": dossier.gemeente,
            "titel": titels.get(rij["stap"], rij["stap"]),
        }
        for rij in papier_rijen(ruimte, omgeving, dossier, stand, gelden)
    ]  # fmt: skip
    for besluit in stand.besluiten.values():
        rij = besluit_rij(besluit, dossier, stand)
        stapel = stapel_van(besluit, rij["bezwaar_tot"], vandaag, asiel=stand.is_asiel)
        titel = titels.get(rij["stap"], rij["stap"])
        uit.append(rij | {"stapel": stapel, "gemeente": dossier.gemeente, "titel": titel})
    return uit


def _titels(ruimte: Ruimte, dossier_id: UUID) -> Mapping[str, str]:
    return {stap.kenmerk: stap.titel for stap in ruimte.stappen(dossier_id)}


def _opent_op(ruimte: Ruimte, dossier_id: UUID, kenmerk: str) -> date | None:
    """Wanneer de stap opent waar een besluit bij hoort; None als zij al open is of was."""
    stappen = (stap for stap in ruimte.stappen(dossier_id) if stap.kenmerk == kenmerk)
    return next((stap.start for stap in stappen if stap.status is Stapstatus.GEPLAND), None)


@dataclass(frozen=True, slots=True)
class Begin:
    """Een stap die op een besluit wacht, en wat het kan worden."""

    kenmerk: str
    titel: str
    keuzes: tuple[tuple[Besluitsoort, Uitkomst], ...]


def besluiten_van(omgeving: Omgeving, inzicht: Inzicht) -> list[Rij]:
    """De besluiten in één dossier, op nummer."""
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier(inzicht.dossier.id)
        return list(_te_lezen(_rijen(ruimte, omgeving, dossier, omgeving.klok.vandaag()), inzicht.toegang))


def bestrijdbaar_in(omgeving: Omgeving, inzicht: Inzicht) -> list[Bestrijdbaar]:
    """Waartegen in dit dossier nog geen bezwaar is gemaakt en dat wel kan of kon."""
    with omgeving.magazijn.ruimte() as ruimte:
        return te_bestrijden(vouw(ruimte.gebeurtenissen(inzicht.dossier.id)), kader())


def conceptvorm(uitkomst: Uitkomst) -> Uitkomst:
    """De vragen van een concept: de dagtekening en de bekendmaking volgen later (Awb 3:41)."""
    velden = tuple(veld for veld in uitkomst.velden if veld.naam != "bekendgemaakt_op")
    return replace(uitkomst, datumlabel="", uitleg="", velden=velden)


def te_beginnen(omgeving: Omgeving, inzicht: Inzicht) -> list[Begin]:
    """De stappen die op een besluit wachten en waarvoor nog geen concept loopt."""
    uit: list[Begin] = []
    with omgeving.magazijn.ruimte() as ruimte:
        stand = vouw(ruimte.gebeurtenissen(inzicht.dossier.id))
        bezet = {b.stap for b in stand.besluiten.values() if mag(b, Handeling.ONDERTEKEN)}
        for stap in ruimte.stappen(inzicht.dossier.id):
            if stap.status not in _BEZIG or not stap.besluit or stap.kenmerk in bezet:
                continue
            vorm = stapvorm(stap.kenmerk)
            keuzes = [(VORMEN.get((vorm, u.soort)), u) for u in uitkomsten_voor(stap.kenmerk)]
            gewoon = tuple((soort, conceptvorm(u)) for soort, u in keuzes if soort is not None)
            if gewoon:
                uit.append(Begin(stap.kenmerk, stap.titel, gewoon))
    return uit


@dataclass(frozen=True, slots=True)
class Tekenaar:
    """Iemand met een mandaat van deze gemeente: waarop hij tekent, of waarom hij dat nu niet kan."""

    code: str
    naam: str
    mandaat: str = ""
    bron: str = ""
    beperking: str = ""
    waarom_niet: str = ""


@dataclass(frozen=True, slots=True)
class Besluitbeeld:
    """Eén besluit zoals deze persoon het mag zien. Zonder inhoud geen gronden, adviezen of tekst."""

    rij: Mapping[str, Any]
    stapel: Stapel
    inhoud: bool
    tekst: str
    tekstfout: str
    tekenaars: Sequence[Tekenaar]
    kan: frozenset[Handeling]

    @property
    def nummer(self) -> int:
        return self.rij["nummer"]


def bekijk_papier(omgeving: Omgeving, inzicht: Inzicht, sleutel: str) -> tuple[Rij, bool]:
    """Geef een besluit dat op papier is genomen, en of de inhoud erbij staat; OnbekendBesluit als het er niet is."""
    inzage = besluitinzage(inzicht.toegang)
    if inzage is Besluitinzage.GEEN:
        raise OnbekendBesluit("Dit besluit is er niet.", "Kijk de referentie na.")
    rij = besluit_toon(omgeving, inzicht.dossier.referentie, sleutel)
    with omgeving.magazijn.ruimte() as ruimte:
        rij["titel"] = _titels(ruimte, inzicht.dossier.id).get(rij["stap"], rij["stap"])
    inhoud = inzage is Besluitinzage.INHOUD
    return (rij if inhoud else _zonder_inhoud(rij)), inhoud


def bekijk_besluit(omgeving: Omgeving, inzicht: Inzicht, nummer: int) -> Besluitbeeld:
    """Geef het besluit met zijn verloop; OnbekendBesluit als het er niet is, of als iemand er niets van mag zien."""
    inzage = besluitinzage(inzicht.toegang)
    if inzage is Besluitinzage.GEEN:
        raise OnbekendBesluit("Dit besluit is er niet.", "Kijk de referentie na.")
    dossier, vandaag = inzicht.dossier, omgeving.klok.vandaag()
    rij = besluit_toon(omgeving, dossier.referentie, nummer)
    if not _te_lezen([rij], inzicht.toegang):
        raise OnbekendBesluit("Dit besluit is er niet.", "Kijk de referentie na.")
    tekst, tekstfout = "", ""
    with omgeving.magazijn.ruimte() as ruimte:
        stand, regio = vouw(ruimte.gebeurtenissen(dossier.id)), regio_op(ruimte, omgeving, vandaag)
        besluit = stand.besluiten[nummer]
        rij["titel"] = _titels(ruimte, dossier.id).get(besluit.stap, besluit.stap)
        rij["opent_op"] = _opent_op(ruimte, dossier.id, besluit.stap)
        if inzage is Besluitinzage.INHOUD:
            try:
                tekst = lees_tekst(ruimte, dossier.id, nummer, besluit.versie, besluit.hash)
            except OngeldigeGegevens as fout:
                tekstfout = f"{fout.melding} {fout.uitweg}"
        gemeente = stand.gemeente or dossier.gemeente
    stapel = stapel_van(besluit, rij["bezwaar_tot"], vandaag, asiel=stand.is_asiel)
    return Besluitbeeld(
        rij if inzage is Besluitinzage.INHOUD else _zonder_inhoud(rij), stapel, inzage is Besluitinzage.INHOUD,
        tekst, tekstfout, wie_kan_tekenen(regio, stand, besluit, gemeente, vandaag),
        frozenset(h for h in Handeling if mag(besluit, h)),
    )  # fmt: skip


def _zonder_inhoud(rij: Rij) -> Rij:
    verloop = [{**regel, "reden": ""} for regel in rij["verloop"]]
    return {**rij, "besluit": {}, "gronden": [], "adviezen": [], "onderzocht": None, "verloop": verloop}


def wie_kan_tekenen(
    regio: Regio, stand: Stand, besluit: Besluit, gemeente: str, op: date
) -> tuple[Tekenaar, ...]:  # fmt: skip
    """Iedereen met een mandaat van deze gemeente voor besluiten, met het mandaat of waarom het niet kan."""
    bedrag = int(besluit.velden.get("bedrag") or 0)
    uit: list[Tekenaar] = []
    houders = {wie for m in regio.mandaten if m.gemeente == gemeente and m.geldt_op(op) for wie in m.houders}
    for mens in regio.medewerkers:
        if mens.code not in houders or Rol.MANDAATHOUDER not in mens.rollen or not mens.in_dienst_op(op):
            continue
        bevoegd = bevoegdheid(regio, gemeente, besluit.soort, mens.code, op, bedrag)
        naam = mens.naam or mens.code
        if bevoegd.mandaat is None:
            uit.append(Tekenaar(mens.code, naam, waarom_niet=bevoegd.waarom_niet))
            continue
        m = bevoegd.mandaat
        niet = niet_zelf(stand, besluit, m, mens.code)
        uit.append(Tekenaar(mens.code, naam, m.id, m.bron, m.beperking or "", niet))
    return tuple(uit)
