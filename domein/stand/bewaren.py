"""De vouw van verzoeken over de eigen gegevens, blokkades en vernietiging."""

from dataclasses import replace
from typing import Any

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import Blokkade, Stand, Verzoek


@verwerk.register
def _(d: s.VerzoekOntvangen, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, verzoeken=met(stand.verzoeken, d.nummer, Verzoek(d.nummer, d.recht, g.geldig_op)))


def _verzoek(stand: Stand, nummer: int, **anders: Any) -> Stand:
    er = stand.verzoeken.get(nummer)
    return wijzig(stand, verzoeken=met(stand.verzoeken, nummer, replace(er, **anders))) if er else stand


@verwerk.register
def _(d: s.VerzoekVerlengd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _verzoek(stand, d.nummer, verlengd_op=g.geldig_op)


@verwerk.register
def _(d: s.VerzoekAfgehandeld, stand: Stand, g: Gebeurtenis) -> Stand:
    return _verzoek(stand, d.nummer, afgehandeld_op=g.geldig_op, uitkomst=d.uitkomst)


@verwerk.register
def _(d: s.VernietigingGeblokkeerd, stand: Stand, g: Gebeurtenis) -> Stand:
    blokkade = Blokkade(d.nummer, d.grond, g.geldig_op, d.tot)
    return wijzig(stand, blokkades=met(stand.blokkades, d.nummer, blokkade))


@verwerk.register
def _(d: s.BlokkadeOpgeheven, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.blokkades.get(d.nummer)
    if er is None:
        return stand
    return wijzig(stand, blokkades=met(stand.blokkades, d.nummer, replace(er, opgeheven_op=g.geldig_op)))


@verwerk.register
def _(_d: s.DossierVernietigd, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, gewist_op=g.geldig_op)
