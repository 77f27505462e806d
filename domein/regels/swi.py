"""De kwartaallevering aan het CBS (SWI): wie erin staat, welke velden wij hebben, en welke er horen te zijn.

Bron: artikel 39 Wet inburgering 2021, artikel 9.1 en bijlage 7 Regeling inburgering. De vorm die het CBS vraagt is niet
openbaar. Dit is dus niet het formaat van het CBS maar een eigen tabel; de namen komen waar het kan uit het Gemeentelijk
Gegevensmodel (GGM 2.5.1, domein Inburgering). Een veld zonder GGM-naam is van ons.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from domein.begrippen import Doelgroep, Eindegrond, Leerroute
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.regels.planvormen import Kader
from domein.regels.stappen.termijn import inburgeringstermijn
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.regels.termijnen import Termijn, bereken, einde_kwartaal
from domein.stand import Stand, geldende, vouw

_KWARTAAL: Final = re.compile(r"(\d{4})-?[KkQq]([1-4])")
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_EERSTE_JAAR: Final = 2022  # de Wet inburgering 2021 geldt vanaf 1 januari 2022

_BEHANDELD_ALS: Final = {
    Doelgroep.ASIELSTATUSHOUDER: "ASIELSTATUSHOUDER",
    Doelgroep.GEZINSMIGRANT: "GEZINSMIGRANT",
    Doelgroep.OVERIGE_MIGRANT: "OVERIGEMIGRANT",
}
_ROUTE: Final = {Leerroute.B1: "B1_ROUTE", Leerroute.ONDERWIJS: "ONDERWIJSROUTE", Leerroute.Z: "Z_ROUTE"}
# Wie zo eindigde, heeft geen inburgeringsplicht meer; na een verhuizing of een overschreden termijn wel.
_ZONDER_PLICHT: Final = frozenset(Eindegrond) - {Eindegrond.VERHUISD, Eindegrond.TERMIJN_OVERSCHREDEN}


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """Een kwartaal, zoals 2026-K1."""

    jaar: int
    nummer: int

    @property
    def code(self) -> str:
        return f"{self.jaar}-K{self.nummer}"

    @property
    def eerste(self) -> date:
        return date(self.jaar, 3 * self.nummer - 2, 1)

    @property
    def laatste(self) -> date:
        return einde_kwartaal(self.eerste)

    @property
    def volgende(self) -> "Kwartaal":
        return Kwartaal(self.jaar, self.nummer + 1) if self.nummer < 4 else Kwartaal(self.jaar + 1, 1)

    def termijn(self, kader: Kader) -> Termijn:
        """Vier weken na het kwartaal moet de levering er zijn."""
        return bereken("swi-levering", self.laatste, f"kwartaal {self.code}", regels=kader.regeling)


def lees_kwartaal(tekst: str) -> Kwartaal:
    """Lees '2026-K1' of '2026Q1'; OngeldigeGegevens als het geen kwartaal van deze wet is."""
    gelezen = _KWARTAAL.fullmatch(tekst.strip())
    if gelezen is None or int(gelezen[1]) < _EERSTE_JAAR:
        raise OngeldigeGegevens(
            f"'{tekst[:20]}' is geen kwartaal van de Wet inburgering 2021.", "Schrijf bijvoorbeeld 2026-K1."
        )
    return Kwartaal(int(gelezen[1]), int(gelezen[2]))


def kwartaal_van(dag: date) -> Kwartaal:
    return Kwartaal(dag.year, (dag.month - 1) // 3 + 1)


@dataclass(frozen=True, slots=True)
class Geval:
    """Eén dossier zoals het op de laatste dag van het kwartaal was."""

    referentie: str
    stand: Stand
    kader: Kader
    kwartaal: Kwartaal
    startmeting: dict[str, str]
    bsn: str = ""


@dataclass(frozen=True, slots=True)
class Swiveld:
    """Een kolom. `ggm` is het object van het GGM, of 'eigen'; `hoort` zegt wanneer het veld gevuld hoort te zijn."""

    naam: str
    ggm: str
    betekenis: str
    waarde: Callable[[Geval], object]
    hoort: Callable[[Geval], bool] = lambda _geval: False
    wanneer: str = ""


def _altijd(_geval: Geval) -> bool:
    return True


def _met_pip(geval: Geval) -> bool:
    return bool(geval.stand.pips)


def _asiel_met_les(geval: Geval) -> bool:
    return geval.stand.is_asiel and geval.stand.eerste_les_op is not None


def _na_intake(geval: Geval) -> bool:
    return geval.stand.intake_op is not None and not geval.stand.intake_ambtshalve


def _geen_plicht(geval: Geval) -> bool:
    return geval.stand.einde is not None and geval.stand.einde.grond in _ZONDER_PLICHT


def _termijn(geval: Geval) -> Termijn | None:
    return inburgeringstermijn(geval.stand, geval.kader)


def _verzuim(geval: Geval, soort: str) -> int | None:
    opgaven = [uren for uren in geval.stand.uren if uren.soort == "cursus"]
    return sum(getattr(uren, soort) for uren in opgaven) if opgaven else None


def _peildatum_uren(geval: Geval) -> date | None:
    return max((uren.op for uren in geval.stand.uren), default=None)


def _intensiteit(geval: Geval) -> int | None:
    return geval.stand.pip.uren_per_week if geval.stand.pip else None


def _a2(geval: Geval) -> str:
    onderdelen = geval.stand.pip.a2_onderdelen if geval.stand.pip else ()
    return " ".join(sorted(onderdeel.value for onderdeel in onderdelen))


def _gehaald(geval: Geval) -> str:
    return " ".join(sorted({e.onderdeel.value for e in geval.stand.examens.values() if e.gehaald}))


_PLICHT, _TERMIJN, _PIP, _ROUTE_, _DEEL, _AANBOD, _UREN, _EIGEN = (
    "Inburgeringsplicht", "Inburgeringstermijn", "PIP", "Leerroute", "PVT / MAP", "InburgeringsAanbod", "Uren", "eigen",
)  # fmt: skip

VELDEN: Final[tuple[Swiveld, ...]] = (
    Swiveld("Kwartaal", _EIGEN, "het kwartaal", lambda g: g.kwartaal.code, _altijd, "altijd"),
    Swiveld("Gemeentecode", _EIGEN, "de gemeente op de peildatum", lambda g: g.stand.gemeente, _altijd, "altijd"),
    Swiveld("Referentie", _EIGEN, "de referentie van het dossier", lambda g: g.referentie, _altijd, "altijd"),
    Swiveld("Burgerservicenummer", _EIGEN, "alleen met --met-bsn", lambda g: g.bsn),
    Swiveld("IndicatorInburgeringsplicht", _PLICHT, "J of N op de peildatum", lambda g: "N" if _geen_plicht(g) else "J",
            _altijd, "altijd"),
    Swiveld("DatumStart", _PLICHT, "dag van de kennisgeving", lambda g: g.stand.kennisgeving_op, _altijd, "altijd"),
    Swiveld("DatumEind", _PLICHT, "dag waarop de plicht eindigde",
            lambda g: g.stand.einde.op if g.stand.einde and _geen_plicht(g) else None, _geen_plicht, "zonder plicht"),
    Swiveld("RedenGeenInburgeringsplicht", _PLICHT, "waarom er geen plicht meer is",
            lambda g: g.stand.einde.grond.value if g.stand.einde and _geen_plicht(g) else "", _geen_plicht,
            "zonder plicht"),
    Swiveld("WordtBehandeldAls", _PLICHT, "de doelgroep",
            lambda g: _BEHANDELD_ALS[g.stand.doelgroep] if g.stand.doelgroep else "", _altijd, "altijd"),
    Swiveld("UitkomstLeerbaarheidstoets", _PLICHT, "het advies van de toets",
            lambda g: _ROUTE.get(g.stand.advies, ""), _na_intake, "na een gehouden intake"),
    Swiveld("EindeTraject", _EIGEN, "waardoor het traject bij deze gemeente eindigde",
            lambda g: g.stand.einde.grond.value if g.stand.einde else ""),
    Swiveld("DatumBredeIntake", _EIGEN, "dag van de brede intake", lambda g: g.stand.intake_op, _met_pip,
            "met een PIP"),
    Swiveld("AantalOproepen", _EIGEN, "oproepen voor de intake", lambda g: len(g.stand.oproepen)),
    Swiveld("OpleidingBijStart", _EIGEN, "hoogste opleiding bij het begin",
            lambda g: g.startmeting.get("opleiding", ""), _na_intake, "na een gehouden intake"),
    Swiveld("WerkervaringBijStart", _EIGEN, "jaren werkervaring bij het begin",
            lambda g: g.startmeting.get("werkervaring_jaren", ""), _na_intake, "na een gehouden intake"),
    Swiveld("TaalniveauBijStart", _EIGEN, "niveau van het Nederlands bij het begin",
            lambda g: g.startmeting.get("taalniveau", ""), _na_intake, "na een gehouden intake"),
    Swiveld("DatumAanvangInburgeringstermijn", _TERMIJN, "de dag na de dagtekening van het eerste PIP",
            lambda g: date.fromordinal(g.stand.pips[0].dagtekening.toordinal() + 1) if g.stand.pips else None, _met_pip,
            "met een PIP"),
    Swiveld("DatumEindeInburgeringstermijn", _TERMIJN, "de laatste dag van de termijn",
            lambda g: t.einde if (t := _termijn(g)) else None, _met_pip, "met een PIP"),
    Swiveld("DagtekeningInitielePIP", _PIP, "dagtekening van het eerste PIP",
            lambda g: g.stand.pips[0].dagtekening if g.stand.pips else None, _met_pip, "met een PIP"),
    Swiveld("DagtekeningPIP", _PIP, "dagtekening van het geldende PIP",
            lambda g: g.stand.pip.dagtekening if g.stand.pip else None, _met_pip, "met een PIP"),
    Swiveld("LeerrouteType", _ROUTE_, "de leerroute van het geldende PIP", lambda g: _ROUTE.get(g.stand.leerroute, ""),
            _met_pip, "met een PIP"),
    Swiveld("GeschatteIntensiteitB1Route", _ROUTE_, "uren per week in het PIP; bij ons bij elke leerroute",
            _intensiteit, lambda g: _met_pip(g) and g.stand.is_asiel, "asielstatushouder met een PIP"),
    Swiveld("IndicatorToestemmingExamenA2", _ROUTE_, "J als onderdelen zijn afgeschaald",
            lambda g: "J" if _a2(g) else "N", _met_pip, "met een PIP"),
    Swiveld("OnderdelenA2", _EIGEN, "welke onderdelen op A2 mogen", _a2),
    Swiveld("DatumOndertekeningPVT", _DEEL, "dag waarop het PVT is ondertekend", lambda g: g.stand.pvt_op),
    Swiveld("DatumEindgesprekMAP", _DEEL, "dag van het eindgesprek van de MAP", lambda g: g.stand.map_op),
    Swiveld("UrenMAP", _EIGEN, "uren praktijk in de MAP", lambda g: g.stand.map_uren or None,
            lambda g: g.stand.map_op is not None, "na de MAP"),
    Swiveld("AantalVoortgangsgesprekken", _EIGEN, "gevoerde gesprekken",
            lambda g: sum(gesprek.gevoerd for gesprek in g.stand.gesprekken.values())),
    Swiveld("DatumInburgeringsAanbod", _AANBOD, "dag van het eerste aanbod", lambda g: g.stand.aanbod_op,
            _asiel_met_les, "asielstatushouder met les"),
    Swiveld("DatumAanvangCursus", _EIGEN, "eerste lesdag; bij de onderwijsroute DatumAanvangTaalschakelTraject",
            lambda g: g.stand.eerste_les_op),
    Swiveld("DatumEindeCursus", _AANBOD, "dag waarop de lessen klaar waren", lambda g: g.stand.les_klaar_op),
    Swiveld("GevolgdeUrenKNMenTaalles", _UREN, "gevolgde uren les", lambda g: cursusuren(g.stand)),
    Swiveld("UrenGeoorloofdVerzuim", _UREN, "uren geoorloofd verzuim", lambda g: _verzuim(g, "geoorloofd")),
    Swiveld("UrenOngeoorloofdVerzuim", _UREN, "uren ongeoorloofd verzuim", lambda g: _verzuim(g, "ongeoorloofd")),
    Swiveld("GevolgdeUrenParticipatie", _UREN, "uren participatie, met PVT en MAP",
            lambda g: participatie_uren(g.stand, g.kader) if g.stand.leerroute is Leerroute.Z else None),
    Swiveld("DatumTotPeildatum", _UREN, "tot wanneer uren zijn opgegeven", _peildatum_uren,
            lambda g: _verzuim(g, "gevolgd") is not None, "met uren"),
    Swiveld("ExamenonderdelenGehaald", "Examenonderdeel", "onderdelen met een geslaagde uitslag", _gehaald),
    Swiveld("Ontheffing", "Examenonderdeel", "onderdelen waarvan DUO vrijstelde of onthief",
            lambda g: " ".join(sorted(o.value for o in g.stand.vrij_van))),
    Swiveld("AantalVerlengingen", "Verlengingsgrond / Aanvraag", "besluiten van DUO over verlenging",
            lambda g: g.stand.verlengingen),
    Swiveld("DatumStartMaatschappelijkeBegeleiding", _EIGEN, "begin van de begeleiding",
            lambda g: g.stand.begeleiding_op),
    Swiveld("DatumStartOntzorgen", _EIGEN, "dag waarop het ontzorgen is ingericht",
            lambda g: g.stand.ontzorgen_ingericht_op),
)  # fmt: skip


def zoals_op(gebeurtenissen: Sequence[Gebeurtenis], peildatum: date) -> tuple[Gebeurtenis, ...]:
    """Geef wat op de peildatum gold, met wat wij nu weten: een doorhaling of verbetering van later telt mee."""
    return tuple(g for g in geldende(gebeurtenissen) if g.geldig_op <= peildatum)


def hoort_erin(stand: Stand, kwartaal: Kwartaal) -> bool:
    """Zeg of dit dossier in de levering hoort: er is een kennisgeving, en het traject liep in dit kwartaal nog."""
    if stand.kennisgeving_op is None or stand.kennisgeving_op > kwartaal.laatste:
        return False
    if stand.einde is None:
        return True
    return stand.einde.grond is not Eindegrond.INGETROKKEN and stand.einde.op >= kwartaal.eerste


def startmeting_uit(gebeurtenissen: Sequence[Gebeurtenis]) -> dict[str, str]:
    """Geef opleiding, werkervaring en taalniveau bij het begin, uit de intake of de startmeting erna."""
    uit: dict[str, str] = {}
    for g in gebeurtenissen:
        if g.soort in ("intake_gehouden", "startmeting_vastgelegd"):
            for naam in ("opleiding", "werkervaring_jaren", "taalniveau"):
                waarde = getattr(g.gegevens, naam, None)
                if waarde is not None:
                    uit[naam] = str(getattr(waarde, "value", waarde))
    return uit


def maak_geval(
    referentie: str, gebeurtenissen: Sequence[Gebeurtenis], kader: Kader, kwartaal: Kwartaal, bsn: str = ""
) -> Geval:
    toen = zoals_op(gebeurtenissen, kwartaal.laatste)
    return Geval(referentie, vouw(toen), kader, kwartaal, startmeting_uit(toen), bsn)


def rij(geval: Geval) -> dict[str, str]:
    """Geef de rij als tekst: datums in ISO-vorm, leeg wat er niet is."""
    return {veld.naam: _tekst(veld.waarde(geval)) for veld in VELDEN}


def ontbrekend(geval: Geval) -> tuple[str, ...]:
    """Geef de velden die gevuld horen te zijn en het niet zijn."""
    return tuple(veld.naam for veld in VELDEN if veld.hoort(geval) and not _tekst(veld.waarde(geval)))


def _tekst(waarde: object) -> str:
    match waarde:
        case None:
            return ""
        case datetime():
            return waarde.astimezone(_AMSTERDAM).date().isoformat()
        case date():
            return waarde.isoformat()
        case _:
            return str(waarde)
