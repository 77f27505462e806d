"""Lezen zonder iets te veranderen: een dossier, zijn plan, een stap, een lijst."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from domein.begrippen import DuoStand, Stapstatus
from domein.fouten import OnbekendeStap, OngeldigeGegevens, PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, lees, schrijf, soort_van
from domein.handelingen.kern import bestaand, kader
from domein.handelingen.melden import ALLEEN_BIJ_OPEN
from domein.model import Bericht, Dossier, Partnerbericht, Stap
from domein.ports import Omgeving, Persoon, Ruimte
from domein.regels.geadresseerde import geadresseerde
from domein.regels.nummeren import met_nummer
from domein.regels.planning import plan
from domein.regels.planvormen import GewensteStap, Kader, Plan
from domein.regels.stappen.duo import te_melden
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.regels.termijnen import Termijn
from domein.regels.uitkomsten import stap_voor_feit, vul_aan
from domein.regels.wijzigingen import Wijziging, bepaal
from domein.stand import Stand, geldende, vouw

Rij = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StapToestand:
    """Wat een run over zijn stap mag weten: alleen codes en verwijzingen."""

    stap_id: UUID
    kenmerk: str
    stapsoort: str
    status: Stapstatus
    generatie: int
    referentie: str
    gemeente: str
    partner: str | None
    besluit: bool
    uitkomst: str | None


def stap_toestand(omgeving: Omgeving, stap_id: UUID) -> StapToestand:
    with omgeving.magazijn.ruimte() as ruimte:
        stap = ruimte.stap(stap_id)
        return StapToestand(
            stap.id, stap.kenmerk, stap.stapsoort.value, stap.status, stap.generatie,
            ruimte.dossier(stap.dossier_id).referentie, stap.gemeente, stap.partner, stap.besluit,
            stap.uitkomst,
        )  # fmt: skip


def duo_standen(stand: Stand, kader_: Kader) -> dict[str, DuoStand]:
    """Geef per melding hoe ver zij is: te melden, ingevoerd of door DUO bevestigd."""
    standen = {feit.kenmerk: DuoStand.TE_MELDEN for feit in te_melden(stand, kader_)}
    for kenmerk, melding in stand.duo.items():
        standen[kenmerk] = DuoStand.BEVESTIGD if melding.bevestigd_op else DuoStand.INGEVOERD
    return dict(sorted(standen.items()))


def termijn_rij(termijn: Termijn, op: date) -> Rij:
    """Een termijn met hoe zij er op deze dag voor staat."""
    rij = asdict(termijn)
    rij["datum"] = rij.pop("einde")
    rij["uitleg"] = termijn.waarom
    return rij | {"staat": termijn.staat(op).value}


def stap_rij(stap: Stap, referentie: str) -> Rij:
    """Een stap zoals de opdrachtregel en anderen hem lezen."""
    return {
        "id": stap.id, "dossier": referentie, "gemeente": stap.gemeente, "kenmerk": stap.kenmerk,
        "stap": stap.stapsoort.value, "titel": stap.titel, "status": stap.status.value, "start": stap.start,
        "streef": stap.streef, "uiterst": stap.uiterst, "rol": stap.rol.value, "partner": stap.partner,
        "medewerker": stap.medewerker, "afspraak": stap.afspraak, "afsprakenversie": stap.afsprakenversie,
        "generatie": stap.generatie, "uitkomst": stap.uitkomst, "waarom": stap.waarom,
        "artikel": stap.artikel,
        "vervallen_waarom": stap.vervallen_waarom, "regeling": stap.regeling, "run": stap.run_id,
    }  # fmt: skip


def gewenst_rij(stap: GewensteStap) -> Rij:
    return {
        "kenmerk": stap.kenmerk, "stap": stap.stapsoort.value, "titel": stap.titel, "start": stap.start,
        "streef": stap.streef, "uiterst": stap.uiterst, "rol": stap.rol.value, "besluit": stap.besluit,
        "waarom": stap.waarom, "artikel": stap.artikel,
    }  # fmt: skip


def gebeurtenis_rij(g: Gebeurtenis, geldt: bool) -> Rij:
    return {
        "volgnummer": g.volgnummer, "soort": g.soort, "label": SOORTEN[g.soort].label,
        "geldig_op": g.geldig_op,
        "vastgelegd_op": g.vastgelegd_op, "door": g.actor.code, "verificatie": g.actor.verificatie.value,
        "reden": g.reden, "stap": g.stap, "gegevens": schrijf(g.gegevens), "geldt": geldt,
        "bron": g.bron, "bronkenmerk": g.bronkenmerk, "bronversie": g.bronversie, "id": g.id,
    }  # fmt: skip


def wijziging_rij(w: Wijziging) -> Rij:
    return {
        "wijziging": w.soort, "kenmerk": w.kenmerk, "start": w.gewenst.start if w.gewenst else None,
        "streef": w.gewenst.streef if w.gewenst else None,
        "uiterst": w.gewenst.uiterst if w.gewenst else None,
        "waarom": w.gewenst.waarom if w.gewenst else w.reden,
    }  # fmt: skip


def stand_rij(stand: Stand) -> Rij:
    return {
        "gemeente": stand.gemeente, "doelgroep": stand.doelgroep, "nareiziger": stand.nareiziger,
        "ontzorgen": stand.ontzorgen, "kennisgeving_op": stand.kennisgeving_op, "brp_op": stand.brp_op,
        "leerroute": stand.leerroute.value, "oproepen": len(stand.oproepen), "intake_op": stand.intake_op,
        "intake_ambtshalve": stand.intake_ambtshalve,
        "dagtekening_eerste_pip": stand.pips[0].dagtekening if stand.pips else None,
        "dagtekening_pip": stand.pip.dagtekening if stand.pip else None,
        "gesprekken_gevoerd": sum(g.gevoerd for g in stand.gesprekken.values()),
        "einde": stand.einde.grond.value if stand.einde else None,
        "einde_op": stand.einde.op if stand.einde else None,
        "klantmanager": stand.klantmanager,
        "koppeling_op": stand.koppeling.op if stand.koppeling else None,
        "startmeting_op": stand.startmeting_op,
        "cursusuren": cursusuren(stand), "participatie_uren": participatie_uren(stand, kader()),
        "verhuizingen": len(stand.verhuizingen), "huishouden": stand.huishouden, "tolk": stand.tolk_taal,
        "gepauzeerd": any(pauze.hervat_op is None for pauze in stand.pauzes.values()),
        "vrij_van": sorted(onderdeel.value for onderdeel in stand.vrij_van),
    }  # fmt: skip


def toon_dossier(omgeving: Omgeving, referentie: str, *, zoals_bekend_op: datetime | None = None) -> Rij:
    """Een dossier met zijn gebeurtenissen, stappen en termijnen; desgewenst zoals het toen bekend was."""
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(referentie)
        persoon = eis_persoon(ruimte, dossier)
        alle = ruimte.gebeurtenissen(dossier.id, zoals_bekend_op=zoals_bekend_op)
        gelden = {g.id for g in geldende(alle)}
        stand = vouw(alle)
        gewenst = plan(stand, kader())
        toen = zoals_bekend_op is not None
        op = zoals_bekend_op.date() if zoals_bekend_op is not None else omgeving.klok.vandaag()
        return {
            "referentie": dossier.referentie, "status": dossier.status.value, "regio": dossier.regio,
            "regeling": dossier.regeling, "stand": stand_rij(stand),
            "termijnen": [termijn_rij(t, op) for t in gewenst.termijnen],
            "stappen": [gewenst_rij(s) for s in gewenst.stappen] if toen
            else [stap_rij(s, dossier.referentie) for s in op_volgorde(ruimte.stappen(dossier.id))],
            "geadresseerde": asdict(geadresseerde(persoon, op)),
            "duo_meldingen": duo_standen(stand, kader()),
            "gebeurtenissen": [gebeurtenis_rij(g, g.id in gelden) for g in alle],
            "keten_klopt": ruimte.controleer_keten(dossier.id),
        }  # fmt: skip


def eis_persoon(ruimte: Ruimte, dossier: Dossier) -> Persoon:
    """Geef de persoon; PersoonGewist, met wat er van het bewijs over is, als hij is gewist (regel 12)."""
    persoon = ruimte.persoon(dossier.id)
    if persoon is not None:
        return persoon
    heel = "klopt" if ruimte.controleer_keten(dossier.id) else "klopt NIET"
    raise PersoonGewist(
        f"De persoon in dossier {dossier.referentie} is gewist; er is niets meer van te lezen.",
        f"Het bewijs is er nog: de keten van {dossier.laatste_volgnummer} gebeurtenissen {heel}.",
    )


def op_volgorde(stappen: Sequence[Stap]) -> list[Stap]:
    return sorted(stappen, key=lambda stap: (stap.start, stap.kenmerk))


def toon_plan(
    omgeving: Omgeving,
    referentie: str,
    *,
    stel: Mapping[str, Any] | None = None,
    zoals_bekend_op: datetime | None = None,
) -> Rij:
    """Het plan van een dossier met redenen; `stel` is een gestelde gebeurtenis {soort, datum, gegevens}."""
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(referentie)
        eis_persoon(ruimte, dossier)
        alle = ruimte.gebeurtenissen(dossier.id, zoals_bekend_op=zoals_bekend_op)
        erbij = [_stel_dat(ruimte, omgeving, dossier, vouw(alle), stel)] if stel is not None else []
        stand = vouw((*alle, *erbij))
        gewenst = plan(stand, kader())
        op = zoals_bekend_op.date() if zoals_bekend_op is not None else omgeving.klok.vandaag()
        uit: Rij = {
            "referentie": dossier.referentie, "regeling": gewenst.regeling,
            "termijnen": [termijn_rij(t, op) for t in gewenst.termijnen],
            "stappen": [gewenst_rij(s) for s in gewenst.stappen],
        }  # fmt: skip
        if stel is not None:
            stappen = map(bestaand, ruimte.stappen(dossier.id))
            uit["stel_dat"] = stel
            uit["wijzigingen"] = [wijziging_rij(w) for w in bepaal(stappen, stand, gewenst)]
        return uit


def _stel_dat(
    ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, stand: Stand, stel: Mapping[str, Any]
) -> Gebeurtenis:
    """Maak de gestelde gebeurtenis; past zij bij precies één onafgemaakte stap, dan is die ermee klaar."""
    soort, dag = _lees_stel_dat(stel)
    gegevens = dict(stel.get("gegevens", {}))
    gewenst = plan(stand, kader())
    stap = _stap_van_stel_dat(ruimte, dossier, gewenst, soort, gegevens, stel.get("stap"))
    if stap is not None:
        plek = gewenst.stap(stap)
        gegevens = vul_aan(stap, soort, gegevens, inhoud=plek.inhoud if plek else "", door="stel-dat")
    gegevens = met_nummer(stand, soort, gegevens)
    return Gebeurtenis(
        uuid4(), dossier.id, dossier.laatste_volgnummer + 1, soort, dag, omgeving.klok.nu(),
        lees(soort, gegevens), SYSTEEM, stap=stap,
    )  # fmt: skip


def _lees_stel_dat(stel: Mapping[str, Any]) -> tuple[str, date]:
    nodig, mag = ("soort", "datum"), ("soort", "datum", "gegevens", "stap")
    fouten = {veld: "dit veld is verplicht" for veld in nodig if veld not in stel}
    fouten |= {veld[:40]: "dit veld hoort hier niet" for veld in stel if veld not in mag}
    if "gegevens" in stel and not isinstance(stel["gegevens"], Mapping):
        fouten["gegevens"] = "schrijf een JSON-object met de velden van de soort"
    dag: date | None = None
    if "datum" in stel:
        try:
            dag = date.fromisoformat(str(stel["datum"]))
        except ValueError:
            fouten["datum"] = "schrijf een datum als 2026-03-31"
    if fouten or dag is None:
        regels = "; ".join(f"{veld}: {tekst}" for veld, tekst in fouten.items())
        raise OngeldigeGegevens(
            f"De veronderstelling klopt niet. {regels}.",
            "Nodig zijn soort en datum; gegevens en stap mogen erbij.",
            fouten,
        )
    return soort_van(str(stel["soort"])).naam, dag


def _stap_van_stel_dat(
    ruimte: Ruimte, dossier: Dossier, gewenst: Plan, soort: str, gegevens: Mapping[str, Any], genoemd: Any
) -> str | None:
    stappen = ruimte.stappen(dossier.id)
    if genoemd is None:
        open_ = {stap.kenmerk for stap in stappen if stap.status is Stapstatus.OPEN}
        onaf = [s.kenmerk for s in gewenst.stappen if soort not in ALLEEN_BIJ_OPEN or s.kenmerk in open_]
        return stap_voor_feit(soort, onaf, gegevens)
    if genoemd not in {stap.kenmerk for stap in stappen} | {stap.kenmerk for stap in gewenst.stappen}:
        raise OnbekendeStap(
            f"Dit dossier heeft geen stap '{str(genoemd)[:60]}'.",
            "Kijk met 'regie dossier plan' welke er zijn.",
        )
    return str(genoemd)


def stand_en_plan(ruimte: Ruimte, dossier_id: UUID) -> tuple[Stand, Plan]:
    stand = vouw(ruimte.gebeurtenissen(dossier_id))
    return stand, plan(stand, kader())


def dossier_lijst(omgeving: Omgeving) -> list[Rij]:
    """Alle dossiers met hun volgende stap; zonder persoonsgegevens."""
    with omgeving.magazijn.ruimte() as ruimte:
        volgende: dict[UUID, Stap] = {}
        for stap in ruimte.stappen_waar(statussen=[Stapstatus.OPEN, Stapstatus.GEPLAND]):
            huidig = volgende.get(stap.dossier_id)
            if huidig is None or (stap.streef, stap.kenmerk) < (huidig.streef, huidig.kenmerk):
                volgende[stap.dossier_id] = stap
        rijen: list[Rij] = []
        for dossier in ruimte.dossiers():
            stap = volgende.get(dossier.id)
            rijen.append({
                "referentie": dossier.referentie, "gemeente": dossier.gemeente,
                "status": dossier.status.value,
                "klantmanager": dossier.klantmanager, "einde": dossier.einde,
                "beeindigd_op": dossier.beeindigd_op,
                "volgende_stap": stap.kenmerk if stap else None,
                "volgende_dag": stap.streef if stap else None,
            })  # fmt: skip
        return rijen


def stap_lijst(omgeving: Omgeving, *, referentie: str | None = None, **filters: Any) -> list[Rij]:
    """Stappen met hun dossier; de filters zijn die van `Ruimte.stappen_waar`."""
    with omgeving.magazijn.ruimte() as ruimte:
        stappen = ruimte.stappen_waar(**filters)
        if referentie is not None:
            dossier = ruimte.dossier_bij(referentie)
            stappen = [stap for stap in stappen if stap.dossier_id == dossier.id]
        referenties = {dossier.id: dossier.referentie for dossier in ruimte.dossiers()}
        return [stap_rij(stap, referenties[stap.dossier_id]) for stap in stappen]


def zoek_stap(omgeving: Omgeving, wijzer: str) -> UUID:
    """Vind een stap op id of op `REFERENTIE:kenmerk` (D-7F3K9:voortgang/3)."""
    with omgeving.magazijn.ruimte() as ruimte:
        return stap_bij(ruimte, wijzer).id


def stap_bij(ruimte: Ruimte, wijzer: str) -> Stap:
    """De stap bij een id of `REFERENTIE:kenmerk`; OnbekendeStap als zij er niet is."""
    referentie, _, kenmerk = wijzer.partition(":")
    if kenmerk:
        dossier = ruimte.dossier_bij(referentie)
        gevonden = [s for s in ruimte.stappen(dossier.id) if s.kenmerk == kenmerk]
        if gevonden:
            return gevonden[0]
    else:
        try:
            return ruimte.stap(UUID(wijzer))
        except ValueError:
            pass
    raise OnbekendeStap(
        f"Er is geen stap '{wijzer[:60]}'.", "Geef het id, of dossier en kenmerk, zoals D-7F3K9:voortgang/3."
    )


def bericht_rij(bericht: Bericht) -> Rij:
    return {
        "id": bericht.id, "soort": bericht.soort, "status": bericht.status.value,
        "ontvanger": bericht.ontvanger_code,
        "onderwerp": bericht.onderwerp, "pogingen": bericht.pogingen, "aangemaakt_op": bericht.aangemaakt_op,
        "aanvaard_op": bericht.aanvaard_op, "volgende_poging": bericht.volgende_poging,
        "antwoord": bericht.antwoord,
        "stap": bericht.stap_id, "generatie": bericht.generatie, "niveau": bericht.niveau,
        "message_id": bericht.message_id,
    }  # fmt: skip


def partnerbericht_rij(bericht: Partnerbericht, referentie: str) -> Rij:
    return {
        "id": bericht.id, "dossier": referentie, "partner": bericht.partner, "soort": bericht.soort,
        "volgnummer": bericht.volgnummer, "status": bericht.status.value, "pogingen": bericht.pogingen,
        "aangemaakt_op": bericht.aangemaakt_op, "aanvaard_op": bericht.aanvaard_op,
        "volgende_poging": bericht.volgende_poging, "antwoord_uiterlijk": bericht.antwoord_uiterlijk,
        "antwoord": bericht.antwoord,
    }  # fmt: skip
