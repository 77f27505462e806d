"""Een goedgekeurde lijst uitvoeren: per dossier de sleutel vernietigen, en een verklaring als bewijs.

Per dossier in deze volgorde: het register buiten de database, dan de transactie (de gebeurtenis, het wissen van wat er
leesbaar omheen staat, de rij met persoonsgegevens), dan de sleutel. Valt de stroom ertussen uit, dan maakt een tweede
keer het af. Wie een oude reservekopie terugzet, roept `pas_register_toe` aan.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Dossierstatus, Lijststatus, Regelstatus
from domein.fouten import GeenBevoegdheid, OnbekendDossier, OvergangNietToegestaan, RegieFout
from domein.gebeurtenissen.basis import SYSTEEM, Actor, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import DossierVernietigd
from domein.handelingen.bewaarpoort import Registerregel
from domein.handelingen.bewaren import kandidaat
from domein.handelingen.eenmalig import BEWAARD
from domein.handelingen.kern import in_ruimte, leg_vast
from domein.handelingen.vernietigingslijst import UITVOERDERS, eis_rol, inhoud_hash, vind_lijst
from domein.model import Vernietigingslijst, Vernietigingsregel
from domein.ports import Omgeving, Ruimte

Rij = dict[str, Any]
_UIT_REGISTER: Final = "uit-het-register"
WIJZE: Final = (
    "De sleutel van het dossier is vernietigd (AES-256-GCM-SIV); persoonsgegevens en gebeurtenissen zijn daarmee "
    "onleesbaar, ook in reservekopieen. Teksten van post, stappen en signalen zijn gewist; de database is herschreven."
)


@dataclass(slots=True)
class Vernietigingsverslag:
    """Wat er gebeurde; `partners` bewaren misschien nog iets en horen dat het weg moet."""

    lijst: str
    proef: bool
    vernietigd: list[str] = field(default_factory=list[str])
    overgeslagen: dict[str, str] = field(default_factory=dict[str, str])
    mislukt: dict[str, str] = field(default_factory=dict[str, str])
    partners: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    geschoond: bool = False
    verklaring: Mapping[str, Any] | None = None


def vernietig(omgeving: Omgeving, nummer: str, actor: Actor, *, proef: bool = False) -> Vernietigingsverslag:
    """Voer een goedgekeurde lijst uit; wat intussen een beletsel kreeg, wordt overgeslagen met de reden.

    Eén mislukt dossier houdt de rest niet tegen; de lijst blijft dan goedgekeurd en kan nog eens.
    """
    with omgeving.magazijn.ruimte() as ruimte:
        lijst = vind_lijst(ruimte, nummer)
        eis_rol(ruimte, omgeving, lijst.gemeente, actor, UITVOERDERS, "uitvoeren")
        regels = ruimte.vernietigingsregels(lijst_id=lijst.id)
        _eis_uitvoerbaar(lijst, regels)
        te_doen = [
            (regel.id, ruimte.dossier(regel.dossier_id).referentie)
            for regel in regels
            if regel.status is Regelstatus.VOORGESTELD
        ]
    verslag = Vernietigingsverslag(lijst.nummer, proef)
    for regel_id, referentie in te_doen:
        try:
            _een(omgeving, lijst.id, regel_id, referentie, lijst.nummer, actor, verslag)
        except RegieFout as fout:
            verslag.mislukt[referentie] = fout.melding
    if not proef:
        ruim_verlopen_op(omgeving)
        verslag.geschoond = omgeving.magazijn.schoon_op()
        verslag.verklaring = in_ruimte(omgeving, lambda ruimte: _rond_af(ruimte, omgeving, nummer, actor))
    return verslag


def ruim_verlopen_op(omgeving: Omgeving) -> None:
    """Wis wat maar even mocht blijven staan: een ingelezen bestand (zijn naam kan een persoon noemen) en antwoorden.

    Anders bleef het staan tot de volgende die iets inleest of vraagt, en die komt misschien nooit.
    """

    def werk(ruimte: Ruimte) -> None:
        ruimte.vergeet_eenmalig(omgeving.klok.nu() - BEWAARD)
        ruimte.ruim_importbestanden_op(omgeving.klok.nu())

    in_ruimte(omgeving, werk)


def _eis_uitvoerbaar(lijst: Vernietigingslijst, regels: list[Vernietigingsregel]) -> None:
    if lijst.status is not Lijststatus.GOEDGEKEURD:
        uitweg = {
            Lijststatus.OPGESTELD: "Laat een ander dan wie haar opstelde haar goedkeuren.",
            Lijststatus.UITGEVOERD: "Lees de verklaring met 'regie bewaren verklaring'.",
        }.get(lijst.status, "Stel een nieuwe lijst op.")
        raise OvergangNietToegestaan(f"Lijst {lijst.nummer} is {lijst.status.value}, niet goedgekeurd.", uitweg)
    if lijst.besloten_door in (None, lijst.opgesteld_door):
        raise GeenBevoegdheid(
            f"Lijst {lijst.nummer} is niet door een tweede persoon goedgekeurd.", "Stel een nieuwe lijst op."
        )
    if lijst.inhoud_sha256 != inhoud_hash(lijst, regels):
        raise OvergangNietToegestaan(
            f"Lijst {lijst.nummer} is na de goedkeuring veranderd; er is niets vernietigd.",
            "Stel een nieuwe lijst op en meld dit aan de functionaris voor gegevensbescherming.",
        )


def _een(
    omgeving: Omgeving,
    lijst_id: UUID,
    regel_id: UUID,
    referentie: str,
    nummer: str,
    actor: Actor,
    verslag: Vernietigingsverslag,
) -> None:
    def werk(ruimte: Ruimte) -> str:
        """Vernietig; geef waarom niet, of een lege tekst."""
        regel = next(r for r in ruimte.vernietigingsregels(lijst_id=lijst_id) if r.id == regel_id)
        if regel.status is not Regelstatus.VOORGESTELD:  # een ander was eerder
            return regel.waarom
        vandaag = omgeving.klok.vandaag()
        nu = kandidaat(ruimte, ruimte.dossier(regel.dossier_id), vandaag)
        belet = _waarom_niet(ruimte, regel, nu.belet if nu else ("het dossier is al gewist",))
        if nu is not None and not belet and not nu.mag_op(vandaag):
            belet = f"de bewaartermijn loopt tot en met {nu.oordeel.bewaren_tot}"
        if nu is not None and not belet and nu.oordeel.bewaren_tot != regel.bewaren_tot:
            belet = "de bewaartermijn is na de goedkeuring veranderd"
        partners = sorted({stap.partner for stap in ruimte.stappen(regel.dossier_id) if stap.partner})
        if not belet:
            verslag.partners[referentie] = partners
        if verslag.proef:
            return belet
        if belet:
            regel.status, regel.waarom = Regelstatus.OVERGESLAGEN, f"Overgeslagen: {belet}."
            ruimte.bewaar(regel)
            return belet
        _vernietig_dossier(ruimte, omgeving, regel, nummer, actor)
        return ""

    waarom_niet = in_ruimte(omgeving, werk)
    if waarom_niet:
        verslag.overgeslagen[referentie] = waarom_niet
    else:
        verslag.vernietigd.append(referentie)


def _waarom_niet(ruimte: Ruimte, regel: Vernietigingsregel, belet: tuple[str, ...]) -> str:
    if not ruimte.controleer_keten(regel.dossier_id):
        raise RegieFout(
            "De keten van dit dossier klopt niet; het is niet vernietigd, want het bewijs zou vals zijn.",
            "Meld dit aan de functionaris voor gegevensbescherming.",
        )
    return "; ".join(belet)


def _vernietig_dossier(
    ruimte: Ruimte, omgeving: Omgeving, regel: Vernietigingsregel, nummer: str, actor: Actor
) -> None:
    dossier_id, nu = regel.dossier_id, omgeving.klok.nu()
    nieuw = NieuweGebeurtenis(
        "dossier_vernietigd", omgeving.klok.vandaag(), DossierVernietigd(lijst=nummer), actor,
        reden=f"Vernietigingslijst {nummer}.",
    )  # fmt: skip
    leg_vast(ruimte, omgeving, dossier_id, [nieuw], reden="Het dossier is vernietigd.")
    regel.status, regel.vernietigd_op, regel.sleutel_id = Regelstatus.VERNIETIGD, nu, ruimte.sleutel_id(dossier_id)
    _wis(ruimte, omgeving, regel)
    # Als laatste voor het bewaren: mislukt er iets hiervoor, dan staat er niets in het register.
    omgeving.register.schrijf(Registerregel(dossier_id, regel.sleutel_id, omgeving.klok.vandaag()))


def _wis(ruimte: Ruimte, omgeving: Omgeving, regel: Vernietigingsregel) -> None:
    """Wis wat leesbaar is, leg het bewijs vast, en zet de sleutel klaar om na het bewaren te vernietigen."""
    ruimte.ontdoe_van_inhoud(regel.dossier_id)
    dossier = ruimte.dossier(regel.dossier_id)
    if dossier.status is not Dossierstatus.BEEINDIGD:  # alleen na het terugzetten van een oude reservekopie
        dossier.status, dossier.beeindigd_op = Dossierstatus.BEEINDIGD, omgeving.klok.vandaag()
    regel.gebeurtenissen, regel.keten_hoofd = dossier.laatste_volgnummer, dossier.keten_hoofd
    ruimte.bewaar(dossier, regel)
    ruimte.wis_persoon(regel.dossier_id)


def _rond_af(ruimte: Ruimte, omgeving: Omgeving, nummer: str, actor: Actor) -> Mapping[str, Any] | None:
    """Sluit de lijst als er niets meer te doen is, en maak haar verklaring."""
    lijst = vind_lijst(ruimte, nummer)
    regels = ruimte.vernietigingsregels(lijst_id=lijst.id)
    if any(regel.status is Regelstatus.VOORGESTELD for regel in regels):
        return None
    lijst.status, lijst.uitgevoerd_op, lijst.uitgevoerd_door = Lijststatus.UITGEVOERD, omgeving.klok.nu(), actor.code
    vorige = [een for een in ruimte.vernietigingslijsten() if een.verklaring_sha256 and een.id != lijst.id]
    laatste = max(vorige, key=lambda een: (een.uitgevoerd_op or een.opgesteld_op, een.nummer), default=None)
    lijst.verklaring = _verklaring(ruimte, lijst, regels, laatste.verklaring_sha256 if laatste else "")
    lijst.verklaring_sha256 = verklaring_hash(lijst.verklaring)
    ruimte.bewaar(lijst)
    return {**lijst.verklaring, "sha256": lijst.verklaring_sha256}


def _verklaring(ruimte: Ruimte, lijst: Vernietigingslijst, regels: list[Vernietigingsregel], vorige: str) -> Rij:
    def moment(op: datetime | None) -> str:
        return op.isoformat(timespec="seconds") if op else ""

    return {
        "soort": "verklaring van vernietiging", "lijst": lijst.nummer, "gemeente": lijst.gemeente,
        "peildatum": lijst.peildatum.isoformat(),
        "opgesteld": {"door": lijst.opgesteld_door, "op": moment(lijst.opgesteld_op),
                      "verificatie": lijst.opgesteld_verificatie.value},
        "goedgekeurd": {"door": lijst.besloten_door, "op": moment(lijst.besloten_op),
                        "verificatie": lijst.besloten_verificatie.value if lijst.besloten_verificatie else "",
                        "inhoud_sha256": lijst.inhoud_sha256},
        "uitgevoerd": {"door": lijst.uitgevoerd_door, "op": moment(lijst.uitgevoerd_op)},
        "wijze": WIJZE,
        "vernietigd": [
            {
                "referentie": ruimte.dossier(r.dossier_id).referentie, "resultaat": r.resultaat, "grond": r.grond,
                "einde_op": str(r.einde_op), "bewaren_tot": str(r.bewaren_tot),
                "vernietigd_op": moment(r.vernietigd_op),
                "gebeurtenissen": r.gebeurtenissen, "keten_hoofd": r.keten_hoofd, "sleutel": str(r.sleutel_id),
            }
            for r in regels if r.status is Regelstatus.VERNIETIGD
        ],
        "niet_vernietigd": [
            {"referentie": ruimte.dossier(r.dossier_id).referentie, "waarom": r.waarom}
            for r in regels if r.status is not Regelstatus.VERNIETIGD
        ],
        "vorige_verklaring_sha256": vorige,
    }  # fmt: skip


def verklaring_hash(verklaring: Mapping[str, Any]) -> str:
    tekst = json.dumps(verklaring, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


def lees_verklaring(omgeving: Omgeving, nummer: str) -> Rij:
    """Geef de verklaring van een lijst, en of zij nog is wat er toen is vastgelegd."""
    with omgeving.magazijn.ruimte() as ruimte:
        lijst = vind_lijst(ruimte, nummer)
        if lijst.verklaring is None:
            raise OvergangNietToegestaan(
                f"Lijst {lijst.nummer} is {lijst.status.value}: er is nog geen verklaring.", "Voer de lijst eerst uit."
            )
        regels = ruimte.vernietigingsregels(lijst_id=lijst.id)
        ketens = all(ruimte.controleer_keten(r.dossier_id) for r in regels if r.status is Regelstatus.VERNIETIGD)
        klopt = verklaring_hash(lijst.verklaring) == lijst.verklaring_sha256
        return {**lijst.verklaring, "sha256": lijst.verklaring_sha256, "klopt": klopt, "ketens_kloppen": ketens}


def pas_register_toe(omgeving: Omgeving) -> list[str]:
    """Vernietig opnieuw wat een teruggezette reservekopie terughaalde; geef de referenties. Twee keer doen mag.

    Een dossier dat de reservekopie niet kent, was er toen nog niet; zijn sleutel gaat wel weg.
    """
    gedaan: list[str] = []
    for regel in omgeving.register.lees():
        referentie = in_ruimte(omgeving, lambda ruimte, regel=regel: vernietig_opnieuw(ruimte, omgeving, regel))
        if referentie:
            gedaan.append(referentie)
    ruim_verlopen_op(omgeving)
    omgeving.magazijn.schoon_op()  # maakt ook af wat een reservekopie van de sleutels terughaalde
    return gedaan


def vernietig_opnieuw(ruimte: Ruimte, omgeving: Omgeving, gelezen: Registerregel) -> str:
    """Vernietig dit dossier als het (deels) terug is; geef de referentie, leeg als er niets te doen was."""
    ruimte.vernietig_sleutel(gelezen.dossier_id)  # na het bewaren; ook als alleen de sleutels oud zijn
    try:
        dossier = ruimte.dossier(gelezen.dossier_id)
    except OnbekendDossier:
        return ""
    eerder = ruimte.vernietigingsregels(dossier_id=dossier.id)
    if not ruimte.heeft_persoon(dossier.id) and any(r.status is Regelstatus.VERNIETIGD for r in eerder):
        return ""
    try:
        nieuw = NieuweGebeurtenis(
            "dossier_vernietigd", omgeving.klok.vandaag(), DossierVernietigd(lijst=_UIT_REGISTER), SYSTEEM,
            reden="Opnieuw toegepast na het terugzetten van een reservekopie.",
        )  # fmt: skip
        leg_vast(ruimte, omgeving, dossier.id, [nieuw], reden="Het dossier is vernietigd.")
    except RegieFout:  # de sleutel is weg, of ontbreekt
        pass  # er komt dan geen gebeurtenis meer bij; het leesbare verdwijnt
    bestaand = [r for r in eerder if r.status is Regelstatus.VOORGESTELD]
    regel = bestaand[0] if bestaand else Vernietigingsregel(dossier_id=dossier.id)
    regel.status, regel.waarom = Regelstatus.VERNIETIGD, "Opnieuw toegepast na het terugzetten van een reservekopie."
    regel.vernietigd_op = datetime.combine(gelezen.op, time(), UTC)
    regel.sleutel_id = gelezen.sleutel_id or ruimte.sleutel_id(dossier.id)
    _wis(ruimte, omgeving, regel)
    return dossier.referentie
