"""Een handeling van ops op veel stappen of dossiers tegelijk: kiezen, proefdraaien, uitvoeren, hervatten.

`proef` en `voer_uit` zijn de hele toegang, voor opdrachtregel, Prefect en portaal. Elk dossier heeft een eigen
transactie, waarin ook zijn regel van de bulk op gedaan gaat: hoe vaak een bulk ook loopt, geen stap gaat twee keer. Een
weigering staat in het verslag en houdt de rest niet tegen. Een fout die niemand voorzag ook niet; die regel is dan niet
af, en wie hervat probeert haar opnieuw.
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from typing import Final
from uuid import UUID

from domein.fouten import OngeldigeGegevens, RegieFout, VolgnummerBezet
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bevoegdheid import eis_ops
from domein.handelingen.bulkafdruk import ProefVerouderd, afdruk_van
from domein.handelingen.bulkbeweging import bewegingen, momentopname
from domein.handelingen.bulkdoelen import eis_bekend, eis_gevonden, per_dossier, zoek_doelen
from domein.handelingen.bulkpost import gevolgen, houd_vast, nieuwe_berichten, voeg_samen
from domein.handelingen.kern import Uitwerking, in_ruimte
from domein.handelingen.onverwacht import is_onverwacht, mislukt
from domein.handelingen.ops import handel, in_proef
from domein.handelingen.opsfouten import NietsGevonden, OnbekendeBulk
from domein.handelingen.opsvormen import Bulkverslag, Doel, Opdracht, Regel, Uitslag, vat_samen
from domein.handelingen.regio import regio_op
from domein.model import Bericht, Bulk, Bulkregel
from domein.ports import Omgeving, Ruimte
from domein.regels.bulkkeuze import Bulkkeuze, Handeling, controleer, vingerafdruk
from domein.regels.termijnbreuk import TermijnGebroken

ALFABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
Voortgang = Callable[[int, int], None]
_IN_DELEN: Final = "Doe het in delen: kies één gemeente, één organisatie of minder dagen, en daarna de rest."


class TeVeelDossiers(OngeldigeGegevens):
    """Deze keuze is te groot om in één keer te bekijken."""

    code = "te_veel_dossiers"


def nieuw_bulknummer() -> str:
    """Een nummer om een bulk mee te hervatten, zoals B-7F3K9QXM."""
    return "B-" + "".join(secrets.choice(ALFABET) for _ in range(8))


def proef(
    omgeving: Omgeving,
    keuze: Bulkkeuze,
    opdracht: Opdracht,
    actor: Actor,
    *,
    bulk_id: str | None = None,
    grens: int | None = None,
) -> Bulkverslag:
    """Laat zien wat de handeling zou doen, per stap of dossier; er wordt niets bewaard.

    Met het nummer van een bulk die al begon: alleen wat daarvan nog moet. Met een grens: TeVeelDossiers als het er meer
    zijn, voordat er iets is uitgerekend.
    """
    doelen = _begin(omgeving, keuze, opdracht, actor, bulk_id)
    aantal = len(per_dossier(doelen))
    if grens is not None and aantal > grens:
        raise TeVeelDossiers(f"Dit gaat over {aantal} dossiers; hier kunnen er {grens} tegelijk.", _IN_DELEN)
    verslag = Bulkverslag(opdracht.handeling, proef=True)
    for groep in per_dossier(doelen).values():

        def werk(ruimte: Ruimte, van_dossier: Sequence[Doel] = groep) -> list[Regel]:
            return [_een(ruimte, omgeving, doel, opdracht, actor)[0] for doel in van_dossier]

        try:
            verslag.regels.extend(in_proef(omgeving, werk))
        except Exception as fout:  # ook wat niemand voorzag blijft bij dit dossier
            verslag.regels.extend(_alles_geweigerd(omgeving, groep, mislukt(fout, groep[0].dossier_id)))
    return _sluit(verslag)


def voer_uit(
    omgeving: Omgeving,
    keuze: Bulkkeuze,
    opdracht: Opdracht,
    actor: Actor,
    bulk_id: str,
    voortgang: Voortgang = lambda _gedaan, _totaal: None,
    *,
    verwacht: Collection[str] | None = None,
    hoogstens: int | None = None,
) -> Bulkverslag:
    """Voer de handeling uit. Met hetzelfde nummer nog eens: alleen wat nog niet was gedaan.

    `verwacht`: de afdrukken van een proef; een dossier dat nu anders zou uitkomen, wordt geweigerd. `hoogstens`: zoveel
    dossiers waarin nog iets moet; de rest wacht op een volgende keer. OngeldigeGegevens als onder dit nummer eerder
    iets anders is gevraagd.
    """
    afdruk = vingerafdruk(opdracht.handeling, keuze, opdracht.waarden())
    if not _bestaat(omgeving, bulk_id, afdruk):
        doelen = _begin(omgeving, keuze, opdracht, actor)
        _leg_aan(omgeving, keuze, opdracht, actor, bulk_id, afdruk, doelen)
    opdracht.controleer()
    with omgeving.magazijn.ruimte() as ruimte:
        alle = ruimte.bulkregels(bulk_id)
    groepen = list(per_dossier(Doel(r.dossier_id) for r in alle if hoogstens is None or r.uitslag is None))
    verslag = Bulkverslag(opdracht.handeling, proef=False, bulk=bulk_id)
    voortgang(0, len(groepen))  # de keuze ligt vast: vanaf hier is er iets te hervatten
    for nummer, dossier_id in enumerate(groepen[:hoogstens], start=1):
        verslag.regels.extend(_doe_dossier(omgeving, bulk_id, dossier_id, opdracht, actor, verwacht))
        voortgang(nummer, len(groepen))
    if hoogstens is None or len(groepen) <= hoogstens:
        _rond_af(omgeving, bulk_id)
    return _sluit(verslag)


def een(omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor, *, proef: bool) -> tuple[Regel, Uitwerking]:
    """Doe de handeling op één stap of dossier en beschrijf haar gevolgen; RegieFout als zij niet kan."""
    opdracht.controleer()

    def werk(ruimte: Ruimte) -> tuple[Regel, Uitwerking]:
        regel, _, uitwerking = _gedaan(ruimte, omgeving, doel, opdracht, actor)
        return regel, uitwerking

    return in_proef(omgeving, werk) if proef else in_ruimte(omgeving, werk)


def proef_doorhaling(omgeving: Omgeving, bulk_id: str, actor: Actor, reden: str) -> Bulkverslag:
    """Laat zien wat het ongedaan maken van een bulk zou doen."""
    return proef(omgeving, keuze_van(omgeving, bulk_id), Opdracht(Handeling.DOORHALEN, reden, bulk=bulk_id), actor)


def haal_bulk_door(
    omgeving: Omgeving, bulk_id: str, actor: Actor, reden: str, voortgang: Voortgang = lambda _gedaan, _totaal: None
) -> Bulkverslag:
    """Haal elke gebeurtenis van een bulk door. Twee keer mag: zij heeft een vast eigen nummer."""
    opdracht = Opdracht(Handeling.DOORHALEN, reden, bulk=bulk_id)
    return voer_uit(omgeving, keuze_van(omgeving, bulk_id), opdracht, actor, f"{bulk_id}-ongedaan", voortgang)


def keuze_van(omgeving: Omgeving, bulk_id: str) -> Bulkkeuze:
    """De dossiers van een bulk, om haar ongedaan te maken; OnbekendeBulk als zij er niet is."""
    with omgeving.magazijn.ruimte() as ruimte:
        _eis_bulk(ruimte, bulk_id)
        dossiers = sorted({ruimte.dossier(r.dossier_id).referentie for r in ruimte.bulkregels(bulk_id)})
    return Bulkkeuze(dossiers=tuple(dossiers))


def _eis_bulk(ruimte: Ruimte, bulk_id: str) -> Bulk:
    bulk = ruimte.bulk(bulk_id)
    if bulk is None:
        raise OnbekendeBulk(f"Er is geen bulk '{bulk_id[:40]}'.", "Kijk met 'regie bulk lijst' welke er zijn.")
    return bulk


# het begin: wie, wat, welke


def _begin(
    omgeving: Omgeving, keuze: Bulkkeuze, opdracht: Opdracht, actor: Actor, bulk_id: str | None = None
) -> list[Doel]:
    """Toets de vraag en de vrager, en zoek de doelen op; van een bulk die al begon: wat daarvan nog moet."""
    opdracht.controleer()
    if bulk_id is not None and _bestaat(omgeving, bulk_id, vingerafdruk(opdracht.handeling, keuze, opdracht.waarden())):
        with omgeving.magazijn.ruimte() as ruimte:
            return [_doel_van(rij) for rij in ruimte.bulkregels(bulk_id) if _moet_nog(rij)]
    controleer(keuze, opdracht.handeling)
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        regio = regio_op(ruimte, omgeving, vandaag)
        eis_ops(regio, None, actor, vandaag)
        eis_bekend(regio, opdracht)
        if opdracht.handeling is Handeling.DOORHALEN:
            return _ongedaan(ruimte, opdracht.bulk or "")
        doelen = zoek_doelen(ruimte, omgeving, keuze, opdracht.handeling)
    eis_gevonden(regio, keuze, doelen)
    return doelen


def _ongedaan(ruimte: Ruimte, bulk_id: str) -> list[Doel]:
    _eis_bulk(ruimte, bulk_id)
    gedaan = [r for r in ruimte.bulkregels(bulk_id) if r.uitslag == Uitslag.GEDAAN and r.gebeurtenissen]
    if not gedaan:
        raise NietsGevonden("Deze bulk heeft niets vastgelegd.", "Er is niets om door te halen.")
    # De laatste eerst: een latere gebeurtenis kan op een eerdere rusten.
    return [Doel(r.dossier_id, r.stap_id, tuple(r.gebeurtenissen)) for r in reversed(gedaan)]


def _bestaat(omgeving: Omgeving, bulk_id: str, afdruk: str) -> bool:
    with omgeving.magazijn.ruimte() as ruimte:
        bulk = ruimte.bulk(bulk_id)
        if bulk is not None and bulk.vingerafdruk != afdruk:
            raise OngeldigeGegevens(
                f"Onder nummer {bulk_id[:40]} is eerder iets anders gevraagd.",
                "Hervat met precies dezelfde opdracht, of laat --bulk weg voor een nieuw nummer.",
            )
        return bulk is not None


def _leg_aan(
    omgeving: Omgeving, keuze: Bulkkeuze, opdracht: Opdracht, actor: Actor, bulk_id: str, afdruk: str,
    doelen: Sequence[Doel],
) -> None:  # fmt: skip
    bulk = Bulk(
        id=bulk_id, handeling=opdracht.handeling.value, vingerafdruk=afdruk, keuze=keuze.als_dict(),
        waarden={naam: str(waarde) for naam, waarde in opdracht.waarden().items() if waarde},
        door=actor.code, verificatie=actor.verificatie, begonnen_op=omgeving.klok.nu(),
    )  # fmt: skip
    regels = [
        Bulkregel(
            bulk_id=bulk_id, volgorde=nummer, dossier_id=doel.dossier_id, stap_id=doel.stap_id,
            ongedaan=list(doel.volgnummers),
        )
        for nummer, doel in enumerate(doelen, start=1)
    ]  # fmt: skip
    try:
        with omgeving.magazijn.ruimte() as ruimte:
            ruimte.bewaar(bulk, *regels)
    except VolgnummerBezet:  # een ander begon op hetzelfde moment aan dezelfde bulk
        _bestaat(omgeving, bulk_id, afdruk)


# per dossier


def _doe_dossier(
    omgeving: Omgeving, bulk_id: str, dossier_id: UUID, opdracht: Opdracht, actor: Actor,
    verwacht: Collection[str] | None,
) -> list[Regel]:  # fmt: skip
    def werk(ruimte: Ruimte) -> list[Regel]:
        rijen = ruimte.bulkregels(bulk_id, dossier_id)
        nieuw = any(_moet_nog(rij) for rij in rijen)
        regels = [_een_regel(ruimte, omgeving, rij, opdracht, actor) for rij in rijen]
        if nieuw and verwacht is not None and afdruk_van(regels) not in verwacht:
            raise ProefVerouderd  # er is nog niets bewaard: het hele dossier gaat terug
        return regels

    try:
        return in_ruimte(omgeving, werk)
    except Exception as fout:  # ook wat niemand voorzag blijft bij dit dossier
        return _weiger(omgeving, bulk_id, dossier_id, mislukt(fout, dossier_id))


def _moet_nog(rij: Bulkregel) -> bool:
    """Nog niet gedaan, of toen onvoorzien mislukt: dat was geen oordeel over de handeling."""
    return rij.uitslag is None or is_onverwacht(rij.code)


def _een_regel(ruimte: Ruimte, omgeving: Omgeving, rij: Bulkregel, opdracht: Opdracht, actor: Actor) -> Regel:
    if not _moet_nog(rij):
        return _eerder(ruimte, rij)
    regel, berichten = _een(ruimte, omgeving, _doel_van(rij), opdracht, actor, bundelen=True)
    _noteer(ruimte, omgeving, rij, regel, berichten)
    return regel


def _noteer(ruimte: Ruimte, omgeving: Omgeving, rij: Bulkregel, regel: Regel, berichten: Sequence[str] = ()) -> None:
    rij.uitslag, rij.code, rij.waarom, rij.uitweg = regel.uitslag.value, regel.code, regel.waarom, regel.uitweg
    rij.gebeurtenissen, rij.berichten = list(regel.gebeurtenissen), list(berichten)
    rij.afgerond_op = omgeving.klok.nu()
    ruimte.bewaar(rij)


def _weiger(omgeving: Omgeving, bulk_id: str, dossier_id: UUID, fout: RegieFout) -> list[Regel]:
    """Het plan zelf weigerde: van dit dossier is niets bewaard, en elke regel zegt waarom."""

    def werk(ruimte: Ruimte) -> list[Regel]:
        uit: list[Regel] = []
        for rij in ruimte.bulkregels(bulk_id, dossier_id):
            if _moet_nog(rij):
                uit.append(_geweigerd(ruimte, _doel_van(rij), fout))
                _noteer(ruimte, omgeving, rij, uit[-1])
            else:
                uit.append(_eerder(ruimte, rij))
        return uit

    return in_ruimte(omgeving, werk)


def _een(
    ruimte: Ruimte, omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor, *, bundelen: bool = False
) -> tuple[Regel, list[str]]:
    """Doe de handeling op één doel en beschrijf wat er veranderde; een weigering is ook een antwoord."""
    voor = len(ruimte.gebeurtenissen(doel.dossier_id))
    try:
        regel, berichten, _ = _gedaan(ruimte, omgeving, doel, opdracht, actor)
    except RegieFout as fout:
        if len(ruimte.gebeurtenissen(doel.dossier_id)) != voor:
            raise  # er was al iets geschreven: dan gaat het hele dossier terug
        return _geweigerd(ruimte, doel, fout), []
    return regel, houd_vast(ruimte, omgeving, berichten) if bundelen else []


def _gedaan(
    ruimte: Ruimte, omgeving: Omgeving, doel: Doel, opdracht: Opdracht, actor: Actor
) -> tuple[Regel, list[Bericht], Uitwerking]:
    referentie = ruimte.dossier(doel.dossier_id).referentie
    voor = momentopname(ruimte, doel.dossier_id)
    post = {bericht.id for bericht in ruimte.berichten(dossier_id=doel.dossier_id)}
    uitwerking, gebroken = handel(ruimte, omgeving, doel, opdracht, actor)
    nieuw = nieuwe_berichten(ruimte, doel.dossier_id, post)
    regel = Regel(
        referentie,
        _kenmerk(ruimte, doel),
        Uitslag.GEDAAN,
        # Een vraag die het plan zelf stelt, hoort niet bij de handeling en gaat er niet mee terug.
        tuple(g.volgnummer for g in uitwerking.gebeurtenissen if g.soort != "controle_gevraagd"),
        bewegingen=bewegingen(voor, momentopname(ruimte, doel.dossier_id)),
        mails=gevolgen(ruimte, omgeving, referentie, nieuw),
        termijnen=gebroken,
    )
    return regel, nieuw, uitwerking


# het verslag


def _doel_van(rij: Bulkregel) -> Doel:
    return Doel(rij.dossier_id, rij.stap_id, tuple(rij.ongedaan))


def _kenmerk(ruimte: Ruimte, doel: Doel) -> str | None:
    return ruimte.stap(doel.stap_id).kenmerk if doel.stap_id is not None else None


def _geweigerd(ruimte: Ruimte, doel: Doel, fout: RegieFout) -> Regel:
    return Regel(
        ruimte.dossier(doel.dossier_id).referentie,
        _kenmerk(ruimte, doel),
        Uitslag.GEWEIGERD,
        code=fout.code,
        waarom=fout.melding,
        uitweg=fout.uitweg,
        termijnen=fout.breuken if isinstance(fout, TermijnGebroken) else (),
    )


def _alles_geweigerd(omgeving: Omgeving, doelen: Sequence[Doel], fout: RegieFout) -> list[Regel]:
    with omgeving.magazijn.ruimte() as ruimte:
        return [_geweigerd(ruimte, doel, fout) for doel in doelen]


def _eerder(ruimte: Ruimte, rij: Bulkregel) -> Regel:
    """Wat een vorige keer al is gedaan, of toen is geweigerd: dat blijft zo."""
    gedaan = rij.uitslag == Uitslag.GEDAAN
    return Regel(
        ruimte.dossier(rij.dossier_id).referentie,
        _kenmerk(ruimte, _doel_van(rij)),
        Uitslag.EERDER if gedaan else Uitslag.GEWEIGERD,
        tuple(rij.gebeurtenissen),
        rij.code,
        rij.waarom,
        rij.uitweg,
    )


def _rond_af(omgeving: Omgeving, bulk_id: str) -> None:
    with omgeving.magazijn.ruimte() as ruimte:
        ids = [een for rij in ruimte.bulkregels(bulk_id) for een in rij.berichten]
    voeg_samen(omgeving, bulk_id, ids)
    with omgeving.magazijn.ruimte() as ruimte:
        bulk = _eis_bulk(ruimte, bulk_id)
        if bulk.klaar_op is None:
            bulk.klaar_op = omgeving.klok.nu()
            ruimte.bewaar(bulk)


def _sluit(verslag: Bulkverslag) -> Bulkverslag:
    verslag.mails = vat_samen(mail for regel in verslag.regels for mail in regel.mails)
    return verslag
