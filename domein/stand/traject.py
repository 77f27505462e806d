"""De vouw van wat er met de persoon in het traject gebeurt."""

from dataclasses import replace
from typing import Final

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig, zonder
from domein.stand.vormen import (
    Acceptatie,
    Derde,
    Gesprek,
    Opening,
    Oproep,
    Pip,
    Stand,
    Urenopgave,
    Verzuim,
    Voorstel,
    Wachtplek,
    leeg,
)
from domein.stand.vormen_besluit import Participatieverzuim

KLAAR: Final = "klaar"  # de lessen zijn helemaal gevolgd; bij elke andere reden volgt een nieuw aanbod (art. 16 Wi)


@verwerk.register
def _(d: s.KlantmanagerToegewezen, stand: Stand, g: Gebeurtenis) -> Stand:
    toegewezen = stand.toegewezen
    for kenmerk in d.stappen:
        mee = Opening(0, g.geldig_op, d.partner, d.medewerker, volgnummer=g.volgnummer)
        toegewezen = met(toegewezen, kenmerk, mee)
    return wijzig(stand, klantmanager=d.medewerker, klantmanager_partner=d.partner, toegewezen=toegewezen)


@verwerk.register
def _(d: s.OproepVerzonden, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, oproepen=met(stand.oproepen, d.nummer, Oproep(g.geldig_op, d.afspraak_op)))


@verwerk.register
def _(d: s.NietVerschenen, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, verzuim=met(stand.verzuim, d.nummer, Verzuim(g.geldig_op, d.verschoonbaar)))


@verwerk.register
def _(d: s.IntakeGehouden, stand: Stand, g: Gebeurtenis) -> Stand:
    compleet = None not in (d.opleiding, d.werkervaring_jaren, d.taalniveau)
    return wijzig(
        stand,
        intake_op=g.geldig_op,
        advies=d.advies,
        leerbaarheidstoets_op=d.leerbaarheidstoets_op,
        startmeting_op=g.geldig_op if compleet else stand.startmeting_op,
    )


@verwerk.register
def _(_d: s.StartmetingVastgelegd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, startmeting_op=g.geldig_op)


@verwerk.register
def _(_d: s.IntakeAmbtshalveAfgerond, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, intake_op=g.geldig_op, intake_ambtshalve=True)


@verwerk.register
def _(d: s.DerdeGevraagd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, derden=met(stand.derden, d.nummer, Derde(g.geldig_op)))


@verwerk.register
def _(d: s.DerdeOntvangen, stand: Stand, g: Gebeurtenis) -> Stand:
    derde = stand.derden.get(d.nummer)
    if derde is None:
        return stand
    return wijzig(stand, derden=met(stand.derden, d.nummer, replace(derde, ontvangen_op=g.geldig_op)))


@verwerk.register
def _(d: s.PipVoorstel, stand: Stand, g: Gebeurtenis) -> Stand:
    voorstel = Voorstel(d.nummer, g.geldig_op, d.voorstel, d.naar, d.onderdelen, d.bijzonder_geval, d.aanvraag)
    return wijzig(stand, voorstellen=met(stand.voorstellen, d.nummer, voorstel))


@verwerk.register
def _(d: s.PipVastgesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    pip = Pip(
        len(stand.pips) + 1, g.geldig_op, d.leerroute, d.aantal_gesprekken, d.interval_maanden,
        grond=d.grond, bekendgemaakt_op=d.bekendgemaakt_op, a2_onderdelen=d.a2_onderdelen,
        naast_werk=d.lestijd if d.lestijd in ("avond", "weekend") else "", uren_per_week=d.uren_per_week,
        mandaathouder=d.mandaathouder, besluit=d.besluit, stap=g.stap or "", mandaat=d.mandaat or "", bron=d.grondslag,
    )  # fmt: skip
    andere_route = bool(stand.pips) and stand.leerroute is not d.leerroute
    nieuw = wijzig(stand, pips=(*stand.pips, pip))
    return _nieuwe_ronde(nieuw, g, stop_lessen=True) if andere_route else nieuw


def _nieuwe_ronde(stand: Stand, g: Gebeurtenis, *, stop_lessen: bool) -> Stand:
    """Begin een nieuwe aanbodronde; nummers tellen door, en wat nog loopt bij de vorige aanbieder moet stoppen."""
    lopend = stand.acceptatie
    te_stoppen = stand.te_stoppen
    if stop_lessen and lopend is not None and stand.les_klaar_op is None:
        te_stoppen = met(te_stoppen, lopend.nummer, g.geldig_op)
    return wijzig(
        stand,
        acceptatie=None,
        les_gestart_op=None,
        les_klaar_op=None,
        weigeringen=leeg(),
        wachtlijst=leeg(),
        te_stoppen=te_stoppen,
        ronde_op=g.geldig_op,
        ronde_vanaf=stand.hoogste_aanmelding,
        ronde_volgnummer=g.volgnummer,
    )


@verwerk.register
def _(d: s.AanmeldingGeweigerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(
        stand,
        weigeringen=met(stand.weigeringen, d.nummer, g.geldig_op),
        wachtlijst=zonder(stand.wachtlijst, d.nummer),
        hoogste_aanmelding=max(stand.hoogste_aanmelding, d.nummer),
    )


@verwerk.register
def _(d: s.AanmeldingOpWachtlijst, stand: Stand, _g: Gebeurtenis) -> Stand:
    eerder = stand.wachtlijst.get(d.nummer)
    plek = Wachtplek(eerder.keer + 1 if eerder else 1, d.herzien_op)
    return wijzig(
        stand,
        wachtlijst=met(stand.wachtlijst, d.nummer, plek),
        hoogste_aanmelding=max(stand.hoogste_aanmelding, d.nummer),
    )


@verwerk.register
def _(d: s.AanmeldingGeaccepteerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(
        stand,
        acceptatie=Acceptatie(d.nummer, g.geldig_op, d.startdatum),
        hoogste_aanmelding=max(stand.hoogste_aanmelding, d.nummer),
        aanbod_op=stand.aanbod_op or g.geldig_op,
    )


@verwerk.register
def _(_d: s.LesGestart, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, les_gestart_op=g.geldig_op, eerste_les_op=stand.eerste_les_op or g.geldig_op)


@verwerk.register
def _(d: s.LesBeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    if d.nummer in stand.te_stoppen:
        return wijzig(stand, te_stoppen=zonder(stand.te_stoppen, d.nummer))
    if stand.acceptatie is None or stand.acceptatie.nummer != d.nummer:
        return stand
    if d.redencode == KLAAR:
        return wijzig(stand, les_klaar_op=g.geldig_op)
    return _nieuwe_ronde(stand, g, stop_lessen=False)


@verwerk.register
def _(_d: s.AanbiederBlijft, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, aanbieder_blijft_op=g.geldig_op)


@verwerk.register
def _(_d: s.EigenCursusGemeld, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, eigen_cursus_op=g.geldig_op)


@verwerk.register
def _(d: s.VoortgangOpgevraagd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, opgevraagd=met(stand.opgevraagd, d.nummer, g.geldig_op))


@verwerk.register
def _(d: s.UrenGemeld, stand: Stand, _g: Gebeurtenis) -> Stand:
    opgave = Urenopgave(d.urensoort, d.periode_tot, d.gevolgd, d.geoorloofd_verzuim, d.ongeoorloofd_verzuim)
    return wijzig(stand, uren=(*stand.uren, opgave))


@verwerk.register
def _(d: s.GesprekGevoerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, gesprekken=met(stand.gesprekken, d.nummer, Gesprek(g.geldig_op, gevoerd=True)))


@verwerk.register
def _(d: s.GesprekNietVerschenen, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, gesprekken=met(stand.gesprekken, d.nummer, Gesprek(g.geldig_op, gevoerd=False)))


@verwerk.register
def _(d: s.ParticipatieGemist, stand: Stand, g: Gebeurtenis) -> Stand:
    verzuim = Participatieverzuim(g.geldig_op, d.onderdeel, d.wat, d.verschoonbaar)
    return wijzig(stand, participatie_gemist=met(stand.participatie_gemist, d.nummer, verzuim))


@verwerk.register
def _(_d: s.PvtVoltooid, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, pvt_op=g.geldig_op)


@verwerk.register
def _(d: s.MapVoltooid, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, map_op=g.geldig_op, map_uren=d.praktijkuren)


@verwerk.register
def _(_d: s.ZEindgesprekGevoerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, z_eindgesprek_op=g.geldig_op)


@verwerk.register
def _(_d: s.CertificaatUitgereikt, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, certificaat_op=g.geldig_op)


@verwerk.register
def _(_d: s.BegeleidingGestart, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, begeleiding_op=g.geldig_op)


@verwerk.register
def _(_d: s.BijstandToegekend, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, bijstand_op=g.geldig_op, bijstand_einde_op=None)


@verwerk.register
def _(_d: s.BijstandBeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, bijstand_einde_op=g.geldig_op)


@verwerk.register
def _(_d: s.OntzorgenIngericht, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, ontzorgen_ingericht_op=g.geldig_op)


@verwerk.register
def _(_d: s.OntzorgenGeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, ontzorgen_einde_op=g.geldig_op)
