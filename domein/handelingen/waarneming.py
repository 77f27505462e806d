"""Open taken van wie er niet is, of van wie geen mail ontvangt, naar een ander brengen.

Dit loopt elke ochtend, en meteen als er post terugkomt. De taak gaat over zoals bij elke toewijzing: een gebeurtenis
met een reden, een hogere generatie en een mail aan de nieuwe. Zij blijft daarna bij de nieuwe, ook als de vorige
terug is: twee keer wisselen kost meer dan het oplost, en terugvragen kan altijd. Nieuwe taken gaan na de terugkeer
vanzelf weer naar de eigen behandelaar.

Wie tijdens de afwezigheid met de hand is aangewezen, houdt de taak: dat was een keuze van een mens. Een aangeboden
dossier blijft bij wie het is aangeboden.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol, Stapstatus
from domein.fouten import GeenUitvoerder, PersoonGewist
from domein.gebeurtenissen.basis import SYSTEEM, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import StapToegewezen
from domein.handelingen.bericht import NIET_BEZORGD, zet_overzicht_klaar
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.openen import wijs_aan
from domein.handelingen.regio import regio_op
from domein.handelingen.signalen import los_op, meld_signaal
from domein.handelingen.situatie import last_bij
from domein.handelingen.stapbeheer import ZIN
from domein.model import Adresstand, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.opvolging import Grond, OpenTaak, Opvolger, Verhindering, coordinator, kies_opvolger, verhindering
from domein.regels.samenwerking import Toewijzing
from domein.regels.stappen.overdracht import AANVAARDEN
from domein.regels.uitvoerder import uitvoerder_van
from domein.regels.verzoekbehandelaar import volgt_klantmanager
from domein.regio.model import Regio
from domein.stand import Stand, vouw

GEEN_VERVANGER: Final = "geen_vervanger"
REDEN: Final[Mapping[Grond, str]] = {
    Grond.AFWEZIG: "waarneming: de behandelaar is afwezig",
    Grond.ADRES: "waarneming: mail aan de behandelaar komt niet aan",
    Grond.WEG: "waarneming: de behandelaar staat niet meer in de afspraken",
}


@dataclass(slots=True)
class Waarneemverslag:
    """Hoeveel taken overgingen, hoeveel er bleven omdat er niemand is, en wat mislukte."""

    overgegaan: int = 0
    gebleven: int = 0
    verteld: int = 0
    mislukt: list[UUID] = field(default_factory=list[UUID])


def neem_waar(omgeving: Omgeving, *, afwezigen: bool = True) -> Waarneemverslag:
    """Breng open taken van wie verhinderd is naar een ander; een tweede keer verandert niets.

    Zonder `afwezigen` alleen van wie geen mail ontvangt. Elk dossier heeft zijn eigen transactie: een fout houdt de
    rest niet tegen. De coordinator hoort één keer van een adres dat niet werkt.
    """
    verslag = Waarneemverslag()
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        try:
            regio = regio_op(ruimte, omgeving, vandaag)
        except GeenUitvoerder:
            return verslag
        standen = ruimte.adresstanden()
        kapot = frozenset(stand.adres for stand in standen)
        verhinderd = {
            code: waarom
            for code in sorted(ruimte.open_last())
            if (waarom := verhindering(regio, code, vandaag, kapot)) is not None
            and (afwezigen or waarom.grond is Grond.ADRES or _adres_van(regio, code) in kapot)
        }
        open_ = {code: _open_van(ruimte, code) for code in verhinderd}
    for dossier_id in sorted({stap.dossier_id for stappen in open_.values() for stap in stappen}):
        try:
            over, gebleven = in_ruimte(omgeving, _van_dossier(omgeving, dossier_id, verhinderd, kapot))
        except PersoonGewist:
            continue
        except Exception:  # één kapot dossier houdt de andere niet tegen; het verslag noemt het
            verslag.mislukt.append(dossier_id)
            continue
        verslag.overgegaan += over
        verslag.gebleven += gebleven
    if afwezigen:
        _ruim_signalen_op(omgeving, regio, kapot)
    weg = {code: [stap.id for stap in open_[code]] for code, w in verhinderd.items() if w.grond is Grond.WEG}
    taken = {code: [stap.id for stap in stappen] for code, stappen in open_.items()}
    verslag.verteld = _vertel(omgeving, regio, standen, taken, weg if afwezigen else {})
    return verslag


def _adres_van(regio: Regio, code: str) -> str:
    wie = regio.medewerker(code)
    return wie.email.lower() if wie else ""


def _open_van(ruimte: Ruimte, code: str) -> list[Stap]:
    return ruimte.stappen_waar(statussen=[Stapstatus.OPEN], medewerker=code)


# één dossier


def _van_dossier(
    omgeving: Omgeving, dossier_id: UUID, verhinderd: Mapping[str, Verhindering], kapot: frozenset[str]
) -> Callable[[Ruimte], tuple[int, int]]:
    def werk(ruimte: Ruimte) -> tuple[int, int]:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        gebeurtenissen = ruimte.gebeurtenissen(dossier_id)
        stand = vouw(gebeurtenissen)
        nieuwe: list[NieuweGebeurtenis] = []
        gebleven = 0
        for stap in ruimte.stappen(dossier_id):
            waarom = verhinderd.get(stap.medewerker or "")
            if (
                stap.status is not Stapstatus.OPEN
                or waarom is None
                or _zelf_gekozen(gebeurtenissen, stand, stap, waarom)
            ):
                continue
            opvolger = _opvolger(ruimte, regio, stap, stand, waarom, vandaag, kapot)
            if opvolger is None:
                gebleven += 1
                _meld_geen_vervanger(ruimte, omgeving, stap, waarom)
                continue
            los_op(ruimte, omgeving, GEEN_VERVANGER, stap)
            ander = StapToegewezen(
                partner=opvolger.partner, medewerker=opvolger.medewerker.code, waarom=opvolger.waarom
            )
            reden = REDEN[waarom.grond]
            nieuwe.append(NieuweGebeurtenis("stap_toegewezen", vandaag, ander, SYSTEEM, reden=reden, stap=stap.kenmerk))
        if nieuwe:
            leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=ZIN["stap_toegewezen"])
        return len(nieuwe), gebleven

    return werk


def _zelf_gekozen(gebeurtenissen: Sequence[Gebeurtenis], stand: Stand, stap: Stap, waarom: Verhindering) -> bool:
    """Zeg of een mens deze persoon aanwees terwijl hij al afwezig was."""
    wie = uitvoerder_van(stand, stap.kenmerk)
    if waarom.afwezigheid is None or wie is None or wie.op < waarom.afwezigheid.van:
        return False
    bron = next(g for g in gebeurtenissen if g.volgnummer == wie.volgnummer)
    return bron.soort == "stap_toegewezen" and bron.actor.code != SYSTEEM.code


def _opvolger(
    ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, waarom: Verhindering, op: date, kapot: frozenset[str]
) -> Opvolger | None:
    if stap.kenmerk.startswith(AANVAARDEN):
        return None  # het dossier is aan deze persoon aangeboden; alleen hij kan aanvaarden
    taak = OpenTaak(
        stap=stap.stapsoort, gemeente=stap.gemeente, partner=stap.partner or "", medewerker=stap.medewerker or "",
        rol=stap.rol, besluit=stap.besluit,
    )  # fmt: skip
    rol = _afgesproken_rol(ruimte, regio, stap, stand, op)
    last = last_bij(ruimte, regio, taak.partner, rol or stap.rol, op)
    return kies_opvolger(regio, taak, waarom, op, rol=rol, kapotte_adressen=kapot, last=last)


def _afgesproken_rol(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> Rol | None:
    if volgt_klantmanager(stap.kenmerk):
        return None
    toewijzing = wijs_aan(ruimte, regio, stap, stand, op)
    zelfde = isinstance(toewijzing, Toewijzing) and toewijzing.uitvoerder == stap.partner
    return toewijzing.rol if zelfde and isinstance(toewijzing, Toewijzing) else None


def _meld_geen_vervanger(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, waarom: Verhindering) -> None:
    wat = {
        Grond.AFWEZIG: "is er niet, en er is geen vervanger",
        Grond.ADRES: "ontvangt geen mail, en er is geen collega",
        Grond.WEG: "staat niet meer in de afspraken, en er is geen collega",
    }[waarom.grond]
    mandaat = " met mandaat" if stap.besluit else ""
    melding = (
        f"{waarom.medewerker} {wat}{mandaat} die '{stap.titel}' kan doen. Draag de stap over, of vul de afspraken aan."
    )
    meld_signaal(ruimte, omgeving, GEEN_VERVANGER, "waarschuwing", melding, stap)


def _ruim_signalen_op(omgeving: Omgeving, regio: Regio, kapot: frozenset[str]) -> None:
    """Wie terug is, of wiens taak klaar is, heeft geen vervanger meer nodig."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        for signaal in ruimte.signalen():
            if signaal.soort != GEEN_VERVANGER or signaal.stap_id is None:
                continue
            stap = ruimte.stap(signaal.stap_id)
            verhinderd = stap.medewerker and verhindering(regio, stap.medewerker, vandaag, kapot)
            if stap.status is not Stapstatus.OPEN or not verhinderd:
                los_op(ruimte, omgeving, GEEN_VERVANGER, stap)


# de coordinator


def _vertel(
    omgeving: Omgeving,
    regio: Regio,
    standen: Sequence[Adresstand],
    taken: Mapping[str, Sequence[UUID]],
    weg: Mapping[str, Sequence[UUID]],
) -> int:
    """Vertel de coordinator één keer per adres dat niet werkt, en één keer wie er niet meer is."""
    vandaag = omgeving.klok.vandaag()
    wie = coordinator(regio, vandaag, {stand.adres for stand in standen})
    if wie is None:
        return 0
    nieuws = [(c, s.onbestelbaar_sinds.isoformat(), s.code, taken.get(c, ())) for s in standen for c in _van(regio, s)]
    nieuws += [(code, regio.versie, "geen adres", stappen) for code, stappen in weg.items() if stappen]
    verteld = 0
    for code, sinds, fout, stappen in nieuws:
        with omgeving.magazijn.ruimte() as ruimte:
            rijen = [_rij(ruimte, stap_id) for stap_id in stappen]
            over = [rij for rij in rijen if rij["nu_bij"] == code]
            gegevens = {
                "ontvanger": code,
                "sinds": date.fromisoformat(sinds[:10]) if fout != "geen adres" else vandaag,
                "foutcode": fout,
                "gevolg": _gevolg(len(rijen), len(over)),
                "taken": rijen,
                "werklink": omgeving.links.werklink(wie.code),
            }
            bericht = zet_overzicht_klaar(
                ruimte, omgeving, soort=NIET_BEZORGD, kenmerk=f"{code}:{sinds}", ontvanger=wie.code, adres=wie.email,
                gegevens=gegevens,
            )  # fmt: skip
            verteld += bericht is not None
    return verteld


def _van(regio: Regio, stand: Adresstand) -> list[str]:
    """Wie dit adres heeft: medewerkers, en partners met deze postbus."""
    mensen = [m.code for m in regio.medewerkers if m.email.lower() == stand.adres]
    return mensen or [p.code for p in regio.partners if p.postbus.lower() == stand.adres]


def _rij(ruimte: Ruimte, stap_id: UUID) -> dict[str, str]:
    stap = ruimte.stap(stap_id)
    referentie = ruimte.dossier(stap.dossier_id).referentie
    return {"titel": stap.titel, "referentie": referentie, "nu_bij": stap.medewerker or stap.partner or "niemand"}


def _gevolg(aantal: int, gebleven: int) -> str:
    if not aantal:
        return "Er stonden geen taken open."
    if not gebleven:
        return "De open taken gingen naar een collega."
    if gebleven == aantal:
        return "Er is geen collega die de open taken kan doen. Wijs zelf iemand aan."
    return "Een deel van de open taken ging naar een collega. Voor de rest is er niemand. Wijs zelf iemand aan."
