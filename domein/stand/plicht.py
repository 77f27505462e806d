"""De vouw van wat DUO, de BRP en het COA zeggen."""

from dataclasses import replace

from domein.begrippen import Aanvraagsoort, Eindegrond
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import Aanvraag, DuoMelding, Einde, Examen, Gat, Koppelingstand, Pip, Stand, Verhuizing


@verwerk.register
def _(d: s.Koppeling, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(
        stand,
        gemeente=d.gemeente,
        doelgroep=d.doelgroep,
        nareiziger=d.nareiziger,
        ontzorgen=d.ontzorgen,
        koppeling=Koppelingstand(d.nummer, g.geldig_op, d.gemeente, d.azc),
        **_zonder_klantmanager(stand, d.gemeente),
    )


def _zonder_klantmanager(stand: Stand, gemeente: str) -> dict[str, None]:
    """Een andere gemeente wijst een eigen klantmanager aan."""
    if stand.gemeente in (None, gemeente):
        return {}
    return {"klantmanager": None, "klantmanager_partner": None}


@verwerk.register
def _(d: s.AzcVerhuisd, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, koppeling=replace(stand.koppeling, azc=d.azc)) if stand.koppeling else stand


@verwerk.register
def _(d: s.Kennisgeving, stand: Stand, g: Gebeurtenis) -> Stand:
    elders: tuple[Pip, ...] = ()
    if d.eerste_pip_op is not None and d.eerste_pip_leerroute is not None:
        elders = (Pip(1, d.eerste_pip_op, d.eerste_pip_leerroute, 0, 1, elders=True),)
    verhuizingen = stand.verhuizingen
    if d.vorige_gemeente is not None:
        op = d.brp_inschrijving or g.geldig_op
        verhuizingen = met(verhuizingen, 1, Verhuizing(1, op, d.vorige_gemeente, d.gemeente, van_buiten=True))
    return wijzig(
        stand,
        verhuizingen=verhuizingen,
        gemeente=d.gemeente,
        doelgroep=d.doelgroep,
        nareiziger=d.nareiziger,
        ontzorgen=d.ontzorgen,
        kennisgeving_op=g.geldig_op,
        brp_op=d.brp_inschrijving or stand.brp_op,
        eerste_brp_op=d.brp_inschrijving or stand.eerste_brp_op,
        maand_achttien=d.maand_achttien,
        maand_aow=d.maand_aow,
        pips=(*elders, *stand.pips),
        **_zonder_klantmanager(stand, d.gemeente),
    )


@verwerk.register
def _(d: s.KennisgevingIngetrokken, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(
        stand,
        gemeente=stand.gemeente or d.gemeente,
        doelgroep=stand.doelgroep or d.doelgroep,
        einde=Einde(Eindegrond.INGETROKKEN, g.geldig_op),
    )


@verwerk.register
def _(_d: s.BrpIngeschreven, stand: Stand, g: Gebeurtenis) -> Stand:
    na_verhuizing = bool(stand.pips and stand.verhuizingen)
    eerste = stand.eerste_brp_op if na_verhuizing else g.geldig_op
    return wijzig(stand, brp_op=g.geldig_op, eerste_brp_op=eerste)


@verwerk.register
def _(d: s.DoelgroepGewijzigd, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, doelgroep=d.doelgroep, nareiziger=d.nareiziger, ontzorgen=d.ontzorgen)


@verwerk.register
def _(d: s.VerblijfOnderbroken, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, gaten=met(stand.gaten, d.nummer, Gat(g.geldig_op)))


@verwerk.register
def _(d: s.VerblijfHervat, stand: Stand, g: Gebeurtenis) -> Stand:
    gat = stand.gaten.get(d.nummer)
    return wijzig(stand, gaten=met(stand.gaten, d.nummer, replace(gat, hervat_op=g.geldig_op))) if gat else stand


@verwerk.register
def _(d: s.DuoAanvraag, stand: Stand, g: Gebeurtenis) -> Stand:
    aanvraag = Aanvraag(d.nummer, d.aanvraag, g.geldig_op, d.grond)
    return wijzig(stand, aanvragen=met(stand.aanvragen, d.nummer, aanvraag))


@verwerk.register
def _(d: s.ExamenGedaan, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, examens=met(stand.examens, d.nummer, Examen(d.nummer, d.onderdeel, g.geldig_op)))


@verwerk.register
def _(d: s.ExamenUitslag, stand: Stand, g: Gebeurtenis) -> Stand:
    examen = stand.examens.get(d.nummer)
    if examen is None:
        return stand
    af = replace(examen, uitslag_op=g.geldig_op, gehaald=d.gehaald)
    return wijzig(stand, examens=met(stand.examens, d.nummer, af))


@verwerk.register
def _(d: s.OpleidingGemeld, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, opleiding=d.opleiding, opleiding_op=g.geldig_op)


@verwerk.register
def _(d: s.DuoVraagtVoortgang, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, duo_vraagt=met(stand.duo_vraagt, d.nummer, g.geldig_op))


def _beslis(stand: Stand, nummer: int | None, soorten: tuple[Aanvraagsoort, ...], g: Gebeurtenis) -> Stand:
    """Zet de aanvraag op besloten: die met dit nummer, of de oudste open aanvraag van deze soort."""
    open_ = sorted(
        (a for a in stand.aanvragen.values() if a.besloten_op is None and a.soort in soorten),
        key=lambda a: (a.op, a.nummer),
    )
    aanvraag = stand.aanvragen.get(nummer) if nummer is not None else next(iter(open_), None)
    if aanvraag is None:
        return stand
    return wijzig(stand, aanvragen=met(stand.aanvragen, aanvraag.nummer, replace(aanvraag, besloten_op=g.geldig_op)))


@verwerk.register
def _(d: s.AanvraagAfgewezen, stand: Stand, g: Gebeurtenis) -> Stand:
    return _beslis(stand, d.aanvraag, tuple(Aanvraagsoort), g)


@verwerk.register
def _(d: s.Vrijgesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    stand = _beslis(stand, d.aanvraag, (Aanvraagsoort.VRIJSTELLING,), g)
    if not d.onderdelen:
        return wijzig(stand, einde=Einde(Eindegrond.VRIJGESTELD, g.geldig_op))
    return wijzig(stand, vrij_van=stand.vrij_van | frozenset(d.onderdelen))


@verwerk.register
def _(d: s.Ontheven, stand: Stand, g: Gebeurtenis) -> Stand:
    stand = _beslis(stand, d.aanvraag, (Aanvraagsoort.ONTHEFFING,), g)
    if not d.onderdelen:
        return wijzig(stand, einde=Einde(Eindegrond.ONTHEVEN, g.geldig_op))
    return wijzig(stand, vrij_van=stand.vrij_van | frozenset(d.onderdelen))


@verwerk.register
def _(d: s.Verlengd, stand: Stand, g: Gebeurtenis) -> Stand:
    stand = _beslis(stand, d.aanvraag, (Aanvraagsoort.VERLENGING,), g)
    return wijzig(
        stand,
        verlengd_tot=d.nieuwe_einddatum,
        verlengd_op=g.geldig_op,
        nieuwe_termijn=False,
        verlengingen=stand.verlengingen + 1,
    )


@verwerk.register
def _(_d: s.Voldaan, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, einde=Einde(Eindegrond.VOLDAAN, g.geldig_op))


@verwerk.register
def _(d: s.TermijnOverschreden, stand: Stand, g: Gebeurtenis) -> Stand:
    if d.nieuwe_termijn_tot is not None:
        return wijzig(
            stand,
            verlengd_tot=d.nieuwe_termijn_tot,
            verlengd_op=g.geldig_op,
            nieuwe_termijn=True,
            nieuwe_termijn_op=g.geldig_op,
            nieuwe_termijn_tot=d.nieuwe_termijn_tot,
            verlengingen=stand.verlengingen + 1,
        )
    return wijzig(stand, einde=Einde(Eindegrond.TERMIJN_OVERSCHREDEN, g.geldig_op))


@verwerk.register
def _(d: s.PlichtBeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    if stand.einde is not None and stand.einde.grond is Eindegrond.INGETROKKEN:
        return stand  # er was geen plicht, dus zij eindigt ook niet; de gegevens moeten nog steeds worden gewist
    return wijzig(stand, einde=Einde(d.grond, g.geldig_op))


@verwerk.register
def _(d: s.DuoIngevoerd, stand: Stand, g: Gebeurtenis) -> Stand:
    eerder = stand.duo.get(d.melding)
    melding = DuoMelding(g.geldig_op, d.inhoud, None, eerder.correcties + 1 if eerder else 0)
    return wijzig(stand, duo=met(stand.duo, d.melding, melding))


@verwerk.register
def _(d: s.DuoBevestigd, stand: Stand, g: Gebeurtenis) -> Stand:
    eerder = stand.duo.get(d.melding)
    if eerder is None:
        return stand
    return wijzig(stand, duo=met(stand.duo, d.melding, replace(eerder, bevestigd_op=g.geldig_op)))
