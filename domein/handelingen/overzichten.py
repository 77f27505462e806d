"""De overzichten klaarzetten: een dagbericht, een weekbericht en een maandmemo.

Elke ontvanger heeft zijn eigen transactie, en elk bericht een sleutel van ontvanger en periode: twee keer doen geeft
er een. Staat er niets in, dan gaat er niets. Op een dag dat het kantoor van de ontvanger dicht is, of dat hij er niet
is, gaat er ook niets; wat nieuw was, staat dan in het volgende.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from domein.begrippen import Rol, Stapstatus
from domein.fouten import GeenUitvoerder, OngeldigeGegevens
from domein.handelingen.bericht import (
    DAGBERICHT,
    GEEFT_EEN_TAAK,
    HERINNERING,
    MAANDMEMO,
    STOND_IN_DAGBERICHT,
    WACHT_OP_DAGBERICHT,
    WEEKBERICHT,
    zet_overzicht_klaar,
)
from domein.handelingen.maandcijfers import cijfers_van
from domein.handelingen.regio import regio_op
from domein.model import Bericht, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.bezetting import kantoorkalender_van
from domein.regels.kalender import Kantoorkalender, maand_en_jaar
from domein.regels.overzichten import Dagindeling, Taakregel, deel_in, is_maanddag, is_weekdag, vorige_maand, weekstand
from domein.regio.model import Regio
from domein.regio.partijen import Medewerker
from domein.regio.soorten import Postwijze

DAGWERK: Final = "overzichten"
VERZENDTIJD: Final = time(7, 30)
TERUGKIJKEN: Final = 31  # dagen waarin naar het vorige dagbericht wordt gezocht
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(slots=True)
class Overzichtverslag:
    """Hoeveel overzichten er op deze dag zijn klaargezet, per soort; `mislukt` noemt de ontvangers."""

    dag: date
    al_gedaan: bool = False
    aantallen: dict[str, int] = field(default_factory=dict[str, int])
    mislukt: list[str] = field(default_factory=list[str])


Maker = Callable[[Ruimte, Omgeving, Regio, Medewerker, date], Bericht | None]


def zet_overzichten_klaar(omgeving: Omgeving, dag: date) -> Overzichtverslag:
    """Zet de overzichten van deze dag klaar; een tweede keer op dezelfde dag doet niets.

    Voor een dag die voorbij is gaat er niets meer: een overzicht van toen klopt nu niet. OngeldigeGegevens voor een dag
    die nog moet komen: die gold anders straks als gedaan (I7).
    """
    verslag = Overzichtverslag(dag)
    if dag > omgeving.klok.vandaag():
        raise OngeldigeGegevens(f"{dag} moet nog komen.", "Kies vandaag of een eerdere dag.")
    if dag < omgeving.klok.vandaag():
        return verslag
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dagwerk_gedaan(DAGWERK, dag):
            verslag.al_gedaan = True
            return verslag
        try:
            regio = regio_op(ruimte, omgeving, dag)
        except GeenUitvoerder:
            return verslag
        kapot = ruimte.onbestelbare_adressen({m.email for m in regio.medewerkers})
    for soort, maak, wie in _werk(regio, dag, kapot):
        try:
            with omgeving.magazijn.ruimte() as ruimte:
                bericht = maak(ruimte, omgeving, regio, wie, dag)
        except Exception:  # één kapot overzicht houdt de andere niet tegen; het verslag noemt wie het miste
            verslag.mislukt.append(wie.code)
            continue
        if bericht is not None:
            verslag.aantallen[soort] = verslag.aantallen.get(soort, 0) + 1
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.doe_dagwerk(DAGWERK, dag, omgeving.klok.nu())
    return verslag


def _werk(regio: Regio, dag: date, kapot: set[str]) -> Iterable[tuple[str, Maker, Medewerker]]:
    for wie in sorted(regio.medewerkers, key=lambda m: m.code):
        kalender = _kalender(regio, wie)
        aanwezig = wie.in_dienst_op(dag) and wie.afwezig_op(dag) is None
        if not aanwezig or not kalender.is_open(dag) or wie.email.lower() in kapot:
            continue
        if wie.post is Postwijze.DAGBERICHT:
            yield DAGBERICHT, _dagbericht, wie
        if Rol.TEAMLEIDER in wie.rollen and is_weekdag(dag, kalender):
            yield WEEKBERICHT, _weekbericht, wie
        if Rol.REGIOCOORDINATOR in wie.rollen and is_maanddag(dag, kalender):
            yield MAANDMEMO, _maandmemo, wie


def _kalender(regio: Regio, wie: Medewerker) -> Kantoorkalender:
    partner = regio.partner(wie.partner)
    return kantoorkalender_van(partner) if partner else Kantoorkalender()


def _zet(
    ruimte: Ruimte, omgeving: Omgeving, soort: str, kenmerk: str, wie: Medewerker, dag: date, gegevens: dict[str, Any]
) -> Bericht | None:
    """Zet het overzicht klaar voor half acht die dag, of voor nu als het later is."""
    # De keuze staat in het regiobestand; een link om haar te veranderen is er niet.
    bericht = zet_overzicht_klaar(
        ruimte, omgeving, soort=soort, kenmerk=kenmerk, ontvanger=wie.code, adres=wie.email,
        gegevens={**gegevens, "afmeldlink": None},
    )  # fmt: skip
    if bericht is not None and bericht.volgende_poging is not None:
        half_acht = datetime.combine(dag, VERZENDTIJD, _AMSTERDAM).astimezone(UTC)
        bericht.volgende_poging = max(bericht.volgende_poging, half_acht)
    return bericht


def _regel(ruimte: Ruimte, stap: Stap, **rest: Any) -> Taakregel:
    referentie = ruimte.dossier(stap.dossier_id).referentie
    return Taakregel(stap.titel, referentie, stap.streef, stap.uiterst or stap.streef, stap.medewerker or "", **rest)


# het dagbericht


def _dagbericht(ruimte: Ruimte, omgeving: Omgeving, regio: Regio, wie: Medewerker, dag: date) -> Bericht | None:
    taken: list[Taakregel] = []
    gewacht: list[Bericht] = []
    for stap in ruimte.stappen_waar(statussen=[Stapstatus.OPEN], medewerker=wie.code):
        wachtend = _wachtend(ruimte, stap, wie)
        gewacht.extend(wachtend)
        taken.append(
            _regel(
                ruimte, stap, link=omgeving.links.taaklink(stap.id, stap.generatie, wie.code),
                nieuw=any(b.soort in GEEFT_EEN_TAAK for b in wachtend),
                herinnerd=any(b.soort == HERINNERING for b in wachtend),
            )
        )  # fmt: skip
    indeling = deel_in(taken, dag)
    sinds = _vorige(ruimte, regio, wie, dag)
    klaar = ruimte.stappen_waar(statussen=[Stapstatus.KLAAR], medewerker=wie.code, afgerond_vanaf=sinds)
    if indeling.leeg and not klaar:
        return None
    gegevens: dict[str, Any] = {naam: [asdict(rij) for rij in rijen] for naam, rijen in _vakken(indeling)}
    gegevens |= {
        "dag": dag,
        "beantwoord": [asdict(_regel(ruimte, stap)) for stap in klaar],
        "werklink": omgeving.links.werklink(wie.code),
    }
    bericht = _zet(ruimte, omgeving, DAGBERICHT, dag.isoformat(), wie, dag, gegevens)
    if bericht is not None:
        for rij in gewacht:
            rij.fout_code = STOND_IN_DAGBERICHT
            ruimte.bewaar(rij)
    return bericht


def _vakken(indeling: Dagindeling) -> Iterable[tuple[str, tuple[Taakregel, ...]]]:
    yield "te_laat", indeling.te_laat
    yield "vandaag", indeling.vandaag
    yield "nieuw", indeling.nieuw
    yield "binnenkort", indeling.binnenkort


def _wachtend(ruimte: Ruimte, stap: Stap, wie: Medewerker) -> list[Bericht]:
    """Wat over deze stap in een dagbericht moet en er nog niet in stond."""
    return [
        bericht
        for bericht in ruimte.berichten(stap_id=stap.id)
        if bericht.fout_code == WACHT_OP_DAGBERICHT
        and bericht.ontvanger_code == wie.code
        and bericht.generatie == stap.generatie
    ]


def _vorige(ruimte: Ruimte, regio: Regio, wie: Medewerker, dag: date) -> datetime:
    """Het moment van het vorige dagbericht; was er lang geen, dan half acht op de vorige werkdag."""
    for terug in range(1, TERUGKIJKEN + 1):
        eerder = ruimte.bericht_met_sleutel(f"{DAGBERICHT}:{dag - timedelta(days=terug)}:{wie.code}")
        if eerder is not None:
            return eerder.aangemaakt_op
    vorige = _kalender(regio, wie).tel_werkdagen(dag, -1)
    return datetime.combine(vorige, VERZENDTIJD, _AMSTERDAM).astimezone(UTC)


# het weekbericht


def _weekbericht(ruimte: Ruimte, omgeving: Omgeving, regio: Regio, wie: Medewerker, dag: date) -> Bericht | None:
    team = [m for m in regio.medewerkers_van(wie.partner) if wie.team is None or m.team == wie.team]
    codes = sorted(m.code for m in team if m.in_dienst_op(dag))
    taken = [
        _regel(ruimte, stap)
        for code in codes
        for stap in ruimte.stappen_waar(statussen=[Stapstatus.OPEN], medewerker=code)
    ]
    week = [dag + timedelta(days=n) for n in range(7 - dag.weekday())]
    weg = [m.code for m in team if any(m.afwezig_op(een) is not None for een in week)]
    stand = weekstand(taken, codes, weg, dag)
    if stand.leeg:
        return None
    jaar, nummer, _ = dag.isocalendar()
    gegevens: dict[str, Any] = {
        "week": nummer, "dag": dag, "aantal_open": stand.aantal_open, "aantal_te_laat": len(stand.te_laat),
        "aantal_deze_week": stand.aantal_deze_week, "collegas": [asdict(c) for c in stand.collegas],
        "te_laat": [asdict(rij) for rij in stand.te_laat], "werklink": omgeving.links.werklink(wie.code),
    }  # fmt: skip
    return _zet(ruimte, omgeving, WEEKBERICHT, f"{jaar}-W{nummer:02}", wie, dag, gegevens)


# de maandmemo


def _maandmemo(ruimte: Ruimte, omgeving: Omgeving, regio: Regio, wie: Medewerker, dag: date) -> Bericht | None:
    eerste, laatste = vorige_maand(dag)
    groepen = cijfers_van(ruimte, regio, eerste, laatste)
    if not groepen:
        return None
    gegevens: dict[str, Any] = {
        "regio": regio.naam,
        "maand": maand_en_jaar(eerste),
        "groepen": [
            {"titel": groep.titel, "rijen": [{"naam": naam, "aantal": aantal} for naam, aantal in groep.rijen]}
            for groep in groepen
        ],
        "let_op": [],
    }
    return _zet(ruimte, omgeving, MAANDMEMO, f"{eerste:%Y-%m}", wie, dag, gegevens)
