"""Eén tijdlijn van een dossier: wat er gebeurde, wat nu open staat en wat er nog komt, elk met zijn waarom.

Zuiver. Wat doorgehaald of vervangen is, blijft staan en is als zodanig te zien (regel 11). Een regel over iets dat de
kijker niet mag zien, gaat niet mee; wel hoeveel het er zijn.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus, Verificatie
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, Doorgehaald
from domein.regels.termijnen import Termijn, Termijnstaat
from domein.regio.soorten import Gegevensgroep
from domein.stand import geldende

_G: Final = Gegevensgroep
# Waarvan de soort zelf al iets zegt over de persoon: alleen te zien met die groep in de afspraak. Beleid, geen wet.
GROEP: Final[Mapping[str, Gegevensgroep]] = {
    **dict.fromkeys(("uren_gemeld", "voortgang_opgevraagd"), _G.AANWEZIGHEID),
    **dict.fromkeys(
        ("gesprek_gevoerd", "gesprek_niet_verschenen", "niet_verschenen", "participatie_gemist", "examen_gedaan",
         "z_eindgesprek_gevoerd", "certificaat_uitgereikt", "startmeting_vastgelegd"), _G.VOORTGANG,
    ),
    **dict.fromkeys(
        ("bijstand_toegekend", "bijstand_beeindigd", "ontzorgen_ingericht", "ontzorgen_geeindigd",
         "doelgroep_gewijzigd"), _G.DOELGROEP,
    ),
    **dict.fromkeys(
        ("maatwerk_vastgesteld", "maatwerk_beeindigd", "verlengingsgrond_besproken", "termijn_overschreden",
         "ontheven", "vrijgesteld"), _G.MAATREGELEN,
    ),
    # Een partner die les geeft of begeleidt, ziet geen boete die is overwogen en geen geschil met de gemeente.
    **dict.fromkeys(
        ("maatregel_overwogen", "maatregel_gewaarschuwd", "maatregel_voornemen", "maatregel_zienswijze",
         "keren_getoetst", "maatregel_besloten", "maatregel_gestaakt", "boete_elders", "bijstand_verlaagd",
         "bezwaar_ingediend", "bezwaar_verschoonbaar", "bezwaar_zienswijze", "bezwaar_gehoord", "bezwaar_verdaagd",
         "bezwaar_beslist", "bezwaar_ingetrokken", "beroep_ingesteld", "beroep_beslist", "hoger_beroep_ingesteld",
         "hoger_beroep_beslist", "beslistermijn_opgeschort", "beslistermijn_hervat", "voorstel_verdaagd",
         "in_gebreke_gesteld", "dwangsom_vastgesteld"), _G.MAATREGELEN,
    ),
    **dict.fromkeys(("pip_voorstel", "voorstel_afgewezen", "pip_vastgesteld", "advies_gegeven"), _G.PIP),
    **dict.fromkeys(("tolk_nodig", "tolk_geboekt", "tolk_afgezegd"), _G.CONTACT),
}  # fmt: skip


class Regelsoort(StrEnum):
    """Wat een regel is; hij beslist hoe zij eruitziet."""

    GEBEURD = "gebeurd"
    DOORGEHAALD = "doorgehaald"
    VERVANGEN = "vervangen"
    OPEN = "open"
    GEPLAND = "gepland"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Tijdlijnstap:
    """Van een opgeslagen stap wat de tijdlijn toont."""

    kenmerk: str
    titel: str
    status: Stapstatus
    start: date
    streef: date
    uiterst: date | None
    waarom: str
    artikel: str
    partner: str | None = None
    medewerker: str | None = None
    vervallen_waarom: str | None = None
    afgerond_op: datetime | None = None
    run_id: UUID | None = None
    stap_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Tijdlijnregel:
    """Een regel. `dag` is wanneer het gold of de dag die wij nastreven.

    `door` en `reden` zijn van de gebeurtenis; `bij` is bij een gebeurtenis de stap, en bij een stap wie haar heeft.
    """

    soort: Regelsoort
    dag: date
    titel: str
    kenmerk: str = ""
    door: str = ""
    verificatie: Verificatie | None = None
    reden: str = ""
    vastgelegd_op: datetime | None = None
    volgnummer: int | None = None
    bij: str = ""
    uiterst: date | None = None
    waarom: str = ""
    artikel: str = ""
    weg_door: str = ""  # wie haar doorhaalde
    weg_reden: str = ""
    weg_op: datetime | None = None
    run_id: UUID | None = None
    stap_id: UUID | None = None

    @property
    def later_bekend(self) -> bool:
        """Zeg of dit pas na de dag zelf is vastgelegd."""
        return self.vastgelegd_op is not None and self.vastgelegd_op.date() > self.dag


@dataclass(frozen=True, slots=True)
class Termijnbalk:
    """Een termijn om te tekenen: van anker tot einde, met hoe zij er vandaag voor staat."""

    soort: str
    van: date
    tot: date
    staat: Termijnstaat
    uitleg: str
    gehaald_op: date | None = None
    verlengd_van: date | None = None


@dataclass(frozen=True, slots=True)
class Tijdlijn:
    """Het verleden op volgorde van gelden, wat nu open staat, wat nog komt, en wat verviel."""

    gebeurd: tuple[Tijdlijnregel, ...]
    open: tuple[Tijdlijnregel, ...]
    gepland: tuple[Tijdlijnregel, ...]
    vervallen: tuple[Tijdlijnregel, ...]
    termijnen: tuple[Termijnbalk, ...]
    verborgen: int = 0


def maak_tijdlijn(
    gebeurtenissen: Sequence[Gebeurtenis],
    stappen: Iterable[Tijdlijnstap],
    termijnen: Iterable[Termijn],
    vandaag: date,
    groepen: Collection[Gegevensgroep],
    *,
    met_reden: bool,
) -> Tijdlijn:
    """Maak de tijdlijn voor wie deze gegevensgroepen mag zien; vrije woorden alleen met `met_reden`."""
    stappen = tuple(stappen)
    titels = {stap.kenmerk: stap.titel for stap in stappen}
    zichtbaar = [g for g in gebeurtenissen if _mag(g, groepen)]
    gelden = {g.id for g in geldende(gebeurtenissen)}
    door = _doorhalingen(gebeurtenissen, gelden)
    gebeurd = [
        _gebeurd(g, gelden, door.get(g.id), titels.get(g.stap or "", g.stap or ""), met_reden=met_reden)
        for g in sorted(zichtbaar, key=lambda g: (g.geldig_op, g.volgnummer))
        if not isinstance(g.gegevens, Doorgehaald)
    ]
    per: dict[Stapstatus, list[Tijdlijnstap]] = {}
    for stap in sorted(stappen, key=lambda s: (s.streef, s.start, s.kenmerk)):
        per.setdefault(stap.status, []).append(stap)
    return Tijdlijn(
        gebeurd=tuple(gebeurd),
        open=tuple(_stap(s, Regelsoort.OPEN) for s in per.get(Stapstatus.OPEN, [])),
        gepland=tuple(_stap(s, Regelsoort.GEPLAND) for s in per.get(Stapstatus.GEPLAND, [])),
        vervallen=tuple(_stap(s, Regelsoort.VERVALLEN) for s in per.get(Stapstatus.VERVALLEN, [])),
        termijnen=tuple(_balk(t, vandaag) for t in sorted(termijnen, key=lambda t: (t.anker, t.einde))),
        verborgen=len(gebeurtenissen) - len(zichtbaar),
    )


def _mag(g: Gebeurtenis, groepen: Collection[Gegevensgroep]) -> bool:
    groep = GROEP.get(g.soort)
    return groep is None or groep in groepen


def _doorhalingen(alle: Iterable[Gebeurtenis], gelden: Collection[UUID]) -> Mapping[UUID, Gebeurtenis]:
    """Per doorgehaalde gebeurtenis de doorhaling die nu geldt."""
    return {g.gegevens.gebeurtenis: g for g in alle if isinstance(g.gegevens, Doorgehaald) and g.id in gelden}


def _gebeurd(
    g: Gebeurtenis, gelden: Collection[UUID], doorhaling: Gebeurtenis | None, bij_stap: str, *, met_reden: bool
) -> Tijdlijnregel:
    if doorhaling is not None:
        soort = Regelsoort.DOORGEHAALD
    else:
        soort = Regelsoort.GEBEURD if g.id in gelden else Regelsoort.VERVANGEN
    return Tijdlijnregel(
        soort=soort, dag=g.geldig_op, titel=SOORTEN[g.soort].label, kenmerk=g.stap or "", bij=bij_stap,
        door=g.actor.code, verificatie=g.actor.verificatie,
        reden=g.reden if met_reden else "", vastgelegd_op=g.vastgelegd_op,
        volgnummer=g.volgnummer,
        weg_door=doorhaling.actor.code if doorhaling else "",
        weg_reden=doorhaling.reden if doorhaling and met_reden else "",
        weg_op=doorhaling.vastgelegd_op if doorhaling else None,
    )  # fmt: skip


def _stap(stap: Tijdlijnstap, soort: Regelsoort) -> Tijdlijnregel:
    return Tijdlijnregel(
        soort=soort, dag=stap.streef, titel=stap.titel, kenmerk=stap.kenmerk,
        bij=stap.medewerker or stap.partner or "", uiterst=stap.uiterst,
        waarom=(stap.vervallen_waarom or "") if soort is Regelsoort.VERVALLEN else stap.waarom,
        artikel=stap.artikel, vastgelegd_op=stap.afgerond_op, run_id=stap.run_id, stap_id=stap.stap_id,
    )  # fmt: skip


def _balk(termijn: Termijn, vandaag: date) -> Termijnbalk:
    # Een venster (achteruit) begint waar de wet het zegt en loopt tot zijn anker; de andere lopen vooruit.
    van, tot = sorted((termijn.anker, termijn.einde))
    return Termijnbalk(
        termijn.soort, van, tot, termijn.staat(vandaag), termijn.waarom, termijn.gehaald_op, termijn.verlengd_van
    )
