"""De vouw van wat er om de persoon heen gebeurt: verhuizen, pauze, huishouden, tolk."""

from dataclasses import replace
from typing import Any

from domein.begrippen import Eindegrond
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import Einde, Pauze, Stand, Tolk, Verhuizing


@verwerk.register
def _(d: s.Verhuisd, stand: Stand, g: Gebeurtenis) -> Stand:
    terug = stand.einde is not None and stand.einde.grond is Eindegrond.VERHUISD
    vorige = stand.verhuizing.naar if terug and stand.verhuizing else d.van or stand.gemeente
    verhuizing = Verhuizing(d.nummer, g.geldig_op, vorige, d.naar, d.buiten_regio, van_buiten=terug)
    nieuw = wijzig(stand, verhuizingen=met(stand.verhuizingen, d.nummer, verhuizing))
    if d.buiten_regio:
        # Wie al klaar was, eindigt niet nog eens door te verhuizen; en wat DUO introk, moet nog steeds worden gewist.
        return wijzig(nieuw, einde=stand.einde or Einde(Eindegrond.VERHUISD, g.geldig_op))
    return wijzig(
        nieuw,
        gemeente=d.naar,
        brp_op=g.geldig_op,
        eerste_brp_op=stand.eerste_brp_op if stand.pips else g.geldig_op,
        klantmanager=None,
        klantmanager_partner=None,
        einde=None if terug else stand.einde,
        afgesloten_op=None if terug else stand.afgesloten_op,
    )


def _verhuizing(stand: Stand, nummer: int, **anders: Any) -> Stand:
    er = stand.verhuizingen.get(nummer)
    return wijzig(stand, verhuizingen=met(stand.verhuizingen, nummer, replace(er, **anders))) if er else stand


@verwerk.register
def _(d: s.DossierOpgevraagd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _verhuizing(stand, d.nummer, opgevraagd_op=g.geldig_op)


@verwerk.register
def _(d: s.DossierGeleverd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _verhuizing(stand, d.nummer, geleverd_op=g.geldig_op)


@verwerk.register
def _(d: s.DossierOvergenomen, stand: Stand, g: Gebeurtenis) -> Stand:
    return _verhuizing(stand, d.nummer, overgenomen_op=g.geldig_op)


@verwerk.register
def _(d: s.Gepauzeerd, stand: Stand, g: Gebeurtenis) -> Stand:
    pauze = Pauze(d.nummer, g.geldig_op, d.grond, d.verwacht_tot)
    return wijzig(stand, pauzes=met(stand.pauzes, d.nummer, pauze))


@verwerk.register
def _(d: s.PauzeVerlengd, stand: Stand, _g: Gebeurtenis) -> Stand:
    er = stand.pauzes.get(d.nummer)
    if er is None:
        return stand
    langer = replace(er, verwacht_tot=d.verwacht_tot, verlengingen=er.verlengingen + 1)
    return wijzig(stand, pauzes=met(stand.pauzes, d.nummer, langer))


@verwerk.register
def _(d: s.Hervat, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.pauzes.get(d.nummer)
    return wijzig(stand, pauzes=met(stand.pauzes, d.nummer, replace(er, hervat_op=g.geldig_op))) if er else stand


@verwerk.register
def _(d: s.HuishoudenGevormd, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, huishouden=d.huishouden)


@verwerk.register
def _(d: s.TolkNodig, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, tolk_taal=d.taal)


@verwerk.register
def _(d: s.TolkGeboekt, stand: Stand, g: Gebeurtenis) -> Stand:
    eerder = stand.tolken.get(d.gesprek)
    tolk = Tolk(d.gesprek_op, eerder.keer + 1 if eerder else 1, g.geldig_op)
    return wijzig(stand, tolken=met(stand.tolken, d.gesprek, tolk))


@verwerk.register
def _(d: s.TolkAfgezegd, stand: Stand, _g: Gebeurtenis) -> Stand:
    er = stand.tolken.get(d.gesprek)
    return wijzig(stand, tolken=met(stand.tolken, d.gesprek, replace(er, afgezegd=True))) if er else stand


@verwerk.register
def _(_d: s.PersoonGewist, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, afgesloten_op=g.geldig_op, gewist_op=g.geldig_op)
