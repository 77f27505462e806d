"""De vouw van wat voor één persoon is afgesproken over wie wat doet."""

from dataclasses import replace

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig, zonder
from domein.stand.vormen import Stand
from domein.stand.vormen_afspraken import Afwijking, Overdracht, Uitval


@verwerk.register
def _(d: s.MaatwerkVastgesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, maatwerk=met(stand.maatwerk, d.nummer, Afwijking(d.nummer, g.geldig_op, d)))


@verwerk.register
def _(d: s.MaatwerkBeeindigd, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.maatwerk.get(d.nummer)
    if er is None:
        return stand
    return wijzig(stand, maatwerk=met(stand.maatwerk, d.nummer, replace(er, beeindigd_op=g.geldig_op)))


@verwerk.register
def _(d: s.WensUitgesproken, stand: Stand, g: Gebeurtenis) -> Stand:
    soort = d.wens.value
    wensen = met(stand.wensen, soort, (d.waarde, g.geldig_op)) if d.waarde else zonder(stand.wensen, soort)
    return wijzig(stand, wensen=wensen)


@verwerk.register
def _(d: s.AanbiederGekozen, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, gekozen_aanbieder=d.partner)


@verwerk.register
def _(d: s.OverdrachtAangeboden, stand: Stand, g: Gebeurtenis) -> Stand:
    overdracht = Overdracht(d.nummer, g.geldig_op, d.van_medewerker, d.naar_partner, d.naar_medewerker)
    return wijzig(stand, overdrachten=met(stand.overdrachten, d.nummer, overdracht))


def _besluit(stand: Stand, nummer: int, g: Gebeurtenis) -> Stand:
    er = stand.overdrachten.get(nummer)
    if er is None:
        return stand
    return wijzig(stand, overdrachten=met(stand.overdrachten, nummer, replace(er, besloten_op=g.geldig_op)))


@verwerk.register
def _(d: s.OverdrachtAanvaard, stand: Stand, g: Gebeurtenis) -> Stand:
    return _besluit(stand, d.nummer, g)


@verwerk.register
def _(d: s.OverdrachtGeweigerd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _besluit(stand, d.nummer, g)


@verwerk.register
def _(d: s.AanbiederUitgevallen, stand: Stand, g: Gebeurtenis) -> Stand:
    aanmelding = stand.acceptatie.nummer if stand.acceptatie else 0
    uitval = Uitval(d.nummer, g.geldig_op, d.partner, aanmelding)
    return wijzig(stand, uitval=met(stand.uitval, d.nummer, uitval))
