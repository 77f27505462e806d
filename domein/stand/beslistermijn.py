"""De vouw van opschorting, uitstel en ingebrekestelling (Awb 4:14 tot en met 4:18)."""

from dataclasses import replace

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import Ingebrekestelling, Opschorting, Stand


@verwerk.register
def _(d: s.BeslistermijnOpgeschort, stand: Stand, g: Gebeurtenis) -> Stand:
    een = Opschorting(d.nummer, d.over, d.van, g.geldig_op, d.grond, d.tot)
    return wijzig(stand, opschortingen=met(stand.opschortingen, d.nummer, een))


@verwerk.register
def _(d: s.BeslistermijnHervat, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.opschortingen.get(d.nummer)
    if er is None:
        return stand
    hervat = replace(er, hervat_op=g.geldig_op)
    return wijzig(stand, opschortingen=met(stand.opschortingen, d.nummer, hervat))


@verwerk.register
def _(d: s.VoorstelVerdaagd, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.voorstellen.get(d.nummer)
    if er is None:
        return stand
    later = replace(er, verdaagd_op=g.geldig_op, verdaagd_tot=d.tot)
    return wijzig(stand, voorstellen=met(stand.voorstellen, d.nummer, later))


@verwerk.register
def _(d: s.InGebrekeGesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    een = Ingebrekestelling(d.nummer, d.over, d.van, g.geldig_op)
    return wijzig(stand, ingebrekestellingen=met(stand.ingebrekestellingen, d.nummer, een))


@verwerk.register
def _(d: s.DwangsomVastgesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.ingebrekestellingen.get(d.nummer)
    if er is None:
        return stand
    vast = replace(er, vastgesteld_op=g.geldig_op, bedrag=d.bedrag, oordeel=d.oordeel)
    return wijzig(stand, ingebrekestellingen=met(stand.ingebrekestellingen, d.nummer, vast))
