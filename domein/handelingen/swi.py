"""De kwartaallevering aan het CBS maken, en bijhouden dat zij is geleverd en wat het CBS ervan vond (art. 39 Wi).

Elke gemeente levert zelf, of laat een ander voor haar leveren; daarom is er per gemeente een bestand, een regel en een
termijn. Een gemiste levering is te zien als signaal en in `regie dokter`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal, Protocol

from domein.begrippen import Leveringstatus
from domein.fouten import OngeldigeGegevens, OvergangNietToegestaan, PersoonGewist
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import INLEZERS, eis_beheer, eis_melder
from domein.handelingen.kern import in_ruimte, kader
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import meld_signaal
from domein.model import Swilevering
from domein.ports import Omgeving, Ruimte
from domein.regels import swi
from domein.regels.kalender import DAG, datum
from domein.regels.swi import Kwartaal, lees_kwartaal

Rij = dict[str, Any]
SIGNAAL: Final = "swi_levering"
BIJNA: Final = timedelta(days=7)
_NOEM: Final = 5
_KLAAR: Final = (Leveringstatus.GELEVERD, Leveringstatus.AANVAARD)
_OVERGANGEN: Final[Mapping[Leveringstatus, frozenset[Leveringstatus]]] = {
    Leveringstatus.GELEVERD: frozenset({Leveringstatus.GEMAAKT}),
    Leveringstatus.AANVAARD: frozenset({Leveringstatus.GELEVERD}),
    Leveringstatus.AFGEWEZEN: frozenset({Leveringstatus.GELEVERD}),
}


class Bestandschrijver(Protocol):
    """Maakt en bewaart het bestand; geeft de hash van de bytes. Met `proef` alleen de hash."""

    def __call__(
        self, naam: str, kolommen: Sequence[str], rijen: Sequence[Mapping[str, str]], *, proef: bool
    ) -> str: ...


@dataclass(slots=True)
class Gemeentelevering:
    """Wat er voor één gemeente is gemaakt, en hoe volledig het is."""

    gemeente: str
    naam: str
    bestand: str
    rijen: int = 0
    versie: int = 1
    sha256: str = ""
    uiterst: date | None = None
    gevuld: Counter[str] = field(default_factory=Counter[str])
    hoort: Counter[str] = field(default_factory=Counter[str])
    onvolledig: dict[str, list[str]] = field(default_factory=dict[str, list[str]])  # referentie -> lege velden

    def als_rij(self) -> Rij:
        ontbreekt = sum(map(len, self.onvolledig.values()))
        gevraagd = self.hoort.total()
        return {
            "gemeente": self.gemeente, "naam": self.naam, "bestand": self.bestand, "versie": self.versie,
            "rijen": self.rijen, "uiterst": self.uiterst, "sha256": self.sha256, "ontbreekt": ontbreekt,
            "volledig_procent": round(100 * (gevraagd - ontbreekt) / gevraagd, 1) if gevraagd else 100.0,
            "velden": {v.naam: {"gevuld": self.gevuld[v.naam], "hoort": self.hoort[v.naam]} for v in swi.VELDEN},
            "onvolledig": self.onvolledig,
        }  # fmt: skip


def maak(
    omgeving: Omgeving,
    kwartaal: str,
    actor: Actor,
    schrijver: Bestandschrijver,
    *,
    gemeente: str | None = None,
    met_bsn: bool = False,
    proef: bool = False,
) -> Rij:
    """Maak per gemeente het bestand van een afgelopen kwartaal, met wat eraan ontbreekt; leg vast dat het er is."""
    gevraagd = lees_kwartaal(kwartaal)
    vandaag = omgeving.klok.vandaag()
    if vandaag <= gevraagd.laatste:
        raise OngeldigeGegevens(
            f"Kwartaal {gevraagd.code} loopt nog tot en met {datum(gevraagd.laatste)}.",
            "Kies een kwartaal dat voorbij is.",
        )

    def werk(ruimte: Ruimte) -> Rij:
        regio = regio_op(ruimte, omgeving, vandaag)
        gemeenten = _kies(regio.gemeenten, gemeente)
        leveringen: list[Gemeentelevering] = []
        for code in gemeenten:
            eis_melder(regio, code, actor, vandaag, INLEZERS)
        gevallen = _gevallen(ruimte, gevraagd, met_bsn=met_bsn)
        for code in gemeenten:
            levering = _tel(code, regio.gemeentenaam(code), gevallen.get(code, []), gevraagd)
            eerdere = [een for een in ruimte.swileveringen(gevraagd.code) if een.gemeente == code]
            levering.versie = max((een.versie for een in eerdere), default=0) + 1
            rijen = [swi.rij(geval) for geval in gevallen.get(code, [])]
            levering.sha256 = schrijver(levering.bestand, [v.naam for v in swi.VELDEN], rijen, proef=proef)
            if not proef:
                ruimte.bewaar(_vastgelegd(levering, gevraagd, omgeving, actor))
            leveringen.append(levering)
        return {
            "kwartaal": gevraagd.code, "peildatum": gevraagd.laatste, "proef": proef, "met_bsn": met_bsn,
            "geen_formaat_van_het_cbs": True, "gemeenten": [levering.als_rij() for levering in leveringen],
        }  # fmt: skip

    return in_ruimte(omgeving, werk)


def _kies(gemeenten: Sequence[str], gemeente: str | None) -> Sequence[str]:
    if gemeente is None:
        return gemeenten
    if gemeente not in gemeenten:
        raise OngeldigeGegevens(
            f"Gemeente {gemeente[:10]} hoort niet bij deze regio.", f"Kies een van: {', '.join(gemeenten)}."
        )
    return (gemeente,)


def _gevallen(ruimte: Ruimte, kwartaal: Kwartaal, *, met_bsn: bool) -> dict[str, list[swi.Geval]]:
    """Geef per gemeente de dossiers die in de levering horen, zoals zij op de peildatum waren."""
    uit: dict[str, list[swi.Geval]] = {}
    for dossier in ruimte.dossiers():
        try:
            alle = ruimte.gebeurtenissen(dossier.id)
        except PersoonGewist:
            continue  # ingetrokken, of jaren geleden geeindigd
        persoon = ruimte.persoon(dossier.id) if met_bsn else None
        geval = swi.maak_geval(dossier.referentie, alle, kader(), kwartaal, persoon.bsn if persoon else "")
        if swi.hoort_erin(geval.stand, kwartaal):
            uit.setdefault(geval.stand.gemeente or dossier.gemeente, []).append(geval)
    return uit


def _tel(code: str, naam: str, gevallen: Sequence[swi.Geval], kwartaal: Kwartaal) -> Gemeentelevering:
    levering = Gemeentelevering(code, naam, f"swi-{kwartaal.code}-{code}.csv", rijen=len(gevallen))
    levering.uiterst = kwartaal.termijn(kader()).einde
    for geval in gevallen:
        for veld, waarde in swi.rij(geval).items():
            levering.gevuld[veld] += bool(waarde)
        for veld in swi.VELDEN:
            levering.hoort[veld.naam] += veld.hoort(geval)
        if leeg := swi.ontbrekend(geval):
            levering.onvolledig[geval.referentie] = list(leeg)
    return levering


def _vastgelegd(levering: Gemeentelevering, kwartaal: Kwartaal, omgeving: Omgeving, actor: Actor) -> Swilevering:
    rij = levering.als_rij()
    return Swilevering(
        kwartaal=kwartaal.code, gemeente=levering.gemeente, versie=levering.versie,
        uiterst=levering.uiterst or kwartaal.laatste, rijen=levering.rijen, ontbreekt=rij["ontbreekt"],
        sha256=levering.sha256, gemaakt_op=omgeving.klok.nu(), gemaakt_door=actor.code,
        gemaakt_verificatie=actor.verificatie,
    )  # fmt: skip


def leg_vast(omgeving: Omgeving, kwartaal: str, gemeente: str, status: Leveringstatus, op: date, actor: Actor) -> Rij:
    """Leg vast dat de laatste levering van een gemeente is geleverd, of dat het CBS haar aanvaardde of afwees."""
    gevraagd = lees_kwartaal(kwartaal)

    def werk(ruimte: Ruimte) -> Rij:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        (code,) = _kies(regio.gemeenten, gemeente)
        eis_beheer(regio, code, actor, vandaag)
        van_haar = [een for een in ruimte.swileveringen(gevraagd.code) if een.gemeente == code]
        if not van_haar:
            raise OvergangNietToegestaan(
                f"Voor {code} is er over {gevraagd.code} nog niets gemaakt.",
                f"Maak het met 'regie swi maak {gevraagd.code}'.",
            )
        levering = van_haar[-1]
        if levering.status not in _OVERGANGEN[status]:
            raise OvergangNietToegestaan(
                f"Deze levering is {levering.status.value}; zij kan nu niet {status.value} worden.",
                "Kijk met 'regie swi lijst' hoe het ervoor staat.",
            )
        eerste = levering.geleverd_op if status is not Leveringstatus.GELEVERD else gevraagd.laatste + DAG
        if op > vandaag or (eerste is not None and op < eerste):
            raise OngeldigeGegevens(
                f"{datum(op)} kan niet: kies een dag na het kwartaal tot en met {datum(vandaag)}.",
                "Verbeter de datum.",
                {"datum": "past niet"},
            )
        levering.status = status
        if status is Leveringstatus.GELEVERD:
            levering.geleverd_op, levering.geleverd_door = op, actor.code
        else:
            levering.antwoord_op = op
        ruimte.bewaar(levering)
        _werk_signaal_bij(ruimte, omgeving)
        return _rij(levering, vandaag)

    return in_ruimte(omgeving, werk)


def leveringen(omgeving: Omgeving) -> list[Rij]:
    """Geef elke levering die is gemaakt, en elk afgelopen kwartaal waarvan er nog een hoort te komen."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        gemaakt = ruimte.swileveringen()
        rijen = [_rij(levering, vandaag) for levering in gemaakt]
        er_al = {(levering.kwartaal, levering.gemeente) for levering in gemaakt}
        for kwartaal, gemeente in _te_leveren(ruimte, omgeving):
            if (kwartaal.code, gemeente) not in er_al:
                uiterst = kwartaal.termijn(kader()).einde
                rijen.append({
                    "kwartaal": kwartaal.code, "gemeente": gemeente, "versie": None, "status": "te_maken",
                    "uiterst": uiterst, "te_laat": vandaag > uiterst, "rijen": None, "ontbreekt": None,
                    "sha256": "", "gemaakt_op": None, "gemaakt_door": None, "geleverd_op": None, "antwoord_op": None,
                })  # fmt: skip
    return sorted(rijen, key=lambda rij: (rij["kwartaal"], rij["gemeente"], rij["versie"] or 0))


def _rij(levering: Swilevering, vandaag: date) -> Rij:
    gedaan = levering.geleverd_op or vandaag
    return {
        "kwartaal": levering.kwartaal, "gemeente": levering.gemeente, "versie": levering.versie,
        "status": levering.status.value, "uiterst": levering.uiterst, "te_laat": gedaan > levering.uiterst,
        "rijen": levering.rijen, "ontbreekt": levering.ontbreekt, "sha256": levering.sha256,
        "gemaakt_op": levering.gemaakt_op, "gemaakt_door": levering.gemaakt_door, "geleverd_op": levering.geleverd_op,
        "antwoord_op": levering.antwoord_op,
    }  # fmt: skip


def _te_leveren(ruimte: Ruimte, omgeving: Omgeving) -> list[tuple[Kwartaal, str]]:
    """Geef elk kwartaal en elke gemeente waarvan de levering nog moet: vanaf het kwartaal van het eerste dossier."""
    vandaag = omgeving.klok.vandaag()
    begin: dict[str, date] = {}
    for dossier in ruimte.dossiers():
        dag = dossier.aangemaakt_op.date()
        begin[dossier.gemeente] = min(begin.get(dossier.gemeente, dag), dag)
    af = {(een.kwartaal, een.gemeente) for een in ruimte.swileveringen() if een.status in _KLAAR}
    uit: list[tuple[Kwartaal, str]] = []
    for gemeente, eerste in sorted(begin.items()):
        kwartaal = swi.kwartaal_van(eerste)
        while kwartaal.laatste < vandaag:
            if (kwartaal.code, gemeente) not in af:
                uit.append((kwartaal, gemeente))
            kwartaal = kwartaal.volgende
    return uit


def bewaak_levering(omgeving: Omgeving) -> list[str]:
    """Houd het signaal over de levering bij; geef wat er nog moet. Elke dag, en twee keer doen mag."""
    return in_ruimte(omgeving, lambda ruimte: _werk_signaal_bij(ruimte, omgeving))


def _werk_signaal_bij(ruimte: Ruimte, omgeving: Omgeving) -> list[str]:
    """Eén signaal voor de hele regio over het dringendste kwartaal; opgelost als alles geleverd is."""
    vandaag = omgeving.klok.vandaag()
    te_doen = _te_leveren(ruimte, omgeving)
    regels = [f"{kwartaal.code} van {gemeente}" for kwartaal, gemeente in te_doen]
    melding = ""
    ernst: Literal["fout", "waarschuwing", "info"] = "info"
    if te_doen:
        eerste = min(kwartaal.termijn(kader()).einde for kwartaal, _ in te_doen)
        noem = ", ".join(regels[:_NOEM]) + (f" en nog {len(regels) - _NOEM}" if len(regels) > _NOEM else "")
        melding = f"Lever het kwartaal aan het CBS (artikel 39 Wi): {noem}. De eerste uiterlijk {datum(eerste)}."
        bijna = vandaag + BIJNA > eerste
        ernst = "fout" if vandaag > eerste else "waarschuwing" if bijna else "info"
    for signaal in ruimte.signalen():
        if signaal.soort == SIGNAAL and (signaal.melding, signaal.ernst) != (melding, ernst):
            signaal.opgelost_op = omgeving.klok.nu()
            ruimte.bewaar(signaal)
    if melding:
        meld_signaal(ruimte, omgeving, SIGNAAL, ernst, melding)
    return regels
