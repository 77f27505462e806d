"""Wat iemand kan overkomen, en wat er van buiten binnenkomt: per voorval of het nu kan, en met welke gegevens.

Legaal is wat iemand in die stand echt kan melden. Een weigering mag toch voorkomen (een dag valt net verkeerd); de
wandelaar houdt bij dat het er niet te veel worden.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from domein.begrippen import Aanvraagsoort, Doelgroep, Eindegrond, Leerroute, Pauzegrond
from domein.regels.planvormen import Kader
from domein.regels.stappen.pip_wijzigen import mag_afschalen, mag_wisselen
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import z_gehaald_op
from domein.regels.stilstand import gat_te_lang_op
from domein.stand import Stand
from tests.eigenschappen.wandeling.antwoorden import pip_velden
from tests.hulp.onderzocht import met_onderzoek

KADER = Kader()
REGIO = ("GM0512", "GM1978", "GM1961")
BUITEN = ("GM0363", "GM0599")


@dataclass(frozen=True)
class Voorval:
    soort: str
    op: date
    gegevens: dict[str, Any]
    door: str = "duo"


@dataclass
class Moment:
    """De stand en de dag waarop iets gebeurt; `terug` geeft een dag die vandaag is of kort geleden was."""

    rng: Random
    stand: Stand
    vandaag: date
    begin: date
    aard: dict[str, float]

    def terug(self, hoogstens: int = 120) -> date:
        dagen = self.rng.choice([0, 0, 0, self.rng.randint(0, 14), self.rng.randint(0, hoogstens)])
        return max(self.vandaag - timedelta(days=dagen), self.begin)

    def na(self, dag: date) -> date:
        """Een dag tussen deze dag en vandaag."""
        ruimte = (self.vandaag - dag).days
        return self.vandaag if ruimte <= 0 else max(dag, self.terug(ruimte))


Mogelijk = Voorval | None


def _brp(m: Moment) -> Mogelijk:
    return Voorval("brp_ingeschreven", m.terug(), {}, "brp") if m.stand.brp_op is None else None


def _verhuizing(m: Moment) -> Mogelijk:
    weg = m.stand.einde is not None and m.stand.einde.grond is Eindegrond.VERHUISD
    if m.stand.einde is not None and not weg:
        return None
    naar = m.rng.choice([g for g in REGIO if g != m.stand.gemeente])
    if not weg and m.rng.random() < 0.3:
        naar = m.rng.choice(BUITEN)
    op = m.na(m.stand.einde.op) if m.stand.einde else m.terug(60)
    return Voorval("verhuisd", op, {"naar": naar}, "brp")


def _doelgroep(m: Moment) -> Mogelijk:
    doelgroep = m.rng.choice([groep for groep in Doelgroep if groep is not m.stand.doelgroep])
    return Voorval("doelgroep_gewijzigd", m.terug(), {"doelgroep": doelgroep})


def _azc(m: Moment) -> Mogelijk:
    if m.stand.koppeling is None or m.stand.brp_op is not None:
        return None
    return Voorval("azc_verhuisd", m.na(m.stand.koppeling.op), {"azc": f"azc-{m.rng.randint(1, 9)}"}, "coa")


def _overdracht(m: Moment) -> Mogelijk:
    return Voorval("warme_overdracht", m.terug(), {"voorinburgering": "deels"}, "coa") if m.stand.koppeling else None


def _gat(m: Moment) -> Mogelijk:
    open_ = [gat for gat in m.stand.gaten.values() if gat.hervat_op is None]
    if not open_:
        return Voorval("verblijf_onderbroken", m.terug(60), {}, "ind")
    if m.vandaag >= gat_te_lang_op(open_[0].van, KADER):
        return Voorval("plicht_beeindigd", m.vandaag, {"grond": "verblijfsrecht"})
    return Voorval("verblijf_hervat", m.na(open_[0].van), {}, "ind")


def _pauze(m: Moment) -> Mogelijk:
    open_ = [pauze for pauze in m.stand.pauzes.values() if pauze.hervat_op is None]
    if open_ and m.rng.random() < 0.3:
        return Voorval("pauze_verlengd", m.vandaag, {"verwacht_tot": m.vandaag + timedelta(days=60)}, "m-reg")
    if open_:
        return Voorval("hervat", m.na(open_[0].van), {}, "m-reg")
    gegevens: dict[str, Any] = {"grond": m.rng.choice(list(Pauzegrond))}
    op = m.terug(60)
    if m.rng.random() < 0.5:
        gegevens["verwacht_tot"] = op + timedelta(days=m.rng.randint(30, 250))
    return Voorval("gepauzeerd", op, gegevens, "m-reg")


def _derde(m: Moment) -> Mogelijk:
    if m.stand.pips:
        return None
    open_ = [derde for derde in m.stand.derden.values() if derde.ontvangen_op is None]
    if open_:
        return Voorval("derde_ontvangen", m.na(max(derde.gevraagd_op for derde in open_)), {}, "m-reg")
    return Voorval("derde_gevraagd", m.terug(14), {"bij": "ggd"}, "m-reg")


def _voorstel(m: Moment) -> Mogelijk:
    if not m.stand.pips:
        return None
    if not mag_afschalen(m.stand, KADER) and m.rng.random() < 0.7:
        gegevens = {"voorstel": "afschalen", "onderdelen": ["lezen"], "inspanning_voldoende": True}
        return Voorval("pip_voorstel", m.terug(14), gegevens, "m-reg")
    op, naar = m.terug(14), m.rng.choice([Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z])
    bijzonder = m.rng.random() < 0.2
    if mag_wisselen(m.stand, naar, op, KADER, bijzonder_geval=bijzonder):
        return None
    gegevens = {"voorstel": "leerroute", "naar": naar, "onderwijsroute_onderzocht": True, "bijzonder_geval": bijzonder}
    gegevens |= {"aanvraag": m.rng.random() < 0.5}
    return Voorval("pip_voorstel", op, gegevens, "m-reg")


def _herziening(m: Moment) -> Mogelijk:
    """Een nieuw PIP buiten een stap om: een verlopen afspraak, meer gesprekken."""
    if not m.stand.pips:
        return None
    op = m.terug(30)
    velden = pip_velden(m.rng, m.stand, op, m.aard, zelfde_route=m.rng.random() < 0.8)
    return Voorval("pip_vastgesteld", op, met_onderzoek("pip_vastgesteld", velden | {"grond": "herziening"}), "mandaat")


def _les(m: Moment) -> Mogelijk:
    if not m.stand.lopende_lessen:
        return None
    nummer = m.rng.choice(m.stand.lopende_lessen)
    return Voorval(
        "les_beeindigd",
        m.terug(14),
        {"nummer": nummer, "redencode": m.rng.choice(["keurmerk-kwijt", "klaar"])},
        "m-reg",
    )


def _uren(m: Moment) -> Mogelijk:
    """Uren die buiten een opgave om binnenkomen; vaak genoeg voor de Z-route en het afschalen."""
    if not m.stand.pips:
        return None
    op = m.terug(30)
    soort = m.rng.choice(["cursus", "participatie", "participatie", "eerder_onderwijs"])
    gegevens = {
        "urensoort": soort, "periode_van": op - timedelta(days=90), "periode_tot": op,
        "gevolgd": m.rng.randint(300, 900), "bewijs": "lijst-1",
    }  # fmt: skip
    return Voorval("uren_gemeld", op, gegevens, "m-reg")


def _eindgesprek(m: Moment) -> Mogelijk:
    gehaald = z_gehaald_op(m.stand, KADER) if m.stand.pips else None
    if gehaald is None or m.stand.z_eindgesprek_op is not None:
        return None
    return Voorval("z_eindgesprek_gevoerd", m.na(gehaald), {}, "m-reg")


def _cursus(m: Moment) -> Mogelijk:
    if m.stand.is_asiel or not m.stand.pips:
        return None
    if m.stand.eigen_cursus_op is None:
        gegevens = {"aanbieder": "cursus-1", "keurmerk": m.rng.random() < 0.8, "bewijs": "bow-1"}
        return Voorval("eigen_cursus_gemeld", m.terug(30), gegevens, "m-reg")
    return Voorval("voortgang_opgevraagd", m.terug(14), {}, "m-reg")


def _pvt_of_map(m: Moment) -> Mogelijk:
    if not m.stand.pips:
        return None
    if m.stand.pvt_op is None and m.rng.random() < 0.5:
        wat = m.rng.choice(["bijeenkomst", "activiteit"])
        gegevens = {"onderdeel": "pvt", "wat": wat, "verschoonbaar": m.rng.random() < 0.3}
        return Voorval("participatie_gemist", m.terug(30), gegevens, "m-reg")
    if m.stand.pvt_op is None:
        return Voorval("pvt_voltooid", m.terug(30), {}, "m-reg")
    return Voorval("map_voltooid", m.terug(30), {"praktijkuren": 48}, "m-reg") if m.stand.map_op is None else None


def _begeleiding(m: Moment) -> Mogelijk:
    return Voorval("begeleiding_gestart", m.terug(30), {}, "m-reg") if m.stand.begeleiding_op is None else None


def _bijstand(m: Moment) -> Mogelijk:
    """Wie ontzorgd wordt, krijgt vaak bijstand; een ander soms."""
    if not m.stand.ontzorgen and m.rng.random() < 0.8:
        return None
    if m.stand.bijstand_op is None or m.stand.bijstand_einde_op is not None:
        return Voorval("bijstand_toegekend", m.terug(60), {}, "m-reg")
    return Voorval("bijstand_beeindigd", m.na(m.stand.bijstand_op), {}, "m-reg")


def _aanvraag(m: Moment) -> Mogelijk:
    soort = m.rng.choice(list(Aanvraagsoort))
    if not m.stand.pips and soort is Aanvraagsoort.VERLENGING:
        return None
    grond = m.rng.choice([None, "medisch", "bijzonder"])
    return Voorval("duo_aanvraag", m.terug(30), {"aanvraag": soort, "grond": grond})


def _besluit(m: Moment) -> Mogelijk:
    """DUO beslist, met of zonder een aanvraag die wij kennen."""
    open_ = [a for a in m.stand.aanvragen.values() if a.besloten_op is None]
    op = m.na(min(a.op for a in open_)) if open_ else m.terug(30)
    keuze = m.rng.choice(["verlengd", "aanvraag_afgewezen", "vrijgesteld", "ontheven"])
    einde = laatste_dag(m.stand, KADER)
    match keuze:
        case "verlengd" if einde is not None:
            return Voorval("verlengd", op, {"nieuwe_einddatum": max(einde, op) + timedelta(days=183)})
        case "vrijgesteld":
            return Voorval(keuze, op, {"onderdelen": m.rng.choice([["knm"], ["map"], ["participatie"]])})
        case "ontheven":
            return Voorval(keuze, op, {"onderdelen": ["lezen", "schrijven"], "grond": "medisch"})
        case _:
            return Voorval("aanvraag_afgewezen", op, {}) if open_ else None


def _bevestiging(m: Moment) -> Mogelijk:
    wacht = [k for k, melding in m.stand.duo.items() if melding.bevestigd_op is None]
    return Voorval("duo_bevestigd", m.terug(14), {"melding": m.rng.choice(sorted(wacht))}) if wacht else None


def _examen(m: Moment) -> Mogelijk:
    wacht = [examen for examen in m.stand.examens.values() if examen.uitslag_op is None]
    if wacht:
        uitslag = {"nummer": wacht[0].nummer, "gehaald": m.rng.random() < 0.6}
        return Voorval("examen_uitslag", m.na(wacht[0].op), uitslag)
    onderdeel = m.rng.choice(["lezen", "luisteren", "schrijven", "spreken", "knm"])
    return Voorval("examen_gedaan", m.terug(30), {"onderdeel": onderdeel}) if m.stand.pips else None


def _vraag_van_duo(m: Moment) -> Mogelijk:
    if m.rng.random() < 0.3 and m.stand.opleiding_op is None:
        return Voorval("opleiding_gemeld", m.terug(30), {"opleiding": "entree"}, "m-reg")
    return Voorval("duo_vraagt_voortgang", m.terug(14), {}) if m.stand.pips else None


def _tolk(m: Moment) -> Mogelijk:
    staan = [k for k, tolk in m.stand.tolken.items() if not tolk.afgezegd]
    if staan:
        return Voorval("tolk_afgezegd", m.vandaag, {"gesprek": staan[0], "redencode": "tolk-verhinderd"}, "m-reg")
    return Voorval("tolk_nodig", m.terug(30), {"taal": m.rng.choice(["ti", "ar", "uk"])}, "m-reg")


def _wens(m: Moment) -> Mogelijk:
    """Wat de persoon zelf wil: een wens, of een aanbieder."""
    if m.rng.random() < 0.5:
        return Voorval("aanbieder_gekozen", m.vandaag, {"partner": "taalhuis-lingestroom"}, "m-reg")
    return Voorval("wens_uitgesproken", m.vandaag, {"wens": "geslacht_behandelaar", "waarde": "vrouw"}, "m-reg")


def _verzoek(m: Moment) -> Mogelijk:
    """De inburgeraar vraagt zijn gegevens, ook na het einde; een tweede keer mag terwijl het eerste nog loopt."""
    recht = m.rng.choice(["inzage", "rectificatie"])
    return Voorval("verzoek_ontvangen", m.terug(14), {"recht": recht}, "m-reg")


def _eind(m: Moment) -> Mogelijk:
    """Het einde, op elke grond; DUO meldt het of iemand bij de gemeente."""
    op = m.terug(60)
    keuze = m.rng.choice(["voldaan", "voldaan", "overschreden", "plicht", "plicht", "vrij", "ontheven"])
    if keuze in ("voldaan", "overschreden") and not m.stand.pips:
        keuze = "plicht"
    match keuze:
        case "voldaan":
            return Voorval("voldaan", op, {})
        case "overschreden":
            return Voorval("termijn_overschreden", op, {})
        case "vrij":
            return Voorval("vrijgesteld", op, {})
        case "ontheven":
            return Voorval("ontheven", op, {"grond": "bijzonder"})
        case _:
            gronden = ["overlijden", "overlijden", "vertrek", "ingetrokken", "naturalisatie", "aow", "verblijfsrecht"]
            return Voorval("plicht_beeindigd", op, {"grond": m.rng.choice(gronden)})


VOORVALLEN: tuple[tuple[float, Callable[[Moment], Mogelijk]], ...] = (
    (2, _brp), (3, _verhuizing), (1, _doelgroep), (1.5, _azc), (0.5, _overdracht), (1.5, _gat), (3, _pauze),
    (1.5, _derde), (3, _voorstel), (1, _herziening), (1, _les), (2.5, _uren), (4, _eindgesprek), (1.5, _cursus),
    (1, _pvt_of_map), (0.5, _begeleiding), (4, _bijstand), (1.5, _aanvraag), (1.5, _besluit), (1, _bevestiging),
    (1, _examen), (0.7, _vraag_van_duo), (1.5, _tolk), (1, _eind), (0.7, _wens),
    (0.4, _verzoek),
)  # fmt: skip


def kies_voorval(moment: Moment) -> Mogelijk:
    """Kies iets dat nu kan; na het einde van het traject alleen nog wat dan nog gebeurt."""
    if moment.stand.einde is not None:
        return moment.rng.choice([_verhuizing, _bevestiging, _tolk, _verzoek])(moment)
    keuzes = [functie for _, functie in VOORVALLEN]
    gewichten = [moment.aard.get(functie.__name__, gewicht) for gewicht, functie in VOORVALLEN]
    for keuze in moment.rng.choices(keuzes, gewichten, k=4):
        if (voorval := keuze(moment)) is not None:
            return voorval
    return None
