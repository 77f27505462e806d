"""Een nieuwe versie van de afspraken: eerst zien wat zij voor lopende dossiers verandert, dan met een naam bevestigen.

Wat al open is houdt de afspraak waaronder het is gegeven (regel 5). Alleen waar die afspraak zegt dat iedereen overgaat
(`overdragen`), gaat een open stap over; waar de klantmanager kiest, krijgt hij de vraag. Wat nog moet beginnen volgt
vanzelf de nieuwe versie. De overgang gebeurt op de eerste dag waarop de versie geldt, en is te hervatten.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Dossierstatus, Rol, Stapsoort, Stapstatus
from domein.fouten import GeenUitvoerder, RegieFout
from domein.gebeurtenissen.basis import SYSTEEM, Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import KlantmanagerToegewezen, StapToegewezen
from domein.handelingen.kern import in_ruimte, leg_vast, nieuwe_controle
from domein.handelingen.onverwacht import Mislukking, mislukking, noem
from domein.handelingen.openen import Keuze, kies_behandelaar
from domein.handelingen.regio import AfsprakenOnleesbaar, Regioverschil, laad_regio, lees_versie, regio_op
from domein.handelingen.situatie import situatie_bij, vraag_bij
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.samenwerking import Toewijzing, zoek_antwoord
from domein.regels.verzoekbehandelaar import volgt_klantmanager
from domein.regio.geladen import GeladenRegio
from domein.regio.model import Regio
from domein.regio.soorten import Overgangsregime
from domein.stand import Stand, vouw

OVERGANG: Final = "regio_overgang"
KEUZE: Final = "overgang_keuze"
_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)
# Deze stappen horen bij een vaste partij; de overgang laat ze staan.
_BLIJFT: Final = frozenset({Stapsoort.REGISTRATIE, Stapsoort.VERHUIZING})


class OvergangOnaf(RegieFout):
    """In een of meer dossiers ging de overgang niet; de andere zijn over, en dit komt vanzelf opnieuw."""

    code = "overgang_onaf"


class BevestigingNodig(RegieFout):
    """De nieuwe versie verandert iets voor lopende dossiers; `overgang` zegt wat. Er is niets bewaard."""

    code = "bevestiging_nodig"

    def __init__(self, overgang: "Overgang") -> None:
        self.overgang = overgang
        uitweg = "Bekijk de lijst, en herhaal met --bevestigd-door en een medewerkercode."
        if overgang.onbekend is not None:
            waarom = f"{overgang.onbekend.melding} Wat deze versie verandert, is dus niet te zien. Er is niets geladen."
            super().__init__(waarom, uitweg)
            return
        stuk = len(overgang.mislukt)
        niet_te_zien = f"; {stuk} dossier{' is' if stuk == 1 else 's zijn'} niet te bekijken" if stuk else ""
        super().__init__(
            f"Deze versie verandert {overgang.totaal} stappen van {len(overgang.dossiers)} lopende dossiers"
            f"{niet_te_zien}. Er is niets geladen.",
            uitweg,
        )


@dataclass(frozen=True, slots=True)
class Verplaatsing:
    """Stappen die van de ene partner naar de andere gaan, en hoe: vanzelf, met een mail, of na een keuze."""

    stap: Stapsoort
    van: str
    naar: str
    hoe: str  # gepland | overdragen | keuze_klantmanager | uitdienen


@dataclass(slots=True)
class Overgang:
    """Wat een nieuwe versie voor lopende dossiers verandert.

    `zonder`: stappen die niemand meer zou doen. `mislukt`: dossiers waarin niet te zien is wat er verandert;
    `onbekend`: in geen enkel. `onaf`: de versie is geladen, maar niet elk dossier ging al over.
    """

    versie: str
    geldig_van: date
    aantallen: Counter[Verplaatsing] = field(default_factory=Counter[Verplaatsing])
    zonder: Counter[Stapsoort] = field(default_factory=Counter[Stapsoort])
    dossiers: set[UUID] = field(default_factory=set[UUID])
    mislukt: list[Mislukking] = field(default_factory=list[Mislukking])
    onbekend: AfsprakenOnleesbaar | None = None
    onaf: "OvergangOnaf | None" = None

    @property
    def vraagt_een_naam(self) -> bool:
        """Er verandert iets voor lopende dossiers, of dat is niet te zien."""
        return bool(self.totaal or self.mislukt or self.onbekend)

    @property
    def totaal(self) -> int:
        return sum(aantal for soort, aantal in self.aantallen.items() if soort.hoe != Overgangsregime.UITDIENEN.value)


def bekijk_overgang(omgeving: Omgeving, geladen: GeladenRegio) -> Overgang:
    """Reken uit wat deze versie voor lopende dossiers verandert; er wordt niets geschreven."""
    overgang = Overgang(geladen.versie, geladen.geldig_van)
    vandaag = omgeving.klok.vandaag()
    vanaf = max(vandaag, geladen.geldig_van)
    with omgeving.magazijn.ruimte() as ruimte:
        try:
            oud = regio_op(ruimte, omgeving, vanaf)
        except GeenUitvoerder:
            return overgang  # de eerste versie: er is nog niets dat kan veranderen
        except AfsprakenOnleesbaar as onleesbaar:
            overgang.onbekend = onleesbaar
            return overgang
        for dossier in ruimte.dossiers(status=Dossierstatus.LOPEND):
            try:
                stand = vouw(ruimte.gebeurtenissen(dossier.id))
                for stap in ruimte.stappen(dossier.id):
                    blijft = stap.stapsoort in _BLIJFT or volgt_klantmanager(stap.kenmerk)
                    if stap.status in _ONAF and not blijft:
                        _weeg(ruimte, overgang, oud, geladen.regio, stap, stand, vanaf)
            except Exception as fout:  # de andere dossiers worden bekeken; het verslag noemt dit
                overgang.mislukt.append(mislukking(fout, dossier.id, dossier.referentie))
    return overgang


def _weeg(ruimte: Ruimte, overgang: Overgang, oud: Regio, nieuw: Regio, stap: Stap, stand: Stand, vanaf: date) -> None:
    op = max(stap.start, vanaf) if stap.status is Stapstatus.GEPLAND else vanaf
    eerst, straks = _partner(ruimte, oud, stap, stand, op), _partner(ruimte, nieuw, stap, stand, op)
    if stap.status is Stapstatus.OPEN:
        eerst = stap.partner
    if eerst is None or straks == eerst:
        return
    if straks is None:
        overgang.zonder[stap.stapsoort] += 1
    hoe = "gepland" if stap.status is Stapstatus.GEPLAND else _regime(oud, stap).value
    overgang.aantallen[Verplaatsing(stap.stapsoort, eerst, straks or "niemand", hoe)] += 1
    if hoe != Overgangsregime.UITDIENEN.value:
        overgang.dossiers.add(stap.dossier_id)


def _partner(ruimte: Ruimte, regio: Regio, stap: Stap, stand: Stand, op: date) -> str | None:
    vraag = vraag_bij(ruimte, regio, stap, stand, op)
    if vraag is None:
        return None
    antwoord = zoek_antwoord(regio, vraag, situatie_bij(ruimte, regio, stap, stand, vraag, ()))
    return antwoord.uitvoerder if isinstance(antwoord, Toewijzing) else None


def _regime(oud: Regio, stap: Stap) -> Overgangsregime:
    """Wat de afspraak waaronder de stap is gegeven over het einde zegt; weg uit het bestand is uitdienen."""
    afspraak = oud.afspraak(stap.afspraak) if stap.afspraak else None
    return afspraak.overgangsregime if afspraak is not None else Overgangsregime.UITDIENEN


def activeer(
    omgeving: Omgeving, geladen: GeladenRegio, actor: Actor, *, bevestigd_door: str | None = None
) -> tuple[Regioverschil, Overgang]:
    """Laad een nieuwe versie. BevestigingNodig als lopende stappen veranderen en niemand dat met zijn naam bevestigt.

    Een dossier waarin dat niet te zien is, vraagt dezelfde bevestiging: wie laadt, weet dan dat het later overgaat.
    Geldt de versie al, dan gebeurt de overgang meteen; anders op haar eerste dag, bij het dagwerk.
    """
    overgang = bekijk_overgang(omgeving, geladen)
    if overgang.vraagt_een_naam and bevestigd_door is None:
        raise BevestigingNodig(overgang)
    if bevestigd_door is not None:
        _eis_bevestiger(geladen.regio, bevestigd_door, omgeving.klok.vandaag())
    wie = Actor(f"{actor.code}, bevestigd door {bevestigd_door}"[:100]) if bevestigd_door else actor
    verschil = laad_regio(omgeving, geladen, wie)
    if verschil.nieuw:
        try:
            voer_overgangen_uit(omgeving)
        except OvergangOnaf as onaf:  # de versie is geladen; het dagwerk gaat hiermee door
            overgang.onaf = onaf
    return verschil, overgang


def _eis_bevestiger(regio: Regio, code: str, op: date) -> None:
    wie = regio.medewerker(code)
    mag = {Rol.REGIOCOORDINATOR, Rol.TEAMLEIDER, Rol.CONTRACTMANAGER, Rol.MANDAATHOUDER}
    if wie is None or not wie.in_dienst_op(op) or not mag & set(wie.rollen):
        raise RegieFout(
            f"'{code[:40]}' kan een nieuwe versie niet bevestigen.",
            "Laat een regiocoordinator, teamleider, contractmanager of mandaathouder uit de regio bevestigen.",
        )


def voer_overgangen_uit(omgeving: Omgeving) -> int:
    """Voer de overgang uit naar elke versie die intussen geldt en nog geen overgang had; geef het aantal stappen."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        versies = [v for v in ruimte.regioversies(omgeving.regio) if v.geldig_van <= vandaag]
        if not versies:
            return 0
        huidig = ruimte.regioversie_op(omgeving.regio, vandaag)
        assert huidig is not None
        merk = f"{OVERGANG}:{huidig.versie}"[:60]
        if ruimte.dagwerk_gedaan(merk, huidig.geldig_van):
            return 0
        vorige = [v for v in versies if v.id != huidig.id]
        lopend = [(d.id, d.referentie) for d in ruimte.dossiers(status=Dossierstatus.LOPEND)] if vorige else []
    verplaatst, bleef = 0, list[Mislukking]()
    for dossier_id, referentie in lopend:
        try:
            verplaatst += in_ruimte(omgeving, _overgang_van(omgeving, dossier_id))
        except Exception as fout:  # de andere dossiers gaan over; dit is niet af, dus het komt opnieuw
            bleef.append(mislukking(fout, dossier_id, referentie))
    if bleef:
        raise OvergangOnaf(
            f"{len(bleef)} van de {len(lopend)} dossiers ging niet over naar '{huidig.versie}': "
            f"{noem(een.dossier for een in bleef)}. {bleef[0].waarom}",
            "De andere zijn over. Herstel deze dossiers ('regie dokter' zegt hoe); daarna gaan zij vanzelf over.",
        )
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.doe_dagwerk(merk, huidig.geldig_van, omgeving.klok.nu())
    return verplaatst


def _overgang_van(omgeving: Omgeving, dossier_id: UUID) -> Callable[[Ruimte], int]:
    def werk(ruimte: Ruimte) -> int:
        nieuwe = list(_feiten(ruimte, omgeving, dossier_id))
        if nieuwe:
            leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden="Er gelden nieuwe samenwerkingsafspraken.")
        return len(nieuwe)

    return werk


def _feiten(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID) -> Iterator[NieuweGebeurtenis]:
    """Geef wat er in één dossier overgaat: open stappen met `overdragen`, of de vraag aan de klantmanager."""
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    stand = vouw(ruimte.gebeurtenissen(dossier_id))
    reden = f"overgang naar afsprakenversie {regio.versie}"
    gevraagd = False
    for stap in ruimte.stappen(dossier_id):
        if stap.status is not Stapstatus.OPEN or stap.stapsoort in _BLIJFT or stap.afsprakenversie == regio.versie:
            continue
        oud = _versie_van(ruimte, omgeving, stap)
        regime = _regime(oud, stap) if oud is not None else Overgangsregime.UITDIENEN
        if regime is Overgangsregime.UITDIENEN or _partner(ruimte, regio, stap, stand, vandaag) == stap.partner:
            continue
        if regime is Overgangsregime.KEUZE_KLANTMANAGER:
            if not gevraagd:
                gevraagd = True
                yield nieuwe_controle(stand, omgeving, KEUZE, stap.kenmerk)
            continue
        keuze = kies_behandelaar(ruimte, regio, stap, stand, vandaag)
        if not isinstance(keuze, Keuze) or keuze.gat or keuze.medewerker.code == stap.medewerker:
            continue
        ander = StapToegewezen(partner=keuze.partner, medewerker=keuze.medewerker.code)
        yield NieuweGebeurtenis("stap_toegewezen", vandaag, ander, SYSTEEM, reden=reden, stap=stap.kenmerk)
        if stap.rol is Rol.KLANTMANAGER and stand.klantmanager == stap.medewerker:
            wie = KlantmanagerToegewezen(medewerker=keuze.medewerker.code, partner=keuze.partner)
            yield NieuweGebeurtenis("klantmanager_toegewezen", vandaag, wie, SYSTEEM, reden=reden)


def _versie_van(ruimte: Ruimte, omgeving: Omgeving, stap: Stap) -> Regio | None:
    """De afspraken waaronder deze stap is gegeven."""
    versies = {v.versie: v for v in ruimte.regioversies(omgeving.regio)}
    gevonden = versies.get(stap.afsprakenversie or "")
    try:
        return lees_versie(gevonden) if gevonden is not None else None
    except AfsprakenOnleesbaar:
        return None  # wat erin stond over het einde weet niemand meer: dan blijft de stap waar zij is
