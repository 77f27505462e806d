"""De vouw van besluiten, bezwaar en maatregelen."""

from dataclasses import replace
from datetime import date
from typing import Any

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig
from domein.stand.vormen import Afwijzing, Beroep, Besluit, Bezwaar, HogerBeroep, Maatregel, Stand


def _besluit(stand: Stand, nummer: int, **anders: Any) -> Stand:
    er = stand.besluiten.get(nummer)
    return wijzig(stand, besluiten=met(stand.besluiten, nummer, replace(er, **anders))) if er else stand


@verwerk.register
def _(d: s.BesluitConcept, stand: Stand, g: Gebeurtenis) -> Stand:
    een = Besluit(
        d.nummer, d.besluitsoort, g.geldig_op, g.actor.code, d.voor, d.uitkomst, d.velden,
        schrijvers=frozenset({g.actor.code}),
    )  # fmt: skip
    return wijzig(stand, besluiten=met(stand.besluiten, d.nummer, een))


@verwerk.register
def _(d: s.BesluitGrond, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.besluiten.get(d.nummer)
    if er is None:
        return stand
    return _besluit(stand, d.nummer, gronden=met(er.gronden, d.grond, (d.oordeel, g.actor.code)))


@verwerk.register
def _(d: s.BesluitAdvies, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.besluiten.get(d.nummer)
    return _besluit(stand, d.nummer, adviezen=(*er.adviezen, (d.strekking, g.actor.code))) if er else stand


@verwerk.register
def _(d: s.BesluitTekst, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.besluiten.get(d.nummer)
    if er is None:
        return stand
    return _besluit(stand, d.nummer, versie=d.versie, hash=d.hash, schrijvers=er.schrijvers | {g.actor.code})


@verwerk.register
def _(d: s.BesluitOndertekend, stand: Stand, g: Gebeurtenis) -> Stand:
    return _besluit(
        stand, d.nummer, ondertekend_op=g.geldig_op, ondertekenaar=d.mandaathouder, mandaat=d.mandaat,
        bron=d.grondslag, orgaan=d.orgaan, versie=d.versie, hash=d.hash,
    )  # fmt: skip


@verwerk.register
def _(d: s.BesluitBekendgemaakt, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.besluiten.get(d.nummer)
    if er is None:
        return stand
    # Een tweede verzending naar een adres dat klopte, maakt de eerste bekendmaking niet ongedaan (Awb 3:41).
    nog_geldig = er.bekendgemaakt_op is not None
    op = er.bekendgemaakt_op if nog_geldig else g.geldig_op
    nieuw = _besluit(
        stand, d.nummer, bekendgemaakt_op=op, wijze=d.wijze, bewijs=d.bewijs, pogingen=er.pogingen + 1, retour_op=None
    )
    return _pip_bekend(nieuw, d.nummer, op)


@verwerk.register
def _(d: s.BesluitRetour, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.besluiten.get(d.nummer)
    if er is None:
        return stand
    bekend = er.bekendgemaakt_op if d.adres_klopt else None
    nieuw = _besluit(stand, d.nummer, retour_op=g.geldig_op, adres_klopt=d.adres_klopt, bekendgemaakt_op=bekend)
    return _pip_bekend(nieuw, d.nummer, bekend)


def _pip_bekend(stand: Stand, nummer: int, op: date | None) -> Stand:
    pips = tuple(replace(pip, bekendgemaakt_op=op) if pip.besluit == nummer else pip for pip in stand.pips)
    return wijzig(stand, pips=pips)


@verwerk.register
def _(d: s.BesluitIngetrokken, stand: Stand, g: Gebeurtenis) -> Stand:
    return _besluit(stand, d.nummer, ingetrokken_op=g.geldig_op)


@verwerk.register
def _(d: s.VoorstelAfgewezen, stand: Stand, g: Gebeurtenis) -> Stand:
    if d.besluit is not None:
        return stand
    een = Afwijzing(
        d.nummer, g.geldig_op, d.mandaathouder, d.bekendgemaakt_op, g.stap or "", d.mandaat or "", d.grondslag
    )
    return wijzig(stand, afwijzingen=met(stand.afwijzingen, d.nummer, een))


# --- bezwaar en beroep


def _bezwaar(stand: Stand, nummer: int, **anders: Any) -> Stand:
    er = stand.bezwaren.get(nummer)
    return wijzig(stand, bezwaren=met(stand.bezwaren, nummer, replace(er, **anders))) if er else stand


@verwerk.register
def _(d: s.BezwaarIngediend, stand: Stand, g: Gebeurtenis) -> Stand:
    een = Bezwaar(d.nummer, g.geldig_op, d.tegen, d.van, d.commissie)
    return wijzig(stand, bezwaren=met(stand.bezwaren, d.nummer, een))


@verwerk.register
def _(d: s.BezwaarVerschoonbaar, stand: Stand, _g: Gebeurtenis) -> Stand:
    return _bezwaar(stand, d.nummer, verschoonbaar=d.verschoonbaar)


@verwerk.register
def _(d: s.BezwaarGehoord, stand: Stand, g: Gebeurtenis) -> Stand:
    return _bezwaar(stand, d.nummer, gehoord_op=g.geldig_op)


@verwerk.register
def _(d: s.BezwaarVerdaagd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _bezwaar(stand, d.nummer, verdaagd_op=g.geldig_op)


@verwerk.register
def _(d: s.BezwaarIngetrokken, stand: Stand, g: Gebeurtenis) -> Stand:
    return _bezwaar(stand, d.nummer, ingetrokken_op=g.geldig_op)


@verwerk.register
def _(d: s.BezwaarBeslist, stand: Stand, g: Gebeurtenis) -> Stand:
    nieuw = _bezwaar(
        stand, d.nummer, beslist_op=g.geldig_op, uitkomst=d.uitkomst, herroept=d.herroept, besluit=d.besluit
    )
    er = stand.bezwaren.get(d.nummer)
    return _herroep(nieuw, er, g.geldig_op) if er is not None and d.herroept else nieuw


def _herroep(stand: Stand, bezwaar: Bezwaar, op: date | None) -> Stand:
    """Het PIP of de maatregel waartegen het ging, geldt niet meer. De termijn blijft (art. 11 lid 3 Wi)."""
    if bezwaar.tegen == "pip":
        pips = tuple(replace(pip, herroepen_op=op) if pip.nummer == bezwaar.van else pip for pip in stand.pips)
        return wijzig(stand, pips=pips)
    if bezwaar.tegen == "afwijzing" and (er := stand.afwijzingen.get(bezwaar.van)) is not None:
        return wijzig(stand, afwijzingen=met(stand.afwijzingen, er.nummer, replace(er, herroepen_op=op)))
    return _maatregel(stand, bezwaar.van, herroepen_op=op) if bezwaar.tegen == "maatregel" else stand


# --- de rechter


@verwerk.register
def _(d: s.BeroepIngesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, beroepen=met(stand.beroepen, d.nummer, Beroep(d.nummer, g.geldig_op, d.bezwaar)))


@verwerk.register
def _(d: s.BeroepBeslist, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.beroepen.get(d.nummer)
    if er is None:
        return stand
    af = replace(er, beslist_op=g.geldig_op, uitkomst=d.uitkomst, herroept=d.herroept, opnieuw=d.opnieuw)
    nieuw = wijzig(stand, beroepen=met(stand.beroepen, d.nummer, af))
    return _na_uitspraak(nieuw, er.bezwaar, d, g.geldig_op)


@verwerk.register
def _(d: s.HogerBeroepIngesteld, stand: Stand, g: Gebeurtenis) -> Stand:
    een = HogerBeroep(d.nummer, g.geldig_op, d.beroep, d.door)
    return wijzig(stand, hoger_beroepen=met(stand.hoger_beroepen, d.nummer, een))


@verwerk.register
def _(d: s.HogerBeroepBeslist, stand: Stand, g: Gebeurtenis) -> Stand:
    er = stand.hoger_beroepen.get(d.nummer)
    if er is None:
        return stand
    af = replace(er, beslist_op=g.geldig_op, uitkomst=d.uitkomst)
    nieuw = wijzig(stand, hoger_beroepen=met(stand.hoger_beroepen, d.nummer, af))
    beroep = stand.beroepen.get(er.beroep)
    if beroep is None:
        return nieuw
    if er.door == "college" and d.uitkomst == "gegrond":
        nieuw = _herleef(nieuw, beroep)
    return _na_uitspraak(nieuw, beroep.bezwaar, d, g.geldig_op)


def _na_uitspraak(stand: Stand, nummer: int, d: s.BeroepBeslist | s.HogerBeroepBeslist, op: date) -> Stand:
    bezwaar = stand.bezwaren.get(nummer)
    if bezwaar is None:
        return stand
    if d.herroept:
        return _herroep(stand, bezwaar, op)
    if not d.opnieuw or bezwaar.loopt:
        return stand
    return _bezwaar(
        stand, nummer, beslist_op=None, uitkomst="", herroept=False, besluit=None, verdaagd_op=None,
        ronde=bezwaar.ronde + 1, opnieuw_op=op, voor_opnieuw=bezwaar,
    )  # fmt: skip


def _herleef(stand: Stand, beroep: Beroep) -> Stand:
    """De uitspraak van de rechtbank is vernietigd: wat zij herriep, geldt weer, en haar opdracht vervalt."""
    bezwaar = stand.bezwaren.get(beroep.bezwaar)
    if bezwaar is None:
        return stand
    if beroep.herroept:
        return _herroep(stand, bezwaar, None)
    if beroep.opnieuw and bezwaar.loopt and bezwaar.voor_opnieuw is not None:
        terug = replace(bezwaar.voor_opnieuw, ronde=bezwaar.ronde)
        return wijzig(stand, bezwaren=met(stand.bezwaren, bezwaar.nummer, terug))
    return stand


# --- maatregelen


def _maatregel(stand: Stand, nummer: int, **anders: Any) -> Stand:
    er = stand.maatregelen.get(nummer)
    return wijzig(stand, maatregelen=met(stand.maatregelen, nummer, replace(er, **anders))) if er else stand


@verwerk.register
def _(d: s.MaatregelOverwogen, stand: Stand, g: Gebeurtenis) -> Stand:
    een = Maatregel(d.nummer, g.geldig_op, d.gedraging, d.gedraging_op, g.actor.code)
    return wijzig(stand, maatregelen=met(stand.maatregelen, d.nummer, een))


@verwerk.register
def _(d: s.MaatregelGewaarschuwd, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, gewaarschuwd_op=g.geldig_op)


@verwerk.register
def _(d: s.MaatregelVoornemen, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, voornemen_op=g.geldig_op, zienswijze_tot=d.zienswijze_tot)


@verwerk.register
def _(d: s.MaatregelZienswijze, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, zienswijze_op=g.geldig_op)


@verwerk.register
def _(d: s.KerenGetoetst, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, keren=d.hardnekkige_onwil, keren_door=g.actor.code)


@verwerk.register
def _(d: s.MaatregelBesloten, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, besloten_op=g.geldig_op, opgelegd=d.opgelegd, bedrag=d.bedrag, besluit=d.besluit)


@verwerk.register
def _(d: s.MaatregelGestaakt, stand: Stand, g: Gebeurtenis) -> Stand:
    return _maatregel(stand, d.nummer, gestaakt_op=g.geldig_op)


@verwerk.register
def _(d: s.BoeteElders, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, boetes_elders=(*stand.boetes_elders, d))


@verwerk.register
def _(d: s.BijstandVerlaagd, stand: Stand, _g: Gebeurtenis) -> Stand:
    return wijzig(stand, bijstand_verlaagd=stand.bijstand_verlaagd | {d.gedraging_op})
